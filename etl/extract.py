"""Read many documents into proposals: one at a time, or by a pool of processes."""

import dataclasses
import json
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from etl.document_text import DocumentError
from etl.documents import Document, read_document
from etl.scale.cluster import Cluster, cluster_answers, job_of
from etl.scale.item import Item
from etl.scale.items import items
from etl.scale.parquet_items import Columns
from etl.scale.pool import Limits, answers, cores
from etl.scale.worker import Lost

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
        return dated(read_document(sys.stdin.buffer.read(), name="<stdin>"), date)
    return dated(read_document(path), date)


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
            yield Extraction(item.name, "", 0, f"{item.name}: not read: {answer.message}", answer.reason)
        else:
            yield answer


def _weigh(item: Item) -> int:
    return len(item.data) + len(item.name)


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

    With one job and no limits the documents are read in this process, else in `jobs` others, 0 for one a core, or by
    a cluster; `skip` is left out of folders. Raise ValueError where `date` is no ISO date, PoolError where no process
    reads, ClusterError where no cluster does.
    """
    check_date(date)
    found = items(paths, columns=columns, skip=skip)
    if jobs == 1 and limits is None and cluster is None:
        yield from map(reader(date, seeds), found)
    else:
        yield from answered(found, date, seeds, jobs, limits or Limits(), cluster)
