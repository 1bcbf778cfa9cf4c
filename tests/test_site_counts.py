"""How a list counts its values: by columns held in memory as by SQLite."""

import asyncio
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.filters import Filters

from db.site import DATABASE, datasette
from db.site_columns import coded
from db.site_context import site_of
from db.site_counts import Condition, by_columns, by_sql, counts
from schema.wide import VIEWS

_FILTERS = ("exact", "not", "gte", "lt", "contains", "startswith", "in", "notnull__1", "isblank__1")
_DRAWN = 40
"""Conditions drawn for each list."""


def _facets(site: Datasette) -> dict[str, list[str]]:
    tables = site.metadata(database=DATABASE)["tables"]
    return {name: told["facets"] for name, told in tables.items() if told.get("facets")}


def _drawn(connection: sqlite3.Connection, table: str, draw: random.Random) -> Iterator[Condition]:
    """Draw conditions on one to three columns, with values of the table."""
    columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
    rows = connection.execute(f"select * from {table}").fetchall()
    for _ in range(_DRAWN):
        given: list[tuple[str, str]] = []
        for column in draw.sample(columns, draw.randint(1, 3)):
            values = [row[columns.index(column)] for row in rows if row[columns.index(column)] is not None]
            value, how = str(draw.choice(values or [""])), draw.choice(_FILTERS)
            given.append((f"{column}__{how}", value[:3] if how in {"contains", "startswith"} else value))
        clauses, params = Filters(sorted(given)).build_where_clauses(table)
        if clauses:  # an empty value makes none
            yield Condition(table, tuple(clauses), tuple(params.items()))


@pytest.mark.parametrize("public", [False, True])
def test_values_are_counted_by_columns_as_by_sqlite(package_base: Path, public: bool) -> None:
    site, draw = datasette(package_base, public=public), random.Random(1)

    async def compare(connection: sqlite3.Connection) -> int:
        fitting = 0
        for table, facets in _facets(site).items():
            columns = coded(connection, VIEWS.get(table, (table,))[0], facets)
            for condition in _drawn(connection, table, draw):
                told = await by_columns(site, condition, columns, 16)
                assert told == await by_sql(site, condition, facets, 16), condition
                fitting += bool(told[0])
        return fitting

    with closing(sqlite3.connect(package_base)) as connection:
        fitting = asyncio.run(compare(connection))
    assert fitting > _DRAWN


def test_a_list_counts_by_columns_once_they_are_read(package_base: Path) -> None:
    site = datasette(package_base)
    ours = site_of(site)
    assert ours is not None
    facets = _facets(site)["companies"]
    conditions = [Condition("companies", ('"statement_count" >= :p0',), (("p0", least),)) for least in (1, 2)]

    async def ask(condition: Condition) -> Any:
        return await counts(site, ours, condition, facets)

    first = asyncio.run(ask(conditions[0]))
    until = time.monotonic() + 30
    while not ours.columns["companies"]:
        assert time.monotonic() < until
        time.sleep(0.01)
    ours.counted.clear()
    assert asyncio.run(ask(conditions[0])) == first
    assert asyncio.run(ask(conditions[1])).rows < first.rows
