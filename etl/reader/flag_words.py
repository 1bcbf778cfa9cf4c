"""Words that tell yes-or-no facts, and whether they claim them: open source, commercial use."""

import re
from collections.abc import Iterator

import ahocorasick_rs

from etl.reader.flag_things import (
    Flag,
    apposed,
    beside,
    called,
    came_open,
    counted,
    direct,
    introduced,
    is_said_of_model,
    open_thing,
    own_way,
    spoken_of,
    such_as,
    takes_side,
    withheld,
)
from etl.reader.mentions import Mentions

# What is kept back: of models that the words follow, or whose code they govern.
WITHHELD = "未公开|尚未公开|并未公开|没有公开|未公布|没有公布|不愿公布|不愿公开|拒绝公布|拒绝公开"

# Words that tell, and whether they tell yes.
_WORDS: tuple[tuple[str, bool, str], ...] = (
    (
        "open_source",
        True,
        "开源|开放权重|开放源代码|开放源码|开放原始码|完全开放|开放许可证|开放许可协议|open source|open-source|opensource|open-sourcing|open weight|open-weight|open license|open licence",
    ),
    (
        "open_source",
        True,
        "Open source|Open-source|Open Source|Open-Source|Open weights|OPEN SOURCE|open weights|open-weights|Open-weights",
    ),
    ("open_source", False, "闭源|closed source|closed-source|Closed-source|Closed source|proprietary|Proprietary"),
    ("open_source", False, WITHHELD),
    (
        "commercial_use",
        True,
        "商用|商业使用|商业用途|商业目的|商业化|用于商业|用于商业化|commercial use|Commercial use|Commercial usage is permitted|commercial usage is permitted|supports commercial use|support commercial use|allows commercial use|permits commercial use|commercially|commercial purposes|commercial entities|commercial applications|commercial and research|research and commercial|commercial development|商业和研究使用|商业及研究使用|商业与研究使用|商业应用",
    ),
    (
        "commercial_use",
        False,
        "non-commercial|Non-commercial|Non-Commercial|noncommercial|非商业用途|非商业性|非商用|非商业使用",
    ),
)

_FLAGS = [(word, property_id, value) for property_id, value, words in _WORDS for word in words.split("|")]

KEPT_BACK = frozenset(WITHHELD.split("|"))

_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _, _ in _FLAGS],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    implementation=ahocorasick_rs.Implementation.DFA,
)

_NOT = re.compile(
    r"(?:不(?!仅|只|但|断|同|少|久|过)|没有?|并未|尚未|未(?!来)|非(?!常|凡)|无意|拒绝|禁止|不得|not |isn't |never |non-?)[^，。,、\n]{0,4}$"
)

# Open source as a field, a community or a licence family says nothing of one model.
_NO_CLAIM = re.compile(
    r"最|顶级|顶尖|社区|社群|生态|组织|基金会|协议|许可(?!证?下)|软件|中国|项目平台|框架|社会|路线|之争|战略|策略|趋势|运动|精神|领域|界|大会|与闭源|和闭源|与开源|和开源|及闭源|还是|派|周|日报|数据集|代码(?!大?模型)|工具|操作系统|芯片|硬件|体系|"
    r"(?![给到至于向])[\u3400-\u9fff]{0,3}?(?:社区|生态|市场|竞争)|大?模型(?:社区|生态|领域|榜|排行|排名|厂商|公司|阵营|的|和|与|能力|平台|之间|在|来|做|去|，|。|、|$)|AI(?:社区|生态|工具)|许可证|licen[cs]e|communit|ecosystem|software|[ -](?:codebases?|code|tools?|projects?|frameworks?|librar(?:y|ies)|datasets?|repositor(?:y|ies)|benchmarks?|packages?)\b"
)

_NO_CLAIM_BEFORE = re.compile(
    r"(?:贴近|接近|超越|超过|媲美|追赶|赶超|领先|击败|最强|最好的?|主流|其他|其它|现有|各类|众多|多个|基于|所有|任何|部分|一些|国外|国内的?|部署|使用|调用|比较好|更多|无论|选择|的(?:其他)?|在|与|和|、|对比|从|拥抱|支持|走|做|靠|坚持)(?:的)?$"
)

_ALLOWED = re.compile(
    r"(?:usage is |use is |免费|可|允许|支持|完全|均可|可以|供|放开|开放|获得?|授权|供|许可|用于|全面|即可|并|及|for |free |allows? |permits? )[^，。,\n]{0,7}$"
)

_FREE = re.compile(r"\b(?:free|licensed|available|permitted|allowed|intended) (?:for|to|under) [^.;\n]{0,80}$")

