"""Relations told in clauses of every order, by tables of invented sentences."""

import time

import pytest

from etl.documents import read_document
from etl.reader.read import reading
from etl.reader.relations import RelationReader
from tests.proposing import events, lexicon, proposed, relations

CAREERS = [
    ("张一鸣于2024年5月加入智谱AI，担任首席科学家。", ("张一鸣", "智谱AI")),
    ("前谷歌研究员李晓峰加盟了月之暗面。", ("李晓峰", "月之暗面")),
    ("马丁·加尔曼曾担任谷歌的副总裁。", ("加尔曼", "谷歌")),
    ("王小明曾任百度副总裁，后来离开百度。", ("王小明", "百度")),
    ("马丁·加尔曼去年被OpenAI解雇。", ("加尔曼", "OpenAI")),
    ("OpenAI解雇了马丁·加尔曼。", ("加尔曼", "OpenAI")),
    ("马丁·加尔曼很有名。他此前在微软工作了十年。", ("加尔曼", "微软")),
    ("马丁·加尔曼供职于英伟达。", ("加尔曼", "英伟达")),
    ("马丁·加尔曼从苹果离职。", ("加尔曼", "苹果")),
    ("由马丁·加尔曼领导的xAI正在扩张。", ("加尔曼", "xAI")),
    ("OpenAI任命马丁·加尔曼为首席财务官。", ("加尔曼", "OpenAI")),
    ("马丁·加尔曼被任命为OpenAI首席财务官。", ("加尔曼", "OpenAI")),
    ("Ada Quinn joined Anthropic in 2024.", ("Ada Quinn", "Anthropic")),
]


CAREERS += [
    ("马丁·加尔曼曾就职于谷歌和初创公司Runway。", ("加尔曼", "Runway")),
    ("马丁·加尔曼也来自谷歌研究团队。", ("加尔曼", "谷歌")),
    ("马丁·加尔曼曾是微软设计硬件的负责人。", ("加尔曼", "微软")),
    ("马丁·加尔曼曾在微软和英伟达工作。", ("加尔曼", "微软")),
    ("马丁·加尔曼和罗伯特·芬奇是同学，后者曾担任谷歌的副总裁。", ("芬奇", "谷歌")),
    ("原百度智慧农业的整体软件架构以及病虫害识别负责人王小明近期离职。", ("王小明", "百度")),
    ("OpenAI的CEO是人称“快手”的前谷歌员工马丁·加尔曼。", ("加尔曼", "OpenAI")),
    ("OpenAI的CEO是人称“快手”的前谷歌员工马丁·加尔曼。", ("加尔曼", "谷歌")),
    ("前谷歌员工马丁·加尔曼创业了。", ("加尔曼", "谷歌")),
    ("原百度农业部门的工程 VP Ada Quinn、算法总监李晓峰、架构总监 Bo Finch 等人都在。", ("李晓峰", "百度")),
    ("原百度农业部门的工程 VP Ada Quinn、算法总监李晓峰、架构总监 Bo Finch 等人都在。", ("Bo Finch", "百度")),
]


@pytest.mark.parametrize(("text", "ends"), CAREERS)
def test_whom_somebody_joins_serves_or_leaves_is_an_affiliation(text: str, ends: tuple[str, str]) -> None:
    found = [(one, other) for name, one, other in relations(text) if name == "affiliation"]
    assert any(ends[0] in one and ends[1] in other for one, other in found), found


TITLED = [
    ("OpenAI的马丁·加尔曼说，模型还会变强。", "OpenAI"),
    ("谷歌、Meta和微软的前高管马丁·加尔曼创业了。", "Meta"),
    ("马丁·加尔曼，Anthropic首席执行官，对此表示欢迎。", "Anthropic"),
    ("马丁·加尔曼（Anthropic首席执行官）对此表示欢迎。", "Anthropic"),
    ("Airtable的董事会成员马丁·加尔曼不同意。", "Airtable"),
]


@pytest.mark.parametrize(("text", "firm"), TITLED)
def test_a_title_beside_a_name_tells_the_firm(text: str, firm: str) -> None:
    assert ("affiliation", "马丁·加尔曼", firm) in relations(text)


def test_a_list_of_officers_is_of_the_firm_that_it_begins_with() -> None:
    found = relations("智谱AI的三位创始人——张三元、CEO李小川和CTO王大明都到场。")
    assert {("affiliation", name, "智谱AI") for name in ("张三元", "李小川", "王大明")} <= found
    assert {("founded_by", "智谱AI", name) for name in ("张三元", "李小川", "王大明")} <= found


def test_a_list_that_goes_on_with_another_firms_officer_shares_no_title() -> None:
    found = relations("到场的有谷歌联合创始人马丁·加尔曼、罗伯特·芬奇、微软董事长马可·贝尔等。")
    assert not {other for _, one, other in found if one == "罗伯特·芬奇"}


def test_where_things_come_from_is_no_career() -> None:
    assert not relations("马丁·加尔曼很有名。来自谷歌的消息称，市场在变。")


def test_a_title_with_a_verb_in_it_is_none() -> None:
    titles = {row.get("role_title") for row in proposed("OpenAI董事会解雇了首席执行官马丁·加尔曼。", "relation")}
    assert not any("解雇" in title for title in titles if title)


def test_a_surname_stands_for_the_person_that_the_text_names_in_full() -> None:
    found = relations("投资人马丁·加尔曼很有名。加尔曼曾担任谷歌的副总裁。")
    assert ("affiliation", "马丁·加尔曼", "谷歌") in found


