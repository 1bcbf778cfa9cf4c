"""Tables whose cells are parted by a mark: Markdown pipes, HTML tags, tabs, or two and more blanks."""

import itertools
import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from etl.document_cells import Span, Table, grid_table, trimmed

MAX_COLUMNS = 60

_DELIMITER = re.compile(r"^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?$")
_PIPE_LINE = re.compile(r"^[^\n|]*+\|[^\n]*+$", re.M)
_PIPE = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"`[^`\n|]*\|[^`\n]*`")


def pipe_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield Markdown tables: consecutive lines with pipes, the first one the header."""
    if text.find("|", start, end) < 0:
        return
    for block in _blocks(_PIPE_LINE, text, start, end, gap=0):
        marks = [i for i, (s, e) in enumerate(block) if _DELIMITER.match(text[s:e])]
        if marks and marks[0] > 0:
            # Two tables may follow each other without a blank line: each delimiter has its header above it.
            tops = [m - 1 for m in marks if m > 0]
            for top, below in zip(tops, [*tops[1:], len(block)], strict=True):
                yield from _pipe_table(text, block[top:below])
        elif all(text[s:e].strip().startswith("|") for s, e in block) and len(block) > 1:
            yield from _pipe_table(text, block[1:] if marks else block)


def _pipe_table(text: str, lines: list[Span]) -> Iterator[Table]:
    rows = [_pipe_cells(text, s, e) for s, e in lines if not _DELIMITER.match(text[s:e])]
    if len(rows) < 2:
        return
    header, body = rows[0][:MAX_COLUMNS], rows[1:]
    width = len(header)
    table = grid_table("pipes", text, (lines[0][0], lines[-1][1]), header, (list(enumerate(r[:width])) for r in body))
    if table:
        yield table


def _pipe_cells(text: str, start: int, end: int) -> list[Span]:
    line = text[start:end]
    code = [m.span() for m in _CODE.finditer(line)] if "`" in line else []
    cuts = [m.start() for m in _PIPE.finditer(line) if not any(a < m.start() < b for a, b in code)]
    edges = [-1, *cuts, len(line)]
    spans = [(start + a + 1, start + b) for a, b in itertools.pairwise(edges)]
    if not text[spans[0][0] : spans[0][1]].strip(" \t>"):
        spans = spans[1:]
    if spans and not text[spans[-1][0] : spans[-1][1]].strip():
        spans = spans[:-1]
    return [trimmed(text, s, e) for s, e in spans]


# --- HTML left standing in the text

_HTML_TABLE = re.compile(r"<table\b", re.I)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.I)
_HTML_ROW = re.compile(r"<tr\b[^>]*>", re.I)
_HTML_CELL = re.compile(r"<t[dh]\b([^>]*)>", re.I)
_HTML_CELL_END = re.compile(r"</t[dhr]\s*>|<t[dhr]\b", re.I)
_SPAN_OF = {name: re.compile(rf"\b{name}\s*=\s*[\"']?(\d{{1,3}})", re.I) for name in ("rowspan", "colspan")}
_TAGS_AROUND = re.compile(r"\s*(?:</?[a-zA-Z][^>]{0,200}>\s*)*")


def html_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield tables whose HTML tags stand in the text."""
    opening = _HTML_TABLE.search(text, start, end) if text.find("<t", start, end) >= 0 else None
    while opening:
        closing = _HTML_TABLE_END.search(text, opening.end(), end)
        stop = closing.end() if closing else end
        rows = _html_rows(text, opening.end(), stop)
        if len(rows) > 1:
            header = [span for _, span in rows[0]][:MAX_COLUMNS]
            body = [[(c, span) for c, span in row if c < len(header)] for row in rows[1:]]
            table = grid_table("html", text, (opening.start(), stop), header, body)
            if table:
                yield table
        opening = _HTML_TABLE.search(text, stop, end)


