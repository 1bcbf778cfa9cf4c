"""The spellings of an organization's name."""

import re
from functools import lru_cache

from db.names import fold
from etl.resolving.name_parts import plain

_ASIDE = re.compile(r"\s*[(（]([^()（）]{2,60})[)）]")
_SPLIT = re.compile(r"\s+/\s+|\s*\|\s*")
# What the law or habit adds to a firm's name.
_LEGAL_ZH = re.compile(
    r"(?:股份|技术|科技|信息技术|网络科技|智能科技|人工智能科技|数字技术|控股)?(?:有限责任公司|有限公司|集团公司|集团|公司)$|(?:科技|技术|控股)$"
)
_LEGAL_EN = re.compile(
    r"[,\s]+(?:inc|ltd|llc|corp|corporation|co|company|plc|gmbh|ag|sa|limited|group|holdings?|technolog(?:y|ies)|tech)\.?$"
)
_AI_TAIL = re.compile(r"[\s.]*(?:ai|人工智能|智能)$")
_THE = re.compile(r"^the\s+")
_WORDS = re.compile(r"\b(?:laboratory|laboratories|labs)\b")
# A body inside another is another: labs, schools, branches, clouds.
_PART_OF = re.compile(
    r"实验室|研究院|研究所|研究中心|学院|分院|分公司|事业部|云$|云计算|\b(?:research|labs?|laborator(?:y|ies)|institute|academy|cloud|college|school|campus|department|studio)\b"
)


@lru_cache(maxsize=50_000)
def spellings(name: str) -> frozenset[str]:
    """Return the spellings of an organization's name: whole, without legal form, and those it gives beside itself."""
    found = set()
    for part in _SPLIT.split(name):
        aside = _ASIDE.search(part)
        bare = _ASIDE.sub("", part)
        for spelling in (bare, *((aside[1],) if aside and _is_short_form(aside[1], bare) else ())):
            text = _THE.sub("", plain(spelling).strip())
            text = _WORDS.sub("lab", text)
            found.add(fold(text))
            found.add(fold(_without_legal(text)))
        if aside and not _is_short_form(aside[1], bare):
            # 哈尔滨工业大学（深圳） is another body than the one without its place.
            found.discard(fold(plain(bare).strip()))
            found.add(fold(plain(part)))
    return frozenset(spelling for spelling in found if spelling)


def _is_short_form(aside: str, name: str) -> bool:
    """Tell an acronym or another script's name in brackets from a place or branch."""
    letters = re.sub(r"[^A-Za-z]", "", aside)
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).upper()
    if letters and letters.isupper() and letters == aside.strip():
        return True
    return bool(letters) and set(letters.upper()) <= set(initials) and len(letters) <= 6


def _without_legal(text: str) -> str:
    for pattern in (_LEGAL_ZH, _LEGAL_EN, _LEGAL_EN):  # X Technologies Inc.
        shorter = pattern.sub("", text)
        text = shorter if len(fold(shorter)) >= 2 else text
    return text


def stems(name: str) -> frozenset[str]:
    """Return the spellings without a tail that only says AI: Moonshot AI, 百川智能."""
    return frozenset(
        stem for spelling in spellings(name) if len(stem := _AI_TAIL.sub("", spelling)) >= 2 and stem != spelling
    )


def is_part(name: str) -> bool:
    """Tell whether a name is that of a lab, school or branch."""
    return _PART_OF.search(plain(name)) is not None
