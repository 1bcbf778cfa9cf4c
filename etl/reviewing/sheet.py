"""The review as a spreadsheet: proposals out as CSV, decisions back in."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from etl.reviewing.card import value_in_words
from etl.reviewing.drafts import EDITABLE, Draft
from etl.reviewing.review import Item, Review

DECIDED = ("key", "decision", "reason")
TOLD = ("confidence", "doubts", "problem", "document", "kind", "sentence", "value")
COLUMNS = (*DECIDED, *TOLD, *EDITABLE)
# What a spreadsheet would run as a formula gets an apostrophe, and loses it on the way in.
_FORMULA = re.compile(r"[=+\-@\t\r\n'＝＋－＠]")
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_WORDS = {
    "a": "accept",
    "accepted": "accept",
    "r": "reject",
    "rejected": "reject",
    "m": "merge",
    "merged": "merge",
    "s": "skip",
}
DECISIONS = ("accept", "reject", "merge", "skip")


class SheetError(ValueError):
    """The file is no sheet of decisions."""


def guarded(text: str) -> str:
    """Return a cell's text so that no spreadsheet takes it for a formula; plain numbers stay."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """Return a cell's text as it was before it was guarded."""
    return text[1:] if text[:1] == "'" and _FORMULA.match(text[1:2] or " ") else text


def cells(review: Review, item: Item) -> dict[str, str]:
    """Return the fields of a proposal that a reviewer may change, as text."""
    return {name: _text(value) for name, value in _values(review, review.draft(item)).items()}


def _values(review: Review, draft: Draft) -> dict[str, Any]:
    text = review.document.text
    spans = {"quote": "value", "subject_quote": "subject", "attribution_quote": "attribution"}
    found: dict[str, Any] = {}
    for name in EDITABLE:
        slot, _, part = name.partition("_")
        if name in spans:
            span = draft.spans.get(spans[name])
            found[name] = text[slice(*span)] if span else None
        elif slot in {"subject", "object"} and part in {"id", "name", "type"}:
            found[name] = {"id": draft.ids, "name": draft.names, "type": draft.kinds}[part].get(slot)
        else:
            found[name] = draft.fields.get(name)
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, list):
        return "; ".join(
            f"{v.get('role')}={v.get('entity_id') or v.get('name')}" if isinstance(v, dict) else str(v) for v in value
        )
    return str(value)


def rows(review: Review) -> Iterator[dict[str, str]]:
    """Yield the open proposals as rows of the sheet, the surest first."""
    made = [(item, *review.plan(item)) for item in review.open_items()]
    made.sort(key=lambda one: (-one[3].value, bool(one[2].problems)))
    for item, draft, plan, sure in made:
        told = {
            "confidence": f"{sure.value:.2f}",
            "doubts": "; ".join(sure.doubts),
            "problem": "; ".join(plan.problems),
            "document": review.document.name,
            "kind": str(item.row["kind"]),
            "sentence": review.document.text[slice(*review.maker.sentence(draft))],
            "value": value_in_words(draft),
        }
        yield {"key": item.key, "decision": "", "reason": "", **told, **cells(review, item)}


def write(path: Path, found: Iterable[Mapping[str, str]]) -> int:
    """Write rows as CSV that spreadsheets open as UTF-8; return how many."""
    count = 0
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        for row in found:
            writer.writerow([guarded(row.get(name, "")) for name in COLUMNS])
            count += 1
    part.replace(path)
    return count


def read(path: Path) -> list[dict[str, str]]:
    """Read the rows of a sheet, in UTF-8 or, as some spreadsheets save it, GB18030.

    Raise SheetError where the file is none.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SheetError(f"{path}: {error.strerror}; check the path") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    found = [
        {str(k): unguarded(v or "") for k, v in row.items() if k}
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    ]
    if not found or not {"key", "decision"} <= found[0].keys():
        raise SheetError(f"{path} has no columns key and decision; give the sheet that --csv wrote")
    return found


def decide(review: Review, sheet: Iterable[Mapping[str, str]], *, by: str) -> Iterator[tuple[str, str, list[str]]]:
    """Carry out a sheet's decisions; yield each key with its decision and what stands against it."""
    open_items = {item.key: item for item in review.open_items()}
    for row in sheet:
        word = row["decision"].strip().lower()
        word = _WORDS.get(word, word)
        if not word or row["key"] not in review.items:
            continue
        item = open_items.get(row["key"])
        if word not in DECISIONS:
            yield row["key"], word, [f"decision {row['decision']!r} is none of {', '.join(DECISIONS)}"]
        elif item is None:
            yield row["key"], "decided", []
        else:
            yield row["key"], word, _carry_out(review, item, word, row, by)


def _carry_out(review: Review, item: Item, word: str, row: Mapping[str, str], by: str) -> list[str]:
    if word == "reject":
        review.reject(item, row.get("reason", ""), by=by)
    if word in {"reject", "skip"}:
        return []
    wrong = [message for name, value in changes(review, item, row) for message in review.edit(item, name, value)]
    if wrong:
        return wrong
    return review.accept(item, by=by) if word == "accept" else review.merge(item, row.get("reason", "").strip(), by=by)


def changes(review: Review, item: Item, row: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the fields that a row of the sheet changes."""
    before = cells(review, item)
    found = []
    for name in EDITABLE:
        text = row.get(name)
        if text is None:
            continue
        text = (
            _SLASHED.sub(lambda m: f"{m[1]}-{int(m[2]):02}-{int(m[3]):02}", text.strip())
            if name in _DATES
            else text.strip()
        )
        if text != before[name].strip() and not _same_number(text, before[name]):
            found.append((name, text))
    # A name set anew clears the id; an id given beside it comes after.
    return sorted(
        found, key=lambda change: (not change[0].endswith("_quote") and change[0] != "quote", change[0].endswith("_id"))
    )


_DATES = {"date", "as_of", "period_start", "period_end"}


def _same_number(one: str, other: str) -> bool:
    try:
        return float(one) == float(other)
    except ValueError:
        return False
