"""Arms: what organization another is a part of, by a clause's words or by its own whole name."""

import re
from collections.abc import Iterator
from itertools import pairwise

from etl.reader.mentions import Mention, Name
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_MARKS = r"[ \n*_“”「」`]*"
_UNDER = re.compile(
    rf"{_MARKS}(?:的)?(?:下属|所属|直属|下设|内设|下辖)(?:的|了)?(?:[\u3400-\u9fff]{{0,8}}?(?:机构|部门|单位|公司))?{_MARKS}"
    rf"|{_MARKS}(?:与|和|及)?其?(?:的)?[\u3400-\u9fffA-Za-z ]{{1,10}}?(?:部门|事业部|事业群|业务部|分支机构|附属机构|执行机构){_MARKS}"
)
# The rest of a name behind its whole's: 青山大学 | 计算机学院.
_UNIT = re.compile(
    r"(?:[\u3400-\u9fffA-Za-z与和 ]{0,20}(?:学院|研究院|研究所|研究中心|实验室|工程院|中心|事业部|事业群|委员会|办公室|工作室|团队|部门|分校|分院|分公司|[与和\u3400-\u9fff]{2}局)|[ ]?(?:AI[ ]?)?Labs?|[ ]Research)"
)
_LONGEST = 12


class ArmReader:
    """Reads what the organizations of one document are parts of."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the parts of organizations that a range names."""
        named = self.parties.mentions.within(start, end)
        for one, other in pairwise([m for m in named if m.kind == "organization"]):
            if _UNDER.fullmatch(self.text, self.parties.end(one), other.start):
                yield tie("part_of_organization", other, one)
        for mention in named:
            whole = self._whole(mention) if mention.kind == "organization" and mention.entity_id is None else None
            if whole is not None:
                body = Mention(
                    mention.start, mention.start + len(whole.text), "organization", whole.canonical, whole.entity_id
                )
                yield tie("part_of_organization", mention, body)

    def _whole(self, mention: Mention) -> Name | None:
        """Return the known organization whose name begins a longer one that goes on with a unit."""
        bodies = self.parties.every.bodies
        printed = self.text[mention.start : mention.end]
        for length in range(min(_LONGEST, len(printed) - 2), 1, -1):
            known = bodies.get(printed[:length])
            if known is not None and known.canonical != mention.name:
                return known if _UNIT.fullmatch(printed, length) else None
        return None
