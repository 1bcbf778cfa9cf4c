"""Chinese names as they are written in Latin letters."""

import re
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u9fff]+")


def is_han(text: str) -> bool:
    """Tell whether a text is written in Chinese characters alone."""
    return _HAN.fullmatch(text) is not None


def has_han(text: str) -> bool:
    """Tell whether a text holds Chinese characters."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=50_000)
def romanized(text: str) -> str:
    """Return a Chinese name in pinyin without tones or blanks: 百川 is baichuan."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))
