"""A text in Simplified characters, of equal length, for matching only: what is printed is taken from the original."""

import re
from functools import lru_cache
from typing import Any

_TRADITIONAL = re.compile("[億萬個為產業資與數據這種開發電實現後會對於從來進還過將聯網術應強國際營員學問們區總場層關]")
# The dots between the parts of a foreign name, all as the usual one.
_DOTS = str.maketrans("・•‧∙", "····")


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """Return the text character by character in Simplified; the text itself where it is Simplified already."""
    text = text.translate(_DOTS)
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


_NO_PROSE = re.compile(
    r"!\[[^\]]{0,200}\]\([^)]{0,600}\)|(?:https?://|www\.)[\w./?=&%#:~+@!,;-]+(?:\n[\w./?=&%#:~+@-]{20,})?"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|io|gov|edu)\b(?:/[\w./?=&%#-]*)?|(?<=\])\([^)\n]*\)|<[/a-zA-Z!][^>\n]{0,400}>"
)


_TAG = re.compile(r"<[/a-zA-Z!][^>\n]{0,400}>")


def untagged(text: str) -> str:
    """Return the text with its tags blanked, character by character: a picture's width is no figure."""
    return _TAG.sub(_blank, text)


def masked(text: str) -> str:
    """Return the text with addresses and markup blanked, character by character."""
    return _NO_PROSE.sub(_blank, text)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if char == "\n" else " " for char in match[0])
