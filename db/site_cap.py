"""Bytes of a response: one that runs past its cap ends with an error instead."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

MOST_BYTES = 20_000_000
"""Bytes of any response but files and whole tables."""

Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Scope = Mapping[str, Any]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]


class TooLargeError(Exception):
    """The answer is too large; ask for fewer rows or columns, or take the whole base."""


class Held:
    """A response kept until it is whole: too large, it is never sent."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._size = most, 0
        self._messages: list[Message] = []

    async def send(self, message: Message) -> None:
        """Keep a message, or only count it where the response is too large already."""
        self._size += len(message.get("body", b""))
        if self.over:
            self._messages = []
        else:
            self._messages.append(message)

    @property
    def over(self) -> bool:
        """Tell whether the response was too large."""
        return self._size > self._most

    @property
    def blank(self) -> bool:
        """Tell whether the response says nothing."""
        return not any(message.get("body", b"").strip() for message in self._messages)

    async def release(self, send: Send) -> None:
        """Send what was kept; raise TooLargeError where it was too large."""
        if self.over:
            raise TooLargeError
        for message in self._messages:
            await send(message)


class Counted:
    """A response passed on as it comes; too large, it is cut off behind a line that says so."""

    def __init__(self, send: Send, most: int = MOST_BYTES) -> None:
        self._send, self._most, self._size = send, most, 0
        self._start: Message | None = None
        self.started = self.over = False

    async def send(self, message: Message) -> None:
        """Pass a message on; raise TooLargeError where the response grows too large."""
        if self.over:
            raise TooLargeError
        if message["type"] == "http.response.start" and not self.started:
            self._start = message
            return
        self._size += len(message.get("body", b""))
        if self._size > self._most:
            await self._cut()
        if self._start is not None:
            start, self._start, self.started = self._start, None, True
            await self._send(start)
        await self._send(message)

    async def _cut(self) -> None:
        if self.started:
            # Without a last message the server closes the connection, so that no client takes it for whole.
            self.over = True
            told = f"\nerror: {TooLargeError.__doc__}\n".encode()
            await self._send({"type": "http.response.body", "body": told, "more_body": True})
        self._start, self._size = None, 0
        raise TooLargeError
