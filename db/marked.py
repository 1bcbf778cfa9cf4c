"""The sentence of an evidence page, with the spans that it evidences marked."""

import sqlite3
from typing import NamedTuple

from db.look_up import Row
from db.why import TextOf, evidence_source, flat, sentence_bounds, stands


class Piece(NamedTuple):
    """A stretch of the sentence, and the role of the span that it is, if of any: its text, or the pieces within."""

    text: str
    role: str
    within: tuple["Piece", ...] = ()


class Marked(NamedTuple):
    """A sentence that is shown, and whether its span still stands in the text."""

    evidence: Row
    pieces: list[Piece]
    stands: bool
    bounds: tuple[int, int]

    def holds(self, evidence: Row) -> bool:
        """Tell whether a span stands in this sentence."""
        first, last = self.bounds
        same = evidence["source_id"] == self.evidence["source_id"]
        return bool(same and first <= evidence["start_char"] and evidence["end_char"] <= last)


def marked_sentences(
    connection: sqlite3.Connection, evidences: list[Row], text_of: TextOf, chosen: str | None
) -> list[Marked]:
    """Return the sentence of the chosen evidence, else of the value's first, and the subject's where it is another.

    Nothing where no text is at hand. A span in a data set counts from its cell's first character: there is no text around it.
    """
    placed = [e for e in evidences if e["start_char"] is not None]
    wanted = [e for e in placed if str(e["id"]) == chosen]
    wanted = wanted or [e for e in placed if e["role"] == "value"] or placed
    first = _sentence(connection, placed, wanted[0], text_of) if wanted else None
    if first is None:
        return []
    subjects = [e for e in placed if e["role"] == "subject"]
    if not subjects or any(first.holds(e) for e in subjects):
        return [first]
    other = _sentence(connection, placed, subjects[0], text_of)
    return [first, other] if other else [first]


def _sentence(connection: sqlite3.Connection, placed: list[Row], shown: Row, text_of: TextOf) -> Marked | None:
    source = evidence_source(connection, shown)
    text = text_of(source) if source["type"] != "data_set" else None
    if text is None:
        return None
    first, last = sentence_bounds(text, shown["start_char"], shown["end_char"])
    others = [e for e in placed if e["role"] in ("value", "subject") and e["source_id"] == shown["source_id"]]
    return Marked(shown, _pieces(text, first, last, [shown, *others]), stands(text, shown), (first, last))


def _pieces(text: str, first: int, last: int, spans: list[Row]) -> list[Piece]:
    """Cut a sentence at its spans, one within another too; of two that cross, the earlier of the list is marked."""
    kept: list[_Span] = []
    for span in spans:
        new = _Span(span["start_char"], span["end_char"], span["role"])
        if first <= new.start < new.end <= last and new not in kept and not any(map(new.crosses, kept)):
            kept.append(new)
    # What holds another comes before it; of equals, the earlier of the list.
    pieces = _cut(text, first, last, sorted(kept, key=lambda span: (span.start, -span.end)))
    if pieces:
        pieces[0] = pieces[0]._replace(text=pieces[0].text.lstrip())
        pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.rstrip())
    return [piece for piece in pieces if piece.text or piece.within]


class _Span(NamedTuple):
    start: int
    end: int
    role: str

    def crosses(self, other: "_Span") -> bool:
        """Tell whether the two share characters, and neither holds the other."""
        one, two = sorted((self, other))
        return one.start < two.start < one.end < two.end


def _cut(text: str, at: int, end: int, spans: list[_Span]) -> list[Piece]:
    """Cut a stretch at the outermost spans of a sorted list, and each of them at those within."""
    pieces = []
    while spans:
        outer, *rest = spans
        inner = [span for span in rest if span.end <= outer.end]
        within = _cut(text, outer.start, outer.end, inner) if inner else []
        told = "" if within else flat(text[outer.start : outer.end])
        pieces += [Piece(flat(text[at : outer.start]), ""), Piece(told, outer.role, tuple(within))]
        at, spans = outer.end, [span for span in rest if span.end > outer.end]
    pieces.append(Piece(flat(text[at:end]), ""))
    return [piece for piece in pieces if piece.text or piece.within]
