"""The names that ship with the package: strict YAML, sorted, each standing once."""

from collections import Counter
from pathlib import Path

import pytest

from etl.gazetteer import entries
from etl.reader.names import NameFinder
from etl.reader.read import gazetteer_names
from etl.strict_yaml import YamlError, load

PATH = Path(__file__).parent.parent / "seeds" / "gazetteer.yaml"
KINDS = {"organization", "model", "product", "person", "place", "technology", "topic"}


@pytest.fixture(scope="module")
def items():
    return load(PATH.read_text(encoding="utf-8"))["names"]


@pytest.fixture(scope="module")
def finder():
    return NameFinder(gazetteer_names(PATH))


def _texts(item):
    return [item["name"], *item.get("aliases", [])]


def test_enough_names_of_every_kind(items):
    kinds = Counter(item["kind"] for item in items)
    assert set(kinds) == KINDS
    assert len(items) > 1200
    assert all(set(item) <= {"name", "kind", "aliases"} for item in items)


def test_no_name_stands_twice(items):
    texts = Counter(text for item in items for text in _texts(item))
    assert [text for text, count in texts.items() if count > 1] == []


def test_names_are_sorted_by_kind_and_name(items):
    keys = [(item["kind"], item["name"]) for item in items]
    assert keys == sorted(keys)


def test_names_are_clean(items):
    for item in items:
        for text in _texts(item):
            assert len(text) >= 2, text
            assert text == text.strip(), text
            assert not text.isdecimal(), text
            assert "  " not in text, text
            assert "\n" not in text, text


@pytest.mark.parametrize(
    "text",
    [
        "完美的体验", "其中卫星数据", "强大理解能力", "访问界面", "可灵活调整", "平台中算力", "AI浪潮席卷",
        "计算能力", "开源2.0版", "沿海城市", "其中东部地区", "对应城市", "文明报告", "电能西电东送", "沿海地区", "开展合作市场化",
        "其中金额", "盛大庆祝", "三明治", "石油管道", "千锤百炼",
    ],
)  # fmt: skip
def test_common_words_hold_no_name(finder, text):
    assert finder.find(text).items == []


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("英伟达发布新品", "英伟达", "organization"),
        ("辉达发布新品", "英伟达", "organization"),
        ("工信部近日印发", "工业和信息化部", "organization"),
        ("广东省发布", "广东", "place"),
        ("落户内蒙古自治区", "内蒙古", "place"),
        ("奥尔特曼表示", "山姆·奥特曼", "person"),
        ("昇腾 910B 出货", "昇腾910B", "technology"),
        ("通义万相上线", "通义万相", "model"),
    ],
)
def test_a_short_form_leads_to_the_name(finder, text, name, kind):
    first = finder.find(text).items[0]
    assert (first.name, first.kind) == (name, kind)


def test_a_gazetteer_in_the_formatters_form_reads_as_strict_yaml_does(items):
    assert [(one.name, one.kind, list(one.aliases)) for one in entries(PATH)] == [
        (item["name"], item["kind"], item.get("aliases", [])) for item in items
    ]


@pytest.mark.parametrize(
    "text",
    [
        'names:\n- {name: "甲\\"乙", kind: "model"}\n',
        'names:\n- {kind: "model", name: \'甲"乙\'}\n',
        'names:\n- name: "甲\\"乙"\n  kind: "model"\n# a note between\n',
        'names:\n- {name: "甲\\"乙", kind: "model", aliases: []}\n',
    ],
)
def test_a_gazetteer_in_any_form_reads_the_same(tmp_path, text):
    path = tmp_path / "gazetteer.yaml"
    path.write_text(text, encoding="utf-8")
    assert [(one.name, one.kind, one.aliases) for one in entries(path)] == [('甲"乙', "model", ())]


def test_a_gazetteer_that_breaks_off_is_an_error(tmp_path):
    path = tmp_path / "gazetteer.yaml"
    path.write_text('names:\n- {name: "甲", kind: "model"}\n- {name: "乙\n', encoding="utf-8")
    with pytest.raises(YamlError, match="not YAML"):
        entries(path)
