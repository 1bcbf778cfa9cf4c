"""Dated happenings of no kind of their own: who did something on a date, in the verb's own word."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

import rjieba

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal, event_on
from etl.reader.roles import acts
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import as_subject
from schema.dates import DateMatch

METHOD = "rule:significant@1"
EVENT = "significant_event"
_KINDS = frozenset({"organization", "person", "model", "product", "policy"})
_DATED = frozenset({"day", "month", "year", "quarter", "half"})
# Clauses after the date's own in which who acts may stand.
_CLAUSES = 2
_REACH = 60
# A line of news opens with who acts.
_OPENING = 6
# What may stand before who acts: a date, who they are, and what joins sentences.
_NOT_BEFORE = re.compile(
    r"(?:[与和同跟向对给被由从比据]|包括|例如|比如|像|如|随着|关于|根据|基于|通过|作为|成为|自从|除了?|当(?![天日年月地时])|为|把|将|在)[^，。；\n]{0,8}$"
)
# Between an organization and whoever speaks or acts for it: its office, its team, its product's kind.
_TITLED = re.compile(
    r"[ \n*]*的?[^，。；：、！？\n的]{0,12}?(?:创始人|创办人|[官家员长裁授士席理监人]|CEO|CTO|CFO|COO|VP|团队|旗下|(?:机构|公司|企业|媒体|巨头|厂商|平台)[《“「]*)(?:(?:、|和|兼|及)[^，。；：、！？\n的]{2,12}[官家员长裁授士席理监人OP])?[ \n*“”「《]*"
)
# What leads on to a date within a sentence: 并于, 随后在.
_GOES_ON = re.compile(
    r"[ \n*_]*(?:并且?|而|且|还|也|又|后|随后|后来|同时)?(?:计划|拟|将)?(?:在|于|自|从)?(?:北京时间|当地时间)?[ \n*_]*"
)
_ACTORS = frozenset({"organization", "person"})
_BRACKET = re.compile(r"[ \n*”」》]*[（(][^（）()]{0,40}[）)]")
# Where something was done, which a long name may tell: 在某某大会（SIGGRAPH）上发表演讲.
_WHERE = re.compile(r"[ \n]*[在于](?!此|后)[^，。；\n]{2,48}?(?:上|期间|现场)(?![市线涨调升任]|[一了])")
_PRONOUN = re.compile(r"[ \n*“”「]*(?:(?P<firm>该公司|这家公司|公司)|(?P<person>[他她]))(?!们|的)")
_OWNED = re.compile(r"[ \n”」》*]*(?:的|、|和|与|及|以及|旗下|用户|股价|市值|官网|App|APP|概念|板块)")
NEVER = re.compile(r"[并尚]?[没未]|不(?!断|仅|只|但|久|同)|无法|无意|只能|拒绝|否认")
# What is told as heard is dated by who tells it; what is told as later or recent, by nobody.
HEARD = re.compile(r"[ \n*_“]*(?:另|又)?(?:据|根据|按照)|[^，。；\n]{0,8}(?:报道|援引)")
LATER = re.compile(r"最近|近日|日前|近期|此后|随后|后来|此前|之前")
_TITLE = re.compile(r"《[^《》\n]{1,80}》?")
PLANNED = re.compile(r"计划|拟|将|预计|有望|即将|打算|准备|定于|或将|争取|力争")
# Verbs that tell a state, a wish or a saying, not a happening.
_STATE_WORDS = (
    "是 有 为 在 可 能 会 要 想 需 须 应 应该 可以 可能 能够 需要 必须 希望 成为 作为 属于 包括 包含 "
    "拥有 具有 具备 存在 位于 达 达到 占 等于 表示 认为 称 说 指出 透露 坦言 强调 介绍 解释 预测 预计 "
    "估计 显示 看 看到 知道 觉得 相信 意味着 面临 涉及 满足 依赖 基于 使用 采用 支持 提供 负责 从事 处于 "
    "保持 像 如 叫 名为 带来 使 让 令 来 去 到 起 截至 没有 无 涨 跌 上涨 下跌 收涨 收跌 走高 走低 报 "
    "收报 发生 出现 还有 寻找 用于 用 指 算 当 做 靠 代表 来自 持股 预期"
)
_STATES = frozenset(_STATE_WORDS.split())
# A line of a list or a heading that is no sentence tells a piece of news: - X 调整 Y 的价格.
_HEADLINE = re.compile(
    r"(?m)^[ \t]*(?:[-*•·]|#{1,6}|\d{1,2}[.、)）])[ \t]+[*\[【]*(?P<line>[^\n。！？!?：:|\[\]`]{8,70})(?=\]\(|[ ]*\[?↗|[ ]*`#|\n|$)"
)
# Verbs that only lead on to the one that tells what was done.
_PASSED_WORDS = "联合 共同 开始 继续 进行 通过 宣布 正式 在 到 来 去 会"
_PASSED = frozenset(_PASSED_WORDS.split())
_VERBS = frozenset({"v", "vn", "vd"})
# Words that dictionaries hold for nouns, and that tell what is done right behind who does it.
_DEED_WORDS = "会见 会谈 通报 致电 致信 约谈 签约 挂牌 揭牌 直播 首发 首秀 亮相 开工 竣工 开幕 停牌 复牌 回购 减持 增持 裁员 降价 涨价 提价 道歉 辟谣 官宣 立案 到访 访华 中标 入选 获批 断供 停产 复产 量产 交付 开源 开播 上市"
_DEEDS = frozenset(_DEED_WORDS.split())
# The title and what leads the text tell its news; shorter lines are bylines. Verbs of thought and of prices tell none.
_LEADING, _SHORTEST = 5, 8
_NO_NEWS_WORDS = (
    "担心 考虑 告诉 坚信 相信 发现 观察 打算 视为 来源于 综合 有着 涨超 跌超 大增 重挫 领涨 领跌 涨近 跌近 "
    "大涨 大跌 暴涨 暴跌 飙升 可用 能否 下称 评测 导航 订阅 关注 点击 编辑 编译 整理 来源"
)
_NOUN_BEHIND = re.compile(
    r"(?:活动|业务|团队|部门|项目|技术|能力|市场|行业|平台|计划|方案|系统|模型|中心|大会|服务)(?:很|的|将|已|在|是|也|都)"
)
_NO_NEWS = frozenset(_NO_NEWS_WORDS.split())
_LEAD = 24
_ANNOUNCED = "宣布"


class Deed(NamedTuple):
    """Who did what: the name, the verb as printed, and whether it is to come."""

    actor: Mention
    verb: str
    start: int
    end: int
    planned: bool


class SignificantReader:
    """Reads the dated sentences of one document that tell no event of a kind."""

    def __init__(self, parties: Parties, scope: ScopeFinder) -> None:
        self.outline = parties.outline
        self.text = parties.text
        self.mentions = parties.every
        self.parties = parties
        self.scope = scope

    def read(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal]) -> Iterator[Proposal]:
        """Yield what somebody did on each date that dates no event of `told`, then in each line of news that tells none."""
        dated = list(self._dated(ranges, told))
        yield from dated
        lines = list(self._headlines(ranges, [*told, *dated]))
        yield from lines
        yield from self._lead(ranges, [*told, *dated, *lines])

    def _dated(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal]) -> Iterator[Proposal]:
        taken = {place for p in told for place in range(p.start, p.end)}
        known = {(p.subject.name, p.fields.get("date")) for p in told}
        for date in (date for start, end in ranges for date in self.scope.dates_within(start, end)):
            value = date.value
            if value.precision not in _DATED or not value.date or date.start in taken or self.scope.is_limit(date):
                continue
            if value.precision == "year" and self._is_dated_nearer(date):
                continue
            deed = self._deed(date)
            if deed is not None and (deed.actor.name, value.date) not in known:
                known.add((deed.actor.name, value.date))
                more = {"scope_note": deed.verb}
                subject, span = as_subject(deed.actor), (date.start, date.end)
                yield event_on(EVENT, subject, span, value, METHOD, planned=deed.planned, more=more)

    def _is_dated_nearer(self, date: DateMatch) -> bool:
        """Tell whether a day or month of the same sentence dates what a year only numbers: 周二在2023年度大会上."""
        begin, _ = self.outline.sentence(date.start)
        near = self.scope.dates_within(max(begin, date.start - _REACH), date.start)
        return any(other.value.precision in {"day", "month"} for other in near)

    def _headlines(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal]) -> Iterator[Proposal]:
        places = sorted(p.start for p in told)
        known: set[tuple[str, str]] = set()
        for line in (line for start, end in ranges for line in _HEADLINE.finditer(self.text, start, end)):
            begin, stop = line.span("line")
            if bisect_left(places, begin) < bisect_left(places, stop) or self.scope.dates_within(begin, stop):
                continue
            deed = self._acting(begin, stop, None)
            if deed is None or deed.actor.start - begin > _OPENING or (deed.actor.name, deed.verb) in known:
                continue
            known.add((deed.actor.name, deed.verb))
            yield self._undated(deed)

    def _lead(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal]) -> Iterator[Proposal]:
        """Yield what the title and the sentences of the lead say that somebody did, where they tell no event of a kind."""
        places = sorted(p.start for p in told)
        known = {p.subject.name for p in told if p.fields.get("date") is None}
        known |= {actor["name"] for p in told for actor in p.fields.get("participants", ())}
        for number, (begin, stop) in enumerate(self._first(ranges)):
            is_told = number and bisect_left(places, begin) < bisect_left(places, stop)
            if is_told or self.scope.dates_within(begin, stop):
                continue
            deed = self._first_deed(begin, stop)
            if deed is None or deed.actor.name in known or deed.verb in _NO_NEWS:
                continue
            if not _NOUN_BEHIND.match(self.text, deed.end) and self.scope.event_date(deed.start, deed.end) is None:
                known.add(deed.actor.name)
                yield self._undated(deed)

    def _first(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
        """Yield the bounds of the first sentences that say anything."""
        found = (
            (max(begin, start), min(stop, end))
            for start, end in ranges
            for begin, stop in self.outline.sentences_from(start)
            if begin < end
        )
        said = (bounds for bounds in found if len(self.text[slice(*bounds)].strip(" \n#*->|")) >= _SHORTEST)
        yield from islice(said, _LEADING)

    def _first_deed(self, begin: int, stop: int) -> Deed | None:
        """Return the first deed of a sentence's first clauses."""
        start, end = begin, min(stop, self.outline.clause(begin)[1])
        for _ in range(_CLAUSES + 1):
            deed = self._acting(start, min(end, start + 2 * _REACH), None)
            if deed is not None or end >= stop:
                return deed
            start, end = end, min(stop, self.outline.clause(end)[1])
        return None

    def _undated(self, deed: Deed) -> Proposal:
        assertion = "planned" if deed.planned else "asserted"
        fields = {"value_status": "not_stated", "assertion": assertion, "scope_note": deed.verb}
        return Proposal("event", EVENT, deed.start, deed.end, as_subject(deed.actor), METHOD, fields)

    def _deed(self, date: DateMatch) -> Deed | None:
        """Return who acts in the clause of a date, or in those that follow it."""
        _, stop = self.outline.sentence(date.start)
        begin, end = self.outline.clause(date.start)
        if HEARD.match(self.text, begin, date.start):
            return None
        carried = self._carried(date, begin, end)
        if carried is not None:
            return carried
        for _ in range(_CLAUSES + 1):
            deed = self._acting(begin, min(end, begin + 2 * _REACH), date)
            if deed is not None or end >= stop:
                return deed
            begin, end = self.outline.clause(end)
            if any(d.value.precision != "year" for d in self.scope.dates_within(begin, end)):
                return None
        return None

    def _carried(self, date: DateMatch, begin: int, end: int) -> Deed | None:
        """Return the deed of a clause that goes on with whom its sentence began with: X…，并于5月撤回了…."""
        if not _GOES_ON.fullmatch(self.text, begin, date.start):
            return None
        for start, stop in self.outline.clauses_before(date.start)[:_CLAUSES]:
            named = [m for m in self.mentions.within(start, stop) if m.kind in _ACTORS and acts(self.text, m)]
            if named and self.parties.leads(start, named[0].start):
                return self._told(named[0], date.end, end)
        return None

    def _acting(self, begin: int, end: int, date: DateMatch | None) -> Deed | None:
        named = [m for m in self.mentions.within(begin, end) if m.kind in _KINDS]
        pronoun = _PRONOUN.match(self.text, begin, end)
        if pronoun is not None and named and named[0].start >= pronoun.end():
            # 公司首发申请获青山所通过: whom the text speaks of, and not who is named behind.
            return self._pronoun(begin, end)
        for index, mention in enumerate(named):
            lead_from = date.end if date is not None and begin <= date.end <= mention.start else begin
            if _NOT_BEFORE.search(self.text, max(lead_from, mention.start - 12), mention.start):
                return None
            following = named[index + 1] if index + 1 < len(named) else None
            if following is not None and _TITLED.fullmatch(self.text[mention.end : following.start]):
                continue
            if _OWNED.match(self.text, mention.end):
                return None
            return self._told(mention, mention.end, end)
        return self._pronoun(begin, end)

    def _pronoun(self, begin: int, end: int) -> Deed | None:
        found = _PRONOUN.match(self.text, begin, end)
        if found is None:
            return None
        who = self.parties.person_spoken_of(begin) if found["person"] else self.parties.firm_spoken_of(begin)
        return self._told(who, found.end(), end) if who is not None else None

    def _told(self, actor: Mention, start: int, end: int) -> Deed | None:
        """Return the first verb behind a name that tells a happening; 宣布 where only a state follows it."""
        bracket = _BRACKET.match(self.text, start, end)
        start = bracket.end() if bracket else start
        where = _WHERE.match(self.text, start, end)
        start = where.end() if where else start
        # A title's words tell nothing, but keep their room: places are counted along the words.
        rest = _TITLE.sub(lambda title: " " * len(title[0]), self.text[start : min(end, start + _REACH)])
        lead, verb, at = "", "", start
        for (word, tag), (after, _) in pairwise([*rjieba.tag(rest), ("", "")]):
            if word.isspace():
                start += len(word)
                continue
            if word == "的" or NEVER.match(word) or len(lead) > _LEAD:
                break
            is_verb = tag in _VERBS or after == "了" or word in _DEEDS
            if word in _PASSED:
                verb, at = (word, start) if word == _ANNOUNCED else (verb, at)
            elif len(word) > 1 and is_verb and word not in _STATES and not PLANNED.search(word):
                verb, at = (word, start) if after != "的" else (verb, at)
                break
            elif word in _STATES and is_verb:
                break
            lead += word
            start += len(word)
        if not verb or LATER.search(lead):
            return None
        return Deed(actor, verb, at, at + len(verb), PLANNED.search(lead) is not None)
