"""A statement's key: what makes it the same statement when it is read again."""

import hashlib
from collections.abc import Iterable

from schema.records import EvidenceBase


def statement_key(source_id: str, property_id: str, evidence: Iterable[EvidenceBase]) -> str:
    """Return the 32 hex digits of a statement's key.

    Text sources: source, property, value span and subject span. Data sources: source family, row and column, so that a
    newer snapshot changes statements and does not replace them. The habit is FollowTheMoney's `Statement.make_key`.
    """
    value = subject = ""
    for place in evidence:
        if place.role == "value" and not value:
            value = _place(place)
        elif place.role == "subject" and not subject:
            subject = _place(place)
    text = f"{source_id}\x1f{property_id}\x1f{value}\x1f{subject}"
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _place(place: EvidenceBase) -> str:
    if place.start_char is None:
        return f"{place.row_label}\x1e{place.column_label}"
    return f"{place.start_char}-{place.end_char}"
