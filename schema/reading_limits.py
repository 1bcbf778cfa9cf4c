"""What reading one document may take."""

from typing import NamedTuple


class Limits(NamedTuple):
    """What one task may take: seconds, and MB beyond what its process holds before any; None is no limit."""

    timeout: float | None = None
    memory: int | None = None


# Where nobody says.
USUAL = Limits(timeout=300, memory=2000)
