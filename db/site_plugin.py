"""What the site adds to Datasette: safe search, readable cells, the evidence page, headers."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from hashlib import sha256
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.filters import FilterArguments
from datasette.utils import format_bytes
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup

from db.grams import query_text
from db.kept_export import find
from db.names import fold
from db.pictures.answers import answer_chart
from db.pictures.drawing import can_draw
from db.pictures.pages import card, gallery_page, picture_page
from db.site_answers import heading
from db.site_by_name import by_name
from db.site_cap import Asgi, Message, Receive, Scope, Send
from db.site_cells import cell, linked
from db.site_choices import choices
from db.site_context import Site, site_of
from db.site_data import data_routes, data_vars
from db.site_download import download
from db.site_drawing import once
from db.site_errors import answer
from db.site_evidence import evidence_page, statement_page
from db.site_filters import filter_columns, lookups
from db.site_headers import ScriptNonces, begin_nonce, csp_nonce, with_security
from db.site_home import first_questions, home
from db.site_kept_pages import KeptPages, Recorder, is_known, key_of, send_page
from db.site_language import Visit, begin, html_language, in_language, language, say
from db.site_limits import limit
from db.site_list import FILE_ROUTE, list_file, list_page
from db.site_list import ROUTE as LIST_ROUTE
from db.site_mcp import register_mcp_tools as register_mcp_tools
from db.site_metadata import DATABASE
from db.site_method import method_page
from db.site_pages import page_routes
from db.site_parts import Gathered
from db.site_public import Guard, refused
from db.site_queries import question, questions
from db.site_reading import meanings, sort_choices
from db.site_search import search_page
from db.site_titles import GROUPS, LISTS, MENU, description_of, title_of
from schema.wide import VIEWS, WIDE_TABLES

_F = TypeVar("_F", bound=Callable[..., Any])
_hook = cast(Callable[[_F], _F], hookimpl)
_late = cast(Callable[[_F], _F], hookimpl(trylast=True))
_NOTHING = '""'
_TURN = 200
_drawn = count()
# Tables that are searched through another's search table: the condition that leads there.
_THROUGH = (
    "id in (select id from {content} where rowid in (select rowid from {fts} where {fts} match escape_fts(:search)))"
)
_SEARCHED = {wide.name: ("entities", "entities_fts") for wide in WIDE_TABLES}
_SEARCHED |= dict.fromkeys(LISTS, ("statements", "statements_fts"))
_SEARCHED |= {view: _SEARCHED[table] for view, (table, _, _) in VIEWS.items() if table in _SEARCHED}


@_late
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Datasette) -> None:
    """Make any search text a safe match expression, and `fold` known to queries; bound those of strangers."""
    site = site_of(datasette)
    if site is not None:
        conn.create_function("escape_fts", 1, _match, deterministic=True)
        conn.create_function("fold", 1, lambda name: fold(str(name or "")), deterministic=True)
        if site.public and database == DATABASE:
            limit(conn)


def _match(text: object) -> str:
    return query_text("" if text is None else str(text)) or _NOTHING


@_late
def filters_from_request(request: Request, table: str, datasette: Datasette) -> FilterArguments | None:
    """Let the wide tables and lists be searched through what they show, and rows be found by any name of what they name."""
    if site_of(datasette) is None:
        return None
    found = FilterArguments(*by_name(request, table))
    if table not in _SEARCHED:
        return found if found.where_clauses else None
    search = request.args.get("_search")
    found.extra_context = {"supports_search": True, "search": search or ""}
    if search:
        content, fts = _SEARCHED[table]
        found.where_clauses.append(_THROUGH.format(content=content, fts=fts))
        found.params["search"] = search
        found.human_descriptions.append(f'search matches "{search}"')
    return found


@_hook
def render_cell(row: Any, value: Any, column: str, table: str | None, datasette: Datasette) -> Awaitable[Markup | None]:
    """Show ids as links, doubts as marks, whole numbers whole."""
    return _in_turn(cell(datasette, row, value, column, table))


async def _in_turn(drawn: Awaitable[Markup | None]) -> Markup | None:
    """Let other visitors have their turn while a long page is drawn."""
    if next(_drawn) % _TURN == 0:
        await asyncio.sleep(0)
    return await drawn


@_hook
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Add the pages of single things, the search page, the method, the pictures, the base as a file, and the data."""
    return [
        (rf"^/{DATABASE}\.db$", download),
        (r"^/-/evidence/(?P<statement_id>[^/.]+)(\.(?P<format>json))?$", evidence_page),
        (r"^/-/search(\.(?P<format>json))?$", search_page),
        *page_routes(statement_page),
        *data_routes(),
        (LIST_ROUTE, list_page),
        (FILE_ROUTE, list_file),
        (r"^/-/method$", method_page),
        (r"^/-/pictures$", gallery_page),
        (r"^/-/pictures/(?P<name>[a-z-]+)(\.(?P<format>svg|png|csv))?$", picture_page),
    ]


