"""A tie: the proposal that one name stands in a relation to another, and how firmly a clause says so."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.offices import FOUNDER, trimmed
from etl.reader.proposals import Proposal
from etl.reader.subjects import as_subject

METHOD = "rule:relations@2"
_LOOK = 14
# What is denied, refused or only talked of is no fact; what is meant to be done is a plan.
_UNSAID = re.compile(
    r"(?:并未|从未|尚未|未能|未曾|未(?!来|必)|没有|并没|没(?!收)|并不|不(?!仅|但|只|断|久|到|少|过|错)|并非|否认|拒绝|放弃|避免|反对|取消|终止|叫停|"
    r"传言|传闻|洽谈|谈判|磋商|商谈|接洽|讨论|考虑|有意|有望|是否|可能|或许|如果|假如|希望|试图|尝试|(?<!联)想(?=要|在|与|和|同|收|投|加|成)|寻求|呼吁|要求|邀请|"
    r"not |never |denied |denies |refused |in talks |considering |might |whether )[^，。；]{0,10}$"
)
_UNDONE = re.compile(r"[^，。；\n]{0,8}?(?:告吹|破裂|失败|落空|泡汤|传闻|传言|未果|无果|要约|意向)")
_AGREED = re.compile(r"(?:达成|签署|签订)[了的]?$")
_MEANT = re.compile(
    r"(?:即将|将(?!近|军|领)|拟|计划|准备|打算|预计|正在|正(?=与|同|和)|会(?=与|和|同|向)|will |plans to |to )[^，。；]{0,10}$"
)


def standing(text: str, at: int) -> str | None:
    """Return how firmly the words around a deed say it: asserted, planned, or None where they deny or only weigh it."""
    before = text[max(0, at - _LOOK) : at]
    undone = _UNDONE.match(text, at)
    if _UNSAID.search(before) or (undone and not (undone[0].endswith("意向") and _AGREED.search(before))):
        return None
    if undone:
        return "planned"
    return "planned" if _MEANT.search(before) else "asserted"


def tie(
    property_id: str,
    subject: Mention,
    other: Mention,
    assertion: str = "asserted",
    title: str = "",
    place: Mention | None = None,
    method: str = METHOD,
) -> Proposal:
    """Propose that a subject stands in a relation to another name; `place` tells it where not the other name does."""
    place = place or other
    fields = {
        "object_id": other.entity_id,
        "object_name": other.name,
        "object_type": other.kind,
        "assertion": assertion,
    }
    if title:
        fields["role_title"] = title
    return Proposal("relation", property_id, place.start, place.end, as_subject(subject), method, fields)


def in_office(
    person: Mention, body: Mention, title: str = "", assertion: str = "asserted", *, founding: bool = False
) -> Iterator[Proposal]:
    """Propose that a person is somebody in a body by a title as printed, and founded it where the title says so."""
    title = trimmed(title)
    if founding or FOUNDER.search(title):
        yield tie("founded_by", body, person, assertion)
    yield tie("affiliation", person, body, assertion, title)
