"""Answers of a cluster: batches go to the workers of a Dask scheduler, a bounded number at a time, and come in order."""

import hashlib
import logging
import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

from etl.scale.cluster_worker import Job, Refusal, prepare, read, release
from etl.scale.rule_version import read_seeds, rule_parts
from etl.scale.worker import Lost
from etl.seeds import default_seeds
from schema.reading_limits import Limits

T = TypeVar("T")
R = TypeVar("R")

# A batch is some tenth of a second's work, so that the scheduler's millisecond for it does not count.
_BATCH, _BATCH_BYTES = 32, 131_072
# Batches that each thread has or waits for; and what all that wait for an earlier one may hold, at least.
_AHEAD, _HELD_BYTES = 2, 64_000_000
# Seconds: how long to wait for a first worker, for another where all are gone, and between two looks at them.
_FIRST, _PATIENCE, _LOOK = 30.0, 300.0, 2.0
_NAMED = 3
_LOGGED = 10


class ClusterError(Exception):
    """The cluster cannot go on with the run; what is done stays done."""


class Cluster(NamedTuple):
    """The scheduler to ask, and for how long to wait for workers: for a first one, and where all are gone."""

    address: str
    first: float = _FIRST
    patience: float = _PATIENCE


def job_of(start: Callable[[Path | None], Callable[[Any], Any]], seeds: Path | None, limits: Limits) -> Job:
    """Return what each worker must know: how to begin, within which limits, and by which rules."""
    own = seeds is not None and seeds.resolve() != default_seeds().resolve()
    rules = rule_parts(seeds)
    key = hashlib.sha256(pickle.dumps((start, limits, sorted(rules.items())))).hexdigest()[:16]
    return Job(key, start, limits, rules, read_seeds(seeds) if own and seeds else None)


def cluster_answers(
    tasks: Iterable[T], cluster: Cluster, job: Job, *, weigh: Callable[[T], int]
) -> Iterator[tuple[T, R | Lost]]:
    """Yield each task with its answer, in order, as the workers of a Dask scheduler give it.

    Each worker answers in processes of its own within the job's limits. What a lost worker had is done by another; a
    task that workers die with again and again is lost. Raise ClusterError where the scheduler is not to be reached or
    is lost, where no worker is there, and where one reads by other rules; MissingLibraryError without distributed.
    """
    waiting = iter(tasks)
    first = list(islice(waiting, 1))
    if not first:
        return
    with _connected(cluster.address) as client:
        yield from _Run(client, cluster, job, weigh).answers_to(chain(first, waiting))


@contextmanager
def _connected(address: str) -> Iterator[Any]:
    """Give a client of the scheduler; its encryption is what Dask's own configuration says."""
    from db.sheet_files import library

    distributed = library("distributed", "a cluster", "damoxing[cluster]")
    # A long document is a large batch, and no slip. Dask's logs for its own developers would hold the last thousand batches.
    import_module("dask.config").set(
        {"distributed.admin.large-graph-warning-threshold": "1 GB", "distributed.admin.low-level-log-length": _LOGGED}
    )
    # What goes wrong is raised; Dask would tell it once more, with its stack.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        distributed.comm.get_address_host_port(address)
        client = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        raise ClusterError(
            f"no Dask scheduler answers at {address!r} ({_line(error)}); "
            "name one that runs, as tcp://HOST:8786, and for tls:// set Dask's certificates"
        ) from error
    try:
        yield client
    finally:
        with suppress(Exception):
            client.close(timeout=2)


@dataclass(slots=True)
class _Batch(Generic[T]):
    """Tasks that are sent together, and the answers that are there."""

    tasks: list[T]
    weight: int
    answers: dict[int, Any] = field(default_factory=dict)


class _Piece(NamedTuple):
    """The places of a batch that one future is to answer."""

    batch: int
    places: Sequence[int]


