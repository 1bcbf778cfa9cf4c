"""A list as a file: the rows that a page shows, filtered and sorted as there, all of them, in any format."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from db.errors import MissingLibraryError
from db.sheet import Sheet, answer_sheet, sheet
from db.sheet_files import MEDIA_TYPES, WRITERS
from db.sheet_text import TEXTS
from db.site_context import site_of
from db.site_metadata import DATABASE, described_columns
from db.site_queries import canned_queries

# What concerns the page and not its rows.
_OF_THE_PAGE = {
    "_bom",
    "_size",
    "_next",
    "_shape",
    "_nl",
    "_stream",
    "_dl",
    "_labels",
    "_facet_size",
    "_columns",
    "lang",
}
_OF_COLUMNS = {"_sort", "_sort_desc", "_col", "_nocol"}
_MOST_IN_A_WORKBOOK = 100_000
_ROWS_AT_ONCE = 200
"""While a page of rows is made, other visitors wait."""
_ENGLISH = {
    "csv": "CSV, the rows of this list",
    "excel": "CSV that Excel opens right",
    "xlsx": "Excel workbook",
    "json": "JSON, an array of objects",
    "jsonl": "JSON Lines, one object a line",
}
_CHINESE = {
    "csv": "CSV，本列表的各行",
    "excel": "CSV，可用 Excel 直接打开",
    "xlsx": "Excel 工作簿",
    "json": "JSON，对象数组",
    "jsonl": "JSON Lines，每行一个对象",
}
_NAMES = {"csv": "CSV", "excel": "CSV (Excel)", "xlsx": "Excel", "json": "JSON", "jsonl": "JSON Lines"}


class Link(NamedTuple):
    """A way to take a list away: where, what it is called, and what it gives in both languages."""

    form: str
    url: str
    name: str
    zh: str
    en: str


def data_links(datasette: Datasette, table: str, args: Any = ()) -> list[Link]:
    """Return the links that give a list, with the filters of a request: its `args`, pairs, or a query."""
    if table not in described_columns() and table not in canned_queries():
        return []
    kept = [(name, value) for name, value in _pairs(args) if name not in _OF_THE_PAGE]
    found = []
    for form, name in _NAMES.items():
        pairs = [*kept, ("_bom", "1")] if form == "excel" else kept
        path = f"/-/rows/{table}.{'csv' if form == 'excel' else form}"
        url = datasette.urls.path(f"{path}?{urlencode(pairs)}" if pairs else path)
        found.append(Link(form, url, name, _CHINESE[form], _ENGLISH[form]))
    return found


def _pairs(args: Any) -> Iterable[tuple[str, str]]:
    if isinstance(args, str):
        return parse_qsl(args, keep_blank_values=True)
    if hasattr(args, "getlist"):
        return [(name, value) for name in args for value in args.getlist(name)]
    return list(args.items()) if hasattr(args, "items") else list(args)


async def rows_answer(request: Request, datasette: Datasette) -> Response:
    """Answer /-/rows/<table>.<csv|xlsx|json|jsonl>, with any filter that the table's page takes."""
    table, form = request.url_vars["table"], request.url_vars["form"]
    site = site_of(datasette)
    if site is not None and table in canned_queries():
        return await _question_answer(request, datasette, table, form)
    if site is None or table not in described_columns():
        raise NotFound(f"没有表 {table!r} · no table {table!r}")
    await datasette.ensure_permissions(
        request.actor, [("view-table", (DATABASE, table)), ("view-database", DATABASE), "view-instance"]
    )
    if unknown := _unknown(table, request.query_string):
        message = f"{table} has no column {unknown!r}; /-/rows/columns.json?table_name={table} lists them"
        return Response.json({"ok": False, "error": message}, status=400)
    pages = _pages(datasette, table, request.query_string)
    try:
        first = await anext(pages)
    except _RefusedError as error:
        return Response.json({"ok": False, "error": str(error)}, status=error.status)
    shown = _chosen(sheet(table), first.columns)
    if form == "xlsx":
        return await _workbook(request, shown, first, pages)
    how = "excel" if form == "csv" and request.args.get("_bom") in {"1", "on", "true"} else form
    most = datasette.setting("max_csv_mb") * 1_048_576
    return _Stream(f"{table}.{form}", shown, how, first, pages, most)


async def _question_answer(request: Request, datasette: Datasette, name: str, form: str) -> Response:
    """Answer /-/rows/<question>.<csv|xlsx|json|jsonl>: the rows of a canned question."""
    await datasette.ensure_permissions(
        request.actor, [("view-query", (DATABASE, name)), ("view-database", DATABASE), "view-instance"]
    )
    asked = [pair for pair in parse_qsl(request.query_string, keep_blank_values=True) if pair[0] not in _OF_THE_PAGE]
    known = canned_queries()[name]["params"]
    if unknown := [parameter for parameter, _ in asked if parameter not in known]:
        message = f"{name} asks for {', '.join(known)}, not for {unknown[0]!r}"
        return Response.json({"ok": False, "error": message}, status=400)
    path = f"{datasette.urls.database(DATABASE)}/{name}.json?{urlencode([*asked, ('_shape', 'arrays')])}"
    answer = await datasette.client.get(path)
    if answer.status_code != 200:
        return Response.json({"ok": False, "error": _told(answer.text)}, status=answer.status_code)
    found = answer.json()
    page = _Page(found["columns"], found["rows"])
    shown = answer_sheet(name, page.columns, page.rows)
    if form == "xlsx":
        return await _workbook(request, shown, page, _no_more())
    how = "excel" if form == "csv" and request.args.get("_bom") in {"1", "on", "true"} else form
    return _Stream(f"{name}.{form}", shown, how, page, _no_more(), 0)


