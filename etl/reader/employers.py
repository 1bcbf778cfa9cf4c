"""Employers of persons whom nothing else places: what stands before a name tells whose officer somebody is."""

import re
from collections.abc import Iterator
from dataclasses import replace

import rjieba

from etl.reader.common_words import NOT_NAMES
from etl.reader.field_words import DESCRIBES
from etl.reader.mentions import Mention, clean
from etl.reader.offices import BARE, OFFICE, is_of_a_firm, is_of_several
from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.subjects import as_subject
from etl.reader.ties import in_office

_MORE = (
    r"(?:特使|特派员|幕僚长|发起人|召集人|检察官|参谋长|总干事|干事|策略师|交易员|律师|记者|编辑|大使|博士后|博士|助理|代表|会长|社长|行长|军官|市长|州长|省长|县长|大法官|法官|学者|导师|"
    r"评论员|经济学家|政策顾问|首席|掌舵人|带头人|牵头人|创造者|联席主席|成员|领袖|人物|专栏作家|作家|协调员|研究生|撰稿人|联合主席|操盘手|主播|主持人|制片人|导演|秘书)"
)
_MARKS = r"[ \n*_“「`]*"
_WORD = r"[^，。；：、！？\n“”（）()的了把被将在]"
_OFFICE = rf"(?P<title>(?:{_WORD}|、|\n){{0,16}}?(?:{OFFICE}|{_MORE})(?:之一)?)"
# 甲证券分析师乙; 某事务所的合伙人乙; 某大学（某科学院）计算机系教授乙.
_BETWEEN = re.compile(
    rf"[ \n*”」》]*(?![和与及、])(?:[\u3400-\u9fff]{{2,8}}?(?:办事处|分部|办公室|分公司|总部))?(?:(?:的|(?:专注于|负责|分管|主管)[^，。；：！？\n]{{2,16}}?的)?{_OFFICE}){_MARKS}",
    re.I,
)
# “某中心”副主席乙.
_QUOTED = re.compile(rf"[“「《](?P<org>[^“”「」《》，。；：\n]{{2,16}})[”」》]{_MARKS}(?:的)?{_OFFICE}{_MARKS}$", re.I)
# What a body's name ends in, where its form makes it known.
_BODY = (
    r"(?:国防军|军方|(?:委员|联合|协|学|商|基金|理事|工|参议|众议|董事)会|研究院|研究所|科学院|大学|学院|医院|法院|检察院|[^\W\d_a-zA-Z](?:部|局|署|厅|委)|银行|集团|公司|中心|联盟|实验室|政府|智库|办公室|议会|国会|"
    r"(?:[\u3400-\u9fff]{2}[促外台港民友]|[新发改])(?:会|办|委)(?=(?:新闻)?发言人|主席|主任|会长|秘书长)|组织|机构|证券|资本|基金|科技|协会|杂志|周刊|电视台|日报|时报)"
)
_IS_BODY = re.compile(_BODY)
# A firm's name may end in its field, where what stands before the field is no common word: 青梧电子负责人乙.
_FIELD_FIRM = re.compile(
    rf"(?P<org>(?P<own>[\u3400-\u9fff]{{2,6}})(?:投资|电子|智能|软件|信息|传媒|医药|生物|汽车|半导体|网络|咨询|文化|教育|能源|通信|机器人|微电子|光电|材料|动力|制药|医疗|影业|游戏|数据|云|创新|期货|律所))(?:的)?{_OFFICE}{_MARKS}$"
)
_NAMED = re.compile(rf"(?P<org>[\u3400-\u9fff]{{2,24}}{_BODY})(?:的)?{_OFFICE}{_MARKS}$")
# 某中心的乙·丙说: with no office, where a foreign name follows.
# 某大学计算机学院乙教授: the office behind the name.
_HONOURED = re.compile(
    r"[ \n*]*(?P<title>(?:副|助理|讲席|特聘)?教授|院士|研究员|博士|主任|老师|总裁|董事长|总经理|会长|秘书长|理事长|所长|院长)(?![\u3400-\u9fff]{0,2}(?:职称|学位|论文))"
)
_DEPARTMENT = re.compile(
    r"[ \n*]*(?:的)?(?:[\u3400-\u9fff]{2,14}?(?:学院|研究所|系|中心|实验室|研究院|学部|所|部|处))?(?:的)?[ \n*]*"
)
# An institute is a body of its own: 某院物理研究所乙教授.
_INSTITUTE_OF = re.compile(r"(?P<body>[\u3400-\u9fff]{2,14}?(?:研究所|研究院|实验室))(?:的)?[ \n*]*")
_OBSERVATORY = re.compile(
    rf"(?P<org>[\u3400-\u9fff]{{2,12}}(?:天文台|科学馆|博物馆|大学|学院|医院|研究所|研究院|实验室))(?:的)?{_MARKS}$"
)
# 青梧COO乙: who has officers is a firm, whatever its name.
_NAMELESS = re.compile(
    rf"(?:^|[、和与及：:（(”」]|[ \n]|包括|来自|作为)(?P<org>[\u3400-\u9fff]{{2,6}}|[A-Z][A-Za-z\d]{{1,14}})(?:的)?[ \n]?(?P<title>(?:联合|前|现任|原)?(?:CEO|COO|CTO|CFO|创始人|首席执行官|首席技术官|首席运营官|董事长|总裁|总经理)(?:兼(?:CEO|COO|CTO|董事长|总裁))?){_MARKS}$"
)
_NO_FIRM = re.compile(
    r".*(?:公司|企业|集团|机构|团队|品牌|平台|行业|业务|部门|前任|现任|时任|知名|著名|年轻|新任|历任|几位|多位|一位|两位|三位|这位|该|其|中国区|大中华区|亚太区|全球|区域|地区|事业群|事业部|产品|技术|联席|副|首席|执行|美国|中国|国内|海外|曾任|担任|出任)"
)
# 某地数字权利的高级顾问乙·丙: a body whose name has no form of its own.
_PLAIN_OF = re.compile(rf"(?P<org>[\u3400-\u9fff]{{4,12}})的{_OFFICE}{_MARKS}$")
_QUOTE = re.compile("[“”]")
_NO_BODY = re.compile(r"(?:领域|行业|方面|业界|学界|界|问题|业务|项目|团队|计划|产业|世界|全球|著名|知名)$")
_OF = re.compile(rf"(?P<org>[\u3400-\u9fff]{{2,16}}{_BODY})的{_MARKS}$")
# X分析师、某地乙说: adjoining what somebody says.
_SAYS = re.compile(
    r"[ \n*_]*(?:[（(][^（）()\n]{1,30}[）)])?[ \n]*(?:在[^，。；\n]{2,16}(?:中|上|时))?(?:表示|认为|称|指出|说|告诉|透露|预测|预计|写道|强调|补充)"
)
_STOPS = re.compile(
    r".*(?:[的了或对从把将向由等于跟]|其(?![他它中余])|以(?!色列)|[到至比并而但也都就又还让使令]|包括|以及|曾任|担任|出任|现任|组织|采访|邀请|任命|认识|遇到|据|根据|对此|随后|此前|同时|例如|其中|近日|日前|参加)(?=[\u3400-\u9fff]{3})",
    re.S,
)
# 某研究院科技与安全研究所 is one body; 甲和某研究所 are two.
_AND = re.compile(r".*[和与及](?=[\u3400-\u9fff]{3})", re.S)
_COMMON = re.compile(
    r"(?:另?一[位名个]|该|其|这家|一家|某|本|各|多家|两家|几家|前述|上述|相关|我国|美国|中国)?(?:公司|机构|组织|集团|政府|大学|学院|法院|银行|智库|实验室|中心|董事会|委员会|研究院|研究所|协会|科技公司|初创公司|科技)"
)
# 甲，某大学互联网研究所博士研究生，专注于…: what follows a name between commas.
_AFTER = re.compile(
    rf"[ \n*]*(?:[（(][^（）()\n]{{1,30}}[）)])?[，,][ \n*]*(?P<told>[^，。；：！？\n]{{2,40}}?(?:{OFFICE}|{_MORE}))(?=[，；。,]|[ \n]*$)"
)
_REST = re.compile(
    rf"[ \n*”」》]*(?:(?:公司|集团)?的)?(?P<title>[^，。；：！？\n的了]{{0,22}}?(?:{OFFICE}|{_MORE})(?:(?:兼|、|和|及)(?:{OFFICE}|{_MORE}))*)"
)
_INSTITUTE = re.compile(
    rf"(?:[\u3400-\u9fff]{{0,2}}国)?(?P<org>[\u3400-\u9fff]{{3,24}}{_BODY})(?:的)?[^，。；：！？\n的]{{0,8}}$"
)
# 包括首席财务官甲和全球业务执行副总裁乙: officers of the firm that the sentence speaks of.
_BARE = re.compile(
    rf"(?:^|包括|以及|[和与及、由])[ \n*]*(?P<title>(?:[^，。；：、的\n和与及包括]{{0,6}}?(?:业务|全球|地区|部门|事业部|事业群|产品|技术|法务|运营|战略|市场|财务|人力|研发|销售|营销|投资|政策))?{BARE}){_MARKS}$",
    re.I,
)
# 他是X的联合创始人; 她曾是前X研究员.
_APPOSED = re.compile(
    rf"[ \n*]*(?:——|—|，|,|[（(]|是|作为)[ \n]*(?:这家|该)(?:公司|机构|初创公司|企业|实验室)(?:的)?(?P<title>[^，。；：！？\n的了]{{0,14}}?{OFFICE}(?:兼{OFFICE})?)"
)
_HE_IS = re.compile(r"[他她](?:现在?|目前|曾经?|也|还|本)?(?:是|为)(?:一[名位])?(?:前|原)?[ \n*“]*$")
# Who sits in a chamber is of it: 某州共和党参议员甲.
_CHAMBER = re.compile(
    rf"(?:美国|[\u3400-\u9fff]{{2,7}}州)[^，。；：、\n]{{0,6}}?(?P<title>(?:民主党|共和党|独立)?(?P<seat>参|众)议[员院][^，。；：、\n]{{0,6}}?){_MARKS}$"
)
_JOINED = re.compile(r"[ \n*]*(?:[（(][^（）()\n]{1,30}[）)])?[ \n*]*(?:、|和|与|以及|及)[ \n*]*")
_CUT = re.compile(r"[。；：！？，,]|\n[ \t]*\n")
_REACH, _NEAR, _SHORTEST = 44, 12, 4
_OWN, _ACTS = 2, frozenset({"v", "vn", "d", "c", "p", "r", "m", "vd", "vi"})
_NAMED_KINDS = frozenset({"person", "organization"})
_CLOSES = frozenset({"", "，", "。", "；", ",", "、", "\n"})


