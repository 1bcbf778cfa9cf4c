"""The part of a run that a worker of a cluster does: it reads batches in processes of its own that can be killed."""

import pickle
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from etl.scale.pool import Pool, PoolError
from etl.scale.rule_version import rule_parts
from schema.reading_limits import Limits


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker must know to answer: `start` makes from a folder of seeds what answers in each process."""

    key: str
    start: Callable[[Path | None], Callable[[Any], Any]]
    limits: Limits
    rules: dict[str, str]
    seeds: dict[str, bytes] | None = None


class Refusal(NamedTuple):
    """A worker that gives no answers, and why; without a problem it does not know the job yet."""

    worker: str
    problem: str | None = None


@dataclass(slots=True)
class _Prepared:
    """A job on this worker, and the processes that wait for its next batch."""

    job: Job
    folder: Path | None
    idle: list[Pool[Any, Any]] = field(default_factory=list)

    @contextmanager
    def pool(self) -> Iterator[Pool[Any, Any]]:
        """Lend a pool of one process, for each thread of the worker has one."""
        with _LOCK:
            pool = self.idle.pop() if self.idle else None
        if pool is None:
            pool = Pool(partial(self.job.start, self.folder), self.job.limits, lambda _: 0)
            pool.begin(1)
        try:
            yield pool
        except BaseException:
            pool.end()
            raise
        with _LOCK:
            kept = _PREPARED.get(self.job.key) is self
            if kept:
                self.idle.append(pool)
        if not kept:
            pool.end()


_PREPARED: dict[str, _Prepared] = {}
_LOCK = threading.Lock()


def prepare(job: Job) -> list[str]:
    """Make a job known to this worker, and return the names of the rules that are others here; then it is not."""
    folder = _written(job.seeds) if job.seeds is not None else None
    here = rule_parts(folder)
    others = sorted(name for name in here.keys() | job.rules.keys() if here.get(name) != job.rules.get(name))
    if others:
        _remove(folder)
        return others
    with _LOCK:
        known = job.key in _PREPARED
        if not known:
            _PREPARED[job.key] = _Prepared(job, folder)
    if known:
        _remove(folder)
    return []


def release(key: str) -> None:
    """Forget a job, and end the processes that wait for it."""
    with _LOCK:
        prepared = _PREPARED.pop(key, None)
    if prepared:
        for pool in prepared.idle:
            pool.end()
        _remove(prepared.folder)


def read(key: str, batch: bytes) -> bytes | Refusal:
    """Return the answer to each task of a batch; both are pickled, so that the scheduler need not read them."""
    from distributed import get_worker

    worker = get_worker().address
    prepared = _PREPARED.get(key)
    if prepared is None:
        return Refusal(worker)
    try:
        with prepared.pool() as pool:
            tasks = pickle.loads(batch)  # noqa: S301 - from our own client
            return pickle.dumps([answer for _, answer in pool.answers_to(tasks)])
    except PoolError as error:
        return Refusal(worker, str(error))


def _written(seeds: dict[str, bytes]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="damoxing-seeds-"))
    for place, data in seeds.items():
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _remove(folder: Path | None) -> None:
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
