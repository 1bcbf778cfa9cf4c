"""Search tables: filled at a build, asked by look-ups."""

import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from db.grams import FTS_TABLES, index_text, query_text
from db.names import fold

_CANDIDATES = 2_000


def fill_search(connection: sqlite3.Connection) -> None:
    """Create and fill the search tables from the loaded ones.

    Their rows are joined by rowid: a VACUUM after this would break them.
    """
    for name, table in FTS_TABLES.items():
        connection.execute(table.create_sql(name))
    _insert(connection, "entities_fts", _entity_rows(connection))
    _insert(connection, "statements_fts", _statement_rows(connection))
    _insert(connection, "sources_fts", _source_rows(connection))


def _insert(connection: sqlite3.Connection, name: str, rows: Iterator[tuple[Any, ...]]) -> None:
    columns = FTS_TABLES[name].columns
    marks = ", ".join("?" * (len(columns) + 1))
    connection.executemany(f'insert into "{name}" (rowid, {", ".join(columns)}) values ({marks})', rows)


def _entity_rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    rows = connection.execute(
        "select e.rowid, e.id, e.name_zh, e.name_en, e.description,"
        " (select group_concat(alias, char(10)) from aliases where entity_id = e.id) from entities e"
    )
    for rowid, entity_id, name_zh, name_en, description, aliases in rows:
        names = [entity_id, name_zh, name_en, *(aliases or "").split("\n")]
        yield rowid, index_text(names=names), index_text(description)


def _statement_rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    entities = _labels(connection, "select id, name_zh, name_en from entities")
    properties = _labels(connection, "select id, label_zh, label_en from properties")
    terms = _labels(connection, "select id, label_zh, label_en from terms")
    names = lru_cache(maxsize=200_000)(lambda *names: index_text(names=names))
    words = lru_cache(maxsize=200_000)(index_text)
    rows = connection.execute(
        "select rowid, subject_id, subject_as_read, property_id, object_id, term, place_id, printed, text, text_en, scope_note"
        " from statements"
    )
    for rowid, subject, as_read, property_id, obj, term, place, printed, text, text_en, note in rows:
        values = [names(*entities.get(obj, ())) if obj else "", words(*terms.get(term, ())) if term else ""]
        values += [names(*entities.get(place, ())) if place else "", words(printed) if printed else ""]
        values.append(words(text, text_en, note) if text or text_en or note else "")
        subject_names = names(*entities.get(subject, ()), as_read)
        yield rowid, subject_names, words(*properties.get(property_id, ())), " ".join(filter(None, values))


def _labels(connection: sqlite3.Connection, sql: str) -> dict[str, tuple[str | None, ...]]:
    return {row[0]: tuple(row[1:]) for row in connection.execute(sql)}


def _source_rows(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    rows = connection.execute("select rowid, id, title, title_en, publisher, authors, doi, file_name, note from sources")
    for rowid, source_id, title, title_en, publisher, authors, doi, file_name, note in rows:
        yield rowid, index_text(names=[source_id, title, title_en]), index_text(publisher, authors, doi, file_name, note)


Hit = dict[str, Any]


def search(connection: sqlite3.Connection, text: str, limit: int = 20) -> list[Hit]:
    """Return up to `limit` entities, then as many statements, then as many sources, each best first.

    Every hit has found ("entity", "statement" or "source"), id, label, kind, detail and source_id.
    """
    match = query_text(text)
    hits = _entities(connection, fold(text), match, limit)
    if match is None:
        return hits
    return [*hits, *_statements(connection, match, limit), *_sources(connection, match, limit)]


# An exact name first, then a name that begins so, then any other match.
_ENTITIES = """
with found(id, place) as (
  select entity_id, 0 from aliases where normalized = :folded
  union all select id, 0 from entities where id = :folded
  union all select entity_id, 1 from aliases where normalized > :folded and normalized < :folded || char(1114111)
  {matched}
)
select 'entity' found, e.id, e.label, e.kind, e.name_en, e.description detail, null source_id, e.statement_count, min(place) place
from found join entities e using (id)
group by e.id order by place, e.statement_count desc, length(e.label), e.id limit :limit
"""
_MATCHED = "union all select id, 2 from entities where rowid in (select rowid from entities_fts where entities_fts match :match)"


def _entities(connection: sqlite3.Connection, folded: str, match: str | None, limit: int) -> list[Hit]:
    if not folded:
        return []
    sql = _ENTITIES.format(matched=_MATCHED if match else "")
    return _rows(connection, sql, folded=folded, match=match, limit=limit)


# A character such as 大 stands in every second statement: only the first few thousand matches are ranked.
_STATEMENTS = """
select 'statement' found, s.id, e.label, s.property_id kind, coalesce(s.printed, s.text, o.label, t.label_zh, s.date) detail,
  s.source_id, s.rank
from (select rowid from statements_fts where statements_fts match :match limit :candidates) f
join statements s on s.rowid = f.rowid join entities e on e.id = s.subject_id
left join entities o on o.id = s.object_id left join terms t on t.id = s.term
order by s.printed is null, s.value_type != 'quantity', s.rank is not 'preferred', s.rank is 'deprecated', s.rowid limit :limit
"""
_SOURCES = """
select 'source' found, s.id, s.title label, s.type kind, s.publisher detail, s.id source_id, s.statement_count
from sources s where s.rowid in (select rowid from sources_fts where sources_fts match :match)
order by s.statement_count desc, s.id limit :limit
"""


def _statements(connection: sqlite3.Connection, match: str, limit: int) -> list[Hit]:
    return _rows(connection, _STATEMENTS, match=match, limit=limit, candidates=max(_CANDIDATES, limit))


def _sources(connection: sqlite3.Connection, match: str, limit: int) -> list[Hit]:
    return _rows(connection, _SOURCES, match=match, limit=limit)


def _rows(connection: sqlite3.Connection, sql: str, **values: Any) -> list[Hit]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
