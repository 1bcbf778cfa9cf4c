"""Tables whose rows are measures or fields of one thing: whose they are, by the heading above or the whole text."""

import re
from collections.abc import Iterable, Mapping

from etl.document_cells import Table
from etl.reader.mentions import Mention, Mentions
from etl.reader.section_things import HEADING
from etl.reader.subjects import Subject, as_subject
from etl.reader.table_cells import cleaned

_HEADER = re.compile(
    r"(?:财务|关键|核心|主要|经营|运营|业绩)*(?:指标|项目|科目|数据)(?:名称)?|(?:key |financial )?(?:metrics?|items?|indicators?|measures?)|",
    re.I,
)
_FIELD_HEADER = re.compile(
    r"(?:项目?|字段|维度|属性|指标|类别|特性|特征|规格|基本信息)|(?:field|property|attribute|item|metric|specification)s?|",
    re.I,
)
_VALUE_HEADER = re.compile(
    r"(?:结论|内容|说明|信息|数?值|详情|状态|描述|规格|详细信息|具体内容)|values?|details?|info(?:rmation)?|description",
    re.I,
)
_MEASURE = re.compile(
    r"(?:率|额|价|价位|价格|量|收入|营收|利润|利益|净利|盈利|亏损|现金流|支出|开支|成本|费用|回购|回报|回报比|股息|股息支付|分红|每股收益|市值|估值|规模|份额|占比|倍数|资产|负债|投入"
    r"|订单|月活|日活|用户数?|员工数?|客户数?|\bEPS|backlog|revenues?|income|profits?|margins?|cash flow|capex|(?:capital )?expenditures?|earnings|valuation|market cap)\Z",
    re.I,
)
_BRACKET = re.compile(r"[ ]?[（(].*$")
_REACH, _TITLE_REACH = 4000, 300
_THINGS = frozenset({"organization", "product", "model"})


def measured_thing(
    text: str, mentions: Mentions, table: Table, names: Iterable[str], header: str, mains: Mapping[str, Subject]
) -> Subject | None:
    """Return the thing that a table's rows measure; None where they name things, or nothing tells whose they are."""
    printed = [_BRACKET.sub("", name) for name in names]
    fitting = sum(is_measure(name) for name in printed)
    if not _HEADER.fullmatch(cleaned(header)) or 2 * fitting < len(printed) or not fitting:
        return None
    return _thing(text, mentions, table.start, mains, ("organization",))


def described_thing(text: str, mentions: Mentions, table: Table, mains: Mapping[str, Subject]) -> Subject | None:
    """Return the thing that a table of fields and their values describes: 字段 | 内容; None for any other table."""
    names = [cleaned(column.name) for column in table.columns[:2]]
    if len(table.columns) not in {2, 3} or len(names) < 2:
        return None
    if not _FIELD_HEADER.fullmatch(names[0]) or not _VALUE_HEADER.fullmatch(names[1]):
        return None
    return _thing(text, mentions, table.start, mains, ("model", "product", "organization"))


def _thing(
    text: str, mentions: Mentions, at: int, mains: Mapping[str, Subject], kinds: tuple[str, ...]
) -> Subject | None:
    headed = _headed(text, mentions, at)
    if headed is not None:
        return as_subject(headed)
    early = [mains[kind] for kind in kinds if kind in mains and mains[kind].start < _TITLE_REACH]
    return early[0] if early else None


def is_measure(name: str) -> bool:
    """Tell whether a row's name is what is measured: 营业利润, free cash flow."""
    return _MEASURE.search(name) is not None


def _headed(text: str, mentions: Mentions, at: int) -> Mention | None:
    """Return the first thing that a heading above names: the nearest, then those that it stands under."""
    level = 7
    for heading in reversed(list(HEADING.finditer(text, max(0, at - _REACH), at))):
        if len(heading["level"]) < level:
            level = len(heading["level"])
            named = [m for m in mentions.within(*heading.span("title")) if m.kind in _THINGS]
            if named:
                return named[0]
    return None
