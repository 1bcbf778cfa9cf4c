"""A folder written aside and swapped in whole, so that nobody ever sees half of it."""

import contextlib
import glob
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from db.errors import ExportError
from db.locking import locked
from db.whole_file import put_folder


@contextlib.contextmanager
def swapped_in(folder: Path, may_replace: Callable[[Path], str | None]) -> Iterator[Path]:
    """Give a new folder beside the wanted one, and put it in its place when the block ends well.

    `may_replace` tells why what stands there must stay, or None. Raise ExportError where it must, or where another
    process writes the same folder.
    """
    folder = folder.resolve()
    if Path.cwd().is_relative_to(folder):
        raise ExportError(f"{folder} is the folder you are in, or above it; name a new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    lock = folder.with_name(f".{folder.name}.lock")
    busy = ExportError(f"another export to {folder} is under way (lock {lock}); wait for it to end")
    with locked(lock, busy):
        if folder.exists() and (why := may_replace(folder)):
            raise ExportError(why)
        _sweep(folder)
        part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
        part.mkdir()
        try:
            yield part
            _open_to_all(part)
            put_folder(part, folder, folder.with_name(f".{folder.name}.{os.getpid()}.old"))
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what a killed export left, or bring back what it had moved away; the lock says that none is alive."""
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.old"):
        if folder.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.rename(folder)
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.*.part"):
        shutil.rmtree(left, ignore_errors=True)


def _open_to_all(part: Path) -> None:
    """Let all read what was written."""
    for path in part.iterdir():
        path.chmod(0o644)
    part.chmod(0o755)
