"""Measure predictions against hand-read facts: precision, recall and F1 by kind and property."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.names import fold

# Plain classifier counts below this are listed unevenly by readers: neither rewarded nor punished.
SMALL_COUNT = 20
TOLERANCE = 1e-6
_CROSSWALK = {
    "developer-of": "developer",
    "founded-by": "founded_by",
    "acquired-by": "owner",
    "owned-by": "owner",
    "owner-of": "owner",
    "investor-in": "investor",
    "partner-of": "partner",
    "invested-by": "investor",
    "affiliated-with": "affiliation",
    "subsidiary-of": "owner",
    "customer-of": "customer_of",
    "based-on": "based_on",
    "version-of": "version_of",
    "proposed_by": "issued_by",
    "approved_by": "issued_by",
    "adopted_by": "issued_by",
    "announced_by": "issued_by",
}
_MEASURED = {
    "fraction",
    "ratio",
    "USD",
    "CNY",
    "EUR",
    "HKD",
    "JPY",
    "GBP",
    "TWD",
    "KRW",
    "parameter",
    "token",
    "byte",
    "point",
}


class EvaluationError(ValueError):
    """Predictions or gold cannot be read."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One hand-read or predicted fact, as both forms have it."""

    document: str
    kind: str
    property_id: str
    subjects: frozenset[str]
    spans: tuple[tuple[int, int], ...]
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    value: Any = None
    objects: frozenset[str] = frozenset()
    shown: str = ""
    group: int | None = None


@dataclass(slots=True)
class Score:
    """Counts of one measure."""

    found: int = 0
    predicted: int = 0
    gold: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Return the part of the predictions that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Return the part of the gold that was found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Report:
    """The scores of one run, and what went wrong."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    traps: int = 0
    traps_taken: int = 0
    failures: list[str] = field(default_factory=list)

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield one plain row a measure."""
        for name, score in self.scores.items():
            yield {
                "measure": name,
                "precision": round(score.precision, 3) if score.predicted else None,
                "recall": round(score.recall, 3),
                "f1": round(score.f1, 3) if score.predicted else None,
                "gold": score.gold,
                "found": score.found,
                "predicted": score.predicted,
            }
        if self.traps:
            yield {
                "measure": "traps taken",
                "precision": None,
                "recall": round(self.traps_taken / self.traps, 3),
                "f1": None,
                "gold": self.traps,
                "found": self.traps_taken,
                "predicted": 0,
            }


def read_facts(path: Path) -> tuple[list[Fact], list[tuple[str, int, int]]]:
    """Read facts and traps from a hand-read `gold.json` or from the JSON Lines of `extract`."""
    text = path.read_text(encoding="utf-8")
    try:
        if text.lstrip().startswith("["):
            return _gold(json.loads(text))
        return [_prediction(json.loads(line)) for line in text.splitlines() if line.strip()], []
    except (ValueError, KeyError, TypeError) as error:
        raise EvaluationError(f"{path}: neither gold.json nor JSON Lines of extract ({error!r})") from error


def _gold(documents: list[dict[str, Any]]) -> tuple[list[Fact], list[tuple[str, int, int]]]:
    facts = [_gold_fact(document["id"], fact) for document in documents for fact in document["facts"]]
    traps = [(document["id"], trap["start"], trap["end"]) for document in documents for trap in document["traps"]]
    return facts, traps


def _names(value: Any) -> frozenset[str]:
    values = value if isinstance(value, list) else [value]
    return frozenset(fold(str(name)) for name in values if name)


def _gold_fact(document: str, fact: dict[str, Any]) -> Fact:
    also = fact.get("also") or []
    spans = [
        (fact["start"], fact["end"]),
        *((a["start"], a["end"]) if isinstance(a, dict) else (a[0], a[1]) for a in also),
    ]
    kind = {"flag": "boolean"}.get(fact["kind"], fact["kind"])
    if kind == "policy":
        name = _names(fact["title"])
        return Fact(
            document, kind, "policy", name, tuple(spans), shown=fact["title"], objects=_names(fact.get("issuers") or [])
        )
    property_id = fact.get("property") or fact.get("type") or ""
    return Fact(
        document,
        kind,
        _CROSSWALK.get(property_id, property_id),
        _names(fact["subject"]),
        tuple(spans),
        fact.get("low"),
        fact.get("high"),
        fact.get("unit"),
        fact.get("value") if kind == "boolean" else fact.get("date"),
        _names(fact.get("object") or []),
        fact["raw"],
        fact.get("group"),
    )


def _prediction(row: dict[str, Any]) -> Fact:
    kind = row["kind"]
    value = row.get("boolean") if kind == "boolean" else row.get("date")
    names = _names([row.get("subject_name"), row.get("subject_as_read")])
    objects = _names([row.get("object_name"), row.get("quote")] if kind == "relation" else [])
    document = Path(row["document"]).stem
    span = ((row["start_char"], row["end_char"]),)
    return Fact(
        document,
        kind,
        row["property_id"],
        names,
        span,
        row.get("low"),
        row.get("high"),
        row.get("unit"),
        value,
        objects,
        row["quote"],
    )


def _overlap(one: Fact, other: Fact) -> bool:
    return any(a < d and c < b for a, b in one.spans for c, d in other.spans)


def same_bounds(one: Fact, other: Fact) -> bool:
    """Tell whether two quantities have the same bounds; 32k may be 32,000 or 32,768."""
    pairs = ((one.low, other.low), (one.high, other.high))
    if all(_same_number(a, b) for a, b in pairs):
        return True
    return one.property_id == "context_length" and all(_same_number(a, b, 0.05) for a, b in pairs)


