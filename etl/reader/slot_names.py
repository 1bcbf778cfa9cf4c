"""Names of organizations that only their place tells: 加入了青禾游戏, 在青山咨询担任顾问; and a known one's short form."""

import re
from collections.abc import Iterable, Iterator

from etl.reader.forms import is_person
from etl.reader.mentions import Mention, clean

_TRADE = "咨询|游戏|网络|汽车|电子|传媒|基金|投资公司|医疗|能源|教育|影业|文化|软件|通信|半导体|机器人|动力|生物|医药|金融|保险|律所|互动|娱乐|信息|创投|资本|物流|地产"
_NAME = rf"(?P<name>(?!(?:一|这|该|某|另|多|其|新|了|国|前|他|她|我)[家些个位间支])[\u3400-\u9fff]{{2,7}}?(?:{_TRADE}))(?!行业|领域|产业|市场|公司|企业|赛道)"
# The first character is one of a class, which is scanned for fast.
_SLOT = re.compile(
    rf"[加入供就任效跳在](?:(?:(?:(?<=加)[入盟]|(?<=入)职)了?|(?<=[供就任])职于|(?<=效)力于|(?<=跳)槽到){_NAME}(?=[，。；、\d]|担任|任|并|的|后)"
    rf"|(?<=在){_NAME.replace('name', 'at')}(?=担任|任职|任[^务何]|工作|实习|出任))"
)
# What opens a sentence and is told to be a firm's, both unknown: 青禾漫谈是云帆社旗下的公众号; “青禾书”是一款…应用.
_OWNED = re.compile(
    r"(?:^|[。；！？\n])[ >*#]*(?P<thing>(?![这那该此它其他她我你每各本某有没不正])[\u3400-\u9fffA-Za-z]{2,8}?)(?P<is>就?是)(?:由)?(?P<firm>(?![一中美国全目这那该此最])[\u3400-\u9fffA-Za-z]{2,10}?)(?:公司|集团)?(?:旗下|孵化|打造|推出|研发|开发)的[^，。；\n]{0,10}?(?:公众号|产品|品牌|应用|模型|平台|项目|工具|游戏|社区|栏目|机器人|助手)"
)
_SET_APART = re.compile(
    r"(?:(?P<who>(?<![\u3400-\u9fff])[\u3400-\u9fff]{2,3})的)?[“\"「](?P<thing>[^“”\"「」，。；：！？\n]{2,12})[”\"」](?:就?是|作为)一[款个种][^，。；\n]{0,40}?(?:[aA][pP][pP]|应用|产品|大?模型|工具|软件|平台|助手|游戏)"
)
# A listed firm gives notice: 3、青禾股份公告，拟…; 青山信息：预计….
_NOTICE = re.compile(
    r"(?:^|[\n。；])(?:\d{1,2}[、.．)）][ ]?)?(?P<name>(?:\*?ST)?[\u3400-\u9fff]{2,6}?)(?:今日|昨日|晚间|\d{1,2}日)?(?:发布)?公告(?:称|显示)?[，：,]"
)
# Manus的母公司青禾效应: a firm named by whose it is.
_PARENT = re.compile(
    r"(?:母公司|运营公司|开发公司|运营方|子公司)(?:是|为)?[“「]?(?P<name>(?![的和与及或在将已也是为等这那旗])[\u3400-\u9fff]{2,6}?)[”」]?(?=[，。；、（(]|的|在(?!线)|宣布|推出|发布|成立|创立|完成|表示)"
)
# A listed firm by its code: 青禾（3706）, 青山控股（股票代碼：600001.SH）.
_CODED = re.compile(
    r"(?P<name>(?![的和与及或在])[\u3400-\u9fff]{2,6})[（(](?:(?:股票|证券|證券)?代[码碼号號][：:]?[ ]?\d{4,6}|(?!19|20)\d{4}|\d{5,6})(?:\.(?:TW|TWO|HK|SZ|SH|SS|US|KS))?[）)]"
)
_KIND_ALONE = re.compile(
    r".{0,4}?(?:公司|平台|产品|应用|项目|软件|工具|大?模型|游戏|品牌|栏目|公众号|团队|作者|对方|企业|机构|集团|巨头|官方|总部|大厂|网站|系统|功能|技术|服务|国内|目前|业内|母公司|部门)"
)
_NO_FIRM = re.compile(r"^(?:根据|据|该|近日|日前|两|多|上述|有关|相关|最新)|交易所|证监|委员会|央行|财政部|[的了在]")
_CODE_LEAD = re.compile(
    r".*(?:公司|大厂|大廠|厂商|廠商|龙头|龍頭|企业|企業|巨头|巨頭|集团旗下|旗下|的|由|与|與|和|及|对|在|而|以及|包括)(?=.{2})"
)
_COMMON = re.compile(
    r"^(?:的|和|与|了|在|其|更多|其他|国内|国外|全球|中国|美国|海外|大型|传统|整个)|行业|领域|竞争|战场|互联网|人工智能|大模型"
)
_STEM = re.compile(r"([\u3400-\u9fff]{3,8})(?:创投|资本|科技|集团|控股|证券)")


def slot_names(text: str) -> Iterator[Mention]:
    """Yield the organizations that a person is told to join or serve, by the trade that their names end in."""
    for match in _SLOT.finditer(text):
        group = "name" if match["name"] else "at"
        if not _COMMON.search(match[group]):
            yield Mention(match.start(group), match.end(group), "organization", match[group], None)


def told_things(text: str) -> Iterator[Mention]:
    """Yield unknown things that a sentence tells to be a firm's or of a kind, and the firm or person whose they are."""
    for match in _OWNED.finditer(text) if "的" in text else ():
        if not _is_plain(match["thing"]) and not _is_plain(match["firm"]):
            yield Mention(*match.span("thing"), "product", match["thing"], None)
            yield Mention(*match.span("firm"), "organization", match["firm"], None)
    for match in _CODED.finditer(text):
        begin = _CODE_LEAD.match(match["name"])
        name = match["name"][begin.end() :] if begin else match["name"]
        if len(name) > 1 and not _is_plain(name):
            yield Mention(match.end("name") - len(name), match.end("name"), "organization", name, None)
    for match in _PARENT.finditer(text) if "公司" in text or "方" in text else ():
        if not _is_plain(match["name"]):
            yield Mention(*match.span("name"), "organization", match["name"], None)
    for match in _NOTICE.finditer(text) if "公告" in text else ():
        if not _is_plain(match["name"]) and not _NO_FIRM.search(match["name"]):
            yield Mention(*match.span("name"), "organization", match["name"], None)
    for match in _SET_APART.finditer(text):
        yield Mention(*match.span("thing"), "product", clean(match["thing"]), None)
        if match["who"] and is_person(match["who"]):
            yield Mention(*match.span("who"), "person", match["who"], None)


def _is_plain(name: str) -> bool:
    """Tell whether a name only says what kind of thing or body it is."""
    return _KIND_ALONE.fullmatch(name) is not None


def short_forms(text: str, known: Iterable[Mention]) -> dict[str, Mention]:
    """Return the short forms of known organizations that a text names in full: 青禾江 of 青禾江创投."""
    found: dict[str, Mention] = {}
    for mention in known:
        if mention.kind == "organization":
            stem = _STEM.fullmatch(text, mention.start, mention.end)
            if stem:
                found.setdefault(stem[1], mention)
    return found
