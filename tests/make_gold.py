"""Make a set to measure the reader on from the package's hand-read statements: `python -m tests.make_gold TEXTS OUT`.

TEXTS holds the sources' texts, `<source id>.txt`, which are not ours to publish. Writes OUT/gold.json and OUT/read.jsonl
for `damoxing evaluate OUT/read.jsonl OUT/gold.json`. `--part held` takes the third of the sources that the hash of their
id holds back, `--part seen` the others. `--names DIR` reads with the names of another seeds folder: what the reader does
where it does not know them. What readers did not note is not known to be wrong: the set tells recall.
"""

import argparse
import dataclasses
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from etl.documents import read_document
from etl.reader.read import load_lexicon, rows
from etl.seeds import Reader, Vocabulary, default_seeds, read_vocabulary
from etl.strict_yaml import load

KINDS = {"quantity": "quantity", "boolean": "boolean", "date": "event", "entity": "relation"}
# Policies and papers are measured apart; data sets are no texts; longer texts are books.
LEFT_OUT = frozenset({"policy_text", "data_set", "paper"})
LONGEST = 60_000
PARTS = 3


def sources(seeds: Path, texts: Path, part: str, types: list[str] | None) -> Iterator[dict[str, Any]]:
    """Yield the sources of a part, and of some types where given, whose text is at hand."""
    for path in sorted((seeds / "sources").glob("*.yaml")):
        source = load(path.read_text(encoding="utf-8"))
        text = texts / f"{source['id']}.txt"
        is_held = int(hashlib.sha256(source["id"].encode()).hexdigest(), 16) % PARTS == 0
        kind = source.get("type", "article")
        if kind in LEFT_OUT or (types and kind not in types) or not text.exists() or text.stat().st_size > LONGEST:
            continue
        if part == "all" or is_held == (part == "held"):
            yield source


def facts(seeds: Path, source_id: str, text: str, vocabulary: Vocabulary) -> Iterator[dict[str, Any]]:
    """Yield a source's statements of the kinds that the reader proposes, as gold.json has them."""
    statements = load((seeds / "statements" / f"{source_id}.yaml").read_text(encoding="utf-8"))["statements"]
    for statement in statements:
        kind = KINDS.get(str(vocabulary.properties[statement["property_id"]].value_type))
        spans = {
            role: [
                (e["start_char"], e["end_char"])
                for e in statement["evidence"]
                if e["role"] == role and "start_char" in e
            ]
            for role in ("value", "subject")
        }
        if kind is None or not spans["value"]:
            continue
        (start, end), *also = spans["value"]
        fact = {
            "kind": kind,
            "property": statement["property_id"],
            "subject": [*_names(vocabulary, statement["subject_id"]), *(text[a:b] for a, b in spans["subject"])],
            "start": start,
            "end": end,
            "also": also,
            "raw": text[start:end],
        }
        if kind == "relation":
            fact["object"] = [*_names(vocabulary, statement["object_id"]), *(text[a:b] for a, b in spans["value"])]
        yield (
            fact
            | {name: statement.get(name) for name in ("low", "high", "unit", "date")}
            | {"value": statement.get("boolean")}
        )


def _names(vocabulary: Vocabulary, entity_id: str) -> list[str]:
    entity = vocabulary.entities[entity_id]
    return [name for name in (entity.name_zh, entity.name_en, *(a.alias for a in entity.aliases)) if name]


def main() -> None:
    """Write the set and what the reader reads of its texts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--part", choices=("all", "seen", "held"), default="all")
    parser.add_argument("--types", nargs="+", help="types of sources to take: article newspaper model_card web_page …")
    parser.add_argument(
        "--names", type=Path, help="a seeds folder whose names the reader knows, instead of the package's"
    )
    options = parser.parse_args()
    seeds = default_seeds()
    vocabulary, lexicon = read_vocabulary(Reader(seeds)), load_lexicon(options.names)
    gold = []
    options.out.mkdir(parents=True, exist_ok=True)
    with (options.out / "read.jsonl").open("w", encoding="utf-8") as read:
        for source in sources(seeds, options.texts, options.part, options.types):
            path = options.texts / f"{source['id']}.txt"
            document = read_document(path)
            if source.get("published"):
                document = dataclasses.replace(document, date=str(source["published"]))
            read.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows(document, lexicon))
            told = list(facts(seeds, source["id"], document.text, vocabulary))
            gold.append({"id": source["id"], "facts": told, "traps": []})
    (options.out / "gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    print(f"{len(gold)} texts, {sum(len(item['facts']) for item in gold)} facts")


if __name__ == "__main__":
    main()
