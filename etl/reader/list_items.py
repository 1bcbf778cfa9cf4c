"""Lists in lists: an item that names nothing itself speaks of what the item above it names."""

import re
from typing import NamedTuple

from etl.reader.mentions import Mention, Mentions

_ITEM = re.compile(
    r"(?P<indent>[ \t\u3000]*)(?:[-*+•·][ \t\u3000]+|\d{1,2}[.、)）](?!\d)[ \t\u3000]*|[（(]\d{1,2}[)）][ \t\u3000]*)(?=[^\n])"
)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(?:\d{1,2}(?:\.\d{1,2})*[.、)）]?[ \t]+)?(?=[^\n])")
_AND = re.compile(r"[ \t]*(?:、|/|,|，|和|与|及|以及|\band\b|&)[ \t]*")
_NAME = re.compile(r"[A-Za-z][A-Za-z.]*(?:[ -]?[A-Za-z\d.]+){0,4}")
_NAMED = frozenset({"model", "product", "dataset"})
_MOST_LEAD = 800
_MOST_LINES = 60
_MOST_TITLE = 60
_MOST_REST = 8
_MARKS = " \t\u3000*`_：:"


class Item(NamedTuple):
    """An item of a list, or a heading: how far its line is indented (a heading: not at all), where its words are."""

    indent: int
    start: int
    end: int
    is_heading: bool


def item_at(text: str, at: int) -> Item | None:
    """Return the list item whose line holds a position; None where the line is none, or begins far before."""
    begin = text.rfind("\n", max(0, at - _MOST_LEAD), at) + 1
    return _item(text, begin, _line_end(text, at)) if begin or at <= _MOST_LEAD else None


def is_title(text: str, mentions: Mentions, at: int) -> bool:
    """Tell whether a position lies in a list item or heading that is a model's name and nothing else: 7. Yunfan 7B."""
    if not mentions.covers(at):
        return False
    item = item_at(text, at)
    if item is None or item.end - item.start > _MOST_TITLE:
        return False
    named = [m for m in mentions.within(item.start, item.end) if m.kind in _NAMED]
    return len(named) == 1 and text[named[0].start : named[0].end] == text[item.start : item.end].strip(_MARKS)


def named_above(text: str, mentions: Mentions, item: Item) -> list[Mention]:
    """Return what the item, or else the heading, that an item stands under names, where it is names alone."""
    above = _above(text, item)
    if above is None:
        return []
    title = text[above.start : above.end].strip(_MARKS)
    if not title or len(title) > _MOST_TITLE or title[-1] in "。！？；":
        return []
    found: list[Mention] = []
    begin = text.index(title, above.start)
    end = begin + len(title)
    cuts = [m.span() for m in _AND.finditer(text, begin, end)]
    inside = mentions.within(begin, end)
    cuts = [(a, b) for a, b in cuts if not any(m.start < b and a < m.end for m in inside)]
    for start, stop in zip([begin, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True):
        named = [m for m in mentions.within(start, stop) if m.kind in _NAMED]
        if named and stop - start - (named[0].end - named[0].start) <= _MOST_REST:
            found.append(named[0])
        elif not above.is_heading and _NAME.fullmatch(text, start, stop) and re.search(r"\d", text[start:stop]):
            found.append(Mention(start, stop, "model", text[start:stop], None))
        else:
            return []
    return found


def _above(text: str, item: Item) -> Item | None:
    end = text.rfind("\n", 0, item.start)
    begun = True
    for _ in range(_MOST_LINES):
        if end < 0:
            return None
        begin = text.rfind("\n", 0, end) + 1
        found = _item(text, begin, end)
        if found is not None and (found.is_heading or (begun and found.indent < item.indent)):
            return found
        if found is None and text[begin:end].strip() and not text[begin].isspace():
            # A line of running text ends the list; only a heading still stands above it.
            begun = False
        end = begin - 1
    return None


def _item(text: str, begin: int, end: int) -> Item | None:
    heading = _HEADING.match(text, begin, end)
    if heading is not None:
        return Item(-1, heading.end(), end, is_heading=True)
    match = _ITEM.match(text, begin, end)
    if match is None:
        return None
    return Item(len(match["indent"].expandtabs(4)), match.end(), end, is_heading=False)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at, at + _MOST_LEAD)
    return end if end >= 0 else min(len(text), at + _MOST_LEAD)
