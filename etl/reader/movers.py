"""What rises or falls on a market by a share or by points or money: 青禾指数涨0.5%, 云帆股份（600001）高开2%, 青禾指数收跌36点."""

import re
from typing import Final

from etl.reader.candidates import Subject, as_subject
from etl.reader.common_words import NOT_NAMES
from etl.reader.mentions import Mentions, clean
from etl.reader.nouns import PRONOUN, STRONG, is_pointing, without_measure

_WHEN: Final = "股价|盘[中前后初]|早盘|尾盘|午后|一度|曾|也|则|亦|已|均|今日|昨日|本周|本月|全周|日内|单日|全天|今年|年内|周[一二三四五六日]|当[日天]|随后|直接|最终|再度|再次|再|继续|累计|昨[日天](?:涨停|跌停)后|开盘|收盘|震荡|已经|大幅|小幅|逆势|强势|持续|开"
_BY: Final = "(?:了|超过?|逾|近|约|至少|为|达|不足|不到)*[ \\n*]*$"
_MOVES: Final = re.compile(
    rf"(?:[ \n*]?[（(][^（）()]{{1,30}}[）)])?[ \n*]*(?:{_WHEN})*"
    rf"(?:(?:高|低)开|收[高低涨跌]|[上大暴飙累齐最微领]?涨|[下大暴累齐微领]跌|最深跌|(?<![下大暴累齐微领])跌|飙升|狂飙|反弹|回升|重挫|急挫|下挫|走[高低强弱]|跳水)(?:幅)?{_BY}"
)
# An index stands at so many points: 沪指报2887点.
_STANDS: Final = re.compile(
    rf"(?:[ \n?（(][^（）()]{{1,30}}[）)])?[ \n*]*(?:{_WHEN}|[高低]开)*"
    r"(?:现?报收?|收报|收[于在]|站[上稳]|失守|重返|[涨跌升降]至|逼近|突破|跌破|触及|回落至|于|在)[ \n*]*$"
)
# A yield rises by basis points.
_YIELDS: Final = re.compile(
    rf"(?:{_WHEN}|[上日]?内?|美股|最[高深])*(?:上?[升行涨]|下[跌行降]|累涨|累跌|收涨|收跌|跌|降|回落|走[高低])(?:幅收窄)?{_BY}"
)
# What else moves in the sentence is what moved before: 青禾指数涨2%，报3000点，本周累计上涨5%.
_AGAIN: Final = re.compile(
    rf"[ \n*]*(?:但|而|并|且|其中)?(?:{_WHEN}|整体|较前一日|本季|上周|连续[一二三四五六七八九十两几\d]+[日天周月]|[跌涨降升][幅势])*"
    rf"(?:现?报收?|收报|收[于在高低涨跌]|重返|累计|上涨|下跌|[累微大收暴]?[涨跌]|反弹|回升|飙升|交投于|交投区间为?|收窄至|扩大至|至|为)*(?:[升降涨跌]至)?{_BY}"
)
_TO: Final = re.compile(
    r"[^\d，。；]{0,4}[\d.,]+[ ]?(?:个?基点|点|[%％]|[\u3400-\u9fff]?元)[ ]?(?:至|到|，?报|，收于?)[约近]?"
)
# An index, a fund, a bond, a rate of exchange: the whole phrase names it.
_INSTRUMENT: Final = re.compile(
    r"(?:指数|股指|[沪深恒纳道综成][指]|ETF|ADR|期货(?:合约)?|期指|国债|[美德英日法]债|收益率|板块|基金|兑[\u3400-\u9fff]{2,4}|原油|LPR)$"
)
_SHARE: Final = frozenset("%％")
_POINTS: Final = frozenset("点點")
_LINE: Final = re.compile(r"[^，。；：、！？“”|#\n]+$")
_LEAD: Final = re.compile(
    r".*(?:的(?!士)|(?:概念|龙头|医药|化工|家电|科技|芯片|个|热门|中概|银行|能源|成分|权重)股(?![\u4e00-\u9fff]{0,4}指数)|(?<=[，。；：])板块|方面|今[日天早]|昨[日天]|隔夜|美股|港股(?=[恒国])|A股|截至(?:收盘|发稿)|其中|此外|而|但|早间|晚间|当[日天]|周[一二三四五六日]|[\d年月日时分]{1,9}[年月日时分](?!期)|巨头|公司|[ ])(?=[\u3400-\u9fffA-Za-z])"
)
_NO_NAME: Final = re.compile(
    r"^[\d年月日初末底中上下周季度半]+$|[和与及]|同比|环比|分别|均|都|比|价$|率$|全周|日内|年内|整数|收盘|周内|累计|费|本$|额$|量$|值$|幅$|单日|最高|最多|一路|集体|普遍|双双|较|自|由|从|在|被|把|将|不|使|让|令|其$|[（()）]|可能|预计"
)
_NO_INSTRUMENT: Final = re.compile(
    r"[和]|[股指数]与|同比|环比|分别|比|较|自|从|在|被|把|将|使|让|令|^其|该|[（()）]|可能|预计|的"
)
_REACH, _LONGEST, _LONGEST_INSTRUMENT = 60, 14, 24


def is_instrument(name: str) -> bool:
    """Tell the name of an index, a fund, a bond or a rate of exchange from that of a firm or a thing."""
    return _INSTRUMENT.search(name) is not None


def moves_to(text: str, begin: int, start: int) -> bool:
    """Tell whether a figure is what the one that begins a range leads to: 涨2个基点至 | 4.92%."""
    return begin < start and _TO.fullmatch(text, begin, start) is not None


def moves_again(text: str, begin: int, start: int) -> bool:
    """Tell a clause that says how far something moved, and not what: 本周累计上涨 | 5%."""
    return begin < start and _AGAIN.fullmatch(text, begin, start) is not None


def mover(text: str, mentions: Mentions, start: int, end: int, *, changed: bool = False) -> Subject | None:
    """Return what a share before whose figure a verb of markets stands is of; None where none does or nothing is named.

    `changed` tells that the figure is by how much in points or money.
    """
    last = text[end - 1 : end]
    if last not in _SHARE and last not in _POINTS and not changed:
        return None
    verb = _MOVES if changed or last in _SHARE else _YIELDS if text.endswith("基点", start, end) else _STANDS
    moves = verb.search(text, max(0, start - _REACH), start)
    line = _LINE.search(text, max(0, start - _REACH), moves.start()) if moves else None
    if moves is None or line is None:
        return None
    at, stop = line.start(), moves.start()
    named = mentions.within(at, stop)[-1:]
    lead = _LEAD.match(text, at, stop)
    at = lead.end() if lead else at
    phrase = text[at:stop].strip(" *>").removesuffix("价格")
    instrument = is_instrument(phrase)
    if named and named[0].end == stop and named[0].kind in STRONG and not (instrument and named[0].start > at):
        return as_subject(named[0])
    at = text.index(phrase, at)
    plain = phrase.removesuffix("收益率") or phrase
    if not 2 <= len(phrase) <= (_LONGEST_INSTRUMENT if instrument else _LONGEST) or phrase in NOT_NAMES:
        return None
    if (_NO_INSTRUMENT if instrument else _NO_NAME).search(plain):
        return None
    if not instrument and is_pointing(phrase):
        return None
    if PRONOUN.match(phrase) or len(plain) - len(without_measure(plain)) > 1:
        return None
    return Subject(clean(phrase), "topic", None, at, at + len(phrase))
