"""Sentences and clauses of a text, as sorted bounds."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import methodcaller, sub
from typing import Final

# A sentence ends at a full stop or a blank line; a lone line break may only be layout.
# Both forms take one character of a class, which is scanned for fast, and then look which one it was.
_SENTENCE: Final = re.compile(
    r"[。！？!?；;.\n](?:(?<=[。！？!?；;])[。！？!?；;]*[”’」』\"')）]*|(?<=[a-z\d)\]\"”]\.)(?=\s+[A-Z\"“]|\s*\n|\s*$)"
    r"|(?<=\n)[ \t\u3000]*\n\s*|(?<=\n)(?=[ \t]*(?:[-*•·●#>|]|\d+[.、)）](?!\d)))|(?<=[。：:]\n))"
)
_CLAUSE: Final = re.compile(
    r"[，,：:—–\n](?:(?<=[，,])(?!(?<=\d[，,])\d{3}(?!\d))|(?<=[：:])(?!\d)|(?<=—)—|(?<=\n)[ \t\u3000]*\n|(?<=[—–])(?=[\u4e00-\u9fff]))"
)


_END: Final = methodcaller("end")
# A sentence of more clauses than this is a list; looking further back would cost its square.
MOST_CLAUSES: Final = 12
# Characters without a mark are no clause beyond this length: what looks back through one would cost its square.
LONGEST_CLAUSE: Final = 400


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the sentences and clauses of a text begin and end."""

    text: str
    sentences: list[tuple[int, int]]
    clauses: list[tuple[int, int]]
    sentence_starts: list[int]
    clause_starts: list[int]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the bounds of the sentence around a position."""
        return self.sentences[bisect_right(self.sentence_starts, at) - 1]

    def clause(self, at: int) -> tuple[int, int]:
        """Return the bounds of the clause around a position."""
        return self.clauses[bisect_right(self.clause_starts, at) - 1]

    def sentences_from(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the bounds of the sentence around a position and of those that follow."""
        first = bisect_right(self.sentence_starts, at) - 1
        yield from islice(self.sentences, first, None)

    def sentences_before(self, at: int, most: int) -> list[tuple[int, int]]:
        """List at most so many sentences before the one around a position, nearest first."""
        own = bisect_right(self.sentence_starts, at) - 1
        return self.sentences[max(0, own - most) : own][::-1]

    def clauses_before(self, at: int) -> list[tuple[int, int]]:
        """List the clauses of the sentence before the one around a position, nearest first."""
        own = bisect_right(self.clause_starts, at) - 1
        first = bisect_left(self.clause_starts, self.sentence(at)[0])
        return self.clauses[max(first, own - MOST_CLAUSES) : own][::-1]


def outline(text: str) -> Outline:
    """Find the sentences and clauses of a text, in linear time."""
    sentences = [0, *map(_END, _SENTENCE.finditer(text))]
    clauses = _cut(sorted({*sentences, *map(_END, _CLAUSE.finditer(text))}), len(text))
    return Outline(text, _bounds(sentences, text), _bounds(clauses, text), sentences, clauses)


def _cut(starts: list[int], end: int) -> list[int]:
    """List the starts of clauses, and of the pieces of those that are too long."""
    if max(map(sub, [*starts[1:], end], starts)) <= LONGEST_CLAUSE:
        return starts
    long = [(start, stop) for start, stop in pairwise([*starts, end]) if stop - start > LONGEST_CLAUSE]
    pieces = [at for start, stop in long for at in range(start + LONGEST_CLAUSE, stop, LONGEST_CLAUSE)]
    return sorted([*starts, *pieces])


def _bounds(starts: list[int], text: str) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
