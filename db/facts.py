"""Everything the base holds about one entity or one source, as records."""

import json
from typing import Any

from db.connection import Connection
from db.look_up import Row, rows
from db.published import SOURCES_BY

_STATEMENTS = """
select s.*, subject.label subject, subject.kind subject_kind, p.label_zh property_zh, p.label_en property_en, p.listed_in,
  object.label object, object.kind object_kind, place.label place, source.title source_title, source.published source_published
from statements s
join entities subject on subject.id = s.subject_id join properties p on p.id = s.property_id
join sources source on source.id = s.source_id
left join entities object on object.id = s.object_id left join entities place on place.id = s.place_id
where {condition} order by p.rowid, coalesce(s.rank, '') != 'preferred', coalesce(s.rank, '') = 'deprecated', s.rowid
"""
EVENTS_OF_OTHERS = """
select id from events where id in (select statement_id from parties where entity_id = ? and named_in = 'participants')
  and subject_id != ?
"""
"""Events that an entity takes part in; its id is asked for twice."""
_BY_ISSUE = " order by issued_sort is not null, issued_sort, id"
JSON_LISTS = ("attributed_to", "participants", "issues")


def statements_where(connection: Connection, condition: str, *values: Any, as_of: str | None = None) -> list[Row]:
    """Return statements with the names of what they refer to, ordered by property and rank."""
    if as_of is not None:
        condition, values = f"{condition} and s.source_id in {SOURCES_BY}", (*values, as_of)
    return [_decoded(row) for row in rows(connection, _STATEMENTS.format(condition=condition), *values)]


def statements_alone(connection: Connection, condition: str, *values: Any) -> list[Row]:
    """Return statements without the names of what they refer to, in no order."""
    return [
        _decoded(row) for row in rows(connection, f"select *, null object from statements where {condition}", *values)
    ]


def _decoded(row: Row) -> Row:
    for name in JSON_LISTS:
        if name in row:
            row[name] = json_list(row[name])
    for name in ("boolean", "list_complete"):
        row[name] = None if row[name] is None else bool(row[name])
    return row


def json_list(text: str | None) -> list[Any]:
    """Return what a JSON list holds; nothing where the cell is empty."""
    value = json.loads(text) if text else []
    return value if isinstance(value, list) else [value]


def entity_record(connection: Connection, entity: Row, as_of: str | None = None) -> Row:
    """Return an entity with its aliases, its statements, and the statements that name it as object or participant."""
    entity_id = entity["id"]
    about = statements_where(connection, "s.subject_id = ?", entity_id, as_of=as_of)
    inverse = statements_where(connection, "s.object_id = ?", entity_id, as_of=as_of)
    record = present(entity)
    record["aliases"] = _aliases(connection, entity)
    record["statements"] = _with_issues(connection, about, "q.subject_id = ?", entity_id)
    record["named_in"] = inverse + _taking_part(connection, entity_id, as_of)
    if entity["kind"] == "place":
        record["profiles"] = _profiles(connection, entity_id, as_of)
        record["instruments"] = _instruments(connection, entity_id, as_of)
    return record


def present(row: Row) -> Row:
    """Return the row without its empty cells."""
    return {name: value for name, value in row.items() if value is not None}


def _aliases(connection: Connection, entity: Row) -> list[str]:
    own = {entity["id"], entity["label"]}
    names = rows(
        connection, "select alias from aliases where entity_id = ? and not context_only order by id", entity["id"]
    )
    return [alias for alias in dict.fromkeys(row["alias"] for row in names) if alias not in own]


def _with_issues(connection: Connection, statements: list[Row], condition: str, value: str) -> list[Row]:
    sql = f"select q.statement_id, q.check_id, q.severity, q.message from quality_issues q where {condition} order by q.id"
    doubts: dict[str, list[Row]] = {}
    for doubt in rows(connection, sql, value):
        doubts.setdefault(doubt.pop("statement_id"), []).append(doubt)
    for statement in statements:
        statement["issues"] = doubts.get(
            statement["id"], [{"check_id": check, "message": check} for check in statement["issues"]]
        )
    return statements


def _taking_part(connection: Connection, entity_id: str, as_of: str | None) -> list[Row]:
    return statements_where(connection, f"s.id in ({EVENTS_OF_OTHERS})", entity_id, entity_id, as_of=as_of)


def _profiles(connection: Connection, place_id: str, as_of: str | None) -> list[Row]:
    sql = "select * from policy_profiles where place_id = ?"
    return _listed(connection, sql, place_id, "source_id", as_of)


def _instruments(connection: Connection, place_id: str, as_of: str | None) -> list[Row]:
    sql = "select * from policies where id in (select subject_id from statements where property_id = 'policy_place' and object_id = ?)"
    if as_of is not None:
        sql += (
            f" and exists (select 1 from statements s where s.subject_id = policies.id and s.source_id in {SOURCES_BY})"
        )
        return rows(connection, sql + _BY_ISSUE, place_id, as_of)
    return rows(connection, sql + _BY_ISSUE, place_id)


def _listed(connection: Connection, sql: str, value: str, source: str, as_of: str | None) -> list[Row]:
    if as_of is None:
        return rows(connection, sql + " order by id", value)
    return rows(connection, f"{sql} and {source} in {SOURCES_BY} order by id", value, as_of)


def source_record(connection: Connection, source: Row, as_of: str | None = None) -> Row:
    """Return a source with what was read from it."""
    statements = statements_where(connection, "s.source_id = ?", source["id"], as_of=as_of)
    condition = "q.statement_id in (select id from statements where source_id = ?)"
    record = present(source)
    record["authors"] = json_list(source["authors"])
    record["excerpt"] = bool(source["excerpt"])
    record["statements"] = _with_issues(connection, statements, condition, source["id"])
    return record
