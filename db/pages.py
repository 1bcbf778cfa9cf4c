"""Pages: what a look-up found, as a record for machines and as tables for people."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from db.comparing import Compared, cell
from db.facts import json_list, present
from db.labels import Labels
from db.look_up import Row
from db.render import Table, width_of
from db.values import own_words, printed, understood, what_it_is


class Page(NamedTuple):
    """What a look-up shows: `record` for json, `rows` for csv and jsonl, `lines` and `tables` for people."""

    record: Any
    rows: list[Row]
    lines: list[str]
    tables: list[Table]


def entity_page(record: Row, labels: Labels) -> Page:
    """Return the page of an entity: facts by property, events in order, relations, and what is said of it."""
    own, other = record["statements"], record["named_in"]
    # A place's profile tells these already.
    told = "policy_profiles" if record.get("profiles") else None
    facts, claims, events, relations = _parted([s for s in own if s["listed_in"] != told or told is None])
    events += [s for s in other if s["listed_in"] == "events"]
    relations += [s for s in other if s["listed_in"] != "events"]
    events.sort(key=lambda s: s["date_sort"] or s["date"] or "~")
    tables = [
        *(_profile(profile, labels) for profile in record.get("profiles", ())),
        _instruments(record.get("instruments", ()), labels),
        _facts(facts, labels),
        _events(events, record["id"], labels),
        _relations(relations, record["id"], labels),
        _claims(claims, labels),
    ]
    machine = record | {"statements": [present(s) for s in own], "named_in": [present(s) for s in other]}
    return Page(machine, own + other, _entity_lines(record, labels), [table for table in tables if table.rows])


def _parted(statements: list[Row]) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    parts: dict[str, list[Row]] = {"facts": [], "claims": [], "events": [], "relations": []}
    for statement in statements:
        listed = statement["listed_in"]
        part = (
            listed if listed in {"events", "relations"} else "claims" if statement["value_type"] == "text" else "facts"
        )
        parts[part].append(statement)
    return parts["facts"], parts["claims"], parts["events"], parts["relations"]


_CODES = ("level", "wikidata", "iso_3166", "adcode", "un_m49", "ror", "stock_code", "url")


def _entity_lines(record: Row, labels: Labels) -> list[str]:
    names = [name for name in (record.get("name_en"), record.get("name_zh")) if name and name != record["label"]]
    kind = labels.word(record["kind"]) + (f"·{labels.term(record['type'])}" if record.get("type") else "")
    lines = [f"{record['label']}{f' ({names[0]})' if names else ''} — {kind}, {record['id']}"]
    if told := what_it_is(record, labels.language):
        lines.append(told)
    if aliases := [alias for alias in record["aliases"] if alias not in names]:
        lines.append(f"{labels.word('aliases')}: {', '.join(aliases)}")
    codes = [f"{labels.column('entities', name)} {labels.word(record[name])}" for name in _CODES if record.get(name)]
    return [*lines, ", ".join(codes)] if codes else lines


def mark(statement: Row) -> str:
    """Return ✓ for a preferred statement, ✗ for one that is not taken."""
    return {"preferred": "✓", "deprecated": "✗"}.get(statement["rank"] or "", "")


def _headings(labels: Labels, *words: str) -> list[str]:
    return [labels.heading(word) if word else "" for word in words]


def _facts(statements: list[Row], labels: Labels) -> Table:
    rows, notes, before = [], {}, None
    for number, statement in enumerate(statements):
        label = labels.property(statement["property_id"])
        value, meaning = printed(statement, labels), understood(statement, labels)
        shown = "" if label == before else label
        rows.append(
            [
                shown,
                value,
                "" if meaning == value else meaning,
                mark(statement),
                labels.source(statement["source_id"]),
                statement["id"],
            ]
        )
        notes[number], before = _notes(statement, labels), label
    headings = _headings(labels, "property", "as_printed", "in_words", "", "source", "statement")
    return Table(labels.word("facts"), headings, rows, keep=_ids(rows), notes=notes, wrap=True)


def _ids(rows: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the last column, never cut, as people copy it; unless ids are so long that nothing else would fit."""
    if not rows:
        return frozenset()
    last = len(rows[0]) - 1
    return frozenset({last}) if max(width_of(row[last]) for row in rows) <= 30 else frozenset()


