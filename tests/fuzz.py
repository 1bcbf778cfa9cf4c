"""Fuzz the grammars and parsers with atheris: `make fuzz`; what fails is kept with its traceback, and the run ends with 1."""

import argparse
import contextlib
import csv
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# A short input that takes longer than this, in CPU seconds, is a finding; one that takes longer still is broken off.
SLOW, HANGS = 2.0, 30
LONGEST = 4096
MEMORY = 4000
_TELL = 5.0  # seconds between two notes of the counts

Attempt = Callable[[bytes], None]


def _words(data: bytes) -> str:
    """Return the text of bytes."""
    return data.decode("utf-8", "replace")


def _hold_spans(text: str, spans: list[tuple[int, int]]) -> None:
    for start, end in spans:
        assert 0 <= start < end <= len(text), f"a span {start}..{end} of {len(text)} characters"


def quantities() -> Attempt:
    """Scan and parse quantities, and print what was read in both languages."""
    from etl.seeds import default_seeds
    from schema.quantity import QuantityError, QuantityGrammar
    from schema.quantity_print import describe, format_quantity
    from schema.units import load_units

    grammar = QuantityGrammar(load_units(default_seeds() / "units.yaml"))

    def attempt(data: bytes) -> None:
        text = _words(data)
        found = [*grammar.scan(text), *grammar.scan(text, bare=True)]
        _hold_spans(text, [(one.start, one.end) for one in found])
        printed = [one.quantity for one in found]
        with contextlib.suppress(QuantityError):
            printed.append(grammar.parse(text))
        for quantity in printed:
            for language in ("en", "zh"):
                describe(quantity, language)
                format_quantity(quantity, language)
            assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high, quantity

    return attempt


def dates() -> Attempt:
    """Scan and parse dates, with and without the document's own."""
    from schema.dates import DateError, parse_date, scan_dates

    def attempt(data: bytes) -> None:
        text = _words(data)
        for day in (None, "2024-02-29"):
            _hold_spans(text, [(one.start, one.end) for one in scan_dates(text, day)])
            with contextlib.suppress(DateError):
                parse_date(text, document_date=day)

    return attempt


def tables() -> Attempt:
    """Find the tables of a text: piped, of HTML, by tabs and blanks, and flattened."""
    from etl.tables import find_tables

    def attempt(data: bytes) -> None:
        text = _words(data)
        for table in find_tables(text):
            _hold_spans(text, [(table.start, table.end)])

    return attempt


def _documents(name: str) -> Attempt:
    from etl.documents import DocumentError, read_document

    def attempt(data: bytes) -> None:
        try:
            document = read_document(data, name=name)
        except DocumentError:
            return
        _hold_spans(document.text, list(document.body))
        document.text.encode("utf-8")

    return attempt


def texts() -> Attempt:
    """Decode a text and take its furniture, title, date and publisher off."""
    return _documents("a.txt")


def pages() -> Attempt:
    """Read a web page."""
    return _documents("a.html")


def word_files() -> Attempt:
    """Read a .docx file whose document is what the fuzzer says."""
    from tests.hostile import packed_word

    read = _documents("a.docx")
    return lambda data: read(packed_word(data))


def portable_files() -> Attempt:
    """Read a PDF."""
    return _documents("a.pdf")


def seeds() -> Attempt:
    """Read strict YAML; what is read is printed and read back the same."""
    from etl.strict_yaml import YamlError, dump, load

    def attempt(data: bytes) -> None:
        try:
            read = load(_words(data))
        except YamlError:
            return
        if isinstance(read, dict | list) and read:
            assert load(dump(read)) == read

    return attempt


def sheets() -> Attempt:
    """Read decisions from a spreadsheet, and write its cells so that they read back."""
    from etl.reviewing.sheet import SheetError, guarded, read, unguarded

    path = Path(tempfile.mkdtemp()) / "sheet.csv"

    def attempt(data: bytes) -> None:
        path.write_bytes(data)
        try:
            rows = read(path)
        except SheetError:
            return
        for row in rows:
            for cell in row.values():
                assert unguarded(guarded(cell)) == cell

    return attempt


def imports() -> Attempt:
    """Read a snapshot of each family: a CSV file, a Markdown list, a folder of TOML cards."""
    from etl.importing.notes import NotesReader
    from etl.importing.rows import ImportingError
    from etl.importing.run import READERS
    from etl.seeds import default_seeds
    from schema.quantity import QuantityGrammar
    from schema.units import load_units

    grammar, notes = QuantityGrammar(load_units(default_seeds() / "units.yaml")), NotesReader()
    folder = Path(tempfile.mkdtemp())
    card = folder / "models" / "lab" / "card.toml"
    card.parent.mkdir(parents=True)
    places = {"epoch": folder / "a.csv", "awesome-cn": folder / "README.md", "models-dev": folder / "models"}
    files = places | {"models-dev": card}

    def attempt(data: bytes) -> None:
        family = ("epoch", "awesome-cn", "models-dev")[data[0] % 3] if data else "epoch"
        files[family].write_bytes(data[1:])
        with contextlib.suppress(ImportingError):
            READERS[family](places[family], grammar, notes)

    return attempt


def reader() -> Attempt:
    """Read a text into proposals; every span holds its quote."""
    from etl.documents import DocumentError, read_document
    from etl.reader.read import load_lexicon, rows

    lexicon = load_lexicon()

    def attempt(data: bytes) -> None:
        try:
            document = read_document(data, name="a.txt")
        except DocumentError:
            return
        for row in rows(document, lexicon):
            assert document.text[row["start_char"] : row["end_char"]] == row["quote"], row
            json.dumps(row, ensure_ascii=False).encode("utf-8")

    return attempt


