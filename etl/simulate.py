"""Simulated bases: seeds of any size with the distributions of the real ones, every name invented."""

import argparse
import hashlib
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.problems import SeedError
from etl.seeds import Reader, default_seeds, read_vocabulary, statement_files
from etl.statements import read_statements
from schema.keys import statement_key
from schema.records import EntityRecord, EvidenceBase, StatementRecord

PART = 20_000
# Measured on the five articles: 167 statements a source; new articles tell more and more of entities already known.
STATEMENTS_PER_SOURCE = 167
STATEMENTS_PER_ENTITY = 8
# Articles on one thing agree more often than not.
SAME_VALUE = 0.85
_IDS = 36**9
_STEP = 48_271_000_001  # odd, no multiple of 3: coprime to 36**9, so that ids are scattered and never meet
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_HAN = "云启明远川岳星澜瀚辰言墨知微广智拓海峰悦森霖朗科衡曜坤宁格物致用天元万象同归长风破浪青禾白泽玄武紫薇"
_SYLLABLES = ("ka", "lo", "mi", "ren", "tu", "sha", "vo", "ne", "zhi", "bao", "qi", "dor", "lan", "xu", "fei", "gor")
_SUFFIX = {
    "model": ("大模型", ""),
    "organization": ("科技", " Labs"),
    "person": ("先生", ""),
    "place": ("市", " City"),
    "product": ("助手", " Assistant"),
    "policy": ("行动计划", " Action Plan"),
    "publication": ("报告", " Report"),
    "gathering": ("大会", " Summit"),
}
_WORDS = [
    "模型",
    "数据",
    "训练",
    "推理",
    "应用",
    "产业",
    "企业",
    "政策",
    "算力",
    "开放",
    "能力",
    "场景",
    "服务",
    "生态",
    "安全",
    "治理",
    "人才",
    "标准",
    "技术",
    "平台",
    "医疗",
    "金融",
    "教育",
    "制造",
    "发展",
    "提升",
    "加强",
    "支持",
    "我们",
    "一个",
    "可以",
    "通过",
    "进行",
    "实现",
    "以及",
    "具有",
    "更加",
    "不同",
    "领域",
    "用户",
    "市场",
    "研究",
    "创新",
    "成本",
    "效率",
    "风险",
    "内容",
    "生成",
]


def scattered_id(number: int) -> str:
    """Return the number's nine characters, in an order that tells nothing."""
    left, chars = (number * _STEP) % _IDS, ""
    for _ in range(9):
        left, digit = divmod(left, 36)
        chars += _DIGITS[digit]
    return "s" + chars


@dataclass(slots=True)
class Pattern:
    """The real seeds as a pattern: statements to vary, entities to imitate, terms to draw from."""

    statements: list[StatementRecord]
    entities: list[EntityRecord]
    terms: dict[str, list[str]]
    object_kinds: dict[str, list[str]]
    kinds: dict[str, str]
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        """Index the entities by kind."""
        for place, entity in enumerate(self.entities):
            self.places[entity.kind].append(place)


def read_pattern(seeds: Path) -> Pattern:
    """Read the seeds that a simulation imitates."""
    reader = Reader(seeds)
    vocabulary = read_vocabulary(reader)
    statements = [record for path in statement_files(seeds) for record, _ in read_statements(reader, vocabulary, path)]
    if reader.problems:
        raise SeedError(reader.problems)
    terms: dict[str, list[str]] = defaultdict(list)
    for term in vocabulary.terms.values():
        terms[term.vocabulary].append(term.id)
    vocabularies = {p.id: terms[p.vocabulary] for p in vocabulary.properties.values() if p.vocabulary}
    entities = sorted(vocabulary.entities.values(), key=lambda entity: entity.id)
    object_kinds = {p.id: [str(kind) for kind in p.object_kinds] for p in vocabulary.properties.values()}
    return Pattern(statements, entities, vocabularies, object_kinds, {e.id: e.kind for e in entities})


