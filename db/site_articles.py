"""The operator's articles, read for the evidence page alone."""

import hashlib
from functools import lru_cache
from pathlib import Path

from db.look_up import Row


class Articles:
    """Canonical texts of a folder, by source; a file that is not the source's own is never shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read = lru_cache(maxsize=8)(_read)

    def text_of(self, source: Row) -> str | None:
        """Return the source's canonical text, or None where its file is absent, altered, or no UTF-8 text."""
        name = source["file_name"]
        if not name or not source["sha256"]:
            return None
        return self._read(self.folder, Path(name).name, source["sha256"], source["text_sha256"])


def _read(folder: Path, name: str, sha256: str, text_sha256: str | None) -> str | None:
    for path in sorted(folder.rglob(name)):
        if path.is_file() and _sha256(data := path.read_bytes()) == sha256:
            text = data.decode("utf-8", "replace")
            return text if _sha256(text.encode()) == text_sha256 else None
    return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
