"""Home, lists, conflicts, search and questions: what a reader sees of them, in one language at a time."""

import asyncio
import re
from collections.abc import Callable
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from httpx import QueryParams

from db.site import DATABASE, datasette
from db.site_context import site_of
from db.site_figures import Figure, bounds, listed_figure, normal, number
from db.site_figures import shown as figure_shown
from db.site_home import first_questions
from db.site_language import LANGUAGES, Visit, _visit
from db.site_names import translated
from db.site_queries import canned_queries, halves, question
from db.site_titles import MENU
from schema.tables import TABLES
from schema.wide import VIEWS

Page = Callable[..., str]
HAN = re.compile("[一-鿿]")
BOTH = re.compile("[一-鿿]+ · [A-Z][a-z]+")
LISTS = (
    "models",
    "companies",
    "policies",
    "policy_profiles",
    "metrics",
    "events",
    "sources",
    "conflicts",
    "quality_issues",
)


@pytest.fixture(scope="module")
def page(base: Path) -> Page:
    site = datasette(base)

    def get(path: str, language: str = "zh", **query: str) -> str:
        url = f"{path}?{QueryParams(query)}" if query else path
        response = asyncio.run(site.client.get(url, headers={"accept-language": language}))
        assert response.status_code == 200, (url, response.text[:500])
        text: str = response.text
        return text

    return get


