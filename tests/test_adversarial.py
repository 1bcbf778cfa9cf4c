"""No rule and no parser takes more than linear time on strings that mean harm."""

import pytest

from tests.bench_adversarial import WORKS, exponent

SIZE = 1_000


@pytest.mark.parametrize("name", WORKS)
def test_time_grows_with_the_length_and_not_with_its_square(name: str) -> None:
    # Small texts and a busy machine make the figure rough: again, larger, before it counts.
    assert any(exponent(WORKS[name], size, runs=1) < 1.6 for size in (SIZE, 4 * SIZE, 8 * SIZE)), name


def test_what_is_quadratic_is_seen() -> None:
    assert exponent(lambda size: [i for i in range(size) for _ in range(size // 10)], 4 * SIZE) > 1.6
