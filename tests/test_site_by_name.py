"""Filters by any name: rows are found by the Chinese, English and other names of what their cells name."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from httpx import QueryParams

from db.site import DATABASE, datasette
from db.site_by_name import names_something
from tests.test_site import Get, getter, page


@pytest.fixture(scope="module")
def get(base: Path) -> Get:
    return getter(datasette(base))


@pytest.fixture(scope="module")
def connection(base: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True)


def found(get: Get, table: str, **filters: str) -> list[str]:
    """Return the ids of the rows that a list has, by its JSON; what its page counts is the same."""
    query = QueryParams({**filters, "_size": "max"})
    answer: dict[str, Any] = json.loads(page(get, f"/{DATABASE}/{table}.json?{query}&_shape=objects"))
    assert f'<span class="count">{len(answer["rows"]):,}</span>' in page(get, f"/{DATABASE}/{table}?{query}")
    return [row["id"] for row in answer["rows"]]


def in_base(connection: sqlite3.Connection, sql: str, *values: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(sql, values)}


@pytest.mark.parametrize("lookup", ["has", "is"])
@pytest.mark.parametrize("name", ["百度", "Baidu", "baidu"])
def test_models_are_found_by_any_name_of_their_developer(
    get: Get, connection: sqlite3.Connection, lookup: str, name: str
) -> None:
    sql = "select subject_id from statements where property_id = 'developer' and object_id = 'baidu'"
    wanted = in_base(connection, sql)
    told = found(get, "models", **{f"developer__{lookup}": name})
    assert wanted
    assert set(told) >= wanted if lookup == "has" else set(told) == wanted
    assert len(told) == len(set(told))


@pytest.mark.parametrize(
    ("table", "column", "name", "sql"),
    [
        ("metrics", "subject", "iFLYTEK Spark", "select id from metrics where subject_id = 'iflytek-spark'"),
        ("organizations", "models", "ERNIE", "select id from organizations where models like '%文心%'"),
        ("policies", "place", "Europe", "select id from policies where place_id = 'europe'"),
        ("models", "label", "ERNIE Bot", "select id from models where name_en = 'ERNIE Bot'"),
        ("models", "task_category", "Multimodal", "select id from models where task_category like '%多模态%'"),
        ("statements", "property_id", "活跃用户", "select id from statements where property_id like '%active_users'"),
        (
            "statements",
            "source_id",
            "中国城市报",
            "select id from statements where source_id in (select id from sources where publisher like '%中国城市报%')",
        ),
        (
            "relations",
            "object",
            "Baidu",
            "select id from relations where object_id in (select entity_id from aliases where normalized like '%baidu%')",
        ),
    ],
)
def test_what_a_column_names_is_found_in_every_table(
    get: Get, connection: sqlite3.Connection, table: str, column: str, name: str, sql: str
) -> None:
    wanted = in_base(connection, sql)
    assert wanted
    assert set(found(get, table, **{f"{column}__has": name})) >= wanted
    assert names_something(table, column)


def test_speakers_are_found_by_their_names(get: Get, connection: sqlite3.Connection) -> None:
    speaker, label = connection.execute(
        "select entity_id, label from parties join entities e on e.id = entity_id where named_in = 'attributed_to' limit 1"
    ).fetchone()
    sql = "select statement_id from parties where named_in = 'attributed_to' and entity_id = ?"
    assert set(found(get, "statements", attributed_to__is=label)) == in_base(connection, sql, speaker)


def test_in_a_column_that_names_nothing_the_lookups_are_the_plain_ones(get: Get) -> None:
    for mine, plain in (("has", "contains"), ("is", "exact")):
        wanted = found(get, "statements", **{f"printed__{plain}": "亿"})
        assert found(get, "statements", **{f"printed__{mine}": "亿"}) == wanted
    assert not names_something("statements", "printed")


@pytest.mark.parametrize("name", ["-", "' or 1=1 --", '"', "%zz", "无此名称"])
def test_a_name_of_signs_finds_nothing_and_breaks_nothing(get: Get, name: str) -> None:
    assert found(get, "models", developer__has=name) == []


def test_filters_by_name_stand_beside_others(get: Get) -> None:
    both = found(get, "models", developer__has="Baidu", label__has="ERNIE")
    one = found(get, "models", developer__has="Baidu")
    assert both == [name for name in one if name in set(found(get, "models", label__has="ERNIE"))]
    searched = found(get, "models", developer__has="Baidu", _search="文心")
    assert searched
    assert set(searched) <= set(one)


def test_a_filter_by_name_is_told_in_words_and_taken_away(get: Get) -> None:
    text = page(get, f"/{DATABASE}/models?developer__has=Baidu&lang=en")
    assert f'<a href="/{DATABASE}/models" title="Take this condition away">Developer contains Baidu ✕</a>' in text


@pytest.mark.parametrize(
    ("plain", "wider"), [("developer__contains", "developer__has"), ("developer", "developer__is")]
)
def test_an_empty_list_leads_to_the_one_by_every_name(get: Get, plain: str, wider: str) -> None:
    text = page(get, f"/{DATABASE}/models?{plain}=Baidu&lang=en")
    assert "No rows fit" in text
    assert f'<a href="/{DATABASE}/models?{wider}=Baidu">Look by every name' in text
    assert found(get, "models", **{wider: "Baidu"})
    assert "Look by every name" not in page(get, f"/{DATABASE}/models?price__gt=1e99&lang=en")


def test_the_form_asks_by_any_name(get: Get) -> None:
    form = f"/{DATABASE}/models?_filter_column=developer&_filter_op=has&_filter_value=Baidu"
    answer = get(form)
    assert answer.status_code == 302
    assert answer.headers["location"].endswith(f"/{DATABASE}/models?developer__has=Baidu")
    assert '<option value="has">contains</option>' in page(get, f"/{DATABASE}/models?lang=en")


def test_the_files_of_a_list_take_filters_by_name(get: Get) -> None:
    ids = [row["id"] for row in json.loads(page(get, "/-/rows/models.json?developer__has=Baidu"))]
    assert ids
    assert set(ids) == set(found(get, "models", developer__has="Baidu"))
    lines = page(get, f"/{DATABASE}/models.csv?developer__has=Baidu").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == found(get, "models", developer__has="Baidu")
