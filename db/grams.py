"""Search tokens: Chinese runs as 1- to 4-grams, Latin words whole and in parts.

SQLite's own tokenizers find nothing for one and two Chinese characters, and a loadable tokenizer would make the file
unreadable elsewhere. So tokens are written as text into a contentless table with `detail=none`: that answers any
conjunction of single tokens, and no phrase. Every token here must therefore stay one token to `unicode61`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
_DASH = re.compile("[‐‑‒–—―−]")
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
    tokens: list[str] = []
    for name in names:
        if name:
            tokens += _name_tokens(name)
            tokens += _tokens(name)
    for text in texts:
        if text:
            tokens += _tokens(text)
    return " ".join(dict.fromkeys(tokens))


def query_text(query: str) -> str | None:
    """Return a match expression that any input makes safely, or None where nothing is left to look for."""
    tokens = list(dict.fromkeys(_query_tokens(query)))[:MOST_QUERY_TOKENS]
    return " ".join(f'"{token}"' for token in tokens) or None


def query_words(query: str) -> list[str]:
    """Return the words and Chinese runs that a query is made of."""
    return list(dict.fromkeys(cjk or word for cjk, word in _RUN.findall(_plain(query))))[:MOST_QUERY_TOKENS]


def _plain(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if _DASH.search(text):  # rare, and a search costs a third of a substitution
            text = _DASH.sub("-", text)
    return text.casefold().replace("_", "-")


def _tokens(text: str) -> list[str]:
    # Every statement of a build passes here: plain lists, twice as fast as generators.
    tokens: list[str] = []
    for cjk, word in _RUN.findall(_plain(text)):
        if word:
            tokens += _word_tokens(word)
        else:
            tokens += cjk
            size = len(cjk)
            tokens += [cjk[start : start + 2] for start in range(size - 1)]
            tokens += [cjk[start : start + 3] for start in range(size - 2)]
            tokens += [cjk[start : start + 4] for start in range(size - 3)]
    return tokens


@lru_cache(maxsize=100_000)
def _word_tokens(word: str) -> list[str]:
    pieces = _PIECE.findall(word)
    if len(pieces) < 2 or len(word) > _LONGEST_WORD:
        return [word]
    # gpt-4-turbo is found by gpt4 and by 4turbo too.
    few = pieces[:_MOST_PIECES]
    joined = ["".join(few[first:last]) for first in range(len(few)) for last in range(first + 1, len(few) + 1)]
    return [word, fold(word), *word.split("-"), *joined]


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
