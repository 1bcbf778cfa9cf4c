"""A base in PostgreSQL copied into a file, for what needs one: exports, and what compares two bases."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from db.address import is_address
from db.create import column_names, create_indexes, create_tables, create_views, insert_sql
from db.opening import open_base
from db.search import fill_search
from schema.tables import metadata

if TYPE_CHECKING:
    from db.postgres import Postgres

_TYPES = {"BOOLEAN": "bool", "BIGINT": "int8", "INTEGER": "int8", "FLOAT": "float8"}


@contextmanager
def file_of(place: Path | str) -> Iterator[Path]:
    """Give the file of a base; that of an address is a copy, which is gone afterwards."""
    if isinstance(place, str) and is_address(place):
        with tempfile.TemporaryDirectory(prefix="damoxing-") as folder:
            path = Path(folder) / "damoxing.db"
            copy_base(place, path)
            yield path
    else:
        yield Path(place)


def copy_base(address: str, path: Path) -> None:
    """Write the base of an address as a file of SQLite, its rows in the order they were loaded."""
    with closing(open_base(address)) as base, closing(sqlite3.connect(path, isolation_level=None)) as made:
        for setting in ("journal_mode = off", "synchronous = off"):
            made.execute(f"pragma {setting}")
        made.execute("begin")
        create_tables(made)
        for table in metadata.sorted_tables:
            made.executemany(insert_sql(table.name), _rows(cast("Postgres", base), table.name))
        create_indexes(made)
        create_views(made)
        fill_search(made)
        made.execute("commit")
        made.execute("analyze")


def _rows(base: "Postgres", table: str) -> Iterator[tuple[object, ...]]:
    names = ", ".join(f'"{name}"' for name in column_names(table))
    copied = f'copy (select {names} from "{table}" order by ctid) to stdout'
    with base.raw.cursor() as cursor, cursor.copy(copied.encode()) as rows:
        rows.set_types([_TYPES.get(str(column.type), "text") for column in metadata.tables[table].columns])
        yield from rows.rows()
