"""Names that lists, kinds, places and habit make known, by tables of invented sentences."""

import dataclasses

import pytest

from etl.documents import read_document
from etl.reader.read import reading
from tests.proposing import DATE, lexicon, proposed


def named(text: str) -> dict[str, str]:
    """Return the names of a text, each with its kind."""
    document = dataclasses.replace(read_document(text.encode(), name="text.txt"), date=DATE)
    return {mention.name: mention.kind for mention in reading(document, lexicon()).mentions.items}


LISTED = [
    # Between two firms of a list stands a firm, and behind them up to the word that closes it.
    ("本轮投资方有腾讯、青梧、百度。", "青梧", "organization"),
    ("到场的有腾讯、百度、青梧、蔚川等公司。", "青梧", "organization"),
    ("获得了华为、青梧、蔚川等公司的投资。", "蔚川", "organization"),
    ("文心一言、青穹、通义千问都已上线。", "青穹", "model"),
]


@pytest.mark.parametrize(("text", "name", "kind"), LISTED)
def test_an_item_of_a_list_is_what_the_others_are(text: str, name: str, kind: str) -> None:
    assert named(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("到场的有腾讯、高校、百度的代表。", "高校"),
        ("到场的有腾讯、百度、政府等各方代表。", "政府"),
        ("腾讯、发布、百度。", "发布"),
    ],
)
def test_a_common_word_of_a_list_is_no_name(text: str, name: str) -> None:
    assert name not in named(text)


PUBLIC = [
    ("10月28日，河北省人社厅发布声明。", "河北省人社厅"),
    ("2月10日，杭州市生态环境局发布倡议。", "杭州市生态环境局"),
    ("她收到青梧市教育局的短信。", "青梧市教育局"),
    ("12月1日，以色列国防军散发传单。", "以色列国防军"),
    ("成都青梧公安通报了此事。", "成都青梧公安"),
    ("浙江省委宣传部公布了名单。", "浙江省委宣传部"),
    ("驻青禾国大使馆提醒公民注意。", "驻青禾国大使馆"),
]


@pytest.mark.parametrize(("text", "name"), PUBLIC)
def test_a_department_of_a_place_is_a_body(text: str, name: str) -> None:
    assert named(text).get(name) == "organization"


@pytest.mark.parametrize("text", ["北京市数据中心很多。", "教育部门回应称。", "浙江省委员会议开幕。"])
def test_what_only_begins_as_a_department_is_none(text: str) -> None:
    assert not any(name.endswith(("数据", "教育部", "省委")) for name in named(text))


TOLD = [
    ("新能源汽车公司青梧宣布降价。", "青梧", "organization"),
    ("赵荷是教师。两年前，赵荷拒绝了邀请。", "赵荷", "person"),
    ("云界S7本月上市，云界新M9随后。", "云界S7", "product"),
    ("云界S7本月上市，云界新M9随后。", "云界新M9", "product"),
    ("“青穹”大模型在青山发布。", "青穹", "model"),
    ("教授爱德华·李在会上说。", "爱德华·李", "person"),
    ("秘书长安东尼歐．古特在会上說，億萬人關注。", "安东尼欧·古特", "person"),
]


@pytest.mark.parametrize(("text", "name", "kind"), TOLD)
def test_the_words_around_a_name_tell_it(text: str, name: str, kind: str) -> None:
    assert named(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("上市公司高管宣布降薪。", "高管"),
        ("高校很多。去年，高校在扩招。", "高校"),
        ("谢谢你。我说，谢谢是礼貌。", "谢谢"),
        ("采用H100，采用H100。", "采用H100"),
        ("显卡A100降价。", "显卡A100"),
    ],
)
def test_a_plain_word_is_no_name_whatever_stands_around_it(text: str, name: str) -> None:
    assert name not in named(text)


@pytest.mark.parametrize(
    ("text", "name"), [("iPhone 14降价600元。", "iPhone 14"), ("iPhone14Plus和iPhone 15 Pro都涨价。", "iPhone14Plus")]
)
def test_a_products_generation_of_two_digits_is_its_name(text: str, name: str) -> None:
    assert name in named(text)


def test_two_digits_that_count_are_no_generation() -> None:
    assert "iPhone" in named("iPhone 14万部已售出。")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "《国务院关于修改〈青山管理规定〉的决定》公布。",
            {"国务院关于修改〈青山管理规定〉的决定", "青山管理规定"},
        ),
        ("依照民法总则第八条、消费者权益保护法第五十五条的规定，判决如下。", {"民法总则", "消费者权益保护法"}),
        ("青山市政府发布关于加强青禾管理的通告。", {"关于加强青禾管理的通告"}),
        ("中央网信办开展“青朗·2031年青山整治”专项行动。", {"“青朗·2031年青山整治”专项行动"}),
    ],
)
def test_titles_that_hold_others_or_stand_without_marks_are_policies(text: str, titles: set[str]) -> None:
    assert titles <= {row["subject_name"] for row in proposed(text, "policy")}
