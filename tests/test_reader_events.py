"""Events and relations, by tables of invented sentences."""

import pytest

from etl.reader.likely import METHOD as LIKELY
from tests.proposing import events, flags, proposed, relations

TOLD = [
    ("马斯克一直很忙。2019年，他加入了微软。", ("joined", "马斯克", "2019")),
    ("6月3日，百度表示，将在未来几个月裁员。", ("laid_off", "百度", "2025-06-03")),
    ("6月3日，马斯克接受采访，他承诺公开进展。", ("announced", "马斯克", "2025-06-03")),
    ("马斯克一直很忙。2019年，他创办了Qihang，一间小公司。", ("founded", "Qihang", "2019")),
    ("# 百度内测 Yunfan-7B\n\n人们在等它。", ("in_testing", "Yunfan-7B", None)),
    ("月之暗面成立于2023年3月。公司已经完成了B轮融资。", ("funded", "月之暗面", None)),
    ("2025年3月1日，《青山时报》起诉百度和腾讯。", ("sued", "腾讯", "2025-03-01")),
    ("2025年3月，智谱AI完成了数亿元规模的天使轮。", ("funded", "智谱AI", "2025-03")),
    ("2025年3月，智谱AI宣布完成1亿美元募资。", ("funded", "智谱AI", "2025-03")),
    ("2025年3月5日，百度推出了Yunfan-7B模型。", ("released", "Yunfan-7B", "2025-03-05")),
    ("10月25日，青山数据局正式揭牌。", ("founded", "青山数据局", "2025-10-25")),
    ("2014年，广东成立智算管理局。", ("founded", "智算管理局", "2014")),
    ("2024年7月，日本设立“智算制度研究会”。", ("founded", "智算制度研究会", "2024-07")),
    ("2024年，广东建立智算协调办公室。", ("founded", "智算协调办公室", "2024")),
    ("智谱AI由几位出走的教授创立于2019年。", ("founded", "智谱AI", "2019")),
    ("4月，沈青山被任命为青山市数据局副局长。", ("appointed", "沈青山", "2025-04")),
    ("今年4月，智谱AI任命张三元为首席科学家。", ("appointed", "张三元", "2025-04")),
    ("沈青山 2016 年加入百度，2022 年升任首席架构师。", ("appointed", "沈青山", "2022")),
    ("经济合作与发展组织（OECD）2020年发表的一篇报告提出了建议。", ("published", "经济合作与发展组织", "2020")),
    ("OpenAI在2019年与微软合作后，走得很快。", ("partnered", "OpenAI", "2019")),
    ("这和微软与OpenAI始于2019年的合作没有不同。", ("partnered", "微软", "2019")),
    ("6月9日，智谱AI、月之暗面、百川智能三家公司扎堆官宣融资。", ("funded", "月之暗面", "2025-06-09")),
    ("2025年1月31日，OpenAI向联邦通信委员会提交了一份申请。", ("filed", "OpenAI", "2025-01-31")),
    ("2020年和2022年，英伟达先后推出了Yunfan-7B、Falcon-3。", ("released", "Yunfan-7B", "2020")),
    ("2020年和2022年，英伟达先后推出了Yunfan-7B、Falcon-3。", ("released", "Falcon-3", "2022")),
    ("Yunfan-7B是智谱AI于2024年7月发布的大型扩散模型。", ("released", "Yunfan-7B", "2024-07")),
    ("直到今年3月微软以6.5亿美元收购了Rivos公司。", ("acquired", "Rivos", "2025-03")),
    ("这个月，智谱AI拿到来自英伟达的投资。", ("funded", "智谱AI", "2025-06")),
    ("Yunfan-7B大模型于2025年4月正式上线。", ("released", "Yunfan-7B", "2025-04")),
    ("自从2024年11月Falcon-3诞生以来，开发者越来越多。", ("released", "Falcon-3", "2024-11")),
    ("5月份出现的Falcon-3让同行吃惊。", ("released", "Falcon-3", "2025-05")),
    ("谷歌上个月发的Falcon-3算法很省内存。", ("released", "Falcon-3", "2025-05")),
    ("4月2日，腾讯宣布开源Falcon-3模型。", ("open_sourced", "Falcon-3", "2025-04-02")),
    ("文心一言宣布将于9月升级。", ("upgraded", "文心一言", "2025-09")),
    ("微软早在2018年以75亿美元收购了代码托管平台GitHub。", ("acquired", "GitHub", "2018")),
    ("2019年，微软给OpenAI投资10亿美元。", ("funded", "OpenAI", "2019")),
    ("今年2月，智谱AI完成新一轮5亿元融资。", ("funded", "智谱AI", "2025-02")),
    ("月之暗面成立于2023年3月，总部在北京。", ("founded", "月之暗面", "2023-03")),
    ("成立于2019年的智谱AI最近很忙。", ("founded", "智谱AI", "2019")),
    ("5月9日，百度宣布成立青禾智能研究院。", ("founded", "青禾智能研究院", "2025-05-09")),
    ("5月9日，联合国秘书长宣布成立数据治理工作组。", ("founded", "数据治理工作组", "2025-05-09")),
    ("2017年马斯克退出。", ("departed", "马斯克", "2017")),
    ("去年9月，智谱AI创始人张三元离职。", ("departed", "张三元", "2024-09")),
    ("青禾成立于2023年，总部在青山。", ("founded", "青禾", "2023")),
    ("初创公司Rivos很强。今年3月，微软以6.5亿美元收购了该公司。", ("acquired", "Rivos", "2025-03")),
    ("AWS CEO 亚当・塞利普斯基将于 7 月 3 日离开亚马逊。", ("departed", "塞利普斯基", "2025-07-03")),
    ("副总裁马丁・加尔曼将于 7 月 3 日起接任 AWS CEO。", ("appointed", "加尔曼", "2025-07-03")),
    ("阿里巴巴昨日宣布了新一代模型 Yunfan-7B。", ("released", "Yunfan-7B", "2025-06-19")),
    ("4月2日，Meta开源了两个MoE模型：Yunfan-7B和Yunfan-30B。", ("open_sourced", "Yunfan-30B", "2025-04-02")),
    ("微软于2024年5月收购了GitHub。", ("acquired", "GitHub", "2024-05")),
    ("6月3日，杭州举办了首届智能终端开发者大会。", ("held", "智能终端开发者大会", "2025-06-03")),
    ("3月18日，月之暗面宣布Kimi支持更长的输入。", ("announced", "月之暗面", "2025-03-18")),
    ("Yunfan-7B 是 智谱AI 于 2024 年 11 月发布的一个模型。", ("released", "Yunfan-7B", "2024-11")),
    ("Yunfan-7B由智谱AI于2024年5月推出。", ("released", "Yunfan-7B", "2024-05")),
    ("智谱AI是张三元于2019年，与两位同学共同创办的。", ("founded", "智谱AI", "2019")),
    ("智谱AI首席科学家张三元2018年被踢出董事会。", ("departed", "张三元", "2018")),
    ("智谱AI首席科学家张三元在去年11月突然被解雇。", ("departed", "张三元", "2024-11")),
    ("智谱AI首席科学家张远山离职。2018年，智谱AI把张远山踢出了董事会。", ("departed", "张远山", "2018")),
    ("智谱AI首席科学家张三元2018年6月加入微软。", ("joined", "张三元", "2018-06")),
    ("今年1月，谷歌与智谱AI达成合作。", ("partnered", "谷歌", "2025-01")),
    ("Yunfan-7B于4月7日大幅降价。", ("price_changed", "Yunfan-7B", "2025-04-07")),
    ("Yunfan-7B从2020年启动研发。", ("development_started", "Yunfan-7B", "2020")),
    ("智谱AI今年4月提交IPO申请。", ("ipo_filed", "智谱AI", "2025-04")),
    ("[2025.03.01] 更新了对齐模型Yunfan-13B-Chat。", ("upgraded", "Yunfan-13B-Chat", "2025-03-01")),
    ("2019年3月，开源了国内首个预训练模型Yunfan-1。", ("open_sourced", "Yunfan-1", "2019-03")),
    ("On March 5, 2025, OpenAI released GPT-7 to all users.", ("released", "GPT-7", "2025-03-05")),
]


