"""What look-ups ask of an open base, be it a file of SQLite or a schema of PostgreSQL."""

from collections.abc import Iterator
from typing import Any, Protocol


class Rows(Protocol):
    """The rows of a query, read as they are asked for."""

    @property
    def description(self) -> Any:
        """Return the columns, the name first in each."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchmany(self, size: int = ..., /) -> list[Any]:
        """Return the next rows."""

    def fetchall(self) -> list[Any]:
        """Return the rows that are left."""


class Connection(Protocol):
    """An open base: `sqlite3.Connection` is one, and so is `db.postgres.Postgres`."""

    def execute(self, sql: str, values: Any = ..., /) -> Rows:
        """Run a query of the SQL that both databases know, its values at `?`, `?1` or `:name`."""

    def close(self) -> None:
        """Let the base go."""
