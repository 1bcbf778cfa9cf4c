"""What the commands on a whole base do: build, verify, release, diff, serve."""

import json
import os
import sqlite3
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path


def default_db() -> Path:
    """Return the place of the default base: the user's data folder."""
    from platformdirs import user_data_path

    return user_data_path("damoxing") / "damoxing.db"


def say(message: str) -> None:
    """Tell something on stderr: data alone goes to stdout."""
    print(message, file=sys.stderr)


Folders = Sequence[Path] | None


def run_build(seeds: Folders, db: str | None, articles: Path | None, as_of: str | None) -> int:
    """Build a base; return the exit code."""
    from etl.build_postgres import build_at
    from etl.problems import BuildError, SeedError

    try:
        report = build_at(seeds, db or default_db(), articles=articles, as_of=as_of)
    except (SeedError, BuildError) as error:
        say(str(error))
        return 1
    say(
        f"built {report.path}: {report.statements} statements on {report.entities} entities from {report.sources} sources, "
        f"{report.issues} doubted, {report.conflicts} conflicts; content {report.content_hash[:12]}"
    )
    return 0


def run_verify(seeds: Folders, articles: Path | None, db: str | None = None) -> int:
    """Re-read every span; return 1 where one fails."""
    from etl.problems import SeedError
    from etl.verify import HAND_LIMIT, verify

    if articles is None or not articles.is_dir():
        say(f"no folder of articles at {articles}; give --articles DIR or set DAMOXING_ARTICLES")
        return 2
    try:
        verdict = verify(seeds, articles)
    except SeedError as error:
        say(str(error))
        return 1
    for problem in verdict.problems:
        print(problem)
    for statement_id, reason in verdict.by_hand:
        say(f"normalised by hand: {statement_id}: {reason}")
    for statement_id, reason in verdict.by_context:
        say(f"unit or year by hand: {statement_id}: {reason}")
    for source_id in verdict.unread_sources:
        say(f"not read: source {source_id} has no file in {articles}")
    for source_id, count in verdict.passed_over.items():
        say(f"passed over: {count} statements imported from {source_id}, whose file is not in {articles}")
    failed = len({problem.record for problem in verdict.problems})
    share = len(verdict.by_hand) / verdict.statements if verdict.statements else 0.0
    say(
        f"{verdict.statements - failed} of {verdict.statements} statements verified, {verdict.spans} spans re-read, {len(verdict.by_hand)} normalised by hand ({share:.1%}), {len(verdict.by_context)} with unit or year from elsewhere in the text"
    )
    if share > HAND_LIMIT:
        say(f"more than {HAND_LIMIT:.0%} are normalised by hand; teach the grammar instead")
    return 1 if failed or share > HAND_LIMIT or not verdict.statements else 0


def run_release(version: str, seeds: Folders, released_on: str | None, note: str | None) -> int:
    """Keep the seeds' state as a release; return the exit code."""
    import tempfile

    from db.locking import locked
    from etl.build import build
    from etl.problems import BuildError, SeedError
    from etl.release import ReleaseError, write_release
    from etl.seeds import folders_of

    folders = folders_of(seeds)
    folder = folders[0]
    if not os.access(folder, os.W_OK):
        say(f"{folder} cannot be written; installed seeds are read-only, give --seeds DIR of a checkout")
        return 1
    busy = ReleaseError(f"another review or release of {folder} is under way; wait for it to end")
    try:
        with tempfile.TemporaryDirectory() as scratch, locked(folder, busy):
            db = Path(scratch) / "release.db"
            build(folders, db)
            connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
            path = write_release(connection, folder, version, released_on or date.today().isoformat(), note or "")
            connection.close()
    except (SeedError, BuildError) as error:
        say(str(error))
        return 1
    say(f"released {version}: {path}; commit it, and build again")
    return 0


