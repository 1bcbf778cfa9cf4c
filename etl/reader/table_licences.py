"""Licences in tables: what a cell says of open source and commercial use."""

import re
from collections.abc import Iterator
from dataclasses import replace

from etl.document_cells import Cell
from etl.reader.licences import forbids_business, is_open
from etl.reader.proposals import Proposal
from etl.reader.subjects import Subject
from etl.reader.table_cells import NO, YES, cleaned, parts
from etl.reader.table_heads import COMMERCIAL_HEADER, OPEN_HEADER, USE_HEADER

METHOD = "rule:tables@1"
# What a cell says of a licence; 商用需申请 and 部分开源 say neither yes nor no.
_LICENCE_WORDS = (
    (
        "commercial_use",
        re.compile(
            r"(?P<no>不可以?|不能|不支持|不允许|禁止|不得|非|无法|未|not (?:for )?|no |non-?)?(?P<yes>(?:免费|完全|均|也|可以?|可供|允许|支持|能)*)"
            r"(?:商用|商业使用|商业用途|商业化|用于商业|commercial(?:ly| use| usage)|(?<=non-)commercial|(?<=non)commercial)(?:授权|许可|友好)?",
            re.I,
        ),
    ),
    (
        "open_source",
        re.compile(
            r"(?P<no>不|未|没有?|非|not )?(?P<yes>(?:完全|已|全面|全部)*)(?:开源(?!协议|许可|社区|框架)|open[- ]source(?:d)?)|(?P<closed>闭源|專有|专有|closed[- ]source|proprietary)",
            re.I,
        ),
    ),
)
_IN_PART = re.compile(
    r"(?:部分|一些|早期|计划|将|即将|待|拟|需|须|购买|付费|申请|联系|partly |partially |require[sd]? (?:for )?)$", re.I
)
_ON_TERMS = re.compile(r"[ ]?(?:需|须|要|另|收费|付费|受限|除外|申请|部分|\?|？)")
# What a row's thing is called, and no field, route or rival of its: 开源多模态 Agent, 闭源旗舰, 首个开源编程模型.
_CALLED = (
    r"(?:[\u3400-\u9fff]{0,3}(?:首个|首款|最大|最强|最新)的?)?(?:开源|闭源)[ ]?"
    r"(?!社区|社群|生态|协议|许可|竞|替代|对手|友商|阵营|领域|界|榜|排|路线|战略|策略|程度|情况|与|和|及|vs|大?模型(?!$|[ （(]|系列|标杆|首选|之))"
    r"[^，。；、\n]{1,16}"
)
# Any column tells it where this is all that a part of its cell says.
LICENCE_ALONE = re.compile(
    r"(?:完全|免费)?(?:开源|闭源|可商用|不可商用|免费商用|开源可商用|开源免费商用|开源商用|开源(?:且|并)可?商用)|non-?commercial(?: use)?(?: only)?"
    r"|(?:支持|允许|可以?|可供|免费|完全)+(?:商用|商业使用|商业用途)|(?:禁止|不得|不可以?|不能|不允许)(?:商用|商业使用|商业用途|用于商业)|(?:商用|商业)友好|"
    + _CALLED,
    re.I,
)
# A yes or no that goes on: ✅ 可商用, 是（Apache-2.0）; not 是否….
_ANSWERED = re.compile(r"(是|否|有|✅|✔|✓|√|❌|✗|✘|×|yes|no)(?:[ ]?[（(，,：:；;]|[ ](?!需|须))", re.I)
# Whose licence a column tells.
_OF_CODE = re.compile(r"代码|源码|code", re.I)
_OF_WEIGHTS = re.compile(r"权重|權重|(?:预?训练)结果|weights?|checkpoint", re.I)


def remarked(cell: Cell, head: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    """What a cell of any column says of a licence, where one of its parts says nothing else: 70亿参数，可商用."""
    for printed, at in () if USE_HEADER.search(head) else parts(cell.text):
        if LICENCE_ALONE.fullmatch(printed):
            start = cell.start + at
            part = replace(cell, start=start, end=start + len(printed), text=printed)
            yield from licence(part, head, printed, subject, table)


def licence(cell: Cell, head: str, value: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    """What a column of licences says of a row's model: 免费商用授权, 开源, Apache 2.0, or yes and no."""
    asked = "open_source" if OPEN_HEADER.search(head) else "commercial_use" if COMMERCIAL_HEADER.search(head) else ""
    if asked and value.lower() in YES | NO:
        yield _flag((cell.start, cell.end), asked, value.lower() in YES, subject, table)
        return
    answer = _ANSWERED.match(value) if asked else None
    if answer is not None:
        yield _flag((cell.start, cell.end), asked, answer[1].lower() in YES, subject, table)
        return
    told = list(_worded(cell, head, subject, table))
    yield from told or (() if asked == "commercial_use" else _named(cell, head, subject, table))


def _worded(cell: Cell, head: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    for property_id, words in _LICENCE_WORDS:
        for match in words.finditer(cell.text):
            if _IN_PART.search(cell.text, 0, match.start()) or _ON_TERMS.match(cell.text, match.end()):
                continue
            sold = match[0] in {"商用", "商用授权", "商用许可", "商业化"} and not COMMERCIAL_HEADER.search(head)
            if sold and not cell.text.endswith("开源", 0, match.start()):
                continue  # 商用授权 may be one that is sold.
            said = match["no"] or match.groupdict().get("closed")
            span = (cell.start + match.start(), cell.start + match.end())
            yield _flag(span, property_id, not said, subject, table)
            break


def _named(cell: Cell, head: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
    """What a licence's name alone says: of the code or weights, where the column tells whose licence it is."""
    names = [cleaned(printed) for printed, _ in parts(cell.text)]
    if names and all(map(is_open, names)):
        of_part = "open_code" if _OF_CODE.search(head) else "open_weights" if _OF_WEIGHTS.search(head) else None
        yield _flag((cell.start, cell.end), of_part or "open_source", True, subject, table)
    elif len(names) == 1 and forbids_business(names[0]):
        yield _flag((cell.start, cell.end), "commercial_use", False, subject, table)


def _flag(span: tuple[int, int], property_id: str, answer: bool, subject: Subject, table: dict[str, str]) -> Proposal:
    fields = {"boolean": answer, "value_status": "reported", "assertion": "asserted", **table}
    return Proposal("boolean", property_id, *span, subject, METHOD, fields)
