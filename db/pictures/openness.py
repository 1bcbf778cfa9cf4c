"""Open against closed: how many models are stated to be either, by year of release and by developer."""

import sqlite3
from collections import Counter
from typing import Any

from db.pictures.look import BLUE, ORANGE, looked_up, spaced
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, cut, name_sql, rows_of

MOST_DEVELOPERS = 15
_UNDATED = "—"
# A yes outweighs a no: a model whose weights alone are open is open.
_OPEN = "case when 1 in (m.open_source, m.open_weights) then 'open' when 0 in (m.open_source, m.open_weights) then 'closed' end"


def read(connection: sqlite3.Connection, language: str) -> Data:
    """Return how many models are open and closed, by year and by developer."""
    years = rows_of(
        connection,
        f"""
        select coalesce(substr(m.released_sort, 1, 4), '{_UNDATED}') as name, {_OPEN} as openness, count(*) as models
        from models m where coalesce(m.open_source, m.open_weights) is not null group by 1, 2 order by 1, 2
        """,
    )
    developers = rows_of(
        connection,
        f"""
        select d.id as developer_id, {name_sql(language, "d")} as name, {_OPEN} as openness,
          count(distinct m.id) as models
        from statements s join models m on m.id = s.subject_id join entities d on d.id = s.object_id
        where s.property_id = 'developer' and coalesce(s.rank, '') <> 'deprecated'
          and coalesce(m.open_source, m.open_weights) is not null
        group by 1, 3 order by 2, 3
        """,
    )
    unknown, doubted = connection.execute(
        "select sum(coalesce(open_source, open_weights) is null),"
        " sum(coalesce(open_source_issue, open_weights_issue) is not null) from models"
    ).fetchone()
    shown, others = _largest(developers)
    drawn = {"years": years, "developers": shown}
    rows = _table(years, "year", language) + _table(developers, "developer", language)
    caption, gist = _captions(language, years, unknown or 0, doubted or 0, others)
    return Data(language, _headings(language), rows, drawn, caption, gist)


def _largest(developers: list[Row]) -> tuple[list[Row], int]:
    """Return the counts of the developers with most models, and how many developers are left out."""
    totals: Counter[str] = Counter()
    for row in developers:
        totals[row["developer_id"]] += row["models"]
    order = sorted(totals, key=lambda name: (-totals[name], name))
    kept = {name: place for place, name in enumerate(order[:MOST_DEVELOPERS])}
    shown = [row | {"place": kept[row["developer_id"]]} for row in developers if row["developer_id"] in kept]
    return sorted(shown, key=lambda row: (row["place"], row["openness"])), len(order) - len(kept)


def _table(counts: list[Row], by: str, language: str) -> list[Row]:
    words = {"year": ("年份", "Year"), "developer": ("研发主体", "Developer")}
    found: dict[str, Row] = {}
    for row in counts:
        name = row["name"] if row["name"] != _UNDATED else ("没有发布日期", "no date")[language == "en"]
        line = {"by": words[by][language == "en"], "name": name, "developer_id": row.get("developer_id")}
        entry = found.setdefault(row.get("developer_id") or name, line | {"open": 0, "closed": 0})
        entry[row["openness"]] += row["models"]
    return (
        list(found.values()) if by == "year" else sorted(found.values(), key=lambda row: -row["open"] - row["closed"])
    )


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("name", "年份或研发主体" if zh else "Year or developer", "developer_id"),
        Heading("by", "按" if zh else "By"),
        Heading("open", "开放" if zh else "Open"),
        Heading("closed", "不开放" if zh else "Closed"),
    )


