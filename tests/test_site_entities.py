"""Pages of single things: entities, sources, statements, and entities side by side."""

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.utils import tilde_encode
from tiny import build_tiny

from db.reasons import doubt_message
from db.site import DATABASE, datasette
from db.site_pages import _ENTITIES, _STATEMENTS
from db.site_titles import TITLES
from db.source_view import PAGE
from tests.invented import Seeds

Get = Callable[[str], httpx.Response]
HOSTILE = "<script>alert(1)</script>\"'&{{ 7*7 }}](javascript:x)"


def getter(base: Path, articles: Path | None = None) -> Get:
    site = datasette(base, articles)
    return lambda path: asyncio.run(site.client.get(path))


@pytest.fixture(scope="module")
def get(base: Path) -> Get:
    return getter(base)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny(tmp_path_factory.mktemp("tiny") / "tiny.db")


@pytest.fixture(scope="module")
def tiny_get(tiny: Path) -> Get:
    return getter(tiny)


@pytest.fixture(scope="module")
def rows(base: Path) -> Callable[[str], list[dict[str, Any]]]:
    connection = sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return lambda sql: [dict(row) for row in connection.execute(sql)]


def page(get: Get, path: str) -> str:
    response = get(path)
    assert response.status_code == 200, (path, response.text[:500])
    return response.text


def main(text: str) -> str:
    return text.split("<main")[1].split("</main>")[0]


def visible(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main(text))).split())


def changed(tmp_path: Path, *statements: tuple[str, tuple[Any, ...]], articles: Path | None = None) -> Get:
    """Return the site of the tiny base with some of its rows changed."""
    path = build_tiny(tmp_path / "changed.db")
    with sqlite3.connect(path) as connection:
        for sql, values in statements:
            connection.execute(sql, values)
    connection.close()
    return getter(path, articles) if articles else getter(path)


def test_every_entity_has_a_page_in_both_languages(get: Get, rows: Any) -> None:
    for row in rows("select id, label, name_en, kind from entities"):
        text = page(get, f"/{DATABASE}/entities/{tilde_encode(row['id'])}?lang=zh")
        assert row["label"] in visible(text)
    for row in rows("select id, label, name_en from entities group by kind"):
        assert (row["name_en"] or row["label"]) in visible(
            page(get, f"/{DATABASE}/entities/{tilde_encode(row['id'])}?lang=en")
        )


def test_a_model_shows_every_value_with_its_number_and_the_reason_of_the_preferred(get: Get) -> None:
    text = visible(page(get, f"/{DATABASE}/models/gpt-3?lang=en"))
    assert "175B · 1.75e11 parameters" in text
    assert "超过千亿 · >1e11 parameters" in text
    assert "preferred: it is more specific" in text
    assert "OpenAI" in text


def test_a_doubted_value_shows_its_mark_and_its_reason_in_place(get: Get, rows: Any) -> None:
    text = page(get, f"/{DATABASE}/models/tongyi-qianwen")
    assert re.search(r"100万亿 · 1e14 参数 ⚠", visible(text))
    assert "高于可信上限" in text
    english = page(get, f"/{DATABASE}/models/tongyi-qianwen?lang=en")
    messages = rows(
        "select message from quality_issues where statement_id in "
        "(select id from statements where subject_id = 'tongyi-qianwen')"
    )
    assert messages
    assert all(message["message"].split(":")[0] in english for message in messages)


def test_conflicts_stand_beside_both_values(tiny_get: Get) -> None:
    text = page(tiny_get, f"/{DATABASE}/models/foo-3?lang=en")
    assert visible(text).count("in conflict with") == 2
    assert 'in conflict with <a href="/-/evidence/s2bbb">超过千亿</a>' in text


