"""The pages of pictures, the files to save, and the small ones that other pages show."""

import csv
import io
from typing import Any, NamedTuple

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from db.pictures import keeping
from db.pictures.drawing import can_draw
from db.pictures.gallery import PICTURES
from db.pictures.picture import NARROW, SIZES, WIDE, Data, Heading, Picture, Row
from db.site_address import evidence_url, row_url
from db.site_context import site_of
from db.site_language import language, say
from db.site_metadata import DATABASE
from db.values import amount, plain_number

MOST_ROWS = 200
_CACHED = {"cache-control": "private, max-age=3600"}
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}


class Cell(NamedTuple):
    """A cell of the table beside a picture."""

    heading: Heading
    text: str
    url: str


async def gallery_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/pictures: every picture, small."""
    await _allow(request, datasette)
    shown = {"pictures": [await card(datasette, name) for name in PICTURES], "can_draw": can_draw()}
    return Response.html(await datasette.render_template("pictures.html", shown, request=request, view_name="pictures"))


async def picture_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/pictures/<name>, as a page or as .svg, .png or .csv."""
    await _allow(request, datasette)
    picture = PICTURES.get(request.url_vars["name"])
    if picture is None:
        raise NotFound(say("没有这幅图", "no such picture"))
    data = await keeping.data_of(datasette, picture, language())
    form = request.url_vars.get("format")
    if form is not None:
        return await _file(request, datasette, picture, data, form)
    shown = {
        "picture_name": picture.name,
        "picture_title": picture.title(language()),
        "others": [(other.name, other.title(language())) for other in PICTURES.values()],
        "data": data,
        "drawings": [
            (size.name, Markup(markup))  # noqa: S704 - made by svg_of, which escapes what it is given
            for size in (WIDE, NARROW)
            if (markup := await keeping.svg(datasette, picture, data, size))
        ],
        "can_draw": can_draw(),
        "most_rows": MOST_ROWS,
        "lines": [_cells(datasette, data, row) for row in data.rows[:MOST_ROWS]],
    }
    return Response.html(await datasette.render_template("picture.html", shown, request=request, view_name="picture"))


async def _allow(request: Request, datasette: Datasette) -> None:
    if site_of(datasette) is None:
        raise NotFound("no such page")
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])


async def _file(request: Request, datasette: Datasette, picture: Picture, data: Data, form: str) -> Response:
    if form == "csv":
        # Excel takes a CSV for UTF-8 by its first character alone.
        begin = "\ufeff" if request.args.get("excel") else ""
        return Response(begin + table_csv(data), content_type=_TYPES[form])
    size = next((size for size in SIZES if size.name == request.args.get("size")), WIDE)
    make = keeping.svg if form == "svg" else keeping.png
    made: Any = await make(datasette, picture, data, size)
    if made is None:
        raise NotFound(say("这幅图现在画不出来", "this picture cannot be drawn now"))
    return Response(made, content_type=_TYPES[form], headers=_CACHED if request.args.get("of") else {})


def table_csv(data: Data) -> str:
    """Return all rows of the table as CSV, under the names of the columns and with the ids that they link to."""
    keys = [key for heading in data.headings for key in (heading.key, heading.link) if key]
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(keys)
    for row in data.rows:
        writer.writerow([plain_number(row.get(key)) for key in keys])
    return written.getvalue()


def _cells(datasette: Datasette, data: Data, row: Row) -> list[Cell]:
    return [Cell(heading, _text(data, heading, row), _url(datasette, heading.link, row)) for heading in data.headings]


def _text(data: Data, heading: Heading, row: Row) -> str:
    value = row.get(heading.key)
    if value is None:
        # A figure without a printed form still leads to its evidence.
        return data.say("见证据", "see evidence") if heading.link.endswith("statement_id") else ""
    if heading.key in {"low", "high"}:
        return amount(value, data.language)
    return str(plain_number(round(value, 4) if isinstance(value, float) else value))


def _url(datasette: Datasette, link: str, row: Row) -> str:
    identifier = row.get(link) if link else None
    if not identifier:
        return ""
    if link.endswith("statement_id"):
        return evidence_url(datasette, identifier)
    return row_url(datasette, "sources" if link == "source_id" else "entities", identifier)


async def card(datasette: Datasette, name: str) -> Markup:
    """Return a small picture that leads to its page, for a template: `{{ picture("parameters") }}`.

    Where nothing can be drawn the card says so. Raise KeyError for a name that no picture has.
    """
    picture = PICTURES[name]
    data = await keeping.data_of(datasette, picture, language())
    content = (await keeping.kept(datasette)).content
    page = datasette.urls.path(f"/-/pictures/{name}")
    title = picture.title(language())
    inside = Markup('<span class="nothing">{}</span>').format(_why_nothing(data))
    if can_draw() and not data.empty:
        source = datasette.urls.path(f"/-/pictures/{name}.svg?size=small&lang={language()}&of={content or 'now'}")
        inside = Markup('<img src="{}" alt="{}" loading="lazy">').format(str(source), f"{title}. {data.caption}")
    return Markup(
        '<figure class="picture-card"><a href="{}">{}</a><figcaption><a href="{}">{}</a>'
        ' <span class="quiet">{}</span></figcaption></figure>'
    ).format(str(page), inside, str(page), title, data.gist)


def _why_nothing(data: Data) -> str:
    if data.empty:
        return data.say("库中还没有可画的数据", "The base holds nothing to draw yet")
    return data.say("见数据表", "See the table")
