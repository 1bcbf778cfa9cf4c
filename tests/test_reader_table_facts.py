"""Facts of tables, by invented tables: units before nouns, markup, licences, makers, listed sizes."""

import pytest

from tests.proposing import events, flags, proposed, relations


def sizes(text: str) -> set[tuple[str, float | None]]:
    return {(r["subject_name"], r.get("low")) for r in proposed(text, "quantity") if r["property_id"] == "parameters"}


def figures(text: str) -> set[tuple[float | None, float | None, str | None]]:
    return {(r.get("low"), r.get("high"), r.get("unit")) for r in proposed(text, "quantity")}


@pytest.mark.parametrize(
    ("head", "low"), [("亿参数", 7e9), ("百万参数", 7e7), ("参数（亿）", 7e9), ("billion parameters", 7e10)]
)
def test_a_headers_scale_holds_for_its_cells_wherever_it_stands(head: str, low: float) -> None:
    assert sizes(f"| 模型 | {head} |\n|---|---|\n| Yunfan-X | 70 |\n| Yunfan-Y | 80 |\n") >= {("Yunfan-X", low)}


def test_a_headers_currency_before_the_noun_is_the_cells() -> None:
    assert (5e8, 5e8, "CNY") in figures("| 公司 | 亿元营收 |\n|---|---|\n| 云帆科技 | 5 |\n| 长桥科技 | 8 |\n")


def test_a_row_that_names_its_scale_holds_it_for_its_cells() -> None:
    table = "| 项目 | Yunfan-2 | Falcon-3 |\n|---|---|---|\n| 亿参数 | 70 | 400 |\n| 语言 | 中文 | 英文 |\n"
    assert {low for _, low in sizes(table)} <= {7e9, 4e10}


MARKED = (
    "| 发布者 | 模型名称 | 亿参数 | 授权方式 |\n|:-|:-|:-|:-|\n"
    '| <img src="./a/yunfan.png" width="40"> | Yunfan-7B | 70 | 免费商用授权<br/>权重已开源 |\n'
    '| <img src="./a/falcon.png" width="40"> | Falcon-3-40B | 400 | 不可商用<br/>闭源 |\n'
)


def test_nothing_within_a_tag_is_a_figure_or_a_maker() -> None:
    assert figures(MARKED) == {(7e9, 7e9, "parameter"), (4e10, 4e10, "parameter")}
    assert relations(MARKED) == set()
    prose = 'Yunfan-7B见<img src="a.png" data-note="12亿元">图，参数为 70 亿。'
    assert figures(prose) == {(7e9, 7e9, "parameter")}


def test_a_licence_cell_tells_both_of_use_and_of_source() -> None:
    assert flags(MARKED) == {
        ("commercial_use", "Yunfan-7B", True),
        ("open_source", "Yunfan-7B", True),
        ("commercial_use", "Falcon-3-40B", False),
        ("open_source", "Falcon-3-40B", False),
    }
    spans = {r["quote"] for r in proposed(MARKED, "boolean")}
    assert spans == {"免费商用授权", "已开源", "不可商用", "闭源"}


@pytest.mark.parametrize("cell", ["部分开源", "商用需申请", "需商用授权", "自定义协议 2.0", "需申请", "商业许可"])
def test_a_licence_on_terms_is_neither_yes_nor_no(cell: str) -> None:
    table = f"| 模型 | 许可 |\n|---|---|\n| Yunfan-7B | {cell} |\n| Falcon-3 | - |\n"
    assert flags(table) == set()
    assert proposed(table, "quantity") == []


LICENCES = [
    ("Apache 2.0", ("open_source", True)),
    ("**MIT**", ("open_source", True)),
    ("MIT（开源）", ("open_source", True)),
    ("[gpl-3.0](./LICENSE)", ("open_source", True)),
    ("BSD-3-Clause License", ("open_source", True)),
    ("🔒 专有", ("open_source", False)),
    ("Proprietary", ("open_source", False)),
    ("CC BY-NC-SA 4.0", ("commercial_use", False)),
]


@pytest.mark.parametrize(("cell", "told"), LICENCES)
def test_a_licences_name_tells_what_it_is(cell: str, told: tuple[str, bool]) -> None:
    table = f"| 模型 | 许可证 |\n|---|---|\n| Yunfan-7B | {cell} |\n| Falcon-3 | Llama License |\n"
    assert flags(table) == {(told[0], "Yunfan-7B", told[1])}


