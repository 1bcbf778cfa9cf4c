"""Hold the table of typical models (article 004) against Epoch AI's file: `python -m tests.make_findings EPOCH_CSV`.

Writes docs/findings/typical-models.csv, the picture beside it, and the table in typical-models.md. The file is imported,
resolved and built together with our seeds in a scratch folder; families are held against their sizes.
"""

import argparse
import csv
import html
import math
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.importing import run_import
from etl.build import build
from etl.resolving.name_parts import parts_of
from etl.resolving.resolve import resolve
from etl.seeds import default_seeds

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "findings"
SOURCE = "hans-sd-2024-143081"
# Judged by hand: what Epoch AI names otherwise.
JUDGED = {"gpt-3": ["epoch.gpt-3-175b-davinci"]}
PROPERTIES = {"parameters": "Parameters", "training_data": "Training data", "open": "Open"}
HEADINGS = ("Model", "What", "Article 004", "Epoch AI", "Epoch's rows", "End", "How")
_MIXED = [{"byte", "token"}, {"byte", "word"}]


@dataclass(frozen=True, slots=True)
class Line:
    """One cell of the article's table and how it ends."""

    model: str
    what: str
    ours: str
    theirs: str
    rows: str
    end: str
    how: str


def lines(connection: sqlite3.Connection) -> Iterator[Line]:
    """Yield every row of the article's table, a line a property that either side tells."""
    models = connection.execute(
        "select distinct s.subject_id, coalesce(n.name_en, n.name_zh) from statements s join evidence e on e.statement_id = s.id "
        "join entities n on n.id = s.subject_id where s.source_id = ? and e.table_label is not null and s.property_id = 'parameters' "
        "order by 2",
        [SOURCE],
    ).fetchall()
    for entity_id, name in models:
        rows = _rows_of(connection, entity_id)
        for what in PROPERTIES:
            ours = _claims(connection, [entity_id], what, "s.source_id = ?")
            theirs = _claims(connection, rows, what, "s.source_id = 'epoch' and ? is not null")
            if what == "parameters" or ours:
                yield _line(name, what, ours, theirs, _labels(connection, rows))


def _rows_of(connection: sqlite3.Connection, entity_id: str) -> list[str]:
    """Return the entities of Epoch's rows for a model: itself where joined, its sizes, and what was judged by hand."""
    joined = connection.execute("select 1 from statements where subject_id = ? and source_id = 'epoch'", [entity_id]).fetchone()  # fmt: skip
    if joined:
        return [entity_id]
    names = [row[0] for row in connection.execute("select alias from aliases where entity_id = ?", [entity_id])]
    names += [row[0] for row in connection.execute("select coalesce(name_en, name_zh) from entities where id = ?", [entity_id])]  # fmt: skip
    ours = {(p.words, p.versions, p.variants) for p in map(parts_of, names)}
    found = list(JUDGED.get(entity_id, []))
    for other, name in connection.execute("select id, name_en from entities where id like 'epoch.%' and kind = 'model' and name_en is not null"):  # fmt: skip
        parts = parts_of(name)
        if parts.sizes and (parts.words, parts.versions, parts.variants) in ours:
            found.append(other)
    return found


def _labels(connection: sqlite3.Connection, ids: list[str]) -> str:
    marks = ", ".join("?" * len(ids))
    rows = connection.execute(
        f"select distinct s.subject_as_read from statements s where s.source_id = 'epoch' and s.subject_id in ({marks}) order by 1",
        ids,
    )
    return ", ".join(row[0] for row in rows)


def _claims(connection: sqlite3.Connection, ids: list[str], what: str, where: str) -> list[Any]:
    properties = ("open_source", "open_weights") if what == "open" else (what,)
    marks, holes = ", ".join("?" * len(ids)), ", ".join("?" * len(properties))
    return connection.execute(
        f"select s.printed, s.low, s.high, s.unit, s.boolean, s.method, s.value_status from statements s where s.subject_id in ({marks}) "
        f"and s.property_id in ({holes}) and {where} order by s.low, s.id",
        [*ids, *properties, SOURCE],
    ).fetchall()


