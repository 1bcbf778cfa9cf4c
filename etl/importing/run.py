"""One import: read, hold against the base, make records, swap in."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from etl.importing import awesome_cn, epoch, models_dev
from etl.importing.cells import number
from etl.importing.notes import NotesReader
from etl.importing.records import Maker, entity_records, source_record
from etl.importing.rows import ImportingError, Snapshot
from etl.importing.store import Kept, Line, differs, files_of, known_things, locked, read_kept, swap_in
from etl.seeds import Reader, compact, default_seeds, read_vocabulary
from etl.text import sha256_of_text
from schema.quantity import QuantityGrammar
from schema.units import load_units
from schema.words import ValueType

READERS: dict[str, Callable[[Path, QuantityGrammar, NotesReader], Snapshot]] = {
    "epoch": epoch.read,
    "models-dev": models_dev.read,
    "awesome-cn": awesome_cn.read,
}
DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
# A snapshot that loses more than this share of its rows is taken for a file that was cut off.
SHRINK = 0.2


@dataclass(slots=True)
class ImportReport:
    """What an import did."""

    snapshot: Snapshot
    changed: bool
    rows: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)


def read_snapshot(family: str, path: Path) -> Snapshot:
    """Read a snapshot of a family.

    Raise ImportingError where it is cut off, lacks what is needed or is not there.
    """
    if not path.exists():
        raise ImportingError(f"{path}: no such file or folder; check the path")
    grammar = QuantityGrammar(load_units(default_seeds() / "units.yaml"))
    try:
        return READERS[family](path, grammar, NotesReader())
    except OSError as error:
        raise ImportingError(f"{path}: {error.strerror or 'cannot be read'}; check the path") from error


def import_snapshot(
    family: str, path: Path, seeds: Path, *, date: str | None = None, allow_shrink: bool = False
) -> ImportReport:
    """Import a snapshot into a base of its own; the base changes whole or not at all.

    Raise ImportingError with the place, the value and the cure.
    """
    if date is not None and not DAY.fullmatch(date):
        raise ImportingError(f"{date!r} is no date of a snapshot; write 2024, 2024-11 or 2024-11-30")
    with locked(seeds) as folder:
        kept = read_kept(folder, family)
        snapshot = read_snapshot(family, path)
        if date is not None:
            snapshot.published, snapshot.published_basis = date, "context"
        _hold_rows(kept, snapshot, path, allow_shrink)
        files, fates = renewed(kept, snapshot)
        changed = differs(folder, files)
        if changed:
            swap_in(folder, files)
    old, new = kept.rows(), {row.key for row in snapshot.rows}
    rows = {"new": len(new - old), "gone": len(old - new), "changed": len(fates.rows & old & new)}
    return ImportReport(snapshot, changed, rows, fates.statements)


def _hold_rows(kept: Kept, snapshot: Snapshot, path: Path, allow_shrink: bool) -> None:
    old, new = kept.rows(), {row.key for row in snapshot.rows}
    gone = old - new
    if not allow_shrink and len(gone) > SHRINK * len(old):
        raise ImportingError(
            f"{path}: {len(gone)} of the {len(old)} rows in the base are not in this file ({len(new)} rows); "
            "is it cut off, or another selection? Download it again, or give --allow-shrink"
        )


def value_types() -> dict[str, ValueType]:
    """Return the type of every property's values, by the package's own properties."""
    vocabulary = read_vocabulary(Reader(default_seeds()))
    return {record.id: record.value_type for record in vocabulary.properties.values()}


@dataclass(slots=True)
class Fates:
    """What becomes of the statements of a base, and of the rows that are in both snapshots."""

    statements: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("added", "changed", "removed", "same"), 0)
    )
    rows: set[str] = field(default_factory=set)

    def count(self, fate: str, line: Line) -> None:
        """Note the fate of one statement."""
        self.statements[fate] += 1
        if fate != "same":
            self.rows.add(line["evidence"][0]["row_label"])


def renewed(kept: Kept, snapshot: Snapshot) -> tuple[dict[str, str], Fates]:
    """Return the files of the renewed base, and what became of its statements."""
    family = snapshot.family.name
    maker = _maker(kept, snapshot)
    fates, lines, left = Fates(), [], dict(kept.statements)
    for record in maker.statements():
        line = compact(record)
        old = left.pop(record.key, None)
        fate = "added" if old is None else "same" if essence(old) == essence(line) else "changed"
        fates.count(fate, line)
        # A renamed column or 7.0 for 7.00 changes no statement: it stays as it was first read.
        lines.append(_line(old if fate == "same" and old else line))
    for line in left.values():
        fates.count("removed", line)
    entities = (_line(compact(entity)) for entity in entity_records(maker.things, maker.ids))
    return files_of(kept, family, _line(compact(source_record(snapshot))), entities, lines), fates


def made(kept: Kept, snapshot: Snapshot) -> Iterator[Line]:
    """Yield the statements of a snapshot under the ids of a base."""
    return (compact(record) for record in _maker(kept, snapshot).statements())


def _maker(kept: Kept, snapshot: Snapshot) -> Maker:
    ids = {key: line["id"] for key, line in kept.statements.items()}
    return Maker(snapshot, value_types(), known_things(kept, snapshot.family.name), ids)


def essence(line: Line) -> Line:
    """Return a statement without what changes between snapshots and says nothing: columns' names, a number's zeros.

    A hash stays where it is not that of what is printed.
    """
    printed = str(line.get("printed", ""))
    hashed = sha256_of_text(printed)
    evidence = [
        {
            name: _plain(value) if name == "quote" else "" if name == "sha256" and value == hashed else value
            for name, value in place.items()
            if name != "column_label"
        }
        for place in line["evidence"]
    ]
    for place in evidence:
        # A number's zeros decide whether it is short enough for a quote.
        if place["role"] == "value" and place.get("sha256") == "" and number(printed) is not None:
            del place["sha256"]
            place["quote"] = _plain(printed)
    return {**line, "printed": _plain(printed), "evidence": evidence}


def _plain(printed: str) -> str | float:
    value = number(printed)
    return printed if value is None else value


def _line(line: Line) -> str:
    return json.dumps(line, ensure_ascii=False) + "\n"
