"""Tests of the profile for strangers: headers, limits, the gate, hostile rows, newer builds taken in under load."""

import asyncio
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from typer.testing import CliRunner

from cli.app import app
from db.site import DATABASE, datasette
from db.site_cap import MOST_BYTES, Counted, TooLargeError
from db.site_gate import MOST_QUERIES, MOST_STREAMS, MOST_WAITING, MOST_WORKBOOKS, WAIT_SECONDS, is_free, is_stream
from db.site_headers import HEADERS
from db.site_limits import MOST_CELLS, MOST_FETCHED, MOST_HEAP_BYTES, MOST_PATTERN_BYTES, MOST_STEPS, MOST_VALUE_BYTES
from db.site_metadata import described_columns
from db.site_plugin import register_routes
from db.site_public import HIDDEN, SETTINGS
from tests.tiny import TEXT, build_tiny

SITE = f"/{DATABASE}"
ENDLESS = "with recursive t(x) as (select 1 union all select x + 1 from t) select count(*) from t"
PAGES = [
    "/",
    SITE,
    f"{SITE}/models",
    f"{SITE}/statements",
    f"{SITE}/conflicts",
    f"{SITE}/models/gpt-3",
    f"{SITE}/models_by_size",
    f"{SITE}?sql=select+1",
    f"{SITE}?sql=selec",
    "/-/search?q=gpt",
    "/-/nothing",
]
DATA = [
    f"{SITE}/models.json",
    f"{SITE}/models.csv",
    f"{SITE}.json?sql=select+1",
    f"{SITE}.db",
    "/assets/damoxing.css",
    "/-/static/app.css",
    "/-/metadata.json",
    "/-/versions.json",
    "/favicon.ico",
]
HOSTILE = "\"'><script>alert(1)</script>; script-src *\r\nx: y {{ csp_nonce() }}"
SCRIPT = re.compile(r"<script\b[^>]*>")

Get = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def site(base: Path) -> Datasette:
    made = datasette(base, public=True)
    # As serve does: what is refused never comes to Datasette, which would begin with its first request.
    asyncio.run(made.invoke_startup())
    return made


@pytest.fixture(scope="module")
def get(site: Datasette) -> Get:
    return lambda path, **options: asyncio.run(site.client.get(path, **options))


@contextmanager
def served(base: Path, log: Path) -> Iterator[str]:
    """Serve a base in a process of its own, as strangers get it."""
    code = "from cli.app import main; main()"
    command = [sys.executable, "-c", code, "serve", "--public", "--port", "0", "--db", str(base)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DAMOXING_")}
    root = Path(__file__).resolve().parent.parent
    with log.open("w") as told:
        process = subprocess.Popen(command, stderr=told, cwd=root, env=environment | {"PYTHONPATH": str(root)})
    try:
        yield _address(process, log)
    finally:
        process.terminate()
        process.wait(30)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(600):
        if found := re.search(r"http://\S+?:\d+", log.read_text()):
            return found[0]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def address(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    copy = folder / "damoxing.db"
    shutil.copy(base, copy)
    with served(copy, folder / "log") as found:
        yield found


def sql(query: str, form: str = "json") -> str:
    return str(httpx.URL(f"{SITE}.{form}" if form else SITE, params={"sql": query}))


def policy(response: httpx.Response) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in response.headers["content-security-policy"].split("; "))


@pytest.mark.parametrize("path", PAGES + DATA)
def test_every_response_has_the_headers(get: Get, path: str) -> None:
    response = get(path)
    for name, value in HEADERS.items():
        assert response.headers.get_list(name) == [value]
    told = policy(response)
    assert re.fullmatch(r"'nonce-[\w-]{22}'", told["script-src"])
    assert told["frame-ancestors"] == told["object-src"] == told["base-uri"] == "'none'"
    assert "unsafe-eval" not in response.headers["content-security-policy"]
    assert "strict-transport-security" not in response.headers


def test_a_nonce_is_never_used_twice(get: Get) -> None:
    assert len({policy(get("/"))["script-src"] for _ in range(5)}) == 5


def test_only_a_visit_by_tls_is_bound_to_tls(site: Datasette) -> None:
    async def visit() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app())) as client:
            return await client.get("https://facts.example/")

    assert asyncio.run(visit()).headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("path", PAGES)
