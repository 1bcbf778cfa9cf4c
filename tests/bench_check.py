"""Figures of checking an article: time after load, by the size of the base; and what is found of planted figures."""

import random
import sqlite3
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from db.opening import open_base
from etl.checking.article import Checker, load_checker
from etl.checking.verdicts import Report
from etl.documents import read_document
from tests.bench_reader import CLAUSES, PROSE, filled
from tests.planted import Score, outcomes, score

CHARACTERS = 8_000
RUNS = 5
_KINDS = {"firm": "organization", "other": "organization", "model": "model", "person": "person"}


class Times(NamedTuple):
    """Seconds to load a base, to check the first article after it, and the median of others; statements an article."""

    load: float
    first: float
    others: float
    statements: float


def article_on(connection: sqlite3.Connection, seed: int) -> str:
    """Return an invented article on entities of a base, with a figure in some 140 characters."""
    rng = random.Random(seed)
    names = {
        kind: [row[0] for row in connection.execute("select label from entities where kind = ? limit 2000", (kind,))]
        for kind in set(_KINDS.values())
    }
    lines = [f"第{seed}期观察", "", "2025年3月8日", ""]
    while sum(map(len, lines)) < CHARACTERS:
        drawn = {part: rng.choice(names[kind]) for part, kind in _KINDS.items()}
        chosen = [rng.choice(CLAUSES), *rng.sample(PROSE, 4)]
        rng.shuffle(chosen)
        lines.append("".join(filled(clause, drawn, rng) for clause in chosen))
    return "\n\n".join(lines)[:CHARACTERS]


def timed_check(checker: Checker, text: str) -> tuple[float, Report]:
    """Return the seconds that one article took, reading and all, and what came of it."""
    start = time.perf_counter()
    report = checker.check(read_document(text.encode(), name="article.txt"))
    return time.perf_counter() - start, report


def check_times(db: Path) -> Times:
    """Load a base and check articles on its entities, none of them twice."""
    connection = open_base(db)
    start = time.perf_counter()
    checker = load_checker(connection)
    load = time.perf_counter() - start
    runs = [timed_check(checker, article_on(connection, seed)) for seed in range(RUNS + 1)]
    connection.close()
    first, *others = (seconds for seconds, _ in runs)
    return Times(load, first, statistics.median(others), statistics.mean(len(report.items) for _, report in runs))


def planted_score(db: Path) -> Score:
    """Check the planted articles against a base of the package's own seeds."""
    connection = open_base(db)
    found = score(list(outcomes(load_checker(connection))))
    connection.close()
    return found
