"""Records: what a value of each type may hold, and how one field describes itself."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from schema import records
from schema.fields import columns_of
from schema.keys import statement_key
from schema.records import (
    EntityRecord,
    EvidenceBase,
    OverrideRecord,
    Record,
    SourceRecord,
    StatementRecord,
    quantity_problem,
    squeeze,
)

PLACE = {"source_id": "one", "role": "value", "start_char": 5, "end_char": 9, "quote": "175B"}
SUBJECT = {"source_id": "one", "role": "subject", "start_char": 0, "end_char": 2, "quote": "青鸾"}
STATEMENT: dict[str, Any] = {
    "id": "s1",
    "key": "0" * 32,
    "source_id": "one",
    "subject_id": "qingluan",
    "subject_as_read": "青鸾",
    "property_id": "parameters",
    "value_type": "quantity",
    "evidence": [PLACE, SUBJECT],
}
VALUES: dict[str, dict[str, Any]] = {
    "quantity": {"low": 175e9, "high": 175e9, "unit": "parameter", "comparator": "eq"},
    "boolean": {"boolean": False},
    "date": {"date": "2023-08"},
    "text": {"text": "我们自己的话", "text_en": "our own words"},
    "term": {"term": "multimodal"},
    "entity": {"object_id": "lanshi"},
}


def _statement(**changed: Any) -> StatementRecord:
    return StatementRecord.model_validate(STATEMENT | changed)


@pytest.mark.parametrize("value_type", VALUES)
def test_each_type_takes_its_own_value(value_type: str) -> None:
    record = _statement(value_type=value_type, **VALUES[value_type])
    assert {name: getattr(record, name) for name in VALUES[value_type]} == VALUES[value_type]


@pytest.mark.parametrize("value_type", VALUES)
@pytest.mark.parametrize("other", VALUES)
def test_no_type_takes_the_value_of_another(value_type: str, other: str) -> None:
    if value_type == other:
        return
    with pytest.raises(ValidationError, match=f"but a {value_type} has no"):
        _statement(value_type=value_type, **VALUES[value_type], **VALUES[other])


@pytest.mark.parametrize("value_type", [name for name in VALUES if name != "date"])
def test_a_reported_value_is_given_or_said_to_be_missing(value_type: str) -> None:
    with pytest.raises(ValidationError, match="needs"):
        _statement(value_type=value_type)
    for status in ("not_stated", "not_disclosed", "not_applicable"):
        assert _statement(value_type=value_type, value_status=status).value_status == status
        with pytest.raises(ValidationError, match="leaves no value"):
            _statement(value_type=value_type, value_status=status, **VALUES[value_type])


def test_an_event_may_have_no_date() -> None:
    assert _statement(value_type="date").date is None


@pytest.mark.parametrize(
    ("low", "high", "comparator", "told"),
    [
        (1.0, 1.0, "eq", None),
        (1.0, None, "gt", None),
        (1.0, None, "ge", None),
        (None, 1.0, "lt", None),
        (None, 1.0, "le", None),
        (1.0, 1.0, "approx", None),
        (1.0, 2.0, "range", None),
        (7.0, 65.0, "sizes", None),
        (1e10, 1e11, "order_of_magnitude", None),
        (None, None, "eq", "needs low or high"),
        (1.0, 1.0, None, "needs a comparator"),
        (2.0, 1.0, "range", "low 2.0 is above high 1.0; swap them"),
        (1.0, 2.0, "eq", "wants equal bounds"),
        (1.0, 2.0, "approx", "wants equal bounds"),
        (1.0, 1.0, "gt", "wants low and an open high"),
        (None, 1.0, "ge", "wants low and an open high"),
        (1.0, None, "lt", "wants high and an open low"),
        (1.0, 1.0, "le", "wants high and an open low"),
        (1.0, None, "range", "wants both bounds"),
        (None, 1.0, "sizes", "wants both bounds"),
        (1.0, None, "order_of_magnitude", "wants both bounds"),
    ],
)
def test_bounds_go_with_their_comparator(
    low: float | None, high: float | None, comparator: str | None, told: str | None
) -> None:
    problem = quantity_problem(low, high, comparator)
    assert problem is None if told is None else told in (problem or "")


@pytest.mark.parametrize("bound", [float("inf"), float("-inf"), float("nan"), "7", True])
def test_a_bound_is_a_finite_number(bound: Any) -> None:
    with pytest.raises(ValidationError):
        _statement(low=bound, high=bound, comparator="eq")


@pytest.mark.parametrize("date", ["2023", "2023-08", "2023-08-31", "--08-31", "--08", "2024-02-29"])
def test_partial_dates_are_kept_as_precise_as_they_are(date: str) -> None:
    assert _statement(value_type="date", date=date).date == date


@pytest.mark.parametrize(
    "date", ["23", "2023-8", "2023-13", "2023-02-30", "2023-02-29", "--02-30", "2023-08-31T10:00", "今年"]
)
def test_what_no_calendar_has_is_no_date(date: str) -> None:
    with pytest.raises(ValidationError):
        _statement(value_type="date", date=date)


@pytest.mark.parametrize("duration", ["PT14H", "P3Y", "P1Y6M", "P1DT12H"])
def test_durations_are_iso(duration: str) -> None:
    assert _statement(**VALUES["boolean"], value_type="boolean", duration=duration).duration == duration


@pytest.mark.parametrize("duration", ["14h", "P", "PT", "P1H", ""])
def test_other_durations_are_refused(duration: str) -> None:
    with pytest.raises(ValidationError):
        _statement(**VALUES["boolean"], value_type="boolean", duration=duration)


@pytest.mark.parametrize("record_id", ["GPT-3", "gpt 3", "-gpt", "千问", "", "a" * 121, "a/b"])
def test_ids_are_slugs(record_id: str) -> None:
    with pytest.raises(ValidationError):
        EntityRecord(id=record_id, kind="model", name_en="x")


def test_an_entity_has_a_name() -> None:
    with pytest.raises(ValidationError, match="needs name_zh or name_en"):
        EntityRecord(id="x", kind="model")


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("wikidata", "Q42", "42"),
        ("iso_3166", "CN-GD", "cn"),
        ("adcode", "440300", "4403"),
        ("un_m49", "150", "15"),
        ("ror", "03cve4549", "3cve4549"),
        ("url", "https://example.org/a", "javascript:alert(1)"),
    ],
)
def test_external_ids_have_their_form(field: str, good: str, bad: str) -> None:
    given: dict[str, Any] = {"id": "x", "kind": "place", "name_zh": "甲"}
    assert getattr(EntityRecord.model_validate(given | {field: good}), field) == good
    with pytest.raises(ValidationError):
        EntityRecord.model_validate(given | {field: bad})


def test_a_key_tells_spans_apart_and_not_ids_or_values() -> None:
    def key(*evidence: dict[str, Any], source_id: str = "one") -> str:
        return statement_key(source_id, "parameters", [EvidenceBase.model_validate(place) for place in evidence])

    first = key(PLACE, SUBJECT)
    assert key(SUBJECT, PLACE) == first
    assert key(PLACE, SUBJECT, SUBJECT | {"role": "attribution"}) == first
    assert key(PLACE | {"start_char": 6, "end_char": 10}, SUBJECT) != first
    assert key(PLACE, SUBJECT | {"start_char": 1, "end_char": 3}) != first
    assert key(PLACE, SUBJECT, source_id="two") != first
    row = {"source_id": "one", "role": "value", "row_label": "gpt-4", "column_label": "parameters"}
    assert key(row) != key(row | {"column_label": "tokens"})
    assert len(first) == 32


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("2.3 万余\n\n个", "2.3万余个"),
        ("百 度", "百度"),
        ("Stable  Diffusion\n2", "Stable Diffusion 2"),
        (" 17 万个 ", "17万个"),
        ("GPT-3", "GPT-3"),
        ("", ""),
    ],
)
def test_layout_blanks_go_and_those_between_latin_words_stay(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def _all_records() -> list[type[BaseModel]]:
    found = (value for value in vars(records).values() if isinstance(value, type))
    return [kind for kind in found if issubclass(kind, Record) and kind is not Record]


@pytest.mark.parametrize("record", _all_records(), ids=lambda record: record.__name__)
def test_every_field_has_labels_in_both_languages_and_a_description(record: type[BaseModel]) -> None:
    for column in columns_of("x", record):
        assert column.label_en, column
        assert any("\u3400" <= char <= "\u9fff" for char in column.label_zh) or column.label_zh == column.label_en, (
            column
        )
        assert column.description, column


@pytest.mark.parametrize("record", _all_records(), ids=lambda record: record.__name__)
def test_every_record_refuses_keys_it_does_not_know(record: type[BaseModel]) -> None:
    with pytest.raises(ValidationError) as caught:
        record.model_validate({"colour": "red"})
    assert "extra_forbidden" in {error["type"] for error in caught.value.errors()}


def test_an_override_says_who_decided_when_and_why() -> None:
    with pytest.raises(ValidationError) as caught:
        OverrideRecord.model_validate({"statement_id": "s1", "rank": "preferred"})
    assert {error["loc"][0] for error in caught.value.errors()} == {"reason", "decided_by", "decided_at"}


def test_a_source_is_secondary_and_current_unless_told_otherwise() -> None:
    source = SourceRecord(id="x", title="题")
    assert (source.tier, source.status, source.type, source.language) == (3, "current", "article", "zh-Hans")
