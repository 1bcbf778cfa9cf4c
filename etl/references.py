"""References that lead nowhere: between statements, and among the records that are not statements."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from etl.problems import Problem
from etl.seeds import Reader, Vocabulary
from etl.statements import places_of
from schema.rows import ROW_TABLES


def dangling_records(vocabulary: Vocabulary) -> Iterator[Problem]:
    """Find what sources, entities, terms, properties and redirects refer to and nobody describes."""
    for source in vocabulary.sources.values():
        if source.derived_from is not None and source.derived_from not in vocabulary.sources:
            yield _problem(
                vocabulary, "source", source.id, f"derived_from {source.derived_from!r} is no source; correct the id"
            )
    for entity in vocabulary.entities.values():
        if entity.parent_id is not None and entity.parent_id not in vocabulary.entities:
            yield _problem(
                vocabulary, "entity", entity.id, f"parent_id {entity.parent_id!r} is no entity; correct the id"
            )
        if entity.type is not None and entity.type not in vocabulary.terms:
            yield _problem(vocabulary, "entity", entity.id, f"type {entity.type!r} is no term; see vocabularies.yaml")
    for redirect in vocabulary.redirects.values():
        if redirect.new_id not in vocabulary.entities:
            message = f"new_id {redirect.new_id!r} is no entity; correct the id"
            yield _problem(vocabulary, "redirect", redirect.old_id, message)
    yield from _dangling_words(vocabulary)


def _dangling_words(vocabulary: Vocabulary) -> Iterator[Problem]:
    known = {term.vocabulary for term in vocabulary.terms.values()}
    for term in vocabulary.terms.values():
        if term.broader is not None and term.broader not in vocabulary.terms:
            yield _problem(vocabulary, "term", term.id, f"broader {term.broader!r} is no term; correct the id")
    for definition in vocabulary.properties.values():
        messages = [
            f"unit {unit!r} is unknown; see units.yaml" for unit in definition.units if unit not in vocabulary.units
        ]
        if definition.vocabulary is not None and definition.vocabulary not in known:
            messages.append(f"vocabulary {definition.vocabulary!r} has no terms; see vocabularies.yaml")
        if definition.listed_in is not None and definition.listed_in not in ROW_TABLES:
            messages.append(f"listed_in {definition.listed_in!r} is no derived list; correct the name")
        yield from (_problem(vocabulary, "property", definition.id, message) for message in messages)


def _problem(vocabulary: Vocabulary, what: str, record_id: str, message: str) -> Problem:
    file, line = vocabulary.places[what, record_id]
    return Problem(file, line, record_id, message)


def dangling_statements(
    connection: sqlite3.Connection, reader: Reader, vocabulary: Vocabulary, paths: list[Path]
) -> Iterator[Problem]:
    """Find statements, and overrides, that refer to a statement that neither stands nor was refused."""
    refused = {problem.record for problem in reader.problems}
    found: list[tuple[str, str]] = []
    for name in ("part_of", "supersedes"):
        rows = connection.execute(
            f"select id, {name} from statements where {name} is not null and {name} not in (select id from statements)"
        )
        found += ((i, f"{name} {value!r} is no statement; correct the id") for i, value in rows if value not in refused)
    places = places_of(reader, vocabulary, paths, {i for i, _ in found}) if found else {}
    for statement_id, message in found:
        file, line = places.get(statement_id, ("statements", None))
        yield Problem(file, line, statement_id, message)
    for override in vocabulary.overrides:
        known = connection.execute("select 1 from statements where id = ?", [override.statement_id]).fetchone()
        if known is None and override.statement_id not in refused:
            message = f"statement_id {override.statement_id!r} is no statement; correct the id"
            yield _problem(vocabulary, "override", override.statement_id, message)


def forget_dangling(connection: sqlite3.Connection, vocabulary: Vocabulary) -> None:
    """Drop what refers to statements that a base as of a date does not have yet."""
    for name in ("part_of", "supersedes"):
        connection.execute(f"update statements set {name} = null where {name} not in (select id from statements)")
    ids = {row[0] for row in connection.execute("select id from statements")} if vocabulary.overrides else set()
    vocabulary.overrides = [override for override in vocabulary.overrides if override.statement_id in ids]
