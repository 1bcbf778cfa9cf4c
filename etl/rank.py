"""Which of several statements on one thing is preferred, and why."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, groupby
from typing import Any

from etl.load import insert_rows
from schema.records import OverrideRecord

# How closely a comparator pins a value down.
_SPECIFICITY = {
    "eq": 0,
    "approx": 1,
    "range": 2,
    "sizes": 2,
    "ge": 3,
    "gt": 3,
    "le": 3,
    "lt": 3,
    "order_of_magnitude": 4,
}
APPROXIMATION = 0.1
# Units that count the same things: each image-text pair holds one image.
COMPARABLE_UNITS = {"image_text_pair": "image"}
_FEWEST_DIGITS = 2
_EMPTY = frozenset({"not_stated", "not_disclosed", "not_applicable"})

_SELECT = """
select s.rowid, s.id, s.subject_id, s.property_id, s.source_id, s.value_type, s.low, s.high, s.unit, s.comparator, s.boolean,
       s.date, s.date_sort, s.term, s.object_id, s.printed, s.place_id, s.category_id, s.part_of, s.relative_to_id, s.scope_note,
       s.as_of, s.period_start, s.period_end, s.per, s.duration, s.assertion, s.value_status,
       p.many, o.tier, o.status, coalesce(o.published, '') as published, coalesce(o.derived_from, o.id) as root,
       exists (select 1 from quality_issues q where q.statement_id = s.id and q.severity = 'error') as doubted
from statements s join properties p on p.id = s.property_id join sources o on o.id = s.source_id
"""
_GROUPED = f"""{_SELECT}
where (s.subject_id, s.property_id) in (
    select subject_id, property_id from statements
    where value_type in ('quantity', 'boolean')
       or (value_type in ('date', 'text', 'term', 'entity') and property_id in (select id from properties where not many))
    group by subject_id, property_id having count(*) > 1)
order by s.subject_id, s.property_id, s.id
"""

# A place lies in another: Europe and the European Union do not contradict each other.
_NESTED = """
with recursive nested (inner, outer) as (
    select id, parent_id from entities where kind = 'place' and parent_id is not null
    union select n.inner, e.parent_id from nested n join entities e on e.id = n.outer where e.parent_id is not null)
select inner, outer from nested
"""


@dataclass(slots=True)
class Claim:
    """A statement as ranking sees it."""

    row: sqlite3.Row | Mapping[str, Any]
    override: OverrideRecord | None = None
    support: int = 1
    """How many independent sources agree with it, its own among them."""

    def __getattr__(self, name: str) -> Any:
        return self.row[name]

    def scope(self) -> tuple[Any, ...]:
        """Return what must be the same for two statements to be rivals."""
        row = self.row
        place = (
            row["place_id"],
            row["category_id"],
            row["part_of"],
            row["relative_to_id"],
            row["scope_note"],
            row["per"],
        )
        period: tuple[Any, ...] = ()
        if row["many"]:
            period = (row["as_of"], row["period_start"], row["period_end"], row["duration"], row["assertion"])
        unit = row["unit"] or ""
        return (COMPARABLE_UNITS.get(unit, unit), *(part or "" for part in (*place, *period)))

    def order(self) -> tuple[Any, ...]:
        """Return the sort key: the first is preferred; each part has a reason in `_REASONS`."""
        row = self.row
        override = {"preferred": -1, "normal": 0, "deprecated": 1}[self.override.rank] if self.override else 0
        return (
            override,
            row["value_status"] != "reported",
            row["doubted"],
            row["status"] != "current",
            row["tier"],
            _newest_first(row["as_of"] or row["period_end"] or row["published"]),
            _SPECIFICITY.get(row["comparator"] or "", 0)
            if row["value_type"] == "quantity"
            else -len(row["date"] or ""),
            -self.support,
            row["id"],
        )

    def interval(self) -> tuple[float, float]:
        """Return the bounds that two rivals' values are compared by."""
        low, high = self.row["low"], self.row["high"]
        low = float("-inf") if low is None else low
        high = float("inf") if high is None else high
        if self.row["comparator"] == "approx":
            return low - abs(low) * APPROXIMATION, high + abs(high) * APPROXIMATION
        return low, high


_REASONS = (
    "an editor's decision",
    "it states a value",
    "no error was found in it",
    "its source stands",
    "its source is nearer to the fact",
    "it is newer",
    "it is more specific",
    "more sources agree with it",
    "it was read first; nothing else tells them apart",
)


# Where the support stands in the order.
_SUPPORT = len(_REASONS) - 2


