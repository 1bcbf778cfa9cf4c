"""What the site calls each table and view, in zh and en, and which columns a reader sees first."""

from typing import NamedTuple

from db.site_language import say
from schema.tables import DESCRIPTIONS
from schema.wide import VIEWS, WIDE_TABLES, Fact


class Title(NamedTuple):
    """A table's plural title in zh and en, and what it holds in zh."""

    zh: str
    en: str
    description_zh: str

    @property
    def both(self) -> str:
        """Return the title in both languages."""
        return f"{self.zh} · {self.en}"


TITLES: dict[str, Title] = {
    "models": Title("模型", "Models", "大模型，每个一行；数字既有原文写法，也有可排序的数值"),
    "organizations": Title("机构", "Organizations", "企业、高校、研究院所、政府部门与媒体"),
    "companies": Title("企业", "Companies", "机构中的企业"),
    "places": Title("地点", "Places", "国家、省、市、区及其官方代码"),
    "policies": Title("政策文件", "Policies", "有名称的法律、办法、计划、指南与官方白皮书"),
    "policy_profiles": Title("各地政策概况", "Policy profiles", "某一来源所述的一地政策：举措、特点、主题"),
    "provincial_policies": Title("省市政策", "Provincial policies", "各省市的政策概况"),
    "metrics": Title("指标", "Metrics", "用户、提问、客户、收入、成本、数量与占比，附时间与范围"),
    "user_metrics": Title("用户数据", "User metrics", "谁在何时有多少用户，出自谁口"),
    "fundings": Title("融资", "Fundings", "融资额与估值"),
    "subsidies": Title("补贴", "Subsidies", "政策给予的补贴及其上限"),
    "targets": Title("目标", "Targets", "政策的量化目标"),
    "benchmarks": Title("评测", "Benchmarks", "测试成绩"),
    "events": Title("事件", "Events", "发布、开放、备案、会议等；来源写明日期的都有日期"),
    "relations": Title("关系", "Relations", "谁研发、谁出版、谁任职、谁创立、谁与谁合作"),
    "statements": Title("陈述", "Statements", "一个来源对一个实体说的一件事；互相矛盾的并存"),
    "evidence": Title("证据", "Evidence", "每条陈述读自哪些字符或表格单元"),
    "parties": Title("相关方", "Parties", "陈述还提到谁：谁说的，谁参与"),
    "conflicts": Title("冲突", "Conflicts", "不能同时成立的两条陈述"),
    "quality_issues": Title("疑点", "Quality issues", "检查发现的可疑之处"),
    "sources": Title("来源", "Sources", "陈述所读自的文章、论文、政策文本与数据集"),
    "entities": Title("实体", "Entities", "陈述的对象：模型、机构、政策、地点、人物、产品、主题"),
    "aliases": Title("别名", "Aliases", "实体在文中的各种写法"),
    "properties": Title("属性", "Properties", "陈述可以说些什么"),
    "units": Title("单位", "Units", "数量的基本单位"),
    "terms": Title("术语", "Terms", "受控词表"),
    "releases": Title("版本", "Releases", "已发布的各版"),
    "changes": Title("变更", "Changes", "每一版增加、删除、修改了什么"),
    "redirects": Title("改名", "Redirects", "已改用新编号的旧编号"),
    "columns": Title("列说明", "Columns", "本库每一列的含义"),
    "base_info": Title("本库信息", "Base info", "本库的版本、哈希与日期"),
}
"""Titles of every table and view."""

GROUPS: tuple[tuple[tuple[str, str], tuple[str, ...]], ...] = (
    (
        ("结论", "What is known"),
        ("models", "organizations", "companies", "places", "policies", "policy_profiles", "provincial_policies"),
    ),
    (
        ("清单", "Lists"),
        ("metrics", "user_metrics", "events", "relations", "benchmarks", "fundings", "subsidies", "targets"),
    ),
    (
        ("依据", "Where it comes from"),
        ("statements", "evidence", "parties", "sources", "entities", "conflicts", "quality_issues"),
    ),
    (
        ("词表与版本", "Vocabulary and versions"),
        ("aliases", "properties", "units", "terms", "releases", "changes", "redirects", "columns", "base_info"),
    ),
)
"""The home page's groups of tables, in reading order."""

