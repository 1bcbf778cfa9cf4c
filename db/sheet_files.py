"""A sheet's rows as a file: text, Parquet or an Excel workbook."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any

from db.errors import MissingLibraryError
from db.sheet import Field, Sheet
from db.sheet_text import TEXTS, Rows

FORMATS = ("csv", "json", "jsonl", "parquet")
MEDIA_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_GROUP = 20_000
# What one sheet of a workbook holds, below its row of headings, and what one of its cells holds.
_MOST_ROWS, _MOST_CHARACTERS = 1_048_575, 32_767
_LONGEST_NAME = 31
# A workbook tells when it was made; that must not depend on the day.
_MADE = datetime(2000, 1, 1)


def write_text(path: Path, sheet: Sheet, rows: Rows, form: str) -> None:
    """Write rows as csv, excel, json or jsonl."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(TEXTS[form](sheet.names, rows))


def write_parquet(path: Path, sheet: Sheet, rows: Rows) -> None:
    """Write rows as Parquet, with each column's title, description and unit in its metadata.

    Raise MissingLibraryError where pyarrow is not installed.
    """
    pyarrow, parquet = arrow()
    schema = pyarrow.schema([_arrow_field(pyarrow, field) for field in sheet.fields])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows, _GROUP):
            columns = [_arrow_column(field, [row[i] for row in group]) for i, field in enumerate(sheet.fields)]
            arrays = [pyarrow.array(values, field.type) for values, field in zip(columns, schema, strict=True)]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))


def library(module: str, what: str, package: str) -> Any:
    """Return a module that not every installation has; raise MissingLibraryError where it is not there."""
    try:
        return import_module(module)
    except ImportError as error:
        cure = f"install it with `pip install '{package}'`"
        raise MissingLibraryError(f"{what} needs {module.partition('.')[0]}, which is not installed; {cure}") from error


def arrow() -> tuple[Any, Any]:
    """Return pyarrow and its Parquet module; raise MissingLibraryError where they are not installed."""
    package = "damoxing[parquet]"
    return library("pyarrow", "Parquet", package), library("pyarrow.parquet", "Parquet", package)


def workbooks() -> Any:
    """Return the library that writes workbooks; raise MissingLibraryError where it is not installed."""
    return library("xlsxwriter", "An Excel workbook", "XlsxWriter")


def _arrow_field(pyarrow: Any, field: Field) -> Any:
    types = {"number": pyarrow.float64(), "integer": pyarrow.int64(), "boolean": pyarrow.bool_()}
    told = {"title": field.title, "description": field.column.description, "unit": field.column.unit}
    known = {name: text for name, text in told.items() if text}
    return pyarrow.field(field.name, types.get(field.kind, pyarrow.string()), not field.required, known)


def _arrow_column(field: Field, values: list[Any]) -> list[Any]:
    if field.kind == "array":
        # A list of names or of objects: JSON, as in the base.
        return [None if value is None else json.dumps(value, ensure_ascii=False) for value in values]
    if field.kind == "number":
        return [None if value is None else float(value) for value in values]
    return values


def write_xlsx(path: Path, sheet: Sheet, rows: Rows) -> None:
    """Write rows as a workbook; more rows than a sheet holds go on in a next one."""
    book = workbooks().Workbook(
        path, {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "tmpdir": path.parent}
    )
    book.set_properties({"title": sheet.title, "created": _MADE})
    bold = book.add_format({"bold": True})
    left: Iterator[Sequence[Any]] = iter(rows)
    for number in range(1, 1000):
        page = book.add_worksheet(_page_name(sheet.name, number))
        page.freeze_panes(1, 0)
        for column, name in enumerate(sheet.names):
            page.write_string(0, column, name, bold)
        for line, row in enumerate(islice(left, _MOST_ROWS), 1):
            _write_line(page, line, row)
        following = next(left, None)
        if following is None:
            break
        left = chain([following], left)
    book.close()


def _page_name(name: str, number: int) -> str:
    tail = "" if number == 1 else f" {number}"
    return name[: _LONGEST_NAME - len(tail)] + tail


def _write_line(page: Any, line: int, row: Sequence[Any]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, bool):
            page.write_boolean(line, column, value)
        elif isinstance(value, int | float):
            page.write_number(line, column, value)
        elif value is not None:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            page.write_string(
                line, column, text if len(text) <= _MOST_CHARACTERS else f"{text[: _MOST_CHARACTERS - 1]}…"
            )


def _groups(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    left = iter(rows)
    while group := list(islice(left, size)):
        yield group


WRITERS: dict[str, Callable[[Path, Sheet, Rows], None]] = {
    "csv": lambda path, sheet, rows: write_text(path, sheet, rows, "csv"),
    "excel": lambda path, sheet, rows: write_text(path, sheet, rows, "excel"),
    "json": lambda path, sheet, rows: write_text(path, sheet, rows, "json"),
    "jsonl": lambda path, sheet, rows: write_text(path, sheet, rows, "jsonl"),
    "parquet": write_parquet,
    "xlsx": write_xlsx,
}
"""How each kind of file is written."""
