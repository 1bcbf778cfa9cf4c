"""Who stands around a word: the names of its clause, those listed with them, and whom the text was speaking of."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import ahocorasick_rs

from etl.reader.clauses import Outline
from etl.reader.english_forms import is_person_form
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import sentence_before
from etl.reader.proposals import Proposal
from etl.reader.roles import acts

_REACH = 80
_BEFORE = 240
_SENTENCES = 2
_MAIN, _HEAD = 4, 300
_BRACKET = re.compile(r"[ \n*_”」]*[（(][^（）()。；\n]{0,36}\n?[^（）()。；\n]{0,36}[）)]+")
_BRACKET_START = frozenset(" \n*_”」（(")
_INSIDE_LATIN = re.compile(r"[ \n*_”」]*[（(][A-Za-z][^\u3400-\u9fff，,（）()]*(?=[，,）)])")
_MARKS = r"[ \n*_“”\"「」『』《》]*"
_AND = re.compile(
    rf"{_MARKS}(?:以及|、|和|与|及|跟|,|，|&|and)?{_MARKS}(?:[\u3400-\u9fff]{{0,8}}(?:公司|机构|巨头|企业|基金|集团|厂商|创企))?{_MARKS}"
)
# X（前Y）: a name in brackets behind a newer one of a letter or a word.
_JOINED = re.compile(rf"{_MARKS}(?:以及|、|和|与|及|跟|,|&|and){_MARKS}(?:[A-Z][A-Za-z]{{0,15}}[（(](?:前|原|即)?)?")
_ITEM = re.compile(r"(?m)^[ \t]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）][ \t]*(?=\S)")
_ITEM_REACH = 900
_VERSIONED = re.compile(r"\d")
# What may stand in a clause before its verb and names nobody else who acts.
LEAD = re.compile(
    r"(?:[他她它]们?|先是|首先|其中|后者|本人|该公司|公司|其|未来|接下来|此前|曾经?|并且?|还|也|又|后来|随后|之?后|此后|先后|随即|正式|已经?|将|会|即将|重新|再次|临时|一度|最终|现|目前|如今|正在|正|同时|更|便|就|而|则|于|在|自|从|因|为|了|"
    r"[\d年月日底初中末春夏秋冬半今去明前当同次上下周季度个 \n*_“”#>\-一二三四五六七八九十几多]|期间|毕业|回国|本科|宣布|选择|决定|同意|这家|这笔|这项|这一|本次|此次|新一?轮|本轮|融资|投资|通过|牵头|联合|共同|由|是|被|获|得到|（[^（）]{0,20}）)*"
)


class Triggers:
    """The words that tell something, each with what it tells; of "", longer words that hold one and tell nothing."""

    def __init__(self, told: Mapping[str, str]) -> None:
        self._kinds = list(told.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            list(told),
            matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
            implementation=ahocorasick_rs.Implementation.DFA,
        )

    def within(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        """Yield what each word of a range tells and its bounds, leftmost and longest."""
        for index, at, stop in self._automaton.find_matches_as_indexes(text[start:end]):
            kind = self._kinds[index]
            if kind:
                yield kind, start + at, start + stop

    def read_by(self, reader: Any, start: int, end: int) -> Iterator[Proposal]:
        """Yield what a reader's own methods make of the words of a range: a word that tells "sold" goes to `_sold`."""
        for kind, at, stop in self.within(reader.text, start, end):
            yield from getattr(reader, "_" + kind)(at, stop)


def is_person(mention: Mention) -> bool:
    """Tell whether a name is a person's, or an unknown Latin one that may be: Ada Qin."""
    if mention.kind == "person":
        return True
    loose = mention.kind == "product" and mention.entity_id is None
    return loose and is_person_form(mention.name)


def is_firm(mention: Mention) -> bool:
    """Tell whether a name is an organization's, or an unknown Latin one without a version that may be: NFDG."""
    if mention.kind == "organization":
        return True
    return (
        mention.kind == "product"
        and (mention.entity_id is None or mention.name[0] >= "\u3400")
        and not _VERSIONED.search(mention.name)
    )


# A text that tells what a firm has speaks of the firm.
_OWN = re.compile(r"[ \n*”]*(?:公司|集团)?的(?:估值|股价|市值|营收|收入|业绩|融资|总部|团队|业务|技术|投资者)")
_LISTED = re.compile(r"(?:——|、|及|包括|例如|比如|诸如)[ \n*“]*$")
_PARTED = re.compile(r"[ \n*]*(?:(?:于|在)[^，。与和]{2,10})?[ \n，]*(?:与|和|同|、|以及)[^，。；\n]{0,24}")


