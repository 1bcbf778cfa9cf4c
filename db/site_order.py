"""The order of a sorted list: rows with the same value stand by their keys, on the first page too.

Datasette says so from the second page on only: rows at the border of the first two would be lost, or come twice.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from datasette.utils import escape_sqlite

_SORTED = re.compile(r" order by (?:\[[^\]]+\]|\w+)(?: desc)?(?= limit \d+$)")
_keys: ContextVar[Sequence[str]] = ContextVar("keys", default=())


@contextmanager
def by_keys(keys: Sequence[str]) -> Iterator[None]:
    """Order what is asked for by these columns where the order says one column only."""
    token = _keys.set(keys)
    try:
        yield
    finally:
        _keys.reset(token)


def in_order(sql: str) -> str:
    """Return a query with its whole order."""
    keys = _keys.get()
    found = _SORTED.search(sql) if keys else None
    if found is None:
        return sql
    return f"{sql[: found.end()]}, {', '.join(map(escape_sqlite, keys))}{sql[found.end() :]}"
