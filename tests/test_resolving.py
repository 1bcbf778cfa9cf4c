"""Whether two names are one entity's: the hand-judged pairs, and tables of cases for each rule."""

import csv
from pathlib import Path

import pytest

from etl.resolving.compare import Comparer, Named, Verdict
from etl.resolving.known_names import KnownNames, package_names
from etl.resolving.name_parts import parts_of
from etl.resolving.spellings import spellings

PAIRS = Path(__file__).parent / "name_pairs.csv"


def pairs() -> list[tuple[Named, Named, bool, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return [
            (*(Named(row[f"{side}_name"], row[f"{side}_kind"], row[f"{side}_developer"], row[f"{side}_date"]) for side in ("left", "right")), row["same"] == "yes", row["category"])
            for row in csv.DictReader(lines)
        ]  # fmt: skip


def test_the_pairs_are_as_many_and_as_hard_as_they_must_be() -> None:
    judged = pairs()
    negatives = [category for *_, same, category in judged if not same]
    assert len(judged) >= 200
    assert abs(2 * len(negatives) - len(judged)) <= 2
    assert {"family_version", "product_model", "namesake", "version_version"} <= set(negatives)


def test_what_is_joined_of_the_judged_pairs_is_right_and_most_of_what_is_one_is_joined() -> None:
    comparer = Comparer(package_names())
    joined = [(same, left, right) for left, right, same, _ in pairs() if comparer.compare(left, right).answer == "same"]
    right = sum(same for same, *_ in joined)
    assert right / len(joined) >= 0.99, [pair for pair in joined if not pair[0]]
    assert right / sum(same for _, _, same, _ in pairs()) >= 0.85


@pytest.mark.parametrize(
    ("name", "brand", "versions", "sizes", "variants"),
    [
        ("Yunfan-2.5-72B-Instruct", "yunfan", ("2.5",), {"72b"}, {"instruct"}),
        ("Yunfan2", "yunfan", ("2",), set(), set()),
        ("Yunfan V3 0324", "yunfan", ("3",), set(), {"0324"}),
        ("Yunfan 4o mini", "yunfan", ("4o",), set(), {"mini"}),
        ("Yunfan3-80B-A3B (Thinking)", "yunfan", ("3",), {"80b", "a3b"}, {"thinking"}),
        ("云帆大模型2.0", "云帆", ("2",), set(), set()),
        ("Yunfan 8x7B", "yunfan", (), {"8x7b"}, set()),
        ("Yunfan (latest)", "yunfan", (), set(), set()),
    ],
)
def test_a_name_is_taken_apart(
    name: str, brand: str, versions: tuple[str, ...], sizes: set[str], variants: set[str]
) -> None:
    parts = parts_of(name)
    assert (parts.words, parts.versions, parts.sizes, parts.variants) == (brand, versions, sizes, variants)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("青禾科技有限公司", "青禾"),
        ("Qinghe Technologies Inc.", "Qinghe"),
        ("The Qinghe University", "Qinghe University"),
        ("Qinghe Institute of Learning (QIL)", "QIL"),
        ("Beta Laboratory", "Beta Lab"),
    ],
)
def test_one_organization_has_a_spelling_in_common(one: str, other: str) -> None:
    assert spellings(one) & spellings(other)


def test_a_campus_in_brackets_is_another_body() -> None:
    assert not spellings("青禾大学（东山）") & spellings("青禾大学")


def compared(left: Named, right: Named, known: KnownNames | None = None) -> Verdict:
    return Comparer(known or KnownNames()).compare(left, right)


SAME = [
    (Named("百川智能", "organization"), Named("Baichuan", "organization")),
    (Named("Yunfan-7B", "model", "青禾科技", "2024-05-01"), Named("Yunfan 7b", "model", "青禾", "2024-05")),
    (Named("青禾云帆", "model", "青禾"), Named("云帆", "model", "青禾科技")),
    (Named("云帆2.0", "model", "青禾"), Named("Yunfan 2", "model", "Qinghe")),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_thing_under_two_names_is_joined_with_a_reason(left: Named, right: Named) -> None:
    verdict = compared(left, right)
    assert verdict.answer == "same", verdict
    assert verdict.reasons
    assert compared(right, left).answer == "same"


APART = [
    (Named("Yunfan2", "model", "青禾"), Named("Yunfan2-72B", "model", "青禾")),
    (Named("Yunfan-7B", "model"), Named("Yunfan2-7B", "model")),
    (Named("Yunfan-7B", "model"), Named("Yunfan-7B-Chat", "model")),
    (Named("Yunfan", "product", "青禾"), Named("Yunfan", "model", "青禾")),
    (Named("Yunfan", "organization"), Named("Yunfan", "model")),
    (Named("Titan", "model", "Qinghe University"), Named("Titan", "model", "Falcon Motors")),
    (Named("青禾大学", "organization"), Named("青禾大学人工智能研究院", "organization")),
]


@pytest.mark.parametrize(("left", "right"), APART)
def test_family_version_product_firm_and_namesake_are_never_joined(left: Named, right: Named) -> None:
    assert compared(left, right).answer == "different"
    assert compared(right, left).answer == "different"


def test_a_short_name_without_a_developer_is_left_to_a_person() -> None:
    assert compared(Named("Orion", "model"), Named("Orion", "model", "Qinghe")).answer == "unsure"


def test_one_name_years_apart_is_left_to_a_person() -> None:
    left, right = Named("Yunfanstar", "model", "", "2019-01-01"), Named("Yunfanstar", "model", "", "2024-01-01")
    assert compared(left, right).answer == "unsure"


def test_a_known_alias_joins_what_no_spelling_does() -> None:
    known = KnownNames()
    known.add("organization", "qinghe", ["青禾", "Green Crop"])
    assert (
        compared(Named("青禾有限公司", "organization"), Named("Green Crop Inc", "organization"), known).answer == "same"
    )
