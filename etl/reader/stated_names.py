"""Names that only what is stated of them tells: whose a thing is, what a firm's code or notice is, whose mother it is."""

import re
from collections.abc import Iterator

from etl.reader.english_forms import has_given_name, is_person_form
from etl.reader.forms import SURNAMES, is_person
from etl.reader.mentions import Mention, clean

# Each form is looked for by what it has behind or within it, and read backwards from there.
_THING = r"(?:公众号|产品|品牌|应用|模型|平台|项目|工具|游戏|社区|栏目|机器人|助手)"
_BY_WHOM = re.compile(rf"(?<=[旗孵打推研开])[下化造出发]的[^，。；\n]{{0,10}}?{_THING}")
# 青禾漫谈是云帆社旗下的公众号, both unknown.
_OWNED = re.compile(
    r"(?:^|[。；！？\n])[ >*#]*(?P<thing>(?![这那该此它其他她我你每各本某有没不正])[\u3400-\u9fffA-Za-z]{2,8}?)就?是由?(?P<firm>(?![一中美国全目这那该此最])[\u3400-\u9fffA-Za-z]{2,10}?)(?:公司|集团)?(?:旗|孵|打|推|研|开)$"
)
_IS_ONE = re.compile(
    r"[”\"」](?:就?是|作为)一[款个种][^，。；\n]{0,40}?(?:[aA][pP][pP]|应用|产品|大?模型|工具|软件|平台|助手|游戏)"
)
# 甲的“青禾书”是一款…应用.
_SET_APART = re.compile(
    r"(?:(?<![\u3400-\u9fff])(?P<who>[\u3400-\u9fff]{2,3})的)?[“\"「](?P<thing>[^“”\"「」，。；：！？\n]{2,12})$"
)
# A listed firm gives notice: 3、青禾股份公告，拟….
_NOTICE = re.compile(
    r"(?:^|[\n。；])(?:\d{1,2}[、.．)）][ ]?)?(?P<name>(?:\*?ST)?[\u3400-\u9fff]{2,6}?)(?:今日|昨日|晚间|\d{1,2}日)?(?:发布)?公告(?:称|显示)?[，：,]"
)
_NO_FIRM = re.compile(r"^(?:根据|据|该|近日|日前|两|多|上述|有关|相关|最新)|交易所|证监|委员会|央行|财政部|[的了在]")
# 云帆的母公司青禾效应: a firm named by whose it is.
_PARENT = re.compile(
    r"(?:母公司|运营公司|开发公司|运营方|子公司)(?:是|为)?[“「]?(?P<name>(?![的和与及或在将已也是为等这那旗])[\u3400-\u9fff]{2,6}?)[”」]?(?=[，。；、（(]|的|在(?!线)|宣布|推出|发布|成立|创立|完成|表示)"
)
_PARENTS = ("母公司", "运营公司", "开发公司", "运营方", "子公司")
# A listed firm by its code: 青禾（3706）, 青山控股（股票代碼：600001.SH）; no year.
_CODE = re.compile(
    r"[（(](?:(?:股票|证券|證券)?代[码碼号號][：:]?[ ]?\d{4,6}|(?!19|20)\d{4}|\d{5,6})(?:\.(?:TW|TWO|HK|SZ|SH|SS|US|KS))?[）)]"
)
_CODED = re.compile(r"(?![的和与及或在])[\u3400-\u9fff]{2,6}$")
_CODE_LEAD = re.compile(
    r".*(?:公司|厂(?=.{2})|大厂|大廠|厂商|廠商|龙头|龍頭|企业|企業|巨头|巨頭|旗下|的|由|与|與|和|及|对|在|而|以及|包括)(?=.{2})"
)
_KIND_ALONE = re.compile(
    r".{0,4}?(?:公司|平台|产品|应用|项目|软件|工具|大?模型|游戏|品牌|栏目|公众号|团队|作者|对方|企业|机构|集团|巨头|官方|总部|大厂|网站|系统|功能|技术|服务|国内|目前|业内|母公司|部门)"
)
# 张三（Qing Zhang）: a Chinese name by its Latin form.
_ROMANIZED = re.compile(
    rf"(?:^|(?<=[\n，。；：、！？“”（*_| ])|(?<=[和与由及]))(?P<name>[{''.join(sorted(SURNAMES))}][\u3400-\u9fff]{{1,2}})[ ]?[（(](?P<latin>[A-Z][a-z]+(?:[ -][A-Z][a-z]+){{1,2}})[）)]"
)
_REACH = 32


def stated_names(text: str) -> Iterator[Mention]:
    """Yield the unknown firms and things of a text that it states to be such, and the persons whose things they are."""
    for found in _BY_WHOM.finditer(text):
        owned = _OWNED.search(text, max(0, found.start() - _REACH), found.start())
        if owned is not None and not _is_plain(owned["thing"]) and not _is_plain(owned["firm"]):
            yield Mention(*owned.span("thing"), "product", owned["thing"], None)
            yield Mention(*owned.span("firm"), "organization", owned["firm"], None)
    for found in _CODE.finditer(text):
        coded = _CODED.search(text, max(0, found.start() - 6), found.start())
        lead = _CODE_LEAD.match(coded[0]) if coded is not None else None
        name = "" if coded is None else coded[0][lead.end() :] if lead is not None else coded[0]
        if len(name) > 1 and not _is_plain(name):
            yield Mention(found.start() - len(name), found.start(), "organization", name, None)
    for found in _PARENT.finditer(text) if any(word in text for word in _PARENTS) else ():
        if not _is_plain(found["name"]):
            yield Mention(*found.span("name"), "organization", found["name"], None)
    for found in _NOTICE.finditer(text) if "公告" in text else ():
        if not _is_plain(found["name"]) and not _NO_FIRM.search(found["name"]):
            yield Mention(*found.span("name"), "organization", found["name"], None)
    for found in _ROMANIZED.finditer(text):
        if is_person(found["name"]) and (has_given_name(found["latin"]) or is_person_form(found["latin"])):
            yield Mention(*found.span("name"), "person", found["name"], None)
    for found in _IS_ONE.finditer(text):
        apart = _SET_APART.search(text, max(0, found.start() - _REACH), found.start())
        if apart is not None:
            yield Mention(*apart.span("thing"), "product", clean(apart["thing"]), None)
            if apart["who"] and is_person(apart["who"]):
                yield Mention(*apart.span("who"), "person", apart["who"], None)


def _is_plain(name: str) -> bool:
    """Tell whether a name only says what kind of thing or body it is."""
    return _KIND_ALONE.fullmatch(name) is not None
