"""What `damoxing resolve` does, and `damoxing review` with pairs of entities."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.output import Format, print_rows, say

if TYPE_CHECKING:
    from cli.reviewing import Keyboard
    from etl.resolving.desk import MatchDesk

_HEADINGS = {"score": "Score", "left_id": "Entity", "right_id": "May be", "reason": "Why"}
KEYS = "s same   d different   k skip   u undo   q stop"


def run_resolve(seeds: Sequence[Path] | None, form: Format) -> int:
    """Resolve the last folder's entities against those before it; print the pairs for a person."""
    from etl.problems import SeedError
    from etl.resolving.judgements import OPEN
    from etl.resolving.resolve import resolve
    from etl.seeds import default_seeds, folders_of

    given = list(folders_of(seeds))
    folders = given if len(given) > 1 or given[0].resolve() == default_seeds().resolve() else [default_seeds(), *given]
    if len(folders) == 1:
        say("nothing to resolve: give the folder of the imports with --seeds DIR")
        return 2
    try:
        found = resolve(folders)
    except (SeedError, OSError) as error:
        say(str(error))
        return 1
    rows = [
        {"score": r.score, "left_id": r.left_id, "right_id": r.right_id, "reason": r.reason} for r in found.open_ones
    ]
    print_rows(rows, form.value, _HEADINGS)
    path = folders[-1] / OPEN
    say(
        f"{found.joined} of {found.entities} entities joined with others by rule; {len(rows)} pairs for a person in {path}"
    )
    if rows:
        say(f"judge them with `damoxing review {path}`")
    return 0


def is_pairs(target: Path) -> bool:
    """Tell whether a review's target is a file of open pairs."""
    return target.name == "matches.open.jsonl"


def run_match_review(target: Path, seeds: Sequence[Path] | None, above: float | None) -> int:
    """Let a person judge the open pairs of a folder; return the exit code."""
    from etl.problems import SeedError
    from etl.resolving.desk import MatchDesk
    from etl.reviewing.author import AuthorError, git_author
    from etl.seeds import default_seeds, folders_of

    if above is None and not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("no terminal to review in; give --accept-above N")
        return 2
    given = list(folders_of(seeds)) if seeds else [default_seeds()]
    folders = [folder for folder in given if folder.resolve() != target.parent.resolve()]
    try:
        desk = MatchDesk([*folders, target.parent], target, git_author(target.parent))
        if above is not None:
            say(f"{desk.accept_above(round(above * 100))} pairs of {above:g} and more joined, looked at by nobody")
        else:
            _in_terminal(desk)
    except (AuthorError, SeedError, OSError) as error:
        say(str(error))
        return 1
    say(f"{len(desk.open)} pairs open in {target}")
    return 0


def _in_terminal(desk: "MatchDesk") -> None:
    from cli.reviewing import Keyboard

    with Keyboard() as keyboard:
        try:
            while desk.open:
                if not _judged(desk, keyboard):
                    return
            keyboard.print("", "every pair is judged")
        except (KeyboardInterrupt, EOFError):
            return


def _judged(desk: "MatchDesk", keyboard: "Keyboard") -> bool:
    """Show the first open pair and act on a key; return whether to go on."""
    from db.render import clean

    record = desk.open[0]
    keyboard.print("", f"{len(desk.open)} open · score {record.score} · {clean(record.reason)}")
    for entity_id in (record.left_id, record.right_id):
        keyboard.print(*("  " * line.startswith(" ") + clean(line) for line in desk.card(entity_id)))
    keyboard.print(KEYS)
    key = keyboard.key()
    if key in {"s", "d"}:
        desk.judge(record, same=key == "s")
        keyboard.print("one entity" if key == "s" else "two entities")
    elif key == "k":
        desk.skip(record)
    elif key == "u":
        keyboard.print(clean(desk.undo()))
    return key != "q"
