"""Read many documents into proposals: one at a time, or by a pool of processes."""

import dataclasses
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from etl.document_text import DocumentError
from etl.documents import Document, read_document
from etl.scale.cluster import Cluster, cluster_answers, job_of
from etl.scale.guarded import CURE, is_harmless, read_file, read_guarded
from etl.scale.item import Item
from etl.scale.items import items, standard_input
from etl.scale.parquet_items import Columns
from etl.scale.pool import answers, cores
from etl.scale.worker import Lost
from schema.reading_limits import USUAL, Limits

_encode = json.JSONEncoder(ensure_ascii=False).encode
_ISO = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclasses.dataclass(frozen=True, slots=True)
class Extraction:
    """What came of one document: its proposals as JSON Lines, or why it was not read, told and in a word."""

    name: str
    lines: str
    count: int
    error: str | None = None
    reason: str = ""


def dated(document: Document, date: str | None) -> Document:
    """Return the document with the date that the caller knows, where one is given."""
    return dataclasses.replace(document, date=date, date_basis="context") if date else document


def check_date(date: str | None) -> None:
    """Raise ValueError where a date is no ISO date."""
    if date is not None and not _ISO.fullmatch(date):
        raise ValueError(f"date {date!r} is not of the form 2024, 2024-05 or 2024-05-31")


def one_document(path: Path | str, date: str | None = None) -> Document:
    """Return the document of one file, or of standard input where the path is -, with the date that the caller knows.

    Raise DocumentError where it cannot be read, ValueError where `date` is no ISO date.
    """
    check_date(date)
    if str(path) != "-" and Path(path).is_dir():
        raise DocumentError(str(path), "is a folder", "name one file of it")
    if str(path) == "-":
        return dated(read_guarded(standard_input(), "<stdin>"), date)
    return dated(read_file(path), date)


def json_lines(proposals: Iterable[dict[str, Any]]) -> tuple[str, int]:
    """Return proposals as JSON Lines, and how many there are."""
    lines = [_encode(row) for row in proposals]
    return "".join(line + "\n" for line in lines), len(lines)


def reader(date: str | None, seeds: Path | None) -> Callable[[Item], Extraction]:
    """Return what reads an item; an item that says no date has the date given."""
    from etl.reader.read import load_lexicon, rows

    lexicon = load_lexicon(seeds)

    def read(item: Item) -> Extraction:
        if item.error is not None:
            return Extraction(item.name, "", 0, item.error, "unreadable")
        try:
            document = read_document(item.data, name=item.called)
        except DocumentError as error:
            return Extraction(item.name, "", 0, str(DocumentError(item.name, error.problem, error.cure)), "unreadable")
        document = dated(dataclasses.replace(document, name=item.name), item.date or date)
        return Extraction(item.name, *json_lines(rows(document, lexicon)))

    return read


def answered(
    found: Iterable[Item],
    date: str | None,
    seeds: Path | None,
    jobs: int,
    limits: Limits,
    cluster: Cluster | None = None,
) -> Iterator[Extraction]:
    """Yield what came of each item, in order, read by processes that are killed where a document exceeds a limit.

    They are `jobs` of this machine, 0 for one a core, or those of a cluster's workers.
    """
    start = partial(reader, date)
    read = (
        cluster_answers(found, cluster, job_of(start, seeds, limits), weigh=_weigh)
        if cluster
        else answers(found, partial(start, seeds), jobs=jobs or cores(), limits=limits, weigh=_weigh)
    )
    for item, answer in read:
        if isinstance(answer, Lost):
            told = DocumentError(item.name, f"not read: {answer.message}", CURE)
            yield Extraction(item.name, "", 0, str(told), answer.reason)
        else:
            yield answer


def _weigh(item: Item) -> int:
    return len(item.data) + len(item.name)


def _one_by_one(found: Iterator[Item], date: str | None, seeds: Path | None) -> Iterator[Extraction]:
    """Read in this process until a document comes that could do harm; from there on in another, within limits."""
    read: Callable[[Item], Extraction] | None = None
    for item in found:
        if not is_harmless(item.data, item.called):
            yield from answered(chain([item], found), date, seeds, 1, USUAL)
            return
        read = read or reader(date, seeds)
        yield _attempt(read, item)


def _attempt(read: Callable[[Item], Extraction], item: Item) -> Extraction:
    """Read an item; what fails in an unforeseen way costs no other document."""
    try:
        return read(item)
    except Exception as error:
        told = DocumentError(item.name, f"not read: {type(error).__name__}: {error}", CURE)
        return Extraction(item.name, "", 0, str(told), "error")


def extract(
    paths: Iterable[Path | str],
    *,
    date: str | None = None,
    seeds: Path | None = None,
    jobs: int = 1,
    limits: Limits | None = None,
    cluster: Cluster | None = None,
    columns: Columns | None = None,
    skip: Collection[Path] = (),
) -> Iterator[Extraction]:
    """Yield what came of each document, in the order of the paths.

    With one job and no limits the documents are read in this process up to the first that could do harm, else in `jobs`
    others, 0 for one a core, or by a cluster; `skip` is left out of folders. Raise ValueError where `date` is no ISO
    date, PoolError where no process reads, ClusterError where no cluster does.
    """
    check_date(date)
    found = items(paths, columns=columns, skip=skip)
    if jobs == 1 and limits is None and cluster is None:
        yield from _one_by_one(found, date, seeds)
    else:
        yield from answered(found, date, seeds, jobs, limits or Limits(), cluster)
