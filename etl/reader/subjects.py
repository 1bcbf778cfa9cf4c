"""What a figure or an event is about: its clause's topic, else the one that the text was speaking of."""

import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from etl.reader.candidates import (
    OPENED,
    Candidate,
    Document,
    Earlier,
    Place,
    Subject,
    SubjectRanker,
    as_subject,
    bare,
    candidates,
)
from etl.reader.clauses import Outline
from etl.reader.mentions import Mention, Mentions, clean
from etl.reader.nouns import PRONOUN_KINDS, STRONG, Topic, ends_in_measure, owns
from etl.reader.subject_words import COMPARED, MODEL, SOFT, adjoins, preferred

__all__ = ["Subject", "SubjectFinder", "as_subject"]

_OF_MODELS: Final = frozenset(
    {"parameters", "parameters_active", "training_data", "context_length", "training_compute"}
)
_RELATIVE: Final = frozenset({"share", "growth", "ratio", "price", "cost"})
_STANDING: Final = frozenset({"market_size", "compute", "revenue"})
_COUNTS: Final = frozenset({"count", "models_count", "organizations_count"})
_SCORES: Final = frozenset({"score", "accuracy", "share", "growth", "ratio", "error_rate"})
# What a policy grants, asks and threatens is said of the policy.
_SIZED: Final = frozenset({"model", "product"})
_NAMED: Final = frozenset({"model", "product", "dataset"})
_NAME_REACH: Final = 24
_CLOSED: Final = re.compile(r"[^，。；（）()\n]{0,8}[）)]")
_FIELDS: Final = frozenset({"topic", "technology", "industry"})
_HEAD_NOUN: Final = re.compile(
    r"(?:核心|相关|基础|创新|应用|软件|硬件|安全|服务|智能|专用)*(?:产业|行业|市场|基础设施|基建|企业|公司|人才|芯片|岗位|专利|支出|资金|交易|用户|终端|中心|模型|系统|机器人|生成|工具|初创企业|独角兽)+(?!链|化|级|界|端)"
)
OF_POLICY: Final = frozenset({"subsidy", "penalty", "deadline", "target"})
_ATTRIBUTE: Final = re.compile(
    r"[^，。；：、！？\n（）()]{0,6}?(?:参数|參數|级别?|规模|窗口|上下文|token)[^，。；：、！？（）()]{0,18}?(?:模型|网络|MoE|版本|架构)?[ \n]?[“\"「《*]*|[ \n]?的[^，。；：、！？（）()]{0,14}?(?:模型|产品|应用|助手)[ \n]?[“\"「《*]*"
)


_FIRM_PRONOUN: Final = re.compile(
    r"(?:该|这家|本|母)?公司(?=[A-Z的年月总净收营估市现业股研员财\u4e00-\u9fff])(?!名|治理)"
)
_HEADING_LENGTH: Final = 60
_PARAGRAPH: Final = re.compile(r"\n[ \t\u3000]*\n\s*$")


_LOOSE_ATTRIBUTE: Final = re.compile(r"(?=[^，。]*(?:的|模型|级|版))[^，。；：、！？（）()\d]{0,22}[“\"「《*]*")
_COMPARAND: Final = re.compile(r"(?:是|为|相当于|约为|仅为|只有)[ \n]?$")


