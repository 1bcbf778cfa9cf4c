"""Quantities found in running text: a class scan, an anchored reading at each hit, and the traps left alone."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from schema.bounds import Quantity, bounded, look_after
from schema.figures import GAP, NUMERALS, is_torn, links, read_figure
from schema.quantity_phrases import phrases
from schema.quantity_read import QuantityReader, Reading
from schema.quantity_traps import RATIO_METRIC, Judge
from schema.units import Units


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity in a text: text[start:end] with its qualifiers, text[value_start:value_end] figure and unit.

    Flags: lost_superscript, doubled, carried_scale, carried_unit, carried_bound, unit_from_context, bare_number, rank,
    time_reference (10 年前), per (每 18 个月), decrease (下降 5%), distant_bound (不超过总投资的 30%), told (居首位).
    """

    start: int
    end: int
    value_start: int
    value_end: int
    quantity: Quantity
    flags: tuple[str, ...] = ()


def compile_trigger(units: Units) -> re.Pattern[str]:
    """Compile the class scan: one class, then a look at the neighbours that tells most traps."""
    heads = {form.text[0] for form in units.forms() if not form.text[0].isascii()} | set("分点點余餘多来來几幾半 ")
    follow = "".join(sorted(heads - set("度")))
    return re.compile(
        rf"[0-9０-９{NUMERALS}数數几幾翻过過半双雙减減](?:(?<=[0-9０-９])"
        rf"|(?<=[两兩二三四五六七八九十百千万萬亿億兆])(?=[{NUMERALS}{follow}级級卡至到])|(?<=[萬万亿億])"
        rf"|(?<=一)(?=[{NUMERALS}成倍年天周半]|[个個](?:月|小|半)|小[时時]|分[钟鐘])|(?<=[数數几幾])(?=[十百千万萬亿億成倍]|兆[個个 ]*(?:[tT]oken|[美日歐欧韓韩新]|元|[參参][數数]))"
        r"|(?<=[双雙])(?=倍)|(?<=[减減])(?=半)|(?<=翻)(?=[番倍一了两兩三])|(?<=[过過])(?=半)|(?<=[超近逾约過过]半)|(?<=半)(?=数|年|小|个月|個月)|(?<=[第前][一二三四五六七八九十]))"
    )


