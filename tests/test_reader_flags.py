"""Yes-or-no facts, by tables of invented sentences."""

import pytest

from tests.proposing import flags, proposed

SAID = [
    # Names in small letters that marks set apart, or a word for their kind, and where they are open.
    ("**Hugging Face** 宣布推出 **nano-yun**，这是一个沙箱，目前已在 GitHub 开源。", ("open_source", "nano-yun", True)),
    ("智谱AI团队开源 nano-yun 集合，包含15个技能。", ("open_source", "nano-yun", True)),
    # What stands between the word and the name only describes it.
    ("阿里云宣布开源通义千问720亿参数模型Yunfan-7B。", ("open_source", "Yunfan-7B", True)),
    ("幻方发布全球最强开源MoE模型Yunfan-7B。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B是月之暗面推出的开源万亿参数模型。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B是OpenAI的开源语音识别模型。", ("open_source", "Yunfan-7B", True)),
    ("智谱AI将Yunfan-7B开源给社区。", ("open_source", "Yunfan-7B", True)),
    ("OpenAI没有公布Yunfan-7B的细节，也没有开源。", ("open_source", "Yunfan-7B", False)),
    ("马斯克公开了旗下公司研发的Yunfan-7B的权重与网络架构。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B和Falcon-3系列均支持开源。", ("open_source", "Falcon-3", True)),
    ("百度开源了Yunfan-7B模型。", ("open_source", "Yunfan-7B", True)),
    ("它的成绩接近智谱AI的闭源大模型Yunfan-7B。", ("open_source", "Yunfan-7B", False)),
    ("最受欢迎的两款开源模型——Yunfan-7B和Falcon-3。", ("open_source", "Falcon-3", True)),
    ("我们部署开源模型Yunfan-7B。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B是一款开源大语言模型。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B已正式宣布开源。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B不仅宣布开源，也很便宜。", ("open_source", "Yunfan-7B", True)),
    ("开源的Yunfan-7B下载量很高。", ("open_source", "Yunfan-7B", True)),
    ("Falcon-3 is an open-source model.", ("open_source", "Falcon-3", True)),
    ("Yunfan-7B并未开源。", ("open_source", "Yunfan-7B", False)),
    ("Yunfan-7B暂不开源。", ("open_source", "Yunfan-7B", False)),
    ("文心一言选择了闭源。", ("open_source", "文心一言", False)),
    ("百川智能、智谱AI和阿里云等，选择了开源。", ("open_source", "智谱AI", True)),
    ("Yunfan-7B免费可商用。", ("commercial_use", "Yunfan-7B", True)),
    ("Yunfan-7B允许免费商业使用。", ("commercial_use", "Yunfan-7B", True)),
    ("Yunfan-7B开源、放开商业化之后，应用变多。", ("commercial_use", "Yunfan-7B", True)),
    ("Yunfan-7B禁止商用。", ("commercial_use", "Yunfan-7B", False)),
    ("Yunfan-7B不得用于商业用途。", ("commercial_use", "Yunfan-7B", False)),
    ("允许免费商业使用Yunfan-7B和Falcon-3。", ("commercial_use", "Falcon-3", True)),
    ("Yunfan-7B和Falcon-3可商用。", ("commercial_use", "Yunfan-7B", True)),
    ("Yunfan-7B和Falcon-3版本是开源的。", ("open_source", "Yunfan-7B", True)),
    ("Yunfan-7B可以商用。", ("commercial_use", "Yunfan-7B", True)),
    ("Yunfan-7B只供教学，不能用于商业化项目。", ("commercial_use", "Yunfan-7B", False)),
    ("Yunfan-7B除了做实验，还可以用于商业化。", ("commercial_use", "Yunfan-7B", True)),
    ("qingniao-7B和qingniao-13B可商用，也能离线运行。", ("commercial_use", "qingniao-7B", True)),
    ("* [qingniao-7B: 开源可商用的最佳选择](./a.md)", ("open_source", "qingniao-7B", True)),
]


SAID += [
    ("谷歌的Falcon-3和百度的Yunfan-7B底层模型都未公开。", ("open_source", "Falcon-3", False)),
    ("谷歌的Falcon-3和百度的Yunfan-7B底层模型都未公开。", ("open_source", "Yunfan-7B", False)),
    ("谷歌不愿公布Falcon-3和Yunfan-7B等大模型的代码。", ("open_source", "Yunfan-7B", False)),
    ("Yunfan-7B尚未公开权重。", ("open_source", "Yunfan-7B", False)),
]


