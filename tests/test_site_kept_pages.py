"""Tests of pages kept between visits: the same page under a new nonce, never another visitor's, never an older build's."""

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Request

from db.site import DATABASE, datasette
from db.site_cap import Asgi
from db.site_kept_pages import KeptPages, Page

NONCE = re.compile(r"'nonce-([\w-]{22})'")
LIST = f"/{DATABASE}/models"


@pytest.fixture
def copied(base: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base, tmp_path / "damoxing.db"))


@pytest.fixture
def site(copied: Path) -> Datasette:
    return datasette(copied)


@pytest.fixture
def app(site: Datasette) -> Asgi:
    """Return the one app that all visitors of a test meet, as those of a server do."""
    made: Asgi = site.app()
    return made


def ask(app: Asgi, *paths: str, **options: object) -> list[httpx.Response]:
    async def visit() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://facts.example") as client:
            return [await client.get(path, **options) for path in paths]  # type: ignore[arg-type]

    return asyncio.run(visit())


def queries(site: Datasette, paths: list[str], **options: object) -> list[int]:
    """Return how often the base is asked for each page."""
    database = site.get_database(DATABASE)
    counts = []

    async def visit() -> None:
        own, asked = database.execute_fn, 0

        async def counting(*given: object) -> object:
            nonlocal asked
            asked += 1
            return await own(*given)

        database.execute_fn = counting
        transport = httpx.ASGITransport(app=site.app())
        async with httpx.AsyncClient(transport=transport, base_url="http://facts.example") as client:
            for path in paths:
                asked = 0
                await client.get(path, **options)  # type: ignore[arg-type]
                counts.append(asked)

    asyncio.run(visit())
    return counts


def bare(response: httpx.Response) -> str:
    found = NONCE.search(response.headers["content-security-policy"])
    assert found
    return re.sub(r"[\d.]+ ?ms", "", response.text.replace(found[1], ""))


@pytest.mark.parametrize("path", ["/", LIST, f"{LIST}/gpt-3", f"/{DATABASE}/conflicts", f"{LIST}.json"])
def test_a_page_asked_for_again_is_the_same_under_a_new_nonce(app: Asgi, path: str) -> None:
    first, second = ask(app, path, path)
    assert bare(first) == bare(second)
    nonces = [NONCE.search(page.headers["content-security-policy"]) for page in (first, second)]
    assert nonces[0]
    assert nonces[1]
    assert nonces[0][1] != nonces[1][1]
    for page, nonce in zip((first, second), nonces, strict=True):
        assert set(re.findall(r'nonce="([^"]*)"', page.text)) <= {nonce[1] if nonce else ""}


def test_the_base_is_not_asked_again_for_a_kept_page(site: Datasette) -> None:
    first, second = queries(site, [LIST, LIST])
    assert first > 0
    assert second == 0


@pytest.mark.parametrize(
    ("path", "options"),
    [
        (f"/{DATABASE}.json?sql=select+1", {}),
        (LIST, {"cookies": {"ds_actor": "x"}}),
        (LIST, {"headers": {"authorization": "Bearer x"}}),
        (f"{LIST}?lang=en", {}),
        ("/-/search?q=gpt", {}),
    ],
)
def test_what_visitors_are_told_apart_by_is_made_anew(site: Datasette, path: str, options: dict[str, object]) -> None:
    counts = queries(site, [path, path], **options)
    assert counts[1] > 0


class NamedByProxy:
    """A plugin that knows visitors by a header which a proxy sets."""

    __name__ = "NamedByProxy"  # Datasette names its plugins

    @hookimpl
    def actor_from_request(self, request: Request) -> dict[str, str] | None:
        name = request.headers.get("x-user")
        return {"id": name} if name else None


def test_a_page_of_a_visitor_whom_a_plugin_names_is_not_kept(site: Datasette) -> None:
    plugin = NamedByProxy()
    pm.register(plugin)
    try:
        named = {"headers": {"x-user": "editor"}}
        assert min(queries(site, [LIST, LIST], **named)) > 0
        assert queries(site, [LIST, LIST])[1] == 0
    finally:
        pm.unregister(plugin)


def test_pages_of_two_languages_are_two(app: Asgi) -> None:
    chinese = ask(app, LIST, LIST, headers={"accept-language": "zh"})
    english = ask(app, LIST, headers={"accept-language": "en"})
    assert 'lang="zh-Hans"' in chinese[1].text
    assert 'lang="en"' in english[0].text


def test_hosts_do_not_share_canonical_links(app: Asgi) -> None:
    ask(app, "/")
    assert "facts.example" not in ask(app, "/", headers={"host": "other.example"})[0].text


def test_a_newer_build_empties_what_was_kept(site: Datasette, app: Asgi, copied: Path) -> None:
    before = ask(app, f"{LIST}/gpt-3")[0].text
    newer = copied.with_name("newer.db")
    shutil.copy(copied, newer)
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("update entities set name_en = 'GPT-3 anew' where id = 'gpt-3'")
        connection.execute("update models set label = 'GPT-3 anew', name_en = 'GPT-3 anew' where id = 'gpt-3'")
    newer.replace(copied)

    async def look() -> bool:
        return bool(await site.get_database(DATABASE).look())

    assert asyncio.run(look())
    after = ask(app, f"{LIST}/gpt-3")[0].text
    assert "GPT-3 anew" not in before
    assert "GPT-3 anew" in after


def test_pages_asked_for_longest_ago_make_room() -> None:
    kept, build = KeptPages(most=25), object()
    for name in "abc":
        kept.keep((name,), build, Page([], name.encode() * 10, b""))
        kept.find(("a",), build)
    assert kept.find(("a",), build) is not None
    assert kept.find(("b",), build) is None
    assert kept.find(("c",), build) is not None
    assert kept.find(("a",), object()) is None
