"""What a table is made of, and what the table finders share: cells, headers' units, captions, classes of value."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

CATEGORY = -1  # the column of a category line that stands above the rows, in no column of the header

EMPTY = frozenset((
    "", "/", "-", "--", "---", "—", "——", "–", "－", "／", "\\", "N/A", "n/a", "NA", "N.A.", "None", "none", "null",
    "无数据", "暂无", "未知", "未披露", "未公布", "不详", "？", "?",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: `text` is text[start:end]; `merged` where a cell of an earlier row stands for this row too."""

    row: int
    column: int
    start: int
    end: int
    text: str
    merged: bool = False

    @property
    def is_empty(self) -> bool:
        """Tell whether the cell holds no value: blank, or a mark such as `/` or `-`."""
        return self.text in EMPTY


@dataclass(frozen=True, slots=True)
class Column:
    """A column's header at text[start:end]; `unit_text` is what it says of scale and unit (`亿`, `元/百万tokens`)."""

    column: int
    name: str
    unit_text: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `kind` is how it was set, `label` such as `表 3`, `unit_text` a unit said of the whole table."""

    kind: str
    start: int
    end: int
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    label: str | None = None
    caption: str | None = None
    caption_start: int | None = None
    caption_end: int | None = None
    unit_text: str | None = None


# --- columns

_SCALE = r"(?:[十百千万萬亿億兆]+|thousand|million|billion|trillion|mn|bn|tn)"
_UNIT = (
    r"(?:美元|美金|人民币|港元|港币|新?台[币幣]|日元|欧元|英镑|元|[a-z]?\$|[$¥￥€£]|usd|cny|rmb|eur|hkd|twd|"
    r"[kmgtpez]?i?b(?:ytes?)?|[kmgt]|字节|tokens?|词元|参数|parameters?|params?|"
    r"[kmgtpez]?flop(?:s|/s)?|petaflops?(?:-days?)?|[kmgt]?w(?:h)?|千瓦时?|瓦|度|ms|毫秒|秒|s|分钟?|小时|h|hours?|天|日|周|月|年|years?|"
    r"%|％|‰|百分点|pct|人次|人|户|家|个|项|次|款|台|张|块|卡|条|篇|部|件|套|座|架|机架|字符?|words?|倍|x|分|points?|级|公里|km|kg|吨|[gm]hz|mm|cm|m|nm|q?ps|users?)"
)
_IS_UNIT = re.compile(
    rf"(?:单位|單位|unit)?\s*[:：]?\s*(?:in\s+)?(?:{_SCALE}\s*{_UNIT}?|{_UNIT})(?:\s*(?:/|每|per)\s*(?:\d*\s*{_SCALE}?\s*{_UNIT}))*",
    re.I,
)
_BRACKETED = re.compile(r"(.*?)\s*[（(\[【]([^（()）\[\]【】]{1,24})[)）\]】]\s*$", re.S)
_SPLIT_OFF = re.compile(r"(.*?[^\s/／,，:：])\s*[/／,，:：]\s*([^/／,，:：]{1,12})$", re.S)
_SAID_UNIT = re.compile(r"(?:单位|單位|Unit)s?\s*[:：]\s*([^\s)）】\]；;，。]{1,16})", re.I)


# A scale before what it scales: 亿参数, 亿元营收, 百万用户. 千问 and 百度 are names: without a currency the noun is a known one.
_UNIT_FIRST = re.compile(
    r"(?P<unit>(?:[十百千]?[万亿萬億]|万亿|萬億|百|千|thousand|million|billion|trillion)[ ]?"
    r"(?P<money>美元|美金|人民币|港元|日元|欧元|元|USD|CNY)?)[ ]?"
    r"(?P<name>(?P<known>参数|參數|tokens?\b|词元|用户|样本|parameters?\b|params?\b|users?\b)?[^\d\n]{0,16})",
    re.I,
)


def column_of(index: int, start: int, end: int, text: str) -> Column:
    """Return a header cell with its unit told apart from its name."""
    header = text[start:end]
    first = _UNIT_FIRST.fullmatch(header)
    if first and first["name"] and (first["money"] or first["known"]):
        return Column(index, first["name"], first["unit"].strip(), start, end)
    bracketed = _BRACKETED.match(header)
    if bracketed and _IS_UNIT.fullmatch(bracketed[2].strip()):
        return Column(index, bracketed[1] or header, _bare_unit(bracketed[2]), start, end)
    split = _SPLIT_OFF.match(header)
    # `国家/地区` and `Input/Output` name two things: only a scale or a currency is believed behind a bare stroke.
    if split and _IS_UNIT.fullmatch(split[2].strip()) and re.search(r"[万亿億兆元$%]|^[GT]B$|illion", split[2]):
        return Column(index, split[1], _bare_unit(split[2]), start, end)
    return Column(index, header, None, start, end)


def _bare_unit(text: str) -> str:
    return re.sub(r"^\s*(?:单位|單位|unit)\s*[:：]?\s*", "", text, flags=re.I).strip()


# --- captions

_CAPTION = re.compile(
    r"[ \t>*_#]*((?:附|续|續)?表格?\s*(?:[A-Z]?\d+|[一二三四五六七八九十]+)?(?:[-–.－—]\d+)*|Table\s+[\dIVXA-Z]+(?:[-.]\d+)*)"
    r"(?:[ \t*_]*[.:：、．]?[ \t*_]*)(.{0,120}?)[ \t*_]*$",
    re.I,
)
# `表示`, `表明` begin sentences; a caption's word 表 is followed by a number, a stroke or a blank.
_LABEL = re.compile(
    r"(?:(?:附|续|續)?表\s*[\d一二三四五六七八九十]|(?:附表|续表|續表|表格)(?=[\s\d:：]|$)|Table\s+\S)", re.I
)
CAPTION_LINE = re.compile(
    r"^[ \t>*_#]*(?:(?:附|续|續)?表[ \t]*\d[\d.－–-]*(?=[\s.:：、．])|Table[ \t]+\d+(?=[\s.:：]))[^\n]{0,160}$", re.M
)


def with_caption(table: Table, text: str, floor: int) -> Table:
    """Return the table with the caption and the unit that the three lines above it say, if any."""
    position = table.start
    for _ in range(3):
        above = _line_above(text, position, floor)
        if above is None:
            return table
        position, line_end = above
        line = text[position:line_end]
        said = _SAID_UNIT.search(line)
        if said and table.unit_text is None:
            table = replace(table, unit_text=said[1])
        found = _CAPTION.match(line) if _LABEL.match(line.lstrip(" \t>*_#")) else None
        if found:
            return replace(
                table,
                label=found[1].strip(),
                caption=found[2],
                caption_start=position + len(line) - len(line.lstrip()),
                caption_end=position + len(line.rstrip()),
            )
        if not said:
            return table
    return table


def _line_above(text: str, position: int, floor: int) -> tuple[int, int] | None:
    """Return the last line with characters that ends before the position, not looking far."""
    end = position
    while end > floor and position - end < 8 and text[end - 1] in " \t\r\n":
        end -= 1
    if end <= floor or text[end - 1] in " \t\r\n":
        return None
    start = max(text.rfind("\n", max(floor, end - 400), end) + 1, floor)
    return (start, end) if end - start < 400 else None


# --- classes of value

_DIGITS = r"\d[\d,.]*(?:\s*[-–~—至到x×]\s*[$¥￥€£]?\d[\d,.]*)?"
# A bare scale is a number in 千亿级 and 百亿, a name in 百度 and 千问; digits begin a name in `360智脑`.
_NUMBER = re.compile(
    r"(?:约|約|超过?|逾|近|大于|小于|不到|至少|最高|最多|[~≈<>≤≥±+＞＜-])?\s*[$¥￥€£]?\s*"
    rf"(?:{_DIGITS}(?:\s*[+＋余]?\s*(?:{_SCALE}|{_UNIT})(?![a-z]).{{0,14}}|\s*[+＋]?)"
    r"|[数几上]?[十百千万亿兆]{1,3}(?:[级余多个张条款参美元以].{0,10})?)",
    re.S | re.I,
)
_DATE = re.compile(
    r"(?:19|20)\d\d(?:\s*[-/.年]\s*\d{1,2}(?:\s*[-/.月]\s*\d{1,2}\s*日?|\s*月)?|\s*年)?(?:[底初末中]|Q[1-4])?"
)
_TRUTH = frozenset((
    "是", "否", "有", "无", "√", "×", "✓", "✗", "✔", "✘", "❌", "✅", "○", "●", "Yes", "No", "yes", "no", "Y", "N", "True", "False",
    "支持", "不支持", "开源", "闭源", "部分", "部分开源",
))  # fmt: skip


@lru_cache(maxsize=8192)
def class_of(value: str) -> str:
    """Return what a cell looks like: empty, truth, date, number or text."""
    if value in EMPTY:
        return "empty"
    if value in _TRUTH:
        return "truth"
    if _DATE.fullmatch(value):
        return "date"
    return "number" if _NUMBER.fullmatch(value) else "text"


# --- building

Span = tuple[int, int]


def trimmed(text: str, start: int, end: int) -> Span:
    """Return the span without blanks, and without Markdown's emphasis where it wraps the whole."""
    start, end = _stripped(text, start, end)
    if (start < end and text[start] in "*_`<") or text[end - 1 : end] == ">":
        for _ in range(3):
            start, end = _stripped(text, *_undressed(text, start, end))
    return start, end


