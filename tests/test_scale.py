"""`extract` at scale: parts, restarts, failures, limits, Parquet in and out, with the command itself."""

import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from cli.extracting import is_folder
from cli.progress import Progress, told_time
from etl.extract import extract
from etl.scale.items import count_items, items
from etl.scale.part_files import parquet_fields
from etl.scale.rule_version import hashed_files, rule_version
from tests.bench_reader import invented_texts
from tests.terminal import Terminal

COMMAND = [sys.executable, "-c", "from cli.app import main; main()", "extract"]
TEXTS = 60


def run(*words: object, code: int = 0, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parent.parent)}
    done = subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, cwd=cwd, env=environment, timeout=300
    )
    assert done.returncode == code, done.stderr
    return done


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a folder of texts, some in folders of their own; its listing order is not the order they are made in."""
    folder = tmp_path_factory.mktemp("scale") / "in"
    for number, text in enumerate(invented_texts(TEXTS)):
        path = folder / f"{number * 7 % 3}" / f"{number * 37 % TEXTS:03d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(texts: Path) -> str:
    """Read the texts by one process into one file."""
    out = texts.parent / "whole.jsonl"
    run(texts, "-o", out)
    return out.read_text(encoding="utf-8")


def parts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("part-*.jsonl"))}


def together(folder: Path) -> str:
    return "".join(parts(folder).values())


def failures(folder: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (folder / "failures.jsonl").read_text(encoding="utf-8").splitlines()]


# --- parts


def test_two_processes_write_the_parts_that_one_writes_and_both_what_one_file_holds(
    texts: Path, whole: str, tmp_path: Path
) -> None:
    said = run(texts, "-o", tmp_path / "one", "--part-size", 16).stderr
    run(texts, "-o", tmp_path / "two", "--part-size", 16, "--jobs", 2)
    assert "in 4 parts" in said
    assert parts(tmp_path / "one") == parts(tmp_path / "two")
    assert [name[:11] for name in parts(tmp_path / "one")] == [f"part-{number:06d}" for number in range(4)]
    assert together(tmp_path / "one") == whole
    assert failures(tmp_path / "one") == []
    run(texts, "-o", tmp_path / "two.jsonl", "--jobs", 0)
    assert (tmp_path / "two.jsonl").read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    ("out", "paths", "wanted"),
    [
        ("there", ["a.txt"], True),
        ("new/", ["a.txt"], True),
        ("new", ["there"], True),
        ("new", ["a.parquet"], True),
        ("new", ["a.txt"], False),
        ("new.jsonl", ["there"], False),
        ("file", ["there"], False),
    ],
)
def test_out_is_a_folder_where_it_is_one_or_many_documents_go_to_a_name_without_suffix(
    out: str, paths: list[str], wanted: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("there").mkdir()
    Path("file").touch()
    assert is_folder(out, paths) is wanted


def test_a_folder_of_parts_within_the_folder_that_is_read_is_not_read(texts: Path, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    shutil.copytree(texts / "0", folder)
    for _ in range(2):
        said = run(".", "-o", "out/", cwd=folder).stderr
        assert f"from {len(list(folder.glob('*.txt')))} documents" in said
    shutil.rmtree(folder / "out")
    run(".", "-o", "out.jsonl", cwd=folder)
    assert "out.jsonl" not in (folder / "out.jsonl").read_text(encoding="utf-8")


def test_a_folder_that_holds_something_else_is_refused(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert "holds 'notes.txt'" in run(texts, "-o", tmp_path, code=1).stderr
    out = tmp_path / "out"
    run(texts / "0", "-o", out)
    before = parts(out)
    assert "name a new folder" in run(texts / "1", "-o", out, code=1).stderr
    assert parts(out) == before
    assert "does not come in parts" in run(texts, "-o", out, "--format", "table", code=2).stderr
    assert "no format of extract" in run(texts, "-o", out, "--format", "csv", code=2).stderr


@pytest.mark.parametrize("name", ["file/out/", "file/out.jsonl"])
def test_a_target_that_cannot_be_written_is_told(name: str, texts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = run(texts, "-o", f"{tmp_path}/{name}", code=1).stderr
    assert "cannot be written (Not a directory)" in said
    assert "Traceback" not in said


def test_documents_come_by_name_folder_by_folder_and_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    for name in ("b/x.txt", "a/z/y.txt", "a.txt", "a/b.txt", "c.txt", ".hidden"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "lost").symlink_to("nowhere")
    found = list(items([tmp_path, tmp_path / "none.txt"]))
    files = [path for path in sorted(tmp_path.rglob("*")) if path.is_file() and path.name != ".hidden"]
    assert [item.name for item in found if item.error is None] == [str(path) for path in files]
    errors = [item.error or "" for item in found if item.error]
    assert "leads nowhere" in errors[0]
    assert "none.txt: No such file" in errors[1]
    assert count_items([tmp_path, tmp_path / "none.txt"]) == len(found)


# --- restarts


def started(*words: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*COMMAND, *map(str, words)], stderr=subprocess.DEVNULL)


def wait_for(what: Any, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.01)


def workers_of(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    if not path.exists():
        pytest.skip("this system does not list a process's children")
    pids = [int(child) for child in path.read_text().split()]
    return [child for child in pids if "etl.scale.worker" in Path(f"/proc/{child}/cmdline").read_text()]


def begun(pid: int) -> int:
    """Return when a process began, in ticks."""
    return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[19])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except OSError:
        return False


def test_a_run_killed_in_its_midst_goes_on_where_it_stopped(texts: Path, whole: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = (texts, "-o", out, "--part-size", 4, "--jobs", 2)
    first = started(*words)
    wait_for(lambda: len(list(out.glob("done/*.json"))) >= 3)
    workers = workers_of(first.pid)
    assert workers
    first.kill()
    first.wait()
    wait_for(lambda: not any(map(is_alive, workers)), 20)
    told = json.loads((out / "run.json").read_text())
    assert told["ended"] is False
    done = {path.name: path.stat().st_ino for path in out.glob("part-*.jsonl")}
    sure = {path.name.removesuffix(".json") for path in out.glob("done/*.json")}
    assert 3 <= len(sure) < TEXTS / 4
    said = run(*words).stderr
    assert f"in {TEXTS // 4} parts, {len(sure)} of them done before" in said
    assert together(out) == whole
    assert all((out / name).stat().st_ino == done[name] for name in sure)
    assert not list(out.rglob("*.part"))
    assert json.loads((out / "run.json").read_text())["ended"] is True


def test_workers_killed_in_mid_run_cost_no_statement(texts: Path, whole: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    process = started(texts, "-o", out, "--part-size", 4, "--jobs", 2)
    killed: set[int] = set()
    for count in (1, 4):
        wait_for(lambda count=count: len(list(out.glob("done/*.json"))) >= count)
        # The oldest that is left: one begun since may try a text again, which is rightly lost the second time.
        oldest = min(workers_of(process.pid), key=begun)
        os.kill(oldest, signal.SIGKILL)
        killed.add(oldest)
    assert process.wait() == 0
    assert len(killed) >= 2
    assert together(out) == whole
    assert failures(out) == []


def test_a_part_that_is_not_whole_is_made_anew(texts: Path, whole: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(texts, "-o", out, "--part-size", 16)
    names = list(parts(out))
    # As after a power cut: cut short, not told to be done, and only begun.
    (out / names[0]).write_text(parts(out)[names[0]][:1000], encoding="utf-8")
    (out / "done" / f"{names[1]}.json").unlink()
    (out / names[2]).rename(out / f"{names[2]}.part")
    said = run(texts, "-o", out, "--part-size", 16).stderr
    assert "in 4 parts, 1 of them done before" in said
    assert together(out) == whole
    assert not list(out.rglob("*.part"))


def test_a_changed_document_makes_its_part_anew_and_a_part_without_documents_goes(texts: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(texts, folder)
    run(folder, "-o", out, "--part-size", 16)
    before = parts(out)
    last = sorted(folder.rglob("*.txt"))[-1]
    last.write_text("云帆科技估值30亿元。", encoding="utf-8")
    assert "3 of them done before" in run(folder, "-o", out, "--part-size", 16).stderr
    after = parts(out)
    assert [name in before for name in after] == [True, True, True, False]
    assert '"high": 3000000000.0' in list(after.values())[-1]
    for path in sorted(folder.rglob("*.txt"))[32:]:
        path.unlink()
    run(folder, "-o", out, "--part-size", 16)
    assert list(parts(out)) == list(before)[:2]
    assert len(list((out / "done").iterdir())) == 2


def test_another_rule_version_makes_every_part_anew(texts: Path, tmp_path: Path) -> None:
    seeds, out = tmp_path / "seeds", tmp_path / "out"
    seeds.mkdir()
    gazetteer = seeds / "gazetteer.yaml"
    gazetteer.write_text('names:\n  - name: "甲乙"\n    kind: "organization"\n', encoding="utf-8")
    words = (texts, "-o", out, "--part-size", 16, "--seeds", seeds)
    run(*words)
    before = parts(out)
    assert "4 of them done before" in run(*words).stderr
    old = json.loads((out / "run.json").read_text())["rule_version"]
    gazetteer.write_text('names:\n  - name: "业内"\n    kind: "organization"\n', encoding="utf-8")
    assert "done before" not in run(*words).stderr
    assert json.loads((out / "run.json").read_text())["rule_version"] != old
    assert not set(before) & set(parts(out))
    assert len(parts(out)) == 4


def test_the_rule_version_hashes_every_module_that_reads() -> None:
    code = (
        "import sys, etl.extract, etl.reader.read, etl.document_html, etl.document_pdf, etl.document_docx, "
        "etl.document_decoding; print(*(m.__file__ for m in list(sys.modules.values()) if getattr(m, '__file__', None)))"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    rooms = tuple(str(root / room) + os.sep for room in ("etl", "schema", "db"))
    loaded = {Path(name) for name in done.stdout.split() if name.startswith(rooms)}
    assert len(loaded) > 50
    assert loaded - {root / "db" / "__init__.py"} <= set(hashed_files())
    assert len(rule_version()) == 64


# --- failures and limits


@pytest.fixture(scope="module")
def hostile(texts: Path) -> Path:
    """Write texts among which one is long and one is broken."""
    folder = texts.parent / "hostile"
    folder.mkdir()
    for path in sorted((texts / "0").glob("*.txt"))[:6]:
        shutil.copy(path, folder)
    (folder / "010-long.txt").write_text("甲" + "微软投资" * 50_000, encoding="utf-8")
    (folder / "011-broken.pdf").write_bytes(b"%PDF-1.4 broken")
    return folder


def read_documents(folder: Path) -> list[str]:
    return list(dict.fromkeys(Path(json.loads(line)["document"]).name for line in together(folder).splitlines()))


@pytest.mark.parametrize(
    ("limit", "reason", "jobs"),
    [(("--timeout", 1), "timeout", 2), (("--memory", 16), "memory", 1), (("--memory", 16), "memory", 2)],
)
def test_a_document_beyond_a_limit_is_named_and_the_others_are_read(
    hostile: Path, tmp_path: Path, limit: tuple[object, ...], reason: str, jobs: int
) -> None:
    out = tmp_path / "out"
    said = run(hostile, "-o", out, *limit, "--jobs", jobs, code=1).stderr
    assert [(Path(one["document"]).name, one["reason"]) for one in failures(out)] == [
        ("010-long.txt", reason),
        ("011-broken.pdf", "unreadable"),
    ]
    assert f"2 documents not read, named in {out / 'failures.jsonl'}" in said
    assert "took more than" in said
    assert read_documents(out) == sorted(path.name for path in hostile.glob("*.txt") if "long" not in path.name)


def test_failures_stay_named_until_they_are_tried_again(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = (hostile, "-o", out, "--part-size", 4)
    run(*words, "--timeout", 1, code=1)
    assert len(failures(out)) == 2
    said = run(*words, "--memory", 0, code=1).stderr
    assert "2 of them done before" in said
    assert len(failures(out)) == 2
    said = run(*words, "--retry-failed", "--memory", 16, code=1).stderr
    assert "in 2 parts, 1 of them done before" in said
    assert [one["reason"] for one in failures(out)] == ["memory", "unreadable"]


def test_limits_hold_for_one_file_too(hostile: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    said = run(hostile, "-o", out, "--timeout", 1, code=1).stderr
    assert "010-long.txt: not read: took more than 1 s" in said
    assert "2 documents not read" in said
    assert len(out.read_text(encoding="utf-8").splitlines()) > 20


def test_seeds_that_cannot_be_read_end_the_run_with_their_reason(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text("units: [", encoding="utf-8")
    said = run(texts, "-o", tmp_path / "out", "--seeds", tmp_path, code=1).stderr
    assert "a reading process cannot begin" in said
    assert "Traceback" not in said


# --- Parquet


def parquet(path: Path, **columns: Any) -> Path:
    arrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    files.write_table(arrow.table(columns), path, row_group_size=2)
    return path


def test_rows_of_parquet_are_documents_with_their_ids_and_dates(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "in.parquet",
        text=["去年12月，云帆科技发布Yunfan-9。", "云帆科技营收20亿元。", None, "云帆科技营收30亿元。", "营收"],
        id=["https://example.org/a.pdf", None, "c", "d", "e"],
        date=[datetime.date(2025, 2, 1), None, None, None, None],
    )
    out = tmp_path / "out"
    assert "4 documents" in run(path, "-o", out, "--jobs", 2, code=1).stderr
    rows = [json.loads(line) for line in together(out).splitlines()]
    assert {row["document"] for row in rows} == {"https://example.org/a.pdf", f"{path}#1", "d"}
    assert "2024-12" in {row.get("date") for row in rows}
    assert failures(out) == [
        {"document": "c", "reason": "unreadable", "message": "c: no text in it; give a column of texts"}
    ]


def test_columns_are_named_and_a_title_is_read_as_the_first_line(tmp_path: Path) -> None:
    path = parquet(
        tmp_path / "in.parquet",
        body=["参数规模达到70亿。"],
        headline=["云帆科技发布Yunfan-9"],
        day=["2025-03-01 08:00"],
    )
    said = run(path, code=1).stderr
    assert "no column of texts; name one with --columns text=COLUMN; it has body, headline, day" in said
    done = run(path, "--columns", "text=body,title=headline,date=day")
    (row,) = (row for row in map(json.loads, done.stdout.splitlines()) if row["kind"] == "quantity")
    text = "云帆科技发布Yunfan-9\n\n参数规模达到70亿。"
    assert text[row["start_char"] : row["end_char"]] == row["quote"] == "70亿"
    assert row["subject_name"] == "Yunfan-9"
    assert "'autor=x' names no column" in run(path, "--columns", "autor=x", code=2).stderr
    assert "no column 'x' for id" in run(path, "--columns", "text=body,id=x", code=1).stderr
    assert "date 'gestern'" in run(
        parquet(tmp_path / "b.parquet", text=["a"], date=["gestern"]), code=1
    ).stderr  # fmt: skip


def test_a_broken_parquet_file_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    good = parquet(folder / "b.parquet", text=["云帆科技营收20亿元。"] * 3)
    (folder / "a.parquet").write_bytes(good.read_bytes()[:-20])
    out = tmp_path / "out"
    run(folder, "-o", out, code=1)
    assert [Path(one["document"]).name for one in failures(out)] == ["a.parquet"]
    assert read_documents(out) == ["b.parquet#0", "b.parquet#1", "b.parquet#2"]


def test_parquet_parts_hold_what_the_lines_hold(texts: Path, whole: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from pyarrow import parquet as files

    out = tmp_path / "out"
    run(texts, "-o", out, "--format", "parquet", "--part-size", 16, "--jobs", 2)
    rows = [row for path in sorted(out.glob("part-*.parquet")) for row in files.read_table(path).to_pylist()]
    assert [plain(row) for row in rows] == [plain(json.loads(line)) for line in whole.splitlines()]
    run(texts, "-o", tmp_path / "one.parquet")
    assert files.read_table(tmp_path / "one.parquet").to_pylist() == rows
    assert "is not printed" in run(texts, "--format", "parquet", code=2).stderr


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: json.loads(value) if isinstance(value, str) and value.startswith("[") else value
        for name, value in row.items()
        if value is not None
    }


def test_every_field_that_the_reader_gives_has_a_column(dev_texts: Path) -> None:
    given = {name for one in extract([dev_texts]) for line in one.lines.splitlines() for name in json.loads(line)}
    assert given <= parquet_fields().keys()


# --- progress


def test_progress_tells_rate_and_time_left() -> None:
    progress = Progress(5_000)
    progress.done, progress.read = 1_200, 1_000
    assert progress.line(100) == "1,200 of 5,000 documents, 10.0/s, 6:20 left"
    assert [told_time(seconds) for seconds in (5, 750, 11_045)] == ["0:05", "12:30", "3:04:05"]


def test_progress_is_shown_on_a_terminal_only(texts: Path, tmp_path: Path) -> None:
    terminal = Terminal(["extract", str(texts), "-o", str(tmp_path / "out")])
    terminal.expect(f" of {TEXTS} documents, ")
    terminal.expect("statements read from")
    assert terminal.end() == 0
    assert "documents, " not in run(texts / "0", "-o", tmp_path / "other").stderr
