"""Founders: who is told to have founded an organization, in whatever order the clause has them."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention, clean
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.ties import standing, tie

_FOUNDING = ("创立", "创办", "创建", "成立", "设立", "组建", "孵化")
_TRIGGERS = Triggers({"自己的": "own", **dict.fromkeys(_FOUNDING, "founding")})
_NOT_A_DEED = re.compile(
    r"于|以来|之初|之时|之后|初期|伊始|时|仅|不到|不足|至今|后|前|者|人(?!工)|以前|[一二三四五六七八九十\d]+(?:个月|年|周)|by "
)
# What may stand between who founds and the verb.
_HOW = re.compile(
    r"(?:等(?:人|联合创始人|多人|几人)?|博士|教授|院士|先生|女士|本人|[两二三四五六]人|[一二两三四五六]位|兄妹|兄弟|姐妹|姐弟|夫妇|夫妻|父子|父女|(?:、[\u3400-\u9fff·]{2,8}){0,3}和其他[一二两三四五六七八九十\d]+[人位名](?:人士|伙伴|成员)?|，?(?:以及|和|与)其他[^，。；\n]{0,8}?(?:创始人|人|成员|伙伴)|带队|带领|牵头|联合|共同|一手|亲自|独立|携手|正式|[^，。；\n]{0,8}?宣布|出资[^，。；\n]{0,16}?|又|还|也|便|就|曾经?|已经?|则|先后|后来?|随后|于是|领导的|的?团队|参与|"
    r"带着[^，。；\n]{1,24}?|[用以](?=[^，。；\n]{0,16}(?:元|资|金|钱|款))[^，。；\n]{1,18}?|离职|自己|一起|合伙|与人|跟人|和朋友|(?:于|在|从)[^，。；\n]{2,16}|[去今前当同]年|今年[\d]{1,2}月(?:份)?|[\d年月日底初中份]{2,11}|[ \n*”_])*"
)
_OBJECT = re.compile(r"(?:了|的|过|出)?[^，。；：]{0,24}?[ \n*“「_]*")
_OTHER_DEED = re.compile(r"发布|推出|宣布|表示|认为|说|成为|投资|收购|合作|加入|离开|担任|与|和|对|向|比|使用|采用")
_OWN_FIRM = re.compile(
    r"(?:(?:自己|亲手)?(?:的|创办的))[ \n]?(?:AI|人工智能|大模型|芯片|机器人|新|创业|初创|风投|风险投资|[ \n])*(?:公司|企业|创企)[ \n*“「]*"
    r"|[^，。；\n]{0,14}?(?:自己的?|的|新)[ \n]?(?:AI|人工智能|大模型|[ \n])*(?:新|创业|初创)[ \n]?(?:AI|人工智能|[ \n])*公司[ \n*“「]*"
)
_OF = re.compile(r"[^，。；\n]{0,2}的[^，。；：\n]{0,14}?[ \n*“「]*")
_IS = re.compile(r"[ \n*”]*(?:也|便|就|正)?(?:是|为|系)(?:由)?[ \n]*")
_NAMELY = re.compile(r"[ \n]*(?:即|是|这是)?(?:一家)?由")
# 由X前高管创立: a description stands for persons whom the text does not name.
_FORMER_STAFF = re.compile(
    r"(?P<who>的?(?:两名|多名|几名|数名|部分)?(?:前|原)[^，。；\n]{0,8}?(?:高管|成员|员工|研究员|研究人员|工程师|科学家|负责人|主管))(?:等人|们|共同|联合|团队|[ \n])*$"
)
_OF_ANOTHER = re.compile(r"的(?![^，。；\n]{0,6}(?:公司|企业))")
# 甲宣布成立芯片公司X: a firm founds one too, where it is said to be one.
_ANNOUNCED = re.compile(
    r"[ \n*”]*(?:公司|集团)?(?:[^，。；\n]{0,8}?宣布|正式|于[\d年月日 ]{4,12}|[\d年月日 ]{4,12})[ \n]*"
)
_A_FIRM = re.compile(
    r"了?(?:一家|全资|新的?|独立的?)*[\u3400-\u9fffA-Za-z]{0,8}(?:公司|企业|子公司)(?:名为)?[ \n*“「]*[A-Z\u3400-\u9fff]"
)
_HE_AND = re.compile(r"[他她][与和跟同][ \n]*$")
_FIRM_REACH, _PERSON_REACH = 36, 60


class FounderReader:
    """Reads who founded what."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the founders that a range of the text tells."""
        yield from _TRIGGERS.read_by(self, start, end)

    def beside(self, one: Mention, other: Mention) -> Iterator[Proposal]:
        """Yield the founder whose own firm stands behind the name: 甲的新公司X."""
        if one.kind != "person" or other.kind != "organization":
            return
        start = self.parties.end(one)
        if other.start - start <= _FIRM_REACH and _OWN_FIRM.fullmatch(self.text, start, other.start):
            yield tie("founded_by", other, one)

    def _own(self, at: int, stop: int) -> Iterator[Proposal]:
        """他宣布了自己的新公司X."""
        firms = self.parties.firms(stop, stop + _FIRM_REACH, loose=False)
        if not firms or not _OWN_FIRM.fullmatch(self.text, at, firms[0].start):
            return
        begin, _ = self.parties.clause(at, _PERSON_REACH)
        persons = self.parties.persons(begin, at)
        founder = persons[-1] if persons else self.parties.person_spoken_of(at)
        assertion = standing(self.text, at)
        if founder is not None and assertion is not None:
            yield tie("founded_by", firms[0], founder, assertion)

    def _founding(self, at: int, stop: int) -> Iterator[Proposal]:
        begin, end = self.parties.clause(at, _PERSON_REACH)
        dated = self.text[stop : stop + 1] == "于" and self._by(begin, at)
        if not dated and _NOT_A_DEED.match(self.text, stop):
            return
        if self.text[begin : begin + 1] in {"与", "和", "同"} or self.text.startswith("以及其他", begin):
            begin = max(self.parties.outline.sentence(at)[0], at - _PERSON_REACH)
        founders = self._founders(begin, at, stop)
        told_by = bool(founders) and self._by(begin, founders[0].start)
        firm = (self._before(begin, founders[0].start) or self._apposed(begin)) if told_by else None
        if firm is None and founders and self.text[stop : stop + 1] == "的":
            firm = self._copula(begin, founders[0].start)
        if firm is None and not (told_by and self.text[stop : stop + 1] != "的"):
            firm = self._after(stop, end)
        if firm is None and founders:
            firm = self._copula(begin, founders[0].start)
        # 由甲创立的公司 is a phrase of its own, but where it says what the text speaks of: 是由甲创立的.
        if firm is None and told_by and (self.text[stop : stop + 1] != "的" or _IS.match(self.text, begin)):
            firm = self.parties.firm_spoken_of(begin)
        if not founders and firm is not None and firm.start > at:
            founders = self._behind(at, begin, firm)
        assertion = standing(self.text, at)
        if firm is None or assertion is None:
            return
        for founder in founders:
            yield tie("founded_by", firm, founder, assertion)

    def _founders(self, begin: int, at: int, stop: int) -> list[Mention]:
        """Who founds: the persons listed last before the verb, else a firm that a deed is told to be by."""
        persons = self.parties.persons(begin, at)
        if persons:
            group = self.parties.group_before(persons)
            if _HOW.fullmatch(self.text, self.parties.end(group[-1]), at):
                return [*self._he(group[0]), *self.parties.with_others(persons, group)]
        firms = self.parties.firms(begin, at, loose=False)
        described = _FORMER_STAFF.search(self.text, self.parties.end(firms[-1]), at) if firms else None
        again = firms and self.text[max(begin, firms[-1].start - 1) : firms[-1].start].endswith("前")
        if described and not again and self._by(begin, firms[-1].start):
            start, end = firms[-1].start, described.end("who")
            return [Mention(start, end, "person", clean(self.text[start:end]), None)]
        if firms and acts(self.text, firms[-1]) and _ANNOUNCED.fullmatch(self.text, self.parties.end(firms[-1]), at):
            return firms[-1:] if _A_FIRM.match(self.text, stop) else []
        if firms and self._by(begin, firms[-1].start) and _HOW.fullmatch(self.text, self.parties.end(firms[-1]), at):
            return firms[-1:] if not self.text[max(begin, firms[-1].start - 1) : firms[-1].start].endswith("前") else []
        return []

    def _he(self, first: Mention) -> list[Mention]:
        """Return whom a pronoun before a list of founders means: 他与乙共同创立."""
        match = _HE_AND.search(self.text, max(0, first.start - 4), first.start)
        spoken = self.parties.person_spoken_of(match.start()) if match else None
        return [spoken] if spoken is not None and spoken.name != first.name else []

    def _by(self, begin: int, at: int) -> bool:
        return self.text.rfind("由", max(begin, at - 24), at) >= 0

    def _before(self, begin: int, at: int) -> Mention | None:
        firms = self.parties.firms(begin, self.text.rfind("由", begin, at), loose=False)
        return firms[-1] if firms else None

    def _apposed(self, begin: int) -> Mention | None:
        """What is founded, in the clause before: X，即由甲创立的交易所."""
        if not _NAMELY.match(self.text, begin):
            return None
        firms = self.parties.firms(max(0, begin - 30), begin)
        near = firms and not self.text[self.parties.end(firms[-1]) : begin].strip(" ，,*\n—")
        return firms[-1] if near else None

    def _after(self, stop: int, end: int) -> Mention | None:
        """What is founded, behind the verb: 创立了X, 创办的X, 成立一家名为X的公司."""
        firms = self.parties.firms(stop, min(end, stop + _FIRM_REACH))
        # 中国版X only likens.
        firms = [m for m in firms if self.text[m.start - 1] != "版"]
        if not firms or not _OBJECT.fullmatch(self.text, stop, firms[0].start):
            return None
        return None if _OTHER_DEED.search(self.text, stop, firms[0].start) else firms[0]

    def _copula(self, begin: int, at: int) -> Mention | None:
        """What is founded, before 是: X是甲创办的."""
        sentence, _ = self.parties.outline.sentence(at)
        firms = self.parties.firms(max(sentence, at - _PERSON_REACH), at)
        return next((m for m in firms if _IS.match(self.text, self.parties.end(m), at)), None)

    def _behind(self, at: int, begin: int, firm: Mention) -> list[Mention]:
        """Who founds, named behind what is founded or spoken of before: 创办了X的投资人甲, 随后创立了X."""
        persons = self.parties.persons(firm.end, firm.end + 24)
        if persons and not self.text[begin:at].strip(" \n*“") and _OF.fullmatch(self.text, firm.end, persons[0].start):
            return persons[:1]
        if _OF_ANOTHER.match(self.text, firm.end) or not self.parties.leads(begin, at):
            return []
        spoken = self.parties.person_spoken_of(begin)
        return [spoken] if spoken is not None else []
