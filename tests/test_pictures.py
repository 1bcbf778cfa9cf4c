"""Pictures: what is drawn is what the base holds, in both languages, and nothing that a name holds gets out."""

import asyncio
import csv
import io
import itertools
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pytest
from tiny import build_tiny

from db.pictures import drawing, keeping
from db.pictures.answers import answer_chart
from db.pictures.bounds import ends, shape_of
from db.pictures.gallery import PICTURES
from db.pictures.look import powers, time_axis, whole
from db.pictures.naming import named
from db.pictures.picture import NARROW, SIZES, WIDE, clean, cut
from db.pictures.plane import projected
from db.pictures.policies import _shape
from db.pictures.provinces import CELL, PROVINCES, province_of
from db.site import datasette
from db.site_language import LANGUAGES

NAMES = list(PICTURES)
HOSTILE = "</text><script>alert(1)</script>&\"']})[0]\x0b\u202e\u2028"
Get = Callable[..., httpx.Response]


@pytest.fixture(scope="module")
def get(base: Path) -> Get:
    return getter(datasette(base))


def getter(site: Any) -> Get:
    def ask(path: str, language: str = "zh") -> httpx.Response:
        response: httpx.Response = asyncio.run(site.client.get(path, headers={"accept-language": language}))
        return response

    return ask


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return build_tiny(tmp_path / "tiny.db")


def marks(value: Any) -> list[dict[str, Any]]:
    """Return every row of data within a specification."""
    if isinstance(value, dict):
        own = value["data"]["values"] if isinstance(value.get("data"), dict) else []
        return [*own, *(row for part in value.values() for row in marks(part))]
    return [row for part in value for row in marks(part)] if isinstance(value, list) else []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_the_picture_with_its_table_and_its_files(get: Get, name: str, code: str) -> None:
    response = get(f"/-/pictures/{name}", code)
    assert response.status_code == 200
    assert f"<h1>{PICTURES[name].title(code)}</h1>".replace("'", "&#39;") in response.text
    if name == "conflicts":  # the seeds hold none
        assert "<svg" not in response.text
        assert "zero-results" in response.text
        return
    drawn = re.findall(r"<svg.*?</svg>", response.text, re.DOTALL)
    assert len(drawn) == 2
    for markup in drawn:
        root = ElementTree.fromstring(markup)
        assert root.get("role") == "img"
        title, description = list(root)[:2]
        assert title.text == PICTURES[name].title(code)
        assert description.text
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    ids = re.findall(r'\bid="([^"]+)"', response.text)
    assert len(ids) == len(set(ids))
    for form in ("svg", "png", "csv"):
        assert f'href="/-/pictures/{name}.{form}?lang={code}"' in response.text
    assert "<td" in response.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_gallery_holds_every_picture(get: Get, code: str) -> None:
    text = get("/-/pictures", code).text
    for name, picture in PICTURES.items():
        assert f'href="/-/pictures/{name}"' in text
        assert picture.title(code).replace("'", "&#39;") in text
    assert text.count("<img ") == len(NAMES) - 1


def test_files_are_what_they_say(get: Get) -> None:
    svg, png, table = (get(f"/-/pictures/openness.{form}?lang=en") for form in ("svg", "png", "csv"))
    assert svg.headers["content-type"].startswith("image/svg+xml")
    ElementTree.fromstring(svg.text)
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert {"name", "open", "closed", "developer_id"} <= set(rows[0])
    assert get("/-/pictures/openness.csv?excel=1").content.startswith(b"\xef\xbb\xbf")
    assert get("/-/pictures/nothing").status_code == 404
    assert get("/-/pictures/conflicts.svg").status_code == 404


def test_every_model_with_a_figure_is_in_the_table_and_drawn_by_its_bounds(base: Path) -> None:
    connection = sqlite3.connect(base)
    data = PICTURES["parameters"].read(connection, "zh")
    expected = connection.execute(
        "select id, parameters_low, parameters_high from models"
        " where parameters_low is not null or parameters_high is not null"
    ).fetchall()
    assert sorted((row["model_id"], row["low"], row["high"]) for row in data.rows) == sorted(expected)
    drawn = [*data.drawn["dated"], *data.drawn["undated"]]
    assert sorted(row["model_id"] for row in drawn) == sorted(row[0] for row in expected)
    seen = marks(PICTURES["parameters"].draw(data, WIDE))
    for row in drawn:
        at = {mark["at"] for mark in seen if mark.get("model_id") == row["model_id"] and "at" in mark}
        assert at == {value for value in (row["low"], row["high"]) if value is not None}
    doubted = {row[0] for row in connection.execute("select id from models where parameters_issue is not null")}
    assert {row["model_id"] for row in drawn if row["doubted"]} == doubted & {row["model_id"] for row in drawn}
    assert doubted


