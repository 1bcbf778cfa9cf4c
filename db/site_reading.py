"""A table as a reader first meets it: the eight columns that matter, the rest by choice."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import to_css_class
from datasette.utils.asgi import Request
from markupsafe import Markup, escape

from db.site_context import Site
from db.site_language import say
from db.site_metadata import DATABASE, SORTS, described_columns
from db.site_rows import Cells
from db.site_titles import FACTS, JOINED, LISTS, MOST_COLUMNS, NAMED, shown_columns
from schema.fields import Column
from schema.meanings import meaning_zh

CHOICE = "_columns"
ALL = "all"
_COLUMNS = {(table, column.column_name): column for table, columns in described_columns().items() for column in columns}
# A printed figure sorts by its number, a printed date by its day.
_SORTED_BY = {"printed": "sort_value", "date": "date_sort", "published": "published"}
_FALLING_FIRST = {"statement_count", "tier", "distance", "released_on", "published"}


class Heading(NamedTuple):
    """A column's heading: its name, its label, its meaning, and where a click sorts."""

    name: str
    label: str
    meaning: str
    sort_by: str | None
    sorted: str
    url: str

    def tags(self) -> tuple[str, str]:
        """Return how a cell of the column begins: an empty one, and one that holds something."""
        told = f'data-label="{escape(self.label)}"><div>'
        css = to_css_class(self.name)
        return f'<td class="col-{css} none" {told}', f'<td class="col-{css}" {told}'


class Reading(NamedTuple):
    """What of a table is shown, its rows drawn, and what else could be."""

    headings: list[Heading]
    rows: list[Markup]
    choices: tuple[tuple[str, str, bool], ...]
    left_out: int
    all_url: str
    plain_url: str


def label_of(table: str, column: str) -> str:
    """Return what a column is called in the page's language; a printed figure goes by the figure's own name."""
    if (table, column) in JOINED:
        return say(JOINED[table, column][0].zh, JOINED[table, column][0].en)
    fact = FACTS.get((table, column.removesuffix("_text")))
    told = _COLUMNS.get((table, fact.column if fact else column))
    return say(told.label_zh, told.label_en) if told else column


def meanings(table: str) -> list[tuple[str, str, str]]:
    """Return name, label and meaning of each of a table's columns."""
    return [(c.column_name, say(c.label_zh, c.label_en), meaning(c)) for c in described_columns().get(table, ())]


def meaning(column: Column) -> str:
    """Return what a column holds, with its unit."""
    told = say(meaning_zh(column.description), column.description)
    return say(f"{told}（{column.unit}）", f"{told} ({column.unit})") if column.unit else told


class Columns(NamedTuple):
    """The columns of a page of rows: their names, their types, and those that rows can be sorted by."""

    names: list[str]
    types: dict[str, str]
    sortable: set[str]


async def reading(
    datasette: Datasette, site: Site, request: Request, table: str, columns: Columns, rows: Iterable[Any]
) -> Reading:
    """Choose what is shown of a page of rows; with `_columns=all` or `_col=…`, everything that was asked for."""
    names = columns.names
    raw = await _with_figures(datasette, [dict(zip(names, row, strict=True)) for row in rows])
    chosen = await _chosen(datasette, site, request, table, names)
    cells = Cells(datasette, site, table, columns.types)
    await cells.read_names(raw, {*chosen, *(name for name in ("term", "object_id") if name in names)})
    headings = [_heading(request, table, name, names, columns.sortable) for name in chosen]
    query = [pair for pair in _pairs(request) if pair[0] != CHOICE]
    return Reading(
        headings,
        _drawn(cells, headings, raw),
        tuple((name, label_of(table, name), name in chosen) for name in _choices(table, names)),
        len(names) - len(chosen),
        _url(request, [*query, (CHOICE, ALL)]),
        _url(request, query),
    )


def _drawn(cells: Cells, headings: list[Heading], rows: list[dict[str, Any]]) -> list[Markup]:
    """Return the cells of each row, as HTML: a template would escape each of them anew."""
    tags = [(heading.name, heading.tags()) for heading in headings]
    return [
        Markup(  # noqa: S704 - tags are escaped, cells are markup
            "".join(
                f"{tag[bool(markup)]}{markup}</div></td>" for name, tag in tags for markup in (cells.cell(row, name),)
            )
        )
        for row in rows
    ]


_FIGURE = ("low", "high", "unit", "comparator", "value_type")


