"""Tables, keys, indexes and views of a base in PostgreSQL, made from the same table classes as those of SQLite."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import BigInteger, Boolean, Double, Integer, MetaData, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import AddConstraint, CreateIndex, CreateTable
from sqlalchemy.types import Float, TypeEngine

from db.grams import FTS_TABLES
from schema.tables import metadata
from schema.wide import VIEWS

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


def _type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return a column's type as it holds what SQLite holds: texts are compared by their characters' numbers."""
    if isinstance(kind, Boolean):
        return Boolean()
    if isinstance(kind, Integer):
        return BigInteger()
    return Double() if isinstance(kind, Float) else Text(collation="C")


def _tables() -> MetaData:
    made = MetaData()
    for table in metadata.sorted_tables:
        for column in table.to_metadata(made).columns:
            column.type = _type(column.type)
            column.autoincrement = False
    return made


def tables_sql() -> Iterator[str]:
    """Yield what creates the tables, with their primary keys, and the search tables."""
    for table in _tables().sorted_tables:
        yield str(CreateTable(table, include_foreign_key_constraints=[]).compile(dialect=_DIALECT))
    for name, search in FTS_TABLES.items():
        yield (
            f"create table {name} (position bigint not null, tokens tsvector not null,"
            f' id text collate "C" primary key references {search.content})'
        )


def keys_sql() -> Iterator[str]:
    """Yield what creates foreign keys, indexes and views: it is done faster when the rows are in."""
    for table in _tables().sorted_tables:
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            yield str(CreateIndex(index).compile(dialect=_DIALECT))
        for key in sorted(table.foreign_key_constraints, key=lambda k: list(k.column_keys)):
            yield str(AddConstraint(key).compile(dialect=_DIALECT))
    for name in FTS_TABLES:
        yield f"create index ix_{name}_tokens on {name} using gin (tokens)"
    for name, (shown, condition, _) in VIEWS.items():
        yield f'create view "{name}" as select * from "{shown}" where {condition}'