def test_every_script_of_a_page_has_its_nonce(get: Get, path: str) -> None:
    response = get(path)
    nonce = policy(response)["script-src"].removeprefix("'nonce-").removesuffix("'")
    assert all(f'nonce="{nonce}"' in tag for tag in SCRIPT.findall(response.text))
    assert not re.search(r"<[^>]+\son\w+=", response.text)


def test_the_query_page_has_scripts(get: Get) -> None:
    assert len(SCRIPT.findall(get(f"{SITE}?sql=select+1").text)) >= 2


@pytest.fixture(scope="module")
def hostile(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a base whose names are attacks."""
    path = tmp_path_factory.mktemp("hostile") / "damoxing.db"
    shutil.copy(base, path)
    connection = sqlite3.connect(path)
    for table, column in (("entities", "label"), ("models", "label"), ("sources", "title"), ("sources", "publisher")):
        connection.execute(f"update {table} set {column} = ?", [HOSTILE])
    connection.execute("update statements set printed = ?, subject_as_read = ?", [HOSTILE, HOSTILE])
    connection.commit()
    connection.close()
    return path


def test_hostile_names_neither_run_nor_loosen_the_policy(hostile: Path, get: Get) -> None:
    attacked = datasette(hostile, public=True)
    query = str(httpx.URL(SITE, params={"sql": "select '" + HOSTILE.replace("'", "''") + "' as label"}))
    search = str(httpx.URL("/-/search", params={"q": HOSTILE}))
    for path in [*PAGES, query, search, f"{SITE}/models?_search=%3Cscript%3E"]:
        response = asyncio.run(attacked.client.get(path))
        nonce = policy(response)["script-src"]
        assert policy(response) == policy(get("/")) | {"script-src": nonce}
        assert re.fullmatch(r"'nonce-[\w-]{22}'", nonce)
        assert "<script>alert" not in response.text
        assert all(f'nonce="{nonce[7:-1]}"' in tag for tag in SCRIPT.findall(response.text))
        assert "x" not in response.headers


@pytest.mark.parametrize("form", ["", "json", "csv"])
@pytest.mark.parametrize(
    "query",
    [
        "select hex(zeroblob(100000000))",
        f"select randomblob({MOST_VALUE_BYTES + 1})",
        "with recursive t(x) as (select 1 union all select x + 1 from t limit 100000) select group_concat(x) from t",
        f"with recursive t(x) as (select 1 union all select x + 1 from t limit 1000) select x, zeroblob({MOST_VALUE_BYTES}) from t",
        ENDLESS,
        "select count(*) from statements a, statements b, statements c, statements d",
        "select * from pragma_database_list",
        "select file from pragma_database_list()",
        "pragma database_list",
        "select hex(zeroblob(20000)) || hex(zeroblob(20000))",
        "select 'a' like '%" + "a" * 300 + "b'",
        " union all ".join(["select * from models"] * 40),
        "attach database '/tmp/x.db' as x",
        "select load_extension('x')",
        "delete from statements",
    ],
)
def test_costly_and_prying_queries_are_refused_in_words(get: Get, query: str, form: str) -> None:
    response = get(sql(query, form))
    assert response.status_code == 400
    assert len(response.content) < 20_000
    assert "Traceback" not in response.text
    assert str(Path(__file__).anchor) + "tmp/pytest" not in response.text


@pytest.mark.parametrize("where", ["id in (select file from pragma_database_list)", "hex(zeroblob(100000000))"])
def test_conditions_are_bound_like_queries(get: Get, where: str) -> None:
    assert get(str(httpx.URL(f"{SITE}/models.json", params={"_where": where}))).status_code == 400


def test_a_page_draws_only_so_many_cells(get: Get) -> None:
    wide = "select a.*, b.* from statements a, statements b"
    assert get(sql(wide, "")).status_code == 400
    assert get(sql(wide, "csv")).status_code == 200
    assert get(f"{SITE}/statements?_size=max&_columns=all").status_code == 400
    assert get(f"{SITE}/statements?_size=100&_columns=all").status_code == 200


def test_rows_are_limited(get: Get) -> None:
    told = get(sql("select a.id from statements a, statements b")).json()
    assert told["truncated"]
    assert len(told["rows"]) == 1_000
    assert MOST_FETCHED < 100_000_000


def test_whole_tables_and_the_base_are_given(get: Get, base: Path) -> None:
    rows = get(f"{SITE}/statements.csv?_stream=on&_size=max").text.splitlines()
    count = sqlite3.connect(base).execute("select count(*) from statements").fetchone()[0]
    assert len(rows) >= count + 1
    response = get(f"{SITE}.db")
    assert response.content == base.read_bytes()
    assert get(f"{SITE}.db", headers={"if-none-match": response.headers["etag"]}).status_code == 304


def test_the_operators_pages_are_hidden(site: Datasette, get: Get) -> None:
    ours = {"static", "static-plugins", "metadata"} | _added_by_us()
    named = {match for pattern, _ in site._routes() for match in re.findall(r"^\^?/-/([\w-]+)", pattern.pattern)}
    assert named - ours == set(HIDDEN)
    for name in HIDDEN:
        for path in (f"/-/{name}", f"/-/{name}.json", f"/-/{name}/"):
            assert get(path).status_code == 404
    assert get("/_internal").status_code in {403, 404}
    assert get("/_internal.json?sql=select+1").status_code in {403, 404}


def _added_by_us() -> set[str]:
    return {match for pattern, _ in register_routes() for match in re.findall(r"^\^/-/([\w-]+)", pattern)}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_nothing_but_reading_is_taken(site: Datasette, method: str) -> None:
    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app())) as client:
            return await client.request(method, f"http://localhost{SITE}")

    response = asyncio.run(ask())
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"


def test_addresses_have_an_end(get: Get) -> None:
    assert get(f"{SITE}?sql=select+1{'+' * 9_000}").status_code == 414
    assert get(f"/{'x' * 3_000}").status_code == 414


@pytest.fixture
def faulty(base: Path) -> Iterator[Datasette]:
    """Make a site with a page that fails."""

    def page() -> None:
        raise RuntimeError("a secret of the machine")

    class Plugin:
        @staticmethod
        @hookimpl
        def register_routes() -> list[tuple[str, Callable[[], None]]]:
            return [(r"^/-/faulty(\.(?P<format>json|csv))?$", page)]

    pm.register(Plugin, "faulty")
    yield datasette(base, public=True)
    pm.unregister(name="faulty")


@pytest.mark.parametrize("path", ["/-/faulty", "/-/faulty.json", "/-/faulty.csv"])
def test_a_fault_is_told_without_its_trace(faulty: Datasette, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    response = asyncio.run(faulty.client.get(path, headers={"accept-language": "en"}))
    assert response.status_code == 500
    assert "finds it in the log" in response.text
    assert "secret" not in response.text
    assert "RuntimeError" in capsys.readouterr().err


@pytest.mark.parametrize(
    "query",
    [
        f"{SITE}/models.json?_timelimit=abc",
        f"{SITE}/models.json?_through=x",
        f"{SITE}/models?label__in=[",
        f"{SITE}/models.json?_facet=%7B",
        f"{SITE}/models.json?_sort=nothing",
        f"{SITE}.csv?sql=",
        f"{SITE}.json?sql=&_shape=array",
        f"{SITE}.csv",
    ],
)
def test_values_that_cannot_be_read_are_told_as_the_visitors(get: Get, query: str) -> None:
    assert get(query).status_code == 400


def raw(address: str, *lines: str, method: str = "GET", path: str = "/") -> str:
    """Send a request as it is written; return the answer."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), 60) as connection:
        head = "\r\n".join([f"{method} {path} HTTP/1.1", *lines, "Connection: close", "", ""])
        connection.sendall(head.encode("latin-1"))
        return b"".join(iter(lambda: connection.recv(65_536), b"")).decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("lines", "status"),
    [
        (["Host: facts.example"], 200),
        (["Host: [::1]:8001"], 200),
        (["Host: facts.example/?x"], 400),
        (["Host: user@facts.example"], 400),
        (['Host: "><script>alert(1)</script>'], 400),
        (["Host: a.example", "Host: b.example"], 400),
        (["Host: facts.example", "Content-Length: 5"], 413),
        (["Host: facts.example", "Transfer-Encoding: chunked"], 413),
        (["Host: facts.example", f"X-Long: {'x' * 20_000}"], 431),
    ],
)
def test_heads_that_deceive_and_bodies_are_refused(address: str, lines: list[str], status: int) -> None:
    answer = raw(address, *lines)
    assert answer.startswith(f"HTTP/1.1 {status} ")
    assert "alert(1)" not in answer


