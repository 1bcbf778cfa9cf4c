"""Read statements, fill what can be derived, and hold each against the vocabulary."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from etl.json_lines import DuplicateKeyError, key_count, load_line
from etl.problems import Problem
from etl.seeds import Reader, Vocabulary, shortened, told
from etl.strict_yaml import Located
from schema.keys import statement_key
from schema.records import StatementRecord, squeeze

_PENDING_KEY = "0" * 32


def read_statements(
    reader: Reader, vocabulary: Vocabulary, path: Path, holder: "Holder | None" = None
) -> Iterator[tuple[StatementRecord, int | None]]:
    """Yield the sound statements of one file with their lines; problems go to the reader.

    Whoever reads many files gives the holder, which indexes the vocabulary.
    """
    holder = holder or Holder(vocabulary)
    items = _from_lines(reader, vocabulary, path) if path.suffix == ".jsonl" else _from_yaml(reader, vocabulary, path)
    for record, line in items:
        if vocabulary.later and not vocabulary.later.isdisjoint(
            [record.source_id, *(e.source_id for e in record.evidence)]
        ):
            continue
        problems = holder.problems(record)
        for message in problems:
            reader.problem(path, line, record.id, message)
        if not problems:
            yield record, line


def _from_yaml(reader: Reader, vocabulary: Vocabulary, path: Path) -> Iterator[tuple[StatementRecord, int | None]]:
    data = reader.yaml(path)
    if data is None:
        return
    if not isinstance(data, Located) or set(data) != {"source_id", "statements"}:
        reader.problem(path, 1, None, "the file must hold source_id and a list of statements")
        return
    if data["source_id"] != path.stem:
        reader.problem(
            path, data.lines["source_id"], None, f"source_id {data['source_id']!r} is not the file's name {path.stem!r}"
        )
    if not isinstance(data["statements"], list):
        message = f"statements is {shortened(data['statements'])}; give a list"
        reader.problem(path, data.lines["statements"], None, message)
        return
    for item in data["statements"]:
        given = completed(item, vocabulary, str(data["source_id"]))
        record = _valid(reader, vocabulary, path, given)
        if record is not None:
            yield record, getattr(item, "line", None)


def _valid(reader: Reader, vocabulary: Vocabulary, path: Path, given: Any) -> StatementRecord | None:
    try:
        record = StatementRecord.model_validate(given)
    except ValidationError as error:
        record_id = str(given.get("id") or "") or None if isinstance(given, dict) else None
        unknown = (
            isinstance(given, dict)
            and given.get("property_id")
            and str(given["property_id"]) not in vocabulary.properties
        )
        if unknown:
            line = given.lines.get("property_id", given.line)
            reader.problem(path, line, record_id, _unknown_property(given["property_id"]))
        for message, line in told(error, given):
            if not (unknown and message.startswith("value_type is missing")):
                reader.problem(path, line, record_id, message)
        return None
    if record.key == _PENDING_KEY:
        record.key = statement_key(record.source_id, record.property_id, record.evidence)
    return record


def _from_lines(reader: Reader, vocabulary: Vocabulary, path: Path) -> Iterator[tuple[StatementRecord, int | None]]:
    validate = StatementRecord.model_validate_json
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                record = validate(line)
            except ValidationError:
                slow = _slow_line(reader, vocabulary, path, number, line)
                if slow is None:
                    continue
                record = slow
            else:
                if key_count(line) != _keys_of(record) and (doubled := _doubled_key(line)):
                    reader.problem(path, number, record.id, doubled)
                    continue
            yield record, number


def _keys_of(record: StatementRecord) -> int:
    """Return how many keys a line gave; counting is far quicker than to read every line a second time."""
    return len(record.model_fields_set) + sum(len(place.model_fields_set) for place in record.evidence)


def _doubled_key(line: bytes) -> str | None:
    try:
        load_line(line)
    except DuplicateKeyError as error:
        return str(error)
    return None


def _slow_line(reader: Reader, vocabulary: Vocabulary, path: Path, number: int, line: bytes) -> StatementRecord | None:
    """Read a line that is not complete, or tell what is wrong with it."""
    try:
        data = load_line(line)
    except DuplicateKeyError as error:
        reader.problem(path, number, None, str(error))
        return None
    except ValueError as error:
        reader.problem(path, number, None, f"the line is not JSON: {error}; is it cut off?")
        return None
    if not isinstance(data, dict):
        reader.problem(path, number, None, f"{data!r} is no statement")
        return None
    given = Located(data)
    given.line, given.lines = number, {}
    return _valid(reader, vocabulary, path, completed(given, vocabulary, str(data.get("source_id", ""))))


def completed(item: Any, vocabulary: Vocabulary, source_id: str) -> Any:
    """Return a statement with the fields that its seed may leave out."""
    if not isinstance(item, dict):
        return item
    given = Located(item)
    given.line, given.lines = getattr(item, "line", 1), getattr(item, "lines", {})
    given.setdefault("source_id", source_id)
    listed = item["evidence"] if isinstance(item.get("evidence"), list) else []
    evidence = [{"source_id": given["source_id"], **place} if isinstance(place, dict) else place for place in listed]
    given["evidence"] = evidence if listed is item.get("evidence", listed) else item["evidence"]
    definition = vocabulary.properties.get(str(item.get("property_id")))
    if definition is not None:
        given.setdefault("value_type", definition.value_type)
    _complete_quotes(given, evidence)
    if given.get("value_type") == "quantity" and (given.get("low") is not None or given.get("high") is not None):
        given.setdefault("comparator", "eq")
    given.setdefault("key", _PENDING_KEY)
    return given


def _complete_quotes(given: Any, evidence: list[Any]) -> None:
    quotes = {str(place.get("role")): place.get("quote") for place in reversed(evidence) if isinstance(place, dict)}
    for role, name in (("subject", "subject_as_read"), ("value", "printed")):
        quote = quotes.get(role)
        if isinstance(quote, str):
            # A card prints **18 trillion**: the strokes are Markdown, not the figure's.
            given.setdefault(name, squeeze(quote.replace("**", "")))


def _unknown_property(property_id: Any) -> str:
    return f"property_id {property_id!r} is unknown; see properties.yaml"


class Holder:
    """Holds statements against the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.properties = vocabulary.properties
        self.redirects = {old: redirect.new_id for old, redirect in vocabulary.redirects.items()}
        self.kinds: dict[str, str] = {i: e.kind for i, e in vocabulary.entities.items()}
        self.terms = {i: t.vocabulary for i, t in vocabulary.terms.items()}
        self.units = vocabulary.units
        self.lengths = {i: s.text_length for i, s in vocabulary.sources.items()}

    def problems(self, record: StatementRecord) -> list[str]:
        """List what is wrong with a statement; ids that were redirected are set to the new ones."""
        found: list[str] = []
        self._redirect(record)
        if record.source_id not in self.lengths:
            found.append(f"source_id {record.source_id!r} is no source; add sources/{record.source_id}.yaml")
        self._hold_property(record, found)
        self._hold_references(record, found)
        self._hold_evidence(record, found)
        return found

    def _redirect(self, record: StatementRecord) -> None:
        if not self.redirects:
            return
        for name in ("subject_id", "object_id", "place_id", "relative_to_id"):
            new = self.redirects.get(getattr(record, name) or "")
            if new is not None:
                setattr(record, name, new)
        record.attributed_to = [self.redirects.get(i, i) for i in record.attributed_to]
        for participant in record.participants:
            participant.entity_id = self.redirects.get(participant.entity_id, participant.entity_id)

    def _hold_property(self, record: StatementRecord, found: list[str]) -> None:
        definition = self.properties.get(record.property_id)
        if definition is None:
            found.append(_unknown_property(record.property_id))
            return
        if record.value_type != definition.value_type:
            found.append(
                f"value_type {record.value_type!r} does not go with {definition.id}, a {definition.value_type}"
            )
        if record.unit is not None and definition.units and record.unit not in definition.units:
            found.append(f"unit {record.unit!r} does not go with {definition.id}; use {' or '.join(definition.units)}")
        kind = self.kinds.get(record.subject_id)
        if kind is not None and definition.kinds and kind not in definition.kinds:
            found.append(
                f"subject {record.subject_id!r} is a {kind}, but {definition.id} is said of {', '.join(definition.kinds)}"
            )
        if record.term is not None and self.terms.get(record.term) != definition.vocabulary:
            found.append(f"term {record.term!r} is not in vocabulary {definition.vocabulary!r}; see vocabularies.yaml")
        if record.object_id is not None and definition.object_kinds:
            object_kind = self.kinds.get(record.object_id)
            if object_kind is not None and object_kind not in definition.object_kinds:
                found.append(
                    f"object {record.object_id!r} is a {object_kind}, but {definition.id} wants {', '.join(definition.object_kinds)}"
                )

    def _hold_references(self, record: StatementRecord, found: list[str]) -> None:
        kinds = self.kinds
        for name in ("subject_id", "object_id", "place_id", "relative_to_id"):
            value = getattr(record, name)
            if value is not None and value not in kinds:
                found.append(f"{name} {value!r} is no entity; add it under entities/ or correct the id")
        for value in record.attributed_to:
            if value not in kinds:
                found.append(f"attributed_to {value!r} is no entity; add it under entities/ or correct the id")
        for participant in record.participants:
            if participant.entity_id not in kinds:
                found.append(f"participant {participant.entity_id!r} is no entity; add it or correct the id")
        if record.unit is not None and record.unit not in self.units:
            found.append(f"unit {record.unit!r} is unknown; see units.yaml")
        if record.category_id is not None and record.category_id not in self.terms:
            found.append(f"category_id {record.category_id!r} is no term; see vocabularies.yaml")

    def _hold_evidence(self, record: StatementRecord, found: list[str]) -> None:
        roles = {place.role for place in record.evidence}
        for role in ("value", "subject"):
            if role not in roles:
                found.append(f"no evidence of role {role!r}; give the span or cell")
        for place in record.evidence:
            if place.source_id not in self.lengths:
                found.append(f"evidence names source {place.source_id!r}, which is none; correct it")
                continue
            length = self.lengths[place.source_id]
            if length is not None and place.end_char is not None and place.end_char > length:
                found.append(f"span {place.start_char}-{place.end_char} is beyond the text of {length} characters")


