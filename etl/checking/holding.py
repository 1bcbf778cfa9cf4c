"""One statement of an article held against what the base says of the same subject and property."""

from collections.abc import Sequence
from typing import NamedTuple

from etl.checking.known import Entity, Known
from etl.checking.scope import Time, difference, is_dated, is_later, is_loose, time_of, times
from etl.checking.values import ALIKE, Relation, related, slip
from etl.checking.verdicts import Against, Held, Reason, Verdict, independent
from etl.rank import Claim

# What happens to a thing once: another date is a mistake. Other events happen again and again.
_ONCE = frozenset(
    [
        "released",
        "opened",
        "open_sourced",
        "founded",
        "issued",
        "in_force",
        "expired",
        "published",
        "listed",
        "ipo_filed",
        "development_started",
        "comment_deadline",
        "renamed",
    ]
)
_ONCE_OF = frozenset({"model", "product", "policy", "publication", "dataset"})
# What one thing has of one other: somebody else is a mistake, unless they belong together.
_ONE_OTHER = frozenset({"developer", "product_of", "version_of", "predecessor", "policy_place"})
_TIED = "nothing else tells them apart"


class Pair(NamedTuple):
    """A statement of the base beside the article's: how the values stand, the times, and whether a blame would hold."""

    claim: Claim
    relation: Relation
    time: Time
    firm: bool

    def against(self) -> Against:
        """Return it as what the article's statement was held against."""
        apart = self.relation.distance if self.relation.how == "apart" else None
        return Against(self.claim, apart, self.relation.how == "alike")


def hold(article: Claim, entity: Entity, known: Known, *, sure_date: bool = True) -> Held:
    """Return the verdict on a statement about an entity whose statements were taken in."""
    said = known.claims(entity.id, article.property_id)
    reported = [claim for claim in said if claim.value_status == "reported"]
    if not said and article.property_id == "count":
        return _counted(article, known.counted(entity.id, article.unit or ""))
    if not reported and not sure_date:
        return Held("unclear", (Reason("date_unsure"),))
    if not reported:
        return Held("new", (Reason("not_stated" if said else "nothing_known"),), _listed(said))
    hindered = {claim.id: difference(article, claim) for claim in reported}
    free = [claim for claim in reported if not hindered[claim.id]]
    if not free:
        return _incomparable(reported, hindered)
    if article.value_type == "entity":
        return _relation(article, free, known)
    is_series = known.properties[article.property_id].is_series
    pairs = [_paired(article, claim, entity, is_series, sure_date) for claim in free]
    if article.assertion == "denied":
        return _denied(pairs)
    return _event(article, pairs) if article.value_type == "date" else _figure(article, pairs, is_series)


def _paired(article: Claim, base: Claim, entity: Entity, is_series: bool, sure_date: bool) -> Pair:
    relation, time = related(article, base), times(article, base, is_series)
    loose = is_loose(base, entity)
    if base.value_type == "date":
        loose = base.property_id not in _ONCE or not (
            entity.kind in _ONCE_OF or base.property_id in {"founded", "listed"}
        )
    sound = not base.doubted and base.status == "current"
    if loose and base.value_type == "quantity" and (time != "same" or base.comparator != article.comparator):
        # 10% of one thing is not 10% of another: only the same figure of the same time agrees.
        relation = Relation("wide") if relation == ALIKE else relation
    return Pair(base, relation, time, sound and not loose and sure_date)


def _incomparable(reported: list[Claim], hindered: dict[str, str]) -> Held:
    """Tell what keeps all statements from being compared; another place or category is news, the rest is open."""
    first = hindered[reported[0].id]
    verdict: Verdict = "new" if set(hindered.values()) == {"scope"} else "unclear"
    return Held(verdict, (Reason(f"other_{first}"),), _listed(reported))


def _counted(article: Claim, claims: list[Claim]) -> Held:
    """Hold a bare count against what the base counts in that unit: the same is the same, another may be another's."""
    alike = [claim for claim in claims if related(article, claim).how == "alike" and not difference(article, claim)]
    if alike:
        told = tuple(Against(claim, None, True) for claim in alike)
        return Held("agrees", (Reason("agree", {"count": independent(told)}),), told)
    return (
        Held("unclear", (Reason("scope_untold"),), _listed(claims))
        if claims
        else Held("new", (Reason("nothing_known"),))
    )


def _listed(claims: Sequence[Claim]) -> tuple[Against, ...]:
    return tuple(Against(claim) for claim in claims if claim.value_status == "reported")


def _figure(article: Claim, pairs: list[Pair], is_series: bool) -> Held:
    """Weigh quantities and yes-or-no statements."""
    alike = [pair for pair in pairs if pair.relation.how == "alike"]
    agreeing = [pair for pair in alike if pair.time != "other"]
    blaming = [pair for pair in pairs if pair.relation.how == "apart" and pair.time == "same" and pair.firm]
    earlier = agreeing or [pair for pair in alike if is_later(time_of(article), time_of(pair.claim))]
    later = _later(pairs, earlier)
    if later and not (is_series and article.period_start):
        return Held("outdated", (Reason("later_known", {"when": time_of(later[0].claim)}),), _told(earlier, later))
    if agreeing and (not blaming or _stands(agreeing, blaming)):
        return _agrees(agreeing, [*blaming, *later])
    if blaming:
        return _conflict(article, blaming, agreeing)
    return _open(article, pairs)


