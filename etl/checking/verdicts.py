"""What a check finds: a verdict for each statement, what it was held against, and why."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from etl.checking.known import Entity
from etl.rank import Claim

Verdict = Literal["agrees", "conflicts", "outdated", "new", "unclear"]
VERDICTS: tuple[Verdict, ...] = ("agrees", "conflicts", "outdated", "new", "unclear")


class Reason(NamedTuple):
    """Why a verdict was given: a word of `words.REASONS` and what it is filled with."""

    code: str
    values: dict[str, Any] = {}  # noqa: RUF012 - never changed


@dataclass(frozen=True, slots=True)
class Against:
    """A statement of the base that an article's was held against; `apart` is None where both can be right."""

    claim: Claim
    apart: float | None = None
    agrees: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """The verdict on one statement by what the base says of the same thing."""

    verdict: Verdict
    reasons: tuple[Reason, ...]
    against: tuple[Against, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """One statement of the article with its verdict; `row` is as `extract` prints it."""

    row: dict[str, Any]
    line: int
    held: Held
    entity: Entity | None = None
    candidates: tuple[Entity, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return the verdict's word."""
        return self.held.verdict


@dataclass(frozen=True, slots=True)
class Report:
    """All that a check found in one article."""

    name: str
    title: str | None
    date: str | None
    text: str
    items: list[Checked] = field(default_factory=list)

    def counts(self) -> dict[Verdict, int]:
        """Count the statements of each verdict."""
        found = Counter(item.verdict for item in self.items)
        return {verdict: found[verdict] for verdict in VERDICTS}


def independent(against: tuple[Against, ...] | list[Against]) -> int:
    """Count the sources that agree, those that repeat another as one with it."""
    return len({one.claim.root for one in against if one.agrees})
