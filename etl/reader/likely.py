"""Likely events: what weights fitted to hand-read texts say befell whom and when, where no rule told an event."""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import rjieba

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal, event_on
from etl.reader.roles import acts
from etl.reader.scope import ScopeFinder
from etl.reader.significant import EVENT, HEARD, LATER, NEVER, PLANNED
from etl.reader.subjects import as_subject
from etl.reader.weights import read_settings, read_weights
from schema.dates import DateMatch

METHOD = "rule:likely-events@1"
_KINDS = frozenset({"person", "organization", "model", "product", "policy"})
# Sentences beyond these are looked at only where they hold a date; of each, the names and dates that come first.
_FIRST, _NAMES, _DATES, _SHORTEST = 8, 3, 4, 8
# The weights were fitted to Chinese sentences, and say nothing of others.
_CHINESE = re.compile("[\u3400-\u9fff]")
# Verbs that lead on to another, and what no event is told by.
_LEADS_ON = frozenset("是有将在会要可")
_WORDS_BEHIND, _VERBS_BEHIND = 12, 8
# Whom another is with or like, and what only is.
_BESIDE = re.compile(r"[与跟同比据像如][ \n]?$")
_STATE = re.compile(r"[ \n*”」]*(?:仍然?|也|都|就|则|一直|无疑)?(?:是|为|属于)(?!由|否)")
_LEFT = " \n#*->|"
_SENTENCES, _LENGTHS, _DIGITS = (1, 2, 3, 5, 8, 14), (20, 40, 80, 140), (0.0, 0.05, 0.12, 0.2)
_OFFSETS, _COUNTS, _VERB_GAPS, _DATE_GAPS = (0, 3, 10, 25, 60), (1, 2, 4, 8), (0, 2, 5, 10, 20), (2, 8, 20, 50)