@lru_cache(maxsize=2**14)
def _newest_first(date: str) -> tuple[int, ...]:
    return tuple(-ord(char) for char in date.ljust(10, "\0"))


def rank_statements(connection: sqlite3.Connection, overrides: Iterable[OverrideRecord]) -> None:
    """Set rank and rank_reason of every statement, and fill `conflicts`."""
    by_id = {override.statement_id: override for override in overrides}
    _rank_lone(connection)
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    updates: list[tuple[str, str, int]] = []
    nested = frozenset((row[0], row[1]) for row in connection.execute(_NESTED))
    conflicts: list[dict[str, Any]] = []
    claims = (Claim(row, by_id.get(row["id"])) for row in cursor.execute(_GROUPED))
    for _, group in groupby(claims, key=lambda c: (c.subject_id, c.property_id)):
        for rivals in _by_scope(group):
            if len(rivals) > 1:
                rivals = _supported(rivals)
                updates += _ranked(rivals)
                conflicts += _conflicts(rivals, nested)
    connection.executemany("update statements set rank = ?, rank_reason = ? where rowid = ?", updates)
    _apply_lone_overrides(connection, by_id)
    labels = dict(connection.execute("select id, label from entities"))
    conflicts.sort(key=lambda c: (-c["distance"], c["statement_id"], c["other_statement_id"]))
    rows = ({"id": n, "subject": labels.get(c["subject_id"], c["subject_id"]), **c} for n, c in enumerate(conflicts, 1))
    insert_rows(connection, "conflicts", rows)


def _rank_lone(connection: sqlite3.Connection) -> None:
    connection.execute(
        "update statements set rank = case when value_type in ('date', 'text', 'term', 'entity') and property_id in "
        "(select id from properties where many) then 'normal' when issues is not null and id in "
        "(select statement_id from quality_issues where severity = 'error') then 'deprecated' when source_id in "
        "(select id from sources where status = 'retracted') then 'deprecated' else 'preferred' end, "
        "rank_reason = case when value_type in ('date', 'text', 'term', 'entity') and property_id in "
        "(select id from properties where many) then 'one of several values' when issues is not null and id in "
        "(select statement_id from quality_issues where severity = 'error') then 'an error was found in it' "
        "when source_id in (select id from sources where status = 'retracted') then 'its source was retracted' "
        "else 'the only statement' end"
    )


def _apply_lone_overrides(connection: sqlite3.Connection, overrides: dict[str, OverrideRecord]) -> None:
    rows = [(o.rank, f"an editor's decision: {o.reason}", i) for i, o in overrides.items()]
    connection.executemany("update statements set rank = ?, rank_reason = ? where id = ?", rows)


def _supported(rivals: list[Claim]) -> list[Claim]:
    """Count the independent sources that agree with rivals whom nothing else tells apart, and put all in order."""
    reported = [claim for claim in rivals if claim.value_status == "reported"]
    if len(reported) > 2:
        for _, group in groupby(rivals, key=lambda claim: claim.order()[:_SUPPORT]):
            tied = [claim for claim in group if claim.value_status == "reported"]
            for claim in tied if len(tied) > 1 else []:
                claim.support = len({other.root for other in reported if apart(claim, other) is None})
    return sorted(rivals, key=Claim.order)


def _by_scope(group: Iterable[Claim]) -> Iterator[list[Claim]]:
    scopes: dict[tuple[Any, ...], list[Claim]] = {}
    empty: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in group:
        unit, *scope = claim.scope()
        if claim.value_status in _EMPTY:
            empty.setdefault(tuple(scope), []).append(claim)
        else:
            scopes.setdefault((unit, *scope), []).append(claim)
    # A cell without a value has no unit: it stands beside the values of every unit.
    for (_, *scope), claims in scopes.items():
        yield sorted([*claims, *empty.pop(tuple(scope), [])], key=Claim.order)
    for claims in empty.values():
        yield sorted(claims, key=Claim.order)


def _ranked(rivals: list[Claim]) -> Iterator[tuple[str, str, int]]:
    first = rivals[0]
    # What it was preferred to is the first that says otherwise; they may all agree.
    second = next((claim for claim in rivals[1:] if apart(first, claim) is not None), rivals[1])
    reason = _reason(first, second)
    if first.doubted and not first.override:
        yield "deprecated", "an error was found in it", first.rowid
    elif first.status == "retracted" and not first.override:
        yield "deprecated", "its source was retracted", first.rowid
    else:
        yield "preferred", reason, first.rowid
    for claim in rivals[1:]:
        if claim.doubted:
            yield "deprecated", "an error was found in it", claim.rowid
        elif claim.status != "current":
            yield "deprecated", "its source was corrected or retracted", claim.rowid
        else:
            yield "normal", f"{first.id} is preferred: {_reason(first, claim)}", claim.rowid


