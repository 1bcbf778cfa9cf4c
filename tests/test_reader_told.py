"""Instruments told without marks, lines under titles, names between marks of code, and who left in a clause before the name."""

import pytest

from tests.proposing import events, proposed, relations

TOLD = [
    ("青山湖泊管理条例正式发布，自2025年9月1日起施行\n\n湖泊很美。", "青山湖泊管理条例"),
    (
        "据官微消息，6月7日，工业和信息化部关于进一步提升湖泊服务能力的通知发布。",
        "工业和信息化部关于进一步提升湖泊服务能力的通知",
    ),
]


@pytest.mark.parametrize(("text", "title"), TOLD)
def test_an_instrument_told_to_be_brought_out_needs_no_marks(text: str, title: str) -> None:
    assert title in {row["subject_name"] for row in proposed(text, "policy")}


def test_a_firms_products_rules_are_no_instrument() -> None:
    assert not proposed("百度发布新模型，该产品使用规定很多。", "policy")


def test_lines_under_a_title_tell_how_it_was_amended_and_passed() -> None:
    text = (
        "青山湖泊条例\n\n1994年8月23日 青山市人民政府令第161号发布\n\n2011年1月8日 《青山市人民政府关于修改部分规章的决定》修订"
        "\n\n2017年1月11日 青山市人民政府第161次常务会议修订通过\n\n第一条 为了保护湖泊，制定本条例。\n"
    )
    told = {(kind, date) for kind, name, date in events(text) if name == "青山湖泊条例"}
    assert {("amended", "2011-01-08"), ("adopted", "2017-01-11")} <= told


def test_who_drew_up_and_issued_an_instrument_are_all_its_issuers() -> None:
    found = relations("国家疾控局会同国家卫生健康委制定并印发《湖泊防控方案》。")
    assert {other for kind, _, other in found if kind == "issued_by"} == {"国家疾控局", "国家卫生健康委员会"}


def test_marks_of_code_hold_one_name() -> None:
    found = relations("**xAI** 近日正式推出音频接口：`Grok Speech to Text (STT)` 和 `Grok Text to Speech (TTS)`。")
    made = {one for kind, one, other in found if kind == "developer" and other == "xAI"}
    assert made == {"Grok Speech to Text (STT)", "Grok Text to Speech (TTS)"}


def test_a_line_may_break_within_a_known_name() -> None:
    assert ("developer", "GitHub Copilot", "GitHub") in relations("GitHub的产品GitHub\nCopilot定价10美元。")


LEFT = [
    ("上周五被解雇的首席执行官马丁·加尔曼将会复职。", ("departed", "马丁·加尔曼", "2025-06-13")),
    ("去年离职的首席科学家马丁·加尔曼已加入星河科技。", ("departed", "马丁·加尔曼", "2024")),
    ("自2022年离开微软以来，马丁·加尔曼一直积极投资初创公司。", ("departed", "马丁·加尔曼", "2022")),
]


@pytest.mark.parametrize(("text", "event"), LEFT)
def test_who_left_may_stand_behind_the_clause_that_tells_it(text: str, event: tuple[str, str, str]) -> None:
    assert event in events(text)


def test_a_plan_is_not_of_the_day_on_which_it_was_told() -> None:
    found = events("6月10日，马丁·加尔曼官宣，百度即将开源文心大模型。")
    assert ("open_sourced", "2025-06-10") not in {(kind, date) for kind, _, date in found}


def test_what_is_called_something_needs_no_marks() -> None:
    found = relations("一家名为赛得青的生物技术公司由马丁·加尔曼创立。")
    assert ("founded_by", "赛得青", "马丁·加尔曼") in found
