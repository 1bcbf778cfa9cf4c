"""The export that a site keeps of its base: made once, in a process of its own, in a folder beside the base."""

import atexit
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from db.edition import package_version

SUMS = "SHA256SUMS"
_KEPT = 2
# Not sooner again where it failed.
_PAUSE = 60.0
_MAKE = "import sys; from pathlib import Path; from db.kept_export import make; make(Path(sys.argv[1]))"


@dataclass(frozen=True, slots=True)
class Kept:
    """An export at hand: its folder, the key in its addresses, and the hash of each file."""

    folder: Path
    key: str
    sums: dict[str, str]

    def size(self, name: str) -> int:
        """Return how many bytes a file has."""
        return (self.folder / name).stat().st_size


@dataclass(slots=True)
class _Making:
    process: subprocess.Popen[bytes]
    said: Any
    began: float = field(default_factory=time.monotonic)


_making: dict[Path, _Making] = {}


def find(base: Path) -> Kept | None:
    """Return the export of a base as it stands, or None where it is not made yet."""
    return _at(place(base) / _stamp(base))


def find_by_key(base: Path, key: str) -> Kept | None:
    """Return the export with a key, also of an earlier state of the base where it is still kept."""
    folders = [path for path in place(base).glob("*") if path.is_dir()]
    return next((kept for path in folders if (kept := _at(path)) and kept.key == key), None)


def _at(folder: Path) -> Kept | None:
    try:
        text = (folder / SUMS).read_bytes()
    except OSError:
        return None
    sums = {name: digest for digest, _, name in (line.partition("  ") for line in text.decode().splitlines())}
    digest = hashlib.sha256(text).hexdigest()
    return Kept(folder, digest[:16], sums | {SUMS: digest})


def place(base: Path) -> Path:
    """Return the folder that a base's exports are kept in: beside it, else where the system keeps temporary files."""
    base = base.resolve()
    beside = base.with_name(f".{base.name}.files")
    if beside.is_dir() or os.access(base.parent, os.W_OK):
        return beside
    name = hashlib.sha256(str(base).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"damoxing-{os.getuid()}-{name}.files"


@cache
def formats() -> tuple[str, ...]:
    """List the formats of the tables that this installation can write ahead."""
    return ("csv", "parquet") if find_spec("pyarrow") else ("csv",)


def _stamp(base: Path) -> str:
    """Return a name for the state of a base, and of what would be written of it."""
    status = base.stat()
    told = f"{status.st_size} {status.st_mtime_ns} {status.st_ino} {package_version()} {formats()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def begin(base: Path) -> str | None:
    """Have the export made where none is at hand or under way; return what went wrong the last time."""
    base = base.resolve()
    running = _making.get(base)
    if running is not None:
        if running.process.poll() is None:
            return None
        if running.process.returncode and time.monotonic() - running.began < _PAUSE:
            running.said.seek(0)
            return running.said.read().decode(errors="replace").strip().rpartition("\n")[2] or "it was stopped"
    if find(base) is None:
        if running is not None:
            running.said.close()
        _making[base] = _start(base)
    return None


def _start(base: Path) -> _Making:
    said = tempfile.TemporaryFile()  # noqa: SIM115 - as long as the process
    process = subprocess.Popen(
        [sys.executable, "-c", _MAKE, str(base)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
    )
    return _Making(process, said)


@atexit.register
def _stop() -> None:
    for making in _making.values():
        if making.process.poll() is None:
            making.process.terminate()


def make(base: Path) -> None:
    """Make the export of a base, gently, and forget all but the newest."""
    from db.errors import ExportError
    from db.exporting import export

    os.nice(10)
    home = place(base)
    home.mkdir(mode=0o755, exist_ok=True)
    if home.stat().st_uid != os.getuid():
        raise SystemExit(f"{home} is another user's")
    try:
        export(base, home / _stamp(base), formats=formats())
    except ExportError as error:
        if "under way" not in str(error):
            raise
        return
    made = sorted((path for path in home.glob("*") if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for old in made[:-_KEPT]:
        shutil.rmtree(old, ignore_errors=True)
        home.joinpath(f".{old.name}.lock").unlink(missing_ok=True)
