"""Ranks with their reasons, conflicts, overrides and redirects."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from etl.problems import SeedError
from tests.invented import Seeds

DECIDED = {"reason": "seen in the paper", "decided_by": "editor", "decided_at": "2025-01-01"}


@pytest.fixture
def seeds(tmp_path: Path) -> Seeds:
    """Return seeds of two sources, equal but for their names."""
    found = Seeds(tmp_path / "seeds")
    found.source("one")
    found.source("two")
    return found


def ranks(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    """Return every statement's rank and reason."""
    rows = connection.execute("select id, rank, rank_reason from statements")
    return {row["id"]: (row["rank"], row["rank_reason"]) for row in rows}


def test_a_lone_statement_is_preferred(seeds: Seeds, tmp_path: Path) -> None:
    only = seeds.parameters("one", "baize", 7e9, 7e9)
    assert ranks(seeds.build(tmp_path / "base.db")) == {only: ("preferred", "the only statement")}


REASONS: list[tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]] = [
    ("it states a value", {}, {}, {}, {"low": None, "high": None, "comparator": None, "unit": None, "value_status": "not_stated"}),
    ("no error was found in it", {}, {}, {}, {"low": 1e20, "high": 1e20}),
    ("its source stands", {}, {"status": "corrected"}, {}, {}),
    ("its source is nearer to the fact", {"tier": 1}, {"tier": 2}, {}, {}),
    ("it is newer", {"published": "2024"}, {"published": "2023-12-31"}, {}, {}),
    ("it is newer", {"published": "2023-05-02"}, {"published": "2023-05"}, {}, {}),
    ("it is more specific", {}, {}, {}, {"comparator": "approx"}),
    ("it is more specific", {}, {}, {"comparator": "range", "high": 2e11}, {"comparator": "gt", "high": None}),
    ("it is more specific", {}, {}, {}, {"comparator": "order_of_magnitude", "high": 1e12}),
    ("it was read first; nothing else tells them apart", {}, {}, {}, {}),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "source", "other_source", "value", "other_value"), REASONS)
def test_the_better_of_two_is_preferred_and_the_reason_told(
    seeds: Seeds, tmp_path: Path, reason: str, source: Any, other_source: Any, value: Any, other_value: Any
) -> None:
    figure = {"low": 1e11, "high": 1e11, "unit": "parameter", "comparator": "eq"}
    seeds.source("one", **source)
    seeds.source("two", **other_source)
    ids = []
    for source_id, changed in (("one", value), ("two", other_value)):
        given = {name: given for name, given in (figure | changed).items() if given is not None}
        ids.append(seeds.say(source_id, "baize", "parameters", **given))
    found = ranks(seeds.build(tmp_path / "base.db"))
    assert found[ids[0]] == ("preferred", reason)
    assert found[ids[1]][0] in {"normal", "deprecated"}
    if found[ids[1]][0] == "normal":
        assert found[ids[1]][1] == f"{ids[0]} is preferred: {reason}"


def test_of_equals_the_one_that_more_sources_agree_with_is_preferred(seeds: Seeds, tmp_path: Path) -> None:
    for source_id in ("one", "two", "three"):
        seeds.source(source_id)
    lone = seeds.parameters("one", "baize", 7e9, 7e9)
    agreeing = [seeds.parameters(source_id, "baize", 7e10, 7e10) for source_id in ("two", "three")]
    found = ranks(seeds.build(tmp_path / "base.db"))
    preferred = next(i for i in agreeing if found[i][0] == "preferred")
    assert found[lone] == ("normal", f"{preferred} is preferred: more sources agree with it")


def test_a_place_within_another_is_no_conflict(seeds: Seeds, tmp_path: Path) -> None:
    seeds.entity("yunzhou-city", "place", name_zh="云州市", parent_id="yunzhou", level="city")
    seeds.entity("compute-plan", "policy", name_zh="算力方案")
    for source_id, place in (("one", "yunzhou"), ("two", "yunzhou-city")):
        seeds.say(source_id, "compute-plan", "policy_place", object_id=place)
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == 0


def test_the_order_of_reading_does_not_change_which_is_preferred(seeds: Seeds, tmp_path: Path) -> None:
    seeds.source("one", tier=3)
    seeds.source("two", tier=1)
    worse = seeds.parameters("one", "baize", 7e9, 7e9)
    better = seeds.parameters("two", "baize", 8e9, 8e9)
    found = ranks(seeds.build(tmp_path / "base.db"))
    assert (found[worse][0], found[better][0]) == ("normal", "preferred")


def test_what_a_retracted_source_says_is_deprecated_even_alone(seeds: Seeds, tmp_path: Path) -> None:
    seeds.source("one", status="retracted")
    only = seeds.parameters("one", "baize", 7e9, 7e9)
    assert ranks(seeds.build(tmp_path / "base.db"))[only] == ("deprecated", "its source was retracted")


