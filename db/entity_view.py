"""What a page tells of an entity: facts by property, its timeline, its relations, what to cite."""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from db.facts import EVENTS_OF_OTHERS, json_list, statements_where
from db.labels import Labels
from db.look_up import Row, rows
from db.names import fold
from db.relation_words import inverse_label
from db.shown import Party, Shower, Shown, described, home_of, named, parties_of

MOST_VALUES = 15
"""So many values of one property are shown; the rest is one link away."""
MOST_ROWS = 40
_MOST_NAMES = 12
_MOST_FIGURES = 4

_CAPPED = """s.id in (select id from (
  select id, row_number() over (
    partition by property_id order by rank is not 'preferred', rank is 'deprecated', rowid) place
  from statements where {column} = ?) where place <= ?)"""


class Group(NamedTuple):
    """What is said under one property, best first; `total` tells all there are."""

    property_id: str
    label: str
    statements: list[Shown]
    total: int
    inverse: bool = False

    @property
    def left_out(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.statements)


class Event(NamedTuple):
    """A point of the timeline."""

    date: str
    label: str
    detail: str
    about: Party | None
    shown: Shown


class Cited(NamedTuple):
    """A source of the page, and how much of the page is from it."""

    id: str
    title: str
    publisher: str
    published: str
    url: str
    license: str
    total: int


class EntityView(NamedTuple):
    """An entity as its page shows it."""

    entity: Row
    table: str
    kind: str
    name: str
    other_name: str
    described: Markup
    aliases: list[str]
    codes: list[tuple[str, str]]
    parent: Party | None
    facts: list[Group]
    claims: list[Group]
    events: list[Event]
    events_left_out: int
    relations: list[Group]
    profiles: list[Row]
    instruments: list[Row]
    models: list[Row]
    said: list[tuple[str, Shown]]
    sources: list[Cited]


def entity_view(connection: sqlite3.Connection, entity_id: str, labels: Labels) -> EntityView | None:
    """Return what the page of an entity shows, or None where there is none of this id."""
    found = rows(connection, "select * from entities where id = ?", entity_id)
    if not found:
        return None
    entity = found[0]
    own, own_counts = capped(connection, "subject_id", entity_id)
    inverse, inverse_counts = capped(connection, "object_id", entity_id)
    taking_part = _taking_part(connection, entity_id)
    said = _said(connection, entity)
    shower = Shower(connection, labels)
    shower.prepare([*own, *inverse, *taking_part, *said])
    models = _models(connection, entity, labels)
    events = _events([*own, *inverse, *taking_part], entity_id, shower)
    relations = _relations(own, own_counts, shower)
    relations += _inverse(inverse, inverse_counts, shower, _told_apart(entity, bool(models)))
    facts = [s for s in own if s["listed_in"] not in ("events", "relations")]
    return EntityView(
        entity=entity,
        table=home_of(entity["kind"]),
        kind=_kind(entity, labels),
        name=named(entity, labels.language),
        other_name=_other_name(entity, labels.language),
        described=described(entity, labels.language),
        aliases=_aliases(connection, entity),
        codes=[(labels.column("entities", name), str(entity[name])) for name in _CODES if entity[name]],
        parent=parties_of(connection, [entity["parent_id"] or ""], labels.language).get(entity["parent_id"] or ""),
        facts=_groups([s for s in facts if s["value_type"] != "text"], own_counts, shower),
        claims=_groups([s for s in facts if s["value_type"] == "text"], own_counts, shower),
        events=events[:MOST_ROWS],
        events_left_out=max(0, len(events) - MOST_ROWS),
        relations=relations,
        profiles=_profiles(connection, entity, labels),
        instruments=_instruments(connection, entity, labels),
        models=models,
        said=[(labels.property(s["property_id"]), shower.show(s, shower.subject(s))) for s in said],
        sources=_sources(connection, entity_id, labels.language),
    )


def _told_apart(entity: Row, models: bool) -> set[str]:
    """Return the relations that have a table or a list of their own on the page."""
    told = {"version_of" if entity["kind"] == "model" else "developer"} if models else set()
    return told | {"policy_place"} if entity["kind"] == "place" else told


_CODES = ("wikidata", "iso_3166", "adcode", "un_m49", "ror", "stock_code", "url")


