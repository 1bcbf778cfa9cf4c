"""Events: who or what was released, opened, founded, funded, bought, and when."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from etl.reader.brought_out import Brought, brought_by
from etl.reader.chronicles import chronicle, dated_names
from etl.reader.deeds import Deed, deeds
from etl.reader.happenings import Happenings
from etl.reader.known_makers import Known
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.relations import RelationReader
from etl.reader.scope import ScopeFinder
from etl.reader.spoken import Spoken
from etl.reader.subjects import Subject, SubjectFinder
from etl.reader.surroundings import ACTORS
from schema.dates import DateMatch

METHOD = "rule:events@2"
_WITHOUT_DATE = frozenset(
    {
        "renamed",
        "awarded",
        "acquired",
        "funded",
        "released",
        "open_sourced",
        "founded",
        "departed",
        "held",
        "partnered",
        "joined",
        "interviewed",
        "published",
        "announced",
        "laid_off",
        "sued",
        "dissolved",
    }
)
_TOLD_WITHOUT_DATE = frozenset({"filed", "appointed", "upgraded", "opened", "in_testing", "price_changed"})
_PLANNED_WITHOUT_DATE = frozenset(
    {"released", "opened", "open_sourced", "departed", "acquired", "funded", "partnered", "held", "ipo_filed", "listed"}
)
# Whom a body appoints, puts out or takes on stands behind the word, and nothing else does.
_NAMED_PERSONS = frozenset({"dismissed", "hired"})
_TO_COME = re.compile(r"明年|后年|下(?:周|个?月|半年)|next ")
# An announcement is told by what was announced, where that is an event of its own.
_WEAK = frozenset({"announced"})
_BRINGING_OUT = frozenset({"released", "open_sourced"})
# Words that often tell no event at all.
_MAY_TELL_NOTHING = frozenset({"joint", "request", "paper", "set_up"})
# 2020年和2022年，X先后推出A、B: a date each.
_EACH_IN_TURN = re.compile(r"(?:先后|分别|依次|陆续)[^，。；\n]{0,8}$")
# What stands before the deed of a headline: who did it.
_HEADS = re.compile(r"[ \t#>*•·\-\d.、)）\[【|]*[^，。；：！？,;:!?\n]{2,24}")
# A clause that goes on with what the one before tells: 解雇了甲，由乙出任….
_GOES_ON = re.compile(r"[ \n]*(?:由|并|同时由|改由)")
_SAID_MARKS = frozenset("，,：:")
_OBJECT = re.compile(r"(?<![即或])将[ \n*“「《]*")
_TO_COME_TOO = re.compile(r"计划|拟|预计|有望|即将|打算|准备|定于|或将|争取|力争|未来")
_HEADLINE, _PRIZE, _LEAD = 90, 12, 40
_BETWEEN_DATES = re.compile(r"[ \n]*(?:、|和|与|及|以及)[ \n]*")


class EventReader:
    """Reads events and relations of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder, parties: Parties, known: Known) -> None:
        self.text = subjects.text
        self.outline = subjects.outline
        self.is_policy_text = subjects.is_policy_text
        self.scope = scope
        self.mentions = parties.every
        self.happenings = Happenings(subjects.outline, parties.every)
        self.relations = RelationReader(parties, known)
        self.spoken = Spoken(parties)
        self.brought: list[Brought] = []

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield the events of a document, then its relations."""
        found = list(deeds(self.text, ranges))
        listed = (
            *chronicle(self.text, self.mentions, self.scope),
            *dated_names(self.text, self.mentions, self.scope),
        )
        yield from distinct([*self._proposals(found), *listed])
        yield from self.relations.read(ranges, self.brought)

    def _proposals(self, found: list[Deed]) -> Iterator[Proposal]:
        for index, one in enumerate(found):
            deed = one if one.told or not self._is_headline(one) else one._replace(told=True)
            if deed.planned and self._takes_object(deed):
                deed = deed._replace(planned=False)
            if deed.event in _WEAK and self._tells_another(deed, found[index + 1 : index + 3]):
                continue
            actors = self.happenings.actors(deed)
            date = self.scope.event_date(deed.start, deed.end)
            if date is None and deed.event == "awarded":
                date = self._award_year(deed)
            if date is not None and actors and self._is_of_another(date, deed, found[index - 1] if index else None):
                date = None
            if date is None and not self._stands_undated(deed):
                continue
            if deed.role == "said" and (date is None or not self._is_told_with(date, deed)):
                continue
            subjects = self.happenings.subjects(deed, actors, dated=date is not None)
            if self.is_policy_text and deed.event == "released":
                # Who brings out an instrument is no thing that comes out.
                subjects = [subject for subject in subjects if subject.kind not in ACTORS]
            subjects = subjects or self.spoken.subjects(deed, date is not None)
            if deed.event in _BRINGING_OUT:
                begin, _ = self.outline.clause(deed.start)
                self.brought += brought_by(self.text, self.mentions, deed, begin, subjects, actors)
            for subject, own in zip(subjects, self._dates(deed, date, len(subjects)), strict=True):
                yield self._event(deed, own, subject, actors)

    def _award_year(self, deed: Deed) -> DateMatch | None:
        """Return the year of a prize that stands within its name: 获得了2020年青禾奖."""
        within = self.scope.dates_within(deed.end, deed.end + _PRIZE)
        return within[0] if within and self.outline.clause(within[0].start) == self.outline.clause(deed.start) else None

    def _takes_object(self, deed: Deed) -> bool:
        """Tell whether 将 before a word only leads on to what the deed is done to: 将X告上法庭."""
        begin, _ = self.outline.clause(deed.start)
        objects = [
            found
            for found in _OBJECT.finditer(self.text, max(begin, deed.start - _LEAD), deed.start)
            if any(m.start == found.end() for m in self.mentions.within(found.end(), deed.start)[:1])
        ]
        return bool(objects) and not _TO_COME_TOO.search(self.text, max(begin, deed.start - _LEAD), deed.start)

    def _is_headline(self, deed: Deed) -> bool:
        """Tell whether a deed stands near the beginning of a line that is no sentence: X发布Y, which tells news."""
        begin = self.text.rfind("\n", max(0, deed.start - _HEADLINE), deed.start) + 1
        end = self.text.find("\n", deed.end, deed.end + _HEADLINE)
        linked = self.text.find("](", deed.end, deed.end + _HEADLINE)
        end = linked if linked >= 0 and (end < 0 or linked < end) else end
        if (not begin and deed.start > _HEADLINE) or end < 0 or "。" in self.text[deed.end : end]:
            return False
        return _HEADS.fullmatch(self.text, begin, deed.start) is not None

    def _dates(self, deed: Deed, date: DateMatch | None, count: int) -> list[DateMatch | None]:
        """Return the date of each of several subjects: its own, where as many dates are listed as told in turn."""
        start, _ = self.outline.clause(deed.start)
        if date is not None and count > 1 and _EACH_IN_TURN.search(self.text, max(start, deed.start - 12), deed.start):
            listed = [*self.scope.dates_within(max(0, date.start - 40), date.start), date][-count:]
            pairs = pairwise(listed)
            if len(listed) == count and all(_BETWEEN_DATES.fullmatch(self.text, a.end, b.start) for a, b in pairs):
                return list(listed)
        return [date] * count

    def _tells_another(self, deed: Deed, later: list[Deed]) -> bool:
        _, end = self.outline.clause(deed.start)
        return any(other.start < end and other.role not in _MAY_TELL_NOTHING for other in later)

    def _is_of_another(self, date: DateMatch, deed: Deed, last: Deed | None) -> bool:
        """Tell whether an earlier clause's date goes with that clause's deed: X在月初宣布…，Y也宣布…."""
        start, _ = self.outline.clause(deed.start)
        told = (
            last is not None
            and last.role != "at"
            and not self._says(last)
            and date.end <= last.start < start
            and not _GOES_ON.match(self.text, start)
        )
        of_all = (self.scope.section_date(deed.start), self.scope.issue_date(deed.start, deed.end)) if told else ()
        return told and date not in of_all

    def _says(self, deed: Deed) -> bool:
        """Tell whether what follows is what somebody announced: 甲今天宣布，X正式开放."""
        return deed.event == "announced" and self.text[deed.end : deed.end + 1] in _SAID_MARKS

    def _is_told_with(self, date: DateMatch, deed: Deed) -> bool:
        """Tell whether a date is printed in the sentence of a deed, and is no mere year."""
        return date.start >= self.outline.sentence(deed.start)[0] and date.value.precision != "year"

    def _stands_undated(self, deed: Deed) -> bool:
        """Tell whether an event may be proposed without a date: it is told as done, and not by a rule of law."""
        if self.is_policy_text or deed.role == "strict":
            return False
        if deed.role in _NAMED_PERSONS or (deed.role == "serving" and not deed.planned):
            return not deed.planned
        if deed.event in _TOLD_WITHOUT_DATE:
            return deed.told and not deed.planned
        return deed.event in (_PLANNED_WITHOUT_DATE if deed.planned else _WITHOUT_DATE)

    def _event(self, deed: Deed, date: DateMatch | None, subject: Subject, actors: list[Subject]) -> Proposal:
        planned = deed.planned or (date is not None and _TO_COME.match(self.text, date.start) is not None)
        fields: dict[str, Any] = {"assertion": "planned" if planned else "asserted"}
        start, end = deed.start, deed.end
        if date is not None:
            value = date.value
            # Of a span of months the event is dated by the first.
            day = value.period_start if value.precision == "period" else None
            fields |= {
                "date": day or value.date or value.period_start,
                "date_basis": value.basis,
                "value_status": "reported",
            }
            if value.period_start and value.period_end:
                fields |= {"period_start": value.period_start, "period_end": value.period_end}
            start, end = date.start, date.end
        else:
            fields["value_status"] = "not_stated"
        told = self.happenings.releases.described(deed) if subject.kind in ACTORS else None
        if told is not None:
            fields["scope_note"] = told
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
    strong = {(name, date) for event, name, date in kept if event not in _WEAK and event != "interviewed"}
    for (event, name, date), proposal in kept.items():
        if date is None and (event, name) in dated:
            continue
        if event in _WEAK and (name, date) in strong:
            continue
        yield proposal
