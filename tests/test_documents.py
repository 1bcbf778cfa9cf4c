"""Documents of every format are read into one text, and say when, where and by whom only what they print."""

import contextlib
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document_text import MAX_BYTES
from etl.documents import Document, DocumentError, read_document
from etl.extract import extract, one_document
from etl.tables import find_tables
from etl.text import TextError, read_text

SIMPLIFIED = "甲公司发布山岚大模型，参数规模达到一千亿。这个产业的发展，与数据、芯片和应用有关。\n"
TRADITIONAL = "甲公司發布「山嵐」大模型，參數規模達到一千億。這個產業的發展，與資料、晶片和應用有關。\n"


def of(text: str, name: str = "a.txt") -> Document:
    return read_document(text.encode(), name=name)


@pytest.mark.parametrize(
    ("text", "encoding", "extractor", "language"),
    [
        (SIMPLIFIED, "utf-8", "utf-8@1", "zh"),
        (SIMPLIFIED, "utf-8-sig", "utf-8@1", "zh"),
        (SIMPLIFIED, "gbk", "gb18030@1", "zh"),
        (SIMPLIFIED, "utf-16", "utf-16-le@1", "zh"),
        (TRADITIONAL, "utf-8", "utf-8@1", "zh-Hant"),
        (TRADITIONAL, "big5", "big5@1", "zh-Hant"),
        (TRADITIONAL, "gb18030", "gb18030@1", "zh-Hant"),
        ("The model has 70 billion parameters.\n", "utf-8", "utf-8@1", "en"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(text: str, encoding: str, extractor: str, language: str) -> None:
    document = read_document(text.encode(encoding), name="a.txt")
    assert (document.text, document.extractor, document.language) == (text, extractor, language)


def test_newlines_stay_as_they_are() -> None:
    text = "第一行\r\n第二行\r第三行\n\u2028末行"
    assert of(text).text == text


@pytest.mark.parametrize(
    ("data", "name", "told"),
    [
        (b"", "a.txt", "no text in it"),
        (b" \n\t", "a.md", "no text in it"),
        (b"\xff\xfa\x81" * 9, "a.txt", "byte 0 (0xff) is not UTF-8"),
        (b"ab\x00cd", "a.bin", "NUL"),
        (b"%PDF-1.4 nothing", "a.pdf", "a broken PDF"),
        (b"no pdf at all", "a.pdf", "not a .pdf file (begins b'no pdf a')"),
        (b"PK\x03\x04rest", "a.docx", "a broken .docx file"),
        (b"PK\x03\x04rest", "a.xlsx", "a zip archive named '.xlsx'"),
        (b"<html><body></body></html>", "a.html", "no article found"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_name_value_and_cure(data: bytes, name: str, told: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(data, name=name)
    assert str(caught.value).startswith(f"{name}: ")
    assert told in str(caught.value)
    assert caught.value.cure in str(caught.value)
    assert isinstance(caught.value, TextError)


def test_a_file_beyond_the_limit_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MAX_BYTES, "text", 10)
    with pytest.raises(DocumentError, match="11 bytes; split it: at most 10 bytes"):
        read_document(b"x" * 11, name="a.txt")


PAGE = """<html><head><meta charset="{charset}"><title>山岚模型降价 - 某某网</title>
<meta name="author" content="李四"><meta property="og:site_name" content="某某网">
<meta property="article:published_time" content="2024-05-06T08:00:00+08:00"></head>
<body><nav><a href="/">首页</a></nav><article><h1>山岚模型降价</h1>
<p>五月六日，甲公司宣布下调山岚模型的接口价格，其中最大降幅达到百分之九十，业内视之为一场价格战的开端。</p>
<table><tr><th>模型</th><th>价格（元/百万tokens）</th></tr><tr><td>山岚</td><td>2.5</td></tr><tr><td>云帆</td><td>3</td></tr></table>
<p>分析人士认为，价格下降将推动应用落地，但也给中小公司带来压力，需要以更高的效率来维持业务的运转。</p></article>
<footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("big5", "utf-8")])
def test_a_web_page_gives_its_article_table_and_metadata(charset: str, encoding: str) -> None:
    document = read_document(PAGE.format(charset=charset).encode(encoding), name="a.html")
    assert document.format == "html"
    assert document.extractor.startswith("trafilatura-")
    assert (document.title, document.publisher, document.author) == ("山岚模型降价", "某某网", "李四")
    assert (document.date, document.date_basis) == ("2024-05-06", "page metadata")
    assert "首页" not in document.text
    (table,) = find_tables(document.text, document.body)
    assert [[c.text for c in row] for row in table.rows] == [["山岚", "2.5"], ["云帆", "3"]]
    assert table.columns[1].unit_text == "元/百万tokens"


def word_file() -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("季度模型报告", 1)
    document.add_paragraph("发布日期：2024年6月1日")
    document.add_paragraph("甲公司发布山岚模型。")
    table = document.add_table(rows=3, cols=3)
    for r, row in enumerate([("类别", "模型", "参数（亿）"), ("文本", "山岚", "70"), ("", "云帆", "130")]):
        for c, value in enumerate(row):
            table.cell(r, c).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("表后一段。")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_file_gives_headings_paragraphs_and_tables_in_order() -> None:
    document = read_document(word_file(), name="a.docx")
    assert document.text.startswith("# 季度模型报告\n\n发布日期")
    assert document.text.endswith("表后一段。")
    assert (document.title, document.date, document.date_basis) == ("季度模型报告", "2024-06-01", "published")
    (table,) = find_tables(document.text, document.body)
    assert [[c.text for c in row] for row in table.rows] == [["文本", "山岚", "70"], ["文本", "云帆", "130"]]


def pdf_file(pages: list[list[str]]) -> bytes:
    """Return a PDF whose lines are UTF-16 text in one of the fonts that each reader knows."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{' '.join(f'{5 + 2 * i} 0 R' for i in range(len(pages)))}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>>>",
    ]
    for i, lines in enumerate(pages):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj 0 -18 Td " for line in lines)
        stream = f"BT /F1 12 Tf 50 800 Td {shown}ET" if lines else ""
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents {6 + 2 * i} 0 R>>"
        )
        objects.append(f"<</Length {len(stream)}>>stream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


def test_a_pdf_gives_its_text_without_heads_and_page_numbers() -> None:
    story = [f"第{n}段讲山岚模型的参数与数据，以及它在各行各业的应用。" for n in "一二三四五六七八九十"]
    pages = [
        ["模型观察", *(line[:-1] + mark for line in story), str(page)]
        for page, mark in ((7, "甲"), (8, "乙"), (9, "丙"))
    ]
    document = read_document(pdf_file(pages), name="a.pdf")
    assert document.extractor.startswith("pypdf-")
    assert "第三段讲山岚模型的参数与数据" in document.text
    kept = "".join(document.text[a:b] for a, b in document.body)
    assert "模型观察" not in kept
    assert {cut.reason for cut in document.cuts} == {"page head", "page number"}


def test_a_pdf_of_pictures_is_refused_with_the_cure() -> None:
    with pytest.raises(DocumentError, match=r"no text layer in its 2 pages; run OCR"):
        read_document(pdf_file([[], []]), name="scan.pdf")


def test_read_text_gives_the_canonical_text_of_each_format(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(word_file())
    assert read_text(path) == read_document(path).text
    with pytest.raises(TextError, match="check the path"):
        read_text(tmp_path / "none.txt")


def test_a_folder_is_read_in_order_and_one_bad_file_spoils_no_other(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfa\x81" * 9)
    (tmp_path / "c.md").write_text(SIMPLIFIED, encoding="utf-8")
    (tmp_path / ".hidden").write_text("x", encoding="utf-8")
    read = list(extract([tmp_path, tmp_path / "none.txt"]))
    assert [Path(one.name).name for one in read] == ["a.txt", "2.txt", "c.md", "none.txt"]
    assert [one.error is None for one in read] == [False, True, True, False]


def test_standard_input_is_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SIMPLIFIED.encode("gbk"))))
    document = one_document("-")
    assert (document.name, document.text) == ("<stdin>", SIMPLIFIED)


BODY = "\n\n" + "甲公司在会上介绍了新模型，并说明了它的用途和价格。" * 8 + "\n\n"


@pytest.mark.parametrize(
    ("text", "date", "basis"),
    [
        ("---\ntitle: 题\ndate: 2024-05-06T10:00:00+08:00\n---\n正文。", "2024-05-06", "front matter"),
        ("+++\ntitle = '题'\ndate = 2024-05\n+++\n正文。", "2024-05", "front matter"),
        ("---\ntitle: 题\nyear: 2023\ndate: 2024\n---\n正文。", "2024", "front matter"),
        ("标题一行\n\n发布时间：2024年5月6日 10:20 来源：某网" + BODY, "2024-05-06", "published"),
        ("Some title\n\nPublished on May 6, 2024" + BODY, "2024-05-06", "published"),
        ("Some title\n\nPublished 6 May 2024" + BODY, "2024-05-06", "published"),
        ("标题一行\n\n机器观察 2024-05-06 10:20 北京" + BODY, "2024-05-06", "timestamp"),
        ("标题一行\n\n2024年5月6日" + BODY, "2024-05-06", "date line"),
        ("标题一行\n\n[2024-05-06](https://a.b/c)[某人](https://a.b/d)" + BODY, "2024-05-06", "date line"),
        ("标题一行\n\n新华社北京2024年5月6日电" + BODY, "2024-05-06", "dateline"),
        ("标题一行\n\n某某网讯 5月6日消息，甲公司发布模型。" + BODY, "--05-06", "dateline"),
        ("BEIJING, May 6, 2024 (Wire) -- A model was released.\n", "2024-05-06", "dateline"),
        ("某市管理办法\n\n（2024年5月6日市政府第3次会议通过，自2024年7月1日起施行）" + BODY, "2024-05-06", "issued"),
        ("某市措施\n\n成文日期：2024-05-06　发布日期：2024-05-09" + BODY, "2024-05-09", "published"),
        ("某市通知" + BODY + "某市人民政府\n\n2024年5月6日\n", "2024-05-06", "signed"),
        ("某市通知" + BODY * 12 + "某市人民政府\n\n二〇二四年五月十六日\n", "2024-05-16", "signed"),
        ("某市通知" + BODY * 12 + "某市人民政府办公厅 2024年5月6日印发\n", "2024-05-06", "printed"),
        ("摘要" + BODY + "Copyright © 2024 by the authors\n", "2024", "copyright"),
        ("摘要" + BODY + "https://doi.org/10.12345/xy.2024.12345\n", "2024", "doi"),
        ("摘要" + BODY + "Copyright © 2019-2024 某公司\n", None, None),
        ("2024年5月6日，甲公司发布模型。" + BODY, None, None),
        ("标题一行\n\n- 发布时间：2023-03-14\n- 参数：70亿" + BODY, None, None),
        ("标题一行\n\n会议时间：2024年5月6日" + BODY, None, None),
        ("标题一行\n\n2022年1月1日\n\n甲。\n\n2023年1月1日\n\n乙。\n\n2024年1月1日\n\n丙。" + BODY, None, None),
        ("标题一行" + BODY + "自2024年5月6日起施行。", None, None),
    ],
)
def test_the_date_is_the_printed_one_and_never_guessed(text: str, date: str | None, basis: str | None) -> None:
    document = of(text)
    assert (document.date, document.date_basis) == (date, basis)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "甲：乙"\n---\n# 丙\n', "甲：乙"),
        ("# 山岚发布\n\n## 背景\n", "山岚发布"),
        ("## 只有一个二级标题\n\n正文。\n", "只有一个二级标题"),
        ("## 第一条\n\n甲。\n\n## 第二条\n\n乙。\n", None),
        ("**山岚介绍**\n\n甲公司。\n", "山岚介绍"),
        ("首页 > 科技 > 正文\n\n山岚模型发布了\n\n甲公司昨日宣布。\n", "山岚模型发布了"),
        ("摘要\n\n本文讨论模型。\n", None),
        (
            "发文机关：某市政府\n标　　题：某市人工智能行动方案\n发布日期：2024年5月6日\n\n各区：\n",
            "某市人工智能行动方案",
        ),
        ("公司：甲公司\n成立：2021年\n融资：3亿元\n", None),
        ("单位：亿元\n\n| 年份 | 收入 |\n|--|--|\n| 2023 | 1 |\n", None),
        ("甲公司昨日宣布，其模型将降价。\n\n业内关注。\n", None),
    ],
)
def test_the_title_is_a_heading_or_a_first_line_that_looks_like_one(text: str, title: str | None) -> None:
    assert of(text).title == title


@pytest.mark.parametrize(
    ("text", "publisher", "author"),
    [
        ("标题一行\n\n来源：某某日报 作者：张三 2024-05-06" + BODY, "某某日报", "张三"),
        ("标题一行\n\n■江城日报记者 李小四" + BODY, "江城日报", "李小四"),
        ("标题一行\n\n文/王五" + BODY, None, "王五"),
        ("标题一行\n\n**赵六博士/文** 今天谈模型。" + BODY, None, "赵六博士"),
        ("标题一行" + BODY + "记者 | 钱七\n\n编辑 | 孙八\n", None, "钱七"),
        ("A title\n\nBy Jane Q. Doe\n\nA model was released.\n", None, "Jane Q. Doe"),
        ("标题一行\n\n> 转载自 [某号](https://a.b)" + BODY, "某号", None),
        ("标题一行" + BODY, None, None),
    ],
)
def test_publisher_and_author_are_those_printed(text: str, publisher: str | None, author: str | None) -> None:
    document = of(text)
    assert (document.publisher, document.author) == (publisher, author)


def test_the_development_texts_keep_their_titles_and_dates(dev_texts: Path) -> None:
    gold = {d["id"]: d for d in json.loads((dev_texts / "gold.json").read_text(encoding="utf-8"))}
    for name, told in gold.items():
        document = read_document(dev_texts / f"{name}.txt")
        if document.date and not document.date.startswith("-"):
            assert document.date == told["date"], name
        if told["genre"] not in ("digest", "table"):
            assert document.title == told["title"], name


@given(st.text(max_size=300))
def test_any_text_is_read_back_whole_or_refused(text: str) -> None:
    data = text.encode("utf-8", "replace")
    try:
        document = read_document(data, name="a.txt")
    except DocumentError:
        return
    if document.extractor == "utf-8@1" and document.format == "txt":
        assert document.text == data.decode().removeprefix("\ufeff")
    assert all(0 <= a < b <= len(document.text) for a, b in document.body)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    with contextlib.suppress(DocumentError):
        assert read_document(data, name=name).text
