"""Which column of a table names what its rows are about."""

from etl.document_cells import Table
from etl.reader.forms import BENCHMARK
from etl.reader.mentions import Mentions
from etl.reader.table_cells import EMPTY, NO, YES, cleaned, listed_parts
from etl.reader.table_heads import DEVELOPER_HEADER, NOT_SUBJECT_HEADER, ORDINAL_HEADER, SUBJECT_HEADER


def naming_column(table: Table, mentions: Mentions) -> int | None:
    """Return the column that names what each row is about; None where the head does."""
    heads = [c for c in table.columns if c.column > 0]
    named = [c for c in heads if _is_thing(mentions, c.start, c.end)]
    first = table.columns[0].name if table.columns else ""
    things_above = heads and len(named) * 2 > len(heads)
    if things_above and (not SUBJECT_HEADER.search(first) or not _names_things(table, mentions)):
        return None
    fitting = [
        c.column
        for c in table.columns
        if SUBJECT_HEADER.search(c.name) and not NOT_SUBJECT_HEADER.search(c.name) and _tells(table, c.column)
    ]
    makers = [c.column for c in table.columns if DEVELOPER_HEADER.search(c.name)]
    things = [c for c in fitting if c not in makers]
    if table.columns and not table.columns[0].column and things and 0 not in things and 0 not in makers:
        may_name = not NOT_SUBJECT_HEADER.search(first) and not ORDINAL_HEADER.search(first)
        things = [0, *things] if may_name else things
    if things:
        best = max(things, key=lambda column: _named_cells(table, column))
        return makers[0] if makers[:1] == [0] and _lists(table, best) else best
    if heads and len(named) * 2 > len(heads):
        return None
    return fitting[0] if fitting else 0


def _names_things(table: Table, mentions: Mentions) -> bool:
    """Tell whether most cells of the first column name a model or product."""
    cells = [cell for row in table.rows for cell in row if cell.column == 0]
    named = [cell for cell in cells if _is_thing(mentions, cell.start, cell.end) and not BENCHMARK.search(cell.text)]
    return 2 * len(named) > len(cells)


def _tells(table: Table, column: int) -> bool:
    """Tell whether a column's cells say more than yes, no or nothing."""
    cells = [cleaned(cell.text).lower() for row in table.rows for cell in row if cell.column == column]
    return any(value not in EMPTY | YES | NO for value in cells)


def _lists(table: Table, column: int) -> bool:
    """Tell whether most cells of a column list several names: a row is then of who made them."""
    cells = [cell for row in table.rows for cell in row if cell.column == column]
    return 2 * sum(len(listed_parts(cell.text)) > 1 for cell in cells) > len(cells)


def _named_cells(table: Table, column: int) -> tuple[int, int]:
    cells = [cell for row in table.rows for cell in row if cell.column == column and not cell.merged]
    return len({cell.text for cell in cells}), -column


def _is_thing(mentions: Mentions, start: int, end: int) -> bool:
    return any(m.kind in {"model", "product"} for m in mentions.within(start, end))