def _reason(first: Claim, other: Claim) -> str:
    return _REASONS[next(i for i, (a, b) in enumerate(zip(first.order(), other.order(), strict=True)) if a != b)]


def _conflicts(rivals: list[Claim], nested: frozenset[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    reported = [claim for claim in rivals if claim.value_status == "reported"]
    seen: set[tuple[Any, ...]] = set()

    @cache
    def agreeing(place: int) -> int:
        return len({c.root for c in reported if apart(c, reported[place]) is None})

    for (place, first), (other_place, other) in combinations(enumerate(reported), 2):
        distance = apart(first, other)
        pair = (first.source_id, _value(first), other.source_id, _value(other))
        within = (first.object_id, other.object_id) in nested or (other.object_id, first.object_id) in nested
        if distance is None or within or pair in seen:
            continue
        seen.add(pair)
        yield {
            "subject_id": first.subject_id,
            "property_id": first.property_id,
            "statement_id": first.id,
            "printed": first.printed,
            "source_id": first.source_id,
            "other_statement_id": other.id,
            "other_printed": other.printed,
            "other_source_id": other.source_id,
            "distance": distance,
            "supporting_sources": agreeing(place),
            "opposing_sources": agreeing(other_place),
            "preferred_id": rivals[0].id if first is rivals[0] and not first.doubted else None,
            "reason": _reason(first, other),
        }


def _value(claim: Claim) -> tuple[Any, ...]:
    return tuple(claim.row[name] for name in ("low", "high", "boolean", "date", "term", "object_id"))


def apart(one: Claim, other: Claim) -> float | None:
    """Tell how far two rivals are apart: a factor, days between dates, 1 for others; None where both can be right."""
    if not times_meet(one, other):
        return None
    if one.value_type == "quantity":
        exact = one.comparator == other.comparator == "eq"
        if exact and round_to_one(one.low, other.low):
            return None
        return factor_apart(one.interval(), other.interval())
    if one.value_type == "date":
        return days_apart(one.date, other.date)
    if one.value_type == "boolean":
        return None if one.boolean == other.boolean else 1.0
    same = one.term == other.term and one.object_id == other.object_id
    return None if same else 1.0


def times_meet(one: Claim, other: Claim) -> bool:
    """Tell whether two claims can be about one time: each without a stated year meets every other."""
    (start, end), (other_start, other_end) = _period(one), _period(other)
    return start <= other_end and other_start <= end


def _period(claim: Claim) -> tuple[str, str]:
    start, end = claim.period_start or claim.as_of or "", claim.period_end or claim.as_of or ""
    # A partial date lasts to its end: "~" sorts after every digit and hyphen.
    return start if start[:1] != "-" else "", end + "~" if end[:1] != "-" else "~"


def round_to_one(one: float, other: float) -> bool:
    """Tell whether the finer of two figures rounds to the coarser: 540.35 billion and 540 billion, at two digits or more."""
    digits = max(_FEWEST_DIGITS, min(_significant(one), _significant(other)))
    return f"{one:.{digits - 1}e}" == f"{other:.{digits - 1}e}"


def _significant(number: float) -> int:
    return len(f"{abs(number):.11e}".partition("e")[0].replace(".", "").rstrip("0")) or 1


def factor_apart(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """Tell by what factor two intervals are apart; None where they meet."""
    lower, upper = sorted((one, other))
    if lower[1] >= upper[0]:
        return None
    if lower[1] <= 0:
        # No factor leads from nothing, or from a loss: tell the difference.
        return upper[0] - lower[1]
    return upper[0] / lower[1]


def days_apart(one: str | None, other: str | None) -> float | None:
    """Tell how many days two partial dates are apart; None where one can be the other."""
    from datetime import date

    if not one or not other or one.startswith(other) or other.startswith(one) or "--" in one[:2] + other[:2]:
        return None
    days = [
        date.fromisoformat((text + "-01-01")[:10] if len(text) == 4 else (text + "-01")[:10]) for text in (one, other)
    ]
    return float(abs((days[0] - days[1]).days))


def issues_of(value: str | None) -> list[str]:
    """Return the check ids in a statement's `issues`."""
    found: list[str] = json.loads(value) if value else []
    return found
