"""A base opened to be read, with plain sqlite3: look-ups must start fast."""

import sqlite3
from pathlib import Path

from db.errors import BaseError

__all__ = ["SCHEMA_VERSION", "BaseError", "open_base"]

# The same number as schema.rows.SCHEMA_VERSION, which costs an import of pydantic; a test holds them together.
SCHEMA_VERSION = 1


def open_base(path: Path) -> sqlite3.Connection:
    """Open a base read-only.

    Raise BaseError where the file is missing, is no base of damoxing, or has another schema version.
    """
    if not path.is_file():
        raise BaseError(
            f"no database at {str(path)!r}; make it with `damoxing build --db FILE`, or name another with --db"
        )
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        version = _schema_version(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise BaseError(f"{str(path)!r} is not a base of damoxing ({error}); name another with --db") from error
    if version != str(SCHEMA_VERSION):
        connection.close()
        raise BaseError(_other_version(path, version))
    return connection


def _schema_version(connection: sqlite3.Connection) -> str | None:
    row = connection.execute("select content from base_info where id = 'schema_version'").fetchone()
    return None if row is None else str(row[0])


def _other_version(path: Path, version: str | None) -> str:
    have = f"{str(path)!r} has schema version {version!r}, this damoxing reads {str(SCHEMA_VERSION)!r}"
    if version is not None and version.isdigit() and int(version) > SCHEMA_VERSION:
        return f"{have}; install a newer damoxing"
    return f"{have}; build it anew with `damoxing build --db FILE`"
