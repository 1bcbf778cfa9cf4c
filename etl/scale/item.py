"""One document that waits to be read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A document's bytes, or why there are none; `called` is the name that tells its format."""

    name: str
    data: bytes = b""
    called: str = ""
    date: str | None = None
    error: str | None = None
