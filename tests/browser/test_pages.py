"""What every page keeps to: its width, its language, the first screen, the keyboard, no script, print, weight."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest

from tests.browsing import ANSWERS, ENTITIES, KINDS, LANGUAGES, LISTS, PAGES, SIZES, Page

Visit = Callable[..., Page]
MOST_BYTES = 200_000
# What a visitor came for: a row, a fact, or the word that there is none.
_FIRST = ", ".join(
    f"main {place}"
    for place in (
        *(".list tbody td", ".conflict .said", ".zero-results", "dl.facts dd", ".walk li", "ul.plain li", "blockquote"),
        *(".timeline li", "table.compare td"),
    )
)
_WIDTH = "document.documentElement.scrollWidth"
# Words that the edge of the screen cuts off, where nothing scrolls to them.
_CUT = """() => [...document.querySelectorAll("main *")].filter(e => {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || e.closest("svg")) return false;
  for (let p = e; p; p = p.parentElement) if (["auto", "scroll"].includes(getComputedStyle(p).overflowX)) return false;
  return getComputedStyle(e).visibility !== "hidden" && e.getBoundingClientRect().right > innerWidth + 1;
}).map(e => e.textContent.trim().slice(0, 60))"""
# The element that has the focus: what it is, whether it can be seen, and by what one sees that it is there.
_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  // Of a link that is broken over lines, the first piece.
  const box = e.getClientRects()[0] || e.getBoundingClientRect(), style = getComputedStyle(e), href = e.getAttribute("href") || "";
  if (!e.dataset.seat) e.dataset.seat = String(document.querySelectorAll("[data-seat]").length + 1);
  const middle = document.elementFromPoint(box.left + Math.min(box.width, 40) / 2, box.top + Math.min(box.height, 20) / 2);
  return {
    seat: e.dataset.seat, tag: e.tagName, href, id: e.id, lang: e.getAttribute("hreflang") || "",
    row: Boolean(e.closest("tbody, dl.facts, .walk")), chip: Boolean(e.closest(".chip")),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: Boolean(middle) && !e.contains(middle) && !middle.contains(e),
    told: `${e.tagName} ${e.id} ${href} ${(e.textContent || "").trim().slice(0, 30)}`,
  };
}"""


@pytest.mark.parametrize(("name", "language"), KINDS)
def test_a_page_is_in_its_language_and_no_wider_than_the_screen(visit: Visit, name: str, language: str) -> None:
    page = visit(PAGES[name], language, "phone")
    assert page.evaluate("document.documentElement.lang") == {"zh": "zh-Hans", "en": "en"}[language]
    assert page.evaluate(_WIDTH) <= SIZES["phone"][0]
    assert page.evaluate(_CUT) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.evaluate(_WIDTH) <= SIZES["desktop"][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        *(
            "models/gpt-4",
            "organizations/openai",
            "entities/anthropic",
            "parties",
            "conflicts",
            "statements",
            "metrics",
        ),
        *(
            "models",
            "events",
            "policies",
            "places",
            "sources",
            "models_by_size",
            "users_over_time",
            "policies_of_a_place",
        ),
    ],
)
def test_the_screen_cuts_off_no_words_of_the_whole_base(
    visit: Visit, whole_site: str, path: str, language: str
) -> None:
    page = visit(f"/damoxing/{path}", language, "phone", on=whole_site)
    assert page.evaluate(_WIDTH) <= SIZES["phone"][0]
    assert page.evaluate(_CUT) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*LISTS, *ENTITIES, *ANSWERS, "compare", "search", "list filtered"])
def test_rows_or_the_answer_stand_in_the_first_screen(visit: Visit, name: str, language: str, size: str) -> None:
    page = visit(PAGES[name], language, size)
    box = page.locator(_FIRST).locator("visible=true").first.bounding_box()
    assert box is not None
    # A long cell may run on, its first two lines may not.
    assert box["y"] + min(box["height"], 56) <= SIZES[size][1]


def walk(page: Page, most: int) -> list[dict[str, Any]]:
    """Press Tab from the page's top until the focus leaves the page or is at the top again; tell where it was."""
    places: list[dict[str, Any]] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        place = page.evaluate(_FOCUS)
        # A window without a bar to leave to begins anew.
        if place is None or (places and place["seat"] == places[0]["seat"]):
            return places
        places.append(place)
    return places


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["home", "list of models", "question models_by_size", "model", "statement", "search"])
def test_the_keyboard_reaches_everything_and_is_seen(visit: Visit, name: str, size: str) -> None:
    page = visit(PAGES[name], "zh", size)
    places = walk(page, 1500)
    assert len(places) < 1500, "the focus does not leave the page"
    assert len({place["seat"] for place in places}) == len(places), "the focus comes back before it has been everywhere"
    assert [place["told"] for place in places if not place["ring"]] == []
    assert [place["told"] for place in places if not place["seen"]] == []
    assert [place["told"] for place in places if place["covered"]] == []
    assert places[0]["href"] == "#content"
    assert [place for place in places if place["id"] == "site-search"]
    assert [place for place in places if place["lang"] == "en"]
    if name in {"list of models", "question models_by_size", "model", "search"}:
        assert [place for place in places if place["row"]]
    if name == "list of models":
        order = [next(at for at, place in enumerate(places) if place[what]) for what in ("id", "lang", "chip", "row")]
        assert order == sorted(order)