@_hook
def prepare_jinja2_environment(env: Environment) -> None:
    """Give every template the page's language, that of an error too, which gets nothing else."""
    env.add_extension(ScriptNonces)
    env.globals |= {
        "csp_nonce": csp_nonce,
        "say": say,
        "language": language,
        "html_language": html_language,
        "in_language": in_language,
        "style_sheet": _style_sheet(),
        "main_database": DATABASE,
        "menu": MENU,
        "title_of": title_of,
        "description_of": description_of,
        "meanings": meanings,
        "once": once,
        "sort_choices": sort_choices,
        "filter_choices": filter_columns,
        "lookups": lookups,
        "questions": questions,
        "question": question,
        "answer_chart": answer_chart,
        "can_draw": can_draw,
        "answer_heading": heading,
        "first_questions": first_questions,
        "format_size": format_bytes,
    }


def _style_sheet() -> str:
    version = sha256((files("db") / "static" / "damoxing.css").read_bytes()).hexdigest()[:8]
    return f"/assets/damoxing.css?{version}"


@_hook
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """Give the templates the tables in reading order, and the ways to show a row."""
    site = site_of(datasette)
    if site is None:
        return {}
    return {
        "table_groups": partial(_groups, site),
        "choices": partial(choices, datasette, site),
        "home": partial(home, datasette, site),
        "linked": partial(linked, datasette, site),
        **data_vars(datasette, request),
        "picture": partial(card, datasette),
    }


def _groups(site: Site) -> list[tuple[str, list[dict[str, Any]]]]:
    return [(say(*title), [_entry(site, table) for table in tables]) for title, tables in GROUPS]


def _entry(site: Site, table: str) -> dict[str, Any]:
    return {
        "name": table,
        "title": title_of(table),
        "description": description_of(table),
        "count": site.counts.get(table, 0),
    }


@_hook
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Awaitable[Any] | None:
    """Tell a visitor what failed without traces and without script."""
    return None if site_of(datasette) is None else answer(datasette, request, exception)


@_hook
def asgi_wrapper(datasette: Datasette) -> Callable[[Asgi], Asgi]:
    """Make every search a plain one, send the headers that protect visitors, and take in newer builds."""

    def wrap(app: Asgi) -> Asgi:
        guard, kept = Guard(datasette, app), KeptPages()

        async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
            site = site_of(datasette)
            # A Datasette wraps itself before it can be known as ours.
            if site is None:
                await app(scope, receive, send)
            elif scope["type"] == "lifespan":
                await _following(datasette, app, scope, receive, send)
            elif scope["type"] == "http":
                visit, nonce = begin(scope), begin_nonce()
                plain = _with_one_search({**scope, "query_string": visit.query.encode("latin-1")})
                sending = partial(_send, send, visit, nonce, scope["scheme"] == "https")
                await _answer(datasette, kept, guard if site.public else app, (plain, receive, sending), visit, nonce)

        return wrapped

    return wrap


async def _answer(
    datasette: Datasette, kept: KeptPages, app: Asgi, asked: tuple[Scope, Receive, Send], visit: Visit, nonce: str
) -> None:
    """Answer a request with the page kept for it, or else by the app."""
    scope, receive, send = asked
    site = site_of(datasette)
    base = datasette.get_database(DATABASE)
    with base.held() as build:
        # The operator's articles may change while the base stays, and its files may be made later.
        kept_as = site is not None and site.text_of is None and not (site.public and refused(scope))
        key = key_of(scope, visit) if kept_as else None
        if key is not None:
            key = None if await is_known(datasette, scope) else (*key, find(Path(base.path)) is not None)
        page = kept.find(key, build) if key is not None else None
        if page is not None:
            await send_page(page, nonce, send)
            return
        recorder = Recorder(Gathered(send).send)
        await app(scope, receive, recorder.send)
        page = recorder.page(nonce)
        if key is not None and page is not None:
            kept.keep(key, build, page)


async def _following(datasette: Datasette, app: Asgi, scope: Scope, receive: Receive, send: Send) -> None:
    follower = asyncio.create_task(datasette.get_database(DATABASE).follow())
    try:
        await app(scope, receive, send)
    finally:
        follower.cancel()


async def _send(send: Send, visit: Visit, nonce: str, tls: bool, message: Message) -> None:
    if message["type"] == "http.response.start":
        message = {**message, "headers": with_security(message.get("headers", []), visit, nonce, tls)}
    await send(message)


def _with_one_search(scope: Scope) -> Scope:
    """Gather the searches of a request into one, or none where they are empty.

    A form sends an empty search, which SQLite refuses; the search tables know no columns and no raw expressions.
    """
    query = scope["query_string"].decode("latin-1")
    if "_search" not in query:
        return scope
    pairs = parse_qsl(query, keep_blank_values=True)
    searches = [value.strip() for name, value in pairs if _is_search(name) and value.strip()]
    kept = [(name, value) for name, value in pairs if not _is_search(name) and name != "_searchmode"]
    if searches:
        kept.append(("_search", " ".join(searches)))
    return {**scope, "query_string": urlencode(kept).encode("latin-1")}


def _is_search(name: str) -> bool:
    return name == "_search" or name.startswith("_search_")
