"""Read a folder of seeds into validated records; write records back in the one form."""

import json
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from yaml import YAMLError

from db.whole_file import write_whole
from etl.json_lines import DuplicateKeyError, load_line
from etl.problems import Problem
from etl.strict_yaml import Located, YamlError, dump, load
from schema.records import (
    AliasRecord,
    EntityRecord,
    MatchRecord,
    OverrideRecord,
    PropertyRecord,
    Record,
    RedirectRecord,
    SourceRecord,
    TermRecord,
)
from schema.units import Unit, load_units

R = TypeVar("R", bound=Record)
MATCHES = "matches.jsonl"
PACKAGE_SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def default_seeds() -> Path:
    """Return the folder of the package's own seeds, in a checkout and in a wheel."""
    from importlib.resources import files

    return Path(str(files("seeds")))


def folders_of(seeds: Path | Sequence[Path] | None) -> tuple[Path, ...]:
    """Return the folders of seeds that are meant, each once, in their order: by default the package's own."""
    given = (seeds,) if isinstance(seeds, Path) else tuple(seeds or ())
    return tuple({folder.resolve(): folder for folder in given}.values()) or (default_seeds(),)


@dataclass(slots=True)
class Vocabulary:
    """What every statement is held against: properties, terms, units, entities and sources, with where each stands."""

    properties: dict[str, PropertyRecord] = field(default_factory=dict)
    terms: dict[str, TermRecord] = field(default_factory=dict)
    units: set[str] = field(default_factory=set)
    sources: dict[str, SourceRecord] = field(default_factory=dict)
    entities: dict[str, EntityRecord] = field(default_factory=dict)
    redirects: dict[str, RedirectRecord] = field(default_factory=dict)
    registry: list[Unit] = field(default_factory=list)
    later: set[str] = field(default_factory=set)
    overrides: list[OverrideRecord] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, int | None]] = field(default_factory=dict)


class Reader:
    """Reads seed files of one folder or of several, and gathers their problems."""

    takes_matches = True

    def __init__(self, seeds: Path | Sequence[Path]) -> None:
        self.folders = folders_of(seeds)
        self.seeds = self.folders[0]
        self.problems: list[Problem] = []

    def shown(self, path: Path) -> str:
        """Return a path as messages show it: from its seeds folder on, whole where two folders have one name."""
        names = [folder.name for folder in self.folders]
        for folder in self.folders:
            if path.is_relative_to(folder) and names.count(folder.name) == 1:
                return str(path.relative_to(folder.parent))
        return str(path)

    def words(self, name: str) -> list[Path]:
        """List the files of words (properties, units, terms, checks) by name: each folder's own, else the package's."""
        own = (folder / name for folder in self.folders)
        return list(dict.fromkeys(path if path.exists() else default_seeds() / name for path in own))

    def problem(self, path: Path, line: int | None, record: str | None, message: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.shown(path), line, record, message))

    def yaml(self, path: Path) -> Any:
        """Read a YAML file; None where it is not one, with the problem noted."""
        try:
            data = load(path.read_text(encoding="utf-8"))
            if data is None:
                self.problem(path, 1, None, "the file is empty; fill or remove it")
            return data
        except YamlError as error:
            self.problem(path, error.line, None, error.message)
        except UnicodeDecodeError as error:
            self.problem(path, None, None, f"byte {error.start} is not UTF-8; save the file as UTF-8")
        return None

    def record(self, path: Path, data: Any, kind: type[R]) -> R | None:
        """Validate one mapping; None where it is none of its kind, with every problem noted."""
        if not isinstance(data, dict):
            if data is not None:
                self.problem(path, 1, None, f"{shortened(data)} is no mapping of {kind.__name__}")
            return None
        try:
            return kind.model_validate(data)
        except ValidationError as error:
            for message, line in told(error, data):
                self.problem(path, line, str(data.get("id") or data.get("old_id") or "") or None, message)
        return None

    def records(self, path: Path, name: str, kind: type[R]) -> Iterator[tuple[R, int | None]]:
        """Yield the records of a YAML file of the form `name: [ … ]`, with their lines."""
        data = self.yaml(path) if path.exists() else None
        if data is None:
            return
        if not isinstance(data, dict) or set(data) != {name} or not isinstance(data[name], list):
            self.problem(path, 1, None, f"the file must hold one list named {name!r}")
            return
        for item in data[name]:
            record = self.record(path, item, kind)
            if record is not None:
                yield record, getattr(item, "line", None)


def shortened(value: Any) -> str:
    """Show an offending value, however long it is."""
    shown = repr(value)
    return shown if len(shown) <= 100 else shown[:99] + "…"


