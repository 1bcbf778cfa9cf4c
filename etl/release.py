"""Releases: the state of every statement, kept in the seeds, and the differences between two states."""

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.create import column_names
from db.whole_file import write_whole
from etl.load import insert_rows, json_list
from etl.problems import BuildError

VERSION = re.compile(r"\d+\.\d+\.\d+")
# What may change without the statement saying anything else.
_DERIVED = {"key", "rank", "rank_reason", "issues", "first_release", "last_release"}


class ReleaseError(BuildError):
    """The release cannot be made or found."""


@dataclass(frozen=True, slots=True)
class State:
    """A statement as one release has it."""

    id: str
    digest: str
    subject_id: str
    property_id: str
    source_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Release:
    """A published state of the base."""

    version: str
    released_on: str
    content_hash: str
    note: str
    statements: dict[str, State]


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one statement between two states."""

    statement_id: str
    change: str
    subject_id: str
    property_id: str
    source_id: str
    old: str | None
    new: str | None


def states(connection: sqlite3.Connection) -> Iterator[State]:
    """Yield the state of every statement of a base, by id."""
    columns = [name for name in column_names("statements") if name not in _DERIVED]
    names = ", ".join(f's."{name}"' for name in columns)
    evidence = (
        "(select group_concat(source_id || role || coalesce(start_char, '') || '-' || coalesce(end_char, '') || coalesce(row_label, '')"
        " || coalesce(column_label, '')) from (select * from evidence e where e.statement_id = s.id order by e.rowid))"
    )
    for row in connection.execute(f"select {names}, {evidence} from statements s order by s.id"):
        found = dict(zip(columns, row, strict=False))
        # By name and without what is empty, so that a new column changes no statement.
        said = [(name, value) for name, value in zip((*columns, "evidence"), row, strict=True) if value is not None]
        digest = hashlib.sha256(repr(said).encode()).hexdigest()[:16]
        yield State(
            found["id"], digest, found["subject_id"], found["property_id"], found["source_id"], shown_value(found)
        )


def shown_value(row: dict[str, Any]) -> str:
    """Return a statement's value in one short line."""
    if row["value_status"] not in {"reported", "unit_not_stated"}:
        return str(row["value_status"])
    if row["value_type"] == "quantity":
        bounds = "..".join("" if b is None else f"{b:g}" for b in (row["low"], row["high"]))
        if row["low"] == row["high"]:
            bounds = f"{row['low']:g}"
        return f"{row['printed'] or ''} ({row['comparator']} {bounds} {row['unit'] or ''})".strip()
    if row["value_type"] == "boolean":
        return "true" if row["boolean"] else "false"
    return str(row["date"] or row["term"] or row["object_id"] or row["text_en"] or row["text"] or "")


def read_releases(*seeds: Path) -> list[Release]:
    """Read every release kept in the first of the folders that keeps any, oldest first."""
    kept = (list((folder / "releases").glob("*.jsonl")) for folder in seeds)
    paths = next((found for found in kept if found), [])
    return sorted((read_release(path) for path in paths), key=lambda release: version_key(release.version))


def version_key(version: str) -> tuple[int, ...]:
    """Return a version's numbers, to sort by."""
    return tuple(int(part) for part in version.split("."))


def read_release(path: Path) -> Release:
    """Read one release file: a header line, then a line a statement."""
    with path.open(encoding="utf-8") as lines:
        try:
            header = json.loads(next(lines))
            found = {state.id: state for state in (State(*json.loads(line)) for line in lines)}
            version_key(header["version"])
            return Release(header["version"], header["released_on"], header["content_hash"], header["note"], found)
        except (StopIteration, ValueError, KeyError, TypeError, AttributeError) as error:
            raise ReleaseError(f"{path}: no release file ({error}); restore it from version control") from error


