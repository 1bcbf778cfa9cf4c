"""The model cards of models.dev, TOML in a folder, read into rows."""

import hashlib
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.importing import cells
from etl.importing.notes import NotesReader
from etl.importing.rows import Claim, Family, ImportingError, Row, Snapshot, Thing
from schema.quantity import QuantityGrammar

FAMILY = Family(
    name="models-dev",
    version=1,
    title="Models.dev",
    publisher="models.dev",
    url="https://models.dev",
    license="MIT",
    attribution="models.dev, github.com/anomalyco/models.dev, MIT License",
    language="en",
)
# Keys that become statements, by their place in a card; a benchmark's score stands for the whole benchmark.
PROPERTIES = {
    "release_date": "released",
    "open_weights": "open_weights",
    "limit.context": "context_length",
    "modalities.input": "input_modality",
    "modalities.output": "output_modality",
    "reasoning": "capability",
    "tool_call": "capability",
    "license": "licence",
    "family": "version_of",
    "benchmarks.score": "score",
    "cost.input": "price",
    "cost.output": "price",
    "cost.reasoning": "price",
    "cost.cache_read": "price",
    "cost.cache_write": "price",
    "cost.input_audio": "price",
    "cost.output_audio": "price",
    "(folder)": "developer",
}
# Former names of keys.
_FORMER = {"cost.inputCached": "cost.cache_read", "cost.outputCached": "cost.cache_write"}
_FORMER |= {"input_modalities": "modalities.input", "output_modalities": "modalities.output"}
_NEEDED = ("name",)
_MODALITIES = frozenset({"text", "image", "audio", "video"})
_CAPABILITIES = {"reasoning": "reasoning", "tool_call": "tool_use"}
_OPEN_END = re.compile(r"[\w.+-]")
# What tells benchmarks of one name apart, and stands in the scope of the score.
_CONDITIONS = ("variant", "version", "dataset", "harness", "metric")


@dataclass(frozen=True, slots=True)
class _Card:
    """One TOML file: its key, the provider that offers it where it is an offer, and its keys and values."""

    path: Path
    key: str
    lab: str
    provider: str | None
    data: Mapping[str, Any]
    flat: Mapping[str, Any]


def read(path: Path, grammar: QuantityGrammar, notes: NotesReader) -> Snapshot:
    """Read a folder of model cards: a whole checkout, its models folder or its providers folder.

    Raise ImportingError where a file is no TOML or a card has no name.
    """
    files = _files(path)
    if not files:
        raise ImportingError(f"{path}: no model cards (models/<lab>/<model>.toml or providers/…); give the checkout")
    snapshot = Snapshot(FAMILY, path.resolve().name, digest_of(files), None, None, [])
    providers = {
        file.parent.name: _parsed(file, snapshot) for key, file in files.items() if file.name == "provider.toml"
    }
    cards = [_card(key, file, _parsed(file, snapshot)) for key, file in files.items() if file.name != "provider.toml"]
    names = {card.key: card.data["name"] for card in cards if "name" in card.data}
    reading = _Reading(names, {name: str(data.get("name", name)) for name, data in providers.items()}, Counter())
    snapshot.rows = [reading.row(card) for card in cards]
    snapshot.published = max((d for card in cards for d in _days(card)), default=None)
    snapshot.published_basis = "printed" if snapshot.published else None
    present = dict.fromkeys(key for card in cards for key in card.flat)
    snapshot.columns_read = {key: key for key in present if key in PROPERTIES or key in ("name", "base_model")}
    snapshot.columns_ignored = [key for key in present if key not in snapshot.columns_read]
    if reading.missed:
        shown = ", ".join(f"{word!r}{f' ×{n}' if n > 1 else ''}" for word, n in reading.missed.most_common(8))
        snapshot.told.append(f"{path}: {reading.missed.total()} values become no statement: {shown}")
    return snapshot


