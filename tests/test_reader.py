"""The reader as a whole: figures with their subjects, tables, and promises that hold for any text."""

import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.document_text import DocumentError
from etl.documents import read_document
from etl.extract import extract
from etl.reader.plain import masked, simplified
from etl.reader.read import load_lexicon, rows
from tests.proposing import lexicon, proposed

BASE_FIELDS = {
    "document",
    "kind",
    "subject_name",
    "subject_type",
    "property_id",
    "quote",
    "start_char",
    "end_char",
    "method",
    "key",
}


def figures(text: str) -> set[tuple[str, str, float | None, float | None, str | None]]:
    return {
        (r["subject_name"], r["property_id"], r.get("low"), r.get("high"), r.get("unit"))
        for r in proposed(text, "quantity")
    }


IN_TURN = [
    ("插件应用、原生应用和网页应用的月活跃用户规模分别为5亿、3亿和2亿。", {"插件应用": 5e8, "原生应用": 3e8, "网页应用": 2e8}),
    ("Yunfan-7B、Yunfan-13B的窗口分别为32K token、64K token，价格也很低，约5元。", {"Yunfan-7B": 32000, "Yunfan-13B": 64000}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), IN_TURN)
def test_values_in_turn_go_to_the_items_of_a_list(text: str, values: dict[str, float]) -> None:
    found = {(row["subject_name"], row["low"]) for row in proposed(text, "quantity")}
    assert set(values.items()) <= found


