"""The site's data, asked in-process: files that match their hashes, lists in every format, what machines are told."""

import asyncio
import csv
import hashlib
import io
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from datasette.app import Datasette
from datasette.utils.asgi import Request
from make_docs import ROOT

from db.kept_export import begin, find, place
from db.sheet import sheet_names
from db.site import DATABASE, datasette
from db.site_data import data_vars, dataset_snippet
from db.site_list_files import data_links
from db.site_map import canonical_link
from db.site_parts import Gathered
from db.site_queries import canned_queries
from db.xml_text import xml_text

Get = Callable[..., httpx.Response]
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def site(base: Path) -> Datasette:
    return datasette(base)


@pytest.fixture(scope="module")
def get(site: Datasette) -> Get:
    def ask(path: str, **options: Any) -> httpx.Response:
        answer: httpx.Response = asyncio.run(site.client.get(path.removeprefix("http://localhost"), **options))
        return answer

    return ask


@pytest.fixture(scope="module")
def listed(get: Get) -> dict[str, Any]:
    """Return /-/data.json once the files are made."""
    assert get("/-/data/SHA256SUMS").status_code == 302
    found: dict[str, Any] = get("/-/data.json").json()
    return found


def fetched(get: Get, path: str, **options: Any) -> httpx.Response:
    answer = get(path, **options)
    assert answer.status_code == 200, (path, answer.text[:300])
    return answer


# Files


def test_every_file_listed_is_there_with_its_size_and_hash(get: Get, listed: dict[str, Any]) -> None:
    for file in listed["files"]:
        answer = fetched(get, file["lasting_url"])
        assert len(answer.content) == file["size"] == int(answer.headers["content-length"])
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].partition(";")[0] == file["media_type"]
    names = {file["name"] for file in listed["files"]}
    assert names >= {
        "damoxing.db",
        "damoxing-csv.zip",
        "SHA256SUMS",
        "datapackage.json",
        "croissant.json",
        "CITATION.cff",
    }
    assert names >= {f"{name}.csv" for name in sheet_names()}


def test_a_stable_address_leads_to_the_lasting_one(get: Get, listed: dict[str, Any]) -> None:
    answer = get("/-/data/models.csv")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/-/data/{listed['key']}/models.csv")
    assert "no-cache" in answer.headers["cache-control"]


def test_the_file_of_the_base_is_the_base(base: Path, get: Get, listed: dict[str, Any]) -> None:
    assert fetched(get, f"/-/data/{listed['key']}/damoxing.db").content == base.read_bytes()
    archive = fetched(get, f"/-/data/{listed['key']}/damoxing-csv.zip").content
    assert zipfile.ZipFile(io.BytesIO(archive)).testzip() is None


@pytest.mark.parametrize(
    "name", ["nope.csv", "..%2F..%2Fbase.db", "%2e%2e", ".SHA256SUMS", "SHA256SUMS%00", "models.csv/x", "~2E~2E"]
)
def test_no_other_file_is_given(get: Get, listed: dict[str, Any], name: str) -> None:
    # Datasette writes an address with % anew, with ~.
    assert get(f"/-/data/{name}", follow_redirects=True).status_code == 404
    assert get(f"/-/data/{listed['key']}/{name}", follow_redirects=True).status_code == 404
    assert get(f"/-/data/{'0' * 16}/models.csv").status_code == 404


def test_a_file_is_sent_in_parts_and_not_again(get: Get, listed: dict[str, Any]) -> None:
    path = f"/-/data/{listed['key']}/models.csv"
    whole = fetched(get, path)
    size, etag = len(whole.content), whole.headers["etag"]
    for asked, first, last in (("bytes=0-9", 0, 9), ("bytes=10-", 10, size - 1), ("bytes=-5", size - 5, size - 1)):
        part = get(path, headers={"range": asked})
        assert part.status_code == 206
        assert part.content == whole.content[first : last + 1]
        assert part.headers["content-range"] == f"bytes {first}-{last}/{size}"
    assert get(path, headers={"range": f"bytes={size}-"}).status_code == 416
    assert get(path, headers={"range": "bytes=-"}).content == whole.content
    assert get(path, headers={"range": "bytes=0-9", "if-range": '"old"'}).content == whole.content
    again = get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_links_every_file_and_says_what_it_gives(get: Get, listed: dict[str, Any]) -> None:
    page = fetched(get, "/-/data?lang=en").text
    for file in listed["files"]:
        assert f'href="/-/data/{file["name"]}"' in page
    assert "The whole base, SQLite" in page
    assert "整个数据库" in fetched(get, "/-/data?lang=zh").text
    for path in set(re.findall(r'href="(/-/[^"]+)"', page)):
        assert get(path.replace("&amp;", "&"), follow_redirects=True).status_code in {200, 501}, path


