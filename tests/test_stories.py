"""The findings: tables and pictures that say what the base says."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.make_stories import FOLDER, STORIES, pages, statements


@pytest.fixture(scope="module")
def connection(package_base: Path) -> sqlite3.Connection:
    """Open the base of the package."""
    return sqlite3.connect(package_base)


def test_tables_and_pictures_are_current(connection: sqlite3.Connection) -> None:
    pytest.importorskip("vl_convert")
    stale = [path.name for path, text in pages(connection) if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run `python -m tests.make_stories`"


@pytest.mark.parametrize("name", STORIES)
def test_a_finding_contradicts_itself_by_more_than_one_source(connection: sqlite3.Connection, name: str) -> None:
    rows = [row for panel in STORIES[name] for row in statements(connection, panel)]
    assert len({(row["low"], row["high"], row["date"]) for row in rows}) > 1
    assert len({row["source_id"] for row in rows}) > 1


@pytest.mark.parametrize("name", STORIES)
def test_a_finding_shows_its_picture_and_links_sources_that_are_there(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert f"]({name}.svg)" in text
    links = re.findall(r"\]\((\.\./[^)]+)\)", text)
    assert links
    assert [link for link in links if not (FOLDER / link).is_file()] == []
