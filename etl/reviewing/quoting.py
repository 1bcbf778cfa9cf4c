"""Spans of a text: the sentence around one, its evidence, and where a quote stands."""

import re
from typing import Any

from etl.text import sha256_of_text
from schema.records import QUOTE_LIMIT

Span = tuple[int, int]
_END = re.compile(r"[。！？!?；;]|\n[ \t\u3000]*\n|\n(?=[#|*>-])")
_REACH = 240


def trimmed(text: str, span: Span) -> Span:
    """Return the span without the blanks at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def place(role: str, text: str, span: Span) -> dict[str, Any]:
    """Return the evidence of a span: with its quote where that is short, else with its hash."""
    start, end = trimmed(text, span)
    stands = text[start:end]
    shown = {"quote": stands} if len(stands) <= QUOTE_LIMIT else {"sha256": sha256_of_text(stands)}
    return {"role": role, "start_char": start, "end_char": end, **shown}


def sentence(text: str, spans: list[Span]) -> Span:
    """Return the sentence that the spans stand in, at most some hundred characters around them."""
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    floor, ceiling = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [found.end() for found in _END.finditer(text, floor, start)]
    after = _END.search(text, end, ceiling)
    return trimmed(text, (before[-1] if before else floor, after.end() if after else ceiling))


def nearest(text: str, quote: str, at: int) -> Span | None:
    """Return where a quote stands nearest to a position, None where it does not stand."""
    best: Span | None = None
    found = text.find(quote)
    while quote and found >= 0:
        if best is None or abs(found - at) < abs(best[0] - at):
            best = (found, found + len(quote))
        found = text.find(quote, found + 1)
    return best
