"""Alternatives of a form: how an engine looks for one of many words soonest."""

import re
from collections.abc import Iterable


def begun(words: Iterable[str]) -> str:
    """Return a look ahead for the first characters of words, which fails sooner than each word in turn."""
    first = {char for word in words for char in (word[0], word[0].upper())}
    return f"(?=[{''.join(re.escape(char) for char in sorted(first))}])"
