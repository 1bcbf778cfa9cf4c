"""How many rows of a list fit its conditions, and which values they have most: counted in one pass, kept until the next build.

The values are counted by columns held in memory; by SQLite while these are read, of tables without a condition, and for
columns and conditions that a visitor chose.
"""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import escape_sqlite, sqlite_timelimit

# What Datasette opens with, which may be another build than Python's own.
from datasette.utils import sqlite3 as sqlite

from db.site_base import long_questions
from db.site_columns import Coded, Values, coded, most_counted
from db.site_context import Site
from db.site_metadata import DATABASE
from schema.wide import VIEWS, base_of

_MOST_KEPT = 2_000
# Stands in place of a facet's name where all rows are counted.
_ALL = ""


class Condition(NamedTuple):
    """What the rows of a list must fulfil, as SQL with named parameters; `free` where a visitor wrote some of it."""

    table: str
    clauses: tuple[str, ...]
    params: tuple[tuple[str, Any], ...]
    free: bool = False


class Facet(NamedTuple):
    """The values that a column has most often, each with its rows; `more` where there are others."""

    column: str
    values: list[tuple[Any, int]]
    more: bool


class Counts(NamedTuple):
    """How many rows there are, None where they could not be counted in time; facets where they could."""

    rows: int | None
    facets: list[Facet] | None


async def counts(datasette: Datasette, site: Site, condition: Condition, columns: Sequence[str]) -> Counts:
    """Count the rows under a condition, and the values of these columns among them."""
    key = (condition, tuple(columns))
    found: Counts | None = site.counted.get(key)
    if found is None:
        found = await _counted(datasette, site, condition, columns)
        if len(site.counted) >= _MOST_KEPT:
            site.counted.clear()
        site.counted[key] = found
    return found


async def _counted(datasette: Datasette, site: Site, condition: Condition, columns: Sequence[str]) -> Counts:
    known = None if condition.clauses else site.counts.get(condition.table)
    if known is not None and not columns:
        return Counts(known, [])
    size = datasette.setting("default_facet_size")
    held = _held(datasette, site, condition.table) if columns and condition.clauses and not condition.free else []
    try:
        if columns and {name for some in held for name in some.values} >= set(columns):
            rows, values = await by_columns(datasette, condition, held, size + 1)
        else:
            rows, values = await by_sql(datasette, condition, columns, size + 1)
    except QueryInterrupted:
        return Counts(await _rows(datasette, condition) if known is None else known, None)
    facets = [Facet(column, values[column][:size], len(values[column]) > size) for column in columns]
    return Counts(rows if known is None else known, facets)


def _held(datasette: Datasette, site: Site, table: str) -> list[Coded]:
    """Return the facets of a list that are held in memory; none as yet where this is the first to ask for them."""
    if table not in site.columns:
        facets = datasette.table_metadata(DATABASE, table).get("facets", [])
        site.columns[table] = []

        def read(connection: sqlite3.Connection) -> None:
            site.columns[table] = coded(connection, base_of(table), facets)

        if not datasette.get_database(DATABASE).begin(read):
            del site.columns[table]
    return site.columns.get(table, [])


async def by_columns(
    datasette: Datasette, condition: Condition, columns: Sequence[Coded], most: int
) -> tuple[int | None, Values]:
    """Count rows and values by columns held in memory; raise QueryInterrupted where it takes too long."""
    sql = _rowids(condition)

    def count(connection: sqlite3.Connection) -> tuple[int | None, Values]:
        with sqlite_timelimit(connection, datasette.setting("facet_time_limit_ms")):
            return most_counted(connection, sql, dict(condition.params), columns, most)

    with long_questions():
        try:
            found: tuple[int | None, Values] = await datasette.get_database(DATABASE).execute_fn(count)
        except sqlite.OperationalError as error:
            if error.args == ("interrupted",):
                raise QueryInterrupted(error, sql, condition.params) from error
            raise
    return found


async def by_sql(
    datasette: Datasette, condition: Condition, columns: Sequence[str], most: int
) -> tuple[int | None, Values]:
    """Let SQLite count rows and values; no rows where there is no condition. Raise QueryInterrupted as above."""
    values: Values = {column: [] for column in (_ALL, *columns)}
    for column, value, rows in await _asked(datasette, _sql(condition, columns, most), condition):
        values[column].append((value, rows))
    total = values.pop(_ALL)
    return total[0][1] if total else None, values


async def _rows(datasette: Datasette, condition: Condition) -> int | None:
    sql = f"select count(*) {_from(condition.table, condition.clauses)}"
    try:
        found = await _asked(datasette, sql, condition)
    except QueryInterrupted:
        return None
    return int(found.single_value())


async def _asked(datasette: Datasette, sql: str, condition: Condition) -> Any:
    limit = datasette.setting("facet_time_limit_ms")
    with long_questions():
        return await datasette.get_database(DATABASE).execute(sql, dict(condition.params), custom_time_limit=limit)


def _rowids(condition: Condition) -> str:
    """Return a query for the rowids of the rows that fit; those of a view are its table's."""
    if condition.table not in VIEWS:
        return f"select group_concat(rowid) {_from(condition.table, condition.clauses)}"
    table, own, _ = VIEWS[condition.table]
    given = " and ".join(condition.clauses)
    return f"select group_concat(rowid) {_from(table, (own, f'({given})'))}"


def _from(table: str, clauses: Sequence[str]) -> str:
    return f"from {escape_sqlite(table)}{' where ' if clauses else ''}{' and '.join(clauses)}"


def _sql(condition: Condition, columns: Sequence[str], most: int) -> str:
    """Return a query for facet, value and rows: the rows that fit are looked up once and counted many times over.

    Without a condition each facet is counted along its own index.
    """
    names = [escape_sqlite(column) for column in columns]
    source = _from(condition.table, condition.clauses)
    if not condition.clauses and condition.table not in VIEWS:
        return " union all ".join(_facet(column, most, source) for column in columns)
    found = f"with fitting as (select {', '.join(names) or '1'} {source}) "
    all_rows = f"select '{_ALL}', null, count(*) from fitting"
    return found + " union all ".join([all_rows, *(_facet(column, most, "from fitting") for column in columns)])


def _facet(column: str, most: int, source: str) -> str:
    name, told = escape_sqlite(column), column.replace("'", "''")
    return (
        f"select * from (select '{told}', {name}, count(*) {source} where {name} is not null"
        f" group by 2 order by 3 desc, 2 limit {most})"
    )
