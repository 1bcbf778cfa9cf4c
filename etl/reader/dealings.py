"""Dealings: who works with or for, backs, founded or bought whom, by what stands between two names and behind the second."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.ties import standing, tie

_MARKS = r"[ \n*_“”「」《》`]*"
# A name's other form, or what brackets add to it.
_BRACKET = r"(?:[（(][^（）()\n]{1,30}[）)])?"
_KIND = r"(?:[\u3400-\u9fffA-Za-z、 ]{0,16}?(?:公司|企业|厂商|创企|巨头|机构|平台|基金|集团|独角兽|供应商|提供商|银行|工作室|实验室|大学|风投|对手|同行))?"
_DATE = r"(?:于|在|自)?(?:[\d年月日 ]{2,12}|去年|今年|此前|近日|日前)?"
_HOW = r"(?:也|还|又|已|已经|将|正|再次|曾|宣布|官宣|确认|继续|进一步|正式|选择|开始|转而|并|则|就|此前|近日|日前|去年|今年|[ \n])*"
_BACKED = r"(?:联手|共同|联合|也|曾|最早|首次|早期|参与)*(?:投资|支持|押注|孵化|注资|入股|领投|跟投|参投)"
_FOUND = r"(?:创立|创办|创建|成立|设立|发起|组建)"


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to tell a relation: what stands between two names, before the first, and behind the second."""

    property_id: str
    between: re.Pattern[str]
    after: re.Pattern[str] | None = None
    before: re.Pattern[str] | None = None
    # The first name is the object; several may be listed as the first, or as the second.
    swapped: bool = False
    firsts: bool = False
    seconds: bool = False
    kinds: tuple[frozenset[str], frozenset[str]] = field(kw_only=True)


