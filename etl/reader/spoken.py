"""Whom an event befell where its clause does not name them: the pronoun's, or whoever the sentence speaks of."""

import re

from etl.reader.deeds import Deed
from etl.reader.mentions import Mention
from etl.reader.nearby import clauses_before
from etl.reader.parties import Parties
from etl.reader.roles import acts
from etl.reader.subjects import Subject, as_subject
from etl.reader.surroundings import ACTORS

# By what a deed's subject is: a person, a firm, or either.
_PERSONS = frozenset({"person", "serving", "joined"})
_FIRMS = frozenset({"staff", "round", "funded", "listed", "lands", "filing"})
_EITHER = frozenset({"actor", "said", "request"})
_HE = re.compile(r"[他她](?!们)|本人|后者")
_THAT_FIRM = re.compile(r"该公司|这家公司|公司|其|它")
# A clause that goes on with another's deed, which is told of who did that: X表示，将裁员.
_CLAUSES = 2


class Spoken:
    """Finds whom the text was speaking of."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def subjects(self, deed: Deed, dated: bool) -> list[Subject]:
        """Return whom a deed without a subject of its own is told of; nothing where the text does not say it."""
        kinds = self._kinds(deed)
        if not kinds or not (dated or deed.told):
            return []
        begin, _ = self.parties.clause(deed.start)
        if not self.parties.leads(begin, deed.start):
            return []
        found = self._of_sentence(deed, kinds) or self._of_text(deed, kinds, begin)
        return [as_subject(found)] if found is not None else []

    def _kinds(self, deed: Deed) -> frozenset[str]:
        if deed.role in _PERSONS:
            return frozenset({"person"})
        if deed.role in _FIRMS:
            return frozenset({"organization"})
        return ACTORS if deed.role in _EITHER else frozenset()

    def _of_sentence(self, deed: Deed, kinds: frozenset[str]) -> Mention | None:
        """Return who acts in the clauses before, which this one goes on with."""
        for begin, end in clauses_before(self.parties.outline, deed.start, _CLAUSES):
            named = [m for m in self.parties.mentions.within(begin, end) if m.kind in kinds and acts(self.text, m)]
            if named:
                return named[0]
        return None

    def _of_text(self, deed: Deed, kinds: frozenset[str], begin: int) -> Mention | None:
        """Return whom the sentences before spoke of."""
        if "person" in kinds and (kinds != ACTORS or _HE.search(self.text, begin, deed.start)):
            return self.parties.person_spoken_of(begin)
        if _THAT_FIRM.search(self.text, begin, deed.start):
            return self.parties.firm_spoken_of(begin)
        return None
