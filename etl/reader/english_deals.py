"""Makers and investors in English: a model built by X, Y's open models; a round led by X with money from Y and Z."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention
from etl.reader.parties import Parties, is_firm
from etl.reader.proposals import Proposal
from etl.reader.ties import standing, tie

_THINGS = frozenset({"model", "product"})
_GIVERS = frozenset({"organization", "person", "product"})
_MADE_BY = re.compile(
    r"\b(?:develop|built|build|creat|train|made|releas|design|introduc|launch|open-?sourc)(?:ed)?(?: and [a-z-]+ed)?"
    r"(?: from scratch| jointly| exclusively| internally)? by (?:the |researchers (?:at|from) )?[\[*]*"
)
_ITS = re.compile(r"\b(?:is|are) [\[*]*(?=[A-Z])")
_OWN_THING = re.compile(r"[\])*]*['’]s [^.,;\n]{0,80}?\b(?:models?|series|family|assistant|chatbot|chip|LLMs?)\b")
_KIND_FROM = re.compile(
    r"\b(?:models?|family|series|assistant|chatbot|LLMs?|chip) (?:developed )?(?:from|by) [\[*]*(?=[A-Z])"
)
_FIELD = re.compile(
    r"^[ \t]*[•*|#>\[-]*[ \t]*\**(?:Model )?(?:Developers?|Developed [Bb]y|Creators?|Created [Bb]y|Authors?)(?:\*\*)?(?: ?[:：|]|\n|[ ](?=[A-Z]))[ \t*|\[]*",
    re.M,
)
# What stands between a thing and the words that tell who made it.
_IS = re.compile(
    r"[\])*`\"”]*(?: \([^()\n]{1,40}\))?(?: (?:series|family|models?))*,?(?: which)? (?:is|are|was|were)\b[^.;\n]{0,140}"
)
_APPOSED = re.compile(r"[\])*`\"”]*(?:,? (?:an?|the) [^.,;\n]{0,100}|[ ,]{0,2})")
_RAISED = re.compile(
    r"[\])*]*,?(?: [A-Za-z,'’-]+){0,12}? (?:has |have |had |also |recently |just |announced (?:it has |that it |having )?)*"
    r"(?:raised|secured|closed|announced|completed|landed|received|is valued|was valued|said)\b"
)
_GIVEN_BY = re.compile(
    r"\b(?:[Ll]eading (?:the|its|this) [^.;\n]{0,30}?round (?:are|is|was|were)|(?:co-)?led by|backed by|(?:with )?backing from|funding from|investments? from|participation (?:from|by|of)|joined by|money from|support from"
    r"|(?:[Ii]nvestors?|[Bb]ackers?|[Pp]articipants?|[Ss]hareholders?)(?: in (?:the|this|its) (?:\w+ )?(?:round|company|financing))? ?(?:,|—)? ?(?:include[sd]?|including|such as|like)) (?:the |existing |new |returning |significant |major |also )*(?:investors? |backers? )?[\[*]*"
)
_GIVERS_DID = re.compile(
    r"\b(?:(?:co-)?led (?:the|its|this) [^.,;\n]{0,24}?(?:round|funding|financing|investment)|(?:also )?participated(?: in)?|took part(?: in)?|were among the investors|numbered among"
    r"|(?:also )?invested in (?:the round|the company)|joined (?:the|this) (?:round|funding))"
)
_INVESTED_IN = re.compile(
    r"\b(?:(?:has |have |had |also )*(?:invested|invests|put|poured|committed)(?: [^.,;\n]{0,40}?)? (?:in|into)|investments? in|backs|backed|stake in|(?:an? )?(?:early )?(?:shareholder|investor) in) (?:the )?(?:rival |startup |AI startup )?[\[*]*(?=[A-Z])"
)
# What a giver is said to be before its name: led by Dutch chip equipment giant X.
_ADJECTIVE = re.compile(r"(?: (?!and |or |with |as )[a-z’-]+){1,5} [\[*]*")
_DESCRIBED = re.compile(r"(?:[A-Za-z’'-]+ ){0,7}[\[*]*")
_AND = re.compile(
    r"[\])*]*(?: \([^()\n]{1,40}\))?[ \n]?(?:,[ \n]?(?:and |as well as )?|and |as well as |along with |& )(?:[a-z’'-]+ ){0,5}[\[*]*"
)
# Most Chinese texts have none of these: they are looked for first.
_ENGLISH = (
    " by ",
    " is ",
    " are ",
    "nvest",
    " led ",
    "backed",
    "eveloper",
    "uthor",
    " from ",
    "articipat",
    " stake ",
    " joined ",
)
# OpenAI, backed by X.
_BESIDE = re.compile(r"[\])*]*, ")
_FROM = re.compile(r"\b(?:from|by) $")
_OTHERS = re.compile(r"\b(?:[Oo]ther|[Aa]dditional|[Nn]ew|[Ee]xisting) $")
_THE_ROUND = re.compile(r"\b[Tt]h(?:e|is) (?:\w+ ){0,3}?(?:round|funding|financing|investment|deal|raise)\b")
_REACH, _LIST, _HEAD, _BEFORE, _NEAR = 240, 480, 1500, 800, 40


class EnglishDealReader:
    """Reads who made what and who funds whom, as English sentences tell it."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the makers and investors that a range tells."""
        told = self.text[start:end]
        if not any(word in told for word in _ENGLISH):
            return
        for made in (_MADE_BY, _KIND_FROM):
            for match in made.finditer(self.text, start, end):
                yield from self._made(match.start(), self._firm_at(match.end()))
        for match in _ITS.finditer(self.text, start, end):
            firm = self._firm_at(match.end())
            if firm is not None and _OWN_THING.match(self.text, firm.end):
                yield from self._made(match.start(), firm)
        for match in _FIELD.finditer(self.text, start, end):
            yield from self._by_field(match)
        for match in _GIVEN_BY.finditer(self.text, start, end):
            yield from self._funded(match.start(), self._givers_from(match.end()))
        for match in _GIVERS_DID.finditer(self.text, start, end):
            yield from self._funded(match.start(), self._givers_to(match.start()))
        for match in _INVESTED_IN.finditer(self.text, start, end):
            firm = self._firm_at(match.end())
            for giver in self._givers_to(match.start()) if firm is not None else []:
                yield from self._tied("investor", firm, giver, match.start())

    def _firm_at(self, at: int) -> Mention | None:
        """Return the firm whose name begins at a position."""
        found = self.parties.firms(at, at + 60)
        return found[0] if found and found[0].start == at else None

    def _made(self, at: int, firm: Mention | None) -> Iterator[Proposal]:
        """Tie a firm to what the sentence is about: the first thing that it names, where nothing else stands between."""
        if firm is None:
            return
        begin, _ = self.parties.outline.sentence(at)
        for thing in self.parties.mentions.within(max(begin, at - _REACH), at):
            if thing.kind not in _THINGS or thing.name == firm.name:
                continue
            if _IS.fullmatch(self.text, thing.end, at) or _APPOSED.fullmatch(self.text, thing.end, at):
                yield from self._tied("developer", thing, firm, at)
                return

    def _by_field(self, match: re.Match[str]) -> Iterator[Proposal]:
        """Developed by: X, of the model that the text is about."""
        firm = self._firm_at(match.end())
        models = [m for m in self.parties.mentions.within(0, _HEAD) if m.kind == "model"]
        if firm is not None and models:
            yield from self._tied("developer", models[0], firm, match.start())

    def _funded(self, at: int, givers: list[Mention]) -> Iterator[Proposal]:
        """Tie givers to the firm whose round the sentence tells of, else to the one spoken of before."""
        if not givers:
            return
        begin, _ = self.parties.outline.sentence(at)
        named = [m for m in self.parties.firms(max(begin, at - _REACH), at) if m not in givers]
        raising = [m for m in named if _RAISED.match(self.text, m.end)]
        apposed = named and _BESIDE.fullmatch(self.text, named[-1].end, at)
        if apposed:
            raising = named[-1:]
        others = _OTHERS.search(self.text, max(begin, at - _NEAR), at) is not None
        if not raising and (others or _THE_ROUND.search(self.text, max(begin, at - _LIST), at + _NEAR)):
            # The round also saw …: of the firm that was told before to raise one.
            told = [m for m in self.parties.firms(max(0, begin - _BEFORE), begin) if m not in givers]
            raising = [m for m in told if _RAISED.match(self.text, m.end) and not self._is_giver(m)][-1:]
        firm = next(iter(raising), None) or self.parties.firm_spoken_of(begin) or self.parties.main_firm
        for giver in givers if firm is not None else []:
            yield from self._tied("investor", firm, giver, at)

    def _is_giver(self, firm: Mention) -> bool:
        """Tell whether a firm is one that money comes from: a startup with backing from X, raised."""
        return _FROM.search(self.text, max(0, firm.start - 6), firm.start) is not None

    def _givers_from(self, at: int) -> list[Mention]:
        """Return those listed from a position on."""
        _, end = self.parties.outline.sentence(at)
        named = [m for m in self.parties.mentions.within(at, min(end, at + _LIST)) if _may_give(m)]
        if len(named) > 1 and named[0].start == at and _ADJECTIVE.fullmatch(self.text, named[0].end, named[1].start):
            named = named[1:]
        if not named or not _DESCRIBED.fullmatch(self.text, at, named[0].start):
            return []
        group = named[:1]
        for mention in named[1:]:
            if self.text[self.parties.end(group[-1]) : mention.start] == " at ":
                group[-1] = mention  # Growth Equity at X
                continue
            if not _AND.fullmatch(self.text, self.parties.end(group[-1]), mention.start):
                break
            group.append(mention)
        return group

    def _givers_to(self, at: int) -> list[Mention]:
        """Return those listed up to a position."""
        begin, _ = self.parties.outline.sentence(at)
        named = [m for m in self.parties.mentions.within(max(begin, at - _LIST), at) if _may_give(m)]
        if not named or not re.fullmatch(
            r"[\])*]*(?:,? and others)?(?: (?:has|have|had|also|each|both|all|is|are|an?|early))* ?",
            self.text[named[-1].end : at],
        ):
            return []
        group = named[-1:]
        for mention in reversed(named[:-1]):
            if not _AND.fullmatch(self.text, self.parties.end(mention), group[0].start):
                break
            group.insert(0, mention)
        return group

    def _tied(self, property_id: str, subject: Mention | None, other: Mention, at: int) -> Iterator[Proposal]:
        assertion = standing(self.text, at)
        if subject is not None and assertion is not None and subject.name != other.name:
            yield tie(property_id, subject, other, assertion)


def _may_give(mention: Mention) -> bool:
    return mention.kind in _GIVERS and (mention.kind != "product" or is_firm(mention))
