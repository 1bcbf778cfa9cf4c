"""What a yes-or-no word is said of, by its place among names."""

import re
from typing import NamedTuple

from etl.reader.common_words import NOT_NAMES
from etl.reader.mentions import Mention, Mentions
from etl.reader.roles import NO_THING, listed, listed_before
from etl.reader.subjects import Subject

REACH = 160

DESCRIBED = frozenset({"model", "product", "dataset", "technology", "benchmark"})

# A kind of model is none by itself: 推理模型.
_KIND_OF_MODEL = re.compile(
    r"(?:底座|基座|基础|大|小|语言|对话|多模态|视频|图像|推理|通用|原生|复古|轻量|小型|预训练|视觉|文本|生成|旗舰|世界|代码|编程)*模型|[文图音语视][本像频音]?生[成]?[文图音语视][本像频音]?(?:模型)?"
)

_OPEN_MODEL = re.compile(r"[^，。；：、的\n和与及]{0,14}?(?:模型|底座)(?!排|榜|社区|生态|领域|厂商|市场)")

_OPEN_THING = re.compile(
    r"[^，。；\n]{0,20}?(?:软件|平台|库|框架|工具|引擎|项目|系统|数据集|智能体|助手|应用|应用程序|程序|技术|[ ]AI|架构|包)(?:集|包)?(?=[，。；、,（(\n]|$|之一|斩获|获得?|在|已|将|于|凭借)"
)
_IS_ONE = re.compile(
    r"[ \n*`”」）)\]]*[，,](?:[^，。；、\n]{2,14}的|一[个款种](?:完全)?|号称[^。；\n]{2,30}?)|[ \n*`”」）)\]]*[，,]?(?:后者|它|这)?(?:目前|也|就|正)?(?:是|为|作为)(?:(?:一[款个种套]|目前|最)[^。；\n]{0,40}|[^，。；、\n]{0,12}的)"
)
_CALLED_SO = re.compile(
    r"的?[ ]?(?:LLM|AI|大|语言|视频|图像|多模态|推理|基础|文本|语音|[ ])*(?:模型|项目|框架|工具|系列|平台|LLM)(?:系列)?[ ]?(?=[\n，。；,）)（(]|$)"
    r"|的?[ ]?(?:[A-Z][A-Za-z]{1,11}[ ]){0,2}(?:(?![的协])[\u3400-\u9fff]){0,6}(?:模型|项目|框架|工具|平台|引擎|模板|库|数据集|智能体|助手|[ ][Aa]gent|系统|替代品|方案)(?:集|家族|系列)?[ ]?(?=\*\*|[\n，。；\]]|$)"
)
_CALLS = re.compile(
    r"[ \n*`]*(?:[ ]?(?:介绍|来了|发布|系列|模型))?[ ]?(?:[：:]|——?)[ \n]?[^，。；：:\n]{0,30}|[ \n*`]*，|[ \n*`]*[（(][^（）()]{0,30}"
)
_NOUN_ENDS = re.compile(r"[，,。；]|之后|以来")
_TOUCHES = re.compile(r"的?[ *`“「]{0,3}")
_ITS_NOUN = re.compile(
    r"(?:的|AI|MoE|LLM|VLM|\d+[Bb]|[ ]|[\u3400-\u9fff]){0,12}?(?:大?模型平台|模型|产品|智能体|助手|框架|底座|模型平台|分支|版本|替代品|替代方案|项目|工具|库|插件|平台|引擎|数据集|系统|软件|架构|机器人|机器狗|编辑器|[Aa]gent|专案|解码核|算子库)(?:系列)?[ \n]?(?:——?|--|：|:|[“「《`*]{1,2})?[ \n]?[\[`*]{0,2}(?![，。；、\n])"
)

_COPULA = re.compile(
    r"[ \n*`”」]*(?:系列|家族|模型)?[ \n]*(?:已经|也|正|便|就)?(?:(?:是|为|作为|成为|属于|系)[^，。；]{0,30}?(?:的|中|最|款|个|一)?)?[^，。；]{0,2}"
)

_ENGLISH_MODEL = re.compile(r"(?:,? [\w-]+){0,6}? (?:models?|LLMs?|family|series|suite)\b")

_IS_A = re.compile(
    r"[\]*`_)\"”]*(?: ?\([^()\n]{1,60}\))?(?: series| family| models?)?,? (?:is |are |represents |as )?(?:an?|the|our|one of the)(?: [\w'’-]+,?){0,6}? "
)

