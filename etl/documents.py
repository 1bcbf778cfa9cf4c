"""A document: canonical text, what it says of itself, and which part of it is the article."""

from dataclasses import dataclass
from pathlib import Path

from etl.document_metadata import describe, front_matter
from etl.document_text import DocumentError, canonical_text, read_bytes
from etl.furniture import Cut, body_of, find_cuts
from etl.text import sha256_of_bytes

__all__ = ["Cut", "Document", "DocumentError", "read_document"]


# Cuts that say nothing of this document; the others (page data, credits) say when and by whom.
_FOREIGN = frozenset(
    {"front matter", "after the end", "related links", "links", "references", "another news item", "image"}
)


@dataclass(frozen=True, slots=True)
class Document:
    """One text to read; `body` is the article's ranges of `text`, `cuts` what is not of it and why."""

    name: str
    text: str
    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    date_basis: str | None
    language: str
    format: str
    extractor: str
    sha256: str
    body: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...]


def read_document(source: Path | str | bytes, *, name: str | None = None) -> Document:
    """Read one file, or the bytes of one; `name` tells the format and is shown in messages.

    Raise DocumentError where it has no text that can be read.
    """
    data = source if isinstance(source, bytes) else read_bytes(source)
    called = name or ("<bytes>" if isinstance(source, bytes) else str(source))
    made = canonical_text(data, name=called)
    matter = front_matter(made.text)
    cuts = find_cuts(made.text, matter_end=matter.end, matter_kept=matter.prose)
    body = body_of(made.text, cuts)
    printed = body_of(made.text, [cut for cut in cuts if cut.reason in _FOREIGN])
    said = describe(made.text, body, printed, matter.said, dict(made.hints))
    return Document(
        name=called,
        text=made.text,
        title=said.title,
        publisher=said.publisher,
        author=said.author,
        date=said.date,
        date_basis=said.date_basis,
        language=said.language,
        format=made.format,
        extractor=made.extractor,
        sha256=sha256_of_bytes(data),
        body=body,
        cuts=cuts,
    )
