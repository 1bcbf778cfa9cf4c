"""Addresses of pages."""

import pytest
from datasette.utils import tilde_decode, tilde_encode

from db.site_address import encoded


@pytest.mark.parametrize("identifier", ["gpt-3", "qwen2.5", "a_b", "甲/乙", "x~y", "", "100%", "a b", "gpt-3\n"])
def test_an_id_is_encoded_as_datasette_does(identifier: str) -> None:
    assert encoded(identifier) == tilde_encode(identifier)
    assert tilde_decode(encoded(identifier)) == identifier
