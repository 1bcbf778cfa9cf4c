"""Cells as people read them: ids as links with labels, doubts marked, whole numbers whole."""

import json
from collections.abc import Iterable
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup, escape

from db.site_address import evidence_url, row_url
from db.site_answers import answer, is_printed
from db.site_context import Site, site_of
from db.site_figures import doubt, doubt_words
from db.site_language import language, say
from db.site_metadata import described_columns
from db.site_names import name, word
from db.site_titles import NAMED
from db.values import plain_number
from schema.wide import base_of

REFERENCES = {
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
ENTITY_LISTS = ("attributed_to", "participants")
"""Columns that hold entities as a JSON list."""
NAMES_OF = {"subject": "subject_id", "object": "object_id", "place": "place_id"}
"""Columns that show the name of what another column gives the id of."""
# Words of closed lists, told by their column's name.
_WORDS = {"rank", "assertion", "comparator", "kind", "subject_kind", "severity", "date_basis", "value_status", "status"}
_WORDS |= {"role", "reason", "rank_reason", "level", "value_type"}


async def cell(datasette: Datasette, row: Any, value: Any, column: str, table: str | None) -> Markup | None:
    """Return a cell's HTML, or None for Datasette's own."""
    site = site_of(datasette)
    if site is None:
        return None
    doubted = _doubt(row, column)
    if value in (None, ""):
        return Markup('<span class="none"></span>{}').format(doubted) if doubted else None
    if isinstance(value, dict):
        target = _target(table, column)
        return None if target is None else await linked(datasette, site, target, str(value["value"]))
    if column == "label" and table in NAMED:
        english = language() == "en" and "name_en" in row.keys() and row["name_en"]  # noqa: SIM118 - no mapping
        shown: Markup | None = _link(datasette, base_of(table), row["id"], str(english or value))
    elif table is None:
        shown = await _answered(datasette, site, row, value, column)
    else:
        shown = await _shown(datasette, site, value, column, table)
    if doubted:
        return Markup("{} {}").format(value if shown is None else shown, doubted)
    return shown


async def _answered(datasette: Datasette, site: Site, row: Any, value: Any, column: str) -> Markup | None:
    """Return a query's cell: in the page's language, a printed figure as the link to its evidence."""
    if column.endswith("statement_id") and isinstance(value, str):
        return evidence_link(datasette, value, say("看证据", "evidence"))
    told = await answer(datasette, site, value, column)
    shown = await _shown(datasette, site, value, column, None) if told is None else told
    if is_printed(column) and "statement_id" in row.keys() and row["statement_id"]:  # noqa: SIM118 - no mapping
        return evidence_link(datasette, str(row["statement_id"]), value if shown is None else shown)
    return shown


async def _shown(datasette: Datasette, site: Site, value: Any, column: str, table: str | None) -> Markup | None:
    if isinstance(value, int | float):
        return _number(value, column)
    if isinstance(value, str) and value.startswith("[") and value.endswith("]"):
        return await _list(datasette, site, value, column)
    target = _target(table, column)
    if target is not None:
        return await linked(datasette, site, target, str(value))
    return escape(word(str(value))) if column in _WORDS else None


def _number(value: float, column: str) -> Markup | None:
    """Write a float without its `.0` and with its thousands parted; years and offsets stay as they are."""
    if isinstance(value, float):
        plain = plain_number(value)
        return Markup('<span class="number">{}</span>').format(f"{plain:,}" if isinstance(plain, int) else f"{plain:g}")
    return None


def _target(table: str | None, column: str) -> str | None:
    if table is not None:
        return REFERENCES.get((table, column))
    if column.endswith("statement_id"):
        return "statements"
    return _BY_NAME.get(column)


def _doubt(row: Any, column: str) -> Markup | None:
    """Return the mark of a doubted fact, on its number or its printed form."""
    names = row.keys()
    for issue in (f"{column}_issue", f"{column.removesuffix('_text')}_issue" if column.endswith("_text") else ""):
        if issue and issue in names and row[issue]:
            return mark(str(row[issue]))
    return None


def mark(message: str) -> Markup:
    """Return the mark that stands beside a doubted value."""
    return doubt(message)


async def _list(datasette: Datasette, site: Site, text: str, column: str) -> Markup | None:
    try:
        items = json.loads(text)
    except ValueError:
        return None
    if column == "issues":
        return Markup('<span class="issue">⚠ {}</span>').format(doubt_words(items))
    if column == "statement_ids":
        return _joined([evidence_link(datasette, str(item)) for item in items])
    if column in ENTITY_LISTS:
        return _joined([await _party(datasette, site, item) for item in items])
    return _joined([escape(item) for item in items]) if all(isinstance(item, str) for item in items) else None


async def _party(datasette: Datasette, site: Site, item: Any) -> Markup:
    if not isinstance(item, dict):
        return await linked(datasette, site, "entities", str(item))
    return Markup("{}: {}").format(
        word(str(item.get("role") or "")), await linked(datasette, site, "entities", str(item.get("entity_id")))
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(", ").join(parts)


async def linked(datasette: Datasette, site: Site, table: str, identifier: str) -> Markup:
    """Return a link to a row, by its label where it has one; a statement's link opens its evidence."""
    if table == "statements":
        return evidence_link(datasette, identifier)
    return _link(datasette, table, identifier, await name(datasette, site, table, identifier))


def _link(datasette: Datasette, table: str, identifier: str, label: str) -> Markup:
    url = row_url(datasette, table, identifier)
    return Markup('<a href="{}" title="{}">{}</a>').format(url, identifier, label)


def evidence_link(datasette: Datasette, statement_id: str, text: object = None) -> Markup:
    """Return a link to a statement's evidence page, by a text or by its id."""
    url = evidence_url(datasette, statement_id)
    return Markup('<a class="evidence" href="{}">{}</a>').format(url, statement_id if text is None else text)
