"""The site's data for people and machines: what can be had, the files themselves, and what templates link to."""

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from db.croissant import schema_org
from db.data_file import DataFile
from db.edition import Edition, edition_of
from db.file_answer import FileAnswer
from db.kept_export import Kept, begin, find, find_by_key
from db.opening import open_base
from db.site_context import site_of
from db.site_feed import feed
from db.site_headers import csp_nonce
from db.site_list_files import data_links, rows_answer
from db.site_map import addresses, canonical_link, llms, robots, site_map
from db.site_metadata import DATABASE
from db.site_openapi import openapi
from db.told_files import by_table, told_files

_PATIENCE = 20.0
_LOOK = 0.1


def data_routes() -> list[tuple[str, Callable[..., Any]]]:
    """List the routes of the data, for the site's plugin."""
    return [
        (r"^/-/data(\.(?P<format>json))?$", data_page),
        (r"^/-/data/(?P<key>[0-9a-f]{16})/(?P<name>[^/]+)$", kept_file),
        (r"^/-/data/(?P<name>[^/]+)$", current_file),
        (r"^/-/rows/(?P<table>[^/.]+)\.(?P<form>csv|xlsx|json|jsonl)$", rows_answer),
        (r"^/sitemap\.xml$", site_map),
        (r"^/sitemap/(?P<part>[a-z]+)-(?P<number>\d{1,6})\.xml$", site_map),
        (r"^/robots\.txt$", robots),
        (r"^/llms\.txt$", llms),
        (r"^/feed\.atom$", feed),
        (r"^/openapi\.json$", openapi),
    ]


def data_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """Return what templates may call: `data_links`, `canonical_link`, `dataset_snippet`."""
    return {
        "data_links": partial(data_links, datasette),
        "canonical_link": partial(canonical_link, datasette, request),
        "dataset_snippet": partial(dataset_snippet, datasette, request),
    }


async def data_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/data: every file, what it gives and how large it is; with .json for machines."""
    await _allowed(request, datasette)
    base = _base(datasette)
    failed = begin(base)
    kept = await _waited(base, 2.0) if failed is None else find(base)
    files = told_files(kept) if kept else []
    if request.url_vars.get("format") == "json":
        if kept is None:
            return _not_yet(failed)
        return Response.json(_listed(datasette, request, kept, files))
    html = await datasette.render_template(
        "data.html",
        {"kept": kept, "files": files, "tables": by_table(files), "failed": failed},
        request=request,
        view_name="data",
    )
    return Response.html(html)


def _listed(datasette: Datasette, request: Request, kept: Kept, files: list[DataFile]) -> dict[str, Any]:
    address = addresses(datasette, request)
    return {
        "key": kept.key,
        "files": [
            {
                "name": file.name,
                "gives": file.en,
                "size": file.size,
                "sha256": file.sha256,
                "media_type": file.media_type,
                "rows": file.rows,
                "url": address(f"/-/data/{file.name}"),
                "lasting_url": address(f"/-/data/{kept.key}/{file.name}"),
            }
            for file in files
        ],
    }


async def current_file(request: Request, datasette: Datasette) -> Response:
    """Answer /-/data/<file> with the address of the file as it is now."""
    await _allowed(request, datasette)
    base = _base(datasette)
    failed = begin(base)
    kept = await _waited(base, _PATIENCE) if failed is None else find(base)
    if kept is None:
        return _not_yet(failed)
    name = request.url_vars["name"]
    if name not in kept.sums:
        raise NotFound(f"没有文件 {name!r} · no file {name!r}")
    url = datasette.urls.path(f"/-/data/{kept.key}/{name}")
    return Response.redirect(url, headers={"cache-control": "no-cache"})


async def kept_file(request: Request, datasette: Datasette) -> Response:
    """Answer /-/data/<key>/<file>: bytes that never change under this address."""
    await _allowed(request, datasette)
    name, key = request.url_vars["name"], request.url_vars["key"]
    kept = find_by_key(_base(datasette), key)
    if kept is None or name not in kept.sums:
        raise NotFound(f"没有文件 {name!r} · no file {name!r}; /-/data")
    kind = DataFile(name, "", "", 0, "").media_type
    kind += "; charset=utf-8" if kind.startswith("text/") else ""
    return FileAnswer(kept.folder / name, kind, kept.sums[name], request.headers, request.method)


async def _allowed(request: Request, datasette: Datasette) -> None:
    if site_of(datasette) is None:
        raise NotFound("no such page")
    await datasette.ensure_permissions(
        request.actor, [("view-database-download", DATABASE), ("view-database", DATABASE), "view-instance"]
    )


def _base(datasette: Datasette) -> Path:
    return Path(datasette.get_database(DATABASE).path)


async def _waited(base: Path, seconds: float) -> Kept | None:
    """Return the export as soon as it is made, or None where it takes longer than this."""
    for _ in range(round(seconds / _LOOK)):
        if (kept := find(base)) is not None:
            return kept
        await asyncio.sleep(_LOOK)
    return find(base)


def _not_yet(failed: str | None) -> Response:
    error = f"the files could not be made: {failed}" if failed else "the files are being made; ask again soon"
    return Response.json({"ok": False, "error": error}, status=503, headers={"retry-after": "30"})


def dataset_snippet(datasette: Datasette, request: Request | None) -> Markup:
    """Return schema.org's Dataset as a script element for a page's head; without files where none are made yet."""
    site = site_of(datasette)
    if site is None or request is None:
        return Markup("")
    base = _base(datasette)
    kept = find(base)

    address = addresses(datasette, request)
    edition = _edition(base, base.stat().st_mtime_ns)
    files = told_files(kept) if kept else []
    told = schema_org(edition, files, lambda name: address(f"/-/data/{name}"), address("/"))
    # Nothing in it may end the element.
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    script = Markup('<script nonce="{}" type="application/ld+json">{}</script>')
    return script.format(csp_nonce(), Markup(text))  # noqa: S704 - see above


@lru_cache(maxsize=4)
def _edition(base: Path, _: int) -> Edition:
    with closing(open_base(base)) as connection:
        return edition_of(connection)
