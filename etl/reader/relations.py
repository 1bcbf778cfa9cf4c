"""Relations: who developed, founded, funds, owns or works with what, whose person somebody is, what a version is of."""

import itertools
from collections.abc import Iterator, Sequence

from etl.reader.alliances import AllianceReader
from etl.reader.arms import ArmReader
from etl.reader.biographies import BiographyReader
from etl.reader.bringers import BringerReader
from etl.reader.brought_out import Brought
from etl.reader.brought_out import makers as makers_by_deed
from etl.reader.bylines import BylineReader
from etl.reader.careers import CareerReader
from etl.reader.customers import CustomerReader
from etl.reader.dealings import DealingReader
from etl.reader.duties import DutyReader
from etl.reader.employers import EmployerReader
from etl.reader.engines import carried, connected, engines
from etl.reader.english_deals import EnglishDealReader
from etl.reader.english_offices import english_offices
from etl.reader.founders import FounderReader
from etl.reader.investors import InvestorReader
from etl.reader.known_makers import Known, known_ties, makers_of
from etl.reader.makers import MADE, MakerReader, is_made
from etl.reader.namesakes import namesakes
from etl.reader.owners import OwnerReader
from etl.reader.parties import Parties
from etl.reader.persons import PersonReader
from etl.reader.posts import PostReader
from etl.reader.profiles import ProfileReader
from etl.reader.proposals import Proposal
from etl.reader.schools import SchoolReader
from etl.reader.seats import SeatReader
from etl.reader.sole_makers import sole_makers
from etl.reader.versions import VersionReader

_FIELDS_AND_PLACES = frozenset({"topic", "technology", "industry", "place"})
_FIELDS = frozenset({"topic", "technology", "industry"})


class RelationReader:
    """Reads the relations of one document."""

    def __init__(self, parties: Parties, known: Known) -> None:
        self.mentions = parties.every
        self.known = known
        self.parties = parties
        self.persons = PersonReader(self.parties)
        self.careers = CareerReader(self.parties)
        self.posts = PostReader(self.parties)
        self.alliances = AllianceReader(self.parties)
        self.employers = EmployerReader(self.parties)
        self.biographies = BiographyReader(self.parties)
        self.duties = DutyReader(self.parties)
        self.bylines = BylineReader(self.parties)
        self.bringers = BringerReader(self.parties)
        self.schools = SchoolReader(self.parties)
        self.makers = MakerReader(self.parties)
        self.english = EnglishDealReader(self.parties)
        self.founders = FounderReader(self.parties)
        self.investors = InvestorReader(self.parties)
        self.owners = OwnerReader(self.parties)
        self.versions = VersionReader(self.parties)
        self.profiles = ProfileReader(self.parties)
        self.seats = SeatReader(self.parties)
        self.arms = ArmReader(self.parties)
        self.customers = CustomerReader(self.parties)
        self.dealings = DealingReader(self.parties)

    def read(self, ranges: tuple[tuple[int, int], ...], brought: Sequence[Brought] = ()) -> Iterator[Proposal]:
        """Yield each relation once, of a person and a firm the one with a title; `brought` are things with who released them."""
        found: dict[tuple[str, str, str], Proposal] = {}
        for proposal in itertools.chain(self._all(ranges), self._left(found, ranges, brought)):
            ends = (proposal.subject.name, proposal.fields["object_name"])
            mark = (proposal.property_id, *(sorted(ends) if proposal.property_id == "partner" else ends))
            if ends[0] == ends[1]:
                continue
            known = found.setdefault(mark, proposal)
            if "role_title" not in known.fields and "role_title" in proposal.fields:
                found[mark] = proposal
        for (property_id, subject, other), proposal in found.items():
            # Of a product that runs on a model, that tells it: a model is what is based on another.
            if property_id != "based_on" or ("powers", other, subject) not in found:
                yield proposal

    def _left(
        self,
        found: dict[tuple[str, str, str], Proposal],
        ranges: tuple[tuple[int, int], ...],
        brought: Sequence[Brought],
    ) -> Iterator[Proposal]:
        """Yield the makers of things and the employers of persons that nothing else told, once all else is read."""
        made = {subject for property_id, subject, _ in found if property_id == "developer"}
        things = [m for m in self.mentions.beginning(ranges) if m.name not in made]
        yield from known_ties(self.parties, [m for m in things if m.kind in MADE or m.kind == "technology"], self.known)
        left = [m for m in things if m.kind in MADE]
        unknown = [m for m in left if not makers_of(self.known, m.name)]
        yield from makers_by_deed([b for b in brought if not makers_of(self.known, b.thing.name)], made)
        made = {subject for property_id, subject, _ in found if property_id == "developer"}
        unknown = [m for m in unknown if m.name not in made]
        yield from self.bringers.read(unknown)
        yield from sole_makers(self.parties, unknown)
        placed = {subject for property_id, subject, _ in found if property_id == "affiliation"}
        persons = self.parties.mentions.beginning(ranges)
        yield from self.employers.read([m for m in persons if m.kind == "person" and m.name not in placed])
        bodies: dict[str, set[str]] = {}
        for property_id, subject, other in found:
            if property_id == "affiliation":
                bodies.setdefault(subject, set()).add(other)
        joined = {frozenset((one, other)) for _, one, other in found}
        for start, end in ranges:
            yield from self.posts.read(start, end, bodies)
            yield from self.alliances.read(start, end, joined)
        yield from self.bylines.read()

    def _all(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        items = self.mentions.beginning(ranges)
        for one, other in itertools.pairwise(
            [m for m in items if m.kind not in _FIELDS_AND_PLACES or is_made(self.parties.text, m)]
        ):
            yield from self.makers.beside(one, other)
        parties = self.parties.mentions.beginning(ranges)
        for one, other in itertools.pairwise([m for m in parties if m.kind not in _FIELDS]):
            yield from self.owners.beside(one, other)
            yield from self.founders.beside(one, other)
        yield from self.persons.read(parties)
        for start, end in ranges:
            for reader in (
                self.makers,
                self.founders,
                self.investors,
                self.english,
                self.owners,
                self.careers,
                self.biographies,
                self.duties,
                self.schools,
                self.versions,
                self.profiles,
                self.seats,
                self.arms,
                self.customers,
                self.dealings,
            ):
                yield from reader.read(start, end)
            yield from english_offices(self.parties, start, end)
        yield from self.employers.spoken([m for m in parties if m.kind == "organization"])
        yield from self.employers.apposed([m for m in parties if m.kind == "person"])
        yield from engines(self.parties.text, items)
        yield from connected(self.parties.text, items)
        yield from carried(self.parties.text, items)
        yield from namesakes(self.parties, items)
        yield from self.versions.by_name(items, self.mentions.items)
