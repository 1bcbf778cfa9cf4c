"""A file of an export: what it is called, what it gives, how large it is and its hash."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from db.sheet import Sheet
from db.sheet_files import MEDIA_TYPES

_TYPES = MEDIA_TYPES | {
    "db": "application/vnd.sqlite3",
    "zip": "application/zip",
    "jsonld": "application/ld+json",
    "cff": "application/yaml",
    "txt": "text/plain",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file, in the folder that the export makes."""

    name: str
    zh: str
    en: str
    size: int
    sha256: str
    sheet: Sheet | None = None
    rows: int | None = None

    @property
    def form(self) -> str:
        """Return the ending of its name."""
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        """Return its media type."""
        return _TYPES.get(self.form, "text/plain")


def data_file(path: Path, zh: str, en: str, sheet: Sheet | None = None, rows: int | None = None) -> DataFile:
    """Return the file at a path, measured and hashed."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return DataFile(path.name, zh, en, path.stat().st_size, digest, sheet, rows)
