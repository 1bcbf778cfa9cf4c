"""Search in Chinese and Latin, from one character up, safe with any punctuation."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import build_tiny

from db.grams import FTS_TABLES, TOKENIZER, index_text, query_text
from db.opening import open_base
from db.search import search


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = open_base(build_tiny(tmp_path_factory.mktemp("tiny") / "tiny.db"))
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def index() -> sqlite3.Connection:
    """Return an empty search table that takes any text."""
    connection = sqlite3.connect(":memory:")
    connection.execute(FTS_TABLES["sources_fts"].create_sql("fts"))
    return connection


def finds(index: sqlite3.Connection, text: str, query: str) -> bool:
    index.execute("insert into fts(fts) values ('delete-all')")
    index.execute("insert into fts (rowid, title) values (1, ?)", (index_text(text),))
    match = query_text(query)
    return match is not None and index.execute("select 1 from fts where fts match ?", (match,)).fetchone() is not None


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("通义千问大模型", "千问"),
        ("通义千问大模型", "问"),
        ("通义千问大模型", "通义千问大模型"),
        ("通义千问大模型", "义千问大模"),
        ("GPT-4", "GPT4"),
        ("GPT-4", "gpt-4"),
        ("GPT-4 Turbo", "gpt 4"),
        ("GPT-4-Turbo", "gpt4"),
        ("gpt4", "gpt"),
        ("Qwen2.5-72B", "Qwen2.5_72B"),
        ("Qwen2.5-72B", "qwen2.5"),
        ("Qwen2.5-72B", "72b"),
        ("ＡＩ大模型", "AI/大模型"),
        ("AI大模型", "ai"),
        ("国产大模型与通义千问", "大模型、千问"),
        ("训练用 45TB 数据", "45tb"),
        ("超1,750亿", "1"),
        ("Straße", "strasse"),
        ("AlphaFold2", "alphafold"),
        ("コード生成", "コード"),
    ],
)
def test_a_text_is_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert finds(index, text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("通义千问", "千义"),
        ("GPT-3.5", "GPT-35"),
        ("GPT-4", "gpt5"),
        ("大模型", "大型"),
        ("通义千问大模", "千问大模型"),
    ],
)
def test_another_text_is_not_found(index: sqlite3.Connection, text: str, query: str) -> None:
    assert not finds(index, text, query)


@pytest.mark.parametrize("query", ["", " ", '"', "*", "、", "()", "'; --", "^", ":", "…", "\x00", "🤖"])
def test_a_query_without_a_word_asks_for_nothing(query: str) -> None:
    assert query_text(query) is None


@pytest.mark.parametrize(
    "query",
    [
        "NEAR",
        "NEAR(a b)",
        "a AND",
        "OR",
        "NOT x",
        'a"b',
        "a*",
        "title:a",
        "-a",
        "{a b}",
        "大*模",
        "a\x00b",
        "^a + b",
        "a" * 5000,
        "大模型" * 3000,
    ],
)
def test_a_query_of_any_kind_is_safe(tiny: sqlite3.Connection, query: str) -> None:
    assert isinstance(search(tiny, query), list)


@given(st.text(max_size=40))
def test_any_text_finds_itself(text: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(FTS_TABLES["sources_fts"].create_sql("fts"))
    assert finds(connection, text, text) == (query_text(text) is not None)


def test_every_token_stays_one_token_to_sqlite() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute(f'create virtual table t using fts5(x, tokenize="{TOKENIZER}")')
    connection.execute("create virtual table v using fts5vocab(t, 'instance')")
    letters = [chr(point) for point in range(sys.maxunicode) if chr(point).isalnum()]
    tokens = [token for char in letters for token in index_text(char).split()]
    connection.executemany("insert into t (rowid, x) values (?, ?)", enumerate(f"a{token}b" for token in tokens))
    split = connection.execute("select doc from v group by doc having count(*) > 1").fetchall()
    assert [tokens[row[0]] for row in split] == []


def test_longer_names_are_tokens_of_their_own() -> None:
    assert index_text(names=["通义千问大模型"]).split()[0] == "通义千问大模型"
    assert "通义千问大模型" not in index_text("通义千问大模型").split()


def test_entities_come_first_then_statements_then_sources(tiny: sqlite3.Connection) -> None:
    found = [(hit["found"], hit["id"]) for hit in search(tiny, "大模型")]
    assert found[0] == ("entity", "xinghe")
    assert [kind for kind, _ in found] == sorted(
        (kind for kind, _ in found), key=["entity", "statement", "source"].index
    )
    assert found[-2:] == [("source", "early"), ("source", "late")]


def test_the_exact_name_comes_before_a_longer_one(tiny: sqlite3.Connection) -> None:
    assert [hit["id"] for hit in search(tiny, "FOO 3") if hit["found"] == "entity"] == ["foo-3", "foo-3.5"]


def test_statements_with_a_printed_figure_come_before_words(tiny: sqlite3.Connection) -> None:
    assert [hit["id"] for hit in search(tiny, "星河") if hit["found"] == "statement"] == ["s11kk", "s6fff", "s7ggg"]


def test_words_that_never_stand_together_are_found_apart(tiny: sqlite3.Connection) -> None:
    found = {hit["id"] for hit in search(tiny, "云州、foo3")}
    assert {"yunzhou", "foo-3"} <= found


def test_one_character_finds(tiny: sqlite3.Connection) -> None:
    assert {"s7ggg", "late"} <= {hit["id"] for hit in search(tiny, "算")}


def test_the_limit_holds_for_each_sort_of_hit(tiny: sqlite3.Connection) -> None:
    assert [hit["found"] for hit in search(tiny, "大模型", limit=1)] == ["entity", "source"]


def test_search_as_of_a_date_leaves_out_later_sources(tiny: sqlite3.Connection) -> None:
    found = {hit["id"] for hit in search(tiny, "算力", as_of="2023-12-31")}
    assert "late" not in found
    assert "s7ggg" not in found


def test_the_package_base_answers_the_questions_of_the_field(base: Path) -> None:
    connection = open_base(base)
    firsts = {query: search(connection, query)[0]["id"] for query in ("千问", "GPT4", "大模型、千问", "AI/大模型")}
    assert firsts == {
        "千问": "tongyi-qianwen",
        "GPT4": "gpt-4",
        "大模型、千问": "tongyi-qianwen",
        "AI/大模型": firsts["AI/大模型"],
    }
    assert search(connection, "算")
