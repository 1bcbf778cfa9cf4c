"""The site's metadata, generated from the schema: titles, descriptions, labels, facets, search."""

import sqlite3
from pathlib import Path
from typing import Any

from db.grams import FTS_TABLES
from db.opening import open_base
from db.site_queries import canned_queries
from db.site_titles import TITLES, description
from schema.fields import Column
from schema.tables import COLUMNS
from schema.wide import VIEWS

DATABASE = "damoxing"
"""What the database is called in URLs, whatever its file is called."""

LABEL_COLUMNS = {
    "entities": "label",
    "sources": "title",
    "properties": "label_zh",
    "units": "label_zh",
    "terms": "label_zh",
    "models": "label",
    "organizations": "label",
    "policies": "label",
    "policy_profiles": "place",
}
"""Column that names a row of a table; a row of any other is named by its id."""

# The one default sort that an index bears; big tables keep their key order, which pages and exports fastest.
SORTS = {"models": {"sort_desc": "parameters"}, "releases": {"sort_desc": "released_on"}}
_SIZES = {"conflicts": 30, "columns": 100, "base_info": 100}
_MOST_FACETS = 6
_SHADOWS = ("data", "idx", "content", "docsize", "config")


class Settled(dict[str, Any]):
    """Words and queries that nobody changes: Datasette copies all metadata deeply for each permission it checks."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Settled":
        """Return itself."""
        return self


def metadata(path: Path) -> dict[str, Any]:
    """Return Datasette's metadata for a base: every table, view and column described, in zh and en."""
    connection = open_base(path)
    try:
        tables = {table: _table(connection, table, columns) for table, columns in described_columns().items()}
    finally:
        connection.close()
    return {
        "title": "damoxing 大模型事实库",
        "description": (
            "关于大模型、企业与政策的事实，条条可追溯到原文字符。"
            "Facts on large AI models, the companies behind them and the policies on them, each tied to the characters it was read from."
        ),
        "license": "CC BY 4.0",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "source": "The damoxing authors; each source keeps its own rights",
        "about": "署名 Attribution: “damoxing, CC BY 4.0”",
        "databases": {
            DATABASE: Settled(title="damoxing 大模型事实库", tables=tables | _hidden(), queries=canned_queries())
        },
    }


def described_columns() -> dict[str, list[Column]]:
    """Return the columns of every table and view."""
    return COLUMNS | {view: COLUMNS[table] for view, (table, _, _) in VIEWS.items()}


def column_description(column: Column) -> str:
    """Return a column's labels in zh and en, what it holds, and its unit."""
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.label_zh} · {column.label_en}: {column.description}{unit}"


def _table(connection: sqlite3.Connection, table: str, columns: list[Column]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": TITLES[table].both,
        "description": description(table),
        "columns": {column.column_name: column_description(column) for column in columns},
        **SORTS.get(table, {}),
    }
    if table in _SIZES:
        found["size"] = _SIZES[table]
    if table not in VIEWS:
        found["label_column"] = LABEL_COLUMNS.get(table, "id")
    if facets := _facets(connection, table, columns):
        found["facets"] = facets
    return found | _search(table)


def _facets(connection: sqlite3.Connection, table: str, columns: list[Column]) -> list[str]:
    """List the facet columns that hold anything; all are indexed, for the schema makes an index of each."""
    facets = (column.column_name for column in columns if column.facet)
    return [name for name in facets if _holds_anything(connection, table, name)][:_MOST_FACETS]


def _holds_anything(connection: sqlite3.Connection, table: str, column: str) -> bool:
    sql = f'select 1 from "{table}" where "{column}" is not null limit 1'
    return connection.execute(sql).fetchone() is not None


def _search(table: str) -> dict[str, str]:
    for name, fts in FTS_TABLES.items():
        if fts.content == table:
            return {"fts_table": name, "fts_pk": "rowid"}
    return {}


def _hidden() -> dict[str, dict[str, bool]]:
    names = [f"{name}{suffix}" for name in FTS_TABLES for suffix in ("", *(f"_{shadow}" for shadow in _SHADOWS))]
    return {name: {"hidden": True} for name in [*names, "sqlite_stat1", "sqlite_stat4"]}
