"""A table as a reader first meets it: the columns that tell something, printed forms before bounds."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from db.site_cells import evidence_link
from db.site_metadata import described_columns
from db.site_titles import LISTS, shown_columns

ALL = "_columns"
_NAMED_BY_LABEL = {"models", "organizations", "companies", "policies", "entities"}


_LABELS = {
    (table, column.column_name): f"{column.label_zh} · {column.label_en}"
    for table, columns in described_columns().items()
    for column in columns
}


class Heading(NamedTuple):
    """A column's heading: its name, its labels, and where a click sorts."""

    column: dict[str, Any]
    name: str
    label: str
    sort_by: str | None


class Reading(NamedTuple):
    """What of a table is shown."""

    headings: list[Heading]
    rows: list[list[Any]]
    left_out: int
    all_url: str


def reading(
    datasette: Datasette, request: Request, table: str, columns: list[dict[str, Any]], rows: list[Any]
) -> Reading:
    """Choose what is shown of a page of rows; with `_columns=all` or `_col=…`, everything that was asked for."""
    everything = request.args.get(ALL) == "all" or "_col" in request.args or "_nocol" in request.args
    chosen = None if everything else shown_columns(table)
    kept = [index for index, column in enumerate(columns) if _kept(column, index, table, chosen, rows)]
    if chosen is not None:
        kept.sort(key=lambda index: _place(columns[index], chosen))
    cells = [[_cell(datasette, table, list(row)[index]) for index in kept] for row in rows]
    names = {column["name"] for column in columns}
    headings = [_heading(table, columns[index], names) for index in kept]
    query = [(name, value) for name in request.args for value in request.args.getlist(name)]
    url = f"{request.path}?{urlencode([*query, (ALL, 'all')])}"
    return Reading(headings, cells, len(columns) - len(kept), url)


def _kept(column: dict[str, Any], index: int, table: str, chosen: tuple[str, ...] | None, rows: list[Any]) -> bool:
    if chosen is None:
        return True
    name = column["name"]
    if name == "id" and column["is_pk"]:
        return table not in _NAMED_BY_LABEL
    return name in chosen and any(list(row)[index]["raw"] not in (None, "") for row in rows)


def _place(column: dict[str, Any], chosen: tuple[str, ...]) -> int:
    name = column["name"]
    return chosen.index(name) if name in chosen else len(chosen)


def _cell(datasette: Datasette, table: str, cell: dict[str, Any]) -> dict[str, Any]:
    # A row of a list is a statement: its id opens the evidence rather than the row again.
    if table in LISTS and cell["column"] == "id":
        return {**cell, "value": evidence_link(datasette, str(cell["raw"]))}
    return cell


def _heading(table: str, column: dict[str, Any], names: set[str]) -> Heading:
    name = column["name"]
    label = _LABELS.get((table, name), "")
    if not column["sortable"]:
        return Heading(column, name, label, None)
    base = name.removesuffix("_text")
    # A printed figure sorts by its number.
    return Heading(column, name, label, base if name.endswith("_text") and base in names else name)