_ROUTE = re.compile(r"的?(?:路线|策略|模式|道路|战略)?(?=[，。；、！\n]|$)")

_SIDE = re.compile(
    r"[ \n*`”\"」』》)）]*(?:系列|大?模型)?(?:依然|仍然?|也|则|一直|始终|继续|都|均)*(?:选择|坚持|走|采取|采用|转向|拥抱|走向)了?(?:的是)?"
)

# What may stand between names and the word that tells of them: X和Y均可商用.
SAID_OF = re.compile(
    r"[ \n*`”\"」』》)）]*等?[ ]?(?:系列|版本|(?:底层|背后的?|基础|底座)?大?模型|[两三四五几]款|全系列)*[ ]?(?:目前|现在|也|都|均|全部|已经?|皆|同样|同时|正式|宣布)*"
    r"(?:依然|仍然?|一直|始终|继续|选择了?|坚持|走了?|采取了?|采用了?|转向了?)*(?:是|为)?(?:完全|全面|免费|可供|可以?|允许|支持|不可以?|不能|不得|禁止|不|并?未|尚未|用于)*"
)

_KIND = r"(?:项目|工具|框架|引擎|库|数据集|软件|系统|(?<=[a-z+] )包)"

_UNKNOWN_NAME = r"[A-Za-z][A-Za-z\d]*(?:[._-][A-Za-z\d]+)*"

_LANGUAGE = r"(?:[ ]?(?:Python|JavaScript|TypeScript|Rust|Go|Java|C\+\+)[ ]?)?"
_INTRODUCED = re.compile(
    rf"(?:了其[^，。；\n]{{0,50}}?|[\u3400-\u9fff]{{0,6}}?{_LANGUAGE}){_KIND}[ ]?[“「`*]{{0,2}}(?P<after>{_UNKNOWN_NAME})(?![ ]?[A-Za-z])"
    rf"|了?[ ]?(?P<before>{_UNKNOWN_NAME})[ ]?(?:[\u3400-\u9fff]{{0,6}}?){_KIND}"
)

# X的开源理念, X的闭源模式: how a firm or its models go about it.
_OWN_WAY = re.compile(r"(?:理念|模式|路线|策略|战略|方案|做法|精神|性质|特性|特点|属性|本质)")
# X凭借开源、免费的优势.
_BY_BEING = re.compile(
    r"[ \n*`”」]*(?:架构|模型|系列|框架|平台)?(?:凭借|因为?|由于|得益于|胜在|以)(?:其|自身|完全|[ ])*"
)

_AMONG_MERITS = re.compile(r"(?:、|和|与|且|而|的?(?:优势|特点|特性|性质))[^，。；\n]{0,20}")
_POSSESSIVE = re.compile(r"[ \n*”」]*的[ \n*“「]*")

OBJECT = re.compile(
    r"(?:、?且?(?:免费|可商用)的)?的?(?:发布|推出|上线)?(?:了)?(?:[一两二三四五六七八九十几\d]+[款个种])?[ \n*“「《`]*(?:其|自家的?|旗下的?)?[ \n*“「《`]*"
)

_ITS_CODE = re.compile(r"[ \n*”」]*(?:等?[^，。；\n]{0,8}?模型)?的[^，。；、\n]{0,6}?(?:代码|权重)")

_KEPT_AT_ALL = re.compile(r"(?:其|模型|全部|任何|完整)*的?(?:源?代码|权重|模型权重)?[ \n*”]*(?:[，。；！,;.]|$)")

# X和某公司的Y都未公开: whose the next one is may stand between.
_OWNED_AND = re.compile(r"[ \n*”」》]*(?:大?模型)?(?:、|和|与|及|以及)[^，。；、\n]{0,12}?的?[ \n*“「《]*")


