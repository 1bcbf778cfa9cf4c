"""Who made what was brought out: the firm, person, team or product that a clause says to release or open it."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.reader.deeds import Deed
from etl.reader.mentions import Mention, Mentions
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.subjects import Subject, as_subject
from etl.reader.ties import tie

_THINGS = frozenset({"model", "product", "technology", "dataset", "benchmark"})
_BY_PRODUCTS = frozenset({"model", "product"})
# What is put up, offered or updated may be another's; what is released or opened is the own.
_OWN_DEED = re.compile(r"发布|推出|开源|发表|亮相|launch|releas|unveil|introduc|open-?sourc|debut")
_OF_OTHERS = re.compile(
    r"基于|采用|使用|搭载|接入|支持|对标|兼容|适配|(?<!如)比|面向[^，。]{0,8}的$|关于|针对|与|和|评测|测试|对比"
)
# A clause begins with the name of who acts, whatever marks or dates stand before.
_LEAD = re.compile(
    r"[ \t\n#>*•·\-\d.、)）\[【|`“「]*(?:(?:今日|今天|昨日|昨天|近日|日前|此前|随后|同时|此外|另外|目前|现在|对此|去年|今年|[\d年月日 ]{2,12})[，,]?[ *`“]*)?"
)
_TO_DEED = re.compile(
    r"[ \n*”」`]*(?:[（(][^（）()\n]{1,24}[）)][ \n*]*)?(?:官方|团队|项目组|公司|社区|实验室|平台)?[ \n*]*"
    r"(?:正式|首次|最近|近日|日前|今日|今天|昨日|刚刚|也|还|又|再次|再度|同步|同时|已|已经|宣布|官宣|率先|重磅|全新|陆续|相继|随后|于[\d年月日 ]{2,12}|在[^，。；\n]{2,16}?(?:上|中|期间|时)|[\d年月日 ]{2,12}|，|[ \n])*"
    r"(?:发布并|推出并|开源并)?"
)
_REACH = 70


class Brought(NamedTuple):
    """A thing and who is said to have brought it out."""

    thing: Subject
    by: Subject


def brought_by(
    text: str, mentions: Mentions, deed: Deed, clause: int, things: Iterable[Subject], actors: list[Subject]
) -> Iterator[Brought]:
    """Yield who made the things that a deed of release brings out behind it: who acts, else the product that leads the clause."""
    if deed.planned or not _OWN_DEED.search(text, deed.start, deed.end):
        return
    for thing in things:
        if thing.kind not in _THINGS or thing.start < deed.end or thing.start - deed.end > _REACH:
            continue
        if _OF_OTHERS.search(text, deed.end, thing.start):
            continue
        makers = actors or _leading(text, mentions, deed, clause)
        for maker in makers:
            if maker.name != thing.name and maker.end <= deed.start:
                yield Brought(thing, maker)


def _leading(text: str, mentions: Mentions, deed: Deed, clause: int) -> list[Subject]:
    """Return the product or model whose makers act under its name: Yunfan 发布了 Orchard 2."""
    named = [m for m in mentions.within(clause, deed.start) if m.kind in _BY_PRODUCTS]
    if not named or not acts(text, named[0]):
        return []
    first = named[0]
    if _LEAD.fullmatch(text, clause, first.start) and _TO_DEED.fullmatch(text, first.end, deed.start):
        return [as_subject(first)]
    return []


def makers(brought: Iterable[Brought], made: set[str]) -> Iterator[Proposal]:
    """Yield who developed each thing that nothing else tells the maker of."""
    for thing, by in brought:
        if thing.name not in made:
            subject = Mention(thing.start, thing.end, thing.kind, thing.name, thing.entity_id)
            # A product that acts stands for those who make it.
            body = ("organization", None) if by.kind in _BY_PRODUCTS else (by.kind, by.entity_id)
            yield tie("developer", subject, Mention(by.start, by.end, body[0], by.name, body[1]))
