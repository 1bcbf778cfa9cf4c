"""Times pages of the site beside plain Datasette: the same file, indexes and settings, the same run, several clients at once."""

import argparse
import gzip
import http.client
import json
import math
import random
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from datasette.utils import tilde_encode

from db.grams import FTS_TABLES
from db.site import settings

REQUESTS = 48
"""Requests of one kind, in all, a turn."""
MOST_MS = 100
_START, _ANSWER = 300, 300


class Turn(NamedTuple):
    """How many clients ask at once, and whether for all kinds of page mixed, or for one kind after the other."""

    clients: int
    mixed: bool

    @property
    def name(self) -> str:
        """Return what the turn is called."""
        return f"{self.clients} clients, {'all kinds mixed' if self.mixed else 'a kind at a time'}"


TURNS = (Turn(4, True), Turn(16, False), Turn(16, True))


class Asked(NamedTuple):
    """One kind of page, as we and as plain Datasette have it, which is mostly the same; `{}` is another each time."""

    kind: str
    ours: str
    fill: str | None = None
    plain: str = ""


_PARAMETERS = "select 1000000000 + rowid * 10000000 from models limit 5000"
_LOW = "select distinct low from metrics where low is not null"
_DISTANCE = "select distinct distance from conflicts where distance is not null"
PAGES = (
    Asked("home", "/"),
    Asked("list", "/damoxing/models"),
    Asked("filtered list", "/damoxing/models?parameters__gt=1e9&_sort_desc=parameters"),
    Asked("list, never asked before", "/damoxing/models?statement_count__gte=1&parameters__gte={}", _PARAMETERS),
    Asked("list of figures", "/damoxing/metrics"),
    Asked("list of figures, never asked", "/damoxing/metrics?low__gte={}", _LOW),
    Asked("conflicts", "/damoxing/conflicts"),
    Asked("conflicts, never asked", "/damoxing/conflicts?distance__gte={}", _DISTANCE),
    Asked("model page", "/damoxing/models/{}", "select id from models"),
    Asked("company page", "/damoxing/organizations/{}", "select id from organizations"),
    Asked("statement page", "/damoxing/statements/{}", "select id from statements limit 5000"),
    Asked("source page", "/damoxing/sources/{}", "select id from sources"),
    Asked("search", "/-/search?q={}", "names", "/damoxing/statements?_search={}"),
    Asked("list as JSON", "/damoxing/models.json"),
    Asked("list as JSON, never asked", "/damoxing/models.json?_shape=array&parameters__gte={}", _PARAMETERS),
    Asked("CSV stream of a source", "/damoxing/statements.csv?_stream=on&source_id={}", "select id from sources"),
)
ENTITIES = ("model page", "company page")


class Times(NamedTuple):
    """Medians and 95th percentiles of one kind of page, in milliseconds, and bytes of ours as they cross the wire."""

    turn: Turn
    kind: str
    ours: float
    ours_p95: float
    plain: float
    plain_p95: float
    size: int

    @property
    def misses(self) -> str:
        """Return the goal that is missed; empty where all hold."""
        if self.ours_p95 > self.plain_p95:
            return "slower than plain Datasette"
        bound = self.turn == TURNS[0] or (self.turn == TURNS[1] and self.kind in ENTITIES)
        return f"over {MOST_MS} ms" if bound and self.ours_p95 >= MOST_MS else ""


