"""Givers: who puts money into a firm, as a list of its backers names them."""

import re

from etl.reader.mentions import Mention
from etl.reader.offices import TITLE
from etl.reader.parties import Parties

GIVERS = frozenset({"organization", "product", "person"})
_MARKS = r"[ \n*_“「《”]*"
_BESIDES = re.compile(rf"除(?:了)?{_MARKS}")
_NEXT_GIVER = re.compile(
    rf"{_MARKS}(?:以及|、|和|与|及|跟|,|，|&|and){{1,2}}{_MARKS}(?:[\u3400-\u9fff]{{0,8}}(?:公司|机构|巨头|企业|基金|集团|厂商|创企|投资方|投资者|投资人|股东))?(?:前|原)?{_MARKS}"
)
# 既有甲、乙等互联网企业，也有丙、丁: the list goes on.
_ALSO = re.compile(r"[ \n*”」]*等?[^，。；、\n]{0,14}，[ \n]?(?:也|还|又|更)(?:有|包括了?|不乏)[ \n*“「]*")
_TITLED = re.compile(rf"[ \n*_]*(?:公司|集团)?(?:的)?{TITLE}[ \n*_“]*", re.I)
_CLAUSE = 80


def listed_before(parties: Parties, named: list[Mention], group: list[Mention]) -> list[Mention]:
    """Return a group of givers with those before it, whatever each is called: 甲、乙以及现有投资方丙."""
    before = [mention for mention in named if mention.end <= group[0].start]
    while before:
        if _NEXT_GIVER.fullmatch(parties.text, parties.end(before[-1]), group[0].start):
            group = [before.pop(), *group]
        elif (
            len(before) > 1
            and group[0].kind == "person"
            and _TITLED.fullmatch(parties.text, parties.end(before[-1]), group[0].start)
            and _NEXT_GIVER.fullmatch(parties.text, parties.end(before[-2]), before[-1].start)
        ):
            # 甲、X总裁乙: X only tells whose officer 乙 is.
            before.pop()
            group = [before.pop(), *group]
        else:
            break
    return group


def besides(parties: Parties, begin: int) -> list[Mention]:
    """Return the givers of the clause before that are named besides: 除了甲，X的投资者包括."""
    before, _ = parties.clause(max(0, begin - 1), _CLAUSE)
    lead = _BESIDES.search(parties.text, before, begin)
    named = [m for m in parties.mentions.within(lead.end(), begin) if m.kind in GIVERS] if lead else []
    return parties.group_after(named) if named and lead and named[0].start == lead.end() else []


def listed_givers(parties: Parties, givers: list[Mention]) -> list[Mention]:
    """Return the givers of a list; a firm before a title and a name is only the person's: X创始人甲."""
    found: list[Mention] = []
    index, end = 0, givers[0].start
    while index < len(givers) and (not found or _goes_on(parties.text, end, givers[index].start)):
        index = _titled(parties, givers, index)
        found.append(givers[index])
        end = parties.end(givers[index])
        index += 1
    return found


def _goes_on(text: str, end: int, start: int) -> bool:
    return bool(_NEXT_GIVER.fullmatch(text, end, start) or _ALSO.fullmatch(text, end, start))


def _titled(parties: Parties, givers: list[Mention], index: int) -> int:
    """Return the place of the person whose title a firm of a list begins, else the firm's own."""
    former = parties.text[givers[index].start - 1] in "前原"
    for at in range(index, min(index + 3, len(givers) - 1)):
        one, other = givers[at : at + 2]
        if one.kind != "organization":
            break
        if other.kind == "person" and _TITLED.fullmatch(parties.text, parties.end(one), other.start):
            return at + 1
        if not former or other.kind != "organization" or len(parties.group_before([one, other])) == 1:
            break
    return index
