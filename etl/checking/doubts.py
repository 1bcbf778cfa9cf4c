"""Figures of an article beyond what is plausible, by the bounds of checks.yaml."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from etl.checks import bound_message, read_checks
from etl.seeds import Reader, default_seeds
from schema.records import BoundCheck


def load_bounds(seeds: Path | None = None) -> list[BoundCheck]:
    """Read the bounds of a seeds folder, else those of the package."""
    return read_checks(Reader(seeds or default_seeds()), default_seeds()).bounds


def doubts_of(row: dict[str, Any], bounds: Iterable[BoundCheck], date: str | None) -> Iterator[str]:
    """Yield what makes a figure of an article of a date implausible."""
    low, high = row.get("low"), row.get("high")
    least, most = (low if low is not None else high), (high if high is not None else low)
    if row["kind"] != "quantity" or least is None or most is None:
        return
    fitting = [c for c in bounds if c.property_id == row["property_id"] and c.unit in {None, row.get("unit")}]
    year = (date or "9999")[:4]
    for check in fitting:
        covered = [c.until[:4] for c in fitting if c.until and c.unit == check.unit]
        # A dated bound speaks for the years up to its own, the undated one for those after.
        if (year > check.until[:4]) if check.until else (bool(covered) and year <= max(covered)):
            continue
        above = check.high is not None and least > check.high
        below = check.low is not None and most < check.low
        if above or below:
            yield bound_message(low, high, check)
