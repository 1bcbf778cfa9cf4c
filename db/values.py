"""A statement's value in words: as printed, and as the base understands it."""

import math
from collections.abc import Mapping
from typing import Any

from db.labels import Labels

Row = dict[str, Any]

_ZH_SCALES = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_EN_SCALES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def plain_number(value: Any) -> Any:
    """Return a whole float as an int, so that it prints without `.0`; anything else as it is."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def amount(value: float, language: str) -> str:
    """Return a number as people write it: 1750亿, 175 billion, 3.14e+23."""
    size = abs(value)
    if size >= 1e16:
        return f"{value:.4g}"
    for scale, name in _ZH_SCALES if language == "zh" else _EN_SCALES:
        if size >= scale:
            return f"{_trimmed(value / scale).replace(',', '')}{name}"
    return _trimmed(value)


def _trimmed(value: float) -> str:
    # Eight digits hold every printed figure and hide the last bits of a division.
    short = float(f"{value:.8g}")
    return f"{short:,.0f}" if short.is_integer() else f"{short:,}"


def bounds(low: float | None, high: float | None, unit: str | None, comparator: str | None, labels: Labels) -> str:
    """Return bounds with unit and comparator in words."""
    suffix = _unit_suffix(unit, labels)
    percent = unit == "fraction"
    ends = [
        None if end is None else (f"{_trimmed(end * 100)}%" if percent else amount(end, labels.language))
        for end in (low, high)
    ]
    if ends[0] is not None and ends[1] is not None and not math.isclose(low or 0.0, high or 0.0):
        text = f"{ends[0]} – {ends[1]}{suffix}"
        return f"{text} ({labels.word(comparator)})" if comparator in {"order_of_magnitude", "sizes"} else text
    number = f"{ends[0] if ends[0] is not None else ends[1]}{suffix}"
    if comparator in {None, "eq", "range", "sizes"}:
        return number
    return labels.word(comparator) + ("" if labels.language == "zh" else " ") + number


def _unit_suffix(unit: str | None, labels: Labels) -> str:
    if unit is None or unit == "fraction":
        return ""
    label = labels.unit(unit)
    return label if labels.language == "zh" and not label.isascii() else f" {label}"


def described(statement: Row, labels: Labels) -> str:
    """Return a quantity's exact bounds in the grammar's own words."""
    if statement["low"] is None and statement["high"] is None:
        return ""
    if statement["comparator"] is None:
        return bounds(statement["low"], statement["high"], statement["unit"], None, labels)
    # The printing half of the grammar alone: schema.quantity would load the reading half too, 40 ms.
    from schema.bounds import Quantity
    from schema.quantity_print import describe

    quantity = Quantity(statement["low"], statement["high"], statement["unit"], statement["comparator"])
    return describe(quantity, labels.language)


def printed(statement: Row, labels: Labels) -> str:
    """Return the value as the source prints it; a text, and what no span holds, in our words."""
    if statement["printed"] and statement["value_type"] != "text":
        return str(statement["printed"])
    return understood(statement, labels)


def understood(statement: Row, labels: Labels) -> str:
    """Return the value as the base understands it."""
    status = statement["value_status"]
    if status in {"not_stated", "not_disclosed", "not_applicable"}:
        return labels.word(status)
    kind = statement["value_type"]
    if kind == "quantity":
        return bounds(statement["low"], statement["high"], statement["unit"], statement["comparator"], labels)
    if kind == "boolean":
        return labels.word("yes" if statement["boolean"] else "no")
    if kind == "text":
        return own_words(statement, labels.language)
    if kind == "term":
        return labels.term(statement["term"])
    return str((statement["object"] if kind == "entity" else statement["date"]) or "")


def own_words(statement: Row, language: str) -> str:
    """Return a text value in zh or en, in the other language where it has no words in this one."""
    zh, en = statement["text"], statement["text_en"]
    return str((zh or en if language == "zh" else en or zh) or statement["printed"] or "")


def what_it_is(entity: Mapping[str, Any], language: str) -> str:
    """Return an entity's description in zh or en, in the other language where it has none in this one."""
    en, zh = entity.get("description"), entity.get("description_zh")
    return str((zh or en if language == "zh" else en or zh) or "")
