"""The page on method: what the words mean, with examples of the base, how values are read, how well, and what is weak."""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from db import reader_quality
from db.labels import WORDS
from db.site_address import evidence_url
from db.site_context import Site, site_of
from db.site_figures import listed_figure, shown
from db.site_language import say
from db.site_metadata import DATABASE
from db.site_names import names, word

_COMPARATORS = {
    "eq": ("就是这个数", "just this number"),
    "approx": ("约为；原文有“约”“近”“左右”", "about; the text says 约, nearly, some"),
    "gt": ("大于；上界不明", "more than; open above"),
    "ge": ("不少于；上界不明", "at least; open above"),
    "lt": ("小于；下界不明", "less than; open below"),
    "le": ("至多；下界不明", "at most; open below"),
    "range": ("在两个界限之间", "between two bounds"),
    "sizes": ("一个系列中从最小到最大的几个模型", "several models of a family, from the smallest to the largest"),
    "order_of_magnitude": ("只说了数量级；不含上界", "of that order only; the upper bound is left out"),
}
_ASSERTIONS = {
    "asserted": ("来源说它如此", "the source says that it is so"),
    "estimated": ("来源说是估计", "the source calls it an estimate"),
    "planned": ("有人打算如此", "somebody means to do it"),
    "forecast": ("有人预计如此", "somebody expects it"),
    "denied": ("来源说并非如此", "the source says that it is not so"),
}
_RANKS = {
    "preferred": ("几个说法中取用的一个，或唯一的说法", "the one taken of several, or the only one"),
    "normal": (
        "同样成立，未取用，或可以有多个值",
        "stands too, and is not the one taken, or one of several values at once",
    ),
    "deprecated": ("有疑点，或来源已撤回；保留，不取用", "doubted, or of a retracted source; kept, never taken"),
}
_KINDS = ("quantity", "boolean", "event", "relation", "term", "text")
# The readers' notes call a date an event and an entity a relation.
_NOTED = {"event": ("事件", "events"), "relation": ("关系", "relations")}
_EXAMPLE = """
select s.* from statements s join sources o on o.id = s.source_id
where s.comparator = ? and s.issues is null and s.printed is not null
order by s.property_id != 'parameters', length(s.printed), s.id limit 1
"""


class Word(NamedTuple):
    """A word of a closed list: what it means, how often it is used, and where to see it."""

    name: str
    meaning: str
    used: int
    url: str
    example: Markup = Markup("")
    of: Markup = Markup("")


class Agreement(NamedTuple):
    """How many notes of one kind each of two readers made, and how many both did."""

    kind: str
    first: int
    second: int
    both: int

    @property
    def share(self) -> str:
        """Return both, of all that either made."""
        either = self.first + self.second - self.both
        return f"{self.both / either:.0%}" if either else ""


class Measured(NamedTuple):
    """What is counted in the base that is served."""

    statements: int
    sources: int
    spans: int
    by_hand: int
    reviewed: int
    issues: int
    conflicts: int


async def method_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/method."""
    site = site_of(datasette)
    if site is None:
        raise NotFound("no such page")
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    told = await datasette.get_database(DATABASE).execute_fn(_told)
    context = {
        "measured": told["measured"],
        "comparators": await _comparators(datasette, site, told["comparator"], told["examples"]),
        "assertions": _words(datasette, "assertion", _ASSERTIONS, told["assertion"]),
        "ranks": _words(datasette, "rank", _RANKS, told["rank"]),
        "agreement": agreement(told["ids"]),
        "reader": [(say(*names), list(reader_quality.measured(part))) for part, names in reader_quality.PARTS.items()],
        "reader_sets": max(one.set for one in reader_quality.readings()),
        "measures": reader_quality.MEASURES,
    }
    return Response.html(await datasette.render_template("method.html", context, request=request, view_name="method"))


def _told(connection: sqlite3.Connection) -> dict[str, Any]:
    def one(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    def counted(column: str) -> dict[str, int]:
        rows = connection.execute(f"select {column}, count(*) from statements where {column} is not null group by 1")
        return {str(name): int(count) for name, count in rows}

    examples = {}
    for comparator in _COMPARATORS:
        found = connection.execute(_EXAMPLE, [comparator])
        columns = [column[0] for column in found.description]
        for row in found:
            examples[comparator] = dict(zip(columns, row, strict=True))
    measured = Measured(
        one("select count(*) from statements"),
        one("select count(*) from sources"),
        one("select count(*) from evidence where start_char is not null"),
        one("select count(*) from statements where hand_normalized is not null"),
        one("select count(*) from statements where reviewed_by is not null"),
        one("select count(*) from quality_issues"),
        one("select count(*) from conflicts"),
    )
    ids = {str(row[0]) for row in connection.execute("select id from sources")}
    lists = {column: counted(column) for column in ("comparator", "assertion", "rank")}
    return {"measured": measured, "examples": examples, "ids": ids, **lists}


def _words(
    datasette: Datasette, column: str, meanings: dict[str, tuple[str, str]], counts: dict[str, int]
) -> list[Word]:
    list_url = datasette.urls.table(DATABASE, "statements")
    return [
        Word(word(name), say(*meaning), counts.get(name, 0), f"{list_url}?{column}={name}")
        for name, meaning in meanings.items()
    ]


async def _comparators(
    datasette: Datasette, site: Site, counts: dict[str, int], examples: dict[str, dict[str, Any]]
) -> list[Word]:
    units = await names(datasette, site, "units", [row["unit"] for row in examples.values() if row["unit"]])
    subjects = await names(datasette, site, "entities", [row["subject_id"] for row in examples.values()])
    found = []
    for name, told in zip(_COMPARATORS, _words(datasette, "comparator", _COMPARATORS, counts), strict=True):
        row = examples.get(name)
        figure = listed_figure(row, units) if row else None
        if row is not None and figure is not None:
            address = evidence_url(datasette, row["id"])
            told = told._replace(example=shown(figure, address), of=Markup("{}").format(subjects[row["subject_id"]]))
        found.append(told)
    return found


class _Reading(NamedTuple):
    source: str
    kind: str
    first: int
    second: int
    both: int


def agreement(sources: Iterable[str]) -> list[Agreement]:
    """Return how far two readings of these sources agree, by kind and in all; nothing where none was read twice."""
    known = set(sources)
    rows = [row for row in _readings() if row.source in known]
    found = []
    for kind in _KINDS:
        if noted := [row for row in rows if row.kind == kind]:
            found.append(_sum(say(*_NOTED.get(kind) or WORDS[kind]), noted))
    return [*found, _sum(say("合计", "all"), rows)] if found else []


def _sum(kind: str, rows: Sequence[_Reading]) -> Agreement:
    return Agreement(
        kind, sum(row.first for row in rows), sum(row.second for row in rows), sum(row.both for row in rows)
    )


@cache
def _readings() -> tuple[_Reading, ...]:
    text = (files("seeds") / "reading-agreement.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        _Reading(row["source_id"], row["kind"], int(row["reader_a"]), int(row["reader_b"]), int(row["both"]))
        for row in rows
    )
