"""Make the outlines of China's provinces from those of Apache ECharts: `python -m tests.make_provinces china.json`.

The file is map/json/china.json of echarts 4.9.0 on npm (Apache-2.0), the last version that has it. The outlines are
laid in the plane and rounded to a grid, so that neighbours keep their border in common.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from db.pictures.plane import projected
from db.pictures.provinces import CELL, PROVINCES

TARGET = Path(__file__).resolve().parent.parent / "db" / "pictures" / "shapes" / "provinces.json"
SOURCE = "Apache ECharts 4.9.0, map/json/china.json, copyright 2017-2020 The Apache Software Foundation; projected and simplified"
Ring = list[tuple[int, int]]


def decoded(ring: str, offset: tuple[int, int]) -> Iterator[tuple[float, float]]:
    """Yield longitude and latitude of each point of a ring: steps in 1/1024 degree, zigzag, from character 64 on."""
    place = list(offset)
    for number, char in enumerate(ring[: len(ring) // 2 * 2]):
        step = ord(char) - 64
        place[number % 2] += (step >> 1) ^ -(step & 1)
        if number % 2:
            yield place[0] / 1024, place[1] / 1024


def gridded(ring: str, offset: tuple[int, int]) -> Ring:
    """Return a ring on the grid, without points that fall together."""
    found: Ring = []
    for place in decoded(ring, offset):
        x, y = (round(value / CELL) for value in projected(*place))
        if not found or found[-1] != (x, y):
            found.append((x, y))
    return found


def rings(geometry: dict[str, Any]) -> list[Ring]:
    """Return the rings of a province, without islands of less than four points where it has others; none has holes."""
    many = geometry["type"] == "MultiPolygon"
    parts = geometry["coordinates"] if many else [geometry["coordinates"]]
    offsets = geometry["encodeOffsets"] if many else [geometry["encodeOffsets"]]
    found = [
        gridded(ring, at) for part, ats in zip(parts, offsets, strict=True) for ring, at in zip(part, ats, strict=True)
    ]
    return [ring for ring in found if len(set(ring)) > 3] or [max(found, key=len)]


def main() -> None:
    """Write the outlines of all province-level units by their codes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    features = json.loads(parser.parse_args().source.read_text(encoding="utf-8"))["features"]
    found = {feature["id"]: rings(feature["geometry"]) for feature in features}
    missing = {province.adcode for province in PROVINCES} ^ set(found)
    if missing:
        parser.error(f"the units are not those of GB/T 2260: {', '.join(sorted(missing))}")
    made = {"source": SOURCE, "licence": "Apache-2.0", "outlines": dict(sorted(found.items()))}
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
