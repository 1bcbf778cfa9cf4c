"""Lists in lists, invented: an item that names nothing speaks of the item above it."""

import pytest

from etl.reader.list_items import item_at
from tests.proposing import flags, proposed, relations

NESTED = (
    "## 模型\n1. Yunfan 3\n    1. 由 OpenAI 开发。\n    2. 开源，可商用。 https://example.com/yunfan/3\n"
    "2. Falcon-2 和 Yunfan-7B\n    - 由百度研发。\n    - 闭源。\n    - 早期开源。\n3. 特点\n    - 开源。\n"
)


def test_an_item_without_a_name_takes_those_of_the_item_above() -> None:
    assert flags(NESTED) == {
        ("open_source", "Yunfan 3", True),
        ("commercial_use", "Yunfan 3", True),
        ("open_source", "Falcon-2", False),
        ("open_source", "Yunfan-7B", False),
    }
    assert {r for r in relations(NESTED) if r[0] == "developer"} == {
        ("developer", "Yunfan 3", "OpenAI"),
        ("developer", "Falcon-2", "百度"),
        ("developer", "Yunfan-7B", "百度"),
    }


def test_a_heading_of_a_name_is_what_its_items_speak_of() -> None:
    text = "### Yunfan 3\n\n- 开发者：OpenAI\n- 不开源。\n"
    assert flags(text) == {("open_source", "Yunfan 3", False)}
    assert ("developer", "Yunfan 3", "OpenAI") in relations(text)


@pytest.mark.parametrize("text", ["7. Falcon 7B\n    1. 由百度开发。\n", "### Falcon 7B\n\n- 由百度开发。\n"])
def test_a_title_that_is_a_name_alone_states_no_size(text: str) -> None:
    assert proposed(text, "quantity") == []


def test_a_size_beside_its_active_part_is_a_names() -> None:
    assert proposed("最佳推荐是Yunfan-Next 80B A3B。", "quantity") == []


def test_a_line_that_is_no_item_is_none() -> None:
    assert item_at("Yunfan 3 由百度开发。", 5) is None
    assert item_at("3.5万亿词元用于训练", 5) is None
    assert item_at("3. 词元", 3) is not None


def test_a_very_deep_list_is_read_in_time() -> None:
    text = "".join(" " * (i % 40) + "- 开源。\n" for i in range(4000))
    assert flags(text) == set()
