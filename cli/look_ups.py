"""Look-up commands: what the base holds about a name, a word, a kind or a statement."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.output import Format, print_json, print_page, print_records, print_tables, say
from db.errors import RequestError

if TYPE_CHECKING:
    from db.connection import Connection
    from db.labels import Labels

TABLE_ROWS = 200


def _default_language() -> str:
    locale = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def _as_of_date(text: str | None) -> str | None:
    from db.published import last_day

    try:
        return None if text is None else last_day(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _language(text: str | None) -> str:
    if text in {None, "zh", "en"}:
        return text or _default_language()
    raise typer.BadParameter(f"{text!r} is no language of this base; write zh or en")


DbOption = Annotated[
    str | None,
    typer.Option(
        "--db", envvar="DAMOXING_DB", metavar="FILE|URL", help="The base; by default the one in the user's data folder."
    ),
]
FormatOption = Annotated[
    Format, typer.Option("--format", "-f", envvar="DAMOXING_FORMAT", help="How to print.", case_sensitive=False)
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        envvar="DAMOXING_AS_OF",
        metavar="DATE",
        callback=_as_of_date,
        help="Only what sources published by then say.",
    ),
]
LangOption = Annotated[
    str | None,
    typer.Option(
        "--lang",
        envvar="DAMOXING_LANG",
        metavar="zh|en",
        callback=_language,
        help="Language of headings; by default the locale's.",
    ),
]
ArticlesOption = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        envvar="DAMOXING_ARTICLES",
        metavar="DIR",
        help="Folder of the articles, to show the sentence that says it.",
    ),
]
OneSeedsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--seeds",
        envvar="DAMOXING_SEEDS",
        metavar="DIR",
        help="Folder of seeds, by default those of the package; of several the first.",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", "-n", envvar="DAMOXING_LIMIT", min=0, help=f"Most rows; 0 for all. A table stops at {TABLE_ROWS}."
    ),
]
WhereOption = Annotated[
    list[str] | None,
    typer.Option(
        "--where",
        "-w",
        envvar="DAMOXING_WHERE",
        metavar="CONDITION",
        help="column=value, also !=, >=, <=, >, <, ~ (contains); repeatable.",
    ),
]
SortOption = Annotated[
    str | None,
    typer.Option(
        "--sort", envvar="DAMOXING_SORT", metavar="COLUMN", help="Column to sort by; -COLUMN for the greatest first."
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option("--columns", envvar="DAMOXING_COLUMNS", metavar="A,B,…", help="Columns to show, parted by commas."),
]
NameArgument = Annotated[
    list[str],
    typer.Argument(metavar="NAME", help="Id, name or alias, in any case, with or without blanks and hyphens."),
]


def model(
    name: NameArgument,
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Show a model: its figures as printed and as numbers, who says so, events, relations."""
    _show_entity(" ".join(name), ("model",), "model", db, form, as_of, lang)


