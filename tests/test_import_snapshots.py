"""Snapshots: the same again changes nothing, a newer one changes statements, a broken one harms nothing."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from etl.importing.rows import ImportingError
from tests.importing import (
    OLD,
    ROWS,
    XUAN,
    YUNFAN,
    YUNFAN_2,
    epoch_csv,
    files,
    imported,
    run,
    said,
    statements,
    written,
)

MANY = [{**XUAN, "Model": f"Xuan {n}", "Parameters": f"{n + 1}000000.00"} for n in range(30)]


def test_the_same_snapshot_again_leaves_every_byte(tmp_path: Path) -> None:
    assert imported(tmp_path).changed
    before = files(tmp_path / "base")
    report = imported(tmp_path)
    assert not report.changed
    assert report.statements["same"] == len(statements(tmp_path / "base"))
    assert files(tmp_path / "base") == before


def test_a_newer_snapshot_changes_what_it_says_anew_and_keeps_ids(tmp_path: Path) -> None:
    imported(tmp_path)
    base = tmp_path / "base"
    old = {s.key: s.id for s in statements(base)}
    newer = [
        {**YUNFAN, "Parameters": "14000000000.00", "Hardware quantity": ""},
        YUNFAN_2,
        XUAN,
        {**XUAN, "Model": "Xuan 2", "Parameters": "9000000000.00"},
    ]
    report = imported(tmp_path, epoch_csv(newer))
    assert report.rows == {"new": 1, "gone": 0, "changed": 1}
    assert report.statements == {"added": 3, "changed": 1, "removed": 1, "same": len(old) - 2}
    (parameters,) = [s for s in said(base, "Yunfan 2.1 (13B)", "parameters") if s.method.startswith("import:")]
    assert (parameters.low, parameters.id) == (1.4e10, old[parameters.key])


def test_renamed_columns_and_another_order_change_no_statement(tmp_path: Path) -> None:
    imported(tmp_path, epoch_csv(names=OLD))
    before = (tmp_path / "base" / "statements" / "epoch.jsonl").read_bytes()
    report = imported(tmp_path, epoch_csv(ROWS[::-1]))
    assert report.statements["same"] == len(statements(tmp_path / "base"))
    assert (tmp_path / "base" / "statements" / "epoch.jsonl").read_bytes() == before
    assert report.changed  # the source has another hash


def test_a_later_namesake_leaves_the_ids_of_the_first(tmp_path: Path) -> None:
    imported(tmp_path)
    before = {s.id: s.subject_id for s in statements(tmp_path / "base")}
    namesake = {**XUAN, "Organization": "Another", "Publication date": "2024-01", "Parameters": "5"}
    imported(tmp_path, epoch_csv([namesake, *ROWS]))
    after = {s.id: s.subject_id for s in statements(tmp_path / "base")}
    assert {i: after.get(i) for i in before} == before
    assert len(set(after.values()) - set(before.values())) == 1


def test_the_counts_are_those_of_diff(tmp_path: Path) -> None:
    imported(tmp_path)
    assert run("build", "--seeds", tmp_path / "base", "--db", tmp_path / "old.db").exit_code == 0
    rows = [{**YUNFAN, "Parameters": "14000000000.00"}, YUNFAN_2, {**XUAN, "Publication date": "2021-03"}]
    report = imported(tmp_path, epoch_csv(rows))
    assert run("build", "--seeds", tmp_path / "base", "--db", tmp_path / "new.db").exit_code == 0
    told = run("diff", tmp_path / "old.db", tmp_path / "new.db").stderr
    counts = report.statements
    assert f"{counts['added']} added, {counts['removed']} removed, {counts['changed']} changed" in told
    assert counts["changed"] == 2


def test_the_day_of_a_snapshot_is_given_or_the_latest_in_the_data(tmp_path: Path) -> None:
    def source() -> dict[str, object]:
        found: dict[str, object] = json.loads((tmp_path / "base" / "sources.jsonl").read_text(encoding="utf-8"))
        return found

    imported(tmp_path)
    assert (source()["published"], source()["published_basis"]) == ("2023-05-04", "printed")
    assert (source()["type"], source()["license"]) == ("data_set", "CC BY 4.0")
    assert "Epoch AI" in str(source()["note"])
    imported(tmp_path, date="2024-11-02")
    assert (source()["published"], source()["published_basis"]) == ("2024-11-02", "context")
    with pytest.raises(ImportingError, match="'yesterday' is no date"):
        imported(tmp_path, date="yesterday")


def test_a_snapshot_that_lost_many_rows_is_refused_unless_allowed(tmp_path: Path) -> None:
    imported(tmp_path, epoch_csv(MANY))
    before = files(tmp_path / "base")
    with pytest.raises(ImportingError, match="7 of the 30 rows in the base are not in this file"):
        imported(tmp_path, epoch_csv(MANY[7:]))
    assert files(tmp_path / "base") == before
    assert imported(tmp_path, epoch_csv(MANY[7:]), allow_shrink=True).rows["gone"] == 7
    assert imported(tmp_path, epoch_csv(MANY[9:])).rows["gone"] == 2


def test_a_file_cut_anywhere_is_refused_or_gives_whole_rows_and_never_harms_the_base(tmp_path: Path) -> None:
    data = epoch_csv([*MANY, *ROWS])
    imported(tmp_path / "good", data)
    good = files(tmp_path / "good" / "base")
    whole = {s.id: s for s in statements(tmp_path / "good" / "base")}
    dice = random.Random(6)
    read = 0
    for number, cut in enumerate(dice.sample(range(1, len(data)), 60)):
        try:
            imported(tmp_path / "good", data[:cut])
        except ImportingError:
            pass
        else:
            imported(tmp_path / "good", data)
        assert files(tmp_path / "good" / "base") == good
        fresh = tmp_path / str(number)
        try:
            imported(fresh, data[:cut])
        except ImportingError:
            assert not (fresh / "base").exists()
            continue
        read += 1
        for statement in statements(fresh / "base"):
            assert statement.printed == whole[statement.id].printed
    assert read < 30


def test_a_base_that_was_moved_aside_by_a_killed_import_is_put_back(tmp_path: Path) -> None:
    imported(tmp_path)
    before = files(tmp_path / "base")
    (tmp_path / "base").rename(tmp_path / ".base.old")
    (tmp_path / ".base.part" / "statements").mkdir(parents=True)
    with pytest.raises(ImportingError):
        imported(tmp_path, b"")
    assert files(tmp_path / "base") == before
    assert not (tmp_path / ".base.part").exists()


def test_without_an_exchange_of_folders_the_swap_is_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "another system")
    imported(tmp_path)
    assert imported(tmp_path, epoch_csv([*ROWS, *MANY])).rows["new"] == 30
    assert sorted(p.name for p in tmp_path.iterdir()) == [".base.lock", "base", "epoch.csv"]


def test_two_imports_at_once_are_refused(tmp_path: Path) -> None:
    code = (
        "import fcntl, sys; handle = open(sys.argv[1], 'w'); fcntl.flock(handle, fcntl.LOCK_EX); "
        "print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / ".base.lock")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ImportingError, match="another import into"):
            imported(tmp_path)
        other.communicate("")


def test_the_reviewed_seeds_take_no_import(tmp_path: Path) -> None:
    from etl.importing.run import import_snapshot
    from etl.seeds import default_seeds

    with pytest.raises(ImportingError, match="imports live in a base of their own"):
        import_snapshot("epoch", written(tmp_path / "epoch.csv"), default_seeds())
    (tmp_path / "mine" / "sources").mkdir(parents=True)
    with pytest.raises(ImportingError, match="imports live in a base of their own"):
        import_snapshot("epoch", written(tmp_path / "epoch.csv"), tmp_path / "mine")


def test_a_base_with_a_broken_line_is_told_and_left(tmp_path: Path) -> None:
    imported(tmp_path)
    path = tmp_path / "base" / "statements" / "epoch.jsonl"
    path.write_text('{"id": "x"\n', encoding="utf-8")
    with pytest.raises(ImportingError, match=r"epoch\.jsonl:1: the line is no record"):
        imported(tmp_path)
    assert path.read_text(encoding="utf-8") == '{"id": "x"\n'


def test_the_command_tells_rows_statements_and_columns(tmp_path: Path) -> None:
    path = written(tmp_path / "epoch.csv")
    first = run("import", "epoch", path, "--seeds", tmp_path / "base")
    assert first.exit_code == 0
    assert first.stdout == ""
    assert "columns read: Model, Publication date" in first.stderr
    assert "columns ignored: Abstract" in first.stderr
    assert "rows: 3 new, 0 gone, 0 changed, 3 in all" in first.stderr
    second = run("import", "epoch", path, "--seeds", tmp_path / "base")
    assert second.exit_code == 0
    assert "nothing changed: 3 rows" in second.stderr
    path.write_bytes(b"Model,Organization\n")
    third = run("import", "epoch", path, "--seeds", tmp_path / "base")
    assert third.exit_code == 1
    assert "nothing was written" in third.stderr
    assert run("import", "epoch", path).exit_code == 2
