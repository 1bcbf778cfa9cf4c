"""Releases: the thing that was brought out, opened or changed."""

import re

from etl.reader.deeds import Deed
from etl.reader.mentions import Mention
from etl.reader.nearby import clauses_before
from etl.reader.nouns import topic, words
from etl.reader.roles import listed, without_kind
from etl.reader.subjects import Subject, as_subject
from etl.reader.surroundings import ACTORS, BODIES, POSSESSED, THINGS, Surroundings

# These are said of things alone: where none is named, whose they are is no subject.
_OF_THINGS_ONLY = frozenset({"upgraded", "filed", "opened", "price_changed"})
# A name set apart after the word: 推出AI助手“X”; what is so called, or is only a function, is none.
_QUOTED = re.compile(
    r"(?!.{0,8}(?:已经|似乎|成为|就是|所谓|包括))[^，。；：“”「」《》\n]{0,24}?(?:“|「|\*\*|`)[“「*` ]{0,4}"
    r"(?P<name>[^”」*`，。；了\n]{2,24}?)[ \n]?(?:”|」|\*\*|`)(?![^，。；\n]{0,8}(?:功能|政策|计划|行动))"
)
_TITLE_AFTER = re.compile(r"[^，。；：\n]{0,24}?[《〈]")
_GENERIC = re.compile(r"(?:新一代|首[个款]|国内|国产|全球|最强|最新|开源).*")
_THING_WORDS = re.compile(r"[ \n*]*(?:该|这款|新)?(?:产品|模型|应用|系统|平台)|[ \n*]*它")
# What is brought out is a paper about things, not the things.
_SHOWN = re.compile(
    r"(?:[ \n]?[^，。；：的\n]{0,12}?[ \n]?的?(?:全新|最新|新一代|下一代|首款|首个|自研|一款)的?[ \n]?)?"
    r"(?:[^，。；：\n]{0,16}?(?:模型|系列|产品|芯片|平台|版本|助手|应用|处理器|架构|显卡|机器人|眼镜|手机|工具|系统|服务器))?[ \n“「*]*"
)
# Things that are counted and then listed: 开源了两个模型：X和Y.
_COUNTED = re.compile(r"了?(?:[一二两三四五六七八九十\d]+)(?:个|款|种|大)[^，。；：\n]{0,16}[：:]")
_NOTICE = re.compile(r"了?(?:一[份则])?关于[^，。；\n]{2,40}的(?:公告|通知|通报|报告|声明|消息|文章)")
# The model that was told of before, and what of a thing is given out.
_THAT_THING = re.compile(r"了?(?:该|这款|这一|此款?)(?:新|大)?(?:模型|产品|应用|系统|平台|芯片|工具)(?!的)")
_ITS_CODE = re.compile(r"[ \n*”」]*(?:等?[^，。；\n]{0,8}?模型)?的[^，。；、\n]{0,10}?(?:代码|权重|架构|检查点)")
# 甲的大模型通过备案: a model without a name is whose it is.
_FIRMS_MODEL = re.compile(r"(?:旗下|自研)?的?(?:AI)?大模型")
_TO_VERSION = re.compile(r"了(?!的)|[至到为]|(?<=[至到为])[ \n]?[VvA-Z\d]")
_COMPARED = re.compile(r"(?:较|前代|比|上一代|超越|超过|基于|与)[ \n*]*$")
# What something is done with is not what it is done to: X使用Y从头开始训练.
_MEANS = re.compile(r"(?:使用|采用|利用|借助|运用)(?!了)[^，。；\n]{0,30}$")
# What a product's own people bring out, and a thing that comes out by itself.
_BROUGHT_OUT = frozenset({"released", "open_sourced", "opened"})
_BY_ITS_TEAM = re.compile(r"[ \n*”」]*(?:官方|团队|项目组|开发组|公司|平台)?(?:也|还|又|正式|现已|已|今日|近日|[ \n])*")
_DESCRIBED = re.compile(
    r"了?(?P<what>[^，。；：！？《》\n]{1,36}?(?:模型|系统|平台|产品|应用|App|APP|工具|助手|机器人|芯片|处理器|服务器|眼镜|手机|音箱|头显|耳机|汽车|车型|服务|功能|程序|软件|版本|插件|接口|API"
    r"|框架|数据集|报告|研报|榜单|白皮书|套餐|解决方案|引擎|算法|更新|演示|技能|智能体))(?:[^，。；：！？《》\n]{0,3})(?=[，。；！、和与及以（]|$|\n)"
)
_KIND_TAIL = re.compile(
    r"[ ]?(?:平台|系统|工具|助手|眼镜|手机|音箱|机器人|套件|引擎|芯片|模型|应用|服务)(?![\u3400-\u9fff]?(?:上|中|里))"
)
_COMES_OUT = re.compile(r"(?:了|[ \n*]*(?:[，。；！!?？、）)]|$|\n))")
_COMING = re.compile(
    r"[ \n*”」》`]*(?:大?模型|系列|应用|产品|平台|助手|芯片|版)?(?:[（(][^（）()\n]{1,30}[）)])?[ \n*”」]*"
    r"(?:正式|首次|重磅|全新|隆重|惊艳|最新|震撼|终于|也|同步|相继|全网|在[^，。；\n]{1,14}?|于[^，。；\n]{1,14}?)*"
)
_GIVEN_REACH, _SPOKEN, _BRACKET, _MARKS, _OURS, _SHOWN_REACH, _OUT = 60, 300, 40, 4, 12, 36, 16


