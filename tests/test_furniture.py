"""What is not the article is cut and told; what may be of it stays."""

import json
import re
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl import furniture
from etl.documents import Document, read_document
from etl.furniture import body_of, find_cuts

ARTICLE = """\
山岚模型发布

甲公司今日发布山岚大模型，参数规模达到一千七百亿，训练数据约三万亿词元，价格为每百万词元两元，较上一代下降四成。

公司负责人在会上表示，该模型已经通过备案，将向企业开放接口，并计划在明年推出面向个人的版本，同时开放部分权重。
"""


def of(text: str) -> Document:
    return read_document(text.encode(), name="a.md")


def kept(text: str) -> str:
    document = of(text)
    return "".join(document.text[a:b] for a, b in document.body)


def reasons(text: str) -> set[str]:
    return {cut.reason for cut in of(text).cuts}


def test_an_article_by_itself_is_not_cut() -> None:
    assert of(ARTICLE).cuts == ()
    assert of(ARTICLE).body == ((0, len(ARTICLE)),)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("首页 > 科技 > 正文", "navigation"),
        ("当前位置：首页 > 新闻中心", "navigation"),
        ("某某网首页 › 科技号 › 正文 申请入驻", "navigation"),
        ("12\n分享至", "share buttons"),
        ("Share this article", "share buttons"),
        ("阅读量**67688**", "page counters"),
        ("阅读： 1,604", "page counters"),
        ("特别声明：以上内容由用户上传并发布，本平台仅提供信息存储服务。", "declaration"),
        ("Notice: The content above is uploaded by a user.", "declaration"),
        ("**免责声明：** 本文不构成投资建议。", "declaration"),
        ("本文仅代表作者个人观点，与本站无关。", "declaration"),
        ("扫码关注某某公众号", "advert"),
        ("点击阅读原文", "advert"),
        ("**关注我们**", "advert"),
        ("（责任编辑：张三）", "editor credits"),
        ("编辑 | 张三", "editor credits"),
        ("某某日报记者 张三 编辑 李四 校对 王五", "editor credits"),
        ("Copyright © 2024 Some Company", "copyright"),
        ("京ICP备12345678号", "copyright"),
        ("发布时间：2024-05-06 10:20", "page data"),
        ("![图](https://a.b/c1200.png)", "image"),
    ],
)
def test_a_line_of_furniture_is_cut_and_nothing_else(line: str, reason: str) -> None:
    for text in (f"{line}\n\n{ARTICLE}", f"{ARTICLE}\n{line}\n"):
        assert reasons(text) == {reason}
        assert kept(text).strip() == ARTICLE.strip()


def first_characters(parsed: Any) -> tuple[set[int], bool]:
    """Return the code points that a parsed pattern may begin with, and whether it may be empty."""
    found: set[int] = set()
    for operation, value in parsed:
        name = str(operation)
        if name == "LITERAL":
            return found | {value}, False
        if name == "IN":
            digits = any(str(kind) == "CATEGORY" for kind, _ in value)
            return found | {v for kind, v in value if str(kind) == "LITERAL"} | ({ord("7")} if digits else set()), False
        branches = value[1] if name == "BRANCH" else [value[-1]]
        parts = [first_characters(branch) for branch in branches]
        found |= set().union(*(part for part, _ in parts))
        if not any(empty for _, empty in parts) and not (name.endswith("REPEAT") and value[0] == 0):
            return found, False
    return found, True


def test_the_first_characters_of_all_forms_are_listed() -> None:
    for forms in furniture._KINDS.values():
        for form in forms:
            characters, empty = first_characters(_parser.parse(form))
            assert not empty, form
            for character in map(chr, characters):
                assert re.match(f"[{furniture._FIRST}]", character), (form, character)


