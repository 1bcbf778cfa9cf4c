"""A statement's key: what makes it the same statement when it is read again."""

import hashlib
from collections.abc import Iterable

from schema.records import EvidenceBase

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
# 60 bits: of 100,000 statements two have the same id once in 200 million bases.
_ID_LENGTH = 12


def statement_key(source_id: str, property_id: str, evidence: Iterable[EvidenceBase]) -> str:
    """Return the 32 hex digits of the key of a statement that a text makes.

    It hashes source, property, value span and subject span; `data_key` is that of data sets. The habit is FollowTheMoney's `Statement.make_key`.
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


def data_key(family: str, property_id: str, row_key: str, column: str, member: str = "") -> str:
    """Return the 32 hex digits of the key of a statement that a data set makes.

    The family stands for all snapshots, the column for all its names, the member for a place in the cell's list:
    a newer snapshot changes what stands there and keeps the key.
    """
    text = "\x1f".join((family, property_id, row_key, column, member))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def id_of_key(key: str) -> str:
    """Return the id that an imported statement gets at its first import, the same on any machine."""
    number = int(hashlib.sha256(f"id\x1f{key}".encode()).hexdigest(), 16)
    return "s" + "".join(_ALPHABET[(number >> (5 * place)) & 31] for place in range(_ID_LENGTH))
