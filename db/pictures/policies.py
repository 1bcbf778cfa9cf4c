"""Policies by place: how many statements tell of the policies of each, on a map of China's provinces and of the world."""

import json
import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from db.pictures.look import BLUE, INK, PALE
from db.pictures.naming import named
from db.pictures.picture import Data, Heading, Picture, Row, Size, Spec, name_sql, rows_of
from db.pictures.plane import projected
from db.pictures.provinces import CELL, PROVINCES, Province, province_of

_DEEP = 20
_MOST_LABELS = 40
_RAMP = ("#d6e6f2", "#08519c")


def _places(connection: sqlite3.Connection, language: str) -> list[Row]:
    """Return every place that policies are told of: the named ones there, the profiles, and their statements."""
    return rows_of(
        connection,
        f"""
        with named as (select place_id, count(*) as policies, sum(statement_count) as told from policies
            where place_id is not null group by 1),
          described as (select place_id, count(*) as profiles, sum(json_array_length(statement_ids)) as told
            from policy_profiles group by 1)
        select e.id as place_id, {name_sql(language, "e")} as place, e.level, coalesce(n.policies, 0) as policies,
          coalesce(d.profiles, 0) as profiles, coalesce(n.told, 0) + coalesce(d.told, 0) as statements
        from entities e left join named n on n.place_id = e.id left join described d on d.place_id = e.id
        where n.place_id is not null or d.place_id is not null order by statements desc, place, e.id
        """,
    )


def _tree(connection: sqlite3.Connection) -> dict[str, Row]:
    sql = "select id, parent_id, level, name_zh, adcode, iso_3166, un_m49 from entities where kind = 'place'"
    return {row["id"]: row for row in rows_of(connection, sql)}


def _upward(tree: dict[str, Row], place_id: str) -> list[Row]:
    """Return a place and those that it lies in, the nearest first."""
    found: list[Row] = []
    current: str | None = place_id
    while current in tree and len(found) < _DEEP:
        found.append(tree[current])
        current = tree[current]["parent_id"]
    return found


def _province(tree: dict[str, Row], place_id: str) -> Province | None:
    for place in _upward(tree, place_id):
        found = province_of(place["adcode"], place["iso_3166"], place["level"], place["name_zh"])
        if found:
            return found
    return None


def read_china(connection: sqlite3.Connection, language: str) -> Data:
    """Return the 34 province-level units, each with the policies told of it and of the cities in it."""
    tree, places = _tree(connection), _places(connection, language)
    for place in places:
        province = _province(tree, place["place_id"])
        place["at"] = province.iso if province else None
        place["drawn_at"] = (province.zh if language == "zh" else province.en) if province else None
    inside = [place for place in places if place["at"]]
    units = [_unit(province, inside, language) for province in PROVINCES]
    empty = sum(not unit["statements"] for unit in units)
    total = sum(unit["statements"] for unit in units)
    china = [place for place in places if _is_china(tree, place["place_id"]) and not place["at"]]
    national = sum(place["statements"] for place in china)
    caption = (
        f"关于各省级行政区（含其城市）政策的 {total} 条陈述，来自 {len(inside)} 个地方；{34 - empty} 个省级行政区有，"
        f"{empty} 个没有：没有陈述不等于没有政策。全国性的 {national} 条不画在图上，见表与世界图。轮廓取自 Apache ECharts 4.9，未经测绘部门审定。"
        if language == "zh"
        else f"{total} statements on the policies of province-level units and the cities in them, from {len(inside)}"
        f" places; {34 - empty} units have some, {empty} have none, which does not mean that they have no policies."
        f" {national} on the whole country are not on the map: see the table and the world."
        " Outlines: Apache ECharts 4.9, not reviewed by a surveying authority."
    )
    gist = f"{total} 条陈述" if language == "zh" else f"{total} statements"
    return Data(language, _headings(language), inside + china, {"units": units if total else []}, caption, gist)


