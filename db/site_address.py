"""Where the pages of single things are: hundreds of addresses stand in one list."""

import re

from datasette.app import Datasette
from datasette.utils import tilde_encode

from db.site_metadata import DATABASE

# What Datasette leaves as it is; it looks at each byte by itself.
_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


def encoded(identifier: str) -> str:
    """Return an id as it stands in an address."""
    return identifier if _PLAIN.fullmatch(identifier) else str(tilde_encode(identifier))


def row_url(datasette: Datasette, table: str, identifier: str) -> str:
    """Return the address of a row's page."""
    return f"{datasette.setting('base_url')}{DATABASE}/{table}/{encoded(identifier)}"


def evidence_url(datasette: Datasette, statement_id: str) -> str:
    """Return the address of a statement's evidence."""
    return f"{datasette.setting('base_url')}-/evidence/{encoded(statement_id)}"
