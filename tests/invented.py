"""Small seeds of invented names, for tests that must not hang on the real ones."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

from etl.build import build
from etl.seeds import write_yaml

# Of our own invention: a table as text extraction leaves it, and sentences around it.
TEXT = """观云研究院 2023年5月

青鸾大模型的参数超过千亿。王五表示，青鸾的用户突破100万，调用约500万次。岚石科技已与 26 家
企业建立合作，2024年收入为12亿元。玄鹿于2023年3月发布，四象于2023年8月15日发布。

表1 典型模型

类别 模型 主体 参数规模 数据规模 是否开源
文本 青鸾 岚石科技 175B 45TB 否
白泽 墨海智能 7B-65B 1.4TB 是
玄鹿 墨海智能 520亿 / 是
图像 赤狐 岚石科技 100万亿 3TB 否
四象 观云研究院 百亿 2.5亿张图片 是
苍龙 观云研究院 9300万 17万个蛋白质结构 是
"""
MODELS = {"qingluan": "青鸾", "baize": "白泽", "xuanlu": "玄鹿", "chihu": "赤狐", "sixiang": "四象", "canglong": "苍龙"}
ORGANIZATIONS = {"lanshi": "岚石科技", "mohai": "墨海智能", "guanyun": "观云研究院"}
_TABLE = TEXT.index("表1")


class Seeds:
    """A folder of seeds in the making; the vocabulary is the package's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.statements: dict[str, list[dict[str, Any]]] = {}
        for name, label in MODELS.items():
            self.entity(name, "model", name_zh=label, name_en=name.title())
        for name, label in ORGANIZATIONS.items():
            self.entity(name, "organization", name_zh=label)
        self.entity("wangwu", "person", name_zh="王五")
        self.entity("yunzhou", "place", name_zh="云州", level="province")

    def entity(self, entity_id: str, kind: str, **fields: Any) -> None:
        """Write an entity."""
        write_yaml(self.folder / "entities" / kind / f"{entity_id}.yaml", {"id": entity_id, "kind": kind, **fields})

    def source(self, source_id: str, **fields: Any) -> None:
        """Write a source, of 2023-05 unless told otherwise."""
        given = {"id": source_id, "title": f"题：{source_id}", "published": "2023-05", **fields}
        write_yaml(self.folder / "sources" / f"{source_id}.yaml", given)
        self.statements.setdefault(source_id, [])

    def text_source(self, source_id: str, text: str = TEXT) -> None:
        """Write the source whose text is the invented one."""
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.source(source_id, sha256=digest, text_sha256=digest, text_length=len(text))

    def say(self, source_id: str, subject_id: str, property_id: str, quote: str = "甲", **fields: Any) -> str:
        """Let a source say something, at spans of its own; return the statement's id."""
        if source_id not in self.statements:
            self.source(source_id)
        number = sum(map(len, self.statements.values()))
        statement_id = fields.pop("id", f"s{number:04d}")
        evidence = fields.pop("evidence", None) or [
            {"role": "value", "start_char": 40 * number, "end_char": 40 * number + len(quote), "quote": quote},
            {"role": "subject", "start_char": 40 * number + 20, "end_char": 40 * number + 22, "quote": "主体"},
        ]
        given = {
            "id": statement_id,
            "subject_id": subject_id,
            "property_id": property_id,
            **fields,
            "evidence": evidence,
        }
        self.statements[source_id].append(given)
        return str(statement_id)

    def parameters(self, source_id: str, subject_id: str, low: float | None, high: float | None, **fields: Any) -> str:
        """Let a source state a model's parameters."""
        comparator = "eq" if low == high else "gt" if high is None else "lt" if low is None else "range"
        given = {"comparator": comparator, **fields}
        bounds = {name: bound for name, bound in (("low", low), ("high", high)) if bound is not None}
        return self.say(source_id, subject_id, "parameters", unit="parameter", **bounds, **given)

    def list(self, name: str, *records: dict[str, Any]) -> None:
        """Write a file of decisions: redirects, overrides."""
        write_yaml(self.folder / f"{name}.yaml", {name: list(records)})

    def write(self) -> Path:
        """Write the statements; return the folder."""
        for source_id, statements in self.statements.items():
            path = self.folder / "statements" / f"{source_id}.yaml"
            write_yaml(path, {"source_id": source_id, "statements": statements})
        return self.folder

    def build(self, db: Path, **options: Any) -> sqlite3.Connection:
        """Write, build, and open the base."""
        build(self.write(), db, **options)
        connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
        connection.row_factory = sqlite3.Row
        return connection


