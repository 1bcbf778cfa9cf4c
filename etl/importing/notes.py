"""Figures in a data set's notes, read by the reader and said of the row that the notes stand in."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from db.names import fold
from etl.documents import DocumentError, read_document
from etl.importing.rows import Claim
from etl.reader.read import Lexicon, load_lexicon, rows

_CARRIED = (
    "low", "high", "unit", "comparator", "value_status", "as_of", "period_start", "period_end", "duration", "per",
    "assertion",
)  # fmt: skip
# Units that a size of training data may be in.
_DATA_UNITS = frozenset(
    {"token", "word", "byte", "image", "image_text_pair", "character", "protein_structure", "sample", "sentence"}
)
_SAME = 0.01


class NotesReader:
    """Reads cells of free words; it loads its lexicon at the first cell."""

    @cached_property
    def lexicon(self) -> Lexicon:
        """Return what the reader knows before it reads."""
        return load_lexicon()

    def claims(self, cell: str, name: str, column: str, header: str, properties: frozenset[str]) -> Iterator[Claim]:
        """Yield the figures of a cell that are of these properties and not said of another model."""
        if not any(char.isdigit() for char in cell):
            return
        counted: Counter[str] = Counter()
        lead = f"{' '.join(name.split())}\n\n"
        for found in self._rows(lead + cell):
            property_id = found["property_id"]
            if found["kind"] != "quantity" or property_id not in properties or self._foreign(found, name):
                continue
            if not _unit_fits(property_id, found.get("unit")) or found["start_char"] < len(lead):
                continue
            number = counted[property_id]
            counted[property_id] += 1
            # A scope of its own: it is never a rival of the cell's value, nor of the other figures of the notes.
            value = {key: found[key] for key in _CARRIED if key in found}
            value["scope_note"] = f"{column}, figure {number + 1}"
            yield Claim(
                property_id, column, header, found["quote"], value, member=f"figure {number + 1}",
                span=(found["start_char"] - len(lead), found["end_char"] - len(lead)), method=found["method"],
            )  # fmt: skip

    def _rows(self, told: str) -> list[dict[str, Any]]:
        """Read a cell below its row's name, which what names nobody else is said of."""
        try:
            document = read_document(told.encode("utf-8", "surrogatepass"), name="notes.txt")
        except DocumentError:
            return []  # notes that begin as another kind of file does
        return [found for found in rows(document, self.lexicon) if document.text == told]

    def _foreign(self, found: Mapping[str, Any], name: str) -> bool:
        """Tell a figure whose own subject is another model than the row's."""
        if found["subject_type"] != "model":
            return False
        said, own = fold(found["subject_as_read"]), fold(name)
        return not (said in own or own in said)

    def unit_of(self, value: float, notes: str) -> str | None:
        """Return the unit in which the notes name the same figure; None where they do not, or name it in two."""
        if not value or not notes:
            return None
        units = {
            match.quantity.unit
            for match in self.lexicon.grammar.scan(notes)
            if match.quantity.unit in _DATA_UNITS
            and match.quantity.low == match.quantity.high
            and match.quantity.low is not None
            and abs(match.quantity.low - value) <= _SAME * value
        }
        return units.pop() if len(units) == 1 else None


def _unit_fits(property_id: str, unit: str | None) -> bool:
    if property_id == "training_data":
        return unit in _DATA_UNITS
    if property_id == "duration":
        return unit in {"hour", "day", "week", "month", "gpu_hour", "minute"}
    return unit is not None
