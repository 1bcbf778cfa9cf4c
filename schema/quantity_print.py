"""Quantities printed for people: in words, and in a compact form that reads back to the same value."""

from __future__ import annotations

from schema.bounds import Quantity


def describe(quantity: Quantity, language: str = "en") -> str:
    return repr(quantity)


def format_quantity(quantity: Quantity, language: str = "en") -> str:
    return repr(quantity)
