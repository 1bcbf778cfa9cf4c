"""A list as a table for people: labels for ids, yes and no in words, doubted figures marked."""

from collections.abc import Callable
from typing import Any

from db.labels import Labels
from db.listing import Listing
from db.look_up import Row
from db.render import Table, width_of
from db.values import amount, own_words

# A name is cut only where it is longer than this.
_LONGEST_NAME = 24
# Cells that hold the id of a word with a label.
_LABELLED: dict[str, Callable[[Labels, str], str]] = {
    **dict.fromkeys(("type", "category_id", "vocabulary"), Labels.term),
    **dict.fromkeys(("level", "kind", "subject_kind", "rank", "assertion", "comparator", "severity"), Labels.word),
    **dict.fromkeys(("source_id", "other_source_id"), Labels.source),
    "property_id": Labels.property,
    "unit": Labels.unit,
}


def list_table(kind: str, found: Listing, columns: list[str], records: list[Row], labels: Labels) -> Table:
    """Return the table of a list's records, with the columns chosen."""
    rows = [[_cell(record, column, labels) for column in columns] for record in records]
    headings = [labels.column(found.table, _headed(column)) for column in columns]
    right = frozenset(i for i, column in enumerate(columns) if any(_is_number(record[column]) for record in records))
    keep = frozenset({i for i in (0, *_ids(kind, columns)) if max(width_of(row[i]) for row in rows) <= _LONGEST_NAME})
    return Table("", headings, rows, keep=keep, right=right)


def _ids(kind: str, columns: list[str]) -> list[int]:
    return [columns.index("id")] if kind == "statements" and "id" in columns else []


def _headed(column: str) -> str:
    """Return the column whose label heads another: a figure as printed goes by the figure's own."""
    return column.removesuffix("_text")


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _cell(record: Row, column: str, labels: Labels) -> str:
    value = record[column]
    if labels.language == "en":
        value = record.get(f"{column}_en") or value
    if value is None and column == "printed":
        value = own_words({"printed": None, "text": None, "text_en": None} | record, labels.language) or None
    if value is None:
        return ""
    if isinstance(value, bool):
        return labels.word("yes" if value else "no")
    if _is_number(value):
        return amount(value, labels.language)
    text = _LABELLED[column](labels, value) if column in _LABELLED else str(value)
    doubted = column.endswith("_text") and record.get(f"{column.removesuffix('_text')}_issue")
    return f"{text} ⚠" if doubted or (column == "printed" and record.get("issues") not in {None, "[]"}) else text
