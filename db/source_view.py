"""What a source's page tells: what the source is, and its statements in the order of the text."""

import sqlite3
from typing import NamedTuple

from db.facts import json_list, statements_alone
from db.labels import Labels
from db.look_up import Row, rows
from db.shown import Party, Shower, Shown, titled, where_in

PAGE = 20
"""So many statements are walked through on one page."""

_TIERS = {
    1: ("原始来源", "primary"),
    2: ("一手报道", "first-hand report"),
    3: ("二手来源", "secondary"),
    4: ("传闻", "hearsay"),
}
# Statements by where their value begins, as the evidence alone tells: a statement's own row is ten times as wide.
_IN_TEXT = """
select statement_id id from evidence where source_id = ? and role = 'value' group by statement_id
order by min(start_char) is null, min(start_char), min(rowid) limit ? offset ?
"""
# Those without a place come last, in the order they were read.
_PLACELESS = """
select id from statements s where source_id = ? and not exists
  (select 1 from evidence e where e.statement_id = s.id and e.role = 'value' and e.source_id = s.source_id)
order by rowid limit ? offset ?
"""
_PLACED = "select count(distinct statement_id) from evidence where source_id = ? and role = 'value'"
_IN_ROWS = "select id, rowid from statements where source_id = ? and rowid > ? order by rowid limit ?"


class Step(NamedTuple):
    """One statement of the walk: where it stands, and what it says of whom."""

    where: str
    row_label: str
    subject: Party
    property_id: str
    property: str
    shown: Shown


class SourceView(NamedTuple):
    """A source as its page shows it."""

    source: Row
    title: str
    other_title: str
    type: str
    tier: str
    status: str
    authors: list[str]
    derived_from: Row | None
    repeated_by: list[Row]
    steps: list[Step]
    after: int
    next_after: int | None


def source_view(connection: sqlite3.Connection, source_id: str, labels: Labels, after: int = 0) -> SourceView | None:
    """Return a source with a page of its statements, those after a place in the walk; None where there is none."""
    found = rows(connection, "select * from sources where id = ?", source_id)
    if not found:
        return None
    source = found[0]
    titles = (source["title"], source["title_en"])
    page, following = _page(connection, source, after)
    origin = rows(connection, "select id, title from sources where id = ?", source["derived_from"])
    repeated = rows(connection, "select id, title from sources where derived_from = ? order by id limit 50", source_id)
    return SourceView(
        source=source,
        title=titled(source, labels.language),
        other_title=next((t for t in titles if t and t != titled(source, labels.language)), ""),
        type=labels.heading(source["type"]),
        tier=tier_of(source, labels),
        status=labels.word(source["status"]),
        authors=[str(author) for author in json_list(source["authors"])],
        derived_from=origin[0] if origin else None,
        repeated_by=repeated,
        steps=_steps(connection, page, labels),
        after=after,
        next_after=following,
    )


def tier_of(source: Row, labels: Labels) -> str:
    """Return a source's tier as a number with its word."""
    pair = _TIERS.get(source["tier"])
    return f"{source['tier']} · {pair[0 if labels.language == 'zh' else 1]}" if pair else str(source["tier"])


def _page(connection: sqlite3.Connection, source: Row, after: int) -> tuple[list[str], int | None]:
    """Return the statements of a page of the walk, and where the next begins.

    A data set has too many to sort: its statements stand in the order of its rows as they were loaded.
    """
    if source["type"] == "data_set":
        found = rows(connection, _IN_ROWS, source["id"], after, PAGE + 1)
        following = found[PAGE - 1]["rowid"] if len(found) > PAGE else None
    else:
        found = _in_text(connection, source["id"], PAGE + 1, after)
        following = after + PAGE if len(found) > PAGE else None
    return [row["id"] for row in found[:PAGE]], following


def _in_text(connection: sqlite3.Connection, source_id: str, wanted: int, after: int) -> list[Row]:
    found = rows(connection, _IN_TEXT, source_id, wanted, after)
    if len(found) == wanted:
        return found
    placed = connection.execute(_PLACED, (source_id,)).fetchone()[0]
    return found + rows(connection, _PLACELESS, source_id, wanted - len(found), max(0, after - placed))


def _steps(connection: sqlite3.Connection, ids: list[str], labels: Labels) -> list[Step]:
    found = statements_alone(connection, f"id in ({', '.join('?' * len(ids))})", *ids)
    statements = {statement["id"]: statement for statement in found}
    shower = Shower(connection, labels)
    shower.prepare_lines(list(statements.values()))
    wanted = (
        "select statement_id, start_char, end_char, table_label, row_label, column_label from evidence"
        " where role = 'value' and statement_id in"
    )
    places: dict[str, Row] = {}
    # A value that stands in several places is walked through at the first of them.
    for place in sorted(where_in(connection, wanted, ids), key=lambda place: place["start_char"] or 0):
        places.setdefault(place["statement_id"], place)
    return [_step(statements[i], places.get(i, {}), shower) for i in ids if i in statements]


def _step(statement: Row, place: Row, shower: Shower) -> Step:
    start, row_label = place.get("start_char"), place.get("row_label") or ""
    cell = place.get("column_label") or ""
    where = cell if start is None or row_label else f"{start:,}–{place['end_char']:,}"
    return Step(
        where=where,
        row_label=row_label,
        subject=shower.subject(statement),
        property_id=statement["property_id"],
        property=shower.labels.property(statement["property_id"]),
        shown=shower.show(statement, shower.object(statement)),
    )
