"""Re-read every span: the quote stands there, gives the stored value, and names the subject."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from db.names import fold
from etl.problems import Problem, SeedError
from etl.seeds import Reader, Vocabulary, default_seeds, read_vocabulary, statement_files
from etl.statements import read_statements
from etl.text import Shelf
from schema.dates import DateError, parse_date
from schema.quantity import QuantityError, QuantityGrammar
from schema.records import EvidenceBase, StatementRecord, squeeze
from schema.units import Units, load_units

HAND_LIMIT = 0.02
# How yes and no are printed in tables.
YES = frozenset({"是", "有", "√", "✓", "✔", "yes", "true", "y"})
NO = frozenset({"否", "无", "×", "✗", "✘", "no", "false", "n"})


@dataclass(slots=True)
class Verdict:
    """What a verification found."""

    statements: int = 0
    spans: int = 0
    by_hand: list[tuple[str, str]] = field(default_factory=list)
    unread_sources: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class Verifier:
    """Holds statements against the texts that they were read from."""

    def __init__(self, vocabulary: Vocabulary, units: Units, shelf: Shelf) -> None:
        self.vocabulary = vocabulary
        self.grammar = QuantityGrammar(units)
        self.shelf = shelf
        self.names = {i: self._names_of(i) for i in vocabulary.entities}
        self.rows: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)

    def _names_of(self, entity_id: str) -> frozenset[str]:
        entity = self.vocabulary.entities[entity_id]
        names = [entity.name_zh, entity.name_en, *(alias.alias for alias in entity.aliases)]
        return frozenset(fold(name) for name in names if name)

    def text(self, source_id: str) -> str | None:
        """Return the canonical text of a source, None where its file is not on the shelf."""
        return self.shelf.text(self.vocabulary.sources[source_id].sha256)

    def note_rows(self, record: StatementRecord) -> None:
        """Remember where the rows of a table begin: at the names that stand as row labels."""
        subject = _subject_start(record)
        for place in record.evidence:
            if (
                place.table_label is None
                or place.row_label is None
                or place.start_char is None
                or place.role != "value"
            ):
                continue
            if (
                subject is not None
                and subject <= place.start_char
                and self._is_name(record.subject_id, place.row_label)
            ):
                self.rows[place.source_id, place.table_label][subject] = place.row_label

    def problems(self, record: StatementRecord) -> Iterator[str]:
        """Yield what is wrong with a statement's evidence."""
        for place in record.evidence:
            text = self.text(place.source_id)
            if text is None or place.start_char is None:
                continue
            wrong = span_problem(place, text)
            if wrong:
                yield wrong
                continue
            quote = text[place.start_char : place.end_char]
            yield from self._role_problems(record, place, quote)

    def _role_problems(self, record: StatementRecord, place: EvidenceBase, quote: str) -> Iterator[str]:
        if place.role == "subject":
            yield from self._name_problem("subject", record.subject_id, quote)
            if fold(squeeze(record.subject_as_read)) != fold(squeeze(quote)):
                yield f"subject_as_read {record.subject_as_read!r} is not what the span reads, {quote!r}"
        elif place.role == "attribution" and record.attributed_to:
            if not any(self._is_name(i, quote) for i in record.attributed_to):
                yield f"attribution {quote!r} names none of {', '.join(record.attributed_to)}; add an alias or correct the span"
        elif place.role == "value":
            if record.value_type == "entity" and record.object_id:
                yield from self._name_problem("object", record.object_id, quote)
            yield from self._row_problems(record, place)
            if record.hand_normalized is None:
                yield from self._value_problems(record, quote)

    def _is_name(self, entity_id: str, quote: str) -> bool:
        return fold(quote) in self.names.get(entity_id, frozenset())

    def _name_problem(self, what: str, entity_id: str, quote: str) -> Iterator[str]:
        if not self._is_name(entity_id, quote):
            yield f"{what} {entity_id!r} is not named {quote!r}; add the alias or correct the span or the id"

    def _row_problems(self, record: StatementRecord, place: EvidenceBase) -> Iterator[str]:
        """A cell, and its subject, belong to the row whose name stands last before them."""
        if place.table_label is None or place.start_char is None:
            return
        rows = self.rows[place.source_id, place.table_label]
        subject = _subject_start(record)
        if place.row_label is None or subject is None or subject > place.start_char:
            # A merged cell stands before its rows and belongs to several.
            return
        row = _row_at(rows, place.start_char)
        if row is None or fold(rows[row]) != fold(place.row_label):
            yield f"the cell at {place.start_char} stands in row {rows.get(row or -1)!r}, not {place.row_label!r}"
        elif _row_at(rows, subject) != row:
            yield f"subject {record.subject_id!r} at {subject} stands in another row than the cell at {place.start_char}, {place.row_label!r}"

    def _value_problems(self, record: StatementRecord, quote: str) -> Iterator[str]:
        if record.value_type == "quantity" and record.comparator is not None:
            yield from self._quantity_problems(record, quote)
        elif record.value_type == "date" and record.date is not None:
            yield from self._date_problems(record, quote)
        elif record.value_type == "boolean":
            word = quote.strip().lower()
            if (word in YES and record.boolean is False) or (word in NO and record.boolean is True):
                yield f"{quote!r} reads {word in YES}, but boolean is {record.boolean}"
        if (
            record.value_status == "not_stated"
            and record.value_type != "date"
            and squeeze(quote) not in {"/", "-", "—", "–", "－"}
        ):
            yield f"{quote!r} is no empty cell, but value_status is not_stated"

    def _quantity_problems(self, record: StatementRecord, quote: str) -> Iterator[str]:
        definition = self.vocabulary.properties[record.property_id]
        allowed = definition.units or ([record.unit] if record.unit else [])
        try:
            read = self.grammar.parse(quote, units=tuple(allowed))
        except QuantityError as error:
            yield f"{error}; or give hand_normalized with the reason"
            return
        unit = read.unit if record.value_status != "unit_not_stated" else record.unit
        stored = (record.low, record.high, record.unit, record.comparator)
        if (read.low, read.high, unit, read.comparator) != stored:
            yield f"{quote!r} reads {_shown(read.low, read.high, unit, read.comparator)}, but {_shown(*stored)} is stored"

    def _date_problems(self, record: StatementRecord, quote: str) -> Iterator[str]:
        source = self.vocabulary.sources[record.source_id]
        try:
            read = parse_date(quote, document_date=source.published)
        except DateError as error:
            yield f"{error}; or give hand_normalized with the reason"
            return
        if read.date != record.date:
            yield f"{quote!r} reads {read.date}, but {record.date} is stored"


