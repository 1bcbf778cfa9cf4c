"""What a name stands for: entities, sources and statements found as people type them."""

from typing import Any, NamedTuple

from db.connection import Connection
from db.errors import AmbiguousError, NotFoundError
from db.names import fold

__all__ = [
    "AmbiguousError",
    "Found",
    "NotFoundError",
    "Row",
    "find_entity",
    "find_source",
    "find_statement",
    "rows",
    "suggest",
]

Row = dict[str, Any]


class Found(NamedTuple):
    """The entity a name stands for, and others that have the same name."""

    entity: Row
    others: list[Row]


def rows(connection: Connection, sql: str, *values: Any) -> list[Row]:
    """Return the rows of a query as dictionaries."""
    # Numbered places (?1) have names, which newer Pythons want by name.
    numbered = {str(number): value for number, value in enumerate(values, 1)}
    cursor = connection.execute(sql, numbered if "?1" in sql else values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def find_entity(connection: Connection, name: str, kinds: tuple[str, ...] = (), wanted: str = "entity") -> Found:
    """Return the entity that a name, alias or id stands for, of the wanted kinds before any other.

    Raise NotFoundError, with names that come near, where there is none.
    """
    found = _entities_named(connection, name)
    if not found:
        raise NotFoundError(name, wanted, suggest(connection, name, kinds))
    folded = fold(name)
    found.sort(key=lambda entity: _closeness(entity, name, folded, kinds))
    return Found(found[0], found[1:])


# A name that stands for the entity only where its text says so comes after one that always does.
_NAMED = """
select e.*, exists (select 1 from aliases where entity_id = e.id and normalized = ?1 and context_only)
  and not exists (select 1 from aliases where entity_id = e.id and normalized = ?1 and not context_only) by_context
from entities e where e.id in (
  select entity_id from aliases where normalized = ?1 and ?1 != ''
  union select new_id from redirects where id in (?2, ?3)
  union select id from entities where id in (?2, ?3))
"""


def _entities_named(connection: Connection, name: str) -> list[Row]:
    lower = name.strip().lower()
    return rows(connection, _NAMED, fold(name), lower, "-".join(lower.split()))


def _closeness(entity: Row, name: str, folded: str, kinds: tuple[str, ...]) -> tuple[Any, ...]:
    kind = kinds.index(entity["kind"]) if entity["kind"] in kinds else len(kinds)
    own_names = {fold(own) for own in (entity["id"], entity["name_zh"], entity["name_en"]) if own}
    by_context = entity.pop("by_context")
    return kind, by_context, entity["id"] != name, folded not in own_names, -entity["statement_count"], entity["id"]


def suggest(connection: Connection, name: str, kinds: tuple[str, ...] = (), limit: int = 4) -> list[str]:
    """Return labels of entities whose names come near, those of the wanted kinds first."""
    from rapidfuzz import fuzz, process  # 25 ms that only a miss should cost

    folded = fold(name)
    names = connection.execute(
        "select a.normalized, e.label, e.kind from aliases a join entities e on e.id = a.entity_id where not a.context_only order by a.id"
    ).fetchall()
    scores = dict.fromkeys((i for i, row in enumerate(names) if len(folded) > 1 and folded in row[0]), _CONTAINED)
    for _, score, index in process.extract(
        folded,
        [row[0] for row in names],
        scorer=fuzz.ratio,
        limit=50,
        score_cutoff=_NEAR if len(folded) > 3 else _NEAR_SHORT,
    ):
        scores[index] = max(score, scores.get(index, 0.0))
    ranked = sorted(scores, key=lambda index: (names[index][2] not in kinds, -scores[index], len(names[index][0])))
    return [repr(label) for label in dict.fromkeys(names[index][1] for index in ranked)][:limit]


# Of a hundred: two slips in five characters, one in two, and a name that is part of another.
_NEAR, _NEAR_SHORT, _CONTAINED = 60.0, 50.0, 80.0


def find_source(connection: Connection, name: str) -> Row:
    """Return the source that an id, the beginning of a file name, a DOI, a URL or a part of a title stands for.

    Raise NotFoundError where there is none, AmbiguousError where a part fits several.
    """
    sources = rows(connection, "select * from sources order by id")
    text = name.strip().casefold().removeprefix("https://doi.org/").removeprefix("doi:")
    folded = fold(name)
    tests = (
        lambda s: (
            text in {_low(s["id"]), _low(s["doi"]), _low(s["url"]), _low(s["file_name"])} or name.strip() == s["sha256"]
        ),
        lambda s: folded != "" and folded in {fold(s["title"]), fold(s["title_en"] or ""), fold(s["id"])},
        lambda s: text != "" and _low(s["file_name"]).startswith(text),
        lambda s: (
            folded != "" and any(folded in fold(part or "") for part in (s["title"], s["title_en"], s["id"], s["doi"]))
        ),
    )
    for test in tests:
        if fitting := [source for source in sources if test(source)]:
            return _only(name, fitting)
    raise NotFoundError(name, "source", _near_titles(name, sources))


def _low(text: str | None) -> str:
    return (text or "").casefold()


def _only(name: str, sources: list[Row]) -> Row:
    if len(sources) == 1:
        return sources[0]
    shown = ", ".join(f"{s['id']!r} ({s['title']})" for s in sources[:5])
    raise AmbiguousError(
        f"{name!r} fits {len(sources)} sources; name one by its id: {shown}{', …' if len(sources) > 5 else ''}"
    )


def _near_titles(name: str, sources: list[Row]) -> list[str]:
    from rapidfuzz import fuzz, process

    titles = {s["id"]: fold(f"{s['id']} {s['title']}") for s in sources}
    near = process.extract(fold(name), titles, scorer=fuzz.WRatio, limit=3, score_cutoff=60)
    return [repr(source_id) for _, _, source_id in near]


def find_statement(connection: Connection, name: str) -> str:
    """Return the id of the statement that an id, a key or the beginning of an id stands for.

    Raise NotFoundError where there is none, AmbiguousError where a beginning fits several.
    """
    name = name.strip()
    exact = connection.execute(
        "select id from statements where id in (?1, lower(?1)) or key = ?1 limit 1", {"1": name}
    ).fetchone()
    if exact:
        return str(exact[0])
    start = name.lower()
    fitting = connection.execute(
        "select id from statements where id >= ? and id < ? order by id limit 6", (start, start + "\U0010ffff")
    ).fetchall()
    if not fitting or not name:
        cure = "statement ids stand in the last column of `damoxing model NAME` and of `damoxing list statements`"
        raise NotFoundError(name, "statement", cure=cure)
    if len(fitting) > 1:
        raise AmbiguousError(
            f"{name!r} begins several statement ids: {', '.join(row[0] for row in fitting)}; give more of it"
        )
    return str(fitting[0][0])
