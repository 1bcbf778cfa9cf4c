"""What there is to review: a document and the proposals that were read from it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from etl.documents import Document, DocumentError
from etl.scale.guarded import read_file
from etl.text import Shelf

_NEEDED = ("kind", "property_id", "start_char", "end_char", "subject_name")


class ProposalError(ValueError):
    """The proposals cannot be reviewed."""


@dataclass(frozen=True, slots=True)
class Batch:
    """One document and its proposals."""

    document: Document
    rows: list[dict[str, Any]]


def batches(path: Path, *, seeds: Path, articles: Path | None = None, date: str | None = None) -> Iterator[Batch]:
    """Yield what a file of proposals, or an article that is read first, gives to review.

    Raise ProposalError or DocumentError where there is nothing that can be reviewed.
    """
    if path.is_dir():
        raise ProposalError(f"{path} is a folder; give one article, or the JSON Lines of `damoxing extract`")
    if path.suffix.lower() in {".jsonl", ".ndjson"}:
        yield from _from_lines(path, articles)
    else:
        yield read_batch(path, seeds, date)


def read_batch(path: Path, seeds: Path, date: str | None = None) -> Batch:
    """Read an article into proposals, with the names of the seeds."""
    from etl.extract import dated
    from etl.reader.read import load_lexicon, rows

    document = dated(read_file(path), date)
    return Batch(document, list(rows(document, load_lexicon(seeds))))


def _from_lines(path: Path, articles: Path | None) -> Iterator[Batch]:
    grouped: dict[str, list[dict[str, Any]]] = {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ProposalError(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            row = _row(path, number, line)
            grouped.setdefault(str(row.get("document") or ""), []).append(row)
    if not grouped:
        raise ProposalError(f"{path} holds no proposals; the reader found nothing, or the file is cut off")
    shelf = Shelf(articles) if articles else None
    for name, rows in grouped.items():
        yield Batch(_document(name, rows, path, shelf), rows)


def _row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ProposalError(f"{path}:{number}: the line is not JSON: {error}; is it cut off?") from None
    missing = [name for name in _NEEDED if not isinstance(row, dict) or name not in row]
    if missing:
        raise ProposalError(f"{path}:{number}: no {', '.join(missing)}; give the JSON Lines of `damoxing extract`")
    return dict(row)


def _document(name: str, rows: list[dict[str, Any]], path: Path, shelf: Shelf | None) -> Document:
    """Find and read the text that the proposals count in."""
    begun = str(rows[0].get("source_id", "")).removeprefix("sha256-")
    for place in (Path(name), path.parent / name, path.parent / Path(name).name):
        if name and place.is_file():
            return _same(replace(read_file(place), name=name), begun)
    for file in sorted(shelf.folder.rglob("*")) if shelf else ():
        if file.is_file() and (file.name == Path(name).name or (begun and _begins(file, begun))):
            return _same(read_file(file), begun)
    raise DocumentError(name or str(path), "the text is not at hand", "give the folder that holds it as --articles DIR")


def _begins(file: Path, begun: str) -> bool:
    from etl.text import sha256_of_bytes

    return sha256_of_bytes(file.read_bytes()).startswith(begun)


def _same(document: Document, begun: str) -> Document:
    if begun and not document.sha256.startswith(begun):
        raise DocumentError(document.name, "the file is not the one that was read", "extract it again")
    return document
