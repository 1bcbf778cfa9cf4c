"""Read many documents into proposals: one at a time, or by a pool of processes."""

import dataclasses
import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any

from etl.documents import Document, DocumentError, documents, read_document
from etl.reader.read import Lexicon, load_lexicon, rows

_encode = json.JSONEncoder(ensure_ascii=False).encode
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """What came of one document: its proposals as JSON Lines, or why it was not read."""

    name: str
    lines: str
    count: int
    error: str | None = None


@lru_cache(maxsize=2)
def _lexicon(seeds: Path | None) -> Lexicon:
    return load_lexicon(seeds)


def dated(document: Document, date: str | None) -> Document:
    """Return the document with the date that the caller knows, where one is given."""
    return dataclasses.replace(document, date=date, date_basis="context") if date else document


def _check_date(date: str | None) -> None:
    if date is not None and not _ISO.fullmatch(date):
        raise ValueError(f"date {date!r} is not of the form 2024, 2024-05 or 2024-05-31")


def one_document(path: Path | str, date: str | None = None) -> Document:
    """Return the document of one file, or of standard input where the path is -, with the date that the caller knows.

    Raise DocumentError where it cannot be read, ValueError where `date` is no ISO date.
    """
    _check_date(date)
    if str(path) != "-" and Path(path).is_dir():
        raise DocumentError(str(path), "is a folder", "name one file of it")
    _, found = next(iter(documents([path])))
    if isinstance(found, DocumentError):
        raise found
    return dated(found, date)


def json_lines(proposals: Iterable[dict[str, Any]]) -> tuple[str, int]:
    """Return proposals as JSON Lines, and how many there are."""
    lines = [_encode(row) for row in proposals]
    return "".join(line + "\n" for line in lines), len(lines)


def extract_one(name: str, date: str | None, seeds: Path | None) -> Extraction:
    """Read one file; its errors are told, not raised, so that a bad file never stops the others."""
    try:
        document = dated(read_document(name), date)
    except DocumentError as error:
        return Extraction(name, "", 0, str(error))
    return _extracted(document, seeds)


def _extracted(document: Document, seeds: Path | None) -> Extraction:
    lines, count = json_lines(rows(document, _lexicon(seeds)))
    return Extraction(document.name, lines, count)


def extract(
    paths: Iterable[Path | str], *, date: str | None = None, seeds: Path | None = None, jobs: int = 1
) -> Iterator[Extraction]:
    """Yield what came of each document, in the order of the paths.

    Raise ValueError where `date` is no ISO date.
    """
    _check_date(date)
    if jobs <= 1:
        for name, document in documents(paths):
            if isinstance(document, DocumentError):
                yield Extraction(name, "", 0, str(document))
            else:
                yield _extracted(dated(document, date), seeds)
        return
    names = [str(file) for path in paths for file in _files(Path(path))]
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(extract_one, names, [date] * len(names), [seeds] * len(names), chunksize=8)


def _files(path: Path) -> list[Path]:
    return sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
