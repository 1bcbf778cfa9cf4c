"""The folder of a run: its parts, what is told of each, its failures, and whether it came to its end."""

import contextlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.locking import locked
from db.whole_file import aside, write_whole
from etl.scale.part_files import SUFFIXES, Writer, whole_file
from etl.scale.parts import Part

RUN, FAILURES, DONE = "run.json", "failures.jsonl", "done"
_LOCK = ".lock"


class StoreError(Exception):
    """The folder cannot take the parts of this run."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that was not read: the reason in a word, and told."""

    document: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of a part that is done; `bytes` is the size of its file."""

    part: str
    documents: int
    statements: int
    bytes: int
    failures: tuple[Failure, ...]


class Store:
    """A folder of parts in one format."""

    def __init__(self, folder: Path, form: str) -> None:
        self.folder, self.form = folder, form
        self.kept: list[str] = []
        self._there: defaultdict[int, set[Path]] = defaultdict(set)
        for path in [*folder.glob("part-*-*.*"), *(folder / DONE).glob("part-*-*.*")]:
            self._there[int(path.name.split("-")[1])].add(path)

    def done(self, part: Part) -> Told | None:
        """Return what is told of a part where it is done and whole, else None."""
        file, told = self._paths(part.name)
        try:
            said = json.loads(told.read_text(encoding="utf-8"))
            found = Told(**said | {"failures": tuple(Failure(**one) for one in said["failures"])})
            return found if file.stat().st_size == found.bytes else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, part: Part) -> None:
        """Let a part that is done be one of this run, and remove what else has its number."""
        self._clear(part.number, set(self._paths(part.name)))
        self.kept.append(part.name)

    @contextlib.contextmanager
    def making(self, number: int, name: str) -> Iterator[Writer]:
        """Give the writer of a part, in the place of whatever has its number."""
        self._clear(number, set())
        with whole_file(self._paths(name)[0], self.form) as writer:
            yield writer

    def made(self, name: str, documents: int, statements: int, failures: list[Failure]) -> None:
        """Tell that a part's file is whole: from here on it is done."""
        file, told = self._paths(name)
        found = Told(name, documents, statements, file.stat().st_size, tuple(failures))
        write_whole(told, json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n")
        self.kept.append(name)

    def close(self) -> None:
        """Remove the parts of an earlier run that are none of this one, and write the failures of all that are."""
        for number in list(self._there):
            if number >= len(self.kept):
                self._clear(number, set())
        write_whole(self.folder / FAILURES, "".join(self._failures()))

    def _failures(self) -> Iterator[str]:
        for name in sorted(self.kept):
            for failure in json.loads(self._paths(name)[1].read_text(encoding="utf-8"))["failures"]:
                yield json.dumps(failure, ensure_ascii=False) + "\n"

    def _paths(self, name: str) -> tuple[Path, Path]:
        return self.folder / f"{name}{SUFFIXES[self.form]}", self.folder / DONE / f"{name}{SUFFIXES[self.form]}.json"

    def _clear(self, number: int, wanted: set[Path]) -> None:
        # What is told goes first: a file without it is not done.
        for path in sorted(self._there.pop(number, set()) - wanted, key=lambda path: path.parent == self.folder):
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def opened(folder: Path, form: str, told: dict[str, Any]) -> Iterator[Store]:
    """Give the store of a folder, new or of an earlier run on the same paths, and note how the run began and ended.

    Raise StoreError where the folder holds something else, or another run writes to it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / _LOCK
    with locked(lock, StoreError(f"another run writes to {folder} (lock {lock}); wait for it to end")):
        _hold_same(folder, told)
        (folder / DONE).mkdir(exist_ok=True)
        _note(folder, told | {"ended": False})
        store = Store(folder, form)
        yield store
        store.close()
        _note(folder, told | {"ended": True, "parts": len(store.kept)})


def _hold_same(folder: Path, told: dict[str, Any]) -> None:
    run = folder / RUN
    if run.exists():
        try:
            before = json.loads(run.read_text(encoding="utf-8"))["paths"]
        except (ValueError, KeyError, TypeError) as error:
            raise StoreError(f"{run} is not what a run wrote; name a new folder") from error
        if before != told["paths"]:
            raise StoreError(f"{folder} holds the statements of {', '.join(before)}; name a new folder")
        return
    ours = {_LOCK, aside(run).name}
    if stranger := next((path.name for path in sorted(folder.iterdir()) if path.name not in ours), None):
        raise StoreError(f"{folder} holds {stranger!r}, which no run wrote; name a new folder")


def _note(folder: Path, told: dict[str, Any]) -> None:
    write_whole(folder / RUN, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
