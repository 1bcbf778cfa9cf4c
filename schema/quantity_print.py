"""Quantities printed for people: in words, and in a compact form that reads back to the same value."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from schema.bounds import Quantity
from schema.units import plural_words

_ZH_SCALES: Final = ((12, "万亿"), (8, "亿"), (4, "万"))
_EN_SCALES: Final = ((12, " trillion"), (9, " billion"), (6, " million"))
_PREFIXES: Final = ((18, "E"), (15, "P"), (12, "T"), (9, "G"), (6, "M"), (3, "k"))
_SYMBOLS: Final = {"byte": "B", "FLOP/s": "FLOPS", "watt": "W", "watt_hour": "Wh"}
_BEFORE: Final = {
    "zh": {"gt": "超", "ge": "至少", "lt": "不到", "le": "至多", "approx": "约"},
    "en": {"gt": "over ", "ge": "at least ", "lt": "under ", "le": "at most ", "approx": "about "},
}
_IN_WORDS: Final = {
    "gt": "more than {low}", "ge": "at least {low}", "lt": "less than {high}", "le": "at most {high}",
    "approx": "about {low}", "eq": "{low}", "range": "from {low} to {high}", "sizes": "sizes from {low} to {high}",
}  # fmt: skip
_IN_WORDS_ZH: Final = {
    "gt": "多于{low}", "ge": "至少{low}", "lt": "少于{high}", "le": "至多{high}", "approx": "约{low}", "eq": "{low}",
    "range": "{low}至{high}", "sizes": "规格从{low}到{high}",
}  # fmt: skip
_VAGUE: Final = {1: "tens", 2: "hundreds", 3: "thousands", 6: "millions", 9: "billions", 12: "trillions"}
_LABELS_ZH: Final = {
    "parameter": "参数", "ratio": "倍", "person": "人", "CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元",
    "KRW": "韩元", "GBP": "英镑", "TWD": "新台币", "year": "年", "month": "个月", "week": "周", "day": "天", "hour": "小时",
    "minute": "分钟", "second": "秒", "working_day": "个工作日", "company": "家公司", "model": "个模型", "question": "个问题",
    "image": "张图片", "image_text_pair": "个图像文本对", "protein_structure": "个蛋白质结构",
    "accelerator": "卡", "organization": "家机构", "point": "分", "rack": "标准机架", "document": "篇文献", "patent": "件专利",
    "robot": "台机器人", "language": "种语言", "character": "字", "FLOP": "次浮点运算", "byte": "字节",
}  # fmt: skip
_SYMBOL_RANGE: Final = {"byte": (3, 21), "FLOP/s": (9, 21), "watt": (3, 15), "watt_hour": (3, 15)}


def describe(quantity: Quantity, language: str = "en") -> str:
    """Return the normalised value in words: 百亿 is "from 10^10 to below 10^11"."""
    unit = _unit_words(quantity.unit, language)
    if quantity.comparator == "order_of_magnitude":
        low, high = (_plain(bound) for bound in (quantity.low, quantity.high))
        words = f"{low}至{high}以下" if language == "zh" else f"from {low} to below {high}"
    else:
        template = (_IN_WORDS_ZH if language == "zh" else _IN_WORDS)[quantity.comparator]
        words = template.format(low=_plain(quantity.low), high=_plain(quantity.high))
    return words + unit


def format_quantity(quantity: Quantity, language: str = "en") -> str:
    """Return the compact printed form, which the grammar reads back to the same quantity."""
    low, high, comparator = quantity.low, quantity.high, quantity.comparator
    if comparator == "order_of_magnitude" and low is not None:
        return _magnitude(low, quantity.unit, language)
    if comparator in ("range", "sizes") and low is not None and high is not None:
        return _range(low, high, quantity.unit, language, sizes=comparator == "sizes")
    bound = low if low is not None else high
    return _BEFORE[language].get(comparator, "") + _amount(bound or 0.0, quantity.unit, language)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _text(number: Decimal) -> str:
    return format(number.normalize(), "f")


def _unit_words(unit: str | None, language: str) -> str:
    if unit is None:
        return ""
    if language == "zh":
        return _LABELS_ZH.get(unit, "" if unit == "fraction" else f" {unit}")
    return " " + plural_words(unit) if unit != "fraction" else ""


def _plain(value: float | None) -> str:
    """Return a number in full; a power of ten from 10^6 up as 10^n."""
    if value is None:
        return "?"
    number = _decimal(value).normalize()
    if number.as_tuple().digits == (1,) and number >= 1_000_000:
        return f"10^{number.adjusted()}"
    if abs(number.adjusted()) >= 16:
        return format(number, "E").replace("E+", "e")
    return format(number, ",f")


def _amount(value: float, unit: str | None, language: str) -> str:
    """Return one figure with its unit."""
    number = _decimal(value)
    if unit == "fraction":
        return f"{_text(number * 100)}%"
    least, most = _SYMBOL_RANGE.get(unit or "", (0, 0))
    if unit and most and least <= number.adjusted() < most and number > 0:
        exponent, prefix = next(scale for scale in _PREFIXES if number >= Decimal(10) ** scale[0])
        return f"{_text(number.scaleb(-exponent))}{_prefixed(prefix, unit)}"
    if abs(number) >= Decimal("1e17"):
        return f"{_scientific(number)}{_label(unit, language)}"
    if unit == "FLOP" and 1000 <= number < 10_000:  # 1023 would read as 10^23 that lost its superscript
        return f"{number.normalize():,f}{_label(unit, language)}"
    return f"{_scaled(number, language)}{_label(unit, language)}"


def _prefixed(prefix: str, unit: str) -> str:
    if unit == "byte":
        return prefix.replace("k", "K") + "B"
    if unit == "FLOP/s":
        return prefix.replace("k", "K") + "FLOPS"
    return prefix + _SYMBOLS[unit]


def _scientific(number: Decimal) -> str:
    return f"{_text(number.scaleb(-number.adjusted()))}×10^{number.adjusted()}"


def _scaled(number: Decimal, language: str) -> str:
    for exponent, word in _ZH_SCALES if language == "zh" else _EN_SCALES:
        if abs(number) >= Decimal(10) ** exponent:
            return f"{_text(number.scaleb(-exponent))}{' ' if language == 'zh' else ''}{word}"
    return _text(number) if language == "zh" or abs(number) < 10_000 or number % 1 else f"{int(number):,}"


def _label(unit: str | None, language: str) -> str:
    if unit is None or unit == "fraction":
        return ""
    if language == "zh" and unit in _LABELS_ZH:
        return _LABELS_ZH[unit]
    return " " + (plural_words(unit) if language == "en" else unit)


def _range(low: float, high: float, unit: str | None, language: str, *, sizes: bool) -> str:
    if sizes:
        return "-".join(f"{_text(_decimal(bound).scaleb(-9))}B" for bound in (low, high))
    joint = " 至 " if language == "zh" else " to "
    return joint.join(_amount(bound, unit, language) for bound in (low, high))


def _magnitude(low: float, unit: str | None, language: str) -> str:
    exponent = _decimal(low).adjusted()
    if language == "zh":
        return _zh_magnitude(exponent) + _label(unit, "zh").removeprefix("个" if unit is None else "")
    label = _label(unit, "en").strip()
    word = next(power for power in sorted(_VAGUE, reverse=True) if power <= exponent) if exponent else 0
    rest = exponent - word
    if not exponent or rest > 2 or unit == "fraction":
        return f"{_text(_decimal(low))} order of magnitude {label}".strip()
    words = _VAGUE[word] if not rest else f"{_VAGUE[rest]} of {_VAGUE[word]}"
    return f"{words} of {label}" if label else words


def _zh_magnitude(exponent: int) -> str:
    """Return 百亿级 and its like."""
    whole, rest = next(((word, exponent - power) for power, word in _ZH_SCALES if exponent >= power), ("", exponent))
    head = {0: "", 1: "十", 2: "百", 3: "千"}.get(rest)
    if head is None or not (head + whole):
        return f"10^{exponent} 量级"
    return f"数{head}{whole}" if not whole or rest == 1 else f"{head}{whole}级"
