"""Fixtures: the real base served by the real command, and this machine's browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browsing import SIZES, Page, browser, served, wanting
from tests.invented import invented_article

LOCALES = {"zh": "zh-CN", "en": "en-US"}
Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def site(base: Path) -> Iterator[str]:
    """Serve the base of the first articles; yield its address."""
    with served(base) as address:
        yield address


@pytest.fixture(scope="session")
def whole_site(package_base: Path) -> Iterator[str]:
    """Serve the base of all of the package's seeds; yield its address."""
    with served(package_base) as address:
        yield address


@pytest.fixture(scope="session")
def disputed_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a base of invented names that has a conflict, as the seeds have none; yield its address."""
    folder = tmp_path_factory.mktemp("disputed")
    seeds = invented_article(folder / "seeds")
    seeds.parameters("other-2023", "qingluan", 9e10, 9e10, printed="900亿")
    seeds.build(folder / "damoxing.db").close()
    with served(folder / "damoxing.db") as address:
        yield address


# A module each: Playwright's loop runs while it is open, and other tests start loops of their own.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Open the browser; without one, fail where CI is set and skip elsewhere."""
    if reason := wanting():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def rooms(chromium: Any) -> Iterator[dict[tuple[str, bool, bool], Page]]:
    """Keep a page for each sort of visitor: to open a context for each test takes longer than most tests."""
    kept: dict[tuple[str, bool, bool], Page] = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def visit(chromium: Any, rooms: dict[tuple[str, bool, bool], Page], site: str) -> Visit:
    """Return what opens a page of the site as a new visitor: their language, their size, with script or not."""

    def open_page(path: str, language: str = "zh", size: str = "desktop", script: bool = True, on: str = site) -> Page:
        sort = (language, size == "phone", script)
        width, height = SIZES[size]
        if sort not in rooms:
            context = chromium.new_context(
                locale=LOCALES[language],
                has_touch=size == "phone",
                java_script_enabled=script,
                # What the tests ask of a page is no script of the page.
                bypass_csp=True,
            )
            rooms[sort] = context.new_page()
        page = rooms[sort]
        page.context.clear_cookies()
        page.emulate_media(media="screen")
        page.set_viewport_size({"width": width, "height": height})
        page.goto(on + path)
        return page

    return open_page
