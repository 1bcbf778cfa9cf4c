"""One document, read where it can do no harm: by a process that is killed where it takes too long or too much."""

from collections.abc import Callable
from pathlib import Path

from etl.document_text import DocumentError, format_of, read_bytes
from etl.documents import Document, read_document
from etl.scale.pool import PoolError, answers
from etl.scale.worker import Lost
from schema.reading_limits import USUAL, Limits

# Decoding a text so long takes no library, no time and no memory to speak of.
_SHORT = 1_000_000
CURE = "split it, or give its text as .txt"


def is_harmless(data: bytes, name: str) -> bool:
    """Return whether a document can be read by this very process: a short plain text, or nothing that is read at all."""
    try:
        return format_of(data, name) in ("txt", "md") and len(data) <= _SHORT
    except DocumentError:
        return True


def read_file(path: Path | str, limits: Limits = USUAL) -> Document:
    """Read the document of a file; raise DocumentError where it cannot be read, or exceeds a limit."""
    return read_guarded(read_bytes(path), str(path), limits)


def read_guarded(data: bytes, name: str, limits: Limits = USUAL) -> Document:
    """Read the document of a file's bytes, by another process where they are not harmless.

    Raise DocumentError where it cannot be read, or exceeds a limit.
    """
    if is_harmless(data, name):
        return read_document(data, name=name)
    try:
        ((_, answer),) = answers([(data, name)], _start, jobs=1, limits=limits, weigh=lambda task: len(task[0]))
    except PoolError as error:
        raise DocumentError(name, str(error), CURE) from error
    if isinstance(answer, Lost):
        raise DocumentError(name, f"not read: {answer.message}", CURE)
    if isinstance(answer, Document):
        return answer
    raise DocumentError(name, *answer)


def _start() -> Callable[[tuple[bytes, str]], Document | tuple[str, str]]:
    return _read


def _read(task: tuple[bytes, str]) -> Document | tuple[str, str]:
    """Return a document, or the problem and the cure."""
    data, name = task
    try:
        return read_document(data, name=name)
    except DocumentError as error:
        return error.problem, error.cure