def nameless_firm(lead: str) -> re.Match[str] | None:
    """Return the `org` and `title` that words before a name end in, where nothing but the office makes it a firm: 青梧COO."""
    match = _NAMELESS.search(lead)
    if match is None or _NO_FIRM.fullmatch(match["org"]) or match["org"] in NOT_NAMES:
        return None
    return None if any(tag in _ACTS for _, tag in rjieba.tag(match["org"])) else match


_APART = re.compile(r"[^在于到向从被对与跟]$|^$")


class EmployerReader:
    """Finds the organizations of persons by what stands before their names."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, persons: list[Mention]) -> Iterator[Proposal]:
        """Yield an affiliation of each person before whose name a clause tells whose officer he or she is."""
        last: Mention | None = None
        earlier: list[Proposal] = []
        for person in persons:
            begin = self._begin(person.start)
            # What stands before another's name tells of that one.
            others = [m.end for m in self.parties.mentions.within(begin, person.start) if m.kind == "person"]
            begin = others[-1] if others else begin
            told = self._known(person, begin) or self._unknown(person, begin)
            told = told or self._following(person) or self._spoken_of(person, begin)
            if not told and last is not None and _JOINED.fullmatch(self.text, self.parties.end(last), person.start):
                # 策略师甲和乙: such a title is of both.
                shared = [one for one in earlier if is_of_several(one.fields.get("role_title", ""))]
                told = [replace(one, subject=as_subject(person)) for one in shared]
            yield from told
            last, earlier = person, told

    def spoken(self, firms: list[Mention]) -> Iterator[Proposal]:
        """Yield what the one whom the text speaks of is in each firm: 他是X的联合创始人兼首席执行官."""
        for firm in firms:
            lead = _HE_IS.search(self.text, max(0, firm.start - _NEAR), firm.start)
            rest = _REST.match(self.text, self.parties.end(firm)) if lead else None
            if lead is None or rest is None or self.text[rest.end() : rest.end() + 1] not in _CLOSES:
                continue
            person = self.parties.person_spoken_of(lead.start())
            if person is not None:
                yield from in_office(person, firm, rest["title"])

    def apposed(self, persons: list[Mention]) -> Iterator[Proposal]:
        """Yield what a person is in the firm that the text speaks of: 甲——这家公司的联合创始人."""
        for person in persons:
            told = _APPOSED.match(self.text, self.parties.end(person))
            firm = self.parties.firm_spoken_of(person.start, last=True) if told else None
            if told is not None and firm is not None:
                yield from in_office(person, firm, told["title"])

    def _begin(self, at: int) -> int:
        floor = max(0, at - _REACH)
        cuts = [match.end() for match in _CUT.finditer(self.text, floor, at)]
        return cuts[-1] if cuts else floor

    def _known(self, person: Mention, begin: int) -> list[Proposal]:
        firms = [m for m in self.parties.mentions.within(begin, person.start) if is_firm(m)]
        if not firms:
            return []
        firm = firms[-1]
        honoured = _HONOURED.match(self.text, person.end)
        for whole in firms if honoured else ():
            if honoured and _DEPARTMENT.fullmatch(self.text, self.parties.end(whole), person.start):
                institute = _INSTITUTE_OF.fullmatch(self.text, self.parties.end(whole), person.start)
                body = self._body(whole.start, institute.end("body")) if institute else whole
                return [*in_office(person, body, honoured["title"])]
        match = _BETWEEN.fullmatch(self.text, self.parties.end(firm), person.start)
        if match is not None:
            return [*in_office(person, firm, match["title"])]
        # A name right behind a firm's is of the firm: 云帆集团乙.
        if (
            firm.kind == "organization"
            and self.parties.end(firm) == person.start
            and _APART.search(self.text, max(0, firm.start - 1), firm.start)
        ):
            return [*in_office(person, firm)]
        adjoins = firm.kind == "organization" and not self.text[self.parties.end(firm) : person.start].strip(" \n*")
        if adjoins and _SAYS.match(self.text, person.end):
            return [*in_office(person, firm)]
        return []

    def _following(self, person: Mention) -> list[Proposal]:
        """What stands between commas behind a name: a body, its department, and the office there."""
        match = _AFTER.match(self.text, person.end)
        if match is None:
            return []
        start, end = match.span("told")
        for firm in [m for m in self.parties.mentions.within(start, end) if is_firm(m)][:1]:
            rest = _REST.fullmatch(self.text, self.parties.end(firm), end)
            if rest is not None:
                return [*in_office(person, firm, rest["title"])]
        body = _INSTITUTE.match(match["told"])
        if body is None or _COMMON.fullmatch(body["org"]):
            return []
        whole = self._body(start + body.start("org"), start + body.end("org"))
        return [*in_office(person, whole, self.text[whole.end : end])]

    def _spoken_of(self, person: Mention, begin: int) -> list[Proposal]:
        """An officer of the firm that the sentence, or the text, speaks of; who sits in a chamber is of it."""
        lead = self.text[begin : person.start]
        chamber = _CHAMBER.search(lead)
        if chamber is not None:
            body = self._body(
                begin + chamber.start("title"), begin + chamber.end("title"), f"美国{chamber['seat']}议院"
            )
            return [*in_office(person, body, chamber["title"])]
        match = _BARE.search(lead)
        if match is None or not is_of_a_firm(match["title"]):
            return []
        sentence, _ = self.parties.outline.sentence(person.start)
        named = self.parties.firms(max(sentence, begin - 2 * _REACH), begin + match.start("title"), loose=False)
        firm = named[-1] if named else self.parties.firm_spoken_of(begin) or self.parties.main_firm
        return [*in_office(person, firm, match["title"])] if firm is not None else []

    def _unknown(self, person: Mention, begin: int) -> list[Proposal]:
        lead = self.text[begin : person.start]
        honoured = _HONOURED.match(self.text, person.end)
        hosted = _OBSERVATORY.search(lead) if honoured else None
        if honoured and hosted and not _COMMON.fullmatch(hosted["org"]):
            place = self._body(begin + hosted.start("org"), begin + hosted.end("org"))
            return [*in_office(person, place, honoured["title"])]
        match = _QUOTED.search(lead) or _NAMED.search(lead) or (_OF.search(lead) if "·" in person.name else None)
        if match is None:
            return (
                self._field_firm(person, begin, lead)
                or self._plain_body(person, begin, lead)
                or self._nameless(person, begin, lead)
            )
        start, end = match.span("org")
        stop = _STOPS.match(lead[start:end])
        start += stop.end() if stop else 0
        joined = _AND.match(lead[start:end])
        if joined and not _IS_BODY.search(joined[0]) and self._is_another(begin + start, begin + start + joined.end()):
            start += joined.end()
        if end - start < _SHORTEST or _COMMON.fullmatch(lead, start, end):
            return []
        return [*in_office(person, self._body(begin + start, begin + end), match.groupdict().get("title", ""))]

    def _field_firm(self, person: Mention, begin: int, lead: str) -> list[Proposal]:
        """An officer of a firm whose name ends in its field: 青梧电子负责人乙."""
        match = _FIELD_FIRM.search(lead)
        if match is None:
            return []
        start, end = match.span("org")
        stop = _STOPS.match(lead[start:end])
        start += stop.end() if stop else 0
        own = lead[start : match.end("own")]
        if len(own) < _OWN or DESCRIBES.fullmatch(own) or any(tag in _ACTS for _, tag in rjieba.tag(own)):
            return []
        return [*in_office(person, self._body(begin + start, begin + end), match["title"])]

    def _nameless(self, person: Mention, begin: int, lead: str) -> list[Proposal]:
        """An officer of what nothing but the office makes a firm: 青梧COO乙."""
        match = nameless_firm(lead)
        if match is None:
            return []
        start, end = match.span("org")
        return [*in_office(person, self._body(begin + start, begin + end), match["title"])]

    def _plain_body(self, person: Mention, begin: int, lead: str) -> list[Proposal]:
        """An officer with a foreign name of a body that only 的 parts from the office: 某地数字权利的高级顾问乙·丙."""
        match = _PLAIN_OF.fullmatch(_QUOTE.split(lead)[-1].lstrip(" \n*")) if "·" in person.name else None
        if match is None or _NO_BODY.search(match["org"]) or _COMMON.fullmatch(match["org"]):
            return []
        tags = [tag for _, tag in rjieba.tag(match["org"])]
        if len(tags) < _OWN or not all(tag[0] in "njb" or tag == "vn" for tag in tags):
            return []
        start = begin + lead.index(match["org"])
        return [*in_office(person, self._body(start, start + len(match["org"])), match["title"])]

    def _is_another(self, start: int, end: int) -> bool:
        """Tell whether what 和 ends is a name of its own, and no part of the body's: 甲和某研究所; 某州税务和收费机构."""
        named = self.parties.mentions.within(start, end)
        return end - start <= _SHORTEST + 1 or any(m.kind in _NAMED_KINDS for m in named)

    def _body(self, start: int, end: int, name: str = "") -> Mention:
        """Return the organization that a place names, or that its words stand for."""
        return Mention(start, end, "organization", name or clean(self.text[start:end]), None)
