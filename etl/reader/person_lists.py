"""Persons whom only the list that they stand in makes known: 甲（X创始人）、乙和丙."""

import re
from collections.abc import Iterable, Iterator

from etl.reader.english_forms import is_person_form
from etl.reader.forms import is_person
from etl.reader.mentions import Mention

_NEXT = re.compile(
    r"[ \n*]*(?:[（(][^（）()\n]{1,24}[）)])?[ \n*]*(?:、|以及|和|与|及)[ \n*]*(?P<name>[\u3400-\u9fff]{2,3}?)"
    r"(?=[ \n*]*(?:、|和|与|及|以及|等|，|。|；|（|\(|的|在|都|均|也|共同|联合|一起|两人|三人|分别|[两三四五六]位))"
)
_FIRST = re.compile(r"成员(?:主要)?(?:包括|为|有|是)[ \n*]*(?P<name>[\u3400-\u9fff]{2,3}?)(?=、|和|，|。|（)")


# 甲（X创始人）: a name that brackets follow which give an office.
_TITLED = re.compile(
    r"[（(](?<=[\u3400-\u9fff]{2}[（(])[^（）()\n，。]{2,16}(?:创始人|合伙人|CEO|董事长|总裁|总经理|首席[\u3400-\u9fff]{2,4}|教授|院长)[）)]"
)
_JOINED = re.compile(r"[ \n*]*(?:、|，|,|以及|和|与|及|&|and|, and)[ \n*]*")
_OPENS = re.compile(r"[ \n*]*[（(][ \n*]*")
_BEFORE = re.compile(r"(?:^|[，。；：、\n“”（）() 和与及有是])(?P<name>[\u3400-\u9fff]{2,3})$")


def listed_persons(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the persons that are listed behind a known one, or behind the word that they are members."""
    seen: set[int] = set()
    for match in _FIRST.finditer(text):
        yield from _from(text, match, seen)
    for office in _TITLED.finditer(text) if "人）" in text or "O）" in text else ():
        yield from _from(text, _BEFORE.search(text, max(0, office.start() - 4), office.start()), seen)
    for mention in found:
        if mention.kind == "person":
            yield from _from(text, _NEXT.match(text, mention.end), seen)


def joined_persons(text: str, found: list[Mention]) -> list[Mention]:
    """Return sorted mentions with the Latin names of two words that are listed beside a person's, or are its form in brackets, taken for persons."""
    kept: list[Mention] = []
    for mention in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.kind == "person"
            and _is_loose(mention)
            and _OPENS.fullmatch(text, last.end, mention.start)
        ):
            # 维姬·常（Vickie Chang）: the same in Latin letters.
            mention = mention._replace(kind="person", name=last.name, entity_id=last.entity_id)
        elif last is not None and _JOINED.fullmatch(text, last.end, mention.start):
            if last.kind == "person" and _is_loose(mention):
                mention = mention._replace(kind="person")
            elif mention.kind == "person":
                _take_back(text, kept)
        kept.append(mention)
    return kept


def _is_loose(mention: Mention) -> bool:
    return mention.kind == "product" and mention.entity_id is None and is_person_form(mention.name)


def _take_back(text: str, kept: list[Mention]) -> None:
    """Take the loose names at the end of a list for persons: who is listed before a person is one."""
    end = len(kept)
    for index in range(end - 1, -1, -1):
        joined = index + 1 == end or _JOINED.fullmatch(text, kept[index].end, kept[index + 1].start)
        if not joined or not _is_loose(kept[index]):
            return
        kept[index] = kept[index]._replace(kind="person")


def _from(text: str, match: re.Match[str] | None, seen: set[int]) -> Iterator[Mention]:
    # A list is gone through once, whoever of it is known.
    while match is not None and match.start("name") not in seen and is_person(match["name"]):
        seen.add(match.start("name"))
        yield Mention(*match.span("name"), "person", match["name"], None)
        match = _NEXT.match(text, match.end("name"))
