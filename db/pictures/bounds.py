"""Bounds drawn as bounds: dots, ranges with both ends, open bounds as arrows, doubted figures marked."""

from typing import Any, Literal

from db.pictures.look import BLUE, INK, VERMILION
from db.pictures.picture import Row

Shape = Literal["exact", "about", "span", "magnitude", "at_least", "at_most"]
SHAPES: tuple[Shape, ...] = ("exact", "about", "span", "magnitude", "at_least", "at_most")
_SPANS = ("span", "magnitude")
WORDS = {
    "exact": ("确数", "exact"),
    "about": ("约数", "about"),
    "span": ("区间（两端）", "range (both ends)"),
    "magnitude": ("数量级（两端）", "order of magnitude (both ends)"),
    "at_least": ("下限，无上限", "at least (open above)"),
    "at_most": ("上限，无下限", "at most (open below)"),
}
_DOT = "circle"
_RING = "M-0.75,0A0.75,0.75,0,1,1,0.75,0A0.75,0.75,0,1,1,-0.75,0M-0.25,0L0.25,0"
_DIAMOND = "diamond"
_UP = "M-0.7,0L0.7,0M0,0L0,-2.6M-0.6,-1.8L0,-2.6L0.6,-1.8"
_DOWN = "M-0.7,0L0.7,0M0,0L0,2.6M-0.6,1.8L0,2.6L0.6,1.8"
_RIGHT = "M0,-0.7L0,0.7M0,0L2.6,0M1.8,-0.6L2.6,0L1.8,0.6"
_LEFT = "M0,-0.7L0,0.7M0,0L-2.6,0M-1.8,-0.6L-2.6,0L-1.8,0.6"
_DRAWN = {
    "y": {"exact": _DOT, "about": _RING, "span": "M-1,0L1,0", "magnitude": _DIAMOND, "at_least": _UP, "at_most": _DOWN},
    "x": {"exact": _DOT, "about": _RING, "span": "M0,-1L0,1", "magnitude": _DIAMOND, "at_least": _RIGHT, "at_most": _LEFT},
}  # fmt: skip


def shape_of(low: float | None, high: float | None, comparator: str | None) -> Shape | None:
    """Return how bounds are drawn on a logarithmic axis, or None where nothing positive bounds them."""
    below = low if low is not None and low > 0 else None
    above = high if high is not None and high > 0 else None
    if below is None or above is None:
        if below is None and above is None:
            return None
        return "at_most" if below is None else "at_least"
    if comparator == "order_of_magnitude":
        return "magnitude"
    if below != above:
        return "span"
    return "about" if comparator == "approx" else "exact"


def positive(value: float | None) -> float | None:
    """Return a number that a logarithmic axis can show, else None."""
    return value if value is not None and value > 0 else None


def ends(rows: list[Row]) -> list[Row]:
    """Return a mark for each figure: two for one with two ends, one at its bound for another."""
    marks = []
    for row in rows:
        low, high = positive(row["low"]), positive(row["high"])
        places = (low, high) if row["shape"] in _SPANS else (low if low is not None else high,)
        marks += [row | {"at": place} for place in places]
    # The doubted stand in front.
    return sorted(marks, key=lambda mark: bool(mark["doubted"]))


def spans(rows: list[Row]) -> list[Row]:
    """Return the figures that have two ends."""
    return [row for row in rows if row["shape"] in _SPANS]


def extent(rows: list[Row]) -> tuple[float, float]:
    """Return the least and the greatest bound."""
    values = [value for row in rows for value in (row["low"], row["high"]) if value is not None and value > 0]
    return min(values), max(values)


def layers(
    rows: list[Row],
    along: Literal["x", "y"],
    value: Row,
    place: Row,
    size: int,
    language: str,
    *,
    color: Row | None = None,
) -> list[Row]:
    """Return layers that draw figures along an axis, each where `place` puts it on the other axis.

    `color` is a channel of colours in place of the one that tells the doubted.
    """
    other = "x" if along == "y" else "y"
    doubted = any(row["doubted"] for row in rows)
    color = color or {
        "field": "doubted",
        "type": "nominal",
        "scale": {"domain": [False, True], "range": [BLUE, VERMILION]},
        "legend": None,
    }
    found: list[Row] = []
    if spans(rows):
        found.append(
            {
                "data": {"values": spans(rows)},
                "mark": {"type": "rule", "strokeWidth": 1.6, "opacity": 0.75},
                "encoding": {
                    along: value | {"field": "low"},
                    f"{along}2": {"field": "high"},
                    other: place,
                    "color": color,
                    "strokeDash": {
                        "condition": {"test": "datum.shape == 'magnitude'", "value": [4, 3]},
                        "value": [1, 0],
                    },
                },
            }
        )
    found.append(_points(rows, along, value, place, color, size, language))
    if doubted:
        found.append(_doubts(rows, along, value, place))
    return found


def _points(rows: list[Row], along: str, value: Row, place: Row, color: Row, size: int, language: str) -> Row:
    used = [shape for shape in SHAPES if any(row["shape"] == shape for row in rows)]
    words = "({" + ", ".join(f'"{s}": "{WORDS[s][0 if language == "zh" else 1]}"' for s in used) + "})[datum.value]"
    shape = {
        "field": "shape",
        "type": "nominal",
        "scale": {"domain": used, "range": [_DRAWN[along][name] for name in used]},
        "legend": None
        if used == ["exact"]
        else {"title": None, "labelExpr": words, "symbolSize": 70, "symbolStrokeColor": INK},
    }
    # A dot is filled; of a ring, an arrow and an end only the line is drawn.
    fill: dict[str, Any] = {
        "condition": {"test": "datum.shape == 'exact'", **color},
        "value": "transparent",
    }
    return {
        "data": {"values": ends(rows)},
        "mark": {"type": "point", "size": size, "strokeWidth": 1.4, "opacity": 0.8},
        "encoding": {
            along: value | {"field": "at"},
            ("x" if along == "y" else "y"): place,
            "shape": shape,
            "stroke": color,
            "fill": fill,
        },
    }


def _doubts(rows: list[Row], along: str, value: Row, place: Row) -> Row:
    return {
        "data": {"values": [row for row in ends(rows) if row["doubted"]]},
        "mark": {"type": "text", "text": "?", "fontSize": 13, "fontWeight": 700, "color": VERMILION, "dx": -9, "dy": 0},
        "encoding": {along: value | {"field": "at"}, ("x" if along == "y" else "y"): place},
    }
