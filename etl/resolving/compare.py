"""Whether two names of two sources are one entity: same, different or unsure, and why."""

from dataclasses import dataclass
from typing import Literal

from db.names import fold
from etl.resolving.known_names import KnownNames, group_of
from etl.resolving.name_parts import Parts, parts_of
from etl.resolving.organizations import things
from etl.resolving.romanized import has_han, is_han, romanized
from etl.resolving.spellings import is_part, spellings, stems

Answer = Literal["same", "different", "unsure"]
_DAYS_OF_ONE = 400
_SHORTEST_SPECIFIC = 6
# What is left of a name without its maker's, and names nothing of its own.
_COMMON = frozenset({"gpt", "llm", "lm", "chat", "ai", "bot", "agent", "llms", "智能", "助手"})


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what its source says beside it."""

    name: str
    kind: str
    developer: str = ""
    date: str = ""
    aliases: tuple[str, ...] = ()
    is_family: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return all its names, the canonical one first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer with its score from 0 to 100 and its reasons."""

    answer: Answer
    score: int
    reasons: tuple[str, ...]


class Comparer:
    """Compares names by what is known of them, their parts, their developers and dates."""

    def __init__(self, known: KnownNames) -> None:
        self.known = known

    def compare(self, left: Named, right: Named) -> Verdict:
        """Return whether two names are one entity's; what the text does not settle is unsure."""
        kinds = {left.kind, right.kind}
        if group_of(left.kind) != group_of(right.kind):
            return Verdict("different", 0, (f"a {left.kind} is no {right.kind}",))
        if kinds == {"model", "product"}:
            return Verdict("different", 0, ("a product is not the model that it runs on",))
        if left.kind == "organization":
            return self.organizations(left, right)
        return self.models(left, right) if group_of(left.kind) == "model" else self.others(left, right)

    def others(self, left: Named, right: Named) -> Verdict:
        """Compare two entities of another kind, such as places: by their names alone."""
        if {fold(name) for name in left.names} & {fold(name) for name in right.names}:
            return Verdict("same", 98, ("one name",))
        known = (frozenset().union(*(self.known.things(n, left.kind) for n in one.names)) for one in (left, right))
        ours, theirs = known
        return (
            Verdict("same", 96, ("known by both names",))
            if ours & theirs
            else Verdict("different", 0, ("other names",))
        )

    def organizations(self, left: Named, right: Named) -> Verdict:
        """Compare two organizations by spellings, known aliases and romanization."""
        best = Verdict("different", 0, ("the names share nothing",))
        for one in left.names:
            for other in right.names:
                verdict = self._organization_names(one, other)
                if verdict.answer == "same":
                    return verdict
                best = max(best, verdict, key=lambda v: v.score)
        return best

    def _organization_names(self, one: str, other: str) -> Verdict:
        ours, theirs = things(one, self.known), things(other, self.known)
        if ours and theirs:
            if ours & theirs:
                return Verdict("same", 100, ("known by both names",))
            return Verdict("different", 0, ("each is known as another",))
        spelled, also = spellings(one), spellings(other)
        if spelled & also:
            return Verdict("same", 98, ("one spelling",))
        if is_part(one) != is_part(other):
            return Verdict("different", 10, ("a body inside another",))
        if _romanized_alike(spelled, also):
            return Verdict("same", 92, ("one name in pinyin",))
        bare, others = stems(one) | spelled, stems(other) | also
        if bare & others or _romanized_alike(bare, others):
            return Verdict("same", 90, ("one name but for a tail that says AI",))
        score = _similar(spelled, also)
        return Verdict("unsure" if score >= 88 else "different", min(score, 85), (f"similar names, {score}",))

    def models(self, left: Named, right: Named) -> Verdict:
        """Compare two models or two products by brand, release, developer and date."""
        made = self._developers(left.developer, right.developer)
        best = Verdict("different", 0, ("the names share nothing",))
        for one in left.names:
            for other in right.names:
                verdict = self._model_names(one, other, left, right, made)
                if verdict.answer == "same" and left.is_family != right.is_family:
                    verdict = Verdict("unsure", 80, (*verdict.reasons, "a family against a model"))
                if verdict.answer == "same":
                    return verdict
                best = max(best, verdict, key=lambda v: v.score)
        return best

    def _model_names(self, one: str, other: str, left: Named, right: Named, made: Answer | None) -> Verdict:
        first, second = parts_of(one), parts_of(other)
        how = self._brands(one, other, first, second, left.developer, right.developer, left.kind)
        if how is None:
            score = _similar({first.words}, {second.words})
            return Verdict("different", min(score, 60), (f"other brands: {one!r}, {other!r}",))
        if first.release() != second.release() and not _dated_alike(first, second, left.date, right.date):
            if how == "known by both names":
                return self._settled(how, first, left, right, made)
            return Verdict("different", 40, (_release_told(first, second),))
        return self._settled(how, first, left, right, made)

    def _settled(self, how: str, parts: Parts, left: Named, right: Named, made: Answer | None) -> Verdict:
        """Weigh one brand and release with developers and dates."""
        if made == "different":
            return Verdict("different", 50, (how, f"made by {left.developer!r} and by {right.developer!r}"))
        apart = _days_apart(left.date, right.date)
        if made == "same":
            if apart is not None and apart > 2 * _DAYS_OF_ONE and not parts.specific:
                return Verdict("unsure", 80, (how, "one developer", f"{apart} days apart"))
            return Verdict("same", 97, (how, "one developer"))
        if apart is not None and apart > _DAYS_OF_ONE:
            return Verdict("unsure", 70, (how, f"{apart} days apart"))
        if parts.specific or how == "known by both names" or len(parts.words) >= _SHORTEST_SPECIFIC:
            return Verdict("same", 94 if made is None else 91, (how,))
        return Verdict("unsure", 75, (how, "no developer tells"))

    def _brands(
        self, one: str, other: str, first: Parts, second: Parts, developer: str, maker: str, kind: str
    ) -> str | None:
        """Return how two brands are one, or None."""
        whole, also = self.known.things(one, kind), self.known.things(other, kind)
        if whole & also:
            return "known by both names"
        ours, theirs = self.forms(first, developer), self.forms(second, maker)
        if ours & theirs:
            return "one brand"
        if _romanized_alike(ours, theirs):
            return "one brand in pinyin"
        known = frozenset().union(*(self.known.things(form, kind) for form in sorted(ours)))
        others = frozenset().union(*(self.known.things(form, kind) for form in sorted(theirs)))
        return "brands known as one" if known & others else None

    def forms(self, parts: Parts, developer: str) -> frozenset[str]:
        """Return the forms of a brand: whole, each script alone, and without its developer's name before it."""
        han = "".join(word for word in parts.brand if is_han(word))
        latin = "".join(word for word in parts.brand if not is_han(word))
        forms = {parts.words, *((han, latin) if han and len(latin) > 1 else ())}
        for prefix in self._prefixes(developer):
            forms |= {
                rest for form in list(forms) if form.startswith(prefix) and (rest := form[len(prefix) :]) not in _COMMON
            }
        return frozenset(form for form in forms if len(form) > 1 or is_han(form))

    def _prefixes(self, developer: str) -> list[str]:
        """Return the names by which a developer may stand before its model's."""
        names: set[str] = set()
        for member in _members(developer):
            spelled = spellings(member)
            names |= spelled | stems(member)
            names |= {name + "云" for name in names if is_han(name)}
            for thing in things(member, self.known):
                names |= self.known.names_of(thing)
        # 科大讯飞 is also 讯飞: the tail of a Chinese firm's name stands for it.
        names |= {name[2:] for name in names if is_han(name) and len(name) == 4}
        return sorted((name for name in names if len(name) > 1), key=len, reverse=True)

    def _developers(self, one: str, other: str) -> Answer | None:
        """Compare two lists of developers: one shared member is enough; None where a side names none."""
        ours, theirs = _members(one), _members(other)
        if not ours or not theirs:
            return None
        answers = {
            self.organizations(Named(a, "organization"), Named(b, "organization")).answer for a in ours for b in theirs
        }
        if "same" in answers:
            return "same"
        if "unsure" in answers:
            return "unsure"
        related = any(self._related(a, b) for a in ours for b in theirs)
        return "unsure" if related else "different"

    def _related(self, one: str, other: str) -> bool:
        """Tell whether one name holds the other, or whether nothing is known of one of them: no ground to call them others."""
        first, second = self._all_names(one), self._all_names(other)
        known = things(one, self.known) and things(other, self.known)
        if not known and is_han(one[:2]) != is_han(other[:2]):
            return True
        return any(a.startswith(b) or b.startswith(a) for a in first for b in second if _tells(a) and _tells(b))

    def _all_names(self, name: str) -> frozenset[str]:
        """Return an organization's spellings with all that it is known by."""
        found = spellings(name)
        for thing in things(name, self.known):
            found |= self.known.names_of(thing)
        return found


