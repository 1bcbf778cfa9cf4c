"""Figures: look-ups beside sqlite-utils, a build beside a bare executemany, the reader beside a plain scan for figures, two processes beside one, imports, checks, pages; by `make bench`."""

import argparse
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench_adversarial import WORKS, exponent
from tests.bench_check import CHARACTERS, check_times, planted_score
from tests.bench_import import CUTS, cut_figures, import_figures
from tests.bench_reader import speed, speed_of, texts_of
from tests.bench_scale import TEXTS, scale_runs
from tests.bench_site import TURNS, site_times
from tests.compiling import installed

PARTS = ("imports", "reader", "scale", "look-ups", "base")
# These need no base.
BASELESS = frozenset({"imports", "reader", "scale"})
COUNT = 200_000
RUNS = 9
TURNS_OF_WHEEL = 5
LOOK_UPS = (("model", "GPT-3"), ("search", "千问"), ("list", "models"))


class Figure(NamedTuple):
    """One line of the table."""

    what: str
    ours: float | None
    beside: float | None
    unit: str
    goal: str


def seconds(work: Callable[[], Any]) -> float:
    """Return the wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def command(name: str) -> list[str] | None:
    """Return how an installed command is called, from this environment first."""
    here = Path(sys.executable).with_name(name)
    found = str(here) if here.exists() else shutil.which(name)
    return [found] if found else None


def look_up_figures(db: Path) -> Iterator[Figure]:
    """Time cold look-up commands beside `sqlite-utils rows`, turn by turn, and yield the medians."""
    ours, theirs = command("damoxing"), command("sqlite-utils")
    if ours is None or theirs is None or subprocess.run([*ours, "--help"], capture_output=True).returncode:
        print("look-ups skipped: `damoxing` or `sqlite-utils` is not installed in this environment", file=sys.stderr)
        return
    beside = [*theirs, "rows", str(db), "models"]
    for args in LOOK_UPS:
        asked = [*ours, *args, "--db", str(db)]
        if subprocess.run(asked, capture_output=True).returncode:
            print(f"`damoxing {' '.join(args)}` skipped: it fails", file=sys.stderr)
            continue
        pairs = [(seconds(lambda a=asked: _quietly(a)), seconds(lambda: _quietly(beside))) for _ in range(RUNS)]
        mine, other = (statistics.median(times) for times in zip(*pairs, strict=True))
        yield Figure(f"damoxing {' '.join(args)}", mine * 1000, other * 1000, "ms", "1.5")


def _quietly(args: list[str]) -> None:
    subprocess.run(args, capture_output=True, check=True)


@contextmanager
def timed(module: Any, *names: str, clock: Callable[[], float] = time.perf_counter) -> Iterator[dict[str, float]]:
    """Time the calls of a module's functions while the block runs."""
    found = dict.fromkeys(names, 0.0)
    own = {name: getattr(module, name) for name in names}

    def timing(name: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            start = clock()
            try:
                return own[name](*args, **kwargs)
            finally:
                found[name] += clock() - start

        return call

    for name in names:
        setattr(module, name, timing(name))
    try:
        yield found
    finally:
        for name, function in own.items():
            setattr(module, name, function)


def build_figures(folder: Path, count: int) -> Iterator[Figure]:
    """Build a simulated base, load its very rows with a bare executemany, and yield both times."""
    import etl.build as building

    seeds, db = folder / "seeds", folder / "simulated.db"
    made = seconds(lambda: _simulate_aside(count, seeds))
    yield Figure(f"simulate {count:,} statements", made, None, "s", "")
    steps = ("read_vocabulary", "load_statements", "hash_of_content", "rank_statements", "fill_wide", "fill_search")
    with timed(building, *steps) as times:
        ours = seconds(lambda: building.build(seeds, db))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    plain, search = bare_seconds(db, folder / "bare.db")
    yield Figure(f"build {count:,} statements, search and all", ours, plain + search, "s", "4")
    yield Figure("the same without the search tables", ours - times["fill_search"], plain, "s", "4")
    yield Figure("search fill", times["fill_search"], search, "s", "")
    for name in steps[:-1]:
        yield Figure(f"of which {name}", times[name], None, "s", "")
    yield Figure("statements a second, all in all", count / ours, None, "/s", "")
    yield Figure("memory peak of the build", peak, None, "MB", "")
    yield Figure("size of the file", db.stat().st_size / 1e6, (folder / "bare.db").stat().st_size / 1e6, "MB", "")


def _simulate_aside(count: int, seeds: Path) -> None:
    subprocess.run([sys.executable, "-m", "etl.simulate", str(count), str(seeds)], check=True)


def bare_seconds(db: Path, copy: Path) -> tuple[float, float]:
    """Load the rows of a base, already in memory, into a new one; return the times of its tables and of its search."""
    from db.create import create_indexes, create_tables, insert_sql
    from db.grams import FTS_TABLES
    from db.search import search_rows
    from schema.tables import metadata

    source = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    rows = {table.name: source.execute(f'select * from "{table.name}"').fetchall() for table in metadata.sorted_tables}
    texts = {name: list(search_rows(source, name)) for name in FTS_TABLES}
    source.close()
    copy.unlink(missing_ok=True)
    target = sqlite3.connect(copy, isolation_level=None)
    for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -262144", "temp_store = memory"):
        target.execute(f"pragma {pragma}")

    def load() -> None:
        target.execute("begin")
        create_tables(target)
        for name, table_rows in rows.items():
            target.executemany(insert_sql(name), table_rows)
        create_indexes(target)
        target.execute("commit")

    def load_search() -> None:
        target.execute("begin")
        for name, table in FTS_TABLES.items():
            target.execute(table.create_sql(name))
            marks = ", ".join("?" * (len(table.columns) + 1))
            target.executemany(
                f'insert into "{name}" (rowid, {", ".join(table.columns)}) values ({marks})', texts[name]
            )
        target.execute("commit")

    times = seconds(load), seconds(load_search)
    target.close()
    return times


def reader_figures(folder: Path | None, wheel: Path | None) -> Iterator[Figure]:
    """Time the whole reader on one core beside a plain scan for figures, and hostile texts by their length."""
    told = speed(texts_of(folder))
    which = "compiled" if told.compiled else "not compiled"
    yield Figure(f"reader ({which}), lines and all (beside: plain scan)", told.ours, told.scan, "MB/s", "")
    yield Figure("plain scan over reader", told.scan / told.ours, None, "×", "70")
    yield Figure("statements a kB of the texts", told.density, None, "", "")
    yield Figure("memory peak after a quarter of the texts", told.early, None, "MB", "")
    yield Figure("memory peak after all", told.late, None, "MB", "")
    if wheel is not None:
        yield from wheel_figures(folder, wheel)
    for name, work in WORKS.items():
        yield Figure(f"exponent of time by length, {name}", exponent(work, 20_000), None, "", "1.5")


def wheel_figures(folder: Path | None, wheel: Path) -> Iterator[Figure]:
    """Time the reader of a compiled wheel and this one, turn by turn, and yield the medians.

    Raise RuntimeError where the wheel's reader is not compiled, or writes other lines.
    """
    with tempfile.TemporaryDirectory() as scratch:
        pythons = installed(wheel, Path(scratch) / "compiled"), sys.executable
        turns = [[speed_of(python, folder) for python in pythons] for _ in range(TURNS_OF_WHEEL)]
    if not all(theirs.compiled and theirs.digest == ours.digest for theirs, ours in turns):
        raise RuntimeError(f"the reader of {wheel} is not compiled, or does not write what this one writes")
    theirs, ours = (statistics.median(one.ours for one in side) for side in zip(*turns, strict=True))
    scan = statistics.median(one.scan for turn in turns for one in turn)
    yield Figure("reader of the wheel (beside: this one)", theirs, ours, "MB/s", "")
    yield Figure("plain scan over reader of the wheel", scan / theirs, None, "×", "70")


def scale_figures() -> Iterator[Figure]:
    """Time two processes beside one on the same texts, and hold their memory against that of a quarter of the texts."""
    runs = scale_runs()
    yield Figure(f"{TEXTS:,} texts by two processes (beside: one)", runs.two.seconds, runs.one.seconds, "s", "0.56")
    yield Figure("its largest process (beside: of a quarter)", runs.two.peak, runs.quarter.peak, "MB", "1.1")


def importer_figures() -> Iterator[Figure]:
    """Time the import of Epoch's table, and cut it at random bytes."""
    rows, taken, peak = import_figures()
    yield Figure(f"import of {rows:,} rows, start and all", taken, None, "s", "10")
    yield Figure("memory peak of the import", peak, None, "MB", "500")
    for what, count in cut_figures():
        goal = "0" if what.startswith("harmed") else ""
        yield Figure(f"of {CUTS} random cuts: {what}", count, None, "", goal)


def check_figures(db: Path, simulated: Path) -> Iterator[Figure]:
    """Time the check of an article on a small and a large base, and count what it finds of planted figures."""
    for what, base in (("the package's base", db), ("the simulated base", simulated)):
        times = check_times(base)
        yield Figure(f"load {what} to check", times.load, None, "s", "")
        yield Figure(f"check {CHARACTERS:,} characters, the first", times.first, None, "s", "0.5")
        yield Figure(f"check {CHARACTERS:,} characters, the next", times.others, None, "s", "0.5")
    planted = planted_score(db)
    yield Figure("planted wrong figures found (beside: all)", planted.found, planted.wrong, "", "")
    yield Figure("right figures blamed (beside: all)", planted.blamed, planted.right, "", "")


def site_figures(base: Path) -> Iterator[Figure]:
    """Time pages of the site beside plain Datasette's of the same file."""
    for times in site_times(base):
        yield Figure(f"p95, {times.turn.name}: {times.kind}", times.ours_p95, times.plain_p95, "ms", "1")
        if times.kind == "home" and times.turn == TURNS[0]:
            yield Figure("home page, compressed", times.size / 1000, None, "kB", "200")


def base_figures(db: Path, folder: Path, count: int) -> Iterator[Figure]:
    """Yield the figures of a simulated base: its build, checks against it, its site."""
    yield from build_figures(folder, count)
    yield from check_figures(db, folder / "simulated.db")
    yield from site_figures(folder / "simulated.db")


def print_table(figures: Iterator[Figure]) -> None:
    """Print the figures as they come."""
    print(f"{'what':<58} {'ours':>10} {'beside':>10} {'ratio':>7} {'goal':>6}")
    for figure in figures:
        ours = "" if figure.ours is None else f"{figure.ours:,.2f} {figure.unit}"
        beside = "" if figure.beside is None else f"{figure.beside:,.2f} {figure.unit}"
        ratio = f"{figure.ours / figure.beside:.2f}" if figure.ours and figure.beside else ""
        print(
            f"{figure.what:<58} {ours:>10} {beside:>10} {ratio:>7} {'≤ ' + figure.goal if figure.goal else '':>6}",
            flush=True,
        )


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT, help="statements of the simulated base")
    parser.add_argument(
        "--db", type=Path, help="a base for the look-ups; built from the package's seeds where not given"
    )
    parser.add_argument(
        "--texts", type=Path, help="a folder of .txt files for the reader; invented texts where not given"
    )
    parser.add_argument(
        "--wheel", type=Path, help="a wheel of `make wheel`, whose reader is timed in turns with the one that runs"
    )
    parser.add_argument("--only", choices=PARTS, help="one part; all where not given")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        db = given.db or Path(scratch) / "damoxing.db"
        if not given.db and given.only not in BASELESS:
            from etl.build import build

            build(None, db)
        parts = {
            "imports": importer_figures,
            "reader": lambda: reader_figures(given.texts, given.wheel),
            "scale": scale_figures,
            "look-ups": lambda: look_up_figures(db),
            "base": lambda: base_figures(db, Path(scratch), given.count),
        }
        print_table(figure for name in PARTS if given.only in (None, name) for figure in parts[name]())


if __name__ == "__main__":
    main()
