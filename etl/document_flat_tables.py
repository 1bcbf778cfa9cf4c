"""Tables that PDF text has flattened: one row a line with single blanks, or one cell a line."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, log

from etl.document_cells import CAPTION_LINE, Span, Table, class_of, grid_table
from etl.line_starts import line_matches

MIN_COLUMNS, MAX_COLUMNS = 3, 12
MAX_TOKENS = 40
MAX_CELL_TOKENS = 8
MAX_LINE = 200
MAX_TRIED = 40  # rows read under what was no header after all: beyond, they are not read again

_HEADER_WORD = re.compile(
    r"名称|名字|简称|模型|公司|企业|机构|主体|厂商|团队|开发|研发|单位|参数|规模|数据|训练|语料|是否|开源|协议|许可|时间|日期|年份|"
    r"年度|季度|月份|价格|费用|金额|收入|成本|投资|估值|轮次|类别|类型|类目|分类|种类|产品|版本|序号|编号|排名|国家|地区|省|城市|政策|措施|"
    r"特点|特征|优势|领域|行业|场景|应用|架构|任务|评测|基准|得分|分数|准确率|性能|长度|上下文|算力|芯片|显存|功耗|备案|用户|数量|占比|"
    r"增速|增长|指标|目标|来源|备注|说明|描述|地址|领域|"
    r"\b(?:Model|Name|Company|Organi[sz]ation|Developer|Vendor|Lab|Params?|Parameters?|Size|Data|Dataset|Tokens?|Open|Source|"
    r"License|Licence|Date|Year|Released?|Price|Input|Output|Cost|Type|Category|Task|Version|Country|Region|Score|Accuracy|"
    r"Context|Length|Window|Compute|GPUs?|FLOPs|Users|Revenue|Amount|Round|Rank|No\.?|Benchmark)\b",
)
_HEADER_PAIRS = re.compile(
    r"(?:Context|Sequence) (?:Window|Length)|Release Date|Training (?:Data|Compute|Tokens|Cost)|Open (?:Source|Weights)|"
    r"Model (?:Name|Size|Type)|Parameters? (?:Counts?|Size)|Data (?:Size|Source)|(?:Input|Output) (?:Price|Cost|Tokens)|"
    r"(?:Total|Active) (?:Parameters|Params)|Batch Size|(?<=\S) [（(\[][^\s]+"
)
_SENTENCE = re.compile(r"[。；！？]|[，,：:]$|[.:]$|：")
_NOTE = re.compile(
    r"\s*(?:(?:资料来源|数据来源|来源|注|备注|说明|Source|Note)s?\s*\d*\s*[:：]|(?:Figure|Fig\.|Table|图|表)\s*\d|https?:)",
    re.I,
)
_TOKEN = re.compile(r"[^ \t\r\u3000]+")

# Three and more tokens with nothing between them but blanks; possessive throughout, so a scan is linear.
_HEADER_LINE = re.compile(
    r"^[ \t]*+[^\s#>*|`\-。，；！？、：]{1,24}+(?:[ \t]++[^\s|。，；！？、：]{1,24}+){2,}+[ \t\r]*+$", re.M
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table being read: its tokens, some of them glued; `line` is the whole line."""

    line: Span
    tokens: tuple[Span, ...]