def _html_rows(text: str, start: int, end: int) -> list[list[tuple[int, Span]]]:
    starts = [m.end() for m in _HTML_ROW.finditer(text, start, end)]
    held: dict[int, tuple[int, Span]] = {}  # column → rows that its cell still covers, and the cell
    rows = []
    for begin, stop in zip(starts, [*starts[1:], end], strict=False):
        row: list[tuple[int, Span]] = []
        column = 0
        for cell in _HTML_CELL.finditer(text, begin, stop):
            column = _carry(held, row, column)
            ending = _HTML_CELL_END.search(text, cell.end(), stop)
            span = _untagged(text, cell.end(), ending.start() if ending else stop)
            row.append((column, span))
            down, right = (_span_of(name, cell[1]) for name in ("rowspan", "colspan"))
            if down > 1:
                held[column] = (down - 1, span)
            column += right
        _carry(held, row, column)
        rows.append(row)
    return rows


def _carry(held: dict[int, tuple[int, Span]], row: list[tuple[int, Span]], column: int) -> int:
    while column in held:
        left, span = held.pop(column)
        row.append((column, span))
        if left > 1:
            held[column] = (left - 1, span)
            return column + 1
        column += 1
    return column


def _span_of(name: str, attributes: str) -> int:
    found = _SPAN_OF[name].search(attributes)
    return max(1, int(found[1])) if found else 1


def _untagged(text: str, start: int, end: int) -> Span:
    opening = _TAGS_AROUND.match(text, start, end)
    start = opening.end() if opening else start
    while end > start and text[end - 1] == ">" and text.rfind("<", start, end) >= start:
        end = text.rfind("<", start, end)
    return trimmed(text, start, end)


# --- tabs and blanks

_TAB_LINE = re.compile(r"^[^\n\t]*+\t[^\n]*+$", re.M)
_BLANK_LINE = re.compile(r"^[^\n]*?[^\s](?:  |[ ]?\u3000)[ \u3000]*+[^\s][^\n]*+$", re.M)
_WIDE_GAP = re.compile(r"[ \u3000](?<![ \u3000]{2})(?:(?<= )[ \u3000]|(?<=\u3000))[ \u3000]*+[^\s]")
_BLANKS = re.compile(r"[ \u3000]{2,}|\u3000")
_TABS = re.compile(r"\t")
_NO_ROW = re.compile(r"\s*(?:[-*+>#]|\d{1,2}[.)、]|```|<)[ \t]")
_SENTENCE_END = re.compile(r"[。！？；!?;:：]$|[^.]\.$")


def tab_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield tables whose cells are parted by tabs."""
    if text.find("\t", start, end) < 0:
        return
    blocks = _blocks(_TAB_LINE, text, start, end, gap=1)
    for block in (part for whole in blocks for part in _parted(text, whole)):
        lines = _from_header(text, block, _TABS)
        if len(lines) < 2:
            continue
        rows = [_fields(text, s, e, _TABS) for s, e in lines]
        width = len(rows[0])
        rows = _without_empty_columns(rows)
        width = len(rows[0])
        if sum(len(r) != width for r in rows[1:]) * 2 > len(rows):
            rows = [[span for span in row if span[0] < span[1]] for row in rows]
            width = len(rows[0])
        if width < 2 or (width == 2 and len(rows) < 3):
            continue
        body = [list(enumerate(row[:width])) for row in rows[1:]]
        yield from _made("tabs", text, lines, rows[0], body)


def _parted(text: str, block: list[Span]) -> Iterator[list[Span]]:
    """Part a block at a lone line below which all lines have another number of cells: there another table begins."""
    widths = [len(_fields(text, s, e, _TABS)) for s, e in block]
    begin = at = 0
    above: set[int] = set()
    rows_above = 0
    for is_lone, run in itertools.groupby(widths, key=lambda width: width < 2):
        below = list(run)
        if not is_lone:
            apart = len(above) == len({*below}) == 1 and above != {*below}
            if apart and rows_above > 1 and len(below) > 1:
                yield block[begin : at - 1]
                begin, above, rows_above = at, set(), 0
            above |= {*below}
            rows_above += len(below)
        at += len(below)
    yield block[begin:]


def _without_empty_columns(rows: list[list[Span]]) -> list[list[Span]]:
    """Drop the columns that no row fills: some texts align with two and more tabs."""
    filled = {column for row in rows for column, (start, end) in enumerate(row) if start < end}
    return [[span for column, span in enumerate(row) if column in filled] for row in rows]


def blank_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield tables whose cells are parted by two or more blanks, each cell under its header where some are missing."""
    if not _WIDE_GAP.search(text, start, end):
        return
    for block in _blocks(_BLANK_LINE, text, start, end, gap=1):
        lines = _from_header(text, block, _BLANKS)
        if len(lines) < 2:
            continue
        rows = [[s for s in _fields(text, a, b, _BLANKS) if s[0] < s[1]] for a, b in lines]
        width = len(rows[0])
        whole = sum(len(row) == width for row in rows[1:])
        if width < 2 or width > MAX_COLUMNS or whole * 2 < len(rows) - 1 or (width == 2 and len(rows) < 3):
            continue
        if sum(e - s for row in rows for s, e in row) > 40 * sum(map(len, rows)):
            continue
        starts = [_width(text[lines[0][0] : s]) for s, _ in rows[0]]
        body = [_placed(text, line[0], row, starts) for line, row in zip(lines[1:], rows[1:], strict=True)]
        yield from _made("blanks", text, lines, rows[0], body)


