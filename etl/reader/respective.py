"""Values told in turn: A、B和C的月活分别为3亿、2亿和1亿."""

import itertools
import re
from bisect import bisect_left

from etl.reader.candidates import Subject, as_subject
from etl.reader.clauses import Outline
from etl.reader.mentions import Mention, Mentions, clean
from etl.reader.nouns import without_measure
from schema.quantity import QuantityMatch

_IN_TURN = re.compile(r"分别|分別|依次|respectively")
_REACH = 160
_BETWEEN_VALUES = re.compile(r"[ \n]*(?:、|,|，|和|与|及|以及|and)[ \n]*(?:约|近|超过?|逾)?[ \n]*")
_BETWEEN_NAMES = re.compile(r"[^。；，,]{0,12}?(?:[、,，]|和|与|及|以及|and)[^。；]{0,8}")
_CLAUSE_MARK = re.compile(r"[，。；：,;:！？\n]")
_ITEM_MARK = re.compile(r"、|以及|和(?!谐)|与|及(?!其)")
_LEAD = re.compile(r"[ \n]*(?:其中|而|此外|目前|另外|同时)?[ \n]*")
_NOUN = re.compile(r"(?=.*[A-Za-z\u3400-\u9fff]{2})[^的了在是有将已被从到达为]{2,24}")
_KINDS = ("model", "product", "person", "organization")


def in_turn(outline: Outline, mentions: Mentions, quantities: list[QuantityMatch]) -> dict[int, Subject]:
    """Give the values of a 分别 list, by their index, to what is listed before it, where there are as many of both."""
    found: dict[int, Subject] = {}
    starts = [quantity.start for quantity in quantities]
    told: tuple[int, list[Subject]] = (-1, [])
    for match in _IN_TURN.finditer(outline.text):
        begin, end = outline.sentence(match.start())
        inside = range(bisect_left(starts, match.end()), bisect_left(starts, end))
        for values in (list(inside), _run(outline.text, quantities, inside)):
            listed = _listed(outline.text, mentions, begin, match.start(), len(values))
            # 月活分别为3亿、2亿，增速分别为5%、4%: what is told next is of the same ones.
            if not listed and told[0] == begin and len(told[1]) == len(values):
                listed = told[1]
            if listed:
                told = begin, listed
                found |= dict(zip(values, listed, strict=True))
                break
    return found


def _run(text: str, quantities: list[QuantityMatch], inside: range) -> list[int]:
    """Return the values of a sentence that one list holds, of one unit: 3亿、2亿和1亿."""
    run = list(inside[:1])
    for index in inside[1:]:
        last, this = quantities[run[-1]], quantities[index]
        if last.quantity.unit != this.quantity.unit or not _BETWEEN_VALUES.fullmatch(text, last.end, this.start):
            break
        run.append(index)
    return run


def _listed(text: str, mentions: Mentions, begin: int, at: int, count: int) -> list[Subject]:
    """Return as many things as there are values: the names listed before `at`, else the bare words of its clause."""
    if count < 2:
        return []
    named = _names(text, mentions.within(begin, at), count)
    return [as_subject(mention) for mention in named] or _nouns(text, max(begin, at - _REACH), at, count)


def _names(text: str, mentions: list[Mention], count: int) -> list[Mention]:
    """Return the names of one kind that are as many as the values, or the last ones that stand in one list."""
    for kind in _KINDS:
        same = [m for m in mentions if m.kind == kind]
        if len(same) == count:
            return same
    names = mentions[-count:]
    if len(names) < count:
        return []
    pairs = itertools.pairwise(names)
    return names if all(_BETWEEN_NAMES.fullmatch(text[one.end : other.start]) for one, other in pairs) else []


def _nouns(text: str, start: int, end: int, count: int) -> list[Subject]:
    """Return the things of a bare list that a clause measures: 插件应用、原生应用和网页应用的月活."""
    for mark in _CLAUSE_MARK.finditer(text, start, end):
        start = mark.end()
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    bounds = [start, *(mark.start() for mark in _ITEM_MARK.finditer(text, start, end)), end]
    if len(bounds) != count + 1:
        return []
    items = []
    for begin, stop in itertools.pairwise(bounds):
        joined = _ITEM_MARK.match(text, begin, stop)
        begin = joined.end() if joined else begin
        name = without_measure(text[begin:stop].rstrip()).rstrip("的 \n")
        begin += len(name) - len(name.lstrip())
        name = name.strip()
        if not _NOUN.fullmatch(name):
            return []
        items.append(Subject(clean(name), "topic", None, begin, begin + len(name)))
    return items
