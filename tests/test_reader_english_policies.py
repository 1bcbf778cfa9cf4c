"""Policies in English: names, dates, and who brings them out, by tables of invented sentences."""

import pytest

from tests.proposing import events, proposed, relations

DATED = [
    ("On 3 May 2027, Governor Ada Quinn signed the Uplands Model Safety Act.", "adopted", "2027-05-03"),
    ("The Uplands Model Safety Act was adopted by the Uplands Senate on 3 May 2027.", "adopted", "2027-05-03"),
    ("The Uplands Model Safety Act takes effect on 1 June 2027.", "in_force", "2027-06-01"),
    (
        "The Uplands Model Safety Act, adopted in May 2027, will enter into force on 1 June 2027.",
        "in_force",
        "2027-06-01",
    ),
    ("The Uplands Model Safety Act, adopted in May 2027, will enter into force on 1 June 2027.", "adopted", "2027-05"),
    ("The Uplands Model Safety Act is new. It was promulgated on 4 May 2027.", "issued", "2027-05-04"),
    ("The Uplands Model Safety Act is strict. The Act was revised on 4 May 2028.", "amended", "2028-05-04"),
    ("Uplands Model Safety Act\n\nEffective: 1 June 2027\nWhat it asks of developers.", "in_force", "2027-06-01"),
    ("The Uplands Model Safety Act was proposed on 2 March 2026.", "proposed", "2026-03-02"),
    ("On 9 July 2027, the Uplands Ministry of Science released the Uplands Computing Plan.", "issued", "2027-07-09"),
]


@pytest.mark.parametrize(("text", "event", "date"), DATED)
def test_what_befell_an_instrument_is_read_with_its_date(text: str, event: str, date: str) -> None:
    found = events(text)
    assert any(one == event and day == date and "Uplands" in name for one, name, day in found), found


ISSUED = [
    (
        "On 3 May 2027, the Uplands Ministry of Science issued the Uplands Model Safety Measures.",
        {"Uplands Ministry of Science"},
    ),
    (
        "The Uplands Model Safety Act was jointly adopted by the Uplands Senate and the Uplands Assembly.",
        {"Uplands Senate", "Uplands Assembly"},
    ),
    ("Governor Ada Quinn signed SB 77 on 3 May 2027.", {"Governor Ada Quinn"}),
]


@pytest.mark.parametrize(("text", "issuers"), ISSUED)
def test_who_brings_an_instrument_out_is_its_issuer(text: str, issuers: set[str]) -> None:
    assert {other for name, _, other in relations(text) if name == "issued_by"} == issuers


NAMED = [
    ("The Act on Fair Training of Models is new.", "Act on Fair Training of Models"),
    ("Senate Bill 77-12 says more.", "Senate Bill 77-12"),
    ("The Uplands Model Safety Act (UMSA) is strict. UMSA was passed in 2027.", "Uplands Model Safety Act"),
    ("It cites Regulation (EU) 2031/77 twice.", "Regulation (EU) 2031/77"),
]


@pytest.mark.parametrize(("text", "title"), NAMED)
def test_an_instrument_is_named_in_full_by_number_or_for_short(text: str, title: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "policy")} == {title}


@pytest.mark.parametrize(
    "text",
    [
        "Usage Recommendations were updated on 3 May 2027.",
        "The Act was passed.",
        "We act on the plan. It applies to 7B models.",
        "The Uplands Model Safety Act could take effect in 2027.",
        "The approach adopted by Uplands differs from the Uplands Model Safety Act.",
    ],
)
def test_what_names_no_instrument_or_only_might_be_tells_no_event_and_no_issuer(text: str) -> None:
    assert not events(text) | relations(text)
