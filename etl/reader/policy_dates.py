"""What befell an instrument and when: proposed, issued, adopted, in force, expired."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from etl.reader.clauses import Outline
from etl.reader.instruments import ABOUT, LISTED, TOP, Named
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject
from schema.dates import DateMatch

_DEED = re.compile(
    r"(?P<expired>失效(?:日期)?|废止(?:日期)?|有效期)|(?P<comment_deadline>反馈|截止)|(?P<agreed>达成|敲定)|(?P<adopted>通过|批准|表决)"
    r"|(?P<in_force>生效|施行|实施(?!方案|细则|意见|条例|办法|步骤)|适用|起(?=为期))|(?P<issued>(?:出炉|公布|发布(?!会)|印发|下发|出台|推出|签署|颁布|制定(?:出台|发布|公布|印发)?|宣布(?=了?[《〈]))(?!后|之日|以来|前|日期)|(?:生成|成文|发文|印发|发布|公布)日期)|(?P<proposed>提出|提案|(?:送请|提请|函请|送交|提交)[^，。；\n]{1,10}?(?:审议|审查)|草案预告|预告草案|(?:公开)?征求意见(?!稿|函|阶段))|(?P<amended>修订(?!稿|版|草案|[、和])|修正(?!案)|修改(?!意见)|更新(?=了?[《〈]))"
)
# Asked for, wished or denied: no event.
_WISHED = re.compile(
    r"(?:(?<![急所刚])需|(?<![相适响供对反])应|须|不得|未|没有?|(?<![认许])可(?!信)|(?<![智功性只])能(?![源力耗效级量])|要求|希望|如果|无法)[^，。；]{0,4}$"
)
_PLANNED = re.compile(r"(?:预计|将|拟|(?<!按)计划|有望|最早|原定|可能|或)[^。；]{0,16}$")
_LIMIT = re.compile(r"(?:到|截至|至今)$")
# A year that numbers a meeting, or a date whose month is left to be filled in.
_NO_DATE = re.compile(
    r"第\d+次|(?:[至到–—~-]?(?:19|20)\d\d)?(?:年|财政)*年?度(?!内)|\s*月|\s*版|消息[，,]|讯[，,]|电[，,]|[ ]?[电讯][^。；\n]{0,90}?(?:日前|近日|近期)"
)
_JOINED = re.compile(r"[ \n*]*(?:了)?(?:于|在|自|至|为|到|：|:|（|\(|\]|】|日期|时间|期限|截止|[ \n*])*")
# Said of the instrument that the text is about, though the sentence gives no title.
_POINTING = re.compile(
    r"(?:该|本|此|这[一项部]|上述)[ \n]?(?:法案|法规|法律|法|办法|规定|条例|政策|措施|文件|意见|方案|计划|细则|指南|通知)|法案(?!的?修正)|《[^《》]{1,8}》"
)
# A paper that names itself: 本决定 is not the law that it changes.
_OWN = re.compile(r"本(?P<kind>决定|通知|公告|批复)")
_PLAIN = re.compile(r"[ \n*]*(?:[，。；）)”：:]|之日|起|$|的《|《|发布|了?《)")
_UNNAMED = re.compile(
    r"[了的]*+(?![这该此本])(?:一项|一份|一部|首部|首个|首轮|第[一二三四五]轮|新一轮|新的?|相关|最新)?(?:有关|关于|针对)?[^，。；：《》\n]{0,24}?(?P<name>[一二两三四五六七八九十\d]+年计划|[\u3400-\u9fffA-Za-z]{0,8}(?:限令|限制令|管制措施)|(?:[\u3400-\u9fff]{2,10}、){0,2}[\u3400-\u9fff]{0,10}?管制的?(?:新|最终)?(?:条例|规定|规则)|联合声明|行政命令|行政令|总统令|[\u3400-\u9fffA-Za-z]{0,6}(?<=[法法案例定])草案|法案|法律|条例|禁令|出口管制规则|管制规则|规则)(?![\u3400-\u9fff]?(?:的修订|手册|要求))"
)
_ISSUING = re.compile(r"签署|下达|颁布|出台|公布|发布(?!会)|推出")
_ORDER = re.compile(r"令$|措施$|管制|年计划$|联合声明$")
# An order or rule without a title, before the day of its effect: 出口管制条例将于…生效.
_TAKES_EFFECT = re.compile(
    r"(?P<name>[^，。；：的了与和该本此这\s《》“”]{0,8}(?:管制条例|管制规定|管制令|限令|禁令|行政令|新规|(?<=的)规定|(?<=的)规则|(?<=的)条例))[，,]?(?:将|拟|也|已|预计)*(?:的?(?:生效|施行|实施)(?:日期|时间)[为是：]|于|自|在|从)?[ \n]*$"
)
# What stands behind a title right after a date: 2020年，《…》首次明确…; 今年3月《…》公布以来; 去年3月《…》草案的征求意见.
_BESIDE = re.compile(r"[ \n*]*[，,]?[ \n*]*[《〈]")
_BEHIND = re.compile(
    r"[》〉](?:[（(][^（）()\n]{1,40}[）)])?[ \n]?(?:(?P<proposed>草案的?(?:公开)?征求意见)|(?P<issued>(?:正式|公开)?(?:公布|发布|印发|出台|颁布)(?:以来|之?后)"
    r"|(?:首次|正式|又|进一步|还)?(?:明确(?!的)|提出|要求|规定)|(?:等[^，。；《\n]{0,12})?(?:相继|陆续|先后|接连|正式|分别)+(?:发布|印发|出台|公布|颁布|实施)))"
)
_OF_LATE = re.compile(
    r"(?:近日|日前|近期|最近|昨日|今日|刚刚)[，,]?[^，,。；：《\n]{0,60}?(?:印发|发布|公布|出台|颁布)了?(?:一[份项部])?[^，。；：《》\n]{0,10}[《〈]$"
)
_CAMPAIGN = re.compile(
    r"(?:近日|日前|近期|最近)，?[^，。；：《\n]{0,14}?(?:印发|发布|下发)了?(?:通知|公告|文件|通告)，[^，。；“”《》\n]{0,16}(?:部署|开展|启动|组织|实施)[^，。；“”《》\n]{0,14}[“「]$"
)
_ISSUES_IT = re.compile(
    r"[ \n*#]*[\u3400-\u9fff、]{2,40}?(?:国务院|政府|办公厅|办公室|委员会|[部委局厅署院组会])(?:等[一二三四五六七八九十\d]+部门)?(?:联合|共同|正式)*(?:印发|发布|公布|出台|颁布)了?[^，。；《》\n]{0,8}[《〈]"
)
_OF_LATE_REACH, _MOST_LISTED = 100, 8
_BROUGHT_OUT = re.compile(r"(?:印发|发布|公布|出台|颁布|下发|制定|制订|推出)了?[^，。；《》\n]{0,10}[《〈]$")
_REPEALED = re.compile(r"(?:同时|一并|予以|即行)废止")
_STARTS = re.compile(r"[ \n*]?起?(?:正式)?(?:施行|实施|生效|执行)")
# A word that stands for the title named before: 该战略预计….
_THAT = re.compile(
    r"[ \n*]*(?:该|此|这[一项部份])(?P<kind>[\u3400-\u9fff]{1,4}?(?:法案|条例|办法|规定|政策|措施|意见|方案|计划|细则|指南|战略|规划|倡议)|法|法案|条例|办法|规定|政策|措施|意见|方案|计划|细则|指南|战略|规划|倡议)"
)
_GOES_ON = re.compile(r"[ \n]*(?:会议|并|会上)?(?:审议|讨论|研究|审议并|表决|正式|原则)*")
_NEXT = 16
_CARRY = 300
_OBJECT = re.compile(r"[^，。；\n]{0,40}[《〈“「]")
_OTHERS = re.compile(r"的(?![《〈]|该|这)")
_ITS_LINE = re.compile(
    r"[ \u3000]*(?:《[^》\n]{4,80}》|[\u3400-\u9fff\d、 \u3000]{2,60}?(?:《[^》\n]{4,80}》)?)(?:第?[一二三四五六七八九十]+次)?(?:令?第?[ ]?[一二三四五六七八九十百\d]+[ ]?号(?:令|公告)?)?(?:(?P<issued>发布|公布|颁布|印发)|(?P<adopted>(?:修订|审议|表决)?(?:通过|批准))|(?:通过的《[^》\n]{2,60}》)?(?:第?[一二三四五六七八九十]+次)?(?P<amended>修订|修正|修改))[）)]?(?:[ \u3000*]*(?:根据)?[ \u3000]*(?=\n|$)|[ \u3000]*(?=(?:19|20)\d\d))"
)
# One line may tell of several days: …修正  2017年1月20日…修订.
_ANOTHER_DAY = re.compile(r"(?:通过|批准|修正|修订|修改|公布|发布)[）)]?[ \u3000]*$")
_FROM_ISSUE = re.compile(r"自(?:公布|发布|印发|颁布)之日起(?:正式)?(?:施行|实施|生效)")
# What a goal for a date is told with: 到2027年，…达到….
_GOAL = re.compile(
    r"[底末]?(?:年)?[前，, ]?[^。；\n]{0,60}?(?:达到?|超过?|建成|建设|形成|实现|突破|力争|基本|培育|打造|全面|完成|打通|构建|翻|提)"
)
_UNTIL = re.compile(r"(?<!截)(?<!预计)[到至][ \n]?$|(?:力争|争取)[ \n]?$")
# What an order without a title is called: a text with none of these words has none.
_CALLED = re.compile(r"限令|限制令|管制|行政命令|行政令|总统令|法案|草案|年计划|法律|条例|禁令|规则|新规|规定|联合声明")
_CALL = re.compile(
    r"(?:征求|征集|反馈)(?:社会|公众|各方)?意见(?:建议)?的?(?:时间|期限|期间|日期)?(?:是|为|：|:|自|从|[ \n*])*$"
)
_TO_ASSEMBLY = re.compile(r"送|提请|函请|提交|草案|预告")
_REACH, _AFTER = 160, 100


class PolicyEvent(NamedTuple):
    """Something that befell an instrument on a date; `verb` is where the word stands that tells it."""

    event: str
    subject: Subject
    date: DateMatch
    planned: bool
    verb: int


class NamedIn:
    """Holds the places where one document names instruments, in their order."""

    def __init__(self, outline: Outline, scope: ScopeFinder, named: list[Named]) -> None:
        self.outline = outline
        self.text = outline.text
        self.scope = scope
        self.named = named
        self.starts = [place.start for place in named]

    def between(self, begin: int, end: int) -> list[Named]:
        """Return the places that begin from `begin` up to `end`, offsets of the text."""
        return self.named[bisect_left(self.starts, begin) : bisect_left(self.starts, end)]


class PolicyDates(NamedIn):
    """Reads the dates of the instruments of one document."""

    def __init__(self, outline: Outline, scope: ScopeFinder, named: list[Named]) -> None:
        super().__init__(outline, scope, named)
        self.has_orders = _CALLED.search(outline.text) is not None

    def read(self, main: Subject | None) -> Iterator[PolicyEvent]:
        """Yield what befell the instruments that sentences name; and `main`, where a sentence points to it."""
        for date in self.scope.dates:
            yield from self._consultation(date, main)
            if not date.value.date or _NO_DATE.match(self.text, date.end):
                continue
            if not _LIMIT.search(self.text, max(0, date.start - 3), date.start):
                found = self._under_title(date, main) or self._beside(date) or self._event(date, main)
                if found is not None:
                    yield found
                    if found.subject.start > found.verb:
                        for place in self._listed(found.subject.start):
                            yield found._replace(subject=instrument(place))
        yield from self._in_chronicles()

    def _under_title(self, date: DateMatch, main: Subject | None) -> PolicyEvent | None:
        """Return what a line under an instrument's own title tells of it: 1986年1月23日 国务院发布."""
        if main is None or not main.start < date.start < TOP:
            return None
        told = _ITS_LINE.match(self.text, date.end)
        line = self.text[self.text.rfind("\n", 0, date.start) + 1 : date.start]
        if told is None or (line.strip(" \u3000（(*") and _ANOTHER_DAY.search(line) is None):
            return None
        return PolicyEvent(str(told.lastgroup), main, date, False, told.start())

    def _in_chronicles(self) -> Iterator[PolicyEvent]:
        """Yield the instruments whose issue an item tells under a day or month that stands above its list."""
        for place in self.named:
            date = self.scope.section_date(place.start)
            verb = _BROUGHT_OUT.search(self.text, max(0, place.start - 24), place.start) if date else None
            if date is None or verb is None or not date.value.date:
                continue
            line = self.text.rfind("\n", max(0, place.start - _REACH), place.start)
            if not self.scope.dates_within(line, place.start):
                for one in (place, *self._listed(place.start)):
                    yield PolicyEvent("issued", instrument(one), date, False, verb.start())

    def _consultation(self, date: DateMatch, main: Subject | None) -> Iterator[PolicyEvent]:
        """Yield when comments may begin and must end: 征求意见的时间是…至…, of the title named last, else of `main`."""
        value = date.value
        if not (value.period_start and value.period_end and value.precision == "period"):
            return
        if not _CALL.search(self.text, max(0, date.start - 24), date.start):
            return
        named = self.between(max(0, date.start - _CARRY), date.start)
        subject = instrument(named[-1]) if named else main
        for event, day in (("proposed", value.period_start), ("comment_deadline", value.period_end)):
            if subject is not None:
                known = replace(date, value=replace(value, date=day, period_start=None, period_end=None))
                yield PolicyEvent(event, subject, known, False, date.start)

    def repealed(self) -> Iterator[PolicyEvent]:
        """Yield the instruments that end on the day when another takes effect: 自…起施行。《…》同时废止."""
        for word in _REPEALED.finditer(self.text) if "废止" in self.text else ():
            begin, _ = self.outline.sentence(word.start())
            paragraph = self.text.rfind("\n", max(0, word.start() - 2 * _CARRY), word.start()) + 1
            dates = self.scope.dates_within(max(paragraph, word.start() - _CARRY), word.start())
            starting = [date for date in dates if _STARTS.match(self.text, date.end)]
            if starting:
                for place in self.between(max(begin, word.start() - _CARRY), word.start()):
                    yield PolicyEvent("expired", instrument(place), starting[-1], False, word.start())

    def _listed(self, start: int) -> Iterator[Named]:
        """Yield the titles that are listed behind the one at a position."""
        index = bisect_left(self.starts, start)
        for one, other in pairwise(self.named[index : index + _MOST_LISTED]):
            if not LISTED.fullmatch(self.text, one.end, other.start):
                return
            yield other

    def undated(self) -> Iterator[Subject]:
        """Yield the instruments that a text says were issued of late, the listed ones too."""
        for place in self.named:
            lead = max(0, place.start - _OF_LATE_REACH)
            told = _OF_LATE.search(self.text, lead, place.start) or _CAMPAIGN.search(self.text, lead, place.start)
            if told or self._is_brought_out(place):
                yield instrument(place)
                yield from map(instrument, self._listed(place.start))

    def _is_brought_out(self, place: Named) -> bool:
        """Tell whether an authority is said to issue a title, in a clause that begins with its name and dates nothing."""
        begin, _ = self.outline.clause(place.start)
        return _ISSUES_IT.fullmatch(self.text, begin, place.start) is not None

    def _beside(self, date: DateMatch) -> PolicyEvent | None:
        """Return what a title right after a date, or the last of several, says of itself by what follows it."""
        opening = _BESIDE.match(self.text, date.end)
        named = self.between(opening.end(), opening.end() + 1) if opening else []
        last = [*named, *(self._listed(named[0].start) if named else ())][-1:]
        told = _BEHIND.match(self.text, last[0].end) if last else None
        if told is None:
            return None
        # What is told before the first title is told of all that are listed behind it.
        return PolicyEvent(str(told.lastgroup), instrument(named[0]), date, False, named[0].start - 1)

    def _that(self, begin: int) -> Subject | None:
        """Return the title named before, where a sentence begins with a word that stands for it."""
        word = _THAT.match(self.text, begin)
        named = self.between(max(0, begin - _CARRY), begin) if word else []
        return instrument(named[-1]) if word and named and named[-1].title.endswith(word["kind"]) else None

    def targets(self, main: Subject | None) -> Iterator[PolicyEvent]:
        """Yield the dates that instruments set goals for: 到2027年，…达到…; of the title named before, else of `main`."""
        for date in self.scope.dates:
            known = date.value.date and date.value.date[:2] == "20"
            if not known or not _UNTIL.search(self.text, max(0, date.start - 5), date.start):
                continue
            if not _GOAL.match(self.text, date.end):
                continue
            begin, _ = self.outline.sentence(date.start)
            named = self.between(max(begin, date.start - _REACH), date.start)
            subject = instrument(named[-1]) if named else main
            if subject is not None:
                yield PolicyEvent("target_date", subject, date, True, date.start)

    def _event(self, date: DateMatch, main: Subject | None) -> PolicyEvent | None:
        begin, end = self._stretch(date)
        named = self.between(begin, end)
        main = main if named else self._that(self.outline.sentence(date.start)[0]) or main
        if not (named or main or self.has_orders):
            return None
        verb = self._verb(date, begin, end)
        if verb is None or _WISHED.search(self.text, max(begin, verb.start() - 8), verb.start()):
            return None
        if not named and main is None:
            stop = min(end, date.end + 72)
            told = _CALLED.search(self.text, date.end, stop) and _UNNAMED.search(self.text, date.end, stop)
            if told is None and _TAKES_EFFECT.search(self.text, begin, date.start) is None:
                return None
        subject = self._subject(verb, date, named, (begin, end), main)
        if subject is None:
            return None
        lead = max(begin, min(verb.start(), date.start) - 24)
        due = self.text.startswith(("前", "之前"), date.end) and verb.lastgroup == "amended"
        planned = due or _PLANNED.search(self.text, lead, verb.start()) is not None
        return PolicyEvent(str(verb.lastgroup), subject, date, planned, verb.start())

    def _stretch(self, date: DateMatch) -> tuple[int, int]:
        """Return the sentence of a date; a line that begins with it is taken whole: a timeline."""
        begin, end = self.outline.sentence(date.start)
        line = self.text.rfind("\n", max(0, date.start - 12), date.start)
        if line >= 0 and not self.text[line : date.start].strip(" \n*-•·#>"):
            finish = self.text.find("\n", date.end)
            end = max(end, finish) if finish >= 0 else len(self.text)
        return max(begin, date.start - _REACH), min(end, date.end + _REACH)

    def _verb(self, date: DateMatch, begin: int, end: int) -> re.Match[str] | None:
        """Return the word that tells what happened on a date: after it, else one that it is joined to."""
        start, stop = self.outline.clause(date.start)
        found = self._outside(date.end, min(stop, end))
        if (found is None and self.text[start : date.start].strip(" \n*") == "") or (
            found is None and stop - date.end < 4
        ):
            found = self._outside(date.end, min(end, date.end + _AFTER))
        if found is None and stop < end:
            # 10月10日主持召开会议，审议通过《…》: the next clause goes on with the deed.
            going = _GOES_ON.match(self.text, stop, end)
            later = self._outside(stop, min(end, stop + _NEXT)) if going else None
            found = later if later is not None and going is not None and later.start() <= going.end() else None
        if found is not None:
            return found
        lead = max(begin, date.start - 24)
        for match in _DEED.finditer(self.text, lead, date.start):
            if _JOINED.fullmatch(self.text, match.end(), date.start):
                return match
        return None

    def _outside(self, start: int, end: int) -> re.Match[str] | None:
        """Return the first telling word of a range that no title holds."""
        for match in _DEED.finditer(self.text, start, end):
            index = bisect_left(self.starts, match.start() + 1) - 1
            if index < 0 or match.start() >= self.named[index].end:
                return match
        return None

    def _subject(
        self,
        verb: re.Match[str],
        date: DateMatch,
        named: list[Named],
        stretch: tuple[int, int],
        main: Subject | None,
    ) -> Subject | None:
        _, stop = self.outline.clause(verb.start())
        after = next((place for place in named if place.start > verb.end()), None)
        if after is not None and (
            not self.text[verb.end() : after.start].strip("了 \n")
            or _OBJECT.fullmatch(self.text, verb.end(), after.start)
        ):
            return None if ABOUT.match(self.text, after.end + 1) else instrument(after)
        if verb.lastgroup in {"issued", "adopted", "proposed"}:
            unnamed = self._unnamed_at(verb.end(), stop)
            if unnamed:
                start, end = unnamed.span("name")
                return Subject(self.text[start:end], "policy", None, start, end)
        before = [place for place in named if place.start < verb.start()]
        if before and self._goes_on(before[-1], verb):
            return instrument(before[-1])
        if not named and verb.lastgroup in {"in_force", "expired"}:
            own = _TAKES_EFFECT.search(self.text, stretch[0], date.start)
            if own and (main is None or own["name"] not in main.name):
                return Subject(own["name"], "policy", None, *own.span("name"))
        if main is None:
            return None
        return main if self._is_of_main(verb, stretch, main.name) else None

    def _goes_on(self, place: Named, verb: re.Match[str]) -> bool:
        """Tell whether a word speaks of the title before it: nothing else is what was issued or took effect."""
        return verb.lastgroup != "issued" or _PLAIN.match(self.text, verb.end()) is not None

    def _is_of_main(self, verb: re.Match[str], stretch: tuple[int, int], title: str) -> bool:
        if verb.lastgroup == "issued":
            return _PLAIN.match(self.text, verb.end()) is not None and self._is_head(verb)
        if _OTHERS.match(self.text, verb.end()):
            return False
        if verb.lastgroup == "proposed":
            return _TO_ASSEMBLY.match(verb[0]) is not None
        if verb[0] == "起":
            return False
        own = _OWN.search(self.text, stretch[0], stretch[1])
        if own and own["kind"] not in title:
            return False
        pointed = _POINTING.search(self.text, stretch[0], stretch[1]) is not None
        return pointed or verb.lastgroup in {"comment_deadline", "expired", "in_force", "adopted"}

    def _is_head(self, verb: re.Match[str]) -> bool:
        """Tell whether a line stands at the text's head, where its own dates are."""
        return verb.start() < 1500 or "日期" in verb[0]

    def unnamed(self) -> Iterator[tuple[int, Subject]]:
        """Yield the orders without a title that a text says were issued, dated or not, with where it says so."""
        for verb in _ISSUING.finditer(self.text) if self.has_orders else ():
            _, stop = self.outline.clause(verb.start())
            order = self._unnamed_at(verb.end(), stop)
            if order and _ORDER.search(order["name"]):
                start, end = order.span("name")
                yield verb.start(), Subject(self.text[start:end], "policy", None, start, end)

    def _unnamed_at(self, start: int, stop: int) -> re.Match[str] | None:
        """Return the order without a title that begins here; most ranges hold no word for one."""
        return _UNNAMED.match(self.text, start, stop) if _CALLED.search(self.text, start, stop) else None

    def in_force_on_issue(self, issued: PolicyEvent) -> bool:
        """Tell whether the text says that the instrument takes effect on the day it is issued."""
        return _FROM_ISSUE.search(self.text, max(0, issued.verb - 400), issued.verb + 800) is not None


def instrument(place: Named) -> Subject:
    """Return the subject that a place names."""
    return Subject(place.title, "policy", None, place.start, place.end)
