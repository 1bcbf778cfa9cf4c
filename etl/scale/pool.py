"""A pool of processes that can be killed: every task gets its answer or its reason, in the order of the tasks."""

import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing.connection import Connection, Pipe
from typing import Any, Generic, TypeVar

from etl.scale.worker import Lost, Ready
from schema.reading_limits import Limits

T = TypeVar("T")
R = TypeVar("R")

# A process gets its next batch while it still has one: no process waits, and all end at about one time.
_BATCH, _BATCH_BYTES = 8, 65_536
# Tasks and answers that wait for an earlier one: beyond, nothing new is begun.
_HELD_BYTES = 64_000_000
_STILLBORN = 3
_WORK = "from etl.scale.worker import main; main()"


class PoolError(RuntimeError):
    """The processes that should read do not begin."""


@dataclass(slots=True)
class _Process:
    """One process, and the numbers of the tasks it has; the first is the one it is at, since a moment."""

    process: subprocess.Popen[bytes]
    connection: Connection
    batch: deque[int] = field(default_factory=deque)
    since: float = 0.0
    ready: bool = False
    fresh: bool = True


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def answers(
    tasks: Iterable[T],
    start: Callable[[], Callable[[T], R]],
    *,
    jobs: int,
    limits: Limits,
    weigh: Callable[[T], int],
) -> Iterator[tuple[T, R | Lost]]:
    """Yield each task with its answer, in order; `start` makes in each process what answers, `weigh` gives a task's bytes.

    A task beyond a limit is lost, and its process killed. A task that its process dies with, or that runs out of
    memory, is tried once more, alone in a new process; the others that the process had are done by another.
    Raise PoolError where processes do not begin.
    """
    waiting = iter(tasks)
    # Where there is nothing to do, no process is begun for it.
    first = list(islice(waiting, 1))
    if not first:
        return
    pool = Pool(start, limits, weigh)
    try:
        pool.begin(jobs)
        yield from pool.answers_to(chain(first, waiting))
    finally:
        pool.end()


