"""The site, asked in-process: every page answers, everything is described, no text leaks."""

import asyncio
import json
import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from db.grams import FTS_TABLES
from db.site import DATABASE, datasette, metadata, serve, settings
from db.site_metadata import LABEL_COLUMNS, described_columns
from db.site_titles import GROUPS, JOINED, TITLES, shown_columns
from schema.tables import COLUMNS, TABLES
from schema.wide import VIEWS

Get = Callable[[str], httpx.Response]
PAGES = [*TABLES, *VIEWS]
PUNCTUATED = [
    "大模型、千问",
    "AI/大模型",
    '"千问',
    "'千问'",
    "Qwen2.5_72B",
    "GPT-4*",
    "(大模型)",
    "千问 OR NOT",
    "a:b^c",
    "《大模型》，。！？",
    "\x00千问",
    "-",
]


def getter(site: Datasette) -> Get:
    return lambda path: asyncio.run(site.client.get(path))


@pytest.fixture(scope="module")
def get(base: Path) -> Get:
    return getter(datasette(base))


@pytest.fixture(scope="module")
def rows(base: Path) -> Callable[[str], list[dict[str, Any]]]:
    connection = sqlite3.connect(f"{base.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return lambda sql: [dict(row) for row in connection.execute(sql)]


def page(get: Get, path: str) -> str:
    response = get(path)
    assert response.status_code == 200, (path, response.text[:500])
    return response.text


def data(get: Get, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(page(get, path))
    return found


def test_the_page_of_all_tables_lists_every_one_by_its_title(get: Get) -> None:
    home = page(get, f"/{DATABASE}")
    for table in PAGES:
        assert f'href="/{DATABASE}/{table}"' in home
        assert TITLES[table].zh in home


def test_the_page_of_all_tables_has_every_one_once() -> None:
    listed = [table for _, tables in GROUPS for table in tables]
    assert sorted(listed) == sorted(PAGES)


@pytest.mark.parametrize("table", PAGES)
def test_every_table_and_view_answers_as_page_json_and_csv(get: Get, table: str) -> None:
    text = page(get, f"/{DATABASE}/{table}")
    assert f"<h1>{TITLES[table].zh} " in text
    assert isinstance(data(get, f"/{DATABASE}/{table}.json?_shape=array"), list)
    assert page(get, f"/{DATABASE}/{table}.csv").splitlines()[0].split(",") == [
        c.column_name for c in described_columns()[table]
    ]


@pytest.mark.parametrize("table", PAGES)
def test_every_table_and_view_answers_with_all_columns(get: Get, table: str) -> None:
    assert get(f"/{DATABASE}/{table}?_columns=all").status_code == 200


def test_every_column_that_the_base_has_is_described_in_both_languages(base: Path, rows: Any) -> None:
    tables = metadata(base)["databases"][DATABASE]["tables"]
    for row in rows("select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'"):
        name = row["name"]
        if tables[name].get("hidden"):
            continue
        assert tables[name]["title"] == TITLES[name].both
        assert TITLES[name].description_zh in tables[name]["description"]
        for column in rows(f'select name from pragma_table_info("{name}")'):
            meaning = tables[name]["columns"][column["name"]]
            assert re.match(r"\S.* · \S.*: \S.+", meaning), (name, column["name"], meaning)


def test_the_search_tables_and_their_shadows_are_hidden(get: Get) -> None:
    shown = json.loads(page(get, f"/{DATABASE}.json"))["tables"]
    assert {table["name"] for table in shown if not table["hidden"]} == set(TABLES)


def test_titles_describe_no_table_that_is_not_there() -> None:
    assert set(TITLES) == set(PAGES)


@pytest.mark.parametrize("table", PAGES)
def test_shown_columns_exist(table: str) -> None:
    names = {column.column_name for column in described_columns()[table]}
    joined = {name for owner, name in JOINED if owner == table}
    assert set(shown_columns(table) or ()) <= names | joined


def test_label_columns_exist() -> None:
    for table, label in LABEL_COLUMNS.items():
        assert label in {column.column_name for column in COLUMNS[table]}


def test_facets_are_indexed_and_hold_something(base: Path, rows: Any) -> None:
    for table, told in metadata(base)["databases"][DATABASE]["tables"].items():
        if table in VIEWS:
            continue
        indexed = {
            row["name"]
            for index in rows(f'select name from pragma_index_list("{table}")')
            for row in rows(f'select name from pragma_index_info("{index["name"]}")')
        }
        assert set(told.get("facets", [])) <= indexed


def test_facets_are_counted(get: Get) -> None:
    found = json.loads(page(get, f"/{DATABASE}/statements.json"))["facet_results"]
    assert {"property_id", "source_id"} <= set(found)
    assert found["property_id"]["results"][0]["label"] != found["property_id"]["results"][0]["value"]


def test_a_table_page_shows_labels_for_ids(get: Get, rows: Any) -> None:
    subject = rows(
        "select e.label, e.id from statements s join entities e on e.id = s.subject_id order by s.id limit 1"
    )[0]
    text = page(get, f"/{DATABASE}/statements")
    assert re.search(rf'<a href="/{DATABASE}/entities/[^"]+">{subject["label"]}</a>', text)


def test_a_row_page_shows_labels_for_ids(get: Get, rows: Any) -> None:
    row = rows(
        "select s.id, o.title, p.label_zh from statements s join sources o on o.id = s.source_id join properties p on p.id = s.property_id limit 1"
    )[0]
    text = page(get, f"/{DATABASE}/statements/{row['id']}")
    assert f">{row['title']}</a>" in text
    assert f">{row['label_zh']}</a>" in text


def test_a_view_shows_labels_for_ids(get: Get, rows: Any) -> None:
    title = rows("select o.title from user_metrics m join sources o on o.id = m.source_id")[0]["title"]
    assert f">{title}</a>" in page(get, f"/{DATABASE}/user_metrics")


def test_a_model_is_named_and_its_printed_figures_are_shown_before_its_bounds(get: Get) -> None:
    text = page(get, f"/{DATABASE}/models")
    assert f'<a href="/{DATABASE}/models/gpt-3">GPT-3</a>' in text
    assert "175B" in text
    assert "175000000000.0" not in text
    assert "_columns=all" in text


def test_a_doubted_figure_is_marked_with_the_reason(get: Get, rows: Any) -> None:
    doubted = rows("select id, parameters_issue from models where parameters_issue is not null")[0]
    text = page(get, f"/{DATABASE}/models/{doubted['id']}?lang=en")
    assert '<abbr class="issue"' in text
    assert doubted["parameters_issue"].replace("'", "&#39;") in text
    assert doubted["parameters_issue"].replace("'", "&#39;") not in page(get, f"/{DATABASE}/models/{doubted['id']}")


def test_the_statement_row_links_to_its_evidence(get: Get, rows: Any) -> None:
    statement = rows("select id from statements limit 1")[0]["id"]
    assert f'href="/-/evidence/{statement}"' in page(get, f"/{DATABASE}/statements/{statement}")


@pytest.mark.parametrize("table", ["parties", "evidence", "quality_issues"])
def test_a_statement_in_a_list_is_called_by_what_it_tells_of_whom(get: Get, rows: Any, table: str) -> None:
    sql = (
        f"select t.statement_id as id, e.label || ' · ' || p.label_zh as zh,"
        f" coalesce(e.name_en, e.label) || ' · ' || p.label_en as en from {table} t join statements s on s.id ="
        " t.statement_id join entities e on e.id = s.subject_id join properties p on p.id = s.property_id limit 1"
    )
    (told,) = rows(sql)
    for code in ("zh", "en"):
        shown = page(get, f"/{DATABASE}/{table}?statement_id={told['id']}&_columns=statement_id&lang={code}")
        assert f'href="/-/evidence/{told["id"]}">{told[code]}</a>' in shown


@pytest.mark.parametrize("table", [fts.content for fts in FTS_TABLES.values()])
@pytest.mark.parametrize("text", PUNCTUATED)
def test_no_punctuation_breaks_a_search(get: Get, table: str, text: str) -> None:
    for name in ("_search", "_search_names", "_searchmode=raw&_search"):
        query = str(httpx.QueryParams({"q": text}))[2:]
        assert get(f"/{DATABASE}/{table}.json?{name}={query}").status_code == 200


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("千", "通义千问"),
        ("千问", "通义千问"),
        ("、千问。", "通义千问"),
        ("通义千问", "通义千问"),
        ("生成式人工智能服务管理暂行办法", "生成式人工智能服务管理暂行办法"),
    ],
)
def test_searches_from_one_character_to_a_whole_title_find_it(get: Get, text: str, found: str) -> None:
    rows = data(get, f"/{DATABASE}/entities.json?_shape=array&_search={text}&_size=max")
    assert found in {row["label"] for row in rows}
    assert len(rows) < 20


