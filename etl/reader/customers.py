"""Customers: who buys from whom, as clauses tell it of two organizations: X是Y最大的客户, Y的客户包括X, X采购Y的芯片."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.ties import standing, tie

_MARKS = r"[ \n*_“”「」`]*"
_RANK = r"(?:[两三四五六几]大|\d大|最大|主要|重要|核心|首批|首个|首家|第[一二三四五]大?|最早|长期|大型|企业级?|付费|知名|单一|全球|的|之一|[ ])*"
_CUSTOMER = r"(?:客户|买家|租户|采购方|用户企业|大客户)"
# X是Y在中国最大的客户.
_IS = re.compile(rf"{_MARKS}(?:目前|现|也|都|均|已经?|如今|[ ])*(?:是|为|成为了?|作为){_MARKS}")
_ITS_CUSTOMER = re.compile(rf"{_MARKS}(?:在[^，。；\n]{{1,10}}?)?(?:的)?{_RANK}{_CUSTOMER}(?!端|群|关系|经理|服务)")
# Y的客户包括X、Z.
_HAS = re.compile(
    rf"{_MARKS}(?:公司)?的?{_RANK}{_CUSTOMER}(?:名单|群体?)?(?:中)?(?:就|便|则|还|也)?(?:包括|有|是|为|涵盖|囊括|如|——|：|:)(?:了)?[^，。；\n、]{{0,8}}?{_MARKS}"
    rf"|{_MARKS}(?:目前|现)?已?经?(?:服务|拥有|积累)(?:了|过)?[^，。；\n]{{0,18}}?客户，?(?:其中)?(?:包括了?|如|例如|涵盖){_MARKS}"
)
# X采购Y的芯片.
_BUYS = re.compile(
    rf"{_MARKS}(?!的)[^，。；\n、]{{0,12}}?(?:采购|购买|订购|租用|租赁|购入|下单|囤积)(?:了|着)?(?!商|方|量)[^，。；\n、]{{0,20}}?{_MARKS}"
)
_GOODS = re.compile(
    rf"{_MARKS}(?:的)?(?:最新款?|最强|高端|[A-Z\d-]{{2,6}})*[^，。；\n、]{{0,8}}?(?:芯片|GPU|TPU|显卡|算力|服务器?|产品|客机|飞机|设备|方案|系统|加速器|电池|零部件|光刻机|云服务|模型|订阅)"
)
# X终止采用Y的云服务 tells that it had it; X从Y购买….
_USES = re.compile(rf"{_MARKS}(?!的)[^，。；\n、]{{0,10}}?(?:使用|采用|租用|用|依赖|接入)(?:了|着|的是|的)?{_MARKS}")
_SERVICE = re.compile(
    rf"{_MARKS}(?:公司)?的?[^，。；\n、的来其]{{0,6}}?(?:API|芯片|GPU|显卡|加速器|云服务|云计算服务|云平台|云端服务|算力|数据中心|代工服务|代工|制造服务|晶圆代工)"
)
_BUYS_FROM = re.compile(rf"{_MARKS}[^，。；\n、]{{0,10}}?(?:从|向){_MARKS}")
_BOUGHT = re.compile(
    rf"{_MARKS}(?:公司|那里|处|手中|手里)?(?:已经?|又|也|大量|批量|累计|共|再)*(?:采购|购买|订购|租用|租赁|购入|下单|囤积)(?!商|方)"
)
# Y向X供应芯片; Y为X代工; Y是X的供应商.
# X的代工厂Y.
_HAS_SUPPLIER = re.compile(
    rf"{_MARKS}(?:公司)?的(?:主要|独家|核心|最大|长期|首选)*(?:芯片|晶圆)?(?:代工厂|代工商|供应商|供货商){_MARKS}"
)
_SELLS = re.compile(rf"{_MARKS}(?!的)[^，。；\n、]{{0,10}}?(?:向|为|给|替){_MARKS}")
_SOLD = re.compile(
    rf"{_MARKS}(?:等[^，。；\n]{{0,8}}?)?(?:公司|等|独家|大量|批量|进行|提供|[ ])*(?:(?:供应|供货|交付|出售|销售)(?!链|商|方|额|量|业绩|人员|团队|网络|渠道)|代工|(?:提供|生产|制造|定制)(?:了|着)?[^，。；\n]{{0,12}}?(?:芯片|GPU|显卡|算力|云服务|晶圆|服务器|训练数据|零部件|电池|光刻机|存储器|基础设施))"
)
# X的GPU由Y代工.
_MADE_FOR = re.compile(
    rf"{_MARKS}(?:公司)?的[^，。；\n]{{0,10}}?(?:芯片|GPU|处理器|云服务|云计算服务|算力|服务器|设备|零部件|电池)(?:则|都|均|也|全部|主要|目前)*由{_MARKS}"
)
_MADE_BY = re.compile(rf"{_MARKS}(?:公司|独家|负责|[ ])*(?:代工|生产|制造|供应|提供)")
_ITS_SUPPLIER = re.compile(
    rf"{_MARKS}(?:在[^，。；\n]{{1,10}}?)?(?:的)?{_RANK}[\u3400-\u9fff]{{0,6}}?(?:供应商|代工厂|代工商|供货商|(?:云服务|云计算|算力|云)(?:服务)?(?:提供商|服务商|供应商))(?!之间|大会|名单|体系)"
)
_REACH, _MOST = 40, 12
# What stands between two names, and what must stand behind the second.
_BOUGHT_FROM = (
    (_BUYS, _GOODS),
    (_USES, _SERVICE),
    (_MADE_FOR, _MADE_BY),
    (_BUYS_FROM, _BOUGHT),
    (_HAS_SUPPLIER, None),
    (_IS, _ITS_CUSTOMER),
)
_SOLD_TO = ((_SELLS, _SOLD), (_IS, _ITS_SUPPLIER))


class CustomerReader:
    """Reads the customers that one document names."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield who buys from whom."""
        named = [m for m in self.parties.mentions.within(start, end) if is_firm(m)]
        for index, (one, other) in enumerate(pairwise(named)):
            behind = self.parties.end(one)
            if not 0 <= other.start - behind <= _REACH or other.kind != "organization":
                continue
            after = self.parties.end(other)
            others = self.parties.group_after(named[index + 1 : index + 1 + _MOST])
            sold = one.kind == "organization" and (
                self._tells(_SOLD_TO, behind, other.start, after)
                or (len(others) > 1 and self._tells(_SOLD_TO, behind, other.start, self.parties.end(others[-1])))
            )
            if sold or self._tells(_BOUGHT_FROM, behind, other.start, after):
                assertion = standing(self.text, other.start)
                if assertion is None:
                    continue
                if sold:
                    yield from (tie("customer_of", party, one, assertion, place=party) for party in others)
                    continue
                listed = _IS.fullmatch(self.text, behind, other.start) is not None
                for buyer in self.parties.group_before(named[: index + 1]) if listed else (one,):
                    yield tie("customer_of", buyer, other, assertion, place=other)
            elif _HAS.fullmatch(self.text, behind, other.start):
                for customer in self.parties.group_after(named[index + 1 : index + 1 + _MOST]):
                    yield tie("customer_of", customer, one)

    def _tells(
        self, forms: Iterable[tuple[re.Pattern[str], re.Pattern[str] | None]], end: int, start: int, after: int
    ) -> bool:
        """Tell whether words between two names and those behind the second are of one form."""
        return any(
            between.fullmatch(self.text, end, start) and (behind is None or behind.match(self.text, after))
            for between, behind in forms
        )
