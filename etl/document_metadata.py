"""What a document says of itself: title, publisher, author, date, language. Nothing is guessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.line_starts import line_matches

Span = tuple[int, int]

HEAD, TAIL = 1600, 900  # characters of the article looked at from either end


@dataclass(frozen=True, slots=True)
class Metadata:
    """What was found; `date` is a partial ISO date and `date_basis` where it is printed."""

    title: str | None
    publisher: str | None
    author: str | None
    date: str | None
    date_basis: str | None
    language: str


def describe(
    text: str, body: Sequence[Span], printed: Sequence[Span], matter: Mapping[str, str], hints: Mapping[str, str]
) -> Metadata:
    """Read the metadata: front matter first, then what the file's format declares, then what is printed.

    `body` is the article; `printed` is the article with the page's own data and credits.
    """
    head = _head(text, printed)
    tail = _tail(text, printed)
    date, basis = _date(matter, hints, text, head, tail)
    return Metadata(
        title=matter.get("title") or _title(head) or hints.get("title") or _first_line(text, body),
        publisher=matter.get("publisher") or hints.get("publisher") or _publisher(head, tail),
        author=matter.get("author") or hints.get("author") or _author(head, tail),
        date=date,
        date_basis=basis,
        language=language_of(head),
    )


def _head(text: str, ranges: Sequence[Span]) -> str:
    left, pieces = HEAD, []
    for start, end in ranges:
        if left <= 0:
            break
        pieces.append(text[start : min(end, start + left)])
        left -= len(pieces[-1])
    return "\n".join(pieces)


def _tail(text: str, ranges: Sequence[Span]) -> str:
    """Return the end of the printed part, or "" where the head holds it."""
    left, pieces = min(TAIL, sum(end - start for start, end in ranges) - HEAD), []
    for start, end in reversed(ranges):
        if left <= 0:
            break
        pieces.append(text[max(start, end - left) : end])
        left -= len(pieces[-1])
    return "\n".join(reversed(pieces))


# --- front matter

_FENCE = re.compile(r"\ufeff?\s*(---|\+\+\+)[ \t]*\r?\n")
_KEY = re.compile(r"^([A-Za-z_\u4e00-\u9fff][\w-]*)[ \t]*[:=][ \t]*(.*?)[ \t\r]*$")
_ITEM = re.compile(r"^[ \t]*-[ \t]+(.*?)[ \t\r]*$")
_NAMES = {
    "title": ("title", "标题", "headline"),
    "date": ("date", "published", "publish_date", "pubdate", "published_at", "publishdate", "date_published", "发布时间", "发布日期", "日期"),
    "author": ("author", "authors", "byline", "作者"),
    "publisher": ("publisher", "source", "source_name", "site", "site_name", "sitename", "来源", "媒体"),
}  # fmt: skip
_PROSE_VALUE = re.compile(
    r"^(?:title|subtitle|description|summary|abstract|excerpt|标题|摘要)[ \t]*[:=][ \t]*[\"']?([^\s\"'|>][^\n]*?)[\"']?[ \t\r]*$",
    re.M | re.I,
)
MATTER_LIMIT = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """YAML or TOML before the text: where it ends (0 without any), what it says by our names, what is prose in it."""

    end: int
    said: Mapping[str, str]
    prose: tuple[Span, ...]


def front_matter(text: str) -> FrontMatter:
    """Read the front matter; its title and summary are sentences of the article and stay readable."""
    nothing = FrontMatter(0, {}, ())
    fence = _FENCE.match(text, 0, 64)
    if not fence:
        return nothing
    closing = re.compile(rf"^{re.escape(fence[1])}[ \t]*\r?$", re.M).search(text, fence.end(), MATTER_LIMIT)
    if not closing:
        return nothing
    block = text[fence.end() : closing.start()]
    lines = block.split("\n")
    if not any(_KEY.match(line) for line in lines):
        return nothing  # a rule above and below a heading
    prose = tuple((fence.end() + m.start(1), fence.end() + m.end(1)) for m in _PROSE_VALUE.finditer(block))
    return FrontMatter(closing.end(), _renamed(_pairs(lines)), prose)


def _pairs(lines: Sequence[str]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    key = ""
    for line in lines:
        found = _KEY.match(line)
        if found:
            key = found[1].lower()
            value = "" if found[2] in ("|", ">", "|-", ">-") else _bare(found[2])
            pairs.setdefault(key, value)
        elif key and not pairs[key] and line.startswith((" ", "\t", "-")):
            item = _ITEM.match(line)
            pairs[key] = _bare(item[1] if item else line.strip())
    return pairs


def _bare(value: str) -> str:
    value = re.sub(r"[ \t]+#.*$", "", value) if value[:1] not in "\"'" else value
    value = value.strip("[] ") if value.startswith("[") and value.endswith("]") else value
    return value[1:-1].replace('\\"', '"') if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _renamed(pairs: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, keys in _NAMES.items():
        value = next((pairs[key] for key in keys if pairs.get(key)), "")
        if value and not (name == "publisher" and value.startswith(("http:", "https:"))):
            found[name] = value
    return found


# --- dates

_NUMERALS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "Ｏ": 0}
_MONTHS = {
    m: i for i, m in enumerate(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)
}
_MONTH = r"[JFMASOND][a-z]{2,8}\.?"
# Each form begins with a set of characters, which the engine scans for fastest.
_FORMS = (
    re.compile(
        r"[12][09]\d\d(?:\s*年\s*(?P<m>\d{1,2})\s*月(?:\s*(?P<d>\d{1,2})\s*[日号])?"
        r"|[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)|-(?P<m3>\d\d)(?![-\d]))"
    ),
    re.compile(r"[二一][〇○零Ｏ九][〇○零Ｏ一二三四五六七八九]{2}年(?P<zm>[一二三四五六七八九十]{1,2})月(?:(?P<zd>[一二三四五六七八九十]{1,3})日)?"),
    re.compile(rf"(?P<em>{_MONTH})\s+(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<ey>20\d\d|19\d\d)"),
    re.compile(rf"(?P<em>{_MONTH}),?\s+(?P<ey>20\d\d|19\d\d)"),
)  # fmt: skip
_DAY_BEFORE = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\s+$")
_CLOCK = r"\d{1,2}[:：]\d\d"
_LABELS = (
    ("published", r"发布时间|发布日期|发表时间|发表日期|发布于|发表于|公开日期|刊发日期|出版日期|發布時間|發布日期|发稿时间|"
                  r"Published(?:[ ]+(?:on|at|online|date))?|Publication[ ]+date|Posted(?:[ ]+on)?|Release[ ]+date|Date[ ]+published"),
    ("written", r"成文日期|发文日期|发文时间|成文时间|签发日期"),
    ("printed", r"印发日期|印发时间"),
    ("dated", r"日期|时间|時間|Date|Dated"),
)  # fmt: skip
_LABELLED = tuple((basis, re.compile(rf"(?:{words})[ \t*_]*[:：]?[ \t*_（(]*$", re.I)) for basis, words in _LABELS)
_SENTENCE_MARK, _CLAUSE_MARK = re.compile(r"[。！？，]"), re.compile(r"[。，；]")
_ONLY_MARKS = re.compile(r"[ \t>*_#|•·【\[（(-]*")
_STAMPED = re.compile(rf"[日 \tT]*{_CLOCK}[^\n。！？]{{0,60}}$")
_AFTER_ALONE = re.compile(r"[ \t*_）)\]】]*(?:星期.|周.)?(?:\]\([^\n]*)?[ \t\r]*$")
_LINKED = re.compile(r"\]\(")
_ACT = re.compile(r"(?![ \t]*[，,])[^\n。，]{0,60}?(?:通过|公布|印发|颁布|修订|修正)[^\n。]{0,80}$")
_ACT_IN_BRACKETS = re.compile(r"[^\n。]{0,80}?(?:通过|公布|发布|印发|颁布|修订|修正)[^\n。]{0,80}[）)][ \t]*$")
_LIST_ITEM = re.compile(r"[ \t]*(?:[-*•+|]|\d{1,2}[.、])[ \t]")
_IN_FORCE = re.compile(r"[ \t]*(?:起)?[ \t]*(?:施行|实施|生效)")
_WIRE = re.compile(r"(\d\d?)月(\d{1,2})日[ \t]*(?:电|電|消息|讯|訊|报道|報導)")
_WIRE_LEFT = re.compile(r"(?:社|讯|訊|报|報|网|網|电|電)[^\n。，]{0,16}$")
_YEAR_LEFT = re.compile(r"((?:19|20)\d\d)年$")
_ENGLISH_WIRE = re.compile(
    rf"^[ \t*]*[A-Z][A-Za-z. ,]{{2,40}}[,(–—-]+\s*(?P<em>{_MONTH})\s+(?P<ed>\d{{1,2}})(?:,\s*(?P<ey>20\d\d))?\b[^\n]{{0,30}}?(?:--|[–—(/])",
    re.M,
)
_COPYRIGHT = re.compile(r"(?:[Cc]opyright\s*(?:©|\([cC]\))?|©|版权所有\s*©?)\s*((?:19|20)\d\d)(?![-–—\d])")
_DOI_YEAR = re.compile(r"10\.\d{4,9}/[a-z]+\.((?:19|20)\d\d)\.\d")

# What a date's line says of it, the surest first; `top` is the first lines, `end` the last ones.
_ORDER = (
    "published", "written", "printed", "dated", "timestamp", "dateline", "linked", "date line", "issued", "signed"
)  # fmt: skip
TOP = 800


def _date(
    matter: Mapping[str, str], hints: Mapping[str, str], text: str, head: str, tail: str
) -> tuple[str | None, str | None]:
    for said, basis in ((matter, "front matter"), (hints, hints.get("date_basis", "file metadata"))):
        value = said.get("date", "")
        iso = next((iso for _, _, iso in _dates_in(value)), None) if value else None
        iso = iso or (value if re.fullmatch(r"(?:19|20)\d\d", value) else None)
        if iso:
            return iso, basis
    candidates: dict[str, list[str]] = {}
    for window, is_head in ((head, True), (tail, False)):
        for basis, iso in _judged_dates(window, is_head=is_head):
            candidates.setdefault(basis, []).append(iso)
    for basis in _ORDER:
        found = candidates.get(basis, [])
        # Many dates on lines of their own are a chronicle's.
        if found and not (basis in ("date line", "signed") and len(set(found)) > 2):
            return found[0], "date line" if basis == "linked" else basis
    return _mere_year(text)


def _judged_dates(window: str, *, is_head: bool) -> Iterator[tuple[str, str]]:
    top = min(TOP, max(200, len(window) // 2))
    for start, end, iso in _dates_in(window):
        line_start = window.rfind("\n", 0, start) + 1
        line_end = window.find("\n", end)
        left, right = window[line_start:start], window[end : line_end if line_end >= 0 else len(window)]
        basis = _basis_of(left, right, is_top=is_head and start < top)
        if basis and (len(iso) == 10 or basis not in ("date line", "signed", "issued")):
            yield basis, iso
    yield from _wires(window, is_top=is_head)


def _basis_of(left: str, right: str, *, is_top: bool) -> str | None:
    """Return what the line around a date makes of it; None where it is a date of the story."""
    left = left[-80:]
    labelled = _label_of(left)
    if labelled:
        return labelled
    if right.lstrip().startswith("印发"):
        return "printed"
    bare = bool(_ONLY_MARKS.fullmatch(left))
    if is_top and len(left) < 40 and not _SENTENCE_MARK.search(left) and _STAMPED.match(right):
        return "timestamp"
    if bare and is_top and _LINKED.match(right):
        return "linked"
    if bare and _AFTER_ALONE.match(right):
        return "date line" if is_top else "signed"
    act = _ACT_IN_BRACKETS if "（" in left or "(" in left else _ACT
    return "issued" if bare and is_top and act.match(right) and not _IN_FORCE.match(right) else None


def _label_of(left: str) -> str | None:
    """Return what the words before a date call it; an item of a list is a fact of something else."""
    if _LIST_ITEM.match(left) or _CLAUSE_MARK.search(left):
        return None
    for basis, label in _LABELLED:
        found = label.search(left)
        # `时间` alone is the page's; `会议时间`, `截止日期` are the story's.
        if found and (basis != "dated" or _ONLY_MARKS.fullmatch(left[: found.start()])):
            return basis
    return None


def _wires(window: str, *, is_top: bool) -> Iterator[tuple[str, str]]:
    """Yield the dates of news agencies' datelines; the year only where it is printed."""
    for found in _WIRE.finditer(window, 0, TOP if is_top else len(window)):
        left = window[max(0, found.start() - 24) : found.start()]
        year = _YEAR_LEFT.search(left)
        place = left[: year.start()] if year else left
        if _WIRE_LEFT.search(place) and int(found[1]) <= 12 and int(found[2]) <= 31:
            yield "dateline", f"{year[1] if year else '-'}-{int(found[1]):02d}-{int(found[2]):02d}"
    english = _ENGLISH_WIRE.search(window, 0, TOP) if is_top else None
    iso = _iso(english) if english else None
    if iso:
        yield "dateline", iso


