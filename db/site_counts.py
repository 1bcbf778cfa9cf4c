"""How many rows of a list fit its conditions, and which values they have most: counted in one pass, kept until the next build."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils import escape_sqlite

from db.site_base import long_questions
from db.site_context import Site
from db.site_metadata import DATABASE
from schema.wide import VIEWS

_MOST_KEPT = 2_000
# Stands in place of a facet's name where all rows are counted.
_ALL = ""


class Condition(NamedTuple):
    """What the rows of a list must fulfil, as SQL with named parameters."""

    table: str
    clauses: tuple[str, ...]
    params: tuple[tuple[str, Any], ...]


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
    sql = _sql(condition, columns, size + 1)
    try:
        found = await _asked(datasette, sql, condition)
    except QueryInterrupted:
        return Counts(await _rows(datasette, condition) if known is None else known, None)
    values: dict[str, list[tuple[Any, int]]] = {column: [] for column in (_ALL, *columns)}
    for column, value, rows in found:
        values[column].append((value, rows))
    facets = [Facet(column, values[column][:size], len(values[column]) > size) for column in columns]
    return Counts(values[_ALL][0][1] if known is None else known, facets)


async def _rows(datasette: Datasette, condition: Condition) -> int | None:
    try:
        found = await _asked(datasette, f"select count(*) {_from(condition)}", condition)
    except QueryInterrupted:
        return None
    return int(found.single_value())


async def _asked(datasette: Datasette, sql: str, condition: Condition) -> Any:
    limit = datasette.setting("facet_time_limit_ms")
    with long_questions():
        return await datasette.get_database(DATABASE).execute(sql, dict(condition.params), custom_time_limit=limit)


def _from(condition: Condition) -> str:
    where = f" where {' and '.join(condition.clauses)}" if condition.clauses else ""
    return f"from {escape_sqlite(condition.table)}{where}"


def _sql(condition: Condition, columns: Sequence[str], most: int) -> str:
    """Return a query for facet, value and rows: the rows that fit are looked up once and counted many times over.

    Without a condition each facet is counted along its own index.
    """
    names = [escape_sqlite(column) for column in columns]
    if not condition.clauses and condition.table not in VIEWS:
        return " union all ".join(_facet(column, most, _from(condition)) for column in columns)
    found = f"with fitting as (select {', '.join(names) or '1'} {_from(condition)}) "
    all_rows = f"select '{_ALL}', null, count(*) from fitting"
    return found + " union all ".join([all_rows, *(_facet(column, most, "from fitting") for column in columns)])


def _facet(column: str, most: int, source: str) -> str:
    name, told = escape_sqlite(column), column.replace("'", "''")
    return (
        f"select * from (select '{told}', {name}, count(*) {source} where {name} is not null"
        f" group by 2 order by 3 desc, 2 limit {most})"
    )
