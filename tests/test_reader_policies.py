"""Policies: titles, issuers, dates and who explains them, by tables of invented texts."""

import pytest

from tests.proposing import events, proposed, relations

NAMED = [
    ("近日，青山市人民政府印发《青山市智算产业促进办法》。", "青山市智算产业促进办法"),
    ("会议通过《数据要素流通条例（草案）》。", "数据要素流通条例（草案）"),
    ("青山市智算产业促进办法\n\n第一条 为促进产业发展，制定本办法。\n第二条 适用于本市。", "青山市智算产业促进办法"),
    ("按照《智能终端安全规定》备案。", "智能终端安全规定"),
    (
        "青山市加快建设智算高地\n\n实施方案（2025年版）\n\n为建设高地，制定本方案。",
        "青山市加快建设智算高地实施方案（2025年版）",
    ),
    (
        "**青山市委员会 青山市政府**\n\n**关于智算产业的意见**\n\n（2024年8月17日）\n\n智算很重要。",
        "青山市委员会青山市政府关于智算产业的意见",
    ),
    ("按照《2024年智算发展工作要点》推进。", "2024年智算发展工作要点"),
    (
        "青山市进一步建设“智算+”城市的\n\n若干措施（2026年版）\n\n为建设城市，制定本措施。",
        "青山市进一步建设“智算+”城市的若干措施（2026年版）",
    ),
    ("青山市关于智算赋能\n\n的若干措施\n\n为建设城市，制定本措施。", "青山市关于智算赋能的若干措施"),
    ("这项投资的官方名称为“国家智算产业振兴计划”，资金充足。", "国家智算产业振兴计划"),
    (
        "本方案自印发之日起施行。\n\n附件：青山市加快建设智算高地的若干举措\n\n附件\n",
        "青山市加快建设智算高地的若干举措",
    ),
    ("同年6月，《智算研发战略：2019年更新》正式启动。", "智算研发战略：2019年更新"),
    (
        "青山市政府办公厅\n印发《关于推进智算\n改革的意见》的通知\n青政〔2024〕4号\n各区：\n现印发给你们。",
        "青山市政府办公厅印发《关于推进智算改革的意见》的通知",
    ),
    ("7月，青山市政府发布《智算推进手册2024》。", "智算推进手册2024"),
    ("2018年4月，财政部通过了《智算通讯》。", "智算通讯"),
    ("主要举措包括建立《青山智算枢纽》（促进合作的倡议）和《智算契约》。", "智算契约"),
    ("该国2017年发布的路线图——《Upland 2040: Growth by Learning》很有名。", "Upland 2040: Growth by Learning"),
    ("法国政府2018年推出“高地智能战略”，拨款支持研究。", "高地智能战略"),
    (
        "财政部 教育部关于建立智算券发放机制的通知\n\n各省财政厅：\n\n现通知如下。",
        "财政部教育部关于建立智算券发放机制的通知",
    ),
    (
        "青山市数据局等关于印发《青山市智算方案》的通知\n\n青数发〔2024〕3号\n\n青山市智算方案\n",
        "青山市数据局等关于印发《青山市智算方案》的通知",
    ),
    ("按照《甲地智算方案》《乙地智算条例》等文件要求，制定本行动计划。\n\n一、目标。", "本行动计划"),
    ("财政部发布**《智能终端安全要求》**\n（征求意见稿），面向社会征求意见。", "智能终端安全要求（征求意见稿）"),
    # What is printed for offices, or called a standard, whatever its own words are.
    ("青山市联合印发《完善算力储备 做好保供稳价》，7月8日起施行。", "完善算力储备做好保供稳价"),
    ("国家标准《智算机房安全与质量》将于2024年8月1日实施。", "智算机房安全与质量"),
    ("按照《青山市重污染天气应急预案》相关规定，发布预警。", "青山市重污染天气应急预案"),
    # Without marks, where a verb says that it is a law.
    ("总统周末签署智算上限法案，市场上涨。", "智算上限法案"),
    ("推动修订企业破产法并完善配套制度。", "企业破产法"),
    ("有下列情形的，应当认定为刑法第三十条规定的情形。", "刑法"),
    ("据悉，“对外全面竞争法案2.0版”将涵盖五个领域。", "对外全面竞争法案2.0版"),
    ("行业稳步发展。" * 90 + "\n智算中心监督管理条例正式发布，市场平稳。", "智算中心监督管理条例"),
    (
        "青山市发布通知。\n\n**附：关于开展“清朗·智算服务整治”专项行动的通知**\n\n各区：",
        "关于开展“清朗·智算服务整治”专项行动的通知",
    ),
    (
        "# 最高人民法院关于适用《智算纠纷法》合同编的解释（二）（征求意见稿）\n\n为正确审理案件，制定本解释。",
        "最高人民法院关于适用《智算纠纷法》合同编的解释（二）（征求意见稿）",
    ),
]


