"""Addresses of bases that are no files."""

import re
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_ADDRESS = re.compile(r"postgres(?:ql)?://", re.IGNORECASE)
_PASSWORD = re.compile(r"(?:^|(?<=&))password=[^&]*&?", re.IGNORECASE)


def is_address(place: Path | str) -> bool:
    """Tell whether a place is a database server's address, not a file."""
    return isinstance(place, str) and _ADDRESS.match(place) is not None


def shown(place: Path | str) -> str:
    """Return a place as it may be printed: an address without its password."""
    if not is_address(place):
        return str(place)
    parts = urlsplit(str(place))
    user, at, host = parts.netloc.rpartition("@")
    query = _PASSWORD.sub("", parts.query).rstrip("&")
    return urlunsplit(parts._replace(netloc=user.partition(":")[0] + at + host, query=query))
