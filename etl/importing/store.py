"""The base that imports live in: JSON Lines in a folder, renewed whole and swapped in by rename."""

import contextlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.locking import locked as one_at_a_time
from db.whole_file import put_folder
from etl.importing.names import Identity, group_of
from etl.importing.rows import ImportingError
from etl.seeds import default_seeds

Line = dict[str, Any]


@dataclass(slots=True)
class Kept:
    """What a base holds of one family, and the lines of the others."""

    source: Line | None = None
    entities: list[Line] = field(default_factory=list)
    statements: dict[str, Line] = field(default_factory=dict)
    other_sources: list[str] = field(default_factory=list)
    other_entities: list[str] = field(default_factory=list)

    def rows(self) -> set[str]:
        """Return the keys of the rows that the family's statements were read from."""
        return {place["row_label"] for line in self.statements.values() for place in line["evidence"]}


def read_kept(seeds: Path, family: str) -> Kept:
    """Read what a base holds; nothing where it is new.

    Raise ImportingError at a line that is no record.
    """
    kept = Kept()
    for raw, line in _lines(seeds / "sources.jsonl"):
        if line["id"] == family:
            kept.source = line
        else:
            kept.other_sources.append(raw)
    for raw, line in _lines(seeds / "entities.jsonl"):
        if line["id"].startswith(f"{family}."):
            kept.entities.append(line)
        else:
            kept.other_entities.append(raw)
    for _, line in _lines(seeds / "statements" / f"{family}.jsonl", "id", "key", "subject_id", "evidence"):
        kept.statements[line["key"]] = line
    return kept


def _lines(path: Path, *needed: str) -> Iterator[tuple[str, Line]]:
    if not path.exists():
        return
    with path.open(encoding="utf-8") as lines:
        for number, raw in enumerate(lines, 1):
            try:
                line = json.loads(raw)
                for name in needed or ("id",):
                    line[name]
            except (ValueError, KeyError, TypeError) as error:
                raise ImportingError(f"{path}:{number}: the line is no record ({error}); restore the file") from None
            yield raw, line


def known_things(kept: Kept, family: str) -> dict[Identity, str]:
    """Return the ids of the things of a base by their identity, as entities and statements tell it."""
    by_id = {line["id"]: line for line in kept.entities}
    plain: dict[Identity, str] = {}
    for line in kept.entities:
        group = group_of(line["id"], family)
        above = by_id.get(line.get("parent_id"))
        within = _names(above)[0] + _names(line)[0] if above else None
        for name in (*(_names(line) if group else _names(line)[:1]), within, line.get("iso_3166")):
            if name:
                plain.setdefault((group, name), line["id"])
    rows: dict[Identity, str] = {}
    for line in kept.statements.values():
        place = next((p for p in line["evidence"] if p["role"] == "subject"), None)
        if place and not group_of(line["subject_id"], family):
            rows["", place["row_label"]] = line["subject_id"]
    return plain | rows


def _names(line: Line) -> list[str]:
    names = [line.get("name_zh"), line.get("name_en"), *(a["alias"] for a in line.get("aliases", []))]
    return [name for name in names if name]


def files_of(
    kept: Kept, family: str, source: str, entities: Iterable[str], statements: Iterable[str]
) -> dict[str, str]:
    """Return the files of the renewed base, each by its path in it."""
    sources = [*kept.other_sources, source]
    return {
        "sources.jsonl": "".join(sorted(sources, key=_id)),
        "entities.jsonl": "".join(sorted([*kept.other_entities, *entities], key=_id)),
        f"statements/{family}.jsonl": "".join(statements),
    }


def _id(raw: str) -> str:
    return str(json.loads(raw)["id"])


def differs(seeds: Path, files: Mapping[str, str]) -> bool:
    """Tell whether a base does not hold these very files."""
    return any(
        not (seeds / name).is_file() or (seeds / name).read_text(encoding="utf-8") != text
        for name, text in files.items()
    )


@contextlib.contextmanager
def locked(seeds: Path) -> Iterator[Path]:
    """Hold a base against another import, mend what a killed one left, and give its real path.

    Raise ImportingError where an import into it is under way, or the folder is not for imports.
    """
    folder = seeds.resolve()
    if folder == default_seeds().resolve() or (folder / "sources").is_dir():
        raise ImportingError(f"{seeds} holds the reviewed seeds; imports live in a base of their own: --seeds DIR")
    if folder.exists() and not folder.is_dir():
        raise ImportingError(f"{seeds} is a file; give a folder: --seeds DIR")
    folder.parent.mkdir(parents=True, exist_ok=True)
    busy = ImportingError(f"another import into {seeds} is under way; wait for it to end")
    with one_at_a_time(folder.parent / f".{folder.name}.lock", busy):
        _mend(folder)
        yield folder


def _aside(folder: Path, what: str) -> Path:
    return folder.with_name(f".{folder.name}.{what}")


def _mend(folder: Path) -> None:
    """Put back the base that a killed import had moved aside, and remove its half-made one."""
    old = _aside(folder, "old")
    if old.exists():
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    shutil.rmtree(_aside(folder, "part"), ignore_errors=True)


def swap_in(folder: Path, files: Mapping[str, str]) -> None:
    """Write the renewed base beside the old one, what is not renewed copied, and put it in its place by rename."""
    part = _aside(folder, "part")
    try:
        if folder.exists():
            shutil.copytree(folder, part, symlinks=True)
        for name, text in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        put_folder(part, folder, _aside(folder, "old"))
    finally:
        shutil.rmtree(part, ignore_errors=True)
