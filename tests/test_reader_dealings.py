"""Dealings, seats, arms, customers, what devices carry and who brought things out, by tables of invented sentences."""

import pytest

from tests.proposing import events, flags, proposed, relations, tied

TOLD = [
    ("partner", "谷歌携手英特尔整合两种芯片。", ("谷歌", "英特尔")),
    ("partner", "谷歌与青禾大学安全部联手，推出了新方案。", ("谷歌", "青禾大学")),
    ("partner", "谷歌宣布与英特尔深度集成，效率更高。", ("谷歌", "英特尔")),
    ("partner", "去年，谷歌与美国企业英特尔签署成立合资企业的谅解备忘录。", ("谷歌", "英特尔")),
    ("investor", "谷歌与微软联手投资的自动驾驶公司青禾智能解散。", ("青禾智能", "谷歌")),
    ("investor", "谷歌与微软联手投资的自动驾驶公司青禾智能解散。", ("青禾智能", "微软")),
    ("investor", "谷歌对OpenAI的资助引起了审查。", ("OpenAI", "谷歌")),
    ("investor", "谷歌与微软共同参与了人工智能公司青禾智能的一轮融资。", ("青禾智能", "谷歌")),
    ("investor", "青禾智能获得来自谷歌的数千万美元投资。", ("青禾智能", "谷歌")),
    ("founded_by", "近20年前创立青禾智能的马丁·加尔曼表示赞成。", ("青禾智能", "马丁·加尔曼")),
    ("founded_by", "青禾智能由知名巨头谷歌于2023年4月创立。", ("青禾智能", "谷歌")),
    ("owner", "2002年，青禾智能被谷歌（Google）以约2.5亿美元收购。", ("青禾智能", "谷歌")),
    ("owner", "在2014年被谷歌收购之后，青禾智能一直独立。", ("青禾智能", "谷歌")),
    ("located_in", "总部位于伦敦的青禾智能致力于研究。", ("青禾智能", "伦敦")),
    ("located_in", "韩国无晶圆厂芯片初创企业青禾智能完成融资。", ("青禾智能", "韩国")),
    ("located_in", "日本的青禾智能和云帆科技加入。", ("云帆科技", "日本")),
    ("located_in", "青禾智能总部位于德国，支持翻译。", ("青禾智能", "德国")),
    ("customer_of", "谷歌已成为英伟达在中国最大的客户。", ("谷歌", "英伟达")),
    ("customer_of", "英伟达的主要客户包括谷歌和微软。", ("微软", "英伟达")),
    ("customer_of", "谷歌大量采购英伟达的最新款芯片。", ("谷歌", "英伟达")),
    ("customer_of", "英伟达为谷歌、微软等公司提供代工服务。", ("微软", "英伟达")),
    ("investor", "谷歌的投资组合中包括青禾智能、OpenAI。", ("OpenAI", "谷歌")),
    ("affiliation", "去年，谷歌聘请了前高管马丁·加尔曼。", ("马丁·加尔曼", "谷歌")),
    ("owner", "青禾智能公司在2014年被谷歌收购。", ("青禾智能", "谷歌")),
    ("founded_by", "青禾智能由马丁·加尔曼和罗宾·内山兄妹共同创立。", ("青禾智能", "罗宾·内山")),
    ("customer_of", "微软、谷歌都是英伟达的客户。", ("微软", "英伟达")),
    ("customer_of", "英伟达的代工厂英特尔产能有限。", ("英伟达", "英特尔")),
    ("partner", "英特尔是谷歌的重要伙伴。", ("英特尔", "谷歌")),
    ("partner", "微软转而与数据创企 OpenAI 合作。", ("微软", "OpenAI")),
    ("owner", "谷歌旗下最大的子公司青禾智能利润下降。", ("青禾智能", "谷歌")),
    ("owner", "谷歌旗下拥有搜索技术的青禾智能部门亏损。", ("青禾智能", "谷歌")),
    ("founded_by", "马丁·加尔曼是服务供应商 OpenAI 的联合创始人。", ("OpenAI", "马丁·加尔曼")),
    ("investor", "谷歌则已投资了两家公司，分别为青禾智能和OpenAI。", ("OpenAI", "谷歌")),
    ("affiliation", "马丁·加尔曼宣布离开微软并加入谷歌。", ("马丁·加尔曼", "谷歌")),
    ("part_of_organization", "谷歌下属的青禾实验室发布报告。", ("青禾实验室", "谷歌")),
    ("powers", "发布了多款搭载M4的iPhone。", ("M4", "iPhone")),
    ("affiliation", "2021年接任谷歌首席执行官的马丁·加尔曼今年表示赞成。", ("马丁·加尔曼", "谷歌")),
    ("affiliation", "马丁·加尔曼接棒谷歌董事长。", ("马丁·加尔曼", "谷歌")),
    ("affiliation", "谷歌理事马丁·加尔曼表示赞成。", ("马丁·加尔曼", "谷歌")),
    ("affiliation", "谷歌的首席执行官布莱恩·科再奇（Brian Quinnich）很乐观。", ("布莱恩·科再奇", "谷歌")),
    # An office of several, whose Latin forms stand in brackets.
    ("affiliation", "谷歌市场策略师罗宾·汀尼（Robin Tinny）和维拉·常（Vera Chang）认为会涨。", ("维拉·常", "谷歌")),
    ("affiliation", "谷歌发言人罗宾·内山（Robin Uchi）没有回应。", ("罗宾·内山", "谷歌")),
    ("affiliation", "谷歌董事会主席暨青禾智能执行长马丁·加尔曼很乐观。", ("马丁·加尔曼", "谷歌")),
    ("affiliation", "Perplexity首席执行官兼联合创始人马丁·加尔曼很乐观。", ("马丁·加尔曼", "Perplexity")),
    ("affiliation", "马丁·加尔曼十年前曾在微软工作，很忙。", ("马丁·加尔曼", "微软")),
    ("affiliation", "马丁·加尔曼一度长期任职于微软，从事研发。", ("马丁·加尔曼", "微软")),
    ("affiliation", "马丁·加尔曼在青禾大学攻读博士学位。", ("马丁·加尔曼", "青禾大学")),
    ("based_on", "Yunfan-7B蒸馏自GPT-4。", ("Yunfan-7B", "GPT-4")),
    ("based_on", "Yunfan-7B采用Transformer架构。", ("Yunfan-7B", "Transformer")),
    ("developer", "微软联合谷歌推出新模型Yunfan-7B。", ("Yunfan-7B", "微软")),
    ("founded_by", "马丁·加尔曼与他人共同创办了青禾智能。", ("青禾智能", "马丁·加尔曼")),
    ("investor", "微软持有OpenAI 49%的股份。", ("OpenAI", "微软")),
    ("partner", "微软的合作方包括OpenAI和谷歌。", ("微软", "谷歌")),
    ("part_of_organization", "谷歌的青禾实验室部门发布论文。", ("青禾实验室", "谷歌")),
    ("customer_of", "英伟达向微软供应芯片。", ("微软", "英伟达")),
    ("customer_of", "谷歌为微软代工芯片。", ("微软", "谷歌")),
    ("customer_of", "英伟达是微软的供应商。", ("微软", "英伟达")),
    ("located_in", "OpenAI是一家美国公司。", ("OpenAI", "美国")),
    ("located_in", "美国人工智能公司OpenAI表示赞成。", ("OpenAI", "美国")),
    ("affiliation", "马丁·加尔曼曾在谷歌、微软工作。", ("马丁·加尔曼", "微软")),
    ("affiliation", "马丁·加尔曼是青禾大学博士。", ("马丁·加尔曼", "青禾大学")),
    ("affiliation", "马丁·加尔曼所在的谷歌团队发布论文。", ("马丁·加尔曼", "谷歌")),
    ("owner", "青禾智能是谷歌旗下的人工智能公司。", ("青禾智能", "谷歌")),
    ("investor", "青禾智能获得了包括微软和谷歌在内的投资者的1亿美元投资。", ("青禾智能", "谷歌")),
    ("investor", "英伟达、微软参投了青禾智能。", ("青禾智能", "英伟达")),
    ("customer_of", "英伟达的GPU由谷歌代工。", ("英伟达", "谷歌")),
    ("customer_of", "微软是OpenAI的独家云服务提供商。", ("OpenAI", "微软")),
    ("located_in", "美国公司OpenAI发布新品。", ("OpenAI", "美国")),
    ("based_on", "Yun200与Yun100都基于Hopper架构。", ("Yun100", "Hopper架构")),
    ("founded_by", "马丁·加尔曼去年创立的青禾智能倒闭了。", ("青禾智能", "马丁·加尔曼")),
    ("founded_by", "**微软**与**谷歌**共同组建的**青禾智能**停滞。", ("青禾智能", "微软")),
    ("founded_by", "创办青禾智能的时候，马丁·加尔曼还在上学。", ("青禾智能", "马丁·加尔曼")),
    ("owner", "马丁·加尔曼预测，他旗下的机器人公司青禾智能会盈利。", ("青禾智能", "马丁·加尔曼")),
    ("investor", "马丁·加尔曼是青禾智能最大的投资人，要求加快。", ("青禾智能", "马丁·加尔曼")),
    ("partner", "微软和谷歌合资的工厂开工。", ("微软", "谷歌")),
    ("customer_of", "2018年，OpenAI租用谷歌的云服务。", ("OpenAI", "谷歌")),
    ("customer_of", "微软已从英伟达购买了上千张显卡。", ("微软", "英伟达")),
    ("located_in", "青禾智能总部设立在德国，支持翻译。", ("青禾智能", "德国")),
    ("developer", "来自谷歌的研究者们设计了**Yun-VLA框架**，很快。", ("Yun-VLA", "谷歌")),
]


