"""A run: documents in, parts out; what is done stays done, and what fails is named."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl.extract import Extraction, answered
from etl.scale.cluster import Cluster
from etl.scale.item import Item
from etl.scale.items import items
from etl.scale.parquet_items import Columns
from etl.scale.part_files import Writer
from etl.scale.parts import cut
from etl.scale.rule_version import rule_version
from etl.scale.store import Failure, Store, opened
from schema.reading_limits import Limits


@dataclass(frozen=True, slots=True)
class Plan:
    """How a run reads and writes."""

    form: str = "jsonl"
    date: str | None = None
    seeds: Path | None = None
    jobs: int = 1
    limits: Limits | None = None
    columns: Columns | None = None
    size: int = 1000
    retry: bool = False
    cluster: Cluster | None = None


class Step(NamedTuple):
    """How far a run came: documents and statements more, and a part more where one ended; `known` from an earlier run."""

    documents: int
    statements: int
    failures: tuple[Failure, ...] = ()
    parts: int = 0
    known: bool = False


@dataclass(slots=True)
class _Making:
    """A part that is being made."""

    number: int
    name: str
    wanted: int
    documents: int = 0
    statements: int = 0
    failures: list[Failure] = field(default_factory=list)


def extract_parts(paths: Sequence[Path | str], folder: Path, plan: Plan) -> Iterator[Step]:
    """Read documents into a folder of parts, and yield each step; parts that are done are passed over.

    Raise StoreError where the folder cannot take them, PoolError or ClusterError where no process or cluster reads,
    MissingLibraryError where Parquet is meant and pyarrow is not installed.
    """
    rules = rule_version(plan.seeds)
    told = {"paths": [str(path) for path in paths], "format": plan.form, "date": plan.date, "rule_version": rules}
    with opened(folder, plan.form, told) as store:
        found = items(paths, columns=plan.columns, skip={folder.resolve()})
        yield from _Run(store, plan, f"{rules} {plan.form} {plan.date}").steps(found)


class _Run:
    """The parts between being cut and being whole."""

    def __init__(self, store: Store, plan: Plan, way: str) -> None:
        self.store, self.plan, self.way = store, plan, way
        self.waiting: deque[_Making] = deque()
        self.passed: deque[Step] = deque()

    def steps(self, found: Iterable[Item]) -> Iterator[Step]:
        plan = self.plan
        read = answered(self._items(found), plan.date, plan.seeds, plan.jobs, plan.limits or Limits(), plan.cluster)
        writer: Writer | None = None
        with ExitStack() as stack:
            for extraction in read:
                yield from self._passed()
                making = self.waiting[0]
                if writer is None:
                    writer = stack.enter_context(self.store.making(making.number, making.name))
                yield self._written(making, writer, extraction)
                if making.documents == making.wanted:
                    stack.close()
                    writer = None
                    self.store.made(making.name, making.documents, making.statements, making.failures)
                    self.waiting.popleft()
                    yield Step(0, 0, parts=1)
        yield from self._passed()

    def _items(self, found: Iterable[Item]) -> Iterator[Item]:
        """Yield the documents of the parts that are to be made."""
        for part in cut(found, self.plan.size, self.way):
            told = self.store.done(part)
            if told and not (self.plan.retry and told.failures):
                self.store.keep(part)
                self.passed.append(Step(told.documents, told.statements, told.failures, 1, known=True))
            else:
                self.waiting.append(_Making(part.number, part.name, len(part.items)))
                yield from part.items

    def _passed(self) -> Iterator[Step]:
        while self.passed:
            yield self.passed.popleft()

    def _written(self, making: _Making, writer: Writer, extraction: Extraction) -> Step:
        making.documents += 1
        making.statements += extraction.count
        if extraction.error is None:
            writer.write(extraction.lines)
            return Step(1, extraction.count)
        failure = Failure(extraction.name, extraction.reason, extraction.error)
        making.failures.append(failure)
        return Step(1, 0, (failure,))
