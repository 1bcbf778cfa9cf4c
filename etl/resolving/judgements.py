"""Judgements on pairs of entities, kept beside the imports they are of: signed, in one order, undoable."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from etl.problems import Problem, SeedError
from etl.resolving.matching import Match
from etl.seeds import MATCHES, json_lines, told
from schema.records import MatchRecord

RULE = "rule:resolve@1"
OPEN = "matches.open.jsonl"


def now() -> str:
    """Return the time of a judgement."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Judgements:
    """The judgements of one folder of seeds."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / MATCHES
        self.open_path = folder / OPEN
        self.records = {(r.left_id, r.right_id): r for r in read_matches(self.path)}

    def judge(self, left_id: str, right_id: str, *, same: bool, by: str, score: int, reason: str) -> MatchRecord:
        """Keep a judgement in place of an older one of the pair; the caller saves."""
        record = MatchRecord(
            left_id=left_id, right_id=right_id, same=same, score=score, reason=reason, decided_by=by, decided_at=now()
        )
        self.records[left_id, right_id] = record
        return record

    def take_back(self, left_id: str, right_id: str) -> MatchRecord | None:
        """Forget a judgement; return it."""
        return self.records.pop((left_id, right_id), None)

    def take_rule_matches(self, matches: Iterable[Match]) -> tuple[int, list[MatchRecord]]:
        """Take in what the rules found: sure ones as judgements, the rest as open; what a person judged stays.

        Earlier judgements of the rule that it no longer makes are taken back. Return how many are sure, and the open.
        """
        decided = {pair: record for pair, record in self.records.items() if record.decided_by != RULE}
        settled = {record.left_id for record in decided.values() if record.same}
        sure, open_ones = 0, []
        kept = dict(decided)
        for match in matches:
            pair = (match.left_id, match.right_id)
            if pair in decided or match.left_id in settled:
                continue
            before = self.records.get(pair)
            record = MatchRecord(
                left_id=match.left_id,
                right_id=match.right_id,
                same=match.verdict.answer == "same" or None,
                score=match.verdict.score,
                reason="; ".join(match.verdict.reasons),
                decided_by=RULE,
                decided_at=before.decided_at if before else now(),
            )
            if record.same:
                kept[pair] = record
                sure += 1
            else:
                open_ones.append(record)
        self.records = kept
        return sure, open_ones

    def save(self, open_ones: Iterable[MatchRecord] | None = None) -> None:
        """Write the judgements, and the open pairs where they are given: each file whole or not at all."""
        _write(self.path, sorted(self.records.values(), key=lambda r: (r.left_id, r.right_id)))
        if open_ones is not None:
            _write(self.open_path, sorted(open_ones, key=lambda r: (-r.score, r.left_id, r.right_id)))


def read_matches(path: Path) -> list[MatchRecord]:
    """Read a file of judgements or of open pairs; raise SeedError with every problem."""
    found: list[MatchRecord] = []
    problems = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path.exists() else (), 1):
        try:
            found.append(MatchRecord.model_validate_json(line))
        except ValidationError as error:
            problems += [Problem(str(path), number, None, message) for message, _ in told(error, {})]
    if problems:
        raise SeedError(problems)
    return found


def _write(path: Path, records: Iterable[MatchRecord]) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text("".join(json_lines(records)), encoding="utf-8")
    os.replace(part, path)