def _dates_in(window: str) -> Iterator[tuple[int, int, str]]:
    """Yield the dates of a text with their places, in its order: `2024-12-03`, `2024-12`."""
    found = [(m.start(), m.end(), _iso(m)) for form in _FORMS[:-1] for m in form.finditer(window)]
    for month in _FORMS[-1].finditer(window):
        day = _DAY_BEFORE.search(window, max(0, month.start() - 6), month.start())
        iso = _iso(month)
        # `3 December 2024`; a month and year alone stand in sentences more often than as a page's date.
        if day and iso and 0 < int(day[1]) <= 31:
            found.append((day.start(), month.end(), f"{iso}-{int(day[1]):02d}"))
    yield from sorted((start, end, iso) for start, end, iso in found if iso)


def _mere_year(text: str) -> tuple[str | None, str | None]:
    ends = text if len(text) < 8000 else text[:4000] + "\n" + text[-4000:]
    for basis, mark, pattern in (
        ("copyright", "©", _COPYRIGHT),
        ("copyright", "opyright", _COPYRIGHT),
        ("doi", "10.", _DOI_YEAR),
    ):
        years = {m[1] for m in pattern.finditer(ends)} if mark in ends else set()
        if len(years) == 1:  # two different years: a guess
            return years.pop(), basis
    return None, None


