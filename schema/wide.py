"""The wide tables that people read: one row an entity, each fact in a group of columns."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from schema.fields import Column
from schema.words import Kind, ValueType


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a wide table: the column it begins in and the property it is read from."""

    column: str
    property_id: str
    value_type: ValueType
    zh: str
    en: str
    units: tuple[str, ...] = ()
    excluded_units: tuple[str, ...] = ()
    many: bool = False
    inverse: bool = False

    def columns(self) -> Iterator[tuple[str, type, str, str, str]]:
        """Yield (column, type, label zh, label en, description) of each of its columns."""
        for suffix, kind, zh, en, description in _PARTS[self.value_type]:
            name = self.column + suffix
            yield name, kind, f"{self.zh}{zh}", f"{self.en}{en}", description


_STATEMENT = ("_statement_id", str, "·陈述", ", statement", "Statement that the value comes from")
_ISSUE = ("_issue", str, "·疑点", ", issue", "What makes the value doubtful; empty where nothing does")
_PARTS: dict[str, list[tuple[str, type, str, str, str]]] = {
    "quantity": [
        ("", float, "", "", "Number to sort by; empty where the value is doubted or not stated"),
        ("_low", float, "·下限", ", low", "Lower bound; empty where open"),
        ("_high", float, "·上限", ", high", "Upper bound; empty where open"),
        ("_unit", str, "·单位", ", unit", "Base unit of the bounds"),
        ("_text", str, "·原文", ", as printed", "The value as the source prints it, or why there is none"),
        _ISSUE,
        _STATEMENT,
    ],
    "boolean": [
        ("", int, "", "", "1 yes, 0 no, empty not stated"),
        ("_text", str, "·原文", ", as printed", "The words that say so, as printed"),
        _ISSUE,
        _STATEMENT,
    ],
    "date": [
        ("", str, "", "", "Date, as precise as the source states it"),
        ("_sort", str, "·排序", ", to sort", "Date to sort by"),
        ("_text", str, "·原文", ", as printed", "The date as printed"),
        _ISSUE,
        _STATEMENT,
    ],
    "entity": [
        ("", str, "", "", "Name of the entity, or names"),
        ("_id", str, "·编号", ", id", "Id of the entity; of several, the first"),
        _STATEMENT,
    ],
    "term": [
        ("", str, "", "", "Term's Chinese label"),
        ("_id", str, "·术语", ", term", "Id of the term"),
        _STATEMENT,
    ],
    "text": [
        ("", str, "", "", "In our own words"),
        _STATEMENT,
    ],
}


@dataclass(frozen=True, slots=True)
class WideTable:
    """A wide table: the kind of entity it lists and the facts it shows."""

    name: str
    kind: Kind
    description: str
    facts: tuple[Fact, ...] = field(default=())

    def columns(self) -> list[Column]:
        """List its columns with their labels."""
        found = [Column(self.name, *spec) for spec in _entity_columns()]
        for fact in self.facts:
            for name, _, zh, en, description in fact.columns():
                facet = name == fact.column and fact.value_type in {"boolean", "entity", "term"}
                reference = _reference(name, fact)
                found.append(Column(self.name, name, len(found), zh, en, description, None, reference, facet))
        return found

    def types(self) -> dict[str, type]:
        """Return the Python type of each column's values."""
        own: dict[str, type] = {name: (int if name == "statement_count" else str) for name, *_ in _ENTITY_COLUMNS}
        return own | {name: kind for fact in self.facts for name, kind, *_ in fact.columns()}


_ENTITY_COLUMNS = (
    ("id", "编号", "Id", "Stable slug of the entity", "entities.id"),
    ("label", "名称", "Name", "Name shown: Chinese, else English", None),
    ("name_zh", "中文名", "Name in Chinese", "Canonical name in Chinese", None),
    ("name_en", "英文名", "Name in English", "Canonical name in English", None),
    ("type", "细类", "Type", "Finer class, a term of the vocabularies", "terms.id"),
    ("statement_count", "陈述数", "Statements", "Number of statements about it", None),
)


def _entity_columns() -> Iterator[tuple[str, int, str, str, str, None, str | None, bool]]:
    for position, (name, zh, en, description, reference) in enumerate(_ENTITY_COLUMNS):
        yield name, position, zh, en, description, None, reference, name == "type"


def _reference(column: str, fact: Fact) -> str | None:
    if column.endswith("_statement_id"):
        return "statements.id"
    if column == f"{fact.column}_id":
        return "entities.id" if fact.value_type == "entity" else "terms.id"
    return None


