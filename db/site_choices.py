"""What the fields of the canned questions offer, filled from the base."""

from typing import NamedTuple

from datasette.app import Datasette

from db.site_context import Site
from db.site_language import say
from db.site_metadata import DATABASE

_MOST = 300


class Choices(NamedTuple):
    """Values with their names; `closed` where nothing else makes sense."""

    closed: bool
    values: list[tuple[str, str]]


def _entities(condition: str) -> str:
    return f"select label, label, coalesce(name_en, label) from entities where {condition} order by statement_count desc, id"


def _properties(condition: str) -> str:
    return f"select id, label_zh, label_en from properties where statement_count > 0 and {condition} order by statement_count desc"


_PROFILED = (
    "select place_id from policy_profiles union select place_id from policies union select place_id from subsidies"
)
_USERS = "('users', 'monthly_active_users', 'daily_active_users', 'weekly_active_users', 'visits', 'downloads', 'questions_answered')"
_COUNTS = "('models_count', 'organizations_count', 'models_above_compute', 'share', 'ratio', 'robots_installed')"
_MONEY = "select id, label_zh, label_en from units where dimension = 'money' and (id in (select unit from metrics) or id in (select unit from fundings))"
_YEARS = "select distinct substr(coalesce(as_of, period_end, period_start), 1, 4) year from metrics where unit in (select id from units where dimension = 'money') and year glob '[12]*'"

_OPEN = False
_CLOSED = True
# By parameter, or by query and parameter: whether the list is closed, and what gives value, zh and en.
_SQL: dict[str, tuple[bool, str]] = {
    "open_source": (_CLOSED, "values ('1', '是', 'yes'), ('0', '否', 'no')"),
    "severity": (_CLOSED, "values ('error', '错误', 'error'), ('warning', '提醒', 'warning')"),
    "only_conflicts": (_CLOSED, "values ('1', '只看矛盾', 'contradictions only')"),
    "developer": (_OPEN, _entities("id in (select developer_id from models)")),
    "who_develops_what.developer": (
        _OPEN,
        _entities("id in (select object_id from relations where property_id in ('developer', 'product_of'))"),
    ),
    "model": (_OPEN, _entities("kind in ('model', 'product') and statement_count > 0")),
    "entity": (_OPEN, _entities("statement_count > 0")),
    "doubted_figures.entity": (_OPEN, _entities("id in (select subject_id from quality_issues)")),
    "industries_applied.entity": (
        _OPEN,
        _entities("id in (select subject_id from statements where property_id = 'application_industry')"),
    ),
    "product": (_OPEN, _entities(f"id in (select subject_id from metrics where property_id in {_USERS})")),
    "about": (_OPEN, _entities("id in (select subject_id from metrics union select subject_id from fundings)")),
    "place": (_CLOSED, _entities(f"id in ({_PROFILED})")),
    "counts_and_shares.place": (_CLOSED, _entities("kind = 'place' and id in (select place_id from metrics)")),
    "person": (_OPEN, _entities("kind = 'person'")),
    "speaker": (_OPEN, _entities("kind in ('person', 'organization') and statement_count > 0")),
    "organization": (
        _OPEN,
        _entities(
            "id in (select object_id from relations where property_id = 'affiliation' union select subject_id from relations where property_id = 'founded_by')"
        ),
    ),
    "what_sources_say.property": (_CLOSED, _properties("value_type != 'text'")),
    "what_a_person_said.property": (_CLOSED, _properties("value_type = 'text'")),
    "counts_and_shares.property": (_CLOSED, _properties(f"id in {_COUNTS}")),
    "event": (_CLOSED, _properties("listed_in = 'events'")),
    "unit": (
        _CLOSED,
        "select id, label_zh, label_en from units where id in (select unit from statements where property_id = 'training_data')",
    ),
    "currency": (_CLOSED, _MONEY),
    "year": (_CLOSED, f"select year, year, year from ({_YEARS}) order by year desc"),
    "industry": (
        _CLOSED,
        "select id, label_zh, label_en from terms where id in (select term from statements where property_id = 'application_industry')",
    ),
    "theme": (_CLOSED, "select label_zh, label_zh, label_en from terms where vocabulary = 'policy_theme'"),
    "instrument_type": (
        _CLOSED,
        "select label_zh, label_zh, label_en from terms where id in (select instrument_type_id from policies)",
    ),
    "source": (_OPEN, "select id, title, coalesce(title_en, title) from sources order by statement_count desc, id"),
}


async def choices(datasette: Datasette, site: Site, query: str, parameter: str) -> Choices | None:
    """Return what a question's field offers, or None where anything may be typed."""
    found = _SQL.get(f"{query}.{parameter}") or _SQL.get(parameter)
    if found is None:
        return None
    closed, sql = found
    if sql not in site.choices:
        rows = await datasette.get_database(DATABASE).execute(sql, page_size=_MOST, truncate=True)
        site.choices[sql] = [tuple(str(value) for value in row) for row in rows]
    return Choices(closed, [(value, say(zh, en)) for value, zh, en in site.choices[sql]])
