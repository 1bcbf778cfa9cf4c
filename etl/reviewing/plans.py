"""A plan: what accepting a draft would write, and what stands against it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ValidationError

from db.names import fold
from etl.reviewing.candidates import DOUBTFUL, Candidate, names_of, obvious
from etl.reviewing.desk import Desk
from etl.reviewing.drafts import Draft
from etl.reviewing.quoting import place, trimmed
from etl.reviewing.slugs import free, slug
from etl.seeds import told
from etl.statements import Holder, completed
from etl.strict_yaml import Located
from schema.keys import statement_key
from schema.records import AliasRecord, EntityRecord, SourceRecord, StatementRecord, squeeze

# A policy is an entity; that a source names it is its first statement.
POLICY_PROPERTY = "mentioned_as"
_CJK = re.compile(r"[\u3400-\u9fff]")
# Words that name an entity only where the context does.
_CONTEXT = re.compile(
    r"(?:[该此其这那本它他她贵]|上述|前者|后者|两者|双方|公司$|平台$|模型$|集团$|企业$|大模型$|it\b|they\b|the (?:company|model)\b)",
    re.I,
)
_PENDING = "pending"
# Before an id: make this entity, it is no slip of the pen.
NEW = "new:"


@dataclass(slots=True)
class Plan:
    """The statement, entities and aliases that accepting would write; `problems` keep it open, `notes` are told."""

    statement: dict[str, Any] | None = None
    record: StatementRecord | None = None
    entities: list[EntityRecord] = field(default_factory=list)
    aliases: list[tuple[str, AliasRecord]] = field(default_factory=list)
    chosen: dict[str, str] = field(default_factory=dict)
    candidates: dict[str, list[Candidate]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Planner:
    """Plans the drafts of one document."""

    def __init__(self, desk: Desk, text: str) -> None:
        self.desk = desk
        self.text = text

    def plan(self, row: Mapping[str, Any], draft: Draft, source: SourceRecord) -> Plan:
        """Return what accepting a draft would write, held against schemas, vocabulary and text."""
        plan = Plan(problems=list(draft.wrong))
        as_policy = (
            row.get("kind") == "policy" and draft.fields.get("property_id") not in self.desk.vocabulary.properties
        )
        for slot in ("subject", "object"):
            if draft.names.get(slot) or draft.ids.get(slot):
                self._resolve(plan, draft, slot)
        self._resolve_lists(plan, draft)
        if "subject" not in plan.chosen:
            plan.problems.append("no subject; give subject_id or subject_name")
            return plan
        given = self._given(row, draft, plan, source.id, as_policy=as_policy)
        property_id = given.get("property_id") if given else None
        if given is not None and property_id not in self.desk.vocabulary.properties:
            plan.problems.append(f"property_id {property_id!r} is unknown; choose one of properties.yaml")
        if given is not None and not plan.problems:
            self._hold(plan, given, source)
        return plan

    def _resolve(self, plan: Plan, draft: Draft, slot: str) -> None:
        """Choose the entity of a slot: the one given, the one of that very name, else a new one."""
        name, kind = draft.names.get(slot) or "", self._kind(draft, slot)
        wanted, is_new = self._wanted(draft, slot)
        found = self.desk.index.find(name, kind) if name else []
        plan.candidates[slot] = found
        best = obvious(found)
        if wanted in self.desk.vocabulary.entities:
            self._choose(plan, draft, slot, str(wanted))
        elif is_new:
            self._create(plan, draft, slot, name or str(wanted), wanted, kind)
        elif slot in draft.typed and wanted:
            plan.problems.append(f"{slot}_id {wanted!r} is no entity; correct it, or write {NEW}{wanted} to make it")
            plan.chosen[slot] = ""
        elif best is not None:
            self._choose(plan, draft, slot, best.entity_id)
        elif found and found[0].score >= DOUBTFUL:
            plan.problems.append(
                f"{slot} {name!r} may be {found[0].entity_id!r} ({found[0].why}); choose it, or make a new one"
            )
            plan.chosen[slot] = ""
        else:
            self._create(plan, draft, slot, name or str(wanted), wanted, kind)

    def _wanted(self, draft: Draft, slot: str) -> tuple[str | None, bool]:
        """Return the id that is asked for, as it is called now, and whether a new entity is asked for."""
        wanted = draft.ids.get(slot)
        is_new = bool(wanted) and str(wanted).startswith(NEW)
        wanted = str(wanted).removeprefix(NEW) or None if is_new else wanted
        redirect = self.desk.vocabulary.redirects.get(wanted or "")
        return (redirect.new_id if redirect else wanted), is_new

    def _choose(self, plan: Plan, draft: Draft, slot: str, entity_id: str) -> None:
        plan.chosen[slot] = entity_id
        self._name(plan, draft, slot, self.desk.vocabulary.entities[entity_id])

    def _kind(self, draft: Draft, slot: str) -> str | None:
        kind = draft.kinds.get(slot)
        definition = self.desk.vocabulary.properties.get(str(draft.fields.get("property_id")))
        if kind is None and slot == "object" and definition is not None and definition.object_kinds:
            return definition.object_kinds[0]
        return kind

    def _create(self, plan: Plan, draft: Draft, slot: str, name: str, wanted: str | None, kind: str | None) -> None:
        same = next((e for e in plan.entities if fold(name) in map(fold, names_of(e))), None)
        if same is not None and wanted in {None, same.id}:
            plan.chosen[slot] = same.id
            return
        if kind is None:
            plan.problems.append(f"{slot} {name!r} is new; give {slot}_type: organization, person, model …")
            return
        taken = (
            self.desk.vocabulary.entities.keys() | self.desk.vocabulary.redirects.keys() | {e.id for e in plan.entities}
        )
        given = {
            "id": wanted or free(slug(name), taken, otherwise=kind),
            "kind": kind,
            "name_zh" if _CJK.search(name) else "name_en": name,
        }
        try:
            record = EntityRecord.model_validate(given)
        except ValidationError as error:
            plan.problems += [f"{slot}: {message}" for message, _ in told(error, given)]
            return
        plan.chosen[slot] = record.id
        plan.entities.append(record)
        self._name(plan, draft, slot, record)

    def _name(self, plan: Plan, draft: Draft, slot: str, entity: EntityRecord) -> None:
        """Plan the alias under which the text names an entity, where it is not one of its names yet."""
        span = draft.spans.get("subject" if slot == "subject" else "value")
        if span is None:
            return
        quote = squeeze(self.text[slice(*trimmed(self.text, span))])
        if not quote or fold(quote) in {fold(name) for name in names_of(entity)} or len(quote) > 400:
            return
        alias = AliasRecord(alias=quote, context_only=_CONTEXT.match(quote) is not None)
        if entity in plan.entities:
            plan.entities[plan.entities.index(entity)] = entity.model_copy(update={"aliases": [*entity.aliases, alias]})
        elif self.desk.is_bulk(entity.id):
            plan.problems.append(f"{entity.id!r} lacks the alias {quote!r} and stands in a bulk file; add it there")
        else:
            plan.aliases.append((entity.id, alias))

    def _resolve_lists(self, plan: Plan, draft: Draft) -> None:
        """Turn names of speakers, parties, places and comparands into ids; leave out what no entity carries, and tell it."""
        fields = draft.fields
        speakers = [(name, self._known(name)) for name in fields.pop("attributed_to", [])]
        if all(entity for _, entity in speakers) and speakers:
            fields["attributed_to"] = [entity for _, entity in speakers]
        elif speakers:
            names = "、".join(str(name) for name, _ in speakers)
            plan.notes.append(f"attributed_to {names}: no such entity; kept as attribution_text")
            fields.setdefault("attribution_text", names)
        parties = []
        for party in fields.pop("participants", []):
            entity = self._known(party.get("entity_id") or "") or self._known(party.get("name") or "")
            if entity:
                parties.append({"role": party.get("role"), "entity_id": entity})
            else:
                plan.notes.append(
                    f"left out: {party.get('role')} {party.get('name') or party.get('entity_id')!r} is no entity yet"
                )
        if parties:
            fields["participants"] = parties
        for name in ("place_id", "relative_to_id"):
            if name in fields and self._known(fields[name]) is None:
                plan.notes.append(f"left out: {name} {fields.pop(name)!r} is no entity yet")
            elif name in fields:
                fields[name] = self._known(fields[name])

    def _known(self, name: str) -> str | None:
        if name in self.desk.vocabulary.entities:
            return name
        best = obvious(self.desk.index.find(name)) if name else None
        return best.entity_id if best else None

    def _given(
        self, row: Mapping[str, Any], draft: Draft, plan: Plan, source_id: str, *, as_policy: bool
    ) -> dict[str, Any] | None:
        fields = dict(draft.fields)
        if as_policy:
            fields = {name: fields[name] for name in ("assertion", "note") if name in fields}
            fields |= {"property_id": POLICY_PROPERTY, "text": (draft.names.get("subject") or "")[:400]}
        if "value" not in draft.spans or "subject" not in draft.spans:
            missing = "value" if "value" not in draft.spans else "subject"
            plan.problems.append(
                f"no span of the {missing}; give {'quote' if missing == 'value' else 'subject_quote'} as it is printed"
            )
            return None
        evidence = [
            self._place(role, draft, row) for role in ("value", "subject", "attribution") if role in draft.spans
        ]
        if "attribution" not in draft.spans and fields.get("attributed_to"):
            evidence += self._attribution(draft, fields["attributed_to"])
        subject = evidence[1]
        read = squeeze(self.text[subject["start_char"] : subject["end_char"]])
        given = {"id": _PENDING, "subject_id": plan.chosen["subject"] or _PENDING, "subject_as_read": read, **fields}
        if plan.chosen.get("object"):
            given["object_id"] = plan.chosen["object"]
        return {**given, "method": row.get("method") or "curated", "evidence": evidence, "source_id": source_id}

    def _place(self, role: str, draft: Draft, row: Mapping[str, Any]) -> dict[str, Any]:
        found = place(role, self.text, draft.spans[role])
        if role == "value":
            labels = ("table_label", "row_label", "column_label")
            found |= {name: row[name] for name in labels if row.get(name) is not None}
        return found

    def _attribution(self, draft: Draft, speakers: list[str]) -> list[dict[str, Any]]:
        """Find a speaker's name near the value: before it, else after it."""
        at = draft.spans["value"][0]
        low, high = max(0, at - 200), at + 200
        for speaker in speakers:
            for name in sorted(names_of(self.desk.vocabulary.entities[speaker]), key=len, reverse=True):
                start = self.text.rfind(name, low, at)
                start = self.text.find(name, at, high) if start < 0 else start
                if start >= 0:
                    return [place("attribution", self.text, (start, start + len(name)))]
        return []

    def _hold(self, plan: Plan, given: dict[str, Any], source: SourceRecord) -> None:
        """Validate a statement against the schema, the vocabulary and the text, with the new entities in place."""
        vocabulary = self.desk.vocabulary
        trial = replace(
            vocabulary,
            entities=vocabulary.entities | {e.id: e for e in self._after(plan)},
            sources=vocabulary.sources | {source.id: source},
        )
        item = Located(given)
        item.line, item.lines = 1, {}
        full = completed(item, trial, source.id)
        try:
            record = StatementRecord.model_validate(dict(full))
        except ValidationError as error:
            plan.problems += [message for message, _ in told(error, full)]
            return
        record.key = statement_key(record.source_id, record.property_id, record.evidence)
        problems = Holder(trial).problems(record)
        plan.problems += problems or self._verified(plan, record, trial)
        plan.record, plan.statement = record, seeded(record)

    def _after(self, plan: Plan) -> list[EntityRecord]:
        """Return the new entities, and the known ones with their new aliases."""
        found = {record.id: record for record in plan.entities}
        for entity_id, alias in plan.aliases:
            entity = found.get(entity_id) or self.desk.vocabulary.entities[entity_id]
            found[entity_id] = entity.model_copy(update={"aliases": [*entity.aliases, alias]})
        return list(found.values())

    def _verified(self, plan: Plan, record: StatementRecord, trial: Any) -> list[str]:
        verifier = self.desk.verifier
        verifier.vocabulary = trial
        touched = {i for i in (record.subject_id, record.object_id, *record.attributed_to) if i is not None}
        for entity_id in touched:
            verifier.names[entity_id] = frozenset(fold(name) for name in names_of(trial.entities[entity_id]))
        verifier.note_rows(record)
        return list(verifier.problems(record))


def seeded(record: StatementRecord) -> dict[str, Any]:
    """Return a statement as it stands in its seed file: what can be derived left out."""
    data = record.model_dump(exclude_defaults=True)
    quotes: dict[str, str | None] = {place.role: place.quote for place in record.evidence}
    for name in ("key", "source_id", "value_type"):
        data.pop(name)
    for role, name in (("subject", "subject_as_read"), ("value", "printed")):
        quote = quotes.get(role)
        if quote is not None and data.get(name) == squeeze(quote):
            data.pop(name)
    if data.get("comparator") == "eq":
        data.pop("comparator")
    data["evidence"] = [{k: v for k, v in item.items() if k != "source_id"} for item in data["evidence"]]
    return data
