"""The site: Datasette over a base, read-only."""

import asyncio
import gc
import socket
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette
from datasette.plugins import pm

from db import site_plugin
from db.errors import BaseError
from db.site_articles import Articles
from db.site_base import Base
from db.site_context import Site, remember
from db.site_datasette import Unchanging
from db.site_limits import limit_heap
from db.site_metadata import DATABASE, metadata
from db.site_public import SETTINGS

_KEEP_ALIVE = 75
"""Seconds that an idle connection stays open: longer than proxies keep theirs, which would else be closed under a request."""

__all__ = ["DATABASE", "datasette", "metadata", "serve", "settings"]


def settings(public: bool = False) -> dict[str, Any]:
    """Return Datasette's settings: generous for one's own machine, strict in public."""
    own = {"sql_time_limit_ms": 5_000, "facet_time_limit_ms": 1_000, "max_returned_rows": 5_000, "max_csv_mb": 0}
    return {
        **(SETTINGS if public else own),
        "suggest_facets": False,
        "allow_download": True,
        "default_page_size": 50,
        "default_facet_size": 15,
        "num_sql_threads": 4,
        "truncate_cells_html": 400,
    }


def datasette(path: Path, articles: Path | None = None, public: bool = False) -> Datasette:
    """Return the site of a base.

    With `articles`, the evidence page shows one sentence a request, unless the site is public.
    Raise BaseError where the file is no base of this schema version.
    """
    if not pm.is_registered(site_plugin):
        pm.register(site_plugin, name="damoxing")
    # With rich at hand Datasette prints every 404 with all its locals on stdout.
    pm.get_plugin("datasette.handle_exception").rich = None
    templates, static = (str(files("db") / folder) for folder in ("templates", "static"))
    site = Unchanging(
        [],
        settings=settings(public),
        template_dir=templates,
        static_mounts=[("assets", static)],
        cors=False,
    )
    text_of = None if articles is None or public else Articles(articles).text_of
    ours = Site(counts={}, public=public, text_of=text_of)
    remember(site, ours)
    site.remove_database("_memory")
    site.add_database(Base(site, path, ours), name=DATABASE)
    return site


def serve(
    path: Path, *, port: int = 8001, host: str = "127.0.0.1", articles: Path | None = None, public: bool = False
) -> int:
    """Serve the site of a base until it is stopped; return the exit code."""
    try:
        site = datasette(path, articles, public)
    except BaseError as error:
        return _failed(str(error))
    if articles is not None and not articles.is_dir():
        return _failed(f"no folder of articles at {articles}; give --articles DIR")
    try:
        listening = _listen(host, port)
    except OSError as error:
        return _failed(
            f"cannot listen on {host}:{port} ({error.strerror or error}); choose another with --port or --host"
        )
    asyncio.run(site.invoke_startup())
    if public:
        limit_heap()
    # What the imports made stays for ever: the collector would go through it again and again, which holds up all pages.
    gc.freeze()
    address = f"[{host}]" if ":" in host else host
    print(
        f"damoxing is served at http://{address}:{listening.getsockname()[1]}/ (stop with Ctrl-C)",
        file=sys.stderr,
        flush=True,
    )
    config = uvicorn.Config(
        site.app(), lifespan="on", log_level="warning", server_header=False, timeout_keep_alive=_KEEP_ALIVE
    )
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return 0
    return 0


def _listen(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return 1
