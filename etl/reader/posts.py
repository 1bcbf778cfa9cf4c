"""Posts: whose officer somebody is, from the office itself, where the words around it are more than a title."""

import re
from collections.abc import Iterator, Mapping, Set

from etl.reader.mentions import Mention
from etl.reader.offices import JOIN, OFFICE, PREFIX, is_of_a_firm, is_of_several
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.ties import in_office, standing

_OFFICES = (
    "创始人 创办人 创始成员 合伙人 CEO CTO CFO COO CIO CMO CPO CSO 首席 董事长 理事长 董事 总裁 总经理 总监 经理 院长 所长 主任 主席 校长 "
    "秘书长 负责人 发言人 科学家 掌门人 老板 高管 执行长 技术长 财务长 营运长 委员 部长 局长 教授 分析师 工程师 研究员 主管 顾问"
)
_TRIGGERS = Triggers(dict.fromkeys(_OFFICES.split(), "office"))
_OFFICE = re.compile(rf"{OFFICE}(?:{JOIN}{{1,2}}(?:{PREFIX}[ \n]?)*{OFFICE}){{0,2}}(?:之一)?", re.I)
_LEAD = re.compile(rf"(?:{PREFIX}[ \n]?|新任|代理|荣誉|[两二三四五]位|一位)*$")
_MARKS = r"[ \n*_“「`]*"
# Who holds an office stands right behind it, behind another of his offices, or behind a colon or dash.
_BEHIND = re.compile(rf"(?:分别|将)?(?:是|为|由)?(?:——|[：:])?{_MARKS}|(?:、|兼|和)[^，。；：！？\n]{{2,26}}?{_MARKS}")
# 作为X的CEO，甲…; 担任X总裁时，甲….
_DUTY = re.compile(
    r"(?:作为|身为|担任|出任|曾任|现任|时任|就任|兼任|卸任|辞去|当选|成为|任|是|为)[^，。；：！？\n]{0,30}$"
)
_ENDS = re.compile(r"[ \n*”]*(?:的?(?:职务|职位|职责|身份|一职)|期间|时|后|以来|[，。；！？）)]|\n|$)")
_THEN = re.compile(r"[^，。；：！？\n]{0,10}，[ \n]*[^，。；：！？\n]{0,4}?$")
# Between a body and its office nothing else is done, and nobody is quoted or asked.
_BETWEEN = re.compile(r"[^，。；：！？\n]*(?:\n[^，。；：！？\n]+)?")
_DONE = re.compile(
    r"报道|采访|专访|援引|获悉|消息|讯|告诉|对话|会见|会晤|访问|合作|收购|起诉|批评|竞争|离开|加入|旗下(?=[A-Za-z\u3400-\u9fff])|前往|代表|邀请|与|和(?![^和]{0,3}$)"
)
# A list that 和 closes is whole; one that goes on may go on with another's officers.
_AND = re.compile("[和与及]")
# A clause that holds but a body and an office goes on with whose offices the sentence tells.
_ENDS_CLAUSE = re.compile(r"[ \n*]*(?:[，。；,]|$)")
_ALONE = re.compile(r"(?:以及|和|及|并|兼|前|原|[ \n*])*")
_OWN_OFFICE = re.compile(r"[ \n*]*(?:的)?[\u3400-\u9fff]{0,6}")
_IS_OFFICER = re.compile(rf"[ \n*#>]*[^，。；\n]{{2,30}}?(?:是|曾任|现任|担任|曾是)[^，。；\n]{{2,30}}?{OFFICE}[，,]")
_INSIDE = re.compile(r"[（(][^（）()]*$")
_BRACKET = re.compile(r"[（(][^（）()]{0,60}[）)]")
# How far a body, a firm's officer's body, any other's, a person and a duty stand from an office.
_FIRM_REACH, _FIRM_NEAR, _NEAR, _PERSON_REACH, _DUTY_REACH, _THEN_REACH, _BEFORE = 60, 26, 8, 34, 40, 44, 12


