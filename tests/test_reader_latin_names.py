"""Latin names: in other cases, over words of their own, of firms by what they bring out, of persons by small words."""

import pytest

from tests.proposing import events, flags, relations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Anthropic 推出 Claude Orchard 工具\n", ("developer", "Claude Orchard", "Anthropic")),
        ("**QiheAI** 最近正式发布了其最新的模型 `Yunfan 1.1`。", ("developer", "Yunfan 1.1", "QiheAI")),
        ("## deepseek V2\n- 开发者：deepseek\n", ("developer", "deepseek V2", "DeepSeek")),
        ("欧盟委员会主席Ursa von der\nLinden发言。", ("affiliation", "Ursa von der Linden", "欧盟委员会")),
        ("Anthropic 旗下 **Anthropic Labs** 推出新工具。", ("owner", "Anthropic Labs", "Anthropic")),
        ("Gartner分析师John-David Grimm表示，支出会增加。", ("affiliation", "John-David Grimm", "Gartner")),
    ],
)
def test_names_are_read_whole(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


def test_what_two_common_words_name_is_no_person_for_what_it_puts_forward() -> None:
    text = "**Data Interpreter**\n由青禾大学、云帆大学共同推出。Data Interpreter提出了三个关键技术。"
    assert relations(text) == {
        ("developer", "Data Interpreter", "青禾大学"),
        ("developer", "Data Interpreter", "云帆大学"),
    }


def test_fields_of_a_card_tell_whether_its_thing_is_open() -> None:
    text = "### Yunfan-7B\n\n网址：见官网\n\n- 是否开源：是\n\n### Xinghe-9B\n\n- 开放类型：闭源\n"
    assert flags(text) == {("open_source", "Yunfan-7B", True), ("open_source", "Xinghe-9B", False)}


OPEN = [
    ("在 Yunfan（基于Xinghe-7B的开源项目，用于动画）里。", ("open_source", "Yunfan", True)),
    ("# Yunfan-7B：全新的最先进的开源 LLM\n\n今天开始。", ("open_source", "Yunfan-7B", True)),
    ("- **Yunfan-7B**：国产开源，性价比高\n", ("open_source", "Yunfan-7B", True)),
]


@pytest.mark.parametrize(("text", "expected"), OPEN)
def test_a_thing_is_open_that_a_bracket_a_colon_or_an_item_calls_so(text: str, expected: tuple[str, str, bool]) -> None:
    assert expected in flags(text)


def test_an_open_version_of_something_is_not_the_thing() -> None:
    assert not flags("# 开源版“Yunfan-7B”炸场\n\n自己做报表。")


def test_this_model_is_the_one_that_the_news_in_the_heading_tells_of() -> None:
    text = "## [青禾发布 Yunfan-7B 模型](https://example.org)\n\n它与 **Xinghe-9B** 齐头并进。\n\n该模型采用许可证开放，支持免费商用。\n"
    assert ("commercial_use", "Yunfan-7B", True) in flags(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('A1["Yunfan-5.1 (2025.04)"]', ("released", "Yunfan-5.1", "2025-04")),
        ("`Yunfan-4`（2023 年 3 月发布）、`Yunfan-5`（最强）", ("released", "Yunfan-4", "2023-03")),
    ],
)
def test_a_month_alone_in_its_bracket_dates_a_model(text: str, expected: tuple[str, str, str]) -> None:
    assert {event for event in events(text) if event[0] == "released"} == {expected}
