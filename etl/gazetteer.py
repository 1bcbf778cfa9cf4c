"""The gazetteer: names that ship with the package beside the base's own."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from etl.seeds import default_seeds
from etl.strict_yaml import load, rows

_STRING = r'"(?:[^"\\]|\\.)*"'
_ROW = re.compile(
    rf"- \{{name: ({_STRING}), kind: ({_STRING})\}}\n"
    rf"|- name: ({_STRING})\n  kind: ({_STRING})\n  aliases: (\[{_STRING}(?:, {_STRING})*\])\n"
)


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
    text = path.read_text(encoding="utf-8")
    found = rows(text, "names:\n", _ROW)
    if found is not None:
        return tuple(_entry(row) for row in found)
    items = load(text)["names"]
    return tuple(Entry(item["name"], item["kind"], tuple(item.get("aliases", ()))) for item in items)


def _entry(row: tuple[str | None, ...]) -> Entry:
    name, kind, long_name, long_kind, aliases = row
    if name and kind:
        return Entry(json.loads(name), json.loads(kind), ())
    return Entry(json.loads(long_name or ""), json.loads(long_kind or ""), tuple(json.loads(aliases or "[]")))
