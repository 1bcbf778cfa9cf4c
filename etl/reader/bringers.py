"""Bringers: who made a thing that is named behind what it is, by whoever acts in the sentence: X运营着名为Y的服务."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.roles import acts
from etl.reader.ties import tie

_MARKS = r"[ \n*_“「《`]*"
_NAMED = re.compile(rf"(?:名为|名叫|叫做|叫作|叫|称为|命名为|取名为?|称之为){_MARKS}$")
_MAKES = re.compile(
    r"(?:运营|提供|推出|构建|开发|打造|建立|研发|发布|创建|设计|训练|上线|建造|研制|制作|做|有|拥有)(?:了|着|过|出)?(?!商|者|方|人)"
)
# Persons bring things out too, as researchers do: 甲与乙等研究人员推出模型X.
_BRING = re.compile(
    rf"[ \n*_”]*(?:等[\u3400-\u9fff]{{0,6}})?(?:[的、 ]?(?:团队|研究组|课题组))?(?:近日|日前|首次|共同|联合|正式|率先|[ \n])*(?:推出|提出|开发|发布|创建|研发|公布|介绍)了?[^，。；：\n]{{0,40}}?{_MARKS}"
)
_WITH = re.compile(r"[与和同跟对][ \n]?$")
_OTHER_THING = re.compile(r"基于|采用|使用|比|超|类似|对标|、")
# X的创造者甲, X作者甲.
_AUTHOR = re.compile(
    rf"[ \n*_”」》]*(?:的)?(?:主要|核心|联合|共同|首席)?(?:创建者|创造者|作者|开发者|发明人|缔造者|之父|创作者|构建者){_MARKS}"
)
_OWN = re.compile(
    rf"[ \n*_”」]*(?:公司|集团)?(?:独创|独有|独家研发|自主研发|首创|发明|自有)的{_MARKS}(?:[\u3400-\u9fff]{{0,8}})?{_MARKS}"
)
_REACH, _BACK, _NEXT = 70, 90, 4


class BringerReader:
    """Reads the makers of things that no reader of makers has told."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, things: list[Mention]) -> Iterator[Proposal]:
        """Yield the makers of things, each by the first place that tells it."""
        for thing in things:
            yield from self._named(thing) or self._brought(thing) or self._authored(thing) or self._owned(thing)

    def _named(self, thing: Mention) -> list[Proposal]:
        """X提供了名为Y的服务."""
        called = _NAMED.search(self.text, max(0, thing.start - 12), thing.start)
        if called is None:
            return []
        begin, _ = self.parties.outline.sentence(thing.start)
        begin = max(begin, thing.start - _BACK)
        named = [
            m
            for m in self.parties.mentions.within(begin, called.start())
            if is_firm(m) and acts(self.text, m) and not self._is_with(m)
        ]
        if not named:
            return []
        makes = list(_MAKES.finditer(self.text, self.parties.end(named[-1]), called.start()))
        if not makes or "、" in self.text[makes[-1].end() : called.start()]:
            return []
        return [tie("developer", thing, named[-1])]

    def _is_with(self, firm: Mention) -> bool:
        """Tell whether a firm is only whom another works or competes with: 与甲竞争."""
        return _WITH.search(self.text, max(0, firm.start - 3), firm.start) is not None

    def _brought(self, thing: Mention) -> list[Proposal]:
        """甲与乙等研究人员推出模型X."""
        begin, _ = self.parties.clause(thing.start, _REACH)
        persons = self.parties.persons(begin, thing.start, loose=False)
        named = self.parties.mentions.within(begin, thing.start)
        if not persons or any(m.kind == "organization" for m in named):
            return []
        group = self.parties.group_before(persons)
        gap = self.text[self.parties.end(group[-1]) : thing.start]
        if not _BRING.fullmatch(gap) or _OTHER_THING.search(gap):
            return []
        return [tie("developer", thing, person) for person in group]

    def _authored(self, thing: Mention) -> list[Proposal]:
        """X的作者甲."""
        author = _AUTHOR.match(self.text, thing.end)
        if author is None:
            return []
        behind = self.parties.persons(author.end(), author.end() + _NEXT)
        return [tie("developer", thing, person) for person in behind[:1] if person.start == author.end()]

    def _owned(self, thing: Mention) -> list[Proposal]:
        """甲独创的X."""
        begin, _ = self.parties.clause(thing.start, _REACH)
        firms = self.parties.firms(begin, thing.start, loose=False)
        if firms and _OWN.fullmatch(self.text, self.parties.end(firms[-1]), thing.start):
            return [tie("developer", thing, firms[-1])]
        return []
