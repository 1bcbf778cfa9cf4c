"""When, by whom and how firmly something is said: period, attribution and assertion of a clause."""

import re
from bisect import bisect_left, bisect_right
from typing import Any

from etl.reader.clauses import Outline
from etl.reader.mentions import Mentions
from schema.dates import DateMatch

_PLANNED = re.compile(r"计划|拟|将在|将于|打算|准备|力争|目标|到20\d\d年|plans? to|aims? to|will ")
_FORECAST = re.compile(r"预计|预测|有望|预期|或将|将达|料将|可能达|expected to|forecast|projected")
_ESTIMATED = re.compile(r"估计|估算|预估|据估|测算|约合|estimated")
_DENIED = re.compile(r"否认|不实|并非|辟谣|denied")
_ATTRIBUTION = re.compile(
    r"(?:据|根据|按照)(?P<who>[^，,。；\n]{2,30}?)(?:的)?(?:报道|消息|数据|统计|报告|测算|预测|调查|研究|披露|介绍|公告|显示|称)"
)
_HEARSAY = re.compile(
    r"据(?:媒体|外媒|知情人士|消息人士|悉|了解|统计|报道|称|传)[^，,。\n]{0,6}|有消息称|知情人士|业内人士|消息称|reportedly|according to (?:people|sources)"
)


class ScopeFinder:
    """Finds the scope of a statement's clause."""

    def __init__(self, outline: Outline, mentions: Mentions, dates: list[DateMatch]) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.dates = dates
        self.starts = [match.start for match in dates]

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
        match = _ATTRIBUTION.search(self.text, begin, start)
        hearsay = _HEARSAY.search(self.text, begin, end)
        if match:
            named = self.mentions.within(match.start("who"), match.end("who"))
            ids = [m.entity_id for m in named if m.entity_id]
            found["attribution_text"] = re.sub(r"\s+", "", match[0])
            if ids:
                found["attributed_to"] = ids
        elif hearsay:
            found["attribution_text"] = hearsay[0]
        return found

    def _assertion(self, clause: tuple[int, int], begin: int, start: int) -> str:
        for pattern, word in (
            (_DENIED, "denied"),
            (_FORECAST, "forecast"),
            (_ESTIMATED, "estimated"),
            (_PLANNED, "planned"),
        ):
            if pattern.search(self.text, max(begin, clause[0] - 20), start):
                return word
        return "asserted"
