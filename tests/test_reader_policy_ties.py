"""Policies by policies: what one rests on, whose it is, who explains it, and what news tells of it, by invented sentences."""

import pytest

from tests.proposing import events, proposed, relations

OWN = "青山市促进智算产业发展的若干措施"
HIGHER, LAW = "关于加快智算发展的指导意见", "中华人民共和国智算安全法"

RESTS = [
    (f"为贯彻落实《{HIGHER}》，制定本措施。", ("implements", HIGHER)),
    (f"根据《{LAW}》《{HIGHER}》等法律法规，制定本措施。", ("based_on", HIGHER)),
    (f"依据《{HIGHER}》（国发〔2025〕3号）、《{LAW}》，制定本措施。", ("based_on", LAW)),
    (f"深入实施国务院《{HIGHER}》，推动应用。", ("implements", HIGHER)),
    (f"落实《智算指导目录（2022年本）》和省委、省政府《{HIGHER}》，做好衔接。", ("implements", HIGHER)),
    ("落实国家“西数东送”战略，建设枢纽。", ("implements", "“西数东送”战略")),
]


@pytest.mark.parametrize(("sentence", "tie"), RESTS)
def test_what_a_policy_rests_on_or_carries_out_is_tied_to_it(sentence: str, tie: tuple[str, str]) -> None:
    told = {(kind, other) for kind, one, other in relations(f"{OWN}\n\n{sentence}\n") if one == OWN}
    assert tie in told


NO_GROUND = [
    f"违反规定的，依照《{LAW}》给予处罚。",
    "根据《智算发展指南》显示，规模很大。",
    f"企业认真学习《{LAW}》。",
    f"认真落实《{OWN}》，加快建设。",
]


@pytest.mark.parametrize("sentence", NO_GROUND)
def test_a_law_to_punish_by_a_source_and_the_text_itself_are_no_ground(sentence: str) -> None:
    told = relations(f"{OWN}\n\n第一条 内容。\n{sentence}\n")
    assert not {found for found in told if found[0] in {"based_on", "implements"}}


def test_a_draft_rests_on_what_the_sentence_names_before_it() -> None:
    text = f"为规范应用，根据《{LAW}》，国家互联网信息办公室起草了《智算终端规定》，现公开征求意见。"
    assert ("based_on", "智算终端规定", LAW) in relations(text)


@pytest.mark.parametrize(
    ("text", "issuers"),
    [
        (f"政策依据为国务院《{HIGHER}》。", {"国务院"}),
        (f"落实青山市委、市政府《{HIGHER}》。", {"青山市委", "市政府"}),
        (f"这与青山办等三部门《{HIGHER}》衔接。", {"青山办"}),
        (
            f"青山市发改委、网信办、科委园区管委会、经信局7月21日印发《{HIGHER}》。",
            {"青山市发改委", "青山市网信办", "青山市科委园区管委会", "青山市经信局"},
        ),
        (f"青山市网信办发布《{HIGHER}》。", {"青山市网信办"}),
        (f"立法院本周二（6/17）三读通过总共有20条的《{HIGHER}》。", {"立法院"}),
        (f"《{HIGHER}》经八届市政府第十八次常务会议审议通过，现印发给你们。", {"市政府"}),
        (f"看https://青山.example/a.htm,财政部、教育部日前印发《{HIGHER}》。", {"财政部", "教育部"}),
        (f"大家学习《{HIGHER}》。", set()),
        (f"市经信委联合相关委办、区政府制定了《{HIGHER}》。", set()),
    ],
)
def test_the_issuers_are_found_in_short_lists_and_right_before_a_title(text: str, issuers: set[str]) -> None:
    assert {other for name, one, other in relations(text) if (name, one) == ("issued_by", HIGHER)} == issuers


@pytest.mark.parametrize(
    "text",
    [
        f"财政部、教育部负责人就《{HIGHER}》答记者问",
        f"财政部、教育部有关负责人就印发《{HIGHER}》接受记者采访",
    ],
)
def test_whose_spokesmen_answer_on_a_policy_explain_it(text: str) -> None:
    told = {other for kind, one, other in relations(text) if (kind, one) == ("interpreted_by", HIGHER)}
    assert told == {"财政部", "教育部"}


