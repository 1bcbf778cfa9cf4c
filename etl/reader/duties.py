"""Duties: all the offices that a sentence says one person holds: 他是云帆和青梧的董事，并担任石榴研究院的顾问."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention, clean
from etl.reader.offices import JOIN, OFFICE
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.ties import in_office

_MARKS = r"[ \n*_“”「」`]*"
_HOLDS = "是 担任 出任 兼任 现任 曾任 历任 就任 升任 任职 任 领导 执掌"
# Longer words that hold one of these, and tell of no office held.
_OTHERWISE = "不是 任何 任务 任命 信任 责任 主任 任期 委任 但是 只是 于是 总是 还是说 就是说 也就是 任意 领导人 领导者 领导力 领导层 领导下 连任 聘任 是否 是不是 前任 离任 卸任 辞任 可是 正是"
_TRIGGERS = Triggers({**dict.fromkeys(_HOLDS.split(), "holds"), **dict.fromkeys(_OTHERWISE.split(), "")})
# Who holds an office stands before the verb, with no more between than when and how.
_SO = r"(?:现在?|目前|如今|曾经?|此前|之前|后来|随后|也|还|同时|并且?|且|又|则|都|本人|先后|一直|[\d年月日起至到\- ]{2,16}|[（(][^（）()\n]{1,40}[）)]|，|,)*"
_WHO = re.compile(rf"{_MARKS}{_SO}{_MARKS}$")
_PRONOUN = re.compile(rf"(?:^|[，。；：！？\n*“])[ \n*]*[他她]{_SO}$")
_NOBODY = re.compile(rf"[ \n*]*{_SO}$")
# A bare 是 that opens a clause need not be of a person.
_COPULA = frozenset({"是"})
_HE = re.compile(r"[ \n*“]*[他她](?!们)")
_LEAD = rf"{_MARKS}(?:一[位名个])?(?:前|原|时任)?(?:[^，。；：、！？\n]{{2,26}}?旗下的?(?:[\u3400-\u9fff]{{0,8}}?(?:公司|机构|基金|企业|平台|品牌|实验室))?|[^，。；：！？\n]{{2,24}}?(?:公司|机构|组织|企业|平台|实验室|基金)(?=[A-Z]))?{_MARKS}"
_ANY_OFFICE = rf"(?:{OFFICE}|理事(?!会)|监事(?!会)|委员(?!会)|会员|代表|秘书|导师|博士后|幕僚长|参谋长|记者|主播|编辑|律师|研究生|学者)"
_TITLE = re.compile(
    rf"{_MARKS}(?:的|旗下的?)?(?P<title>(?:[^，。；：、！？\n的]{{2,16}}的)?(?:(?!以及|并|曾|包括)[^，。；：、！？\n和与及了]){{0,16}}?{_ANY_OFFICE}(?:{JOIN}{{1,2}}(?:(?!的|院|所|公司|集团|大学|协会|中心|委员会|基金)[\u3400-\u9fffA-Z]){{0,8}}?{_ANY_OFFICE}){{0,3}}(?:之一)?)"
    rf"(?={_MARKS}(?:[，。；、,;）)（(]|和|及|与|以及|兼|$|一?职|期间|时|等|\n))",
    re.I,
)
_NEXT = re.compile(
    rf"{_MARKS}(?:一职)?(?:[，,、]|和|及|与|以及|兼|并且?|[ \n]){{0,3}}{_SO}(?:(?:担任|出任|兼任|现任|曾任|历任|任|是|为)(?:了|过)?)?{_LEAD}"
)
_AND = re.compile(rf"{_MARKS}(?:、|和|与|及|以及|,|&|and){_MARKS}")
# A body that no list holds, by what its name ends in.
_BODY = re.compile(
    r"(?:[A-Z][A-Za-z]+[ ]?|[\u3400-\u9fff]|[ ](?=[A-Z])|(?<=[A-Za-z])[ ])(?:(?!的|和|与|及|以及|担任|并|、)[\u3400-\u9fffA-Za-z ]){1,22}?"
    r"(?:委员会|研究院|研究所|实验室|研究中心|中心|协会|学会|联盟|基金会|大学|学院|机构|公司|集团|银行|办公室|理事会|董事会|智库|俱乐部|商会)(?=的|[\u3400-\u9fff]{0,6}(?:主席|主任|委员|院长|理事|教授|顾问|成员|董事|总裁|所长|会长|秘书长))"
)
_REACH, _BACK, _MOST = 60, 40, 8


class DutyReader:
    """Reads the offices of one person that a sentence lists."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the affiliations that the verbs of holding an office tell in a range."""
        for _, at, stop in _TRIGGERS.within(self.text, start, end):
            person = self._holder(at, stop)
            if person is not None:
                yield from self._held(person, stop)

    def _holder(self, at: int, stop: int) -> Mention | None:
        """Return who holds what follows: named before the verb, or meant by a pronoun, or spoken of."""
        begin, _ = self.parties.outline.clause(at)
        sentence, _ = self.parties.outline.sentence(at)
        before = self.parties.persons(max(sentence, at - _BACK), at)
        if before and _WHO.fullmatch(self.text, self.parties.end(before[-1]), at):
            return before[-1]
        if before and before[-1].start >= begin:
            return None
        if _PRONOUN.search(self.text, max(0, begin - 1), at):
            return self.parties.person_spoken_of(begin)
        verb = self.text[at:stop]
        if verb in _COPULA and begin == at and begin > sentence:
            # 他是科学家，是云帆的创始人: of whom the sentence began with.
            opening = self.parties.persons(sentence, begin)[:1]
            if _HE.match(self.text, sentence):
                return self.parties.person_spoken_of(sentence)
            return opening[0] if opening and not self.text[sentence : opening[0].start].strip(" \n*“") else None
        if verb not in _COPULA and _NOBODY.fullmatch(self.text, begin, at):
            opens = before and not self.text[sentence : before[0].start].strip(" \n*“")
            return before[0] if opens else self.parties.person_spoken_of(begin)
        return None

    def _held(self, person: Mention, at: int) -> Iterator[Proposal]:
        _, finish = self.parties.outline.sentence(at)
        for _ in range(_MOST):
            lead = _NEXT.match(self.text, at, finish)
            at = lead.end() if lead else at
            bodies = self._bodies(at, min(finish, at + _REACH))
            if not bodies:
                return
            known = bodies[-1] in self.parties.mentions.within(at, bodies[-1].end)
            title = _TITLE.match(self.text, self.parties.end(bodies[-1]) if known else bodies[-1].end, finish)
            if title is None:
                return
            for body in bodies:
                yield from in_office(person, body, title["title"])
            at = title.end()

    def _bodies(self, at: int, end: int) -> list[Mention]:
        """List the bodies that stand at a place, joined by 和."""
        found = _BODY.match(self.text, at, end)
        named = self.parties.firms(at, end)
        if named and named[0].start == at:
            longer = (
                found is not None
                and found.end() > named[0].end
                and not _AND.search(self.text, named[0].end, found.end())
            )
            if not longer:
                group = named[:1]
                for other in named[1:]:
                    if not _AND.fullmatch(self.text, self.parties.end(group[-1]), other.start):
                        break
                    group.append(other)
                return group
        return [Mention(found.start(), found.end(), "organization", clean(found[0]), None)] if found else []