def test_the_files_are_made_once_and_beside_the_base(base: Path, listed: dict[str, Any]) -> None:
    kept = find(base)
    assert kept is not None
    assert kept.folder.parent == place(base) == base.with_name(f".{base.name}.files")
    before = (kept.folder / "models.csv").stat().st_mtime_ns
    assert begin(base) is None
    assert (kept.folder / "models.csv").stat().st_mtime_ns == before


def test_files_that_cannot_be_made_are_told(tmp_path: Path, base: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(base.read_bytes())
    site = datasette(broken)
    (tmp_path / ".broken.db.files").write_text("a file where the folder should be")
    for _ in range(100):
        answer = asyncio.run(site.client.get("/-/data.json"))
        assert answer.status_code == 503
        if "could not be made" in answer.text:
            break
    else:
        pytest.fail(answer.text)
    assert "retry-after" in answer.headers
    assert asyncio.run(site.client.get("/-/data")).status_code == 200


# Lists


@pytest.mark.parametrize("table", sheet_names())
def test_every_list_is_had_as_csv_json_and_json_lines(base: Path, get: Get, table: str) -> None:
    count = sqlite3.connect(base).execute(f'select count(*) from "{table}"').fetchone()[0]
    rows = list(csv.reader(io.StringIO(fetched(get, f"/-/rows/{table}.csv").text, newline="")))
    assert len(rows) == count + 1
    listed = fetched(get, f"/-/rows/{table}.json").json()
    assert len(listed) == count
    lines = fetched(get, f"/-/rows/{table}.jsonl").text.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert not listed or list(listed[0]) == rows[0]


def test_a_list_longer_than_a_page_comes_whole(base: Path) -> None:
    site = datasette(base)
    site._settings["max_returned_rows"] = 100
    for form in ("csv", "json", "jsonl"):
        text = asyncio.run(site.client.get(f"/-/rows/statements.{form}?_sort=id")).text
        ids = re.findall(r'^(?:\{"id": ")?(s[a-z0-9]{9})[",]', text, re.MULTILINE)
        assert len(ids) == len(set(ids)) == 899, form
    assert len(json.loads(asyncio.run(site.client.get("/-/rows/statements.json")).text)) == 899
    listed = sqlite3.connect(base).execute("select count(*) from companies").fetchone()[0]
    site._settings["max_returned_rows"] = 7
    assert len(json.loads(asyncio.run(site.client.get("/-/rows/companies.json")).text)) == listed > 7


def test_a_list_larger_than_the_site_sends_is_broken_off(base: Path) -> None:
    site = datasette(base, public=True)
    site._settings["max_csv_mb"] = 0.01
    # What httpx says where a response has no end; a server closes the connection.
    with pytest.raises(AssertionError):
        asyncio.run(site.client.get("/-/rows/statements.csv"))


@pytest.mark.parametrize(
    ("query", "condition"),
    [
        ("open_source=1", "open_source = 1"),
        ("parameters__gt=100000000000", "parameters > 1e11"),
        ("open_source=1&open_source=0", "0"),
        ("lang=en&_size=3&_next=x&_shape=array&_columns=all", "1"),
    ],
)
def test_a_list_is_filtered_as_its_page(base: Path, get: Get, query: str, condition: str) -> None:
    ids = {row["id"] for row in fetched(get, f"/-/rows/models.json?{query}").json()}
    assert ids == {row[0] for row in sqlite3.connect(base).execute(f"select id from models where {condition}")}


def test_a_list_is_sorted_as_its_page(get: Get) -> None:
    names = [row["name_en"] for row in fetched(get, "/-/rows/models.json?_sort=name_en&name_en__notblank=1").json()]
    assert len(names) > 20
    assert names == sorted(names)


def test_values_are_typed(get: Get) -> None:
    rows = fetched(get, "/-/rows/statements.json?boolean__notblank=1&_col=boolean").json()
    assert {row["boolean"] for row in rows} == {True, False}
    rows = fetched(get, "/-/rows/statements.json?attributed_to__notblank=1&_col=attributed_to").json()
    assert all(isinstance(row["attributed_to"], list) for row in rows)


def test_excel_gets_its_mark_only_where_asked(get: Get) -> None:
    assert fetched(get, "/-/rows/models.csv?_bom=1").content.startswith(b"\xef\xbb\xbfid,")
    assert fetched(get, "/-/rows/models.csv").content.startswith(b"id,")


def test_a_workbook_holds_the_rows(get: Get) -> None:
    pytest.importorskip("xlsxwriter")
    answer = fetched(get, "/-/rows/models.xlsx?open_source=1")
    page = zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml").decode()
    assert page.count("<row ") == 1 + len(fetched(get, "/-/rows/models.json?open_source=1").json())


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/-/rows/nope.csv", 404),
        ("/-/rows/sqlite_master.csv", 404),
        ("/-/rows/models_fts.json", 404),
        ("/-/rows/models.xml", 404),
        ("/-/rows/models.csv?openness=1", 400),
        ("/-/rows/models.csv?_sort=nope", 400),
        ("/-/rows/models.csv?_col=nope", 400),
        ("/-/rows/models.csv?_where=nope+is+1", 400),
    ],
)
def test_a_list_that_is_none_is_refused(get: Get, path: str, status: int) -> None:
    assert get(path).status_code == status


