"""Cells as people read them: ids as links with labels, doubts marked, whole numbers whole."""

import json
from collections.abc import Iterable
from typing import Any

from datasette.app import Datasette
from datasette.utils import escape_sqlite, tilde_encode
from markupsafe import Markup, escape

from db.site_context import MOST_LABELS, Site, site_of
from db.site_metadata import DATABASE, LABEL_COLUMNS, described_columns
from db.values import plain_number

_REFERENCES = {
    (table, column.column_name): column.reference.partition(".")[0]
    for table, columns in described_columns().items()
    for column in columns
    if column.reference
}
# Columns of queries, which have no table: told by their names.
_BY_NAME = {
    "source_id": "sources",
    "other_source_id": "sources",
    "subject_id": "entities",
    "entity_id": "entities",
    "object_id": "entities",
    "place_id": "entities",
    "property_id": "properties",
    "unit_id": "units",
}
_ENTITY_LISTS = {"attributed_to", "participants"}
_HOME = {"companies": "organizations"}
_NAMED = {"models", "organizations", "companies", "policies", "entities"}


async def cell(datasette: Datasette, row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Return a cell's HTML, or None for Datasette's own."""
    site = site_of(datasette)
    if site is None:
        return None
    doubt = _doubt(row, column)
    if value in (None, ""):
        return Markup('<span class="none"></span>{}').format(doubt) if doubt else None
    if isinstance(value, dict):
        return _expanded(datasette, value, _target(table, column))
    if column == "label" and table in _NAMED:
        shown: Markup | None = _link(datasette, _HOME.get(table, table), row["id"], str(value))
    else:
        shown = await _shown(datasette, site, value, column, table)
    if doubt:
        return Markup("{} {}").format(value if shown is None else shown, doubt)
    return shown


async def _shown(datasette: Datasette, site: Site, value: Any, column: str, table: str | None) -> Markup | None:
    if isinstance(value, int | float):
        return _number(value, column)
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        return await _list(datasette, site, value, column)
    target = _target(table, column)
    if target is not None:
        return await linked(datasette, site, target, str(value))
    return None


def _expanded(datasette: Datasette, value: dict[str, Any], target: str | None) -> Markup | None:
    """Show a reference that Datasette has given its label, without the id beside it."""
    if target is None:
        return None
    identifier = str(value["value"])
    if target == "statements":
        return evidence_link(datasette, identifier)
    return _link(datasette, target, identifier, str(value["label"] or identifier))


def _number(value: float, column: str) -> Markup | None:
    """Write a float without its `.0` and with its thousands parted; years and offsets stay as they are."""
    if isinstance(value, float):
        plain = plain_number(value)
        return Markup('<span class="number">{}</span>').format(f"{plain:,}" if isinstance(plain, int) else f"{plain:g}")
    return None


def _target(table: str | None, column: str) -> str | None:
    if table is not None:
        return _REFERENCES.get((table, column))
    if column.endswith("statement_id"):
        return "statements"
    return _BY_NAME.get(column)


def _doubt(row: Any, column: str) -> Markup | None:
    """Return the mark of a doubted fact, on its number or its printed form."""
    names = row.keys()
    for name in (f"{column}_issue", f"{column.removesuffix('_text')}_issue" if column.endswith("_text") else ""):
        if name and name in names and row[name]:
            return mark(str(row[name]))
    return None


def mark(message: str) -> Markup:
    """Return the mark that stands beside a doubted value."""
    return Markup('<abbr class="issue" title="{}">⚠</abbr>').format(message)


async def _list(datasette: Datasette, site: Site, text: str, column: str) -> Markup | None:
    try:
        items = json.loads(text)
    except ValueError:
        return None
    if column == "issues":
        return _joined([Markup('<span class="issue">⚠ {}</span>').format(item) for item in items])
    if column == "statement_ids":
        return _joined([evidence_link(datasette, str(item)) for item in items])
    if column in _ENTITY_LISTS:
        return _joined([await _party(datasette, site, item) for item in items])
    return _joined([escape(item) for item in items]) if all(isinstance(item, str) for item in items) else None


async def _party(datasette: Datasette, site: Site, item: Any) -> Markup:
    if not isinstance(item, dict):
        return await linked(datasette, site, "entities", str(item))
    return Markup("{}: {}").format(
        item.get("role"), await linked(datasette, site, "entities", str(item.get("entity_id")))
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(", ").join(parts)


async def linked(datasette: Datasette, site: Site, table: str, identifier: str) -> Markup:
    """Return a link to a row, by its label where it has one; a statement's link opens its evidence."""
    if table == "statements":
        return evidence_link(datasette, identifier)
    label = await _label(datasette, site, table, identifier)
    return _link(datasette, table, identifier, label or identifier)


def _link(datasette: Datasette, table: str, identifier: str, label: str) -> Markup:
    url = datasette.urls.row(DATABASE, table, tilde_encode(identifier))
    return Markup('<a href="{}" title="{}">{}</a>').format(str(url), identifier, label)


def evidence_link(datasette: Datasette, statement_id: str) -> Markup:
    """Return a link to a statement's evidence page."""
    url = datasette.urls.path(f"/-/evidence/{tilde_encode(statement_id)}")
    return Markup('<a class="evidence" href="{}">{}</a>').format(str(url), statement_id)


async def _label(datasette: Datasette, site: Site, table: str, identifier: str) -> str | None:
    key = (table, identifier)
    if key not in site.labels:
        column = LABEL_COLUMNS.get(table, "id")
        sql = f"select {escape_sqlite(column)} from {escape_sqlite(table)} where id = ?"
        found = (await datasette.get_database(DATABASE).execute(sql, [identifier])).first()
        if len(site.labels) >= MOST_LABELS:
            site.labels.clear()
        site.labels[key] = None if found is None else found[0]
    return site.labels[key]
