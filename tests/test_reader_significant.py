"""Dated happenings of no kind of their own, and the news of lines, by invented sentences."""

import pytest

from etl.reader.significant import METHOD
from tests.proposing import events, proposed

DID = [
    ("2024年5月，OpenAI首席执行官马丁·加尔曼到访青山市。", "马丁·加尔曼", "2024-05", "到访"),
    ("去年11月，三名OpenAI员工在青山市首次会见了市长。", "OpenAI", "2024-11", "会见"),
    ("百度在6月3日向青山市监管局提交了说明。", "百度", "2025-06-03", "提交"),
    ("2025年3月5日，美国参议院讨论了新的授权法案。", "美国参议院", "2025-03-05", "讨论"),
    ("2023年，在监管收紧之前，腾讯撤回了计算业务的方案。", "腾讯", "2023", "撤回"),
    ("马丁·加尔曼很忙。今年5月，他在青山市慰问了工程师。", "马丁·加尔曼", "2025-05", "慰问"),
    ("OpenAI收到诉状后沉默了几天，并于1月8日撤回了说明。", "OpenAI", "2025-01-08", "撤回"),
    ("5月底，微软（Microsoft）停办了开发者课程。", "微软", "2025-05", "停办"),
]


@pytest.mark.parametrize(("text", "name", "date", "verb"), DID)
def test_what_somebody_did_on_a_date_is_told_by_its_verb(text: str, name: str, date: str, verb: str) -> None:
    told = [row for row in proposed(text, "event") if row["method"] == METHOD]
    assert [(row["subject_name"], row["date"], row["scope_note"]) for row in told] == [(name, date, verb)]


NOTHING = [
    ("2024年，OpenAI是行业里最大的公司。", "a state"),
    ("据《青山日报》6月2日报道，百度停办了课程。", "the day of a report"),
    ("到2030年，百度建成三个中心。", "a target"),
    ("到**2030年**，百度建成三个中心。", "a target in bold"),
    ("2024年，百度并未停办课程。", "what was not done"),
    ("2024年，百度的课程停办了。", "whose thing it was"),
    ("6月3日，百度此前停办了课程。", "something earlier"),
    ("2024年，与百度同名的课程停办了。", "a name that another is like"),
]


@pytest.mark.parametrize(("text", "why"), NOTHING)
def test_what_tells_no_happening_of_the_date_is_none(text: str, why: str) -> None:
    assert not [event for event in events(text) if event[0] == "significant_event"], why


def test_a_date_that_dates_an_event_of_a_kind_tells_no_second_one() -> None:
    assert {event for event, _, _ in events("2025年3月5日，百度推出了Yunfan-7B模型。")} == {"released"}


def test_a_plan_is_told_as_planned() -> None:
    told = proposed("2025年9月，百度将停办开发者课程。", "event")
    assert [(row["property_id"], row["assertion"]) for row in told] == [("significant_event", "planned")]


LIST = """# 早间要闻

- 百度调整会员额度 [↗](https://example.com/a)
- 微软修复登录故障 [↗](https://example.com/b)
- 腾讯宣布文档支持多人编辑
- 会员额度说明
"""


def test_each_line_of_news_tells_what_its_first_name_did() -> None:
    told = proposed(LIST, "event")
    assert [(row["property_id"], row["subject_name"], row.get("scope_note")) for row in told] == [
        ("announced", "腾讯", None),
        ("significant_event", "百度", "调整"),
        ("significant_event", "微软", "修复"),
    ]
    assert all(row["value_status"] == "not_stated" and LIST[row["start_char"] : row["end_char"]] for row in told)
    assert [LIST[row["start_char"] : row["end_char"]] for row in told] == ["宣布", "调整", "修复"]


def test_the_quote_of_a_dated_happening_is_its_date() -> None:
    text = "2024年5月，微软停办了开发者课程。"
    assert [row["quote"] for row in proposed(text, "event")] == ["2024年5月"]


def test_a_title_s_words_are_no_verb_and_take_no_verb_s_place() -> None:
    text = "- 百度《停办课程办法》停办了课程\n"
    told = proposed(text, "event")
    assert [(row["scope_note"], row["start_char"]) for row in told] == [("停办", text.rindex("停办"))]


LED = [
    ("百度彻底重组了搜索部门\n\n员工们很忙。", ("百度", "重组")),
    ("今天天气很好，行人很多。\n\n百度彻底重组了搜索部门。", ("百度", "重组")),
]


@pytest.mark.parametrize(("text", "told"), LED)
def test_what_leads_a_text_tells_its_news(text: str, told: tuple[str, str]) -> None:
    rows = [row for row in proposed(text, "event") if row["property_id"] == "significant_event"]
    assert told in {(row["subject_name"], row["scope_note"]) for row in rows}


def test_what_leads_a_text_tells_it_once_and_no_more_below() -> None:
    filler = "行人们在街上走来走去，天气也很好。\n\n" * 6
    assert not proposed(filler + "百度彻底重组了搜索部门。", "event")
    twice = proposed("百度彻底重组了搜索部门\n\n百度彻底重组了搜索部门，员工很忙。", "event")
    assert len(twice) == 1
