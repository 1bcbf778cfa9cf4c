"""Conflicts as a page: both figures with their sources, how far apart, which one is preferred and why."""

from typing import Any, NamedTuple

from datasette.app import Datasette
from markupsafe import Markup

from db.site_context import Site
from db.site_figures import number
from db.site_language import say
from db.site_metadata import DATABASE
from db.site_names import word
from db.site_rows import Cells, Raw


class Side(NamedTuple):
    """One of two statements: its value, who says it, how many independent sources agree, whether it is preferred."""

    value: Markup
    source: Markup
    said_by: Markup
    time: Markup
    agreeing: str
    preferred: bool


class Conflict(NamedTuple):
    """Two statements that cannot both be right."""

    subject: Markup
    property: str
    apart: str
    reason: str
    sides: tuple[Side, Side]


async def conflicts(datasette: Datasette, site: Site, rows: list[Any]) -> list[Conflict]:
    """Return the conflicts of a page of rows."""
    raw: list[Raw] = [dict(row) for row in rows]
    wanted = [row[name] for row in raw for name in ("statement_id", "other_statement_id")]
    marks = ", ".join("?" * len(wanted))
    found = await datasette.get_database(DATABASE).execute(f"select * from statements where id in ({marks})", wanted)
    # dict(row) would look each of fifty columns up by name.
    statements: dict[str, Raw] = {row["id"]: dict(zip(found.columns, row, strict=True)) for row in found}
    cells = Cells(datasette, site, "statements", {"boolean": "BOOLEAN"})
    names = ("subject_id", "property_id", "source_id", "attributed_to", "term", "object_id")
    await cells.read_names(list(statements.values()), names)
    return [_conflict(cells, row, statements) for row in raw]


def _conflict(cells: Cells, row: Raw, statements: dict[str, Raw]) -> Conflict:
    first, other = statements[row["statement_id"]], statements[row["other_statement_id"]]
    preferred = row["preferred_id"]
    reason = word(str(row["reason"] or ""))
    return Conflict(
        cells.link("entities", row["subject_id"]),
        cells.named("properties", row["property_id"]),
        _apart(row["distance"], first["value_type"]),
        reason if preferred else "",
        (
            _side(cells, first, row["supporting_sources"], preferred),
            _side(cells, other, row["opposing_sources"], preferred),
        ),
    )


def _side(cells: Cells, statement: Raw, agreeing: int, preferred: str | None) -> Side:
    count = say(f"{agreeing} 个独立来源", f"{agreeing} independent source{'' if agreeing == 1 else 's'}")
    return Side(
        cells.printed(statement),
        cells.link("sources", statement["source_id"]),
        cells.cell(statement, "attributed_to"),
        cells.time(statement),
        count,
        statement["id"] == preferred,
    )


def _apart(distance: float | None, value_type: str) -> str:
    if distance is None:
        return ""
    shown = number(distance if distance >= 100 else round(distance, 2))
    if value_type == "quantity":
        return say(f"相差 {shown} 倍", f"{shown} times apart")
    return (
        say(f"相差 {shown} 天", f"{shown} days apart")
        if value_type == "date"
        else say("互相排斥", "exclude each other")
    )
