"""What the import commands do."""

from collections.abc import Sequence
from pathlib import Path

from cli.base import say


def run_import(family: str, path: Path, folders: Sequence[Path] | None, date: str | None, allow_shrink: bool) -> int:
    """Import a data set into a base of its own and tell what changed; return the exit code."""
    from etl.importing.rows import ImportingError
    from etl.importing.run import import_snapshot

    if not folders:
        say("imports live in a base of their own; give --seeds DIR")
        return 2
    seeds = folders[-1]
    try:
        report = import_snapshot(family, path, seeds, date=date, allow_shrink=allow_shrink)
    except ImportingError as error:
        say(f"{error}\nnothing was written")
        return 1
    except OSError as error:
        say(f"{seeds}: {error.strerror or error}; the base stands as it was. Give a folder that can be written")
        return 1
    snapshot = report.snapshot
    for message in snapshot.told:
        say(message)
    say(f"columns read: {', '.join(snapshot.columns_read.values())}")
    say(f"columns ignored: {', '.join(snapshot.columns_ignored) or 'none'}")
    if not report.changed:
        say(f"nothing changed: {len(snapshot.rows)} rows, {report.statements['same']} statements in {seeds}")
        return 0
    rows, statements = report.rows, report.statements
    say(f"rows: {rows['new']} new, {rows['gone']} gone, {rows['changed']} changed, {len(snapshot.rows)} in all")
    total = sum(statements.values()) - statements["removed"]
    say(
        f"statements: {statements['added']} added, {statements['changed']} changed, {statements['removed']} removed, "
        f"{total} in all; {snapshot.family.name} as of {snapshot.published or 'an unknown day'} in {seeds}"
    )
    return 0
