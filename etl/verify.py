"""Re-read every span: the quote stands there, gives the stored value, and names the subject."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.names import fold
from etl.importing.recheck import Rechecked, family_of, recheck
from etl.problems import Problem, SeedError
from etl.seeds import Reader, Vocabulary, folders_of, read_vocabulary, statement_files
from etl.statements import read_statements
from etl.text import Shelf, sha256_of_text
from schema.bounds import Quantity, fallen
from schema.dates import DateError, parse_date
from schema.quantity import COMPARATORS, QuantityError, QuantityGrammar
from schema.records import EvidenceBase, StatementRecord, squeeze
from schema.units import Unit, Units, load_units

HAND_LIMIT = 0.02
# How far after a figure the noun that it counts may stand, and what ends it.
NOUN_REACH, NOUN_LENGTH = 20, 8
_NOUN_END = re.compile(r"[。，；：！？,;:!?”]")
_SCALES = "百千万亿兆0123456789"
# What says no, in a table's cell and in a sentence.
NEGATION = re.compile(r"[不未没無无非否×✗✘]|闭源|閉源|拒绝|停止|\b(?:no|not|never|false|closed|proprietary|n)\b", re.I)


@dataclass(slots=True)
class Verdict:
    """What a verification found."""

    statements: int = 0
    spans: int = 0
    by_hand: list[tuple[str, str]] = field(default_factory=list)
    by_context: list[tuple[str, str]] = field(default_factory=list)
    unread_sources: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)

    def take(self, found: Rechecked) -> None:
        """Add what came of the imported statements of one source."""
        self.statements += found.statements
        self.spans += found.spans
        self.problems += found.problems
        self.passed_over |= found.passed_over


_HEADER_UNIT = re.compile(r"[（(]([^（()）]{1,12})[)）]\s*$")


class Verifier:
    """Holds statements against the texts that they were read from."""

    def __init__(self, vocabulary: Vocabulary, units: Units, shelf: Shelf) -> None:
        self.vocabulary = vocabulary
        self.units = units
        self.grammar = QuantityGrammar(units)
        self.forms = [(form, _form_pattern(form.text)) for form in units.forms()]
        self.shelf = shelf
        self.names = {i: self._names_of(i) for i in vocabulary.entities}
        self.rows: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        self.cells: dict[tuple[str, str, str | None], set[int]] = defaultdict(set)
        self.sides: Counter[tuple[str, str, str | None, bool]] = Counter()

    def _names_of(self, entity_id: str) -> frozenset[str]:
        entity = self.vocabulary.entities[entity_id]
        names = [entity.name_zh, entity.name_en, *(alias.alias for alias in entity.aliases)]
        return frozenset(fold(name) for name in names if name)

    def text(self, source_id: str) -> str | None:
        """Return the canonical text of a source, None where its file is not on the shelf."""
        return self.shelf.text(self.vocabulary.sources[source_id].sha256)

    def note_rows(self, record: StatementRecord) -> None:
        """Remember where the rows of a table begin, at the names that stand as row labels, and where its cells do."""
        subject = _subject_start(record)
        for place in record.evidence:
            if (
                place.table_label is None
                or place.row_label is None
                or place.start_char is None
                or place.role != "value"
            ):
                continue
            if subject is None or not self._stands(record):
                continue
            if self._is_name(record.subject_id, place.row_label):
                self.sides[place.source_id, place.table_label, place.column_label, subject > place.start_char] += 1
            if subject > place.start_char:
                self.cells[place.source_id, place.table_label, place.column_label].add(place.start_char)
            elif self._is_name(record.subject_id, place.row_label):
                self.rows[place.source_id, place.table_label][subject] = place.row_label

    def _stands(self, record: StatementRecord) -> bool:
        """Tell whether every span stands where it says: a shifted one must not teach where rows begin."""
        texts = ((place, self.text(place.source_id)) for place in record.evidence if place.start_char is not None)
        return not any(text is not None and span_problem(place, text) for place, text in texts)

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
            if place.role == "value" and record.hand_normalized is None:
                end = place.end_char or len(text)
                yield from self._value_problems(record, quote, text[end : end + NOUN_REACH])
        if record.hand_normalized is not None:
            yield from self._hand_problems(record, record.hand_normalized)

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
        if place.row_label is None or subject is None:
            return
        yield from self._side_problems(record, place, before=subject > place.start_char)
        if subject > place.start_char:
            yield from self._merged_problems(record, place, place.start_char, subject)
            return
        row = _row_at(rows, place.start_char)
        if row is None or fold(rows[row]) != fold(place.row_label):
            yield f"the cell at {place.start_char} stands in row {rows.get(row or -1)!r}, not {place.row_label!r}"
        elif _row_at(rows, subject) != row:
            yield f"subject {record.subject_id!r} at {subject} stands in another row than the cell at {place.start_char}, {place.row_label!r}"

    def _side_problems(self, record: StatementRecord, place: EvidenceBase, *, before: bool) -> Iterator[str]:
        """The cells of a column stand all before the names of their rows, where they are merged, or all after."""
        column = (place.source_id, place.table_label or "", place.column_label)
        if (
            self._is_name(record.subject_id, place.row_label or "")
            and self.sides[*column, not before] > self.sides[*column, before]
        ):
            side, other = ("before", "after") if before else ("after", "before")
            yield f"the cell at {place.start_char} stands {side} its row {place.row_label!r}, the others of its column {other} theirs"

    def _merged_problems(self, record: StatementRecord, place: EvidenceBase, cell: int, subject: int) -> Iterator[str]:
        """A merged cell stands before its rows and belongs to all of them, up to the next cell of its column."""
        rows = self.rows[place.source_id, place.table_label or ""]
        row = _row_at(rows, subject)
        if row is None or fold(rows[row]) != fold(place.row_label or ""):
            label = None if row is None else rows[row]
            yield f"subject {record.subject_id!r} at {subject} stands in row {label!r}, not {place.row_label!r}"
        column = (place.source_id, place.table_label or "", place.column_label)
        below = [start for start in self.cells[column] if cell < start <= subject]
        if below and rows.get(_row_at(rows, cell) or -1) != place.row_label:
            yield f"subject {record.subject_id!r} at {subject} stands under the cell at {max(below)}, not under that at {cell}"

    def _value_problems(self, record: StatementRecord, quote: str, after: str) -> Iterator[str]:
        if record.value_type == "quantity" and record.comparator is not None:
            yield from self._quantity_problems(record, quote, after)
        elif record.value_type == "date" and record.date is not None:
            yield from self._date_problems(record, quote)
        elif record.value_type == "boolean":
            denied = NEGATION.search(quote) is not None
            if record.boolean is denied:
                yield f"{quote!r} {'denies' if denied else 'affirms'} it, but boolean is {str(record.boolean).lower()}"
        if (
            record.value_status == "not_stated"
            and record.value_type != "date"
            and squeeze(quote) not in {"/", "-", "—", "–", "－"}
        ):
            yield f"{quote!r} is no empty cell, but value_status is not_stated"

    def _quantity_problems(self, record: StatementRecord, quote: str, after: str) -> Iterator[str]:
        definition = self.vocabulary.properties[record.property_id]
        allowed = definition.units or ([record.unit] if record.unit else [])
        if record.unit is None and record.value_status != "unit_not_stated":
            yield "unit is missing; give it, or value_status unit_not_stated"
            return
        stored = (record.low, record.high, record.unit, record.comparator)
        scaled = self._scaled(record, quote, allowed)
        if scaled is not None and (scaled.low, scaled.high, scaled.unit, scaled.comparator) == stored:
            return
        try:
            sizes = self.grammar.parse_sizes(quote, units=tuple(allowed))
            read = sizes or self.grammar.parse(quote, units=tuple(allowed))
        except QuantityError as error:
            yield f"{error}; or give hand_normalized with the reason"
            return
        if record.property_id in {"growth", "change"} and (record.high or 0) < 0:
            # 下降 5 % is a growth of -5 %: the figure is printed without its sign.
            read = fallen(read)
        unit = read.unit if record.value_status != "unit_not_stated" else record.unit
        if (read.low, read.high, unit, read.comparator) != stored:
            yield f"{quote!r} reads {_shown(read.low, read.high, unit, read.comparator)}, but {_shown(*stored)} is stored"
        elif len(definition.units) != 1 and record.value_status != "unit_not_stated":
            yield from self._unit_problems(record, quote, after)

    def _scaled(self, record: StatementRecord, quote: str, allowed: list[str]) -> Quantity | None:
        """Read a bare number of a column whose header gives the unit or scale: 60 under 参数（亿）."""
        for place in record.evidence:
            header = _HEADER_UNIT.search(place.column_label or "") if place.role == "value" else None
            if header is not None:
                try:
                    return self.grammar.parse(quote + header[1], units=tuple(allowed))
                except QuantityError:
                    return None
        return None

    def _unit_problems(self, record: StatementRecord, quote: str, after: str) -> Iterator[str]:
        """Where neither the figure nor its property names the unit, the words that follow do, or 个 and 种 count items."""
        read = self.grammar.parse(quote)
        noun = _NOUN_END.split(squeeze(after))[0][:NOUN_LENGTH]
        # Within a word a single character is no noun of its own: 分 in 分别.
        named = {
            unit
            for unit in self._named_units(noun)
            if self._named_units(noun[:1]) == {unit} or self._is_word(unit, noun)
        }
        if read.unit is not None and (read.unit in self._named_units(quote) or quote.rstrip()[-1:] in "Bb"):
            fitting = {read.unit}
        elif read.unit is not None:
            fitting = {read.unit} if read.unit in named or not named else named
        else:
            fitting = named if quote.strip()[-1:] in _SCALES else named | {"item"}
        if "company" in fitting:  # 家 counts organizations too
            fitting = fitting | {"organization"}
        if record.unit not in fitting:
            yield f"{quote!r} counts {' or '.join(sorted(fitting)) or 'nothing by name'}, but unit is {record.unit!r}"

    def _is_word(self, unit: str, words: str) -> bool:
        return any(form.unit == unit and len(form.text) > 1 and pattern.search(words) for form, pattern in self.forms)

    def _named_units(self, words: str) -> set[str]:
        """List the units that words name, the longest form first: 美元 is no 元."""
        found = set()
        for form, pattern in self.forms:
            if not form.classifier:
                words, count = pattern.subn(" ", words)
                found |= {form.unit} if count else set()
        return found

    def _hand_problems(self, record: StatementRecord, reason: str) -> Iterator[str]:
        """What a person normalised is held against the reason: it names each bound, the unit and how they are meant."""
        quotes = [p.quote for p in record.evidence if p.role == "value" and p.quote]
        told = " ".join([reason, record.note or "", *quotes])
        if record.value_type == "date" and record.date is not None and record.date not in told:
            yield f"date is {record.date!r}, which hand_normalized {reason!r} does not name; name it there or in the note"
        if record.value_type != "quantity" or record.comparator is None:
            return
        figures = _figures(told)
        for name, bound in (("low", record.low), ("high", record.high)):
            if bound is not None and bound not in figures:
                yield f"{name} is {bound:.15g}, which hand_normalized {reason!r} does not name; name it there"
        meant = {c for c in COMPARATORS if re.search(rf"\b{c.replace('_', ' ')}\b", reason)} or {"eq"}
        if record.comparator not in meant:
            yield f"comparator is {record.comparator!r}, but hand_normalized {reason!r} tells {' or '.join(sorted(meant))}"
        named = self._named_units(told) - {"item"}
        allowed = self.vocabulary.properties[record.property_id].units
        if record.unit not in (named or {"item"}) and allowed != [record.unit]:
            yield f"unit is {record.unit!r}, which neither the quote nor hand_normalized {reason!r} names"

    def reads_itself(self, record: StatementRecord) -> bool:
        """Tell whether only a unit or a year that stands elsewhere was given by a person: 200K of a table of tokens."""
        if record.value_type == "date":
            return record.date_basis in ("document_date", "context")
        text = self.text(record.source_id)
        place = next((place for place in record.evidence if place.role == "value"), None)
        if record.value_type != "quantity" or text is None or place is None or place.start_char is None:
            return False
        try:
            read = self.grammar.parse(text[place.start_char : place.end_char])
        except QuantityError:
            return False
        same = (read.low, read.high, read.comparator) == (record.low, record.high, record.comparator)
        return same and read.unit in (None, "item", record.unit)

    def _date_problems(self, record: StatementRecord, quote: str) -> Iterator[str]:
        source = self.vocabulary.sources[record.source_id]
        try:
            read = parse_date(quote, document_date=source.published)
        except DateError as error:
            yield f"{error}; or give hand_normalized with the reason"
            return
        if read.date != record.date:
            yield f"{quote!r} reads {read.date}, but {record.date} is stored"


def _form_pattern(form: str) -> re.Pattern[str]:
    word = re.escape(form.replace("_", " "))
    return re.compile(rf"(?<![A-Za-z]){word}(?![A-Za-z])" if form.isascii() else word)


def _figures(words: str) -> set[float]:
    """Return the figures that words name: 0.34, 1e12, 10^12, and single Chinese numerals."""
    found = {float(figure) for figure in re.findall(r"\d+(?:\.\d+)?(?:[eE]\d+)?", words)}
    found |= {float(base) ** int(exponent) for base, exponent in re.findall(r"(\d+)\^(\d+)", words)}
    return found | {float(place) for place, numeral in enumerate("零一二三四五六七八九十") if numeral in words}


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
    if stands != stands.strip():
        return f"{where}: {stands!r} begins or ends with a blank; narrow the span"
    if place.sha256 is not None and sha256_of_text(stands) != place.sha256:
        return f"{where}: what stands there does not have the stored hash; move the span or make the hash again"
    return None


def verify(seeds: Path | Sequence[Path] | None, articles: Path) -> Verdict:
    """Re-read every span of the seeds in the articles of a folder, and the cells of imports in their files.

    Statements that the schemas refuse are problems too; a statement that stands twice is one.
    Raise SeedError where the vocabulary that all are held against cannot be read.
    """
    reader = Reader([folder.resolve() for folder in folders_of(seeds)])
    vocabulary = read_vocabulary(reader)
    if reader.problems:
        raise SeedError(reader.problems)
    shelf = Shelf(articles)
    verifier = Verifier(vocabulary, _units(reader, vocabulary.registry), shelf)
    imported = {source.id for source in vocabulary.sources.values() if family_of(source)}
    records = [
        (path, record, line)
        for path in statement_files(*reader.folders)
        for record, line in read_statements(reader, vocabulary, path)
        if record.source_id not in imported
    ]
    for _, record, _ in records:
        verifier.note_rows(record)
    verdict = Verdict(statements=len({(p.file, p.record or p.line) for p in reader.problems}), problems=reader.problems)
    _verify_texts(reader, verifier, records, verdict)
    for folder in reader.folders:
        for source_id in sorted(imported):
            if (folder / "statements" / f"{source_id}.jsonl").exists():
                verdict.take(recheck(folder, vocabulary.sources[source_id], shelf))
    return verdict


def _units(reader: Reader, registry: list[Unit]) -> Units:
    """Return the units of the first folder with their grammar, and those that later folders add."""
    units = load_units(reader.words("units.yaml")[0])
    units.add(registry)
    return units


def _verify_texts(
    reader: Reader, verifier: Verifier, records: list[tuple[Path, StatementRecord, int | None]], verdict: Verdict
) -> None:
    first: dict[str, str] = {}
    for path, record, line in records:
        if verifier.text(record.source_id) is None:
            if record.source_id not in verdict.unread_sources:
                verdict.unread_sources.append(record.source_id)
            continue
        verdict.statements += 1
        place = f"{reader.shown(path)}:{line}"
        for what, value in (("id", record.id), ("key", record.key)):
            other = first.setdefault(f"{what} {value}", place)
            if other != place:
                message = f"{what} {value!r} stands twice (first in {other}); keep one"
                verdict.problems.append(Problem(reader.shown(path), line, record.id, message))
        verdict.spans += sum(place.start_char is not None for place in record.evidence)
        if record.hand_normalized is not None:
            listed = verdict.by_context if verifier.reads_itself(record) else verdict.by_hand
            listed.append((record.id, record.hand_normalized))
        verdict.problems += (
            Problem(reader.shown(path), line, record.id, message) for message in verifier.problems(record)
        )
