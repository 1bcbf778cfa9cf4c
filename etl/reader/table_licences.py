"""Licences in tables: what a cell says of open source and commercial use."""

import re
from collections.abc import Iterator
from dataclasses import replace

from etl.document_cells import Cell
from etl.reader.proposals import Proposal
from etl.reader.subjects import Subject
from etl.reader.table_cells import NO, YES, parts
from etl.reader.table_heads import COMMERCIAL_HEADER, OPEN_HEADER

METHOD = "rule:tables@1"
# What a cell says of a licence; 商用需申请 and 部分开源 say neither yes nor no.
_LICENCE_WORDS = (
    (
        "commercial_use",
        re.compile(
            r"(?P<no>不可以?|不能|不支持|不允许|禁止|不得|非|无法|未|not (?:for )?|no |non-?)?(?P<yes>(?:免费|完全|均|也|可以?|可供|允许|支持|能)*)"
            r"(?:商用|商业使用|商业用途|商业化|用于商业|commercial(?:ly| use| usage)|(?<=non-)commercial|(?<=non)commercial)(?:授权|许可)?",
            re.I,
        ),
    ),
    (
        "open_source",
        re.compile(
            r"(?P<no>不|未|没有?|非|not )?(?P<yes>(?:完全|已|全面|全部)*)(?:开源(?!协议|许可|社区|框架)|open[- ]source(?:d)?)|(?P<closed>闭源|closed[- ]source)",
            re.I,
        ),
    ),
)
_IN_PART = re.compile(
    r"(?:部分|一些|早期|计划|将|即将|待|拟|需|须|购买|付费|申请|联系|partly |partially |require[sd]? (?:for )?)$", re.I
)
_ON_TERMS = re.compile(r"[ ]?(?:需|须|要|另|收费|付费|受限|除外|申请|部分|\?|？)")
# Any column tells it where this is all that its cell says.
LICENCE_ALONE = re.compile(
    r"(?:完全|免费)?(?:开源|闭源|可商用|不可商用|免费商用|开源可商用|开源免费商用|开源商用|开源(?:且|并)可?商用|开源(?:且|并)[\u3400-\u9fff]{2,8})|non-?commercial(?: use)?(?: only)?",
    re.I,
)


def remarked(cell: Cell, head: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    """What a cell of any column says of a licence, where one of its parts says nothing else: 70亿参数，可商用."""
    for printed, at in parts(cell.text):
        if LICENCE_ALONE.fullmatch(printed):
            start = cell.start + at
            part = replace(cell, start=start, end=start + len(printed), text=printed)
            yield from licence(part, head, printed, subject, table)


def licence(cell: Cell, head: str, value: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    """What a column of licences says of a row's model: 免费商用授权, 开源, or yes and no."""
    asked = "open_source" if OPEN_HEADER.search(head) else "commercial_use" if COMMERCIAL_HEADER.search(head) else ""
    if asked and value.lower() in YES | NO:
        yield from _flag(cell, value, asked, subject, table)
        return
    for property_id, words in _LICENCE_WORDS:
        for match in words.finditer(cell.text):
            if _IN_PART.search(cell.text, 0, match.start()) or _ON_TERMS.match(cell.text, match.end()):
                continue
            if match[0] in {"商用", "商用授权", "商用许可", "商业化"} and not COMMERCIAL_HEADER.search(head):
                continue  # 商用授权 may be one that is sold.
            said = match["no"] or match.groupdict().get("closed")
            fields = {"boolean": not said, "value_status": "reported", "assertion": "asserted", **table}
            at = cell.start + match.start()
            yield Proposal("boolean", property_id, at, cell.start + match.end(), subject, METHOD, fields)
            break


def _flag(cell: Cell, value: str, property_id: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    word = value.lower()
    answer = True if word in YES else False if word in NO else None
    if answer is not None:
        fields = {"boolean": answer, "value_status": "reported", "assertion": "asserted", **table}
        yield Proposal("boolean", property_id, cell.start, cell.end, subject, METHOD, fields)
