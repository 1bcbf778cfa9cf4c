"""Which requests run a visitor's own SQL or stream a whole table, and how many of them at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qsl

# Two at once, measured on two cores, made others wait for seconds.
MOST_QUERIES = 1
# Who waits costs nothing; who is refused at once asks again at once, which keeps others waiting.
MOST_WAITING = 32
MOST_STREAMS = 4
MOST_WORKBOOKS = 1
WAIT_SECONDS = 2

# Arguments that Datasette puts into SQL, or that make it run queries of a visitor's choice.
_FREE = {"sql", "_where", "_through", "_fts_table", "_fts_pk"}
_MOST_PAGE_ROWS = 100


class GateError(Exception):
    """Too many of these run already."""


class Gate:
    """Lets so many in at once, lets some wait a little, and turns the others away; used by one event loop."""

    def __init__(self, most: int, waiting: int = 0) -> None:
        self._places, self._most_waiting, self._waiting = asyncio.Semaphore(most), waiting, 0

    @asynccontextmanager
    async def entered(self) -> AsyncIterator[None]:
        """Hold a place; raise GateError where there is none."""
        if self._places.locked() and self._waiting >= self._most_waiting:
            raise GateError
        self._waiting += 1
        try:
            await asyncio.wait_for(self._places.acquire(), WAIT_SECONDS)
        except TimeoutError:
            raise GateError from None
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._places.release()


def is_free(path: str, query: str) -> bool:
    """Tell whether a request runs what a visitor wrote, or makes a page of very many rows."""
    if _is_list(path):
        # The pages that the list is gathered from each ask for a place of their own.
        return False
    pairs = parse_qsl(query, keep_blank_values=True)
    return any(
        name in _FREE or name.startswith("_facet") or (is_page(path) and name == "_size" and _is_long(value))
        for name, value in pairs
    )


def is_page(path: str) -> bool:
    """Tell whether a path asks for a page, not for data."""
    return "." not in path.rpartition("/")[2]


def is_stream(path: str, query: str) -> bool:
    """Tell whether a request streams a whole table or a whole list."""
    asked = any(name == "_stream" for name, _ in parse_qsl(query, keep_blank_values=True))
    return _is_list(path) or (path.endswith(".csv") and asked)


def is_workbook(path: str) -> bool:
    """Tell whether a request makes a workbook, which takes seconds."""
    return _is_list(path) and path.endswith(".xlsx")


def _is_list(path: str) -> bool:
    return path.startswith("/-/rows/")


def _is_long(size: str) -> bool:
    return not size.isdigit() or int(size) > _MOST_PAGE_ROWS