def company(
    name: NameArgument,
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Show a company or any other organization."""
    _show_entity(" ".join(name), ("organization",), "organization", db, form, as_of, lang)


def policy(
    name: NameArgument,
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Show a policy instrument, or of a place its policy profiles and instruments."""
    _show_entity(" ".join(name), ("policy", "place"), "policy", db, form, as_of, lang)


def _show_entity(
    name: str, kinds: tuple[str, ...], wanted: str, db: str | None, form: Format, as_of: str | None, lang: str | None
) -> None:
    from db.facts import entity_record
    from db.look_up import find_entity
    from db.pages import entity_page

    with opened(db) as connection:
        labels = _labels(connection, lang)
        found = find_entity(connection, name, kinds, wanted)
        _tell_others(name, found.entity, found.others, kinds, wanted)
        record = entity_record(connection, found.entity, as_of)
        print_page(entity_page(record, labels), form)
        if as_of and not record["statements"] and not record["named_in"]:
            say(f"no source published by {as_of} tells of {found.entity['id']!r}")
            raise typer.Exit(1)


def _tell_others(
    name: str, entity: dict[str, Any], others: list[dict[str, Any]], kinds: tuple[str, ...], wanted: str
) -> None:
    if kinds and entity["kind"] not in kinds:
        say(f"{name!r} is not {_with_article(wanted)}; it names {_with_article(entity['kind'])}: {entity['id']}")
    if others:
        named = [f"{other['label']!r} ({other['kind']} {other['id']})" for other in others]
        say(f"{name!r} also names {', '.join(named)}")


def _with_article(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def source(
    name: NameArgument,
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Show a source and what was read from it; NAME is an id, a file name's beginning, a DOI or a part of a title."""
    from db.facts import source_record
    from db.look_up import find_source
    from db.pages import source_page

    with opened(db) as connection:
        labels = _labels(connection, lang)
        found = find_source(connection, " ".join(name))
        print_page(source_page(source_record(connection, found, as_of), labels), form)


def search(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Words or Chinese characters, one is enough.")],
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", "-n", envvar="DAMOXING_LIMIT", min=1, help="Most entities, statements and sources each."
        ),
    ] = 20,
) -> None:
    """Search entities, statements and sources for words."""
    from db.look_up import suggest
    from db.pages import search_page
    from db.search import search as find

    words = " ".join(text)
    with opened(db) as connection:
        labels = _labels(connection, lang)
        hits = find(connection, words, limit, as_of)
        if hits or form is not Format.TABLE:
            print_page(search_page(hits, labels), form)
        if not hits:
            near = suggest(connection, words) if words.strip() else []
            say(f"nothing found for {words!r}" + (f"; did you mean {' or '.join(near)}?" if near else ""))
            raise typer.Exit(1)


def list_(
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help="models, companies, policies, statements, sources, metrics, events …")
    ],
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
    where: WhereOption = None,
    sort: SortOption = None,
    limit: LimitOption = None,
    columns: ColumnsOption = None,
) -> None:
    """List the rows of a kind; csv and json give every column."""
    chosen = [name for name in (columns or "").split(",") if name.strip()]
    with opened(db) as connection:
        try:
            count = _print_list(
                connection, kind, where or [], sort, limit, chosen, as_of, form, _labels(connection, lang)
            )
        except RequestError as error:
            raise typer.BadParameter(str(error)) from error
    if not count:
        say(f"no {kind}" + (f" where {' and '.join(where)}" if where else "") + (f" as of {as_of}" if as_of else ""))
        raise typer.Exit(1)


def conflicts(
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
    where: WhereOption = None,
    limit: LimitOption = None,
) -> None:
    """List pairs of statements that cannot both be right, and which is preferred."""
    list_("conflicts", db, form, as_of, lang, where, None, limit, None)


def _print_list(
    connection: "Connection",
    kind: str,
    where: list[str],
    sort: str | None,
    limit: int | None,
    columns: list[str],
    as_of: str | None,
    form: Format,
    labels: "Labels",
) -> int:
    from db.listing import DEFAULT_COLUMNS, columns_named, kind_named, listing

    kind = kind_named(kind)
    if form in {Format.TABLE, Format.MD}:
        most = TABLE_ROWS if limit is None else limit
        found = listing(connection, kind, where, sort, most + 1 if limit is None else most, None, as_of)
        shown = columns_named(connection, kind, columns or DEFAULT_COLUMNS[kind])
        return _print_list_table(kind, found, shown, most if limit is None else 0, form, labels)
    found = listing(connection, kind, where, sort, limit, columns, as_of)
    if form is Format.JSON:
        records = list(found.records())
        print_json(records)
        return len(records)
    counted = _Counted(found.records())
    print_records(counted, form, found.columns)
    return counted.count


def _print_list_table(kind: str, found: Any, columns: list[str], most: int, form: Format, labels: "Labels") -> int:
    from db.list_page import list_table

    records = list(found.records())
    if most and len(records) > most:
        records = records[:most]
        say(f"the first {most} are shown; --limit 0 shows all, --format csv gives every column")
    if records:
        print_tables([], [list_table(kind, found, columns, records, labels)], form)
    return len(records)


