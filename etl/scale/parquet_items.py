"""The documents of a Parquet file: a row each, read a few hundred at a time."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from etl.document_text import DocumentError
from etl.scale.item import Item

_BATCH = 256
_ISO = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ]\d{2}:.*)?")
# What the columns are called where nobody says; a title is read only where it is asked for, for it shifts offsets.
_USUAL = {"text": ("text", "content"), "id": ("id",), "date": ("date",), "title": ()}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a Parquet file that hold text, id, date and title; None is the usual name, if it is there."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None


def read_columns(words: str) -> Columns:
    """Return the columns that `text=body,id=url` names; raise ValueError where it names something else."""
    parts = tuple(field.name for field in fields(Columns))
    given: dict[str, str] = {}
    for word in words.split(","):
        part, _, column = (piece.strip() for piece in word.partition("="))
        if part not in parts or not column:
            raise ValueError(f"{word.strip()!r} names no column; write {'|'.join(parts)}=COLUMN, several with commas")
        given[part] = column
    return Columns(**given)


def parquet_items(path: str, columns: Columns) -> Iterator[Item]:
    """Yield the documents of a Parquet file, named by their id, else by file and row (`file.parquet#0`).

    What cannot be read comes as an item with its error. Raise MissingLibraryError where pyarrow is not installed.
    """
    arrow, _ = _arrow()
    number = 0
    try:
        with _opened(path) as file:
            chosen = _chosen(path, file.schema_arrow.names, columns)
            names = list(dict.fromkeys(chosen.values()))
            for batch in file.iter_batches(_BATCH, columns=names, use_threads=False):
                for row in batch.to_pylist():
                    yield _item(path, number, {part: row[column] for part, column in chosen.items()})
                    number += 1
    except DocumentError as error:
        yield Item(path, error=str(error))
    except (arrow.ArrowException, OSError) as error:
        problem = f"no Parquet that can be read from row {number} on ({str(error).splitlines()[0]})"
        yield Item(path, error=str(DocumentError(path, problem, "write it anew")))


def count_rows(path: str) -> int:
    """Return how many rows a Parquet file says it has; 1 where it does not open."""
    arrow, _ = _arrow()
    try:
        with _opened(path) as file:
            return int(file.metadata.num_rows)
    except (arrow.ArrowException, OSError):
        return 1


def _arrow() -> tuple[Any, Any]:
    from db.sheet_files import arrow

    return arrow()


def _opened(path: str) -> Any:
    _, parquet = _arrow()
    # Pages are read as they are needed, not row groups as a whole.
    return parquet.ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)


def _chosen(path: str, there: Sequence[str], columns: Columns) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for part, usual in _USUAL.items():
        named = getattr(columns, part)
        if named is not None and named not in there:
            raise _no_column(path, f"no column {named!r} for {part}", there)
        found = named or next((name for name in usual if name in there), None)
        if found:
            chosen[part] = found
    if "text" not in chosen:
        raise _no_column(path, "no column of texts", there)
    return chosen


def _no_column(path: str, problem: str, there: Sequence[str]) -> DocumentError:
    return DocumentError(path, problem, f"name one with --columns text=COLUMN; it has {', '.join(there)}")


def _item(path: str, number: int, row: dict[str, Any]) -> Item:
    named = row.get("id")
    name = f"{path}#{number}" if named is None or named == "" else str(named)
    try:
        return Item(name, _data(name, row.get("text"), row.get("title")), "", _date(name, row.get("date")))
    except DocumentError as error:
        return Item(name, error=str(error))


def _data(name: str, text: Any, title: Any) -> bytes:
    """Return a text's bytes, below its title where there is one; a file's bytes as they are."""
    if isinstance(text, bytes):
        return text
    if not isinstance(text, str):
        problem = "no text in it" if text is None else f"{type(text).__name__} where a text should stand"
        raise DocumentError(name, problem, "give a column of texts")
    return (f"{title}\n\n{text}" if title else text).encode()


def _date(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    found = _ISO.fullmatch(str(value).strip())
    if found is None:
        raise DocumentError(name, f"date {value!r}", "write it 2024, 2024-05 or 2024-05-31")
    return found[1]
