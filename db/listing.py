"""Lists: rows of one table that meet conditions given in people's words."""

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from db.connection import Connection
from db.dialect import dialect_of
from db.errors import RequestError
from db.labels import Labels
from db.published import SOURCES_BY
from db.values import plain_number

_FIGURES = ("subject", "property_id", "printed", "scope_note", "as_of", "source_id")
_ORGANIZATIONS = ("label", "type", "located_in", "models", "statement_count")
_PROFILES = ("place", "level", "measures", "features", "source_id")
_NAMED = ("id", "label", "name_en", "description", "statement_count")

# What fits 80 columns; csv and json give every column.
DEFAULT_COLUMNS: dict[str, tuple[str, ...]] = {
    "models": ("label", "developer", "parameters_text", "open_source", "task_category", "released"),
    "companies": _ORGANIZATIONS,
    "organizations": _ORGANIZATIONS,
    "policies": ("label", "level", "place", "issuers", "issued"),
    "policy_profiles": _PROFILES,
    "provincial_policies": _PROFILES,
    "places": ("id", "label", "name_en", "level", "adcode", "statement_count"),
    "persons": _NAMED,
    "products": _NAMED,
    "topics": _NAMED,
    "sources": ("id", "title", "publisher", "published", "statement_count"),
    "metrics": _FIGURES,
    "user_metrics": _FIGURES,
    "benchmarks": _FIGURES,
    "fundings": _FIGURES,
    "subsidies": _FIGURES,
    "targets": _FIGURES,
    "events": ("date", "subject", "property_id", "printed", "scope_note", "source_id"),
    "relations": ("subject", "property_id", "object", "role_title", "source_id"),
    "conflicts": (
        "subject",
        "property_id",
        "printed",
        "source_id",
        "supporting_sources",
        "other_printed",
        "other_source_id",
        "opposing_sources",
        "distance",
        "reason",
    ),
    "quality_issues": ("subject_id", "property_id", "printed", "severity", "message"),
    "statements": ("id", "subject_id", "property_id", "printed", "rank", "source_id"),
    "entities": ("id", "kind", "label", "name_en", "statement_count"),
    "properties": ("id", "label_zh", "label_en", "value_type", "statement_count"),
    "units": ("id", "label_zh", "label_en", "dimension"),
    "terms": ("id", "vocabulary", "label_zh", "label_en"),
}
KINDS = tuple(DEFAULT_COLUMNS)

# Kinds that are entities of one kind, and views: what they select from. The schema, which says it too, loads slowly.
_ENTITY_KINDS = {"places": "place", "persons": "person", "products": "product", "topics": "topic"}
_VIEWS = {"companies": "organizations", "user_metrics": "metrics", "provincial_policies": "policy_profiles"}
_WIDE = {"models", "organizations", "policies"}

# How the rows of a table depend on sources; vocabularies do not.
_PUBLISHED_BY = {
    "entities": "exists (select 1 from statements s where s.subject_id = t.id and s.source_id in {sources})",
    "sources": "id in {sources}",
    "conflicts": "source_id in {sources} and other_source_id in {sources}",
    "quality_issues": "statement_id in (select id from statements where source_id in {sources})",
    "properties": "",
    "units": "",
    "terms": "",
}
_PUBLISHED_BY |= dict.fromkeys(_WIDE, _PUBLISHED_BY["entities"])


