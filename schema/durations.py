"""Durations as articles print them, as ISO 8601."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from schema.figures import GAP, read_figure

_LEAD = re.compile(r"\s*(?:长达|長達|短短|仅|僅|共|历时|歷時|为期|為期)?\s*")
_UNITS: Final = (
    ("Y", r"周年|年"), ("M", r"个?月|個月|months?"), ("W", r"个?(?:周|星期|礼拜)|個?(?:週|星期)|weeks?"), ("D", r"天|日|days?"),
    ("TH", r"[个個]?(?:小时|小時|钟头)|hours?|hrs?|h\b"), ("TM", r"分钟|分鐘|分(?!之)|minutes?|mins?"),
    ("TS", r"秒[钟鐘]?|seconds?|secs?|s\b"), ("Q", r"[个個]季度|quarters?"), ("Y", r"years?"),
)  # fmt: skip
_UNIT = re.compile(
    rf"{GAP}(?:" + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS)) + rf"){GAP}", re.IGNORECASE
)
_HALVES: Final = {"Y": "6M", "M": "15D", "D": "T12H", "TH": "T30M", "TM": "T30S", "W": ""}


class DurationError(ValueError):
    """What is printed is no duration of a known length."""


def parse_duration(printed: str) -> str:
    """Return a printed duration as ISO 8601: 14 小时 is PT14H; qualified ones and ranges are refused."""
    parts: list[tuple[str, str]] = []
    at = _lead(printed)
    while at < len(printed):
        if parts and printed[at:] == "半" and _HALVES.get(parts[-1][1]):  # 两年半
            parts.append(_half(parts[-1][1]))
            break
        number, code, at = _step(printed, at)
        parts.append((number, code))
    if not parts:
        raise _refusal(printed)
    return _iso(parts)


def _lead(printed: str) -> int:
    found = _LEAD.match(printed)
    return found.end() if found else 0


def _refusal(printed: str) -> DurationError:
    return DurationError(f"{printed!r} is no duration of one length; give figures with units of time, such as 14 小时")


def _step(printed: str, at: int) -> tuple[str, str, int]:
    """Read one figure and its unit, or a half of one."""
    half_first = re.compile(r"[个個]?半").match(printed, at)
    if half_first:
        found = _UNIT.match(printed, half_first.end())
        code = _code(found)
        if found is None or not _HALVES.get(code):
            raise _refusal(printed)
        return *_half(code), found.end()
    figure = read_figure(printed, at)
    if figure is None or figure.kind != "exact" or figure.mark == "fraction":
        raise _refusal(printed)
    number = format(Decimal(figure.low).scaleb(figure.exponent).normalize(), "f")
    found = _UNIT.match(printed, figure.end)
    if found is None:
        return _and_a_half(printed, figure.end, number)
    code = _code(found)
    if code == "Q":
        return str(int(number) * 3), "M", found.end()
    return number, code, found.end()


def _half(code: str) -> tuple[str, str]:
    half = _HALVES[code]
    return half.strip("TDMSH"), ("T" if half[0] == "T" else "") + half[-1]


def _and_a_half(printed: str, at: int, number: str) -> tuple[str, str, int]:
    """Read 一个半小时: the half stands between classifier and unit."""
    found = re.compile(r"[个個]半").match(printed, at)
    unit = _UNIT.match(printed, found.end()) if found else None
    if unit is None:
        raise _refusal(printed)
    return f"{number}.5", _code(unit), unit.end()


def _code(found: re.Match[str] | None) -> str:
    return _UNITS[int((found.lastgroup or "u0")[1:])][0] if found else ""


def _iso(parts: list[tuple[str, str]]) -> str:
    days = "".join(f"{number}{code}" for number, code in parts if code[0] != "T")
    hours = "".join(f"{number}{code[1:]}" for number, code in parts if code[0] == "T")
    return f"P{days}T{hours}" if hours else f"P{days}"
