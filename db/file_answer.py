"""A file answered over HTTP: streamed, a part of it where asked, not again where nothing changed."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

FOREVER = "public, max-age=31536000, immutable"
_PIECE = 1 << 16
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class FileAnswer(Response):  # type: ignore[misc]
    """A file of a known hash."""

    def __init__(self, path: Path, media_type: str, digest: str, asked: Mapping[str, str], method: str = "GET") -> None:
        self.path, self.method = path, method
        size = path.stat().st_size
        etag = f'"{digest}"'
        headers = {"etag": etag, "cache-control": FOREVER, "accept-ranges": "bytes"}
        status, self.first, self.count = 200, 0, size
        if etag in asked.get("if-none-match", ""):
            status, self.count = 304, 0
        elif part := _part(asked, etag, size):
            status, self.first, self.count = 206, part[0], part[1] - part[0] + 1
            headers["content-range"] = f"bytes {part[0]}-{part[1]}/{size}"
        elif part is not None:
            status, self.count = 416, 0
            headers["content-range"] = f"bytes */{size}"
        if status != 304:
            headers["content-length"] = str(self.count)
            headers["content-disposition"] = f'attachment; filename="{path.name}"'
        super().__init__("", status=status, headers=headers, content_type=media_type)

    async def asgi_send(self, send: Callable[..., Any]) -> None:
        """Send the file, a piece at a time."""
        headers = {**self.headers, "content-type": self.content_type}
        raw = [[name.encode(), value.encode()] for name, value in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": raw})
        left = 0 if self.method == "HEAD" else self.count
        with self.path.open("rb") as file:
            file.seek(self.first)
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                left -= len(piece)
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _part(asked: Mapping[str, str], etag: str, size: int) -> tuple[int, int] | tuple[()] | None:
    """Return the first and last byte asked for, nothing where they are beyond the file, None where all is asked for."""
    found = _RANGE.fullmatch(asked.get("range", "").replace(" ", ""))
    if not found or found[0] == "bytes=-" or asked.get("if-range", etag) != etag:
        return None
    if not found[1]:
        first, last = max(0, size - int(found[2])), size - 1
    else:
        first, last = int(found[1]), min(size - 1, int(found[2]) if found[2] else size - 1)
    return (first, last) if first <= last else ()
