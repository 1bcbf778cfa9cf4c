"""Data on stdout, in the format asked for; messages on stderr."""

import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from db.pages import Page
    from db.render import Table


class Format(StrEnum):
    """How data is printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MD = "md"


def say(message: str) -> None:
    """Tell something on stderr."""
    print(message, file=sys.stderr)


def terminal_width() -> int:
    """Return the width at hand: COLUMNS, the terminal's, else 80."""
    import shutil

    return max(20, shutil.get_terminal_size((80, 24)).columns)


def print_page(page: "Page", form: Format) -> None:
    """Print what a look-up found."""
    if form is Format.JSON:
        print_json(page.record)
    elif form in {Format.JSONL, Format.CSV}:
        print_records(page.rows, form)
    else:
        print_tables(page.lines, page.tables, form)


def print_json(data: Any) -> None:
    """Print data as JSON, whole numbers without a fraction."""
    import json

    print(json.dumps(_plain(data), ensure_ascii=False, indent=2))


def _plain(data: Any) -> Any:
    from db.values import plain_number

    if isinstance(data, dict):
        return {name: _plain(value) for name, value in data.items()}
    return [_plain(value) for value in data] if isinstance(data, list) else plain_number(data)


def print_records(records: Iterable[Mapping[str, Any]], form: Format, columns: Iterable[str] = ()) -> None:
    """Print records one by one as they come; `columns` head a CSV that has no record."""
    if form is Format.JSONL:
        import json

        for record in records:
            print(json.dumps(_plain(dict(record)), ensure_ascii=False))
        return
    _print_csv(records, list(columns))


def _print_csv(records: Iterable[Mapping[str, Any]], columns: list[str]) -> None:
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    if columns:
        writer.writerow(columns)
    for record in records:
        if not columns:
            columns = list(record)
            writer.writerow(columns)
        writer.writerow([_csv_cell(record.get(column)) for column in columns])


def _csv_cell(value: Any) -> Any:
    from db.values import plain_number

    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | dict):
        import json

        return json.dumps(_plain(value), ensure_ascii=False) if value else None
    return plain_number(value)


def print_tables(lines: Iterable[str], tables: "Iterable[Table]", form: Format) -> None:
    """Print headings and tables, for a terminal or as Markdown."""
    from db.render import clean, layout, markdown, wrapped

    parts = [list(lines)] if lines else []
    if form is Format.MD:
        parts = [[f"## {clean(part[0])}", *(f"\n{clean(line)}" for line in part[1:])] for part in parts]
        parts += [list(markdown(table)) for table in tables]
    else:
        width = terminal_width()
        parts = [[row for line in part for row in wrapped(clean(line), width)] for part in parts]
        parts += [list(layout(table, width)) for table in tables]
    print("\n\n".join("\n".join(part) for part in parts))


def print_rows(rows: list[dict[str, Any]], form: str, headings: Mapping[str, str]) -> None:
    """Print rows in any format; `headings` name the columns of a table, in its order."""
    from db.render import Table

    chosen = Format(form)
    if chosen is Format.JSON:
        print_json(rows)
    elif chosen in {Format.JSONL, Format.CSV}:
        print_records(rows, chosen, headings)
    elif rows:
        cells = [["" if row.get(column) is None else str(row[column]) for column in headings] for row in rows]
        print_tables([], [Table("", list(headings.values()), cells)], chosen)
