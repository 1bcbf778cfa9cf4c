"""What a page holds beside its article, found to be cut and told with its reason."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from etl.line_starts import line_matches

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cut:
    """A range of the canonical text that is not the article."""

    start: int
    end: int
    reason: str


def find_cuts(text: str, *, matter_end: int = 0, matter_kept: Sequence[Span] = ()) -> tuple[Cut, ...]:
    """Return the ranges that are not of the article, in order, without overlap; the doubtful stays in.

    `matter_end` is where front matter ends, `matter_kept` the ranges of it that are read (title, summary).
    """
    cuts = [Cut(a, b, "front matter") for a, b in _gaps(matter_kept, matter_end)]
    for finder in (
        _lines,
        _headed_lists,
        _after_last_line,
        _stamped_blocks,
        _references,
        _other_items,
        _running_heads,
        _link_lists,
    ):
        cuts += finder(text, matter_end)
    return _merged(text, cuts)


def _gaps(kept: Sequence[Span], end: int) -> Iterator[Span]:
    position = 0
    for a, b in [*kept, (end, end)]:
        if position < a:
            yield position, a
        position = b


def body_of(text: str, cuts: Sequence[Cut]) -> tuple[Span, ...]:
    """Return what the cuts leave of the text; ranges of nothing but blanks are left out."""
    ranges: list[Span] = []
    position = 0
    for start, end in [*((cut.start, cut.end) for cut in cuts), (len(text), len(text))]:
        if position < start and not text[position:start].isspace():
            ranges.append((position, start))
        position = max(position, end)
    return tuple(ranges)


def _merged(text: str, cuts: Iterable[Cut]) -> tuple[Cut, ...]:
    """Join cuts that overlap, and those of one reason with only blanks between them."""
    merged: list[Cut] = []
    for cut in sorted(cuts, key=lambda c: (c.start, -c.end)):
        last = merged[-1] if merged else None
        if last and cut.start < last.end:
            merged[-1] = Cut(last.start, max(last.end, cut.end), last.reason)
        elif last and cut.reason == last.reason and not text[last.end : cut.start].strip():
            merged[-1] = Cut(last.start, cut.end, last.reason)
        else:
            merged.append(cut)
    return tuple(merged)


# --- single lines

# Each kind: what a whole line is. `…` stands for the rest of a line that is short.
_KINDS: dict[str, tuple[str, ...]] = {
    "share buttons": (
        r"(?:\d{1,6}[ \t]*\n)?分享至[^\n]{0,10}", r"分享到[^\n]{0,30}", r"分享(?:本文|此文)?", r"点赞\d*", r"收藏\d*", r"评论\d*", r"举报", r"打印本页?", r"打印",
        r"关闭窗口", r"关闭本页", r"字号[:：]?[^\n]{0,12}", r"【?字体[:：][^\n]{0,20}", r"返回[^\n]{0,8}(?:首页|顶部|列表|查看更多)", r"查看更多[^\n]{0,6}",
        r"展开全文", r"阅读全文", r"加载更多", r"登录", r"注册", r"登录[ /|]注册", r"申请入驻", r"赞赏", r"在看", r"打赏",
        r"Share(?: this)?(?: article| story| post| on [^\n]{0,20})?", r"Spread the word[^\n]{0,30}", r"Tweet", r"Print", r"Email",
        r"Sign (?:in|up)[^\n]{0,30}", r"Log ?in", r"Subscribe[^\n]{0,50}", r"Follow us[^\n]{0,40}", r"Skip to (?:main )?content",
        r"扫一扫[^\n]{0,24}", r"用微信扫[^\n]{0,24}", r"微信扫[^\n]{0,24}",
    ),
    "page counters": (
        r"阅读(?:量|数|次数)?[ \t:：*]*[\d,.]+[ \t]*[万wWkK+]*[*]*(?:[ \t次人][^\n]{0,12})?", r"浏览(?:量|次数|数)?[ \t:：*]*[\d,.]+[ \t]*[万wW+]*[*]*[ \t次]*",
        r"(?:点击|播放|转发|点赞|评论|收藏)(?:量|数|次数)?[ \t:：*]*[\d,.]+[万wW+]*[*]*[ \t次]*", r"字数[:：]?[ \t]*\d+",
        r"\d+[ \t]*(?:views|comments|likes|shares|阅读|评论|点赞|人阅读|人评论)",
    ),
    "navigation": (
        r"(?:当前位置|您的位置|您现在的位置|所在位置|首页位置)[^\n]{0,80}",
        r"首页(?:[ \t]*+[>›»/-][ \t]*+[^\n>›»/。-]{1,20}+){1,8}+", r"Home(?:[ \t]*+[>›»/][ \t]*+[^\n>›»/]{1,40}+){1,8}+", r"无障碍浏览[^\n]{0,20}", r"进入关怀版",
        r"网站地图[^\n]{0,60}", r"上一[篇页条][^\n]{0,60}", r"下一[篇页条][^\n]{0,60}", r"(?:Previous|Next)(?: (?:post|article))?\]?(?:\([^)\n]*\))?",
    ),
    "declaration": (
        r"(?:特别|免责|版权|郑重|转载|风险|重要|本站|本网|平台|译文|法律)(?:声明|提示|聲明)[ \t*]*[:：][^\n]{0,600}", r"(?:免責|版權|特別)聲明[ \t*]*[:：][^\n]{0,600}",
        r"(?:特别|免责|版权|郑重|转载|译文)声明", r"声明[:：](?:本文|本网|本站|以上|该文|文章|转载|凡)[^\n]{0,500}", r"Notice:[ \t][^\n]{0,600}", r"Disclaimer:?[^\n]{0,600}",
        r"本文(?:来自|系|为|由)?[^\n]{0,30}(?:仅代表作者|不代表本|版权归|未经授权|未经许可)[^\n]{0,200}", r"(?:以上|本文|该文|此文|文章)(?:内容|观点)?(?:仅|只)代表作者[^\n]{0,200}", r"本文来自(?:微信)?公众号[^\n]{0,160}",
        r"(?:未经|未經)(?:授权|许可|授權|許可)[^\n]{0,100}", r"本文(?:仅供参考|不构成)[^\n]{0,100}", r"本文是翻译文章", r"译文仅供参考[^\n]{0,60}",
        r"欢迎转载[^\n]{0,60}", r"转载请(?:注明|联系|保留)[^\n]{0,80}", r"凡本[网站]注明[^\n]{0,300}",
    ),
    "advert": (
        r"(?:欢迎)?(?:关注|扫码|扫描|长按|识别)[^\n。]{0,30}(?:公众号|二维码|订阅号|视频号|微信|我们|星标|下载)[^\n]{0,40}", r"(?:点击|戳|长按)[^\n。]{0,16}(?:阅读原文|原文链接|二维码|关注)[^\n]{0,30}",
        r"阅读原文", r"(?:更多|获取更多)[^\n。]{0,16}(?:请关注|敬请关注|欢迎关注)[^\n]{0,40}", r"广告", r"Advertisement", r"ADVERTISEMENT", r"Sponsored[^\n]{0,30}",
        r"关注我们", r"带你读懂[^\n。]{0,12}", r"(?:添加|加)[^\n。]{0,10}微信[^\n]{0,40}", r"设为星标[^\n]{0,30}", r"下载[^\n。]{0,12}(?:APP|客户端|App)[^\n]{0,24}",
        r"打开[^\n。]{0,12}(?:APP|客户端|App)[^\n]{0,24}", r"投稿(?:邮箱|请|热线)[^\n]{0,60}", r"咨询与合作[^\n]{0,60}", r"商务合作[^\n]{0,60}", r"(?:新闻|报料|爆料|联系)热线[^\n]{0,60}",
    ),
    "editor credits": (
        r"(?:责任编辑|责编|值班编辑|本文编辑|本期编辑|責任編輯|編輯|编辑|校对|校對|审核|监制|终审|排版|美编|制图|编审|Editors?|Edited by)[ \t]*[/:：|｜丨][^\n。]{1,40}",
        r"编辑[ \t][\u4e00-\u9fff·]{2,4}(?:[ \t]+[校审][\u4e00-\u9fff][ \t][\u4e00-\u9fff·]{2,4})*",
        r"(?:编译|责编)[/／][^\n。]{1,24}[)）]",
    ),
    "copyright": (
        r"(?:Copyright|©|版权所有)[^\n]{0,160}", r"All [Rr]ights [Rr]eserved[^\n]{0,80}",
        r"This work is licensed under[^\n]{0,200}", r"(?:主办|承办|主管)单位?[:：][^\n]{0,60}(?:网站标识码|版权)[^\n]{0,60}", r"网站标识码[^\n]{0,30}",
        r"https?://[^\s\n]{1,300}", r"<https?://[^\s\n]{1,300}", r"(?:DOI|doi)[:：][ \t]*10\.[^\n]{1,80}", r"(?:收稿|录用|修回)日期[:：][^\n]{0,100}",
    ),
    "page data": (
        r"(?:发布时间|发布日期|发表时间|更新时间|发文日期|索引号|主题分类|發布時間)[ \t*]*[:：][^\n。]{1,60}", r"(?:来源|稿源|來源|信息来源|文章来源)[ \t]*[:：][^\n。]{1,40}",
        r"(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}日?[ \tT]*\d{1,2}:\d\d(?::\d\d)?[^\n。，\d]{0,30}", r"(?:Published|Posted|Last updated|Updated)(?: on| at)?[ :][^\n]{4,50}",
    ),
    "image": (r"!\[[^\]\n]{0,200}\]\([^)]{0,600}\)", r"<img\b[^>\n]{0,600}>", r"\{\{<[^\n]{0,200}>\}\}", r"<!--[^\n]{0,200}-->"),
}  # fmt: skip

# What may stand before the words; possessive, for each line of the text is tried.
_DRESS = r"[ \t\u3000>*_#·•▲■●（(【\[“「-]*+"
# What the forms begin with: most lines are passed over at their first character (a test holds the two together).
_FIRST = (
    r"\d!<ACDEFHLNPSTUdh{©【上下主举以來信修值免关凡分制加发咨商在声字审展带平广当录微您戳所打扫承投报排播收文新无更未本来查校欢法注浏添点爆版特"
    "用申登發监此该稿索編终编网美联获设评识譯译責责赞转返进郑重长阅风首"
)
_FORMS = "|".join(f"(?P<{kind.replace(' ', '_')}>{'|'.join(forms)})" for kind, forms in _KINDS.items())
_LINE = re.compile(rf"^{_DRESS}(?=[{_FIRST}])(?:{_FORMS})[ \t*_\u3000）)】\]”」>]*\r?$", re.M)
# Lines known by words within them: the words are looked for first.
_CONTAINING = (
    ("editor credits", ("编辑 ", "编辑\u3000"), re.compile(r"^[^\n。]{0,24}记者[ \t][^\n。]{2,16}[ \t]编辑[ \t][^\n。]{2,30}$", re.M)),
    ("copyright", ("ights ",), re.compile(r"^[^\n。]{0,60}All [Rr]ights [Rr]eserved[^\n]{0,80}$", re.M)),
    ("copyright", ("ICP", "公网安备"), re.compile(r"^[^\n。]{0,60}(?:ICP[备证備]|公网安备)[^\n]{0,120}$", re.M)),
)  # fmt: skip
_CRUMBS = re.compile(
    r"^[ \t*]*[^\n>》|。，]{1,12}(?:[ \t]*[>›»][ \t]*[^\n>|。，]{1,16}){1,5}(?:正文|详情|内容)[^\n。]{0,12}$", re.M
)
CRUMBS_WITHIN = 1500


def _lines(text: str, start: int) -> Iterator[Cut]:
    for found in line_matches(_LINE, text, start):
        yield Cut(found.start(), found.end(), str(found.lastgroup).replace("_", " "))
    for reason, words, pattern in _CONTAINING:
        if any(word in text for word in words):
            yield from (Cut(*m.span(), reason) for m in pattern.finditer(text, start))
    for found in line_matches(_CRUMBS, text, start, start + CRUMBS_WITHIN):
        yield Cut(*found.span(), "navigation")


# --- lists under a heading, to the end or to the next prose

_LIST_HEADING = re.compile(
    r"^[ \t>*_#\[【「■●▼▽-]*+(?:相关推荐|热点推荐|相关阅读|延伸阅读|推荐阅读|热门推荐|往期回顾|往期推荐|往期精选|精彩推荐|精选推荐|猜你喜欢|更多精彩|更多推荐|更多阅读|"
    r"相关新闻|相关文章|相关报道|相关资讯|相关内容|相关稿件|相关链接|相关政策解读|热门文章|热门新闻|热点新闻|热门资讯|热门评论|全部评论|最新评论|网友评论|最新文章|最新资讯|"
    r"大家都在看|大家还在看|为你推荐|为您推荐|编辑推荐|今日推荐|新闻排行|点击排行|阅读排行|热搜榜?|頭條要聞|延伸閱讀|相關新聞|相關文章|推薦閱讀|熱門文章|你可能(?:还|也)?(?:喜欢|感兴趣)[^\n]{0,6}|"
    r"(?i:Related(?: (?:articles?|stories|posts?|reading|news|topics|content|coverage))?|Recommended(?: (?:for you|reading|stories))?|You (?:may|might) also (?:like|be interested in)|"
    r"More (?:from|on|stories|news|in) ?[^\n]{0,40}|Read (?:next|more|also)|Trending(?: now)?|Most (?:read|popular|viewed)|Popular posts|Latest (?:news|stories|posts)|Up next|Comments(?: \(\d+\))?|Leave a (?:reply|comment)|Meet The Author))"
    r"[ \t]*(?:[:：]|全部|更多|>+|\]|】|」)*[ \t*_\r]*$",
    re.M,
)  # fmt: skip
_PROSE_LINE = re.compile(
    r"^(?=[^\n]{40})[^\n]{0,400}?[。][^\n]*$|^[^\n]{160,}$|^(?=[^\n]{120})[^\n]*[a-z]\. [A-Z][^\n]*$", re.M
)
_FULL_STOP = re.compile(r"[。！？]|[a-z][.!?](?:\s|$)")
MAX_LISTS = 60
_SECTION = re.compile(r"^(?:#{1,6}[ \t]+\S|-{3,}[ \t]*$|\*{3,}[ \t]*$|={3,}[ \t]*$)", re.M)


def _headed_lists(text: str, start: int) -> Iterator[Cut]:
    position = start
    # A page has a handful of such lists; each is looked through to its end.
    for found in islice(line_matches(_LIST_HEADING, text, start), MAX_LISTS):
        if found.start() < position:
            continue
        end = _end_of_list(text, found)
        body = text[found.end() : end]
        # A list of titles has hardly a full stop, wrapped prose has many; before an article it is no end of it.
        is_prose = body.count("。") * 120 > len(body) + 120
        if is_prose or (end == len(text) and not _FULL_STOP.search(text, start, found.start())):
            continue
        yield Cut(found.start(), end, "related links")
        position = end


def _end_of_list(text: str, heading: re.Match[str]) -> int:
    """Return where prose or a further section begins after the heading, or the text's end."""
    marked = heading[0].lstrip().startswith("#")
    prose = _PROSE_LINE.search(text, heading.end())
    end = prose.start() if prose else len(text)
    section = _SECTION.search(text, heading.end(), end)
    if section and (prose or not marked) and _PROSE_LINE.search(text, section.start()):
        end = section.start()
    return end


