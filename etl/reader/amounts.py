"""Figures tied to their subjects and properties."""

import re
from collections.abc import Iterator
from typing import Any, Final

from etl.reader.candidates import Earlier
from etl.reader.cues import CURRENCIES, Cue, Cues, property_for
from etl.reader.mentions import Mentions
from etl.reader.proposals import Proposal
from etl.reader.respective import in_turn
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, SubjectFinder
from schema.bounds import fallen
from schema.quantity import QuantityMatch

METHOD: Final = "rule:amounts@1"
_REACH: Final = 60
_BRACKETS: Final = frozenset({"（）", "()"})
_SCORED: Final = frozenset({"fraction", "point", None})
_BUILDING: Final = re.compile(r"楼|厦|座|中心的?$")
# A place among the first measures nothing: 跻身前五, 前10名.
_FIRST: Final = re.compile(r"前[\d一二三四五六七八九十]{1,3}[名位强大]?")
_QUANTIZED: Final = re.compile(r"[ -]?(?:量化|quanti)", re.IGNORECASE)
_SCORE: Final = re.compile(
    r"[^，。；,;\n\d]{0,16}?(?:[ (（]\d{1,2}[- ]?shot[)）]?)?[^，。；,;\n\d]{0,12}?(?:Pass@\d+)?[ ]?(?:[:：]|得分为?|分数为?|达到?了?|为|取得了?|获得|of|at|score[sd]?)[ \n*]{0,3}(\d{1,3}\.\d{1,2})(?![\d%万亿BbKkMx倍])",
    re.IGNORECASE,
)
_SMALL: Final = 20
_CLASSIFIERS: Final = frozenset(
    {
        None,
        "item",
        "rank",
        "occurrence",
        "case",
        "person",
        "field",
        "task",
        "layer",
        "character",
        "version",
        "product",
        "project",
        "scenario",
        "measure",
    }
)
# A difference of shares; as a fraction it is told from a growth in percent by its note.
_POINTS: Final = re.compile(r"百分[点點]|pcts?|ppts?|percentage points?")
_MEASURED: Final = (
    CURRENCIES
    | frozenset(
        {
            "fraction",
            "ratio",
            "parameter",
            "token",
            "byte",
            "point",
            "second",
            "minute",
            "hour",
            "day",
            "working_day",
            "week",
            "month",
            "year",
            "quarter",
        }
    )
    | frozenset({"metre", "gram", "watt", "watt_hour", "FLOP", "FLOP/s"})
)
_CHIP_COUNTED: Final = re.compile(r"(?<=[张颗块枚片个kK])[ ]?[`*]{0,2}[A-Z]{1,2}\d{2,3}$")
# What compares the models of a size; what is made for a process.
_OF_CLASS: Final = re.compile(
    r"[ ]?(?:级别?的?)?(?:参数)?(?:基座|基础|对话|开源|语言|大|小|指令|多模态|[ ])*模型(?:的)?(?:评测|测试|性能|对比|比较|实验)*(?:结果|对比|比较|评测|榜|效果)"
)
_HEADS: Final = re.compile(r"(?:^|\n)[#* ]*$")
_MACHINE: Final = re.compile(r"[ ]?(?:及以下|以下)?(?:级别?)?(?:的)?(?:EUV|DUV|[ ])*(?:光刻|曝光|设备|制造设备|机台)")
_LATELY: Final = re.compile(r"[来间]?[，,]|[里内]?[这该其]")
_SPANS: Final = frozenset({"year", "month", "week", "day"})
_READ_IN: Final = frozenset({"minute", "character"})
_READING: Final = re.compile(r"(?:阅读|读完|閱讀)(?:本文|全文|时间|需要?|大约|预计|约|：|:|[ ])*$")
_READ: Final = re.compile(r"[ ]?(?:[|｜，,·]|丨)[ ]?(?:预计|约)?(?:阅读|閱讀)|[ ]?(?:的)?阅读(?:时间|时长)?(?=[\n|]|$)")
_SUM: Final = re.compile(r"(?<![\d.])1[ ]?[A-Za-z]{1,3}[ ]?[=＝≈][ ]?$|\d[ ]?[+＋][ ]?\d[ ]?$|(?<![A-Za-z])[A-Z][:：]$")
# 2万亿美元俱乐部 is named by the sum; 1TWh=10亿度电 tells of units.
_CLUB: Final = re.compile(r"[ ”」]*俱乐部")
_EQUALS: Final = re.compile(r"[ ]?[=＝≈]")
_ONE: Final = re.compile(r"(?:1|一)[^\d一二三四五六七八九十百千万亿.]+")
_SAYING: Final = re.compile("十万八千里|十萬八千里|[十百]倍股")
_MOVES_TO: Final = (
    r"(?:[升降跌涨增减滑落]|降低|升高|增加|增长|提[升高]|回[升落]|下[降滑跌]|上升|攀升|飙升|扩大|缩小)[至到]"
)
_CAME_TO: Final = re.compile(rf"{_MOVES_TO}了?(?:约|近|超|仅|[ *])*$")
# 降低到原来的1/3 tells what part is left.
_OF_BEFORE: Final = re.compile(r"[至到](?:了)?(?:原来|原先|此前|之前|以前|原本)的[ *]*$")
_FROM: Final = frozenset("从由")
_WENT: Final = re.compile(rf"[^，。；\n\d]{{0,6}}?{_MOVES_TO}")
_GROWTH_RATE: Final = re.compile(r"增速|增长率|增幅|涨幅|降幅|跌幅|减幅|涨速|同比|环比|年增")
_AGO: Final = re.compile(r"[ ]?[之以]?前")
_PER: Final = re.compile(
    r"每(?:一)?(?P<zh>秒|分钟|小时|天|日|周|月|年|季度)|(?:/|per )(?P<en>second|minute|hour|day|week|month|year)"
)
# By how much a price or an index rises or falls: 收跌36.97点, 期货涨0.5美元; no level (跌至).
_CHANGES: Final = re.compile(
    r"(?P<way>[涨跌]|蒸发|缩水|减少|增加)(?:幅)?(?:了|超过?|逾|近|约|至少|为|达|不足|不到|[ \n*])*$"
)
_MARKET_WAYS: Final = frozenset("涨跌")
# Of a value that is no price on a market these tell by how much it moved, and no level.
_MOVED_BY: Final = {
    "蒸发": "减少额（by how much it fell）",
    "缩水": "减少额（by how much it fell）",
    "减少": "减少额（by how much it fell）",
    "增加": "增加额（by how much it rose）",
}
_OF_PRICES: Final = frozenset({"amount", "price", "score", "market_value", "count"})
_OF_MARKETS: Final = CURRENCIES | {"point"}
_CHANGE: Final = 8
_PER_UNITS: Final = {
    "秒": "second",
    "分钟": "minute",
    "小时": "hour",
    "天": "day",
    "日": "day",
    "周": "week",
    "月": "month",
    "年": "year",
    "季度": "quarter",
}


