"""The sentence of an evidence page, with the spans that it evidences marked."""

import sqlite3
from typing import NamedTuple

from db.look_up import Row
from db.why import TextOf, evidence_source, flat, sentence_bounds, stands


class Piece(NamedTuple):
    """A stretch of the sentence, and the role of the span that it belongs to, if to any."""

    text: str
    role: str


class Marked(NamedTuple):
    """A sentence that is shown, and whether its span still stands in the text."""

    evidence: Row
    pieces: list[Piece]
    stands: bool


def marked_sentences(
    connection: sqlite3.Connection, evidences: list[Row], text_of: TextOf, chosen: str | None
) -> list[Marked]:
    """Return the sentence of the chosen evidence, else of the value's first, and the subject's where it is another.

    None where no text is at hand. A span in a data set counts from its cell's first character: there is no text around it.
    """
    placed = [e for e in evidences if e["start_char"] is not None]
    wanted = [e for e in placed if str(e["id"]) == chosen]
    wanted = wanted or [e for e in placed if e["role"] == "value"] or placed
    found = [_sentence(connection, placed, shown, text_of) for shown in wanted[:1]]
    if found and found[0] and all(piece.role != "subject" for piece in found[0].pieces):
        subjects = [e for e in placed if e["role"] == "subject"]
        found += [_sentence(connection, placed, shown, text_of) for shown in subjects[:1]]
    return [one for one in found if one]


def _sentence(connection: sqlite3.Connection, placed: list[Row], shown: Row, text_of: TextOf) -> Marked | None:
    source = evidence_source(connection, shown)
    text = text_of(source) if source["type"] != "data_set" else None
    if text is None:
        return None
    first, last = sentence_bounds(text, shown["start_char"], shown["end_char"])
    others = [e for e in placed if e["role"] in ("value", "subject") and e["source_id"] == shown["source_id"]]
    return Marked(shown, _pieces(text, first, last, [shown, *others]), stands(text, shown))


def _pieces(text: str, first: int, last: int, spans: list[Row]) -> list[Piece]:
    """Cut a sentence at its spans; where two overlap, the earlier of the list is marked."""
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        start, end = span["start_char"], span["end_char"]
        if first <= start < end <= last and all(end <= s or e <= start for s, e, _ in kept):
            kept.append((start, end, span["role"]))
    pieces, at = [], first
    for start, end, role in sorted(kept):
        pieces += [Piece(flat(text[at:start]), ""), Piece(flat(text[start:end]), role)]
        at = end
    pieces.append(Piece(flat(text[at:last]).rstrip(), ""))
    pieces[0] = Piece(pieces[0].text.lstrip(), pieces[0].role)
    return [piece for piece in pieces if piece.text]
