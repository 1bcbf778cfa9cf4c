"""The base as of a date: only what sources published by then say."""

import re

# A source dated 2024 was certainly out on 2024-12-31, and perhaps not before.
_LAST_DAY = "published || case length(published) when 4 then '-12-31' when 7 then '-31' else '' end"
SOURCES_BY = f"(select id from sources where published >= '0' and published < ':' and {_LAST_DAY} <= ?)"
"""Condition's right side: ids of sources published by a date, the one parameter."""

_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def last_day(date: str) -> str:
    """Return the date, or the last day of its month or year where it names no day.

    Raise ValueError where it is no ISO date.
    """
    if not _DATE.fullmatch(date):
        raise ValueError(f"{date!r} is no date; write it as 2024, 2024-03 or 2024-03-31")
    return date + {4: "-12-31", 7: "-31"}.get(len(date), "")
