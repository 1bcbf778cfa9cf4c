"""Which answers of a public site the pages of other sites may read: the data, which anyone may read, and no page."""

import re

from db.site_cap import Message, Send
from db.site_metadata import DATABASE

_FORMS = "json|jsonl|csv|xlsx|atom|svg|png"
_OPEN = re.compile(rf"/.*\.({_FORMS})|/{DATABASE}\.db|/-/data/.+|/llms\.txt")
HEADERS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    # Of a simple request; none that tells who asks.
    "access-control-allow-headers": "Accept, Accept-Language, If-None-Match, Range",
    "access-control-expose-headers": "Content-Disposition, Content-Range, ETag, Link, Retry-After",
    "access-control-max-age": "3600",
}
_SENT = [(name.encode(), value.encode()) for name, value in HEADERS.items()]


def is_open(path: str) -> bool:
    """Tell whether a path is of the data that other sites may read."""
    return _OPEN.fullmatch(path) is not None


async def shared(send: Send, message: Message) -> None:
    """Pass a message on; one that begins a response, with leave for other sites to read it."""
    if message["type"] == "http.response.start":
        message = {**message, "headers": [*message.get("headers", []), *_SENT]}
    await send(message)
