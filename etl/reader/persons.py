"""Persons: whose founder, officer or researcher somebody is told to be beside the name, with the title as printed."""

import re
from collections.abc import Iterator

from etl.reader.employers import nameless_firm
from etl.reader.mentions import Mention
from etl.reader.nearby import sentence_before
from etl.reader.offices import BARE, JOIN, OFFICE, TITLE, is_counted, is_of_a_firm, is_of_several
from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.ties import in_office, tie

_MARKS = r"[ \n*_“「`（(]*"
_TO = r"(?:[（(][A-Z]{2,4}[）)])?[ \n*_“「`（(]*(?:——|[：:])?[ \n*_“「`]*"
_TITLE = re.compile(
    rf"[ \n*_]*(?:[（(][^（）()\n]{{1,20}}[）)])?[）)]?[ \n]?(?:公司|集团|科技)?[ \n]?(?P<of>的|，|,|['’]s |由|[及与和]其)?[ \n]?(?P<title>{TITLE})(?P<to>的)?{_TO}",
    re.I,
)
# More of what a person is may stand between the title and the name: X首席科学家、某模型的主要开发者甲.
_TITLE_MORE = re.compile(
    rf"[ \n*_]*(?:公司|集团)?(?P<of>的)?(?P<title>{TITLE})(?P<to>、)[^，。；：、！？\n]{{2,26}}", re.I
)
# 原X某业务的软件架构以及规控负责人甲: said to be of the firm's own, a title may be long.
_LONG_TITLE = re.compile(rf"(?P<title>[^，。；：！？]{{2,56}}?{OFFICE}(?:之一)?){_MARKS}")
_FORMERLY = re.compile(r"(?:原|前|时任|现任)[ \n*]*$")
# X的CEO是一位前Y员工甲.
_TITLE_IS = re.compile(
    rf"[ \n*_]*(?:公司|集团)?(?:的)?(?P<title>{TITLE})(?:是|为|系|包括)(?:[^，。；：]{{0,36}}?的)?(?:[前原][^，。；：的]{{2,16}})?{_MARKS}",
    re.I,
)
_IS = re.compile(r"[是为系]|包括")
# 作为X的CEO的甲: with 的 behind it a title is of the name only where a word says so.
_AS = re.compile(r"(?:作为|身为|担任|出任|曾任|时任)[ \n*]*$")
# 财政部长甲: the last word of a body's name is the first of its head's title.
_HEADED = frozenset("部局厅署司院所校社处")
_HEAD = re.compile(r"长[ \n*_“]*")
_AFTER = re.compile(r"[ \n*_]*[（(，,]?[ \n]*(?:[他她]?(?:现在?|目前)?(?:是|为|系)|作为|前|原)?[ \n]*")
_TITLE_AFTER = re.compile(rf"[ \n*_]*(?:公司|集团)?(?:的)?(?P<title>{TITLE})", re.I)
_OF = re.compile(
    r"[ \n*”」]*(?:[\u3400-\u9fffA-Za-z ]{0,12}?(?:团队|实验室|部门|研究组|课题组|项目组|事业部|小组))?[ \n]?的[ \n*“「]*|'s |’s "
)
_OWN = re.compile(
    rf"(?:(?:(?<!及)其|(?:该|这家)[\u3400-\u9fff]{{0,4}}?(?:公司|机构|组织|企业|部门|所|校)的?|自家的?|这(?=[几两三四五六]))[ \n*]*(?P<its>{TITLE})|(?:^|[，。；：！？\n*“”]|公司|团队)的?[ \n*]*(?P<title>{BARE}))(?:分别(?:是|为)|包括)?{_MARKS}$",
    re.I,
)
_OWN_BODY = re.compile(
    r"[\u3400-\u9fff]{2}(?:局|厅|署|院|所|委员会|公司|集团|大学|学院|中心|协会|银行)(?=[\u3400-\u9fff]{0,4}(?:长|主任|经理|总裁|教授|书记))"
)
_ITS_OFFICER = re.compile(rf"[ \n*]*(?:公司|集团)?的{TITLE}", re.I)
_NEXT = re.compile(rf"[ \n*_]*(?:{JOIN}|以及|and){{1,2}}[ \n*_]*(?P<title>{TITLE})?{_TO}", re.I)
_BEFORE_ANOTHER = re.compile(
    rf"[ \n*_]*(?:公司|集团)?(?:的)?(?P<title>{TITLE})(?:、|兼|暨|，|和|以及)[ \n]?(?:前|原|现任)?[ \n]*", re.I
)
_BESIDE = re.compile(r"(?<!学院)(?<![系所部处])(?<!中心)(?<!实验室)\*{0,6}")
_ACTS = re.compile(
    r"\*{0,3}[ ]?(?:(?:教授|博士|院士|研究员|老师)?(?:等人?)?(?:团队|课题组|组)|教授|博士|院士|发表|表示|认为|指出|介绍|透露|称|说|复盘|提出|宣布|回应|带队|主讲|分享)"
)
_FORMER = re.compile(r"前[ \n]?$")
_POINTING = ("该", "这家")
_STATE_OFFICE = re.compile(
    rf"(?P<title>(?:前|时任|现任|候任|当选)?副?(?:总统|总理|首相|国务卿|主席|国王|王储|亲王|[财外防]长|驻[\u3400-\u9fff]{{1,6}}大使|[\u3400-\u9fff]{{2,4}}部长|商务部长|[州省市县区]长|总督|(?!区|地区|市场|公司|分)[\u3400-\u9fff]{2, 4}(?:主管|大臣|检察长|司长|局长))){_MARKS}"
)
# 某国总统甲、防长乙以及国务卿丙: one state's.
_STATE_OFFICES = re.compile(
    rf"{_STATE_OFFICE.pattern}[^，。；：\n、和]{{2,12}}(?:(?:、|和|以及)(?:[\u3400-\u9fff]{{0,3}}长|国务卿|总理|副?总统)[^，。；：\n、和]{{2,12}}?){{0,3}}(?:、|和|以及)"
    + _STATE_OFFICE.pattern.replace("<title>", "<other>")
)
_STOP = re.compile(r"[，。；：\n）)]")
_PASSED = frozenset({"topic", "technology", "industry", "product", "model", "place"})
_REACH, _LEAD, _FAR = 36, 36, 70
_BEFORE, _GAP = 200, 2