def _line(name: str, what: str, ours: list[Any], theirs: list[Any], rows: str) -> Line:
    stated = [row for row in ours if row[6] == "reported"]
    cells = [row for row in theirs if row[5].startswith("import:")]
    printed = ", ".join(dict.fromkeys(row[0] for row in stated if row[0])) or "not stated"
    shown = ", ".join(dict.fromkeys(_plain(row[0]) for row in cells if row[0]))
    if not stated or not cells:
        end = "not known there" if stated else "not stated"
        return Line(name, PROPERTIES[what], printed, shown, rows, end, "" if rows else "no row of this name")
    end, how = _openness(stated, cells) if what == "open" else _figures(stated, theirs)
    return Line(name, PROPERTIES[what], printed, shown, rows, end, how)


def _openness(ours: list[Any], theirs: list[Any]) -> tuple[str, str]:
    same = {bool(row[4]) for row in ours} == {bool(row[4]) for row in theirs}
    return ("agrees", "") if same else ("conflicts", "the article asks for open source, Epoch for the weights")


def _figures(ours: list[Any], theirs: list[Any]) -> tuple[str, str]:
    cells = [row for row in theirs if row[5].startswith("import:")]
    low = ours[0][1]
    high = math.inf if ours[0][2] is None else ours[0][2]
    units = {row[3] for row in cells}
    if ours[0][3] in units or {ours[0][3], *units} == {"image_text_pair", "image"}:
        least, most = min(row[1] for row in cells), max(row[2] for row in cells)
        if high < math.inf and _rounds(low, least) and _rounds(high, most):
            return "agrees", "" if (low, high) == (least, most) else "rounded"
        if low <= most and least <= high:
            return "agrees", "within the range"
        factor = max(low / most, least / high)
        return "conflicts", f"{factor:.2g} times apart"
    slip = next((row for row in theirs if {row[3], ours[0][3]} in _MIXED and _digits(row[1]) == _digits(low) and _near(row[1], low)), None)  # fmt: skip
    if slip:
        return "conflicts", f"the same number: {ours[0][0]} in the article, {_plain(slip[0])} in Epoch's notes"
    return "cannot be compared", f"{ours[0][3]} against {' and '.join(sorted(str(u or 'no unit') for u in units))}"


def _rounds(one: float, other: float) -> bool:
    return f"{one:.1e}" == f"{other:.1e}"


def _digits(number: float) -> str:
    return f"{number:.3e}".partition("e")[0]


def _near(one: float, other: float) -> bool:
    return 0.5 < one / other < 2


def _plain(printed: str) -> str:
    """Show Epoch's long floats as people write them."""
    if not re.fullmatch(r"\d+(?:\.\d+)?", printed):
        return printed
    number = float(printed)
    for power, word in ((12, "trillion"), (9, "billion"), (6, "million")):
        if number >= 10**power:
            return f"{number / 10**power:g} {word}"
    return f"{number:,g}"


def picture(connection: sqlite3.Connection) -> str:
    """Draw the parameters of both sides on one logarithmic line a model, as an SVG of its own."""
    rows = []
    for entity_id, name in connection.execute(
        "select distinct s.subject_id, coalesce(n.name_en, n.name_zh) from statements s join evidence e on e.statement_id = s.id "
        "join entities n on n.id = s.subject_id where s.source_id = ? and e.table_label is not null and s.property_id = 'parameters' "
        "and s.low is not null order by s.low",
        [SOURCE],
    ).fetchall():
        ours = _claims(connection, [entity_id], "parameters", "s.source_id = ?")
        theirs = [r for r in _claims(connection, _rows_of(connection, entity_id), "parameters", "s.source_id = 'epoch' and ? is not null") if r[5].startswith("import:")]  # fmt: skip
        closed = [row for row in ours if row[1] is not None and row[2] is not None]
        if closed:
            rows.append((name, closed[0][1], closed[0][2], [row[1] for row in theirs]))
    return _svg(rows)


