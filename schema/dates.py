"""Dates and periods as articles print them: absolute, partial, relative to the document's date."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from schema.durations import DurationError, parse_duration
from schema.figures import GAP, chinese_integer, is_torn, links

__all__ = [
    "DateError",
    "DateMatch",
    "DateValue",
    "DurationError",
    "PartialDate",
    "parse_date",
    "parse_duration",
    "scan_dates",
    "sort_date",
]

_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = re.compile(r"(?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?|--(\d{2})(?:-(\d{2}))?|---(\d{2}))")


class DateError(ValueError):
    """What is printed is no date."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as precise as its source: 2023, 2023-08, 2023-08-31, --08-31 without a year."""

    iso: str

    def __post_init__(self) -> None:
        """Refuse what is no date."""
        found = _ISO.fullmatch(self.iso)
        year, month, day, late_month, late_day, only_day = found.groups() if found else (None,) * 6
        month, day = month or late_month, day or late_day or only_day
        limit = _days(int(year or 2024) or 2024, int(month)) if month and 1 <= int(month) <= 12 else 31
        if found is None or (month and not 1 <= int(month) <= 12) or (day and not 1 <= int(day) <= limit):
            raise DateError(f"{self.iso!r} is no date; write 2023, 2023-08, 2023-08-31 or --08-31")

    @classmethod
    def of(cls, year: int | None, month: int | None = None, day: int | None = None) -> PartialDate:
        """Return the date of these parts; a missing year is left open."""
        if year is None:
            head = "--" if month else "---"
            return cls(head + "-".join(f"{part:02d}" for part in (month, day) if part))
        return cls("-".join([f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part)]))

    @property
    def parts(self) -> tuple[int | None, int | None, int | None]:
        """Return year, month and day, None where open."""
        return _parts(self.iso)

    def __str__(self) -> str:
        return self.iso


def _days(year: int, month: int) -> int:
    """Return how many days a month has."""
    return 29 if month == 2 and calendar.isleap(year) else _DAYS[month - 1]


def _parts(iso: str) -> tuple[int | None, int | None, int | None]:
    found = _ISO.fullmatch(iso)
    year, month, day, late_month, late_day, only_day = found.groups() if found else (None,) * 6
    month, day = month or late_month, day or late_day or only_day
    return int(year) if year else None, int(month) if month else None, int(day) if day else None


@dataclass(frozen=True, slots=True)
class DateValue:
    """A read date: its partial ISO form, how precise it is, where its year comes from, and its period."""

    date: str
    precision: str  # day, month, quarter, half, year, period
    basis: str = "printed"  # printed, document_date, context
    period_start: str | None = None
    period_end: str | None = None
    part: str | None = None  # early, mid, late


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: text[start:end]."""

    start: int
    end: int
    value: DateValue


def sort_date(iso: str) -> str:
    """Return a text that sorts dates by their earliest day; a missing year sorts last."""
    year, month, day = PartialDate(iso).parts
    return f"{'9999' if year is None else format(year, '04d')}-{month or 1:02d}-{day or 1:02d}"


class _Context(NamedTuple):
    """What relative dates resolve against: the document's day and the last date read before."""

    document: tuple[int | None, int | None, int | None] = (None, None, None)
    last: tuple[int | None, int | None, int | None] = (None, None, None)
    year: int | None = None  # the year printed just before, which months without one share
    year_at: int = 0
    whole: bool = False


class _Read(NamedTuple):
    """One end of a date expression."""

    year: int | None
    month: int | None
    day: int | None
    basis: str
    end: int
    span: tuple[int, int] = (0, 0)  # months of a quarter or half year
    precision: str = ""
    part: str | None = None