def site_times(base: Path, *, requests: int = REQUESTS, public: bool = False) -> Iterator[Times]:
    """Serve a base by us and by plain Datasette, ask both for each kind of page in turn, and yield the times.

    `requests` of each kind a turn, the kinds in an order that is drawn, the same for both; a page that is another
    each time is never asked twice of a server. Raise RuntimeError where a page is not answered with 200.
    """
    told: dict[tuple[str, Turn, str], list[float]] = {}
    sizes: dict[str, int] = {}
    for name, served in (("ours", serving(base, public)), ("plain", _plain(base))):
        fills = _fills(base)
        with served as port:
            sizes = (
                sizes
                or _ask(port, [(asked.kind, path) for asked in PAGES for path in _paths(asked, name, fills, 1)])[1]
            )
            _ask(port, [(asked.kind, path) for asked in PAGES for path in _paths(asked, name, fills, 1)])
            for turn in TURNS:
                for kind, taken in _answers(port, turn, _work(turn, name, fills, requests)):
                    told.setdefault((name, turn, kind), []).append(taken)
    for turn in TURNS:
        for asked in PAGES:
            ours, plain = (sorted(told[name, turn, asked.kind]) for name in ("ours", "plain"))
            figures = (at * 1000 for times in (ours, plain) for at in (times[len(times) // 2], _p95(times)))
            yield Times(turn, asked.kind, *figures, sizes[asked.kind])


Work = list[tuple[str, str]]


def _work(turn: Turn, name: str, fills: dict[str, Iterator[str]], requests: int) -> list[Work]:
    """Return what is asked, in parts that begin one after the other: kind and path of each request."""
    kinds = [[(asked.kind, path) for path in _paths(asked, name, fills, requests)] for asked in PAGES]
    if not turn.mixed:
        return kinds
    work = [request for kind in kinds for request in kind]
    random.Random(1).shuffle(work)
    return [work]


def _answers(port: int, turn: Turn, parts: list[Work]) -> Iterator[tuple[str, float]]:
    """Let the clients ask, each for one page after the other; yield kind and seconds of each answer."""
    with ThreadPoolExecutor(turn.clients) as pool:
        for part in parts:
            shares = [part[i :: turn.clients] for i in range(turn.clients)]
            for times, _ in pool.map(lambda share: _ask(port, share), shares):
                yield from times


def _p95(times: list[float]) -> float:
    return times[max(0, math.ceil(len(times) * 0.95) - 1)]


def _fills(base: Path) -> dict[str, Iterator[str]]:
    """Draw what fills the addresses: ids, and names to search for, again from the first where they are used up."""
    draw = random.Random(7)
    found: dict[str, list[str]] = {}
    with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as connection:
        for asked in PAGES:
            if asked.fill and asked.fill != "names":
                found[asked.fill] = [str(row[0]) for row in connection.execute(asked.fill)]
        names = connection.execute("select name_zh from entities where name_zh is not null limit 2000")
        found["names"] = [name for (name,) in names if name.isalnum()]  # plain Datasette fails on punctuation
    for values in found.values():
        draw.shuffle(values)
    return {fill: cycle(values) for fill, values in found.items()}


def _paths(asked: Asked, name: str, fills: dict[str, Iterator[str]], count: int) -> list[str]:
    path = asked.plain or asked.ours if name == "plain" else asked.ours
    if asked.fill is None:
        return [path] * count
    encode = tilde_encode if path.endswith("/{}") else quote
    return [path.format(encode(value)) for value in islice(fills[asked.fill], count)]


def _ask(port: int, work: Work) -> tuple[list[tuple[str, float]], dict[str, int]]:
    """Ask for pages one after the other over one connection; return the times, and the compressed sizes."""
    times, sizes = [], {}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=_ANSWER)) as connection:
        for kind, path in work:
            start = time.perf_counter()
            connection.request("GET", path, headers={"accept-language": "zh"})
            response = connection.getresponse()
            body = response.read()
            times.append((kind, time.perf_counter() - start))
            if response.status != 200:
                raise RuntimeError(f"{path} was answered with {response.status}: {body[:200]!r}")
            if kind not in sizes:
                sizes[kind] = len(gzip.compress(body))
    return times, sizes


@contextmanager
def serving(base: Path, public: bool = False) -> Iterator[int]:
    """Serve a base as `damoxing serve` does, without the export that it begins to make beside."""
    port = _free_port()
    code = (
        f"from pathlib import Path; from db.site import serve; serve(Path({str(base)!r}), port={port}, public={public})"
    )
    with _running([sys.executable, "-c", code], port):
        yield port


@contextmanager
def _plain(base: Path) -> Iterator[int]:
    """Serve a base by Datasette alone, with our settings, and told which tables have a search index."""
    port = _free_port()
    folder = base.parent / f"{base.stem}-plain"
    folder.mkdir(exist_ok=True)
    link = folder / "damoxing.db"
    link.unlink(missing_ok=True)
    link.symlink_to(base.resolve())
    tables = {name.removesuffix("_fts"): {"fts_table": name} for name in FTS_TABLES}
    (folder / "metadata.json").write_text(json.dumps({"databases": {"damoxing": {"tables": tables}}}))
    command = [sys.executable, "-m", "datasette", "serve", "--immutable", str(link), "--port", str(port)]
    command += ["--metadata", str(folder / "metadata.json")]
    for name, value in settings().items():
        command += ["--setting", name, str(value).lower() if isinstance(value, bool) else str(value)]
    with _running(command, port):
        yield port


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        until = time.monotonic() + _START
        while process.poll() is None and time.monotonic() < until:
            with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
                break
            time.sleep(0.1)
        else:
            told = process.stderr.read().decode() if process.stderr and process.poll() is not None else "no answer"
            raise RuntimeError(f"{command} did not serve: {told[-500:]}")
        yield
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def print_times(times: Iterator[Times]) -> None:
    """Print the times, and which goals are missed."""
    rows = list(times)
    for turn in TURNS:
        print(f"| {turn.name} | p50, ms | p95 | plain p50 | plain p95 | missed |")
        print("|---|---:|---:|---:|---:|---|")
        for row in (row for row in rows if row.turn == turn):
            told = " | ".join(f"{at:,.0f}" for at in (row.ours, row.ours_p95, row.plain, row.plain_p95))
            print(f"| {row.kind} | {told} | {row.misses} |")
        print()
    held = sum(not row.misses for row in rows)
    print(
        f"{held} of {len(rows)} hold: p95 no worse than plain Datasette's; under {MOST_MS} ms with {TURNS[0].name}, and "
        f"for {' and '.join(ENTITIES)} with {TURNS[1].name}"
    )
    print("compressed, kB: " + ", ".join(f"{row.kind} {row.size / 1e3:.0f}" for row in rows[: len(PAGES)]))


def main() -> None:
    """Print the times of a base."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_site", description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of one kind of page, a turn")
    parser.add_argument("--public", action="store_true", help="as `serve --public`")
    given = parser.parse_args()
    print_times(site_times(given.base, requests=given.requests, public=given.public))


if __name__ == "__main__":
    main()
