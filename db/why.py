"""Why the base believes a statement: the chain from its value to the characters it was read from."""

import hashlib
import re
from collections.abc import Callable
from typing import Any

from db.connection import Connection
from db.errors import NotFoundError
from db.facts import json_list, statements_where
from db.labels import Labels
from db.look_up import Row, rows
from db.values import described, understood

# A blank line ends a sentence, but for one after the Chinese of a long line without an end: there it parts wrapped lines.
_SENTENCE_END = re.compile(
    r"[。！？!?]|(?<![^\n。！？!?]{14}[\u3400-\u9fff，、])\n\s*\n|\n\s*\n(?![\u3400-\u9fff“《「『（\dA-Za-z])|\.(?=\s)"
)
_AROUND = 160
TextOf = Callable[[Row], str | None]


def chain(connection: Connection, statement_id: str, labels: Labels, as_of: str | None = None) -> Row:
    """Return a statement with all that stands behind it.

    Raise NotFoundError where its source was not published by the date.
    """
    found = statements_where(connection, "s.id = ?", statement_id, as_of=as_of)
    if not found:
        raise NotFoundError(statement_id, f"statement published by {as_of}", cure="give a later --as-of")
    statement = found[0]
    return {
        **statement,
        "in_words": understood(statement, labels),
        "bounds_in_words": described(statement, labels) or None,
        "attributed_to": _named(connection, statement["attributed_to"]),
        "participants": _participants(connection, statement["participants"]),
        "relative_to": _label(connection, statement["relative_to_id"]),
        "issues": rows(
            connection,
            "select check_id, severity, message from quality_issues where statement_id = ? order by id",
            statement_id,
        ),
        "conflicts": _conflicts(connection, statement_id),
        "source": _source(connection, statement["source_id"]),
        "evidence": rows(connection, "select * from evidence where statement_id = ? order by id", statement_id),
    }


def _source(connection: Connection, source_id: str) -> Row:
    source = rows(connection, "select * from sources where id = ?", source_id)[0]
    return source | {"authors": json_list(source["authors"]), "excerpt": bool(source["excerpt"])}


def _label(connection: Connection, entity_id: str | None) -> str | None:
    row = connection.execute("select label from entities where id = ?", (entity_id,)).fetchone()
    return None if row is None else str(row[0])


def _named(connection: Connection, ids: list[Any]) -> list[Row]:
    return [{"id": entity_id, "label": _label(connection, entity_id) or entity_id} for entity_id in ids]


def _participants(connection: Connection, participants: list[Any]) -> list[Row]:
    return [p | {"label": _label(connection, p["entity_id"]) or p["entity_id"]} for p in participants]


def _conflicts(connection: Connection, statement_id: str) -> list[Row]:
    sql = (
        "select other_statement_id statement_id, other_printed printed, other_source_id source_id, reason from conflicts where statement_id = ?1"
        " union all select statement_id, printed, source_id, reason from conflicts where other_statement_id = ?1"
    )
    return rows(connection, sql, statement_id)


def evidence_source(connection: Connection, evidence: Row) -> Row:
    """Return the source that a piece of evidence stands in."""
    return rows(
        connection, "select id, type, file_name, sha256, text_sha256 from sources where id = ?", evidence["source_id"]
    )[0]


def add_sentences(connection: Connection, statement: Row, text_of: TextOf) -> None:
    """Add to each evidence the sentence around its span, and whether the text still reads so.

    A span in a data set counts from its cell's first character: there is no text around it.
    """
    for evidence in statement["evidence"]:
        start, end = evidence["start_char"], evidence["end_char"]
        source = evidence_source(connection, evidence) if start is not None else None
        text = text_of(source) if source is not None and source["type"] != "data_set" else None
        if text is not None:
            evidence["stands"] = stands(text, evidence)
            evidence["sentence"] = sentence(text, start, end)


def stands(text: str, evidence: Row) -> bool:
    """Tell whether a span still reads in the text as it was read."""
    span = text[evidence["start_char"] : evidence["end_char"]]
    if evidence["quote"] is not None:
        return bool(span == evidence["quote"])
    return hashlib.sha256(span.encode("utf-8", "surrogatepass")).hexdigest() == str(evidence["sha256"])


def sentence(text: str, start: int, end: int) -> Row:
    """Return the sentence around a span, cut to some 160 characters either side, and where the span stands in it."""
    first, last = sentence_bounds(text, start, end)
    return {
        "before": flat(text[first:start]).lstrip(),
        "span": flat(text[start:end]),
        "after": flat(text[end:last]).rstrip(),
    }


def sentence_bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a span begins and ends, at most some 160 characters from the span."""
    floor = max(0, start - _AROUND)
    first = max((m.end() for m in _SENTENCE_END.finditer(text, floor, start)), default=floor)
    stop = _SENTENCE_END.search(text, end, min(len(text), end + _AROUND))
    return first, stop.end() if stop else min(len(text), end + _AROUND)


def flat(text: str) -> str:
    """Return the text on one line: a line break between Chinese characters is layout, elsewhere a blank."""
    return re.sub(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])", "", text).replace("\r", " ").replace("\n", " ")
