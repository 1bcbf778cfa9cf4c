"""What ids are called in the page's language, read in one query a table and kept."""

import json
from collections.abc import Iterable

from datasette.app import Datasette

from db.labels import WORDS
from db.site_context import MOST_LABELS, Site
from db.site_language import language, say
from db.site_metadata import DATABASE, LABEL_COLUMNS

_NAMES = {
    **dict.fromkeys(("entities", "models", "organizations", "policies"), ("label", "coalesce(name_en, label)")),
    **dict.fromkeys(("properties", "units", "terms"), ("label_zh", "label_en")),
    "sources": ("title", "coalesce(title_en, title)"),
    # What a statement tells of whom.
    "statements": (
        "(select label from entities where id = subject_id) || ' · ' || (select label_zh from properties where id = property_id)",
        "(select coalesce(name_en, label) from entities where id = subject_id) || ' · ' ||"
        " (select label_en from properties where id = property_id)",
    ),
}
_MOST_AT_ONCE = 500


async def names(datasette: Datasette, site: Site, table: str, identifiers: Iterable[str]) -> dict[str, str]:
    """Return what rows of a table are called, by id; a row without a name, and one that is not, by its id."""
    code = language()
    wanted = dict.fromkeys(identifiers)
    missing = [identifier for identifier in wanted if (code, table, identifier) not in site.labels]
    for start in range(0, len(missing), _MOST_AT_ONCE):
        await _read(datasette, site, code, table, missing[start : start + _MOST_AT_ONCE])
    return {identifier: site.labels.get((code, table, identifier)) or identifier for identifier in wanted}


async def name(datasette: Datasette, site: Site, table: str, identifier: str) -> str:
    """Return what a row of a table is called."""
    return (await names(datasette, site, table, [identifier]))[identifier]


async def _read(datasette: Datasette, site: Site, code: str, table: str, identifiers: list[str]) -> None:
    zh, en = _NAMES.get(table, (LABEL_COLUMNS.get(table, "id"),) * 2)
    marks = ", ".join("?" * len(identifiers))
    sql = f'select id, {zh if code == "zh" else en} from "{table}" where id in ({marks})'
    found = {str(row[0]): row[1] for row in await datasette.get_database(DATABASE).execute(sql, identifiers)}
    if len(site.labels) + len(identifiers) > MOST_LABELS:
        site.labels.clear()
    for identifier in identifiers:
        site.labels[(code, table, identifier)] = found.get(identifier)


async def translated(datasette: Datasette, site: Site, labels: Iterable[str]) -> dict[str, str]:
    """Return labels of terms and entities that a wide table holds in Chinese, in the page's language, by themselves."""
    wanted = {part: part for text in labels for part in parts(text)}
    if language() == "zh" or not wanted:
        return wanted
    sql = (
        "select label_zh, label_en from terms where label_zh in (select value from json_each(:labels)) union all"
        " select a.alias, e.name_en from aliases a join entities e on e.id = a.entity_id"
        " where a.normalized in (select fold(value) from json_each(:labels)) and a.alias = e.label"
        " and e.name_en is not null"
    )
    found = await datasette.get_database(DATABASE).execute(sql, {"labels": json.dumps(list(wanted))})
    return wanted | {row[0]: row[1] for row in found if row[0] in wanted}


def parts(text: str) -> list[str]:
    """Return the labels that a cell of a wide table lists."""
    return text.split("、")


def word(value: str) -> str:
    """Return what a word of a closed list is called in the page's language; itself where it is of none."""
    pair = WORDS.get(value)
    if pair is None:
        return value
    return pair[0] if language() == "zh" else pair[1]


_PREFERRED = " is preferred: "
# Why a wide table has no value is written there in Chinese.
_STATUSES = {
    WORDS[status][0]: status for status in ("not_stated", "not_disclosed", "not_applicable", "unit_not_stated")
}


def status(text: str) -> str:
    """Return a printed value as it is; why there is none, in the page's language."""
    return word(_STATUSES.get(text, text)) if text in _STATUSES else text


def reason(text: str) -> str:
    """Return why a statement has its rank, in the page's language."""
    other, preferred, why = text.partition(_PREFERRED)
    return say(f"取用 {other}：{word(why)}", text) if preferred else word(text)