def test_links_are_made_of_the_host_alone(address: str) -> None:
    told = ["X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Forwarded-Prefix: /evil.example"]
    for path in ("/", "/sitemap.xml", "/feed.atom", "/openapi.json", f"{SITE}/models.json"):
        answer = raw(address, "Host: facts.example", *told, path=path)
        assert answer.startswith("HTTP/1.1 200 ")
        assert "evil.example" not in answer


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example/x/", "/%5cevil.example/", "/%0d%0aset-cookie:a=b/", f"{SITE}/%0d%0aset-cookie:a=b/"),
        *(f"{SITE}/models/?x=%0d%0aset-cookie:a=b", "/-/data/x%0d%0aset-cookie:a=b", "/?lang=en%0d%0aset-cookie:a=b"),
    ],
)
def test_no_path_leads_elsewhere_or_writes_a_header(address: str, path: str) -> None:
    head = raw(address, "Host: facts.example", path=path).partition("\r\n\r\n")[0].lower()
    assert "\r\nset-cookie: a=b" not in head
    assert "\r\nset-cookie:a=b" not in head
    found = re.search(r"\r\nlocation: (\S*)", head)
    assert found is None or re.match(r"/[^/\\]", found[1])


@pytest.mark.parametrize(
    "path",
    [
        f"{folder}{climb}{name}"
        for folder in ("/assets/", "/-/static/", "/-/data/", "/-/data/0123456789abcdef/", "/-/rows/", "/")
        for climb in ("../../", "..%2f..%2f", "%2e%2e/%2e%2e/", "..%5c..%5c", "....//....//", "~2E~2E~2F")
        for name in ("pyproject.toml", "etc/passwd", "db/site.py")
    ],
)
def test_no_path_climbs_out(address: str, path: str) -> None:
    answer = raw(address, "Host: facts.example", path=path)
    assert answer.split(" ", 2)[1] in {"302", "400", "404"}
    assert "root:" not in answer
    assert "hatchling" not in answer
    assert "import " not in answer


