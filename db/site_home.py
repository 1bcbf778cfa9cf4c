"""The home page: six questions to begin with, what the base holds and since when, its newest sources."""

import sqlite3
from typing import Any, NamedTuple
from urllib.parse import urlencode

from datasette.app import Datasette
from markupsafe import Markup

from db.site_address import row_url
from db.site_context import Site
from db.site_language import say
from db.site_metadata import DATABASE
from db.site_names import names

# A question in zh and en, the canned query or table that answers it, and what it is asked with.
_FIRST: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("哪些开源模型的参数超过千亿？", "Which open models exceed 100 billion parameters?", "models_by_size", {"min_parameters": "1e11", "open_source": "1"}),
    ("各来源怎么说 GPT-4 的规模？", "What does each source say of GPT-4's size?", "what_sources_say", {"entity": "gpt-4", "property": "parameters"}),
    ("讯飞星火上线之初有多少用户？", "How many users had iFlytek Spark in its first hours?", "users_over_time", {"product": "讯飞星火"}),
    ("上海给出哪些政策？", "What does Shanghai offer?", "policies_of_a_place", {"place": "上海"}),
    ("谁报道了 OpenAI 2024 年的成本？", "Who reported OpenAI's cost in 2024?", "economic_figures", {"year": "2024", "about": "OpenAI"}),
    ("哪些数字存疑？", "Which figures are doubted?", "doubted_figures", {}),
)  # fmt: skip
_COUNTED = ("statements", "sources", "models", "organizations", "policies", "conflicts", "quality_issues")
_NEWEST = 6


class Home(NamedTuple):
    """What the home page tells of the base."""

    counts: list[tuple[str, int]]
    since: str
    until: str
    release: str
    newest: list[tuple[Markup, str, str, int]]
    size: int
    places: int


def first_questions() -> list[tuple[str, str]]:
    """Return six questions to begin with, each with the path of its answer within the database."""
    return [(say(zh, en), f"{name}?{urlencode(asked)}" if asked else name) for zh, en, name, asked in _FIRST]


async def home(datasette: Datasette, site: Site) -> Home:
    """Return what the home page tells of the base."""
    database = datasette.get_database(DATABASE)
    told = await database.execute_fn(_told)
    titles = await names(datasette, site, "sources", [row[0] for row in told["newest"]])
    newest = [
        (_link(datasette, identifier, titles[identifier]), publisher or "", published or retrieved or "", count)
        for identifier, publisher, published, retrieved, count in told["newest"]
    ]
    counts = [(table, site.counts.get(table, 0)) for table in _COUNTED]
    since, until = told["dates"]
    return Home(counts, since, until, told["release"], newest, database.size, told["places"])


def _link(datasette: Datasette, identifier: str, title: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(row_url(datasette, "sources", identifier), title)


def _told(connection: sqlite3.Connection) -> dict[str, Any]:
    dates = connection.execute("select min(published), max(published) from sources where published glob '[0-9]*'")
    release = connection.execute("select id, released_on from releases order by released_on desc limit 1").fetchone()
    newest = connection.execute(
        "select id, publisher, published, retrieved, statement_count from sources"
        " order by published is null, published desc, id limit ?",
        [_NEWEST],
    )
    since, until = dates.fetchone()
    return {
        "dates": (since or "", until or ""),
        "release": f"{release[0]}, {release[1]}" if release else "",
        "newest": newest.fetchall(),
        "places": connection.execute("select count(*) from entities where kind = 'place'").fetchone()[0],
    }
