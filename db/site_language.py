"""The language of a page: zh or en, one at a time, by `?lang=`, else the cookie, else `Accept-Language`.

Templates and pages call `say(zh, en)` and `language()`. Both hold while a request is answered, in its own task:
a function that runs in a thread of the database (`execute_fn`) is given the language by its caller.
"""

from collections.abc import Mapping
from contextvars import ContextVar
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl, urlencode

LANGUAGES = ("zh", "en")
ARGUMENT = "lang"
COOKIE = "damoxing_lang"
_YEAR = 365 * 24 * 3600

_T = TypeVar("_T")


class Visit(NamedTuple):
    """One request: its language, whether it chose one, its path and its query without `lang`."""

    language: str = "zh"
    chose: bool = False
    path: str = ""
    query: str = ""

    @property
    def cookie(self) -> str:
        """Return the cookie that keeps the language."""
        return f"{COOKIE}={self.language}; Path=/; Max-Age={_YEAR}; SameSite=Lax"


_visit: ContextVar[Visit] = ContextVar("visit", default=Visit())  # noqa: B039 - never changed


def language() -> str:
    """Return the language of the page being made: "zh" or "en"."""
    return _visit.get().language


def say(zh: _T, en: _T) -> _T:
    """Return the one of the two that is in the page's language."""
    return zh if _visit.get().language == "zh" else en


def html_language() -> str:
    """Return the language as HTML names it."""
    return say("zh-Hans", "en")


def in_language(wanted: str) -> str:
    """Return the address of this page in a language."""
    visit = _visit.get()
    query = [*parse_qsl(visit.query, keep_blank_values=True), (ARGUMENT, wanted)]
    return f"{visit.path}?{urlencode(query)}"


def begin(scope: Mapping[str, Any]) -> Visit:
    """Take a request's language, and hold it until the request is answered."""
    pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    asked = [value for name, value in pairs if name == ARGUMENT and value in LANGUAGES]
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    chosen = asked[-1] if asked else _kept(headers.get("cookie", "")) or preferred(headers.get("accept-language"))
    query = scope["query_string"].decode("latin-1")
    if asked:
        # `lang` is no column: Datasette would take it for one.
        query = urlencode([pair for pair in pairs if pair[0] != ARGUMENT])
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1").partition("?")[0]
    visit = Visit(chosen, bool(asked), path, query)
    _visit.set(visit)
    return visit


def _kept(header: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel is not None and morsel.value in LANGUAGES else None


def preferred(header: str | None) -> str:
    """Return the language that an `Accept-Language` header prefers: zh where it is empty, en where it names neither."""
    if not header:
        return "zh"
    weighed = [_weighed(part) for part in header.split(",")]
    known = [(weight, language) for weight, language in weighed if language in LANGUAGES and weight > 0]
    return max(known, key=lambda pair: pair[0])[1] if known else "en"


def _weighed(part: str) -> tuple[float, str]:
    name, _, rest = part.partition(";")
    weight = rest.strip().removeprefix("q=") if rest else "1"
    try:
        return float(weight), name.strip().lower().partition("-")[0]
    except ValueError:
        return 0.0, ""