_FIRMS, _PERSONS = frozenset({"firm"}), frozenset({"person"})
_ANY = _FIRMS | _PERSONS
_FORMS = (
    # X携手Y; X与Y联手推出…; X与企业Y签署…备忘录.
    _Form(
        "partner", re.compile(rf"{_MARKS}{_HOW}(?:携手|联手|牵手|联袂){_MARKS}{_KIND}{_MARKS}"), kinds=(_FIRMS, _FIRMS)
    ),
    _Form(
        "partner",
        re.compile(
            rf"{_MARKS}{_HOW}(?![^，。；\n]{{0,8}}(?:退出|终止|结束|停止|断绝))(?:[^，。；\n]{{0,8}}?)?(?:与|和|同){_MARKS}{_KIND}{_MARKS}"
        ),
        re.compile(
            r"[ \n*_”」）)]*[\u3400-\u9fff]{0,6}?(?:联手|合资(?!金)|合营|联合(?!国|体)|携手|深度集成|(?:达成|签署|签订|签下|签约)[^，。；\n]{0,16}?(?:合作|协议|备忘录|合约|合同)|(?:共同|联合)(?:推出|发布|开发|研发|打造|成立|建设|举办|提出)|(?:建立|展开|开展|保持|扩大|拓展|深化)[^，。；\n]{0,10}?合作|的[^，。；\n]{0,10}?(?:合作(?:关系|计划|伙伴关系)|伙伴关系)|合作(?=[，。；\n]|$))"
        ),
        kinds=(_FIRMS, _FIRMS),
    ),
    # X目前共投入Y 130亿美元; X斥资2亿元购买Y 66%的股权; Y由X控制.
    _Form(
        "investor",
        re.compile(
            rf"{_MARKS}{_BRACKET}{_HOW}(?:目前|至今|累计|总共|先后|一共|共)*(?:投入|注资|投了?)(?:了|给)?{_MARKS}{_KIND}{_MARKS}"
        ),
        re.compile(r"[ \n*_”」）)]*(?:[\d.,]+|[数几]?[十百千]?)[ ]?[十百千]?[万亿]"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    _Form(
        "owner",
        re.compile(
            rf"{_MARKS}{_BRACKET}{_DATE}{_HOW}(?:斥资|出资|耗资|豪掷|以|用|花费?)[^，。；\n]{{1,24}}?(?:购买|收购|买下|拿下|收购下)了?(?:位于[^，。；\n]{{1,8}}的|在[^，。；\n]{{1,8}}上市的)?{_MARKS}{_KIND}{_MARKS}"
        ),
        re.compile(r"(?![ \n*_”」》]*(?:的(?!(?:全部|多数|[\d.]+%))|芯片|产品|服务|设备|\d+[万台张颗]))"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    _Form(
        "owner",
        re.compile(rf"{_MARKS}{_BRACKET}(?:则|目前|现|已)*由{_MARKS}{_KIND}{_MARKS}"),
        re.compile(rf"[ \n*_”」]*{_BRACKET}(?:实际|全资|间接|直接|最终)*(?:控制|控股|持有)(?!器|面板)"),
        kinds=(_FIRMS, _FIRMS),
    ),
    # A与B联手投资的公司X; A支持的公司X.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}{_BRACKET}{_DATE}{_BACKED}的{_KIND}{_MARKS}"),
        re.compile(r"(?![ \n*_”」》]*(?:团队|小组|负责人|项目组|案子))"),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # A对X的投资.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}(?:[^，。；\n]{{0,10}}?)?对{_MARKS}{_KIND}{_MARKS}"),
        re.compile(
            rf"{_MARKS}(?:的)?(?:新一轮|首轮|[A-Da-d]\+?轮)?(?:的)?(?:资助|投资|注资|战略投资|融资支持)(?!者|人|方|机构|回报)"
        ),
        swapped=True,
        kinds=(_ANY, _FIRMS),
    ),
    # A和B参与了公司X的一轮融资.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}{_HOW}(?:共同|联合)?(?:参与|领投|跟投|参投)了?{_KIND}{_MARKS}"),
        re.compile(r"[ \n*_”」]*的?[^，。；\n]{0,8}?(?:轮|融资|投资)"),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # X获得来自A的投资.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}{_HOW}(?:获得?|拿到|得到)了?来自{_KIND}{_MARKS}"),
        re.compile(r"[^，。；\n]{0,30}?的?(?:投资|融资|注资)"),
        seconds=True,
        kinds=(_FIRMS, _ANY),
    ),
    # 创立X的甲.
    _Form(
        "founded_by",
        re.compile(rf"{_MARKS}的{_MARKS}"),
        before=re.compile(rf"(?:共同|联合|参与)?{_FOUND}了?{_KIND}{_MARKS}$"),
        kinds=(_FIRMS, _PERSONS),
    ),
    # X由A于2023年创立.
    _Form(
        "founded_by",
        re.compile(rf"{_MARKS}(?:是|系|最初|最早)?由{_KIND}{_MARKS}"),
        re.compile(rf"[ \n*_”」]*{_BRACKET}(?:等人?)?{_DATE}[ \n]*(?:与人)?(?:共同|联合|牵头|出资|独资|一手)*{_FOUND}"),
        seconds=True,
        kinds=(_FIRMS, _ANY),
    ),
    # 甲此前创立的X.
    _Form(
        "founded_by",
        re.compile(rf"{_MARKS}{_BRACKET}{_DATE}{_HOW}(?:共同|联合|参与)?{_FOUND}的{_KIND}{_MARKS}"),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # 甲十年前曾在X工作; 甲一度任职于X; 甲在X攻读博士学位.
    _Form(
        "affiliation",
        re.compile(rf"{_MARKS}{_BRACKET}(?!以及|[和与及])[^，。；：、\n的]{{0,12}}?(?:在|于){_KIND}{_MARKS}"),
        re.compile(
            r"[ \n*_”」]*"
            + _BRACKET
            + r"(?:公司|集团|总部)?(?:[^，。；\n的]{0,6}?)(?:工作(?!会|报告|组|室|论坛)|任职|就职|供职|实习(?!生)|任教|执教|从事[^，。；\n]{0,10}?(?:研究|工作|开发|教学)|做(?:了|过)?[^，。；\n]{0,8}?(?:工程师|研究(?!院|所|中心)|设计师|研究员|实习)|进行[^，。；\n]{0,6}?研究(?!院|所)|攻读|求学|读(?:大学|本科|研究生|博士|硕士|书)|拿到[^，。；\n]{0,12}?学位|获得?[^，。；\n]{0,14}?学位)"
        ),
        seconds=True,
        kinds=(_PERSONS, _FIRMS),
    ),
    _Form(
        "affiliation",
        re.compile(
            rf"{_MARKS}{_BRACKET}(?!以及|[和与及])[^，。；：、\n的]{{0,12}}?(?:任职|就职|供职|效力|服务|任教|执教|就读|求学|毕业|受聘)于(?:了|过)?{_KIND}{_MARKS}"
        ),
        kinds=(_PERSONS, _FIRMS),
    ),
    # X聘请了前高管甲.
    _Form(
        "affiliation",
        re.compile(
            rf"{_MARKS}{_BRACKET}{_DATE}{_HOW}(?:从[^，。；\n]{{2,16}}?)?(?:挖来|挖走|挖角|聘请|招募|招揽|请来|延揽|聘任|任命)(?:了|到)?(?!猎头|律师)[^，。；\n和与、]{{0,16}}?{_MARKS}"
        ),
        swapped=True,
        seconds=True,
        kinds=(_FIRMS, _PERSONS),
    ),
    # 甲是X的博士; 甲所在的X.
    _Form(
        "affiliation",
        re.compile(rf"{_MARKS}{_BRACKET}(?:是|为)(?:一名|一位)?{_MARKS}"),
        re.compile(r"[ \n*_”」]*(?:的)?[\u3400-\u9fff]{0,8}?(?:博士|硕士|毕业生|校友|在读生)(?![点后生们]|流动)"),
        kinds=(_PERSONS, _FIRMS),
    ),
    _Form("affiliation", re.compile(rf"{_MARKS}所在的?{_MARKS}"), kinds=(_PERSONS, _FIRMS)),
    # X是甲旗下的公司.
    _Form(
        "owner",
        re.compile(rf"{_MARKS}(?:公司)?(?:也|则)?(?:是|为)(?:一家|一个)?{_MARKS}"),
        re.compile(
            r"[ \n*_”」]*"
            + _BRACKET
            + r"(?:旗下|名下|控股)的?(?:[^，。；\n]{0,12}?)(?:公司|企业|子公司|品牌|平台|机构|部门|网站|媒体)(?!之一的)"
        ),
        kinds=(_FIRMS, _ANY),
    ),
    # X获得了包括A在内的投资者的投资; A、B参投了X.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}{_HOW}(?:获得?|拿到|得到)了?包括{_KIND}{_MARKS}"),
        re.compile(r"[ \n*_”」]*(?:等[^，。；\n]{0,8}?)?在内的?[^，。；\n]{0,20}?(?:投资(?!者|人|方)|融资|注资|支持)"),
        seconds=True,
        kinds=(_FIRMS, _ANY),
    ),
    _Form(
        "investor",
        re.compile(rf"{_MARKS}{_HOW}(?:参投|跟投|领投|注资|入股)了{_KIND}{_MARKS}"),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # 甲与他人共同创办了X.
    _Form(
        "founded_by",
        re.compile(
            rf"{_MARKS}{_BRACKET}{_DATE}{_HOW}{_DATE}(?:与他人|与人|和他人|与友人|与朋友|和朋友|与同事|和同事|同他人)(?:共同|联合|一起|一同)*{_FOUND}了?{_KIND}{_MARKS}"
        ),
        swapped=True,
        firsts=True,
        kinds=(_PERSONS, _FIRMS),
    ),
    # 甲持有X 49%的股份.
    _Form(
        "investor",
        re.compile(rf"{_MARKS}(?:目前|仍|还|也|共|合计|直接|间接|已)*持有(?:了)?{_KIND}{_MARKS}"),
        re.compile(
            r"[ \n*_”」]*(?:公司)?(?:约|近|超过?|逾|[ ])*(?:[\d.]+[ ]?[%％]|[\d.]+[万亿]+股|少数|多数|部分)[^，。；\n]{0,8}?(?:股份|股权|股票|股本|权益)"
        ),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # X的合作方包括A和B.
    _Form(
        "partner",
        re.compile(
            rf"{_MARKS}(?:公司)?的?(?:主要|战略|核心|重要|长期|新|[ ])*(?:合作方|合作伙伴|伙伴|盟友)(?:中)?(?:包括|有|为|是|如|涵盖)(?:了)?{_KIND}{_MARKS}"
        ),
        seconds=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    # A的投资组合中包括X、Y.
    _Form(
        "investor",
        re.compile(
            rf"{_MARKS}(?:公司|基金)?的?(?:早期|部分|主要|[ ])*(?:投资组合|被投企业|被投公司|投资企业|已投企业|所投企业)(?:中|里)?(?:也|还|就|已|则)?(?:包括了?|有|涵盖|囊括|含有|包含){_KIND}{_MARKS}"
        ),
        swapped=True,
        seconds=True,
        kinds=(_ANY, _FIRMS),
    ),
    # X是Y的重要伙伴.
    _Form(
        "partner",
        re.compile(rf"{_MARKS}(?:公司)?(?:也|还|仍|都|一直)*(?:是|为|作为|成为了?){_KIND}{_MARKS}"),
        re.compile(
            r"[ \n*_”」]*(?:公司)?的?(?:重要|核心|战略|长期|亲密|主要|独家|关键|首选|最大|合作|的|之一)*伙伴(?!关系)"
        ),
        kinds=(_FIRMS, _FIRMS),
    ),
    # A旗下最大子公司X; A旗下拥有…的X部门; A（X母公司）.
    _Form(
        "owner",
        re.compile(
            rf"{_MARKS}(?:集团|公司)?的?旗下的?(?:最大|唯一|全资|控股|核心|主要|独立)+的?(?:子公司|公司|业务|平台|品牌|部门){_MARKS}"
        ),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    _Form(
        "owner",
        re.compile(rf"{_MARKS}旗下(?:拥有|负责|专注|从事)[^，。；\n]{{1,30}}?的{_MARKS}"),
        re.compile(r"[ \n*_”」]*(?:部门|团队|子公司|实验室|业务)"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    _Form(
        "owner",
        re.compile(r"[ ]?[（(][ ]?"),
        re.compile(r"[ ]?的?母公司[）)]"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    # 甲是供应商X的联合创始人.
    _Form(
        "founded_by",
        re.compile(rf"{_MARKS}{_BRACKET}(?:也|曾|既|正)?(?:是|为|作为){_KIND}{_MARKS}"),
        re.compile(r"[ \n*_”」]*(?:公司)?的?(?:联合|共同)?(?:创始人|创办人|创立者)"),
        swapped=True,
        kinds=(_PERSONS, _FIRMS),
    ),
    # 甲投资了两家公司，分别为X和Y.
    _Form(
        "investor",
        re.compile(
            rf"{_MARKS}{_HOW}投资了?[^，。；\n]{{0,20}}?(?:公司|企业|项目)[，,：:]?(?:分别)?(?:为|是|包括|即)[：:]?{_KIND}{_MARKS}"
        ),
        swapped=True,
        seconds=True,
        kinds=(_ANY, _FIRMS),
    ),
    # 甲的X部门.
    _Form(
        "part_of_organization",
        re.compile(rf"{_MARKS}(?:公司|集团)?的{_MARKS}"),
        re.compile(r"[ \n*_”」]*(?:部门|事业部|事业群|分部|实验室部门)(?![\u3400-\u9fff]?(?:长|经理|负责))"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    # 创办X的时候，甲….
    _Form(
        "founded_by",
        re.compile(rf"{_MARKS}(?:的时候|时|之初|之前|前|之后|后)，?{_MARKS}"),
        before=re.compile(rf"(?:^|[，。；\n])[^，。；\n]{{0,8}}?(?:共同|联合|参与)?{_FOUND}了?{_KIND}{_MARKS}$"),
        kinds=(_FIRMS, _PERSONS),
    ),
    # 甲预测，他旗下的公司X….
    _Form(
        "owner",
        re.compile(
            rf"{_MARKS}[^。；\n]{{0,30}}?(?<=[，,：:“])[^，。；\n]{{0,8}}?[他她](?:旗下|名下|拥有|控制)的?{_KIND}{_MARKS}"
        ),
        swapped=True,
        kinds=(_PERSONS, _FIRMS),
    ),
    _Form(
        "investor",
        re.compile(
            rf"{_MARKS}(?:当时|此前|曾|也|都|则)*(?:是|作为|成为了?|身为)(?:了)?(?:当时|目前|早期)?{_KIND}{_MARKS}"
        ),
        re.compile(
            r"[ \n*_”」]*(?:公司)?(?:的)?(?:最大|第一|早期|主要|重要|首批|首个|单一|天使|战略|长期|外部|种子轮|[A-D]轮|的|之一)*(?:投资人|投资者|投资方|股东|出资人|出资方|金主|资助者|支持者)(?!会|大会)"
        ),
        swapped=True,
        firsts=True,
        kinds=(_ANY, _FIRMS),
    ),
    # X被B以2亿美元收购; X以2亿美元卖给B.
    _Form(
        "owner",
        re.compile(rf"{_MARKS}(?:公司|集团)?{_DATE}{_HOW}{_DATE}(?:以[^，。；\n]{{1,16}})?(?:被|遭){_KIND}{_MARKS}"),
        re.compile(
            r"[ \n*_”」]*" + _BRACKET + r"(?:[以用于][^，。；\n]{1,20}?)?(?:全资)?(?:收购|并购|买下)(?!邀约|要约|传闻)"
        ),
        kinds=(_FIRMS, _ANY),
    ),
    _Form(
        "owner",
        re.compile(rf"{_MARKS}[，,]?[^。；\n]{{0,30}}?(?:卖给|出售给|售予)了?{_KIND}{_MARKS}"),
        kinds=(_FIRMS, _FIRMS),
    ),
    # 被B收购后，X….
    _Form(
        "owner",
        re.compile(rf"{_MARKS}(?:以[^，。；\n]{{1,14}})?(?:收购|并购|买下)(?:之)?后[，,]{_MARKS}"),
        before=re.compile(rf"被{_MARKS}$"),
        swapped=True,
        kinds=(_FIRMS, _FIRMS),
    ),
    # 旗下拥有媒体X和Y的A.
    _Form(
        "owner",
        re.compile(rf"{_MARKS}的{_MARKS}"),
        before=re.compile(rf"旗下(?:拥有|有|包括){_KIND}[\u3400-\u9fff]{{0,8}}{_MARKS}$"),
        firsts=True,
        kinds=(_FIRMS, _FIRMS),
    ),
)
_WITH = re.compile(r"[与和同跟][ \n*_“「]*$")
# The forms that fit two names, each a person's or a firm's.
_FORMS_OF = {
    (one, other): [
        form
        for form in _FORMS
        if ("person" if one else "firm") in form.kinds[0] and ("person" if other else "firm") in form.kinds[1]
    ]
    for one in (False, True)
    for other in (False, True)
}
_REACH, _BACK, _MOST, _LIST = 56, 40, 12, 80


class DealingReader:
    """Reads the dealings of one document."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield what a range tells of two names side by side."""
        named = [m for m in self.parties.mentions.within(start, end) if is_firm(m) or m.kind == "person"]
        for index, (one, other) in enumerate(pairwise(named)):
            behind = self.parties.end(one)
            if 0 < other.start - behind <= _REACH:
                for form in _FORMS_OF[one.kind == "person", other.kind == "person"]:
                    if self._fits(form, one, other, behind, named[max(0, index - _MOST) : index + 1]):
                        yield from self._told(form, named, index)
                        break

    def _fits(self, form: _Form, one: Mention, other: Mention, behind: int, before: list[Mention]) -> bool:
        if form.between.fullmatch(self.text, behind, other.start) is None:
            return False
        if form.after is not None and not any(form.after.match(self.text, end) for end in self._ends(form, other)):
            return False
        if form.property_id == "partner" and _WITH.search(self.text, max(0, one.start - 4), one.start):
            return False  # 与甲和乙建立合作关系: both are another's
        if form.before is None:
            return True
        first = self.parties.group_before(before)[0] if form.firsts else one
        return form.before.search(self.text, max(0, first.start - _BACK), first.start) is not None

    def _ends(self, form: _Form, other: Mention) -> Iterator[int]:
        """Yield where the second name ends, and where the list does that it begins."""
        yield self.parties.end(other)
        if form.seconds:
            listed = self.parties.mentions.within(other.start, other.start + _LIST)
            yield self.parties.end(
                self.parties.group_after([m for m in listed if is_firm(m) or m.kind == "person"])[-1]
            )

    def _told(self, form: _Form, named: list[Mention], index: int) -> Iterator[Proposal]:
        one, other = named[index], named[index + 1]
        assertion = standing(self.text, other.start)
        if assertion is None:
            return
        firsts = self.parties.group_before(named[max(0, index - _MOST) : index + 1]) if form.firsts else [one]
        seconds = self.parties.group_after(named[index + 1 : index + 1 + _MOST]) if form.seconds else [other]
        for first in firsts:
            for second in seconds:
                subject, thing = (second, first) if form.swapped else (first, second)
                if subject.name != thing.name:
                    yield tie(form.property_id, subject, thing, assertion)
