"""What narrows a list, in words of the page's language, and the chips that narrow it further."""

from collections.abc import Iterable
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode

from datasette.app import Datasette
from datasette.utils.asgi import Request

from db.site_by_name import HAS, IS, names_something
from db.site_cells import REFERENCES
from db.site_context import Site
from db.site_counts import Facet
from db.site_language import say
from db.site_metadata import described_columns
from db.site_names import names, parts, translated, word
from db.site_reading import label_of
from db.site_titles import FACTS

_WORDS = {
    "exact": ("是", "is"),
    "not": ("不是", "is not"),
    "contains": ("含", "contains"),
    "has": ("含", "contains"),
    "is": ("是", "is"),
    "startswith": ("开头是", "begins with"),
    "endswith": ("结尾是", "ends with"),
    "gt": (">", ">"),
    "gte": ("≥", "≥"),
    "lt": ("<", "<"),
    "lte": ("≤", "≤"),
    "isblank": ("为空", "is empty"),
    "notblank": ("不为空", "is not empty"),
    "isnull": ("为空", "is empty"),
    "notnull": ("不为空", "is not empty"),
    "like": ("像", "is like"),
    "notlike": ("不像", "is not like"),
    "in": ("属于", "is one of"),
    "notin": ("不属于", "is none of"),
}
# By any name where the column names something, see site_by_name.
_OFFERED = ("has", "is", "not", "startswith", "gt", "gte", "lt", "lte", "isblank__1", "notblank__1")
_PARTS_HIDDEN = ("_low", "_high", "_unit", "_text", "_issue", "_statement_id", "_sort")


class Narrowing(NamedTuple):
    """A filter in words, and the address without it."""

    text: str
    remove_url: str


class Choice(NamedTuple):
    """One value of a chip: its name, how many rows have it, and the address that takes or leaves it."""

    text: str
    rows: int
    url: str
    selected: bool


class Chip(NamedTuple):
    """A facet: its label, its values, whether there are more."""

    label: str
    choices: list[Choice]
    more: bool

    @property
    def selected(self) -> str:
        """Return the chosen values in words."""
        return say("、", ", ").join(choice.text for choice in self.choices if choice.selected)


async def chips(datasette: Datasette, site: Site, request: Request, table: str, facets: Iterable[Facet]) -> list[Chip]:
    """Return the facets of a list in the order of its columns."""
    by_name = {facet.column: facet for facet in facets}
    order = [column.column_name for column in described_columns().get(table, ()) if column.column_name in by_name]
    found = []
    for name in [*order, *(other for other in by_name if other not in order)]:
        values = by_name[name].values
        texts = await _texts(datasette, site, table, name, [value for value, _ in values])
        choices = _choices(request, name, texts, values)
        if len(choices) > 1 or any(choice.selected for choice in choices):
            found.append(Chip(label_of(table, name), choices, by_name[name].more))
    return found


def _choices(request: Request, column: str, texts: list[str], values: list[tuple[Any, int]]) -> list[Choice]:
    """Return the values of a facet, each with the address of the list with it, or without it where it is chosen."""
    key = f"{column}__exact" if column.startswith("_") else column
    pairs = [(name, one) for name in request.args for one in request.args.getlist(name) if name != "_next"]
    others, found = urlencode([*pairs, (key, "")]), []
    for text, (value, rows) in zip(texts, values, strict=True):
        pair = (key, str(value))
        selected = pair in pairs
        query = urlencode([other for other in pairs if other != pair]) if selected else others + quote_plus(str(value))
        found.append(Choice(text, rows, f"{request.path}?{query}" if query else request.path, selected))
    return found


async def _texts(datasette: Datasette, site: Site, table: str, column: str, values: list[Any]) -> list[str]:
    """Return values of a column in words."""
    strings = ["" if value is None else str(value) for value in values]
    if target := REFERENCES.get((table, column)):
        called = await names(datasette, site, target, strings)
        return [called[value] for value in strings]
    fact = FACTS.get((table, column))
    if fact is not None and fact.value_type == "boolean":
        return [{"1": say("是", "yes"), "0": say("否", "no")}.get(value, value) for value in strings]
    if fact is not None and fact.value_type in {"entity", "term"}:
        labels = await translated(datasette, site, strings)
        return [say("、", ", ").join(labels.get(part, part) for part in parts(value)) for value in strings]
    return [word(value) or say("（空）", "(empty)") for value in strings]


async def narrowings(
    datasette: Datasette, site: Site, request: Request, table: str, selections: Iterable[tuple[str, str, str]]
) -> list[Narrowing]:
    """Return what narrows the list, in words, each with the address without it."""
    found = []
    if search := request.args.get("_search"):
        found.append(Narrowing(say(f"含“{search}”", f"contains “{search}”"), _without(request, {"_search"}, search)))
    for column, lookup, value in selections:
        keys = {column, f"{column}__{lookup}"} if lookup == "exact" else {f"{column}__{lookup}"}
        zh, en = _WORDS.get(lookup, (lookup, lookup))
        text = (await _texts(datasette, site, table, column, [value]))[0] if lookup in {"exact", "not"} else value
        told = "" if lookup.endswith(("blank", "null")) else f" {text}"
        found.append(Narrowing(f"{label_of(table, column)} {say(zh, en)}{told}", _without(request, keys, value)))
    return found


def by_any_name(request: Request, table: str, selections: Iterable[tuple[str, str, str]]) -> str | None:
    """Return the address of the list with its filters on what cells show widened to all names of what they name.

    None where no filter can be widened so.
    """
    wider = {"contains": HAS, "exact": IS}
    keys = {
        name: f"{column}__{wider[lookup]}"
        for column, lookup, _ in selections
        if lookup in wider and names_something(table, column)
        for name in (f"{column}__{lookup}", *([column] if lookup == "exact" else []))
    }
    pairs = [(keys.get(name, name), one) for name in request.args for one in request.args.getlist(name)]
    return f"{request.path}?{urlencode(pairs)}" if keys else None


def _without(request: Request, keys: set[str], value: str) -> str:
    pairs = [(name, one) for name in request.args for one in request.args.getlist(name)]
    kept = [
        (name, one)
        for name, one in pairs
        if name != "_next" and not (name in keys and (one == value or name.endswith(("blank", "null"))))
    ]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path


def filter_columns(table: str, columns: Iterable[str]) -> list[tuple[str, str]]:
    """Return the columns that a filter can be set on, with their labels: a figure by its number."""
    bases = [column for (owner, column), fact in FACTS.items() if owner == table]
    hidden = {f"{base}{part}" for base in bases for part in _PARTS_HIDDEN}
    return [(name, label_of(table, name)) for name in columns if name not in hidden]


def lookups() -> list[tuple[str, str]]:
    """Return the comparisons that a filter offers."""
    return [(key, say(*_WORDS[key.removesuffix("__1")])) for key in _OFFERED]
