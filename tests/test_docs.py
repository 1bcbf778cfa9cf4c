"""The documents: generated parts are current, everything is described, links lead somewhere, examples run."""

import hashlib
import re
import sqlite3
from pathlib import Path

import make_docs
import pytest
from make_docs import DOCS, EXAMPLE, PAGES, PARTLY, READMES, ROOT, commands, documents, generated

from schema.tables import COLUMNS
from schema.wide import VIEWS

# A Markdown link that is no picture, and not within code.
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_REGISTRIES = re.compile(r"pypi\.org|pythonhosted|npmjs|crates\.io|registry\.|proxy\.golang|mirrors?\.", re.IGNORECASE)
_MACHINE_PATH = re.compile(r"(?<![\w.])/(work|tmp|root|home|Users)/")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*PAGES, *PARTLY])
def test_generated_document_is_current(name: str, package_base: Path) -> None:
    assert text_of(name) == generated(name, package_base), f"{name} has drifted; run `make docs`"


def test_every_table_and_column_of_the_base_is_documented(package_base: Path) -> None:
    connection = sqlite3.connect(package_base)
    names = [row[0] for row in connection.execute("select name from sqlite_master where type in ('table', 'view')")]
    page = text_of("docs/tables.md")
    for name in names:
        if "_fts" in name or name.startswith("sqlite_"):
            continue
        assert f"### `{name}`\n" in page, name
        if name in VIEWS:
            continue
        part = page.split(f"### `{name}`\n")[1].split("\n### ")[0]
        for row in connection.execute(f"select name from pragma_table_info('{name}')"):
            assert f"| `{row[0]}` |" in part, f"{name}.{row[0]}"


def test_every_search_table_of_the_base_is_named(package_base: Path) -> None:
    connection = sqlite3.connect(package_base)
    page = text_of("docs/tables.md")
    for (name,) in connection.execute("select name from sqlite_master where sql like 'create virtual table%'"):
        assert f"`{name}`" in page


@pytest.mark.parametrize(
    ("page", "table"),
    [("properties", "properties"), ("units", "units"), ("vocabularies", "terms")],
)
def test_every_word_of_the_base_is_documented(page: str, table: str, package_base: Path) -> None:
    text = text_of(f"docs/{page}.md")
    missing = [
        i for (i,) in sqlite3.connect(package_base).execute(f"select id from {table}") if f"| `{i}` |" not in text
    ]
    assert not missing


def test_every_command_and_option_is_documented() -> None:
    page = text_of("docs/cli.md")
    for name in commands():
        assert f"## damoxing {name}\n" in page
    assert "[required]" in page


def test_every_command_is_told_in_the_changelog_or_the_documents() -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in documents() if path.name != "cli.md")
    untold = [name for name in commands() if not re.search(rf"damoxing {name}\b|`{name}`", written)]
    assert not untold


def test_labels_stand_in_chinese_and_english() -> None:
    page = text_of("docs/tables.md")
    for columns in COLUMNS.values():
        for column in columns:
            assert f"{column.label_zh} · {column.label_en}" in page


def anchors(path: Path) -> set[str]:
    """Return the anchors that a page's headings get on a forge: lower case, blanks to hyphens, punctuation gone."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", list(documents()), ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in _LINK.findall(text):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name) if name else path
        assert target.exists(), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("path", list(documents()), ids=lambda path: path.name)
def test_documents_name_no_machine_and_no_registry(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not _MACHINE_PATH.search(text)
    assert not _REGISTRIES.search(text)


def test_every_document_is_linked_from_both_readmes() -> None:
    for name in READMES:
        linked = set(_LINK.findall(text_of(name)))
        assert {f"docs/{path.name}" for path in DOCS.glob("*.md")} <= linked, name


def test_example_of_adding_an_article_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_docs.write_files(text_of(EXAMPLE), tmp_path)
    monkeypatch.chdir(tmp_path)
    attempted, failures = make_docs.run_examples(EXAMPLE)
    assert attempted
    assert not failures


def test_quantities_of_the_data_model_are_read_so() -> None:
    from damoxing import read_quantity

    part = text_of("docs/data-model.md").split("### Quantities")[1].split("## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line[:1] == "|"][2:]
    assert len(rows) >= 8
    for printed, low, high, unit, comparator in rows:
        found = read_quantity(printed)
        bounds = [float(bound) if bound else None for bound in (low, high)]
        assert [found.low, found.high] == bounds, printed
        assert (f"`{found.unit}`", f"`{found.comparator}`") == (unit, comparator), printed


def test_words_for_comparators_and_statuses_are_told() -> None:
    from typing import get_args

    from schema.words import Assertion, Comparator, Kind, Rank, ValueStatus

    page = text_of("docs/data-model.md")
    for word in (*get_args(Comparator), *get_args(ValueStatus), *get_args(Rank), *get_args(Assertion)):
        if word not in {"reported", "lt", "le"}:
            assert word in page, word
    for kind in get_args(Kind):
        assert kind.replace("dataset", "data set") in page, kind


def test_quality_counts_what_verify_counts(package_base: Path, articles: Path) -> None:
    from damoxing import verify

    verdict = verify(None, articles)
    assert not verdict.problems
    connection = sqlite3.connect(package_base)
    sql = "select count(*) from {} where source_id in (select id from sources where sha256 in ({}))"
    read = ",".join(f"'{hashlib.sha256(path.read_bytes()).hexdigest()}'" for path in articles.iterdir())
    counted = [connection.execute(sql.format(table, read)).fetchone()[0] for table in ("statements", "evidence")]
    assert counted[0] == verdict.statements
    assert verdict.spans <= counted[1]


def test_readers_agreement_is_within_what_each_noted() -> None:
    lines = text_of("seeds/reading-agreement.csv").splitlines()[1:]
    assert len(lines) > 30
    for line in lines:
        a, b, both = (int(number) for number in line.split(",")[2:])
        assert both <= min(a, b), line


def test_third_readers_tables_add_up() -> None:
    part = text_of("docs/quality.md").split("## The third reader")[1].split("\n## ")[0]
    rows = [
        [int(cell) for cell in re.findall(r"\| (\d+)(?= \|)", line)] for line in part.splitlines() if line[:1] == "|"
    ]
    rows = [row for row in rows if row]
    samples = [rows[:6], rows[6:]]
    assert [len(sample) for sample in samples] == [6, 6]
    for *articles, total in samples:
        assert [sum(column) for column in zip(*articles, strict=True)] == total
        assert sum(total) == 100
