"""Documents that mean harm: each gives a clear message or a right result, and none costs another document its reading."""

import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from etl.document_text import DocumentError
from etl.documents import read_document
from etl.inbox import Inbox, Intake
from etl.reader.read import rows
from etl.scale.guarded import is_harmless, read_guarded
from etl.seeds import default_seeds
from schema.dates import scan_dates
from schema.quantity import QuantityGrammar
from schema.reading_limits import Limits
from schema.units import load_units
from tests.hostile import packed_word, paragraph, portable_file, shown, word_file
from tests.proposing import lexicon

ROOT = Path(__file__).resolve().parent.parent
GOOD = "青鸾大模型的参数为7亿。"
# Ten to the power of ten sentences, where entities are expanded.
ENTITIES = (
    f'<!DOCTYPE %s [<!ENTITY e0 "{GOOD}">' + "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(10)) + "]>"
)
_SPAN = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>%s</w:tc></w:tr></w:tbl>'
REFUSED = {
    "line.txt": (b"a" * 64_000_001, "64000001 bytes; split it"),
    "half-line.txt": (b"a" * 32_000_001, "32000001 bytes; split it"),
    "nul.txt": (GOOD.encode() + b"\0", "it has NUL bytes; give a .txt"),
    "bytes.txt": (b"\xff\xfa\x81" * 900, "byte 0 (0xff) is not UTF-8"),
    "mixed.txt": (GOOD.encode() + GOOD.encode("gb18030") + "龘".encode("utf-16"), "convert the file to UTF-8"),
    "deep.html": (b"<html><body>" + b"<div>" * 200_000 + GOOD.encode(), "no article found"),
    "entities.docx": (word_file(paragraph("&e10;"), ENTITIES % "w:document"), "a broken .docx file"),
    "inflated.docx": (word_file(paragraph(" " * 256_000_000)), "bytes unpacked; split it"),
    "deep.docx": (word_file("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000), "a broken .docx file"),
    "span.docx": (word_file(_SPAN % paragraph("7")), "not read: took more than"),
    "slow.docx": (word_file(paragraph("7") * 100_000), "not read: took more than"),
    "inflated.pdf": (portable_file([zlib.compress(b"(a) Tj " * 12_000_000, 1)]), "a broken PDF (Limit reached"),
    "twice.pdf": (
        portable_file([zlib.compress(zlib.compress(b" " * 200_000_000))], "/FlateDecode/FlateDecode"),
        "a broken PDF (Limit reached",
    ),
    "pages.pdf": (portable_file([shown("GPT")] * 2001), "2001 pages; split it"),
    "loop.pdf": (portable_file([shown("a")]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]"), "a broken PDF (Detected cyclic"),
}  # fmt: skip
READ = {
    "entities.html": f"{ENTITIES % 'html'}<html><body><article><p>{GOOD}&e10;</p></article></body></html>".encode(),
    "tables.html": f"<html><body><p>{GOOD}</p>{'<table><tr><td>' * 5000}x{'</td></tr></table>' * 5000}</body></html>".encode(),
    "external.docx": word_file(
        paragraph(f"{GOOD}&x;"), '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    ),
    "count.pdf": portable_file([shown("GPT-3 has 175B parameters")], count=10**9),
    "digits.txt": f"云帆的参数为{'1' * 1_000_000}亿。{GOOD}".encode(),
    "numerals.txt": f"云帆的参数为{'一百' * 400_000}亿。{GOOD}".encode(),
    "tables.md": f"{'<table><tr><td>' * 5000}x{'</td></tr></table>' * 5000}\n\n{GOOD}".encode(),
    "late-nul.txt": ("前言。\n" * 5000 + f"云帆的参\0数为7\0亿。{GOOD}").encode(),
    "new\nline.txt": GOOD.encode(),
    "\x1b[2Jsteers.txt": GOOD.encode(),
    os.fsdecode(b"\xff\xfe.txt"): GOOD.encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write them all into one folder, with links that lead in circles and nowhere."""
    place = tmp_path_factory.mktemp("hostile") / "in"
    (place / "loop").mkdir(parents=True)
    for name, data in (READ | {name: data for name, (data, _) in REFUSED.items()}).items():
        (place / name).write_bytes(data)
    (place / "loop" / "up").symlink_to(place)
    (place / "loop" / "self.txt").symlink_to("self.txt")
    (place / "endless.txt").symlink_to("/dev/zero")
    return place


def command(*words: object) -> subprocess.CompletedProcess[str]:
    """Run the command itself."""
    return subprocess.run(
        [sys.executable, "-c", "from cli.app import main; main()", *map(str, words)],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def extracted(folder: Path) -> subprocess.CompletedProcess[str]:
    """Extract the folder with tight limits, once."""
    return command("extract", folder, "-o", folder.parent / "out.jsonl", "--timeout", 2, "--memory", 200)


@pytest.mark.parametrize("name", REFUSED)
def test_a_bomb_is_refused_with_its_name_what_is_wrong_and_the_cure(
    name: str, extracted: subprocess.CompletedProcess[str]
) -> None:
    (line,) = (line for line in extracted.stderr.splitlines() if f"/in/{name}: " in line)
    assert REFUSED[name][1] in line


def test_no_bad_file_stops_the_batch_and_links_are_not_followed_in_circles(
    folder: Path, extracted: subprocess.CompletedProcess[str]
) -> None:
    assert extracted.returncode == 1
    assert "Traceback" not in extracted.stderr
    assert f"{len(REFUSED) + 1} documents not read" in extracted.stderr
    assert "self.txt: a link that leads nowhere; mend or remove it" in extracted.stderr
    found = [json.loads(line) for line in (folder.parent / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    read = {Path(row["document"]).name for row in found}
    assert read == {name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace") for name in READ}
    amounts = [row for row in found if row["property_id"] == "parameters" and "GPT" not in row["subject_name"]]
    assert {(row["quote"], row["low"]) for row in amounts} == {("7亿", 7e8)}


def test_a_name_cannot_steer_the_terminal_nor_forge_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[2J\nall.txt: read.txt"
    path.write_bytes(b"\xff\xfa\x81" * 9)
    said = command("extract", path).stderr
    assert "\x1b" not in said
    assert said.splitlines()[0].endswith("convert the file to UTF-8")
    assert "a\\x1b[2J\\nall.txt: read.txt" in said


def test_check_refuses_what_extract_refuses_and_stdin_is_no_way_around(base: Path, folder: Path) -> None:
    for name in ("inflated.pdf", "entities.docx", "line.txt"):
        done = command("check", folder / name, "--db", base)
        assert (done.returncode, done.stdout) == (1, "")
        assert REFUSED[name][1] in done.stderr
        assert "Traceback" not in done.stderr


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    """Return what fills an empty inbox."""
    return Intake(Inbox(tmp_path / "inbox"))


def test_the_inbox_keeps_why_a_bomb_was_not_read_and_takes_the_next(intake: Intake, folder: Path) -> None:
    for name in ("inflated.pdf", "entities.docx", "nul.txt", "line.txt"):
        item = intake.add_file(folder / name)
        assert item.state == "failed"
        assert REFUSED[name][1] in str(item.message)
    for name in ("new\nline.txt", os.fsdecode(b"\xff\xfe.txt")):
        assert intake.add_file(folder / name).message in (None, f"in the inbox since {item.added_at[:10]}")
    assert len(intake.inbox.items()) == 5


def test_a_name_that_makes_no_file_name_is_taken_all_the_same(intake: Intake, tmp_path: Path) -> None:
    path = tmp_path / f"a.{'very' * 60}"
    path.write_text(GOOD, encoding="utf-8")
    assert intake.add_file(path).state == "queued"


@pytest.mark.parametrize(
    ("data", "limits", "told"),
    [
        (word_file(_SPAN % paragraph("7")), Limits(timeout=20, memory=100), "took more than 100 MB; split it"),
        (word_file(paragraph("7") * 100_000), Limits(timeout=1, memory=900), "took more than 1 s; split it"),
    ],
)
def test_one_document_is_read_by_a_process_that_can_be_killed(data: bytes, limits: Limits, told: str) -> None:
    with pytest.raises(DocumentError, match=told):
        read_guarded(data, "a.docx", limits)


def test_only_short_plain_texts_are_read_without_a_guard() -> None:
    assert is_harmless(GOOD.encode(), "a.txt")
    assert is_harmless(b"no zip", "a.docx")  # refused before anything is unpacked
    assert not is_harmless(b"a" * 1_000_001, "a.txt")
    assert not any(is_harmless(data, name) for name, data in READ.items() if name.endswith((".html", ".docx", ".pdf")))


def test_what_a_page_runs_or_hides_is_no_text_of_it() -> None:
    hidden = "白泽大模型的参数为9亿。"
    page = (
        f'<html><head><script>var a="{hidden}"</script><style>p:after{{content:"{hidden}"}}</style></head><body><article>'
        f'<p>青鸾大模型的参数为&#55;亿。<img src=x onerror="{hidden}"></p><!-- {hidden} --></article></body></html>'
    )
    document = read_document(page.encode(), name="a.html")
    assert GOOD in document.text
    assert "白泽" not in document.text


def test_what_stands_in_the_file_of_another_is_not_read() -> None:
    assert "root:" not in read_document(READ["external.docx"], name="a.docx").text


@pytest.mark.parametrize(
    "text", ["1\u200b75亿", "5\u00ad3亿", "3\u200d5亿", "1\ufeff2亿", "1\u20602亿", "7亿\u200b5千万", "1.\u200b5亿", "1\u202e75亿"]
)  # fmt: skip
def test_a_figure_that_something_unseen_parts_is_not_read_by_half(text: str) -> None:
    grammar = QuantityGrammar(load_units(default_seeds() / "units.yaml"))
    assert list(grammar.scan(f"青鸾的参数为{text}。")) == []


@pytest.mark.parametrize("text", ["\u202e57亿\u202c", "\u200b57亿", "，\u200b57亿"])
def test_what_is_unseen_beside_a_figure_does_it_no_harm(text: str) -> None:
    grammar = QuantityGrammar(load_units(default_seeds() / "units.yaml"))
    assert [match.quantity.low for match in grammar.scan(text)] == [57e8]


def test_a_date_that_something_unseen_parts_is_not_read_by_half() -> None:
    assert [match.value.date for match in scan_dates("2023年1\u200b2月")] == ["2023"]
    assert [match.value.date for match in scan_dates("20\u200b23年")] == []


def test_a_packed_file_that_lies_about_its_size_is_refused() -> None:
    packed = io.BytesIO(word_file(paragraph("7" * 100_000)))
    with zipfile.ZipFile(packed) as archive:
        size = archive.getinfo("word/document.xml").file_size
    data = packed.getvalue().replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(DocumentError, match=r"a broken \.docx file"):
        read_document(data, name="a.docx")


# What the fuzzer found: tests/fuzz.py


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (portable_file([shown("a")], "/0"), "a.pdf", "a broken PDF (Unsupported filter"),
        (b"%PDF-1.4\nstartxref\n99999999999999999999999\n%%EOF", "a.pdf", "a broken PDF"),
        (packed_word(b"<a/>"), "a.docx", "a broken .docx file"),
    ],
)
def test_what_a_library_fails_at_is_a_broken_file(data: bytes, name: str, told: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(data, name=name)
    assert told in str(caught.value)


def test_a_range_of_days_without_a_month_stops_no_reading() -> None:
    document = read_document("会议为期3-5日。青鸾大模型的参数为7亿。".encode(), name="a.txt")
    assert "7亿" in {row["quote"] for row in rows(document, lexicon())}
