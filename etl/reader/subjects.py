"""What a figure or an event is about: its clause's topic, else the one that the text was speaking of."""

import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Final

from etl.reader.candidates import (
    Candidate,
    Document,
    Earlier,
    Place,
    Subject,
    SubjectRanker,
    as_subject,
    bare,
    candidates,
)
from etl.reader.clauses import Outline
from etl.reader.mentions import Mention, Mentions
from etl.reader.nouns import PRONOUN_KINDS, STRONG, owns
from etl.reader.outright import NAMED, Outright
from etl.reader.subject_words import COMPARED, MODEL, OF_POLICY, SOFT, adjoins, preferred

__all__ = ["Subject", "SubjectFinder", "as_subject"]

_OF_MODELS: Final = frozenset(
    {"parameters", "parameters_active", "training_data", "context_length", "training_compute"}
)
_RELATIVE: Final = frozenset({"share", "growth", "ratio", "price", "cost"})
_STANDING: Final = frozenset({"market_size", "compute", "revenue"})
_COUNTS: Final = frozenset({"count", "models_count", "organizations_count"})
_SCORES: Final = frozenset({"score", "accuracy", "share", "growth", "ratio", "error_rate"})
_ATTRIBUTE: Final = re.compile(
    r"[^，。；：、！？\n（）()]{0,6}?(?:参数|參數|级别?|规模|窗口|上下文|token)[^，。；：、！？（）()]{0,18}?(?:模型|网络|MoE|版本|架构)?[ \n]?[“\"「《*]*|[ \n]?的[^，。；：、！？（）()]{0,14}?(?:模型|产品|应用|助手)[ \n]?[“\"「《*]*"
)


_FIRM_PRONOUN: Final = re.compile(
    r"(?:该|这家|本|母)?公司(?=[A-Z的年月总净收营估市现业股研员财\u4e00-\u9fff])(?!名|治理)"
)
_HEADING_LENGTH: Final = 60
_PARAGRAPH: Final = re.compile(r"\n[ \t\u3000]*\n\s*$")


_LOOSE_ATTRIBUTE: Final = re.compile(r"(?=[^，。]*(?:的|模型|级|版))[^，。；：、！？（）()\d]{0,22}[“\"「《*]*")
_COMPARAND: Final = re.compile(r"(?:是|为|相当于|约为|仅为|只有)[ \n]?$")


