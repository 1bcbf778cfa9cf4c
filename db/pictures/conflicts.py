"""Conflicts by size: how far apart two statements are that cannot both be right."""

import sqlite3

from db.pictures.look import VERMILION, looked_up
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, cut, name_sql, rows_of

MOST_DRAWN = 25
_KINDS = (("quantity", "数字：相差倍数", "Figures: times apart"), ("date", "日期：相差天数", "Dates: days apart"))


def read(connection: sqlite3.Connection, language: str) -> Data:
    """Return every conflict, the widest first."""
    label = "label_en" if language == "en" else "label_zh"
    rows = rows_of(
        connection,
        f"""
        select c.statement_id, c.other_statement_id, c.subject_id, {name_sql(language, "e")} as subject,
          coalesce(p.{label}, c.property_id) as property, c.printed, c.other_printed, c.distance, s.value_type
        from conflicts c join entities e on e.id = c.subject_id join statements s on s.id = c.statement_id
        left join properties p on p.id = c.property_id
        order by c.distance is null, c.distance desc, c.id
        """,
    )
    drawn = {
        kind: [row for row in rows if row["value_type"] == kind and (row["distance"] or 0) > 0][:MOST_DRAWN]
        for kind, _, _ in _KINDS
    }
    return Data(language, _headings(language), rows, drawn, *_captions(language, rows, drawn))


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("subject", "主体" if zh else "Subject", "subject_id"),
        Heading("property", "属性" if zh else "Property"),
        Heading("printed", "一说" if zh else "One says", "statement_id"),
        Heading("other_printed", "另一说" if zh else "Another says", "other_statement_id"),
        Heading("distance", "相差" if zh else "Apart"),
    )


def _captions(language: str, rows: list[Row], drawn: dict[str, list[Row]]) -> tuple[str, str]:
    shown = sum(len(found) for found in drawn.values())
    left = len(rows) - shown
    if not rows:
        return ("没有互相矛盾的陈述。", "") if language == "zh" else ("No statements contradict each other.", "")
    if language == "zh":
        more = f"其余 {left} 处互相排斥而没有距离，或相差较小，见表。" if left else ""
        return f"全部 {len(rows)} 处互相矛盾的两条陈述，画出相差最大的 {shown} 处。{more}", f"{len(rows)} 处"
    more = f" {left} more exclude each other without a distance, or are closer: see the table." if left else ""
    return (
        f"All {len(rows)} pairs of statements that cannot both be right; the widest {shown} are drawn.{more}",
        f"{len(rows)} conflicts",
    )


def draw(data: Data, size: Size) -> Spec:
    """Return a bar for each conflict, figures apart from dates."""
    panels = [_panel(data.drawn[kind], data.say(zh, en), size) for kind, zh, en in _KINDS if data.drawn[kind]]
    return {"vconcat": panels, "spacing": 16}


def _panel(rows: list[Row], title: str, size: Size) -> Spec:
    most = 26 if size.narrow else 56
    marks = [
        row
        | {
            "key": f"{number:02d}",
            "label": f"{cut(row['subject'], most - 14)} · {cut(row['property'], 12)}",
            "apart": f"{row['distance']:,.3g}" if row["distance"] < 1000 else f"{row['distance']:,.0f}",
        }
        for number, row in enumerate(rows[:10] if size.small else rows)
    ]
    place = {
        "field": "key",
        "type": "nominal",
        "sort": [mark["key"] for mark in marks],
        "axis": {
            "labelExpr": looked_up({mark["key"]: mark["label"] for mark in marks}),
            "labelLimit": 420,
            "title": None,
            "ticks": False,
        },
    }
    value = {"field": "distance", "type": "quantitative", "axis": {"title": title, "tickCount": 4, "grid": True}}
    return {
        "data": {"values": marks},
        "width": size.width - (240 if size.narrow else 420),
        "height": {"step": 22},
        "encoding": {"x": value, "y": place},
        "layer": [
            {"mark": {"type": "bar", "color": VERMILION}},
            {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"text": {"field": "apart"}}},
        ],
    }


PICTURE = Picture("conflicts", "矛盾有多大", "Conflicts by size", read, draw)
