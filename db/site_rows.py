"""Cells of a list in the page's language, their names read beforehand in one query a table."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from datasette.app import Datasette
from markupsafe import Markup, escape

from db.reasons import doubt_message, doubt_word
from db.shown import described
from db.site_address import evidence_url, row_url
from db.site_cells import ENTITY_LISTS, NAMES_OF, REFERENCES
from db.site_context import Site
from db.site_figures import Figure, doubt_words, listed_figure, shown, wide_figure
from db.site_figures import number as plain_number
from db.site_language import language, say
from db.site_names import names, parts, reason, status, translated, word
from db.site_titles import FACTS, JOINED, LISTS, NAMED
from db.values import own_words
from schema.wide import Fact, base_of

Raw = Mapping[str, Any]
_WORDS = {
    *(
        "rank",
        "assertion",
        "comparator",
        "named_in",
        "kind",
        "subject_kind",
        "severity",
        "date_basis",
        "published_basis",
    ),
    *("value_status", "status", "role", "reason", "language", "type", "value_type", "change"),
}
_TIERS = {
    1: ("1 一手", "1 primary"),
    2: ("2 接近一手", "2 near the fact"),
    3: ("3 转述", "3 reported"),
    4: ("4 传闻", "4 hearsay"),
}
_NAMES_LISTED = {"authors", "units", "kinds", "object_kinds", "subject_kinds"}
_LISTS = {"issues", "statement_ids", *_NAMES_LISTED}
_WORDED = {"boolean", "term", "entity", "date"}
# A cell names this many, and tells how many there are: a company has a hundred models.
_MOST_NAMES = 4
NOTHING = Markup("")
_ZH_COMMA, _EN_COMMA = Markup("、"), Markup(", ")


class Cells:
    """Cells of one page of a table's rows."""

    def __init__(self, datasette: Datasette, site: Site, table: str, types: Mapping[str, str]) -> None:
        self._datasette, self._site, self.table, self._types = datasette, site, table, types
        self._names: dict[str, dict[str, str]] = {}
        self._labels: dict[str, str] = {}

    async def read_names(self, rows: Sequence[Raw], columns: Iterable[str]) -> None:
        """Read what the ids in these columns are called."""
        wanted: dict[str, list[str]] = {"units": [], "entities": []}
        labels = []
        for column in columns:
            values = [row[column] for row in rows if row.get(column) not in (None, "")]
            fact = FACTS.get((self.table, column))
            if column == "themes" or (fact is not None and fact.value_type in {"entity", "term"}):
                labels += values
            elif target := self._target(column):
                wanted.setdefault(target, []).extend(str(value) for value in values)
            elif column in NAMES_OF:
                wanted["entities"] += [row[NAMES_OF[column]] for row in rows if row.get(NAMES_OF[column])]
            elif column in ENTITY_LISTS:
                wanted["entities"] += [party[1] for value in values for party in _parties(value)]
        units = [name for name in (rows[0] if rows else ()) if name in {"unit", "per"} or name.endswith("_unit")]
        wanted["units"] += [row[name] for row in rows for name in units if row[name]]
        for table, identifiers in wanted.items():
            self._names[table] = await names(self._datasette, self._site, table, identifiers)
        self._labels = await translated(self._datasette, self._site, labels)

    def _target(self, column: str) -> str | None:
        return REFERENCES.get((self.table, column))

    def cell(self, row: Raw, column: str) -> Markup:
        """Return a cell, empty where there is nothing to show."""
        if (self.table, column) in JOINED:
            parts_of = JOINED[self.table, column][1]
            held = [self._fact(row, f"{part}_text", FACTS[self.table, part]) for part in parts_of]
            # Of bytes, tokens and items the same statement may say nothing.
            return Markup("<br>").join(dict.fromkeys(part for part in held if part))
        fact = FACTS.get((self.table, column.removesuffix("_text"))) or FACTS.get((self.table, column))
        if fact is not None:
            return self._fact(row, column, fact)
        special = _SPECIAL.get(column)
        if special is not None:
            return special(self, row)
        value = row[column]
        if value in (None, ""):
            return described(row, "zh") if column == "description_zh" and language() == "zh" else NOTHING
        if column == "id" and self.table in (*LISTS, "statements"):
            return self.evidence(str(value))
        return self._value(column, value)

    def _value(self, column: str, value: Any) -> Markup:
        if column in ENTITY_LISTS or column in _LISTS:
            return self._list(column, str(value))
        target = "statements" if column.endswith("statement_id") else self._target(column)
        if target:
            return self.evidence(str(value)) if target == "statements" else self.link(target, str(value))
        if self._types.get(column) == "BOOLEAN":
            return escape(say("是", "yes") if value else say("否", "no"))
        if column == "message":
            return escape(doubt_message(str(value), language()))
        if column == "check_id":
            return escape(doubt_word(str(value), language()))
        if column == "rank_reason":
            return escape(reason(str(value)))
        if column in _WORDS or column == "level":
            return escape(word(str(value)))
        if isinstance(value, float):
            return Markup('<span class="number">{}</span>').format(plain_number(value))
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(value, value.split("://", 1)[1][:60])
        return escape(f"{value:,}" if column.endswith("_count") and isinstance(value, int) else value)

    def _fact(self, row: Raw, column: str, fact: Fact) -> Markup:
        if fact.value_type == "quantity":
            figure = wide_figure(row, fact.column, self._names.get("units", {}))
            return NOTHING if figure is None else shown(figure, self.evidence_url(figure.statement_id))
        value = row[fact.column]
        if value in (None, ""):
            return escape(status(row.get(f"{fact.column}_text") or ""))
        statement = row.get(f"{fact.column}_statement_id")
        if fact.value_type in {"boolean", "date"}:
            text = say("是", "yes") if value == 1 else say("否", "no") if value == 0 else str(value)
            figure = Figure(text, statement_id=statement, doubt=row.get(f"{fact.column}_issue"))
            return shown(figure, self.evidence_url(statement))
        return self._listed_names(row, fact, str(value))

    def _listed_names(self, row: Raw, fact: Fact, text: str) -> Markup:
        if fact.value_type not in {"entity", "term"}:
            return escape(text)
        labels = [self._labels.get(part, part) for part in parts(text)]
        shown_text = say("、", ", ").join(labels[:_MOST_NAMES])
        if len(labels) > _MOST_NAMES:
            rest = len(labels) - _MOST_NAMES
            shown_text += say(f" 等 {len(labels)} 个", f" and {rest} more")
        if fact.value_type == "entity" and len(labels) == 1 and row.get(f"{fact.column}_id"):
            return self._anchor("entities", row[f"{fact.column}_id"], shown_text)
        return escape(shown_text)

    def _list(self, column: str, text: str) -> Markup:
        try:
            items = json.loads(text)
        except ValueError:
            return escape(text)
        if column == "issues":
            return Markup('<span class="issue">⚠ {}</span>').format(doubt_words(items))
        if column == "statement_ids":
            return Markup(", ").join(self.evidence(str(item)) for item in items)
        if column in _NAMES_LISTED:
            items = [word(str(item)) for item in items]
            return escape(say("、", ", ").join(str(item) for item in items))
        return say(_ZH_COMMA, _EN_COMMA).join(
            Markup("{} {}").format(word(role), self.link("entities", party)) if role else self.link("entities", party)
            for role, party in _parties(text)
        )

    def name(self, row: Raw) -> Markup:
        """Return a named row's link to its page."""
        shown_name = (row.get("name_en") if language() == "en" else None) or row.get("label") or row.get("id") or ""
        return self._anchor(base_of(self.table), str(row["id"]), str(shown_name))

    def title(self, row: Raw) -> Markup:
        """Return a source's title as the link to its page."""
        text = (row.get("title_en") if language() == "en" else None) or row["title"]
        return self._anchor("sources", str(row["id"]), str(text))

    def entity_of(self, row: Raw, column: str) -> Markup:
        """Return the link to an entity that the row names."""
        identifier = row.get(NAMES_OF[column])
        return self.link("entities", identifier) if identifier else escape(row.get(column) or "")

    def printed(self, row: Raw) -> Markup:
        """Return a statement's value: a figure with its number, else what it says."""
        figure = None if row.get("value_type") == "text" else listed_figure(row, self._names.get("units", {}))
        meaning = self._other_value(row) if figure is None or row.get("value_type") in _WORDED else ""
        doubts = row.get("issues") if row.get("issues") not in (None, "", "[]") else None
        if figure is None and not meaning:
            return NOTHING
        figure = (figure or Figure(meaning, statement_id=row.get("id")))._replace(meaning=meaning)
        if doubts:
            figure = figure._replace(doubt=doubt_words(json.loads(doubts)))
        statement = row.get("statement_id") or figure.statement_id
        return shown(figure, self.evidence_url(str(statement) if statement is not None else None))

    def _other_value(self, row: Raw) -> str:
        if row.get("term"):
            return self.named("terms", row["term"])
        if row.get("object_id"):
            return self.named("entities", row["object_id"])
        if row.get("boolean") is not None:
            return say("是", "yes") if row["boolean"] else say("否", "no")
        if "text" in row and (row["text"] or row.get("text_en")):
            return own_words({"text": None, "text_en": None, "printed": None, **row}, language())
        status = row.get("value_status")
        return str(
            row.get("date")
            or (word(status) if status and status != "reported" else "")
            or say("见证据", "see the evidence")
        )

    def time(self, row: Raw) -> Markup:
        """Return the day or the period a figure holds for."""
        if row.get("as_of"):
            return escape(row["as_of"])
        ends = [row.get("period_start"), row.get("period_end")]
        return escape(" – ".join(dict.fromkeys(str(end or "…") for end in ends)) if any(ends) else "")

    def own(self, row: Raw, column: str) -> Markup:
        """Return our own words in the page's language, in the other where this one has none."""
        return escape((row.get(f"{column}_en") if language() == "en" else None) or row.get(column) or "")

    def themes(self, row: Raw) -> Markup:
        """Return the themes of a policy."""
        text = row.get("themes")
        return escape(say("、", ", ").join(self._labels.get(part, part) for part in parts(text))) if text else NOTHING

    def tier(self, row: Raw) -> Markup:
        """Return how near a source is to the fact."""
        pair = _TIERS.get(row["tier"])
        return escape(say(*pair) if pair else row["tier"])

    def link(self, table: str, identifier: str) -> Markup:
        """Return a link to a row, by its name."""
        return self._anchor(table, identifier, self.named(table, identifier))

    def named(self, table: str, identifier: str) -> str:
        """Return what a row is called."""
        return self._names.get(table, {}).get(identifier, identifier)

    def titled(self, identifier: str, text: str, table: str = "sources") -> Markup:
        """Return a link to a row, by a name that is at hand."""
        return self._anchor(table, identifier, text)

    def _anchor(self, table: str, identifier: str, text: str) -> Markup:
        url = row_url(self._datasette, table, identifier)
        return Markup(f'<a href="{escape(url)}">{escape(text)}</a>')  # noqa: S704 - its parts are escaped

    def evidence_url(self, statement_id: str | None) -> str | None:
        """Return the address of a statement's evidence."""
        return evidence_url(self._datasette, statement_id) if statement_id else None

    def evidence(self, statement_id: str) -> Markup:
        """Return a link to a statement's evidence: by what the statement tells of whom, else by its id."""
        told = self.named("statements", statement_id)
        return Markup('<a class="evidence" href="{}">{}</a>').format(self.evidence_url(statement_id), told)


def _parties(text: str) -> list[tuple[str, str]]:
    """Return role and entity id of each party that a JSON list names."""
    try:
        items = json.loads(text)
    except ValueError:
        return []
    return [
        (str(item.get("role") or ""), str(item.get("entity_id"))) if isinstance(item, dict) else ("", str(item))
        for item in (items if isinstance(items, list) else [])
    ]


def _labelled(cells: Cells, row: Raw) -> Markup:
    return cells.name(row) if cells.table in NAMED else escape(row["label"] or "")


_SPECIAL: dict[str, Callable[[Cells, Raw], Markup]] = {
    "label": _labelled,
    "title": Cells.title,
    "printed": Cells.printed,
    "as_of": Cells.time,
    "tier": Cells.tier,
    "themes": Cells.themes,
    "subject": lambda cells, row: cells.entity_of(row, "subject"),
    "object": lambda cells, row: cells.entity_of(row, "object"),
    "place": lambda cells, row: cells.entity_of(row, "place"),
    **{name: (lambda cells, row, name=name: cells.own(row, name)) for name in ("measures", "features")},  # type: ignore[misc]
}
