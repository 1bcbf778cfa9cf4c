"""The rows of the database's tables: records made flat, and the derived lists."""

from schema.fields import described
from schema.records import (
    AliasRecord,
    EntityBase,
    EvidenceBase,
    Id,
    PropertyRecord,
    Record,
    SourceBase,
    StatementBase,
    TermRecord,
    UnitId,
)
from schema.words import Kind, Rank, ValueType

SCHEMA_VERSION = 3


class SourceRow(SourceBase):
    """A source, with how much was read from it."""

    authors: str | None = described("作者", "Authors", "Authors as printed, as a JSON list", None)
    statement_count: int = described("陈述数", "Statements", "Number of statements read from it", 0)


class EntityRow(EntityBase):
    """An entity, with the name shown for it."""

    label: str = described("名称", "Label", "Name shown for it: Chinese, else English")
    statement_count: int = described("陈述数", "Statements", "Number of statements about it", 0)


class AliasRow(AliasRecord):
    """A name of an entity, folded for look-ups."""

    id: int = described("编号", "Alias id", "Number of the row")
    entity_id: Id = described("实体", "Entity", "Entity that the name stands for", reference="entities.id")
    normalized: str = described("归一名", "Normalised", "The name without case, blanks, hyphens and variant characters")


class PropertyRow(PropertyRecord):
    """A property, its lists as JSON."""

    units: str | None = described("单位", "Units", "Units that a quantity may have, as a JSON list", None)  # type: ignore[assignment]
    kinds: str | None = described("适用于", "Applies to", "Kinds of entity it may be said of, as a JSON list", None)  # type: ignore[assignment]
    object_kinds: str | None = described(  # type: ignore[assignment]
        "客体类别", "Object kinds", "Kinds of entity a relation may point to, as a JSON list", None
    )
    statement_count: int = described("陈述数", "Statements", "Number of statements with it", 0)


class UnitRow(Record):
    """A base unit."""

    id: UnitId = described("编号", "Unit", "Stable id of the unit")
    label_zh: str = described("中文名", "Label in Chinese", "Label in Chinese")
    label_en: str = described("英文名", "Label in English", "Label in English")
    dimension: str | None = described("量纲", "Dimension", "What it measures", None)


class TermRow(TermRecord):
    """A word of a controlled vocabulary."""


class StatementRow(StatementBase):
    """A statement, flat, with what is derived from all of them."""

    attributed_to: str | None = described(
        "谁说的", "Attributed to", "Entities that say it, nearest first, as a JSON list", None
    )
    participants: str | None = described(
        "参与者", "Participants", "Further parties and their roles, as a JSON list", None
    )
    rank: Rank | None = described(
        "级别", "Rank", "Preferred, normal or deprecated among statements on the same thing", None, facet=True
    )
    rank_reason: str | None = described("级别理由", "Rank reason", "Why it has this rank", None)
    issues: str | None = described("疑点", "Issues", "What makes the value doubtful, as a JSON list of check ids", None)
    first_release: str | None = described("首次发布", "First release", "Release in which it first stood", None)
    last_release: str | None = described("最后发布", "Last release", "Newest release in which it stood", None)


class EvidenceRow(EvidenceBase):
    """One place a statement is read from."""

    id: int = described("编号", "Evidence id", "Number of the row")
    statement_id: Id = described("陈述", "Statement", "Statement that it shows", reference="statements.id")


class ReleaseRow(Record):
    """A published state of the base."""

    id: str = described("版本", "Release", "Version of the release")
    released_on: str = described("发布日期", "Released on", "Day of the release")
    statement_count: int = described("陈述数", "Statements", "Number of statements in it")
    content_hash: str = described("内容哈希", "Content hash", "Hash of all its statements and evidence")
    note: str | None = described("说明", "Note", "What changed, in words", None)


class ChangeRow(Record):
    """What a release did to a statement."""

    id: int = described("编号", "Change id", "Number of the row")
    release_id: str = described("版本", "Release", "Release that made the change", reference="releases.id", facet=True)
    statement_id: Id = described("陈述", "Statement", "Statement that changed")
    change: str = described("变更", "Change", "added, removed or changed", facet=True)
    fields: str | None = described("字段", "Fields", "Fields that changed, as a JSON list", None)


class RedirectRow(Record):
    """An entity id that now stands for another."""

    id: Id = described("旧编号", "Old id", "Id that was used before")
    new_id: Id = described("新编号", "New id", "Id that stands for it now", reference="entities.id")
    reason: str = described("理由", "Reason", "Why")


class ColumnRow(Record):
    """What a column of this base means."""

    id: str = described("编号", "Column id", "table.column")
    table_name: str = described("表", "Table", "Table or view", facet=True)
    column_name: str = described("列", "Column", "Column")
    position: int = described("次序", "Position", "Order of the column in its table")
    label_zh: str = described("中文名", "Label in Chinese", "Label in Chinese")
    label_en: str = described("英文名", "Label in English", "Label in English")
    description: str = described("释义（英文）", "Description", "What it holds")
    description_zh: str = described("释义", "Description in Chinese", "What it holds, in Chinese")
    unit: str | None = described("单位", "Unit", "Unit of its values", None)


