"""Articles queue up: fetched politely, each once, reprints recognised, each with its state."""

import json
import random
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.app import app
from etl.documents import read_document
from etl.inbox import Inbox, Intake, inbox_of
from etl.inbox_fetch import Fetcher, FetchError, Limits
from etl.inbox_sketch import sketch
from etl.reviewing.source_record import source_fields
from schema.records import SourceRecord

# Of our own invention.
PARAGRAPHS = [
    f"第{number}段。青鸾大模型由岚石科技在云州研发，第{number * 7}版的参数为{number * 13}亿，训练用了{number * 3}万小时，得到{subject}的支持。"
    for number, subject in enumerate(
        ("云州大学", "观云研究院", "墨海智能", "赤狐实验室", "苍龙基金会", "玄鹿公司", "白泽集团", "四象协会"), 1
    )
]
ARTICLE = "青鸾大模型发布\n\n" + "\n".join(PARAGRAPHS) + "\n"
OTHER = "云州的天气\n\n" + "\n".join(
    f"昨日云州{n}号区下了{n * 11}毫米的雨，道路{n}积水，市民{n * 5}人改乘地铁出行。" for n in range(1, 12)
)
PAGE = f"<html><head><title>青鸾大模型发布</title></head><body><article><h1>青鸾大模型发布</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article></body></html>"
ROBOTS = "User-agent: *\nDisallow: /private\nDisallow: /*?secret=\n"


class Site(BaseHTTPRequestHandler):
    """A site with good pages and bad habits."""

    seen: list[str]

    def do_GET(self) -> None:
        """Answer as the path says."""
        self.server.seen.append(self.path)  # type: ignore[attr-defined]
        name = self.path.partition("?")[0].strip("/").replace(".", "_").replace("/", "_")
        getattr(self, f"answer_{name}", self.answer_missing)()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""

    def give(
        self, body: bytes, content_type: str = "text/html; charset=utf-8", status: int = 200, **headers: str
    ) -> None:
        """Send an answer."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer_robots_txt(self) -> None:
        """Allow most."""
        self.give(ROBOTS.encode(), "text/plain")

    def answer_article(self) -> None:
        """A good page."""
        self.give(PAGE.encode())

    def answer_private(self) -> None:
        """A page that robots may not have."""
        self.give(PAGE.encode())

    def answer_moved(self) -> None:
        """A redirect to the good page."""
        self.give(b"", status=301, Location="/article")

    def answer_to_private(self) -> None:
        """A redirect to where robots may not go."""
        self.give(b"", status=302, Location="/private")

    def answer_loop(self) -> None:
        """A redirect to itself, by way of another."""
        self.give(b"", status=302, Location="/loop2")

    def answer_loop2(self) -> None:
        """The other."""
        self.give(b"", status=302, Location="/loop")

    def answer_far(self) -> None:
        """A redirect further and further."""
        number = int(self.path.partition("?")[2] or 0)
        self.give(b"", status=302, Location=f"/far?{number + 1}")

    def answer_elsewhere(self) -> None:
        """A redirect that is no web address."""
        self.give(b"", status=302, Location="file:///etc/passwd")

    def answer_big(self) -> None:
        """A body without end and without a stated length."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        try:
            for _ in range(400):
                self.wfile.write(b"x" * 65536)
        except OSError:
            return

    def answer_stated(self) -> None:
        """A body that says it is big."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", "99999999999")
        self.end_headers()

    def answer_slow(self) -> None:
        """A body that drips."""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self._drip(b"x")

    def answer_slow_head(self) -> None:
        """A head that drips."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Drip: ")
        self._drip(b"x")

    def _drip(self, byte: bytes) -> None:
        try:
            for _ in range(100):
                self.wfile.write(byte)
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    def answer_image(self) -> None:
        """No article."""
        self.give(b"\x89PNG", "image/png")

    def answer_busy(self) -> None:
        """Later."""
        self.give(b"", status=503, Retry_After="120")

    def answer_missing(self) -> None:
        """Not there."""
        self.give(b"", status=404)


