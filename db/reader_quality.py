"""How well the reader read texts that nobody had tuned it on: each fresh set at first sight, with what is aimed at."""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

MEASURES = {
    "bounds": ("数量的界限，F1", "Quantities: bounds, F1"),
    "subject": ("数量的界限与对象，F1", "Quantities: bounds and subject, F1"),
    "events": ("事件，找到", "Events, found"),
    "relations": ("关系，找到", "Relations, found"),
    "booleans": ("是否，找到", "Yes or no, found"),
    "policies": ("按标题找到的政策", "Policies by title, found"),
    "traps": ("误作数量的陷阱", "Traps taken for quantities"),
}
"""What is measured, in zh and en, in the order it is told."""
PARTS = {"news": ("新闻与表格", "News and tables"), "policies": ("政策及有关新闻", "Policies and news on them")}
"""The kinds of text, in zh and en."""
AIMS = {
    ("news", "bounds"): "0.93",
    ("news", "subject"): "0.75",
    ("policies", "bounds"): "0.88",
    **{(part, "events"): "60%" for part in PARTS},
    **{(part, "relations"): "60%" for part in PARTS},
    ("news", "booleans"): "80%",
    ("policies", "policies"): "90%",
    **{(part, "traps"): "3%" for part in PARTS},
}


class Reading(NamedTuple):
    """What of one set was read right: so many of so many, or an F1 by itself."""

    set: int
    part: str
    measure: str
    found: int | None
    of: int | None
    f1: float | None

    @property
    def text(self) -> str:
        """Return the figure as it is told."""
        return f"{self.f1:.2f}" if self.f1 is not None else f"{self.found} of {self.of}"


class Measured(NamedTuple):
    """One measure over all sets of a kind of text: by set, and its aim."""

    part: str
    measure: str
    readings: tuple[Reading, ...]
    aim: str

    @property
    def last(self) -> Reading:
        """Return the newest set's."""
        return self.readings[-1]

    @property
    def share(self) -> tuple[int, int, float] | None:
        """Return found, of how many, and the share, over all sets; None for an F1, which does not add up."""
        if self.last.f1 is not None:
            return None
        found, of = (sum(int(getattr(one, name)) for one in self.readings) for name in ("found", "of"))
        return found, of, found / of

    @property
    def range(self) -> tuple[float, float]:
        """Return the lowest and the highest F1 of a set."""
        values = [one.f1 for one in self.readings if one.f1 is not None]
        return min(values), max(values)


@cache
def readings() -> tuple[Reading, ...]:
    """Return every figure of every set, in the order the sets were read."""
    text = (files("seeds") / "reader-quality.csv").read_text(encoding="utf-8")

    def whole(cell: str) -> int | None:
        return int(cell) if cell else None

    return tuple(
        Reading(
            int(row["set"]),
            row["part"],
            row["measure"],
            whole(row["found"]),
            whole(row["of"]),
            float(row["f1"]) if row["f1"] else None,
        )
        for row in csv.DictReader(text.splitlines())
    )


def measured(part: str) -> Iterable[Measured]:
    """Yield each measure of a kind of text over its sets."""
    for measure in MEASURES:
        chosen = tuple(one for one in readings() if (one.part, one.measure) == (part, measure))
        if chosen:
            yield Measured(part, measure, chosen, AIMS.get((part, measure), ""))
