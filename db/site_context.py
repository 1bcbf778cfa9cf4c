"""What a running site knows beyond its base: the operator's articles, and whether it is public."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from jinja2 import Environment

from db.labels import Labels
from db.look_up import Row
from db.site_columns import Coded

MOST_LABELS = 50_000


@dataclass(slots=True)
class Site:
    """One site; kept apart from the metadata, which Datasette publishes."""

    counts: dict[str, int]
    public: bool = False
    text_of: Callable[[Row], str | None] | None = None
    labels: dict[tuple[str, str, str], str | None] = field(default_factory=dict)
    filled: dict[str, tuple[str, ...]] = field(default_factory=dict)
    choices: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    counted: dict[Any, Any] = field(default_factory=dict)
    columns: dict[str, list[Coded]] = field(default_factory=dict)
    permitted: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    spoken: dict[str, Labels] = field(default_factory=dict)
    schemas_read: bool = False
    drawing: Environment | None = None

    def of_build(self, counts: dict[str, int]) -> "Site":
        """Return the site of another build: what was read of one is not known of the other."""
        return Site(counts, self.public, self.text_of, drawing=self.drawing)

    def labels_in(self, connection: sqlite3.Connection, language: str) -> Labels:
        """Return what everything is called in a language."""
        if language not in self.spoken:
            self.spoken[language] = Labels(connection, language).read()
        return self.spoken[language]


_sites: WeakKeyDictionary[Any, Site] = WeakKeyDictionary()


def remember(datasette: Datasette, site: Site) -> None:
    """Make a Datasette one of ours."""
    _sites[datasette] = site


_held: ContextVar[tuple[Any, Site] | None] = ContextVar("site", default=None)


@contextmanager
def hold(datasette: Datasette, site: Site) -> Iterator[None]:
    """Keep one site for a request, whatever base is taken in meanwhile."""
    token = _held.set((datasette, site))
    try:
        yield
    finally:
        _held.reset(token)


def site_of(datasette: Datasette) -> Site | None:
    """Return the site of a Datasette, or None where it is not ours: plugins are global to the process."""
    held = _held.get()
    return held[1] if held is not None and held[0] is datasette else _sites.get(datasette)