class PostReader:
    """Reads the offices that no reader of titles between two names has placed."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int, placed: Mapping[str, Set[str]]) -> Iterator[Proposal]:
        """Yield whose officers the offices of a range make whom; `placed` are the bodies that persons are tied to already."""
        after = start
        for _, at, _ in _TRIGGERS.within(self.text, start, end):
            office = _OFFICE.match(self.text, at, end) if at >= after else None
            if office is None:
                continue
            after = office.end()
            lead = _LEAD.search(self.text, max(start, at - _BEFORE), at)
            begin = lead.start() if lead else at
            title = self.text[begin:after]
            persons = [m for m in self._holders(begin, after) if m.name not in placed]
            firm = self._body(begin, title) if persons else None
            if not persons:
                persons, firm = self._also(begin, after)
            assertion = standing(self.text, begin)
            if firm is None or assertion is None:
                continue
            for person in persons:
                if firm.name not in placed.get(person.name, ()):
                    yield from in_office(person, firm, title, assertion)

    def _holders(self, begin: int, after: int) -> list[Mention]:
        """List who holds the office: named behind it, and with him where it is of several, else who serves in it."""
        persons = self.parties.persons(after, after + _PERSON_REACH, loose=False)
        if persons and _BEHIND.fullmatch(self.text, after, persons[0].start):
            group = self.parties.group_after(persons) if is_of_several(self.text[begin:after]) else persons[:1]
            whole = len(group) > 1 and _AND.search(self.text, self.parties.end(group[-2]), group[-1].start)
            return group if whole else persons[:1]
        serving = self._serving(begin, after)
        return [serving] if serving is not None else []

    def _also(self, begin: int, after: int) -> tuple[list[Mention], Mention | None]:
        """Return who is told to hold a further office, that a clause holds alone with its body: 甲是乙公司董事，丙公司顾问."""
        clause, _ = self.parties.outline.clause(begin)
        firms = self.parties.firms(clause, begin) if begin - clause <= _FIRM_REACH else []
        if len(firms) != 1 or not _ENDS_CLAUSE.match(self.text, after):
            return [], None
        alone = _ALONE.fullmatch(self.text, clause, firms[0].start)
        near = _OWN_OFFICE.fullmatch(self.text, self.parties.end(firms[0]), begin)
        sentence, _ = self.parties.outline.sentence(begin)
        if alone is None or near is None or sentence == clause:
            return [], None
        told = _IS_OFFICER.match(self.text, sentence, clause)
        holder = self.parties.persons(sentence, clause, loose=False)[:1] if told else []
        return holder, firms[0]

    def _serving(self, begin: int, after: int) -> Mention | None:
        """Return who is told to serve in an office, before it or at the head of what follows."""
        duty = _DUTY.search(self.text, max(0, begin - _DUTY_REACH), begin)
        if duty is None or not _ENDS.match(self.text, after):
            return None
        clause, _ = self.parties.clause(begin, _DUTY_REACH)
        before = self.parties.persons(clause, duty.start(), loose=False)
        if before:
            return before[-1]
        then = self.parties.persons(after, after + _THEN_REACH, loose=False)
        return then[0] if then and _THEN.fullmatch(self.text, after, then[0].start) else None

    def _body(self, begin: int, title: str) -> Mention | None:
        """Return what the office is of: the body named before it, else, of a firm's office, the firm spoken of."""
        clause, _ = self.parties.outline.clause(begin)
        named = self.parties.mentions.within(max(clause, begin - _FIRM_REACH), begin)
        named = [
            m for m in named if m.kind in {"organization", "person"} and not _INSIDE.search(self.text, clause, m.start)
        ]
        if named and named[-1].kind == "organization":
            between = _BRACKET.sub("", self.text[named[-1].end : begin])
            near = len(between) <= (_FIRM_NEAR if is_of_a_firm(title) else _NEAR)
            if near and _BETWEEN.fullmatch(between) and not _DONE.search(between):
                return named[-1]
            return None
        if not is_of_a_firm(title):
            return None
        sentence, _ = self.parties.outline.sentence(begin)
        named = [m for m in self.parties.mentions.within(sentence, begin) if m.kind == "organization"]
        alone = named[0] if len({m.name for m in named}) == 1 else None
        return alone or self.parties.firm_spoken_of(begin) or self.parties.main_firm