@pytest.mark.parametrize(("text", "title"), NAMED)
def test_a_policy_is_found_by_its_title(text: str, title: str) -> None:
    assert title in {row["subject_name"] for row in proposed(text, "policy")}


@pytest.mark.parametrize(
    "text",
    [
        "财政部发布《智算发展报告（2022年）》。",
        "百度推出“飞鸟计划”。",
        "青禾公司发布《星海漫游》。",
        "据《青山日报》报道，市场很热。",
        "他主演的电影《春天的故事》上映。",
        "《智算产业研究报告》认为前景好。",
        "他提出了一项新法案，国会通过该法案，为时不久。",
        "双方修改了办法，完善了做法和算法。",
        "青山市印发《青山日报》。",
    ],
)
def test_a_paper_a_film_and_a_report_are_no_policies(text: str) -> None:
    assert proposed(text, "policy") == []


def test_a_short_title_is_left_to_its_long_one() -> None:
    text = "青山市印发《青山市智算产业促进办法》（以下简称《办法》）。《办法》自2025年8月1日起施行。"
    assert [row["subject_name"] for row in proposed(text, "policy")] == ["青山市智算产业促进办法"]
    assert ("in_force", "青山市智算产业促进办法", "2025-08-01") in events(text)


T = "智能终端安全规定"
ISSUED = [
    (f"2025年4月，欧盟出台《{T}》。", {"欧盟"}),
    (f"财政部、教育部等五部门近日联合印发《{T}》。", {"财政部", "教育部"}),
    (f"美国总统拜登签署《{T}》。", {"拜登"}),
    (f"《{T}》由国家互联网信息办公室发布。", {"国家互联网信息办公室"}),
    (f"国家互联网信息办公室起草了《{T}》，现公开征求意见。", {"国家互联网信息办公室"}),
    (f"青山市经济和信息化局印发《{T}》。", {"青山市经济和信息化局"}),
    (f"青山八部门联合发布《{T}》。", {"青山八部门"}),
    (
        f"欧盟的《{T}》（中华人民共和国教育部 国家广播电视总局令第15号）很短。",
        {"中华人民共和国教育部", "国家广播电视总局"},
    ),
    (f"财政部、教育部日前公布了《智算办法》、《智算规范（试行）》，以及《{T}》三份文件。", {"财政部", "教育部"}),
    (f"日本内阁府于2019年3月发布《{T}》。", {"日本内阁府"}),
    (f"青山市数据局综合司印发《{T}》。", {"青山市数据局综合司"}),
    (f"韩国国会通过《{T}》。", {"韩国国会"}),
    (f"财政部日前公布了《智算资源登记办法》、《智算实施规范》，以及《{T}》。", {"财政部"}),
    (f"3月，日本文化厅发布《{T}》。", {"日本文化厅"}),
    (f"3月，日本经济产业省发布《{T}》。", {"日本经济产业省"}),
    (f"7月2日，财政部官网发布《{T}》。", {"财政部"}),
    (f"财政部 教育部关于印发《{T}》的通知\n\n各省财政厅：", {"财政部", "教育部"}),
]


@pytest.mark.parametrize(("text", "issuers"), ISSUED)
def test_the_issuers_of_a_title_are_those_who_act(text: str, issuers: set[str]) -> None:
    assert {other for name, one, other in relations(text) if (name, one) == ("issued_by", T)} == issuers


