"""A sheet: a table or view as files give it, each column typed, described and in a fixed order."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Boolean, Float, Integer

from db.site_queries import canned_queries
from db.site_titles import TITLES
from db.values import plain_number
from schema.fields import Column
from schema.tables import COLUMNS, DESCRIPTIONS, metadata
from schema.wide import VIEWS, base_of

Kind = Literal["string", "number", "integer", "boolean", "array"]
CHUNK = 2_000


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a sheet: what the schema says of it, and the kind of its values."""

    column: Column
    kind: Kind
    required: bool

    @property
    def name(self) -> str:
        """Return the column's name."""
        return self.column.column_name

    @property
    def title(self) -> str:
        """Return its labels in both languages."""
        return f"{self.column.label_zh} · {self.column.label_en}"

    @property
    def reference(self) -> tuple[str, str] | None:
        """Return the table and column that its values stand in."""
        if self.column.reference is None or self.name == "id":
            return None
        table, _, column = self.column.reference.partition(".")
        return table, column


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table or view, and what it is called."""

    name: str
    fields: tuple[Field, ...]

    @property
    def title(self) -> str:
        """Return what people call it, in both languages."""
        return TITLES[self.name].both

    @property
    def description(self) -> str:
        """Return what it holds."""
        return f"{DESCRIPTIONS[self.name]}."

    @property
    def names(self) -> list[str]:
        """List its columns."""
        return [field.name for field in self.fields]

    def count(self, connection: sqlite3.Connection) -> int:
        """Return how many rows it has in a base."""
        return int(connection.execute(f'select count(*) from "{self.name}"').fetchone()[0])

    def rows(self, connection: sqlite3.Connection) -> Iterator[list[Any]]:
        """Yield its rows in the order of their ids, each value of its column's kind, a few at a time in memory."""
        columns = ", ".join(f'"{name}"' for name in self.names)
        cursor = connection.execute(f'select {columns} from "{self.name}" order by "id"')
        while chunk := cursor.fetchmany(CHUNK):
            yield from self.typed(chunk)

    def typed(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        """Yield rows as SQLite holds them with each value of its column's kind."""
        kinds = [field.kind for field in self.fields]
        for row in rows:
            yield [_typed(value, kind) for value, kind in zip(row, kinds, strict=True)]


def _typed(value: Any, kind: Kind) -> Any:
    if value is None or kind in {"string", "integer"}:
        return value
    if kind == "array":
        return json.loads(value)
    return bool(value) if kind == "boolean" else plain_number(value)


def sheet(name: str) -> Sheet:
    """Return the sheet of a table or view."""
    table = base_of(name)
    return Sheet(name, tuple(_field(table, column) for column in COLUMNS[table]))


@dataclass(frozen=True, slots=True)
class AnswerSheet(Sheet):
    """What a canned question answers."""

    @property
    def title(self) -> str:
        """Return the question, in both languages."""
        return str(canned_queries()[self.name]["title"])

    @property
    def description(self) -> str:
        """Return what it tells."""
        return str(canned_queries()[self.name]["description"])


def answer_sheet(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Sheet:
    """Return the sheet of a canned question's answer, whose columns are of the kinds that its values have."""
    fields = []
    for place, column in enumerate(columns):
        values = [row[place] for row in rows if row[place] is not None]
        numbers = bool(values) and all(isinstance(value, int | float) for value in values)
        fields.append(
            Field(
                Column(name, column, place, column, column, column), "number" if numbers else "string", required=False
            )
        )
    return AnswerSheet(name, tuple(fields))


def sheet_names() -> list[str]:
    """List every table and view, in alphabetic order."""
    return sorted([*COLUMNS, *VIEWS])


def _field(table: str, column: Column) -> Field:
    found = metadata.tables[table].c[column.column_name]
    kind: Kind = "string"
    if isinstance(found.type, Boolean):
        kind = "boolean"
    elif isinstance(found.type, Integer):
        kind = "integer"
    elif isinstance(found.type, Float):
        kind = "number"
    elif "as a JSON list" in column.description:
        kind = "array"
    # A text that must be there may still be empty, which a CSV cannot tell from absent.
    return Field(column, kind, required=not found.nullable and kind != "string")
