"""The README list of Chinese models: links, lists, places, ragged rows."""

import json
import random
from pathlib import Path

import pytest

from etl.importing.awesome_cn import makers, model_names
from etl.importing.chinese_words import place
from etl.importing.rows import ImportingError
from etl.importing.run import ImportReport, import_snapshot
from tests.conftest import SHARED
from tests.importing import files, run, said, statements, written

README = """# 列表

说明文字|不是表。

## 大模型列表

|序号|公司|大模型|省市|类别|官网|说明|
|:-|:-|:-|:-|:-|:-|:-|
|1|甲乙科技| [云帆](https://yunfan.example/chat)|浙江杭州|通用|✔|云帆参数规模达130亿|
|2|丙丁大学&OpenYun|[青禾](https://x.example/a_(b)),[青禾-Σ](https://x.example/b)|上海 |医学|✘||
|2|戊己|长河，云帆|台湾|养殖|✘| |
|3|庚辛|孤行|
|4|壬癸|天问|广东深圳|金融|✔|| 基于[某物](https://x.example)
|5||||||

## 国外大模型

|公司|大模型|说明|
|:-|:-|:-|
|Foo Labs, Bar Inc|[Foo](https://foo.example)|Foo 2|
"""


def imported_list(folder: Path, text: str = README, **more: bool) -> ImportReport:
    """Import a README into `folder/base`."""
    return import_snapshot("awesome-cn", written(folder / "README.md", text.encode()), folder / "base", **more)


def test_a_row_gives_model_maker_place_and_kind(tmp_path: Path) -> None:
    imported_list(tmp_path)
    base = tmp_path / "base"
    (other, maker) = said(base, "云帆", "developer", "awesome-cn")
    assert (maker.object_id, maker.printed) == ("awesome-cn.org.jia-yi-ke-ji", "甲乙科技")
    assert other.object_id == "awesome-cn.org.wu-ji"
    (located,) = said(base, "甲乙科技", "located_in", "awesome-cn")
    assert (located.object_id, located.printed) == ("awesome-cn.place.hang-zhou", "浙江杭州")
    entities = {e["id"]: e for e in map(json.loads, (base / "entities.jsonl").read_text(encoding="utf-8").splitlines())}
    assert entities["awesome-cn.place.hang-zhou"]["parent_id"] == "awesome-cn.place.zhe-jiang"
    assert entities["awesome-cn.place.zhe-jiang"]["iso_3166"] == "CN-ZJ"
    assert "iso_3166" not in entities["awesome-cn.place.tai-wan"]
    assert entities[maker.subject_id]["url"] == "https://yunfan.example/chat"
    terms = [s.term for s in statements(base, "awesome-cn") if s.property_id == "application_industry"]
    assert terms == ["finance", "healthcare", "healthcare"]


def test_models_of_one_cell_are_rows_of_their_own_and_namesakes_stay_apart(tmp_path: Path) -> None:
    report = imported_list(tmp_path)
    assert {row.key for row in report.snapshot.rows} == {
        "云帆 · 甲乙科技", "青禾 · 丙丁大学&OpenYun", "青禾-Σ · 丙丁大学&OpenYun", "长河 · 戊己", "云帆 · 戊己",
        "天问 · 壬癸", "Foo · Foo Labs, Bar Inc",
    }  # fmt: skip
    subjects = {s.subject_id for s in said(tmp_path / "base", "云帆", "developer", "awesome-cn")}
    assert len(subjects) == 2


def test_ragged_rows_are_told_with_their_line_and_the_others_are_read(tmp_path: Path) -> None:
    told = "\n".join(imported_list(tmp_path).snapshot.told)
    assert "README.md:12: the row ['3', '庚辛', '孤行'] has 3 cells, the header 7; it was skipped" in told
    assert "README.md:13: '基于[某物](https://x.example)' stands beyond the header's columns; it was ignored" in told
    assert "'养殖'" in told