class Releases:
    """Finds the things that events befell."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.text = around.text
        self.outline = around.outline
        self.mentions = around.mentions

    def things(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        if _names_policy(self.text, deed.end):
            return []
        if _NOTICE.match(self.text, deed.end):
            return actors[:1] if dated else []
        bracketed = self.text.startswith(("）", ")"), deed.end)
        if bracketed and dated and (named := self._before_bracket(deed)) is not None:
            return [as_subject(named)]
        after = [] if bracketed else self._released_after(deed)
        vague = not after or (after[0].kind == "technology" and self.text.startswith("的", deed.end))
        defined = self.around.defined(deed, THINGS) if vague else None
        if defined is not None:
            return [defined]
        if after:
            plain = dated or deed.told or bool(actors) or self._is_brought_out(deed, after[0])
            plain = plain or (self.text.startswith("的", deed.end) and after[0].start - deed.end <= _OUT)
            return [self._whole(m) for m in after] if plain else []
        if _THAT_THING.match(self.text, deed.end) and dated:
            return self.spoken_of(deed)
        quoted = _QUOTED.match(self.text, deed.end)
        if quoted and (dated or actors) and deed.event != "upgraded" and not _GENERIC.match(quoted["name"]):
            return [Subject(quoted["name"], "product", None, *quoted.span("name"))]
        before = self._thing_before(deed)
        if before is not None:
            sure = deed.told and self._is_change(deed)
            return [before] if dated or sure or self._comes_out(deed, before) else []
        if dated and deed.event == "price_changed":
            return self.carried(deed)
        if not dated and deed.told and deed.event == "upgraded" and _TO_VERSION.match(self.text, deed.end):
            return self.carried(deed)
        if deed.event not in _OF_THINGS_ONLY and actors and (dated or self.described(deed) is not None):
            return actors[:1]
        if not dated or deed.event in _OF_THINGS_ONLY:
            return self._counted(deed) if dated or deed.told else []
        return self.carried(deed)

    def described(self, deed: Deed) -> str | None:
        """Return the words for a thing without a name that is brought out: 发布了桌面版本的程序."""
        found = _DESCRIBED.match(self.text, deed.end) if deed.event in _BROUGHT_OUT else None
        return re.sub(r"\s+", " ", found["what"]).strip(" *“「") if found else None

    def _whole(self, thing: Mention) -> Subject:
        """Return a thing by its whole name, where a field's name only begins it: AI Agent平台."""
        tail = _KIND_TAIL.match(self.text, thing.end) if thing.kind == "technology" else None
        if tail is None:
            return as_subject(thing)
        return Subject(self.text[thing.start : tail.end()], "product", None, thing.start, tail.end())

    def _is_brought_out(self, deed: Deed, thing: Mention) -> bool:
        """Tell whether a product's makers bring out what stands right behind: 云帆官方推出“云帆助手”."""
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS]
        by = named and _BY_ITS_TEAM.fullmatch(self.text, named[-1].end, deed.start)
        return bool(by) and thing.kind != "technology" and deed.event in _BROUGHT_OUT

    def _comes_out(self, deed: Deed, thing: Subject) -> bool:
        """Tell whether a clause ends with a word that tells that the thing right before it came out: “云帆”亮相."""
        if deed.event != "released" or deed.planned or not _COMES_OUT.match(self.text, deed.end):
            return False
        return thing.kind != "technology" and _COMING.fullmatch(self.text, thing.end, deed.start) is not None

    def _before_bracket(self, deed: Deed) -> Mention | None:
        """Return the thing whose bracket a word ends: 云帆-5（2025年8月发布）、星河."""
        opening = max(self.text.rfind(mark, max(0, deed.start - _BRACKET), deed.start) for mark in "（(")
        lead = self.text[max(0, opening - _MARKS) : opening]
        end = opening - len(lead) + len(lead.rstrip(' `*”"'))
        named = self.mentions.within(max(0, end - _BRACKET), end)[-1:] if opening >= 0 else []
        return named[0] if named and named[0].end == end and named[0].kind in THINGS else None

    def _is_change(self, deed: Deed) -> bool:
        """Tell an upgrade that is told of, even without a date: 已经升级了…, 升级到…; not what is only called so."""
        return deed.event != "upgraded" or _TO_VERSION.match(self.text, deed.end) is not None

    def given(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the thing whose weights or code are given out: 公开了X的权重."""
        found = [
            m
            for m in self.mentions.within(deed.end, deed.end + _GIVEN_REACH)
            if m.kind in THINGS and m.kind != "technology"
        ]
        whose = [m for m in found if _ITS_CODE.match(self.text, m.end)]
        return [as_subject(m) for m in whose[:1]] or (self.carried(deed) if dated else [])

    def spoken_of(self, deed: Deed) -> list[Subject]:
        """Return the thing that was named last: 将于4月发布该模型."""
        begin, _ = self.outline.sentence(deed.start)
        kinds = {"model"} if self.text.find("模型", deed.end, deed.end + 6) >= 0 else {"product", "model"}
        named = [
            m
            for m in self.mentions.within(max(0, begin - _SPOKEN), deed.start)
            if m.kind in kinds and not _COMPARED.search(self.text, max(0, m.start - 8), m.start)
        ]
        return [as_subject(named[-1])] if named else []

    def _counted(self, deed: Deed) -> list[Subject]:
        """Return what a clause speaks of, where it names no thing: 首批大模型产品获批."""
        begin, _ = self.around.clause(deed.start)
        for firm in self.mentions.within(begin, deed.start) if deed.event == "filed" else ():
            own = _FIRMS_MODEL.match(self.text, firm.end, deed.start) if firm.kind == "organization" else None
            if own is not None:
                return [Subject(self.text[firm.start : own.end()], "model", None, firm.start, own.end())]
        told = words(self.text, self.mentions, begin, deed.start) if deed.event == "filed" else ()
        found = topic(self.text, told)
        if found is None and deed.event == "filed":
            named = [m for m in self.mentions.within(max(begin, deed.start - 12), deed.start) if m.kind == "topic"]
            return [as_subject(named[-1])] if named else []
        if found is None or found.pronoun is not None or (found.mention is not None and found.mention.kind in ACTORS):
            return []
        return [Subject(self.text[found.start : found.end], "topic", None, found.start, found.end)]

    def _released_after(self, deed: Deed) -> list[Mention]:
        counted = _COUNTED.match(self.text, deed.end)
        if counted:
            _, finish = self.outline.sentence(deed.end)
            things = [
                m for m in self.mentions.within(counted.end(), finish) if m.kind in THINGS and self.around.is_thing(m)
            ]
            if things and not self.text[counted.end() : things[0].start].strip(" \n*“「"):
                return listed(self.text, things)
        named = self.around.after(deed, THINGS)
        named = without_kind(self.text, named)
        if not named or POSSESSED.match(self.text, named[0].end):
            return []
        if " - " in self.text[deed.end : named[0].start]:
            return []
        if named[0].kind == "technology" and named[0].start - deed.end > 12:
            return []
        return [m for m in listed(self.text, named) if named[0].kind == "technology" or m.kind != "technology"]

    def _thing_before(self, deed: Deed) -> Subject | None:
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS | ACTORS]
        if not named or named[-1].kind not in THINGS or self.around.is_basis(named[-1]):
            return None
        return None if _MEANS.search(self.text, begin, named[-1].start) else as_subject(named[-1])

    def touching(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the thing that a common word touches."""
        if not dated:
            return []
        if self.text[deed.end - 1] == "了" or self.text[deed.end - 1] == "的":
            after = [m for m in self.around.after(deed, THINGS, 2) if actors]
            return [as_subject(m) for m in after[:1]]
        if self.text[deed.end : deed.end + 1] == "的":
            return [as_subject(m) for m in self.around.after(deed, THINGS, 3)[:1]]
        before = self.mentions.within(max(0, deed.start - 40), deed.start)
        near = before[-1] if before else None
        if near is None or near.kind not in THINGS or self.text[near.end : deed.start].strip(" \n") not in {"", "的"}:
            return []
        return [as_subject(near)]

    def carried(self, deed: Deed) -> list[Subject]:
        """Return the thing that the sentence's other clauses speak of, where the word's own names none."""
        _, end = self.around.clause(deed.start)
        if self.text[end - 1 : end] in {"，", ","} and self.text[deed.end : end].strip("，, 之以") in {
            "时",
            "后",
            "来",
        }:
            following = [m for m in self.mentions.within(end, end + 60) if m.kind in THINGS]
            if following:
                return [as_subject(following[0])]
        for begin, stop in clauses_before(self.outline, deed.start):
            named = [
                m
                for m in self.mentions.within(begin, stop)
                if m.kind in THINGS | BODIES and not self.around.is_basis(m)
            ]
            things = [m for m in named if m.kind in THINGS]
            if named:
                return [as_subject((things or named)[0])]
        return self.around.pointed(deed, _THING_WORDS, THINGS)

    def shown(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the thing that is announced by its name: 宣布了新一代模型X."""
        after = self.around.after(deed, THINGS, _SHOWN_REACH)
        ours = "我们" in self.text[max(0, deed.start - _OURS) : deed.start]
        if not (dated or actors or ours) or not after or not _SHOWN.fullmatch(self.text, deed.end, after[-1].start):
            return []
        return [as_subject(after[-1])]


def _names_policy(text: str, end: int) -> bool:
    """Tell whether a title follows: what is issued by title is the policy reader's."""
    return _TITLE_AFTER.match(text, end) is not None
