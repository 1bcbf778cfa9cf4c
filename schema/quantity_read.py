"""One quantity read at a known place: figure, unit, range, and the words around it that set its bounds."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from schema import bounds
from schema.bounds import Before, Quantity, bounded
from schema.figures import GAP, GAP_START, MORE, NUMERALS, VAGUE, Figure, read_figure, value
from schema.units import Form, Units

_GAP: Final = re.compile(GAP)
_SEPARATOR: Final = re.compile(
    rf"{GAP}(?:(?:-|–|—{{1,2}}|－|−|‑|~|～|∼|至|到|甚至|to(?= )){GAP})(?P<up>[上近数]?)(?P<sign>{bounds.SIGN}?){GAP}",
    re.IGNORECASE,
)
_RANGE_START: Final = frozenset(" \u00a0\n-–—－−‑~～∼至到甚*_`t")
# A dash at the head of the next line, a blank after it, begins an item of a list.
_LIST_MARK: Final = re.compile(r"[ *_`]*\n\s*[-–—−] ")
_MORE_AFTER: Final = re.compile(
    rf"{GAP}(?P<more>[{MORE}来]|[+＋](?!\d))(?!元[化性文素体思主])(?![模语語样樣种種维維轮輪端核数自源历到])"
)
# 3年多, 两倍多: 多 after the unit, unless it begins another word.
# A loss in a table, or behind what is told to be so much: | -18亿元 |, 净利润为-2亿元.
_IN_CELL: Final = re.compile(r"(?:^|[|：:为达到、和\n]|利润|现金流|净额|收益)[ *]{0,3}[-−－]$")
_PLUS: Final = re.compile(r"[+＋](?![\d ]*\d)")
_MORE_UNIT: Final = re.compile(
    r"[多余餘](?!元[化性文素体思主])(?![模语語样樣种種个個家名项位次维維轮輪端核卡数地方源])"
)
# 70多种语言: of round figures 多种 counts kinds; of others it may be 多种 by itself.
_MORE_KINDS: Final = re.compile(rf"{GAP}(?P<more>[多余餘])(?=[种種样樣])")
_PIECES: Final = frozenset({"块", "塊"})
_MONEY: Final = Form("块钱", "CNY", 1.0, "money")
_WITHIN: Final = re.compile(r"\b[Ww]ithin (?:the )?$")
_LEVEL: Final = re.compile(rf"{GAP}(?:级别|級別|数量级|量级|量級|级|級)(?![联市领大])")
_HALF: Final = re.compile(r"半(?![导導年月天小个決决岛数])|半(?=(?:个)?(?:月|小时|小時))")
_BLANKS: Final = re.compile(r"[\s\u3000*_`>\"“”（）()]*")
_NOUN_TAIL: Final = re.compile(r"[\u3400-\u9fffA-Za-z\- ]{0,14}")
_DOUBLED: Final = re.compile(r"(?:(.)\1)+")
_SPECIAL: Final = re.compile(
    r"(?P<half>[过過]半数?(?![导導年天小个個])|(?:一|大)?半(?:[数數]|(?=以上|$))|一半|(?<=[超近逾约])半(?![导導年天小个個径球步夜空成]))|翻(?:了|一)?(?:番|倍)|翻了一[番倍]|翻(?:了)?(?P<times>[两兩三四五])番|[双雙]倍|(?P<halved>[减減]半)(?![导導径徑天])"
)
_SPECIAL_START: Final = frozenset("翻过過一半大双雙减減")
_VAGUE_WORDS: Final = {
    "tens": 1,
    "dozens": 1,
    "hundreds": 2,
    "thousands": 3,
    "millions": 6,
    "billions": 9,
    "trillions": 12,
}
_ENGLISH_VAGUE: Final = re.compile(
    r"(?<![A-Za-z])(?P<word>tens|dozens|hundreds|thousands|millions|billions|trillions)(?: of (?P<scale>thousands|millions|billions|trillions))?(?![A-Za-z])",
    re.IGNORECASE,
)
_FACTOR_EXPONENT: Final = {10.0**exponent: exponent for exponent in range(22)} | {
    1e-1: -1,
    1e-2: -2,
    1e-3: -3,
    1e-4: -4,
    1e-6: -6,
    1e-9: -9,
}
_MORE: Final = MORE + "+＋"
_MORE_START: Final = frozenset(_MORE + "来")
# 26家行业领军企业: after 家 these say of what kind, not what.
_ATTRIBUTES: Final = frozenset({"field", "market", "country", "province", "city", "accelerator", "device", "vehicle"})
_POWER_ONLY: Final = frozenset("过過破上")
# The bounds of a range that is told from above lie this near.
_NEAR: Final = 1.5
_ANY_COUNT: Final = frozenset(
    {"item", "occurrence", "person", "company", "device", "image", "accelerator", "deal", "vehicle", "household"}
)


class Reading(NamedTuple):
    """What was read: outer figures, unit form, comparator, span of the value and of the whole."""

    start: int
    value_start: int
    value_end: int
    end: int
    low: Figure
    high: Figure
    comparator: str
    form: Form | None = None
    currency: str = ""
    flags: tuple[str, ...] = ()
    half: bool = False
    before: Before = Before(0)
    unit_at: int = -1

    @property
    def unit(self) -> str | None:
        """Return the unit that is printed."""
        if self.currency and (self.form is None or self.form.text == "元"):  # 新台币300亿元
            return self.currency
        if self.form is not None:
            return None if self.form.classifier and self.form.unit == "item" else self.form.unit
        if self.low.mark == "fraction":
            return "fraction"
        return "parameter" if self.high.mark in ("B", "b") else None

    def unit_among(self, allowed: Sequence[str]) -> tuple[str | None, float]:
        """Return the unit and factor under a context that allows these units only."""
        factor = self.form.factor if self.form else 1.0
        open_unit = self.form is None or (self.form.classifier and self.form.unit in _ANY_COUNT)
        letter_b = self.form is None and not self.currency and self.low.mark != "fraction"
        if not allowed or self.unit in allowed:
            return self.unit, factor
        if len(allowed) == 1 and open_unit and (letter_b or self.form):
            return allowed[0], factor
        return (None if self.form and self.form.classifier else self.unit), factor

    def quantity(self, unit: str | None, factor: float, comparator: str = "") -> Quantity:
        """Return the value in this unit; `factor` is how many of it one printed unit is."""
        comparator = comparator or self.comparator
        low = _times(self.low.low, self.low.exponent, factor)
        high = _times(self.high.high, self.high.exponent, factor)
        if self.half:
            low, high = low + 0.5 * factor, high + 0.5 * factor
        if comparator == "order_of_magnitude":
            high = _times(self.high.high, self.high.exponent + 1, factor)
        return bounded(low, high, unit, comparator)


def _past_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at) if text[at : at + 1] in GAP_START else None
    return gap.end() if gap else at


def _in_order(low: Figure, high: Figure) -> bool:
    """Tell whether two figures are the bounds of one range: 1以上0以下 is none."""
    return value(low.low, low.exponent) <= value(high.high, high.exponent)


def _times(digits: str, exponent: int, factor: float) -> float:
    """Scale in decimal where the factor is a power of ten, so that 1.1万 is 11000 and no neighbour of it."""
    power = _FACTOR_EXPONENT.get(factor)
    return value(digits, exponent + power) if power is not None else value(digits, exponent) * factor


class Part(NamedTuple):
    """One figure with the unit printed at it."""

    figure: Figure
    start: int
    end: int
    form: Form | None = None
    unit_at: int = -1
    more: bool = False
    level: bool = False
    half: bool = False


class _Spelling(NamedTuple):
    """A form as it is looked up: whether case matters, and what may not follow."""

    form: Form
    word: str
    exact: bool
    latin: bool
    not_before: frozenset[str]

    @classmethod
    def of(cls, form: Form, not_before: frozenset[str]) -> _Spelling:
        """Return the form prepared for look-up."""
        exact = form.is_symbol or not any(char.isascii() and char.isalpha() for char in form.text)
        return cls(form, form.text, exact, form.text[-1].isascii() and form.text[-1].isalpha(), not_before)

    def heads(self) -> set[str]:
        """Return the one or two characters that it may begin with."""
        head = self.word[:2]
        cases = [{char} if self.exact else {char.lower(), char.upper()} for char in head]
        return {"".join(chars) for chars in itertools.product(*cases)}


def _is_vague(text: str, part: Part) -> bool:
    """Tell 几百, 数十 and 上千, which name an order of magnitude alone."""
    return text[part.start] in "几幾数數" or text[part.start - 1 : part.start] == "上"


class QuantityReader:
    """Read quantities at given places of a text."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._forms: dict[str, tuple[_Spelling, ...]] = {}
        for form in units.forms():
            spelling = _Spelling.of(form, units.not_before.get(form.text, frozenset()))
            for head in spelling.heads():
                self._forms[head] = (*self._forms.get(head, ()), spelling)
        nouns = [
            form for form in units.forms() if form.dimension == "count" and not form.classifier and len(form.text) > 1
        ]
        self.noun_heads = frozenset(
            char for form in nouns for char in (form.text[0], form.text[0].upper(), form.text[0].lower())
        )

    def english_vague(self, text: str, at: int) -> Reading | None:
        """Read hundreds of millions, tens of thousands."""
        found = _ENGLISH_VAGUE.match(text, at)
        if found is None:
            return None
        exponent = _VAGUE_WORDS[found["word"].lower()] + _VAGUE_WORDS.get((found["scale"] or "").lower(), 0)
        figure = Figure(
            "1", "1", exponent, "power", 0, found.end("scale") if found["scale"] else found.end("word"), "vague"
        )
        part = Part(figure, at, figure.end)
        of = re.compile(r" of (?=\w)").match(text, figure.end)
        form = self.unit_at(text, of.end()) if of else None
        if of and form:
            part = part._replace(form=form, unit_at=of.end(), end=of.end() + len(form.text))
        elif (gapped := self._with_unit(text, part)).form:
            part = gapped
        return self._single(text, bounds.look_back(text, at), part)

    def whole(self, printed: str) -> Reading | None:
        """Read the whole string, or return None."""
        blank = _BLANKS.match(printed)
        first = blank.end() if blank else 0
        for found in _ENGLISH_VAGUE.finditer(printed):
            reading = self.english_vague(printed, found.start())
            if reading and reading.start <= first and self._covers(reading, printed):
                return reading
        for at in range(first, min(len(printed), first + bounds.WINDOW)):
            if not self._may_start(printed, at):
                continue
            reading = self.at(printed, at)
            if reading and reading.start > first:
                reading = self.under_far_bound(printed, reading)
            if reading and reading.start <= first and self._covers(reading, printed):
                return reading
        return self._halved(printed)

    def under_far_bound(self, text: str, reading: Reading) -> Reading:
        """Put the reading under 不超过, 不低于 or 最高 where one governs it across a noun phrase."""
        if reading.comparator not in ("eq", "approx"):
            return reading
        far = bounds.look_back_far(text, reading.start)
        if not far.comparator:
            return reading
        return reading._replace(start=far.start, comparator=far.comparator, flags=(*reading.flags, "distant_bound"))

    def _may_start(self, text: str, at: int) -> bool:
        char = text[at]
        return char.isdigit() or char in NUMERALS or char in VAGUE or char in _SPECIAL_START or char == "半"

    def _covers(self, reading: Reading, printed: str) -> bool:
        blank = _BLANKS.match(printed, reading.end)
        end = blank.end() if blank else reading.end
        if end >= len(printed):
            return True
        if reading.form is None or not reading.form.classifier:
            return False
        noun = _NOUN_TAIL.match(printed, end)
        return noun is not None and noun.end() == len(printed)

    def _halved(self, printed: str) -> Reading | None:
        """Read a caption that a PDF printed twice over itself: 33..00, 99 万万."""
        squeezed = "".join(printed.split())
        if len(squeezed) < 4 or not _DOUBLED.fullmatch(squeezed):
            return None
        return self.whole(squeezed[::2])

    def at(self, text: str, at: int) -> Reading | None:
        """Read the quantity whose figure starts at this position, with its qualifiers."""
        if text[at] in _SPECIAL_START and (special := self._special(text, at)):
            return special
        first = self.part(text, at)
        if first is None:
            return None
        before = bounds.look_back(text, at)
        plain = first.figure.kind != "power" and not before.currency
        paid = first.form is not None and first.form.dimension == "money" and before.word == "破"
        if before.word in _POWER_ONLY and plain and not paid:  # 上百, 过千亿; but 早上8点, 再过10天
            before = Before(at)
        second = self._second(text, first)
        if (
            second is None
            and first.form
            and (
                first.form.unit == "fraction"
                or (first.form.dimension == "money" and _IN_CELL.search(text, max(0, at - 6), at))
            )
            and not before.comparator
            and (sign := self._minus(text, at)) is not None
        ):
            figure = first.figure._replace(low="-" + first.figure.low, high="-" + first.figure.high)
            return self._single(text, Before(sign), first._replace(figure=figure, start=sign))
        return self._range(text, before, first, second) if second else self._single(text, before, first)

    def _minus(self, text: str, at: int) -> int | None:
        """Return where a minus sign stands: before -3.5%, after no Latin letter or digit."""
        if not at or text[at - 1] not in "-−－":
            return None
        return (
            at - 1
            if at == 1 or (not (text[at - 2].isascii() and text[at - 2].isalnum()) and text[at - 2] not in "%％")
            else None
        )

    def _special(self, text: str, at: int) -> Reading | None:
        found = _SPECIAL.match(text, at)
        if found is None:
            return None
        half, times = found["half"] or found["halved"], found["times"]
        before = bounds.look_back(text, at)
        after, end = bounds.look_after(text, found.end())
        digits = "0.5" if half else str(2 ** "一两三四五".index(times.replace("兩", "两")) * 2 if times else 2)
        digits = "-" + digits if found["halved"] else digits
        unit = "fraction" if half else "ratio"
        comparator = after or before.comparator or ("gt" if half and half[0] in "过過大" else "eq")
        figure = Figure(digits, digits, 0, "exact", 0, found.end(), "fraction" if half else "", False)
        return Reading(
            before.start, at, found.end(), end, figure, figure, comparator, Form(unit, unit, 1.0, unit), before=before
        )

    def part(self, text: str, at: int) -> Part | None:
        """Read a figure and the unit at it."""
        figure = read_figure(text, at)
        if figure is None and text[at] == "半":  # 半年, 半小时
            figure = Figure("0.5", "0.5", 0, "exact", 0, at + 1, "", False)
            part = self._with_unit(text, Part(figure, at, at + 1))
            return part if part.form and part.form.dimension in ("time", "length", "mass") else None
        if figure is None:
            return None
        end, more, level = figure.end, False, False
        follower = text[end : end + 1]
        more_after = _MORE_AFTER.match(text, end) if follower in GAP_START or follower in _MORE_START else None
        if more_after is None and figure.arabic and figure.low.endswith("0") and len(figure.low) > 1:
            more_after = _MORE_KINDS.match(text, end)
        if found := more_after:
            more, end = True, found.end()
            figure = figure if found["more"] in _MORE else figure._replace(kind="about")
            more = found["more"] in _MORE
        elif (figure.scale or figure.kind == "power" or figure.mark in ("B", "T")) and (
            found := _LEVEL.match(text, end)
        ):
            level, end = True, found.end()
        if figure.mark == "fraction":
            return Part(figure, at, end, more=more)
        return self._with_unit(text, Part(figure, at, end, more=more, level=level))

    def _with_unit(self, text: str, part: Part) -> Part:
        at = _past_gap(text, part.end)
        form = self.unit_at(text, at)
        if form is None or (form.text == "度" and not part.figure.arabic):  # 百度
            return part
        if form.dimension == "count" and text.count("\n", part.end, at) > 1:
            return part  # the next paragraph begins with the noun
        if part.figure.mark in ("B", "b") and form.unit in (
            "model",
            "version",
            "product",
        ):  # a 7B模型 has 7B parameters
            return part
        end = at + len(form.text)
        half = False
        if form.classifier:
            if found := _HALF.match(text, end):
                half, end = True, found.end()
            elif (found := _MORE_UNIT.match(text, end)) or (
                text[end : end + 1] in ("多", "余") and self._time_at(text, end + 1)
            ):
                part, end = part._replace(more=True), end + 1
            if form.text in _PIECES and text.startswith(("钱", "錢"), end):  # 7块多钱
                return Part(part.figure, part.start, end + 1, _MONEY, at, part.more, part.level, half)
            noun = self._noun_at(text, end)
            if noun and not (form.unit == "company" and noun[0].unit in _ATTRIBUTES):
                end = noun[1] + len(noun[0].text)
                return Part(part.figure, part.start, end, *noun, part.more, part.level, half)
        elif _HALF.match(text, end):
            half, end = True, end + 1
        elif not form.text[-1].isascii() and form.dimension != "count" and _MORE_UNIT.match(text, end):
            part, end = part._replace(more=True), end + 1
        if form.dimension == "money" and text.startswith("人民币", end):
            end += 3
        if (form.dimension in ("money", "fraction") or form.unit == "ratio") and (
            found := _PLUS.match(text, end)
        ):  # 30%+, 10元+
            return Part(part.figure, part.start, found.end(), form, at, True, part.level, half)
        if part.figure.scale and not part.level and (found := _LEVEL.match(text, end)):
            part, end = part._replace(level=True), found.end()
        return Part(part.figure, part.start, end, form, at, part.more, part.level, half)

    def _time_at(self, text: str, at: int) -> bool:
        return text.startswith(("月", "小时", "小時", "星期", "季度", "工作日"), at)

    def _noun_at(self, text: str, at: int) -> tuple[Form, int] | None:
        """Return the noun right after a classifier: 个参数, 张图片, 个月."""
        place = _past_gap(text, at)
        if text.startswith("月", place):
            return Form("月", "month", 1.0, "time"), place
        form = self.unit_at(text, place)
        return (form, place) if form and not form.classifier else None

    def unit_at(self, text: str, at: int) -> Form | None:
        """Return the longest printed form of a unit that starts here."""
        # Forms of two characters and more are looked up by both; they are longer than those of one.
        for head in (text[at : at + 2], text[at : at + 1]):
            for form, word, exact, latin, not_before in self._forms.get(head, ()):
                end = at + len(word)
                if not text.startswith(word, at) and (exact or text[at:end].lower() != word.lower()):
                    continue
                follower = text[end : end + 1]
                if (latin and follower.isascii() and follower.isalnum()) or follower in not_before:
                    continue
                return form
        return None

    def _second(self, text: str, first: Part) -> Part | None:
        if text[first.end : first.end + 1] not in _RANGE_START:
            return None
        found = _SEPARATOR.match(text, first.end)
        if found is None or _LIST_MARK.match(text, first.end):
            return None
        at = found.end()
        if found["up"] == "数" and at:
            at -= 1
        if at >= len(text) or not self._may_start(text, at):
            return None
        second = self.part(text, at)
        return second if second and self._joins(first, second) else None

    def _joins(self, first: Part, second: Part) -> bool:
        """Tell whether two parts are one range: same or shared unit, and rising."""
        if first.form and second.form and first.form.unit != second.form.unit:
            return False
        if first.form and second.form and first.form.unit == "fraction" and first.form.factor != second.form.factor:
            return False  # 涨3个基点至5.24%: by how much, and to what
        if first.form and not second.form and not (second.figure.mark == first.figure.mark == "B"):
            return False
        low, high = self._ends(first, second)
        if low is None:
            return False
        below, above = value(low.low, low.exponent), value(high.high, high.exponent)
        return below < above or (below > above > 0 and self._falls(first, second, below / above))

    def _falls(self, first: Part, second: Part, ratio: float) -> bool:
        """Tell a range between near prices or rates that is told from above: 6.9437-6.9309元."""
        form = second.form
        priced = form is not None and (form.dimension == "money" or form.unit == "fraction")
        pointed = "." in first.figure.low and "." in second.figure.low
        return priced and pointed and ratio < _NEAR

    def _ends(self, first: Part, second: Part) -> tuple[Figure | None, Figure]:
        low, high = first.figure, second.figure
        if low.mark == "fraction" or high.mark == "fraction":
            return (low if low.mark == high.mark else None), high
        if high.scale and not low.scale and not first.form and low.mark not in ("B", "M", "k", "K", "T"):
            if value(low.low, low.exponent) < value(high.high, high.exponent - high.scale):
                low = low.shifted(low.exponent + high.scale)._replace(exponent=low.exponent + high.scale)
        elif high.mark in ("B", "M", "k", "K", "T") and not low.mark and not first.form and not low.scale:
            low = low._replace(exponent=low.exponent + high.exponent)
        return low, high

    def _range(self, text: str, before: Before, first: Part, second: Part) -> Reading:
        low, high = self._ends(first, second)
        assert low is not None  # noqa: S101 - _joins has asked
        if not _in_order(low, high):
            low, high = high, low
        sizes = first.figure.mark == second.figure.mark == "B"
        form = second.form or first.form
        after, end = bounds.look_after(text, second.end)
        # 几百到上千 ends below ten thousand; 万亿甚至百万亿 names two figures.
        vague = self._own(second) == "order_of_magnitude" and _is_vague(text, first) and _is_vague(text, second)
        comparator = "sizes" if sizes else "order_of_magnitude" if vague else "range"
        if after in ("ge", "gt") and comparator == "range":  # 50万到100万美元以上
            high, comparator, after = low, after, "approx"
        flags = ("carried_scale",) if low.exponent != first.figure.exponent else ()
        return Reading(
            before.start, first.start, second.end, end if after == "approx" else second.end, low, high, comparator, form,
            before.currency, flags, second.half, before, second.unit_at,
        )  # fmt: skip

    def _single(self, text: str, before: Before, part: Part) -> Reading:
        figure, form = part.figure, part.form
        after, end = self._after(text, part)
        timed = form is not None and form.dimension == "time"
        if timed and not before.comparator and (within := _WITHIN.search(text, max(0, part.start - 12), part.start)):
            before = Before(within.start(), "le")
        spread = (form, before.currency, (), part.half, before, part.unit_at)
        if after in ("ge", "gt") and (upper := self._upper(text, end)) and _in_order(figure, upper[0].figure):
            high, end = upper
            spread = (form or high.form, *spread[1:])
            return Reading(before.start, part.start, high.end, end, figure, high.figure, "range", *spread)
        comparator = after or before.comparator or self._own(part)
        if comparator == "approx" and figure.mark == "vague":  # 约数十亿: as wide as 数十亿
            comparator = self._own(part)
        if part.more and comparator in ("approx", "eq", "order_of_magnitude"):
            comparator = "gt"
        reading = Reading(before.start, part.start, part.end, end, figure, figure, comparator, *spread)
        return reading._replace(flags=("lost_superscript",)) if figure.mark == "lost" else reading

    def _after(self, text: str, part: Part) -> tuple[str, int]:
        """Return the comparator of the words after, and where they end; 内 bounds a time only."""
        after, end = bounds.look_after(text, part.end)
        timed = part.form is not None and part.form.dimension == "time"
        if not after and timed and text[part.end : part.end + 1] in ("内", "內"):
            return ("", end) if text.startswith(("部", "容"), part.end + 1) else ("le", part.end + 1)
        return after, end

    def _own(self, part: Part) -> str:
        kind = part.figure.kind
        if part.more or kind == "more":
            return "gt"
        if part.level or kind == "power":
            power = part.figure.low.strip("0") == "1"
            return "order_of_magnitude" if power else "approx"
        return {"pair": "range", "about": "approx"}.get(kind, "eq")

    def _upper(self, text: str, at: int) -> tuple[Part, int] | None:
        """Read the second half of 一万元以上十万元以下."""
        gap = re.compile(r"[、，,且并]?").match(text, at)
        place = gap.end() if gap else at
        if place >= len(text) or not self._may_start(text, place):
            return None
        part = self.part(text, place)
        if part is None:
            return None
        after, end = bounds.look_after(text, part.end)
        return (part, end) if after == "le" else None