class Simulation:
    """Seeds of `count` statements; each line follows from the seed and its number alone, so nothing is kept in memory."""

    def __init__(self, pattern: Pattern, count: int, seed: int) -> None:
        self.pattern = pattern
        self.count = count
        self.seed = seed
        self.source_count = max(3, round(count / STATEMENTS_PER_SOURCE))
        self.entity_count = max(len(pattern.entities), round(count / STATEMENTS_PER_ENTITY))

    def _random(self, what: str, number: int) -> random.Random:
        return random.Random(f"{self.seed}/{what}/{number}")  # noqa: S311

    def entity_id(self, number: int) -> str:
        """Return the id of the entity of a number."""
        kind = self.pattern.entities[number % len(self.pattern.entities)].kind
        return f"{kind}-{number:07d}"

    def drawn_entity(self, rng: random.Random, kind: str) -> int:
        """Draw an entity of a kind; the first are told of most, as in the articles."""
        places = self.pattern.places[kind]
        size = len(self.pattern.entities)
        place = places[rng.randrange(len(places))]
        blocks = (self.entity_count - 1 - place) // size + 1
        return int(blocks * rng.random() ** 2) * size + place

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield every entity: its kind, names, aliases and codes as the real ones have them."""
        for number in range(self.entity_count):
            like = self.pattern.entities[number % len(self.pattern.entities)]
            rng = self._random("entity", number)
            found: dict[str, Any] = {
                "id": self.entity_id(number),
                "kind": like.kind,
                "type": like.type,
                "level": like.level,
            }
            zh, en = _names(rng, like.kind, number)
            if like.name_zh:
                found["name_zh"] = zh
            if like.name_en or not like.name_zh:
                found["name_en"] = en
            found["aliases"] = [
                {"alias": f"{(zh if alias.language == 'zh' else en)}{_DIGITS[place + 1]}", "language": alias.language}
                for place, alias in enumerate(like.aliases)
            ]
            if like.description:
                found["description"] = _text(rng, like.description)
            yield {name: value for name, value in found.items() if value}

    def sources(self) -> Iterator[dict[str, Any]]:
        """Yield every source; one in ten repeats an earlier one."""
        for number in range(self.source_count):
            rng = self._random("source", number)
            digest = hashlib.sha256(f"{self.seed}/{number}".encode()).hexdigest()
            found = {
                "id": _source_id(number),
                "title": _text(rng, "x" * 18),
                "publisher": _names(rng, "publication", number % 97)[0],
                "published": f"{rng.randint(2019, 2026)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
                "published_basis": "printed",
                "type": rng.choice(("article", "article", "article", "paper", "interview", "web_page")),
                "tier": rng.choice((1, 2, 3, 3, 3, 3, 4)),
                "sha256": digest,
                "text_sha256": digest,
                "text_length": self.text_length(number),
                "extractor": "utf-8@1",
            }
            if number and rng.random() < 0.1:
                found["derived_from"] = _source_id(rng.randrange(number))
            yield found

    def text_length(self, number: int) -> int:
        """Return the length of a source's text: room for the spans of its statements, each after the one before."""
        return 60 * len(range(number, self.count, self.source_count)) + 500

    def statements(self) -> Iterator[dict[str, Any]]:
        """Yield every statement with all its fields, its key too."""
        whole: dict[tuple[str, str], str] = {}
        for number in range(self.count):
            if number % PART == 0:
                whole.clear()
            yield self._statement(number, whole)

    def _statement(self, number: int, whole: dict[tuple[str, str], str]) -> dict[str, Any]:
        rng = self._random("statement", number)
        like = self.pattern.statements[rng.randrange(len(self.pattern.statements))]
        subject = self.drawn_entity(rng, self.pattern.kinds[like.subject_id])
        found = like.model_dump(exclude_none=True, exclude={"evidence", "hand_normalized", "part_of", "supersedes"})
        found |= {"id": scattered_id(number + 1), "source_id": _source_id(number % self.source_count)}
        found |= {"subject_id": self.entity_id(subject), "subject_as_read": _read_name(like.subject_as_read, subject)}
        self._vary_entities(rng, like, found)
        self._vary_value(rng, like, found, subject)
        for name in ("text", "text_en", "scope_note", "note"):
            if name in found:
                found[name] = _text(rng, found[name])
        if like.part_of is not None and (found["subject_id"], like.property_id) in whole:
            found["part_of"] = whole[found["subject_id"], like.property_id]
        elif like.value_type == "quantity":
            whole[found["subject_id"], like.property_id] = found["id"]
        found["evidence"] = self._evidence(like, found, number // self.source_count)
        places = [EvidenceBase.model_construct(**{**_NO_PLACE, **place}) for place in found["evidence"]]
        found["key"] = statement_key(found["source_id"], found["property_id"], places)
        return found

    def _vary_entities(self, rng: random.Random, like: StatementRecord, found: dict[str, Any]) -> None:
        kinds = self.pattern.kinds
        for name in ("object_id", "place_id", "relative_to_id"):
            if name in found:
                found[name] = self.entity_id(self.drawn_entity(rng, kinds[found[name]]))
        found["attributed_to"] = [self.entity_id(self.drawn_entity(rng, kinds[i])) for i in like.attributed_to]
        found["participants"] = [
            {"role": p.role, "entity_id": self.entity_id(self.drawn_entity(rng, kinds[p.entity_id]))}
            for p in like.participants
        ]

    def _vary_value(self, rng: random.Random, like: StatementRecord, found: dict[str, Any], subject: int) -> None:
        agreed = self._random(like.property_id, subject)
        draw = agreed if rng.random() < SAME_VALUE else rng
        if like.term is not None:
            found["term"] = draw.choice(self.pattern.terms[like.property_id])
        elif like.boolean is not None:
            found["boolean"] = draw.random() < 0.5
        elif like.date is not None and like.date[0] != "-":
            # 29 February is in leap years only.
            found["date"] = f"{draw.randint(2017, 2026)}{like.date[4:].replace('-02-29', '-02-28')}"
        elif like.value_type == "quantity" and like.printed:
            self._vary_figure(draw, like, found)

    def _vary_figure(self, draw: random.Random, like: StatementRecord, found: dict[str, Any]) -> None:
        """Put another figure for the only one that is printed; a range and a word such as 百亿 stay."""
        figures = _FIGURE.findall(like.printed or "")
        if len(figures) != 1 or not float(figures[0]) or like.comparator in {"range", "sizes", "order_of_magnitude"}:
            return
        figure = f"{float(figures[0]) * draw.randint(5, 20) / 10:.4g}"
        for name in ("low", "high"):
            if name in found:
                found[name] = float(f"{found[name] * float(figure) / float(figures[0]):.12g}")
        found["printed"] = _FIGURE.sub(figure, like.printed or "")

    def _evidence(self, like: StatementRecord, found: dict[str, Any], place: int) -> list[dict[str, Any]]:
        start = 60 * place + 200
        spans = []
        for number, real in enumerate(like.evidence):
            span: dict[str, Any] = {"source_id": found["source_id"], "role": real.role}
            quote = real.quote
            if real.role == "value" and quote is not None and found.get("printed"):
                quote = found["printed"]
            elif real.role == "subject" and quote is not None:
                quote = found["subject_as_read"]
            at = start + number if real.role == "value" else start - 20 * number
            length = len(quote) if quote else 30
            span |= {"start_char": at, "end_char": at + length}
            if quote and length <= 20:
                span["quote"] = quote
            else:
                span["sha256"] = hashlib.sha256(f"{self.seed}/{place}/{number}".encode()).hexdigest()
            for name in ("table_label", "column_label"):
                if getattr(real, name) is not None:
                    span[name] = getattr(real, name)
            if real.row_label is not None:
                span["row_label"] = found["subject_as_read"]
            spans.append(span)
        return spans


_NO_PLACE: dict[str, Any] = {"start_char": None, "end_char": None, "row_label": None, "column_label": None}


def _source_id(number: int) -> str:
    return f"source-{number:06d}"


def _names(rng: random.Random, kind: str, number: int) -> tuple[str, str]:
    zh_suffix, en_suffix = _SUFFIX.get(kind, ("", ""))
    zh, en, left = "", "", number
    for _ in range(3):
        left, digit = divmod(left, len(_HAN))
        zh += _HAN[digit]
    zh += _HAN[left % len(_HAN)] if left else ""
    en = "".join(rng.choice(_SYLLABLES) for _ in range(rng.randint(2, 3))).title()
    return zh + zh_suffix, f"{en}{en_suffix}-{number}"


def _read_name(like: str, subject: int) -> str:
    """Return a name as long as the real one: in Latin letters where that one is."""
    if like.isascii():
        return f"{_SYLLABLES[subject % 16].title()}-{subject % 1_000_000}"[:20]
    return "".join(_HAN[(subject // 7**place) % len(_HAN)] for place in range(min(20, max(2, len(like)))))


def _text(rng: random.Random, like: str) -> str:
    """Return words of our own, as long as the real text and in its script."""
    if like.isascii() and like[:1] != "x":
        words = (rng.choice(_SYLLABLES) + rng.choice(_SYLLABLES) for _ in range(max(1, len(like) // 6)))
        return " ".join(words)
    return "".join(rng.choices(_WORDS, k=max(1, len(like) // 2)))


def simulate(count: int, folder: Path, seed: int = 1, seeds: Path | None = None) -> None:
    """Write a folder of simulated seeds with `count` statements.

    Raise FileExistsError where the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; name a new folder")
    simulation = Simulation(read_pattern(seeds or default_seeds()), count, seed)
    (folder / "statements").mkdir(parents=True)
    _write(folder / "sources.jsonl", simulation.sources())
    _write(folder / "entities.jsonl", simulation.entities())
    statements = simulation.statements()
    for part in range((count + PART - 1) // PART):
        left = min(PART, count - part * PART)
        _write(folder / "statements" / f"part-{part:05d}.jsonl", (next(statements) for _ in range(left)))


def _write(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    """Read the command line and write the simulated seeds."""
    parser = argparse.ArgumentParser(
        prog="python -m etl.simulate", description="Write simulated seeds: N statements into DIR."
    )
    parser.add_argument("count", type=int, metavar="N", help="number of statements")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives another base")
    given = parser.parse_args()
    if given.count < 1:
        parser.error(f"N must be at least 1, not {given.count}")
    try:
        simulate(given.count, given.folder, given.seed)
    except (FileExistsError, SeedError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