_YEAR_REACH = 200
_HEAD = re.compile(r"[#>* \t]*")
_HEAD_END = re.compile(r"[ \t*]*(?:[（(]?(?:周|星期)[一二三四五六日天][）)]?)?[^，。；\n]{0,8}")
# Days before the document's own that are of its year, whatever year was read before.
_OF_LATE = 2
_PARAGRAPH = re.compile(r"[。！？.!?”|]\s*\n|[_*）)]\s*\n\s*\n")
_YEAR_LEADS = frozenset("从自在到至于截'’")
_NUMERAL = "[〇零一二三四五六七八九十廿]"
_D = "[0-9０-９]"
_G = GAP
_YEAR_WORDS: Final = {
    "今年": 0,
    "本年": 0,
    "去年": -1,
    "上年": -1,
    "前年": -2,
    "明年": 1,
    "来年": 1,
    "後年": 2,
    "后年": 2,
}
_CONTEXT_YEARS: Final = {"同年": 0, "当年": 0, "當年": 0, "次年": 1, "翌年": 1}
_MONTH_WORDS: Final = {
    "本月": 0,
    "这个月": 0,
    "這個月": 0,
    "当月": 0,
    "當月": 0,
    "上月": -1,
    "上个月": -1,
    "上個月": -1,
    "下月": 1,
    "下个月": 1,
    "下個月": 1,
}
_DAY_WORDS: Final = {
    "今日": 0, "今天": 0, "昨日": -1, "昨天": -1, "今晨": 0, "今早": 0, "昨晚": -1, "前天": -2, "前日": -2, "明日": 1, "明天": 1, "后天": 2, "後天": 2,
}  # fmt: skip
_PARTS: Final = {"初": "early", "上旬": "early", "中旬": "mid", "中": "mid", "下旬": "late", "底": "late", "末": "late"}
_MONTHS_EN = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_EN = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_WEEKDAYS = {char: index for index, chars in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for char in chars}

_CHINESE = re.compile(
    rf"(?:(?P<year>{_D}{{4}}|[〇零一二三四五六七八九]{{4}}|(?<![0-9０-９.]){_D}{{2}}(?={_G}年)){_G}年(?:度|份)?(?!代|来|以来|前|后|後|间|間|期|龄)"
    rf"|(?P<word>{'|'.join(_YEAR_WORDS)}|{'|'.join(_CONTEXT_YEARS)})(?!龄|轻))?"
    rf"(?P<gap>{_G}[，,的]?{_G})"
    rf"(?:(?:(?P<month>{_D}{{1,2}}|{_NUMERAL}{{1,2}}){_G}月(?:份)?(?![球亮均度嫂]|活(?!动)|收(?![购到录集获官])|之暗)|(?P<monthword>{'|'.join(_MONTH_WORDS)}|同月))"
    rf"(?:{_G}(?P<day>{_D}{{1,2}}|{_NUMERAL}{{1,3}}){_G}[日号號](?!元|本))?"
    rf"|第?(?P<quarter>[1-4一二三四]){_G}(?:季度|季(?!节))|[Qq](?P<q>[1-4])|(?P<half>上半年|下半年)|(?P<turn>年(?=[初底末中]))|前(?P<first>[二两三])(?:个)?季度)?"
    rf"(?:{_G}年?(?P<part>上旬|中旬|下旬|初(?!始|步|创|期|心)|底(?!层|座|部|气)|末(?!端)|中(?=[，,。；、]|$)))?"
)
_DAY_ONLY = re.compile(rf"(?P<day>{_D}{{1,2}}){_G}[日号號](?!元|本|楼|线|内|之内|以内|文|令|院|馆|店|台|机|宫)")
_DAY_WORD = re.compile(
    rf"(?P<word>{'|'.join(_DAY_WORDS)}|当日|当天|當日|當天|同日|同一天)(?!头条|頭條|资本|說法|说法|美术)"
)
_WEEKDAY = re.compile(r"(?P<lead>本|这|上|下)?(?:周|週|星期|礼拜)(?P<day>[一二三四五六日天])(?!边|刊|报|到|至)")
_DAY_BEFORE = re.compile(r"[日号號][ ]?[（(]$")
_WEEK = re.compile(r"(?P<lead>本|这|這|上|下)(?:周|週|星期)(?![一二三四五六日天末边邊刊报報期年])")
_NUMERIC = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<sep>[-/.])(?P<month>\d{1,2})(?:(?P=sep)(?P<day>\d{1,2}))?(?![\d.]|[-/]\d|[年%])"
)
_ENGLISH = re.compile(
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<month>{_EN})(?![a-z])(?:\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:%]))?(?:,?\s(?P<year>(?:19|20)\d\d))?"
)
# A month alone is one where a preposition leads to it: in May, since late March.
_MONTH_TOLD = re.compile(
    r"(?<![A-Za-z])(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ll]ast|[Tt]his)[ \n](?:(?:early|late|mid)[ -])?$"
)
_QUARTER_EN = re.compile(
    r"(?:(?P<y1>(?:19|20)\d\d)\s?(?:年)?\s?(?P<k1>[QH])(?P<n1>[1-4])|(?P<k2>[QH])(?P<n2>[1-4])\s?(?P<y2>(?:19|20)\d\d))(?![A-Za-z0-9])"
)
_RANGE = re.compile(rf"{_G}(?:至|到|—{{1,2}}|-|–|－|~|～|to){_G}")
_BARE_FIRST = re.compile(
    rf"(?P<one>{_D}{{4}}|{_D}{{1,2}}){_G}(?:至|到|—{{1,2}}|-|–|－|~|～){_G}(?=(?P<two>{_D}{{4}}|{_D}{{1,2}}){_G}(?P<unit>年|月|日|号|季度))"
)
# PDF captions print a token twice (1515 日日) or each character (1155 日日).
_TWICE = r"(?:(?P<{0}>\d{{1,2}})(?P={0})|(?P<{0}a>\d)(?P={0}a)(?P<{0}b>\d)(?P={0}b))"
_DOUBLED = re.compile(
    rf"(?:(?P<year>\d{{4}})(?P=year)\s*年年\s*)?{_TWICE.format('month')}\s*月月(?:\s*{_TWICE.format('day')}\s*日日)?"
)
# What follows the first digit of a date: at most seven more, then a unit, a dash, an English month, or a year's stroke or dot.
_DIGITS_GO_ON = r"\d{0,7}(?:[\s*_`>]*[年月季日号號至到—–－~～QH-]|(?:st|nd|rd|th)?\s(?:of\s)?[JFMASOND])|[09]\d\d[/.]"
_TRIGGER = re.compile(
    r"[0-9０-９今本去上前明来後后同当當次翌下昨周週星礼这年一二三四五六七八九十〇零第QHJFMASOND]"
    rf"(?:(?<=[0-9０-９])(?<![0-9０-９]{{2}})(?={_DIGITS_GO_ON})|(?<=昨)|(?<=今)(?=[晨早])|(?=[年月日天个個半周週星一两三初底末二四五六期拜1-4季〇零七八九十aepuco])"
    r"(?:(?<=[今本去明来後后同当當次翌前上])(?=[年月日天个個半周週星一]|两|三季)|(?<=年)[初底末]|(?<=[下上这])(?=[半月周週星个個])"
    r"|(?<=[周週])[一二三四五六日]|(?<=[星礼])[期拜]|(?<=前)(?=[二两三])|(?<=第)(?=[一二三四1-4]季)"
    r"|(?<=[一二三四五六七八九十〇零])(?=[月季〇零一二三四五六七八九十])|(?<=[QH])(?=[1-4])"
    r"|(?<=J)(?=an|u[nl])|(?<=F)(?=eb)|(?<=M)(?=a[ry])|(?<=A)(?=pr|ug)|(?<=S)(?=ep)|(?<=O)(?=ct)|(?<=N)(?=ov)|(?<=D)(?=ec)))"
)


