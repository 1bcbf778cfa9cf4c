"""Statements as a file that is whole or not there: JSON Lines or Parquet."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol, get_args

from db.whole_file import aside, put_file

SUFFIXES = {"jsonl": ".jsonl", "parquet": ".parquet"}
_GROUP = 5_000
# Fields of an extract beside those of a statement, before and behind them.
_BEFORE = ("document", "kind", "subject_name", "subject_type", "object_name", "object_type")
_BEHIND = ("quote", "start_char", "end_char", "subject_start_char", "subject_end_char", "column_label")
_INTEGERS = frozenset({"start_char", "end_char", "subject_start_char", "subject_end_char"})
# What a proposal cannot have before a person has read it.
_LATER = frozenset({"id", "supersedes", "reviewed_by", "reviewed_at", "hand_normalized", "evidence", "date_sort"})


class Writer(Protocol):
    """Takes statements as JSON Lines."""

    def write(self, lines: str) -> None:
        """Take the statements of one document."""

    def close(self) -> None:
        """Write what is held."""


class _Lines:
    def __init__(self, path: Path) -> None:
        self.file = path.open("w", encoding="utf-8", newline="")

    def write(self, lines: str) -> None:
        self.file.write(lines)

    def close(self) -> None:
        self.file.close()


class _Parquet:
    def __init__(self, path: Path) -> None:
        from db.sheet_files import arrow

        self.arrow, parquet = arrow()
        self.schema = self.arrow.schema(
            [(name, getattr(self.arrow, kind)()) for name, kind in parquet_fields().items()]
        )
        self.writer = parquet.ParquetWriter(path, self.schema, compression="zstd")
        self.rows: list[dict[str, Any]] = []

    def write(self, lines: str) -> None:
        self.rows += [_flat(json.loads(line)) for line in lines.splitlines()]
        if len(self.rows) >= _GROUP:
            self._flush()

    def close(self) -> None:
        if self.rows:
            self._flush()
        self.writer.close()

    def _flush(self) -> None:
        self.writer.write_table(self.arrow.Table.from_pylist(self.rows, schema=self.schema))
        self.rows = []


_WRITERS: dict[str, Callable[[Path], Writer]] = {"jsonl": _Lines, "parquet": _Parquet}


@lru_cache(maxsize=1)
def parquet_fields() -> dict[str, str]:
    """Return the columns of a Parquet file of statements with their types; lists stand in them as JSON."""
    from schema.records import StatementRecord

    kinds: dict[Any, str] = {float: "float64", bool: "bool_"}
    found = dict.fromkeys(_BEFORE, "string")
    for name, info in StatementRecord.model_fields.items():
        if name not in _LATER:
            kind, *_ = get_args(info.annotation) or (info.annotation,)
            found[name] = kinds.get(kind, "string")
    return found | {name: "int64" if name in _INTEGERS else "string" for name in _BEHIND}


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    if unknown := row.keys() - parquet_fields().keys():
        raise KeyError(f"no column for {', '.join(sorted(unknown))}; name it in {__name__}")
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value for name, value in row.items()
    }


@contextmanager
def whole_file(path: Path, form: str) -> Iterator[Writer]:
    """Give a writer of jsonl or parquet; the file takes its name when the block ends well, and is on the disk then.

    Raise MissingLibraryError where Parquet is meant and pyarrow is not installed.
    """
    held = aside(path)
    try:
        writer = _WRITERS[form](held)
        try:
            yield writer
        finally:
            writer.close()
        put_file(held, path)
    except BaseException:
        with suppress(OSError):
            held.unlink()
        raise