MORE_TITLES = [
    ("谷歌首席科学家、Falcon-3模型的主要开发者马丁·加尔曼表示乐观。", "谷歌"),
    ("风险投资公司Qingshan的合伙人、Airtable的董事会成员马丁·加尔曼不同意。", "Qingshan"),
    ("作为OpenAI联合创始人的马丁·加尔曼没有到场。", "OpenAI"),
    ("在OpenAI工作了多年的马丁·加尔曼没有到场。", "OpenAI"),
    ("OpenAI很忙。首席技术官马丁·加尔曼没有到场。", "OpenAI"),
    ("OpenAI任命了三名新董事，他们分别是罗伯特·芬奇和马丁·加尔曼。", "OpenAI"),
]


@pytest.mark.parametrize(("text", "firm"), MORE_TITLES)
def test_a_title_reaches_the_name_over_what_stands_between(text: str, firm: str) -> None:
    assert ("affiliation", "马丁·加尔曼", firm) in relations(text)


def test_a_bare_title_after_an_unknown_firm_is_of_nobody() -> None:
    assert not {other for _, _, other in relations("OpenAI领先。”青竹云创始人王小明告诉记者。")} & {"OpenAI"}


def test_a_firm_that_a_person_joins_is_known_by_its_trade() -> None:
    assert ("affiliation", "王小明", "青禾游戏") in relations("2012年，王小明加入了青禾游戏，负责运营。")


def test_the_lines_of_a_profile_are_of_the_firm_in_their_heading() -> None:
    text = "1. Qingshan\n\n成立时间：2022年\n\n创始人：马丁·加尔曼（Martin Garman，首席执行官）、罗伯特·芬奇\n\n投资方：微软、腾讯\n"
    found = relations(text)
    assert {("founded_by", "Qingshan", name) for name in ("马丁·加尔曼", "罗伯特·芬奇")} <= found
    assert {("investor", "Qingshan", name) for name in ("微软", "腾讯")} <= found
    titles = {row["subject_name"]: row.get("role_title") for row in proposed(text, "relation") if "role_title" in row}
    assert titles["马丁·加尔曼"] == "首席执行官"


FOUNDED = [
    ("Anthropic由马丁·加尔曼和罗伯特·芬奇共同创立。", ("Anthropic", "芬奇")),
    ("2021年，马丁·加尔曼与罗伯特·芬奇联合创办了Anthropic。", ("Anthropic", "加尔曼")),
    ("Anthropic是马丁·加尔曼在2021年创办的。", ("Anthropic", "加尔曼")),
    ("这些股份属于Qingshan公司，即由马丁·加尔曼创立的交易所。", ("Qingshan", "加尔曼")),
    ("马丁·加尔曼离开谷歌后，创立了一家名为Qingshan的公司。", ("Qingshan", "加尔曼")),
    ("创立了Anthropic的马丁·加尔曼住在旧金山。", ("Anthropic", "加尔曼")),
    ("马丁·加尔曼的新公司Qingshan正在招人。", ("Qingshan", "加尔曼")),
    ("OpenAI联合创始人马丁·加尔曼和罗伯特·芬奇一同出席。", ("OpenAI", "芬奇")),
]


FOUNDED += [
    ("Qingshan是Ada Quinn-Bell创办的一家公司。", ("Qingshan", "Ada Quinn-Bell")),
    ("Ada Quinn, the cofounder of [Anthropic](https://a.com/), said so.", ("Anthropic", "Ada Quinn")),
    ("Ada Quinn, one of Anthropic’s other co-founders, said so.", ("Anthropic", "Ada Quinn")),
    ("Ada Quinn left. She previously co-founded both [Anthropic](https://a.com/) and GitHub.", ("GitHub", "Ada Quinn")),
    ("Anthropic, a startup founded by Meta chief Bo Finch and Ada Quinn, is new.", ("Anthropic", "Ada Quinn")),
    ("Ada Quinn was a co-founder of London lab DeepMind and later left.", ("DeepMind", "Ada Quinn")),
]


@pytest.mark.parametrize(("text", "ends"), FOUNDED)
def test_who_founded_what_is_read_in_any_order(text: str, ends: tuple[str, str]) -> None:
    found = [(one, other) for name, one, other in relations(text) if name == "founded_by"]
    assert any(ends[0] in one and ends[1] in other for one, other in found), found


def test_former_staff_that_found_a_firm_stand_for_themselves_and_not_for_their_firm() -> None:
    found = relations("Anthropic由OpenAI前高管创立于2021年。")
    assert ("founded_by", "Anthropic", "OpenAI前高管") in found
    assert ("founded_by", "Anthropic", "OpenAI") not in found


ENGLISH = [
    ("Ada Quinn, who joined Anthropic as its chief scientist, is here.", ("Ada Quinn", "Anthropic", "chief scientist")),
    ("Ada Quinn is a well-respected former researcher at DeepMind.", ("Ada Quinn", "DeepMind", "former researcher")),
    ("Ada Quinn sold tea and later served as an executive at Google.", ("Ada Quinn", "谷歌", "executive")),
    ("“No,” Ada Quinn, Anthropic’s co-founder and CEO, tells me.", ("Ada Quinn", "Anthropic", "co-founder and CEO")),
    ("Ada Quinn sold tea. “No,” Quinn, the CEO of Anthropic, wrote.", ("Ada Quinn", "Anthropic", "CEO")),
    ("Ada Quinn, an Anthropic co-founder, said so.", ("Ada Quinn", "Anthropic", "co-founder")),
    ("Ada Quinn, who served as Anthropic’s vice president, said so.", ("Ada Quinn", "Anthropic", "vice president")),
]


