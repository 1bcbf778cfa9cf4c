"""Figures of `extract` at scale: two processes, or workers of a cluster, beside one; memory by number of texts; what 100 million texts cost. By `python -m tests.bench_scale`."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.bench_reader import GROWTH, invented_texts

TEXTS = 8_000
MANY = 100_000_000
# A process of its own, for its children's peak and time are to be theirs alone.
_RUN = (
    "import json, resource, subprocess, sys, time; start = time.perf_counter(); "
    "subprocess.run(sys.argv[1:], check=True, capture_output=True); taken = time.perf_counter() - start; "
    "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    "print(json.dumps([taken, used.ru_maxrss / 1024, used.ru_utime + used.ru_stime]))"
)


class Run(NamedTuple):
    """Seconds of one run, start and all, MB of its largest process, and seconds of CPU of all its processes here."""

    seconds: float
    peak: float
    cpu: float


class Runs(NamedTuple):
    """One process or worker and two on the same texts, and two on a quarter of them."""

    one: Run
    two: Run
    quarter: Run


class Texts(NamedTuple):
    """Folders of texts below one that may be written to: a quarter of them, and all."""

    folder: Path
    quarter: list[str]
    all: list[str]


@contextmanager
def written_texts(count: int) -> Iterator[Texts]:
    """Write invented texts of some 2,000 characters, and remove them."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for number, text in enumerate(invented_texts(count)):
            path = folder / ("quarter" if number % GROWTH == 0 else "rest") / f"{number:06d}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        yield Texts(folder, [str(folder / "quarter")], [str(folder / "quarter"), str(folder / "rest")])


def scale_runs(count: int = TEXTS) -> Runs:
    """Read texts into parts by one process and by two; raise RuntimeError where they read differently."""
    with written_texts(count) as texts:
        return process_runs(texts)


def process_runs(texts: Texts) -> Runs:
    """Read texts by one process of this machine and by two."""
    return _runs(texts, lambda number: ("--jobs", str(number)))


def cluster_runs(texts: Texts) -> Runs:
    """Read texts by one worker of a Dask scheduler on this machine and by two; CPU and peak are the client's."""
    from tests.dask_hosts import Hosts, hosts, scheduler, worker

    workers = 0

    def with_workers(here: Hosts, address: str, number: int) -> tuple[str, str]:
        nonlocal workers
        while workers < number:
            workers += 1
            worker(here, workers, address)
        return ("--cluster", address)

    logs = texts.folder / "logs"
    logs.mkdir()
    with hosts(2, logs) as here:
        address, _ = scheduler(here)
        return _runs(texts, lambda number: with_workers(here, address, number))


def _runs(texts: Texts, way: Callable[[int], tuple[str, str]]) -> Runs:
    outs = [texts.folder / f"out-{name}" for name in ("one", "two", "quarter")]
    one = _extract(texts.all, outs[0], way(1))
    two = _extract(texts.all, outs[1], way(2))
    quarter = _extract(texts.quarter, outs[2], way(2))
    if _parts(outs[0]) != _parts(outs[1]):
        raise RuntimeError("two do not read what one reads")
    for out in outs:
        shutil.rmtree(out)
    return Runs(one, two, quarter)


def _extract(texts: list[str], out: Path, how: tuple[str, ...]) -> Run:
    command = [sys.executable, "-c", "from cli.app import main; main()", "extract", *texts]
    asked = [*command, "-o", f"{out}/", *how]
    done = subprocess.run([sys.executable, "-c", _RUN, *asked], check=True, stdout=subprocess.PIPE, text=True)
    return Run(*json.loads(done.stdout))


def _parts(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.name, path.read_bytes()) for path in sorted(folder.glob("part-*"))]


def written_bytes(texts: Texts, form: str) -> int:
    """Return the bytes of the parts that a quarter of the texts makes."""
    out = texts.folder / form
    _extract(texts.quarter, out, ("--jobs", "2", "--format", form))
    return sum(len(data) for _, data in _parts(out))


def _print_runs(what: str, count: int, runs: Runs) -> None:
    rates = [count / run.seconds for run in (runs.one, runs.two)]
    print(f"{what}: one {rates[0]:,.0f} texts/s, two {rates[1]:,.0f} texts/s, {rates[1] / rates[0]:.2f} times")
    print(f"  largest process here {runs.two.peak:,.0f} MB; of a quarter of the texts {runs.quarter.peak:,.0f} MB")


def main() -> None:
    """Print the rates, and what a hundred million texts like these cost at them."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_scale", description=__doc__)
    parser.add_argument("--count", type=int, default=TEXTS, help="texts to read")
    count = parser.parse_args().count
    with written_texts(count) as texts:
        size = sum(path.stat().st_size for path in Path(texts.quarter[0]).iterdir())
        quarter = len(list(Path(texts.quarter[0]).iterdir()))
        print(f"{count:,} texts of {size / quarter:,.0f} bytes")
        own = process_runs(texts)
        _print_runs("processes of one machine", count, own)
        theirs = cluster_runs(texts)
        _print_runs("workers of a cluster", count, theirs)
        # Two runs of another length tell what a text costs, without what the start costs.
        more = count - quarter
        reading = (own.two.cpu - own.quarter.cpu) / more
        handing = (theirs.two.cpu - theirs.quarter.cpu) / more
        print(f"CPU of a text: {reading * 1000:.2f} ms in all; {handing * 1000:.2f} ms of a cluster's client")
        print(f"a client feeds {reading / handing:,.0f} cores")
        print(f"{MANY:,} such texts: {reading * MANY / 3600:,.0f} core-hours")
        print(f"  texts {size / quarter * MANY / 1e9:,.0f} GB")
        for form in ("jsonl", "parquet"):
            print(f"  statements as {form} {written_bytes(texts, form) / quarter * MANY / 1e9:,.0f} GB")


if __name__ == "__main__":
    main()
