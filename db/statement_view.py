"""What a statement's page tells: the chain from its value to the characters it was read from."""

import sqlite3
from typing import NamedTuple

from db.entity_view import MOST_VALUES
from db.facts import statements_where
from db.labels import Labels
from db.look_up import Row
from db.marked import Marked, marked_sentences
from db.pages import period
from db.reasons import doubt_message, doubt_word, reason_word
from db.shown import Party, Shower, Shown, titled
from db.source_view import tier_of
from db.values import understood
from db.why import TextOf, chain


class Cell(NamedTuple):
    """A piece of evidence as the page lists it."""

    id: int
    role: str
    quote: str
    sha256: str
    span: str
    cell: str
    source_id: str


class StatementView(NamedTuple):
    """A statement as its page shows it."""

    record: Row
    shown: Shown
    subject: Party
    property: str
    meaning: str
    bounds: str
    status: str
    object: Party | None
    scope: list[tuple[str, str]]
    participants: list[tuple[str, Party]]
    assertion: str
    rank: str
    reason: str
    preferred_id: str
    doubts: list[tuple[str, str, str]]
    rivals: list[tuple[str, str, str, str]]
    others: list[Shown]
    cells: list[Cell]
    marked: list[Marked]
    tier: str
    type: str
    source_title: str


def statement_view(
    connection: sqlite3.Connection,
    statement_id: str,
    labels: Labels,
    text_of: TextOf | None = None,
    chosen: str | None = None,
) -> StatementView:
    """Return a statement with its whole chain; with `text_of`, with the sentences that its value and its subject stand in."""
    record = chain(connection, statement_id, labels)
    plain, others = _with_others(connection, record)
    shower = Shower(connection, labels)
    shower.prepare([plain, *others])
    preferred_id, _, reason = (record["rank_reason"] or "").rpartition(" is preferred: ")
    shown = shower.show(plain, shower.object(plain))
    return StatementView(
        record=record,
        shown=shown,
        subject=shower.subject(record),
        property=labels.property(record["property_id"]),
        meaning=shown.words or understood(record, labels),
        bounds=record["bounds_in_words"] or "",
        status="" if record["value_status"] == "reported" else labels.word(record["value_status"]),
        object=shower.object(record),
        scope=[(label, text) for label, text in _scope(record, shower) if text],
        participants=[(labels.term(p.get("role")), shower.party(p["entity_id"])) for p in record["participants"]],
        assertion=labels.word(record["assertion"]),
        rank=labels.word(record["rank"]),
        reason=reason_word(reason, labels.language),
        preferred_id=preferred_id,
        doubts=[
            (
                doubt_word(d["check_id"], labels.language),
                doubt_message(d["message"], labels.language),
                labels.word(d["severity"]),
            )
            for d in record["issues"]
        ],
        rivals=[
            (r["statement_id"], r["printed"] or "", r["source_id"], r["reason"] or "") for r in record["conflicts"]
        ],
        others=[shower.show(other, shower.object(other)) for other in others],
        cells=[_cell(evidence, labels) for evidence in record["evidence"]],
        marked=marked_sentences(connection, record["evidence"], text_of, chosen) if text_of else [],
        tier=tier_of(record["source"], labels),
        type=labels.word(record["source"]["type"]),
        source_title=titled(record["source"], labels.language),
    )


def _with_others(connection: sqlite3.Connection, record: Row) -> tuple[Row, list[Row]]:
    """Return the statement as it is shown in lists, and what else is said of the same thing."""
    plain = statements_where(connection, "s.id = ?", record["id"])[0]
    condition = (
        "s.id in (select id from statements where subject_id = ? and property_id = ? and id != ?"
        " order by rank is not 'preferred', rowid limit ?)"
    )
    wanted = (record["subject_id"], record["property_id"], record["id"], MOST_VALUES)
    return plain, statements_where(connection, condition, *wanted)


def _scope(record: Row, shower: Shower) -> list[tuple[str, str]]:
    labels = shower.labels

    def column(name: str) -> str:
        return labels.column("statements", name)

    return [
        (column("place_id"), shower.party(record["place_id"]).label if record["place_id"] else ""),
        (column("category_id"), labels.term(record["category_id"])),
        (column("scope_note"), record["scope_note"] or ""),
        (column("role_title"), record["role_title"] or ""),
        (column("relative_to_id"), record["relative_to"] or ""),
        (column("as_of"), record["as_of"] or ""),
        (labels.word("period"), period(record)),
        (column("duration"), record["duration"] or ""),
        (column("per"), labels.unit(record["per"])),
        (column("date_basis"), labels.word(record["date_basis"])),
    ]


def _cell(evidence: Row, labels: Labels) -> Cell:
    start, end = evidence["start_char"], evidence["end_char"]
    parts = (evidence["table_label"], evidence["row_label"], evidence["column_label"])
    return Cell(
        id=evidence["id"],
        role=labels.word(evidence["role"]),
        quote=evidence["quote"] or "",
        sha256=evidence["sha256"] or "",
        span="" if start is None else f"{start}–{end}",
        cell=" / ".join(part for part in parts if part),
        source_id=evidence["source_id"],
    )
