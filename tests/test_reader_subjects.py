"""What a figure is of where its item, its bracket, its measure or a survey tells it outright."""

import pytest

from tests.proposing import offered, proposed

CARD = "## Yunfan 7B\n\n文档网址：见官网\n\n- 开发者：青禾科技\n- 输入限制：8K上下文\n"
SURVEY = "许多组织感到压力。61%的人表示难以跟上。此外，52%报告称期望过高，43%缺乏带头人。"


def of(text: str) -> dict[str, str]:
    """Return the subject of each figure of a text by how it is printed."""
    return {row["printed"]: row["subject_name"] for row in proposed(text, "quantity")}


TOLD = [
    ("有人算账，搭建一个青云集群的成本就在几十亿元。", "几十亿元", "青云集群"),
    ("如今满载的GPU服务器价格在90万-150万元之间。", "90万-150万元", "GPU服务器"),
    ("换机周期曾从28个月延长。", "28个月", "换机周期"),
    ("青禾业务贡献28.6亿美元，同比增长。", "28.6亿美元", "青禾业务"),
    ("对话的平均延迟为1.5秒（Yunfan-3.5）和3.2秒（Yunfan-4），还会丢失。", "1.5秒", "Yunfan-3.5"),
    ("对话的平均延迟为1.5秒（Yunfan-3.5）和3.2秒（Yunfan-4），还会丢失。", "3.2秒", "Yunfan-4"),
    ("首要能力其次是工具（48%）和混合云设施（41%）。", "41%", "混合云设施"),
    ("超过一半（53%）的企业专注于数据。", "53%", "企业"),
    ("GitHub三万Star项目Yunfan上新了。", "三万Star", "Yunfan"),
]


@pytest.mark.parametrize(("text", "printed", "subject"), TOLD)
def test_a_figure_is_of_what_its_words_say_outright(text: str, printed: str, subject: str) -> None:
    found = {shown: name for shown, name in of(text).items() if printed in shown}
    assert set(found.values()) == {subject}


RULES = [
    ("尽管72%的组织报告称能够改善转变，微软没有回应。", "part", "组织"),
    ("青山集团收购了拥有1500万用户的Yunfan-2。", "has", "Yunfan-2"),
    ("报告说，下一代引擎的训练成本可能高达8亿美元。", "measured", "下一代引擎"),
    ("每季度投入的训练成本从300美元变成3000美元，微软没有回应。", "measured_here", "训练成本"),
    ("青禾业务在总额中的占比，将从2%升到10%。", "measured_before", "青禾业务"),
    ("- 数据分析：从29%增长到51%。", "label", "数据分析"),
]


@pytest.mark.parametrize(("text", "rule", "subject"), RULES)
def test_what_single_rules_say_is_offered_to_the_weights(text: str, rule: str, subject: str) -> None:
    assert (rule, subject) in offered(text)


def test_an_item_with_but_a_label_is_of_the_heading_over_running_text() -> None:
    assert of(CARD) == {"8K": "Yunfan 7B"}


def test_shares_that_open_clauses_go_on_with_whom_the_survey_asked() -> None:
    assert set(of(SURVEY).values()) == {"人"}
    assert of("生命科学企业的采纳率最高，98%使用对话工具。")["98%"] == "生命科学企业"


def test_models_that_head_the_columns_own_the_scores_of_benchmarks() -> None:
    table = "| 模型 | Yunfan-7B Chat | Xinghe-13B |\n| --- | --- | --- |\n| HellaSwag 10-shot | 81.0% | 77.6% |\n| ARC-challenge 25-shot | 58.9% | 60.1% |\n"
    assert {(row["subject_name"], row["low"]) for row in proposed(table, "quantity")} == {
        ("Yunfan-7B Chat", 0.81),
        ("Xinghe-13B", 0.776),
        ("Yunfan-7B Chat", 0.589),
        ("Xinghe-13B", 0.601),
    }


def test_the_bracket_behind_a_benchmark_begins_with_the_score_of_whom_the_text_speaks() -> None:
    text = "Yunfan-7B 在编程方面表现出色。在 HumanEval（66.0%，Xinghe-1 的 51.5%）上，它更高。"
    assert of(text)["66.0%"] == "Yunfan-7B"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("### Yunfan-7B\n\n> 8k 上下文\n", 8000, 8000),
        ("云帆科技的股票涨到7块多钱。", 7, None),
        ("回收的资金，一半上交财政，一半留给云帆科技。", 0.5, 0.5),
        ("算力成本占云帆科技总投入的一半。", 0.5, 0.5),
        ("云帆科技被最高人民法院判赔30万元。", 300_000, 300_000),
        ("云帆科技的股价曾在最高价20.85元。", 20.85, 20.85),
        ("云帆科技给予最高补贴30万元。", None, 300_000),
        ("云帆科技的市场份额进一步下降到了5%。", 0.05, 0.05),
        ("云帆科技股价跌超三分之一。", None, -1 / 3),
    ],
)
def test_bounds_are_read_as_printed(text: str, low: float | None, high: float | None) -> None:
    assert {(row.get("low"), row.get("high")) for row in proposed(text, "quantity")} == {(low, high)}


@pytest.mark.parametrize(
    "text", ["一半是海水，一半是火焰，云帆科技说。", "云帆科技自一九八五年起经营。", "青禾1以上0以下。"]
)
def test_what_measures_nothing_is_no_figure(text: str) -> None:
    assert not [row for row in proposed(text, "quantity") if row.get("low") in {0.5, 1985} or row.get("high") == 0]


def test_a_film_or_book_that_a_clause_names_by_title_owns_its_figures() -> None:
    text = "微软投资的电影不多。《青禾地球》，上映一周制作成本2亿美元，全球票房2.7亿美元。"
    assert of(text) == {"2亿美元": "青禾地球", "2.7亿美元": "青禾地球"}


def test_a_paper_that_only_tells_a_figure_is_not_whose_it_is() -> None:
    assert set(of("《青禾日报》报道，微软营收达2亿美元。").values()) == {"微软"}
