"""The edition of a base: which state of it this is, and what every file made from it says of it."""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from db.connection import Connection
from db.look_up import Row, rows

TITLE_EN = "damoxing: facts on large AI models, the companies behind them and the policies on them"
TITLE_ZH = "damoxing 大模型事实库"
ABSTRACT_EN = (
    "A typed, sourced fact base on large AI models, the companies behind them and the policies on them. Facts are read "
    "from articles, mostly Chinese, and each one stays tied to the characters it was read from."
)
ABSTRACT_ZH = "关于大模型、相关企业与政策的事实库：每条事实都有类型、有出处，始终对应到原文的具体字符。"
AUTHOR = "The damoxing authors"
LICENCE = "CC-BY-4.0"
LICENCE_NAME = "Creative Commons Attribution 4.0 International"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
KEYWORDS = ("large language models", "artificial intelligence", "AI policy", "China", "fact base", "大模型", "人工智能")


@dataclass(frozen=True, slots=True)
class Edition:
    """A state of the base: its newest release, its content and the sources it stands on."""

    release: str | None
    released_on: str | None
    content_hash: str
    as_of: str
    statements: int
    entities: int
    sources: list[Row]

    @property
    def version(self) -> str:
        """Return the release, else the version of the package that built the base."""
        return self.release or package_version()

    @property
    def short(self) -> str:
        """Return the beginning of the content hash, as `damoxing build` tells it."""
        return self.content_hash[:12]

    @property
    def citation(self) -> str:
        """Return how the whole is cited."""
        year = f" ({self.released_on[:4]})" if self.released_on else ""
        return f"{AUTHOR}{year}. {TITLE_EN}, version {self.version}, content {self.short}. {LICENCE_NAME} (CC BY 4.0)."


def edition_of(connection: Connection) -> Edition:
    """Return the edition of an open base."""
    info = dict(connection.execute("select id, content from base_info").fetchall())
    newest = rows(connection, "select id, released_on from releases order by released_on desc, id desc limit 1")
    release = newest[0] if newest else {"id": None, "released_on": None}
    return Edition(
        release["id"],
        release["released_on"],
        info.get("content_hash", ""),
        info.get("as_of", ""),
        _count(connection, "statements"),
        _count(connection, "entities"),
        rows(connection, "select * from sources order by id"),
    )


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(f'select count(*) from "{table}"').fetchone()[0])


@cache
def package_version() -> str:
    """Return the version of damoxing that is installed."""
    try:
        return version("damoxing")
    except PackageNotFoundError:
        return "0"