def _unit(province: Province, places: list[Row], language: str) -> Row:
    """Return a unit with its name, where that stands on the grid, and how many statements are told of places in it."""
    x, y = projected(province.longitude, province.latitude)
    return {
        "adcode": province.adcode,
        "label": province.zh if language == "zh" else province.en,
        "code": province.short,
        "x": x / CELL,
        "y": y / CELL,
        "align": province.align,
        "statements": sum(place["statements"] for place in places if place["at"] == province.iso),
    }


def _is_china(tree: dict[str, Row], place_id: str) -> bool:
    return any(place["iso_3166"] == "CN" for place in _upward(tree, place_id))


def _headings(language: str) -> tuple[Heading, ...]:
    zh = language == "zh"
    return (
        Heading("place", "地点" if zh else "Place", "place_id"),
        Heading("drawn_at", "画在" if zh else "Drawn at"),
        Heading("policies", "政策文件" if zh else "Named policies"),
        Heading("profiles", "政策概况" if zh else "Policy profiles"),
        Heading("statements", "陈述" if zh else "Statements"),
    )


def draw_china(data: Data, size: Size) -> Spec:
    """Return a map of the province-level units, darker where more is told."""
    units = data.drawn["units"]
    outlines = [
        {"type": "Feature", "geometry": _outline(unit["adcode"]), "statements": unit["statements"]} for unit in units
    ]
    # An enclave is drawn over what surrounds it.
    outlines.sort(key=lambda unit: -max(map(len, unit["geometry"]["coordinates"][0])))
    land = {
        "data": {"values": outlines},
        "mark": {"type": "geoshape", "stroke": "#ffffff", "strokeWidth": 0.4 if size.narrow else 0.7},
        "encoding": {"color": _shade(data)},
    }
    width = size.width - 12
    names = [layer for unit in units for layer in _names(data, unit, size)]
    return {
        "width": width,
        "height": round(width * 0.8),
        "projection": {"type": "identity", "reflectY": True},
        "layer": [land, *([] if size.small else names)],
    }


def _outline(adcode: str) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [[ring] for ring in _shape("provinces")["outlines"][adcode]]}


def _names(data: Data, unit: Row, size: Size) -> Iterator[Spec]:
    """Yield a unit's name, where there is room for names, and below it the number of statements, where there are any."""
    number = unit["statements"]
    if not size.narrow:
        name = unit["label"] if data.language == "zh" else unit["code"]
        yield from _haloed(unit | {"told": name}, {"fontSize": 11, "dy": -6 if number else 0})
    if number:
        mark = {"fontSize": 10, "dy": 0} if size.narrow else {"fontSize": 12, "dy": 7}
        yield from _haloed(unit | {"told": number}, mark | {"fontWeight": 700})


def _haloed(unit: Row, mark: Spec) -> Iterator[Spec]:
    """Yield a text at a unit's place, first as a white halo, for it may stand on any shade."""
    encoding = {
        "longitude": {"field": "x", "type": "quantitative"},
        "latitude": {"field": "y", "type": "quantitative"},
        "text": {"field": "told"},
    }
    halo = {"stroke": "#ffffff", "strokeWidth": 2.5, "strokeJoin": "round", "strokeOpacity": 0.8}
    for look in (halo | {"color": "#ffffff"}, {"color": INK}):
        text = {"type": "text", "align": unit["align"], "baseline": "middle"}
        yield {"data": {"values": [unit]}, "mark": text | mark | look, "encoding": encoding}


def _shade(data: Data) -> dict[str, Any]:
    return {
        "condition": {
            "test": "datum.statements > 0",
            "field": "statements",
            "type": "quantitative",
            "scale": {"range": list(_RAMP), "zero": True},
            "legend": {"title": data.say("陈述数", "Statements"), "tickCount": 4, "format": "d", "gradientLength": 160},
        },
        "value": PALE,
    }


@cache
def _shape(name: str) -> dict[str, Any]:
    shape: dict[str, Any] = json.loads((files("db") / "pictures" / "shapes" / f"{name}.json").read_text("utf-8"))
    return shape