@pytest.mark.parametrize("text", ["gpt3", "GPT-3", "gpt 3"])
def test_a_name_is_found_however_it_is_typed(get: Get, text: str) -> None:
    assert "GPT-3" in {row["label"] for row in data(get, f"/{DATABASE}/entities.json?_shape=array&_search={text}")}


def test_the_wide_tables_and_lists_are_searched_too(get: Get) -> None:
    assert "通义千问" in [row["label"] for row in data(get, f"/{DATABASE}/models.json?_shape=array&_search=通义千问")]
    for table, text in {
        "metrics": "百度",
        "relations": "腾讯",
        "events": "混元",
        "companies": "百度",
        "user_metrics": "百度",
    }.items():
        assert data(get, f"/{DATABASE}/{table}.json?_shape=array&_search={text}")
        assert 'id="_search"' in page(get, f"/{DATABASE}/{table}")


def test_an_empty_search_shows_every_row(get: Get) -> None:
    every = json.loads(page(get, f"/{DATABASE}/entities.json"))["filtered_table_rows_count"]
    for search in ("", " "):
        assert (
            json.loads(page(get, f"/{DATABASE}/entities.json?_search={search}"))["filtered_table_rows_count"] == every
        )


def test_a_search_of_punctuation_alone_finds_nothing(get: Get) -> None:
    assert data(get, f"/{DATABASE}/entities.json?_shape=array&_search=、。") == []


