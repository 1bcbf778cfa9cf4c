"""The Atom feed of new and changed statements: an entry for each release, source and kind of change."""

import sqlite3
from collections.abc import Callable
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response
from markupsafe import escape

from db.edition import AUTHOR, LICENCE_NAME, TITLE_EN, TITLE_ZH, edition_of
from db.look_up import Row, rows
from db.site_context import site_of
from db.site_map import addresses
from db.site_metadata import DATABASE
from db.xml_text import xml_text

ATOM = "http://www.w3.org/2005/Atom"
# What a year or a month lacks to be a day.
_REST = {4: "-01-01", 7: "-01"}
_MOST_ENTRIES, _MOST_STATEMENTS = 100, 30
_CHANGES = {"added": ("新增", "new"), "changed": ("修改", "changed"), "removed": ("删除", "removed")}
_UNRELEASED = "unreleased"
Url = Callable[[str], str]
# What stands in the base and in no release yet comes first.
_GROUPS = """
select r.id as release_id, r.released_on, c.change, s.source_id, o.title, count(*) as n
from changes c join releases r on r.id = c.release_id
left join statements s on s.id = c.statement_id left join sources o on o.id = s.source_id
where ?1 is null or s.source_id = ?1 group by 1, 2, 3, 4, 5
union all
select 'unreleased', coalesce(max(s.reviewed_at), max(o.retrieved)), 'added', s.source_id, o.title, count(*)
from statements s join sources o on o.id = s.source_id
where s.first_release is null and (?1 is null or s.source_id = ?1) group by s.source_id, o.title
order by 2 desc, 1 desc, 4, 3 limit ?2
"""
_STATEMENTS = """
select s.id, coalesce(e.label, s.subject_id) as subject, p.label_zh, p.label_en,
  coalesce(s.printed, s.text, s.date, s.object_id, '') as value
from statements s left join entities e on e.id = s.subject_id left join properties p on p.id = s.property_id
where {condition} order by s.id limit ?3
"""
_IN_RELEASE = "s.id in (select statement_id from changes where release_id = ?1 and change = ?4) and s.source_id is ?2"
_IN_NONE = "s.first_release is null and s.source_id = ?2"


class Entry(NamedTuple):
    """One entry: the group it tells of, and the first of its statements."""

    group: Row
    statements: list[Row]


async def feed(request: Request, datasette: Datasette) -> Response:
    """Answer /feed.atom; `?source=ID` keeps to one source."""
    if site_of(datasette) is None:
        raise NotFound("no such page")
    source = request.args.get("source")
    database = datasette.get_database(DATABASE)
    entries, updated = await database.execute_fn(lambda connection: _entries(connection, source))
    if source and not entries:
        raise NotFound(f"没有来源 {source!r} · no source {source!r}")
    body = _written(datasette, request, entries, updated)
    return Response(body, content_type="application/atom+xml; charset=utf-8", headers={"cache-control": "max-age=600"})


def _entries(connection: sqlite3.Connection, source: str | None) -> tuple[list[Entry], str]:
    groups = [dict(row) for row in rows(connection, _GROUPS, source, _MOST_ENTRIES)]
    found = [Entry(group, _statements(connection, group)) for group in groups]
    days = [_time(group["released_on"]) for group in groups]
    return found, max(days, default=_time(edition_of(connection).released_on))


def _statements(connection: sqlite3.Connection, group: Row) -> list[Row]:
    if group["release_id"] == _UNRELEASED:
        return rows(connection, _STATEMENTS.format(condition=_IN_NONE), None, group["source_id"], _MOST_STATEMENTS)
    values = (group["release_id"], group["source_id"], _MOST_STATEMENTS, group["change"])
    return rows(connection, _STATEMENTS.format(condition=_IN_RELEASE), *values)


def _time(day: str | None) -> str:
    """Return a day, which may name no month, as a time of RFC 3339."""
    whole = (day or "1970")[:10]
    return f"{whole}{_REST.get(len(whole), '')}T00:00:00Z"


def _written(datasette: Datasette, request: Request, entries: list[Entry], updated: str) -> bytes:
    url = addresses(datasette, request)
    ElementTree.register_namespace("", ATOM)
    root = ElementTree.Element(f"{{{ATOM}}}feed")
    own = f"/feed.atom{'?' + request.query_string if request.query_string else ''}"
    _add(root, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, url('/feed.atom') + str(request.args.get('source')))}")
    _add(root, "title", f"{TITLE_ZH} · {TITLE_EN}")
    _add(root, "updated", updated)
    _add(root, "link", rel="self", type="application/atom+xml", href=url(own))
    _add(root, "link", rel="alternate", type="text/html", href=url("/"))
    _add(root, "rights", f"{LICENCE_NAME} (CC BY 4.0)")
    _add(_add(root, "author"), "name", AUTHOR)
    for entry in entries:
        _entry(root, entry, url)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _entry(root: ElementTree.Element, entry: Entry, url: Url) -> None:
    group = entry.group
    zh, en = _CHANGES[group["change"]]
    source = group["source_id"]
    title = group["title"] or "不再收录的陈述 statements no longer held"
    release = "未发布 unreleased" if group["release_id"] == _UNRELEASED else group["release_id"]
    element = _add(root, "entry")
    key = f"damoxing:{group['release_id']}:{source}:{group['change']}"
    _add(element, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, key)}")
    _add(element, "title", f"{release}：{zh} {group['n']} 条 · {group['n']} {en}：{title}")
    _add(element, "updated", _time(group["released_on"]))
    path = f"/{DATABASE}/sources/{source}" if source else f"/{DATABASE}/changes?release_id={group['release_id']}"
    _add(element, "link", rel="alternate", type="text/html", href=url(path))
    _add(element, "content", _content(entry, url), type="html")


def _content(entry: Entry, url: Url) -> str:
    items = [
        f'<li><a href="{escape(url("/-/evidence/" + one["id"]))}">{escape(one["subject"])}</a> '
        f"{escape(one['label_zh'] or '')} · {escape(one['label_en'] or '')}: {escape(one['value'])}</li>"
        for one in entry.statements
    ]
    left = entry.group["n"] - len(entry.statements)
    more = f"<p>…… {left} more</p>" if left > 0 and items else ""
    return f"<ul>{''.join(items)}</ul>{more}" if items else f"<p>{entry.group['n']}</p>"


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", {k: xml_text(v) for k, v in attributes.items()})
    element.text = None if text is None else xml_text(text)
    return element