@pytest.mark.parametrize(
    "line",
    [
        "首页改版后，点击量达到 300 万次。",
        "分享至少三个案例，是本次会议的要求。",
        "该公司发布声明：将投入 20 亿元。",
        "来源：甲公司披露的数据显示，收入增长 30%。",
        "编辑部共有 50 人。",
        "记者 3 日从会上获悉，规模达 100 亿元。",
        "广告收入达到 12 亿元。",
        "阅读器销量 300 万台。",
        "更多推荐的模型有 7 款。",
        "2024年5月6日，模型发布。",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(line: str) -> None:
    assert line in kept(f"{ARTICLE}\n{line}\n\n{ARTICLE}")


HEADLINES = [f"某明星夜跑{n}公里晒{n}万元手表\n\n八卦社{n}\n2024-05-0{n} 10:0{n}:00\n" for n in range(1, 7)]


@pytest.mark.parametrize(
    "heading", ["相关推荐\n热点推荐\n", "### 延伸阅读\n", "【往期回顾】\n", "Related articles\n", ""]
)
def test_headlines_after_the_end_are_cut_to_the_last(heading: str) -> None:
    text = ARTICLE + "\n" + heading + "".join(HEADLINES) + ("科技要闻\n\n某厂净赚9亿元\n" if heading else "")
    assert kept(text).strip() == ARTICLE.strip()
    assert reasons(text) == {"related links"}


def test_a_list_of_links_between_two_items_ends_where_prose_goes_on() -> None:
    text = (
        f"# 早报\n\n## 其一\n\n{ARTICLE}\n相关链接：\n- [https://a.b/1](https://a.b/1)\n\n---\n\n## 其二\n\n{ARTICLE}"
    )
    assert kept(text).count("参数规模达到一千七百亿") == 2
    assert "a.b" not in kept(text)
    assert "其二" in kept(text)


@pytest.mark.parametrize("last", ["责任编辑：张三", "（完）", "— END —"])
def test_what_follows_the_last_line_is_cut_unless_it_is_prose(last: str) -> None:
    ticker = "\n某网公众号\n24小时滚动播报\n05-07 某股 301000 12.5\n"
    assert kept(f"{ARTICLE}\n{last}\n{ticker}").replace(last, "").strip() == ARTICLE.strip()
    assert kept(f"{ARTICLE * 2}\n{last}\n\n{ARTICLE}").count("一千七百亿") == 3


def test_wrapped_prose_under_such_a_heading_stays() -> None:
    wrapped = "".join(f"第{n}家公司的模型\n参数为{n}亿。它的\n价格下降了。\n" for n in range(1, 40))
    assert "第39家" in kept(f"{ARTICLE}\n相关链接\n{wrapped}")


def test_runs_of_links_are_navigation_and_a_single_link_is_not() -> None:
    menu = "".join(f"* [栏目{n}](https://a.b/c{n})\n" for n in range(5))
    assert kept(menu + "\n" + ARTICLE).strip() == ARTICLE.strip()
    assert "山岚 7B" in kept(f"* [山岚 7B](https://a.b/m)\n\n{ARTICLE}")


def test_front_matter_is_cut_but_for_its_title_and_summary() -> None:
    text = '---\ntitle: "山岚有 70 亿参数"\ndate: 2024-05-06\ntags: [a, b]\nsummary: 价格降 3 成\n---\n\n' + ARTICLE
    assert kept(text).startswith("山岚有 70 亿参数价格降 3 成\n")
    assert of(text).date == "2024-05-06"
    assert of("---\n\n文字一段\n\n---\n\n" + ARTICLE).cuts == ()


def test_references_at_the_end_are_cut() -> None:
    listed = "[1] 张三. 大模型综述[J]. 2023, 12(3): 1-20.\n[2] Li, S. (2024) Models. 5, 7B-70B.\n[3] 王五. 2022.\n"
    for heading in ("参考文献\n\n", "## References\n\n", ""):
        assert kept(ARTICLE * 3 + "\n" + heading + listed).strip() == (ARTICLE * 3).strip()
    with_appendix = kept(ARTICLE * 3 + "\n参考文献\n\n" + listed + "\n附录 A\n\n参数为 7B。\n")
    assert "参数为 7B" in with_appendix
    assert "张三" not in with_appendix


ITEM = "## 某地多措并举促消费\n\n本报讯（记者张三）日前，记者获悉，某地零售总额达 44 万亿元，同比增长 3.5%。\n\n"


def test_further_items_of_a_newspaper_page_are_cut_where_they_are_of_another_field() -> None:
    page = f"# 大模型这一年\n\n## 从实验室到应用\n\n{ARTICLE}\n## 商业化\n\n{ARTICLE}\n"
    photo = "## 商场清仓\n\n19日，商场停业。\n\n某社记者 李四摄\n"
    assert kept(page + ITEM + photo).strip() == page.strip()
    assert reasons(page + ITEM) == {"another news item"}
    of_the_field = ITEM.replace("零售总额", "人工智能产值")
    assert kept(page + of_the_field) == page + of_the_field
    assert kept(page + ITEM.replace("本报讯（记者张三）", "")) == page + ITEM.replace("本报讯（记者张三）", "")


def test_page_heads_and_numbers_are_cut_and_a_column_of_numbers_is_not() -> None:
    pages = "".join(f"模型学报\n{ARTICLE * 2}续{n}\n{n}\n" for n in range(11, 15))
    assert reasons(pages) == {"page head", "page number"}
    assert "模型学报" not in kept(pages)
    column = "模型\n参数\n山岚\n1\n云帆\n2\n青鸟\n3\n"
    assert column in kept(ARTICLE + "\n" + column)


def test_body_is_what_the_cuts_leave() -> None:
    text = "分享至\n正文甲。\n\n扫码关注公众号\n\n正文乙。\n"
    assert [text[a:b].strip() for a, b in body_of(text, find_cuts(text))] == ["正文甲。", "正文乙。"]


def test_no_fact_of_the_development_texts_is_cut(dev_texts: Path) -> None:
    for told in json.loads((dev_texts / "gold.json").read_text(encoding="utf-8")):
        body = read_document(dev_texts / f"{told['id']}.txt").body
        for fact in told["facts"]:
            also = [p if isinstance(p, dict) else {"start": p[0], "end": p[1]} for p in fact.get("also", [])]
            places = [fact, *also]
            for place in places:
                if place.get("start") is not None:
                    assert any(a <= place["start"] and place["end"] <= b for a, b in body), (told["id"], fact["raw"])


def test_what_follows_the_first_articles_is_cut(articles: Path) -> None:
    read = {path.name[:3]: read_document(path) for path in sorted(articles.iterdir())}
    ends = {name: [c.reason for c in d.cuts if c.end == len(d.text)] for name, d in read.items()}
    assert ends["001"] == ["related links"]
    assert ends["002"] == ["another news item"]
    assert [c.reason for c in read["002"].cuts] == ["another news item"]
    assert read["000"].cuts[0].reason == "front matter"
    assert read["003"].cuts == ()
    assert len(read["004"].body) > 1


LETTERS = st.sampled_from(list("相关推荐模型参考文献[1](2024-05-06)#* -\n\n。，：首页>第二亿\f|!"))


@given(st.lists(LETTERS, max_size=400).map("".join))
def test_cuts_are_in_order_apart_and_leave_the_body(text: str) -> None:
    position = 0
    for cut in find_cuts(text):
        assert position <= cut.start < cut.end <= len(text)
        position = cut.end
    assert sum(b - a for a, b in body_of(text, find_cuts(text))) <= len(text)


HOSTILE = (
    "[a](b)" * 30 + "x\n",
    "[" * 200 + "\n",
    "首页 - a - b - c - d - e - f - g - h - i - j - k。\n",
    "相关推荐\n短句。\n",
    "参考文献\n",
    "2024-05-06\n",
    "## 甲\n\n本报讯（记者乙）丙。\n",
    "1\n2\n3\n",
    " ",
    "#",
    "\n",
    "\f\n",
    "阅读11111111111111111111",
    "> > > > 正文",
    "2024年 ",
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_hostile_text_is_read_and_cut_inside_itself(unit: str) -> None:
    document = read_document(("甲" + unit * (20_000 // len(unit) + 1)).encode(), name="a.md")
    assert all(0 <= cut.start < cut.end <= len(document.text) for cut in document.cuts)
    assert all(start < end for start, end in document.body)
