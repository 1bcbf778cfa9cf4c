"""Mixed load on served sites while their base is built anew under them: `python -m tests.soaking MINUTES`.

Two sites serve one base, one as strangers get it and one as its operator does, who alone has MCP. Clients browse,
search, ask in SQL, take exports and feeds at a low rate, so that the machine stays free for other work.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.browsing import ROOT, served

CLIENTS = 4
RATE = 8.0
"""Requests a second, of all clients together."""
MOST_GROWTH = 30.0
"""MB that a site may hold more at the end than early on; kept pages alone take up to 64."""
MOST_FILES = 2 * CLIENTS
"""Files that it may hold more: at the moment of counting each client may hold a connection and a file; one more with
each build of an hour would be a leak."""
_SAMPLES = 120
_PATIENCE = 120.0
_SESSION = "mcp-session-id"
_HELLO = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "soak", "version": "1"}}
KINDS = {
    "browsing": (
        *("/", "/damoxing", "/damoxing/models", "/damoxing/models/gpt-3", "/damoxing/conflicts?lang=en"),
        *("/damoxing/policies?_sort_desc=issued", "/damoxing/organizations/openai", "/-/evidence/squswtgar6"),
        *("/-/method", "/-/compare?id=gpt-3&id=llama", "/damoxing/sources", "/-/pictures/openness"),
    ),
    "search": ("/-/search?q=GPT", "/-/search?q=%E5%A4%A7%E6%A8%A1%E5%9E%8B", "/damoxing/statements?_search=llama"),
    "SQL": (
        "/damoxing.json?sql=select+kind,count(*)+from+entities+group+by+1",
        "/damoxing.csv?sql=select+*+from+models+limit+50",
        "/damoxing?sql=select+count(*)+from+statements+a+join+statements+b+using+(subject_id)",
    ),
    "exports": (
        *("/damoxing/statements.csv?_stream=on", "/-/rows/models.xlsx", "/-/rows/policies.jsonl", "/damoxing.db"),
        *("/-/data.json", "/-/data/models.csv"),
    ),
    "feeds": ("/feed.atom", "/sitemap.xml", "/sitemap/models-0.xml", "/llms.txt", "/robots.txt", "/openapi.json"),
}
MCP = (
    ("find", {"text": "LLaMA"}),
    ("facts", {"name": "llama"}),
    ("execute_sql", {"database": "damoxing", "sql": "select count(*) as n from sources"}),
)


@dataclass(slots=True)
class Told:
    """What came of the load, as it comes."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    memory: dict[str, list[int]] = field(default_factory=dict)
    files: dict[str, list[int]] = field(default_factory=dict)
    builds: int = 0
    taken_in: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, what: str, seconds: float, status: int, good: bool) -> None:
        """Note an answer."""
        with self.lock:
            self.seconds.setdefault(kind, []).append(seconds)
            self.statuses[str(status)] += 1
            if not good:
                self.failures.append(f"{status} {what}")

    def fail(self, what: str) -> None:
        """Note what went wrong."""
        with self.lock:
            self.failures.append(what)


Ask = Callable[[httpx.Client], None]


def soak(folder: Path, seeds: Path | None, seconds: float, rate: float = RATE, every: float = 120.0) -> dict[str, Any]:
    """Load both sites for so many seconds, with a build every so often; return the figures."""
    base, told = folder / "served" / "damoxing.db", Told()
    base.parent.mkdir(parents=True)
    _build(base, seeds, None)
    with ExitStack() as stack:
        sites = {name: stack.enter_context(site(base, name)) for name in ("public", "own")}
        stop = threading.Event()
        mixed = _mixed(told, {name: address for name, (address, _) in sites.items()})
        with ThreadPoolExecutor(CLIENTS + 2) as pool:
            under_way = [pool.submit(_client, told, mixed, stop, CLIENTS / rate) for _ in range(CLIENTS)]
            pids = {name: pid for name, (_, pid) in sites.items()}
            under_way.append(pool.submit(_watch, told, pids, stop, seconds / _SAMPLES))
            under_way.append(pool.submit(_rebuild, told, base, seeds, [a for a, _ in sites.values()], stop, every))
            stop.wait(seconds)
            stop.set()
            for one in under_way:
                one.result()
        logs = {name: (base.parent / f"{name}.log").read_text(encoding="utf-8") for name in sites}
    told.failures += [f"a trace in the log of {name}" for name, log in logs.items() if "Traceback" in log]
    return figures(told, seconds)


