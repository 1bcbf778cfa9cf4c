"""What models products run on, by invented sentences."""

import pytest

from tests.proposing import proposed, relations

DRIVEN = [
    "微信基于Yunfan-7B模型，回答更快。",
    "微信应用依托Yunfan-7B，回答更快。",
    "微信背后的大模型是Yunfan-7B。",
    "它由Yunfan-7B改写，Yunfan-7B为微信提供动力。",
    "这次升级的是支持微信的Yunfan-7B模型。",
    "微信由Yunfan-7B驱动。",
]


@pytest.mark.parametrize("text", DRIVEN)
def test_a_product_runs_on_the_model_beside_it(text: str) -> None:
    assert ("powers", "Yunfan-7B", "微信") in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "微信和Yunfan-7B都更新了。",
        "微信并未基于Yunfan-7B。",
        "微信由Yunfan-7B的团队开发。",
        "Yunfan-7B为微信写了一首诗。",
    ],
)
def test_two_names_side_by_side_alone_tell_no_engine(text: str) -> None:
    assert not [told for told in relations(text) if told[0] == "powers"]


def test_an_engine_to_come_is_planned() -> None:
    told = [
        row for row in proposed("微信将基于Yunfan-7B模型，回答更快。", "relation") if row["property_id"] == "powers"
    ]
    assert [row["assertion"] for row in told] == ["planned"]


def test_a_product_that_runs_on_a_model_is_not_based_on_it_too() -> None:
    assert relations("微信基于Yunfan-7B模型，回答更快。") == {("powers", "Yunfan-7B", "微信")}


def test_each_product_of_a_list_runs_on_the_model_that_it_took_up() -> None:
    assert {
        told for told in relations("Yunfan-7B大模型已接入到青禾助手App、云帆助手App等产品。") if told[0] == "powers"
    } <= {("powers", "Yunfan-7B", "青禾助手App"), ("powers", "Yunfan-7B", "云帆助手App")}
    told = relations("搜索之外，ChatGPT、地图等应用，都已经接入Yunfan-7B。")
    assert ("powers", "Yunfan-7B", "ChatGPT") in told
