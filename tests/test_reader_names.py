"""Names: what a longer or a vaguer one is, by invented sentences."""

from etl.reader.names import Name, NameFinder
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


FINDER = NameFinder(
    [
        Name("青微", "organization", "青威半导体", "e1"),
        Name("青威半导体", "organization", "青威半导体", "e1"),
        Name("青微电脑", "organization", "青微电脑", "e2"),
        Name("云芯8300", "technology", "云芯8300", "e3"),
        Name("云芯", "technology", "云芯", "e4"),
    ]
)


def named(text: str) -> list[str]:
    """Return the names of a text in turn."""
    return [mention.name for mention in FINDER.find(text).items]


def test_a_short_name_is_the_longer_one_that_the_text_prints() -> None:
    assert named("青微电脑大跌。青微今天开会。") == ["青微电脑", "青微电脑"]
    assert named("青微今天开会。") == ["青威半导体"]
    assert named("青威半导体胜过青微电脑，青微今天开会。") == ["青威半导体", "青微电脑", "青威半导体"]


def test_the_better_of_two_chips_has_a_plus_and_a_generation() -> None:
    assert named("手机搭载云芯8300+芯片。") == ["云芯8300+"]
    assert named("云芯8+ Gen 1发布。") == ["云芯8+ Gen 1"]
    assert named("先后发布云芯888、云芯8Gen1两款处理器。") == ["云芯888", "云芯8Gen1"]
    assert named("云芯2024年发布。") == ["云芯"]


def test_the_code_of_an_exchange_is_no_name() -> None:
    assert named("青微电脑（NASDAQ:\nQWDN）大跌。") == ["青微电脑"]