_WEEKDAY_LEADS = re.compile(r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? (?=[A-Z0-9])")
# In a column of dates: 23.11.30.
_SHORT = re.compile(r"([12]\d)\.(0?[1-9]|1[0-2])\.(0?[1-9]|[12]\d|3[01])")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})\2((?:19|20)\d\d)")
_SPACED = re.compile(r"((?:19|20)\d\d)\s?([-./])\s?(\d{1,2})\s?\2\s?(\d{1,2})")


# By itself, as a cell of a table, a year with a month; in running text it is a decimal.
_DOTTED = re.compile(r"((?:19|20)\d\d)\.(0?[1-9]|1[0-2])")


def _unambiguous(text: str) -> str:
    """Put a date of other forms into the common one: Tue March 11 2025, 2022- 08- 31, 2024.9, 7/18/2023, not 4/5/2025."""
    text = _WEEKDAY_LEADS.sub("", text, count=1) if _WEEKDAY_LEADS.match(text) else text
    if spaced := _SPACED.fullmatch(text):
        return "-".join((spaced[1], spaced[3], spaced[4]))
    if dotted := _DOTTED.fullmatch(text):
        return f"{dotted[1]}-{int(dotted[2]):02}"
    if short := _SHORT.fullmatch(text):
        return f"20{short[1]}-{int(short[2]):02}-{int(short[3]):02}"
    if slashed := _SLASHED.fullmatch(text):
        first, second = int(slashed[1]), int(slashed[3])
        month, day = (first, second) if second > 12 >= first else (second, first)
        if day > 12 >= month or first == second:
            return f"{slashed[4]}-{month:02}-{day:02}"
    return text