@pytest.mark.parametrize(("text", "expected"), TOLD)
def test_an_event_is_read_with_its_subject_and_date(text: str, expected: tuple[str, str, str]) -> None:
    found = events(text)
    assert (expected[0], expected[2]) in {(event, date) for event, _, date in found}, found
    named = {name for event, name, date in found if (event, date) == (expected[0], expected[2])}
    assert any(expected[1] in name for name in named), named


NOT_TOLD = [
    "2024年，企业与百度合作伙伴的关系很好。",
    "2024年，专家发表了讲话。",
    "2024年，各地建立了联系。",
    "百度尚未推出Yunfan-7B模型。",
    "如果腾讯推出Falcon-3模型，市场会变。",
    "鼓励企业开源Yunfan-7B模型。",
    "这个开源社区很活跃，开放平台也多。",
    "公司的融资能力和并购计划受到关注。",
    "没有算力，这个产品就不成立。",
    "很多人尝试组建搜索工作组。",
    "他谈到开放和竞争的生态系统。",
    "智谱AI首席科学家张三元2018年并未加入微软。",
]


def test_a_body_named_in_a_title_is_not_what_was_released() -> None:
    told = events("2024年，《中共中央办公厅关于智算的意见》公开发布。")
    assert told == {("issued", "中共中央办公厅关于智算的意见", "2024")}


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_is_denied_wished_or_a_noun_is_no_event(text: str) -> None:
    assert events(text) == set()