def _row_at(rows: dict[int, str], position: int) -> int | None:
    starts = sorted(rows)
    before = bisect_right(starts, position)
    return starts[before - 1] if before else None


def _subject_start(record: StatementRecord) -> int | None:
    return next((place.start_char for place in record.evidence if place.role == "subject"), None)


def _shown(low: float | None, high: float | None, unit: str | None, comparator: str | None) -> str:
    bounds = "..".join("" if bound is None else f"{bound:.15g}" for bound in (low, high))
    return f"{comparator} {bounds} {unit or 'without unit'}"


def span_problem(place: EvidenceBase, text: str) -> str | None:
    """Say how a span differs from its quote or hash, or None."""
    stands = text[place.start_char : place.end_char]
    where = f"{place.role} {place.start_char}-{place.end_char}"
    if place.end_char is not None and place.end_char > len(text):
        return f"{where} is beyond the text of {len(text)} characters"
    if place.quote is not None and stands != place.quote:
        return f"{where}: {stands!r} stands there, not {place.quote!r}"
    if place.sha256 is not None and sha256(stands) != place.sha256:
        return f"{where}: what stands there does not have the stored hash; move the span or make the hash again"
    return None


@lru_cache(maxsize=4096)
def sha256(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def verify(seeds: Path | None, articles: Path) -> Verdict:
    """Re-read every span of the seeds in the articles of a folder.

    Raise SeedError where the seeds themselves cannot be read.
    """
    folder = (seeds or default_seeds()).resolve()
    reader = Reader(folder)
    vocabulary = read_vocabulary(reader)
    units_path = folder / "units.yaml"
    units = load_units(units_path if units_path.exists() else default_seeds() / "units.yaml")
    verifier = Verifier(vocabulary, units, Shelf(articles))
    records = [
        (path, record, line)
        for path in statement_files(folder)
        for record, line in read_statements(reader, vocabulary, path)
    ]
    if reader.problems:
        raise SeedError(reader.problems)
    for _, record, _ in records:
        verifier.note_rows(record)
    verdict = Verdict()
    for path, record, line in records:
        if verifier.text(record.source_id) is None:
            if record.source_id not in verdict.unread_sources:
                verdict.unread_sources.append(record.source_id)
            continue
        verdict.statements += 1
        verdict.spans += sum(place.start_char is not None for place in record.evidence)
        if record.hand_normalized is not None:
            verdict.by_hand.append((record.id, record.hand_normalized))
        verdict.problems += (
            Problem(reader.shown(path), line, record.id, message) for message in verifier.problems(record)
        )
    return verdict
