"""The pool: real processes that are killed, run out of time or memory, die, or never begin."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etl.scale.pool import PoolError, answers
from etl.scale.worker import Lost
from schema.reading_limits import Limits
from tests import pool_tasks
from tests.pool_tasks import Task


def run(tasks: list[Task], *, jobs: int = 2, limits: Limits = Limits(), start: Any = pool_tasks.ready) -> list[Any]:
    found = list(answers(tasks, start, jobs=jobs, limits=limits, weigh=lambda _: 10_000))
    assert [task for task, _ in found] == tasks
    return [answer for _, answer in found]


def test_answers_come_in_the_order_of_the_tasks() -> None:
    tasks = [Task(number, "slow" if number % 10 == 0 else "answer") for number in range(40)]
    assert run(tasks) == list(range(40))


def test_a_task_that_takes_too_long_is_lost_and_the_others_of_its_process_are_not() -> None:
    tasks = [Task(number, "sleep" if number == 2 else "answer") for number in range(20)]
    begun = time.monotonic()
    found = run(tasks, jobs=1, limits=Limits(timeout=1))
    assert found.pop(2) == Lost("timeout", "took more than 1 s")
    assert found == [number for number in range(20) if number != 2]
    assert time.monotonic() - begun < 30


def test_a_task_that_takes_too_much_memory_is_lost_and_the_others_are_not() -> None:
    tasks = [Task(number, "eat" if number == 2 else "answer") for number in range(20)]
    found = run(tasks, limits=Limits(memory=200))
    assert found.pop(2) == Lost("memory", "took more than 200 MB")
    assert found == [number for number in range(20) if number != 2]


def test_a_task_that_its_process_dies_with_is_tried_once_more_and_then_lost(tmp_path: Path) -> None:
    tasks = [Task(number) for number in range(20)]
    tasks[3] = Task(3, "die once", str(tmp_path / "died"))
    tasks[5] = Task(5, "die once without memory", str(tmp_path / "ate"))
    tasks[7] = Task(7, "die")
    found = run(tasks)
    assert found.pop(7) == Lost("died", "its process was ended by SIGKILL")
    assert found == [number for number in range(20) if number != 7]
    assert (tmp_path / "died").exists()
    assert (tmp_path / "ate").exists()


def test_an_error_of_a_task_is_its_answer() -> None:
    assert run([Task(0), Task(1, "fail"), Task(2)]) == [0, Lost("error", "KeyError: 'unit'"), 2]


def test_a_process_killed_from_without_costs_no_answer() -> None:
    tasks = [Task(number, "slow") for number in range(60)]
    found = []
    for number, (_, answer) in enumerate(
        answers(tasks, pool_tasks.ready, jobs=2, limits=Limits(), weigh=lambda _: 10_000)
    ):
        if number in {3, 20}:
            os.kill(children()[0], signal.SIGKILL)
        found.append(answer)
    assert found == list(range(60))


def children() -> list[int]:
    """Return the processes of a pool that this one began; skip where the system does not tell."""
    path = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not path.exists():
        pytest.skip("this system does not list a process's children")
    pids = [int(pid) for pid in path.read_text().split()]
    return [pid for pid in pids if "etl.scale.worker" in Path(f"/proc/{pid}/cmdline").read_text()]


def test_processes_that_cannot_begin_end_the_run() -> None:
    with pytest.raises(PoolError, match="ValueError: no units"):
        run([Task(0)], start=pool_tasks.broken)
    with pytest.raises(PoolError, match="ended with 3"):
        run([Task(0)], start=pool_tasks.stillborn)


def test_tasks_are_taken_as_they_are_needed_and_no_process_outlives_the_pool() -> None:
    taken = 0

    def endless() -> Iterator[Task]:
        nonlocal taken
        while True:
            yield Task(taken, "sleep" if taken == 40 else "answer")
            taken += 1

    pool = answers(endless(), pool_tasks.ready, jobs=2, limits=Limits(timeout=2), weigh=lambda _: 1_000_000)
    assert [answer for _, answer in (next(pool) for _ in range(40))] == list(range(40))
    assert isinstance(next(pool)[1], Lost)
    # While one slept, the others went on, as far as what waits may be held.
    assert 60 < taken < 150
    assert children()
    pool.close()  # type: ignore[attr-defined]
    assert not children()


def test_without_tasks_no_process_begins() -> None:
    assert run([], start=pool_tasks.stillborn) == []