def _iso(found: re.Match[str]) -> str | None:
    """Return the match as a partial ISO date: `--MM-DD` where no year is printed, None where it is no date."""
    groups = {key.rstrip("23"): value for key, value in found.groupdict().items() if value}
    year = groups.get("ey") or _leading_year(found[0])
    month = int(groups.get("m") or 0) or _MONTHS.get(groups.get("em", "")[:3].lower(), 0)
    month = month or _chinese_number(groups.get("zm"))
    day = int(groups.get("d") or groups.get("ed") or 0) or _chinese_number(groups.get("zd"))
    if not 0 < month <= 12 or day > 31:
        return None
    parts = f"{year or '-'}-{month:02d}"
    return f"{parts}-{day:02d}" if day else parts


def _leading_year(printed: str) -> str | None:
    if printed[:4].isdecimal() and printed[:2] in ("19", "20"):
        return printed[:4]
    digits = [_NUMERALS.get(c) for c in printed[:4]]
    return "".join(map(str, digits)) if len(digits) == 4 and None not in digits else None


def _chinese_number(value: str | None) -> int:
    if not value:
        return 0
    tens, ten, ones = value.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0)


# --- title

_HEADING = re.compile(r"^[ \t]*(#{1,6})[ \t]+(.+?)[ \t#]*$", re.M)
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_NO_TITLE = re.compile(
    r"摘\s*要|目\s*录|前\s*言|引\s*言|导\s*读|编者按|abstract|contents|introduction|关键词|keywords?|正文|首页|附件.{0,4}|"
    r"目\s*次|概\s*述|其他|国内|国外|other|menu|home|划重点",
    re.I,
)


