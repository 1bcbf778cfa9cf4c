"""That the pages of a sorted list follow each other without gap, where many rows have the same value."""

import asyncio
import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from db.site import DATABASE, datasette


async def _walked(site: Datasette, path: str) -> list[Any]:
    """Return the ids of all rows of a list, page by page."""
    await site.invoke_startup()
    found: list[Any] = []
    while path:
        page = (await site.client.get(path)).json()
        found += [row["id"] for row in page["rows"]]
        path = (page["next_url"] or "").removeprefix("http://localhost")
    return found


def _ids(base: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(base)) as connection:
        return [row[0] for row in connection.execute(sql)]


@pytest.mark.parametrize(
    ("table", "column"),
    [("models", "parameters"), ("models", "open_source"), ("metrics", "low"), ("conflicts", "distance")],
)
@pytest.mark.parametrize("down", [False, True])
def test_a_sorted_list_is_walked_without_gap(package_base: Path, table: str, column: str, down: bool) -> None:
    sort = "_sort_desc" if down else "_sort"
    size = max(1, len(_ids(package_base, f"select id from {table}")) // 20)
    found = asyncio.run(
        _walked(datasette(package_base), f"/{DATABASE}/{table}.json?_shape=objects&_size={size}&{sort}={column}")
    )
    assert found == _ids(package_base, f"select id from {table} order by {column}{' desc' if down else ''}, id")


@pytest.mark.parametrize("sort", ["_sort=rank", "_sort_desc=rank", "_sort_desc=date_sort", ""])
def test_a_stream_has_every_row_once(package_base: Path, sort: str) -> None:
    site = datasette(package_base)
    site.max_returned_rows = 500

    async def streamed() -> str:
        await site.invoke_startup()
        return str((await site.client.get(f"/{DATABASE}/statements.csv?_stream=on&{sort}")).text)

    rows = list(csv.DictReader(io.StringIO(asyncio.run(streamed()))))
    assert sorted(row["id"] for row in rows) == sorted(_ids(package_base, "select id from statements"))


@pytest.mark.parametrize("name", ["nothing", "a~20b", "~27"])
@pytest.mark.parametrize("ending", ["", ".csv", ".json"])
def test_a_list_that_is_not_there_is_not_found(package_base: Path, name: str, ending: str) -> None:
    async def status() -> int:
        site = datasette(package_base)
        await site.invoke_startup()
        return int((await site.client.get(f"/{DATABASE}/{name}{ending}")).status_code)

    assert asyncio.run(status()) == 404