UNDATED = [
    ("截至2025年3月，百度推出了Yunfan-7B模型。", "a date that counts up to now"),
    ("《算力发展行动计划（2023—2025年）》提出后，百度推出了Yunfan-7B模型。", "a title's years"),
    ("3月1日，腾讯发布了财报。一个月后，百度推出了Yunfan-7B模型。", "a later day counted from it"),
    ("新华社6月1日电 百度近日推出了Yunfan-7B模型。", "the line's own date before 近日"),
    ("腾讯在3月1日宣布有意造芯，百度也推出了Yunfan-7B模型。", "another's deed"),
]


@pytest.mark.parametrize(("text", "why"), UNDATED)
def test_a_date_that_is_of_something_else_is_not_the_events(text: str, why: str) -> None:
    dates = {date for event, name, date in events(text) if event == "released" and "Yunfan" in name}
    assert dates <= {None}, why


def test_the_date_of_a_heading_line_is_the_lists_under_it() -> None:
    assert ("released", "Falcon-3", "2025-05-14") in events("2025-05-14\n\n- 发布了Falcon-3模型，支持长文本。\n")


def test_a_plan_is_marked_as_planned_and_a_deed_as_asserted() -> None:
    text = "腾讯计划在2025年9月推出Falcon-3模型。2025年3月5日，百度推出了Yunfan-7B模型。"
    said = {row["subject_name"]: row["assertion"] for row in proposed(text, "event") if row["method"] != LIKELY}
    assert said == {"Falcon-3": "planned", "Yunfan-7B": "asserted"}


def test_who_acts_stands_among_the_participants() -> None:
    found = proposed("2025年3月5日，百度推出了Yunfan-7B模型。", "event")
    assert [p["name"] for p in found[0]["participants"]] == ["百度"]


def test_a_thing_that_another_is_built_on_is_not_what_is_released() -> None:
    found = events("2025年3月5日，腾讯发布基于混元大模型的AI助手“青竹”。")
    assert found == {("released", "青竹", "2025-03-05")}


def test_an_event_told_again_without_its_date_is_proposed_once() -> None:
    text = "百度正式推出Yunfan-7B模型。2025年3月5日，百度推出了Yunfan-7B模型。"
    assert [date for _, _, date in events(text)] == ["2025-03-05"]


