"""The profile for strangers: what is refused, what waits its turn, and how large an answer may be."""

import re
import sys
import traceback
from functools import partial

from datasette.app import Datasette
from datasette.utils.asgi import Response

from db.site_arguments import unreadable
from db.site_cap import Asgi, Counted, Held, Receive, Scope, Send, TooLargeError
from db.site_cors import is_open, shared
from db.site_errors import error_response, told
from db.site_gate import (
    MOST_QUERIES,
    MOST_STREAMS,
    MOST_WAITING,
    MOST_WORKBOOKS,
    WAIT_SECONDS,
    Gate,
    GateError,
    is_free,
    is_page,
    is_stream,
    is_workbook,
)
from db.site_limits import bound_cells
from db.site_metadata import DATABASE

SETTINGS = {
    "sql_time_limit_ms": 1_000,
    "facet_time_limit_ms": 200,
    "max_returned_rows": 1_000,
    # A whole table may be taken; the cap on any other answer is in site_cap.
    "max_csv_mb": 0,
}
HIDDEN = (
    *("actor", "allow-debug", "auth-token", "config", "databases", "logout", "messages"),
    *("patterns", "permissions", "plugins", "settings", "threads", "versions"),
    # Where datasette-mcp is installed: it is asked by POST, which strangers have not.
    "mcp",
)
"""Pages under /-/ that Datasette and its plugins have for their operator."""
METHODS = ("GET", "HEAD", "OPTIONS")
_ALLOWED = ", ".join(METHODS)
_HOST = re.compile(rb"([\w.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\])(:\d{1,5})?")
_HIDDEN = re.compile(rf"/-/({'|'.join(HIDDEN)})(\.\w+)?/*")
_FILES = re.compile(rf"/(-/static|-/static-plugins|assets|-/data)/.*|/{DATABASE}\.db")
_MOST_PATH = 2_000
_MOST_QUERY = 8_000
_MOST_HEAD = 16_000


class Guard:
    """Answers strangers: lets an app answer what it may, and refuses the rest in words."""

    def __init__(self, datasette: Datasette, app: Asgi) -> None:
        self._datasette, self._app = datasette, app
        self._queries, self._streams = Gate(MOST_QUERIES, MOST_WAITING), Gate(MOST_STREAMS)
        self._workbooks = Gate(MOST_WORKBOOKS, MOST_WAITING)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        path, query = _path(scope), scope["query_string"].decode("latin-1")
        if is_open(path):
            send = partial(shared, send)
        counted = Counted(send)
        try:
            if refusal := refused(scope):
                status, kind, *given = refusal
                await self._tell(path, status, kind, counted, *given)
            elif scope["method"] == "OPTIONS":
                await Response("", 204, {"allow": _ALLOWED}).asgi_send(counted.send)
            elif is_free(path, query):
                if is_page(path):
                    bound_cells()
                await self._ask(self._queries, scope, receive, counted)
            elif is_workbook(path):
                await self._ask(self._workbooks, scope, receive, counted)
            elif is_stream(path, query):
                async with self._streams.entered():
                    await self._app(scope, receive, send)
            else:
                await self._app(scope, receive, send if _FILES.fullmatch(path) else counted.send)
        except GateError:
            await self._tell(path, 429, "busy", counted)
        except TooLargeError:
            if not counted.started:
                await self._tell(path, 400, "large", counted)
        except Exception:
            if counted.started:
                raise
            traceback.print_exc(file=sys.stderr)
            await self._tell(path, 500, "broken", counted)

    async def _ask(self, gate: Gate, scope: Scope, receive: Receive, counted: Counted) -> None:
        held = Held()
        async with gate.entered():
            await self._app(scope, receive, held.send)
        path = _path(scope)
        if path.endswith(".csv") and held.blank and not held.over and scope["method"] == "GET":
            # Datasette answers a query that fails with a CSV of no columns.
            await self._tell(path, 400, "failed", counted)
        else:
            # A slow reader keeps no place.
            await held.release(counted.send)

    async def _tell(self, path: str, status: int, kind: str, counted: Counted, *given: str) -> None:
        headers = {429: {"retry-after": str(WAIT_SECONDS)}, 405: {"allow": _ALLOWED}}
        response = await error_response(self._datasette, path, status, told(kind, *given), headers.get(status))
        await response.asgi_send(counted.send)


def _path(scope: Scope) -> str:
    """Return the path as Datasette reads it: undecoded."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def refused(scope: Scope) -> tuple[int, str] | tuple[int, str, str] | None:
    """Return the status of a request that is refused, the kind of reason and what it is about; None for others."""
    path, query = _path(scope), scope["query_string"].decode("latin-1")
    if scope["method"] not in METHODS:
        return 405, "method"
    if len(path) > _MOST_PATH or len(query) > _MOST_QUERY:
        return 414, "long"
    if _HIDDEN.fullmatch(path):
        return 404, "hidden"
    if name := unreadable(path, query):
        return 400, "value", name
    return _refused_head([(bytes(name).lower(), bytes(value)) for name, value in scope["headers"]])


def _refused_head(headers: list[tuple[bytes, bytes]]) -> tuple[int, str] | None:
    hosts = [value for name, value in headers if name == b"host"]
    # Links are made from it.
    if len(hosts) > 1 or not all(map(_HOST.fullmatch, hosts)):
        return 400, "host"
    if any(name == b"transfer-encoding" or (name == b"content-length" and value != b"0") for name, value in headers):
        return 413, "body"
    if sum(len(name) + len(value) for name, value in headers) > _MOST_HEAD:
        return 431, "head"
    return None
