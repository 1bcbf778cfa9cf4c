"""What the bench of growth says of the times that it measured."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from math import log

import pytest
from bench_growth import PLOTTED, Point, by_stage, chart, exponent, limit, table

COUNTS = (10_000, 30_000, 100_000, 1_000_000)


def grown(stage: str, time: Callable[[int], float]) -> list[Point]:
    return [Point(stage, count, time(count), memory=100.0, size=count / 500) for count in COUNTS]


def test_the_power_is_that_of_the_largest_tenfold() -> None:
    power = exponent(grown("build", lambda n: n / 1e5 if n <= 100_000 else (n / 1e5) ** 2))
    assert power == pytest.approx(2)


def test_what_grows_with_n_log_n_is_within_the_limit() -> None:
    found = grown("build", lambda n: n * log(n))
    assert exponent(found) == pytest.approx(limit(found))


def test_a_stage_beyond_the_limit_is_named_in_the_table() -> None:
    rows = list(table([*grown("build", lambda n: n / 1e4), *grown("export: csv", lambda n: n**2 / 1e9)]))
    assert [row for row in rows if "beyond N log N" in row] == [
        row for row in rows if row.startswith("| export: csv |")
    ]


def test_one_count_alone_tells_no_growth() -> None:
    assert exponent(grown("extract", float)[:1]) is None


def test_the_chart_names_every_stage_that_it_draws() -> None:
    stages = {stage for _, stages in PLOTTED.values() for stage in stages}
    found = [point for stage in stages for point in grown(stage, lambda n: n / 1e4)]
    drawn = ElementTree.fromstring(chart(found))
    texts = {"".join(element.itertext()) for element in drawn.iter() if element.tag.endswith("text")}
    assert set(by_stage(found)) <= texts
