"""Sections that are of one thing: the model or product that the heading above a place names."""

import re
from bisect import bisect_left
from functools import cached_property

from etl.reader.mentions import Mention, Mentions
from etl.reader.subjects import Subject, as_subject

HEADING = re.compile(r"(?m)^[ \t]{0,3}(?P<level>#{1,6})[ \t]+(?P<title>[^\n]{2,120})$")
_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*(?:[.、)）]|(?=[ \t]))|[一二三四五六七八九十]{1,3}[、.])?[ \t]*")
_LEAD = re.compile(r"[ \t*_`\[「“《（(|/:：-]*")
# Behind the name a heading may call it a kind of thing, give it another name, or say what follows of it.
_ENDS = re.compile(
    r"[ \t*_`\]」”》]*(?:系列|家族|大?模型)*[ \t*_`]*(?:$|[（(][^（）()]{1,40}[)）]?|——?|–|[-:：|][ \t]|[：:，,]|\{#)"
)
# A repository's name: its owner, and what it holds.
_REPOSITORY = re.compile(r"[A-Za-z\d][\w.-]*/(?P<name>[A-Za-z][\w.-]{2,40})[ \t]*$")
# A heading that is one word of a name's form, among headings that name models: ### ziya.
_WORD = re.compile(r"[A-Za-z][A-Za-z\d.+-]{2,40}")
_NO_NAME = re.compile(
    r"(?i:licen[cs]es?|readme|usage|quick-?start|install(?:ation)?|introduction|overview|model|models|news|citations?|evaluation|benchmarks?|results?|features?|faq|todo|contact|acknowledge?ments?|changelog|api|demo|examples?|download|requirements|abstract|conclusion|references?|limitations?|disclaimer|training|inference|deployment|fine-?tuning|performance|summary|data|dataset|about|updates?|links?)"
)
_THINGS = frozenset({"model", "product", "dataset"})
_REACH = 3000


class SectionThings:
    """Finds what the sections of one document are of."""

    def __init__(self, text: str, mentions: Mentions) -> None:
        self.text = text
        self.mentions = mentions

    def above(self, at: int, *, any_word: bool = False) -> Subject | None:
        """Return the one thing that the nearest heading above a place names, or that its only word may be; None where several."""
        index = bisect_left(self._starts, at) - 1
        if index < 0 or at - self._starts[index] > _REACH:
            return None
        start, level, named = self._headings[index]
        return named or (self._word(start, level) if any_word else None)

    def told_above(self, at: int) -> Subject | None:
        """Return the first model or product that the news in the nearest heading above tells of: ## 甲开源 X 模型."""
        index = bisect_left(self._starts, at) - 1
        if index < 0 or at - self._starts[index] > _REACH:
            return None
        start = self._starts[index]
        named = self.mentions.within(start, self.text.find("\n", start))
        return next((as_subject(m) for m in named if m.kind in _THINGS and _is_sure(m)), None)

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, *_ in self._headings]

    @cached_property
    def _headings(self) -> list[tuple[int, str, Subject | None]]:
        found = [(m.start(), m["level"], self._named(*m.span("title"))) for m in HEADING.finditer(self.text)]
        of_names = {level for _, level, subject in found if subject is not None}
        return [
            (start, level, subject or (self._word(start, level) if level in of_names else None))
            for start, level, subject in found
        ]

    def _named(self, start: int, end: int) -> Subject | None:
        """Return the thing whose name a title is, behind its number and its maker's name."""
        number = _NUMBER.match(self.text, start, end)
        at = number.end() if number else start
        repository = _REPOSITORY.match(self.text, at, end)
        if repository is not None:
            return self._kept(*repository.span("name"))
        for mention in self.mentions.within(at, end):
            if not _LEAD.fullmatch(self.text, at, mention.start):
                return None
            if mention.kind in _THINGS:
                return as_subject(mention) if _is_sure(mention) and _ENDS.match(self.text, mention.end, end) else None
            if mention.kind != "organization":
                return None
            at = mention.end
        return None

    def _kept(self, start: int, end: int) -> Subject:
        """Name what a repository holds: as it is known, else as printed."""
        known = [m for m in self.mentions.within(start, end) if m.start == start and m.kind in _THINGS]
        return as_subject(known[0]) if known else Subject(self.text[start:end], "model", None, start, end)

    def _word(self, start: int, level: str) -> Subject | None:
        end = self.text.find("\n", start)
        title = self.text[start : end if end >= 0 else len(self.text)].strip().removeprefix(level).strip()
        number = _NUMBER.match(title)
        title = title[number.end() :] if number else title
        at = self.text.index(title, start)
        if (
            not _WORD.fullmatch(title)
            or _NO_NAME.fullmatch(title)
            or any(m.kind not in _THINGS for m in self.mentions.within(at, at + len(title)))
        ):
            return None
        return Subject(title, "model", None, at, at + len(title))


def _is_sure(mention: Mention) -> bool:
    """Tell a name from mere words of a title: a model's, a known one, or one with a number."""
    return mention.kind == "model" or mention.entity_id is not None or any(char.isdigit() for char in mention.name)
