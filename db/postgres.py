"""A base in PostgreSQL opened to be read: what look-ups use of sqlite3, over psycopg."""

import re
from functools import lru_cache
from typing import Any

from db.address import shown
from db.dialect import POSTGRES
from db.errors import BaseError, MissingLibraryError

try:
    import psycopg
    from psycopg.adapt import Loader
except ImportError as error:
    raise MissingLibraryError(
        "PostgreSQL needs psycopg, which is not installed; install it with `pip install 'damoxing[postgres]'`"
    ) from error

SCHEMA = "damoxing"
"""The schema that a base is, in the database that the address names."""
OLDEST = 14

# A build swaps its schema in under an exclusive lock on base_info: whoever reads takes a share of it, before the
# snapshot that the whole look-up reads in. Full scans then go in the order of loading, as those of SQLite do.
_BEGIN = f"""
begin isolation level repeatable read read only;
set local search_path = {SCHEMA};
set local synchronize_seqscans = off;
set local max_parallel_workers_per_gather = 0;
lock table {SCHEMA}.base_info in access share mode
"""
# Strings and quoted names stay; rowid and ctid both tell the order of loading, for no row of a base is ever changed.
_PLACES = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\?(\d*)|(?<!:):([a-z_]\w*)|\browid\b|%""")


class _Bit(Loader):
    """Yes and no as 1 and 0, as SQLite has them."""

    def load(self, data: Any) -> int:
        """Return the number."""
        return int(bytes(data) == b"t")


class Postgres:
    """An open base; its one transaction ends with it."""

    dialect = POSTGRES

    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self.raw = connection

    def execute(self, sql: str, values: Any = (), /) -> Any:
        """Run a query written for both databases."""
        return self.raw.execute(translated(sql).encode(), values)

    def close(self) -> None:
        """Let the base go."""
        self.raw.close()


@lru_cache(maxsize=500)
def translated(sql: str) -> str:
    """Return a query with its values where psycopg wants them."""
    return _PLACES.sub(_translated, sql)


def _translated(found: re.Match[str]) -> str:
    word = found[0]
    if word[0] == "?":
        return f"%({found[1]})s" if found[1] else "%s"
    if word[0] == ":":
        return f"%({found[2]})s"
    return "ctid" if word == "rowid" else word.replace("%", "%%")


def connect(address: str) -> "psycopg.Connection[Any]":
    """Connect to a server; raise BaseError where it cannot be reached, or is too old or no UTF-8 to hold a base."""
    try:
        # Values are put in on this side: a server would ask for the type of each.
        connection: psycopg.Connection[Any] = psycopg.connect(
            address,
            autocommit=True,
            cursor_factory=psycopg.ClientCursor,
            client_encoding="utf8",
            application_name="damoxing",
        )
    except psycopg.Error as error:
        raise BaseError(
            f"{shown(address)} cannot be reached ({_first_line(error)}); mend the address given as --db"
        ) from error
    version = connection.info.server_version // 10_000
    encoding = connection.info.parameter_status("server_encoding")
    if version < OLDEST or encoding != "UTF8":
        connection.close()
        raise BaseError(
            f"{shown(address)} is PostgreSQL {version} with encoding {encoding}; a base needs {OLDEST} or newer and UTF8"
        )
    return connection


def open_postgres(address: str) -> Postgres:
    """Open the base of an address, in one snapshot; raise BaseError where there is none that can be read."""
    connection = connect(address)
    connection.adapters.register_loader("bool", _Bit)
    try:
        connection.execute(_BEGIN.encode())
    except psycopg.Error as error:
        connection.close()
        raise BaseError(
            f"no base of damoxing at {shown(address)} ({_first_line(error)}); make it with `damoxing build --db URL`"
        ) from error
    return Postgres(connection)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
