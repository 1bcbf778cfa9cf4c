"""Names folded for look-ups: what people type and what articles print meet in one form."""

import re
import unicodedata

# Blanks and zero-width characters; hyphens and dashes; underscore; middle dots; title and quotation marks.
# The katakana long-vowel mark is a letter and stays.
_DROPPED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff_·•・‧∙⋅\-‐‑‒–—―−《》〈〉「」『』“”\"]+")
_LOOSE_DOT = re.compile(r"(?<!\d)\.|\.(?!\d)")


def fold(name: str) -> str:
    """Return the name without case, width, blanks, hyphens and middle dots.

    A dot between digits stays, so that GPT-3.5 is not GPT-35.
    """
    if name.isascii():
        return _LOOSE_DOT.sub("", _DROPPED.sub("", name.casefold()))
    # Case folding can undo the normal form (ΐ), and what was parted by a blank can compose (U¯): hence thrice.
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return unicodedata.normalize("NFKC", _LOOSE_DOT.sub("", _DROPPED.sub("", name)))