def told(error: ValidationError, data: Any) -> Iterator[tuple[str, int | None]]:
    """Tell each problem of a validation with its line: the offending value and the cure."""
    for item in error.errors(include_url=False):
        location = item["loc"]
        line = _line(data, location)
        name = ".".join(str(part) for part in location)
        if item["type"] == "extra_forbidden":
            yield f"unknown key {name!r}; correct or remove it", line
        elif item["type"] == "missing":
            yield f"{name} is missing; give it", line
        elif item["type"] == "value_error":
            yield str(item["ctx"]["error"]) if "ctx" in item else item["msg"], line
        elif item["type"] == "json_invalid":
            yield f"the line is not JSON: {item['ctx']['error']}; is it cut off?", line
        else:
            yield f"{name} is {shortened(item['input'])}: {item['msg'][0].lower()}{item['msg'][1:]}", line


def _line(data: Any, location: tuple[int | str, ...]) -> int | None:
    line = getattr(data, "line", None)
    for part in location:
        if isinstance(data, Located) and part in data.lines:
            line = data.lines[str(part)]
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            break
        line = getattr(data, "line", line)
    return line


def read_vocabulary(reader: Reader) -> Vocabulary:
    """Read everything of the seeds folders but their statements.

    A folder without properties, units or vocabularies of its own uses the package's. Of several folders the first
    one's words win, and the later ones add theirs.
    """
    found = Vocabulary()
    _read_words(reader, found)
    for seeds in reader.folders:
        for path in sorted((seeds / "sources").glob("*.yaml")):
            _keep(reader, path, found.sources, found, "source", reader.record(path, reader.yaml(path), SourceRecord))
        for path in sorted((seeds / "entities").rglob("*.yaml")):
            _keep(reader, path, found.entities, found, "entity", reader.record(path, reader.yaml(path), EntityRecord))
        _read_lines(reader, seeds / "sources.jsonl", SourceRecord, found.sources, found, "source")
        _read_lines(reader, seeds / "entities.jsonl", EntityRecord, found.entities, found, "entity")
    _read_decisions(reader, found)
    return found


def _read_words(reader: Reader, found: Vocabulary) -> None:
    for path in reader.words("properties.yaml"):
        properties = dict[str, PropertyRecord]()
        for record, line in reader.records(path, "properties", PropertyRecord):
            _keep(reader, path, properties, found, "property", record, line)
        _add(found.properties, properties)
    for path in reader.words("vocabularies.yaml"):
        _add(found.terms, _read_terms(reader, path, found))
    for path in reader.words("units.yaml"):
        reader.yaml(path)  # the registry reads any YAML; this holds it to the strict form
        try:
            found.registry += [unit for unit in load_units(path) if unit.id not in found.units]
            found.units = {unit.id for unit in found.registry}
        except (ValueError, AttributeError, YAMLError) as error:
            reader.problem(path, None, None, str(error))


def _add(kept: dict[str, R], later: dict[str, R]) -> None:
    """Add the words of a later folder that no earlier one has."""
    for word, record in later.items():
        kept.setdefault(word, record)


def _read_terms(reader: Reader, path: Path, found: Vocabulary) -> dict[str, TermRecord]:
    terms: dict[str, TermRecord] = {}
    for vocabulary in _mappings(reader, path, reader.yaml(path), "vocabularies"):
        for item in _mappings(reader, path, vocabulary, "terms"):
            given = Located(item)
            given.line, given.lines = item.line, item.lines
            given["vocabulary"] = vocabulary.get("id")
            _keep(reader, path, terms, found, "term", reader.record(path, given, TermRecord), item.line)
    return terms


def _mappings(reader: Reader, path: Path, data: Any, name: str) -> list[Any]:
    """Return the mappings of a list in a mapping; where it is none, note the problem."""
    items = data.get(name, []) if isinstance(data, dict) else None
    if isinstance(items, list) and all(isinstance(item, dict) for item in items):
        return items
    if data is not None:
        reader.problem(
            path, getattr(data, "line", 1), None, f"{name!r} must be a list of mappings, not {shortened(items)}"
        )
    return []


def _read_decisions(reader: Reader, found: Vocabulary) -> None:
    for seeds in reader.folders:
        path = seeds / "redirects.yaml"
        for redirect, line in reader.records(path, "redirects", RedirectRecord):
            if redirect.old_id in found.redirects or redirect.old_id in found.entities:
                reader.problem(path, line, redirect.old_id, "old_id is still an entity or redirected twice; remove one")
            found.redirects[redirect.old_id] = redirect
            found.places["redirect", redirect.old_id] = (reader.shown(path), line)
    _take_matches(reader, found)
    _follow_redirects(found)
    for seeds in reader.folders:
        path = seeds / "overrides.yaml"
        for override, line in reader.records(path, "overrides", OverrideRecord):
            found.overrides.append(override)
            found.places["override", override.statement_id] = (reader.shown(path), line)


