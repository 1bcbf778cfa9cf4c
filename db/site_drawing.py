"""Templates drawn at once: all they show was read before, so nothing in them waits, and they cost a third of the time.

Datasette compiles its templates so that each call may be awaited; a long page is then passed piece by piece through
a coroutine of each template that it extends.
"""

from typing import Any

from datasette.app import Datasette
from jinja2 import Environment, Template
from jinja2.runtime import Macro
from markupsafe import Markup

from db.site_context import site_of
from db.site_language import language

_MOST_DRAWN = 500
_drawn: dict[tuple[Any, ...], Markup] = {}


class AtOnce(Template):
    """A template that Datasette can await as it does its own."""

    async def render_async(self, *args: Any, **kwargs: Any) -> str:
        """Return the page."""
        return self.render(*args, **kwargs)


def at_once(datasette: Datasette, name: str) -> Template:
    """Return the template of a name, to be drawn at once."""
    site = site_of(datasette)
    if site is None:
        own: Template = datasette.jinja_env.get_template(name)
        return own
    if site.drawing is None:
        site.drawing = _environment(datasette.jinja_env)
    return site.drawing.get_template(name)


def once(macro: Macro, *given: Any) -> Markup:
    """Return what a macro draws of what is given and of the schema alone, once a language."""
    key = (macro.name, language(), *given)
    if key not in _drawn:
        if len(_drawn) >= _MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = Markup(macro(*given))  # noqa: S704 - a macro escapes what it is given
    return _drawn[key]


def _environment(shared: Environment) -> Environment:
    own = shared.overlay(enable_async=False, cache_size=400, auto_reload=False)
    own.template_class = AtOnce
    return own