def _same_number(a: float | None, b: float | None, tolerance: float = TOLERANCE) -> bool:
    if a is None or b is None:
        return a is b
    return abs(a - b) <= tolerance * max(abs(a), abs(b), 1e-12)


def _is_small_count(fact: Fact) -> bool:
    bounds = [bound for bound in (fact.low, fact.high) if bound is not None]
    singular = (fact.unit or "").rstrip("s")
    return bool(bounds) and max(bounds) < SMALL_COUNT and min(bounds) == int(min(bounds)) and singular not in _MEASURED


def evaluate(predictions: Iterable[Fact], gold: Iterable[Fact], traps: Iterable[tuple[str, int, int]]) -> Report:
    """Score predictions against gold, whole documents: an overlapping span with equal bounds counts."""
    report = Report()
    gold = list(gold)
    documents = {fact.document for fact in gold}
    predictions = [fact for fact in predictions if fact.document in documents]
    _score_quantities(
        report, [p for p in predictions if p.kind == "quantity"], [g for g in gold if g.kind == "quantity"]
    )
    for kind in ("event", "relation", "boolean", "policy"):
        _score_recall(report, kind, [p for p in predictions if p.kind == kind], [g for g in gold if g.kind == kind])
    for document, start, end in traps:
        report.traps += 1
        taken = [
            p
            for p in predictions
            if p.document == document and p.kind == "quantity" and any(a < end and start < b for a, b in p.spans)
        ]
        if taken:
            report.traps_taken += 1
            report.failures.append(f"{document} {start}: trap taken for a quantity: {taken[0].shown!r}")
    return report


def _score_quantities(report: Report, predictions: list[Fact], gold: list[Fact]) -> None:
    bounds, subject = report.scores["quantity: bounds"], report.scores["quantity: bounds and subject"]
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for prediction in predictions:
        by_document[prediction.document].append(prediction)
    used: set[int] = set()
    groups: set[tuple[str, int]] = set()
    for fact in gold:
        near = [p for p in by_document[fact.document] if _overlap(p, fact)]
        same = [p for p in near if same_bounds(p, fact)]
        used |= {id(p) for p in near if same}
        if _is_small_count(fact) and not same:
            continue
        by_property = report.scores[f"quantity: {fact.property_id}"]
        named = [p for p in same if p.subjects & fact.subjects]
        for score, hits in ((bounds, same), (subject, named), (by_property, same)):
            score.gold += 1
            score.found += bool(hits)
        if not same:
            read = ", ".join(f"{p.shown!r} {p.low} {p.high} {p.unit}" for p in near) or "nothing"
            report.failures.append(
                f"{fact.document} {fact.spans[0]}: {fact.shown!r} is {fact.low} {fact.high} {fact.unit}; read {read}"
            )
        elif not named:
            report.failures.append(
                f"{fact.document} {fact.spans[0]}: {fact.shown!r} is of {sorted(fact.subjects)}; read as of {sorted(same[0].subjects)}"
            )
        if fact.group is not None:
            groups.add((fact.document, fact.group))
    _score_precision(report, predictions, gold, used)


def _score_precision(report: Report, predictions: list[Fact], gold: list[Fact], used: set[int]) -> None:
    bounds, subject = report.scores["quantity: bounds"], report.scores["quantity: bounds and subject"]
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for fact in gold:
        by_document[fact.document].append(fact)
    for prediction in predictions:
        near = [g for g in by_document[prediction.document] if _overlap(prediction, g)]
        right = [g for g in near if same_bounds(prediction, g)]
        if not right and (_is_small_count(prediction) or any(_is_small_count(g) for g in near)):
            continue
        bounds.predicted += 1
        subject.predicted += 1
        bounds.right += bool(right)
        subject.right += any(prediction.subjects & g.subjects for g in right)
        if not near:
            report.failures.append(
                f"{prediction.document} {prediction.spans[0]}: read {prediction.shown!r} {prediction.low} {prediction.high} {prediction.unit}, which no reader has"
            )


def _score_recall(report: Report, kind: str, predictions: list[Fact], gold: list[Fact]) -> None:
    if not gold:
        return
    score = report.scores[kind]
    for fact in gold:
        score.gold += 1
        hit = any(p.document == fact.document and _MATCHES[kind](p, fact) for p in predictions)
        score.found += hit
        if not hit:
            report.failures.append(
                f"{fact.document} {fact.spans[0]}: {kind} {fact.property_id} of {sorted(fact.subjects)} not found: {fact.shown!r} {fact.value or ''}"
            )


def _event_matches(prediction: Fact, fact: Fact) -> bool:
    return bool(prediction.subjects & fact.subjects) and prediction.value == fact.value


def _relation_matches(prediction: Fact, fact: Fact) -> bool:
    if prediction.property_id != fact.property_id:
        return False
    if prediction.subjects & fact.subjects and prediction.objects & fact.objects:
        return True
    # Partners are told in either order.
    swapped = prediction.subjects & fact.objects and prediction.objects & fact.subjects
    return fact.property_id == "partner" and bool(swapped)


def _boolean_matches(prediction: Fact, fact: Fact) -> bool:
    return (
        prediction.property_id == fact.property_id
        and prediction.value == fact.value
        and bool(prediction.subjects & fact.subjects)
    )


def _policy_matches(prediction: Fact, fact: Fact) -> bool:
    return bool(prediction.subjects & fact.subjects)


_MATCHES = {
    "event": _event_matches,
    "relation": _relation_matches,
    "boolean": _boolean_matches,
    "policy": _policy_matches,
}