class _Counted:
    """An iterator that knows how many it gave."""

    def __init__(self, items: Any) -> None:
        self.items, self.count = items, 0

    def __iter__(self) -> Any:
        for item in self.items:
            self.count += 1
            yield item


def compare(
    names: Annotated[
        list[str], typer.Argument(metavar="A B…", help="Models, places or organizations; quote a name with blanks.")
    ],
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
) -> None:
    """Show entities side by side, one row a property."""
    from db.comparing import compared
    from db.facts import entity_record
    from db.look_up import find_entity
    from db.pages import compare_page

    if len(names) < 2:
        raise typer.BadParameter(f"{names[0]!r} alone cannot be compared; name two or more")
    with opened(db) as connection:
        labels = _labels(connection, lang)
        kinds: tuple[str, ...] = ()
        records = []
        for name in names:
            entity = find_entity(connection, name, kinds or ("model", "place", "organization")).entity
            kinds = kinds or (entity["kind"],)
            records.append(entity_record(connection, entity, as_of))
        print_page(compare_page(records, compared(records, labels), labels), form)


def why(
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="Id of a statement, or its beginning.")],
    db: DbOption = None,
    form: FormatOption = Format.TABLE,
    as_of: AsOfOption = None,
    lang: LangOption = None,
    articles: ArticlesOption = None,
) -> None:
    """Show the chain from a statement's value to the characters it was read from."""
    from db.look_up import find_statement
    from db.why import add_sentences, chain
    from db.why_page import why_page

    with opened(db) as connection:
        labels = _labels(connection, lang)
        found = chain(connection, find_statement(connection, statement), labels, as_of)
        if articles is not None:
            add_sentences(connection, found, _Articles(articles).text)
        print_page(why_page(found, labels), form)


class _Articles:
    """The texts of a folder, each read once, and only where its hash is the source's."""

    def __init__(self, folder: Path) -> None:
        from etl.text import Shelf

        if not folder.is_dir():
            raise typer.BadParameter(
                f"no folder {str(folder)!r}; give the one with the articles", param_hint="--articles"
            )
        self.folder, self.shelf = folder, Shelf(folder)
        self.texts: dict[str, str | None] = {}

    def text(self, source: dict[str, Any]) -> str | None:
        """Return the canonical text of a source, or None where the folder does not hold its file."""
        if source["id"] not in self.texts:
            self.texts[source["id"]] = text = self._read(source)
            if text is None:
                say(
                    f"{str(self.folder)!r} does not hold the file of {source['id']!r} ({source['file_name']}, sha256 {source['sha256']})"
                )
        return self.texts[source["id"]]

    def _read(self, source: dict[str, Any]) -> str | None:
        from etl.text import read_text, sha256_of_bytes

        # By name first: hashing a whole folder takes long.
        path = self.folder / Path(source["file_name"] or "").name
        if path.is_file() and sha256_of_bytes(path.read_bytes()) == source["sha256"]:
            return read_text(path)
        return self.shelf.text(source["sha256"])


def _labels(connection: "Connection", language: str | None) -> "Labels":
    from db.labels import Labels

    return Labels(connection, language or _default_language())


def opened(db: str | None) -> Any:
    """Open the base named, else the default one, which is built first where there is none."""
    from contextlib import closing

    from db.opening import open_base

    return closing(open_base(place_of(db)))


def place_of(db: str | None) -> Path | str:
    """Return the place of the base named, else of the default one, which is built first where there is none."""
    from db.address import is_address

    if db is not None:
        return db if is_address(db) else Path(db).expanduser()
    from cli.base import default_db

    path = default_db()
    if not path.exists():
        _build_default(path)
    return path


def _build_default(path: Path) -> None:
    from cli.base import run_build

    say(f"no base yet: building {path} from the seeds of the package")
    code = run_build(None, str(path), None, None)
    if code:
        raise typer.Exit(code)
