"""How the site asks its base: once a build what no build changes, and long questions aside."""

import asyncio
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.plugins import pm

from db.site import DATABASE, datasette
from db.site_base import LONG_THREADS, long_questions

_ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


class Doorkeeper:
    """A plugin that lets nobody but one actor see the sources, and counts who asks."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    @hookimpl
    def permission_allowed(self, actor: dict[str, str] | None, action: str, resource: Any) -> bool | None:
        """Tell who may see the sources."""
        if action != "view-table" or resource != (DATABASE, "sources"):
            return None
        self.asked.append(actor)
        return actor == {"id": "anna"}


def test_what_nobody_may_see_is_asked_once_a_build_and_of_an_actor_each_time(base: Path) -> None:
    site, plugin = datasette(base), Doorkeeper()
    pm.register(plugin, name="doorkeeper")

    async def ask(name: str) -> int:
        cookie = site.sign({"a": {"id": name}}, "actor")
        headers = {"cookie": f"ds_actor={cookie}"} if name else {}
        response = await site.client.get(f"/{DATABASE}/sources?tier=1", headers=headers)
        return int(response.status_code)

    async def asked() -> list[int]:
        return [await ask(name) for name in ("", "", "anna", "bert", "anna", "")]

    try:
        assert asyncio.run(asked()) == [403, 403, 200, 403, 200, 403]
    finally:
        pm.unregister(plugin)
    assert plugin.asked.count(None) == 1
    assert plugin.asked.count({"id": "anna"}) >= 2
    assert {"id": "bert"} in plugin.asked


def test_short_questions_are_answered_while_long_ones_wait_for_each_other(base: Path) -> None:
    site = datasette(base)
    done: list[str] = []

    async def long() -> None:
        with long_questions():
            try:
                await site.get_database(DATABASE).execute(_ENDLESS, custom_time_limit=300)
            finally:
                done.append("long")

    async def short() -> None:
        await site.get_database(DATABASE).execute("select 1")
        done.append("short")

    async def ask() -> None:
        await site.invoke_startup()
        waiting = [asyncio.create_task(long()) for _ in range(2 * LONG_THREADS + site.setting("num_sql_threads"))]
        await asyncio.sleep(0)
        await asyncio.gather(*(short() for _ in range(10)))
        await asyncio.gather(*waiting[: 2 * LONG_THREADS], return_exceptions=True)
        for task in waiting:
            task.cancel()

    asyncio.run(ask())
    assert done[:10] == ["short"] * 10
    assert "long" in done
