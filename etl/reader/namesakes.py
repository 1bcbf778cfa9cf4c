"""Namesakes: things that bear the name of their maker: 青鸟X100 of 青鸟."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_MADE = frozenset({"model", "product"})
_NUMBERED = re.compile(r"[A-Z]{1,4}\d{2,4}")
# What goes on from a firm's name in its thing's: a word of its own.
_OWN_NAME = re.compile(
    r"[ \n](?!Cloud|Capital|Ventures?|Labs?|Research|AI$)[A-Za-z\d]|(?<=[\u3400-\u9fff])[A-Za-z]{1,2}\d"
)
_LONGEST_FIRM = 16


def namesakes(parties: Parties, items: list[Mention]) -> Iterator[Proposal]:
    """Yield the makers that things have by their names, where the text names them elsewhere."""
    text = parties.text
    firms = {text[m.start : m.end]: m for m in parties.mentions.items if m.kind == "organization"}
    sizes = sorted({len(firm) for firm in firms if 1 < len(firm) <= _LONGEST_FIRM}, reverse=True)
    seen: set[str] = set()
    for thing in items:
        printed = text[thing.start : thing.end]
        if printed in seen or not (thing.kind in _MADE or _NUMBERED.match(thing.name)):
            continue
        seen.add(printed)
        for size in sizes:
            firm = firms.get(printed[:size])
            if firm is not None and _OWN_NAME.match(printed, size) and thing.kind != "organization":
                yield tie("developer", thing, firm, place=thing._replace(end=thing.start + size))
                break