RELATED = [
    ("百度旗下的文心一言用户很多。", ("developer", "文心一言", "百度")),
    ("Kimi是月之暗面推出的对话产品。", ("developer", "Kimi", "月之暗面")),
    ("名单包括百度（文心一言）和商汤（日日新大模型）。", ("developer", "日日新", "商汤")),
    ("Falcon-3模型由谷歌团队研发。", ("developer", "Falcon-3", "谷歌")),
    ("智谱AI 在 HuggingFace 上传了 Falcon-3。", ("developer", "Falcon-3", "智谱AI")),
    ("王小明于2023年创立智谱AI。", ("founded_by", "智谱AI", "王小明")),
    ("青禾成立于2023年，由前高管张小川创立。", ("founded_by", "青禾", "张小川")),
    ("智谱AI完成新一轮融资，由青山资本领投。", ("investor", "智谱AI", "青山资本")),
    ("百度自动驾驶技术部总经理徐宝强说。", ("affiliation", "徐宝强", "百度")),
    ("亚马逊公司 CEO 马丁・加尔曼表示。", ("affiliation", "加尔曼", "亚马逊")),
    ("Qingshan首席执行官马丁·加尔曼加入。", ("affiliation", "马丁·加尔曼", "Qingshan")),
    ("OpenAI首席执行官阿里·古德西（Ali Ghodsi）表示。", ("affiliation", "阿里·古德西", "OpenAI")),
    ("OpenAI 前 CTO 马丁·加尔曼创业。", ("affiliation", "马丁·加尔曼", "OpenAI")),
    ("OpenAI很忙。该公司首席执行官马丁·加尔曼说。", ("affiliation", "马丁·加尔曼", "OpenAI")),
    ("马斯克旗下的xAI很强。", ("owner", "xAI", "马斯克")),
    ("Falcon-3的开发者智谱AI说。", ("developer", "Falcon-3", "智谱AI")),
    ("谷歌旗舰人工智能模型Gemini发布。", ("developer", "Gemini", "谷歌")),
    ("智谱AI被微软花3亿美元并购。", ("owner", "智谱AI", "微软")),
    ("谷歌旗下的DeepMind很强。", ("owner", "DeepMind", "谷歌")),
    ("微软承诺为OpenAI提供100多亿美元的资金。", ("investor", "OpenAI", "微软")),
    ("华为的AI框架Mindspore已开放。", ("developer", "Mindspore", "华为")),
    ("Anthropic最新的人工智能模型Claude 3很强。", ("developer", "Claude 3", "Anthropic")),
    ("月之暗面（Kimi聊天机器人开发商）融资。", ("developer", "Kimi", "月之暗面")),
    ("月之暗面由杨植麟创立。", ("founded_by", "月之暗面", "杨植麟")),
    ("李开复带队创办的零一万物发布新模型。", ("founded_by", "零一万物", "李开复")),
    ("搜狗创始人王小川出席。", ("founded_by", "搜狗", "王小川")),
    ("智谱AI很早就做大模型。\n\n其创始人兼CEO **张三元** ，毕业多年。", ("founded_by", "智谱AI", "张三元")),
    ("Meta首席执行官扎克伯格接受采访。", ("affiliation", "扎克伯格", "Meta")),
    ("黄仁勋是英伟达首席执行官。", ("affiliation", "黄仁勋", "英伟达")),
    ("智谱AI完成新一轮融资，由腾讯和美团领投。", ("investor", "智谱AI", "美团")),
    ("微软投资了OpenAI。", ("investor", "OpenAI", "微软")),
    ("Meta收购了芯片初创公司Rivos。", ("owner", "Rivos", "Meta")),
    ("OpenAI与三星达成战略合作。", ("partner", "OpenAI", "三星")),
    ("腾讯联合清华大学推出新系统。", ("partner", "腾讯", "清华大学")),
    ("腾讯元宝接入了DeepSeek-R1。", ("powers", "DeepSeek-R1", "腾讯元宝")),
    ("Claude 3很强，Claude也有旧版。", ("version_of", "Claude 3", "Claude")),
]


@pytest.mark.parametrize(("text", "expected"), RELATED)
def test_a_relation_is_read_with_both_its_ends(text: str, expected: tuple[str, str, str]) -> None:
    found = relations(text)
    ends = [(one, other) for name, one, other in found if name == expected[0]]
    assert any(expected[1] in one and expected[2] in other for one, other in ends), found


