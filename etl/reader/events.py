"""Events and relations: who released, opened, filed, founded, issued what, and when."""

import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import ahocorasick_rs

from etl.reader.mentions import Mention, Mentions
from etl.reader.proposals import Proposal
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, SubjectFinder, as_subject
from schema.dates import DateMatch

METHOD = "rule:events@1"
_THINGS = frozenset({"model", "product", "technology", "dataset", "publication"})
_ACTORS = frozenset({"organization", "person", "place"})

# Event, whether its subject is the thing made (else the actor), and the words that tell it.
_WORDS: tuple[tuple[str, bool, str], ...] = (
    ("open_sourced", True, "开源 open-sourced open-sources"),
    ("opened", True, "开放 公测 开放注册 开放测试 邀测 内测"),
    (
        "released",
        True,
        "发布 推出 上线 亮相 问世 首发 上架 开售 面世 诞生 发售 launched launches released releases unveiled introduced debuted",
    ),
    ("upgraded", True, "升级 更新至 迭代至 upgraded"),
    ("filed", True, "备案 获批"),
    ("acquired", False, "收购 并购 acquired acquires"),
    ("funded", False, "融资 筹集 募集 获投 raised raises"),
    ("founded", False, "成立 创立 创办 设立 组建 founded established"),
    ("departed", False, "离职 离开 辞去 辞职 卸任 退出 departed resigned"),
    ("renamed", False, "更名 改名 renamed"),
    ("held", False, "召开 举办 举行 开幕"),
    ("announced", False, "宣布 公布 披露 官宣 投产 量产 announced announces"),
)
_VERBS = [(word, event, of_thing) for event, of_thing, words in _WORDS for word in words.split()]
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _, _ in _VERBS], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
)
# What follows these words and makes them a noun: 开源社区, 开放平台, 融资额 …
_NOUN_TAIL = re.compile(
    r"(?:社区|生态|的|模型|大模型|协议|性|源|平台|合作|式|日|给|会|者|方|版(?!本)|制度|义务|手续|编号|额|方案|项目|软件)"
)


class Deed(NamedTuple):
    """A word that tells an event, and where it stands."""

    start: int
    end: int
    event: str
    of_thing: bool


def deeds(text: str, ranges: tuple[tuple[int, int], ...]) -> Iterator[Deed]:
    """Yield the words of a text that tell events."""
    for index, start, end in _AUTOMATON.find_matches_as_indexes(text):
        word, event, of_thing = _VERBS[index]
        if word[0].isascii() and text[max(0, start - 1) : start].isalnum():
            continue
        if event in {"open_sourced", "opened", "filed", "held", "funded"} and _NOUN_TAIL.match(text, end):
            continue
        if any(a <= start < b for a, b in ranges):
            yield Deed(start, end, event, of_thing)


_PLANNED = re.compile(
    r"(?:计划|拟|将|预计|有望|即将|打算|准备|或)[^，。；\n]{0,16}$|(?:will|plans? to|expected to)[^,.;\n]{0,24}$"
)
_BY = re.compile(
    r"由(?P<who>[^，,。；\n]{2,40}?)(?:自主|独立|联合|共同|团队|公司|全资)*(?P<deed>研发|开发|推出|发布|打造|训练|出品|提供|创建|创立|创办|成立|设立|研制|自研)"
)
_MAKING = re.compile(
    r"(?:发布|推出|开源|开发|研发|打造|训练|上线|发佈|發布|自研|研制|开放)(?:了|出|的)?|launched|released|unveiled|introduced|open-sourced"
)
# Another actor, or somebody else's thing, stands between.
_OTHERS = re.compile(r"采用|使用|接入|基于|调用|搭载|投资|支持|对比|比|与|和|、")
_BASIS = re.compile(r"(?:基于|采用|搭载|接入|使用|依托|对标|超越|超过|比|挑战|类似|竞品)[ \n“「《]?$")
_FOUNDER = re.compile(
    r"[ \n]?(?:的)?(?:联合)?(?:创始人|创办人)(?:[、及和兼]?(?:CEO|CTO|COO|董事长|总裁|首席[\u3400-\u9fff]{2,4}官|首席执行官))*[ \n*]*"
)
_IS = re.compile(r"[》」”\"）)]?[ \n]?(?:是|，?由|则?是由|为)[ \n]?(?:一款|一个|中国公司|国内)?[ \n]?")
_MADE_AFTER = re.compile(
    r"(?:公司|集团|团队)?[ \n]?(?:于[^，。]{2,12})?(?:最新|自主|联合|正式|旗下)*(?:推出|发布|研发|开发|打造|训练|出品|自研|开源|旗下)"
)
_DEVELOPED = re.compile(
    r"(?:自主|联合|共同|独立)?(?:研发|开发|開發|研發|打造|自研|训练|研制|推出|发布|發布|开源|上线)(?:了|出|的|并开源)*|旗下的?|的|developed|released|launched|unveiled|introduced|built|'s "
)
_POSSESSIVE = re.compile(
    r"[ \n]?(?:公司|集团|团队)?[ \n]?(?:旗下的?|自研的?|研发的|开发的|推出的|发布的|打造的|的|最新的?|首个|新|'s|’s)*[ \n]?(?:AI|人工智能|大语言|大|视频生成|推理|多模态|开源|旗舰|基础|生成式)*(?:模型|助手|产品|应用|机器人)?[ \n]?[“\"「《]?"
)