class _Word(NamedTuple):
    start: int
    text: str
    tag: str


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody whom a sentence may tell something of, on a date or on none, and what speaks for it."""

    sentence: int
    mention: Mention
    date: DateMatch | None
    verb: tuple[int, int] | None
    features: list[str]

    @property
    def day(self) -> str | None:
        """Return the partial date."""
        return self.date.value.date if self.date is not None else None


class Weights(NamedTuple):
    """The weight of each feature, what all start from, and the least share of right ones worth proposing."""

    features: Mapping[str, float]
    bias: float
    threshold: float

    def share(self, candidate: Likely) -> float:
        """Return how likely a candidate is an event that a reader would note, from 0 to 1."""
        total = self.bias
        for feature in candidate.features:
            total += self.features.get(feature, 0.0)
        return 1 / (1 + math.exp(-total))


def load_weights(path: Path) -> Weights:
    """Read the weights of a file."""
    text = path.read_text(encoding="utf-8")
    settings = read_settings(text)
    return Weights(read_weights(text), settings["bias"], settings["threshold"])


class LikelyReader:
    """Reads the events of one document that only their likelihood tells."""

    def __init__(self, parties: Parties, scope: ScopeFinder) -> None:
        self.outline = parties.outline
        self.text = parties.text
        self.mentions = parties.every
        self.scope = scope
        self.counts = Counter(mention.name for mention in self.mentions.items)

    def read(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal], weights: Weights) -> Iterator[Proposal]:
        """Yield of each sentence and date the likeliest one whom it tells something of, that no event of `told` is of."""
        best: dict[tuple[int, str | None], tuple[float, Likely]] = {}
        for candidate in self.candidates(ranges, told):
            share = weights.share(candidate)
            place = (candidate.sentence, candidate.day)
            if share >= weights.threshold and share > best.get(place, (0.0, None))[0]:
                best[place] = share, candidate
        known: set[tuple[str, str | None]] = set()
        for _, candidate in best.values():
            mark = (candidate.mention.name, candidate.day)
            if mark not in known:
                known.add(mark)
                yield self._proposal(candidate)

    def candidates(self, ranges: tuple[tuple[int, int], ...], told: list[Proposal]) -> Iterator[Likely]:
        """Yield whom each sentence names first with each of its dates, and with none, but for the events of `told`."""
        events = sorted((p.start, p.subject.name, p.fields.get("date")) for p in told)
        starts = [start for start, _, _ in events]
        known = {(name, date) for _, name, date in events}
        known |= {(other["name"], p.fields.get("date")) for p in told for other in p.fields.get("participants", ())}
        for number, (begin, end) in enumerate(self._sentences(ranges), start=1):
            names = [m for m in self.mentions.within(begin, end) if m.kind in _KINDS]
            dates = [d for d in self.scope.dates_within(begin, end) if d.value.date and not self.scope.is_limit(d)]
            if not names or not (dates or number <= _FIRST) or _CHINESE.search(self.text, begin, end) is None:
                continue
            here = events[bisect_left(starts, begin) : bisect_left(starts, end)]
            yield from self._of_sentence(number, begin, end, names, dates[:_DATES], here, known)

    def _sentences(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, int]]:
        for start, finish in ranges:
            for begin, end in self.outline.sentences_from(start):
                if begin >= finish:
                    break
                begin, end = max(begin, start), min(end, finish)
                if len(self.text[begin:end].strip(_LEFT)) >= _SHORTEST:
                    yield begin, end

    def _of_sentence(
        self,
        number: int,
        begin: int,
        end: int,
        names: list[Mention],
        dates: list[DateMatch],
        here: list[tuple[int, str, str | None]],
        known: set[tuple[str, str | None]],
    ) -> Iterator[Likely]:
        words = [*_tagged(self.text, begin, end)]
        base = self._sentence_features(number, begin, end, len(names), len(dates), len(here))
        told = {name for _, name, _ in here}
        seen: set[str] = set()
        for index, mention in enumerate(names[:_NAMES]):
            if mention.name in seen:
                continue
            seen.add(mention.name)
            own, verb = self._name_features(index, begin, mention, words)
            lead = self.text[mention.end : verb[0] if verb else end]
            if not self._may_act(mention, lead):
                continue
            own += ["same_subject"] if mention.name in told else []
            scoped = self.scope.event_date(mention.start, mention.end)
            for date in _options(dates, scoped):
                day = date.value.date if date is not None else None
                if (mention.name, day) not in known and not self._is_of_another(date, lead):
                    more = self._date_features(number, index, (begin, end), mention, date, scoped, len(dates), here)
                    yield Likely(number, mention, date, verb, [*base, *own, *more])

    def _may_act(self, mention: Mention, lead: str) -> bool:
        """Tell whether a name may be whom something befell: not whom another is with or like, nor of whom it is denied."""
        if _BESIDE.search(self.text, max(0, mention.start - 3), mention.start) or _STATE.match(lead):
            return False
        begin, _ = self.outline.clause(mention.start)
        denied = NEVER.search(self.text[begin : mention.start]) or NEVER.search(lead)
        return denied is None and not self.text.startswith("的", mention.end)

    def _is_of_another(self, date: DateMatch | None, lead: str) -> bool:
        """Tell whether a date is a report's, or of what is told as later or earlier than it."""
        if date is None:
            return False
        begin, _ = self.outline.clause(date.start)
        return HEARD.match(self.text, begin, date.start) is not None or LATER.search(lead) is not None

    def _sentence_features(self, number: int, begin: int, end: int, names: int, dates: int, told: int) -> list[str]:
        said = self.text[begin:end]
        digits = sum(map(str.isdigit, said)) / len(said)
        found = [
            f"sentence_{_step(number, _SENTENCES)}",
            f"length_{_step(len(said), _LENGTHS)}",
            f"digits_{_step(digits, _DIGITS)}",
            f"told_{min(2, told)}",
            f"dates_{min(2, dates)}",
            f"names_{min(4, names)}",
        ]
        found += ["colon"] if "：" in said or ":" in said else []
        found += ["quote"] if "“" in said else []
        return [*found, "planned"] if PLANNED.search(said) else found

    def _name_features(
        self, index: int, begin: int, mention: Mention, words: list[_Word]
    ) -> tuple[list[str], tuple[int, int] | None]:
        """Return what stands around a name, and the first verb behind it."""
        after = [word for word in words if word.start >= mention.end][:_WORDS_BEHIND]
        before = [word for word in words if word.start < mention.start][-1:]
        following = after[0] if after else _Word(0, "$", "$")
        preceding = before[0] if before else _Word(0, "^", "^")
        found = [
            f"kind_{mention.kind}",
            f"name_{min(3, index)}",
            f"acts_{acts(self.text, mention):d}",
            f"next={following.text}",
            f"next_tag={following.tag[:1]}",
            f"before={preceding.text}",
            f"before_tag={preceding.tag[:1]}",
            f"count_{_step(self.counts[mention.name], _COUNTS)}",
            f"offset_{_step(mention.start - begin, _OFFSETS)}",
            *(f"behind={word.text}" for word in after[:_VERBS_BEHIND] if word.tag[0] == "v"),
        ]
        verb = next((word for word in after if word.tag[0] == "v" and word.text not in _LEADS_ON), None)
        if verb is None:
            return [*found, "no_verb"], None
        found += [f"verb={verb.text}", f"verb_gap_{_step(verb.start - mention.end, _VERB_GAPS)}"]
        return found, (verb.start, verb.start + len(verb.text))

    def _date_features(
        self,
        number: int,
        index: int,
        bounds: tuple[int, int],
        mention: Mention,
        date: DateMatch | None,
        scoped: DateMatch | None,
        dates: int,
        here: list[tuple[int, str, str | None]],
    ) -> list[str]:
        """Return how a date, or none, goes with a name."""
        if date is None:
            shown = [f"undated_dates_{min(2, dates)}", f"undated_told_{min(1, len(here))}"]
            return ["undated", *shown, f"undated_sentence_{_step(number, _SENTENCES[:-1])}"]
        begin, end = bounds
        inside = begin <= date.start < end
        told = any(day == date.value.date for _, _, day in here)
        found = [
            "dated",
            f"precision_{date.value.precision}",
            f"basis_{date.value.basis}",
            f"inside_{inside:d}",
            f"same_clause_{self.outline.clause(date.start) == self.outline.clause(mention.start):d}",
            f"before_name_{date.start < mention.start:d}",
            f"date_gap_{_step(abs(date.start - mention.end), _DATE_GAPS)}",
            f"dated_name_{min(2, index)}",
            f"dated_told_{told:d}",
        ]
        found += ["in_scope"] if scoped is not None and scoped.value.date == date.value.date else []
        found += ["opens"] if inside and date.start == begin else []
        return [*found, "dated_planned"] if PLANNED.search(self.text, begin, mention.end) else found

    def _proposal(self, candidate: Likely) -> Proposal:
        """Return a likely event: at its date, else at its verb, else at its name."""
        mention, date, verb = candidate.mention, candidate.date, candidate.verb
        lead = self.text[self.outline.sentence(mention.start)[0] : verb[0] if verb else mention.end]
        planned = PLANNED.search(lead) is not None
        more = {"scope_note": self.text[slice(*verb)]} if verb else {}
        subject = as_subject(mention)
        if date is not None:
            return event_on(EVENT, subject, (date.start, date.end), date.value, METHOD, planned=planned, more=more)
        fields = {"value_status": "not_stated", "assertion": "planned" if planned else "asserted", **more}
        return Proposal("event", EVENT, *(verb or (mention.start, mention.end)), subject, METHOD, fields)


def _options(dates: list[DateMatch], scoped: DateMatch | None) -> Iterator[DateMatch | None]:
    """Yield no date, each of a sentence, and what else dates the place of a name; each day once."""
    yield None
    seen: set[str | None] = set()
    for date in [*dates, scoped]:
        if date is not None and date.value.date and date.value.date not in seen:
            seen.add(date.value.date)
            yield date


def _tagged(text: str, begin: int, end: int) -> Iterator[_Word]:
    at = begin
    for word, tag in rjieba.tag(text[begin:end]):
        yield _Word(at, word, tag)
        at += len(word)


def _step(number: float, steps: Iterable[float]) -> int:
    """Return which of rising steps a number is on: 0 up to the first."""
    return sum(number > step for step in steps)
