"""The READMEs: the same in both languages, and everything that they show is so."""

import asyncio
import re
import sqlite3
from pathlib import Path

import pytest
from make_docs import READMES, ROOT, run_line

_BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_CONSOLE_LINE = re.compile(r"^\$ (damoxing .+)$", re.MULTILINE)
_URL = re.compile(r"http://127\.0\.0\.1:8001(/\S*?)(?=[\s`，。；]|\.\s|$)")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, kind: str) -> list[str]:
    return [content for found, content in _BLOCK.findall(text_of(name)) if found == kind]


def headings(name: str) -> list[str]:
    text = re.sub(r"```.*?```", "", text_of(name), flags=re.DOTALL)
    return [line.split(" ")[0] for line in text.splitlines() if line.startswith("#")]


def test_both_have_the_same_headings_and_links() -> None:
    english, chinese = READMES
    assert headings(english) == headings(chinese)
    links = [set(re.findall(r"\]\(([^)]+)\)", text_of(name))) - set(READMES) for name in READMES]
    assert links[0] == links[1]


def test_both_have_the_same_code_blocks() -> None:
    english, chinese = (
        [
            (kind, _CONSOLE_LINE.findall(content) if kind == "console" else content)
            for kind, content in _BLOCK.findall(text_of(name))
        ]
        for name in READMES
    )
    assert english == chinese


def test_both_have_as_many_paragraphs_under_each_heading() -> None:
    counts = []
    for name in READMES:
        text = re.sub(r"```.*?```", "CODE", text_of(name), flags=re.DOTALL)
        parts = re.split(r"^#+ .+$", text, flags=re.MULTILINE)
        counts.append([len([p for p in part.split("\n\n") if p.strip()]) for part in parts])
    english, chinese = counts
    # The Chinese one says besides that the documents are in English.
    assert [b - a for a, b in zip(english, chinese, strict=True)].count(0) >= len(english) - 1


@pytest.mark.parametrize("name", list(READMES))
def test_the_two_commands_are_named(name: str) -> None:
    text = text_of(name)
    assert "`make serve`" in text
    assert "`make test`" in text
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)$", "\n".join(blocks(name, "bash")), re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


@pytest.mark.parametrize("name", list(READMES))
def test_commands_print_what_is_shown(name: str, package_base: Path) -> None:
    shown = blocks(name, "console")
    assert len(shown) >= 3
    for block in shown:
        line, _, output = block.partition("\n")
        assert line.startswith("$ damoxing "), line
        assert run_line(line[2:], package_base, READMES[name]) == output.rstrip("\n"), (
            f"{line} in {name}; run `make docs`"
        )
        assert "\n$ " not in output


@pytest.mark.parametrize("name", list(READMES))
def test_sql_answers(name: str, package_base: Path) -> None:
    connection = sqlite3.connect(f"{package_base.as_uri()}?mode=ro", uri=True)
    for sql in blocks(name, "sql"):
        assert connection.execute(sql).fetchall()


def test_addresses_answer(package_base: Path) -> None:
    from db.site import datasette

    site = datasette(package_base)
    for name in READMES:
        paths = _URL.findall(text_of(name))
        assert len(paths) >= 4
        for path in paths:
            response = asyncio.run(site.client.get(path, follow_redirects=True))
            assert response.status_code == 200, path
            assert response.text


@pytest.mark.parametrize("name", list(READMES))
def test_python_example_gives_what_is_told(name: str) -> None:
    import damoxing

    (example,) = blocks(name, "python")
    *statements, expression = example.strip().splitlines()
    scope: dict[str, object] = {}
    exec("\n".join(statements), scope)
    assert f"`{eval(expression, scope)!r}`" in text_of(name)
    assert isinstance(eval(expression, scope), damoxing.Quantity)


@pytest.mark.parametrize("name", list(READMES))
def test_licences_are_named_and_there(name: str) -> None:
    text = text_of(name)
    for licence, file in (("Apache-2.0", "LICENSE"), ("CC BY 4.0", "LICENSE-DATA")):
        assert licence in text
        assert f"({file})" in text
        assert (ROOT / file).is_file()


def test_changelog_begins_with_the_version_at_hand() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    found = re.search(r'^version = "(\d+\.\d+\.\d+)', project, re.MULTILINE)
    assert found
    assert re.search(rf"^## {re.escape(found[1])}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
