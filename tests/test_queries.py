"""The canned queries: each is documented, answers with rows as it stands, and with its own examples."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from httpx import QueryParams

from db.site import DATABASE, datasette
from db.site_queries import canned_queries

Ask = Callable[..., list[dict[str, Any]]]
QUERIES = canned_queries()
ASKED: list[tuple[str, dict[str, str], str]] = [
    ("models_by_size", {"min_parameters": "1e11", "open_source": "1"}, "文心一言"),
    ("models_by_size", {"developer": "谷歌"}, "PaLM"),
    ("what_sources_say", {"entity": "gpt3", "property": "参数规模"}, "175B"),
    ("what_sources_say", {"entity": "通义千问", "property": "parameters"}, "100万亿"),
    ("users_over_time", {"product": "讯飞星火"}, "突破100万"),
    ("policies_of_a_place", {"place": "上海"}, "上海"),
    ("policies_of_a_place", {"theme": "算力"}, "成都"),
    ("policy_instruments", {"name": "人工智能法案"}, "欧洲"),
    ("who_develops_what", {"developer": "腾讯"}, "混元"),
    ("what_a_person_said", {"person": "朱嘉明"}, "朱嘉明"),
    ("said_by", {"speaker": "Epoch AI"}, "99个"),
    ("events_between", {"since": "2023-09", "until": "2023-09"}, "混元"),
    ("events_between", {"event": "released", "until": "2018"}, "BERT"),
    ("economic_figures", {"year": "2024", "about": "OpenAI", "currency": "usd"}, "85亿美元"),
    ("counts_and_shares", {"place": "中国", "property": "占比"}, "51%"),
    ("doubted_figures", {"entity": "千问"}, "100万亿"),
    ("conflicts_and_choices", {"entity": "文心一言"}, "已全面开放"),
    ("largest_training_data", {"unit": "protein_structure"}, "AlphaFold2"),
    ("people_of_an_organization", {"organization": "蚂蚁集团"}, "何征宇"),
    ("people_of_an_organization", {"person": "李彦宏"}, "founder"),
    ("coverage", {"source": "hans"}, "hans-sd-2024-143081"),
    ("industries_applied", {"industry": "finance"}, "金融"),
    ("search_statements", {"words": "、千问。"}, "通义千问"),
    ("search_statements", {"words": "GPT-4"}, "GPT-4"),
]
"""Queries, the parameters that somebody gives, and what stands in the answer."""


@pytest.fixture(scope="module")
def ask(base: Path) -> Ask:
    site = datasette(base, public=True)

    def answer(name: str, /, **parameters: str) -> list[dict[str, Any]]:
        path = f"/{DATABASE}/{name}.json?{QueryParams({'_shape': 'array', **parameters})}"
        response = asyncio.run(site.client.get(path))
        assert response.status_code == 200, response.text[:500]
        rows: list[dict[str, Any]] = response.json()
        return rows

    return answer


def test_there_are_enough_of_them() -> None:
    assert len(QUERIES) >= 14


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_answers_with_rows_as_it_stands(ask: Ask, name: str) -> None:
    assert ask(name)


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_has_a_page(base: Path, name: str) -> None:
    response = asyncio.run(datasette(base).client.get(f"/{DATABASE}/{name}"))
    assert response.status_code == 200
    for shown in (
        QUERIES[name]["title"].partition(" · ")[0],
        *(f'name="{parameter}"' for parameter in QUERIES[name]["params"]),
    ):
        assert shown.replace("'", "&#39;") in response.text


@pytest.mark.parametrize("name", QUERIES)
def test_every_query_and_parameter_is_documented_in_both_languages(name: str) -> None:
    query = QUERIES[name]
    for text in (query["title"], query["description"]):
        assert re.search(r"[一-鿿]", text)
        assert re.search(r"[A-Za-z]{3}", text)
    assert query["hide_sql"]
    assert set(re.findall(r":(\w+)", query["sql"])) == set(query["params"])
    assert all(" · " in meaning for meaning in query["help"].values())


@pytest.mark.parametrize("name", QUERIES)
def test_every_row_leads_to_its_statement_or_source(ask: Ask, name: str) -> None:
    assert {"statement_id", "source_id"} & set(ask(name)[0])


@pytest.mark.parametrize(("name", "parameters", "found"), ASKED)
def test_a_question_gets_its_answer(ask: Ask, name: str, parameters: dict[str, str], found: str) -> None:
    rows = ask(name, **parameters)
    assert rows
    assert found in json.dumps(rows, ensure_ascii=False)


@pytest.mark.parametrize("name", [name for name in QUERIES if QUERIES[name]["params"]])
def test_what_is_not_there_gives_no_rows(ask: Ask, name: str) -> None:
    parameter = QUERIES[name]["params"][0]
    wanted = {"min_parameters": "1e30", "since": "3000", "year": "1900"}.get(parameter, "没有这样的东西 xyzzy")
    assert ask(name, **{parameter: wanted}) == []


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("text", ["'", '"', "%", "_", "\\", "、", "; drop table models", "\x00"])
def test_no_parameter_breaks_a_query(ask: Ask, name: str, text: str) -> None:
    ask(name, **dict.fromkeys(QUERIES[name]["params"], text))


def test_evidence_of_one_statement_is_of_no_other(ask: Ask) -> None:
    statement = ask("evidence_of_a_statement")[0]["statement_id"]
    assert {row["statement_id"] for row in ask("evidence_of_a_statement", statement=statement)} == {statement}


def test_years_and_dates_bound_the_answer(ask: Ask) -> None:
    assert {row["date"][:4] for row in ask("events_between", since="2023", until="2023")} == {"2023"}
    assert {row["year"] for row in ask("economic_figures", year="2024")} == {"2024"}
