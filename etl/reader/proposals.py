"""What the reader proposes: one statement with its spans, in the form that `extract` prints."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from etl.reader.subjects import Subject
from schema.dates import DateValue
from schema.records import squeeze


@dataclass(slots=True)
class Proposal:
    """One proposed statement; fields of the design's section 2 that have a value stand in `fields`."""

    kind: str
    property_id: str
    start: int
    end: int
    subject: Subject
    method: str
    fields: dict[str, Any]


def event_on(
    event: str,
    subject: Subject,
    span: tuple[int, int],
    date: DateValue,
    method: str,
    *,
    planned: bool = False,
    more: Mapping[str, Any] | None = None,
) -> Proposal:
    """Return the event of a subject on a date that stands at a span, with what more is known of it."""
    fields = {
        "date": date.date,
        "date_basis": date.basis,
        "value_status": "reported",
        "assertion": "planned" if planned else "asserted",
        **(more or {}),
    }
    return Proposal("event", event, *span, subject, method, fields)


_DATES: Final = frozenset({"date", "as_of", "period_start", "period_end"})
_VALUE_TYPES: Final = {
    "quantity": "quantity",
    "boolean": "boolean",
    "event": "date",
    "relation": "entity",
    "policy": "text",
    "text": "text",
}


def row(proposal: Proposal, text: str, document: str, source_id: str) -> dict[str, Any]:
    """Return a proposal as `extract` prints it: the fields that have a value, by the schema's names."""
    subject = proposal.subject
    quote = text[proposal.start : proposal.end]
    found = {
        "document": document,
        "kind": proposal.kind,
        "key": _key(source_id, proposal),
        "source_id": source_id,
        "subject_id": subject.entity_id,
        "subject_name": subject.name,
        "subject_type": subject.kind,
        "subject_as_read": squeeze(text[subject.start : subject.end]) or subject.name,
        "property_id": proposal.property_id,
        "value_type": _VALUE_TYPES[proposal.kind],
        **proposal.fields,
        "quote": quote,
        "start_char": proposal.start,
        "end_char": proposal.end,
        "subject_start_char": subject.start,
        "subject_end_char": subject.end,
        "method": proposal.method,
    }
    if proposal.kind != "text":
        found["printed"] = squeeze(quote)
    for name in _DATES.intersection(proposal.fields):
        # 19 日 of no known month dates nothing.
        if str(found[name]).startswith("---"):
            found[name] = None
    return {name: value for name, value in found.items() if value is not None or name == "subject_id"}


def _key(source_id: str, proposal: Proposal) -> str:
    place = f"{proposal.start}-{proposal.end}\x1f{proposal.subject.start}-{proposal.subject.end}"
    return hashlib.sha256(f"{source_id}\x1f{proposal.property_id}\x1f{place}".encode()).hexdigest()[:32]
