"""Rows of a file sent many at a time: each alone would cost as much as a page."""

from db.site_cap import Message, Send

_LEAST_BYTES = 16_384
_TYPES = (b"text/csv", b"text/plain")


class Gathered:
    """A response passed on, where it is text in small parts by parts of some size."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._gathers = False
        self._parts: list[bytes] = []
        self._size = 0

    async def send(self, message: Message) -> None:
        """Pass a message on, or hold it until there is more."""
        if message["type"] == "http.response.start":
            types = [value for name, value in message.get("headers", []) if bytes(name).lower() == b"content-type"]
            self._gathers = any(bytes(value).startswith(_TYPES) for value in types)
        if not self._gathers or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._parts.append(message.get("body", b""))
        self._size += len(self._parts[-1])
        if self._size >= _LEAST_BYTES or not message.get("more_body", False):
            body, self._parts, self._size = b"".join(self._parts), [], 0
            await self._send({**message, "body": body})
