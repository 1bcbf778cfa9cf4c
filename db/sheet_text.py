"""A sheet's rows as CSV, JSON or JSON Lines, piece by piece as they come."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
# Spreadsheets take a cell that begins so for a formula; some drop the blanks before, or read full-width signs as well.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
Rows = Iterable[Sequence[Any]]


def csv_text(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield a CSV (RFC 4180): yes and no as true and false, lists as JSON, nothing as nothing."""
    return _csv(names, rows, _cell)


def excel_text(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield a CSV that Excel opens right: a byte-order mark first, and an apostrophe before what it takes for a formula."""
    yield BYTE_ORDER_MARK
    yield from _csv(names, rows, _excel_cell)


def json_text(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield a JSON array with one object a line."""
    before = "[\n"
    for row in rows:
        yield before + _object(names, row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def jsonl_text(names: Sequence[str], rows: Rows) -> Iterator[str]:
    """Yield JSON Lines: one object a line."""
    for row in rows:
        yield _object(names, row) + "\n"


TEXTS: dict[str, Callable[[Sequence[str], Rows], Iterator[str]]] = {
    "csv": csv_text,
    "excel": excel_text,
    "json": json_text,
    "jsonl": jsonl_text,
}
"""The ways to write rows as text."""


def _csv(names: Sequence[str], rows: Rows, cell: Callable[[Any], Any]) -> Iterator[str]:
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if line.tell() > 1 << 16:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _excel_cell(value: Any) -> Any:
    cell = _cell(value)
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _object(names: Sequence[str], row: Sequence[Any]) -> str:
    return json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False)
