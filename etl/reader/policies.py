"""Policies by title: issuers, level, place, number and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from etl.reader.clauses import Outline
from etl.reader.mentions import Mentions
from etl.reader.names import titles
from etl.reader.proposals import Proposal
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject

METHOD = "rule:policies@1"
_SUFFIX = (
    r"(?:法|法案|草案|法律|条例|條例|办法|辦法|规定|規定|规则|意见|意見|方案|计划|計劃|规划|規劃|通知|措施|举措|政策|指南|细则|标准|规范|纲要|決定|决定|命令|行政令|倡议|战略|戰略|"
    r"准则|原则|白皮书|白皮書|宣言|公约|公告|指引|要求|清单|框架|声明|协定|章程|行动|目录|体系|守则|备忘录|指导|指令|十条|条)"
)
_POLICY = re.compile(rf"{_SUFFIX}(?:[（(][^）)]{{1,20}}[）)])*$|(?:Act|Order|Bill|Plan|Strategy|Regulation|Law)$|^关于")
_NOT_POLICY = re.compile(
    r"^(?:.*(?:日报|晚报|时报|周刊|杂志|新闻|财经|报告|研究|论文|小说|电影|纪事|邮报|卫报|经济学人))$"
)
_ISSUER_TAIL = re.compile(
    r"(?P<who>(?:[\u3400-\u9fff]{2,24}?(?:国务院|政府|办公厅|办公室|委员会|部|委|局|厅|署|网信办|工信部|发改委|科技部|议会|理事会|欧盟|白宫|总统|法院|常委会|中央|院|会|办|市|省)"
    r"(?:等)?(?:[一二三四五六七八九十\d]+个?)?(?:部门|部委|单位|机构)?(?:、|和|与|及)?)+)"
)
_ISSUED = re.compile(
    r"(?:正式|联合|共同|近日|日前|首次|对外|公开|已|起草|研究|了|并)*(?:印发|发布|發布|出台|公布|颁布|施行|实施|通过|签署|提出|制定了?|审议|下发|起草|推出|达成|宣布|就)"
)
_IN_FORCE = re.compile(r"起?(?:正式)?(?:施行|实施|生效)")
_NUMBER = re.compile(
    r"[\u3400-\u9fff]{1,12}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\d+\s?号|第\s?\d+\s?号(?:令|公告)?"
)
_PLACE_LEVEL = {
    "country": "national",
    "province": "provincial",
    "city": "municipal",
    "region": "supranational",
    "district": "municipal",
}


# The head of a policy's own text names it without marks: a line of its own that ends as instruments do.
_HEADING = re.compile(
    r"(?m)^[ \t\u3000#*]*(?P<title>(?:[\u3400-\u9fff\dA-Z“”\"+、·—\-]|[（(][^）)\n]{1,24}[）)]|\n(?=[\u3400-\u9fff])){6,80}?(?:法|条例|办法|规定|意见|方案|计划|规划|措施|指南|细则|规范|纲要|决定|政策)(?:[（(][^）)\n]{1,24}[）)])?)[ \t\u3000*]*$"
)
_HEADING_LEAD = re.compile(
    r"[\u3400-\u9fff]{2,24}?(?:(?:政府|办公厅|办公室|委员会|委|局|厅|部|署|院)(?=关于)|(?:发布|印发|出台|公布)(?!会))"
)
_LEAD_ISSUER = re.compile(
    r"[ \t\u3000#*]*(?P<who>[\u3400-\u9fff]{2,24}?)(?:关于)?(?:印发|发布|公布|出台)?[ \n]*[《〈]?"
)
_OWN_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文机构|发布单位|制定机关|公布机关|发布部门)[：:]\s*(?P<who>[^\s；;，,。|]{2,30})"
)
_OWN_ISSUED = re.compile(
    r"(?:成文日期|生成日期|发文日期|印发日期|发布日期|公布日期)[：:]\s*[^\s；;|]{6,12}|[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[^）)\n]{0,40}(?:公布|通过|发布)[）)]"
)
_OWN_FORCE = re.compile(r"自[^，。；\n]{4,16}起(?:正式)?(?:施行|实施|执行|生效)")
_OWN_EXPIRY = re.compile(
    r"有效期[^，。；\n]{0,12}(?:至|到)[^，。；\n]{6,12}|实施期限[^。；\n]{0,30}(?:至|到)[^，。；\n]{6,12}"
)
_SIGN_OFF = re.compile(
    r"(?m)^[ \t\u3000]*(?P<who>[\u3400-\u9fff]{2,20}(?:政府|办公厅|办公室|委员会|委|局|厅|部|署|院|中心))[ \t\u3000]*\n+[ \t\u3000]*(?P<when>(?:19|20)\d\d\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)[ \t\u3000]*$"
)
_DEED = re.compile(
    r"(?P<adopted>通过|批准|表决)|(?P<agreed>达成)|(?P<in_force>生效|施行|实施(?!方案|细则|意见)|适用)|(?P<comment_deadline>反馈|截止)|(?P<expired>失效|废止|有效期)"
    r"|(?P<issued>公布|发布|印发|出台|签署|颁布|制定)|(?P<proposed>提出|提案)"
)
_TOP = 600


@dataclass(slots=True)
class Policy:
    """A policy that a document names."""

    title: str
    start: int
    end: int
    short: bool = False


class PolicyReader:
    """Reads the policies of one document."""

    def __init__(self, outline: Outline, mentions: Mentions, scope: ScopeFinder) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.scope = scope

    def find(self) -> list[Policy]:
        """List the policies named by title, each once, short forms left to their long ones."""
        found: dict[str, Policy] = {}
        for start, end in self._headings():
            plain = re.sub(r"\s+", "", self.text[start:end])
            if _POLICY.search(plain) and not _NOT_POLICY.match(plain) and len(plain) > 5:
                found.setdefault(plain, Policy(plain, start, end))
                break
        for start, end, title in titles(self.text):
            plain = re.sub(r"\s+", "", title)
            if not _POLICY.search(plain) or _NOT_POLICY.match(plain):
                continue
            if plain not in found:
                found[plain] = Policy(plain, start, end)
        names = list(found)
        for name in names:
            longer = [other for other in names if other != name and len(name) <= 8 and _is_short(name, other)]
            if longer:
                found[name].short = True
        return [policy for policy in found.values() if not policy.short or len(policy.title) > 4]

    def _headings(self) -> Iterator[tuple[int, int]]:
        """Yield the titles that stand without marks in lines of their own at the text's head, their issuer left out."""
        for match in _HEADING.finditer(self.text, 0, _TOP):
            start, end = match.span("title")
            lead = _HEADING_LEAD.match(self.text, start, end)
            yield (lead.end() if lead else start), end

    def deeds(self, main: Subject) -> Iterator[Proposal]:
        """Yield what befell the policy that a document is about, or the one its sentence names, where the document dates it."""
        seen: set[tuple[str, str, str]] = set()
        named = [(start, end, re.sub(r"\s+", "", title)) for start, end, title in titles(self.text)]
        for date in self.scope.dates:
            if not date.value.date:
                continue
            clause = self.outline.clause(date.start)
            verb = _DEED.search(self.text, date.end, min(clause[1], date.end + 40)) or _DEED.search(
                self.text, clause[0], date.start
            )
            if verb is None:
                continue
            begin, end = self.outline.sentence(date.start)
            inside = [place for place in named if begin <= place[0] < end and _POLICY.search(place[2])]
            subject = Subject(inside[-1][2], "policy", None, inside[-1][0], inside[-1][1]) if inside else main
            mark = (str(verb.lastgroup), subject.name, date.value.date)
            if mark not in seen:
                seen.add(mark)
                yield self._event(subject, str(verb.lastgroup), date)

    def _own(self, policy: Policy) -> Iterator[Proposal]:
        """Yield who issued the document's own policy and when, from its head, its sign-off and its last articles."""
        subject = Subject(policy.title, "policy", None, policy.start, policy.end)
        line = self.text.rfind("\n", 0, policy.start) + 1
        lead = _LEAD_ISSUER.fullmatch(self.text, line, policy.start)
        if lead:
            yield self._relation(subject, lead.start("who"), lead.end("who"), lead["who"], None)
        for match in _OWN_ISSUER.finditer(self.text):
            yield self._relation(subject, match.start("who"), match.end("who"), match["who"], None)
        for match in _SIGN_OFF.finditer(self.text):
            dates = self.scope.dates_within(match.start("when"), match.end())
            if dates and dates[0].value.date:
                yield self._event(subject, "issued", dates[0])
                yield self._relation(subject, match.start("who"), match.end("who"), match["who"], None)
        for pattern, event in ((_OWN_ISSUED, "issued"), (_OWN_FORCE, "in_force"), (_OWN_EXPIRY, "expired")):
            for match in pattern.finditer(self.text):
                dates = self.scope.dates_within(match.start(), match.end() + 1)
                if dates and dates[0].value.date:
                    yield self._event(subject, event, dates[-1] if event == "expired" else dates[0])

    def read(self, policies: list[Policy]) -> Iterator[Proposal]:
        """Yield each policy, then its issuers, dates and number."""
        for policy in policies[:1]:
            if policy.start < _TOP:
                yield from self._own(policy)
        for policy in policies:
            subject = Subject(policy.title, "policy", None, policy.start, policy.end)
            yield Proposal(
                "policy",
                "policy",
                policy.start,
                policy.end,
                subject,
                METHOD,
                {"text": policy.title, "assertion": "asserted"},
            )
            yield from self._around(policy, subject)

    def _around(self, policy: Policy, subject: Subject) -> Iterator[Proposal]:
        seen: set[tuple[str, str]] = set()
        for place in self._places(policy):
            for proposal in (
                *self._issuers(place, subject),
                *self._dates(place, subject),
                *self._number(place, subject),
            ):
                mark = (
                    proposal.property_id,
                    str(
                        proposal.fields.get("object_name") or proposal.fields.get("date") or proposal.fields.get("text")
                    ),
                )
                if mark not in seen:
                    seen.add(mark)
                    yield proposal

    def _places(self, policy: Policy) -> list[tuple[int, int]]:
        return [(start, end) for start, end, title in titles(self.text) if re.sub(r"\s+", "", title) == policy.title][
            :6
        ]

    def _issuers(self, place: tuple[int, int], subject: Subject) -> Iterator[Proposal]:
        begin, _ = self.outline.sentence(place[0])
        window = max(begin, place[0] - 80)
        verb = None
        for match in _ISSUED.finditer(self.text, window, place[0]):
            verb = match
        if verb is None:
            return
        start, _ = self.outline.clause(verb.start())
        names = [m for m in self.mentions.within(start, verb.start()) if m.kind in {"organization", "place", "person"}]
        if not names and self.text[start : verb.start()].strip() == "":
            start, _ = self.outline.clause(max(0, start - 1))
            names = [
                m for m in self.mentions.within(start, verb.start()) if m.kind in {"organization", "place", "person"}
            ]
        for mention in names:
            yield self._relation(subject, mention.start, mention.end, mention.name, mention.entity_id)
        covered = [(m.start, m.end) for m in names]
        for match in _ISSUER_TAIL.finditer(self.text, start, verb.start()):
            for part in re.finditer(r"[^、和与及等]{2,24}", match["who"]):
                name = re.sub(
                    r"^(?:近日|日前|今日|昨日|当天|此前|随后|其中|月|日|年)+|[一二三四五六七八九十\d]+个?(?:部门|部委|单位|机构)$",
                    "",
                    part[0],
                )
                at = match.start("who") + part.start() + part[0].find(name)
                if len(name) >= 2 and not any(a <= at < b for a, b in covered):
                    yield self._relation(subject, at, at + len(name), name, None)

    def _relation(self, subject: Subject, start: int, end: int, name: str, entity_id: str | None) -> Proposal:
        fields = {"object_id": entity_id, "object_name": name, "assertion": "asserted"}
        return Proposal("relation", "issued_by", start, end, subject, METHOD, fields)

    def _dates(self, place: tuple[int, int], subject: Subject) -> Iterator[Proposal]:
        begin, end = self.outline.sentence(place[0])
        for date in self.scope.dates_within(begin, end):
            after = self.text[date.end : date.end + 10]
            if _IN_FORCE.match(after):
                yield self._event(subject, "in_force", date)
            elif (date.start < place[0] and _ISSUED.search(self.text, date.end, place[0])) or (
                date.start > place[1]
                and re.match(r"[》）)]*[^，。]{0,12}(?:印发|发布|出台|公布|通过)", self.text[date.end : date.end + 20])
            ):
                yield self._event(subject, "issued", date)

    def _event(self, subject: Subject, event: str, date: Any) -> Proposal:
        fields = {
            "date": date.value.date,
            "date_basis": date.value.basis,
            "value_status": "reported",
            "assertion": "asserted",
        }
        return Proposal("event", event, date.start, date.end, subject, METHOD, fields)

    def _number(self, place: tuple[int, int], subject: Subject) -> Iterator[Proposal]:
        match = _NUMBER.search(self.text, place[1], place[1] + 40)
        if match:
            yield Proposal("text", "document_number", match.start(), match.end(), subject, METHOD, {"text": match[0]})


def _is_short(name: str, longer: str) -> bool:
    """Tell whether a title is the short form of another: 《办法》 of 《…暂行办法》."""
    tail = longer.split("（")[0].split("(")[0]
    return tail.endswith(name) or (len(name) >= 2 and name in longer)