# --- what stands after the last line of an article

_LAST_LINE = re.compile(
    r"^[ \t*（(【\[]*(?:责任编辑|责编|責任編輯)[ \t]*[:：|｜/][^\n]{1,40}$|^[ \t]*[（(]完[)）][ \t]*$|^[ \t—–-]*(?:END|The End|全文完)[ \t—–-]*$",
    re.M,
)


def _after_last_line(text: str, start: int) -> Iterator[Cut]:
    """Cut what follows the editor's name or `END`, past the first third, where no prose or table follows."""
    last = None
    for last in line_matches(_LAST_LINE, text, start + (len(text) - start) // 3):  # noqa: B007
        pass
    if not last:
        return
    rest = text[last.end() :]
    if rest.strip() and "|" not in rest and not _PROSE_LINE.search(rest) and rest.count("。") * 120 <= len(rest) + 120:
        yield Cut(last.end(), len(text), "after the end")


# --- blocks of title, author and time that repeat

_STAMP = re.compile(
    r"^[ \t]*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ \t]+\d{1,2}:\d\d(?::\d\d)?)?[ \t\r]*$", re.M
)
_LINE_BACK = 4


def _stamped_blocks(text: str, start: int) -> Iterator[Cut]:
    run: list[re.Match[str]] = []
    for stamp in line_matches(_STAMP, text, start):
        if run and not _same_list(text, run[-1], stamp):
            yield from _stamped_run(text, run, start)
            run = []
        run.append(stamp)
    yield from _stamped_run(text, run, start)


def _same_list(text: str, before: re.Match[str], after: re.Match[str]) -> bool:
    between = text[before.end() : after.start()]
    return len(between) < 300 and between.strip() != "" and "。" not in between.replace("。\n", "")


def _stamped_run(text: str, run: list[re.Match[str]], start: int) -> Iterator[Cut]:
    if len(run) < 3:
        return
    first = run[0].start()
    for _ in range(_LINE_BACK):
        above = text.rfind("\n", start, max(start, first - 1)) + 1
        line = text[above:first].strip()
        if above <= start or len(line) > 60 or "。" in line:
            break
        first = above
    yield Cut(first, run[-1].end(), "related links")


# --- references

_REFERENCES = re.compile(
    r"^[ \t*_#\d.、一二三四五六七八九十]*(?:参[ \t]*考[ \t]*文[ \t]*献|參考文獻|参考资料|引用文献|References|REFERENCES|Bibliography|Works Cited)[ \t*_:：]*\r?$",
    re.M,
)
_REFERENCE_WORDS = (
    "文献",
    "文 献",
    "文獻",
    "参考资料",
    "eferences",
    "REFERENCES",
    "ibliography",
    "Works Cited",
    "[1]",
    "［1］",
)
_REFERENCE_ITEM = re.compile(r"^[ \t]*(?:\[\d{1,3}\]|［\d{1,3}］|\(\d{1,3}\)|\d{1,3}[.、][ \t]?)[ \t]*\S[^\n]*$", re.M)
_BRACKET_ITEM = re.compile(r"^[ \t]*[\[［]\d{1,3}[\]］][ \t]*\S[^\n]*$", re.M)
_AFTER_REFERENCES = re.compile(
    r"^[ \t*_#\dA-Z.、]*(?:附[ \t]*录|附件|致谢|Appendix|APPENDIX|Acknowledg|Supplementary)[^\n]*$", re.M
)


def _references(text: str, start: int) -> Iterator[Cut]:
    if not any(word in text for word in _REFERENCE_WORDS):
        return
    found = None
    for found in _REFERENCES.finditer(text, start):  # noqa: B007 - the last one counts: a contents list names it first
        pass
    if found:
        after = _AFTER_REFERENCES.search(text, found.end())
        end = after.start() if after else len(text)
        prose = _SECTION.search(text, found.end(), end)
        end = prose.start() if prose else end
        if len(_REFERENCE_ITEM.findall(text, found.end(), end)) >= 2:
            yield Cut(found.start(), end, "references")
            return
    yield from _trailing_references(text, start)


def _trailing_references(text: str, start: int) -> Iterator[Cut]:
    """Cut a list of `[1] …` at the end that has no heading."""
    floor = max(start, len(text) * 6 // 10)
    items = list(_BRACKET_ITEM.finditer(text, floor))
    if len(items) < 3 or not re.match(r"\s*[\[［]1[\]］]", items[0][0]):
        return
    gaps = (text[a.end() : b.start()] for a, b in pairwise(items))
    if all(len(gap) < 300 for gap in gaps) and len(text) - items[-1].end() < 400:
        yield Cut(items[0].start(), items[-1].end(), "references")


# --- further news items on the same page

_DOMAIN_WORDS = (
    "模型", "智能", "人工智慧", "算力", "智算", "智慧", "算法", "演算法", "芯片", "晶片", "机器人", "機器人", "深度学习", "机器学习",
    "神经网络", "生成式", "数据中心", "資料中心",
)  # fmt: skip
_DOMAIN_LATIN = re.compile(
    r"\b(?:AI|AIGC|AGI|LLMs?|GPT|GPUs?|OpenAI|DeepSeek|[Aa]rtificial [Ii]ntelligence|[Mm]achine [Ll]earning|[Ll]anguage [Mm]odels?|[Nn]eural|[Cc]hatbots?)(?![a-z])"
)
# Its first character is looked for before the line's beginning.
_ITEM_HEADING = re.compile(r"(#(?<![^\n]#)#{0,3})[ \t]+\S[^\n]*$", re.M)
_ITEM_DATELINE = re.compile(
    r"\s*(?:#[^\n]*\n\s*)?(?:[*_]*本报讯|[*_]*(?:本报|本网|本刊)[^\n]{0,10}讯|[^\n]{0,12}[（(](?:见习)?记者|[*_]*(?:据)?(?:新华社|中新社|中新网|央视|人民网)[^\n]{0,14}(?:电|讯|消息))"
)
_PHOTO = re.compile(r"(?:社|报|网)?记者[^\n]{1,12}摄")


def _is_of_domain(piece: str) -> bool:
    return any(word in piece for word in _DOMAIN_WORDS) or bool(_DOMAIN_LATIN.search(piece))


def _other_items(text: str, start: int) -> Iterator[Cut]:
    """Cut further items of a newspaper page: a heading of the same level, a dateline of its own, none of our field."""
    if "#" not in text:
        return
    headings = list(_ITEM_HEADING.finditer(text, start))
    if len(headings) < 2 or not _is_of_domain(text[start : headings[-1].start()]):
        return
    sections = [(h, n.start()) for h, n in pairwise(headings)] + [(headings[-1], len(text))]
    for index in range(len(sections) - 1, 0, -1):
        heading, end = sections[index]
        piece = text[heading.start() : end]
        own = _ITEM_DATELINE.match(text, heading.end(), end) or (len(piece) < 400 and _PHOTO.search(piece))
        if not own or _is_of_domain(piece) or len(heading[1]) < len(sections[0][0][1]):
            return  # the article's own sections begin above
        yield Cut(heading.start(), end, "another news item")


# --- heads and feet that a printed page repeats

_PAGE_NUMBER = re.compile(
    r"^[ \t]*(?:[-–—·•~][ \t]*)?(?:第[ \t]*|Page[ \t]+|P\.?[ \t]*)?(\d{1,4})(?:[ \t]*页)?(?:[ \t]*(?:/|of|共)[ \t]*\d{1,4}(?:[ \t]*页)?)?(?:[ \t]*[-–—·•~])?[ \t\r]*$",
    re.M,
)
_NEAR = 3
PAGE_LEAST = 200  # characters
MAX_PAGES = 2000


def _running_heads(text: str, start: int) -> Iterator[Cut]:
    breaks = [m.span() for m in re.finditer("\f", text)] if "\f" in text else []
    pages = _page_numbers(text, start, least=min(3, max(2, len(breaks) + 1)) if breaks else 3)
    for found in pages:
        yield Cut(found.start(), found.end(), "page number")
    inner = breaks or [m.span() for m in pages]
    edges = [(start, start), *inner[:MAX_PAGES], (len(text), len(text))] if inner else []
    yield from _repeated_lines(text, edges, least=min(3, len(breaks) + 1) if breaks else 3)


def _page_numbers(text: str, start: int, *, least: int) -> list[re.Match[str]]:
    """Return lone numbers that count up by one, a page's text apart."""
    chains: dict[int, list[re.Match[str]]] = {}
    best: list[re.Match[str]] = []
    for found in line_matches(_PAGE_NUMBER, text, start):
        chain = chains.pop(int(found[1]) - 1, [])
        if chain and found.start() - chain[-1].end() < PAGE_LEAST:
            chains[int(found[1]) - 1] = chain
            continue
        chain.append(found)
        chains[int(found[1])] = chain
        best = max(best, chain, key=len)
    return best if len(best) >= least else []


def _repeated_lines(text: str, edges: Sequence[Span], *, least: int) -> Iterator[Cut]:
    near = {span for start, end in edges for span in _lines_around(text, start, end)}
    counts = Counter(text[a:b].strip() for a, b in near)
    for a, b in sorted(near):
        if counts[text[a:b].strip()] >= least:
            yield Cut(a, b, "page head")


def _lines_around(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the short lines just before and just after the edge of a page."""
    before = text[max(0, start - 240) : start]
    position = start - len(before)
    whole = before.splitlines(keepends=True)
    if position > 0:
        position, whole = position + len(whole[0]), whole[1:]  # its beginning lies further up
    spans = _spans(whole, position)[-_NEAR - 1 :]
    after = text[end : end + 240].splitlines(keepends=True)
    yield from spans + _spans(after, end)[: _NEAR + 1]


def _spans(lines: Sequence[str], position: int) -> list[Span]:
    spans = []
    for line in lines:
        if line.strip() and len(line) <= 60 and not re.search(r"[，。；]", line):
            spans.append((position, position + len(line.rstrip("\r\n"))))
        position += len(line)
    return spans


# --- runs of links

# A line of links that is none after all is given up at once. Groups are atomic, not possessive: those are matched
# wrongly before Python 3.11.5 where they hold alternatives (gh-106052).
_LINK = r"!?\[(?:!\[[^\]\n]{0,200}+\]\([^)\n]{0,600}+\)|[^\]\n]{0,200}+)\]\([^)\n]{0,600}+\)"
_LINK_LINE = rf"[ \t>]*+(?>(?:[-*+•][ \t]++|\d{{1,2}}\.[ \t]++)?)(?>(?:{_LINK}[ \t|·,，、]*+)+)"
_LINK_RUN = re.compile(rf"(?>(?:^{_LINK_LINE}\r?+(?>(?:\n[ \t\r]*+(?=\n|\Z))*)(?:\n|\Z)){{3,}})", re.M)
_LINK_TO_ITSELF = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[https?://[^\]\n]*\]\([^)\n]*\)[ \t]*\r?$", re.M)


def _link_lists(text: str, start: int) -> Iterator[Cut]:
    if "](" not in text:
        return
    for found in _LINK_RUN.finditer(text, start):
        yield Cut(found.start(), found.end(), "links")
    for found in _LINK_TO_ITSELF.finditer(text, start):
        yield Cut(found.start(), found.end(), "links")
