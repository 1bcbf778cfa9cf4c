"""What a query of a stranger may cost and reach: lengths, columns, bytes of all its rows; nothing but reading."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import islice
from typing import Any

# What Datasette opens with, which may be another build than Python's own.
from datasette.utils import sqlite3 as sqlite

from db.site_watch import WatchedConnection

MOST_VALUE_BYTES = 50_000
"""Bytes of one value; those of a base have a few hundred. Some functions take the product of two values' lengths."""
MOST_PATTERN_BYTES = 200
"""Bytes of a pattern of LIKE or GLOB, for the same reason."""
MOST_STEPS = 3_000
"""Steps of a compiled query, our own having hundreds: those that are no loop cannot be stopped before their end."""
MOST_HEAP_BYTES = 200_000_000
"""Bytes that SQLite may take for all queries together."""
MOST_COLUMNS = 200
MOST_FETCHED = 10_000_000
"""Characters and bytes of all rows that one query gives."""
MOST_CELLS = 10_000
"""Cells of one page of a visitor's own query: each is drawn while other visitors wait."""
_WANTED = {
    "SQLITE_LIMIT_LENGTH": MOST_VALUE_BYTES,
    "SQLITE_LIMIT_SQL_LENGTH": 100_000,
    "SQLITE_LIMIT_COLUMN": MOST_COLUMNS,
    "SQLITE_LIMIT_COMPOUND_SELECT": 50,
    "SQLITE_LIMIT_LIKE_PATTERN_LENGTH": MOST_PATTERN_BYTES,
    "SQLITE_LIMIT_VDBE_OP": MOST_STEPS,
    "SQLITE_LIMIT_ATTACHED": 0,
}
_LIMITS = {getattr(sqlite3, name): most for name, most in _WANTED.items() if hasattr(sqlite3, name)}
# Those that Datasette and full-text search send; each only tells, and none takes a value.
_PRAGMAS = {
    *("database_list", "foreign_key_list", "index_info", "index_list", "index_xinfo"),
    *("schema_version", "table_info", "table_xinfo", "data_version"),
}
_READING = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


_cells: ContextVar[int | None] = ContextVar("cells", default=None)


def bound_cells() -> None:
    """Bound the cells of each query of this request."""
    _cells.set(MOST_CELLS)


def limit(connection: sqlite3.Connection) -> None:
    """Bound what a query on this connection may build, and let it do nothing but read."""
    # New in Python 3.11; other builds of sqlite3 lack it.
    setlimit = getattr(connection, "setlimit", None)
    if setlimit is not None:
        for category, most in _LIMITS.items():
            setlimit(category, most)
    connection.execute("pragma query_only = 1")
    connection.set_authorizer(_authorized)


@contextmanager
def long_values(connection: sqlite3.Connection, most: int) -> Iterator[None]:
    """Allow values of so many bytes to a query of ours, in which no stranger wrote."""
    setlimit = getattr(connection, "setlimit", lambda category, most: most)
    before = setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most)
    try:
        yield
    finally:
        setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)


def limit_heap() -> None:
    """Bound what SQLite may take in this whole process, which is then one that serves strangers and nothing else."""
    # Datasette's own build of SQLite, where it has one, counts for itself.
    connection = sqlite.connect(":memory:")
    connection.execute(f"pragma hard_heap_limit = {MOST_HEAP_BYTES}")
    connection.close()


def _authorized(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    # A pragma's table, such as pragma_database_list, tells where files lie.
    if action == sqlite3.SQLITE_READ and (first or "").lower().startswith("pragma_"):
        return sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension":
        return sqlite3.SQLITE_DENY
    # Full-text search declares its tables so when it is first used; nobody can write to the schema by it.
    declares = action == sqlite3.SQLITE_UPDATE and first == "sqlite_master"
    told = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS
    allowed = action in _READING or declares or told
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


class BoundedCursor(sqlite.Cursor):  # type: ignore[misc]
    """A cursor that gives up where its rows grow too large to hold."""

    def fetchmany(self, size: int = 1) -> list[Any]:
        """Return the next rows; raise DataError where they are too large."""
        return list(_bounded(islice(self, size)))

    def fetchall(self) -> list[Any]:
        """Return all rows; raise DataError where they are too large."""
        return list(_bounded(self))


class BoundedConnection(WatchedConnection):
    """A connection whose cursors are bounded."""

    def cursor(self, factory: type[Any] = BoundedCursor) -> Any:
        """Return a bounded cursor."""
        return super().cursor(factory)


def _bounded(rows: Iterable[Any]) -> Iterator[Any]:
    fetched, cells, most_cells = 0, 0, _cells.get()
    for row in rows:
        fetched += sum(len(value) for value in row if isinstance(value, (str, bytes)))
        cells += len(row)
        if fetched > MOST_FETCHED:
            raise sqlite.DataError(
                f"the rows hold more than {MOST_FETCHED:,} characters; ask for fewer rows or columns"
            )
        if most_cells is not None and cells > most_cells:
            raise sqlite.DataError(f"more than {most_cells:,} cells for a page; ask for fewer rows, or for CSV or JSON")
        yield row
