"""How time grows with the length of strings that mean harm: for every rule module of the reader, and for the parsers."""

import ast
import math
import re
import time
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path

from etl.document_decoding import decode
from etl.documents import read_document
from etl.importing.csv_file import read_csv
from etl.importing.markdown import markdown_tables
from etl.reader.read import Lexicon, load_lexicon, rows
from etl.strict_yaml import load
from etl.tables import find_tables
from tests.bench_reader import HOSTILE

ROOT = Path(__file__).resolve().parent.parent
GROWTH = 4
_RULES = ("etl/reader/*.py", "schema/quantity*.py", "schema/dates.py", "schema/durations.py", "schema/bounds.py",
          "schema/figures.py", "etl/document_*.py", "etl/furniture.py")  # fmt: skip
_WORD = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{3,}")
_LONGEST = 2_000
Work = Callable[[int], object]


def rule_modules() -> list[Path]:
    """List the modules whose rules read texts."""
    return [path for pattern in _RULES for path in sorted(ROOT.glob(pattern)) if words_of(path)]


def words_of(path: Path) -> str:
    """Return the words of a module's own patterns, one after the other: a text that is all cues."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    strings = [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in told
    ]
    return "".join(word for string in strings for word in _WORD.findall(string) if not word.isascii())[:_LONGEST]


def exponent(work: Work, size: int, runs: int = 2) -> float:
    """Return the exponent of CPU time by length: 1 is linear, 2 quadratic; the best of the runs counts."""

    def taken(length: int) -> float:
        start = time.process_time()
        work(length)
        return time.process_time() - start

    taken(size // 10)
    short, long = (min(taken(length) for _ in range(runs)) for length in (size, GROWTH * size))
    # What takes no time to speak of has no exponent.
    return math.log(long / max(short, 0.02)) / math.log(GROWTH) if long > 0.08 else 1.0


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return load_lexicon()


def _read(piece: str, size: int) -> None:
    text = ("甲" + piece * (size // len(piece) + 1))[:size]
    list(rows(read_document(text.encode(), name="hostile.md"), _lexicon()))
    find_tables(text)


def _yaml(size: int) -> object:
    return load(f'a: [{"1, " * (size // 3)}1]\nb: "{"no: " * (size // 4)}"\n')


def _markdown(size: int) -> object:
    return list(markdown_tables("| a | b |\n|---|---|\n" + "| [a](b) | \\| |\n" * (size // 16)))


def _csv(size: int) -> object:
    return read_csv(Path("a.csv"), ("a,b\n" + '"""",1\n' * (size // 7)).encode())


def _gb18030(size: int) -> object:
    return decode(("甲乙的是" * (size // 4)).encode("gb18030"), name="a.txt")


def _page(size: int) -> object:
    body = "<p>青鸾的参数为7亿。</p><table><tr><td>&lt;</td></tr></table>" * (size // 60)
    return read_document(f"<html><body><article>{body}</article></body></html>".encode(), name="a.html")


WORKS: dict[str, Work] = {
    **{f"piece {name}": partial(_read, piece) for name, piece in HOSTILE.items()},
    **{f"words of {path.relative_to(ROOT)}": partial(_read, words_of(path)) for path in rule_modules()},
    "strict YAML": _yaml,
    "Markdown lists": _markdown,
    "CSV": _csv,
    "GB18030": _gb18030,
    "web pages": _page,
}
