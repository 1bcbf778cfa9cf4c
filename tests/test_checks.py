"""Plausibility: a doubted figure keeps its printed form and loses its number, until an editor decides."""

import sqlite3
from pathlib import Path

import pytest

from tests.invented import Seeds, cell

DECIDED = {"reason": "the paper says so", "decided_by": "editor", "decided_at": "2025-01-01"}


def test_the_slip_of_article_004_is_shown_and_not_believed(base: Path) -> None:
    connection = sqlite3.connect(base)
    connection.row_factory = sqlite3.Row
    row = connection.execute("select * from models where id = 'tongyi-qianwen'").fetchone()
    assert (row["parameters"], row["parameters_text"]) == (None, "100万亿")
    assert (row["parameters_low"], row["parameters_high"]) == (1e14, 1e14)
    assert "above the plausible bound" in row["parameters_issue"]
    statement = connection.execute("select * from statements where id = ?", [row["parameters_statement_id"]]).fetchone()
    assert (statement["low"], statement["printed"], statement["rank"]) == (1e14, "100万亿", "deprecated")
    assert statement["issues"] == '["parameters_beyond_bound_2025"]'


def _implausible(tmp_path: Path, published: str = "2024") -> tuple[Seeds, str]:
    seeds = Seeds(tmp_path / "seeds")
    seeds.source("one", published=published)
    return seeds, seeds.parameters("one", "chihu", 1e14, 1e14)


def test_an_implausible_figure_loses_its_number(tmp_path: Path) -> None:
    seeds, doubted = _implausible(tmp_path)
    connection = seeds.build(tmp_path / "base.db")
    row = connection.execute("select * from models where id = 'chihu'").fetchone()
    assert (row["parameters"], row["parameters_text"], row["parameters_statement_id"]) == (None, "甲", doubted)
    issue = connection.execute("select * from quality_issues").fetchone()
    assert (issue["statement_id"], issue["check_id"], issue["severity"]) == (
        doubted,
        "parameters_beyond_bound_2025",
        "error",
    )


def test_an_override_fills_it_with_a_reason(tmp_path: Path) -> None:
    seeds, doubted = _implausible(tmp_path)
    seeds.list("overrides", {"statement_id": doubted, "rank": "preferred", "sort_value": 1e11, **DECIDED})
    connection = seeds.build(tmp_path / "base.db")
    row = connection.execute("select * from models where id = 'chihu'").fetchone()
    assert (row["parameters"], row["parameters_low"]) == (1e11, 1e14)
    statement = connection.execute("select * from statements").fetchone()
    assert (statement["rank"], statement["rank_reason"]) == ("preferred", "an editor's decision: the paper says so")
    assert row["parameters_issue"], "the doubt stays to be seen"


def test_a_sound_rival_takes_the_place_of_a_doubted_figure(tmp_path: Path) -> None:
    seeds, doubted = _implausible(tmp_path)
    seeds.source("hearsay", tier=4, published="2020")
    sound = seeds.parameters("hearsay", "chihu", 1e11, 1e11)
    connection = seeds.build(tmp_path / "base.db")
    row = connection.execute("select * from models where id = 'chihu'").fetchone()
    assert (row["parameters"], row["parameters_statement_id"], row["parameters_issue"]) == (1e11, sound, None)
    assert connection.execute("select rank from statements where id = ?", [doubted]).fetchone()[0] == "deprecated"


def test_a_dated_bound_speaks_for_its_years_only(tmp_path: Path) -> None:
    seeds, _ = _implausible(tmp_path, published="2031-02")
    assert seeds.build(tmp_path / "base.db").execute("select count(*) from quality_issues").fetchone()[0] == 0


@pytest.mark.parametrize(("share", "doubted"), [(0.0, False), (0.5, False), (1.0, False), (1.2, True), (-0.1, True)])
def test_a_share_lies_between_nothing_and_the_whole(tmp_path: Path, share: float, doubted: bool) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.entity("market", "topic", name_zh="市场")
    seeds.say("one", "market", "share", low=share, high=share, unit="fraction")
    found = seeds.build(tmp_path / "base.db").execute("select check_id from quality_issues").fetchall()
    assert [row[0] for row in found] == (["share_out_of_range"] if doubted else [])


def test_a_part_above_its_whole_is_doubted(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    whole = seeds.parameters("one", "baize", 7e9, 7e9)
    part = seeds.parameters("one", "baize", 9e9, 9e9, part_of=whole)
    seeds.parameters("one", "baize", 1e9, 1e9, part_of=whole)
    rows = seeds.build(tmp_path / "base.db").execute("select statement_id, check_id from quality_issues").fetchall()
    assert [tuple(row) for row in rows] == [(part, "part_above_whole")]


def test_a_model_older_than_its_developer_is_told_and_not_emptied(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.say("one", "baize", "developer", object_id="mohai")
    seeds.say("one", "mohai", "founded", date="2023")
    early = seeds.say("one", "baize", "released", date="2021-05")
    connection = seeds.build(tmp_path / "base.db")
    rows = connection.execute("select statement_id, check_id, severity from quality_issues").fetchall()
    assert [tuple(row) for row in rows] == [(early, "event_before_founding", "warning")]
    assert connection.execute("select released from models where id = 'baize'").fetchone()[0] == "2021-05"


def test_the_invented_slip_is_found_in_its_table(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.text_source("guanyun-2023")
    cell(seeds, "chihu", "parameters", "100万亿", "参数规模", low=1e14, high=1e14, unit="parameter")
    row = seeds.build(tmp_path / "base.db").execute("select * from models where id = 'chihu'").fetchone()
    assert (row["parameters"], row["parameters_text"]) == (None, "100万亿")
