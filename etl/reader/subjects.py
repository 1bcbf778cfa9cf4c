"""What a figure or an event is about: its clause's topic, else the one that the text was speaking of."""

import re
from typing import NamedTuple

from etl.reader.clauses import Outline
from etl.reader.names import Mention, Mentions
from etl.reader.nouns import PRONOUN_KINDS, Topic, topic

# Kinds of subject, best first, by property; a property that is not listed takes any.
_MODEL = ("model", "product", "technology", "dataset")
_FIRM = ("organization", "person", "industry", "product")
_PRODUCT = ("product", "model", "organization")
PREFERRED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("parameters", "parameters_active", "training_data", "context_length", "training_compute", "open_source"), _MODEL),
    **dict.fromkeys(
        ("valuation", "market_value", "funding", "revenue", "profit", "loss", "operating_cost", "margin", "orders", "employees", "customers", "spending"),
        _FIRM,
    ),
    **dict.fromkeys(("users", "monthly_active_users", "daily_active_users", "weekly_active_users", "visits", "downloads", "retention"), _PRODUCT),
}
_OF_MODELS = frozenset({"parameters", "parameters_active", "training_data", "context_length", "training_compute"})
# What a policy grants, asks and threatens is said of the policy.
OF_POLICY = frozenset({"subsidy", "penalty", "deadline", "target"})
_STRONG = frozenset({"organization", "model", "product", "person", "policy", "dataset", "publication"})
# A name after these is what something is compared with, or who tells it, not what is spoken of.
_COMPARED = re.compile(
    r"(?:相比|相较于?|较|比(?!如)|超过|超越|领先|优于|高于|低于|落后于?|接近|媲美|相当于|追平|不如|基于|搭载|than|versus|vs\.?|据|根据|来自|在|为|向|给|对|与|和|由|被)[ \n]?(?:了|上一代|此前的?|之前的?)?[“\"「《]?$"
)
_SOFT = re.compile(r"(?:在|为|向|给|对|与|和|由|被)[ \n]?[“\"「《]?$")
_ATTRIBUTE = re.compile(
    r"[ \n]?(?:个|的)?(?:训练)?(?:参数|參數)?(?:量|规模|级别|级|版本)*的?[ \n]?(?:开源|混合专家|小型|大型|语言|神经网络|全新|旗舰|稠密|多模态|视觉|推理|模型|MoE|版|[“\"《])*"
)


class Subject(NamedTuple):
    """What a statement is about, and where it is named."""

    name: str
    kind: str
    entity_id: str | None
    start: int
    end: int


