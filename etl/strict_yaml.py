"""YAML as seeds use it: quoted strings, no duplicate keys, no anchors, every line known."""

import json
import math
import re
from collections.abc import Mapping as AbstractMapping
from typing import Any

import yaml

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None}
_STRING, _MAPPING, _SEQUENCE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"
_LONGEST_NUMBER = 400


class YamlError(ValueError):
    """The YAML is not of the strict form."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        self.message = message
        super().__init__(f"line {line}: {message}")


_DEEPEST = 50
_TOO_DEEP = "the data is nested too deep; seeds are a few levels deep"


class Located(dict[str, Any]):
    """A mapping that knows the lines of its keys."""

    __slots__ = ("line", "lines")
    line: int
    lines: dict[str, int]


def load(text: str) -> Any:
    """Read one strict YAML document; lines count from 1.

    Raise YamlError for duplicate keys, anchors, tags, and plain scalars that are neither numbers nor true, false, null:
    YAML would read `no`, `0123` and `2023-08-31` as something else than they look like.
    """
    try:
        if "&" in text or "*" in text:
            _refuse_anchors(text)
        node = yaml.compose(text, Loader=Loader)
        return _value(node) if node is not None else None
    except RecursionError:
        raise YamlError(1, _TOO_DEEP) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise YamlError(mark.line + 1 if mark else 1, f"not YAML: {getattr(error, 'problem', error)}") from error


def rows(text: str, head: str, form: re.Pattern[str]) -> list[tuple[str | None, ...]] | None:
    """Return the groups of each row, where comments, a head and rows of one form are all there is; else None: use `load`.

    The formatter writes long lists of small rows in one form, and that form is read in a tenth of the time.
    """
    lead, _, body = text.partition(head)
    if not body or any(line and not line.startswith("#") for line in lead.splitlines()):
        return None
    found, at = [], 0
    for match in form.finditer(body):
        if match.start() != at:
            return None
        found.append(match.groups())
        at = match.end()
    return found if at == len(body) else None


def _refuse_anchors(text: str) -> None:
    """Refuse anchors and aliases before anything is put together: aliases of aliases grow without bound."""
    events: Any = yaml.parse(text, Loader=Loader)
    for event in events:
        if getattr(event, "anchor", None) is not None:
            mark = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise YamlError(event.start_mark.line + 1, f"{mark}{event.anchor} repeats another part; write it out")


def _value(node: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        raise YamlError(node.start_mark.line + 1, _TOO_DEEP)
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if node.tag not in {_MAPPING, _SEQUENCE}:
        raise YamlError(node.start_mark.line + 1, f"tag {node.tag!r} is not allowed; remove it")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, depth + 1) for item in node.value]
    return _mapping(node, depth)


def _mapping(node: Any, depth: int) -> Located:
    found = Located()
    found.line = node.start_mark.line + 1
    found.lines = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if not isinstance(key_node, yaml.ScalarNode) or key == "<<":
            raise YamlError(line, f"key {key!r} is no plain word")
        if key in found:
            raise YamlError(line, f"key {key!r} stands twice (first in line {found.lines[key]}); keep one")
        found[key] = _value(value_node, depth + 1)
        found.lines[key] = line
    return found


def _scalar(node: Any) -> Any:
    line = node.start_mark.line + 1
    text = node.value
    if node.style:  # the C loader says '' of a plain scalar, the Python one None
        if node.tag != _STRING:
            raise YamlError(line, f"tag {node.tag!r} is not allowed; write a quoted string")
        return text
    if text in _WORDS:
        return _WORDS[text]
    match = _NUMBER.fullmatch(text)
    if match and len(text) <= _LONGEST_NUMBER:
        number = float(text) if match[2] or match[3] else int(text)
        if math.isfinite(number):
            return number
    raise YamlError(line, f"{text!r} is not quoted; write {json.dumps(text, ensure_ascii=False)}")


def dump(data: Any) -> str:
    """Print a mapping or list as strict YAML: strings quoted, keys in the given order, the innermost mappings on one line."""
    node = _node(data)
    node.flow_style = False
    text: str = yaml.serialize(node, Dumper=Dumper, allow_unicode=True, width=2**31 - 1)
    return text


def _node(data: Any) -> Any:
    if isinstance(data, AbstractMapping):
        pairs = [(yaml.ScalarNode(_STRING, key), _node(value)) for key, value in data.items()]
        flow = not any(isinstance(value, list | dict) for value in data.values())
        return yaml.MappingNode(_MAPPING, pairs, flow_style=flow)
    if isinstance(data, list):
        flow = not any(isinstance(value, list | dict) for value in data)
        return yaml.SequenceNode(_SEQUENCE, [_node(value) for value in data], flow_style=flow)
    return _scalar_node(data)


def _scalar_node(value: Any) -> Any:
    if value is None:
        return yaml.ScalarNode("tag:yaml.org,2002:null", "null")
    if isinstance(value, bool):
        return yaml.ScalarNode("tag:yaml.org,2002:bool", str(value).lower())
    if isinstance(value, int):
        return yaml.ScalarNode("tag:yaml.org,2002:int", str(value))
    if isinstance(value, float):
        return _float_node(value)
    return yaml.ScalarNode(_STRING, str(value), style='"')


def _float_node(value: float) -> Any:
    if value.is_integer() and abs(value) < 2**63:
        return yaml.ScalarNode("tag:yaml.org,2002:int", str(int(value)))
    printed = repr(value)
    if "e" in printed and "." not in printed:
        # YAML 1.1 reads 1e+30 as a string: a float needs its point.
        printed = printed.replace("e", ".0e")
    return yaml.ScalarNode("tag:yaml.org,2002:float", printed)