def parse_date(printed: str, *, document_date: str | None = None) -> DateValue:
    """Read a whole string as one date or period, relative ones against the document's date."""
    text = _unambiguous(printed.strip())
    found = _expression(text, 0, _Context(_day_of(document_date), whole=True))
    if found is None or found.end != len(text):
        raise DateError(f"{printed!r} is no date; write it as 2023年8月31日, 8 月 31 日, 2023-08-31 or March 3, 2026")
    return found.value


def scan_dates(text: str, document_date: str | None = None) -> Iterator[DateMatch]:
    """Find every date of a running text, in order; 近日 and 日前 are none."""
    context = _Context(_day_of(document_date))
    addresses = links(text)
    place = link = 0
    while trigger := _TRIGGER.search(text, place):
        at = trigger.start()
        while link < len(addresses) and addresses[link][1] <= at:
            link += 1
        if link < len(addresses) and addresses[link][0] <= at:
            place = addresses[link][1]
            continue
        context = _faded(context, text, at)
        found = None if _inside_word(text, at) else _expression(text, at, context)
        if found is None:
            place = _past(text, at)
            continue
        yield found
        context = _follow(context, found)
        if _heads(text, found, context):
            context = context._replace(document=_parts(found.value.date), year=None)
        place = max(found.end, at + 1)


def _heads(text: str, found: DateMatch, context: _Context) -> bool:
    """Tell whether a day stands alone on its line above what befell on it: 昨晚 below it is of the day before it."""
    if found.value.precision != "day" or found.value.basis != "printed":
        return False
    year, month, _ = _parts(found.value.date)
    if year is None or month is None or context.document[0] is None:
        return False
    near = abs(year * 12 + month - context.document[0] * 12 - (context.document[1] or month)) <= 1
    begin = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    return (
        near
        and end > 0
        and _HEAD.fullmatch(text, begin, found.start) is not None
        and _HEAD_END.fullmatch(text, found.end, end) is not None
    )


def _faded(context: _Context, text: str, at: int) -> _Context:
    """Forget the printed year after a paragraph, or far from it."""
    if context.year is None:
        return context
    far = at - context.year_at > _YEAR_REACH or _PARAGRAPH.search(text, context.year_at, at)
    return context._replace(year=None) if far else context


def _past(text: str, at: int) -> int:
    """Return where to go on after no date: past the whole run of digits."""
    at += 1
    while at < len(text) and text[at].isdigit() and text[at - 1].isdigit():
        at += 1
    return at


def _inside_word(text: str, at: int) -> bool:
    if is_torn(text, at, at + 1):
        return True
    if not at:
        return False
    before = text[at - 1]
    if text[at].isdigit():
        return (before.isascii() and (before.isalnum() or before in "_.")) or before == "第"
    return text[at].isascii() and before.isascii() and before.isalnum()


def _day_of(document_date: str | None) -> tuple[int | None, int | None, int | None]:
    return PartialDate(document_date).parts if document_date else (None, None, None)


def _follow(context: _Context, match: DateMatch) -> _Context:
    """Remember a date as context for 同年, 当日 and months without a year; a future year is a plan and gives none."""
    year, month, day = _parts(match.value.date)
    if year is None or (context.document[0] is not None and year > context.document[0]):
        return context
    context = context._replace(last=(year, month, day))
    basis = match.value.basis
    if basis == "document_date":
        return context._replace(year=None)
    return context._replace(year=year, year_at=match.end) if basis == "printed" else context


def _expression(text: str, at: int, context: _Context) -> DateMatch | None:
    """Read a date or a range of dates at this position."""
    if text[at : at + 2].isdecimal() and (doubled := _doubled(text, at, context)):
        return doubled
    first = _one(text, at, context)
    ranged = _bare_first(text, at, context) if first is None or not first.precision else None
    if ranged:
        return DateMatch(at, ranged[1], ranged[0])
    if first is None:
        return None
    second = _second(text, first, context)
    if second:
        return DateMatch(at, second.end, _period(first, second))
    return DateMatch(at, first.end, _value(first))


