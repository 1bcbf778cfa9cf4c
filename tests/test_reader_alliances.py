"""Partners by the noun of working together, and backers in lists, by tables of invented sentences."""

import pytest

from tests.proposing import tied

PARTNERS = [
    ("谷歌最近宣布与英特尔建立合作伙伴关系，将技术集成。", ("谷歌", "英特尔")),
    ("微软上月高调公布与OpenAI的多年战略合作关系。", ("微软", "OpenAI")),
    ("谷歌将与英特尔合作，在港口建立集群。", ("谷歌", "英特尔")),
    ("审计师看好微软及其与OpenAI的合作伙伴关系。", ("微软", "OpenAI")),
    ("OpenAI与英特尔签署的意向书表明，公司会采购芯片。", ("OpenAI", "英特尔")),
    ("英伟达和微软一起登台，宣布两家公司扩大战略合作关系。", ("英伟达", "微软")),
]


@pytest.mark.parametrize(("text", "ends"), PARTNERS)
def test_the_noun_of_working_together_tells_partners(text: str, ends: tuple[str, str]) -> None:
    found = [{*pair} for pair in tied(text, "partner")]
    assert set(ends) in found, found


APART = [
    "与英特尔和OpenAI建立合作关系之后，英伟达上涨。",
    "谷歌终止了与英特尔的合作。",
    "谷歌与英特尔的竞争加剧，合作无从谈起。",
    "谷歌否认与英特尔合作。",
]


@pytest.mark.parametrize("text", APART)
def test_firms_that_do_not_work_together_are_no_partners(text: str) -> None:
    assert not tied(text, "partner")


BACKERS = [
    ("星河科技种子轮就拿了10亿美金，投资机构包括了红杉资本、谷歌和英特尔。", ("星河科技", "英特尔")),
    ("星河科技完成B轮融资，由红杉资本领投，英特尔、三星以及现有投资方谷歌跟投。", ("星河科技", "英特尔")),
    ("红杉资本投资的星河科技宣布裁员。", ("星河科技", "红杉资本")),
    ("谷歌和微软押注的星河科技开始扩张。", ("星河科技", "谷歌")),
    ("星河科技当时宣布的是由红杉资本投资的7500万美元。", ("星河科技", "红杉资本")),
    ("星河科技完成融资。投资方包括两地国资平台，以及红杉资本、谷歌等机构。", ("星河科技", "谷歌")),
    (
        "马丁·加尔曼一直积极投资人工智能初创公司，包括机器人制造商星河科技、网络公司云深智能。",
        ("云深智能", "马丁·加尔曼"),
    ),
    ("星河科技后来筹集巨额资金，其中包括来自微软的数十亿美元投资。", ("星河科技", "微软")),
]


@pytest.mark.parametrize(("text", "ends"), BACKERS)
def test_lists_sums_and_attributes_tell_backers(text: str, ends: tuple[str, str]) -> None:
    found = tied(text, "investor")
    assert ends in found, found


def test_who_is_named_with_the_other_backers_is_none_of_those_backed() -> None:
    assert tied("星河科技宣布了新董事会。微软和其他股东，如红杉资本和谷歌，不会获得席位。", "investor") == {
        ("星河科技", "微软"),
        ("星河科技", "红杉资本"),
        ("星河科技", "谷歌"),
    }


OWNERS = [
    ("谷歌将敲定支持，其母公司Alphabet可能提供贷款。", ("谷歌", "Alphabet")),
    ("一家由博士创办的大模型公司星河科技，已被手机厂商OPPO收购。", ("星河科技", "OPPO")),
    ("周三，有人在Vingroup旗下公司VinAI的会议上表示欢迎。", ("VinAI", "Vingroup")),
    ("谷歌母公司Alphabet的首席执行官昨天说到了裁员。", ("谷歌", "Alphabet")),
]


@pytest.mark.parametrize(("text", "ends"), OWNERS)
def test_parents_and_buyers_of_the_clause_before_own(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "owner")