# X、Y等知名开源模型; 开源项目（X、Y）; 名为X的开源项目.
_SUCH = re.compile(
    r"[ \n*`”」]*(?:等|这[类些]|[两三四五几]款)(?!工具|[^，。；、\n]{0,6}(?:接入|支持|使用|调用|超越|超过|基于|运行|部署))[^，。；、\n的]{0,8}"
)
_OPEN_KIND = re.compile(r"[^，。；、\n的]{0,6}?(?:大?模型|项目|专案|框架|工具|软件|引擎|技术|平台|库)")
_SUCH_AS = re.compile(
    r"[^，。；、\n的]{0,8}?(?:大?模型|项目|专案|框架|工具|软件|引擎|技术|平台|库)[ ]?(?:——|（|\(|[：:]?[，,]?(?:包括|例如|诸如|比如|如|像))[ \n*`“「]*"
)
_LIKENED = re.compile(r"(?:类|类似|媲美|对标|不输|超越|超过|比肩|挑战|替代|基于|兼容|比|不如)(?:于)?[ \n*`“「]*$")
_NAMED_SO = re.compile(r"(?:叫做?|名为|名叫|称为)[ \n*`“「]*$")


_THING_REACH, _NEAR, _LINES = 100, 16, 4
_BUILT_ON = re.compile(r"基于|类似|兼容|面向|支持|采用|使用")
_JOINS = re.compile(r"[ ]?(?:和|与|、|及|以及|，)[ ]?")
_UNKNOWN_BEFORE = re.compile(r"(?<![A-Za-z\d./_-])(?P<name>[A-Za-z][A-Za-z\d]{2,20}(?:[-_.][A-Za-z\d]+)*)[ ]?$")
_OPEN_THING_BESIDE = re.compile(
    r"[^，。；、\n的]{0,12}?(?:插件|框架|工具|库|项目|引擎|软件|数据集|系统)(?![\u3400-\u9fff]{0,2}[社生])"
)
_THINGS = frozenset({"model", "product", "dataset"})
# What goes on with what the paragraph is of: 项目开源, 它是开源应用, 该开源项目.
_IT_IS = re.compile(
    r"(?:(?:^|[，。；！\n])[ ]?(?:它|其|该(?:项目|工具|框架|应用|产品|模型|平台|系统)|本项目|此项目|这个项目|项目|代码|工具)(?:目前|已经?|现已|也|将|完全|均|都|同样)*(?:是|为)?(?:一?[个款种])?(?:完全|全面)?)$"
)
_THIS = re.compile(r"(?:该|这个|此|这款|这一)$")
_THIS_ONE = re.compile(r"[ *`”」）)]*(?:这个|这款|这一)")
_ITS_KIND_ALONE = re.compile(r"[\u3400-\u9fff]{0,4}?(?:项目|工具|框架|应用|模型|平台|系统|插件|库|软件|产品)")


_HEADS = re.compile(r"[ ]?[：:|｜][ ]?")
_OPENS = re.compile(r"(?:今日|今天|近日|日前|正式|宣布|重磅|最新|全新|联合|也|又|[ ])*")
_NEW_THING = re.compile(
    r"了?[^，。；\n]{0,24}?(?:架构|模型|框架|工具|平台|引擎|库|系统|数据集|智能体|方案|项目)[ ]?(?=[\]】*\n！。]|$)"
)
_OWN_TEXT = re.compile(
    r"(?P<own>本(?:杂志|周刊|月刊|刊物?|期刊|书|教程|课程|手册|笔记|博客))(?:现已|已经?|目前|完全|全部|内容|代码|是|为|[ ])*[\[*]{0,2}$"
)
_PAIR = 2


class Flag(NamedTuple):
    """A word that tells a yes-or-no fact."""

    start: int
    end: int
    property_id: str
    value: bool


# A heading's words about openness are no thing: Open Source & Tools.
_ITSELF = re.compile(r"Open[ -]?Source|^开源$|^闭源$")


def is_described(mention: Mention | Subject) -> bool:
    if mention.kind not in DESCRIBED or NO_THING.fullmatch(mention.name) or _ITSELF.search(mention.name):
        return False
    return mention.entity_id is not None or _KIND_OF_MODEL.fullmatch(mention.name) is None