def _doubled(text: str, at: int, context: _Context) -> DateMatch | None:
    found = _DOUBLED.match(text, at)
    if found is None:
        return None
    group = found.groupdict()
    month, day = (
        int(group[name] or (group[f"{name}a"] or "0") + (group[f"{name}b"] or "")) or None for name in ("month", "day")
    )
    year, basis = (int(group["year"]), "printed") if group["year"] else _year_for(context, month, day)
    if not _valid(year, month, day):
        return None
    return DateMatch(
        at, found.end(), _value(_Read(year, month, day, basis, found.end(), precision="day" if day else "month"))
    )


def _valid(year: int | None, month: int | None, day: int | None) -> bool:
    if month is not None and not 1 <= month <= 12:
        return False
    limit = _days(year or 2024, month) if month else 31
    return (day is None or 1 <= day <= limit) and (year is None or 1 <= year <= 9999)


def _one(text: str, at: int, context: _Context) -> _Read | None:
    """Read one date, without a range."""
    char = text[at : at + 1]
    for reader in _READERS.get("0" if char.isdecimal() and char not in _READERS else char, (_chinese,)):
        read = reader(text, at, context)
        if read is not None:
            return read if _valid(read.year, read.month, read.day) else None
    if context.whole and re.fullmatch(r"(?:19|20)\d\d", text[at : at + 4]):
        return _Read(int(text[at : at + 4]), None, None, "printed", at + 4, precision="year")
    return None


def _int(printed: str) -> int:
    return int(printed) if printed[0].isdigit() else chinese_integer(printed.replace("廿", "二十")) or 0


def _year_for(context: _Context, month: int | None, day: int | None) -> tuple[int | None, str]:
    """Return the year of a month printed without one: the year read just before, else by the document's date.

    The document's own day, and the two before it, are of its year, whatever year was read before.
    """
    year, this_month, this_day = context.document
    of_late = day is not None and this_day is not None and month == this_month and 0 <= this_day - day <= _OF_LATE
    if context.year is not None and not of_late:
        return context.year, "context"
    if year is None:
        return None, "printed"
    if month is not None and this_month is not None and month > this_month + 6:
        year -= 1  # 12月 in a text of January is the December before
    if (month, day) == (2, 29):
        year -= year % 4  # the leap day that was last
    return year, "document_date"


def _chinese(text: str, at: int, context: _Context) -> _Read | None:
    found = _CHINESE.match(text, at)
    if found is None or found.end() == at:
        return None
    group = found.groupdict()
    bare = not any(group[name] for name in ("month", "monthword", "quarter", "q", "half", "first", "part", "turn"))
    end = found.end() if not bare else found.start("gap")
    if not (group["year"] or group["word"]) and (
        bare
        or group["gap"]
        or not any(group[n] for n in ("month", "monthword", "quarter", "half", "first", "q", "turn"))
    ):
        return None
    if group["q"] and not (group["year"] or group["word"]):
        return None
    if (
        group["year"]
        and len(group["year"]) == 2
        and not context.whole
        and bare
        and text[at - 1 : at] not in _YEAR_LEADS
    ):
        return None  # 56年 is a duration unless 到, 从 and their like lead it
    return _assemble(group, end, context)


def _assemble(group: dict[str, str | None], end: int, context: _Context) -> _Read | None:
    month = _int(group["month"]) if group["month"] else None
    year, basis = _year_of(group, context, month)
    if group["monthword"]:
        moved = _moved_month(group["monthword"], context)
        if moved is None:
            return None
        (year, month), basis = moved, "context" if group["monthword"] == "同月" else "document_date"
    if (group["word"] or group["turn"]) and year is None:
        return None
    day = _int(group["day"]) if group["day"] else None
    part = _PARTS[group["part"]] if group["part"] else None
    span, precision = _span(group)
    if not precision:
        precision = "day" if day else "month" if month else "year"
    return _Read(year, month, day, basis, end, span, precision, part)


def _year_of(group: dict[str, str | None], context: _Context, month: int | None) -> tuple[int | None, str]:
    printed, word = group["year"], group["word"]
    if printed:
        year = int(printed) if printed[0].isdigit() else _int(printed)
        return (2000 + year if year < 50 else 1900 + year) if len(printed) == 2 else year, "printed"
    if word in _YEAR_WORDS:
        base = context.document[0]
        return (None if base is None else base + _YEAR_WORDS[word]), "document_date"
    if word in _CONTEXT_YEARS:
        base, basis = (
            (context.last[0], "context") if context.last[0] is not None else (context.document[0], "document_date")
        )
        return (None if base is None else base + _CONTEXT_YEARS[word]), basis
    day = group.get("day")
    return _year_for(context, month, _int(day) if day else None)


