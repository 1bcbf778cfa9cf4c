"""Figures of `extract` at scale: two processes beside one on the same texts, and memory by number of texts."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.bench_reader import GROWTH, invented_texts

TEXTS = 8_000
# A process of its own, for its children's peak is to be theirs alone.
_RUN = (
    "import json, resource, subprocess, sys, time; start = time.perf_counter(); "
    "subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    "print(json.dumps([time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))"
)


class Run(NamedTuple):
    """Seconds of one run, start and all, and MB of its largest process."""

    seconds: float
    peak: float


class Runs(NamedTuple):
    """One process and two on the same texts, and two on a quarter of them."""

    one: Run
    two: Run
    quarter: Run


def scale_runs(count: int = TEXTS) -> Runs:
    """Read texts into parts by one process and by two; raise RuntimeError where they read differently."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, text in enumerate(invented_texts(count)):
            path = folder / ("quarter" if number % GROWTH == 0 else "rest") / f"{number:06d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        texts = [str(folder / "quarter"), str(folder / "rest")]
        quarter = _extract(texts[:1], folder / "out-quarter", 2)
        two = _extract(texts, folder / "out-two", 2)
        one = _extract(texts, folder / "out-one", 1)
        if _parts(folder / "out-one") != _parts(folder / "out-two"):
            raise RuntimeError("two processes do not read what one reads")
        return Runs(one, two, quarter)


def _extract(texts: list[str], out: Path, jobs: int) -> Run:
    command = [sys.executable, "-c", "from cli.app import main; main()", "extract", *texts]
    asked = [*command, "-o", f"{out}/", "--jobs", str(jobs)]
    done = subprocess.run([sys.executable, "-c", _RUN, *asked], check=True, capture_output=True, text=True)
    return Run(*json.loads(done.stdout))


def _parts(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("part-*"))]
