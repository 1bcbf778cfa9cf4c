"""A picture of an answer: the rows of a canned question by size or over time, drawn by the charting library."""

import asyncio
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from db.pictures.drawing import UndrawnError, svg_of
from db.pictures.look import BLUE, QUIET, SERIES, log_axis, powers, time_axis, whole
from db.pictures.picture import NARROW, WIDE, Row, Size, Spec, clean, cut
from db.site_language import language, say
from db.site_queries import Chart, question

_MOST_BARS, _MOST_POINTS, _MOST_COLORS = 24, 300, len(SERIES)
_FEWEST = 2
_KEPT = 128
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


async def answer_chart(name: str, columns: Sequence[str], rows: Sequence[Any]) -> list[tuple[str, Markup]]:
    """Return an answer drawn wide and narrow; nothing where the question has no chart, or too few rows have a number."""
    asked = question(name)
    if asked.chart is None:
        return []
    drawn = _drawn_of(asked.chart, [dict(zip(columns, tuple(row), strict=True)) for row in rows])
    if len(drawn) < _FEWEST:
        return []
    told = say(f"{len(drawn)} 行的图，数据见下表", f"A picture of {len(drawn)} rows; the table below has the data")
    found = []
    for size in (WIDE, NARROW):
        spec = json.dumps(whole(_spec(asked.chart, drawn, size), size))
        try:
            markup = await asyncio.to_thread(_svg, spec, f"answer-{size.name}", asked.title, told)
        except (UndrawnError, ValueError):
            return []
        found.append((size.name, Markup(markup)))  # noqa: S704 - made by svg_of, which escapes what it is given
    return found


@lru_cache(_KEPT)
def _svg(spec: str, name: str, title: str, told: str) -> str:
    return svg_of(json.loads(spec), name, title, told)


def _drawn_of(chart: Chart, rows: list[Row]) -> list[Row]:
    """Return the marks: bounds above zero, and a date where one is drawn."""
    value = chart.x if chart.mark == "dot" else chart.y
    found = []
    for row in rows:
        low, high = (_number(row.get(column)) for column in (value, chart.high or value))
        if low is None and high is None:
            continue
        mark = {
            "low": low,
            "high": high,
            "at": low or high,
            "color": _one(row.get(chart.color)),
            "unit": row.get(chart.same),
        }
        if chart.mark == "dot":
            found.append(mark | {"name": cut(_text(row.get(chart.y)), 30)})
        elif date := _DATE.fullmatch(_text(row.get(chart.x))):
            day = "-".join((date[1], date[2] or "01", date[3] or "01"))
            found.append(mark | {"date": day})
    if chart.same and len({mark["unit"] for mark in found}) > 1:
        return []
    return _by_name(found)[:_MOST_BARS] if chart.mark == "dot" else found[:_MOST_POINTS]


def _by_name(marks: list[Row]) -> list[Row]:
    """Return one mark a name, the first: largest first."""
    return list({mark["name"]: mark for mark in reversed(marks)}.values())[::-1]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _one(value: Any) -> str:
    """Return a value in the page's language, where it is told in both: 收入 · revenue."""
    zh, _, en = _text(value).partition(" · ")
    return cut(say(zh, en or zh), 30) or "?"


def _text(value: Any) -> str:
    return "" if value is None else str(clean(str(value)))


def _spec(chart: Chart, marks: list[Row], size: Size) -> Spec:
    bounds = [bound for mark in marks for bound in (mark["low"], mark["high"]) if bound]
    scale = log_axis(powers(min(bounds), max(bounds), 4 if size.narrow else 7), language(), None)
    color = _color(marks)
    ranged = [mark for mark in marks if mark["low"] and mark["high"] and mark["low"] < mark["high"]]
    if chart.mark == "dot":
        place: Row = {"field": "name", "type": "nominal", "sort": None, "axis": {"title": None, "grid": True}}
        one, other, height = "x", "y", 22 * len({mark["name"] for mark in marks})
    else:
        dates = sorted(mark["date"] for mark in marks)
        place = time_axis(size, language(), dates[0], dates[-1]) | {"field": "date"}
        one, other, height = "y", "x", 220 if size.narrow else 280
    layers = [
        {
            "data": {"values": ranged},
            "mark": {"type": "rule", "strokeWidth": 2, "opacity": 0.6},
            "encoding": {other: place, one: scale | {"field": "low"}, f"{one}2": {"field": "high"}, "color": color},
        },
        {
            "data": {"values": marks},
            "mark": {"type": "point", "filled": True, "size": 50, "opacity": 0.9},
            "encoding": {other: place, one: scale | {"field": "at"}, "color": color},
        },
    ]
    return {"width": size.width - (190 if chart.mark == "dot" else 70), "height": height, "layer": layers}


def _color(marks: list[Row]) -> Row:
    names = list(dict.fromkeys(mark["color"] for mark in marks))
    if not 1 < len(names) <= _MOST_COLORS:
        return {"value": BLUE if len(names) == 1 else QUIET}
    return {
        "field": "color",
        "type": "nominal",
        "scale": {"domain": names, "range": list(SERIES[: len(names)])},
        "legend": {"title": None},
    }
