"""Search tokens of Chinese names in pinyin: 通义千问 by tongyi qianwen, tongyiqianwen or qianwen."""

import re
from functools import lru_cache

_HAN = re.compile("[一-鿿]+")
_LONGEST_RUN = 4
_MOST_SYLLABLES = 16
WHOLE = "py."
"""What the token of a whole name begins with: only a query for the whole name finds it."""


@lru_cache(maxsize=100_000)
def pinyin_tokens(name: str) -> tuple[str, ...]:
    """Return the tokens of a name's Chinese: each syllable, runs of up to four, and the whole."""
    from pypinyin import lazy_pinyin  # only a build should cost its import

    tokens: list[str] = []
    for run in _HAN.findall(name):
        syllables = [plain for plain in lazy_pinyin(run, errors="ignore") if plain.isascii() and plain.isalpha()]
        syllables = syllables[:_MOST_SYLLABLES]
        for start in range(len(syllables)):
            tokens += ["".join(syllables[start : start + length]) for length in range(1, _LONGEST_RUN + 1)]
        tokens.append("".join(syllables))
        if len(run) == len(name):
            tokens.append(f"{WHOLE}{''.join(syllables)}")
    # 绿 is typed lv and lu.
    tokens += [token.replace("v", "u") for token in tokens if "v" in token]
    return tuple(dict.fromkeys(token for token in tokens if len(token) > 1))