def _notes(statement: Row, labels: Labels) -> list[str]:
    """Say of a statement what narrows it, then what makes it doubtful."""
    scope = [
        _labelled(labels, "place_id", statement["place"]),
        _labelled(labels, "category_id", labels.term(statement["category_id"])),
        _labelled(labels, "as_of", statement["as_of"]),
        f"{labels.word('period')} {period(statement)}" if period(statement) else None,
        statement["scope_note"],
        labels.word(statement["assertion"]) if statement["assertion"] != "asserted" else None,
        _labelled(labels, "attribution_text", statement["attribution_text"]),
    ]
    told = "; ".join(part for part in scope if part)
    return [*([told] if told else []), *(f"⚠ {doubt['message']}" for doubt in statement["issues"])]


def _labelled(labels: Labels, column: str, value: str | None) -> str | None:
    return f"{labels.column('statements', column)} {value}" if value else None


def period(statement: Row) -> str:
    """Return the period a statement holds for, once where it begins and ends in the same."""
    ends = [statement["period_start"], statement["period_end"]]
    return " – ".join(dict.fromkeys(end or "…" for end in ends)) if any(ends) else ""


def _events(statements: list[Row], entity_id: str, labels: Labels) -> Table:
    rows, notes = [], {}
    for number, statement in enumerate(statements):
        about = "" if statement["subject_id"] == entity_id else f"{statement['subject']}: "
        what = about + (statement["scope_note"] or own_words(statement, labels.language) or statement["object"] or "")
        if not what:
            what = statement["printed"] or ""
        date = statement["date"] or labels.word("not_stated")
        rows.append(
            [
                date,
                labels.property(statement["property_id"]),
                what,
                labels.source(statement["source_id"]),
                statement["id"],
            ]
        )
        notes[number] = [f"⚠ {doubt['message']}" for doubt in statement["issues"] if isinstance(doubt, dict)]
    headings = _headings(labels, "date", "what", "detail", "source", "statement")
    return Table(labels.word("events"), headings, rows, keep=_ids(rows) | {0}, notes=notes, wrap=True)


def _relations(statements: list[Row], entity_id: str, labels: Labels) -> Table:
    rows = []
    for statement in statements:
        outward = statement["subject_id"] == entity_id
        label = labels.property(statement["property_id"])
        other = (statement["object"] if outward else statement["subject"]) or printed(statement, labels)
        other += f" ({statement['role_title']})" if statement["role_title"] else ""
        rows.append([label if outward else f"← {label}", other, labels.source(statement["source_id"]), statement["id"]])
    headings = _headings(labels, "property", "related_to", "source", "statement")
    return Table(labels.word("relations"), headings, rows, keep=_ids(rows), wrap=True)


def _claims(statements: list[Row], labels: Labels) -> Table:
    rows, before = [], None
    for statement in statements:
        label = labels.property(statement["property_id"])
        text = own_words(statement, labels.language) or printed(statement, labels)
        rows.append(["" if label == before else label, text, labels.source(statement["source_id"]), statement["id"]])
        before = label
    headings = _headings(labels, "property", "detail", "source", "statement")
    return Table(labels.word("claims"), headings, rows, keep=_ids(rows), wrap=True)


def _profile(profile: Row, labels: Labels) -> Table:
    english = labels.language == "en"
    rows = []
    for name in ("measures", "features", "themes"):
        text = (profile.get(f"{name}_en") if english else None) or profile[name]
        if text:
            rows.append([labels.column("policy_profiles", name), text])
    if ids := json_list(profile["statement_ids"]):
        rows.append([labels.column("policy_profiles", "statement_ids"), ", ".join(ids)])
    title = f"{labels.word('profiles')} ({labels.word('source')} {profile['source_id']})"
    return Table(title, ["", ""], rows, keep=frozenset({0}), wrap=True)


