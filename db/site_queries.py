"""The site's canned queries, read from `queries.yaml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def _read() -> dict[str, dict[str, Any]]:
    text = (files("db") / "queries.yaml").read_text(encoding="utf-8")
    queries: dict[str, dict[str, Any]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return queries


def canned_queries() -> dict[str, dict[str, Any]]:
    """Return the canned queries as Datasette takes them, each parameter's meaning under `help`."""
    return {name: _canned(query) for name, query in _read().items()}


def _canned(query: dict[str, Any]) -> dict[str, Any]:
    parameters: dict[str, str] = query.get("parameters", {})
    return {
        "title": f"{query['zh']} · {query['en']}",
        "description": query["description"],
        "sql": query["sql"].strip(),
        "params": list(parameters),
        "help": parameters,
        "hide_sql": True,
    }
