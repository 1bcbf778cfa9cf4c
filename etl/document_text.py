"""The canonical text of bytes in any format that damoxing reads."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath

from etl.text import TextError

MAX_BYTES = {"text": 32_000_000, "html": 16_000_000, "pdf": 64_000_000, "docx": 64_000_000}
MAX_CHARACTERS = 16_000_000

_TEXT_SUFFIXES = {"": "txt", ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md"}
_SUFFIXES = {**_TEXT_SUFFIXES, ".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx"}
_HTML_START = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class DocumentError(TextError):
    """The document cannot be read."""

    def __init__(self, name: str, problem: str, cure: str) -> None:
        self.name, self.problem, self.cure = name, problem, cure
        super().__init__(f"{printable(name)}: {problem}; {cure}")


def printable(name: str) -> str:
    """Return a file's name for a message: line breaks, what moves a cursor, and bytes that are no UTF-8, escaped."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in name)


def storable(name: str) -> str:
    """Return a file's name as UTF-8 can hold it: other bytes escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


@contextmanager
def broken_as(name: str, broken: str, cure: str) -> Iterator[None]:
    """Tell as a DocumentError whatever a library raises at a file that it cannot take; a lack of memory stays one."""
    try:
        yield
    except (DocumentError, MemoryError):
        raise
    except Exception as error:
        said = " ".join(str(error).split()) or type(error).__name__
        raise DocumentError(name, f"{broken} ({shortened(said)})", cure) from error


def shortened(said: str, length: int = 200) -> str:
    """Return what a library said, cut where it goes on and on."""
    return said if len(said) <= length else said[: length - 1] + "…"


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """What offsets count in, and how it was made; `hints` is what the file's own metadata says."""

    text: str
    format: str
    extractor: str
    hints: tuple[tuple[str, str], ...] = ()


def read_bytes(path: Path | str) -> bytes:
    """Return a file's bytes; raise DocumentError where it cannot be opened or is longer than any format may be."""
    most = max(MAX_BYTES.values())
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > most else file.read(most + 1)
    except OSError as error:
        raise DocumentError(str(path), error.strerror or "cannot be opened", "check the path") from error
    if max(size, len(data)) > most:
        raise DocumentError(str(path), f"{max(size, len(data))!r} bytes", f"split it: at most {most} bytes")
    return data


def canonical_text(data: bytes, *, name: str) -> CanonicalText:
    """Return the canonical text of a file's bytes.

    The format is told by the bytes, then by the name's suffix. Raise DocumentError where there is no text.
    """
    kind = format_of(data, name)
    _hold_size(data, kind, name)
    made = _READERS[kind](data, name)
    if len(made.text) > MAX_CHARACTERS:
        raise DocumentError(name, f"{len(made.text)!r} characters of text", f"split it below {MAX_CHARACTERS}")
    if not made.text.strip():
        raise DocumentError(name, "no text in it", "give a file with text")
    return made


def format_of(data: bytes, name: str) -> str:
    """Return txt, md, html, pdf or docx; raise DocumentError for anything else."""
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        if suffix in ("", ".docx"):
            return "docx"
        raise DocumentError(name, f"a zip archive named {suffix!r}", "unpack it and give the files in it")
    if suffix in (".pdf", ".docx"):
        raise DocumentError(name, f"not a {suffix} file (begins {data[:8]!r})", "save it again in that format")
    if suffix in ("", ".txt") and _HTML_START.match(data[:4096]):
        return "html"
    # Names such as `report.2024-05` have a suffix that says nothing.
    return _SUFFIXES.get(suffix, "txt")


def _hold_size(data: bytes, kind: str, name: str) -> None:
    limit = MAX_BYTES["text" if kind in ("txt", "md") else kind]
    if len(data) > limit:
        raise DocumentError(name, f"{len(data)!r} bytes", f"split it: at most {limit} bytes of {kind}")


def _read_plain(data: bytes, name: str) -> CanonicalText:
    from etl.document_decoding import decode

    text, extractor = decode(data, name=name)
    return CanonicalText(text, "md" if PurePath(name).suffix.lower() in (".md", ".markdown") else "txt", extractor)


def _read_html(data: bytes, name: str) -> CanonicalText:
    from etl.document_html import read_html

    return read_html(data, name)


def _read_pdf(data: bytes, name: str) -> CanonicalText:
    from etl.document_pdf import read_pdf

    return read_pdf(data, name)


def _read_docx(data: bytes, name: str) -> CanonicalText:
    from etl.document_docx import read_docx

    return read_docx(data, name)


_READERS: dict[str, Callable[[bytes, str], CanonicalText]] = {
    "txt": _read_plain,
    "md": _read_plain,
    "html": _read_html,
    "pdf": _read_pdf,
    "docx": _read_docx,
}
