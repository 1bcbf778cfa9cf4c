"""Bylines: whose reporters and editors wrote a text: 青禾日报记者 甲 乙, 青禾社1月4日讯（记者 甲）, （青禾社 甲）."""

import re
from collections.abc import Iterator

import rjieba

from etl.reader.forms import SURNAMES, is_person
from etl.reader.mentions import Mention, clean
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_MARKS = r"[ \n*_]*"
_ROLE = r"(?P<title>(?:首席|见习|实习|特约|特派|高级|资深|视频|摄影|财经|科技|驻[\u3400-\u9fff]{2,6}?)?(?:记者|编辑|评论员|撰稿人|作者|编译))"
_NAME = r"[\u3400-\u9fff]{2,3}"
_NEXT = rf"(?:[ \n*]{{1,3}}|[、/])(?:{_NAME})(?![\u3400-\u9fff])"
_NAMES = rf"(?P<names>{_NAME}(?![\u3400-\u9fff])(?:{_NEXT}){{0,5}})"
# What names a medium, by its last word.
_MEDIUM = (
    r"(?P<org>[\u3400-\u9fffA-Za-z·]{0,10}?(?:[\u3400-\u9fff]{2}新闻|[\u3400-\u9fff]{2}(?:日报|晚报|早报|时报|晨报|商报|周刊|财经|视频|青年报|都市报|证券报|经济报|杂志|电视台|客户端|观察|中文网)|"
    r"[\u3400-\u9fff]{2,4}社|[\u3400-\u9fff]{1,4}网|[\u3400-\u9fff]{1,4}报|南都|每经|总台央视|央视))"
)
_REPORTER = re.compile(rf"(?<=记者|编辑){_MARKS}[：:/｜丨|]?{_MARKS}{_NAMES}")
_BEFORE = re.compile(rf"{_MEDIUM}{_MARKS}{_ROLE}$")
_OFFICE = re.compile(rf"{_MARKS}{_ROLE}$")
# 青禾社1月4日讯（记者 甲）.
_DATELINE = re.compile(
    rf"{_MEDIUM}(?:[\u3400-\u9fff]{{0,6}}(?:\d{{1,2}}月)?\d{{1,2}}日)?(?:讯|电|消息|报道|综合报道){_MARKS}[（(【]{_ROLE}$"
)
_SIGNED = re.compile(rf"[（(【](?:文/)?{_MEDIUM}[ /]{_NAMES}{_MARKS}[）)】]")
# 文/青禾科技 甲、乙; 作者丨甲, under 出品丨青禾.
_WRITTEN = re.compile(
    rf"(?m)^[ *_【（(]*(?:文|撰文|编辑|采写|作者)[ ]?[/｜丨|][ *]*(?P<org>[\u3400-\u9fffA-Za-z·]{{2,10}})[ *]+{_NAMES}"
)
_HOUSE = re.compile(
    r"(?m)^[ *_]*(?:出品|来源)[ *]*[|｜丨：:][ *]*(?P<org>[\u3400-\u9fffA-Za-z·]{2,12})[ *]*$|^[ *_]*(?P<by>[\u3400-\u9fffA-Za-z·]{2,8})(?:报道|出品|原创)[ *]*$"
)
_BY = re.compile(rf"(?m)^[ *_]*(?P<title>作者|编辑|撰文|文|记者|责编)[ *]*[|｜丨：:/][ *]*{_NAMES}")
_NO_HOUSE = re.compile(r".*(?:网络|综合|作者|本文|图片|编辑|视觉)")
_HEAD = 400
# 青禾新闻《一线》 特约作者 甲; 甲 发自 青山 / 青禾位 | 公众号; 来源：青禾日报 作者：甲.
_COLUMN = re.compile(
    rf"(?m)^[ *_]*(?P<org>[\u3400-\u9fff]{{2,8}})《[^《》\n]{{2,10}}》[ *]*(?:特约|特派)?(?:作者|撰稿人|记者)?[ *：:]*{_NAMES}(?=[ *]*(?:发自|$|\n))"
)
_SENT = re.compile(rf"(?m)^[ *_#]*{_NAMES}[ *]+发自[^\n]{{0,12}}\n[ \n]*(?P<org>[\u3400-\u9fff]{{2,8}})[ *]*[|｜丨]")
_SOURCE = re.compile(rf"来源[：:][ ]?(?P<org>[\u3400-\u9fff]{{2,10}})[ ，；]+(?P<title>作者|记者)[：:][ ]?{_NAMES}")
# 青禾客户端 | 作者 甲 乙; 《青禾》特派记者 甲.
_AUTHORS = re.compile(rf"(?m)^[ *_]*{_MEDIUM}(?:客户端)?[ *]*[|｜丨][ *]*作者[ ：:|｜丨*]*{_NAMES}")
_TITLED = re.compile(rf"《(?P<org>[\u3400-\u9fffA-Za-z]{{2,10}})》{_MARKS}{_ROLE}$")
_EACH = re.compile(_NAME)
_WORDS = ("记者", "编辑")
_LEAD = 40
_OWN = re.compile(r"本[报社网台刊]|有[^，。]*|外[国媒]|多[家名位]|该|这")


