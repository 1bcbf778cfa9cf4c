"""User metrics over time: each figure at its date, bounds as bounds, figures of one product joined."""

import sqlite3

from db.pictures import bounds
from db.pictures.look import QUIET, log_axis, powers, time_axis
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, cut, name_sql, rows_of

MOST_DRAWN = 500
_FEW = 25


def read(connection: sqlite3.Connection, language: str) -> Data:
    """Return every figure of how many people use what, by date."""
    label = "label_en" if language == "en" else "label_zh"
    rows = rows_of(
        connection,
        f"""
        select u.id as statement_id, u.subject_id, {name_sql(language, "e")} as subject, p.{label} as metric,
          u.property_id, u.printed, u.low, u.high, u.comparator, u.unit, coalesce(u.as_of, u.period_end, u.period_start) as date,
          s.date_sort, u.scope_note, u.issues is not null as doubted, u.rank, u.source_id,
          coalesce({"o.title_en, " if language == "en" else ""}o.title, u.source_id) as source
        from user_metrics u join entities e on e.id = u.subject_id join statements s on s.id = u.id
        left join properties p on p.id = u.property_id left join sources o on o.id = u.source_id
        order by date is null, date desc, subject, u.id
        """,
    )
    for row in rows:
        row["doubted"] = bool(row["doubted"])
        row["shape"] = bounds.shape_of(row["low"], row["high"], row["comparator"])
        row["sort"] = _day(row["date"])
        row["series"] = f"{row['subject_id']} {row['property_id']}"
        row["bounds"] = bounds.WORDS[row["shape"]][language == "en"] if row["shape"] else ""
    shown = [row for row in rows if row["shape"] and row["sort"]][:MOST_DRAWN]
    return Data(language, _headings(language), rows, {"figures": shown}, *_captions(language, rows, shown))


def _day(date: str | None) -> str | None:
    """Return the first day of a partial date, or None where its year is not known."""
    if not date or not date[:4].isdigit():
        return None
    return f"{date}-01-01"[:10] if len(date) == 4 else f"{date}-01"[:10]


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("subject", "产品或模型" if zh else "Product or model", "subject_id"),
        Heading("metric", "指标" if zh else "Metric"),
        Heading("printed", "数字，原文" if zh else "Figure, as printed", "statement_id"),
        Heading("low", "下限" if zh else "Low"),
        Heading("high", "上限" if zh else "High"),
        Heading("bounds", "界限" if zh else "Bounds"),
        Heading("date", "时间" if zh else "Time"),
        Heading("source", "来源" if zh else "Source", "source_id"),
    )


def _captions(language: str, rows: list[Row], shown: list[Row]) -> tuple[str, str]:
    left, doubted = len(rows) - len(shown), sum(row["doubted"] for row in shown)
    if language == "zh":
        parts = [
            f"全部 {len(rows)} 条用户数据陈述，画出 {len(shown)} 条；月活、累计等口径不同，不宜相比。",
            f"{left} 条没有时间或数字，见表。" if left else "",
            f"{doubted} 条存疑，以红色和“?”标出。" if doubted else "",
        ]
        return "".join(parts), f"{len(shown)} 条陈述"
    parts = [
        f"All {len(rows)} statements on users; {len(shown)} are drawn. Monthly, cumulative and other counts differ"
        " and should not be compared.",
        f" {left} have no date or no figure: see the table." if left else "",
        f" Doubted: {doubted}, in red with “?”." if doubted else "",
    ]
    return "".join(parts), f"{len(shown)} statements"


def draw(data: Data, size: Size) -> Spec:
    """Return figures over time, with names where they are few."""
    rows = data.drawn["figures"]
    low, high = bounds.extent(rows)
    dates = sorted(row["sort"] for row in rows)
    value = log_axis(powers(low, high), data.language, data.say("人或次", "People or visits"))
    place = time_axis(size, data.language, dates[0], dates[-1]) | {"field": "sort"}
    layers: list[Spec] = [
        {
            "data": {"values": [row | {"at": row["low"] or row["high"]} for row in rows if row["low"] or row["high"]]},
            "mark": {"type": "line", "color": QUIET, "strokeWidth": 1, "opacity": 0.6},
            "encoding": {"x": place, "y": value | {"field": "at"}, "detail": {"field": "series"}},
        },
        *bounds.layers(rows, "y", value, place, 60 if len(rows) <= _FEW else 24, data.language),
    ]
    if len(rows) <= (8 if size.narrow else _FEW):
        layers += _names(rows, value, place)
    return {"width": size.width - 70, "height": 200 if size.narrow else 300, "layer": layers}


def _names(rows: list[Row], value: Row, place: Row) -> list[Spec]:
    dates = sorted(row["sort"] for row in rows)
    first, last = int(dates[0][:4]), int(dates[-1][:4]) + 1
    marks = [
        {
            "sort": row["sort"],
            "at": row["low"] or row["high"],
            "lines": [cut(row["subject"], 20), cut(f"{row['printed']} · {row['date']}", 26)],
            "before": int(row["sort"][:4]) + int(row["sort"][5:7]) / 12 > (first + last) / 2,
        }
        for row in rows
    ]
    return [
        {
            "data": {"values": [mark for mark in marks if mark["before"] is before]},
            "mark": {
                "type": "text",
                "align": "right" if before else "left",
                "dy": -14,
                "dx": -9 if before else 9,
            },
            "encoding": {"x": place, "y": value | {"field": "at"}, "text": {"field": "lines"}},
        }
        for before in (True, False)
        if any(mark["before"] is before for mark in marks)
    ]


PICTURE = Picture("users", "用户数的变化", "Users over time", read, draw)
