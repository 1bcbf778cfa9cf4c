"""Quantities as articles print them: read from one string, or found in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schema.bounds import COMPARATORS, Quantity, QuantityError
from schema.quantity_print import describe, format_quantity
from schema.quantity_read import QuantityReader, Reading
from schema.quantity_scan import QuantityMatch, compile_trigger, scan_quantities
from schema.units import Units

__all__ = [
    "COMPARATORS",
    "Quantity",
    "QuantityError",
    "QuantityGrammar",
    "QuantityMatch",
    "describe",
    "format_quantity",
]


_LISTED = re.compile(r"\s*(?:[,，、]\s*(?:and |or )?|和|与|及| and | or )\s*")
# What stands between the parts of one printed quantity: Markdown's strokes, line breaks, hyphens, 39 M for 39M, the measure of a rate.
_BETWEEN = (
    (re.compile(r"\\(?=[~<>])"), ""),
    (re.compile(r"\s*\n\s*"), " "),
    (re.compile(r"(?<=[0-9A-Za-z])-(?=[A-Za-z]{3,}$)"), " "),
    (re.compile(r"(?<=[0-9]) (?=[MBT]$)"), ""),
    (re.compile(r"(?<=[\u3400-\u9fff])/[\u3400-\u9fffA-Za-z]{1,4}?(?=\s*[-–—~～至到])"), ""),
)


def _plain(printed: str) -> str:
    for pattern, put in _BETWEEN:
        printed = pattern.sub(put, printed)
    return printed


class QuantityGrammar:
    """The grammar of quantities over a registry of units."""

    def __init__(self, units: Units) -> None:
        self.units = units
        self._reader = QuantityReader(units)
        self._trigger = compile_trigger(units)

    def parse(self, printed: str, *, units: Sequence[str] = (), scale: float = 1.0) -> Quantity:
        """Read a whole string as one quantity, of one of these unit ids, under a column header's scale.

        Raise QuantityError where the string is no quantity, or its printed unit is none of `units`.
        """
        reading = self._reader.whole(printed) or self._reader.whole(_plain(printed))
        if reading is None:
            raise QuantityError(
                f"{printed!r} is no quantity; give a figure with its qualifier and unit, such as 超175亿参数"
            )
        return self._allowed(reading, printed, units, scale)

    def parse_sizes(self, printed: str, *, units: Sequence[str] = ()) -> Quantity | None:
        """Read a list of rising sizes, 7B, 13B and 70B parameters; the last may name the unit of all."""
        parts = _LISTED.split(_plain(printed).strip())
        readings = [self._reader.whole(part) for part in parts] if len(parts) > 1 else [None]
        read = [self._allowed(reading, printed, units, 1.0) for reading in readings if reading]
        lows = [quantity.low or 0.0 for quantity in read]
        unit = next((quantity.unit for quantity in reversed(read) if quantity.unit), None)
        rising = len(read) == len(parts) and lows == sorted(set(lows))
        alike = all(quantity.comparator == "eq" and quantity.unit in (unit, None) for quantity in read)
        return Quantity(lows[0], lows[-1], unit, "sizes") if rising and alike and unit == "parameter" else None

    def scan(self, text: str, *, bare: bool = False) -> Iterator[QuantityMatch]:
        """Find every quantity of a running text, in order; with `bare`, plain numbers too."""
        return scan_quantities(self._reader, self._trigger, text, bare=bare)

    def _allowed(self, reading: Reading, printed: str, units: Sequence[str], scale: float) -> Quantity:
        allowed = [self.units.canonical(unit) for unit in units]
        unit, factor = reading.unit_among(allowed)
        if unit is not None and allowed and unit not in allowed:
            raise QuantityError(
                f"{printed!r} is in {unit}, not in {' or '.join(allowed)}; correct the unit or the property"
            )
        return reading.quantity(unit, factor * scale)