def test_the_evidence_page_shows_the_chain(get: Get, rows: Any) -> None:
    row = rows(
        "select s.id, s.printed, e.label, v.start_char, v.end_char, o.title, o.text_sha256 from statements s join entities e on e.id = s.subject_id"
        " join evidence v on v.statement_id = s.id and v.role = 'value' join sources o on o.id = s.source_id"
        " where s.value_type = 'quantity' and s.printed is not null limit 1"
    )[0]
    text = page(get, f"/-/evidence/{row['id']}")
    for shown in (
        row["label"],
        row["printed"],
        row["title"],
        f"{row['start_char']}–{row['end_char']}",
        row["text_sha256"],
    ):
        assert shown in text
    assert "<mark" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/-/evidence/nothing",
        "/-/evidence/nothing.json",
        f"/{DATABASE}/statements/nothing",
        "/-/evidence/..%2f..%2fetc",
        "/-/evidence/%00",
    ],
)
def test_an_unknown_statement_is_a_404(get: Get, capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert get(path).status_code in {302, 404}
    assert capsys.readouterr().out == ""


def test_every_evidence_page_and_its_json_answer(get: Get, rows: Any) -> None:
    for row in rows("select id from statements group by property_id, value_type"):
        assert "<mark" not in page(get, f"/-/evidence/{row['id']}")
        assert json.loads(page(get, f"/-/evidence/{row['id']}.json"))["id"] == row["id"]


def test_a_stranger_gets_no_sniffing_and_no_foreign_script(get: Get) -> None:
    for path in ("/", f"/{DATABASE}/models", f"/{DATABASE}/models.json", "/-/evidence/nothing", "/assets/damoxing.css"):
        headers = get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "access-control-allow-origin" not in headers


def test_a_stored_tag_is_escaped(get: Get) -> None:
    query = "select+'<script>alert(1)</script>'+as+label,'[\"<b>\"]'+as+attributed_to,'<i>'+as+source_id,'<u>'+as+statement_id"
    text = page(get, f"/{DATABASE}?sql={query}")
    for tag in ("<script>alert", "<b>", "<i>", "<u>"):
        assert tag not in text.split('class="rows-and-columns')[1]


def test_the_base_can_be_downloaded_and_not_be_written(get: Get, base: Path) -> None:
    assert get(f"/{DATABASE}.db").content == base.read_bytes()
    assert get(f"/{DATABASE}.json?sql=delete+from+models").status_code == 400


def test_public_settings_are_stricter() -> None:
    own, public = settings(), settings(public=True)
    for name in ("sql_time_limit_ms", "facet_time_limit_ms", "max_returned_rows"):
        assert public[name] < own[name]
    assert public["sql_time_limit_ms"] == 1_000
    assert not own["suggest_facets"]


def test_another_datasette_in_the_process_is_left_alone(get: Get, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "other.db").execute("create table t (id text, source_id text)").connection.commit()
    other = getter(Datasette([str(tmp_path / "other.db")]))
    assert "content-security-policy" not in other("/").headers
    assert other("/other/t").status_code == 200
    assert other("/-/evidence/x").status_code == 404


def test_serve_says_which_file_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve(tmp_path / "none.db") == 1
    assert "none.db" in capsys.readouterr().err


def test_serve_says_that_its_port_is_taken(base: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve(base, port=port) == 1
    told = capsys.readouterr()
    assert str(port) in told.err
    assert "--port" in told.err
    assert told.out == ""


def test_serve_says_that_the_articles_are_missing(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve(base, articles=tmp_path / "none") == 1
    assert "--articles" in capsys.readouterr().err


WINDOW = 40


def windows(articles: Path) -> set[str]:
    """Return runs of 40 characters of the articles, those in Chinese: a URL is no text."""
    found = set()
    for path in articles.glob("*.txt"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        found |= {text[start : start + WINDOW] for start in range(0, len(text) - WINDOW, 10)}
    return {part for part in found if len(re.findall("[一-鿿]", part)) > WINDOW / 2}


def test_no_article_text_is_reachable_but_one_sentence(base: Path, articles: Path, rows: Any) -> None:
    private, public = getter(datasette(base, articles)), getter(datasette(base, articles, public=True))
    statement = rows(
        "select statement_id from evidence where role = 'value' and quote is not null order by id limit 1"
    )[0]["statement_id"]
    text = page(private, f"/-/evidence/{statement}?lang=en")
    assert text.count('<mark class="of-value"') == 1
    assert "stands in the text" in text
    assert "does not stand" not in text
    sentence = re.search(r'<blockquote class="sentence">\s*<p>(.*?)</p>', text, re.DOTALL)
    assert sentence is not None
    assert len(sentence[1]) < 500
    assert "<mark" not in page(public, f"/-/evidence/{statement}")
    parts = windows(articles)
    paths = [f"/{DATABASE}/{table}.json?_shape=array&_size=max" for table in PAGES]
    paths += [f"/-/evidence/{statement}.json", "/-/metadata.json", "/-/plugins.json", "/-/settings.json"]
    for path in paths:
        served = page(private, path)
        assert str(articles) not in served
        told = json.dumps(json.loads(served), ensure_ascii=False)
        assert not any(part in told for part in parts), path


def test_the_chosen_evidence_is_the_one_that_is_shown(base: Path, articles: Path, rows: Any) -> None:
    private = getter(datasette(base, articles))
    row = rows(
        "select statement_id, id, start_char, end_char from evidence where role = 'subject' and start_char is not null limit 1"
    )[0]
    text = page(private, f"/-/evidence/{row['statement_id']}?evidence={row['id']}&lang=en")
    assert text.count('<mark class="of-subject"') >= 1
    assert f"characters {row['start_char']}–{row['end_char']}" in text


def test_an_altered_article_is_not_shown(base: Path, articles: Path, tmp_path: Path, rows: Any) -> None:
    for path in articles.glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes() + b" ")
    statement = rows("select id from statements limit 1")[0]["id"]
    assert "<mark" not in page(getter(datasette(base, tmp_path)), f"/-/evidence/{statement}")
