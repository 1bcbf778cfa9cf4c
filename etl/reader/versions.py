"""Versions: what a model is a version of, by its name or in words, and what it is built on."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.ties import standing, tie

_MADE = frozenset({"model", "product"})
_NUMBERED = re.compile(r"[A-Z]{1,4}-?\d{2,4}[A-Z]{0,2}")
# What a version's name adds to its family's: a number, a size, a length, what it is tuned for.
_NUMBER = r"[vVrR]?\d{1,4}(?:\.\d{1,3}){0,2}[oO]?|A?\d{1,4}(?:\.\d{1,3})?[BbMmKkTt]"
_GRADE = (
    r"(?i:Pro|Max|Turbo|Ultra|Mini|Plus|Flash|Lite|Nano|Tiny|Small|Medium|Large|XL|XXL|Air|Base|Chat|Instruct|Pretrain|Preview|"
    r"Thinking|Reasoning|Coder?|Math|VL|Vision|Audio|Omni|Multimodal|MoE|Dense|Distill|Speed|Character|it|pt|hf|exp|RL|DPO|SFT)"
)
_VERSION = re.compile(rf"(?:{_NUMBER}|[ \n_-](?:{_NUMBER}|{_GRADE}))(?:[ \n_-](?:{_NUMBER}|{_GRADE})){{0,6}}")
_LONGEST_TAIL = 32
_TRIGGERS = Triggers(
    {
        **dict.fromkeys(
            [
                *(
                    "升级版",
                    "改进版",
                    "增强版",
                    "迭代版",
                    "精简版",
                    "轻量版",
                    "微调版",
                    "量化版",
                    "蒸馏版",
                    "加强版",
                    "优化版",
                    "缩小版",
                    "迷你版",
                    "开源版",
                    "指令版",
                    "变体",
                    "衍生版",
                    "后续版本",
                    "后续型号",
                    "继任者",
                    "后继者",
                    "下一代",
                    "新一代版本",
                    "最新版",
                    "替换版本",
                    "替代版本",
                    "升级版本",
                    "更新版本",
                    "改良版",
                ),
            ],
            "version",
        ),
        **dict.fromkeys(
            ["predecessor", "predecessors", "previous", "succeeds", "superseding", "improves upon"], "forerunner"
        ),
        "继": "after",
        **dict.fromkeys(["前代", "上一代", "上代", "前一代", "前作", "上一版本", "前一版本"], "predecessor"),
        **dict.fromkeys(["提供支持的", "提供动力的", "驱动的"], "powered"),
        **dict.fromkeys(["基础模型", "底层模型", "底座模型", "基座模型"], "foundation"),
        **dict.fromkeys(["的一部分", "的一员", "的成员"], "member"),
        **dict.fromkeys(["基于", "蒸馏自", "微调自", "衍生自"], "basis"),
        **dict.fromkeys(["采用", "使用", "沿用"], "adopting"),
        **dict.fromkeys(["包括", "包含", "分为", "分别是", "分别为", "涵盖"], "containing"),
        **dict.fromkeys(
            [
                "国际版",
                "海外版",
                "企业版",
                "网页版",
                "专业版",
                "移动版",
                "轻量版",
                "中文版",
                "英文版",
                "国内版",
                "海外版本",
                "国际版本",
            ],
            "edition",
        ),
        **dict.fromkeys(
            [
                *(
                    "based on",
                    "built on",
                    "built upon",
                    "build on",
                    "fine-tuned from",
                    "finetuned from",
                    "fine-tuned on",
                ),
                *(
                    "derived from",
                    "distilled from",
                    "building on",
                    "post-trained from",
                    "pre-trained on",
                    "initialized from",
                ),
            ],
            "grown",
        ),
        **dict.fromkeys(
            [
                *(
                    "version of",
                    "successor to",
                    "successor of",
                    "variant of",
                    "upgrade of",
                    "upgrade to",
                    "iteration of",
                ),
                *("fine-tune of", "finetune of", "member of", "part of"),
            ],
            "follower",
        ),
        **dict.fromkeys(["为基座", "为底座", "为基础", "基础上", "微调而来", "微调得到", "微调而成"], "ground"),
    }
)
_MARKS = r"[ \n*_`“「《”」》\"]*"
_KIND = r"(?:开源|自研|大|语言|基础|基座|系列|的|模型|架构|[ \n])*"
_OF = re.compile(rf"{_MARKS}{_KIND}{_MARKS}(?:的|之)?(?:直接|全新|官方|增强)?{_MARKS}")
_IS = re.compile(r"(?:[ \n*”」]*(?:大?模型)?，)?[^，。；\n]{0,2}(?:是|为|系|作为|可视为|相当于)[^，。；\n]{0,12}?")
_OF_EDITION = re.compile(rf"{_MARKS}的{_MARKS}")
_CALLED = re.compile(rf"本?(?:[ \n]|——|：|:|，|模型|、|是|即)*{_MARKS}")
_SO_MADE = re.compile(
    rf"{_MARKS}{_KIND}{_MARKS}(?:的)?[^，。；\n]{{0,16}}?(?:构建|开发|微调|训练|打造|改进|研发|搭建|蒸馏|优化|而来|运行|驱动|创建|精调|扩展|改造)"
)
_FRAMES = ("架构", "框架")
_FRAMED = re.compile(rf"{_MARKS}(?:系列)?(?:架构|框架|协议|引擎|内核)")
_ALL = re.compile(
    rf"{_MARKS}(?:大?模型|芯片|GPU|系列)?{_MARKS}(?:等等?)?(?:[^，。；\n]{{0,6}}?)?(?:—{{1,2}})?(?:均|也|都|主要|仍然?|同样|则|全部|全都|大多|是|[ \n])*"
)
_THEN = re.compile(
    rf"[^，。；\n的了出]{{0,14}}(?:的|了|出){_MARKS}(?:[^，。；\n的了]{{0,12}}?(?:模型|助手|产品|应用|系统|工具|平台|机器人|版本))?{_MARKS}"
)
# 由X的Y提供支持的Z; X模型（Z基础模型）; 在X的基础上构建Z.
_KIND_OF = re.compile(
    rf"{_MARKS}(?:[^，。；\n的了]{{0,10}}?(?:模型|助手|产品|应用|系统|工具|平台|机器人|版本))?{_MARKS}"
)
_IN_BRACKETS = re.compile(r"(?:大?模型)?[ \n]?[（(][ \n]?")
_BUILDS = re.compile(
    rf"之?上?(?:，)?(?:进一步|又|再|自主|成功|来)*(?:构建|开发|打造|训练|推出|研发|微调|发布|搭建)(?:了|出|出了)?{_MARKS}(?:[^，。；\n的了]{{0,12}}?(?:模型|助手|产品|应用|系统|工具|平台|机器人|版本))?{_MARKS}"
)
_IN = re.compile(r"在[ \n*“]*(?:[^，。；\n在]{0,12}?的)?[ \n*“]*$")
_AS = re.compile(r"[ \n]*作为[ \n*]*")
_COMPARED = re.compile(r"(?:较|比|于|相较|对比|超越|超过|取代|替代|继承|接替|优于)(?:其|了|它的?)?[ \n]*$")
_BEFORE_IT = re.compile(rf"(?:的|模型|产品|版本|旗舰)*{_MARKS}")
_STEM = re.compile(r"[A-Za-z]{3,}|[\u3400-\u9fff]{2,}")
_FAMILY = re.compile(r"[ \n]*(?:系列|家族|大?模型(?:系列|家族)?)+")
# Yunfan-2 is a model trained on top of Yunfan-1; Yunfan-2, the successor to Yunfan-1.
_IS_ENGLISH = re.compile(
    r"[\])*_`\"”]*(?: \([^()\n]{1,40}\))?(?: (?:series|family|models?))*,? ?(?:which )?(?:(?:is|are|was|were|represents?|has been|have been|an?|the)\b[^.;\n]{0,90}|(?:trained|built|finetuned|fine-tuned|developed)?) ?"
)
_LEADS_TO = re.compile(r"(?: top of)?(?: the| an?| our| its)?(?: [a-z-]+){0,2} [\[*_`\"“]*")
_THEREAFTER = re.compile(r"[\])）]*[ \n*”」》`]*(?:系列|大?模型|发布|推出|开源|问世)*(?:之后|后|以来)[，, ]?")
_ITS_OLD = re.compile(r"(?:,| model| version| generation|'s)*[ \n]?[\[*`“\"]*")
# X系列一共包括; X包括三款模型，分别是: what may stand between a family and its members.
_CONTAINS = re.compile(
    r"[ \n*”」]*(?:系列|家族|大?模型)*(?:一共|总共|共|目前|主要|又|则|[ \n])*(?:(?:包括|包含|分为|有)了?[^，。；\n]{0,4}[一二两三四五六七八九十\d]+[款个种][^，。；\n]{0,8}[，：:])?"
)
_MEMBERS = re.compile(r"了?(?:[一二两三四五六七八九十\d]+[款个种][^，。；：:\n]{0,8}[：:])?[ \n“「*`]*")
# What only points at the thing spoken of before.
_THIS_THING = re.compile(
    r"[ \n>*]*(?:而且?|并且?|同时|且|也|均|都|则)?(?:(?:该|这款|此|这一|新|其)(?:新|系列)?(?:模型|产品|工具|系统|平台|应用|框架|项目|版本|智能体|Agent)|它们?|其|二者|两者)?(?:是|均|都|也|则|主要|完全|[ ])*"
)
_BASES = _MADE | {"technology"}
_NEAR, _CLAUSE = 16, 60


def _is_made(mention: Mention) -> bool:
    """Tell whether a name may have versions: a model, a product, a chip by its number."""
    return mention.kind in _MADE or (mention.kind == "technology" and _NUMBERED.fullmatch(mention.name) is not None)


def _akin(one: str, other: str) -> bool:
    """Tell whether two names share the stem of a family and differ only behind it: X-2 and X-1.5."""
    stem = _STEM.match(other)
    return stem is not None and one != other and one.casefold().startswith(stem[0].casefold())


def _kin(name: str, families: dict[str, Mention]) -> list[Mention]:
    """Return the families that a name begins with, the nearest first, where the rest is a version's."""
    folded = name.casefold()
    found = []
    for cut in range(len(name) - 1, max(1, len(name) - _LONGEST_TAIL), -1):
        family = families.get(folded[:cut])
        if family is not None and family.name != name and _VERSION.fullmatch(name, cut):
            found.append(family)
    return found


