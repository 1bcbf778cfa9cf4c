"""What crawlers and assistants are told: sitemap.xml, robots.txt, llms.txt, and which address of a page is its own."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import Markup

from db.edition import ABSTRACT_EN, LICENCE_NAME, LICENCE_URL
from db.pictures.gallery import PICTURES
from db.site_address import encoded
from db.site_context import Site, site_of
from db.site_metadata import DATABASE
from db.site_queries import canned_queries
from db.site_titles import GROUPS, TITLES
from db.xml_text import xml_text
from schema.tables import DESCRIPTIONS

PART = 20_000
"""Addresses in one file of the sitemap; the protocol allows 50,000."""
# Pages of rows, and which rows: an entity that has a page of its own kind is there alone.
_PARTS = {
    "models": "models",
    "organizations": "organizations",
    "policies": "policies",
    "entities": "entities where kind not in ('model', 'organization', 'policy')",
    "sources": "sources",
    "statements": "statements",
}
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
# Of a list's address these say which rows it shows; the rest how.
_PASSING = {
    "_size",
    "_next",
    "_nofacet",
    "_nocount",
    "_facet",
    "_facet_size",
    "_columns",
    "_trace",
    "lang",
    "_searchmode",
}


async def site_map(request: Request, datasette: Datasette) -> Response:
    """Answer /sitemap.xml, the index, and each /sitemap/<part>-<number>.xml."""
    site, address = _site(datasette), addresses(datasette, request)
    part, number = request.url_vars.get("part"), int(request.url_vars.get("number") or 0)
    if part is None:
        return _xml(f"<sitemapindex {_NAMESPACE}>", "sitemap", map(address, _files(site)), "</sitemapindex>")
    if part == "pages":
        paths = [
            "/",
            "/-/data",
            "/-/method",
            "/-/pictures",
            *(f"/-/pictures/{name}" for name in PICTURES),
            "/-/compare",
            f"/{DATABASE}",
            *(f"/{DATABASE}/{name}" for name in canned_queries()),
            *(f"/{DATABASE}/{name}" for _, names in GROUPS for name in names),
        ]
    elif part in _PARTS:
        database = datasette.get_database(DATABASE)
        ids = await database.execute_fn(lambda connection: _ids(connection, _PARTS[part], number))
        paths = [_path(part, one) for one in ids]
    else:
        paths = []
    if not paths or (part == "pages" and number):
        raise NotFound("no such part of the sitemap")
    return _xml(f"<urlset {_NAMESPACE}>", "url", map(address, paths), "</urlset>")


def _ids(connection: sqlite3.Connection, rows: str, number: int) -> list[str]:
    sql = f"select id from {rows} order by id limit ? offset ?"
    return [str(row[0]) for row in connection.execute(sql, (PART, number * PART))]


def _path(part: str, row_id: str) -> str:
    if part == "statements":
        return f"/-/evidence/{encoded(row_id)}"
    return f"/{DATABASE}/{part}/{encoded(row_id)}"


def _files(site: Site) -> Iterator[str]:
    yield "/sitemap/pages-0.xml"
    for part in _PARTS:
        for number in range(-(-site.counts.get(part, 0) // PART)):
            yield f"/sitemap/{part}-{number}.xml"


def _xml(head: str, name: str, urls: Iterable[str], foot: str) -> Response:
    lines = [f"<{name}><loc>{escape(xml_text(url))}</loc></{name}>" for url in urls]
    return Response("\n".join([_XML + head, *lines, foot, ""]), content_type="application/xml; charset=utf-8")


def _site(datasette: Datasette) -> Site:
    site = site_of(datasette)
    if site is None:
        raise NotFound("no such page")
    return site


def addresses(datasette: Datasette, request: Request) -> Callable[[str], str]:
    """Return what makes a path of the site a whole address, as the request names the site."""
    root = str(datasette.absolute_url(request, datasette.urls.path("/")))
    return lambda path: root + path.removeprefix("/")


async def robots(request: Request, datasette: Datasette) -> Response:
    """Answer /robots.txt: pages and files yes, free SQL and endless combinations of filters no."""
    _site(datasette)
    hidden = [
        datasette.urls.path(path) for path in ("/*?sql=", "/*&sql=", "/*_facet=", "/*_next=", "/-/rows/", "/-/mcp")
    ]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in hidden), "Allow: /", ""]
    lines.append(f"Sitemap: {addresses(datasette, request)('/sitemap.xml')}\n")
    return Response.text("\n".join(lines))


async def llms(request: Request, datasette: Datasette) -> Response:
    """Answer /llms.txt: what this site is and how a program asks it (llmstxt.org)."""
    site, address = _site(datasette), addresses(datasette, request)

    def link(name: str, path: str, note: str) -> str:
        return f"- [{name}]({address(path)}): {note}"

    lines = [
        "# damoxing 大模型事实库",
        f"\n> {ABSTRACT_EN}",
        "\nA statement is what one source says of one thing; those that contradict each other stand side by side. A figure "
        "has its printed form (`…_text`), bounds (`…_low`, `…_high`) and the id of its statement (`…_statement_id`), whose "
        "evidence page shows the characters it was read from. Cite the statement's id and its source. "
        f"Licence of the facts: {LICENCE_NAME}, {LICENCE_URL}",
        "\n## How to ask\n",
        link(
            "A list as JSON",
            "/-/rows/models.json?open_source=1",
            "any list; `.jsonl` and `.csv` too; filters as `column=value`, `column__gt=1e11`, `_search=千问`",
        ),
        link(
            "Evidence of a statement",
            "/-/evidence/squswtgar6.json",
            "value, bounds, source, spans, rank and why; put the statement's id in place",
        ),
        link(
            "SQL",
            f"/{DATABASE}.json?sql=select+count(*)+as+n+from+models&_shape=array",
            "SQLite's SQL, read-only, limited in time and rows",
        ),
        link("Columns", "/-/rows/columns.json", "what every column of every table means"),
        link("Files", "/-/data.json", "the whole base as SQLite, CSV, Parquet; checksums; data package; Croissant"),
        link("OpenAPI", "/openapi.json", "every address for programs, with its parameters"),
        link("Feed", "/feed.atom", "new and changed statements by release and source"),
        "\n## Tables\n",
    ]
    for _, names in GROUPS:
        for name in names:
            note = f"{DESCRIPTIONS[name]}; {site.counts.get(name, 0)} rows"
            lines.append(link(TITLES[name].both, f"/-/rows/{name}.json", note))
    return Response.text("\n".join(lines) + "\n", headers={"content-language": "en"})


def canonical_link(datasette: Datasette, request: Request | None) -> Markup:
    """Return the link element that names a page's own address, without what only says how it is shown."""
    if request is None:
        return Markup("")
    kept = [pair for pair in parse_qsl(request.query_string, keep_blank_values=False) if pair[0] not in _PASSING]
    url = datasette.absolute_url(request, request.path)
    query = f"?{urlencode(kept)}" if kept else ""
    return Markup('<link rel="canonical" href="{}{}">').format(url, query)
