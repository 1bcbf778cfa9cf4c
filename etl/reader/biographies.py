"""Biographies in English: what somebody was or did in a firm, as clauses tell it: the cofounder of X, X's chief."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, is_person
from etl.reader.proposals import Proposal
from etl.reader.ties import in_office, tie

_OFFICE = (
    r"(?:co-?founders?|founders?|CEO|CTO|CFO|COO|chief(?: [a-z]+){1,2}(?: officer)?|chief(?: [A-Z]+)(?: [a-z]+)?(?: officer| scientist)|Chief(?: [A-Z][a-z]+){1,2}? Officer(?: \([A-Z]{3}\))?|(?:vice )?president(?: of (?!the )[a-z]+)?|chair(?:man|woman)?|(?:managing )?director|"
    r"executive|head(?: of [a-z]+)?|researcher|scientist|engineer|professor|employee|[Mm]anagers?|partner|adviser|advisor)"
)
_TITLE = rf"(?:(?:former|senior|ex-)[ ]?)*{_OFFICE}(?:(?:,| and|, and) (?:the )?{_OFFICE})*"
_ROLE = re.compile(rf"(?<![A-Za-z-])(?P<title>{_TITLE})(?![A-Za-z-])")
_OF = re.compile(r" (?:of|at|for|with)(?: the)?(?: [\w.'’-]+){0,4}? ?[\[“\"]?")
_POSSESSIVE = re.compile(r"[\])\"” ]*(?:['’]s (?:[A-Za-z-]+ ){0,3}| )")
# What stands between a name and what somebody is: , one of; , who is a well-respected former.
_WAS = r"(?:is|was|were|became|has been|will be|served as|worked as|works as|serves as)"
_WHAT = r"(?: (?:the|an?|one of|its|their)(?: (?!the |an? )[a-z-]+){0,3}?)?"
_WHEN = r"(?: (?:now|also|currently|once|previously|later|then|formerly))?"
_IS = re.compile(rf"(?:,? (?:who )?{_WAS}{_WHEN}|,{_WHEN}){_WHAT} ?")
# What goes on with whom the sentence began with: and later served as an.
_GOES_ON = re.compile(
    r"(?:and|,|who)(?: (?:later|also|then|previously|once|now))*(?: (?:is|was|became|served as|worked as))(?: (?:the|an?))?(?: [a-z-]+){0,3}? $"
)
_DEED = re.compile(
    r"(?<![A-Za-z-])(?:(?P<founding>co-?founded|founded)(?: both)?(?: the)?|joined(?: the)?|left(?: for| to join)?(?: the)?"
    r"|work(?:ed|s)? (?:at|for)(?: [a-z-]+){0,4}) \[?"
)
_AS = re.compile(rf"[\])]*(?:[^\w\n]*\n?)? ?as (?:its |the |an? |their )?(?P<title>{_TITLE})")
_AND = re.compile(r"[\]) ]* and \[?")
_BEFORE_DEED = re.compile(r",?(?: who)?(?: (?:has|had|previously|also|later|then|once|used to))* ?")
_PRONOUN = re.compile(r"(?:^|[.!?;”\"] )(?:He|She|They)(?: (?:has|had|previously|also|later|then|once))* $")
_ENGLISH = (" of ", " at ", "’s ", "'s ", "found", " joined ", " left ", " worked ")
_FOUNDED_BY = re.compile(r"(?<![A-Za-z])(?:co-?)?founded (?:in \d{4} )?by ")
_A_FIRM = re.compile(r"[\]) ]*,?(?: which)?(?: (?:was|is))?(?: (?:an?|the))?(?: [A-Za-z-]+){0,5}? ")
_BY_WHOM = re.compile(r"(?:(?:former |the )?(?:[A-Z][\w.]+ ){0,2}(?:[a-z-]+ ){0,4}?)?")
_AND_WHOM = re.compile(r"(?:,| and|, and) (?:(?:former |the )?(?:[A-Z][\w.]+ ){0,2}(?:[a-z-]+ ){0,4}?)?")
_REACH, _NEAR, _BACK = 200, 60, 300


class BiographyReader:
    """Reads what English clauses tell of persons and firms."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text
        named = [m for m in parties.mentions.items if is_person(m)]
        printed = [(self.text[m.start : m.end].replace("\n", " ").split(" "), m) for m in named]
        self._surnames = {words[-1]: m for words, m in printed if len(words) > 1 and words[-1].isascii()}

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the affiliations and founders that a range tells."""
        told = self.text[start:end]
        if not any(word in told for word in _ENGLISH):
            return
        for match in _ROLE.finditer(self.text, start, end):
            yield from self._office(match)
        for match in _DEED.finditer(self.text, start, end):
            yield from self._deed(match)
        for match in _FOUNDED_BY.finditer(self.text, start, end):
            yield from self._founded(match)

    def _office(self, match: re.Match[str]) -> Iterator[Proposal]:
        """甲, the cofounder of X; 甲, X's chief scientist; 甲 was a researcher at X."""
        begin, end = self.parties.outline.sentence(match.start())
        at = match.start("title")
        after = self._firm(match.end(), min(end, match.end() + _NEAR), _OF)
        before = self.parties.firms(max(begin, at - _NEAR), at)
        own = before[-1] if before and _POSSESSIVE.fullmatch(self.text, before[-1].end, at) else None
        firm = own or after
        if firm is None:
            return
        who = self._who(begin, own.start if own else at)
        if who is not None and who.name != firm.name:
            yield from in_office(who, firm, match["title"])

    def _deed(self, match: re.Match[str]) -> Iterator[Proposal]:
        """甲 joined X as its chief; 甲 co-founded both X and Y."""
        begin, end = self.parties.outline.sentence(match.start())
        firms = self.parties.firms(match.end(), min(end, match.end() + 2 * _NEAR))
        if not firms or firms[0].start != match.end():
            return
        who = self._who(begin, match.start(), _BEFORE_DEED)
        if who is None:
            return
        title = _AS.match(self.text, firms[0].end, end)
        listed = [firms[0]]
        for firm in firms[1:]:
            if not _AND.fullmatch(self.text, listed[-1].end, firm.start):
                break
            listed.append(firm)
        for firm in listed:
            if match["founding"]:
                yield tie("founded_by", firm, who)
            else:
                yield from in_office(who, firm, title["title"] if title else "")

    def _founded(self, match: re.Match[str]) -> Iterator[Proposal]:
        """X, a startup founded by 甲 and 乙."""
        begin, end = self.parties.outline.sentence(match.start())
        firms = self.parties.firms(max(begin, match.start() - _NEAR), match.start())
        persons = self.parties.persons(match.end(), min(end, match.end() + 2 * _NEAR))
        if not firms or not persons or not _A_FIRM.fullmatch(self.text, firms[-1].end, match.start()):
            return
        if not _BY_WHOM.fullmatch(self.text, match.end(), persons[0].start):
            return
        founders = persons[:1]
        for person in persons[1:]:
            if not _AND_WHOM.fullmatch(self.text, founders[-1].end, person.start):
                break
            founders.append(person)
        for person in founders:
            yield tie("founded_by", firms[-1], person)

    def _firm(self, start: int, end: int, gap: re.Pattern[str]) -> Mention | None:
        firms = self.parties.firms(start, end)
        return firms[0] if firms and gap.fullmatch(self.text, start, firms[0].start) else None

    def _who(self, begin: int, at: int, gap: re.Pattern[str] = _IS) -> Mention | None:
        """Return whom the words before tell of: the name next to them, else whom the sentence began with."""
        begin = max(begin, at - _REACH)
        persons = [m for m in map(self._person, self.parties.mentions.within(begin, at)) if m is not None]
        if persons and gap.fullmatch(self.text, persons[-1].end, at):
            return persons[-1]
        if persons and _GOES_ON.search(self.text, persons[0].end, at):
            return persons[0]
        if _PRONOUN.search(self.text, max(0, begin - 2), at):
            earlier = [m for m in map(self._person, self.parties.mentions.within(max(0, begin - _BACK), begin)) if m]
            return earlier[-1] if earlier else None
        return None

    def _person(self, mention: Mention) -> Mention | None:
        """Return a person's mention, or that a surname alone is of somebody the text names in full."""
        if is_person(mention):
            return mention
        known = self._surnames.get(mention.name) if mention.kind == "product" else None
        return known._replace(start=mention.start, end=mention.end) if known else None