def test_several_values_of_a_many_valued_property_are_all_normal(seeds: Seeds, tmp_path: Path) -> None:
    ids = [seeds.say("one", "baize", "developer", object_id=maker) for maker in ("lanshi", "mohai")]
    found = ranks(seeds.build(tmp_path / "base.db"))
    assert [found[i] for i in ids] == [("normal", "one of several values")] * 2


def test_texts_of_a_single_valued_property_are_rivals(seeds: Seeds, tmp_path: Path) -> None:
    seeds.source("two", tier=1)
    first = seeds.say("one", "baize", "licence", text="甲许可")
    second = seeds.say("two", "baize", "licence", text="乙许可")
    found = ranks(seeds.build(tmp_path / "base.db"))
    assert (found[first][0], found[second][0]) == ("normal", "preferred")


@pytest.mark.parametrize(
    ("scope", "other"),
    [
        ({"scope_note": "base"}, {"scope_note": "chat"}),
        ({"place_id": "yunzhou"}, {}),
        ({"category_id": "multimodal"}, {}),
        ({"per": "day"}, {}),
        ({"as_of": "2023"}, {"as_of": "2024"}),
        ({"assertion": "planned"}, {}),
        ({"relative_to_id": "qingluan"}, {}),
    ],
)
def test_statements_of_another_scope_are_no_rivals(seeds: Seeds, tmp_path: Path, scope: Any, other: Any) -> None:
    ids = [seeds.parameters("one", "baize", 7e9, 7e9, **scope), seeds.parameters("two", "baize", 9e12, 9e12, **other)]
    connection = seeds.build(tmp_path / "base.db")
    assert [ranks(connection)[i][0] for i in ids] == ["preferred", "preferred"]
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == 0


Bounds = tuple[float | None, float | None, str]
CONFLICTS: list[tuple[str, Bounds, Bounds, float | None]] = [
    ("disjoint", (7e9, 7e9, "eq"), (14e9, 14e9, "eq"), 2.0),
    ("equal", (7e9, 7e9, "eq"), (7e9, 7e9, "eq"), None),
    ("overlapping", (7e9, 13e9, "range"), (12e9, 20e9, "range"), None),
    ("one within the other", (175e9, 175e9, "eq"), (1e11, 1e12, "order_of_magnitude"), None),
    ("beyond the order of magnitude", (2e12, 2e12, "eq"), (1e11, 1e12, "order_of_magnitude"), 2.0),
    ("about, and near", (100e9, 100e9, "approx"), (109e9, 109e9, "eq"), None),
    ("about, and far", (100e9, 100e9, "approx"), (220e9, 220e9, "eq"), 2.0),
    ("open above, and higher", (1e11, None, "gt"), (175e9, 175e9, "eq"), None),
    ("open above, and lower", (1e11, None, "ge"), (5e10, 5e10, "eq"), 2.0),
    ("open below, and lower", (None, 1e9, "le"), (5e8, 5e8, "eq"), None),
    ("open below, and higher", (None, 1e9, "lt"), (2e9, 2e9, "eq"), 2.0),
    ("open to both sides, meeting", (1e9, None, "gt"), (None, 2e9, "lt"), None),
    ("open to both sides, apart", (4e9, None, "gt"), (None, 2e9, "lt"), 2.0),
    ("touching", (1e11, None, "gt"), (1e11, 1e11, "eq"), None),
    ("one of the sizes", (7e9, 65e9, "sizes"), (13e9, 13e9, "eq"), None),
    ("none of the sizes", (7e9, 65e9, "sizes"), (130e9, 130e9, "eq"), 2.0),
]


@pytest.mark.parametrize(("one", "other", "distance"), [c[1:] for c in CONFLICTS], ids=[c[0] for c in CONFLICTS])
def test_figures_conflict_where_their_bounds_are_apart(
    seeds: Seeds, tmp_path: Path, one: Bounds, other: Bounds, distance: float | None
) -> None:
    ids = [
        seeds.parameters(source_id, "baize", low, high, comparator=comparator)
        for source_id, (low, high, comparator) in (("one", one), ("two", other))
    ]
    rows = seeds.build(tmp_path / "base.db").execute("select * from conflicts").fetchall()
    if distance is None:
        assert rows == []
        return
    [row] = rows
    assert row["distance"] == pytest.approx(distance)
    assert {row["statement_id"], row["other_statement_id"]} == set(ids)
    assert (row["subject"], row["property_id"], row["preferred_id"]) == ("白泽", "parameters", row["statement_id"])
    assert row["reason"]


