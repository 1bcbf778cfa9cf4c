"""Search tokens: Chinese runs as 1- to 4-grams, Latin words whole and in parts.

SQLite's own tokenizers find nothing for one and two Chinese characters, and a loadable tokenizer would make the file
unreadable elsewhere. So tokens are written as text into a contentless table with `detail=none`: that answers any
conjunction of single tokens, and no phrase. Every token here must therefore stay one token to `unicode61`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from db.names import fold

LONGEST = 4
MOST_QUERY_TOKENS = 32
TOKENIZER = "unicode61 tokenchars '-.'"

_CJK = "々〇ぁ-ゖゝ-ゟァ-ヺー-ヿ㐀-䶿一-鿿가-힣豈-﫿\U00020000-\U000323af"
# The last two ranges are letters to Python and separators to unicode61.
_LETTER = rf"[^\W_{_CJK}\u19b0-\u19c9\u1cf2\u1cf3]"
_RUN = re.compile(rf"([{_CJK}]+)|({_LETTER}+(?:[-.]{_LETTER}+)*)")
_PIECE = re.compile(r"\d+(?:\.\d+)*|[^\W\d]+")
_DASHES = str.maketrans(dict.fromkeys("_‐‑‒–—―−", "-"))
_LONGEST_WORD = 64
_MOST_PIECES = 6


class FtsTable(NamedTuple):
    """A search table: the table whose rowids it carries, and its columns."""

    content: str
    columns: tuple[str, ...]

    def create_sql(self, name: str) -> str:
        """Return the statement that creates it."""
        columns = ", ".join(self.columns)
        return (
            f'create virtual table "{name}" using fts5({columns}, '
            f"content='', columnsize=0, detail=none, tokenize=\"{TOKENIZER}\")"
        )


FTS_TABLES: dict[str, FtsTable] = {
    "entities_fts": FtsTable("entities", ("names", "description")),
    "statements_fts": FtsTable("statements", ("subject", "property", "content")),
    "sources_fts": FtsTable("sources", ("title", "about")),
}
"""Search tables by name; `fts_pk` is `rowid` in all of them."""


def index_text(*texts: str | None, names: Iterable[str | None] = ()) -> str:
    """Return the tokens of texts and names, parted by blanks, to be written to a search table."""
    tokens: dict[str, None] = {}
    for name in names:
        if name:
            tokens.update(dict.fromkeys(_name_tokens(name)))
    for text in (*names, *texts):
        if text:
            tokens.update(dict.fromkeys(_tokens(text)))
    return " ".join(tokens)


def query_text(query: str) -> str | None:
    """Return a match expression that any input makes safely, or None where nothing is left to look for."""
    tokens = list(dict.fromkeys(_query_tokens(query)))[:MOST_QUERY_TOKENS]
    return " ".join(f'"{token}"' for token in tokens) or None


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.casefold().translate(_DASHES)


def _tokens(text: str) -> Iterator[str]:
    for cjk, word in _RUN.findall(_plain(text)):
        if cjk:
            yield from _grams(cjk)
        else:
            yield from _word_tokens(word)


def _grams(run: str) -> Iterator[str]:
    yield from run
    for size in range(2, min(LONGEST, len(run)) + 1):
        for start in range(len(run) - size + 1):
            yield run[start : start + size]


def _word_tokens(word: str) -> Iterator[str]:
    yield word
    pieces = _PIECE.findall(word)
    if len(pieces) < 2 or len(word) > _LONGEST_WORD:
        return
    yield fold(word)
    yield from word.split("-")
    # gpt-4-turbo is found by gpt4 and by 4turbo too.
    for first in range(len(pieces[:_MOST_PIECES])):
        for last in range(first + 1, len(pieces[:_MOST_PIECES]) + 1):
            yield "".join(pieces[first:last])


def _name_tokens(name: str) -> Iterator[str]:
    """Yield a longer name as it is typed, so that the site's plain search finds it without grams."""
    for token in (fold(name), "".join(_plain(name).split())):
        if len(token) > LONGEST and _is_one_token(token):
            yield token


_ONE_TOKEN = re.compile(rf"(?:[{_CJK}]|{_LETTER}|[-.])+")


def _is_one_token(token: str) -> bool:
    return _ONE_TOKEN.fullmatch(token) is not None


def _query_tokens(query: str) -> Iterator[str]:
    for cjk, word in _RUN.findall(_plain(query)):
        if word:
            yield fold(word)
        elif len(cjk) <= LONGEST:
            yield cjk
        else:
            yield from (cjk[start : start + LONGEST] for start in range(len(cjk) - LONGEST + 1))
