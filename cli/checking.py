"""The command `check`: an article held against the base."""

import json
import re
import sys
from contextlib import nullcontext, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from cli.look_ups import DbOption, LangOption, OneSeedsOption, opened
from cli.output import Format, print_tables, say

if TYPE_CHECKING:
    from db.labels import Labels
    from etl.checking.verdicts import Report

_FORMATS = ("table", "jsonl", "html")
# What fails a run: the graver is part of the lighter.
_FAILING = {"conflicts": ("conflicts",), "outdated": ("conflicts", "outdated")}
_SITE = re.compile(r"https?://[^\s\"'<>]+")


def _format(text: str) -> str:
    if text.lower() not in _FORMATS:
        raise typer.BadParameter(f"{text!r} is no format of a check; choose one of {', '.join(_FORMATS)}")
    return text.lower()


def _fail_on(text: str | None) -> str | None:
    if text is not None and text not in _FAILING:
        raise typer.BadParameter(f"{text!r} fails no check; write {' or '.join(_FAILING)}")
    return text


def _site(text: str | None) -> str | None:
    if text is not None and not _SITE.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no address; write it with http:// or https://")
    return text


ArticleArgument = Annotated[
    str, typer.Argument(metavar="ARTICLE", help="A file (txt, md, html, pdf, docx); - is standard input.")
]
ReportOption = Annotated[
    str,
    typer.Option(
        "--format", "-f", envvar="DAMOXING_FORMAT", metavar="table|jsonl|html", callback=_format, help="How to print."
    ),
]
FailOnOption = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        envvar="DAMOXING_FAIL_ON",
        metavar="conflicts|outdated",
        callback=_fail_on,
        help="Exit 1 where a statement conflicts; with outdated, also where one is outdated.",
    ),
]
DateOption = Annotated[
    str | None,
    typer.Option("--date", envvar="DAMOXING_DATE", metavar="DATE", help="Day of the article, where you know it."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", "-o", envvar="DAMOXING_OUT", metavar="OUT", help="File to write.")
]
SiteOption = Annotated[
    str | None,
    typer.Option(
        "--site",
        envvar="DAMOXING_SITE",
        metavar="URL",
        callback=_site,
        help="Where the base is served: the html links to its evidence pages.",
    ),
]


def check(
    article: ArticleArgument,
    db: DbOption = None,
    form: ReportOption = "table",
    fail_on: FailOnOption = None,
    date: DateOption = None,
    out: OutOption = None,
    site: SiteOption = None,
    lang: LangOption = None,
    seeds: OneSeedsOption = None,
) -> None:
    """Hold an article against the base: what agrees, conflicts, is outdated, new or unclear."""
    from db.labels import Labels
    from etl.checking.article import load_checker
    from etl.documents import DocumentError
    from etl.extract import one_document

    try:
        document = one_document(article, date)
    except DocumentError as error:
        say(str(error))
        raise typer.Exit(1) from error
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--date") from error
    with opened(db) as connection:
        report = load_checker(connection, seeds[0] if seeds else None).check(document)
        labels = Labels(connection, lang or "en")
        _write(report, labels, form, site, out)
    if form != "table" or out is not None:
        _tell(report, labels)
    if any(report.counts()[verdict] for verdict in _FAILING.get(fail_on or "", ())):  # type: ignore[index]
        raise typer.Exit(1)


def _tell(report: "Report", labels: "Labels") -> None:
    from etl.checking.words import summary

    say(summary(report.items, report.counts(), labels.language))


def _write(report: "Report", labels: "Labels", form: str, site: str | None, out: Path | None) -> None:
    part = out.with_name(out.name + ".part") if out else None
    # A lone surrogate of a broken text must not stop the report.
    opened_part = part.open("w", encoding="utf-8", errors="backslashreplace") if part else nullcontext(sys.stdout)
    with opened_part as stream:
        _print(report, labels, form, site, stream)
    if part is not None and out is not None:
        part.replace(out)


def _print(report: "Report", labels: "Labels", form: str, site: str | None, stream: TextIO) -> None:
    from etl.checking.lines import records, table
    from etl.checking.page import page

    if form == "jsonl":
        stream.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records(report, labels))
    elif form == "html":
        stream.write(page(report, labels, _base_told(labels), site))
    else:
        told, statements = table(report, labels)
        with redirect_stdout(stream):
            print_tables([told], [statements] if report.items else [], Format.TABLE)


def _base_told(labels: "Labels") -> str:
    row: Any = labels.connection.execute("select content from base_info where id = 'content_hash'").fetchone()
    name = "本库" if labels.language == "zh" else "base"
    return f"{name} {str(row[0])[:12]}" if row and row[0] else ""
