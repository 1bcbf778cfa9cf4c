"""Namesakes: things that bear the name of their maker: 青鸟X100 of 青鸟, Yunfan-V3 of Yunfan."""

import re
from collections.abc import Iterator
from typing import Final

from etl.reader.makers import is_made
from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_NUMBERED: Final = re.compile(r"[A-Z]{1,4}\d{2,4}")
# What goes on from a firm's name in its thing's: a word of its own, or a version.
_OWN_NAME: Final = re.compile(
    r"[ \n](?!Cloud|Capital|Ventures?|Labs?|Research|AI$)[A-Za-z\d]|-[A-Z\d]|(?<=[\u3400-\u9fff])[A-Za-z\d\u3400-\u9fff]"
)
_LONGEST_FIRM: Final = 16


def namesakes(parties: Parties, items: list[Mention]) -> Iterator[Proposal]:
    """Yield the makers that things have by their names: firms that the text names elsewhere, or that are known."""
    text = parties.text
    named = {text[m.start : m.end]: m for m in parties.mentions.items if m.kind == "organization"}
    seen: set[str] = set()
    for thing in items:
        printed = text[thing.start : thing.end]
        if printed in seen or thing.kind == "organization":
            continue
        seen.add(printed)
        if is_made(text, thing) or _NUMBERED.match(thing.name):
            firm = _firm(printed, thing, named, parties)
            if firm is not None and firm.name != thing.name:
                yield tie("developer", thing, firm, place=thing)


def _firm(printed: str, thing: Mention, named: dict[str, Mention], parties: Parties) -> Mention | None:
    """Return the firm of the longest name that begins a thing's."""
    for size in range(min(len(printed) - 1, _LONGEST_FIRM), 1, -1):
        if not _OWN_NAME.match(printed, size):
            continue
        firm = named.get(printed[:size])
        if firm is not None:
            return firm
        body = parties.every.bodies.get(printed[:size])
        if body is not None:
            return Mention(thing.start, thing.start + size, body.kind, body.canonical, body.entity_id)
    return None
