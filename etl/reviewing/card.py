"""A proposal as a reviewer sees it in a terminal: its sentence, the proposal in words, the entities it may name."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

from db.render import clean, cut, width_of, wrapped
from etl.reviewing.confidence import Confidence
from etl.reviewing.drafts import Draft
from etl.reviewing.plans import Plan
from etl.reviewing.quoting import Span
from etl.reviewing.review import Item, Review
from schema.quantity import Quantity, describe

_STYLES = {
    "value": ("\x1b[1;7m", "\x1b[0m"),
    "subject": ("\x1b[1;4;36m", "\x1b[0m"),
    "attribution": ("\x1b[35m", "\x1b[0m"),
}
_PLAIN = {"value": ("[", "]"), "subject": ("<", ">"), "attribution": ("{", "}")}
_SHOWN = (
    "value_status",
    "date_basis",
    "as_of",
    "period_start",
    "period_end",
    "duration",
    "per",
    "assertion",
    "place_id",
    "category_id",
    "relative_to_id",
    "part_of",
    "role_title",
    "attribution_text",
    "scope_note",
    "note",
    "hand_normalized",
)
KEYS = "a accept  e edit  r reject  1-9 choose  o object  n new entity  m merge  M merge entities  t table  s skip  u undo  i source  q stop  ? help"


def styles() -> Mapping[str, tuple[str, str]]:
    """Return the marks around value, subject and attribution: colours, or brackets where NO_COLOR is set."""
    return _PLAIN if os.environ.get("NO_COLOR") else _STYLES


def card(review: Review, item: Item, width: int, slot: str = "subject") -> Iterator[str]:
    """Yield the lines that show a proposal."""
    draft, plan, sure = review.plan(item)
    yield from wrapped(_progress(review, item, sure), width)
    yield "─" * min(width, 100)
    yield from passage(review.document.text, draft, review.maker.sentence(draft), width)
    yield ""
    yield from wrapped(clean(in_words(draft, item.row)), width)
    details = [
        f"{name} {draft.fields[name]}"
        for name in _SHOWN
        if draft.fields.get(name) not in (None, "reported", "asserted")
    ]
    yield from (f"  {line}" for line in wrapped(clean(" · ".join(details)), width - 2) if line)
    yield from _entities(draft, plan, slot, width)
    yield from _remarks(item, plan, width)


def _progress(review: Review, item: Item, sure: Confidence) -> str:
    counts = review.counts()
    done = sum(counts.values()) - counts["open"]
    told = f"{done + 1}/{sum(counts.values())} · {counts['accepted']} accepted, {counts['rejected']} rejected, {counts['open']} open"
    doubts = f" ({', '.join(sure.doubts)})" if sure.doubts else ""
    return f"{told} · confidence {sure.value:.2f}{doubts} · {item.row.get('method', '')}"


def passage(text: str, draft: Draft, span: Span, width: int) -> Iterator[str]:
    """Yield the lines of a sentence with value, subject and speaker marked; a far subject gets a line of its own."""
    subject = draft.spans.get("subject")
    if subject is not None and not span[0] <= subject[0] < span[1]:
        yield from _marked(text, draft, (max(0, subject[0] - 30), min(len(text), subject[1] + 30)), width)
        yield "   …"
    yield from _marked(text, draft, span, width)


def _marked(text: str, draft: Draft, span: Span, width: int) -> Iterator[str]:
    marks, line, used, current = styles(), "", 0, ""
    for at in range(*span):
        role = next(
            (
                r
                for r in ("value", "subject", "attribution")
                if r in draft.spans and draft.spans[r][0] <= at < draft.spans[r][1]
            ),
            "",
        )
        char = clean(text[at]) or " "
        if used + width_of(char) > width - 2:
            yield line + (marks[current][1] if current else "")
            line, used = (marks[current][0] if current else ""), 0
        if role != current:
            line += (marks[current][1] if current else "") + (marks[role][0] if role else "")
            current = role
        line, used = line + char, used + width_of(char)
    yield line + (marks[current][1] if current else "")


def in_words(draft: Draft, row: Mapping[str, Any]) -> str:
    """Return a draft as a sentence of subject, property and value."""
    return f"{draft.names.get('subject') or draft.ids.get('subject')} · {draft.fields.get('property_id')} · {value_in_words(draft)}   [{row['kind']}]"


def value_in_words(draft: Draft) -> str:
    """Return the value of a draft in words."""
    fields = draft.fields
    if fields.get("comparator"):
        return describe(Quantity(fields.get("low"), fields.get("high"), fields.get("unit"), fields["comparator"]))
    if draft.names.get("object"):
        return str(draft.names["object"])
    found = next((fields[n] for n in ("date", "boolean", "term", "text") if fields.get(n) is not None), None)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return str(found) if found is not None else str(fields.get("value_status", "no value")).replace("_", " ")


def _entities(draft: Draft, plan: Plan, slot: str, width: int) -> Iterator[str]:
    new = {record.id: record.kind for record in plan.entities}
    for name in plan.candidates:
        chosen = plan.chosen.get(name)
        state = f"new {new[chosen]} {chosen}" if chosen in new else chosen or "not chosen"
        yield from wrapped(clean(f"{name}  {draft.names.get(name)} → {state}"), width)
        if name == slot:
            told = (f"{c.entity_id}  {c.name}  {c.kind}  {c.why}" for c in plan.candidates[name])
            yield from (f"  {number} {cut(clean(line), width - 4)}" for number, line in enumerate(told, 1))
    for entity_id, alias in plan.aliases:
        context = " (in context only)" if alias.context_only else ""
        yield f"  {clean(f'adds to {entity_id} the alias {alias.alias!r}{context}')}"


def _remarks(item: Item, plan: Plan, width: int) -> Iterator[str]:
    if item.changed is not None:
        yield f"  {item.changed.decision} before, and read differently now ({item.changed.method} → {item.row.get('method')})"
    for note in plan.notes:
        yield from (f"  {line}" for line in wrapped(clean(note), width - 2))
    for problem in plan.problems:
        yield from wrapped(clean(f"! {problem}"), width)