class Pool(Generic[T, R]):
    """The processes, and the tasks between being taken and being yielded; once begun, it answers again and again."""

    def __init__(self, start: Callable[[], Callable[[T], R]], limits: Limits, weigh: Callable[[T], int]) -> None:
        self.start, self.limits, self.weigh = start, limits, weigh
        self.tasks: Iterator[T] = iter(())
        self.processes: list[_Process] = []
        # Once for all answers: to look anew at every connection for each takes longer than to take the answer.
        self.selector = selectors.DefaultSelector()
        self.open: dict[int, T] = {}
        self.answers: dict[int, R | Lost] = {}
        self.weights: dict[int, int] = {}
        self.held = 0
        self.taken = self.told = 0
        self.more = False
        self.again: deque[int] = deque()
        self.alone: deque[int] = deque()
        self.tried: set[int] = set()
        self.stillborn = 0

    def begin(self, jobs: int) -> None:
        """Begin so many processes."""
        self.processes = [self._process() for _ in range(max(1, jobs))]

    def answers_to(self, tasks: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        """Yield each task with its answer, in order."""
        self.tasks, self.more = iter(tasks), True
        while True:
            self._hand_out()
            while self.told in self.answers:
                number, self.told = self.told, self.told + 1
                self.held -= self.weights.pop(number)
                yield self.open.pop(number), self.answers.pop(number)
            if not self.open and not self.more:
                return
            self._listen()
            self._hold_time()

    def end(self) -> None:
        """Kill the processes."""
        for one in self.processes:
            self._kill(one)
        self.selector.close()

    # --- tasks out

    def _hand_out(self) -> None:
        for one in list(self.processes):
            if not one.ready or len(one.batch) > _BATCH or self._is_alone(one):
                continue
            batch = self._batch(one)
            if not batch:
                continue
            one.fresh, one.since = False, one.since if one.batch else time.monotonic()
            one.batch.extend(batch)
            try:
                one.connection.send([self.open[number] for number in batch])
            except OSError:
                self._died(one)

    def _is_alone(self, one: _Process) -> bool:
        """Tell whether a process has a task that is tried once more."""
        return bool(one.batch) and one.batch[0] in self.tried

    def _batch(self, one: _Process) -> deque[int]:
        if one.fresh and self.alone:
            return deque([self.alone.popleft()])
        if self.again:
            return deque([self.again.popleft()])
        batch: deque[int] = deque()
        size = 0
        while self.more and len(batch) < _BATCH and size < _BATCH_BYTES and self.held < _HELD_BYTES:
            try:
                task = next(self.tasks)
            except StopIteration:
                self.more = False
                break
            weight = self.weigh(task)
            self.open[self.taken], self.weights[self.taken] = task, weight
            batch.append(self.taken)
            self.taken += 1
            self.held += weight
            size += weight
        return batch

    # --- answers in

    def _listen(self) -> None:
        for key, _ in self.selector.select(self._patience()):
            self._take(key.data)

    def _take(self, one: _Process) -> None:
        """Take what a process has to say next; its end may come in the midst of it."""
        try:
            said = one.connection.recv_bytes()
        except (EOFError, OSError):
            self._died(one)
        else:
            self._heard(one, said)

    def _heard(self, one: _Process, said: bytes) -> None:
        answer: Any = pickle.loads(said)  # noqa: S301 - from a process of our own
        if isinstance(answer, Ready):
            if answer.problem is not None:
                raise PoolError(f"a reading process cannot begin: {answer.problem}")
            one.ready, self.stillborn = True, 0
            return
        number = one.batch.popleft()
        one.since = time.monotonic()
        if isinstance(answer, Lost) and answer.reason == "memory":
            # What else the process holds may be to blame, and what it holds now is not known.
            self._blame(number, answer)
            self._replace(one)
        else:
            self._answer(number, answer, len(said))

    def _answer(self, number: int, answer: R | Lost, weight: int) -> None:
        self.answers[number] = answer
        self.weights[number] += weight
        self.held += weight

    def _blame(self, number: int, lost: Lost) -> None:
        """Try a task once more, alone in a new process; the second time it is lost."""
        if number in self.tried:
            self._answer(number, lost, 0)
        else:
            self.tried.add(number)
            self.alone.append(number)

    # --- processes

    def _process(self) -> _Process:
        ours, theirs = Pipe()
        with theirs:
            process = _begun(theirs.fileno(), self.limits.memory or 0)
        with suppress(OSError):
            ours.send(self.start)
        one = _Process(process, ours)
        self.selector.register(ours, selectors.EVENT_READ, one)
        return one

    def _replace(self, one: _Process) -> None:
        """Kill a process, give its tasks to others, and begin another in its place."""
        self.again.extend(one.batch)
        one.batch.clear()
        self._kill(one)
        self.processes[self.processes.index(one)] = self._process()

    def _kill(self, one: _Process) -> None:
        one.process.kill()
        one.process.wait()
        self.selector.unregister(one.connection)
        one.connection.close()

    def _died(self, one: _Process) -> None:
        with suppress(subprocess.TimeoutExpired):
            one.process.wait(1)
        if not one.ready:
            self.stillborn += 1
            if self.stillborn >= _STILLBORN:
                raise PoolError(f"reading processes end before they begin: one {_told_end(one.process.returncode)}")
        if one.batch:
            self._blame(one.batch.popleft(), self._lost_with(one.process.returncode))
        self._replace(one)

    def _lost_with(self, code: int | None) -> Lost:
        if self.limits.memory is not None and code == -signal.SIGABRT:
            # Libraries in Rust and C++ abort where they are refused memory.
            return Lost("memory", f"took more than {self.limits.memory} MB (its process {_told_end(code)})")
        return Lost("died", f"its process {_told_end(code)}")

    def _patience(self) -> float | None:
        if self.limits.timeout is None:
            return None
        busy = [one.since for one in self.processes if one.batch]
        return max(0.0, min(busy) + self.limits.timeout - time.monotonic()) if busy else None

    def _hold_time(self) -> None:
        if self.limits.timeout is None:
            return
        for one in list(self.processes):
            late = one.batch and time.monotonic() - one.since >= self.limits.timeout
            if late and not one.connection.poll():
                self._answer(one.batch.popleft(), Lost("timeout", f"took more than {self.limits.timeout:g} s"), 0)
                self._replace(one)


def _begun(handle: int, memory: int) -> subprocess.Popen[bytes]:
    """Begin a process that works for what is at the other end of a handle."""
    # Not by multiprocessing: Dask's workers are daemons of it, which may not begin others.
    command = [sys.executable, "-P", "-c", _WORK, str(handle), str(memory), str(os.getpid())]
    found = os.pathsep.join(path or os.getcwd() for path in sys.path)
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, pass_fds=[handle], env={**os.environ, "PYTHONPATH": found}
    )


def _told_end(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return "died" if code is None else f"ended with {code}"
