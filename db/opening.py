"""A base opened to be read, with plain sqlite3 where it is a file: look-ups must start fast."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import overload

from db.address import is_address, shown
from db.connection import Connection
from db.errors import BaseError

__all__ = ["SCHEMA_VERSION", "BaseError", "open_base", "schema_version_of"]

# The same number as schema.rows.SCHEMA_VERSION, which costs an import of pydantic; a test holds them together.
SCHEMA_VERSION = 3


@overload
def open_base(place: Path) -> sqlite3.Connection: ...
@overload
def open_base(place: Path | str) -> Connection: ...
def open_base(place: Path | str) -> Connection:
    """Open a base read-only: a file, or the address of a PostgreSQL database.

    Raise BaseError where it is missing, is no base of damoxing, or has another schema version; MissingLibraryError
    where psycopg is needed and not installed.
    """
    if isinstance(place, str) and is_address(place):
        from db.postgres import open_postgres

        connection: Connection = open_postgres(place)
    else:
        connection = _open_file(Path(place))
    try:
        version = _schema_version(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise BaseError(
            f"{str(place)!r} is not a base of damoxing ({error}); name another with --db, or build it anew: damoxing build --db FILE"
        ) from error
    if version != str(SCHEMA_VERSION):
        connection.close()
        raise BaseError(_other_version(place, version))
    return connection


def schema_version_of(path: Path) -> int:
    """Return a base's schema version; raise sqlite3.DatabaseError where the file is no base."""
    with closing(_open_file(path)) as connection:
        version = _schema_version(connection)
    if version is None or not version.isdigit():
        raise sqlite3.DatabaseError(f"schema version {version!r}")
    return int(version)


def _open_file(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise BaseError(
            f"no database at {str(path)!r}; make it with `damoxing build --db FILE`, or name another with --db"
        )
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _schema_version(connection: Connection) -> str | None:
    row = connection.execute("select content from base_info where id = 'schema_version'").fetchone()
    return None if row is None else str(row[0])


def _other_version(place: Path | str, version: str | None) -> str:
    have = f"{shown(place)!r} has schema version {version!r}, this damoxing reads {str(SCHEMA_VERSION)!r}"
    if version is not None and version.isdigit() and int(version) > SCHEMA_VERSION:
        return f"{have}; install a newer damoxing"
    return f"{have}; build it anew with `damoxing build --db {'URL' if is_address(place) else 'FILE'}`"
