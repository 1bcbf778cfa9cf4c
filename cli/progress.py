"""How far a long run came: one line on stderr with rate and time left, on a terminal only."""

import sys
import time
from types import TracebackType
from typing import Self

_EVERY = 0.2


class Progress:
    """Counts documents; what an earlier run did counts as done, but not for the rate."""

    def __init__(self, total: int | None) -> None:
        self.total, self.done, self.read = total, 0, 0
        self.begun = time.monotonic()
        self.shown = 0.0
        self.width = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.clear()

    def add(self, documents: int, known: bool = False) -> None:
        """Count documents, and show the line where it is time to."""
        self.done += documents
        if not known:
            self.read += documents
        now = time.monotonic()
        if self.total is not None and now - self.shown >= _EVERY:
            self.shown = now
            self._show(self.line(now - self.begun))

    def line(self, seconds: float) -> str:
        """Return the line for a run that lasts so many seconds by now."""
        rate = self.read / seconds if seconds else 0.0
        left = f", {told_time((max(self.total or 0, self.done) - self.done) / rate)} left" if rate else ""
        return f"{self.done:,} of {max(self.total or 0, self.done):,} documents, {rate:,.1f}/s{left}"

    def clear(self) -> None:
        """Take the line away, for a message or for good."""
        if self.width:
            self._show("")
            self.shown = 0.0

    def _show(self, line: str) -> None:
        sys.stderr.write(f"\r{line.ljust(self.width)}" if line else f"\r{' ' * self.width}\r")
        sys.stderr.flush()
        self.width = len(line)


def told_time(seconds: float) -> str:
    """Return a time as 0:05, 12:30 or 3:04:05."""
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"
