"""Tables: keys, references and indexes from the records; the wide tables and lists that people read."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from db.create import column_names
from db.opening import SCHEMA_VERSION as VERSION_THAT_LOOK_UPS_READ
from etl.seeds import Reader as SeedReader
from etl.seeds import default_seeds, read_vocabulary
from schema.rows import ROW_TABLES, SCHEMA_VERSION
from schema.tables import COLUMNS, DESCRIPTIONS, TABLES
from schema.wide import VIEWS, WIDE_TABLES
from tests.invented import Seeds, invented_article

KEYWORDS = frozenset(
    [
        "abort",
        "action",
        "add",
        "after",
        "all",
        "alter",
        "always",
        "analyze",
        "and",
        "as",
        "asc",
        "attach",
        "autoincrement",
        "before",
        "begin",
        "between",
        "by",
        "cascade",
        "case",
        "cast",
        "check",
        "collate",
        "column",
        "commit",
        "conflict",
        "constraint",
        "create",
        "cross",
        "current",
        "database",
        "default",
        "deferrable",
        "deferred",
        "delete",
        "desc",
        "detach",
        "distinct",
        "do",
        "drop",
        "each",
        "else",
        "end",
        "escape",
        "except",
        "exclude",
        "exclusive",
        "exists",
        "explain",
        "fail",
        "filter",
        "first",
        "following",
        "for",
        "foreign",
        "from",
        "full",
        "generated",
        "glob",
        "group",
        "groups",
        "having",
        "if",
        "ignore",
        "immediate",
        "in",
        "index",
        "indexed",
        "initially",
        "inner",
        "insert",
        "instead",
        "intersect",
        "into",
        "is",
        "isnull",
        "join",
        "key",
        "last",
        "left",
        "like",
        "limit",
        "match",
        "materialized",
        "natural",
        "no",
        "not",
        "nothing",
        "notnull",
        "null",
        "nulls",
        "of",
        "offset",
        "on",
        "or",
        "order",
        "others",
        "outer",
        "over",
        "partition",
        "plan",
        "pragma",
        "preceding",
        "primary",
        "query",
        "raise",
        "range",
        "recursive",
        "references",
        "regexp",
        "reindex",
        "release",
        "rename",
        "replace",
        "restrict",
        "returning",
        "right",
        "rollback",
        "row",
        "rows",
        "savepoint",
        "select",
        "set",
        "table",
        "temp",
        "temporary",
        "then",
        "ties",
        "to",
        "transaction",
        "trigger",
        "unbounded",
        "union",
        "unique",
        "update",
        "using",
        "vacuum",
        "values",
        "view",
        "virtual",
        "when",
        "where",
        "window",
        "with",
        "without",
    ]
)
# Words of SQLite that need no quotes as column names, in SQLite and PostgreSQL alike; `key` is the contract's own word.
HARMLESS = frozenset({"key"})


@pytest.fixture
def built(base: Path) -> sqlite3.Connection:
    """Open the built base."""
    connection = sqlite3.connect(f"file:{base}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def test_every_table_and_column_of_the_base_is_described(built: sqlite3.Connection) -> None:
    for name, columns in COLUMNS.items():
        there = [row["name"] for row in built.execute(f'pragma table_info("{name}")')]
        assert there == [column.column_name for column in columns] == column_names(name)
        assert DESCRIPTIONS[name]
        assert all(column.label_zh and column.label_en and column.description for column in columns)
    names = "select name from sqlite_master where type in ('table', 'view') and name not like '%fts%' and name not like 'sqlite_%'"
    assert {row["name"] for row in built.execute(names)} == {*TABLES, *VIEWS}


def test_the_base_describes_its_own_columns(built: sqlite3.Connection) -> None:
    rows = {(row["table_name"], row["column_name"]): row for row in built.execute("select * from columns")}
    for name in (*TABLES, *VIEWS):
        for row in built.execute(f'pragma table_info("{name}")'):
            assert rows[name, row["name"]]["label_zh"]


def test_no_table_or_column_is_named_by_a_keyword() -> None:
    named = {column.column_name for columns in COLUMNS.values() for column in columns} | set(TABLES) | set(VIEWS)
    assert named & KEYWORDS - HARMLESS == set()


def test_every_reference_points_to_a_primary_key() -> None:
    for columns in COLUMNS.values():
        for column in columns:
            if column.reference:
                table, name = column.reference.split(".")
                assert table in TABLES
                assert name == "id"


def test_every_facet_is_indexed(built: sqlite3.Connection) -> None:
    for name, columns in COLUMNS.items():
        indexes = [row["name"] for row in built.execute(f'pragma index_list("{name}")')]
        first = {built.execute(f'pragma index_info("{index}")').fetchone()["name"] for index in indexes}
        assert {column.column_name for column in columns if column.facet} <= first, name


def test_a_statement_key_stands_once(built: sqlite3.Connection) -> None:
    unique = [row["name"] for row in built.execute("pragma index_list(statements)") if row["unique"]]
    assert "ix_statements_key" in unique


def test_look_ups_and_builds_agree_on_the_schema_version() -> None:
    assert VERSION_THAT_LOOK_UPS_READ == SCHEMA_VERSION


def test_every_fact_of_a_wide_table_is_a_property_of_its_type_and_kind() -> None:
    properties = read_vocabulary(SeedReader(default_seeds())).properties
    for table in WIDE_TABLES:
        for fact in table.facts:
            definition = properties[fact.property_id]
            assert definition.value_type == fact.value_type, fact
            kinds = definition.object_kinds if fact.inverse else definition.kinds
            assert not kinds or table.kind in kinds, fact


def test_every_derived_list_of_the_vocabulary_is_a_table() -> None:
    properties = read_vocabulary(SeedReader(default_seeds())).properties
    assert {p.listed_in for p in properties.values() if p.listed_in} <= set(ROW_TABLES)


MODELS: list[tuple[str, dict[str, Any]]] = [
    ("gpt-3", {"parameters": 175e9, "parameters_text": "175B", "training_data_bytes": 45e12, "developer_id": "openai"}),
    ("llama", {"parameters": 65e9, "parameters_low": 7e9, "parameters_high": 65e9, "parameters_text": "7B-65B"}),
    ("moss", {"parameters_low": 1e10, "parameters_high": 1e11, "parameters_text": "百亿"}),
    ("alphafold2", {"parameters": 93e6, "training_data_items": 17e4, "training_data_items_unit": "protein_structure"}),
    ("dall-e-2", {"training_data_items": 2.5e8, "training_data_items_unit": "image_text_pair"}),
    ("novelai", {"training_data_items": 2.1e9, "training_data_items_unit": "image"}),
    ("tongyi-qianwen", {"parameters": None, "parameters_text": "100万亿", "training_data_bytes": 3e12}),
    (
        "palm",
        {"parameters": 540e9, "open_source": 0, "open_source_text": "否", "task_category_id": "nlp_text_generation"},
    ),
    ("gemini", {"parameters": None, "parameters_text": "未说明", "parameters_low": None}),
    ("gpt-4", {"parameters": 1.8e12, "training_data_bytes": 13e12}),
]


@pytest.mark.parametrize(("model", "values"), MODELS, ids=[model for model, _ in MODELS])
def test_the_models_of_article_004_stand_in_the_wide_table(
    built: sqlite3.Connection, model: str, values: dict[str, Any]
) -> None:
    row = built.execute("select * from models where id = ?", [model]).fetchone()
    assert {name: row[name] for name in values} == values


def test_a_figure_is_preferred_to_a_bound_and_both_are_kept(built: sqlite3.Connection) -> None:
    sql = "select low, high, comparator, rank, rank_reason from statements where subject_id = 'gpt-3' and property_id = 'parameters'"
    rows = {row["comparator"]: row for row in built.execute(sql)}
    assert (rows["gt"]["low"], rows["gt"]["high"], rows["eq"]["low"]) == (1e11, None, 175e9)
    assert built.execute("select parameters from models where id = 'gpt-3'").fetchone()[0] == 175e9
    assert rows["eq"]["rank"] == "preferred"


def test_every_value_of_a_wide_table_opens_to_its_characters(built: sqlite3.Connection) -> None:
    for table in WIDE_TABLES:
        for fact in table.facts:
            column = f"{fact.column}_statement_id"
            sql = (
                f'select count(*) from "{table.name}" w where w."{column}" is not null and not exists '
                f"(select 1 from evidence e where e.statement_id = w.\"{column}\" and e.role = 'value')"
            )
            assert built.execute(sql).fetchone()[0] == 0, fact


def test_the_published_base_holds_no_text_of_an_article(built: sqlite3.Connection) -> None:
    assert built.execute("select max(length(quote)) from evidence").fetchone()[0] <= 20
    assert (
        built.execute(
            "select count(*) from evidence where (quote is null) = (sha256 is null) and start_char >= 0"
        ).fetchone()[0]
        == 0
    )


@pytest.mark.parametrize(
    "sql",
    [
        "select * from models where open_source = 1 and parameters >= 1e11",
        "select * from policy_profiles where level = 'city'",
        "select * from provincial_policies where place = '上海'",
        "select * from companies where models is not null",
        "select * from user_metrics where unit = 'person' order by sort_value desc",
    ],
)
def test_questions_of_users_are_answered(built: sqlite3.Connection, sql: str) -> None:
    assert built.execute(sql).fetchall()


def test_places_of_article_004_have_codes_and_levels(built: sqlite3.Connection) -> None:
    rows = {row["id"]: row for row in built.execute("select * from entities where kind = 'place'")}
    assert (rows["shenzhen"]["level"], rows["shenzhen"]["adcode"]) == ("city", "440300")
    assert (rows["chengdu"]["level"], rows["chengdu"]["adcode"]) == ("city", "510100")
    assert rows["europe"]["level"] == "region"
    group = rows["other-countries"]
    assert (group["level"], group["iso_3166"], group["adcode"]) == ("group", None, None)


def test_the_invented_table_becomes_a_wide_table(tmp_path: Path) -> None:
    connection = invented_article(tmp_path / "seeds").build(tmp_path / "base.db")
    sql = "select label, parameters, parameters_text, open_source, developer, released, task_category from models order by rowid"
    found = {row["label"]: tuple(row)[1:] for row in connection.execute(sql)}
    assert found == {
        "青鸾": (175e9, "175B", 0, "岚石科技", None, "NLP-文本生成"),
        "白泽": (65e9, "7B-65B", 1, "墨海智能", None, "NLP-文本生成"),
        "玄鹿": (52e9, "520亿", 1, "墨海智能", "2023-03", "NLP-文本生成"),
        "赤狐": (None, "100万亿", 0, "岚石科技", None, "CV-图像生成"),
        "四象": (1e10, "百亿", 1, "观云研究院", "2023-08-15", "CV-图像生成"),
        "苍龙": (93e6, "9300万", 1, "观云研究院", None, "CV-图像生成"),
    }
    row = connection.execute(
        "select training_data_bytes_text, training_data_items_text from models where label = '玄鹿'"
    ).fetchone()
    assert "未说明" in tuple(row)
    assert connection.execute("select models from organizations where label = '墨海智能'").fetchone()[0] == "白泽、玄鹿"


@pytest.mark.parametrize(
    ("low", "high", "comparator", "number"),
    [
        (7e9, 7e9, "eq", 7e9),
        (7e9, None, "gt", 7e9),
        (None, 7e9, "le", 7e9),
        (7e9, 65e9, "sizes", 65e9),
        (1e10, 1e11, "order_of_magnitude", 1e10),
        (7e9, 7e9, "approx", 7e9),
    ],
)
def test_every_comparator_has_a_number_to_sort_by(
    tmp_path: Path, low: float | None, high: float | None, comparator: str, number: float
) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("one", "baize", low, high, comparator=comparator)
    row = seeds.build(tmp_path / "base.db").execute("select * from models where id = 'baize'").fetchone()
    assert (row["parameters"], row["parameters_low"], row["parameters_high"]) == (number, low, high)


def test_what_a_source_says_not_to_tell_is_told_apart(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    for subject, status in (("baize", "not_stated"), ("xuanlu", "not_disclosed"), ("sixiang", "not_applicable")):
        seeds.say("one", subject, "parameters", value_status=status)
    connection = seeds.build(tmp_path / "base.db")
    found = dict(
        connection.execute(
            "select id, parameters_text from models where parameters_statement_id is not null"
        ).fetchall()
    )
    assert found == {"baize": "未说明", "xuanlu": "未披露", "sixiang": "不适用"}


def test_a_stated_value_is_shown_before_an_empty_cell(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.source("near", tier=1)
    empty = seeds.say("near", "baize", "parameters", value_status="not_stated")
    stated = seeds.parameters("far", "baize", 7e9, 7e9)
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select parameters_statement_id from models where id = 'baize'").fetchone()[0] == stated
    rank = "select rank, rank_reason from statements where id = ?"
    assert tuple(connection.execute(rank, [stated]).fetchone()) == ("preferred", "it states a value")
    assert connection.execute(rank, [empty]).fetchone()[0] == "normal"


def test_an_entity_without_statements_stands_in_its_wide_table(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("one", "baize", 7e9, 7e9)
    rows = seeds.build(tmp_path / "base.db").execute("select id, statement_count from models").fetchall()
    assert dict(rows) == {"baize": 1, "canglong": 0, "chihu": 0, "qingluan": 0, "sixiang": 0, "xuanlu": 0}


def test_every_party_of_a_statement_is_a_row(built: sqlite3.Connection) -> None:
    named = {
        (statement_id, party, "attributed_to", None)
        for statement_id, told in built.execute("select id, attributed_to from statements")
        for party in json.loads(told or "[]")
    }
    named |= {
        (statement_id, party["entity_id"], "participants", party["role"])
        for statement_id, told in built.execute("select id, participants from statements")
        for party in json.loads(told or "[]")
    }
    found = [tuple(row) for row in built.execute("select statement_id, entity_id, named_in, role from parties")]
    assert len(found) > 100
    assert set(found) == named
