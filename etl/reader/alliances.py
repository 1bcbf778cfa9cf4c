"""Alliances: who works with whom, from the noun of working together, where no reader of verbs has told it."""

import re
from collections.abc import Collection, Iterator
from itertools import product

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.ties import standing, tie

_JOINT, _SIGNED, _BOUND = "joint", "signed", "bond"
_TRIGGERS = Triggers(
    {
        **dict.fromkeys(("合作伙伴关系", "合作关系", "伙伴关系", "联盟", "合作"), _JOINT),
        **dict.fromkeys(("亲密无间", "紧密关系", "亲密关系", "密切关系", "紧密合作"), "bond"),
        **dict.fromkeys(("意向书", "备忘录", "协议", "合同"), _SIGNED),
        **dict.fromkeys(("合作社", "合作者", "合作方", "合作伙伴"), ""),
    }
)
_MARKS = r"[ \n*_“「`]*"
_KIND = r"(?:[\u3400-\u9fffA-Z]{1,10}?(?:公司|企业|巨头|厂商|机构|平台|运营商|制造商|提供商|集团|初创))?"
_WITH = re.compile(rf"(?:与|和|同|跟|携手|联手|联合){_MARKS}(?:包括)?{_KIND}{_MARKS}$")
# What stands between the other side and the word of working together, and tells that they do.
_BOND = re.compile(
    r"(?!(?:[^，。；\n]*(?:竞争|诉讼|纠纷|无关|结束|终止|破裂|解除|不|未|拒绝|反对|之间没有)))[^，。；：\n]{0,30}"
)
_SIGNING = re.compile(r"签|达成|订立|敲定")
_SIDE = re.compile(r"(?!.*(?:据|报道|援引|收购|投资|起诉|竞争|报告))[^，。；：！？\n与]{0,24}")
_EACH = re.compile(r"(?:两家|双方|两大|三家|这[两三]家)[^，。；\n]{0,12}$")
_PAIR = re.compile(r"[ \n*”]*(?:和|与|同|跟)[ \n*“]*")
_OF_BOTH = re.compile(r"[ \n*”]*(?:之间|双方)?(?:的|[ \n])*")
_REACH, _NEAR, _EITHER = 80, 28, 2


class AllianceReader:
    """Reads partners from what they share: 云帆近日宣布与青梧建立合作伙伴关系."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int, told: Collection[frozenset[str]]) -> Iterator[Proposal]:
        """Yield the partners of a range, but for the pairs that are `told`."""
        for kind, at, _ in _TRIGGERS.within(self.text, start, end):
            assertion = standing(self.text, at)
            if assertion is None:
                continue
            for one, other in self._sides(at, kind):
                if one.name != other.name and frozenset({one.name, other.name}) not in told:
                    yield tie("partner", one, other, assertion)

    def _sides(self, at: int, kind: str) -> Iterator[tuple[Mention, Mention]]:
        """Yield each side with each other one, where what stands between them and the noun tells that they share it."""
        begin, _ = self.parties.clause(at, _REACH)
        firms = self.parties.firms(begin, at)
        if kind == _BOUND:
            yield from self._bound([m for m in firms if m.kind == "organization"], at)
            return
        if _EACH.search(self.text, begin, at):
            yield from self._both(begin, at)
            return
        for index in range(len(firms) - 1, -1, -1):
            other = firms[index]
            with_ = _WITH.search(self.text, max(begin, other.start - _NEAR), other.start)
            if with_ is None:
                continue
            if index and self._is_listed(begin, firms[index - 1], with_.start()):
                continue
            others = self.parties.group_after(firms[index:])
            bond = self.text[self.parties.end(others[-1]) : at]
            if not _BOND.fullmatch(bond) or (kind == _SIGNED and not _SIGNING.search(bond)):
                return
            yield from product(self._before(begin, with_.start(), firms[:index]), others)
            return

    def _bound(self, firms: list[Mention], at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield the two firms whose bond a noun tells, named right before it: 甲与乙之间的紧密关系."""
        if len(firms) < _EITHER:
            return
        one, other = firms[-_EITHER:]
        paired = _PAIR.fullmatch(self.text, self.parties.end(one), other.start)
        if paired and _OF_BOTH.fullmatch(self.text, self.parties.end(other), at):
            yield one, other

    def _is_listed(self, begin: int, earlier: Mention, at: int) -> bool:
        """Tell whether a side goes on with the one before it, with whom somebody works: 与甲和乙."""
        beside = not self.text[self.parties.end(earlier) : at].strip(" \n*")
        return beside and _WITH.search(self.text, max(begin, earlier.start - _NEAR), earlier.start) is not None

    def _before(self, begin: int, at: int, firms: list[Mention]) -> list[Mention]:
        """List who works with the other side: named before it in the clause, else acting in the one before."""
        if firms:
            group = self.parties.group_before(firms)
            near = _SIDE.fullmatch(self.text, self.parties.end(group[-1]), at)
            return group if near else []
        sentence, _ = self.parties.outline.sentence(begin)
        before = [
            m for m in self.parties.firms(max(sentence, begin - _REACH), begin, loose=False) if acts(self.text, m)
        ]
        return before[:1] if self.parties.leads(begin, at) else []

    def _both(self, begin: int, at: int) -> Iterator[tuple[Mention, Mention]]:
        """Yield the two firms that a sentence has named, where it says of both what they share."""
        sentence, _ = self.parties.outline.sentence(at)
        named = {m.name: m for m in self.parties.firms(max(sentence, at - _REACH), at, loose=False)}
        if len(named) == _EITHER:
            one, other = named.values()
            yield one, other