def visible(text: str) -> str:
    """Return what a page says, without its markup."""
    body = re.sub(r"<(script|style).*?</\1>", "", text[text.index("<body") :], flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", body))


@pytest.mark.parametrize(
    "path", ["/", f"/{DATABASE}", "/-/search", *(f"/{DATABASE}/{name}" for name in canned_queries())]
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_labels_stand_in_one_language(page: Page, path: str, code: str) -> None:
    assert not BOTH.search(visible(page(path, code)))


@pytest.mark.parametrize("table", [*TABLES, *VIEWS])
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_is_headed_in_one_language(page: Page, table: str, code: str) -> None:
    text = page(f"/{DATABASE}/{table}", code)
    heads = unescape(" ".join(re.findall(r"<th [^>]*>(.*?)</th>", text, re.DOTALL)))
    heads = re.sub(r"<[^>]+>", " ", heads)
    assert not BOTH.search(heads)
    if code == "en":
        assert not HAN.search(heads)


@pytest.mark.parametrize("table", LISTS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_list_shows_no_more_than_eight_columns(page: Page, table: str, code: str) -> None:
    assert len(re.findall("<th ", page(f"/{DATABASE}/{table}", code))) <= 8


@pytest.mark.parametrize(
    "path", ["/", f"/{DATABASE}/models", "/-/search", f"/{DATABASE}/models_by_size", f"/{DATABASE}"]
)
def test_every_field_has_a_label_and_headings_descend_by_one(page: Page, path: str) -> None:
    text = page(path)
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', text))
    for field in re.findall(r"<(?:input|select|textarea)[^>]*>", text):
        if 'type="hidden"' in field or 'type="checkbox"' in field:
            continue
        identifier = re.search(r' id="([^"]+)"', field)
        assert identifier, field
        assert identifier[1] in labelled, field
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("place", range(6))
def test_each_of_the_six_questions_is_one_click_from_its_answer(page: Page, place: int) -> None:
    text, path = first_questions()[place]
    assert f'href="/{DATABASE}/{path.replace("&", "&amp;")}">{text}</a>' in page("/")
    assert 'class="evidence"' in page(f"/{DATABASE}/{path}") or "/sources/" in page(f"/{DATABASE}/{path}")


def test_home_tells_counts_dates_sources_citation_and_downloads(page: Page) -> None:
    text = page("/", "en")
    for shown in (
        "899",
        "Sources published from",
        "Newest sources",
        "How to cite",
        f"/{DATABASE}.db",
        "statements.csv",
    ):
        assert shown in text
    assert text.count('type="search"') == 1


def test_a_doubted_figure_stands_with_its_printed_form_its_number_and_its_evidence(page: Page) -> None:
    text = page(f"/{DATABASE}/models", _search="通义千问")
    cell = re.search(r'<td class="col-parameters_text"[^>]*>(.*?)</td>', text, re.DOTALL)
    assert cell is not None
    assert "100万亿</a>" in cell[1]
    assert "· 1e14 参数" in cell[1]
    assert "⚠" in cell[1]
    assert "/-/evidence/s5dzx53h3n" in cell[1]


def test_filters_are_said_in_words_and_each_can_be_taken_away(page: Page) -> None:
    text = page(f"/{DATABASE}/models", "en", open_source="1", parameters__gte="1e11", _sort="label")
    assert "Open source, as stated is yes" in text
    assert "Parameters ≥ 1e11" in text
    assert f'href="/{DATABASE}/models?open_source=1&amp;_sort=label"' in text
    assert (
        f'<link rel="canonical" href="http://localhost/{DATABASE}/models?open_source=1&amp;parameters__gte=1e11&amp;_sort=label">'
        in text
    )


def test_a_filter_by_an_id_is_said_by_its_name(page: Page) -> None:
    assert "来源 是 朱克力：下一代大模型的待解之题" in page(f"/{DATABASE}/metrics", source_id="zhu-keli-2025-02-12")


def test_the_columns_can_be_chosen_and_the_choice_is_in_the_address(page: Page) -> None:
    text = page(f"/{DATABASE}/models?_columns=released&_columns=developer", "en")
    assert re.findall(r'data-column="(\w+)"', text) == ["label", "developer", "released"]


def test_a_heading_sorts_by_the_number_largest_first_and_says_how_it_is_sorted(page: Page) -> None:
    text = page(f"/{DATABASE}/metrics", "en")
    assert f'href="/{DATABASE}/metrics?_sort_desc=sort_value"' in text
    assert 'aria-sort="descending"' in page(f"/{DATABASE}/models")
    assert f'href="/{DATABASE}/metrics?_sort=sort_value"' in page(f"/{DATABASE}/metrics", "en", _sort_desc="sort_value")


@pytest.mark.parametrize("table", [*TABLES, *VIEWS])
def test_every_sort_that_a_heading_offers_answers(page: Page, table: str) -> None:
    for url in set(re.findall(r'<th [^>]*><a href="([^"]+)"', page(f"/{DATABASE}/{table}"))):
        page(unescape(url))


@pytest.mark.parametrize("table", LISTS)
def test_every_chip_answers(page: Page, table: str) -> None:
    text = page(f"/{DATABASE}/{table}")
    for url in re.findall(r'<li><a href="http://localhost([^"]+)" rel="nofollow"', text)[:30]:
        page(unescape(url))


def test_tags_in_an_address_are_escaped(page: Page) -> None:
    evil = '"><script>alert(1)</script>'
    for path in (
        f"/{DATABASE}/models?_search={evil}&label__contains={evil}&_columns={evil}&x={evil}",
        f"/-/search?q={evil}",
        f"/{DATABASE}/models_by_size?developer={evil}&open_source={evil}",
    ):
        assert "<script>alert" not in page(path.replace('"', "%22").replace("&x=", "&_x="))


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("千", "通义千问"),
        ("千问", "通义千问"),
        ("tongyiqianwen", "通义千问"),
        ("tongyi qianwen", "通义千问"),
        ("Tongyi Qianwen", "通义千问"),
        ("tengxun", "腾讯"),
        ("wenxin yiyan", "文心一言"),
        ("gpt3", "GPT-3"),
        ("GPT-3", "GPT-3"),
        ("gpt 3", "GPT-3"),
        ("生成式人工智能服务管理暂行办法", "生成式人工智能服务管理暂行办法"),
        ("“千问”！？", "通义千问"),
    ],
)
def test_the_best_entity_comes_first(page: Page, text: str, best: str) -> None:
    found = page("/-/search", q=text)
    assert re.search(rf'<section class="best">\s*<h2><a href="[^"]+">{best}</a>', found), text


def test_a_name_with_a_property_finds_the_figure(page: Page) -> None:
    text = page("/-/search", q="GPT-3 参数")
    assert "175B</a>" in text
    assert "· 1.75e11 参数" in text


def test_a_search_without_hits_advises(page: Page) -> None:
    assert "通义千问" in page("/-/search", q="通义千文")
    assert "Nothing was found" in page("/-/search", "en", q="zzzqqq")


@pytest.mark.parametrize("text", ["'", '"', "%", "*", "(", "a OR", "《》", "\x00", "😀", "-", "x" * 5000, "\ud83d"])
def test_no_search_fails(base: Path, text: str) -> None:
    query = str(QueryParams({"q": text.encode("utf-8", "replace").decode()}))
    for path in ("/-/search", "/-/search.json"):
        assert asyncio.run(datasette(base).client.get(f"{path}?{query}")).status_code == 200


@pytest.mark.parametrize("name", canned_queries())
def test_a_question_and_its_fields_are_named_in_each_language(name: str) -> None:
    zh, en = halves(canned_queries()[name]["description"])
    assert HAN.search(zh)
    assert not HAN.search(en)
    asked = question(name)
    assert all(field.label and "such as" not in field.label and "如" not in field.label for field in asked.fields)


def test_a_field_that_names_a_term_is_filled_from_the_base(page: Page) -> None:
    text = page(f"/{DATABASE}/largest_training_data", "en", unit="byte")
    assert '<option value="byte" selected>' in text
    assert '<datalist id="list-developer">' in page(f"/{DATABASE}/models_by_size")
    assert '<option value="usd" selected>' in page(f"/{DATABASE}/economic_figures", currency="usd")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1e14, "1e14"), (1.75e11, "1.75e11"), (199000, "199,000"), (0.6, "0.6"), (0, "0"), (1e-6, "1e-6"), (-4e9, "-4e9")],
)
def test_numbers_are_short_and_comparable(value: float, shown: str) -> None:
    assert number(value) == shown