@pytest.mark.parametrize(("relation", "text", "ends"), TOLD)
def test_what_stands_between_two_names_tells_how_they_deal(relation: str, text: str, ends: tuple[str, str]) -> None:
    assert ends in tied(text, relation)


NOT_TOLD = [
    ("partner", "与英特尔和OpenAI建立合作关系之后，英伟达上涨。", ("英特尔", "OpenAI")),
    ("partner", "谷歌与微软都发布了财报。", ("谷歌", "微软")),
    ("partner", "谷歌否认与微软达成合作协议。", ("谷歌", "微软")),
    ("investor", "他操盘了腾讯投资的智谱AI团队。", ("智谱AI", "腾讯")),
    ("owner", "有传言称，青禾智能可能被谷歌收购。", ("青禾智能", "谷歌")),
    ("located_in", "曾经全球最大的芯片制造商英特尔落后了。", ("英特尔", "全球")),
    ("located_in", "他从美国公司英特尔离职。", ("英特尔", "美国")),
    ("customer_of", "谷歌是英伟达的对手。", ("谷歌", "英伟达")),
]


@pytest.mark.parametrize(("relation", "text", "ends"), NOT_TOLD)
def test_other_words_between_two_names_tell_no_dealing(relation: str, text: str, ends: tuple[str, str]) -> None:
    assert ends not in tied(text, relation)


