"""Which entity of the base an article's name stands for: exact, folded, then by comparison; where several fit, none."""

from typing import Any, Literal, NamedTuple

from etl.checking.known import Entity, Known
from etl.resolving.compare import Named

State = Literal["known", "unknown", "ambiguous", "unresolved"]
_COMPARED = frozenset({"model", "product", "organization"})
# An unknown name of these kinds is a word for a field, not the name of a thing.
GENERAL = frozenset({"topic", "technology", "industry"})
_SHORTEST = 2


class Resolution(NamedTuple):
    """What a name stands for: one entity, several that fit, or none."""

    state: State
    entity: Entity | None = None
    candidates: tuple[Entity, ...] = ()
    how: str = ""


class Resolver:
    """Resolves the names of one article, each once."""

    def __init__(self, known: Known, developers: dict[str, str] | None = None) -> None:
        self.known = known
        self.developers = developers or {}
        self._compared: dict[tuple[str, str], Resolution] = {}

    def candidates(self, row: dict[str, Any]) -> list[Entity]:
        """List the entities that a proposal's subject may be, whatever is said of it."""
        found = self._by_name(row) or []
        compared = self._compare(row["subject_name"], row["subject_type"]) if not found else None
        if compared is None:
            return found
        return [compared.entity] if compared.entity else list(compared.candidates)

    def subject(self, row: dict[str, Any]) -> Resolution:
        """Resolve a proposal's subject; the statements of all candidates must have been taken in."""
        found = self._by_name(row)
        if found:
            return self._chosen(found, row)
        by_context = self.known.named_in_context(row["subject_name"])
        if by_context:
            return Resolution("ambiguous", None, tuple(by_context), "in context only")
        return self._compare(row["subject_name"], row["subject_type"])

    def thing(self, name: str, kind: str, entity_id: str | None) -> Resolution:
        """Resolve the object of a relation."""
        own = self.known.entity(entity_id)
        if own is not None:
            return Resolution("known", own)
        found = self.known.named(name)
        alike = [entity for entity in found if entity.kind == kind] or found
        if len(alike) == 1:
            return Resolution("known", alike[0])
        return Resolution("ambiguous", None, tuple(alike)) if alike else self._compare(name, kind)

    def _by_name(self, row: dict[str, Any]) -> list[Entity]:
        name = row["subject_name"]
        found = self.known.named(row.get("subject_as_read", name)) or self.known.named(name)
        own = self.known.entity(row.get("subject_id"))
        # The reader knows more than the spelling where it follows 该模型 back to its name.
        return found if found or own is None else [own]

    def _chosen(self, found: list[Entity], row: dict[str, Any]) -> Resolution:
        """Narrow entities of one name down by what is said, by what is known, and by what the reader takes it for."""
        kinds = self.known.properties[row["property_id"]].kinds if row["property_id"] in self.known.properties else ()
        for fits in (
            lambda entity: not kinds or entity.kind in kinds,
            lambda entity: bool(self.known.claims(entity.id, row["property_id"])),
            lambda entity: entity.kind == row["subject_type"],
        ):
            if len(found) > 1:
                found = [entity for entity in found if fits(entity)] or found
        if len(found) == 1:
            return Resolution("known", found[0])
        return Resolution("ambiguous", None, tuple(found))

    def _compare(self, name: str, kind: str) -> Resolution:
        key = (name, kind)
        if key not in self._compared:
            self._compared[key] = self._matched(name, kind)
        return self._compared[key]

    def _matched(self, name: str, kind: str) -> Resolution:
        if kind not in _COMPARED:
            unnamed = kind in GENERAL or len(name) < _SHORTEST
            return Resolution("unresolved" if unnamed else "unknown")
        named = Named(name, kind, self.developers.get(name, ""))
        matches = list(self.known.matcher.matches({"": named}))
        same = [match for match in matches if match.verdict.answer == "same"]
        if len(same) == 1:
            entity = self.known.entities[same[0].right_id]
            return Resolution("known", entity, (), "; ".join(same[0].verdict.reasons))
        if matches:
            fitting = tuple(self.known.entities[match.right_id] for match in matches)
            return Resolution("ambiguous", None, fitting, "; ".join(matches[0].verdict.reasons))
        return Resolution("unresolved" if len(name) < _SHORTEST else "unknown")
