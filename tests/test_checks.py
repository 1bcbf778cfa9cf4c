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


def _issues(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute("select statement_id, check_id from quality_issues order by statement_id, check_id")
    return [(row[0], row[1]) for row in rows]


@pytest.mark.parametrize(
    ("low", "other", "told"),
    [
        (7e10, 7e9, True),  # 70B and 70亿
        (1.3e8, 1.3e12, True),  # 1.3亿 and 1.3万亿
        (7e10, 6.5e9, False),
        (7e10, 7e10, False),
    ],
)
def test_the_same_digits_a_usual_slip_apart_are_told(tmp_path: Path, low: float, other: float, told: bool) -> None:
    seeds = Seeds(tmp_path / "seeds")
    one = seeds.parameters("one", "baize", low, low)
    two = seeds.parameters("two", "baize", other, other)
    found = [issue for issue in _issues(seeds.build(tmp_path / "base.db")) if issue[1] == "unit_slip"]
    assert found == ([(one, "unit_slip"), (two, "unit_slip")] if told else [])


def test_one_number_in_bytes_and_in_tokens_is_told(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    one = seeds.say("one", "baize", "training_data", low=1.4e12, high=1.4e12, unit="byte")
    two = seeds.say("two", "baize", "training_data", low=1.4e12, high=1.4e12, unit="token")
    assert _issues(seeds.build(tmp_path / "base.db")) == [(one, "unit_slip"), (two, "unit_slip")]


def test_figures_of_two_periods_are_no_slip(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.say("one", "baize", "users", low=1e6, high=1e6, unit="person", as_of="2023-01")
    seeds.say("two", "baize", "users", low=1e9, high=1e9, unit="person", as_of="2025-01")
    assert _issues(seeds.build(tmp_path / "base.db")) == []


@pytest.mark.parametrize(
    ("licence", "is_open", "told"),
    [("Proprietary", True, True), ("Apache 2.0", False, True), ("MIT", True, False), ("Proprietary", False, False)],
)
def test_openness_that_its_licence_belies_is_told(tmp_path: Path, licence: str, is_open: bool, told: bool) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.say("one", "baize", "licence", quote=licence, text=licence)
    said = seeds.say("one", "baize", "open_source", boolean=is_open)
    assert _issues(seeds.build(tmp_path / "base.db")) == ([(said, "openness_against_licence")] if told else [])


def test_a_cell_that_its_rows_own_note_belies_is_told(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    row = {"row_label": "Baize", "table_label": "data"}
    subject = {"role": "subject", **row, "column_label": "System"}
    figure = {"unit": "parameter", "comparator": "eq", "subject_as_read": "Baize"}
    value = {"role": "value", **row, "column_label": "Parameters"}
    cell_said = seeds.say("one", "baize", "parameters", evidence=[value, subject], low=7e12, high=7e12, method="import:epoch@1", **figure)  # fmt: skip
    note = {"role": "value", **row, "column_label": "Parameters notes"}
    seeds.say("one", "baize", "parameters", evidence=[note, subject], low=7e9, high=7e9, method="rule:amounts@2", **figure)  # fmt: skip
    found = _issues(seeds.build(tmp_path / "base.db"))
    assert (cell_said, "note_slip") in found


def test_a_models_figure_under_a_products_name_is_told(tmp_path: Path) -> None:
    seeds = Seeds(tmp_path / "seeds")
    seeds.entity("baize-app", "product", name_zh="白泽")
    said = seeds.parameters("one", "baize", 7e9, 7e9)
    seeds.parameters("one", "xuanlu", 7e9, 7e9)
    assert _issues(seeds.build(tmp_path / "base.db")) == [(said, "product_for_model")]