def flat_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield tables of one row a line, the cells parted by single blanks."""
    captions = {m.end() for m in line_matches(CAPTION_LINE, text, start, end)}
    position = start
    for found in line_matches(_HEADER_LINE, text, start, end):
        if found.start() < position:
            continue
        header = _header(text, found.start(), found.end())
        captioned = _is_captioned(text, found.start(), captions)
        if not header or _header_words(text, header) < (1 if captioned else 2):
            continue
        read = _read_rows(text, found.end(), end, header)
        table = _flat_table(text, found.span(), header, read, captioned=captioned)
        if table:
            yield table
            position = table.end
        elif len(read) > MAX_TRIED:
            position = read[-1].line[1]


def _is_captioned(text: str, start: int, captions: set[int]) -> bool:
    end = start
    while end > 0 and start - end < 8 and text[end - 1] in " \t\r\n":
        end -= 1
    line_end = text.find("\n", end, start)
    return (line_end if line_end >= 0 else end) in captions


def _header(text: str, start: int, end: int) -> tuple[Span, ...]:
    tokens = _tokens(text, start, end)
    joined = {start + m.start() + m[0].index(" ") for m in _HEADER_PAIRS.finditer(text[start:end])}
    header: list[Span] = []
    for token in tokens:
        if header and header[-1][1] in joined:
            header[-1] = (header[-1][0], token[1])
        else:
            header.append(token)
    plain = MIN_COLUMNS <= len(header) <= MAX_COLUMNS and not any(class_of(text[s:e]) != "text" for s, e in header)
    latin = [text[s] for s, _ in header if text[s].isascii() and text[s].isalpha()]
    # `training data of the model` is prose: the words of an English header are capitalised.
    return tuple(header) if plain and not any(c.islower() for c in latin) else ()


def _header_words(text: str, header: Sequence[Span]) -> int:
    return sum(bool(_HEADER_WORD.search(text[s:e])) for s, e in header)


def _tokens(text: str, start: int, end: int) -> list[Span]:
    return [m.span() for m in _TOKEN.finditer(text, start, end)]


def _flat_table(
    text: str, line: Span, header: tuple[Span, ...], read: Sequence[_Row], *, captioned: bool
) -> Table | None:
    rows = [row for row in read if len(row.tokens) > 1]
    if len(rows) < 2:
        return None
    width, inline = _body_width(text, read, len(header))
    fitting = [row for row in rows if len(row.tokens) == width]
    telling = sum(_class_by_header(text[a:b]) != "text" for a, b in header)
    # Without a row to learn from, the header's words must say what at least two columns hold.
    if not fitting and telling < 2:
        return None
    profile = _Profile.of(text, header[len(header) - width :], fitting, width)
    body: list[list[tuple[int, Span]]] = []
    shift = len(header) - width
    last = line[1]
    for row in read:
        placed = _placed(text, row, width, shift, profile, inline=inline)
        if placed is None:
            break
        body.append(placed)
        last = row.line[1]
    if not _is_table(text, body, shift, captioned=captioned):
        return None
    return grid_table("flat", text, (line[0], last), header, body)


def _read_rows(text: str, position: int, end: int, header: tuple[Span, ...]) -> list[_Row]:
    """Read lines as long as they may be rows or categories of the table."""
    rows: list[_Row] = []
    titles = text[header[0][0] : header[-1][1]]
    for start, stop in _lines(text, position, end):
        line = text[start:stop]
        if len(line) > MAX_LINE or _SENTENCE.search(line.rstrip()) or _NOTE.match(line) or line.strip() == titles:
            break
        tokens = _glued(text, _tokens(text, start, stop))
        too_many = len(tokens) > min(MAX_TOKENS, len(header) + 8)
        if too_many or (len(tokens) == 1 and (stop - start > 24 or _ends_run(text, rows))):
            break
        rows.append(_Row((start, stop), tuple(tokens)))
    while rows and len(rows[-1].tokens) == 1:
        rows.pop()
    return rows


def _ends_run(text: str, rows: list[_Row]) -> bool:
    """Tell whether two lines of one token came in a row: then it is running text, not a category."""
    return bool(rows) and len(rows[-1].tokens) == 1


def _lines(text: str, position: int, end: int) -> Iterator[Span]:
    """Yield the lines with characters, until two blank lines come together twice over."""
    while position < end:
        start = position + 1 if text.startswith("\n", position) else position
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        elif not text[start : stop + 3].strip():
            return
        position = stop


# --- gluing: tokens that are one value whatever the columns are

_NUMERAL = re.compile(r"[约約超近逾~≈<>≤≥±$¥￥]*\d[\d,.]*(?:[-–~至到]\d[\d,.]*)?")
_SCALE_FIRST = re.compile(
    r"[十百千万萬亿億兆余多]|(?:美元|人民币|元|个|款|家|项|张|条|篇|倍|次|人|天|年|月|日|小时|分钟|卡|块)|"
    r"(?:[KMGTPE]?B|[KMT]|tokens?|billion|million|trillion|%|GB|TB|MB|PFLOPS|EFLOPS|hours?|days?)(?![A-Za-z\-\d])"
)
_COUNTED = re.compile(r"(?:tokens?|params?|parameters?|词元|参数|个|条|张)(?![A-Za-z-])", re.I)
_BOUND = re.compile(r"(?:约|約|超|超过|逾|近|大于|小于|不到|至少|至多|最高|最多|~|≈|<|>|≤|≥|\$|¥)")
_JOINT = re.compile(r"[~～至到]")


def _glued(text: str, tokens: list[Span]) -> list[Span]:
    """Join `520` and `亿`, `约` and `500`, `7B` `~` `65B`, `2023` and `年`."""
    glued: list[Span] = []
    for token in tokens:
        word = text[token[0] : token[1]]
        before = text[glued[-1][0] : glued[-1][1]] if glued else ""
        if glued and _is_one_value(before, word):
            glued[-1] = (glued[-1][0], token[1])
        else:
            glued.append(token)
    return glued


def _is_one_value(before: str, word: str) -> bool:
    tail = before.rpartition(" ")[2]
    if _NUMERAL.fullmatch(tail) and _SCALE_FIRST.match(word):
        return True
    if tail[:1].isdigit() and tail[-1:] in "KMBT亿万" and _COUNTED.match(word):
        return True
    if _BOUND.fullmatch(tail) and word[0].isdigit():
        return True
    if tail[-1:] in ("年", "月") and word[0].isdigit() and before[:1].isdigit():
        return True
    dated = tail[-1:].isdigit() or tail[-1:] in ("B", "亿", "万")
    return (dated and bool(_JOINT.fullmatch(word))) or (
        len(tail) == 1 and bool(_JOINT.fullmatch(tail)) and " " in before
    )


# --- the columns: how many the rows have, and what each one holds


def _body_width(text: str, read: Sequence[_Row], header: int) -> tuple[int, bool]:
    """Return how many columns the rows have, and whether a category stands on the line of its first row.

    Rows have one column fewer than the header where categories stand on lines of their own, or where the rows with
    a cell more are like the others but for their first cell.
    """
    counts = Counter(len(row.tokens) for row in read if len(row.tokens) > 1)
    if not counts[header - 1]:
        return header, False
    if any(len(row.tokens) == 1 for row in read):
        return header - 1, False
    if counts[header - 1] < 2 or not counts[header]:
        return (header - 1, False) if counts[header - 1] > 2 * counts[header] else (header, False)
    shorter = _Profile.of(text, (), [row for row in read if len(row.tokens) == header - 1], header - 1)
    longer = [row for row in read if len(row.tokens) == header]
    inline = all(shorter.fits(text, row.tokens[1:]) for row in longer)
    return (header - 1, True) if inline else (header, False)


class _Profile:
    """What each column holds, learnt from the rows that have just as many tokens as there are columns."""

    def __init__(self, shares: list[Counter[str]], values: list[set[str]]) -> None:
        self.shares, self.values = shares, values

    @classmethod
    def of(cls, text: str, header: Sequence[Span], rows: Sequence[_Row], width: int) -> "_Profile":
        """Count the classes of the rows' values, column by column; the header's words weigh as one row."""
        shares: list[Counter[str]] = [Counter() for _ in range(width)]
        values: list[set[str]] = [set() for _ in range(width)]
        for column, (start, end) in enumerate(header):
            shares[column][_class_by_header(text[start:end])] += 1
        for row in rows:
            for column, (start, end) in enumerate(row.tokens):
                value = text[start:end]
                shares[column][class_of(value)] += 1
                values[column].add(value)
        return cls(shares, values)

    def cost(self, column: int, value: str) -> float:
        """Return how ill the value fits the column."""
        kind = class_of(value)
        if kind == "empty":
            return 0.5
        if kind == "text" and value in self.values[column]:
            return -0.5
        share = self.shares[column]
        filled = sum(share.values()) - share["empty"]
        return -log((share[kind] + 0.05) / (filled + 0.2))

    def fits(self, text: str, tokens: Sequence[Span]) -> bool:
        """Tell whether tokens, just as many as the columns, are each of a class seen in their column."""
        kinds = (class_of(text[start:end]) for start, end in tokens)
        return all(kind == "empty" or share[kind] for kind, share in zip(kinds, self.shares, strict=True))


def _class_by_header(name: str) -> str:
    if re.search(r"是否|支持|Open|开源$", name):
        return "truth"
    if re.search(r"时间|日期|年份|Date|Year|Release", name):
        return "date"
    number = r"参数|规模|数量|金额|价格|长度|得分|占比|增速|收入|数据量|上下文|Param|Size|Data|Context|Token|Price|Score|Length|Cost|Amount|Users|Revenue|[（(]"
    return "number" if re.search(number, name) else "text"


def _placed(
    text: str, row: _Row, width: int, shift: int, profile: _Profile, *, inline: bool
) -> list[tuple[int, Span]] | None:
    """Give a row's tokens to the columns; None where they fit none."""
    tokens = row.tokens
    if len(tokens) == 1:
        return [(0, tokens[0])]
    if len(tokens) == width and profile.fits(text, tokens):
        return [(shift + column, span) for column, span in enumerate(tokens)]
    if inline and len(tokens) == width + 1 and profile.fits(text, tokens[1:]):
        return list(enumerate(tokens))
    cost, cells = _cheapest(text, tokens, width, profile)
    return [(shift + column, span) for column, span in cells] if cost < 4.0 * width else None


