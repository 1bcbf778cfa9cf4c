"""Two to five entities side by side, each value a link to its evidence."""

import sqlite3
from typing import NamedTuple

from db.comparing import compared
from db.entity_view import capped
from db.errors import NotFoundError
from db.labels import Labels
from db.look_up import Row, find_entity, rows
from db.relation_words import inverse_label
from db.shown import Party, Shower, Shown, home_of, named

MOST = 5
"""So many entities stand side by side."""
_MOST_IN_CELL = 8
_MOST_SUGGESTED = 12


class Line(NamedTuple):
    """A property, and what is said under it of each of the entities."""

    property_id: str
    label: str
    cells: list[list[Shown]]
    left_out: list[int]


class CompareView(NamedTuple):
    """Entities side by side: what was asked for, what was found, and what else may be compared."""

    asked: list[str]
    entities: list[Party]
    kinds: list[str]
    unknown: list[tuple[str, list[str]]]
    lines: list[Line]
    suggested: list[Party]


def compare_view(connection: sqlite3.Connection, asked: list[str], labels: Labels) -> CompareView:
    """Return the entities that ids or names stand for, side by side, property by property."""
    found, unknown = _found(connection, [name for name in dict.fromkeys(asked) if name.strip()])
    found = found[:MOST]
    records = [_record(connection, entity) for entity in found]
    shower = Shower(connection, labels)
    shower.prepare([s for record in records for s in (*record["statements"], *record["named_in"])])
    lines = _lines(records, shower) if len(records) > 1 else []
    return CompareView(
        asked=[named(entity, labels.language) for entity in found] + [name for name, _ in unknown],
        entities=[Party(entity["id"], named(entity, labels.language), home_of(entity["kind"])) for entity in found],
        kinds=[labels.heading(entity["kind"]) for entity in found],
        unknown=unknown,
        lines=lines,
        suggested=_suggested(connection, found, labels.language),
    )


def _found(connection: sqlite3.Connection, asked: list[str]) -> tuple[list[Row], list[tuple[str, list[str]]]]:
    found: dict[str, Row] = {}
    unknown = []
    for name in asked[: 2 * MOST]:
        exact = rows(connection, "select * from entities where id = ?", name)
        try:
            entity = exact[0] if exact else find_entity(connection, name, ("model", "place", "organization")).entity
        except NotFoundError as error:
            unknown.append((name, error.suggestions))
        else:
            found[entity["id"]] = entity
    return list(found.values()), unknown


def _record(connection: sqlite3.Connection, entity: Row) -> Row:
    own, own_counts = capped(connection, "subject_id", entity["id"])
    inverse, inverse_counts = capped(connection, "object_id", entity["id"])
    counts = own_counts | {f"<{name}": count for name, count in inverse_counts.items()}
    return {**entity, "statements": own, "named_in": inverse, "counts": counts}


def _lines(records: list[Row], shower: Shower) -> list[Line]:
    """Return a line a property: first what all have, as that is what compares."""
    lines = []
    for row in compared(records, shower.labels):
        inverse = row.property_id.startswith("<")
        label = inverse_label(row.property_id[1:], shower.labels) if inverse else row.label
        cells = [
            [shower.show(s, shower.subject(s) if inverse else shower.object(s)) for s in statements[:_MOST_IN_CELL]]
            for statements in row.values
        ]
        left_out = [
            max(0, record["counts"].get(row.property_id, 0) - len(cell))
            for record, cell in zip(records, cells, strict=True)
        ]
        lines.append(Line(row.property_id, label, cells, left_out))
    return sorted(lines, key=lambda line: sum(not cell for cell in line.cells))


def _suggested(connection: sqlite3.Connection, found: list[Row], language: str) -> list[Party]:
    """Return those most is said of, of the kind of the first; of models where nothing was asked for."""
    kind = found[0]["kind"] if found else "model"
    ids = {entity["id"] for entity in found}
    sql = "select id, label, name_en, kind from entities where kind = ? order by statement_count desc, id limit ?"
    told = rows(connection, sql, kind, _MOST_SUGGESTED + len(ids))
    return [Party(row["id"], named(row, language), home_of(kind)) for row in told if row["id"] not in ids][
        :_MOST_SUGGESTED
    ]
