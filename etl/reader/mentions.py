"""Mentions: the places where a text names something."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_BETWEEN_CHINESE: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")


class Name(NamedTuple):
    """A name that a text may hold, and what it stands for."""

    text: str
    kind: str
    canonical: str
    entity_id: str | None = None


class Mention(NamedTuple):
    """A place where a text names something."""

    start: int
    end: int
    kind: str
    name: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a text, in order, none overlapping, and the organizations by name that are known beside them."""

    items: list[Mention]
    starts: list[int]
    bodies: Mapping[str, Name] = field(default_factory=dict)

    def within(self, start: int, end: int) -> list[Mention]:
        """List the mentions that lie in a range."""
        first = bisect_left(self.starts, start)
        found = self.items[first : bisect_left(self.starts, end, first)]
        # None overlaps another: only the last may reach beyond.
        if found and found[-1].end > end:
            found.pop()
        return found

    def beginning(self, ranges: Iterable[tuple[int, int]]) -> list[Mention]:
        """List the mentions that begin in sorted ranges."""
        starts = self.starts
        return [m for start, end in ranges for m in self.items[bisect_left(starts, start) : bisect_left(starts, end)]]

    def at(self, at: int) -> Mention | None:
        """Return the mention that holds a position."""
        index = bisect_right(self.starts, at) - 1
        return self.items[index] if index >= 0 and at < self.items[index].end else None

    def covers(self, at: int) -> bool:
        """Tell whether a mention holds a position."""
        return self.at(at) is not None


def clean(printed: str) -> str:
    """Return a name without layout blanks."""
    if printed.isalnum():
        return printed
    name = " ".join(printed.split())
    return _BETWEEN_CHINESE.sub("", name) if " " in name else name