@pytest.mark.parametrize("words", ["千问", "大模型、千问", '"千问', "GPT-4*", "-"])
def test_a_searched_list_is_the_searched_page(get: Get, words: str) -> None:
    page = get(f"/{DATABASE}/models.json", params={"_search": words, "_shape": "array", "_size": "max"})
    rows = get("/-/rows/models.json", params={"_search": words})
    assert [row["id"] for row in rows.json()] == [row["id"] for row in page.json()]


def test_links_of_a_list_keep_its_filters_and_say_what_they_give(site: Datasette, get: Get) -> None:
    request = Request.fake(
        f"/{DATABASE}/models?open_source=1&type=a&type=b&_next=5&_size=3&lang=zh&_search=%E5%8D%83%26"
    )
    links = data_links(site, "models", request.args)
    assert [link.form for link in links] == ["csv", "excel", "xlsx", "json", "jsonl"]
    for link in links:
        assert "open_source=1&type=a&type=b" in link.url
        assert not re.search(r"_next|_size|lang=", link.url)
        assert link.name
        assert link.zh != link.en
    for args in ("open_source=1", {"open_source": "1"}, [("open_source", "1")]):
        for link in data_links(site, "models", args):
            assert get(link.url).status_code in {200, 501}
    assert data_links(site, "nope") == []


# What machines are told


def urls_of(get: Get, path: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(fetched(get, path).text).iter(f"{MAP}loc")]


def test_the_sitemap_names_every_page_once_and_each_answers(base: Path, get: Get) -> None:
    parts = urls_of(get, "/sitemap.xml")
    urls = [url for part in parts for url in urls_of(get, part)]
    assert len(urls) == len(set(urls))
    connection = sqlite3.connect(base)
    for table in ("models", "organizations", "policies", "sources"):
        count = connection.execute(f"select count(*) from {table}").fetchone()[0]
        assert sum(f"/{DATABASE}/{table}/" in url for url in urls) == count
    assert sum("/-/evidence/" in url for url in urls) == 899
    for url in [*urls[:60], *urls[60::40]]:
        assert get(url).status_code == 200, url


def test_a_part_beyond_the_sitemap_is_not_there(get: Get) -> None:
    for path in ("/sitemap/models-1.xml", "/sitemap/pages-1.xml", "/sitemap/nope-0.xml"):
        assert get(path).status_code == 404