def test_open_and_closed_add_up(base: Path) -> None:
    connection = sqlite3.connect(base)
    data = PICTURES["openness"].read(connection, "en")
    (count,) = connection.execute("select count(*) from models where coalesce(open_source, open_weights) is not null")
    assert sum(row["models"] for row in data.drawn["years"]) == count[0]
    assert sum(row["open"] + row["closed"] for row in data.rows if row["by"] == "Year") == count[0]
    assert f"Of {count[0]} models" in data.caption


def test_every_user_metric_and_event_is_in_the_table(base: Path) -> None:
    connection = sqlite3.connect(base)
    for name, table in (("users", "user_metrics"), ("events", "events")):
        data = PICTURES[name].read(connection, "zh")
        expected = {row[0] for row in connection.execute(f"select id from {table}")}
        assert {row["statement_id"] for row in data.rows} == expected
    dated = connection.execute("select count(*) from events where date glob '[0-9][0-9][0-9][0-9]*'").fetchone()[0]
    assert len(data.drawn["events"]) == dated


def test_many_events_are_counted_by_year_and_kind(base: Path) -> None:
    data = PICTURES["events"].read(sqlite3.connect(base), "en")
    many = [row | {"date": f"2023-0{n}"} for row in data.drawn["events"] for n in range(1, 4)]
    data.drawn["events"][:] = many
    bars, discs = PICTURES["events"].draw(data, WIDE)["vconcat"]
    first = bars["data"]["values"][0]["year"]
    recent = sum(row["begin"][:4] >= first for row in many)
    assert sum(mark["events"] for mark in marks(bars)) == recent
    assert sum(mark["events"] for mark in marks(discs)) <= recent


def test_statements_of_policies_stand_where_their_places_lie(base: Path) -> None:
    connection = sqlite3.connect(base)
    china = PICTURES["policies-china"].read(connection, "zh")
    units = {unit["label"]: unit["statements"] for unit in china.drawn["units"]}
    assert len(units) == 34
    (shenzhen,) = connection.execute(
        "select json_array_length(statement_ids) from policy_profiles where place_id = 'shenzhen'"
    ).fetchone()
    assert units["广东"] == shenzhen
    world = PICTURES["policies-world"].read(connection, "zh")
    points = {point["name"]: point["statements"] for point in world.drawn["points"]}
    assert points["中国"] == sum(row["statements"] for row in world.rows if row["drawn_at"] == "中国")
    assert sum(points.values()) == sum(row["statements"] for row in world.rows if row["drawn_at"])
    assert "各国（泛指）" not in points


def test_the_provinces_are_the_official_34_and_each_has_an_outline() -> None:
    assert len({province.adcode for province in PROVINCES}) == 34
    assert set(_shape("provinces")["outlines"]) == {province.adcode for province in PROVINCES}
    assert len({province.short for province in PROVINCES}) == len({province.iso for province in PROVINCES}) == 34
    assert {"台湾", "香港", "澳门"} <= {province.zh for province in PROVINCES}
    assert province_of(None, "HK", "province", None) == province_of("810000", None, None, None)
    assert province_of(None, None, "city", "吉林") is None


def test_a_name_stands_in_its_province_or_beside_it_and_in_no_other() -> None:
    outlines = _shape("provinces")["outlines"]
    for province in PROVINCES:
        x, y = (value / CELL for value in projected(province.longitude, province.latitude))
        held = {adcode for adcode, rings in outlines.items() if any(inside(x, y, ring) for ring in rings)}
        if province.zh in {"天津", "上海", "香港", "澳门"}:
            assert not held  # too small for a name: it stands in the sea
        else:
            assert province.adcode in held
            assert held - {province.adcode} <= {"130000"}  # Hebei's outline goes around Beijing


