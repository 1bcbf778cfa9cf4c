"""Stops queries that run past their time, from a thread of its own.

SQLite could ask for the time itself at every thousand steps (a progress handler), but each time it asks, it takes
Python's lock from the thread that makes other visitors' pages; and a thousand steps, each slow, take minutes.
"""

import sqlite3
import threading
import time
from collections.abc import Callable

# What Datasette opens with, which may be another build than Python's own.
from datasette.utils import sqlite3 as sqlite

_PAUSE = 0.02

Late = Callable[[], int | None]
"""Tells whether a query has run long enough: 1 where it has."""


class Watch:
    """Interrupts each connection that it watches once its query is late."""

    def __init__(self) -> None:
        self._watched: dict[int, tuple[sqlite3.Connection, Late]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self, connection: sqlite3.Connection, late: Late) -> None:
        """Watch a connection from now on."""
        with self._changed:
            self._watched[id(connection)] = (connection, late)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="query watch", daemon=True)
                self._thread.start()
            self._changed.notify()

    def end(self, connection: sqlite3.Connection) -> None:
        """Watch a connection no longer: what it runs next is not interrupted."""
        with self._changed:
            self._watched.pop(id(connection), None)

    def _look(self) -> None:
        while True:
            with self._changed:
                while not self._watched:
                    self._changed.wait()
                for connection, late in self._watched.values():
                    if late():
                        connection.interrupt()
            time.sleep(_PAUSE)


_watch = Watch()


class WatchedConnection(sqlite.Connection):  # type: ignore[misc]
    """A connection whose queries are stopped from without."""

    def set_progress_handler(self, progress_handler: Late | None, n: int) -> None:
        """Have the query stopped when the handler says so, which Datasette sets for each query and then takes away."""
        if progress_handler is None:
            _watch.end(self)
        else:
            _watch.begin(self, progress_handler)