class SubjectFinder:
    """Finds subjects in one document; `plain` is its text in Simplified characters."""

    def __init__(
        self,
        outline: Outline,
        mentions: Mentions,
        mains: dict[str, Subject],
        policy: Subject | None,
        *,
        is_policy_text: bool,
        news_of: list[Subject] | None = None,
        ranker: SubjectRanker | None = None,
    ) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.mains = mains
        self.policy = policy
        self.is_policy_text = is_policy_text
        self.ranker = ranker
        counts = Counter([mention.name for mention in mentions.items])
        weights = {name: math.log1p(count) / 3 for name, count in counts.items()}
        self.document = Document(outline, mentions, mains, policy, is_policy_text, news_of or [], weights)
        self.outright = Outright(self.document)
        self.earlier: Earlier | None = None
        self._clauses: dict[int, Subject | None] = {}
        self._topics: dict[tuple[int, tuple[str, ...]], Subject | None] = {}

    def of(self, start: int, end: int, property_id: str, cue: tuple[int, int] | None = None) -> Subject | None:
        """Return what the value at start:end is about: the likeliest of what its text offers."""
        named = self.outright.of(start, end, property_id, self.earlier)
        if named is not None:
            return named
        ruled = self.by_rule(start, end, property_id)
        if self.ranker is None:
            return ruled
        best = self.ranker.best(self.offered(start, end, property_id, ruled))
        return None if best is None else self.outright.whole(best)

    def offered(self, start: int, end: int, property_id: str, ruled: Subject | None) -> list[Candidate]:
        """List what the value at start:end may be about."""
        likely = self.outright.likely(start, end, property_id, self.earlier)
        return candidates(self.document, Place(start, end, property_id, self.earlier), ruled, likely)

    def by_rule(self, start: int, end: int, property_id: str) -> Subject | None:
        """Return what the rules alone take the value at start:end to be about."""
        policy = self.document.policy_at(start)
        if property_id in OF_POLICY and policy is not None:
            return policy
        kinds = () if property_id in OF_POLICY else preferred(property_id)
        clause = self.outline.clause(start)
        if policy is not None and self.is_policy_text and property_id not in _OF_MODELS:
            return self._named_before(clause, start) or self._measured(clause, start, property_id) or policy
        near = self._adjacent(start, clause, property_id) or (
            self._modified(end, kinds, clause) if kinds == MODEL or not kinds else None
        )
        if near is not None:
            return near
        if kinds:
            return self._of_kind(clause, start, kinds) or self._main(kinds)
        return self._of_any(clause, start, end, property_id) or self._main(())

    def _of_any(self, clause: tuple[int, int], start: int, end: int, property_id: str) -> Subject | None:
        spoken = self._spoken_of(clause, start, ())
        if spoken is not None and not (spoken.kind == "benchmark" and property_id in _SCORES):
            return spoken
        counted = self._counted(end, clause) if property_id in _COUNTS else None
        return counted or self._earlier(start, ()) or self._before_sentence(start, ())

    def _of_kind(self, clause: tuple[int, int], start: int, kinds: tuple[str, ...]) -> Subject | None:
        """The nearest name of a fitting kind; a bare noun phrase only where its clause measures it."""
        mentions = [m for m in self.mentions.within(clause[0], start) if m.kind in kinds and not self._is_compared(m)]
        firm = [m for m in mentions if not SOFT.search(self.text, max(0, m.start - 4), m.start)]
        best = self._best(firm or mentions, kinds)
        if best is not None:
            return as_subject(best)
        found = self.document.topic(clause[0], start)
        if "organization" in kinds and (found is None or found.pronoun is None):
            pronoun = _FIRM_PRONOUN.search(self.text, clause[0], start)
            if pronoun is not None:
                return self._last(pronoun.start(), ("organization",)) or self._before_sentence(clause[0], kinds)
        spoken = self._spoken_of(clause, start, kinds)
        if (
            spoken is not None
            and found is not None
            and (found.pronoun is not None or found.mention is not None or found.measured)
        ):
            return spoken
        return (
            self._earlier(start, kinds, names_only=True)
            or self._earlier_measured(start)
            or self._before_sentence(start, kinds)
            or next((self.mains[kind] for kind in kinds[:1] if kind in self.mains), None)
            or spoken
        )

    def _main(self, kinds: tuple[str, ...]) -> Subject | None:
        """What the document is about, of a fitting kind where there is one."""
        return next((self.mains[kind] for kind in (*kinds, "") if kind in self.mains), None)

    def _earlier_measured(self, at: int) -> Subject | None:
        """What an earlier clause of the sentence measures: 生成式 AI 的产业营收，2023 年还不到 10 亿美元."""
        for start, end in self.outline.clauses_before(at):
            found = self.document.topic(start, end)
            if found is not None and found.measured:
                return self._clause_topic(start, end)
        return None

    def _measured(self, clause: tuple[int, int], start: int, property_id: str) -> Subject | None:
        """Return what a clause of a policy text measures, where it tells how things stand and sets no aim."""
        if property_id not in _STANDING:
            return None
        found = self.document.topic(clause[0], start)
        if found is None or not (found.measured or (found.mention is not None and found.mention.kind == "place")):
            return None
        if found.mention is not None:
            return as_subject(found.mention)
        return bare(self.text, found)

    def _named_before(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the model, product or firm that a clause of a policy text names before the figure."""
        named = [
            m
            for m in self.mentions.within(clause[0], start)
            if m.kind in {"model", "product"} and not self._is_compared(m)
        ]
        return as_subject(named[-1]) if named else None

    def described(
        self, start: int, end: int, fits: Callable[[Mention], bool], *, carried: bool = True
    ) -> Subject | None:
        """Return what a word at start:end describes: the nearest that fits of its clause, else, where carried, the one before."""
        clause = self.outline.clause(start)
        named = [
            m
            for m in self.mentions.within(*clause)
            if m.kind in NAMED and fits(m) and not COMPARED.search(self.text, max(clause[0], m.start - 8), m.start)
        ]
        nearest = _closest(named, start, end)
        if nearest is not None:
            return as_subject(nearest)
        if not carried:
            return None
        found = (
            self._earlier(start, MODEL)
            or self._following(clause, start)
            or self._before_sentence(start, MODEL)
            or self._main(("model", "product"))
        )
        return found if found is not None and found.kind in STRONG else None

    def _following(self, clause: tuple[int, int], start: int) -> Subject | None:
        _, end = self.outline.sentence(start)
        return next((as_subject(m) for m in self.mentions.within(clause[1], end) if m.kind in MODEL), None)

    def _adjacent(self, start: int, clause: tuple[int, int], property_id: str) -> Subject | None:
        """A name that the figure follows at once, or as its own: Claude Opus 4.6 的 80.8%."""
        before = [m for m in self.mentions.within(max(clause[0], start - 40), start) if m.kind in STRONG]
        if not before or not adjoins(self.text, before[-1].end, start):
            return None
        compared = property_id in _RELATIVE and _COMPARAND.search(
            self.text, max(0, before[-1].start - 6), before[-1].start
        )
        return None if compared else as_subject(before[-1])

    def _modified(self, end: int, kinds: tuple[str, ...], clause: tuple[int, int]) -> Subject | None:
        """A figure that modifies a noun: 拥有1750亿参数的GPT-3, 150万参数的小型神经网络HOVER."""
        wanted = kinds or ("model",)
        following = [m for m in self.mentions.within(end, min(clause[1], end + 40)) if m.kind in wanted]
        if not following:
            return None
        between = self.text[end : following[0].start]
        near = _ATTRIBUTE.fullmatch(between) or (kinds and _LOOSE_ATTRIBUTE.fullmatch(between))
        return as_subject(following[0]) if near else None

    def _counted(self, end: int, clause: tuple[int, int]) -> Subject | None:
        """What a count counts, where its clause begins with the figure: 8家大模型获批."""
        found = self.document.topic(end, min(clause[1], end + 24))
        if found is None or found.start - end > 3:
            return None
        if found.mention is not None:
            return as_subject(found.mention)
        return None if found.pronoun else bare(self.text, found)

    def _spoken_of(self, clause: tuple[int, int], head: int, kinds: tuple[str, ...]) -> Subject | None:
        """Return the topic of a clause itself, its pronoun resolved; None where it goes on with an earlier one."""
        found = self.document.topic(clause[0], head)
        if found is None:
            return None
        if found.pronoun is not None:
            wanted = PRONOUN_KINDS[found.pronoun] or kinds
            if found.pronoun != "any":
                return self._last(clause[0], wanted) or self._before_sentence(clause[0], wanted)
            return self._earlier(clause[0], wanted, names_only=True) or self._before_sentence(clause[0], wanted)
        if found.mention is not None:
            return as_subject(found.mention)
        return bare(self.text, found)

    def _last(self, at: int, kinds: tuple[str, ...]) -> Subject | None:
        """The name that was told last before a pronoun that says its kind: 该公司, 该模型."""
        begin, _ = self.outline.sentence(at)
        for start in (begin, self.outline.sentence(begin - 1)[0] if begin else 0):
            named = [m for m in self.mentions.within(start, at) if m.kind == kinds[0]]
            if named:
                return as_subject(named[-1])
        return None

    def _best(self, mentions: list[Mention], kinds: tuple[str, ...]) -> Mention | None:
        if not mentions:
            return None
        first_kind = min(kinds.index(m.kind) for m in mentions)
        return [m for m in mentions if m.kind == kinds[first_kind]][-1]

    def _is_compared(self, mention: Mention) -> bool:
        before = COMPARED.search(self.text, max(0, mention.start - 8), mention.start)
        return before is not None or owns(self.text, mention)

    def _earlier(self, at: int, kinds: tuple[str, ...], *, names_only: bool = False) -> Subject | None:
        """The topic of the sentence's earlier clauses: the nearest that fits."""
        fallback = None
        for start, end in self.outline.clauses_before(at):
            spoken = self._clause_topic(start, end)
            if kinds:
                if spoken is not None and spoken.kind == kinds[0]:
                    return spoken
                mentions = [m for m in self.mentions.within(start, end) if m.kind in kinds and not self._is_compared(m)]
                best = self._best(mentions, kinds)
                if best is not None:
                    return as_subject(best)
            if spoken is not None and fallback is None and not names_only:
                fallback = spoken
            if spoken is not None and names_only and spoken.kind in STRONG and not kinds:
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

    def _opens_paragraph(self, begin: int) -> bool:
        return _PARAGRAPH.search(self.text, max(0, begin - 4), begin) is not None

    def _is_heading(self, start: int, end: int) -> bool:
        """Tell whether a sentence is a heading: a short line of its own that no full stop ends."""
        line = self.text[start:end].strip(" \n\t\u3000*#")
        return 0 < len(line) <= _HEADING_LENGTH and line[-1] not in "。！？；：.:"

    def _search_before(self, begin: int, kinds: tuple[str, ...]) -> Subject | None:
        for _ in range(6):
            if begin <= 0:
                break
            opens = self._opens_paragraph(begin)
            begin, end = self.outline.sentence(begin - 1)
            if opens and not self._is_heading(begin, end):
                break
            mentions = [
                m
                for m in self.mentions.within(begin, end)
                if (m.kind in kinds if kinds else m.kind in STRONG) and not self._is_compared(m)
            ]
            if mentions:
                return as_subject(min(mentions, key=lambda m: kinds.index(m.kind)) if kinds else mentions[0])
        return None


def _closest(mentions: list[Mention], start: int, end: int) -> Mention | None:
    def distance(mention: Mention) -> int:
        return mention.start - end if mention.start >= end else start - mention.end

    return min(mentions, key=distance, default=None)
