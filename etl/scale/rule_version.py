"""The rule version: a hash of everything that decides what the reader makes of a document."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from etl.seeds import default_seeds

_ROOT = Path(__file__).resolve().parent.parent.parent
# Other people's code that texts go through on the way.
_LIBRARIES = (
    "ahocorasick-rs", "lxml", "lxml-html-clean", "opencc", "pypdf", "python-docx", "rapidfuzz", "rjieba", "trafilatura",
)  # fmt: skip
# Rooms and modules that read; importing and checking do not.
_CODE = ("schema/*.py", "etl/*.py", "etl/reader/*.py", "etl/scale/*.py", "db/names.py", "db/whole_file.py")
# Seeds that the reader takes no word from.
_UNREAD = frozenset({"sources", "statements", "releases", "sources.jsonl", "statements.jsonl"})


def rule_version(seeds: Path | None = None) -> str:
    """Return the hash of the reading code, of the seeds that it takes words from, and of the libraries below it."""
    digest = hashlib.sha256()
    for name, data in _parts(seeds):
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def rule_parts(seeds: Path | None = None) -> dict[str, str]:
    """Return the hash of each thing that is hashed into the rule version, by its name."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in _parts(seeds)}


def read_seeds(folder: Path) -> dict[str, bytes]:
    """Return the seeds that the reader takes words from, by their place in the folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        place = path.relative_to(folder)
        if path.suffix in {".yaml", ".jsonl"} and place.parts[0] not in _UNREAD:
            found[str(place)] = path.read_bytes()
    return found


def hashed_files() -> list[Path]:
    """List the modules whose change is another rule version."""
    return [path for pattern in _CODE for path in sorted(_ROOT.glob(pattern))]


def _parts(seeds: Path | None) -> Iterator[tuple[str, bytes]]:
    for path in hashed_files():
        yield str(path.relative_to(_ROOT)), path.read_bytes()
    folders = dict.fromkeys(folder.resolve() for folder in (seeds or default_seeds(), default_seeds()))
    for number, folder in enumerate(folders):
        for place, data in read_seeds(folder).items():
            yield f"seeds {number}/{place}", data
    yield "python", platform.python_version().encode()
    for library in _LIBRARIES:
        yield library, _version(library).encode()


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
