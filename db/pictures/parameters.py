"""Parameters over time: each model at its release, bounds as bounds; models without a date below, by name."""

import sqlite3

from db.pictures import bounds
from db.pictures.look import log_axis, looked_up, powers, time_axis
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, cut, name_sql, rows_of

MOST_DATED = 3_000
MOST_NAMED = 30
_FEW = 25
_MANY = 200


def read(connection: sqlite3.Connection, language: str) -> Data:
    """Return every model with a figure of its parameters, newest first."""
    rows = rows_of(
        connection,
        f"""
        select m.id as model_id, {name_sql(language, "m")} as model, m.parameters_text as printed,
          m.parameters_low as low, m.parameters_high as high, s.comparator, m.released, m.released_sort as date,
          m.parameters_issue as issue, m.parameters_issue is not null as doubted,
          m.parameters_statement_id as statement_id
        from models m left join statements s on s.id = m.parameters_statement_id
        where m.parameters_low is not null or m.parameters_high is not null
        order by m.released_sort is null, m.released_sort desc, coalesce(m.parameters_high, m.parameters_low) desc, m.id
        """,
    )
    for row in rows:
        row["doubted"] = bool(row["doubted"])
        row["shape"] = bounds.shape_of(row["low"], row["high"], row["comparator"])
        row["bounds"] = _word(row, language)
    shown = [row for row in rows if row["shape"]]
    dated = _recent([row for row in shown if row["date"]])
    undated = sorted((row for row in shown if not row["date"]), key=lambda row: -_greatest(row))
    drawn = {"dated": dated[:MOST_DATED], "undated": undated[:MOST_NAMED]}
    return Data(language, _headings(language), rows, drawn, *_captions(connection, language, rows, dated, undated))


def _recent(rows: list[Row]) -> list[Row]:
    """Return models, newest first, without the few of the decades before most of them, which would crowd the rest."""
    if len(rows) <= _MANY:
        return rows
    first = rows[int(len(rows) * 0.95)]["date"][:4]
    return [row for row in rows if row["date"] >= first]


def _word(row: Row, language: str) -> str:
    words = bounds.WORDS[row["shape"]][0 if language == "zh" else 1] if row["shape"] else ""
    doubt = ("存疑", "doubted")[language == "en"] if row["doubted"] else ""
    return (" · " if language == "en" else "；").join(part for part in (words, doubt) if part)


def _greatest(row: Row) -> float:
    return max(float(value) for value in (row["low"], row["high"]) if value is not None)


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("model", "模型" if zh else "Model", "model_id"),
        Heading("printed", "参数，原文" if zh else "Parameters, as printed", "statement_id"),
        Heading("low", "下限" if zh else "Low"),
        Heading("high", "上限" if zh else "High"),
        Heading("bounds", "界限" if zh else "Bounds"),
        Heading("released", "发布日期" if zh else "Released"),
        Heading("issue", "疑点" if zh else "Issue"),
    )


def _captions(
    connection: sqlite3.Connection, language: str, rows: list[Row], dated: list[Row], undated: list[Row]
) -> tuple[str, str]:
    (without,) = connection.execute(
        "select count(*) from models where parameters_low is null and parameters_high is null"
    ).fetchone()
    doubted = sum(row["doubted"] for row in rows)
    drawn, named = min(len(dated), MOST_DATED), min(len(undated), MOST_NAMED)
    left = len(rows) - drawn - named
    if language == "zh":
        parts = [
            f"取自 {len(rows)} 条陈述，每个模型取用一条。{drawn} 个模型画在发布之日，{named} 个没有发布日期，列在下方。",
            f"另有 {left} 个有数字而未画（较早的，或没有日期而较小的），见表与 CSV。" if left else "",
            f"{doubted} 个数字存疑，以红色和“?”标出，照原文画。" if doubted else "",
            f"还有 {without} 个模型没有说明参数规模，不在图中。" if without else "",
        ]
        return "".join(parts), f"{drawn + named} 个模型"
    parts = [
        f"From {len(rows)} statements, the preferred one of each model. {drawn} models stand at their release,"
        f" {named} without a release date stand below by name.",
        f" {left} more have a figure and are not drawn, being older, or smaller and without a date: see the table and"
        " the CSV."
        if left
        else "",
        f" Doubted figures: {doubted}, drawn as printed, in red with “?”." if doubted else "",
        f" {without} models without any figure are not in the picture." if without else "",
    ]
    return "".join(parts), f"{drawn + named} models"