def _undressed(text: str, start: int, end: int) -> Span:
    for mark in ("**", "__", "`"):
        size = len(mark)
        if end - start > 2 * size and text.startswith(mark, start, end) and text.endswith(mark, start, end):
            return start + size, end - size
    start = start + 4 if text.startswith("<br>", start, end) else start
    return start, end - 4 if text.endswith("<br>", start, end) else end


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    if left == len(piece):
        return start, start
    return start + left, start + len(piece.rstrip())


def grid_table(
    kind: str, text: str, bounds: Span, header: Sequence[Span], body: Iterable[Sequence[tuple[int, Span]]]
) -> Table | None:
    """Return a table of header spans and rows of (column, span), its merged cells filled in; None without rows."""
    columns = tuple(column_of(i, start, end, text) for i, (start, end) in enumerate(header))
    rows: list[tuple[Cell, ...]] = []
    category: Span | None = None
    category_column = CATEGORY
    previous_first: Span | None = None
    for spans in body:
        filled = [(column, span) for column, span in spans if span[0] < span[1]]
        if not filled:
            continue
        if len(filled) == 1 and filled[0][0] <= 0 and len(columns) > 1:
            category, category_column, previous_first = filled[0][1], filled[0][0], None
            continue
        number = len(rows)
        cells = [Cell(number, column, *span, text[span[0] : span[1]]) for column, span in spans]
        first = next((cell for cell in cells if cell.column == 0), None)
        has_first = first is not None and first.start < first.end
        if has_first and first is not None:
            previous_first = (first.start, first.end)
        inherited = _inherited(category, category_column, previous_first, has_first)
        for column, span in inherited:
            cells = [cell for cell in cells if cell.column != column]
            cells.append(Cell(number, column, *span, text[span[0] : span[1]], merged=True))
        rows.append(tuple(sorted(cells, key=lambda cell: cell.column)))
    return Table(kind, *bounds, columns, tuple(rows)) if rows and len(columns) > 1 else None


def _inherited(
    category: Span | None, category_column: int, previous_first: Span | None, has_first: bool
) -> list[tuple[int, Span]]:
    """Return what a row takes over: its category, and the first cell of the row above where its own is blank."""
    found: list[tuple[int, Span]] = []
    if category is not None:
        # A category line stands in the first column; where the row fills that column, it stands above it.
        found.append((CATEGORY if has_first else category_column, category))
    if not has_first and previous_first is not None and category_column != 0:
        found.append((0, previous_first))
    return found
