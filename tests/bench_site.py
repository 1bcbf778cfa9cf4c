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
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from datasette.utils import tilde_encode

from db.grams import FTS_TABLES
from db.site import settings

CLIENTS = 4
ROUNDS = 12
_START, _ANSWER = 300, 300


class Asked(NamedTuple):
    """One kind of page, as we and as plain Datasette have it; `{}` is filled in anew for each request."""

    kind: str
    ours: str
    plain: str
    fill: str | None = None


PAGES = (
    Asked("home", "/", "/"),
    Asked("list", "/damoxing/models", "/damoxing/models"),
    Asked(
        "filtered list",
        "/damoxing/models?parameters__gt=1e9&_sort_desc=parameters",
        "/damoxing/models?parameters__gt=1e9&_sort_desc=parameters",
    ),
    Asked(
        "list, never asked before",
        "/damoxing/models?statement_count__gte=1&id__gte={}",
        "/damoxing/models?statement_count__gte=1&id__gte={}",
        "select id from models",
    ),
    Asked("list of figures", "/damoxing/metrics", "/damoxing/metrics"),
    Asked("model page", "/damoxing/models/{}", "/damoxing/models/{}", "select id from models"),
    Asked("company page", "/damoxing/organizations/{}", "/damoxing/organizations/{}", "select id from organizations"),
    Asked(
        "statement page", "/damoxing/statements/{}", "/damoxing/statements/{}", "select id from statements limit 5000"
    ),
    Asked("source page", "/damoxing/sources/{}", "/damoxing/sources/{}", "select id from sources"),
    Asked("search", "/-/search?q={}", "/damoxing/statements?_search={}", "names"),
    Asked("list as JSON", "/damoxing/models.json", "/damoxing/models.json"),
    Asked("conflicts", "/damoxing/conflicts", "/damoxing/conflicts"),
)


class Times(NamedTuple):
    """The 95th percentiles of one kind of page, in milliseconds, and bytes of ours as they cross the wire."""

    kind: str
    ours: float
    plain: float
    size: int


def site_times(base: Path, *, clients: int = CLIENTS, rounds: int = ROUNDS, public: bool = False) -> Iterator[Times]:
    """Serve a base by us and by plain Datasette, ask both for each kind of page in turn, and yield the times.

    `rounds` requests a client and kind; the order of the kinds is drawn, the same for both.
    Raise RuntimeError where a page is not answered with 200.
    """
    told: dict[str, dict[str, list[float]]] = {}
    sizes: dict[str, int] = {}
    fills = _fills(base)
    for name, served in (("ours", _ours(base, public)), ("plain", _plain(base))):
        with served as port:
            _ask(port, [(asked.kind, path) for asked in PAGES for path in _paths(asked, name, fills, 1)])
            work = [(asked.kind, path) for asked in PAGES for path in _paths(asked, name, fills, rounds * clients)]
            random.Random(1).shuffle(work)
            told[name] = defaultdict(list)
            with ThreadPoolExecutor(clients) as pool:
                for times, found in pool.map(lambda part: _ask(port, part), [work[i::clients] for i in range(clients)]):
                    for kind, taken in times:
                        told[name][kind].append(taken)
                    if name == "ours":
                        sizes |= found
    for asked in PAGES:
        yield Times(asked.kind, _p95(told["ours"][asked.kind]), _p95(told["plain"][asked.kind]), sizes[asked.kind])


def _p95(times: list[float]) -> float:
    return sorted(times)[max(0, math.ceil(len(times) * 0.95) - 1)] * 1000


def _fills(base: Path) -> dict[str, list[str]]:
    """Draw what fills the addresses: ids, and names to search for."""
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
    return found


def _paths(asked: Asked, name: str, fills: dict[str, list[str]], count: int) -> list[str]:
    path = asked.ours if name == "ours" else asked.plain
    if asked.fill is None:
        return [path] * count
    values = fills[asked.fill]
    encode = quote if asked.fill == "names" else tilde_encode
    return [path.format(encode(values[i % len(values)])) for i in range(count)]


def _ask(port: int, work: list[tuple[str, str]]) -> tuple[list[tuple[str, float]], dict[str, int]]:
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
def _ours(base: Path, public: bool) -> Iterator[int]:
    """Serve a base by our own command."""
    port = _free_port()
    command = [
        sys.executable,
        "-c",
        "from cli.app import main; main()",
        "serve",
        "--db",
        str(base),
        "--port",
        str(port),
    ]
    with _running([*command, *(["--public"] if public else [])], port):
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


def main() -> None:
    """Print the times of a base."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_site", description=__doc__)
    parser.add_argument("base", type=Path)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--public", action="store_true")
    given = parser.parse_args()
    print(f"{'p95 of':<26} {'ours':>10} {'plain':>10} {'ratio':>7} {'gzip':>9}")
    for row in site_times(given.base, clients=given.clients, rounds=given.rounds, public=given.public):
        print(
            f"{row.kind:<26} {row.ours:>7,.0f} ms {row.plain:>7,.0f} ms {row.ours / row.plain:>7.2f} {row.size / 1e3:>6.1f} kB"
        )


if __name__ == "__main__":
    main()