def test_the_skip_link_goes_past_the_head(visit: Visit) -> None:
    page = visit(PAGES["list of models"])
    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_a_filter_opens_and_is_chosen_by_keyboard(visit: Visit) -> None:
    page = visit(PAGES["list of models"])
    page.locator(".chip summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".narrowed").is_visible()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_field_for_sql_lets_the_keyboard_go(visit: Visit, key: str) -> None:
    page = visit(PAGES["SQL"])
    page.locator(".CodeMirror").click()
    assert page.evaluate("Boolean(document.activeElement.closest('.CodeMirror'))")
    for _ in range(3):
        page.keyboard.press(key)
    assert not page.evaluate("Boolean(document.activeElement.closest('.CodeMirror'))")
    assert page.locator("#sql-editor").input_value().startswith("select label")


def test_the_rows_of_a_picture_are_sifted_and_sorted(visit: Visit) -> None:
    page = visit(PAGES["picture parameters"], "en")
    rows = page.locator("#picture-data tbody tr")
    all_rows = rows.count()
    page.get_by_label("Sift these rows").fill("gpt")
    left = rows.locator("visible=true").all_inner_texts()
    assert 0 < len(left) < all_rows
    assert all("gpt" in text.lower() for text in left)
    page.get_by_label("Sift these rows").fill("")
    for order in ("ascending", "descending"):
        page.get_by_role("button", name="Model").click()
        assert page.locator(f"#picture-data th[aria-sort={order}]").count() == 1
        names = rows.locator("td:first-child").all_inner_texts()
        assert (
            names
            == page.evaluate(
                "(names) => names.toSorted((a, b) => a.localeCompare(b))",
                names if order == "ascending" else names[::-1],
            )[:: 1 if order == "ascending" else -1]
        )


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_the_same_without_script(visit: Visit, name: str) -> None:
    # The field for SQL is another with script; what it answers is not.
    place = "main .answer-foot, main .list, main [role=alert]" if name.startswith("SQL") else "main"
    pages = [visit(PAGES[name], "en", script=script) for script in (True, False)]
    # The field that sifts a picture's rows is script's own.
    pages[0].evaluate("for (const one of document.querySelectorAll('.sift')) one.remove()")
    said = [[text.strip() for text in page.locator(place).all_inner_texts()] for page in pages]
    assert said[0] == said[1]
    assert any(said[0])


def test_searching_works_without_script(visit: Visit) -> None:
    page = visit("/", "zh", "phone", script=False)
    page.locator("#site-search").fill("千问")
    page.keyboard.press("Enter")
    page.wait_for_url("**/-/search?**")
    assert page.locator(".best h2 a").inner_text() == "通义千问"


def test_the_switch_changes_the_language_and_is_remembered(visit: Visit) -> None:
    page = visit(PAGES["list filtered"], "zh", script=False)
    with page.expect_navigation():
        page.get_by_role("link", name="English").click()
    assert page.locator("h1").inner_text().startswith("Models")
    assert "open_source=1" in page.url
    with page.expect_navigation():
        page.get_by_role("link", name="ERNIE Bot", exact=True).first.click()
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize(
    "name", ["home", "list of models", "model", "statement", "source", "question models_by_size", "compare", "search"]
)
def test_print_leaves_the_furniture_out(visit: Visit, name: str) -> None:
    page = visit(PAGES[name])
    page.emulate_media(media="print")
    furniture = ".top, .skip, .crumbs, .chips, .exports, .jump, .machine, form, .next, .choose, .save, .answer-foot"
    assert page.locator(furniture).locator("visible=true").all_inner_texts() == []
    assert page.locator("h1").is_visible()
    assert page.locator(".foot").is_visible(), "the citation is printed"
    if name != "home":
        assert page.locator(_FIRST).locator("visible=true").count()


def test_the_first_page_is_light(visit: Visit, site: str) -> None:
    page = visit("/-/search")
    taken: dict[str, int] = {}

    def take(response: Any) -> None:
        if response.request.resource_type != "image":
            taken[response.url] = len(gzip.compress(response.body()))

    page.on("response", take)
    page.goto(f"{site}/", wait_until="networkidle")
    assert f"{site}/" in taken
    assert any(".css" in url for url in taken)
    assert sum(taken.values()) < MOST_BYTES
