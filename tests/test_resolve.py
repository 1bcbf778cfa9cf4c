"""Entities of several bases are resolved by rule and by a person; judgements are kept, signed and undoable."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.app import app
from etl.build import build
from etl.problems import SeedError
from etl.resolving.judgements import RULE, Judgements, read_matches
from etl.resolving.resolve import resolve
from tests.invented import Seeds
from tests.terminal import Terminal


def ours(folder: Path) -> Path:
    seeds = Seeds(folder)
    seeds.entity("yunfan", "model", name_zh="云帆2", name_en="Yunfan 2")
    seeds.entity("yunfan-app", "product", name_zh="云帆助手")
    seeds.say("one", "yunfan", "developer", object_id="lanshi")
    seeds.parameters("one", "yunfan", 7e10, 7e10)
    return seeds.write()


ROWS: list[dict[str, Any]] = [
    {"name": "Yunfan-2", "maker": "Lanshi", "low": 1.3e11},
    {"name": "Yunfan-2-72B", "maker": "Lanshi", "low": 7.2e10},
    {"name": "Chihu", "maker": "Qinghe University", "low": 1e9},
    {"name": "Orion", "maker": "", "low": 5e9},
]


def theirs(folder: Path) -> Path:
    """Write a base as an import leaves it: JSON Lines, evidence by row and column."""
    (folder / "statements").mkdir(parents=True)
    source = {
        "id": "their-data",
        "title": "Their data",
        "type": "data_set",
        "published": "2025-01-01",
        "language": "en",
    }
    entities: list[dict[str, Any]] = [
        {"id": "their.org.lanshi", "kind": "organization", "name_en": "Lanshi", "aliases": [{"alias": "岚石"}]},
        {"id": "their.org.qinghe", "kind": "organization", "name_en": "Qinghe University"},
    ]
    makers = {"Lanshi": "their.org.lanshi", "Qinghe University": "their.org.qinghe"}
    statements = []
    for number, row in enumerate(ROWS):
        entity_id = f"their.{row['name'].lower()}"
        entities.append({"id": entity_id, "kind": "model", "name_en": row["name"]})
        place = {"row_label": row["name"], "table_label": "models"}
        subject = {"role": "subject", "column_label": "Model", "quote": row["name"], **place}
        figure = {"low": row["low"], "high": row["low"], "unit": "parameter"}
        statements.append(statement(f"t{number}a", entity_id, row["name"], "parameters", place, subject, **figure))
        if row["maker"]:
            maker = {"object_id": makers[row["maker"]]}
            statements.append(statement(f"t{number}b", entity_id, row["name"], "developer", place, subject, **maker))
    lines(folder / "sources.jsonl", [source])
    lines(folder / "entities.jsonl", entities)
    lines(folder / "statements" / "their-data.jsonl", statements)
    return folder


def statement(
    statement_id: str, subject_id: str, name: str, property_id: str, place: Any, subject: Any, **value: Any
) -> Any:
    cell = {"role": "value", "column_label": property_id, **place}
    given = {
        "id": statement_id,
        "source_id": "their-data",
        "subject_id": subject_id,
        "subject_as_read": name,
        "property_id": property_id,
    }
    return {**given, "method": "import:their@1", **value, "evidence": [cell, subject]}


def lines(path: Path, records: list[Any]) -> None:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")


@pytest.fixture
def folders(tmp_path: Path) -> list[Path]:
    return [ours(tmp_path / "ours"), theirs(tmp_path / "theirs")]


def joined(folder: Path) -> dict[str, str]:
    return {record.left_id: record.right_id for record in read_matches(folder / "matches.jsonl") if record.same}


def test_what_is_unambiguous_is_joined_by_rule_with_reasons(folders: list[Path]) -> None:
    resolve(folders)
    assert joined(folders[1]) == {"their.org.lanshi": "lanshi", "their.yunfan-2": "yunfan"}
    records = read_matches(folders[1] / "matches.jsonl")
    assert {record.decided_by for record in records} == {RULE}
    assert all(record.reason and record.decided_at for record in records)


def test_a_version_and_a_namesake_stay_apart(folders: list[Path]) -> None:
    found = resolve(folders)
    shown = {record.left_id for record in found.open_ones} | set(joined(folders[1]))
    assert "their.yunfan-2-72b" not in shown
    assert "their.chihu" not in joined(folders[1])


def test_a_second_resolution_changes_nothing(folders: list[Path]) -> None:
    resolve(folders)
    before = (folders[1] / "matches.jsonl").read_bytes()
    resolve(folders)
    assert (folders[1] / "matches.jsonl").read_bytes() == before


def open_base(folders: list[Path], db: Path) -> sqlite3.Connection:
    build(folders, db)
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    return connection


def test_joined_bases_tell_both_sides_and_their_conflict(folders: list[Path], tmp_path: Path) -> None:
    resolve(folders)
    connection = open_base(folders, tmp_path / "both.db")
    rows = connection.execute("select source_id, low from statements where subject_id = 'yunfan' and property_id = 'parameters' order by low").fetchall()  # fmt: skip
    assert [tuple(row) for row in rows] == [("one", 7e10), ("their-data", 1.3e11)]
    assert connection.execute("select count(*) from entities where id like 'their.yunfan-2'").fetchone()[0] == 0
    names = {row[0] for row in connection.execute("select alias from aliases where entity_id = 'lanshi'")}
    assert {"岚石科技", "Lanshi"} <= names
    conflict = connection.execute("select * from conflicts where subject_id = 'yunfan'").fetchone()
    assert {conflict["source_id"], conflict["other_source_id"]} == {"one", "their-data"}
    assert conflict["preferred_id"]


def test_each_base_still_builds_alone(folders: list[Path], tmp_path: Path) -> None:
    resolve(folders)
    for folder, entity in zip(folders, ("yunfan", "their.yunfan-2"), strict=True):
        connection = open_base([folder], tmp_path / f"{folder.name}.db")
        assert connection.execute("select count(*) from entities where id = ?", [entity]).fetchone()[0] == 1


def test_taking_a_line_out_undoes_a_judgement(folders: list[Path], tmp_path: Path) -> None:
    resolve(folders)
    path = folders[1] / "matches.jsonl"
    path.write_text("".join(line for line in path.read_text().splitlines(True) if "yunfan" not in line))
    connection = open_base(folders, tmp_path / "both.db")
    assert connection.execute("select count(*) from entities where id = 'their.yunfan-2'").fetchone()[0] == 1


def test_a_persons_word_stands_over_the_rules(folders: list[Path]) -> None:
    resolve(folders)
    judgements = Judgements(folders[1])
    judgements.judge("their.yunfan-2", "yunfan", same=False, by="E. Editor", score=97, reason="another line")
    judgements.save()
    resolve(folders)
    assert "their.yunfan-2" not in joined(folders[1])
    own = [record for record in read_matches(folders[1] / "matches.jsonl") if record.decided_by == "E. Editor"]
    assert [(record.left_id, record.same) for record in own] == [("their.yunfan-2", False)]


def test_two_judgements_that_cannot_both_be_are_told_with_their_line(folders: list[Path], tmp_path: Path) -> None:
    judgements = Judgements(folders[1])
    for other in ("yunfan", "baize"):
        judgements.judge("their.yunfan-2", other, same=True, by="E. Editor", score=90, reason="so it seems")
    judgements.save()
    with pytest.raises(SeedError, match=r"matches.jsonl:2: their.yunfan-2: judged to be .* and another"):
        build(folders, tmp_path / "both.db")


def test_a_broken_line_is_told_and_nothing_is_lost(folders: list[Path]) -> None:
    path = folders[1] / "matches.jsonl"
    path.write_text('{"left_id": "their.orion", "right_id": "chihu"\n')
    with pytest.raises(SeedError, match=r"matches.jsonl:1"):
        resolve(folders)
    assert path.read_text().startswith('{"left_id"')


def test_the_command_tells_what_it_did(folders: list[Path]) -> None:
    arguments = ["resolve", *(part for folder in folders for part in ("--seeds", str(folder))), "--format", "jsonl"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert "2 of " in result.stderr
    assert "matches.open.jsonl" in result.stderr


@pytest.fixture
def started() -> Iterator[list[Terminal]]:
    terminals: list[Terminal] = []
    yield terminals
    import os
    import signal

    for terminal in terminals:
        try:
            os.kill(terminal.pid, signal.SIGKILL)
            os.waitpid(terminal.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            continue


def test_a_person_judges_the_rest_at_a_terminal(folders: list[Path], started: list[Terminal]) -> None:
    seeds = Seeds(folders[0])
    seeds.entity("orion", "model", name_en="Orion")
    resolve(folders)
    terminal = Terminal(["review", str(folders[1] / "matches.open.jsonl"), "--seeds", str(folders[0])])
    started.append(terminal)
    assert "their.chihu" in terminal.expect("q stop")
    terminal.send("d")
    shown = terminal.expect("q stop")
    assert "their.orion" in shown
    assert "no developer tells" in shown
    terminal.send("s")
    terminal.expect("every pair is judged")
    assert terminal.end() == 0
    kept = {record.left_id: record for record in read_matches(folders[1] / "matches.jsonl")}
    assert (kept["their.orion"].right_id, kept["their.orion"].decided_by) == ("orion", "李四")
    assert read_matches(folders[1] / "matches.open.jsonl") == []


def test_the_last_judgement_can_be_taken_back(folders: list[Path], started: list[Terminal]) -> None:
    Seeds(folders[0]).entity("orion", "model", name_en="Orion")
    resolve(folders)
    terminal = Terminal(["review", str(folders[1] / "matches.open.jsonl"), "--seeds", str(folders[0])])
    started.append(terminal)
    terminal.expect("q stop")
    terminal.send("d")
    terminal.expect("q stop")
    terminal.send("u")
    assert "taken back: their.chihu and chihu" in terminal.expect("q stop")
    terminal.send("q")
    assert terminal.end() == 0
    assert {record.decided_by for record in read_matches(folders[1] / "matches.jsonl")} == {RULE}
    assert len(read_matches(folders[1] / "matches.open.jsonl")) == 2
