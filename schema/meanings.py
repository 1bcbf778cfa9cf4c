"""What columns hold, in Chinese: the meanings stand in meanings_zh.yaml by what the schema says in English."""

from functools import cache
from importlib.resources import files

import yaml


@cache
def _meanings() -> dict[str, str]:
    text = (files("schema") / "meanings_zh.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def meaning_zh(description: str) -> str:
    """Return in Chinese what the schema says of a column; the English where it has no Chinese."""
    return _meanings().get(description, description)
