"""Cells read into values: numbers, dates, lists."""

import csv
import io
import re
from collections.abc import Iterable

from schema.quantity import QuantityError, QuantityGrammar

EMPTY = frozenset({"", "/", "-", "–", "—", "n/a", "na", "nan", "none", "null", "?", "tbd"})
_NOT_DISCLOSED = re.compile(r"(?i)^(?:(?:not|un)[ -]?disclosed|未披露|未公开|不公开|undisclosed by .{1,60})\.?$")
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d*)?(?:[eE][-+]?\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d{1,2}:\d{2}.*)?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?: .*)?")
NOTE_LIMIT = 200


def is_empty(cell: str) -> bool:
    """Tell a cell that says nothing."""
    return cell.strip().casefold() in EMPTY


def says_not_disclosed(cell: str) -> bool:
    """Tell a cell that says that the value is kept back."""
    return _NOT_DISCLOSED.match(cell.strip()) is not None


def one_line(printed: str) -> str:
    """Return a name on one line, its blanks single."""
    return " ".join(printed.split())


def members(cell: str) -> list[str]:
    """Split a list that is itself a line of CSV: a member with a comma stands in quotes.

    A cell whose quotes do not close is one member.
    """
    try:
        lines = list(csv.reader(io.StringIO(cell.strip(), newline=""), strict=True))
    except csv.Error:
        return [cell.strip()]
    return [member for member in (item.strip() for line in lines for item in line) if member]


def number(printed: str) -> float | None:
    """Return a plain number: 260000000000.00, 7.3e+18, $9551.59, 1,000,000; None for anything else."""
    text = printed.strip().removeprefix("$").strip()
    if _THOUSANDS.fullmatch(text):
        text = text.replace(",", "")
    if not _NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if abs(value) != float("inf") else None


def quantity(printed: str, unit: str | None, grammar: QuantityGrammar) -> dict[str, object] | None:
    """Return the bounds of a figure in a unit, plain or as people write it (7B, ~1.5T tokens); None where it is none."""
    value = number(printed)
    if value is not None:
        return {"low": value, "high": value, "comparator": "eq", "unit": unit}
    try:
        read = grammar.parse(printed.strip(), units=(unit,) if unit else ())
    except QuantityError:
        return None
    return {"low": read.low, "high": read.high, "comparator": read.comparator, "unit": read.unit or unit}


def day_first(cells: Iterable[str]) -> bool | None:
    """Tell from a whole column whether 2/6/2023 begins with the day; None where no cell decides or they disagree."""
    parts = [(int(m[1]), int(m[2])) for cell in cells if (m := _SLASHED.fullmatch(cell.strip()))]
    first, second = any(a > 12 for a, _ in parts), any(b > 12 for _, b in parts)
    return first if first != second else None


def date(printed: str, *, day_comes_first: bool | None = None) -> str | None:
    """Return an ISO date as precise as the cell; of 2/6/2023 the year alone where the column does not tell the order."""
    text = printed.strip()
    iso = _ISO.fullmatch(text)
    if iso:
        found = "-".join([iso[1], *(part.zfill(2) for part in iso.groups()[1:] if part)])
        return found if _real(found) else None
    slashed = _SLASHED.fullmatch(text)
    if not slashed:
        return None
    if day_comes_first is None:
        return slashed[3]
    month, day = (slashed[2], slashed[1]) if day_comes_first else (slashed[1], slashed[2])
    found = f"{slashed[3]}-{month.zfill(2)}-{day.zfill(2)}"
    return found if _real(found) else slashed[3]


def _real(iso: str) -> bool:
    from datetime import date as calendar

    try:
        calendar.fromisoformat(f"{iso}-01-01"[:10] if len(iso) == 4 else f"{iso}-01"[:10])
    except ValueError:
        return False
    return True


def shortened(words: str, limit: int = NOTE_LIMIT) -> str:
    """Return words on one line, cut at a blank where they are longer than the limit."""
    line = one_line(words)
    if len(line) <= limit:
        return line
    cut = line[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.") + "…"