def _unknown(table: str, query: str) -> str | None:
    """Return a filter's column that the table does not have: Datasette would pass over it, and give every row."""
    known = {column.column_name for column in described_columns()[table]}
    for name, value in parse_qsl(query):
        column = value if name in _OF_COLUMNS else name.partition("__")[0]
        if column not in known and name not in _OF_THE_PAGE and (name in _OF_COLUMNS or not name.startswith("_")):
            return column
    return None


class _RefusedError(Exception):
    """The table's own answer to the filters was no list."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class _Page(NamedTuple):
    columns: list[str]
    rows: list[list[Any]]


async def _no_more() -> AsyncIterator[_Page]:
    """Yield no further page."""
    none: list[_Page] = []
    for page in none:
        yield page


async def _pages(datasette: Datasette, table: str, query: str) -> AsyncIterator[_Page]:
    """Yield the pages of a table's own JSON: its filters, search and order are the list's."""
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name not in _OF_THE_PAGE]
    own = [
        ("_shape", "arrays"),
        ("_size", str(_ROWS_AT_ONCE)),
        ("_nocount", "1"),
        ("_nofacet", "1"),
        ("_nosuggest", "1"),
    ]
    token = None
    while True:
        pairs = [*kept, *own, *([("_next", token)] if token else [])]
        path = f"{datasette.urls.table(DATABASE, table, format='json')}?{urlencode(pairs)}"
        answer = await datasette.client.get(path)
        if answer.status_code != 200:
            raise _RefusedError(_told(answer.text), answer.status_code)
        found = answer.json()
        yield _Page(found["columns"], found["rows"])
        token = found.get("next")
        if not token:
            return


def _told(text: str) -> str:
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return "the table cannot be listed so"


def _chosen(whole: Sheet, columns: Sequence[str]) -> Sheet:
    by_name = {field.name: field for field in whole.fields}
    return Sheet(whole.name, tuple(by_name[name] for name in columns))


class _Stream(Response):  # type: ignore[misc]
    """A list sent as text, page by page."""

    def __init__(self, name: str, shown: Sheet, how: str, first: _Page, rest: AsyncIterator[_Page], most: int) -> None:
        form = name.rpartition(".")[2]
        super().__init__(
            "",
            headers={"content-disposition": f'attachment; filename="{name}"'},
            content_type=f"{MEDIA_TYPES[form]}; charset=utf-8",
        )
        self.shown, self.how, self.first, self.rest, self.most = shown, how, first, rest, most

    async def asgi_send(self, send: Callable[..., Any]) -> None:
        """Send the head, then each page; break off where the site's limit is passed, so that no part seems the whole."""
        headers = {**self.headers, "content-type": self.content_type}
        raw = [[name.encode(), value.encode()] for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        sent = 0
        async for text in self._texts():
            body = text.encode()
            sent += len(body)
            if 0 < self.most < sent:
                return
            await send({"type": "http.response.body", "body": body, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    async def _texts(self) -> AsyncIterator[str]:
        """Yield a text a page; what opens and closes the whole stands once."""
        write, names = TEXTS[self.how], self.shown.names
        head = {"csv": "".join(write(names, [])), "excel": "".join(write(names, [])), "json": "[", "jsonl": ""}[
            self.how
        ]
        yield head
        before = "\n"
        async for page in self._all():
            text = "".join(write(names, self.shown.typed(page.rows)))
            if self.how == "json":
                text = text.removeprefix("[").removesuffix("]\n").strip("\n")
                text, before = (f"{before}{text}", ",\n") if text else ("", before)
            yield text.removeprefix(head) if self.how in {"csv", "excel"} else text
        if self.how == "json":
            yield "\n]\n"

    async def _all(self) -> AsyncIterator[_Page]:
        yield self.first
        async for page in self.rest:
            yield page


async def _workbook(request: Request, shown: Sheet, first: _Page, rest: AsyncIterator[_Page]) -> Response:
    rows = list(shown.typed(first.rows))
    async for page in rest:
        rows += shown.typed(page.rows)
        if len(rows) > _MOST_IN_A_WORKBOOK:
            message = f"more than {_MOST_IN_A_WORKBOOK:,} rows; take the CSV, or filter first"
            return Response.json({"ok": False, "error": message}, status=413)
    try:
        body = await asyncio.to_thread(_workbook_of, shown, rows)
    except MissingLibraryError as error:
        return Response.json({"ok": False, "error": str(error)}, status=501)
    headers = {"content-disposition": f'attachment; filename="{shown.name}.xlsx"'}
    return Response(body, headers=headers, content_type=MEDIA_TYPES["xlsx"])


def _workbook_of(shown: Sheet, rows: list[list[Any]]) -> bytes:
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / f"{shown.name}.xlsx"
        WRITERS["xlsx"](path, shown, rows)
        return path.read_bytes()