class BaseRow(Record):
    """What this base is: its versions, hash and dates."""

    id: str = described("名", "Name", "What is told")
    content: str = described("内容", "Content", "The value")


class ListRow(Record):
    """What every derived list tells of its statement."""

    id: Id = described("陈述", "Statement", "Statement that the row comes from", reference="statements.id")
    property_id: Id = described("属性", "Property", "What is said", reference="properties.id", facet=True)
    subject_id: Id = described("主体编号", "Subject id", "Entity that it is about", reference="entities.id")
    subject: str = described("主体", "Subject", "Name of the entity")
    subject_kind: Kind = described("主体类别", "Subject kind", "What the entity is", facet=True)
    printed: str | None = described("原文", "Printed", "The value as printed", None)
    scope_note: str | None = described("范围", "Scope", "What exactly is meant", None)
    place_id: Id | None = described("地点", "Place", "Where it holds", None, reference="entities.id", facet=True)
    attributed_to: str | None = described("谁说的", "Attributed to", "Names of those who say it", None)
    attribution_text: str | None = described("出处说明", "Attribution", "Who says it, where nobody is named", None)
    assertion: str = described("断言", "Assertion", "How firmly the source says it", "asserted", facet=True)
    rank: Rank | None = described("级别", "Rank", "Preferred, normal or deprecated", None, facet=True)
    issues: str | None = described("疑点", "Issues", "What makes it doubtful, as a JSON list of check ids", None)
    source_id: Id = described("来源", "Source", "Source that says it", reference="sources.id", facet=True)


class FigureRow(ListRow):
    """A figure with its time and scope."""

    sort_value: float | None = described(
        "排序值", "Sort value", "Number to sort by; empty where the value is doubted", None
    )
    low: float | None = described("下限", "Low", "Lower bound in the unit; empty where open", None)
    high: float | None = described("上限", "High", "Upper bound in the unit; empty where open", None)
    unit: UnitId | None = described("单位", "Unit", "Base unit of the bounds", None, reference="units.id", facet=True)
    comparator: str | None = described("比较", "Comparator", "How the bounds are meant", None)
    as_of: str | None = described("截至", "As of", "When it held", None)
    period_start: str | None = described("期初", "Period start", "First day of the period", None)
    period_end: str | None = described("期末", "Period end", "Last day of the period", None)
    duration: str | None = described("时长", "Duration", "ISO 8601 length of the window it was counted in", None)
    per: str | None = described("每", "Per", "Unit of time or item that a rate is per", None)
    category_id: Id | None = described("类目", "Category", "Category that it holds for", None, reference="terms.id")
    relative_to_id: Id | None = described(
        "相对于", "Relative to", "What a ratio, share or growth is of, or against", None, reference="entities.id"
    )
    part_of: Id | None = described("其中", "Part of", "Statement of the whole", None, reference="statements.id")


class EventRow(ListRow):
    """Something that happened, or is planned to."""

    date: str | None = described("日期", "Date", "Date, as precise as the source states it", None)
    date_sort: str | None = described("日期排序", "Sort date", "Date to sort by", None)
    date_basis: str | None = described("日期依据", "Date basis", "How year, month and day are known", None)
    participants: str | None = described(
        "参与者", "Participants", "Further parties and their roles, as a JSON list", None
    )


class RelationRow(ListRow):
    """How two entities belong together."""

    object_id: Id | None = described(
        "客体编号", "Object id", "Entity that the subject is related to", None, reference="entities.id"
    )
    object: str | None = described("客体", "Object", "Name of that entity", None)
    role_title: str | None = described("职务", "Title", "Title of an affiliation, as printed", None)


class PartyRow(Record):
    """An entity that a statement names beside its subject and object."""

    id: int = described("编号", "Party id", "Number of the row")
    statement_id: Id = described("陈述", "Statement", "Statement that names it", reference="statements.id")
    entity_id: Id = described("实体", "Entity", "Entity that is named", reference="entities.id")
    named_in: str = described("列于", "Named in", "attributed_to: it says it; participants: it takes part", facet=True)
    role: str | None = described("角色", "Role", "Part that a participant takes", None)


