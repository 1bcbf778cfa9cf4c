"""Build a base: read, resolve, load, derive, check, and swap it in whole."""

import glob
import hashlib
import os
import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from db.create import create_indexes, create_tables, create_views
from db.locking import locked
from db.search import fill_search
from db.whole_file import put_file
from etl.checks import Checks, find_issues, guard_problems, read_checks
from etl.lists import fill_lists
from etl.load import insert_rows, load_statements, load_vocabulary
from etl.problems import BuildError, SeedError
from etl.rank import rank_statements
from etl.references import dangling_records, dangling_statements, forget_dangling
from etl.release import fill_releases, read_releases
from etl.seeds import Reader, Vocabulary, default_seeds, folders_of, read_vocabulary, statement_files
from etl.statements import duplicate_problems
from etl.text import Shelf, TextError, sha256_of_text
from etl.wide import fill_wide
from schema.meanings import meaning_zh
from schema.rows import SCHEMA_VERSION
from schema.tables import COLUMNS, TABLES
from schema.wide import VIEWS

# What a base says is in these; everything else is derived from them.
HASHED = ("sources", "entities", "aliases", "properties", "units", "terms", "redirects", "statements", "evidence")
# Tables whose indexes the derivation asks; the others get theirs when it is done.
EARLY = ("statements", "evidence", "aliases", "sources", "entities")
HASH_CHUNK = 1_000
AS_OF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


_COUNTED = {
    "statements": "statements",
    "sources": "sources",
    "entities": "entities",
    "issues": "quality_issues",
    "conflicts": "conflicts",
}


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    path: Path | str
    statements: int
    sources: int
    entities: int
    issues: int
    conflicts: int
    content_hash: str


def build(
    seeds: Path | Sequence[Path] | None, db: Path, *, articles: Path | None = None, as_of: str | None = None
) -> BuildReport:
    """Build the base of one seeds folder, or of several together, and swap it in for `db` by rename.

    With `articles`, each source's text is held against its hash. With `as_of`, only sources published by that date count.
    Raise SeedError with every problem of the seeds, BuildError where a check fails or another build runs; the old base
    stands in both cases.
    """
    folders = folders_of(seeds)
    for folder in folders:
        if not folder.is_dir():
            raise BuildError(f"no folder of seeds at {folder}; give --seeds DIR")
    if as_of is not None and not AS_OF.fullmatch(as_of):
        raise BuildError(f"{as_of!r} is no date to build as of; write 2024, 2024-06 or 2024-06-30")
    db.parent.mkdir(parents=True, exist_ok=True)
    lock = db.with_name(f".{db.name}.lock")
    with locked(lock, BuildError(f"another build of {db} is under way (lock {lock}); wait for it to end")):
        part = db.with_name(f".{db.name}.{os.getpid()}.part")
        _sweep(db)
        try:
            report = _make(folders, part, articles, as_of)
        except sqlite3.OperationalError as error:
            raise BuildError(
                f"{db} could not be written ({error}); the old base stands: see that its folder has room and can be written"
            ) from error
        else:
            part.chmod(0o644)
            put_file(part, db)
        finally:
            part.unlink(missing_ok=True)
    return BuildReport(db, **report)


def _sweep(db: Path) -> None:
    """Remove what a killed build left; the lock says that none is alive."""
    for left in db.parent.glob(f".{glob.escape(db.name)}.*.part*"):
        left.unlink(missing_ok=True)


def _make(folders: Sequence[Path], part: Path, articles: Path | None, as_of: str | None) -> dict[str, Any]:
    reader = Reader([folder.resolve() for folder in folders])
    vocabulary = read_vocabulary(reader)
    checks = read_checks(reader, default_seeds())
    if articles is not None:
        _hold_texts(reader, vocabulary, Shelf(articles))
    if as_of is not None:
        _forget_later(vocabulary, as_of)
    connection = sqlite3.connect(part, isolation_level=None)
    try:
        for pragma in (
            "journal_mode = off",
            "synchronous = off",
            "cache_size = -262144",
            "temp_store = memory",
            "locking_mode = exclusive",
        ):
            connection.execute(f"pragma {pragma}")
        connection.execute("begin")
        _load(connection, reader, vocabulary, as_of)
        content_hash = _derive(connection, vocabulary, checks, reader, as_of)
        _check(connection, checks, complete=as_of is None)
        connection.execute("commit")
        connection.execute("analyze")
        counts = {
            name: connection.execute(f"select count(*) from {table}").fetchone()[0] for name, table in _COUNTED.items()
        }
    finally:
        connection.close()
    return counts | {"content_hash": content_hash}


