"""The canonical text of a file: what offsets count in."""

import hashlib
from pathlib import Path

EXTRACTOR = "utf-8@1"


class TextError(ValueError):
    """The file has no canonical text."""


def read_text(path: Path) -> str:
    """Return the file's canonical text: decoded with newlines untouched, or extracted from HTML, PDF or DOCX.

    Raise TextError where it has none.
    """
    # The formats build on this module's TextError, so they are imported at the first reading.
    from etl.document_text import canonical_text, read_bytes

    return canonical_text(read_bytes(path), name=str(path)).text


def sha256_of_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hex."""
    return sha256_of_bytes(text.encode("utf-8", "surrogatepass"))


class Shelf:
    """The articles of a folder, found by the hash of their bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._paths: dict[str, Path] | None = None
        self._texts: dict[str, str] = {}

    def path(self, sha256: str | None) -> Path | None:
        """Return the path of the file with this hash, or None."""
        if self._paths is None:
            files = sorted(p for p in self.folder.rglob("*") if p.is_file())
            self._paths = {sha256_of_bytes(p.read_bytes()): p for p in files}
        return self._paths.get(sha256 or "")

    def text(self, sha256: str | None) -> str | None:
        """Return the canonical text of the file with this hash, or None."""
        if sha256 is None:
            return None
        if sha256 not in self._texts:
            path = self.path(sha256)
            if path is None:
                return None
            self._texts[sha256] = read_text(path)
        return self._texts[sha256]
