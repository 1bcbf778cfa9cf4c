"""SQLModel table classes on the rows: keys, references and indexes of every base."""

import types
import typing
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Index, MetaData, Table
from sqlmodel import Field, SQLModel

from schema.fields import Column, columns_of
from schema.records import Record
from schema.rows import ROW_TABLES
from schema.wide import VIEWS, WIDE_TABLES, WideTable

metadata = MetaData()


class TableModel(SQLModel):
    """A row as the ETL loads it; the records validate before it comes here."""

    metadata = metadata


def plain_type(annotation: Any) -> Any:
    """Return str, int, float or bool, optional where the annotation is: what a database column holds."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return plain_type(typing.get_args(annotation)[0])
    if origin is typing.Literal:
        return str
    if origin in {typing.Union, types.UnionType}:
        inner = [plain_type(a) for a in typing.get_args(annotation) if a is not type(None)]
        return inner[0] | None
    return annotation


def table_class(name: str, fields: dict[str, Any]) -> type[SQLModel]:
    """Make the table class of a name and its columns' plain types; `id` is the primary key."""
    namespace: dict[str, Any] = {
        "__module__": __name__,
        "__tablename__": name,
        "__annotations__": dict(fields),
        "id": Field(primary_key=True),
    }
    for column, kind in fields.items():
        if column != "id" and type(None) in typing.get_args(kind):
            namespace[column] = None
    class_name = "".join(part.title() for part in name.split("_"))
    metaclass: Any = type(TableModel)
    return typing.cast(type[SQLModel], metaclass(class_name, (TableModel,), namespace, table=True))


def _of_row(name: str, row: type[Record]) -> type[SQLModel]:
    return table_class(name, {column: plain_type(info.annotation) for column, info in row.model_fields.items()})


def _of_wide(table: WideTable) -> type[SQLModel]:
    required = {"id", "label", "statement_count"}
    return table_class(table.name, {c: t if c in required else t | None for c, t in table.types().items()})


TABLES: dict[str, type[SQLModel]] = {name: _of_row(name, row) for name, (row, _) in ROW_TABLES.items()}
TABLES |= {wide.name: _of_wide(wide) for wide in WIDE_TABLES}

DESCRIPTIONS: dict[str, str] = {name: description for name, (_, description) in ROW_TABLES.items()}
DESCRIPTIONS |= {wide.name: wide.description for wide in WIDE_TABLES}
DESCRIPTIONS |= {name: description for name, (_, _, description) in VIEWS.items()}

COLUMNS: dict[str, list[Column]] = {name: columns_of(name, row) for name, (row, _) in ROW_TABLES.items()}
COLUMNS |= {wide.name: wide.columns() for wide in WIDE_TABLES}

# Look-ups that no facet and no reference asks for.
_EXTRA_INDEXES = {
    "aliases": ("normalized",),
    "statements": ("key", "date_sort"),
    "events": ("date_sort",),
    "metrics": ("sort_value", "low", "high"),
    "models": ("parameters", "open_source"),
    "conflicts": ("other_statement_id", "distance"),
}
# Indexes that go on with further columns: a house is named in a hundred thousand statements, and takes part in few; a
# source's statements in the order of its text are read from the index alone.
_JOINT_INDEXES = {
    ("parties", "entity_id"): ("named_in",),
    ("evidence", "source_id"): ("role", "start_char", "statement_id"),
}
# References whose index would cost more than anybody's question is worth.
_UNINDEXED = {"unit", "supersedes", "category_id", "relative_to_id", "part_of", "term"}


def _sql_table(name: str) -> Table:
    return metadata.tables[name]


def _add_references_and_indexes() -> None:
    for name, columns in COLUMNS.items():
        table = _sql_table(name)
        for column in columns:
            if column.reference and column.column_name != "id":
                table.append_constraint(ForeignKeyConstraint([column.column_name], [column.reference]))
            indexed = column.facet or (column.reference and column.column_name not in _UNINDEXED)
            indexed = indexed and not column.column_name.endswith("_statement_id")
            if (indexed or column.column_name in _EXTRA_INDEXES.get(name, ())) and column.column_name != "id":
                unique = (name, column.column_name) == ("statements", "key")
                joint = (column.column_name, *_JOINT_INDEXES.get((name, column.column_name), ()))
                Index(f"ix_{name}_{column.column_name}", *(table.c[part] for part in joint), unique=unique)


_add_references_and_indexes()
