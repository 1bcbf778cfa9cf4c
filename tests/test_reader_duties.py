"""All the offices of one person, schools, bylines and makers by name alone, by tables of invented sentences."""

import pytest

from tests.proposing import proposed, tied

HELD = [
    ("马丁·加尔曼是科学家。他是谷歌和微软的联合创始人兼首席执行官。", ("马丁·加尔曼", "微软")),
    ("马丁·加尔曼是科学家。他是谷歌和微软的联合创始人兼首席执行官。", ("马丁·加尔曼", "谷歌")),
    (
        "马丁·加尔曼是谷歌的副总裁。他还担任青禾国家顾问委员会副主席、青梧研究院理事，并且是清华大学的客座教授。",
        ("马丁·加尔曼", "清华大学"),
    ),
    (
        "马丁·加尔曼是谷歌的副总裁。他还担任青禾国家顾问委员会副主席、青梧研究院理事，并且是清华大学的客座教授。",
        ("马丁·加尔曼", "青禾国家顾问委员会"),
    ),
    (
        "马丁·加尔曼是谷歌的副总裁。他还担任青禾国家顾问委员会副主席、青梧研究院理事，并且是清华大学的客座教授。",
        ("马丁·加尔曼", "青梧研究院"),
    ),
    ("马丁·加尔曼是作家。他是企业家，是谷歌的创始人（据称）。", ("马丁·加尔曼", "谷歌")),
    ("马丁·加尔曼本身出身硅谷，曾任罗伯特·芬奇旗下投资公司谷歌的总经理。", ("马丁·加尔曼", "谷歌")),
    # A firm's team, and a name right behind the firm's.
    ("OpenAI 微调团队的 Ada Quinn 在节目中解释了做法。", ("Ada Quinn", "OpenAI")),
    ("小米集团雷军宣布了计划。", ("雷军", "小米")),
    # Where somebody studied.
    ("马丁·加尔曼毕业于清华大学计算机系。", ("马丁·加尔曼", "清华大学")),
    ("清华大学硕士毕业生赵静入职不到一年。赵静说，赵静是教师。", ("赵静", "清华大学")),
    ("马丁·加尔曼获得清华大学的博士学位。", ("马丁·加尔曼", "清华大学")),
]


@pytest.mark.parametrize(("text", "ends"), HELD)
def test_a_sentence_tells_every_office_that_it_lists(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "affiliation")


NOT_HELD = [
    ("马丁·加尔曼说，这是谷歌的总裁要做的事。", ("马丁·加尔曼", "谷歌")),
    ("不是马丁·加尔曼，但是谷歌的总裁来了。", ("马丁·加尔曼", "谷歌")),
    ("马丁·加尔曼毕业后，清华大学扩招。", ("马丁·加尔曼", "清华大学")),
]


@pytest.mark.parametrize(("text", "ends"), NOT_HELD)
def test_what_is_said_of_others_is_nobodys_office(text: str, ends: tuple[str, str]) -> None:
    assert ends not in tied(text, "affiliation")


SIGNED = [
    ("采写：青禾日报记者 张皓 王静", ("王静", "青禾日报")),
    ("（财联社 张皓）", ("张皓", "财联社")),
    ("财联社10月31日讯（编辑 张皓）今天发布。", ("张皓", "财联社")),
    ("封面新闻记者 张皓 王静", ("张皓", "封面新闻")),
    ("文/腾讯科技 张皓、王静", ("王静", "腾讯科技")),
    ("《青禾》特派记者 张皓 发自青山", ("张皓", "青禾")),
    ("青禾新闻客户端 | 作者 张皓 王静", ("王静", "青禾新闻")),
    ("出品丨青禾工作室\n\n作者丨张皓\n\n正文在此。", ("张皓", "青禾工作室")),
]


@pytest.mark.parametrize(("text", "ends"), SIGNED)
def test_a_byline_tells_for_whom_somebody_writes(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "affiliation")


@pytest.mark.parametrize("text", ["青禾日报记者获悉，张皓来了。", "本报记者 张皓", "记者联系到了张皓。"])
def test_a_reporter_who_only_asks_writes_for_nobody(text: str) -> None:
    assert not tied(text, "affiliation")


MADE = [
    ("英伟达在市场上领先，并运营着名为Orchard Now的流媒体服务。", ("Orchard Now", "英伟达")),
    ("谷歌与微软竞争，并提供了名为Orchard Play的云游戏服务。", ("Orchard Play", "谷歌")),
    ("近日，马丁·加尔曼与罗伯特·芬奇等研究人员推出语音模型Orchard-V2。", ("Orchard-V2", "罗伯特·芬奇")),
    ("还要采用台积电独创的Orchard系统。", ("Orchard", "台积电")),
]


@pytest.mark.parametrize(("text", "ends"), MADE)
def test_who_brings_out_what_is_only_called_something_made_it(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "developer")


def test_whom_another_competes_with_makes_nothing() -> None:
    assert ("Orchard Play", "微软") not in tied("谷歌与微软竞争，并提供了名为Orchard Play的云游戏服务。", "developer")


OWNED = [
    ("LinkedIn隶属于微软。", ("LinkedIn", "微软")),
    ("青梧科技由小米控股。", ("青梧科技", "小米")),
    ("马丁·加尔曼的人工智能公司青梧科技近期融资。", ("青梧科技", "马丁·加尔曼")),
    ("马丁·加尔曼收购了青梧科技。", ("青梧科技", "马丁·加尔曼")),
]


@pytest.mark.parametrize(("text", "ends"), OWNED)
def test_who_belongs_to_another_is_owned(text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, "owner")


def test_a_university_is_nobodys_own() -> None:
    assert not tied("马丁·加尔曼的清华大学课程很受欢迎。", "owner")


def test_a_bond_between_two_firms_makes_partners() -> None:
    assert tied("微软与OpenAI之间的紧密关系引发关注。", "partner") == {("微软", "OpenAI")}


def test_those_of_a_board_are_of_the_firm_that_it_is_of() -> None:
    text = "小米集团披露了公告。目前其董事会成员包括董事长张三丰、执行董事李四光、非执行董事王小明。"
    assert {person for person, body in tied(text, "affiliation") if body == "小米"} >= {"张三丰", "李四光"}


def test_a_round_is_of_whom_the_next_clause_says_to_close_it() -> None:
    assert ("月之暗面", "腾讯") in tied("由腾讯和美团领投，月之暗面完成新一轮融资。", "investor")


def test_those_who_give_leave_issue_an_instrument() -> None:
    text = "经国务院、中央军委批准，新修订的《青山人员条例》日前颁布。"
    assert {other for _, other in tied(text, "issued_by")} == {"国务院", "中央军委"}
    assert [(row["property_id"], row.get("date")) for row in proposed(text, "event")] == [("adopted", None)]