def test_bounds_are_said_as_bounds() -> None:
    assert bounds(1e11, None, "gt") == ">1e11"
    assert bounds(1e10, 1e11, "order_of_magnitude") == "~1e10–1e11"
    assert bounds(3.5e9, 4.5e9, "range") == "3.5e9–4.5e9"
    assert bounds(0.1, 0.1, "approx") == "≈0.1"
    assert bounds(1e11, None) == "1e11 起"
    assert bounds(None, None) == ""


def test_a_number_is_not_said_twice() -> None:
    assert normal(Figure("78家", 78.0, 78.0, "company", "家企业", "eq")) == ""
    assert normal(Figure("78", 78.0, 78.0, "company", "家企业", "eq")) == "家企业"
    assert normal(Figure("3万家", 30000.0, 30000.0, "company", "家企业", "eq")) == "30,000 家企业"


def test_labels_of_a_long_list_are_translated_at_once(base: Path) -> None:
    site = datasette(base)
    asyncio.run(site.invoke_startup())
    _visit.set(Visit("en"))
    known = site_of(site)
    assert known is not None
    found = asyncio.run(translated(site, known, ["百度、腾讯", *(f"未知{number}" for number in range(300))]))
    assert found["百度"] == "Baidu"
    assert found["未知299"] == "未知299"


def test_a_doubt_shows_the_number_its_printed_form_stands_for(page: Page) -> None:
    assert "· 1e14 参数" in page(f"/{DATABASE}/quality_issues")


def test_the_menu_opens_lists_in_an_order_that_answers(page: Page) -> None:
    for table, order in MENU:
        page(f"/{DATABASE}/{table}{order}")


def test_free_sql_keeps_the_names_of_its_columns(page: Page) -> None:
    text = page(f"/{DATABASE}", "zh", sql="select id, label from models limit 1")
    assert re.findall(r'<th [^>]*scope="col"[^>]*>([^<]+)</th>', text) == ["id", "label"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"printed": "0.02元", "low": 0.02, "high": 0.02, "unit": "CNY", "per": "month"}, "元 / month"),
        ({"printed": "300次", "low": 300, "high": 300, "unit": "visit", "per": None}, ""),
        ({"printed": "3亿次", "low": 3e8, "high": 3e8, "unit": "visit", "per": "day"}, "3e8 次 / day"),
    ],
)
def test_a_cell_says_what_a_figure_is_per(row: dict[str, object], told: str) -> None:
    units = {"CNY": "元", "visit": "次", "month": "month", "day": "day"}
    figure = listed_figure(row, units)
    assert figure is not None
    assert re.findall(r'class="normal">· ([^<]*)<', str(figure_shown(figure, None))) == ([told] if told else [])
