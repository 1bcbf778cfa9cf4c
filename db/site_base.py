"""The base that a site serves: a newer build is taken in while the requests under way end on the older one."""

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from copy import copy
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import Database

# What Datasette opens with, which may be another build than Python's own.
from datasette.utils import sqlite3 as sqlite

from db.errors import BaseError
from db.opening import open_base
from db.site_context import Site, hold, remember
from db.site_limits import BoundedConnection
from db.site_metadata import DATABASE, described_columns, metadata
from db.site_order import in_order
from db.site_watch import WatchedConnection
from schema.wide import VIEWS

LOOK_SECONDS = 1.0
LONG_THREADS = os.cpu_count() or 2
"""Threads for what looks through whole tables, beside those for short questions."""
_TRIES = 3


class Stamp(NamedTuple):
    """What tells one file from another that took its name."""

    device: int
    inode: int
    modified: int
    size: int


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None where there is none."""
    try:
        told = path.stat()
    except OSError:
        return None
    return Stamp(told.st_dev, told.st_ino, told.st_mtime_ns, told.st_size)


class Generation:
    """One build of a base, held open whatever becomes of its name."""

    def __init__(self, datasette: Datasette, path: Path, site: Site) -> None:
        self.stamp = stamp_of(path)
        counts, self.content_hash = inspected(path)
        self.site = site.of_build(counts)
        self.metadata = metadata(path)
        self.schema: dict[tuple[str, tuple[object, ...]], Any] = {}
        self.users = 0
        self._closed = False
        self._idle: SimpleQueue[sqlite3.Connection] = SimpleQueue()
        self.file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            # One for each thread and one for what is read beside, all at once: later the name may lead to another file.
            for _ in range(datasette.setting("num_sql_threads") + LONG_THREADS + 1):
                self._idle.put(_connect(datasette, path, site.public))
        except BaseException:
            self.close()
            raise

    def run(self, function: Callable[[sqlite3.Connection], Any]) -> Any:
        """Call a function with a connection, in a thread of Datasette's."""
        return self._call(self._idle.get(), function)

    def begin(self, function: Callable[[sqlite3.Connection], None]) -> bool:
        """Call a function with a connection in a thread that no request and no end waits for; tell whether one was idle."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            return False
        threading.Thread(target=self._call, args=(connection, function), name="beside", daemon=True).start()
        return True

    def _call(self, connection: sqlite3.Connection, function: Callable[[sqlite3.Connection], Any]) -> Any:
        try:
            return function(connection)
        finally:
            self._idle.put(connection)
            if self._closed:
                self._close_idle()

    def close(self) -> None:
        """Close what is idle now, and the rest as it comes back."""
        if not self._closed:
            self._closed = True
            os.close(self.file)
        self._close_idle()

    def _close_idle(self) -> None:
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


def inspected(path: Path) -> tuple[dict[str, int], str]:
    """Return the rows of each table and view of a base, and its content hash."""
    connection = open_base(path)
    try:
        counts = {table: _count(connection, table) for table in described_columns()}
        row = connection.execute("select content from base_info where id = 'content_hash'").fetchone()
    finally:
        connection.close()
    return counts, str(row[0]) if row else ""


def _count(connection: sqlite3.Connection, table: str) -> int:
    return int(connection.execute(f'select count(*) from "{table}"').fetchone()[0])


def _connect(datasette: Datasette, path: Path, bounded: bool) -> sqlite3.Connection:
    factory = BoundedConnection if bounded else WatchedConnection
    uri = f"{path.resolve().as_uri()}?immutable=1"
    connection: sqlite3.Connection = sqlite.connect(uri, uri=True, check_same_thread=False, factory=factory)
    # Opens the file and reads its schema.
    connection.execute("select count(*) from sqlite_master").fetchone()
    datasette._prepare_connection(connection, DATABASE)
    return connection


_held: ContextVar[tuple["Base", Generation] | None] = ContextVar("generation", default=None)


_long: ContextVar[bool] = ContextVar("long", default=False)


@contextmanager
def long_questions() -> Iterator[None]:
    """Ask in threads of their own: no short page waits for a thread behind those that look through whole tables."""
    token = _long.set(True)
    try:
        yield
    finally:
        _long.reset(token)


def _read_once(name: str) -> Callable[..., Awaitable[Any]]:
    """Return a question on the schema as Datasette asks it, many times a page: no build changes its own."""
    ask: Callable[..., Awaitable[Any]] = getattr(Database, name)

    async def answer(self: "Base", *given: object) -> Any:
        known, key = self.generation.schema, (name, given)
        if key not in known:
            known[key] = await ask(self, *given)
        return copy(known[key])

    return answer


class Base(Database):  # type: ignore[misc]
    """Datasette's database, whose requests each see one generation from first to last."""

    table_exists, table_columns, table_column_details, primary_keys, fts_table, foreign_keys_for_table = map(
        _read_once,
        (
            *("table_exists", "table_columns", "table_column_details"),
            *("primary_keys", "fts_table", "foreign_keys_for_table"),
        ),
    )
    label_column_for_table, get_table_definition = map(_read_once, ("label_column_for_table", "get_table_definition"))

    def __init__(self, datasette: Datasette, path: Path, site: Site) -> None:
        super().__init__(datasette, path=str(path), is_mutable=False)
        self._file, self._site = path, site
        self._long = ThreadPoolExecutor(LONG_THREADS, "long-questions")
        self._refused: Stamp | None = None
        self._current = self._open()
        self._adopt(self._current)

    def _open(self) -> Generation:
        for _ in range(_TRIES):
            made = Generation(self.ds, self._file, self._site)
            if made.stamp == stamp_of(self._file):
                return made
            made.close()
        raise BaseError(f"{str(self._file)!r} changes while it is opened")

    def _adopt(self, generation: Generation) -> None:
        old, self._current = self._current, generation
        self.ds._metadata_local = generation.metadata
        remember(self.ds, generation.site)
        if old is not generation and not old.users:
            old.close()

    async def look(self) -> bool:
        """Take in the file that has the base's name, where it is another; tell whether it was."""
        stamp = stamp_of(self._file)
        if stamp is None or stamp in (self._current.stamp, self._refused):
            return False
        try:
            made = await asyncio.to_thread(self._open)
        except (BaseError, sqlite3.Error, OSError) as error:
            self._refused = stamp
            print(f"the new base is not served, the old one still is: {error}", file=sys.stderr, flush=True)
            return False
        self._adopt(made)
        print(f"now served: {self._file}, content {made.content_hash[:12]}", file=sys.stderr, flush=True)
        return True

    async def follow(self) -> None:
        """Look for a newer build again and again."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await self.look()

    @contextmanager
    def held(self) -> Iterator[Generation]:
        """Hold the generation of now for one request."""
        generation = self._current
        generation.users += 1
        token = _held.set((self, generation))
        try:
            with hold(self.ds, generation.site):
                yield generation
        finally:
            _held.reset(token)
            generation.users -= 1
            if generation is not self._current and not generation.users:
                generation.close()

    @property
    def generation(self) -> Generation:
        """Return the generation of this request, or that of now."""
        held = _held.get()
        return held[1] if held is not None and held[0] is self else self._current

    async def execute(self, sql: str, *given: Any, **named: Any) -> Any:
        """Return the rows of a query, those of a list in the whole order that its pages go by."""
        return await super().execute(in_order(sql), *given, **named)

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Call a function with a connection to the generation of this request."""
        held = _held.get()
        if held is None or held[0] is not self:
            with self.held():
                return await self.execute_fn(fn)
        # A thread knows nothing of the request but what its context says.
        run = partial(copy_context().run, held[1].run, fn)
        executor = self._long if _long.get() else self.ds.executor
        return await asyncio.get_running_loop().run_in_executor(executor, run)

    def begin(self, function: Callable[[sqlite3.Connection], None]) -> bool:
        """Call a function beside all requests, with a connection to the generation of this one; tell whether one was idle."""
        return self.generation.begin(function)

    @property
    def hash(self) -> str:
        """Return the content hash."""
        return self.generation.content_hash

    @property
    def size(self) -> int:
        """Return the bytes of the file."""
        return os.fstat(self.generation.file).st_size

    @property
    def cached_table_counts(self) -> dict[str, int]:
        """Return the rows of each table."""
        return {table: count for table, count in self.generation.site.counts.items() if table not in VIEWS}

    @property
    def mtime_ns(self) -> int:
        """Return when the file was written."""
        return os.fstat(self.generation.file).st_mtime_ns
