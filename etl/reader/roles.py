"""What part a name plays beside others: who acts, what another is made of, what is listed together."""

import re

from etl.reader.mentions import Mention

# A thing after these words is what another is made of, works with or is compared to.
BASIS = re.compile(
    r"(?:基于|采用|(?<![名称叫作])为|向|给|帮助|搭载|接入|使用|依托|对标|超越|超过|比|挑战|类似|竞品|针对|适配|兼容|支持|融合|集成|匹敌|媲美|取代|替代|面向|用于|与|继|像|如|(?<![种分])类|based on|with|like|for)[ \n“「《*`]*$"
)
# An organization before or after these words does not act: it is quoted, owns or employs who does.
_NOT_ACTING = re.compile(
    r"(?:据|官方|来自|源自|属于|向|给|对|在|为|被|基于|针对|和|与|离开|加入|个|块|万张|(?<![之此目以提当日年月天])前|from|at|by)[ \n*“「《]*$"
)
_OWNS = re.compile(
    r"(?:公司|集团|科技)?[》”」]?[ \n*]*(?:(?:此前|日前|近日|[\d月日]{1,6})?(?:报道|讯|消息|获悉|记者|援引)|(?:《[^》\n]{1,12}》)?[：:]|[^，。；\n]{0,16}?(?:\d日(?:消息|讯|电)|获悉|了解到)|旗下|的(?!全资)|联合创始人|创始人|创办人|CEO|CTO|首席|联席|董事长|总裁|副总裁|总经理|高管|合伙人|发言人|教授|员工|用户|客户|股东|官网|App|前|'s|’s|[ ]*[|｜][ ]*公众号|上?[ ]?[\d一二三四五六七八九十百千万.]+[ ]?[kKwW万]?\+?[ ]?(?:[Ss]tars?|星标))"
)
_GOVERNED = re.compile(r"(?:与|对|向|和)[^，。；、\n]{1,10}旗下的?[^，。；、\n]{0,8}$")
# 在甲峰会上: where something is said.
_WHERE = re.compile(
    r"[^，。；、\n的在了]{0,10}?(?:峰会|大会|论坛|发布会|会议|年会|开放日|开发者日)(?:上|期间|中|的?现场)"
)
_ANNOUNCES = re.compile(r"[ \n*”」]*(?:正式|首次|今日|昨日)?(?:宣布|发布|推出|开源|上线|公布)")
_KIND = r"(?:大?模型|芯片|显卡|系列|产品|应用|版|软件|平台|工具|助手|机器人)"
_LISTED = re.compile(
    rf"(?:\]\([^()\n]{{0,120}}\))?[”」』》*`\"\s]*{_KIND}?[”」』》*`\"\s]*(?:"
    r"(?:、|和|与|及|以及|,|，|and)(?!它|其|基于|采用)[“「『《*`\"\s\[]*[^，。、；\n]{0,6}"
    # With the kind of thing before its name: 模型X，以及聊天软件Y、对话产品Z.
    rf"|(?:、|[，,]?(?:以及|还有|和|及|包括))[^，。、；\n]{{0,22}}?{_KIND}[“「『《*`\"\s]*)"
)
# A licence or a format of numbers is nothing that is brought out.
NO_THING = re.compile(
    r"(?:Apache|MIT|BSD|GPL|LGPL|CC[ -]BY|CreativeML|Open ?RAIL|RAIL|BigScience)\b.*|Version [\d.]+|.*(?:\bLicense|\bLicence|\bLICENSE|许可证|许可协议)|(?:Hugging ?Face|ModelScope)(?: Hub)?|[Nn]on-?[Cc]ommercial|Model|(?:[Ll]arge )?[Ll]anguage [Mm]odels?|Base|Chat|Instruct|Dense|MoE|MOE|VLMs?|LLMs?|English|Chinese|(?i:int[48]|fp(?:8|16|32)|bf16|gguf|gptq|awq|rlhf)"
)
# A kind of thing, and the name that follows it: 多模态模型系列“X”.
_VAGUE = re.compile(r".*(?:模型|产品|应用|助手|系统|平台|机器人|芯片|工具|算法)$")
_APPOSED = re.compile(r"(?:系列|家族)?[ \n“「《*`（(：:]{0,4}")
# 图像生成模型X; 甲版本“X”: the first only describes.
_KIND_OF_FIELD = re.compile(
    r"[^，。；、和与\n]{0,8}?(?:模型|产品|应用|助手|系统|平台|机器人|芯片|工具|算法|器|框架|系列)[ \n“「《*`：:]*"
)
_SIZED = re.compile(
    r"[ \n]?(?:大?模型)?的?[\d.]+[ ]?(?:亿|万亿|[BbMT])(?:参数)?(?:量|规模)?(?:级别?)?的?(?:大?语言)?(?:大?模型)?[ \n“「《*`]*"
)
_KIND_ALONE = re.compile(r"[ \n]?(?:大?模型|算法|架构|芯片)[ \n“「《*`]*")
_VERSION_CALLED = re.compile(r"[ \n]?(?:版|版本|竞品|对手)[ \n]?[“「《*]+")
_CLOSING = {'"': '"', "“": "”", "「": "」", "《": "》"}
_TITLE_REST = 10


def acts(text: str, mention: Mention) -> bool:
    """Tell whether a firm or person may be who acts: not quoted, not the place, not whose person or thing it is."""
    if _OWNS.match(text, mention.end) or _WHERE.match(text, mention.end):
        return False
    before = text[max(0, mention.start - 6) : mention.start]
    if before.rstrip(" \n*“「").endswith("在") and _ANNOUNCES.match(text, mention.end):
        return True  # 在X宣布…的时候
    if _GOVERNED.search(text, max(0, mention.start - 16), mention.start):
        return False
    return _NOT_ACTING.search(before) is None or before.rstrip(" \n*“「")[-1:] in {"和", "与"}


def is_whole(text: str, mention: Mention) -> bool:
    """Tell whether a name is no mere beginning of a longer quoted title: “Learning to Use …”."""
    closing = _CLOSING.get(text[mention.start - 1 : mention.start])
    return closing is None or closing in text[mention.end : mention.end + _TITLE_REST]


def only_likens(text: str, mention: Mention) -> bool:
    """Tell whether a name only tells what another, set apart behind it, is like: 甲版本“X”."""
    return _VERSION_CALLED.match(text, mention.end) is not None


def listed(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the first name and those that are listed with it."""
    found = mentions[:1]
    for mention in mentions[1:]:
        if not _LISTED.fullmatch(text, found[-1].end, mention.start):
            break
        found.append(mention)
    return found


def listed_before(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the last name and those that it is listed with."""
    found = mentions[-1:]
    for mention in reversed(mentions[:-1]):
        if not _LISTED.fullmatch(text, mention.end, found[0].start):
            break
        found.insert(0, mention)
    return found


def without_kind(text: str, named: list[Mention]) -> list[Mention]:
    """Return names without a first one that only tells what kind of thing the next is."""
    if len(named) < 2:
        return named
    first, second = named[:2]
    apposed = _VAGUE.match(first.name) and _APPOSED.fullmatch(text, first.end, second.start)
    field = first.kind == "technology" and _KIND_OF_FIELD.fullmatch(text, first.end, second.start)
    field = field or (first.kind == second.kind == "model" and _SIZED.fullmatch(text, first.end, second.start))
    field = field or (first.entity_id is None and _KIND_ALONE.fullmatch(text, first.end, second.start))
    return named[1:] if apposed or field or _VERSION_CALLED.fullmatch(text, first.end, second.start) else named
