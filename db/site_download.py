"""The whole base as a file: the one that the visitor's page was made from."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from db.site_base import Base
from db.site_context import site_of
from db.site_metadata import DATABASE

_CHUNK = 1 << 18


async def download(
    datasette: Datasette, request: Request, send: Callable[[dict[str, Any]], Awaitable[None]]
) -> Response | None:
    """Send the base, or nothing to one who has it."""
    if site_of(datasette) is None:
        raise NotFound("Invalid database")
    base: Base = datasette.get_database(DATABASE)
    tag = f'"{base.hash}"'
    if request.headers.get("if-none-match") == tag:
        return Response("", status=304, headers={"Etag": tag})
    file, size = base.generation.file, base.size
    headers = {
        "content-type": "application/octet-stream",
        "content-disposition": f'attachment; filename="{Path(base.path).name}"',
        "content-length": str(size),
        "etag": tag,
    }
    raw = [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": 200, "headers": raw})
    for start in range(0, size if request.method == "GET" else 0, _CHUNK):
        chunk = await asyncio.to_thread(os.pread, file, _CHUNK, start)
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
    return None
