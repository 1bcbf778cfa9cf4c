"""The evidence page: a statement's chain from its value to the characters it was read from."""

import sqlite3
from typing import Any
from urllib.parse import quote

from datasette.app import Datasette
from datasette.utils import tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from db.labels import Labels
from db.look_up import AmbiguousError, NotFoundError, Row, find_statement
from db.site_address import evidence_url, row_url
from db.site_context import site_of
from db.site_language import say
from db.site_metadata import DATABASE
from db.site_pages import PLAIN, content_hash, labels_of, permit, render
from db.statement_view import StatementView, statement_view
from db.values import described, understood
from db.why import chain


async def evidence_page(request: Request, datasette: Datasette) -> Response:
    """Answer /-/evidence/<statement id>, as a page or with .json."""
    if site_of(datasette) is None:
        raise NotFound("no such page")
    await permit(request, datasette, "statements")
    wanted = tilde_decode(request.url_vars["statement_id"])
    statement_id = await _statement_id(datasette, wanted)
    if request.url_vars.get("format") == "json":
        record = await datasette.get_database(DATABASE).execute_fn(lambda c: _record(c, statement_id))
        return Response.json(record, default=str)
    return await _page(request, datasette, statement_id)


async def statement_page(request: Request, datasette: Datasette) -> Response:
    """Answer a statement's row page, in whichever list it stands, with its evidence."""
    statement_id = await _statement_id(datasette, tilde_decode(request.url_vars["pks"]))
    return await _page(request, datasette, statement_id)


async def _statement_id(datasette: Datasette, wanted: str) -> str:
    found = await datasette.get_database(DATABASE).execute_fn(lambda connection: _found(connection, wanted))
    if found is None:
        raise NotFound(say(f"没有陈述 {wanted!r}", f"no statement {wanted!r}"))
    return str(found)


def _found(connection: sqlite3.Connection, name: str) -> str | None:
    try:
        return find_statement(connection, name)
    except (NotFoundError, AmbiguousError):
        return None


async def _page(request: Request, datasette: Datasette, statement_id: str) -> Response:
    site = site_of(datasette)
    text_of = None if site is None or site.public else site.text_of
    labels, chosen = labels_of(datasette), request.args.get("evidence")

    def read(connection: sqlite3.Connection) -> tuple[StatementView, str]:
        view = statement_view(connection, statement_id, labels(connection), text_of, chosen)
        return view, content_hash(connection)

    view, content = await datasette.get_database(DATABASE).execute_fn(read)
    own = evidence_url(datasette, statement_id)
    address = datasette.absolute_url(request, own)
    report = _report(view, address)
    context = {
        "view": view,
        "statement": view.record,
        "own": own,
        "address": address,
        "content": content,
        "report": report,
        "mail": f"mailto:?subject={quote(report.partition(chr(10))[0])}&body={quote(report)}",
        "json_url": f"{own}.json",
        "plain_url": f"{row_url(datasette, 'statements', statement_id)}?{PLAIN}=1",
    }
    return await render(request, datasette, "evidence.html", context)


def _report(view: StatementView, address: str) -> str:
    """Return the text of a report on the statement, which the reader completes."""
    record = view.record
    what = f"{record['subject']}, {view.property}: {view.shown.value}"
    return "\n".join(
        [
            say(f"damoxing：陈述 {record['id']} 有误", f"damoxing: a mistake in statement {record['id']}"),
            f"{what} ({record['source']['title']})",
            address,
            "",
            say("错在哪里：", "What is wrong: "),
            say("原文怎么说（哪一页、哪一句）：", "What the source says (which page, which sentence): "),
            say("我是（可不填）：", "Who I am (may stay empty): "),
        ]
    )


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
