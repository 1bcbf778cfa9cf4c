"""Tables for a terminal: double-width characters aligned, cells wrapped or cut to the width at hand."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

GAP = "  "
LEAST = 6
ENOUGH = 12
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
# A closing mark stays with what it closes; a Latin word is not cut.
_ATOM = re.compile(r"\s+|(?:[!-~]+|.)[，。、；：？！）】》”’…]*", re.DOTALL)


class Table(NamedTuple):
    """Rows under headings; `keep` are columns that are never cut, `notes` lines that follow a row."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    keep: frozenset[int] = frozenset()
    right: frozenset[int] = frozenset()
    notes: dict[int, list[str]] = {}  # noqa: RUF012 - never changed
    wrap: bool = False


def clean(text: str) -> str:
    """Return the text on one line, without characters that would steer a terminal."""
    return _CONTROL.sub(" ", text).strip()


def width_of(text: str) -> int:
    """Return how many terminal columns the text takes."""
    if text.isascii():
        return len(text)
    return sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.east_asian_width(char) in "WF":
        return 2
    return 0 if unicodedata.category(char) in {"Mn", "Me", "Cf"} else 1


def padded(text: str, width: int, right: bool = False) -> str:
    """Return the text filled with blanks to the width."""
    blanks = " " * max(0, width - width_of(text))
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """Return the text, its end replaced by … where it is wider than the width."""
    if width_of(text) <= width:
        return text
    kept, used = [], 0
    for char in text:
        used += _char_width(char)
        if used > width - 1:
            break
        kept.append(char)
    return "".join(kept).rstrip() + "…"


def wrapped(text: str, width: int) -> list[str]:
    """Return the text as lines of at most the width, broken between Chinese characters and at blanks."""
    lines, line, used = [], "", 0
    for atom in _atoms(text, width):
        size = width_of(atom)
        if line and used + size > width:
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not atom.isspace():
            line, used = line + atom, used + size
    return [*lines, line.rstrip()] if line else lines or [""]


def _atoms(text: str, width: int) -> Iterator[str]:
    for atom in _ATOM.findall(text):
        yield from (_pieces(atom, width) if width_of(atom) > width else (atom,))


def _pieces(text: str, width: int) -> Iterator[str]:
    piece, used = "", 0
    for char in text:
        size = _char_width(char)
        if piece and used + size > width:
            yield piece
            piece, used = "", 0
        piece, used = piece + char, used + size
    yield piece


def layout(table: Table, width: int) -> Iterator[str]:
    """Yield the lines of a table that fits the width; as blocks, a line a cell, where its columns cannot fit."""
    cells = [[clean(cell) for cell in row] for row in table.rows]
    if table.title:
        yield from wrapped(table.title, width)
    widths = _fitted(table, cells, width)
    if widths is None:
        yield from _blocks(table, cells, width)
        return
    if any(table.headings):
        yield from _lines([clean(heading) for heading in table.headings], widths, table._replace(wrap=True))
        rules = [("-" if clean(heading) else " ") * size for heading, size in zip(table.headings, widths, strict=True)]
        yield GAP.join(rules).rstrip()
    for number, row in enumerate(cells):
        yield from _lines(row, widths, table)
        for note in table.notes.get(number, ()):
            yield from (f"    {line}" for line in wrapped(clean(note), width - 4))


def _fitted(table: Table, cells: list[list[str]], width: int) -> list[int] | None:
    natural = [max(_heading_width(h), *(width_of(row[i]) for row in cells), 1) for i, h in enumerate(table.headings)]
    room = width - len(GAP) * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    loose = [i for i in range(len(natural)) if i not in table.keep]
    room -= sum(natural[i] for i in table.keep)
    cap = _cap([natural[i] for i in loose], room)
    if cap < LEAST:
        return None
    widths = [size if i in table.keep else min(size, cap) for i, size in enumerate(natural)]
    for i in loose:  # what the division left over
        spare = width - len(GAP) * (len(natural) - 1) - sum(widths)
        widths[i] += min(spare, natural[i] - widths[i])
    return widths


def _heading_width(heading: str) -> int:
    """Return what a heading needs: it may stand on several lines."""
    width = width_of(clean(heading))
    return width if width <= ENOUGH else max(ENOUGH, *(width_of(atom) for atom in _ATOM.findall(clean(heading))))


def _cap(natural: list[int], room: int) -> int:
    """Return the greatest width that lets all columns stand in the room when wider ones are cut to it."""
    cap, left = 0, sorted(natural)
    while left:
        cap = room // len(left)
        if left[0] > cap:
            return cap
        room -= left.pop(0)
    return cap


def _lines(row: Sequence[str], widths: list[int], table: Table) -> Iterator[str]:
    if not table.wrap:
        yield _line([cut(cell, size) for cell, size in zip(row, widths, strict=True)], widths, table)
        return
    columns = [wrapped(cell, size) for cell, size in zip(row, widths, strict=True)]
    for number in range(max(map(len, columns))):
        yield _line([column[number] if number < len(column) else "" for column in columns], widths, table)


def _line(cells: list[str], widths: list[int], table: Table) -> str:
    filled = (padded(cell, size, i in table.right) for i, (cell, size) in enumerate(zip(cells, widths, strict=True)))
    return GAP.join(filled).rstrip()


def _blocks(table: Table, cells: list[list[str]], width: int) -> Iterator[str]:
    headings = [clean(heading) for heading in table.headings]
    label = min(max(map(width_of, headings)), max(LEAST, width // 3))
    for number, row in enumerate(cells):
        if number:
            yield ""
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                lines = wrapped(cell, max(LEAST, width - label - len(GAP)))
                yield from _hung(padded(cut(heading, label), label) + GAP, lines)
        yield from (f"    {line}" for note in table.notes.get(number, ()) for line in wrapped(clean(note), width - 4))


def _hung(head: str, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        yield (head if number == 0 else " " * width_of(head)) + line


def markdown(table: Table) -> Iterator[str]:
    """Yield the lines of a Markdown table, its notes below it."""
    if table.title:
        yield f"### {clean(table.title)}"
        yield ""
    yield _piped(table.headings)
    yield _piped(["---:" if i in table.right else "---" for i in range(len(table.headings))])
    yield from (_piped(row) for row in table.rows)
    notes = [(number, note) for number, lines in table.notes.items() for note in lines]
    if notes:
        yield ""
        yield from (f"- {_escaped(table.rows[number][0])}: {_escaped(note)}" for number, note in notes)


def _piped(cells: Sequence[str]) -> str:
    return f"| {' | '.join(_escaped(cell) for cell in cells)} |"


def _escaped(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