TITLES = [
    ("政府推動「加強投資智算新創實施方案」，提供資金。", "加强投资智算新创实施方案"),
    ("數位部研議「智算風險分類框架」。", "智算风险分类框架"),
    ("「智算基本法」草案已送審。", "智算基本法"),
    ("行政院編列「智算新十大建設」預算311億元。", "智算新十大建设"),
    ("新一份《財政預算案》出爐，涉及產業。", "财政预算案"),
    ("列入国家“十四五”规划102项重大工程。", "国家“十四五”规划"),
    ("列入青山“十五五”规划。", "青山“十五五”规划"),
    ("推动中央企业“智算+”专项行动走深走实。", "中央企业“智算+”专项行动"),
    ("对接國家「智算+」行動。", "「智算+」行动"),
    ("青山市印发[《**2024年青山市智算工作方案》**]。", "2024年青山市智算工作方案"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_policy_in_other_marks_is_found(text: str, title: str) -> None:
    assert title in {row["subject_name"] for row in proposed(text, "policy")}


@pytest.mark.parametrize(
    "text",
    ["青禾公司启动“星河计划”。", "他提出“三步走”方案。", "青禾公司发布“青禾推理”框架。", "《智算“十五五”规划》印发。"],
)
def test_a_firms_plan_and_words_in_a_title_are_no_policies_of_their_own(text: str) -> None:
    assert {row["subject_name"] for row in proposed(text, "policy")} <= {"智算“十五五”规划"}


T = "智算终端规定"
NEWS = [
    (f"《{T}》已经省人民政府同意，现印发给你们。", ("adopted", T, None)),
    (f"经市政府同意，现印发《{T}》。", ("adopted", T, None)),
    (f"财政部起草了《{T}》，现向社会公开征求意见。", ("proposed", T, "2025-06-20")),
    (f"据青山市政府网站5月30日消息，青山市财政局日前印发《{T}》。", ("announced", T, "2025-05-30")),
    (f"据青山市政府网站5月3日消息，青山市财政局日前印发《{T}》。", ("issued", T, None)),
    (f"2024年，《智算治理框架》《{T}》相继发布。", ("issued", "智算治理框架", "2024")),
    (f"2024年，《智算治理框架》《{T}》相继发布。", ("issued", T, "2024")),
    (f"5月2日，新一份《{T}》出炉。", ("issued", T, "2025-05-02")),
    (f"政院已通过《{T}》草案，并于5月8日送请立院审议。", ("proposed", T, "2025-05-08")),
    (f"青山省能源局联合印发的《{T}》5月21日对外发布。", ("issued", T, "2025-05-21")),
    ("延长智算项目贴息政策执行期限至2027年9月。", ("expired", "智算项目贴息政策", "2027-09")),
    (f"政府推动《{T}》，自今年起为期10年。", ("in_force", T, "2025")),
]


@pytest.mark.parametrize(("text", "event"), NEWS)
def test_what_news_tells_of_a_policy_is_read(text: str, event: tuple[str, str, str | None]) -> None:
    assert event in events(text)


SUBJECTS = [
    # Of several policies, a figure is of the one that its item speaks of.
    (
        "1月，财政部发布《甲地智算行动方案》，围绕治理提出12项任务。\n\n3月，教育部发布《乙地智算实施意见》，明确7方面举措。\n",
        "7方面",
        "乙地智算实施意见",
    ),
    # A policy that a text only cites is not what its figures are of.
    ("2024年《智算工作条例》提出，深化应用。\n\n目前，智算企业数量超4500家。\n", "4500家", "智算企业"),
]


@pytest.mark.parametrize(("text", "figure", "subject"), SUBJECTS)
def test_a_figure_among_policies_is_of_what_its_own_sentence_speaks_of(text: str, figure: str, subject: str) -> None:
    told = {row["subject_name"] for row in proposed(text, "quantity") if figure in row["quote"]}
    assert any(subject in name for name in told), told
