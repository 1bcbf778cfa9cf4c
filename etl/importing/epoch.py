"""Epoch AI's table of models, in any of its shapes, read into rows."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from etl.importing import cells
from etl.importing import epoch_columns as at
from etl.importing import epoch_words as words
from etl.importing.columns import Column, Found, find_columns
from etl.importing.csv_file import read_csv
from etl.importing.notes import NotesReader
from etl.importing.row_keys import unique_keys
from etl.importing.rows import Claim, Family, ImportingError, Row, Snapshot, Thing
from etl.text import sha256_of_bytes
from schema.quantity import QuantityGrammar

FAMILY = Family(
    name="epoch",
    version=1,
    title="Data on AI Models",
    publisher="Epoch AI",
    url="https://epoch.ai/data/ai-models",
    license="CC BY 4.0",
    attribution="Epoch AI, ‘Data on AI Models’, published online at epoch.ai, CC BY 4.0",
    language="en",
    authors=("Epoch AI",),
)
TABLE = "AI models"
ESTIMATED = frozenset({"likely", "speculative"})
_SHOWN = 5


@dataclass(slots=True)
class _Reading:
    """What the rows of one file are read with."""

    found: Found
    grammar: QuantityGrammar
    notes: NotesReader
    day_first: bool | None = None
    unread: dict[str, Counter[str]] = field(default_factory=dict)

    def miss(self, column: Column, printed: str) -> None:
        """Note a cell that cannot be read; it is told, with how often it stands."""
        self.unread.setdefault(self.found.header(column.name), Counter())[cells.shortened(printed, 40)] += 1


def read(path: Path, grammar: QuantityGrammar, notes: NotesReader) -> Snapshot:
    """Read a CSV file of Epoch AI.

    Raise ImportingError where it is cut off or ragged, or a needed column is gone.
    """
    data = path.read_bytes()
    table = read_csv(path, data)
    found = find_columns(f"{table.file}:1", table.header, at.COLUMNS)
    found = _without_formulas(found, [record for _, record in table.records])
    reading = _Reading(found, grammar, notes)
    reading.day_first = cells.day_first(found.cell(record, at.DATE.name) for _, record in table.records)
    rows = list(_rows(table.file, table.records, reading, table.told))
    if not rows:
        raise ImportingError(f"{path}: the file has no rows; download it again")
    return Snapshot(
        FAMILY, path.name, sha256_of_bytes(data), _latest(table.records, found), "printed", rows,
        {name: header for name, (_, header) in found.places.items()}, found.ignored,
        [*table.told, *_told(table.file, reading)],
    )  # fmt: skip


def _without_formulas(found: Found, records: list[list[str]]) -> Found:
    """Leave out a column of dataset sizes that holds names: one full view repeats the row's name there."""
    place = found.places.get(at.DATA_SIZE.name)
    if place is None:
        return found
    filled = [record[place[0]] for record in records if record[place[0]].strip()]
    named = sum(not any(char.isdigit() for char in cell.split(",")[0][:1]) for cell in filled)
    if named * 2 <= len(filled):
        return found
    kept = {name: where for name, where in found.places.items() if name != at.DATA_SIZE.name}
    return Found(kept, [*found.ignored, place[1]])


def _rows(file: str, records: list[tuple[int, list[str]]], reading: _Reading, told: list[str]) -> Iterator[Row]:
    found = reading.found
    named = [(line, record) for line, record in records if found.cell(record, at.NAME.name).strip()]
    if len(named) < len(records):
        lines = ", ".join(str(line) for line, record in records if not found.cell(record, at.NAME.name).strip())
        told.append(f"{file}: rows without a name were left out: lines {cells.shortened(lines, 80)}")
    apart = (at.DATE.name, at.ORGANIZATION.name)
    keys = unique_keys(
        [
            (
                cells.one_line(found.cell(record, at.NAME.name)),
                [cells.one_line(found.cell(record, c)) for c in apart],
                record,
            )
            for _, record in named
        ]
    )
    for (line, record), key in zip(named, keys, strict=True):
        if key is None:
            told.append(f"{file}:{line}: the row {record[0]!r} stands twice, cell by cell; it was read once")
            continue
        name = cells.one_line(found.cell(record, at.NAME.name))
        row = Row(key, Thing(name, key=key), found.header(at.NAME.name), line, TABLE)
        row.claims = list(_claims(row, record, reading))
        yield row


