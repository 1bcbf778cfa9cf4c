"""What ties instruments to others and to authorities: what one rests on or carries out, and who explains it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from etl.reader.clauses import Outline
from etl.reader.instruments import Named
from etl.reader.issuers import Issuer, IssuerFinder
from etl.reader.subjects import Subject

_CUE = re.compile(
    r"(?:根据|依据|依照|遵照|遵循|按照|贯彻|落实|实施|执行|衔接|对接)(?:为|是|包括|贯彻|落实|实施|执行|好)*"
)
_CARRIED_OUT = ("贯彻", "落实", "实施", "执行", "衔接", "对接")
# Whose they are may stand between the word and the first title, and between two titles: 落实国家《…》和省委、省政府《…》.
_WHOSE = r"(?:[\u3400-\u9fff、]{0,24}?|[^，。；：《》\n]{0,8}?(?:中共中央|国务院)[^，。；：《》\n]{0,16}?)[ \n*]*"
_FIRST = re.compile(rf"了?{_WHOSE}[《〈“「]*$")
_NEXT = re.compile(
    rf"[》〉”」]*[ \n*]*(?:[（(][^（）()\n]{{1,40}}[）)][ \n*]*)*(?:[、，和与及]|以及)*{_WHOSE}[《〈“「]*"
)
# Who breaks a law is dealt with by it: the law is not what the text rests on.
_DEALT_WITH = re.compile(r"[》〉][^。；\n]{0,30}?(?:处罚|处理|追究|处分|予以|给予|惩处|责任)")
# What a text only cites: 根据《…》显示.
_CITED = re.compile(r"[》〉](?:[（(][^（）()\n]{1,40}[）)])?(?:显示|数据|统计|预测|测算|披露|介绍|报道|提出的)")
_BROUGHT_OUT = re.compile(
    r"(?:制定|制订|起草|印发|发布|出台|公布|形成|编制|研究提出|提出)了?(?:本|[^，。；《\n]{0,10}?[《〈])"
)
_SPOKESMEN = r"(?:有关|相关|主要)?(?:司局|部门|司)?(?:负责人|负责同志|发言人|新闻发言人)(?:[\u3400-\u9fff]{2,3})?"
_ON = re.compile(r"就(?:印发|出台|发布|修订|公布|实施)?了?[《〈]")
_ANSWERS = re.compile(rf"(?P<who>[^，。；：:《》\n]{{2,60}}?){_SPOKESMEN}(?:日前|近日|今日|\d+月\d+日)?$")
_ANSWERED = re.compile(
    r"[》〉](?:[（(][^（）()\n]{1,40}[）)])?[^，。；《》\n]{0,14}?(?:答记者问|答问|回答[^，。；\n]{0,6}提问|接受[^，。；\n]{0,12}(?:采访|专访)|(?:作出|进行)了?解读)"
)
# 关于修改〈X〉的决定 changes X; so does what a law's own line of changes names: 《…的决定》第二次修正.
_CHANGES = re.compile(
    r"关于(?:废止和)?(?:修改|修订|修正)(?:[《〈](?P<marked>[^《》〈〉]{3,60})[》〉]|(?P<plain>(?!部分|有关|若干|一批)[^《》〈〉、]{2,60}?(?:法|条例|规定|办法|细则))的决定$)"
)
_CHANGED_BY = re.compile(
    r"[》](?:第?[一二三四五六七八九十]+次)?(?:修订|修正|修改)[）)]?[ \u3000]*(?:根据)?[ \u3000]*(?:\n|$)"
)
_REACH, _MOST, _TELLING = 80, 8, 5


class PolicyTie(NamedTuple):
    """A tie of an instrument to another or to an authority."""

    property_id: str
    subject: Subject
    other: Issuer
    kind: str


class PolicyTies:
    """Reads the ties of the instruments of one document."""

    def __init__(self, outline: Outline, named: list[Named], issuers: IssuerFinder) -> None:
        self.outline = outline
        self.text = outline.text
        self.named = named
        self.starts = [place.start for place in named]
        self.issuers = issuers

    def rests(self, main: Subject) -> Iterator[PolicyTie]:
        """Yield what a document's own policy rests on or carries out; another that the sentence brings out, instead of it."""
        for cue in _CUE.finditer(self.text) if self.named else ():
            listed = list(self._listed(cue.end()))
            tied = "implements" if cue[0].startswith(_CARRIED_OUT) else "based_on"
            if not listed or self._is_no_ground(tied, listed[-1].end):
                continue
            subject = self._brought_out(listed[-1]) or main
            for place in listed:
                if place.title not in subject.name and subject.name not in place.title and len(place.title) >= _TELLING:
                    other = Issuer(place.start, place.end, place.title, None)
                    yield PolicyTie(tied, subject, other, "policy")

    def _is_no_ground(self, tied: str, end: int) -> bool:
        punishing = tied == "based_on" and _DEALT_WITH.match(self.text, end) is not None
        return punishing or _CITED.match(self.text, end) is not None

    def _listed(self, at: int) -> Iterator[Named]:
        """Yield the titles that are listed behind a position, the first not far from it."""
        index = bisect_left(self.starts, at)
        pattern, at = _FIRST, at
        for place in self.named[index : index + _MOST]:
            if place.start - at > _REACH or not re.fullmatch(pattern, self.text[at : place.start]):
                return
            yield place
            pattern, at = _NEXT, place.end

    def _brought_out(self, last: Named) -> Subject | None:
        """Return the title of what the same sentence says was made, after what it rests on."""
        _, stop = self.outline.sentence(last.end)
        index = bisect_left(self.starts, last.end)
        for place in self.named[index : index + 2]:
            if place.start > stop:
                break
            made = _BROUGHT_OUT.search(self.text, last.end, place.start)
            if made is not None and made.end() == place.start:
                return _subject(place)
        return None

    def changed(self, main: Subject | None) -> Iterator[PolicyTie]:
        """Yield what instruments change: by their titles, and the document's own law by the lines of its changes."""
        for place in self.named:
            inner = _CHANGES.search(place.title)
            laws = {inner["marked"] or inner["plain"]} if inner is not None else set()
            if main is not None and place.title != main.name and _CHANGED_BY.match(self.text, place.end):
                laws.add(main.name)
            for law in sorted(laws):
                yield PolicyTie("amends", _subject(place), Issuer(place.start, place.end, law, None), "policy")

    def explained(self) -> Iterator[PolicyTie]:
        """Yield whose spokesmen answer questions on an instrument: X负责人就《…》答记者问."""
        for on in _ON.finditer(self.text):
            index = bisect_left(self.starts, on.end())
            place = self.named[index] if index < len(self.named) else None
            if place is None or place.start != on.end() or not _ANSWERED.match(self.text, place.end):
                continue
            start = max(self.outline.clause(on.start())[0], on.start() - _REACH)
            asked = _ANSWERS.search(self.text, start, on.start())
            if asked is not None:
                for issuer in self.issuers.names(*asked.span("who")):
                    yield PolicyTie("interpreted_by", _subject(place), issuer, "organization")


def _subject(place: Named) -> Subject:
    return Subject(place.title, "policy", None, place.start, place.end)
