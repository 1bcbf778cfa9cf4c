"""The language of pages: one at a time, by the switch, the cookie or the browser."""

import asyncio
import re
from pathlib import Path

import httpx
import pytest

from db.site import DATABASE, datasette
from db.site_language import preferred

PATHS = ["/", f"/{DATABASE}", f"/{DATABASE}/models", f"/{DATABASE}/nothing", f"/{DATABASE}/models_by_size"]


@pytest.fixture(scope="module")
def site(base: Path):  # type: ignore[no-untyped-def]
    return datasette(base)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, "zh"),
        ("", "zh"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("fr,zh-TW;q=0.4,en;q=0.3", "zh"),
        ("fr,de;q=0.5", "en"),
        ("zh;q=0,en;q=0.1", "en"),
        ("en;q=nonsense,zh;q=0.1", "zh"),
        (";;;,,", "en"),
    ],
)
def test_the_browsers_preference_is_read(header: str | None, expected: str) -> None:
    assert preferred(header) == expected


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_page_says_its_language_and_links_to_the_other(site, path: str, code: str) -> None:  # type: ignore[no-untyped-def]
    headers = {"accept-language": code}
    text = asyncio.run(site.client.get(path, headers=headers)).text
    assert f'<html lang="{"zh-Hans" if code == "zh" else "en"}">' in text
    other = "en" if code == "zh" else "zh"
    assert re.search(rf'<a href="{path}\?lang={other}"', text)


def test_the_switch_is_kept_in_a_cookie_that_outweighs_the_browser(site) -> None:  # type: ignore[no-untyped-def]
    async def ask(path: str, **headers: str) -> httpx.Response:
        response: httpx.Response = await site.client.get(
            path, headers={k.replace("_", "-"): v for k, v in headers.items()}
        )
        return response

    switched = asyncio.run(ask("/?lang=en", accept_language="zh"))
    assert 'lang="en">' in switched.text
    cookie = switched.headers["set-cookie"].partition(";")[0]
    assert '<html lang="en">' in asyncio.run(ask("/", accept_language="zh", cookie=cookie)).text
    assert '<html lang="zh-Hans">' in asyncio.run(ask("/?lang=zh", cookie=cookie)).text
    assert "set-cookie" not in asyncio.run(ask("/", cookie=cookie)).headers


def test_the_language_is_no_filter_and_keeps_the_rest_of_the_address(site) -> None:  # type: ignore[no-untyped-def]
    response = asyncio.run(site.client.get(f"/{DATABASE}/models?open_source=1&lang=en&_sort=label"))
    assert response.status_code == 200
    assert "open_source=1&amp;_sort=label&amp;lang=zh" in response.text
    every = asyncio.run(site.client.get(f"/{DATABASE}/models.json?_shape=array&lang=en")).json()
    assert every == asyncio.run(site.client.get(f"/{DATABASE}/models.json?_shape=array")).json()


@pytest.mark.parametrize("value", ["fr", "", "<script>", "zh;"])
def test_an_unknown_language_is_left_to_datasette(site, value: str) -> None:  # type: ignore[no-untyped-def]
    response = asyncio.run(site.client.get("/", params={"lang": value}))
    assert response.status_code == 200
    assert "set-cookie" not in response.headers
    assert "<script>" not in response.text


@pytest.mark.parametrize("cookie", ["damoxing_lang=<b>", "damoxing_lang", "=;;=", 'a="'])
def test_no_cookie_breaks_a_page(site, cookie: str) -> None:  # type: ignore[no-untyped-def]
    assert asyncio.run(site.client.get("/", headers={"cookie": cookie})).status_code == 200
