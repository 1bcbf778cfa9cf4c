"""Lines of JSON in which every key of an object stands once: of two values, which is meant nobody could tell."""

import json
import re
from typing import Any

_KEY = re.compile(rb'"\s*:')


class DuplicateKeyError(ValueError):
    """A key that stands twice in one object."""


def load_line(line: bytes | str) -> Any:
    """Return what a line of JSON says; raise ValueError where it is none, DuplicateKeyError where a key is doubled."""
    return json.loads(line, object_pairs_hook=_once)


def key_count(line: bytes) -> int:
    """Return how many keys a line of JSON has at most: a quotation mark and a colon may stand in a text as well."""
    return len(_KEY.findall(line))


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise DuplicateKeyError(f"the key {doubled!r} stands twice in one object; keep one")
    return found