class PersonReader:
    """Reads what persons are to organizations by the titles beside their names."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text
        self.mentions = parties.mentions

    def read(self, items: list[Mention]) -> Iterator[Proposal]:
        """Yield affiliations and founders, from the names in the order of the text."""
        told: tuple[list[Mention], str] = ([], "")
        last: Mention | None = None
        counted = False
        for index, person in enumerate(items):
            if person.kind != "person":
                continue
            firms, title = self._told(items, index)
            called, office = self._called(items, index)
            for firm in called:
                yield from in_office(person, firm, office)
            if called and not firms:
                firms, title = called, office
            if firms:
                # 四位创始人——甲、CEO乙: the count says that the others are founders too.
                counted = is_counted(title)
            elif last is not None:
                firms, title = self._goes_on(last, person, *told)
            for firm in firms:
                yield from in_office(person, firm, title, founding=counted)
                yield from self._other_offices(firm, person)
            if not firms:
                firms, title = self._of_whom_is_spoken(person)
                for firm in firms:
                    yield from in_office(person, firm, title)
            yield from self._serving(items, index)
            yield from self._of_state(person)
            told, last = (firms, title), person

    def _told(self, items: list[Mention], index: int) -> tuple[list[Mention], str]:
        """The organizations that are named before a person, and the title between: X首席执行官Y, X的Y."""
        person = items[index]
        before = _firm_before(items, index)
        if before is None or person.start - self.parties.end(before) > _FAR:
            return [], ""
        near = person.start - self.parties.end(before) <= _REACH
        match = _TITLE.fullmatch(self.text, before.end, person.start) if near else None
        match = match or (_TITLE_MORE.fullmatch(self.text, before.end, person.start) if near else None)
        before = self._whose(before, items) if match is not None else before
        if match is not None and (match["to"] != "的" or _AS.search(self.text, max(0, before.start - 3), before.start)):
            listed = self._listed(before, match["of"] == "的")
            if not listed and is_of_a_firm(match["title"]):
                listed = [before._replace(kind="organization")]  # a product whose firm is called by its name
            return listed, match["title"]
        if before.kind == "organization" and _FORMERLY.search(self.text, max(0, before.start - 4), before.start):
            match = _LONG_TITLE.fullmatch(self.text, before.end, person.start)
            if match is not None:
                return [before], match["title"]
        if not near or not is_firm(before):
            return [], ""
        if _OF.fullmatch(self.text, self.parties.end(before), person.start):
            return [before], ""
        if (
            before.kind == "organization"
            and _BESIDE.fullmatch(self.text, before.end, person.start)
            and _ACTS.match(self.text, person.end)
        ):
            return [before], ""  # 青禾大学甲团队; **X****甲**发表
        if before.name[-1] in _HEADED and _HEAD.fullmatch(self.text, before.end, person.start):
            return [before], before.name[-1] + "长"
        return [], ""

    def _whose(self, thing: Mention, items: list[Mention]) -> Mention:
        """Return the firm whose name stands right before that of its own thing: 甲 云平台副总裁."""
        if thing.kind != "product":
            return thing
        owners = [m for m in items if m.kind == "organization" and thing.start - _GAP <= m.end <= thing.start]
        return owners[-1] if owners and not self.text[owners[-1].end : thing.start].strip() else thing

    def _other_offices(self, firm: Mention, person: Mention) -> Iterator[Proposal]:
        """The office before the one that a name follows: X的合伙人、Y的董事甲."""
        earlier = [m for m in self.mentions.within(max(0, firm.start - _REACH), firm.start) if is_firm(m)]
        if earlier:
            match = _BEFORE_ANOTHER.fullmatch(self.text, self.parties.end(earlier[-1]), firm.start)
            if match:
                yield from in_office(person, earlier[-1], match["title"])

    def _listed(self, firm: Mention, shared: bool) -> list[Mention]:
        """The organizations that one title is of: A、B和C的首席执行官, 前A和B高管."""
        named = [m for m in self.mentions.within(max(0, firm.start - 60), firm.end) if is_firm(m)]
        group = self.parties.group_before(named)
        if len(group) > 1 and not shared and not _FORMER.search(self.text, max(0, group[0].start - 2), group[0].start):
            return [firm]
        return group

    def _goes_on(self, last: Mention, person: Mention, firms: list[Mention], title: str) -> tuple[list[Mention], str]:
        """Carry a firm on to those listed after its first person: 创始人甲、CEO乙和CTO丙."""
        start = self.parties.end(last)
        if not firms or person.start - start > _REACH:
            return [], ""
        match = _NEXT.fullmatch(self.text, start, person.start)
        if match is None:
            return [], ""
        if match["title"]:
            # 甲科技CEO乙、青梧COO丙: the second has a firm of his own.
            own = nameless_firm(self.text[start : person.start]) or _OWN_BODY.search(match["title"])
            return ([], "") if own else (firms, match["title"])
        if self._is_one_of_many(person):
            return [], ""
        return (firms, title) if is_of_several(title) else ([], "")

    def _is_one_of_many(self, person: Mention) -> bool:
        """Tell whether a list goes on with somebody of another firm, so that its first title is not of all."""
        after = self.mentions.within(person.end, person.end + _REACH)
        if len(after) < 2 or after[0].kind != "organization" or after[1].kind != "person":
            return False
        joined = self.text[self.parties.end(person) : after[0].start].strip(" \n*")
        return (
            joined in {"、", "，", "和", "与"} and _TITLE.fullmatch(self.text, after[0].end, after[1].start) is not None
        )

    def _serving(self, items: list[Mention], index: int) -> Iterator[Proposal]:
        """Y，X首席执行官; Y（X首席执行官）; Y是X的首席执行官."""
        person = items[index]
        firm = items[index + 1] if index + 1 < len(items) else None
        if firm is None or firm.kind != "organization" or firm.start - person.end > _REACH:
            return
        if not any(_AFTER.fullmatch(self.text, at, firm.start) for at in (person.end, self.parties.end(person))):
            return
        ends = (firm.end, self.parties.end(firm))
        match = next(filter(None, (_TITLE_AFTER.match(self.text, end, end + _REACH) for end in ends)), None)
        if match and not self._leads_to_another(match.end()):
            yield from in_office(person, firm, match["title"])

    def _of_state(self, person: Mention) -> Iterator[Proposal]:
        """The head or minister of a state: 某国总统甲."""
        states = [m for m in self.parties.every.within(max(0, person.start - _LEAD), person.start) if m.kind == "place"]
        for state in reversed(states):
            match = _STATE_OFFICE.fullmatch(self.text, state.end, person.start)
            match = match or _STATE_OFFICES.fullmatch(self.text, state.end, person.start)
            if match:
                yield tie("affiliation", person, state, title=match.groupdict().get("other") or match["title"])
                return

    def _called(self, items: list[Mention], index: int) -> tuple[list[Mention], str]:
        """X的CEO是甲, whatever else 甲 was between."""
        person = items[index]
        for firm in reversed(items[max(0, index - 3) : index]):
            near = firm.kind == "organization" and person.start - firm.end <= _FAR
            # Most have no such word between, which one look tells.
            if near and _IS.search(self.text, firm.end, person.start):
                match = _TITLE_IS.fullmatch(self.text, self.parties.end(firm), person.start)
                if match is not None:
                    return [firm], match["title"]
        return [], ""

    def _leads_to_another(self, at: int) -> bool:
        """Tell whether a title goes on to the name that it is of: Y，X教授、系统负责人Z."""
        stop = _STOP.search(self.text, at, at + _REACH)
        end = stop.start() if stop else at + _REACH
        return any(m.kind == "person" for m in self.mentions.within(at, end))

    def _of_whom_is_spoken(self, person: Mention) -> tuple[list[Mention], str]:
        """The firm that was just spoken of, where a person is called its officer: 其创始人Y, 创始人兼CEO Y."""
        lead = self.text[max(0, person.start - _LEAD) : person.start]
        match = _OWN.search(lead)
        if match is None or not (match["its"] or is_of_a_firm(match["title"])):
            return [], ""
        title = match["its"] or match["title"]
        at = person.start - len(lead) + match.start()
        firms = [m for m in self.mentions.within(max(0, at - _BEFORE), at) if m.kind == "organization"]
        begin, _ = self.parties.outline.sentence(at)
        earlier = sentence_before(self.parties.outline, at) or (0, 0)
        near = [m for m in firms if m.start >= earlier[0] and acts(self.text, m)]
        own = [m for m in firms if m.start >= begin]
        if match["title"] and len({m.name for m in own}) == 1:
            return own[:1], title  # 在X的会议上，首席执行官甲: the only one that the sentence names
        opening = [m for m in near if m.start >= begin] or near
        if not opening:
            # X的CEO…。该公司: a sentence that opens with a firm speaks of it.
            opening = [m for m in firms if self._opens(m.start - 1) and _ITS_OFFICER.match(self.text, m.end)][-1:]
        if not opening and self._opens(at) and match["title"] and self.parties.main_firm is not None:
            opening = [self.parties.main_firm]
        if not opening and match[0].startswith(_POINTING):
            pointed = self.parties.firm_spoken_of(at, last=True)
            opening = [pointed] if pointed is not None else []
        if not opening:
            return [], ""
        # 该公司 is the firm named last; 其 and a bare title go on with what was spoken of.
        return [opening[-1] if match[0].startswith(_POINTING) else opening[0]], title

    def _opens(self, at: int) -> bool:
        """Tell whether a sentence begins at a position, so that a bare title is of whom the whole text is about."""
        begin, _ = self.parties.outline.sentence(at + 1)
        return not self.text[begin : at + 1].strip(" \n*“”。！？")


def _firm_before(items: list[Mention], index: int) -> Mention | None:
    """Return the organization named before a person, fields and things of its own passed over."""
    for mention in reversed(items[max(0, index - 3) : index]):
        if mention.kind == "organization" or (mention.kind == "product" and mention is items[index - 1]):
            return mention
        if mention.kind not in _PASSED:
            return None
    return None