def _take_matches(reader: Reader, found: Vocabulary) -> None:
    """Let each entity that is judged to be another one's be a redirect to it, its names aliases; both must be at hand."""
    matches: dict[str, MatchRecord] = {}
    for seeds in reader.folders if reader.takes_matches else ():
        _read_lines(reader, seeds / MATCHES, MatchRecord, matches, found, "match")
    for record in matches.values():
        left, right = found.entities.get(record.left_id), record.right_id
        if not record.same or left is None or (right not in found.entities and right not in found.redirects):
            continue
        if record.left_id in found.redirects:
            path, line = found.places["match", record.id]
            reader.problems.append(
                Problem(path, line, record.left_id, f"judged to be {right!r} and another; take one of the lines out")
            )
            continue
        reason = f"one entity, {record.score}: {record.reason}"
        found.redirects[record.left_id] = RedirectRecord(
            old_id=record.left_id,
            new_id=right,
            reason=reason,
            decided_by=record.decided_by,
            decided_at=record.decided_at,
        )
    _join_names(found, [record for record in matches.values() if record.left_id in found.redirects])


def _join_names(found: Vocabulary, matches: list[MatchRecord]) -> None:
    """Take matched entities out, and give their names to those that they are."""
    for record in matches:
        left = found.entities.get(record.left_id)
        right_id, seen = record.right_id, {record.left_id}
        while right_id in found.redirects and right_id not in seen:
            seen.add(right_id)
            right_id = found.redirects[right_id].new_id
        right = found.entities.get(right_id)
        if left is None or right is None or right is left:
            continue
        known = {right.name_zh, right.name_en, *(alias.alias for alias in right.aliases)}
        names = [left.name_zh, left.name_en, *(alias.alias for alias in left.aliases if not alias.context_only)]
        added = [AliasRecord(alias=name) for name in dict.fromkeys(names) if name and name not in known]
        if added:
            found.entities[right_id] = right.model_copy(update={"aliases": [*right.aliases, *added]})
        del found.entities[record.left_id]


def _follow_redirects(found: Vocabulary) -> None:
    """Let each redirect end where the last of its chain ends: an entity may be renamed more than once."""
    for old_id, redirect in found.redirects.items():
        new_id, seen = redirect.new_id, {old_id}
        while new_id in found.redirects and new_id not in seen:
            seen.add(new_id)
            new_id = found.redirects[new_id].new_id
        found.redirects[old_id] = redirect.model_copy(update={"new_id": new_id})
    for entity_id, entity in found.entities.items():
        parent = found.redirects.get(entity.parent_id or "")
        if parent is not None:
            found.entities[entity_id] = entity.model_copy(update={"parent_id": parent.new_id})


def _keep(
    reader: Reader,
    path: Path,
    kept: dict[str, Any],
    found: Vocabulary,
    what: str,
    record: Any,
    line: int | None = 1,
) -> None:
    if record is None:
        return
    if record.id in kept:
        first = found.places[what, record.id]
        reader.problem(
            path, line, record.id, f"{what} id {record.id!r} stands twice (first in {first[0]}:{first[1]}); keep one"
        )
        return
    kept[record.id] = record
    found.places[what, record.id] = (reader.shown(path), line)


def _read_lines(reader: Reader, path: Path, kind: type[R], kept: dict[str, Any], found: Vocabulary, what: str) -> None:
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                line = line.removeprefix(BOM_UTF8) if number == 1 else line
                record = kind.model_validate_json(line)
                load_line(line)
            except DuplicateKeyError as error:
                reader.problem(path, number, None, str(error))
                continue
            except ValidationError as error:
                for message, _ in told(error, {}):
                    reader.problem(path, number, None, message)
                continue
            _keep(reader, path, kept, found, what, record, number)


def statement_files(*seeds: Path) -> list[Path]:
    """List the files that hold statements, folder after folder, in a fixed order."""
    folders = [folder / "statements" for folder in seeds if (folder / "statements").exists()]
    return [p for folder in folders for p in sorted(folder.rglob("*")) if p.suffix in {".yaml", ".jsonl"}]


def compact(record: Record) -> dict[str, Any]:
    """Return a record's fields in their fixed order, defaults left out."""
    return record.model_dump(exclude_defaults=True)


def write_yaml(path: Path, data: Any) -> None:
    """Write data in the seeds' one form, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, dump(data))


def format_files(seeds: Path) -> Iterator[tuple[Path, str, str]]:
    """Yield (path, text, text in the one form) of every YAML seed."""
    for path in sorted(seeds.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        yield path, text, formed(text)


def formed(text: str) -> str:
    """Return strict YAML in the one form; comments stay where they stand before a key of the outermost mapping."""
    data = load(text)
    if not isinstance(data, Located):
        return dump(data)
    lines = text.split("\n")
    parts = []
    for key, value in data.items():
        at = first = data.lines[key] - 1
        while first and lines[first - 1].startswith("#"):
            first -= 1
        parts += [*(f"{line}\n" for line in lines[first:at]), dump({key: value})]
    return "".join(parts)


def json_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield records as JSON Lines, defaults left out."""
    for record in records:
        yield json.dumps(compact(record), ensure_ascii=False) + "\n"
