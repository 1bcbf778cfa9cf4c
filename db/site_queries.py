"""The site's canned queries, read from `queries.yaml`."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from db.site_language import say

# 中文。English: the Chinese half ends before the first English sentence.
_HALVES = re.compile(r"(.*?[。；])\s+(?=[A-Z])(.*)", re.DOTALL)


class Field(NamedTuple):
    """A parameter's field: its label and an example, in the page's language."""

    name: str
    label: str
    example: str


class Chart(NamedTuple):
    """How an answer is drawn: as a dot a name by size or a point a row over time, and the columns that say where.

    `high` is the other bound of the value; where the rows have not all the `same` unit nothing is drawn.
    """

    mark: str
    x: str
    y: str
    color: str = ""
    high: str = ""
    same: str = ""


class Question(NamedTuple):
    """A canned query as a reader meets it, in the page's language."""

    name: str
    title: str
    description: str
    fields: list[Field]
    chart: Chart | None = None


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


def questions() -> list[Question]:
    """Return the canned queries in their order, in the page's language."""
    return [question(name) for name in _read()]


def question(name: str) -> Question:
    """Return a canned query in the page's language; raise KeyError where there is none of the name."""
    query = _read()[name]
    parameters: Mapping[str, str] = query.get("parameters", {})
    return Question(
        name,
        say(query["zh"], query["en"]),
        say(*halves(query["description"])),
        [field(parameter, told) for parameter, told in parameters.items()],
        Chart(**query["chart"]) if "chart" in query else None,
    )


def halves(text: str) -> tuple[str, str]:
    """Return the Chinese and the English half of a description; the whole twice where it has no halves."""
    match = _HALVES.fullmatch(text.strip())
    return (match[1], match[2]) if match else (text, text)


def field(name: str, told: str) -> Field:
    """Return a parameter's field, from `标签，如 例 · label, such as example`."""
    zh, _, en = told.partition(" · ")
    label, _, example = say(zh.partition("，如 "), (en or zh).partition(", such as "))
    return Field(name, label[:1].upper() + label[1:], example)
