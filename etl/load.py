"""Put validated records into the tables, in bulk."""

import gc
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from db.create import column_names, insert_sql
from db.names import fold
from etl.seeds import Reader, Vocabulary
from etl.statements import Holder, read_statements
from schema.dates import sort_date
from schema.records import AliasRecord, EntityRecord, StatementRecord
from schema.units import Unit

BATCH = 5_000


def load_vocabulary(connection: sqlite3.Connection, vocabulary: Vocabulary, units: Iterable[Unit]) -> None:
    """Insert sources, entities with their names, properties, units, terms and redirects."""
    _insert(
        connection,
        "units",
        ({"id": u.id, "label_zh": u.label_zh, "label_en": u.label_en, "dimension": u.dimension} for u in units),
    )
    _insert(connection, "terms", (term.model_dump() for term in vocabulary.terms.values()))
    _insert(connection, "properties", map(_property_row, vocabulary.properties.values()))
    _insert(
        connection,
        "sources",
        (s.model_dump() | {"authors": json_list(s.authors), "statement_count": 0} for s in vocabulary.sources.values()),
    )
    _insert(connection, "entities", map(entity_row, vocabulary.entities.values()))
    rows = (row for entity in vocabulary.entities.values() for row in alias_rows(entity))
    _insert(connection, "aliases", ({"id": number, **row} for number, row in enumerate(rows, 1)))
    _insert(
        connection,
        "redirects",
        ({"id": r.old_id, "new_id": r.new_id, "reason": r.reason} for r in vocabulary.redirects.values()),
    )


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[dict[str, Any]]) -> None:
    columns = column_names(table)
    connection.executemany(insert_sql(table), ([row.get(column) for column in columns] for row in rows))


insert_rows = _insert


def json_list(items: list[Any]) -> str | None:
    """Return a list as JSON, None where it is empty."""
    return json.dumps(items, ensure_ascii=False) if items else None


def _property_row(record: Any) -> dict[str, Any]:
    row: dict[str, Any] = record.model_dump()
    return row | {name: json_list(row[name]) for name in ("units", "kinds", "object_kinds")} | {"statement_count": 0}


def entity_row(entity: EntityRecord) -> dict[str, Any]:
    """Return an entity's row."""
    label = entity.name_zh or entity.name_en
    return entity.model_dump(exclude={"aliases"}) | {"label": label, "statement_count": 0}


def alias_rows(entity: EntityRecord) -> Iterator[dict[str, Any]]:
    """Yield an entity's names, each once: its own two, then its aliases."""
    own = [
        AliasRecord(alias=name, language=language)
        for name, language in ((entity.name_zh, "zh"), (entity.name_en, "en"))
        if name
    ]
    seen: set[str] = set()
    for record in [*own, *entity.aliases]:
        if record.alias not in seen:
            seen.add(record.alias)
            yield record.model_dump() | {"entity_id": entity.id, "normalized": fold(record.alias)}


_DERIVED = (
    "attributed_to",
    "participants",
    "date_sort",
    "rank",
    "rank_reason",
    "issues",
    "first_release",
    "last_release",
)
_COLUMNS = column_names("statements")
_PLAIN = [name for name in _COLUMNS if name not in _DERIVED]
_plain_values = attrgetter(*_PLAIN)
_STATEMENT_SQL = (
    f"insert into statements ({', '.join(chr(34) + n + chr(34) for n in [*_PLAIN, *_DERIVED[:3]])}) "
    f"values ({', '.join('?' * (len(_PLAIN) + 3))})"
)
_EVIDENCE = [name for name in column_names("evidence") if name not in {"id", "statement_id"}]
_evidence_values = attrgetter(*_EVIDENCE)
_EVIDENCE_SQL = (
    f"insert into evidence (statement_id, {', '.join(chr(34) + n + chr(34) for n in _EVIDENCE)}) "
    f"values ({', '.join('?' * (len(_EVIDENCE) + 1))})"
)


def load_statements(connection: sqlite3.Connection, reader: Reader, vocabulary: Vocabulary, paths: list[Path]) -> int:
    """Insert every sound statement and its evidence; return how many."""
    holder = Holder(vocabulary)
    records = (record for path in paths for record, _ in read_statements(reader, vocabulary, path, holder))
    count = 0
    with _no_collector():
        while batch := list(islice(records, BATCH)):
            connection.executemany(_STATEMENT_SQL, map(statement_values, batch))
            connection.executemany(
                _EVIDENCE_SQL, ((r.id, *_evidence_values(place)) for r in batch for place in r.evidence)
            )
            count += len(batch)
    return count


@contextmanager
def _no_collector() -> Iterator[None]:
    """Hold Python's cycle collector: records make no cycles, and its walks over them are half of a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def statement_values(record: StatementRecord) -> tuple[Any, ...]:
    """Return a statement's row in the order of the insert."""
    participants = [p.model_dump() for p in record.participants]
    date = record.date
    when = sort_date(date) if date is not None else None
    return (*_plain_values(record), json_list(record.attributed_to), json_list(participants), when)
