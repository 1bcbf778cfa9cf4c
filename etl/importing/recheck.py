"""Imported cells read again from the file that they came from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.importing.models_dev import folder_digest
from etl.importing.rows import ImportingError
from etl.importing.run import READERS, essence, made, read_snapshot
from etl.importing.store import Line, read_kept
from etl.problems import Problem
from etl.text import Shelf
from schema.records import SourceRecord

_SHOWN = 60


@dataclass(slots=True)
class Rechecked:
    """What came of the imported statements of a base."""

    statements: int = 0
    spans: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def family_of(source: SourceRecord) -> str | None:
    """Return the family that a source was imported as; None for a text."""
    kind, _, rest = (source.extractor or "").partition(":")
    family = rest.partition("@")[0]
    return family if kind == "import" and family in READERS and source.type == "data_set" else None


def recheck(folder: Path, source: SourceRecord, shelf: Shelf) -> Rechecked:
    """Read the cells of one source of a folder again, where its file is on the shelf; else count them as passed over."""
    family = family_of(source) or ""
    kept = read_kept(folder, family)
    found = Rechecked()
    path = shelf.path(source.sha256) or _folder(shelf.folder, source.sha256 if family == "models-dev" else None)
    if path is None:
        found.passed_over[source.id] = len(kept.statements)
        return found
    file = f"{folder.name}/statements/{family}.jsonl"
    try:
        again = {line["key"]: line for line in made(kept, read_snapshot(family, path))}
    except ImportingError as error:
        found.problems.append(Problem(file, None, None, str(error)))
        return found
    for number, line in enumerate(kept.statements.values(), 1):
        found.statements += 1
        found.spans += len(line["evidence"])
        for message in _differences(line, again.get(line["key"])):
            found.problems.append(Problem(file, number, line["id"], f"{message} (read from {path.name})"))
    return found


def _folder(articles: Path, sha256: str | None) -> Path | None:
    """Return the folder of cards with this hash: the articles' own, or one in it."""
    if sha256 is None:
        return None
    folders = [articles, *sorted(path for path in articles.iterdir() if path.is_dir())]
    return next((folder for folder in folders if folder_digest(folder) == sha256), None)


def _differences(line: Line, again: Line | None) -> Iterator[str]:
    place = line["evidence"][0]
    where = f"row {place['row_label']!r}, column {place['column_label']!r}"
    if again is None:
        yield f"{where}: the file says no such thing; import it again"
        return
    stored, read = essence(line), essence(again)
    for name in sorted(stored.keys() | read.keys()):
        if stored.get(name) != read.get(name):
            yield f"{where}: {name} is {_shown(stored.get(name))}, but the cell gives {_shown(read.get(name))}"


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
