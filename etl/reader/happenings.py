"""Whom an event befalls: the thing released, the body founded, the firm funded or bought, the person gone."""

import re

from etl.reader.clauses import Outline
from etl.reader.deeds import Deed
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import clauses_before, sentence_before
from etl.reader.nouns import topic
from etl.reader.roles import BASIS, acts, is_whole, listed
from etl.reader.subjects import Subject, as_subject

THINGS = frozenset({"model", "product", "technology", "dataset"})
_ACTORS = frozenset({"organization", "person"})
_BODIES = frozenset({"organization"})
_FIRMS = frozenset({"organization", "product"})
# Where something runs, which is not what is brought out: 推出iOS应用.
_PLATFORMS = frozenset({"ios", "android", "windows", "mac", "macos", "linux", "iphone应用", "web"})
# These are said of things alone: where none is named, whose they are is no subject.
_OF_THINGS_ONLY = frozenset({"upgraded", "filed", "opened", "price_changed", "development_started"})
_REACH = 160
_AFTER = 44
_AND = re.compile(r"[ \n*“”]*(?:、|，|和|与|及|以及|联合|携手|等|,|and)[ \n*“”]*(?:及|联合)?")
# A name set apart after the word: 推出AI助手“X”; what is so called, or is only a function, is none.
_QUOTED = re.compile(
    r"(?!.{0,8}(?:已经|似乎|成为|就是|所谓|包括))[^，。；：“”「」《》\n]{0,24}?(?:“|「|\*\*|`)[“「*` ]{0,4}"
    r"(?P<name>[^”」*`，。；了\n]{2,24}?)[ \n]?(?:”|」|\*\*|`)(?![^，。；\n]{0,8}(?:功能|政策|计划|行动))"
)
_GENERIC = re.compile(r"(?:新一代|首[个款]|国内|国产|全球|最强|最新|开源).*")
# A name that follows what it is: 收购了机器人公司X.
_UNKNOWN = re.compile(r"(?!的|和|与|及|后|并)[\u3400-\u9fff]{2,8}(?=[，。；（(])")
_THAT_FIRM = re.compile(r"了?[ \n]?(?:该|这家|此)公司")
_THING_WORDS = re.compile(r"[ \n*]*(?:该|这款|新)?(?:产品|模型|应用|系统|平台)|[ \n*]*它")
_FIRM_WORDS = re.compile(r"[ \n*]*(?:[^，。；\n]{0,6}(?<![新子母大家])公司(?!的?创始人)|其)")
# What is brought out is a paper about things, not the things.
_SHOWN = re.compile(r"[^，。；：\n]{0,16}?(?:模型|系列|产品|芯片|平台|版本|助手|应用)[ \n“「*]*")
# Things that are counted and then listed: 开源了两个模型：X和Y.
_COUNTED = re.compile(r"了?(?:[一二两三四五六七八九十\d]+)(?:个|款|种|大)[^，。；：\n]{0,16}[：:]")
_NOTICE = re.compile(r"了?(?:一[份则])?关于[^，。；\n]{2,40}的(?:公告|通知|通报|报告|声明|消息|文章)")
_TITLE_AFTER = re.compile(r"[^，。；：\n]{0,24}?[《〈]")
_POSSESSED = re.compile(
    r"[”」*`\"\s]*的(?!正式|第|升级|全新|最新|开源|新版|版|预览|测试|付费|企业|网页|国际|中文|技术路线|大?模型|、)"
)
_VAGUE = re.compile(r".*(?:模型|产品|应用|助手|系统|平台|机器人|芯片|工具|算法)$")
_APPOSED = re.compile(r"[ \n“「《*`（(：:]{0,4}")
_BODY = re.compile(
    r"(?:了|出|一家|一个|一支|新的?|全新的?|名为|由[^，。；\n]{2,14}组成的|[ \n*“「])*(?P<name>[^，。、；：！？“”「」*（）()《》的了并后时\n]{2,24}?(?:委员会|研究所|研究院|实验室|事业群|事业部|工作组|办公室|"
    r"机构|小组|集团|中心|联盟|基金会|基金|协会|学会|学院|工作室))(?![\u3400-\u9fff]{1,2}[长员])"
)
_GATHERING = r"(?:“[^”\n]{2,16}”)?[^，。、；：！？\n*#|（）()“”]{0,30}?(?:大会|峰会|论坛|博览会|交易会|研讨会|发布会|交流会|座谈会|展览会|年会|开发者日|挑战赛|大赛|展会)"
_GATHERING_AFTER = re.compile(rf"(?:了|的|[“「*\s]|一场|一次|首次|首届(?=[^，。]{{0,3}}会))*(?P<name>{_GATHERING})")
_GATHERING_BEFORE = re.compile(
    rf"(?:^|[，。；：！？\n#*]|日|月|年|在|将|，|悉|获悉|的)(?P<name>{_GATHERING})[”」*\s）)]*(?:于|在|将|正式|即将|如期|今天|今日|近日)?[^，。；\n]{{0,16}}$"
)
_EXCHANGE = re.compile(
    r"(?:交易所|交所|纳斯达克|纽交所|港股|美股|A股|科创板|创业板|主板|北交所|挂牌)[^，。；\n]{0,6}$|(?:香港|上海|深圳|纽约)$"
)
_PUT_ON = re.compile(r"(?:正式|全面|首批|同步|全球|国内)$")
_RECEIVER = re.compile(r"(?:给|向|对)[ \n*]*$")
_ROUND = re.compile(r"完成|获得?|宣布|筹集|募集|轮|raise")
_SUM = re.compile(r"[^，。；\n]{0,14}(?:亿|万|[Mm]illion|[Bb]illion)")
_GIVER = re.compile(r"[由从][ \n*“]*$")
# X是Y于2022年发布的…: what the sentence defines; the word must end what is said of it.
_IS = re.compile(r"[ \n*”」》]*(?:（[^（）\n]{1,30}）|\([^()\n]{1,40}\))?[ \n*]*(?:是|为|系|最早由|由)(?!了|否|何)")
_IS_OWN = re.compile(r"[^。；！？]{3,80}?")
_SAID_OF = re.compile(r"[ \n]*(?:并?开源)?(?:的|$|，|。|；|\n)")
_ALONG = re.compile(r"[与和同跟随][ \n]?$")
_TAKEN = re.compile(r"[把将][^，。；把将]{0,12}$")
_WITH = re.compile(r"[与和跟同]|及其|、|with|and")
_POSSESSED_THING = re.compile(r"的(?:模型|功能|产品|应用|服务|系统|芯片|技术)")
# Who gets the money stands right before the word that says so.
_GETS = re.compile(
    r"[ \n*”]*(?:公司)?(?:已|也|刚刚|宣布|近日|于[^，。]{2,12}|在[^，。]{2,12})*(?:完成|获得?|拿到|筹集|募集|融资|raise)"
)


