"""Programmes: instruments whose titles do not end as instruments do, told by who brings them out or beside what they stand."""

import re
from collections.abc import Iterator

from etl.reader.authorities import authority_acts
from etl.reader.clauses import Outline
from etl.reader.instruments import LISTED, Named, headings, is_paper, is_policy, spelled
from etl.reader.mentions import Mentions, clean
from etl.reader.names import titles

_KIND = r"(?:战略|计划|路线图|规划|政策|法案|条例|指南|(?:政策|指导性?|指导|规范性?|纲领性)文件|倡议|方案|框架|法规|手册|准则)"
_KIND_BEFORE = re.compile(rf"(?<!计划的){_KIND}[ \n*]*(?:——|—|：|:)?[ \n*]*[《〈]$")
_KIND_BEHIND = re.compile(rf"[ \n*]*[（(][^（）()\n]{{0,30}}{_KIND}[）)]")
_ACTED = re.compile(
    r"(?P<verb>通过|出台|颁布|施行|宣布|印发|公布|发布|制定|签署)了?(?:一[项份部])?(?:名为|题为|新的?)?[ \n*]*[《〈]$"
)
# What stands in quotation marks is a programme where it ends as one and a government brings it out.
_QUOTED = re.compile(
    r"(?P<verb>推出|启动|发布|公布|实施|提出|出台|制定|宣布|通过)了?[^，。；“”「」《》\n]{0,14}[“「]"
    r"(?P<title>[\u3400-\u9fffA-Za-z\d+ ：:·\-]{4,40}?(?:计划|战略|倡议|行动|框架|法案|路线图|Strategy|Initiative|Plan|Act|Program(?:me)?))[”」]"
)
# A campaign in marks: 部署开展“X”专项行动, 实施“X”创新发展行动计划.
_CAMPAIGN = re.compile(
    r"(?P<verb>部署|开展|启动|实施|推进|组织|制定|出台|印发)(?:了|好|开展|实施)*[^，。；“”「」《》\n]{0,12}[“「]"
    r"(?P<title>[\u3400-\u9fffA-Za-z\d+·：\-]{5,30})[”」](?:系列)?(?:[\u3400-\u9fff]{0,4}?行动计划|(?:网络|执法|整治|治理)?专项(?:整治|治理)?行动)"
)
_LEAD, _COMPARED = 24, 200


def programmes(outline: Outline, mentions: Mentions) -> Iterator[Named]:
    """Yield the places of instruments that only what stands around them tells, in no order."""
    text = outline.text
    found = [Named(start, end, spelled(title)) for start, end, title in titles(text)]
    plain = [is_policy(place.title) for place in found]
    told = list(plain)
    for index, place in enumerate(found):
        told[index] = told[index] or (not is_paper(place.title) and _is_told(outline, mentions, place))
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for index in order:
            step = -1 if order.step > 0 else 1
            if not told[index] and told[index + step] and not is_paper(found[index].title):
                pair = sorted((found[index], found[index + step]))
                told[index] = LISTED.fullmatch(text, pair[0].end, pair[1].start) is not None
    yield from (place for place, is_new, is_old in zip(found, told, plain, strict=True) if is_new and not is_old)
    yield from _campaigns(text, found)
    for match in _QUOTED.finditer(text):
        if authority_acts(outline, mentions, match.start("verb")):
            yield Named(*match.span("title"), match["title"].strip())


def _campaigns(text: str, found: list[Named]) -> Iterator[Named]:
    """Yield the campaigns that marks name, but for what only shortens a title that the text prints."""
    if "专项" not in text and "行动计划" not in text:
        return
    longer = [place.title for place in (*found, *headings(text))]
    for match in _CAMPAIGN.finditer(text):
        if not any(match["title"] in title for title in longer[:_COMPARED]):
            # With what it is, as it is announced: “…”专项行动.
            begin = match.start("title")
            yield Named(begin, match.end(), clean(text[begin - 1 : match.end()]))


def _is_told(outline: Outline, mentions: Mentions, place: Named) -> bool:
    text, lead = outline.text, max(0, place.start - _LEAD)
    if _KIND_BEFORE.search(text, lead, place.start) or _KIND_BEHIND.match(text, place.end + 1):
        return True
    acted = _ACTED.search(text, lead, place.start)
    return acted is not None and authority_acts(outline, mentions, acted.start("verb"))
