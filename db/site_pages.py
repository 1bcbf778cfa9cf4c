"""Pages of single things: entities, sources, statements, and entities side by side."""

import sqlite3
from collections.abc import Awaitable, Callable
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response
from datasette.views.row import RowView

from db.compare_view import MOST, compare_view
from db.entity_view import EntityView, entity_view
from db.labels import Labels
from db.shown import merged
from db.site_address import evidence_url, row_url
from db.site_context import site_of
from db.site_drawing import at_once
from db.site_language import language, say
from db.site_metadata import DATABASE
from db.site_shown import Drawn
from db.site_titles import LISTS
from db.source_view import source_view
from schema.wide import VIEWS, base_of

PLAIN = "plain"
"""Argument that asks for the row as a table of its columns."""

_PROFILES = ("policy_profiles", "provincial_policies")
_ENTITIES = ("models", "organizations", "companies", "places", "policies", "entities", *_PROFILES)
_STATEMENTS = ("statements", *LISTS)
_ROW = r"^/(?P<database>{database})/(?P<table>{tables})/(?P<pks>[^/.]+)$"
_DOTTED = r"^/(?P<database>{database})/(?P<table>{tables})/(?P<pks>[^/]+?)\.(?P<format>[^/]+)$"
Page = Callable[[Request, Datasette], Awaitable[Response]]


def page_routes(statement_page: Page) -> list[tuple[str, Page]]:
    """Return the routes of the pages of single things; `statement_page` answers for statements."""
    pages = {_ENTITIES: entity_page, ("sources",): source_page, _STATEMENTS: statement_page}
    routes: list[tuple[str, Page]] = [
        (_ROW.format(database=DATABASE, tables="|".join(tables)), partial(_or_plain, page))
        for tables, page in pages.items()
    ]
    tables = "|".join((*_ENTITIES, "sources"))
    routes.append((_DOTTED.format(database=DATABASE, tables=tables), _dotted))
    return [*routes, (r"^/-/compare$", compare_page)]


async def _dotted(request: Request, datasette: Datasette) -> Response:
    """Lead `/models/qwen2.5` to its page, where Datasette would take `.5` for a format; answer others as it does."""
    parts = request.scope["url_route"]["kwargs"]
    whole = tilde_decode(f"{parts['pks']}.{parts['format']}")
    table = "sources" if parts["table"] == "sources" else "entities"
    if site_of(datasette) is not None:
        sql = f"select 1 from {table} where id = ?"
        if (await datasette.get_database(DATABASE).execute(sql, [whole])).first() is not None:
            return Response.redirect(row_url(datasette, parts["table"], whole), status=301)
        if parts["format"] not in {*datasette.renderers, "csv", "blob"}:
            raise NotFound(say(f"没有 {whole!r}", f"nothing is called {whole!r}"))
    response: Response = await RowView(datasette).dispatch_request(request)
    return response


async def _or_plain(page: Page, request: Request, datasette: Datasette) -> Response:
    """Answer with the page, or with Datasette's own row where it is asked for or the site is not ours."""
    if site_of(datasette) is not None and PLAIN not in request.args:
        await permit(request, datasette, request.url_vars["table"])
        return await page(request, datasette)
    parts = request.scope["url_route"]["kwargs"]
    parts["format"] = None
    if site_of(datasette) is not None and parts["table"] in VIEWS:
        # A view has no keys; its rows are those of its table.
        parts["table"] = base_of(parts["table"])
    response: Response = await RowView(datasette).dispatch_request(request)
    return response


async def permit(request: Request, datasette: Datasette, table: str) -> None:
    """Refuse who may not see the table."""
    permissions = [("view-table", (DATABASE, table)), ("view-database", DATABASE), "view-instance"]
    await datasette.ensure_permissions(request.actor, permissions)


def labels_of(datasette: Datasette) -> Callable[[sqlite3.Connection], Labels]:
    """Return what gives a connection's labels in the page's language."""
    site, spoken = site_of(datasette), language()
    return lambda connection: Labels(connection, spoken) if site is None else site.labels_in(connection, spoken)


