"""What a language model may ask over MCP, where datasette-mcp is installed: names found, facts of one, evidence of each."""

import json
import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Forbidden

from db.errors import AmbiguousError, NotFoundError
from db.facts import entity_record
from db.labels import Labels
from db.look_up import Row, find_entity, find_statement
from db.search import search
from db.site_context import site_of
from db.site_metadata import DATABASE
from db.why import chain

MOST_HITS = 50


@hookimpl  # type: ignore[untyped-decorator]
def register_mcp_tools(datasette: Datasette, mcp: Any) -> None:
    """Add the look-ups of the command line to the tools of datasette-mcp, whose hook this is."""

    async def asked(look_up: Callable[[sqlite3.Connection], Any]) -> str:
        # The tools are registered before a Datasette can be known as ours.
        if site_of(datasette) is None:
            raise Forbidden("no base of damoxing is served here")
        await datasette.ensure_permissions(None, [("view-database", DATABASE), "view-instance"])
        found = await datasette.get_database(DATABASE).execute_fn(lambda connection: _found(connection, look_up))
        return json.dumps(found, ensure_ascii=False, default=str)

    @mcp.tool()  # type: ignore[untyped-decorator]
    async def find(text: str, limit: int = 20) -> str:
        """Find entities, statements and sources by any words, in Chinese or English; best first."""
        return await asked(lambda connection: search(connection, text, min(max(1, limit), MOST_HITS)))

    @mcp.tool()  # type: ignore[untyped-decorator]
    async def facts(name: str) -> str:
        """Tell what every source says of one model, company, policy, place or person, by any of its names.

        A figure has the printed form and bounds; statements that contradict each other stand side by side, with a rank.
        Cite the id of a statement and its source.
        """
        return await asked(lambda connection: entity_record(connection, find_entity(connection, name).entity))

    @mcp.tool()  # type: ignore[untyped-decorator]
    async def evidence(statement_id: str) -> str:
        """Tell why a statement stands: value, bounds, source, who says it, the characters it was read from, conflicts."""
        return await asked(lambda c: chain(c, find_statement(c, statement_id), Labels(c, "en")))


def _found(connection: sqlite3.Connection, look_up: Callable[[sqlite3.Connection], Any]) -> Row | list[Row]:
    try:
        found: Row | list[Row] = look_up(connection)
    except (NotFoundError, AmbiguousError) as error:
        return {"error": str(error)}
    return found