def _made(
    kind: str, text: str, lines: list[Span], header: list[Span], body: list[list[tuple[int, Span]]]
) -> Iterator[Table]:
    table = grid_table(kind, text, (lines[0][0], lines[-1][1]), header, body)
    if table:
        yield table


def _from_header(text: str, block: list[Span], gap: re.Pattern[str]) -> list[Span]:
    """Drop leading lines that head no table: list items, sentences, lone words."""
    for i, (s, e) in enumerate(block):
        fields = [(a, b) for a, b in _fields(text, s, e, gap) if a < b]
        plain = all(b - a <= 30 and not _SENTENCE_END.search(text[a:b]) for a, b in fields)
        if plain and len(fields) > 1 and not _NO_ROW.match(text[s:e]):
            return block[i:]
    return []


def _fields(text: str, start: int, end: int, gap: re.Pattern[str]) -> list[Span]:
    cuts = [m.span() for m in gap.finditer(text, start, end)]
    begins = [start, *(b for _, b in cuts)]
    ends = [*(a for a, _ in cuts), end]
    return [trimmed(text, a, b) for a, b in zip(begins, ends, strict=True)]


def _placed(text: str, line_start: int, row: list[Span], starts: list[int]) -> list[tuple[int, Span]]:
    if len(row) == len(starts):
        return list(enumerate(row))
    placed: list[tuple[int, Span]] = []
    free = 0
    for span in row:
        at = _width(text[line_start : span[0]])
        choices = range(free, len(starts))
        if not choices:
            break
        column = min(choices, key=lambda c: abs(starts[c] - at))
        placed.append((column, span))
        free = column + 1
    return placed


def _width(text: str) -> int:
    """Return how many half-width places the text takes on a screen."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


_LONE = re.compile(r"\s*[^\n。，；：！？]{1,20}\s*")


def _blocks(line: re.Pattern[str], text: str, start: int, end: int, *, gap: int) -> Iterator[list[Span]]:
    """Yield runs of matching lines, with at most `gap` blank lines between two.

    Where a gap is allowed, so is one short line by itself: it is a category that the rows below it share.
    """
    block: list[Span] = []
    for found in line.finditer(text, start, end):
        if block:
            last = block[-1][1]
            between = text[last : found.start()] if found.start() - last < 40 else None
            lone = between is not None and gap > 0 and _LONE.fullmatch(between) and between.strip()
            if between is not None and lone:
                block.append(trimmed(text, last, found.start()))
            elif between is None or between.strip() or between.count("\n") > gap + 1:
                yield block
                block = []
        block.append(found.span())
    if block:
        yield block
