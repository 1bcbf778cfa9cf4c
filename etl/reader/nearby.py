"""What stands just before a place: the sentence before, the clauses before, the ranges that hold it."""

from bisect import bisect_right
from collections.abc import Iterator

from etl.reader.clauses import Outline


def sentence_before(outline: Outline, at: int) -> tuple[int, int] | None:
    """Return the bounds of the sentence before the one around a position; None at the text's beginning."""
    begin, _ = outline.sentence(at)
    while begin > 0:
        begin, end = outline.sentence(begin - 1)
        if not outline.text[begin:end].isspace():
            return begin, end
    return None


def clauses_before(outline: Outline, at: int, limit: int = 4) -> Iterator[tuple[int, int]]:
    """Yield the clauses of the sentence before the one around a position, nearest first, at most `limit`."""
    begin, _ = outline.sentence(at)
    start, _ = outline.clause(at)
    while start > begin and limit:
        start, end = outline.clause(start - 1)
        limit -= 1
        yield start, end


def inside(at: int, ranges: tuple[tuple[int, int], ...], starts: list[int]) -> bool:
    """Tell whether a position lies in one of the sorted ranges; `starts` are where they begin."""
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < ranges[index][1]
