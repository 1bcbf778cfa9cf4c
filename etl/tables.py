"""Tables in running text: Markdown, HTML, tab- or blank-aligned, and as PDF text flattens them."""

from collections.abc import Sequence

from etl.document_cells import CATEGORY, Cell, Column, Table, with_caption
from etl.document_flat_tables import flat_tables, stacked_tables
from etl.document_grids import blank_tables, html_tables, pipe_tables, tab_tables

__all__ = ["CATEGORY", "Cell", "Column", "Table", "find_tables"]

# The surest mark first: where two finders see a table in the same lines, the earlier one has it.
_FINDERS = (html_tables, pipe_tables, tab_tables, blank_tables, flat_tables, stacked_tables)


def find_tables(text: str, ranges: Sequence[tuple[int, int]] | None = None) -> list[Table]:
    """Return the tables within the ranges (by default the whole text), in the text's order, without overlap."""
    tables: list[Table] = []
    for start, end in ranges if ranges is not None else [(0, len(text))]:
        found: list[Table] = []
        for finder in _FINDERS:
            taken = sorted((t.start, t.end) for t in found)
            found += [t for t in finder(text, start, end) if _is_free(t, taken)]
        tables += [with_caption(t, text, start) for t in sorted(found, key=lambda t: t.start)]
    return tables


def _is_free(table: Table, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < table.end and table.start < end for start, end in taken)
