"""A base of a few invented names, for tests of look-ups that must not hang on the seeds."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

from db.create import column_names, create_indexes, create_tables, create_views, insert_sql
from db.names import fold
from db.search import fill_search
from etl.lists import fill_parties
from schema.rows import SCHEMA_VERSION
from schema.tables import COLUMNS

TEXT = "前言。福三有 175B 参数，不开源。后记。"
ENTITIES: list[dict[str, Any]] = [
    {"id": "foo-3", "kind": "model", "name_en": "Foo-3", "aliases": ["FOO 3", "福三"], "statement_count": 5},
    {"id": "foo-3.5", "kind": "model", "name_en": "Foo-3.5", "statement_count": 1},
    {
        "id": "xinghe",
        "kind": "model",
        "name_zh": "星河",
        "name_en": "Xinghe",
        "aliases": ["星河大模型"],
        "statement_count": 2,
    },
    {"id": "xinghe-app", "kind": "product", "name_zh": "星河", "statement_count": 9},
    {
        "id": "jiayi",
        "kind": "organization",
        "type": "company",
        "name_zh": "甲乙科技",
        "name_en": "Acme",
        "statement_count": 1,
    },
    {
        "id": "yunzhou",
        "kind": "place",
        "name_zh": "云州",
        "name_en": "Yunzhou",
        "level": "province",
        "statement_count": 1,
    },
    {"id": "yunzhou-measures", "kind": "policy", "name_zh": "云州若干措施", "statement_count": 1},
    {"id": "wang-yi", "kind": "person", "name_zh": "王一", "statement_count": 0},
]
SOURCES: list[dict[str, Any]] = [
    {
        "id": "early",
        "title": "大模型一年记",
        "published": "2023-05-01",
        "doi": "10.1/early",
        "file_name": "001_aaaa.txt",
        "statement_count": 8,
        "sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
    },
    {"id": "late", "title": "再谈算力与大模型", "published": "2024", "file_name": "002_bbbb.txt", "statement_count": 3},
]
_PROPERTIES = [
    ("parameters", "参数规模", "Parameters", "quantity", None),
    ("open_source", "是否开源", "Open source", "boolean", None),
    ("developer", "研发主体", "Developer", "entity", "relations"),
    ("released", "发布", "Released", "date", "events"),
    ("claim", "论断", "Claim", "text", None),
    ("policy_place", "政策地点", "Policy place", "entity", None),
    ("policy_measure", "政策举措", "Policy measure", "text", "policy_profiles"),
    ("monthly_active_users", "月活跃用户数", "Monthly active users", "quantity", "metrics"),
]


def _figure(low: float | None, high: float | None, comparator: str, unit: str = "parameter") -> dict[str, Any]:
    return {"value_type": "quantity", "low": low, "high": high, "comparator": comparator, "unit": unit}


STATEMENTS: list[dict[str, Any]] = [
    {"id": "s1aaa", "subject_id": "foo-3", "property_id": "parameters", "printed": "175B", "rank": "preferred", **_figure(1.75e11, 1.75e11, "eq")},
    {"id": "s2bbb", "subject_id": "foo-3", "property_id": "parameters", "printed": "超过千亿", "rank": "normal", "source_id": "late", **_figure(1e11, None, "gt")},
    {"id": "s3ccc", "subject_id": "foo-3", "property_id": "open_source", "value_type": "boolean", "boolean": False, "printed": "否", "rank": "preferred"},
    {"id": "s4ddd", "subject_id": "foo-3", "property_id": "developer", "value_type": "entity", "object_id": "jiayi", "printed": "甲乙"},
    {"id": "s5eee", "subject_id": "foo-3", "property_id": "released", "value_type": "date", "date": "2022-11", "date_sort": "2022-11-01", "printed": "去年11月",
     "participants": json.dumps([{"role": "host", "entity_id": "yunzhou"}])},
    {"id": "s6fff", "subject_id": "xinghe", "property_id": "parameters", "printed": "100万亿", "rank": "deprecated", "issues": '["too_large"]', **_figure(1e14, 1e14, "eq")},
    {"id": "s7ggg", "subject_id": "xinghe", "property_id": "claim", "value_type": "text", "text": "星河会用算力", "text_en": "Xinghe uses computing power", "source_id": "late"},
    {"id": "s8hhh", "subject_id": "yunzhou", "property_id": "policy_measure", "value_type": "text", "text": "奖励模型研发", "text_en": "Rewards models"},
    {"id": "s9iii", "subject_id": "yunzhou-measures", "property_id": "policy_place", "value_type": "entity", "object_id": "yunzhou", "printed": "云州"},
    {"id": "s10jj", "subject_id": "foo-3.5", "property_id": "parameters", "value_type": "quantity", "value_status": "not_disclosed", "printed": "未公开"},
    {"id": "s11kk", "subject_id": "xinghe-app", "property_id": "monthly_active_users", "printed": "1.2亿", "source_id": "late", "as_of": "2024-02", **_figure(1.2e8, 1.2e8, "eq", "person")},
]  # fmt: skip


def build_tiny(path: Path) -> Path:
    """Write the base to the path."""
    connection = sqlite3.connect(path)
    create_tables(connection)
    for table, rows in _rows().items():
        needed = {row[1] for row in connection.execute(f"pragma table_info({table})") if row[3]}
        values = [[row.get(c, 0 if c in needed else None) for c in column_names(table)] for row in rows]
        connection.executemany(insert_sql(table), values)
    fill_parties(connection)
    create_indexes(connection)
    create_views(connection)
    fill_search(connection)
    connection.commit()
    connection.close()
    return path


def _rows() -> dict[str, list[dict[str, Any]]]:
    labels = {e["id"]: e.get("name_zh") or e["name_en"] for e in ENTITIES}
    return {
        "entities": [e | {"label": labels[e["id"]]} for e in ENTITIES],
        "aliases": _aliases(),
        "sources": [_SOURCE | s for s in SOURCES],
        "properties": [
            {"id": i, "label_zh": zh, "label_en": en, "value_type": t, "listed_in": where, "description": en, "many": False, "statement_count": 1}
            for i, zh, en, t, where in _PROPERTIES
        ],
        "units": [{"id": "parameter", "label_zh": "参数", "label_en": "parameters"}, {"id": "person", "label_zh": "人", "label_en": "people"}],
        "terms": [{"id": "company", "vocabulary": "organization_type", "label_zh": "企业", "label_en": "Company"}],
        "statements": [_STATEMENT | {"key": f"key-{s['id']}", "subject_as_read": labels[s["subject_id"]]} | s for s in STATEMENTS],
        "evidence": [{"id": 1, "statement_id": "s1aaa", "source_id": "early", "role": "value", "start_char": 7, "end_char": 11, "quote": "175B"}],
        "quality_issues": [_ISSUE],
        "conflicts": [_CONFLICT],
        "redirects": [{"id": "foo-three", "new_id": "foo-3", "reason": "renamed"}],
        "policy_profiles": [_PROFILE],
        "base_info": [{"id": "schema_version", "content": str(SCHEMA_VERSION)}],
        "columns": [
            {"id": f"{t}.{c.column_name}", "table_name": t, "column_name": c.column_name, "position": c.position, "label_zh": c.label_zh,
             "label_en": c.label_en, "description": c.description, "unit": c.unit}
            for t, columns in COLUMNS.items() for c in columns
        ],
    } | _derived(labels)  # fmt: skip


def _aliases() -> list[dict[str, Any]]:
    names = [
        (e["id"], name)
        for e in ENTITIES
        for name in (e["id"], e.get("name_zh"), e.get("name_en"), *e.get("aliases", ()))
        if name
    ]
    return [{"id": n, "entity_id": i, "alias": name, "normalized": fold(name)} for n, (i, name) in enumerate(names, 1)]


def _derived(labels: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    listed: dict[str, list[dict[str, Any]]] = {"events": [], "relations": [], "metrics": []}
    of = {i: where for i, _, _, _, where in _PROPERTIES}
    for statement in STATEMENTS:
        where = of[statement["property_id"]]
        if where in listed:
            about = {
                "subject": labels[statement["subject_id"]],
                "subject_kind": "model",
                "object": labels.get(statement.get("object_id", "")),
            }
            listed[where].append(_STATEMENT | about | statement)
    model = {"type": None, "statement_count": 5}
    return listed | {
        "models": [
            model | {"id": "foo-3", "label": "Foo-3", "name_en": "Foo-3", "parameters": 1.75e11, "parameters_text": "175B", "open_source": 0, "developer": "甲乙科技"},
            model | {"id": "foo-3.5", "label": "Foo-3.5", "name_en": "Foo-3.5", "parameters_text": "未公开", "statement_count": 1},
            model | {"id": "xinghe", "label": "星河", "name_zh": "星河", "parameters_text": "100万亿", "parameters_issue": "too large", "open_source": 1},
        ],
        "organizations": [{"id": "jiayi", "label": "甲乙科技", "name_zh": "甲乙科技", "type": "company", "statement_count": 1}],
        "policies": [{"id": "yunzhou-measures", "label": "云州若干措施", "statement_count": 1}],
    }  # fmt: skip


_SOURCE = {"language": "zh-Hans", "type": "article", "tier": 3, "status": "current", "excerpt": False}
_STATEMENT = {"source_id": "early", "value_status": "reported", "assertion": "asserted", "method": "curated"}
_ISSUE = {"id": 1, "statement_id": "s6fff", "check_id": "too_large", "severity": "error", "subject_id": "xinghe", "property_id": "parameters",
          "printed": "100万亿", "message": "beyond any model of its year"}  # fmt: skip
_CONFLICT = {"id": 1, "subject_id": "foo-3", "subject": "Foo-3", "property_id": "parameters", "statement_id": "s1aaa", "printed": "175B", "source_id": "early",
             "other_statement_id": "s2bbb", "other_printed": "超过千亿", "other_source_id": "late", "supporting_sources": 1, "opposing_sources": 1}  # fmt: skip
_PROFILE = {"id": "yunzhou@early", "place_id": "yunzhou", "place": "云州", "level": "province", "source_id": "early", "measures": "奖励模型研发",
            "measures_en": "Rewards models", "statement_ids": '["s8hhh"]'}  # fmt: skip
