"""A person's work on open pairs: judge, skip, take back; each judgement is saved at once."""

from collections.abc import Iterator
from pathlib import Path

from etl.resolving.compare import Named
from etl.resolving.judgements import RULE, Judgements, read_matches
from etl.resolving.resolve import entity_facts, named_entities, unmatched_vocabulary
from etl.seeds import Reader, Vocabulary, statement_files
from etl.statements import read_statements
from schema.records import MatchRecord, StatementRecord

_TOLD = ("parameters", "training_data", "context_length", "training_compute", "released", "open_weights", "open_source")


class MatchDesk:
    """The open pairs of a folder of seeds, and what is known of both sides."""

    def __init__(self, folders: list[Path], path: Path, by: str) -> None:
        self.path = path
        self.by = by
        self.judgements = Judgements(path.parent)
        self.reader = Reader(folders)
        vocabulary = unmatched_vocabulary(self.reader)
        facts = entity_facts(self.reader, vocabulary)
        self.named = named_entities(vocabulary, facts)
        self.open = [record for record in read_matches(path) if self._is_open(record)]
        self._done: list[tuple[str, str]] = []
        self._told = self._statements(vocabulary)

    def _is_open(self, record: MatchRecord) -> bool:
        known = record.left_id in self.named and record.right_id in self.named
        judged = (record.left_id, record.right_id) in self.judgements.records
        return known and not judged and not self._is_joined(record.left_id)

    def _is_joined(self, left_id: str) -> bool:
        return any(record.same and left == left_id for (left, _), record in self.judgements.records.items())

    def _statements(self, vocabulary: Vocabulary) -> dict[str, list[StatementRecord]]:
        wanted = {i for record in self.open for i in (record.left_id, record.right_id)}
        found: dict[str, list[StatementRecord]] = {entity_id: [] for entity_id in wanted}
        for path in statement_files(*self.reader.folders):
            for record, _ in read_statements(self.reader, vocabulary, path):
                if record.subject_id in wanted and record.property_id in _TOLD:
                    found[record.subject_id].append(record)
        return found

    def card(self, entity_id: str) -> Iterator[str]:
        """Yield what is known of one side of a pair: names, maker, date, and some figures as printed."""
        named: Named = self.named[entity_id]
        yield f"{entity_id}  ({named.kind}{', family' if named.is_family else ''})"
        yield f"  names: {' · '.join(named.names[:8])}"
        if named.developer or named.date:
            yield f"  by {named.developer or 'nobody named'}, {named.date or 'no date'}"
        for record in self._told.get(entity_id, [])[:6]:
            value = record.printed or record.date or (record.low if record.boolean is None else record.boolean)
            yield f"  {record.property_id}: {value} ({record.source_id})"

    def judge(self, record: MatchRecord, *, same: bool, reason: str = "") -> None:
        """Keep a person's word on a pair and save it; where it is one, the other pairs of its left side close."""
        told = reason or record.reason
        self.judgements.judge(record.left_id, record.right_id, same=same, by=self.by, score=record.score, reason=told)
        self.open = [other for other in self.open if other is not record and self._is_open(other)]
        self._done.append((record.left_id, record.right_id))
        self._save()

    def skip(self, record: MatchRecord) -> None:
        """Put a pair behind the others."""
        self.open.remove(record)
        self.open.append(record)

    def undo(self) -> str:
        """Take back the newest judgement of this person; return what it was."""
        own = [record for record in self.judgements.records.values() if record.decided_by == self.by != RULE]
        if not own:
            return "nothing to undo"
        last = self._done.pop() if self._done else None
        record = self.judgements.records[last] if last else max(own, key=lambda one: one.decided_at)
        self.judgements.take_back(record.left_id, record.right_id)
        self.open.insert(0, record.model_copy(update={"same": None}))
        self._save()
        return f"taken back: {record.left_id} and {record.right_id}"

    def accept_above(self, score: int) -> int:
        """Judge all open pairs of a score and more to be one; return how many."""
        count = 0
        while sure := [record for record in self.open if record.score >= score]:
            self.judge(sure[0], same=True)
            count += 1
        return count

    def _save(self) -> None:
        self.judgements.save(self.open)
