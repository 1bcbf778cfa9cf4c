"""Quantities: read from one string, printed back, and found in running text."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from schema.bounds import COMPARATORS
from schema.quantity import Quantity, QuantityError, QuantityGrammar, QuantityMatch, describe, format_quantity
from schema.quantity_read import QuantityReader
from schema.units import UnitError, Units, load_units

ROOT = Path(__file__).resolve().parent.parent
UNITS = load_units(ROOT / "seeds" / "units.yaml")
GRAMMAR = QuantityGrammar(UNITS)
SHARED = Path(os.environ.get("DAMOXING_SHARED", ROOT.parent / "shared"))


def scan(text: str, *, bare: bool = False) -> list[QuantityMatch]:
    return list(GRAMMAR.scan(text, bare=bare))


PRINTED = [
    ("2.3 万余\n\n个", 23_000, None, None, "gt"),
    ("7B-65B", 7e9, 65e9, "parameter", "sizes"),
    ("35亿美元到45亿美元", 3.5e9, 4.5e9, "USD", "range"),
    ("百亿", 1e10, 1e11, None, "order_of_magnitude"),
    ("数千亿", 1e11, 1e12, None, "order_of_magnitude"),
    ("超百个", 100, None, None, "gt"),
    ("9300 万", 9.3e7, 9.3e7, None, "eq"),
    ("51%", 0.51, 0.51, "fraction", "eq"),
    ("５１．５％", 0.515, 0.515, "fraction", "eq"),
    ("40万倍", 400_000, 400_000, "ratio", "eq"),
    ("三成", 0.3, 0.3, "fraction", "eq"),
    ("2.5折", 0.25, 0.25, "fraction", "eq"),
    ("17 万个", 170_000, 170_000, None, "eq"),
    ("50 多个", 50, None, None, "gt"),
    ("25 万亿\n\n美元", 2.5e13, 2.5e13, "USD", "eq"),
    ("1.8 万亿", 1.8e12, 1.8e12, None, "eq"),
    ("2-2.5万美元", 20_000, 25_000, "USD", "range"),
    ("300 到 400 亿", 3e10, 4e10, None, "range"),
    ("14 小时", 14, 14, "hour", "eq"),
    ("1023次浮点运算", 1e23, 1e23, "FLOP", "eq"),
    ("3×10²⁴次浮点运算", 3e24, 3e24, "FLOP", "eq"),
    ("2.3*10^25 FLOPs", 2.3e25, 2.3e25, "FLOP", "eq"),
    ("1.97万亿亿次浮点运算", 1.97e20, 1.97e20, "FLOP", "eq"),
    ("197EFLOPS", 1.97e20, 1.97e20, "FLOP/s", "eq"),
    ("8 年至 10 年", 8, 10, "year", "range"),
    ("万卡", 1e4, 1e5, "accelerator", "order_of_magnitude"),
    ("千亿级", 1e11, 1e12, None, "order_of_magnitude"),
    ("千亿级别", 1e11, 1e12, None, "order_of_magnitude"),
    ("亿级", 1e8, 1e9, None, "order_of_magnitude"),
    ("数万亿美元", 1e12, 1e13, "USD", "order_of_magnitude"),
    ("逾27万台", 270_000, None, "device", "gt"),
    ("175B", 1.75e11, 1.75e11, "parameter", "eq"),
    ("45TB", 4.5e13, 4.5e13, "byte", "eq"),
    ("2.5 亿个图像文本对", 2.5e8, 2.5e8, "image_text_pair", "eq"),
    ("21 亿张图片", 2.1e9, 2.1e9, "image", "eq"),
    ("17 万个蛋白质结构", 170_000, 170_000, "protein_structure", "eq"),
    ("百分之五十一", 0.51, 0.51, "fraction", "eq"),
    ("百分之七八十", 0.7, 0.8, "fraction", "range"),
    ("千分之三", 0.003, 0.003, "fraction", "eq"),
    ("三分之二以上", 2 / 3, None, "fraction", "ge"),
    ("过半", 0.5, None, "fraction", "gt"),
    ("翻番", 2, 2, "ratio", "eq"),
    ("翻了两番", 4, 4, "ratio", "eq"),
    ("一百二十", 120, 120, None, "eq"),
    ("几百", 100, 1000, None, "order_of_magnitude"),
    ("两三年", 2, 3, "year", "range"),
    ("十几", 11, 19, None, "range"),
    ("上百", 100, None, None, "ge"),
    ("近百", 100, 100, None, "approx"),
    ("十来个", 10, 10, None, "approx"),
    ("一年半", 1.5, 1.5, "year", "eq"),
    ("半年", 0.5, 0.5, "year", "eq"),
    ("兩間半", 2.5, 2.5, None, "eq"),
    ("54 個人", 54, 54, "person", "eq"),
    ("約 5,000 億美元", 5e11, 5e11, "USD", "approx"),
    ("2 兆美元", 2e12, 2e12, "USD", "eq"),
    ("新台幣 300 億元", 3e10, 3e10, "TWD", "eq"),
    ("500兆瓦", 5e8, 5e8, "watt", "eq"),
    ("1亿2000万", 1.2e8, 1.2e8, None, "eq"),
    ("十个工作日内", None, 10, "working_day", "le"),
    ("一万元以上十万元以下", 10_000, 100_000, "CNY", "range"),
    ("最高给予500万元", None, 5e6, "CNY", "le"),
    ("不超过其投资额的30%", None, 0.3, "fraction", "le"),
    ("不到 10 億美元", None, 1e9, "USD", "lt"),
    ("至少有100亿", 1e10, None, None, "ge"),
    ("1.5亿以上", 1.5e8, None, None, "ge"),
    ("20%左右", 0.2, 0.2, "fraction", "approx"),
    ("232 毫秒", 0.232, 0.232, "second", "eq"),
    ("30%+", 0.3, None, "fraction", "gt"),
    ("4.2975%-4.1563%", 0.041563, 0.042975, "fraction", "range"),
    ("最高频率可达3.62GHz", None, 3.62e9, "hertz", "le"),
    ("最多可缩短6倍", None, 6, "ratio", "le"),
    ("54 点赞", 54, 54, "like", "eq"),
    ("170cm", 1.7, 1.7, "metre", "eq"),
    ("10.8pcts", 0.108, 0.108, "fraction", "eq"),
    ("2个百分点", 0.02, 0.02, "fraction", "eq"),
    ("-3.5%", -0.035, -0.035, "fraction", "eq"),
    ("7 billion parameters", 7e9, 7e9, "parameter", "eq"),
    ("1.4 trillion tokens", 1.4e12, 1.4e12, "token", "eq"),
    ("$852 billion", 8.52e11, 8.52e11, "USD", "eq"),
    ("US$5-10 billion", 5e9, 1e10, "USD", "range"),
    ("more than 20 million users", 2e7, None, "person", "gt"),
    ("tens of billions of dollars", 1e10, 1e11, "USD", "order_of_magnitude"),
    ("32k", 32_000, 32_000, None, "eq"),
    ("33..00", 3, 3, None, "eq"),
    ("6000** 样本", 6000, 6000, "sample", "eq"),
    ("最高不超过300万元", None, 3e6, "CNY", "le"),
    ("累计不超过80万元", None, 8e5, "CNY", "le"),
    ("不超12%", None, 0.12, "fraction", "le"),
    ("最高给予牵头单位60万元", None, 6e5, "CNY", "le"),
    ("约合人民币 72.5 亿元", 7.25e9, 7.25e9, "CNY", "approx"),
    ("3个亿", 3e8, 3e8, None, "eq"),
    ("两个多亿", 2e8, None, None, "gt"),
    ("not exceeding 20 million yuan", None, 2e7, "CNY", "le"),
    ("exceed 65 percent", 0.65, None, "fraction", "gt"),
    ("near 70 million users", 7e7, 7e7, "person", "approx"),
    ("KRW 45 million", 4.5e7, 4.5e7, "KRW", "eq"),
    ("Rs. 1,250 crore", 1.25e10, 1.25e10, "INR", "eq"),
]


@pytest.mark.parametrize(("printed", "low", "high", "unit", "comparator"), PRINTED)
def test_a_printed_quantity_reads_as_its_bounds_unit_and_comparator(
    printed: str, low: float | None, high: float | None, unit: str | None, comparator: str
) -> None:
    assert GRAMMAR.parse(printed) == Quantity(low, high, unit, comparator)
    assert comparator in COMPARATORS


@pytest.mark.parametrize("printed", [case[0] for case in PRINTED])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_printed_back_reads_to_the_same_quantity(printed: str, language: str) -> None:
    quantity = GRAMMAR.parse(printed)
    assert GRAMMAR.parse(format_quantity(quantity, language)) == quantity
    assert describe(quantity, language)


@pytest.mark.parametrize(
    ("printed", "units", "scale", "low", "high", "unit"),
    [
        ("175B", ["parameter"], 1.0, 1.75e11, 1.75e11, "parameter"),
        ("62 亿", ["parameter"], 1.0, 6.2e9, 6.2e9, "parameter"),
        ("百亿", ["parameters"], 1.0, 1e10, 1e11, "parameter"),
        ("60", ["parameter"], 1e8, 6e9, 6e9, "parameter"),
        ("亿级", ["byte", "token", "image"], 1.0, 1e8, 1e9, None),
        ("45TB", ["byte", "token"], 1.0, 4.5e13, 4.5e13, "byte"),
        ("超百个", ["model"], 1.0, 100, None, "model"),
        ("3342 万个问题", ["question"], 1.0, 3.342e7, 3.342e7, "question"),
    ],
)
def test_the_context_settles_unit_and_scale(
    printed: str, units: list[str], scale: float, low: float, high: float | None, unit: str | None
) -> None:
    read = GRAMMAR.parse(printed, units=units, scale=scale)
    assert (read.low, read.high, read.unit) == (low, high, unit)


@pytest.mark.parametrize("printed", ["", "大模型", "GPT", "第", "数据", "百度", "和 62 亿", "62 亿 参数 和 3 亿", "/"])
def test_what_is_no_quantity_is_refused_with_value_and_cure(printed: str) -> None:
    with pytest.raises(QuantityError, match="is no quantity; give a figure"):
        GRAMMAR.parse(printed)


def test_a_printed_unit_outside_the_allowed_ones_is_refused() -> None:
    with pytest.raises(QuantityError, match=r"'45TB' is in byte, not in parameter"):
        GRAMMAR.parse("45TB", units=["parameter"])


TRAPS = [
    "GPT-4与Llama 3.1和V5", "搭载A100与H20", "骁龙8 Gen 3", "x86架构和5G", "4S店与3D打印", "面向2B端客户", "第一是数据，第二是算力",
    "一是人才；二是资金", "百度、百川、零一万物、千问、万达", "图1与表 2", "参见[5]和[12]", "10.1038/s41586-021-03819-2",
    "https://a.example/2023/100万?x=5亿", "80后与90后", "第十条 本办法", "〔2023〕5号", "电话010-12345678", "晚上20:30开始",
    "比分3:2", "代码300750.SZ", "（00700.HK）", "2023年8月31日", "2024年至2026年", "1月至6月", "十分重要，万分感谢", "千万别忘",
    "万一失败", "千家万户", "百花齐放、千行百业", "2.0时代", "Windows 11", "双11与618", "Qwen2.5-72B", "0元购", "从0到1", "19点30分",
    "1080P视频", "4K视频", "三成立公司", "两会与三农", "20世纪90年代", "v1.5.2", "GB/T 22239", "36氪", "三位一体", "过半导体",
    "把安全放在首位", "第三代半导体", "推出三代表产品", "发展到新一代", "图像1024×1024", "二维码", "二十大报告", "到21年", "7×24", "十四五规划", "经过、通过、不过",
    "360公司与3721公司", "三六零大模型", "the top 100 apps", "三折叠手机", "85折", "打了折", "进入 Top 50 模型榜",
    "Yunfan – 54B", "亿万富翁", "Fortune 500 companies",
]  # fmt: skip


@pytest.mark.parametrize("text", TRAPS)
def test_traps_are_left_alone(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    ("text", "quote", "low", "high", "unit", "flag"),
    [
        ("参数量达1750亿", "1750亿", 1.75e11, 1.75e11, "parameter", "unit_from_context"),
        ("日活跃用户达到7352万", "7352万", 7.352e7, 7.352e7, "person", "unit_from_context"),
        ("分别为40亿和30亿美元", "40亿", 4e9, 4e9, "USD", "carried_unit"),
        ("约 10 亿美元。2024 年大约 100 亿", "大约 100 亿", 1e10, 1e10, "USD", "carried_unit"),
        ("价格在2-2.5万美元", "2-2.5万美元", 20_000, 25_000, "USD", "carried_scale"),
        ("算力超过1023次浮点运算", "超过1023次浮点运算", 1e23, None, "FLOP", "lost_superscript"),
        ("图为 11..88 万万亿亿", "11..88 万万亿亿", 1.8e12, 1.8e12, None, "doubled"),
        ("股价下跌60%", "60%", 0.6, 0.6, "fraction", "decrease"),
        ("每18个月增长", "18个月", 18, 18, "month", "per"),
        ("两年前", "两年", 2, 2, "year", "time_reference"),
        ("位居全球第二", "第二", 2, 2, "rank", "rank"),
        ("销量居全国首位", "首位", 1, 1, "rank", "told"),
        ("登上下载榜榜首", "榜首", 1, 1, "rank", "told"),
        ("芯片已发展了四代", "四代", 4, 4, "item", "told"),
        ("需要PB级语料", "PB级", 1e15, 1e18, "byte", "told"),
        ("200道题中可以答对150道", "200道题中可以答对150道", 0.75, 0.75, "fraction", "told"),
        ("几十到上千台服务器", "几十到上千台", 10, 10_000, "server", ""),
        ("按不低于总额的20%安排", "不低于总额的20%", 0.2, None, "fraction", "distant_bound"),
        ("PUE低于1.25", "低于1.25", None, 1.25, "ratio", ""),
        ("超过100P算力", "超过100P", 1e17, None, "FLOP/s", ""),
        ("26家行业领军企业", "26家", 26, 26, "company", ""),
        ("1.7B参数版本", "1.7B参数", 1.7e9, 1.7e9, "parameter", ""),
        ("支持128K上下文", "128K", 128_000, 128_000, None, ""),
        ("约有500+企业", "约有500+企业", 500, None, "company", ""),
        ("自收到之日起十五日内", "十五日内", None, 15, "day", ""),
        ("金额50万元（含）以下的企业", "50万元（含）以下", None, 500_000, "CNY", ""),
        ("期满前60日内", "60日内", None, 60, "day", ""),
        ("约1700个高级芯片以下的订单", "约1700个高级芯片以下", None, 1700, "accelerator", ""),
        ("分别给予最高3万元、1万元奖励", "1万元", None, 10_000, "CNY", "carried_bound"),
        ("合格率不应低于96%", "不应低于96%", 0.96, None, "fraction", ""),
        ("市场缩小80%", "80%", 0.8, 0.8, "fraction", "decrease"),
        ("成本以每年75%的速度下降", "75%", 0.75, 0.75, "fraction", "decrease"),
        ("首破$100B", "破$100B", 1e11, None, "USD", ""),
        ("去年$50B\n成長加速", "$50B", 5e10, 5e10, "USD", ""),
        ("大约为 2000 至 3000 人", "大约为 2000 至 3000 人", 2000, 3000, "person", ""),
        ("价格仅为其1/10", "1/10", 0.1, 0.1, "ratio", "told"),
        ("云帆：#12\n", "#12", 12, 12, "rank", "told"),
        ("已获 121★", "121★", 121, 121, "star", ""),
        ("营收翻了一倍", "翻了一倍", 2, 2, "ratio", ""),
        ("增长\n- 45%\n- 87%", "45%", 0.45, 0.45, "fraction", ""),
    ],
)
def test_the_neighbours_of_a_figure_say_what_it_is(
    text: str, quote: str, low: float | None, high: float | None, unit: str | None, flag: str
) -> None:
    match = next(match for match in scan(text) if text[match.start : match.end].startswith(quote[:2]))
    assert text[match.start : match.end].startswith(quote)
    assert (match.quantity.low, match.quantity.high, match.quantity.unit) == (low, high, unit)
    assert not flag or flag in match.flags


@pytest.mark.parametrize("text", ["个-１年", "A１", "a.１"])
def test_a_name_may_go_on_with_a_full_width_digit(text: str) -> None:
    assert scan(text) == []


def test_qualifiers_stand_outside_the_value_span() -> None:
    text = "公司已与超过 130 家机构合作"
    (match,) = scan(text)
    assert text[match.start : match.end] == "超过 130 家机构"
    assert text[match.value_start : match.value_end] == "130 家机构"


def test_two_table_cells_are_never_joined() -> None:
    text = "1.8 万亿 13TB 9300 万 17 万个蛋白质结构"
    assert [text[match.start : match.end] for match in scan(text)] == [
        "1.8 万亿",
        "13TB",
        "9300 万",
        "17 万个蛋白质结构",
    ]


def test_plain_numbers_are_found_only_when_asked_for() -> None:
    assert scan("得分 88.5") == []
    (match,) = scan("得分 88.5", bare=True)
    assert match.quantity == Quantity(88.5, 88.5, None, "eq")
    assert "bare_number" in match.flags


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("给予0.05元/千瓦时—0.3元/千瓦时的支持", [("0.05元/千瓦时—0.3元", 0.05, 0.3)]),
        ("3万元/月～5万元/月", [("3万元/月～5万元", 30_000, 50_000)]),
        ("5元/吨至8元/月", [("5元", 5, 5), ("8元", 8, 8)]),
        ("2元/吨、3元/吨", [("2元", 2, 2), ("3元", 3, 3)]),
    ],
)
def test_rates_of_one_measure_that_a_dash_joins_are_a_range(text: str, bounds: list[tuple[str, float, float]]) -> None:
    found = scan(text)
    assert [(text[m.start : m.end], m.quantity.low, m.quantity.high) for m in found] == bounds
    assert all(GRAMMAR.parse(quote).low == low for quote, low, _ in bounds)


def test_three_projects_of_a_hundred_million_are_three() -> None:
    match = scan("已有3个亿级项目")[0]
    assert match.quantity.low == 3


def test_within_bounds_a_time() -> None:
    (match,) = scan("It must be reported within 60 days.")
    assert (match.quantity.low, match.quantity.high, match.quantity.comparator) == (None, 60, "le")


def test_a_quote_reads_back_to_what_the_scan_found() -> None:
    text = "；".join(case[0] for case in PRINTED)
    for match in scan(text):
        units = [match.quantity.unit] if match.quantity.unit else []
        assert GRAMMAR.parse(text[match.start : match.end], units=units) == match.quantity


CHINESE_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """Spell a number below 10^12 in Chinese."""
    for scale, word in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            head, rest = divmod(number, scale)
            zero = "零" if 0 < rest < scale // 10 else ""
            return chinese(head) + word + (zero + chinese(rest) if rest else "")
    for scale, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            head, rest = divmod(number, scale)
            zero = "零" if 0 < rest < scale // 10 else ""
            return CHINESE_DIGITS[head] + word + (zero + chinese(rest) if rest else "")
    return CHINESE_DIGITS[number]


@given(st.integers(min_value=10, max_value=10**12 - 1))
@example(10_000)
@example(20_020_002)
def test_any_number_spelt_in_chinese_reads_back_to_itself(number: int) -> None:
    assert GRAMMAR.parse(chinese(number)).low == number


STYLES = [
    lambda number: f"{number}个",
    lambda number: f"{number:,}",
    lambda number: f"{number} 人",
    lambda number: f"超{number}家",
    lambda number: f"约 {number} 元",
    lambda number: str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９")),
]


@given(st.integers(min_value=1, max_value=10**15), st.sampled_from(STYLES))
def test_any_whole_number_reads_back_in_each_printed_style(number: int, style: object) -> None:
    assert GRAMMAR.parse(style(number)).low == number  # type: ignore[operator]


@given(
    st.decimals(min_value="0.01", max_value="9999", places=2),
    st.sampled_from([("万", 4), ("亿", 8), ("万亿", 12), (" 億", 8), ("百万", 6), (" billion", 9), ("B", 9)]),
)
def test_any_scaled_decimal_reads_to_the_nearest_float(number: object, scale: tuple[str, int]) -> None:
    word, exponent = scale
    assert GRAMMAR.parse(f"{number}{word}").low == float(f"{number}e{exponent}")


@given(
    st.floats(min_value=1e-3, max_value=1e21, allow_nan=False),
    st.sampled_from(["eq", "gt", "ge", "lt", "le", "approx"]),
    st.sampled_from(sorted(unit.id for unit in UNITS if unit.dimension != "basis")),
    st.sampled_from(["zh", "en"]),
)
@settings(max_examples=300)
def test_any_value_printed_with_any_unit_reads_back(value: float, comparator: str, unit: str, language: str) -> None:
    low, high = (None if comparator in ("lt", "le") else value), (None if comparator in ("gt", "ge") else value)
    quantity = Quantity(low, high, unit, comparator)
    assert GRAMMAR.parse(format_quantity(quantity, language)) == quantity


PIECES = st.sampled_from(
    [
        "0",
        "1",
        "23",
        "2023",
        ".",
        ",",
        "，",
        "%",
        "万",
        "亿",
        "百",
        "千",
        "十",
        "两",
        "数",
        "几",
        "余",
        "多",
        "来",
        "超",
        "约",
        "至",
        "到",
        "-",
        "年",
        "月",
        "日",
        "个",
        "家",
        "元",
        "美元",
        "B",
        "TB",
        "分之",
        "半",
        "第",
        "级",
        "以上",
        "以下",
        "内",
        "\n",
        "**",
        "`",
        "|",
        "$",
        "×",
        "^",
        "k",
        "过",
        "翻",
        "倍",
        "成",
        "点",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=400)
def test_spans_slice_in_order_and_nothing_makes_the_scan_crash(text: str) -> None:
    end = 0
    for match in scan(text, bare=True):
        assert end <= match.start <= match.value_start < match.value_end <= match.end <= len(text)
        assert match.quantity.low is None or match.quantity.high is None or match.quantity.low <= match.quantity.high
        end = match.end


@pytest.mark.parametrize(
    "piece", ["1", "一", "百", "1-", "1,111", "超", "1.", "1年", "11万", "半", "第1", "百分之", "$", "1 ", "a1", "]("]
)
def test_work_grows_with_the_length_of_the_text_only(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    at = QuantityReader.at

    def counted(reader: QuantityReader, text: str, place: int) -> object:
        nonlocal calls
        calls += 1
        return at(reader, text, place)

    monkeypatch.setattr(QuantityReader, "at", counted)
    scan(piece * 200)
    once = calls
    scan(piece * 400)
    assert calls - once <= 2 * once + 4


def test_the_registry_knows_ids_plurals_and_both_languages() -> None:
    for alias, unit in [
        ("parameters", "parameter"),
        ("参数", "parameter"),
        ("美金", "USD"),
        ("users", "person"),
        ("TB", "byte"),
    ]:
        assert UNITS.canonical(alias) == unit
    assert UNITS.get("parameter").label("zh") == "参数"
    assert UNITS.by_alias("TB").factor == 1e12
    assert max(UNITS.forms(), key=lambda form: len(form.text)).text == UNITS.forms()[0].text


def test_an_unknown_unit_is_refused_with_its_cure() -> None:
    with pytest.raises(UnitError, match=r"no unit is printed 'furlong'; add the form"):
        UNITS.canonical("furlong")
    with pytest.raises(UnitError, match="unit 'furlong' is unknown"):
        UNITS.get("furlong")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("units:\n  - {id: a, label_zh: 甲, label_en: a, dimension: d}\n  - {id: a, label_zh: 甲, label_en: a, dimension: d}", "described twice"),
        ("units:\n  - {id: a, label_zh: 甲, label_en: a}\n", "lacks 'dimension'"),
        ("units:\n  - {id: a, label_zh: 甲, label_en: a, dimension: d, colour: red}\n", "unknown keys"),
        ("units:\n  - {id: a, label_zh: 甲, label_en: a, dimension: d, aliases: [x]}\n  - {id: b, label_zh: 乙, label_en: b, dimension: d, aliases: [x]}\n", "names both"),
        ("a: 1\n", "a list `units`"),
    ],
)  # fmt: skip
def test_a_faulty_unit_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(UnitError, match=message):
        load_units(text)


def test_a_registry_of_ones_own_reads_its_own_units() -> None:
    units = load_units(
        'units:\n  - {id: "cup", label_zh: "杯", label_en: "cups", dimension: "volume", aliases: ["杯", "cup"]}\n'
    )
    assert isinstance(units, Units)
    assert QuantityGrammar(units).parse("3杯") == Quantity(3, 3, "cup", "eq")


# The measure on the development texts, which are no part of the project.
PLAIN_COUNT = 20


def gold() -> Iterator[tuple[str, dict[str, object]]]:
    for document in json.loads((SHARED / "dev" / "gold.json").read_text(encoding="utf-8")):
        yield (SHARED / "dev" / f"{document['id']}.txt").read_bytes().decode("utf-8"), document


def agrees(found: Quantity, fact: dict[str, object]) -> bool:
    """Tell equal bounds; a fall is negative growth in the gold."""
    bounds = sorted(("low", "high"), key=lambda name: (fact["low"] or fact["high"] or 0) < 0 and name == "low")  # type: ignore[operator]
    wanted = [fact[name] for name in bounds]
    got = [found.low, found.high]
    return all(
        (one is None) is (two is None) and (one is None or two is None or abs(one - abs(two)) <= 1e-6 * abs(two))  # type: ignore[arg-type]
        for one, two in zip(got, wanted, strict=True)
    )


def small(low: float | None, high: float | None) -> bool:
    return max(abs(low or 0), abs(high or 0)) < PLAIN_COUNT


@pytest.mark.skipif(
    not (SHARED / "dev" / "gold.json").exists(), reason=f"no development texts at {SHARED}; set DAMOXING_SHARED"
)
@pytest.mark.parametrize(("policy", "goal"), [(False, 0.93), (True, 0.88)])
def test_the_scan_reaches_its_goal_on_the_development_texts(policy: bool, goal: float) -> None:
    right = wrong = missed = 0
    for text, document in gold():
        if (document["genre"] == "policy") != policy or document["id"] == "t02_model_cards":  # its unit is in a header
            continue
        found = [match for match in scan(text) if "time_reference" not in match.flags]
        taken: set[int] = set()
        for fact in document["facts"]:  # type: ignore[attr-defined]
            if fact["kind"] != "quantity":
                continue
            places = [fact, *fact.get("also", [])]
            spans = [(place["start"], place["end"]) if isinstance(place, dict) else tuple(place) for place in places]
            hits = [
                i
                for i, match in enumerate(found)
                if any(match.start < end and match.end > start for start, end in spans)
            ]
            taken.update(hits)
            if small(fact["low"], fact["high"]) and fact["unit"] not in (
                "fraction",
                "ratio",
                "USD",
                "CNY",
                "years",
                "hours",
            ):
                continue
            agreed = any(agrees(found[i].quantity, fact) for i in hits)
            right, missed, wrong = right + agreed, missed + (not agreed), wrong + (bool(hits) and not agreed)
        for i, match in enumerate(found):
            quantity = match.quantity
            counted = quantity.unit is None or UNITS.get(quantity.unit).dimension in ("count", "rank")
            wrong += i not in taken and not (counted and small(quantity.low, quantity.high))
    assert 2 * right / (2 * right + wrong + missed) >= goal


TOLD_LENGTHS = [
    ("It has a context length of 256K, and more.", "256K", 256_000),
    ("The context window is extended to 1M.", "1M", 1_000_000),
    ("**Context window**200K", "200K", 200_000),
    ("It has an 8,192 context window.", "8,192", 8192),
    ("上下文窗口长度为 4096。", "4096", 4096),
    ("我们将上下文长度由2K扩展到了32K。", "32K", 32_000),
]


@pytest.mark.parametrize(("text", "value", "tokens"), TOLD_LENGTHS)
def test_a_context_length_is_told_in_tokens_by_what_it_measures(text: str, value: str, tokens: float) -> None:
    found = [(text[m.start : m.end], m.quantity.low, m.quantity.unit) for m in scan(text)]
    assert (value, tokens, "token") in found


@pytest.mark.parametrize("text", ["支持上下文2024年发布。", "The context length of a page grew.", "上下文长度2个"])
def test_what_stands_near_a_context_is_no_length(text: str) -> None:
    assert not [m for m in scan(text) if m.quantity.unit == "token"]


CARRIED = [
    ("规模分别超过350亿元和2000亿元。", [(3.5e10, None), (2e11, None)]),
    ("It grew to 1\nmillion tokens.", [(1e6, 1e6)]),
    ("实现了3倍增长。", [(3, 3)]),
]


@pytest.mark.parametrize(("text", "bounds"), CARRIED)
def test_bounds_hold_over_lists_and_line_breaks(text: str, bounds: list[tuple[float, float | None]]) -> None:
    assert [(m.quantity.low, m.quantity.high) for m in scan(text)] == bounds


@pytest.mark.parametrize("text", ["It has a context window of up to 128K.", "上下文长度高达128K。"])
def test_a_context_length_told_as_a_bound_is_one(text: str) -> None:
    (match,) = [m for m in scan(text) if m.quantity.unit == "token"]
    assert (match.quantity.low, match.quantity.high, match.quantity.comparator) == (None, 128_000, "le")


def test_an_address_spelled_in_bytes_holds_no_shares() -> None:
    assert not list(scan("podcast/%E5%87%BA%E6%92%AD"))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [("排名从第36位升起", 36, 36), ("排名升至第 5 位。", 5, 5), ("跻身前 50 名。", None, 50), ("名列第 3。", 3, 3)],
)
def test_a_rank_is_no_number_of_persons(text: str, low: float | None, high: float) -> None:
    assert [(match.quantity.low, match.quantity.high, match.quantity.unit) for match in scan(text)] == [
        (low, high, "rank")
    ]


@pytest.mark.parametrize("text", ["云帆（第 14 位）与青禾（第21位）", "第 3 条", "第 2 季度"])
def test_an_ordinal_that_nothing_ranks_is_no_figure(text: str) -> None:
    assert scan(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("沪指报2887.11点。", 2887.11, 2887.11, "point"),
        ("沪指失守2900点。", None, 2900, "point"),
        ("日经指数报28,478.52点。", 28478.52, 28478.52, "point"),
        ("视频长1分37秒。", 97, 97, "second"),
        ("历时2小时30分钟。", 150, 150, "minute"),
        ("用了1年3个月。", 15, 15, "month"),
        ("订单减少了2/3。", 2 / 3, 2 / 3, "ratio"),
        ("价格跌破5000元。", None, 5000, "CNY"),
        ("筹集至高10亿美元。", None, 1e9, "USD"),
        ("注册资本最低限额为10亿元。", 1e9, None, "CNY"),
        ("市值站上3万亿美元大关。", 3e12, None, "USD"),
    ],
)
def test_points_lengths_of_two_units_and_limits_by_their_verbs(
    text: str, low: float | None, high: float | None, unit: str
) -> None:
    found = [match.quantity for match in GRAMMAR.scan(text)]
    assert [(q.low, q.high, q.unit) for q in found] == [(low, high, unit)]


@pytest.mark.parametrize("text", ["下午3点开会。", "23点前到。", "12点30分。", "日期是2/3。", "100点击一次"])
def test_hours_dates_and_clicks_are_no_points_and_no_parts(text: str) -> None:
    assert not [m for m in GRAMMAR.scan(text) if m.quantity.unit in {"point", "ratio", "second"}]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("带来双倍的效能提升。", 2, 2),
        ("成本减半。", -0.5, -0.5),
        ("贡献了近一半的产能。", 0.5, 0.5),
        ("其中约一半资金是捐的。", 0.5, 0.5),
        ("只用到了算力的一半。", 0.5, 0.5),
        ("能耗直接降低了一半。", 0.5, 0.5),
        ("收益率涨3个基点至5.24%。", 0.0524, 0.0524),
        ("最高市值的芯片股收涨近0.9%。", 0.009, 0.009),
        ("面积为150mm²。", 1.5e-4, 1.5e-4),
        ("我们需要数以千计的新基准。", 1e3, 1e4),
        ("照片数以亿计。", 1e8, 1e9),
        ("每秒搜索10W次。", 1e5, 1e5),
        ("功率为10W的芯片。", 10, 10),
        ("支持 **70** 多种语言。", 70, None),
        ("代码锐减至2000余行。", 2000, None),
        ("激活参数量压缩至约 **1/2**。", 0.5, 0.5),
        ("要处理数兆个 token。", 1e12, 1e13),
        ("约数十亿美元的投资。", 1e9, 1e10),
        ("2万*72=144万美金。", 1.44e6, 1.44e6),
        ("签署了最高价值 **2 亿美元** 的合同。", None, 2e8),
        ("盘中最高上涨5.4%。", 0.054, 0.054),
    ],
)
def test_words_that_stand_for_figures_read_as_such(text: str, low: float | None, high: float | None) -> None:
    found = scan(text)[-1].quantity
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "净利润同比降40%。",
        "逾10%的跌幅。",
        "跌幅收窄至10%。",
        "价格减半。",
        "出货量年减近13%。",
        "内存节省 70%。",
        "成本比前代低 61%。",
        "跑分直掉50%。",
    ],
)
def test_falls_are_told_as_such(text: str) -> None:
    (found,) = scan(text)
    assert "decrease" in found.flags or (found.quantity.high or 0) < 0


def test_a_rise_behind_a_fall_is_no_fall() -> None:
    (found,) = scan("两连跌的股指均涨超1%。")
    assert "decrease" not in found.flags


@pytest.mark.parametrize(
    "text", ["另一半的人生。", "一半的一半。", "ICLR'24\n\n文章作者", "--BG-0: #111;", "减半径", "iPhone 15 多种颜色。"]
)
def test_what_only_looks_like_such_words_is_none(text: str) -> None:
    assert [match.quantity for match in scan(text)] == []


TOLD_IN_TEXT = [
    ("纳指收涨490.627点，报23031.213点", [(490.627, 490.627, "point"), (23031.213, 23031.213, "point")]),
    ("日内交投区间为97.692-97.298点", [(97.298, 97.692, "point")]),
    ("较昨日涨75点", [(75, 75, "point")]),
    ("净额分别达到-3.95亿元、-4.53亿元", [(-3.95e8, -3.95e8, "CNY"), (-4.53e8, -4.53e8, "CNY")]),
    ("序列长度从2048扩展至8192。", [(2048, 2048, "token"), (8192, 8192, "token")]),
    ("手机只有8G的内存，显存为24G", [(8e9, 8e9, "byte"), (24e9, 24e9, "byte")]),
    ("价格重返5000美元上方，又回落至4000美元下方", [(5000, None, "USD"), (None, 4000, "USD")]),
    ("不会超过30家公司，人数不过300人", [(None, 30, "company"), (None, 300, "person")]),
    ("数据不到其整体的5%", [(None, 0.05, "fraction")]),
]


@pytest.mark.parametrize(("text", "bounds"), TOLD_IN_TEXT)
def test_figures_of_markets_memories_and_limits_are_read_in_text(
    text: str, bounds: list[tuple[float | None, float | None, str]]
) -> None:
    found = [(m.quantity.low, m.quantity.high, m.quantity.unit) for m in scan(text)]
    assert [unit for _, _, unit in found] == [unit for _, _, unit in bounds]
    for (low, high, _), (least, most, _) in zip(found, bounds, strict=True):
        assert (low, high) == (pytest.approx(least), pytest.approx(most))


@pytest.mark.parametrize(
    "text",
    [
        "可谓一波三折",
        "一直到 15 年才出现",
        "我是92年出生",
        "10-12 年间成立的公司",
        "纳指跌破100日均线",
        "成百上千倍地挣",
        "4K 分辨率",
    ],
)
def test_idioms_years_of_two_digits_and_averages_are_no_quantities(text: str) -> None:
    assert scan(text) == []


def test_what_a_fall_comes_to_is_a_level() -> None:
    (level,) = scan("比例骤降至仅剩5%")
    (fall,) = scan("单价骤减90％")
    assert "decrease" in fall.flags
    assert "decrease" not in level.flags


@pytest.mark.parametrize(
    ("text", "low", "unit"),
    [
        ("市值涨了1万多亿美元。", 1e12, "USD"),
        ("这5家芯片公司都来了。", 5, "company"),
        ("市值暴涨6万亿\n\nAI芯片是底座。", 6e12, None),
        ("推出128 核的处理器。", 128, "core"),
        ("算力约为27.5PFlop/s。", 2.75e16, "FLOP/s"),
        ("平均使用年限达到38年。", 38, "year"),
        ("归母净利润-5.3亿元。", -5.3e8, "CNY"),
        ("平均占用226.75个节点。", 226.75, None),
    ],
)
def test_a_figure_takes_its_whole_scale_and_its_own_noun(text: str, low: float, unit: str | None) -> None:
    [found] = scan(text)
    assert (found.quantity.low, found.quantity.unit) == (low, unit)
