"""Forms that stand at the beginnings of lines, tried there alone: an engine that looks for `^` tries every character."""

import re
from collections.abc import Iterator


def line_matches(form: re.Pattern[str], text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield what finditer would of a form that begins with `^` in re.M and takes at least one character."""
    at, stop = start, len(text) if end is None else min(end, len(text))
    while at < stop:
        found = form.match(text, at, stop)
        if found is not None:
            yield found
            at = found.end()
        if found is None or text[at - 1] != "\n":
            at = text.find("\n", at, stop) + 1
            if not at:
                return