def _kind(entity: Row, labels: Labels) -> str:
    parts = [labels.heading(entity["kind"]), labels.term(entity["type"]) or labels.word(entity["level"])]
    return " · ".join(part for part in parts if part)


def _other_name(entity: Row, language: str) -> str:
    names = (entity["name_zh"], entity["name_en"])
    return next((name for name in names if name and name != named(entity, language)), "")


def _aliases(connection: sqlite3.Connection, entity: Row) -> list[str]:
    own = {fold(str(entity[name])) for name in ("label", "name_zh", "name_en", "id") if entity[name]}
    sql = "select alias from aliases where entity_id = ? and not context_only order by id limit 200"
    names = dict.fromkeys(row["alias"] for row in rows(connection, sql, entity["id"]))
    return [name for name in names if fold(name) not in own][:_MOST_NAMES]


def capped(connection: sqlite3.Connection, column: str, entity_id: str) -> tuple[list[Row], dict[str, int]]:
    """Return the best statements of each property, and how many each has."""
    found = statements_where(connection, _CAPPED.format(column=column), entity_id, MOST_VALUES)
    sql = f"select property_id, count(*) n from statements where {column} = ? group by 1"
    return found, {row["property_id"]: row["n"] for row in rows(connection, sql, entity_id)}


def _taking_part(connection: sqlite3.Connection, entity_id: str) -> list[Row]:
    """Return the events of others that an entity takes part in."""
    return statements_where(connection, f"s.id in ({EVENTS_OF_OTHERS} limit ?)", entity_id, entity_id, MOST_ROWS)


def _said(connection: sqlite3.Connection, entity: Row) -> list[Row]:
    """Return what a person or an organization is named as saying."""
    if entity["kind"] not in ("person", "organization"):
        return []
    said = "select statement_id from parties where entity_id = ? and named_in = 'attributed_to' order by id limit ?"
    return statements_where(connection, f"s.id in ({said})", entity["id"], MOST_VALUES)


def _groups(statements: Iterable[Row], counts: dict[str, int], shower: Shower) -> list[Group]:
    return [
        Group(
            property_id,
            shower.labels.property(property_id),
            [shower.show(s, shower.object(s)) for s in group],
            counts[property_id],
        )
        for property_id, group in _by_property(statements)
    ]


