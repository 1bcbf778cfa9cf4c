"""Columns of a table under any of their known names."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.importing.rows import ImportingError


@dataclass(frozen=True, slots=True)
class Column:
    """A column through all snapshots: its names, newest first, and which properties its cells become."""

    name: str
    also: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    needed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Return every name that it is known by."""
        return (self.name, *self.also)


def folded(name: str) -> str:
    """Return a column's name without case and layout."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True, slots=True)
class Found:
    """Where the known columns stand in one table: column name to (position, header as printed)."""

    places: dict[str, tuple[int, str]]
    ignored: list[str]

    def header(self, column: str) -> str:
        """Return what this table calls a column, or its newest name where it has none."""
        return self.places[column][1] if column in self.places else column

    def cell(self, cells: Sequence[str], column: str) -> str:
        """Return a row's cell as printed; empty where the table has no such column."""
        place = self.places.get(column)
        return cells[place[0]] if place else ""


def find_columns(where: str, header: Sequence[str], columns: Iterable[Column]) -> Found:
    """Find each known column in a header.

    Raise ImportingError where a needed one is gone, naming its known names and what stands there.
    """
    places: dict[str, tuple[int, str]] = {}
    at: dict[str, int] = {}
    for position, name in enumerate(header):
        if folded(name) in at and folded(name):
            raise ImportingError(f"{where}: column {name!r} stands twice; keep one of them")
        at[folded(name)] = position
    for column in columns:
        known = next((folded(name) for name in column.names if folded(name) in at), None)
        if known is not None:
            places[column.name] = (at[known], header[at[known]])
        elif column.needed:
            names = " or ".join(repr(name) for name in column.names)
            raise ImportingError(
                f"{where}: no column {names}, which the import needs; the header has "
                f"{', '.join(repr(name) for name in header) or 'nothing'}. Rename the column, or import another file"
            )
    taken = {position for position, _ in places.values()}
    return Found(places, [name for position, name in enumerate(header) if position not in taken])