@contextmanager
def site(base: Path, name: str) -> Iterator[tuple[str, int]]:
    """Serve a base, publicly or not; yield its address and process id."""
    log = base.parent / f"{name}.log"
    with served(base, *(["--public"] if name == "public" else []), log=log) as address:
        yield address, _listening(int(address.rpartition(":")[2]))


def _listening(port: int) -> int:
    """Return the id of the process that listens on a port."""
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    inode = next(
        one[9] for one in map(str.split, lines) if one[3] == "0A" and int(one[1].partition(":")[2], 16) == port
    )
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if str(link.readlink()) == f"socket:[{inode}]":
                return int(link.parts[2])
        except OSError:
            continue
    raise RuntimeError(f"nobody listens on {port}")


def _mixed(told: Told, addresses: dict[str, str]) -> Iterator[Ask]:
    """Yield requests without end, each kind in its turn."""
    turns = {kind: itertools.cycle(paths) for kind, paths in KINDS.items()}
    calls = itertools.cycle(MCP)
    order = ("browsing", "search", "browsing", "SQL", "browsing", "exports", "feeds", "browsing")
    while True:
        for kind, name in itertools.product(order, addresses):
            yield _get(told, kind, addresses[name], next(turns[kind]))
        yield _call(told, addresses["own"], *next(calls))


def _get(told: Told, kind: str, address: str, path: str) -> Ask:
    def ask(client: httpx.Client) -> None:
        began = time.monotonic()
        response = client.get(address + path, headers={"accept-language": "en"}, follow_redirects=True)
        # A visitor's own query may be told to wait, and the files of a new base to be under way: both in words.
        waits = {429} if kind == "SQL" else {503} if path.startswith("/-/data") else set()
        good = response.status_code in {200, *waits}
        good = good and (response.status_code == 200 or int(response.headers["retry-after"]) > 0)
        told.note(kind, path, time.monotonic() - began, response.status_code, good)

    return ask


def _call(told: Told, address: str, tool: str, values: dict[str, Any]) -> Ask:
    def ask(client: httpx.Client) -> None:
        began = time.monotonic()
        if _SESSION not in client.headers:
            client.headers[_SESSION] = _rpc(client, address, "initialize", _HELLO).headers[_SESSION]
        response = _rpc(client, address, "tools/call", {"name": tool, "arguments": values})
        good = response.status_code == 200 and '"isError":true' not in response.text and '"result"' in response.text
        told.note("MCP", tool, time.monotonic() - began, response.status_code, good)

    return ask


def _rpc(client: httpx.Client, address: str, method: str, params: dict[str, Any]) -> httpx.Response:
    asked = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return client.post(f"{address}/-/mcp", json=asked, headers={"accept": "application/json, text/event-stream"})


def _client(told: Told, mixed: Iterator[Ask], stop: threading.Event, pause: float) -> None:
    with httpx.Client(timeout=_PATIENCE) as client:
        while not stop.wait(pause):
            with told.lock:
                ask = next(mixed)
            try:
                ask(client)
            except (httpx.HTTPError, KeyError, ValueError) as error:
                told.fail(f"dropped: {error!r}")


def _watch(told: Told, pids: dict[str, int], stop: threading.Event, pause: float) -> None:
    while not stop.wait(pause):
        for name, pid in pids.items():
            told.memory.setdefault(name, []).append(resident(pid))
            told.files.setdefault(name, []).append(len(list(Path(f"/proc/{pid}/fd").iterdir())))


