"""The gazetteer: names that ship with the package beside the base's own."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.seeds import default_seeds
from etl.strict_yaml import load


class Entry(NamedTuple):
    """One thing of the gazetteer with its names."""

    name: str
    kind: str
    aliases: tuple[str, ...]


def gazetteer_path(seeds: Path | None = None) -> Path:
    """Return the gazetteer of a seeds folder, else that of the package."""
    path = (seeds or default_seeds()) / "gazetteer.yaml"
    return path if path.exists() else default_seeds() / "gazetteer.yaml"


@lru_cache(maxsize=2)
def entries(path: Path) -> tuple[Entry, ...]:
    """Read a gazetteer, once; nothing where there is none."""
    if not path.exists():
        return ()
    items = load(path.read_text(encoding="utf-8"))["names"]
    return tuple(Entry(item["name"], item["kind"], tuple(item.get("aliases", ()))) for item in items)
