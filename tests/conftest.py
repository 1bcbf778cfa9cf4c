"""Fixtures: the built base, and the texts that only some machines have."""

import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DAMOXING_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the seeds of the first five articles, once."""
    from tests.first_seeds import write_first_seeds

    return write_first_seeds(tmp_path_factory.mktemp("first") / "seeds")


@pytest.fixture(scope="session")
def base(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the base of the first five articles, once."""
    from etl.build import build

    path = tmp_path_factory.mktemp("base") / "damoxing.db"
    build(first, path)
    return path


@pytest.fixture(scope="session")
def package_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the base of all of the package's seeds, once."""
    from etl.build import build

    path = tmp_path_factory.mktemp("package") / "damoxing.db"
    build(None, path)
    return path


@pytest.fixture(scope="session")
def articles() -> Path:
    """Return the folder of the first articles; skip where it is absent, for they are not part of the project."""
    folder = SHARED / "articles"
    if not folder.is_dir():
        pytest.skip("the articles are not on this machine (../shared/articles)")
    return folder


@pytest.fixture(scope="session")
def dev_texts() -> Path:
    """Return the folder of the development texts; skip where it is absent."""
    folder = SHARED / "dev"
    if not folder.is_dir():
        pytest.skip("the development texts are not on this machine (../shared/dev)")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """Start a PostgreSQL server, once, and give what makes an empty database and tells its address."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    from tests.postgres_server import programs, server

    binaries = programs()
    if binaries is None:
        why = "PostgreSQL is not on this machine; `apt-get install --no-install-recommends postgresql` brings it"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    import psycopg

    with server(binaries) as address, psycopg.connect(address.format("postgres"), autocommit=True) as connection:
        numbers = itertools.count(1)

        def made() -> str:
            name = f"base{next(numbers)}"
            connection.execute(f"create database {name}".encode())
            return address.format(name)

        yield made