def test_a_licence_of_code_or_weights_alone_tells_of_them_alone() -> None:
    table = "| 模型 | 代码开源协议 | 权重开源协议 |\n|---|---|---|\n| Yunfan-7B | Apache 2.0 | CC-BY-NC-4.0 |\n"
    assert flags(table) == {("open_code", "Yunfan-7B", True), ("commercial_use", "Yunfan-7B", False)}


def test_a_table_by_licence_tells_it_of_every_model_of_a_row() -> None:
    table = (
        "| 许可证 | 可商用 | 代表模型 |\n|---|---|---|\n"
        "| Yunfan License | ✅ | Yunfan-7B, Falcon-3 Mini |\n| CC BY-NC-SA | ❌ | Qiao-2 |\n| Falcon License | ⚠️ 需申请 | Falcon-2 |\n"
    )
    assert flags(table) == {
        ("commercial_use", "Yunfan-7B", True),
        ("commercial_use", "Falcon-3 Mini", True),
        ("commercial_use", "Qiao-2", False),
    }


REMARKS = [
    ("MoE 超大模型，商用友好", {("commercial_use", True)}),
    ("闭源旗舰", {("open_source", False)}),
    ("开源多模态 Agent，很快", {("open_source", True)}),
    ("成本低，开源商用", {("open_source", True), ("commercial_use", True)}),
    ("万亿参数，首个开源 Agentic 模型", {("open_source", True)}),
    ("允许商业使用", {("commercial_use", True)}),
    ("開源領導者；性價比最優", {("open_source", True)}),
    ("开源社区最受欢迎", set()),
    ("超越所有开源模型", set()),
    ("闭源替代", set()),
    ("开源模型的对手", set()),
]


@pytest.mark.parametrize(("cell", "told"), REMARKS)
def test_a_remark_in_any_column_calls_its_rows_thing_open_or_closed(cell: str, told: set[tuple[str, bool]]) -> None:
    table = f"| 模型 | 亮点 |\n|---|---|\n| Yunfan-7B | {cell} |\n| Falcon-3 | 最新版本 |\n"
    assert flags(table) == {(name, "Yunfan-7B", value) for name, value in told}


def test_what_a_thing_is_used_for_tells_nothing_of_itself() -> None:
    table = "| 模型 | 适用场景 |\n|---|---|\n| Yunfan-7B | 开源项目维护 |\n| Falcon-3 | 写作 |\n"
    assert flags(table) == set()


def test_a_date_of_opening_stays_a_date() -> None:
    table = "| 模型 | 开源时间 |\n|---|---|\n| Yunfan-7B | 2024-05-06 |\n| Falcon-3 | 2024-06-07 |\n"
    assert {(r["subject_name"], r["date"]) for r in proposed(table, "event")} == {
        ("Yunfan-7B", "2024-05-06"),
        ("Falcon-3", "2024-06-07"),
    }


@pytest.mark.parametrize("head", ["作者", "机构", "发布者", "开发者", "公司", "Organization", "Developer", "Author"])
def test_a_column_of_makers_names_each_rows_developer(head: str) -> None:
    table = f"| Model | {head} |\n|---|---|\n| Yunfan-7B | 云帆研究院 |\n| Falcon-3 | Skylark Lab and 长桥科技 |\n"
    assert relations(table) == {
        ("developer", "Yunfan-7B", "云帆研究院"),
        ("developer", "Falcon-3", "Skylark Lab"),
        ("developer", "Falcon-3", "长桥科技"),
    }


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("20亿、90亿、160亿和310亿", {2e9, 9e9, 1.6e10, 3.1e10}),
        ("包括 40 亿、110 亿 2 种参数规模", {4e9, 1.1e10}),
        ("50亿和1200亿共2种参数规模", {5e9, 1.2e11}),
        ("10亿、120亿和600亿参数规模", {1e9, 1.2e10, 6e10}),
    ],
)
def test_a_cell_that_lists_sizes_gives_each_and_not_their_number(cell: str, expected: set[float]) -> None:
    table = f"| 模型 | 参数量 |\n|---|---|\n| Yunfan-X | {cell} |\n| Yunfan-Y | 80亿 |\n"
    assert {low for name, low in sizes(table) if name == "Yunfan-X"} == expected