class AmountReader:
    """Reads the figures of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder, mentions: Mentions, cues: Cues) -> None:
        self.subjects = subjects
        self.outline = subjects.outline
        self.text = subjects.text
        self.scope = scope
        self.mentions = mentions
        self.cues = cues

    def read(self, quantities: list[QuantityMatch]) -> Iterator[Proposal]:
        """Yield a proposal for each figure that a subject is found for."""
        assigned = in_turn(self.outline, self.mentions, quantities)
        for index, match in enumerate(quantities):
            if self._is_aside(match) or self._is_classifier(match):
                continue
            clause = self.outline.clause(match.value_start)
            begin, _ = self.outline.sentence(match.start)
            cues = self.cues.within(max(begin, match.start - _REACH), match.end + _REACH)
            property_id, cue = property_for(cues, match.start, match.end, match.quantity.unit, clause)
            points = _POINTS.search(self.text, match.value_start, match.value_end) is not None
            if points and property_id == "share":
                property_id = "growth"
            if property_id == "growth" and self._is_level(clause[0], match):
                property_id = "share" if match.quantity.unit == "fraction" else "ratio"
            if match.quantity.unit in _SCORED and self._on_benchmark(clause, match.start):
                property_id = "score"
            if property_id in _OF_PRICES and self._change(match) in _MARKET_WAYS:
                property_id = "change"
            subject = assigned.get(index) or self._subject(match, property_id, cue)
            if subject is None:
                continue
            around = self.text[max(0, match.start - 1) : match.start] + self.text[match.end : match.end + 1]
            if around not in _BRACKETS:
                # What only brackets hold is told by the way.
                self.subjects.earlier = Earlier(match.start, subject)
            yield self._proposal(match, property_id, subject, points=points)

    def scores(self, ranges: tuple[tuple[int, int], ...], taken: list[QuantityMatch]) -> Iterator[Proposal]:
        """Yield the plain numbers that stand as scores after a benchmark's name: HumanEval Pass@1: 73.78."""
        busy = [(match.start, match.end) for match in taken]
        for mention in self.mentions.items:
            if mention.kind != "benchmark" or not any(a <= mention.start < b for a, b in ranges):
                continue
            match = _SCORE.match(self.text, mention.end)
            if match is None or any(a < match.end(1) and match.start(1) < b for a, b in busy):
                continue
            start, end = match.span(1)
            subject = self.subjects.of(start, end, "score")
            if subject is not None:
                number = float(match[1])
                fields = {
                    "low": number,
                    "high": number,
                    "unit": "point",
                    "comparator": "eq",
                    "value_status": "reported",
                }
                yield Proposal("quantity", "score", start, end, subject, METHOD, fields | self.scope.fields(start))

    def _is_aside(self, match: QuantityMatch) -> bool:
        """Tell what only places an event in time or says what a rate is per."""
        if "per" in match.flags:
            return True
        if match.quantity.unit == "layer" and _BUILDING.search(self.text, max(0, match.start - 10), match.start):
            return True
        if _FIRST.fullmatch(self.text, match.start, match.end):
            return True
        if match.quantity.unit == "bit" and _QUANTIZED.match(self.text, match.end):
            return True
        if self._is_of_name(match):
            return True
        if "time_reference" not in match.flags:
            return False
        return match.quantity.comparator != "range" or _AGO.match(self.text, match.end) is not None

    def _is_level(self, begin: int, match: QuantityMatch) -> bool:
        """Tell what a rate came to from how far it moved: 利用率跌至50% is a share, 增速降至5% a growth still."""
        if match.quantity.unit == "ratio" and _OF_BEFORE.search(self.text, max(0, match.start - 10), match.start):
            return True
        if match.quantity.unit != "fraction":
            return False
        went = self.text[max(0, match.start - 1) : match.start] in _FROM and _WENT.match(self.text, match.end)
        if not went and not _CAME_TO.search(self.text, max(0, match.start - 10), match.start):
            return False
        return _GROWTH_RATE.search(self.text, begin, match.start) is None

    def _is_of_name(self, match: QuantityMatch) -> bool:
        """Tell a figure that names a class, a saying or a reader's time: ### 7B模型结果, 2纳米光刻机, 1+1>2, 阅读约16分钟."""
        unit, before = match.quantity.unit, self.text[max(0, match.start - 8) : match.start]
        if unit == "parameter" and _OF_CLASS.match(self.text, match.end):
            return _HEADS.search(self.text, max(0, match.start - 12), match.start) is not None
        if unit == "metre" and _MACHINE.match(self.text, match.end):
            return True
        if unit in _SPANS and self.text.startswith("近", match.start) and _LATELY.match(self.text, match.end):
            return not self.text[self.outline.clause(match.start)[0] : match.start].strip()
        if unit in _READ_IN:
            return _READING.search(before) is not None or _READ.match(self.text, match.end) is not None
        if unit in CURRENCIES and _CLUB.match(self.text, match.end):
            return True
        if _EQUALS.match(self.text, match.end) and _ONE.fullmatch(self.text, match.value_start, match.end):
            return True
        return _SUM.search(before) is not None or _SAYING.match(self.text, match.value_start) is not None

    def _on_benchmark(self, clause: tuple[int, int], start: int) -> bool:
        return any(m.kind == "benchmark" for m in self.mentions.within(clause[0], start))

    def _is_classifier(self, match: QuantityMatch) -> bool:
        """Tell a plain Chinese count such as 三个方面 or 第二: it numbers what is told, and measures nothing."""
        quantity = match.quantity
        printed = self.text[match.value_start : match.value_end]
        if (
            "told" in match.flags
            or quantity.comparator != "eq"
            or quantity.low is None
            or quantity.low >= _SMALL
            or any(char.isdigit() for char in printed)
        ):
            return False
        return quantity.unit in _CLASSIFIERS or (
            (quantity.unit or "") not in _MEASURED and printed[0] in "第一两二三四五六七八九十兩"
        )

    def _change(self, match: QuantityMatch) -> str:
        """Return the verb by which a price or an index is told to rise or fall by the value; none where it does not."""
        changes = _CHANGES.search(self.text, max(0, match.start - _CHANGE), match.start)
        if changes is None or match.quantity.unit not in _OF_MARKETS:
            return ""
        return changes["way"]

    def _subject(self, match: QuantityMatch, property_id: str, cue: Cue | None) -> Subject | None:
        place = (cue.start, cue.end) if cue and cue.end <= match.start else None
        return self.subjects.of(match.start, match.end, property_id, place)

    def _per(self, match: QuantityMatch) -> str | None:
        """Return the time that a figure is for: 每天, /year."""
        around = self.text[max(0, match.start - 6) : match.end + 12]
        per = _PER.search(around) if "每" in around or "/" in around or "per " in around else None
        return _PER_UNITS.get(per["zh"] or "", per["en"]) if per else None

    def _proposal(self, match: QuantityMatch, property_id: str, subject: Subject, *, points: bool) -> Proposal:
        quantity = match.quantity
        if "decrease" in match.flags and quantity.unit == "fraction" and property_id in {"growth", "share", "ratio"}:
            property_id, quantity = "growth", fallen(quantity)
        if property_id == "change" and self._change(match) == "跌":
            quantity = fallen(quantity)
        fields: dict[str, Any] = {
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
            "value_status": "reported" if quantity.unit else "unit_not_stated",
            **self.scope.fields(match.start),
        }
        per = self._per(match) if property_id not in {"growth", "share"} else None
        if per:
            fields["per"] = per
        moved = _MOVED_BY.get(self._change(match)) if property_id == "market_value" else None
        if moved is not None:
            fields["scope_note"] = moved
        if points:
            fields["scope_note"] = "百分点（percentage points）"
        if "lost_superscript" in match.flags:
            fields["note"] = "the exponent is printed without its superscript"
        # The name of a chip that is counted is none of the figure: 2.5万张 | A100.
        chip = _CHIP_COUNTED.search(self.text, match.value_start, match.end)
        end = chip.start() if chip is not None else match.end
        return Proposal("quantity", property_id, match.start, end, subject, METHOD, fields)
