"""Figures of the importers: time and memory of Epoch's table, and what random cuts do to a base."""

import csv
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import SHARED
from tests.importing import YUNFAN, epoch_csv, files

ROWS = 1_755
CUTS = 200
_CHILD = """
import resource, sys, time
from pathlib import Path
start = time.perf_counter()
from etl.importing.run import import_snapshot
import_snapshot("epoch", Path(sys.argv[1]), Path(sys.argv[2]))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def invented_table(count: int = ROWS, seed: int = 3) -> bytes:
    """Return a table of Epoch's shape with notes and abstracts as long as its own."""
    dice = random.Random(seed)
    rows = []
    for number in range(count):
        size = dice.randint(1, 900)
        rows.append(
            YUNFAN
            | {
                "Model": f"Yunfan {number}",
                "Organization": f"Lab {number % 300}",
                "Country (of organization)": "China",
                "Parameters": f"{size}000000000.00",
                "Parameters notes": f"{size}B in Table {number % 9}",
                "Training compute notes": f"6ND of {size}B and the tokens; trained on {size} A100 for {size} hours. "
                * 3,
                "Abstract": "An invented abstract, " * 50,
            }
        )
    return epoch_csv(rows)


def table() -> bytes:
    """Return Epoch's own table where it is on this machine, else an invented one."""
    path = Path(SHARED) / "external" / "epoch_all_ml_systems.csv"
    return path.read_bytes() if path.exists() else invented_table()


def import_figures() -> tuple[int, float, float]:
    """Return rows, seconds and megabytes at the peak of an import in a process of its own, start and all."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "epoch.csv"
        path.write_bytes(table())
        args = [sys.executable, "-c", _CHILD, str(path), str(Path(scratch) / "base")]
        done = subprocess.run(args, capture_output=True, text=True, check=True, env=os.environ)
        seconds, peak = map(float, done.stdout.split())
        text = path.read_bytes().decode("utf-8-sig")
        rows = sum(1 for _ in csv.reader(io.StringIO(text, newline=""))) - 1
        return rows, seconds, peak


def cut_figures(cuts: int = CUTS, seed: int = 11) -> Iterator[tuple[str, float]]:
    """Cut a file at random bytes and import it into a good base: yield how many were refused, read whole, and harmed."""
    from etl.importing.rows import ImportingError
    from etl.importing.run import import_snapshot

    dice = random.Random(seed)
    counts = {"refused": 0, "read to the last whole record": 0, "harmed the base": 0}
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        data, path, base = table(), Path(scratch) / "epoch.csv", Path(scratch) / "base"
        path.write_bytes(data)
        import_snapshot("epoch", path, base)
        good = files(base)
        for _ in range(cuts):
            path.write_bytes(data[: dice.randrange(1, len(data))])
            try:
                import_snapshot("epoch", path, base)
            except ImportingError:
                counts["refused"] += 1
                counts["harmed the base"] += files(base) != good
                continue
            counts["read to the last whole record"] += 1
            path.write_bytes(data)
            import_snapshot("epoch", path, base)
            counts["harmed the base"] += files(base) != good
    yield from counts.items()
    yield "seconds", time.perf_counter() - start
