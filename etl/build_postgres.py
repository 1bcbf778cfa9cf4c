"""Build a base in PostgreSQL: made and checked as a file, then copied over in one transaction."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.address import is_address, shown
from db.create import column_names
from db.dialect import lexeme
from db.grams import FTS_TABLES
from db.postgres_create import keys_sql, tables_sql
from db.search import search_rows
from etl.build import BuildReport, build
from etl.problems import BuildError
from schema.tables import metadata

if TYPE_CHECKING:
    import psycopg

    Server = psycopg.Connection[Any]

# Any number that another program is unlikely to lock.
_LOCK = 0x64616D6F
_SETTINGS = """
set local search_path = {new};
set local statement_timeout = 0;
set local maintenance_work_mem = '256MB';
set local client_connection_check_interval = '5s';
create schema {new}
"""
_WAIT = "60s"
# Readers hold a share of base_info for as long as they read: see db.postgres.
_SWAP = """
set local lock_timeout = '{wait}';
lock table {old}.base_info in access exclusive mode
"""
_OURS = """
select quote_ident(relname), relkind from pg_class where relnamespace = '{old}'::regnamespace and relkind in ('r', 'v')
and (relname in (select table_name from {old}.columns) or relname like '%\\_fts') order by relkind desc, relname
"""


def build_at(
    seeds: Path | Sequence[Path] | None, place: Path | str, *, articles: Path | None = None, as_of: str | None = None
) -> BuildReport:
    """Build a base where a path or an address says; see `etl.build.build`.

    At an address the old base stands until the new one is committed whole. Raise BaseError where the server cannot be
    reached, BuildError where another build runs there, or where it refuses.
    """
    if not (isinstance(place, str) and is_address(place)):
        return build(seeds, Path(place), articles=articles, as_of=as_of)
    import psycopg

    from db.postgres import connect

    with closing(connect(place)) as server, tempfile.TemporaryDirectory(prefix="damoxing-") as folder:
        _take_lock(server, place)
        file = Path(folder) / "damoxing.db"
        report = build(seeds, file, articles=articles, as_of=as_of)
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as base, server.transaction():
                _load(base, server)
                _swap(server)
        except psycopg.Error as error:
            raise BuildError(_refused(error, place)) from error
    return replace(report, path=shown(place))


def _take_lock(server: "Server", place: str) -> None:
    row = server.execute(f"select pg_try_advisory_lock({_LOCK})".encode()).fetchone()
    if row is None or not row[0]:
        raise BuildError(f"another build at {shown(place)} is under way; wait for it to end")


def _load(base: sqlite3.Connection, server: "Server") -> None:
    """Make the new schema and fill it, by COPY; a row that breaks a key ends it."""
    from db.postgres import SCHEMA

    _run(server, _SETTINGS.format(new=f"{SCHEMA}_new"))
    for sql in tables_sql():
        _run(server, sql)
    for table in metadata.sorted_tables:
        columns = ", ".join(f'"{name}"' for name in column_names(table.name))
        _copy(
            server, f'"{table.name}" ({columns})', base.execute(f'select {columns} from "{table.name}" order by rowid')
        )
    for name, search in FTS_TABLES.items():
        _copy(server, f"{name} (position, id, tokens)", _search_rows(base, name, search.content))
    for sql in keys_sql():
        _run(server, sql)
    for name in (*metadata.tables, *FTS_TABLES):
        _run(server, f'analyze "{name}"')


def _run(server: "Server", sql: str) -> None:
    server.execute(sql.encode())


def _copy(server: "Server", target: str, rows: Any) -> None:
    # Frozen: nobody has seen the table, and no snapshot is older than it.
    with server.cursor() as cursor, cursor.copy(f"copy {target} from stdin with (freeze)".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _search_rows(base: sqlite3.Connection, name: str, content: str) -> Iterator[tuple[int, str, str]]:
    ids = base.execute(f"select rowid, id from {content}")
    known = dict(ids.fetchall())
    for position, *columns in search_rows(base, name):
        tokens = " ".join(columns).split()
        yield position, known[position], " ".join(lexeme(token) for token in dict.fromkeys(tokens))


def _swap(server: "Server") -> None:
    """Put the new schema in place of the old one, of which only what a build made is dropped."""
    from db.postgres import SCHEMA

    found = server.execute("select to_regnamespace(%s) is not null", (SCHEMA,)).fetchone()
    if found and found[0]:
        _run(server, _SWAP.format(old=SCHEMA, wait=_WAIT))
        ours = server.execute(_OURS.format(old=SCHEMA).encode()).fetchall()
        for kind, what in (("v", "view"), ("r", "table")):
            if names := [f"{SCHEMA}.{name}" for name, relkind in ours if relkind == kind]:
                _run(server, f"drop {what} {', '.join(names)}")
        _run(server, f"drop schema {SCHEMA}")
    _run(server, f"alter schema {SCHEMA}_new rename to {SCHEMA}")


def _refused(error: "psycopg.Error", place: str) -> str:
    import psycopg

    told = f"{shown(place)} did not take the base, the old one stands: {_told(error)}"
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return f"{told}; somebody has been reading it for more than {_WAIT}: build when they have ended"
    if isinstance(error, psycopg.errors.DependentObjectsStillExist):
        return f"{told}; drop what is yours, build, and make it anew"
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return f"{told}; the role needs CREATE on the database, and to own the old base"
    return told


def _told(error: "psycopg.Error") -> str:
    """Return what the server says, without its hint to drop more."""
    told = (error.diag.message_primary, error.diag.message_detail)
    return ": ".join(part for part in told if part) or str(error).strip()