ENGLISH += [
    ("“No,” Ada Quinn, Anthropic’s chief AI officer, wrote.", ("Ada Quinn", "Anthropic", "chief AI officer")),
    ("Ada Quinn, who used to work at rival lab DeepMind, wrote.", ("Ada Quinn", "DeepMind", None)),
    ("Ada Quinn left for Anthropic.", ("Ada Quinn", "Anthropic", None)),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_what_somebody_is_or_was_is_read_in_english(text: str, expected: tuple[str, str, str]) -> None:
    found = [
        (row["subject_name"], row["object_name"], row.get("role_title"))
        for row in proposed(text, "relation")
        if row["property_id"] == "affiliation"
    ]
    assert found == [expected]


def test_who_founds_in_english_is_named_in_the_same_clause() -> None:
    found = relations("Ada Quinn sold tea. The other one, who led the talks, founded Anthropic last year.")
    assert not {kind for kind, _, _ in found} & {"founded_by"}


def test_an_office_beside_another_name_is_not_of_the_nearest_person() -> None:
    assert not {kind for kind, _, _ in relations("Ada Quinn met the director of NASA.")}


FUNDED = [
    ("智谱AI宣布完成新一轮融资，腾讯、阿里和青山资本参投。", ("智谱AI", "腾讯")),
    ("智谱AI宣布完成新一轮融资，投资方包括腾讯、美团和青山资本。", ("智谱AI", "青山资本")),
    ("智谱AI获腾讯和美团投资。", ("智谱AI", "美团")),
    ("智谱AI获得由腾讯领投的5亿元融资。", ("智谱AI", "腾讯")),
    ("智谱AI的本轮融资，据称由青山资本领投。", ("智谱AI", "青山资本")),
    ("腾讯是智谱AI的早期投资者。", ("智谱AI", "腾讯")),
    ("谷歌对Anthropic进行了20亿美元的投资。", ("Anthropic", "谷歌")),
    ("谷歌先后投资了Anthropic、Runway和Hugging Face。", ("Runway", "谷歌")),
    ("谷歌与Anthropic合作，并向其投资20亿美元。", ("Anthropic", "谷歌")),
    ("OpenAI没有回应，其主要投资者微软也没有。", ("OpenAI", "微软")),
    ("包括谷歌和微软在内的现有股东不会在Anthropic新一轮融资中出资。", ("Anthropic", "微软")),
    ("Anthropic从谷歌、微软等巨头那里筹集了70亿美元。", ("Anthropic", "微软")),
    ("参与Anthropic本轮融资的投资者包括谷歌和青山资本。", ("Anthropic", "青山资本")),
]


FUNDED += [
    ("谷歌宣布，向初创公司Anthropic投资至多20亿美元。", ("Anthropic", "谷歌")),
    ("谷歌首期投资2亿美元，获得智谱AI的少数股权。", ("智谱AI", "谷歌")),
    ("智谱AI已筹集7亿元资金，其中5亿元来自青山资本。", ("智谱AI", "青山资本")),
    ("目前，除了美团，智谱AI背后资方包括腾讯、联想和青山资本等。", ("智谱AI", "青山资本")),
    ("目前，除了美团，智谱AI背后资方包括腾讯、联想和青山资本等。", ("智谱AI", "美团")),
    ("智谱AI的出资人包括腾讯、谷歌董事长马丁·加尔曼和罗伯特·芬奇。", ("智谱AI", "马丁·加尔曼")),
    ("智谱AI的出资人包括腾讯、谷歌董事长马丁·加尔曼和罗伯特·芬奇。", ("智谱AI", "罗伯特·芬奇")),
]


FUNDED += [
    ("智谱AI和百川智能也被腾讯投资。", ("智谱AI", "腾讯")),
    ("腾讯、美团同时投资的智谱AI在招人。", ("智谱AI", "腾讯")),
    ("智谱AI此轮的新股东腾讯和美团都在场。", ("智谱AI", "美团")),
    ("腾讯至少为智谱AI输血3亿元。", ("智谱AI", "腾讯")),
]


@pytest.mark.parametrize(("text", "ends"), FUNDED)
def test_who_invests_in_whom_is_read_in_any_order(text: str, ends: tuple[str, str]) -> None:
    assert ("investor", *ends) in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "智谱AI的创始股东为月之暗面的主要股东。",
        "马丁·加尔曼创立的顺水投资了智谱AI。",
        "腾讯投资的回报高于智谱AI。",
        "他操盘了腾讯投资的智谱AI团队。",
    ],
)
def test_a_name_that_only_leads_to_the_giver_is_none(text: str) -> None:
    assert not {kind for kind, _, _ in relations(text)} & {"investor"}


def test_who_joins_a_round_that_another_led_gives_to_whom_the_round_was_of() -> None:
    found = relations("智谱AI宣布完成新一轮融资。腾讯领投5亿元。美团也参与了本轮投资。")
    assert ("investor", "智谱AI", "美团") in found
    assert ("investor", "腾讯", "美团") not in found


def test_the_firm_of_an_investors_title_is_no_investor() -> None:
    assert ("investor", "智谱AI", "谷歌") not in relations("智谱AI的出资人包括腾讯、谷歌董事长马丁·加尔曼。")


def test_shares_got_for_money_are_of_the_firm_that_the_text_is_about() -> None:
    text = "智谱AI很忙。智谱AI在招人。智谱AI搬了家。智谱AI还发了奖金。腾讯随后投资3亿元获得10%的股份。"
    assert ("investor", "智谱AI", "腾讯") in relations(text)


OWNED = [
    ("owner", "GitHub是微软的全资子公司。", ("GitHub", "微软")),
    ("owner", "微软旗下的GitHub和领英都在裁员。", ("LinkedIn", "微软")),
    ("owner", "GitHub被微软以75亿美元收购。", ("GitHub", "微软")),
    ("owner", "微软完成了对GitHub的收购。", ("GitHub", "微软")),
    ("owner", "初创公司Rivos很强。去年，微软以3亿美元收购了该公司。", ("Rivos", "微软")),
    ("partner", "智谱AI与三星、联想展开深度合作。", ("智谱AI", "联想")),
    ("partner", "联想集团与英伟达宣布合作。", ("联想", "英伟达")),
    ("partner", "OpenAI的合作伙伴微软也在场。", ("OpenAI", "微软")),
    ("partner", "百度联合清华大学发布了新系统。", ("百度", "清华大学")),
]