async def _with_figures(datasette: Datasette, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows that print a statement's figure with the number it stands for, which their table does not keep."""
    if not rows or "printed" not in rows[0] or "statement_id" not in rows[0]:
        return rows
    sql = f"select id, {', '.join(_FIGURE)} from statements where id in (select value from json_each(?))"
    wanted = json.dumps([row["statement_id"] for row in rows])
    found = {
        row[0]: dict(zip(_FIGURE, row[1:], strict=True))
        for row in await datasette.get_database(DATABASE).execute(sql, [wanted])
    }
    return [{**found.get(row["statement_id"], {}), **row} for row in rows]


async def _chosen(datasette: Datasette, site: Site, request: Request, table: str, names: list[str]) -> list[str]:
    asked = request.args.getlist(CHOICE)
    shown = shown_columns(table)
    if ALL in asked or "_col" in request.args or "_nocol" in request.args or shown is None:
        return names
    if wanted := [name for name in _choices(table, names) if name in asked]:
        return wanted if table not in NAMED or "label" in wanted else ["label", *wanted]
    if table not in site.filled:
        site.filled[table] = await _filled(datasette, table, shown)
    filled = (_own_language(name, names) for name in site.filled[table])
    return [name for name in filled if name in names or (table, name) in JOINED]


def _own_language(name: str, names: list[str]) -> str:
    """Return the column that says the same in the page's language."""
    own = say(f"{name}_zh", name)
    return own if name == "description" and own in names else name


async def _filled(datasette: Datasette, table: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the first eight columns that hold anything in the whole table, so that every page shows the same."""
    filled: list[str] = []
    for column in columns:
        if len(filled) == MOST_COLUMNS:
            break
        sql = f'select 1 from "{table}" where "{column}" is not null limit 1'
        if (
            column in _COMPUTED
            or (table, column) in JOINED
            or (await datasette.get_database(DATABASE).execute(sql)).first() is not None
        ):
            filled.append(column)
    return tuple(filled)


# Made of several columns: shown in any case.
_COMPUTED = {"printed", "as_of"}


def _choices(table: str, names: list[str]) -> list[str]:
    """Return the columns that can be chosen: a quantity's bounds, unit and issue stand in its one cell."""
    hidden = set()
    for (owner, column), fact in FACTS.items():
        if owner == table:
            parts = {name for name, *_ in fact.columns()}
            hidden |= parts - {f"{column}_text" if fact.value_type == "quantity" else column}
    if table in NAMED:
        hidden.add("id")
    plain = [name for name in names if name not in hidden]
    for (owner, name), (_, joined) in JOINED.items():
        places = [place for place, other in enumerate(plain) if other.removesuffix("_text") in joined]
        if owner == table and places:
            plain = [other for place, other in enumerate(plain) if place not in places[1:]]
            plain[places[0]] = name
    return plain


def _heading(request: Request, table: str, name: str, names: list[str], sortable: set[str]) -> Heading:
    column = _COLUMNS.get((table, name))
    by = _sort_by(table, name, names)
    label = label_of(table, name)
    told = f"{meaning(column) if column else ''} [{name}]".strip()
    if by not in sortable:
        return Heading(name, label, told, None, "", "")
    now = _sorted(request, table, by)
    falling = now == "ascending" or (not now and _falls_first(table, name, by))
    rest = [pair for pair in _pairs(request) if pair[0] not in {"_sort", "_sort_desc", "_next"}]
    url = _url(request, [*rest, ("_sort_desc" if falling else "_sort", by)])
    return Heading(name, label, told, by, now, url)


def _sorted(request: Request, table: str, by: str) -> str:
    """Return how the list is sorted by a column: by its own order where none is asked."""
    asked = {name: request.args.get(name) for name in ("_sort", "_sort_desc")}
    if not any(asked.values()):
        asked = {f"_{name}": column for name, column in SORTS.get(table, {}).items()}
    return "descending" if asked.get("_sort_desc") == by else "ascending" if asked.get("_sort") == by else ""


def _sort_by(table: str, name: str, names: list[str]) -> str:
    fact = FACTS.get((table, name.removesuffix("_text")))
    if fact is not None:
        return f"{fact.column}_sort" if fact.value_type == "date" else fact.column
    by = _SORTED_BY.get(name, name)
    return by if by in names else name


def _falls_first(table: str, name: str, by: str) -> bool:
    fact = FACTS.get((table, name.removesuffix("_text")))
    return (
        by in _FALLING_FIRST
        or name in {"printed", "date"}
        or (fact is not None and fact.value_type in {"quantity", "date", "boolean"})
    )


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name in request.args for value in request.args.getlist(name)]


def _url(request: Request, pairs: list[tuple[str, str]]) -> str:
    return f"{request.path}?{urlencode(pairs)}" if pairs else request.path


def sort_choices(headings: list[Heading]) -> list[tuple[str, str, bool]]:
    """Return address, label and state of each way to sort, for readers who see no heads."""
    return [(h.url, h.label, bool(h.sorted)) for h in headings if h.sort_by]


__all__ = ["LISTS", "Columns", "Heading", "Reading", "label_of", "meanings", "reading", "sort_choices"]