def read_world(connection: sqlite3.Connection, language: str) -> Data:
    """Return the countries and regions that policies are told of, each with the places in it."""
    tree, places = _tree(connection), _places(connection, language)
    names = dict(rows_of_names(connection, language))
    points: dict[str, Row] = {}
    for place in places:
        found = _point(tree, place["place_id"])
        place["drawn_at"] = names.get(found[0]) if found else None
        if found:
            lon, lat = found[1]
            point = {"id": found[0], "name": names[found[0]], "lon": lon, "lat": lat, "statements": 0}
            points.setdefault(found[0], point)["statements"] += place["statements"]
    drawn = sorted((point for point in points.values() if point["statements"]), key=lambda point: -point["statements"])
    total, left = sum(point["statements"] for point in drawn), sum(place["drawn_at"] is None for place in places)
    caption = (
        f"关于各国与地区政策的 {total} 条陈述，画在 {len(drawn)} 处，圆的面积为陈述数；省市计入所在国家。"
        f"{left} 处不是一个国家或地区（如“各国”），见表。底图只有海岸，没有国界。"
        if language == "zh"
        else f"{total} statements on the policies of countries and regions, drawn at {len(drawn)} places; a circle's area"
        f" is their number, provinces and cities count for their country. {left} places are no country or region, such as"
        " “countries in general”: see the table. The map shows coasts alone, no borders."
    )
    gist = f"{total} 条陈述" if language == "zh" else f"{total} statements"
    return Data(language, _headings(language), places, {"points": drawn}, caption, gist)


def rows_of_names(connection: sqlite3.Connection, language: str) -> list[tuple[str, str]]:
    """Return the id and the name of every place."""
    sql = f"select e.id, {name_sql(language, 'e')} as name from entities e where e.kind = 'place'"
    return [(row["id"], row["name"]) for row in rows_of(connection, sql)]


def _point(tree: dict[str, Row], place_id: str) -> tuple[str, list[float]] | None:
    """Return the country or region that a place is drawn at, and where; None for one that is nowhere in particular."""
    if place_id in tree and tree[place_id]["level"] == "group" and not _is_china(tree, place_id):
        return None
    points = _shape("points")
    for place in _upward(tree, place_id):
        code, region = place["iso_3166"] or "", place["un_m49"] or ""
        if code in points["countries"] and len(code) == 2:
            return place["id"], points["countries"][code]
        if region in points["regions"]:
            return place["id"], points["regions"][region]
    return None


def draw_world(data: Data, size: Size) -> Spec:
    """Return circles on the world's coasts."""
    turned = data.say(-150, -11)
    place = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    most = 420 if size.narrow else 1400
    area = {"domain": [0, data.drawn["points"][0]["statements"]], "range": [0, most]}
    circles = {
        "data": {"values": data.drawn["points"]},
        "mark": {"type": "circle", "color": BLUE, "opacity": 0.7, "stroke": "#ffffff"},
        "encoding": place | {"size": {"field": "statements", "type": "quantitative", "scale": area, "legend": None}},
    }
    land = {
        "data": {"values": [{key: _shape("land")[key] for key in ("type", "properties", "geometry")}]},
        "mark": {"type": "geoshape", "fill": "#e4e8ec", "stroke": "#c5ccd4", "strokeWidth": 0.5},
    }
    names = [
        {
            "data": {"values": [mark]},
            "mark": {"type": "text", "align": mark["align"], "baseline": "middle", "dx": mark["dx"], "dy": mark["dy"]},
            "encoding": place | {"text": {"field": "label"}},
        }
        for mark in named(data.drawn["points"][:_MOST_LABELS], size.width, turned, most)
    ]
    return {
        "width": size.width - 12,
        "height": round((size.width - 12) * 0.43),
        "projection": {"type": "naturalEarth1", "rotate": [turned, 0, 0]},
        "layer": [land, circles, *names],
    }


CHINA = Picture("policies-china", "各省政策", "Policies of China's provinces", read_china, draw_china)
WORLD = Picture("policies-world", "各国政策", "Policies around the world", read_world, draw_world)
