"""Weights of features, as fitted and kept in seeds."""

import json
import re

from etl.strict_yaml import load, rows

_HEAD = "weights:\n"
_WEIGHT = re.compile(r'- \{feature: ("(?:[^"\\]|\\.)*"), weight: (-?\d+(?:\.\d+)?(?:e-?\d+)?)\}\n')


def read_weights(text: str) -> dict[str, float]:
    """Read the weights of features from the text of a file."""
    found = rows(text[text.find(_HEAD) :], _HEAD, _WEIGHT)
    if found is not None:
        return {json.loads(feature or ""): float(weight or 0) for feature, weight in found}
    return {row["feature"]: float(row["weight"]) for row in load(text)["weights"]}


def read_settings(text: str) -> dict[str, float]:
    """Read the settings that stand before the weights: a bias, a threshold."""
    return {key: float(value) for key, value in load(text[: text.find(_HEAD)]).items()}