MENU = (
    ("models", ""),
    ("companies", "?_sort_desc=statement_count"),
    ("policies", "?_sort_desc=issued_sort"),
    ("metrics", ""),
    ("events", "?_sort_desc=date_sort"),
    ("sources", "?_sort_desc=published"),
    ("conflicts", ""),
)
"""Tables that every page links to in its head, with the order they open in: a table's own order must page fast."""

LISTS = ("metrics", "user_metrics", "fundings", "subsidies", "targets", "benchmarks", "events", "relations")
"""Tables and views whose rows are statements: their `id` is a statement's."""

MOST_COLUMNS = 8
"""How many columns a reader sees first."""

NAMED = {"models", "organizations", "companies", "places", "policies", "entities"}
"""Tables whose rows are named by their label, which stands for the id."""

FACTS: dict[tuple[str, str], Fact] = {(wide.name, fact.column): fact for wide in WIDE_TABLES for fact in wide.facts}
FACTS |= {
    (view, column): fact
    for view, (base, _, _) in VIEWS.items()
    for (table, column), fact in FACTS.items()
    if table == base
}
"""The fact that begins in a column of a wide table or of a view of one."""

_FIGURES = ("subject", "property_id", "printed", "as_of", "scope_note", "place_id", "attributed_to", "source_id")
_PROFILES = ("place", "level", "measures", "features", "themes", "source_id")
_ORGANIZATIONS = (
    *("label", "type", "located_in", "models", "founded", "revenue_text", "valuation_text", "employees_text"),
    *("customers_text", "operating_cost_text", "founded_by", "people", "statement_count"),
)
# The columns that matter, in order: the first eight that hold anything are shown.
_SHOWN: dict[str, tuple[str, ...]] = {
    "models": (
        *("label", "parameters_text", "developer", "open_source", "open_weights", "training_data", "released"),
        *("task_category", "context_length_text", "licence", "commercial_use", "type", "statement_count"),
    ),
    "organizations": _ORGANIZATIONS,
    "companies": _ORGANIZATIONS,
    "places": ("label", "name_en", "level", "parent_id", "adcode", "iso_3166", "un_m49", "wikidata"),
    "policies": (
        *("label", "instrument_type", "place", "issuers", "issued", "in_force", "policy_status", "coverage"),
        *("level", "document_number", "statement_count"),
    ),
    "policy_profiles": _PROFILES,
    "provincial_policies": _PROFILES,
    **dict.fromkeys(("metrics", "user_metrics", "fundings", "subsidies", "targets", "benchmarks"), _FIGURES),
    "events": ("date", "subject", "property_id", "printed", "scope_note", "participants", "place_id", "source_id"),
    "relations": (
        "subject",
        "property_id",
        "object",
        "role_title",
        "printed",
        "scope_note",
        "attributed_to",
        "source_id",
    ),
    "statements": ("subject_id", "property_id", "printed", "as_of", "attributed_to", "rank", "source_id", "id"),
    "parties": ("entity_id", "named_in", "role", "statement_id"),
    "sources": ("title", "publisher", "published", "type", "tier", "language", "status", "statement_count"),
    "entities": ("label", "name_en", "kind", "type", "level", "description", "statement_count"),
    "quality_issues": ("subject_id", "property_id", "printed", "message", "severity", "check_id"),
}


JOINED: dict[tuple[str, str], tuple[Title, tuple[str, ...]]] = {
    ("models", "training_data"): (
        Title("训练数据", "Training data", "字节、词元或条目，互不换算"),
        ("training_data_bytes", "training_data_tokens", "training_data_items"),
    ),
}
"""Columns that a page makes of several, where an entity mostly has one of them: they have no order of their own."""


def shown_columns(table: str) -> tuple[str, ...] | None:
    """Return the columns that matter to a reader of a table, in order, or None for all."""
    return _SHOWN.get(table)


def description(table: str) -> str:
    """Return what a table holds, in zh and en."""
    return f"{TITLES[table].description_zh}。{DESCRIPTIONS[table]}."


def description_of(table: str) -> str:
    """Return what a table holds, in the page's language."""
    title = TITLES.get(table)
    return say(f"{title.description_zh}。", f"{DESCRIPTIONS[table]}.") if title else ""


def title_of(table: str) -> str:
    """Return what a table is called in the page's language; its own name where it has no title."""
    title = TITLES.get(table)
    return say(title.zh, title.en) if title else table
