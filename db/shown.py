"""A statement as a page shows it: the printed form and its number together, who says it, what doubts it."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from db.labels import Labels
from db.look_up import Row, rows
from db.names import fold
from db.pages import period
from db.reasons import doubt_message, doubt_word, reason_word
from db.site_figures import Figure, normal
from db.values import amount, bounds, own_words, printed, understood, what_it_is

HOMES = {"model": "models", "organization": "organizations", "policy": "policies"}
"""Tables whose row pages are the pages of a kind; every other kind has its page under entities."""

_UNREMARKED = {"the only statement", "one of several values", ""}
_LONGEST_NAME = 20


class Party(NamedTuple):
    """An entity that is named on a page, and the table of its own page."""

    id: str
    label: str
    table: str


class Rival(NamedTuple):
    """A statement that cannot be right together with the one shown."""

    statement_id: str
    printed: str
    source_id: str


class Shown(NamedTuple):
    """A statement as it is shown."""

    id: str
    value: str
    number: str
    words: str
    target: Party | None
    scope: list[str]
    speakers: list[Party]
    hearsay: str
    source_id: str
    source: str
    source_title: str
    rank: str
    reason: str
    doubts: list[tuple[str, str]]
    rivals: list[Rival]
    row: Row


def home_of(kind: str | None) -> str:
    """Return the table whose row page is the page of an entity of a kind."""
    return HOMES.get(kind or "", "entities")


def unit_of(statement: Row, labels: Labels) -> str:
    """Return a quantity's unit, with what it is counted per."""
    unit = "" if statement["unit"] in (None, "fraction") else labels.unit(statement["unit"])
    per = statement["per"]
    if not per:
        return unit
    # Units are labelled in the plural, and a rate counts per one.
    return f"{unit} / {labels.unit(per) if labels.language == 'zh' else per.replace('_', ' ')}"


def figure(statement: Row, labels: Labels) -> tuple[str, str, str]:
    """Return a value as printed, as a number with its unit, and in words where these tell more."""
    value = printed(statement, labels)
    low, high = statement["low"], statement["high"]
    if low is None and high is None:
        meaning = "" if statement["value_type"] == "text" else understood(statement, labels)
        return value, "", "" if value == meaning or fold(value) in fold(meaning) else meaning
    unit = unit_of(statement, labels)
    told = normal(Figure(value, low, high, "", unit, statement["comparator"] or "eq"))
    # 0.5元 says the number, not what it is per.
    told = told or (unit if statement["per"] else "")
    words = _plain_words(statement, labels)
    said = {_bare(text) for text in (value, told.removesuffix(unit))}
    return value, told, "" if "e+" in words or any(_bare(words) in text for text in said) else words


def _plain_words(statement: Row, labels: Labels) -> str:
    low, high, unit = statement["low"], statement["high"], statement["unit"]
    if unit != "fraction" and low is not None and low == high:
        return amount(low, labels.language)
    comparator = None if low is not None and high is not None and low != high else statement["comparator"]
    return bounds(low, high, unit if unit == "fraction" else None, comparator, labels)


def _bare(text: str) -> str:
    return "".join(text.replace(",", "").split()).casefold()


def scope_of(statement: Row, place: str, labels: Labels) -> list[str]:
    """Return what narrows a statement: place, category, note, time, and whether it is estimated or planned."""
    assertion = statement["assertion"]
    as_of = statement["as_of"]
    parts = [
        place,
        labels.term(statement["category_id"]),
        statement["scope_note"],
        f"{labels.column('statements', 'as_of')} {as_of}" if as_of else "",
        period(statement),
        labels.word(assertion) if assertion != "asserted" else "",
    ]
    return [part for part in parts if part]


def short_source(source: Row, title: str) -> str:
    """Return who published a source and when, else the beginning of its title."""
    name = str(source["publisher"] or title)
    name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return " ".join(part for part in (name, source["published"]) if part)


def named(entity: Row, language: str) -> str:
    """Return an entity's name in a language; its label where it has none."""
    return str(entity["name_en"] or entity["label"]) if language == "en" else str(entity["label"])


def described(entity: Mapping[str, Any], language: str) -> Markup:
    """Return what an entity is in a language, marked as English where it has no words in Chinese."""
    told = what_it_is(entity, language)
    if not told or language != "zh" or entity.get("description_zh"):
        return escape(told)
    return Markup('<span lang="en">{}</span>').format(told)


def titled(source: Row, language: str) -> str:
    """Return a source's title, in English where the page is and there is one."""
    return str((source["title_en"] if language == "en" else "") or source["title"])


def parties_of(connection: sqlite3.Connection, ids: Iterable[str], language: str) -> dict[str, Party]:
    """Return entities by their ids."""
    wanted = "select id, label, name_en, kind from entities where id in"
    found = where_in(connection, wanted, ids)
    return {row["id"]: Party(row["id"], named(row, language), home_of(row["kind"])) for row in found}


