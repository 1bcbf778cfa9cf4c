"""Forms tried at the beginnings of lines alone."""

import re

import pytest

from etl.line_starts import line_matches
from tests.bench_reader import HOSTILE
from tests.invented import TEXT

FORMS = (
    r"^[ \t]*\S+$",
    r"^\d{1,4}[ \t]*$",
    r"^(?:-[^\n]*\n)+",
    r"^[^\n。]{1,12}(?=。)|^#[^\n]*$",
    r"^\s*[一-鿿]{2,6}\n\n",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["", "\n", "甲乙\n\n丙丁\n\n", "1\n2 \n- a\n- b\n\n- c", TEXT, *HOSTILE.values()])
def test_what_is_found_at_line_starts_is_what_the_engine_finds(form: str, text: str) -> None:
    whole = re.compile(form, re.M)
    for start, end in ((0, len(text)), (1, len(text)), (len(text) // 3, len(text) * 2 // 3)):
        assert [m.span() for m in line_matches(whole, text, start, end)] == [
            m.span() for m in whole.finditer(text, start, end)
        ]
