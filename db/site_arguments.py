"""Arguments of a request that Datasette reads without asking whether they can be read."""

import json
from collections.abc import Callable
from urllib.parse import parse_qsl

from db.site_metadata import DATABASE


def unreadable(path: str, query: str) -> str | None:
    """Return the argument whose value cannot be read, or that is wanting; None where all is well."""
    pairs = parse_qsl(query, keep_blank_values=True)
    shaped = path == f"/{DATABASE}.json" and any(name == "_shape" for name, _ in pairs)
    # Without a query there are no rows to shape.
    if (shaped or path == f"/{DATABASE}.csv") and not any(name == "sql" and value.strip() for name, value in pairs):
        return "sql"
    return next((name for name, value in pairs if (check := _check(name)) is not None and not check(value)), None)


def _check(name: str) -> Callable[[str], bool] | None:
    if name.endswith(("__in", "__notin")):
        return lambda value: not value.startswith("[") or _is_json(value, list)
    return _CHECKS.get(name) or (_is_facet if name.startswith("_facet_") else None)


def _is_json(value: str, kind: type) -> bool:
    try:
        return isinstance(json.loads(value), kind)
    except (ValueError, RecursionError):
        return False


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit()


def _is_through(value: str) -> bool:
    return _is_json(value, dict) and {"table", "column", "value"} <= set(json.loads(value))


def _is_facet(value: str) -> bool:
    return not value.startswith("{") or _is_json(value, dict)


_CHECKS: dict[str, Callable[[str], bool]] = {
    "_timelimit": _is_number,
    "_through": _is_through,
    "_facet": _is_facet,
    "_facet_size": lambda value: value == "max" or _is_number(value),
}
