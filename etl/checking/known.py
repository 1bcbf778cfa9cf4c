"""What a base knows, indexed once: names by folded form, properties, and the statements of the entities asked for."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from db.connection import Connection
from db.labels import Labels
from db.look_up import Row, rows
from db.names import fold
from db.values import printed
from etl.gazetteer import gazetteer_path
from etl.rank import Claim
from etl.reader.mentions import Name
from etl.resolving.compare import Named
from etl.resolving.known_names import KnownNames
from etl.resolving.matching import Matcher

_AT_ONCE = 500
_COMPARED = frozenset({"model", "product", "organization"})
# What makes two entities one for a relation: 通义千问 is 阿里's where 阿里云 is.
_BELONGS = ("part_of_organization", "owner", "version_of", "product_of")
_STATEMENTS = """
select s.*, object.label object, p.many, p.listed_in, o.tier, o.status, coalesce(o.published, '') published,
  o.title source_title, coalesce(o.derived_from, o.id) root,
  exists (select 1 from quality_issues q where q.statement_id = s.id and q.severity = 'error') doubted
from statements s join properties p on p.id = s.property_id join sources o on o.id = s.source_id
left join entities object on object.id = s.object_id
where s.subject_id in ({marks}) and s.value_type in ('quantity', 'boolean', 'date', 'entity') order by s.rowid
"""


class Entity(NamedTuple):
    """An entity of the base."""

    id: str
    label: str
    kind: str


class Property(NamedTuple):
    """What checking must know of a property."""

    id: str
    value_type: str
    kinds: frozenset[str]
    is_series: bool


class Known:
    """A base that names and statements are asked of; it reads nothing twice."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.entities = {i: Entity(i, label, kind) for i, label, kind in self._all("id, label, kind", "entities")}
        self.redirects: dict[str, str] = dict(self._all("id, new_id", "redirects"))
        self.properties = {p["id"]: _property(p) for p in rows(connection, "select * from properties")}
        self._names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._context: defaultdict[str, set[str]] = defaultdict(set)
        for entity_id, alias, normalized, context_only in self._aliases:
            if context_only:
                self._context[normalized].add(entity_id)
            else:
                self._names[normalized].append((alias, entity_id))
        self._claims: dict[str, dict[str, list[Claim]]] = {}

    def _all(self, columns: str, table: str) -> list[Any]:
        return self.connection.execute(f"select {columns} from {table}").fetchall()

    @cached_property
    def _aliases(self) -> list[tuple[str, str, str, int]]:
        return self._all("entity_id, alias, normalized, context_only", "aliases order by id")

    def reader_names(self) -> Iterator[Name]:
        """Yield the names that the reader may look for; of a firm and its model of one name the firm's comes first."""
        order = sorted(self._aliases, key=lambda row: (self.entities[row[0]].kind != "organization", row[0]))
        for entity_id, alias, _, context_only in order:
            entity = self.entities[entity_id]
            if not context_only and alias != entity_id:
                yield Name(alias, entity.kind, entity.label, entity_id)
        yield from self._made_names()

    def _made_names(self) -> Iterator[Name]:
        """Yield models' names behind their makers' where a third name would cut them: 百度文心 in 百度文心一言."""
        names = {alias for _, alias, _, context_only in self._aliases if not context_only}
        for entity_id, makers in self._developers.items():
            entity = self.entities[entity_id]
            for maker in sorted(makers):
                for firm in sorted(self._names_of[maker]):
                    for alias in sorted(self._names_of[entity_id]):
                        whole = firm + alias
                        if any(whole[:end] in names for end in range(len(firm) + 1, len(whole))):
                            yield Name(whole, entity.kind, entity.label, entity_id)

    @cached_property
    def _names_of(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for entity_id, alias, _, context_only in self._aliases:
            if not context_only and alias != entity_id:
                found[entity_id].append(alias)
        return found

    def entity(self, entity_id: str | None) -> Entity | None:
        """Return the entity of an id, also of one that was renamed."""
        return self.entities.get(self.redirects.get(entity_id or "", entity_id or ""))

    def named(self, name: str) -> list[Entity]:
        """List the entities that carry a name: those printed exactly so, else those whose name folds to it."""
        found = self._names.get(fold(name), [])
        exact = [entity_id for alias, entity_id in found if alias == name]
        return [self.entities[i] for i in dict.fromkeys(exact or [i for _, i in found])]

    def named_in_context(self, name: str) -> list[Entity]:
        """List the entities that a name stands for only where its text says so."""
        return [self.entities[i] for i in sorted(self._context.get(fold(name), ()))]

    @cached_property
    def matcher(self) -> Matcher:
        """Return what compares names that no alias matches, with the gazetteer's names beside the base's."""
        known = KnownNames()
        for entity_id, aliases in self._names_of.items():
            known.add(self.entities[entity_id].kind, entity_id, aliases)
        known.add_gazetteer(gazetteer_path())
        others = {i: self._named(i) for i in self._names_of if self.entities[i].kind in _COMPARED}
        return Matcher(known, others)

    def _named(self, entity_id: str) -> Named:
        first, *others = self._names_of[entity_id]
        makers = sorted(self.entities[maker].label for maker in self._developers.get(entity_id, ()))
        return Named(first, self.entities[entity_id].kind, ",".join(makers), aliases=tuple(others))

    @cached_property
    def _developers(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        sql = "select subject_id, object_id from statements where property_id = 'developer' and object_id is not null"
        for subject_id, object_id in self.connection.execute(sql):
            found[subject_id].add(object_id)
        return found

    @cached_property
    def _owners(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity_id, parent_id in self._all("id, parent_id", "entities where parent_id is not null"):
            found[entity_id].add(parent_id)
        marks = ", ".join("?" * len(_BELONGS))
        sql = f"select subject_id, object_id from statements where object_id is not null and property_id in ({marks})"
        for subject_id, object_id in self.connection.execute(sql, _BELONGS):
            found[subject_id].add(object_id)
        return found

    def belong_together(self, one: str, other: str) -> bool:
        """Tell whether two entities are one, or one of them a part, version or product of the other."""
        return one == other or other in self._owners.get(one, ()) or one in self._owners.get(other, ())

    def take_in(self, entity_ids: Iterable[str]) -> None:
        """Read the statements of entities, all in one go."""
        wanted = [entity_id for entity_id in dict.fromkeys(entity_ids) if entity_id not in self._claims]
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            self._claims |= {entity_id: {} for entity_id in part}
            for row in rows(self.connection, _STATEMENTS.format(marks=", ".join("?" * len(part))), *part):
                self._claims[row["subject_id"]].setdefault(row["property_id"], []).append(Claim(row))

    def claims(self, entity_id: str, property_id: str) -> list[Claim]:
        """List what the base says of an entity's property, for entities that were taken in."""
        return self._claims.get(entity_id, {}).get(property_id, [])

    def counted(self, entity_id: str, unit: str) -> list[Claim]:
        """List the figures of an entity in a unit, whatever their property."""
        found = self._claims.get(entity_id, {})
        return [claim for claims in found.values() for claim in claims if claim.low is not None and claim.unit == unit]


def _property(row: Row) -> Property:
    import json

    kinds = frozenset(json.loads(row["kinds"] or "[]"))
    is_series = bool(row["many"]) and row["value_type"] == "quantity" and row["listed_in"] is not None
    return Property(row["id"], row["value_type"], kinds, is_series)


def shown(claim: Claim, labels: Labels) -> str:
    """Return a statement's value as its source prints it, else in words."""
    return printed(dict(claim.row), labels)
