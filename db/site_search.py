"""The search page: one box over everything; the best entity first, then statements, then sources."""

import sqlite3
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from db.look_up import suggest
from db.search import Hit, search
from db.shown import described
from db.site_context import Site, site_of
from db.site_drawing import at_once
from db.site_language import language, say
from db.site_metadata import DATABASE
from db.site_names import word
from db.site_rows import Cells, Raw

_MOST = 20
_FACTS = 6
_LONGEST = 300


class Entity(NamedTuple):
    """An entity that was found."""

    link: Markup
    kind: str
    description: Markup
    statements: int
    also: str


class Line(NamedTuple):
    """A statement that was found."""

    subject: Markup
    property: Markup
    value: Markup
    time: Markup
    rank: str
    source: Markup


class Results(NamedTuple):
    """What a search found."""

    text: str
    entities: list[Entity]
    facts: list[Line]
    statements: list[Line]
    sources: list[tuple[Markup, str, int]]
    suggestions: list[str]

    @property
    def empty(self) -> bool:
        """Tell whether nothing was found."""
        return not (self.entities or self.statements or self.sources)


async def search_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/search?q=…, as a page or with .json."""
    site = site_of(datasette)
    if site is None:
        raise NotFound("no such page")
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    text = (request.args.get("q") or "").replace("\0", " ").strip()[:_LONGEST]
    database = datasette.get_database(DATABASE)
    hits = await database.execute_fn(lambda connection: search(connection, text, _MOST)) if text else []
    if request.url_vars.get("format") == "json":
        return Response.json({"query": text, "hits": hits}, default=str)
    found = await _results(datasette, site, text, hits)
    context = {"found": found, "searched": text, "database": DATABASE}
    template = at_once(datasette, "search.html")
    html = await datasette.render_template(template, context, request=request, view_name="search")
    return Response.html(html)


async def _results(datasette: Datasette, site: Site, text: str, hits: list[Hit]) -> Results:
    database = datasette.get_database(DATABASE)
    of_kind = {kind: [hit for hit in hits if hit["found"] == kind] for kind in ("entity", "statement", "source")}
    best = of_kind["entity"][0]["id"] if of_kind["entity"] else None
    wanted = [hit["id"] for hit in of_kind["statement"]]
    told = await database.execute_fn(lambda connection: _statements(connection, wanted, best))
    suggestions = [] if hits or not text else await database.execute_fn(lambda connection: suggest(connection, text))
    cells = Cells(datasette, site, "statements", {"boolean": "BOOLEAN"})
    columns = ("subject_id", "property_id", "source_id", "term", "object_id")
    await cells.read_names([*told[0], *told[1]], columns)
    return Results(
        text,
        [_entity(cells, hit) for hit in of_kind["entity"]],
        [_line(cells, row) for row in told[1]],
        [_line(cells, row) for row in told[0]],
        [
            (
                cells.titled(hit["id"], say(hit["label"], hit["name_en"] or hit["label"])),
                hit["detail"] or "",
                hit["statement_count"],
            )
            for hit in of_kind["source"]
        ],
        [suggestion.strip("'\"") for suggestion in suggestions],
    )


_BEST = """
select * from statements where subject_id = ? and value_status = 'reported'
  and value_type in ('quantity', 'boolean', 'date', 'entity', 'term') and rank is not 'deprecated'
order by value_type != 'quantity', rank is not 'preferred', rowid limit 60
"""


def _statements(connection: sqlite3.Connection, wanted: list[str], best: str | None) -> tuple[list[Raw], list[Raw]]:
    """Return the statements found, in their order, and the first facts of the best entity, one a property."""
    marks = ", ".join("?" * len(wanted))
    rows = {row["id"]: row for row in _rows(connection, f"select * from statements where id in ({marks})", wanted)}
    facts: dict[str, Raw] = {}
    for row in _rows(connection, _BEST, [best]) if best else []:
        facts.setdefault(row["property_id"], row)
    return [rows[identifier] for identifier in wanted if identifier in rows], list(facts.values())[:_FACTS]


def _rows(connection: sqlite3.Connection, sql: str, values: list[Any]) -> list[Raw]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _entity(cells: Cells, hit: Hit) -> Entity:
    shown = (hit["name_en"] if language() == "en" else None) or hit["label"]
    other = hit["label"] if shown != hit["label"] else hit["name_en"]
    link = cells.titled(hit["id"], shown, "entities")
    return Entity(
        link,
        word(hit["kind"]),
        described({"description": hit["detail"], "description_zh": hit["detail_zh"]}, language()),
        hit["statement_count"],
        other if other and other != shown else "",
    )


def _line(cells: Cells, row: Raw) -> Line:
    return Line(
        cells.link("entities", row["subject_id"]),
        cells.cell(row, "property_id"),
        cells.printed(row),
        cells.time(row),
        word(str(row["rank"] or "")),
        cells.link("sources", row["source_id"]),
    )
