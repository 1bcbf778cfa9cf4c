"""What a check found, as records and as a table."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from db.labels import Labels
from db.reasons import rank_text
from db.render import Table
from etl.checking.known import shown
from etl.checking.scope import time_of
from etl.checking.verdicts import Against, Checked, Report, independent
from etl.checking.words import SIGNS, pick, reasons_text, summary, verdict_word

SHOWN = 3
"""So many statements of the base are told beside one of the article's; the records hold them all."""


class Told(NamedTuple):
    """A statement of the base in words."""

    sign: str
    value: str
    source: str
    when: str
    statement_id: str
    rank: str


def records(report: Report, labels: Labels) -> Iterator[dict[str, Any]]:
    """Yield each statement as `extract` prints it, with its verdict and what it was held against."""
    for item in report.items:
        found = item.row | {"line": item.line, "verdict": item.verdict}
        found |= {
            "reason": reasons_text(item.held, labels.language),
            "entity_id": item.entity.id if item.entity else None,
        }
        if item.candidates:
            found["candidates"] = [entity.id for entity in item.candidates]
        if item.doubts:
            found["doubts"] = list(item.doubts)
        found["independent_sources"] = independent(item.held.against)
        yield found | {"against": [_against_record(one, labels) for one in item.held.against]}


def _against_record(one: Against, labels: Labels) -> dict[str, Any]:
    claim = one.claim
    found = {"statement_id": claim.id, "source_id": claim.source_id, "printed": shown(claim, labels)}
    found |= {name: getattr(claim, name) for name in ("low", "high", "unit")}
    found |= {"apart": one.apart, "agrees": one.agrees}
    optional = ("boolean", "date", "object_id", "as_of", "period_start", "period_end", "rank", "rank_reason")
    return found | {name: getattr(claim, name) for name in optional if getattr(claim, name) is not None}


def told(one: Against, labels: Labels) -> Told:
    """Return a statement of the base in words: its value, source, time, id and rank."""
    claim = one.claim
    sign = "=" if one.agrees else "≠" if one.apart is not None else "~"
    value = claim.object or shown(claim, labels)
    if claim.value_type == "boolean":
        value = labels.word("yes" if claim.boolean else "no")
    when = claim.date if claim.value_type == "date" and claim.date else time_of(claim)
    word = labels.word(claim.rank)
    rank = rank_text(claim.rank, str(claim.rank_reason), word, labels.language) if claim.rank else ""
    return Told(sign, str(value), labels.source(claim.source_id), str(when), claim.id, rank)


def explains_rank(one: Against) -> bool:
    """Tell whether the rank of a statement matters: where it says otherwise than the article."""
    return one.apart is not None


def printed_of(item: Checked) -> str:
    """Return the article's value as printed; of a relation or an undated event the words that tell it."""
    return str(item.row.get("printed") or item.row["quote"])


def lines_of(item: Checked, labels: Labels) -> Iterator[str]:
    """Yield what is told below a statement: why, what the base says, and what is doubtful."""
    yield reasons_text(item.held, labels.language)
    for one in item.held.against[:SHOWN]:
        words = told(one, labels)
        rank = f"; {words.rank}" if explains_rank(one) and words.rank else ""
        yield f"{words.sign} {words.value} ({', '.join(filter(None, (words.source, words.when, words.statement_id)))}){rank}"
    if len(item.held.against) > SHOWN:
        yield pick(("另有 {} 条", "and {} more"), labels.language).format(len(item.held.against) - SHOWN)
    for doubt in item.doubts:
        yield f"{pick(('存疑：', 'doubtful: '), labels.language)}{doubt}"


def table(report: Report, labels: Labels) -> tuple[str, Table]:
    """Return the summary and the statements as a table, what the base says below each."""
    language = labels.language
    headings = [
        pick(pair, language)
        for pair in (
            ("行", "Line"),
            ("判定", "Verdict"),
            ("主体", "Subject"),
            ("属性", "Property"),
            ("文中", "Printed"),
        )
    ]
    cells = [
        [
            str(item.line),
            f"{SIGNS[item.verdict]} {verdict_word(item.verdict, language)}",
            item.entity.label if item.entity else item.row["subject_name"],
            labels.property(item.row["property_id"]),
            printed_of(item),
        ]
        for item in report.items
    ]
    notes = {number: list(lines_of(item, labels)) for number, item in enumerate(report.items)}
    found = Table("", headings, cells, frozenset({0, 1}), frozenset({0}), notes, wrap=True)
    return summary(report.items, report.counts(), language), found
