"""Rows of a data set made into records: one source, its entities, its statements."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from etl.importing.names import Identity, ids_of, things_of
from etl.importing.rows import Claim, Row, Snapshot, Thing
from schema.keys import data_key, id_of_key
from schema.records import QUOTE_LIMIT, AliasRecord, EntityRecord, EvidenceBase, SourceRecord, StatementRecord, squeeze
from schema.words import ValueType

_HAN = re.compile(r"[\u3400-\u9fff]")


def source_record(snapshot: Snapshot) -> SourceRecord:
    """Return the one source of a family; each snapshot renews it."""
    family = snapshot.family
    return SourceRecord(
        id=family.name,
        title=family.title,
        title_en=None,
        publisher=family.publisher,
        authors=list(family.authors),
        published=snapshot.published,
        published_basis=snapshot.published_basis if snapshot.published else None,
        url=family.url,
        language=family.language,
        license=family.license,
        type="data_set",
        tier=3,
        file_name=snapshot.file_name,
        sha256=snapshot.sha256,
        extractor=family.method,
        note=f"{family.attribution}. Imported; evidence is by row key and column",
    )


def entity_records(things: Mapping[Identity, Thing], ids: Mapping[Identity, str]) -> Iterator[EntityRecord]:
    """Yield what the rows name, by id."""
    for identity in sorted(things, key=lambda identity: ids[identity]):
        thing = things[identity]
        name = "name_zh" if _HAN.search(thing.name) else "name_en"
        given = {
            "id": ids[identity],
            "kind": thing.kind,
            name: thing.name,
            **dict(thing.extra),
            "aliases": [_alias(other) for other in thing.aliases if other != thing.name],
            "parent_id": ids[thing.parent.identity] if thing.parent else None,
        }
        yield EntityRecord.model_validate(given)


def _alias(name: str) -> AliasRecord:
    return AliasRecord(alias=name, language="zh" if _HAN.search(name) else "en")


class Maker:
    """Makes the statements of a snapshot; `known` are ids of statements by key and of things by identity."""

    def __init__(
        self,
        snapshot: Snapshot,
        value_types: Mapping[str, ValueType],
        known_things: Mapping[Identity, str],
        known_ids: Mapping[str, str],
    ) -> None:
        self.snapshot = snapshot
        self.value_types = value_types
        self.known_ids = known_ids
        self.things = things_of(snapshot.rows)
        self.ids = ids_of(snapshot.family.name, self.things, known_things)

    def statements(self) -> Iterator[StatementRecord]:
        """Yield the statements, rows by their key, each key once."""
        seen: set[str] = set()
        for row in sorted(self.snapshot.rows, key=lambda row: row.key):
            for claim in row.claims:
                key = self._key(row, claim)
                if key not in seen:
                    seen.add(key)
                    yield self._statement(row, claim, key)

    def _key(self, row: Row, claim: Claim) -> str:
        row_key, member = row.key, claim.member
        if claim.subject is not None and claim.subject.group and claim.other is not None:
            # Many rows say where an organization is: it is one statement, whichever row says it first.
            row_key, member = claim.subject.name, claim.other.identity[1]
        return data_key(self.snapshot.family.name, claim.property_id, row_key, claim.column, member)

    def _statement(self, row: Row, claim: Claim, key: str) -> StatementRecord:
        subject = claim.subject or row.thing
        value: dict[str, Any] = dict(claim.value)
        if claim.other is not None:
            value["object_id"] = self.ids[claim.other.identity]
        return StatementRecord.model_validate(
            {
                "id": self.known_ids.get(key) or id_of_key(key),
                "key": key,
                "source_id": self.snapshot.family.name,
                "subject_id": self.ids[subject.identity],
                "subject_as_read": subject.name,
                "property_id": claim.property_id,
                "value_type": self.value_types[claim.property_id],
                "printed": squeeze(claim.printed),
                "method": claim.method or self.snapshot.family.method,
                "evidence": list(self._evidence(row, claim, subject)),
                **value,
            }
        )

    def _evidence(self, row: Row, claim: Claim, subject: Thing) -> Iterator[EvidenceBase]:
        place = {"source_id": self.snapshot.family.name, "table_label": row.table, "row_label": row.key}
        start, end = claim.span or (None, None)
        yield EvidenceBase.model_validate(
            {**place, "role": "value", "column_label": claim.header, "start_char": start, "end_char": end}
            | _quoted(claim.printed)
        )
        yield EvidenceBase.model_validate(
            {**place, "role": "subject", "column_label": claim.subject_header or row.name_header}
            | _quoted(subject.name)
        )
        if claim.scope is not None:
            header, printed = claim.scope
            yield EvidenceBase.model_validate({**place, "role": "scope", "column_label": header} | _quoted(printed))


def _quoted(printed: str) -> dict[str, str]:
    if 0 < len(printed) <= QUOTE_LIMIT:
        return {"quote": printed}
    return {"sha256": hashlib.sha256(printed.encode()).hexdigest()}
