"""Issuers: the authorities that a text says issued, adopted, drafted or explain an instrument."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.reader.authorities import AUTHORITY
from etl.reader.clauses import Outline
from etl.reader.instruments import ABOUT, Named
from etl.reader.mentions import Mention, Mentions

_ISSUED = re.compile(
    r"(?<!新)(?:正式|联合|共同|首次|对外|公开|研究|牵头|并)*(?:(?:制定|修订|编制)并(?:印发|发布|公布|出台)|印发|发布|出台|公布|颁布|施行|实施|通过|批准|签署|提出|制定|审议|下发|起草|推出|达成|宣布|发表)"
)
# A campaign is launched by whom an instrument is issued.
_LAUNCHED = re.compile(r"(?:决定|正式|联合|组织|部署|全面|将|[ \n])*(?:启动|开展|部署|发起|印发|发布)")
_PART = re.compile(
    rf"(?:[\u3400-\u9fff]{{1,20}}?{AUTHORITY}|[\u3400-\u9fff]{{2,6}}?[两二三四五六七八九十\d]+个?(?:部门|部委))"
    r"(?=$|[（(已又还也曾就今昨]|本周|等|近日|日前|于|在|联合|会同|负责|[一二三四五六七八九十\d]+个?(?:部门|部委)"
    r"|\d{1,4} ?[年月日]|第[一二三四五六七八九十百\d]+次|常务会议|办公会议|[二三]读|院会)"
)
# 和 joins names, and stands inside some: 经济和信息化厅, 发展和改革委员会.
_PARTS = re.compile(r"(?:、|,|，|(?<![呼共])和(?!信息|改革|社会|城乡|技术|安全|预算)|与(?!预算)|及|以及|会同|联合|等)+")
_BREAKS = re.compile(rf"{_PARTS.pattern}|[ \u3000]+(?=[\u3400-\u9fff])")
# What a name does not begin with: a date, an adverb, a verb that governs it.
_LEAD_WORDS = re.compile(
    r".*(?:近日|日前|今日|昨日|当天|此前|随后|其中|月|日(?!本|照|喀则)|年|经(?![济贸开信])|由|(?<![数证])据|获悉|同意|要求|为|对于|针对|根据|按照|讯|悉|时间|以来|下属|所属|的|通过|依据为|落实|贯彻|实施|(?<=[一二三四五六七八九十\d])届(?!人民代表大会)|[》”）)：:])",
    re.S,
)
# The date between a name and its verb is no lead: X府于2019年3月发布.
_TRAIL = re.compile(
    r"(?:[于在就\d年月日号 \n]|当地时间|北京时间|去年|今年|近日|日前|早些时候|又|再次|[本上这]周[一二三四五六日]|[二三]读|[（(][^（）()\n]{1,24}[）)])+$"
)
_DIRECT = re.compile(
    r"[）)]?(?:[（(][^（）()\n]{2,24}[）)])?(?:等)?(?:[一二三四五六七八九十\d]+个?|多个?|有关|相关)?(?:部门|部委|单位|机构|国家机关)?[ \n]*(?:近日|日前|今日|昨日|昨天|今天|此前|随后|已经|已|就|于|在|[ \n]|(?:当地|北京)时间|特|还|又|也|再次|最终|投票|高票|一致|表决|正式|联合|共同|首次|对外|公开|研究|牵头|并|下午|上午|晚间|晚|[\d]{1,4} ?[年月日号]份?|去年|今年|早些时候|(?:官方)?(?:官网|网站)(?:上)?|宣布|会议|第[一二三四五六七八九十百\d]+次|室务|常务|院会|[二三]读|[本上这]?(?:周|星期|礼拜)[一二三四五六日天]|[（(]\d{1,2}[/月.]\d{1,2}日?[）)]|审议|围绕[^，,。]{0,12}[，,]|在[\u3400-\u9fff]{2,8})*"
)
# 先后发布某准则并出台《…》: another deed of the same authority stands before.
_DEED_BEFORE = re.compile(
    r"(?:先后|陆续|相继|随后|此后|又|还|也|已|再|并|[ \n])*(?:印发|发布|出台|公布|颁布|制定|提出|推出)了?[^，。；：《》\n]{2,24}?(?:(?:并|、|和|及|以及)(?:又|还|随后)?)?"
)
_BY = re.compile(
    r"[^，。；《\n]{0,12}?(?:由|经)(?P<who>[^，。；《》\n]{2,60}?)(?:联合|共同|正式|牵头|会同|审议)*(?:修订|表决)?(?:印发|发布|出台|公布|颁布|通过|批准|制定|起草|提出|同意)"
)
# The authorities whose order it is stand in brackets behind the title: 《…》（X部令第3号）.
_NUMBERED = re.compile(r"[ \n]?[（(](?P<who>[^（）()\n]{2,160}?)令[ ]?第?[ ]?\d+[ ]?号")
_MARK = re.compile(r"《[^《》]*》?(?:[（(][^（）()\n]{1,40}[）)])?(?:，(?:以及|和|及)(?=《))?")
_BODY = re.compile(rf"(?:{AUTHORITY}|部门)$")
_APART = re.compile(r"[，。；：]")
# X印发通知，部署开展“Y”专项行动.
_IN_NOTICE = re.compile(
    r"了?(?:通知|公告|文件|通告|意见)，[^，。；“”《》\n]{0,16}(?:部署|开展|启动|组织|实施)[^，。；“”《》\n]{0,14}[“「]"
)
_EXPLAINS = re.compile(r"(?:负责|进行|[部委局厅署办院会府心])(?:具体)?(?:的)?$")
_BARE = re.compile(r"[ \n]?(?P<who>政府)(?=[又还也已曾将]|$)")
_HEADING = re.compile(r"(?:^|\n)[ \t#*]*(?:[一二三四五六七八九十\d]+[、.．])?[ ]?$")
_HEADING_END = re.compile(r"[ *]*(?:\n|$)")
# Whose the instrument is may stand right before its title: 国务院《…》, 国信办等三部门《…》.
_OWNERS = re.compile(r"(?:等)?(?:[一二三四五六七八九十\d]+个?)?(?:部门|部委|单位)?[ \n*]*(?:的|联合)?[ \n*]*[《〈]")
# A body of a place, and one that may go on with its list without naming it again: 青山市发改委、网信办.
_LOCAL = re.compile(r"(?P<place>[\u3400-\u9fff]{2,7}?(?:省|市|区|县|州|盟|旗))(?!委|政府)[\u3400-\u9fff]{2,}")
_PLACELESS = re.compile(
    r"(?!国|中|全|省|市|区|县|州|[\u3400-\u9fff]{2,7}?(?:省|市|(?<!园)区|县|州))[\u3400-\u9fff]{2,10}"
)
_CHINA = frozenset({"中国", "我国"})
_SECTION = 1500
_REACH, _NEAR = 110, 26
_ACTORS = frozenset({"organization", "person", "place"})
_PREFERENCE = ("organization", "person", "place")
_NOBODY = re.compile(r"全球|世界|国内|海外|(?:相关|有关|各|其他|多个).*")
# A list that begins with any of many goes on so: 相关委办、区政府.
_ANY_BODIES = re.compile(r"[\u3400-\u9fff]{0,12}?(?:相关|有关|各)")
_ANY_OF_PLACES = re.compile(r"[省区市县]政府")


class Issuer(NamedTuple):
    """Who issued an instrument, and where it is named."""

    start: int
    end: int
    name: str
    entity_id: str | None


class IssuerFinder:
    """Finds issuers in one document."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions

    def of(self, place: Named) -> list[Issuer]:
        """List the issuers of the instrument that is named at a place: X印发《…》, 《…》由X发布."""
        return self._before(place) or self._after(place) or self._owning(place)

    def _owning(self, place: Named) -> list[Issuer]:
        """List the authorities whose names stand right before a title, no verb between: 国务院《…》."""
        start = max(self.outline.clause(place.start)[0], place.start - _REACH)
        start = max(start, self.text.rfind("》", start, place.start) + 1)
        named = self.names(start, place.start - 1)
        bodies = [issuer for issuer in named if _BODY.search(issuer.name)]
        if not bodies or bodies[-1] != named[-1] or not _OWNERS.fullmatch(self.text, bodies[-1].end, place.start):
            return []
        return self._group(bodies)

    def _before(self, place: Named) -> list[Issuer]:
        begin, _ = self.outline.sentence(place.start)
        window = max(begin, place.start - _REACH)
        issued = _LAUNCHED if place.title[0] in "“「" else _ISSUED
        verbs = [
            verb for verb in issued.finditer(self.text, window, place.start) if not self._in_title(verb.start(), window)
        ]
        if not verbs:
            return []
        verb = verbs[-1]
        # Other titles may be listed before this one; beyond them the verb must be near, in the same clause.
        if ABOUT.match(self.text, place.end + 1):
            return []
        gap = _MARK.sub("", self.text[verb.end() : place.start])
        if _IN_NOTICE.fullmatch(gap):
            return self.acting(verb.start(), window)
        if _APART.search(gap) or len(gap) > _NEAR:
            return []
        return self.acting(verb.start(), window)

    def _in_title(self, at: int, floor: int) -> bool:
        return self.text.rfind("《", floor, at) > self.text.rfind("》", floor, at)

    def acting(self, at: int, floor: int) -> list[Issuer]:
        """List who does what the verb at a position tells, not looking back beyond `floor`."""
        start = max(floor, self.outline.clause(at)[0])
        found = self.listed(start, at)
        if found or (self.text[start:at].strip(" \n的") and not self._is_adverbial(start, at)):
            return found
        if start > floor:
            earlier = max(floor, self.outline.clause(start - 1)[0])
            named = [m for m in self.mentions.within(earlier, start) if m.kind in _ACTORS]
            lead = self.listed(earlier, start - 1)
            return lead or [_issuer(m) for m in _preferred(named)[:1]]
        return []

    def _is_adverbial(self, start: int, end: int) -> bool:
        if _DEED_BEFORE.fullmatch(self.text, start, end) is not None:
            return True
        return _DIRECT.fullmatch(self.text, start, end) is not None

    def listed(self, start: int, end: int) -> list[Issuer]:
        """List the names that end where the verb begins, adverbs and dates between."""
        found = self.names(start, end)
        if not found or not _DIRECT.fullmatch(self.text, found[-1].end, end):
            return []
        return self._group(found)

    def _group(self, found: list[Issuer]) -> list[Issuer]:
        """List the last name with those before it that it is listed with; each of one place's by its full name."""
        group = [found[-1]]
        for issuer in reversed(found[:-1]):
            printed = self.text[issuer.end : group[0].start]
            between = printed.strip(" \u3000\n")
            if between and not _PARTS.fullmatch(between):
                break
            if between or " " in printed or "\u3000" in printed:
                group.insert(0, issuer)
        local = _LOCAL.fullmatch(self.text, group[0].start, group[0].end)
        return [group[0], *(self._local(issuer, local["place"]) for issuer in group[1:])] if local else group

    def _local(self, issuer: Issuer, place: str) -> Issuer:
        """Return a body that a list of a place's bodies names without it."""
        printed = self.text[issuer.start : issuer.end]
        return issuer._replace(name=place + printed, entity_id=None) if _PLACELESS.fullmatch(printed) else issuer

    def names(self, start: int, end: int) -> list[Issuer]:
        """List the authorities of a range: known names, and unknown ones by what they end in."""
        parts = list(self._parts(start, end))
        known = [m for m in self.mentions.within(start, end) if m.kind in _ACTORS and not _NOBODY.fullmatch(m.name)]
        whole = [p for p in parts if not any(self._is_named(m, p, known) for m in known)]
        kept = [m for m in known if not any(p.start <= m.start and m.end <= p.end for p in whole)]
        bodies = [m for m in kept if m.kind == "organization"]
        if bodies or whole:
            kept = bodies + [m for m in kept if m.kind == "person" and not bodies]
        elif any(m.kind == "person" for m in kept):
            kept = [m for m in kept if m.kind == "person"]
        return sorted([*whole, *(_issuer(m) for m in kept)])

    def _is_named(self, mention: Mention, part: Issuer, known: list[Mention]) -> bool:
        """Tell whether a known name holds a part, or is what it ends in after a place: 中国|国家网信办."""
        if mention.start <= part.start and part.end <= mention.end:
            return True
        if mention.kind != "organization" or mention.end != part.end or mention.start < part.start:
            return False
        # Of a city, it is the city's own: 青山市|网信办.
        return mention.start == part.start or any(
            m.name in _CHINA and m.start == part.start and m.end == mention.start for m in known
        )

    def _parts(self, start: int, end: int) -> Iterator[Issuer]:
        at, vague = start, False
        for piece in re.split(_BREAKS, self.text[start:end]):
            at = self.text.index(piece, at) if piece else at
            begin = at
            trail = _TRAIL.search(piece)
            lead = _LEAD_WORDS.match(piece, 0, trail.start() if trail else len(piece))
            match = _PART.search(piece, lead.end() if lead else 0)
            vague = vague or _ANY_BODIES.match(piece, lead.end() if lead else 0) is not None
            if vague and _ANY_OF_PLACES.fullmatch(piece):
                match = None
            if match and match.end() - match.start() >= 2 and not _NOBODY.fullmatch(match[0]):
                yield Issuer(begin + match.start(), begin + match.end(), match[0], None)
            elif (bare := _BARE.match(piece)) and (country := self._country(begin)):
                yield Issuer(begin + bare.start("who"), begin + bare.end("who"), country.name + bare["who"], None)
            at += len(piece)

    def _country(self, at: int) -> Mention | None:
        """Return the country whose name is the heading above: what its section calls the government is its own."""
        for mention in reversed(self.mentions.within(max(0, at - _SECTION), at)):
            if mention.kind == "place" and _HEADING.search(self.text, max(0, mention.start - 12), mention.start):
                return mention if _HEADING_END.match(self.text, mention.end) else None
        return None

    def _after(self, place: Named) -> list[Issuer]:
        match = _BY.match(self.text, place.end + 1)
        match = match or _NUMBERED.match(self.text, place.end + 1)
        return self.names(*match.span("who")) if match else []

    def explaining(self) -> Iterator[Issuer]:
        """Yield who explains the text's own instrument: 由X负责解释."""
        at = self.text.find("解释")
        while at >= 0:
            begin, _ = self.outline.sentence(at)
            by = self.text.rfind("由", max(begin, at - 120), at)
            if by >= 0 and _EXPLAINS.search(self.text, by, at):
                yield from self.names(by + 1, at)
            at = self.text.find("解释", at + 2)


def _issuer(mention: Mention) -> Issuer:
    return Issuer(mention.start, mention.end, mention.name, mention.entity_id)


def _preferred(mentions: list[Mention]) -> list[Mention]:
    for kind in _PREFERENCE:
        found = [m for m in mentions if m.kind == kind]
        if found:
            return found
    return []
