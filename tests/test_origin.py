"""What `serve` builds anew: an outdated base of the same seeds, and never one of others."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from cli.base import renew
from db.opening import SCHEMA_VERSION, open_base
from etl.build import build
from tests.invented import Seeds


def _age(path: Path) -> None:
    os.utime(path, (0, 0))


def _take_schema_back(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("update base_info set content = '0' where id = 'schema_version'")


outdated = pytest.mark.parametrize("outdate", [_age, _take_schema_back], ids=["older seeds", "older schema"])


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    own = Seeds(tmp_path / "seeds")
    own.parameters("a", "baize", 7e9, 7e9)
    return own.write()


@outdated
def test_an_outdated_base_of_the_same_seeds_is_built_anew(
    tmp_path: Path, seeds: Path, outdate: Callable[[Path], None]
) -> None:
    path = tmp_path / "damoxing.db"
    build(seeds, path)
    outdate(path)
    assert renew(path, [seeds], None) == 0
    assert path.stat().st_mtime > 0
    open_base(path).close()


@outdated
def test_an_outdated_base_of_other_seeds_is_left_as_it_is(
    tmp_path: Path, seeds: Path, outdate: Callable[[Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    other = Seeds(tmp_path / "other")
    other.parameters("elsewhere", "xuanlu", 8e9, 8e9)
    path = tmp_path / "damoxing.db"
    build(other.write(), path)
    outdate(path)
    before = path.read_bytes()
    assert renew(path, [seeds], None) == 0
    assert path.read_bytes() == before
    told = capsys.readouterr().err
    assert "'elsewhere'" in told
    assert f"damoxing build --db {path} --seeds DIR" in told


def test_a_base_as_of_a_day_is_left_as_it_is(tmp_path: Path, seeds: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "damoxing.db"
    build(seeds, path, as_of="1999")
    _age(path)
    assert renew(path, [seeds], None) == 0
    assert path.stat().st_mtime == 0
    assert "as of 1999" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"notes that somebody keeps", b""])
def test_a_file_that_is_no_base_is_left_as_it_is(tmp_path: Path, seeds: Path, content: bytes) -> None:
    path = tmp_path / "notes.db"
    path.write_bytes(content)
    _age(path)
    assert renew(path, [seeds], None) == 0
    assert path.read_bytes() == content


def test_a_base_of_a_newer_schema_is_left_to_a_newer_damoxing(tmp_path: Path, seeds: Path) -> None:
    path = tmp_path / "damoxing.db"
    build(seeds, path)
    with closing(sqlite3.connect(path)) as connection, connection:
        newer = str(SCHEMA_VERSION + 1)
        connection.execute("update base_info set content = ? where id = 'schema_version'", (newer,))
    _age(path)
    before = path.read_bytes()
    assert renew(path, [seeds], None) == 0
    assert path.read_bytes() == before
