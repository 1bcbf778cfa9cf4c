"""Schools: where somebody studied, as an affiliation of an alumnus: 甲毕业于某大学, 某大学博士甲, 攻读某大学的博士."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_TRIGGERS = Triggers(
    {
        **dict.fromkeys(["毕业于", "就读于", "本科就读于", "求学于", "考入", "考上", "保送", "师从"], "to"),
        **dict.fromkeys(["攻读", "获得", "取得", "拿到", "修完"], "degree"),
        "毕业": "from",
        **dict.fromkeys(["毕业后", "毕业设计", "毕业论文", "毕业季", "毕业证", "获得感"], ""),
    }
)
_SCHOOL = re.compile(
    r"大学|学院|中学|学校|理工|科大|University|Institute of Technology|College|清华|北大|哈佛|斯坦福|麻省|MIT|剑桥|牛津|耶鲁|交大|复旦|浙大"
)
_GAP = re.compile(r"[ \n*]*(?:了|过|上|进)?[ \n*“]*(?:[\u3400-\u9fff]{0,6}(?:名校|学府)[ \n]?)?")
_DEGREE = re.compile(r"[ \n*”]*(?:的|[\u3400-\u9fffA-Za-z]){0,16}?(?:博士|硕士|学士|本科|学位|MBA|PhD)")
_FROM = re.compile(
    r"[ \n*”]*(?:[\u3400-\u9fffA-Za-z]{0,14}?(?:系|专业|学院))?(?:的)?[ \n]?(?:本科|硕士|博士|研究生|本硕博?|MBA)?(?:生)?$"
)
_ALUMNUS = re.compile(r"(?:生|的)[ \n*]*$")
_TITLE = "毕业生"
_REACH, _BACK = 24, 60


class SchoolReader:
    """Reads where persons studied."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the schools that a range tells of persons."""
        yield from _TRIGGERS.read_by(self, start, end)

    def _to(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲毕业于某大学; 毕业于某大学的甲."""
        school = self._school_after(stop)
        if school is not None:
            yield from self._studied(self._person(at, self.parties.end(school)), school)

    def _degree(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲获得某大学的博士学位."""
        school = self._school_after(stop)
        if school is not None and _DEGREE.match(self.text, self.parties.end(school)):
            yield from self._studied(self._person(at, stop), school)

    def _from(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲从某大学博士毕业; 某大学硕士毕业生甲."""
        begin, _ = self.parties.clause(at, _BACK)
        schools = [m for m in self.parties.mentions.within(begin, at) if self._is_school(m)]
        if not schools or not _FROM.fullmatch(self.text, self.parties.end(schools[-1]), at):
            return
        behind = self.parties.persons(stop, stop + _REACH, loose=False)
        if behind and _ALUMNUS.fullmatch(self.text, stop, behind[0].start):
            yield from self._studied(behind[0], schools[-1])
        else:
            yield from self._studied(self._person(schools[-1].start, stop), schools[-1])

    def _studied(self, person: Mention | None, school: Mention) -> Iterator[Proposal]:
        if person is not None:
            yield tie("affiliation", person, school, title=_TITLE)

    def _school_after(self, stop: int) -> Mention | None:
        after = self.parties.mentions.within(stop, stop + _REACH)
        found = next((m for m in after if self._is_school(m)), None)
        return found if found is not None and _GAP.fullmatch(self.text, stop, found.start) else None

    def _is_school(self, mention: Mention) -> bool:
        return mention.kind == "organization" and _SCHOOL.search(mention.name) is not None

    def _person(self, at: int, stop: int) -> Mention | None:
        """Return who studied: named in the clause before the word, right behind the school, or spoken of."""
        begin, _ = self.parties.clause(at, _BACK)
        before = self.parties.persons(begin, at, loose=False)
        if before:
            return before[-1]
        behind = self.parties.persons(stop, stop + _REACH, loose=False)
        if behind and self.text[stop : behind[0].start].strip(" \n*") == "的":
            return behind[0]
        return self.parties.person_spoken_of(begin)