@pytest.fixture(scope="module")
def told_get(tmp_path_factory: pytest.TempPathFactory) -> Get:
    """Serve a family with a version, a place with a policy that pays, and a price per million tokens."""
    folder = tmp_path_factory.mktemp("told")
    seeds = Seeds(folder / "seeds")
    seeds.entity("yunfan", "model", name_zh="云帆", type="family")
    seeds.entity("yunfan-7b", "model", name_zh="云帆-7B")
    seeds.entity("yunzhou", "place", name_zh="云州", level="province")
    seeds.entity("compute-plan", "policy", name_zh="云州市算力方案")
    seeds.parameters("one", "yunfan-7b", 7e9, 7e9, printed="70亿")
    seeds.say("one", "yunfan-7b", "version_of", object_id="yunfan")
    seeds.say("one", "yunfan-7b", "released", date="2024-03-01", printed="2024年3月1日")
    price = {"low": 3, "high": 3, "unit": "CNY", "comparator": "eq", "per": "million_tokens", "printed": "3元"}
    for scope in ("输入", "输出", "缓存", "批量"):
        seeds.say("one", "yunfan-7b", "price", scope_note=scope, **price)
    seeds.say("one", "compute-plan", "policy_place", object_id="yunzhou")
    pays = {
        "low": None,
        "high": 5e6,
        "unit": "CNY",
        "comparator": "le",
        "printed": "最高500万元",
        "scope_note": "单个企业",
    }
    seeds.say("one", "compute-plan", "subsidy", **{name: value for name, value in pays.items() if value is not None})
    seeds.build(folder / "told.db").close()
    return getter(folder / "told.db")


def test_a_family_shows_its_versions_in_a_table(told_get: Get) -> None:
    text = page(told_get, f"/{DATABASE}/models/yunfan")
    rows = re.search(r'id="models".*?</table>', text, re.DOTALL)
    assert rows is not None
    assert all(told in rows[0] for told in ("各版本", "云帆-7B", "70亿", "2024-03-01"))


def test_a_place_shows_what_its_policies_pay(told_get: Get) -> None:
    text = visible(page(told_get, f"/{DATABASE}/entities/yunzhou"))
    assert re.search(r"云州市算力方案.*最高500万元.*补贴：单个企业", text)
    assert text.count("云州市算力方案") == 1


def test_a_price_says_what_it_is_per_and_for(told_get: Get) -> None:
    text = visible(page(told_get, f"/{DATABASE}/models/yunfan-7b"))
    assert text.count("3元 · 元 / 百万 token") == 4
    assert all(scope in text for scope in ("输入", "输出", "缓存", "批量"))


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "same digits as 30亿美元 (sab12), 亿 against B: One of two figures may have slipped",
            "与 30亿美元（sab12）数字相同，亿 与 B：其一可能误入了另一单位",
        ),
        (
            "same digits as 13TB (sab12), in byte and in token: One of two figures may have slipped",
            "与 13TB（sab12）数字相同，单位为 byte 与 token：其一可能误入了另一单位",
        ),
        (
            "qingmu is a product of this name; which model is meant?: Parameters are a model's",
            "qingmu 是同名的产品；说的是哪个模型？",
        ),
    ],
)
def test_a_doubt_is_told_in_chinese(message: str, told: str) -> None:
    assert doubt_message(message, "zh") == told
    assert doubt_message(message, "en") == message


def test_an_id_with_a_dot_leads_to_its_page(get: Get) -> None:
    asked = get(f"/{DATABASE}/models/llama-3.1")
    assert (asked.status_code, asked.headers["location"]) == (301, f"/{DATABASE}/models/llama-3~2E1")
    assert get(f"/{DATABASE}/models/llama-3.9").status_code == 404
    assert get(f"/{DATABASE}/entities/llama-3~2E1.json?_shape=array").json()[0]["id"] == "llama-3.1"


def test_the_views_and_entities_lead_to_the_same_page(get: Get) -> None:
    wanted = visible(page(get, f"/{DATABASE}/organizations/baidu"))
    for table in ("companies", "entities"):
        assert "百度 Baidu" in visible(page(get, f"/{DATABASE}/{table}/baidu"))
        assert 'rel="canonical" href="http://localhost/damoxing/organizations/baidu"' in page(
            get, f"/{DATABASE}/{table}/baidu"
        )
    assert "文心一言" in wanted


def test_a_place_shows_what_each_source_says_of_its_policy(tiny_get: Get) -> None:
    for path in ("entities/yunzhou", "policy_profiles/yunzhou~40early", "provincial_policies/yunzhou~40early"):
        text = page(tiny_get, f"/{DATABASE}/{path}?lang=en")
        assert "Rewards models" in visible(text)
        assert "云州若干措施" in visible(text)
    assert 'class="profile chosen"' in text


