"""Figures as articles print them: Arabic, Chinese and mixed numbers, without unit or qualifier."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

# Between the parts of one figure: a blank, Markdown, one or two line breaks (PDF text has them anywhere).
GAP: Final = r"(?:[ \u00a0\u3000]?[*_`]{0,3}[ \u00a0]{0,2}(?:\r?\n[> ]{0,2}){0,2})"
# What a gap that is not empty begins with.
GAP_START: Final = frozenset(" \u00a0\u3000*_`\r\n")
DIGIT: Final = "[0-9０-９]"
NUMERALS: Final = "〇零一二三四五六七八九十百千万萬亿億兆两兩"
SCALES: Final = "百千万萬亿億兆"
# 兆 is 10^12 in Taiwan, but a million before the units that engineers scale with it.
SCALE: Final = r"(?:[十百千]?[万萬亿億]{1,3}|[百千]?兆(?![瓦赫比字位bB]|[带頻频带]宽|流量)|[千](?![瓦兆赫])|[百](?!分))"
MORE: Final = "余餘多"
MORE_CHARS: Final = frozenset(MORE)
VAGUE: Final = "数數几幾"

# A link's address is no text: URLs and the targets of Markdown links.
LINK: Final = re.compile(r"https?[:/][^\s）)】」》\"'<>，。；、]*|www\.[^\s）)】」》\"'<>，。；、]*|\]\([^)\s]*\)?")
_LONGEST: Final = 30
_LARGEST_MANTISSA: Final = 100
_LARGEST_EXPONENT: Final = 250
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WIDE: Final = str.maketrans("０１２３４５６７８９．", "0123456789.", ",，")
_LETTER: Final = {"k": 3, "K": 3, "M": 6, "B": 9, "b": 9, "T": 12, "w": 4, "W": 4}
_WORD: Final = {
    "thousand": 3,
    "million": 6,
    "mn": 6,
    "billion": 9,
    "bn": 9,
    "trillion": 12,
    "tn": 12,
    "hundred": 2,
    "crore": 7,
    "lakh": 5,
}
_POWERS: Final = {"十": 1, "百": 2, "千": 3, "万": 4, "萬": 4, "亿": 8, "億": 8, "兆": 12}
_DIGITS: Final = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两兩贰貳俩", "三叁參仨", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_FORMAL: Final = str.maketrans("拾佰仟", "十百千")

# 2个亿 is two hundred million; 3个亿级项目 are three projects.
_OF_SCALE: Final = "(?=[多余餘]?(?:万亿|萬億|[亿億])(?![级級元]))"
ARABIC: Final = re.compile(
    rf"(?P<number>(?:{DIGIT}{{1,3}}(?:[,，]{DIGIT}{{3}})+(?!{DIGIT})|{DIGIT}+)(?:[.．]{DIGIT}+)?)"
    rf"(?:{GAP}(?:[个個]{_OF_SCALE})?(?P<mid>[{MORE}来來几幾](?=[百千万萬亿億兆]))?(?P<scale>[万萬][{MORE}][亿億]|{SCALE})(?P<tail>(?:{DIGIT}{{1,4}}[千百万萬])?)"
    r"|(?P<letter>[kKMBbT])(?![A-Za-z0-9])(?!/[A-Za-z])|(?P<wan>[wW])(?=\+|[ ]?(?:次|人|用户|粉丝|[sS]tar|星|条|[個个](?!月)|元|块|字|台(?!积)|册|份|篇|下载|访问|阅读|播放|点赞))"
    r"|[ \u00a0-]?\n?(?P<word>(?i:thousand|million|billion|trillion|hundred|crore|lakh|mn|bn|tn))(?![A-Za-z]))?"
)
CHINESE: Final = re.compile(
    rf"(?P<vague>[{VAGUE}])?(?P<number>[{NUMERALS}]+(?:[点點][〇零一二三四五六七八九]+[百千万萬亿億兆]*)?)"
    rf"(?:[个個]{_OF_SCALE}(?P<over>[{MORE}]?)(?P<counted>万亿|萬億|[亿億])|(?P<mid>[{MORE}来來几幾])(?P<scale>[{SCALES}]*))?"
)
POWER_OF_TEN: Final = re.compile(
    rf"(?:(?P<number>{DIGIT}+(?:\.{DIGIT}+)?)[ \u00a0]?[×xX*✕·][ \u00a0]?)?10"
    r"(?:(?:\^\{?|\*\*)(?P<caret>[0-9]{1,3})\}?|(?P<raised>[⁰¹²³⁴-⁹]{1,2})|[ ]?的[ ]?(?P<words>[0-9]{1,3})[ ]?次方"
    r"|(?P<lost>[1-3][0-9])(?![0-9.,，%])(?P<proof>(?=[ \u00a0\n]{0,2}(?:次|个)?(?:浮点|浮點|FLOP|flop)))?)"
    rf"|(?P<mantissa>{DIGIT}+(?:\.{DIGIT}+)?)[eE]\+?(?P<exponent>[0-9]{{1,3}})(?![A-Za-z0-9])"
)
FRACTION: Final = re.compile(
    rf"(?P<base>[百千万萬]|[{NUMERALS}]{{1,4}}|{DIGIT}{{1,4}})分之{GAP}(?P<part>{DIGIT}+(?:[.．]{DIGIT}+)?|[{NUMERALS}]+(?:[点點][〇零一二三四五六七八九]+)?)"
    rf"(?P<mid>[{MORE}几幾])?"
)
SLASHED: Final = re.compile(r"([1-9])/([2-9]|10)(?![\d/.])(?=[ ]?(?![月日号號页頁期])[\u4e00-\u9fff]|$)")


# Soft hyphens, joiners, marks of direction and of byte order; what may stand within a figure beside digits.
_UNSEEN: Final = frozenset("\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_INNER: Final = frozenset(".,．")


class Figure(NamedTuple):
    """One number as printed: decimal text and power of ten of both bounds, how it is meant, where it ends."""

    low: str
    high: str
    exponent: int
    kind: str  # exact, power, pair, more, about
    scale: int  # the part of the exponent that a printed scale gave; a range shares it
    end: int
    mark: str = ""  # the scale letter, or lost, grouped, fraction
    arabic: bool = True

    def shifted(self, scale: int) -> Figure:
        """Return the figure under a scale printed further right."""
        return self._replace(exponent=self.exponent + scale, scale=scale)


def links(text: str) -> list[tuple[int, int]]:
    """Return the spans of link addresses."""
    if "http" not in text and "](" not in text and "www." not in text:
        return []
    return [found.span() for found in LINK.finditer(text)]


def value(digits: str, exponent: int) -> float:
    """Return the nearest float to digits × 10^exponent."""
    return float(f"{digits}e{exponent}")


def is_torn(text: str, start: int, end: int) -> bool:
    """Return whether a character that nobody sees parts text[start:end] from more of the same figure: 1\u200b75亿."""
    before, after = start - 1, end
    while before >= 0 and text[before] in _UNSEEN:
        before -= 1
    while after < len(text) and text[after] in _UNSEEN:
        after += 1
    torn_off = before < start - 1 and before >= 0 and (text[before] in _INNER or text[before].isnumeric())
    return torn_off or (end < after < len(text) and (text[after] in _INNER or text[after].isnumeric()))


def read_figure(text: str, at: int) -> Figure | None:
    """Read the figure that starts at this position."""
    char = text[at : at + 1]
    if "0" <= char <= "9" or "０" <= char <= "９":
        return _arabic(text, at)
    found = FRACTION.match(text, at)
    if found:
        return _fraction(found)
    found = CHINESE.match(text, at)
    return _chinese(found) if found else None


def _arabic(text: str, at: int) -> Figure | None:
    found = ARABIC.match(text, at)
    if found is None:  # pragma: no cover - the caller saw a digit
        return None
    number, mid, scale, tail, letter, wan, word = found.groups()
    if len(number) > _LONGEST:  # an identifier
        return None
    letter = letter or wan
    end = found.end()
    if not (scale or letter or word):
        follower = text[end : end + 1]
        if (follower and follower in "×xX*✕·eE^⁰¹²³⁴⁵⁶⁷⁸⁹的 \u00a0") or number.startswith("10"):
            power = POWER_OF_TEN.match(text, at)
            if power and (figure := _power_of_ten(power)):
                return figure
        if follower == "/" and (slashed := SLASHED.match(text, at)) and int(slashed[1]) < int(slashed[2]):
            share = _share(slashed[1], int(slashed[2]))
            return Figure(share, share, 0, "exact", 0, slashed.end(), "fraction", False)
        if follower == "分" and (fraction := FRACTION.match(text, at)):
            return _fraction(fraction)
    grouped = "," in number or "，" in number
    digits = number.translate(_WIDE) if grouped or not number.isascii() else number
    mark = letter or ("grouped" if grouped else "")
    if scale and scale[1:2] in MORE_CHARS:
        mid, scale = scale[1], scale[0] + scale[2]
    exponent = _scale(scale) if scale else _LETTER[letter] if letter else _WORD[word.lower()] if word else 0
    kind = "exact" if not mid else "more" if mid in MORE else "about"
    if tail:
        return _composite(digits, exponent, tail, end) or Figure(
            digits, digits, exponent, kind, exponent, end - len(tail)
        )
    return Figure(digits, digits, exponent, kind, exponent, end, mark)


def _composite(digits: str, exponent: int, tail: str, end: int) -> Figure | None:
    """Read 1亿2000万: a whole number of 亿 and a smaller part."""
    small = int(tail[:-1]) * 10 ** _POWERS[tail[-1]]
    if "." in digits or small >= 10**exponent:
        return None
    whole = str(int(digits) * 10**exponent + small)
    return Figure(whole, whole, 0, "exact", 0, end)


def _scale(scale: str) -> int:
    return sum(_POWERS[char] for char in scale)


def _power_of_ten(found: re.Match[str]) -> Figure | None:
    group = found.groupdict()
    if int(group["exponent"] or group["caret"] or group["words"] or 0) > _LARGEST_EXPONENT:
        return None
    if group["exponent"]:
        return Figure(group["mantissa"], group["mantissa"], int(group["exponent"]), "exact", 0, found.end(), "e")
    digits = (group["number"] or "1").translate(_WIDE)
    if group["lost"]:
        if group["proof"] is None and (not group["number"] or float(digits) >= _LARGEST_MANTISSA):
            return None  # 1024×1024 is a size
        return Figure(digits, digits, int(group["lost"]), "exact", 0, found.end(), "lost")
    exponent = group["caret"] or group["words"] or group["raised"].translate(_SUPERSCRIPTS)
    return Figure(digits, digits, int(exponent), "exact", 0, found.end(), "^")


def _share(part: str, whole: int) -> str:
    return format(Decimal(repr(float(part) / whole)), "f")


def _fraction(found: re.Match[str]) -> Figure | None:
    base, part, mid = found.groups()
    denominator = _POWERS.get(base) if base in "百千万萬" else None
    low, high = (part.translate(_WIDE),) * 2 if part[0] not in _DIGITS and part[0] not in _POWERS else _bounds(part)
    if low is None or high is None:
        return None
    kind = "more" if mid and mid in MORE else "pair" if low != high else "exact"
    if denominator is not None:
        return Figure(low, high, -denominator, kind, 0, found.end(), "fraction", False)
    below = int(base.translate(_WIDE)) if base[0] not in _DIGITS and base[0] not in _POWERS else chinese_integer(base)
    if not below:
        return None
    return Figure(_share(low, below), _share(high, below), 0, kind, 0, found.end(), "fraction", False)


def _chinese(found: re.Match[str]) -> Figure | None:
    vague, number, over, counted, mid, scale = found.groups()
    mid, number = mid or over, number + (counted or "")
    if len(number) + len(scale or "") > _LONGEST:
        return None
    low, high = _bounds(number)
    if low is None or high is None:
        return None
    exponent, trailing = _scale(scale or ""), _trailing_scale(number)
    if vague:
        return Figure(low, low, exponent, "power", trailing, found.end(), "vague", False) if _is_power(number) else None
    if mid in ("几", "幾"):  # 十几 is 11 to 19
        if not low.endswith("0") or low.endswith("00"):
            return None
        return Figure(low[:-1] + "1", low[:-1] + "9", exponent, "pair", exponent, found.end(), "", False)
    if mid:
        kind = "more" if mid in MORE else "about"
        return Figure(low, high, exponent, kind, exponent or trailing, found.end(), "", False)
    kind = "pair" if low != high else "power" if _is_power(number) and number[0] != "十" else "exact"
    return Figure(low, high, 0, kind, trailing, found.end(), "", False)


def _is_power(number: str) -> bool:
    """Tell 百, 千亿, 万亿: scales alone, which name an order of magnitude."""
    return all(char in _POWERS for char in number)


def _trailing_scale(number: str) -> int:
    kept = number.rstrip("万萬亿億兆")
    return _scale(number[len(kept) :]) if kept else 0


# 两三百万, 七八十, 三五: two neighbouring digits before the same scale are a range.
_PAIR: Final = re.compile(
    r"^(?P<head>.*[十百千万萬亿億兆])?(?P<one>[一二两兩三四五六七八])(?P<two>[两兩二三四五六七八九])(?P<rest>[十百千万萬亿億兆]*)$"
)


def _bounds(number: str) -> tuple[str | None, str | None]:
    pair = _PAIR.match(number)
    if pair:
        head, one, two, rest = pair.groups()
        first, second = _DIGITS[one], _DIGITS[two]
        if second == first + 1 or (first, second) == (3, 5):
            low, high = chinese_integer(f"{head or ''}{one}{rest}"), chinese_integer(f"{head or ''}{two}{rest}")
            return (None, None) if low is None or high is None else (str(low), str(high))
    whole, _, after = number.replace("點", "点").partition("点")
    if after:
        return _decimal(whole, after)
    parsed = chinese_integer(number)
    return (None, None) if parsed is None else (str(parsed), str(parsed))


def _decimal(whole: str, after: str) -> tuple[str | None, str | None]:
    places = after.rstrip(SCALES)
    integer = chinese_integer(whole)
    if integer is None:
        return None, None
    exponent = _scale(after[len(places) :])
    digits = "".join(str(_DIGITS[char]) for char in places)
    point = len(str(integer)) + exponent
    shifted = (str(integer) + digits).ljust(point, "0")
    printed = shifted[:point] + ("." + shifted[point:] if shifted[point:] else "")
    return printed, printed


def chinese_integer(number: str) -> int | None:
    """Return the value of a Chinese integer: 一百二十, 两千五, 百亿, 万亿亿, 二〇二三; None where it is none."""
    number = number.translate(_FORMAL)
    if all(char in _DIGITS for char in number):
        return int("".join(str(_DIGITS[char]) for char in number)) if number else None
    total, section, digit, last = 0, 0, -1, 0
    for char in number:
        if char in _DIGITS:
            if digit > 0 and char not in "零〇":
                return None
            digit = _DIGITS[char] if char not in "零〇" or digit < 0 else digit
            last = 1 if char in "零〇" else last
        elif char in "十百千":
            section += (1 if digit < 0 else digit) * 10 ** _POWERS[char]
            digit, last = -1, 10 ** (_POWERS[char] - 1)
        else:
            power = 10 ** _POWERS[char]
            inside = section + max(digit, 0)
            if total and total < power and inside:  # 一万二千亿
                total = (total + inside) * power
            elif not inside and total:  # 万亿, 万亿亿
                total *= power
            else:
                total += (inside or 1) * power
            section, digit, last = 0, -1, power // 10
    if digit > 0:  # 两千五 is 2,500, 一百零二 is 102
        section += digit * (last if last > 1 else 1)
    return total + section
