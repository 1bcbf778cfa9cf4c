"""When, by whom and how firmly something is said: period, attribution and assertion of a clause."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from etl.reader.clauses import Outline
from etl.reader.mentions import Mentions
from etl.reader.nearby import sentence_before
from schema.dates import DateMatch, DateValue

_PLANNED = re.compile(r"计划|拟|将在|将于|打算|准备|力争|目标|到20\d\d年|plans? to|aims? to|will ")
_FORECAST = re.compile(r"预计|预测|有望|预期|或将|将达|料将|可能达|expected to|forecast|projected")
_ESTIMATED = re.compile(r"估计|估算|预估|据估|测算|约合|estimated")
_DENIED = re.compile(r"否认|不实|并非|辟谣|denied")
_ASSERTIONS = ((_DENIED, "denied"), (_FORECAST, "forecast"), (_ESTIMATED, "estimated"), (_PLANNED, "planned"))
# Most clauses hold none of these words, which one look tells.
_ASSERTED_OTHERWISE = re.compile("|".join(form.pattern for form, _ in _ASSERTIONS))
_ATTRIBUTION = re.compile(
    r"(?:据|根据|按照)(?P<who>[^，,。；\n]{2,30}?)(?:的)?(?:报道|消息|数据|统计|报告|测算|预测|调查|研究|披露|介绍|公告|显示|称)"
)
_HEARSAY = re.compile(
    r"据(?:媒体|外媒|知情人士|消息人士|悉|了解|统计|报道|称|传)[^，,。\n]{0,6}|有消息称|知情人士|业内人士|消息称|reportedly|according to (?:people|sources)"
)

_TITLE = re.compile(r"[《〈][^《》〈〉\n]{2,90}[》〉]")
# A date before these words is not the date of what they go on to tell.
_LATER = re.compile(
    r"[一二两三四五六七八九十几数\d]+(?:个多?)?(?:月|年|天|周|星期|季度|小时)(?:之?后|后来|多后|内)|以来|随后|此后|之后(?=[，的])|后来|此前|近日|日前|近期|昨日|昨天|之前|次年|次月|翌年|未来(?=[将会]|计划)|即将|不久"
)
_LIMIT = re.compile(r"(?:(?<!直)到|至|截至|截止|截止到|截至到|不晚于|by )[ *]*$")
_JOINED = re.compile(r"[ \n*]*(?:于|在|自|：|:|（|\(|是|时间为|时间是|日期为|的时间是|[是在]?定于)[ \n*]*")
_MARKS = re.compile(
    r"[\s#*\-\[\]【】()（）:：|>•·]*(?:星期[一二三四五六日天]|周[一二三四五六日])?[\s#*\-\[\]【】()（）:：|>•·]*"
)
# An item of a list under a day or month that stands alone in a line, and a heading that ends such a list.
_ITEM = re.compile(r"\n[ \t>]*(?:[*•·-]|\d{1,2}[.、)）])[ \t]*[^\n]*$")
_HEADED_YEAR = re.compile(r"(?m)^[ \t]*#{1,6}[^\n\d]{0,12}((?:19|20)\d\d)(?!\d)")
_YEAR_REACH = 6000
# A digest of one day, and what is no news of its day.
_DAILY = re.compile(
    r"(?<![\u3400-\u9fff])(?:AI|科技|资讯|资訊|要闻|要聞|新闻|每日|行业|产业|财经|商业|[\d·|｜:：])[ \n]*(?:早报|晚报|日报|快报|快讯|简报|速递|早知道|日刊)|(?:早报|晚报|日报|快讯|简报|日刊|Daily)[ |｜:：·(（-]{0,3}20\d\d"
)
_SENTENCE_MARK = re.compile(r"[。！？!?；\n]")
_GATHERING = r"(?:大会|峰会|论坛|博览会|展会|展览会|年会|发布会|开发者日|电子展|车展|云栖)"
_GATHERED = re.compile(
    r"(?<![A-Za-z])[A-Z][A-Za-z/:]{1,11}[ ’']?(?P<a>20\d\d)(?![\d年.%-])(?=[^，。；\n]{0,4}(?:上|展|期间|现场|的[^，。；\n]{0,6}演讲|大会|峰会|开幕))"
    rf"|(?<![\d.A-Za-z])(?P<b>20\d\d)(?=[“ ]?[\u3400-\u9fffA-Z][^，。；、\n\d年]{{1,16}}{_GATHERING}[”]?(?:上|期间|现场|开幕|召开|举行|举办|在|于))"
)
_PAST = re.compile(r"此前|之前|早前|曾|去年|前年|上个?月|上周|昨日|昨天|当年|早在|[。！？]")
_HEADLINE = 70
_MONTH_FIRST = re.compile(r"[0-9０-９一二三四五六七八九十]{1,2}[ ]?月|[A-Z][a-z]{2}")
_BULLET = re.compile(r"[ \t>*•·|+-]*(?:\d{1,2}[.、)）][ \t]*)?[*\[【（(]*")
# Fewer lines that begin with a day are no list by days.
_FEWEST = 3
_OTHER_HEADING = re.compile(r"\n[ \t]*#")
_HE = re.compile(r"[ \n*]*(?:他|她|它)(?!们|的|人)")
_NEAR, _CARRY, _HEADING, _REACH, _OPENING = 4, 120, 40, 400, 16
_ITEM_REACH, _SECTION_REACH = 120, 2500


def _lacks_year(text: str, date: DateMatch) -> bool:
    """Tell whether a month or day is printed without its year."""
    value = date.value
    bare = value.date is not None and value.date.startswith("--")
    return bare or (value.basis == "document_date" and _MONTH_FIRST.match(text, date.start) is not None)


def _outside_titles(text: str, dates: list[DateMatch]) -> Iterator[DateMatch]:
    """Leave out the dates that a title holds: 《…行动计划（2023—2025年）》 dates nothing."""
    titles = [match.span() for match in _TITLE.finditer(text)] if "《" in text or "〈" in text else []
    index = 0
    for date in dates:
        while index < len(titles) and titles[index][1] <= date.start:
            index += 1
        if index == len(titles) or not titles[index][0] <= date.start:
            yield date


def _with_gatherings(text: str, dates: list[DateMatch]) -> list[DateMatch]:
    """Return the dates with the years of the gatherings at which something befell: 在CES 2023展会上, 2023青禾大会上."""
    ends = [date.end for date in dates]
    found = []
    for match in _GATHERED.finditer(text):
        at = match.start("a") if match["a"] else match.start("b")
        near = bisect_right(ends, at + 5)
        # A date of the same sentence is the nearer one.
        if not near or ends[near - 1] <= at - _CARRY or _SENTENCE_MARK.search(text, ends[near - 1], at):
            found.append(DateMatch(at, at + 4, DateValue(text[at : at + 4], "year", "printed")))
    return sorted([*dates, *found], key=lambda date: date.start) if found else dates


class ScopeFinder:
    """Finds the scope of a statement's clause."""

    def __init__(
        self, outline: Outline, mentions: Mentions, dates: list[DateMatch], written: str | None = None
    ) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.written = written
        self._is_daily = (
            written is not None and len(written) == 10 and _DAILY.search(self.text, 0, _ITEM_REACH) is not None
        )
        self.dates = self._itemized(_with_gatherings(outline.text, list(_outside_titles(outline.text, dates))))
        self.starts = [match.start for match in self.dates]
        self._told: dict[int, re.Match[str] | None] = {}
        alone = [self._with_year(date) for date in self.dates if self._stands_alone(date)]
        self._sections = [date.start for date in alone], alone

    def dates_within(self, start: int, end: int) -> list[DateMatch]:
        """List the dates that begin in a range."""
        return self.dates[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def date_near(self, at: int) -> DateMatch | None:
        """Return the date of a position's clause, else the last before it in the sentence."""
        begin, _ = self.outline.sentence(at)
        start, end = self.outline.clause(at)
        inside = self.dates_within(start, end)
        if inside:
            before = [match for match in inside if match.start <= at]
            return before[-1] if before else inside[0]
        index = bisect_right(self.starts, at)
        if index and self.starts[index - 1] >= begin:
            return self.dates[index - 1]
        return None

    def event_date(self, start: int, end: int) -> DateMatch | None:
        """Return the date of the event that a word at start:end tells; None where none is said of it."""
        clause = self.outline.clause(start)
        near = self.dates_within(max(clause[0], start - _CARRY), min(clause[1], end + _CARRY))
        inside = [date for date in near if not self.is_limit(date)]
        before = [date for date in inside if date.end <= start]
        after = [date for date in inside if date.start >= end and self._follows(date, end)]
        if after and (not before or after[0].start - end < _NEAR):
            return after[0]
        if before:
            return before[-1] if not _LATER.search(self.text, before[-1].end, start) else None
        return (
            self._carried(clause, start)
            or self._heading_date(start)
            or self._told_before(clause[0], start)
            or self.section_date(start)
            or self.issue_date(start, end)
        )

    def _follows(self, date: DateMatch, end: int) -> bool:
        """Tell whether a date after a word is the word's own: 成立于2017年, 上线（8月31日）, launched on May 3."""
        between = self.text[end : date.start]
        return self.text[end - 1].isascii() or _JOINED.fullmatch(between) is not None

    def _carried(self, clause: tuple[int, int], start: int) -> DateMatch | None:
        """Return the last date of the sentence's clauses before, where nothing tells that it is later by now."""
        begin, _ = self.outline.sentence(start)
        earlier = self.dates_within(max(begin, start - _CARRY), clause[0])
        earlier = [date for date in earlier if not self.is_limit(date)]
        if not earlier or _LATER.search(self.text, earlier[-1].end, start):
            return None
        return earlier[-1]

    def _told_before(self, clause: int, start: int) -> DateMatch | None:
        """Return the one date of the sentence before, where this one goes on with whom it spoke of: 他成立了X."""
        begin, _ = self.outline.sentence(start)
        before = sentence_before(self.outline, start) if clause == begin and _HE.match(self.text, begin) else None
        if before is None or "\n\n" in self.text[before[1] - 2 : begin]:
            return None
        dates = self.dates_within(*before)
        near = dates and dates[0].start - before[0] < _OPENING and not self.is_limit(dates[0])
        return dates[0] if near and len(dates) == 1 and not _LATER.search(self.text, begin, start) else None

    def _heading_date(self, start: int) -> DateMatch | None:
        """Return the date that stands alone in the line before: a list of changes by day."""
        before = sentence_before(self.outline, start)
        if before is None:
            return None
        starts, dates = self._sections
        index = bisect_left(starts, before[0])
        return dates[index] if index < len(dates) and dates[index].start < before[1] else None

    def _stands_alone(self, date: DateMatch) -> bool:
        """Tell whether a line holds a date and nothing else."""
        begin = self.text.rfind("\n", max(0, date.start - _HEADING), date.start) + 1
        end = self.text.find("\n", date.end, date.end + _HEADING)
        if end < 0 or (begin == 0 and date.start > _HEADING):
            return False
        return _MARKS.fullmatch(self.text[begin : date.start] + self.text[date.end : end]) is not None

    @property
    def has_sections(self) -> bool:
        """Tell whether dates stand alone in lines."""
        return bool(self._sections[0])

    def _itemized(self, dates: list[DateMatch]) -> list[DateMatch]:
        """Return the dates with those that lead the lines of a list in the year that its heading or its lead names.

        A year before the list counts where the document's own would put what was done after the document.
        """
        leading = {date.start for date in dates if _lacks_year(self.text, date) and self._leads_line(date)}
        if len(leading) < _FEWEST:
            return dates
        first = min(leading)
        printed = [d.value.date for d in dates if d.start < first and d.value.basis == "printed" and d.value.date]
        years = [int(date[:4]) for date in printed if date[0] != "-"]
        written = self.written
        year = str(years[-1]) if years and (written is None or years[-1] < int(written[:4])) else None
        late = written is None or any((d.value.date or "") > written for d in dates if d.start in leading)
        return [self._with_year(d, year if late else None) if d.start in leading else d for d in dates]

    def _leads_line(self, date: DateMatch) -> bool:
        begin = self.text.rfind("\n", max(0, date.start - _OPENING), date.start) + 1
        return (begin > 0 or date.start < _OPENING) and _BULLET.fullmatch(self.text, begin, date.start) is not None

    def _with_year(self, date: DateMatch, default: str | None = None) -> DateMatch:
        """Return a date that prints no year with that of the heading above, else with the default."""
        value = date.value
        if not value.date or not _lacks_year(self.text, date):
            return date
        lead = self.text[max(0, date.start - _YEAR_REACH) : date.start]
        year = next((match[1] for match in reversed(list(_HEADED_YEAR.finditer(lead)))), default)
        if year is None or year == value.date[:4]:
            return date
        tail = value.date[1 if value.date.startswith("--") else 4 :]
        return replace(date, value=replace(value, date=year + tail, basis="context"))

    def section_date(self, at: int) -> DateMatch | None:
        """Return the date that stands alone above a list in whose item a place is: a chronicle by day or month."""
        starts, dates = self._sections
        index = bisect_left(starts, at)
        if not index or at - dates[index - 1].end > _SECTION_REACH:
            return None
        date = dates[index - 1]
        if not _ITEM.search(self.text, max(date.end, at - _ITEM_REACH), at):
            return None
        return None if _OTHER_HEADING.search(self.text, date.end, at) else date

    def issue_date(self, start: int, end: int) -> DateMatch | None:
        """Return the day of a daily digest for what heads one of its lines, unless it is told as past by then."""
        if not self._is_daily or self.written is None:
            return None
        begin = self.text.rfind("\n", max(0, start - _HEADLINE), start) + 1
        if (not begin and start > _HEADLINE) or _PAST.search(self.text, begin, start):
            return None
        day = next((date for date in self.dates_within(0, _ITEM_REACH) if date.value.date == self.written), None)
        return day or DateMatch(start, end, DateValue(self.written, "day", "document_date"))

    def is_limit(self, date: DateMatch) -> bool:
        """Tell whether a date is a target or the day of a count, not of an event: 到2030年, 截至8月."""
        return _LIMIT.search(self.text, max(0, date.start - 6), date.start) is not None

    def fields(self, start: int) -> dict[str, Any]:
        """Return period, assertion and attribution of the statement whose value begins at `start`."""
        begin, end = self.outline.sentence(start)
        clause = self.outline.clause(start)
        found: dict[str, Any] = {"assertion": self._assertion(clause, begin, start)}
        date = self.date_near(start)
        if date is not None:
            value = date.value
            if value.period_start:
                found |= {"period_start": value.period_start, "period_end": value.period_end, "date_basis": value.basis}
            elif value.date:
                found |= {"as_of": value.date, "date_basis": value.basis}
        match = self._attribution(max(begin, start - _REACH), start)
        hearsay = self._hearsay(begin, end)
        if match:
            named = self.mentions.within(match.start("who"), match.end("who"))
            ids = [m.entity_id for m in named if m.entity_id]
            found["attribution_text"] = re.sub(r"\s+", "", match[0])
            if ids:
                found["attributed_to"] = ids
        elif hearsay:
            found["attribution_text"] = hearsay[0]
        return found

    def _attribution(self, begin: int, end: int) -> re.Match[str] | None:
        # Most clauses have none of its first words, which are looked for sooner.
        clause = self.text[begin:end]
        return _ATTRIBUTION.search(self.text, begin, end) if "据" in clause or "按照" in clause else None

    def _hearsay(self, begin: int, end: int) -> re.Match[str] | None:
        """Return where a sentence says that it is told by nobody named; looked for once a sentence."""
        if begin not in self._told:
            self._told[begin] = _HEARSAY.search(self.text, begin, min(end, begin + _REACH))
        return self._told[begin]

    def _assertion(self, clause: tuple[int, int], begin: int, start: int) -> str:
        head = max(begin, clause[0] - 20, start - _REACH)
        if _ASSERTED_OTHERWISE.search(self.text, head, start) is None:
            return "asserted"
        return next((word for form, word in _ASSERTIONS if form.search(self.text, head, start)), "asserted")
