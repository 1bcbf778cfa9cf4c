"""Count how many planted wrong figures a check finds and how many right ones it blames: `python -m tests.planted`."""

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from db.opening import open_base
from etl.checking.article import Checker, load_checker
from etl.checking.verdicts import Checked
from etl.documents import read_document

FOLDER = Path(__file__).parent / "planted"
UNSEEN = FOLDER / "unseen"
"""Articles that no rule was written by: written and measured once the rules stood."""
# {+right+} and {-wrong-}, as the base has it.
_MARK = re.compile(r"\{(?P<sign>[+-])(?P<figure>[^{}\n]+?)(?P=sign)\}")


class Planted(NamedTuple):
    """A figure of an article, and whether it is as the base has it."""

    article: str
    figure: str
    start: int
    end: int
    right: bool


class Outcome(NamedTuple):
    """What a check said of a planted figure; `verdicts` is empty where no statement was read there."""

    planted: Planted
    verdicts: tuple[str, ...]

    @property
    def blamed(self) -> bool:
        """Tell whether the figure was called wrong or past."""
        return bool({"conflicts", "outdated"} & set(self.verdicts))


def unmarked(marked: str, article: str) -> tuple[str, list[Planted]]:
    """Return an article without its marks, and where the figures stand that were marked."""
    parts: list[str] = []
    found: list[Planted] = []
    at = length = 0
    for match in _MARK.finditer(marked):
        parts += [marked[at : match.start()], match["figure"]]
        length += match.start() - at
        found.append(Planted(article, match["figure"], length, length + len(match["figure"]), match["sign"] == "+"))
        length += len(match["figure"])
        at = match.end()
    return "".join([*parts, marked[at:]]), found


def outcomes(checker: Checker, folder: Path = FOLDER) -> Iterator[Outcome]:
    """Check every planted article of a folder and yield what came of each of its figures."""
    for path in sorted(folder.glob("*.md")):
        text, planted = unmarked(path.read_text(encoding="utf-8"), path.name)
        items = checker.check(read_document(text.encode(), name=path.name)).items
        for one in planted:
            yield Outcome(one, tuple(item.verdict for item in items if _is_of(item, one)))


def _is_of(item: Checked, planted: Planted) -> bool:
    start, end = item.row["start_char"], item.row["end_char"]
    return bool(start < planted.end and planted.start < end)


class Score(NamedTuple):
    """How many wrong figures there are and were found, and how many right ones there are and were blamed."""

    wrong: int
    found: int
    right: int
    blamed: int


def score(found: list[Outcome]) -> Score:
    """Count what was found and what was blamed."""
    wrong = [outcome for outcome in found if not outcome.planted.right]
    right = [outcome for outcome in found if outcome.planted.right]
    hits = sum("conflicts" in outcome.verdicts for outcome in wrong)
    return Score(len(wrong), hits, len(right), sum(outcome.blamed for outcome in right))


def main() -> None:
    """Print the score, and every figure that came out otherwise than it should."""
    parser = argparse.ArgumentParser(prog="python -m tests.planted", description=__doc__)
    parser.add_argument("--db", type=Path, help="a base; built from the package's seeds where not given")
    parser.add_argument("--all", action="store_true", help="print every figure")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        db = given.db or Path(scratch) / "damoxing.db"
        if not given.db:
            from etl.build import build

            build(None, db)
        connection = open_base(db)
        checker = load_checker(connection)
        for folder in (FOLDER, UNSEEN):
            print_outcomes(folder, list(outcomes(checker, folder)), given.all)
        connection.close()


def print_outcomes(folder: Path, found: list[Outcome], whole: bool) -> None:
    """Print the score of a folder, and every figure that came out otherwise than it should, or the whole of them."""
    for outcome in found:
        planted, verdicts = outcome.planted, ", ".join(outcome.verdicts) or "not read"
        if whole or (outcome.blamed if planted.right else "conflicts" not in outcome.verdicts):
            sort = "right" if planted.right else "wrong"
            print(f"{planted.article}: {planted.figure} ({sort}): {verdicts}", file=sys.stderr)
    counted = score(found)
    said = Counter(next(iter(outcome.verdicts), "not read") for outcome in found if outcome.planted.right)
    print(f"{folder.relative_to(FOLDER.parent.parent)}")
    print(f"  wrong figures found     {counted.found} of {counted.wrong}")
    print(f"  right figures blamed    {counted.blamed} of {counted.right}")
    print("  right figures           " + ", ".join(f"{verdict} {count}" for verdict, count in said.most_common()))


if __name__ == "__main__":
    main()
