"""What `damoxing review` does: a review in the terminal, by a threshold, or by a sheet."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.output import say, terminal_width

if TYPE_CHECKING:
    from etl.inbox import Inbox, State
    from etl.reviewing.desk import Desk
    from etl.reviewing.review import Item, Review

REASONS = ("wrong value", "wrong subject", "wrong property", "no fact", "said twice", "not worth keeping")
HELP = (
    "a  accept what is shown, with the entities and aliases it names",
    "e  edit a field: name=value, quote=… moves the value's span and reads it again, subject_quote=… the subject's",
    "r  reject, with a reason",
    "1-9  choose an entity for the subject; o turns to the object and back",
    "n  make a new entity, with its name, kind and id",
    "m  merge: the statement stands already, its spans are added there",
    "M  merge two entities: one id becomes a redirect",
    "t  accept every sound cell of this table",
    "s  skip for now   u  undo the last decision, also of an earlier run   i  edit the source   q  stop",
)


def run_review(
    target: Path,
    *,
    seeds: Path | None,
    articles: Path | None,
    accept_above: float | None,
    csv_out: Path | None,
    decisions: Path | None,
    date: str | None,
) -> int:
    """Review proposals; return the exit code."""
    from db.locking import locked
    from etl.document_text import DocumentError
    from etl.problems import SeedError
    from etl.reviewing.author import AuthorError, git_author
    from etl.reviewing.batches import ProposalError
    from etl.reviewing.desk import Desk
    from etl.reviewing.sheet import SheetError
    from etl.seeds import default_seeds

    folder = seeds or default_seeds()
    in_batch = accept_above is not None or csv_out is not None or decisions is not None
    if not in_batch and not (sys.stdin.isatty() and sys.stdout.isatty()):
        say("no terminal to review in; give --accept-above N, --csv OUT or --decisions IN")
        return 2
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            say(f"{folder} cannot be written; installed seeds are read-only, give --seeds DIR of a checkout")
            return 1
        busy = ProposalError(f"another review or release of {folder} is under way; wait for it to end")
        with locked(folder, busy):
            desk = Desk(folder, git_author(folder))
            reviews = _reviews(desk, target, articles, date)
            return _in_batch(reviews, accept_above, csv_out, decisions) if in_batch else _in_terminal(reviews)
    except (AuthorError, DocumentError, ProposalError, SeedError, SheetError, OSError) as error:
        say(str(error))
        return 1


def _reviews(
    desk: "Desk", target: Path, articles: Path | None, date: str | None
) -> "Iterator[tuple[Review, Inbox | None]]":
    """Yield the review of each document, with the inbox that it lies in."""
    from etl.inbox import inbox_of
    from etl.reviewing.batches import batches
    from etl.reviewing.review import Review

    for batch in batches(target, seeds=desk.seeds, articles=articles, date=date):
        inbox = inbox_of(Path(batch.document.name))
        known = inbox.known(batch.document.sha256, desk.vocabulary.sources.values()) if inbox else {}
        review = Review(desk, batch, known)
        if inbox:
            inbox.note(batch.document.sha256, "extracted", proposals=len(review.items))
        yield review, inbox


def _note(review: "Review", inbox: "Inbox | None") -> None:
    """Let the inbox know how far a document is."""
    if inbox is not None:
        state: State = "in review" if review.counts()["open"] else "done"
        inbox.note(review.document.sha256, state, source_id=review.ledger.source_id)


def _in_batch(
    reviews: "Iterator[tuple[Review, Inbox | None]]", above: float | None, out: Path | None, given: Path | None
) -> int:
    from etl.reviewing import sheet

    decided = sheet.read(given) if given else []
    unknown = {row["key"] for row in decided if row["decision"].strip()}
    rows: list[dict[str, str]] = []
    failed = 0
    for review, inbox in reviews:
        unknown -= review.items.keys()
        failed += _carry_out(review, decided)
        if above is not None:
            accepted = accept_above(review, above)
            say(f"{review.document.name}: {accepted} accepted at confidence {above:g} and above, read by nobody yet")
        rows += sheet.rows(review) if out else []
        counts = review.counts()
        say(f"{review.document.name}: {', '.join(f'{count} {word}' for word, count in counts.items())}")
        _note(review, inbox)
    if out:
        say(f"{sheet.write(out, rows)} open proposals written to {out}")
    for key in sorted(unknown):
        say(f"{key}: no such proposal; was the sheet made of another file?")
    return 1 if failed or unknown else 0


def _carry_out(review: "Review", decided: list[dict[str, str]]) -> int:
    from etl.reviewing import sheet

    failed = 0
    for key, word, wrong in sheet.decide(review, decided, by=review.desk.reviewer):
        if wrong:
            failed += 1
            say(f"{key}: not carried out ({word}): {'; '.join(wrong)}")
    return failed


def accept_above(review: "Review", above: float) -> int:
    """Accept what is sound and sure enough; what it makes known lets more be sure. Return how many."""
    count, last = 0, -1
    while last != count:
        last = count
        for item in review.open_items():
            _, plan, sure = review.plan(item)
            if item.changed is None and not plan.problems and sure.value >= above:
                count += not review.accept(item)
    return count


def _in_terminal(reviews: "Iterator[tuple[Review, Inbox | None]]") -> int:
    with Keyboard() as keyboard:
        for review, inbox in reviews:
            if inbox:
                inbox.note(review.document.sha256, "in review", source_id=review.ledger.source_id)
            try:
                going_on = Session(review, keyboard).run()
            except (KeyboardInterrupt, EOFError):
                going_on = False
            _note(review, inbox)
            counts = review.counts()
            keyboard.print(f"{review.document.name}: {', '.join(f'{count} {word}' for word, count in counts.items())}")
            if not going_on:
                keyboard.print("stopped; the same command goes on from here")
                break
    return 0


class Keyboard:
    """The terminal: single keys, lines, and its old state given back at the end."""

    def __enter__(self) -> "Keyboard":
        import termios
        import tty

        self.fd = sys.stdin.fileno()
        self._before = termios.tcgetattr(self.fd)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(1))
        tty.setcbreak(self.fd, termios.TCSADRAIN)
        return self

    def __exit__(self, *_: object) -> None:
        import termios

        termios.tcsetattr(self.fd, termios.TCSADRAIN, self._before)

    def print(self, *lines: str) -> None:
        """Print lines."""
        self._write("".join(f"{line}\n" for line in lines))

    def key(self) -> str:
        """Wait for a key; arrow and function keys are no keys here."""
        while True:
            char = self._char()
            if char == "\x04":
                raise EOFError
            if char != "\x1b" and char.isascii():
                return char

    def line(self, prompt: str) -> str:
        """Ask for a line; nothing typed, or Escape, is an empty one.

        The terminal stays as it is: switching it to lines and back loses an Enter that was typed ahead.
        """
        from db.render import width_of

        self._write(prompt)
        typed = ""
        while (char := self._char()) not in "\r\n\x1b":
            if char in "\x7f\b\x15":
                gone = typed if char == "\x15" else typed[-1:]
                typed = typed[: len(typed) - len(gone)]
                self._write("\b \b" * width_of(gone))
            elif char == "\x04" and not typed:
                raise EOFError
            elif char.isprintable():
                typed += char
                self._write(char)
        self._write("\n")
        return "" if char == "\x1b" else typed.strip()

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    def _char(self) -> str:
        """Read one character; what an arrow or function key sends is read away and counts as Escape."""
        import select

        read = self._read(1)
        while read[0] >= 0xC0 and len(read) < 4:
            try:
                return read.decode()
            except UnicodeDecodeError:
                read += self._read(1)
        while read == b"\x1b" and select.select([self.fd], [], [], 0.02)[0]:
            self._read(16)
        return read.decode("utf-8", "replace")

    def _read(self, size: int) -> bytes:
        try:
            read = os.read(self.fd, size)
        except OSError:  # the terminal is gone
            read = b""
        if not read:
            raise EOFError
        return read


class Session:
    """One document's review at the keyboard."""

    def __init__(self, review: "Review", keyboard: Keyboard) -> None:
        self.review = review
        self.keyboard = keyboard
        self.slot = "subject"
        self.by = review.desk.reviewer

    def run(self) -> bool:
        """Show proposal after proposal until none is open or the reviewer stops; return whether to go on."""
        self._show_source()
        while True:
            items = self.review.open_items()
            if not items:
                self.keyboard.print("", "everything is decided; u undo, any other key ends")
                if self.keyboard.key() != "u":
                    return True
                self.keyboard.print(self.review.undo())
                continue
            self._show(items[0])
            if not self._act(items[0]):
                return False

    def _show(self, item: "Item") -> None:
        from db.render import wrapped
        from etl.reviewing.card import KEYS, card

        width = terminal_width()
        self.keyboard.print("", *card(self.review, item, width, self.slot), *wrapped(KEYS, width))

    def _act(self, item: "Item") -> bool:
        key = self.keyboard.key()
        if key == "q":
            return False
        if key.isdigit():
            self._choose(item, int(key))
            return True
        actions = {
            "a": self._accept, "e": self._edit, "r": self._reject, "n": self._create, "m": self._merge, "M": self._merge_entities,
            "t": self._table, "s": self._skip, "u": self._undo, "i": self._source, "o": self._turn, "?": self._help,
        }  # fmt: skip
        actions.get(key, self._help)(item)
        return True

    def _tell(self, wrong: list[str], done: str = "") -> None:
        from db.render import clean

        self.keyboard.print(
            *(f"! {clean(message)}" for message in wrong), *([clean(done)] if done and not wrong else [])
        )

    def _accept(self, item: "Item") -> None:
        wrong = self.review.accept(item, by=self.by)
        self._tell(wrong, "accepted")
        self.slot = self.slot if wrong else "subject"

    def _reject(self, item: "Item") -> None:
        choices = "  ".join(f"{number} {reason}" for number, reason in enumerate(REASONS, 1))
        given = self.keyboard.line(f"{choices}\nreason: ")
        if given:
            reason = REASONS[int(given) - 1] if given.isdigit() and 1 <= int(given) <= len(REASONS) else given
            self.review.reject(item, reason, by=self.by)
            self._tell([], f"rejected: {reason}")

    def _edit(self, item: "Item") -> None:
        from etl.reviewing.sheet import cells

        shown = (f"{name}={value}" for name, value in cells(self.review, item).items() if value)
        self._tell([], "  ".join(shown))
        while given := self.keyboard.line("field=value (nothing: done): "):
            name, _, value = given.partition("=")
            self._tell(
                self.review.edit(item, name.strip(), value.strip()), f"{name.strip()} is {value.strip() or 'empty'} now"
            )

    def _choose(self, item: "Item", number: int) -> None:
        _, plan, _ = self.review.plan(item)
        found = plan.candidates.get(self.slot, [])
        if not 1 <= number <= len(found):
            self._tell([f"{number} is none of the {self.slot}'s candidates"])
            return
        self._tell(self.review.edit(item, f"{self.slot}_id", found[number - 1].entity_id))

    def _create(self, item: "Item") -> None:
        from etl.reviewing.slugs import free, slug

        draft, _, _ = self.review.plan(item)
        name = self._ask("name", draft.names.get(self.slot) or "")
        kind = self._ask("kind", draft.kinds.get(self.slot) or "organization")
        entity_id = self._ask("id", free(slug(name), self.review.desk.vocabulary.entities, otherwise=kind))
        for part, value in (("name", name), ("type", kind), ("id", f"new:{entity_id}")):
            self._tell(self.review.edit(item, f"{self.slot}_{part}", value))

    def _ask(self, what: str, default: str) -> str:
        return self.keyboard.line(f"{what} [{default}]: ") or default

    def _merge(self, item: "Item") -> None:
        _, plan, _ = self.review.plan(item)
        subject = plan.chosen.get("subject")
        found = [
            s
            for s in self.review.statements()
            if s["subject_id"] == subject and s["property_id"] == item.row["property_id"]
        ]
        for number, statement in enumerate(found, 1):
            quotes = ", ".join(place.get("quote") or "…" for place in statement["evidence"] if place["role"] == "value")
            self._tell([], f"  {number} {statement['id']}  {subject} {statement['property_id']} {quotes}")
        given = self.keyboard.line("merge into (number or id): ")
        if given.isdigit() and 1 <= int(given) <= len(found):
            given = found[int(given) - 1]["id"]
        if given:
            self._tell(self.review.merge(item, given, by=self.by), f"merged into {given}")

    def _merge_entities(self, item: "Item") -> None:
        _, plan, _ = self.review.plan(item)
        old = self._ask("entity that goes", plan.chosen.get(self.slot) or "")
        new = self.keyboard.line(f"entity that {old} is: ")
        if old and new:
            self._tell(self.review.merge_entities(old, new, by=self.by), f"{old} is {new} now")

    def _table(self, item: "Item") -> None:
        cells = self.review.table_of(item)
        if not cells:
            self._tell(["this is no cell of a table"])
            return
        if self.keyboard.line(f"accept {len(cells)} cells of this table? [y/N] ").lower() in {"y", "yes"}:
            refused = sum(bool(self.review.accept(cell, by=self.by)) for cell in cells)
            self._tell([], f"{len(cells) - refused} accepted, {refused} still open")

    def _skip(self, item: "Item") -> None:
        self.review.skip(item)

    def _undo(self, _: "Item") -> None:
        self._tell([], self.review.undo())

    def _turn(self, _: "Item") -> None:
        self.slot = "object" if self.slot == "subject" else "subject"

    def _help(self, _: "Item") -> None:
        self.keyboard.print(*HELP)

    def _show_source(self) -> None:
        record, wrong = self.review.source()
        given: dict[str, Any] = record.model_dump(exclude_defaults=True) if record else dict(self.review.source_given)
        shown = ("id", "title", "publisher", "published", "authors", "tier", "type", "derived_from")
        self._tell([], "source  " + " · ".join(f"{name} {given[name]}" for name in shown if name in given))
        self._tell([f"source: {message}" for message in wrong])

    def _source(self, _: "Item") -> None:
        self._show_source()
        while given := self.keyboard.line("field=value (nothing: done): "):
            name, _sign, value = given.partition("=")
            self._tell(
                self.review.edit_source(name.strip(), value.strip()),
                f"{name.strip()} is {value.strip() or 'empty'} now",
            )