def _latest(records: list[tuple[int, list[str]]], found: Found) -> str | None:
    """Return the day of the latest change that the file tells, else of the latest publication."""
    for column in (at.MODIFIED.name, at.DATE.name):
        dates = [cells.date(found.cell(record, column)) for _, record in records]
        known = [date for date in dates if date]
        if known:
            return max(known)
    return None


def _told(file: str, reading: _Reading) -> Iterator[str]:
    for header, unread in reading.unread.items():
        shown = ", ".join(f"{printed!r}{f' ×{n}' if n > 1 else ''}" for printed, n in unread.most_common(_SHOWN))
        more = f" and {len(unread) - _SHOWN} others" if len(unread) > _SHOWN else ""
        yield f"{file}: column {header!r}: {unread.total()} cells or members become no statement: {shown}{more}"


def _claims(row: Row, record: list[str], reading: _Reading) -> Iterator[Claim]:
    for column, make in _MAKERS:
        cell = reading.found.cell(record, column.name)
        if cells.is_empty(cell):
            continue
        if cells.says_not_disclosed(cell):
            value = {"value_status": "not_disclosed"}
            yield Claim(column.properties[0], column.name, reading.found.header(column.name), cell, value)
            continue
        yield from make(_Cell(row, record, reading, column, cell))
    yield from _figures_of_notes(row, record, reading)


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell that says something, with all that its reading needs."""

    row: Row
    record: list[str]
    reading: _Reading
    column: Column
    printed: str

    def beside(self, column: Column) -> str:
        """Return another cell of the row."""
        return self.reading.found.cell(self.record, column.name)

    def claim(self, property_id: str, printed: str, value: dict[str, Any], **more: Any) -> Claim:
        """Return a claim of this cell, with the row's confidence and the cell's notes."""
        header = self.reading.found.header(self.column.name)
        return Claim(property_id, self.column.name, header, printed, {**value, **self._confidence()}, **more)

    def miss(self, printed: str) -> None:
        """Note that the cell, or a member of it, cannot be read."""
        self.reading.miss(self.column, printed)

    def _confidence(self) -> dict[str, Any]:
        confidence = self.beside(at.CONFIDENCE).strip() if self.column.name in at.CONFIDENT_OF else ""
        notes = at.NOTES_OF.get(self.column.name)
        said = cells.one_line(self.reading.found.cell(self.record, notes)) if notes else ""
        note = "; ".join(part for part in (f"Confidence: {confidence}" if confidence else "", said) if part)
        found: dict[str, Any] = {"note": cells.shortened(note)} if note else {}
        if confidence.casefold() in ESTIMATED:
            found["assertion"] = "estimated"
        return found


def _figure(property_id: str, unit: str, scope: str | None = None) -> Callable[[_Cell], Iterator[Claim]]:
    """Return what reads a cell, or each member of its list, as a figure in a unit."""

    def make(cell: _Cell) -> Iterator[Claim]:
        whole = cells.quantity(cell.printed, unit, cell.reading.grammar)
        parts = [cell.printed] if whole else cells.members(cell.printed)
        for number, part in enumerate(parts):
            value = whole or cells.quantity(part, unit, cell.reading.grammar)
            if value is None:
                cell.miss(part)
                continue
            note = {"scope_note": scope} if scope else {}
            yield cell.claim(property_id, part, {**value, **note}, member=str(number) if number else "")

    return make


def _bound(comparator: str) -> Callable[[_Cell], Iterator[Claim]]:
    def make(cell: _Cell) -> Iterator[Claim]:
        value = cells.number(cell.printed)
        if value is None:
            cell.miss(cell.printed)
            return
        bound = {"low": value} if comparator == "ge" else {"high": value}
        said = {**bound, "comparator": comparator, "unit": "FLOP", "scope_note": "bound of the estimate"}
        yield cell.claim("training_compute", cell.printed, said)

    return make


def _data_size(cell: _Cell) -> Iterator[Claim]:
    """Datapoints are tokens only where the notes name the same figure with its unit."""
    parts = [cell.printed] if cells.number(cell.printed) is not None else cells.members(cell.printed)
    header = cell.reading.found.header(cell.column.name)
    # What a gradient counts is another thing than a datapoint; a size of the data is what the property says.
    counted = {"scope_note": "gradients"} if "gradients" in header else {}
    for number, part in enumerate(parts):
        value = cells.number(part)
        if value is None:
            cell.miss(part)
            continue
        said: dict[str, Any] = {"low": value, "high": value, "comparator": "eq", **counted}
        notes = cell.reading.found.cell(cell.record, "Dataset size notes")
        unit = cell.reading.notes.unit_of(value, notes)
        said |= {"unit": unit} if unit else {"value_status": "unit_not_stated"}
        scope = (cell.reading.found.header("Dataset size notes"), notes) if unit else None
        yield cell.claim("training_data", part, said, member=str(number) if number else "", scope=scope)


def _cost(cell: _Cell) -> Iterator[Claim]:
    header = cell.reading.found.header(cell.column.name)
    what = header[header.find("(") + 1 : header.rfind(")")] if "(" in header else "compute"
    yield from _figure("training_cost", "USD", f"compute; {what}")(cell)


def _released(cell: _Cell) -> Iterator[Claim]:
    found = cells.date(cell.printed, day_comes_first=cell.reading.day_first)
    if found is None:
        cell.miss(cell.printed)
        return
    yield cell.claim("released", cell.printed, {"date": found, "date_basis": "printed"})


def _developers(cell: _Cell) -> Iterator[Claim]:
    for number, name in enumerate(cells.members(cell.printed)):
        thing = Thing(cells.one_line(name), "organization", "org")
        yield cell.claim("developer", name, {}, member=str(number), other=thing)


def _countries(cell: _Cell) -> Iterator[Claim]:
    """Countries stand in the order of the organizations; where the counts differ, only a single country is sure."""
    makers = cells.members(cell.beside(at.ORGANIZATION))
    countries = cells.members(cell.printed)
    if len(set(countries)) == 1:
        countries = countries[:1] * len(makers)
    if len(countries) != len(makers):
        cell.miss(cell.printed)
        return
    header = cell.reading.found.header(at.ORGANIZATION.name)
    for maker, country in dict.fromkeys(zip(makers, countries, strict=True)):
        code = words.COUNTRIES.get(country.casefold())
        if country.casefold() in words.NO_COUNTRY:
            continue
        extra = (("iso_3166", code), ("level", "country")) if code else (("level", "country"),)
        place = Thing(cells.one_line(country), "place", "place", key=code or "", extra=extra)
        subject = Thing(cells.one_line(maker), "organization", "org")
        yield cell.claim("located_in", country, {}, other=place, subject=subject, subject_header=header)


def _hardware(cell: _Cell) -> Iterator[Claim]:
    for number, name in enumerate(cells.members(cell.printed)):
        said = {"text": cells.one_line(name), "text_en": cells.one_line(name)}
        yield cell.claim("training_hardware", name, said, member=str(number))


def _access(cell: _Cell) -> Iterator[Claim]:
    says = words.ACCESS.get(cell.printed.strip().casefold())
    if says is None:
        cell.miss(cell.printed)
        return
    for property_id, said in zip(at.ACCESS.properties, says, strict=True):
        if said is not None:
            yield cell.claim(property_id, cell.printed, {"boolean": said})


def _yes_or_no(cell: _Cell) -> Iterator[Claim]:
    word = cell.printed.strip().casefold()
    if word not in words.YES | words.NO:
        cell.miss(cell.printed)
        return
    yield cell.claim("open_weights", cell.printed, {"boolean": word in words.YES})


def _code(which: str) -> Callable[[_Cell], Iterator[Claim]]:
    def make(cell: _Cell) -> Iterator[Claim]:
        is_open = words.CODE_OPEN.get(cell.printed.strip().casefold())
        if is_open is None:
            cell.miss(cell.printed)
            return
        said: dict[str, Any] = {"boolean": is_open, "scope_note": which}
        if "(" in cell.printed:
            said["note"] = cells.shortened(cell.printed)
        yield cell.claim("open_code", cell.printed, said)

    return make


def _licence(cell: _Cell) -> Iterator[Claim]:
    """A cell of notes is a licence where it is the name of one and nothing else."""
    name = cells.one_line(cell.printed)
    if words.LICENCE.fullmatch(name):
        yield cell.claim("licence", cell.printed, {"text": name, "text_en": name})


def _base(cell: _Cell) -> Iterator[Claim]:
    for number, name in enumerate(cells.members(cell.printed)):
        yield cell.claim("based_on", name, {}, member=str(number), other=Thing(cells.one_line(name)))


def _terms(cell: _Cell) -> Iterator[Claim]:
    """Each word that a term of ours says; two words of one term are one statement."""
    seen: set[str] = set()
    for word in cells.members(cell.printed):
        term = words.TASK_TERMS.get(cells.one_line(word).casefold())
        if term is None:
            cell.miss(word)
        elif term not in seen:
            seen.add(term)
            yield cell.claim("task_category", word, {"term": term}, member=term)


def _prices(cell: _Cell) -> Iterator[Claim]:
    """Prices of one kind that stand twice in a cell are of several versions, which the cell does not name."""
    kinds: Counter[str] = Counter()
    for number, printed in enumerate(cells.members(cell.printed)):
        read_price = words.price(printed)
        if read_price is None:
            cell.miss(printed)
            continue
        amount, kind = read_price
        kinds[kind] += 1
        scope = kind if kinds[kind] == 1 else f"{kind}, entry {kinds[kind]}"
        said = {
            "low": amount,
            "high": amount,
            "comparator": "eq",
            "unit": "USD",
            "per": "million_tokens",
            "scope_note": scope,
        }
        yield cell.claim("price", printed, said, member=str(number))


def _figures_of_notes(row: Row, record: list[str], reading: _Reading) -> Iterator[Claim]:
    for column in at.NOTES:
        cell = reading.found.cell(record, column.name)
        if cell:
            header = reading.found.header(column.name)
            yield from reading.notes.claims(cell, row.thing.name, column.name, header, frozenset(column.properties))


_MAKERS: tuple[tuple[Column, Callable[[_Cell], Iterator[Claim]]], ...] = (
    (at.DATE, _released),
    (at.ORGANIZATION, _developers),
    (at.PARAMETERS, _figure("parameters", "parameter")),
    (at.COMPUTE, _figure("training_compute", "FLOP")),
    (at.COMPUTE_LOW, _bound("ge")),
    (at.COMPUTE_HIGH, _bound("le")),
    (at.DATA_SIZE, _data_size),
    (at.COST, _cost),
    (at.COST_CLOUD, _cost),
    (at.COST_UPFRONT, _cost),
    (at.TIME, _figure("duration", "hour", "training")),
    (at.HARDWARE, _hardware),
    (at.QUANTITY, _figure("accelerators", "accelerator", "training")),
    (at.POWER, _figure("power", "watt", "training")),
    (at.ACCESS, _access),
    (at.OPEN_WEIGHTS, _yes_or_no),
    (at.TRAINING_CODE, _code("training code")),
    (at.INFERENCE_CODE, _code("inference code")),
    (at.ACCESS_NOTES, _licence),
    (at.BASE, _base),
    (at.DOMAIN, _terms),
    (at.TASK, _terms),
    (at.COUNTRY, _countries),
    (at.PRICES, _prices),
)
