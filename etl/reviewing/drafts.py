"""A draft: a proposal, and what a reviewer changed on it, as the parts of a statement."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.reviewing.quoting import Span, nearest, sentence
from schema.quantity import QuantityError, QuantityGrammar
from schema.records import VALUE_FIELDS, PropertyRecord, StatementRecord

ENTITY_FIELDS = ("subject", "object")
QUOTES = ("quote", "subject_quote", "attribution_quote")
# What a reviewer may change, in the order of the card and of the sheet.
EDITABLE = (
    "subject_id", "subject_name", "subject_type", "property_id", "low", "high", "unit", "comparator", "boolean", "date", "date_basis",
    "text", "text_en", "term", "object_id", "object_name", "object_type", "value_status", "assertion", "attributed_to",
    "attribution_text", "as_of", "period_start", "period_end", "duration", "per", "place_id", "category_id", "relative_to_id", "part_of",
    "scope_note", "list_complete", "role_title", "participants", "hand_normalized", "note", *QUOTES,
)  # fmt: skip
_NUMBERS, _FLAGS = {"low", "high"}, {"boolean", "list_complete"}
_TRUTH = {"true": True, "yes": True, "是": True, "1": True, "false": False, "no": False, "否": False, "0": False}
_NOT_COPIED = {
    "id",
    "key",
    "source_id",
    "method",
    "evidence",
    "printed",
    "subject_as_read",
    "subject_id",
    "object_id",
    "value_type",
}
_MISSING = {"not_stated", "not_disclosed", "not_applicable"}


@dataclass(slots=True)
class Draft:
    """The parts of a statement in the making; `wrong` is what could not be understood, `typed` whose id was given."""

    fields: dict[str, Any]
    names: dict[str, str | None]
    kinds: dict[str, str | None]
    ids: dict[str, str | None]
    spans: dict[str, Span]
    wrong: list[str] = field(default_factory=list)
    typed: set[str] = field(default_factory=set)


class DraftMaker:
    """Makes drafts of one document's proposals."""

    def __init__(self, text: str, properties: Mapping[str, PropertyRecord], grammar: QuantityGrammar) -> None:
        self.text = text
        self.properties = properties
        self.grammar = grammar

    def draft(self, row: Mapping[str, Any], edits: Mapping[str, str]) -> Draft:
        """Return the draft of a proposal with what was changed on it."""
        draft = Draft(_copied(row), {}, {}, {}, self._spans(row))
        for slot in ENTITY_FIELDS:
            draft.names[slot] = row.get(f"{slot}_name")
            draft.kinds[slot] = row.get(f"{slot}_type")
            draft.ids[slot] = row.get(f"{slot}_id")
        for name, text in edits.items():
            self._edit(draft, name, text.strip())
        self._settle(draft, edits)
        return draft

    def _spans(self, row: Mapping[str, Any]) -> dict[str, Span]:
        spans = {"value": (int(row["start_char"]), int(row["end_char"]))}
        for role in ("subject", "attribution"):
            start, end = row.get(f"{role}_start_char"), row.get(f"{role}_end_char")
            if isinstance(start, int) and isinstance(end, int) and start < end:
                spans[role] = (start, end)
        return {role: span for role, span in spans.items() if 0 <= span[0] < span[1] <= len(self.text)}

    def _edit(self, draft: Draft, name: str, text: str) -> None:
        slot, _, part = name.partition("_")
        if name in QUOTES:
            self._move(draft, {"quote": "value"}.get(name, slot), text)
        elif slot in ENTITY_FIELDS and part in {"id", "name", "type"}:
            {"id": draft.ids, "name": draft.names, "type": draft.kinds}[part][slot] = text or None
            if part == "name":
                draft.ids[slot] = None
            elif part == "id":
                draft.typed.add(slot)
        elif name not in EDITABLE:
            draft.wrong.append(f"{name!r} is no field that can be changed; choose one of {', '.join(EDITABLE)}")
        elif text == "":
            draft.fields.pop(name, None)
        else:
            self._set(draft, name, text)

    def _set(self, draft: Draft, name: str, text: str) -> None:
        if name in _NUMBERS:
            try:
                draft.fields[name] = float(text)
            except ValueError:
                draft.wrong.append(f"{name} is {text!r}, no number; write it plainly, such as 175e9")
        elif name in _FLAGS:
            draft.fields[name] = _TRUTH.get(text.lower())
            if draft.fields[name] is None:
                draft.wrong.append(f"{name} is {text!r}; write true or false")
        elif name == "attributed_to":
            draft.fields[name] = _listed(text)
        elif name == "participants":
            pairs = (part.partition("=") for part in _listed(text))
            draft.fields[name] = [{"role": role.strip(), "entity_id": entity.strip()} for role, _, entity in pairs]
        else:
            draft.fields[name] = text

    def _move(self, draft: Draft, role: str, quote: str) -> None:
        """Set the span of a role to the nearest place where a quote stands; read the figure there."""
        if not quote:
            draft.spans.pop(role, None)
            return
        at = draft.spans.get(role) or draft.spans.get("value") or (0, 0)
        span = nearest(self.text, quote, at[0])
        if span is None:
            draft.wrong.append(f"{quote!r} does not stand in the text; copy it as it is printed")
            return
        draft.spans[role] = span
        if role == "value":
            self._read(draft, quote)

    def _read(self, draft: Draft, quote: str) -> None:
        definition = self.properties.get(str(draft.fields.get("property_id")))
        if definition is None or definition.value_type != "quantity":
            return
        try:
            read = self.grammar.parse(quote, units=tuple(definition.units))
        except QuantityError as error:
            draft.wrong.append(str(error))
            return
        for name in ("low", "high", "unit", "comparator"):
            draft.fields.pop(name, None)
            if (value := getattr(read, name)) is not None:
                draft.fields[name] = value

    def _settle(self, draft: Draft, edits: Mapping[str, str]) -> None:
        """Bring value type, value fields and status of a draft together."""
        fields = draft.fields
        definition = self.properties.get(str(fields.get("property_id")))
        kind = definition.value_type if definition else None
        if kind is None:
            return
        own = VALUE_FIELDS[kind] if fields.get("value_status") not in _MISSING else frozenset()
        for name in frozenset().union(*VALUE_FIELDS.values()) - own:
            fields.pop(name, None)
        if kind != "entity" or not own:
            draft.names["object"] = draft.ids["object"] = None
        if fields.get("value_status") == "unit_not_stated" and fields.get("unit"):
            fields.pop("value_status")
        if kind == "quantity" and own and fields.get("unit") is None and "value_status" not in edits:
            fields["value_status"] = "unit_not_stated"

    def sentence(self, draft: Draft) -> Span:
        """Return the sentence that a draft's value stands in, with its subject where that is near."""
        value = draft.spans.get("value", (0, 1))
        return sentence(self.text, [value])


def _copied(row: Mapping[str, Any]) -> dict[str, Any]:
    names = StatementRecord.model_fields.keys() - _NOT_COPIED
    return {name: row[name] for name in names if row.get(name) is not None}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.replace("；", ";").split(";") if part.strip()]
