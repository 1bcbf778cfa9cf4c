"""What tells a figure's subject: the kinds that a property prefers, and the words around names."""

import re
from typing import Final

# What a policy grants, asks and threatens is said of the policy.
OF_POLICY: Final = frozenset({"subsidy", "penalty", "deadline", "target"})
MODEL: Final = ("model", "product", "technology", "dataset")
_FIRM: Final = ("organization", "person", "industry", "product")
_PRODUCT: Final = ("product", "model", "organization")
_GROUPS: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "model": (
        MODEL,
        "parameters parameters_active training_data context_length training_compute open_source score accuracy error_rate latency",
    ),
    "firm": (
        _FIRM,
        "valuation market_value funding revenue profit loss operating_cost training_cost inference_cost margin orders employees customers spending",
    ),
    "users": (_PRODUCT, "users monthly_active_users daily_active_users weekly_active_users visits downloads retention"),
    "wealth": (("person", "organization"), "wealth salary"),
    "policy": (("policy",), "subsidy penalty deadline target"),
    "count": ((), "count models_count organizations_count"),
    "time": ((), "duration"),
    "change": ((), "share growth ratio change"),
    "price": ((), "price cost amount"),
    "compute": ((), "compute accelerators energy power market_size"),
}
_GROUP_OF: Final = {property_id: group for group, (_, words) in _GROUPS.items() for property_id in words.split()}
_FITS: Final = {
    group: {kind: f"preferred_{n}" for n, kind in enumerate(kinds)} for group, (kinds, _) in _GROUPS.items()
}

# A name after these is what something is compared with, or who tells it, not what is spoken of.
COMPARED: Final = re.compile(
    r"(?:相比|相较于?|较|比(?!如)|超过|超越|领先|优于|高于|低于|落后于?|接近|媲美|相当于|追平|反超|不如|击败|战胜|打败|赶超|占据?了?|基于|搭载|than|versus|vs\.?|据|根据|来自)"
    r"[ \n]?(?:了|上一代|此前的?|之前的?)?[ \n]?[“\"「《*`]{0,3}$"
)
# A name after these may be spoken of, where nothing else is.
SOFT: Final = re.compile(r"(?:在|为|向|给|对|与|和|由|被|同|联合|及|随着)[ \n]?[“\"「《]?$")
MODIFIES: Final = re.compile(r"(?=[^，。]*(?:的|模型|级|版|参数))[^，。；：、！？（）()\d]{0,22}[“\"「《*]*")
_ADJOINS: Final = re.compile(r"[ \n]?(?:模型|公司|大模型)?[ \n]?(?:的)?[ \n]?(?:（|\(|:|：|约|达|为|超|近|有)?[ \n*]*")


ADJOINING: Final = 8


def group_of(property_id: str) -> str:
    """Return the group of a property whose subjects are alike."""
    return _GROUP_OF.get(property_id, "other")


def preferred(property_id: str) -> tuple[str, ...]:
    """Return the kinds of subject that a property prefers, best first; none where it takes any."""
    group = _GROUP_OF.get(property_id)
    return _GROUPS[group][0] if group else ()


def fits_of(property_id: str) -> dict[str, str]:
    """Return by kind of subject how well a property prefers it; none where it takes any."""
    return _FITS.get(group_of(property_id), {})


def adjoins(text: str, end: int, start: int) -> bool:
    """Tell whether a figure follows a name at once, or as its own."""
    return start - end <= ADJOINING and _ADJOINS.fullmatch(text, end, start) is not None
