"""What the commands on articles do: extract, evaluate."""

import json
import sys
from contextlib import nullcontext
from pathlib import Path

from cli.base import say

_COLUMNS = {
    "kind": "Kind",
    "subject_name": "Subject",
    "property_id": "Property",
    "printed": "As printed",
    "value": "Read as",
    "start_char": "At",
}


def run_extract(paths: list[str], form: str, date: str | None, seeds: Path | None, jobs: int, out: Path | None) -> int:
    """Print the statements that documents make; return 1 where a document could not be read."""
    from etl.extract import extract

    failed = total = 0
    part = out.with_name(out.name + ".part") if out else None
    with part.open("w", encoding="utf-8") if part else nullcontext(sys.stdout) as stream:
        try:
            for extraction in extract(paths, date=date, seeds=seeds, jobs=jobs):
                if extraction.error:
                    failed += 1
                    say(extraction.error)
                    continue
                total += extraction.count
                if form == "jsonl":
                    stream.write(extraction.lines)
                else:
                    _print_table(extraction.name, extraction.lines)
        except ValueError as error:
            say(str(error))
            return 2
    if part is not None and out is not None:
        part.replace(out)
    say(f"{total} statements read{f', {failed} documents not read' if failed else ''}")
    return 1 if failed else 0


def _print_table(name: str, lines: str) -> None:
    from cli.output import print_rows

    rows = []
    for line in lines.splitlines():
        row = json.loads(line)
        rows.append(
            {column: row.get(column) for column in _COLUMNS}
            | {"value": _value(row), "printed": row.get("printed") or row["quote"]}
        )
    print(f"{name}\n")
    print_rows(rows, "table", headings=_COLUMNS)


def _value(row: dict[str, object]) -> str:
    if row["kind"] == "quantity":
        bounds = ["" if row.get(name) is None else f"{row[name]:g}" for name in ("low", "high")]
        figure = bounds[0] if bounds[0] == bounds[1] else "..".join(bounds)
        return f"{row['comparator']} {figure} {row.get('unit') or ''}".strip()
    return str(row.get("date") or row.get("object_name") or row.get("boolean", row.get("text", "")))


def run_evaluate(predictions: Path, gold: Path, form: str, failures: int) -> int:
    """Print precision, recall and F1 of predictions against hand-read facts; return the exit code."""
    from cli.output import print_rows
    from etl.evaluate import EvaluationError, evaluate, read_facts

    try:
        predicted, _ = read_facts(predictions)
        facts, traps = read_facts(gold)
    except (EvaluationError, OSError) as error:
        say(str(error))
        return 1
    report = evaluate(predicted, facts, traps)
    headings = {
        "measure": "Measure",
        "precision": "Precision",
        "recall": "Recall",
        "f1": "F1",
        "gold": "Gold",
        "found": "Found",
        "predicted": "Read",
    }
    print_rows(list(report.rows()), form, headings=headings)
    for line in report.failures[:failures]:
        say(line)
    return 0
