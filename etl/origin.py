"""Whether a base is one of these seeds: what was built from others is not theirs to build anew."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path


def other_origin(base: Path, folders: Iterable[Path]) -> str | None:
    """Return what shows that a base was not built from these seeds, or None where nothing does.

    Bases of every schema version tell it. Raise sqlite3.DatabaseError where the file is no base.
    """
    with closing(sqlite3.connect(f"{base.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        held = [source_id for (source_id,) in connection.execute("select id from sources order by id")]
        as_of = connection.execute("select content from base_info where id = 'as_of' and content != ''").fetchone()
    if as_of is not None:
        return f"it was built as of {as_of[0]}"
    known = {source_id for folder in folders for source_id in _sources(folder)}
    other = next((source_id for source_id in held if source_id not in known), None)
    return None if other is None else f"it holds the source {other!r}, which these seeds have not"


def _sources(folder: Path) -> Iterator[str]:
    """Yield the ids of a folder's sources, whatever else is wrong with them."""
    yield from (path.stem for path in (folder / "sources").glob("*.yaml"))
    lines = folder / "sources.jsonl"
    if lines.exists():
        with lines.open(encoding="utf-8") as records:
            yield from (str(json.loads(line).get("id")) for line in records if line.strip())
