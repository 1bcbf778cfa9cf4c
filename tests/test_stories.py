"""The findings: tables and pictures that say what the base says."""

import os
import re
import sqlite3
from pathlib import Path

import pytest

from tests.make_stories import FOLDER, STORIES, pages, statements


@pytest.fixture(scope="module")
def connection(package_base: Path) -> sqlite3.Connection:
    """Open the base of the package."""
    return sqlite3.connect(package_base)


@pytest.mark.parametrize("ending", [".md", ".svg"])
def test_tables_and_pictures_are_current(connection: sqlite3.Connection, ending: str) -> None:
    pytest.importorskip("vl_convert")
    if ending == ".svg" and not os.environ.get("CI") and not any(Path("/usr/share/fonts").rglob("NotoSansCJK-*")):
        pytest.skip(
            "the pictures are as wide as their labels in Noto Sans CJK (Debian's fonts-noto-cjk), which is not here"
        )
    drawn = [(path, text) for path, text in pages(connection) if path.suffix == ending]
    assert drawn
    stale = [path.name for path, text in drawn if path.read_text(encoding="utf-8") != text]
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