# A clause that opens with these is of them, whatever was told before.
_WHOLE: Final = re.compile(
    r"[ \n]*(?:(?:目前|当前|截至目前|如今|在?20\d\d年[年底末]*)[，,]?)?(?P<whole>全国|我国|全省|全市|全文|本文)(?!性|人大|政协|统一|推广|试点|首)"
)
_WHOLE_OPENED: Final = re.compile(r"(?P<whole>全国|全球|全省|全市)[（(][约超近]*$")
# What is measured outright of the noun before it; 能力, 水平 and their like may be a name's own last word.
_OUTRIGHT: Final = re.compile(
    r"[ \n]?(?:的[ \n]?)?(?:核心|相关|总|年|月|日|资本|训练|推理|运营|研发|平均|累计|整体|销售|市场)*(?:规模|数量|总数|总量|金额|参数|收入|营收|销售额|利润|毛利|成本|费用|开支|支出|投入|投资|市值|估值|价格|售价|占比|比例|份额|比重|普及率|渗透率|覆盖率|准确率|增速|增幅|交易量|成交|销量|增长|人数|用户|客户|下载量|访问量|调用量|出货量|产值|增加值|能耗|半衰期|用电量|耗电量|用水量|排放量|(?:能源)?使用量)"
)
_RELATED: Final = re.compile("相关|有关|关于|针对")
_ATTRIBUTE_REACH: Final = 12
_HAS: Final = re.compile(
    r"(?:拥有|坐拥|估值|市值|总值|价值|年收入|仅含|含有)[ \n]?(?:约|超过?|近|达到?|高达|为)?[ \n*]*$"
)
_OF_NAME: Final = re.compile(r"[^，。；：、！？\n（）()\d]{0,8}?的[ \n\[*“\"「《`]{0,4}")
_GETS: Final = re.compile(r"(?:也|已|将|还|又|均|都)?(?:获得?|拿到|得到|收到|领取)(?!批)")
_TO: Final = re.compile(r"(?:向|给|对|给予|授予|补贴|资助)[^，。；\n]{0,4}$")
_PARTS: Final = frozenset({"share"})
_PART_OF: Final = re.compile(r"[ \n*]{0,3}(?:以上|左右|以下)?[ \n*]{0,3}的[ \n*]{0,3}")
_PEOPLE: Final = re.compile(
    r"(?:受访|美国|中国|国内|全球)?(?:人们?(?![\u3400-\u9fff]?[工力类才形造口群机员民文事物])|受访者|企业(?![级家链化])|公司(?![级治])|员工|消费者|开发者|家长|学生|青少年|成年人)"
)
_SERIES_REACH: Final = 60
# Nothing but a time, and how sure the figure is: 到2025年大约, 预计今年将达.
_TIME_ALONE: Final = re.compile(
    r"[ \n]*(?:而|且|预计|预期|到了?|至|在)?[ \n]*(?:(?:20\d\d|去|今|明|前|后|当|次|同)[ ]?年[ \n]*)(?:上半年|下半年|全年|年?[初中底末]|第?[一二三四1-4]季度|\d{1,2}[ ]?月)?(?:前后|之前|以前)?[ \n]*"
    r"(?:则|就|还|再|已|又|将|会|可|预计|预估|估计|有望|大约|大概|约|近|超过?|达到?|为|是|至|增|升|降|涨|跌|长|了|不到|接近|突破|仅)*[ \n*]*"
)


