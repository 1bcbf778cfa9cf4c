"""Sole makers: the one firm that a sentence names before a thing, where nothing tells that it is another's."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.roles import BASIS, acts, is_whole
from etl.reader.ties import tie

# What a firm does with a thing that need not be its own, or is told of besides.
_OF_ANOTHER = re.compile(
    r"显示|数据|统计|搜索|榜|追平|阻击|围绕|凭借|平台|标签|讨论|宣称|声称|认为|基于|接入|采用|使用|调用|部署|投资|收购|合作|支持|兼容|集成|搭载|适配|禁止|封禁|起诉|比(?!如|例)|超过|超越|对标|对比|竞争|挑战|击败|匹敌|媲美|参与|加入|离开|来自|报道|讯|研究|评测|测试|相比|类似|模仿|借鉴|抄袭|使用|购买|采购|客户|用户|"
    r"与|和|跟|及|、|/|\||vs|VS|against|than|using|uses|with|based on|from|by |compared"
)
_BROUGHT_OUT = re.compile(
    r"(?:(?:推出|发布|研发|开发|打造)的[^，。；的\n]{0,6}|(?:宣布|推出|发布|上线|开源)了?[^，。；\n]{0,14})$"
)
_MARKS = frozenset("“”「」`*")
_PLATFORMS = frozenset({"ios", "android", "windows", "macos", "linux", "app store", "github"})
_REACH = 60


def sole_makers(parties: Parties, things: list[Mention]) -> Iterator[Proposal]:
    """Yield the firms that stand alone before things in their sentences."""
    seen: set[str] = set()
    for thing in things:
        if thing.name in seen or not _is_named(parties.text, thing) or not is_whole(parties.text, thing):
            continue
        firm = _firm(parties, thing)
        if firm is not None:
            seen.add(thing.name)
            yield tie("developer", thing, firm)


def _is_named(text: str, thing: Mention) -> bool:
    """Tell whether a name is surely a thing's: a model's, a known product's, or one that is set apart by marks."""
    if thing.kind != "model":
        if thing.kind != "product":
            return False
        apart = text[thing.start - 1 : thing.start] in _MARKS and text[thing.end : thing.end + 1] in _MARKS
        if (
            thing.entity_id is None
            and not apart
            and not _BROUGHT_OUT.search(text, max(0, thing.start - 18), thing.start)
        ):
            return False
    return thing.name.casefold() not in _PLATFORMS and not thing.name.isupper()


def _firm(parties: Parties, thing: Mention) -> Mention | None:
    begin, end = parties.outline.sentence(thing.start)
    named = parties.mentions.within(begin, min(end, thing.end + _REACH))
    firms = [m for m in named if m.kind == "organization"]
    if not firms or len({m.name for m in firms}) > 1:
        return None
    before = [m for m in firms if m.end <= thing.start and thing.start - m.end <= _REACH]
    if not before or not acts(parties.text, before[-1]):
        return None
    between = parties.text[parties.end(before[-1]) : thing.start]
    if _OF_ANOTHER.search(between) or BASIS.search(parties.text, max(0, thing.start - 10), thing.start):
        return None
    return before[-1]
