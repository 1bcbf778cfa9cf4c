"""Facts of tables: a row's name is the subject, its column the property; or the other way round."""

import re
from collections.abc import Iterator
from typing import Any

from etl.document_cells import Cell, Column, Table
from etl.reader.cues import CueFinder
from etl.reader.mentions import Mentions
from etl.reader.proposals import Proposal
from etl.reader.subjects import Subject
from schema.bounds import Quantity, QuantityError
from schema.dates import DateError, parse_date
from schema.quantity import QuantityGrammar

METHOD = "rule:tables@1"
EMPTY = frozenset(
    {
        "",
        "/",
        "-",
        "—",
        "–",
        "－",
        "--",
        "——",
        "N/A",
        "n/a",
        "NA",
        "无",
        "暂无",
        "未知",
        "未公布",
        "未公开",
        "None",
        "?",
        "？",
        "…",
    }
)
YES = frozenset({"是", "有", "√", "✓", "✔", "✅", "yes", "true", "y", "开源", "可商用", "可", "支持"})
NO = frozenset(
    {"否", "×", "✗", "✘", "❌", "no", "false", "n", "闭源", "不可商用", "不可", "不开源", "不支持", "未开源"}
)
_SUBJECT_HEADER = re.compile(
    r"模型名|模型|名称|产品|版本|公司|企业|机构|平台|系列|项目|地区|省|城市|国家|model|name|system|product|company|version",
    re.I,
)
_NOT_SUBJECT_HEADER = re.compile(
    r"类型|类别|参数|大小|数量|特点|链接|地址|协议|开源|商用|时间|日期|主体|开发|研发|size|type|license|date|link|url|pages?|tokens?",
    re.I,
)
_DEVELOPER_HEADER = re.compile(
    r"主体|开发(?:者|商|方|机构|单位)|研发|公司|企业|机构|单位|厂商|发布方|团队|organization|developer|company|provider|vendor",
    re.I,
)
_OPEN_HEADER = re.compile(r"是否开源|开源(?:情况|状态)?$|open[- ]?source", re.I)
_COMMERCIAL_HEADER = re.compile(r"商用|商业|commercial", re.I)
_DATE_HEADER = re.compile(r"(?:发布|上线|推出|开源|更新)?(?:时间|日期)|年份|release|date|year|published", re.I)
_NOT_VALUE_HEADER = re.compile(
    r"单位|计费|计价|unit|链接|地址|排名|序号|编号|备注|说明|特点|描述|协议|语言|link|url|license|rank|no\.?$|^#$|^id$",
    re.I,
)
_COLUMN_PROPERTIES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"激活|active", re.I), "parameters_active", ("parameter",)),
    (re.compile(r"参数|模型(?:大小|规模)|param|size$", re.I), "parameters", ("parameter",)),
    (
        re.compile(r"训练(?:token|数据|语料)|数据(?:规模|量)|token数|语料|training (?:data|tokens)|corpus", re.I),
        "training_data",
        (),
    ),
    (re.compile(r"上下文|最大长度|窗口|长度|context|length", re.I), "context_length", ("token",)),
    (re.compile(r"价格|单价|定价|费用|price|cost|\$|元/|input|output|输入|输出", re.I), "price", ()),
)
_VERSION_REST = re.compile(
    r"(?:[ \-]?(?:[vV]?\d+(?:\.\d+)*[BbMTk]?|Base|Chat|Instruct|Pro|Max|Turbo|Mini|Plus|Flash|Coder|\+|[A-Z]))+"
)
_LINK = re.compile(r"\[([^\]\n]*)\]\([^)\n]*\)|<[^>\n]{1,40}>|[*`_~]|[\U0001F300-\U0001FAFF\u2600-\u27BF]")