def run_diff(old: str, new: str, form: str, seeds: Folders = None) -> int:
    """Print what changed between two bases or releases, by statement; return the exit code."""
    from cli.output import Format, print_rows
    from db.postgres_copy import file_of
    from etl.change_log import markdown, names_in
    from etl.release import ReleaseError, change_rows, differences, states_of
    from etl.seeds import folders_of

    folders = folders_of(seeds)
    with file_of(old) as first, file_of(new) as last:
        try:
            before, after = states_of(str(first), *folders), states_of(str(last), *folders)
        except ReleaseError as error:
            say(str(error))
            return 1
        names = names_in(str(first), str(last))
    changes = list(differences(before, after))
    rows = change_rows(changes)
    counts = {kind: sum(row["change"] == kind for row in rows) for kind in ("added", "removed", "changed")}
    if form == Format.MD.value:
        print("\n".join(markdown(changes, before, after, names)).strip())
    else:
        if form == Format.TABLE.value:
            rows = [{**row, "subject_id": names.get(row["subject_id"], row["subject_id"])} for row in rows]
            rows.sort(key=lambda row: (row["subject_id"], row["property_id"]))
        print_rows(rows, form, headings=_DIFF_HEADINGS)
    say(", ".join(f"{count} {kind}" for kind, count in counts.items()))
    return 0


_DIFF_HEADINGS = {
    "statement_id": "Statement",
    "change": "Change",
    "subject_id": "Subject",
    "property_id": "Property",
    "source_id": "Source",
    "old": "Old",
    "new": "New",
}


def run_format(seeds: Folders, check: bool) -> int:
    """Bring every seed file into the one form, or tell which are not; return the exit code."""
    from etl.seeds import folders_of, format_files
    from etl.strict_yaml import YamlError

    off = []
    try:
        for path, text, formed in (found for folder in folders_of(seeds) for found in format_files(folder)):
            if text != formed:
                off.append(path)
                if not check:
                    path.write_text(formed, encoding="utf-8")
    except YamlError as error:
        say(f"{error}")
        return 1
    for path in off:
        print(path)
    say(f"{len(off)} files {'are not in' if check else 'brought into'} the one form")
    return 1 if check and off else 0


def run_serve(db: str | None, port: int, host: str, articles: Path | None, public: bool, seeds: Folders) -> int:
    """Build where needed, then serve the site until it is stopped; return the exit code."""
    from db.address import is_address, shown
    from db.kept_export import begin
    from db.site import serve

    if public and articles is not None:
        say("--public shows no article text: leave out --articles (and unset DAMOXING_ARTICLES)")
        return 2
    if db and is_address(db):
        say(
            f"the site reads a file, not {shown(db)}: write one with `damoxing export DIR --db URL`, serve DIR/damoxing.db"
        )
        return 2
    path = Path(db) if db else default_db()
    if failed := renew(path, seeds, articles):
        return failed
    begin(path)
    code: int = serve(path, port=port, host=host, articles=articles, public=public)
    return code


def renew(path: Path, seeds: Folders, articles: Path | None) -> int:
    """Build a base where there is none, or where one of these seeds is outdated; return the exit code.

    A base of other seeds, and a file that is no base, stay as they are: `serve` tells whether it can read them.
    """
    from db.opening import SCHEMA_VERSION, schema_version_of
    from etl.origin import other_origin
    from etl.seeds import folders_of

    if path.exists():
        try:
            version = schema_version_of(path)
            if version > SCHEMA_VERSION or (version == SCHEMA_VERSION and not _older_than_seeds(path, seeds)):
                return 0
            other = other_origin(path, folders_of(seeds))
        except sqlite3.DatabaseError:
            return 0
        if other:
            say(
                f"{path} is older than this damoxing or its seeds, and is left as it is: {other}; to build it anew, name "
                f"what it was made from: damoxing build --db {path} --seeds DIR"
            )
            return 0
    failed = run_build(seeds, str(path), articles, None)
    if failed and path.exists():
        say(f"serving the old base {path}")
        return 0
    return failed


def _older_than_seeds(path: Path, seeds: Folders) -> bool:
    from etl.seeds import folders_of

    built = path.stat().st_mtime
    files = (file for folder in folders_of(seeds) for file in folder.rglob("*"))
    return any(file.stat().st_mtime > built for file in files if file.is_file())


def print_json(data: object) -> None:
    """Print data as JSON."""
    print(json.dumps(data, ensure_ascii=False, indent=2))
