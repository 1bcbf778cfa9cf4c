"""What rises or falls on a market by a share or by points or money: 青禾指数涨0.5%, 云帆股份（600001）高开2%, 青禾指数收跌36点."""

import re
from typing import Final

from etl.reader.candidates import Subject, as_subject
from etl.reader.common_words import NOT_NAMES
from etl.reader.mentions import Mentions, clean
from etl.reader.nouns import PRONOUN, STRONG, is_pointing, without_measure

_MOVES: Final = re.compile(
    r"(?:[ \n*]?[（(][^（）()]{1,30}[）)])?[ \n*]*(?:股价|盘[中前后]|早盘|尾盘|午后|一度|曾|也|则|亦|已|均|今日|昨日|本周|本月|周[一二三四五]|当[日天]|随后|直接|最终|再度|再次|再|继续|累计|昨[日天](?:涨停|跌停)后|开盘|盘初|震荡|已经|大幅|小幅|持续|开)*"
    r"(?:(?:高|低)开|收[高低涨跌]|[上大暴飙累齐最]?涨|[下大暴累齐]跌|最深跌|(?<![下大暴累齐])跌|飙升|重挫|下挫|走[高低]|跳水)(?:幅)?(?:了|超过?|逾|近|约|至少|为|达|不足)*[ \n*]*$"
)
# An index stands at so many points: 沪指报2887点.
_STANDS: Final = re.compile(
    r"(?:[ \n?（(][^（）()]{1,30}[）)])?[ \n*]*(?:股价|盘[中前后]|早盘|尾盘|午后|一度|曾|也|则|亦|已|均|最终|开盘|[高低]开)*"
    r"(?:现?报收?|收报|收[于在]|站[上稳]|失守|重返|[涨跌升降]至|逼近|突破|跌破|触及|回落至|于|在)[ \n*]*$"
)
# A yield rises by basis points.
_YIELDS: Final = re.compile(
    r"(?:盘[中初前后]|尾盘|最终|一度|曾|[上日]?内?|美股|最[高深])*(?:上?[升行涨]|下[跌行降]|跌|降|回落|走[高低])(?:了|超过?|逾|近|约|至少|不足)*[ \n*]*$"
)
_SHARE: Final = frozenset("%％")
_POINTS: Final = frozenset("点點")
_LINE: Final = re.compile(r"[^，。；：、！？“”|#\n]+$")
_LEAD: Final = re.compile(
    r".*(?:的(?!士)|(?:概念|龙头|医药|化工|家电|科技|芯片|个|热门|中概|银行|能源|成分|权重)股|板块|方面|今[日天早]|昨[日天]|隔夜|美股|港股(?=[恒国])|A股|截至(?:收盘|发稿)|其中|此外|而|但|早间|晚间|当[日天]|周[一二三四五六日]|[\d年月日时分]{1,9}[年月日时分](?!期)|巨头|公司|[ ])(?=[\u3400-\u9fffA-Za-z])"
)
_NO_NAME: Final = re.compile(
    r"^[\d年月日初末底中上下周季度半]+$|[和与及]|同比|环比|分别|均|都|比|价$|率$|费|本$|额$|量$|值$|幅$|单日|最高|最多|一路|集体|普遍|双双|较|自|由|从|在|被|把|将|不|使|让|令|其$|[（()）]|可能|预计"
)
_REACH, _LONGEST = 60, 14


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
    if named and named[0].end == stop and named[0].kind in STRONG:
        return as_subject(named[0])
    phrase = text[at:stop].strip(" *")
    at = text.index(phrase, at)
    plain = phrase.removesuffix("收益率") or phrase
    if not 2 <= len(phrase) <= _LONGEST or phrase in NOT_NAMES or _NO_NAME.search(plain):
        return None
    if is_pointing(phrase) or PRONOUN.match(phrase) or len(plain) - len(without_measure(plain)) > 1:
        return None
    return Subject(clean(phrase), "topic", None, at, at + len(phrase))