def inside(x: float, y: float, ring: list[list[int]]) -> bool:
    """Tell whether a place lies in a ring: a ray from it to the east crosses the ring an odd number of times."""
    crossed = [
        (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
        for (ax, ay), (bx, by) in itertools.pairwise([*ring, ring[0]])
    ]
    return sum(crossed) % 2 == 1


def test_shapes_state_their_source_and_licence() -> None:
    for name in ("land", "points", "provinces"):
        assert {"source", "licence"} <= set(_shape(name))


@pytest.mark.parametrize(
    ("low", "high", "comparator", "shape", "at"),
    [
        (1e9, 1e9, "eq", "exact", [1e9]),
        (1e9, 1e9, "approx", "about", [1e9]),
        (1e9, None, "gt", "at_least", [1e9]),
        (None, 1e9, "le", "at_most", [1e9]),
        (7e9, 65e9, "sizes", "span", [7e9, 65e9]),
        (1e9, 2e9, "range", "span", [1e9, 2e9]),
        (1e10, 1e11, "order_of_magnitude", "magnitude", [1e10, 1e11]),
        (0.0, 1e9, "range", "at_most", [1e9]),
        (0.0, 0.0, "eq", None, []),
        (None, None, None, None, []),
    ],
)
def test_bounds_are_drawn_as_bounds(
    low: float | None, high: float | None, comparator: str | None, shape: str | None, at: list[float]
) -> None:
    assert shape_of(low, high, comparator) == shape
    if shape:
        found = ends([{"low": low, "high": high, "shape": shape, "doubted": False}])
        assert [mark["at"] for mark in found] == at


def test_open_bounds_and_doubts_are_told_apart_in_the_drawing(tiny: Path) -> None:
    connection = sqlite3.connect(tiny)
    label = ("foo-3", "1e11", 1e11, None, "2022-11-01", "s2bbb", None)
    other = ("xinghe", "1e14", 1e14, 1e14, "2023-01-01", "s6fff", "too large")
    for one in (label, other):
        connection.execute(
            "insert or replace into models (id, label, statement_count, parameters_text, parameters_low,"
            " parameters_high, released_sort, parameters_statement_id, parameters_issue) values (?, ?, 1, ?, ?, ?, ?, ?, ?)",
            (one[0], one[0], *one[1:]),
        )
    connection.commit()
    data = PICTURES["parameters"].read(connection, "en")
    markup = drawing.svg_of(whole(PICTURES["parameters"].draw(data, WIDE), WIDE), "p", "t", "d")
    assert "at least (open above)" in markup
    assert ">?</text>" in markup
    assert "Doubted figures: 1" in data.caption


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_an_empty_base_says_so(tmp_path: Path, name: str, code: str) -> None:
    path = build_tiny(tmp_path / "empty.db")
    connection = sqlite3.connect(path)
    for table in ("models", "metrics", "events", "policies", "policy_profiles", "conflicts"):
        connection.execute(f"delete from {table}")
    connection.commit()
    connection.close()
    response = getter(datasette(path))(f"/-/pictures/{name}", code)
    assert response.status_code == 200
    assert "zero-results" in response.text
    assert "<svg" not in response.text


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_stays_text(base: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile.db"
    path.write_bytes(base.read_bytes())
    connection = sqlite3.connect(path)
    for table, columns in (
        ("entities", "label = :name, name_en = :name"),
        ("models", "label = :name, name_en = :name, parameters_text = :name"),
        ("metrics", "printed = :name"),
        ("events", "printed = :name"),
        ("properties", "label_zh = :name, label_en = :name"),
    ):
        connection.execute(f"update {table} set {columns}", {"name": HOSTILE})
    connection.commit()
    connection.close()
    get = getter(datasette(path))
    text = get(f"/-/pictures/{name}", "en").text
    assert "<script>alert" not in text
    for markup in re.findall(r"<svg.*?</svg>", text, re.DOTALL):
        root = ElementTree.fromstring(markup)
        assert not [part for part in root.iter() if part.tag.endswith(("script", "image", "foreignObject", "a"))]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "conflicts"])
def test_every_size_is_as_wide_as_it_says(base: Path, name: str, code: str) -> None:
    data = PICTURES[name].read(sqlite3.connect(base), code)
    for size in SIZES:
        markup = drawing.svg_of(whole(PICTURES[name].draw(data, size), size), "x", "t", "d")
        (width,) = re.findall(r'^<svg [^>]*\bwidth="(\d+)', markup)
        assert int(width) <= size.width + 60