OWNED += [
    ("owner", "微软的云服务部门GitHub很大。", ("GitHub", "微软")),
    ("partner", "智谱AI已经跟观测卫星公司 Planet Labs 合作。", ("智谱AI", "Planet Labs")),
    ("partner", "智谱AI计划与英伟达合作，优化软件。", ("智谱AI", "英伟达")),
    ("partner", "腾讯将成为智谱AI在计算方面的主要提供商。", ("智谱AI", "腾讯")),
    ("partner", "这笔交易要求智谱AI将腾讯作为其首选云服务提供商。", ("智谱AI", "腾讯")),
    ("partner", "腾讯宣布，向智谱AI投资1亿元，双方将共同开发模型。", ("腾讯", "智谱AI")),
    ("partner", "智谱AI与三星达成的交易很大。", ("智谱AI", "三星")),
]


OWNED += [
    ("owner", "DeepMind was founded in 2010 and was acquired by Google.", ("DeepMind", "谷歌")),
    ("partner", "智谱AI和英伟达于 2019 年首次合作。", ("智谱AI", "英伟达")),
]


@pytest.mark.parametrize(("relation", "text", "ends"), OWNED)
def test_who_owns_or_works_with_whom_is_read_in_any_order(relation: str, text: str, ends: tuple[str, str]) -> None:
    assert (relation, *ends) in relations(text)


MADE = [
    ("OpenAI的GPT-6和GPT-7都很强。", ("GPT-7", "OpenAI")),
    ("榜单前列是Falcon-3（谷歌）和Yunfan-7B（百度）。", ("Falcon-3", "谷歌")),
    ("ChatGPT背后的公司OpenAI没有回应。", ("ChatGPT", "OpenAI")),
    ("ChatGPT开发商OpenAI没有回应。", ("ChatGPT", "OpenAI")),
    ("智谱AI很忙，其最新模型Falcon-3已上线。", ("Falcon-3", "智谱AI")),
    ("智谱AI是一家初创公司，去年发布了Falcon-3模型。", ("Falcon-3", "智谱AI")),
    ("OpenAI很低调。这家ChatGPT开发商没有回应。", ("ChatGPT", "OpenAI")),
    ("Falcon-3 was developed by OpenAI.", ("Falcon-3", "OpenAI")),
    ("OpenAI很忙。该公司去年花费5亿美元开发Falcon-3。", ("Falcon-3", "OpenAI")),
    ("OpenAI还有图像生成工具Falcon-3。", ("Falcon-3", "OpenAI")),
    ("专家剥离了Falcon-3（谷歌开发的大语言模型）的限制。", ("Falcon-3", "谷歌")),
    ("英伟达先后推出了A800芯片、H800芯片。", ("H800", "英伟达")),
    ("谷歌发布了一款名为Falcon-3的聊天机器人。", ("Falcon-3", "谷歌")),
    ("谷歌和微软发布了Falcon-3模型。", ("Falcon-3", "谷歌")),
    ("谷歌宣布，Falcon-3大模型正式上线。", ("Falcon-3", "谷歌")),
    ("谷歌今日宣布旗下大模型Falcon-3已经开源。", ("Falcon-3", "谷歌")),
    ("谷歌做了自己的芯片，将其Falcon-3和Yunfan-7芯片卖给用户。", ("Yunfan-7", "谷歌")),
    ("谷歌的个人助理Falcon-3很好用。", ("Falcon-3", "谷歌")),
    ("微软发布了由谷歌的Falcon-3提供支持的助手Yunfan-7。", ("Yunfan-7", "微软")),
    ("谷歌走在前面，他们的Falcon-3模型已上线。", ("Falcon-3", "谷歌")),
    ("英伟达很忙。一台英伟达H100很贵。", ("H100", "英伟达")),
    ("OpenAI's new A.I. chatbot, Falcon-3, is a good listener.", ("Falcon-3", "OpenAI")),
]


@pytest.mark.parametrize(("text", "ends"), MADE)
def test_who_made_what_is_read_beyond_one_clause(text: str, ends: tuple[str, str]) -> None:
    assert ("developer", *ends) in relations(text)


def test_who_powers_a_thing_that_another_makes_is_not_its_maker() -> None:
    found = relations("微软发布了由谷歌的Falcon-3提供支持的助手Yunfan-7。")
    makers = {(thing, maker) for kind, thing, maker in found if kind == "developer"}
    assert makers == {("Falcon-3", "谷歌"), ("Yunfan-7", "微软")}


BUILT = [
    ("Falcon-4是Falcon-3的升级版。", ("version_of", "Falcon-4", "Falcon-3")),
    ("Yunfan-7B是Llama 2的微调版本。", ("version_of", "Yunfan-7B", "Llama 2")),
    ("Yunfan-7B基于Llama 2微调而成。", ("based_on", "Yunfan-7B", "Llama 2")),
    ("腾讯推出了基于Llama 2的Yunfan-7B模型。", ("based_on", "Yunfan-7B", "Llama 2")),
    ("Yunfan-7B以Llama 2为基座训练。", ("based_on", "Yunfan-7B", "Llama 2")),
]


BUILT += [
    ("微软发布了由谷歌的Falcon-3提供支持的助手Yunfan-7。", ("based_on", "Yunfan-7", "Falcon-3")),
    ("百度在Llama 2的基础上构建Yunfan-7B。", ("based_on", "Yunfan-7B", "Llama 2")),
    ("Falcon-3模型（Yunfan-7B基础模型）很大。", ("based_on", "Yunfan-7B", "Falcon-3")),
    ("Yunfan-7B是Yunfan-X家族的一部分。", ("version_of", "Yunfan-7B", "Yunfan-X")),
]


