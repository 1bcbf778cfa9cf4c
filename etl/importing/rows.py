"""What an importer gives: rows of a data set, and what each of their cells says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Value = Mapping[str, Any]
GROUPS = ("org", "place", "family")


class ImportingError(Exception):
    """The data set cannot be imported; the base stands as it was."""


@dataclass(frozen=True, slots=True)
class Family:
    """A data set through all its snapshots: what its source record says, and the version of its importer."""

    name: str
    version: int
    title: str
    publisher: str
    url: str
    license: str
    attribution: str
    language: str
    authors: tuple[str, ...] = ()

    @property
    def method(self) -> str:
        """Return what statements of its cells name as their method."""
        return f"import:{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity that a data set names; `group` is empty for what a row is, else one of GROUPS."""

    name: str
    kind: Literal["model", "organization", "place", "product"] = "model"
    group: str = ""
    key: str = ""
    aliases: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    parent: "Thing | None" = None

    @property
    def identity(self) -> tuple[str, str]:
        """Return what makes it the same thing in the next snapshot."""
        return self.group, self.key or self.name


@dataclass(frozen=True, slots=True)
class Claim:
    """What one cell, one member of its list or one figure in its words says of a row's thing.

    `column` is the column's one name through all snapshots, `header` what this file calls it; `member` tells the
    members of a list apart; `span` is the figure's place in the cell.
    """

    property_id: str
    column: str
    header: str
    printed: str
    value: Value
    member: str = ""
    span: tuple[int, int] | None = None
    other: Thing | None = None
    subject: Thing | None = None
    subject_header: str | None = None
    scope: tuple[str, str] | None = None
    method: str | None = None


@dataclass(slots=True)
class Row:
    """One row: its key through all snapshots, its thing, where the thing's name stands, and what its cells say."""

    key: str
    thing: Thing
    name_header: str
    line: int
    table: str | None = None
    claims: list[Claim] = field(default_factory=list)


@dataclass(slots=True)
class Snapshot:
    """One state of a data set, read and not yet made into records."""

    family: Family
    file_name: str
    sha256: str
    published: str | None
    published_basis: Literal["printed", "context"] | None
    rows: list[Row]
    columns_read: dict[str, str] = field(default_factory=dict)
    columns_ignored: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
