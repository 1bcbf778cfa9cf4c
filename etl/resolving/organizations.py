"""What an organization's name is known for."""

from etl.resolving.known_names import KnownNames
from etl.resolving.spellings import spellings


def things(name: str, known: KnownNames) -> frozenset[str]:
    """Return what an organization's name is known for, by any of its spellings."""
    direct = known.things(name, "organization")
    if direct:
        return direct
    found: frozenset[str] = frozenset()
    for spelling in sorted(spellings(name)):
        found |= known.things(spelling, "organization")
    return found