BUILT += [
    ("Yunfan-2 comes in sizes up to Yunfan-2-7B-Instruct.", ("version_of", "Yunfan-2-7B-Instruct", "Yunfan-2")),
    ("Yunfan-X发布，Yunfan-X-32K-Chat随后开源。", ("version_of", "Yunfan-X-32K-Chat", "Yunfan-X")),
    ("Yunfan-X、Yunfan-X-7B与YUNFAN-X-7B-Chat均已开源。", ("version_of", "YUNFAN-X-7B-Chat", "Yunfan-X-7B")),
    ("Yunfan-X、Yunfan-X-7B与YUNFAN-X-7B-Chat均已开源。", ("version_of", "YUNFAN-X-7B-Chat", "Yunfan-X")),
]


@pytest.mark.parametrize(("text", "expected"), BUILT)
def test_what_a_model_is_a_version_of_or_built_on_is_read(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


def test_a_name_that_goes_on_with_another_word_is_no_version() -> None:
    assert not {one for one in relations("Yunfan-X and Yunfan-X-Labs-7 differ.") if one[0] == "version_of"}


NO_FACTS = [
    "马丁·加尔曼并未加入OpenAI。",
    "马丁·加尔曼否认加入OpenAI。",
    "马丁·加尔曼拒绝担任OpenAI首席执行官。",
    "如果马丁·加尔曼加入谷歌，市场会变。",
    "OpenAI没有收购GitHub。",
    "微软正与OpenAI洽谈收购事宜。",
    "微软否认投资OpenAI。",
    "腾讯没有参与投资智谱AI。",
    "GPT-6不是基于Llama 2训练的。",
    "百度与腾讯竞争激烈。",
    "投资者离开谷歌转向微软。",
    "微软与OpenAI的合作告吹。",
]


@pytest.mark.parametrize("text", NO_FACTS)
def test_what_is_denied_or_only_talked_of_is_no_relation(text: str) -> None:
    assert relations(text) == set()


def test_what_is_to_be_done_is_planned() -> None:
    found = proposed("马丁·加尔曼将于7月加入OpenAI。智谱AI将与三星合作开发芯片。", "relation")
    assert {(row["property_id"], row["assertion"]) for row in found} == {
        ("affiliation", "planned"),
        ("partner", "planned"),
    }


@pytest.mark.parametrize(
    "hostile",
    [
        "马丁·加尔曼加入",
        "由谷歌、",
        "投资者包括",
        "OpenAI首席",
        "的首席执行官",
        "基于GPT-4",
        "百度与",
        "获腾讯",
        "资方包括谷歌、",
        "Ada Quinn, CEO of Google and ",
        "除了谷歌，",
        "未公开",
        "由GPT-4提供支持的",
        "王小明、李小飞（谷歌创始人）、",
        "王小明（谷歌创始人）、",
        "成员包括王小明、",
        "谷歌青湖领投",
        "该模型较前代GPT-4",
        "公开了旗下xAI公司",
        "投资芯片公司有3个，分别为谷歌、",
        "该应用研发公司百度",
        "Yunfan-3 is built by Google, ",
        "led by Google and ",
        "Yunfan-3 is based on Yunfan-3 ",
        "引入谷歌、",
        "背后既站着谷歌、",
        "由谷歌参与的",
        "他是谷歌的创始人、",
        "青山教师联合会主席马丁·加尔曼",
        "包括首席财务官马丁·加尔曼，",
    ],
)
def test_relations_are_read_in_linear_time(hostile: str) -> None:
    def seconds(times: int) -> float:
        state = reading(read_document((hostile * times).encode(), name="text.txt"), lexicon())
        begin = time.process_time()
        list(RelationReader(state.parties, {}).read(((0, len(state.text)),)))
        return time.process_time() - begin

    seconds(10)
    assert seconds(4000) < max(1.0, 30 * seconds(400))


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("今年2月，百度战投参与了智谱AI的A轮融资。", {("智谱AI", "百度战投")}),
        ("红杉中国领投月之暗面Pre-A轮融资。", {("月之暗面", "红杉中国")}),
        (
            "月之暗面的投资人中既有百度、腾讯等互联网企业，也有红杉中国、今日资本等机构。",
            {("月之暗面", "百度"), ("月之暗面", "腾讯"), ("月之暗面", "红杉中国"), ("月之暗面", "今日资本")},
        ),
        ("上市时，月之暗面引入了百度与腾讯等基石投资者。", {("月之暗面", "百度"), ("月之暗面", "腾讯")}),
        ("月之暗面引入了百度与腾讯等客户。", set()),
        ("月之暗面的背后站着红杉中国等基金。", {("月之暗面", "红杉中国")}),
        (
            "月之暗面完成融资，由红杉中国、今日资本等投资平台领衔入场。",
            {("月之暗面", "红杉中国"), ("月之暗面", "今日资本")},
        ),
        ("月之暗面拿下红杉中国、今日资本等机构近20亿元投资。", {("月之暗面", "红杉中国"), ("月之暗面", "今日资本")}),
        ("月之暗面又完成由百度等参与的10亿美元巨额融资。", {("月之暗面", "百度")}),
        ("月之暗面很强。2024年8月，腾讯参与其最新3亿美元融资。", {("月之暗面", "腾讯")}),
        ("月之暗面完成融资。百度在这轮融资中投入了5亿美元。", {("月之暗面", "百度")}),
        (
            "百度投资的三家大模型公司光年之外、智谱AI及月之暗面都很强。",
            {("光年之外", "百度"), ("智谱AI", "百度"), ("月之暗面", "百度")},
        ),
    ],
)
def test_a_round_is_of_the_firm_that_its_verb_goes_on_to(text: str, pairs: set[tuple[str, str]]) -> None:
    assert {(subject, giver) for kind, subject, giver in relations(text) if kind == "investor"} == pairs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "智谱AI推出自研大模型Yunfan-7B，以及语音模型Falcon-3、视频模型Penguin-2。",
            ("developer", "Penguin-2", "智谱AI"),
        ),
        ("谷歌创始人李小飞在大会上发表演讲，宣布新芯片已投产，发布新模型Yunfan-3。", ("developer", "Yunfan-3", "谷歌")),
        ("百度基于多个已备案的基础大模型推出了首个交互产品“Qihang”。", ("developer", "Qihang", "百度")),
        ("比如百度配送技术部建设的算法平台——Yunfan就很好。", ("developer", "Yunfan", "百度")),
        ("Yunfan-7B的创造者百度也来了。", ("developer", "Yunfan-7B", "百度")),
        ("该应用研发公司百度宣布Yunfan-3助手启动测试。", ("developer", "Yunfan-3", "百度")),
        ("该模型由百度开发，本次开源的模型有Yunfan-7B-Base和Yunfan-7B-Chat。", ("developer", "Yunfan-7B-Chat", "百度")),
        ("百度发布了Yunfan 5.1。该模型较前代 Yunfan 5 有显著提升。", ("version_of", "Yunfan 5.1", "Yunfan 5")),
        ("百度发布了Yunfan 5.1模型，作为Yunfan 5的直接替换版本。", ("version_of", "Yunfan 5.1", "Yunfan 5")),
        ("微软是OpenAI的亲密合作伙伴。", ("partner", "微软", "OpenAI")),
        ("马丁·加尔曼公开了旗下xAI公司研发的机器人。", ("owner", "xAI", "马丁·加尔曼")),
        ("Yunfan的母公司百度也在场。", ("owner", "Yunfan", "百度")),
        ("腾讯宣布成立大模型公司光年之外。", ("founded_by", "光年之外", "腾讯")),
        (
            "智谱AI完成了新一轮融资，腾讯也以4000万美元参投。",
            ("investor", "智谱AI", "腾讯"),
        ),
        (
            "腾讯共参与了40次投资，其中投资芯片公司有3个，分别为智谱AI、月之暗面、光年之外。",
            ("investor", "光年之外", "腾讯"),
        ),
    ],
)
def test_relations_are_read_where_the_text_at_large_tells_an_end(text: str, told: tuple[str, str, str]) -> None:
    assert told in relations(text)


