"""Offices of persons whom only their place in a text makes known, by tables of invented sentences."""

import time

import pytest

from etl.reader.forms import names_by_form
from etl.reader.person_lists import listed_persons
from tests.proposing import relations

OFFICES = [
    ("任小禾是谷歌合伙人，主要负责硬件投资。", ("任小禾", "谷歌")),
    ("微软由CFO陈少禾分管。", ("陈少禾", "微软")),
    ("谷歌的投委会成员包括王小禾、陈少山、于青等。", ("于青", "谷歌")),
    ("饭局上有李小飞（微软创始人）、戴禾森、刘山（谷歌合伙人）。", ("刘山", "谷歌")),
    ("饭局上有李小飞（微软创始人）、戴禾森、刘山（谷歌合伙人）。", ("李小飞", "微软")),
    ("英伟达发言人毛小山在例行记者会上回应。", ("毛小山", "英伟达")),
    ("青禾律师事务所合伙人、人工智能专家法尔莫表示，这很难。", ("法尔莫", "青禾律师事务所")),
    ("知名咨询机构青山集团总裁布雷诺也指出，形势变了。", ("布雷诺", "青山集团")),
    ("文 | 微软研究院党委书记、主任 徐小强\n\n大会开幕。", ("徐小强", "微软研究院")),
    ("在場的還有微軟創辦人暨執行長 Ada Quinn，他接過話題。", ("Ada Quinn", "微软")),
]


@pytest.mark.parametrize(("text", "told"), OFFICES)
def test_an_office_is_read_of_a_person_whom_only_the_place_makes_known(text: str, told: tuple[str, str]) -> None:
    assert ("affiliation", *told) in relations(text)


def test_an_arm_that_invests_is_another_body_than_its_firm() -> None:
    text = "微软青湖领投智谱AI的A轮融资。任小禾是微软青湖合伙人。"
    found = relations(text)
    assert ("investor", "智谱AI", "微软青湖") in found
    assert ("affiliation", "任小禾", "微软青湖") in found


def test_ai_behind_a_word_is_part_of_a_firm_s_name() -> None:
    assert ("developer", "QuinnLM", "Orchard AI") in relations("它超越了Orchard\nAI的QuinnLM模型。")


def test_what_stands_in_bold_from_a_known_name_on_is_one_name() -> None:
    found = {name for _, name, _ in relations("OpenAI 发布了 **GPT Coding Plan** 套餐。")}
    assert "GPT Coding Plan" in found


def test_a_head_of_state_is_of_the_state() -> None:
    assert ("affiliation", "马丁·加尔曼", "美国") in relations("美国总统马丁·加尔曼表示，这很难。")


def test_a_candidate_holds_no_office() -> None:
    assert relations("美国总统候选人马丁·加尔曼表示，这很难。") == set()


def test_lists_of_persons_are_read_in_linear_time() -> None:
    def seconds(times: int) -> float:
        text = "王小明（谷歌创始人）、" * times
        begin = time.process_time()
        list(listed_persons(text, names_by_form(text)[1]))
        return time.process_time() - begin

    seconds(10)
    assert seconds(3200) < max(1.0, 30 * seconds(400))
