"""Dates, periods and durations: read from one string, and found in running text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schema.dates import DateError, PartialDate, parse_date, scan_dates, sort_date
from schema.durations import DurationError, parse_duration

DOCUMENT = "2024-12-20"  # a Friday


@pytest.mark.parametrize(
    ("printed", "date", "precision", "basis"),
    [
        ("2023年", "2023", "year", "printed"),
        ("二〇二三年", "2023", "year", "printed"),
        ("2022年11月底", "2022-11", "month", "printed"),
        ("2022年 11 月", "2022-11", "month", "printed"),
        ("2023年8月31日", "2023-08-31", "day", "printed"),
        ("二〇二三年八月三十一日", "2023-08-31", "day", "printed"),
        ("2023-08-31", "2023-08-31", "day", "printed"),
        ("2023/8/31", "2023-08-31", "day", "printed"),
        ("2018-6", "2018-06", "month", "printed"),
        ("2024.9", "2024-09", "month", "printed"),
        ("2023", "2023", "year", "printed"),
        ("21年", "2021", "year", "printed"),
        ("8 月 31 日", "2024-08-31", "day", "document_date"),
        ("8月31號", "2024-08-31", "day", "document_date"),
        ("99 月月 1515 日日", "2024-09-15", "day", "document_date"),
        ("11 月", "2024-11", "month", "document_date"),
        ("今年", "2024", "year", "document_date"),
        ("今年4月", "2024-04", "month", "document_date"),
        ("去年12月", "2023-12", "month", "document_date"),
        ("明年", "2025", "year", "document_date"),
        ("上月", "2024-11", "month", "document_date"),
        ("上個月", "2024-11", "month", "document_date"),
        ("昨日", "2024-12-19", "day", "document_date"),
        ("周四", "2024-12-19", "day", "document_date"),
        ("週四", "2024-12-19", "day", "document_date"),
        ("上周五", "2024-12-13", "day", "document_date"),
        ("18日", "2024-12-18", "day", "document_date"),
        ("March 3, 2026", "2026-03-03", "day", "printed"),
        ("3 March 2026", "2026-03-03", "day", "printed"),
        ("Mar 2026", "2026-03", "month", "printed"),
    ],
)
def test_a_printed_date_reads_as_precise_as_it_is(printed: str, date: str, precision: str, basis: str) -> None:
    value = parse_date(printed, document_date=DOCUMENT)
    assert (value.date, value.precision, value.basis) == (date, precision, basis)
    assert PartialDate(value.date).iso == date


@pytest.mark.parametrize(
    ("printed", "date", "start", "end"),
    [
        ("今年8月底至9月", "2024", "2024-08", "2024-09"),
        ("1—11月", "2024", "2024-01", "2024-11"),
        ("前三季度", "2024", "2024-01", "2024-09"),
        ("上半年", "2024", "2024-01", "2024-06"),
        ("2023年下半年", "2023", "2023-07", "2023-12"),
        ("2023年第三季度", "2023", "2023-07", "2023-09"),
        ("Q3 2024", "2024", "2024-07", "2024-09"),
        ("2024Q3", "2024", "2024-07", "2024-09"),
        ("2021-2023年", "2021", "2021", "2023"),
        ("8月18日至20日", "2024-08", "2024-08-18", "2024-08-20"),
    ],
)
def test_a_period_reads_with_both_its_ends(printed: str, date: str, start: str, end: str) -> None:
    value = parse_date(printed, document_date=DOCUMENT)
    assert (value.date, value.period_start, value.period_end) == (date, start, end)


def test_a_month_and_day_without_any_year_stay_open() -> None:
    assert parse_date("8月31日").date == "--08-31"
    assert parse_date("8月").date == "--08"


def test_a_month_far_ahead_of_the_document_is_the_one_before() -> None:
    assert parse_date("12月18日", document_date="2025-01-05").date == "2024-12-18"


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("1月11日", "2025-01-11"),
        ("1月9日", "2025-01-09"),
        ("1月8日", "2022-01-08"),
        ("1月12日", "2022-01-12"),
        ("Jan 11", "2025-01-11"),
    ],
)
def test_the_days_up_to_the_documents_own_are_of_its_year_whatever_year_was_read_before(
    printed: str, date: str
) -> None:
    found = [match.value.date for match in scan_dates(f"2022年全年增长，{printed}开会。", "2025-01-11")]
    assert found == ["2022", date]


def test_the_part_of_a_month_is_kept_beside_it() -> None:
    assert parse_date("2022年11月底").part == "late"
    assert parse_date("12月初", document_date=DOCUMENT).part == "early"


@pytest.mark.parametrize(
    "printed", ["", "近日", "日前", "不久前", "2023年13月", "2月30日", "14 小时", "三年", "大模型", "去年"]
)
def test_what_is_no_date_is_refused_with_value_and_cure(printed: str) -> None:
    with pytest.raises(DateError, match="is no date; write it as"):
        parse_date(printed)


@pytest.mark.parametrize("iso", ["2023-13", "2023-02-30", "23", "--13-01", "2023-8", ""])
def test_a_partial_date_refuses_what_is_none(iso: str) -> None:
    with pytest.raises(DateError, match="is no date; write 2023"):
        PartialDate(iso)


def test_dates_are_found_with_their_spans_and_context() -> None:
    text = "2022年起步，11月30日发布；今年3月升级，当月公开。近日又有消息。周四再议，Mar 3, 2025 截止。"
    found = [
        (text[match.start : match.end], match.value.date, match.value.basis) for match in scan_dates(text, DOCUMENT)
    ]
    assert found == [
        ("2022年", "2022", "printed"),
        ("11月30日", "2022-11-30", "context"),
        ("今年3月", "2024-03", "document_date"),
        ("当月", "2024-12", "document_date"),
        ("周四", "2024-12-19", "document_date"),
        ("Mar 3, 2025", "2025-03-03", "printed"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "近日",
        "日前",
        "3个月",
        "两年",
        "GPT-4 2.0",
        "月活1亿",
        "10.1038/123",
        "8核",
        "三周",
        "20:30",
        "日本元素",
        "MMLU 88",
    ],
)
def test_running_text_without_a_date_gives_none(text: str) -> None:
    assert list(scan_dates(text, DOCUMENT)) == []


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("14 小时", "PT14H"), ("36个小时", "PT36H"), ("50分钟", "PT50M"), ("1.98秒", "PT1.98S"), ("14.8天", "P14.8D"), ("3个月", "P3M"),
        ("两年半", "P2Y6M"), ("半年", "P6M"), ("一个半小时", "PT1.5H"), ("2小时30分", "PT2H30M"), ("三个季度", "P9M"), ("2周", "P2W"),
        ("90 minutes", "PT90M"), ("三個小時", "PT3H"), ("长达36个小时", "PT36H"),
    ],
)  # fmt: skip
def test_a_duration_reads_as_iso(printed: str, iso: str) -> None:
    assert parse_duration(printed) == iso


@pytest.mark.parametrize("printed", ["", "超14小时", "8年至10年", "十个工作日", "51%", "小时"])
def test_a_duration_of_no_one_length_is_refused(printed: str) -> None:
    with pytest.raises(DurationError, match="is no duration of one length"):
        parse_duration(printed)


def test_dates_sort_by_their_earliest_day() -> None:
    dates = ["--08-31", "2024-01", "2023", "2023-08-31", "2023-08"]
    assert sorted(dates, key=sort_date) == ["2023", "2023-08", "2023-08-31", "2024-01", "--08-31"]


@given(st.dates(), st.sampled_from(["{0}年{1}月{2}日", "{0:04d}-{1:02d}-{2:02d}", "{0} 年 {1} 月 {2} 日"]))
def test_any_day_reads_back_in_each_printed_style(day: object, style: str) -> None:
    year, month, date = day.year, day.month, day.day  # type: ignore[attr-defined]
    if not 1900 <= year <= 2099:
        year = 1900 + year % 200
        date = min(date, 28)
    assert parse_date(style.format(year, month, date)).date == f"{year:04d}-{month:02d}-{date:02d}"


PIECES = st.sampled_from(
    [
        "0",
        "1",
        "12",
        "31",
        "2023",
        "年",
        "月",
        "日",
        "号",
        "-",
        "/",
        ".",
        "至",
        "到",
        "—",
        "今",
        "去",
        "上",
        "下",
        "半",
        "周",
        "四",
        "季度",
        "第",
        "初",
        "底",
        "Q",
        "H",
        "Mar",
        ",",
        "\n",
        "同",
        "当",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=40).map("".join)))
@settings(max_examples=400)
def test_spans_slice_in_order_and_nothing_makes_the_scan_crash(text: str) -> None:
    end = 0
    for match in scan_dates(text, DOCUMENT):
        assert end <= match.start < match.end <= len(text)
        assert PartialDate(match.value.date)
        end = match.end


@given(st.text(max_size=40))
def test_reading_whole_strings_never_crashes(text: str) -> None:
    for read in (lambda: parse_date(text, document_date=DOCUMENT), lambda: parse_duration(text)):
        try:
            read()
        except (DateError, DurationError):
            continue


@pytest.mark.parametrize(
    ("text", "written", "date"),
    [
        ("上周发布", "2025-06-18", "2025-06"),
        ("本週發布", "2025-06-18", "2025-06"),
        ("下周上线", "2025-06-18", "2025-06"),
        ("上周发布", "2025-06-03", None),
        ("上周末发布", "2025-06-18", None),
    ],
)
def test_a_week_is_of_its_month_where_all_of_it_lies_in_one(text: str, written: str, date: str | None) -> None:
    assert next((match.value.date for match in scan_dates(text, written)), None) == date


def test_a_caption_s_year_does_not_reach_the_dateline_under_it() -> None:
    text = "_沈青山2022年12月在青山厂上演讲（来源：青山社）_\n\n**青山社8月10日消息** ，今晨公布了新规。"
    found = [(match.value.date, text[match.start : match.end]) for match in scan_dates(text, "2023-08-10")]
    assert found == [("2022-12", "2022年12月"), ("2023-08-10", "8月10日"), ("2023-08-10", "今晨")]


def test_a_day_alone_on_its_line_is_what_words_below_it_count_from() -> None:
    text = "2024年3月29日 快讯\n\n发布会昨晚举行。\n"
    assert [match.value.date for match in scan_dates(text, "2024-04-02")] == ["2024-03-29", "2024-03-28"]


def test_the_leap_day_is_of_the_last_leap_year_and_a_weekday_in_brackets_of_its_day() -> None:
    assert [match.value.date for match in scan_dates("2月29日发布。", "2026-03-20")] == ["2024-02-29"]
    assert [match.value.date for match in scan_dates("7月13日（周六）下午举办。", "2024-07-15")] == ["2024-07-13"]


def test_a_column_prints_years_by_two_digits() -> None:
    assert parse_date("23.11.30").date == "2023-11-30"
