"""The value of a quantity: bounds, unit and comparator, and the words that open or close a bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from schema.alternatives import begun
from schema.figures import GAP, GAP_START

COMPARATORS: Final = ("eq", "gt", "ge", "lt", "le", "approx", "order_of_magnitude", "range", "sizes")


class QuantityError(ValueError):
    """What is printed is no quantity, or none of an allowed unit."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """Bounds in a unit; None is an open bound, order_of_magnitude is [low, high)."""

    low: float | None
    high: float | None
    unit: str | None
    comparator: str


def bounded(low: float, high: float, unit: str | None, comparator: str) -> Quantity:
    """Return the quantity of these outer bounds, opened or closed by the comparator."""
    if comparator in ("gt", "ge"):
        return Quantity(low, None, unit, comparator)
    if comparator in ("lt", "le"):
        return Quantity(None, high, unit, comparator)
    return Quantity(low, high, unit, comparator)


_BEFORE_WORDS: Final = {
    "gt": "过 過 超过 超過 超出 超越 超 逾 突破 多于 多於 大于 大於 高于 高於 不止 不只 破 冲破 衝破 跨过 远超 > ＞",
    "ge": "至少 不少于 不少於 不低于 不低於 不小于 不得少于 不得低于 不应低于 不应少于 不应小于 不能低于 不能少于 不下 最少 至少需要 至少要 至少涨 至少跌 最低 最低为 最低限额为 起码 站上 站稳 上 ≥ ⩾ >=",
    "lt": "不到 不足 不满 少于 少於 低于 低於 小于 小於 未满 未到 跌破 跌穿 击穿 失守 < ＜",
    "le": "不超 不过 不會超過 不会超过 不会高于 至多 至高 最大 最多 最高 最长 最長 限制在 不超过 不超過 不超出 不高于 不高於 不多于 不大于 不得超过 不得高于 不应超过 不应高于 不应大于 不能超过 不能高于 上限为 上限 多达 ≤ ⩽ <=",
    "approx": "大约 大約 大概 大致 约 約 近 将近 將近 接近 左右 估计约 约合 折合 ~ ～ ≈ ∼",
}
_BEFORE_ENGLISH: Final = {
    "gt": "over|more than|greater than|above|exceeding|exceeds|exceeded|exceed|surpassing|surpasses|surpassed|upwards of|upward of|in excess of|north of",
    "ge": "at least|no less than|no fewer than|not less than|not fewer than|minimum of",
    "lt": "under|below|less than|fewer than",
    "le": "up to|at most|no more than|not more than|not exceeding|not exceed|not to exceed|no greater than|no higher than|as many as|as much as|maximum of",
    "approx": "about|around|approximately|approx\\.|roughly|nearly|almost|some|close to|near|an estimated",
}
_AFTER_WORDS: Final = {
    "gt": "有余 有餘",
    "ge": "上方 及以上 以上 或以上 之上 及其以上 起 或更高 或更多 或更久 或更大",
    "le": "下方 及以下 以下 或以下 以内 以內 之内 之內 或更少 或更低 封顶 为限 为上限",
    "approx": "左右 上下 许 前后",
}
# Before these characters the word is another one: 条约, 最近, 通过, 高超, 线上.
_NOT_AFTER: Final = {
    "约": "节条预制契签特纽违合集简履赴失守相隐邀",
    "約": "節條預制契簽特紐違合集簡",
    "近": "最附邻靠临亲远",
    "超": "高反",
    "破": "突打爆",
    "不过": "只也就还是这那",
    "过": "通经再不难错度渡越路超掠闪跳透胜",
    "過": "通經再不難錯度渡越路超掠閃跳透勝",
    "上": "千以线網网之及身加早晚海地路月周礼期跟赶不看算版桌床市手课以至會会",
    "最高": "",
    "最大": "的",
    "突破": "重大",
}
# Words that may stand between a qualifier and its figure.
_FILLERS: Final = "已经|已經|了|达|達|达到|達到|达成|到|至|为|為|有|占|佔|高达|高達|可达|可|能|将|可以|给予|给|奖励|奖补|补助|补贴|资助|支持|按|按照|等于|等於|相当于|相當於|值|在|一次性|安排|拥有|覆盖|支援|：|:|个人|每年|每家|每个|单个|项目|企业|额度|金额|奖"
_CURRENCY_SIGNS: Final = {
    "US$": "USD", "HK$": "HKD", "NT$": "TWD", "A$": "AUD", "C$": "CAD", "S$": "SGD", "R$": "BRL", "$": "USD", "＄": "USD",
    "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY", "₩": "KRW", "₹": "INR", "₽": "RUB", "USD": "USD", "RMB": "CNY",
    "CNY": "CNY", "EUR": "EUR", "KRW": "KRW", "TWD": "TWD", "SGD": "SGD", "INR": "INR", "CHF": "CHF", "CAD": "CAD", "AUD": "AUD", "AED": "AED",
    "SAR": "SAR", "BRL": "BRL", "Rs.": "INR", "Rs": "INR", "HKD": "HKD", "GBP": "GBP", "JPY": "JPY", "人民币": "CNY", "人民幣": "CNY", "新台幣": "TWD",
    "新臺幣": "TWD", "新台币": "TWD", "台幣": "TWD", "港币": "HKD", "港幣": "HKD",
}  # fmt: skip


def _reversed_words() -> dict[str, str]:
    found = {word[::-1]: comparator for comparator, words in _BEFORE_WORDS.items() for word in words.split()}
    for comparator, words in _BEFORE_ENGLISH.items():
        found |= {word.replace("\\", "")[::-1]: comparator for word in words.split("|")}
    return found


_COMPARATOR_OF: Final = _reversed_words()
_SIGNS_REVERSED: Final = {sign[::-1]: unit for sign, unit in _CURRENCY_SIGNS.items()}
SIGN: Final = "(?:" + "|".join(re.escape(sign) for sign in sorted(_CURRENCY_SIGNS, key=len, reverse=True)) + ")"


def _alternation(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _qualifier_pattern() -> str:
    chinese = []
    for word in _COMPARATOR_OF:
        printed = word[::-1]
        if printed.isascii() and printed[0].isalpha():
            continue
        barred = _NOT_AFTER.get(printed, "")
        chinese.append((word, f"{re.escape(word)}(?![{barred}])" if barred else re.escape(word)))
    chinese.sort(key=lambda pair: -len(pair[0]))
    english = [word for word in _COMPARATOR_OF if word[-1].isascii() and word[-1].isalpha()]
    return "|".join(pattern for _, pattern in chinese) + f"|(?:{_alternation(english)})(?![A-Za-z])"


# A blank may also stand between a sign and its figure; all of this is matched on reversed text.
_GAP_BACK: Final = r"(?:[> ]{0,2}(?:\n\r?){0,2})?[ \u00a0]?[*_`“\"（(]{0,3}[ \u00a0\u3000]?"
_FILL_BACK: Final = [word[::-1] for word in _FILLERS.split("|")]


# What a limit is set to may lead it: 最高不超过, 累计不超过, 总额最高.
_LIMITED_BACK: Final = "|".join(
    word[::-1]
    for word in ["最高", "最多", "最大", "最长", "总额", "總額", "累计", "累計", "合计", "合計", "总计", "原则上"]
)


LOOK_BACK: Final = re.compile(
    rf"(?:{_GAP_BACK}{begun(_SIGNS_REVERSED)}(?P<sign>{_alternation(list(_SIGNS_REVERSED))}))?"
    rf"(?:(?:{_GAP_BACK}{begun(_FILL_BACK)}(?:{_alternation(_FILL_BACK)})){{0,3}}"
    rf"{_GAP_BACK}{begun(_COMPARATOR_OF)}(?i:(?P<word>{_qualifier_pattern()}))(?:{_LIMITED_BACK})?)?"
)
# 不超过总投资的30%, 最高不超过…: a limit that governs its figure across a noun phrase of the same clause.
DISTANT: Final = re.compile(
    r"[^\d，。；、,;！？!?\n：:（）()《》“”]{1,24}?"
    r"(?:(?P<word>过超[应能得]?不|過超不|于高[应能得]?不|于低[应能得]?不|于少[应能得]?不|高最(?![历创达])|到不(?![看想做拿找达得见碰听料])|足不)"
    r"|[可能](?P<may>[多高长長]最))"
)
_DISTANT_OTHER: Final = re.compile(
    r"(?:法|人民|检|院|级|效|层|点|水平|纪录|记录|端|性能|学|价(?!格|不|值)|上?涨|上?升|下?跌|触|报|冲|攀)"
)
# 不到其整体的5%: less than a share of something.
_SHARE_OF: Final = re.compile(r"[^，。；\d\n]{1,16}的[ ]?[\d一二三四五六七八九十百]")
# 最高市值芯片股涨近0.9%: the highest of a kind.
_MOVED: Final = re.compile("[涨跌]")
AFTER: Final = re.compile(
    f"{GAP}(?:[（(]不?含[）)])?(?P<word>{_alternation([word for words in _AFTER_WORDS.values() for word in words.split()])}"
    # 上下文, 起来 and 许可 are words of their own.
    "|or more|or less|or above|or below)(?<!上下(?=[文游班]))(?<!起(?=[来步草]))(?<!许(?=[可多]))"
)
_AFTER_COMPARATOR: Final = {word: comparator for comparator, words in _AFTER_WORDS.items() for word in words.split()} | {
    "or more": "ge", "or above": "ge", "or less": "le", "or below": "le",
}  # fmt: skip
_AFTER_START: Final = GAP_START | {word[0] for word in _AFTER_COMPARATOR} | set("（(")
_LAST_BEFORE: Final = frozenset(
    {word[0] for word in _COMPARATOR_OF}
    | {word[0] for word in _SIGNS_REVERSED}
    | {word[-1] for word in _FILLERS.split("|")}
    | set(' \u00a0\u3000\n*_`“"（(>')
    | {word[0].upper() for word in _COMPARATOR_OF}
)
WINDOW: Final = 30
_QUOTE_MARKS: Final = frozenset(">＞")


class Before(NamedTuple):
    """What stands before a figure: where it begins, the comparator it gives, a currency sign."""

    start: int
    comparator: str = ""
    currency: str = ""
    word: str = ""


def look_back(text: str, at: int) -> Before:
    """Read qualifier and currency sign before the figure at this position."""
    if not at or text[at - 1] not in _LAST_BEFORE:
        return Before(at)
    found = LOOK_BACK.match(text[max(0, at - WINDOW) : at][::-1])
    if found is None or not found.end():
        return Before(at)
    sign, word = found.groups()
    if word in _QUOTE_MARKS and text[at - found.end() - 1 : at - found.end()] in ("", "\n"):
        return Before(at)  # > 8K: at the head of a line it marks a quotation
    return Before(
        at - found.end(),
        _COMPARATOR_OF.get(word, "") or _COMPARATOR_OF[word.lower()] if word else "",
        _SIGNS_REVERSED[sign] if sign else "",
        word[::-1] if word else "",
    )


def look_back_far(text: str, at: int) -> Before:
    """Read a limit (不超过, 不低于, 最高 …) that stands before a noun phrase before the figure."""
    found = DISTANT.match(text[max(0, at - WINDOW - 10) : at][::-1])
    if found is None:
        return Before(at)
    start = at - found.end()
    word = (found["word"] or found["may"])[::-1]
    if word in ("不到", "不足") and not _SHARE_OF.match(text, start + len(word)):
        return Before(at)
    if (
        word == "最高"
        and not found["may"]
        and (_DISTANT_OTHER.match(text, start + len(word)) or _MOVED.search(text, start, at))
    ):
        return Before(at)
    return Before(start, _COMPARATOR_OF[word[::-1]], "", word)


def look_after(text: str, at: int) -> tuple[str, int]:
    """Return the comparator of the words after a figure (以上, 左右 …) and where they end."""
    found = AFTER.match(text, at) if text[at : at + 1] in _AFTER_START else None
    return (_AFTER_COMPARATOR[found["word"].lower()], found.end()) if found else ("", at)


_FLIPPED: Final = {"gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def fallen(quantity: Quantity) -> Quantity:
    """Return a fall as negative growth: bounds change sides and signs."""
    low = None if quantity.high is None else -abs(quantity.high)
    high = None if quantity.low is None else -abs(quantity.low)
    return Quantity(low, high, quantity.unit, _FLIPPED.get(quantity.comparator, quantity.comparator))