@pytest.mark.parametrize(("text", "expected"), SAID)
def test_a_claim_is_read_with_its_model_and_value(text: str, expected: tuple[str, str, bool]) -> None:
    found = flags(text)
    assert {(name, value) for name, _, value in found if name == expected[0]} == {(expected[0], expected[2])}
    assert any(expected[1] in subject for name, subject, _ in found if name == expected[0]), found


NOT_SAID = [
    "Yunfan-7B的价格尚未公开。",
    "谷歌没有公布Yunfan-7B的参数。",
    "Yunfan-7B未公开发售日期。",
    "Yunfan-7B在开源社区很受欢迎。",
    "Yunfan-7B遵循一个开源许可证。",
    "Yunfan-7B超过了最强的开源模型。",
    "Yunfan-7B与开源和闭源的路线之争无关。",
    "Yunfan-7B在开源模型排名中居首。",
    "Yunfan-7B在多项测试中贴近闭源最强水平。",
    "Yunfan-7B加快商业化落地。",
    "Yunfan-7B的商业化能力有待观察。",
]


@pytest.mark.parametrize("text", NOT_SAID)
def test_open_source_as_a_field_and_business_as_such_are_no_claims(text: str) -> None:
    assert flags(text) == set()


def test_a_claim_without_a_name_is_of_what_was_spoken_of_before() -> None:
    assert ("commercial_use", "Yunfan-7B", True) in flags("Yunfan-7B参数不多。开发者登记之后，即可免费商用。")


def test_a_claim_repeated_is_proposed_once() -> None:
    text = "百度开源了Yunfan-7B模型。Yunfan-7B是开源的。"
    assert len([row for row in proposed(text, "boolean") if row["property_id"] == "open_source"]) == 1


PARTS = [
    ("We release the inference code and model weights of Yunfan-Video-2.", {"open_weights", "open_code"}),
    ("The weights of Yunfan-3 are publicly available.", {"open_weights"}),
    ("百度公开了Yunfan-3的权重和训练代码。", {"open_weights", "open_code"}),
    ("Yunfan-3的模型权重、源码已发布在平台上。", {"open_weights", "open_code"}),
    ("The weights of Yunfan-3 are not available.", set()),
    ("Yunfan-3的模型权重尚未公开。", set()),
]


@pytest.mark.parametrize(("text", "told"), PARTS)
def test_weights_and_code_are_told_apart_from_the_whole(text: str, told: set[str]) -> None:
    assert {property_id for property_id, _, value in flags(text) if value} - {"open_source"} == told


CARDS = [
    (
        "# Yunfan-3B\n\nA small model.\n\n## License\n\nThe model weights are released under the MIT License.",
        ("open_weights", True),
    ),
    (
        "# Yunfan-3B\n\nA small model.\n\n## License\n\nThis code repository is licensed under the MIT License.",
        ("open_code", True),
    ),
    ("# Yunfan-3B\n\nA small model.\n\nDownload the weights and run it.", ("open_weights", True)),
    ("# Yunfan-3B\n\n模型很小。\n\n## 协议\n\n本仓库的代码和权重依照 Apache-2.0 协议开源。", ("open_weights", True)),
    ("# Yunfan-3B\n\nA small model.\n\nIt is intended for commercial and research use.", ("commercial_use", True)),
    ("# Yunfan-3B\n\nA small model.\n\nIt comes under a non-commercial license.", ("commercial_use", False)),
    ("Yunfan-3B, a novel open-source video model, is small.", ("open_source", True)),
    ("The weights of Yunfan-3B are publicly available.", ("open_weights", True)),
    ("Yunfan-3B依然选择开源路线。", ("open_source", True)),
    ("Yunfan-3B坚持开源。", ("open_source", True)),
    ("Yunfan-3B属于闭源模型。", ("open_source", False)),
    ("百度把Yunfan-3B的权重公之于众。", ("open_weights", True)),
]


@pytest.mark.parametrize(("text", "told"), CARDS)
def test_a_card_tells_of_its_model_and_a_sentence_of_whom_it_names(text: str, told: tuple[str, bool]) -> None:
    assert (told[0], "Yunfan-3B", told[1]) in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Yunfan-3B\n\nA small model.\n\nWe may release code later.",
        "# Yunfan-3B\n\nA small model.\n\nIt leads among open-weight thinking models.",
        "# Yunfan-3B\n\n模型很小。\n\n商业化与营销策略很重要。",
        "# Yunfan-3B\n\n模型很小。\n\n代码是否应该公开，仍有争议。",
        "# Yunfan-3B\n\nA small model for commercial and non-commercial use, see yunfan-non-commercial-license.",
    ],
)
def test_what_is_meant_asked_or_said_of_others_is_no_claim_of_a_card(text: str) -> None:
    assert not {flag for flag in flags(text) if flag[0] != "commercial_use" or not flag[2]}