def test_a_count_of_kinds_is_no_size() -> None:
    assert proposed("Yunfan-7B共4种参数规模。", "quantity") == []


def test_a_name_under_another_column_gives_no_figure_and_a_bit_width_none() -> None:
    table = "任务\t推荐模型\t部署\n代码\tYunfan-Next 80B\t本地 (4-bit)\n绘图\tFalcon Sonnet 4.6\t云端\n"
    assert proposed(table, "quantity") == []


def test_a_table_below_a_lone_line_has_its_own_header() -> None:
    text = (
        "模型\t用处\nYunfan Sonnet 4.6\t写诗\nFalcon 3 Pro\t作画\n分工安排\n"
        "工种\t选用模型\t地点\n编辑\tYunfan-Next 80B\t机房\n校对\tFalcon 4.5\t云上\n"
    )
    assert proposed(text, "quantity") == []


def test_a_plus_behind_a_cells_unit_is_and_more() -> None:
    table = "| 模型 | 显存 |\n|---|---|\n| Yunfan-X | ~250GB+ (多卡) |\n| Yunfan-Y | 80GB |\n"
    assert figures(table) == {(2.5e11, None, "byte"), (8e10, 8e10, "byte")}


def test_a_cost_is_read_from_a_cell_of_sentences() -> None:
    cell = "团队租来云上的机器，从数据清洗到最后一轮微调都算在内，花费不超过120美元。云帆团队说明，电费和人力没有计入，往后的版本也会沿用同一套流程。"
    table = f"| 模型 | 训练成本 |\n|---|---|\n| Yunfan-X | {cell} |\n| Yunfan-Y | 300美元 |\n"
    assert figures(table) == {(None, 120, "USD"), (300, 300, "USD")}


def test_an_ordinal_column_names_nothing_and_a_links_text_does() -> None:
    table = (
        "|序号|公司|大模型|说明|\n|:-|:-|:-|:-|\n|1|[云帆科技](https://a.cn)|[扬帆GPT](https://a.cn/b)|有应用，可商用|\n"
        "|2|清溪大学心理健康与危机干预实验室|清溪|基于开源模型|\n|3|长桥科技|Qiao-2/Qiao-3|2024年|\n"
    )
    found = relations(table)
    assert ("developer", "扬帆GPT", "云帆科技") in found
    assert {subject for _, subject, maker in found if maker == "长桥科技"} == {"Qiao-2", "Qiao-3"}
    assert not any(maker.startswith("危机") for _, _, maker in found)
    assert flags(table) == {("commercial_use", "扬帆GPT", True)}


def test_a_version_of_a_named_corpus_is_no_amount_of_data() -> None:
    table = (
        "| 模型 | 训练数据 |\n|---|---|\n| Yunfan-X | [Dolphin 2.0](https://a.cn), Qingniao 3 |\n| Yunfan-Y | 2T |\n"
    )
    assert {r["subject_name"] for r in proposed(table, "quantity")} == {"Yunfan-Y"}


def test_a_row_that_tells_its_unit_holds_it_for_its_cells() -> None:
    table = "| 指标 | 2023 | 2024 |\n|---|---|---|\n| 营收（亿元） | 30 | 40 |\n| 用户（万） | 5 | 6 |\n"
    assert {(3e9, 3e9, "CNY"), (4e9, 4e9, "CNY")} <= figures(table)


def test_a_column_of_model_sizes_holds_parameters_and_one_of_kinds_of_makers_no_maker() -> None:
    table = (
        "| 模型 | 模型尺寸 | 机构 | 机构类型 |\n|---|---|---|---|\n"
        "| Yunfan-X | 7B, 13B | 云帆研究院 | 学术机构 |\n| Falcon-3 | 40B | 长桥科技 | 科技大厂 |\n"
    )
    assert sizes(table) == {("Yunfan-X", 7e9), ("Yunfan-X", 1.3e10), ("Falcon-3", 4e10)}
    assert relations(table) == {("developer", "Yunfan-X", "云帆研究院"), ("developer", "Falcon-3", "长桥科技")}


def test_a_column_of_bases_tells_what_each_rows_model_is_built_on() -> None:
    table = "| Name | Based on | Params |\n|---|---|---|\n| Yunfan-X | Falcon-3 | 7B |\n| Qiao-2 | - | 8B |\n| 7B | Qiao-2 | 9B |\n"
    assert relations(table) == {("based_on", "Yunfan-X", "Falcon-3")}


