"""Drawing: a specification to SVG and PNG by vl-convert, in this process, without a network."""

import json
import re
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from types import ModuleType

from markupsafe import escape

from db.pictures.picture import Spec

_VERSION = "6.4"
FINISH = 2
"""Raised where `_finished` changes, for drawn pictures are kept."""
_OPENING = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="([^"]+)"')
# Within a picture that is one image and has a title, marks are no pictures of their own, and have no names.
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_LONG = re.compile(r"-?\d+\.\d{2,}")


class UndrawnError(Exception):
    """The picture cannot be drawn here."""


def can_draw() -> bool:
    """Tell whether the library that draws is installed: the extra `pictures` brings it."""
    return find_spec("vl_convert") is not None


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    try:
        import vl_convert
    except ImportError as error:
        raise UndrawnError("vl-convert-python is not installed; pip install 'damoxing[pictures]'") from error
    return vl_convert


def svg_of(spec: Spec, name: str, title: str, description: str) -> str:
    """Return a specification drawn, with a title and a description for those who do not see it.

    `name` makes its ids its own, for several stand on one page. Raise UndrawnError without the library.
    """
    library = _library()
    drawn = library.vegalite_to_svg(json.dumps(spec), vl_version=_VERSION, allowed_base_urls=[])
    return _finished(drawn, name, title, description)


def _finished(drawn: str, name: str, title: str, description: str) -> str:
    opening = _OPENING.search(drawn)
    view = _VIEW.search(opening[0]) if opening else None
    if opening is None or view is None:
        raise UndrawnError(f"what was drawn is no SVG: {drawn[:60]!r}")
    width, height = view[1].split()[2:]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view[1]}" width="{width}" height="{height}" role="img"'
        f' aria-labelledby="{name}-title {name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(description)}</desc>'
    )
    body = _in_tags(_ROLES, "", drawn[opening.end() :])
    for own in set(re.findall(r'\bid="([^"]+)"', body)):
        body = body.replace(f'id="{own}"', f'id="{name}-{own}"').replace(f"url(#{own})", f"url(#{name}-{own})")
    return head + _in_tags(_LONG, _tenth, body)


def _in_tags(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str], body: str) -> str:
    """Replace within tags alone: a text keeps its figures."""
    parts = re.split(r"(<[^>]*>)", body)
    return "".join(pattern.sub(new, part) if part.startswith("<") else part for part in parts)


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def png_of(svg: str) -> bytes:
    """Return a drawn SVG as a PNG of twice its size, for print. Raise UndrawnError without the library."""
    return bytes(_library().svg_to_png(svg, scale=2))
