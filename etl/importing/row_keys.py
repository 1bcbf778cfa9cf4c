"""Keys of rows: the name, and where a name stands twice, what tells its rows apart, whatever their order."""

from collections import defaultdict
from collections.abc import Sequence


def unique_keys(rows: Sequence[tuple[str, Sequence[str], Sequence[str]]]) -> list[str | None]:
    """Return a key for each row of (name, what tells namesakes apart, all cells); None for a row that repeats another.

    Of namesakes the first by what tells them apart (the earliest) keeps the bare name, so that a namesake of a later
    snapshot leaves its key as it was.
    """
    namesakes: dict[str, list[int]] = defaultdict(list)
    for place, (name, _, _) in enumerate(rows):
        namesakes[name].append(place)
    keys: list[str | None] = [None] * len(rows)
    taken = set(namesakes)
    for name, places in namesakes.items():
        seen: set[tuple[str, ...]] = set()
        ordered = sorted(places, key=lambda place: (list(rows[place][1]), list(rows[place][2])))
        for place in ordered:
            cells = tuple(rows[place][2])
            if cells not in seen:
                keys[place] = name if not seen else _free(name, rows[place][1], taken)
                seen.add(cells)
    return keys


def _free(name: str, apart: Sequence[str], taken: set[str]) -> str:
    told = " · ".join(part for part in (name, *reversed(apart)) if part)
    key, number = told, 2
    while key in taken:
        key, number = f"{told} · {number}", number + 1
    taken.add(key)
    return key
