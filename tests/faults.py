"""Kill the commands that write, at random moments: `python -m tests.faults [KILLS]`; what stood last stands, and the same command ends well."""

import argparse
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from cli.app import main
from etl.build import build
from etl.release import read_releases
from etl.seeds import Reader, read_vocabulary
from etl.simulate import simulate
from tests.bench_reader import invented_texts
from tests.importing import XUAN, epoch_csv
from tests.invented import Seeds

KILLS = 100
_STATEMENTS = 300


class Outcome(NamedTuple):
    """How many commands were killed on their way, and how many had ended by then."""

    killed: int
    ended: int


class Job(NamedTuple):
    """A command to kill.

    `turn` makes ready its next run and gives its words, `whole` tells what stands and raises where it is not whole,
    `left` lists what is half made, `lock` is what another run of it would hold. After `cycle` turns the same must stand again; a command of `steps` may be killed
    between two of them.
    """

    turn: Callable[[int], list[str]]
    whole: Callable[[], str]
    left: Callable[[], list[str]]
    lock: Path
    cycle: int = 2
    steps: bool = False


def run(words: list[str], quiet: int) -> int:
    """Run a command in a process of its own that has everything imported; return its number."""
    sys.stdout.flush()
    sys.stderr.flush()
    number = os.fork()
    if number:
        return number
    try:
        os.environ |= {"GIT_AUTHOR_NAME": "李四", "GIT_AUTHOR_EMAIL": "li@example.com"}
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        # What runs the tests may hold the streams; these are those of a command.
        sys.stdout, sys.stderr = (os.fdopen(n, "w", 1, "utf-8", "backslashreplace", closefd=False) for n in (1, 2))
        sys.argv = ["damoxing", *words]
        main()
    except SystemExit as end:
        os._exit(end.code if isinstance(end.code, int) else 1)
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
        os._exit(70)
    os._exit(0)


def kill(job: Job, kills: int, rng: random.Random, log: Path) -> Outcome:
    """Kill a job's command so often; raise AssertionError where a kill left anything but what stood, or what was meant."""
    with log.open("wb+") as quiet:
        longest = _finished(job.turn(0), quiet.fileno(), log)
        killed, ends = 0, {0: job.whole()}
        for turn in range(1, kills + 1):
            words = job.turn(turn)
            number = run(words, quiet.fileno())
            time.sleep(rng.uniform(0.0, 1.05) * longest)
            _end(number)
            killed += wait(number) == -signal.SIGKILL
            during = job.whole()
            taken = _finished(words, quiet.fileno(), log)
            longest = 0.5 * longest + 0.5 * taken
            before, after = ends[turn - 1], job.whole()
            assert job.steps or during in (before, after), (
                f"{words}: the kill left neither what stood nor what was meant"
            )
            assert after == ends.get(turn - job.cycle, after), f"{words}: the second run left something else"
            ends[turn] = after
            assert not job.left(), f"{words}: left {job.left()}"
    return Outcome(killed, kills - killed)


def _end(number: int) -> None:
    try:
        os.kill(number, signal.SIGKILL)
    except ProcessLookupError:
        return


def _finished(words: list[str], quiet: int, log: Path) -> float:
    start = time.monotonic()
    code = wait(run(words, quiet))
    assert code == 0, f"{words} ended with {code}: {log.read_text('utf-8', 'replace')[-2000:]}"
    return time.monotonic() - start