class TableReader:
    """Reads the tables of one document."""

    def __init__(
        self, text: str, mentions: Mentions, grammar: QuantityGrammar, cues: CueFinder, document_date: str | None
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.grammar = grammar
        self.cues = cues
        self.document_date = document_date

    def read(self, table: Table) -> Iterator[Proposal]:
        """Yield the facts of a table's cells."""
        by_column = {column.column: column for column in table.columns}
        subject_column = self._subject_column(table)
        if subject_column is None:
            yield from self._transposed(table, by_column)
            return
        for row in table.rows:
            name = next((cell for cell in row if cell.column == subject_column), None)
            if name is None or cleaned(name.text) in EMPTY:
                continue
            subject = self._subject(name.start, name.end, "model")
            for cell in row:
                column = by_column.get(cell.column)
                if column is not None and cell.column != subject_column:
                    yield from self._cell(cell, column.name, column.unit_text or table.unit_text, subject)

    def _subject_column(self, table: Table) -> int | None:
        """Return the column that names what each row is about; None where the head does."""
        heads = [c for c in table.columns if c.column > 0]
        named = [c for c in heads if self._is_thing(c.start, c.end)]
        first = table.columns[0].name if table.columns else ""
        if heads and len(named) * 2 > len(heads) and not _SUBJECT_HEADER.search(first):
            return None
        fitting = [
            c.column for c in table.columns if _SUBJECT_HEADER.search(c.name) and not _NOT_SUBJECT_HEADER.search(c.name)
        ]
        makers = [c.column for c in table.columns if _DEVELOPER_HEADER.search(c.name)]
        things = [c for c in fitting if c not in makers]
        if table.columns and not _NOT_SUBJECT_HEADER.search(first) and not table.columns[0].column and 0 not in things:
            things = [0, *things] if things else things
        if things:
            return max(things, key=lambda column: self._named_cells(table, column))
        if heads and len(named) * 2 > len(heads):
            return None
        return fitting[0] if fitting else 0

    def _named_cells(self, table: Table, column: int) -> tuple[int, int]:
        cells = [cell for row in table.rows for cell in row if cell.column == column and not cell.merged]
        return len({cell.text for cell in cells}), -column

    def _is_thing(self, start: int, end: int) -> bool:
        return any(m.kind in {"model", "product"} for m in self.mentions.within(start, end))

    def _transposed(self, table: Table, by_column: dict[int, Column]) -> Iterator[Proposal]:
        for row in table.rows:
            label = next((cell for cell in row if cell.column == 0), None)
            for cell in row:
                column = by_column.get(cell.column)
                if cell.column and column is not None and label is not None:
                    subject = self._subject(column.start, column.end, "model")
                    yield from self._cell(cell, cleaned(label.text), table.unit_text, subject)

    def _subject(self, start: int, end: int, kind: str) -> Subject:
        """Name what a cell names: its whole text where that is a name with its version, else the name it begins with."""
        inside = self.mentions.within(start, end)
        name = cleaned(self.text[start:end])
        found = self.text.find(name, start, end)
        at = found if found >= 0 else start
        for mention in inside[:1]:
            rest = cleaned(self.text[mention.end : end])
            if not rest:
                return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)
            if not _VERSION_REST.fullmatch(rest) and (
                rest[0] in "/（(,，、" or mention.end - mention.start >= 0.6 * len(name)
            ):
                return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)
        kinds = [m.kind for m in inside]
        return Subject(name, kinds[0] if kinds else kind, None, at, at + len(name) if found >= 0 else end)

    def _cell(self, cell: Cell, head: str, unit_text: str | None, subject: Subject) -> Iterator[Proposal]:
        value = cleaned(cell.text)
        table = {"column_label": head}
        property_id, units = self._property(head)
        if value in EMPTY:
            if property_id in {"parameters", "training_data"} and value:
                fields: dict[str, Any] = {"value_status": "not_stated", "assertion": "asserted", **table}
                yield Proposal("text", property_id, cell.start, cell.end, subject, METHOD, fields)
            return
        if _OPEN_HEADER.search(head) or _COMMERCIAL_HEADER.search(head):
            yield from self._flag(
                cell, value, "open_source" if _OPEN_HEADER.search(head) else "commercial_use", subject, table
            )
        elif _DATE_HEADER.search(head):
            yield from self._date(cell, value, subject, table)
        elif _DEVELOPER_HEADER.search(head) and not any(char.isdigit() for char in value):
            yield from self._maker(cell, subject, table)
        elif (
            _SUBJECT_HEADER.search(head)
            and not _NOT_SUBJECT_HEADER.search(head)
            and not any(pattern.search(head) for pattern, *_ in _COLUMN_PROPERTIES)
        ):
            # A second column of names: versions in them are no figures.
            return
        elif not _NOT_VALUE_HEADER.search(head) and any(char.isdigit() or char in "百千万亿" for char in value):
            yield from self._figures(cell, property_id, units, unit_text, subject, table)

    def _property(self, head: str) -> tuple[str, tuple[str, ...]]:
        for pattern, property_id, units in _COLUMN_PROPERTIES:
            if pattern.search(head):
                return property_id, units
        cues = self.cues.find(head).items
        return (cues[0].property_id, ()) if cues else ("score", ())

    def _figures(
        self,
        cell: Cell,
        property_id: str,
        units: tuple[str, ...],
        unit_text: str | None,
        subject: Subject,
        table: dict[str, str],
    ) -> Iterator[Proposal]:
        whole = self._whole(cell.text, units, unit_text)
        if whole is not None:
            yield self._figure(cell.start, cell.end, whole, property_id, subject, table)
            return
        if len(cell.text) > 60:
            return
        listed = [(part, self._whole(part[0], units, unit_text)) for part in _parts(cell.text)]
        if len(listed) > 1 and sum(quantity is not None for _, quantity in listed) * 2 > len(listed):
            for (printed, at), quantity in listed:
                if quantity is not None:
                    start = cell.start + at
                    yield self._figure(start, start + len(printed), quantity, property_id, subject, table)
            return
        for match in self.grammar.scan(cell.text, bare=True):
            quantity = match.quantity
            printed = cell.text[match.start : match.end]
            again = self._whole(printed, units, unit_text) if quantity.unit is None else None
            yield self._figure(
                cell.start + match.start, cell.start + match.end, again or quantity, property_id, subject, table
            )

    def _whole(self, printed: str, units: tuple[str, ...], unit_text: str | None) -> Quantity | None:
        candidates = (
            [printed + unit_text, printed] if unit_text and not re.search(r"[A-Za-z%亿万億萬$]", printed) else [printed]
        )
        for candidate in candidates:
            for allowed in (units, ()) if units else ((),):
                try:
                    return self.grammar.parse(candidate, units=allowed)
                except (QuantityError, KeyError):
                    continue
        return None

    def _figure(
        self, start: int, end: int, quantity: Quantity, property_id: str, subject: Subject, table: dict[str, str]
    ) -> Proposal:
        fields = {
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
            "comparator": quantity.comparator,
            "value_status": "reported" if quantity.unit else "unit_not_stated",
            "assertion": "asserted",
            **table,
        }
        return Proposal("quantity", property_id, start, end, subject, METHOD, fields)

    def _flag(
        self, cell: Cell, value: str, property_id: str, subject: Subject, table: dict[str, str]
    ) -> Iterator[Proposal]:
        word = value.lower()
        answer = True if word in YES else False if word in NO else None
        if answer is not None:
            fields = {"boolean": answer, "value_status": "reported", "assertion": "asserted", **table}
            yield Proposal("boolean", property_id, cell.start, cell.end, subject, METHOD, fields)

    def _date(self, cell: Cell, value: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        try:
            date = parse_date(value, document_date=self.document_date)
        except DateError:
            return
        fields = {
            "date": date.date,
            "date_basis": date.basis,
            "value_status": "reported",
            "assertion": "asserted",
            **table,
        }
        yield Proposal("event", "released", cell.start, cell.end, subject, METHOD, fields)

    def _maker(self, cell: Cell, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        inside = self.mentions.within(cell.start, cell.end)
        makers = [(m.name, m.entity_id, m.start, m.end) for m in inside if m.kind == "organization"]
        for name, entity_id, start, end in makers or [(cleaned(cell.text), None, cell.start, cell.end)]:
            if len(name) <= 40 and subject.kind in {"model", "product"}:
                fields = {
                    "object_id": entity_id,
                    "object_name": name,
                    "object_type": "organization",
                    "assertion": "asserted",
                    **table,
                }
                yield Proposal("relation", "developer", start, end, subject, METHOD, fields)


def _parts(cell: str) -> list[tuple[str, int]]:
    """Split a cell that lists: 7B/13B/33B, 4K、32K; each part with its place."""
    return [(match[0].strip(), match.start()) for match in re.finditer(r"[^/、,，;；|]+", cell) if match[0].strip()]


def cleaned(cell: str) -> str:
    """Return a cell's text without links, marks and pictures."""
    return re.sub(r"\s+", " ", _LINK.sub(lambda match: match[1] or " ", cell)).strip()
