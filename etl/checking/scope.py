"""Whether two statements speak of the same thing: unit, place, category, rate, firmness and time."""

from typing import Literal

from etl.checking.known import Entity
from etl.checking.resolution import GENERAL
from etl.rank import COMPARABLE_UNITS, Claim, times_meet

Time = Literal["same", "unsure", "other"]
_FIRM = {"asserted": "fact", "estimated": "fact", "denied": "fact", "planned": "plan", "forecast": "plan"}
# A figure of these properties is of nothing in particular until its scope is told, which an article's words seldom do
# in a form that can be compared: such a figure is never blamed.
LOOSE = frozenset(
    [
        "share",
        "growth",
        "change",
        "ratio",
        "count",
        "amount",
        "duration",
        "score",
        "rank",
        "cost",
        "spending",
        "accuracy",
        "compute",
        "compute_demand",
        "price",
        "market_size",
        "economic_effect",
        "economic_loss",
        "funding",
        "target",
        "subsidy",
        "deadline",
        "dimension",
        "salary",
        "wealth",
        "fund_size",
        "orders",
        "penalty",
        "speed",
        "latency",
        "energy",
        "power",
        "error_rate",
        "retention",
        "organizations_count",
        "models_count",
        "members_count",
        "functions_count",
        "requirements_count",
        "generation_count",
        "time_to_effect",
        "answer_rate",
    ]
)
# What 500多家 counts is told by the property: customers, whether the article says 家 or 客户.
_COUNTED_ALIKE = (
    frozenset({"company", "organization", "customer", "item"}),
    frozenset({"person", "employee", "user"}),
)
# Of a firm these are several models' figures.
_OF_MODELS = frozenset({"parameters", "training_data", "training_compute", "context_length"})


def difference(article: Claim, base: Claim) -> str:
    """Return what keeps two statements from being compared: unit, firmness, rate, place …; empty where nothing does."""
    if article.value_type == "quantity" and not _one_unit(article, base):
        return "unit"
    if not _as_firm(article, base):
        return "firmness"
    if _rate(article) != _rate(base):
        return "rate"
    for name in ("place_id", "category_id", "relative_to_id"):
        ours, theirs = getattr(article, name), getattr(base, name)
        if ours and theirs and ours != theirs:
            return "scope"
    # Of the article only the reader's own note is known here: that a difference is in percentage points.
    return "scope" if article.scope_note and article.scope_note != base.scope_note else ""


def _one_unit(article: Claim, base: Claim) -> bool:
    units = {COMPARABLE_UNITS.get(unit, unit) for unit in (article.unit, base.unit)}
    return len(units) == 1 or (base.property_id not in LOOSE and any(units <= alike for alike in _COUNTED_ALIKE))


def _as_firm(article: Claim, base: Claim) -> bool:
    """Tell whether both are facts or both plans; an estimate meets a forecast, for 预计 says either."""
    ours, theirs = article.assertion, base.assertion
    return _FIRM[ours] == _FIRM[theirs] or {ours, theirs} == {"estimated", "forecast"}


def _rate(claim: Claim) -> str | None:
    """Return what a rate is per; a year's figure by the year is that of the year."""
    return None if claim.per == "year" and (claim.period_start or claim.as_of) else claim.per


def is_loose(claim: Claim, entity: Entity) -> bool:
    """Tell whether a statement's figure could be of something else than the article's, so that it cannot be blamed."""
    if claim.value_type != "quantity":
        return entity.kind in GENERAL
    of_models = entity.kind == "organization" and claim.property_id in _OF_MODELS
    return claim.property_id in LOOSE or entity.kind in GENERAL or of_models


def is_dated(claim: Claim) -> bool:
    """Tell whether a statement says of when it is."""
    return bool(claim.as_of or claim.period_start or claim.period_end)


def time_of(claim: Claim) -> str:
    """Return when a statement holds, as far as it says so, else when its source was published."""
    return str(claim.as_of or claim.period_end or claim.period_start or claim.published or "")


def times(article: Claim, base: Claim, is_series: bool) -> Time:
    """Tell whether two statements are of one time; figures of a series are only where both say so, or neither does."""
    if not times_meet(article, base):
        return "other"
    if not is_series or (is_dated(article) and is_dated(base)):
        return "same"
    if is_dated(article) or is_dated(base):
        return "unsure"
    # Neither is dated: they are as old as what prints them.
    ours, theirs = article.published or "", base.published or ""
    return "same" if not ours or not theirs or ours.startswith(theirs) or theirs.startswith(ours) else "unsure"


def is_later(one: str, other: str) -> bool:
    """Tell whether a partial date is surely after another: 2025 is after 2024-12, 2024 is not surely after 2024-05."""
    return bool(one) and bool(other) and one[:1] != "-" != other[:1] and one > other and not one.startswith(other)