UNRELATED = [
    ("developer", "纽约社区银行（NYCB）跌近7%。"),
    ("developer", "两家公司与唱片公司环球音乐(Universal Music)谈判。"),
    ("developer", "根据百度官方微博发布的信息，GPT-5的推出引发关注。"),
    ("developer", "GitHub推出的新面板为Visual Studio用户提供管理界面。"),
    ("developer", "谷歌使用GPT-4做测试。"),
    ("developer", "题图 | 视觉中国\n\n多家企业推出ChatGPT式产品。"),
    ("founded_by", "Anthropic由前OpenAI前高管创立。"),
    ("partner", "与英特尔和OpenAI建立合作关系之后，英伟达上涨。"),
    ("investor", "腾讯投资者关系部和百度的投资总监都在。"),
]


@pytest.mark.parametrize(("relation", "text"), UNRELATED)
def test_names_that_only_stand_side_by_side_are_not_related(relation: str, text: str) -> None:
    assert not {found for found in relations(text) if found[0] == relation}


def test_an_affiliation_keeps_the_title_as_printed() -> None:
    found = [
        row for row in proposed("OpenAI首席执行官山姆·奥特曼到访。", "relation") if row["property_id"] == "affiliation"
    ]
    assert [row["role_title"] for row in found] == ["首席执行官"]


def test_a_purchase_that_is_only_planned_is_marked_so() -> None:
    found = [row for row in proposed("Meta计划收购芯片公司Rivos。", "relation") if row["property_id"] == "owner"]
    assert [row["assertion"] for row in found] == ["planned"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("周五，微软公开了旗下Yunfan-7B模型的权重。", ("open_sourced", "Yunfan-7B", "2025-06-20")),
        ("百度于2022年搭建了芯片方向的投资团队，并继续招人。", ("founded", "芯片方向的投资团队", "2022")),
        ("百度推出了Yunfan-7B。官方称计划于4月上旬正式发布该模型。", ("released", "Yunfan-7B", "2025-04")),
        ("去年上半年马丁·加尔曼个人投资智谱AI。", ("funded", "智谱AI", "2024")),
        ("马丁·加尔曼在2023年展现出了雄心。他成立了xAI。", ("founded", "xAI", "2023")),
        ("2023年10月，xAI使用Rust语言从头开始训练。", ("development_started", "xAI", "2023-10")),
    ],
)
def test_events_are_read_where_the_text_at_large_tells_an_end(text: str, told: tuple[str, str, str]) -> None:
    assert told in events(text)


def test_a_date_of_the_sentence_before_is_not_another_s() -> None:
    told = events("马丁·加尔曼在2023年展现出了雄心。\n\n谷歌成立了青禾研究院。")
    assert {date for event, _, date in told if event == "founded"} == {None}
    assert ("significant_event", "马丁·加尔曼", "2023") in told


def test_a_thing_that_gets_a_part_joins_nobody() -> None:
    assert events("今年1月，Yunfan-7B加入了图像功能。") == {("significant_event", "Yunfan-7B", "2025-01")}


WIDER = [
    ("2024年5月，Yunfan-3B横空出世。", "released", "2024-05"),
    ("2024年5月，Yunfan-3B走进公众视野。", "released", "2024-05"),
    ("2024年5月3日，百度带来了新旗舰模型Yunfan-3B。", "released", "2024-05-03"),
    ("2024年5月，百度拿下数亿美元B轮。", "funded", "2024-05"),
    ("2024年5月，微软将百度收入囊中。", "acquired", "2024-05"),
    ("2024年5月，百度完成工商注册。", "founded", "2024-05"),
    ("2024年5月，百度登陆港交所。", "listed", "2024-05"),
    ("2024年5月，百度启动上市辅导。", "ipo_filed", "2024-05"),
    ("2024年5月，马丁·加尔曼告别OpenAI。", "departed", "2024-05"),
    ("2024年5月起，马丁·加尔曼担任OpenAI总裁。", "appointed", "2024-05"),
    ("2024年5月，马丁·加尔曼跳槽至OpenAI。", "joined", "2024-05"),
    ("2024年5月，百度携手微软推出平台。", "partnered", "2024-05"),
]


@pytest.mark.parametrize(("text", "event", "date"), WIDER)
def test_many_words_tell_the_same_kind_of_event(text: str, event: str, date: str) -> None:
    assert (event, date) in {(name, day) for name, _, day in events(text)}


