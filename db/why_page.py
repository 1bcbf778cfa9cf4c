"""The page of `why`: a statement's chain from value to characters, link by link."""

from typing import Any

from db.facts import present
from db.labels import Labels
from db.look_up import Row
from db.pages import Page, period
from db.render import Table


def why_page(statement: Row, labels: Labels) -> Page:
    """Return a statement's chain: value, subject, scope, time, who says it, source, evidence."""
    links = [
        *_value(statement, labels),
        *_scope(statement, labels),
        *_speakers(statement, labels),
        *_standing(statement, labels),
    ]
    table = Table("", ["", ""], [[_upper(head), text] for head, text in links if text], keep=frozenset({0}), wrap=True)
    places = [[_upper(head), text] for evidence in statement["evidence"] for head, text in _place(evidence, labels)]
    shown = Table(labels.word("evidence"), ["", ""], places, keep=frozenset({0}), wrap=True)
    title = f"{labels.word('statement')} {statement['id']}"
    record = present(statement) | {
        "source": present(statement["source"]),
        "evidence": [present(e) for e in statement["evidence"]],
    }
    return Page(record, [_flat(statement)], [title], [table, shown] if places else [table])


Link = tuple[str, str]


def _upper(head: str) -> str:
    return head[:1].upper() + head[1:]


def _value(statement: Row, labels: Labels) -> list[Link]:
    status = statement["value_status"]
    return [
        (labels.word("as_printed"), statement["printed"] or ""),
        (labels.word("in_words"), statement["in_words"]),
        (labels.word("bounds"), statement["bounds_in_words"] or ""),
        (_column(labels, "value_status"), "" if status == "reported" else labels.word(status)),
        (_column(labels, "hand_normalized"), statement["hand_normalized"] or ""),
        (labels.word("subject"), _subject(statement, labels)),
        (labels.word("property"), f"{labels.property(statement['property_id'])} ({statement['property_id']})"),
    ]


def _subject(statement: Row, labels: Labels) -> str:
    return f"{statement['subject']} ({labels.word(statement['subject_kind'])} {statement['subject_id']}), {labels.word('as_read')} {statement['subject_as_read']}"


def _column(labels: Labels, name: str) -> str:
    return labels.column("statements", name)


def _scope(statement: Row, labels: Labels) -> list[Link]:
    others = [f"{labels.term(p.get('role'))}: {p['label']}" for p in statement["participants"]]
    return [
        (_column(labels, "place_id"), statement["place"] or ""),
        (_column(labels, "category_id"), labels.term(statement["category_id"])),
        (_column(labels, "scope_note"), statement["scope_note"] or ""),
        (_column(labels, "part_of"), statement["part_of"] or ""),
        (_column(labels, "relative_to_id"), statement["relative_to"] or ""),
        (labels.word("participants"), ", ".join(others)),
        (_column(labels, "as_of"), statement["as_of"] or ""),
        (labels.word("period"), period(statement)),
        (_column(labels, "duration"), statement["duration"] or ""),
        (_column(labels, "per"), statement["per"] or ""),
        (_column(labels, "date_basis"), labels.word(statement["date_basis"])),
    ]


def _speakers(statement: Row, labels: Labels) -> list[Link]:
    chain = " ← ".join(speaker["label"] for speaker in statement["attributed_to"])
    who = chain or statement["attribution_text"] or labels.word("the_source")
    source = statement["source"]
    about = [source["title"], source["publisher"], source["published"], source["url"], source["license"]]
    return [
        (labels.word("said_by"), who),
        (_column(labels, "assertion"), labels.word(statement["assertion"])),
        (labels.word("source"), f"{source['id']}: {', '.join(part for part in about if part)}"),
        (_column(labels, "method"), statement["method"]),
        (labels.word("reviewed"), _reviewed(statement, labels)),
    ]


def _reviewed(statement: Row, labels: Labels) -> str:
    parts = [statement["reviewed_by"], statement["reviewed_at"]]
    return ", ".join(part for part in parts if part) or labels.word("not_reviewed")


def _standing(statement: Row, labels: Labels) -> list[Link]:
    rank = labels.word(statement["rank"])
    reason = f"{rank}: {statement['rank_reason']}" if rank and statement["rank_reason"] else rank
    links = [(_column(labels, "rank"), reason), (_column(labels, "note"), statement["note"] or "")]
    links += [
        (_column(labels, "issues"), f"⚠ {doubt['message']} ({doubt['check_id']})") for doubt in statement["issues"]
    ]
    links += [
        (labels.word("conflicts"), f"{other['printed'] or ''} ({other['source_id']}, {other['statement_id']})")
        for other in statement["conflicts"]
    ]
    return links


def _place(evidence: Row, labels: Labels) -> list[Link]:
    head = labels.word(evidence["role"])
    cell = " / ".join(evidence[name] for name in ("table_label", "row_label", "column_label") if evidence[name])
    quote = evidence["quote"] or (f"sha256 {evidence['sha256'][:12]}…" if evidence["sha256"] else "")
    span = (
        ""
        if evidence["start_char"] is None
        else f"{labels.word('characters')} {evidence['start_char']}–{evidence['end_char']}"
    )
    parts = [quote, span, f"{labels.word('place_in_table')}: {cell}" if cell else "", evidence["source_id"]]
    links = [(head, ", ".join(part for part in parts if part))]
    if "sentence" in evidence:
        told = evidence["sentence"]
        links.append(("✓" if evidence["stands"] else "✗", f"{told['before']}【{told['span']}】{told['after']}"))
    return links


def _flat(statement: Row) -> dict[str, Any]:
    nested = {"source", "evidence", "conflicts"}
    return {name: value for name, value in statement.items() if name not in nested} | {
        "source_url": statement["source"]["url"],
        "evidence": statement["evidence"],
    }
