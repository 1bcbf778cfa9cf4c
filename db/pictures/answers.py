"""A picture of an answer: the rows of a canned question by size or over time, drawn by the charting library."""

import asyncio
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from db.pictures import bounds
from db.pictures.drawing import UndrawnError, svg_of
from db.pictures.look import BLUE, QUIET, SERIES, log_axis, powers, time_axis, whole
from db.pictures.picture import NARROW, WIDE, Row, Size, Spec, clean, cut
from db.site_language import language, say
from db.site_queries import Chart, question

_MOST_NAMES, _MOST_POINTS, _MOST_COLORS = 24, 300, len(SERIES)
_FEWEST = 2
_KEPT = 128
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


class AnswerChart(NamedTuple):
    """An answer drawn, by the name of each size, and what it shows of the rows."""

    drawings: list[tuple[str, Markup]]
    caption: str


async def answer_chart(name: str, columns: Sequence[str], rows: Sequence[Any]) -> AnswerChart | None:
    """Draw an answer wide and narrow; None where the question has no chart, or too few rows have a number."""
    asked = question(name)
    marks = [] if asked.chart is None else _marks(asked.chart, [dict(zip(columns, row, strict=True)) for row in rows])
    if asked.chart is None or len(marks) < _FEWEST:
        return None
    caption = say(
        f"{len(rows)} 行中画出 {len(marks)} 行，对数刻度；只有年份的画在年初。"
        if asked.chart.mark == "point"
        else f"{len(rows)} 行中画出 {len(marks)} 个，对数刻度。",
        f"{len(marks)} of {len(rows)} rows, on a log scale; a bare year stands at its beginning."
        if asked.chart.mark == "point"
        else f"{len(marks)} names of {len(rows)} rows, on a log scale.",
    )
    found = []
    for size in (WIDE, NARROW):
        spec = json.dumps(whole(_spec(asked.chart, marks, size), size))
        try:
            markup = await asyncio.to_thread(_svg, spec, f"answer-{size.name}", asked.title, caption)
        except (UndrawnError, ValueError):
            return None
        found.append((size.name, Markup(markup)))  # noqa: S704 - made by svg_of, which escapes what it is given
    return AnswerChart(found, caption)


@lru_cache(_KEPT)
def _svg(spec: str, name: str, title: str, told: str) -> str:
    return svg_of(json.loads(spec), name, title, told)


def _marks(chart: Chart, rows: list[Row]) -> list[Row]:
    """Return the marks of rows with bounds above zero, and with a date where one is drawn."""
    value = chart.x if chart.mark == "dot" else chart.y
    found = []
    for row in rows:
        low, high = row.get(value), row.get(chart.high or value)
        shape = bounds.shape_of(low, high, row.get("comparator"))
        if shape is None:
            continue
        mark = {"low": low, "high": high, "shape": shape, "doubted": False, "color": _one(row.get(chart.color))}
        if chart.mark == "dot":
            found.append(mark | {"name": cut(_text(row.get(chart.y)), 30), "unit": row.get(chart.same)})
        elif date := _DATE.fullmatch(_text(row.get(chart.x))):
            found.append(mark | {"date": "-".join((date[1], date[2] or "01", date[3] or "01"))})
    if len({mark.get("unit") for mark in found}) > 1:
        return []
    return _by_name(found)[:_MOST_NAMES] if chart.mark == "dot" else found[:_MOST_POINTS]


def _by_name(marks: list[Row]) -> list[Row]:
    """Return one mark a name, the first, which is the largest."""
    first: dict[str, Row] = {}
    for mark in marks:
        first.setdefault(mark["name"], mark)
    return list(first.values())


def _one(value: Any) -> str:
    """Return a value in the page's language, where it is told in both: 收入 · revenue."""
    zh, _, en = _text(value).partition(" · ")
    return cut(say(zh, en or zh), 30) or "?"


def _text(value: Any) -> str:
    return "" if value is None else str(clean(str(value)))


def _spec(chart: Chart, marks: list[Row], size: Size) -> Spec:
    value = log_axis(powers(*bounds.extent(marks), 4 if size.narrow else 7), language(), None)
    if chart.mark == "dot":
        names = [mark["name"] for mark in marks]
        place: Row = {"field": "name", "type": "nominal", "sort": names, "axis": {"title": None, "grid": True}}
        layers = bounds.layers(marks, "x", value, place, 55, language(), color=_color(marks))
        return {"width": size.width - 190, "height": {"step": 20}, "layer": layers}
    dates = sorted(mark["date"] for mark in marks)
    place = time_axis(size, language(), dates[0], dates[-1]) | {"field": "date"}
    layers = bounds.layers(marks, "y", value, place, 45, language(), color=_color(marks))
    return {"width": size.width - 70, "height": 220 if size.narrow else 280, "layer": layers}


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