OWNED = [
    ("文心一言是百度的通用大语言模型。", ("文心一言", "百度")),
    ("出自百度之手的文心一言已经落地。", ("文心一言", "百度")),
    ("百度首款大模型Yunfan-3B亮相。", ("Yunfan-3B", "百度")),
    ("百度的首款开源大模型——Yunfan-3B登顶榜单。", ("Yunfan-3B", "百度")),
    ("百度凭借Yunfan-3B一炮而红。", ("Yunfan-3B", "百度")),
    ("百度对Yunfan-3B进行了全面升级。", ("Yunfan-3B", "百度")),
    ("开发了Yunfan-3B的百度宣布融资。", ("Yunfan-3B", "百度")),
    ("以Yunfan-3B闻名的百度宣布融资。", ("Yunfan-3B", "百度")),
    ("百度总裁李晓峰在大会上正式推出Yunfan-3B。", ("Yunfan-3B", "百度")),
    ("百度CEO李晓峰宣布Yunfan-3B向全社会开放。", ("Yunfan-3B", "百度")),
    ("百度的模型包括Yunfan-3B和Muzhou-2B。", ("Muzhou-2B", "百度")),
]


@pytest.mark.parametrize(("text", "ends"), OWNED)
def test_what_only_its_maker_does_or_has_tells_the_maker(text: str, ends: tuple[str, str]) -> None:
    assert ("developer", *ends) in relations(text)


@pytest.mark.parametrize(
    "text",
    [
        "苹果将Yunfan-3B集成到手机。",
        "微软CEO李晓峰出现在百度大模型Yunfan-3B的发布会。",
        "苹果凭借Yunfan-3B提升了销量。",
    ],
)
def test_who_only_uses_a_thing_or_is_seen_beside_it_is_not_its_maker(text: str) -> None:
    makers = {other for name, _, other in relations(text) if name == "developer"}
    assert not makers & {"苹果", "微软"}


FORERUNNERS = [
    ("Yunfan-2 significantly improves upon its predecessor, Yunfan-1.", ("Yunfan-2", "Yunfan-1")),
    ("Compared with the previous Yunfan-1 model, Yunfan-2 is faster.", ("Yunfan-2", "Yunfan-1")),
    ("Yunfan-2是百度继Yunfan-1之后的新模型。", ("Yunfan-2", "Yunfan-1")),
    ("继Yunfan-1之后，百度又推出了Yunfan-2。", ("Yunfan-2", "Yunfan-1")),
]


@pytest.mark.parametrize(("text", "ends"), FORERUNNERS)
def test_the_model_before_another_of_its_name_is_its_predecessor(text: str, ends: tuple[str, str]) -> None:
    assert ("predecessor", *ends) in relations(text)


@pytest.mark.parametrize(
    "text",
    ["继Yunfan-1之后，谷歌又推出了Muzhou-2。", "Muzhou-2 improves upon its predecessor in speed, as Yunfan-1 does."],
)
def test_a_model_of_another_name_is_no_predecessor(text: str) -> None:
    assert not [one for one in relations(text) if one[0] == "predecessor"]


