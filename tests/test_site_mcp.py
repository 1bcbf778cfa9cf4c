"""The MCP endpoint, asked by a real client over HTTP; where datasette-mcp is not installed, there is none."""

import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from db.site import DATABASE, datasette


@pytest.fixture(scope="module")
def address(base: Path) -> Iterator[str]:
    """Serve the base to MCP clients."""
    pytest.importorskip("datasette_mcp")
    import uvicorn

    site = datasette(base)
    asyncio.run(site.invoke_startup())
    server = uvicorn.Server(uvicorn.Config(site.app(), port=0, lifespan="on", log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(200):
        if server.started:
            break
        thread.join(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/-/mcp"
    server.should_exit = True
    thread.join(10)


def asked(address: str, *calls: tuple[str, dict[str, Any]]) -> tuple[set[str], list[Any]]:
    """Return the names of the tools, and the answers to calls."""
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def ask() -> tuple[set[str], list[Any]]:
        async with streamable_http_client(address) as streams, ClientSession(streams[0], streams[1]) as session:
            await session.initialize()
            tools = {tool.name for tool in (await session.list_tools()).tools}
            answers = [await session.call_tool(name, values) for name, values in calls]
            assert not [answer for answer in answers if answer.is_error]
            return tools, [json.loads(answer.content[0].text) for answer in answers]

    return asyncio.run(ask())


def test_a_client_finds_the_tools(address: str) -> None:
    tools, _ = asked(address)
    assert tools >= {"find", "facts", "evidence", "list_databases", "get_database_schema", "execute_sql"}


def test_a_client_walks_from_a_name_to_the_characters(address: str) -> None:
    _, (hits, record, why) = asked(
        address, ("find", {"text": "LLaMA"}), ("facts", {"name": "llama"}), ("evidence", {"statement_id": "squswtgar6"})
    )
    assert hits[0]["id"] == "llama"
    figure = next(one for one in record["statements"] if one["id"] == "squswtgar6")
    assert (figure["printed"], figure["low"], figure["high"]) == ("7B-65B", 7e9, 6.5e10)
    assert {one["role"] for one in why["evidence"]} == {"value", "subject"}
    assert why["source"]["id"] == "hans-sd-2024-143081"


def test_a_name_that_is_none_is_told_with_what_comes_near(address: str) -> None:
    _, (told,) = asked(address, ("facts", {"name": "LLaMAA"}))
    assert "did you mean" in told["error"]


def test_a_client_asks_in_sql(address: str) -> None:
    _, (answer,) = asked(address, ("execute_sql", {"database": DATABASE, "sql": "select count(*) as n from sources"}))
    assert answer["rows"] == [{"n": 5}]


def test_the_site_starts_without_datasette_mcp(base: Path) -> None:
    assert asyncio.run(datasette(base).client.get("/robots.txt")).status_code == 200