def quoted(role: str, quote: str, after: int = 0, **place: Any) -> dict[str, Any]:
    """Return the evidence of a quote in the invented text, the first after a place."""
    start = TEXT.index(quote, after)
    return {"role": role, "start_char": start, "end_char": start + len(quote), "quote": quote, **place}


def cell(seeds: Seeds, subject_id: str, property_id: str, quote: str, column: str, **fields: Any) -> str:
    """State a cell of the invented table; a category stands before the rows that it is merged over."""
    label = MODELS[subject_id]
    row = TEXT.index(f"{label} ", _TABLE)
    start = TEXT.rindex(quote, _TABLE, row) if column == "类别" else row
    place = {"table_label": "表1", "row_label": label, "column_label": column}
    evidence = [quoted("value", quote, start, **place), quoted("subject", label, row)]
    return seeds.say("guanyun-2023", subject_id, property_id, evidence=evidence, **fields)


def invented_article(folder: Path) -> Seeds:
    """Write seeds of everything that the invented text says, all of it right."""
    seeds = Seeds(folder)
    seeds.text_source("guanyun-2023")
    figures: list[tuple[str, str, float, float, str]] = [
        ("qingluan", "175B", 175e9, 175e9, "eq"),
        ("baize", "7B-65B", 7e9, 65e9, "sizes"),
        ("xuanlu", "520亿", 52e9, 52e9, "eq"),
        ("chihu", "100万亿", 1e14, 1e14, "eq"),
        ("sixiang", "百亿", 1e10, 1e11, "order_of_magnitude"),
        ("canglong", "9300万", 93e6, 93e6, "eq"),
    ]
    for subject, quote, low, high, comparator in figures:
        value = {"low": low, "high": high, "unit": "parameter", "comparator": comparator}
        cell(seeds, subject, "parameters", quote, "参数规模", **value)
    sizes = [
        ("qingluan", "45TB", 45e12, "byte"),
        ("baize", "1.4TB", 1.4e12, "byte"),
        ("chihu", "3TB", 3e12, "byte"),
        ("sixiang", "2.5亿张图片", 2.5e8, "image"),
        ("canglong", "17万个蛋白质结构", 17e4, "protein_structure"),
    ]
    for subject, quote, bound, unit in sizes:
        cell(seeds, subject, "training_data", quote, "数据规模", low=bound, high=bound, unit=unit)
    cell(seeds, "xuanlu", "training_data", "/", "数据规模", value_status="not_stated")
    makers = ("lanshi", "mohai", "mohai", "lanshi", "guanyun", "guanyun")
    answers = (False, True, True, False, True, True)
    for subject, maker, is_open in zip(MODELS, makers, answers, strict=True):
        cell(seeds, subject, "developer", ORGANIZATIONS[maker], "主体", object_id=maker)
        cell(seeds, subject, "open_source", "是" if is_open else "否", "是否开源", boolean=is_open)
        kind = ("文本", "nlp_text_generation") if list(MODELS).index(subject) < 3 else ("图像", "cv_image_generation")
        cell(seeds, subject, "task_category", kind[0], "类别", term=kind[1])
    _say_sentences(seeds)
    return seeds


def _say_sentences(seeds: Seeds) -> None:
    said = [quoted("value", "突破100万"), quoted("subject", "青鸾", TEXT.index("王五")), quoted("attribution", "王五")]
    users = {"low": 1e6, "unit": "person", "comparator": "gt", "attributed_to": ["wangwu"]}
    seeds.say("guanyun-2023", "qingluan", "users", evidence=said, **users)
    said = [quoted("value", "超过千亿"), quoted("subject", "青鸾")]
    more = {"low": 1e11, "unit": "parameter", "comparator": "gt"}
    seeds.say("guanyun-2023", "qingluan", "parameters", evidence=said, **more)
    said = [quoted("value", "12亿元"), quoted("subject", "岚石科技")]
    seeds.say("guanyun-2023", "lanshi", "revenue", evidence=said, low=12e8, high=12e8, unit="CNY")
    said = [quoted("value", "26 家"), quoted("subject", "岚石科技")]
    seeds.say("guanyun-2023", "lanshi", "organizations_count", evidence=said, low=26, high=26, unit="company")
    for subject, quote, date in (("xuanlu", "2023年3月", "2023-03"), ("sixiang", "2023年8月15日", "2023-08-15")):
        said = [quoted("value", quote), quoted("subject", MODELS[subject])]
        seeds.say("guanyun-2023", subject, "released", evidence=said, date=date, date_basis="printed")
