"""The derived lists: figures, events, relations and policy profiles, one row a statement or place."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from db.create import column_names
from etl.load import insert_rows

_NAMES = (
    "(select group_concat(name, ' ← ') from (select coalesce(e.label, j.value) as name from json_each(s.attributed_to) j "
    "left join entities e on e.id = j.value order by j.key))"
)
# Number to sort by: the closed bound of an open one, the low end of an order of magnitude, else the high end.
SORT_VALUE = (
    "case when {s}.comparator in ('ge', 'gt', 'order_of_magnitude') then {s}.low else coalesce({s}.high, {s}.low) end"
)
_DOUBTED = "exists (select 1 from quality_issues q where q.statement_id = s.id and q.severity = 'error')"
_SPECIAL = {
    "subject": "e.label",
    "subject_kind": "e.kind",
    "attributed_to": f"case when s.attributed_to is null then null else {_NAMES} end",
    "sort_value": f"case when {_DOUBTED} then null else {SORT_VALUE.format(s='s')} end",
    "object": "(select o.label from entities o where o.id = s.object_id)",
}
FIGURE_LISTS = ("metrics", "fundings", "subsidies", "targets", "benchmarks")


# Lists in a cell, which no index reaches, as rows.
_PARTIES = """
insert into parties (statement_id, entity_id, named_in, role)
select s.id, j.value, 'attributed_to', null from statements s, json_each(s.attributed_to) j
where s.attributed_to is not null union all
select s.id, json_extract(j.value, '$.entity_id'), 'participants', json_extract(j.value, '$.role')
from statements s, json_each(s.participants) j where s.participants is not null
"""


def fill_lists(connection: sqlite3.Connection) -> None:
    """Fill every derived list from the ranked statements."""
    fill_parties(connection)
    for table in FIGURE_LISTS:
        _fill(connection, table, "s.value_type = 'quantity' and s.value_status in ('reported', 'unit_not_stated')")
    _fill(connection, "events", "s.value_type = 'date'")
    _fill(connection, "relations", "s.value_type = 'entity' and s.object_id is not null")
    insert_rows(connection, "policy_profiles", _profiles(connection))


def fill_parties(connection: sqlite3.Connection) -> None:
    """Fill `parties` from the lists in the statements' cells."""
    connection.execute(_PARTIES)


def _fill(connection: sqlite3.Connection, table: str, condition: str) -> None:
    columns = column_names(table)
    names = ", ".join(f'"{c}"' for c in columns)
    values = ", ".join(_SPECIAL.get(c) or f's."{c}"' for c in columns)
    connection.execute(
        f"insert into {table} ({names}) select {values} from properties p join statements s on s.property_id = p.id "
        f"join entities e on e.id = s.subject_id where p.listed_in = ? and {condition} order by s.rowid",
        [table],
    )


def _profiles(connection: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    rows = connection.execute(
        "select s.subject_id, s.source_id, e.label, e.level, s.property_id, s.text, s.text_en, t.label_zh, s.id "
        "from statements s join entities e on e.id = s.subject_id left join terms t on t.id = s.term "
        "where e.kind = 'place' and s.property_id in ('policy_measure', 'policy_feature', 'policy_theme') "
        "order by s.subject_id, s.source_id, s.rowid"
    )
    for (place_id, source_id), group in groupby(rows, key=lambda row: (row[0], row[1])):
        statements = list(group)
        yield {
            "id": f"{place_id}@{source_id}",
            "place_id": place_id,
            "place": statements[0][2],
            "level": statements[0][3],
            "source_id": source_id,
            "measures": _joined(statements, "policy_measure", 5, "；"),
            "features": _joined(statements, "policy_feature", 5, "；"),
            "themes": _joined(statements, "policy_theme", 7, "、"),
            "measures_en": _joined(statements, "policy_measure", 6, "; "),
            "features_en": _joined(statements, "policy_feature", 6, "; "),
            "statement_ids": json.dumps([row[8] for row in statements]),
        }


def _joined(statements: list[Any], property_id: str, column: int, mark: str) -> str | None:
    found = dict.fromkeys(row[column].rstrip("。.") for row in statements if row[4] == property_id and row[column])
    return mark.join(found) or None
