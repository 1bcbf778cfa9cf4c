"""A list as a page: Datasette finds the rows, and only the cells that are shown are drawn."""

from functools import cached_property
from typing import Any

from datasette.app import Datasette
from datasette.filters import Filters
from datasette.plugins import pm
from datasette.utils import (
    MultiParams,
    append_querystring,
    await_me_maybe,
    filters_should_redirect,
    path_with_removed_args,
    tilde_decode,
)
from datasette.utils.asgi import Request, Response
from datasette.views.table import TableView

from db.site_conflicts import conflicts
from db.site_context import Site, site_of
from db.site_counts import Condition, Counts, counts
from db.site_drawing import at_once
from db.site_filters import by_any_name, chips, narrowings
from db.site_gate import is_free
from db.site_metadata import DATABASE
from db.site_order import by_keys
from db.site_reading import Columns, reading

ROUTE = rf"^/(?P<database>{DATABASE})/(?P<table>[^/.]+)$"
FILE_ROUTE = rf"^/(?P<database>{DATABASE})/(?P<table>[^/.]+)\.(?P<format>csv|json)$"
# Counts and facets are ours, see site_counts.
_UNCOUNTED = ("_nocount", "_nofacet")
# Arguments that the page's forms bring by themselves.
_FORM_ARGUMENTS = ("_sort", "_sort_desc", "_search", "_next")


class Asked(Request):  # type: ignore[misc]
    """A request whose arguments are read once: Datasette reads them each time it looks at one."""

    @cached_property
    def args(self) -> MultiParams:
        """Return the arguments."""
        return super().args


async def list_page(request: Request, datasette: Datasette) -> Response:
    """Answer a list."""
    request.scope["url_route"]["kwargs"]["format"] = None
    return await ListView(datasette).dispatch_request(Asked(request.scope, request.receive))


async def list_file(request: Request, datasette: Datasette) -> Response:
    """Answer a list as CSV or JSON."""
    return await FileView(datasette).dispatch_request(Asked(request.scope, request.receive))


class OrderedView(TableView):  # type: ignore[misc]
    """Datasette's view of a table, whose pages follow each other without gap."""

    async def data(self, request: Request, default_labels: bool = False, **page: Any) -> Any:
        """Return a page of the rows."""
        base, table = self.ds.get_database(DATABASE), tilde_decode(request.url_vars["table"])
        with by_keys(await base.primary_keys(table) if await base.table_exists(table) else ()):
            return await super().data(request, default_labels, **page)


class FileView(OrderedView):
    """A list as a file: as CSV, Datasette would ask for 50 rows at a time and read the arguments for each of them."""

    async def data(self, request: Request, default_labels: bool = False, **page: Any) -> Any:
        """Return a page of the rows: as many as an answer may have where all are asked for."""
        if "_stream" in request.args:
            page.setdefault("_size", "max")
        return await super().data(Asked(request.scope, request.receive), default_labels, **page)


class ListView(OrderedView):
    """Datasette's view of a table, which would draw every cell of every column and scan the rows for each facet."""

    async def data(self, request: Request, default_labels: bool = False, **page: Any) -> Any:
        """Return a list's data, the rest of what its template needs, and the template."""
        site, table = site_of(self.ds), tilde_decode(request.url_vars["table"])
        if site is None or _redirects(request) or await self.ds.get_canned_query(DATABASE, table, request.actor):
            return await super().data(request, default_labels, **page)
        data, _, _ = await super().data(_uncounted(request), False, **page)
        filters, condition, context = await _conditions(self.ds, request, table)
        counted = await counts(self.ds, site, condition, self._facets(request, table, data["columns"]))
        if data["next_url"]:
            data["next_url"] = path_with_removed_args(request, set(_UNCOUNTED), path=data["next_url"])
        data["filtered_table_rows_count"] = counted.rows
        context |= {"filters": filters, "form_hidden_args": _hidden(request), "append_querystring": append_querystring}

        async def rest() -> dict[str, Any]:
            return context | await self._shown(site, request, data, filters, counted)

        return data, rest, (at_once(self.ds, "table.html"),)

    async def _shown(
        self, site: Site, request: Request, data: dict[str, Any], filters: Filters, counted: Counts
    ) -> dict[str, Any]:
        """Return what the template shows of the rows and of the ways to narrow them."""
        table, names = data["table"], data["columns"]
        details = await self.ds.get_database(DATABASE).table_column_details(table)
        types = {column.name: column.type.upper() for column in details}
        columns = Columns(names, types, await self.sortable_columns_for_table(DATABASE, table, use_rowid=True))
        paired = table == "conflicts"
        return {
            "shown": await reading(self.ds, site, request, table, columns, [] if paired else data["rows"]),
            "conflicts": await conflicts(self.ds, site, data["rows"]) if paired else None,
            "narrowed": await narrowings(self.ds, site, request, table, list(filters.selections())),
            "chips": await chips(self.ds, site, request, table, counted.facets or []),
            "by_any_name": None if data["rows"] else by_any_name(request, table, list(filters.selections())),
            "counted": counted.facets is not None,
            "filter_columns": (*names, *(name for name in types if name not in names)),
        }

    def _facets(self, request: Request, table: str, columns: list[str]) -> list[str]:
        """List what is counted: the facets of the table, and those that were asked for."""
        if "_nofacet" in request.args:
            return []
        own = self.ds.table_metadata(DATABASE, table).get("facets", [])
        return [*dict.fromkeys([*own, *(name for name in request.args.getlist("_facet") if name in columns)])]


def _redirects(request: Request) -> bool:
    """Tell whether the arguments are those of a form, which Datasette turns into the list's address."""
    return bool(filters_should_redirect(request.args)) or "_sort_by_desc" in request.args


def _uncounted(request: Request) -> Request:
    """Return the same request, without counts and facets."""
    added = "&".join(f"{name}=1" for name in _UNCOUNTED if name not in request.args)
    query = "&".join(part for part in (request.query_string, added) if part)
    return Asked({**request.scope, "query_string": query.encode("latin-1")}, request.receive)


async def _conditions(datasette: Datasette, request: Request, table: str) -> tuple[Filters, Condition, dict[str, Any]]:
    """Return what narrows a list, as Datasette reads it, and what the filters tell the template."""
    given = [
        (name, value)
        for name in request.args
        if not (name.startswith("_") and "__" not in name)
        for value in request.args.getlist(name)
    ]
    filters = Filters(sorted(given))
    clauses, params = filters.build_where_clauses(table)
    context: dict[str, Any] = {}
    for hook in pm.hook.filters_from_request(request=request, table=table, database=DATABASE, datasette=datasette):
        told = await await_me_maybe(hook)
        if told:
            clauses.extend(told.where_clauses)
            params.update(told.params)
            context.update(told.extra_context)
    free = is_free(request.path, request.query_string)
    return filters, Condition(table, tuple(clauses), tuple(params.items()), free), context


def _hidden(request: Request) -> list[tuple[str, str]]:
    """Return the arguments that a form must pass on."""
    names = [name for name in request.args if name.startswith("_") and "__" not in name and name not in _FORM_ARGUMENTS]
    return [(name, value) for name in names for value in request.args.getlist(name)]
