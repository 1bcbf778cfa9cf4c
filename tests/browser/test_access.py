"""Nothing that axe finds fault with, on any kind of page, in either language, small and large."""

from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Any

import pytest

from tests.browsing import ANSWERS, KINDS, LANGUAGES, PAGES, SIZES, Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def axe() -> str:
    """Return the script of axe-core, which axe-playwright-python brings."""
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


# A page that is looked at in both languages is looked at in one size each: axe is the dearest of all tests.
_SIZE_OF = {"zh": ("desktop",), "en": ("phone",)}


def faults(page: Page, axe: str, sizes: Iterable[str] = tuple(SIZES)) -> list[str]:
    """Return what axe finds at each size, a line a fault."""
    page.evaluate(f"{axe}; 0")
    found = []
    for size in sizes:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        told: dict[str, Any] = page.evaluate(_RUN, RULES)
        for violation in told["violations"]:
            found += [f"{size}: {violation['id']}: {node['html'][:200]}" for node in violation["nodes"]]
    return found


@pytest.mark.parametrize(("name", "language"), KINDS)
def test_axe_finds_no_fault(visit: Callable[..., Page], axe: str, name: str, language: str) -> None:
    sizes = _SIZE_OF[language] if (name, "en") in KINDS else tuple(SIZES)
    assert faults(visit(PAGES[name], language), axe, sizes) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    ["/damoxing/conflicts", "/damoxing/models/qingluan", "/-/pictures/conflicts", "/damoxing/conflicts_and_choices"],
)
def test_axe_finds_no_fault_in_conflicts(
    visit: Callable[..., Page], disputed_site: str, axe: str, path: str, language: str
) -> None:
    page = visit(path, language, on=disputed_site)
    assert page.get_by_text("900亿").count()
    assert faults(page, axe, _SIZE_OF[language]) == []


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/damoxing/models",
        "/damoxing/policies",
        "/damoxing/conflicts",
        "/damoxing/models/qwen2~2E5",
        "/damoxing/organizations/openai",
        "/damoxing/entities/guangdong",
        "/-/pictures/parameters",
    ],
)
def test_axe_finds_no_fault_in_the_whole_base(visit: Callable[..., Page], whole_site: str, axe: str, path: str) -> None:
    page = visit(path, "zh", on=whole_site)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert faults(page, axe) == []


def test_every_question_of_the_site_is_among_the_pages() -> None:
    from db.site_queries import canned_queries

    assert {f"/damoxing/{name}" for name in canned_queries()} == set(ANSWERS.values())


def test_every_table_of_the_site_is_among_the_pages() -> None:
    from db.site_titles import GROUPS

    assert {f"/damoxing/{name}" for _, names in GROUPS for name in names} <= set(PAGES.values())


def test_every_picture_is_among_the_pages() -> None:
    from db.pictures.gallery import PICTURES

    assert {f"/-/pictures/{name}" for name in PICTURES} <= set(PAGES.values())
