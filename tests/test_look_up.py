"""Names, values, pages and lists of a base."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import TEXT, build_tiny

from db import opening
from db.comparing import cell, compared
from db.errors import AmbiguousError, BaseError, NotFoundError, RequestError
from db.facts import entity_record
from db.labels import Labels
from db.listing import DEFAULT_COLUMNS, KINDS, columns_named, listing
from db.look_up import find_entity, find_source, find_statement, suggest
from db.names import fold
from db.opening import open_base
from db.pages import entity_page
from db.published import last_day
from db.render import Table, cut, layout, markdown, width_of, wrapped
from db.values import amount, bounds
from db.why import add_sentences, chain, sentence, sentence_bounds
from schema.rows import SCHEMA_VERSION


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = open_base(build_tiny(tmp_path_factory.mktemp("tiny") / "tiny.db"))
    yield connection
    connection.close()


@pytest.mark.parametrize("name", ["GPT-3", "gpt3", "gpt 3", "Gpt_3", "ＧＰＴ－３", "GPT–3", " gpt‑3 "])
def test_one_name_folds_to_one_form(name: str) -> None:
    assert fold(name) == "gpt3"


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("GPT-3.5", "gpt3.5"),
        ("GPT-35", "gpt35"),
        ("Character.AI", "characterai"),
        ("《办法》", "办法"),
        ("约翰·李", "约翰李"),
        ("-", ""),
    ],
)
def test_a_dot_stays_between_digits_only(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize("name", ["foo-3", "FOO3", "foo 3", "福三", "Foo_3", "foo-three"])
def test_an_entity_is_found_by_id_name_alias_and_old_id(tiny: sqlite3.Connection, name: str) -> None:
    assert find_entity(tiny, name, ("model",)).entity["id"] == "foo-3"


def test_a_dotted_version_is_another_model(tiny: sqlite3.Connection) -> None:
    assert find_entity(tiny, "foo 3.5").entity["id"] == "foo-3.5"


def test_the_wanted_kind_comes_first_and_the_others_are_told(tiny: sqlite3.Connection) -> None:
    found = find_entity(tiny, "星河", ("model",))
    assert (found.entity["id"], [other["id"] for other in found.others]) == ("xinghe", ["xinghe-app"])


def test_an_unknown_name_suggests_near_ones(tiny: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="no model '星何'; did you mean '星河'"):
        find_entity(tiny, "星何", ("model",), "model")
    assert suggest(tiny, "no such thing at all") == []


@pytest.mark.parametrize("name", ["early", "001", "001_aaaa.txt", "10.1/EARLY", "https://doi.org/10.1/early", "一年记"])
def test_a_source_is_found_by_id_file_doi_and_title(tiny: sqlite3.Connection, name: str) -> None:
    assert find_source(tiny, name)["id"] == "early"


def test_a_part_of_two_titles_is_ambiguous(tiny: sqlite3.Connection) -> None:
    with pytest.raises(AmbiguousError, match="'大模型' fits 2 sources"):
        find_source(tiny, "大模型")


@pytest.mark.parametrize("name", ["s6fff", "key-s6fff", "S6F"])
def test_a_statement_is_found_by_id_key_and_beginning(tiny: sqlite3.Connection, name: str) -> None:
    assert find_statement(tiny, name) == "s6fff"


def test_a_beginning_of_two_statements_is_ambiguous_and_of_none_not_found(tiny: sqlite3.Connection) -> None:
    with pytest.raises(AmbiguousError, match="s10jj, s11kk"):
        find_statement(tiny, "s1")
    for name in ("zzz", "", "%"):
        with pytest.raises(NotFoundError):
            find_statement(tiny, name)


def test_the_schema_version_of_look_ups_is_that_of_the_schema() -> None:
    assert opening.SCHEMA_VERSION == SCHEMA_VERSION


def test_what_is_no_base_is_refused_with_the_cure(tmp_path: Path) -> None:
    with pytest.raises(BaseError, match="damoxing build"):
        open_base(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all, only words")
    with pytest.raises(BaseError, match="not a base of damoxing"):
        open_base(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "empty.db").execute("create table t (a)")
    with pytest.raises(BaseError, match="not a base of damoxing"):
        open_base(tmp_path / "empty.db")


@pytest.mark.parametrize(("version", "cure"), [("0", "build it anew"), ("99", "newer damoxing")])
def test_another_schema_version_is_refused_with_the_cure(tmp_path: Path, version: str, cure: str) -> None:
    path = build_tiny(tmp_path / "old.db")
    connection = sqlite3.connect(path)
    connection.execute("update base_info set content = ? where id = 'schema_version'", (version,))
    connection.commit()
    with pytest.raises(BaseError, match=cure):
        open_base(path)


@pytest.mark.parametrize("name", ["odd#name?.db", "with blank.db", "百分%41.db"])
def test_a_file_of_any_name_is_opened(tmp_path: Path, name: str) -> None:
    assert open_base(build_tiny(tmp_path / name)).execute("select count(*) from models").fetchone() == (3,)


def test_the_base_is_opened_read_only(tiny: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        tiny.execute("delete from models")


def test_a_page_groups_facts_events_relations_and_claims(tiny: sqlite3.Connection) -> None:
    record = entity_record(tiny, find_entity(tiny, "foo3").entity)
    page = entity_page(record, Labels(tiny, "en"))
    assert [table.title for table in page.tables] == ["Facts", "Events", "Relations"]
    facts = page.tables[0].rows
    assert list(facts[0]) == ["Parameters", "175B", "175 billion parameters", "✓", "early", "s1aaa"]
    assert list(facts[1])[:3] == ["", "超过千亿", "more than 100 billion parameters"]
    assert page.tables[2].rows[0][:2] == ["Developer", "甲乙科技"]


def test_a_doubted_value_is_marked_with_the_message(tiny: sqlite3.Connection) -> None:
    page = entity_page(entity_record(tiny, find_entity(tiny, "xinghe").entity), Labels(tiny, "zh"))
    assert page.tables[0].notes[0] == ["⚠ beyond any model of its year"]
    assert page.tables[0].rows[0][3] == "✗"


def test_a_place_shows_its_profile_its_instruments_and_what_it_takes_part_in(tiny: sqlite3.Connection) -> None:
    record = entity_record(tiny, find_entity(tiny, "云州").entity)
    assert [p["id"] for p in record["profiles"]] == ["yunzhou@early"]
    assert [p["id"] for p in record["instruments"]] == ["yunzhou-measures"]
    assert {s["id"] for s in record["named_in"]} == {"s5eee", "s9iii"}
    tables = entity_page(record, Labels(tiny, "en")).tables
    assert list(tables[0].rows[0]) == ["Measures", "Rewards models"]


@pytest.mark.parametrize(
    ("as_of", "ids"), [(None, 5), ("2022-12-31", 0), ("2023-12-31", 4), ("2024-06-30", 4), ("2024-12-31", 5)]
)
def test_the_base_as_of_a_date_holds_what_was_published_by_then(
    tiny: sqlite3.Connection, as_of: str | None, ids: int
) -> None:
    assert len(entity_record(tiny, find_entity(tiny, "foo3").entity, as_of)["statements"]) == ids


@pytest.mark.parametrize(
    ("date", "day"), [("2024", "2024-12-31"), ("2024-02", "2024-02-31"), ("2024-02-03", "2024-02-03")]
)
def test_a_partial_date_means_its_last_day(date: str, day: str) -> None:
    assert last_day(date) == day


@pytest.mark.parametrize("date", ["", "24", "2024-13", "2024-1-1", "yesterday"])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(ValueError, match="is no date"):
        last_day(date)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_lists_with_its_default_columns(base: Path, kind: str) -> None:
    connection = open_base(base)
    assert columns_named(connection, kind, DEFAULT_COLUMNS[kind]) == list(DEFAULT_COLUMNS[kind])
    for as_of in (None, "2024-12-31"):
        assert isinstance(list(listing(connection, kind, as_of=as_of).records()), list)


@pytest.mark.parametrize(
    ("where", "ids"),
    [
        (["open_source=false"], ["foo-3"]),
        (["open_source=否"], ["foo-3"]),
        (["是否开源=是"], ["xinghe"]),
        (["parameters>=1e11"], ["foo-3"]),
        (["参数规模 >= 1000亿"], ["foo-3"]),
        (["parameters<175B"], []),
        (["parameters="], ["xinghe", "foo-3.5"]),
        (["parameters!=null", "label~FOO"], ["foo-3"]),
        (["label=FOO-3"], ["foo-3"]),
        (["label!=Foo-3", "open_source=true"], ["xinghe"]),
    ],
)
def test_conditions_read_as_people_write_them(tiny: sqlite3.Connection, where: list[str], ids: list[str]) -> None:
    assert [record["id"] for record in listing(tiny, "models", where).records()] == ids


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("paramters>1", "did you mean 'parameters'"),
        ("open_source=maybe", "yes or no, not 'maybe'"),
        ("parameters>many", "is a number, not 'many'"),
        ("parameters", "is not understood"),
        ("label = 1; drop table models", None),
        ('a"b=1', "no column"),
    ],
)
def test_conditions_that_cannot_be_read_are_refused(tiny: sqlite3.Connection, where: str, told: str | None) -> None:
    if told is None:
        assert list(listing(tiny, "models", [where]).rows) == []
        return
    with pytest.raises(RequestError, match=told):
        listing(tiny, "models", [where])


def test_a_list_sorts_with_empty_cells_last(tiny: sqlite3.Connection) -> None:
    def ids(sort: str) -> list[str]:
        return [record["id"] for record in listing(tiny, "models", sort=sort).records()]

    assert ids("-open_source") == ["xinghe", "foo-3", "foo-3.5"]
    assert ids("open_source") == ids("是否开源 asc") == ["foo-3", "xinghe", "foo-3.5"]
    assert ids("label desc")[0] == "xinghe"


def test_yes_and_no_and_whole_numbers_come_as_such(tiny: sqlite3.Connection) -> None:
    (record,) = listing(tiny, "model", ["id=foo-3"], columns=["parameters", "open_source"]).records()
    assert record == {"parameters": 175_000_000_000, "open_source": False}
    assert isinstance(record["parameters"], int)


def test_an_unknown_kind_suggests_one(tiny: sqlite3.Connection) -> None:
    with pytest.raises(RequestError, match="did you mean 'organizations'"):
        listing(tiny, "organisations")


def test_compare_sets_entities_side_by_side(tiny: sqlite3.Connection) -> None:
    records = [entity_record(tiny, find_entity(tiny, name).entity) for name in ("foo3", "xinghe")]
    labels = Labels(tiny, "en")
    rows = {row.property_id: row for row in compared(records, labels)}
    assert [cell(rows["parameters"], n, labels) for n in (0, 1)] == ["175B; 超过千亿", "100万亿 ⚠"]
    assert cell(rows["open_source"], 1, labels) == ""


def test_why_leads_from_the_value_to_the_characters(tiny: sqlite3.Connection) -> None:
    statement = chain(tiny, "s1aaa", Labels(tiny, "en"))
    assert statement["in_words"] == "175 billion parameters"
    assert [other["statement_id"] for other in statement["conflicts"]] == ["s2bbb"]
    add_sentences(tiny, statement, lambda source: TEXT if source["file_name"] == "001_aaaa.txt" else None)
    (evidence,) = statement["evidence"]
    assert evidence["stands"] is True
    assert evidence["sentence"] == {"before": "福三有 ", "span": "175B", "after": " 参数，不开源。"}
    add_sentences(tiny, statement, lambda _: "改" + TEXT)
    assert evidence["stands"] is False


def test_why_as_of_a_date_before_the_source_finds_nothing(tiny: sqlite3.Connection) -> None:
    with pytest.raises(NotFoundError, match="published by 2022-12-31"):
        chain(tiny, "s1aaa", Labels(tiny, "en"), "2022-12-31")


def test_a_sentence_ends_at_its_full_stop_and_drops_layout() -> None:
    text = "前言。大模型有\n\n百 亿参数，\n很大。后记。"
    start = text.index("百 亿")
    assert sentence(text, start, start + 3)["span"] == "百 亿"
    assert sentence(text, start, start + 3)["after"] == "参数，很大。"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (1.75e11, "1750亿", "175 billion"),
        (9.3e7, "9300万", "93 million"),
        (130, "130", "130"),
        (3.14e23, "3.14e+23", "3.14e+23"),
        (1.8e12, "1.8万亿", "1.8 trillion"),
    ],
)
def test_amounts_read_as_people_write_them(value: float, zh: str, en: str) -> None:
    assert (amount(value, "zh"), amount(value, "en")) == (zh, en)


@pytest.mark.parametrize(
    ("low", "high", "unit", "comparator", "zh", "en"),
    [
        (7e9, 65e9, "parameter", "sizes", "70亿 – 650亿参数 (多种规模)", "7 billion – 65 billion parameters (several sizes)"),
        (1e11, None, "parameter", "gt", "大于1000亿参数", "more than 100 billion parameters"),
        (None, 1e9, "parameter", "le", "至多10亿参数", "at most 1 billion parameters"),
        (0.51, 0.51, "fraction", "eq", "51%", "51%"),
        (0.3, 0.3, "fraction", "approx", "约30%", "about 30%"),
        (3.0, 3.0, None, "eq", "3", "3"),
    ],
)  # fmt: skip
def test_bounds_read_in_both_languages(
    tiny: sqlite3.Connection, low: float | None, high: float | None, unit: str | None, comparator: str, zh: str, en: str
) -> None:
    assert bounds(low, high, unit, comparator, Labels(tiny, "zh")) == zh
    assert bounds(low, high, unit, comparator, Labels(tiny, "en")) == en


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("大模型", 6), ("ＡB", 3), ("é", 1), ("e\u0301", 1), ("⚠", 1)])
def test_width_counts_terminal_columns(text: str, width: int) -> None:
    assert width_of(text) == width


@given(st.text(alphabet="大模型，。abc -175B（）é", max_size=60), st.integers(min_value=2, max_value=30))
def test_wrapped_and_cut_text_stays_within_the_width(text: str, width: int) -> None:
    assert width_of(cut(text, width)) <= width
    lines = wrapped(text, width)
    assert all(width_of(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(
    st.lists(
        st.lists(st.text(alphabet="大模型算力abc 175B", max_size=30), min_size=4, max_size=4), min_size=1, max_size=5
    ),
    st.integers(30, 100),
    st.booleans(),
)
def test_a_table_never_exceeds_the_width(rows: list[list[str]], width: int, wrap: bool) -> None:
    table = Table(
        "title",
        ["名称", "Parameters", "是否开源", "id"],
        rows,
        notes={0: ["⚠ 一句很长很长很长很长很长很长的说明"]},
        wrap=wrap,
    )
    assert max(map(width_of, layout(table, width))) <= width


def test_columns_align_across_double_width_characters() -> None:
    lines = list(layout(Table("", ["名称", "n"], [["通义", "1"], ["GPT-3", "2"]]), 80))
    assert lines == ["名称   n", "-----  -", "通义   1", "GPT-3  2"]


def test_columns_that_cannot_fit_stand_as_blocks() -> None:
    table = Table("", [f"column {n}" for n in range(20)], [[str(n) * 9 for n in range(20)]])
    assert next(iter(layout(table, 80))).startswith("column 0")
    assert max(map(width_of, layout(table, 80))) <= 80


def test_a_table_lets_no_control_character_through() -> None:
    assert all(
        "\x1b" not in line and "\n" not in line for line in layout(Table("", ["a"], [["x\x1b[31m\ny\u202e"]]), 80)
    )


def test_markdown_escapes_what_would_break_its_table() -> None:
    assert list(markdown(Table("", ["a|b"], [["<i>|"]]))) == ["| a\\|b |", "| --- |", "| &lt;i>\\| |"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "这一行被排版截断在一个词的中间而其后还有一个空行分开的文\n\n字，上线 14 小时用户数突破 100 万。后来又涨。",
            "这一行被排版截断在一个词的中间而其后还有一个空行分开的文\n\n字，上线 14 小时用户数突破 100 万。",
        ),
        (
            "由于换行，引号里的名字被排到了下一行\n\n“星河工作组”，其用户数突破 100 万。",
            "由于换行，引号里的名字被排到了下一行\n\n“星河工作组”，其用户数突破 100 万。",
        ),
        ("小标题\n\n用户数突破 100 万。", "用户数突破 100 万。"),
        ("上一段在这里结束，这一段的长度超过了二十个字。\n\n用户数突破 100 万。", "用户数突破 100 万。"),
    ],
)
def test_a_blank_line_within_a_wrapped_sentence_does_not_end_it(text: str, wanted: str) -> None:
    start = text.index("100 万")
    begin, end = sentence_bounds(text, start, start + len("100 万"))
    assert text[begin:end].strip() == wanted
