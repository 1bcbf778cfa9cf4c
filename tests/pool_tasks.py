"""Tasks for tests of the pool: ways to answer, and ways not to."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Task(NamedTuple):
    """What a process should do, and its answer."""

    number: int
    how: str = "answer"
    mark: str = ""


def ready() -> Callable[[Task], int]:
    return answer


def broken() -> Callable[[Task], int]:
    raise ValueError("no units")


def stillborn() -> Callable[[Task], int]:
    os._exit(3)


def answer(task: Task) -> int:
    """Return the task's number, or do what it says instead."""
    if task.how == "slow":
        time.sleep(0.2)
    elif task.how == "sleep":
        time.sleep(600)
    elif task.how == "eat":
        len(b"x" * (1 << 30))
    elif task.how == "fail":
        raise KeyError("unit")
    elif task.how == "die" or (task.how == "die once" and not Path(task.mark).exists()):
        if task.mark:
            Path(task.mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    elif task.how == "kill the worker":
        os.kill(os.getppid(), signal.SIGKILL)
        time.sleep(600)
    elif task.how == "die once without memory" and not Path(task.mark).exists():
        Path(task.mark).touch()
        raise MemoryError
    return task.number


def ready_on_host(seeds: Path | None) -> Callable[[Task], int]:
    """Begin on a worker of a cluster."""
    return answer
