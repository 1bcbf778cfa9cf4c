"""How two values stand to each other: alike, apart by so much, or both possible though far from each other."""

from decimal import Decimal
from typing import Literal, NamedTuple

from etl.rank import Claim, days_apart, factor_apart, round_to_one

# A bound as far from a figure as this tells little of it: 超百亿 of 1750亿.
_FAR = 3.0
_SAME_BOUND = 1.1
_EXACT = frozenset({"eq", "approx"})
_SLIP = 10.0


class Relation(NamedTuple):
    """How two values stand, and how far they are apart: a factor, days, or 1."""

    how: Literal["alike", "apart", "wide"]
    distance: float | None = None


ALIKE = Relation("alike")


def related(one: Claim, other: Claim) -> Relation:
    """Compare two values of one property and unit, without regard to when they hold."""
    if one.value_type == "quantity":
        return _quantities(one, other)
    if one.value_type == "date":
        return _dates(one.date, other.date)
    if one.value_type == "boolean":
        return ALIKE if bool(one.boolean) == bool(other.boolean) else Relation("apart", 1.0)
    return ALIKE if one.object_id == other.object_id else Relation("apart", 1.0)


def _quantities(one: Claim, other: Claim) -> Relation:
    factor = factor_apart(one.interval(), other.interval())
    if factor is not None:
        return ALIKE if rounded_alike(one, other) else Relation("apart", factor)
    gap = _gap(one, other)
    return ALIKE if gap is None else Relation("wide", gap)


def rounded_alike(one: Claim, other: Claim) -> bool:
    """Tell two figures that are one where the finer is rounded to the digits of the coarser: 1.76 and 1.8."""
    exact = one.comparator in _EXACT and other.comparator in _EXACT and None not in (one.low, other.low)
    return exact and round_to_one(one.low, other.low)


def _gap(one: Claim, other: Claim) -> float | None:
    """Return the factor between two values that meet only because a bound is open; None where they are near."""
    for low, high in (("low", "high"), ("high", "low")):
        ours, theirs = getattr(one, low), getattr(other, low)
        if getattr(one, high) is None and getattr(other, high) is None:
            if ours is None or theirs is None:
                return _FAR
            return _beyond(ours, theirs, _SAME_BOUND)
        if getattr(one, high) is None and ours is not None:
            return _beyond(ours, _near_end(other, low), _FAR)
        if getattr(other, high) is None and theirs is not None:
            return _beyond(theirs, _near_end(one, low), _FAR)
    return None


def _near_end(claim: Claim, side: str) -> float | None:
    """Return the end of a value that a bound is held to: its low end for a lower bound, where it has one."""
    value: float | None = getattr(claim, side)
    return value if value is not None else getattr(claim, "high" if side == "low" else "low")


def _beyond(one: float, other: float | None, limit: float) -> float | None:
    if other is None:
        return limit
    small, large = sorted((abs(one), abs(other)))
    if small == 0:
        return None if large == 0 else limit
    return large / small if large / small > limit else None


def _dates(ours: str | None, theirs: str | None) -> Relation:
    if not ours or not theirs:
        return ALIKE
    if "--" in ours[:2] + theirs[:2]:
        # Of no known year: a day of the year can be the same or not.
        return ALIKE if ours.lstrip("-") in theirs or theirs.lstrip("-") in ours else Relation("wide")
    distance = days_apart(ours, theirs)
    return ALIKE if distance is None else Relation("apart", distance)


def slip(one: Claim, other: Claim) -> int:
    """Return the power of ten between figures of the same digits, such as 亿 for 万亿; 0 where there is none."""
    if None in (one.low, one.high, other.low, other.high) or not one.low or not other.low:
        return 0
    ratio = one.low / other.low
    exponent = round(Decimal(repr(abs(ratio))).log10()) if ratio > 0 else 0
    near = abs(ratio / _SLIP**exponent - 1) < 1e-6 and abs(one.high / other.high / _SLIP**exponent - 1) < 1e-6
    return abs(exponent) if near else 0
