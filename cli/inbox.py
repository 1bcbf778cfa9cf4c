"""What `damoxing inbox` does: add, list, next."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cli.output import say

if TYPE_CHECKING:
    from etl.inbox import Inbox, InboxItem, Intake

_HEADINGS = {
    "id": "Id",
    "state": "State",
    "title": "Title",
    "published": "Published",
    "characters": "Characters",
    "proposals": "Proposals",
    "derived_from": "Derived from",
    "likeness": "Likeness",
    "message": "Message",
}

# What a terminal has room for; the other formats give every field.
_SHORT = ("id", "state", "title", "published", "message")


def _inbox(folder: Path | None) -> "Inbox":
    from etl.inbox import Inbox

    if folder is None:
        from platformdirs import user_data_path

        folder = user_data_path("damoxing") / "inbox"
    return Inbox(folder)


def run_add(wanted: list[str], folder: Path | None, seeds: Path | None, articles: Path | None) -> int:
    """Take addresses and files into the inbox; return 1 where one could not be had."""
    from db.render import clean
    from etl.inbox import InboxError, Intake
    from etl.problems import SeedError
    from etl.seeds import Reader, default_seeds, read_vocabulary

    reader = Reader(seeds or default_seeds())
    vocabulary = read_vocabulary(reader)
    failed = 0
    try:
        if reader.problems:
            raise SeedError(reader.problems)
        for item in _added(Intake(_inbox(folder), vocabulary.sources.values(), articles), wanted):
            failed += item.state == "failed"
            told = clean(item.title or item.url or item.original_name or "")
            say(f"{item.state}: {item.id[:16]} {told}{f' ({clean(item.message)})' if item.message else ''}")
    except (InboxError, SeedError, OSError) as error:
        say(str(error))
        return 1
    return 1 if failed else 0


def _added(intake: "Intake", wanted: list[str]) -> "Iterator[InboxItem]":
    from etl.scale.item import Item
    from etl.scale.items import files

    pages = [word for word in wanted if urlsplit(word).scheme in {"http", "https"}]
    for word in wanted:
        if word not in pages:
            for file in files(word):
                if isinstance(file, Item):
                    yield intake.fail(file.name, str(file.error))
                else:
                    yield intake.add_file(Path(file))
    if pages:
        yield from _fetched(intake, pages)


def _fetched(intake: "Intake", pages: list[str]) -> "Iterator[InboxItem]":
    from etl.inbox_fetch import Fetcher, FetchError

    with Fetcher() as fetcher:
        for url in pages:
            try:
                page = fetcher.fetch(url)
            except FetchError as error:
                yield intake.fail(url, str(error))
                continue
            yield intake.add_page(url, page.url, page.data, page.suffix, page.content_type)


def run_list(folder: Path | None, form: str) -> int:
    """Print what is in the inbox; return the exit code."""
    from cli.output import print_rows
    from etl.inbox import InboxError

    try:
        items = _inbox(folder).items()
    except InboxError as error:
        say(str(error))
        return 1
    rows = [{name: getattr(item, name) for name in _HEADINGS} for item in items]
    if form in {"table", "md"}:
        rows = [row | {"id": row["id"][:8]} for row in rows]
    headings = {name: _HEADINGS[name] for name in _SHORT} if form == "table" else _HEADINGS
    print_rows(rows, form, headings=headings)
    if not items:
        say("the inbox is empty; fill it with `damoxing inbox add URL|PATH`")
    return 0


def run_next(folder: Path | None) -> int:
    """Print the path of what to review next; return 1 where nothing waits."""
    inbox = _inbox(folder)
    item = inbox.next()
    if item is None:
        say("nothing waits to be reviewed")
        return 1
    told = [item.state, item.title, f"derived from {item.derived_from}" if item.derived_from else None]
    say(" · ".join(part for part in told if part))
    print(inbox.path(item))
    return 0