@pytest.mark.parametrize("path", [f"{SITE}/models.json", f"{SITE}.db", "/-/rows/models.csv", "/feed.atom"])
def test_other_sites_may_read_the_data(get: Get, site: Datasette, path: str) -> None:
    assert get(path, headers={"origin": "https://a.example"}).headers["access-control-allow-origin"] == "*"

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=site.app())) as client:
            return await client.options(f"http://localhost{path}", headers={"origin": "https://a.example"})

    asked = asyncio.run(ask())
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-methods"] == asked.headers["allow"]
    assert "access-control-allow-credentials" not in asked.headers


@pytest.mark.parametrize("path", ["/", SITE, f"{SITE}/models", "/-/search?q=a", "/-/evidence/squswtgar6", "/-/data"])
def test_other_sites_may_read_no_page(get: Get, path: str) -> None:
    assert "access-control-allow-origin" not in get(path, headers={"origin": "https://a.example"}).headers


def test_other_sites_may_read_nothing_of_ones_own_machine(base: Path) -> None:
    response = asyncio.run(datasette(base).client.get(f"{SITE}/models.json"))
    assert "access-control-allow-origin" not in response.headers


def test_no_query_reaches_an_article_even_on_ones_own_site(tmp_path: Path) -> None:
    path = tmp_path / "articles" / "001_aaaa.txt"
    path.parent.mkdir()
    path.write_text(TEXT, encoding="utf-8")
    own = datasette(build_tiny(tmp_path / "damoxing.db"), path.parent)
    tables = [f"{SITE}/{name}.json?_size=max" for name in described_columns()]
    reads = [f"readfile('{path}')", f"load_extension('{path}')", f"(select * from fsdir('{path.parent}'))"]
    queries = [sql(f"select {read}") for read in reads] + [sql(f"attach '{path}' as x")]
    for asked in (*tables, *queries, f"{SITE}.db", "/feed.atom", "/-/rows/evidence.csv"):
        response = asyncio.run(own.client.get(asked))
        assert response.status_code in {200, 400}, asked
        assert TEXT[:3].encode() not in response.content, asked
        assert str(path).encode() not in response.content or asked in queries


