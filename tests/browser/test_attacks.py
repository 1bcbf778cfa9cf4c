"""A base whose texts are attacks, looked at by a browser: on every page, drawing, feed and report they stay texts."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree
from typer.testing import CliRunner

from cli.app import app
from tests.browsing import LISTS, PAGES, PICTURES, served

_RUN = "window.attacked=1"
_MARK = "attacked"
Look = Callable[[str], dict[str, Any]]
TEXTS = (
    f"\"'><script>{_RUN}</script><img src=x onerror={_RUN}><svg onload={_RUN}>",
    f"</title></style></textarea></script><iframe srcdoc='<script>{_RUN}</script>'></iframe>",
    f'[x](javascript:{_RUN}) " autofocus onfocus={_RUN} x=" {{{{ 7*7 }}}} <a href=javascript:{_RUN}>x</a>',
    f"]]><script>{_RUN}</script>\u2028<!--<script>{_RUN}//--><base href=https://evil.example/>",
)
ADDRESSES = (f"javascript:{_RUN}", f"JaVaScRiPt\t:{_RUN}//https://x.example", f'https://x.example/"onclick="{_RUN}')
"""Of sources and entities; the last is an address, with an attribute in it."""
_FREE = {
    *("title", "title_en", "publisher", "license", "note", "file_name", "doi", "extractor"),
    *("name_zh", "name_en", "label", "description", "label_zh", "label_en", "alias", "reason", "message"),
    *("subject", "subject_as_read", "object", "printed", "other_printed", "text", "text_en", "scope_note"),
    *("attribution_text", "role_title", "reviewed_by", "rank_reason", "quote", "table_label", "row_label"),
    *("column_label", "place", "measures", "features", "themes", "measures_en", "features_en", "document_number"),
    *("issuers", "located_in", "founded_by", "models", "developer", "predecessor", "version_of", "task_category"),
    *("licence", "training_hardware", "filing_number", "instrument_type", "coverage"),
}
_LISTED = {"authors"}
_ADDRESSES = {"url", "archive_url"}
_FEEDS = (
    "/feed.atom",
    "/sitemap.xml",
    "/sitemap/models-0.xml",
    "/llms.txt",
    "/damoxing/models.json",
    "/-/rows/models.csv",
)

_FOUND = """() => ({
  attacked: window.attacked,
  handlers: [...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames().filter(n => n.startsWith('on'))),
  schemes: [...document.querySelectorAll('[href],[src],[action],[formaction]')].flatMap(e =>
    ['href', 'src', 'action', 'formaction'].filter(n => e.hasAttribute(n)).map(n =>
      new URL(e.getAttribute(n), document.baseURI).protocol)),
  frames: document.querySelectorAll('iframe,object,embed,base').length,
  shown: document.documentElement.textContent.includes('attacked'),
})"""


def poison(path: Path) -> None:
    """Put an attack into every free text of a base, each row's by turns."""
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")]
    for table in tables:
        columns = [row[1] for row in connection.execute(f'pragma table_info("{table}")')]
        if table == "columns" or "_fts" in table:
            continue
        for column in columns:
            attacks = _attacks(column)
            for turn, attack in enumerate(attacks):
                sql = f'update or ignore "{table}" set "{column}" = ? where rowid % ? = ? and "{column}" is not null'
                connection.execute(sql, (attack, len(attacks), turn))
    connection.commit()
    connection.close()


def _attacks(column: str) -> tuple[str, ...]:
    if column in _ADDRESSES:
        return ADDRESSES
    if column in _LISTED:
        return tuple(json.dumps([text]) for text in TEXTS)
    return TEXTS if column in _FREE or column.endswith("_text") else ()


@pytest.fixture(scope="module")
def poisoned(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("poisoned") / "damoxing.db"
    path.write_bytes(base.read_bytes())
    poison(path)
    return path


@pytest.fixture(scope="module")
def attacked(poisoned: Path) -> Iterator[str]:
    with served(poisoned, "--public") as address:
        yield address


@pytest.fixture(scope="module")
def look(chromium: Any) -> Iterator[Look]:
    """Yield what opens an address and tells what the browser makes of it, with what it complains of."""
    page = chromium.new_context(locale="en-US").new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: (said.append(f"dialog {dialog.message}"), dialog.dismiss()))

    def looked_at(address: str) -> dict[str, Any]:
        said.clear()
        response = page.goto(address, wait_until="load", timeout=60_000)
        complaints = [one for one in said if "Content Security" in one or "dialog" in one]
        return page.evaluate(_FOUND) | {"status": response.status if response else 0, "said": complaints}

    yield looked_at
    page.context.close()


def assert_inert(found: dict[str, Any]) -> None:
    assert found["attacked"] is None
    assert found["handlers"] == []
    assert set(found["schemes"]) <= {"http:", "https:", "mailto:", "data:", "file:"}
    assert found["frames"] == 0
    assert found["said"] == []


_WALKED = {**PAGES, **{f"{name}.svg": f"{path}.svg" for name, path in PICTURES.items() if name != "picture conflicts"}}
_WALKED |= {
    f"{name}, all columns": f"{path}?_columns=all&_size=20" for name, path in LISTS.items() if "column" not in name
}


@pytest.mark.parametrize("name", _WALKED)
def test_no_page_runs_what_a_base_holds(look: Look, attacked: str, name: str) -> None:
    found = look(attacked + _WALKED[name])
    assert found["status"] == {"SQL wrong": 400, "error 404": 404}.get(name, 200)
    assert_inert(found)


def test_the_attacks_are_shown(look: Look, attacked: str) -> None:
    for name in ("model", "company", "source", "statement", "search", "list of sources", "home"):
        assert look(attacked + (PAGES[name] if name != "search" else "/-/search?q=GPT"))["shown"], name


@pytest.mark.parametrize("path", _FEEDS)
def test_no_feed_holds_markup_of_the_base(attacked: str, path: str) -> None:
    response = httpx.get(attacked + path, timeout=60)
    assert response.status_code == 200
    assert response.headers["x-content-type-options"] == "nosniff"
    kind = response.headers["content-type"]
    if "xml" not in kind:
        assert kind.startswith(("text/plain", "text/csv", "application/json"))
        return
    tree = etree.fromstring(response.content)
    names = {etree.QName(element).localname for element in tree.iter() if isinstance(element.tag, str)}
    assert not names & {"script", "img", "svg", "iframe", "base"}
    links = {value for element in tree.iter() for key, value in element.items() if key in {"href", "src"}}
    assert not [link for link in links if link.lower().startswith("javascript")]


def test_a_report_of_a_check_runs_nothing(look: Look, poisoned: Path, tmp_path: Path) -> None:
    article = tmp_path / f"{_MARK}.txt"
    article.write_text(
        f"GPT-3有175亿参数{TEXTS[0]}。{TEXTS[1]}OpenAI于2020年发布GPT-3，参数量为1750亿{TEXTS[2]}。", encoding="utf-8"
    )
    result = CliRunner().invoke(app, ["check", str(article), "--db", str(poisoned), "--format", "html"])
    assert "<html" in result.stdout, result.stderr
    report = tmp_path / "report.html"
    report.write_text(result.stdout, encoding="utf-8")
    found = look(report.as_uri())
    assert found["shown"]
    assert_inert(found)