@pytest.mark.parametrize("name", ["Dolphin(Yunfan1)", "dolphin-yunfan1", "Dolphin（Yunfan1）"])
def test_a_rows_name_that_holds_another_rows_tells_its_base(name: str) -> None:
    table = f"| 模型 | 参数 |\n|---|---|\n| Yunfan1 | 7B |\n| {name} | 7B |\n"
    found = [(subject, base) for kind, subject, base in relations(table) if kind == "based_on"]
    assert [(name.startswith(subject), base) for subject, base in found] == [(True, "Yunfan1")]


def test_a_name_in_brackets_that_no_row_has_is_no_base() -> None:
    table = "| 模型 | 参数 |\n|---|---|\n| Yunfan1 | 7B |\n| Dolphin(beta) | 7B |\n"
    assert not {kind for kind, _, _ in relations(table)} & {"based_on"}


def test_a_tag_of_no_business_use_is_read_under_any_header() -> None:
    table = "| Name | Tags |\n|---|---|\n| Yunfan-X | Non-commercial |\n| Falcon-3 | No-Evil |\n| Qiao-2 | |\n"
    assert flags(table) == {("commercial_use", "Yunfan-X", False)}


def test_of_a_span_of_months_a_rows_date_is_the_first() -> None:
    table = "| 模型 | 发布时间 |\n|---|---|\n| Yunfan-X | 2023/08~2023/9 |\n| Falcon-3 | 2023/10 |\n"
    assert {(r["subject_name"], r["date"]) for r in proposed(table, "event")} == {
        ("Yunfan-X", "2023-08"),
        ("Falcon-3", "2023-10"),
    }


def test_a_firms_name_that_goes_on_or_stands_under_models_is_its_model() -> None:
    table = "| 模型 | 机构 |\n|---|---|\n| 智谱AI | 清溪大学 |\n| Anthropic-GPT-13B | 长桥科技 |\n"
    assert {kind for kind, _, _ in relations(table)} == {"developer"}
    assert {maker for _, _, maker in relations(table)} == {"清溪大学", "长桥科技"}


def test_a_table_of_two_models_with_a_row_a_property_is_read_by_column() -> None:
    text = "| 模型结构 | Yunfan-13B | Falcon-13B |\n| --- | --- | --- |\n| 词表大小 | 32,000 | 65,536 |\n| 层数 | 40 | 52 |\n"
    named = {(row["subject_name"], row["low"]) for row in proposed(text, "quantity")}
    assert {("Yunfan-13B", 32000.0), ("Falcon-13B", 65536.0), ("Falcon-13B", 52.0)} <= named


def test_a_cell_of_sentences_is_read_as_prose_and_a_cards_number_is_its_name() -> None:
    text = "| 版本 | 特点 | 配置 |\n| --- | --- | --- |\n| Yunfan-V3 | 卓越性能。预训练14.8T token；生成速度60 TPS；开源且支持本地部署 | GPU: RTX 3060（12GB显存）|\n"
    figures = {(row["subject_name"], row["quote"]) for row in proposed(text, "quantity")}
    assert {("Yunfan-V3", "14.8T token"), ("Yunfan-V3", "60 TPS")} <= figures
    assert not any("3060" in quote for _, quote in figures)


def test_a_column_of_ticks_names_no_rows() -> None:
    table = "| Size | Parameters | English model | All-language model |\n|---|---|---|---|\n| tiny | 39 M | ✓ | ✓ |\n| base | 74 M | ✓ | ✓ |\n"
    figures = {(row["subject_name"], row["low"]) for row in proposed(table, "quantity")}
    assert figures == {("tiny", 39e6), ("base", 74e6)}


TICKS = "| 模型 | 发布时间 | 开源 |\n|---|---|---|\n| **Yunfan-7B** | 2024.9 | ✅ |\n| 青鸟3 Max | 2024.12 | ❌ |\n| 青鸟2 | 2023 | ✔️ |\n"


def test_a_tick_is_a_yes_and_a_cross_a_no() -> None:
    assert flags(TICKS) == {
        ("open_source", "Yunfan-7B", True),
        ("open_source", "青鸟3 Max", False),
        ("open_source", "青鸟2", True),
    }