@pytest.mark.parametrize(
    "text",
    [
        "青禾君近日发布了新模型 `Orchard 2`，速度更快。\n\n青禾君是智能体产品。",
        "- Yunfan 开源 `Orchard 2`，速度更快。",
    ],
)
def test_a_product_that_brings_a_thing_out_stands_for_its_makers(text: str) -> None:
    made = [row for row in proposed(text, "relation") if row["property_id"] == "developer"]
    assert {row["object_type"] for row in made} <= {"organization"}
    if text.startswith("-"):
        assert {(row["subject_name"], row["object_name"]) for row in made} == {("Orchard 2", "Yunfan")}


def test_what_is_only_built_on_or_tested_is_not_made_by_who_tells() -> None:
    assert ("Orchard 2", "谷歌") not in tied("谷歌发布了对比 `Orchard 2` 的评测。", "developer")


HISTORY = """# 青禾市数据条例

1998年5月29日 青禾市第一届人大常委会第九次会议通过

2004年6月28日 青禾市第二届人大常委会第十次会议《关于取消部分许可项目的决定》第一次修正  根据

2018年7月26日 青禾市第五届人大常委会第四次会议《关于修改〈青禾市房产条例〉等二十五件地方性法规的决定》第三次修正）

第一条 为了规范秩序，制定本条例。
"""


