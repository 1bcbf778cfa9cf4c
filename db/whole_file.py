"""Files and folders put in their place whole: written aside, brought to the disk, then renamed."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

_AT_CWD, _EXCHANGE = -100, 2


def aside(path: Path) -> Path:
    """Return where a file is written until it is whole."""
    return path.with_name(path.name + ".part")


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is whole or as it was, whatever happens in between."""
    held = aside(path)
    try:
        held.write_text(text, encoding="utf-8", newline="")
        put_file(held, path)
    except OSError:
        held.unlink(missing_ok=True)
        raise


def put_file(held: Path, path: Path) -> None:
    """Bring a file to the disk, then to its name, and the name to the disk."""
    sync(held)
    held.replace(path)
    sync(path.parent)


def put_folder(held: Path, folder: Path, old: Path) -> None:
    """Bring a folder to the disk with all that is in it, and put it in the place of another, in one step where possible.

    Where it cannot, the other one steps aside to `old`, from where it has to be put back after a crash.
    """
    for place, _, files in os.walk(held):
        for name in files:
            if not (path := Path(place, name)).is_symlink():
                sync(path)
        sync(Path(place))
    if not folder.exists():
        held.rename(folder)
    elif not _exchanged(held, folder):
        folder.rename(old)
        try:
            held.rename(folder)
        except OSError:
            old.rename(folder)
            raise
    sync(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def sync(path: Path) -> None:
    """Bring a file's content, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, so that there is no moment without one; False where the system cannot."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    return rename is not None and rename(_AT_CWD, bytes(one), _AT_CWD, bytes(other), _EXCHANGE) == 0
