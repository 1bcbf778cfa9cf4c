"""Persons: whose founder, officer or researcher somebody is, with the title as printed."""

import re
from collections.abc import Iterator

from etl.reader.clauses import Outline
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import sentence_before
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.subjects import as_subject

METHOD = "rule:persons@1"
_OFFICE = (
    r"(?:创始人|创办人|创始合伙人|合伙人|CEO|CTO|CFO|COO|CIO|CMO|首席[\u3400-\u9fff]{1,8}?(?:官|家|员|师)|董事长|理事长|董事|总裁|总经理|总监|经理|院长|所长|主任|主席|校长|部长|局长|厅长|司长|"
    r"处长|秘书长|书记|总书记|负责人|发言人|科学家|研究员|研究人员|工程师|分析师|教授|讲师|院士|博士生|顾问|总编辑|主编|主管|领导人|设计师|总统|总理|首相|国务卿|议员|专员|掌门人|老板|高管|产品官|架构师|"
    r"founder|president|chairman|director|chief [a-z]+ officer|researcher|scientist|spokesperson)"
)
_PREFIX = r"(?:联合|共同|前|原|时任|现任|首席|副|常务|执行|高级|资深|全球|中国区|大中华区|亚太区|大模型|人工智能|AI|技术|产品|研发|算法|战略|党组|兼|co-|former |vice )"
_JOIN = r"(?:[、，,及和兼与/ \n]|兼任)"
_TITLE = re.compile(
    rf"[ \n*_]*(?:[（(][^（）()\n]{{1,20}}[）)])?[）)]?[ \n]?(?:公司|集团|科技)?[ \n]?(?:的|，|,|'s )?[ \n]?(?P<title>(?:(?:{_PREFIX}[ \n]?)*[\u3400-\u9fff]{{0,10}}?{_OFFICE}{_JOIN}{{0,2}}){{1,4}})[ \n*_“「`]*",
    re.I,
)
_AFTER = re.compile(r"[ \n*_]*[（(，,]?[ \n]*(?:是|为|系|担任|出任|现任|曾任)?[ \n]*$")
_TITLE_AFTER = re.compile(
    rf"[ \n*_]*(?:的)?(?P<title>{_PREFIX}*[\u3400-\u9fff]{{0,10}}?{_OFFICE}(?:{_JOIN}{{1,2}}{_PREFIX}*[\u3400-\u9fff]{{0,6}}?{_OFFICE})*)",
    re.I,
)
_FOUNDER = re.compile(r"创始人|创办人|founder", re.I)
_PARTNER = re.compile(r"创始合伙人")
_OWN = re.compile(
    rf"(?:^|[，。；：！？\n*“]|其|公司|该公司|团队)[ \n*]*(?P<title>{_PREFIX}*(?:创始人|创办人)(?:{_JOIN}{{1,2}}{_PREFIX}*[\u3400-\u9fff]{{0,6}}?{_OFFICE})*)[ \n*_“「]*$",
    re.I,
)
_THAT_OFFICE = re.compile(
    rf"(?:该公司|这家公司|其)[ \n]?(?P<title>{_PREFIX}*[\u3400-\u9fff]{{0,8}}?{_OFFICE}(?:{_JOIN}{{1,2}}{_PREFIX}*[\u3400-\u9fff]{{0,6}}?{_OFFICE})*)[ \n*_“「]*$",
    re.I,
)
_STARTED = re.compile(
    r"[ \n*”]*(?:博士|教授|先生|等人)?[ \n*]*(?:带队|联合|共同|一手|亲自|于[^，。；\n]{2,12}|在[^，。；\n]{2,12})*(?:创办|创立|创建|成立)(?:了|的)?[^，。；\n]{0,12}?[ \n*“「]*"
)
_OWN_FIRM = re.compile(r"[^，。；\n]{0,14}?(?:自己的?|的|新)(?:AI|人工智能|大模型)?(?:新|创业|初创)*公司[ \n*“「]*")
_STOP = re.compile(r"[，。；：\n]")
_PASSED = frozenset({"topic", "technology", "industry", "product", "model", "place"})
_REACH, _LEAD = 36, 28
_BEFORE = 200