def draw(data: Data, size: Size) -> Spec:
    """Return models over time, and those without a date beneath."""
    dated, undated = data.drawn["dated"], data.drawn["undated"]
    if size.small and min(len(dated), len(undated)) > 0:
        dated, undated = (dated, []) if len(dated) >= len(undated) else ([], undated[:10])
    panels = ([_over_time(dated, data, size)] if dated else []) + ([_by_name(undated, data, size)] if undated else [])
    return {"vconcat": panels, "spacing": 14, "resolve": {"scale": {"color": "shared", "shape": "independent"}}}


def _over_time(rows: list[Row], data: Data, size: Size) -> Spec:
    low, high = bounds.extent(rows)
    value = log_axis(powers(low, high), data.language, data.say("参数", "Parameters"))
    dates = sorted(row["date"] for row in rows)
    place = time_axis(size, data.language, dates[0], dates[-1]) | {"field": "date"}
    few = len(rows) <= _FEW
    layers = bounds.layers(rows, "y", value, place, 60 if few else (16 if size.narrow else 24), data.language)
    height = (130 if len(rows) <= 3 else 260) if size.narrow else (150 if len(rows) <= 3 else 400)
    return {
        "width": size.width - 70,
        "height": min(height, 220) if size.small else height,
        "title": data.say("按发布日期", "By date of release"),
        "layer": [*layers, *([] if size.narrow and not few else _names(rows, value, place))],
    }


def _records(rows: list[Row], times: float) -> list[Row]:
    """Return the models that at their release were so many times as large as any before, by undoubted figures."""
    found: list[Row] = []
    greatest = 0.0
    for row in sorted(rows, key=lambda row: (row["date"], -_greatest(row))):
        if not row["doubted"] and row["shape"] != "at_most" and _greatest(row) >= times * greatest:
            greatest = _greatest(row)
            found.append(row)
    return found


def _names(rows: list[Row], value: Row, place: Row) -> list[Spec]:
    """Return layers that name models, above and before those of the later half, after those of the earlier."""
    dates = sorted(row["date"] for row in rows)
    few = len(rows) <= _FEW
    middle = dates[len(dates) // 2] if few else dates[len(dates) // 8]
    marks = [
        {"date": row["date"], "at": _greatest(row), "name": cut(row["model"], 22), "before": row["date"] >= middle}
        for row in (rows if few else [row for row in _records(rows, 4.0) if row["date"] >= middle])
    ]
    return [
        {
            "data": {"values": [mark for mark in marks if mark["before"] is before]},
            "mark": {"type": "text", "align": "right" if before else "left", "dx": -7 if before else 7, "dy": -7},
            "encoding": {"x": place, "y": value | {"field": "at"}, "text": {"field": "name"}},
        }
        for before in (True, False)
        if any(mark["before"] is before for mark in marks)
    ]


def _by_name(rows: list[Row], data: Data, size: Size) -> Spec:
    low, high = bounds.extent(rows)
    width = size.width - (176 if size.narrow else 230)
    value = log_axis(powers(low, high, 4 if size.narrow else 7), data.language, data.say("参数", "Parameters"))
    marks = [row | {"name": f"{number:02d}", "label": cut(row["model"], 18)} for number, row in enumerate(rows)]
    place = {
        "field": "name",
        "type": "nominal",
        "sort": [mark["name"] for mark in marks],
        "axis": {
            "labelExpr": looked_up({mark["name"]: mark["label"] for mark in marks}),
            "title": None,
            "grid": True,
            "ticks": False,
            "domain": False,
        },
    }
    printed = {
        "data": {"values": [mark | {"shown": cut(mark["printed"] or "", 12 if size.narrow else 18)} for mark in marks]},
        "mark": {"type": "text", "align": "left", "x": width + 8},
        "encoding": {"y": place, "text": {"field": "shown"}},
    }
    return {
        "width": width,
        "height": {"step": 18},
        "title": data.say("没有发布日期的，按大小", "Without a date of release, by size"),
        "layer": [*bounds.layers(marks, "x", value, place, 55, data.language), printed],
    }


PICTURE = Picture("parameters", "参数规模的变化", "Parameters over time", read, draw)
