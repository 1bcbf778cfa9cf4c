"""What a look-up may refuse, told so that it can be mended; the command line translates them at its edge."""

from collections.abc import Iterable


class BaseError(Exception):
    """The database cannot be read as a base of damoxing."""


class NotFoundError(LookupError):
    """Nothing in the base has this name."""

    def __init__(self, name: str, kind: str, suggestions: Iterable[str] = (), cure: str = "") -> None:
        self.suggestions = list(suggestions)
        if self.suggestions:
            cure = f"did you mean {' or '.join(self.suggestions)}?"
        super().__init__(f"no {kind} {name!r}; {cure or 'look for it with `damoxing search TEXT`'}")


class AmbiguousError(LookupError):
    """The name stands for several."""


class RequestError(ValueError):
    """A list was asked for in words that its table does not know."""


class MissingLibraryError(Exception):
    """What was asked for needs a library that is not installed."""


class ExportError(Exception):
    """The export could not be written; what stood in its place stands."""