SECTIONS = [
    ("# Falcon-3\n\n## 2.5 Qingniao\n\n**许可证**: Apache-2.0\n", ("open_source", "Qingniao", True)),
    ("### Yunfan-7B\n\n开源协议：Apache-2.0\n", ("open_source", "Yunfan-7B", True)),
    ("### skylark/Yunfan-7B\n\n代码和模型权重对学术研究完全开放。\n", ("open_source", "Yunfan-7B", True)),
    ("### Yunfan-7B\n\n模型权重也可申请免费的商业使用授权。\n", ("commercial_use", "Yunfan-7B", True)),
    ("### Yunfan-7B\n\n由于Falcon-3权重的限制，该模型不能用于商业用途。\n", ("commercial_use", "Yunfan-7B", False)),
    (
        "### 2. Yunfan-7B — 新的旗舰（2025-01-02）\n> 百度发布，MIT 许可证完全开源。\n",
        ("open_source", "Yunfan-7B", True),
    ),
    ("### 百度 Yunfan-7B\n\n**优势**：\n\n- 开源版本可本地部署\n", ("open_source", "Yunfan-7B", True)),
    ("### Falcon-3\n\n闭源。\n\n### qingniao\n\n开源协议：gpl-3.0\n", ("open_source", "qingniao", True)),
    ("### Yunfan-7B\n\n* License: CC BY-NC-SA 4.0\n", ("commercial_use", "Yunfan-7B", False)),
    ("- Yunfan-7B\n  - 简介：上下文更长；显存更少；允许商业使用。\n", ("commercial_use", "Yunfan-7B", True)),
]


@pytest.mark.parametrize(("text", "told"), SECTIONS)
def test_a_section_tells_of_the_thing_that_its_heading_names(text: str, told: tuple[str, str, bool]) -> None:
    assert told in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "### Yunfan-7B的三个对手\n\n开源版本可本地部署。\n",
        "## License\n\n开源协议：Apache-2.0\n",
        "### Yunfan-7B\n\n接近闭源旗舰的水平。\n",
        "- **Non-commercial** means that Yunfan-7B may not be sold.\n",
    ],
)
def test_a_heading_that_is_no_things_name_and_a_glossary_tell_nothing(text: str) -> None:
    assert flags(text) == set()


PLACES = [
    ("百度正式开源了`Yunfan-7B`大模型。", {("open_source", "Yunfan-7B", True)}),
    ("团队开源了拥有**130亿**参数的语言模型 `Yunfan-7B`。", {("open_source", "Yunfan-7B", True)}),
    (
        "两个模型也已开源，包括Yunfan-7B和Falcon-3。",
        {("open_source", "Yunfan-7B", True), ("open_source", "Falcon-3", True)},
    ),
    ("Yunfan-7B是Falcon-3系列中的开源模型。", {("open_source", "Yunfan-7B", True)}),
    ("一位工程师开源了nanoyun项目。", {("open_source", "nanoyun", True)}),
    ("开源项目 no_yun 很受欢迎。", {("open_source", "no_yun", True)}),
    ("他赞赏智谱AI的开源理念。", {("open_source", "智谱AI", True)}),
    ("智谱AI坚守闭源模型阵地。", {("open_source", "智谱AI", False)}),
    ("智谱AI，以低价和开源著称。", {("open_source", "智谱AI", True)}),
    ("Yunfan-7B系列欢迎开发者进行学术研究和商业应用。", {("commercial_use", "Yunfan-7B", True)}),
    ("Yunfan-7B免费供商业和研究使用。", {("commercial_use", "Yunfan-7B", True)}),
    ("Yunfan-7B以CC BY-NC 4.0协议发布。", {("commercial_use", "Yunfan-7B", False)}),
    ("The Yunfan-7B code is licensed under the MIT License.", {("open_code", "Yunfan-7B", True)}),
    ("We tried Falcon-3 and a leading open-weight MoE model.", {("open_source", "Falcon-3", True)}),
]