NOT_ISSUED = [
    f"为积极响应《{T}》，企业加快整改。",
    f"欧盟发布《{T}》实施指南。",
    f"意大利的一位议员对新通过的《{T}》评价很高。",
    f"欧盟提出，企业应当按照《{T}》备案。",
]


@pytest.mark.parametrize("text", NOT_ISSUED)
def test_who_only_speaks_of_a_title_is_no_issuer(text: str) -> None:
    assert not {found for found in relations(text) if found[0] == "issued_by"}


BEFELL = [
    (f"2025年4月，欧盟出台《{T}》。", ("issued", T, "2025-04")),
    (f"欧洲议会3月13日批准了《{T}》。", ("adopted", T, "2025-03-13")),
    (f"2021年4月，欧盟委员会首次提出《{T}》草案。", ("proposed", T, "2021-04")),
    (f"财政部印发《{T}》，自8月15日起施行。", ("in_force", T, "2025-08-15")),
    (
        f"{T}\n\n第一条 为规范终端，制定本规定。\n第九条 本规定自2022年3月1日起施行，有效期至2027年2月28日。",
        ("expired", T, "2027-02-28"),
    ),
    (f"3月22日，财政部公布《{T}》，自公布之日起施行。", ("in_force", T, "2025-03-22")),
    (f"关于印发《{T}》的通知\n发布机构：财政部；生成日期：2025年5月6日。", ("issued", T, "2025-05-06")),
    ("2025年3月，美国颁布第二轮芯片控制限令，扩大了范围。", ("issued", "芯片控制限令", "2025-03")),
    (
        "**青山市委员会 青山市政府**\n\n**关于智算产业的意见**\n\n（2024年8月17日）\n\n智算很重要。",
        ("issued", "青山市委员会青山市政府关于智算产业的意见", "2024-08-17"),
    ),
    ("荷兰颁布的出口管制条例将于2025年9月1日生效。", ("in_force", "出口管制条例", "2025-09-01")),
    (f"自今年３月《{T}》公布以来，市场变了。", ("issued", T, "2025-03")),
    (f"2020年，《{T}》首次明确了要素的地位。", ("issued", T, "2020")),
    (f"早在去年3月《{T}》草案的征求意见阶段，就有人担心。", ("proposed", T, "2024-03")),
    (f"日本2018年对《{T}》修订时增加了条款。", ("amended", T, "2018")),
    (f"《{T}》很短。该规定预计在2026年下半年发布。", ("issued", T, "2026")),
    (f"《{T}》作为文件，目标是促进产业，去年4月刚刚由财政部制定出台。", ("issued", T, "2024-04")),
    (f"2018年6月，欧盟宣布《{T}》。", ("issued", T, "2018-06")),
    (f"本办法自2023年11月27日起生效。《{T}》（青改〔2020〕7号）同时废止。", ("expired", T, "2023-11-27")),
    ("日本计划在7月24日起召集的国会上提出立法草案。", ("proposed", "立法草案", "2025-07-24")),
    ("6月30日，荷兰政府颁布了有关芯片设备出口管制的新条例。", ("issued", "芯片设备出口管制的新条例", "2025-06-30")),
    (f"2024年10月9日，财政部印发《智算办法》《{T}》。", ("issued", T, "2024-10-09")),
    ("2019年12月17日，韩国政府公布“高地智能战略”。", ("issued", "高地智能战略", "2019-12-17")),
    (f"5月，财政部就《{T}》公开征求意见。", ("proposed", T, "2025-05")),
    (f"财政部决定在12月底前更新《{T}》。", ("amended", T, "2025-12")),
    (f"4月18日，欧盟就《{T}》敲定了一份临时协议。", ("agreed", T, "2025-04-18")),
    ("6月11日，青山市议会批准了一项法案，要求披露事故。", ("adopted", "法案", "2025-06-11")),
    ("当地时间10月30日，美国总统拜登签署一项“重要的”行政命令。", ("issued", "行政命令", "2025-10-30")),
]


