"""Policies in English: who issued, signed or adopted an instrument, and when it was told to be adopted, issued or in force."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from etl.reader.clauses import Outline
from etl.reader.english_instruments import Instrument, has_instruments, instruments
from etl.reader.mentions import Mention, Mentions, clean
from etl.reader.proposals import Proposal, event_on
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, as_subject
from schema.dates import DateMatch

METHOD = "rule:english_policies@1"
_DEED = re.compile(
    r"(?<![\w-])(?:(?P<in_force>(?:[Tt]ak(?:e|es|ing)|took|[Cc]om(?:e|es|ing)|came|[Ee]nter(?:s|ed|ing)?|[Gg]o(?:es|ing)?|went|[Bb]e(?:comes?)?|became)(?: in)?(?:to)? (?:effect|force|effective|applicable)"
    r"|[Ee]ntry into force|[Ee]ffective(?! date of)(?: date)?|EFFECTIVE|[Ii]n (?:force|effect)|[Aa]ppl(?:y|ies|ied|icable)|[Ii]mplemented|[Ee]nforce(?:able|d))"
    r"|(?P<adopted>[Aa]dopt(?:s|ed)?|[Pp]ass(?:es|ed|age)?|[Aa]pprov(?:es|ed)|[Ee]nact(?:s|ed)?|[Ss]ign(?:s|ed)?|[Rr]atified|[Ee]ndorsed|[Cc]leared|gave the green light to|[Ff]inali[sz]ed)"
    r"|(?P<proposed>[Pp]roposed|[Tt]abled|[Ii]ntroduced|[Rr]eleased (?:a |the )?draft|[Pp]ublished (?:a |the )?draft|[Ii]ssued (?:a |the )?draft)"
    r"|(?P<issued>[Ii]ssu(?:es|ed|ance)|[Rr]eleas(?:es|ed)|[Pp]ublish(?:es|ed)|[Pp]romulgated|[Uu]nveil(?:s|ed)|[Aa]nnounc(?:es|ed)|[Ll]aunch(?:es|ed)|[Rr]olled out)"
    r"|(?P<amended>[Aa]mended|[Rr]evised)|(?P<expired>[Rr]epealed|[Rr]evoked|[Rr]escinded|[Ee]xpires?|[Ee]xpired))(?![\w-])"
)
# Not done: it only might be, or was refused.
_UNDONE = re.compile(
    r"(?:\bnot|n’t|n't|never|would|could|may|might|should|if|whether|unless|before|failed to|to be) (?:\w+ ){0,2}$"
)
_PLANNED = re.compile(r"(?:will|shall|to|set to|scheduled to|expected to|due to|going to) (?:\w+ )?$")
# What may stand between a word and the instrument that it governs: signed into law the new X.
_OBJECT = re.compile(r"(?: (?:into law|law)| [a-z][\w-]*|,)*(?: China[’']s| Japan[’']s)?[ \n]*[“\"‘‹«*_]*")
_OPENS = re.compile(
    r"[\s*•>|“\"(-]*(?:(?:Earlier|Later|Then|Also|And|But|Finally|Meanwhile|Previously|Subsequently),? )?(?:(?:[Oo]n|[Ii]n|[Aa]s of|[Ee]arly in|[Ll]ate in|[Ss]ince)[ \n])?(?:[A-Z][a-z]+day,? )?"
)
_POINTS = re.compile(
    r"(?<![\w-])(?:[Tt]he|[Tt]his|[Ii]ts) (?:[a-z]+ )?(?:[Aa]ct|[Ll]aw|[Bb]ill|[Rr]egulations?|[Mm]easures|[Pp]rovisions|[Dd]irective|[Cc]onvention|[Rr]ecommendation|[Gg]uidelines|[Ff]ramework|[Oo]rder|[Ss]tatute|[Ll]egislation|[Pp]lan|[Tt]reaty|[Rr]ules|[Cc]ode|[Ss]tandard)(?![\w-])|(?:^|(?<=[.\n] )|(?<=\n))It(?= )"
)
_AUTHORITY = re.compile(
    r"(?:[A-Z][\w’'.&-]* ){0,4}(?:Administration|Ministry|Commission|Council|Parliament|Senate|House(?: of [A-Z]\w+)?|Assembly|Congress|Office|Department|Committee|Government|Governor|President|Prime Minister|Cabinet|Agency|Authority|Bureau|Legislature|Chamber of Deputies|Secretariat|Board)"
    r"(?: (?:of|for|on)(?: (?:the|and|[A-Z][\w’'-]*))+)?(?: [A-Z][\w’'.-]+){0,2}"
)
_AUX = re.compile(
    r"[)”]?(?: \([^()\n]{1,24}\))?(?:,)?(?: (?:has|have|had|also|jointly|formally|officially|unanimously|finally|recently|today|then|yesterday|narrowly|originally))*[ \n]$"
)
_BY = re.compile(r"(?: (?:into law|jointly|unanimously|formally|first|in \d{4}|on [A-Z\d][\w ,]{4,18}))* by (?:the )?")
_JOIN = re.compile(r"[)”]?(?: \([^()\n]{1,30}\))?(?:,? and |, |,? as well as |; )(?:the |also |China’s |China's )*")
# Something else was adopted by whom the word goes on to name: the approach adopted by X.
_OTHERS = re.compile(
    r"(?<![\w-])(?!(?:is|are|was|were|been|be|being|and|or|then|first|act|law|bill|regulation|measures|provisions|directive|convention|guidelines|framework|order|standard|document|statute|legislation)(?![a-z]))[a-z]+(?<!ly) $"
)
# A row of a calendar: | 2 August 2027 | obligations apply.
_ROW = re.compile(r"[ \t]*(?:[|*•-][ \t*]*)+(?:[Ff]rom |[Oo]n |[Bb]y )?")
_LABEL = re.compile(r"(?:^|[|\n])[\s*_•|#>-]*$")
_LABELLED = re.compile(
    r"(?m)(?:^|\|)[ \t*_•|#>-]*(?:Effective|In force|Entry into force|Adopted|Released|Issued|Signed|Enacted|Promulgated|Published)\b[ \w]{0,8}[:：*]"
)
_ACTORS = frozenset({"organization", "person", "place"})
_REACH, _NEAR, _SOON, _CARRY, _HEAD = 220, 130, 24, 600, 400
_BROUGHT_OUT = frozenset({"adopted", "issued", "proposed"})


class EnglishPolicyReader:
    """Reads the instruments that one document names in English."""

    def __init__(self, outline: Outline, mentions: Mentions, scope: ScopeFinder) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.scope = scope
        self.found = instruments(self.text, mentions) if has_instruments(self.text) else []
        self.starts = [one.start for one in self.found]

    def read(self) -> Iterator[Proposal]:
        """Yield the instruments, what befell them and when, and who brought them out, each once."""
        seen: set[tuple[str, str, Any]] = set()
        for proposal in self._all() if self.found else ():
            fields = proposal.fields
            mark = (proposal.property_id, proposal.subject.name, fields.get("date") or fields.get("object_name"))
            if mark not in seen:
                seen.add(mark)
                yield proposal

    def _all(self) -> Iterator[Proposal]:
        for one in self.found:
            if one.firm:
                fields = {"text": one.name, "assertion": "asserted"}
                yield Proposal("policy", "policy", one.start, one.end, one.subject(), METHOD, fields)
        told = {self.outline.sentence(one.start) for one in self.found}
        told |= {self.outline.sentence(match.start()) for match in _POINTS.finditer(self.text)}
        told |= {self.outline.sentence(match.end() - 1) for match in _LABELLED.finditer(self.text)}
        for begin, end in sorted(told):
            deeds = self._deeds(begin, min(end, begin + 4 * _REACH))
            for date in self.scope.dates_within(begin, end):
                yield from self._dated(date, deeds, begin)
            for deed in deeds:
                yield from self._brought_out(deed, begin)

    def _deeds(self, begin: int, end: int) -> list[re.Match[str]]:
        """List the telling words of a sentence that stand in no instrument's name."""
        return [
            deed
            for deed in _DEED.finditer(self.text, begin, end)
            if not self._in_name(deed.start())
            and not _UNDONE.search(self.text, max(begin, deed.start() - 24), deed.start())
        ]

    def _in_name(self, at: int) -> bool:
        index = bisect_left(self.starts, at + 1) - 1
        return index >= 0 and at < self.found[index].end

    def _named(self, start: int, end: int) -> list[Instrument]:
        return self.found[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def _dated(self, date: DateMatch, deeds: list[re.Match[str]], begin: int) -> Iterator[Proposal]:
        """Yield what a sentence tells to have happened on a date."""
        deed = self._deed_of(date, deeds, begin)
        if deed is None or not date.value.date or self._in_name(date.start):
            return
        one = self._object(deed, begin) or self._before(deed, begin) or self._spoken_of(deed, begin)
        if one is None:
            return
        planned = _PLANNED.search(self.text, max(begin, deed.start() - 20), deed.start()) is not None
        span = (date.start, date.end)
        yield event_on(str(deed.lastgroup), one.subject(), span, date.value, METHOD, planned=planned)

    def _deed_of(self, date: DateMatch, deeds: list[re.Match[str]], begin: int) -> re.Match[str] | None:
        """Return the word that a date goes with: the next, where the date opens its sentence or clause, else the last before."""
        before = [deed for deed in deeds if deed.end() <= date.start and date.start - deed.end() < _NEAR]
        after = [deed for deed in deeds if deed.start() >= date.end and deed.start() - date.end < _REACH]
        start = max(begin, self.outline.clause(date.start)[0])
        if after and _OPENS.fullmatch(self.text, start, date.start) and (start == begin or not before):
            return after[0]
        if before:
            return before[-1]
        return after[0] if after and after[0].start() - date.end < _SOON else None

    def _object(self, deed: re.Match[str], begin: int) -> Instrument | None:
        """Return the instrument that a word governs: signed the X Act."""
        if deed.lastgroup == "in_force":
            return None
        after = self._named(deed.end(), deed.end() + _NEAR)
        near = after and _OBJECT.fullmatch(self.text, deed.end(), after[0].start)
        return after[0] if near and (after[0].firm or self._actors(deed, begin)) else None

    def _before(self, deed: re.Match[str], begin: int) -> Instrument | None:
        """Return the instrument named last before a word in its sentence."""
        before = [one for one in self._named(max(begin, deed.start() - _REACH), deed.start()) if one.firm]
        return before[-1] if before else None

    def _spoken_of(self, deed: re.Match[str], begin: int) -> Instrument | None:
        """Return the instrument that a sentence points to, or whose label the word is: the Act, It; Effective: 2025."""
        end = self.outline.sentence(begin)[1]
        near = max(begin, deed.start() - _REACH)
        pointed = _POINTS.search(self.text, near, min(end, deed.end() + _NEAR)) is not None
        label = _LABEL.search(self.text[max(0, deed.start() - 8) : deed.start()])
        if not pointed and not label and not self._in_row(begin, deed):
            return None
        before = [one for one in self._named(max(0, begin - _CARRY), begin) if one.firm]
        return before[-1] if before else next((one for one in self._named(0, _HEAD) if one.firm), None)

    def _in_row(self, begin: int, deed: re.Match[str]) -> bool:
        """Tell whether a word stands in a row of dates and what they bring."""
        line = self.text.rfind("\n", max(0, deed.start() - _REACH), deed.start()) + 1
        row = _ROW.match(self.text, max(line, begin))
        return row is not None and any(d.start == row.end() for d in self.scope.dates_within(row.end(), row.end() + 1))

    def _brought_out(self, deed: re.Match[str], begin: int) -> Iterator[Proposal]:
        """Yield who issued, adopted or signed an instrument."""
        if deed.lastgroup not in _BROUGHT_OUT:
            return
        actors = self._actors(deed, begin)
        one = self._object(deed, begin) or self._before(deed, begin) or self._spoken_of(deed, begin)
        if one is None:
            return
        for actor in actors:
            fields = {
                "object_id": actor.entity_id,
                "object_name": actor.name,
                "object_type": actor.kind,
                "assertion": "asserted",
            }
            yield Proposal("relation", "issued_by", actor.start, actor.end, one.subject(), METHOD, fields)

    def _actors(self, deed: re.Match[str], begin: int) -> list[Subject]:
        """List the authorities that do what a word tells: those after by, else those right before the word."""
        by = _BY.match(self.text, deed.end())
        if by:
            other = _OTHERS.search(self.text, max(begin, deed.start() - 24), deed.start())
            return [] if other else self._listed(by.end())
        known = [m for m in self._authorities(max(begin, deed.start() - _REACH), deed.start()) if m.end <= deed.start()]
        if not known or not _AUX.fullmatch(self.text, self._end(known[-1]), deed.start()):
            return []
        group = known[-1:]
        for mention in reversed(known[:-1]):
            if not _JOIN.fullmatch(self.text, self._end(mention), group[0].start):
                break
            group.insert(0, mention)
        return [as_subject(m) for m in group]

    def _listed(self, at: int) -> list[Subject]:
        """List the authorities that begin at a place and go on behind it."""
        found: list[Mention] = []
        for mention in self._authorities(at, at + _REACH):
            joined = (
                _JOIN.fullmatch(self.text, self._end(found[-1]), mention.start) if found else mention.start - at <= 4
            )
            if not joined:
                break
            found.append(mention)
        return [as_subject(m) for m in found]

    def _end(self, mention: Mention) -> int:
        """Return where a name ends, the country behind it included: Administration of China."""
        tail = re.compile(r" of (?:the )?[A-Z]\w+(?: [A-Z]\w+){0,2}|[’']s").match(self.text, mention.end)
        return tail.end() if tail else mention.end

    def _authorities(self, start: int, end: int) -> list[Mention]:
        """List the organizations, heads and countries of a range, and unknown bodies by what their names say."""
        named = [m for m in self.mentions.within(start, end) if m.kind in _ACTORS and not self._in_name(m.start)]
        bodies = [m for m in named if m.kind != "place"]
        for match in _AUTHORITY.finditer(self.text, start, end):
            if not any(m.start < match.end() and match.start() < m.end for m in bodies):
                bodies.append(Mention(*match.span(), "organization", clean(match[0]), None))
        places = [m for m in named if m.kind == "place" and not any(b.start <= m.start < self._end(b) for b in bodies)]
        return sorted([*bodies, *places])
