"""Tables in running text: Markdown, HTML, tab- or blank-aligned, and as PDF text flattens them."""

from bisect import bisect_right
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
            starts = [table.start for table in found]
            found = sorted([*found, *(t for t in finder(text, start, end) if _is_free(t, found, starts))], key=_start)
        tables += [with_caption(table, text, start) for table in found]
    return tables


def _start(table: Table) -> int:
    return table.start


def _is_free(table: Table, found: Sequence[Table], starts: Sequence[int]) -> bool:
    """Tell whether the table overlaps none of those found, which are in order and apart."""
    after = bisect_right(starts, table.start)
    before_ends = after == 0 or found[after - 1].end <= table.start
    return before_ends and (after == len(starts) or table.end <= starts[after])
