"""Fetch one page politely: robots respected; time, size, redirects and types bounded."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

T = TypeVar("T")
AGENT = "damoxing"
USER_AGENT = "damoxing/0.1 (reads single articles that an editor names)"
TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
_UNSAID = {"", "application/octet-stream", "binary/octet-stream"}
_SUFFIXES = {".html", ".htm", ".txt", ".md", ".pdf", ".docx"}
_ROBOTS_BYTES = 512_000


class FetchError(ValueError):
    """The page could not be had."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: seconds in all, bytes, redirects, and the pause between requests to one host."""

    seconds: float = 30.0
    size: int = 20_000_000
    redirects: int = 5
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it was had."""

    url: str
    data: bytes
    content_type: str
    suffix: str


class Fetcher:
    """Fetches pages one after another, no host faster than it allows."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._robots: dict[str, Protego] = {}
        self._last: dict[str, float] = {}
        self._client = httpx.Client(
            headers={"User-Agent": USER_AGENT, "Accept": ", ".join([*TYPES, "*/*;q=0.1"])}, timeout=10.0
        )

    def __enter__(self) -> "Fetcher":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def fetch(self, url: str) -> Fetched:
        """Return the page at an address; raise FetchError where it may not or cannot be had."""
        return _within(self.limits.seconds, lambda: self._fetch(url))

    def _fetch(self, url: str) -> Fetched:
        deadline = time.monotonic() + self.limits.seconds
        seen, inside = [url], _is_inside(url)
        while True:
            self._allow(seen[-1], deadline)
            if len(seen) > 1 and not inside and _is_inside(seen[-1]):
                raise FetchError(f"{url} leads to {seen[-1]} inside this network; fetch that by its own address")
            found = self._get(seen[-1], deadline)
            if isinstance(found, Fetched):
                return found
            if found in seen:
                raise FetchError(f"{url} leads in a circle, back to {found}")
            if len(seen) > self.limits.redirects:
                raise FetchError(f"{url} leads on more than {self.limits.redirects} times")
            seen.append(found)

    def _allow(self, url: str, deadline: float) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise FetchError(f"{url} is no http or https address")
        if parts.username or parts.password:
            raise FetchError(
                f"{parts.hostname}: an address with a password in it is not fetched; save the page and add the file"
            )
        robots = self._robots_of(f"{parts.scheme}://{parts.netloc}", deadline)
        if not robots.can_fetch(url, AGENT):
            raise FetchError(
                f"{url}: robots.txt does not allow it; ask the site, or save the page by hand and add the file"
            )
        pause = max(self.limits.pause, float(robots.crawl_delay(AGENT) or 0))
        wait = self._last.get(parts.netloc, -pause) + pause - time.monotonic()
        if time.monotonic() + wait > deadline:
            raise FetchError(f"{url}: the site wants {pause:g} s between requests; try again later")
        time.sleep(max(0.0, wait))
        self._last[parts.netloc] = time.monotonic()

    def _robots_of(self, origin: str, deadline: float) -> Protego:
        """Return a site's rules as RFC 9309 reads them: none where there are none, nothing where they cannot be read."""
        if origin not in self._robots:
            try:
                with self._client.stream("GET", f"{origin}/robots.txt", follow_redirects=True) as response:
                    text = _body(response, _ROBOTS_BYTES, deadline, cut=True).decode("utf-8", "replace")
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise FetchError(f"{origin}: robots.txt cannot be read ({_told(error)}); try again later") from error
            if response.status_code >= 500 or response.status_code == 429:
                raise FetchError(f"{origin}: robots.txt answers {response.status_code}; try again later")
            self._robots[origin] = Protego.parse(text if response.status_code == 200 else "")
        return self._robots[origin]

    def _get(self, url: str, deadline: float) -> Fetched | str:
        """Return the page, or the address that it leads to."""
        try:
            with self._client.stream("GET", url) as response:
                if response.is_redirect:
                    return urljoin(url, response.headers["location"]).partition("#")[0]
                _hold_status(response, url)
                content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                suffix = _suffix(url, content_type)
                said = response.headers.get("content-length", "")
                if said.isdigit() and int(said) > self.limits.size:
                    raise FetchError(f"{url} has {int(said)} bytes, more than {self.limits.size}")
                return Fetched(url, _body(response, self.limits.size, deadline), content_type, suffix)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise FetchError(f"{url}: {_told(error)}") from error


def _hold_status(response: httpx.Response, url: str) -> None:
    if response.status_code != 200:
        later = response.headers.get("retry-after")
        raise FetchError(f"{url} answers {response.status_code}{f'; try again after {later}' if later else ''}")


def _suffix(url: str, content_type: str) -> str:
    if content_type in TYPES:
        return TYPES[content_type]
    suffix = PurePosixPath(urlsplit(url).path).suffix.lower()
    if content_type in _UNSAID and suffix in _SUFFIXES:
        return suffix
    raise FetchError(f"{url} is {content_type or 'of no stated type'}, not an article; wanted: {', '.join(TYPES)}")


def _body(response: httpx.Response, limit: int, deadline: float, *, cut: bool = False) -> bytes:
    found = bytearray()
    for chunk in response.iter_bytes():
        found += chunk
        if len(found) > limit:
            if cut:
                break
            raise FetchError(f"{response.url} has more than {limit} bytes")
        if time.monotonic() > deadline:
            raise FetchError(f"{response.url} is too slow; try again, or save the page and add the file")
    return bytes(found[:limit])


def _is_inside(url: str) -> bool:
    """Tell whether an address leads into this machine or its network."""
    host = urlsplit(url).hostname or ""
    try:
        found = [str(info[4][0]) for info in socket.getaddrinfo(host, None)]
    except OSError:
        return False
    return any(not ipaddress.ip_address(address.partition("%")[0]).is_global for address in found)


def _told(error: Exception) -> str:
    return str(error) or type(error).__name__


def _within(seconds: float, function: Callable[[], T]) -> T:
    """Return what a function returns, in this time: a server that drips its headers keeps no one."""
    box: dict[str, Any] = {}

    def run() -> None:
        try:
            box["result"] = function()
        except BaseException as error:  # carried over to the caller's thread
            box["error"] = error

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds + 1)
    if "error" in box:
        raise box["error"]
    if "result" not in box:
        raise FetchError(f"no answer within {seconds:g} s; try again, or save the page and add the file")
    found: T = box["result"]
    return found