def _files(path: Path) -> dict[str, Path]:
    """Return the cards of a folder by their key, sorted: models as lab/model, offers as providers/provider/model."""
    if not path.is_dir():
        raise ImportingError(f"{path}: not a folder; give the checkout of models.dev, or its models folder")
    found: dict[str, Path] = {}
    for file in sorted(path.rglob("*.toml")):
        parts = file.relative_to(path).with_suffix("").parts
        if any(part.startswith(".") for part in parts) or not file.is_file():
            continue
        whole = (path.resolve().name, *parts) if path.name in ("models", "providers") else parts
        key = _key(whole)
        if key is not None:
            found[key] = file
    return found


def _key(parts: tuple[str, ...]) -> str | None:
    if "providers" in parts:
        parts = parts[parts.index("providers") :]
        return "/".join(part for place, part in enumerate(parts) if not (place == 2 and part == "models"))
    if "models" in parts:
        parts = parts[parts.index("models") + 1 :]
    return "/".join(parts) if len(parts) >= 2 else None


def digest_of(files: Mapping[str, Path]) -> str:
    """Return one hash of a folder's cards: of their keys and bytes."""
    digest = hashlib.sha256()
    for key in sorted(files):
        digest.update(f"{key}\x1f{hashlib.sha256(files[key].read_bytes()).hexdigest()}\x1e".encode())
    return digest.hexdigest()


def folder_digest(path: Path) -> str | None:
    """Return the hash of a folder's cards; None where it has none."""
    files = _files(path)
    return digest_of(files) if files else None


def _parsed(file: Path, snapshot: Snapshot) -> Mapping[str, Any]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
        lines = text.splitlines()
        if lines and not text.endswith(("\n", "\r")) and _OPEN_END.fullmatch(text[-1]):
            snapshot.told.append(
                f"{file}:{len(lines)}: {lines[-1]!r} has no line end and may be cut off; it was left out"
            )
            text = "\n".join(lines[:-1])
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise ImportingError(f"{file}: byte {error.start} is not UTF-8; is the file cut off?") from None
    except tomllib.TOMLDecodeError as error:
        raise ImportingError(f"{file}: no TOML ({error}); is the file cut off? Check it out again") from None


def _card(key: str, file: Path, data: Mapping[str, Any]) -> _Card:
    offered = key.startswith("providers/")
    if not (_base(data) if offered else None):
        for name in _NEEDED:
            if not isinstance(data.get(name), str) or not data[name].strip():
                found = ", ".join(data) or "nothing"
                raise ImportingError(f"{file}: no key {name!r}, which the import needs; the card has {found}")
    parts = key.split("/")
    return _Card(file, key, "" if offered else parts[0], parts[1] if offered else None, data, dict(_flat(data)))


def _base(data: Mapping[str, Any]) -> str | None:
    """Return the card that an offer is of: base_model, or the older [extends] from."""
    extends = data.get("extends")
    base = data.get("base_model") or (extends.get("from") if isinstance(extends, dict) else extends)
    return base if isinstance(base, str) else None