# What a digit begins that is no quantity: dates, times, scores, versions, DOIs, file and stock codes.
_NOT_QUANTITY: Final = re.compile(
    rf"(?=\d++[\s*_`>\u3000]*+[./·:：点點时時号年月日后後–—~～至到-])"
    rf"(?:(?:1[89]|20|21)\d\d{GAP}(?:年(?!薪)(?:{GAP}\d{{1,2}}{GAP}月(?:{GAP}\d{{1,2}}{GAP}[日号])?)?|[-–—~～至到]{{1,2}}{GAP}(?:19|20)\d\d{GAP}(?:年|(?![\d万亿元个%]))"
    rf"|[-/.]\d{{1,2}}(?:[-/.]\d{{1,2}})?(?![\d.%万亿]))"
    rf"|1[0-7]\d\d{GAP}年{GAP}\d{{1,2}}{GAP}月"
    rf"|\d{{1,2}}{GAP}月(?:份)?(?:{GAP}\d{{1,2}}{GAP}[日号])?"
    rf"|\d{{1,2}}{GAP}[-–—~～至到]{{1,2}}{GAP}\d{{1,2}}{GAP}(?:月|[日号](?!内|以内|之内))"
    rf"|\d{{1,2}}(?:{GAP}日(?![元内益]|以内|之内)|号)"
    r"|\d{1,2}[::：]\d{1,2}(?:[:：]\d{2})?|\d{1,2}[点點时時](?:\d{1,2}分?|半|整|许)"
    r"|\d+(?:\.\d+){2,}|10\.\d{4,9}/[^\s，。]+|(?<![¥￥$€£])\d+[./]\d+/(?![MmKk百千万]?[ ]?(?:[Tt]ok|[，。 ]|$))[^\s，。]*"
    r"|\d{4,6}[.·](?:SZ|SH|HK|SS|BJ|US|O|N|OQ|TW)\b"
    r"|\d{1,3}日(?:均线|移动平均|均線)"
    rf"|\d0{GAP}(?:后|年代|後)|9[05]后|0[05]后)"
)
_RUN: Final = re.compile(rf"[0-9０-９]+|[{NUMERALS}]+")
_NAME_REST: Final = re.compile(r"[A-Za-z0-9_.\-]*")
_RANK_BEFORE: Final = re.compile(
    r"第 ?[^，。；、,;（）()\n]{0,8}?(?:居|列|名排|排|身|得|获|进|入|于位|[至到][升降跌滑落跃攀])"
)
_RANK_PLACE: Final = re.compile(r"(?:排名|位列|位居|跻身|跻入|进入|名列|居|位于|占据|份额|销量|下载)[^，。；\n]{0,8}$")
_TOP_AFTER: Final = re.compile(r" ?[名位强強]|[，。；,;、]|$")
_DOUBLED_FIGURE: Final = re.compile(
    r"(?:(\d)\1)+(?:\.\.(?:(\d)\2)+)?[ \u00a0]?(?:([万萬亿億千百%％])\3)+(?:[ \u00a0]?(?:([^\W\d_])\4))*"
)
_ENGLISH_VAGUE: Final = re.compile(
    r"(?P<word>tens|dozens|hundreds|thousands|millions|billions|trillions) of (?P<scale>thousands|millions|billions|trillions)?",
    re.IGNORECASE,
)
_CLAUSE_END: Final = frozenset('投为是在对与和将可已被让使并用等有及到比，。；、,;！？!?：:（）()《》“”"|[]【】…—\n')
_LEFT_END: Final = frozenset('，。；;！？!?（）()《》“”"|[]【】…\n')
# Nouns that mostly say of what kind the counted thing is (26家行业领军企业), and nouns that lead their figure.
_ATTRIBUTES: Final = frozenset({"field", "market", "country", "record"})
# What firms are told by: 5家芯片公司.
_OF_FIRMS: Final = frozenset({"accelerator", "device", "vehicle"})
_LED_BY: Final = frozenset(
    [
        "parameter",
        "person",
        "token",
        "visit",
        "download",
        "call",
        "order",
        "citation",
        "customer",
        "character",
        "question",
    ]
)
# What a limit governs across a noun phrase: 最高频率可达3.62GHz.
_LIMITED: Final = frozenset({"money", "frequency", "operations per time"})
_CARRY: Final = re.compile(rf"{GAP}(?:和|与|及|、|或|/|与|跟|以及|,|，){GAP}$")
# A rate printed with its measure at both ends is one range: 0.05元/千瓦时—0.3元/千瓦时.
_PER: Final = re.compile(rf"(?P<per>/{GAP}[\u3400-\u9fffA-Za-z]{{1,4}}?){GAP}[-–—~～至到]{{1,2}}{GAP}")
_MONEY_SCALE: Final = 4
_SHORT_YEAR: Final = re.compile(r"(?:\d{2}[、-])?\d{2} ?年(?!内|以|间?的?时间|期)")
# What is told of a year, and of no length of time: 92年出生, 15年才出现, 10-12年间成立.
_OF_A_YEAR: Final = re.compile(r"(?:间)?(?:出生|毕业|入学|成立|上市|才(?!能)|[初末底](?!薪)|生人)")
_SENTENCE_CARRY: Final = 60
_DISTRIBUTES: Final = 14
_DISTRIBUTED: Final = frozenset("、和及与")


def scan_quantities(
    reader: QuantityReader, trigger: re.Pattern[str], text: str, *, bare: bool = False
) -> Iterator[QuantityMatch]:
    """Find every quantity of a text; a currency carries to figures beside it that print none."""
    held: QuantityMatch | None = None
    for match in _Scanner(reader, trigger, text, bare).matches():
        if held is not None:
            joined = _joined(text, held, match) if text.startswith("/", held.end) else None
            if joined is not None:
                held = joined
                continue
            held, match = _carry(text, held, match)
            yield held
        held = match
    if held is not None:
        yield held


def _next_year(printed: str) -> bool:
    """Tell two digits of a year and those of the next: 11、12年."""
    first, mark, second = printed.partition("、")
    return bool(mark) and int(second.rstrip(" 年")) == int(first) + 1