def _is_name(name: str) -> bool:
    """Tell a name from a word, where a byline has already left a place for one."""
    return is_person(name) or (name[0] in SURNAMES and rjieba.tag(name)[0][1][0] not in "nvdtmp")


class BylineReader:
    """Reads who wrote a text for whom."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self) -> Iterator[Proposal]:
        """Yield the affiliations that the bylines of a text tell."""
        if any(word in self.text for word in _WORDS):
            for match in _REPORTER.finditer(self.text):
                yield from self._of_reporters(match)
        for match in _SIGNED.finditer(self.text) if "（" in self.text or "【" in self.text else ():
            yield from self._written(self._body(*match.span("org")), match, "")
        for match in _WRITTEN.finditer(self.text) if "文" in self.text[:_HEAD] else ():
            yield from self._written(self._body(*match.span("org")), match, "")
        for form, word in ((_COLUMN, "》"), (_SENT, "发自"), (_SOURCE, "来源")):
            for match in form.finditer(self.text) if word in self.text else ():
                yield from self._written(self._body(*match.span("org")), match, "作者")
        yield from self._of_house()
        for match in _AUTHORS.finditer(self.text) if "作者" in self.text else ():
            yield from self._written(self._body(*match.span("org")), match, "作者")

    def _of_reporters(self, match: re.Match[str]) -> Iterator[Proposal]:
        begin = max(0, self.text.rfind("\n", 0, match.start()) + 1, match.start() - _LEAD)
        known = [m for m in self.parties.mentions.within(begin, match.start()) if m.kind == "organization"]
        office = _OFFICE.fullmatch(self.text, known[-1].end, match.start()) if known else None
        if office is not None:
            yield from self._written(known[-1], match, office["title"])
            return
        told = _TITLED.search(self.text, begin, match.start()) or _BEFORE.search(self.text, begin, match.start())
        told = told or _DATELINE.search(self.text, begin, match.start())
        if told is not None and not _OWN.fullmatch(told["org"]):
            yield from self._written(self._body(*told.span("org")), match, told["title"])

    def _of_house(self) -> Iterator[Proposal]:
        """Yield the writers of the house that a line at the text's head names: 出品丨青禾 / 作者丨甲."""
        house = _HOUSE.search(self.text, 0, _HEAD)
        if house is None:
            return
        group = "org" if house["org"] else "by"
        if _NO_HOUSE.match(house[group]):
            return
        body = self._body(*house.span(group))
        for match in _BY.finditer(self.text, 0, _HEAD + _HEAD):
            yield from self._written(body, match, match["title"])

    def _body(self, start: int, end: int) -> Mention:
        known = [m for m in self.parties.mentions.within(start, end) if m.kind == "organization" and m.end == end]
        return known[0] if known else Mention(start, end, "organization", clean(self.text[start:end]), None)

    def _written(self, body: Mention, match: re.Match[str], title: str) -> Iterator[Proposal]:
        for name in _EACH.finditer(self.text, *match.span("names")):
            if not _is_name(name[0]):
                return
            yield tie(
                "affiliation", Mention(name.start(), name.end(), "person", name[0], None), body, title=title, place=None
            )
