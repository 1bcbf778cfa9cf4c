"""The seeds of the first five articles alone: a base of known content for tests, however large the package's grows."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from etl.seeds import default_seeds

SOURCES = (
    "china-city-news-2024-12",
    "domestic-models-2023",
    "hans-sd-2024-143081",
    "zhu-jiaming-2025",
    "zhu-keli-2025-02-12",
)
_PARTS = {"sources", "statements", "entities"}
_GUARDED = "guards:"


def write_first_seeds(folder: Path) -> Path:
    """Write the seeds of the first articles, and the entities that they tell of, into a folder; return it."""
    package = default_seeds()
    for path in package.iterdir():
        if path.is_file() and path.suffix in {".yaml", ".jsonl"}:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, folder / path.name)
    if (package / "releases").is_dir():
        (folder / "releases").mkdir()
        shutil.copyfile(package / "releases" / "0.1.0.jsonl", folder / "releases" / "0.1.0.jsonl")
    checks = (folder / "checks.yaml").read_text(encoding="utf-8")
    (folder / "checks.yaml").write_text(checks.partition(_GUARDED)[0] + f"{_GUARDED} []\n", encoding="utf-8")
    for part in ("sources", "statements"):
        (folder / part).mkdir()
        for source_id in SOURCES:
            shutil.copyfile(package / part / f"{source_id}.yaml", folder / part / f"{source_id}.yaml")
    files = {path.stem: path for path in (package / "entities").glob("*/*.yaml")}
    todo = [name for path in folder.rglob("*.yaml") for name in _strings(_loaded(path)) if name in files]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen:
            continue
        seen.add(name)
        copied = folder / files[name].relative_to(package)
        copied.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(files[name], copied)
        todo += [other for other in _strings(_loaded(copied)) if other in files]
    return folder


def _loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)


def _strings(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    if isinstance(node, dict):
        return [text for value in node.values() for text in _strings(value)]
    return [text for value in node for text in _strings(value)] if isinstance(node, list) else []
