"""What the reader proposes for a text, for the tests of its parts."""

import dataclasses
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from etl.documents import read_document
from etl.reader.likely import METHOD as LIKELY
from etl.reader.read import Lexicon, load_lexicon, read, reading, rows
from tests.first_seeds import write_first_seeds

DATE = "2025-06-20"


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Load the lexicon of the first articles once: what a test reads does not depend on what the package came to know."""
    with TemporaryDirectory() as folder:
        return load_lexicon(write_first_seeds(Path(folder) / "seeds"))


def proposed(text: str, kind: str, *, date: str | None = DATE) -> list[dict[str, Any]]:
    """Return the proposals of one kind for a text of a date."""
    document = dataclasses.replace(read_document(text.encode(), name="text.txt"), date=date)
    return [row for row in rows(document, lexicon()) if row["kind"] == kind]


def events(text: str, *, date: str | None = DATE) -> set[tuple[str, str, str | None]]:
    """Return the events of a text that rules tell as (type, subject, date); those that only weights find likely left out."""
    told = [row for row in proposed(text, "event", date=date) if row["method"] != LIKELY]
    return {(row["property_id"], row["subject_name"], row.get("date")) for row in told}


def relations(text: str) -> set[tuple[str, str, str]]:
    """Return the relations of a text as (type, subject, object)."""
    return {(row["property_id"], row["subject_name"], row["object_name"]) for row in proposed(text, "relation")}


def tied(text: str, relation: str) -> set[tuple[str, str]]:
    """Return the ends of the relations of one type, as (subject, object)."""
    return {(one, other) for found, one, other in relations(text) if found == relation}


def flags(text: str) -> set[tuple[str, str, bool]]:
    """Return the yes-or-no facts of a text as (property, subject, value)."""
    return {(row["property_id"], row["subject_name"], row["boolean"]) for row in proposed(text, "boolean")}


def offered(text: str) -> set[tuple[str, str]]:
    """Return what single rules offer the weights for the figures of a text, as (rule, subject)."""
    document = dataclasses.replace(read_document(text.encode(), name="text.txt"), date=DATE)
    rules = reading(document, lexicon()).subjects.outright
    figures = [one for one in read(document, lexicon()) if one.kind == "quantity"]
    told = (rules.likely(one.start, one.end, one.property_id, None) for one in figures)
    return {(rule, subject.name) for each in told for subject, rule in each}