def _hold_texts(reader: Reader, vocabulary: Vocabulary, shelf: Shelf) -> None:
    for source in vocabulary.sources.values():
        if source.type == "data_set" and source.text_sha256 is None:
            continue  # its evidence is in cells, and `verify` reads them
        files = [folder / "sources" / f"{source.id}.yaml" for folder in reader.folders]
        path = next((file for file in files if file.exists()), files[0])
        try:
            text = shelf.text(source.sha256)
        except TextError as error:
            reader.problem(path, None, source.id, str(error))
            continue
        if text is None:
            continue
        if sha256_of_text(text) != source.text_sha256 or len(text) != source.text_length:
            reader.problem(
                path,
                None,
                source.id,
                f"text_sha256 or text_length is not that of {shelf.path(source.sha256)}; correct them",
            )


def _forget_later(vocabulary: Vocabulary, as_of: str) -> None:
    """Leave out the sources published after a date, or at no known date."""
    for source_id, source in list(vocabulary.sources.items()):
        # A partial date counts from its first day, and a partial limit up to its last.
        if source.published is None or source.published[: len(as_of)] > as_of:
            vocabulary.later.add(source_id)
            del vocabulary.sources[source_id]
    for source_id, source in vocabulary.sources.items():
        if source.derived_from in vocabulary.later:
            vocabulary.sources[source_id] = source.model_copy(update={"derived_from": None})


def _load(connection: sqlite3.Connection, reader: Reader, vocabulary: Vocabulary, as_of: str | None) -> None:
    create_tables(connection)
    paths = statement_files(*reader.folders)
    if as_of is not None:
        paths = [path for path in paths if path.suffix == ".jsonl" or path.stem in vocabulary.sources]
    load_vocabulary(connection, vocabulary, vocabulary.registry)
    reader.problems += dangling_records(vocabulary)
    before = len(reader.problems)
    try:
        load_statements(connection, reader, vocabulary, paths)
        create_indexes(connection, *EARLY)
    except sqlite3.IntegrityError:
        reader.problems[before:] = duplicate_problems(reader, vocabulary, paths)
        if not reader.problems:
            raise
    else:
        if as_of is not None:
            forget_dangling(connection, vocabulary)
        reader.problems += dangling_statements(connection, reader, vocabulary, paths)
    if reader.problems:
        raise SeedError(reader.problems)


def _derive(
    connection: sqlite3.Connection, vocabulary: Vocabulary, checks: Checks, reader: Reader, as_of: str | None
) -> str:
    content_hash = hash_of_content(connection)
    for table, column in (("sources", "source_id"), ("entities", "subject_id"), ("properties", "property_id")):
        connection.execute(
            f"update {table} set statement_count = n from (select {column} as c, count(*) as n from statements group by {column}) where c = id"
        )
    find_issues(connection, checks)
    rank_statements(connection, vocabulary.overrides)
    fill_releases(connection, read_releases(*reader.folders))
    fill_lists(connection)
    fill_wide(connection, [(o.statement_id, o.sort_value) for o in vocabulary.overrides])
    create_indexes(connection, *(table for table in TABLES if table not in {*EARLY, "quality_issues"}))
    create_views(connection)
    _describe(connection, content_hash, as_of)
    fill_search(connection)
    return content_hash


def _describe(connection: sqlite3.Connection, content_hash: str, as_of: str | None) -> None:
    described = [column for columns in COLUMNS.values() for column in columns]
    for view, (table, _, _) in VIEWS.items():
        described += [replace(column, table_name=view) for column in COLUMNS[table]]
    insert_rows(
        connection,
        "columns",
        (
            {
                "id": f"{c.table_name}.{c.column_name}",
                "table_name": c.table_name,
                "column_name": c.column_name,
                "position": c.position,
                "label_zh": c.label_zh,
                "label_en": c.label_en,
                "description": c.description,
                "description_zh": meaning_zh(c.description),
                "unit": c.unit,
            }
            for c in described
        ),
    )
    info = {"schema_version": str(SCHEMA_VERSION), "content_hash": content_hash, "as_of": as_of or ""}
    insert_rows(connection, "base_info", ({"id": name, "content": content} for name, content in info.items()))


def hash_of_content(connection: sqlite3.Connection) -> str:
    """Return the hash of what the base says, over rows in the order of their ids: the same on any machine."""
    digest = hashlib.sha256()
    for table in HASHED:
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        kept = [f'"{c}"' for c in columns if not (table in {"aliases", "evidence"} and c == "id")]
        order = "statement_id, rowid" if table == "evidence" else "entity_id, alias" if table == "aliases" else "id"
        digest.update(f"{table}\x1d{','.join(kept)}\x1d".encode())
        rows = connection.execute(f"select {', '.join(kept)} from {table} order by {order}")
        while chunk := rows.fetchmany(HASH_CHUNK):
            digest.update("".join(map(repr, chunk)).encode())
    return digest.hexdigest()


def _check(connection: sqlite3.Connection, checks: Checks, *, complete: bool) -> None:
    dangling = connection.execute("pragma foreign_key_check").fetchmany(5)
    if dangling:
        raise BuildError(
            f"rows refer to rows that are not there: {dangling}; report this, the seeds were held against it"
        )
    problems = guard_problems(connection, checks) if complete else []
    if problems:
        raise BuildError("volume guards of checks.yaml:\n" + "\n".join(problems))
