"""Names of circles on a map, each beside its circle where no other name stands; one without room is left out."""

import math
import unicodedata

from db.pictures.picture import Row, cut

_HEIGHT = 14
_LETTER = 6.2
_SIDES = (("left", 1, 0), ("right", -1, 0), ("center", 0, 1), ("center", 0, -1))
_Box = tuple[float, float, float, float]


def named(points: list[Row], width: int, turned: int, most: int) -> list[Row]:
    """Return the points with `label`, `align`, `dx` and `dy`, the largest first.

    `width` is the map's in pixels, `turned` its rotation in degrees, `most` the area of the largest circle.
    """
    greatest = max((point["statements"] for point in points), default=1)
    places = [(_across(point["lon"], turned, width), -point["lat"] * width / 360) for point in points]
    radii = [math.sqrt(most * point["statements"] / greatest / math.pi) for point in points]
    taken: list[_Box] = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    found = []
    for number, (point, (x, y), radius) in enumerate(zip(points, places, radii, strict=True)):
        label = f"{cut(point['name'], 22)} {point['statements']}"
        for align, right, down in _SIDES:
            dx, dy = right * (radius + 4), down * (radius + 9)
            box = _box(x + dx, y + dy, align, label)
            if (
                box[0] >= 0
                and box[2] <= width
                and not any(_meet(box, other) for n, other in enumerate(taken) if n != number)
            ):
                taken.append(box)
                found.append(point | {"label": label, "align": align, "dx": dx, "dy": dy})
                break
    return found


def _across(lon: float, turned: int, width: int) -> float:
    return ((lon + turned + 180) % 360) * width / 360


def _box(x: float, y: float, align: str, label: str) -> _Box:
    long = sum(_LETTER * (2 if unicodedata.east_asian_width(char) in "WF" else 1) for char in label)
    left = {"left": x, "right": x - long, "center": x - long / 2}[align]
    return left, y - _HEIGHT / 2, left + long, y + _HEIGHT / 2


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