@pytest.mark.parametrize(
    "text",
    [
        "市场对美联储6月降息的押注已不足一半。",
        "2019年至2024年，马丁·加尔曼曾担任OpenAI总裁。",
        "2024年5月，百度拿下1亿用户。",
        "2024年5月，百度挂牌督办项目。",
    ],
)
def test_words_that_tell_other_things_too_tell_no_event(text: str) -> None:
    assert not [row for row in events(text) if row[0] in {"funded", "appointed", "listed"}]


RECORDS = [
    '---\ntitle: "Introducing Yunfan-3B"\ndate: 2027-05-03T13:33:00+08:00\n---\n\nWords.',
    "<item><title>Yunfan-3B: small and fast</title><pubDate>Mon, 03 May 2027 00:00:00 +0000</pubDate></item>",
    "{\n  name: 'Yunfan-3B',\n  slug: 'yunfan',\n  releaseDate: '2027-05-03',\n}",
    "# Yunfan-3B\n\n**Legacy.** Released May 3, 2027.",
    "# Yunfan-3B\n\nWords.\n\n**Model Release Date:** May 3, 2027",
]


@pytest.mark.parametrize("text", RECORDS)
def test_the_date_of_a_record_is_the_release_of_what_its_title_brings(text: str) -> None:
    assert ("released", "Yunfan-3B", "2027-05-03") in events(text)


@pytest.mark.parametrize(
    "title", ["How we use Yunfan-3B", "Yunfan-3B gets a refresh", "The best models beside Yunfan-3B"]
)
def test_a_title_that_only_speaks_of_a_thing_brings_none(title: str) -> None:
    assert not events(f'---\ntitle: "{title}"\ndate: 2027-05-03\n---\n\nWords.')


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("谷歌与智谱AI签署协议，提供云服务。", ("partnered", "谷歌", None)),
        ("OpenAI和微软达成战略合作。", ("partnered", "OpenAI", None)),
        ("In May 2025, Anthropic has secured around $8 billion.", ("funded", "Anthropic", "2025-05")),
    ],
)
def test_an_agreement_and_money_are_told_without_more_words(text: str, event: tuple[str, str, str | None]) -> None:
    assert event in events(text)


CHRONICLE = """# 大事记

**【1月】**

* 智谱AI发布Yunfan-7B，能力更强。
* 微软收购了GitHub。

【2月】

* 青山市政府印发《青山市智算券管理办法》、《青山市算力规划》，提出目标。

## 其他

* 谷歌发布Falcon-3。
"""


def test_a_month_above_a_list_dates_what_its_items_tell_up_to_the_next_heading() -> None:
    assert {
        ("released", "Yunfan-7B", "2025-01"),
        ("acquired", "GitHub", "2025-01"),
        ("issued", "青山市智算券管理办法", "2025-02"),
        ("issued", "青山市算力规划", "2025-02"),
    } <= events(CHRONICLE)
    assert not [row for row in events(CHRONICLE) if row[1] == "Falcon-3" and row[2]]


@pytest.mark.parametrize("mark", ["“Yunfan-7B”", "`Yunfan-7B`", "**Yunfan-7B**", " Yunfan-7B"])
def test_a_name_behind_what_kind_of_thing_it_is_is_what_is_released(mark: str) -> None:
    text = f"2025年3月5日，百度发布了原生多模态模型系列{mark}，很强。"
    assert ("released", "Yunfan-7B", "2025-03-05") in events(text)
    assert ("developer", "Yunfan-7B", "百度") in relations(text)


def test_a_letter_and_a_number_behind_a_models_name_are_of_it() -> None:
    assert ("released", "文心一言 X1", "2025-03-05") in events("2025年3月5日，百度发布了文心一言 X1。")
    assert ("released", "文心一言", "2025-03-05") in events("2025年3月5日，百度发布了文心一言 T4卡版。")


MONTHS = """## 2024年：多模态

### 1月

- **智谱AI Yunfan-7B**: 开源视频生成模型，画面连贯。
- **百度 Lumen 2 (Preview)**: 时空扩散模型。

### **2月**

- Falcon-3：对标闭源模型的新模型。
- **微软与谷歌**: 都很忙。
"""


