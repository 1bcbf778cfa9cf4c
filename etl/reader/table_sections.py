"""Sections that tables stand in: whose models a heading says that the table below it lists."""

import re

from etl.reader.mentions import Mention, Mentions

_HEADING = re.compile(r"(?m)^[ \t]{0,3}#{1,6}[ \t]+(?P<title>[^\n]{2,60})$")
# What a heading may say beside the names: numbers, marks, and that models follow.
_BESIDE = re.compile(
    r"[\s\d.、，,/：:()（）*`&|~-]|[一二三四五六七八九十]、|系列|家族|旗下|公司|集团|大?模型|列表|一览|models?|series|family|AI",
    re.I,
)
_REACH = 1500
_KINDS = frozenset({"organization", "model", "product"})


def headed_maker(text: str, mentions: Mentions, at: int) -> Mention | None:
    """Return the firm that the nearest heading above a table names, beside its models at most."""
    headings = list(_HEADING.finditer(text, max(0, at - _REACH), at))
    if not headings:
        return None
    start, end = headings[-1].span("title")
    named = mentions.within(start, end)
    firms = [mention for mention in named if mention.kind == "organization"]
    if len({firm.name for firm in firms}) != 1 or any(mention.kind not in _KINDS for mention in named):
        return None
    rest, at = [], start
    for mention in named:
        rest.append(text[at : mention.start])
        at = max(at, mention.end)
    return None if _BESIDE.sub("", "".join([*rest, text[at:end]])) else firms[0]
