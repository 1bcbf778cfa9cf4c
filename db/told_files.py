"""The files of a kept export as people are told of them: the whole first, then the tables."""

import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from db.data_file import DataFile
from db.kept_export import Kept
from db.sheet import sheet, sheet_names
from db.site_titles import GROUPS, TITLES

_WHOLE = {
    "damoxing.db": ("整个数据库，SQLite", "The whole base, SQLite"),
    "damoxing-csv.zip": ("全部表的 CSV，压缩包", "Every table as CSV, zipped"),
    "README.txt": ("说明、许可与引用", "What is what, licence, citation"),
    "SHA256SUMS": ("各文件的 SHA-256", "SHA-256 of every file"),
    "CITATION.cff": ("引用信息", "How to cite"),
    "datapackage.json": (
        "各表各列的说明，Frictionless 数据包",
        "Tables and columns described, Frictionless data package",
    ),
    "croissant.json": ("Croissant 说明，供机器学习工具读取", "Croissant, for machine learning tools"),
    "dataset.jsonld": ("schema.org 数据集说明", "Dataset of schema.org"),
}
_FORMS = {"csv": "CSV", "parquet": "Parquet"}


def told_files(kept: Kept) -> list[DataFile]:
    """List the files: first those of the whole, then each table's, in the reading order of the home page."""
    counts = _counts(kept.folder)
    found = [
        DataFile(name, zh, en, kept.size(name), kept.sums[name])
        for name, (zh, en) in _WHOLE.items()
        if name in kept.sums
    ]
    order = [name for _, names in GROUPS for name in names]
    for table in (*order, *(name for name in sheet_names() if name not in order)):
        for form in _FORMS:
            name = f"{table}.{form}"
            if name in kept.sums:
                zh, en = f"{TITLES[table].zh}，{_FORMS[form]}", f"{TITLES[table].en}, {_FORMS[form]}"
                size, digest = kept.size(name), kept.sums[name]
                found.append(DataFile(name, zh, en, size, digest, sheet(table), counts.get(table)))
    return found


def by_table(files: Iterable[DataFile]) -> dict[str, list[DataFile]]:
    """Return the files of each table, in the order of the files."""
    found: dict[str, list[DataFile]] = {}
    for file in files:
        if file.sheet:
            found.setdefault(file.sheet.name, []).append(file)
    return found


@lru_cache(maxsize=4)
def _counts(folder: Path) -> dict[str, int]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {one["path"].rpartition(".")[0]: one["rows"] for one in package["resources"]}
