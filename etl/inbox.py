"""The inbox: articles that wait to be read and reviewed, each file once, with the state it is in."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError

from db.whole_file import put_file, write_whole
from etl.document_text import read_bytes, storable
from etl.documents import Document, DocumentError
from etl.inbox_sketch import Sketch, sketch
from etl.scale.guarded import read_file, read_guarded
from etl.text import Shelf, sha256_of_bytes, sha256_of_text
from schema.records import Record, SourceRecord

State = Literal["queued", "extracted", "in review", "done", "duplicate", "failed"]
# From here on two texts are the same one; from there on, the shorter one stands in the longer one.
SAME, REPEATED = 0.85, 0.6
_NEXT: tuple[State, ...] = ("in review", "extracted", "queued")
_LEAST = 20
# What tells a format; a longer one, as of a sentence with a full stop in it, makes no file name.
_SUFFIX = re.compile(r"\.[a-z0-9]{1,10}")


class InboxItem(Record):
    """One article in the inbox."""

    id: str
    state: State
    added_at: str
    title: str | None = None
    url: str | None = None
    final_url: str | None = None
    content_type: str | None = None
    file: str | None = None
    original_name: str | None = None
    published: str | None = None
    characters: int | None = None
    text_sha256: str | None = None
    derived_from: str | None = None
    likeness: float | None = None
    message: str | None = None
    proposals: int | None = None
    source_id: str | None = None
    hashes: list[int] = Field(default_factory=list)
    size: int = 0

    @property
    def sketch(self) -> Sketch:
        """The sketch of its text."""
        return Sketch(tuple(self.hashes), self.size)


class InboxError(ValueError):
    """The inbox cannot be used."""


class Inbox:
    """A folder of articles: files/ by their hash, items/ with what is known of each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = folder / "files"
        self.records = folder / "items"

    def items(self) -> list[InboxItem]:
        """List what is in the inbox, the oldest first."""
        found = [self._read(path) for path in self.records.glob("*.json")]
        return sorted(found, key=lambda item: (item.added_at, item.id))

    def item(self, item_id: str) -> InboxItem | None:
        """Return an item by its hash."""
        path = self.records / f"{item_id}.json"
        return self._read(path) if path.exists() else None

    def _read(self, path: Path) -> InboxItem:
        try:
            return InboxItem.model_validate_json(path.read_text(encoding="utf-8"))
        except ValidationError as error:
            raise InboxError(
                f"{path} is no item of an inbox ({error.error_count()} problems); remove it and add the article again"
            ) from error

    def write(self, item: InboxItem) -> None:
        """Write an item, whole or not at all."""
        self.records.mkdir(parents=True, exist_ok=True)
        path = self.records / f"{item.id}.json"
        data = item.model_dump(exclude_defaults=True)
        write_whole(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def note(self, item_id: str, state: State, **more: Any) -> None:
        """Let an item be in a state; one that is further does not go back to extracted."""
        item = self.item(item_id)
        if item is None:
            return
        if state == "extracted" and item.state in {"in review", "done"}:
            state = item.state
        self.write(item.model_copy(update={"state": state, **more}))

    def path(self, item: InboxItem) -> Path:
        """Return where an item's file is."""
        return self.files / str(item.file)

    def next(self) -> InboxItem | None:
        """Return what to review next: what was begun, then what came first."""
        items = self.items()
        return next((item for state in _NEXT for item in items if item.state == state), None)

    def known(self, sha256: str, sources: Iterable[SourceRecord]) -> dict[str, Any]:
        """Return what the inbox knows of a file that its source should say."""
        item = self.item(sha256)
        if item is None:
            return {}
        by_hash = {source.sha256: source.id for source in sources}
        ids = set(by_hash.values())
        derived = item.derived_from if item.derived_from in ids else by_hash.get(item.derived_from)
        return {
            "url": item.final_url or item.url,
            "retrieved": item.added_at[:10],
            "file_name": item.original_name,
            "derived_from": derived,
        }


class Intake:
    """Takes articles into an inbox, and tells which are there already or repeat another."""

    def __init__(self, inbox: Inbox, sources: Iterable[SourceRecord] = (), articles: Path | None = None) -> None:
        self.inbox = inbox
        self.sources = list(sources)
        self.shelf = Shelf(articles) if articles else None
        self._items: list[InboxItem] | None = None
        self._base: list[tuple[str, SourceRecord, Sketch]] | None = None

    def add_file(self, path: Path) -> InboxItem:
        """Take a file in."""
        try:
            data = read_bytes(path)
        except DocumentError as error:
            return self.fail(str(path), str(error))
        suffix = path.suffix.lower()
        return self._take(data, suffix if _SUFFIX.fullmatch(suffix) else "", original_name=storable(path.name))

    def add_page(self, url: str, final_url: str, data: bytes, suffix: str, content_type: str) -> InboxItem:
        """Take a fetched page in."""
        name = PurePosixPath(urlsplit(final_url).path).name or urlsplit(final_url).netloc
        return self._take(data, suffix, url=url, final_url=final_url, content_type=content_type, original_name=name)

    def fail(self, wanted: str, message: str) -> InboxItem:
        """Keep that an article could not be had, and why."""
        wanted = storable(wanted)
        item = InboxItem(
            id=sha256_of_text(wanted), state="failed", added_at=_now(), message=message, original_name=wanted
        )
        if urlsplit(wanted).scheme in {"http", "https"}:
            item.url = wanted
        self.inbox.write(item)
        return item

    def _take(self, data: bytes, suffix: str, **said: Any) -> InboxItem:
        item_id = sha256_of_bytes(data)
        known = self.inbox.item(item_id)
        if known is not None and known.state != "failed":
            return known.model_copy(update={"message": f"in the inbox since {known.added_at[:10]}"})
        item = InboxItem(id=item_id, state="queued", added_at=_now(), file=f"{item_id}{suffix}", **said)
        self.inbox.files.mkdir(parents=True, exist_ok=True)
        part = self.inbox.files / f"{item_id}.part"
        part.write_bytes(data)
        put_file(part, self.inbox.path(item))
        try:
            self._describe(item, read_guarded(data, f"{item_id}{suffix}"))
        except DocumentError as error:
            item.state, item.message = "failed", f"{error.problem}; {error.cure}"
        self._forget_failure(item)
        self.inbox.write(item)
        self._items = None
        return item

    def _forget_failure(self, item: InboxItem) -> None:
        """An address or path that failed before and is here now failed no more."""
        for wanted in filter(None, (item.url, item.original_name)):
            (self.inbox.records / f"{sha256_of_text(wanted)}.json").unlink(missing_ok=True)

    def _describe(self, item: InboxItem, document: Document) -> None:
        made = sketch("\n".join(document.text[start:end] for start, end in document.body))
        item.title, item.published = document.title, document.date
        item.characters, item.text_sha256 = len(document.text), sha256_of_text(document.text)
        item.hashes, item.size = list(made.hashes), made.size
        source = next((s for s in self.sources if item.id == s.sha256 or item.text_sha256 == s.text_sha256), None)
        if source is not None:
            item.state, item.source_id, item.message = "duplicate", source.id, f"source {source.id} is this very text"
            return
        self._compare(item, made)

    def _compare(self, item: InboxItem, made: Sketch) -> None:
        if made.size < _LEAST:
            return
        found = [
            (other.containment(made), other.likeness(made), name, date)
            for name, date, other in self._all()
            if name != item.id
        ]
        if not found:
            return
        containment, likeness, name, date = max(found)
        if containment < REPEATED:
            return
        item.likeness = round(max(containment, likeness), 2)
        if likeness >= SAME:
            item.state, item.derived_from, item.message = "duplicate", name, f"the same text as {name[:16]}"
        elif date and item.published and item.published < date:
            item.message = f"{name[:16]} may repeat this: it is of {date}"
        else:
            item.derived_from, item.message = name, f"may repeat {name[:16]}"

    def _all(self) -> Iterator[tuple[str, str | None, Sketch]]:
        """Yield the sketches of what is in the inbox, and of the base's sources where their texts are at hand."""
        if self._items is None:
            self._items = [i for i in self.inbox.items() if i.hashes and i.state not in {"duplicate", "failed"}]
        for item in self._items:
            yield item.source_id or item.id, item.published, item.sketch
        if self._base is None:
            self._base = list(self._of_sources())
        here = {item.id for item in self._items}
        yield from ((source.id, source.published, made) for sha256, source, made in self._base if sha256 not in here)

    def _of_sources(self) -> Iterator[tuple[str, SourceRecord, Sketch]]:
        for source in self.sources if self.shelf else ():
            path = self.shelf.path(source.sha256) if self.shelf else None
            if path is None:
                continue
            try:
                document = read_file(path)
            except DocumentError:
                continue  # what cannot be read is like nothing
            body = "\n".join(document.text[start:end] for start, end in document.body)
            yield str(source.sha256), source, sketch(body)


def inbox_of(path: Path) -> Inbox | None:
    """Return the inbox that a file lies in, or None."""
    place = path.resolve()
    folder = place.parent.parent
    if place.parent.name == "files" and (folder / "items" / f"{place.stem}.json").exists():
        return Inbox(folder)
    return None


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