def test_a_name_that_begins_an_item_under_a_month_came_out_then() -> None:
    told = {row for row in events(MONTHS) if row[0] == "released"}
    assert told == {
        ("released", "Yunfan-7B", "2024-01"),
        ("released", "Lumen 2", "2024-01"),
        ("released", "Falcon-3", "2024-02"),
    }


def test_two_items_are_no_chronicle() -> None:
    assert not [row for row in events("### 1月\n\n- **Yunfan-7B**: 很快。\n- **Falcon-3**: 很大。\n") if row[2]]


def test_what_an_item_calls_its_name_tells_whether_it_is_open() -> None:
    assert flags(MONTHS) == {("open_source", "Yunfan-7B", True)}
    assert flags("- **Falcon-3**: 阻击对手的闭源旗舰。\n- **Yunfan-7B**: 写进开源协议的模型。\n") == {
        ("open_source", "Falcon-3", False)
    }


LIST_BY_DAY = "甲整理了2023年的大事。\n\n## 一月份\n\n* 1 月 17 日：百度推出了Yunfan-7B模型。\n\n## 二月份\n\n* 2 月 10 日：百度推出了Yunfan-8B模型。\n* 2 月 24 日：百度推出了Yunfan-9B模型。\n"


@pytest.mark.parametrize(("written", "year"), [("2024-01-16", "2023"), ("2024-05-16", "2024"), (None, "2023")])
def test_a_list_by_days_is_of_the_year_told_before_it_where_the_document_s_own_would_be_later_than_the_document(
    written: str | None, year: str
) -> None:
    found = events(LIST_BY_DAY, date=written)
    assert {("released", "Yunfan-8B", f"{year}-02-10"), ("released", "Yunfan-9B", f"{year}-02-24")} <= found


TOLD = [
    (
        "2025年3月1日，Orchid与Larch签署了一份为期七年、价值116亿美元的云计算协议。",
        ("partnered", "Orchid", "2025-03-01"),
    ),
    ("2025年3月1日，百度起诉腾讯。", ("sued", "腾讯", "2025-03-01")),
    ("去年3月，英伟达解散了负责安全的准备团队。", ("dissolved", "准备团队", "2024-03")),
    ("去年3月，英特尔宣布裁员10%。", ("laid_off", "英特尔", "2024-03")),
    ("百度将推出新模型Yunfan-9B。", ("released", "Yunfan-9B", None)),
    ("百度发布图像生成模型Yunfan-7B。", ("released", "Yunfan-7B", None)),
    ("百度介绍了Yunfan-8B。", ("released", "Yunfan-8B", None)),
    ("Snapchat公司发布了聊天机器人“My AI”。", ("released", "My AI", None)),
    ("智谱AI从谷歌、亚马逊拿到了超过6000万美元的投资。", ("funded", "智谱AI", None)),
    ("Yunfan-7B于2024年9月至10月上线。", ("released", "Yunfan-7B", "2024-09")),
]


@pytest.mark.parametrize(("text", "event"), TOLD)
def test_events_of_firms_and_things_are_read_by_what_befalls_them(
    text: str, event: tuple[str, str, str | None]
) -> None:
    assert event in events(text)


@pytest.mark.parametrize("text", ["大会禁止员工使用手机。", "双方达成共识。", "百度签到活动很热闹。"])
def test_words_that_tell_no_deal_make_no_event(text: str) -> None:
    assert not events(text)


DIGEST = "AI早报 2025-10-14\n\n1. 百度开源Yunfan-7B\n2. 英伟达发布Yunfan-8B\n\n此前发布的Yunfan-6B很受欢迎。\n"


@pytest.mark.parametrize(
    ("head", "date"), [("AI早报 2025-10-14", "2025-10-14"), ("行业周刊 2025-10-14", None), ("据人民日报报道", None)]
)
def test_what_heads_the_lines_of_a_daily_digest_is_of_its_day(head: str, date: str | None) -> None:
    found = events(DIGEST.replace("AI早报 2025-10-14", head), date="2025-10-14")
    assert {("open_sourced", "Yunfan-7B", date), ("released", "Yunfan-8B", date)} <= found
    assert ("released", "Yunfan-6B", "2025-10-14") not in found


