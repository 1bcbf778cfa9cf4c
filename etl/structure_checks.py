"""Checks that hold statements against one another; each yields the doubted statement's row and what is doubtful.

`doubted` are the statements that a bound has found an error in.
"""

import itertools
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

Doubt = tuple[Any, str]

_ROW = "s.id, s.subject_id, s.property_id, s.printed"
_BROUGHT_OUT = "('released', 'opened', 'open_sourced', 'upgraded', 'in_testing', 'filed')"
# Factors between units that are easily taken for one another: 亿 and B, 万 and 亿, thousands, 元 and 亿元.
_SLIPS = {10.0: "亿 against B", 1e3: "a thousand", 1e4: "万 against 亿 or 亿 against 万亿", 1e6: "a million", 1e8: "one against 亿"}  # fmt: skip
_MIXED_UNITS = (frozenset({"byte", "token"}), frozenset({"item", "token"}), frozenset({"byte", "item"}))
_NEAR = 1e-9
# More figures with the same digits on one thing are compared no further.
_MOST = 50
_CLOSED = re.compile(r"(?i)proprietary|closed|unreleased|not open|\bAPI\b|闭源|未开源|不开源|专有")
_OPEN = re.compile(r"(?i)\b(?:apache|mit|bsd|[al]?gpl)\b|开源许可")


def _part_above_whole(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    for row in connection.execute(
        f"select {_ROW}, s.low, w.high, w.id from statements s join statements w on w.id = s.part_of "
        "where s.low > w.high and s.unit is w.unit"
    ):
        yield row, f"{row[4]:g} is above {row[5]:g}, the whole ({row[6]})"


def _event_before_founding(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    for row in connection.execute(
        f"select {_ROW}, s.date_sort, f.date_sort, f.subject_id from statements s "
        "join statements d on d.subject_id = s.subject_id and d.property_id = 'developer' "
        "join statements f on f.subject_id = d.object_id and f.property_id = 'founded' "
        f"where s.property_id in {_BROUGHT_OUT} and s.date_sort < f.date_sort"
    ):
        yield row, f"{row[2]} {row[4]}, but {row[6]} was founded {row[5]}"


def _unit_slip(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    """Tell figures of one thing that have the same digits and are a usual slip apart, in one scope."""
    rows = connection.execute(
        f"select {_ROW}, s.low, s.unit, s.comparator, s.place_id, s.category_id, s.per, s.as_of, s.period_start, "
        "s.period_end, s.scope_note, s.source_id from statements s where s.value_type = 'quantity' and s.low = s.high and s.low > 0 "
        "order by s.subject_id, s.property_id, s.id"
    )
    for _, group in itertools.groupby(rows, key=lambda row: (*row[1:3], *row[7:14])):
        alike: dict[str, list[Any]] = {}
        for row in group:
            alike.setdefault(_digits(row[4]), []).append(row)
        for rows_of_digits in alike.values():
            for one, other in itertools.combinations(rows_of_digits[:_MOST], 2):
                slip = _slip_between(one, other)
                if slip:
                    yield from _both(one, other, slip, doubted)


def _both(one: Any, other: Any, slip: str, doubted: frozenset[str]) -> Iterator[Doubt]:
    """Tell it of both, or of the one alone that is beyond its bounds."""
    for row, rival in ((one, other), (other, one)):
        if row[0] in doubted or rival[0] not in doubted:
            yield row, f"same digits as {rival[3] or rival[0]} ({rival[0]}), {slip}"


def _slip_between(one: Any, other: Any) -> str | None:
    if one[5] != other[5]:
        return f"in {one[5]} and in {other[5]}" if {one[5], other[5]} in _MIXED_UNITS else None
    ratio = max(one[4], other[4]) / min(one[4], other[4])
    return next((told for factor, told in _SLIPS.items() if abs(ratio - factor) < _NEAR * factor), None)


def _digits(number: float) -> str:
    return f"{number:.6e}".partition("e")[0]


def _note_slip(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    """Tell a data row whose cell and own note have the same digits and are a power of ten apart."""
    rows = connection.execute(
        f"select {_ROW}, s.low, s.unit, s.method like 'import:%', e.source_id, e.row_label from statements s "
        "join evidence e on e.statement_id = s.id and e.role = 'value' and e.row_label is not null "
        "where s.value_type = 'quantity' and s.low > 0 and s.low is s.high order by s.id"
    )
    cells: dict[tuple[Any, ...], list[Any]] = {}
    notes: list[tuple[tuple[Any, ...], Any]] = []
    for row in rows:
        key = (row[2], row[5], _digits(row[4]), row[7], row[8])
        if row[6]:
            cells.setdefault(key, []).append(row)
        else:
            notes.append((key, row))
    for key, note in notes:
        for row in cells.get(key, ()):
            if max(row[4], note[4]) / min(row[4], note[4]) > 9:
                yield row, f"{row[4]:g}, but the row's own note says {note[3]} ({note[0]})"


def _openness_against_licence(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    for row in connection.execute(
        f"select {_ROW}, s.boolean, coalesce(l.printed, l.text), l.id from statements s "
        "join statements l on l.subject_id = s.subject_id and l.property_id = 'licence' "
        "where s.property_id in ('open_source', 'open_weights') and s.boolean is not null"
    ):
        licence = row[5] or ""
        if (row[4] and _CLOSED.search(licence)) or (not row[4] and _OPEN.search(licence)):
            yield row, f"{row[2]} is {'yes' if row[4] else 'no'}, but its licence reads {licence!r} ({row[6]})"


def _product_for_model(connection: sqlite3.Connection, doubted: frozenset[str]) -> Iterator[Doubt]:
    """Tell a model's figure that is said of a name that the base knows for a product alone."""
    for row in connection.execute(
        f"select distinct {_ROW}, p.id from statements s "
        "join entities m on m.id = s.subject_id and m.kind = 'model' "
        "join aliases a on a.entity_id = m.id join aliases b on b.normalized = a.normalized "
        "join entities p on p.id = b.entity_id and p.kind = 'product' "
        "where s.property_id in ('parameters', 'parameters_active', 'training_data', 'training_compute', 'context_length') "
        "and coalesce(s.low, s.high) is not null "
        "and not exists (select 1 from aliases c join entities o on o.id = c.entity_id and o.kind = 'model' and o.id <> m.id "
        "where c.normalized = a.normalized) "
        # A family that has versions is known for a model.
        "and m.id not in (select object_id from statements where property_id = 'version_of' and object_id is not null)"
    ):
        yield row, f"{row[4]} is a product of this name; which model is meant?"


STRUCTURES: dict[str, Callable[[sqlite3.Connection, frozenset[str]], Iterator[Doubt]]] = {
    "part_above_whole": _part_above_whole,
    "event_before_founding": _event_before_founding,
    "unit_slip": _unit_slip,
    "note_slip": _note_slip,
    "openness_against_licence": _openness_against_licence,
    "product_for_model": _product_for_model,
}
