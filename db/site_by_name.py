"""Filters by any name: what a cell names is found by its Chinese, English and other names, whichever the cell shows.

`column__has=text` and `column__is=name` fit where Datasette's `contains` and `exact` do, and where what the cell names
is called so, or has such an id. In a column that names nothing they are the same as those.
"""

from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request

from db.names import fold
from db.site_cells import ENTITY_LISTS, NAMES_OF, REFERENCES
from db.site_titles import FACTS, LISTS, NAMED

HAS, IS = "has", "is"
_CALLED = {
    "properties": ("label_zh", "label_en"),
    "terms": ("label_zh", "label_en"),
    "units": ("label_zh", "label_en"),
    "sources": ("title", "title_en", "publisher"),
}


def by_name(request: Request, table: str) -> tuple[list[str], dict[str, str]]:
    """Return the conditions of a request that go by names, and their parameters."""
    clauses: list[str] = []
    params: dict[str, str] = {}
    for key in sorted(request.args):
        column, _, lookup = key.rpartition("__")
        if lookup not in {HAS, IS} or not column:
            continue
        for value in request.args.getlist(key):
            number = len(clauses)
            clauses.append(_clause(table, column, lookup, number))
            params |= {f"named_{number}": value, f"folded_{number}": fold(value)}
    return clauses, params


def names_something(table: str, column: str) -> bool:
    """Tell whether a column's cells name what has names of its own."""
    return bool(_named(table, column, _Fits(HAS, "", "")))


def _clause(table: str, column: str, lookup: str, number: int) -> str:
    """Return the condition that a name of what a column names fits; where it names nothing, its text.

    The names of things hold what cells show of them, so that the text is asked only of facts, which may have none
    (未披露): a list of statements is found by index.
    """
    fits = _Fits(lookup, f":named_{number}", f":folded_{number}")
    named = _named(table, column, fits)
    if named and (table, column) in FACTS:
        return f"({fits.text(column)} or {named})"
    return named or fits.text(column)


class _Fits:
    """How a text is compared: as a whole, or by what it holds."""

    def __init__(self, lookup: str, named: str, folded: str) -> None:
        self.whole, self.named, self.folded = lookup == IS, named, folded

    def text(self, column: str) -> str:
        """Compare a column as Datasette does."""
        name = escape_sqlite(column)
        return f"{name} = {self.named}" if self.whole else f"{name} like '%' || {self.named} || '%'"

    def entities(self) -> str:
        """Select the ids of the entities that are called so, or have such an id; none for a name of signs alone."""
        how = f"= {self.folded}" if self.whole else f"like '%' || {self.folded} || '%'"
        which = f"= {self.named}" if self.whole else f"like '%' || {self.named} || '%'"
        return (
            f"select entity_id from aliases where normalized {how} and {self.folded} <> '' and not context_only "
            f"union all select id from entities where id {which} and {self.folded} <> ''"
        )

    def rows(self, table: str) -> str:
        """Select the ids of the rows of a table that are called so."""
        if table == "entities":
            return self.entities()
        how = "{} = {} collate nocase" if self.whole else "instr(lower({}), lower({})) > 0"
        columns = ("id", *_CALLED[table])
        return f"select id from {table} where {' or '.join(how.format(one, self.named) for one in columns)}"


def _named(table: str, column: str, fits: _Fits) -> str:
    """Return the condition that what a column names is called so; nothing where it names nothing."""
    target = REFERENCES.get((table, NAMES_OF.get(column, column)))
    if column in NAMES_OF and target == "entities":
        return f"{NAMES_OF[column]} in ({fits.entities()})"
    if column == "label" and table in NAMED:
        return f"id in ({fits.entities()})"
    if column in ENTITY_LISTS and table in (*LISTS, "statements"):
        return (
            f"id in (select statement_id from parties where named_in = '{column}' and entity_id in ({fits.entities()}))"
        )
    fact = FACTS.get((table, column))
    if fact is not None and fact.value_type in {"entity", "term"}:
        value, of = ("object_id", "entities") if fact.value_type == "entity" else ("term", "terms")
        found, value = (value, "subject_id") if fact.inverse else ("subject_id", value)
        # The sign keeps SQLite from reading every statement of the property.
        return (
            f"id in (select {found} from statements where +property_id = '{fact.property_id}' "
            f"and {value} in ({fits.rows(of)}))"
        )
    return f"{escape_sqlite(column)} in ({fits.rows(target)})" if target in {"entities", *_CALLED} else ""
