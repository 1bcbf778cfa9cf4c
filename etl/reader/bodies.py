"""Bodies: the organization that was founded, bought, funded or listed."""

import re

from etl.reader.deeds import Deed
from etl.reader.mentions import Mention
from etl.reader.nearby import clauses_before, sentence_before
from etl.reader.roles import acts, listed
from etl.reader.subjects import Subject, as_subject
from etl.reader.surroundings import BODIES, FIRMS, POSSESSED, REACH, Surroundings

# A name that follows what it is: 收购了机器人公司X.
_UNKNOWN = re.compile(r"(?!的|和|与|及|后|并)[\u3400-\u9fff]{2,8}(?=[，。；（(])")
_THAT_FIRM = re.compile(r"了?[ \n]?(?:该|这家|此)公司")
_FIRM_WORDS = re.compile(
    r"[ \n*]*(?:[^，。；\n]{0,6}(?<![新子母大家])公司(?!的?创始人)|[该这家此](?:平台|机构|组织|网站|实验室|品牌|团队|企业|初创|基金|创企)|其)"
)
BODY = re.compile(
    r"(?:了|出|一家|一个|一支|新的?|全新的?|名为|由[^，。；\n]{2,14}组成的|[ \n*“「])*(?P<name>[^，。、；：！？“”「」*（）()《》的了并后时\n]{2,24}?(?:委员会|研究所|研究院|实验室|事业群|事业部|工作组|办公室|"
    r"机构|小组|集团|中心|联盟|基金会|基金|协会|学会|学院|工作室|理事会|研究会|联席会议(?:制度)?|专班|总?署|(?<![格布结全变僵开出])局(?![面势限部])))(?![\u3400-\u9fff]{1,2}[长员])"
)
# A body's name may be set apart: 设立“X研究会”; it may stand before the word: X正式揭牌.
_SET_APART = re.compile(
    r"了?[^，。；“”\n]{0,6}[“「](?P<name>[^“”「」\n]{2,24}(?:会|局|院|所|组|中心|联盟|办公室|部|委|署|实验室|基金|学院))[”」]"
)
_NEAR = 10
_OF_FIRMS = frozenset({"创办", "创立", "成立", "founded", "co-founded"})
_LATIN = re.compile(r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)*")
_TEAM = re.compile(
    r"了(?:一支|一个|一家)?(?:[^，。\n]{1,6}[人名]的)?(?P<name>(?!自己|[他她其我])[^，。、；：“”\n了]{2,20}?(?:团队|事业部))(?=[，。、])"
)
_OPENED = re.compile(
    r"[ \n*]*(?P<name>[\u3400-\u9fff]{2,20}(?:局|院|所|委员会|中心|实验室|联盟|研究会|协会|学会|基金会|办公室|总部))[ \n]?(?:正式|已|今日|今天|近日|挂牌|宣布|将|于|在|[\d年月日])*$"
)
_EXCHANGE = re.compile(
    r"(?:交易所|交所|纳斯达克|纽交所|港股|美股|A股|科创板|创业板|主板|北交所|挂牌)[^，。；\n]{0,6}$|(?:香港|上海|深圳|纽约)$"
)
_PUT_ON = re.compile(r"(?:正式|全面|首批|同步|全球|国内)$")
# What is taken stands before the word: 将X收入囊中.
_TAKEN = re.compile(r"(?:将|把)[ \n*“「]*$")
_INTO_HANDS = frozenset({"收入囊中", "收归旗下", "收至麾下", "纳入麾下", "揽入怀中"})
_RECEIVER = re.compile(r"(?:给|向|对)(?:[^，。；\n与和跟]{0,10}(?:公司|企业|平台|机构))?[ \n*]*$")
_ROUND = re.compile(r"完成|获得?|宣布|官宣|筹集|募集|轮|raise")
_SUM = re.compile(r"[^，。；\n]{0,14}(?:亿|万|[Mm]illion|[Bb]illion)")
# Of several that are counted behind their names each got money: X、Y、Z三家独角兽官宣融资.
_EACH = re.compile(r"[ \n]?(?:等|这)?[两二三四五六七八九十\d]+家")
_GIVER = re.compile(r"[由从][ \n*“]*$")
_WITH = re.compile(r"[与和跟同]|及其|、|with|and")
_TOGETHER = re.compile(
    r"[ \n*”」]*(?:(?:自|从)?(?:始于|开始于|从)?[ ]?(?:19|20)\d\d[ ]?年(?:\d{1,2}月)?(?:开始|起)?的)?"
)
# Who gets the money stands right before the word that says so.
_GETS = re.compile(
    r"[ \n*”]*(?:公司)?(?:已|也|刚刚|宣布|近日|于[^，。]{2,12}|在[^，。]{2,12})*(?:完成|获得?|拿到|筹集|募集|融资|raise)"
)