def test_figures_in_other_units_do_not_conflict(seeds: Seeds, tmp_path: Path) -> None:
    seeds.say("one", "baize", "training_data", low=1e12, high=1e12, unit="byte")
    seeds.say("two", "baize", "training_data", low=2e9, high=2e9, unit="token")
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == 0
    row = connection.execute(
        "select training_data_bytes, training_data_tokens from models where id = 'baize'"
    ).fetchone()
    assert tuple(row) == (1e12, 2e9)


def test_nothing_and_something_are_apart_by_a_finite_distance(seeds: Seeds, tmp_path: Path) -> None:
    seeds.say("one", "baize", "context_length", low=0, high=0, unit="token")
    seeds.say("two", "baize", "context_length", low=4096, high=4096, unit="token")
    [row] = seeds.build(tmp_path / "base.db").execute("select distance from conflicts").fetchall()
    assert row["distance"] == 4096


@pytest.mark.parametrize(
    ("property_id", "one", "other", "count"),
    [
        ("open_source", {"boolean": True}, {"boolean": False}, 1),
        ("open_source", {"boolean": True}, {"boolean": True}, 0),
        ("predecessor", {"object_id": "xuanlu"}, {"object_id": "sixiang"}, 1),
        ("developer", {"object_id": "lanshi"}, {"object_id": "mohai"}, 0),
        ("context_length", {"low": 1, "high": 1, "as_of": "2023"}, {"low": 9, "high": 9, "as_of": "2024"}, 0),
        ("context_length", {"low": 1, "high": 1, "as_of": "2023"}, {"low": 9, "high": 9, "as_of": "2023-06"}, 1),
        ("context_length", {"low": 1, "high": 1, "as_of": "2023"}, {"low": 9, "high": 9}, 1),
    ],
)
def test_other_values_conflict_where_only_one_can_be_right(
    seeds: Seeds, tmp_path: Path, property_id: str, one: Any, other: Any, count: int
) -> None:
    for source_id, value in (("one", one), ("two", other)):
        seeds.say(source_id, "baize", property_id, **value, **({"unit": "token"} if "low" in value else {}))
    assert seeds.build(tmp_path / "base.db").execute("select count(*) from conflicts").fetchone()[0] == count


def test_independent_sources_are_counted_by_what_they_derive_from(seeds: Seeds, tmp_path: Path) -> None:
    seeds.source("copy", derived_from="two")
    seeds.source("more")
    for source_id, bound in (("one", 7e9), ("two", 70e9), ("copy", 70e9), ("more", 70e9)):
        seeds.parameters(source_id, "baize", bound, bound)
    rows = seeds.build(tmp_path / "base.db").execute("select * from conflicts").fetchall()
    by_source = {frozenset((row["source_id"], row["other_source_id"])): row for row in rows}
    row = by_source[frozenset(("one", "two"))]
    counts = {row["source_id"]: row["supporting_sources"], row["other_source_id"]: row["opposing_sources"]}
    assert counts == {"one": 1, "two": 2}


def test_a_hundred_rivals_are_ranked_and_compared(seeds: Seeds, tmp_path: Path) -> None:
    for number in range(100):
        seeds.parameters(f"s{number}", "baize", 2.0**number, 2.0**number)
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select count(*) from statements where rank = 'preferred'").fetchone()[0] == 1
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == 100 * 99 / 2


def test_an_editor_prefers_and_the_reason_is_kept(seeds: Seeds, tmp_path: Path) -> None:
    seeds.source("one", tier=1)
    better = seeds.parameters("one", "baize", 7e9, 7e9)
    chosen = seeds.parameters("two", "baize", 14e9, 14e9)
    seeds.list("overrides", {"statement_id": chosen, "rank": "preferred", **DECIDED})
    connection = seeds.build(tmp_path / "base.db")
    found = ranks(connection)
    assert found[chosen] == ("preferred", "an editor's decision: seen in the paper")
    assert found[better] == ("normal", f"{chosen} is preferred: an editor's decision")
    assert connection.execute("select parameters from models where id = 'baize'").fetchone()[0] == 14e9


def test_an_editor_deprecates_a_lone_statement(seeds: Seeds, tmp_path: Path) -> None:
    only = seeds.parameters("one", "baize", 7e9, 7e9)
    seeds.list("overrides", {"statement_id": only, "rank": "deprecated", **DECIDED})
    assert ranks(seeds.build(tmp_path / "base.db"))[only] == ("deprecated", "an editor's decision: seen in the paper")


def _subjects(connection: sqlite3.Connection) -> dict[str, tuple[str, str]]:
    return {row["id"]: (row["key"], row["subject_id"]) for row in connection.execute("select * from statements")}