def test_what_is_told_in_turn_next_is_of_the_same_list() -> None:
    text = "插件应用、原生应用的月活分别为5亿、3亿，增速分别为10%、20%。"
    found = [(row["subject_name"], row["low"]) for row in proposed(text, "quantity")]
    assert found == [("插件应用", 5e8), ("原生应用", 3e8), ("插件应用", 0.1), ("原生应用", 0.2)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("云帆科技发布的Yunfan-7B参数量为70亿。", ("Yunfan-7B", "parameters", 7e9, 7e9, "parameter")),
        ("Yunfan-2拥有超过1200亿参数。", ("Yunfan-2", "parameters", 1.2e11, None, "parameter")),
        ("云帆科技推出的Yunfan-Nano仅有150万参数。", ("Yunfan-Nano", "parameters", 1.5e6, 1.5e6, "parameter")),
        ("云帆科技完成3亿美元融资，估值约20亿美元。", ("云帆科技", "funding", 3e8, 3e8, "USD")),
        ("云帆科技完成3亿美元融资，估值约20亿美元。", ("云帆科技", "valuation", 2e9, 2e9, "USD")),
        ("云帆科技营收同比下降12%。", ("云帆科技", "growth", -0.12, -0.12, "fraction")),
        ("Yunfan-3的价格直降97%。", ("Yunfan-3", "growth", -0.97, -0.97, "fraction")),
        ("产品“云帆助手”由云帆科技开发。云帆助手月活跃用户突破9000万。", ("云帆助手", "monthly_active_users", 9e7, None, "person")),
        ("阿里巴巴宣布旗下产品通义千问 7B开源。", ("通义千问 7B", "parameters", 7e9, 7e9, "parameter")),
        ("人工智能核心产业规模超过300亿元。", ("人工智能核心产业", "market_size", 3e10, None, "CNY")),
        ("Yunfan-3在MMLU上得分为86.4分。", ("Yunfan-3", "score", 86.4, 86.4, "point")),
        ("Yunfan-3的上下文长度为128K。", ("Yunfan-3", "context_length", 128_000.0, 128_000.0, None)),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_its_subject_and_property(text: str, expected: tuple[Any, ...]) -> None:
    found = figures(text)
    loose = {f[:4] for f in found}
    assert expected in found or (expected[4] is None and expected[:4] in loose), found


def test_respective_values_go_to_their_names_in_turn() -> None:
    found = figures("Yunfan-7B、Yunfan-13B和Yunfan-70B的训练数据分别为1万亿、2万亿和3万亿token。")
    assert {(name, low) for name, _, low, _, _ in found} == {
        ("Yunfan-7B", 1e12),
        ("Yunfan-13B", 2e12),
        ("Yunfan-70B", 3e12),
    }


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("青山咨询数据显示，云帆科技月活用户达到2亿。", "云帆科技"),
        ("根据青山咨询的数据，云帆科技融资357亿美元。", "云帆科技"),
        ("IDC预测云帆科技出货量为300万台。", "云帆科技"),
        ("OpenAI预计，2024年亏损50亿美元。", "OpenAI"),
        ("OpenAI透露，其周活跃用户突破2亿。", "OpenAI"),
    ],
)
def test_who_only_tells_a_figure_is_not_its_subject(text: str, subject: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {subject}


@pytest.mark.parametrize(
    "text",
    [
        "Yunfan 3.1和A100、骁龙8都在列。",
        "第一，要看三个方面；第二，看两点。",
        "2B业务与4S店、80后用户。",
        "见图 1和[5]，第十条，〔2023〕5号。",
        "电话010-12345678，20:30开始，第3页。",
        "iPhone上市后四年，格局变了。",
    ],
)
def test_versions_ordinals_and_the_like_are_no_figures(text: str) -> None:
    assert proposed(text, "quantity") == []


def test_a_table_gives_each_row_its_figures_under_its_headers_unit() -> None:
    table = "| 模型 | 机构 | 参数（亿） | 训练token数 | 是否开源 |\n|---|---|---|---|---|\n| Yunfan-7B | 云帆科技 | 70 | 1T/1.4T | 是 |\n| Yunfan-Max | 云帆科技 | 7B/13B | - | 否 |\n"
    found = figures(table)
    assert ("Yunfan-7B", "parameters", 7e9, 7e9, "parameter") in found
    assert {low for name, p, low, _, _ in found if name == "Yunfan-7B" and p == "training_data"} == {1e12, 1.4e12}
    assert {low for name, p, low, _, _ in found if name == "Yunfan-Max" and p == "parameters"} == {7e9, 13e9}
    assert {(r["subject_name"], r["boolean"]) for r in proposed(table, "boolean")} == {
        ("Yunfan-7B", True),
        ("Yunfan-Max", False),
    }
    assert ("Yunfan-7B", "云帆科技") in {(r["subject_name"], r["object_name"]) for r in proposed(table, "relation")}


def test_traditional_text_is_read_and_quoted_as_printed() -> None:
    (row,) = proposed("雲帆科技營收達到20億美元。", "quantity")
    assert (row["quote"], row["low"], row["unit"]) == ("20億美元", 2e9, "USD")


def test_a_policy_text_gives_its_subsidies_to_the_policy() -> None:
    text = "云帆市支持算力发展若干措施\n第一条 对新建项目，给予最高不超过500万元补贴。\n第二条 按投资额的30%给予奖励。\n第三条 本措施自2025年1月1日起施行。\n"
    found = proposed(text, "quantity")
    assert {row["subject_name"] for row in found} == {"云帆市支持算力发展若干措施"}
    assert {row["property_id"] for row in found} == {"subsidy"}
    assert ("in_force", "2025-01-01") in {(r["property_id"], r.get("date")) for r in proposed(text, "event")}


TEXTS = st.text(
    alphabet=st.sampled_from(list("云帆科技发布了模型参数亿万千百十一二三0123456789.,%，。、：；《》“”（）()|-/ \n\tABYTKb年月日元美超约余多达到占增长下降开源的和与其该公司")),
    max_size=200,
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS | st.text(max_size=120))
def test_any_text_is_read_without_a_crash_and_every_span_is_its_quote(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if "\0" in text or not text.strip():
        with pytest.raises(DocumentError, match=r"any\.txt"):
            read_document(data, name="any.txt")
        return
    document = read_document(data, name="any.txt")
    for row in rows(document, lexicon()):
        assert row.keys() >= BASE_FIELDS
        assert document.text[row["start_char"] : row["end_char"]] == row["quote"]
        assert 0 <= row["subject_start_char"] <= row["subject_end_char"] <= len(document.text)
        json.dumps(row, ensure_ascii=False)


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("云帆科技营收20亿元。", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "c.txt").write_text("云帆科技估值30亿元。", encoding="utf-8")
    found = list(extract([tmp_path]))
    assert [(item.count > 0, item.error is None) for item in found] == [(True, True), (False, False), (True, True)]
    assert "b.pdf" in str(found[1].error)


def test_two_processes_read_what_one_reads(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_text(
            f"云帆科技营收{number + 2}亿元，同比增长{number + 3}%。", encoding="utf-8"
        )
    one = [item.lines for item in extract([tmp_path])]
    assert one == [item.lines for item in extract([tmp_path], jobs=2)]
    assert all(one)


def test_extract_reads_standard_input_and_refuses_a_wrong_date(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from cli.app import main; main()", "extract"]
    done = subprocess.run(
        [*command, "-", "--date", "2025-02"], input="去年12月，云帆科技发布Yunfan-9。", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    dates = {json.loads(line).get("date") for line in done.stdout.splitlines()}
    assert "2024-12" in dates
    wrong = subprocess.run([*command, "-", "--date", "gestern"], input="x", capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "gestern" in wrong.stderr


def test_the_articles_figures_are_found_with_an_empty_base(articles: Path, base: Path, tmp_path: Path) -> None:
    empty = load_lexicon(tmp_path)
    connection = sqlite3.connect(f"file:{base}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    wanted = found = 0
    for path in sorted(articles.glob("*.txt")):
        read = [row for row in rows(read_document(path), empty) if row["kind"] == "quantity"]
        statements = connection.execute(
            "select s.low, s.high, e.start_char, e.end_char from statements s join sources o on o.id = s.source_id "
            "join evidence e on e.statement_id = s.id and e.role = 'value' where o.file_name = ? and s.value_type = 'quantity' "
            "and (s.low is not null or s.high is not null)",
            [path.name],
        )
        for statement in statements:
            wanted += 1
            found += any(
                row["start_char"] < statement["end_char"]
                and statement["start_char"] < row["end_char"]
                and (row.get("low"), row.get("high")) == (statement["low"], statement["high"])
                for row in read
            )
    assert wanted > 50
    assert found >= 0.99 * wanted


@pytest.mark.parametrize(
    "text", ["微软在110周年之际捐款。", "会议结束了。23年，微软改了主意。", "访问由23年12月起下降。"]
)
def test_an_anniversary_and_a_short_year_are_no_figures(text: str) -> None:
    assert proposed(text, "quantity") == []


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        # A figure in brackets is of the name before them.
        ("融资额排名为：云帆科技（113亿美元）、星河智能（15亿美元）、青岚科技（4亿美元）。", "星河智能", 1.5e9),
        # What makes a model is not what has its parameters.
        ("云帆科技推出的Yunfan-Nano有150万参数。", "Yunfan-Nano", 1.5e6),
        # A size with a decimal is whole in a name.
        ("Yunfan-1.9B-32K在2.8万亿token上训练。", "Yunfan-1.9B-32K", 2.8e12),
        # The rest of a time is no part of a name.
        ("全年机器人整机产量增长12%。", "机器人整机产量", 0.12),
    ],
)
def test_a_figure_goes_to_the_name_that_it_stands_beside(text: str, subject: str, value: float) -> None:
    assert (subject, value) in {(name, low) for name, _, low, *_ in figures(text)}


def test_a_place_among_the_first_is_no_figure() -> None:
    assert not figures("云帆科技跻身全球前五，星河智能进入榜单前10名。")


@pytest.mark.parametrize(
    ("text", "subject", "value"),
    [
        # What is measured outright is of the noun before it, whoever was told of before.
        ("云帆科技增长很快。不过，法务岗位的比例只有35%。", "法务岗位", 0.35),
        ("云帆科技去年亏损。同期，数据中心的支出将超过14亿美元。", "数据中心", 1.4e9),
        # A country or the text itself, where the clause opens with it.
        ("算力在涨价。目前，全国在用机架超过760万架。", "全国", 7.6e6),
        ("人工智能资讯\n\n全文约1500字，值得一读。", "全文", 1500),
        # Of whom a share is a share.
        ("调研机构说，有78%的软件工程师每周用一次。", "软件工程师", 0.78),
        ("一项调查显示，89%的人高估了自己。", "人", 0.89),
        # The figure only fills in another time.
        ("生成式引擎的营收，2023年不到10亿美元。2024年大约90亿。", "生成式引擎", 9e9),
        # An attribute before the name that has it.
        ("团队开发了一款仅含150万参数的小型神经网络Yunfan-Nano。", "Yunfan-Nano", 1.5e6),
        # What something is a share of, and who only counts it, is not spoken of.
        ("根据青山咨询统计，云帆助手日活达7000万，增幅高达940%。", "云帆助手", 9.4),
        # A field's name goes on over a blank.
        ("AI 基础设施去年耗资700亿美元。", "AI 基础设施", 7e10),
    ],
)
def test_a_figure_is_of_what_its_clause_says_outright(text: str, subject: str, value: float) -> None:
    assert (subject, value) in {
        (row["subject_name"], row.get("low") or row.get("high")) for row in proposed(text, "quantity")
    }


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("云帆科技获政府2亿元补贴，用于建厂。据《云州市促进算力发展若干措施》，这是首例。", "云帆科技"),
        ("云州市政府将向云帆科技提供最高2亿元补贴。据《云州市促进算力发展若干措施》，这是首例。", "云帆科技"),
    ],
)
def test_a_grant_that_a_firm_gets_is_the_firms(text: str, subject: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {subject}


def test_how_things_stand_is_not_the_policys() -> None:
    text = (
        "# 《云州市促进算力发展若干措施》解读\n\n《云州市促进算力发展若干措施》（以下简称《措施》）近日印发。《措施》提出支持企业。"
        "据统计，云州市机器人产业规模为4.8亿元，占到全国（19.1亿元）的四分之一，达25.1%。"
    )
    found = {(row["low"], row["subject_name"]) for row in proposed(text, "quantity")}
    assert found == {
        (4.8e8, "云州市机器人产业"),
        (1.91e9, "全国"),
        (0.25, "云州市机器人产业"),
        (0.251, "云州市机器人产业"),
    }


def test_a_latin_name_that_speaks_is_a_persons_and_so_are_its_parts() -> None:
    text = "執行長 Quillon Vantreese 來了。Quillon 分享了一個數據：Yunfan-3 的準確率有 87.5%。Vantreese 的公司叫 Yunfan Labs。"
    kinds = {m.name: m.kind for m in lexicon().names.find(simplified(text)).items}
    assert kinds["Quillon Vantreese"] == "person"
    assert "Quillon" not in kinds
    assert "Vantreese" not in kinds
    assert {row["subject_name"] for row in proposed(text, "quantity")} == {"Yunfan-3"}


@pytest.mark.parametrize(
    "text",
    ["{{< video Kq8Zx12mfA >}}\n\n年营收为3亿元。", "表中 Level-2 任务的年营收为3亿元。", "Stage 3 的年营收为3亿元。"],
)
def test_short_codes_and_steps_of_a_scale_are_no_names(text: str) -> None:
    assert all(mention.kind in {"topic", "technology"} for mention in lexicon().names.find(masked(text)).items)


NO_FIGURES = [
    "### 7B 模型结果\n\n见云帆科技的表。",
    "云帆科技购入2纳米光刻机。",
    "云帆科技实现1+1>2的效果。",
    "云帆科技与此相隔十万八千里。",
    "云帆科技。全文 6,000字 | 阅读约16分钟",
    "近3个月，云帆科技很忙。",
    "云帆科技是“一年十倍股”。",
    "云帆科技成为第三家加入2万亿美元俱乐部的公司。",
    "云帆科技写道（1TWh=10亿度电）。",
    "云帆科技的WizardYun-2 8x22B很快。",
    "云帆科技研究1637 年 2 月的崩盘。",
    "我记得云帆科技11、12 年很低调。",
    "云帆科技的占比降低至中个位数百分比。",
]


@pytest.mark.parametrize("text", NO_FIGURES)
def test_classes_sayings_and_reading_times_are_no_figures(text: str) -> None:
    assert not proposed(text, "quantity")


LEVELS = [
    ("云帆科技的产能利用率已跌至50%。", "share"),
    ("云帆科技的毛利率从30%提升至40%。", "share"),
    ("云帆科技的收入增速降至5%。", "growth"),
    ("云帆科技的服务成本降低到原来的1/3。", "ratio"),
]


@pytest.mark.parametrize(("text", "property_id"), LEVELS)
def test_what_a_rate_came_to_is_no_growth(text: str, property_id: str) -> None:
    assert {row["property_id"] for row in proposed(text, "quantity")} == {property_id}


def test_a_loss_of_value_is_told_by_its_note() -> None:
    [row] = proposed("过去一周，云帆科技市值蒸发近3000亿美元。", "quantity")
    assert (row["low"], row["unit"], row["property_id"]) == (3e11, "USD", "market_value")
    assert "fell" in row["scope_note"]


WAYS = [
    ("报告成本降低的云帆科技提高了10个百分点。", 0.1),
    ("云帆科技的学习率降低到峰值的十分之一。", 0.1),
    ("云帆科技的股价回落到7%。", 0.07),
    ("云帆科技在第二个月实现了50%的成本节约。", -0.5),
    ("云帆科技损失约6%。", -0.06),
]


@pytest.mark.parametrize(("text", "low"), WAYS)
def test_a_level_is_no_fall_and_a_fall_is_one_behind_its_figure_too(text: str, low: float) -> None:
    assert [row["low"] for row in proposed(text, "quantity")] == [low]
