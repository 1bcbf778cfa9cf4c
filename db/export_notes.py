"""What an export tells people beside its tables: README.txt, CITATION.cff, SHA256SUMS."""

import json
from collections.abc import Sequence

from db.data_file import DataFile
from db.edition import (
    ABSTRACT_EN,
    ABSTRACT_ZH,
    AUTHOR,
    KEYWORDS,
    LICENCE,
    LICENCE_NAME,
    LICENCE_URL,
    TITLE_EN,
    TITLE_ZH,
    Edition,
)


def citation_file(edition: Edition) -> str:
    """Return CITATION.cff (Citation File Format 1.2.0)."""
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted('If you use these facts, cite the release, and the id and source of each statement.')}",
        "type: dataset",
        f"title: {_quoted(TITLE_EN)}",
        f"abstract: {_quoted(f'{ABSTRACT_EN} {ABSTRACT_ZH}')}",
        "authors:",
        f"  - name: {_quoted(AUTHOR)}",
        f"version: {_quoted(edition.version)}",
    ]
    if edition.released_on:
        lines.append(f"date-released: {_quoted(edition.released_on)}")
    lines += [f"license: {LICENCE}", "keywords:", *(f"  - {_quoted(word)}" for word in KEYWORDS)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a YAML one.
    return json.dumps(text, ensure_ascii=False)


def check_sums(files: Sequence[DataFile]) -> str:
    """Return SHA256SUMS, as `sha256sum --check` reads it."""
    return "".join(f"{file.sha256}  {file.name}\n" for file in sorted(files, key=lambda file: file.name))


def read_me(edition: Edition, files: Sequence[DataFile], excel: bool) -> str:
    """Return README.txt: what the files are, how to read them, the licence and how to cite."""
    parts = [
        f"{TITLE_ZH}\n{TITLE_EN}",
        f"{ABSTRACT_ZH}\n{ABSTRACT_EN}",
        _state(edition),
        "文件 Files\n" + "\n".join(_line(file) for file in files),
        _READING + (_EXCEL if excel else ""),
        f"许可 Licence\n  {LICENCE_NAME} (CC BY 4.0), {LICENCE_URL}\n"
        "  各来源保留自己的权利。 The sources keep their own rights; the files hold no sentence of theirs, only facts,\n"
        "  offsets, hashes and quotes of at most 20 characters.",
        f"引用 How to cite\n  {edition.citation}\n"
        "  引用单条陈述时，请注明陈述编号与其来源。 For one figure, add the id of its statement and name its source.",
        "来源 Sources\n" + "\n".join(_source(source) for source in edition.sources),
    ]
    return "\n\n".join(parts) + "\n"


_READING = """怎样读 How to read them
  每个文件一张表，按 id 排序，UTF-8 编码；空单元格表示没有来源这样说。各列的含义见 datapackage.json 与表 columns。
  One table a file, in the order of id, in UTF-8. An empty cell means that no source of the base says it. What a column
  means stands in datapackage.json and in the table columns. Lists are JSON, yes and no are true and false.
  核对 Check: sha256sum --check SHA256SUMS"""
_EXCEL = """
  CSV 文件带字节顺序标记，Excel 可直接打开；以 = + - @ 开头的文字前加了撇号。
  The CSV files begin with a byte-order mark for Excel; texts that begin with = + - or @ have an apostrophe before them."""


def _state(edition: Edition) -> str:
    released = f" ({edition.released_on})" if edition.released_on else ""
    as_of = f"\n  截至 As of: {edition.as_of}" if edition.as_of else ""
    return (
        f"版本 Edition\n  版本 Release: {edition.version}{released}\n  内容哈希 Content: {edition.content_hash}{as_of}\n"
        f"  {edition.statements} 条陈述 statements, {edition.entities} 个实体 entities, {len(edition.sources)} 个来源 sources"
    )


def _line(file: DataFile) -> str:
    rows = "" if file.rows is None else f", {file.rows} 行 rows"
    return f"  {file.name}{rows}\n      {file.zh} {file.en}"


def _source(source: dict[str, object]) -> str:
    told = [source["title"], source["publisher"], source["published"]]
    terms = source["license"] or "自有权利，未注明 its own; not stated"
    words = f"{source['id']}: {', '.join(str(word) for word in told if word)} ({terms})"
    return f"  {' '.join(words.split())}"