_LABELLED_TITLE = re.compile(
    r"^[ \t\u3000]*(?:标|標)[ \t\u3000]*(?:题|題)[ \t]*[:：][ \t]*([^\n]{4,120}?)[ \t\r]*$", re.M
)


def _title(head: str) -> str | None:
    """Return the labelled title, else the first heading of the first level.

    A heading of another level is a title only where it stands by itself on its level.
    """
    labelled = _LABELLED_TITLE.search(head, 0, TOP)
    if labelled:
        return labelled[1]
    headings = [(len(m[1]), _plain(m[2])) for m in line_matches(_HEADING, head)]
    headings = [(level, words) for level, words in headings if words and not _NO_TITLE.fullmatch(words)]
    if not headings:
        return None
    top = min(level for level, _ in headings)
    first = next(words for level, words in headings if level == top)
    return first if top == 1 or (sum(level == top for level, _ in headings) == 1 and headings[0][0] == top) else None


def _plain(words: str) -> str:
    return _LINK.sub(r"\1", words).replace("**", "").replace("`", "").strip(" \t*_")


def _first_line(text: str, body: Sequence[Span]) -> str | None:
    """Return the article's first line where it looks like a title: short, no sentence, a longer text below it."""
    for start, end in body:
        piece = text[start : min(end, start + 600)]
        line, _, below = piece.lstrip().partition("\n")
        words = _plain(line)
        if not words:
            continue
        looks = 4 <= len(words) <= 60 and not re.search(r"[。；|\t]|[，,:：;、]$|^[-*•>（(]|\s{3,}", words)
        if not looks or _NO_TITLE.fullmatch(words) or line.lstrip().startswith(("#", "- ", "* ", "<", "![", "http")):
            return None
        return None if _heads_no_text(words, below) else words
    return None


