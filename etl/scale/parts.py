"""Parts: a run of documents that is read and written as one, under a key of what is in it and how it is read."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from etl.scale.item import Item

# A part ends at so many bytes, however few its documents.
_BYTES = 16_000_000
_KEY = 16


@dataclass(frozen=True, slots=True)
class Part:
    """The documents of one part; the same documents read in the same way have the same name."""

    number: int
    key: str
    items: tuple[Item, ...]

    @property
    def name(self) -> str:
        """Return its name, which sorts as the documents do."""
        return part_name(self.number, self.key)


def part_name(number: int, key: str) -> str:
    """Return the name of a part's file, without its suffix."""
    return f"part-{number:06d}-{key}"


def cut(items: Iterable[Item], size: int, way: str) -> Iterator[Part]:
    """Cut documents into parts of at most `size`; `way` tells how they are read."""
    number = held = 0
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        held += len(item.data)
        if len(batch) >= size or held >= _BYTES:
            yield Part(number, _key(batch, way), tuple(batch))
            number, held, batch = number + 1, 0, []
    if batch:
        yield Part(number, _key(batch, way), tuple(batch))


def _key(batch: list[Item], way: str) -> str:
    digest = hashlib.sha256(way.encode())
    for item in batch:
        said = (item.name, item.called, item.date or "", item.error or "", hashlib.sha256(item.data).hexdigest())
        digest.update(("\0".join(said) + "\n").encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:_KEY]
