"""The timeline of events: each by name where they are few, else counted by year and marked by kind."""

import sqlite3
from calendar import monthrange
from collections import Counter

from db.pictures.look import BLUE, looked_up, spaced, time_axis
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, cut, name_sql, rows_of

MOST_NAMED = 45
MOST_MARKED = 3_000
MOST_KINDS = 12
_SMALL = 12


def read(connection: sqlite3.Connection, language: str) -> Data:
    """Return every event, newest first, those without a year last."""
    label = "label_en" if language == "en" else "label_zh"
    rows = rows_of(
        connection,
        f"""
        select v.id as statement_id, v.subject_id, {name_sql(language, "e")} as subject, v.property_id,
          coalesce(p.{label}, v.property_id) as kind, v.printed, v.date, v.date_sort, v.issues is not null as doubted
        from events v join entities e on e.id = v.subject_id left join properties p on p.id = v.property_id
        order by v.date_sort is null, v.date_sort desc, v.id
        """,
    )
    for row in rows:
        row["begin"], row["end"] = _span(row["date"])
    dated = [row for row in rows if row["begin"]]
    drawn = {"events": dated[:MOST_MARKED]}
    return Data(language, _headings(language), rows, drawn, *_captions(language, rows, dated))


def _span(date: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of a partial date; None where its year is not known."""
    if not date or not date[:4].isdigit():
        return None, None
    if len(date) == 4:
        return f"{date}-01-01", f"{date}-12-31"
    if len(date) == 7:
        return f"{date}-01", f"{date}-{monthrange(int(date[:4]), int(date[5:7]))[1]:02d}"
    return date[:10], date[:10]


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("date", "日期" if zh else "Date"),
        Heading("subject", "主体" if zh else "Subject", "subject_id"),
        Heading("kind", "事件" if zh else "Event"),
        Heading("printed", "原文" if zh else "As printed", "statement_id"),
    )


def _captions(language: str, rows: list[Row], dated: list[Row]) -> tuple[str, str]:
    without, left = len(rows) - len(dated), max(len(dated) - MOST_MARKED, 0)
    if language == "zh":
        parts = [
            f"全部 {len(rows)} 条事件陈述，画出 {len(dated) - left} 条。事件不多时逐条列出，只知到月或年的画作一段；多时按年与种类计数。",
            f"{without} 条没有可知的年份，见表末。" if without else "",
            f"更早的 {left} 条见 CSV。" if left else "",
        ]
        return "".join(parts), f"{len(dated) - left} 条陈述"
    parts = [
        f"All {len(rows)} statements of events; {len(dated) - left} are drawn. Few are drawn one by one, a line spanning"
        " a month or a year where no day is known; many are counted by year and kind.",
        f" {without} have no year that can be known: see the end of the table." if without else "",
        f" {left} older ones are in the CSV." if left else "",
    ]
    return "".join(parts), f"{len(dated) - left} statements"


def draw(data: Data, size: Size) -> Spec:
    """Return a line for each event, or marks by kind where they are many."""
    rows = data.drawn["events"]
    if len(rows) <= MOST_NAMED:
        return _named(rows[: _SMALL if size.small else MOST_NAMED], data, size)
    return _counted(rows, data, size)


def _named(rows: list[Row], data: Data, size: Size) -> Spec:
    most = 26 if size.narrow else 48
    marks = [row | {"key": f"{number:02d}", "label": _label(row, most)} for number, row in enumerate(rows)]
    place = {
        "field": "key",
        "type": "nominal",
        "sort": [mark["key"] for mark in marks],
        "axis": {
            "labelExpr": looked_up({mark["key"]: mark["label"] for mark in marks}),
            "labelLimit": 420,
            "title": None,
            "grid": True,
            "ticks": False,
            "domain": False,
        },
    }
    time = time_axis(size, data.language, min(row["begin"] for row in rows), max(row["end"] for row in rows))
    return {
        "data": {"values": marks},
        "width": size.width - (190 if size.narrow else 300),
        "height": {"step": 18},
        "layer": _marks(time, place, 5, 45),
    }


def _label(row: Row, most: int) -> str:
    return f"{cut(row['subject'], most - 12)} · {cut(row['kind'], 12)}"


def _marks(time: Row, place: Row, thickness: int, size: int) -> list[Spec]:
    return [
        {
            "transform": [{"filter": "datum.begin != datum.end"}],
            "mark": {"type": "rule", "strokeWidth": thickness, "color": BLUE, "opacity": 0.45, "strokeCap": "butt"},
            "encoding": {"x": time | {"field": "begin"}, "x2": {"field": "end"}, "y": place},
        },
        {
            "transform": [{"filter": "datum.begin == datum.end"}],
            "mark": {"type": "point", "filled": True, "size": size, "color": BLUE, "opacity": 0.8},
            "encoding": {"x": time | {"field": "begin"}, "y": place},
        },
    ]


def _counted(rows: list[Row], data: Data, size: Size) -> Spec:
    """Return events a year as bars, and beneath them a disc for each kind and year, as large as their number."""
    counts = Counter((row["begin"][:4], row["kind"]) for row in rows)
    years, kinds = Counter(row["begin"][:4] for row in rows), Counter(row["kind"] for row in rows)
    order = sorted(kinds, key=lambda kind: (-kinds[kind], kind))[: 5 if size.small else MOST_KINDS]
    # The few events of the decades before most would crowd the rest.
    first = sorted(row["begin"] for row in rows)[len(rows) // (20 if size.narrow else 50)][:4]
    span = [str(year) for year in range(int(first), int(max(years)) + 1)]
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": span},
        "axis": {"title": None, "labelAngle": 0, "values": spaced(span, 5 if size.narrow else 14)},
    }
    width = size.width - (100 if size.narrow else 130)
    bars = {
        "title": data.say(f"每年，自 {first} 年", f"A year, from {first}"),
        "data": {"values": [{"year": year, "events": years[year]} for year in span]},
        "width": width,
        "height": 120 if size.narrow else 170,
        "mark": {"type": "bar", "color": BLUE},
        "encoding": {"x": x, "y": _number(data)},
    }
    discs = [
        {"year": year, "key": f"{order.index(kind):02d}", "events": number}
        for (year, kind), number in sorted(counts.items())
        if kind in order and year >= first
    ]
    labels = {f"{number:02d}": f"{cut(kind, 12)} {kinds[kind]}" for number, kind in enumerate(order)}
    return {"vconcat": [bars, _discs(discs, labels, x, data, width)], "spacing": 16}


def _discs(discs: list[Row], labels: dict[str, str], x: Row, data: Data, width: int) -> Spec:
    return {
        "title": data.say("按种类", "By kind"),
        "data": {"values": discs},
        "width": width,
        "height": {"step": 22},
        "mark": {"type": "circle", "color": BLUE, "opacity": 0.8},
        "encoding": {
            "x": x,
            "y": {
                "field": "key",
                "type": "nominal",
                "sort": sorted(labels),
                "axis": {"labelExpr": looked_up(labels), "title": None, "grid": True, "ticks": False, "domain": False},
            },
            "size": {"field": "events", "type": "quantitative", "scale": {"range": [20, 320]}, "legend": None},
        },
    }


def _number(data: Data) -> Row:
    axis = {"title": data.say("事件数", "Events"), "format": "d", "tickMinStep": 1, "tickCount": 4}
    return {"field": "events", "type": "quantitative", "axis": axis}


PICTURE = Picture("events", "事件时间线", "Timeline of events", read, draw)
