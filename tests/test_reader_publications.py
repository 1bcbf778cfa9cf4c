"""Reports and papers: who brought them out, and when."""

import pytest

from tests.proposing import events, relations

TOLD = [
    (
        "微软4月15日发布《2024年青禾指数报告》，共500页。",
        ("published", "2024年青禾指数报告", "2025-04-15"),
        ("developer", "2024年青禾指数报告", "微软"),
    ),
    (
        "腾讯日前联合发布《青禾发展研究》。",
        ("published", "青禾发展研究", None),
        ("developer", "青禾发展研究", "腾讯"),
    ),
    (
        "谷歌5日发布了《青禾网络展望》和《云帆系统特征》等技术方案。",
        ("published", "云帆系统特征", "2025-06-05"),
        ("developer", "青禾网络展望", "谷歌"),
    ),
    (
        "《青禾蓝皮书》近日正式发布，微软参与。",
        ("published", "青禾蓝皮书", None),
        None,
    ),
]


@pytest.mark.parametrize(("text", "event", "maker"), TOLD)
def test_a_report_is_published_by_whom_its_sentence_names(
    text: str, event: tuple[str, str, str | None], maker: tuple[str, str, str] | None
) -> None:
    assert event in events(text)
    assert maker is None or maker in relations(text)


@pytest.mark.parametrize(
    "text", ["导演张三5日发布《青禾地球》预告片。", "微软5日发布《青禾管理办法》。", "微软引用了《青禾报告》。"]
)
def test_films_instruments_and_what_is_only_cited_are_not_published(text: str) -> None:
    assert not [event for event in events(text) if event[0] == "published"]
