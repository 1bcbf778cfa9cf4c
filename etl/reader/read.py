"""The reader: one document in, proposals out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.documents import Document
from etl.gazetteer import entries, gazetteer_path
from etl.reader.amounts import AmountReader
from etl.reader.candidates import Subject, SubjectRanker, as_subject, load_ranker
from etl.reader.chronicles import fields, openness
from etl.reader.clauses import outline
from etl.reader.cues import CueFinder, load_cues
from etl.reader.english_policies import EnglishPolicyReader
from etl.reader.events import EventReader
from etl.reader.flags import FlagReader
from etl.reader.known_makers import Known, known_makers
from etl.reader.likely import LikelyReader, Weights, load_weights
from etl.reader.list_items import is_title
from etl.reader.main_policy import is_own_text, is_policy_text, main_policy
from etl.reader.mentions import Mention, Mentions, Name
from etl.reader.names import NameFinder
from etl.reader.nearby import inside
from etl.reader.nouns import STRONG
from etl.reader.parties import Parties
from etl.reader.plain import masked, simplified, unfolded, untagged, widened
from etl.reader.policies import Policy, PolicyReader
from etl.reader.proposals import Proposal, row
from etl.reader.publications import PublicationReader
from etl.reader.release_records import ReleaseRecords
from etl.reader.scope import ScopeFinder
from etl.reader.significant import SignificantReader
from etl.reader.subjects import SubjectFinder
from etl.reader.table_facts import TableReader
from etl.seeds import Reader, default_seeds, read_vocabulary
from etl.tables import Table, find_tables
from schema.dates import scan_dates
from schema.quantity import QuantityGrammar
from schema.units import Units, load_units

# A name this early is likely what the document is about.
_HEAD = 100
_TITLE_WEIGHT = 3
_NO_AMOUNT = re.compile(
    # A size beside its active part is a name's: Yunfan 80B A3B.
    r"(?:\d+(?:\.\d+)?B[ -])?(?<![A-Za-z\d])A\d+(?:\.\d+)?B(?![A-Za-z\d])|(?<=[B][ -]A)\d+(?:\.\d+)?B(?![A-Za-z\d])"
    # An anniversary is a day, and two digits that open a clause or lead a month are a year of this century: 110周年; 23年，…; 23年12月.
    r"|\d+[ ]?周年(?!度)|(?<![^\n。；，])[12]\d[ ]?年(?=[，,])|[12]\d[ ]?年(?=\d{1,2}[ ]?月)"
)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the reader knows before it reads: units, names and cue words."""

    grammar: QuantityGrammar
    names: NameFinder
    cues: CueFinder
    ranker: SubjectRanker | None = None
    makers: Known = field(default_factory=dict)
    likely: Weights | None = None


def load_lexicon(seeds: Path | None = None) -> Lexicon:
    """Read units, cues, gazetteer and the names of a seeds folder's entities."""
    return lexicon_of(_entity_names(seeds or default_seeds()), seeds)


def lexicon_of(entity_names: Iterable[Name], seeds: Path | None = None) -> Lexicon:
    """Read units, cues and gazetteer beside entities' names that are at hand, those of the first standing before others."""
    folder = seeds or default_seeds()
    package = default_seeds()

    def own(name: str) -> Path:
        return folder / name if (folder / name).exists() else package / name

    units = load_units(own("units.yaml"))
    names = [*entity_names, *gazetteer_names(gazetteer_path(seeds))]
    return Lexicon(
        QuantityGrammar(units if isinstance(units, Units) else Units(units)),
        NameFinder(names),
        load_cues(own("cues.yaml")),
        load_ranker(weights) if (weights := package / "subject_weights.yaml").exists() else None,
        known_makers(own("makers.yaml")),
        load_weights(weights) if (weights := package / "event_weights.yaml").exists() else None,
    )


def _entity_names(folder: Path) -> Iterator[Name]:
    vocabulary = read_vocabulary(Reader(folder))
    # A name of both a firm and its model (DeepSeek) is the firm's, where nothing else tells.
    for entity in sorted(vocabulary.entities.values(), key=lambda e: (e.kind != "organization", e.id)):
        canonical = entity.name_zh or entity.name_en or entity.id
        for name in (entity.name_zh, entity.name_en, *(a.alias for a in entity.aliases if not a.context_only)):
            if name:
                yield Name(name, entity.kind, canonical, entity.id)


def gazetteer_names(path: Path) -> Iterator[Name]:
    """Yield the names that ship with the package beside the base's own."""
    for entry in entries(path):
        for text in (entry.name, *entry.aliases):
            yield Name(text, entry.kind, entry.name)


