"""Names: what a longer or a vaguer one is, by invented sentences."""

from tests.proposing import proposed


def test_the_next_generation_of_a_known_chip_is_another_chip() -> None:
    names = {row["subject_name"] for row in proposed("Graviton4的计算性能提高了30%。", "quantity")}
    assert names == {"Graviton4"}


def test_no_firm_in_particular_is_none() -> None:
    names = {row["subject_name"] for row in proposed("任何公司的营收都增长了230%。", "quantity")}
    assert "任何公司" not in names


def test_a_time_is_not_what_a_clause_speaks_of() -> None:
    names = {row["subject_name"] for row in proposed("豆包很受欢迎。接下来的用户将达到3000万。", "quantity")}
    assert names == {"豆包"}