@pytest.mark.parametrize(("text", "expected"), BEFELL)
def test_what_befell_a_policy_is_read_with_its_date(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in events(text)


NOT_BEFALLEN = [
    f"按照《{T}》，到2030年，普及率超过九成。",
    f"据《{T}》，企业应在2025年9月前公布事故。",
    f"国务院2月19日公开发布国务院关于《{T}》的批复。",
    f"《{T}（2023—2025年）》已经印发。",
]


@pytest.mark.parametrize("text", NOT_BEFALLEN)
def test_a_target_a_duty_and_a_titles_years_are_no_events(text: str) -> None:
    assert not {found for found in events(text) if found[0] in {"issued", "adopted", "in_force"}}


def test_a_policy_without_a_title_still_has_its_issuer() -> None:
    assert ("issued_by", "行政命令", "拜登") in relations("10月30日，美国总统拜登签署一项“重要的”行政命令。")


def test_what_was_issued_of_late_is_an_event_without_a_date() -> None:
    told = {found for found in events(f"财政部日前公布了《智算办法》、《{T}》。") if found[0] == "issued"}
    assert told == {("issued", "智算办法", None), ("issued", T, None)}
    told = {found for found in events(f"财政部日前公布《{T}》。《{T}》于2025年5月6日印发。") if found[0] == "issued"}
    assert told == {("issued", T, "2025-05-06")}


def test_who_agreed_to_a_policy_is_among_its_issuers() -> None:
    text = f"{T}\n\n为规范终端，经青山市委员会、青山市政府同意，现提出如下规定。"
    told = {other for kind, one, other in relations(text) if (kind, one) == ("issued_by", T)}
    assert told == {"青山市委员会", "青山市政府"}


def test_a_plan_of_some_years_is_a_policy_where_a_government_brings_it_out() -> None:
    assert ("issued_by", "四年计划", "青山市政府") in relations("青山市政府公布了一项四年计划，拨款两亿元。")
    text = "**法国**\n\n目前没有战略。然而，政府公布了一项四年计划，拨款支持。"
    assert ("issued_by", "四年计划", "法国政府") in relations(text)
    assert not relations("百度公布了一项四年计划，投入两亿元。")


def test_an_order_without_a_title_or_a_date_still_has_its_issuer() -> None:
    assert ("issued_by", "行政令", "拜登") in relations("近日，美国总统拜登发布行政令，限制出口。")


def test_a_text_that_names_itself_is_in_force_on_its_day() -> None:
    lines = ["（十四）支持园区发展，按本措施给予奖励。"] * 30
    text = "\n".join([*lines, "本措施自2024年12月18日起施行，有效期2年。"])
    assert ("in_force", "本措施", "2024-12-18") in events(text)


def test_years_below_a_title_are_of_it() -> None:
    text = "青山市加快建设“智算+”城市行动方案\n\n（2025～2026年）\n\n为建设城市，制定本方案。"
    assert "青山市加快建设“智算+”城市行动方案（2025～2026年）" in {
        row["subject_name"] for row in proposed(text, "policy")
    }


def test_a_sign_off_gives_the_issuer_and_the_day() -> None:
    text = f"{T}\n\n第一条 为规范终端，制定本规定。\n\n国家互联网信息办公室\n\n2025年5月6日\n"
    assert ("issued", T, "2025-05-06") in events(text)
    assert ("issued_by", T, "国家互联网信息办公室") in relations(text)


def test_a_line_of_near_authorities_above_a_title_is_read_through() -> None:
    # A pattern that parted such a line in every way once took for ever.
    text = f"{'委局部署院' * 15}x\n关于支持智算发展的若干意见\n\n正文。"
    assert {row["subject_name"] for row in proposed(text, "policy")} == {"关于支持智算发展的若干意见"}


def test_the_authorities_in_a_title_issued_it() -> None:
    title = "青山市委员会、青山市政府关于智算产业的意见"
    assert {other for _, one, other in relations(f"为落实《{title}》，制定本办法。") if one == title} == {
        "青山市委员会",
        "青山市政府",
    }


def test_who_explains_a_policy_is_read_from_its_last_articles() -> None:
    text = f"{T}\n\n第一条 为规范终端，制定本规定。\n第九条 本规定由工业和信息化部会同公安部负责解释。\n"
    assert {other for name, _, other in relations(text) if name == "interpreted_by"} == {"工业和信息化部", "公安部"}


def test_a_draft_is_one_with_its_stage_where_comments_are_called_for() -> None:
    text = f"关于《{T}》公开征求意见的通知\n\n国家互联网信息办公室起草了《{T}（征求意见稿）》。意见反馈截止时间为2025年7月14日。\n"
    assert ("comment_deadline", f"{T}（征求意见稿）", "2025-07-14") in events(text)


def test_a_document_number_is_kept_beside_its_title() -> None:
    found = proposed(f"青山市印发《{T}》（青政发〔2025〕7号）。", "text")
    assert [(row["property_id"], row["text"]) for row in found] == [("document_number", "青政发〔2025〕7号")]


def test_a_date_that_a_policy_sets_goals_for_is_its_target_date() -> None:
    text = "《青山市智算产业行动计划》提出，到2027年，算力规模达到10EFLOPS。截至2024年12月，规模达到2EFLOPS。"
    told = {(name, date) for event, name, date in events(text) if event == "target_date"}
    assert told == {("青山市智算产业行动计划", "2027")}


def test_each_of_several_authorities_that_sign_off_is_an_issuer() -> None:
    text = "关于印发《青山市智算推进方案》的通知\n\n现将方案印发给你们。\n\n 青山市数据局 青山市智算治理中心\n\n2026年3月30日\n"
    told = {o for kind, s, o in relations(text) if kind == "issued_by" and s == "青山市智算推进方案"}
    assert told == {"青山市数据局", "青山市智算治理中心"}
    text = "关于印发《青山市智算推进方案》的通知\n\n现印发给你们。\n\n青山市数据局\n青山市财政局\n2026年3月30日\n"
    told = {o for kind, s, o in relations(text) if kind == "issued_by" and s == "青山市智算推进方案"}
    assert told == {"青山市数据局", "青山市财政局"}


def test_a_campaign_in_marks_is_a_policy_of_who_gives_notice_of_it() -> None:
    text = "近日，中央网信办印发通知，在全国范围内部署开展为期3个月的“清风·整治算法滥用”专项行动。"
    assert [row["subject_name"] for row in proposed(text, "policy")] == ["“清风·整治算法滥用”专项行动"]
    assert [row["object_name"] for row in proposed(text, "relation")] == ["中央网络安全和信息化委员会办公室"]
    assert ("issued", "“清风·整治算法滥用”专项行动", None) in events(text)


def test_the_days_between_which_comments_may_be_made_are_read() -> None:
    text = "我们起草了《青禾市数据管理办法》。此次公开征求意见的时间是2024年11月29日至12月6日。"
    assert {
        ("proposed", "青禾市数据管理办法", "2024-11-29"),
        ("comment_deadline", "青禾市数据管理办法", "2024-12-06"),
    } <= events(text)


def test_a_heading_that_breaks_in_two_is_the_title_that_the_text_gives_in_marks() -> None:
    text = "关于征求《关于完善青禾流通 更好促进青禾发展的实施方案》意见\n\n**关于完善青禾流通**\n\n**更好促进青禾发展的实施方案**\n\n**（征求意见稿）**\n\n内容。"
    names = {row["subject_name"] for row in proposed(text, "policy")}
    assert names == {"关于完善青禾流通更好促进青禾发展的实施方案（征求意见稿）"}


def test_rules_named_by_a_short_form_take_effect_on_their_day() -> None:
    text = "芯片管制新规的生效日期为2023年10月17日。"
    assert ("in_force", "芯片管制新规", "2023-10-17") in events(text)


def test_a_joint_statement_is_issued_by_each_who_signs_it() -> None:
    text = "上个月，欧盟委员会和美国司法部签署联合声明，旨在促进竞争。"
    givers = {row["object_name"] for row in proposed(text, "relation") if row["property_id"] == "issued_by"}
    assert givers == {"欧盟委员会", "美国司法部"}


def test_the_day_of_a_report_is_not_the_day_of_issue() -> None:
    text = "10月18日消息，10月17日，美国商务部公布新的芯片设备出口管制规则。"
    assert {date for _, _, date in events(text, date="2023-10-18")} == {"2023-10-17"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("《青山市智算产业促进办法》很重要。", "青山市"),
        ("青山市人民政府发布《智算产业促进办法》。", "青山市"),
        ("《城市智算产业促进办法》很重要。", None),
        ("近日，财政部印发《智算产业促进办法》。", None),
    ],
)
def test_the_place_of_an_instrument_is_its_titles_or_its_issuers(text: str, place: str | None) -> None:
    assert [other for name, _, other in relations(text) if name == "policy_place"] == ([place] if place else [])


