"""Search tables: filled at a build, asked by look-ups."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from db.connection import Connection
from db.dialect import Dialect, dialect_of
from db.grams import FTS_TABLES, index_text, query_text, query_words
from db.names import fold
from db.pinyin import WHOLE, pinyin_tokens
from db.published import SOURCES_BY

_CANDIDATES = 2_000


Row = tuple[Any, ...]


def fill_search(connection: sqlite3.Connection) -> None:
    """Create and fill the search tables from the loaded ones.

    Their rows are joined by rowid: a VACUUM after this would break them.
    """
    for name, table in FTS_TABLES.items():
        connection.execute(table.create_sql(name))
        _insert(connection, name)


def search_rows(connection: sqlite3.Connection, name: str) -> Iterator[Row]:
    """Yield the rows of a search table: the rowid of what is found, then the tokens of each column, parted by blanks."""
    sql, cutter = _READ[name]
    yield from map(cutter(connection), connection.execute(sql))


def _insert(connection: sqlite3.Connection, name: str) -> None:
    """Fill a search table, while a thread cuts the rows to come into tokens.

    Python's other threads run only within a statement. One inserts a batch, from a table that is filled beforehand:
    row by row, each would wait its turn.
    """
    columns = ", ".join(FTS_TABLES[name].columns)
    marks = ", ".join("?" * (len(FTS_TABLES[name].columns) + 1))
    sql, cutter = _READ[name]
    _set_hash_size(connection, name, _LOADING)
    connection.execute(f"create temp table cut (id, {columns})")
    cut, rows = cutter(connection), connection.execute(sql)
    batch = _cut_all(cut, rows.fetchmany(_BATCH))
    with ThreadPoolExecutor(1) as thread:
        while batch:
            connection.executemany(f"insert into temp.cut values ({marks})", batch)
            coming = thread.submit(_cut_all, cut, rows.fetchmany(_BATCH))
            connection.execute(f'insert into "{name}" (rowid, {columns}) select * from temp.cut')
            batch = coming.result()
            connection.execute("delete from temp.cut")
    connection.execute("drop table temp.cut")
    connection.execute(f'insert into "{name}" ("{name}") values (\'optimize\')')
    _set_hash_size(connection, name, _USUAL)


# Bytes that are gathered before a segment is written: 64 MB halve the time of 200,000 rows, for fewer are merged.
_LOADING, _USUAL = 2**26, 2**20
# Rows that are cut while as many are inserted.
_BATCH = 10_000


def _set_hash_size(connection: sqlite3.Connection, name: str, size: int) -> None:
    connection.execute(f'insert into "{name}" ("{name}", rank) values (\'hashsize\', ?)', (size,))


def _cut_all(cut: Callable[[Row], Row], rows: list[Row]) -> list[Row]:
    return [cut(row) for row in rows]


def _cut_entity(row: Row) -> Row:
    rowid, entity_id, name_zh, name_en, description, description_zh, aliases = row
    names = [entity_id, name_zh, name_en, *(aliases or "").split("\n")]
    tokens = [token for name in names if name for token in pinyin_tokens(name)]
    return rowid, " ".join([index_text(names=names), *dict.fromkeys(tokens)]), index_text(description, description_zh)


def _statement_cutter(connection: sqlite3.Connection) -> Callable[[Row], Row]:
    entities = _labels(connection, "select id, name_zh, name_en from entities")
    properties = _labels(connection, "select id, label_zh, label_en from properties")
    terms = _labels(connection, "select id, label_zh, label_en from terms")
    # What many statements share is cut into tokens once; their own words are not kept.
    names = lru_cache(maxsize=_KEPT)(lambda *names: index_text(names=names))
    words = lru_cache(maxsize=_KEPT)(index_text)

    def cut(row: Row) -> Row:
        rowid, subject, as_read, property_id, obj, term, place, printed, text, text_en, note = row
        values = [names(*entities.get(obj, ())) if obj else "", words(*terms.get(term, ())) if term else ""]
        values += [names(*entities.get(place, ())) if place else "", words(printed) if printed else ""]
        values.append(index_text(text, text_en, note) if text or text_en or note else "")
        subject_names = f"{names(*entities.get(subject, ()))} {names(as_read)}"
        return rowid, subject_names, words(*properties.get(property_id, ())), " ".join(filter(None, values))

    return cut


_KEPT = 2**16


def _labels(connection: sqlite3.Connection, sql: str) -> dict[str, tuple[str | None, ...]]:
    return {row[0]: tuple(row[1:]) for row in connection.execute(sql)}


def _cut_source(row: Row) -> Row:
    rowid, source_id, title, title_en, publisher, authors, doi, file_name, note = row
    return rowid, index_text(names=[source_id, title, title_en]), index_text(publisher, authors, doi, file_name, note)


# Of each search table: what its rows are cut from, and what makes the function that cuts one.
_READ: dict[str, tuple[str, Callable[[sqlite3.Connection], Callable[[Row], Row]]]] = {
    "entities_fts": (
        "select e.rowid, e.id, e.name_zh, e.name_en, e.description, e.description_zh,"
        " (select group_concat(alias, char(10)) from aliases where entity_id = e.id) from entities e",
        lambda _: _cut_entity,
    ),
    "statements_fts": (
        "select rowid, subject_id, subject_as_read, property_id, object_id, term, place_id, printed, text, text_en,"
        " scope_note from statements",
        _statement_cutter,
    ),
    "sources_fts": (
        "select rowid, id, title, title_en, publisher, authors, doi, file_name, note from sources",
        lambda _: _cut_source,
    ),
}


Hit = dict[str, Any]


def search(connection: Connection, text: str, limit: int = 20, as_of: str | None = None) -> list[Hit]:
    """Return up to `limit` entities, then as many statements, then as many sources, each best first.

    What has all the words is returned; where nothing has, what has any of them.
    Every hit has found ("entity", "statement" or "source"), id, label, kind, detail and source_id. With a last day
    `as_of`, only what sources published by then say.
    """
    words = query_words(text)
    hits = _all_words(connection, text, limit, as_of)
    if hits or len(words) < 2:
        return hits
    return _merged([_all_words(connection, word, limit, as_of) for word in words], limit)


def _merged(found: list[list[Hit]], limit: int) -> list[Hit]:
    """Return what any of the words finds, the best of each word by turns."""
    turns = [hit for turn in zip_longest(*found) for hit in turn if hit]
    unique = list({(hit["found"], hit["id"]): hit for hit in reversed(turns)}.values())[::-1]
    return [
        hit for kind in ("entity", "statement", "source") for hit in [h for h in unique if h["found"] == kind][:limit]
    ]


def _all_words(connection: Connection, text: str, limit: int, as_of: str | None) -> list[Hit]:
    dialect, folded, match = dialect_of(connection), fold(text), query_text(text)
    values: dict[str, Any] = {"folded": folded, "after": folded + chr(0x10FFFF), "limit": limit, "as_of": as_of}
    values["match"] = dialect.match(match) if match else None
    pinyin = f'"{WHOLE}{folded}"' if folded.isascii() and folded.isalpha() else None
    values["pinyin"] = dialect.match(pinyin) if pinyin else values["match"]
    hits = _rows(connection, _entities_sql(values, dialect), values) if folded else []
    if match is None:
        return hits
    values["candidates"] = max(_CANDIDATES, limit)
    by = SOURCES_BY.replace("?", ":as_of") if as_of else "(select id from sources)"
    return [
        *hits,
        *_rows(connection, _STATEMENTS.format(by=by, **_matched(dialect, "statements")), values),
        *_rows(connection, _SOURCES.format(by=by, **_matched(dialect, "sources")), values),
    ]


# An exact name first, then a name that begins so, then any other match.
_ENTITIES = """
with found(id, place) as (
  select entity_id, case when context_only then 2 else 0 end from aliases where normalized = :folded
  union all select id, 0 from entities where id = :folded
  union all select entity_id, 1 from aliases where normalized > :folded and normalized < :after
  {matched}
)
select 'entity' found, e.id, e.label, e.kind, e.name_en, e.description detail, e.description_zh detail_zh, null source_id, e.statement_count, min(place) place
from found join entities e using (id) {known}
group by e.id order by place, e.statement_count desc, length(e.label), e.id limit :limit
"""
_MATCHED = """
  union all select id, 1 from entities where {key} in ({whole})
  union all select id, 2 from entities where {key} in ({found})
