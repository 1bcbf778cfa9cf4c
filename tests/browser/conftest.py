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


@pytest.fixture
def visit(chromium: Any, site: str) -> Iterator[Visit]:
    """Return what opens a page of the site in a visitor's own context: its language, its size, with script or not."""
    contexts = []

    def open_page(path: str, language: str = "zh", size: str = "desktop", script: bool = True, on: str = site) -> Page:
        width, height = SIZES[size]
        context = chromium.new_context(
            locale=LOCALES[language],
            viewport={"width": width, "height": height},
            has_touch=size == "phone",
            java_script_enabled=script,
            # What the tests ask of a page is no script of the page.
            bypass_csp=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(on + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
