"""Entities side by side: one row a property, one column an entity."""

from typing import NamedTuple

from db.labels import Labels
from db.look_up import Row
from db.values import printed


class Compared(NamedTuple):
    """What is said of each of several entities under one property."""

    property_id: str
    label: str
    values: list[list[Row]]


def compared(records: list[Row], labels: Labels) -> list[Compared]:
    """Return the properties that any of the entities has, with each one's statements, best first.

    A relation that points to an entity stands under its property with an arrow before the label.
    """
    found: dict[str, Compared] = {}
    for number, record in enumerate(records):
        own = [(s["property_id"], labels.property(s["property_id"]), s) for s in record["statements"]]
        inverse = [
            (f"<{s['property_id']}", f"← {labels.property(s['property_id'])}", s)
            for s in record["named_in"]
            if s["object_id"] == record["id"]
        ]
        for key, label, statement in own + inverse:
            row = found.setdefault(key, Compared(key, label, [[] for _ in records]))
            row.values[number].append(statement)
    return list(found.values())


def cell(row: Compared, number: int, labels: Labels) -> str:
    """Return an entity's cell: each different value once, with ⚠ where it is doubted."""
    inverse = row.property_id.startswith("<")
    texts = [
        statement["subject"] if inverse else printed(statement, labels) + (" ⚠" if statement["issues"] else "")
        for statement in row.values[number]
    ]
    return "; ".join(dict.fromkeys(texts))