def test_a_year_with_a_dot_and_a_month_is_a_date_in_a_column_of_dates() -> None:
    assert events(TICKS) == {
        ("released", "Yunfan-7B", "2024-09"),
        ("released", "青鸟3 Max", "2024-12"),
        ("released", "青鸟2", "2023"),
    }


@pytest.mark.parametrize("heading", ["### 智谱AI", "## 2. 智谱AI 系列模型", "### 智谱AI Yunfan-7B"])
def test_models_of_a_table_under_a_firms_name_are_the_firms(heading: str) -> None:
    assert relations(f"{heading}\n\n{TICKS}") == {
        ("developer", name, "智谱AI") for name in ("Yunfan-7B", "青鸟3 Max", "青鸟2")
    }


@pytest.mark.parametrize("heading", ["### 智谱AI与月之暗面", "### 智谱AI的对手", "### 智谱AI\n\n## 对比", "智谱AI"])
def test_a_heading_that_says_more_than_a_firms_name_makes_no_maker(heading: str) -> None:
    assert not relations(f"{heading}\n\n{TICKS}")


def test_what_a_price_in_a_cell_is_for_is_no_figure() -> None:
    table = "| 模型 | 价格 |\n|---|---|\n| Yunfan-7B | $15/$60 per 1M tokens |\n| 青鸟2 | $2/$8 per 1M tokens |\n"
    assert {unit for *_, unit in figures(table)} == {"USD"}


def subjects(text: str) -> set[tuple[str, float | None]]:
    return {(r["subject_name"], r.get("low")) for r in proposed(text, "quantity")}


MEASURES = (
    "# 📊 智谱AI 2025 年第三季度摘要\n\n## 損益表\n\n| 指標 | Q3 2025 | YoY |\n|---|---|---|\n| **總營收** | $10.3B | +16% |\n"
    "| Yunfan Ads | $1.2B | +20% |\n| 營業利潤 | $3.1B | +9% |\n| 自由現金流 | $4.8B | +2% |\n"
)


def test_rows_that_are_measures_are_of_the_thing_that_the_headings_name() -> None:
    assert subjects(MEASURES) >= {("智谱AI", 1.03e10), ("智谱AI", 0.16), ("智谱AI", 3.1e9), ("智谱AI", 4.8e9)}
    assert {name for name, low in subjects(MEASURES) if low == 1.2e9} == {"Yunfan Ads"}
    told = {(r["property_id"], r.get("low")) for r in proposed(MEASURES, "quantity")}
    assert {("revenue", 1.03e10), ("growth", 0.16)} <= told


def test_a_label_of_a_header_stays_as_it_is_printed() -> None:
    assert {r["column_label"] for r in proposed(MEASURES, "quantity")} == {"Q3 2025", "YoY"}
    table = "| 模型 | 參數規模 |\n|---|---|\n| Yunfan-X | 70億 |\n| Falcon-3 | 80億 |\n"
    assert {r["column_label"] for r in proposed(table, "quantity")} == {"參數規模"}


def test_rows_of_projects_keep_their_names_under_a_heading() -> None:
    table = "# 智谱AI 的投资\n\n| 项目 | 金额 |\n|---|---|\n| 星桥计划 | 5亿元 |\n| 海蓝工程 | 6亿元 |\n"
    assert {name for name, _ in subjects(table)} == {"星桥计划", "海蓝工程"}


FIRMS = (
    "| 公司 | 核心模型（2025年） | 融资 |\n|---|---|---|\n| 智谱AI | Yunfan-4、Yunfan-4V | 融资逾27亿美元 |\n"
    "| 月之暗面 | Falcon-2、Falcon-1 | 估值33亿美元 |\n"
)


def test_a_row_of_a_firm_that_lists_its_models_is_of_the_firm() -> None:
    assert subjects(FIRMS) == {("智谱AI", 2.7e9), ("月之暗面", 3.3e9)}
    assert relations(FIRMS) == {
        ("developer", "Yunfan-4", "智谱AI"),
        ("developer", "Yunfan-4V", "智谱AI"),
        ("developer", "Falcon-2", "月之暗面"),
        ("developer", "Falcon-1", "月之暗面"),
    }


