"""A process that reads: it begins once, then answers batch after batch until it is told nothing more, or is killed."""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

_PR_SET_PDEATHSIG = 1


class Lost(NamedTuple):
    """Why a task has no answer: in a word (timeout, memory, died, error), and told."""

    reason: str
    message: str


class Ready(NamedTuple):
    """The process has begun, or why it cannot."""

    problem: str | None = None


def main() -> None:
    """Work for the process that began this one: the arguments are the handle to it, MB (0 for any), and its id."""
    # Ctrl-C is for the parent to see, which ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    handle, memory, parent = map(int, sys.argv[1:])
    _end_with(parent)
    _work(Connection(handle), memory)


def _work(connection: Connection, memory: int) -> None:
    """Take what makes the answers, then answer each task of each batch."""
    try:
        answer = connection.recv()()
    except Exception as error:
        with suppress(OSError):
            connection.send(Ready(f"{type(error).__name__}: {error}"))
        return
    tasks: SimpleQueue[tuple[Any] | None] = SimpleQueue()
    # Beside the work, so that whoever sends the next batch never waits for this one's end.
    threading.Thread(target=_listen, args=(connection, tasks), daemon=True).start()
    if memory:
        _hold_memory(memory)
    # What is loaded stays: to look through it for garbage takes as long as to read some ten texts.
    gc.freeze()
    # Where nobody waits for an answer any more, there is no next task either.
    with suppress(OSError):
        connection.send(Ready())
        while (task := tasks.get()) is not None:
            connection.send(_attempt(answer, task[0], memory))


def _listen(connection: Connection, tasks: SimpleQueue[tuple[Any] | None]) -> None:
    """Put the tasks of each batch where they are taken from, and None where there will be no more."""
    try:
        with suppress(EOFError, OSError):
            while True:
                for task in connection.recv():
                    tasks.put((task,))
    finally:
        tasks.put(None)


def _attempt(answer: Callable[[Any], Any], task: Any, memory: int) -> Any:
    try:
        return answer(task)
    except MemoryError:
        return Lost("memory", f"took more than {memory} MB" if memory else "took more memory than there is")
    except Exception as error:
        return Lost("error", f"{type(error).__name__}: {error}")


def _end_with(parent: int) -> None:
    """Let the system end this process with its parent, also while it is busy; only Linux can."""
    if sys.platform != "linux":
        return
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _hold_memory(megabytes: int) -> None:
    """Let this process take so much more than it has now."""
    import resource

    status = Path("/proc/self/status")
    held = 0
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmData:"))
        held = int(line.split()[1]) * 1024
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (held + megabytes * 1024 * 1024, hard))
