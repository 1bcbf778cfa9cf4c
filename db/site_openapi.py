"""What a program may ask the site, as OpenAPI 3.1: made from the tables, columns and questions there are."""

from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from db.edition import ABSTRACT_EN, LICENCE_NAME, LICENCE_URL, package_version
from db.pictures.gallery import PICTURES
from db.site_context import site_of
from db.site_map import addresses
from db.site_metadata import DATABASE, described_columns
from db.site_queries import canned_queries

Json = dict[str, Any]

_FILES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ERRORS = {
    "400": "A query, column or value that cannot be: `error` says which",
    "404": "Nothing of that name",
    "414": "An address that is too long",
    "429": "Too many queries at once: `Retry-After` says when to ask again",
}


async def openapi(request: Request, datasette: Datasette) -> Response:
    """Answer /openapi.json."""
    if site_of(datasette) is None:
        raise NotFound("no such page")
    server = addresses(datasette, request)("/").removesuffix("/")
    return Response.json(document(server))


def document(server: str) -> Json:
    """Return the document of a site at an address."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "damoxing",
            "version": package_version(),
            "description": ABSTRACT_EN,
            "license": {"name": LICENCE_NAME, "url": LICENCE_URL},
        },
        "servers": [{"url": server}],
        "paths": _lists() | _single_things() | _queries() | _files(),
        "components": {"schemas": {"Error": _object(ok={"type": "boolean"}, error={"type": ["string", "null"]})}},
    }


def _lists() -> Json:
    table = _in_path("table", sorted(described_columns()))
    rows = [
        _in_query("_search", "Words to be found, in Chinese or English"),
        _in_query("_sort", "Column to sort by"),
        _in_query("_sort_desc", "Column to sort by, greatest first"),
        _in_query("_where", "A condition in SQL"),
        {
            "name": "filters",
            "in": "query",
            "description": "`column=value`, `column__gt=1e11`, `column__contains=text`, `column__has=name` (any name of what the column names) …",
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    ]
    paged = [
        _in_query("_size", "Rows of a page", {"type": "integer", "minimum": 0, "maximum": 1000}),
        _in_query("_next", "The `next` of the page before"),
        _in_query("_shape", "Shape of the rows", {"enum": ["array", "arrayfirst", "arrays", "object", "objects"]}),
    ]
    pages: Json = {"application/json": {"schema": {"type": ["object", "array"]}}}
    return {
        "/-/rows/{table}.{form}": _get(
            "All rows of a list", [table, _in_path("form", list(_FILES)), *rows], {kind: {} for kind in _FILES.values()}
        ),
        f"/{DATABASE}/{{table}}.json": _get("A list, page by page", [table, *rows, *paged], pages),
    }


def _single_things() -> Json:
    record = {"application/json": {"schema": {"type": "object"}}}
    keyed = sorted(name for name, columns in described_columns().items() if columns[0].column_name == "id")
    return {
        f"/{DATABASE}/{{table}}/{{id}}.json": _get(
            "One row", [_in_path("table", keyed), _in_path("id", example="gpt-3")], record
        ),
        "/-/evidence/{statement}.json": _get(
            "Why a statement stands: value, source, the characters it was read from, what contradicts it",
            [_in_path("statement", example="squswtgar6")],
            record,
        ),
        "/-/search.json": _get("Entities, statements and sources", [_in_query("q", "Words to be found")], record),
    }


def _queries() -> Json:
    record = {"application/json": {"schema": {"type": ["object", "array"]}}}
    shape = _in_query("_shape", "Shape of the rows", {"enum": ["array", "arrays", "objects"]})
    sql = _in_query("sql", "A query in SQLite's SQL", example="select kind, count(*) from entities group by 1")
    found = {
        f"/{DATABASE}.json": _get("SQL, read-only", [sql | {"required": True}, shape], record),
        f"/{DATABASE}.csv": _get("SQL, read-only", [sql | {"required": True}], {"text/csv": {}}),
    }
    for name, query in canned_queries().items():
        given = [_in_query(parameter, told) for parameter, told in query["help"].items()]
        found[f"/{DATABASE}/{name}.json"] = _get(query["title"], [*given, shape], record)
    return found


def _files() -> Json:
    text: Json = {"text/plain": {}}
    picture = [_in_path("picture", list(PICTURES)), _in_path("form", ["csv", "png", "svg"])]
    return {
        "/-/data.json": _get("Every file there is", [], {"application/json": {"schema": {"type": "object"}}}),
        "/-/data/{file}": _get("A file", [_in_path("file", example="SHA256SUMS")], {"*/*": {}}),
        f"/{DATABASE}.db": _get("The base, as SQLite", [], {"application/octet-stream": {}}),
        "/-/pictures/{picture}.{form}": _get(
            "A picture or its figures", picture, {"image/svg+xml": {}, "image/png": {}, "text/csv": {}}
        ),
        "/feed.atom": _get("New and changed statements", [], {"application/atom+xml": {}}),
        "/sitemap.xml": _get("The pages there are", [], {"application/xml": {}}),
        "/llms.txt": _get("What the site is, for language models", [], text),
        "/robots.txt": _get("What crawlers may walk", [], text),
    }


def _get(summary: str, parameters: list[Json], content: Json) -> Json:
    error = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, **_other(content)}}
    responses = {status: {"description": told, **error} for status, told in _ERRORS.items()}
    # The files of a new base are made when they are first asked for; what some are made with may not be installed.
    later = {"501": {"description": "Not installed here"}, "503": {"description": "Being made: ask again later"}}
    answers = {"200": {"description": summary, "content": content}, "302": {"description": "Where it is"}}
    return {"get": {"summary": summary, "parameters": parameters, "responses": {**answers, **responses, **later}}}


def _other(content: Json) -> Json:
    """Return the kinds, other than JSON, that tell an error in text."""
    return {kind: {} for kind in ("text/plain", "text/html", *content) if kind != "application/json"}


def _in_path(name: str, choices: list[str] | None = None, example: str | None = None) -> Json:
    schema: Json = {"type": "string", "minLength": 1} | ({"enum": choices} if choices else {})
    return {"name": name, "in": "path", "required": True, "schema": schema} | ({"example": example} if example else {})


def _in_query(name: str, told: str, schema: Json | None = None, example: str | None = None) -> Json:
    asked = {"name": name, "in": "query", "description": told, "schema": schema or {"type": "string"}}
    return asked | ({"example": example} if example else {})


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties}