def test_the_lines_of_a_laws_changes_tell_their_days_and_decisions() -> None:
    told = events(HISTORY)
    assert {("amended", "青禾市数据条例", "2004-06-28"), ("amended", "青禾市数据条例", "2018-07-26")} <= told
    assert tied(HISTORY, "amends") >= {
        ("关于取消部分许可项目的决定", "青禾市数据条例"),
        ("关于修改〈青禾市房产条例〉等二十五件地方性法规的决定", "青禾市数据条例"),
        ("关于修改〈青禾市房产条例〉等二十五件地方性法规的决定", "青禾市房产条例"),
    }


OPEN = [
    ("评分领先，超越Yunfan-4、Yunfan-3等一众知名开源模型。", ("open_source", "Yunfan-3", True)),
    ("传统的开源大型项目——Linux、Kubernetes都是这样。", ("open_source", "Kubernetes", True)),
    ("他开始用一个叫 Orchardbot 的开源项目。", ("open_source", "Orchardbot", True)),
    ("Orchardbot 是领先的开源推理引擎，支持广泛。", ("open_source", "Orchardbot", True)),
    ("青禾团队开源了 **8B** 参数的图像生成模型 `Orchard-O1`。", ("open_source", "Orchard-O1", True)),
    ('近日，青禾团队开源发布了内部插件"**Orchard Team Kit**"。', ("open_source", "Orchard Team Kit", True)),
    ("谷歌发布了开源代码模型 **`Leanyun`**，很快。", ("open_source", "Leanyun", True)),
    ("主流的开源模型，像GPT-4，BERT都有影响力。", ("open_source", "GPT-4", True)),
]


@pytest.mark.parametrize(("text", "flag"), OPEN)
def test_lists_kinds_and_names_tell_what_is_open(text: str, flag: tuple[str, str, bool]) -> None:
    assert flag in flags(text)


def test_bases_are_told_of_what_a_pronoun_points_at_and_each_of_a_list() -> None:
    assert ("Yunfan-9", "GPT-4") in tied("谷歌发布 Yunfan-9。该模型基于 GPT-4 打造，更快。", "based_on")
    assert tied("Yunfan-9 是基于 GPT-4 和 BERT 开发的模型。", "based_on") >= {
        ("Yunfan-9", "GPT-4"),
        ("Yunfan-9", "BERT"),
    }


def test_a_folded_line_of_latin_words_is_one() -> None:
    head = "谷歌今年早些时候宣布了一项新的计划，其中包括了很多年轻的工程师和研究人员以及他们在世界各地的合作伙伴，这项计划由首席执行官 Ada"
    assert ("Ada Quinn", "谷歌") in tied(
        f"谷歌发布公告。\n\n{head}\nQuinn领导。谷歌首席执行官 Ada Quinn 说。", "affiliation"
    )


def test_a_schools_own_words_make_no_body_of_their_own() -> None:
    text = "青禾大学信息系统与公共政策学院院长马丁·加尔曼表示赞成。"
    assert not [ends for ends in relations(text) if ends[2] == "公共政策学院"]


@pytest.mark.parametrize(
    "text", ["有八位公司创始人离开。", "创始人有创造千亿级市值公司的经验。", "对这两家私营公司而言。"]
)
def test_what_is_counted_is_no_firms_name(text: str) -> None:
    subjects = {row["subject_name"] for kind in ("event", "relation") for row in proposed(text, kind)}
    assert not [name for name in subjects if "公司" in name]


def test_a_number_within_a_name_counts_nothing() -> None:
    text = "Office 365应用程序上线了，共有3000个用户。"
    assert {row["quote"] for row in proposed(text, "quantity")} == {"3000个用户"}