_KEY_AND_VALUE = re.compile(r"[^\s：:，。]{2,8}[ \t]*[：:]")
_OF_A_TABLE = re.compile(r"(?:[附续]?表[ \t]*\d|Table[ \t]+\d|单位[:：]|单位：)", re.I)


def _heads_no_text(words: str, below: str) -> bool:
    """Tell whether a first line belongs to what is below it: wrapped prose, a list of fields, a table."""
    following = [line.strip() for line in below.split("\n")[:6] if line.strip()][:2]
    if _OF_A_TABLE.match(words) or (len(following) == 2 and all(map(_KEY_AND_VALUE.match, [words, *following]))):
        return True
    if len(words.split()) >= 4 and any(len(line.split()) >= 4 for line in following[:1]) and not words.isascii():
        return True
    wrapped = below[:1] not in ("\n", "\r", "") and bool(following) and not words.endswith(("？", "！"))
    return wrapped and _carries_on(words, following[0])


def _carries_on(words: str, following: str) -> bool:
    return (words[-1].islower() and following[:1].islower()) or following[:1] in "，。、；）"


# --- publisher and author

_VALUE = r"[ \t*_]*[:：|｜][ \t*_]*(?:\[)?([^\s|｜\]（(，,。；;：:*_]{2,30})"
_PEOPLE = r"[\u4e00-\u9fff·]{2,4}(?:[ \t、][\u4e00-\u9fff·]{2,4}){0,3}"

