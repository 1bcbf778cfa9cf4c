"""The desk: the seeds as a review knows and changes them."""

from pathlib import Path

from etl.problems import SeedError
from etl.reviewing.candidates import NameIndex
from etl.reviewing.seed_files import SeedFiles
from etl.seeds import Reader, default_seeds, read_vocabulary
from etl.text import Shelf
from etl.verify import Verifier
from schema.quantity import QuantityGrammar
from schema.records import EntityRecord, SourceRecord
from schema.units import Units, load_units


class OneText(Shelf):
    """A shelf that holds the texts under review."""

    def __init__(self) -> None:
        super().__init__(Path("."))
        self.held: dict[str, str] = {}

    def text(self, sha256: str | None) -> str | None:
        """Return the text of the file with this hash, or None."""
        return self.held.get(sha256 or "")


class Desk:
    """A seeds folder with its vocabulary, the index of its names, and who reviews.

    Raise SeedError where the seeds cannot be read.
    """

    def __init__(self, seeds: Path, reviewer: str) -> None:
        self.seeds = seeds
        self.reviewer = reviewer
        reader = Reader(seeds)
        self.vocabulary = read_vocabulary(reader)
        if reader.problems:
            raise SeedError(reader.problems)
        self.files = SeedFiles(seeds)
        self.index = NameIndex(self.vocabulary.entities.values())
        path = seeds / "units.yaml"
        units: Units = load_units(path if path.exists() else default_seeds() / "units.yaml")
        self.grammar = QuantityGrammar(units)
        self.shelf = OneText()
        self.verifier = Verifier(self.vocabulary, units, self.shelf)

    def is_bulk(self, entity_id: str) -> bool:
        """Tell whether an entity stands in a file of JSON Lines, which no review changes."""
        return self.vocabulary.places.get(("entity", entity_id), ("", None))[0].endswith(".jsonl")

    def keep_entity(self, record: EntityRecord) -> None:
        """Write an entity and know it from now on."""
        self.files.write_entity(record)
        self.vocabulary.entities[record.id] = record
        self.index.add(record)

    def forget_entity(self, entity_id: str) -> None:
        """Remove an entity."""
        record = self.vocabulary.entities.pop(entity_id)
        self.files.remove_entity(entity_id, record.kind)
        self.index.remove(entity_id)

    def keep_source(self, record: SourceRecord) -> None:
        """Write a source and know it from now on."""
        self.files.write_source(record)
        self.vocabulary.sources[record.id] = record

    def forget_source(self, source_id: str) -> None:
        """Remove a source."""
        self.files.remove_source(source_id)
        self.vocabulary.sources.pop(source_id, None)

    def source_of(self, sha256: str) -> SourceRecord | None:
        """Return the source whose file has this hash."""
        return next((s for s in self.vocabulary.sources.values() if s.sha256 == sha256), None)