def test_figures_of_the_remarks_are_read(tmp_path: Path) -> None:
    imported_list(tmp_path)
    (size,) = said(tmp_path / "base", "云帆", "parameters", "awesome-cn")
    assert (size.low, size.method.startswith("rule:"), size.evidence[0].column_label) == (1.3e10, True, "说明")


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    imported_list(tmp_path)
    before = files(tmp_path / "base")
    assert not imported_list(tmp_path).changed
    assert files(tmp_path / "base") == before


def test_a_changed_row_changes_its_statements_alone(tmp_path: Path) -> None:
    imported_list(tmp_path)
    report = imported_list(tmp_path, README.replace("浙江杭州", "浙江宁波").replace("|1|", "|9|"))
    assert report.statements["changed"] == 0
    assert (report.statements["added"], report.statements["removed"]) == (1, 1)
    assert report.rows["changed"] == 1


def test_older_lists_have_fewer_columns(tmp_path: Path) -> None:
    text = "|序号|公司|大模型|说明|\n|:-|:-|:-|:-|\n|1|甲乙|云帆||\n|2||||\n"
    report = imported_list(tmp_path, text)
    assert [row.key for row in report.snapshot.rows] == ["云帆 · 甲乙"]
    assert report.snapshot.told == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# nothing\n", "no table with the columns 公司"),
        ("|公司|名|\n|-|-|\n|a|b|\n", "no table with the columns 公司"),
        ("|公司|大模型|说明|\n|-|-|-|\n" + "|a|b|\n" * 5, "and so have 5 of 5 rows"),
    ],
)
def test_a_readme_without_the_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ImportingError, match="README") as error:
        imported_list(tmp_path, text)
    assert message in str(error.value)
    assert not (tmp_path / "base").exists()


def test_a_cut_list_gives_whole_cells_or_is_refused(tmp_path: Path) -> None:
    imported_list(tmp_path)
    whole = {(s.id, s.printed) for s in statements(tmp_path / "base", "awesome-cn")}
    data = README.encode()
    for cut in random.Random(7).sample(range(len(data)), 25):
        folder = tmp_path / str(cut)
        try:
            import_snapshot("awesome-cn", written(folder / "README.md", data[:cut]), folder / "base")
        except ImportingError:
            assert not (folder / "base").exists()
            continue
        assert {(s.id, s.printed) for s in statements(folder / "base", "awesome-cn")} <= whole


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("[云](https://a.example/x,y),[河](https://b.example)，[海](https://c.example)", ["云", "河", "海"]),
        ("[无涯、求索](https://a.example)", ["无涯", "求索"]),
        ("[流萤](https://a.example)系列", ["流萤"]),
        ("TeleChat,启明", ["TeleChat", "启明"]),
    ],
)
def test_the_models_of_a_cell(cell: str, expected: list[str]) -> None:
    assert model_names(cell) == expected


def test_the_companies_of_a_cell() -> None:
    assert [m.name for m in makers("甲+乙&丙、丁")] == ["甲", "乙", "丙", "丁"]
    assert [m.name for m in makers("甲乙（丙丁）")] == ["甲乙（丙丁）"]


@pytest.mark.parametrize(
    ("printed", "name", "above"),
    [
        ("北京", "北京", None),
        ("内蒙古呼和浩特", "呼和浩特", "内蒙古"),
        ("太原", "太原", None),
        ("浙江省杭州", "杭州", "浙江"),
    ],
)
def test_a_province_and_a_city_in_one_string_are_parted(printed: str, name: str, above: str | None) -> None:
    found = place(printed)
    assert (found.name, found.parent.name if found.parent else None) == (name, above)


def test_the_real_list_of_november_2024_is_read(tmp_path: Path) -> None:
    path = SHARED / "external" / "awesome_llms_in_china.md"
    if not path.exists():
        pytest.skip("the list is not on this machine (../shared/external)")
    report = import_snapshot("awesome-cn", path, tmp_path / "base")
    lines = {row.line for row in report.snapshot.rows}
    assert len(lines) == 247 + 16
    assert [message.split(": ")[0].rsplit(":", 1)[1] for message in report.snapshot.told if "skipped" in message] == [
        "297",
        "302",
    ]
    assert run("build", "--seeds", tmp_path / "base", "--db", tmp_path / "x.db").exit_code == 0
