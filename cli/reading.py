"""What the commands on articles do: extract, evaluate."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cli.base import say
from cli.progress import Progress

if TYPE_CHECKING:
    from etl.scale.cluster import Cluster
    from etl.scale.parquet_items import Columns
    from schema.reading_limits import Limits

_COLUMNS = {
    "kind": "Kind",
    "subject_name": "Subject",
    "property_id": "Property",
    "printed": "As printed",
    "value": "Read as",
    "start_char": "At",
}


@dataclass(frozen=True, slots=True)
class Order:
    """What to read, and how: without limits by this process, with a size in parts."""

    paths: list[str]
    form: str
    date: str | None
    seeds: Path | None
    jobs: int
    limits: "Limits | None"
    columns: "Columns | None"
    size: int | None
    retry: bool
    cluster: "Cluster | None"


def run_extract(order: Order, out: Path | None) -> int:
    """Write the statements that documents make; return 1 where a document could not be read.

    Raise PoolError, ClusterError, StoreError or MissingLibraryError where the run cannot go on.
    """
    if order.size is not None and out is not None:
        return _run_parts(order, out, order.size)
    return _run_one(order, out)


def _run_one(order: Order, out: Path | None) -> int:
    from db.whole_file import aside
    from etl.extract import extract

    failed = total = 0
    skip = {out.resolve(), aside(out.resolve())} if out else set()
    found = extract(
        order.paths,
        date=order.date,
        seeds=order.seeds,
        jobs=order.jobs,
        limits=order.limits,
        cluster=order.cluster,
        columns=order.columns,
        skip=skip,
    )
    with _target(order.form, out) as target, _progress(order, skip, out) as progress:
        for extraction in found:
            progress.add(1)
            if extraction.error:
                failed += 1
                _tell(progress, extraction.error)
                continue
            total += extraction.count
            lines = extraction.lines
            target.write(_table(extraction.name, lines) if order.form == "table" else lines)
    say(f"{total} statements read{f', {failed} documents not read' if failed else ''}")
    return 1 if failed else 0


def _run_parts(order: Order, folder: Path, size: int) -> int:
    from etl.scale.run import Plan, extract_parts
    from etl.scale.store import FAILURES

    plan = Plan(
        order.form,
        order.date,
        order.seeds,
        order.jobs,
        order.limits,
        order.columns,
        size,
        order.retry,
        order.cluster,
    )
    documents = statements = failed = parts = known = 0
    with _progress(order, {folder.resolve()}, folder) as progress:
        for step in extract_parts(order.paths, folder, plan):
            documents += step.documents
            statements += step.statements
            failed += len(step.failures)
            parts += step.parts
            known += step.parts if step.known else 0
            progress.add(step.documents, known=step.known)
            for failure in step.failures:
                _tell(progress, failure.message)
    before = f", {known} of them done before" if known else ""
    say(f"{statements} statements read from {documents - failed} documents in {parts} parts{before}")
    if failed:
        say(f"{failed} documents not read, named in {folder / FAILURES}")
    return 1 if failed else 0


class _Target(Protocol):
    def write(self, text: str, /) -> object: ...


@contextmanager
def _target(form: str, out: Path | None) -> Iterator[_Target]:
    """Give what takes the output: stdout, or a file that is whole or not there."""
    from etl.scale.part_files import whole_file

    if out is None:
        yield sys.stdout
    else:
        with whole_file(out, "parquet" if form == "parquet" else "jsonl") as writer:
            yield writer


def _progress(order: Order, skip: set[Path], out: Path | None) -> Progress:
    """Return the progress of a run; without a total it shows nothing."""
    from etl.scale.items import STDIN, count_items

    shown = sys.stderr.isatty() and (out is not None or not sys.stdout.isatty()) and STDIN not in order.paths
    return Progress(count_items(order.paths, skip=skip) if shown else None)


def _tell(progress: Progress, message: str) -> None:
    progress.clear()
    say(message)


def _table(name: str, lines: str) -> str:
    from cli.output import print_rows

    rows = []
    for line in lines.splitlines():
        row = json.loads(line)
        rows.append(
            {column: row.get(column) for column in _COLUMNS}
            | {"value": _value(row), "printed": row.get("printed") or row["quote"]}
        )
    with redirect_stdout(io.StringIO()) as held:
        print(f"{name}\n")
        print_rows(rows, "table", headings=_COLUMNS)
    return held.getvalue()


def _value(row: dict[str, object]) -> str:
    if row["kind"] == "quantity":
        bounds = ["" if row.get(name) is None else f"{row[name]:g}" for name in ("low", "high")]
        figure = bounds[0] if bounds[0] == bounds[1] else "..".join(bounds)
        return f"{row['comparator']} {figure} {row.get('unit') or ''}".strip()
    return str(row.get("date") or row.get("object_name") or row.get("boolean", row.get("text", "")))


def run_evaluate(predictions: Path, gold: Path, form: str, failures: int) -> int:
    """Print precision, recall and F1 of predictions against hand-read facts; return the exit code."""
    from cli.output import print_rows
    from etl.evaluate import EvaluationError, evaluate, read_facts

    try:
        predicted, _ = read_facts(predictions)
        facts, traps = read_facts(gold)
    except (EvaluationError, OSError) as error:
        say(str(error))
        return 1
    report = evaluate(predicted, facts, traps)
    headings = {
        "measure": "Measure",
        "precision": "Precision",
        "recall": "Recall",
        "f1": "F1",
        "gold": "Gold",
        "found": "Found",
        "predicted": "Read",
    }
    print_rows(list(report.rows()), form, headings=headings)
    for line in report.failures[:failures]:
        say(line)
    return 0
