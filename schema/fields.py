"""One place describes a field: its labels, meaning, unit and what it refers to."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from pydantic import BaseModel, Field


class Reference(NamedTuple):
    """The table and column that a field's values must stand in."""

    table: str
    column: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column as people meet it, in the database's own `columns` table, the pages, the docs and the exports."""

    table_name: str
    column_name: str
    position: int
    label_zh: str
    label_en: str
    description: str
    unit: str | None = None
    reference: str | None = None
    facet: bool = False


def described(
    zh: str,
    en: str,
    description: str,
    default: Any = ...,
    *,
    unit: str | None = None,
    reference: str | None = None,
    facet: bool = False,
    **checks: Any,
) -> Any:
    """Return a pydantic field that carries its labels; `reference` is `table.column`."""
    extra: dict[str, Any] = {"zh": zh, "en": en, "unit": unit, "reference": reference, "facet": facet}
    return Field(default, description=description, json_schema_extra=extra, **checks)


def columns_of(table_name: str, record: type[BaseModel]) -> list[Column]:
    """List the columns that a record describes, in its own order."""
    columns = []
    for position, (name, info) in enumerate(record.model_fields.items()):
        extra = info.json_schema_extra
        if not isinstance(extra, dict):
            raise TypeError(f"{record.__name__}.{name} carries no labels; declare it with described(…)")
        columns.append(
            Column(
                table_name,
                name,
                position,
                str(extra["zh"]),
                str(extra["en"]),
                info.description or "",
                unit=_text(extra["unit"]),
                reference=_text(extra["reference"]),
                facet=bool(extra["facet"]),
            )
        )
    return columns


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