async def render(request: Request, datasette: Datasette, template: str, context: dict[str, Any]) -> Response:
    """Return a page, with what every page of a single thing needs."""
    common = {
        "database": DATABASE,
        "entity_css": datasette.urls.path(_style_sheet()),
        "show": Drawn(datasette),
        "row_url": partial(row_url, datasette),
        "evidence_url": partial(evidence_url, datasette),
        "list_url": partial(_list_url, datasette),
        "compare_url": lambda *ids: f"{datasette.urls.path('/-/compare')}?{urlencode([('id', i) for i in ids])}",
        "merged": merged,
        "web": lambda url: url if str(url or "").startswith(("https://", "http://")) else None,
    }
    drawn = at_once(datasette, template)
    html = await datasette.render_template(drawn, common | context, request=request, view_name="row")
    return Response.html(html)


@cache
def _style_sheet() -> str:
    version = sha256((files("db") / "static" / "entity.css").read_bytes()).hexdigest()[:8]
    return f"/assets/entity.css?{version}"


def _list_url(datasette: Datasette, **filters: str) -> str:
    return f"{datasette.urls.table(DATABASE, 'statements')}?{urlencode(filters)}"


def content_hash(connection: sqlite3.Connection) -> str:
    """Return the beginning of the base's content hash, which a citation names."""
    row = connection.execute("select content from base_info where id = 'content_hash'").fetchone()
    return str(row[0])[:12] if row and row[0] else ""


async def entity_page(request: Request, datasette: Datasette) -> Response:
    """Answer an entity's page: a model, a company, a policy, a place, a person, a product, a topic."""
    table, wanted = request.url_vars["table"], tilde_decode(request.url_vars["pks"])
    labels = labels_of(datasette)

    def read(connection: sqlite3.Connection) -> tuple[EntityView | None, str, str]:
        entity_id = _place_of(connection, wanted) if table in _PROFILES else wanted
        view = entity_view(connection, entity_id, labels(connection))
        return view, _renamed(connection, wanted) if view is None else "", content_hash(connection)

    view, renamed, content = await datasette.get_database(DATABASE).execute_fn(read)
    if renamed:
        return Response.redirect(row_url(datasette, table, renamed), status=301)
    if view is None:
        raise NotFound(say(f"没有 {wanted!r}", f"nothing is called {wanted!r}"))
    home = row_url(datasette, view.table, view.entity["id"])
    own = row_url(datasette, base_of(table), wanted)
    context = {
        "view": view,
        "profile_id": wanted if table in _PROFILES else None,
        "address": datasette.absolute_url(request, home),
        "content": content,
        "json_url": f"{own}.json?_shape=array",
        "plain_url": f"{own}?{PLAIN}=1",
    }
    return await render(request, datasette, "entity.html", context)


def _place_of(connection: sqlite3.Connection, profile_id: str) -> str:
    row = connection.execute("select place_id from policy_profiles where id = ?", (profile_id,)).fetchone()
    return str(row[0]) if row else ""


def _renamed(connection: sqlite3.Connection, entity_id: str) -> str:
    row = connection.execute("select new_id from redirects where id = ?", (entity_id,)).fetchone()
    return str(row[0]) if row else ""


async def source_page(request: Request, datasette: Datasette) -> Response:
    """Answer a source's page, and walk through its statements."""
    wanted = tilde_decode(request.url_vars["pks"])
    labels, after = labels_of(datasette), _whole(request.args.get("after"))
    view = await datasette.get_database(DATABASE).execute_fn(
        lambda connection: source_view(connection, wanted, labels(connection), after)
    )
    if view is None:
        raise NotFound(say(f"没有来源 {wanted!r}", f"no source {wanted!r}"))
    own = row_url(datasette, "sources", wanted)
    context = {
        "view": view,
        "json_url": f"{own}.json?_shape=array",
        "plain_url": f"{own}?{PLAIN}=1",
    }
    return await render(request, datasette, "source.html", context)


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0


async def compare_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/compare?id=…&id=…: two to five entities side by side."""
    if site_of(datasette) is None:
        raise NotFound("no such page")
    await permit(request, datasette, "entities")
    asked = request.args.getlist("id")
    labels = labels_of(datasette)
    view = await datasette.get_database(DATABASE).execute_fn(
        lambda connection: compare_view(connection, asked, labels(connection))
    )
    return await render(request, datasette, "compare.html", {"view": view, "most": MOST})
