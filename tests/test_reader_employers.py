"""Whose officer somebody is by what stands before the name, where the body is unknown or only spoken of."""

import pytest

from tests.proposing import proposed, relations

PERSON = "马丁·加尔曼"
BEFORE = [
    (f"青山智库“新算力中心”副主席{PERSON}指出，风险不小。", "新算力中心"),
    (f"青山教师联合会主席{PERSON}（Martin Garman）说，要慎重。", "青山教师联合会"),
    (f"随后，人本技术中心的{PERSON}谈到了成本。", "人本技术中心"),
    (f"青山财政部投资安全助理部长{PERSON}证实了此事。", "财政部"),
    (f"根据微软3月提交的报告，包括首席财务官{PERSON}在内的高管没有变动。", "微软"),
    (f"微软董事会给罗伯特·芬奇以及执行副总裁兼总法律顾问{PERSON}加薪。", "微软"),
    (f"怀俄明州共和党参议员{PERSON}说，他反对。", "美国参议院"),
    (f"美国众议员{PERSON}说，他反对。", "美国众议院"),
    (f"微软投资策略师{PERSON}称，市场转好。", "微软"),
]


@pytest.mark.parametrize(("text", "body"), BEFORE)
def test_what_stands_before_a_name_tells_whose_officer_somebody_is(text: str, body: str) -> None:
    assert ("affiliation", PERSON, body) in relations(text)


NOBODYS = [
    f"一家公司的负责人{PERSON}没有到场。",
    f"另一位董事会成员{PERSON}没有到场。",
    f"微软很忙，记者昨天遇到了{PERSON}。",
    f"青山大学和{PERSON}都没有回应。",
]


@pytest.mark.parametrize("text", NOBODYS)
def test_a_name_without_an_office_of_a_named_body_is_of_nobody(text: str) -> None:
    assert not [other for kind, name, other in relations(text) if kind == "affiliation" and name == PERSON]


def test_the_office_is_told_with_the_body() -> None:
    told = proposed(f"青山教师联合会主席{PERSON}说，要慎重。", "relation")
    assert [row["role_title"] for row in told if row["property_id"] == "affiliation"] == ["主席"]


def test_officers_of_one_state_are_listed_under_its_name_once() -> None:
    told = relations(f"美国总统{PERSON}、防长罗伯特·芬奇以及国务卿汉斯·格林到场。")
    assert {name for kind, name, other in told if other == "美国"} == {PERSON, "罗伯特·芬奇", "汉斯·格林"}


def test_a_title_of_several_firms_reaches_over_an_older_name_in_brackets() -> None:
    told = relations(f"微软、腾讯和X（前推特）的首席执行官{PERSON}到场。")
    assert {other for kind, _, other in told if kind == "affiliation"} >= {"微软", "腾讯"}


FOLLOWING = [
    (f"{PERSON}，青禾算力研究所博士研究生，专注于言论；", "青禾算力研究所"),
    (f"{PERSON}，微软数据部门高级研究员，主要关注算力；", "微软"),
    (f"{PERSON}（音译），青山人工智能研究所教授，关注安全；", "青山人工智能研究所"),
]


@pytest.mark.parametrize(("text", "body"), FOLLOWING)
def test_what_follows_a_name_between_commas_tells_where_somebody_works(text: str, body: str) -> None:
    assert ("affiliation", PERSON, body) in relations(text)


def test_a_founder_between_commas_founded_the_firm() -> None:
    assert ("founded_by", "微软", PERSON) in relations(f"{PERSON}，微软公司联合创始人，关注安全；")


@pytest.mark.parametrize("verb", ["强烈反对", "立即回应", "赞扬了他们", "永久离开"])
def test_a_foreign_name_ends_before_the_word_that_follows(verb: str) -> None:
    told = relations(f"微软首席执行官萨提亚·纳德拉{verb}。")
    assert ("affiliation", "萨提亚·纳德拉", "微软") in told


