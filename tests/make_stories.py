"""Tables and pictures of the findings that tell where sources contradict each other: `python -m tests.make_stories [DB]`.

Each page of docs/findings is written by hand but for what stands between `generated: NAME` and `end`: a table of
statements, chosen by SQL, each with its source and id. The picture of the same figures stands beside the page.
"""

import argparse
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from db.pictures import bounds
from db.pictures.drawing import svg_of
from db.pictures.look import BLUE, log_axis, looked_up, powers, time_axis, whole
from db.pictures.picture import Size

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "findings"
SITE = "../../seeds/sources"
SIZE = Size("wide", 760)
_PART = re.compile(r"(<!-- generated: ([a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_SELECT = """
select s.*, e.label as subject, o.publisher, o.published, o.url, p.name from statements s
join entities e on e.id = s.subject_id join sources o on o.id = s.source_id
join (select id, label_en as name from properties) p on p.id = s.property_id
where """


class Panel(NamedTuple):
    """Figures of one thing: the table's and the picture's name, what is drawn, which statements."""

    name: str
    title: str
    where: str
    order: str = "coalesce(s.low, s.high), s.source_id"
    label: str = "source"
    dates: bool = False


STORIES: dict[str, tuple[Panel, ...]] = {
    "gpt-4": (
        Panel("parameters", "Parameters of GPT-4", "s.subject_id = 'gpt-4' and s.property_id = 'parameters' and s.scope_note is null"),
        Panel("data", "Training data of GPT-4, in bytes and in tokens", "s.subject_id = 'gpt-4' and s.property_id = 'training_data'", order="s.unit, s.low", label="unit"),
        Panel("cost", "Training cost of GPT-4, US dollars", "s.subject_id = 'gpt-4' and s.property_id = 'training_cost'"),
    ),
    "anthropic-february-2026": (
        Panel("raised", "Raised in February 2026, US dollars", "s.subject_id = 'anthropic' and s.property_id = 'funding' and s.as_of like '2026-02%'"),
        Panel("valued", "Valued at, US dollars", "s.subject_id = 'anthropic' and s.property_id = 'valuation' and s.as_of like '2026-02%'"),
    ),
    "openai-first-half-2025": (
        Panel("half", "Revenue of a first half-year, US dollars", "s.subject_id = 'openai' and s.property_id = 'revenue' and s.period_end like '%-06'"),
        Panel("rate", "Annualised revenue, US dollars", "s.subject_id = 'openai' and s.property_id = 'revenue' and s.scope_note = '年化收入' and s.as_of like '2025%'", order="s.as_of, s.low", label="when"),
    ),
    "minimax-revenue": (
        Panel("revenue", "Revenue of MiniMax, US dollars", "s.subject_id = 'minimax' and s.property_id = 'revenue' and s.unit = 'USD'", order="coalesce(s.as_of, s.period_end), s.source_id", label="when"),
    ),
    "yuanbao-daily-users": (
        Panel("daily", "Daily active users of Yuanbao, February 2026", "s.subject_id = 'tencent-yuanbao' and s.property_id = 'daily_active_users' and s.as_of like '2026-02%'"),
    ),
    "days-of-release": (
        Panel("days", "Days of release", "s.property_id in ('released', 'open_sourced') and length(s.date) = 10 and s.subject_id in ('llama-3.2', 'llama-3.3', 'qwen1.5', 'qwen2', 'qwen2-vl', 'qwen2.5-vl', 'internlm2.5-7b', 'internlm2.5-20b')", order="s.subject_id, s.date", label="subject", dates=True),
    ),
    "computing-promised": (
        Panel("compute", "Computing power aimed at, FLOP/s", "s.property_id = 'target' and s.unit = 'FLOP/s' and s.as_of is not null", order="s.low desc, s.as_of, s.source_id", label="place"),
    ),
}  # fmt: skip


def statements(connection: sqlite3.Connection, panel: Panel) -> list[sqlite3.Row]:
    """Return the statements of a panel."""
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    rows = cursor.execute(f"{_SELECT}{panel.where} order by {panel.order}").fetchall()
    if not rows:
        raise LookupError(f"no statement for {panel.name}: {panel.where}")
    return rows


def table(connection: sqlite3.Connection, panel: Panel) -> str:
    """Return the Markdown table of a panel."""
    cells = [["Of", "As printed", "Value", "When, of what", "Source", "Statement"], ["---"] * 6]
    for row in statements(connection, panel):
        when = row["as_of"] or " – ".join(filter(None, dict.fromkeys((row["period_start"], row["period_end"]))))
        said = ", ".join(
            filter(None, (when, row["scope_note"], row["assertion"] if row["assertion"] != "asserted" else ""))
        )
        source = (
            f"[{row['publisher'] or row['source_id']}]({SITE}/{row['source_id']}.yaml), {row['published'] or 'no date'}"
        )
        cells.append([row["subject"], row["printed"] or "", _value(row), said, source, f"`{row['id']}`"])
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in cells) + "\n"


def _value(row: sqlite3.Row) -> str:
    if row["date"]:
        return str(row["date"])
    low, high = row["low"], row["high"]
    signs = {"gt": "> ", "ge": "≥ ", "lt": "< ", "le": "≤ ", "approx": "≈ "}
    bound = f"{low:.4g}" if high is None or low == high else f"{high:.4g}" if low is None else f"{low:.4g} – {high:.4g}"
    return f"{signs.get(row['comparator'], '')}{bound} {row['unit']}"


def picture(connection: sqlite3.Connection, name: str) -> str:
    """Draw the figures of a page, a panel beneath the other."""
    panels = [_panel(connection, panel) for panel in STORIES[name]]
    spec = whole({"vconcat": panels, "spacing": 22, "resolve": {"scale": {"shape": "independent"}}}, SIZE)
    titles = "; ".join(panel.title for panel in STORIES[name])
    return svg_of(spec, name, titles, f"{titles}. The table on the page holds the same figures.") + "\n"


def _panel(connection: sqlite3.Connection, panel: Panel) -> dict[str, Any]:
    rows = statements(connection, panel)
    places = _places(connection) if panel.label == "place" else {}
    marks = [_mark(row, panel, number, places) for number, row in enumerate(rows)]
    width = SIZE.width - 330
    place = {
        "field": "name",
        "type": "nominal",
        "sort": [mark["name"] for mark in marks],
        "axis": {"labelExpr": looked_up({mark["name"]: mark["label"] for mark in marks}), "labelLimit": 220, "title": None, "grid": True, "ticks": False, "domain": False},
    }  # fmt: skip
    if panel.dates:
        value = time_axis(SIZE, "en", min(mark["date"] for mark in marks), max(mark["date"] for mark in marks))
        layers = [
            {
                "data": {"values": marks},
                "mark": {"type": "point", "filled": True, "size": 60, "color": BLUE, "opacity": 0.8},
                "encoding": {"x": value | {"field": "date"}, "y": place},
            }
        ]
    else:
        low, high = bounds.extent(marks)
        value = log_axis(powers(low, high), "en", None)
        layers = bounds.layers(marks, "x", value, place, 60, "en")
    printed = {
        "data": {"values": marks},
        "mark": {"type": "text", "align": "left", "x": width + 8},
        "encoding": {"y": place, "text": {"field": "printed"}},
    }
    return {"width": width, "height": {"step": 20}, "title": panel.title, "layer": [*layers, printed]}


def _mark(row: sqlite3.Row, panel: Panel, number: int, places: dict[str, str]) -> dict[str, Any]:
    by = row["publisher"] or row["source_id"]
    when = row["as_of"] or row["period_end"] or row["published"] or ""
    label = {
        "source": f"{by}, {row['published'] or 'no date'}",
        "unit": f"{row['unit']} · {by}",
        "when": f"{when} · {by}",
        "subject": f"{row['subject']} · {by}",
        "place": f"{places.get(row['subject_id'], row['subject'])}, {when}",
    }[panel.label]
    shape = bounds.shape_of(row["low"], row["high"], row["comparator"])
    return {
        "name": f"{number:02d}",
        "label": label if len(label) < 38 else f"{label[:36]}…",
        "printed": row["printed"],
        "low": row["low"],
        "high": row["high"],
        "shape": shape,
        "doubted": bool(row["issues"]),
        "date": row["date"],
    }


def _places(connection: sqlite3.Connection) -> dict[str, str]:
    return dict(
        connection.execute(
            "select s.subject_id, coalesce(e.name_en, e.label) from statements s join entities e on e.id = s.object_id "
            "where s.property_id = 'policy_place'"
        )
    )


def pages(connection: sqlite3.Connection) -> Iterator[tuple[Path, str]]:
    """Yield each page and picture with what it should hold."""
    for name, panels in STORIES.items():
        tables = {panel.name: table(connection, panel) for panel in panels}
        page = FOLDER / f"{name}.md"
        text = page.read_text(encoding="utf-8")
        told = set(re.findall(r"<!-- generated: ([a-z-]+) -->", text))
        if told != set(tables):
            raise LookupError(f"{page.name} has the tables {sorted(told)}, not {sorted(tables)}")
        yield page, _PART.sub(lambda found, tables=tables: f"{found[1]}{tables[found[2]]}{found[3]}", text)
        yield FOLDER / f"{name}.svg", picture(connection, name)


def main() -> None:
    """Write every table and picture anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "db", nargs="?", type=Path, help="a built base; without it, that of the package's seeds is built"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        db = given.db or Path(scratch) / "damoxing.db"
        if not given.db:
            from etl.build import build

            build(None, db)
        connection = sqlite3.connect(db)
        for path, text in pages(connection):
            path.write_text(text, encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main()