def _moved_month(word: str, context: _Context) -> tuple[int, int] | None:
    year, month, _ = context.last if word == "同月" else context.document
    if year is None or month is None:
        return None
    months = year * 12 + month - 1 + _MONTH_WORDS.get(word, 0)
    return months // 12, months % 12 + 1


def _span(group: dict[str, str | None]) -> tuple[tuple[int, int], str]:
    quarter = group["quarter"] or group["q"]
    if quarter:
        number = _int(quarter)
        return (number * 3 - 2, number * 3), "quarter"
    if group["half"]:
        return ((1, 6) if group["half"][0] == "上" else (7, 12)), "half"
    if group["first"]:
        return (1, 3 * (_int(group["first"]))), "period"
    return (0, 0), ""


def _numeric(text: str, at: int, context: _Context) -> _Read | None:
    found = _NUMERIC.match(text, at)
    if found is None:
        return None
    day = int(found["day"]) if found["day"] else None
    if day is None and found["sep"] == ".":  # 2023.8 may be any number
        return None
    return _Read(
        int(found["year"]), int(found["month"]), day, "printed", found.end(), precision="day" if day else "month"
    )


def _quarter_en(text: str, at: int, context: _Context) -> _Read | None:
    found = _QUARTER_EN.match(text, at)
    if found is None:
        return None
    kind, number, year = found["k1"] or found["k2"], int(found["n1"] or found["n2"]), int(found["y1"] or found["y2"])
    if kind == "H" and number > 2:
        return None
    size = 3 if kind == "Q" else 6
    span = (number * size - size + 1, number * size)
    return _Read(year, None, None, "printed", found.end(), span, "quarter" if kind == "Q" else "half")


def _english(text: str, at: int, context: _Context) -> _Read | None:
    found = _ENGLISH.match(text, at)
    if found is None or not (
        found["year"] or found["d1"] or found["d2"] or _MONTH_TOLD.search(text, max(0, at - 14), at)
    ):
        return None
    month = _MONTHS_EN.index(found["month"][:3].lower()) + 1
    day = int(found["d1"] or found["d2"]) if found["d1"] or found["d2"] else None
    year, basis = (int(found["year"]), "printed") if found["year"] else _year_for(context, month, day)
    if year and day is None and year == context.document[0] and month > (context.document[1] or 12):
        year -= 1  # what was done in October is told in June of the October before
    return _Read(year, month, day, basis, found.end(), precision="day" if day else "month")


def _weekday(text: str, at: int, context: _Context) -> _Read | None:
    found = _WEEKDAY.match(text, at)
    if found is None or None in context.document:
        return None
    if _DAY_BEFORE.search(text, max(0, at - 4), at):
        return None  # 7月13日（周六）: of the day before it
    year, month, day = context.document
    today = datetime.date(year or 1, month or 1, day or 1)
    distance = _WEEKDAYS[found["day"]] - today.weekday()
    weeks = {"上": -7, "下": 7}.get(found["lead"], 0)
    if not found["lead"] and distance > 0:
        weeks = -7  # 周四 in a text of Tuesday is the Thursday before
    when = today + datetime.timedelta(days=distance + weeks)
    return _Read(when.year, when.month, when.day, "document_date", found.end(), precision="day")


def _week(text: str, at: int, context: _Context) -> _Read | None:
    """Read 上周 as its month, where all of that week lies in one."""
    found = _WEEK.match(text, at)
    if found is None or None in context.document:
        return None
    year, month, day = context.document
    today = datetime.date(year or 1, month or 1, day or 1)
    monday = today + datetime.timedelta(days={"上": -7, "下": 7}.get(found["lead"], 0) - today.weekday())
    if monday.month != (monday + datetime.timedelta(days=6)).month:
        return None
    return _Read(monday.year, monday.month, None, "document_date", found.end(), precision="month")


