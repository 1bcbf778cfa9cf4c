"""Founders and officers in English: a firm founded by X and Y; X, a partner at Z; former researcher at Z X."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import in_office, standing, tie

_ONE = (
    r"(?:co-?)?founders?|(?:co-)?(?:CEO|CTO|CFO|COO)s?|chief [a-z]+ officer|(?:vice )?president|chair(?:man|woman|person)?|(?:managing )?director"
    r"|(?:general |managing )?partner|advis[eo]r|board member|researchers?|scientists?|engineers?|professor|executives?|spokesperson|head of [a-z]{2,16}"
)
_OFFICE = re.compile(
    rf"\b(?P<title>(?:{_ONE})(?:(?: and |, | & )(?:{_ONE}))?) (?:at|of|to|with|in|for) (?:the )?[\[*]*"
)
# Chinese texts have none of these, which is soon seen.
_OF_FIRMS = (" at ", " of ", " to ", " with ", " in ", " for ")
_HE_IS = re.compile(
    r"[\])*]*(?:,| is| was|, who is|, who was)(?: an?| the| its| their)?(?: (?:former|ex|early|senior|general|current|interim|lead|then))*[ -]"
)
_OWN = re.compile(
    rf"\b(?:its|the company['’]s|interim|new|former)(?: (?:interim|new|former|longtime))* (?P<title>(?:{_ONE})(?: and (?:{_ONE}))?),? (?=[A-Z])"
)
_OFFICES_OF = re.compile(rf" (?P<title>{_ONE})(?: and (?=[A-Z])|[,.])")
_BRACKETED = re.compile(rf" \((?P<title>(?i:{_ONE}|chair)|Head of [A-Z][A-Za-z ]{{2,30}})\)")
_FOUNDED_BY = re.compile(r"\b(?:co-?)?founded (?:in (?:19|20)\d\d )?by ")
_IS = re.compile(r"[\])*]*(?:,? (?:which |that )?(?:is|was|has been|were)(?: also)?|,?) $")
_ENDS = re.compile(r"[.;\n]|\b(?:who|which|after|when|and (?:has|is|was))\b")
_REACH, _LIST = 90, 200


def english_offices(parties: Parties, start: int, end: int) -> Iterator[Proposal]:
    """Yield the affiliations and founders that English words of a range tell."""
    text = parties.text
    for match in _OFFICE.finditer(text, start, end) if any(word in text for word in _OF_FIRMS) else ():
        firms = parties.firms(match.end(), match.end() + _REACH)
        if not firms or firms[0].start != match.end():
            continue
        for person in _holders(parties, match, firms[0]):
            yield from in_office(person, firms[0], match["title"])
    for match in _OWN.finditer(text, start, end):
        after = parties.persons(match.end(), match.end() + _REACH)
        begin, _ = parties.outline.sentence(match.start())
        named = parties.firms(begin, match.start(), loose=False)
        firm = (named[0] if named else None) or parties.firm_spoken_of(begin) or parties.main_firm
        if firm is not None and after and after[0].start == match.end():
            for person in parties.group_after(after):
                yield from in_office(person, firm, match["title"])
    for person in parties.persons(start, end):
        yield from _apposed(parties, person)
        yield from _in_brackets(parties, person)
    for match in _FOUNDED_BY.finditer(text, start, end) if "founded " in text else ():
        firm = _founded(parties, match.start())
        stop = _ENDS.search(text, match.end(), match.end() + _LIST)
        persons = parties.persons(match.end(), stop.start() if stop else match.end() + _LIST)
        for person in persons if firm is not None and standing(text, match.start()) else ():
            if firm is not None and person.name != firm.name:
                yield tie("founded_by", firm, person)


def _holders(parties: Parties, match: re.Match[str], firm: Mention) -> list[Mention]:
    """Return whose office it is: named right before it, else right behind the firm."""
    before = parties.persons(max(0, match.start() - _REACH), match.start())
    if before and _HE_IS.fullmatch(parties.text, before[-1].end, match.start()):
        return before[-1:]
    after = parties.persons(firm.end, firm.end + _REACH)
    return after[:1] if after and not parties.text[firm.end : after[0].start].strip(" ,") else []


def _apposed(parties: Parties, person: Mention) -> Iterator[Proposal]:
    """Yield the offices behind a name and a comma: X, Y board member and Z co-founder."""
    if not parties.text.startswith(", ", person.end):
        return
    at = person.end + 2
    for firm in parties.firms(at, at + _REACH):
        office = _OFFICES_OF.match(parties.text, firm.end) if firm.start == at else None
        if office is None:
            return
        yield from in_office(person, firm, office["title"])
        at = office.end()


def _in_brackets(parties: Parties, person: Mention) -> Iterator[Proposal]:
    """Yield the office in brackets behind a name, of the firm that the sentence names: at X, Y (CEO)."""
    office = _BRACKETED.match(parties.text, person.end)
    if office is None:
        return
    begin, _ = parties.outline.sentence(person.start)
    firms = parties.firms(max(begin, person.start - _LIST), person.start, loose=False)
    firm = firms[-1] if firms else parties.firm_spoken_of(begin)
    if firm is not None:
        yield from in_office(person, firm, office["title"])


def _founded(parties: Parties, at: int) -> Mention | None:
    """Return what is founded: the firm right before the words, else the one that the text speaks of."""
    begin, _ = parties.outline.sentence(at)
    named = parties.firms(max(begin, at - _LIST), at, loose=False)
    if named and _IS.fullmatch(parties.text, named[-1].end, at):
        return named[-1]
    return parties.firm_spoken_of(begin) or parties.main_firm
