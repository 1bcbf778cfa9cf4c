"""Investors: who puts money into whom, in the order in which a clause has giver, verb and receiver."""

import re
from collections.abc import Iterator

from etl.reader.funding_words import TRIGGERS
from etl.reader.givers import GIVERS, besides, listed_before, listed_givers
from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import standing, tie

# 投资的三家大模型公司甲、乙及丙: what is counted is listed.
_COUNTED = re.compile(r"[一二三四五六七八九十两几数\d]+(?:家|个)[^，。；\n]{0,12}?(?:公司|企业|项目)[ \n*“「]*")
_HAS_FUNDED = re.compile(
    r"(?:的|了)?[\u3400-\u9fffA-Za-z]{0,10}(?:公司|企业|项目)(?:共|已|达)?(?:有|是|为)?[一二三四五六七八九十两\d]+[个家][，,]?[ \n]?(?:分别)?(?:为|是|包括|有)[ \n*“「]*"
)
_OF_ROUND = re.compile(
    r"[ \n*”」》]*的?[ \n]*(?:(?:[A-Za-z][+＋]?|Pre-?[ \n]?[A-Z][+＋]?|天使|种子|战略|首|新一|多|两|最新一?)[ \n]*轮|(?:战略)?(?:融资|增资))"
)
_MARKS = r"[ \n*_“「《”]*"
_SUM = r"(?:[\d.,一二三四五六七八九十百千数超约近逾多过 \n]*(?:亿|万)?(?:美元|人民币|美金|元|欧元|港元|日元)?(?:[A-Z]\d?\+?轮)?(?:左右)?)"
_KIND = r"(?:(?:(?!等)[A-Za-z\u3400-\u9fff]){0,12}?(?:公司|企业|独角兽|厂商|新贵|创企|初创|项目|对手|平台|机构|巨头))?"
_INTO = re.compile(
    rf"(?:了|过|入股)*{_SUM}(?:于|给|到|了)?{_MARKS}(?:包括|像)?{_MARKS}(?:[^，。；\n的]{{2,16}}之一的)?{_KIND}{_MARKS}"
)
_PROJECT = re.compile(rf"(?:了|过)[^，。；：\n]{{0,18}}?(?:项目|公司){_MARKS}")
_GIVEN = re.compile(
    rf"(?:给|向|对|为)[ \n*“「]*(?:[^，。；\n]{{2,14}}?(?:公司|企业|网站|平台|创企|厂商|对手))?{_MARKS}$"
)
_DONE = re.compile(
    rf"[ \n*”」]*(?:公司|集团|等[\u3400-\u9fff]{{0,4}})?(?:进行|完成|追加|宣布|承诺|已|的|了|累计|总计|再次|再|首次|战略性?|直接|约|估值|新一轮|本轮|[ \n]|{_SUM}){{0,8}}"
)
_MONEY = re.compile(
    rf"了?{_SUM}多?(?:亿|万)?(?:美元|元|欧元)?(?:的)?(?:资金|投资|融资)|了?[约近超逾]?[\d.]+[百千]?[万亿]+(?:美元|美金|元|欧元|港元|人民币)"
)
_TAIL = re.compile(
    r"(?:[ \n*”」]|等|多?家|[\u3400-\u9fff]{0,6}(?:巨头|机构|资本|公司|集团|基金|平台|创投|投资方|企业|股东|老股东|风投|产业方|新老股东)|在[这本此该]|在新一|及|以及|和|多家|顶级|知名|均|都|也|还|共同|联合|继续|独家|在内的|则|参与了?|参加了?|两家|三家|旗下|选择|追加|持续|曾经?|已|以[\d.]+[百千]?[万亿]*(?:美元|元|人民币|欧元))*"
)
_INCLUDE = re.compile(
    rf"(?:[^，。；：\n的]{{2,24}}，(?=包括|有|其中))?[ \n*]*(?:其中)?(?:们|名单|阵容|主要|中|还|则|就|都|分别|的|既|很|豪华|异常|十分|颇为|堪称|不仅)*(?:包括了?|包含|囊括了?|覆盖|有|为|是|站着|涵盖|[：:]|——|还有|[，,]?(?:例?如|比如)|includ\w+){_MARKS}(?:来自)?(?:前|原)?{_KIND}{_MARKS}"
)
_OF_FIRM = re.compile(
    r"[ \n*”」]*(?:公司|集团)?(?:的|本轮|此轮|该轮|新一轮|这轮|上一轮|首轮|[A-Z]\d?轮|融资|早期|主要|重要|最大|最大的|第一大|单一|投资|天使|现有|新|老|当前|目前|背后|身后|幕后|战略|外部|持股[\d.]+%的|[ \n])*"
)
_IS_OF = re.compile(
    rf"[ \n*”」]*(?:公司|集团)?(?:也|还|曾|仍|已|则|都|将)?(?:是|为|系|成为了?)(?:了)?{_MARKS}{_KIND}{_MARKS}"
)
_OF_IT = re.compile(
    r"[^，。；\n]{0,6}(?:是|为|系|成为)了?(?:其|该公司|它)(?:的|[^，。；\n]{0,12}的)?(?:最大|第一|单一|主要|早期|重要|战略)*[ \n]*$"
)
_FROM = re.compile(
    rf"(?:了)?{_MARKS}(?:来自|由)?{_MARKS}(?:总部[^，。；\n]{{0,14}}的)?(?:[^，。；\n]{{0,8}}?(?:巨头|机构|公司|基金|投资方))?{_MARKS}"
)
_FUNDING = re.compile(
    r"(?:[ \n*”」]|等|多?家|[\u3400-\u9fff]{0,4}(?:机构|资本|公司|基金|巨头|投资方)|的|领投|跟投|参投|共同|联合|独家|战略|旗下[\u3400-\u9fff]{0,6}?|数|近|超|约|逾|[\d.,]|亿|万|千|百|十|美元|美金|元|人民币|新一轮|[A-Z]\d?轮|天使轮|首轮|本轮|追加|巨额|大额|高额|青睐|加持|早期)*(?:投资|注资|融资|入股|领投|加持|青睐|资金支持|增持|战投|战略资金|资金(?:挹注|注入|加持))(?!者|人|方|界|圈|组合|计划|意向|建议)"
)
_ROUND = re.compile(
    r"[ \n*”」]*(?:公司|集团)?(?:的|宣布|已|完成|获|获得|近日|正式|[ \n])*(?:本轮|此轮|该轮|新一轮|这轮|首轮|(?:Pre-?[ \n]?)?[A-Z]\d?[+＋]?轮|天使轮|融资|[^，。；\n]{0,24}轮融资)"
)
_A_ROUND = re.compile(r"[^，。；\n]{0,16}?(?:融资|投资)(?!者|人|方)")
_ITS_ROUND = re.compile(r"了?(?:其|该公司|这家公司)的?[^，。；\n]{0,16}?融资")
_AS_INVESTORS = re.compile(
    r"[ \n*”」]*等?[\u3400-\u9fff\d]{0,8}?(?:投资者|投资方|投资人|投资机构|股东|战投|作为[\u3400-\u9fff]{0,4}投资)"
)
_REACH, _AFTER = 80, 40
# 甲创立的 leads to a firm that is no known name; 股东为X的股东 tells of X's own.
_ITS_OWN = re.compile(r"(?:创立|创办|创建|旗下|领导|执掌|掌管)的")
_ANOTHERS = re.compile(r"[ \n*”]*(?:公司|集团)?的(?:主要|最大|重要|创始|[ \n])*(?:股东|投资者|投资人|投资方|子公司)")
_LEADS_A_ROUND = re.compile(
    r"[ \n*”]*(?:公司|集团|(?:[\u3400-\u9fff]{2,4})?(?:基金|资本|创投))?(?:也|还|共同|则)?(?:领投|跟投|参投)"
)
# 投资3亿美元，获得X的少数股权.
_FOR_A_SHARE = re.compile(
    rf"(?:了|过)?(?:至多|高达|近|约|逾|超过?)?{_SUM}[，,]?[ \n]?(?:并|以|从而|因此|由此)?(?:获得|取得|换取|换得|拿下|收购|持有)(?:了|其)?{_MARKS}"
)
_ITS_SHARES = re.compile(r"[ \n*”]*(?:公司|集团)?(?:的)?(?:约|近|超过?)?[^，。；\n]{0,8}?(?:股权|股份)")
_SHARES = re.compile(r"(?:约|近|超过?)?(?:[\d.]+[%％]|少数|多数|部分)的?(?:股权|股份)")
_A_SUM = re.compile(
    r"[\d.]+[ ]?(?:多)?(?:万|亿)?(?:美元|人民币|美金|元|欧元|港元)(?:的(?:资金|投资|融资))?(?:是|则|都|均)?[ \n]*$"
)
_RAISED = re.compile(r"(?:已|共|累计|总计|又|总共|成功)*(?:筹集|筹得|募集|募得|融得|融资|获得|完成)")