class Happenings:
    """Finds the subjects of events."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions

    def subjects(self, deed: Deed, actors: list[Subject], *, dated: bool) -> list[Subject]:
        """Return what an event befell; nothing where the text does not say it plainly."""
        find = {
            "thing": self._things,
            "strict": self._touching,
            "body": self._bodies,
            "bought": self._bought,
            "funded": self._funded,
            "person": self._person,
            "joined": self._joined,
            "dismissed": self._dismissed,
            "partners": self._partners,
            "renamed": self._renamed,
            "gathering": self._gathering,
            "listed": self._on_market,
            "filing": self._for_market,
            "actor": self._actor,
            "named": self._shown,
        }[deed.role]
        return find(deed, actors, dated)

    def actors(self, deed: Deed) -> list[Subject]:
        """Return who acts: the organizations or persons that the clause names before the word, listed ones together."""
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in _ACTORS and acts(self.text, m)]
        if not named:
            return []
        group = [named[-1]]
        for mention in reversed(named[:-1]):
            if not _AND.fullmatch(self.text, mention.end, group[0].start):
                break
            group.insert(0, mention)
        return [as_subject(m) for m in group]

    def _clause(self, at: int) -> tuple[int, int]:
        start, end = self.outline.clause(at)
        return max(start, at - _REACH), min(end, at + _REACH)

    def _after(self, deed: Deed, kinds: frozenset[str], reach: int = _AFTER) -> list[Mention]:
        """List the names that the clause goes on to, up to the first that stands too far off."""
        _, end = self._clause(deed.start)
        found = [m for m in self.mentions.within(deed.end, end) if m.kind in kinds and self._is_thing(m)]
        return found if found and found[0].start - deed.end <= reach else []

    def _is_thing(self, mention: Mention) -> bool:
        return (
            not self._is_basis(mention) and is_whole(self.text, mention) and mention.name.casefold() not in _PLATFORMS
        )

    def _is_basis(self, mention: Mention) -> bool:
        return BASIS.search(self.text, max(0, mention.start - 10), mention.start) is not None

    def _things(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        if _names_policy(self.text, deed.end):
            return []
        if _NOTICE.match(self.text, deed.end):
            return actors[:1] if dated else []
        after = self._released_after(deed)
        defined = self._defined(deed, THINGS) if not after else None
        if defined is not None:
            return [defined]
        if after:
            plain = dated or deed.told or bool(actors)
            return [as_subject(m) for m in after] if plain else []
        quoted = _QUOTED.match(self.text, deed.end)
        if quoted and (dated or actors) and deed.event != "upgraded" and not _GENERIC.match(quoted["name"]):
            return [Subject(quoted["name"], "product", None, *quoted.span("name"))]
        before = self._thing_before(deed)
        if before is not None:
            return [before] if dated or (deed.told and deed.event != "upgraded") else []
        if not dated or deed.event in _OF_THINGS_ONLY:
            return self._counted(deed) if dated else []
        return actors[:1] or self._carried(deed)

    def _counted(self, deed: Deed) -> list[Subject]:
        """Return what a clause speaks of, where it names no thing: 首批大模型产品获批."""
        begin, _ = self._clause(deed.start)
        found = topic(self.text, self.mentions, begin, deed.start) if deed.event == "filed" else None
        if found is None and deed.event == "filed":
            named = [m for m in self.mentions.within(max(begin, deed.start - 12), deed.start) if m.kind == "topic"]
            return [as_subject(named[-1])] if named else []
        if found is None or found.pronoun is not None or (found.mention is not None and found.mention.kind in _ACTORS):
            return []
        return [Subject(self.text[found.start : found.end], "topic", None, found.start, found.end)]

    def _released_after(self, deed: Deed) -> list[Mention]:
        counted = _COUNTED.match(self.text, deed.end)
        if counted:
            _, finish = self.outline.sentence(deed.end)
            things = [m for m in self.mentions.within(counted.end(), finish) if m.kind in THINGS and self._is_thing(m)]
            if things and not self.text[counted.end() : things[0].start].strip(" \n*“「"):
                return listed(self.text, things)
        named = self._after(deed, THINGS)
        if (
            len(named) > 1
            and _VAGUE.match(named[0].name)
            and _APPOSED.fullmatch(self.text, named[0].end, named[1].start)
        ):
            named = named[1:]
        if not named or _POSSESSED.match(self.text, named[0].end):
            return []
        if " - " in self.text[deed.end : named[0].start]:
            return []
        if named[0].kind == "technology" and named[0].start - deed.end > 12:
            return []
        return [m for m in listed(self.text, named) if m is named[0] or m.kind != "technology"]

    def _thing_before(self, deed: Deed) -> Subject | None:
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS | _ACTORS]
        if not named or named[-1].kind not in THINGS or self._is_basis(named[-1]):
            return None
        return as_subject(named[-1])

    def _defined(self, deed: Deed, kinds: frozenset[str]) -> Subject | None:
        """Return what the sentence says that it is: X是Y于2022年发布的…, X由Y创立."""
        begin, _ = self.outline.sentence(deed.start)
        for mention in self.mentions.within(max(begin, deed.start - _REACH), deed.start):
            if mention.kind in kinds and _IS.match(self.text, mention.end):
                if self.text[begin : mention.start].strip(" \n*#>-“「《") and self.text[mention.start - 1] not in "，,":
                    return None
                own = _IS_OWN.fullmatch(self.text, mention.end, deed.start)
                return as_subject(mention) if own and _SAID_OF.match(self.text, deed.end) else None
        return None

    def _touching(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the thing that a common word touches."""
        if not dated:
            return []
        if self.text[deed.end - 1] == "了" or self.text[deed.end - 1] == "的":
            after = [m for m in self._after(deed, THINGS, 2) if actors]
            return [as_subject(m) for m in after[:1]]
        if self.text[deed.end : deed.end + 1] == "的":
            return [as_subject(m) for m in self._after(deed, THINGS, 3)[:1]]
        before = self.mentions.within(max(0, deed.start - 40), deed.start)
        near = before[-1] if before else None
        if near is None or near.kind not in THINGS or self.text[near.end : deed.start].strip(" \n") not in {"", "的"}:
            return []
        return [as_subject(near)]

    def _carried(self, deed: Deed) -> list[Subject]:
        """Return the thing that the sentence's other clauses speak of, where the word's own names none."""
        _, end = self._clause(deed.start)
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
                m for m in self.mentions.within(begin, stop) if m.kind in THINGS | _BODIES and not self._is_basis(m)
            ]
            things = [m for m in named if m.kind in THINGS]
            if named:
                return [as_subject((things or named)[0])]
        return self._pointed(deed, _THING_WORDS, THINGS)

    def _pointed(self, deed: Deed, words: re.Pattern[str], kinds: frozenset[str]) -> list[Subject]:
        """Return what the sentence before spoke of, where this one only points to it: 产品…, 该公司…."""
        begin, _ = self.outline.sentence(deed.start)
        if not words.match(self.text, max(begin, deed.start - _REACH)):
            return []
        before = sentence_before(self.outline, deed.start)
        start, end = before if before is not None else (0, 0)
        named = [m for m in self.mentions.within(start, min(end, start + _REACH)) if m.kind in kinds]
        return [as_subject(named[0])] if named else []

    def _bodies(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        after = self._founded_after(deed)
        if after is not None:
            return [after] if dated or deed.told else []
        if not dated or self.text[deed.start - 1 : deed.start] == "不":
            return []
        defined = self._defined(deed, _BODIES)
        if defined is not None:
            return [defined]
        begin, _ = self._clause(deed.start)
        lead = self.text[begin : deed.start].lstrip(" \n*")
        if lead.startswith("由"):
            return self._carried_body(deed)
        if "由" in lead or self.text.startswith("的", deed.end):
            # Said of a thing, or by the way: 由X创建的Y, 还只是由X创立的公司.
            return []
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in _BODIES and acts(self.text, m)]
        return [as_subject(before[0])] if before else self._carried_body(deed)

    def _founded_after(self, deed: Deed) -> Subject | None:
        """Return the body that is founded, where it is named after the word: 成立X委员会, 成立于2019年的X, 创办的X."""
        reach = 24
        dated = re.compile(r"于[^，。；\n]{2,16}?的").match(self.text, deed.end)
        named = self._after(deed._replace(end=dated.end()) if dated else deed, _BODIES, reach)
        if dated:
            return as_subject(named[0]) if named else None
        body = _BODY.match(self.text, deed.end)
        if named and (body is None or named[0].start < body.start("name") or named[0].end >= body.end("name")):
            return as_subject(named[0])
        if body and not body["name"][0].isdigit():
            return Subject(re.sub(r"\s+", " ", body["name"]), "organization", None, *body.span("name"))
        if named and self.text[deed.end : deed.end + 1] in {"了", "的"}:
            return as_subject(named[0])
        return None

    def _carried_body(self, deed: Deed) -> list[Subject]:
        _, end = self._clause(deed.start)
        for begin, stop in clauses_before(self.outline, deed.start):
            named = [m for m in self.mentions.within(begin, stop) if m.kind in _BODIES and acts(self.text, m)]
            if named:
                return [as_subject(named[0])]
        _, finish = self.outline.sentence(deed.start)
        following = [m for m in self.mentions.within(end, min(finish, end + 60)) if m.kind in _BODIES]
        return [as_subject(following[0])] if following else self._pointed(deed, _FIRM_WORDS, _BODIES)

    def _bought(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        if _THAT_FIRM.match(self.text, deed.end):
            return self._that_firm(deed, actors)
        named = self._after(deed, _FIRMS, 30)
        if named and not _POSSESSED.match(self.text, named[0].end):
            unknown = _UNKNOWN.match(self.text, named[0].end) if named[0].name.endswith("公司") else None
            if unknown:
                return [Subject(unknown[0], "organization", None, unknown.start(), unknown.end())]
            return [as_subject(named[0])]
        begin, _ = self._clause(deed.start)
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in _FIRMS]
        for mention in before:
            if re.match(r"[^，。]{0,4}被|[^，。]{0,6}was ", self.text[mention.end : mention.end + 12]):
                return [as_subject(mention)]
            if _RECEIVER.search(self.text, max(0, mention.start - 3), mention.start):
                return [as_subject(mention)]
        return actors[:1] if dated and deed.told and before else []

    def _that_firm(self, deed: Deed, actors: list[Subject]) -> list[Subject]:
        """Return the firm spoken of last that does not buy: X收购了该公司."""
        others = {actor.name for actor in actors}
        before = [
            m
            for m in self.mentions.within(max(0, deed.start - 2 * _REACH), deed.start)
            if m.kind == "organization" and m.name not in others
        ]
        return [as_subject(before[-1])] if before else []

    def _funded(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        word = self.text[deed.start : deed.end]
        begin, _ = self._clause(deed.start)
        before = [
            m
            for m in self.mentions.within(begin, deed.start)
            if m.kind in _BODIES and not _GIVER.search(self.text, max(0, m.start - 3), m.start)
        ]
        if word == "投资":
            return self._invested(deed, before, dated)
        lead = self.text[max(begin, deed.start - 30) : deed.start]
        if not (
            _ROUND.search(lead)
            or word in {"筹集", "募集", "获投", "raised", "raises"}
            or _SUM.match(self.text, deed.end)
        ):
            return []
        near = [m for m in self.mentions.within(max(begin, deed.start - 40), deed.start) if m.kind in _FIRMS][-1:]
        if near and _GETS.match(self.text, near[0].end):
            return [as_subject(near[0])]
        if before:
            return [as_subject(before[0])]
        return self._carried_body(deed) if dated or word in {"筹集", "募集", "获投"} else []

    def _invested(self, deed: Deed, before: list[Mention], dated: bool) -> list[Subject]:
        """Return who is given money: 给X投资, 投资X, 获Y投资."""
        for mention in before:
            if _RECEIVER.search(self.text, max(0, mention.start - 3), mention.start):
                return [as_subject(mention)]
        after = self._after(deed, _BODIES, 16)
        if after and before and (dated or deed.told or _SUM.match(self.text, deed.end)):
            return [as_subject(after[0])]
        if len(before) > 1 and re.match(r"[^，。]{0,6}(?:获|得到|接受)", self.text[before[0].end : before[0].end + 10]):
            return [as_subject(before[0])]
        return []

    def _person(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person" and not self._goes_along(m)]
        sure = self.text[deed.start : deed.end] not in {"离开", "退出"}
        if named:
            return [as_subject(named[-1])] if dated or sure else []
        for start, end in clauses_before(self.outline, deed.start, 2) if dated else ():
            named = [m for m in self.mentions.within(start, end) if m.kind == "person" and self.text[m.end] != "的"]
            if named:
                return [as_subject(named[-1])]
        return []

    def _goes_along(self, mention: Mention) -> bool:
        """Tell whether another is the subject: 他与X同一天离职, after his talk with X."""
        begin, _ = self.outline.clause(mention.start)
        return _ALONG.search(self.text, max(begin, mention.start - 3), mention.start) is not None

    def _joined(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who joins a body that is named after the word."""
        joins = [m for m in self._after(deed, _BODIES, 10) if not _POSSESSED_THING.match(self.text, m.end)]
        body = _BODY.match(self.text, deed.end)
        if not joins and body is None:
            return []
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in _ACTORS]
        if named:
            return [as_subject(next((m for m in named if m.kind == "person"), named[0]))]
        return self._person(deed, actors, dated) if dated else []

    def _dismissed(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the person whom a board or firm puts out: 解雇了X, 把X踢出."""
        after = self._after(deed, frozenset({"person"}), 12)
        if after:
            return [as_subject(after[0])]
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person"]
        taken = [m for m in named if _TAKEN.search(self.text, max(begin, m.start - 14), m.start)]
        return [as_subject(taken[-1])] if taken else []

    def _partners(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the first of two or more that join hands: X与Y达成合作."""
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in _BODIES]
        if not dated or len(named) < 2 or named[-1].name == named[0].name:
            return []
        between = self.text[named[0].end : named[-1].start]
        return [as_subject(named[0])] if _WITH.search(between) else []

    def _renamed(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self._clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS | _BODIES]
        for mention in named:
            if self.text[max(0, mention.start - 1) : mention.start] == "将":
                return [as_subject(mention)]
        return [as_subject(named[0])] if named else self._carried(deed)

    def _gathering(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self._clause(deed.start)
        found = _GATHERING_AFTER.match(self.text, deed.end)
        if found is None:
            lead = self.text[max(begin, deed.start - 60) : deed.start]
            found = _GATHERING_BEFORE.search(lead)
            if found is None:
                return []
            start = max(begin, deed.start - 60) + found.start("name")
        else:
            start = found.start("name")
        name = found["name"].strip()
        if len(name) < 4:
            return []
        return [Subject(name, "gathering", None, start, start + len(found["name"]))]

    def _on_market(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self._clause(deed.start)
        if not dated or not (
            _EXCHANGE.search(self.text, max(begin, deed.start - 16), deed.start)
            or _PUT_ON.search(self.text, max(begin, deed.start - 4), deed.start)
        ):
            return []
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in _FIRMS and "交易所" not in m.name]
        return [as_subject(named[0])] if named else self._carried_body(deed)

    def _for_market(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that asks to go public."""
        return (actors[:1] or self._carried_body(deed)) if dated else []

    def _shown(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the thing that is announced by its name: 宣布了新一代模型X."""
        after = self._after(deed, THINGS, 24)
        if not (dated or actors) or not after or not _SHOWN.fullmatch(self.text, deed.end, after[-1].start):
            return []
        return [as_subject(after[-1])]

    def _actor(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        return actors[:1]


def _names_policy(text: str, end: int) -> bool:
    """Tell whether a title follows: what is issued by title is the policy reader's."""
    return _TITLE_AFTER.match(text, end) is not None
