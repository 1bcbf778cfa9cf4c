"""Owners and partners: which organization belongs to which, and which work together."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.ties import standing, tie

_TRIGGERS = Triggers(
    {
        **dict.fromkeys(["收购", "并购", "acquired", "acquires", "acquisition of", "买下"], "buying"),
        **dict.fromkeys(
            [
                "合作",
                "达成的交易",
                "达成的协议",
                "达成交易",
                "达成协议",
                "战略协议",
                "伙伴关系",
                "结盟",
                "联手",
                "携手",
                "联合",
                "partnered with",
                "partners with",
            ],
            "together",
        ),
        **dict.fromkeys(["签署", "签订", "签下", "签", "达成", "敲定"], "signing"),
        **dict.fromkeys(["并入", "归入"], "merging"),
        "子公司": "child",
        **dict.fromkeys(["合作伙伴", "合作方", "盟友"], "partner"),
        **dict.fromkeys(["提供商", "服务商", "供应商"], "supplying"),
        "双方": "both",
        "旗下": "own",
        "母公司": "parent",
        **dict.fromkeys(
            [
                "合作社",
                "合作者",
                "合作关系破裂",
                "联合国",
                "联合创始人",
                "联合创立",
                "联合创办",
                "联合领投",
                "联合主任",
                "联合会",
                "联合体",
                "联合院长",
                "联合主席",
                "合作共赢",
                "联合培养",
                "收购要约",
                "收购案",
            ],
            "",
        ),
    }
)
_MARKS = r"[ \n*_“「《”]*"
_KIND = r"(?:[A-Za-z\u3400-\u9fff]{0,10}?(?:公司|企业|初创|独角兽|实验室|部门|平台|开发商|制造商|厂商|机构|品牌|业务|事业部|团队|研究院|服务商|媒体|网站|社区|基金))?"
_OWNED = re.compile(
    rf"[ \n]?(?:公司|集团)?(?:的[\u3400-\u9fff]{{0,6}}?(?:云服务|云计算服务|云平台|部门|事业部|子公司|实验室|社区)(?:平台|部门|业务)?{_MARKS}|(?:的)?(?:旗下|麾下|控股|全资|子公司|全资子公司|控股子公司|的子公司)(?:的)?){_MARKS}(?:AI|人工智能)?{_KIND}{_MARKS}"
)
_HELD = re.compile(rf"[ \n”]*(?:公司|集团)?(?:全资|控股|目前|所|共同)*(?:拥有|控股|持有)的{_KIND}{_MARKS}")
_ARM = re.compile(r"[ \n*]*(?:公司|集团)?旗下的?[\u3400-\u9fff]{0,6}公司[ \n*“]*")
# 甲的人工智能公司X.
_HIS_FIRM = re.compile(
    rf"{_MARKS}(?:旗下)?的(?:[\u3400-\u9fffA-Za-z]{{0,10}}?(?:公司|企业|平台|初创企业|创企))?{_MARKS}"
)
# Nobody's own: 某人的某大学.
_PUBLIC = re.compile(
    r"大学|学院|[部局委院会署厅]$|政府|法院|银行|联盟|[日晚时周]报|新闻|协会|University|Institute|Foundation|NASA|UN$"
)
_PARENT = re.compile(
    rf"{_MARKS}(?:公司|集团)?{_MARKS}(?:当前的?|现在的|目前的|的)*(?:母公司|控股股东|东家|拥有者|所有者){_MARKS}"
)
# X隶属于甲, X归甲所有, X由甲控股.
_BELONGS = re.compile(
    rf"{_MARKS}(?:公司|集团)?(?:现在?|目前|均|都|同样|也)?(?:(?:隶属|从属|归属)于?|属于){_MARKS}{_KIND}{_MARKS}"
)
_HELD_BY = re.compile(rf"{_MARKS}(?:公司|集团)?(?:现在?|目前|均|都|同样|也)?(?:由|归|为|被){_MARKS}{_KIND}{_MARKS}")
_HOLDS = re.compile(
    rf"{_MARKS}(?:公司|集团)?(?:全资|绝对|100%|间接|直接)*(?:控股|所有|拥有|持有|控制|所拥有|所有的)(?:的?子?公司)?(?=[，。；、\n）)]|$)"
)
_CHILD = re.compile(rf"{_MARKS}(?:公司|集团)?(?:是|为|系|[（(]){_MARKS}")
_CHILD_TAIL = re.compile(
    r"[ \n*”]*(?:公司|集团)?(?:的|旗下的?)[^，。；\n]{0,8}(?:子公司|全资公司|部门)|[ \n*”]*(?:公司|集团)?旗下的?[^，。；的\n]{0,10}?(?:公司|企业|机构|团队|平台|品牌|实验室|业务|研究院|部门)(?=[，。；\n]|$)|[ \n]*(?:全资|控股)?子公司"
)
_OBJECT = re.compile(
    rf"(?:了|过)?[^，。；：\n]{{0,6}}?{_MARKS}(?:[^，。；：\n的]{{1,12}}的)?(?:[^，。；：\n的]{{0,14}}?(?:公司|企业|初创|平台|品牌|厂商|制造商|存储库|开发商|网站|巨头|创企))?{_MARKS}"
)
_IT = re.compile(r"(?:了)?(?:该公司|这家|其(?!他)|它)")
_BOUGHT = re.compile(r"[^，。；\n]{0,6}被[ \n“「*]*(?:芯片|科技|互联网|社交)?(?:巨头|公司|厂商)?[ \n“「*]*")
_OF = re.compile(r"(?:对|关于)[ \n*“「]*$")
_OTHER_DEED = re.compile(
    r"、|基于|接入|采用|使用|调用|部署|投资|比|超过|对标|竞争|击败|参与|加入|离开|讯|报道|复刻|业务"
)
_NO_DEAL = re.compile(r"的(?:成功|失败|计划|传闻|消息|谈判|提议|要约|可能)|案|潮|战")
_SIDE = re.compile(
    r"[ \n*”」]*(?:公司|集团|团队|科技|大学)?[ \n*]*(?:[（(][^（）()\n]{1,20}[）)])?(?:(?:扩大|深化|加强|延续|升级|续签|宣布|公布|签署|达成|结束|终止|保持|维持|开启|启动)了?|已经?|正式|近日|此前|日前|今日|昨日|将|会|计划|准备|打算|拟|也|还|并|正在|正|再次|首次|则|官宣|分别|先后|陆续|相继|[\d年月日]{2,11}|在[^，。；\n与和]{2,12}|但|[ \n*])*(?:与|和|同|跟|携手|联手|联合)(?:包括)?[ \n*“「]*(?:[\u3400-\u9fff]{2,10}?(?:公司|企业|巨头|厂商|机构|平台|运营商|制造商)[ \n*“「]*)?"
)
_KIND_BEFORE = re.compile(r"[\u3400-\u9fff]{0,10}?(?:公司|企业|巨头|厂商|机构|平台|运营商|制造商)?[ \n*“「]*")
_AGREE = re.compile(
    r"[ \n]*[^，。；、\n]{0,4}?(?:等[^，。；\n]{0,14}|在内的[^，。；\n]{2,14})?[^，。；、\n]{0,6}?(?:(?:于|在)?[\d ]{1,6}年(?:[\d ]{1,4}月)?|首次|再次|正式|达成|建立|签署|签订|展开|开展|宣布|深化|启动|继续|密切|官宣|进行|深度|紧密|保持|加强|扩大|核心|主要|良好|了|的|战略|独家|全面|共同|正式|一项|一份|多年)*$"
)
_ALSO = re.compile(
    r"[ \n*”]*(?:、|和|以及|及)[ \n*“]*(?:[\u3400-\u9fff]{2,8}?(?:公司|企业|巨头|厂商|机构|平台|运营商|制造商|提供商|大厂))?[ \n*“「]*"
)
_JOINT = re.compile(
    r"[^，。；\n]{0,24}?(?:共建|共创|布局|探索|攻关|推动|推进|落地|适配|签约|推出|发布|开发|研发|打造|成立|举办|建设|训练|开源|设立|组建|创建|宣布|启动|构建|上线|研制|提出)"
)
_HANDS = re.compile(r"携手|联手|联合")
_THIRD = re.compile(r"(?:与|和|同|跟|对|向)[ \n*“「]*$")
_IS_MATE = re.compile(
    r"[ \n*”]*(?:公司)?(?:也|还|一直|目前|现|仍|已|则)?(?:是|为|成为|系|作为)(?:了)?[ \n*“]*(?:[\u3400-\u9fff]{0,6}(?:公司|巨头|企业))?[ \n*“]*"
)
_MATE = re.compile(
    rf"{_MARKS}(?:公司|集团)?(?:的|及其|和其|与其|以及其)(?:主要|重要|最大的?|战略|长期|亲密|紧密|核心|独家|首选|生态|关键|官方|[ \n])*$"
)
# X、甲旗下的Y、Z: the list is of X, Y and Z, not of what 甲 owns.
_IN_A_LIST = re.compile(r"(?:、|，|和|与|及|包括)[ \n*“]*$")
_A_PRODUCT = re.compile(r"[ \n*”」》]*(?:系列|芯片|产品|大?模型|应用|平台|软件|手机|助手|机器人)")
# 公开了旗下X公司: a verb before, and a firm's name behind that is said to be one.
_DOES = re.compile(r"(?:了|将|把|让|出售|剥离|整合|合并|关闭|分拆|重组)(?:其|自家)?[ \n*]*$")
# 其旗下的平台X.
_ITS = re.compile(r"(?<!尤)其[ \n]?$")
_OWN_FIRM = re.compile(rf"(?:的)?{_MARKS}(?:AI|人工智能)?{_KIND}{_MARKS}")
_A_FIRM = re.compile(r"[ \n*”]*(?:公司|集团|子公司|团队|研发|开发|推出)")
_PAIR = ("one", "other")
_TOGETHER = re.compile(
    r"(?:将|正在?|会|还|也|计划|拟|同意|决定|已经?|就[^，。；]{2,16})*(?:共同|联合|合作|携手|联手|开展|展开|深化)"
)
_SUPPLIER = re.compile(
    r"(?P<is>成为|作为|(?:还|仍|便|也|正)?是|为|担任)(?:了)?(?:(?P<its>其|它的?|该公司的?)|[^，。；\n]{2,30}?的)[^，。；\n的]{0,6}(?:首选|主要|独家|唯一|官方|最大的?|指定|核心|长期)[^，。；\n]{0,8}$"
)
_TAKEN = re.compile(r"(?:将|把|以|选择)[ \n*“「]*$")
_CONTRACT = re.compile(r"[了的]?[^，。；\n]{0,40}?(?:协议|合同|合约|协定|备忘录|订单|交易|合作)")
# 甲与乙支持的丙: whose firm the other is.
_OF_ANOTHER = re.compile(r"[ \n*]*(?:支持|投资|持股|控股|旗下)的[^，。；\n]{0,12}")
_NAMELY = re.compile(r"(?:[:：]|——|，?(?:分别)?[是为])?[ \n*“]*")
_IT_WAS = re.compile(
    r"(?:该公司|这家公司|它|后者|其|(?<=，))(?:后来|随后|现已|已)?(?:[于在][^，。；\n]{2,12})?[ \n]?被[ \n*“]*[\u3400-\u9fff]{0,8}?(?:巨头|公司|厂商|企业|平台)?[ \n*“]*"
)
_THEY = re.compile(
    r"[ \n]*(?:他们|它们?|该公司|这家公司|公司|并且?|随后|此后|之后|后来|同时)(?:还|又|也|已|随后|后来|最终|以[^，。；\n]{2,14})*$"
)
_REACH, _AFTER, _BOTH, _PERSON_REACH = 70, 30, 120, 16


class OwnerReader:
    """Reads owners and partners."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the owners and partners that the verbs of a range tell."""
        yield from _TRIGGERS.read_by(self, start, end)

    def beside(self, one: Mention, other: Mention) -> Iterator[Proposal]:
        """Yield the owner that two names side by side tell: X旗下Y, Y的母公司X, Y是X的子公司."""
        between = self.text[self.parties.end(one) : other.start]
        if other.kind == "organization" and one.kind == "product" and _PARENT.fullmatch(between) and "母" in between:
            yield tie("owner", one, other)
        if other.kind == "organization" and one.kind == "product" and one.entity_id is None and _ARM.fullmatch(between):
            yield tie("owner", other, one)
            return
        if other.kind != "organization" or one.kind not in {"organization", "person"}:
            return
        if len(between) > 30:
            return
        if one.kind == "organization" and self._belongs(one, other, between):
            for firm in self.parties.group_before(
                [m for m in self.parties.firms(max(0, one.start - _REACH), one.end) if m.end <= one.end]
            ):
                yield tie("owner", firm, other)
            return
        if one.kind == "person" and _HIS_FIRM.fullmatch(between) and not _PUBLIC.search(other.name):
            yield tie("owner", other, one)
            return
        owned = _OWNED.fullmatch(between) or _OWNED.fullmatch(self.text, one.end, other.start)
        if owned or _HELD.fullmatch(between):
            for firm in self._owned(one, other):
                yield tie("owner", firm, one)
        elif one.kind == "organization" and (
            _PARENT.fullmatch(between)
            or (_CHILD.fullmatch(self.text, one.end, other.start) and _CHILD_TAIL.match(self.text, other.end))
        ):
            yield tie("owner", one, other)

    def _belongs(self, one: Mention, other: Mention, between: str) -> bool:
        """Tell whether the first of two firms is said to be of the other: X隶属于甲, X由甲控股."""
        held = _HELD_BY.fullmatch(between) and _HOLDS.match(self.text, self.parties.end(other))
        return _BELONGS.fullmatch(between) is not None or held is not None

    def _owned(self, owner: Mention, first: Mention) -> list[Mention]:
        """Return the first firm owned and those listed after it; a firm's name may be of its product: X旗下的“Y”系列."""
        if _A_PRODUCT.match(self.text, first.end):
            return []
        if _IN_A_LIST.search(self.text, max(0, owner.start - 4), owner.start):
            return [first]
        named = self.parties.firms(first.start, first.end + 60, loose=False)
        return [m for m in self.parties.group_after(named) if not _OWNED.match(self.text, m.end)]

    def _buying(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲收购了X, X被甲收购, 甲对X的收购."""
        begin, end = self.parties.clause(at, _REACH)
        before = self.parties.firms(begin, at, loose=False)
        if not before:
            # 马斯克收购的X: persons buy too.
            persons = self.parties.persons(begin, at, loose=False)
            after = self.parties.firms(stop, min(end, stop + _AFTER))
            if persons and after and _OBJECT.fullmatch(self.text, stop, after[0].start):
                if len(self.text[self.parties.end(persons[-1]) : at]) < _PERSON_REACH:
                    yield from self._owns(persons[-1], after[0], at)
                return
        if not before and (_THEY.match(self.text, begin, at) or self.parties.leads(begin, at)):
            spoken = self.parties.firm_spoken_of(begin)
            after = self.parties.firms(stop, min(end, stop + _AFTER))
            if spoken is not None and after and _OBJECT.fullmatch(self.text, stop, after[0].start):
                yield from self._owns(spoken, after[0], at)
            return
        if _NO_DEAL.match(self.text, stop) or not before:
            return
        if len(before) == 1 and _IT_WAS.fullmatch(self.text, begin, before[0].start):
            # 该公司于2013年被甲收购: the firm named last before the clause.
            spoken = self._named_last(begin)
            if spoken is not None:
                yield from self._owns(before[0], spoken, at)
            return
        if len(before) > 1 and _BOUGHT.fullmatch(self.text, self.parties.end(before[-2]), before[-1].start):
            yield from self._owns(before[-1], before[-2], at)
            return
        if len(before) > 1 and _OF.search(self.text, max(0, before[-1].start - 3), before[-1].start):
            yield from self._owns(before[-2], before[-1], at)
            return
        if _OTHER_DEED.search(self.text, self.parties.end(before[-1]), at) or self.text[max(0, at - 1) : at] == "被":
            return
        if self.text.startswith(" by ", stop):
            after = self.parties.firms(stop, min(end, stop + _AFTER))
            if after and after[0].start == stop + len(" by "):
                yield from self._owns(after[0], before[0], at)
            return
        if _IT.match(self.text, stop):
            spoken = self.parties.firm_spoken_of(begin, last=True)
            if spoken is not None:
                yield from self._owns(before[-1], spoken, at)
            return
        after = self.parties.firms(stop, min(end, stop + _AFTER))
        if after and _OBJECT.fullmatch(self.text, stop, after[0].start):
            yield from self._owns(before[-1], after[0], at)

    def _merging(self, at: int, stop: int) -> Iterator[Proposal]:
        """X正式并入甲."""
        begin, end = self.parties.clause(at, _REACH)
        before = self.parties.firms(begin, at, loose=False)
        after = self.parties.firms(stop, min(end, stop + _AFTER), loose=False)
        if before and after and not self.text[stop : after[0].start].strip(" \n*“了"):
            yield from self._owns(after[0], before[-1], at)

    def _child(self, at: int, stop: int) -> Iterator[Proposal]:
        """X设立了两家子公司：甲和乙."""
        named = _NAMELY.match(self.text, stop)
        after = self.parties.firms(stop, stop + _BOTH, loose=False)
        if named is None or not after or after[0].start != named.end():
            return
        begin, _ = self.parties.clause(at, _REACH)
        before = [m for m in self.parties.firms(begin, at, loose=False) if acts(self.text, m)]
        owner = before[-1] if before else self.parties.firm_spoken_of(begin)
        for child in self.parties.group_after(after) if owner is not None else ():
            if owner is not None:
                yield from self._owns(owner, child, at)

    def _named_last(self, at: int) -> Mention | None:
        """Return the firm named last before a clause, unknown ones too."""
        named = self.parties.firms(max(0, at - _BOTH), at)
        return named[-1] if named else None

    def _owns(self, owner: Mention, owned: Mention, at: int) -> Iterator[Proposal]:
        assertion = standing(self.text, at)
        if assertion is not None and owner.name != owned.name:
            yield tie("owner", owned, owner, assertion)

    def _together(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲与乙达成合作, 甲联合乙推出新品."""
        begin, end = self.parties.clause(at, _REACH)
        hands = _HANDS.fullmatch(self.text, at, stop) is not None
        if hands:
            before = self.parties.firms(begin, at)
            after = self.parties.group_after(self.parties.firms(stop, min(end, stop + _AFTER)))
            if not after or not before or not _KIND_BEFORE.fullmatch(self.text, stop, after[0].start):
                return
            if not _SIDE.fullmatch(self.text, self.parties.end(before[-1]), stop) or not _JOINT.match(
                self.text, self.parties.end(after[-1])
            ):
                return
            yield from self._partners(before[-1], after, before[-1].start, at)
            return
        others = self.parties.group_before(self.parties.firms(begin, at))
        if not others or not _AGREE.fullmatch(self.text, self.parties.end(others[-1]), at):
            return
        sides = self.parties.firms(begin, others[0].start)
        if (
            len(sides) > 1
            and _SIDE.fullmatch(self.text, self.parties.end(sides[-2]), sides[-1].start)
            and _ALSO.fullmatch(self.text, self.parties.end(sides[-1]), others[0].start)
        ):
            # 甲分别与某公司乙和某巨头丙达成合作.
            others, sides = [sides[-1], *others], sides[:-1]
        if sides and not self.text[sides[-1].end : others[0].start].strip(" \n*"):
            sides = sides[:-1]  # 芯片公司 X: what kind of firm the other is.
        elif len(sides) > 1 and _OF_ANOTHER.fullmatch(self.text, self.parties.end(sides[-1]), others[0].start):
            others = [others[0]._replace(start=sides[-1].start)]
            sides = sides[:-1]
        if sides and _SIDE.fullmatch(self.text, self.parties.end(sides[-1]), others[0].start):
            yield from self._partners(sides[-1], others, sides[-1].start, at)
        elif _THIRD.search(self.text, max(0, others[0].start - 3), others[0].start):
            yield from self._of_whom_is_spoken(begin, others, at)
        elif len(others) > 1:
            yield from self._partners(others[0], others[1:], others[0].start, at)

    def _signing(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲与乙签署为期七年的云计算协议."""
        if _CONTRACT.match(self.text, stop):
            yield from self._together(at, stop)

    def _of_whom_is_spoken(self, begin: int, others: list[Mention], at: int) -> Iterator[Proposal]:
        """将与乙合作: of whom the text was speaking of."""
        lead = re.sub(r"(?:与|和|同|跟)[ \n*“「]*$", "", self.text[begin : others[0].start])
        if not self.parties.leads(begin, begin + len(lead)) and lead.strip(" 但\n*") not in {"", "但将"}:
            return
        spoken = self.parties.firm_spoken_of(begin)
        if spoken is not None and spoken not in others:
            yield from self._partners(spoken, others, others[0].start, at)

    def _partner(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲的合作伙伴乙, 甲及其盟友乙."""
        begin, end = self.parties.clause(at, _REACH)
        before = self.parties.firms(begin, at)
        after = self.parties.firms(stop, min(end, stop + 12))
        if len(before) > 1 and self._is_mate_of(before[-2], before[-1], at):
            yield from self._partners(before[-2], [before[-1]], at, at)
        elif (
            before
            and after
            and _MATE.fullmatch(self.text, self.parties.end(before[-1]), at)
            and not self.text[stop : after[0].start].strip(" \n*“、")
        ):
            yield from self._partners(before[-1], self.parties.group_after(after), at, at)

    def _is_mate_of(self, one: Mention, other: Mention, at: int) -> bool:
        """Tell whether one firm is said to be the other's: 甲是乙的亲密合作伙伴."""
        said = _IS_MATE.fullmatch(self.text, self.parties.end(one), other.start)
        return said is not None and _MATE.fullmatch(self.text, self.parties.end(other), at) is not None

    def _both(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲向乙投资，双方将共同开发: the two firms that the sentence has named."""
        begin, _ = self.parties.outline.sentence(at)
        named = {m.name: m for m in self.parties.firms(max(begin, at - _BOTH), at, loose=False)}
        if len(named) == len(_PAIR) and _TOGETHER.match(self.text, stop):
            one, other = named.values()
            yield tie("partner", one, other, standing(self.text, at) or "asserted")

    def _supplying(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲将成为乙的首选云提供商, 甲还是其首选供应商, 乙将甲作为其独家供应商."""
        begin, _ = self.parties.clause(at, _REACH)
        match = _SUPPLIER.search(self.text, begin, at)
        if match is None:
            return
        of, before = self.parties.firms(match.end("is"), at), self.parties.firms(begin, match.start("is"))
        if not before:
            return
        supplier, served = before[-1], of[0] if of else None
        if served is None and len(before) > 1 and _TAKEN.search(self.text, before[-2].end, before[-1].start):
            served = before[-2]
        if served is None and match["its"]:
            served = self._served(begin, supplier)
        if served is not None and served.name != supplier.name:
            yield from self._partners(served, [supplier], at, at)

    def _served(self, begin: int, supplier: Mention) -> Mention | None:
        """Return whose supplier a firm is said to be: the first firm of the sentence before its clause."""
        sentence, _ = self.parties.outline.sentence(begin)
        named = [m for m in self.parties.firms(max(sentence, begin - _BOTH), begin, loose=False) if acts(self.text, m)]
        return next((m for m in named if m.name != supplier.name), None)

    def _own(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲公开了旗下X公司的…: of who does what stands before it."""
        begin, end = self.parties.clause(at, _REACH)
        firms = self.parties.firms(stop, min(end, stop + _AFTER), loose=False)
        if not firms or not _OWN_FIRM.fullmatch(self.text, stop, firms[0].start):
            return
        if _ITS.search(self.text, max(begin, at - 3), at):
            owner = self.parties.firm_spoken_of(at)
            if owner is not None:
                for firm in self.parties.group_after(firms):
                    yield from self._owns(owner, firm, at)
            return
        if not _DOES.search(self.text, max(begin, at - 8), at):
            return
        if not _A_FIRM.match(self.text, firms[0].end) or _A_PRODUCT.match(self.text, firms[0].end):
            return
        named = [m for m in self.parties.mentions.within(begin, at) if m.kind in {"organization", "person"}]
        if len(named) == 1 and acts(self.text, named[0]):
            yield from self._owns(named[0], firms[0], at)

    def _parent(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲…，其母公司乙: of whom the text was speaking."""
        if not _ITS.search(self.text, max(0, at - 3), at):
            return
        firms = self.parties.firms(stop, stop + _AFTER, loose=False)
        spoken = self.parties.firm_spoken_of(at)
        if spoken is not None and firms and not self.text[stop : firms[0].start].strip(" \n*“"):
            yield from self._owns(firms[0], spoken, at)

    def _partners(self, one: Mention, others: list[Mention], start: int, at: int) -> Iterator[Proposal]:
        """Yield both sides once; another side named before 与 makes the first one no party."""
        if _THIRD.search(self.text, max(0, start - 3), start):
            return
        assertion = standing(self.text, at)
        if assertion is None:
            return
        for other in others:
            if one.name != other.name:
                yield tie("partner", one, other, assertion)