_VERSION = re.compile(
    r"[vV]?\d+(?:\.\d+)*[A-Za-z]?|[IVX]{1,4}|Pro|Max|Mini|Plus|Turbo|Large|Small|Base|Chat|Ultra|Nano"
)


def _cheapest(text: str, tokens: Sequence[Span], width: int, profile: _Profile) -> tuple[float, list[tuple[int, Span]]]:
    """Part the tokens into the columns, in order, at the least cost; a column may stay empty."""
    count = len(tokens)
    best: list[list[float]] = [[inf] * (count + 1) for _ in range(width + 1)]
    came: list[list[int]] = [[0] * (count + 1) for _ in range(width + 1)]
    best[0][0] = 0.0
    for column in range(width):
        for used in range(count + 1):
            base = best[column][used]
            if base == inf:
                continue
            _offer(best, came, column, used, used, base + 3.0)
            for stop in range(used + 1, min(count, used + MAX_CELL_TOKENS) + 1):
                value = text[tokens[used][0] : tokens[stop - 1][1]]
                cost = profile.cost(column, value) + _joining(text, tokens[used:stop], column)
                _offer(best, came, column, used, stop, base + cost)
    return best[width][count], _walked_back(came, tokens, width)


def _offer(best: list[list[float]], came: list[list[int]], column: int, used: int, stop: int, cost: float) -> None:
    if cost < best[column + 1][stop]:
        best[column + 1][stop] = cost
        came[column + 1][stop] = used


