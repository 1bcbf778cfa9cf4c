"""Tables, indexes and views of a base, made from the table classes."""

import sqlite3

from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from schema.tables import metadata
from schema.wide import VIEWS

_DIALECT = sqlite.dialect()


def create_tables(connection: sqlite3.Connection) -> None:
    """Create every table, without indexes: they are made faster when the rows are in."""
    for table in metadata.sorted_tables:
        connection.execute(str(CreateTable(table).compile(dialect=_DIALECT)))


def create_indexes(connection: sqlite3.Connection, *tables: str) -> None:
    """Create the indexes of the named tables, or of all."""
    for table in metadata.sorted_tables:
        if not tables or table.name in tables:
            for index in sorted(table.indexes, key=lambda i: str(i.name)):
                connection.execute(str(CreateIndex(index).compile(dialect=_DIALECT)))


def create_views(connection: sqlite3.Connection) -> None:
    """Create the views in users' words."""
    for name, (table, condition, _) in VIEWS.items():
        connection.execute(f'create view "{name}" as select * from "{table}" where {condition}')


def insert_sql(table: str) -> str:
    """Return the insert statement for all columns of a table, in its own order."""
    columns = [column.name for column in metadata.tables[table].columns]
    names = ", ".join(f'"{name}"' for name in columns)
    return f'insert into "{table}" ({names}) values ({", ".join("?" * len(columns))})'


def column_names(table: str) -> list[str]:
    """List the columns of a table in the order of `insert_sql`."""
    return [column.name for column in metadata.tables[table].columns]