class SubjectFinder:
    """Finds subjects in one document; `plain` is its text in Simplified characters."""

    def __init__(self, outline: Outline, mentions: Mentions, main: Subject | None, policy: Subject | None, *, is_policy_text: bool) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.main = main
        self.policy = policy
        self.is_policy_text = is_policy_text
        self._clauses: dict[int, Subject | None] = {}
        self._topics: dict[tuple[int, tuple[str, ...]], Subject | None] = {}

    def of(self, start: int, end: int, property_id: str, cue: tuple[int, int] | None = None) -> Subject | None:
        """Return what the value at start:end is about."""
        if property_id in OF_POLICY and self.policy is not None:
            return self.policy
        kinds = PREFERRED.get(property_id, ())
        clause = self.outline.clause(start)
        if self.policy is not None and self.is_policy_text and property_id not in _OF_MODELS:
            return self._named_before(clause, start) or self.policy
        return (
            self._modified(end, kinds, clause)
            or self._in_clause(clause, start, kinds)
            or self._earlier(start, kinds)
            or self._before_sentence(start, kinds)
            or self.main
        )

    def _named_before(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the model, product or firm that a clause of a policy text names before the figure."""
        named = [m for m in self.mentions.within(clause[0], start) if m.kind in {"model", "product"} and not self._is_compared(m)]
        return as_subject(named[-1]) if named else None

    def described(self, start: int, end: int, *, carried: bool = True) -> Subject | None:
        """Return the model that a word at start:end describes: the nearest of its clause, else, where carried, the one before."""
        clause = self.outline.clause(start)
        models = [m for m in self.mentions.within(*clause) if m.kind in {"model", "product", "dataset"}]
        nearest = _closest(models, start, end)
        if nearest is not None:
            return as_subject(nearest)
        if not carried:
            return None
        found = self._earlier(start, _MODEL) or self._following(clause, start) or self._before_sentence(start, _MODEL) or self.main
        return found if found is not None and found.kind in _STRONG else None

    def _following(self, clause: tuple[int, int], start: int) -> Subject | None:
        _, end = self.outline.sentence(start)
        return next((as_subject(m) for m in self.mentions.within(clause[1], end) if m.kind in _MODEL), None)

    def _modified(self, end: int, kinds: tuple[str, ...], clause: tuple[int, int]) -> Subject | None:
        """A figure that modifies a noun: 拥有1750亿参数的GPT-3, 150万参数的小型神经网络HOVER."""
        match = _ATTRIBUTE.match(self.text, end)
        if not match:
            return None
        following = self.mentions.within(match.end(), min(clause[1], match.end() + 16))
        fitting = [m for m in following if m.kind in kinds or (not kinds and m.kind == "model")]
        near = fitting and fitting[0].start - match.end() <= (2 if match[0].strip() else 0)
        return as_subject(fitting[0]) if near else None

    def _in_clause(self, clause: tuple[int, int], head: int, kinds: tuple[str, ...]) -> Subject | None:
        if kinds:
            mentions = [m for m in self.mentions.within(clause[0], head) if not self._is_compared(m)]
            best = self._best([m for m in mentions if m.kind in kinds], kinds)
            if best is not None:
                return as_subject(best)
        return self._spoken_of(clause, head, kinds)

    def _spoken_of(self, clause: tuple[int, int], head: int, kinds: tuple[str, ...]) -> Subject | None:
        """Return the topic of a clause itself, its pronoun resolved; None where it goes on with an earlier one."""
        found = topic(self.text, self.mentions, clause[0], head)
        if found is None:
            return None
        if found.pronoun is not None:
            wanted = PRONOUN_KINDS[found.pronoun] or kinds
            return self._earlier(clause[0], wanted, names_only=True) or self._before_sentence(clause[0], wanted)
        if found.mention is not None:
            return as_subject(found.mention)
        name = re.sub(r"\s+", " ", self.text[found.start : found.end])
        if not self._is_told_of(found, clause, head):
            return None
        return Subject(name, "topic", None, found.start, found.end)

    def _is_told_of(self, found: Topic, clause: tuple[int, int], head: int) -> bool:
        """Tell whether a bare noun phrase is what its clause is about, and no by-word of it."""
        MODE = __import__("os").environ.get("MODE", "0")
        if MODE == "0": return True
        if MODE == "1": return found.measured
        if MODE == "2": return found.measured or found.end - found.start >= 5
        if MODE == "3": return found.measured or found.end - found.start >= 4 and found.start-clause[0]<=3
        return False

    def _best(self, mentions: list[Mention], kinds: tuple[str, ...]) -> Mention | None:
        if not mentions:
            return None
        first_kind = min(kinds.index(m.kind) for m in mentions)
        return [m for m in mentions if m.kind == kinds[first_kind]][-1]

    def _is_compared(self, mention: Mention) -> bool:
        return _COMPARED.search(self.text, max(0, mention.start - 8), mention.start) is not None

    def _earlier(self, at: int, kinds: tuple[str, ...], *, names_only: bool = False) -> Subject | None:
        """The topic of the sentence's earlier clauses: the nearest that fits."""
        fallback = None
        for start, end in self.outline.clauses_before(at):
            if kinds:
                mentions = [m for m in self.mentions.within(start, end) if m.kind in kinds and not self._is_compared(m)]
                if mentions:
                    best = mentions[0] if names_only else self._best(mentions, kinds)
                    return as_subject(best) if best else None
            spoken = self._clause_topic(start, end)
            if spoken is not None and fallback is None and not names_only:
                fallback = spoken
            if spoken is not None and names_only and spoken.kind in _STRONG and not kinds:
                return spoken
            if fallback is not None and not kinds:
                return fallback
        return fallback

    def _clause_topic(self, start: int, end: int) -> Subject | None:
        if start not in self._clauses:
            self._clauses[start] = self._spoken_of((start, end), end, ())
        return self._clauses[start]

    def _before_sentence(self, at: int, kinds: tuple[str, ...]) -> Subject | None:
        """The topic of the sentences before, nearest first."""
        begin, _ = self.outline.sentence(at)
        memo = (begin, kinds)
        if memo not in self._topics:
            self._topics[memo] = self._search_before(begin, kinds)
        return self._topics[memo]

    def _search_before(self, begin: int, kinds: tuple[str, ...]) -> Subject | None:
        for _ in range(6):
            if begin <= 0:
                break
            begin, end = self.outline.sentence(begin - 1)
            mentions = [m for m in self.mentions.within(begin, end) if (m.kind in kinds if kinds else m.kind in _STRONG) and not self._is_compared(m)]
            if mentions:
                return as_subject(min(mentions, key=lambda m: kinds.index(m.kind)) if kinds else mentions[0])
        return None


def as_subject(mention: Mention) -> Subject:
    """Return a mention as a subject."""
    return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)


def _closest(mentions: list[Mention], start: int, end: int) -> Mention | None:
    def distance(mention: Mention) -> int:
        return mention.start - end if mention.start >= end else start - mention.end

    return min(mentions, key=distance, default=None)
