"""How sure a proposal is, from 0 to 1, with what lowers it: each doubt takes away a fixed part."""

from dataclasses import dataclass
from typing import Any

from etl.reviewing.candidates import Candidate, obvious
from etl.reviewing.drafts import Draft
from schema.records import PropertyRecord

# What a doubt takes away; docs/reviewing.md tells the same table, held by a test.
DOUBTS = {
    "rule of the table reader": 0.02,
    "language model": 0.20,
    "likely by weights": 0.10,
    "subject new": 0.10,
    "subject similar to a known one": 0.20,
    "subject in another clause": 0.05,
    "subject in another sentence": 0.15,
    "subject a topic": 0.15,
    "object new": 0.05,
    "unit unknown": 0.20,
    "property general": 0.15,
    "no date": 0.20,
    "year not printed": 0.10,
    "not simply asserted": 0.05,
    "attribution left out": 0.10,
    "overlaps a statement": 0.30,
}
GENERAL = frozenset({"count", "amount", "ratio", "share", "duration", "dimension", "rank", "significant_event"})
_CLAUSE_END = frozenset("，,；;：:\n")


@dataclass(frozen=True, slots=True)
class Confidence:
    """A figure from 0 to 1 and the doubts that lower it."""

    value: float
    doubts: tuple[str, ...]


def confidence(
    row: dict[str, Any],
    draft: Draft,
    found: dict[str, list[Candidate]],
    text: str,
    definition: PropertyRecord | None,
    extra: list[str],
) -> Confidence:
    """Return how sure a proposal is; 0 where it does not validate is the caller's to say."""
    doubts = [*_doubts_of_method(row), *_doubts_of_names(draft, found), *_doubts_of_place(row, draft, text), *extra]
    if definition is not None and definition.value_type == "quantity" and draft.fields.get("unit") is None:
        doubts.append("unit unknown")
    if draft.fields.get("property_id") in GENERAL:
        doubts.append("property general")
    if definition is not None and definition.value_type == "date":
        date = draft.fields.get("date")
        doubts += (
            ["no date"] if date is None else ["year not printed"] if draft.fields.get("date_basis") != "printed" else []
        )
    if draft.fields.get("assertion", "asserted") != "asserted":
        doubts.append("not simply asserted")
    value = max(0.0, 1.0 - sum(DOUBTS[doubt] for doubt in doubts))
    return Confidence(round(value, 2), tuple(doubts))


def _doubts_of_method(row: dict[str, Any]) -> list[str]:
    method = str(row.get("method", ""))
    if method.startswith("llm:"):
        return ["language model"]
    if method.startswith("rule:likely"):
        return ["likely by weights"]
    return ["rule of the table reader"] if method.startswith("rule:tables") else []


def _doubts_of_names(draft: Draft, found: dict[str, list[Candidate]]) -> list[str]:
    doubts = []
    for slot, candidates in found.items():
        if not draft.names.get(slot) or draft.ids.get(slot) or obvious(candidates):
            continue
        doubts.append("subject similar to a known one" if slot == "subject" and candidates else f"{slot} new")
    if draft.kinds.get("subject") == "topic":
        doubts.append("subject a topic")
    return doubts


def _doubts_of_place(row: dict[str, Any], draft: Draft, text: str) -> list[str]:
    value, subject = draft.spans.get("value"), draft.spans.get("subject")
    if value is None or subject is None or str(row.get("method", "")).startswith("rule:tables"):
        return []
    between = text[min(value[1], subject[1]) : max(value[0], subject[0])]
    if any(mark in between for mark in "。！？!?") or "\n\n" in between:
        return ["subject in another sentence"]
    return ["subject in another clause"] if _CLAUSE_END & set(between) else []