_NUMBERED_KINDS = frozenset({"model", "product", "technology"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a document before its statements are read."""

    text: str
    untagged: str
    mentions: Mentions
    parties: Parties
    scope: ScopeFinder
    subjects: SubjectFinder
    policy_reader: PolicyReader
    policies: list[Policy]
    policy: Subject | None


def reading(document: Document, lexicon: Lexicon) -> Reading:
    """Find a document's sentences, names, dates and policies."""
    text = widened(unfolded(masked(simplified(document.text))))
    shape = outline(text)
    mentions = lexicon.names.find(text)
    printed = untagged(document.text)
    scope = ScopeFinder(shape, mentions, list(scan_dates(printed, document.date)), document.date)
    policy_reader = PolicyReader(shape, mentions, scope)
    policies = policy_reader.find()
    policy = main_policy(document.text, policies)
    subjects = SubjectFinder(
        shape,
        mentions,
        main_subjects(mentions),
        policy,
        is_policy_text=policy is not None and is_policy_text(text, policy),
        news_of=[] if is_own_text(text) else policy_reader.brought_out(),
        ranker=lexicon.ranker,
    )
    return Reading(text, printed, mentions, Parties(shape, mentions), scope, subjects, policy_reader, policies, policy)


def read(document: Document, lexicon: Lexicon) -> Iterator[Proposal]:
    """Yield the statements that a document makes, in the order of its text by kind."""
    state = reading(document, lexicon)
    tables = find_tables(document.text, document.body)
    body = without(document.body, [(table.start, table.end) for table in tables])
    told: list[Proposal] = []
    for proposal in _read(document, lexicon, state, tables, body):
        if proposal.kind == "event":
            told.append(proposal)
        yield proposal
    if is_own_text(state.text):
        return
    for proposal in SignificantReader(state.parties, state.scope).read(body, told):
        told.append(proposal)
        yield proposal
    if lexicon.likely is not None:
        yield from LikelyReader(state.parties, state.scope).read(body, told, lexicon.likely)


def _read(
    document: Document, lexicon: Lexicon, state: Reading, tables: list[Table], body: tuple[tuple[int, int], ...]
) -> Iterator[Proposal]:
    table_reader = TableReader(
        state.text, state.mentions, lexicon.grammar, lexicon.cues, document.date, state.subjects.mains
    )
    for table in tables:
        yield from table_reader.read(table)
    starts = [start for start, _ in body]
    quantities = [
        match
        for match in lexicon.grammar.scan(state.untagged)
        if inside(match.start, body, starts)
        and not _NO_AMOUNT.match(state.text, match.start)
        and not is_title(state.text, state.mentions, match.start)
        and not (match.quantity.unit != "parameter" and _is_in_name(state.mentions, match.value_start))
    ]
    amounts = AmountReader(state.subjects, state.scope, state.mentions, lexicon.cues.find(state.text))
    yield from amounts.read(quantities)
    yield from amounts.scores(body, quantities)
    yield from FlagReader(state.subjects, state.scope).read(body, [(table.start, table.end) for table in tables])
    yield from openness(state.text, state.mentions)
    yield from fields(state.text, state.mentions)
    card = state.subjects.mains.get("model") or state.subjects.mains.get("product")
    yield from ReleaseRecords(document.text, state.mentions, state.scope, card).read()
    yield from EventReader(state.subjects, state.scope, state.parties, lexicon.makers).read(body)
    yield from state.policy_reader.read(state.policies)
    yield from PublicationReader(state.parties, state.scope).read()
    yield from EnglishPolicyReader(state.scope.outline, state.mentions, state.scope).read()
    if state.policy is not None and state.subjects.is_policy_text:
        yield from state.policy_reader.itself(state.policy)
        yield from state.policy_reader.deeds(state.policy)


def _is_in_name(mentions: Mentions, at: int) -> bool:
    """Tell whether a figure stands in a thing's name, and only seems to count what follows: 麒麟9000 | 芯片."""
    mention = mentions.at(at)
    return mention is not None and mention.start < at and mention.kind in _NUMBERED_KINDS


def without(ranges: Iterable[tuple[int, int]], holes: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return ranges with the holes taken out; holes are sorted and do not overlap."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        at = start
        for hole_start, hole_end in holes:
            if start <= hole_start < end:
                found.append((at, hole_start))
                at = hole_end
        found.append((at, end))
    return tuple((a, b) for a, b in found if a < b)


def main_subjects(mentions: Mentions) -> dict[str, Subject]:
    """Return what the document as a whole is about, by kind: the name of each kind that its head and text hold most."""
    counts: dict[tuple[str, str], int] = {}
    first: dict[tuple[str, str], Mention] = {}
    for mention in mentions.items:
        key = (mention.kind, mention.name)
        if key not in first:
            first[key], counts[key] = mention, 0
        counts[key] += _TITLE_WEIGHT if mention.start < _HEAD else 1
    found: dict[str, Subject] = {}
    for key in sorted(counts, key=lambda key: (-counts[key], first[key].start)):
        kind, mention = key[0], first[key]
        if kind not in found:
            found[kind] = as_subject(mention)
        if "" not in found and kind in STRONG:
            found[""] = as_subject(mention)
    return found


def rows(document: Document, lexicon: Lexicon) -> Iterator[dict[str, Any]]:
    """Yield a document's proposals as `extract` prints them."""
    source_id = f"sha256-{document.sha256[:16]}"
    for proposal in read(document, lexicon):
        yield row(proposal, document.text, document.name, source_id)
