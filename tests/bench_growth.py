"""Growth of time, memory and file size of every stage with the number of statements; `python -m tests.bench_growth`.

Every stage is a process of its own. Its time is that of the processor, which other work on the machine hardly changes;
pages are timed by the clock, as a visitor waits for them.
"""

import argparse
import http.client
import json
import math
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from tests.bench import timed
from tests.bench_reader import invented_texts
from tests.bench_site import serving

COUNTS = (10_000, 30_000, 100_000, 300_000, 1_000_000)
# The reader takes hours for the texts of a million statements: it is measured up to here.
MOST_READ = 30_000
# Measured: what the reader proposes of one invented text.
STATEMENTS_PER_TEXT = 30
BUILD_STEPS = {
    "read_vocabulary": "build: vocabulary",
    "load_statements": "build: statements, validated",
    "create_indexes": "build: indexes",
    "hash_of_content": "build: content hash",
    "find_issues": "build: issues",
    "rank_statements": "build: ranks, conflicts",
    "fill_lists": "build: lists",
    "fill_wide": "build: wide tables",
    "fill_search": "build: search index",
}
ASKED = 15
_COMMAND = (sys.executable, "-c", "from cli.app import main; main()")
# Up to here a stage grows as N log N does, with room for what two runs differ by.
ROOM = 0.1


class Point(NamedTuple):
    """What a stage took for a number of statements: seconds, MB of memory, MB of the files it wrote."""

    stage: str
    count: int
    seconds: float
    memory: float | None = None
    size: float | None = None


def measured(command: Sequence[str | Path]) -> tuple[float, float, str]:
    """Run a command; return its seconds of processor time, its peak of memory in MB, and what it printed."""
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(list(map(str, command)), stdout=out)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{command} ended with {process.returncode}")
        out.seek(0)
        return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, out.read()


def points(count: int, folder: Path) -> Iterator[Point]:
    """Yield what every stage takes for a number of statements; the base stays in the folder."""
    seeds, base, files = folder / "seeds", folder / "damoxing.db", folder / "files"
    if count <= MOST_READ:
        yield _read(count, folder)
    if not seeds.exists():
        measured([sys.executable, "-m", "etl.simulate", str(count), seeds])
    taken, memory, told = measured([sys.executable, "-m", "tests.bench_growth", "--build", seeds, base])
    steps = json.loads(told)
    yield Point("build", count, taken, memory, _megabytes(base))
    for name, label in BUILD_STEPS.items():
        yield Point(label, count, steps[name])
    for form in ("csv", "parquet"):
        taken, memory, _ = measured([*_COMMAND, "export", files, "--db", base, "--format", form])
        yield Point(f"export: {form}", count, taken, memory, _megabytes(files))
        shutil.rmtree(files)
    yield from _pages(count, base)


def _read(count: int, folder: Path) -> Point:
    texts, out = folder / "texts", folder / "read"
    texts.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(invented_texts(count // STATEMENTS_PER_TEXT)):
        (texts / f"{number:06d}.txt").write_text(text, encoding="utf-8")
    taken, memory, _ = measured([*_COMMAND, "extract", texts, "-o", f"{out}/", "--jobs", "1"])
    point = Point("extract", count, taken, memory, _megabytes(out))
    shutil.rmtree(texts)
    shutil.rmtree(out)
    return point


def _megabytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def build_steps(seeds: Path, base: Path) -> dict[str, float]:
    """Build a base; return the seconds of processor time of each step."""
    import etl.build as building

    with timed(building, *BUILD_STEPS, clock=time.process_time) as taken:
        building.build(seeds, base)
    return taken


def _pages(count: int, base: Path) -> Iterator[Point]:
    """Time the site: from its start to the first page, then each kind of page, never asked for before."""
    start = time.perf_counter()
    with serving(base) as port:
        _get(port, "/")
        yield Point("site: start and first page", count, time.perf_counter() - start)
        for kind, paths in _addresses(base).items():
            taken = [_get(port, path) for path in paths]
            yield Point(f"site: {kind}", count, statistics.median(taken))


def _addresses(base: Path) -> dict[str, list[str]]:
    draw = random.Random(3)
    with closing(sqlite3.connect(f"file:{base}?mode=ro", uri=True)) as connection:
        models = [row[0] for row in connection.execute("select id from models order by id")]
        names = [
            row[0] for row in connection.execute("select name_zh from entities where name_zh is not null limit 5000")
        ]
    return {
        "home": ["/"] * ASKED,
        "list": [f"/damoxing/models?id__gte={quote(model)}" for model in draw.sample(models, ASKED)],
        "entity": [f"/damoxing/models/{quote(model)}" for model in draw.sample(models, ASKED)],
        "search": [f"/-/search?q={quote(name)}" for name in draw.sample(names, ASKED)],
    }


def _get(port: int, path: str) -> float:
    start = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=600)) as connection:
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
    if response.status != 200:
        raise RuntimeError(f"{path} was answered with {response.status}")
    return time.perf_counter() - start


def exponent(found: Sequence[Point]) -> float | None:
    """Return the power of N that the time of a stage grew with over the largest tenfold; None for a single point."""
    last = found[-1]
    first = next((point for point in found if point.count * 10 >= last.count), last)
    if first is last or not first.seconds or not last.seconds:
        return None
    return math.log(last.seconds / first.seconds) / math.log(last.count / first.count)


