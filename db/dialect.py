"""Where SQLite and PostgreSQL differ in what look-ups ask: fragments of SQL, and nothing else.

All other SQL of look-ups is such as both read: booleans are no numbers, and empty cells are told where to stand.
"""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from db.connection import Connection

_COMBINING = dict.fromkeys(range(0x300, 0x370))
# A lexeme of PostgreSQL has at most 2,046 bytes, a character at most four.
_LONGEST = 500


class Dialect(NamedTuple):
    """How a database says what the other says otherwise."""

    columns: str
    """Query of a table's columns, by its name: name and type."""
    contains: str
    """Whether a text contains another."""
    matching: str
    """Query of the rows of a search table that match, in the order they were loaded."""
    matched_by: str
    """The column that this query returns, and that the rows are found by."""
    match: Callable[[str], str]
    """The tokens that all must match, parted by blanks and each in double quotes, as its search reads them."""


def lexeme(token: str) -> str:
    """Return a token as PostgreSQL keeps it: without accents, as SQLite's `unicode61` drops them, and quoted."""
    if not token.isascii():
        token = unicodedata.normalize("NFC", unicodedata.normalize("NFD", token).translate(_COMBINING))
    return f"'{token[:_LONGEST]}'"


def _tsquery(match: str) -> str:
    return " & ".join(lexeme(token.strip('"')) for token in match.split())


SQLITE = Dialect(
    columns="select name, type from pragma_table_info(?)",
    contains="instr({}, {})",
    matching="select rowid from {table}_fts where {table}_fts match {words}",
    matched_by="rowid",
    match=str,
)
POSTGRES = Dialect(
    columns="select attname, case atttypid when 'bool'::regtype then 'BOOLEAN' when 'int8'::regtype then 'INTEGER'"
    " when 'float8'::regtype then 'FLOAT' else 'VARCHAR' end"
    " from pg_attribute where attrelid = cast(quote_ident(?) as regclass) and attnum > 0 order by attnum",
    contains="strpos({}, {}) > 0",
    matching="select id from {table}_fts where tokens @@ cast({words} as tsquery) order by position",
    matched_by="id",
    match=_tsquery,
)


def dialect_of(connection: Connection) -> Dialect:
    """Return how the database of a connection speaks."""
    dialect: Dialect = getattr(connection, "dialect", SQLITE)
    return dialect