ROUNDS = [
    ("Anthropic has raised $2 billion in a round led by Dutch chip equipment giant Nvidia.", {("Anthropic", "英伟达")}),
    (
        "Anthropic has raised $2 billion. The round makes Nvidia a large shareholder. "
        "The round also saw participation from Microsoft.",
        {("Anthropic", "微软")},
    ),
    ("Anthropic的投资人中既有微软等平台，也有谷歌等巨头。", {("Anthropic", "微软"), ("Anthropic", "谷歌")}),
    ("Anthropic的投资人中既有微软等平台,也有谷歌等巨头。", {("Anthropic", "微软"), ("Anthropic", "谷歌")}),
]


@pytest.mark.parametrize(("text", "told"), ROUNDS)
def test_givers_are_read_behind_what_they_are_and_of_the_round_told_before(
    text: str, told: set[tuple[str, str]]
) -> None:
    assert {(one, other) for name, one, other in relations(text) if name == "investor"} == told


@pytest.mark.parametrize(
    ("text", "firm", "told"),
    [
        ("百度很大。百度文心一言用户很多。", "百度", True),
        ("用户很多。百度文心一言很受欢迎。", "百度", True),
        ("OpenAI-V9训练成本很低。", "OpenAI", True),
        ("初创公司Orchid很大。Orchid K2.5模型用户很多。", "Orchid", True),
        ("Orchid K2.5模型用户很多。", "Orchid", False),
    ],
)
def test_a_thing_whose_name_begins_with_that_of_a_firm_named_elsewhere_or_known_is_the_firm_s(
    text: str, firm: str, told: bool
) -> None:
    assert any(name == "developer" and other == firm for name, _, other in relations(text)) is told


@pytest.mark.parametrize(
    ("text", "firm"),
    [
        ("Orchid宣布完成1亿美元种子轮融资，由Larch领投，Fir Tree Capital跟投。", "Larch"),
        ("Orchid宣布完成1亿美元种子轮融资，由Larch领投，Fir Tree Capital跟投。", "Fir Tree Capital"),
    ],
)
def test_who_gets_and_who_gives_money_are_firms_by_what_they_do(text: str, firm: str) -> None:
    assert ("investor", "Orchid", firm) in relations(text)


DEALS = [
    ("百度与Larch公司签署了一份为期七年的云计算协议。", ("partner", "百度", "Larch公司")),
    ("英伟达支持的云服务商Larch公司估值很高。", ("investor", "Larch公司", "英伟达")),
    ("智谱AI从谷歌、亚马逊拿到了超过6000万美元的投资。", ("investor", "智谱AI", "亚马逊")),
    ("智谱AI已经接受了来自谷歌、亚马逊和微软的投资。", ("investor", "智谱AI", "亚马逊")),
    ("Orchid公司很大。这几位联合创始人分别是Ada Quinn、Bo Larch和Cy Fir。", ("founded_by", "Orchid公司", "Cy Fir")),
    ("智谱AI获得新一轮融资，估值达110亿美元，微软加码投资。", ("investor", "智谱AI", "微软")),
    ("智谱AI由国家创新领军王小明博士创立。", ("founded_by", "智谱AI", "王小明")),
    ("智谱AI，2016年由前工程师王小明带着4个人和27万美元创立。", ("founded_by", "智谱AI", "王小明")),
    ("百度发布与清华大学联合研发的YF-Transformer绘图模型。", ("developer", "YF-Transformer", "百度")),
    ("Ada Quinn是百度的一名高级科学家。", ("affiliation", "Ada Quinn", "百度")),
    ("百度已将Yunfan-7B的窗口扩展到10万。", ("developer", "Yunfan-7B", "百度")),
]


