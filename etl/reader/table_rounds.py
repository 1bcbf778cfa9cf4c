"""Tables of a firm's rounds: when each was, what it brought, at which valuation, and who gave."""

import re
from collections.abc import Iterator

from etl.document_cells import Cell, Table
from etl.reader.mentions import Mentions
from etl.reader.parties import is_firm
from etl.reader.proposals import Proposal, event_on
from etl.reader.subjects import Subject, as_subject
from etl.reader.table_cells import EMPTY, cleaned
from etl.reader.table_licences import METHOD
from schema.dates import DateError, parse_date

_ROUND = re.compile(
    r"(?:Pre[- ]?)?[A-K][+\d]{0,3}[ ]?轮(?:融资)?|(?:种子|天使|战略|首|Pre-IPO)[+\d]{0,2}轮?(?:融资|投资)?|(?:Pre-)?(?:Series [A-K]\+?|Seed|Angel|IPO)(?: round)?",
    re.I,
)
_AMOUNT = re.compile(r"金额|融资额|规模|amount|raised", re.I)
_VALUATION = re.compile(r"估值|valuation", re.I)
_DATE = re.compile(r"时间|日期|年份|date|year|when", re.I)
_INVESTORS = re.compile(r"投资(?:者|方|人|机构)|领投|跟投|investors?|led by", re.I)
_FEWEST = 2


def rounds_column(table: Table) -> int | None:
    """Return the column that names rounds: most of its cells are such."""
    for column in table.columns:
        cells = [cleaned(cell.text) for row in table.rows for cell in row if cell.column == column.column]
        rounds = sum(_ROUND.fullmatch(cell) is not None for cell in cells)
        if rounds >= _FEWEST and 2 * rounds > len(cells):
            return column.column
    return None


def property_of(header: str) -> str | None:
    """Return what the figures of a column of such a table are of."""
    return "valuation" if _VALUATION.search(header) else "funding" if _AMOUNT.search(header) else None


def is_round(row: tuple[Cell, ...], column: int) -> bool:
    """Tell a row of a round from that of a total."""
    return any(cell.column == column and _ROUND.fullmatch(cleaned(cell.text)) for cell in row)


def told(mentions: Mentions, cell: Cell, header: str, firm: Subject, written: str | None) -> Iterator[Proposal]:
    """Yield the date or the givers that a cell tells of a firm's round."""
    if cleaned(cell.text) in EMPTY:
        return
    if _DATE.search(header):
        try:
            date = parse_date(cleaned(cell.text), document_date=written)
        except DateError:
            return
        yield event_on("funded", firm, (cell.start, cell.end), date, METHOD, more={"column_label": header})
    elif _INVESTORS.search(header):
        for giver in mentions.within(cell.start, cell.end):
            if is_firm(giver) or giver.kind == "person":
                other = as_subject(giver)
                fields = {"object_id": other.entity_id, "object_name": other.name, "object_type": other.kind}
                more = {"assertion": "asserted", "column_label": header}
                yield Proposal("relation", "investor", giver.start, giver.end, firm, METHOD, fields | more)
