"""The README table of awesome-LLMs-In-China, read into rows."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from etl.importing import cells
from etl.importing import chinese_words as words
from etl.importing.columns import Column, Found, find_columns
from etl.importing.markdown import MarkdownTable, links, markdown_tables, unlinked
from etl.importing.notes import NotesReader
from etl.importing.row_keys import unique_keys
from etl.importing.rows import Claim, Family, ImportingError, Row, Snapshot, Thing
from etl.text import sha256_of_bytes
from schema.quantity import QuantityGrammar

FAMILY = Family(
    name="awesome-cn",
    version=1,
    title="中国大模型列表 Awesome LLMs In China",
    publisher="wgwang/awesome-LLMs-In-China",
    url="https://github.com/wgwang/awesome-LLMs-In-China",
    license="Apache-2.0",
    attribution="微信公众号：走向未来; github.com/wgwang/awesome-LLMs-In-China, Apache-2.0",
    language="zh-Hans",
    authors=("wgwang",),
)
COMPANY = Column("公司", ("机构", "单位", "公司/机构", "研发机构"), ("developer",), needed=True)
MODEL = Column("大模型", ("模型", "大模型名称", "模型名称"), needed=True)
PLACE = Column("省市", ("地区", "省份", "城市", "所在地"), ("located_in",))
KIND = Column("类别", ("类型", "领域", "行业"), ("scope_of_model", "application_industry"))
NOTES = Column("说明", ("备注", "简介"), ("parameters", "training_data", "context_length"))
COLUMNS = (COMPANY, MODEL, PLACE, KIND, NOTES)
# So many ragged rows are no slips of an editor.
_RAGGED = 0.1
_MAKERS = re.compile(r"\s*(?:[&＆+＋、，,;；])\s*")
_NAMES = re.compile(r"\s*[、，,]\s*")
_OUTSIDE = re.compile(r"系列$")


def read(path: Path, grammar: QuantityGrammar, notes: NotesReader) -> Snapshot:
    """Read the README of the list.

    Raise ImportingError where it has no such table, or its rows do not fit their header.
    """
    data = path.read_bytes()
    text = _decoded(path, data)
    tables = [table for table in markdown_tables(text) if _is_listing(table)]
    if not tables:
        raise ImportingError(
            f"{path}: no table with the columns {' or '.join(COMPANY.names)} and {' or '.join(MODEL.names)}; "
            "give the README.md of the list"
        )
    snapshot = Snapshot(FAMILY, path.name, sha256_of_bytes(data), None, None, [])
    _drop_open_cell(path, text, tables, snapshot)
    lines = [line for table in tables for line in _lines(path, table, snapshot)]
    missed: Counter[str] = Counter()
    snapshot.rows = list(_rows(lines, notes, missed))
    if missed:
        shown = ", ".join(f"{word!r}{f' ×{n}' if n > 1 else ''}" for word, n in missed.most_common(8))
        snapshot.told.append(f"{path}: column {KIND.name!r}: {missed.total()} cells become no statement: {shown}")
    return snapshot


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ImportingError(
            f"{path}:{line}: byte {error.start} is not UTF-8; is the file cut off? Download it again"
        ) from None


def _is_listing(table: MarkdownTable) -> bool:
    header = set(table.header)
    return bool(header & set(COMPANY.names)) and bool(header & set(MODEL.names))


def _drop_open_cell(path: Path, text: str, tables: list[MarkdownTable], snapshot: Snapshot) -> None:
    """Of a last row that the file's end cuts, leave out the last cell: it may go on."""
    rows = tables[-1].rows
    open_end = not text.endswith(("\n", "\r", "|")) and text.splitlines()[-1].lstrip().startswith("|")
    if open_end and rows and rows[-1][0] == len(text.splitlines()):
        line, row = rows[-1]
        snapshot.told.append(f"{path}:{line}: the last cell {row[-1]!r} has no end and may be cut off; it was left out")
        row[-1] = ""


Line = tuple[int, Found, list[str], str]