def _by_property(statements: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    key: Callable[[Row], Any] = lambda statement: statement["property_id"]  # noqa: E731
    return [(property_id, list(group)) for property_id, group in groupby(statements, key=key)]


def _relations(statements: list[Row], counts: dict[str, int], shower: Shower) -> list[Group]:
    return _groups([s for s in statements if s["listed_in"] == "relations"], counts, shower)


def _inverse(statements: list[Row], counts: dict[str, int], shower: Shower, told: set[str]) -> list[Group]:
    """Return the relations that lead to the entity, each named from its side."""
    related = [s for s in statements if s["listed_in"] != "events" and s["property_id"] not in told]
    return [
        Group(
            property_id,
            inverse_label(property_id, shower.labels),
            [shower.show(s, shower.subject(s)) for s in group],
            counts[property_id],
            inverse=True,
        )
        for property_id, group in _by_property(related)
    ]


def _events(statements: list[Row], entity_id: str, shower: Shower) -> list[Event]:
    told = {s["id"]: s for s in statements if s["listed_in"] == "events"}.values()
    ordered = sorted(told, key=lambda s: s["date_sort"] or s["date"] or "~")
    return [_event(statement, entity_id, shower) for statement in ordered]


def _event(statement: Row, entity_id: str, shower: Shower) -> Event:
    shown = shower.show(statement)
    target = shower.object(statement)
    detail = statement["scope_note"] or (target.label if target and target.id != entity_id else "")
    about = None if statement["subject_id"] == entity_id else shower.subject(statement)
    return Event(statement["date"] or "", shower.labels.property(statement["property_id"]), detail, about, shown)


def _profiles(connection: sqlite3.Connection, entity: Row, labels: Labels) -> list[Row]:
    if entity["kind"] != "place":
        return []
    sql = (
        "select p.*, s.title source_title from policy_profiles p join sources s on s.id = p.source_id"
        " where place_id = ? order by p.id limit ?"
    )
    found = rows(connection, sql, entity["id"], MOST_ROWS)
    for profile in found:
        profile["statement_ids"] = json_list(profile["statement_ids"])
        if labels.language == "en":
            profile |= {name: profile[f"{name}_en"] or profile[name] for name in ("measures", "features")}
            profile["themes"] = _in_english(connection, profile["themes"])
        told = [(labels.column("policy_profiles", name), profile[name]) for name in ("measures", "features", "themes")]
        profile["told"] = [(label, text) for label, text in told if text]
    return found


def _in_english(connection: sqlite3.Connection, themes: str | None) -> str:
    """Return a list of terms that is written in Chinese by their English labels."""
    english = dict(connection.execute("select label_zh, label_en from terms where vocabulary = 'policy_theme'"))
    return "; ".join(english.get(theme, theme) for theme in (themes or "").split("、") if theme)


def _instruments(connection: sqlite3.Connection, entity: Row, labels: Labels) -> list[Row]:
    """Return the policies of a place, newest first, each with what it aims at and pays."""
    if entity["kind"] != "place":
        return []
    sql = (
        "select id, label, name_en, issuers, issued from policies where id in"
        " (select subject_id from statements where property_id = 'policy_place' and object_id = ?)"
        " order by issued_sort desc, id limit ?"
    )
    found = rows(connection, sql, entity["id"], MOST_ROWS)
    figures = _figures_of(connection, [policy["id"] for policy in found], labels)
    return [
        policy
        | {"label": named(policy, labels.language), "figures": told[:_MOST_FIGURES], "more": len(told[_MOST_FIGURES:])}
        for policy in found
        for told in [figures.get(policy["id"], [])]
    ]


def _figures_of(connection: sqlite3.Connection, ids: list[str], labels: Labels) -> dict[str, list[Shown]]:
    """Return the targets and subsidies of policies."""
    if not ids:
        return {}
    condition = f"s.property_id in ('target', 'subsidy') and s.rank != 'deprecated' and s.subject_id in ({', '.join('?' * len(ids))})"
    statements = statements_where(connection, condition, *ids)
    shower = Shower(connection, labels)
    shower.prepare(statements)
    found: dict[str, list[Shown]] = {}
    for statement in statements:
        found.setdefault(statement["subject_id"], []).append(shower.show(statement))
    return found


def _models(connection: sqlite3.Connection, entity: Row, labels: Labels) -> list[Row]:
    """Return an organization's models, or a family's versions, newest first, with parameters and context."""
    if entity["kind"] not in ("organization", "model"):
        return []
    sql = (
        "select id, label, name_en, parameters_statement_id, context_length_statement_id, released from models where id in"
        " (select subject_id from statements where property_id = ? and object_id = ?)"
        " order by released_sort is null, released_sort desc, parameters desc, label limit ?"
    )
    leading = "developer" if entity["kind"] == "organization" else "version_of"
    models = rows(connection, sql, leading, entity["id"], MOST_ROWS)
    columns = ("parameters_statement_id", "context_length_statement_id")
    ids = [model[column] for model in models for column in columns if model[column]]
    condition = f"s.id in ({', '.join('?' * len(ids))})"
    statements = statements_where(connection, condition, *ids) if ids else []
    shower = Shower(connection, labels)
    shower.prepare(statements)
    figures = {statement["id"]: shower.show(statement) for statement in statements}
    return [
        model
        | {
            "label": named(model, labels.language),
            "figure": figures.get(model["parameters_statement_id"]),
            "context": figures.get(model["context_length_statement_id"]),
        }
        for model in models
    ]


def _sources(connection: sqlite3.Connection, entity_id: str, language: str) -> list[Cited]:
    title = "coalesce(o.title_en, o.title)" if language == "en" else "o.title"
    sql = (
        f"select o.id, {title} title, coalesce(o.publisher, '') publisher, coalesce(o.published, '') published,"
        " coalesce(o.url, '') url, coalesce(o.license, '') license, n.n total from"
        " (select source_id, count(*) n from statements where subject_id = ?1 or object_id = ?1 group by 1) n"
        " join sources o on o.id = n.source_id order by n.n desc, o.id limit 30"
    )
    return [Cited(**row) for row in rows(connection, sql, entity_id)]
