"""Names that are known to stand for one thing: the aliases of entities and of the gazetteer."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from db.names import fold
from etl.gazetteer import entries
from etl.resolving.spellings import spellings
from schema.records import EntityRecord


class KnownNames:
    """Finds the things that a name is known for, by kind."""

    def __init__(self) -> None:
        self._things: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._names: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, kind: str, thing: str, names: Iterable[str]) -> None:
        """Take in the names of one thing."""
        for name in names:
            # A firm that is known as X公司 is known as X.
            for spelling in {fold(name), *(spellings(name) if kind == "organization" else ())}:
                self._things[group_of(kind), spelling].add(f"{group_of(kind)}:{thing}")
                self._names[f"{group_of(kind)}:{thing}"].add(spelling)

    def add_entities(self, entities: Iterable[EntityRecord]) -> None:
        """Take in the names of entities; names that only hold in context say nothing."""
        for entity in entities:
            names = (entity.name_zh, entity.name_en, *(a.alias for a in entity.aliases if not a.context_only))
            self.add(entity.kind, entity.id, (name for name in names if name))

    def add_gazetteer(self, path: Path) -> None:
        """Take in the names that ship beside the base's, joined to an entity's where they share one."""
        for entry in entries(path):
            names = [entry.name, *entry.aliases]
            shared = set().union(*(self.things(name, entry.kind) for name in names))
            own = fold(entry.name)
            for thing in shared or {f"{group_of(entry.kind)}:{own}"}:
                self.add(entry.kind, thing.partition(":")[2], names)

    def names_of(self, thing: str) -> frozenset[str]:
        """Return the folded names of a thing."""
        return frozenset(self._names.get(thing, ()))

    def things(self, name: str, kind: str) -> frozenset[str]:
        """Return the things that a name of a kind is known for."""
        return frozenset(self._things.get((group_of(kind), fold(name)), ()))


def group_of(kind: str) -> str:
    """Return the group of kinds whose names are compared: a dataset of another project may call a product a model."""
    return "model" if kind in {"model", "product"} else kind


@lru_cache(maxsize=1)
def package_names() -> KnownNames:
    """Return the names of the package's own entities and gazetteer."""
    from etl.seeds import Reader, default_seeds, read_vocabulary

    found = KnownNames()
    folder = default_seeds()
    found.add_entities(read_vocabulary(Reader(folder)).entities.values())
    found.add_gazetteer(folder / "gazetteer.yaml")
    return found