@pytest.mark.parametrize(
    "text",
    [
        "近日，青山市人民政府印发《青山市智算产业促进办法》。",
        "近日,青山市人民政府印发《青山市智算产业促进办法》。",
        "日前，工业和信息化部、教育部、青山市人民政府等八部门联合印发《智算产业促进办法》。",
    ],
)
def test_what_was_issued_of_late_is_issued_without_a_date(text: str) -> None:
    assert {(name, day) for name, _, day in events(text)} == {("issued", None)}


def test_a_line_under_an_own_title_tells_who_issued_it_and_when() -> None:
    text = "# 国务院关于青禾拨款管理的暂行规定\n\n1986年1月23日 国务院发布\n\n第一条 特制定本规定。\n\n第二条 由部门安排。\n\n第三条 本规定自发布之日起施行。\n"
    title = "关于青禾拨款管理的暂行规定"
    assert events(text) == {("issued", title, "1986-01-23"), ("in_force", title, "1986-01-23")}
    assert [row["subject_as_read"] for row in proposed(text, "policy")] == ["国务院关于青禾拨款管理的暂行规定"]


def test_an_interpretation_of_courts_is_passed_by_their_bodies() -> None:
    text = (
        "# 最高人民法院、最高人民检察院关于办理青禾案件适用法律若干问题的解释\n\n（2019年6月3日最高人民法院审判委员会第1771次会议、"
        "2019年9月4日最高人民检察院第十三届检察委员会第二十三次会议通过，自2019年11月1日起施行）\n\n第一条 以营利为目的。\n\n第二条 本解释施行。\n"
    )
    assert {event[::2] for event in events(text)} == {
        ("adopted", "2019-06-03"),
        ("adopted", "2019-09-04"),
        ("in_force", "2019-11-01"),
    }
    assert {told[2] for told in relations(text) if told[0] == "issued_by"} == {
        "最高人民法院",
        "最高人民检察院",
        "最高人民法院审判委员会",
        "最高人民检察院第十三届检察委员会",
    }


def test_a_second_deed_of_one_authority_is_its_own() -> None:
    told = relations("欧盟一直布局监管，先后发布伦理准则并出台《青禾发展白皮书》。")
    assert ("issued_by", "青禾发展白皮书", "欧盟") in told


def test_an_authority_signs_in_the_line_of_its_day() -> None:
    text = "**关于开展青禾备案工作的通知**\n\n各省通信管理局：\n\n现组织开展备案工作。\n\n工业和信息化部2023年7月21日\n"
    assert ("issued", "关于开展青禾备案工作的通知", "2023-07-21") in events(text)


def test_one_item_of_a_digest_is_not_what_the_whole_is_about() -> None:
    items = [
        "1、国务院主持学习。",
        "2、青州市日前印发《青州市算力发展若干措施》，提出优化布局。",
        "3、青禾科技发布财报，2025年营收358亿元。",
        "4、云岭股份开会。",
        "5、青岚科技裁员。",
        "6、微软开会。",
    ]
    figures = proposed("\n\n".join(items), "quantity")
    assert {row["subject_name"] for row in figures} == {"青禾科技"}