def wait(number: int) -> int:
    """Wait for a process, and return how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def _asides(folder: Path) -> Callable[[], list[str]]:
    """Return what lists the half-made things in a folder."""

    def left() -> list[str]:
        return sorted(str(path) for path in folder.rglob("*") if path.name.endswith((".part", ".old")))

    return left


# The five commands


def building(folder: Path) -> Job:
    """Build a base by turns from one of two seeds."""
    for number in range(2):
        simulate(_STATEMENTS, folder / f"seeds{number}", seed=number)
    db = folder / "out" / "base.db"

    def turn(number: int) -> list[str]:
        return ["build", "--seeds", str(folder / f"seeds{number % 2}"), "--db", str(db)]

    def whole() -> str:
        with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
            assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
            found: dict[str, str] = dict(connection.execute("select id, content from base_info"))
            return found["content_hash"]

    return Job(turn, whole, _asides(db.parent), db.with_name(".base.db.lock"))


def extracting(folder: Path) -> Job:
    """Read texts into parts, by turns under one of two dates."""
    texts, out = folder / "in", folder / "out"
    texts.mkdir()
    for number, text in enumerate(invented_texts(12)):
        (texts / f"{number:02d}.txt").write_text(text, encoding="utf-8")

    def turn(number: int) -> list[str]:
        return ["extract", str(texts), "-o", f"{out}/", "--part-size", "3", "--date", f"202{4 + number % 2}"]

    def whole() -> str:
        told = json.loads((out / "run.json").read_text())
        parts: list[str] = []
        for done in sorted((out / "done").glob("*.json")):
            said = json.loads(done.read_text())
            path = out / f"{said['part']}.jsonl"
            lines = path.read_text(encoding="utf-8").splitlines()
            assert path.stat().st_size == said["bytes"], path
            assert len(list(map(json.loads, lines))) == said["statements"], path
            parts.append(path.name)
        return f"{told['ended']} {parts}"

    return Job(turn, whole, _asides(out), out / ".lock", steps=True)


def importing(folder: Path) -> Job:
    """Import one of two snapshots by turns into a base of its own."""
    base = folder / "base"
    for number in range(2):
        rows = [{**XUAN, "Model": f"Xuan {n}", "Parameters": f"{n + 1 + number}000000.00"} for n in range(400)]
        (folder / f"epoch{number}.csv").write_bytes(epoch_csv(rows))

    def turn(number: int) -> list[str]:
        return ["import", "epoch", str(folder / f"epoch{number % 2}.csv"), "--seeds", str(base)]

    def whole() -> str:
        reader = Reader(base)
        found = read_vocabulary(reader)
        assert not reader.problems, reader.problems[:3]
        lines = (base / "statements" / "epoch.jsonl").read_text(encoding="utf-8").splitlines()
        values = [(one["key"], one.get("low")) for one in map(json.loads, lines)]
        return f"{len(found.entities)} {sorted(values, key=str)}"

    return Job(turn, whole, _asides(folder), folder / ".base.lock")


def releasing(folder: Path) -> Job:
    """Release seeds that say something else at each turn."""
    seeds = Seeds(folder / "seeds")
    for number in range(200):
        seeds.parameters(f"s{number}", "baize", 7e9, 7e9)
    seeds.write()

    def turn(number: int) -> list[str]:
        seeds.source("s0", title=f"turn {number}")
        return ["release", f"1.0.{number}", "--seeds", str(seeds.folder), "--date", "2024-05-31"]

    def whole() -> str:
        found = read_releases(seeds.folder)
        assert all(len(release.statements) == 200 for release in found)
        return found[-1].version

    return Job(turn, whole, _asides(seeds.folder), seeds.folder, cycle=KILLS * KILLS)


def reviewing(folder: Path) -> Job:
    """Accept what is sure of an article's proposals, each time into new seeds."""
    from tests.test_review import Place

    place = Place(folder)

    def turn(number: int) -> list[str]:
        shutil.rmtree(place.seeds, ignore_errors=True)
        place.seeds.mkdir()
        return ["review", str(place.proposals), "--seeds", str(place.seeds), "--accept-above", "0.5"]

    def whole() -> str:
        build(place.seeds, folder / "check.db")
        review = place.review()
        said = {statement["id"] for statement in review.statements()}
        decided = {one.statement_id for one in review.ledger.kept.decisions}
        # A statement may stand whose decision was not noted any more, never the other way round.
        assert decided <= said
        values = [(one["property_id"], one["subject_id"], one.get("low")) for one in review.statements()]
        return f"{len(review.open_items())} open {sorted(values, key=str)}"

    return Job(turn, whole, _asides(place.seeds), place.seeds, cycle=1, steps=True)


JOBS: dict[str, Callable[[Path], Job]] = {
    "build": building,
    "extract": extracting,
    "import": importing,
    "release": releasing,
    "review": reviewing,
}


def kill_command(name: str, kills: int, folder: Path, seed: int = 23) -> Outcome:
    """Kill one of the five commands so often, in a folder; return what came of it."""
    place = folder / name
    place.mkdir(parents=True)
    return kill(JOBS[name](place), kills, random.Random(f"{seed} {name}"), folder / f"{name}.log")


def kill_all() -> None:
    """Kill, and print a line for each command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", nargs="?", type=int, default=KILLS, help="of each command; 100")
    parser.add_argument("--only", action="append", choices=JOBS, metavar="COMMAND", help="one of them; may be repeated")
    parser.add_argument("--seed", type=int, default=23)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in given.only or JOBS:
            outcome = kill_command(name, given.kills, Path(folder), given.seed)
            print(
                f"{name:8} killed on its way {outcome.killed}, ended before {outcome.ended}; whole each time",
                flush=True,
            )


if __name__ == "__main__":
    kill_all()