def test_relations_stand_on_both_sides(tiny_get: Get) -> None:
    assert "研发主体 甲乙科技" in visible(page(tiny_get, f"/{DATABASE}/models/foo-3"))
    other = page(tiny_get, f"/{DATABASE}/organizations/jiayi?lang=en")
    assert "Foo-3" in visible(other)
    assert f'href="/{DATABASE}/models/foo-3"' in other


def test_events_stand_in_order_on_the_page_of_who_takes_part_too(tiny_get: Get) -> None:
    for path in ("models/foo-3", "entities/yunzhou"):
        assert "2022-11 发布" in visible(page(tiny_get, f"/{DATABASE}/{path}"))


def test_no_bare_id_stands_where_a_label_should(get: Get) -> None:
    text = visible(page(get, f"/{DATABASE}/models/gpt-3"))
    for bare in ("hans-sd-2024-143081", "nlp_text_generation", "openai ", "parameters"):
        assert bare not in text


def test_an_english_page_has_no_chinese_of_ours(get: Get) -> None:
    text = visible(page(get, f"/{DATABASE}/entities/shanghai?lang=en"))
    for word in ("事实", "关系", "引用", "省级", "中国 ", "算力基础设施", "政策概况"):
        assert word not in text


@pytest.mark.parametrize("table", [*_ENTITIES, "sources", *_STATEMENTS])
def test_the_plain_row_and_its_json_stay(get: Get, rows: Any, table: str) -> None:
    assert table in TITLES
    found = rows(f'select id from "{table}" limit 1')
    if not found:
        pytest.skip("the base has no such row")
    identifier = tilde_encode(found[0]["id"])
    assert 'class="record"' in page(get, f"/{DATABASE}/{table}/{identifier}?plain=1")
    assert "single" in page(get, f"/{DATABASE}/{table}/{identifier}")
    base_table = {
        "companies": "organizations",
        "places": "entities",
        "provincial_policies": "policy_profiles",
        "user_metrics": "metrics",
    }
    row = json.loads(page(get, f"/{DATABASE}/{base_table.get(table, table)}/{identifier}.json"))
    assert row["rows"]


@pytest.mark.parametrize("table", ["models", "organizations", "policies", "entities", "sources", "statements"])
def test_what_is_not_there_is_a_404(get: Get, table: str) -> None:
    response = get(f"/{DATABASE}/{table}/no-such-thing")
    assert response.status_code == 404
    assert get(f"/{DATABASE}/{table}/%00").status_code in {302, 404}


def test_a_renamed_entity_leads_to_its_new_id(tiny_get: Get) -> None:
    response = tiny_get(f"/{DATABASE}/models/foo-three")
    assert response.status_code == 301
    assert response.headers["location"] == f"/{DATABASE}/models/foo-3"


def test_an_entity_without_statements_says_so(tiny_get: Get) -> None:
    assert "holds no statement of it" in page(tiny_get, f"/{DATABASE}/entities/wang-yi?lang=en")


def test_an_id_with_a_dot_is_found(tiny_get: Get) -> None:
    text = page(tiny_get, f"/{DATABASE}/models/foo-3~2E5")
    assert "Foo-3.5" in visible(text)
    assert "未公开" in visible(text)


