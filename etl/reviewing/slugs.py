"""Ids that are minted once: slugs of names, and random ones for statements."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Container

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_LONGEST = 60
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_CJK = re.compile(r"[\u3400-\u9fff]+")


def mint() -> str:
    """Return a new statement id."""
    return "s" + "".join(secrets.choice(_ALPHABET) for _ in range(9))


def slug(name: str, *, words: int = 8) -> str:
    """Return a name as an id: Latin words as they are, Chinese in pinyin; a hash where neither gives one."""
    plain = _CJK.sub(lambda found: f" {_pinyin(found[0])} ", unicodedata.normalize("NFKC", name)).lower()
    parts = _WORD.findall(plain)[:words]
    while parts and len("-".join(parts)) > _LONGEST:
        parts.pop()
    return "-".join(parts) or f"x{hashlib.sha256(name.encode()).hexdigest()[:10]}"


def _pinyin(chinese: str) -> str:
    try:
        from pypinyin import lazy_pinyin
    except ImportError:  # an id of a hash is as good, only harder to read
        return hashlib.sha256(chinese.encode()).hexdigest()[:8]
    return " ".join(lazy_pinyin(chinese, errors="ignore"))


def free(wanted: str, taken: Container[str], *, otherwise: str = "") -> str:
    """Return the id, or where it is taken the id with a word or number behind it."""
    if wanted not in taken:
        return wanted
    if otherwise and f"{wanted}-{otherwise}" not in taken:
        return f"{wanted}-{otherwise}"
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