def test_without_the_library_the_table_stands_alone(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> None:
        raise drawing.UndrawnError("not here")

    monkeypatch.setattr(drawing, "_library", none)
    monkeypatch.setattr("db.pictures.pages.can_draw", lambda: False)
    monkeypatch.setattr(keeping, "_folder", lambda base, content: None)
    get = getter(datasette(base))
    text = get("/-/pictures/openness", "en").text
    assert "damoxing[pictures]" in text
    assert "<svg" not in text
    assert "<td" in text
    assert "<img" not in get("/-/pictures").text
    assert get("/-/pictures/openness.svg").status_code == 404
    assert get("/-/pictures/openness.csv").status_code == 200


def _without_nonces(text: str) -> str:
    return re.sub(r'nonce="[^"]+"', "", text)


def test_a_drawing_is_kept_beside_the_base_by_its_content(base: Path, tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    path.write_bytes(base.read_bytes())
    older = tmp_path / "kept.db.pictures" / "0123456789ab"
    older.mkdir(parents=True)
    first = getter(datasette(path))("/-/pictures/users").text
    assert not older.exists()
    (folder,) = (tmp_path / "kept.db.pictures").iterdir()
    content = sqlite3.connect(path).execute("select content from base_info where id = 'content_hash'").fetchone()[0]
    assert content.startswith(folder.name)
    files = sorted(folder.iterdir())
    assert len(files) == 2
    stamps = [file.stat().st_mtime_ns for file in files]
    assert _without_nonces(getter(datasette(path))("/-/pictures/users").text) == _without_nonces(first)
    assert [file.stat().st_mtime_ns for file in files] == stamps


def test_a_template_can_hold_a_small_picture(base: Path) -> None:
    async def card(name: str) -> str:
        site = datasette(base)
        await site.invoke_startup()
        template = site.jinja_env.from_string('{{ picture("' + name + '") }}')
        return str(await site.render_template(template, request=None))

    markup = asyncio.run(card("openness"))
    assert '<a href="/-/pictures/openness">' in markup
    assert 'loading="lazy"' in markup
    assert "size=small" in markup


def test_axes_and_names_fit() -> None:
    assert powers(10.0, 1.2e13, 7)[0] == 10.0
    assert powers(10.0, 1.2e13, 7)[-1] >= 1.2e13
    assert powers(1e9, 1e9) == [1e9, 1e10]
    assert len(time_axis(NARROW, "en", "1950-01-01", "2026-01-01")["axis"]["values"]) <= 5
    assert cut("通义千问大模型", 8) == "通义千…"
    assert clean("a\x00b\u202ec") == "a b c"
    near = [
        {"name": "甲", "lon": 0.0, "lat": 0.0, "statements": 5},
        {"name": "乙", "lon": 20.0, "lat": 0.0, "statements": 1},
    ]
    assert len({mark["align"] for mark in named(near, 900, 0, 1400)}) == 2


COLUMNS = ("model", "parameters_printed", "low", "high")


@pytest.mark.parametrize(
    ("question", "columns", "rows", "drawn"),
    [
        ("models_by_size", COLUMNS, [("甲", "7B", 7e9, 7e9), ("乙", "70B", 7e10, 7e10)], ("甲", "乙")),
        ("models_by_size", COLUMNS, [("甲", "7B", 7e9, 7e9), ("乙", "很大", None, None)], ()),
        ("models_by_size", COLUMNS, [], ()),
        (
            "models_by_size",
            COLUMNS,
            [("甲", "70B", 7e10, 7e10), ("乙", "1B、9B", 1e9, 9e9), ("甲", "7B", 7e9, 7e9)],
            ("甲", "乙"),
        ),
        (
            "users_over_time",
            ("metric", "low", "high", "as_of"),
            [("用户", 1e6, None, "2023-02"), ("访问", 2e6, 3e6, "2024")],
            ("用户", "访问"),
        ),
        (
            "largest_training_data",
            ("unit", "model", "low", "high"),
            [("词元", "甲", 1e12, 1e12), ("字节", "乙", 1e12, 1e12)],
            (),
        ),
        ("what_sources_say", COLUMNS, [("甲", "7B", 7e9, 7e9), ("乙", "70B", 7e10, 7e10)], ()),
    ],
)
def test_an_answer_is_drawn_where_a_chart_helps(
    question: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]], drawn: tuple[str, ...]
) -> None:
    chart = asyncio.run(answer_chart(question, columns, rows))
    made = chart.drawings if chart is not None else []
    assert [name for name, _ in made] == (["wide", "narrow"] if drawn else [])
    for _, svg in made:
        texts = "".join(ElementTree.fromstring(svg).itertext())
        assert sorted(drawn, key=texts.find) == list(drawn)
        assert all(name in texts for name in drawn)
