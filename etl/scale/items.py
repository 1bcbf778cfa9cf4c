"""The documents of files, folders, Parquet files and standard input, one after the other, each held only while it is read."""

import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from etl.document_text import MAX_BYTES, DocumentError, read_bytes, storable
from etl.scale.item import Item
from etl.scale.parquet_items import Columns, count_rows, parquet_items

STDIN = "-"
PARQUET = ".parquet"


def items(
    paths: Iterable[Path | str], *, columns: Columns | None = None, skip: Collection[Path] = ()
) -> Iterator[Item]:
    """Yield each document of files, folders (recursively, by name), Parquet files and '-' (standard input).

    What cannot be read comes as an item with its error, and the others still come. `skip` is left out of folders.
    """
    for path in paths:
        if str(path) == STDIN:
            yield Item("<stdin>", standard_input(), "<stdin>")
            continue
        for file in files(path, skip):
            if isinstance(file, Item):
                yield file
            elif file.endswith(PARQUET):
                yield from parquet_items(file, columns or Columns())
            else:
                yield item_of(file)


def count_items(paths: Iterable[Path | str], *, skip: Collection[Path] = ()) -> int:
    """Return how many documents there are; what cannot be opened counts as one."""
    found = 0
    for path in paths:
        for file in [STDIN] if str(path) == STDIN else files(path, skip):
            found += count_rows(file) if isinstance(file, str) and file.endswith(PARQUET) else 1
    return found


def standard_input() -> bytes:
    """Return the bytes of standard input, cut behind what any format may have: so many are refused."""
    return sys.stdin.buffer.read(max(MAX_BYTES.values()) + 1)


def item_of(path: str) -> Item:
    """Return the document of one file, or its error."""
    try:
        return Item(storable(path), read_bytes(path), path)
    except DocumentError as error:
        return Item(storable(path), error=str(error))


def files(path: Path | str, skip: Collection[Path] = ()) -> Iterator[str | Item]:
    """Yield the path of each file of a folder, or of one file; what cannot be opened comes as an item with its error."""
    if Path(path).is_dir():
        names = {one.name for one in skip}
        yield from _walk(str(Path(path)), lambda file: os.path.basename(file) in names and Path(file).resolve() in skip)
    else:
        yield str(path)


def _walk(folder: str, skipped: Callable[[str], bool]) -> Iterator[str | Item]:
    """Yield the files of a folder and of those in it by name; links to folders are not followed."""
    try:
        with os.scandir(folder) as entries:
            # Names alone are held, and only those of the folders on the way.
            found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        yield _failed(folder, error.strerror or "cannot be opened", "check the folder")
        return
    for name, is_folder in found:
        path = os.path.join(folder, name)
        if skipped(path):
            continue
        if is_folder:
            yield from _walk(path, skipped)
        elif name.startswith("."):
            continue
        elif os.path.isfile(path):
            yield path
        elif os.path.islink(path) and not os.path.exists(path):
            yield _failed(path, "a link that leads nowhere", "mend or remove it")


def _failed(name: str, problem: str, cure: str) -> Item:
    return Item(storable(name), error=str(DocumentError(name, problem, cure)))
