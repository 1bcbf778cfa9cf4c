"""A CSV file read strictly: what is cut off or ragged is refused, never guessed."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from etl.importing.rows import ImportingError

# Notes and abstracts are long; the module's own limit is 128 KiB.
_LONGEST_CELL = 10_000_000
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its records, each with the line that it begins on, and what was left out."""

    file: str
    header: list[str]
    records: list[tuple[int, list[str]]]
    told: list[str]


def read_csv(path: Path, data: bytes) -> Table:
    """Read a CSV file of UTF-8, with or without a byte-order mark.

    Raise ImportingError at a byte that is not UTF-8, at an open quote and at a record of another length: the file
    may be cut off there. Of a last record without a line end the last cell is left out and told: it may be cut.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportingError(
            f"{path}:{line}: byte {error.start} is not UTF-8; is the file cut off? Download it again or save it as UTF-8"
        ) from None
    records = _records(path, text)
    if not records:
        raise ImportingError(f"{path}: the file is empty; download it again")
    header = records[0][1]
    told = []
    line, last = records[-1]
    if text[-1] not in '\r\n"' and len(records) > 1 and last[-1]:
        told.append(
            f"{path}:{line}: the last cell, {_shown(last[-1:])}, has no line end and may be cut off; it was left out. "
            "If the file is whole, end its last line"
        )
        last[-1] = ""
    return Table(str(path), [name.strip() for name in header], records[1:], told)


def _records(path: Path, text: str) -> list[tuple[int, list[str]]]:
    previous_limit = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                _hold_length(path, line, cells, records)
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise ImportingError(
            f"{path}:{line}: the record that begins here is no CSV ({error}); is the file cut off? Download it again"
        ) from None
    finally:
        csv.field_size_limit(previous_limit)
    return records


def _hold_length(path: Path, line: int, cells: list[str], records: list[tuple[int, list[str]]]) -> None:
    if records and len(cells) != len(records[0][1]):
        raise ImportingError(
            f"{path}:{line}: the record {_shown(cells)} has {len(cells)} cells, the header {len(records[0][1])}; "
            "is the file cut off, or a quote missing? Download it again or mend the record"
        )


def _shown(cells: list[str]) -> str:
    name = cells[0] if cells else ""
    return repr(name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…")