_CLOSING = re.compile(r"(?:已|宣布|成功|完成|获得?|拿下|敲定)+了?由")
_OWN_GIVER = re.compile(
    r"[ \n*”」]*(?:公司|集团)?(?:此轮|本轮|这轮)?的(?:新|老|最大|主要|早期|重要|战略|长期|单一|第一大|天使|外部|[ \n])*"
)
_ITS_GIVER = re.compile(r"其(?:最大的?|主要|早期|重要|战略|长期|单一|第一大|天使|外部|[ \n])*$")
# A fund may be anybody's; it is a round's where the words before say so.
_FUNDS = frozenset({"风投公司", "风险投资公司", "投资公司", "投资机构"})
_ROUND_BEFORE = re.compile(r"(?:融资|投资|参投|跟投|领投)的[^，。；\n]{0,8}$")
_ITS_SUM = re.compile(
    r"[ \n*]*等?的[^，。；\n]{0,4}?[\d.数一二三四五六七八九十两]+[ ]?[十百千]?[万亿][^，。；\n]{0,6}(?:元|金|镑)的?(?:投资|融资|注资|资金)"
)
# 投资人工智能公司，包括X; what kind of firm each is may stand before it.
_LISTS_FUNDED = re.compile(
    r"(?:了|过)?[^，。；：\n]{0,14}?(?:公司|企业|项目|初创)?[，,]?(?:其中)?(?:包括了?|如|例如|比如)[ \n*“]*"
)
_KIND_FIRST = re.compile(r"[^，。；：、\n]{0,18}?(?:公司|企业|商|平台|机构|初创)?[ \n*“]*")
_NEXT_FUNDED = re.compile(r"[ \n*”]*(?:、|，?以及|和|与|及)[^，。；：、\n]{0,20}?[ \n*“]*")
_ITS_MONEY = re.compile(r"[^，。；\n]{0,8}?(?:该公司|该基金|该机构|这家公司|公司|其)")
_SUM_PUT = re.compile(r"[ \n*]*[约近超]?[\d.]+[ ]?[百千]?[万亿][^，。；\n]{0,6}(?:元|金|镑)")
_AND_OTHERS = re.compile(r"[ \n*]*(?:和|与|以及|及)(?:其他|其它)[\u3400-\u9fff]{0,6}")
# A list of givers may begin with one whose name tells no body: 地方国资平台，以及甲.
_UNKNOWN_FIRST = re.compile(r"(?:[^，。；：\n（]{2,18}(?:（[^（）\n]{2,24}）)?)?(?:、|，[ \n]?以及|以及|，|和)[ \n*“]*")
_RAISES = re.compile(
    r"(?:轮|融资|投资)[^，。；\n]{0,8}[\d一二三四五六七八九十两].{0,8}(?:元|美金)|(?:元|美金)[^，。；\n]{0,8}(?:轮|融资|投资)"
)
_IN_BRACKET = re.compile(r"（[^（）]*$")
# Whom money goes to gives none: 甲向X投资.
_TO = re.compile(r"[向给对][ \n*“「《]*$")
_IT = re.compile(
    r"(?:向|给|对)(?:其|该公司|它|后者|这家公司|这家初创公司|这家企业)[ \n]*$|(?:向|给|对)(?:其|该公司|它|后者)(?:进行了?|追加|再次|再|累计|战略性|[ \n])*$"
)