@pytest.mark.parametrize("cell", ["397B总/17B激活", "397B total (17B active)", "397B，17B激活"])
def test_a_size_behind_a_stroke_is_no_rate_and_its_active_part_is_told_apart(cell: str) -> None:
    table = f"| 模型 | 参数量 |\n|---|---|\n| Yunfan-X | {cell} |\n| Falcon-3 | 70B |\n"
    found = {(r["property_id"], r["low"]) for r in proposed(table, "quantity") if r["subject_name"] == "Yunfan-X"}
    assert found == {("parameters", 3.97e11), ("parameters_active", 1.7e10)}


def test_a_rows_name_is_whole_without_pictures_and_tells_the_size_in_its_brackets() -> None:
    table = "| 模型 | 得分 |\n|---|---|\n| **Yunfan3.5 系列** 🆕 | 61.5 |\n| Qiao-2 (2.7B) | 58.9 |\n"
    assert {("Yunfan3.5", 61.5), ("Qiao-2", 2.7e9)} <= {
        (r["subject_name"].removesuffix(" (2.7B)"), r["low"]) for r in proposed(table, "quantity")
    }


def test_a_short_remark_tells_figures_with_units_and_a_column_of_units_none() -> None:
    table = (
        "| 模型 | 计费单位 | 核心特点 |\n|---|---|---|\n| Yunfan-X | 1M tokens | 速度 60 TPS，第3代 |\n"
        "| Falcon-3 | 1M tokens | 支持 2 种语言 |\n"
    )
    assert {(r["subject_name"], r["quote"]) for r in proposed(table, "quantity") if r["unit"] != "language"} == {
        ("Yunfan-X", "60 TPS")
    }


ROUNDS = """百度很大。百度去年很忙。百度今年很忙。百度明年很忙。

| 轮次 | 时间 | 金额 | 投资者 | 投后估值 |
| --- | --- | --- | --- | --- |
| 天使轮 | 2016 | 200万元 | — | — |
| C轮 | 2025年6月 | 约7亿元 | 腾讯、中国移动 | 12亿美元 |
| **总融资** | — | 8亿元 | — | — |
"""


def test_a_table_of_rounds_tells_of_the_firm_that_the_text_is_about() -> None:
    assert {("funded", "百度", "2016"), ("funded", "百度", "2025-06")} <= events(ROUNDS)
    assert {("investor", "百度", "腾讯"), ("investor", "百度", "中国移动")} <= relations(ROUNDS)
    figures = {(row["property_id"], row["subject_name"], row["low"]) for row in proposed(ROUNDS, "quantity")}
    assert figures == {
        ("funding", "百度", 2e6),
        ("funding", "百度", 7e8),
        ("valuation", "百度", 1.2e9),
        ("funding", "百度", 8e8),
    }


FIELDS = (
    "# Yunfan-4\n\n## 基本信息\n\n| 字段 | 内容 |\n|---|---|\n| **發布方** | 智谱AI |\n| **参数量** | 31B |\n"
    "| **发布日期** | 2025-04-02 |\n| **许可证** | **Apache 2.0** |\n"
)


def test_a_table_of_fields_and_values_describes_the_thing_that_its_headings_name() -> None:
    assert sizes(FIELDS) == {("Yunfan-4", 3.1e10)}
    assert flags(FIELDS) == {("open_source", "Yunfan-4", True)}
    assert ("released", "Yunfan-4", "2025-04-02") in events(FIELDS)
    assert relations(FIELDS) == {("developer", "Yunfan-4", "智谱AI")}


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("✅ 可商用（无附加条款）", {True}),
        ("是，需署名", {True}),
        ("**是（MIT）**", {True}),
        ("❌ 仅研究", {False}),
        ("否，仅限学术", {False}),
        ("⚠️ 需申请", set()),
        ("是否另议", set()),
    ],
)
def test_a_yes_or_no_that_goes_on_is_one(cell: str, told: set[bool]) -> None:
    table = f"| 模型 | 商用 |\n|---|---|\n| Yunfan-7B | {cell} |\n| Falcon-3 | - |\n"
    assert {value for _, name, value in flags(table) if name == "Yunfan-7B"} == told


def test_what_licences_allow_is_said_of_no_thing() -> None:
    assert flags("| 许可证 | 商用 |\n|---|---|\n| MIT | ✓ |\n| CC BY 4.0 | ✓ |\n| Llama License | ✗ |\n") == set()