# Each pattern with a word that it needs: looking for the word first is a hundred times faster.
_PUBLISHER = (
    (("来源", "稿源", "來源", "出处", "媒体", "Source"), re.compile(rf"(?:信息来源|文章来源|本文来源|稿件来源|来源|稿源|來源|出处|媒体|Source){_VALUE}")),
    (("转", "來自", "原载", "首发"), re.compile(r"(?:转载自|转自|來自|原载于?|首发于)[ \t:：「“《]*\[?[ \t]*([^\n\]，。（(」”》]{2,24})")),
    (("记者", "讯"), re.compile(
        r"^[ \t■●*]*([\u4e00-\u9fffA-Za-z]{2,10}?(?:[报网社]|周刊|杂志|财经|新闻|科技|在线))[ \t]*(?:记者|讯(?=[ \t（(\d]))", re.M)),
)  # fmt: skip
_AUTHOR = (
    (("作者", "撰文", "撰稿", "Author", "Written", "By"), re.compile(
        r"(?:作者|撰文|撰稿|Authors?|Written by|By)[ \t*_]*[:：|｜][ \t*_]*([^\n|｜，。；:：]{2,40}?)"
        r"(?=[ \t]*(?:$|[|｜，。；]|来源|编辑|責任|责任|发布|\d{4}))", re.M)),
    (("文",), re.compile(r"^[ \t*_（(【]*文[ \t]*[/／|｜丨][ \t]*([^\s|｜，。；（(*]{2,20}(?:[ \t][\u4e00-\u9fff]{2,4})?)", re.M)),
    (("/文", "/ 文", "／文"), re.compile(r"^[ \t*_（(【]*([\u4e00-\u9fff·]{2,10}(?:[ \t][\u4e00-\u9fff·]{2,6}){0,3})[ \t]*[/／][ \t]*文(?![\u4e00-\u9fff])", re.M)),
    (("记者", "記者"), re.compile(rf"(?:记者|記者)[ \t]*[:：|｜]?[ \t]*({_PEOPLE})(?=[ \t）)*]*(?:$|编辑|[ \t]+(?:编辑|通讯员|校对)))", re.M)),
    (("By ",), re.compile(r"^By[ \t]+([A-Z][\w.'’-]+(?:[ \t]+[A-Z][\w.'’-]+){1,3})", re.M)),
)  # fmt: skip
_Patterns = Sequence[tuple[tuple[str, ...], re.Pattern[str]]]


def _publisher(head: str, tail: str) -> str | None:
    return _first_of(_PUBLISHER, head, tail)


def _author(head: str, tail: str) -> str | None:
    return _first_of(_AUTHOR, head, tail)


def _first_of(patterns: _Patterns, head: str, tail: str) -> str | None:
    for window in (head[:TOP], (tail or head)[-500:]):
        for words, pattern in patterns:
            found = pattern.search(window) if any(word in window for word in words) else None
            if found:
                return re.split(r"[ \t]+(?:编辑|校对|责编|通讯员)", found[1].strip(" \t*_"))[0]
    return None


# --- language

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_TRADITIONAL = re.compile(r"[這個們來時會國說為對開發與學過還產業數術電現長應樣機務實資訊經體]")
_SIMPLIFIED = re.compile(r"[这个们来时会国说为对开发与学过还产业数术电现长应样机务实资讯经体]")


LANGUAGE_SAMPLE = 400


def language_of(text: str) -> str:
    """Return zh, zh-Hant, ja, ko or en by the letters at the text's beginning; `und` where it has none."""
    sample = text[:LANGUAGE_SAMPLE]
    han, latin = sum(map(len, _HAN.findall(sample))), len(_LATIN.findall(sample))
    if _KANA.search(sample) and len(_KANA.findall(sample)) > 0.1 * (han + latin) + 1:
        return "ja"
    if _HANGUL.search(sample) and len(_HANGUL.findall(sample)) > han + latin:
        return "ko"
    if han > latin:
        traditional = len(_TRADITIONAL.findall(sample))
        return "zh-Hant" if traditional and traditional > len(_SIMPLIFIED.findall(sample)) else "zh"
    return "en" if latin else "und"