def test_a_rename_and_its_undoing_change_no_statement_id(seeds: Seeds, tmp_path: Path) -> None:
    seeds.parameters("one", "baize", 7e9, 7e9)
    seeds.say("one", "qingluan", "developer", object_id="lanshi", attributed_to=["wangwu"])
    seeds.say("two", "qingluan", "predecessor", object_id="baize", place_id="yunzhou")
    before = _subjects(seeds.build(tmp_path / "base.db"))
    (seeds.folder / "entities" / "model" / "baize.yaml").unlink()
    seeds.entity("white-beast", "model", name_zh="白泽")
    seeds.list("redirects", {"old_id": "baize", "new_id": "white-beast", "reason": "renamed"})
    connection = seeds.build(tmp_path / "base.db")
    after = _subjects(connection)
    assert {i: key for i, (key, _) in after.items()} == {i: key for i, (key, _) in before.items()}
    assert {subject for _, subject in after.values()} == {"white-beast", "qingluan"}
    assert connection.execute("select predecessor_id from models where id = 'qingluan'").fetchone()[0] == "white-beast"
    assert connection.execute("select new_id from redirects where id = 'baize'").fetchone()[0] == "white-beast"
    (seeds.folder / "redirects.yaml").unlink()
    (seeds.folder / "entities" / "model" / "white-beast.yaml").unlink()
    seeds.entity("baize", "model", name_zh="白泽", name_en="Baize")
    assert _subjects(seeds.build(tmp_path / "base.db")) == before


def test_a_merge_makes_rivals_of_what_was_said_apart(seeds: Seeds, tmp_path: Path) -> None:
    ids = [seeds.parameters("one", "baize", 7e9, 7e9), seeds.parameters("two", "xuanlu", 70e9, 70e9)]
    assert seeds.build(tmp_path / "base.db").execute("select count(*) from conflicts").fetchone()[0] == 0
    (seeds.folder / "entities" / "model" / "xuanlu.yaml").unlink()
    seeds.list("redirects", {"old_id": "xuanlu", "new_id": "baize", "reason": "the same model"})
    connection = seeds.build(tmp_path / "base.db")
    assert {i: subject for i, (_, subject) in _subjects(connection).items()} == dict.fromkeys(ids, "baize")
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == 1


def test_an_entity_may_be_renamed_twice(seeds: Seeds, tmp_path: Path) -> None:
    only = seeds.parameters("one", "first-name", 7e9, 7e9)
    redirects = ("first-name", "second-name"), ("second-name", "baize")
    seeds.list("redirects", *({"old_id": old, "new_id": new, "reason": "renamed"} for old, new in redirects))
    connection = seeds.build(tmp_path / "base.db")
    assert _subjects(connection)[only][1] == "baize"
    assert {row[0] for row in connection.execute("select new_id from redirects")} == {"baize"}


def test_redirects_in_a_circle_are_refused(seeds: Seeds, tmp_path: Path) -> None:
    redirects = ("a", "b"), ("b", "a")
    seeds.list("redirects", *({"old_id": old, "new_id": new, "reason": "renamed"} for old, new in redirects))
    with pytest.raises(SeedError, match="is no entity"):
        seeds.build(tmp_path / "base.db")


def test_a_place_within_a_renamed_place_stays_within_it(seeds: Seeds, tmp_path: Path) -> None:
    seeds.entity("town", "place", name_zh="镇", parent_id="old-province")
    seeds.list("redirects", {"old_id": "old-province", "new_id": "yunzhou", "reason": "renamed"})
    seeds.parameters("one", "baize", 7e9, 7e9)
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select parent_id from entities where id = 'town'").fetchone()[0] == "yunzhou"


@pytest.mark.parametrize(
    ("one", "other", "conflicts"),
    [
        (5.4e11, 5.4035e11, 0),  # one rounds to the other
        (1.75e11, 1.746e11, 0),
        (1e12, 1.04e12, 0),
        (1e12, 1.1e12, 1),
        (1.75e11, 1.76e11, 1),
        (7e9, 7e10, 1),
    ],
)
def test_a_figure_that_rounds_to_the_other_is_no_conflict(
    seeds: Seeds, tmp_path: Path, one: float, other: float, conflicts: int
) -> None:
    seeds.parameters("one", "baize", one, one)
    seeds.parameters("two", "baize", other, other)
    connection = seeds.build(tmp_path / "base.db")
    assert connection.execute("select count(*) from conflicts").fetchone()[0] == conflicts


def test_units_that_count_the_same_things_are_compared(seeds: Seeds, tmp_path: Path) -> None:
    seeds.say("one", "sixiang", "training_data", low=2.5e8, high=2.5e8, unit="image_text_pair")
    seeds.say("two", "sixiang", "training_data", low=6.5e8, high=6.5e8, unit="image")
    [row] = seeds.build(tmp_path / "base.db").execute("select distance from conflicts").fetchall()
    assert row["distance"] == pytest.approx(2.6)