def _walked_back(came: list[list[int]], tokens: Sequence[Span], width: int) -> list[tuple[int, Span]]:
    cells: list[tuple[int, Span]] = []
    stop = len(tokens)
    for column in range(width, 0, -1):
        used = came[column][stop]
        if used < stop:
            cells.append((column - 1, (tokens[used][0], tokens[stop - 1][1])))
        stop = used
    return cells[::-1]


def _joining(text: str, tokens: Sequence[Span], column: int) -> float:
    """Return the cost of one cell of several tokens: low for a name and its version, high across classes."""
    cost = 0.0
    for (a, b), (c, d) in pairwise(tokens):
        before, after = text[a:b], text[c:d]
        if before[:1].isalpha() and _VERSION.fullmatch(after):
            cost += 0.2 if before[-1:].isascii() else 0.4
        elif "empty" in (class_of(before), class_of(after)):
            cost += 6.0
        elif _VERSION.fullmatch(before) and after.isascii() and after.isalpha():
            cost += 1.2
        elif class_of(before) == class_of(after) == "text":
            cost += 0.7 if column == 0 else 1.0
            cost += 0.6 if before[-1:].isdigit() else 0.0  # a name's version ends it
        else:
            cost += 2.5
    return cost


def _is_table(text: str, body: list[list[tuple[int, Span]]], shift: int, *, captioned: bool) -> bool:
    """Hold what was read against what a table is: two rows, and a column that holds mostly values, not words."""
    rows = [row for row in body if len(row) > 1]
    if len(rows) < 2:
        return False
    classes: dict[int, Counter[str]] = {}
    for row in rows:
        for column, (start, end) in row:
            if column >= shift:
                classes.setdefault(column, Counter())[class_of(text[start:end])] += 1
    telling = [c for c in classes.values() if c.total() - c["text"] >= 0.6 * len(rows)]
    return bool(telling) or (captioned and all(c.total() == len(rows) for c in classes.values()))