@pytest.mark.parametrize(("text", "relation"), DEALS)
def test_deals_and_lists_of_founders_and_backers_are_read(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in relations(text)


@pytest.mark.parametrize(
    "text",
    ["百度接入了Yunfan-7B。", "百度与Yunfan-7B相比更大。", "百度显示，Yunfan-7B更快。", "百度和腾讯称Yunfan-7B更快。"],
)
def test_a_firm_that_only_uses_or_is_compared_to_a_thing_is_not_its_maker(text: str) -> None:
    assert not [name for name, _, _ in relations(text) if name == "developer"]


FAMILIES = [
    ("Yunfan-54B和Yunfan-141B是基于Llama 3系列模型开发而成。", ("based_on", "Yunfan-54B", "Llama 3")),
    ("Orchid 基于 Larch 构建。", ("based_on", "Orchid", "Larch")),
    ("Yunfan 3包括三款模型，分别是Orchid、Larch和Firs。", ("version_of", "Larch", "Yunfan 3")),
    ("Yunfan 3系列包括Orchid和Larch。", ("version_of", "Larch", "Yunfan 3")),
    ("Orchid（文心一言国际版）排名第一。", ("version_of", "Orchid", "文心一言")),
    ("百度开源了nanoyun项目。", ("developer", "nanoyun", "百度")),
]


@pytest.mark.parametrize(("text", "relation"), FAMILIES)
def test_families_and_bases_are_read_from_what_the_text_calls_them(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in relations(text)


@pytest.mark.parametrize("text", ["Yunfan 3的客户包括Orchid和Larch。", "百度开源项目很多。", "百度发布open项目。"])
def test_what_only_goes_with_a_thing_is_no_version_of_it(text: str) -> None:
    assert not relations(text)


ENGLISH_ROUNDS = [
    ("Anthropic raised $130M. Leading the Anthropic’s first round are Nvidia and Microsoft.", "微软"),
    ("Anthropic raised $130M, led by Nvidia. Other shareholders include Microsoft.", "微软"),
    ("Microsoft is also a shareholder in Anthropic.", "微软"),
    (
        "Anthropic, a startup with backing from Nvidia, raised $130M. The round was led by Microsoft and Oak Tree.",
        "微软",
    ),
    ("Anthropic raised $130M. The round was led by Nvidia. Other participants include Microsoft.", "微软"),
    (
        "Anthropic raised $2 billion led by Nvidia. Significant investors in this round include Microsoft and Amazon.",
        "微软",
    ),
    (
        "Anthropic raised $2 billion led by Nvidia. Significant investors in this round include Microsoft, and a fund at Amazon.",
        "微软",
    ),
]


@pytest.mark.parametrize(("text", "giver"), ENGLISH_ROUNDS)
def test_investors_in_this_round_are_those_of_the_firm_told_before(text: str, giver: str) -> None:
    assert ("investor", "Anthropic", giver) in relations(text)


def test_an_officer_is_the_firm_s_behind_a_curly_apostrophe_too() -> None:
    assert ("affiliation", "Ada Quinn", "Anthropic") in relations("Anthropic’s co-founder and CEO Ada Quinn said so.")


ENGLISH_OFFICES = [
    (
        "Experts at Anthropic are Henry Quinn (CEO) and Henry Larch (Head of Safety Systems).",
        ("affiliation", "Henry Larch", "Anthropic"),
    ),
    ("Anthropic bids farewell to its founder and CEO, Ada Quinn.", ("founded_by", "Anthropic", "Ada Quinn")),
    (
        "Anthropic is large. It now sees interim co-CEOs Ada Quinn and Bo Larch.",
        ("affiliation", "Bo Larch", "Anthropic"),
    ),
    (
        "Henry Quinn, Microsoft board member and Anthropic co-founder, said so.",
        ("founded_by", "Anthropic", "Henry Quinn"),
    ),
    ("Orchid AI was founded in 2024 by Ada Quinn and Bo Larch.", ("founded_by", "Orchid AI", "Bo Larch")),
    ("The firm is founded by former researcher at DeepMind Ada Quinn.", ("affiliation", "Ada Quinn", "DeepMind")),
    ("Ada Quinn, a partner at Anthropic, said so.", ("affiliation", "Ada Quinn", "Anthropic")),
    ("Ada Quinn, co-founder and CEO of Anthropic, said so.", ("founded_by", "Anthropic", "Ada Quinn")),
]


@pytest.mark.parametrize(("text", "relation"), ENGLISH_OFFICES)
def test_english_founders_and_offices_are_read(text: str, relation: tuple[str, str, str]) -> None:
    assert relation in relations(text)


MERGERS = [
    ("刘大山教授担任首席科学家的智谱AI很大。", ("affiliation", "刘大山", "智谱AI")),
    ("智谱AI很大。产品很多。该公司CEO陈小红说。", ("affiliation", "陈小红", "智谱AI")),
    ("清华大学电子工程系长聘教授王小明说。", ("affiliation", "王小明", "清华大学")),
    ("王小明曾任谷歌研究院院长，2017年回国任腾讯高级副总裁。", ("affiliation", "王小明", "腾讯")),
    ("百度创始人王小明表示很忙。1995年，他被聘为微软的一名研究员。", ("affiliation", "王小明", "微软")),
    ("1、刘大山创立的智谱AI。行事低调。\n\n投资方包括腾讯和微软等。", ("investor", "智谱AI", "微软")),
    ("在腾讯宣布开源Yunfan-7B的时候，大家很高兴。", ("developer", "Yunfan-7B", "腾讯")),
    ("Yunfan-7B为人工智能公司OpenAI于2022年11月推出的模型。", ("developer", "Yunfan-7B", "OpenAI")),
    ("他创立了一家名为Orchid的听觉公司，该公司于2013年被苹果收购。", ("owner", "Orchid", "苹果公司")),
    ("甲是一家公司。腾讯收购了Orchid公司。该公司于2013年被苹果收购。", ("owner", "Orchid公司", "苹果公司")),
    ("2021年10月，搜狗公司正式并入腾讯。", ("owner", "搜狗", "腾讯")),
    (
        "智谱AI在珠海注册了两家子公司：珠海青山未来科技有限公司和珠海绿水科技有限公司。",
        ("owner", "珠海绿水科技有限公司", "智谱AI"),
    ),
    ("青山集团战略投资了“六小虎”之一的智谱AI。", ("investor", "智谱AI", "青山集团")),
    ("腾讯还展示了Yunfan-7B。", ("developer", "Yunfan-7B", "腾讯")),
]


@pytest.mark.parametrize(("text", "relation"), MERGERS)
def test_mergers_subsidiaries_and_shows_tell_whose_firms_and_things_are(
    text: str, relation: tuple[str, str, str]
) -> None:
    assert relation in relations(text)


def test_a_likeness_is_not_who_is_founded() -> None:
    assert ("founded", "OpenAI", "2023") not in events("2023年，王小川宣布创建中国版OpenAI公司“百川智能”。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2012年，孙立群共同开发了一个名为Yunfan-1的模型。孙立群表示高兴。", ("developer", "Yunfan-1", "孙立群")),
        ("谷歌迅速行动，他们收购了Qihang Robotics公司。", ("owner", "Qihang Robotics公司", "谷歌")),
        ("拼多多会拓展至其旗下跨境电商平台Temu的客服。", ("owner", "Temu", "拼多多")),
        ("OpenAI 分别与青禾公司 Qihang Robotics 和谷歌达成合作。", ("partner", "OpenAI", "谷歌")),
    ],
)
def test_more_ties_are_told(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in relations(text)


def test_a_second_clause_buys_for_whom_the_first_names_and_heads_of_bureaus_are_persons() -> None:
    assert ("owner", "Qihang", "谷歌") in relations("谷歌从OpenAI那里抢走了份额，并收购了半导体公司Qihang。")
    assert {
        told[1:] for told in relations("财政部副部长辛青斌，云山烟草局局长张克青出席。") if told[0] == "affiliation"
    } == {
        ("辛青斌", "财政部"),
        ("张克青", "云山烟草局"),
    }
