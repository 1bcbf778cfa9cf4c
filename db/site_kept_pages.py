"""Pages kept as they were answered: until the next build the same address gives the same page.

Only what no visitor is told apart by is kept: the answer to a plain GET without an actor, in one of the two languages.
A page's scripts run by nonce, so a kept page is given a new one each time.
"""

from collections import OrderedDict
from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils import await_me_maybe
from datasette.utils.asgi import Request

from db.site_cap import Message, Scope, Send
from db.site_language import Visit

MOST_BYTES = 64_000_000
"""Bytes of all pages that are kept."""
_MOST_PAGE = 2_000_000
_TYPES = (b"text/html", b"application/json")
_UNKEPT_PATHS = ("/-/data", "/-/mcp", "/-/search")
_UNKEPT_ARGUMENTS = ("sql=", "_trace", "_nocache", "_stream", "_timelimit")
_TELLING_COOKIES = ("ds_actor", "ds_messages")

Headers = list[tuple[bytes, bytes]]
Key = tuple[object, ...]


class Page(NamedTuple):
    """A page and the nonce that stands in it."""

    headers: Headers
    body: bytes
    nonce: bytes


class KeptPages:
    """Keeps the pages that were asked for last, of one build of the base."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._build: object = None
        self._pages: OrderedDict[Key, Page] = OrderedDict()

    def find(self, key: Key, build: object) -> Page | None:
        """Return the page of a key, where it is of this build."""
        if build is not self._build or key not in self._pages:
            return None
        self._pages.move_to_end(key)
        return self._pages[key]

    def keep(self, key: Key, build: object, page: Page) -> None:
        """Keep a page; those of an older build, and those asked for longest ago, make room."""
        if build is not self._build:
            self._pages.clear()
            self._build, self._size = build, 0
        old = self._pages.pop(key, None)
        self._size += len(page.body) - (len(old.body) if old else 0)
        self._pages[key] = page
        while self._size > self._most:
            _, dropped = self._pages.popitem(last=False)
            self._size -= len(dropped.body)


def key_of(scope: Scope, visit: Visit) -> Key | None:
    """Return what a request's page depends on, or None where its page is not to be kept."""
    if scope["method"] != "GET" or visit.chose or visit.path.startswith(_UNKEPT_PATHS):
        return None
    if any(argument in visit.query for argument in _UNKEPT_ARGUMENTS):
        return None
    told = {bytes(name).lower(): bytes(value) for name, value in scope["headers"]}
    if b"authorization" in told or _tells(told.get(b"cookie", b"").decode("latin-1")):
        return None
    addressed = (told.get(b"host"), told.get(b"x-forwarded-host"), told.get(b"x-forwarded-proto"))
    return (visit.path, visit.query, visit.language, scope["scheme"], scope.get("root_path"), *addressed)


async def is_known(datasette: Datasette, scope: Scope) -> bool:
    """Return whether a plugin names the visitor, by whatever it goes by: a header, an address, a certificate."""
    for named in pm.hook.actor_from_request(datasette=datasette, request=Request(scope, None)):
        if await await_me_maybe(named):
            return True
    return False


def _tells(header: str) -> bool:
    try:
        return any(name in _TELLING_COOKIES for name in SimpleCookie(header))
    except CookieError:
        return True


class Recorder:
    """Passes a response on, and remembers it where it can be kept."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._headers: Headers | None = None
        self._parts: list[bytes] = []
        self._size = 0
        self._whole = False

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            headers = [(bytes(name), bytes(value)) for name, value in message.get("headers", [])]
            self._headers = headers if message["status"] == 200 and _is_kept(headers) else None
        elif self._headers is not None and message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            self._size += len(self._parts[-1])
            self._whole = not message.get("more_body", False)
            if self._size > _MOST_PAGE:
                self._headers, self._parts = None, []
        await self._send(message)

    def page(self, nonce: str) -> Page | None:
        """Return the response as a page, where it was whole and can be kept."""
        if self._headers is None or not self._whole:
            return None
        return Page(self._headers, b"".join(self._parts), nonce.encode())


def _is_kept(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    told = {name.lower(): value for name, value in headers}
    return b"set-cookie" not in told and told.get(b"content-type", b"").startswith(_TYPES)


async def send_page(page: Page, nonce: str, send: Send) -> None:
    """Send a kept page under a new nonce."""
    body = page.body.replace(page.nonce, nonce.encode())
    await send({"type": "http.response.start", "status": 200, "headers": page.headers})
    await send({"type": "http.response.body", "body": body})
