"""Figures as a reader compares them: the printed form, the number it stands for, the unit, the doubt, the evidence."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from db.reasons import doubt_message, doubt_word
from db.site_language import language, say
from db.site_names import status

_SIGNS = {"gt": ">", "ge": "≥", "lt": "<", "le": "≤", "approx": "≈", "order_of_magnitude": "~"}
_PLAIN = re.compile(r"[-+]?[\d,.]+(?:e[-+]?\d+)?", re.IGNORECASE)
# Numbers of this size are read by their power of ten.
_SCIENTIFIC = 1e7


class Figure(NamedTuple):
    """A value as a cell shows it."""

    printed: str
    low: float | None = None
    high: float | None = None
    unit: str = ""
    unit_label: str = ""
    comparator: str | None = None
    statement_id: str | None = None
    doubt: str | None = None
    meaning: str = ""
    per: bool = False


def number(value: float) -> str:
    """Return a number short and comparable: 1e14, 1.75e11, 19,900, 0.6."""
    if value and (abs(value) >= _SCIENTIFIC or abs(value) < 1e-4):
        digits, _, power = f"{value:.6e}".partition("e")
        return f"{digits.rstrip('0').rstrip('.')}e{int(power)}"
    whole = float(value).is_integer()
    return f"{int(value):,}" if whole else f"{value:,.6g}"


def bounds(low: float | None, high: float | None, comparator: str | None = None) -> str:
    """Return a quantity's bounds in figures: 1e14, >1e11, 3.5e9–4.5e9, ~1e10–1e11."""
    sign = _SIGNS.get(comparator or "", "")
    if low is not None and high is not None:
        if low == high:
            return f"{sign}{number(low)}"
        return f"{sign if comparator == 'order_of_magnitude' else ''}{number(low)}–{number(high)}"
    end = low if low is not None else high
    if end is None:
        return ""
    if sign:
        return f"{sign}{number(end)}"
    # The wide tables keep no comparator: whether the bound itself is meant is not known here.
    return (
        say(f"{number(end)} 起", f"from {number(end)}")
        if low is not None
        else say(f"至 {number(end)}", f"to {number(end)}")
    )


def normal(figure: Figure) -> str:
    """Return the number a printed figure stands for, with its unit; empty where that would only say it again."""
    if figure.meaning:
        return "" if figure.meaning == figure.printed else figure.meaning
    text = bounds(figure.low, figure.high, figure.comparator)
    unit = "" if figure.unit == "fraction" else figure.unit_label
    bare = _PLAIN.fullmatch(figure.printed.strip()) is not None
    if not text or figure.printed.strip() == text:
        return unit if text and bare else ""
    if not bare and _says(figure.printed, text):
        return ""
    return f"{text} {unit}".strip()


def _says(printed: str, text: str) -> bool:
    """Tell whether the printed form already holds the number: 500 家 says 500."""
    found = re.search(r"[\d,.]+", printed)
    rest = printed[found.end() :] if found else ""
    return (
        found is not None
        and found[0].strip(",.") == text
        and not rest.lstrip(" 多余几").startswith(tuple("万亿千百KMBTkmbt%"))
    )


def shown(figure: Figure, evidence_url: str | None) -> Markup:
    """Return a figure's cell: what is printed leads to its evidence."""
    # Hundreds on a page: each part is escaped by itself, which costs a fraction of Markup.format.
    printed = str(escape(figure.printed))
    if evidence_url:
        title = say("看证据", "See the evidence")
        printed = f'<a class="evidence" href="{escape(evidence_url)}" title="{title}">{printed}</a>'
    # 0.5元 says the number, not what it is per.
    told = normal(figure) or (figure.unit_label if figure.per else "")
    if told:
        printed += f' <span class="normal">· {escape(told)}</span>'
    if figure.doubt:
        printed += f" {doubt(figure.doubt)}"
    return Markup(f'<span class="figure">{printed}</span>')  # noqa: S704 - its parts are escaped


def doubt(message: str) -> Markup:
    """Return the mark of a doubted value; what is doubtful is read out, and shown on hover."""
    message = doubt_message(message, language())
    return Markup('<abbr class="issue" title="{}" tabindex="0">⚠<span class="hidden">{}{}</span></abbr>').format(
        message, say("存疑：", "doubted: "), message
    )


def doubt_words(check_ids: Iterable[str]) -> str:
    """Return what checks doubt, in a few words of the page's language."""
    return say("；", "; ").join(doubt_word(str(one), language()) for one in check_ids)


def wide_figure(row: Mapping[str, Any], column: str, units: Mapping[str, str]) -> Figure | None:
    """Return the figure of a wide table's column, or None where the entity has none."""
    printed = row[f"{column}_text"]
    low, high, unit = (row.get(f"{column}_{part}") for part in ("low", "high", "unit"))
    if printed in (None, "") and low is None and high is None:
        return None
    return Figure(
        status(str(printed or bounds(low, high))),
        low,
        high,
        unit or "",
        units.get(unit or "", unit or ""),
        statement_id=row.get(f"{column}_statement_id"),
        doubt=row.get(f"{column}_issue"),
    )


def listed_figure(row: Mapping[str, Any], units: Mapping[str, str]) -> Figure | None:
    """Return the figure of a statement's row, or None where it has none."""
    printed, low, high, unit = (row.get(name) for name in ("printed", "low", "high", "unit"))
    if printed in (None, "") and low is None and high is None:
        return None
    comparator, per = row.get("comparator"), row.get("per")
    label = units.get(unit or "", unit or "")
    # Units are labelled in the plural, and a rate counts per one.
    rate = f" / {say(units.get(per, per), per.replace('_', ' '))}" if per else ""
    return Figure(
        str(printed or bounds(low, high, comparator)),
        low,
        high,
        unit or "",
        f"{label}{rate}".strip(),
        comparator,
        row.get("id"),
        per=bool(per),
    )