def test_articles_are_refused(base: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["serve", "--public", "--db", str(base), "--articles", str(tmp_path)])
    assert result.exit_code == 2
    assert "--articles" in result.stderr


@pytest.mark.parametrize(
    ("path", "query", "free"),
    [
        (SITE, "sql=select+1", True),
        (SITE, "%73ql=select+1", True),
        (f"{SITE}/models", "_where=1", True),
        (f"{SITE}/models", "_facet=label", True),
        (f"{SITE}/models", "_size=max", True),
        (f"{SITE}/models", "_size=100&_sort=label", False),
        (f"{SITE}/models.csv", "_size=max&_stream=on", False),
        (f"{SITE}/models", "openness=open&_search=gpt", False),
        ("/-/rows/models.json", "_where=1", False),
    ],
)
def test_free_queries_are_known(path: str, query: str, free: bool) -> None:
    assert is_free(path, query) is free
    assert is_stream(path, query) is ("_stream" in query or "/rows/" in path)


def test_a_list_takes_a_condition_of_the_visitors(get: Get) -> None:
    rows = get("/-/rows/models.json", params={"_where": "id = 'gpt-3'"}).json()
    assert [row["id"] for row in rows] == ["gpt-3"]


def test_a_stream_that_grows_too_large_is_cut_off_and_says_so() -> None:
    sent: list[dict[str, Any]] = []

    async def keep(message: dict[str, Any]) -> None:
        sent.append(message)

    async def stream() -> None:
        counted = Counted(keep, most=25)
        await counted.send({"type": "http.response.start", "status": 200})
        for _ in range(10):
            await counted.send({"type": "http.response.body", "body": b"x" * 10, "more_body": True})

    with pytest.raises(TooLargeError):
        asyncio.run(stream())
    assert b"".join(message.get("body", b"") for message in sent).startswith(b"x" * 20 + b"\nerror: ")
    assert sent[-1]["more_body"]


def test_sixteen_endless_queries_starve_no_page(address: str) -> None:
    def endless(_: int) -> httpx.Response:
        return httpx.get(address + sql(ENDLESS), timeout=120)

    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(endless, number) for number in range(16)]
        pages = [httpx.get(f"{address}{SITE}/models", timeout=60) for _ in range(5)]
        answers = [one.result() for one in asked]
    assert [page.status_code for page in pages] == [200] * 5
    assert {answer.status_code for answer in answers} == {400, 429}
    refused = [answer for answer in answers if answer.status_code == 429]
    assert all(int(answer.headers["retry-after"]) > 0 and answer.json()["status"] == 429 for answer in refused)
    assert all("content-security-policy" in answer.headers for answer in answers)
    assert httpx.get(address + sql("select 1"), timeout=60).status_code == 200


def _newer(base: Path, path: Path, number: int) -> None:
    """Put another build in the place of a base, by rename, as a build does."""
    made = path.with_name(f"new-{number}")
    shutil.copy(base, made)
    connection = sqlite3.connect(made)
    connection.execute("update entities set label = ?, label = ? where id = 'gpt-3'", [f"GPT-3 build {number}"] * 2)
    connection.execute("update models set label = ? where id = 'gpt-3'", [f"GPT-3 build {number}"])
    connection.execute("update base_info set content = ? where id = 'content_hash'", [f"{number:064}"])
    connection.commit()
    connection.close()
    made.replace(path)


