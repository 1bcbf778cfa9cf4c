"""Names that the words around them tell: a firm by what it is and does, a person by how often he opens a clause."""

import re
from collections import defaultdict
from collections.abc import Iterator

import rjieba

from etl.reader.field_words import DESCRIBES
from etl.reader.forms import SURNAMES
from etl.reader.mentions import Mention

# 电动汽车公司云帆宣布: what it is before the name, what it does behind it.
_KIND = r"(?:公司|企业|厂商|巨头|独角兽|创企|机构|组织|投行|券商|平台|品牌|车企|银行|基金|智库|实验室)"
_DOES = (
    r"(?:宣布|表示|发布|推出|透露|称(?!为)|完成|获得?|将(?!军|领)|计划|正式|近日|今日|日前|今天|昨日|刚刚|已经?|也(?!许)|在(?![线野])|于(?!是)|与|和|\d{1,2}月|"
    r"的?(?:首席|CEO|CTO|联合创始人|创始人|董事长|总裁|总经理|股价|估值|产品|员工)|，|。|（)"
)
_APPOSED = re.compile(rf"(?<=[\u3400-\u9fff]{{3}}){_KIND}(?P<name>[\u3400-\u9fff]{{2,4}}?)(?={_DOES})")
# The tagger's tags of names; a brand may also be a plain noun.
_NAMED = frozenset({"nr", "nrt", "nz", "x", "nrfg"})
_BRANDS = _NAMED | {"n"}
_PLAIN = re.compile(
    r".*[的了是有在不都也并这那其该们个家等何各每某内外上下里方]|.*(?:高管|董事|员工|股东|负责|代表|团队|创始|客户|用户|技术|产品|业务|市场|消息|数据|报告|人士|旗下|官方|此前|目前|股价|收入|利润|规模|总部)"
)

_SO_ON = (
    r"(?:是|说|称|表示|认为|告诉|介绍|在|于|从|将|被|向|对|也|还|曾|已|就|又|都|没|不|和|与|的|，|、|：|。|（|选择|决定|发现|拒绝|收到|开始|成为|加入|离开|创办|创立|担任|出任|毕业|坦言|透露|回忆|指出|强调|"
    r"回应|解释|觉得|希望|继续|随后|后来|此前|目前|如今|今年|去年|则|便|再|只|给|把|让|跟|带|作为|很|最|一)"
)
_FIRST = "".join(sorted(SURNAMES))
# What opens a clause or follows a word that governs a name is scanned for first.
_OPENS = re.compile(
    rf"[\n，。；：、！？“”「」（() *_对与和向给被让由是](?P<name>[{_FIRST}][\u3400-\u9fff]{{1,2}}?)(?={_SO_ON})"
)
_FIRST_WORDS = re.compile(rf"(?P<name>[{_FIRST}][\u3400-\u9fff]{{1,2}}?)(?={_SO_ON})")
_FIELD_FIRM = re.compile(
    r"[\n，。；：、！？“”「」（() *_|｜](?P<name>(?P<own>[\u3400-\u9fff]{2,4}?)(?:动力|航天|疫苗|半导体|医疗|股份|生物|医药|机器人|电子|传媒|影业|光电|微电子))"
    r"(?=宣布|表示|发布|推出|完成|获得?|将|已|计划|拟|是|在|于|与|和|的|也|，|。|、|（|创始人|CEO|董事长|总裁|成立|上市|估值|股价|涨|跌)"
)
_OFTEN, _SURE = 2, 3
# A car or device by its letter and number behind a brand's own word: 云界S7, 云界新M9.
_NUMBERED = re.compile(r"[A-Z](?<=[\u3400-\u9fff]{2}.)[A-Z]{0,2}\d{1,3}(?:[ ]?(?:Pro|Max|Plus|Ultra))*(?![A-Za-z\d%.])")
_BRAND = re.compile(r"(?P<brand>[\u3400-\u9fff]{2})新?$")
_BRAND_REACH = 3
# What kind of thing, or where, a number may follow: 显卡S7 is no name.
_KIND_WORDS = "显卡 芯片 模型 系列 版本 型号 手机 汽车 处理 平台 代号 车型 飞机 战机 坦克 火箭 导弹 附件 附表 样本 航班 产品 机型 规格 尺寸 高速 国道 频段 位于 方案 项目 会议 展位 地铁"
_KINDS_OF_THING = frozenset(_KIND_WORDS.split())


def numbered_things(text: str) -> Iterator[Mention]:
    """Yield the products that a brand and a number name, where the brand's word is in no dictionary: 云界S7."""
    for match in _NUMBERED.finditer(text):
        brand = _BRAND.search(text, max(0, match.start() - _BRAND_REACH), match.start())
        if brand is not None and _is_brand(brand["brand"]):
            start, end = brand.start(), match.end()
            yield Mention(start, end, "product", text[start:end], None)


def _is_brand(word: str) -> bool:
    """Tell a brand's own word from one that tells what kind of thing is numbered, or what is done with it."""
    if word in _KINDS_OF_THING:
        return False
    words = rjieba.tag(word)
    if len(words) == 1:
        return words[0][1] in _BRANDS
    return not _PLAIN.match(word) and all(tag[0] not in "pcud" for _, tag in words)


def apposed_firms(text: str) -> Iterator[Mention]:
    """Yield the unknown firms whose kind stands before their names, and what they do behind: 电动汽车公司云帆宣布."""
    for match in _APPOSED.finditer(text):
        if _is_own_word(match["name"]):
            yield Mention(*match.span("name"), "organization", match["name"], None)


def _is_own_word(name: str) -> bool:
    """Tell whether a word is in no dictionary, or there as a name."""
    if _PLAIN.match(name):
        return False
    words = rjieba.tag(name)
    if len(words) == 1:
        return words[0][1] in _NAMED
    return all(len(word) == 1 for word, _ in words)


def repeated_persons(text: str) -> Iterator[Mention]:
    """Yield the persons whose names, and no words, open clauses more than once: 甲说…，甲在…."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    first = _FIRST_WORDS.match(text)
    for match in (*((first,) if first else ()), *_OPENS.finditer(text)):
        places[match["name"]].append(match.span("name"))
    for name, spans in places.items():
        if len(spans) >= _OFTEN and _is_persons(name, len(spans)):
            yield from (Mention(start, end, "person", name, None) for start, end in spans)


def repeated_firms(text: str) -> Iterator[Mention]:
    """Yield the firms that end in their field and are named more than once at the heads of clauses: 云岭动力完成…."""
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _FIELD_FIRM.finditer(text):
        if not DESCRIBES.fullmatch(match["own"]) and not _PLAIN.match(match["own"]):
            places[match["name"]].append(match.span("name"))
    for name, spans in places.items():
        if len(spans) >= _OFTEN:
            yield from (Mention(start, end, "organization", name, None) for start, end in spans)


def _is_persons(name: str, times: int) -> bool:
    words = rjieba.tag(name)
    if len(words) == 1:
        return words[0][1] in {"nr", "nrfg"} and name[0] != name[1]
    # A name that no dictionary holds, of three characters: each is a word by itself.
    return len(name) == _SURE and times >= _SURE and all(len(word) == 1 for word, _ in words) and not _PLAIN.match(name)
