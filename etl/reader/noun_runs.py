"""Runs of nouns: each noun phrase without a particle in a range, as what a figure there may be about."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from etl.reader.common_words import NOT_NAMES
from etl.reader.nouns import CORE, STRONG, TIMES, Told, Word, settled

_RUN: Final = CORE | {"vn", "an", "b", "k", "h", "g"}
_LONGEST, _SHORTEST = 20, 2
_END: Final[Told] = (0, 0, "", None)


class Run(NamedTuple):
    """A run of nouns: its bounds, the tags of the words before and behind it, and whether a measure was cut off its end."""

    start: int
    end: int
    before: str
    after: str
    cut: bool


def runs(text: str, told: Iterable[Told]) -> list[Run]:
    """Return the runs of nouns among words in order; a name alone, which a mention offers, is none."""
    found: list[Run] = []
    phrase: list[Word] = []
    before = behind = ""
    for begin, stop, tag, mention in (*told, _END):
        word = text[begin:stop]
        if tag in _RUN and word not in TIMES:
            if not phrase:
                before = behind
            phrase.append(Word(begin, stop, "vn" if mention is None and word in NOT_NAMES else tag, mention))
        elif phrase:
            run = _run(text, phrase, before, tag)
            if run is not None:
                found.append(run)
            phrase = []
        behind = tag
    return found


def _run(text: str, phrase: list[Word], before: str, after: str) -> Run | None:
    """Return a phrase as a run: what a clause that consists of it would speak of, or all of it where it holds a name."""
    start, end = phrase[0].start, phrase[-1].end
    if any(word.mention is not None and word.mention.kind in STRONG for word in phrase):
        return Run(start, end, before, after, False) if len(phrase) > 1 and end - start <= _LONGEST else None
    found = settled(text, phrase)
    if found is None or found.pronoun is not None or not _SHORTEST <= found.end - found.start <= _LONGEST:
        return None
    return Run(found.start, found.end, before, after, found.end < end)
