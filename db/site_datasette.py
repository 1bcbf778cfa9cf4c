"""Datasette over a base that stays as it is until the next build: what it asks for every request is asked once a build."""

from typing import Any

from datasette.app import Datasette

from db.site_context import site_of


class Unchanging(Datasette):  # type: ignore[misc]
    """Datasette that reads the schema, and what everybody may see, once a build."""

    async def refresh_schemas(self) -> None:
        """Read the schemas of all databases."""
        site = site_of(self)
        if site is None or not site.schemas_read:
            await super().refresh_schemas()
        if site is not None:
            site.schemas_read = True

    async def permission_allowed(
        self, actor: dict[str, Any] | None, action: str, resource: Any = None, default: Any = False
    ) -> Any:
        """Tell whether an actor may do something: True, False, or the default where nothing says so."""
        site = site_of(self)
        if site is None or actor is not None:
            return await super().permission_allowed(actor, action, resource, default)
        asked = (action, resource, default)
        if asked not in site.permitted:
            site.permitted[asked] = await super().permission_allowed(actor, action, resource, default)
        return site.permitted[asked]
