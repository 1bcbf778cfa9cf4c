"""An export: a base as a folder of files that need nothing of damoxing to be read."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db.croissant import croissant, schema_org
from db.data_file import DataFile, data_file
from db.data_package import data_package
from db.edition import Edition, edition_of
from db.errors import RequestError
from db.export_notes import check_sums, citation_file, read_me
from db.folder_swap import swapped_in
from db.opening import open_base
from db.postgres_copy import file_of
from db.sheet import Sheet, sheet, sheet_names
from db.sheet_files import FORMATS, WRITERS, arrow, workbooks

SUMS = "SHA256SUMS"
BASE = "damoxing.db"
# The earliest time that a zip can tell.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_SAYS = {
    "csv": ("CSV，UTF-8", "CSV, UTF-8"),
    "excel": ("CSV，可用 Excel 直接打开", "CSV that Excel opens"),
    "json": ("JSON 数组", "JSON array"),
    "jsonl": ("JSON Lines，每行一个对象", "JSON Lines, one object a line"),
    "parquet": ("Parquet", "Parquet"),
    "xlsx": ("Excel 工作簿", "Excel workbook"),
}


@dataclass(frozen=True, slots=True)
class Export:
    """What an export made."""

    folder: Path
    files: list[DataFile]


def export(
    base: Path | str, folder: Path, tables: Sequence[str] = (), formats: Sequence[str] = ("csv",), excel: bool = False
) -> Export:
    """Write a base as files: all of it, with its SQLite file, or the tables named; the same base gives the same bytes.

    With `excel`, CSVs are such as Excel opens, and each table is a workbook too. Raise RequestError where a table or
    format is not known, BaseError where the base cannot be read, ExportError where the folder holds anything but an
    earlier export, MissingLibraryError where a format needs what is not installed.
    """
    sheets = [sheet(name) for name in _known(tables)]
    if unknown := [form for form in formats if form not in FORMATS]:
        raise RequestError(f"{unknown[0]!r} is no format of an export; choose one of {', '.join(FORMATS)}")
    if "parquet" in formats:
        arrow()
    if excel:
        workbooks()
    with file_of(base) as file:
        return _export(file, folder, sheets, not tables, formats, excel)


def _export(
    base: Path, folder: Path, sheets: Sequence[Sheet], whole: bool, formats: Sequence[str], excel: bool
) -> Export:
    open_base(base).close()
    with swapped_in(folder, _why_it_stays) as part:
        source = base
        if whole:
            # Read from the copy: a build may swap in another base meanwhile.
            source = part / BASE
            shutil.copyfile(base, source)
        with closing(open_base(source)) as connection:
            connection.execute("begin")
            files = list(_write(connection, part, sheets, list(dict.fromkeys(formats)), excel))
            edition = edition_of(connection)
        if whole:
            files.append(data_file(source, "整个数据库，SQLite", "The whole base, SQLite"))
        files = _describe(part, edition, files, excel)
    return Export(folder, files)


def _known(tables: Sequence[str]) -> list[str]:
    names = sheet_names()
    if unknown := [name for name in tables if name not in names]:
        raise RequestError(f"no table {unknown[0]!r}; choose from {', '.join(names)}")
    return sorted(set(tables)) or names


def _why_it_stays(folder: Path) -> str | None:
    """Tell why a folder must not be replaced: it holds something that no export wrote."""
    if not folder.is_dir():
        return f"{folder} is a file; name a folder"
    names = {path.name for path in folder.iterdir()}
    listed = {SUMS}
    if SUMS in names:
        lines = (folder / SUMS).read_text(encoding="utf-8", errors="replace").splitlines()
        listed |= {line.partition("  ")[2] for line in lines}
    if strangers := sorted(names - listed):
        return f"{folder} holds {strangers[0]!r}, which no export wrote; name a new folder or an earlier export"
    return None


def _write(
    connection: sqlite3.Connection, part: Path, sheets: Sequence[Sheet], formats: Sequence[str], excel: bool
) -> Iterator[DataFile]:
    for form in formats:
        how = "excel" if excel and form == "csv" else form
        written = [_written(connection, part, one, form, how) for one in sheets]
        yield from written
        if form != "parquet":
            yield _archive(part, form, edition_of(connection), written, excel)
    if excel:
        yield from (_written(connection, part, one, "xlsx", "xlsx") for one in sheets)


def _written(connection: sqlite3.Connection, part: Path, one: Sheet, form: str, how: str) -> DataFile:
    path = part / f"{one.name}.{form}"
    WRITERS[how](path, one, one.rows(connection))
    zh, en = _SAYS[how]
    chinese, _, english = one.title.partition(" · ")
    return data_file(path, f"{chinese}，{zh}", f"{english}, {en}", one, one.count(connection))


def _archive(part: Path, form: str, edition: Edition, written: Sequence[DataFile], excel: bool) -> DataFile:
    """Write the zip of a format's files: a data package of its own, with licence and how to cite."""
    path = part / f"damoxing-{form}.zip"
    notes = {
        "README.txt": read_me(edition, written, excel and form == "csv"),
        "CITATION.cff": citation_file(edition),
        "datapackage.json": _json(data_package(edition, written)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, text in notes.items():
            archive.writestr(_entry(name), text, zipfile.ZIP_DEFLATED)
        for file in written:
            with (
                (part / file.name).open("rb") as source,
                archive.open(_entry(file.name), "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(source, target, 1 << 20)
    return data_file(path, f"全部表的 {form.upper()}，压缩包", f"Every table as {form.upper()}, zipped")


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _ZIP_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def _describe(part: Path, edition: Edition, files: list[DataFile], excel: bool) -> list[DataFile]:
    """Write what tells of the files, and the sums of all."""
    first: dict[str, DataFile] = {}
    for file in files:
        if file.sheet and file.form != "xlsx":
            first.setdefault(file.sheet.name, file)
    notes = {
        "datapackage.json": (
            _json(data_package(edition, list(first.values()))),
            "各表各列的说明，Frictionless 数据包",
            "Tables and columns described, Frictionless data package",
        ),
        "croissant.json": (
            _json(croissant(edition, files)),
            "Croissant 说明，供机器学习工具读取",
            "Croissant, for machine learning tools",
        ),
        "dataset.jsonld": (
            _json(schema_org(edition, files, lambda name: name)),
            "schema.org 数据集说明",
            "Dataset of schema.org",
        ),
        "CITATION.cff": (citation_file(edition), "引用信息", "How to cite"),
    }
    described = [*files, *(_noted(part, name, *note) for name, note in notes.items())]
    described.append(
        _noted(
            part,
            "README.txt",
            read_me(edition, described, excel),
            "说明、许可与引用",
            "What is what, licence, citation",
        )
    )
    (part / SUMS).write_text(check_sums(described), encoding="utf-8", newline="")
    return described


def _noted(part: Path, name: str, text: str, zh: str, en: str) -> DataFile:
    path = part / name
    path.write_text(text, encoding="utf-8", newline="")
    return data_file(path, zh, en)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
