"""Addresses of pages, and what is asked once a build."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils import tilde_decode, tilde_encode

from db.site import DATABASE, datasette
from db.site_address import encoded


@pytest.mark.parametrize("identifier", ["gpt-3", "qwen2.5", "a_b", "甲/乙", "x~y", "", "100%", "a b", "gpt-3\n"])
def test_an_id_is_encoded_as_datasette_does(identifier: str) -> None:
    assert encoded(identifier) == tilde_encode(identifier)
    assert tilde_decode(encoded(identifier)) == identifier


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