POINTED = [
    (f"微软很忙。{PERSON}到场，他是微软（Microsoft）的联合创始人兼首席执行官，很少露面。", "微软"),
    (f"{PERSON}也到场，他是前微软研究员，后来转行。", "微软"),
    (f"法案指示微软关注垄断，该机构主席{PERSON}已经表态。", "微软"),
    (f"微软的分析师很乐观，该金融公司的全球首席经济学家{PERSON}说。", "微软"),
]


@pytest.mark.parametrize(("text", "body"), POINTED)
def test_a_pronoun_points_to_the_person_or_the_body(text: str, body: str) -> None:
    assert ("affiliation", PERSON, body) in relations(text)


def test_a_middle_initial_is_part_of_a_name() -> None:
    assert ("affiliation", "Martin H. Garman", "微软") in relations("微软主席 Martin H. Garman 最近指出，成本会降低。")


def test_an_ambassador_is_of_the_state_that_sends_him() -> None:
    assert ("affiliation", PERSON, "中国") in relations(f"此前，中国驻美大使{PERSON}表示反对。")


NAMED = [
    ("紫杉投资分析师陈大青告诉记者，涨了。", "陈大青", "紫杉投资"),
    ("北洲数字权利的高级政策顾问莎拉·格林表示，不好。", "莎拉·格林", "北洲数字权利"),
    ("微软青山办事处专注于人工智能的高级分析师丹尼尔·芬奇表示，不好。", "丹尼尔·芬奇", "微软"),
    ("微软首席战略官关青雅、青梧COO徐青春等人到场。", "徐青春", "青梧"),
    ("微软首席战略官关青雅、青梧COO徐青春等人到场。", "关青雅", "微软"),
    ("北京大学材料与认知学院朱青莎教授说，这很难。", "朱青莎", "北京大学"),
    ("OpenAI及其CEO山姆·格林没有回应。", "山姆·格林", "OpenAI"),
    ("微软副总裁方向透露，成本不小。", "方向", "微软"),
    ("沈青林被任命为财政部副部长。", "沈青林", "财政部"),
    ("青山州税务和收费机构主管尼克·马丁说，他反对。", "尼克·马丁", "青山州税务和收费机构"),
]


@pytest.mark.parametrize(("text", "person", "body"), NAMED)
def test_bodies_without_a_form_of_their_own_are_told_by_the_office(text: str, person: str, body: str) -> None:
    assert {other for kind, name, other in relations(text) if kind == "affiliation" and name == person} == {body}


@pytest.mark.parametrize(
    "text", ["新能源汽车分析师张明表示，今年更好。", "年轻创始人张明表示同意。", "产品总监张明表示同意。"]
)
def test_what_only_describes_an_office_is_no_firm(text: str) -> None:
    assert not [told for told in relations(text) if told[0] == "affiliation"]


def test_the_firm_spoken_of_is_meant_behind_a_dash() -> None:
    told = relations("OpenAI的理念正是如此。孙立群表示同意。孙立群——这家公司的联合创始人，已经离开。")
    assert ("founded_by", "OpenAI", "孙立群") in told


HONOURED = [
    ("中科院青禾研究所梁则明教授也同意。", "梁则明", "中科院青禾研究所"),
    ("青山天文台的苏利明教授告诉记者，不行。", "苏利明", "青山天文台"),
    ("云舟科技CEO周青明、小青COO徐青春等到场。", "徐青春", "小青"),
    ("Microsoft Azure 平台企业副总裁 Eric Grimm 表示，客户很多。", "Eric Grimm", "微软"),
]


@pytest.mark.parametrize(("text", "person", "body"), HONOURED)
def test_institutes_and_firms_of_things_are_whose_officer_somebody_is(text: str, person: str, body: str) -> None:
    assert {other for kind, name, other in relations(text) if kind == "affiliation" and name == person} == {body}