def _flat(data: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in data.items():
        key = _FORMER.get(above + name, above + name)
        if isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield (f"{key}.score" if key == "benchmarks" else key), value
        else:
            yield key, value


def _days(card: _Card) -> Iterator[str]:
    for name in ("last_updated", "release_date"):
        day = cells.date(str(card.data.get(name, "")))
        if day:
            yield day


@dataclass(slots=True)
class _Reading:
    """What all cards are read with: names of models by key, of providers by folder, and what became no statement."""

    names: Mapping[str, str]
    providers: Mapping[str, str]
    missed: Counter[str]

    def row(self, card: _Card) -> Row:
        """Read one card."""
        base = _base(card.data)
        name = cells.one_line(str(card.data.get("name") or self.names.get(base or "") or base or card.key))
        thing = Thing(name, key=card.key, aliases=() if base else (card.key.rpartition("/")[2],))
        if base and card.provider:
            # An offer of a model that has its own card is said of that model.
            thing = Thing(cells.one_line(self.names.get(base, base)), key=base)
        row = Row(card.key, thing, "name" if "name" in card.data else "base_model", 1)
        row.claims = [claim for key, value in card.flat.items() for claim in self._claims(card, key, value)]
        if card.lab:
            lab = Thing(self.providers.get(card.lab, card.lab), "organization", "org", card.lab, (card.lab,))
            row.claims.append(Claim("developer", "(folder)", "(folder)", card.lab, {}, other=lab))
        return row

    def _claims(self, card: _Card, key: str, value: Any) -> Iterator[Claim]:
        if key.startswith("cost."):
            yield from self._price(card, key, value)
        elif card.provider and _base(card.data):
            return  # limits and flags of an offer are the provider's, not the model's
        elif key == "release_date":
            day = cells.date(str(value))
            if day:
                yield Claim("released", key, key, str(value), {"date": day, "date_basis": "printed"})
        elif key == "open_weights" and isinstance(value, bool):
            yield Claim("open_weights", key, key, _printed(value), {"boolean": value})
        elif key == "limit.context" and _is_number(value) and value > 0:
            yield Claim("context_length", key, key, _printed(value), _exactly(float(value), "token"))
        elif key in ("modalities.input", "modalities.output"):
            yield from self._modalities(key, value)
        elif key in _CAPABILITIES and value is True:
            yield Claim("capability", key, key, "true", {"term": _CAPABILITIES[key]})
        elif key == "license" and isinstance(value, str) and value.strip():
            yield Claim("licence", key, key, value, {"text": value.strip(), "text_en": value.strip()})
        elif key == "family" and isinstance(value, str) and value.strip():
            yield Claim(
                "version_of",
                key,
                key,
                value,
                {},
                other=Thing(value.strip(), group="family", extra=(("type", "family"),)),
            )
        elif key == "benchmarks.score":
            yield from self._scores(value)

    def _modalities(self, key: str, value: Any) -> Iterator[Claim]:
        for word in value if isinstance(value, list) else []:
            if word in _MODALITIES:
                yield Claim(PROPERTIES[key], key, key, word, {"term": word}, member=word)
            else:
                self.missed[str(word)] += 1

    def _price(self, card: _Card, key: str, value: Any) -> Iterator[Claim]:
        if key not in PROPERTIES or not _is_number(value):
            return
        kind = f"{key.removeprefix('cost.').replace('_', ' ')} tokens"
        scope = f"{kind}, offered as {card.key.removeprefix('providers/')}" if card.provider else kind
        said = _exactly(float(value), "USD") | {"per": "million_tokens", "scope_note": scope}
        yield Claim("price", key, key, _printed(value), said)

    def _scores(self, value: list[Mapping[str, Any]]) -> Iterator[Claim]:
        counted: Counter[str] = Counter()
        for item in value:
            if not _is_number(item.get("score")) or not item.get("name"):
                self.missed["a benchmark without name or score"] += 1
                continue
            conditions = [f"{name} {item[name]}" for name in _CONDITIONS if item.get(name)]
            scope = "; ".join([str(item["name"]), *conditions])
            counted[scope] += 1
            member = scope if counted[scope] == 1 else f"{scope}; entry {counted[scope]}"
            said = _exactly(float(item["score"]), None) | {"scope_note": cells.shortened(member)}
            said["value_status"] = "unit_not_stated"
            day = cells.date(str(item.get("date", "")))
            if day:
                said["as_of"] = day
            if item.get("source"):
                said["note"] = cells.shortened(f"source {item['source']}")
            yield Claim("score", "benchmarks.score", "benchmarks.score", _printed(item["score"]), said, member=member)


def _exactly(value: float, unit: str | None) -> dict[str, Any]:
    return {"low": value, "high": value, "comparator": "eq", "unit": unit}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) != float("inf")


def _printed(value: Any) -> str:
    """Return a value as TOML writes it, without the underscores that part thousands."""
    return str(value).lower() if isinstance(value, bool) else str(value)