def _later(pairs: list[Pair], earlier: list[Pair]) -> list[Pair]:
    """Return the statements of another value that are surely later than all that agree, the latest first."""
    if not earlier:
        return []
    last = [time_of(pair.claim) for pair in earlier]
    found = [
        pair
        for pair in pairs
        if pair.relation.how == "apart" and pair.firm and all(is_later(time_of(pair.claim), when) for when in last)
    ]
    return sorted(found, key=lambda pair: time_of(pair.claim), reverse=True)


def _stands(agreeing: list[Pair], blaming: list[Pair]) -> bool:
    """Tell whether what agrees is not outranked: it is preferred, or nothing but the order of reading decided."""
    if any(pair.claim.rank == "preferred" for pair in agreeing):
        return True
    best = [pair.claim for pair in blaming if pair.claim.rank == "preferred"]
    return not best or all(str(claim.rank_reason).endswith(_TIED) for claim in best)


def _agrees(agreeing: list[Pair], others: list[Pair]) -> Held:
    told = _told(agreeing, others)
    reasons = [Reason("agree", {"count": independent(told)})]
    if all(pair.claim.doubted for pair in agreeing):
        reasons.append(Reason("base_doubts"))
    if others:
        reasons.append(Reason("others_differ", {"count": len(others)}))
    return Held("agrees", tuple(reasons), told)


def _conflict(article: Claim, blaming: list[Pair], agreeing: list[Pair]) -> Held:
    ordered = sorted(blaming, key=lambda pair: (pair.claim.rank != "preferred", pair.relation.distance or 0.0))
    first = ordered[0]
    reasons = [_distance(article, first)]
    exponent = slip(article, first.claim) if article.value_type == "quantity" else 0
    if exponent:
        reasons.append(Reason("slip", {"exponent": exponent}))
    if agreeing:
        reasons.append(Reason("some_agree", {"count": independent([pair.against() for pair in agreeing])}))
    if is_later(str(article.published or ""), time_of(first.claim)) and article.value_type == "boolean":
        reasons.append(Reason("article_newer", {"when": time_of(first.claim)}))
    return Held("conflicts", tuple(reasons), _told(ordered, agreeing))


def _distance(article: Claim, pair: Pair) -> Reason:
    distance = pair.relation.distance
    if article.value_type == "quantity":
        lower = min(article.interval(), pair.claim.interval())
        # No factor leads from nothing, or from a loss.
        return Reason("factor" if lower[1] > 0 else "amount", {"distance": distance})
    if article.value_type == "date":
        return Reason("days", {"distance": distance})
    return Reason("yes_against_no" if article.value_type == "boolean" else "another")


def _open(article: Claim, pairs: list[Pair]) -> Held:
    """Tell why statements that can be compared neither agree nor conflict."""
    wide = [pair for pair in pairs if pair.relation.how == "wide" and pair.time != "other"]
    if wide:
        distance = wide[0].relation.distance
        reason = Reason("bounds_far", {"distance": distance}) if distance else Reason("scope_untold")
        return Held("unclear", (reason,), _told(wide))
    now = [pair for pair in pairs if pair.time != "other"]
    if not now:
        return Held("new", (Reason("other_time", {"when": time_of(pairs[0].claim)}),), _told(pairs))
    if any(pair.claim.doubted or pair.claim.status != "current" for pair in now):
        return Held("unclear", (Reason("base_doubted"),), _told(now))
    if any(pair.time == "unsure" for pair in now):
        undated = "article_undated" if not is_dated(article) else "base_undated"
        return Held("unclear", (Reason(undated, {"when": time_of(now[0].claim)}),), _told(now))
    return Held("unclear", (Reason("scope_untold"),), _told(now))


def _event(article: Claim, pairs: list[Pair]) -> Held:
    dated = [pair for pair in pairs if pair.claim.date]
    if article.date and not dated:
        return Held("new", (Reason("undated_event"),), _told(pairs))
    alike = [pair for pair in dated or pairs if pair.relation.how == "alike"]
    if alike or not article.date:
        return _agrees(alike or pairs, [])
    firm = [pair for pair in dated if pair.firm and pair.relation.how == "apart"]
    if firm:
        return _conflict(article, firm, [])
    if any(pair.claim.property_id in _ONCE for pair in dated):
        return Held("unclear", (Reason("date_unsure"),), _told(dated))
    return Held("new", (Reason("another_event"),), _told(dated))


def _denied(pairs: list[Pair]) -> Held:
    """Hold a denial: who denies what the base says conflicts with it, who denies something else says nothing of it."""
    contradicted = [pair for pair in pairs if pair.relation.how == "alike" and pair.firm and pair.time == "same"]
    if contradicted:
        told = tuple(Against(pair.claim, 1.0) for pair in contradicted)
        return Held("conflicts", (Reason("denies"),), told)
    return Held("unclear", (Reason("denied"),), _told(pairs))


def _relation(article: Claim, claims: list[Claim], known: Known) -> Held:
    if article.object_id is None:
        return Held("unclear", (Reason("object_unknown"),), _listed(claims))
    alike = [claim for claim in claims if known.belong_together(article.object_id, claim.object_id or "")]
    if alike:
        told = tuple(Against(claim, None, True) for claim in alike)
        return Held("agrees", (Reason("agree", {"count": independent(told)}),), told)
    if article.property_id not in _ONE_OTHER:
        return Held("new", (Reason("another_relation"),), _listed(claims))
    told = tuple(Against(claim, 1.0) for claim in claims)
    return Held("conflicts", (Reason("another"),), told)


def _told(*groups: Sequence[Pair]) -> tuple[Against, ...]:
    return tuple({pair.claim.id: pair.against() for group in groups for pair in group}.values())