class Listing(NamedTuple):
    """A list that can be read: its table, its columns, those that are yes or no, and the rows."""

    table: str
    columns: list[str]
    booleans: frozenset[str]
    rows: Iterable[tuple[Any, ...]]

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the rows as dictionaries, yes and no as booleans and whole numbers as such."""
        for row in self.rows:
            yield {name: self._value(name, value) for name, value in zip(self.columns, row, strict=True)}

    def _value(self, name: str, value: Any) -> Any:
        if value is not None and name in self.booleans:
            return bool(value)
        return plain_number(value)


def kind_named(word: str) -> str:
    """Return the kind of list that a word means, also in the singular; raise RequestError where it is none."""
    plain = word.strip().lower().replace("-", "_").replace(" ", "_")
    for kind in (plain, f"{plain}s", f"{plain[:-1]}ies" if plain.endswith("y") else plain):
        if kind in DEFAULT_COLUMNS:
            return kind
    raise RequestError(f"no list {word!r}; {_did_you_mean(plain, KINDS) or 'choose one of ' + ', '.join(KINDS)}")


def table_of(kind: str) -> str:
    """Return the table or view that a kind of list reads."""
    return "entities" if kind in _ENTITY_KINDS else kind


def columns_named(connection: Connection, kind: str, names: Sequence[str]) -> list[str]:
    """Return the columns that names or labels stand for; raise RequestError where one is none."""
    table = _Table(connection, kind_named(kind))
    return [table.column(name) for name in names]


def listing(
    connection: Connection,
    kind: str,
    where: Sequence[str] = (),
    sort: str | None = None,
    limit: int | None = None,
    columns: Sequence[str] | None = None,
    as_of: str | None = None,
) -> Listing:
    """Return a list of a kind, of all columns where none are named.

    Conditions read `column=value`, `!=`, `>=`, `<=`, `>`, `<` or `~` (contains); an empty value asks for empty cells.
    Raise RequestError where a kind, a column or a value is not known.
    """
    table = _Table(connection, kind_named(kind))
    conditions, values = table.conditions(where)
    if as_of is not None and (published := _PUBLISHED_BY.get(table.base, "source_id in {sources}")):
        conditions.append(published.format(sources=SOURCES_BY))
        values += [as_of] * published.count("{sources}")
    chosen = [table.column(name) for name in columns] if columns else list(table.types)
    sql = f"select {', '.join(_quoted(c) for c in chosen)} from {_quoted(table.name)} t"
    sql += f" where {' and '.join(conditions)}" if conditions else ""
    sql += table.order(sort)
    if limit:
        sql += f" limit {int(limit)}"
    return Listing(table.base, chosen, table.booleans, connection.execute(sql, values))


class _Table:
    """A table's columns, found by their names or labels."""

    def __init__(self, connection: Connection, kind: str) -> None:
        self.kind, self.name = kind, table_of(kind)
        self.base = _VIEWS.get(self.name, self.name)
        self._dialect = dialect_of(connection)
        self.types: dict[str, str] = {
            name: declared.upper() for name, declared in connection.execute(self._dialect.columns, (self.name,))
        }
        self.booleans = frozenset(c for c, t in self.types.items() if t == "BOOLEAN" or self._yes_or_no(c, t))
        self._labels = Labels(connection, "zh")

    def _yes_or_no(self, column: str, declared: str) -> bool:
        return self.base in _WIDE and declared == "INTEGER" and column != "statement_count"

    def column(self, name: str) -> str:
        """Return the column of a name or a label."""
        plain = name.strip()
        if plain.lower() in self.types:
            return plain.lower()
        for column in self.types:
            if plain.casefold() in (label.casefold() for label in self._labels.both(self.base, column)):
                return column
        cure = (
            _did_you_mean(plain, tuple(self.types))
            or f"it has {', '.join(list(self.types)[:12])}{', …' if len(self.types) > 12 else ''}"
        )
        raise RequestError(f"{self.kind} has no column {name!r}; {cure}")

    def conditions(self, where: Sequence[str]) -> tuple[list[str], list[Any]]:
        """Return the SQL conditions and their values."""
        conditions, values = [], []
        if self.kind in _ENTITY_KINDS:
            conditions, values = ["kind = ?"], [_ENTITY_KINDS[self.kind]]
        for text in where:
            condition, value = self._condition(text)
            conditions.append(condition)
            values += value
        return conditions, values

    def _condition(self, text: str) -> tuple[str, list[Any]]:
        match = _CONDITION.fullmatch(text)
        if match is None:
            raise RequestError(
                f"condition {text!r} is not understood; write it as column=value, column>=1e11 or column~text"
            )
        column, operator, word = self.column(match[1]), match[2], match[3].strip()
        name = _quoted(column)
        if operator == "~":
            return self._dialect.contains.format(f"lower(cast({name} as text))", "?"), [word.translate(_LOWER)]
        number = self._is_number(column)
        if word.lower() in _EMPTY and operator in {"=", "!="}:
            empty = "is null" if operator == "=" else "is not null"
            return f"{name} {empty}" if number else f"nullif({name}, '') {empty}", []
        return f"{name if number else f'lower({name})'} {operator} ?", [self._value(column, word)]

    def _is_number(self, column: str) -> bool:
        return column in self.booleans or self.types[column] in {"FLOAT", "REAL", "INTEGER"}

    def _value(self, column: str, word: str) -> Any:
        if column in self.booleans:
            if word.lower() not in _TRUTH:
                raise RequestError(f"{column} is yes or no, not {word!r}; write true, false, 是 or 否")
            truth = _TRUTH[word.lower()]
            return truth if self.types[column] == "BOOLEAN" else int(truth)
        return _number(column, word) if self._is_number(column) else word.translate(_LOWER)

    def order(self, sort: str | None) -> str:
        """Return the order clause, empty cells last; the table's own order where none is asked."""
        if not sort:
            if "statement_count" in self.types and self.kind not in _OWN_ORDER:
                return " order by statement_count desc, id"
            return _VIEW_ORDER.get(self.name, _AS_LOADED)
        words = sort.split()
        falling = sort.startswith("-") or words[-1].lower() == "desc"
        name = " ".join(words[:-1] if len(words) > 1 and words[-1].lower() in {"asc", "desc"} else words).lstrip("-+")
        column = _quoted(self.column(name))
        return f" order by {column} is null, {column}{' desc' if falling else ''}, id"