def _joined(text: str, left: QuantityMatch, right: QuantityMatch) -> QuantityMatch | None:
    """Return the range of two rates that a dash joins, in one unit and by one measure; None where they are apart."""
    between = _PER.fullmatch(text, left.end, right.value_start)
    one, two = left.quantity, right.quantity
    if between is None or not text.startswith(between["per"], right.end) or one.unit != two.unit:
        return None
    if one.low is None or two.high is None or one.low >= two.high:
        return None
    quantity = replace(one, low=one.low, high=two.high, comparator="range")
    return replace(left, end=right.end, value_end=right.value_end, quantity=quantity)


def _carry(text: str, left: QuantityMatch, right: QuantityMatch) -> tuple[QuantityMatch, QuantityMatch]:
    """Share a unit between neighbours: 40亿和30亿美元; 10 亿美元。2024 年大约 100 亿."""
    one, two = left.quantity, right.quantity
    near = text[left.end : right.start]
    if one.unit is None and two.unit is not None and _is_large(one) and _CARRY.match(near):
        return replace(left, quantity=replace(one, unit=two.unit), flags=(*left.flags, "carried_unit")), right
    if one.comparator in ("le", "ge", "gt", "lt") and two.comparator == "eq" and one.unit == two.unit is not None:
        ahead = text[max(0, left.start - _DISTRIBUTES) : left.start]
        if ("carried_bound" in left.flags or "分别" in ahead) and near.strip() in _DISTRIBUTED:  # 分别最高3万元、1万元
            right = replace(
                right,
                quantity=bounded(two.low or 0, two.high or 0, two.unit, one.comparator),
                flags=(*right.flags, "carried_bound"),
            )
    if "decrease" in left.flags and one.unit == two.unit == "fraction" and _CARRY.match(near):  # 降幅分别为3%与5%
        right = replace(right, flags=(*right.flags, "decrease"))
    money = one.unit is not None and len(one.unit) == 3 and one.unit.isupper()
    if money and two.unit is None and _is_large(two) and len(near) <= _SENTENCE_CARRY and "\n" not in near:
        right = replace(right, quantity=replace(two, unit=one.unit), flags=(*right.flags, "carried_unit"))
    return left, right


def _is_large(quantity: Quantity) -> bool:
    return max(quantity.low or 0, quantity.high or 0) >= 10_000