def merged(values: list[Shown]) -> list[tuple[Shown, list[Shown]]]:
    """Return the different values of a list, each with all the statements that have it."""
    found: dict[Any, tuple[Shown, list[Shown]]] = {}
    for shown in values:
        key = shown.target or (shown.row["term"] and ("term", shown.row["term"])) or shown.id
        found.setdefault(key, (shown, []))[1].append(shown)
    return list(found.values())


_SOURCES = "select id, publisher, published, title, title_en from sources where id in"
_RIVALS = "select statement_id one, other_statement_id other, printed, other_printed, source_id, other_source_id from conflicts"


class Shower:
    """Shows statements of one base in one language; parties and publishers are read for all of them at once."""

    def __init__(self, connection: sqlite3.Connection, labels: Labels) -> None:
        self.connection = connection
        self.labels = labels
        self._parties: dict[str, Party] = {}
        self._sources: dict[str, Row] = {}
        self._doubts: dict[str, list[tuple[str, str]]] = {}
        self._rivals: dict[str, list[Rival]] = {}

    def prepare(self, statements: list[Row]) -> None:
        """Read what the statements refer to."""
        self.prepare_lines(statements)
        self._read_parties({p["entity_id"] for s in statements for p in s["participants"]})
        self._read_rivals({s["id"] for s in statements})

    def prepare_lines(self, statements: list[Row]) -> None:
        """Read what the statements refer to, but for who takes part in them and what they are in conflict with."""
        named = {str(p) for s in statements for p in s["attributed_to"]}
        named |= {s[name] for s in statements for name in ("subject_id", "object_id", "place_id") if s[name]}
        self._read_parties(named)
        self._read_sources({s["source_id"] for s in statements})
        self._read_doubts({s["id"] for s in statements})

    def _read_parties(self, ids: set[str]) -> None:
        self._parties |= parties_of(self.connection, ids - self._parties.keys(), self.labels.language)

    def _read_sources(self, ids: set[str]) -> None:
        for row in where_in(self.connection, _SOURCES, ids):
            self._sources[row["id"]] = row

    def _read_doubts(self, ids: set[str]) -> None:
        wanted = "select statement_id, check_id, message from quality_issues where statement_id in"
        for row in where_in(self.connection, wanted, ids):
            spoken = self.labels.language
            told = (doubt_word(row["check_id"], spoken), doubt_message(row["message"], spoken))
            self._doubts.setdefault(row["statement_id"], []).append(told)

    def _read_rivals(self, ids: set[str]) -> None:
        for row in where_in(self.connection, f"{_RIVALS} where statement_id in", ids):
            self._rival(row["one"], Rival(row["other"], row["other_printed"] or row["other"], row["other_source_id"]))
        for row in where_in(self.connection, f"{_RIVALS} where other_statement_id in", ids):
            self._rival(row["other"], Rival(row["one"], row["printed"] or row["one"], row["source_id"]))

    def _rival(self, statement_id: str, rival: Rival) -> None:
        self._rivals.setdefault(statement_id, []).append(rival)

    def party(self, entity_id: str) -> Party:
        """Return an entity by its label; by its id where the base does not know it."""
        return self._parties.get(entity_id) or Party(entity_id, entity_id, "entities")

    def subject(self, statement: Row) -> Party:
        """Return the entity that a statement is about."""
        return self.party(statement["subject_id"])

    def object(self, statement: Row) -> Party | None:
        """Return the entity that a statement names as its value."""
        return self.party(statement["object_id"]) if statement["object_id"] else None

    def show(self, statement: Row, target: Party | None = None) -> Shown:
        """Return a prepared statement as it is shown, with the entity that it leads to, if to any."""
        labels = self.labels
        source = self._sources[statement["source_id"]]
        title = titled(source, labels.language)
        place = self.party(statement["place_id"]).label if statement["place_id"] else ""
        if statement["object_id"]:
            statement = statement | {"object": self.party(statement["object_id"]).label}
        value, told, words = figure(statement, labels)
        reason = statement["rank_reason"] or ""
        told_reason = reason not in _UNREMARKED and statement["rank"] in ("preferred", "deprecated")
        if statement["value_type"] == "text":
            value = own_words(statement, labels.language)
        return Shown(
            id=statement["id"],
            value=value or statement["subject_as_read"],
            number=told,
            words=words,
            target=target,
            scope=scope_of(statement, place, labels),
            speakers=[self.party(str(speaker)) for speaker in statement["attributed_to"]],
            hearsay=statement["attribution_text"] or "",
            source_id=statement["source_id"],
            source=short_source(source, title),
            source_title=title,
            rank=statement["rank"] or "",
            reason=reason_word(reason, labels.language) if told_reason else "",
            doubts=self._doubts.get(statement["id"], []),
            rivals=self._rivals.get(statement["id"], []),
            row=statement,
        )


_MOST_VALUES = 500


def where_in(connection: sqlite3.Connection, sql: str, values: Iterable[Any]) -> list[Row]:
    """Return the rows of a query that ends with `in`, for any number of values."""
    wanted = sorted(values)
    found: list[Row] = []
    for start in range(0, len(wanted), _MOST_VALUES):
        part = wanted[start : start + _MOST_VALUES]
        found += rows(connection, f"{sql} ({', '.join('?' * len(part))})", *part)
    return found