class ConflictRow(Record):
    """Two statements on one thing that cannot both be right."""

    id: int = described("编号", "Conflict id", "Number of the row")
    subject: str = described("主体", "Subject", "Name of the entity")
    property_id: Id = described("属性", "Property", "What both say", reference="properties.id", facet=True)
    printed: str | None = described("原文甲", "First value", "First value as printed", None)
    source_id: Id = described("来源甲", "First source", "Source of the first", reference="sources.id")
    supporting_sources: int = described("支持来源数", "Sources for", "Independent sources that agree with the first", 1)
    other_printed: str | None = described("原文乙", "Other value", "Other value as printed", None)
    other_source_id: Id = described("来源乙", "Other source", "Source of the other", reference="sources.id")
    opposing_sources: int = described(
        "反对来源数", "Sources against", "Independent sources that agree with the other", 1
    )
    distance: float | None = described(
        "相差倍数", "Apart", "Factor between the nearest bounds, or days between dates", None
    )
    reason: str | None = described("理由", "Reason", "Why it is preferred", None)
    preferred_id: Id | None = described(
        "取用", "Preferred", "Statement preferred, if any", None, reference="statements.id"
    )
    statement_id: Id = described(
        "陈述甲", "First statement", "The preferred statement, or the first", reference="statements.id"
    )
    other_statement_id: Id = described(
        "陈述乙", "Other statement", "The statement that contradicts it", reference="statements.id"
    )
    subject_id: Id = described("主体编号", "Subject id", "Entity that both are about", reference="entities.id")


class IssueRow(Record):
    """A doubt about a statement, found by a check."""

    id: int = described("编号", "Issue id", "Number of the row")
    statement_id: Id = described("陈述", "Statement", "Statement that is doubted", reference="statements.id")
    check_id: Id = described("检查", "Check", "Check that found it", facet=True)
    severity: str = described("程度", "Severity", "error empties the sort value; warning only tells", facet=True)
    subject_id: Id = described("主体", "Subject", "Entity that it is about", reference="entities.id")
    property_id: Id = described("属性", "Property", "What is said", reference="properties.id", facet=True)
    printed: str | None = described("原文", "Printed", "The value as printed", None)
    message: str = described("说明", "Message", "What is doubtful, and against which bound")


class ProfileRow(Record):
    """A place's policy as one source describes it."""

    id: str = described("编号", "Profile id", "place@source")
    place_id: Id = described("地点编号", "Place id", "Place whose policy it is", reference="entities.id")
    place: str = described("地点", "Place", "Name of the place")
    level: str | None = described("层级", "Level", "Administrative level of the place", None, facet=True)
    source_id: Id = described("来源", "Source", "Source that describes it", reference="sources.id", facet=True)
    measures: str | None = described("政策举措", "Measures", "What the place does, in our own words", None)
    features: str | None = described("特点", "Features", "What marks its policy, in our own words", None)
    themes: str | None = described("主题", "Themes", "Themes, by their Chinese labels", None)
    measures_en: str | None = described(
        "政策举措（英文）", "Measures in English", "What the place does, in English", None
    )
    features_en: str | None = described(
        "特点（英文）", "Features in English", "What marks its policy, in English", None
    )
    statement_ids: str | None = described("陈述", "Statements", "Statements it is made of, as a JSON list", None)


ROW_TABLES: dict[str, tuple[type[Record], str]] = {
    "sources": (SourceRow, "Articles, papers, policy texts and data sets that statements are read from"),
    "entities": (
        EntityRow,
        "What statements are about: models, organizations, policies, places, persons, products, topics",
    ),
    "aliases": (AliasRow, "Names under which entities are printed"),
    "properties": (PropertyRow, "What statements may say"),
    "units": (UnitRow, "Base units of quantities"),
    "terms": (TermRow, "Controlled vocabularies"),
    "statements": (StatementRow, "One source says one thing of one entity; kept beside those that contradict it"),
    "evidence": (EvidenceRow, "The characters or cells that each statement is read from"),
    "parties": (PartyRow, "Who says a statement and who takes part in what it tells: a row an entity named"),
    "releases": (ReleaseRow, "Published states of the base"),
    "changes": (ChangeRow, "What each release added, removed or changed"),
    "redirects": (RedirectRow, "Entity ids that now stand for others"),
    "columns": (ColumnRow, "What every column of this base means"),
    "base_info": (BaseRow, "What this base is: versions, hash, dates"),
    "metrics": (
        FigureRow,
        "Users, questions, customers, revenue, cost, counts and shares: dated figures with their scope",
    ),
    "fundings": (FigureRow, "Money raised and valuations"),
    "subsidies": (FigureRow, "What policies pay, with their caps"),
    "targets": (FigureRow, "Quantified aims of policies"),
    "benchmarks": (FigureRow, "Scores on tests"),
    "events": (EventRow, "Releases, openings, filings, announcements, conferences: dated where the source dates them"),
    "relations": (RelationRow, "Who developed, published, leads, founded, partners with whom"),
    "conflicts": (ConflictRow, "Pairs of statements that cannot both be right"),
    "quality_issues": (IssueRow, "Doubts about statements, found by checks"),
    "policy_profiles": (ProfileRow, "A place's policy as one source describes it"),
}
"""Each table's row and what the table holds."""

__all__ = ["ROW_TABLES", "SCHEMA_VERSION", "ValueType"]
