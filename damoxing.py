"""The Python API of damoxing: open a base, look things up, read a figure, a date or an article.

>>> import damoxing
>>> quantity = damoxing.read_quantity("7B-65B", units=["parameter"])
>>> (quantity.low, quantity.high, quantity.unit, quantity.comparator)
(7000000000.0, 65000000000.0, 'parameter', 'sizes')
>>> damoxing.read_date("8 月 31 日", document_date="2023-10").date
'2023-08-31'
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.errors import AmbiguousError, BaseError, NotFoundError, RequestError
from db.look_up import find_entity, find_source, find_statement, rows
from db.opening import open_base
from db.search import search
from schema.bounds import Quantity, QuantityError
from schema.dates import DateError, DateValue
from schema.dates import parse_date as read_date

if TYPE_CHECKING:
    from schema.quantity import QuantityGrammar

__all__ = [
    "AmbiguousError",
    "BaseError",
    "DateError",
    "DateValue",
    "NotFoundError",
    "Quantity",
    "QuantityError",
    "RequestError",
    "build",
    "find_entity",
    "find_source",
    "find_statement",
    "open_base",
    "read_article",
    "read_date",
    "read_quantity",
    "rows",
    "search",
    "verify",
]


@lru_cache(maxsize=1)
def _grammar() -> "QuantityGrammar":
    from etl.seeds import default_seeds
    from schema.quantity import QuantityGrammar
    from schema.units import load_units

    return QuantityGrammar(load_units(default_seeds() / "units.yaml"))


def read_quantity(printed: str, *, units: Sequence[str] = ()) -> Quantity:
    """Read one quantity as printed; raise QuantityError where it is none, or of none of these units."""
    return _grammar().parse(printed, units=units)


def build(seeds: Path | Sequence[Path] | None, db: Path | str, **options: Any) -> Any:
    """Build the base of one or several seeds folders (None: the package's own) into a file, or at an address."""
    from etl.build_postgres import build_at

    return build_at(seeds, db, **options)


def verify(seeds: Path | Sequence[Path] | None, articles: Path) -> Any:
    """Re-read every span of the seeds in a folder of articles; see etl.verify.verify."""
    from etl.verify import verify as verify_seeds

    return verify_seeds(seeds, articles)


def read_article(path: Path, *, date: str | None = None, seeds: Path | None = None) -> Iterator[dict[str, Any]]:
    """Yield the statements that an article makes, as `damoxing extract` prints them.

    A date that the caller knows stands for the article's own. What could do harm (all but short plain texts) is opened
    by a process of its own, within limits: call it under `if __name__ == "__main__"`. Raise DocumentError where the
    article cannot be read, ValueError where the date is no ISO date.
    """
    from etl.extract import one_document
    from etl.reader.read import load_lexicon
    from etl.reader.read import rows as proposals

    return proposals(one_document(path, date), load_lexicon(seeds))
