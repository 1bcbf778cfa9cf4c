"""The command line: commands, their options, and errors translated once, at the edge."""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli import checking, exporting, extracting, look_ups
from cli.import_commands import import_app
from cli.look_ups import ArticlesOption, DbOption, FormatOption, OneSeedsOption
from cli.output import Format, say
from cli.quick import Quick, hastened
from db.errors import AmbiguousError, BaseError, MissingLibraryError, NotFoundError


class Edge(TyperGroup):
    """The group of all commands; an error that a user can mend leaves it as a message and exit 1."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return its parameters, with --help."""
        return hastened(super().get_params(ctx))

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except (AmbiguousError, BaseError, MissingLibraryError, NotFoundError) as error:
            say(str(error))
        except Exception as error:
            if type(error).__module__.partition(".")[0] not in {"sqlite3", "psycopg"}:
                raise
            say(
                f"the database cannot be read ({str(error).strip()}); build it anew with `damoxing build --db FILE|URL`"
            )
        raise typer.Exit(1)


app = typer.Typer(
    name="damoxing",
    cls=Edge,
    help="A typed, sourced fact base on large AI models, the companies behind them and the policies on them.",
    context_settings={"help_option_names": ["-h", "--help"]},
    # rich costs more to import than a look-up takes.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

for _name, _function in (
    ("model", look_ups.model),
    ("company", look_ups.company),
    ("policy", look_ups.policy),
    ("source", look_ups.source),
    ("search", look_ups.search),
    ("list", look_ups.list_),
    ("compare", look_ups.compare),
    ("why", look_ups.why),
    ("conflicts", look_ups.conflicts),
    ("check", checking.check),
    ("export", exporting.export),
):
    app.command(_name, cls=Quick)(_function)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"damoxing {version('damoxing')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """A typed, sourced fact base on large AI models, the companies behind them and the policies on them."""
    if context.invoked_subcommand is None:
        print(context.get_help())


SeedsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--seeds",
        envvar="DAMOXING_SEEDS",
        metavar="DIR",
        help="Folder of seeds, by default those of the package; once for each folder to take together.",
    ),
]


def _first(seeds: list[Path] | None) -> Path | None:
    return seeds[0] if seeds else None


@app.command(cls=Quick)
def build(
    seeds: SeedsOption = None,
    db: Annotated[
        str | None,
        typer.Option(
            "--db",
            envvar="DAMOXING_DB",
            metavar="FILE|URL",
            help="Where the base goes; by default the user's data folder.",
        ),
    ] = None,
    articles: ArticlesOption = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", envvar="DAMOXING_AS_OF", metavar="DATE", help="Only sources published by then."),
    ] = None,
) -> None:
    """Build the base from seeds: read, resolve, load, derive, check, swap in."""
    from cli.base import run_build

    raise typer.Exit(run_build(seeds, db, articles, as_of))


@app.command(cls=Quick)
def verify(seeds: SeedsOption = None, articles: ArticlesOption = None, db: DbOption = None) -> None:
    """Read every span again and normalise it again; exit 1 where one fails."""
    from cli.base import run_verify

    raise typer.Exit(run_verify(seeds=seeds, articles=articles, db=db))


@app.command(cls=Quick)
def serve(
    db: DbOption = None,
    port: Annotated[
        int, typer.Option("--port", "-p", envvar="DAMOXING_PORT", min=0, max=65535, help="Port to listen on.")
    ] = 8001,
    host: Annotated[str, typer.Option("--host", envvar="DAMOXING_HOST", help="Address to listen on.")] = "127.0.0.1",
    articles: ArticlesOption = None,
    public: Annotated[
        bool, typer.Option("--public", envvar="DAMOXING_PUBLIC", help="Serve strangers: limited, no article text.")
    ] = False,
    seeds: SeedsOption = None,
) -> None:
    """Build where needed, then serve the site."""
    from cli.base import run_serve

    raise typer.Exit(run_serve(db=db, port=port, host=host, articles=articles, public=public, seeds=seeds))


@app.command(cls=Quick)
def release(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="Version of the release, such as 2024.12.")],
    seeds: SeedsOption = None,
    date: Annotated[
        str | None,
        typer.Option("--date", envvar="DAMOXING_DATE", metavar="DATE", help="Day of the release; by default today."),
    ] = None,
    note: Annotated[str | None, typer.Option("--note", envvar="DAMOXING_NOTE", help="What changed, in words.")] = None,
) -> None:
    """Keep the state of the seeds as a release."""
    from cli.base import run_release

    raise typer.Exit(run_release(version, seeds, date, note))


@app.command(cls=Quick)
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A base or a release.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="A base or a release.")],
    form: Annotated[
        Format, typer.Option("--format", "-f", envvar="DAMOXING_FORMAT", help="How to print.", case_sensitive=False)
    ] = Format.TABLE,
    seeds: SeedsOption = None,
) -> None:
    """Show what changed between two bases or releases, statement by statement."""
    from cli.base import run_diff

    raise typer.Exit(run_diff(old, new, form.value, seeds))


@app.command("format", cls=Quick)
def format_(
    seeds: SeedsOption = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", envvar="DAMOXING_CHECK", help="Only tell which files are not; exit 1 where one is not."
        ),
    ] = False,
) -> None:
    """Bring every seed file into the one form."""
    from cli.base import run_format

    raise typer.Exit(run_format(seeds, check))


app.command("extract", cls=Quick)(extracting.extract)


@app.command(cls=Quick)
def evaluate(
    predictions: Annotated[Path, typer.Argument(metavar="PREDICTIONS", help="JSON Lines of extract.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Hand-read facts: gold.json, or JSON Lines of extract.")],
    form: Annotated[
        Format, typer.Option("--format", "-f", envvar="DAMOXING_FORMAT", help="How to print.", case_sensitive=False)
    ] = Format.TABLE,
    failures: Annotated[
        int, typer.Option("--failures", envvar="DAMOXING_FAILURES", min=0, help="How many failures to tell on stderr.")
    ] = 0,
) -> None:
    """Measure what was read against hand-read facts: precision, recall and F1."""
    from cli.reading import run_evaluate

    raise typer.Exit(run_evaluate(predictions, gold, form.value, failures))


@app.command(cls=Quick)
def review(
    target: Annotated[
        Path,
        typer.Argument(
            metavar="PROPOSALS|ARTICLE",
            help="JSON Lines of extract, an article to extract first, or the open pairs of resolve.",
        ),
    ],
    seeds: OneSeedsOption = None,
    articles: ArticlesOption = None,
    accept_above: Annotated[
        float | None,
        typer.Option(
            "--accept-above",
            envvar="DAMOXING_ACCEPT_ABOVE",
            metavar="N",
            min=0,
            max=1,
            help="Accept what is as sure as this, 0 to 1, and stop.",
        ),
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", envvar="DAMOXING_CSV", metavar="OUT", help="Write what is open as a sheet.")
    ] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(
            "--decisions", envvar="DAMOXING_DECISIONS", metavar="IN", help="Carry out the decisions of a sheet."
        ),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option("--date", envvar="DAMOXING_DATE", metavar="DATE", help="Day of the article, where you know it."),
    ] = None,
) -> None:
    """Review proposals: accept, edit, reject; create, choose or merge entities; undo; resume."""
    from cli.resolving import is_pairs, run_match_review
    from cli.reviewing import run_review

    if is_pairs(target):
        raise typer.Exit(run_match_review(target, seeds, accept_above))
    raise typer.Exit(
        run_review(
            target,
            seeds=_first(seeds),
            articles=articles,
            accept_above=accept_above,
            csv_out=csv,
            decisions=decisions,
            date=date,
        )
    )


app.add_typer(import_app, name="import")


@app.command(cls=Quick)
def resolve(seeds: SeedsOption = None, form: FormatOption = Format.TABLE) -> None:
    """Find which entities of the last folder of seeds are which of those before it; the package's come first."""
    from cli.resolving import run_resolve

    raise typer.Exit(run_resolve(seeds, form))


inbox_app = typer.Typer(help="What waits to be read and reviewed.", rich_markup_mode=None, no_args_is_help=True)
app.add_typer(inbox_app, name="inbox")
InboxOption = Annotated[
    Path | None,
    typer.Option(
        "--inbox", envvar="DAMOXING_INBOX", metavar="DIR", help="The inbox; by default in the user's data folder."
    ),
]


@inbox_app.command("add", cls=Quick)
def inbox_add(
    wanted: Annotated[list[str], typer.Argument(metavar="URL|PATH...", help="Addresses, files or folders.")],
    inbox: InboxOption = None,
    seeds: OneSeedsOption = None,
    articles: ArticlesOption = None,
) -> None:
    """Take articles in: fetched politely, each once, reprints recognised."""
    from cli.inbox import run_add

    raise typer.Exit(run_add(wanted, inbox, _first(seeds), articles))


@inbox_app.command("list", cls=Quick)
def inbox_list(
    inbox: InboxOption = None,
    form: Annotated[
        Format, typer.Option("--format", "-f", envvar="DAMOXING_FORMAT", help="How to print.", case_sensitive=False)
    ] = Format.TABLE,
) -> None:
    """Show what is in the inbox, and the state it is in."""
    from cli.inbox import run_list

    raise typer.Exit(run_list(inbox, form.value))


@inbox_app.command("next", cls=Quick)
def inbox_next(inbox: InboxOption = None) -> None:
    """Print the path of what to review next."""
    from cli.inbox import run_next

    raise typer.Exit(run_next(inbox))


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # An output that cannot hold Chinese gets escapes, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        app(prog_name="damoxing")
    except OSError as error:
        # Where the terminal, or the program that read the output, is gone, there is nobody to tell.
        if error.errno not in (errno.EIO, errno.EPIPE):
            say(_told(error))
        sys.exit(1)
    finally:
        _let_go()


def _told(error: OSError) -> str:
    """Tell what the system refused, and the cure."""
    where = f"{error.filename}: " if error.filename else ""
    problem = (error.strerror or str(error)).lower()
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{where}{problem}; what stood there stands: free some space and give the same command again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{where}{problem}; name another place, or let this user write there"
    return f"{where}{problem}; check the path"


def _let_go() -> None:
    """Write out what is held; where nobody reads it any more, end quietly all the same."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
            os.write(stream.fileno(), b"")
        except (OSError, ValueError):
            # Python would flush once more on its way out, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
