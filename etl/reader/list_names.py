"""Names that only the list they stand in makes known: 云帆、青梧、石榴等公司, where the others are firms'."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import rjieba

from etl.reader.common_words import NOT_NAMES
from etl.reader.mentions import Mention, clean

_LISTED = frozenset({"organization", "model", "product"})
_ITEM = r"(?:[\u3400-\u9fff]{2,6}|[A-Z][A-Za-z\d.]{1,15}(?: [A-Z][A-Za-z\d.]{1,15}){0,2})"
_MARKS = r"[ \n*“”「」]*"
# What stands between two known names of a list.
_WITHIN = re.compile(rf"{_MARKS}(?:、{_MARKS}{_ITEM}{_MARKS}){{1,4}}、{_MARKS}")
# What follows the last known name of a list, up to the word that closes it.
_TAIL = re.compile(
    rf"(?P<items>(?:{_MARKS}、{_MARKS}{_ITEM}?){{1,5}}){_MARKS}(?:(?:、|和|以及|及|与){_MARKS}[^，。；、\n]{{2,10}}?)?等"
    r"(?P<firms>[^，。；、\n的]{0,8}?(?:公司|企业|厂商|机构|资本|基金|巨头|大厂|投资|融资|领投|跟投|参投|股东|独角兽))?"
)
_EACH = re.compile(_ITEM)
_BEFORE = re.compile(rf"、{_MARKS}$")
# Words that stand in a list of firms or things and name none.
_COMMON = re.compile(
    r".*[的了是在不也都]|.*(?:公司|企业|厂商|机构|高校|大学|院校|政府|部门|运营商|央企|国企|民企|资本|基金|客户|用户|伙伴|医院|银行|车企|大厂|巨头|平台|产品|应用|模型|"
    r"行业|产业|领域|市场|技术|软件|硬件|芯片|手机|电脑|汽车|机器人|服务器|教育|医疗|金融|政务|工业|农业|能源|零售|电商|媒体|游戏|搜索|社交|办公|翻译|写作|绘画|视频|图像|语音|文本|代码|数据|算法|算力|网络|"
    r"安全|美国|中国|欧洲|日本|北京|上海|深圳|广州|杭州|其他|其它|多家|多个|众多|相关|上述|部分|国内外|头部|知名)"
)
_PLAIN = frozenset("vadpcurqmtf")


def listed_names(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield the unknown items of lists of known names, each of the kind of those beside it."""
    known = [m for m in found if m.kind in _LISTED]
    for one, other in pairwise(known):
        if text[one.end : one.end + 1] in _OPENS and _kind(one, other) is not None:
            yield from _between(text, one, other)
    for one in known:
        if text[one.end : one.end + 1] in _OPENS:
            yield from _behind(text, one)


_OPENS = frozenset("、”」* ")


def _kind(one: Mention, other: Mention) -> str | None:
    """Return what lies between two names of a list: what both are; of a model and a product, a product."""
    if one.kind == other.kind:
        return one.kind
    return None if "organization" in (one.kind, other.kind) else "product"


def _between(text: str, one: Mention, other: Mention) -> Iterator[Mention]:
    if not _WITHIN.fullmatch(text, one.end, other.start):
        return
    for item in _EACH.finditer(text, one.end, other.start):
        yield from _item(text, item.start(), item.end(), _kind(one, other) or one.kind)


def _behind(text: str, last: Mention) -> Iterator[Mention]:
    tail = _TAIL.match(text, last.end)
    if tail is None:
        return
    # Of firms the word that closes the list tells what all are; else the known one must go on with another.
    told = tail["firms"] is not None and last.kind == "organization"
    if not told and not _BEFORE.search(text, max(0, last.start - 3), last.start):
        return
    for item in _EACH.finditer(text, *tail.span("items")):
        if told or not _is_plain(item[0]):
            yield from _item(text, item.start(), item.end(), last.kind)


def _item(text: str, start: int, end: int, kind: str) -> Iterator[Mention]:
    name = clean(text[start:end])
    if name not in NOT_NAMES and not _COMMON.fullmatch(name) and not _is_deed(name):
        yield Mention(start, end, kind, name, None)


def _is_deed(name: str) -> bool:
    """Tell whether a word of a list is a verb, an adjective or a number, and so no name."""
    words = rjieba.tag(name)
    return len(words) == 1 and words[0][1][0] in _PLAIN


def _is_plain(name: str) -> bool:
    """Tell whether a word is one that dictionaries hold for a thing, which may end a list of names."""
    words = rjieba.tag(name)
    return len(words) == 1 and words[0][1] in {"n", "vn"}
