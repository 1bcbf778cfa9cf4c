"""Which entities of one source are which of others: candidates by shared keys, then by likeness, each compared once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from db.names import fold
from etl.resolving.compare import Comparer, Named, Verdict
from etl.resolving.known_names import KnownNames, group_of
from etl.resolving.name_parts import parts_of
from etl.resolving.organizations import things
from etl.resolving.romanized import is_han, romanized
from etl.resolving.spellings import spellings, stems

# Names less alike than this are not shown to a person.
LIKE = 88
_SHOWN = 3


class Match(NamedTuple):
    """Two entities that may be one, and how sure that is."""

    left_id: str
    right_id: str
    verdict: Verdict


class Matcher:
    """Finds, for entities of one source, which of the others' they are."""

    def __init__(self, known: KnownNames, others: Mapping[str, Named]) -> None:
        self.comparer = Comparer(known)
        self.known = known
        self.others = others
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)
        self._folded: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for entity_id, named in others.items():
            for key in self._keys(named):
                self._by_key[key].add(entity_id)
            for name in named.names:
                self._folded[group_of(named.kind)].setdefault(fold(name), []).append(entity_id)

    def matches(self, entities: Mapping[str, Named]) -> Iterator[Match]:
        """Yield the pairs that are one, or may be; where several fit, each is left to a person."""
        sure: dict[str, Match] = {}
        for left_id, named in entities.items():
            found = self._compared(left_id, named)
            same = [match for match in found if match.verdict.answer == "same"]
            if len(same) == 1:
                sure[left_id] = same[0]
                continue
            yield from (_doubted(match, "several fit") for match in same)
            if not same:
                yield from (match for match in found if match.verdict.answer == "unsure")
        yield from _unambiguous(sure.values())

    def _compared(self, left_id: str, named: Named) -> list[Match]:
        ids = set().union(*(self._by_key.get(key, ()) for key in self._keys(named))) | self._alike(named)
        verdicts = ((right_id, self.comparer.compare(named, self.others[right_id])) for right_id in sorted(ids))
        found = [Match(left_id, right_id, verdict) for right_id, verdict in verdicts if verdict.answer != "different"]
        return sorted(found, key=lambda match: (-match.verdict.score, match.right_id))

    def _alike(self, named: Named) -> set[str]:
        """Find the entities whose names are much like one's, for a person to choose from."""
        from rapidfuzz import fuzz, process

        names = self._folded[group_of(named.kind)]
        hits = process.extract(fold(named.name), names.keys(), scorer=fuzz.ratio, score_cutoff=LIKE, limit=_SHOWN)
        return {entity_id for name, *_ in hits for entity_id in names[name]}

    def _keys(self, named: Named) -> set[str]:
        """Return what two names of one entity are likely to share."""
        keys: set[str] = set()
        for name in named.names:
            if named.kind == "organization":
                keys |= self._organization_keys(name)
            elif group_of(named.kind) == "model":
                keys |= self._model_keys(name, named)
            else:
                keys |= {fold(name), *self.known.things(name, named.kind)}
        return {f"{group_of(named.kind)}:{key}" for key in keys}

    def _organization_keys(self, name: str) -> set[str]:
        spelled = spellings(name) | stems(name)
        return {*spelled, *(romanized(one) for one in spelled), *things(name, self.known)}

    def _model_keys(self, name: str, named: Named) -> set[str]:
        parts = parts_of(name)
        han = "".join(word for word in parts.brand if is_han(word))
        brands = {parts.words, han, parts.words.removeprefix(han)} - {""}
        brands |= {form for form in self.comparer.forms(parts, named.developer) if form}
        keys = {fold(name), *brands, *(romanized(one) for one in brands)}
        for one in (name, *brands):
            keys |= self.known.things(one, named.kind)
        return keys


def _doubted(match: Match, why: str) -> Match:
    return match._replace(verdict=Verdict("unsure", match.verdict.score, (*match.verdict.reasons, why)))


def _unambiguous(sure: Iterable[Match]) -> Iterator[Match]:
    """Yield sure matches; where two entities of one source are the same other's, a person says which."""
    claimed: defaultdict[str, list[Match]] = defaultdict(list)
    for match in sure:
        claimed[match.right_id].append(match)
    for matches in claimed.values():
        yield from matches if len(matches) == 1 else (_doubted(match, "several claim it") for match in matches)
