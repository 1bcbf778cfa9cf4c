"""Answers of queries in the page's language: headings, labels written in both, names, figures."""

from datasette.app import Datasette
from markupsafe import Markup, escape

from db.reasons import doubt_message, doubt_word
from db.site_context import MOST_LABELS, Site
from db.site_figures import number
from db.site_language import language, say
from db.site_metadata import described_columns
from db.site_names import name, parts, reason, status, translated

_LABELS = {
    column.column_name: (column.label_zh, column.label_en)
    for columns in described_columns().values()
    for column in columns
}
# What queries call columns that no table has.
_HEADINGS = _LABELS | {
    "model": ("模型", "Model"),
    "parameters_printed": ("参数（原文）", "Parameters, as printed"),
    "issue": ("疑点", "Doubt"),
    "training_data": ("训练数据", "Training data"),
    "entity": ("实体", "Entity"),
    "property": ("属性", "Property"),
    "value": ("值", "Value"),
    "product": ("产品", "Product"),
    "metric": ("指标", "Metric"),
    "number": ("数值", "Number"),
    "policy": ("政策文件", "Policy"),
    "organization": ("机构", "Organization"),
    "relation": ("关系", "Relation"),
    "model_or_product": ("模型或产品", "Model or product"),
    "kind": ("类别", "Kind"),
    "person": ("人物", "Person"),
    "about": ("对象", "About"),
    "speaker": ("说话人", "Speaker"),
    "place_in_chain": ("第几手", "Place in the chain"),
    "event": ("事件", "Event"),
    "year": ("年份", "Year"),
    "figure": ("指标", "Figure"),
    "time": ("时间", "Time"),
    "preferred": ("取用", "Preferred"),
    "other": ("另一说", "Other"),
    "conflict": ("矛盾", "Contradiction"),
    "reason": ("理由", "Reason"),
    "title": ("职务", "Title"),
    "source": ("来源", "Source"),
    "statements": ("陈述数", "Statements"),
    "entities": ("实体数", "Entities"),
    "verified": ("已审阅", "Verified"),
    "industry": ("行业", "Industry"),
    "what": ("谁的", "Whose"),
    "statement_id": ("证据", "Evidence"),
    "other_statement_id": ("另一说的证据", "Other's evidence"),
    "source_id": ("来源", "Source"),
    "value_type": ("值类型", "Type of value"),
    "content": ("内容", "Content"),
    "currency": ("币种", "Currency"),
}
_BOTH = {"property", "metric", "relation", "kind", "event", "figure", "unit", "industry", "title", "person", "content"}
_NAMES = {
    *(
        "entity",
        "model",
        "about",
        "product",
        "organization",
        "person",
        "speaker",
        "policy",
        "place",
        "developer",
        "what",
    ),
    *("model_or_product", "task_category", "instrument_type", "issuers", "themes"),
}
_YES_OR_NO = {"open_source", "open_weights", "open_code", "commercial_use", "boolean"}
_DOUBTS = {"message", "issue"}
_PRINTED = {"printed", "value", "parameters_printed"}


def heading(column: str) -> str:
    """Return what a query's column is called in the page's language; its own name where nobody labels it."""
    return say(*_HEADINGS.get(column, (column, column)))


async def answer(datasette: Datasette, site: Site, value: object, column: str) -> Markup | None:
    """Return a query's value in the page's language, or None where it is as it is."""
    if column in _YES_OR_NO and value in (0, 1):
        return escape(say("是", "yes") if value else say("否", "no"))
    if isinstance(value, float):
        return Markup('<span class="number">{}</span>').format(number(value))
    if not isinstance(value, str):
        return None
    if column in _BOTH and value.count(" · ") == 1:
        zh, _, en = value.partition(" · ")
        return escape(say(zh, en))
    if column in _NAMES and language() == "en":
        return escape(await _in_english(datasette, site, value))
    if column == "unit":
        return escape(await name(datasette, site, "units", value))
    if column in _DOUBTS:
        return escape(doubt_message(value, language()))
    if column == "check_id":
        return escape(doubt_word(value, language()))
    if column == "rank_reason":
        return escape(reason(value))
    return escape(status(value)) if status(value) != value else None


async def _in_english(datasette: Datasette, site: Site, text: str) -> str:
    key = ("en", "", text)
    if key not in site.labels:
        named = await translated(datasette, site, [text])
        if len(site.labels) >= MOST_LABELS:
            site.labels.clear()
        site.labels[key] = ", ".join(named.get(part, part) for part in parts(text))
    return site.labels[key] or text


def is_printed(column: str) -> bool:
    """Tell whether a query's column holds figures as printed, which lead to their evidence."""
    return column in _PRINTED