def write_release(connection: sqlite3.Connection, seeds: Path, version: str, released_on: str, note: str) -> Path:
    """Keep the base's state as a release of the seeds; return the new file.

    Where the last release is this very one, as after a kill at its end, it stands. Raise ReleaseError where the version
    is malformed, not newer than the last, or nothing changed.
    """
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"version {version!r} is not of the form 1.2.3")
    last = read_releases(seeds)[-1:]
    info = dict(connection.execute("select id, content from base_info"))
    path = seeds / "releases" / f"{version}.jsonl"
    if last and (last[0].version, last[0].content_hash) == (version, info["content_hash"]):
        return path
    if last and version_key(version) <= version_key(last[0].version):
        raise ReleaseError(f"version {version!r} is not newer than {last[0].version!r}")
    if last and last[0].content_hash == info["content_hash"]:
        raise ReleaseError(f"nothing changed since {last[0].version}; there is nothing to release")
    header = {"version": version, "released_on": released_on, "content_hash": info["content_hash"], "note": note}
    found = list(states(connection))
    path.parent.mkdir(exist_ok=True)
    rows = [header, *([s.id, s.digest, s.subject_id, s.property_id, s.source_id, s.value] for s in found)]
    write_whole(path, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def differences(old: dict[str, State], new: dict[str, State]) -> Iterator[Change]:
    """Yield what was added, removed and changed between two states, by statement id."""
    for statement_id in sorted(old.keys() | new.keys()):
        before, after = old.get(statement_id), new.get(statement_id)
        state = after or before
        if state is None or (before and after and before.digest == after.digest):
            continue
        change = "changed" if before and after else "added" if after else "removed"
        yield Change(
            statement_id,
            change,
            state.subject_id,
            state.property_id,
            state.source_id,
            before.value if before else None,
            after.value if after else None,
        )


def states_of(place: str, *seeds: Path) -> dict[str, State]:
    """Return the statements of a database file, or of a release's version in the first folder that keeps it."""
    path = Path(place)
    if path.is_file():
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            return {state.id: state for state in states(connection)}
        except sqlite3.DatabaseError as error:
            raise ReleaseError(f"{place} is no damoxing base: {error}") from error
        finally:
            connection.close()
    kept = next((file for folder in seeds if (file := folder / "releases" / f"{place}.jsonl").exists()), None)
    if kept is None:
        known = ", ".join(release.version for release in read_releases(*seeds)) or "none"
        raise ReleaseError(f"{place!r} is neither a database file nor a release (known: {known})")
    return read_release(kept).statements


def fill_releases(connection: sqlite3.Connection, releases: list[Release]) -> None:
    """Fill `releases` and `changes`, and the statements' first and last release."""
    insert_rows(connection, "releases", map(_release_row, releases))
    rows: list[dict[str, Any]] = []
    before: dict[str, State] = {}
    first: dict[str, str] = {}
    last: dict[str, str] = {}
    for release in releases:
        rows += ({"release_id": release.version, **_change_row(c)} for c in differences(before, release.statements))
        before = release.statements
        for statement_id in release.statements:
            first.setdefault(statement_id, release.version)
            last[statement_id] = release.version
    insert_rows(connection, "changes", ({"id": number, **row} for number, row in enumerate(rows, 1)))
    connection.executemany(
        "update statements set first_release = ?, last_release = ? where id = ?",
        ((first[i], last[i], i) for i in first),
    )


def _release_row(release: Release) -> dict[str, Any]:
    return {
        "id": release.version,
        "released_on": release.released_on,
        "statement_count": len(release.statements),
        "content_hash": release.content_hash,
        "note": release.note,
    }


def _change_row(change: Change) -> dict[str, Any]:
    changed = change.change == "changed" and change.old != change.new
    return {
        "statement_id": change.statement_id,
        "change": change.change,
        "fields": json_list(["value"]) if changed else None,
    }


def change_rows(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Return changes as plain rows, for printing."""
    return [asdict(change) for change in changes]
