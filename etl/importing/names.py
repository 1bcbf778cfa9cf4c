"""Ids of the things that a data set names: minted at the first import, kept afterwards."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from etl.importing.rows import GROUPS, Row, Thing
from etl.reviewing.slugs import slug

Identity = tuple[str, str]


def things_of(rows: Iterable[Row]) -> dict[Identity, Thing]:
    """Return every thing of the rows by its identity: rows first, so that what a row is keeps its plain name."""
    found: dict[Identity, Thing] = {}
    printed: dict[Identity, dict[str, None]] = defaultdict(dict)
    listed = list(rows)
    named = [row.thing for row in listed]
    for row in listed:
        for claim in row.claims:
            named += [thing for thing in (claim.other, claim.subject) if thing is not None]
    named += [thing.parent for thing in named if thing.parent is not None]
    for thing in named:
        found.setdefault(thing.identity, thing)
        printed[thing.identity] |= dict.fromkeys((thing.name, *thing.aliases))
    return {
        identity: replace(
            thing,
            name=min(printed[identity]) if identity[0] == "org" else thing.name,
            aliases=tuple(sorted(printed[identity])),
        )
        for identity, thing in found.items()
    }


def ids_of(family: str, things: Mapping[Identity, Thing], known: Mapping[Identity, str]) -> dict[Identity, str]:
    """Return an id for each thing: the one it has in the base, else a slug of its name, with a hash where that is taken."""
    ids = {identity: known[identity] for identity in things if identity in known}
    taken = set(known.values())
    for identity in sorted(things):
        if identity not in ids:
            ids[identity] = _free(family, identity, things[identity], taken)
            taken.add(ids[identity])
    return ids


def _free(family: str, identity: Identity, thing: Thing, taken: set[str]) -> str:
    group, key = identity
    prefix = f"{family}.{group}." if group else f"{family}."
    for words in (thing.name, key):
        wanted = prefix + slug(words)
        if wanted not in taken and group_of(wanted, family) == group:
            return wanted
    return f"{prefix}{slug(key)}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def group_of(entity_id: str, family: str) -> str:
    """Return the group of an entity of a family by its id; empty for what a row is."""
    group = entity_id.removeprefix(f"{family}.").partition(".")[0]
    return group if group in GROUPS else ""
