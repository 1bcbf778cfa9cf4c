"""What a picture is: how its rows are read, and how they are drawn at a size."""

import sqlite3
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

Row = dict[str, Any]
Spec = dict[str, Any]
_T = TypeVar("_T")


class Size(NamedTuple):
    """A size that pictures are drawn at, in CSS pixels."""

    name: str
    width: int

    @property
    def small(self) -> bool:
        """Tell whether only the gist is drawn."""
        return self.name == "small"

    @property
    def narrow(self) -> bool:
        """Tell whether it is as wide as a phone."""
        return self.width < 500


WIDE = Size("wide", 900)
NARROW = Size("narrow", 358)
SMALL = Size("small", 400)
SIZES = (WIDE, NARROW, SMALL)


class Heading(NamedTuple):
    """A column of the table beside a picture; `link` is the key of the id that its cells lead to."""

    key: str
    label: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """What a picture draws, in one language: `rows` for the table, `drawn` for the marks, by name."""

    language: str
    headings: tuple[Heading, ...]
    rows: list[Row]
    drawn: dict[str, list[Row]]
    caption: str
    gist: str = ""
    told: Row = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to draw."""
        return not any(self.drawn.values())

    def say(self, zh: _T, en: _T) -> _T:
        """Return the one of the two that is in its language."""
        return zh if self.language == "zh" else en


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by name, titled in zh and en."""

    name: str
    title_zh: str
    title_en: str
    read: Callable[[sqlite3.Connection, str], Data]
    draw: Callable[[Data, Size], Spec]

    def title(self, language: str) -> str:
        """Return its title in a language."""
        return self.title_zh if language == "zh" else self.title_en


def rows_of(connection: sqlite3.Connection, sql: str, values: tuple[Any, ...] = ()) -> list[Row]:
    """Return the rows of a query by column, each text fit for a picture."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [{name: clean(value) for name, value in zip(names, row, strict=True)} for row in cursor]


def clean(value: Any) -> Any:
    """Return a text without what XML refuses or what turns the writing around it; anything else as it is."""
    if not isinstance(value, str):
        return value
    if value.isprintable():
        return value
    return "".join(char if unicodedata.category(char)[0] != "C" else " " for char in value)


def name_sql(language: str, table: str) -> str:
    """Return the SQL of an entity's name in a language."""
    return f"coalesce({table}.name_en, {table}.label)" if language == "en" else f"{table}.label"


def cut(text: str, most: int) -> str:
    """Return a text of at most so many Latin letters' width."""
    width = 0
    for place, char in enumerate(text):
        width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if width > most:
            return text[: max(place - 1, 1)].rstrip() + "…"
    return text
