"""Verification: every span is re-read, and no slip of a digit, bound, unit, row or character gets by."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.problems import SeedError
from etl.seeds import Reader, default_seeds, read_vocabulary, statement_files, write_yaml
from etl.strict_yaml import load
from etl.verify import HAND_LIMIT, verify
from schema.units import load_units
from tests.first_seeds import SOURCES
from tests.invented import TEXT, Seeds, invented_article, quoted

Change = Callable[[random.Random, dict[str, Any], dict[str, Any]], bool]


@pytest.fixture
def invented(tmp_path: Path) -> tuple[Seeds, Path]:
    """Return right seeds of the invented text, and the folder that the text stands in."""
    shelf = tmp_path / "articles"
    shelf.mkdir()
    (shelf / "guanyun.txt").write_bytes(TEXT.encode())
    return invented_article(tmp_path / "seeds"), shelf


def _value_place(statement: dict[str, Any]) -> dict[str, Any]:
    return next(place for place in statement["evidence"] if place["role"] == "value")


def _is_figure(statement: dict[str, Any]) -> bool:
    return "low" in statement or "high" in statement


def _change_digit(rng: random.Random, statement: dict[str, Any], _: dict[str, Any]) -> bool:
    if not _is_figure(statement):
        return False
    name = rng.choice([name for name in ("low", "high") if name in statement])
    digits = f"{statement[name]:.15g}"
    place = rng.choice([place for place, char in enumerate(digits.split("e")[0]) if char.isdigit()])
    other = rng.choice([digit for digit in "123456789" if digit != digits[place]])
    changed = float(digits[:place] + other + digits[place + 1 :])
    both = statement.get("low") == statement.get("high")
    statement |= {"low": changed, "high": changed} if both else {name: changed}
    return True


def _change_bound(rng: random.Random, statement: dict[str, Any], _: dict[str, Any]) -> bool:
    if not _is_figure(statement):
        return False
    bound = statement.get("low", statement.get("high"))
    forms = {
        "eq": (bound, bound),
        "gt": (bound, None),
        "ge": (bound, None),
        "lt": (None, bound),
        "approx": (bound, bound),
    }
    forms.pop(statement.get("comparator", "eq"), None)
    comparator, (low, high) = rng.choice(list(forms.items()))
    for name in ("low", "high", "comparator"):
        statement.pop(name, None)
    bounds = {name: value for name, value in (("low", low), ("high", high)) if value is not None}
    statement |= {**bounds, "comparator": comparator}
    return True


def _change_unit(rng: random.Random, statement: dict[str, Any], _: dict[str, Any]) -> bool:
    if not _is_figure(statement):
        return False
    units = [unit.id for unit in load_units(default_seeds() / "units.yaml")]
    # What is counted by the same word can be told apart by nobody: 家 counts companies and organizations.
    alike = {"company", "organization", statement.get("unit")}
    statement["unit"] = rng.choice([unit for unit in units if unit not in alike])
    return True


def _change_row(rng: random.Random, statement: dict[str, Any], rows: dict[str, Any]) -> bool:
    """Give a cell to the subject of the row above or below, with or without its span and label."""
    label = _value_place(statement).get("row_label")
    row = rows.get(_value_place(statement).get("table_label"), {})
    if label not in row or row[label]["subject_id"] != statement["subject_id"]:
        return False
    labels = sorted(row, key=lambda name: row[name]["span"]["start_char"])
    place = labels.index(label)
    beside = [labels[i] for i in (place - 1, place + 1) if 0 <= i < len(labels)]
    if _value_place(statement)["start_char"] < row[label]["span"]["start_char"] or not beside:
        return False  # a merged cell belongs to both rows
    other = row[rng.choice(beside)]
    statement["subject_id"] = other["subject_id"]
    if rng.random() < 0.6:
        statement.pop("subject_as_read", None)
        kept = [place for place in statement["evidence"] if place["role"] != "subject"]
        statement["evidence"] = [*kept, other["span"]]
        if rng.random() < 0.5:
            _value_place(statement)["row_label"] = other["label"]
    return True


def _change_span(rng: random.Random, statement: dict[str, Any], _: dict[str, Any]) -> bool:
    place = rng.choice(statement["evidence"])
    start, end = rng.choice([(1, 1), (-1, -1), (0, 1), (1, 0), (0, -1), (-1, 0)])
    if place.get("start_char", 0) + start < 0 or place["end_char"] + end <= place["start_char"] + start:
        return False
    place |= {"start_char": place["start_char"] + start, "end_char": place["end_char"] + end}
    return True


CHANGES: dict[str, Change] = {
    "digit": _change_digit,
    "bound": _change_bound,
    "unit": _change_unit,
    "row": _change_row,
    "span": _change_span,
}


def _table_rows(files: dict[Path, Any]) -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for data in files.values():
        for statement in data["statements"]:
            place = _value_place(statement)
            subject = next(place for place in statement["evidence"] if place["role"] == "subject")
            if (
                place.get("row_label")
                and place["start_char"] > subject["start_char"]
                and place["row_label"] == subject.get("quote")
            ):
                row = {"subject_id": statement["subject_id"], "span": subject, "label": place["row_label"]}
                rows.setdefault(place["table_label"], {})[place["row_label"]] = row
    return rows


def _mutate(folder: Path, each: int, seed: int) -> dict[str, str]:
    """Spoil `each` statements in every way; return what was done, by statement id."""
    rng = random.Random(seed)
    files = {path: load(path.read_text(encoding="utf-8")) for path in statement_files(folder)}
    rows = _table_rows(files)
    statements = [statement for data in files.values() for statement in data["statements"]]
    rng.shuffle(statements)
    done: dict[str, str] = {}
    for name, change in CHANGES.items():
        found = 0
        for statement in statements:
            if found == each:
                break
            if statement["id"] not in done and change(rng, statement, rows):
                done[statement["id"]] = name
                found += 1
    for path, data in files.items():
        write_yaml(path, data)
    return done


def _named(folder: Path, articles: Path) -> set[str | None]:
    return {problem.record for problem in verify(folder, articles).problems}


@pytest.mark.parametrize("seed", range(3))
def test_verify_names_all_of_fifty_spoilt_seeds(articles: Path, first: Path, tmp_path: Path, seed: int) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(first, folder)
    healthy = _named(folder, articles)
    spoilt = _mutate(folder, 10, seed)
    named = _named(folder, articles)
    assert len(spoilt) == 50
    assert {i: spoilt[i] for i in spoilt if i not in named} == {}, "these were missed"
    assert named - spoilt.keys() == healthy, "these were accused for the fault of others"


@pytest.mark.parametrize("seed", range(20))
def test_verify_names_every_spoilt_seed_of_an_invented_text(invented: tuple[Seeds, Path], seed: int) -> None:
    seeds, shelf = invented
    folder = seeds.write()
    spoilt = _mutate(folder, 3, seed)
    named = _named(folder, shelf)
    assert len(spoilt) == 15
    assert {i: spoilt[i] for i in spoilt if i not in named} == {}


def test_the_seeds_of_the_package_all_stand_in_their_articles(articles: Path) -> None:
    verdict = verify(None, articles)
    assert [str(problem) for problem in verdict.problems] == []
    # The texts of the other sources are excerpts, which are not at hand.
    assert not set(SOURCES) & set(verdict.unread_sources)
    assert len(verdict.by_hand) <= HAND_LIMIT * verdict.statements


def test_right_seeds_of_the_invented_text_verify(invented: tuple[Seeds, Path]) -> None:
    seeds, shelf = invented
    verdict = verify(seeds.write(), shelf)
    assert ([str(problem) for problem in verdict.problems], verdict.unread_sources) == ([], [])
    assert verdict.statements == sum(map(len, seeds.statements.values()))


def _first(seeds: Seeds, property_id: str) -> dict[str, Any]:
    return next(s for statements in seeds.statements.values() for s in statements if s["property_id"] == property_id)


@pytest.mark.parametrize(
    ("property_id", "changed", "told"),
    [
        ("parameters", {"low": 1.75e12, "high": 1.75e12}, "'175B' reads eq 175000000000..175000000000 parameter, but"),
        ("open_source", {"boolean": True}, "'否' denies it, but boolean is true"),
        ("released", {"date": "2023-04"}, "'2023年3月' reads 2023-03, but 2023-04 is stored"),
        ("developer", {"object_id": "mohai"}, "object 'mohai' is not named '岚石科技'"),
        ("users", {"attributed_to": ["lanshi"]}, "attribution '王五' names none of lanshi"),
        ("users", {"subject_as_read": "白泽"}, "subject_as_read '白泽' is not what the span reads, '青鸾'"),
        ("organizations_count", {"unit": "model"}, "counts company or organization, but unit is 'model'"),
        ("revenue", {"unit": None}, "unit is missing"),
        ("revenue", {"unit": "USD"}, "not in USD"),
        ("parameters", {"unit": "token"}, "unit 'token' does not go with parameters; use parameter"),
        ("parameters", {"low": 2e12}, "low 2000000000000.0 is above high 175000000000.0; swap them"),
        (
            "parameters",
            {"hand_normalized": "a person read it"},
            "which hand_normalized 'a person read it' does not name",
        ),
    ],
)
def test_verify_tells_what_is_wrong(
    invented: tuple[Seeds, Path], property_id: str, changed: dict[str, Any], told: str
) -> None:
    seeds, shelf = invented
    statement = _first(seeds, property_id)
    statement |= changed
    for name in [name for name, value in changed.items() if value is None]:
        del statement[name]
    problems = [str(problem) for problem in verify(seeds.write(), shelf).problems]
    assert any(told in problem and statement["id"] in problem for problem in problems), problems
    assert all("statements/guanyun-2023.yaml:" in problem for problem in problems)


def test_what_a_person_normalised_is_held_against_the_reason(invented: tuple[Seeds, Path]) -> None:
    seeds, shelf = invented
    said = [quoted("value", "调用约500万次"), quoted("subject", "青鸾", TEXT.index("王五"))]
    reason = "the calls of approx 5000000 people"
    given = {"low": 5e6, "high": 5e6, "unit": "person", "comparator": "approx", "hand_normalized": reason}
    statement_id = seeds.say("guanyun-2023", "qingluan", "users", evidence=said, **given)
    verdict = verify(seeds.write(), shelf)
    assert verdict.by_hand == [(statement_id, reason)]
    assert verdict.problems == []
    for change in ({"low": 6e6, "high": 6e6}, {"comparator": "eq"}):
        seeds.statements["guanyun-2023"][-1] |= given | change
        assert statement_id in {problem.record for problem in verify(seeds.write(), shelf).problems}


def test_a_statement_that_stands_twice_is_named_with_both_places(invented: tuple[Seeds, Path]) -> None:
    seeds, shelf = invented
    seeds.statements["guanyun-2023"].append(dict(seeds.statements["guanyun-2023"][0], id="twice"))
    problems = [str(problem) for problem in verify(seeds.write(), shelf).problems]
    assert len(problems) == 1
    assert "stands twice (first in seeds/statements/guanyun-2023.yaml:3)" in problems[0]


def test_a_changed_article_is_told_and_not_read(invented: tuple[Seeds, Path]) -> None:
    seeds, shelf = invented
    (shelf / "guanyun.txt").write_text(TEXT + "。", encoding="utf-8")
    verdict = verify(seeds.write(), shelf)
    assert (verdict.statements, verdict.unread_sources) == (0, ["guanyun-2023"])


def test_seeds_whose_vocabulary_cannot_be_read_are_refused(invented: tuple[Seeds, Path]) -> None:
    seeds, shelf = invented
    seeds.entity("baize", "no kind", name_zh="白泽")
    with pytest.raises(SeedError, match="kind is 'no kind'"):
        verify(seeds.write(), shelf)


def test_the_package_names_only_sources_that_it_has() -> None:
    vocabulary = read_vocabulary(Reader(default_seeds()))
    assert {path.stem for path in statement_files(default_seeds())} <= vocabulary.sources.keys()
