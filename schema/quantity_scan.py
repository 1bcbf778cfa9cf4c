"""Quantities found in running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from schema.bounds import Quantity
from schema.quantity_read import QuantityReader


@dataclass(frozen=True, slots=True)
class QuantityMatch:
    """A quantity in a text: text[start:end] with qualifiers, text[value_start:value_end] figure and unit alone."""

    start: int
    end: int
    value_start: int
    value_end: int
    quantity: Quantity
    flags: tuple[str, ...] = ()


def scan_quantities(reader: QuantityReader, text: str, *, bare: bool = False) -> Iterator[QuantityMatch]:
    yield from ()
