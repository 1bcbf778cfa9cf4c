"""Events that weights find likely, where no rule tells one: on invented sentences and on weights of our own."""

import dataclasses

import pytest

from etl.documents import read_document
from etl.reader.likely import METHOD, LikelyReader, Weights, load_weights
from etl.reader.read import default_seeds, read, reading
from tests.proposing import DATE, lexicon, proposed


def likely(text: str) -> set[tuple[str, str | None]]:
    """Return whom the likely events of a text are of, and when."""
    found = [row for row in proposed(text, "event") if row["method"] == METHOD]
    return {(row["subject_name"], row.get("date")) for row in found}


def candidates(text: str) -> list[tuple[str, str | None]]:
    """Return whom the sentences of a text may tell something of, and when, whatever the weights say."""
    document = dataclasses.replace(read_document(text.encode(), name="text.txt"), date=DATE)
    state = reading(document, lexicon())
    told = [p for p in read(document, dataclasses.replace(lexicon(), likely=None)) if p.kind == "event"]
    found = LikelyReader(state.parties, state.scope).candidates(document.body, told)
    return [(candidate.mention.name, candidate.day) for candidate in found]


def test_a_name_is_offered_with_each_date_of_its_sentence_and_with_none() -> None:
    text = "谷歌在2023年5月态度暧昧，在2024年6月也暧昧。"
    assert set(candidates(text)) == {("谷歌", None), ("谷歌", "2023-05"), ("谷歌", "2024-06")}


def test_an_event_that_a_rule_told_is_not_offered_again() -> None:
    told = [row for row in proposed("2024年6月3日，谷歌收购了青梧科技。", "event") if row["method"] != METHOD]
    subjects = {(row["subject_name"], row.get("date")) for row in told}
    assert subjects
    assert subjects.isdisjoint(candidates("2024年6月3日，谷歌收购了青梧科技。"))


def test_sentences_beyond_the_first_are_offered_where_they_hold_a_date() -> None:
    lead = "这一句没有名字可言。" * 9
    assert candidates(f"{lead}谷歌态度暧昧。") == []
    assert ("谷歌", "2024-06") in candidates(f"{lead}谷歌在2024年6月态度暧昧。")


def test_weights_choose_one_name_of_a_sentence_and_date_and_propose_by_their_threshold() -> None:
    document = dataclasses.replace(read_document("谷歌对微软态度一直暧昧。".encode(), name="text.txt"), date=DATE)
    state = reading(document, lexicon())
    reader = LikelyReader(state.parties, state.scope)
    weights = Weights({"name_1": 2.0}, 0.0, 0.6)
    assert [p.subject.name for p in reader.read(document.body, [], weights)] == ["微软"]
    assert not list(reader.read(document.body, [], weights._replace(threshold=0.95)))


@pytest.mark.parametrize(
    "text", ["2024年4月7日，特斯拉在美国本土又进行了一轮动作。", "去年11月，马斯克曾试图说服法院解除协议。"]
)
def test_what_somebody_did_on_a_day_is_likely(text: str) -> None:
    dates = {date for _, date in {(row["subject_name"], row.get("date")) for row in proposed(text, "event")}}
    assert dates & {"2024-04-07", "2024-11"}


def test_what_is_to_come_is_planned() -> None:
    rows = list(proposed("谷歌在市场上计划于2027年5月前后再作动作。", "event"))
    assert {row["assertion"] for row in rows if row.get("date") == "2027-05"} <= {"planned"}


def test_a_law_tells_no_likely_event() -> None:
    text = "青山市数据条例\n\n第一章 总则\n\n第一条 为了规范数据，制定本条例。\n\n第二条 国务院在2024年5月作出的规定适用。\n"
    assert likely(text) == set()


def test_the_weights_of_the_package_are_whole() -> None:
    weights = load_weights(default_seeds() / "event_weights.yaml")
    assert 0 < weights.threshold < 1
    assert {"dated", "undated", "kind_person"} <= set(weights.features)