# Both are named: for commercial and non-commercial use.
_BOTH = re.compile(r"(?:commercial (?:and|or|as well as) |商业(?:用途)?(?:和|与|及|或)|[“\"])$")

# Part of a longer word, or a word that a glossary tells the meaning of.
_NO_USE = re.compile(r"-|[*_`\"”]* (?:means|refers to)\b|[*_`”]*(?:是指|指的是)")
# 商业化 is a firm's business, unless it is set free.
_SET_FREE = re.compile(r"(?:可|允许|放开|许可|用于|支持|免费|不能|不得|禁止)[^，。,\n]{0,4}$")
_WELCOME = re.compile(r"(?:欢迎|鼓励|允许|支持|可用于|可以用于|用于)[^，。；\n]{0,14}$")

_APPLIED = re.compile(r"[\u3400-\u9fff]")

_SAYS_SO = re.compile(r"permitted$|^(?:supports?|allows|permits)")

_OF_BUSINESS = re.compile(
    r"(?:落地|前景|进程|路径|模式|能力|探索|变现|运营|版权|版本|价值|公司|团队|部署|密码|化|潜力|阶段|客户|机密|应用)"
)

_FULLY_OPEN = re.compile(r"学术|研究|权重|模型|代码|学者|社区")

# Who is one of the best open models is open, as is who is known for it.
_ONE_OF = re.compile(r"[\u3400-\u9fff ]{0,8}?模型之一")

_KNOWN_FOR = re.compile(r"(?:而)?(?:著称|闻名|见长|出名)")

# 系列均支持开源 says it of the series; 支持开源 alone is an attitude.
_ALL_SUPPORT = re.compile(r"(?:均|都|全部)(?:完全)?支持$")

# What the word's place alone tells, whatever stands around it.
_BY_PLACE = (apposed, takes_side, own_way, direct, open_thing, called, came_open, counted, such_as, beside, spoken_of)


def flags(text: str, start: int, end: int, mentions: Mentions) -> Iterator[Flag]:
    """Yield the claims of a range that something is open source or may be used commercially."""
    for index, at, stop in _AUTOMATON.find_matches_as_indexes(text[start:end]):
        word, property_id, value = _FLAGS[index]
        found = Flag(at + start, stop + start, property_id, value)
        if word in KEPT_BACK:
            if withheld(text, found, mentions):
                yield found
        elif property_id == "open_source":
            if (
                _is_open(text, found, word)
                or any(told(text, found, mentions) for told in _BY_PLACE)
                or ((value or word == "闭源") and is_said_of_model(text, found, mentions))
                or introduced(text, found)
            ):
                yield found._replace(value=value and not denied(text, found.start))
        elif not value:
            of_both = _BOTH.search(text, max(0, found.start - 16), found.start)
            if not of_both and not _NO_USE.match(text, found.end):
                yield found
        elif word.startswith("用于") or not _OF_BUSINESS.match(text, found.end):
            yield from _commercial(text, found)


def _is_open(text: str, flag: Flag, word: str) -> bool:
    if word == "完全开放":
        lead = _FULLY_OPEN.search(text, max(0, flag.start - 10), flag.start)
        return lead is not None or _FULLY_OPEN.match(text, flag.end) is not None
    if _ONE_OF.match(text, flag.end) or _KNOWN_FOR.match(text, flag.end):
        return True
    if _NO_CLAIM.match(text, flag.end, flag.end + 24):
        return False
    before = max(0, flag.start - 7)
    if _ALL_SUPPORT.search(text, before, flag.start):
        return True
    return _NOT.search(text, before, flag.start) is not None or not _NO_CLAIM_BEFORE.search(text, before, flag.start)


def _commercial(text: str, flag: Flag) -> Iterator[Flag]:
    lead = max(0, flag.start - 9)
    if text[flag.start : flag.end] == "商业化" and not _SET_FREE.search(text, lead, flag.start):
        return
    if _NOT.search(text, lead, flag.start):
        yield flag._replace(value=False)
    elif text[flag.start : flag.end] == "商业应用":
        if _WELCOME.search(text, max(0, flag.start - 20), flag.start) and not _APPLIED.match(text, flag.end):
            yield flag
    elif (
        _SAYS_SO.search(text[flag.start : flag.end])
        or _ALLOWED.search(text, lead, flag.start)
        or _FREE.search(text, max(0, flag.start - 100), flag.start)
    ):
        yield flag


def denied(text: str, at: int) -> bool:
    """Tell whether the words before a place deny what stands there."""
    return _NOT.search(text, max(0, at - 8), at) is not None
