"""Resolve the entities of several bases: of each source in turn, which of those before it they are."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.problems import SeedError
from etl.resolving.compare import Named
from etl.resolving.judgements import Judgements
from etl.resolving.known_names import KnownNames, package_names
from etl.resolving.matching import Match, Matcher
from etl.seeds import Reader, Vocabulary, read_vocabulary, statement_files
from etl.statements import read_statements
from schema.records import EntityRecord, MatchRecord

_BROUGHT_OUT = ("released", "opened", "open_sourced")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a resolution found: how many pairs are one, and those that a person must judge."""

    entities: int
    joined: int
    open_ones: list[MatchRecord]


@dataclass(slots=True)
class EntityFacts:
    """What statements tell of entities, by id."""

    makers: defaultdict[str, list[str]]
    dates: dict[str, str]
    sources: dict[str, str]


def resolve(folders: list[Path]) -> Resolution:
    """Match the entities of each source of the last folder with those of all before it, and keep what is sure.

    Judgements go to `matches.jsonl` of the last folder, pairs for a person to `matches.open.jsonl`. Raise SeedError with
    the problems of the seeds.
    """
    reader = Reader(folders)
    vocabulary = unmatched_vocabulary(reader)
    facts = entity_facts(reader, vocabulary)
    named = named_entities(vocabulary, facts)
    judgements = Judgements(reader.folders[-1])
    matches = list(_matches(_groups(reader, vocabulary, facts), named, judgements))
    joined, open_ones = judgements.take_rule_matches(matches)
    judgements.save(open_ones)
    return Resolution(len(named), joined, open_ones)


def unmatched_vocabulary(reader: Reader) -> Vocabulary:
    """Read a vocabulary whose entities no match has joined."""
    hidden = _Unmatched(reader.folders)
    vocabulary = read_vocabulary(hidden)
    if hidden.problems:
        raise SeedError(hidden.problems)
    return vocabulary


class _Unmatched(Reader):
    """A reader that takes no matches in."""

    takes_matches = False


def entity_facts(reader: Reader, vocabulary: Vocabulary) -> EntityFacts:
    """Return what the statements tell of entities: makers, dates and sources; raise SeedError with the seeds' problems."""
    found = EntityFacts(defaultdict(list), {}, {})
    names = {i: e.name_en or e.name_zh or i for i, e in vocabulary.entities.items()}
    for path in statement_files(*reader.folders):
        for record, _ in read_statements(reader, vocabulary, path):
            for entity_id in (record.subject_id, record.object_id):
                if entity_id:
                    found.sources.setdefault(entity_id, record.source_id)
            if record.property_id == "developer" and record.object_id:
                found.makers[record.subject_id].append(names.get(record.object_id, record.object_id))
            elif record.property_id in _BROUGHT_OUT and record.date:
                found.dates.setdefault(record.subject_id, record.date)
    if reader.problems:
        raise SeedError(reader.problems)
    return found


def named_entities(vocabulary: Vocabulary, facts: EntityFacts) -> dict[str, Named]:
    """Return entities as they are compared: their names, who made them and when they came out."""
    return {
        entity.id: Named(
            names[0],
            entity.kind,
            ",".join(facts.makers[entity.id]),
            facts.dates.get(entity.id, ""),
            names[1:],
            entity.type == "family",
        )
        for entity in vocabulary.entities.values()
        if (names := _names(entity))
    }


def _names(entity: EntityRecord) -> tuple[str, ...]:
    aliases = (alias.alias for alias in entity.aliases if not alias.context_only)
    code = f"ISO {entity.iso_3166}" if entity.iso_3166 else None
    return tuple(dict.fromkeys(name for name in (entity.name_en, entity.name_zh, *aliases, code) if name))


def _groups(reader: Reader, vocabulary: Vocabulary, facts: EntityFacts) -> list[tuple[bool, list[str]]]:
    """Return the ids of each group to resolve in turn: what is reviewed first, then each data set; whether it is the last folder's."""
    data_sets = {source.id for source in vocabulary.sources.values() if source.type == "data_set"}
    last = reader.folders[-1]
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for entity_id in vocabulary.entities:
        path, _ = vocabulary.places["entity", entity_id]
        folder = next(i for i, f in enumerate(reader.folders) if path.startswith((str(f), f"{f.name}/")))
        source = facts.sources.get(entity_id, "")
        groups[folder, source if source in data_sets else ""].append(entity_id)
    return [(reader.folders[folder] == last, ids) for (folder, _), ids in sorted(groups.items())]


def _matches(
    groups: list[tuple[bool, list[str]]], named: Mapping[str, Named], judgements: Judgements
) -> Iterator[Match]:
    known: KnownNames = package_names()
    judged = {left for (left, _), record in judgements.records.items() if record.same}
    before: dict[str, Named] = {}
    for is_last, ids in groups:
        ours = {entity_id: named[entity_id] for entity_id in ids if entity_id in named}
        joined: set[str] = set()
        if is_last and before:
            for match in Matcher(known, before).matches(ours):
                if match.verdict.answer == "same":
                    joined.add(match.left_id)
                yield match
        before |= {i: n for i, n in ours.items() if i not in joined and i not in judged}