def _day_word(text: str, at: int, context: _Context) -> _Read | None:
    found = _DAY_WORD.match(text, at)
    if found is None:
        return None
    word = found["word"]
    if word in _DAY_WORDS:
        year, month, day = context.document
        moved, basis = _DAY_WORDS[word], "document_date"
    else:
        year, month, day = context.last
        moved, basis = 0, "context"
    if year is None or month is None or day is None:
        return None
    when = datetime.date(year, month, day) + datetime.timedelta(days=moved)
    return _Read(when.year, when.month, when.day, basis, found.end(), precision="day")


def _day_only(text: str, at: int, context: _Context) -> _Read | None:
    found = _DAY_ONLY.match(text, at)
    if found is None or (found.group()[-1] in "号號" and not context.whole):  # 11号 may number anything
        return None
    (year, month, _), basis = (context.last, "context") if context.last[1] else (context.document, "document_date")
    if not _valid(year, month, _int(found["day"])):
        return None
    return _Read(year, month, _int(found["day"]), basis if month else "printed", found.end(), precision="day")


_Reader = Callable[[str, int, _Context], _Read | None]
# The readers in the order they are tried, and the characters that theirs begin with; a Chinese date's gap may lead it.
_BEGUN: tuple[tuple[_Reader, str], ...] = (
    (_quarter_en, "12QH"),
    (_numeric, "12"),
    (_weekday, "本这上下周週星礼"),
    (_week, "本这這上下"),
    (_day_word, "".join(word[0] for word in (*_DAY_WORDS, "当日", "當日", "同日"))),
    (_chinese, ""),
    (_english, "0123456789０１２３４５６７８９JFMASOND"),
    (_day_only, "0123456789０１２３４５６７８９"),
)
_READERS: Final = {
    char: tuple(reader for reader, begin in _BEGUN if char in begin or not begin)
    for char in "".join(begin for _, begin in _BEGUN)
}


def _second(text: str, first: _Read, context: _Context) -> _Read | None:
    """Read the other end of a range, which inherits what it does not print."""
    found = _RANGE.match(text, first.end)
    if found is None:
        return None
    inherited = (
        context._replace(last=(first.year, first.month, first.day), year=first.year)
        if first.year is not None
        else context
    )
    second = _one(text, found.end(), inherited)
    if second is None:
        return None
    same = first.year is None or second.year is None
    earlier = (first.year or 0, first.month or 0, first.day or 0) if not same else (0, first.month or 0, first.day or 0)
    later = (
        (second.year or 0, second.month or 12, second.day or 31)
        if not same
        else (0, second.month or 12, second.day or 31)
    )
    return second._replace(basis=first.basis) if earlier < later else None


def _bare_first(text: str, at: int, context: _Context) -> tuple[DateValue, int] | None:
    """Read 1—11月 and 2021-2023年: the first end leaves its unit to the second."""
    found = _BARE_FIRST.match(text, at) if text[at : at + 1].isdecimal() else None
    if found is None:
        return None
    second = _one(text, found.end(), context)
    one = _int(found["one"])
    if second is None:
        return None
    if found["unit"] == "年" and len(found["one"]) == 4 and second.month is None:
        first, last = second._replace(year=one), second.year
    elif found["unit"] == "月" and len(found["one"]) <= 2:
        first, last = second._replace(month=one, day=None), second.month
    elif found["unit"] in "日号":
        first, last = second._replace(day=one), second.day
    else:
        return None
    if last is None or one >= last or not _valid(first.year, first.month, first.day):
        return None
    return _period(first, second), second.end


def _value(read: _Read) -> DateValue:
    if read.span != (0, 0):
        start, end = (PartialDate.of(read.year, month).iso for month in read.span)
        date = PartialDate.of(read.year).iso if read.year is not None else start
        return DateValue(date, read.precision, read.basis, start, end, read.part)
    return DateValue(PartialDate.of(read.year, read.month, read.day).iso, read.precision, read.basis, part=read.part)


def _period(first: _Read, second: _Read) -> DateValue:
    start, end = _value(first), _value(second)
    shared = _shared(first, second)
    return DateValue(
        shared,
        "period",
        first.basis,
        start.period_start or start.date,
        end.period_end or end.date,
        first.part or second.part,
    )


def _shared(first: _Read, second: _Read) -> str:
    """Return the date as far as both ends agree; where they do not, the largest part of the start that is known."""
    if first.year is None:
        return PartialDate.of(None, first.month, first.day if first.month is None else None).iso
    if first.year != second.year:
        return PartialDate.of(first.year).iso
    return PartialDate.of(first.year, first.month if first.month == second.month else None).iso
