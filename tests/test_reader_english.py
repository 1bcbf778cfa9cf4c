"""What English text names and tells, by tables of invented sentences."""

import pytest

from etl.documents import read_document
from etl.reader.read import reading
from tests.proposing import lexicon

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
