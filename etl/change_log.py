"""Changes between two states as a person would tell them: by entity, in Markdown fit for a changelog."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from etl.release import Change, State

_SHOWN = 4
_QUANTITY = re.compile(r"(?P<printed>.*?) ?\((?:(?P<comparator>\w+) )?(?P<low>[-\d.e+]*?)(?:\.\.(?P<high>[-\d.e+]*))? (?P<unit>\S*)\)")  # fmt: skip
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
_WORDS = ((12, "trillion"), (9, "billion"), (6, "million"))


def names_in(*places: str) -> dict[str, str]:
    """Return the names of entities and the labels of properties in those places that are databases."""
    names: dict[str, str] = {}
    for place in places:
        if not Path(place).is_file():
            continue
        connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
        try:
            names |= dict(connection.execute("select id, coalesce(name_en, name_zh, id) from entities"))
            names |= dict(connection.execute("select id, label_en from terms"))
            names |= dict(connection.execute("select 'property ' || id, label_en from properties"))
        except sqlite3.DatabaseError:
            continue
        finally:
            connection.close()
    return names


def markdown(
    changes: Iterable[Change], old: Mapping[str, State], new: Mapping[str, State], names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of a changelog: new entities, gone ones, changed values, then what else was added or removed."""
    before, after = ({state.subject_id for state in states.values()} for states in (old, new))
    groups: dict[str, dict[tuple[str, str], list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        section = _section(change, before, after)
        groups[section][names.get(change.subject_id, change.subject_id), change.source_id].append(change)
    if not groups:
        yield "Nothing changed."
    for section, what in _SECTIONS.items():
        entities = groups.get(section)
        if not entities:
            continue
        count = sum(map(len, entities.values()))
        yield from ("", f"### {what} ({len(entities)}; {count} statement{'s' * (count != 1)})", "")
        for (name, source), found in sorted(entities.items()):
            yield from _told(section, name, source, found, names)


_SECTIONS = {
    "new": "New entities",
    "gone": "Entities gone",
    "changed": "Changed",
    "added": "Added to known entities",
    "removed": "Removed from entities that stay",
}


def _section(change: Change, before: set[str], after: set[str]) -> str:
    if change.change == "added" and change.subject_id not in before:
        return "new"
    if change.change == "removed" and change.subject_id not in after:
        return "gone"
    return change.change


def _told(section: str, name: str, source: str, found: list[Change], names: Mapping[str, str]) -> Iterator[str]:
    if section == "changed":
        for change in found:
            what = names.get(f"property {change.property_id}", change.property_id)
            values = f"{shown(change.old, names)} → {shown(change.new, names)}"
            yield f"- **{name}**, {what}: {values if change.old != change.new else 'same value, told otherwise'} ({source})"
        return
    parts = [
        f"{names.get(f'property {c.property_id}', c.property_id)} {shown(c.new or c.old, names)}"
        for c in found[:_SHOWN]
    ]
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    yield f"- **{name}** ({source}): {'; '.join(parts)}{more}"


def shown(value: str | None, names: Mapping[str, str]) -> str:
    """Return a value as a changelog shows it: as printed, or in words where a data set prints a bare number."""
    quantity = _QUANTITY.fullmatch(value or "")
    if quantity is None:
        return names.get(value or "", value or "nothing")
    printed, unit = quantity["printed"], quantity["unit"]
    if printed and not _PLAIN.fullmatch(printed):
        return printed
    low = quantity["low"]
    high = quantity["high"]
    if high is None:
        return f"{_in_words(low)} {unit}".strip()
    return f"{_in_words(low)} to {_in_words(high)} {unit}".strip()


def _in_words(number: str) -> str:
    if not number:
        return "…"
    value = float(number)
    if abs(value) >= 1e15:
        return f"{value:g}"
    for power, word in _WORDS:
        if abs(value) >= 10**power:
            return f"{value / 10**power:g} {word}"
    return f"{value:,g}"