def _members(developers: str) -> list[str]:
    return [member.strip() for member in developers.split(",") if member.strip()]


def _tells(name: str) -> bool:
    """Tell a name long enough to begin another's by more than chance: two characters, four letters."""
    return len(name) > (1 if is_han(name) else 3)


def _dated_alike(first: Parts, second: Parts, one: str, other: str) -> bool:
    """Tell a name that bears a release's day from another of the same day: GPT-4o (2024-05-13)."""
    if (first.versions, first.sizes) != (second.versions, second.sizes) or one != other:
        return False
    return first.variants ^ second.variants == {one}


def _romanized_alike(ours: frozenset[str] | set[str], theirs: frozenset[str] | set[str]) -> bool:
    """Tell names that are one in pinyin, at least one of them printed in Chinese."""
    han, other = ({romanized(name): has_han(name) for name in names} for names in (ours, theirs))
    return any(len(name) > 2 and (han[name] or other[name]) for name in han.keys() & other.keys())


def _similar(ours: frozenset[str] | set[str], theirs: frozenset[str] | set[str]) -> int:
    from rapidfuzz import fuzz

    return round(max((fuzz.ratio(a, b) for a in ours for b in theirs), default=0))


def _days_apart(one: str, other: str) -> int | None:
    """Return the days between two partial dates where both name a month."""
    from datetime import date

    if len(one) < 7 or len(other) < 7:
        return None
    first, second = (date.fromisoformat((text + "-15")[:10]) for text in (one, other))
    return abs((first - second).days)


def _release_told(first: Parts, second: Parts) -> str:
    for what, one, other in (
        ("versions", first.versions, second.versions),
        ("sizes", tuple(sorted(first.sizes)), tuple(sorted(second.sizes))),
        ("variants", tuple(sorted(first.variants)), tuple(sorted(second.variants))),
    ):
        if one != other:
            return f"{what} differ: {' '.join(one) or 'none'} and {' '.join(other) or 'none'}"
    return "releases differ"
