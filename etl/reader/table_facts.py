"""Facts of tables: a row's name is the subject, its column the property; or the other way round."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from etl.document_cells import Cell, Column, Table, column_of
from etl.reader.cues import CueFinder, property_for
from etl.reader.mentions import Mentions
from etl.reader.plain import masked
from etl.reader.proposals import Proposal
from etl.reader.subject_words import MODIFIES
from etl.reader.subjects import Subject, as_subject
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
_ORDINAL_HEADER = re.compile(r"序号|编号|排名|名次|rank|^no\.?$|^#$|^id$", re.I)
_DEVELOPER_HEADER = re.compile(
    r"主体|开发(?:者|商|方|机构|单位)|研发|公司|企业|机构|单位|厂商|发布(?:者|方|商|单位)|作者|出品|提供(?:者|商|方)|团队|organi[sz]ation|developer|company|provider|vendor|author|creator|publisher|developed by",
    re.I,
)
_OPEN_HEADER = re.compile(r"是否开源|开源(?:情况|状态)?$|open[- ]?source", re.I)
_COMMERCIAL_HEADER = re.compile(r"商用|商业|commercial", re.I)
_LICENCE_HEADER = re.compile(
    r"授权|授權|许可|許可|协议|協議|商用|商业|开源|licen[cs]e|commercial|open[- ]?source", re.I
)
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
_LICENCE_ALONE = re.compile(r"(?:完全|免费)?(?:开源|闭源|可商用|不可商用|免费商用|开源可商用|开源免费商用)")
# A name that goes on from what stands before it in its cell: 青鸟GPT.
_BEGUN = re.compile(r"[\u3400-\u9fffA-Za-z\d]$")
_BREAK = re.compile(r"<br[ ]?/?>", re.I)
_KINDS = re.compile(r"[ ]?[种種][^，。]{0,2}(?:参数|參數|规模|規模|尺寸|大小|版本|型号)")
# A bare number in a word is no figure: 4-bit, Q4_K.
_IN_A_WORD = re.compile(r"[-_]?[A-Za-z]")
# 心理健康与危机干预实验室 is one body: 与 parts only what ends as a name does.
_ENDS_A_NAME = re.compile(r"(?:大学|学院|公司|实验室|研究院|研究所|科技|智能|集团|中心|团队|[A-Za-z\d.])[ ]?$")
# A name among several: two and more letters, with a version or a size perhaps.
_A_NAME = re.compile(r"(?=[A-Za-z]{2}|[\u3400-\u9fff]{2})[A-Za-z\u3400-\u9fff·\d][\w.·Σα-ω+ -]{1,30}")
_AND_MORE = re.compile(r"[+＋](?=\s*(?:$|[（(，,、；;/]))")
# Among sizes, a bare number behind a Latin word is its version: Yunfan 2.0.
_OF_A_NAME = re.compile(r"[A-Za-z][ ]?$")
_SIZES = frozenset({"parameters", "parameters_active", "training_data", "context_length"})
_MAKERS = re.compile(r"[,，、;；/]|(?<=[^\s]) ?(?:和|与|及|(?<= )and(?= )|&) ?(?=[^\s])", re.I)
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
_LONG, _NEAR = 60, 24
_MOST_MAKERS = 400
_MONEY = frozenset({"price", "cost", "training_cost", "funding", "revenue"})
_CURRENCIES = frozenset({"USD", "CNY", "EUR", "HKD", "JPY", "GBP", "TWD", "KRW"})
_MARKED = re.compile(r"[<(]|://|www\.")
_VERSION_REST = re.compile(
    r"(?:[ \-]?(?:[vV]?\d+(?:\.\d+)*[BbMTk]?|Base|Chat|Instruct|Pro|Max|Turbo|Mini|Plus|Flash|Coder|\+|[A-Z]))+"
)
_LINK = re.compile(r"\[([^\]\n]*)\](?:\([^)\n]*\))?|<[^>\n]{1,40}>|[*`_~]|[\U0001F300-\U0001FAFF\u2600-\u27BF]")


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
        for row in map(self._without_markup, table.rows):
            name = next((cell for cell in row if cell.column == subject_column), None)
            if name is None or cleaned(name.text) in EMPTY:
                continue
            subject, *others = self._named(name)
            label = column_of(0, 0, len(name.text), name.text)
            for cell in row:
                column = by_column.get(cell.column)
                if column is not None and cell.column != subject_column:
                    unit_text = column.unit_text or label.unit_text or table.unit_text
                    for proposal in self._cell(cell, column.name, unit_text, subject):
                        yield proposal
                        if proposal.kind in {"relation", "boolean"}:
                            yield from (replace(proposal, subject=other) for other in others)

    def _without_markup(self, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        """Blank the addresses and tags of a row's cells, character by character; a line break parts."""
        return tuple(replace(cell, text=unmarked(cell.text)) if _MARKED.search(cell.text) else cell for cell in row)

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
        if table.columns and not table.columns[0].column and things and 0 not in [*things, *makers]:
            may_name = not _NOT_SUBJECT_HEADER.search(first) and not _ORDINAL_HEADER.search(first)
            things = [0, *things] if may_name else things
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
        for row in map(self._without_markup, table.rows):
            label = next((cell for cell in row if cell.column == 0), None)
            for cell in row:
                column = by_column.get(cell.column)
                if cell.column and column is not None and label is not None:
                    subject = self._subject(column.start, column.end, "model")
                    head = column_of(0, 0, len(label.text), label.text)
                    yield from self._cell(cell, cleaned(head.name), head.unit_text or table.unit_text, subject)

    def _named(self, cell: Cell) -> list[Subject]:
        """Name all that a cell lists: Yunfan/Yunfan2; sizes behind a stroke are no names."""
        whole = self._subject(cell.start, cell.end, "model")
        parts = [(cleaned(printed), cell.start + at, len(printed)) for printed, at in _listed(cell.text)]
        if len(parts) < 2 or not all(_A_NAME.fullmatch(name) for name, *_ in parts):
            return [whole]
        found = [self._subject(at, at + length, "model") for _, at, length in parts]
        return [whole, *found[1:]] if whole.name == found[0].name else found

    def _subject(self, start: int, end: int, kind: str) -> Subject:
        """Name what a cell names: its whole text where that is a name with its version, else the name it begins with."""
        inside = self.mentions.within(start, end)
        name = cleaned(self.text[start:end])
        found = self.text.find(name, start, end)
        at = found if found >= 0 else start
        first = inside[:1] if inside and not _BEGUN.search(self.text, start, inside[0].start) else []
        for mention in first:
            rest = cleaned(self.text[mention.end : end]).lstrip("] ")
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
        if _LICENCE_ALONE.search(value) and not _LICENCE_HEADER.search(head):
            yield from self._remarked(cell, head, subject, table)
        is_licence = _LICENCE_HEADER.search(head) is not None and not _DATE_HEADER.search(head)
        if is_licence:
            said = list(self._licence(cell, head, value, subject, table))
            yield from said
            if said or property_id == "score":
                return
        if _DATE_HEADER.search(head):
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
        elif _NOT_VALUE_HEADER.search(head):
            if len(value) > _LONG:
                yield from self._told(cell, subject, table)
        elif any(char.isdigit() or char in "百千万亿" for char in value):
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
        if len(cleaned(cell.text)) > _LONG:
            # A cell of sentences: what it says of its column is what its column measures.
            if property_id in _MONEY:
                found = self._scanned(cell.text, cell.start, property_id, units, unit_text, subject, table)
                yield from (figure for figure in found if figure.fields["unit"] in _CURRENCIES)
            else:
                yield from self._told(cell, subject, table)
            return
        listed = [(part, self._whole(part[0], units, unit_text)) for part in _parts(cell.text)]
        if len(listed) > 1 and sum(quantity is not None for _, quantity in listed) * 2 > len(listed):
            for (printed, at), quantity in listed:
                start = cell.start + at
                if quantity is not None:
                    yield self._figure(start, start + len(printed), quantity, property_id, subject, table)
                else:
                    yield from self._scanned(printed, start, property_id, units, unit_text, subject, table)
            return
        yield from self._scanned(cell.text, cell.start, property_id, units, unit_text, subject, table)

    def _told(self, cell: Cell, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        """Yield the figures that a cell of sentences tells of its row, or of the model that they describe."""
        for match in self.grammar.scan(cell.text):
            if match.quantity.unit is None or {"time_reference", "per", "rank"} & set(match.flags):
                continue
            start, end = cell.start + match.start, cell.start + match.end
            cues = self.cues.find(cell.text[max(0, match.start - _NEAR) : match.end + _NEAR])
            at = min(match.start, _NEAR)
            property_id, _ = property_for(
                cues.items, at, at + match.end - match.start, match.quantity.unit, (0, 2 * _NEAR + end - start)
            )
            after = self.mentions.within(end, min(cell.end, end + _NEAR))[:1]
            of = as_subject(after[0]) if after and MODIFIES.fullmatch(self.text, end, after[0].start) else subject
            yield self._figure(start, end, match.quantity, property_id, of, table)

    def _scanned(
        self,
        text: str,
        start: int,
        property_id: str,
        units: tuple[str, ...],
        unit_text: str | None,
        subject: Subject,
        table: dict[str, str],
    ) -> Iterator[Proposal]:
        for match in self.grammar.scan(text, bare=True):
            quantity = match.quantity
            if _KINDS.match(text, match.end) or _KINDS.search(text, match.start, match.end):
                continue
            if quantity.unit is None and _IN_A_WORD.match(text, match.end):
                continue
            if quantity.unit is None and property_id in _SIZES and _OF_A_NAME.search(text, 0, match.start):
                continue
            printed = text[match.start : match.end]
            again = self._whole(printed, units, unit_text) if quantity.unit is None else None
            end = match.end
            if _AND_MORE.match(text, end) and quantity.comparator in {"eq", "approx"} and quantity.low == quantity.high:
                end += 1
                again = replace(again or quantity, high=None, comparator="gt")
            yield self._figure(start + match.start, start + end, again or quantity, property_id, subject, table)

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

    def _remarked(self, cell: Cell, head: str, subject: Subject, table: dict[str, str]) -> Iterator[Proposal]:
        """What a cell of any column says of a licence, where one of its parts says nothing else: 70亿参数，可商用."""
        for printed, at in _parts(cell.text):
            if _LICENCE_ALONE.fullmatch(printed):
                start = cell.start + at
                part = replace(cell, start=start, end=start + len(printed), text=printed)
                yield from self._licence(part, head, printed, subject, table)

    def _licence(
        self, cell: Cell, head: str, value: str, subject: Subject, table: dict[str, str]
    ) -> Iterator[Proposal]:
        """What a column of licences says of a row's model: 免费商用授权, 开源, or yes and no."""
        asked = (
            "open_source" if _OPEN_HEADER.search(head) else "commercial_use" if _COMMERCIAL_HEADER.search(head) else ""
        )
        if asked and value.lower() in YES | NO:
            yield from self._flag(cell, value, asked, subject, table)
            return
        for property_id, words in _LICENCE_WORDS:
            for match in words.finditer(cell.text):
                if _IN_PART.search(cell.text, 0, match.start()) or _ON_TERMS.match(cell.text, match.end()):
                    continue
                if match[0] in {"商用", "商用授权", "商用许可", "商业化"} and not _COMMERCIAL_HEADER.search(head):
                    continue  # 商用授权 may be one that is sold.
                said = match["no"] or match.groupdict().get("closed")
                fields = {"boolean": not said, "value_status": "reported", "assertion": "asserted", **table}
                at = cell.start + match.start()
                yield Proposal("boolean", property_id, at, cell.start + match.end(), subject, METHOD, fields)
                break

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
        for name, entity_id, start, end in self._makers(cell):
            if len(name) <= 40 and subject.kind in {"model", "product"}:
                fields = {
                    "object_id": entity_id,
                    "object_name": name,
                    "object_type": "organization",
                    "assertion": "asserted",
                    **table,
                }
                yield Proposal("relation", "developer", start, end, subject, METHOD, fields)

    def _makers(self, cell: Cell) -> Iterator[tuple[str, str | None, int, int]]:
        """Name the firms of a cell: those that are known, and what else is listed."""
        if len(cell.text) > _MOST_MAKERS:
            return
        known = [m for m in self.mentions.within(cell.start, cell.end) if m.kind == "organization"]
        cuts = [m.span() for m in _MAKERS.finditer(cell.text)]
        cuts = [(a, b) for a, b in cuts if not any(m.start < cell.start + b and cell.start + a < m.end for m in known)]
        ends_of_names = {m.end - cell.start for m in known}
        cuts = [
            (a, b)
            for a, b in cuts
            if cell.text[a:b].strip() not in {"和", "与", "及"}
            or a in ends_of_names
            or _ENDS_A_NAME.search(cell.text, max(0, a - 4), a)
        ]
        begins, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(cell.text)]
        for begin, end in zip(begins, ends, strict=True):
            named = [
                m
                for m in known
                if cell.start + begin <= m.start < cell.start + end
                and not cell.text[begin : m.start - cell.start].rstrip().endswith(("和", "与", "及"))
            ]
            yield from ((m.name, m.entity_id, m.start, m.end) for m in named)
            printed = cell.text[begin:end]
            if not named and cleaned(printed) not in EMPTY:
                at = cell.start + begin + len(printed) - len(printed.lstrip())
                yield cleaned(printed), None, at, cell.start + begin + len(printed.rstrip())


def unmarked(cell: str) -> str:
    """Return a cell's text with addresses and tags blanked, a line break as a mark that parts."""
    return masked(_BREAK.sub(lambda match: "；" + " " * (len(match[0]) - 1), cell))


def _listed(cell: str) -> list[tuple[str, int]]:
    """Split a cell that lists names; each part with its place."""
    found = [(match[0], match.start()) for match in re.finditer(r"[^/、,，;；]+", cell) if match[0].strip()]
    return [(part.strip(), at + len(part) - len(part.lstrip())) for part, at in found]


def _parts(cell: str) -> list[tuple[str, int]]:
    """Split a cell that lists: 7B/13B/33B, 4K、32K; each part with its place."""
    return [
        (match[0].strip(), match.start() + len(match[0]) - len(match[0].lstrip()))
        for match in re.finditer(r"(?:[^/、,，;；|和与及]|(?<=[^\d亿万BMKk ])[和与及])+", cell)
        if match[0].strip()
    ]


def cleaned(cell: str) -> str:
    """Return a cell's text without links, marks and pictures."""
    return re.sub(r"\s+", " ", _LINK.sub(lambda match: match[1] or " ", cell)).strip()