TARGETS: dict[str, Callable[[], Attempt]] = {
    one.__name__: one
    for one in (quantities, dates, tables, texts, pages, word_files, portable_files, seeds, sheets, imports, reader)
}


# What the fuzzer starts from.


def _tokens() -> Iterator[str]:
    """Yield the words that the grammars know: the string literals of their modules, and the units."""
    for path in [*(ROOT / "schema").glob("*.py"), *(ROOT / "etl").rglob("*.py"), ROOT / "seeds" / "units.yaml"]:
        for word in re.findall(r'"([^"\\\n]{1,12})"', path.read_text(encoding="utf-8")):
            if not word.isidentifier() or not word.isascii():
                yield word


def _write_dictionary(path: Path) -> None:
    lines = sorted({"".join(f"\\x{byte:02x}" for byte in word.encode()) for word in _tokens()})
    path.write_text("".join(f'"{line}"\n' for line in lines))


def _write_starts(folder: Path, target: str) -> None:
    from tests.hostile import starts

    folder.mkdir(parents=True, exist_ok=True)
    for data in starts(target):
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


# One target in one process


def _break_off(*_: object) -> None:
    raise TimeoutError(f"took {HANGS} s and more")


class _Watch:
    """Counts what one process tried, and keeps what failed, each way of failing once."""

    def __init__(self, folder: Path, attempt: Attempt) -> None:
        self.folder, self.attempt = folder, attempt
        self.count = 0
        self.began = self.told = time.monotonic()
        (folder / "findings").mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGVTALRM, _break_off)

    def __call__(self, data: bytes) -> None:
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
        try:
            self.attempt(data)
        except Exception as error:
            self._keep(data, error)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        taken = time.process_time() - start
        if taken > SLOW:
            self._keep(data, TimeoutError(f"{len(data)} bytes took {taken:.1f} s"))
        self.count += 1
        if time.monotonic() - self.told > _TELL:
            self.tell()

    def tell(self) -> None:
        self.told = time.monotonic()
        told = {"executions": self.count, "seconds": self.told - self.began, "cpu": time.process_time()}
        (self.folder / f"count-{os.getpid()}.json").write_text(json.dumps(told))

    def _keep(self, data: bytes, error: Exception) -> None:
        frames = [f"{one.filename}:{one.name}:{one.lineno}" for one in traceback.extract_tb(error.__traceback__)]
        name = hashlib.sha256(f"{type(error).__name__} {frames[-1:]}".encode()).hexdigest()[:12]
        path = self.folder / "findings" / name
        if not path.exists():
            path.write_bytes(data)
            path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), "utf-8", "backslashreplace")


def fuzz_one(target: str, folder: Path, seconds: float) -> None:
    """Fuzz one target in this process until its time is over; never returns."""
    import atheris

    csv.field_size_limit(10_000_000)
    with atheris.instrument_imports(include=["schema", "etl", "db.names"]):
        attempt = TARGETS[target]()
        watch = _Watch(folder, attempt)
        watch(b"")  # what is imported late is instrumented too
    words = [
        sys.argv[0], f"-max_total_time={int(seconds)}", "-timeout=86400", "-report_slow_units=86400", f"-rss_limit_mb={MEMORY}",
        f"-max_len={LONGEST}", f"-dict={folder.parent / 'words.dict'}", f"-artifact_prefix={folder}/findings/",
        "-verbosity=0", str(folder / "corpus"),
    ]  # fmt: skip
    atheris.Setup(words, watch)
    atheris.Fuzz()


# All targets, one after the other


def main() -> int:
    """Fuzz, print a line for each target, and return 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=60, help="for all targets together; 60")
    parser.add_argument("--corpus", type=Path, default=Path(tempfile.gettempdir()) / "damoxing-fuzz")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    targets = given.targets or list(TARGETS)
    if unknown := set(targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; choose among {', '.join(TARGETS)}")
    each = given.minutes * 60 / len(targets)
    if given.here:
        fuzz_one(targets[0], given.corpus / targets[0], each)
    given.corpus.mkdir(parents=True, exist_ok=True)
    _write_dictionary(given.corpus / "words.dict")
    for target in targets:
        _write_starts(given.corpus / target / "corpus", target)
        _run(target, given.corpus, each)
    return _report(targets, given.corpus)


def _run(target: str, corpus: Path, seconds: float) -> None:
    """Fuzz a target for its time; a process that dies at an input leaves it behind, and another goes on."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 1:
        words = [sys.executable, "-m", "tests.fuzz", "--here", "--corpus", str(corpus)]
        process = subprocess.run(
            [*words, "--minutes", str(left / 60), target], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        if process.returncode:
            (corpus / target / "died.txt").write_bytes(process.stderr[-20_000:])
            if not list((corpus / target).glob("count-*.json")):
                sys.exit(process.stderr.decode("utf-8", "replace")[-2000:])


def _report(targets: list[str], corpus: Path) -> int:
    all_found = 0
    print("target            executions    hours  CPU hours  corpus  findings")
    for target in targets:
        told: list[dict[str, Any]] = [json.loads(p.read_text()) for p in (corpus / target).glob("count-*.json")]
        counts = [sum(one[name] for one in told) for name in ("executions", "seconds", "cpu")]
        kept = len(list((corpus / target / "corpus").iterdir()))
        found = [path for path in (corpus / target / "findings").iterdir() if path.suffix != ".txt"]
        all_found += len(found)
        print(
            f"{target:16} {counts[0]:>11,} {counts[1] / 3600:>8.3f} {counts[2] / 3600:>10.3f} {kept:>7} {len(found):>9}"
        )
        for path in found:
            print(f"  {path}")
    return 1 if all_found else 0


if __name__ == "__main__":
    sys.exit(main())
