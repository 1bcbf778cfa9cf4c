"""Known makers: whose a well-known thing is, where a text names the two near each other and need not say it."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from db.names import fold
from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie
from etl.strict_yaml import load

METHOD = "rule:known_makers@1"
_REACH = 240
_PART = re.compile(r"[A-Za-z]+|\d+(?:\.\d+)*|[\u3400-\u9fff]+")
# What may follow a family's name and names a version of it: GPT-4 Turbo, 文心大模型4.0.
_VERSION = re.compile(
    r"[A-Za-z]?|\d[\d.]*|(?i:pro|plus|max|turbo|mini|flash|lite|ultra|nano|opus|sonnet|haiku|instant|large|medium|small|base|chat|instruct"
    r"|thinking|preview|vision|audio|video|image|realtime|coder|code|math|omni|moe|air|next|heavy|fast|edition|vl|exp|beta|lora|xl)"
    r"|大模型|模型|系列|版|版本|智能|标准版|专业版|旗舰版|企业版|认知大模型"
)

Known = Mapping[str, frozenset[str]]


@lru_cache(maxsize=4)
def known_makers(path: Path) -> Known:
    """Read whose things are: by each thing's folded name those of its makers; nothing where there is no file."""
    if not path.exists():
        return {}
    groups = load(path.read_text(encoding="utf-8"))["makers"]
    return {fold(thing): frozenset(map(fold, group["makers"])) for group in groups for thing in group["things"]}


def makers_of(known: Known, name: str) -> frozenset[str]:
    """Return the folded names of a thing's makers: those of its own name, else of the family whose version it is."""
    found = known.get(fold(name))
    if found is not None:
        return found
    parts = list(_PART.finditer(name))
    for count in range(len(parts) - 1, 0, -1):
        if _VERSION.fullmatch(parts[count][0]) is None:
            return frozenset()
        found = known.get(fold(name[: parts[count - 1].end()]))
        if found is not None:
            return found
    return frozenset()


def known_ties(parties: Parties, things: Iterable[Mention], known: Known) -> Iterator[Proposal]:
    """Yield the makers of well-known things, each where the two stand nearest in the text."""
    nearest: dict[str, tuple[int, Mention, Mention]] = {}
    firms = [m for m in parties.every.items if m.kind == "organization"] if known else []
    starts = [m.start for m in firms]
    for thing in things if firms else ():
        makers = makers_of(known, thing.name)
        if not makers:
            continue
        around = firms[bisect_left(starts, thing.start - _REACH) : bisect_left(starts, thing.end + _REACH)]
        for firm in around:
            if fold(firm.name) in makers:
                apart = max(firm.start - thing.end, thing.start - firm.end)
                if thing.name not in nearest or apart < nearest[thing.name][0]:
                    nearest[thing.name] = (apart, thing, firm)
    for _, thing, firm in nearest.values():
        yield tie("developer", thing, firm, method=METHOD)