def _lines(path: Path, table: MarkdownTable, snapshot: Snapshot) -> Iterator[Line]:
    found = find_columns(f"{path}:{table.line}", table.header, COLUMNS)
    rows = len(table.rows) + len(table.ragged)
    if len(table.ragged) > max(2, _RAGGED * rows):
        line, row = table.ragged[0]
        raise ImportingError(
            f"{path}:{line}: the row {row!r} has {len(row)} cells, the header {len(table.header)}, and so have "
            f"{len(table.ragged)} of {rows} rows; mend the table"
        )
    for line, row in table.ragged:
        snapshot.told.append(
            f"{path}:{line}: the row {row!r} has {len(row)} cells, the header {len(table.header)}; it was skipped"
        )
    for line, beyond in table.excess:
        snapshot.told.append(f"{path}:{line}: {beyond!r} stands beyond the header's columns; it was ignored")
    snapshot.columns_read |= {name: header for name, (_, header) in found.places.items()}
    snapshot.columns_ignored += [name for name in found.ignored if name not in snapshot.columns_ignored]
    for line, row in table.rows:
        if found.cell(row, COMPANY.name) and found.cell(row, MODEL.name):
            yield line, found, row, table.heading
        else:
            snapshot.told.append(f"{path}:{line}: the row {row!r} names no company or no model; it was skipped")


def model_names(cell: str) -> list[str]:
    """Return the models that a cell names, in and outside links."""
    names = (_OUTSIDE.sub("", name).strip() for name in _NAMES.split(unlinked(cell)))
    return [name for name in dict.fromkeys(names) if name]


def _rows(lines: list[Line], notes: NotesReader, missed: Counter[str]) -> Iterator[Row]:
    listed = [
        (name, company, found, row, line, heading)
        for line, found, row, heading in lines
        for company in [unlinked(found.cell(row, COMPANY.name))]
        for name in model_names(found.cell(row, MODEL.name))
    ]
    keys = unique_keys(
        [(f"{name} · {company}", [found.cell(row, KIND.name)], row) for name, company, found, row, _, _ in listed]
    )
    for (name, company, found, row, line, heading), key in zip(listed, keys, strict=True):
        if key is None:
            continue
        address = links(found.cell(row, MODEL.name)).get(name, "")
        extra = (("url", address),) if re.fullmatch(r"https?://\S+", address) else ()
        made = Row(key, Thing(name, key=key, extra=extra), found.header(MODEL.name), line, heading or None)
        made.claims = [
            *_makers(company, found),
            *_places(company, found, row),
            *_kinds(found, row, missed),
            *_figures(name, found, row, notes),
        ]
        yield made


def makers(cell: str) -> list[Thing]:
    """Return the organizations of a cell."""
    names = (cells.one_line(part) for part in _MAKERS.split(cell))
    return [Thing(name, "organization", "org") for name in names if name]


def _makers(company: str, found: Found) -> Iterator[Claim]:
    for number, maker in enumerate(makers(company)):
        header = found.header(COMPANY.name)
        yield Claim("developer", COMPANY.name, header, maker.name, {}, member=str(number), other=maker)


def _places(company: str, found: Found, row: list[str]) -> Iterator[Claim]:
    """A line's place is that of its company; of several companies it does not say whose."""
    cell = found.cell(row, PLACE.name)
    named = makers(company)
    if cells.is_empty(cell) or len(named) != 1:
        return
    yield Claim(
        "located_in", PLACE.name, found.header(PLACE.name), cell, {}, other=words.place(cell), subject=named[0],
        subject_header=found.header(COMPANY.name),
    )  # fmt: skip


def _kinds(found: Found, row: list[str], missed: Counter[str]) -> Iterator[Claim]:
    cell = found.cell(row, KIND.name)
    if cells.is_empty(cell):
        return
    header = found.header(KIND.name)
    industry = words.INDUSTRIES.get(cell)
    if cell == "通用":
        yield Claim("scope_of_model", KIND.name, header, cell, {"term": "general_purpose"})
    elif industry is None:
        missed[cell] += 1
    else:
        if industry != "scientific_research":
            yield Claim("scope_of_model", KIND.name, header, cell, {"term": "vertical"})
        yield Claim("application_industry", KIND.name, header, cell, {"term": industry})


def _figures(name: str, found: Found, row: list[str], notes: NotesReader) -> Iterator[Claim]:
    cell = found.cell(row, NOTES.name)
    if cell:
        header = found.header(NOTES.name)
        yield from notes.claims(cell, name, NOTES.name, header, frozenset(NOTES.properties))
