"""Context lengths that only the words beside them tell to be tokens: a context length of 256K, an 8,192 context window."""

import re
from collections.abc import Iterator

from schema.bounds import Quantity

_FIGURE = (
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d)?[KkMm]|\d{4,7})"
    r"(?![\w%]|[.,]\d|[ \n-]?(?:[Tt]oken|[Ww]ord|[万千亿萬億個个字词詞]))"
)
_FIRST = r"(?<![\d.,])\d{3,7}[KkMm]?(?![\dA-Za-z%.,])"
_BETWEEN = r"(?:[ \n:*|]|of|is|was|up|to|has|been|extended|increased|at|a|maximum|over|from[ ]\d{1,4}[KkMm]?){0,16}"
_GROWN = r"(?:为|為|是|高?达到?了?|：|:|[由从從][^，。；\n]{1,40})?(?:扩展|擴展|提升|增)?[到至]?了?[ \n]*"
# The first character is one of a class, which is scanned for fast.
_LENGTH = re.compile(
    rf"[CcSs上序](?:(?:(?<=[Cc])ontext|(?<=[Ss])equence)[ \n](?:[Ww]indow|[Ll]ength|size)s?{_BETWEEN}(?P<after>{_FIGURE})"
    rf"|(?<=序)列[长長]度(?:约|約|最大)?(?:[由从從](?P<first>{_FIRST}))?{_GROWN}(?P<row>{_FIGURE})"
    rf"|(?<=上)下文(?:窗口|长度|長度|[（(][A-Za-z ]{{1,20}}[)）]|的|大小|最大|约|約){{0,6}}{_GROWN}(?P<told>{_FIGURE}))"
)
_WINDOW = re.compile(r"[ -][Cc]ontext[ -](?:[Ww]indow|[Ll]ength)")
_BEFORE = re.compile(r"(?<![\w.,$-])(?:\d{1,3}(?:,\d{3})+|\d{4,7})$")
_AT_MOST = re.compile(r"(?:\b[Uu]p to|\bmaximum(?: of)?|\bat most|高达|最高|最多|至多)[ \n]*$")
_REACH = 16
# Most texts have none of them: these are looked for first.
_WORDS = ("ontext", "equence ", "equence\n", "上下文", "序列长度", "序列長度")


def lengths(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """Find the spans of such figures with their quantities, in order of place."""
    if any(word in text for word in _WORDS):
        spans = []
        for found in _LENGTH.finditer(text):
            spans += [found.span(name) for name, value in found.groupdict().items() if value]
        for found in _WINDOW.finditer(text):
            before = _BEFORE.search(text, max(0, found.start() - _REACH), found.start())
            if before is not None:
                spans.append(before.span())
        for start, end in sorted(set(spans)):
            tokens = _tokens(text[start:end])
            if _AT_MOST.search(text, max(0, start - _REACH), start):
                yield start, end, Quantity(None, tokens, "token", "le")
            else:
                yield start, end, Quantity(tokens, tokens, "token", "eq")


def _tokens(printed: str) -> float:
    scale = {"K": 1e3, "M": 1e6}.get(printed[-1].upper(), 1.0)
    return float(printed.rstrip("KkMm").replace(",", "")) * scale