@pytest.fixture(scope="module")
def site() -> Iterator[ThreadingHTTPServer]:
    """Serve the site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.seen = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask this machine's server without a proxy."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


def address(site: ThreadingHTTPServer, path: str) -> str:
    """Return an address of the site."""
    return f"http://127.0.0.1:{site.server_port}/{path}"


QUICK = Limits(seconds=1.5, size=2_000_000, redirects=3, pause=0)


def run(folder: Path, *arguments: str) -> Any:
    """Run `damoxing inbox`."""
    return CliRunner().invoke(
        app, ["inbox", *arguments, "--inbox", str(folder / "inbox")], env={"DAMOXING_SEEDS": str(folder / "seeds")}
    )


# Fetching.


def test_a_page_is_fetched_by_way_of_a_redirect(site: ThreadingHTTPServer) -> None:
    with Fetcher(QUICK) as fetcher:
        page = fetcher.fetch(address(site, "moved"))
    assert page.url == address(site, "article")
    assert (page.data.decode(), page.content_type, page.suffix) == (PAGE, "text/html", ".html")


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("private", "robots.txt does not allow it"),
        ("private/deeper", "robots.txt does not allow it"),
        ("article?secret=1", "robots.txt does not allow it"),
        ("to_private", "robots.txt does not allow it"),
        ("loop", "leads in a circle"),
        ("far", "leads on more than 3 times"),
        ("elsewhere", "is no http or https address"),
        ("big", "has more than 2000000 bytes"),
        ("stated", "has 99999999999 bytes"),
        ("slow", "too slow"),
        ("slow_head", "no answer within"),
        ("image", "image/png, not an article"),
        ("busy", "answers 503; try again after 120"),
        ("missing", "answers 404"),
    ],
)
def test_a_page_that_may_not_or_cannot_be_had_is_refused_in_time(
    site: ThreadingHTTPServer, path: str, told: str
) -> None:
    begun = time.monotonic()
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError, match=told):
        fetcher.fetch(address(site, path))
    assert time.monotonic() - begun < 5


def test_what_robots_may_not_have_is_never_asked_for(site: ThreadingHTTPServer) -> None:
    seen = site.seen  # type: ignore[attr-defined]
    seen.clear()
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError):
        fetcher.fetch(address(site, "to_private"))
    assert seen == ["/robots.txt", "/to_private"]


def test_one_host_is_asked_no_faster_than_the_pause(site: ThreadingHTTPServer) -> None:
    begun = time.monotonic()
    with Fetcher(Limits(pause=0.4)) as fetcher:
        for _ in range(3):
            fetcher.fetch(address(site, "article"))
    assert time.monotonic() - begun >= 0.8


@pytest.mark.parametrize("url", ["ftp://example.org/a", "http:///x", "http://me:secret@127.0.0.1/x"])
def test_what_is_no_plain_web_address_is_refused(url: str) -> None:
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError) as error:
        fetcher.fetch(url)
    assert "secret" not in str(error.value)


def test_a_site_whose_rules_cannot_be_read_is_left_alone() -> None:
    with Fetcher(QUICK) as fetcher, pytest.raises(FetchError, match=r"robots\.txt cannot be read"):
        fetcher.fetch("http://127.0.0.1:9/article")


# Taking in.


def test_an_article_goes_from_the_inbox_to_its_source(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    result = run(tmp_path, "add", address(site, "moved"))
    assert result.exit_code == 0, result.stderr
    assert "queued" in result.stderr
    path = Path(run(tmp_path, "next").stdout.strip())
    assert path.read_text(encoding="utf-8") == PAGE
    inbox = inbox_of(path)
    assert inbox is not None
    document = read_document(path)
    fields = source_fields(document, set(), inbox.known(document.sha256, []))
    assert fields["url"] == address(site, "article")
    assert fields["title"] == "青鸾大模型发布"
    assert fields["file_name"] == "article"


def test_a_page_that_failed_is_listed_and_tried_again(site: ThreadingHTTPServer, tmp_path: Path) -> None:
    result = run(tmp_path, "add", address(site, "missing"), address(site, "article"))
    assert result.exit_code == 1
    listed = json.loads(run(tmp_path, "list", "--format", "json").stdout)
    assert [row["state"] for row in listed] == ["failed", "queued"]
    assert "answers 404" in listed[0]["message"]
    item = Inbox(tmp_path / "inbox").items()[0]
    intake = Intake(Inbox(tmp_path / "inbox"))
    intake.add_page(str(item.url), str(item.url), OTHER.encode(), ".txt", "text/plain")
    assert "failed" not in [i.state for i in Inbox(tmp_path / "inbox").items()]


def test_the_same_file_stands_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    result = run(tmp_path, "add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert "in the inbox since" in result.stderr
    assert len(Inbox(tmp_path / "inbox").items()) == 1


def test_files_folders_and_what_cannot_be_read(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="gb18030")
    (folder / "b.md").write_text(OTHER, encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"no pdf")
    result = run(tmp_path, "add", str(folder), str(tmp_path / "gone.txt"))
    assert result.exit_code == 1
    states = {item.original_name: item.state for item in Inbox(tmp_path / "inbox").items()}
    assert states == {"a.txt": "queued", "b.md": "queued", "c.pdf": "failed", str(tmp_path / "gone.txt"): "failed"}


def test_a_reprint_is_a_duplicate_and_an_excerpt_is_proposed_as_derived(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    intake = Intake(inbox)
    made = {}
    for name, text in {
        "first": ARTICLE,
        "reprint": "转自云州日报\n" + ARTICLE.replace("，", ", ") + "责任编辑：李四\n",
        "excerpt": "本网讯。" + "\n".join(PARAGRAPHS[:5]) + "\n（完）",
        "other": OTHER,
    }.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        made[name] = intake.add_file(path)
    assert [made[name].state for name in made] == ["queued", "duplicate", "queued", "queued"]
    assert made["reprint"].derived_from == made["excerpt"].derived_from == made["first"].id
    assert made["other"].derived_from is None
    source = SourceRecord(id="first", title="一", sha256=made["first"].id)
    assert inbox.known(made["excerpt"].id, [source])["derived_from"] == "first"
    assert inbox.known(made["excerpt"].id, [])["derived_from"] is None


def test_sources_of_the_base_are_recognised(tmp_path: Path) -> None:
    shelf = tmp_path / "articles"
    shelf.mkdir()
    (shelf / "old.txt").write_text(ARTICLE, encoding="utf-8")
    document = read_document(shelf / "old.txt")
    source = SourceRecord(id="old", title="旧", sha256=document.sha256, text_sha256=document.sha256)
    same, reprint = tmp_path / "same.txt", tmp_path / "reprint.txt"
    same.write_bytes(("\ufeff" + ARTICLE).encode())
    reprint.write_text("转载\n" + ARTICLE, encoding="utf-8")
    intake = Intake(Inbox(tmp_path / "inbox"), [source], shelf)
    assert intake.add_file(shelf / "old.txt").source_id == "old"
    item = intake.add_file(reprint)
    assert (item.state, item.derived_from) == ("duplicate", "old")
    without = Intake(Inbox(tmp_path / "other"), [source])
    assert without.add_file(reprint).state == "queued"


def test_an_older_text_is_not_derived_from_a_newer_one(tmp_path: Path) -> None:
    intake = Intake(Inbox(tmp_path))
    new, old = tmp_path / "new.txt", tmp_path / "old.txt"
    new.write_text(f"---\ntitle: 新\ndate: 2024-06-01\n---\n\n{ARTICLE}", encoding="utf-8")
    old.write_text(f"---\ntitle: 旧\ndate: 2024-05-01\n---\n\n{''.join(PARAGRAPHS[:5])}", encoding="utf-8")
    intake.add_file(new)
    item = intake.add_file(old)
    assert item.derived_from is None
    assert "may repeat this" in str(item.message)


def test_next_is_what_was_begun_then_what_came_first(tmp_path: Path) -> None:
    inbox = Inbox(tmp_path)
    assert run(tmp_path, "next").exit_code == 1
    intake = Intake(inbox)
    for name, text in (("a", ARTICLE), ("b", OTHER)):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
        intake.add_file(tmp_path / f"{name}.txt")
    first, second = inbox.items()
    assert inbox.next() == first
    inbox.note(second.id, "in review")
    assert inbox.next().id == second.id  # type: ignore[union-attr]
    inbox.note(second.id, "extracted")
    assert inbox.item(second.id).state == "in review"  # type: ignore[union-attr]
    for item in (first, second):
        inbox.note(item.id, "done")
    assert inbox.next() is None


def test_an_item_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "inbox" / "items").mkdir(parents=True)
    (tmp_path / "inbox" / "items" / "x.json").write_text("{}", encoding="utf-8")
    result = run(tmp_path, "list")
    assert result.exit_code == 1
    assert "is no item of an inbox" in result.stderr


# Sketches.


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8, 1.0])
def test_a_sketch_estimates_how_much_two_texts_share(kept: float) -> None:
    chance = random.Random(7)
    one = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(4000))
    two = one[: int(4000 * kept)] + "".join(
        chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(int(4000 * (1 - kept)))
    )
    assert sketch(one).likeness(sketch(two)) == pytest.approx(kept / (2 - kept), abs=0.1)
    assert sketch(one).containment(sketch(two)) == pytest.approx(kept, abs=0.12)


def test_layout_does_not_count_and_nothing_is_like_nothing() -> None:
    assert sketch("青 鸾，\n大模型发布了") == sketch("青鸾大模型发布了。")
    assert sketch("").likeness(sketch("")) == 0
    assert sketch("").containment(sketch("甲")) == 0