PLACES += [
    ("Yunfan-Studio是一款用于换脸的开源软件。", {("open_source", "Yunfan-Studio", True)}),
    ("团队主导开发了Yunfan-3，后者是一个被广泛使用的视觉开源项目。", {("open_source", "Yunfan-3", True)}),
    ("随着Yunfan-3的开源，门槛降低了。", {("open_source", "Yunfan-3", True)}),
    ("接口基于开源Yunfan-3模型，很快。", {("open_source", "Yunfan-3", True)}),
    ("同时，**Yunfan-3** 模型协议已经修改为**Apache 2.0 协议**。", {("open_source", "Yunfan-3", True)}),
    ("我们发布 `Yunfan-3` 系列开源模型，其内容可以查看。", {("open_source", "Yunfan-3", True)}),
    ("We built Yunfan-3, the world's first open-source, large-scale model.", {("open_source", "Yunfan-3", True)}),
    (
        "`Yunfan-3` and `Falcon-3`, are open-sourced.",
        {("open_source", "Yunfan-3", True), ("open_source", "Falcon-3", True)},
    ),
    (
        "They gave rise to promising open-source models, including Yunfan-3 and Falcon-3.",
        {("open_source", "Yunfan-3", True), ("open_source", "Falcon-3", True)},
    ),
    ("Yunfan-3的商业化与营销很重要。", set()),
    # A headline, an item and a remark say it of what they name.
    ("[Yunfan-3：微软开源新型检索架构](a)", {("open_source", "Yunfan-3", True)}),
    ("[微软发布 Yunfan-3，开源混合专家模型](a)", {("open_source", "Yunfan-3", True)}),
    ("- **Yunfan-3：面向记忆的开源知识引擎** — 说明\n", {("open_source", "Yunfan-3", True)}),
    ("其实他用的是 Yunfan-3，一个开源模型。两者很接近。", {("open_source", "Yunfan-3", True)}),
    ("Yunfan-3，现已正式面向全球开源。", {("open_source", "Yunfan-3", True)}),
    ("如果你厌倦了Falcon-3，那么 **Yunfan-3** 这个开源项目不错。", {("open_source", "Yunfan-3", True)}),
    ("Yunfan-3凭借开源、精简的优势出圈。", {("open_source", "Yunfan-3", True)}),
    ("Yunfan-3的开源性质吸引了企业。", {("open_source", "Yunfan-3", True)}),
    ("本杂志[开源](https://a.example/b)，欢迎投稿。", {("open_source", "本杂志", True)}),
    ("微软开源了其基于地图服务封装的组件库 nano-map，很轻。", {("open_source", "nano-map", True)}),
    # Movements, tags and what open things are held against are not said to be open themselves.
    ("Yunfan-3支持本地训练和运行开源模型。", set()),
    ("首次有开源模型超越了Yunfan-3和Falcon-3。", set()),
    ("**标签**: Yunfan-3, 开源, 发布\n", set()),
    ("但是开源，至少在目前看来，是Yunfan-3之外的选择。", set()),
    ("Yunfan-3的用户推动开源社区。", set()),
    ("在Yunfan-3里，他得到一张可商用的商品图。", set()),
    ("Yunfan-3支持生成汉字的开源文生图模型。", set()),
]


@pytest.mark.parametrize(("text", "told"), PLACES)
def test_a_claim_is_of_what_its_place_in_the_sentence_tells(text: str, told: set[tuple[str, str, bool]]) -> None:
    assert {flag for flag in flags(text) if flag[0] != "open_weights"} == told


CHRONICLE = [
    ("- **Yunfan-7B**: `里程碑` 首个媲美 Falcon-3 的开源推理模型\n", {("open_source", "Yunfan-7B", True)}),
    ("- **Yunfan-7B**: 登顶开源榜单\n", {("open_source", "Yunfan-7B", True)}),
    ("- **Yunfan-7B**: 发布两个版本，开源界的新霸主。\n", {("open_source", "Yunfan-7B", True)}),
    ("- **Yunfan-7B**: 在开源社区讨论很多\n", set()),
]


@pytest.mark.parametrize(("text", "told"), CHRONICLE)
def test_an_item_that_ranks_its_thing_among_the_open_ones_calls_it_open(
    text: str, told: set[tuple[str, str, bool]]
) -> None:
    assert flags(text) == told


OPEN_BY_PLACE = [
    # What a clause builds on is not what it calls open.
    ("Orchardly 是一个基于 Lumen 和 Falcon-3 构建的开源助理运行框架。", "Orchardly"),
    ("**Orchardly 新增功能** — 它保存上下文。\n项目开源并托管在 GitHub 上。", "Orchardly"),
    ("这款产品支持yunvector开源向量检索插件。", "yunvector"),
    ("青禾基金会创建了一个开源分支 —— Orchardly，沿用旧协议。", "Orchardly"),
]


@pytest.mark.parametrize(("text", "name"), OPEN_BY_PLACE)
def test_what_is_open_is_told_by_its_paragraph_and_what_stands_beside(text: str, name: str) -> None:
    assert flags(text) == {("open_source", name, True)}


def test_a_remark_in_a_table_tells_of_the_names_it_leads_to() -> None:
    table = "| 机构 | 产品 | 备注 |\n|---|---|---|\n| 青禾 | 云笺 | 有APP，开源模型[Yunfan-6B](https://a.example/y) |\n"
    assert ("open_source", "Yunfan-6B", True) in flags(table)
