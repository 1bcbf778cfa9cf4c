"""What the site says in the page's own language: what columns hold, what entities are, what is doubted, how well it reads."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette
from markupsafe import escape

from db import reader_quality
from db.marked import Piece, _pieces
from db.reasons import doubt_word
from db.site import DATABASE, datasette
from db.site_metadata import described_columns
from db.values import what_it_is
from schema.meanings import meaning_zh
from tests.test_site import Get, getter, page
from tests.test_site_entities import changed
from tests.test_site_pages import HAN, visible
from tests.tiny import TEXT

COLUMNS = sorted({column.description for columns in described_columns().values() for column in columns})


@pytest.fixture(scope="module")
def site(package_base: Path) -> Datasette:
    return datasette(package_base)


@pytest.fixture(scope="module")
def get(site: Datasette) -> Get:
    return getter(site)


@pytest.fixture(scope="module")
def rows(package_base: Path) -> Any:
    connection = sqlite3.connect(f"{package_base.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return lambda sql: [dict(row) for row in connection.execute(sql)]


@pytest.mark.parametrize("description", COLUMNS)
def test_every_column_says_in_chinese_what_it_holds(description: str) -> None:
    told = meaning_zh(description)
    assert HAN.search(told)
    assert sorted(re.findall(r"\d+", told)) == sorted(re.findall(r"\d+", description))


def test_no_meaning_is_of_a_column_that_is_no_more() -> None:
    text = (Path(__file__).parent.parent / "schema" / "meanings_zh.yaml").read_text(encoding="utf-8")
    assert sorted(yaml.safe_load(text)) == COLUMNS


@pytest.mark.parametrize("table", ["entities", "properties"])
def test_every_description_of_the_package_is_told_in_both_languages(rows: Any, table: str) -> None:
    told = [row for row in rows(f"select * from {table}") if row["description"]]
    assert told
    assert [row["id"] for row in told if not HAN.search(row["description_zh"] or "")] == []
    # Sizes, years and versions are the same in both; amounts in words and names such as 01.AI are not.
    sizes = re.compile(r"(?<![\d.])(?:19|20)\d\d(?!\d)|\d+(?:\.\d+)?[BM](?![A-Za-z])")
    for row in told:
        assert sorted(sizes.findall(row["description"])) == sorted(sizes.findall(row["description_zh"])), row["id"]


def test_a_page_says_what_its_entity_is_in_its_own_language(get: Get, rows: Any) -> None:
    row = rows(
        "select * from entities where kind = 'organization' and description is not null and statement_count > 3 limit 1"
    )[0]
    for language, own, other in (("zh", "description_zh", "description"), ("en", "description", "description_zh")):
        for path in (f"/{DATABASE}/organizations/{row['id']}", f"/{DATABASE}/entities?id={row['id']}"):
            text = visible(page(get, f"{path}{'&' if '?' in path else '?'}lang={language}"))
            assert row[own] in text
            assert row[other] not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_column_of_one_language_stays_in_it(get: Get, rows: Any, language: str) -> None:
    row = rows("select * from properties where kinds like '%person%' order by id limit 1")[0]
    text = page(
        get, f"/{DATABASE}/properties?id={row['id']}&_columns=description&_columns=description_zh&lang={language}"
    )
    for column in ("description", "description_zh"):
        cell = re.search(rf'<td class="col-{column}"[^>]*><div>(.*?)</div></td>', text)
        assert cell is not None
        assert cell[1] == escape(row[column])
    assert '["' not in visible(page(get, f"/{DATABASE}/properties?id={row['id']}&lang={language}"))


def test_a_description_in_english_alone_is_marked_as_english(tmp_path: Path) -> None:
    sql = "update entities set description = 'A model of many words', description_zh = null where id = 'foo-3'"
    get = changed(tmp_path, (sql, ()))
    for path in (f"/{DATABASE}/models/foo-3?lang=zh", "/-/search?q=foo-3&lang=zh"):
        assert '<span lang="en">A model of many words</span>' in page(get, path)
    assert '<span lang="en">A model of' not in page(get, f"/{DATABASE}/models/foo-3?lang=en")
    entity = {"description": "A model", "description_zh": None}
    assert (what_it_is(entity, "zh"), what_it_is({"description_zh": "模型"}, "en")) == ("A model", "模型")


def test_what_an_entity_is_can_be_searched_in_chinese(get: Get, rows: Any) -> None:
    row = rows("select id from entities where description_zh like '%量子计算%' limit 1")[0]
    found = json.loads(page(get, "/-/search.json?q=量子计算"))
    assert row["id"] in json.dumps(found, ensure_ascii=False)


def test_the_columns_of_a_list_are_explained_in_the_page_s_language(get: Get) -> None:
    told = page(get, f"/{DATABASE}/sources?lang=zh")
    explained = told[told.index('<details class="columns-explained">') :]
    meanings = re.findall(r"<dd>(.*?)</dd>", explained)
    assert len(meanings) == len(described_columns()["sources"])
    assert all(HAN.search(one) for one in meanings)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_doubt_is_told_in_words_wherever_a_figure_is_marked(get: Get, rows: Any, language: str) -> None:
    row = rows("select id, subject_id, issues from statements where issues is not null limit 1")[0]
    (check, *_) = json.loads(row["issues"])
    for path in (f"/{DATABASE}/statements?id={row['id']}", f"/{DATABASE}/statements?id={row['id']}&_columns=issues"):
        text = page(get, f"{path}&lang={language}")
        assert doubt_word(check, language) in text
        assert check not in visible(text)


def test_the_method_page_tells_how_well_the_reader_reads(get: Get) -> None:
    text = visible(page(get, "/-/method?lang=en"))
    measures = [one for part in reader_quality.PARTS for one in reader_quality.measured(part)]
    assert {one.measure for one in measures} == set(reader_quality.MEASURES)
    for one in measures:
        assert reader_quality.MEASURES[one.measure][1] in text
        assert (f"{one.last.found} / {one.last.of}" if one.share else one.last.text) in text
        if one.aim:
            assert one.aim in text
    for reading in reader_quality.readings():
        assert (reading.f1 is None) == (reading.found is not None and reading.of is not None)
        assert reading.f1 is None or 0 <= reading.f1 <= 1
        assert reading.found is None or reading.of is None or 0 <= reading.found <= reading.of


def test_an_unknown_column_to_sort_by_is_told_in_the_page_s_language(get: Get) -> None:
    for language, told in (("zh", "没有可以排序的列 zzz"), ("en", "There is no column zzz to sort by")):
        answer = get(f"/{DATABASE}/models?_sort=zzz&lang={language}")
        assert answer.status_code == 400
        assert told in visible(answer.text)


def test_the_subject_is_marked_where_it_stands_in_another_sentence(tmp_path: Path) -> None:
    text = TEXT.replace("前言。", "说的是福三。此外")
    (tmp_path / "001_aaaa.txt").write_text(text, encoding="utf-8")
    value, subject = text.index("175B"), text.index("福三")
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder = tmp_path / "base"
    folder.mkdir()
    changes = (
        ("update sources set sha256 = ?, text_sha256 = ? where id = 'early'", (digest, digest)),
        (
            "update evidence set start_char = ?, end_char = ?, quote = '175B' where statement_id = 's1aaa' and role = 'value'",
            (value, value + 4),
        ),
        ("delete from evidence where statement_id = 's1aaa' and role != 'value'", ()),
        (
            "insert into evidence (statement_id, source_id, role, start_char, end_char, quote)"
            " values ('s1aaa', 'early', 'subject', ?, ?, '福三')",
            (subject, subject + 2),
        ),
    )
    get = changed(folder, *changes, articles=tmp_path)
    told = page(get, "/-/evidence/s1aaa?lang=en")
    assert told.count('<blockquote class="sentence">') == 2
    assert "The subject stands in another sentence" in told
    assert '<mark class="of-value" title="value">175B</mark>' in told
    assert '<mark class="of-subject" title="subject">福三</mark>' in told
    assert '<link rel="canonical" href="http://localhost/-/evidence/s1aaa">' in told


@pytest.mark.parametrize(
    ("spans", "wanted"),
    [
        ([("value", "175B"), ("subject", "福三")], "[subject福三]有 [value175B] 参数"),
        ([("value", "福三有 175B"), ("subject", "福三")], "[value[subject福三]有 175B] 参数"),
        ([("value", "三有 175B"), ("subject", "福三")], "福[value三有 175B] 参数"),
        ([("value", "福三"), ("subject", "福三有 175B")], "[subject[value福三]有 175B] 参数"),
        ([("value", "福三"), ("subject", "福三"), ("value", "福三")], "[value[subject福三]]有 175B 参数"),
        (
            [("value", "175B"), ("value", "有 175B 参数"), ("subject", "参数")],
            "福三[value有 [value175B] [subject参数]]",
        ),
    ],
)
def test_marks_of_a_sentence_stand_beside_and_within_each_other(spans: list[tuple[str, str]], wanted: str) -> None:
    text = "福三有 175B 参数"
    rows = [
        {"role": role, "start_char": text.index(part), "end_char": text.index(part) + len(part)} for role, part in spans
    ]

    def told(pieces: Sequence[Piece]) -> str:
        texts = (one.text or told(one.within) for one in pieces)
        return "".join(f"[{one.role}{text}]" if one.role else text for one, text in zip(pieces, texts, strict=True))

    assert told(_pieces(text, 0, len(text), rows)) == wanted
