"""Builds: the same content from the same inputs, one at a time, whole or not at all."""

import fcntl
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from etl.build import build
from etl.problems import BuildError
from etl.seeds import default_seeds, statement_files
from etl.simulate import simulate
from tests.invented import Seeds

ROOT = Path(__file__).resolve().parent.parent
BUILD = "import sys; from pathlib import Path; from etl.build import build; print(build(Path(sys.argv[1]), Path(sys.argv[2])).content_hash)"


@pytest.fixture(scope="module")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return simulated seeds of 3,000 statements: large enough to be killed in the middle."""
    folder = tmp_path_factory.mktemp("simulated") / "seeds"
    simulate(3_000, folder, seed=7)
    return folder


def _environment(**changed: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **changed}


def _hash_in_another_process(seeds: Path, db: Path, hash_seed: str) -> str:
    run = [sys.executable, "-c", BUILD, str(seeds), str(db)]
    done = subprocess.run(
        run, env=_environment(PYTHONHASHSEED=hash_seed), cwd=db.parent, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _rows(db: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(db)
    tables = [
        row[0]
        for row in connection.execute(
            "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
        )
    ]
    tables = [name for name in tables if "_fts" not in name and not name.startswith("sqlite_")]
    return {name: sorted(connection.execute(f'select * from "{name}"').fetchall(), key=repr) for name in tables}


def test_the_same_seeds_give_the_same_content_and_the_same_rows(tmp_path: Path) -> None:
    one, other = build(None, tmp_path / "one.db"), build(None, tmp_path / "other.db")
    assert one.content_hash == other.content_hash
    assert _rows(one.path) == _rows(other.path)


def test_another_folder_and_another_hash_seed_give_the_same_content(tmp_path: Path) -> None:
    copy = tmp_path / "somewhere" / "else"
    shutil.copytree(default_seeds(), copy)
    hashes = {_hash_in_another_process(copy, tmp_path / f"{seed}.db", seed) for seed in ("0", "31337")}
    assert hashes == {build(None, tmp_path / "here.db").content_hash}
    assert _rows(tmp_path / "0.db") == _rows(tmp_path / "31337.db")


def test_the_order_in_which_files_are_read_does_not_matter(tmp_path: Path, simulated: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(simulated, folder)
    lines = [
        line for path in statement_files(folder) for line in path.read_text(encoding="utf-8").splitlines(keepends=True)
    ]
    shutil.rmtree(folder / "statements")
    random.Random(5).shuffle(lines)
    (folder / "statements" / "deep").mkdir(parents=True)
    for part in range(4):
        path = folder / "statements" / ("deep" if part % 2 else "") / f"{9 - part}.jsonl"
        path.write_text("".join(lines[part::4]), encoding="utf-8")
    for name in ("entities.jsonl", "sources.jsonl"):
        shuffled = (folder / name).read_text(encoding="utf-8").splitlines(keepends=True)
        random.Random(6).shuffle(shuffled)
        (folder / name).write_text("".join(shuffled), encoding="utf-8")
    one, other = build(simulated, tmp_path / "one.db"), build(folder, tmp_path / "other.db")
    assert one.content_hash == other.content_hash
    rows, others = _rows(one.path), _rows(other.path)
    numbered = {"conflicts", "parties", "quality_issues"}
    for name in ("statements", "metrics", "relations", *numbered):
        first = 1 if name in numbered else 0
        assert sorted(repr(row[first:]) for row in rows[name]) == sorted(repr(row[first:]) for row in others[name])


@pytest.mark.parametrize("change", ["a figure", "an alias", "a span"])
def test_another_input_gives_another_hash(tmp_path: Path, change: str) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    before = build(seeds.write(), tmp_path / "base.db").content_hash
    if change == "a figure":
        seeds.statements["a"][0] |= {"low": 8e9, "high": 8e9}
    elif change == "an alias":
        seeds.entity("baize", "model", name_zh="白泽", aliases=[{"alias": "白澤"}])
    else:
        seeds.statements["a"][0]["evidence"][1] |= {"start_char": 21, "end_char": 23}
    assert build(seeds.write(), tmp_path / "base.db").content_hash != before


def test_the_base_tells_its_hash_and_version(tmp_path: Path) -> None:
    report = build(None, tmp_path / "base.db")
    info = dict(sqlite3.connect(report.path).execute("select id, content from base_info"))
    assert info["content_hash"] == report.content_hash
    assert info["schema_version"].isdigit()


def test_a_second_build_of_the_same_base_is_refused_while_one_runs(tmp_path: Path) -> None:
    db = tmp_path / "base.db"
    with (tmp_path / ".base.db.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match=r"another build of .* is under way"):
            build(None, db)
    assert not db.exists()
    build(None, db)
    build(None, tmp_path / "beside.db")


def test_a_running_build_is_not_swept_by_another_base_in_the_folder(tmp_path: Path) -> None:
    beside = tmp_path / ".base.db.1.part"
    beside.write_bytes(b"left by a killed build")
    other = tmp_path / ".other.db.1.part"
    other.write_bytes(b"of another base")
    build(None, tmp_path / "base.db")
    assert (beside.exists(), other.exists()) == (False, True)


def test_an_old_base_is_read_on_while_a_new_one_is_swapped_in(tmp_path: Path) -> None:
    db = tmp_path / "base.db"
    build(None, db)
    reader = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    before = reader.execute("select count(*) from statements").fetchone()
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    build(seeds.write(), db)
    assert reader.execute("select count(*) from statements").fetchone() == before
    assert sqlite3.connect(db).execute("select count(*) from statements").fetchone() == (1,)


def test_a_base_as_of_a_date_knows_only_what_was_published_by_then(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.source("early", published="2023-05-20")
    seeds.source("late", published="2024-02", derived_from="early")
    seeds.source("later", published="2025")
    whole = seeds.parameters("early", "baize", 7e9, 7e9)
    late = seeds.parameters("late", "baize", 13e9, 13e9, part_of=whole)
    seeds.parameters("early", "qingluan", 1e9, 1e9, supersedes=late)
    seeds.parameters("later", "baize", 70e9, 70e9)
    decided = {"reason": "r", "decided_by": "e", "decided_at": "2025-01-01"}
    seeds.list("overrides", {"statement_id": late, "rank": "preferred", **decided})
    found = {}
    for as_of in ("2022", "2023-05-19", "2023-05-20", "2023-05", "2023", "2024-01-31", "2024-02", "2024", "2025-12-31"):
        connection = seeds.build(tmp_path / "base.db", as_of=as_of)
        found[as_of] = [row[0] for row in connection.execute("select source_id from statements order by source_id")]
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        assert dict(connection.execute("select id, content from base_info").fetchall())["as_of"] == as_of
    early, both = ["early", "early"], ["early", "early", "late"]
    assert found["2022"] == found["2023-05-19"] == []
    assert found["2023-05-20"] == found["2023-05"] == found["2023"] == found["2024-01-31"] == early
    assert found["2024-02"] == found["2024"] == both
    assert found["2025-12-31"] == [*both, "later"]


def test_a_simulated_base_as_of_a_date_is_a_part_of_the_whole(tmp_path: Path, simulated: Path) -> None:
    whole = build(simulated, tmp_path / "whole.db")
    part = build(simulated, tmp_path / "part.db", as_of="2022-06-30")
    assert 0 < part.statements < whole.statements
    connection = sqlite3.connect(tmp_path / "part.db")
    assert connection.execute("select max(published) from sources").fetchone()[0] <= "2022-06-30"


@pytest.mark.parametrize("as_of", ["yesterday", "2023-13", "2023-5-1", ""])
def test_what_is_no_date_is_refused(tmp_path: Path, as_of: str) -> None:
    with pytest.raises(BuildError, match="is no date to build as of"):
        build(None, tmp_path / "base.db", as_of=as_of)


def test_an_article_that_changed_is_told(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.text_source("guanyun-2023")
    seeds.parameters("guanyun-2023", "baize", 7e9, 65e9)
    folder = seeds.write()
    build(folder, tmp_path / "base.db", articles=tmp_path)
    assert sqlite3.connect(tmp_path / "base.db").execute("select count(*) from statements").fetchone() == (1,)


@pytest.mark.parametrize(
    ("guard", "told"),
    [
        ({"table_name": "models", "at_least": 100}, "models has 6 rows, fewer than 100; is something lost?"),
        ({"table_name": "statements", "at_most": 0}, "statements has 1 rows, more than 0; raise the guard"),
    ],
)
def test_a_volume_guard_stops_a_build_and_the_old_base_stands(
    tmp_path: Path, guard: dict[str, object], told: str
) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.parameters("a", "baize", 7e9, 7e9)
    seeds.build(tmp_path / "base.db")
    before = (tmp_path / "base.db").read_bytes()
    seeds.list("guards", guard)
    (seeds.folder / "guards.yaml").rename(seeds.folder / "checks.yaml")
    with pytest.raises(BuildError, match=told.replace("?", r"\?")):
        seeds.build(tmp_path / "base.db")
    assert (tmp_path / "base.db").read_bytes() == before
    seeds.build(tmp_path / "base.db", as_of="2022")


def test_every_reference_of_the_base_leads_somewhere_and_the_file_is_sound(base: Path) -> None:
    connection = sqlite3.connect(base)
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_a_simulation_is_the_same_for_the_same_seed_and_another_for_another(tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(500, tmp_path / name, seed=seed)
    texts = {
        name: "".join(path.read_text(encoding="utf-8") for path in sorted((tmp_path / name).rglob("*.jsonl")))
        for name in "abc"
    }
    assert texts["a"] == texts["b"] != texts["c"]
    with pytest.raises(FileExistsError, match="is not empty"):
        simulate(500, tmp_path / "a")


def test_a_simulated_base_has_the_mix_of_the_real_one(simulated: Path, package_base: Path, tmp_path: Path) -> None:
    build(simulated, tmp_path / "base.db")
    for column in ("value_type", "comparator", "assertion", "value_status"):
        sql = f"select {column}, count(*) * 1.0 / (select count(*) from statements) from statements group by 1 having count(*) > 20"
        real = dict(sqlite3.connect(package_base).execute(sql).fetchall())
        ours = dict(sqlite3.connect(tmp_path / "base.db").execute(sql).fetchall())
        assert {name: share for name, share in real.items() if abs(share - ours.get(name, 0)) > 0.05} == {}
    connection = sqlite3.connect(tmp_path / "base.db")
    assert connection.execute("select count(*) from conflicts").fetchone()[0] > 5
    shared = "select count(*) from (select 1 from statements group by subject_id having count(distinct source_id) > 1)"
    assert connection.execute(shared).fetchone()[0] > 50