_ROUND_OF_THEM = re.compile(r"(?:领投|参与|跟投|参投)的[^，。；\n]{0,16}$")
_CLOSES = re.compile(r"(?:已|宣布|成功|完成|获得?|拿下|敲定)+了?由")
_SAID_OF_FIRMS = re.compile(r"[ \n*”」]*(?:公司|刚刚|今天|今日|近日|日前|最近|正式|也|又|[ \n])*(?:宣布|完成|获得)")
_BOTH = re.compile(r"[ \n*]*(?:双方|两家公司|两家|两者)")
_GETS_NOW = re.compile(
    r"[ \n*”」]*(?:公司|集团)?(?:正在?|已经?|也|又|将|计划|拟|宣布|近日)*(?:进行|完成|启动|寻求|筹备|获得?|开展)了?[^，。；与和\n]{0,16}"
)
_FROM_WHOM = re.compile(r"从(?!而|此|未|不)")
_IT_WAS = re.compile(r"(?:该公司|这家公司|它|后者|其)[^，。；\n]{0,20}?被")
_IN_ROUND = re.compile(r"(?:领投|跟投|参投|参与|加入)了?(?:本轮|此轮|该轮|这轮|这一轮|上述)[^，。；\n]{0,6}$")
_GETS_IT = re.compile(
    r"[ \n*”」]*(?:公司|集团|科技|智能)?(?:已|也|又|还|再|刚刚|首次|成功|正式|接连|连续|先后|宣布|近日|日前|此前|今年|去年|于[^，。]{2,12}|在[^，。]{2,12}|[ \n\d年月日])*"
    r"|(?:,? (?:has|had|recently|also|just|announced|it))* "
)

# Who takes part in a round is not whose it is: 甲参与了X的A轮融资.
_TAKES_PART = re.compile(r"[^，。；\n]{0,10}?(?:参与|领投|跟投|参投|加入)")


_MARKET = "交易所"
_SENTENCES = 3
_THE_COMPANY = re.compile(
    r"[ \n*]*(?:在|于|自|从)?[\d年月日份初末底今去 ]{0,12}[，,]?(?:公司(?![\u3400-\u9fff]{0,4}(?:股|产品))|该公司|这家公司|它(?!们|的))"
)
_ITS = re.compile(r"[ \n*]*的")
_SINCE_YEAR = re.compile(r"[ \n]*(?:自|从|在|于|直到|到)?[ ]?\d{4}[ ]?年")


