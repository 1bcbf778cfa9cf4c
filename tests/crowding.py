"""What strangers' costly queries do to those who browse: `python -m tests.crowding [BASE]`.

Sixteen clients send a public site one costly query after another, without a pause, while others walk through pages
that were never asked for before. Exit 1 where the others' 95th percentile or the site's memory is past its bound.
"""

import argparse
import itertools
import json
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.soaking import Told, p95, peak, resident, site

ATTACKERS, VISITORS = 16, 4
BOUND_SECONDS = 1.0
BOUND_BYTES = 500_000_000
"""Bytes that a site may come to hold beyond those it began with."""
_PATIENCE = 120.0
_SLOW_CALLS = " + ".join(["instr(a, b)"] * 250)
_LONG_TEXTS = "select replace(hex(zeroblob(20000)), '0', 'a') a, replace(hex(zeroblob(10000)), '0', 'a') || 'b' b"
COSTLY = {
    "endless": "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t",
    "zeroblob": "select hex(zeroblob(100000000))",
    "cross join": "select count(*) from statements a, statements b, statements c where a.id || b.id > c.id",
    "sorted cross join": "select a.*, b.* from statements a, statements b order by a.printed || b.printed desc",
    "growing": "with recursive t(x) as (select 'x' union all select x || x from t) select sum(length(x)) from t",
    "kept rows": "with recursive t(x) as (select 1 union select x + 1 from t) select count(distinct hex(x)) from t",
    # A step that is itself slow cannot be stopped in its midst.
    "slow steps": f"select {_SLOW_CALLS} from ({_LONG_TEXTS})",
}
LARGE = ("/-/rows/statements.xlsx", "/-/rows/statements.json")
"""Whole lists, each made anew for each who asks."""
_WALKED = (
    "/damoxing/models?statement_count__gte=1&id__gte=m{}",
    "/-/search?q=model+{}",
    "/damoxing/statements?_search=llama&_size={}",
    "/damoxing/models/gpt-3?visit={}",
    "/?visit={}",
    "/damoxing/metrics.json?_size={}",
    "/damoxing/conflicts?visit={}",
)


def crowd(base: Path, seconds: float, most: int = ATTACKERS) -> dict[str, Any]:
    """Serve a base to visitors and so many attackers for so many seconds; return the figures."""
    told, stop, answers = Told(), threading.Event(), Counter[str]()
    with site(base, "public") as (address, pid), ThreadPoolExecutor(ATTACKERS + VISITORS) as pool:
        before = resident(pid)
        attackers = [pool.submit(_attack, address, number, stop) for number in range(most)]
        numbers = itertools.count(1)
        visitors = [pool.submit(_visit, told, address, numbers, stop) for _ in range(VISITORS)]
        stop.wait(seconds)
        stop.set()
        for one in attackers:
            answers += one.result()
        for one in visitors:
            one.result()
        grown = peak(pid) - before
    pages = [one for of_path in told.seconds.values() for one in of_path]
    slowest = max(told.seconds, key=lambda path: max(told.seconds[path]), default="")
    return {
        "seconds": seconds,
        "attacks": dict(sorted(answers.items())),
        "pages": len(pages),
        "failures": told.failures[:10],
        "p95_ms": p95(pages),
        "slowest_ms": round(1000 * max(pages, default=0.0)),
        "slowest": slowest,
        "memory_mb": {"before": round(before / 1e6), "grown_by_at_most": round(grown / 1e6)},
        "bounded": p95(pages) < 1000 * BOUND_SECONDS and grown < BOUND_BYTES and not told.failures,
    }


def _attack(address: str, number: int, stop: threading.Event) -> Counter[str]:
    """Send costly queries one after another; count the answers by kind of query and status."""
    answers = Counter[str]()
    attacks = [*itertools.product(COSTLY, ("", ".json", ".csv")), *((path, "") for path in LARGE)]
    turns = itertools.islice(itertools.cycle(attacks), number, None)
    with httpx.Client(timeout=_PATIENCE) as client:
        for kind, form in turns:
            if stop.is_set():
                break
            path = kind if kind in LARGE else f"/damoxing{form}?{urlencode({'sql': COSTLY[kind]})}"
            response = client.get(address + path)
            answers[f"{kind} {response.status_code}"] += 1
    return answers


def _visit(told: Told, address: str, numbers: Iterator[int], stop: threading.Event) -> None:
    """Ask for pages that nobody asked for before, with a moment to read between."""
    with httpx.Client(timeout=_PATIENCE) as client:
        while not stop.wait(0.1):
            number = next(numbers)
            path = _WALKED[number % len(_WALKED)].format(number % 97 + 1)
            began = time.monotonic()
            response = client.get(address + path, headers={"accept-language": "en" if number % 2 else "zh"})
            told.note(path, path, time.monotonic() - began, response.status_code, response.status_code == 200)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.crowding", description=__doc__)
    parser.add_argument("base", type=Path, nargs="?", help="By default one is built of the package's seeds.")
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        base = given.base
        if base is None:
            from etl.build import build

            base = build(None, Path(folder) / "damoxing.db").path
        figures = crowd(base, given.seconds)
        figures["p95_ms_without_attackers"] = crowd(base, given.seconds / 4, most=0)["p95_ms"]
    print(json.dumps(figures, indent=2))
    sys.exit(not figures["bounded"])


if __name__ == "__main__":
    main()
