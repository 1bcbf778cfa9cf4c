"""The import commands: one for each data set."""

from pathlib import Path
from typing import Annotated

import typer

from cli.quick import Quick

import_app = typer.Typer(
    help="Take the field's public data sets into a base of their own.", rich_markup_mode=None, no_args_is_help=True
)
ImportSeedsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--seeds",
        envvar="DAMOXING_SEEDS",
        metavar="DIR",
        help="Folder of the imports, new or old; of several the last.",
    ),
]
SnapshotOption = Annotated[
    str | None,
    typer.Option(
        "--date", envvar="DAMOXING_DATE", metavar="DATE", help="Day of the snapshot; by default what the data tells."
    ),
]
ShrinkOption = Annotated[
    bool,
    typer.Option(
        "--allow-shrink",
        envvar="DAMOXING_ALLOW_SHRINK",
        help="Import a snapshot that lacks more than a fifth of the rows in the base.",
    ),
]


@import_app.command("epoch", cls=Quick)
def import_epoch(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="CSV file of Epoch AI, of any selection and age.")],
    seeds: ImportSeedsOption = None,
    date: SnapshotOption = None,
    allow_shrink: ShrinkOption = False,
) -> None:
    """Import Epoch AI's table of models."""
    from cli.importing import run_import

    raise typer.Exit(run_import("epoch", path, seeds, date, allow_shrink))


@import_app.command("models-dev", cls=Quick)
def import_models_dev(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="Folder of model cards: a checkout, or its models.")],
    seeds: ImportSeedsOption = None,
    date: SnapshotOption = None,
    allow_shrink: ShrinkOption = False,
) -> None:
    """Import the model cards of models.dev."""
    from cli.importing import run_import

    raise typer.Exit(run_import("models-dev", path, seeds, date, allow_shrink))


@import_app.command("awesome-cn", cls=Quick)
def import_awesome_cn(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="README.md of awesome-LLMs-In-China.")],
    seeds: ImportSeedsOption = None,
    date: SnapshotOption = None,
    allow_shrink: ShrinkOption = False,
) -> None:
    """Import the list of Chinese models and their companies."""
    from cli.importing import run_import

    raise typer.Exit(run_import("awesome-cn", path, seeds, date, allow_shrink))