MODELS = WideTable(
    "models",
    "model",
    "Large AI models, one row a model, each figure as printed and as a number",
    (
        Fact("parameters", "parameters", "quantity", "参数规模", "Parameters"),
        Fact("parameters_active", "parameters_active", "quantity", "激活参数", "Active parameters"),
        Fact(
            "training_data_bytes",
            "training_data",
            "quantity",
            "训练数据（字节）",
            "Training data in bytes",
            units=("byte",),
        ),
        Fact(
            "training_data_tokens",
            "training_data",
            "quantity",
            "训练数据（词元）",
            "Training data in tokens",
            units=("token",),
        ),
        Fact(
            "training_data_items",
            "training_data",
            "quantity",
            "训练数据（条目）",
            "Training data in items",
            excluded_units=("byte", "token"),
        ),
        Fact("context_length", "context_length", "quantity", "上下文长度", "Context length"),
        Fact("training_compute", "training_compute", "quantity", "训练算力", "Training compute"),
        Fact("training_hardware", "training_hardware", "text", "训练硬件", "Training hardware"),
        Fact("price", "price", "quantity", "价格", "Price"),
        Fact("open_source", "open_source", "boolean", "是否开源", "Open source, as stated"),
        Fact("open_weights", "open_weights", "boolean", "开放权重", "Open weights"),
        Fact("open_code", "open_code", "boolean", "开放代码", "Open code"),
        Fact("licence", "licence", "text", "许可证", "Licence"),
        Fact("commercial_use", "commercial_use", "boolean", "可商用", "Commercial use"),
        Fact("developer", "developer", "entity", "研发主体", "Developer", many=True),
        Fact("predecessor", "predecessor", "entity", "前代", "Predecessor"),
        Fact("version_of", "version_of", "entity", "所属系列", "Version of"),
        Fact("task_category", "task_category", "term", "任务类别", "Task category", many=True),
        Fact("input_modality", "input_modality", "term", "输入模态", "Input modality", many=True),
        Fact("output_modality", "output_modality", "term", "输出模态", "Output modality", many=True),
        Fact("released", "released", "date", "发布日期", "Released"),
        Fact("filed", "filed", "date", "备案日期", "Filed"),
        Fact("filing_number", "filing_number", "text", "备案号", "Filing number"),
    ),
)
ORGANIZATIONS = WideTable(
    "organizations",
    "organization",
    "Companies, universities, institutes, agencies and media",
    (
        Fact("located_in", "located_in", "entity", "所在地", "Located in"),
        Fact("founded", "founded", "date", "成立日期", "Founded"),
        Fact("founded_by", "founded_by", "entity", "创始人", "Founded by", many=True),
        Fact("models", "developer", "entity", "研发的模型", "Models developed", many=True, inverse=True),
        Fact("people", "affiliation", "entity", "人员", "People", many=True, inverse=True),
        Fact("customers", "customers", "quantity", "客户数", "Customers"),
        Fact("employees", "employees", "quantity", "员工数", "Employees"),
        Fact("revenue", "revenue", "quantity", "收入", "Revenue"),
        Fact("operating_cost", "operating_cost", "quantity", "运营成本", "Operating cost"),
        Fact("valuation", "valuation", "quantity", "估值", "Valuation"),
    ),
)
POLICIES = WideTable(
    "policies",
    "policy",
    "Named instruments: laws, measures, plans, guidance, white papers of authorities",
    (
        Fact("instrument_type", "instrument_type", "term", "文种", "Instrument type"),
        Fact("level", "policy_level", "term", "层级", "Level"),
        Fact("place", "policy_place", "entity", "地点", "Place"),
        Fact("issuers", "issued_by", "entity", "发布机关", "Issued by", many=True),
        Fact("issuer_count", "issuer_count", "quantity", "发布机关数", "Number of issuers"),
        Fact("document_number", "document_number", "text", "文号", "Document number"),
        Fact("issued", "issued", "date", "发布日期", "Issued"),
        Fact("in_force", "in_force", "date", "施行日期", "In force"),
        Fact("expired", "expired", "date", "失效日期", "Expired"),
        Fact("policy_status", "policy_status", "term", "状态", "Status"),
        Fact("coverage", "coverage", "text", "内容", "What it covers", many=True),
    ),
)
WIDE_TABLES = (MODELS, ORGANIZATIONS, POLICIES)

VIEWS: dict[str, tuple[str, str, str]] = {
    "companies": ("organizations", "type in ('company', 'technology_company')", "Companies among the organizations"),
    "places": ("entities", "kind = 'place'", "Countries, provinces, cities and districts, with their official codes"),
    "user_metrics": (
        "metrics",
        "property_id in ('users', 'monthly_active_users', 'daily_active_users', 'weekly_active_users', 'visits', 'downloads')",
        "How many people use what, when, says who",
    ),
    "provincial_policies": (
        "policy_profiles",
        "level in ('province', 'city', 'district')",
        "Policies of provinces and cities, as sources describe them",
    ),
}
"""Views in users' words: the table, the condition and what the view shows."""


def base_of(name: str) -> str:
    """Return the table whose rows a view shows; a table's own name."""
    return VIEWS[name][0] if name in VIEWS else name
