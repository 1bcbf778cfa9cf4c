"""Six questions of a journalist, each answered from the home page in three clicks at most."""

from collections.abc import Callable

import pytest

from tests.browsing import Page

MOST_CLICKS = 3


class Walk:
    """A way through the site by links alone, which counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = 0

    def click(self, text: str) -> None:
        """Follow the first link that can be seen and says just this."""
        link = self.page.get_by_role("link", name=text, exact=True).locator("visible=true").first
        with self.page.expect_navigation():
            link.tap() if self.page.evaluate("navigator.maxTouchPoints") else link.click()
        self.clicks += 1

    def sees(self, text: str) -> bool:
        """Tell whether the page's content shows a text."""
        return bool(self.page.locator("main").get_by_text(text).locator("visible=true").count())


Visit = Callable[..., Page]
QUESTIONS = [
    ("zh", ["哪些开源模型的参数超过千亿？"], ["文心一言", "2600亿"]),
    ("en", ["Which open models exceed 100 billion parameters?"], ["ERNIE Bot", "2600亿"]),
    ("zh", ["各来源怎么说 GPT-4 的规模？"], ["GPT-4", "1.8万亿", "常永波 等（2024）"]),
    ("en", ["What does each source say of GPT-4's size?"], ["GPT-4", "1.8万亿", "Chang Yongbo et al. (2024)"]),
    ("zh", ["讯飞星火上线之初有多少用户？"], ["讯飞星火", "突破100万"]),
    ("en", ["How many users had iFlytek Spark in its first hours?"], ["iFLYTEK Spark", "突破100万"]),
    ("zh", ["上海给出哪些政策？"], ["上海", "奖励先进模型研发"]),
    ("en", ["What does Shanghai offer?"], ["Shanghai", "Rewards advanced models"]),
    ("zh", ["谁报道了 OpenAI 2024 年的成本？", "85亿美元"], ["85亿美元", "大模型这一年", "中国城市报", "据媒体报道"]),
    ("en", ["Who reported OpenAI's cost in 2024?", "85亿美元"], ["85亿美元", "The year in large models", "中国城市报"]),
    ("zh", ["哪些数字存疑？"], ["通义千问", "100万亿", "高于可信"]),
    ("en", ["Which figures are doubted?"], ["Tongyi Qianwen", "100万亿", "above the plausible bound"]),
]
"""A visitor's language, the links to follow from the home page, and what then must be seen."""


@pytest.mark.parametrize(("language", "links", "answer"), QUESTIONS)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_question_is_answered_in_three_clicks(
    visit: Visit, language: str, links: list[str], answer: list[str], size: str
) -> None:
    walk = Walk(visit("/", language, size))
    for link in links:
        walk.click(link)
    assert [text for text in answer if not walk.sees(text)] == []
    assert walk.clicks <= MOST_CLICKS


@pytest.mark.parametrize(
    ("language", "links", "said"),
    [
        ("zh", ["哪些开源模型的参数超过千亿？", "2600亿"], "常永波 等（2024）"),
        ("en", ["What does each source say of GPT-4's size?", "1.8万亿"], "Chang Yongbo et al. (2024)"),
        ("zh", ["模型", "LLaMA", "7B-65B"], "字符 5710–5716"),
        ("en", ["Models", "LLaMA", "7B-65B"], "characters 5710–5716"),
        ("zh", ["哪些数字存疑？", "100万亿"], "100万亿"),
    ],
)
def test_a_figure_leads_to_its_evidence_in_three_taps(visit: Visit, language: str, links: list[str], said: str) -> None:
    walk = Walk(visit("/", language, "phone"))
    for link in links:
        walk.click(link)
    assert "/-/evidence/" in walk.page.url
    assert walk.sees(said)
    assert walk.page.locator("h1.value").inner_text().startswith(links[-1])
    assert walk.clicks <= MOST_CLICKS