"""


def _matched(dialect: Dialect, table: str) -> dict[str, str]:
    """Return the query of what matches in a search table, the one of whole names in pinyin, and the key they give."""
    found, whole = (dialect.matching.format(table=table, words=words) for words in (":match", ":pinyin"))
    return {"found": found, "whole": whole, "key": dialect.matched_by}


def _entities_sql(values: dict[str, Any], dialect: Dialect) -> str:
    by = SOURCES_BY.replace("?", ":as_of")
    known = f"where exists (select 1 from statements s where s.subject_id = e.id and s.source_id in {by})"
    matched = _MATCHED.format(**_matched(dialect, "entities"))
    return _ENTITIES.format(matched=matched if values["match"] else "", known=known if values["as_of"] else "")


# A character such as 大 stands in every second statement: only the first few thousand matches are ranked.
_STATEMENTS = """
select 'statement' found, s.id, e.label, s.property_id kind, coalesce(s.printed, s.text, o.label, t.label_zh, s.date) detail,
  s.source_id, s.value_type, s.text, s.text_en, s.printed, s.rank
from ({found} limit :candidates) f join statements s on s.{key} = f.{key} join entities e on e.id = s.subject_id
left join entities o on o.id = s.object_id left join terms t on t.id = s.term
where s.source_id in {by}
order by s.printed is null, s.value_type != 'quantity', coalesce(s.rank, '') != 'preferred',
  coalesce(s.rank, '') = 'deprecated', s.rowid limit :limit
"""
_SOURCES = """
select 'source' found, s.id, s.title label, s.title_en name_en, s.type kind, s.publisher detail, s.id source_id, s.statement_count
from sources s where s.{key} in ({found}) and s.id in {by}
order by s.statement_count desc, s.id limit :limit
"""


def _rows(connection: Connection, sql: str, values: dict[str, Any]) -> list[Hit]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