class SubjectFinder:
    """Finds subjects in one document; `plain` is its text in Simplified characters."""

    def __init__(
        self,
        outline: Outline,
        mentions: Mentions,
        mains: dict[str, Subject],
        policy: Subject | None,
        *,
        is_policy_text: bool,
        news_of: list[Subject] | None = None,
        ranker: SubjectRanker | None = None,
    ) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.mains = mains
        self.policy = policy
        self.is_policy_text = is_policy_text
        self.ranker = ranker
        counts = Counter([mention.name for mention in mentions.items])
        weights = {name: math.log1p(count) / 3 for name, count in counts.items()}
        self.document = Document(outline, mentions, mains, policy, is_policy_text, news_of or [], weights, {}, {}, {})
        self.earlier: Earlier | None = None
        self._clauses: dict[int, Subject | None] = {}
        self._topics: dict[tuple[int, tuple[str, ...]], Subject | None] = {}

    def of(self, start: int, end: int, property_id: str, cue: tuple[int, int] | None = None) -> Subject | None:
        """Return what the value at start:end is about: the likeliest of what its text offers."""
        named = (
            self._named_by(start, end)
            or self._bracketed(start, end)
            or self._had_by(start, end)
            or (self._given(start) if property_id == "subsidy" else None)
            or self._told_of(start, end, property_id)
        )
        if named is not None:
            return named
        ruled = self.by_rule(start, end, property_id)
        if self.ranker is None:
            return ruled
        best = self.ranker.best(self.offered(start, end, property_id, ruled))
        return None if best is None else self.whole(best)

    def _had_by(self, start: int, end: int) -> Subject | None:
        """Return the name whose attribute the figure is: 拥有1500万用户的云帆, 估值10亿美元的云帆."""
        if _HAS.search(self.text, max(0, start - _ATTRIBUTE_REACH), start) is None:
            return None
        of = _OF_NAME.match(self.text, end)
        beside = self.mentions.within(of.end(), of.end() + 2 * _NAME_REACH)[:1] if of else []
        return as_subject(beside[0]) if of and beside and beside[0].start == of.end() else None

    def _given(self, start: int) -> Subject | None:
        """Return the firm that is told to get what a policy grants: 云帆获2亿元补贴, 向云帆提供2亿元补贴."""
        begin, _ = self.outline.clause(start)
        for mention in reversed(self.mentions.within(begin, start)):
            if mention.kind == "organization" and (
                _GETS.match(self.text, mention.end) or _TO.search(self.text, max(0, mention.start - 6), mention.start)
            ):
                return as_subject(mention)
        return None

    def _told_of(self, start: int, end: int, property_id: str) -> Subject | None:
        """Return what the figure's own clause says outright that it is of, where it names no firm, model or person."""
        if property_id in OF_POLICY:
            return None
        clause = self.outline.clause(start)
        if any(m.kind in STRONG for m in self.mentions.within(clause[0], start)):
            return None
        if property_id in _PARTS and (part := self._part(end, clause)) is not None:
            return part
        found = self.document.topic(clause[0], start)
        if found is None:
            return self._goes_on(clause, start) or self._whole_of(clause, start) or self._measured_before(start)
        if found.pronoun is not None:
            return None
        if (
            found.measured
            and _OUTRIGHT.match(self.text, found.end)
            and not _RELATED.search(self.text, clause[0], found.start)
        ):
            return self._measured_thing(found)
        return self._whole_of(clause, start)

    def _measured_thing(self, found: Topic) -> Subject:
        """Return what a measured noun phrase is of: 数据中心 of 数据中心的能源使用量."""
        if found.mention is not None:
            return self.whole(as_subject(found.mention))
        of = self.text.find("的", found.start + 2, found.end)
        return bare(self.text, found if of < 0 else found._replace(end=of))

    def _measured_before(self, start: int) -> Subject | None:
        """Return what the clause before measures, where this one goes on with its figure: 云帆业务在总额中的占比，将从2%升到10%."""
        before = self.outline.clauses_before(start)[:1]
        if not before or not ends_in_measure(self.text, *before[0]):
            return None
        found = self.document.topic(*before[0])
        return None if found is None or found.pronoun is not None else self._measured_thing(found)

    def _whole_of(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the country or the text where a clause opens with it: 全国在用机架超过, 全文约2000字."""
        opens = _WHOLE.match(self.text, clause[0], start)
        return Subject(opens["whole"], "topic", None, *opens.span("whole")) if opens else None

    def _goes_on(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the subject of the figure before, where this one is parted from it by a time alone, or by what stands
        in a policy text: 2023年10亿元，2024年约30亿元; 占全国的比重超过五分之一，达22.6%."""
        earlier = self.earlier
        if earlier is None or not 0 < start - earlier.start <= _SERIES_REACH:
            return None
        if _TIME_ALONE.fullmatch(self.text, clause[0], start):
            return earlier.subject
        told = self.is_policy_text and earlier.subject.kind != "policy"
        return earlier.subject if told and self.outline.sentence(start)[0] <= earlier.start else None

    def _part(self, end: int, clause: tuple[int, int]) -> Subject | None:
        """Return whom a share is a share of, where the share stands before it: 78%的工程师, 5%的企业模型."""
        of = _PART_OF.match(self.text, end)
        if of is None:
            return None
        people = _PEOPLE.match(self.text, of.end())
        if people is not None:
            return Subject(people[0], "topic", None, *people.span())
        found = self.document.topic(of.end(), min(clause[1], of.end() + _NAME_REACH))
        if found is None or found.pronoun is not None or found.start != of.end():
            return None
        return as_subject(found.mention) if found.mention is not None else bare(self.text, found)

    def _named_by(self, start: int, end: int) -> Subject | None:
        """Return the thing whose own name holds the value: 千问 7B has 7B parameters."""
        for mention in self.mentions.within(max(0, start - _NAME_REACH), end + _NAME_REACH):
            if mention.start < start and end <= mention.end and mention.kind in _SIZED:
                return as_subject(mention)
        return None

    def _bracketed(self, start: int, end: int) -> Subject | None:
        """Return the name before the bracket that the figure fills: 云帆（15亿美元）、星河（4亿美元）."""
        named = self.mentions.within(max(0, start - 2 * _NAME_REACH), start)[-1:]
        if not named or named[0].kind not in STRONG or not OPENED.fullmatch(self.text, named[0].end, start):
            whole = _WHOLE_OPENED.search(self.text, max(0, start - _NAME_REACH), start)
            if whole is None or not _CLOSED.match(self.text, end):
                return None
            return Subject(whole["whole"], "topic", None, *whole.span("whole"))
        return as_subject(named[0]) if _CLOSED.match(self.text, end) else None

    def whole(self, subject: Subject) -> Subject:
        """Take a field's name with the noun that it qualifies: 人工智能 | 核心产业 is an industry, 算力 | 基础设施 a thing."""
        if subject.kind not in _FIELDS:
            return subject
        beside = next(iter(self.mentions.within(subject.end, subject.end + _NAME_REACH)), None)
        if beside is not None and beside.kind in _NAMED and beside.start - subject.end <= 1:
            # What it is comes before its name: 神经网络 | HOVER.
            return as_subject(beside)
        gap = self.text[subject.end : subject.end + 1] == " "
        rest = _HEAD_NOUN.match(self.text, subject.end + gap)
        if rest is None or rest.end() == subject.end + gap:
            return subject
        name = clean(self.text[subject.start : rest.end()])
        return Subject(name, subject.kind, None, subject.start, rest.end())

    def offered(self, start: int, end: int, property_id: str, ruled: Subject | None) -> list[Candidate]:
        """List what the value at start:end may be about."""
        return candidates(self.document, Place(start, end, property_id, self.earlier), ruled)

    def by_rule(self, start: int, end: int, property_id: str) -> Subject | None:
        """Return what the rules alone take the value at start:end to be about."""
        policy = self.document.policy_at(start)
        if property_id in OF_POLICY and policy is not None:
            return policy
        kinds = () if property_id in OF_POLICY else preferred(property_id)
        clause = self.outline.clause(start)
        if policy is not None and self.is_policy_text and property_id not in _OF_MODELS:
            return self._named_before(clause, start) or self._measured(clause, start, property_id) or policy
        near = self._adjacent(start, clause, property_id) or (
            self._modified(end, kinds, clause) if kinds == MODEL or not kinds else None
        )
        if near is not None:
            return near
        if kinds:
            return self._of_kind(clause, start, kinds) or self._main(kinds)
        return self._of_any(clause, start, end, property_id) or self._main(())

    def _of_any(self, clause: tuple[int, int], start: int, end: int, property_id: str) -> Subject | None:
        spoken = self._spoken_of(clause, start, ())
        if spoken is not None and not (spoken.kind == "benchmark" and property_id in _SCORES):
            return spoken
        counted = self._counted(end, clause) if property_id in _COUNTS else None
        return counted or self._earlier(start, ()) or self._before_sentence(start, ())

    def _of_kind(self, clause: tuple[int, int], start: int, kinds: tuple[str, ...]) -> Subject | None:
        """The nearest name of a fitting kind; a bare noun phrase only where its clause measures it."""
        mentions = [m for m in self.mentions.within(clause[0], start) if m.kind in kinds and not self._is_compared(m)]
        firm = [m for m in mentions if not SOFT.search(self.text, max(0, m.start - 4), m.start)]
        best = self._best(firm or mentions, kinds)
        if best is not None:
            return as_subject(best)
        found = self.document.topic(clause[0], start)
        if "organization" in kinds and (found is None or found.pronoun is None):
            pronoun = _FIRM_PRONOUN.search(self.text, clause[0], start)
            if pronoun is not None:
                return self._last(pronoun.start(), ("organization",)) or self._before_sentence(clause[0], kinds)
        spoken = self._spoken_of(clause, start, kinds)
        if (
            spoken is not None
            and found is not None
            and (found.pronoun is not None or found.mention is not None or found.measured)
        ):
            return spoken
        return (
            self._earlier(start, kinds, names_only=True)
            or self._earlier_measured(start)
            or self._before_sentence(start, kinds)
            or next((self.mains[kind] for kind in kinds[:1] if kind in self.mains), None)
            or spoken
        )

    def _main(self, kinds: tuple[str, ...]) -> Subject | None:
        """What the document is about, of a fitting kind where there is one."""
        return next((self.mains[kind] for kind in (*kinds, "") if kind in self.mains), None)

    def _earlier_measured(self, at: int) -> Subject | None:
        """What an earlier clause of the sentence measures: 生成式 AI 的产业营收，2023 年还不到 10 亿美元."""
        for start, end in self.outline.clauses_before(at):
            found = self.document.topic(start, end)
            if found is not None and found.measured:
                return self._clause_topic(start, end)
        return None

    def _measured(self, clause: tuple[int, int], start: int, property_id: str) -> Subject | None:
        """Return what a clause of a policy text measures, where it tells how things stand and sets no aim."""
        if property_id not in _STANDING:
            return None
        found = self.document.topic(clause[0], start)
        if found is None or not (found.measured or (found.mention is not None and found.mention.kind == "place")):
            return None
        if found.mention is not None:
            return as_subject(found.mention)
        return bare(self.text, found)

    def _named_before(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the model, product or firm that a clause of a policy text names before the figure."""
        named = [
            m
            for m in self.mentions.within(clause[0], start)
            if m.kind in {"model", "product"} and not self._is_compared(m)
        ]
        return as_subject(named[-1]) if named else None

    def described(
        self, start: int, end: int, fits: Callable[[Mention], bool], *, carried: bool = True
    ) -> Subject | None:
        """Return what a word at start:end describes: the nearest that fits of its clause, else, where carried, the one before."""
        clause = self.outline.clause(start)
        named = [
            m
            for m in self.mentions.within(*clause)
            if m.kind in _NAMED and fits(m) and not COMPARED.search(self.text, max(clause[0], m.start - 8), m.start)
        ]
        nearest = _closest(named, start, end)
        if nearest is not None:
            return as_subject(nearest)
        if not carried:
            return None
        found = (
            self._earlier(start, MODEL)
            or self._following(clause, start)
            or self._before_sentence(start, MODEL)
            or self._main(("model", "product"))
        )
        return found if found is not None and found.kind in STRONG else None

    def _following(self, clause: tuple[int, int], start: int) -> Subject | None:
        _, end = self.outline.sentence(start)
        return next((as_subject(m) for m in self.mentions.within(clause[1], end) if m.kind in MODEL), None)

    def _adjacent(self, start: int, clause: tuple[int, int], property_id: str) -> Subject | None:
        """A name that the figure follows at once, or as its own: Claude Opus 4.6 的 80.8%."""
        before = [m for m in self.mentions.within(max(clause[0], start - 40), start) if m.kind in STRONG]
        if not before or not adjoins(self.text, before[-1].end, start):
            return None
        compared = property_id in _RELATIVE and _COMPARAND.search(
            self.text, max(0, before[-1].start - 6), before[-1].start
        )
        return None if compared else as_subject(before[-1])

    def _modified(self, end: int, kinds: tuple[str, ...], clause: tuple[int, int]) -> Subject | None:
        """A figure that modifies a noun: 拥有1750亿参数的GPT-3, 150万参数的小型神经网络HOVER."""
        wanted = kinds or ("model",)
        following = [m for m in self.mentions.within(end, min(clause[1], end + 40)) if m.kind in wanted]
        if not following:
            return None
        between = self.text[end : following[0].start]
        near = _ATTRIBUTE.fullmatch(between) or (kinds and _LOOSE_ATTRIBUTE.fullmatch(between))
        return as_subject(following[0]) if near else None

    def _counted(self, end: int, clause: tuple[int, int]) -> Subject | None:
        """What a count counts, where its clause begins with the figure: 8家大模型获批."""
        found = self.document.topic(end, min(clause[1], end + 24))
        if found is None or found.start - end > 3:
            return None
        if found.mention is not None:
            return as_subject(found.mention)
        return None if found.pronoun else bare(self.text, found)

    def _spoken_of(self, clause: tuple[int, int], head: int, kinds: tuple[str, ...]) -> Subject | None:
        """Return the topic of a clause itself, its pronoun resolved; None where it goes on with an earlier one."""
        found = self.document.topic(clause[0], head)
        if found is None:
            return None
        if found.pronoun is not None:
            wanted = PRONOUN_KINDS[found.pronoun] or kinds
            if found.pronoun != "any":
                return self._last(clause[0], wanted) or self._before_sentence(clause[0], wanted)
            return self._earlier(clause[0], wanted, names_only=True) or self._before_sentence(clause[0], wanted)
        if found.mention is not None:
            return as_subject(found.mention)
        return bare(self.text, found)

    def _last(self, at: int, kinds: tuple[str, ...]) -> Subject | None:
        """The name that was told last before a pronoun that says its kind: 该公司, 该模型."""
        begin, _ = self.outline.sentence(at)
        for start in (begin, self.outline.sentence(begin - 1)[0] if begin else 0):
            named = [m for m in self.mentions.within(start, at) if m.kind == kinds[0]]
            if named:
                return as_subject(named[-1])
        return None

    def _best(self, mentions: list[Mention], kinds: tuple[str, ...]) -> Mention | None:
        if not mentions:
            return None
        first_kind = min(kinds.index(m.kind) for m in mentions)
        return [m for m in mentions if m.kind == kinds[first_kind]][-1]

    def _is_compared(self, mention: Mention) -> bool:
        before = COMPARED.search(self.text, max(0, mention.start - 8), mention.start)
        return before is not None or owns(self.text, mention)

    def _earlier(self, at: int, kinds: tuple[str, ...], *, names_only: bool = False) -> Subject | None:
        """The topic of the sentence's earlier clauses: the nearest that fits."""
        fallback = None
        for start, end in self.outline.clauses_before(at):
            spoken = self._clause_topic(start, end)
            if kinds:
                if spoken is not None and spoken.kind == kinds[0]:
                    return spoken
                mentions = [m for m in self.mentions.within(start, end) if m.kind in kinds and not self._is_compared(m)]
                best = self._best(mentions, kinds)
                if best is not None:
                    return as_subject(best)
            if spoken is not None and fallback is None and not names_only:
                fallback = spoken
            if spoken is not None and names_only and spoken.kind in STRONG and not kinds:
                return spoken
            if fallback is not None and not kinds:
                return fallback
        return fallback

    def _clause_topic(self, start: int, end: int) -> Subject | None:
        if start not in self._clauses:
            self._clauses[start] = self._spoken_of((start, end), end, ())
        return self._clauses[start]

    def _before_sentence(self, at: int, kinds: tuple[str, ...]) -> Subject | None:
        """The topic of the sentences before, nearest first."""
        begin, _ = self.outline.sentence(at)
        memo = (begin, kinds)
        if memo not in self._topics:
            self._topics[memo] = self._search_before(begin, kinds)
        return self._topics[memo]

    def _opens_paragraph(self, begin: int) -> bool:
        return _PARAGRAPH.search(self.text, max(0, begin - 4), begin) is not None

    def _is_heading(self, start: int, end: int) -> bool:
        """Tell whether a sentence is a heading: a short line of its own that no full stop ends."""
        line = self.text[start:end].strip(" \n\t\u3000*#")
        return 0 < len(line) <= _HEADING_LENGTH and line[-1] not in "。！？；：.:"

    def _search_before(self, begin: int, kinds: tuple[str, ...]) -> Subject | None:
        for _ in range(6):
            if begin <= 0:
                break
            opens = self._opens_paragraph(begin)
            begin, end = self.outline.sentence(begin - 1)
            if opens and not self._is_heading(begin, end):
                break
            mentions = [
                m
                for m in self.mentions.within(begin, end)
                if (m.kind in kinds if kinds else m.kind in STRONG) and not self._is_compared(m)
            ]
            if mentions:
                return as_subject(min(mentions, key=lambda m: kinds.index(m.kind)) if kinds else mentions[0])
        return None


def _closest(mentions: list[Mention], start: int, end: int) -> Mention | None:
    def distance(mention: Mention) -> int:
        return mention.start - end if mention.start >= end else start - mention.end

    return min(mentions, key=distance, default=None)