def test_hostile_names_quotes_notes_and_addresses_are_escaped(tmp_path: Path) -> None:
    get = changed(
        tmp_path,
        ("update entities set label = ?1, name_zh = ?1, name_en = ?1, description = ?1, url = ?1", (HOSTILE,)),
        ("update aliases set alias = ?1 || id", (HOSTILE,)),
        ("update models set label = ?1", (HOSTILE,)),
        (
            "update sources set title = ?1, title_en = ?1, publisher = ?1, note = ?1, license = ?1, url = 'javascript:alert(1)'",
            (HOSTILE,),
        ),
        (
            "update statements set printed = ?1, scope_note = ?1, note = ?1, attribution_text = ?1, subject_as_read = ?1, text = ?1",
            (HOSTILE,),
        ),
        ("update evidence set quote = ?1, row_label = ?1, column_label = ?1", (HOSTILE,)),
        ("update quality_issues set message = ?1, check_id = ?1", (HOSTILE,)),
        ("update conflicts set printed = ?1, other_printed = ?1", (HOSTILE,)),
        ("update policy_profiles set measures = ?1, measures_en = ?1, themes = ?1", (HOSTILE,)),
    )
    paths = [
        *("models/foo-3", "models/xinghe", "organizations/jiayi", "entities/yunzhou", "entities/wang-yi"),
        *("policies/yunzhou-measures", "sources/early", "statements/s1aaa", "statements/s6fff", "statements/s7ggg"),
    ]
    for path in [
        *(f"/{DATABASE}/{path}" for path in paths),
        "/-/compare?id=foo-3&id=xinghe",
        f"/-/compare?id={'%3Cscript%3E'}",
    ]:
        for language in ("zh", "en"):
            text = page(get, f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert "<script" not in text, path
            assert "49" not in re.findall(r"&amp;(.{0,3})", text), path
            assert 'href="javascript:' not in text, path
    assert "&lt;script&gt;" in page(get, f"/{DATABASE}/models/foo-3")


def test_many_statements_are_capped_and_the_rest_is_one_link_away(tmp_path: Path) -> None:
    columns = "id, key, source_id, subject_id, subject_as_read, property_id, value_type, low, high, unit, comparator, printed, value_status, assertion, method"
    get = changed(
        tmp_path,
        (
            f"insert into statements ({columns}) with recursive n(i) as (select 1 union all select i + 1 from n where i < 3000)"
            " select 'm' || i, 'm' || i, 'early', 'foo-3', 'Foo', 'parameters', 'quantity', i, i, 'parameter', 'eq', 'value ' || i, 'reported', 'asserted', 'curated' from n",
            (),
        ),
    )
    text = page(get, f"/{DATABASE}/models/foo-3?lang=en")
    assert "All 3002" in visible(text)
    assert f'href="/{DATABASE}/statements?subject_id=foo-3&amp;property_id=parameters"' in text
    assert len(text) < 40_000
    source = page(get, f"/{DATABASE}/sources/early?lang=en")
    following = re.search(r'href="\?after=(\d+)"', source)
    assert following is not None
    assert source.count('class="position"') == PAGE < 3000
    # What has no place in the text comes after what has one, each once.
    told = [value for text in walked(get, "early") for value in re.findall(r">(value \d+)<", text)]
    assert told == [f"value {n + 1}" for n in range(3000)]


def walked(get: Get, source_id: str) -> Iterator[str]:
    """Yield the pages of a source, each by the link of the one before."""
    following: str | None = ""
    while following is not None:
        text = page(get, f"/{DATABASE}/sources/{source_id}?lang=en&{following}")
        yield text
        link = re.search(r'href="\?(after=\d+)"', text)
        following = link[1] if link else None


@pytest.mark.parametrize("after", ["-1", "x", "9" * 30, "5000", "٣"])
def test_a_walk_begins_anywhere(get: Get, after: str) -> None:
    assert get(f"/{DATABASE}/sources/domestic-models-2023?after={after}").status_code == 200


def test_a_source_walks_through_its_statements_in_the_order_of_the_text(get: Get, rows: Any) -> None:
    source = rows("select * from sources where excerpt")[0]
    text, *further = walked(get, source["id"])
    places = [place for each in (text, *further) for place in re.findall(r'class="position"[^>]*>([^<]*)<', each)]
    assert len(places) == source["statement_count"] > 2 * PAGE
    starts = [int(place.split("–")[0].replace(",", "")) for place in places if "–" in place]
    assert len(starts) > PAGE
    assert starts == sorted(starts)
    for shown in (source["sha256"], source["license"], source["publisher"], "Only an excerpt"):
        assert shown in text


def test_a_data_set_walks_row_by_row(tmp_path: Path) -> None:
    get = changed(
        tmp_path,
        ("update sources set type = 'data_set' where id = 'early'", ()),
        ("update evidence set start_char = null, end_char = null, row_label = 'ROW 7', column_label = 'Params'", ()),
    )
    text = visible(page(get, f"/{DATABASE}/sources/early?lang=en"))
    assert "ROW 7 Params" in text
    assert "Data set" in text
    statement = visible(page(get, "/-/evidence/s1aaa?lang=en"))
    assert "cell ROW 7 / Params" in statement


def test_a_statement_tells_the_chain_in_words(get: Get, rows: Any) -> None:
    vague = rows("select * from statements where comparator = 'order_of_magnitude' and unit = 'parameter'")[0]
    for path in (f"/-/evidence/{vague['id']}", f"/{DATABASE}/statements/{vague['id']}"):
        text = visible(page(get, f"{path}?lang=en"))
        assert f"{vague['printed']}: from 10^" in text
        assert "to below 10^" in text
        for told in ("Who says it", "Who read it", "damoxing readers", "Rank", "How to cite", "Report a mistake"):
            assert told in text
    assert f"{vague['printed']}：10^" in visible(page(get, f"/-/evidence/{vague['id']}?lang=zh"))


def test_a_doubted_statement_tells_why_and_what_rivals_it(tiny_get: Get) -> None:
    assert "beyond any model of its year" in page(tiny_get, "/-/evidence/s6fff")
    rival = page(tiny_get, "/-/evidence/s1aaa?lang=en")
    assert 'In conflict with <a href="/-/evidence/s2bbb">超过千亿</a>' in rival
    assert "What else is said of it" in rival


def test_a_rank_leads_to_the_statement_that_is_preferred(get: Get, rows: Any) -> None:
    row = rows("select id, rank_reason from statements where rank_reason like '% is preferred: %'")[0]
    preferred, _, reason = row["rank_reason"].partition(" is preferred: ")
    text = page(get, f"/-/evidence/{row['id']}?lang=en")
    assert f'<a href="/-/evidence/{preferred}">another statement</a> is preferred: {reason}' in text


def test_a_report_names_the_statement_and_its_page(get: Get, rows: Any) -> None:
    statement = rows("select id from statements limit 1")[0]["id"]
    text = page(get, f"/-/evidence/{statement}?lang=en")
    assert f"a mistake in statement {statement}" in text
    assert 'href="mailto:?subject=' in text


def test_the_sentence_marks_value_and_subject_where_the_article_is_at_hand(
    base: Path, articles: Path, rows: Any
) -> None:
    row = rows(
        "select v.statement_id id from evidence v join evidence s on s.statement_id = v.statement_id and s.role = 'subject'"
        " where v.role = 'value' and v.start_char - s.end_char between 1 and 5 order by v.id limit 1"
    )[0]
    text = page(getter(base, articles), f"/-/evidence/{row['id']}")
    assert '<mark class="of-value"' in text
    assert '<mark class="of-subject"' in text
    assert "<mark" not in page(getter(base), f"/-/evidence/{row['id']}")


def test_the_evidence_json_is_as_it_was(get: Get, rows: Any) -> None:
    statement = rows("select id from statements where value_type = 'quantity' limit 1")[0]["id"]
    record = json.loads(page(get, f"/-/evidence/{statement}.json"))
    assert {"in_words", "in_words_en", "bounds_in_words", "words", "evidence", "source", "conflicts"} <= set(record)


def test_entities_stand_side_by_side_by_id_or_name(get: Get) -> None:
    text = page(get, "/-/compare?id=gpt-3&id=通义千问&lang=en")
    told = visible(text)
    assert "175B · 1.75e11 parameters" in told
    assert "100万亿 · 1e14 parameters" in told
    assert "⚠" in told
    assert text.count('<th scope="col">') == 3


def test_what_cannot_be_compared_is_said(get: Get) -> None:
    assert "Choose one more" in page(get, "/-/compare?id=gpt-3&lang=en")
    assert "Nothing is called" in page(get, "/-/compare?id=gpt-3&id=gpt-3x&lang=en")
    assert 'name="id"' in page(get, "/-/compare")
    many = "&".join(f"id={i}" for i in ("gpt-3", "gpt-4", "llama", "shanghai", "beijing", "baidu", "openai"))
    assert page(get, f"/-/compare?{many}").count('<th scope="col">') == 6


def test_the_pages_need_no_script_and_no_network(get: Get) -> None:
    for path in ("models/gpt-3", "sources/domestic-models-2023"):
        text = page(get, f"/{DATABASE}/{path}")
        assert "<script" not in text
        assert not re.search(r'(src|<link rel="stylesheet" href)="https?://', text)