def test_robots_are_led_to_the_sitemap_and_away_from_endless_pages(get: Get) -> None:
    text = fetched(get, "/robots.txt").text
    assert "Sitemap: http://localhost/sitemap.xml" in text
    assert "Disallow: /*?sql=" in text
    assert "Disallow: /\n" not in text


def test_every_link_of_llms_txt_answers(get: Get) -> None:
    text = fetched(get, "/llms.txt").text
    assert text.startswith("# damoxing")
    links = re.findall(r"\]\((http://localhost\S+?)\): ", text)
    assert len(links) > 30
    for link in links:
        assert get(link, follow_redirects=True).status_code == 200, link


def test_the_feed_is_atom_with_an_entry_a_release_and_source(base: Path, get: Get) -> None:
    answer = fetched(get, "/feed.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    time = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(ATOM + name)) == 1
        assert time.fullmatch(element.findtext(f"{ATOM}updated") or "")
        assert (element.findtext(f"{ATOM}id") or "").startswith("urn:uuid:")
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == sqlite3.connect(base).execute("select count(*) from sources").fetchone()[0]
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    for entry in entries:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert get(link.get("href", "")).status_code == 200
        evidence = re.findall(r'href="(http[^"]+/-/evidence/[^"]+)"', entry.findtext(f"{ATOM}content") or "")
        assert evidence
        assert get(evidence[0]).status_code == 200
    assert fetched(get, "/feed.atom").content == answer.content


def test_the_feed_of_one_source_is_its_own(get: Get) -> None:
    root = ElementTree.fromstring(fetched(get, "/feed.atom?source=hans-sd-2024-143081").content)
    assert len(root.findall(f"{ATOM}entry")) == 1
    assert get("/feed.atom?source=nope").status_code == 404


def test_the_feed_tells_what_is_in_no_release_yet_what_changed_and_what_is_gone(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "changed.db"
    path.write_bytes(base.read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("update statements set first_release = null, printed = '<b>\x01' where id = 'squswtgar6'")
    connection.execute("delete from changes where statement_id = 'squswtgar6'")
    connection.execute("insert into releases values ('0.2.0', '2027-01', 899, 'h', null)")
    other = "select id from statements where id != 'squswtgar6' order by id limit 1"
    connection.execute(f"insert into changes values (10001, '0.2.0', ({other}), 'changed', null)")
    connection.execute("insert into changes values (10002, '0.2.0', 'sgone', 'removed', null)")
    connection.commit()
    connection.close()
    root = ElementTree.fromstring(asyncio.run(datasette(path).client.get("/feed.atom")).content)
    titles = [entry.findtext(f"{ATOM}title") or "" for entry in root.findall(f"{ATOM}entry")]
    assert sum(title.startswith("0.2.0：修改 1 条") for title in titles) == 1
    assert sum(title.startswith("0.2.0：删除 1 条") for title in titles) == 1
    assert sum(title.startswith("未发布 unreleased") for title in titles) == 1
    unreleased = root.findall(f"{ATOM}entry")[next(i for i, t in enumerate(titles) if "unreleased" in t)]
    assert "&lt;b&gt;\ufffd" in (unreleased.findtext(f"{ATOM}content") or "")
    assert root.findtext(f"{ATOM}updated") == "2027-01-01T00:00:00Z"


def test_the_canonical_link_forgets_how_a_list_is_shown(site: Datasette) -> None:
    link = canonical_link(site, Request.fake(f"/{DATABASE}/models?open_source=1&_next=5&lang=en&_search=\"'<b>"))
    assert link.startswith(f'<link rel="canonical" href="http://localhost/{DATABASE}/models?open_source=1&amp;_search=')
    assert "<b>" not in link
    assert canonical_link(site, None) == ""


def test_the_snippet_is_a_dataset_of_schema_org_that_cannot_end_its_element(site: Datasette, listed: Any) -> None:
    snippet = dataset_snippet(site, Request.fake("/"))
    found = re.fullmatch(r'<script nonce="[^"]*" type="application/ld\+json">([^<>]*)</script>', snippet)
    assert found
    told = json.loads(found[1])
    assert told["@type"] == "Dataset"
    assert {one["name"] for one in told["distribution"]} == {file["name"] for file in listed["files"]}
    assert told["url"].startswith("http")


def test_templates_get_the_helpers(site: Datasette) -> None:
    assert set(data_vars(site, None)) == {"data_links", "canonical_link", "dataset_snippet"}
    assert data_vars(site, None)["dataset_snippet"]() == ""


def test_xml_gets_no_character_that_it_forbids() -> None:
    assert xml_text("a\x00\x0b\ufffe\ud800\n\t大𠮷") == "a\ufffd\ufffd\ufffd\ufffd\n\t大𠮷"


@pytest.mark.parametrize("path", ["/-/data", "/robots.txt", "/llms.txt", "/sitemap.xml", "/feed.atom", "/-/rows/t.csv"])
def test_a_datasette_that_is_not_ours_has_none_of_it(site: Datasette, path: str) -> None:
    assert asyncio.run(Datasette(memory=True).client.get(path)).status_code == 404


_EXAMPLE = re.compile(r"```text\n(http://127\.0\.0\.1:8001\S+)\n```(?:\n\n```json\n(.*?)```)?", re.DOTALL)


def test_the_examples_of_the_document_answer_as_told(get: Get, listed: dict[str, Any]) -> None:
    examples = _EXAMPLE.findall((ROOT / "docs" / "data.md").read_text(encoding="utf-8"))
    assert len(examples) >= 8
    shown = 0
    for address, told in examples:
        answer = fetched(get, address.removeprefix("http://127.0.0.1:8001"), follow_redirects=True)
        if told:
            shown += 1
            _holds(answer.json(), json.loads(told), address)
    assert shown >= 4


def _holds(answer: Any, told: Any, where: str) -> None:
    """Assert that an answer has what the document shows; it may have more fields."""
    if isinstance(told, dict):
        for name, value in told.items():
            _holds(answer[name], value, f"{where} {name}")
    elif isinstance(told, list):
        assert len(answer) >= len(told), where
        for one, value in zip(answer, told, strict=False):
            _holds(one, value, where)
    else:
        assert answer == told, where


@pytest.mark.parametrize("name", canned_queries())
def test_an_answer_can_be_taken_in_every_form(get: Get, name: str) -> None:
    shown = fetched(get, f"/{DATABASE}/{name}.json?_shape=array").json()
    assert fetched(get, f"/-/rows/{name}.json").json() == [
        {key: int(value) if isinstance(value, float) and value.is_integer() else value for key, value in row.items()}
        for row in shown
    ]
    assert len(fetched(get, f"/-/rows/{name}.jsonl").text.splitlines()) == len(shown)
    rows = list(csv.reader(io.StringIO(fetched(get, f"/-/rows/{name}.csv").text, newline="")))
    assert len(rows) == len(shown) + 1
    with zipfile.ZipFile(io.BytesIO(fetched(get, f"/-/rows/{name}.xlsx").content)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert len(sheet.findall(".//{*}row")) == len(shown) + 1


def test_an_answers_parameters_hold_for_its_files_and_no_others(get: Get) -> None:
    few = fetched(get, "/-/rows/models_by_size.json?min_parameters=1e11").json()
    assert 0 < len(few) < len(fetched(get, "/-/rows/models_by_size.json").json())
    assert all(row["parameters"] > 1e11 or row["parameters_printed"] for row in few)
    refused = get("/-/rows/models_by_size.json?least=1")
    assert refused.status_code == 400
    assert "min_parameters" in refused.json()["error"]


def test_rows_of_text_are_sent_many_at_a_time() -> None:
    async def sent(content_type: bytes) -> list[dict[str, Any]]:
        passed: list[dict[str, Any]] = []

        async def send(message: dict[str, Any]) -> None:
            passed.append(message)

        gathered = Gathered(send)
        await gathered.send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-type", content_type)]}
        )
        for number in range(5_000):
            await gathered.send({"type": "http.response.body", "body": b"%d,row\r\n" % number, "more_body": True})
        await gathered.send({"type": "http.response.body", "body": b""})
        return passed

    many, few = asyncio.run(sent(b"text/event-stream")), asyncio.run(sent(b"text/csv; charset=utf-8"))
    assert len(many) == 5_002
    assert len(few) < 10
    assert b"".join(m.get("body", b"") for m in many) == b"".join(m.get("body", b"") for m in few)
    assert few[-1].get("more_body", False) is False