class EventReader:
    """Reads events and relations of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder, mentions: Mentions) -> None:
        self.subjects = subjects
        self.outline = subjects.outline
        self.text = subjects.text
        self.scope = scope
        self.mentions = mentions

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield the events of a document, then its relations."""
        seen: set[tuple[Any, ...]] = set()
        for deed in deeds(self.text, ranges):
            for proposal in self._events(deed):
                mark = (proposal.property_id, proposal.subject.name, proposal.fields.get("date"))
                if mark not in seen:
                    seen.add(mark)
                    yield proposal
        for proposal in self._developers(ranges):
            mark = (proposal.property_id, proposal.subject.name, proposal.fields.get("object_name"))
            if mark not in seen:
                seen.add(mark)
                yield proposal

    def _events(self, deed: Deed) -> Iterator[Proposal]:
        date = self._date(deed)
        if deed.event == "announced" and date is None:
            return
        clause_start, _ = self.outline.clause(deed.start)
        planned = _PLANNED.search(self.text, max(clause_start, deed.start - 24), deed.start)
        fields: dict[str, Any] = {"assertion": "planned" if planned else "asserted"}
        start, end = deed.start, deed.end
        if date is not None:
            value = date.value
            fields |= {"date": value.date or value.period_start, "date_basis": value.basis, "value_status": "reported"}
            if value.period_start and value.period_end:
                fields |= {"period_start": value.period_start, "period_end": value.period_end}
            start, end = date.start, date.end
        else:
            fields["value_status"] = "not_stated"
        actor = self._actor(deed)
        for subject in self._subjects(deed, actor):
            own = dict(fields)
            if actor is not None and actor.name != subject.name:
                own["participants"] = [{"role": "actor", "name": actor.name, "entity_id": actor.entity_id}]
            yield Proposal("event", deed.event, start, end, subject, METHOD, own)

    def _actor(self, deed: Deed) -> Subject | None:
        start, _ = self.outline.clause(deed.start)
        actors = [m for m in self.mentions.within(start, deed.start) if m.kind in _ACTORS]
        return as_subject(actors[0]) if actors else None

    def _date(self, deed: Deed) -> DateMatch | None:
        begin, end = self.outline.sentence(deed.start)
        near = self.scope.date_near(deed.start)
        if near is not None:
            return near
        following = self.scope.dates_within(deed.end, min(end, deed.end + 30))
        if following:
            return following[0]
        before, _ = self.outline.sentence(begin - 1) if begin else (0, 0)
        earlier = self.scope.dates_within(before, begin)
        return earlier[-1] if earlier and begin - earlier[-1].end < 60 else None

    def _subjects(self, deed: Deed, actor: Subject | None) -> list[Subject]:
        start, end = self.outline.clause(deed.start)
        if not deed.of_thing:
            found = actor or self.subjects.of(deed.start, deed.end, "revenue")
            return [found] if found else []
        after = [m for m in self.mentions.within(deed.end, end) if m.kind in _THINGS]
        if after and after[0].start - deed.end <= 40:
            return [as_subject(m) for m in _listed(self.text, after)]
        before = [
            m
            for m in self.mentions.within(start, deed.start)
            if m.kind in _THINGS and not _BASIS.search(self.text, max(0, m.start - 6), m.start)
        ]
        if before:
            return [as_subject(before[-1])]
        if actor is not None:
            return [actor]
        earlier = self.subjects.of(deed.start, deed.end, "open_source")
        return [earlier] if earlier is not None else []

    def _developers(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        items = [m for m in self.mentions.items if any(a <= m.start < b for a, b in ranges)]
        for one, other in itertools.pairwise(items):
            if one.kind == "organization" and other.kind in {"model", "product"} and self._makes(one, other):
                yield self._developer(other, one)
            elif one.kind in {"model", "product"} and other.kind == "organization" and self._is_made_by(one, other):
                yield self._developer(one, other)
            elif (
                one.kind == "organization"
                and other.kind == "person"
                and _FOUNDER.fullmatch(self.text[one.end : other.start])
            ):
                yield self._relation("founded_by", one, other)
        yield from self._by()
        yield from self._made(ranges)

    def _by(self) -> Iterator[Proposal]:
        for match in _BY.finditer(self.text):
            who = self.mentions.within(match.start("who"), match.end("who"))
            start, end = self.outline.sentence(match.start())
            founded = match["deed"] in {"创立", "创办", "创建", "成立", "设立"}
            makers = [m for m in who if m.kind == ("person" if founded else "organization")] or [
                m for m in who if m.kind in _ACTORS and m.kind != "place"
            ]
            wanted = {"organization"} if founded else _THINGS
            after = [m for m in self.mentions.within(match.end(), min(end, match.end() + 30)) if m.kind in wanted]
            before = [m for m in self.mentions.within(start, match.start()) if m.kind in wanted and m not in makers]
            things = (
                after[:1] if after and self.text[match.end() : match.end() + 1] == "的" else before[-1:] or after[:1]
            )
            for thing in things:
                for maker in makers:
                    yield self._relation("founded_by" if founded else "developer", thing, maker)

    def _made(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """What an organization is told to release, open or train in one clause is its own."""
        for start, end in ranges:
            for match in _MAKING.finditer(self.text, start, end):
                begin, finish = self.outline.clause(match.start())
                makers = [m for m in self.mentions.within(begin, match.start()) if m.kind == "organization"]
                if not makers or _OTHERS.search(self.text, makers[-1].end, match.start()):
                    continue
                things = [
                    m
                    for m in self.mentions.within(match.end(), finish)
                    if m.kind in {"model", "product"} and not _BASIS.search(self.text, max(0, m.start - 6), m.start)
                ]
                for thing in _listed(self.text, things):
                    if thing.start - match.end() <= 48:
                        yield self._relation("developer", thing, makers[-1])

    def _is_made_by(self, thing: Mention, maker: Mention) -> bool:
        between = self.text[thing.end : maker.start]
        return _IS.fullmatch(between) is not None and _MADE_AFTER.match(self.text, maker.end) is not None

    def _makes(self, maker: Mention, thing: Mention) -> bool:
        between = self.text[maker.end : thing.start]
        if len(between) > 40 or re.search(r"[。；;！？]", between):
            return False
        if _POSSESSIVE.fullmatch(between) or (
            between in {"（", "("} and self.text[thing.end : thing.end + 1] in {"）", ")"}
        ):
            return True
        found = _DEVELOPED.search(between)
        return found is not None and not re.search(
            r"、|和|与|基于|接入|采用|使用|调用|部署|投资|收购|比|超过|对标|竞争|击败", between
        )

    def _developer(self, thing: Mention, maker: Mention) -> Proposal:
        return self._relation("developer", thing, maker)

    def _relation(self, property_id: str, thing: Mention, maker: Mention) -> Proposal:
        fields = {"object_id": maker.entity_id, "object_name": maker.name, "assertion": "asserted"}
        return Proposal("relation", property_id, maker.start, maker.end, as_subject(thing), METHOD, fields)


def _listed(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the first name and those that are listed with it."""
    found = mentions[:1]
    for mention in mentions[1:]:
        if not re.fullmatch(
            r"[”」』》\"\s]*(?:、|和|与|及|以及|,|，|and)[“「『《\"\s]*[^，。、]{0,6}",
            text[found[-1].end : mention.start],
        ):
            break
        found.append(mention)
    return found