_OWN_ORDER = {"sources", "properties"}
# Where no order is said, a query by an index has the index's.
_AS_LOADED = " order by t.rowid"
# A view has no order of its own that two databases would agree on.
_VIEW_ORDER = {"user_metrics": " order by property_id, id", "provincial_policies": " order by level, id"}
_CONDITION = re.compile(r"\s*([^=<>!~]+?)\s*(>=|<=|!=|=|>|<|~)(.*)", re.DOTALL)
_TRUTH = dict.fromkeys(("true", "yes", "1", "是"), True) | dict.fromkeys(("false", "no", "0", "否"), False)
# As `lower` does it in both databases: letters of ASCII alone.
_LOWER = {ord(letter): letter.lower() for letter in string.ascii_uppercase}
_EMPTY = {"", "null", "none"}
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "万": 1e4, "亿": 1e8, "万亿": 1e12, "%": 1e-2, "": 1.0}
_NUMBER = re.compile(r"([-+]?[\d.,]+(?:e[-+]?\d+)?)\s*(k|m|b|t|万亿|万|亿|%)?", re.IGNORECASE)


def _number(column: str, word: str) -> float:
    match = _NUMBER.fullmatch(word)
    try:
        return float(match[1].replace(",", "")) * _SCALES[(match[2] or "").lower()]  # type: ignore[index]
    except (TypeError, ValueError):
        raise RequestError(
            f"{column} is a number, not {word!r}; write it as 1e11, 100000000000, 100B or 1000亿"
        ) from None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _did_you_mean(word: str, choices: Sequence[str]) -> str:
    from rapidfuzz import process  # only a slip should cost its import

    near = [match[0] for match in process.extract(word, choices, limit=3, score_cutoff=70)]
    return f"did you mean {' or '.join(repr(choice) for choice in near)}?" if near else ""
