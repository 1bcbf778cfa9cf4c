"""Releases that a record tells: a post's, feed's or card's date beside the title or name of what came out."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention, Mentions, clean
from etl.reader.proposals import Proposal, event_on
from etl.reader.roles import listed
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, as_subject
from schema.dates import DateMatch

METHOD = "rule:release_records@1"
_THINGS = frozenset({"model", "product"})
# date: 2027-05-03; <pubDate>Mon, 03 May 2027; releaseDate: '2027-05-03'.
_DATED = re.compile(
    r"(?:(?:^|\n)[ \t]*[\"']?(?:date|releaseDate|release_date|released|createdAt|publishedAt|published)[\"']?[ \t]*:[ \t]*|<pubDate>)[\"']?(?:[A-Z][a-z]{2},? )?$"
)
# The same words as a card's own label: **Legacy.** Released May 3; Model Release Date: May 3; This model was released on May 3.
_LABELLED = re.compile(
    r"(?:(?:^|\n)[ \t*_#>|-]*(?:\w+\.\**[ ])?(?:(?:Model )?Release [Dd]ate|Released)(?:\*\*)?(?: on)?[ \t:：*|]*|[Tt]his model was (?:first )?released on )$"
)
_TITLE = re.compile(r"(?:(?:^|\n)[ \t]*[\"']?(?:title|name)[\"']?[ \t]*:[ \t]*|<title>)(?P<title>[^\n<]{2,160})")
# What a title says before the name of what came out.
_BRINGS = re.compile(
    r"[\"'“`\[ ]*(?:(?:Introducing|Announcing|Hello,?|Meet|Welcome,?|Releasing|Launching|Presenting|Open[- ]sourcing|Open [Rr]elease of|[Cc]ode with|The (?:launch|release) of|推出|发布|开源)[ ]?)?(?:[A-Z]\w+['’]s )?(?:the |our )?(?:new )?"
)
_VERB = re.compile(r"(?:Introducing|Announcing|Hello|Meet|Welcome|Releasing|Launching|Presenting) (?=\S)")
# What the name ends, so that the title is of the thing and not of what became of it: X; X: faster; the X series.
_ENDS = re.compile(r"[ ]?(?:$|[\"'”`\]<\n:：—–!,，(（]| ?- |[Ss]eries|[Mm]odels?\b|[Ff]amily)", re.M)
_MARKS = ("date:", "releaseDate", "createdAt", "published", "<pubDate>", "elease", "eleased")
_LEAD, _RECORD, _HEAD = 48, 1500, 600


def _without_lead(text: str, thing: Mention) -> Mention:
    """Return a name without the word that brings it, which a title writes with a capital too: Introducing X."""
    lead = _VERB.match(text, thing.start, thing.end)
    if lead is None:
        return thing
    return thing._replace(start=lead.end(), name=clean(text[lead.end() : thing.end]), entity_id=None)


class ReleaseRecords:
    """Reads the releases that the records of one document tell."""

    def __init__(self, text: str, mentions: Mentions, scope: ScopeFinder, card: Subject | None) -> None:
        self.text = text
        self.mentions = mentions
        self.scope = scope
        self.card = card if card is not None and card.start < _HEAD else None

    def read(self) -> Iterator[Proposal]:
        """Yield what came out on the dates of records and labels."""
        if not any(mark in self.text for mark in _MARKS):
            return
        for date in self.scope.dates:
            lead = max(0, date.start - _LEAD)
            if date.value.date and _DATED.search(self.text, lead, date.start):
                for thing in self._titled(date.start):
                    yield self._released(as_subject(thing), date)
            elif date.value.date and self.card is not None and _LABELLED.search(self.text, lead, date.start):
                yield self._released(self.card, date)

    def _titled(self, at: int) -> list[Mention]:
        """Return the things that the title of a date's record brings: the first that it names and those listed with it."""
        floor = max(0, at - _RECORD)
        titles = list(_TITLE.finditer(self.text, floor, at))
        if not titles:
            return []
        start, end = titles[-1].span("title")
        things = [_without_lead(self.text, m) for m in self.mentions.within(start, end) if m.kind in _THINGS]
        if not things or not _BRINGS.fullmatch(self.text, start, things[0].start):
            return []
        found = listed(self.text, things)
        return found if _ENDS.match(self.text, found[-1].end) else []

    def _released(self, subject: Subject, date: DateMatch) -> Proposal:
        return event_on("released", subject, (date.start, date.end), date.value, METHOD)