class PersonReader:
    """Reads what persons are to organizations."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions

    def read(self, items: list[Mention]) -> Iterator[Proposal]:
        """Yield affiliations and founders, from the names in the order of the text."""
        for index, person in enumerate(items):
            if person.kind != "person":
                continue
            before = _firm_before(items, index)
            after = items[index + 1] if index + 1 < len(items) else None
            if before is not None:
                yield from self._titled(before, person)
            yield from self._own_founder(person)
            if after is not None and after.kind == "organization":
                yield from self._serving(person, after)

    def _titled(self, firm: Mention, person: Mention) -> Iterator[Proposal]:
        """X首席执行官Y."""
        if person.start - firm.end > _REACH:
            return
        match = _TITLE.fullmatch(self.text, firm.end, person.start)
        if match:
            yield from self._both(firm, person, match["title"])

    def _serving(self, person: Mention, firm: Mention) -> Iterator[Proposal]:
        """Y，X首席执行官; Y创办了X; Y的新公司X."""
        if firm.start - person.end > _REACH:
            return
        if _AFTER.fullmatch(self.text, person.end, firm.start):
            match = _TITLE_AFTER.match(self.text, firm.end, firm.end + _REACH)
            if match and not self._leads_to_another(match.end()):
                yield from self._both(firm, person, match["title"])
        elif _STARTED.fullmatch(self.text, person.end, firm.start) or _OWN_FIRM.fullmatch(
            self.text, person.end, firm.start
        ):
            yield _relation("founded_by", firm, person, {})

    def _leads_to_another(self, at: int) -> bool:
        """Tell whether a title goes on to the name that it is of: Y，X教授、系统负责人Z."""
        stop = _STOP.search(self.text, at, at + _REACH)
        end = stop.start() if stop else at + _REACH
        return any(m.kind == "person" for m in self.mentions.within(at, end))

    def _own_founder(self, person: Mention) -> Iterator[Proposal]:
        """The founder of the firm that was just spoken of: 其创始人Y, 创始人兼CEO Y."""
        lead = self.text[max(0, person.start - _LEAD) : person.start]
        match = _OWN.search(lead) or _THAT_OFFICE.search(lead)
        if match is None:
            return
        at = person.start - len(lead) + match.start("title")
        firms = [m for m in self.mentions.within(max(0, at - _BEFORE), at) if m.kind == "organization"]
        begin, _ = self.outline.sentence(at)
        earlier = sentence_before(self.outline, at) or (0, 0)
        near = [m for m in firms if m.start >= earlier[0]]
        near = [m for m in near if acts(self.text, m)]
        opening = [m for m in near if m.start >= begin] or near
        if opening:
            # 该公司 is the firm named last; 其 and a bare title go on with what was spoken of.
            firm = opening[-1] if "该公司" in match[0] else opening[0]
            yield from self._both(firm, person, match["title"])

    def _both(self, firm: Mention, person: Mention, title: str) -> Iterator[Proposal]:
        title = re.sub(r"\s+", " ", title).strip(" 、，,及和兼与/*")
        if _FOUNDER.search(title):
            yield _relation("founded_by", firm, person, {})
        yield _relation("affiliation", person, firm, {"role_title": title})


def _firm_before(items: list[Mention], index: int) -> Mention | None:
    """Return the organization named before a person, fields and things of its own passed over."""
    for mention in reversed(items[max(0, index - 3) : index]):
        if mention.kind == "organization" or (mention.kind == "product" and mention is items[index - 1]):
            return mention
        if mention.kind not in _PASSED:
            return None
    return None


def _relation(property_id: str, subject: Mention, other: Mention, more: dict[str, str]) -> Proposal:
    fields = {
        "object_id": other.entity_id,
        "object_name": other.name,
        "object_type": other.kind,
        "assertion": "asserted",
        **more,
    }
    return Proposal("relation", property_id, other.start, other.end, as_subject(subject), METHOD, fields)