# --- one cell a line

_SHORT_RUN = re.compile(r"(?:^[ \t]*+[^\n。；！？，|#<>]{1,40}+\n(?:[ \t\r]*+\n)?+){8,}+", re.M)


def stacked_tables(text: str, start: int, end: int) -> Iterator[Table]:
    """Yield tables of one cell a line, row after row, under a header of as many lines."""
    for run in line_matches(_SHORT_RUN, text, start, end):
        lines = [m.span() for m in re.finditer(r"[^\s\n](?:[^\n]*[^\s\n])?", text[run.start() : run.end()])]
        lines = [(run.start() + a, run.start() + b) for a, b in lines]
        yield from _stacked(text, lines)


def _stacked(text: str, lines: list[Span]) -> Iterator[Table]:
    classes = [class_of(text[s:e]) for s, e in lines]
    heads = [bool(_HEADER_WORD.search(text[s:e])) and e - s <= 16 for s, e in lines]
    at = 0
    while at + 3 * 2 < len(lines):
        width, rows = _stack(classes, heads, at)
        if not width:
            at += 1
            continue
        body = [[(width - size + i, lines[begin + i]) for i in range(size)] for begin, size in rows]
        end = rows[-1][0] + rows[-1][1]
        table = grid_table("stacked", text, (lines[at][0], lines[end - 1][1]), lines[at : at + width], body)
        if table:
            yield table
        at = end


_Rows = list[tuple[int, int]]  # where a row begins, and how many lines it has


def _stack(classes: list[str], heads: list[bool], at: int) -> tuple[int, _Rows]:
    """Return how many lines the header that begins here has, and its rows; 0 where none begins."""
    if not heads[at] or classes[at] != "text":
        return 0, []
    for width in range(MIN_COLUMNS, 9):
        header = range(at, at + width)
        if at + 3 * width - 2 > len(classes) or any(classes[i] != "text" for i in header):
            break
        if sum(heads[i] for i in header) * 2 < width:
            continue
        rows = _stack_rows(classes, at + width, width)
        if len(rows) >= 2:
            return width, rows
    return 0, []


def _stack_rows(classes: list[str], begin: int, width: int) -> _Rows:
    """Return the rows that agree with the first one, class by class.

    A row may lack its first line, where the first column's cell is merged with the one above.
    """
    kinds = classes[begin : begin + width]
    if len(kinds) < width or kinds[0] != "text" or all(kind == "text" for kind in kinds):
        return []
    rows = [(begin, width)]
    begin += width
    while begin < len(classes):
        size = next((n for n in (width, width - 1) if _agree(kinds[width - n :], classes[begin : begin + n])), 0)
        if not size:
            break
        row = classes[begin : begin + size]
        known = kinds[width - size :]
        kinds[width - size :] = [b if a == "empty" else a for a, b in zip(known, row, strict=True)]
        rows.append((begin, size))
        begin += size
    return rows


def _agree(kinds: list[str], row: list[str]) -> bool:
    """Tell whether a row has the columns' classes; a mark for no value agrees with any but a name."""
    if len(kinds) != len(row) or row[0] != "text":
        return False
    return all(a == b or "empty" in (a, b) for a, b in zip(kinds, row, strict=True))
