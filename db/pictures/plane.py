"""China in the plane: Albers' equal-area projection, parallels 25° and 47° N, meridian 105° E, as its maps have it."""

import math

RADIUS = 6371.0
"""Of the earth, in kilometres."""
_SOUTH, _NORTH, _MERIDIAN = (math.radians(degrees) for degrees in (25, 47, 105))
_CONE = (math.sin(_SOUTH) + math.sin(_NORTH)) / 2
_CURVE = math.cos(_SOUTH) ** 2 + 2 * _CONE * math.sin(_SOUTH)
_REACH = RADIUS / _CONE


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place lies, in kilometres: east of the meridian, and north of where it meets the equator."""
    radius = _REACH * math.sqrt(_CURVE - 2 * _CONE * math.sin(math.radians(latitude)))
    angle = _CONE * (math.radians(longitude) - _MERIDIAN)
    return radius * math.sin(angle), _REACH * math.sqrt(_CURVE) - radius * math.cos(angle)
