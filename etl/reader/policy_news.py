"""What a text tells of instruments without printing their own date: agreed to, open for comments now, brought out of late."""

import re
from collections.abc import Iterator

from etl.reader.policy_dates import NamedIn, PolicyEvent, instrument
from etl.reader.subjects import Subject
from schema.dates import DateMatch, DateValue

# 《…》已经省人民政府同意, 《…》经市政府第五次常务会议审议通过.
_AGREED = re.compile(
    r"[》〉”」]?(?:[（(][^（）()\n]{1,40}[）)])?(?:现|业)?已?经[^，。；《》\d\n]{2,40}?(?:审议|研究|讨论|会议|表决)*(?:同意|通过|批准|审定)(?=[，,。；\n])"
)
# 经市政府同意，现印发《…》.
_WITH_LEAVE = re.compile(
    r"(?<!已)经[^，。；《》\d\n]{2,40}?(?:同意|批准|审议通过)[，,]现(?:将|就|印发|发布|公布)[^，。；《\n]{0,16}[《〈]$"
)
# 经国务院、中央军委批准，新修订的《…》日前颁布.
_APPROVED = re.compile(
    r"(?<!已)经(?P<who>[^，。；《》\d\n]{2,40}?)(?:同意|批准|审议通过|审定)[，,][^，。；《\n]{0,20}[《〈]$"
)
_OPEN_NOW = re.compile(
    r"现(?:就|将|面向|向|对外|公开|予以|正式|[^，。；\n]{0,40}?[，,]?)[^，。；\n]{0,40}?(?:征求|征集)(?:社会|公众|各方|各界|有关方面|修改)*意见"
)
# Whoever issues on a site of its own announces it on the day: 市政府网站5月30日消息.
_SITE = re.compile(r"(?:网站|官网|公众号|公报)[ \n]?(?:于|在)?$")
_EXTENDED = re.compile(
    r"(?:延长|延续)(?P<name>[^，。；\n]{2,30}?(?:政策|措施|办法|规定|优惠))(?:的)?(?:执行|实施|有效|适用)*(?:期限?|时间)?(?:延长)?(?:至|到)[ \n]?$"
)
_LEAD = 120


class PolicyNews(NamedIn):
    """Reads what befell the instruments of one document on days that it does not print."""

    def agreed(self) -> Iterator[Subject]:
        """Yield the instruments that an authority agreed to on a day that is not told."""
        for place in self.named if "经" in self.text else ():
            lead = max(0, place.start - _LEAD)
            if (
                _AGREED.match(self.text, place.end)
                or _APPROVED.search(self.text, lead, place.start)
                or _WITH_LEAVE.search(self.text, lead, place.start)
            ):
                yield instrument(place)

    def approvers(self) -> Iterator[tuple[Subject, int, int]]:
        """Yield the instruments that are told to be brought out with leave, and where the authorities stand that gave it."""
        for place in self.named if "经" in self.text else ():
            approved = _APPROVED.search(self.text, max(0, place.start - _LEAD), place.start)
            if approved is not None:
                yield instrument(place), *approved.span("who")

    def open_now(self, main: Subject | None) -> Iterator[PolicyEvent]:
        """Yield the drafts that a text opens for comments as it appears: of the title named last before, else of `main`."""
        written = self.scope.written
        if written is None or len(written) < len("2025-01-01") or "意见" not in self.text:
            return
        for call in _OPEN_NOW.finditer(self.text):
            begin, stop = self.outline.sentence(call.start())
            named = self.between(begin, min(stop, call.end()))
            subject = instrument(named[-1]) if named else main
            if subject is not None:
                date = DateMatch(call.start(), call.end(), DateValue(written, "day", "document_date"))
                yield PolicyEvent("proposed", subject, date, False, call.start())

    def announced(self) -> Iterator[PolicyEvent]:
        """Yield the instruments that an authority's site told of on a day: 市政府网站5月30日消息，…印发《…》."""
        for date in self.scope.dates:
            if _SITE.search(self.text, max(0, date.start - 12), date.start) and date.value.date:
                _, stop = self.outline.sentence(date.end)
                for place in self.between(date.end, min(stop, date.end + _LEAD))[:1]:
                    yield PolicyEvent("announced", instrument(place), date, False, date.start)

    def extended(self) -> Iterator[PolicyEvent]:
        """Yield the measures whose term is prolonged to a date: 延长…政策执行期限至2027年底."""
        for date in self.scope.dates if "延" in self.text else ():
            told = _EXTENDED.search(self.text, max(0, date.start - 60), date.start)
            if told is not None and date.value.date:
                subject = Subject(told["name"], "policy", None, *told.span("name"))
                yield PolicyEvent("expired", subject, date, True, told.start())
