"""Tables of a Markdown file: header and rows of cells, with their lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_PIPE = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^\[\]]*)\]\(\s*([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\s*\)")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")


@dataclass(slots=True)
class MarkdownTable:
    """One table; `heading` is the heading above it, `excess` what stands in a row beyond its header."""

    heading: str
    line: int
    header: list[str]
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    ragged: list[tuple[int, list[str]]] = field(default_factory=list)
    excess: list[tuple[int, str]] = field(default_factory=list)


def markdown_tables(text: str) -> Iterator[MarkdownTable]:
    """Yield the tables of a text.

    A row with too few cells is ragged; what a row has beyond the header is no cell, as Markdown has it.
    """
    lines = text.splitlines()
    heading, place = "", 0
    while place < len(lines):
        line = lines[place].strip()
        if line.startswith("#"):
            heading = line.strip("# ")
        below = lines[place + 1].strip() if place + 1 < len(lines) else ""
        if line.startswith("|") and "-" in below and _SEPARATOR.fullmatch(below):
            table = MarkdownTable(heading, place + 1, split_row(line))
            place = _fill(table, lines, place + 2)
            yield table
            continue
        place += 1


def _fill(table: MarkdownTable, lines: list[str], place: int) -> int:
    width = len(table.header)
    while place < len(lines) and lines[place].strip().startswith("|"):
        cells = split_row(lines[place])
        number = place + 1
        if not any(cells[1:]):
            pass  # a row that is only numbered, kept for later
        elif len(cells) < width:
            table.ragged.append((number, cells))
        else:
            table.rows.append((number, cells[:width]))
            beyond = " ".join(cell for cell in cells[width:] if cell)
            if beyond:
                table.excess.append((number, beyond))
        place += 1
    return place


def split_row(line: str) -> list[str]:
    """Return the cells of a row, their outer blanks and invisible characters taken off."""
    inner = line.strip().removeprefix("|")
    parts = _PIPE.split(inner)
    if parts and not parts[-1].strip():
        parts.pop()
    return [_INVISIBLE.sub("", part).strip() for part in parts]


def unlinked(cell: str) -> str:
    """Return a cell's words, links without their addresses."""
    return _LINK.sub(lambda found: found[1], cell).strip()


def links(cell: str) -> dict[str, str]:
    """Return the addresses in a cell by the words that they stand under."""
    return {found[1].strip(): found[2] for found in _LINK.finditer(cell)}
