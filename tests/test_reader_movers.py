"""What a figure of a market is of, and who is no subject of money that another gets, by invented sentences."""

import pytest

from tests.proposing import offered, proposed

MOVED = [
    ("截至收盘，青禾指数涨0.33%，报3,153.91点。", "青禾指数"),
    ("云帆500指数涨0.53%，青山综合指数跌0.2%。", "云帆500指数"),
    ("云帆500指数涨0.53%，青山综合指数跌0.2%。", "青山综合指数"),
    ("芯片巨头英伟达（Nasdaq：NVDA）涨超3%。", "英伟达"),
    ("医药股云山联（2板）高开6.39%。", "云山联"),
    ("化工股云化股份（3天2板）高开7.80%。", "云化股份"),
    ("英伟达（NASDAQ:\nNVDA）涨超3%。", "英伟达"),
    ("市场普跌，现金告急的微软一度涨超20%。", "微软"),
    # What tells when, and how it moves, is no part of the name.
    ("今日青山A50指数期货开涨0.37%。", "青山A50指数期货"),
    ("隔夜美股云指涨超2%。", "云指"),
    ("港股恒青指震荡涨近1%。", "恒青指"),
    ("云帆股份昨日涨停后再度大涨4%。", "云帆股份"),
    ("Adobe股价已经上涨了36%。", "Adobe"),
]


@pytest.mark.parametrize(("text", "name"), MOVED)
def test_what_a_market_moves_is_named_right_before_the_verb(text: str, name: str) -> None:
    assert ("moves", name) in offered(text)


CHANGED = [
    ("云帆指数收跌36.97点，跌幅0.11%，报34463.69点。", "云帆指数", "point", (-36.97, -36.97)),
    ("青山币一度涨超1000美元。", "青山币", "USD", (1000, None)),
    ("云州所8月份交割的青铜期货最深跌近6美元。", "青铜期货", "USD", (-6, -6)),
]


@pytest.mark.parametrize(("text", "name", "unit", "bounds"), CHANGED)
def test_by_how_much_a_price_or_an_index_moves_is_a_change(
    text: str, name: str, unit: str, bounds: tuple[float | None, float | None]
) -> None:
    [row] = [row for row in proposed(text, "quantity") if row["property_id"] == "change"]
    assert (row["subject_name"], row["unit"], (row.get("low"), row.get("high"))) == (name, unit, bounds)


def test_what_a_price_falls_to_is_no_change() -> None:
    properties = {row["property_id"] for row in proposed("微软股价跌至20美元，云帆指数跌破3000点。", "quantity")}
    assert properties
    assert "change" not in properties


def test_the_term_of_a_bond_is_part_of_its_name_and_no_duration() -> None:
    found = proposed("截至收盘，10年期云州国债涨0.2%。", "quantity")
    assert [(row["subject_name"], row["unit"]) for row in found] == [("10年期云州国债", "fraction")]


NOT_MOVED = ["营收同比", "净利润", "青禾与云帆", "该公司", "使其"]


@pytest.mark.parametrize("lead", NOT_MOVED)
def test_measures_pairs_and_pronouns_are_not_what_a_market_moves(lead: str) -> None:
    found = {row["subject_name"] for row in proposed(f"百度公布了数据，{lead}上涨20%。", "quantity")}
    assert lead not in found


def test_who_leads_a_round_is_not_who_is_valued() -> None:
    text = "星河科技今天宣布，完成了由红杉资本领投的5200万美元的B轮融资。"
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {"星河科技"}


@pytest.mark.parametrize(
    ("text", "name"),
    [("沪青指报2887.11点。", "沪青指"), ("沪青指失守2900点。", "沪青指"), ("云帆指数报28478.52点。", "云帆指数")],
)
def test_an_index_stands_at_its_points(text: str, name: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "quantity") if row.get("unit") == "point"} == {name}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # A measure that is cut within a word, or from a deed, is one word with it.
        ("社会消费品零售总额增长8.2%。", "社会消费品零售总额"),
        ("固定资产投资增长3.8%。", "固定资产投资"),
        ("全部工业增加值增长3.7%。", "工业"),
    ],
)
def test_what_a_figure_is_of_is_a_whole_noun(text: str, name: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {name}


def test_what_is_said_to_be_such_a_thing_has_its_figure() -> None:
    text = "Yunfan-1是由青梧科技在去年底训练完成、拥有2260亿参数的混合专家模型。"
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {"Yunfan-1"}


WHOLE = [
    ("欧洲云帆 600指数收涨0.89%，报617.12点，本周累计上涨1.00%。", {"欧洲云帆 600指数"}),
    ("半导体ETF跌2.52%，青山科技行业ETF跌2.19%。", {"半导体ETF", "青山科技行业ETF"}),
    ("两年期云债收益率涨4.71个基点，报3.4976%。", {"两年期云债收益率"}),
    ("青元兑云元跌0.31%。", {"青元兑云元"}),
    ("食品及饮料指数涨6.20%。", {"食品及饮料指数"}),
]


@pytest.mark.parametrize(("text", "names"), WHOLE)
def test_indices_funds_bonds_and_rates_of_exchange_are_named_whole(text: str, names: set[str]) -> None:
    assert {row["subject_name"] for row in proposed(text, "quantity")} == names


def test_what_is_told_again_is_of_what_moved_before() -> None:
    rows = proposed("云帆指数收涨0.5%，报617.12点，本周累计上涨1.00%，整体交投于610.25-620.50点。", "quantity")
    assert len(rows) == 4
    assert {row["subject_name"] for row in rows} == {"云帆指数"}
