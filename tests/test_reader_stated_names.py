"""Firms and things that only what is stated of them makes known, and who makes what by them, by invented sentences."""

import pytest

from etl.reader.stated_names import stated_names
from tests.proposing import tied

STATED = [
    ("青岚漫谈是云帆社旗下的公众号。", {("青岚漫谈", "product"), ("云帆社", "organization")}),
    ("苏青禾的“云之书”是一款记录三餐的应用。", {("云之书", "product"), ("苏青禾", "person")}),
    ("3、青岚股份公告，拟募资2亿元。", {("青岚股份", "organization")}),
    ("云笺的母公司青岚效应，成立已有两年。", {("青岚效应", "organization")}),
    (
        "晶圆厂云岭（3706）今日开会，青岚控股（股票代码：600001.SH）也在场。",
        {("云岭", "organization"), ("青岚控股", "organization")},
    ),
    ("张云帆（David Zhang），首席科学家，发表演讲。", {("张云帆", "person")}),
    # A kind of thing is no name, nor is a year a code.
    ("该平台是公司旗下的产品。", set()),
    ("云岭（2024）是一部纪录片。", set()),
    ("据交易所公告，停牌一日。", set()),
]


@pytest.mark.parametrize(("text", "names"), STATED)
def test_what_is_stated_of_them_makes_names_known(text: str, names: set[tuple[str, str]]) -> None:
    assert {(mention.name, mention.kind) for mention in stated_names(text)} == names


MADE = [
    ("青岚漫谈是云帆社旗下的公众号。", ("青岚漫谈", "云帆社")),
    ("苏青禾的“云之书”是一款记录三餐的应用。", ("云之书", "苏青禾")),
    ("微软推出首款产品Orchardly，主攻搜索。", ("Orchardly", "微软")),
]


@pytest.mark.parametrize(("text", "ends"), MADE)
def test_such_names_are_tied_to_who_makes_them(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "developer") | tied(text, "owner")


def test_a_country_may_stand_before_who_makes_a_thing() -> None:
    assert ("Orchardly", "Aoba Robotics公司") in tied("Orchardly是日本Aoba Robotics公司旗下产品。", "developer")


BOUGHT = [
    ("微软斥资2亿元购买云岭科技有限责任公司66%股权。", "owner", ("云岭科技有限责任公司", "微软")),
    ("青岚科技目前由微软控制。", "owner", ("青岚科技", "微软")),
    ("微软目前共投入青岚科技130亿美元。", "investor", ("青岚科技", "微软")),
    ("台积电三大客户包括苹果、AMD。", "customer_of", ("苹果公司", "台积电")),
]


@pytest.mark.parametrize(("text", "relation", "ends"), BOUGHT)
def test_purchases_control_and_customers_are_ties(text: str, relation: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, relation)
