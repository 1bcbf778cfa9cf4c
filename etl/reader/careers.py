"""Careers: whom a person joins, serves, leads or leaves, as clauses tell it in passing."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.offices import OFFICE, TITLE, is_of_a_firm
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.ties import in_office, standing

_TRIGGERS = Triggers(
    {
        **dict.fromkeys(
            [
                "加入",
                "加盟",
                "入职",
                "跳槽到",
                "跳槽至",
                "跳槽",
                "重返",
                "空降",
                "回归",
                "离开",
                "进入",
                "退出",
            ],
            "joining",
        ),
        **dict.fromkeys(["就职于", "任职于", "供职于", "效力于", "执教于", "受雇于", "来自于"], "joining"),
        **dict.fromkeys(
            [
                "担任",
                "出任",
                "曾任",
                "现任",
                "就任",
                "履新",
                "获任",
                "升任",
                "接任",
                "接棒",
                "历任",
                "转任",
                "改任",
                "兼任",
                "任",
                "卸任",
                "辞去",
                "成为",
                "晋升为",
                "曾是",
                "聘为",
                "受聘为",
                "曾为",
            ],
            "serving",
        ),
        "来自": "coming",
        **dict.fromkeys(
            [
                "离职",
                "离任",
                "辞职",
                "工作",
                "任职",
                "就职",
                "供职",
                "任教",
                "效力",
                "实习",
                "解雇",
                "开除",
                "解职",
                "免职",
                "踢出",
                "赶出",
                "罢免",
                "辞退",
            ],
            "being",
        ),
        **dict.fromkeys(["领导", "掌舵", "执掌", "带领", "掌管", "掌门", "经营", "负责"], "leading"),
        **dict.fromkeys(["任命", "聘请", "聘任", "委任", "推选", "提拔"], "naming"),
        **dict.fromkeys(
            [
                "任务",
                "任何",
                "任意",
                "任由",
                "任期",
                "主任",
                "责任",
                "信任",
                "前任",
                "后任",
                "任凭",
                "继任者",
                "接任者",
                "连任",
                "留任",
                "时任",
                "委任书",
                "领导人",
                "领导者",
                "负责人",
                "领导力",
                "领导层",
                "前领导",
                "经营范围",
                "任性",
                "加入到",
            ],
            "",
        ),
    }
)
_MARKS = r"[ \n*_“「《”]*"
_KIND = r"(?:[A-Za-z\u3400-\u9fff]{0,10}?(?:公司|企业|巨头|机构|创企|初创|平台|大厂|对手|厂商|东家|孵化器|基金|实验室|组织))?"
_INTO = re.compile(rf"(?:过|了|到)?{_MARKS}(?:当时的|现在的)?{_KIND}{_MARKS}")
# Where a person goes or stays is told of a firm, not of what it holds or does.
_NOT_THE_FIRM = re.compile(
    r"[ \n*”」]*(?:公司|集团)?(?:的?(?:竞争|行列|阵营|生态|合作|名单|市场|总部|大楼|平台|战局|赛道|大战|旗下基金|会议室))"
)
_IN = re.compile(
    rf"(?:(?:在|于|从|自|为|向|到|去|赴){_MARKS}{_KIND}|(?:曾在|曾于|先后在)[^，。；\n]{{2,20}}?(?:和|与|以及)[^，。；\n和与]{{0,10}}?){_MARKS}$"
)
_AT_WORK = re.compile(
    rf"{_MARKS}(?:公司|集团)?(?:期间|内部|旗下|的[^，。；\n]{{1,10}})?(?:一起|共同)?(?:[^，。；\n]{{0,6}}年)?(?:[时的])?[ \n]*"
)
_TEAM = re.compile(r"[ \n*”]*[^，。；、\n的]{0,10}?(?:团队|公司|部门|研究院|实验室|事业部|集团|[，。；\n]|$)")
_PUSHED = re.compile(r"(?:被|遭|遭到|受到)[ \n*“]*$")
_OUT_OF = re.compile(rf"(?:了|出)?{_MARKS}{_KIND}{_MARKS}")
_AS = re.compile(rf"(?:作为|以)(?P<title>{TITLE})(?:的)?(?:身份)?[^，。；\n]{{0,4}}$")
_THEN = re.compile(
    rf"[^，。；\n]{{0,4}}?[，,]?[ \n]*(?:并且?)?(?:在[^，。；\n]{{1,6}})?(?:担任|出任|任|成为|负责)(?:过|了)?(?P<title>{TITLE})"
)
_TITLE = re.compile(rf"(?:过|了)?{_MARKS}(?:该公司|公司|其)?(?:的)?{_MARKS}(?P<title>{TITLE})")
# 在甲的领导下，X….
_UNDER = re.compile(r"下[，,]?[ \n*“「]*")
_WHOSE = re.compile(r"[ \n*”]*的?[ \n]*")
_LED = re.compile(rf"(?:的|过|了)(?:这家)?{_KIND}{_MARKS}")
_NAMED = re.compile(rf"{_MARKS}(?:为|担任|出任|成为|接任)(?:了|新的?|新一任)?")
_CONTRAST = re.compile(r"(?:与|和|对|把|将|被|向|给|为|让|使|据)[ \n*“]*$")
_HOW = re.compile(
    r"(?:等人?|博士|教授|院士|先生|女士|本人|离职后|毕业后|此前|近期|近日|日前|之前|曾经?|已经?|已|也|又|还|便|就|则|后来?|随后|先后|正式|宣布|选择|决定|同意|将|即将|会|重新|再次|临时|一度|最终|如今|目前|现在?|同时|正|于|在|从|自|当时|突然|主动|"
    r"(?:被|遭到?)(?:任命)?|受邀|应邀|(?:于|在|从|自)[^，。；\n]{2,18}|作为[^，。；\n]{2,12}|以[^，。；\n]{2,14}身份|[去今前当同次]年|[\d年月日底初中份]{2,11}|[（(][^（）()\n]{1,20}[）)]|[ \n*”_])*"
)
_SEVERAL = re.compile(
    rf"(?:了)?[^，。；\n]{{0,8}}?[两二三四五六七八九十几多数][名位]新?(?P<title>{OFFICE}|董事)(?:会成员)?[，,：:—](?:—)?(?:[他她]们)?(?:分别)?(?:是|为|包括|有)?"
)
# A person's name in a body's: 格林及奎恩基金会.
_NAMESAKE = re.compile(r"[^，。；、\n（(]{0,12}(?:基金会|学院|奖|实验室)")
_CLOSED = re.compile(r"[ \n*”]*(?:[，。；、：！）)（(]|$)")
# Whom a clause about a firm goes on to: 在X工作了十年的甲, 离开X的甲.
_RELATIVE = re.compile(r"(?:了|过)?[^，。；\n的]{0,8}的[\u3400-\u9fff]{0,6}[ \n*]*")
_FIRM_REACH, _PERSON_REACH, _LIST, _NAMED_REACH = 30, 70, 200, 44


# 甲宣布离开X并加入Y.
_LEFT_AND = re.compile(
    r"[^，。；\n]{0,8}?(?:离开|辞去|退出)了?[^，。；\n]{2,30}?(?:并|后|之后|转而)(?:又|正式|也|随即|宣布)*"
)


class CareerReader:
    """Reads what persons do, did or are to do in organizations."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the affiliations that the verbs of a range tell."""
        yield from _TRIGGERS.read_by(self, start, end)

    def _joining(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲加入X, 甲离开了X, 甲就职于X; the title that the clause or the next one gives."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        firm = self._object(stop, end, _INTO)
        if firm is None:
            return
        who = self._who(begin, at) or self._relative(begin, at, self.parties.end(firm))
        title = _AS.search(self.text, begin, at) or _THEN.match(self.text, firm.end, firm.end + _FIRM_REACH)
        yield from self._tied(who, firm, at, title["title"] if title else "")
        if self.text[at:stop].endswith("于"):
            for other in self.parties.group_after(self.parties.firms(firm.start, min(end, firm.end + _FIRM_REACH)))[1:]:
                yield from self._tied(who, other, at, "")

    def _coming(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲也来自X团队: said of somebody named at once before it."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        firm = self._object(stop, end, _INTO)
        if firm is None or not self.parties.persons(begin, at) or not _TEAM.match(self.text, self.parties.end(firm)):
            return
        yield from self._tied(self._who(begin, at), firm, at, "")

    def _serving(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲担任X的CEO, 甲在X任工程师, 甲出任首席科学家."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        firm = self._object(stop, end, _INTO)
        place = self.parties.end(firm) if firm is not None else stop
        match = _TITLE.match(self.text, place, min(end, place + _FIRM_REACH))
        if match is None or (self.text.startswith("成为", at) and not _CLOSED.match(self.text, match.end())):
            return
        if firm is None:
            firm = self._served(match.end()) or self._inside(begin, at)
            if firm is not None and not self.parties.persons(begin, at):
                yield from self._tied(self._who(begin, firm.start), firm, at, match["title"])
                return
            firm = firm or self._spoken_of(begin, at, match["title"])
        if firm is not None:
            who = self._who(begin, at) or self._entitled(begin, at, match.end())
            yield from self._tied(who, firm, at, match["title"])

    def _entitled(self, begin: int, at: int, end: int) -> list[Mention]:
        """Return who is named behind an office that a clause tells of them: 2021年接任X首席执行官的甲."""
        if not self.text.startswith("的", end) or self.parties.persons(begin, at):
            return []
        persons = self.parties.persons(end + 1, end + 1 + _FIRM_REACH, loose=False)[:1]
        return persons if persons and not self.text[end + 1 : persons[0].start].strip(" \n*“「") else []

    def _served(self, at: int) -> Mention | None:
        """Return the firm behind an office that is told of it: 甲担任首席科学家的X."""
        firms = self.parties.firms(at, at + _FIRM_REACH) if self.text.startswith("的", at) else []
        near = firms and not self.text[at + 1 : firms[0].start].strip(" \n*“「")
        return firms[0] if near else None

    def _being(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲在X工作, 甲从X离职, 甲被X解雇, X解雇了甲, X把甲踢出."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        firms = [m for m in self.parties.firms(begin, at) if m.kind == "organization" or self._is_in(m, at)]
        if firms and (self._is_in(firms[-1], at) or self._is_pushed(firms[-1], at)):
            group = self.parties.group_before(firms)
            who = self._who(begin, group[0].start) or self._relative(begin, at, stop)
            for firm in group:
                yield from self._tied(who, firm, at, "")
            return
        pushed = self._object(stop, end, _OUT_OF)
        if pushed is not None and _PUSHED.search(self.text, max(begin, at - 4), at):
            yield from self._tied(self._who(begin, at), pushed, at, "")
        elif firms and self.text[at:stop] in {"解雇", "开除", "解职", "踢出", "赶出", "罢免", "辞退"}:
            persons = self.parties.persons(firms[-1].end, min(end, stop + 16), loose=False)
            if persons and firms[-1].end <= at:
                yield from self._tied(persons[:1], firms[-1], at, "")

    def _leading(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲领导的X, X由甲领导."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        persons = self.parties.persons(begin, at)
        under = _UNDER.match(self.text, stop)
        if under is not None and persons and _WHOSE.fullmatch(self.text, self.parties.end(persons[-1]), at):
            led = self.parties.firms(under.end(), under.end() + 1 + _FIRM_REACH, loose=False)[:1]
            if led and led[0].start == under.end():
                yield from self._tied(persons[-1:], led[0], at, "")
            return
        group = self.parties.group_before(persons)
        group = self.parties.with_others(persons, group) if group else []
        firm = self._object(stop, end, _LED)
        if not persons and firm is not None and self.text[stop : stop + 1] != "的":
            yield from self._tied(self._who(begin, at), firm, at, "")
        if not group or not _HOW.fullmatch(self.text, self.parties.end(group[-1]), at):
            return
        if firm is None and "由" in self.text[max(begin, group[0].start - 12) : group[0].start]:
            firms = self.parties.firms(begin, group[0].start, loose=False)
            firm = firms[-1] if firms else self.parties.firm_spoken_of(begin)
        if firm is not None:
            yield from self._tied(group, firm, at, "")

    def _naming(self, at: int, stop: int) -> Iterator[Proposal]:
        """X任命甲为CEO, 甲被任命为X的CEO."""
        begin, end = self.parties.clause(at, _PERSON_REACH)
        several = _SEVERAL.match(self.text, stop)
        if several:
            yield from self._named(begin, at, several)
            return
        persons = self.parties.persons(stop, min(end, stop + _NAMED_REACH))
        place = self.parties.end(persons[0]) if persons else stop
        named = _NAMED.match(self.text, place)
        if named is None:
            return
        firm = self._object(named.end(), end, _INTO)
        title = _TITLE.match(self.text, firm.end if firm else named.end(), min(end, named.end() + _FIRM_REACH))
        if title is None:
            return
        # 甲被任命为: a firm named before is of another office of 甲's.
        firms = self.parties.firms(begin, at, loose=False) if persons else []
        firm = firm or (firms[-1] if firms else self.parties.firm_spoken_of(begin) or self.parties.main_firm)
        who = persons[:1] or self._who(begin, at)
        if firm is not None:
            yield from self._tied(who, firm, at, title["title"])

    def _named(self, begin: int, at: int, several: re.Match[str]) -> Iterator[Proposal]:
        """X任命了三名新董事，他们是甲、乙和丙."""
        _, finish = self.parties.outline.sentence(at)
        persons = self.parties.persons(several.end(), min(finish, several.end() + _LIST), loose=False)
        firms = self.parties.firms(begin, at, loose=False)
        firm = firms[-1] if firms else self.parties.firm_spoken_of(begin)
        persons = [m for m in persons if not _NAMESAKE.match(self.text, m.end)]
        if firm is not None:
            yield from self._tied(persons, firm, at, several["title"])

    def _object(self, stop: int, end: int, gap: re.Pattern[str]) -> Mention | None:
        """Return the firm that stands behind a verb, where nothing but its kind stands between."""
        firms = self.parties.firms(stop, min(end, stop + _FIRM_REACH))
        if not firms or not gap.fullmatch(self.text, stop, firms[0].start):
            return None
        while len(firms) > 1 and firms[1].start == firms[0].end:
            firms = firms[1:]
        return None if _NOT_THE_FIRM.match(self.text, self.parties.end(firms[0])) else firms[0]

    def _inside(self, begin: int, at: int) -> Mention | None:
        """Return the firm that a clause's 在 or 从 governs before a verb."""
        firms = self.parties.firms(begin, at)
        return next((m for m in reversed(firms) if self._is_in(m, at)), None)

    def _is_in(self, firm: Mention, at: int) -> bool:
        near = _IN.search(self.text, max(0, firm.start - 36), firm.start)
        return near is not None and _AT_WORK.fullmatch(self.text, self.parties.end(firm), at) is not None

    def _is_pushed(self, firm: Mention, at: int) -> bool:
        near = _PUSHED.search(self.text, max(0, firm.start - 4), firm.start)
        return near is not None and at - self.parties.end(firm) <= 4

    def _spoken_of(self, begin: int, at: int, title: str) -> Mention | None:
        """Return the firm that an office is of where the clause names none."""
        if not is_of_a_firm(title):
            return None
        sentence, _ = self.parties.outline.sentence(at)
        told = self.parties.firms(max(sentence, at - 80), begin, loose=False)
        return self.parties.firm_spoken_of(begin) if told else None

    def _who(self, begin: int, at: int) -> list[Mention]:
        """Return who does what a verb tells: the last person before it, else whom the text was speaking of."""
        persons = self.parties.persons(begin, at)
        if persons:
            group = self.parties.group_before(persons)
            end = self.parties.end(group[-1])
            near = _HOW.fullmatch(self.text, end, at) or _LEFT_AND.fullmatch(self.text, end, at)
            governed = _CONTRAST.search(self.text, max(0, group[0].start - 3), group[0].start)
            return group if near and not governed else []
        latter = self.text.startswith("后者", begin)
        spoken = (
            self.parties.person_spoken_of(begin, last=latter)
            if self.parties.leads(begin, at) or self._is_as(begin, at)
            else None
        )
        return [spoken] if spoken is not None else []

    def _relative(self, begin: int, at: int, stop: int) -> list[Mention]:
        """Return who is told by a clause before the name: 在X工作了十年的甲."""
        persons = self.parties.persons(stop, stop + 24)
        if not persons or self.parties.persons(begin, at):
            return []
        return persons[:1] if _RELATIVE.fullmatch(self.text, stop, persons[0].start) else []

    def _is_as(self, begin: int, at: int) -> bool:
        match = _AS.search(self.text, begin, at)
        return match is not None and self.parties.leads(begin, match.start())

    def _tied(self, persons: list[Mention], firm: Mention, at: int, title: str) -> Iterator[Proposal]:
        assertion = standing(self.text, at)
        if assertion is None:
            return
        for person in persons:
            yield from in_office(person, firm, title, assertion)
