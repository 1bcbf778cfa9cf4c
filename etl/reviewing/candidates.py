"""Entities that a name may stand for, and why."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from db.names import fold
from schema.records import EntityRecord

SIMILAR = 72
# From here on a similar name may well be the same: a person chooses.
DOUBTFUL = 86
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entity that a name may stand for."""

    entity_id: str
    name: str
    kind: str
    score: int
    why: str


def names_of(entity: EntityRecord) -> list[str]:
    """List an entity's names, its canonical ones first."""
    names = (entity.name_zh, entity.name_en, *(alias.alias for alias in entity.aliases))
    return list(dict.fromkeys(name for name in names if name))


class NameIndex:
    """Finds entities by exact, folded and similar names."""

    def __init__(self, entities: Iterable[EntityRecord]) -> None:
        self._entities: dict[str, EntityRecord] = {}
        self._exact: defaultdict[str, set[str]] = defaultdict(set)
        self._folded: defaultdict[str, set[str]] = defaultdict(set)
        for entity in entities:
            self.add(entity)

    def add(self, entity: EntityRecord) -> None:
        """Take an entity in, in place of an older one of its id."""
        self.remove(entity.id)
        self._entities[entity.id] = entity
        for name in names_of(entity):
            self._exact[name].add(entity.id)
            self._folded[fold(name)].add(entity.id)

    def remove(self, entity_id: str) -> None:
        """Forget an entity."""
        entity = self._entities.pop(entity_id, None)
        for name in names_of(entity) if entity else ():
            for index, key in ((self._exact, name), (self._folded, fold(name))):
                index[key].discard(entity_id)
                if not index[key]:
                    del index[key]

    def find(self, name: str, kind: str | None = None) -> list[Candidate]:
        """List the entities that a name may stand for, the likeliest first."""
        found: dict[str, Candidate] = {}
        for index, key, score, what in (
            (self._exact, name, 100, "exact alias"),
            (self._folded, fold(name), 97, "folded alias"),
        ):
            for entity_id in index.get(key, ()):
                entity = self._entities[entity_id]
                found.setdefault(entity_id, self._candidate(entity, name, kind, score, what))
        for other, score in self._similar(name):
            for entity_id in self._folded[other]:
                entity = self._entities[entity_id]
                shown = next(n for n in names_of(entity) if fold(n) == other)
                found.setdefault(
                    entity_id, self._candidate(entity, name, kind, score, f"similar to {shown!r}, {score}")
                )
        ranked = sorted(found.values(), key=lambda c: (-c.score, c.kind != kind, c.entity_id))
        return ranked[:SHOWN]

    def _similar(self, name: str) -> list[tuple[str, int]]:
        from rapidfuzz import fuzz, process

        wanted = fold(name)
        hits = process.extract(wanted, list(self._folded), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=SHOWN * 2)
        # Never as good as an alias, however alike.
        return [(other, min(94, round(score))) for other, score, _ in hits if other != wanted]

    def _candidate(self, entity: EntityRecord, name: str, kind: str | None, score: int, why: str) -> Candidate:
        if any(alias.context_only and fold(alias.alias) == fold(name) for alias in entity.aliases):
            score, why = min(score, 90), f"{why}, in context only"
        if kind is not None and entity.kind != kind and score > 94:
            score, why = score - 2, f"{why}, another kind"
        return Candidate(entity.id, entity.name_zh or entity.name_en or entity.id, entity.kind, score, why)


def obvious(candidates: list[Candidate]) -> Candidate | None:
    """Return the one candidate that carries the very name, None where there is none or more than one."""
    best = [c for c in candidates if c.score > 94 and c.score == candidates[0].score]
    return best[0] if len(best) == 1 else None
