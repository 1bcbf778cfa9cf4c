"""Profiles: lines of a label and its names under the heading of a firm: 创始人：甲、乙; 投资方：X、Y."""

import re
from collections.abc import Iterator

from etl.line_starts import line_matches
from etl.reader.mentions import Mention, clean
from etl.reader.offices import TITLE
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_LABELS = {
    **dict.fromkeys(["创始人", "联合创始人", "创始团队", "创办人", "Founders", "Founder"], "founded_by"),
    **dict.fromkeys(
        ["投资方", "投资人", "投资者", "投资机构", "主要投资方", "主要投资者", "股东", "Investors"], "investor"
    ),
    **dict.fromkeys(["母公司", "所属公司", "所属集团", "Parent"], "owner"),
    **dict.fromkeys(
        ["CEO", "CTO", "首席执行官", "董事长", "负责人", "创始人兼CEO", "创始人兼首席执行官"], "affiliation"
    ),
}
_FIELD = re.compile(
    rf"(?m)^[ \t\u3000*_•·-]{{0,6}}(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))})[*_ ]{{0,3}}[:：][*_ ]{{0,3}}"
)
_NUMBER = re.compile(
    r"^(?:#{1,6}[ \t]*)?[*_ ]{0,3}(?:\d{1,2}[.、)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,2}、)?[*_ ]{0,3}"
)
_ANY_FIELD = re.compile(r"[^：:\n]{1,12}[：:]")
_TITLED = re.compile(rf"[ \n]*[（(][^，,（）()]{{0,40}}[，,][ \n]?(?P<title>{TITLE})")
_LATIN = re.compile(r"[A-Z][A-Za-z\d.-]+(?: [A-Z][A-Za-z\d.-]+){0,3}")
_MARKS = " \t\u3000*_#`"
_MOST_LINES, _LONGEST, _LINE = 8, 40, 300


class ProfileReader:
    """Reads the labelled lines of profiles."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield what the labelled lines of a range tell of the firm in the heading above them."""
        for match in line_matches(_FIELD, self.text, start, end):
            firm = self._heading(match.start())
            if firm is None:
                continue
            stop = self.text.find("\n\n", match.end(), match.end() + _LINE)
            stop = stop if stop >= 0 else min(len(self.text), match.end() + _LINE)
            kind = _LABELS[match["label"]]
            for name in self._names(match.end(), stop, kind):
                yield from self._told(kind, firm, name, match["label"])

    def _told(self, kind: str, firm: Mention, name: Mention, label: str) -> Iterator[Proposal]:
        if kind != "affiliation":
            yield tie(kind, firm, name)
        title = _TITLED.match(self.text[name.end : self.parties.end(name)])
        if kind == "affiliation":
            yield tie("affiliation", name, firm, title=label)
        elif kind == "founded_by":
            yield tie("affiliation", name, firm, title=title["title"] if title else label)

    def _names(self, start: int, stop: int, kind: str) -> list[Mention]:
        """List the names of a line: the first, which the line begins with, and those listed with it."""
        if kind in {"founded_by", "affiliation"}:
            found = self.parties.persons(start, stop)
        else:
            found = [
                m for m in self.parties.mentions.within(start, stop) if m.kind in {"organization", "product", "person"}
            ]
        return self.parties.group_after(found) if found and found[0].start == start else []

    def _heading(self, at: int) -> Mention | None:
        """Return the firm that the nearest line above without a label names, where it names nothing else."""
        end = self.text.rfind("\n", 0, at)
        for _ in range(_MOST_LINES):
            if end < 0:
                return None
            begin = self.text.rfind("\n", max(0, end - _LINE), end) + 1
            if begin == 0 and end > _LINE:
                return None
            line = self.text[begin:end].strip(_MARKS)
            if line and not _ANY_FIELD.match(line):
                return self._firm(begin, end) if len(line) <= _LONGEST else None
            end = begin - 1
        return None

    def _firm(self, begin: int, end: int) -> Mention | None:
        lead = _NUMBER.match(self.text[begin:end])
        start = begin + (lead.end() if lead else 0)
        name = self.text[start:end].strip(_MARKS)
        named = [m for m in self.parties.mentions.within(start, end) if m.kind in {"organization", "product"}]
        if not named and start > begin and _LATIN.fullmatch(name):
            return Mention(start, start + len(name), "organization", clean(name), None)
        if not named or named[0].start != start:
            return None
        if named[0].kind == "organization" and self.text[named[0].start : named[0].end] == name:
            return named[0]
        return Mention(start, start + len(name), "organization", clean(name), None)
