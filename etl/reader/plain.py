"""A text in Simplified characters, of equal length, for matching only: what is printed is taken from the original."""

import re
from functools import lru_cache
from typing import Any

_TRADITIONAL = re.compile("[億萬個為產業資與數據這種開發電實現後會對於從來進還過將聯網術應強國際營員學問們區總場層關]")
# The dots between the parts of a foreign name, other than the usual one.
_DOTS = "・•‧∙"
_WIDE_DOT = re.compile(r"(?<=[\u3400-\u9fff])[．.](?=[\u3400-\u9fff])")


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Return the text character by character in Simplified; the text itself where it is Simplified already."""
    for dot in _DOTS:
        text = text.replace(dot, "·")
    text = text.replace("﹒", ".")
    if "．" in text or "." in text:
        text = _WIDE_DOT.sub("·", text)
    if _TRADITIONAL.search(text) is None:
        return text
    converter = _converter()
    plain: str = converter.convert(text)
    if len(plain) == len(text):
        return plain
    # A phrase changed the length: convert line by line, and leave the lines that still do.
    lines = []
    for line in text.split("\n"):
        made = converter.convert(line)
        lines.append(made if len(made) == len(line) else line)
    return "\n".join(lines)


_HALF_WIDTH = re.compile(r"[,;?!](?:(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff].)(?! ))")
_FULL_WIDTH = {",": "，", ";": "；", "?": "？", "!": "！"}


def widened(text: str) -> str:
    """Return the text with the half-width marks beside Chinese characters in full width, as rules for Chinese have them."""
    return _HALF_WIDTH.sub(lambda mark: _FULL_WIDTH[mark[0]], text)


# A break within Latin words where the next would have gone beyond the line is layout: programs fold lines at 72 and more.
_FOLD = re.compile(r"(?<=[A-Za-z\d,.&'’)])\n(?=[A-Za-z\d(])")
_FOLDED_AT = 72
_WORD = re.compile(r"\S*")


def unfolded(text: str) -> str:
    """Return the text with a blank for each line break that only folds a line of Latin words."""
    if _FOLD.search(text) is None:
        return text
    kept, at = [], 0
    for fold in _FOLD.finditer(text):
        start, end = fold.start(), fold.end()
        word = _WORD.match(text, end, end + _FOLDED_AT)
        if word is not None and word.end() - text.rfind("\n", max(0, start - _FOLDED_AT), start) > _FOLDED_AT:
            kept += [text[at:start], " "]
            at = end
    return "".join([*kept, text[at:]])


_LINK = r"!\[[^\]]{0,200}\]\([^)]{0,600}\)|(?:https?://|www\.)(?:[\w./?=&%#:~+@-]++|[!,;](?![\u3400-\u9fff]))+(?:\n[\w./?=&%#:~+@-]{20,})?"
_SITE = r"(?<![\w-])[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,8}\.(?:com|cn|org|net|io|gov|edu)\b(?:/[\w./?=&%#-]*)?"
# The last are the short codes of a site's generator: {{< video 8aF3kQ >}}.
_MARKUP = r"<svg[\s>][\s\S]{0,20000}?</svg>|\((?<=\]\()[^)\n]{0,2000}\)|<[/a-zA-Z!][^>\n]{0,400}>|\{\{[<%][^}\n]{0,400}[>%]\}\}"
_NO_PROSE = re.compile(f"{_LINK}|{_SITE}|{_MARKUP}")
# Most texts name no site, and are soon looked through for the rest.
_ANY_SITE = re.compile(r"\.(?:com|cn|org|net|io|gov|edu)\b")
_NO_PROSE_BUT_SITES = re.compile(f"{_LINK}|{_MARKUP}")
# What links and markup have.
_MARKS = ("](", "http", "www.", "<", "{{")
_TAG = re.compile(r"<svg[\s>][\s\S]{0,20000}?</svg>|<[/a-zA-Z!][^>\n]{0,400}>")
_IN_LINE = re.compile(r"[^\n]")


def untagged(text: str) -> str:
    """Return the text with its tags blanked, character by character: a picture's width is no figure."""
    return _TAG.sub(_blank, text) if "<" in text else text


def masked(text: str) -> str:
    """Return the text with addresses and markup blanked, character by character."""
    if _ANY_SITE.search(text):
        return _NO_PROSE.sub(_blank, text)
    return _NO_PROSE_BUT_SITES.sub(_blank, text) if any(mark in text for mark in _MARKS) else text


def _blank(match: re.Match[str]) -> str:
    found = match[0]
    return _IN_LINE.sub(" ", found) if "\n" in found else " " * len(found)
