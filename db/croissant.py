"""An export told to machines: Croissant for those who train, schema.org's Dataset for those who search."""

from collections.abc import Callable, Sequence
from typing import Any

from db.data_file import DataFile
from db.edition import ABSTRACT_EN, ABSTRACT_ZH, AUTHOR, KEYWORDS, LICENCE_URL, TITLE_EN, TITLE_ZH, Edition
from db.sheet import Field, Sheet

CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
_TYPES = {"number": "sc:Float", "integer": "sc:Integer", "boolean": "sc:Boolean"}
# The context that the Croissant specification 1.0 asks to be copied as it stands.
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def croissant(edition: Edition, files: Sequence[DataFile]) -> dict[str, Any]:
    """Return the Croissant description of an export; its files are named relative to it."""
    read = _read_from(files)
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        **_told(edition),
        "citeAs": edition.citation,
        "distribution": [_file_object(file) for file in files],
        "recordSet": [_record_set(file, file.sheet) for file in read if file.sheet],
    }


def schema_org(
    edition: Edition, files: Sequence[DataFile], url_of: Callable[[str], str], url: str | None = None
) -> dict[str, Any]:
    """Return schema.org's Dataset, as search engines read it on a page; `url_of` gives a file's address."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_told(edition),
        **({"url": url} if url else {}),
        "alternateName": [TITLE_ZH, "damoxing"],
        "isAccessibleForFree": True,
        "identifier": f"sha256:{edition.content_hash}",
        "isBasedOn": [_work(source) for source in edition.sources],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": file.name,
                "description": file.en,
                "encodingFormat": file.media_type,
                "contentSize": f"{file.size} B",
                "contentUrl": url_of(file.name),
                "sha256": file.sha256,
            }
            for file in files
        ],
    }


def _told(edition: Edition) -> dict[str, Any]:
    told = {
        "name": "damoxing",
        "description": f"{TITLE_EN}. {ABSTRACT_EN} {ABSTRACT_ZH}",
        "license": LICENCE_URL,
        "version": edition.version,
        "creator": {"@type": "Organization", "name": AUTHOR},
        "keywords": list(KEYWORDS),
        "inLanguage": ["zh", "en"],
    }
    return told | ({"datePublished": edition.released_on} if edition.released_on else {})


def _work(source: dict[str, Any]) -> dict[str, Any]:
    found = {
        "@type": "CreativeWork",
        "name": source["title"],
        "publisher": source["publisher"],
        "datePublished": source["published"],
        "url": source["url"] or (f"https://doi.org/{source['doi']}" if source["doi"] else None),
        "license": source["license"],
    }
    return {name: value for name, value in found.items() if value}


def _read_from(files: Sequence[DataFile]) -> list[DataFile]:
    """Choose one file a table to read it from, of those that Croissant's reader takes as they are typed here."""
    chosen: dict[str, DataFile] = {}
    for file in files:
        if file.sheet and file.form in {"csv", "parquet"}:
            chosen.setdefault(file.sheet.name, file)
    return list(chosen.values())


def _file_object(file: DataFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.en,
        "contentUrl": file.name,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/jsonlines" if file.form == "jsonl" else _encoding(file),
        "sha256": file.sha256,
    }


def _encoding(file: DataFile) -> str:
    return "application/x-parquet" if file.form == "parquet" else file.media_type


def _record_set(file: DataFile, sheet: Sheet) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": sheet.name,
        "name": sheet.name,
        "description": f"{sheet.title}: {sheet.description}",
        "key": {"@id": f"{sheet.name}/id"},
        "field": [_croissant_field(file, sheet, field) for field in sheet.fields],
    }


def _croissant_field(file: DataFile, sheet: Sheet, field: Field) -> dict[str, Any]:
    unit = f" Unit: {field.column.unit}." if field.column.unit else ""
    # No `references`: those of a fact base run in circles, which mlcroissant refuses; datapackage.json has them.
    return {
        "@type": "cr:Field",
        "@id": f"{sheet.name}/{field.name}",
        "name": field.name,
        "description": f"{field.title}: {field.column.description}.{unit}",
        "dataType": _TYPES.get(field.kind, "sc:Text"),
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": field.name}},
    }
