"""Instruments in English: where a text names an act, a bill, an order or a standard, in full, by number or for short."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from etl.reader.mentions import Mentions, clean
from etl.reader.subjects import Subject

_FIRM_KIND = (
    r"(?:Act|Law|Bill|Regulations?|Directive|Convention|Recommendation(?= on)|Measures|Provisions|Code of (?:Practice|Conduct)"
    r"|Executive Order|Ordinance|Decree|Treaty|Opinions|Memorandum|Action Plan|Statute|Omnibus|Declaration)"
)
# Firms have these too: an instrument only where an authority brings it out.
_LOOSE_KIND = (
    r"(?:Framework|Plan|Strategy|Order|Standards?|Principles|Initiative|Mission|Polic(?:y|ies)|Blueprint|Roadmap"
    r"|Statement|Specifications?|Recommendations?|Guidelines?|Guide|Guidance|Rules|Methods?|Requirements)"
)
_WORD = r"(?:[A-Z][\w’'&-]*|AI\+)"
_SMALL = r"(?:of|on|the|for|and|to|in|with|against)"
_TITLE = re.compile(
    rf"(?<![A-Za-z])(?:{_WORD}[ \n])(?:(?:{_WORD},?|{_SMALL})[ \n]){{0,14}}?(?P<kind>{_FIRM_KIND}|{_LOOSE_KIND})(?![\w-])"
    rf"(?:[ \n](?:on|for|of|to|concerning|regarding)(?=[ \n])(?:[ \n](?:{_WORD},?|{_SMALL})){{1,14}}(?<=[\w]))?(?:[ ](?:19|20)\d\d(?!\d))?"
)
_BEGINS = re.compile(
    rf"(?<![A-Za-z])(?P<kind>{_FIRM_KIND}|Plan|Strategy|Guidelines|Framework)[ \n](?:on|for|of|to|concerning)(?=[ \n])(?:[ \n](?:{_WORD},?|{_SMALL})){{2,14}}(?<=\w)"
)
_NUMBERED = re.compile(
    r"(?<![\w-])(?:(?:Senate|House|Assembly) Bill (?:No\. ?)?\d[\d-]*|[SH]B ?\d[\d-]*\d|PL \d+/\d{4}|Bill (?:No\. ?)?(?:[A-Z]-)?\d[\d,.]*(?:/\d{4})?"
    r"|Executive Order (?:No\. ?)?\d{4,5}|(?:Regulation|Directive) \(EU\) \d{4}/\d+|Law No\. ?\d[\w/]*|GB(?:/T|/Z)? ?\d{4,5}(?:\.\d+)?(?:-\d{4})?)(?![\w])"
)
_LEAD = re.compile(
    r"^(?:(?:The|This|That|These|In|On|Under|Its|A|An|Our|New|Today|Both|Since|While|When|As|By|With|And|But|For|If|Like)[ \n]+)+"
)
_SHORT = re.compile(r"[”\"’]?,?[ \n]?\((?:the |hereinafter )?[“\"‘]?(?P<short>[A-Z][\w’&+ -]{1,40}?)[”\"’]?\)")
_TRAIL = re.compile(rf"(?:[ \n,]+(?:{_SMALL}))+$")
_SAY_NOTHING = re.compile(
    r"(?:[A-Z][a-z]+[ \n])?(?:Act|Law|Bill|Measures|Provisions|Regulations?|Framework|Plan|Order|Standards?|Polic(?:y|ies)|Guidelines?|Strategy|Directive)s?"
)
KINDS = (
    " Act",
    " Law",
    "Bill ",
    " Measures",
    " Provisions",
    " Regulation",
    " Guidelines",
    " Convention",
    " Recommendation",
    "Executive Order",
    "Action Plan",
    "Framework",
    "SB ",
    "HB ",
    "GB/T",
    "GB ",
    " Opinions",
    "Code of Practice",
    " Strategy",
    " Plan",
)


class Instrument(NamedTuple):
    """A place where a text names an instrument; `firm` where its name alone tells that it is one."""

    start: int
    end: int
    name: str
    entity_id: str | None
    firm: bool

    def subject(self) -> Subject:
        return Subject(self.name, "policy", self.entity_id, self.start, self.end)


def has_instruments(text: str) -> bool:
    """Tell whether a text may name an instrument in English; most Chinese texts do not."""
    return any(word in text for word in KINDS)


def instruments(text: str, mentions: Mentions) -> list[Instrument]:
    """List the places where a text names instruments in English, known ones first, in order; short forms take their name."""
    taken = bytearray(len(text) + 1)
    known = [m for m in mentions.items if m.kind == "policy" and text[m.start].isascii()]
    found = _free((Instrument(m.start, m.end, m.name, m.entity_id, True) for m in known), taken)
    found += _free((Instrument(*m.span(), clean(m[0]), None, True) for m in _NUMBERED.finditer(text)), taken)
    for form in (_TITLE, _BEGINS):
        titled = (_titled(text, match) for match in form.finditer(text))
        found += _free((one for one in titled if one is not None), taken)
    return sorted([*found, *_free(_shortened(text, sorted(found)), taken)])


def _titled(text: str, match: re.Match[str]) -> Instrument | None:
    lead = _LEAD.match(match[0])
    start = match.start() + (lead.end() if lead else 0)
    trail = _TRAIL.search(text, start, match.end())
    end = trail.start() if trail else match.end()
    if end <= start or _SAY_NOTHING.fullmatch(text, start, end):
        return None
    return Instrument(start, end, clean(text[start:end]), None, re.fullmatch(_FIRM_KIND, match["kind"]) is not None)


def _free(places: Iterable[Instrument], taken: bytearray) -> list[Instrument]:
    """Keep the places that overlap no earlier one, and mark theirs."""
    found = []
    for one in places:
        if taken.find(1, one.start, one.end) < 0:
            taken[one.start : one.end] = b"\1" * (one.end - one.start)
            found.append(one)
    return found


def _shortened(text: str, found: list[Instrument]) -> Iterator[Instrument]:
    """Yield the places of the short names that brackets give instruments: … Act (RAISE Act)."""
    short: dict[str, Instrument] = {}
    for one in found:
        given = _SHORT.match(text, one.end)
        if given and not _SAY_NOTHING.fullmatch(given["short"]):
            short.setdefault(given["short"], one)
    if short:
        longest_first = sorted(short, key=len, reverse=True)
        for match in re.finditer(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])", text):
            yield short[match[0]]._replace(start=match.start(), end=match.end())