def withheld(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the models that words of keeping back tell of: X和Y都未公开, 不愿公布X的代码."""
    after = [m for m in mentions.within(flag.end, flag.end + REACH) if is_described(m)]
    if after and OBJECT.fullmatch(text, flag.end, after[0].start):
        group = listed(text, after)
        return group if _ITS_CODE.match(text, group[-1].end) else []
    if not _KEPT_AT_ALL.match(text, flag.end):
        return []
    before = [m for m in mentions.within(max(0, flag.start - REACH), flag.start) if is_described(m)]
    if not before or not SAID_OF.fullmatch(text, before[-1].end, flag.start):
        return []
    if before[-1].kind != "model" and "模型" not in text[before[-1].end : flag.start]:
        return []
    group = before[-1:]
    for mention in reversed(before[:-1]):
        if not _OWNED_AND.fullmatch(text, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return group


def apposed(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the names that the word's own noun leads to: 闭源大模型X, 两款开源模型——X和Y."""
    noun = _ITS_NOUN.match(text, flag.end)
    if noun is None:
        return []
    named = [m for m in mentions.within(noun.end(), noun.end() + REACH) if is_described(m)]
    return listed(text, named) if named and named[0].start == noun.end() else []


def open_thing(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the thing that is said to be one that is open: X是一款…的开源软件, …X，后者是一个开源项目."""
    if not (_OPEN_THING.match(text, flag.end) or _OPEN_MODEL.match(text, flag.end)):
        return []
    named = [m for m in mentions.within(max(0, flag.start - _THING_REACH), flag.start) if is_described(m)]
    # X是一款类Y的开源模型, X是基于Y和Z的开源框架: what it is likened to or built on is not what is said to be open.
    while len(named) > 1 and not _IS_ONE.fullmatch(text, named[-1].end, flag.start):
        if not _LIKENED.search(text, max(0, named[-1].start - 6), named[-1].start):
            before = text[named[-2].end : named[-1].start]
            if _JOINS.fullmatch(before) is None and _BUILT_ON.search(before) is None:
                return []
        named.pop()
    while len(named) > 1 and _LIKENED.search(text, max(0, named[-1].start - 6), named[-1].start):
        named.pop()
    return named[-1:] if named and _IS_ONE.fullmatch(text, named[-1].end, flag.start) else []


def beside(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the name that no list has, right before the word and the kind of thing: 支持nanoyun开源检索插件."""
    if text[flag.start].isascii() or not _OPEN_THING_BESIDE.match(text, flag.end):
        return []
    name = _UNKNOWN_BEFORE.search(text, max(0, flag.start - 24), flag.start)
    if name is None or name["name"] in NOT_NAMES or mentions.at(name.start("name")) is not None:
        return []
    return [Mention(*name.span("name"), "product", name["name"], None)]


def spoken_of(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the thing that its paragraph names first, where the word is said of 它 or 该项目: **X** … 该开源项目, 项目开源."""
    lead = max(0, flag.start - _NEAR)
    pointed = _IT_IS.search(text, lead, flag.start) is not None or (
        _THIS.search(text, lead, flag.start) is not None and _ITS_KIND_ALONE.match(text, flag.end) is not None
    )
    if not pointed:
        return []
    begin = text.rfind("\n", 0, flag.start) + 1
    beside = [m for m in mentions.within(max(begin, flag.start - _NEAR), flag.start) if is_described(m)][-1:]
    if beside and _THIS_ONE.fullmatch(text, beside[0].end, flag.start):
        return beside
    for _ in range(_LINES):
        named = [m for m in mentions.within(begin, flag.start) if m.kind in _THINGS and is_described(m)]
        if named:
            return named[:1]
        if begin < 2:
            break
        begin = text.rfind("\n", 0, begin - 1) + 1
    return []


def counted(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the names that a list before the word counts among the open ones: X、Y等知名开源模型; 名为X的开源项目."""
    if text[flag.start].isascii() or not _OPEN_KIND.match(text, flag.end):
        return []
    named = [m for m in mentions.within(max(0, flag.start - REACH), flag.start) if is_described(m)]
    if not named:
        return []
    if _SUCH.fullmatch(text, named[-1].end, flag.start):
        return listed_before(text, named)
    so_called = _POSSESSIVE.fullmatch(text, named[-1].end, flag.start) is not None
    return named[-1:] if so_called and _NAMED_SO.search(text, max(0, named[-1].start - 6), named[-1].start) else []


def such_as(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the names that a kind of open things is told by: 开源项目（X、Y）, 开源模型，例如X."""
    lead = None if text[flag.start].isascii() else _SUCH_AS.match(text, flag.end)
    if lead is None:
        return []
    named = [m for m in mentions.within(lead.end(), lead.end() + REACH) if is_described(m)]
    return listed(text, named) if named and named[0].start == lead.end() else []


def direct(text: str, flag: Flag, mentions: Mentions) -> bool:
    """Tell that a name stands right behind the word: 基于开源Yunfan-7B模型."""
    if text[flag.start].isascii():
        return False
    after = [m for m in mentions.within(flag.end, flag.end + REACH) if is_described(m)][:1]
    return bool(after) and _TOUCHES.fullmatch(text, flag.end, after[0].start) is not None


def called(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return what a colon or bracket behind it calls an open thing: 云帆：全新的开源模型, 云帆（…的开源项目）."""
    if text[flag.start].isascii() or not _CALLED_SO.match(text, flag.end):
        return []
    named = [m for m in mentions.within(max(0, flag.start - 40), flag.start) if is_described(m)]
    if _LIKENED.search(text, max(0, flag.start - 6), flag.start):
        return []
    return next(([m] for m in named if _CALLS.fullmatch(text, m.end, flag.start)), [])


def headlined(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the thing that a headline tells a firm to have opened: 云枝：青禾开源新型检索架构."""
    named = mentions.within(max(0, flag.start - 40), flag.start)[-2:]
    if len(named) < _PAIR or named[1].kind != "organization" or not is_described(named[0]):
        return []
    told = _HEADS.fullmatch(text, named[0].end, named[1].start) and _OPENS.fullmatch(text, named[1].end, flag.start)
    return named[:1] if told and _NEW_THING.match(text, flag.end) else []


def own_text(text: str, flag: Flag) -> list[Mention]:
    """Return the magazine or course that says of itself to be open: 本杂志开源."""
    own = _OWN_TEXT.search(text, max(0, flag.start - _NEAR), flag.start)
    return [Mention(*own.span("own"), "topic", own["own"], None)] if own is not None else []


def came_open(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return what is told to have been opened by a noun: 随着X的开源，."""
    if not _NOUN_ENDS.match(text, flag.end):
        return []
    named = [m for m in mentions.within(max(0, flag.start - 40), flag.start) if is_described(m)]
    return named[-1:] if named and _POSSESSIVE.fullmatch(text, named[-1].end, flag.start) else []


def is_said_of_model(text: str, flag: Flag, mentions: Mentions) -> bool:
    """Tell 开源模型 that is said of a named model: Gemma 4 开源模型, X 是…的开源模型之一, X 系列中的开源模型."""
    if text[flag.start].isascii():
        return described_in_english(text, flag, mentions) is not None
    named = [m for m in mentions.within(max(0, flag.start - 60), flag.start) if is_described(m)]
    if not named or not _OPEN_MODEL.match(text, flag.end):
        return False
    between = text[named[-1].end : flag.start]
    return _COPULA.fullmatch(between) is not None


def described_in_english(text: str, flag: Flag, mentions: Mentions) -> Mention | None:
    """Return the model that an English sentence says to be an open-source one: X is a new open-source video model."""
    named = [m for m in mentions.within(max(0, flag.start - 120), flag.start) if is_described(m)]
    noun = _ENGLISH_MODEL.match(text, flag.end) if named else None
    return named[-1] if noun and _IS_A.fullmatch(text, named[-1].end, flag.start) else None


def takes_side(text: str, flag: Flag, mentions: Mentions) -> bool:
    """Tell 开源 that a named model is said to choose or keep to: X选择开源路线, X坚持开源."""
    if not _ROUTE.match(text, flag.end):
        return False
    named = [m for m in mentions.within(max(0, flag.start - 40), flag.start) if is_described(m)]
    return bool(named) and _SIDE.fullmatch(text, named[-1].end, flag.start) is not None


def introduced(text: str, flag: Flag) -> Mention | None:
    """Return the name that no list has, beside the word for its kind: 开源了nanoyun项目, 开源项目 nanoyun."""
    match = _INTRODUCED.match(text, flag.end)
    if match is None or flag.property_id != "open_source":
        return None
    group = "before" if match["before"] else "after"
    if match[group] in NOT_NAMES:
        return None
    return Mention(*match.span(group), "product", match[group], None)


def own_way(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return whose way it is told to be: DeepSeek的开源理念."""
    named = [m for m in mentions.within(max(0, flag.start - 40), flag.start) if m.kind in DESCRIBED | {"organization"}]
    if named and is_described(named[-1]) and _BY_BEING.fullmatch(text, named[-1].end, flag.start):
        return named[-1:] if _AMONG_MERITS.match(text, flag.end) else []
    if not _OWN_WAY.match(text, flag.end):
        return []
    return named[-1:] if named and _POSSESSIVE.fullmatch(text, named[-1].end, flag.start) else []