class _Scanner:
    """One pass over one text."""

    def __init__(self, reader: QuantityReader, trigger: re.Pattern[str], text: str, bare: bool) -> None:
        self.reader = reader
        self.text = text
        self.judge = Judge(reader, text, bare)
        self.trigger = trigger

    def matches(self) -> Iterator[QuantityMatch]:
        """Yield matches in order of place."""
        text, search = self.text, self.trigger.search
        addresses = links(text)
        vague = deque(self._english_vague()) if "s of " in text else deque()
        told = deque(phrases(text))
        link = place = done = 0
        while found := search(text, place):
            at = found.start()
            while told and told[0][0] <= at:
                start, end, quantity = told.popleft()
                if start < done:
                    continue
                while vague and vague[0].start < start:
                    yield vague.popleft()
                yield QuantityMatch(start, end, start, end, quantity, ("told",))
                place = done = end
            if at < place:
                continue
            while link < len(addresses) and addresses[link][1] <= at:
                link += 1
            if link < len(addresses) and addresses[link][0] <= at:
                place = addresses[link][1]
                continue
            match, place = self._at(at, done)
            if match is not None and not is_torn(text, match.value_start, match.value_end):
                while vague and vague[0].start < match.start:
                    yield vague.popleft()
                yield match
                done = match.end
        rest = [
            QuantityMatch(start, end, start, end, quantity, ("told",)) for start, end, quantity in told if start >= done
        ]
        yield from sorted([*vague, *rest], key=lambda match: match.start)

    def _english_vague(self) -> list[QuantityMatch]:
        found = []
        for hit in _ENGLISH_VAGUE.finditer(self.text):
            reading = self.reader.english_vague(self.text, hit.start())
            if reading is not None:
                found.append(self._match(reading, ()))
        return found

    def _at(self, at: int, done: int) -> tuple[QuantityMatch | None, int]:
        """Read at one hit; return a match or None, and where to go on."""
        text = self.text
        char = text[at]
        mark = at - 2 if text[at - 1 : at] == " " else at - 1
        before = text[mark] if mark >= 0 else ""
        if before == "第":
            rank = self._rank(at, mark)
            return (rank, rank.end) if rank else (None, self._past(at))
        if char.isdigit():
            if text[at + 1 : at + 2] == char and (doubled := self._doubled(at)):
                return doubled, doubled.end
            skipped = self._skipped(at)
            if skipped:
                return None, skipped
        if before == "前" and (rank := self._top(at, mark)):
            return rank, rank.end
        reading = self.reader.at(text, at)
        if reading is None:
            run = _RUN.match(text, at)
            return None, max(run.end() if run else 0, at + 1)
        flags = self.judge.accept(reading)
        if flags is None or reading.value_start < done:
            zero = float(reading.low.low) == 0  # 从0到1, 从 0 到 1000 万: an idiom, both ends
            return None, max(reading.end if zero else reading.low.end, at + 1)
        return self._match(self._fitted(reading, done), flags), max(reading.end, at + 1)

    def _doubled(self, at: int) -> QuantityMatch | None:
        """Read a caption that a PDF printed twice over itself: 11..88 万万."""
        found = _DOUBLED_FIGURE.match(self.text, at)
        reading = self.reader.whole(found.group()) if found else None
        if found is None or reading is None:
            return None
        quantity = reading.quantity(reading.unit, reading.form.factor if reading.form else 1.0)
        return QuantityMatch(at, found.end(), at, found.end(), quantity, ("doubled",))

    def _past(self, at: int) -> int:
        figure = read_figure(self.text, at)
        run = _RUN.match(self.text, at)
        return figure.end if figure else run.end() if run else at + 1

    def _skipped(self, at: int) -> int:
        """Return where a name, code, date or time that starts here ends, or 0."""
        text = self.text
        before = text[at - 1] if at else ""
        if (
            before
            and before.isascii()
            and (before.isalpha() or before in "_#@&=^\\")
            and not self._large_after_letter(at, before)
        ):
            return self._past_name(at)
        if at > 1 and before in "-.‑" and (text[at - 2].isalnum()) and not self._negative(at):
            return self._past_name(at)
        found = _NOT_QUANTITY.match(text, at)
        if found:
            return found.end()
        if before == "×" or (before == "*" and at > 1 and text[at - 2].isdigit()):
            return self._past(at)
        if text[at] == "0" and text[at + 1 : at + 2].isdigit():
            return self._past(at)
        return self._two_digit_year(at)

    def _past_name(self, at: int) -> int:
        """Return where a name goes on to; past its digit at least, which may be a full-width one."""
        rest = _NAME_REST.match(self.text, at)
        return max(rest.end() if rest else 0, at + 1)

    def _large_after_letter(self, at: int, before: str) -> bool:
        """Tell OpenAI1750亿 from A100: a scale follows the figure, and no version letter stands before."""
        figure = read_figure(self.text, at)
        sum_of = before == "=" and at > 1 and (self.text[at - 2].isdigit() or self.text[at - 2] == " ")
        return figure is not None and figure.scale >= 4 and (before.isalpha() or sum_of)

    def _negative(self, at: int) -> bool:
        """Tell whether the dash before a share or a sum is a minus, or parts it from a Chinese word: 净利润为-2亿元."""
        figure = read_figure(self.text, at)
        if figure is None or self.text[at - 2].isascii():
            return False
        return figure.scale >= _MONEY_SCALE or self.text[figure.end : figure.end + 1] in ("%", "％", "元")

    def _two_digit_year(self, at: int) -> int:
        """Skip 到21年: two digits and 年 after a preposition of time."""
        text = self.text
        year = _SHORT_YEAR.match(text, at)
        if year is not None:
            before = text[max(0, at - 3) : at].rstrip()
            # 年限达到38年 is a length of time.
            lead = "" if before.endswith(("达到", "達到")) else before[-1:]
            if (lead and lead in "从自在到至于截'’") or _OF_A_YEAR.match(text, year.end()) or _next_year(year[0]):
                return year.end()
        if text[at - 1 : at] in ("'", "’") and at > 1 and text[at - 2].isalpha() and text[at : at + 2].isdigit():
            return at + 2 if not text[at + 2 : at + 3].isdigit() else 0  # ICLR'24
        return 0

    def _rank(self, at: int, mark: int) -> QuantityMatch | None:
        """Read 位居第二, 排名第 5 位: an ordinal that a verb of ranking governs, its 第 at `mark`."""
        text = self.text
        if not _RANK_BEFORE.match(text[max(0, mark - 13) : mark + 1][::-1]):
            return None
        figure = read_figure(text, at)
        if figure is None or figure.scale or figure.kind != "exact":
            return None
        gap = figure.end + (text[figure.end : figure.end + 1] == " ")
        end = gap + 1 if text[gap : gap + 1] in ("位", "名") else figure.end
        number = float(figure.low)
        return QuantityMatch(mark, end, mark, end, Quantity(number, number, "rank", "eq"), ("rank",))

    def _top(self, at: int, mark: int) -> QuantityMatch | None:
        """Read 前十名 and 份额前二: the first places of a ranking."""
        text = self.text
        figure = read_figure(text, at)
        if figure is None or figure.scale or figure.kind != "exact" or figure.mark:
            return None
        after = _TOP_AFTER.match(text, figure.end)
        named = after is not None and after.group().strip(" ") in ("名", "位", "强", "強")
        if after is None or not (named or _RANK_PLACE.search(text[max(0, mark - 13) : mark])):
            return None
        end = after.end() if named else figure.end
        return QuantityMatch(mark, end, mark, end, Quantity(None, float(figure.low), "rank", "le"), ("rank",))

    def _fitted(self, reading: Reading, done: int) -> Reading:
        return reading._replace(start=done) if reading.start < done else reading

    def _match(self, reading: Reading, flags: tuple[str, ...]) -> QuantityMatch:
        """Make the match, its unit taken from the neighbours where none is printed."""
        unit, factor = reading.unit, reading.form.factor if reading.form else 1.0
        comparator = reading.comparator
        start, end = reading.start, reading.end
        if comparator in ("eq", "approx") and (
            unit in ("fraction", "ratio") or (reading.form and reading.form.dimension in _LIMITED)
        ):
            far = self.reader.under_far_bound(self.text, reading)
            if far is not reading and far.flags:
                start, comparator, flags = far.start, far.comparator, (*flags, "distant_bound")
        if unit is None or (reading.form is not None and reading.form.classifier):
            noun, after = self._noun(reading)
            if noun:
                unit, flags = noun, (*flags, "unit_from_context")
            bound, bound_end = look_after(self.text, after) if after and comparator in ("eq", "approx") else ("", 0)
            if bound in ("ge", "le"):  # 约1700个高级芯片以下
                comparator, end = bound, bound_end
        if (
            unit is None
            and reading.form is None
            and RATIO_METRIC.search(self.text[max(0, reading.start - 14) : reading.start])
        ):
            unit = "ratio"
        if unit == "degree" and (
            "电" in self.text[max(0, start - 16) : end + 2]
            or (reading.low.scale >= _MONEY_SCALE and reading.low.arabic)
        ):
            unit, factor = "watt_hour", 1e3  # 耗电超50万度
        if unit == "FLOP" and "每秒" in self.text[max(0, start - 12) : start]:
            unit = "FLOP/s"
        quantity = reading.quantity(unit, factor, comparator)
        return QuantityMatch(start, end, reading.value_start, reading.value_end, quantity, flags)

    def _noun(self, reading: Reading) -> tuple[str | None, int]:
        """Return the unit that a noun beside names, and where one behind the figure ends: 130 家研究…公司; 用户数达到3亿."""
        text, find = self.text, self.reader.unit_at
        reach = 14 if reading.form is not None or self.text[reading.end : reading.end + 1] == " " else 4
        for at in range(reading.end, min(reading.end + reach, len(text))):
            if text[at] in _CLAUSE_END or text[at].isdigit() or (reading.form is None and text[at] == "的"):
                break
            form = find(text, at) if text[at] in self.reader.noun_heads else None
            if (
                form
                and form.dimension == "count"
                and not form.classifier
                and len(form.text) > 1
                and form.unit not in _ATTRIBUTES
                and not (reading.form is not None and reading.form.text == "家" and form.unit in _OF_FIRMS)
            ):
                return form.unit, at + len(form.text)
        if reading.form is not None and reading.form.unit != "occurrence":
            return None, 0
        for at in range(reading.start - 2, max(reading.start - 16, -1), -1):
            if text[at] in _LEFT_END:
                break
            form = find(text, at) if text[at] in self.reader.noun_heads else None
            if form and form.unit in _LED_BY and len(form.text) > 1:
                return form.unit, 0
        return None, 0
