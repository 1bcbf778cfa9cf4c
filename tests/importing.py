"""Invented data sets in the shapes of the public ones, for tests of the importers."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner, Result

from cli.app import app
from etl.importing.run import ImportReport, import_snapshot
from schema.records import StatementRecord

NEW = (
    "Model", "Domain", "Task", "Organization", "Country (of organization)", "Publication date", "Parameters",
    "Parameters notes", "Training compute (FLOP)", "Training compute notes", "Training dataset size (total)",
    "Dataset size notes", "Training time (hours)", "Training hardware", "Hardware quantity",
    "Training compute cost (2023 USD)", "Confidence", "Base model", "Model accessibility", "Open model weights?",
    "Accessibility notes", "Abstract",
)  # fmt: skip
OLD = {
    "Model": "System",
    "Country (of organization)": "Country (from Organization)",
    "Training dataset size (total)": "Training dataset size (datapoints)",
}
YUNFAN: dict[str, str] = {
    "Model": "Yunfan 2.1 (13B)",
    "Domain": "Language",
    "Task": 'Language modelling/generation,"Poetry, classical"',
    "Organization": '"Songtao, Heming & Co",Qingmu AI',
    "Country (of organization)": "China,Germany",
    "Publication date": "2023-05-04",
    "Parameters": "13000000000.00",
    "Parameters notes": "13B in the report, of which an encoder has 2.5B",
    "Training compute (FLOP)": "1.56e+23",
    "Training compute notes": "6ND; trained on 512 A100",
    "Training dataset size (total)": "2000000000000",
    "Dataset size notes": "The corpus\nhas 2 trillion tokens",
    "Training time (hours)": "720.0",
    "Training hardware": "NVIDIA A100,NVIDIA H100",
    "Hardware quantity": "512",
    "Training compute cost (2023 USD)": "$1250000.50",
    "Confidence": "Likely",
    "Base model": "Yunfan 2",
    "Model accessibility": "Open weights (non-commercial)",
    "Accessibility notes": "Apache 2.0",
    "Abstract": 'A "quoted", long\nabstract',
}
YUNFAN_2: dict[str, str] = {
    "Model": "Yunfan 2",
    "Domain": "Language,Games",
    "Organization": "Qingmu AI",
    "Country (of organization)": "Germany",
    "Publication date": "2022-11-30",
    "Parameters": "7000000000.00",
    "Training dataset size (total)": "450000000",
    "Dataset size notes": "Table 2",
    "Confidence": "Confident",
    "Model accessibility": "API access",
    "Training compute (FLOP)": "not disclosed",
}
XUAN: dict[str, str] = {
    "Model": "Xuan",
    "Organization": "Songtao Lab",
    "Publication date": "2021-02",
    "Parameters": "/",
    "Confidence": "Unknown",
}
ROWS = (YUNFAN, YUNFAN_2, XUAN)


def epoch_csv(
    rows: Iterable[Mapping[str, str]] = ROWS,
    *,
    columns: Sequence[str] = NEW,
    names: Mapping[str, str] | None = None,
    newline: str = "\n",
    mark: bool = False,
) -> bytes:
    """Return a CSV file of rows, its columns under the names that a snapshot gives them."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator=newline)
    writer.writerow((names or {}).get(column, column) for column in columns)
    for row in rows:
        writer.writerow(row.get(column, "") for column in columns)
    return (b"\xef\xbb\xbf" if mark else b"") + stream.getvalue().encode()


def written(path: Path, data: bytes | None = None) -> Path:
    """Write a snapshot and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(epoch_csv() if data is None else data)
    return path


def imported(folder: Path, data: bytes | None = None, **more: Any) -> ImportReport:
    """Import a snapshot of Epoch's table into `folder/base`."""
    return import_snapshot("epoch", written(folder / "epoch.csv", data), folder / "base", **more)


def statements(base: Path, family: str = "epoch") -> list[StatementRecord]:
    """Return the statements of a base."""
    lines = (base / "statements" / f"{family}.jsonl").read_text(encoding="utf-8").splitlines()
    return [StatementRecord.model_validate_json(line) for line in lines]


def said(base: Path, subject: str, property_id: str, family: str = "epoch") -> list[StatementRecord]:
    """Return what a base says of a subject, as the file prints it."""
    return [s for s in statements(base, family) if s.subject_as_read == subject and s.property_id == property_id]


def files(base: Path) -> dict[str, bytes]:
    """Return every file of a base with its bytes."""
    return {str(p.relative_to(base)): p.read_bytes() for p in sorted(base.rglob("*")) if p.is_file()}


def run(*args: object) -> Result:
    """Run a command."""
    return CliRunner().invoke(app, [str(arg) for arg in args])
