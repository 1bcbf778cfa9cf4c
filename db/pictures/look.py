"""How every picture looks: colours that colour-blind readers tell apart, fonts, axes of powers of ten."""

import json
import math
from datetime import UTC, datetime
from typing import Any

from db.pictures.picture import Size, Spec

# Okabe and Ito's colours, darkened where a thin line on white would be faint.
BLUE = "#0072b2"
VERMILION = "#c44e00"
GREEN = "#007a5e"
SKY = "#56b4e9"
ORANGE = "#e69f00"
PURPLE = "#a5568a"
INK = "#1c2024"
QUIET = "#565d66"
LINE = "#d9dde3"
PALE = "#eef1f4"
SERIES = (BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, INK, QUIET)
# Fonts whose Latin letters are as narrow as those that the server measures with; wider ones would cut names off.
FONT = "Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Arial, sans-serif"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_ZH = ((1e16, "亿亿"), (1e12, "万亿"), (1e8, "亿"), (1e4, "万"))
_EN = ((1e18, "E"), (1e15, "P"), (1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "K"))


def whole(spec: Spec, size: Size) -> Spec:
    """Return a specification with the look of the site around it."""
    # A ground of its own: a saved picture stays readable in print and in the dark.
    return {"$schema": _SCHEMA, "background": "#ffffff", "padding": 10, "config": _config(size)} | spec


def _config(size: Size) -> dict[str, Any]:
    return {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": QUIET,
            "titleFontWeight": "normal",
            "gridColor": LINE,
            "domainColor": QUIET,
            "tickColor": QUIET,
            "labelFontSize": 11,
            "titleFontSize": 11,
            "labelLimit": 150 if size.narrow else 260,
        },
        "legend": {
            "labelColor": INK,
            "labelFontSize": 11,
            "labelLimit": 300,
            "titleColor": QUIET,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "orient": "bottom",
            "direction": "horizontal",
            "columns": 2 if size.narrow else 4,
            "symbolStrokeWidth": 1.6,
        },
        "title": {"fontSize": 12, "color": INK, "anchor": "start", "fontWeight": 600, "limit": size.width},
        "text": {"fontSize": 11, "color": INK},
    }


def written(value: float, language: str) -> str:
    """Return a round number as an axis writes it: 1亿, 100M."""
    for scale, name in _ZH if language == "zh" else _EN:
        if value >= scale:
            return f"{value / scale:g}{name}"
    return f"{value:g}"


def powers(low: float, high: float, most: int = 7) -> list[float]:
    """Return powers of ten around two positive numbers, not more than so many."""
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    last = max(last, first + 1)
    step = max(1, math.ceil((last - first) / (most - 1)))
    last = first + step * math.ceil((last - first) / step)
    return [10.0**exponent for exponent in range(first, last + 1, step)]


def log_axis(ticks: list[float], language: str, title: str | None) -> dict[str, Any]:
    """Return scale, axis and title of a logarithmic channel."""
    labels = ", ".join(f'"{_key(tick)}": "{written(tick, language)}"' for tick in ticks)
    return {
        "type": "quantitative",
        "scale": {"type": "log", "domain": [ticks[0], ticks[-1]], "nice": False, "zero": False, "padding": 9},
        "axis": {"values": ticks, "labelExpr": f"({{{labels}}})[format(datum.value, '.0e')]", "title": title},
    }


def _key(tick: float) -> str:
    exponent = round(math.log10(tick))
    return f"1e{'+' if exponent >= 0 else '-'}{abs(exponent)}"


def time_axis(size: Size, language: str, first: str, last: str) -> dict[str, Any]:
    """Return scale and axis of a channel of dates between two: each year, or each month, named once."""
    ticks, form = _ticks(first, last, 4 if size.narrow else 9, language)
    return {
        "type": "temporal",
        "scale": {"type": "utc", "padding": 9},
        "axis": {
            "values": ticks,
            "labelExpr": f"utcFormat(datum.value, '{form}')",
            "title": None,
            "grid": False,
            "labelOverlap": "greedy",
        },
    }


def _ticks(first: str, last: str, most: int, language: str) -> tuple[list[float], str]:
    """Return the beginnings of years, else of months, between two dates in milliseconds, and how to write them."""
    begin, end = int(first[:4]), int(last[:4])
    if end - begin >= 2:
        step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if (end - begin) / step <= most)
        years = range(begin - begin % step, end + 1, step)
        return [moment(f"{year:04d}-01-01") for year in years if year >= begin], "%Y"
    months = [(year, month) for year in range(begin, end + 1) for month in range(1, 13)]
    inside = [
        f"{year:04d}-{month:02d}-01" for year, month in months if first[:7] <= f"{year:04d}-{month:02d}" <= last[:7]
    ]
    return [moment(date) for date in inside[:: -(-len(inside) // most)]], "%Y年%-m月" if language == "zh" else "%b %Y"


def moment(date: str) -> float:
    """Return the first moment of a date in milliseconds, as Vega counts time."""
    return datetime.fromisoformat(date).replace(tzinfo=UTC).timestamp() * 1000


def spaced(names: list[str], most: int) -> list[str]:
    """Return evenly spaced names, the last among them: measuring a label costs milliseconds."""
    step = max(1, -(-len(names) // most))
    return names[::-1][::step][::-1]


def looked_up(labels: dict[str, str]) -> str:
    """Return the expression that writes labels in place of an axis's keys."""
    return f"({json.dumps(labels)})[datum.value]"