class _Run(Generic[T]):
    """The batches between being taken and being yielded."""

    def __init__(self, client: Any, cluster: Cluster, job: Job, weigh: Callable[[T], int]) -> None:
        self.client, self.cluster, self.job, self.weigh = client, cluster, job, weigh
        self.tasks: Iterator[T] = iter(())
        self.more = True
        self.open: dict[int, _Batch[T]] = {}
        self.taken = self.told = self.held = self.threads = 0
        self.pieces: dict[Any, _Piece] = {}
        self.done: SimpleQueue[Any] = SimpleQueue()
        # What workers died with goes again task by task, one at a time: else it takes others down with it once more.
        self.suspects: deque[_Piece] = deque()
        self.suspect: _Piece | None = None
        self.looked, self.seen = 0.0, time.monotonic()

    def answers_to(self, tasks: Iterable[T]) -> Iterator[tuple[T, Any]]:
        """Yield each task with its answer, in order."""
        self.tasks = iter(tasks)
        try:
            self._await_worker()
            self._prepare()
            while self._sends() or self.open:
                self._listen()
                yield from self._next()
        finally:
            self._end()

    def _next(self) -> Iterator[tuple[T, Any]]:
        while self.told in self.open and len(self.open[self.told].answers) == len(self.open[self.told].tasks):
            batch = self.open.pop(self.told)
            self.told += 1
            self.held -= batch.weight
            yield from ((task, batch.answers[place]) for place, task in enumerate(batch.tasks))

    def _end(self) -> None:
        if self.client.status == "running":
            with suppress(Exception):
                self.client.cancel(list(self.pieces))
                self.client.run(release, self.job.key, on_error="ignore")

    # --- workers

    @contextmanager
    def _scheduler(self) -> Iterator[None]:
        """Tell in our words that the scheduler does not answer any more."""
        try:
            yield
        except (OSError, RuntimeError, CancelledError) as error:
            raise self._lost(error) from error

    def _await_worker(self) -> None:
        address = self.cluster.address
        with self._scheduler():
            try:
                self.client.wait_for_workers(1, timeout=self.cluster.first)
            except TimeoutError as error:
                raise ClusterError(
                    f"the scheduler at {address} has no worker; begin some: dask worker {address}"
                ) from error

    def _lost(self, error: object) -> ClusterError:
        return ClusterError(
            f"the scheduler at {self.cluster.address} was lost ({_line(error)}); what is done stays done: "
            "give the same command again when it is there"
        )

    def _prepare(self, workers: list[str] | None = None) -> None:
        """Make the job known to workers; those that are gone by now say nothing."""
        with self._scheduler():
            said = self.client.run(prepare, self.job, workers=workers, on_error="return")
        for worker, others in said.items():
            if isinstance(others, OSError):
                continue
            if isinstance(others, BaseException):
                raise self._refused(worker, f"cannot read ({_line(others)})")
            if others:
                more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
                raise self._refused(worker, f"reads by other rules ({', '.join(others[:_NAMED])}{more})")

    def _refused(self, worker: str, problem: str) -> ClusterError:
        return ClusterError(f"worker {worker} {problem}; install there the damoxing, Python and libraries of here")

    def _look(self) -> None:
        """Count the threads of the workers, and hold on only so long without any."""
        now = time.monotonic()
        if now - self.looked < _LOOK:
            return
        with self._scheduler():
            self.threads = sum(self.client.nthreads().values())
        self.looked = now
        if self.threads:
            self.seen = now
        elif now - self.seen > self.cluster.patience:
            raise ClusterError(
                f"no worker is left at {self.cluster.address} since {self.cluster.patience:g} s; what is done stays "
                "done: give the same command again when workers are there"
            )

    # --- tasks out

    def _sends(self) -> bool:
        """Send what may be sent; return whether there was more than that before."""
        self._look()
        if self.suspects and self.suspect is None:
            self.suspect = self.suspects.popleft()
            self._send(self.suspect)
        most = max(1, self.threads) * _AHEAD
        room = max(_HELD_BYTES, 2 * most * _BATCH_BYTES)
        while self.more and len(self.pieces) < most and self.held < room:
            self._send_batch()
        return self.more

    def _send_batch(self) -> None:
        batch: _Batch[T] = _Batch([], 0)
        for task in self.tasks:
            batch.tasks.append(task)
            batch.weight += self.weigh(task)
            if len(batch.tasks) >= _BATCH or batch.weight >= _BATCH_BYTES:
                break
        else:
            self.more = False
        if not batch.tasks:
            return
        number, self.taken = self.taken, self.taken + 1
        self.open[number] = batch
        self.held += batch.weight
        self._send(_Piece(number, range(len(batch.tasks))))

    def _send(self, piece: _Piece) -> None:
        tasks = self.open[piece.batch].tasks
        data = pickle.dumps([tasks[place] for place in piece.places])
        with self._scheduler():
            future = self.client.submit(read, self.job.key, data, pure=False)
        self.pieces[future] = piece
        future.add_done_callback(self.done.put)

    # --- answers in

    def _listen(self) -> None:
        ended: list[Any] = []
        with suppress(Empty):
            ended.append(self.done.get(timeout=_LOOK))
            while True:
                ended.append(self.done.get_nowait())
        whole = []
        for future in ended:
            if future.status == "cancelled":
                raise self._lost("its connection broke")
            if future.status == "error":
                self._failed(self.pieces.pop(future), future.exception())
            else:
                whole.append(future)
        for future, answers in zip(whole, self._gathered(whole), strict=False):
            self._heard(self.pieces.pop(future), answers)

    def _gathered(self, futures: list[Any]) -> Sequence[bytes | Refusal]:
        """Fetch results together, for a round to the scheduler costs more than a result."""
        from distributed import KilledWorker

        try:
            with self._scheduler():
                found: Sequence[bytes | Refusal] = self.client.gather(futures) if futures else []
                return found
        except KilledWorker:
            # A result was lost with its worker, and so were those that should make it again.
            for future in futures:
                self.done.put(future)
            return []

    def _heard(self, piece: _Piece, said: bytes | Refusal) -> None:
        if isinstance(said, bytes):
            self._answer(piece, pickle.loads(said), len(said))  # noqa: S301 - from a worker that reads by our rules
        elif said.problem is not None:
            raise self._refused(said.worker, f"cannot read ({said.problem})")
        else:
            # It joined after the others were prepared.
            self._prepare([said.worker])
            self._send(piece)

    def _answer(self, piece: _Piece, answers: list[Any], weight: int) -> None:
        batch = self.open[piece.batch]
        batch.answers.update(zip(piece.places, answers, strict=True))
        batch.weight += weight
        self.held += weight
        if piece == self.suspect:
            self.suspect = None

    def _failed(self, piece: _Piece, error: BaseException) -> None:
        from distributed import KilledWorker

        if not isinstance(error, KilledWorker):
            raise ClusterError(
                f"the cluster cannot read ({_line(error)}); install on its scheduler and workers the damoxing of here"
            )
        if len(piece.places) > 1:
            self.suspects.extend(_Piece(piece.batch, (place,)) for place in piece.places)
        else:
            self._answer(piece, [Lost("died", f"{error.allowed_failures + 1} workers that read it died")], 0)


def _line(error: object) -> str:
    said = str(error).strip() or type(error).__name__
    return said.splitlines()[0]
