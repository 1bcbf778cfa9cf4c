"""Releases: the state of every statement is kept, and what changed between two is told by statement."""

import json
import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from etl.release import ReleaseError, change_rows, differences, read_releases, states_of, write_release
from tests.invented import Seeds


@pytest.fixture
def seeds(tmp_path: Path) -> Seeds:
    """Return seeds of two statements."""
    found = Seeds(tmp_path / "seeds")
    found.parameters("one", "baize", 7e9, 7e9, id="sa")
    found.parameters("one", "qingluan", 175e9, 175e9, id="sb")
    return found


def _release(seeds: Seeds, db: Path, version: str) -> Path:
    seeds.build(db).close()
    connection = sqlite3.connect(db)
    return write_release(connection, seeds.folder, version, "2026-11-24", f"release {version}")


def _change(seeds: Seeds) -> None:
    """Change one statement, take one out and put one in."""
    seeds.statements["one"][0] |= {"low": 8e9, "high": 8e9}
    del seeds.statements["one"][1]
    seeds.parameters("two", "xuanlu", 52e9, 52e9, id="sc")


def test_a_release_keeps_every_statement_and_reads_back(seeds: Seeds, tmp_path: Path) -> None:
    path = _release(seeds, tmp_path / "base.db", "0.1.0")
    assert path == seeds.folder / "releases" / "0.1.0.jsonl"
    header = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert (header["version"], header["released_on"], header["note"]) == ("0.1.0", "2026-11-24", "release 0.1.0")
    [release] = read_releases(seeds.folder)
    assert release.statements == states_of(str(tmp_path / "base.db"), seeds.folder)
    assert release.statements["sb"].value == "甲 (eq 1.75e+11 parameter)"


def test_what_changed_is_told_by_statement(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "old.db", "0.1.0")
    _change(seeds)
    seeds.build(tmp_path / "new.db")
    changes = {
        c.statement_id: c
        for c in differences(states_of("0.1.0", seeds.folder), states_of(str(tmp_path / "new.db"), seeds.folder))
    }
    assert {i: c.change for i, c in changes.items()} == {"sa": "changed", "sb": "removed", "sc": "added"}
    assert (changes["sa"].old, changes["sa"].new) == ("甲 (eq 7e+09 parameter)", "甲 (eq 8e+09 parameter)")
    assert (changes["sb"].new, changes["sc"].old) == (None, None)
    assert change_rows(changes.values())[0]["subject_id"] == "baize"


def test_a_base_is_no_different_from_itself_and_from_one_built_anew(seeds: Seeds, tmp_path: Path) -> None:
    seeds.build(tmp_path / "one.db")
    seeds.build(tmp_path / "two.db")
    one, two = (states_of(str(tmp_path / name), seeds.folder) for name in ("one.db", "two.db"))
    assert list(differences(one, two)) == []


def test_a_moved_span_is_a_change_and_a_new_rank_is_none(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "base.db", "0.1.0")
    seeds.statements["one"][0]["evidence"][0] |= {"start_char": 5, "end_char": 6}
    seeds.source("primary", tier=1)
    seeds.parameters("primary", "qingluan", 175e9, 175e9, id="sc")
    seeds.build(tmp_path / "base.db")
    changes = differences(states_of("0.1.0", seeds.folder), states_of(str(tmp_path / "base.db"), seeds.folder))
    assert {c.statement_id: c.change for c in changes} == {"sa": "changed", "sc": "added"}


def test_the_base_knows_in_which_releases_a_statement_stood(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "base.db", "0.1.0")
    _change(seeds)
    _release(seeds, tmp_path / "base.db", "0.2.0")
    seeds.parameters("two", "sixiang", 1e10, 1e10, id="sd")
    connection = seeds.build(tmp_path / "base.db")
    rows = connection.execute("select id, first_release, last_release from statements order by id")
    assert [tuple(row) for row in rows] == [("sa", "0.1.0", "0.2.0"), ("sc", "0.2.0", "0.2.0"), ("sd", None, None)]
    rows = connection.execute("select release_id, statement_id, change, fields from changes order by id")
    assert [tuple(row) for row in rows] == [
        ("0.1.0", "sa", "added", None),
        ("0.1.0", "sb", "added", None),
        ("0.2.0", "sa", "changed", '["value"]'),
        ("0.2.0", "sb", "removed", None),
        ("0.2.0", "sc", "added", None),
    ]
    rows = connection.execute("select id, statement_count, note from releases order by id")
    assert [tuple(row) for row in rows] == [("0.1.0", 2, "release 0.1.0"), ("0.2.0", 2, "release 0.2.0")]


def test_a_release_does_not_change_the_content_hash(seeds: Seeds, tmp_path: Path) -> None:
    info = "select content from base_info where id = 'content_hash'"
    before = seeds.build(tmp_path / "base.db").execute(info).fetchone()[0]
    _release(seeds, tmp_path / "base.db", "0.1.0")
    assert seeds.build(tmp_path / "base.db").execute(info).fetchone()[0] == before