class Bodies:
    """Finds the bodies that events befell."""

    def __init__(self, around: Surroundings) -> None:
        self.around = around
        self.text = around.text
        self.outline = around.outline
        self.mentions = around.mentions

    def founded(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        # X was founded by Y: what stands behind is who founds.
        after = None if self.text.startswith(" by ", deed.end) else self._founded_after(deed)
        if after is not None:
            return [after] if dated or deed.told or self._is_founded_by(deed, actors, after) else []
        if not dated or self.text[deed.start - 1 : deed.start] == "不":
            return []
        defined = self.around.defined(deed, BODIES)
        if defined is not None:
            return [defined]
        begin, _ = self.around.clause(deed.start)
        lead = self.text[begin : deed.start].lstrip(" \n*")
        if lead.startswith("由"):
            return self._carried_body(deed)
        if "由" in lead or self.text.startswith("的", deed.end):
            # Said of a thing, or by the way: 由X创建的Y, 还只是由X创立的公司.
            return []
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in BODIES and acts(self.text, m)]
        if before:
            return [as_subject(before[0])]
        opened = _OPENED.match(self.text[begin : deed.start])
        if opened:
            return [
                Subject(opened["name"], "organization", None, begin + opened.start("name"), begin + opened.end("name"))
            ]
        return self._carried_body(deed)

    def _is_founded_by(self, deed: Deed, actors: list[Subject], body: Subject) -> bool:
        """Tell whether a person is said to found a body that is named right behind: 甲与乙联合成立公司X."""
        person = any(actor.kind == "person" for actor in actors)
        return (person and not deed.planned and body.entity_id is not None) or (person and body.kind == "organization")

    def begun(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the body that a clause names before words of beginning: X脱胎于…, X正式挂牌."""
        begin, _ = self.around.clause(deed.start)
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in BODIES and acts(self.text, m)]
        if not dated or _EXCHANGE.search(self.text, max(begin, deed.start - 16), deed.start):
            return []
        if before:
            return [as_subject(before[0])]
        return [] if self.text[begin : deed.start].strip(" \n*") else self._carried_body(deed)

    def set_up(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the body that is set up, where it is named after the word: 建立X委员会."""
        body = (
            BODY.match(self.text, deed.end) or _SET_APART.match(self.text, deed.end) or _TEAM.match(self.text, deed.end)
        )
        if not body or not dated or body["name"][0].isdigit():
            return []
        return [Subject(re.sub(r"\s+", " ", body["name"]), "organization", None, *body.span("name"))]

    def _founded_after(self, deed: Deed) -> Subject | None:
        """Return the body that is founded, where it is named after the word: 成立X委员会, 成立于2019年的X, 创办的X."""
        reach = 24
        apart = _SET_APART.match(self.text, deed.end)
        if apart:
            return Subject(apart["name"], "organization", None, *apart.span("name"))
        dated = re.compile(r"于[^，。；\n]{2,16}?的").match(self.text, deed.end)
        named = self.around.after(deed._replace(end=dated.end()) if dated else deed, BODIES, reach)
        if dated:
            return as_subject(named[0]) if named else None
        body = BODY.match(self.text, deed.end)
        if named and (body is None or named[0].start < body.start("name") or named[0].end >= body.end("name")):
            return as_subject(named[0])
        team = _TEAM.match(self.text, deed.end) if body is None else None
        body = body or team
        if body and not body["name"][0].isdigit():
            return Subject(re.sub(r"\s+", " ", body["name"]), "organization", None, *body.span("name"))
        if named and self.text[deed.end : deed.end + 1] in {"了", "的"}:
            return as_subject(named[0])
        return self._unknown_firm(deed)

    def _unknown_firm(self, deed: Deed) -> Subject | None:
        """Return the unknown Latin name that words which only firms are told by go on to: 创办了Qihang."""
        if self.text[deed.start : deed.end] not in _OF_FIRMS:
            return None
        near = self.around.after(deed, FIRMS, 3)
        unknown = near and near[0].kind == "product" and near[0].entity_id is None
        return as_subject(near[0])._replace(kind="organization") if unknown and _LATIN.fullmatch(near[0].name) else None

    def _carried_body(self, deed: Deed) -> list[Subject]:
        begin, end = self.around.clause(deed.start)
        if _THE_COMPANY.match(self.text, begin, deed.start):
            told = self._company_before(begin)
            if told is not None:
                return [as_subject(told)]
        for begin, stop in clauses_before(self.outline, deed.start):
            named = [m for m in self.mentions.within(begin, stop) if self._is_body(m) and acts(self.text, m)]
            named = [m for m in named if _MARKET not in m.name]
            if named:
                return [as_subject(named[0])]
        opening, finish = self.outline.sentence(deed.start)
        if _SINCE_YEAR.match(self.text, opening):
            told = self._spoken_of_before(opening)
            if told is not None:
                return [as_subject(told)]
        following = [m for m in self.mentions.within(end, min(finish, end + 60)) if m.kind in BODIES]
        following = [m for m in following if _MARKET not in m.name and not self._is_by_whom(m)]
        return [as_subject(following[0])] if following else self.around.pointed(deed, _FIRM_WORDS, FIRMS)

    def _spoken_of_before(self, opening: int) -> Mention | None:
        """Return the body that the sentence before speaks of, where one opens with a year alone: X是家公司。自2001年成立后，…."""
        before = sentence_before(self.outline, opening)
        named = [m for m in self.mentions.within(*before) if m.kind in FIRMS] if before else []
        return next((m for m in named if acts(self.text, m) or m.start - before[0] < _NEAR), None) if before else None

    def _company_before(self, at: int) -> Mention | None:
        """Return the organization that 公司 or 它 means: the last that acts in the sentence up to it, else the first of those before."""
        opening, _ = self.outline.sentence(at)
        here = [m for m in self.mentions.within(opening, at) if m.kind in BODIES and acts(self.text, m)]
        if here:
            return here[-1]
        for _ in range(_SENTENCES):
            before = sentence_before(self.outline, opening)
            if before is None:
                break
            opening = before[0]
            named = [m for m in self.mentions.within(*before) if m.kind in BODIES and _MARKET not in m.name]
            named = [m for m in named if acts(self.text, m)] or [m for m in named if _ITS.match(self.text, m.end)]
            if named:
                return named[0]
        return None

    def _is_by_whom(self, mention: Mention) -> bool:
        return self.text[max(0, mention.start - 1) : mention.start] in {"被", "由", "在", "向", "从"}

    def _is_body(self, mention: Mention) -> bool:
        """Tell whether a name is an organization's, or an unknown Latin one that words of firms are said of: X刚刚宣布."""
        if mention.kind in BODIES:
            return True
        unknown = mention.kind == "product" and mention.entity_id is None
        return unknown and _SAID_OF_FIRMS.match(self.text, mention.end) is not None

    def bought(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        if _THAT_FIRM.match(self.text, deed.end):
            return self._that_firm(deed, actors)
        named = self.around.after(deed, FIRMS, 30)
        if self.text[deed.start : deed.end] in _INTO_HANDS:
            return self._into_hands(deed)
        if named and not POSSESSED.match(self.text, named[0].end):
            unknown = _UNKNOWN.match(self.text, named[0].end) if named[0].name.endswith("公司") else None
            if unknown:
                return [Subject(unknown[0], "organization", None, unknown.start(), unknown.end())]
            return [as_subject(named[0])]
        begin, _ = self.around.clause(deed.start)
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in FIRMS]
        if _IT_WAS.match(self.text, begin) and not any(m.start < begin + 3 for m in before):
            return [as_subject(m) for m in self.mentions.within(max(0, begin - REACH), begin) if m.kind in FIRMS][-1:]
        for mention in before:
            if re.match(r"[^，。]{0,4}被|[^，。]{0,6}was ", self.text[mention.end : mention.end + 12]):
                return [as_subject(mention)]
            if _RECEIVER.search(self.text, max(0, mention.start - 3), mention.start):
                return [as_subject(mention)]
        return actors[:1] if dated and deed.told and before else []

    def merged(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that becomes part of another: X正式并入甲."""
        return actors[:1] if self.around.after(deed, BODIES, _NEAR) else []

    def _into_hands(self, deed: Deed) -> list[Subject]:
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in FIRMS]
        taken = [m for m in named if _TAKEN.search(self.text, max(begin, m.start - 4), m.start)]
        return [as_subject(m) for m in taken[-1:]]

    def _that_firm(self, deed: Deed, actors: list[Subject]) -> list[Subject]:
        """Return the firm spoken of last that does not buy: X收购了该公司."""
        others = {actor.name for actor in actors}
        before = [
            m
            for m in self.mentions.within(max(0, deed.start - 2 * REACH), deed.start)
            if m.kind == "organization" and m.name not in others
        ]
        return [as_subject(before[-1])] if before else []

    def funded(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        word = self.text[deed.start : deed.end]
        begin, _ = self.around.clause(deed.start)
        before = [
            m
            for m in self.mentions.within(begin, deed.start)
            if m.kind in BODIES and not _GIVER.search(self.text, max(0, m.start - 3), m.start)
        ]
        if word == "投资":
            return self._invested(deed, before, dated)
        lead = self.text[max(begin, deed.start - 30) : deed.start]
        if _IN_ROUND.search(lead):
            return []
        if _ROUND_OF_THEM.search(self.text, max(begin, deed.start - 40), deed.start):
            # 宣布已完成由甲领投，乙和丙参与的B轮融资: whom the sentence speaks of first.
            return self._raiser(deed)
        if not (
            _ROUND.search(lead)
            or word in {"筹集", "募集", "获投", "raised", "raises"}
            or _SUM.match(self.text, deed.end)
        ):
            return []
        near = [m for m in self.mentions.within(max(begin, deed.start - 40), deed.start) if m.kind in FIRMS][-1:]
        if near and _GETS.match(self.text, near[0].end):
            return [as_subject(near[0])]
        takers = [m for m in before if not _TAKES_PART.match(self.text, m.end)]
        if takers and len(takers) < len(before):
            return [as_subject(takers[-1])]
        if len(before) > 1 and _GETS_NOW.fullmatch(self.text, before[-1].end, deed.start):
            # 前某公司CEO创立的甲正进行融资: the firm at the word.
            return [as_subject(before[-1])]
        if before:
            each = listed(self.text, before)
            return [as_subject(m) for m in each if m is before[0] or _EACH.match(self.text, each[-1].end)]
        return self._carried_body(deed) if dated or word in {"筹集", "募集", "获投"} else []

    def _raiser(self, deed: Deed) -> list[Subject]:
        """Return the firm that a sentence says to close a round, before it tells who takes part."""
        begin, _ = self.outline.sentence(deed.start)
        closing = _CLOSES.search(self.text, max(begin, deed.start - 3 * REACH), deed.start)
        named = self.mentions.within(max(begin, deed.start - 3 * REACH), closing.start()) if closing else []
        return [as_subject(m) for m in named if m.kind in BODIES][-1:]

    def invested(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that money is put into, where words of investing tell of it: 甲领投X, 甲入股X."""
        begin, _ = self.around.clause(deed.start)
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in BODIES]
        return self._invested(deed, before, dated)

    def won(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that gets a round: X拿下B轮."""
        begin, _ = self.around.clause(deed.start)
        near = [m for m in self.mentions.within(max(begin, deed.start - 40), deed.start) if m.kind in FIRMS]
        givers = _FROM_WHOM.search(self.text, max(begin, deed.start - 40), deed.start)
        if givers:
            # 从甲、乙拿到: who gives is not who gets.
            return [as_subject(m) for m in near if m.end <= givers.start()][-1:] or self._carried_body(deed)
        if near and acts(self.text, near[-1]) and _GETS_IT.fullmatch(self.text, near[-1].end, deed.start):
            return [as_subject(near[-1])]
        return []

    def _invested(self, deed: Deed, before: list[Mention], dated: bool) -> list[Subject]:
        """Return who is given money: 给X投资, 投资X, 获Y投资."""
        for mention in before:
            if _RECEIVER.search(self.text, max(0, mention.start - 14), mention.start):
                return [as_subject(mention)]
        before = before or [
            m for m in self.mentions.within(max(0, deed.start - _NEAR), deed.start) if m.kind == "person"
        ]
        after = self.around.after(deed, BODIES, 16)
        if after and before and (dated or deed.told or _SUM.match(self.text, deed.end)):
            return [as_subject(after[0])]
        if len(before) > 1 and re.match(
            r"[^，。]{0,6}(?:获|得到|接受|拿到|收到)", self.text[before[0].end : before[0].end + 10]
        ):
            return [as_subject(before[0])]
        return []

    def partners(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the first of two or more that join hands: X与Y达成合作."""
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in FIRMS]
        if deed.role != "signing" and not any(m.kind in BODIES for m in named):
            named = []
        if not named and _BOTH.match(self.text, begin, deed.start):
            named = self._two_spoken_of(begin)
            return [as_subject(m) for m in named[:1]]
        if (
            not (dated or deed.told or deed.planned or deed.role in {"partners", "signing"})
            or len(named) < 2
            or named[-1].name == named[0].name
        ):
            return []
        if deed.role == "joint" and not _TOGETHER.fullmatch(self.text, named[-1].end, deed.start):
            return []
        between = self.text[named[0].end : named[-1].start]
        return [as_subject(named[0])] if _WITH.search(between) else []

    def _two_spoken_of(self, begin: int) -> list[Mention]:
        """Return the firms of the clause before that 双方 means, where it names two or more."""
        for start, end in clauses_before(self.outline, begin + 1, 1):
            named = [m for m in self.mentions.within(start, end) if m.kind in FIRMS]
            return named if len({m.name for m in named}) > 1 else []
        before = sentence_before(self.outline, begin) or (0, 0)
        named = [m for m in self.mentions.within(*before) if m.kind in FIRMS]
        return named if len({m.name for m in named}) > 1 else []

    def hand_in_hand(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the first of two that the word stands between: X携手Y."""
        after = self.around.after(deed, BODIES, _NEAR)
        others = {m.name for m in after}
        return [a for a in actors[:1] if dated and a.kind in BODIES and after and a.name not in others]

    def landing(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that comes to an exchange: X登陆港交所."""
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in FIRMS and _MARKET not in m.name]
        return ([as_subject(named[0])] if named else self._carried_body(deed)) if dated else []

    def on_market(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self.around.clause(deed.start)
        if not dated or not (
            _EXCHANGE.search(self.text, max(begin, deed.start - 16), deed.start)
            or _PUT_ON.search(self.text, max(begin, deed.start - 4), deed.start)
        ):
            return []
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in FIRMS and _MARKET not in m.name]
        return [as_subject(named[0])] if named else self._carried_body(deed)

    def for_market(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the firm that asks to go public."""
        return (actors[:1] or self._carried_body(deed)) if dated else []