class VersionReader:
    """Reads what is a version of what, or built on it."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the versions and bases that the words of a range tell."""
        yield from _TRIGGERS.read_by(self, start, end)

    def by_name(self, items: list[Mention], every: list[Mention]) -> Iterator[Proposal]:
        """Yield what is by its name a version of what the text names too: X 2.0 of X, X-2-7B of X-2 and of X."""
        families: dict[str, Mention] = {}
        for mention in every:
            if mention.kind in _MADE and self.text[mention.end : mention.end + 1] not in {"月", "日", "年"}:
                for name in (mention.name, self.text[mention.start : mention.end]):
                    families.setdefault(name.casefold(), mention)
        seen: set[str] = set()
        for mention in items:
            if mention.name not in seen and mention.kind in _MADE:
                seen.add(mention.name)
                kin = _kin(mention.name, families)
                # The nearest and the oldest say it all: what lies between is told of the nearest itself.
                for family in dict.fromkeys((*kin[:1], *kin[-1:])):
                    yield tie("version_of", mention, family, place=mention)

    def _version(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y是X的升级版; X的升级版Y."""
        begin, end = self.parties.clause(at, _CLAUSE)
        if _AS.match(self.text, begin):
            # X模型，作为Y的替换版本: what the clause before names.
            begin = max(self.parties.outline.sentence(begin)[0], begin - _CLAUSE)
        before = [m for m in self.parties.mentions.within(begin, at) if _is_made(m)]
        if not before or not _OF.fullmatch(self.text, before[-1].end, at):
            return
        family = before[-1]
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + _NEAR)) if _is_made(m)]
        if len(before) > 1 and _IS.fullmatch(self.text, self.parties.end(before[-2]), family.start):
            yield from self._tied("version_of", before[-2], family, at)
        elif after and _CALLED.fullmatch(self.text, stop, after[0].start):
            yield from self._tied("version_of", after[0], family, at)

    def _predecessor(self, at: int, stop: int) -> Iterator[Proposal]:
        """该模型较前代X有提升: of the model of X's stem that was named last before it."""
        after = [m for m in self.parties.mentions.within(stop, stop + _NEAR) if m.kind in _MADE]
        if not after or not _BEFORE_IT.fullmatch(self.text, stop, after[0].start):
            return
        if not _COMPARED.search(self.text, max(0, at - _NEAR), at):
            return
        stem = _STEM.match(after[0].name)
        before = [m for m in self.parties.mentions.within(max(0, at - 2 * _CLAUSE), at) if m.kind in _MADE]
        kin = [m for m in before if stem and m.name.startswith(stem[0]) and m.name != after[0].name]
        if kin:
            yield from self._tied("version_of", kin[-1], after[0], at)

    def _after(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y是继X之后的新模型; 继X之后，甲推出Y."""
        named = [m for m in self.parties.mentions.within(stop, stop + _NEAR) if m.kind in _MADE]
        if not named or self.text[stop : named[0].start].strip(" \n“「《[`*"):
            return
        follows = _THEREAFTER.match(self.text, self.parties.end(named[0]))
        if follows is None:
            return
        begin, end = self.parties.outline.sentence(at)
        before = [m for m in self.parties.mentions.within(max(begin, at - _CLAUSE), at) if m.kind in _MADE]
        after = [
            m for m in self.parties.mentions.within(follows.end(), min(end, follows.end() + _CLAUSE)) if m.kind in _MADE
        ]
        newer = before[-1:] or after[:1]
        if newer and _akin(newer[0].name, named[0].name):
            yield from self._tied("predecessor", newer[0], named[0], at)

    def _forerunner(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y improves on its predecessor X, in English: of the newer one of the same stem that the text names before."""
        after = [m for m in self.parties.mentions.within(stop, stop + 2 * _NEAR) if m.kind in _MADE]
        if not after or not _ITS_OLD.fullmatch(self.text, stop, after[0].start):
            return
        begin, end = self.parties.outline.sentence(at)
        old = after[0]
        named = [m for m in self.parties.mentions.within(max(begin, at - 4 * _CLAUSE), at) if m.kind in _MADE]
        named += [m for m in self.parties.mentions.within(old.end, min(end, old.end + _CLAUSE)) if m.kind in _MADE]
        newer = [m for m in named if m.name != old.name and _akin(m.name, old.name)]
        if newer:
            yield from self._tied("predecessor", newer[0], old, at)

    def _basis(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y基于X构建; 基于X的Y."""
        begin, end = self.parties.clause(at, _CLAUSE)
        after = [m for m in self.parties.mentions.within(stop, end) if m.kind in _BASES]
        if not after or after[0].start - stop > _NEAR:
            return
        bases = self.parties.group_after(after)
        base = bases[-1]
        so_made = _SO_MADE.match(self.text, base.end, end) is not None
        framed = self._is_frame(base)
        if after[0].kind != "model" and not (
            (so_made or framed) and not self.text[stop : after[0].start].strip(" \n*“「`")
        ):
            return
        if framed:
            yield from self._framed(begin, at, bases)
        behind = [m for m in after[len(bases) :] if m.kind in _MADE]
        before = [m for m in self.parties.mentions.within(begin, at) if m.kind in _MADE]
        things: list[Mention] = []
        if behind and _THEN.fullmatch(self.text, base.end, behind[0].start):
            things = behind[:1]
        elif before and (so_made or at - before[-1].end < 4):
            things = self.parties.group_before(before)
        elif not before and so_made and _THIS_THING.fullmatch(self.text, begin, at):
            things = self._spoken_of(begin)
        for thing in things:
            for one in bases:
                yield from self._tied("based_on", thing, one, at)

    def _adopting(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y采用X架构."""
        begin, end = self.parties.clause(at, _CLAUSE)
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + _NEAR)) if m.kind == "technology"]
        if after and not self.text[stop : after[0].start].strip(" \n*“「`了的是") and self._is_frame(after[0]):
            yield from self._framed(begin, at, after[:1])

    def _is_frame(self, base: Mention) -> bool:
        """Tell whether a technology is called an architecture or the like."""
        if base.kind != "technology":
            return False
        return self.text.endswith(_FRAMES, base.start, base.end) or _FRAMED.match(self.text, base.end) is not None

    def _framed(self, begin: int, at: int, bases: list[Mention]) -> Iterator[Proposal]:
        """Y和Z都基于X架构: what has an architecture is based on it, chips too."""
        before = [m for m in self.parties.mentions.within(begin, at) if m.kind in _BASES]
        if before and _ALL.fullmatch(self.text, self.parties.end(before[-1]), at):
            for thing in self.parties.group_before(before):
                for base in bases:
                    yield from self._tied("based_on", thing, base, at)

    def _spoken_of(self, begin: int) -> list[Mention]:
        """Return the model or product that was named last before a clause that only points at it: 该模型基于X打造."""
        start = max(0, begin - 2 * _CLAUSE)
        before = [m for m in self.parties.mentions.within(start, begin) if m.kind in _MADE]
        return before[-1:] if before and "\n\n" not in self.text[before[-1].end : begin] else []

    def _containing(self, at: int, stop: int) -> Iterator[Proposal]:
        """X系列包括Y和Z; X包括三款模型，分别是Y和Z."""
        begin, end = self.parties.outline.sentence(at)
        before = [m for m in self.parties.mentions.within(max(begin, at - _CLAUSE), at) if m.kind in _MADE]
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + 2 * _CLAUSE)) if m.kind in _MADE]
        if not before or not after or before[-1].kind != "model" or before[-1].start < begin:
            return
        if not _CONTAINS.fullmatch(self.text, before[-1].end, at) or not _MEMBERS.fullmatch(
            self.text, stop, after[0].start
        ):
            return
        for version in self.parties.group_after(after):
            yield from self._tied("version_of", version, before[-1], at)

    def _edition(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y（X国际版）; Y是X的海外版."""
        named = [m for m in self.parties.every.within(max(0, at - _CLAUSE), at) if m.kind in _MADE]
        if len(named) > 1 and _OF_EDITION.fullmatch(self.text, named[-1].end, at):
            if _IS.fullmatch(self.text, self.parties.end(named[-2]), named[-1].start):
                yield from self._tied("version_of", named[-2], named[-1], at)
            return
        if self.text[stop : stop + 1] not in {"）", ")"}:
            return
        if len(named) > 1 and named[-1].end == at and _IN_BRACKETS.fullmatch(self.text, named[-2].end, named[-1].start):
            yield from self._tied("version_of", named[-2], named[-1], at)

    def _grown(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y is based on X, in English."""
        yield from self._in_english("based_on", at, stop)

    def _follower(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y is an upgraded version of X, in English."""
        yield from self._in_english("version_of", at, stop)

    def _in_english(self, property_id: str, at: int, stop: int) -> Iterator[Proposal]:
        begin, end = self.parties.outline.sentence(at)
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + 2 * _NEAR)) if m.kind in _MADE]
        if not after or after[0].kind != "model" or not _LEADS_TO.fullmatch(self.text, stop, after[0].start):
            return
        for thing in self.parties.mentions.within(max(begin, at - 2 * _CLAUSE), at):
            if thing.kind in _MADE and _IS_ENGLISH.fullmatch(self.text, thing.end, at):
                yield from self._tied(property_id, thing, after[0], at)
                return

    def _ground(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y以X为基座训练; Y在X基础上微调."""
        begin, _ = self.parties.clause(at, _CLAUSE)
        before = [m for m in self.parties.mentions.within(begin, at) if m.kind in _MADE]
        if (
            len(before) > 1
            and _OF.fullmatch(self.text, before[-1].end, at)
            and self.text[before[-2].end : before[-1].start].strip(" \n*")[-1:] in {"以", "在", "由", "从"}
        ):
            yield from self._tied("based_on", before[-2], before[-1], at)
            return
        after = [m for m in self.parties.mentions.within(stop, stop + 2 * _NEAR) if m.kind in _MADE]
        on = before and _IN.search(self.text, max(begin, before[-1].start - _NEAR), before[-1].start)
        if (
            on
            and after
            and _OF.fullmatch(self.text, before[-1].end, at)
            and _BUILDS.fullmatch(self.text, stop, after[0].start)
        ):
            yield from self._tied("based_on", after[0], before[-1], at)

    def _powered(self, at: int, stop: int) -> Iterator[Proposal]:
        """由X的Y提供支持的Z."""
        begin, end = self.parties.clause(at, _CLAUSE)
        before = [m for m in self.parties.mentions.within(begin, at) if m.kind in _MADE]
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + 2 * _NEAR)) if m.kind in _MADE]
        if (
            not before
            or not after
            or before[-1].kind != "model"
            or not _KIND_OF.fullmatch(self.text, stop, after[0].start)
        ):
            return
        by = self.text.rfind("由", max(begin, before[-1].start - 24), before[-1].start) >= 0
        if by and _OF.fullmatch(self.text, before[-1].end, at):
            if after[0].kind == "product":
                yield from self._tied("powers", before[-1], after[0], at)
            else:
                yield from self._tied("based_on", after[0], before[-1], at)

    def _foundation(self, at: int, stop: int) -> Iterator[Proposal]:
        """X模型（Z基础模型）: what X is the foundation of."""
        if self.text[stop : stop + 1] not in {"）", ")"}:
            return
        named = [m for m in self.parties.every.within(max(0, at - _CLAUSE), at) if m.kind in _MADE]
        if (
            len(named) > 1
            and not self.text[named[-1].end : at].strip(" \n的背后之")
            and _IN_BRACKETS.fullmatch(self.text, named[-2].end, named[-1].start)
        ):
            yield from self._tied("based_on", named[-1], named[-2], at)

    def _member(self, at: int, stop: int) -> Iterator[Proposal]:
        """Y是X家族的一部分."""
        begin, _ = self.parties.clause(at, _CLAUSE)
        named = [m for m in self.parties.mentions.within(begin, at) if _is_made(m)]
        if (
            len(named) > 1
            and _FAMILY.fullmatch(self.text, named[-1].end, at)
            and _IS.fullmatch(self.text, self.parties.end(named[-2]), named[-1].start)
        ):
            yield from self._tied("version_of", named[-2], named[-1], at)

    def _tied(self, property_id: str, thing: Mention, base: Mention, at: int) -> Iterator[Proposal]:
        assertion = standing(self.text, at)
        if assertion is not None and thing.name != base.name:
            yield tie(property_id, thing, base, assertion)
