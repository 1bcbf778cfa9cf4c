"""Fill the wide tables: for each entity and fact, the statement that ranks first."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from etl.lists import SORT_VALUE
from etl.load import insert_rows
from schema.wide import WIDE_TABLES, Fact, WideTable

_RANKS = {"preferred": 0, "normal": 1, "deprecated": 2}
_STATUS_WORDS = {"not_stated": "未说明", "not_disclosed": "未披露", "not_applicable": "不适用"}
_COLUMNS = f"""
s.id, s.property_id, s.value_type, s.low, s.high, s.unit, s.boolean, s.date, s.date_sort, s.text, s.term, s.object_id, s.printed,
s.value_status, s.rank, s.rowid, o.label as object_label, t.label_zh as term_label, v.sort_value as override_value, s.subject_id,
{SORT_VALUE.format(s="s")} as sort_value,
(select group_concat(q.message, '; ') from quality_issues q where q.statement_id = s.id) as issue,
exists (select 1 from quality_issues q where q.statement_id = s.id and q.severity = 'error') as doubted
from statements s left join entities o on o.id = s.object_id left join terms t on t.id = s.term
left join temp.overrides v on v.statement_id = s.id
"""
# What a rule read in the notes of a data set is a lead; the wide tables hold what the data set states in its cells.
_IN_NOTES = "(s.method like 'rule:%' and s.source_id in (select id from sources where type = 'data_set'))"


def fill_wide(connection: sqlite3.Connection, overrides: Iterable[tuple[str, float | None]]) -> None:
    """Fill every wide table; `overrides` are (statement id, sort value) of the editors."""
    connection.execute("create temp table overrides (statement_id text primary key, sort_value real)")
    connection.executemany("insert into overrides values (?, ?)", overrides)
    for table in WIDE_TABLES:
        insert_rows(connection, table.name, _rows(connection, table))
    connection.execute("drop table temp.overrides")


def _rows(connection: sqlite3.Connection, table: WideTable) -> Iterator[dict[str, Any]]:
    inverse = _inverse(connection, table)
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    properties = ", ".join(repr(fact.property_id) for fact in table.facts if not fact.inverse)
    statements = cursor.execute(
        f"select {_COLUMNS} join entities e on e.id = s.subject_id where e.kind = ? and s.property_id in ({properties}) "
        f"and not {_IN_NOTES} "
        "order by s.subject_id, s.rowid",
        [table.kind],
    )
    grouped = groupby(statements, key=lambda row: row["subject_id"])
    subject, group = next(grouped, (None, iter(())))
    entities = connection.execute(
        "select id, label, name_zh, name_en, type, statement_count from entities where kind = ? order by id",
        [table.kind],
    )
    for entity in entities:
        row = dict(zip(("id", "label", "name_zh", "name_en", "type", "statement_count"), entity, strict=True))
        own = list(group) if subject == row["id"] else []
        if subject == row["id"]:
            subject, group = next(grouped, (None, iter(())))
        for fact in table.facts:
            row |= inverse.get((fact.column, row["id"]), {}) if fact.inverse else fact_columns(fact, own)
        yield row


def _inverse(connection: sqlite3.Connection, table: WideTable) -> dict[tuple[str, str], dict[str, Any]]:
    """Gather the facts that are read from the other end of a relation."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for fact in (fact for fact in table.facts if fact.inverse):
        rows = connection.execute(
            "select distinct r.object_id, r.subject, r.subject_id, min(r.id) from relations r join entities e on e.id = r.object_id "
            "where r.property_id = ? and e.kind = ? group by 1, 3 order by r.object_id, min(r.rowid)",
            [fact.property_id, table.kind],
        )
        for object_id, group in groupby(rows, key=lambda row: row[0]):
            related = list(group)
            found[fact.column, object_id] = {
                fact.column: "、".join(row[1] for row in related),
                f"{fact.column}_id": related[0][2],
                f"{fact.column}_statement_id": related[0][3],
            }
    return found


def fact_columns(fact: Fact, statements: list[sqlite3.Row]) -> dict[str, Any]:
    """Return the columns of one fact from an entity's statements."""
    told = [row for row in statements if row["property_id"] == fact.property_id]
    reported = [row for row in told if row["value_status"] not in _STATUS_WORDS]
    # An empty cell has no unit: it is told in the columns of every unit, where no unit has a value.
    fitting = [row for row in reported if _unit_fits(fact, row)] if reported else told
    if not fitting:
        return {}
    fitting.sort(key=lambda row: (row["value_status"] in _STATUS_WORDS, _RANKS[row["rank"]]))
    best = fitting[0]
    values = _MAKERS[fact.value_type](fact, best, fitting)
    suffixes = {name for name, *_ in fact.columns()}
    values[f"{fact.column}_statement_id"] = best["id"]
    values[f"{fact.column}_issue"] = best["issue"]
    return {name: value for name, value in values.items() if name in suffixes}


def _unit_fits(fact: Fact, row: sqlite3.Row) -> bool:
    unit = row["unit"]
    if fact.units:
        return unit in fact.units
    return unit not in fact.excluded_units if fact.excluded_units else True


def _text(row: sqlite3.Row) -> str | None:
    return _STATUS_WORDS.get(row["value_status"]) or row["printed"]


def _quantity(fact: Fact, row: sqlite3.Row, _: list[sqlite3.Row]) -> dict[str, Any]:
    name = fact.column
    number = (
        row["override_value"] if row["override_value"] is not None else None if row["doubted"] else row["sort_value"]
    )
    bounds = {f"{name}_low": row["low"], f"{name}_high": row["high"], f"{name}_unit": row["unit"]}
    return {name: number, f"{name}_text": _text(row), **bounds}


def _boolean(fact: Fact, row: sqlite3.Row, _: list[sqlite3.Row]) -> dict[str, Any]:
    return {fact.column: row["boolean"], f"{fact.column}_text": _text(row)}


def _date(fact: Fact, row: sqlite3.Row, rows: list[sqlite3.Row]) -> dict[str, Any]:
    # An entity's first release is its release date; an undated event dates nothing.
    dated = sorted((r for r in rows if r["date"]), key=lambda r: (_RANKS[r["rank"]], r["date_sort"])) or [row]
    first = dated[0]
    name = fact.column
    return {name: first["date"], f"{name}_sort": first["date_sort"], f"{name}_text": _text(first)}


def _entity(fact: Fact, row: sqlite3.Row, rows: list[sqlite3.Row]) -> dict[str, Any]:
    labels = dict.fromkeys(r["object_label"] for r in (rows if fact.many else [row]) if r["object_label"])
    return {fact.column: "、".join(labels) or _text(row), f"{fact.column}_id": row["object_id"]}


def _term(fact: Fact, row: sqlite3.Row, rows: list[sqlite3.Row]) -> dict[str, Any]:
    labels = dict.fromkeys(r["term_label"] for r in (rows if fact.many else [row]) if r["term_label"])
    return {fact.column: "、".join(labels) or None, f"{fact.column}_id": row["term"]}


def _words(fact: Fact, row: sqlite3.Row, rows: list[sqlite3.Row]) -> dict[str, Any]:
    texts = dict.fromkeys(r["text"] for r in (rows if fact.many else [row]) if r["text"])
    return {fact.column: "；".join(text.rstrip("。") for text in texts) or None}


_MAKERS: dict[str, Any] = {
    "quantity": _quantity,
    "boolean": _boolean,
    "date": _date,
    "entity": _entity,
    "term": _term,
    "text": _words,
}
