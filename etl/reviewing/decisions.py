"""What was decided on proposals, kept beside the seeds: one file a source, readable in a diff."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from etl.problems import SeedError
from etl.seeds import Reader, compact, write_yaml
from schema.fields import described
from schema.records import Id, Name, Record, Sha256, Timestamp

# What a proposal says; where none of it changed, a newer rule says nothing new. Names are told by their spans: what the
# base calls them changes as it grows.
_SAID = [
    "kind",
    "property_id",
    "value_type",
    "value_status",
    "low",
    "high",
    "unit",
    "comparator",
    "boolean",
    "date",
    "text",
    "term",
    "part_of",
    "as_of",
    "period_start",
    "period_end",
    "duration",
    "per",
    "assertion",
    "attribution_text",
    "start_char",
    "end_char",
    "subject_start_char",
    "subject_end_char",
]


def fingerprint(row: Mapping[str, Any]) -> str:
    """Return a hash of what a proposal says: not of the rule that read it, nor of ids that the base gives."""
    said = json.dumps([row.get(name) for name in _SAID], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


class AddedAlias(Record):
    """An alias that a decision added to an entity."""

    entity_id: Id = described("实体", "Entity", "Entity that got the alias")
    alias: Name = described("别名", "Alias", "The name as printed")


class Decision(Record):
    """What was decided on one proposal, and what to take back where it is undone."""

    key: Name = described("键", "Key", "Key of the proposal, or entity:<id> of a merged entity")
    decision: Literal["accepted", "rejected", "merged"] = described("决定", "Decision", "What was decided")
    property_id: str | None = described("属性", "Property", "Property of the proposal", None)
    printed: str | None = described("原文", "Printed", "The value as printed, where it is short", None)
    span: str | None = described("位置", "Span", "Span of the value, start-end", None)
    reason: Name | None = described("理由", "Reason", "Why", None)
    statement_id: Id | None = described("陈述", "Statement", "Statement that was written", None)
    merged_into: Id | None = described("并入", "Merged into", "Statement or entity that it was merged into", None)
    method: str | None = described("方法", "Method", "Rule that proposed it", None)
    fingerprint: str | None = described("指纹", "Fingerprint", "Hash of what the proposal said", None)
    decided_by: Name | None = described("决定人", "Decided by", "Who decided; nobody where a threshold did", None)
    decided_at: Timestamp = described("决定时间", "Decided at", "When")
    new_file: bool = described(
        "新文件", "New file", "Whether the source's file, or that of the redirects, was new with it", False
    )
    before: str | None = described("先前", "Before", "Statement or entity that it replaced, as JSON", None)
    created: list[Id] = described("新实体", "Created", "Entities that were written with it", [])
    aliases: list[AddedAlias] = described("新别名", "Aliases", "Aliases that were added with it", [])


class OpenEdit(Record):
    """What a reviewer changed on a proposal that is still open."""

    key: Name = described("键", "Key", "Key of the proposal; `source` is the source itself")
    field: Name = described("字段", "Field", "Field that was changed")
    value: str = described("值", "Value", "What it was changed to; empty: taken out")


class DecisionFile(Record):
    """The decisions on one document."""

    source_id: Id = described("来源", "Source", "Source that the document is, or will be")
    sha256: Sha256 = described("文件哈希", "File SHA-256", "Hash of the document's bytes")
    decisions: list[Decision] = described("决定", "Decisions", "Decisions in their order", [])
    open_edits: list[OpenEdit] = described("未决修改", "Open edits", "Changes to proposals still open", [])


class Ledger:
    """The decisions of one document, kept on disk after every change."""

    def __init__(self, seeds: Path, source_id: str, sha256: str) -> None:
        self.folder = seeds / "decisions"
        self.kept = self._read(source_id, sha256)

    def _read(self, source_id: str, sha256: str) -> DecisionFile:
        reader = Reader(self.folder.parent)
        path = self.folder / f"{source_id}.yaml"
        paths = (
            [path]
            if path.exists()
            else [p for p in sorted(self.folder.glob("*.yaml")) if sha256 in p.read_text("utf-8")]
        )
        for found in paths:
            record = reader.record(found, reader.yaml(found), DecisionFile)
            if reader.problems:
                raise SeedError(reader.problems)
            if record is not None:
                return record
        return DecisionFile(source_id=source_id, sha256=sha256)

    @property
    def source_id(self) -> str:
        """The id that the document has as a source."""
        return self.kept.source_id

    def rename(self, source_id: str) -> None:
        """Give the source another id."""
        old = self.folder / f"{self.kept.source_id}.yaml"
        self.kept.source_id = source_id
        if old.exists():
            self.save()
            old.unlink()

    def save(self) -> None:
        """Write the decisions; no file where there is nothing to keep."""
        path = self.folder / f"{self.kept.source_id}.yaml"
        if self.kept.decisions or self.kept.open_edits:
            write_yaml(path, compact(self.kept))
        else:
            path.unlink(missing_ok=True)

    def decided(self, key: str) -> Decision | None:
        """Return the last decision on a proposal."""
        return next((d for d in reversed(self.kept.decisions) if d.key == key), None)

    def decide(self, decision: Decision) -> None:
        """Keep a decision; its proposal is open no more."""
        self.kept.decisions.append(decision)
        self.kept.open_edits = [edit for edit in self.kept.open_edits if edit.key != decision.key]
        self.save()

    def take_back(self) -> Decision | None:
        """Forget the last decision and return it."""
        return self.kept.decisions.pop() if self.kept.decisions else None

    def edits(self, key: str) -> dict[str, str]:
        """Return what was changed on an open proposal."""
        return {edit.field: edit.value for edit in self.kept.open_edits if edit.key == key}

    def keep_edits(self, key: str, edits: Mapping[str, str]) -> None:
        """Keep what was changed on an open proposal."""
        others = [edit for edit in self.kept.open_edits if edit.key != key]
        self.kept.open_edits = [*others, *(OpenEdit(key=key, field=f, value=v) for f, v in edits.items())]
        self.save()
