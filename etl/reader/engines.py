"""Engines: the models that products run on, as clauses tell it of two names side by side."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from etl.reader.mentions import Mention
from etl.reader.proposals import Proposal
from etl.reader.roles import listed, listed_before
from etl.reader.ties import standing, tie

_KIND = r"(?:API|应用|服务|功能|搜索引擎|搜索|聊天机器人|平台|助手|产品|工具|机器人)?"
_MARKS = r"[ \n*_`”」“「]*"
# Y基于X; Y依靠X; Y背后的模型是X.
_RUNS_ON = re.compile(
    rf"{_MARKS}{_KIND}(?:[，,]?它?)(?:正在|目前|最初|均|也|都|主要|是|则|仍|将|计划)*(?:基于|依靠|依托|由)(?:了|开源|最新|的|自家|其|大模型|模型)*{_MARKS}"
    rf"|{_MARKS}(?:背后|底层|所用|使用)的(?:大?语言)?(?:大?模型|引擎|技术)?(?:是|为){_MARKS}"
    rf"|{_MARKS}(?:背后|底层|目前|主要|实际)*(?:使用|接入|采用|调用|搭载|用)的(?:正|就|则|便|也)?(?:是|为){_MARKS}(?:[^，。；的\n]{{2,14}}的)?(?:最新|大?模型)*{_MARKS}"
)
_DRIVEN = re.compile(r"[ \n”*`]*(?:大?模型)?(?:提供(?:支持|动力)|驱动|支持|打造|开发|构建)")
# 支持Y的X模型.
_BEFORE = re.compile(r"(?:支持|驱动|支撑|赋能)(?:着)?[ \n“*`]*$")
_OF = re.compile(rf"{_MARKS}{_KIND}的(?:底层|核心)?{_MARKS}")
# X为Y提供动力.
_FOR = re.compile(
    rf"{_MARKS}(?:系列)?(?:大?模型)?[，,]?(?:它|其)?(?:也|还|正|正在)?(?:为|驱动着?|支撑着?|赋能){_MARKS}"
)
_GIVES = re.compile(r"[^，。；\n]{0,12}?提供(?:了)?(?:支持|动力|技术支持|底层)")
_REACH = 24
# X已接入到A、B等产品.
_INTO = re.compile(
    r"[ \n”」*`]*(?:大?模型)?(?:目前|现|也|均|都)?(?:已|已经)?(?:全面|陆续|正式|率先|深度)?(?:接入|应用于|落地于|用于)(?:到|了|至)?[ \n“「*`]*"
)
# A、B、C等都已经接入X.
_CONNECTS = re.compile(
    r"(?:目前|现|也|均|都|已经?|全面|陆续|正式|率先|深度|将|即将|宣布|[ \n])*(?:接入|搭载|用上|内置|集成|整合|嵌入)了?(?:自家的?|自研的?|[^，。；、\n]{1,6}的)?[ \n“「*`]*$"
)
# 将X背后的技术整合到Y.
_MERGED = re.compile(
    rf"(?:背后)?(?:的?[^，。；、\n]{{0,8}}?(?:技术|能力|模型|功能))?(?:整合|集成|引入|嵌入|接入|融入|加入|内置|部署)(?:到|进|至|于|入)?(?:了|其|旗下的?|自家的?){{0,2}}{_MARKS}"
)
_REST = re.compile(r"(?:、[^，。；\n、]{1,10}){1,8}等?[^，。；\n]{0,14}[，,]?")
_LISTED_KINDS = frozenset({"model", "product", "organization"})
_THIS_BY = re.compile(
    r"(?:该|这款|此)(?:新)?(?:产品|应用|工具|功能|助手|平台|服务)(?:目前|现|均|主要|背后)?由[^，。；]{0,36}$"
)
_DRIVES = re.compile(r"[ \n”*`]*(?:大?模型)?(?:提供(?:支持|动力)|驱动|支持)")
_FIRST, _LAST, _MOST, _BY_REACH = 8, 14, 12, 60
# 搭载X芯片的Y; Y搭载X: what a device runs on.
_CARRYING = re.compile(
    r"(?:搭载|配备|配置|内置|采用|使用)(?:了|着|有)?(?:自研的?|最新的?|新款|全新的?|[\u3400-\u9fff]{2,4}的)?[ \n*“「`]*$"
)
_CARRIER = re.compile(r"[ \n*”」`]*(?:系列)?(?:[^，。；、\n的]{0,8}?)的(?:[^，。；、\n的]{0,12}?)[ \n*“「`]*")
_CARRIES = re.compile(
    r"[ \n*”」`]*(?:系列|手机|机型|版|全系|将|首发|均|都|也|则|已|正是|首次|仍|[ \n])*(?:搭载|配备|内置|换装|用上)(?:的是|的则是|了|着|有)?(?:自研的?|最新的?|新款|全新的?|[\u3400-\u9fff]{2,4}的)?[ \n*“「`]*"
    r"|[ \n*”」`]*(?:系列)?(?:使用|采用)的(?:正|就)?是[ \n*“「`]*"
)
_CHIP = re.compile(r"[ \n*”」`]*(?:系列)?(?:移动平台|芯片|处理器|显卡|GPU|SoC|大?模型|操作系统|系统)")


def engines(text: str, items: Iterable[Mention]) -> Iterator[Proposal]:
    """Yield what powers what, of a model and a product that stand side by side."""
    for one, other in pairwise(m for m in items if m.kind in {"model", "product"}):
        if other.start - one.end > _REACH:
            continue
        if (
            other.kind == "product"
            and text[max(0, one.start - 1)] in "将把"
            and _MERGED.fullmatch(text, one.end, other.start)
        ):
            assertion = standing(text, other.start)
            if assertion is not None:
                yield tie("powers", one, other, assertion)
        if one.kind == other.kind:
            continue
        between = text[one.end : other.start]
        if one.kind == "product" and _runs_on(text, one, other, between):
            assertion = standing(text, other.start)
            if assertion is not None:
                yield tie("powers", other, one, assertion)
        elif one.kind == "model" and _FOR.fullmatch(between):
            drives = "为" not in between or _GIVES.match(text, other.end)
            assertion = standing(text, other.start) if drives else None
            if assertion is not None:
                yield tie("powers", one, other, assertion)


def carried(text: str, items: Iterable[Mention]) -> Iterator[Proposal]:
    """Yield what chip, model or system a device carries: 搭载X的Y, Y搭载X芯片."""
    for one, other in pairwise(m for m in items if m.kind in {"model", "product", "technology"}):
        if not 0 < other.start - one.end <= _REACH:
            continue
        if (
            other.kind == "product"
            and one.kind in {"technology", "model"}
            and _CARRYING.search(text, max(0, one.start - 12), one.start)
        ):
            pair = (one, other) if _CARRIER.fullmatch(text, one.end, other.start) else None
        elif one.kind == "product" and _CARRIES.fullmatch(text, one.end, other.start):
            pair = (other, one) if other.kind != "product" or _CHIP.match(text, other.end) else None
        else:
            pair = None
        assertion = standing(text, other.start) if pair else None
        if pair and assertion is not None:
            yield tie("powers", *pair, assertion, place=other)


def connected(text: str, items: Iterable[Mention]) -> Iterator[Proposal]:
    """Yield what powers each of several products that a clause lists: X已接入A、B和C; A、B和C都接入了X."""
    found = [m for m in items if m.kind in _LISTED_KINDS]
    for index, model in enumerate(found):
        if model.kind != "model":
            continue
        into = _INTO.match(text, model.end)
        if into is not None:
            things = [m for m in found[index + 1 : index + 1 + _MOST] if m.kind == "product"]
            group = listed(text, things) if things and things[0].start - into.end() <= _FIRST else []
        else:
            joined = _CONNECTS.search(text, max(0, model.start - _REACH), model.start)
            things = [m for m in found[max(0, index - _MOST) : index] if m.kind == "product"]
            near = joined is not None and bool(things) and _is_near(text, things[-1].end, joined.start())
            group = listed_before(text, things) if near else []
        if (
            not group
            and _THIS_BY.search(text, max(0, model.start - _BY_REACH), model.start)
            and _DRIVES.match(text, model.end)
        ):
            # 该产品由X驱动: what the paragraph before speaks of.
            before = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, model.start)))
            group = [m for m in found[max(0, index - _MOST) : index] if m.kind == "product" and m.start > before][:1]
        assertion = standing(text, group[0].start) if group else None
        if assertion is not None:
            for thing in group:
                yield tie("powers", model, thing, assertion)


def _is_near(text: str, end: int, at: int) -> bool:
    """Tell whether a list ends at once before what is said of it, or goes on with what needs no name: …等应用，都已接入."""
    return at - end <= _LAST or _REST.fullmatch(text, end, at) is not None


def _runs_on(text: str, product: Mention, model: Mention, between: str) -> bool:
    if _RUNS_ON.fullmatch(between):
        return "由" not in between or _DRIVEN.match(text, model.end) is not None
    driven = _BEFORE.search(text, max(0, product.start - 6), product.start)
    return driven is not None and _OF.fullmatch(between) is not None
