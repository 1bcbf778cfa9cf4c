"""Events: who or what was released, opened, founded, funded, bought, and when."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from etl.reader.deeds import Deed, deeds
from etl.reader.happenings import Happenings
from etl.reader.mentions import Mentions
from etl.reader.proposals import Proposal
from etl.reader.relations import RelationReader
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, SubjectFinder
from schema.dates import DateMatch

METHOD = "rule:events@2"
_WITHOUT_DATE = frozenset({"renamed", "acquired", "funded", "released", "open_sourced", "founded", "departed", "held"})
_TO_COME = re.compile(r"明年|后年|下(?:周|个?月|半年)|next ")
# An announcement is told by what was announced, where that is an event of its own.
_WEAK = frozenset({"announced"})


class EventReader:
    """Reads events and relations of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder, mentions: Mentions) -> None:
        self.text = subjects.text
        self.outline = subjects.outline
        self.is_policy_text = subjects.is_policy_text
        self.scope = scope
        self.happenings = Happenings(subjects.outline, mentions)
        self.relations = RelationReader(subjects.outline, mentions)

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield the events of a document, then its relations."""
        found = list(deeds(self.text, ranges))
        yield from distinct(self._proposals(found))
        yield from self.relations.read(ranges)

    def _proposals(self, found: list[Deed]) -> Iterator[Proposal]:
        for index, deed in enumerate(found):
            if deed.event in _WEAK and self._tells_another(deed, found[index + 1 : index + 3]):
                continue
            actors = self.happenings.actors(deed)
            date = self.scope.event_date(deed.start, deed.end)
            if date is not None and actors and self._is_of_another(date, deed, found[index - 1] if index else None):
                date = None
            if date is None and not self._stands_undated(deed):
                continue
            for subject in self.happenings.subjects(deed, actors, dated=date is not None):
                yield self._event(deed, date, subject, actors)

    def _tells_another(self, deed: Deed, later: list[Deed]) -> bool:
        _, end = self.outline.clause(deed.start)
        return any(other.start < end for other in later)

    def _is_of_another(self, date: DateMatch, deed: Deed, last: Deed | None) -> bool:
        """Tell whether an earlier clause's date goes with that clause's deed: X在月初宣布…，Y也宣布…."""
        start, _ = self.outline.clause(deed.start)
        return last is not None and date.end <= last.start < start

    def _stands_undated(self, deed: Deed) -> bool:
        """Tell whether an event may be proposed without a date: it is told as done, and not by a rule of law."""
        return deed.event in _WITHOUT_DATE and not (self.is_policy_text or deed.planned or deed.role == "strict")

    def _event(self, deed: Deed, date: DateMatch | None, subject: Subject, actors: list[Subject]) -> Proposal:
        planned = deed.planned or (date is not None and _TO_COME.match(self.text, date.start) is not None)
        fields: dict[str, Any] = {"assertion": "planned" if planned else "asserted"}
        start, end = deed.start, deed.end
        if date is not None:
            value = date.value
            fields |= {"date": value.date or value.period_start, "date_basis": value.basis, "value_status": "reported"}
            if value.period_start and value.period_end:
                fields |= {"period_start": value.period_start, "period_end": value.period_end}
            start, end = date.start, date.end
        else:
            fields["value_status"] = "not_stated"
        others = [actor for actor in actors if actor.name != subject.name]
        if others:
            fields["participants"] = [{"role": "actor", "name": a.name, "entity_id": a.entity_id} for a in others]
        return Proposal("event", deed.event, start, end, subject, METHOD, fields)


def distinct(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Leave out repeated events, those without a date that another place dates, and weak ones told better."""
    kept: dict[tuple[str, str, Any], Proposal] = {}
    for proposal in proposals:
        kept.setdefault((proposal.property_id, proposal.subject.name, proposal.fields.get("date")), proposal)
    dated = {(event, name) for event, name, date in kept if date is not None}
    strong = {(name, date) for event, name, date in kept if event not in _WEAK}
    for (event, name, date), proposal in kept.items():
        if date is None and (event, name) in dated:
            continue
        if event in _WEAK and (name, date) in strong:
            continue
        yield proposal
