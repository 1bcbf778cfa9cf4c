"""Units of quantities: their names, their printed forms, and how to find one by either."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PLURALS = {"person": "people", "ratio": "times", "hertz": "hertz"}


class UnitError(ValueError):
    """A unit is unknown or wrongly described."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One printed form of a unit; `factor` is how many base units one of it is."""

    text: str
    factor: float = 1.0
    context: str = ""

    @property
    def language(self) -> str:
        """Return zh where the form has a Chinese character, else en."""
        return "zh" if any("\u3400" <= char <= "\u9fff" for char in self.text) else "en"


@dataclass(frozen=True, slots=True)
class Unit:
    """What a quantity counts or measures."""

    id: str
    label_zh: str
    label_en: str
    dimension: str
    aliases: tuple[Alias, ...] = ()

    def label(self, language: str) -> str:
        """Return the label in zh or en."""
        return self.label_zh if language == "zh" else self.label_en


@dataclass(frozen=True, slots=True)
class Form:
    """A printed form as the grammar looks it up: a unit's alias, or a classifier that leaves the noun open."""

    text: str
    unit: str
    factor: float
    dimension: str
    classifier: bool = False
    context: str = ""

    @property
    def is_symbol(self) -> bool:
        """Tell a Latin symbol (TB, W, Gb/s, EFLOPS), which is read exactly as printed."""
        text = self.text
        return text.isascii() and (len(text) < 4 or "/" in text or sum(map(str.isupper, text)) > 1)


def plural_words(unit_id: str) -> str:
    """Return the English words that print a unit id: image_text_pair is image text pairs, USD stays."""
    if unit_id in _PLURALS or unit_id.upper() == unit_id or "/" in unit_id:
        return _PLURALS.get(unit_id, unit_id)
    head, *rest = re.split(r"_(?=per_|of_|in_|celsius$)", unit_id, maxsplit=1)
    if head.endswith(("s", "ch")):
        head += "es"
    elif head.endswith("y"):
        head = head[:-1] + "ies"
    else:
        head += "s"
    return "_".join([head, *rest]).replace("_", " ")


class Units:
    """The registry of units, by id and by printed form."""

    def __init__(
        self,
        units: Iterable[Unit],
        classifiers: Mapping[str, Iterable[str]] | None = None,
        not_before: Mapping[str, str] | None = None,
    ) -> None:
        self._by_id: dict[str, Unit] = {}
        for unit in units:
            if unit.id in self._by_id:
                raise UnitError(f"unit {unit.id!r} is described twice; keep one")
            self._by_id[unit.id] = unit
        self.classifiers = {unit: tuple(words) for unit, words in (classifiers or {}).items()}
        self.not_before = {word: frozenset(after) for word, after in (not_before or {}).items()}
        self._forms: dict[str, Form] = {}
        self._index()

    def add(self, units: Iterable[Unit]) -> None:
        """Add the units that are not here yet; a printed form that already names a unit stays with it."""
        for unit in units:
            if unit.id not in self._by_id:
                self._by_id[unit.id] = unit
                for form in self._forms_of(unit):
                    self._forms.setdefault(self._key(form), form)

    @staticmethod
    def _key(form: Form) -> str:
        return form.text if form.is_symbol else form.text.lower()

    def _index(self) -> None:
        for form in self._all_forms():
            key = self._key(form)
            other = self._forms.setdefault(key, form)
            if other.unit != form.unit and not form.classifier:
                raise UnitError(f"{form.text!r} names both {other.unit!r} and {form.unit!r}; leave it with one")

    def _all_forms(self) -> Iterator[Form]:
        for unit in self._by_id.values():
            yield from self._forms_of(unit)
        for unit_id, words in self.classifiers.items():
            for word in words:
                yield Form(word, unit_id, 1.0, self.get(unit_id).dimension, classifier=True)

    @staticmethod
    def _forms_of(unit: Unit) -> Iterator[Form]:
        if unit.dimension == "basis":  # million_tokens: in running text, million is the scale of the figure
            yield Form(unit.id, unit.id, 1.0, unit.dimension)
            return
        for text in dict.fromkeys((unit.id, unit.id.replace("_", " "), plural_words(unit.id), unit.label_en)):
            yield Form(text, unit.id, 1.0, unit.dimension)
        for alias in unit.aliases:
            yield Form(alias.text, unit.id, alias.factor, unit.dimension, context=alias.context)

    def __iter__(self) -> Iterator[Unit]:
        return iter(self._by_id.values())

    def __contains__(self, unit_id: object) -> bool:
        return unit_id in self._by_id

    def get(self, unit_id: str) -> Unit:
        """Return the unit of this id."""
        try:
            return self._by_id[unit_id]
        except KeyError:
            raise UnitError(f"unit {unit_id!r} is unknown; describe it in seeds/units.yaml") from None

    def forms(self) -> list[Form]:
        """Return every printed form, longest first."""
        return sorted(self._forms.values(), key=lambda form: (-len(form.text), form.text))

    def by_alias(self, printed: str) -> Form:
        """Return the form printed so, in any case but for short Latin symbols."""
        form = self._forms.get(printed) or self._forms.get(printed.lower())
        if form is None:
            raise UnitError(f"no unit is printed {printed!r}; add the form to its aliases in seeds/units.yaml")
        return form

    def canonical(self, printed: str) -> str:
        """Return the unit id for an id, a plural, or an English or Chinese alias."""
        if printed in self._by_id:
            return printed
        return self.by_alias(printed.strip().replace("_", " ") if "_" in printed else printed.strip()).unit


def load_units(source: str | Path) -> Units:
    """Read units from a YAML file, or from YAML text."""
    import yaml  # look-up commands import this module and seldom read the file

    is_text = isinstance(source, str) and "\n" in source
    text = str(source) if is_text else Path(source).read_text(encoding="utf-8")
    data = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    if not isinstance(data, dict) or not isinstance(data.get("units"), list):
        raise UnitError("a unit file is a mapping with a list `units`; see seeds/units.yaml")
    return Units((_unit(row) for row in data["units"]), data.get("classifiers"), data.get("not_before"))


def _unit(row: Mapping[str, Any]) -> Unit:
    unknown = set(row) - {"id", "label_zh", "label_en", "dimension", "aliases"}
    if unknown:
        raise UnitError(f"unit {row.get('id')!r} has unknown keys {sorted(unknown)!r}; take them out")
    try:
        aliases = tuple(_alias(alias) for alias in row.get("aliases", ()))
        return Unit(row["id"], row["label_zh"], row["label_en"], row["dimension"], aliases)
    except KeyError as missing:
        raise UnitError(f"unit {row.get('id')!r} lacks {missing.args[0]!r}; add it") from None


def _alias(alias: str | Mapping[str, str]) -> Alias:
    if isinstance(alias, str):
        return Alias(alias)
    return Alias(alias["text"], float(alias.get("factor", 1.0)), alias.get("context", ""))