def places_of(
    reader: Reader, vocabulary: Vocabulary, paths: list[Path], ids: set[str]
) -> dict[str, tuple[str, int | None]]:
    """Find where statements stand, by id; read again only for a message."""
    again, holder = Reader(reader.seeds), Holder(vocabulary)
    found = ((path, *item) for path in paths for item in read_statements(again, vocabulary, path, holder))
    return {record.id: (reader.shown(path), line) for path, record, line in found if record.id in ids}


def duplicate_problems(reader: Reader, vocabulary: Vocabulary, paths: list[Path]) -> list[Problem]:
    """Read every statement again, when a build met one twice: list ids and keys that stand twice, and all other problems."""
    first: dict[str, tuple[str, int | None]] = {}
    found = []
    again = Reader(reader.seeds)
    holder = Holder(vocabulary)
    for path in paths:
        for record, line in read_statements(again, vocabulary, path, holder):
            for what, value in (("id", record.id), ("key", record.key)):
                if value in first:
                    file, other = first[value]
                    cure = (
                        "mint another id"
                        if what == "id"
                        else "same source, property and spans: merge them or narrow a span"
                    )
                    message = f"{what} {value!r} stands twice (first in {file}:{other}); {cure}"
                    found.append(Problem(reader.shown(path), line, record.id, message))
                else:
                    first[value] = (reader.shown(path), line)
    return [*again.problems, *found]