def resident(pid: int) -> int:
    """Return the bytes of memory that a process holds."""
    return _memory(pid, "VmRSS")


def peak(pid: int) -> int:
    """Return the bytes of memory that a process held at most."""
    return _memory(pid, "VmHWM")


def _memory(pid: int, kind: str) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split(f"{kind}:")[1].split()[0]) * 1024


def _rebuild(
    told: Told, base: Path, seeds: Path | None, addresses: list[str], stop: threading.Event, every: float
) -> None:
    for day in itertools.cycle(("2025-01-31", None)):
        if stop.wait(every):
            return
        content, began = _build(base, seeds, day), time.monotonic()
        told.builds += 1
        for address in addresses:
            if not _taken_in(address, content):
                told.fail(f"build {told.builds} is not served")
        told.taken_in.append(time.monotonic() - began)


def _build(base: Path, seeds: Path | None, as_of: str | None) -> str:
    """Build a base by the command; return the first characters of its content hash."""
    command = [sys.executable, "-c", "from cli.app import main; main()", "build", "--db", str(base)]
    command += ["--seeds", str(seeds)] if seeds else []
    command += ["--as-of", as_of] if as_of else []
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stderr.rpartition("content ")[2].strip()


def _taken_in(address: str, content: str) -> bool:
    asked = f"{address}/damoxing/base_info.json?id=content_hash&_shape=array"
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        if httpx.get(asked, timeout=_PATIENCE).json()[0]["content"].startswith(content):
            return True
        time.sleep(0.2)
    return False


def figures(told: Told, seconds: float) -> dict[str, Any]:
    """Sum up what was told; memory and open files are medians of each tenth of the time."""
    every = [one for of_kind in told.seconds.values() for one in of_kind]
    return {
        "minutes": round(seconds / 60, 1),
        "requests": len(every),
        "statuses": dict(sorted(told.statuses.items())),
        "failures": len(told.failures),
        "first_failures": told.failures[:10],
        "p95_ms": {kind: p95(of_kind) for kind, of_kind in sorted(told.seconds.items())} | {"all": p95(every)},
        "builds": told.builds,
        "slowest_taken_in_s": round(max(told.taken_in, default=0.0), 1),
        "memory_mb": {name: [round(one / 1e6, 1) for one in tenths(series)] for name, series in told.memory.items()},
        "files": {name: [round(one) for one in tenths(series)] for name, series in told.files.items()},
    }


def p95(seconds: list[float]) -> int:
    """Return the 95th percentile, in milliseconds."""
    return round(1000 * sorted(seconds)[int(len(seconds) * 0.95)]) if seconds else 0


def tenths(series: list[int]) -> list[float]:
    """Return the median of each tenth of a series; of the whole where it is short."""
    cuts = [len(series) * part // 10 for part in range(11)]
    return [statistics.median(series[start:end] or series) for start, end in itertools.pairwise(cuts)]


def faults(found: dict[str, Any]) -> list[str]:
    """Return what went wrong: failures, answers that were no answers, and what grew from the third tenth to the last."""
    told = [f"{found['failures']} failures: {found['first_failures']}"] if found["failures"] else []
    for what, most in (("memory_mb", MOST_GROWTH), ("files", MOST_FILES)):
        told += [
            f"{what} of {name} grew from {series[2]} to {series[-1]}"
            for name, series in found[what].items()
            if series[-1] - series[2] > most
        ]
    return told


def main() -> None:
    """Soak, and print the figures; exit 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soaking", description=__doc__)
    parser.add_argument("minutes", type=float)
    parser.add_argument("--rate", type=float, default=RATE, help="Requests a second, of all clients together.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = soak(Path(folder), None, given.minutes * 60, given.rate)
    print(json.dumps(found, indent=2))
    if wrong := faults(found):
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main()
