"""What English text names and tells, by tables of invented sentences."""

import pytest

from etl.documents import read_document
from etl.reader.read import reading
from tests.proposing import events, flags, lexicon, relations

ENGLISH_NAMES = [
    ("Reasoning and Safety matter. Available now at 5 dollars.", set()),
    ("Martin Galman told reporters.", {("Martin Galman", "person")}),
    ("Quillworks raised $5 million.", {("Quillworks", "organization")}),
    ("The startup Quillworks is new.", {("Quillworks", "organization")}),
]


@pytest.mark.parametrize(("text", "names"), ENGLISH_NAMES)
def test_english_words_are_no_names_and_tell_the_kind_of_names(text: str, names: set[tuple[str, str]]) -> None:
    document = read_document(text.encode(), name="text.txt")
    assert {(m.name, m.kind) for m in reading(document, lexicon()).mentions.items} == names


RELATIONS = [
    ("Yunfan-180B is a 180B parameters causal decoder-only model built by Quillworks.", ("developer", "Yunfan-180B", "Quillworks")),
    ("Yunfan-3 is a model developed and trained by Quillworks.", ("developer", "Yunfan-3", "Quillworks")),
    ("Yunfan-3 is a family of state-of-the-art open models from Google.", ("developer", "Yunfan-3", "谷歌")),
    ("Yunfan-3 is Google's open-source language model series.", ("developer", "Yunfan-3", "谷歌")),
    ("Yunfan-3 card\n\nDevelopers: Google\nYunfan-3 is good.", ("developer", "Yunfan-3", "谷歌")),
    ("Yunfan-VL-01 is built on Yunfan-Text-01.", ("based_on", "Yunfan-VL-01", "Yunfan-Text-01")),
    ("Yunfan-R1 is trained based on Yunfan-V3-Base.", ("based_on", "Yunfan-R1", "Yunfan-V3-Base")),
    ("Falcon-9 represents an upgraded version of Yunfan-3.", ("version_of", "Falcon-9", "Yunfan-3")),
    ("Quillworks raised $5 million in a round led by Sequoia Capital, with participation from Nvidia and AMD.", ("investor", "Quillworks", "超威半导体")),
    ("Quillworks raised $5 million in a round led by Sequoia Capital, with participation from Nvidia and AMD.", ("investor", "Quillworks", "红杉资本")),
    ("Amazon has invested $4 billion in Anthropic.", ("investor", "Anthropic", "亚马逊")),
    ("Quillworks raised $5 million. Nvidia, Google and others participated in the round.", ("investor", "Quillworks", "英伟达")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_english_sentences_tell_makers_bases_and_investors(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yunfan-3 was compared with Falcon-9. A poem was written; the hall was built by Google.",
        "Quillworks is not backed by Google.",
    ],
)
def test_english_sentences_that_tell_no_maker_or_investor_give_none(text: str) -> None:
    assert not {one for one in relations(text) if one[0] in {"developer", "investor"}}


EVENTS = [
    ("* Feb 17, 2025: We release the inference code and model weights of Yunfan-Video-T2V.", ("released", "Yunfan-Video-T2V", "2025-02-17")),
    ("**March 18, 2024**\n- We are releasing **[Yunfan-3D](https://x.example)**, an image model.", ("released", "Yunfan-3D", "2024-03-18")),
    ("In October, OpenAI raised $6.6bn in a round.", ("funded", "OpenAI", "2024-10")),
    ("In May, OpenAI raised $6.6bn in a round.", ("funded", "OpenAI", "2025-05")),
    ("On 2025-04-02, Google open-sourced Yunfan-3B, Yunfan-14B, and Yunfan-32B.", ("open_sourced", "Yunfan-32B", "2025-04-02")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_english_sentences_tell_events_and_their_dates(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in events(text)


def test_a_release_that_is_a_noun_tells_no_event() -> None:
    assert not events("The release notes of Yunfan-3B are long. On 2025-04-02 the release was discussed.")


FLAGS = [
    ("Yunfan-7B series (including Base and Chat) supports commercial use.", ("commercial_use", "Yunfan-7B", True)),
    ("The Yunfan-3 weights are free for research, study and commercial use.", ("commercial_use", "Yunfan-3", True)),
    ("Yunfan-3 is licensed for both researchers and commercial entities.", ("commercial_use", "Yunfan-3", True)),
    ("We are open-sourcing Yunfan-3B, Yunfan-14B, and Yunfan-32B.", ("open_source", "Yunfan-32B", True)),
    ("Yunfan-3 was released under the Apache License 2.0.", ("open_source", "Yunfan-3", True)),
]


@pytest.mark.parametrize(("text", "expected"), FLAGS)
def test_english_sentences_tell_what_is_open_and_may_be_sold(text: str, expected: tuple[str, str, bool]) -> None:
    assert expected in flags(text)


def test_an_open_source_codebase_is_no_claim_on_the_model_that_works_on_it() -> None:
    assert not flags("Yunfan-3 can mend a bug of an open source codebase.")
