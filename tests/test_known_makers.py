"""Whose well-known things are, where a text names both."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.names import fold
from etl.reader.known_makers import known_makers, makers_of
from tests.proposing import relations

MAKERS = known_makers(Path(__file__).parent.parent / "seeds" / "makers.yaml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("人们用ChatGPT写信。OpenAI没有说明原因。", ("developer", "ChatGPT", "OpenAI")),
        ("苹果的股价跌了，Siri的用户不满。", ("developer", "Siri", "苹果公司")),
        ("OpenAI担心成本，而GPT-4 Turbo很贵。", ("developer", "GPT-4 Turbo", "OpenAI")),
    ],
)
def test_a_known_maker_beside_its_thing_is_proposed(text: str, told: tuple[str, str, str]) -> None:
    assert told in relations(text)


@pytest.mark.parametrize(
    "text", ["微软的员工用ChatGPT写信。", "人们用ChatGPT写信。" + "天气很好。" * 60 + "OpenAI没有说明原因。"]
)
def test_what_a_text_does_not_set_beside_each_other_is_not_tied(text: str) -> None:
    assert ("developer", "ChatGPT", "OpenAI") not in relations(text)


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("GPT-4", "OpenAI"),
        ("GPT-4 Turbo", "OpenAI"),
        ("gpt-3.5-turbo", "OpenAI"),
        ("GPT-J", "EleutherAI"),
        ("GPT-J-6B", "EleutherAI"),
        ("Gemini 3 Pro", "Google"),
        ("文心大模型4.0", "百度"),
        ("DeepSeek-V3.1", "深度求索"),
        ("Qwen2.5-Coder", "阿里巴巴"),
    ],
)
def test_a_version_is_its_familys(name: str, maker: str) -> None:
    assert fold(maker) in makers_of(MAKERS, name)


@pytest.mark.parametrize("name", ["GPTZero", "GPT Sailor", "Yunfan-7B", "飞书山", "Claudette"])
def test_a_name_that_only_begins_alike_is_nobodys(name: str) -> None:
    assert not makers_of(MAKERS, name)


def test_no_maker_contradicts_what_the_base_prefers(package_base: Path) -> None:
    sql = (
        "select distinct e.id, o.id from relations r join entities e on e.id = r.subject_id join entities o on o.id = r.object_id"
        " where r.property_id = 'developer' and r.rank is not 'deprecated'"
    )
    with closing(sqlite3.connect(package_base)) as connection:
        names: dict[str, set[str]] = {}
        for entity, alias in connection.execute("select entity_id, alias from aliases"):
            names.setdefault(entity, set()).add(fold(alias))
        told: dict[str, set[str]] = {}
        for thing, maker in connection.execute(sql):
            told.setdefault(thing, set()).update(names[maker])
    known = {thing: makers for thing in told for name in names[thing] if (makers := MAKERS.get(name))}
    assert len(known) > 30
    assert not {thing for thing, makers in known.items() if not makers & told[thing]}