def _instruments(policies: Iterable[Row], labels: Labels) -> Table:
    columns = ("label", "instrument_type", "issuers", "issued")
    rows = [[str(policy[column] or "") for column in (*columns, "id")] for policy in policies]
    headings = [*(labels.column("policies", column) for column in columns), labels.word("id")]
    return Table(labels.word("instruments"), headings, rows, wrap=True)


_SOURCE_COLUMNS = (
    "title_en", "publisher", "published", "url", "archive_url", "doi", "language", "license", "type", "tier", "status",
    "derived_from", "file_name", "sha256", "text_length", "note",
)  # fmt: skip
_MOST_ROWS = 60


def source_page(record: Row, labels: Labels) -> Page:
    """Return the page of a source: what it is, and what was read from it."""
    rows = [
        [labels.column("sources", name), str(record[name])] for name in _SOURCE_COLUMNS if record.get(name) is not None
    ]
    if record["authors"]:
        rows.insert(0, [labels.column("sources", "authors"), ", ".join(record["authors"])])
    about = Table("", ["", ""], rows, keep=frozenset({0}), wrap=True)
    statements = record["statements"]
    title = f"{labels.word('statements')}: {len(statements)}"
    if len(statements) > _MOST_ROWS:
        title += f" (1–{_MOST_ROWS}; damoxing list statements --where source_id={record['id']})"
    cells = [
        [s["subject"], labels.property(s["property_id"]), printed(s, labels), mark(s), s["id"]]
        for s in statements[:_MOST_ROWS]
    ]
    headings = _headings(labels, "subject", "property", "as_printed", "", "statement")
    read = Table(title, headings, cells, keep=_ids(cells))
    machine = record | {"statements": [present(s) for s in statements]}
    return Page(machine, statements, [f"{record['title']} — {labels.word('source')}, {record['id']}"], [about, read])


def search_page(hits: list[Row], labels: Labels) -> Page:
    """Return the page of a search: entities, statements with their printed value, sources."""
    rows = [[_hit_kind(hit, labels), hit["label"], _hit_detail(hit, labels), hit["id"]] for hit in hits]
    headings = _headings(labels, "what", "name", "detail", "id")
    machine = [present({name: value for name, value in hit.items() if name != "place"}) for hit in hits]
    return Page(machine, machine, [], [Table("", headings, rows, keep=_ids(rows))])


def _hit_kind(hit: Row, labels: Labels) -> str:
    return (
        labels.word("source")
        if hit["found"] == "source"
        else labels.property(hit["kind"])
        if hit["found"] == "statement"
        else labels.word(hit["kind"])
    )


def _hit_detail(hit: Row, labels: Labels) -> str:
    if hit["found"] == "statement" and hit["value_type"] == "text":
        return own_words(hit, labels.language)
    told = (labels.language == "zh" and hit.get("detail_zh")) or hit["detail"]
    parts = [hit.get("name_en") if hit.get("name_en") != hit["label"] else None, told]
    return " · ".join(part for part in parts if part)


def compare_page(records: list[Row], rows: list[Compared], labels: Labels) -> Page:
    """Return entities side by side, one row a property."""
    cells = [[row.label, *(cell(row, number, labels) for number in range(len(records)))] for row in rows]
    names = [record["label"] for record in records]
    table = Table("", [labels.word("property"), *names], cells, wrap=True)
    machine = {
        "entities": [{name: record[name] for name in ("id", "label", "kind")} for record in records],
        "properties": [
            {
                "property_id": row.property_id,
                "label": row.label,
                "values": {r["id"]: [present(s) for s in row.values[n]] for n, r in enumerate(records)},
            }
            for row in rows
        ],
    }
    flat = [
        {"property_id": row.property_id, "label": row.label} | {r["id"]: line[n + 1] for n, r in enumerate(records)}
        for row, line in zip(rows, cells, strict=True)
    ]
    return Page(machine, flat, [], [table])
