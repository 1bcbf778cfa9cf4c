"""Policies by title: issuers, number and dates."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from etl.reader.authorities import authority_acts
from etl.reader.clauses import Outline
from etl.reader.instruments import ABOUT, TOP, Named, headings, is_short, named_instruments, notices, rests_on
from etl.reader.issuers import Issuer, IssuerFinder
from etl.reader.mentions import Mentions, clean
from etl.reader.policy_dates import PolicyDates, PolicyEvent
from etl.reader.policy_news import PolicyNews
from etl.reader.policy_ties import PolicyTie, PolicyTies
from etl.reader.programmes import programmes
from etl.reader.proposals import Proposal, event_on
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject
from schema.dates import DateMatch

METHOD = "rule:policies@2"
_NUMBER = re.compile(
    r"[\u3400-\u9fff]{1,12}[〔\[（(【]\s?(?:19|20)\d\d\s?[〕\]）)】]\s?第?\d+\s?号|第\s?\d+\s?号(?:令|公告)?"
)
_LEAD_ISSUER = re.compile(
    r"[ \t\u3000#*]*(?P<who>(?!关于)(?:[\u3400-\u9fff]|[ 、\u3000](?=[\u3400-\u9fff])){2,60}?)(?:关于)?(?:印发|发布|公布|出台|签署|批准|通过|颁布|制定)?[ \n]*[《〈]?"
)
_OWN_ISSUER = re.compile(
    r"(?:发布机构|发文机关|发文机构|发布单位|制定机关|公布机关|发布部门)[：:]\s*(?P<who>[^\s；;，,。|]{2,30})"
)
_AGREED = re.compile(r"经(?P<who>[^，。；\n]{2,30})(?:同意|批准)[，,]现(?:将|就|提出|印发|发布|公布|对)")
_SIGNER = re.compile(
    r"[\u3400-\u9fff（）]{2,30}?(?:政府|办公厅|办公室|委员会|委|局|厅|部|署|院|中心|银行|网信办|团|(?:监|管委|常委|联合|协|学|总|理事)会)"
)
_SIGN_PARTS = re.compile(r"[^ \t\u3000、*]+")
_SIGN_OFF = 32
_TITLE_ISSUERS = re.compile(r"(?P<who>[\u3400-\u9fff、 \u3000\n*]{3,70}?)关于")
_TITLE_ISSUER = re.compile(
    r"(?:中共中央|国务院|[\u3400-\u9fff]{2,22}?(?:国务院|政府|办公厅|办公室|委员会|委|局|厅|部|署|院|办))(?=[、关和 \u3000\n*])"
)
_PLACE_FIRST = re.compile(
    r"(?!城市|上市|超市|都市|全市|我市|本市|全省|我省|本省|各)[\u3400-\u9fff]{2,6}?(?:省|市|自治区|自治州|特别行政区|新区)(?![场值民级委区长]|政府|人民)"
)
_PLACE_OF_BODY = re.compile(
    r"(?!城市|上市|超市|都市)[\u3400-\u9fff]{2,6}?(?:省|市|自治区|自治州|新区)(?=[\u3400-\u9fff]*(?:政府|办公厅|办公室|委员会|委|局|厅)$|[\u3400-\u9fff]{2,12}[委局厅办])"
)
# A place that begins a body's name: 北京大学, 上海交易所.
_OF_A_BODY = re.compile(r"[\u3400-\u9fff]{0,6}?(?:大学|学院|公司|集团|交易所|医院|银行|法院|仲裁)")
_TITLE_GAP = re.compile(r"[、和 \u3000\n*]+")
_DATE_BELOW = re.compile(r"[\s*》]*[（(]")
_DONE_AT_HEAD = re.compile(r"(?:印发|发布|公布|通过|出台|颁布)(?=[。，关 \n])")
_NEWS_OF = re.compile(r"(?:印发|发布|公布|出台|颁布|签署|下发|推出|推动|制定)了?[^，。；《“「\n]{0,14}[《〈“「][ *]*$")
_PLACES, _HEAD, _SHORT, _MAYBE_SHORT, _COMPARED = 6, 1500, 4, 8, 200
_TELLING = 9
_STAGES = ("（征求意见稿）", "(征求意见稿)", "（草案）", "(草案)")
_PLACE_NAME = re.compile(r".*(?:市|区|省|县|州|政府|委员会|[部委局厅署办院])")


_SIGN_LINE = 90
# （2022年11月25日某市人民代表大会常务委员会第四十五次会议通过）
_PASSED_BY = re.compile(
    r"(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日[ \u3000]*(?P<who>[\u3400-\u9fff]{4,40}?)(?:第[一二三四五六七八九十百零〇\d]+次(?:常务|部务|室务|局务|全体)?(?:会议)?|(?:常务|部务|室务|局务)会议|令第?[ ]?[\d一二三四五六七八九十百]+[ ]?号)(?=[^。；\n]{0,120}(?:通过|公布|批准|发布|颁布))"
)
_UNDER = 300
_GAPS = re.compile(r"[ \t\u3000*]+")


def _signing(line: str) -> list[tuple[int, int]]:
    """Return where the authorities stand that a line of a sign-off names, none where it names anything else.

    A short name may be spread over the line, a blank between any two of its characters: 科 技 部.
    """
    parts = [part.span() for part in _SIGN_PARTS.finditer(line)]
    if len(parts) > 1 and all(end - start == 1 for start, end in parts):
        parts = [(parts[0][0], parts[-1][1])]
    names = [_GAPS.sub("", line[start:end]) for start, end in parts]
    return parts if all(_SIGNER.fullmatch(name) for name in names) else []


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
        self.named = sorted([*named_instruments(self.text), *programmes(outline, mentions)])
        self.issuers = IssuerFinder(outline, mentions)
        self.dates = PolicyDates(outline, scope, self.named)
        self.news = PolicyNews(outline, scope, self.named)
        self.ties = PolicyTies(outline, self.named, self.issuers)
        self._told: set[tuple[str, str, Any]] = set()
        self._long: dict[str, str] = {}

    def find(self) -> list[Policy]:
        """List the policies named by title, each once, short forms left to their long ones."""
        found: dict[str, Policy] = {}
        for place in headings(self.text):
            title = self._whole(place.title)
            found.setdefault(title, Policy(title, place.start, place.end))
            break
        for place in self.named:
            known = found.setdefault(place.title, Policy(place.title, place.start, place.end))
            if place.start < known.start:
                known.start, known.end = place.start, place.end
        for place, encloses in notices(self.text):
            if encloses:
                found.setdefault(place.title, Policy(place.title, place.start, place.end))
        titles = list(found)[:_COMPARED]
        for name in [name for name in titles if len(name) <= _MAYBE_SHORT]:
            longer = [other for other in titles if other != name and is_short(name, other)]
            if longer:
                found[name].short = True
                if len(name) <= _SHORT:
                    self._long[name] = longer[0]
        self._join_stages(found)
        # A draft and its short title are one, named first where the first of them is.
        once: dict[str, Policy] = {}
        for policy in found.values():
            once.setdefault(policy.title, policy)
        return [policy for policy in once.values() if not policy.short or len(policy.title) > _SHORT]

    def brought_out(self) -> list[Subject]:
        """List the instruments where the text tells that they were brought out, by their long titles."""
        return [
            Subject(self._long.get(place.title, place.title), "policy", None, place.start, place.end)
            for place in self.named
            if _NEWS_OF.search(self.text, max(0, place.start - 40), place.start)
            and not rests_on(self.text, place.start)
        ]

    def _whole(self, title: str) -> str:
        """Return the title in marks that a heading, whose line breaks in two, is the end of; else the heading's own."""
        stage = next((stage for stage in _STAGES if title.endswith(stage)), "")
        stem = title.removesuffix(stage)
        longer = (place.title for place in self.named if place.title != stem and place.title.endswith(stem))
        return next(longer, stem) + stage if len(stem) > _TELLING else title

    def _join_stages(self, found: dict[str, Policy]) -> None:
        """Take a draft's name with and without its stage for one, where the text calls for comments at its head."""
        if "征求意见" not in self.text[:TOP]:
            return
        for name, policy in found.items():
            stage = next((stage for stage in _STAGES if name + stage in found), None)
            if stage is not None and policy.start < TOP:
                self._long[name] = policy.title = name + stage

    def read(self, policies: list[Policy]) -> Iterator[Proposal]:
        """Yield each policy, then its issuers, dates and number."""
        places: dict[str, list[Named]] = {}
        for place in self.named:
            places.setdefault(self._long.get(place.title, place.title), []).append(place)
        for policy in policies:
            subject = Subject(policy.title, "policy", None, policy.start, policy.end)
            fields = {"text": policy.title, "assertion": "asserted"}
            yield Proposal("policy", "policy", policy.start, policy.end, subject, METHOD, fields)
            yield from self._new(self._titled(policy, subject))
            yield from self._new(self._placed(policy, subject))
            for place in places.get(policy.title, [])[:_PLACES]:
                yield from self._new(self._around(place, subject))
        if policies and policies[0].start < TOP:
            yield from self._new(self._own(policies[0]))
        yield from self._new(self._events(None))
        yield from self._new(self._repealed())
        yield from self._new(self._targets(None))
        yield from self._new(self._undated())
        yield from self._new(self._approved())
        yield from self._new(self._news((*self.news.announced(), *self.news.extended())))
        yield from self._new(self._orders())
        yield from self._new(self._tied(self.ties.explained()))
        own = policies[0] if policies and policies[0].start < TOP else None
        main = Subject(own.title, "policy", None, own.start, own.end) if own is not None else None
        yield from self._new(self._tied(self.ties.changed(main)))

    def _tied(self, ties: Iterable[PolicyTie]) -> Iterator[Proposal]:
        for tie in ties:
            name = self._long.get(tie.subject.name, tie.subject.name)
            yield self._relation(tie.property_id, tie.subject._replace(name=name), tie.other, tie.kind)

    def itself(self, main: Subject) -> Iterator[Proposal]:
        """Yield the document's own policy, where it prints no title and calls itself 本措施."""
        if main.name.startswith("本"):
            fields = {"text": main.name, "assertion": "asserted"}
            yield from self._new([Proposal("policy", "policy", main.start, main.end, main, METHOD, fields)])

    def _repealed(self) -> Iterator[Proposal]:
        yield from self._news(self.dates.repealed())

    def _undated(self) -> Iterator[Proposal]:
        """Yield that instruments were issued of late or agreed to, where nothing dates it better than the news' month."""
        dated = {(event, name) for event, name, _ in self._told}
        told = [("issued", subject) for subject in self.dates.undated()]
        for event, subject in (*told, *(("adopted", subject) for subject in self.news.agreed())):
            name = self._long.get(subject.name, subject.name)
            place = subject._replace(name=name)
            if (event, name) not in dated:
                fields = {"value_status": "not_stated", "assertion": "asserted"}
                yield Proposal("event", event, place.start, place.end, place, METHOD, fields)

    def _approved(self) -> Iterator[Proposal]:
        """Yield the authorities with whose leave an instrument is told to be brought out."""
        for subject, start, end in self.news.approvers():
            named = subject._replace(name=self._long.get(subject.name, subject.name))
            for issuer in self.issuers.names(start, end):
                yield self._issued_by(named, issuer)

    def _news(self, told: Iterable[PolicyEvent]) -> Iterator[Proposal]:
        for one in told:
            name = self._long.get(one.subject.name, one.subject.name)
            yield self._event(one.subject._replace(name=name), one.event, one.date, planned=one.planned)

    def _orders(self) -> Iterator[Proposal]:
        """Yield the orders that have no title but tell what they are of, and who issued them."""
        for verb, subject in self.dates.unnamed():
            if subject.name.endswith("计划") and not authority_acts(self.outline, self.mentions, verb):
                continue
            if len(subject.name) >= _TELLING:
                fields = {"text": subject.name, "assertion": "asserted"}
                yield Proposal("policy", "policy", subject.start, subject.end, subject, METHOD, fields)
            begin, _ = self.outline.sentence(verb)
            for issuer in self.issuers.acting(verb, max(begin, verb - 110)):
                yield self._issued_by(subject, issuer)

    def deeds(self, main: Subject) -> Iterator[Proposal]:
        """Yield what befell the policy that a document is about, where the document dates it."""
        yield from self._new(self._events(main))
        yield from self._new(self._targets(main))
        yield from self._new(self._news(self.news.open_now(main)))
        yield from self._new(self._tied(self.ties.rests(main)))

    def _targets(self, main: Subject | None) -> Iterator[Proposal]:
        for goal in self.dates.targets(main):
            long = self._long.get(goal.subject.name)
            subject = goal.subject._replace(name=long) if long else goal.subject
            yield self._event(subject, goal.event, goal.date, planned=True)

    def _new(self, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
        """Leave out what was told before."""
        for proposal in proposals:
            told = proposal.fields.get("object_name") or proposal.fields.get("date") or proposal.fields.get("text")
            mark = (proposal.property_id, proposal.subject.name, told)
            if mark not in self._told:
                self._told.add(mark)
                yield proposal

    def _events(self, main: Subject | None) -> Iterator[Proposal]:
        for told in self.dates.read(main):
            long = self._long.get(told.subject.name)
            told = told._replace(subject=told.subject._replace(name=long)) if long else told
            yield self._event(told.subject, told.event, told.date, planned=told.planned)
            if told.event == "issued" and self.dates.in_force_on_issue(told):
                yield self._event(told.subject, "in_force", told.date)
            if told.event in {"issued", "adopted", "proposed"}:
                yield from self._unnamed_issuers(told)

    def _unnamed_issuers(self, told: PolicyEvent) -> Iterator[Proposal]:
        """Yield who issued an instrument that has no title: 签署一项行政命令."""
        if told.subject.start > told.verb and len(told.subject.name) <= 6:
            begin, _ = self.outline.sentence(told.verb)
            for issuer in self.issuers.acting(told.verb, max(begin, told.verb - 110)):
                yield self._issued_by(told.subject, issuer)

    def _titled(self, policy: Policy, subject: Subject) -> Iterator[Proposal]:
        """Yield the authorities that a title itself begins with: 国务院、中央军委关于…的决定."""
        match = _TITLE_ISSUERS.match(self.text, policy.start, policy.end)
        at = policy.start
        while match and (issuer := _TITLE_ISSUER.match(self.text, at, match.end())):
            yield self._issued_by(subject, Issuer(issuer.start(), issuer.end(), issuer[0], None))
            gap = _TITLE_GAP.match(self.text, issuer.end())
            at = gap.end() if gap else match.end()

    def _placed(self, policy: Policy, subject: Subject) -> Iterator[Proposal]:
        """Yield the place whose name a title begins with, which the instrument is of: X市促进…若干措施."""
        named = [m for m in self.mentions.within(policy.start, policy.start + 1) if m.kind == "place"]
        spelled = _PLACE_FIRST.match(self.text, policy.start, policy.end)
        if named and not _OF_A_BODY.match(self.text, named[0].end, policy.end):
            place = Issuer(named[0].start, named[0].end, named[0].name, named[0].entity_id)
            yield self._relation("policy_place", subject, place, "place")
        elif spelled:
            place = Issuer(spelled.start(), spelled.end(), clean(spelled[0]), None)
            yield self._relation("policy_place", subject, place, "place")

    def _place_of(self, issuer: Issuer, subject: Subject) -> Iterator[Proposal]:
        """Yield the place of the authority that issues an instrument whose title names none."""
        spelled = _PLACE_OF_BODY.match(self.text, issuer.start, issuer.end)
        if spelled and not _PLACE_FIRST.match(subject.name):
            place = Issuer(spelled.start(), spelled.end(), clean(spelled[0]), None)
            yield self._relation("policy_place", subject, place, "place")

    def _around(self, place: Named, subject: Subject) -> Iterator[Proposal]:
        for issuer in self.issuers.of(place):
            yield self._issued_by(subject, issuer)
            yield from self._place_of(issuer, subject)
        match = _NUMBER.search(self.text, place.end, place.end + 40)
        if match:
            yield Proposal("text", "document_number", match.start(), match.end(), subject, METHOD, {"text": match[0]})

    def _own(self, policy: Policy) -> Iterator[Proposal]:
        """Yield who issued and who explains the document's own policy, from its head, its sign-off and its last articles."""
        subject = Subject(policy.title, "policy", None, policy.start, policy.end)
        found = [
            *self._lead_issuer(policy),
            *self._stated_issuers(),
            *self._agreeing(),
            *self._dated_below(policy, subject),
            *self._signed(subject),
        ]
        if not any(isinstance(item, Issuer) for item in found) and not any(
            kind == "issued_by" and name == policy.title for kind, name, _ in self._told
        ):
            found += self._head_issuer()
        for item in found:
            yield item if isinstance(item, Proposal) else self._issued_by(subject, item)
        for passed in _PASSED_BY.finditer(self.text, policy.end, min(len(self.text), policy.end + _UNDER)):
            yield self._issued_by(subject, self._signer(*passed.span("who")))
        for issuer in self.issuers.explaining():
            yield self._relation("interpreted_by", subject, issuer)

    def _lead_issuer(self, policy: Policy) -> Iterator[Issuer]:
        """The authority that the title's own line begins with: X关于印发《…》."""
        line = self.text.rfind("\n", 0, policy.start) + 1
        lead = _LEAD_ISSUER.fullmatch(self.text, line, policy.start)
        if lead and not ABOUT.match(self.text, policy.end + 1):
            start, end = lead.span("who")
            plain = [Issuer(start, end, lead["who"], None)] if _PLACE_NAME.fullmatch(lead["who"]) else []
            yield from self.issuers.listed(start, end) or plain

    def _stated_issuers(self) -> Iterator[Issuer]:
        for match in _OWN_ISSUER.finditer(self.text, 0, _HEAD):
            yield Issuer(*match.span("who"), match["who"], None)

    def _agreeing(self) -> Iterator[Issuer]:
        """Yield who agreed to the document's own policy: 经X同意，现提出如下意见."""
        for match in _AGREED.finditer(self.text, 0, _HEAD):
            yield from self.issuers.names(*match.span("who"))

    def _dated_below(self, policy: Policy, subject: Subject) -> Iterator[Proposal]:
        """Yield the day that stands in brackets below the document's own title."""
        for date in self.scope.dates:
            if date.start > policy.end and _DATE_BELOW.fullmatch(self.text, policy.end, date.start):
                if date.value.precision == "day" and self.text[date.end : date.end + 1] in {"）", ")"}:
                    yield self._event(subject, "issued", date)
                return

    def _signed(self, subject: Subject) -> Iterator[Issuer | Proposal]:
        """Yield who signed and when: authorities in lines of their own, the date in the next."""
        for date in self.scope.dates:
            if date.value.precision != "day" or self.text[date.end : date.end + 1] not in {"\n", "", " ", "*"}:
                continue
            line = self.text.rfind("\n", 0, date.start) + 1
            beside = _SIGNER.fullmatch(self.text, line, date.start)
            if beside is not None and not any(later.start > date.end for later in self.scope.dates):
                # 某某部2023年7月21日, in the text's last line.
                yield self._event(subject, "issued", date)
                yield self._signer(line, date.start)
                continue
            signers = list(self._signers(date.start))
            if signers:
                yield self._event(subject, "issued", date)
                yield from reversed(signers)

    def _signers(self, at: int) -> Iterator[Issuer]:
        """Yield the authorities that the lines right above a date name, the last first."""
        end = self.text.rfind("\n", 0, at)
        if end < 0 or self.text[end:at].strip(" \n\u3000*"):
            return
        for _ in range(_SIGN_OFF):
            start = self.text.rfind("\n", 0, end) + 1
            line = self.text[start:end]
            parts = _signing(line) if len(line) < _SIGN_LINE else []
            if line.strip(" \t\u3000*") and not parts:
                return
            for begin, stop in reversed(parts):
                yield self._signer(start + begin, start + stop)
            if start == 0:
                return
            end = start - 1

    def _signer(self, start: int, end: int) -> Issuer:
        known = [m for m in self.mentions.within(start, end) if m.kind == "organization" and m.end == end]
        whole = known[0] if known and known[0].start == start else None
        name = _GAPS.sub("", self.text[start:end])
        return Issuer(start, end, whole.name if whole else name, whole.entity_id if whole else None)

    def _head_issuer(self) -> list[Issuer]:
        """The first authority that the head says issued something, where no title's sentence tells who did."""
        for verb in _DONE_AT_HEAD.finditer(self.text, 0, _HEAD):
            begin, _ = self.outline.sentence(verb.start())
            found = self.issuers.acting(verb.start(), max(begin, verb.start() - 80))
            if found:
                return found
        return []

    def _issued_by(self, subject: Subject, issuer: Issuer) -> Proposal:
        return self._relation("issued_by", subject, issuer)

    def _relation(
        self, property_id: str, subject: Subject, issuer: Issuer, object_type: str = "organization"
    ) -> Proposal:
        fields = {
            "object_id": issuer.entity_id,
            "object_name": issuer.name,
            "object_type": object_type,
            "assertion": "asserted",
        }
        return Proposal("relation", property_id, issuer.start, issuer.end, subject, METHOD, fields)

    def _event(self, subject: Subject, event: str, date: DateMatch, *, planned: bool = False) -> Proposal:
        return event_on(event, subject, (date.start, date.end), date.value, METHOD, planned=planned)
