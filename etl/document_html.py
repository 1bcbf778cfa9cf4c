"""The article of a web page, by trafilatura: headings, lists and tables as Markdown, the page's own metadata as hints."""

import re
from html import unescape

from etl.document_decoding import decode, decode_declared
from etl.document_text import CanonicalText, DocumentError, broken_as

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,20})", re.I
)
_META = re.compile(r"<meta\b[^>]{0,1000}>", re.I)
_ATTRIBUTE = re.compile(r"\b(name|property|itemprop|content)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.I)
_HEAD = 60_000
# The page's own words, the surest first; htmldate would also look into URLs and body text, which is guessing.
_NAMES = {
    "date": ("article:published_time", "og:published_time", "publishdate", "pubdate", "datepublished", "publish_date", "date", "dc.date", "firstpublishedtime", "others"),
    "author": ("author", "article:author", "contentauthor", "dc.creator", "byl"),
    "publisher": ("og:site_name", "contentsource", "source", "sitename", "publisher", "application-name"),
}  # fmt: skip


def read_html(data: bytes, name: str) -> CanonicalText:
    """Return the article of a page; raise DocumentError where none is found."""
    import trafilatura

    page = _decoded(data, name)
    with broken_as(name, "a page that cannot be taken apart", "save the article's text as .txt or .md"):
        text = _extracted(page, favor_recall=False) or _extracted(page, favor_recall=True)
    if not text:
        raise DocumentError(name, "no article found in the page", "save the article's text as .txt or .md")
    return CanonicalText(text, "html", f"trafilatura-{trafilatura.__version__}@1", _hints(page))


def _decoded(data: bytes, name: str) -> str:
    declared = _DECLARED.search(data, 0, 4096)
    if declared and not data.startswith(b"\xef\xbb\xbf"):
        text = decode_declared(data, (declared[1] or declared[2]).decode("ascii"))
        if text is not None:
            return text
    return decode(data, name=name)[0]


def _extracted(page: str, *, favor_recall: bool) -> str:
    import trafilatura

    text = trafilatura.extract(
        page,
        output_format="markdown",
        include_comments=False,
        include_tables=True,
        include_links=False,
        with_metadata=False,
        deduplicate=False,
        favor_recall=favor_recall,
    )
    return text or ""


def _hints(page: str) -> tuple[tuple[str, str], ...]:
    said: dict[str, str] = {}
    for tag in _META.finditer(page, 0, _HEAD):
        pairs = {m[1].lower(): m[2] or m[3] or "" for m in _ATTRIBUTE.finditer(tag[0])}
        key = pairs.get("property") or pairs.get("name") or pairs.get("itemprop") or ""
        if key and pairs.get("content"):
            said.setdefault(key.lower(), unescape(pairs["content"]).strip())
    hints = {ours: next((said[k] for k in keys if said.get(k)), "") for ours, keys in _NAMES.items()}
    hints["title"] = _title(page, said, hints["publisher"])
    hints["date_basis"] = "page metadata"
    if hints["author"].startswith("http"):
        hints["author"] = ""
    return tuple((key, value) for key, value in hints.items() if value)


def _title(page: str, said: dict[str, str], publisher: str) -> str:
    found = re.compile(r"<title[^>]{0,200}>([^<]{1,500})</title>", re.I).search(page, 0, _HEAD)
    title = said.get("og:title") or said.get("articletitle") or (unescape(found[1]).strip() if found else "")
    # `Title - Site`, `Title_Channel_Site`: the site's name is no part of the title.
    while publisher and (tail := re.search(r"\s*[-_|–—·][^-_|–—·]*$", title)) and publisher in tail[0]:
        title = title[: tail.start()]
    return title
