"""Columns held in memory as small numbers, by which the values of a list's rows are counted in a fraction of SQLite's time.

A column is read along its index, so that numbers stand in SQLite's order of the values.
"""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from operator import itemgetter
from typing import Any, NamedTuple

# What Datasette opens with, which may be another build than Python's own.
from datasette.utils import escape_sqlite
from datasette.utils import sqlite3 as sqlite

from db.site_limits import long_values

_MOST_ROWS = 2_000_000
"""Rows of a table whose columns are held; of more, a list of rowids grows too long."""
_ROWID_BYTES = 8
_CHUNK = 64_000
"""Characters of rowids that are read and counted at a time."""
_MOST_JOINED = 1_000
"""Ways in which the values of columns that are counted together meet in a row."""
_NARROW = (("B", 1 << 8), ("H", 1 << 16))


Values = dict[str, list[tuple[Any, int]]]
"""By column, its values with the rows that have each."""


class Coded(NamedTuple):
    """Columns that are counted at once: their values in order, none first, and for each rowid which values it has.

    `places` has a number for each rowid, `rows` the places of the values, in the order of the columns, for each number.
    """

    values: dict[str, list[Any]]
    rows: list[tuple[int, ...]]
    places: "array[int]"


def coded(connection: sqlite3.Connection, table: str, columns: Iterable[str]) -> list[Coded]:
    """Read columns of a table, those with few different values together; none where it has too many rows."""
    last = _plain(connection, f"select max(rowid) from {escape_sqlite(table)}").fetchone()[0] or 0
    if last > _MOST_ROWS:
        return []
    found = sorted((_coded(connection, table, column, last) for column in columns), key=lambda one: len(one.rows))
    together: list[Coded] = []
    for one in found:
        joined = _joined(together[-1], one) if together else None
        together[-1:] = [joined] if joined else [*together[-1:], one]
    return together


def _coded(connection: sqlite3.Connection, table: str, column: str, last: int) -> Coded:
    name = escape_sqlite(column)
    values, places = [None], array("I", bytes(4 * (last + 1)))
    sql = f"select {name}, rowid from {escape_sqlite(table)} where {name} is not null order by 1"
    for value, rowid in _plain(connection, sql):
        if value != values[-1]:
            values.append(value)
        places[rowid] = len(values) - 1
    return Coded({column: values}, [(place,) for place in range(len(values))], _narrow(places, len(values)))


def _joined(some: Coded, one: Coded) -> Coded | None:
    """Join columns whose values meet in few ways; None where these are many."""
    if len(one.rows) > _MOST_JOINED:
        return None
    met: dict[tuple[int, int], int] = {}
    places = array("I", (met.setdefault(pair, len(met)) for pair in zip(some.places, one.places, strict=True)))
    if len(met) > _MOST_JOINED:
        return None
    rows = [some.rows[left] + one.rows[right] for left, right in met]
    return Coded(some.values | one.values, rows, _narrow(places, len(rows)))


def _narrow(places: "array[int]", different: int) -> "array[int]":
    return array(next((kind for kind, most in _NARROW if different <= most), "I"), places)


def most_counted(
    connection: sqlite3.Connection, rowids: str, params: dict[str, Any], columns: Sequence[Coded], most: int
) -> tuple[int, Values]:
    """Count the rows whose rowids a query gives, parted by commas; return the values that most of them have.

    Of values with as many rows the first come first.
    """
    rows, counters = 0, [Counter[int]() for _ in columns]
    with long_values(connection, _MOST_ROWS * _ROWID_BYTES):
        text = _plain(connection, rowids, params).fetchone()[0]
    for chunk in _chunks(text or ""):
        rows += len(chunk)
        # No row has the rowid 0: with it twice there are always several, which alone are given as a tuple.
        of_rows = itemgetter(*chunk, 0, 0)
        for some, counter in zip(columns, counters, strict=True):
            counter.update(of_rows(some.places))
    return rows, {
        name: _most(values, counted, most)
        for some, counter in zip(columns, counters, strict=True)
        for (name, values), counted in zip(some.values.items(), _parted(some, counter), strict=True)
    }


def _parted(some: Coded, counter: Counter[int]) -> list[Counter[int]]:
    """Return the rows of each value, by column."""
    if len(some.values) == 1:
        return [counter]
    counters = [Counter[int]() for _ in some.values]
    for number, rows in counter.items():
        for counted, place in zip(counters, some.rows[number], strict=True):
            counted[place] += rows
    return counters


def _chunks(text: str) -> Iterator[list[int]]:
    """Read numbers a few at a time: other threads get no turn within a call."""
    start = 0
    while start < len(text):
        end = text.find(",", start + _CHUNK)
        end = len(text) if end < 0 else end
        yield json.loads(f"[{text[start:end]}]")
        start = end + 1


def _most(values: list[Any], counted: Counter[int], most: int) -> list[tuple[Any, int]]:
    size = len(values)
    # More rows come first, then the earlier place: in one number, which compares fastest.
    ranks = nsmallest(most, [place - rows * size for place, rows in counted.items() if place])
    return [(values[rank % size], -(rank // size)) for rank in ranks]


def _plain(connection: sqlite3.Connection, sql: str, params: dict[str, Any] | None = None) -> sqlite3.Cursor:
    """Run a query whose rows are as small as they are many, and which are therefore not looked at one by one."""
    cursor: sqlite3.Cursor = connection.cursor(sqlite.Cursor)
    cursor.row_factory = None
    return cursor.execute(sql, params or {})
