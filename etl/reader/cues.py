"""What a figure is of: the property that the words around it and its unit name."""

from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, NamedTuple

import ahocorasick_rs

from etl.strict_yaml import load

CURRENCIES: Final = frozenset(
    [
        "CNY",
        "USD",
        "EUR",
        "HKD",
        "JPY",
        "KRW",
        "GBP",
        "TWD",
        "SGD",
        "INR",
        "RUB",
        "CAD",
        "AUD",
        "CHF",
        "AED",
        "SAR",
        "BRL",
    ]
)
# Without a cue, a unit alone says what is counted.
_BY_UNIT: Final = {
    "parameter": "parameters",
    "token": "training_data",
    "byte": "training_data",
    "image_text_pair": "training_data",
    "protein_structure": "training_data",
    "FLOP": "training_compute",
    "FLOP/s": "compute",
    "operation_per_second": "compute",
    "accelerator": "accelerators",
    "gpu_hour": "duration",
    "person": "users",
    "user": "users",
    "visit": "visits",
    "visitor": "visits",
    "download": "downloads",
    "customer": "customers",
    "employee": "employees",
    "model": "models_count",
    "company": "organizations_count",
    "organization": "organizations_count",
    "point": "score",
    "rank": "rank",
    "fraction": "share",
    "ratio": "ratio",
    "watt": "power",
    "watt_hour": "energy",
    "question": "questions_answered",
    "robot": "robots_installed",
    **dict.fromkeys(("second", "minute", "hour", "day", "working_day", "week", "month", "quarter", "year"), "duration"),
    **dict.fromkeys(("metre", "inch", "gram", "square_metre", "mu", "litre"), "dimension"),
    **dict.fromkeys(
        ("token_per_second", "metre_per_second", "kilometre_per_hour", "frame_per_second", "bit_per_second"), "speed"
    ),
}
_SALIENT_AFTER: Final = 8


class Cue(NamedTuple):
    """A word that names a property, and the units that it may have."""

    start: int
    end: int
    property_id: str
    units: frozenset[str]


class CueFinder:
    """Finds the words that name properties, in one pass over a text."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        by_word: dict[str, tuple[str, frozenset[str]]] = {}
        for row in rows:
            units = frozenset(u for unit in row["units"] for u in (CURRENCIES if unit == "money" else (unit,)))
            for word in row["words"]:
                by_word.setdefault(word, (row["property"], units))
        self._meanings = [(word[0].isascii(), *meaning) for word, meaning in by_word.items()]
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(by_word),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.DFA,
        )

    def find(self, text: str) -> "Cues":
        """Find every cue of a text, in order."""
        found = []
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            is_latin, property_id, units = self._meanings[index]
            if not (is_latin and _inside_latin(text, start, end)):
                found.append(Cue(start, end, property_id, units))
        return Cues(found, [cue.start for cue in found])


class Cues(NamedTuple):
    """The cues of a text, in order."""

    items: list[Cue]
    starts: list[int]

    def within(self, start: int, end: int) -> list[Cue]:
        """List the cues that begin in a range."""
        return self.items[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


def _inside_latin(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum())


def load_cues(path: Path) -> CueFinder:
    """Read the cues of a file."""
    return CueFinder(load(path.read_text(encoding="utf-8"))["cues"])


def property_for(
    cues: list[Cue], start: int, end: int, unit: str | None, clause: tuple[int, int]
) -> tuple[str, Cue | None]:
    """Choose the property of a figure at start:end: the nearest fitting cue before it in its clause, else after, else by unit."""
    earlier: Cue | None = None
    before: Cue | None = None
    inside: Cue | None = None
    after: Cue | None = None
    for cue in cues:
        if unit is not None and unit not in cue.units:
            continue
        in_clause = clause[0] <= cue.start < clause[1]
        if cue.end <= start:
            earlier, before = cue, cue if in_clause else before
        elif in_clause and start <= cue.start < end:
            inside = inside or cue
        elif in_clause and end <= cue.start <= end + _SALIENT_AFTER:
            after = after or cue
    if inside is None and before is not None and after is not None and after.start - end < min(2, start - before.end):
        return after.property_id, after
    # Money, shares and bare figures also take the last cue of an earlier clause.
    carried = earlier if unit is None or unit in CURRENCIES or unit == "fraction" else None
    found = inside or before or after or carried
    if found is not None:
        return found.property_id, found
    if unit in CURRENCIES:
        return "amount", None
    return _BY_UNIT.get(unit or "", "count"), None