ASKED = ["OpenAI何时会推出Yunfan-5？", "要成功推出Yunfan-5，OpenAI还要努力。", "Yunfan-5发布时间不确定，但会更强。"]


@pytest.mark.parametrize("text", ASKED)
def test_what_is_only_asked_or_hoped_for_is_no_release(text: str) -> None:
    assert not [event for event in events(text) if event[0] == "released"]


def test_a_gathering_at_which_something_befell_was_held_that_day() -> None:
    told = events("5月14日凌晨，OpenAI在首次「青禾新品发布会」上搬出了新一代旗舰模型Yunfan-5。")
    assert told == {("held", "青禾新品发布会", "2025-05-14"), ("released", "Yunfan-5", "2025-05-14")}


def test_who_is_named_before_a_clause_that_tells_where_is_who_announces() -> None:
    assert ("announced", "张青", "2025-04") in events("今年4月，阿里巴巴CEO张青，在2025青禾峰会上表示，都值得重做。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("拼多多已经成立了一个几十人的青禾模型团队，位于上海。", ("founded", "青禾模型团队", None)),
        ("最近，腾讯的大模型也通过备案。", ("filed", "腾讯的大模型", None)),
        ("谷歌聘请了孙立群。孙立群表示高兴。", ("joined", "孙立群", None)),
        ("OpenAI旗下的Yunfan已经升级了模型版本。", ("upgraded", "Yunfan", None)),
    ],
)
def test_more_words_tell_events_without_a_date(text: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in events(text)


def test_a_page_s_own_day_and_place_release_nothing() -> None:
    assert not events("文章作者: OpenAI\n发布时间: 2024-03-15 19:46\n发布地: 北京\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("山姆·格林与Ada Quinn一起获得了青禾奖。", ("awarded", "山姆·格林", None)),
        ("2024年，Yunfan-7B荣获青禾设计金奖。", ("awarded", "Yunfan-7B", "2024")),
        ("谷歌收购了半导体公司Qihang Robotics，股价上涨。", ("acquired", "Qihang Robotics", None)),
        ("前谷歌公司CEO孙立群创立的OpenAI正进行新一轮数亿美元融资。", ("funded", "OpenAI", None)),
        ("谷歌与OpenAI合作。双方于 5 月签署了合作协议。", ("partnered", "谷歌", "2025-05")),
        ("今天是好日子，我们很高兴向大家介绍 Yunfan-7B，这是模型。", ("released", "Yunfan-7B", "2025-06-20")),
        ("5月18日，由青禾市主办的云帆智能产业高级别论坛在北京开始。", ("held", "云帆智能产业高级别论坛", "2025-05-18")),
    ],
)
def test_prizes_hosts_both_sides_and_our_own_news_tell_events(text: str, expected: tuple[str, str, str | None]) -> None:
    assert expected in events(text)


def test_a_scholarship_is_no_prize() -> None:
    assert not [event for event in events("孙立群2024年获得奖学金，谷歌没有回应。") if event[0] == "awarded"]


def test_a_government_acts_as_a_body_and_its_working_meetings_are_held() -> None:
    assert ("held", "全国青禾和云帆工作会议", "2025-01-11") in events("1月11日，全国青禾和云帆工作会议在北京召开。")
    assert ("partnered", "OpenAI", None) in events("**OpenAI**与**法国政府**宣布建立合作伙伴关系，计划推广。")


def test_the_company_is_who_the_text_speaks_of() -> None:
    text = "聚焦于智能体的创业公司青禾科技引人注目。公司成立于2023年2月，聚焦于企业。"
    assert ("founded", "青禾科技", "2023-02") in events(text)


def test_a_year_that_opens_a_sentence_goes_on_with_the_body_of_the_one_before() -> None:
    text = "青禾科技由一位教授创建。自1999年成立之后，专注于芯片，2014年在纽交所上市，2017年被英特尔收购。"
    told = events(text)
    assert {("founded", "青禾科技", "1999"), ("listed", "青禾科技", "2014")} <= told
