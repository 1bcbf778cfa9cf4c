"""The source that a document is: made from what the document says of itself."""

import re
from collections.abc import Container, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from etl.document_metadata import front_matter
from etl.documents import Document
from etl.reviewing.slugs import free, slug
from etl.text import sha256_of_text
from schema.records import SourceRecord

EDITABLE = (
    "id",
    "title",
    "title_en",
    "publisher",
    "published",
    "published_basis",
    "url",
    "tier",
    "type",
    "language",
    "license",
    "authors",
    "derived_from",
    "note",
)
_BASES = {"printed", "document_date", "context"}
_AUTHORS = re.compile(r"[、，,;；/\s]+(?=[\u3400-\u9fff])|[，,;；/]\s*")


def source_fields(document: Document, taken: Container[str], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a document's source; `known` is what the inbox knows of it."""
    said = front_matter(document.text).said
    title = document.title or _first_line(document.text) or PurePath(document.name).stem
    url = known.get("url") or said.get("url") or said.get("link")
    fields: dict[str, Any] = {
        "id": free(source_id(document, title), taken),
        "title": title[:400],
        "publisher": document.publisher,
        "published": document.date,
        "published_basis": _basis(document.date_basis) if document.date else None,
        "retrieved": known.get("retrieved") or _day_of(document.name),
        "url": url if url and re.fullmatch(r"https?://\S{1,1990}", url) else None,
        "language": document.language,
        "type": "article",
        "derived_from": known.get("derived_from"),
        "file_name": known.get("file_name") or PurePath(document.name).name,
        "sha256": document.sha256,
        "text_sha256": sha256_of_text(document.text),
        "text_length": len(document.text),
        "extractor": document.extractor,
        "authors": authors(document.author),
    }
    return {name: value for name, value in fields.items() if value not in (None, [])}


def source_id(document: Document, title: str) -> str:
    """Return the id that a document gets as a source: who, and when; else its title."""
    who = document.publisher or document.author
    name = slug(who if who and document.date else title, words=6)
    return f"{name}-{document.date}" if document.date and document.date[0].isdigit() else name


def authors(printed: str | None) -> list[str]:
    """Return the authors of a printed line."""
    return [name.strip() for name in _AUTHORS.split(printed or "") if name.strip()]


def edited_source(fields: Mapping[str, Any], edits: Mapping[str, str]) -> dict[str, Any]:
    """Return a source's fields with what a reviewer changed."""
    found = dict(fields)
    for name, text in edits.items():
        if text == "":
            found.pop(name, None)
        else:
            found[name] = (
                authors(text) if name == "authors" else int(text) if name == "tier" and text.isdigit() else text
            )
    order = {name: place for place, name in enumerate(SourceRecord.model_fields)}
    return dict(sorted(found.items(), key=lambda item: order.get(item[0], len(order))))


def _basis(basis: str | None) -> str:
    if basis in _BASES:
        return str(basis)
    return "context" if basis in {"file metadata", "file name", None} else "printed"


def _first_line(text: str) -> str:
    return next((line.strip("# \t") for line in text.split("\n") if line.strip("# \t-")), "")


def _day_of(name: str) -> str | None:
    try:
        return datetime.fromtimestamp(Path(name).stat().st_mtime, UTC).date().isoformat()
    except OSError:
        return None