_GOT_BY = re.compile(
    rf"[^，。；\n]{{0,30}}?(?:投资|注资|融资|支持|青睐|加持)的(?:[\u3400-\u9fffA-Za-z]{{0,12}}?(?:公司|企业|独角兽|平台|厂商|制造商))?{_MARKS}"
)
_BACKED = re.compile(rf"[\u3400-\u9fffA-Za-z]{{0,10}}(?:公司|企业|商|独角兽|初创|机构|平台|实验室){_MARKS}")
_MONEY_GOT = re.compile(r"了?[^，。；\n]{0,24}?(?:投资|融资|资金|注资)(?!者|人|方|机构)")
_AMONG = re.compile(r"(?:等[^，。；\n]{0,6})?在内的[^，。；\n]{0,6}$")
_FROM_THEM = re.compile(r"(?:等[^，。；\n]{0,10}?)?(?:那里|处|手中)?(?:成功|共|已|又|再次|累计)*[ \n]*")
_FROM_WHOM = re.compile(r"从[ \n*]*(?:[^，。；\n]{0,20}?(?:公司|基金|机构|巨头))?[ \n*]*$")


class InvestorReader:
    """Reads who invests in whom."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the investors that a range of the text tells."""
        yield from TRIGGERS.read_by(self, start, end)

    def _round(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲、乙领投; 甲、乙等均参投了本轮融资: of the firm that the text speaks of."""
        begin, _ = self.parties.clause(at, _REACH)
        givers = self._givers(begin, at)
        if givers and _TAIL.fullmatch(self.text, self.parties.end(givers[-1]), at):
            named = self._of_round_after(stop, stop + _AFTER)
            yield from self._funds(named or self._funded(givers[0].start, givers), givers, at)
        elif self.text[at:stop].endswith("投资"):
            yield from self._investing(at, stop)

    def _joining(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲参与了X的A轮融资."""
        begin, end = self.parties.clause(at, _REACH)
        givers = self._givers(begin, at)
        if givers and at - self.parties.end(givers[-1]) < 16:
            own = self._funded(givers[0].start, givers) if _ITS_ROUND.match(self.text, stop) else None
            yield from self._funds(own or self._of_round_after(stop, end), givers, at)

    def _taking(self, at: int, stop: int) -> Iterator[Proposal]:
        """X完成由甲、乙等参与的新一轮融资."""
        if _A_ROUND.match(self.text, stop):
            yield from self._round(at, stop)

    def _bringing(self, at: int, stop: int) -> Iterator[Proposal]:
        """X引入甲、乙等战略投资者."""
        begin, end = self.parties.clause(at, _REACH)
        after = [m for m in self.parties.mentions.within(stop, min(end, stop + 2 * _REACH)) if m.kind in GIVERS]
        givers = self.parties.group_after(after)
        if not givers or self.text[stop : givers[0].start].strip(" \n*“「"):
            return
        if _AS_INVESTORS.match(self.text, self.parties.end(givers[-1])):
            firms = self.parties.firms(begin, at, loose=False)
            yield from self._funds(firms[-1] if firms else self.parties.firm_spoken_of(begin), givers, at)

    def _of_round_after(self, stop: int, end: int) -> Mention | None:
        """Return the firm whose round a verb goes on to: 领投X的Pre-A轮融资."""
        after = self.parties.firms(stop, min(end, stop + _AFTER), loose=False)
        near = after and re.fullmatch(r"了?[ \n*“「]*", self.text[stop : after[0].start])
        whole = near and after[0].start == stop and self.text.startswith("领投", stop - 2)
        return after[0] if near and (whole or _OF_ROUND.match(self.text, self.parties.end(after[0]))) else None

    def _investing(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲投资了X, 甲给X投资, 甲对X的投资."""
        begin, end = self.parties.clause(at, _REACH)
        givers = self._givers(begin, at)
        listed = _LISTS_FUNDED.match(self.text, stop)
        if listed:
            yield from self._list_of(begin, at, listed.end())
            return
        after = self.parties.firms(stop, min(end, stop + _AFTER))
        if after and (
            _INTO.fullmatch(self.text, stop, after[0].start) or _PROJECT.fullmatch(self.text, stop, after[0].start)
        ):
            if not givers and self.parties.leads(begin, at):
                spoken = self.parties.person_spoken_of(begin) or self.parties.firm_spoken_of(begin)
                givers = [spoken] if spoken is not None else []
            if givers and self._is_giving(givers[-1], at) and not self._is_apart(begin, givers[0], stop, after[0]):
                for firm in self.parties.group_after(after):
                    yield from self._funds(firm, givers, at)
            return
        count = _HAS_FUNDED.match(self.text, stop)
        if count:
            yield from self._counted(begin, at, count.end())
            return
        if (
            givers
            and _SUM_PUT.match(self.text, stop)
            and "由" in self.text[max(begin, givers[0].start - 16) : givers[0].start]
        ):
            # 由甲投资的5000万元.
            yield from self._funds(self._funded(givers[0].start, givers), givers, at)
            return
        share = _FOR_A_SHARE.match(self.text, stop, stop + _AFTER)
        if share and givers and at - self.parties.end(givers[-1]) < 16:
            yield from self._funds(self._shared(share.end(), givers), givers, at)
            return
        if self.text.endswith("被", begin, givers[0].start if givers else begin):
            funded = self.parties.group_before(self.parties.firms(begin, givers[0].start, loose=False))
            for firm in funded if _DONE.fullmatch(self.text, self.parties.end(givers[-1]), at) else []:
                yield from self._funds(firm, givers, at)
            return
        yield from self._given(begin, at)

    def _list_of(self, begin: int, at: int, stop: int) -> Iterator[Proposal]:
        """甲积极投资初创公司，包括某公司X、Y和Z; 甲的投资包括X."""
        givers = self._givers(begin, at)
        spoken = self.parties.firm_spoken_of(begin) if _ITS_MONEY.match(self.text, begin, at) else None
        giver = givers[-1:] or ([spoken] if spoken is not None else [])
        _, finish = self.parties.outline.sentence(stop)
        firms = self.parties.firms(stop, min(finish, stop + 2 * _REACH))
        if not giver or not firms or not _KIND_FIRST.fullmatch(self.text, stop, firms[0].start):
            return
        for firm in self.parties.group_after(firms, _NEXT_FUNDED):
            yield from self._funds(firm, giver, at)

    def _counted(self, begin: int, at: int, stop: int) -> Iterator[Proposal]:
        """甲共参与47次投资，其中投资芯片公司有4个，分别为X、Y: of whom the sentence speaks."""
        giver = next(iter(self._givers(begin, at)), None) or self.parties.firm_spoken_of(begin)
        _, finish = self.parties.outline.sentence(stop)
        firms = self.parties.firms(stop, min(finish, stop + 3 * _REACH))
        if giver is not None and firms and firms[0].start == stop:
            for firm in self.parties.group_after(firms):
                yield from self._funds(firm, [giver], at)

    def _is_giving(self, giver: Mention, at: int) -> bool:
        """Tell whether a name is near before a verb, and no other stands between that it founded: 甲创立的X."""
        between = self.text[self.parties.end(giver) : at]
        return len(between) < 16 and _ITS_OWN.search(between) is None

    def _is_apart(self, begin: int, giver: Mention, stop: int, firm: Mention) -> bool:
        """Tell whether what follows 投资的 is not what the money went into, since words stand before it or the giver."""
        if not self.text.endswith("的", 0, stop) or _COUNTED.fullmatch(self.text, stop, firm.start):
            return False
        return bool(self.text[stop : firm.start].strip(" \n*“「《")) or not self.parties.leads(begin, giver.start)

    def _shared(self, stop: int, givers: list[Mention]) -> Mention | None:
        """Return the firm whose shares are got: 获得X的股权, or 获得10%的股份 of whom the text is about."""
        firms = self.parties.firms(stop, stop + _AFTER, loose=False)
        if firms and firms[0].start == stop and _ITS_SHARES.match(self.text, self.parties.end(firms[0])):
            return firms[0]
        if not _SHARES.match(self.text, stop):
            return None
        firm = self.parties.main_firm or self.parties.firm_spoken_of(stop)
        return None if firm in givers or firm is None or firm.name in {m.name for m in givers} else firm

    def _coming(self, at: int, stop: int) -> Iterator[Proposal]:
        """X筹集了7亿元，其中5亿元来自甲."""
        begin, end = self.parties.clause(at, _REACH)
        sentence, _ = self.parties.outline.sentence(at)
        if not _A_SUM.search(self.text, max(begin, at - 24), at):
            yield from self._money_from(begin, stop, end)
            return
        raised = _RAISED.search(self.text, max(sentence, begin - _REACH), begin)
        firms = self.parties.firms(max(sentence, begin - _REACH), raised.start(), loose=False) if raised else []
        givers = [m for m in self.parties.mentions.within(stop, end) if m.kind in GIVERS]
        if firms and givers and _FROM.fullmatch(self.text, stop, givers[0].start):
            yield from self._funds(firms[0], self.parties.group_after(givers), at)

    def _money_from(self, begin: int, stop: int, end: int) -> Iterator[Proposal]:
        """X筹集资金，其中包括来自甲的10亿元投资: of whom the sentence speaks."""
        givers = [m for m in self.parties.mentions.within(stop, end) if m.kind in GIVERS]
        if not givers or self.text[stop : givers[0].start].strip(" \n*“"):
            return
        group = self.parties.group_after(givers)
        sum_ = _ITS_SUM.match(self.text, self.parties.end(group[-1]))
        if sum_ is None:
            return
        firms = self.parties.firms(begin, stop, loose=False)
        firm = self._of_round_after(sum_.end(), sum_.end() + _AFTER) or (firms[0] if firms else None)
        yield from self._funds(firm or self.parties.firm_spoken_of(begin), group, stop)

    def _given(self, begin: int, at: int) -> Iterator[Proposal]:
        """甲给X投资, 甲对X进行了投资."""
        it = _IT.search(self.text, max(begin, at - 14), at)
        if it is not None:
            yield from self._given_it(begin, it.start())
            return
        funded = self.parties.group_before(self.parties.firms(begin, at))
        given = funded and _GIVEN.search(self.text, max(begin, funded[0].start - 16), funded[0].start)
        if not given:
            return
        if not _DONE.fullmatch(self.text, self.parties.end(funded[-1]), at):
            return
        givers = self._givers(begin, given.start())
        if not givers and (self.text.startswith("该公司", begin) or given.start() == begin):
            spoken = self.parties.firm_spoken_of(begin, last=given.start() > begin)
            givers = [spoken] if spoken is not None and spoken not in funded else []
        for firm in funded if givers else []:
            yield from self._funds(firm, givers, funded[0].start)

    def _given_it(self, begin: int, at: int) -> Iterator[Proposal]:
        """甲向其投资, 甲向后者投资: the firm named last before."""
        sentence, _ = self.parties.outline.sentence(at)
        givers = self._givers(begin, at)
        named = self.parties.firms(max(sentence, at - 100), givers[0].start if givers else at)
        if not named:
            return
        if not givers and self.parties.leads(begin, at):
            spoken = self.parties.firm_spoken_of(begin)
            givers = [spoken] if spoken is not None and spoken.name != named[-1].name else []
        yield from self._funds(named[-1], givers, at)

    def _giving(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲为X提供10亿美元的资金."""
        begin, _ = self.parties.clause(at, _REACH)
        if _MONEY.match(self.text, stop):
            yield from self._given(begin, at)

    def _being(self, at: int, stop: int) -> Iterator[Proposal]:
        """X的投资者包括甲、乙; 甲是X的股东; 甲成为其大股东."""
        begin, _ = self.parties.clause(at, _REACH)
        include = _INCLUDE.match(self.text, stop, stop + _AFTER)
        if self.text[at:stop] in _FUNDS and not (include and self._is_of_round(begin, at)):
            return
        if include:
            _, finish = self.parties.outline.sentence(stop)
            givers = [
                m
                for m in self.parties.mentions.within(include.end(), min(finish, stop + 200))
                if m.kind in {"organization", "product", "person"}
                and not _IN_BRACKET.search(self.text, max(include.end(), m.start - 24), m.start)
            ]
            if (
                givers
                and (
                    givers[0].start == include.end()
                    or _UNKNOWN_FIRST.fullmatch(self.text, include.end(), givers[0].start)
                )
                and not _ANOTHERS.match(self.text, self.parties.end(givers[0]))
            ):
                firms = [
                    m for m in self.parties.firms(begin, at) if _OF_FIRM.fullmatch(self.text, self.parties.end(m), at)
                ]
                firm = firms[-1] if firms else self.parties.firm_of_item(at) or self.parties.firm_spoken_of(at)
                firm = firm or self.parties.main_firm
                if firm is not None and _LEADS_A_ROUND.match(self.text, self.parties.end(firm)):
                    # 由甲领投，其他投资者包括乙: who leads is not who is funded.
                    firm = self._funded(at, [firm]) or self.parties.main_firm
                others = self._and_others(begin, at)
                if firm in others:
                    sentence, _ = self.parties.outline.sentence(at)
                    firm = self.parties.firm_spoken_of(sentence) or self.parties.main_firm
                named = [*besides(self.parties, begin), *others, *listed_givers(self.parties, givers)]
                yield from self._funds(firm, named, at)
            return
        yield from self._named_as(begin, at, stop)
        yield from self._among(begin, at, stop)
        firms = self.parties.firms(begin, at)
        if firms and _OF_FIRM.fullmatch(self.text, self.parties.end(firms[-1]), at):
            funded = self.parties.group_before(firms)
            givers = self._givers(begin, funded[0].start)
            if givers and _IS_OF.fullmatch(self.text, self.parties.end(givers[-1]), funded[0].start):
                for firm in funded:
                    yield from self._funds(firm, givers, firm.start)
            return
        if firms and _OF_IT.fullmatch(self.text, self.parties.end(firms[-1]), at):
            yield from self._funds(self._funded(firms[-1].start, firms[-1:]), firms[-1:], at)

    def _and_others(self, begin: int, at: int) -> list[Mention]:
        """Return who is named before the others: 甲和其他股东."""
        givers = self._givers(begin, at)
        others = givers and _AND_OTHERS.fullmatch(self.text, self.parties.end(givers[-1]), at)
        return givers if others else []

    def _is_of_round(self, begin: int, at: int) -> bool:
        """Tell whether a fund spoken of is a round's: by the words before it, or the sum of the clause before."""
        if _ROUND_BEFORE.search(self.text, max(begin, at - 12), at):
            return True
        before, _ = self.parties.clause(max(0, begin - 1), _REACH)
        opens = not self.text[begin:at].strip(" \n*")
        return opens and _RAISES.search(self.text, before, begin) is not None

    def _named_as(self, begin: int, at: int, stop: int) -> Iterator[Proposal]:
        """其主要投资者甲; X的股东甲."""
        givers = [m for m in self.parties.mentions.within(stop, stop + _AFTER) if m.kind in {"organization", "person"}]
        if not givers or self.text[stop : givers[0].start].strip(" \n*“「、"):
            return
        firms = self.parties.firms(begin, at, loose=False)
        if firms and _OWN_GIVER.fullmatch(self.text, self.parties.end(firms[-1]), at):
            yield from self._funds(firms[-1], self.parties.group_after(givers), at)
        elif _ITS_GIVER.search(self.text, max(begin, at - 8), at):
            firm = self.parties.firm_spoken_of(at)
            yield from self._funds(None if firm == givers[0] else firm, givers[:1], at)

    def _among(self, begin: int, at: int, stop: int) -> Iterator[Proposal]:
        """包括甲、乙在内的股东: of the firm named behind, else spoken of."""
        givers = self._givers(begin, at)
        if not givers or not _AMONG.fullmatch(self.text, self.parties.end(givers[-1]), at):
            return
        _, end = self.parties.clause(at, _REACH)
        after = self.parties.firms(stop, end, loose=False)
        firm = after[0] if after else self.parties.firm_spoken_of(begin)
        yield from self._funds(firm, givers, stop)

    def _raising(self, at: int, stop: int) -> Iterator[Proposal]:
        """X从甲、乙等机构筹集了10亿元."""
        begin, _ = self.parties.clause(at, _REACH)
        givers = self._givers(begin, at)
        if not givers or not _FROM_THEM.fullmatch(self.text, self.parties.end(givers[-1]), at):
            return
        origin = _FROM_WHOM.search(self.text, begin, givers[0].start)
        if origin is None:
            return
        firms = self.parties.firms(begin, origin.start())
        yield from self._funds(firms[-1] if firms else self.parties.firm_spoken_of(begin), givers, at)

    def _receiving(self, at: int, stop: int) -> Iterator[Proposal]:
        """X获甲、乙投资, X获得由甲领投的融资."""
        begin, end = self.parties.clause(at, _REACH)
        after = [
            m
            for m in self.parties.mentions.within(stop, min(end, stop + 60))
            if m.kind in {"organization", "product", "person"}
        ]
        if not after or not _FROM.fullmatch(self.text, stop, after[0].start):
            if _MONEY_GOT.match(self.text, stop):
                yield from self._raising(at, stop)
            return
        givers = self.parties.group_after(after)
        if not _FUNDING.match(self.text, self.parties.end(givers[-1]), min(end, self.parties.end(givers[-1]) + 40)):
            return
        got = _GOT_BY.match(self.text, self.parties.end(givers[-1]))
        of = self.parties.firms(got.end(), got.end() + _AFTER) if got else []
        if got and of and of[0].start == got.end():
            # 获甲10亿美元投资的X.
            yield from self._funds(of[0], givers, at)
            return
        firms = self.parties.firms(begin, at, loose=False)
        firm = firms[-1] if firms else self.parties.firm_spoken_of(begin)
        yield from self._funds(firm, givers, at)

    def _backing(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲支持的云服务商X."""
        begin, end = self.parties.clause(at, _REACH)
        givers = self._givers(begin, at)
        after = self.parties.firms(stop, min(end, stop + _AFTER), loose=False)
        if not givers or not after or self.text[self.parties.end(givers[-1]) : at].strip(" \n*”"):
            return
        if after[0].start == stop or _BACKED.fullmatch(self.text, stop, after[0].start):
            yield from self._funds(after[0], givers, at)

    def _picking(self, at: int, stop: int) -> Iterator[Proposal]:
        """甲投出的另一个项目是X; X是甲投出的."""
        sentence, finish = self.parties.outline.sentence(at)
        before = self.parties.mentions.within(max(sentence, at - 40), at)
        givers = [m for m in before if m.kind == "person"] or [m for m in before if m.kind == "organization"]
        if not givers:
            return
        is_of = [
            m
            for m in before
            if m.end <= givers[0].start
            and re.match(r"[ \n*”]*(?:也|便)?(?:是|为)", self.text[self.parties.end(m) : givers[0].start])
        ]
        after = self.parties.firms(stop, min(finish, stop + 24))
        firm = is_of[-1] if is_of else next(iter(after), None)
        yield from self._funds(firm, givers[:1], at)

    def _givers(self, begin: int, at: int) -> list[Mention]:
        """Return who gives: the persons and organizations listed last before a word."""
        named = self.parties.mentions.within(begin, at)
        named = [
            m for m in named if m.kind in {"organization", "person"} or (m.kind == "product" and m.entity_id is None)
        ]
        group = self.parties.group_before(named, bare=True)
        group = listed_before(self.parties, named, group) if group else []
        return [] if group and _TO.search(self.text, max(begin, group[0].start - 4), group[0].start) else group

    def _funded(self, at: int, givers: list[Mention]) -> Mention | None:
        """Return the firm that a round is of: whose round the sentence tells, else of whom it speaks, else whom it names."""
        begin, _ = self.parties.outline.sentence(at)
        firms = [m for m in self.parties.firms(max(begin, at - _REACH), at, loose=False) if m not in givers]
        of_round = [m for m in firms if _ROUND.match(self.text, self.parties.end(m))]
        firm = next(iter(of_round), None) or self._raiser(begin, at, givers) or self._closing(at, givers)
        firm = firm or self.parties.firm_spoken_of(at)
        if firm is not None and _LEADS_A_ROUND.match(self.text, self.parties.end(firm)):
            # 甲领投。乙也参投了本轮: of the round that was told of before.
            told = self.parties.firms(max(0, at - 3 * _REACH), firm.start, loose=False)
            firm = next((m for m in reversed(told) if _ROUND.match(self.text, self.parties.end(m))), None)
        return None if firm in givers else firm

    def _closing(self, at: int, givers: list[Mention]) -> Mention | None:
        """Return the firm that closes the round which the clause before tells of: 由甲领投，X完成新一轮融资."""
        if not givers or self.text[max(0, givers[0].start - 4) : givers[0].start].strip(" \n*“")[-1:] != "由":
            return None
        _, end = self.parties.clause(at, _REACH)
        firms = self.parties.firms(end, end + _AFTER, loose=False)[:1]
        return next((m for m in firms if m not in givers and _ROUND.match(self.text, self.parties.end(m))), None)

    def _raiser(self, begin: int, at: int, givers: list[Mention]) -> Mention | None:
        """Return the firm that a sentence says to close a round, before it tells by whom: X今天宣布已完成由甲领投，乙参与的…."""
        start = max(begin, at - 5 * _REACH)
        closing = _CLOSING.search(self.text, start, at + 1)
        firms = self.parties.firms(start, closing.start(), loose=False) if closing else []
        return firms[-1] if firms and firms[-1] not in givers else None

    def _funds(self, firm: Mention | None, givers: list[Mention], at: int) -> Iterator[Proposal]:
        assertion = standing(self.text, at)
        if firm is not None and firm.name in {giver.name for giver in givers}:
            # Who gives is not who is funded: the text's own firm is.
            firm = self.parties.main_firm
        if firm is None or assertion is None:
            return
        for giver in givers:
            yield tie("investor", firm, giver, assertion)
