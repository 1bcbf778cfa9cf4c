"""What is wrong with an input, told so that it can be mended."""

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it stands, in which record, what it is and the cure."""

    file: str
    line: int | None
    record: str | None
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.record}: {self.message}" if self.record else f"{place}: {self.message}"


class SeedError(Exception):
    """The seeds have problems; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(self._told())

    def _told(self) -> str:
        count = len(self.problems)
        lines = [str(p) for p in self.problems[:SHOWN]]
        if count > SHOWN:
            lines.append(f"… and {count - SHOWN} more")
        noun = "problem" if count == 1 else "problems"
        return "\n".join([*lines, f"{count} {noun}; nothing was written"])


class BuildError(Exception):
    """The base could not be built; the old one stands."""