def test_a_renamed_subject_changes_its_statements_and_no_id(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "base.db", "0.1.0")
    (seeds.folder / "entities" / "model" / "baize.yaml").unlink()
    seeds.list("redirects", {"old_id": "baize", "new_id": "xuanlu", "reason": "merged"})
    seeds.build(tmp_path / "base.db")
    changes = differences(states_of("0.1.0", seeds.folder), states_of(str(tmp_path / "base.db"), seeds.folder))
    assert [(c.statement_id, c.change, c.subject_id) for c in changes] == [("sa", "changed", "xuanlu")]


@pytest.mark.parametrize("version", ["1", "0.1", "v0.1.0", "0.1.0-rc1", "../0.1.0", ""])
def test_a_malformed_version_is_refused(seeds: Seeds, tmp_path: Path, version: str) -> None:
    with pytest.raises(ReleaseError, match=r"is not of the form 1\.2\.3"):
        _release(seeds, tmp_path / "base.db", version)
    assert not (seeds.folder / "releases").exists()


@pytest.mark.parametrize("version", ["0.9.0", "0.10.0", "0.9.9"])
def test_a_version_that_is_not_newer_is_refused(seeds: Seeds, tmp_path: Path, version: str) -> None:
    _release(seeds, tmp_path / "base.db", "0.10.0")
    _change(seeds)
    with pytest.raises(ReleaseError, match=r"is not newer than '0\.10\.0'"):
        _release(seeds, tmp_path / "base.db", version)


def test_nothing_new_is_no_release(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "base.db", "0.1.0")
    with pytest.raises(ReleaseError, match=r"nothing changed since 0\.1\.0"):
        _release(seeds, tmp_path / "base.db", "0.2.0")


def test_releases_are_ordered_by_number_and_not_by_letter(seeds: Seeds, tmp_path: Path) -> None:
    for number, version in enumerate(("0.2.0", "0.9.0", "0.10.0")):
        seeds.parameters("one", "xuanlu", number + 1.0, number + 1.0)
        _release(seeds, tmp_path / "base.db", version)
    assert [release.version for release in read_releases(seeds.folder)] == ["0.2.0", "0.9.0", "0.10.0"]


@pytest.mark.parametrize("content", ["", "{}\n", "[1\n", '{"version": "1.0.0"}\n'])
def test_a_spoilt_release_file_is_told(seeds: Seeds, tmp_path: Path, content: str) -> None:
    path = _release(seeds, tmp_path / "base.db", "0.1.0")
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReleaseError, match="restore it from version control"):
        states_of("0.1.0", seeds.folder)


def test_what_is_neither_base_nor_release_is_told(seeds: Seeds, tmp_path: Path) -> None:
    _release(seeds, tmp_path / "base.db", "0.1.0")
    with pytest.raises(ReleaseError, match=r"neither a database file nor a release \(known: 0\.1\.0\)"):
        states_of("9.9.9", seeds.folder)
    (tmp_path / "other.db").write_bytes(b"no database")
    with pytest.raises(ReleaseError, match="is no damoxing base"):
        states_of(str(tmp_path / "other.db"), seeds.folder)


def test_a_diff_in_markdown_reads_as_a_changelog(seeds: Seeds, tmp_path: Path) -> None:
    seeds.say("one", "xuanlu", "parameters", "甲", low=52e9, high=52e9, unit="parameter")
    moved = seeds.say("one", "baize", "parameters", "7000000000.0", low=7e9, high=7e9, unit="parameter")
    seeds.build(tmp_path / "old.db")
    statements = seeds.statements["one"]
    next(s for s in statements if s["id"] == moved).update(low=7e10, high=7e10)
    statements[:] = [s for s in statements if s["subject_id"] != "xuanlu"]
    seeds.say("one", "sixiang", "released", id="snew", date="2024-05-01")
    seeds.build(tmp_path / "new.db")
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "old.db"), str(tmp_path / "new.db"), "--format", "md"])
    assert result.exit_code == 0, result.output
    text = result.stdout
    assert "### New entities (1; 1 statement)\n\n- **Sixiang** (one): Released 2024-05-01" in text
    assert "### Entities gone (1; 1 statement)\n\n- **Xuanlu** (one): Parameters 甲" in text
    assert "- **Baize**, Parameters: 7 billion parameter → 70 billion parameter (one)" in text


def test_two_equal_bases_have_an_empty_changelog(seeds: Seeds, tmp_path: Path) -> None:
    seeds.build(tmp_path / "one.db")
    result = CliRunner().invoke(app, ["diff", str(tmp_path / "one.db"), str(tmp_path / "one.db"), "--format", "md"])
    assert result.stdout.strip() == "Nothing changed."
