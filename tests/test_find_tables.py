"""Tables are found in every way that texts set them, and each cell slices to its text."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.tables import CATEGORY, Table, find_tables

PIPES = """\
表 7. 三家模型的规模（单位：亿）

| 模型 | 机构 | 参数（亿） | 价格(元/百万tokens) |
|:---|:---:|---|---|
| **山岚-3** | 甲公司 | 1750 | 2.5 |
| 云帆 | 乙研究院 | - | |
"""
TABS = "模型\t机构\t参数量/亿\n山岚-3\t甲公司\t1750\n云帆\t乙研究院\t520\n"
BLANKS = """\
模型          机构        参数
山岚 3        甲公司      1750亿
云帆                      520亿
青鸟          丙科技      62亿
"""
FLAT = """\
Table 4. Models
表 4. 各家模型(部分)

类别 模型 主体 参数规模 数据规模 是否开源

文本生成

山岚-3 甲公司 175B 45TB 否

云帆 2 乙研究院 520 亿 / 是

青鸟 大模型 丙科技 约 1.8 万亿 13TB 否

图像生成

小满 V5 Tinstar / 2.5 亿个图文对 是

惊蛰 丁大学 9300 万 / 是

资料来源：公开资料。
"""
STACKED = "表 2 对比\n模型\n机构\n参数\n是否开源\n山岚-3\n甲公司\n1750亿\n否\n云帆 2\n乙研究院\n520亿\n是\n青鸟\n丙科技\n/\n是\n"
HTML = """\
<table><tr><th>模型</th><th>参数</th></tr>
<tr><td rowspan="2"><b>山岚</b></td><td>70亿</td></tr><tr><td>130亿</td></tr></table>
"""
SIX = {"pipes": PIPES, "tabs": TABS, "blanks": BLANKS, "flat": FLAT, "stacked": STACKED, "html": HTML}


def one(text: str) -> Table:
    (table,) = find_tables(text)
    return table


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def names(table: Table) -> list[tuple[str, str | None]]:
    return [(column.name, column.unit_text) for column in table.columns]


@pytest.mark.parametrize("kind", SIX)
def test_each_way_of_setting_is_told_and_its_cells_slice_to_their_text(kind: str) -> None:
    text = "前文一句。\n\n" + SIX[kind] + "\n后文一句。\n"
    table = one(text)
    assert table.kind == kind
    for row in table.rows:
        for cell in row:
            assert text[cell.start : cell.end] == cell.text == cell.text.strip()
    for column in table.columns:
        assert column.name in text[column.start : column.end]


def test_a_markdown_table_has_units_caption_and_empty_cells() -> None:
    table = one(PIPES)
    assert names(table) == [("模型", None), ("机构", None), ("参数", "亿"), ("价格", "元/百万tokens")]
    assert grid(table) == [["山岚-3", "甲公司", "1750", "2.5"], ["云帆", "乙研究院", "-", ""]]
    assert [cell.is_empty for cell in table.rows[1]] == [False, False, True, True]
    assert (table.label, table.caption, table.unit_text) == ("表 7", "三家模型的规模（单位：亿）", "亿")
    assert table.caption_start == 0


def test_a_unit_behind_a_stroke_is_told_from_two_names() -> None:
    assert names(one(TABS))[2] == ("参数量", "亿")
    assert names(one("| 国家/地区 | 参数 (B) | Input/Output | 占比（Share） |\n|-|-|-|-|\n| 甲 | 1 | 2 | 3 |"))[:4] == [
        ("国家/地区", None),
        ("参数", "B"),
        ("Input/Output", None),
        ("占比（Share）", None),
    ]


def test_a_missing_cell_of_an_aligned_table_leaves_its_column_empty() -> None:
    table = one(BLANKS)
    assert [[(c.column, c.text) for c in row] for row in table.rows][1] == [(0, "云帆"), (2, "520亿")]


def test_a_flattened_table_gets_its_columns_and_categories_back() -> None:
    table = one(FLAT)
    assert grid(table) == [
        ["文本生成", "山岚-3", "甲公司", "175B", "45TB", "否"],
        ["文本生成", "云帆 2", "乙研究院", "520 亿", "/", "是"],
        ["文本生成", "青鸟 大模型", "丙科技", "约 1.8 万亿", "13TB", "否"],
        ["图像生成", "小满 V5", "Tinstar", "/", "2.5 亿个图文对", "是"],
        ["图像生成", "惊蛰", "丁大学", "9300 万", "/", "是"],
    ]
    assert all(row[0].merged and not row[1].merged for row in table.rows)
    assert (table.label, table.caption) == ("表 4", "各家模型(部分)")


def test_a_flattened_table_needs_no_caption_where_its_header_is_telling() -> None:
    text = "以下是对比。\n模型 公司 发布时间 参数量\n山岚-3 甲公司 2024-05 1750亿\n云帆 乙研究院 2024-06 520亿\n以上为对比。"
    assert grid(one(text)) == [["山岚-3", "甲公司", "2024-05", "1750亿"], ["云帆", "乙研究院", "2024-06", "520亿"]]


def test_english_names_of_several_words_keep_to_their_column() -> None:
    text = "Table 2: Models\nModel Developer Parameters Context Window Price\nFoo-3 Acme AI 70B 128K $2.50\nBar Pro Globex 175B 32K $10\n"
    assert grid(one(text)) == [
        ["Foo-3", "Acme AI", "70B", "128K", "$2.50"],
        ["Bar Pro", "Globex", "175B", "32K", "$10"],
    ]
    licences = "Model Params Training Data License\nFoo-3 70B 15T tokens Apache 2.0\nBar 8B 2T tokens MIT\n"
    assert grid(one(licences)) == [["Foo-3", "70B", "15T tokens", "Apache 2.0"], ["Bar", "8B", "2T tokens", "MIT"]]


def test_columns_parted_by_several_tabs_have_no_blank_ones_between() -> None:
    assert grid(one("模型\t\t参数\t\t价格\n山岚\t\t70亿\t\t2元\n云帆\t\t\t\t3元\n"))[1] == ["云帆", "", "3元"]


def test_a_category_may_share_the_line_of_its_first_row() -> None:
    text = "表 1 模型\n类别 模型 公司 参数规模 是否开源\n文本 山岚-3 甲公司 175B 否\n云帆 乙院 52B 是\n青鸟 丙社 6B 是\n图像 小满 丁社 9B 否\n惊蛰 戊社 7B 是\n"
    assert [row[0].text for row in one(text).rows] == ["文本", "文本", "文本", "图像", "图像"]


def test_cells_one_a_line_are_read_and_a_merged_first_cell_goes_on() -> None:
    assert grid(one(STACKED))[1] == ["云帆 2", "乙研究院", "520亿", "是"]
    merged = (
        "类别\n模型\n机构\n参数规模\n文本\n山岚\n甲公司\n1750\n云帆\n乙院\n520\n图像\n青鸟\n丙社\n/\n小满\n丁社\n62\n"
    )
    assert grid(one(merged)) == [
        ["文本", "山岚", "甲公司", "1750"],
        ["文本", "云帆", "乙院", "520"],
        ["图像", "青鸟", "丙社", "/"],
        ["图像", "小满", "丁社", "62"],
    ]


def test_rows_share_a_blank_first_cell_and_a_category_row() -> None:
    table = one("| 系列 | 型号 | 参数 |\n|--|--|--|\n| 山岚 | 3-S | 7B |\n| | 3-L | 70B |\n")
    assert [(row[0].text, row[0].merged) for row in table.rows] == [("山岚", False), ("山岚", True)]
    grouped = one("| 模型 | 参数 |\n|--|--|\n| **国内** | |\n| 山岚 | 7B |\n| 云帆 | 70B |\n")
    assert [[(c.column, c.text) for c in row] for row in grouped.rows] == [
        [(CATEGORY, "国内"), (0, "山岚"), (1, "7B")],
        [(CATEGORY, "国内"), (0, "云帆"), (1, "70B")],
    ]


def test_html_cells_that_span_rows_count_for_each() -> None:
    assert [[c.text for c in row] for row in one(HTML).rows] == [["山岚", "70亿"], ["山岚", "130亿"]]


def test_escaped_pipes_and_code_do_not_part_cells() -> None:
    assert grid(one("| 名称 | 命令 |\n|--|--|\n| a\\|b | `x | y` |\n")) == [["a\\|b", "x | y"]]


@pytest.mark.parametrize(
    "text",
    [
        "大模型  是一种模型。\n\n它有很多  参数，也有数据。\n",
        "With the rapid growth of large models and their data\nthe parameters of each model grew from 7B to 70B\nand so on\n",
        "1.  第一点\n2.  第二点\n3.  第三点\n",
        "a || b\nif x | y:\n    pass\n",
        "张三 李四 王五\n赵六 钱七 孙八\n周九 吴十 郑一\n",
        "某标题一\n某作者\n2024-05-06 10:00:00\n某标题二\n某作者\n2024-05-06 11:00:00\n某标题三\n某作者\n2024-05-06 12:00:00\n",
    ],
)
def test_running_text_is_no_table(text: str) -> None:
    assert find_tables(text) == []


def test_only_the_ranges_given_are_looked_at() -> None:
    text = TABS + "\n文字。\n\n" + PIPES
    assert [t.kind for t in find_tables(text)] == ["tabs", "pipes"]
    assert [t.kind for t in find_tables(text, [(len(TABS), len(text))])] == ["pipes"]


def test_the_tables_of_the_first_articles_are_whole(articles: object) -> None:
    from pathlib import Path

    path = next(Path(str(articles)).glob("004_*"))
    (table,) = find_tables(path.read_bytes().decode())
    assert (table.label, len(table.columns), len(table.rows)) == ("表 3", 6, 23)
    assert all(len(row) == 6 for row in table.rows)


ALPHABET = st.sampled_from(list("模型参数甲乙12.亿/|-:\t \n\u3000*`<>tdrablue()（）。，B是否"))


@given(st.lists(ALPHABET, max_size=400).map("".join))
def test_whatever_the_text_cells_slice_and_tables_do_not_overlap(text: str) -> None:
    position = 0
    for table in find_tables(text):
        assert position <= table.start <= table.end <= len(text)
        position = table.end
        for row in table.rows:
            assert all(text[c.start : c.end] == c.text for c in row)


HOSTILE = {
    "pipes": "|a" * 40 + "\n",
    "delimiters": "|-|-|\n",
    "headers": "模型 公司 参数\n公司 参数 模型\n",
    "blanks": "a  b  c\n\n",
    "stars": "| ** ** | ** ** |\n|-|-|\n| **" + "*" * 60 + " | x |\n",
    "tags": "<table><tr><td>",
    "spaces": "x" + " " * 300,
    "rows": "山岚 甲 1 2 3 是 / 4 5 6\n",
    "lines": "模型\n机构\n参数\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_tables_inside_itself(name: str) -> None:
    text = (HOSTILE[name] * (20_000 // len(HOSTILE[name]) + 1))[:20_000]
    places = [(table.start, table.end) for table in find_tables(text)]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(places))
