"""Pictures kept: in memory while a site runs, and beside the base by its content hash."""

import asyncio
import json
import logging
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette

from db.pictures.drawing import FINISH, UndrawnError, png_of, svg_of
from db.pictures.look import whole
from db.pictures.picture import Data, Picture, Size
from db.site_metadata import DATABASE

_LOG = logging.getLogger(__name__)
_HASH = re.compile(r"[0-9a-f]{12}")


@dataclass(slots=True)
class Kept:
    """What is known of one base: its data and what was drawn of them."""

    content: str
    folder: Path | None
    data: dict[tuple[str, str], Data] = field(default_factory=dict)
    drawn: dict[tuple[str, str, str], bytes | None] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)


_kept: WeakKeyDictionary[Any, Kept] = WeakKeyDictionary()


async def kept(datasette: Datasette) -> Kept:
    """Return what is kept of the base that is served now."""
    database = datasette.get_database(DATABASE)
    content = await database.execute_fn(_content)
    found = _kept.get(datasette)
    if found is None or found.content != content:
        path = Path(str(database.path)) if database.path else None
        found = Kept(content, _folder(path, content))
        _kept[datasette] = found
    return found


def _content(connection: sqlite3.Connection) -> str:
    row = connection.execute("select content from base_info where id = 'content_hash'").fetchone()
    return str(row[0])[:12] if row else ""


def _folder(base: Path | None, content: str) -> Path | None:
    """Return the folder of a base's pictures; none where the base has no hash to name it by."""
    if base is None or not _HASH.fullmatch(content):
        return None
    return base.with_name(f"{base.name}.pictures") / content


async def data_of(datasette: Datasette, picture: Picture, language: str) -> Data:
    """Return what a picture draws in a language."""
    cache = await kept(datasette)
    key = (picture.name, language)
    if key not in cache.data:
        database = datasette.get_database(DATABASE)
        cache.data[key] = await database.execute_fn(lambda connection: picture.read(connection, language))
    return cache.data[key]


async def svg(datasette: Datasette, picture: Picture, data: Data, size: Size) -> str | None:
    """Return a picture drawn at a size, or None where there is nothing to draw, or nothing to draw it with."""
    cache = await kept(datasette)
    drawn = None if data.empty else await asyncio.to_thread(_drawn, cache, picture, data, size)
    return drawn.decode() if drawn is not None else None


async def png(datasette: Datasette, picture: Picture, data: Data, size: Size) -> bytes | None:
    """Return a picture as PNG, or None as `svg` does."""
    cache = await kept(datasette)
    markup = await svg(datasette, picture, data, size)
    return None if markup is None else await asyncio.to_thread(_png, cache, picture, data, size, markup)


def _drawn(cache: Kept, picture: Picture, data: Data, size: Size) -> bytes | None:
    key = (picture.name, data.language, f"{size.name}.svg")
    # One thread draws, and the others find what it drew.
    with cache.lock:
        if key not in cache.drawn:
            cache.drawn[key] = _attempt(lambda: _svg(cache.folder, picture, data, size))
        return cache.drawn[key]


def _png(cache: Kept, picture: Picture, data: Data, size: Size, markup: str) -> bytes | None:
    key = (picture.name, data.language, f"{size.name}.png")
    with cache.lock:
        if key not in cache.drawn:
            cache.drawn[key] = _attempt(lambda: png_of(markup))
        return cache.drawn[key]


def _attempt(make: Callable[[], bytes]) -> bytes | None:
    """Return a picture, or None where it cannot be drawn: its page then shows the table alone."""
    try:
        return make()
    except (UndrawnError, ValueError) as error:
        _LOG.warning("a picture is not drawn: %s", error)
        return None


def _svg(folder: Path | None, picture: Picture, data: Data, size: Size) -> bytes:
    """Return a picture from its file beside the base, made where it is not there."""
    spec, title, name = (
        whole(picture.draw(data, size), size),
        picture.title(data.language),
        f"{picture.name}-{size.name}",
    )
    # The seal tells a file of another version of this code.
    seal = sha256(json.dumps([FINISH, spec, title, data.caption]).encode()).hexdigest()[:16]
    path = None if folder is None else folder / f"{name}-{data.language}-{seal}.svg"
    if path is not None and path.is_file():
        return path.read_bytes()
    made = svg_of(spec, name, title, data.caption).encode()
    if path is not None:
        try:
            _write(path, made)
        except OSError as error:
            _LOG.info("pictures are kept in memory alone: %s", error)
    return made


def _write(path: Path, content: bytes) -> None:
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True)
        _forget_older(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    # Another user's server reads them too, as it reads the base.
    Path(name).chmod(0o644)
    Path(name).replace(path)


def _forget_older(folder: Path) -> None:
    """Remove the pictures of what the base held before."""
    for other in folder.parent.iterdir():
        if other != folder and _HASH.fullmatch(other.name) and other.is_dir():
            shutil.rmtree(other, ignore_errors=True)
