"""The command `export`: a base as a folder of files."""

from pathlib import Path
from typing import Annotated

import typer

from cli.look_ups import DbOption, place_of
from cli.output import say

FolderArgument = Annotated[
    Path, typer.Argument(metavar="DIR", help="Folder to make; one that holds an earlier export is replaced.")
]
TablesOption = Annotated[
    str | None,
    typer.Option(
        "--tables",
        "-t",
        envvar="DAMOXING_TABLES",
        metavar="TABLE,…",
        help="Tables and views to write; by default all, with the SQLite file.",
    ),
]
ExportFormatOption = Annotated[
    str,
    typer.Option(
        "--format",
        "-f",
        envvar="DAMOXING_FORMAT",
        metavar="csv|json|jsonl|parquet",
        help="Format of the tables; several with commas.",
    ),
]
ExcelOption = Annotated[
    bool,
    typer.Option("--excel", envvar="DAMOXING_EXCEL", help="CSVs that Excel opens right, and workbooks beside them."),
]


def export(
    folder: FolderArgument,
    db: DbOption = None,
    tables: TablesOption = None,
    form: ExportFormatOption = "csv",
    excel: ExcelOption = False,
) -> None:
    """Write the base as files: tables, archive, SQLite, checksums, data package, Croissant, licence."""
    from db.errors import ExportError, MissingLibraryError, RequestError
    from db.exporting import export as write

    try:
        made = write(place_of(db), folder.expanduser(), _words(tables), _words(form.lower()), excel)
    except RequestError as error:
        raise typer.BadParameter(str(error)) from error
    except (ExportError, MissingLibraryError) as error:
        say(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        say(f"{folder} cannot be written ({error.strerror or error})")
        raise typer.Exit(1) from error
    size = sum(file.size for file in made.files)
    say(f"exported {len(made.files) + 1} files, {size / 1e6:.1f} MB, to {folder}; check them with SHA256SUMS")


def _words(text: str | None) -> list[str]:
    return [word.strip() for word in (text or "").split(",") if word.strip()]
