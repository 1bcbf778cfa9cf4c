"""The review of one document: what is open, and what accepting, rejecting, merging and undoing do."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from etl.reviewing.batches import Batch
from etl.reviewing.confidence import Confidence, confidence
from etl.reviewing.decisions import AddedAlias, Decision, Ledger, fingerprint
from etl.reviewing.desk import Desk
from etl.reviewing.drafts import Draft, DraftMaker
from etl.reviewing.entity_merges import divide_entities, merge_entities, merge_problems
from etl.reviewing.plans import POLICY_PROPERTY, Plan, Planner
from etl.reviewing.slugs import mint
from etl.reviewing.source_record import EDITABLE as SOURCE_FIELDS
from etl.reviewing.source_record import edited_source, source_fields
from etl.seeds import told
from schema.keys import statement_key
from schema.records import (
    QUOTE_LIMIT,
    AliasRecord,
    EvidenceBase,
    SourceRecord,
    StatementRecord,
)

SOURCE = "source"
_TABLE_GAP = 200
_STANDS = "it stands already as"


@dataclass(slots=True)
class Item:
    """One proposal under review."""

    key: str
    row: dict[str, Any]
    edits: dict[str, str] = field(default_factory=dict)
    changed: Decision | None = None


class Review:
    """The review of one document's proposals, kept on disk after every decision."""

    def __init__(self, desk: Desk, batch: Batch, known: Mapping[str, Any] | None = None) -> None:
        self.desk = desk
        self.document = batch.document
        source = desk.source_of(batch.document.sha256)
        fields = source_fields(batch.document, desk.vocabulary.sources, known or {})
        self.source_given = fields if source is None else source.model_dump(exclude_defaults=True)
        self.ledger = Ledger(desk.seeds, source.id if source else str(fields["id"]), batch.document.sha256)
        if source is None:
            self.source_given["id"] = self.ledger.source_id
        desk.shelf.held[batch.document.sha256] = batch.document.text
        self.maker = DraftMaker(batch.document.text, desk.vocabulary.properties, desk.grammar)
        self.planner = Planner(desk, batch.document.text)
        self.items = self._items(batch)
        self.order = list(self.items)

    def _items(self, batch: Batch) -> dict[str, Item]:
        found: dict[str, Item] = {}
        rows = sorted(batch.rows, key=lambda row: (row["start_char"], row["kind"] != "policy", row["end_char"]))
        for row in rows:
            key = str(row.get("key") or self._key(row))
            found.setdefault(key, Item(key, row, self.ledger.edits(key)))
        return found

    def _key(self, row: Mapping[str, Any]) -> str:
        spans = [("value", "start_char", "end_char"), ("subject", "subject_start_char", "subject_end_char")]
        places = [
            EvidenceBase.model_construct(role=role, start_char=row.get(start), end_char=row.get(end))
            for role, start, end in spans
        ]
        return statement_key(f"sha256-{self.document.sha256[:16]}", row["property_id"], places)

    # What is open.

    def open_items(self) -> list[Item]:
        """List the proposals still to be decided, skipped ones last."""
        known = self._known_keys()
        return [item for item in (self.items[key] for key in self.order) if self._is_open(item, known)]

    def _is_open(self, item: Item, known: set[str]) -> bool:
        decision = self.ledger.decided(item.key)
        item.changed = None
        if decision is not None and decision.fingerprint == fingerprint(item.row):
            return False
        if decision is None and self._seed_key(item) in known:
            return False
        item.changed = decision or self._moved(item)
        return True

    def _moved(self, item: Item) -> Decision | None:
        """Return the decision on the same value and property of another subject, where that is proposed no more."""
        wanted = (item.row["property_id"], _span(item.row))
        decisions = self.ledger.kept.decisions
        replaced = {d.statement_id for d in decisions if d.key in self.items and d.statement_id}
        stale = (d for d in decisions if d.key not in self.items and d.statement_id not in replaced)
        return next((d for d in stale if (d.property_id, d.span) == wanted), None)

    def _known_keys(self) -> set[str]:
        """Return the keys of what the seeds say of this source already, by whatever way it got there."""
        return {self._key_of(statement) for statement in self.statements()}

    def _key_of(self, statement: Mapping[str, Any]) -> str:
        places = [
            EvidenceBase.model_construct(
                **{"start_char": None, "end_char": None, "row_label": None, "column_label": None, **place}
            )
            for place in statement.get("evidence", [])
        ]
        return statement_key(self.ledger.source_id, str(statement.get("property_id")), places)

    def _seed_key(self, item: Item) -> str:
        row = item.row
        places = [{"role": "value", "start_char": row["start_char"], "end_char": row["end_char"]}]
        places.append(
            {"role": "subject", "start_char": row.get("subject_start_char"), "end_char": row.get("subject_end_char")}
        )
        written = POLICY_PROPERTY if row["kind"] == "policy" else row["property_id"]
        return self._key_of({"property_id": written, "evidence": places})

    def statements(self) -> list[dict[str, Any]]:
        """List what the seeds say of this source."""
        return self.desk.files.statements(self.ledger.source_id)

    def counts(self) -> dict[str, int]:
        """Count what was accepted, rejected, merged, and is open."""
        latest: dict[str, str] = {d.key: d.decision for d in self.ledger.kept.decisions if d.key in self.items}
        counts = Counter(latest.values())
        return {word: counts[word] for word in ("accepted", "rejected", "merged")} | {"open": len(self.open_items())}

    def skip(self, item: Item) -> None:
        """Put a proposal behind all others."""
        self.order.remove(item.key)
        self.order.append(item.key)

    def table_of(self, item: Item) -> list[Item]:
        """List the open proposals of the same table."""
        if not str(item.row.get("method", "")).startswith("rule:tables"):
            return []
        cells = [i for i in self.open_items() if str(i.row.get("method", "")).startswith("rule:tables")]
        label = item.row.get("table_label")
        if label is not None:
            return [other for other in cells if other.row.get("table_label") == label]
        cells.sort(key=lambda other: int(other.row["start_char"]))
        tables: list[list[Item]] = []
        for cell in cells:
            if tables and cell.row["start_char"] - tables[-1][-1].row["end_char"] <= _TABLE_GAP:
                tables[-1].append(cell)
            else:
                tables.append([cell])
        return next(table for table in tables if item in table)

    # What accepting would do.

    def draft(self, item: Item) -> Draft:
        """Return the draft of a proposal."""
        return self.maker.draft(item.row, item.edits)

    def plan(self, item: Item) -> tuple[Draft, Plan, Confidence]:
        """Return a proposal's draft, what accepting it would write, and how sure it is."""
        draft = self.draft(item)
        source, wrong = self.source()
        if source is None:
            plan = Plan(problems=[f"source: {message}" for message in wrong])
        else:
            plan = self.planner.plan(item.row, draft, source)
            self._hold_duplicates(item, plan)
        definition = self.desk.vocabulary.properties.get(str(draft.fields.get("property_id")))
        extra = ["attribution left out"] if any(note.startswith("attributed_to") for note in plan.notes) else []
        extra += ["overlaps a statement"] if any(note.startswith("overlaps") for note in plan.notes) else []
        return draft, plan, confidence(item.row, draft, plan.candidates, self.document.text, definition, extra)

    def _hold_duplicates(self, item: Item, plan: Plan) -> None:
        """Refuse what stands already; tell what reads the same place as another property or subject."""
        if plan.record is None:
            return
        value = plan.record.evidence[0]
        own = item.changed.statement_id if item.changed else None
        for statement in self.statements():
            if statement["id"] == own:
                continue
            if self._key_of(statement) == plan.record.key:
                plan.problems.append(f"{_STANDS} {statement['id']!r}; merge or reject it")
            elif any(_overlap(place, value) for place in statement["evidence"] if place["role"] == "value"):
                plan.notes.append(f"overlaps {statement['id']!r}: {statement['subject_id']} {statement['property_id']}")

    def source(self) -> tuple[SourceRecord | None, list[str]]:
        """Return the source as it stands or would be written, or what is wrong with it."""
        given = edited_source(self.source_given, self.ledger.edits(SOURCE))
        try:
            return SourceRecord.model_validate(given), []
        except ValidationError as error:
            return None, [message for message, _ in told(error, given)]

    # Decisions.

    def accept(self, item: Item, *, by: str | None = None) -> list[str]:
        """Write a proposal to the seeds; return what stands against it, and then nothing is written.

        `by` is who read the span; where nobody did, the statement says so by naming no reviewer.
        """
        _, plan, _ = self.plan(item)
        source, _ = self.source()
        if plan.problems or plan.statement is None or source is None:
            return plan.problems or ["nothing to write"]
        now = _now()
        statement_id = item.changed.statement_id if item.changed and item.changed.statement_id else mint()
        statement = {**plan.statement, "id": statement_id}
        if by is not None:
            statement = _in_order(statement, {"reviewed_by": by, "reviewed_at": now})
        new_source = source.id not in self.desk.vocabulary.sources
        if new_source:
            self.desk.keep_source(source)
        for record in plan.entities:
            self.desk.keep_entity(record)
        for entity_id, alias in plan.aliases:
            self._add_alias(entity_id, alias)
        before = self.desk.files.put_statement(source.id, statement)
        self._decide(
            item,
            "accepted",
            decided_by=by,
            statement_id=statement_id,
            new_file=new_source,
            before=json.dumps(before, ensure_ascii=False) if before else None,
            created=[record.id for record in plan.entities],
            aliases=[AddedAlias(entity_id=i, alias=alias.alias) for i, alias in plan.aliases],
        )
        return []

    def _add_alias(self, entity_id: str, alias: AliasRecord) -> None:
        entity = self.desk.vocabulary.entities[entity_id]
        self.desk.keep_entity(entity.model_copy(update={"aliases": [*entity.aliases, alias]}))

    def reject(self, item: Item, reason: str, *, by: str) -> None:
        """Remember that a proposal is wrong, and why."""
        self._decide(item, "rejected", reason=reason.strip() or "no reason given", decided_by=by)

    def merge(self, item: Item, statement_id: str, *, by: str) -> list[str]:
        """Add a proposal's spans to a statement that says the same; return what stands against it."""
        statement = next((s for s in self.statements() if s["id"] == statement_id), None)
        if statement is None:
            return [
                f"statement {statement_id!r} is not one of this source; see {self.desk.files.statements_path(self.ledger.source_id)}"
            ]
        _, plan, _ = self.plan(item)
        problems = [problem for problem in plan.problems if not problem.startswith(_STANDS)]
        if problems or plan.record is None:
            return problems or ["no span to merge"]
        wrong = [
            f"{name} differs: {statement.get(name)!r} there, {plan.statement.get(name)!r} here"
            for name in _SAME
            if plan.statement and statement.get(name) != plan.statement.get(name)
        ]
        if wrong:
            return wrong
        places = [place for place in (plan.statement or {})["evidence"] if place not in statement["evidence"]]
        before = json.dumps(statement, ensure_ascii=False)
        for entity_id, alias in plan.aliases:
            self._add_alias(entity_id, alias)
        self.desk.files.put_statement(
            self.ledger.source_id, {**statement, "evidence": [*statement["evidence"], *places]}
        )
        aliases = [AddedAlias(entity_id=i, alias=alias.alias) for i, alias in plan.aliases]
        self._decide(item, "merged", merged_into=statement_id, before=before, decided_by=by, aliases=aliases)
        return []

    def _decide(self, item: Item, word: str, **more: Any) -> None:
        row = item.row
        printed = str(row.get("printed") or row.get("quote") or "")
        self.ledger.decide(
            Decision.model_validate(
                {
                    "key": item.key,
                    "decision": word,
                    "property_id": row["property_id"],
                    "printed": printed if 0 < len(printed) <= QUOTE_LIMIT else None,
                    "span": _span(row),
                    "method": row.get("method"),
                    "fingerprint": fingerprint(row),
                    "decided_at": _now(),
                    **more,
                }
            )
        )
        item.edits = {}

    def edit(self, item: Item, name: str, value: str) -> list[str]:
        """Change a field of an open proposal; return what is wrong with the new value, and then nothing changed."""
        # The last change counts: a name set after an id chooses anew.
        edits = {k: v for k, v in item.edits.items() if k != name} | {name: value}
        before = self.maker.draft(item.row, item.edits).wrong
        wrong = [message for message in self.maker.draft(item.row, edits).wrong if message not in before]
        if not wrong:
            item.edits = edits
            self.ledger.keep_edits(item.key, edits)
        return wrong

    def edit_source(self, name: str, value: str) -> list[str]:
        """Change a field of the source; return what is wrong with the new value, and then nothing changed."""
        if name not in SOURCE_FIELDS:
            return [f"{name!r} is no field of a source that can be changed; choose one of {', '.join(SOURCE_FIELDS)}"]
        written = self.source_given["id"] in self.desk.vocabulary.sources
        if name == "id" and (written or value in self.desk.vocabulary.sources):
            return [
                f"the source {'is written' if written else 'id is taken'}; its id stays {self.source_given['id']!r}"
            ]
        edits = {**self.ledger.edits(SOURCE), name: value}
        given = edited_source(self.source_given, edits)
        try:
            record = SourceRecord.model_validate(given)
        except ValidationError as error:
            return [message for message, _ in told(error, given)]
        if name == "derived_from" and value and value not in self.desk.vocabulary.sources:
            return [f"derived_from {value!r} is no source"]
        if written:
            self.source_given = given
            self.desk.keep_source(record)
        elif name == "id":
            self.ledger.rename(value)
            self.source_given["id"] = value
        else:
            self.ledger.keep_edits(SOURCE, edits)
        return []

    def merge_entities(self, old_id: str, new_id: str, *, by: str) -> list[str]:
        """Let one entity stand for another: its names become aliases, its id a redirect."""
        wrong = merge_problems(self.desk, old_id, new_id)
        if not wrong:
            self.ledger.decide(merge_entities(self.desk, old_id, new_id, by=by, at=_now()))
        return wrong

    # Taking back.

    def undo(self) -> str:
        """Take the last decision back, with all that it wrote; return what was taken back."""
        decision = self.ledger.take_back()
        if decision is None:
            return "nothing to undo"
        if decision.key.startswith("entity:"):
            divide_entities(self.desk, decision)
        elif decision.before:
            self.desk.files.put_statement(self.ledger.source_id, json.loads(decision.before))
        elif decision.statement_id:
            self.desk.files.drop_statement(self.ledger.source_id, decision.statement_id)
        self._unname(decision)
        if decision.new_file and decision.statement_id and not self.statements():
            self._unsource()
        self.ledger.save()
        if decision.key in self.items:
            self.order.remove(decision.key)
            self.order.insert(0, decision.key)
        return f"undone: {decision.decision} {decision.printed or decision.property_id or decision.key}"

    def _unname(self, decision: Decision) -> None:
        for added in decision.aliases:
            entity = self.desk.vocabulary.entities.get(added.entity_id)
            if entity is not None:
                kept = [alias for alias in entity.aliases if alias.alias != added.alias]
                self.desk.keep_entity(entity.model_copy(update={"aliases": kept}))
        for entity_id in decision.created:
            if entity_id in self.desk.vocabulary.entities and not self.desk.files.names_in_use(entity_id):
                self.desk.forget_entity(entity_id)

    def _unsource(self) -> None:
        record = self.desk.vocabulary.sources[self.ledger.source_id]
        self.source_given = record.model_dump(exclude_defaults=True)
        self.desk.forget_source(record.id)


_SAME = ("subject_id", "property_id", "low", "high", "unit", "boolean", "date", "term", "object_id", "value_status")


def _span(row: Mapping[str, Any]) -> str:
    return f"{row['start_char']}-{row['end_char']}"


def _overlap(place: Mapping[str, Any], value: EvidenceBase) -> bool:
    start, end = place.get("start_char"), place.get("end_char")
    return (
        start is not None
        and value.start_char is not None
        and start < (value.end_char or 0)
        and value.start_char < (end or 0)
    )


def _in_order(statement: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    order = {name: place for place, name in enumerate(StatementRecord.model_fields)}
    return dict(sorted({**statement, **more}.items(), key=lambda pair: order[pair[0]]))


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
