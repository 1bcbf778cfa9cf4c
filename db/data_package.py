"""datapackage.json: the tables of an export as a Frictionless data package, every column described."""

from collections.abc import Sequence
from typing import Any

from db.data_file import DataFile
from db.edition import ABSTRACT_EN, AUTHOR, KEYWORDS, LICENCE, LICENCE_NAME, LICENCE_URL, TITLE_EN, Edition
from db.sheet import Field, Sheet

NAME = "damoxing"


def data_package(edition: Edition, files: Sequence[DataFile]) -> dict[str, Any]:
    """Return the data package of the files that hold a table each; a reference leads only where its table is among them."""
    there = {file.sheet.name for file in files if file.sheet}
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": edition.content_hash,
        "title": TITLE_EN,
        "description": ABSTRACT_EN,
        "version": edition.version,
        "licenses": [{"name": LICENCE, "title": LICENCE_NAME, "path": LICENCE_URL}],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "keywords": list(KEYWORDS),
        "sources": [_source(source) for source in edition.sources],
    }
    if edition.released_on:
        package["created"] = f"{edition.released_on}T00:00:00Z"
    package["resources"] = [_resource(file, file.sheet, there) for file in files if file.sheet]
    return package


def _source(source: dict[str, Any]) -> dict[str, str]:
    found = {
        "title": source["title"],
        "path": source["url"] or (f"https://doi.org/{source['doi']}" if source["doi"] else None),
    }
    return {name: text for name, text in found.items() if text}


def _resource(file: DataFile, sheet: Sheet, there: set[str]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name.replace("_", "-"),
        "title": sheet.title,
        "description": sheet.description,
        "path": file.name,
        "format": file.form,
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "rows": file.rows,
        "schema": table_schema(sheet, there),
    }


def table_schema(sheet: Sheet, there: set[str]) -> dict[str, Any]:
    """Return the Table Schema of a sheet."""
    schema: dict[str, Any] = {
        "fields": [_field(field) for field in sheet.fields],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
    keys = [
        _foreign_key(sheet, field, *field.reference)
        for field in sheet.fields
        if field.reference and field.reference[0] in there
    ]
    return schema | ({"foreignKeys": keys} if keys else {})


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": field.name,
        "type": field.kind,
        "title": field.title,
        "description": field.column.description,
    }
    if field.column.unit:
        found["unit"] = field.column.unit
    if field.required:
        found["constraints"] = {"required": True}
    return found


def _foreign_key(sheet: Sheet, field: Field, table: str, column: str) -> dict[str, Any]:
    resource = "" if table == sheet.name else table.replace("_", "-")
    return {"fields": [field.name], "reference": {"resource": resource, "fields": [column]}}
