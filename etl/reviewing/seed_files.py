"""Seed files as a review changes them: read, changed and written whole, in the one form."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.whole_file import write_whole
from etl.seeds import Reader, compact, write_yaml
from etl.strict_yaml import Located, dump, load
from schema.records import EntityRecord, RedirectRecord, SourceRecord


class SeedFiles:
    """The files of one seeds folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[Path, tuple[tuple[int, int], list[dict[str, Any]]]] = {}

    def source_path(self, source_id: str) -> Path:
        """Return where a source stands."""
        return self.folder / "sources" / f"{source_id}.yaml"

    def write_source(self, record: SourceRecord) -> None:
        """Write a source."""
        write_yaml(self.source_path(record.id), compact(record))

    def remove_source(self, source_id: str) -> None:
        """Remove a source."""
        self.source_path(source_id).unlink(missing_ok=True)

    def entity_path(self, entity_id: str, kind: str) -> Path:
        """Return where an entity stands, or would."""
        path = self.folder / "entities" / kind / f"{entity_id}.yaml"
        found = path if path.exists() else next(iter((self.folder / "entities").rglob(f"{entity_id}.yaml")), None)
        return found or path

    def write_entity(self, record: EntityRecord) -> None:
        """Write an entity."""
        write_yaml(self.entity_path(record.id, record.kind), compact(record))

    def remove_entity(self, entity_id: str, kind: str) -> None:
        """Remove an entity."""
        self.entity_path(entity_id, kind).unlink(missing_ok=True)

    def statements_path(self, source_id: str) -> Path:
        """Return where a source's statements stand."""
        return self.folder / "statements" / f"{source_id}.yaml"

    def statements(self, source_id: str) -> list[dict[str, Any]]:
        """List a source's statements as they stand in their file, read again where it changed."""
        path = self.statements_path(source_id)
        if not path.exists():
            return []
        found = path.stat()
        stamp = (found.st_mtime_ns, found.st_size)
        if self._read.get(path, (None,))[0] != stamp:
            self._read[path] = (stamp, load(path.read_text(encoding="utf-8"))["statements"])
        return list(self._read[path][1])

    def write_statements(self, source_id: str, statements: list[dict[str, Any]]) -> None:
        """Write a source's statements; no file where there is none."""
        path = self.statements_path(source_id)
        if statements:
            _rewrite(path, {"source_id": source_id, "statements": statements})
        else:
            path.unlink(missing_ok=True)

    def put_statement(self, source_id: str, statement: dict[str, Any]) -> dict[str, Any] | None:
        """Write a statement, in place of the one of its id; return that."""
        statements = self.statements(source_id)
        for number, other in enumerate(statements):
            if other["id"] == statement["id"]:
                statements[number] = statement
                self.write_statements(source_id, statements)
                return other
        self.write_statements(source_id, [*statements, statement])
        return None

    def drop_statement(self, source_id: str, statement_id: str) -> None:
        """Remove a statement."""
        kept = [item for item in self.statements(source_id) if item["id"] != statement_id]
        self.write_statements(source_id, kept)

    def names_in_use(self, entity_id: str) -> bool:
        """Tell whether any statement, entity or redirect refers to an entity."""
        quoted = f'"{entity_id}"'
        places = [*(self.folder / "statements").rglob("*.*"), self.folder / "redirects.yaml"]
        places += (self.folder / "entities").rglob("*.yaml")
        return any(p.is_file() and p.stem != entity_id and quoted in p.read_text(encoding="utf-8") for p in places)

    @property
    def redirects_path(self) -> Path:
        """Where the redirects stand."""
        return self.folder / "redirects.yaml"

    def redirects(self) -> list[RedirectRecord]:
        """List the redirects."""
        return [record for record, _ in Reader(self.folder).records(self.redirects_path, "redirects", RedirectRecord)]

    def write_redirects(self, redirects: list[RedirectRecord], *, keep: bool = True) -> None:
        """Write the redirects; where there is none and the file need not be kept, remove it."""
        if redirects or keep:
            _rewrite(self.redirects_path, {"redirects": [compact(record) for record in redirects]})
        else:
            self.redirects_path.unlink(missing_ok=True)


def _rewrite(path: Path, data: Mapping[str, Any]) -> None:
    """Write a file anew; comments before its outermost keys stay."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = text.split("\n")
    old = load(text) if text else None
    parts = []
    for key, value in data.items():
        at = first = old.lines[key] - 1 if isinstance(old, Located) and key in old else 0
        while first and lines[first - 1].startswith("#"):
            first -= 1
        parts += [*(f"{line}\n" for line in lines[first:at]), dump({key: value})]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, "".join(parts))
