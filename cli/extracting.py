"""The command `extract`: articles read into proposed statements, on the terminal, in one file or in parts."""

from pathlib import Path
from typing import Annotated

import typer

from cli.look_ups import OneSeedsOption
from cli.output import say
from schema.reading_limits import USUAL, Limits

_FORMATS = ("jsonl", "table", "parquet")


def _format(text: str | None) -> str | None:
    if text is not None and text.lower() not in _FORMATS:
        raise typer.BadParameter(f"{text!r} is no format of extract; choose one of {', '.join(_FORMATS)}")
    return text.lower() if text else None


PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH...", help="Files, folders or Parquet files of texts; - is standard input.")
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        envvar="DAMOXING_FORMAT",
        metavar="jsonl|table|parquet",
        callback=_format,
        help="How to write; by default by OUT's suffix, else jsonl.",
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", envvar="DAMOXING_DATE", metavar="DATE", help="Day of the documents, where you know it."),
]
JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", envvar="DAMOXING_JOBS", min=0, help="Processes to read with; 0 for one a core.")
]
OutOption = Annotated[
    str | None,
    typer.Option(
        "--out",
        "-o",
        envvar="DAMOXING_OUT",
        metavar="OUT",
        help="File to write, or folder of parts: one that is there, or a name that ends in / or, where folders or "
        "Parquet files are read, has no suffix.",
    ),
]
TimeoutOption = Annotated[
    int | None,
    typer.Option(
        "--timeout",
        envvar="DAMOXING_TIMEOUT",
        metavar="SECONDS",
        min=0,
        help=f"Time that a document may take, 0 for any; {USUAL.timeout:g} where nobody says.",
    ),
]
MemoryOption = Annotated[
    int | None,
    typer.Option(
        "--memory",
        envvar="DAMOXING_MEMORY",
        metavar="MB",
        min=0,
        help=f"Memory that a document may take, 0 for any; {USUAL.memory} where nobody says.",
    ),
]
SizeOption = Annotated[
    int, typer.Option("--part-size", envvar="DAMOXING_PART_SIZE", min=1, help="Documents in a part, at most.")
]
ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        envvar="DAMOXING_CLUSTER",
        metavar="ADDRESS",
        help="Dask scheduler whose workers read, as tcp://HOST:8786; docs/scale.md.",
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        envvar="DAMOXING_COLUMNS",
        metavar="text=COLUMN,…",
        help="Columns of a Parquet file: text, and id, date, title; by default text or content, id, date.",
    ),
]
RetryOption = Annotated[
    bool,
    typer.Option("--retry-failed", envvar="DAMOXING_RETRY_FAILED", help="Make parts anew in which a document failed."),
]


def extract(
    paths: PathsArgument,
    form: FormatOption = None,
    date: DateOption = None,
    seeds: OneSeedsOption = None,
    jobs: JobsOption = 1,
    cluster: ClusterOption = None,
    out: OutOption = None,
    timeout: TimeoutOption = None,
    memory: MemoryOption = None,
    part_size: SizeOption = 1000,
    columns: ColumnsOption = None,
    retry_failed: RetryOption = False,
) -> None:
    """Read articles into proposed statements, each tied to its characters."""
    from cli.reading import Order, run_extract
    from db.errors import MissingLibraryError
    from etl.extract import check_date
    from etl.scale.cluster import Cluster, ClusterError
    from etl.scale.parquet_items import read_columns
    from etl.scale.pool import PoolError
    from etl.scale.store import StoreError

    into_parts = out is not None and is_folder(out, paths)
    target = Path(out).expanduser() if out else None
    # Nothing asks for other processes: this one reads what can do no harm by itself.
    plain = jobs == 1 and cluster is None and timeout is None and memory is None and not into_parts
    limits = Limits(
        (USUAL.timeout if timeout is None else timeout) or None,
        (USUAL.memory if memory is None else memory) or None,
    )
    try:
        check_date(date)
        if cluster and jobs != 1:
            raise ValueError(
                "--jobs is of this machine; a worker of --cluster reads by as many processes as it has threads"
            )
        order = Order(
            paths=paths,
            form=form_of(form, target, into_parts),
            date=date,
            seeds=seeds[0] if seeds else None,
            jobs=jobs,
            limits=None if plain else limits,
            columns=read_columns(columns) if columns else None,
            size=part_size if into_parts else None,
            retry=retry_failed,
            cluster=Cluster(cluster) if cluster else None,
        )
        code = run_extract(order, target)
    except ValueError as error:
        say(str(error))
        raise typer.Exit(2) from error
    except (MissingLibraryError, PoolError, ClusterError, StoreError) as error:
        say(str(error))
        raise typer.Exit(1) from error
    except OSError as error:
        if target is None:
            raise
        say(f"{target} cannot be written ({error.strerror or error}); what is done stays done")
        raise typer.Exit(1) from error
    raise typer.Exit(code)


def is_folder(out: str, paths: list[str]) -> bool:
    """Return whether OUT is a folder of parts."""
    if out.endswith("/") or Path(out).expanduser().is_dir():
        return True
    many = any(Path(path).is_dir() or path.endswith(".parquet") for path in paths)
    return many and not Path(out).suffix and not Path(out).expanduser().exists()


def form_of(form: str | None, target: Path | None, into_parts: bool) -> str:
    """Return the format asked for, else that of the file's suffix; raise ValueError where it cannot be written there."""
    if form == "parquet" and target is None:
        raise ValueError("Parquet is not printed; name a file or a folder with --out")
    if form == "table" and into_parts:
        raise ValueError("a table does not come in parts; choose jsonl or parquet")
    by_suffix = "parquet" if target and target.suffix == ".parquet" and not into_parts else "jsonl"
    return form or by_suffix
