"""The evidence page: a statement's chain from its value to the characters it was read from."""

import sqlite3
from typing import Any

from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from db.labels import Labels
from db.look_up import AmbiguousError, NotFoundError, Row, find_statement
from db.site_context import Site, site_of
from db.site_metadata import DATABASE
from db.values import described, understood
from db.why import add_sentences, chain


async def evidence_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/evidence/<statement id>, as a page or with .json."""
    site = site_of(datasette)
    if site is None:
        raise NotFound("no such page")
    await datasette.ensure_permissions(request.actor, [("view-database", DATABASE), "view-instance"])
    wanted = tilde_decode(request.url_vars["statement_id"])
    chosen = request.args.get("evidence")
    database = datasette.get_database(DATABASE)
    statement_id = await database.execute_fn(lambda connection: _found(connection, wanted))
    if statement_id is None:
        raise NotFound(f"没有陈述 {wanted!r} · no statement {wanted!r}")
    record = await database.execute_fn(lambda connection: _record(connection, statement_id))
    if request.url_vars.get("format") == "json":
        return Response.json(record, default=str)
    read = await database.execute_fn(lambda connection: _sentence(connection, site, record, chosen))
    html = await datasette.render_template(
        "evidence.html",
        {"statement": record, "read": read, "database": DATABASE},
        request=request,
        view_name="evidence",
    )
    return Response.html(html)


def _found(connection: sqlite3.Connection, name: str) -> str | None:
    try:
        return find_statement(connection, name)
    except (NotFoundError, AmbiguousError):
        return None


def _record(connection: sqlite3.Connection, statement_id: str) -> Row:
    """Return the chain, with the value in words in both languages."""
    zh, en = Labels(connection, "zh"), Labels(connection, "en")
    record = chain(connection, statement_id, zh)
    quantity = record["low"] is not None or record["high"] is not None
    record["in_words_en"] = described(record, en) if quantity else understood(record, en)
    record["words"] = {name: _both(zh, en, kind, record[name]) for name, kind in _CLOSED.items() if record.get(name)}
    for evidence in record["evidence"]:
        evidence["role_label"] = _both(zh, en, "word", evidence["role"])
    return record


# Columns shown by their words in both languages, and the method of Labels that knows them.
_CLOSED = {"property_id": "property", "unit": "unit", "per": "unit", "category_id": "term", "term": "term"}
_CLOSED |= dict.fromkeys(("comparator", "value_status", "assertion", "rank", "date_basis"), "word")


def _both(zh: Labels, en: Labels, kind: str, word: Any) -> str:
    return " · ".join(dict.fromkeys(str(getattr(labels, kind)(word)) for labels in (zh, en)))


def _sentence(connection: sqlite3.Connection, site: Site, record: Row, chosen: str | None) -> Row | None:
    """Return the one evidence that is shown with its sentence: the chosen one, else the value's first."""
    if site.text_of is None or site.public:
        return None
    placed = [evidence for evidence in record["evidence"] if evidence["start_char"] is not None]
    wanted = [evidence for evidence in placed if str(evidence["id"]) == chosen]
    wanted = wanted or [evidence for evidence in placed if evidence["role"] == "value"] or placed
    shown = {"evidence": [dict(evidence) for evidence in wanted[:1]]}
    add_sentences(connection, shown, site.text_of)
    return next((evidence for evidence in shown["evidence"] if "sentence" in evidence), None)