def test_a_newer_build_is_taken_in_under_load_without_a_failure(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "damoxing.db"
    shutil.copy(base, path)
    paths = [
        "/",
        f"{SITE}/models",
        f"{SITE}/models/gpt-3",
        f"{SITE}/statements.csv?_stream=on",
        f"{SITE}.db",
        "/-/search?q=gpt",
    ]
    failures: list[str] = []
    stop = threading.Event()

    def browse(address: str) -> int:
        done = 0
        with httpx.Client(timeout=120) as client:
            while not stop.is_set():
                try:
                    response = client.get(address + paths[done % len(paths)])
                except httpx.HTTPError as error:
                    failures.append(repr(error))
                else:
                    if response.status_code != 200:
                        failures.append(f"{response.status_code} {response.url}")
                done += 1
        return done

    with served(path, tmp_path / "log") as address, ThreadPoolExecutor(4) as pool:
        browsing = [pool.submit(browse, address) for _ in range(4)]
        try:
            for number in range(3):
                _newer(base, path, number)
                _seen(f"{address}{SITE}/models.json?_shape=array&id=gpt-3", f"GPT-3 build {number}")
        finally:
            stop.set()
        assert all(one.result() for one in browsing)
        assert json.loads(httpx.get(f"{address}{SITE}/models/gpt-3.json", timeout=60).text)["rows"]
        assert _open_builds(tmp_path) <= 1
    assert failures == []
    assert "Traceback" not in (tmp_path / "log").read_text()


def _seen(url: str, label: str) -> None:
    for _ in range(300):
        if httpx.get(url, timeout=60).json()[0]["label"] == label:
            return
        time.sleep(0.1)
    raise AssertionError(f"{label} is not served")


def _open_builds(folder: Path) -> int:
    """Count the files of replaced builds that any process still holds open."""
    held = set()
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = os.readlink(link)
        except OSError:
            continue
        if target.startswith(str(folder)) and target.endswith("(deleted)"):
            held.add((link.parts[2], os.stat(link).st_ino))
    return len(held)


def test_a_request_sees_one_build_from_first_to_last(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "damoxing.db"
    shutil.copy(base, path)
    site = datasette(path, public=True)
    served_base = site.get_database(DATABASE)
    asked = "select label from models where id = 'gpt-3'"

    async def visit() -> list[str]:
        await site.invoke_startup()
        with served_base.held():
            before = (await served_base.execute(asked)).single_value()
            _newer(base, path, 7)
            assert await asyncio.create_task(served_base.look())
            during = (await served_base.execute(asked)).single_value()
        after = (await served_base.execute(asked)).single_value()
        return [before, during, after]

    assert asyncio.run(visit()) == ["GPT-3", "GPT-3", "GPT-3 build 7"]


def test_a_broken_new_file_leaves_the_old_base_served(
    base: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "damoxing.db"
    shutil.copy(base, path)
    site = datasette(path, public=True)
    served_base = site.get_database(DATABASE)
    broken = tmp_path / "broken"
    broken.write_bytes(base.read_bytes()[:50_000])
    broken.replace(path)
    assert not asyncio.run(served_base.look())
    assert not asyncio.run(served_base.look())
    assert capsys.readouterr().err.count("the old one still is") == 1
    assert asyncio.run(site.client.get(f"{SITE}/models")).status_code == 200


def test_the_document_tells_the_limits_as_they_are() -> None:
    text = (Path(__file__).resolve().parent.parent / "docs" / "deploy.md").read_text(encoding="utf-8")
    for figure in (
        MOST_VALUE_BYTES,
        MOST_PATTERN_BYTES,
        MOST_STEPS,
        MOST_HEAP_BYTES,
        MOST_FETCHED,
        MOST_CELLS,
        MOST_BYTES,
        SETTINGS["max_returned_rows"],
    ):
        assert f"| {figure:,}" in text
    assert f"| {MOST_QUERIES}, and {MOST_WAITING} wait up to {WAIT_SECONDS} s; others get 429" in text
    assert f"| {MOST_STREAMS}; others get 429" in text
    assert f"| {MOST_WORKBOOKS}, and {MOST_WAITING} wait" in text


@pytest.fixture(scope="module")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("chromium is not on this machine (apt-get install chromium)")
    return found


@pytest.mark.parametrize("path", [*PAGES, sql(ENDLESS, "")])
def test_a_browser_finds_nothing_against_the_policy(chromium: str, address: str, path: str, tmp_path: Path) -> None:
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}"]
    command += ["--enable-logging=stderr", "--virtual-time-budget=3000", "--dump-dom", address + path]
    result = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert "<h1" in result.stdout
    assert "Content Security Policy" not in result.stderr
    if path == f"{SITE}?sql=select+1":
        assert "CodeMirror" in result.stdout.split("<body", 1)[1]
