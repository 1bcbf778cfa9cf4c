"""An article checked: read, its subjects resolved, each statement held against the base."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.connection import Connection
from etl.checking.doubts import doubts_of, load_bounds
from etl.checking.holding import hold
from etl.checking.known import Known
from etl.checking.resolution import Resolution, Resolver
from etl.checking.verdicts import Checked, Held, Reason, Report, Verdict
from etl.documents import Document
from etl.rank import Claim
from etl.reader.read import Lexicon, lexicon_of, rows
from schema.records import BoundCheck

_KINDS = frozenset({"quantity", "boolean", "event", "relation"})
_NO_VALUE = frozenset({"not_stated", "not_disclosed", "not_applicable"})
_FIELDS = [
    "value_type",
    "property_id",
    "low",
    "high",
    "unit",
    "comparator",
    "boolean",
    "date",
    "term",
    "object_id",
    "place_id",
    "category_id",
    "part_of",
    "relative_to_id",
    "scope_note",
    "as_of",
    "period_start",
    "period_end",
    "per",
    "duration",
]
# A date in another paragraph than its subject is a dateline more often than the date of what happened.
_PARAGRAPH = re.compile(r"\n[ \t\u3000]*\n|[。！？!?][”」』]?[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Checker:
    """What is loaded once to check any number of articles."""

    known: Known
    lexicon: Lexicon
    bounds: list[BoundCheck]

    def check(self, document: Document) -> Report:
        """Return the verdict on every statement of a document, in the order of its text."""
        found = [row for row in rows(document, self.lexicon) if row["kind"] in _KINDS]
        stated = [row for row in found if row.get("value_status") not in _NO_VALUE]
        stated.sort(key=lambda row: (row["start_char"], row["end_char"], row["subject_start_char"]))
        resolver = Resolver(self.known, _developers(found))
        self.known.take_in(entity.id for row in stated for entity in resolver.candidates(row))
        lines = [match.end() for match in re.finditer("\n", document.text)]
        items = [
            self._checked(row, document, resolver, bisect_right(lines, row["start_char"]) + 1) for row in _once(stated)
        ]
        return Report(document.name, document.title, document.date, document.text, items)

    def _checked(self, row: dict[str, Any], document: Document, resolver: Resolver, line: int) -> Checked:
        subject = resolver.subject(row)
        held = self._held(row, document, resolver, subject)
        doubts = tuple(doubts_of(row, self.bounds, document.date))
        return Checked(row, line, held, subject.entity, subject.candidates, doubts)

    def _held(self, row: dict[str, Any], document: Document, resolver: Resolver, subject: Resolution) -> Held:
        if subject.entity is None:
            verdict: Verdict = "new" if subject.state == "unknown" else "unclear"
            names = ", ".join(f"{entity.label} ({entity.id})" for entity in subject.candidates)
            return Held(verdict, (Reason(f"subject_{subject.state}", {"names": names}),))
        if row["property_id"] not in self.known.properties:
            return Held("new", (Reason("nothing_known"),))
        claim = _claim(row, document.date, resolver)
        return hold(claim, subject.entity, self.known, sure_date=_beside_subject(row, document.text))


def load_checker(connection: Connection, seeds: Path | None = None) -> Checker:
    """Load the names of a base, and the units, cues and bounds of a seeds folder, else those of the package."""
    known = Known(connection)
    known.matcher  # noqa: B018 - made now, so that no article waits for it
    return Checker(known, lexicon_of(known.reader_names(), seeds), load_bounds(seeds))


def _developers(found: Iterable[dict[str, Any]]) -> dict[str, str]:
    return {row["subject_name"]: row["object_name"] for row in found if row["property_id"] == "developer"}


def _once(stated: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what a second rule read from the very same span of the very same subject."""
    return list({(r["subject_name"], r["property_id"], r["start_char"], r["end_char"]): r for r in stated}.values())


def _claim(row: dict[str, Any], date: str | None, resolver: Resolver) -> Claim:
    """Return a proposal as ranking sees a statement; its object is the base's entity."""
    fields = {name: row.get(name) for name in _FIELDS}
    if row["kind"] == "relation":
        thing = resolver.thing(row["object_name"], row.get("object_type", ""), row.get("object_id"))
        fields["object_id"] = thing.entity.id if thing.entity else None
    return Claim(
        fields
        | {"published": date, "assertion": row.get("assertion", "asserted")}
        | {"value_status": row.get("value_status", "reported")}
    )


def _beside_subject(row: dict[str, Any], text: str) -> bool:
    """Tell whether a date stands in its subject's paragraph."""
    start, end = sorted(((row["start_char"], row["end_char"]), (row["subject_start_char"], row["subject_end_char"])))
    return row["kind"] != "event" or _PARAGRAPH.search(text, start[1], end[0]) is None
