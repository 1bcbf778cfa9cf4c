"""A statement as a page shows it: the printed form and its number together, who says it, what doubts it."""

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple

from db.labels import Labels
from db.look_up import Row, rows
from db.pages import period
from db.reasons import doubt_word, reason_word
from db.values import amount, bounds, own_words, printed, understood

HOMES = {"model": "models", "organization": "organizations", "policy": "policies"}
"""Tables whose row pages are the pages of a kind; every other kind has its page under entities."""

_SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈"}
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


def compact(value: float) -> str:
    """Return a number as it is written beside its printed form: 199,000 or 1.75e11."""
    size = abs(value)
    if size and (size >= 1e6 or size < 1e-3):
        mantissa, exponent = f"{value:.7e}".split("e")
        return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"
    return f"{value:,.8f}".rstrip("0").rstrip(".")


def number(statement: Row) -> str:
    """Return a quantity's bounds as numbers, without the unit; nothing where it has none."""
    low, high = statement["low"], statement["high"]
    if low is None and high is None:
        return ""
    if low is not None and high is not None and low != high:
        return f"{compact(low)}–{compact(high)}"
    sign = _SIGNS.get(statement["comparator"] or "", "")
    return sign + compact(high if low is None else low)


def unit_of(statement: Row, labels: Labels) -> str:
    """Return a quantity's unit, with what it is counted per."""
    unit = "" if statement["unit"] in (None, "fraction") else labels.unit(statement["unit"])
    return f"{unit} / {labels.unit(statement['per'])}" if statement["per"] else unit


def figure(statement: Row, labels: Labels) -> tuple[str, str, str]:
    """Return a value as printed, as a number with its unit, and in words where these tell more."""
    value = printed(statement, labels)
    told = number(statement) if statement["value_type"] == "quantity" else ""
    if not told:
        meaning = "" if statement["value_type"] == "text" else understood(statement, labels)
        return value, "", "" if _same(meaning, value) else meaning
    unit = unit_of(statement, labels)
    words = _plain_words(statement, labels)
    words = "" if _same(words, value) or _same(words, told) or words in value else words
    if _same(told, value) or told in value:
        return value, unit, words
    return value, f"{told} {unit}".strip(), words


def _plain_words(statement: Row, labels: Labels) -> str:
    low, high, unit = statement["low"], statement["high"], statement["unit"]
    if unit != "fraction" and low is not None and low == high:
        return amount(low, labels.language)
    return bounds(low, high, unit if unit == "fraction" else None, statement["comparator"], labels)


def _same(one: str, other: str) -> bool:
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return "".join(text.replace(",", "").split()).casefold()


def scope_of(statement: Row, labels: Labels) -> list[str]:
    """Return what narrows a statement: place, category, note, time, and whether it is estimated or planned."""
    assertion = statement["assertion"]
    as_of = statement["as_of"]
    parts = [
        statement["place"],
        labels.term(statement["category_id"]),
        statement["scope_note"],
        f"{labels.column('statements', 'as_of')} {as_of}" if as_of else "",
        period(statement),
        labels.word(assertion) if assertion != "asserted" else "",
    ]
    return [part for part in parts if part]


def short_source(statement: Row) -> str:
    """Return who published a source and when, else the beginning of its title."""
    name = str(statement.get("source_publisher") or statement["source_title"])
    name = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
    return " ".join(part for part in (name, statement["source_published"]) if part)


class Shower:
    """Shows statements of one base in one language; parties and publishers are read for all of them at once."""

    def __init__(self, connection: sqlite3.Connection, labels: Labels) -> None:
        self.connection = connection
        self.labels = labels
        self._parties: dict[str, Party] = {}
        self._publishers: dict[str, str | None] = {}
        self._doubts: dict[str, list[tuple[str, str]]] = {}
        self._rivals: dict[str, list[Rival]] = {}

    def prepare(self, statements: list[Row]) -> None:
        """Read what the statements refer to."""
        named = {str(p) for s in statements for p in s["attributed_to"]}
        self._read_parties(named | {p["entity_id"] for s in statements for p in s["participants"]})
        self._read_publishers({s["source_id"] for s in statements})
        self._read_doubts({s["id"] for s in statements})
        self._read_rivals({s["subject_id"] for s in statements})

    def _read_parties(self, ids: set[str]) -> None:
        for row in _where_in(self.connection, "select id, label, kind from entities where id in", ids):
            self._parties[row["id"]] = Party(row["id"], row["label"], home_of(row["kind"]))

    def _read_publishers(self, ids: set[str]) -> None:
        for row in _where_in(self.connection, "select id, publisher from sources where id in", ids):
            self._publishers[row["id"]] = row["publisher"]

    def _read_doubts(self, ids: set[str]) -> None:
        wanted = "select statement_id, check_id, message from quality_issues where statement_id in"
        for row in _where_in(self.connection, wanted, ids):
            told = (doubt_word(row["check_id"], self.labels.language), row["message"])
            self._doubts.setdefault(row["statement_id"], []).append(told)

    def _read_rivals(self, subjects: set[str]) -> None:
        # Rivals are of one subject, and the subject is what conflicts are indexed by.
        for row in _where_in(self.connection, "select * from conflicts where subject_id in", subjects):
            one, other = row["statement_id"], row["other_statement_id"]
            self._rival(one, Rival(other, row["other_printed"] or other, row["other_source_id"]))
            self._rival(other, Rival(one, row["printed"] or one, row["source_id"]))

    def _rival(self, statement_id: str, rival: Rival) -> None:
        self._rivals.setdefault(statement_id, []).append(rival)

    def party(self, entity_id: str) -> Party:
        """Return an entity by its label; by its id where the base does not know it."""
        return self._parties.get(entity_id) or Party(entity_id, entity_id, "entities")

    def show(self, statement: Row, target: Party | None = None) -> Shown:
        """Return a prepared statement as it is shown."""
        labels = self.labels
        value, told, words = figure(statement, labels)
        reason = statement["rank_reason"] or ""
        told_reason = reason not in _UNREMARKED and statement["rank"] in ("preferred", "deprecated")
        source = short_source(statement | {"source_publisher": self._publishers.get(statement["source_id"])})
        if statement["value_type"] == "text":
            value = own_words(statement, labels.language)
        return Shown(
            id=statement["id"],
            value=value or statement["subject_as_read"],
            number=told,
            words=words,
            target=target,
            scope=scope_of(statement, labels),
            speakers=[self.party(str(speaker)) for speaker in statement["attributed_to"]],
            hearsay=statement["attribution_text"] or "",
            source_id=statement["source_id"],
            source=source,
            source_title=statement["source_title"],
            rank=statement["rank"] or "",
            reason=reason_word(reason, labels.language) if told_reason else "",
            doubts=self._doubts.get(statement["id"], []),
            rivals=self._rivals.get(statement["id"], []),
            row=statement,
        )


_MOST_VALUES = 500


def _where_in(connection: sqlite3.Connection, sql: str, values: Iterable[Any]) -> list[Row]:
    wanted = sorted(values)
    found: list[Row] = []
    for start in range(0, len(wanted), _MOST_VALUES):
        part = wanted[start : start + _MOST_VALUES]
        found += rows(connection, f"{sql} ({', '.join('?' * len(part))})", *part)
    return found
