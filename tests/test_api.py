"""The Python API: its examples, and what importing it costs."""

import doctest
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from make_docs import ROOT, run_examples

import damoxing
from tests.hostile import paragraph, word_file

HEAVY = ("sqlmodel", "sqlalchemy", "datasette", "typer", "yaml", "rapidfuzz")


def test_examples_of_the_module_hold() -> None:
    result = doctest.testmod(damoxing)
    assert result.attempted
    assert not result.failed


def test_examples_of_the_page_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    attempted, failures = run_examples("docs/python.md")
    assert attempted > 15
    assert not failures


@pytest.mark.parametrize("name", damoxing.__all__)
def test_every_export_is_there_and_documented(name: str) -> None:
    exported = getattr(damoxing, name)
    assert exported.__doc__, name
    assert name in (ROOT / "docs" / "python.md").read_text(encoding="utf-8")


def test_importing_the_api_is_light() -> None:
    code = f"import sys, damoxing; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_module_only_passes_on_what_others_do(base: Path, tmp_path: Path) -> None:
    report = damoxing.build(None, tmp_path / "damoxing.db")
    connection = damoxing.open_base(tmp_path / "damoxing.db")
    (counted,) = damoxing.rows(connection, "select count(*) as n from statements")
    assert counted["n"] == report.statements
    connection.close()


def test_an_article_is_read_into_statements(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("2024年5月10日，甲乙科技发布大模型“星河”，参数规模约1300亿。\n", encoding="utf-8")
    found = list(damoxing.read_article(article))
    text = article.read_text(encoding="utf-8")
    assert any(item["kind"] == "quantity" and item.get("low") == 1.3e11 for item in found)
    for item in found:
        assert text[item["start_char"] : item["end_char"]] == item["quote"]


def test_an_article_takes_the_date_that_the_caller_knows(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("今年5月10日，甲乙科技发布大模型“星河”。\n", encoding="utf-8")
    dates = {item.get("date") for item in damoxing.read_article(article, date="2024-06-01")}
    assert "2024-05-10" in dates


@pytest.mark.parametrize(
    ("name", "data", "by_another"),
    [("a.txt", "甲乙科技发布大模型。".encode(), False), ("a.docx", word_file(paragraph("甲乙科技发布大模型。")), True)],
)
def test_an_article_that_could_do_harm_is_opened_by_another_process(
    tmp_path: Path, name: str, data: bytes, by_another: bool
) -> None:
    article = tmp_path / name
    article.write_bytes(data)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    list(damoxing.read_article(article))
    assert (resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime > before) == by_another


def test_the_seeds_of_the_package_are_verified(articles: Path) -> None:
    verdict = damoxing.verify(None, articles)
    assert verdict.statements
    assert [str(problem) for problem in verdict.problems] == []
