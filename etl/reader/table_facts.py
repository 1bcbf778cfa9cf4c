"""Facts of tables: a row's name is the subject, its column the property; or the other way round."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from db.names import fold
from etl.document_cells import Cell, Column, Table, column_of
from etl.reader.cues import CueFinder, property_for
from etl.reader.licences import is_licence_name
from etl.reader.mentions import Mentions
from etl.reader.proposals import Proposal, event_on
from etl.reader.subject_words import MODIFIES
from etl.reader.subjects import Subject, as_subject
from etl.reader.table_cells import EMPTY, cleaned, parts, unmarked
from etl.reader.table_heads import (
    DEVELOPER_HEADER,
    MADE_HEADER,
    MODEL_HEADER,
    Head,
    head_of,
)
from etl.reader.table_licences import LICENCE_ALONE, METHOD, licence, remarked
from etl.reader.table_measures import described_thing, is_measure, measured_thing
from etl.reader.table_names import NameReader, base_in_name
from etl.reader.table_rounds import is_round, property_of, rounds_column, told
from etl.reader.table_rows import naming_column
from etl.reader.table_sections import headed_maker
from schema.bounds import Quantity, QuantityError
from schema.dates import DateError, parse_date
from schema.quantity import QuantityGrammar

_KINDS = re.compile(r"[ ]?[种種][^，。]{0,2}(?:参数|參數|规模|規模|尺寸|大小|版本|型号)")
# A bare number in a word is no figure: 4-bit, Q4_K.
_IN_A_WORD = re.compile(r"[-_]?[A-Za-z]")
_AND_MORE = re.compile(r"[+＋](?=\s*(?:$|[（(，,、；;/]))")
# Among sizes, a bare number behind a Latin word is its version: Yunfan 2.0.
_OF_A_NAME = re.compile(r"[A-Za-z][ ]?$")
_SIZE_IN_NAME = re.compile(r"(?<=.)[（(]((?:约|~)?\d+(?:\.\d+)?(?:[BM]|[亿万億萬])(?:参数|參數| ?params)?)[)）]")
_ACTIVE = re.compile(r"[ ]?(?:激活|活跃|active)", re.I)
_SIZES = frozenset({"parameters", "parameters_active", "training_data", "context_length"})
_LONG, _NEAR = 60, 24
# Sentences in a cell: a mark that ends one, among words.
_SENTENCES = re.compile(r"[。；;]")
_WORDY = re.compile(r"[\u3400-\u9fff]")
_FEWEST_WORDS = 14
# A number behind a product's name is its own: RTX 3060, GTX 1080.
_PRODUCT = re.compile(r"[A-Z]{2,}[A-Za-z]*(?:\s?\d+[、/,，]\s?)*[ \u00a0-]?$")
_MONEY = frozenset({"price", "cost", "training_cost", "funding", "revenue"})
_CURRENCIES = frozenset({"USD", "CNY", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW"})
_MADE = frozenset({"model", "product"})
_SPAN = re.compile(r"[ ]?[~～至][ ]?")
_MARKED = re.compile(r"[<(]|://|www\.")


class TableReader:
    """Reads the tables of one document."""

    def __init__(
        self,
        text: str,
        mentions: Mentions,
        grammar: QuantityGrammar,
        cues: CueFinder,
        document_date: str | None,
        mains: Mapping[str, Subject],
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.grammar = grammar
        self.cues = cues
        self.document_date = document_date
        self.mains = mains
        self.names = NameReader(text, mentions)
        self._heads: dict[str, tuple[Head, str, tuple[str, ...]]] = {}
        self._printed: dict[str, str] = {}

    def read(self, table: Table) -> Iterator[Proposal]:
        """Yield the facts of a table's cells."""
        table = self._plain(table)
        by_column = {column.column: column for column in table.columns}
        rounds = rounds_column(table) if "organization" in self.mains else None
        if rounds is not None:
            yield from self._rounds(table, rounds, by_column)
            return
        thing = described_thing(self.text, self.mentions, table, self.mains)
        if thing is not None:
            yield from self._transposed(table, by_column, thing)
            return
        subject_column = naming_column(table, self.mentions)
        if subject_column is None:
            yield from self._transposed(table, by_column)
            return
        subjects = self._subjects(table, subject_column, by_column)
        known = {fold(names[0].name): names[0] for names in subjects.values()}
        yield from self._headed(table, subject_column, subjects)
        yield from self._made(table, subject_column, subjects)
        for index, row in enumerate(map(self._without_markup, table.rows)):
            if index in subjects:
                name = next(cell for cell in row if cell.column == subject_column)
                yield from self._named_row(name, subjects[index][0], by_column.get(subject_column), known)
                yield from self._row(row, name, subjects[index], by_column, table.unit_text)

    def _named_row(
        self, name: Cell, subject: Subject, column: Column | None, known: dict[str, Subject]
    ) -> Iterator[Proposal]:
        """Yield what a row's name tells by itself: what its model is made from, and its size in brackets."""
        table = {"column_label": self._printed.get(column.name, column.name)} if column else {}
        base = base_in_name(cleaned(name.text), known)
        if base is not None:
            yield self._tie("based_on", subject, base, table)
        size = _SIZE_IN_NAME.search(name.text) if subject.kind in _MADE else None
        quantity = self._whole(size[1], ("parameter",), None) if size else None
        if size is not None and quantity is not None and quantity.unit == "parameter":
            start, end = size.span(1)
            yield self._figure(name.start + start, name.start + end, quantity, "parameters", subject, table)

    def _row(
        self,
        row: tuple[Cell, ...],
        name: Cell,
        subjects: list[Subject],
        by_column: dict[int, Column],
        table_unit: str | None,
    ) -> Iterator[Proposal]:
        """Yield what the cells of a row tell of the first that its name lists; ties and yes or no of all of them."""
        subject, *others = subjects
        label = column_of(0, 0, len(name.text), name.text)
        measure = cleaned(self.text[name.start : name.end])
        measure = measure if is_measure(measure) else ""
        for cell in row:
            column = by_column.get(cell.column)
            if column is None or cell.column == name.column:
                continue
            unit_text = column.unit_text or label.unit_text or table_unit
            for proposal in self._cell(cell, column.name, unit_text, subject, measure):
                yield proposal
                if proposal.kind in {"relation", "boolean"}:
                    yield from (replace(proposal, subject=other) for other in others)

    def _plain(self, table: Table) -> Table:
        """Return a table with its headers in Simplified characters, as `text` has them; how they are printed is kept."""
        columns = []
        for column in table.columns:
            plain = column_of(column.column, column.start, column.end, self.text)
            if plain.name != column.name and len(plain.name) == len(column.name):
                self._printed[plain.name] = column.name
                column = replace(column, name=plain.name)
            columns.append(column)
        return replace(table, columns=tuple(columns))

    def _rounds(self, table: Table, rounds: int, by_column: dict[int, Column]) -> Iterator[Proposal]:
        """Yield the rounds of the firm that the text is about, a row each."""
        firm = self.mains.get("organization")
        for row in map(self._without_markup, table.rows):
            for cell in row:
                column = by_column.get(cell.column)
                if column is None or cell.column == rounds or firm is None:
                    continue
                unit_text = column.unit_text or table.unit_text
                property_id = property_of(column.name)
                if property_id is not None:
                    yield from self._figures(cell, property_id, (), unit_text, firm, {"column_label": column.name})
                elif is_round(row, rounds):
                    yield from told(self.mentions, cell, column.name, firm, self.document_date)
                else:
                    yield from self._cell(cell, column.name, unit_text, firm)

    def _subjects(self, table: Table, column: int, by_column: dict[int, Column]) -> dict[int, list[Subject]]:
        """Name what each row is about, by the row's number; under 模型 a firm's name is of its model."""
        header = by_column[column].name if column in by_column else ""
        is_of_models = MODEL_HEADER.search(header) is not None
        cells = {
            index: cell
            for index, row in enumerate(map(self._without_markup, table.rows))
            for cell in row
            if cell.column == column and cleaned(cell.text) not in EMPTY
        }
        printed = [cleaned(self.text[cell.start : cell.end]) for cell in cells.values()]
        whose = measured_thing(self.text, self.mentions, table, printed, header, self.mains)
        return {
            index: [whose]
            if whose is not None and not self._names_one(cell)
            else [
                subject._replace(kind="model", entity_id=None)
                if is_of_models and subject.kind == "organization"
                else subject
                for subject in self.names.named(cell)
            ]
            for index, cell in cells.items()
        }

    def _names_one(self, cell: Cell) -> bool:
        """Tell whether a cell names a firm or thing."""
        return any(m.kind in _MADE or m.kind == "organization" for m in self.mentions.within(cell.start, cell.end))

    def _headed(self, table: Table, subject_column: int, subjects: dict[int, list[Subject]]) -> Iterator[Proposal]:
        """Yield who made the models of a table that stands under a firm's name, where no column tells makers."""
        columns = {column.column: column.name for column in table.columns}
        if not MODEL_HEADER.search(columns.get(subject_column, "")):
            return
        maker = headed_maker(self.text, self.mentions, table.start)
        if maker is None or any(DEVELOPER_HEADER.search(name) for name in columns.values()):
            return
        for subject in (one for row in subjects.values() for one in row if one.kind in _MADE):
            yield self._tie("developer", subject, as_subject(maker), {})

    def _made(self, table: Table, subject_column: int, subjects: dict[int, list[Subject]]) -> Iterator[Proposal]:
        """Yield that a row's firm made the models that a column of such lists."""
        columns = {c.column: c.name for c in table.columns}
        if not DEVELOPER_HEADER.search(columns.get(subject_column, "")):
            return
        for index, row in enumerate(map(self._without_markup, table.rows)):
            for cell in row if index in subjects else ():
                name = columns.get(cell.column, "")
                if cell.column != subject_column and MADE_HEADER.fullmatch(name) and cleaned(cell.text) not in EMPTY:
                    for thing in self.names.named(cell):
                        if thing.kind in _MADE:
                            table_of = {"column_label": self._printed.get(name, name)}
                            yield self._tie("developer", thing, subjects[index][0], table_of)

    def _without_markup(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Blank the addresses and tags of a row's cells, character by character; a line break parts."""
        return tuple(replace(cell, text=unmarked(cell.text)) if _MARKED.search(cell.text) else cell for cell in row)

    def _transposed(
        self, table: Table, by_column: dict[int, Column], thing: Subject | None = None
    ) -> Iterator[Proposal]:
        """Yield what the rows tell as fields: of the things that the columns name, or in one column of a thing."""
        for row in map(self._without_markup, table.rows):
            label = next((cell for cell in row if cell.column == 0), None)
            for cell in row:
                column = by_column.get(cell.column)
                is_value = cell.column == 1 if thing is not None else bool(cell.column)
                if is_value and column is not None and label is not None:
                    subject = thing or self.names.subject(column.start, column.end, "model")
                    head = column_of(0, label.start, label.end, self.text)
                    yield from self._cell(cell, cleaned(head.name), head.unit_text or table.unit_text, subject)

    def _cell(
        self, cell: Cell, name: str, unit_text: str | None, subject: Subject, measure: str = ""
    ) -> Iterator[Proposal]:
        """Yield what a cell tells under its header, or of what its row measures where the header is a time."""
        value = cleaned(cell.text)
        table = {"column_label": self._printed.get(name, name)}
        head, property_id, units = self._head(name)
        if measure and property_id == "score":
            _, property_id, units = self._head(measure)
        if value in EMPTY:
            if property_id in {"parameters", "training_data"} and value:
                fields: dict[str, Any] = {"value_status": "not_stated", "assertion": "asserted", **table}
                yield Proposal("text", property_id, cell.start, cell.end, subject, METHOD, fields)
            return
        # The words of licences are looked for in Simplified characters, as `text` has them.
        plain = replace(cell, text=self.text[cell.start : cell.end])
        if is_licence_name(self.text[subject.start : subject.end]):
            return  # What licences allow is said of no thing.
        if not head.is_licence and LICENCE_ALONE.search(plain.text):
            yield from remarked(plain, name, subject, table)
        if head.is_licence and not head.is_date:
            said = list(licence(plain, name, value, subject, table))
            yield from said
            if said or property_id == "score":
                return
        if head.is_date:
            yield from self._date(cell, subject, table)
        elif head.is_basis:
            for base in self.names.bases(cell, subject) if subject.kind in _MADE else ():
                yield self._tie("based_on", subject, base, table)
        elif head.is_kind:
            return
        elif head.is_maker and not any(char.isdigit() for char in value):
            yield from self._maker(cell, subject, table)
        elif head.is_name:
            # A second column of names: versions in them are no figures.
            return
        elif head.is_no_value:
            if is_prose(value):
                yield from self._told(cell, subject, table)
        elif head.is_remark:
            yield from self._told(cell, subject, table)
        elif any(char.isdigit() or char in "百千万亿" for char in value):
            yield from self._figures(cell, property_id, units, unit_text, subject, table)

    def _head(self, name: str) -> tuple[Head, str, tuple[str, ...]]:
        """Return what a header says and its cells' property and units; read once for all its cells."""
        if name not in self._heads:
            head = head_of(name)
            cues = self.cues.find(name).items if head.figures is None else []
            self._heads[name] = head, *(head.figures or (cues[0].property_id if cues else "score", ()))
        return self._heads[name]

    def _figures(
        self,
        cell: Cell,
        property_id: str,
        units: tuple[str, ...],
        unit_text: str | None,
        subject: Subject,
        table: dict[str, str],
    ) -> Iterator[Proposal]:
        whole = self._whole(cell.text, units, unit_text)
        if whole is not None:
            yield self._figure(cell.start, cell.end, whole, property_id, subject, table)
            return
        if is_prose(cleaned(cell.text)):
            # A cell of sentences: what it says of its column is what its column measures.
            if property_id in _MONEY:
                found = self._scanned(cell.text, cell.start, property_id, units, unit_text, subject, table)
                yield from (figure for figure in found if figure.fields["unit"] in _CURRENCIES)
            else:
                yield from self._told(cell, subject, table)
            return
        listed = [(part, self._whole(part[0], units, unit_text)) for part in parts(cell.text)]
        if len(listed) > 1 and sum(quantity is not None for _, quantity in listed) * 2 > len(listed):
            for (printed, at), quantity in listed:
                start = cell.start + at
                if quantity is not None:
                    yield self._figure(start, start + len(printed), quantity, property_id, subject, table)
                else:
                    yield from self._scanned(printed, start, property_id, units, unit_text, subject, table)
            return
        yield from self._scanned(cell.text, cell.start, property_id, units, unit_text, subject, table)

    def _told(self, cell: Cell, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        """Yield the figures that a cell of sentences tells of its row, or of the model that they describe."""
        for match in self.grammar.scan(cell.text):
            if match.quantity.unit is None or {"time_reference", "per", "rank"} & set(match.flags):
                continue
            start, end = cell.start + match.start, cell.start + match.end
            cues = self.cues.find(cell.text[max(0, match.start - _NEAR) : match.end + _NEAR])
            at = min(match.start, _NEAR)
            property_id, _ = property_for(
                cues.items, at, at + match.end - match.start, match.quantity.unit, (0, 2 * _NEAR + end - start)
            )
            after = self.mentions.within(end, min(cell.end, end + _NEAR))[:1]
            of = as_subject(after[0]) if after and MODIFIES.fullmatch(self.text, end, after[0].start) else subject
            yield self._figure(start, end, match.quantity, property_id, of, table)

    def _scanned(
        self,
        text: str,
        start: int,
        property_id: str,
        units: tuple[str, ...],
        unit_text: str | None,
        subject: Subject,
        table: dict[str, str],
    ) -> Iterator[Proposal]:
        for match in self.grammar.scan(text, bare=True):
            quantity = match.quantity
            # 397B/17B激活 are two sizes and no rate.
            is_rate = "per" in match.flags and quantity.unit != "parameter"
            if is_rate or _KINDS.match(text, match.end) or _KINDS.search(text, match.start, match.end):
                continue
            if quantity.unit is None and (_IN_A_WORD.match(text, match.end) or _PRODUCT.search(text, 0, match.start)):
                continue
            if quantity.unit is None and property_id in _SIZES and _OF_A_NAME.search(text, 0, match.start):
                continue
            printed = text[match.start : match.end]
            again = self._whole(printed, units, unit_text) if quantity.unit is None else None
            end = match.end
            if _AND_MORE.match(text, end) and quantity.comparator in {"eq", "approx"} and quantity.low == quantity.high:
                end += 1
                again = replace(again or quantity, high=None, comparator="gt")
            of = "parameters_active" if property_id == "parameters" and _ACTIVE.match(text, match.end) else property_id
            yield self._figure(start + match.start, start + end, again or quantity, of, subject, table)

    def _whole(self, printed: str, units: tuple[str, ...], unit_text: str | None) -> Quantity | None:
        candidates = (
            [printed + unit_text, printed] if unit_text and not re.search(r"[A-Za-z%亿万億萬$]", printed) else [printed]
        )
        for candidate in candidates:
            for allowed in (units, ()) if units else ((),):
                try:
                    return self.grammar.parse(candidate, units=allowed)
                except (QuantityError, KeyError):
                    continue
        return None

    def _figure(
        self, start: int, end: int, quantity: Quantity, property_id: str, subject: Subject, table: dict[str, str]
    ) -> Proposal:
        fields = {
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
            "value_status": "reported" if quantity.unit else "unit_not_stated",
            "assertion": "asserted",
            **table,
        }
        return Proposal("quantity", property_id, start, end, subject, METHOD, fields)

    def _date(self, cell: Cell, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        try:
            # Of a span the first day or month: 2023/08~2023/9.
            date = parse_date(cleaned(_SPAN.split(cell.text, maxsplit=1)[0]), document_date=self.document_date)
        except DateError:
            return
        yield event_on("released", subject, (cell.start, cell.end), date, METHOD, more=table)

    def _maker(self, cell: Cell, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        for name, entity_id, start, end in self.names.makers(cell):
            if len(name) <= 40 and subject.kind in _MADE:
                yield self._tie("developer", subject, Subject(name, "organization", entity_id, start, end), table)

    def _tie(self, property_id: str, subject: Subject, other: Subject, table: dict[str, str]) -> Proposal:
        fields = {
            "object_id": other.entity_id,
            "object_name": other.name,
            "object_type": other.kind,
            "assertion": "asserted",
            **table,
        }
        return Proposal("relation", property_id, other.start, other.end, subject, METHOD, fields)


def is_prose(value: str) -> bool:
    """Tell a cell of sentences from one of values."""
    if len(value) > _LONG:
        return True
    return _SENTENCES.search(value) is not None and len(_WORDY.findall(value)) >= _FEWEST_WORDS
