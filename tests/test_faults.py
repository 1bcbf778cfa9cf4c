"""Whatever happens to a command that writes, what stood last stands, and the message says what to do."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.locking import locked
from etl.build import build
from tests.faults import JOBS, Job, kill_command, run, wait
from tests.importing import epoch_csv
from tests.invented import Seeds

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", JOBS)
def test_a_kill_leaves_what_stood_and_the_same_command_ends_well(name: str, tmp_path: Path) -> None:
    outcome = kill_command(name, 2, tmp_path)
    assert sum(outcome) == 2


# A small disk of its own


@contextlib.contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """Mount a disk in memory; skip where that is not allowed."""
    place.mkdir()
    if (
        shutil.which("mount") is None
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(place)], capture_output=True
        ).returncode
    ):
        pytest.skip("no disk can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture(scope="module", params=JOBS)
def job(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    """Run a command once on a small disk: that is what stands."""
    place = tmp_path_factory.mktemp("faults") / "disk"
    with small_disk(place):
        made: Job = JOBS[request.param](place)
        assert said(made.turn(0), place.parent)[0] == 0
        yield made


def said(words: list[str], folder: Path) -> tuple[int, str]:
    """Run a command; return how it ended and what it said."""
    log = folder / "said.log"
    with log.open("wb") as stream:
        code = wait(run(words, stream.fileno()))
    return code, log.read_text(encoding="utf-8")


def disk_of(job: Job) -> Path:
    """Return the disk that a command writes to."""
    return next(place for place in job.lock.parents if place.name == "disk")


def test_a_full_disk_is_told_and_what_stood_stands(job: Job, tmp_path: Path) -> None:
    words = job.turn(1)
    before = job.whole()
    filler = disk_of(job) / "filler"
    with filler.open("wb", buffering=0) as stream, contextlib.suppress(OSError):
        while stream.write(b"\0" * 4096):
            continue
    code, told = said(words, tmp_path)
    filler.unlink()
    assert code == 1, told
    assert "Traceback" not in told
    assert re.search(r"no space left|disk is full|disk I/O error", told, re.IGNORECASE), told
    assert job.steps or job.whole() == before
    assert said(words, tmp_path)[0] == 0


def test_a_read_only_folder_is_told_and_what_stood_stands(job: Job, tmp_path: Path) -> None:
    words = job.turn(2)
    before = job.whole()
    disk = str(disk_of(job))
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    code, told = said(words, tmp_path)
    subprocess.run(["mount", "-o", "remount,rw", disk], check=True)
    assert code == 1, told
    assert "Traceback" not in told
    assert re.search(r"read-only|cannot be written", told, re.IGNORECASE), told
    assert job.whole() == before


def test_a_second_one_at_once_is_refused(job: Job, tmp_path: Path) -> None:
    words = job.turn(3)
    with locked(job.lock, AssertionError("nobody else runs")):
        code, told = said(words, tmp_path)
    assert code == 1, told
    assert "Traceback" not in told
    assert "another" in told
    assert "wait for it to end" in told
    assert said(words, tmp_path)[0] == 0


# The order of writes

_EVENT = re.compile(
    r"(?:\[pid +\d+\] |\d+ +)?(write|pwrite64|fsync|rename|renameat|renameat2)\((.*?)(?:\) += \d+| <unfinished \.\.\.>)$"
)
_OPEN = re.compile(r"\d+<([^>]*)>")
_NAMES = re.compile(r'"([^"]*)"')


def events(words: list[str], within: Path) -> list[tuple[str, list[str]]]:
    """Trace a command; return what it wrote, brought to the disk and renamed within a folder, in order."""
    log = within.parent / "trace"
    traced = [
        "strace",
        "-f",
        "-y",
        "-s",
        "4096",
        "-e",
        "trace=write,pwrite64,fsync,rename,renameat,renameat2",
        "-o",
        str(log),
    ]
    code = "from cli.app import main; main()"
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "GIT_AUTHOR_NAME": "李四",
        "GIT_AUTHOR_EMAIL": "l@example.com",
    }
    done = subprocess.run(
        [*traced, sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True
    )
    if done.returncode and "ptrace" in done.stderr.lower():
        pytest.skip("tracing is not allowed here")
    assert done.returncode == 0, done.stderr
    found = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if event := _EVENT.match(line):
            names = _NAMES.findall(event[2]) if event[1].startswith("rename") else _OPEN.findall(event[2])[:1]
            if names and all(name.startswith(str(within)) for name in names):
                found.append((event[1], names))
    return found


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("name", JOBS)
def test_what_is_renamed_is_on_the_disk_before_and_its_name_after(name: str, tmp_path: Path) -> None:
    place = tmp_path / "in"
    place.mkdir()
    job = JOBS[name](place)
    seen = events(job.turn(0), place)
    renames = [number for number, (what, _) in enumerate(seen) if what.startswith("rename")]
    assert renames
    for number in renames:
        source, target = seen[number][1]
        written = {names[0] for what, names in seen[:number] if "write" in what and names[0].startswith(source)}
        for path in written or {source}:
            last = max(
                (i for i, (what, names) in enumerate(seen[:number]) if "write" in what and names == [path]), default=0
            )
            assert ("fsync", [path]) in seen[last:number], f"{path} is renamed before it is on the disk"
        if source in {str(Path(path).parent) for path in written}:
            assert ("fsync", [source]) in seen[:number]
        assert ("fsync", [str(Path(target).parent)]) in seen[number:], f"the name {target} is not on the disk"


# Damage


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and no more", b"no base at all"])
def test_a_damaged_base_is_told_and_built_anew(damage: bytes, tmp_path: Path) -> None:
    db = tmp_path / "base.db"
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    first = build(seeds.write(), db)
    db.write_bytes(damage)
    code, told = said(["model", "baize", "--db", str(db)], tmp_path)
    assert code == 1
    assert str(db) in told or "the database cannot be read" in told
    assert "damoxing build" in told
    assert said(["build", "--seeds", str(seeds.folder), "--db", str(db)], tmp_path)[0] == 0
    assert build(seeds.folder, db).content_hash == first.content_hash


@pytest.mark.parametrize(
    ("place", "damage", "told"),
    [
        ("statements/a.yaml", b'source_id: "a"\nstatem', "a.yaml"),
        ("sources/a.yaml", b"\xff\xfe\0", "not UTF-8; save the file as UTF-8"),
        ("sources/a.yaml", b"", "the file is empty; fill or remove it"),
        ("releases/1.0.0.jsonl", b'{"version": "1.0', "no release file"),
        ("releases/1.0.0.jsonl", b"", "no release file"),
        ("releases/last.jsonl", b"{}", "last.jsonl: no release file"),
        ("entities.jsonl", b'{"id": "x", ', "the line is not JSON"),
        ("entities.jsonl", b'{"id": "\xff"}', "the line is not JSON"),
        ("statements/b.jsonl", b'{"id": "\xff"}', "the line is not JSON"),
    ],
)
def test_a_damaged_seed_or_release_is_told_and_the_base_stands(
    place: str, damage: bytes, told: str, tmp_path: Path
) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    db = tmp_path / "base.db"
    build(seeds.write(), db)
    before = db.read_bytes()
    path = seeds.folder / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(damage)
    code, message = said(["build", "--seeds", str(seeds.folder), "--db", str(db)], tmp_path)
    assert code == 1
    assert told in message
    assert "Traceback" not in message
    assert db.read_bytes() == before


def test_a_damaged_import_is_told_and_stays_for_its_owner_to_restore(tmp_path: Path) -> None:
    base, path = tmp_path / "base", tmp_path / "epoch.csv"
    path.write_bytes(epoch_csv())
    words = ["import", "epoch", str(path), "--seeds", str(base)]
    assert said(words, tmp_path)[0] == 0
    lines = base / "statements" / "epoch.jsonl"
    lines.write_bytes(lines.read_bytes()[:-100])
    code, told = said(words, tmp_path)
    assert code == 1
    assert re.search(r"epoch\.jsonl:\d+: the line is no record .* restore the file", told)


def test_a_clock_that_was_set_back_does_no_harm(tmp_path: Path) -> None:
    """Seeds from the future, and a base younger than what replaces it."""
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    db = tmp_path / "base.db"
    first = build(seeds.write(), db)
    for path in [db, *seeds.folder.rglob("*.yaml")]:
        os.utime(path, (4e9, 4e9))
    seeds.parameters("b", "baize", 8e9, 8e9)
    assert build(seeds.write(), db).content_hash != first.content_hash