class Parties:
    """The persons and organizations of one document, as clauses have them."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self._tails: dict[int, int] = {}
        kept = []
        inside = 0
        for mention in mentions.items:
            if mention.start < inside:
                continue
            follower = self.text[mention.end : mention.end + 1]
            tail = _BRACKET.match(self.text, mention.end) if follower in _BRACKET_START else None
            self._tails[mention.start] = tail.end() if tail else mention.end
            alias = _INSIDE_LATIN.match(self.text, mention.end) if tail else None
            if alias:
                inside = alias.end()
            kept.append(mention)
        self.every = mentions
        self.mentions = Mentions(kept, [mention.start for mention in kept])

    @cached_property
    def main_firm(self) -> Mention | None:
        """Return the organization that the text is about: the one that its head names and most of its sentences."""
        named = [m for m in self.mentions.items if m.kind == "organization"]
        counts = Counter(m.name for m in named)
        for name, count in counts.most_common(1):
            first = next(m for m in named if m.name == name)
            if count >= _MAIN and count * 3 >= len(named) and first.start < _HEAD:
                return first
        return None

    def end(self, mention: Mention) -> int:
        """Return where a name ends, its other form in brackets included: 格林（Grin）."""
        return self._tails.get(mention.start, mention.end)

    def firms(self, start: int, end: int, *, loose: bool = True) -> list[Mention]:
        """List the organizations of a range; `loose` takes unknown Latin names for such."""
        found = self.mentions.within(start, end)
        return [m for m in found if (is_firm(m) if loose else m.kind == "organization")]

    def persons(self, start: int, end: int, *, loose: bool = True) -> list[Mention]:
        """List the persons of a range; `loose` takes unknown Latin names of two words for such."""
        found = self.mentions.within(start, end)
        return [m for m in found if (is_person(m) if loose else m.kind == "person")]

    def clause(self, at: int, reach: int = _REACH) -> tuple[int, int]:
        """Return the bounds of a position's clause, no further away than `reach`."""
        begin, end = self.outline.clause(at)
        return max(begin, at - reach), min(end, at + reach)

    def group_before(self, mentions: list[Mention], *, bare: bool = False) -> list[Mention]:
        """Return the last name and those listed before it; `bare` takes names without a mark between them too."""
        group = mentions[-1:]
        for mention in reversed(mentions[:-1]):
            between = self.text[self.end(mention) : group[0].start]
            if not (_JOINED.fullmatch(between) or (bare and not between.strip(" \n*"))):
                break
            group.insert(0, mention)
        return group

    def group_after(self, mentions: list[Mention], joined: re.Pattern[str] = _AND) -> list[Mention]:
        """Return the first name and those listed after it, what each is between them; `joined` is what may stand there."""
        group = mentions[:1]
        for mention in mentions[1:]:
            between = self.text[self.end(group[-1]) : mention.start]
            if len(between) > 24 or not between.strip(" \n*") or not joined.fullmatch(between):
                break
            group.append(mention)
        return group

    def with_others(self, mentions: list[Mention], group: list[Mention]) -> list[Mention]:
        """Return a group with the name before it whom only a title or a date parts from it: 甲与前X总裁乙."""
        before = [m for m in mentions if m.end <= group[0].start][-1:]
        if before and _PARTED.fullmatch(self.text, self.end(before[0]), group[0].start):
            return [*before, *group]
        return group

    def leads(self, begin: int, at: int) -> bool:
        """Tell whether a clause names nobody before a position: its deed is of whom the text was speaking of."""
        return LEAD.fullmatch(self.text, begin, at) is not None

    def firm_spoken_of(self, at: int, *, last: bool = False) -> Mention | None:
        """Return the organization that the text was speaking of; `last` the one named last: 该公司."""
        return self._spoken_of(at, "organization", last=last)

    def firm_of_item(self, at: int) -> Mention | None:
        """Return the firm that the numbered item of a position is about: the last that its first sentence names."""
        items = list(_ITEM.finditer(self.text, max(0, at - _ITEM_REACH), at))
        if not items:
            return None
        begin, end = self.outline.sentence(items[-1].end())
        named = [m for m in self.mentions.within(begin, min(end, at)) if m.kind == "organization"]
        return named[-1] if named else None

    def person_spoken_of(self, at: int, *, last: bool = False) -> Mention | None:
        """Return the person whom the text was speaking of: 他, or a clause without a subject; `last`: 后者."""
        return self._spoken_of(at, "person", last=last)

    def _spoken_of(self, at: int, kind: str, *, last: bool) -> Mention | None:
        for begin, end in self._back(at):
            named = [m for m in self.mentions.within(begin, end) if m.kind == kind]
            if last and named:
                return named[-1]
            named = [m for m in named if acts(self.text, m) and not self._is_listed(m)]
            if named:
                return named[0]
            owners = [m for m in self.mentions.within(begin, end) if m.kind == kind and _OWN.match(self.text, m.end)]
            if owners:
                return owners[0]
        return None

    def _is_listed(self, mention: Mention) -> bool:
        """Tell whether a name only stands in a list or behind a dash, and is not what a sentence speaks of."""
        return _LISTED.search(self.text, max(0, mention.start - 6), mention.start) is not None

    def _back(self, at: int) -> Iterator[tuple[int, int]]:
        """Yield the sentence of a position up to it, then those before it."""
        begin, _ = self.outline.sentence(at)
        yield max(begin, at - _BEFORE), at
        for _ in range(_SENTENCES):
            before = sentence_before(self.outline, begin)
            if before is None:
                return
            begin, end = before
            yield max(begin, end - _BEFORE), end