def _captions(language: str, years: list[Row], unknown: int, doubted: int, others: int) -> tuple[str, str]:
    models = sum(row["models"] for row in years)
    undated = sum(row["models"] for row in years if row["name"] == _UNDATED)
    if language == "zh":
        parts = [
            f"{models} 个模型有来源说明是否开放：说它开源或开放权重的算开放，说都不是的算不开放；其中 {undated} 个没有发布日期。",
            f"{doubted} 个的说法存疑，照原样计入。" if doubted else "",
            f"另有 {unknown} 个模型没有来源说明，不在图中。" if unknown else "",
            f"研发主体画模型最多的 {MOST_DEVELOPERS} 家，其余 {others} 家见表。" if others else "",
            "由几家合作研发的模型各计一次。",
        ]
        return "".join(parts), f"{models} 个模型"
    parts = [
        f"Of {models} models a source says whether they are open: open where the source or the weights are said to be,"
        f" closed where neither is. {undated} have no date of release.",
        f" Doubted: {doubted}, counted as stated." if doubted else "",
        f" Of {unknown} more models no source says it; they are not in the picture." if unknown else "",
        f" The {MOST_DEVELOPERS} developers with most models are drawn; {others} more are in the table."
        if others
        else "",
        " A model of several developers counts for each.",
    ]
    return "".join(parts), f"{models} models"


def draw(data: Data, size: Size) -> Spec:
    """Return bars by year, and beneath them bars by developer."""
    panels = [_years(data, size)]
    if not size.small and data.drawn["developers"]:
        panels.append(_developers(data, size))
    return {"vconcat": panels, "spacing": 18}


def _color(data: Data, legend: bool) -> dict[str, Any]:
    words = data.say('{"open": "开放", "closed": "不开放"}', '{"open": "open", "closed": "closed"}')
    return {
        "field": "openness",
        "type": "nominal",
        "scale": {"domain": ["open", "closed"], "range": [BLUE, ORANGE]},
        "legend": {"title": None, "labelExpr": f"({words})[datum.label]"} if legend else None,
    }


def _years(data: Data, size: Size) -> Spec:
    undated = data.say("无日期", "no date")
    span = _span([row["name"] for row in data.drawn["years"]])
    dated = [year for year in span if year != _UNDATED]
    most = 4 if size.narrow else 14
    # The name of the last bar, of models without a date, needs room beside it.
    named = dated if len(dated) <= most else spaced(dated[: -(len(dated) // 7 or 1)], most)
    years = named + span[len(dated) :]
    shown = f"datum.label == '{_UNDATED}' ? '{undated}' : datum.label"
    return {
        "width": size.width - 60,
        "height": 200 if size.narrow else 260,
        "title": data.say("按发布年份", "By year of release"),
        "data": {"values": data.drawn["years"]},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "name",
                "type": "nominal",
                "scale": {"domain": span},
                "axis": {"title": None, "labelAngle": 0, "labelExpr": shown, "values": years},
            },
            "y": {"field": "models", "type": "quantitative", "axis": _counts(data)},
            "color": _color(data, True),
            "order": {"field": "openness", "sort": "descending"},
        },
    }


def _span(years: list[str]) -> list[str]:
    """Return every year from the first to the last, without gaps, and last those without a date."""
    dated = [int(year) for year in years if year != _UNDATED]
    every = [f"{year:04d}" for year in range(min(dated), max(dated) + 1)] if dated else []
    return every + [_UNDATED] * (_UNDATED in years)


def _developers(data: Data, size: Size) -> Spec:
    most = 20 if size.narrow else 28
    rows = [row | {"key": f"{row['place']:02d}", "label": cut(row["name"], most)} for row in data.drawn["developers"]]
    return {
        "width": size.width - (160 if size.narrow else 260),
        "height": {"step": 20},
        "title": data.say("按研发主体", "By developer"),
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {
                "field": "key",
                "type": "nominal",
                "sort": sorted({row["key"] for row in rows}),
                "axis": {
                    "title": None,
                    "labelExpr": looked_up({row["key"]: row["label"] for row in rows}),
                    "ticks": False,
                },
            },
            "x": {"field": "models", "type": "quantitative", "axis": _counts(data)},
            "color": _color(data, False),
            "order": {"field": "openness", "sort": "descending"},
        },
    }


def _counts(data: Data) -> dict[str, Any]:
    return {"title": data.say("模型数", "Models"), "tickMinStep": 1, "format": "d", "tickCount": 5}


PICTURE = Picture("openness", "开放与不开放", "Open against closed", read, draw)