def _svg(rows: list[tuple[str, float, float, list[float]]]) -> str:
    left, width, step, top = 150, 620, 26, 58
    height = top + step * len(rows) + 40

    def x(value: float) -> float:
        return left + (math.log10(value) - 7) / 8 * (width - left - 20)

    body = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="system-ui, sans-serif" font-size="12">',
        "<title>Parameters by article 004 and by Epoch AI</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        '<text x="12" y="20" font-size="14" font-weight="600">Parameters: article 004 and Epoch AI</text>',
        '<circle cx="18" cy="36" r="5" fill="#b4441a"/><text x="28" y="40">article</text>',
        '<rect x="80" y="31" width="10" height="10" fill="none" stroke="#1d5fa8" stroke-width="2"/><text x="95" y="40">Epoch AI</text>',
    ]
    for power, word in (
        (7, "10 million"),
        (9, "1 billion"),
        (11, "100 billion"),
        (13, "10 trillion"),
        (15, "1000 trillion"),
    ):
        at = x(10**power)
        body.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top - 8}" y2="{height - 30}" stroke="#ddd"/>')
        anchor = "end" if power == 15 else "middle"
        body.append(f'<text x="{at:.1f}" y="{height - 14}" text-anchor="{anchor}" fill="#555">{word}</text>')
    for number, (name, low, high, theirs) in enumerate(rows):
        y = top + step * number + 6
        body.append(f'<text x="{left - 12}" y="{y + 4}" text-anchor="end">{html.escape(name)}</text>')
        if high != low:
            body.append(
                f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y}" y2="{y}" stroke="#b4441a" stroke-width="3"/>'
            )
        body += [f'<circle cx="{x(value):.1f}" cy="{y}" r="5" fill="#b4441a"/>' for value in dict.fromkeys((low, high))]
        body += [
            f'<rect x="{x(value) - 7:.1f}" y="{y - 7}" width="14" height="14" fill="none" stroke="#1d5fa8" stroke-width="2"/>'
            for value in theirs
        ]
    return "\n".join([*body, "</svg>\n"])


def write(connection: sqlite3.Connection) -> None:
    """Write the table, the picture, and the table in the page."""
    found = list(lines(connection))
    with (FOLDER / "typical-models.csv").open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(
            [[line.model, line.what, line.ours, line.theirs, line.rows, line.end, line.how] for line in found]
        )
    (FOLDER / "typical-models.svg").write_text(picture(connection), encoding="utf-8")
    page = FOLDER / "typical-models.md"
    table = ["| Model | What | Article 004 | Epoch AI | End | How |", "| --- | --- | --- | --- | --- | --- |"]
    table += [
        f"| {one.model} | {one.what} | {one.ours} | {one.theirs} | {one.end} | {one.how} |"
        for one in found
        if one.end != "not stated"
    ]
    text = page.read_text(encoding="utf-8")
    head, rest = text.split("<!-- generated: table -->\n", 1)
    page.write_text(
        f"{head}<!-- generated: table -->\n" + "\n".join(table) + "\n<!-- end -->" + rest.split("<!-- end -->", 1)[1]
    )
    print({end: sum(line.end == end for line in found) for end in sorted({line.end for line in found})})


def main() -> None:
    """Import, resolve, build, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("epoch", type=Path)
    with tempfile.TemporaryDirectory() as scratch:
        imports = Path(scratch) / "imports"
        if run_import("epoch", parser.parse_args().epoch, [imports], None, False):
            raise SystemExit(1)
        folders = [default_seeds(), imports]
        resolve(folders)
        build(folders, Path(scratch) / "base.db")
        write(sqlite3.connect(Path(scratch) / "base.db"))


if __name__ == "__main__":
    main()