def limit(found: Sequence[Point]) -> float:
    """Return the power of N that N log N looks like over the same counts."""
    last = found[-1]
    first = next((point for point in found if point.count * 10 >= last.count), last)
    if first is last:
        return 1.0
    return 1 + math.log(math.log(last.count) / math.log(first.count)) / math.log(last.count / first.count)


def by_stage(found: Sequence[Point]) -> dict[str, list[Point]]:
    """Group points by stage, each by count."""
    stages = dict.fromkeys(point.stage for point in found)
    return {stage: sorted((p for p in found if p.stage == stage), key=lambda p: p.count) for stage in stages}


def table(found: Sequence[Point]) -> Iterator[str]:
    """Yield a Markdown table: a row a stage, its seconds at every count, and the power of N that they grow with."""
    counts = sorted({point.count for point in found})
    yield f"| Stage | {' | '.join(f'{count:,}' for count in counts)} | grows as |"
    yield f"|---|{'---:|' * (len(counts) + 1)}"
    for stage, own in by_stage(found).items():
        yield _row(stage, {point.count: _seconds(point.seconds) for point in own}, counts, _grown(own))
    for name, unit in (("memory", "memory, MB"), ("size", "files, MB")):
        for stage, own in by_stage(found).items():
            cells = {p.count: f"{getattr(p, name):,.0f}" for p in own if getattr(p, name) is not None}
            if cells:
                yield _row(f"{stage}, {unit}", cells, counts, "")


def _row(stage: str, cells: dict[int, str], counts: Sequence[int], end: str) -> str:
    return f"| {stage} | {' | '.join(cells.get(count, '') for count in counts)} | {end} |"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms" if seconds < 1 else f"{seconds:,.1f} s"


def _grown(own: Sequence[Point]) -> str:
    power = exponent(own)
    if power is None:
        return ""
    beyond = power > limit(own) + ROOM and not own[0].stage.startswith("site")
    return f"N^{power:.2f}{' (beyond N log N)' if beyond else ''}"


PLOTTED = {
    "seconds": (
        "Time, seconds",
        ("extract", "build", "build: search index", "export: csv", "site: start and first page"),
    ),
    "memory": ("Memory, MB", ("extract", "build", "export: csv", "export: parquet")),
    "size": ("Files, MB", ("extract", "build", "export: csv", "export: parquet")),
}


def chart(found: Sequence[Point]) -> str:
    """Draw time, memory and file size by number of statements, on axes of powers of ten."""
    from db.pictures.drawing import svg_of
    from db.pictures.look import SERIES, whole
    from db.pictures.picture import Size

    panels = [_panel(found, name, title, stages) for name, (title, stages) in PLOTTED.items()]
    spec = whole({"hconcat": panels, "resolve": {"scale": {"color": "shared"}}}, Size("large", 960))
    spec["config"]["range"] = {"category": list(SERIES)}
    told = "Time, memory and file size of every stage against the number of statements; straight lines grow as a power."
    return svg_of(spec, "growth", "Growth", told)


def _panel(found: Sequence[Point], name: str, title: str, stages: Sequence[str]) -> dict[str, Any]:
    values = [
        {"stage": p.stage, "count": p.count, "value": getattr(p, name)}
        for p in found
        if p.stage in stages and getattr(p, name)
    ]
    axis = {"scale": {"type": "log", "nice": False}, "type": "quantitative"}
    return {
        "width": 250,
        "height": 260,
        "title": title,
        "data": {"values": values},
        "mark": {"type": "line", "point": True},
        "encoding": {
            "x": {"field": "count", "title": "statements", "axis": {"format": "~s", "tickCount": 4}, **axis},
            "y": {"field": "value", "title": None, "axis": {"format": "~s", "tickCount": 5}, **axis},
            "color": {"field": "stage", "type": "nominal", "title": None},
        },
    }


def kept(folder: Path) -> Path:
    """Return the file of a folder that keeps what was measured."""
    return folder / "points.jsonl"


def read_points(folder: Path) -> list[Point]:
    """Return what was measured before into a folder."""
    path = kept(folder)
    return [Point(*json.loads(line)) for line in path.read_text().splitlines()] if path.exists() else []


def measure(counts: Sequence[int], folder: Path) -> list[Point]:
    """Measure every stage for each count that the folder has no figures of, and return all."""
    folder.mkdir(parents=True, exist_ok=True)
    done = {point.count for point in read_points(folder)}
    for count in (count for count in counts if count not in done):
        for point in points(count, folder / str(count)):
            with kept(folder).open("a") as out:
                out.write(json.dumps(point) + "\n")
    return read_points(folder)


def main() -> None:
    """Measure, print the table, and draw the chart where asked."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench_growth", description=__doc__)
    parser.add_argument("--counts", type=int, nargs="*", default=COUNTS, help="numbers of statements")
    parser.add_argument("--keep", type=Path, help="folder for seeds, bases and figures; a later run adds to it")
    parser.add_argument("--chart", type=Path, metavar="SVG", help="draw what was measured")
    parser.add_argument("--build", type=Path, nargs=2, metavar=("SEEDS", "DB"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        print(json.dumps(build_steps(*given.build)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        found = measure(given.counts, given.keep or Path(scratch))
    print("\n".join(table(found)))
    if given.chart:
        given.chart.write_text(chart(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
