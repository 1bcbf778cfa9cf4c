"""The validated records: what may enter the base, field by field."""

import re
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, model_validator

from schema.dates import PartialDate
from schema.fields import described
from schema.words import (
    Assertion,
    Comparator,
    DateBasis,
    Kind,
    PlaceLevel,
    Rank,
    Role,
    SourceStatus,
    SourceType,
    ValueStatus,
    ValueType,
)

QUOTE_LIMIT = 20


def _real_date(iso: str) -> str:
    """Refuse days that no calendar has."""
    if len(iso) > 7 or iso[0] == "-":
        PartialDate(iso)
    return iso


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=120)]
UnitId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_./-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Isodate = Annotated[
    str,
    StringConstraints(
        pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?|--(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)$"
    ),
    AfterValidator(_real_date),
]
Timestamp = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$")]
Duration = Annotated[str, StringConstraints(pattern=r"^P((\d+[YMWD])+(T(\d+[HMS])+)?|T(\d+[HMS])+)$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000)]


class Record(BaseModel):
    """A record refuses keys it does not know and values of another type: "12" is no number, 1 no yes."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SourceBase(Record):
    """An article, paper, policy text or data set that statements are read from."""

    id: Id = described("编号", "Source", "Stable slug of the source")
    title: Name = described("标题", "Title", "Title as printed")
    title_en: str | None = described("英文标题", "Title in English", "Title in English, as printed or translated", None)
    publisher: str | None = described("发布者", "Publisher", "Who published it", None, facet=True)
    published: Isodate | None = described(
        "发布日期", "Published", "Date of publication, as precise as the source states it", None
    )
    published_basis: DateBasis | None = described(
        "日期依据", "Date basis", "How the date of publication is known", None
    )
    retrieved: Isodate | None = described("获取日期", "Retrieved", "Day the file was taken", None)
    url: Url | None = described("网址", "URL", "Address of the source", None)
    archive_url: Url | None = described("存档网址", "Archive URL", "Address of an archived copy", None)
    doi: str | None = described("DOI", "DOI", "Digital object identifier", None)
    language: str = described("语言", "Language", "BCP 47 tag of the source's main language", "zh-Hans", facet=True)
    license: str | None = described("许可", "Licence", "Terms under which the source itself may be used", None)
    type: SourceType = described("类型", "Type", "Kind of source", "article", facet=True)
    tier: int = described(
        "层级", "Tier", "1 primary, 2 first-hand report, 3 secondary, 4 hearsay", 3, ge=1, le=4, facet=True
    )
    status: SourceStatus = described(
        "状态", "Status", "Whether the source stands, was corrected or was retracted", "current", facet=True
    )
    derived_from: Id | None = described(
        "转自", "Derived from", "Source that this one repeats", None, reference="sources.id"
    )
    excerpt: bool = described(
        "仅摘录", "Excerpt", "Whether only an excerpt was at hand; hash and offsets are then the excerpt's", False
    )
    file_name: str | None = described("文件名", "File", "Name of the file as it was read", None)
    sha256: Sha256 | None = described("文件哈希", "File SHA-256", "Hash of the file's bytes", None)
    text_sha256: Sha256 | None = described("文本哈希", "Text SHA-256", "Hash of the canonical text in UTF-8", None)
    text_length: int | None = described(
        "文本长度", "Text length", "Code points of the canonical text", None, ge=0, unit="character"
    )
    extractor: str | None = described(
        "提取器", "Extractor", "What made the canonical text from the file, with its version", None
    )
    note: str | None = described("说明", "Note", "What a reader must know of this source", None)


class SourceRecord(SourceBase):
    """A source as it stands in its seed file."""

    authors: list[Name] = described("作者", "Authors", "Authors as printed", [])


class AliasRecord(Record):
    """A name under which an entity is printed."""

    alias: Name = described("别名", "Alias", "The name as printed")
    language: str | None = described("语言", "Language", "BCP 47 tag of the name", None)
    script: str | None = described("文字", "Script", "ISO 15924 code of the name's script", None)
    context_only: bool = described(
        "仅限语境",
        "In context only",
        "Whether it names the entity only where the context does, so that no search for names uses it",
        False,
    )
    note: str | None = described("说明", "Note", "Why this name stands for the entity, where that is not plain", None)


class EntityBase(Record):
    """What statements are about."""

    id: Id = described("编号", "Entity", "Stable slug of the entity")
    kind: Kind = described("类别", "Kind", "What the entity is", facet=True)
    type: Id | None = described(
        "细类", "Type", "Finer class, a term of the vocabularies", None, reference="terms.id", facet=True
    )
    name_zh: Name | None = described("中文名", "Name in Chinese", "Canonical name in Chinese", None)
    name_en: Name | None = described("英文名", "Name in English", "Canonical name in English", None)
    description: str | None = described("释义（英文）", "Description", "What it is, in our own words", None)
    description_zh: str | None = described(
        "释义", "Description in Chinese", "What it is, in our own words, in Chinese", None
    )
    level: PlaceLevel | None = described("层级", "Level", "Administrative level of a place", None, facet=True)
    parent_id: Id | None = described(
        "上级", "Part of", "Place or organization that this one is part of", None, reference="entities.id"
    )
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q\d+$")] | None = described(
        "维基数据", "Wikidata", "Wikidata item", None
    )
    iso_3166: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$")] | None = described(
        "ISO 3166", "ISO 3166", "Country or subdivision code", None
    )
    adcode: Annotated[str, StringConstraints(pattern=r"^\d{6}$")] | None = described(
        "行政区划代码", "GB/T 2260", "Code of a Chinese administrative division", None
    )
    un_m49: Annotated[str, StringConstraints(pattern=r"^\d{3}$")] | None = described(
        "UN M49", "UN M49", "Code of a world region", None
    )
    ror: Annotated[str, StringConstraints(pattern=r"^0[a-z0-9]{8}$")] | None = described(
        "ROR", "ROR", "Research Organization Registry id", None
    )
    stock_code: str | None = described("证券代码", "Stock code", "Exchange and code, such as SZSE:002230", None)
    url: Url | None = described("网址", "URL", "Official page", None)
    note: str | None = described("说明", "Note", "What an editor must know", None)


class EntityRecord(EntityBase):
    """An entity as it stands in its seed file."""

    aliases: list[AliasRecord] = described("别名", "Aliases", "Names under which it is printed", [])

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not (self.name_zh or self.name_en):
            raise ValueError("an entity needs name_zh or name_en")
        return self


class PropertyRecord(Record):
    """A term of the vocabulary of properties: what a statement may say."""

    id: Id = described("编号", "Property", "Stable id of the property")
    label_zh: Name = described("中文名", "Label in Chinese", "Label in Chinese")
    label_en: Name = described("英文名", "Label in English", "Label in English")
    description: Name = described("释义（英文）", "Description", "What a statement with this property says")
    description_zh: Name | None = described(
        "释义", "Description in Chinese", "What a statement with this property says, in Chinese", None
    )
    value_type: ValueType = described("值类型", "Value type", "Type of its values", facet=True)
    units: list[UnitId] = described("单位", "Units", "Units that a quantity may have; empty: any", [])
    kinds: list[Kind] = described("适用于", "Applies to", "Kinds of entity it may be said of; empty: any", [])
    object_kinds: list[Kind] = described(
        "客体类别", "Object kinds", "Kinds of entity a relation may point to; empty: any", []
    )
    vocabulary: Id | None = described("词表", "Vocabulary", "Vocabulary that its terms come from", None)
    many: bool = described("多值", "Many", "Whether an entity may have several values at once", False)
    listed_in: str | None = described("列入", "Listed in", "Derived list that gathers its statements", None)


class TermRecord(Record):
    """A word of a controlled vocabulary."""

    id: Id = described("编号", "Term", "Stable id of the term, unique over all vocabularies")
    vocabulary: Id = described("词表", "Vocabulary", "Vocabulary it belongs to", facet=True)
    label_zh: Name = described("中文名", "Label in Chinese", "Label in Chinese")
    label_en: Name = described("英文名", "Label in English", "Label in English")
    description: str | None = described("释义", "Description", "What the term means", None)
    broader: Id | None = described("上位词", "Broader", "Term that this one is a kind of", None, reference="terms.id")


class EvidenceBase(Record):
    """One place a statement is read from."""

    source_id: Id = described("来源", "Source", "Source that the span or cell stands in", reference="sources.id")
    role: Role = described(
        "作用", "Role", "What the span shows: the value, the subject, who says it, or the scope", facet=True
    )
    start_char: int | None = described(
        "起", "Start", "First code point of the span in the canonical text, 0-based", None, ge=0
    )
    end_char: int | None = described("止", "End", "Code point after the span's last", None, ge=1)
    quote: Annotated[str, StringConstraints(min_length=1, max_length=QUOTE_LIMIT)] | None = described(
        "引文", "Quote", f"Exactly the span's characters, where they are at most {QUOTE_LIMIT}", None
    )
    sha256: Sha256 | None = described("引文哈希", "Quote SHA-256", "Hash of a longer span's characters in UTF-8", None)
    table_label: str | None = described("表", "Table", "Table that the cell stands in", None)
    row_label: str | None = described("行", "Row", "Row name of the cell, or row key of a data set", None)
    column_label: str | None = described("列", "Column", "Column header of the cell", None)

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.start_char is None:
            if self.row_label is None or self.column_label is None:
                raise ValueError("evidence needs start_char and end_char, or row_label and column_label")
            return self
        if self.end_char is None or self.end_char <= self.start_char:
            raise ValueError(f"end_char {self.end_char!r} must be greater than start_char {self.start_char!r}")
        length = self.end_char - self.start_char
        if self.quote is not None and len(self.quote) != length:
            raise ValueError(f"quote {self.quote!r} has {len(self.quote)} characters, its span has {length}")
        if (self.quote is None) == (self.sha256 is None):
            raise ValueError(f"evidence needs quote (at most {QUOTE_LIMIT} characters) or else sha256, one of them")
        return self


class Participant(Record):
    """Somebody who takes part in an n-ary fact, and as what."""

    role: Id = described("角色", "Role", "What the entity is in the fact")
    entity_id: Id = described("实体", "Entity", "Who takes part", reference="entities.id")


class StatementBase(Record):
    """One source says one thing of one entity."""

    id: Id = described("编号", "Statement", "Minted once when the statement enters the base, never recomputed")
    key: str = described("键", "Key", "Hash of what makes it the same statement when it is read again")
    source_id: Id = described("来源", "Source", "Source that says it", reference="sources.id", facet=True)
    supersedes: Id | None = described(
        "取代", "Supersedes", "Statement that this one replaces", None, reference="statements.id"
    )
    subject_id: Id = described("主体", "Subject", "Entity that it is about", reference="entities.id")
    subject_as_read: Name = described("主体原文", "Subject as read", "Subject as the source prints it")
    property_id: Id = described("属性", "Property", "What is said", reference="properties.id", facet=True)
    value_type: ValueType = described("值类型", "Value type", "Type of the value", facet=True)
    low: float | None = described("下限", "Low", "Lower bound in the unit; empty where open", None, allow_inf_nan=False)
    high: float | None = described(
        "上限", "High", "Upper bound in the unit; empty where open", None, allow_inf_nan=False
    )
    unit: UnitId | None = described("单位", "Unit", "Base unit of the bounds", None, reference="units.id")
    comparator: Comparator | None = described("比较", "Comparator", "How the bounds are meant", None)
    boolean: bool | None = described("是否", "Yes or no", "Value of a yes-or-no property", None)
    date: Isodate | None = described("日期", "Date", "Date, as precise as the source states it", None)
    date_sort: str | None = described("日期排序", "Sort date", "Date to sort by: a partial date's first day", None)
    text: str | None = described("文字", "Text", "Value in our own words, in Chinese", None)
    text_en: str | None = described("英文文字", "Text in English", "Value in our own words, in English", None)
    term: Id | None = described("术语", "Term", "Value from a controlled vocabulary", None, reference="terms.id")
    object_id: Id | None = described(
        "客体", "Object", "Entity that the statement relates its subject to", None, reference="entities.id"
    )
    printed: str | None = described("原文", "Printed", "The value as printed, layout blanks removed", None)
    value_status: ValueStatus = described(
        "值状态", "Value status", "Whether a value is reported, and if not, how it is missing", "reported"
    )
    place_id: Id | None = described("地点", "Place", "Where it holds", None, reference="entities.id")
    category_id: Id | None = described("类目", "Category", "Category that it holds for", None, reference="terms.id")
    part_of: Id | None = described(
        "其中", "Part of", "Statement of the whole that this is a part of", None, reference="statements.id"
    )
    relative_to_id: Id | None = described(
        "相对于", "Relative to", "What a ratio, share or growth is of, or against", None, reference="entities.id"
    )
    scope_note: str | None = described("范围", "Scope", "What exactly is counted, in our own words", None)
    list_complete: bool | None = described(
        "列举完整", "List complete", "Whether the source's list is said to be whole", None
    )
    as_of: Isodate | None = described("截至", "As of", "When it held", None)
    period_start: Isodate | None = described(
        "期初", "Period start", "First day of the period, partial dates allowed", None
    )
    period_end: Isodate | None = described("期末", "Period end", "Last day of the period, partial dates allowed", None)
    duration: Duration | None = described("时长", "Duration", "ISO 8601 length of the window it was counted in", None)
    per: UnitId | None = described("每", "Per", "Unit of time or item that a rate is per", None)
    date_basis: DateBasis | None = described("日期依据", "Date basis", "How year, month and day are known", None)
    attribution_text: str | None = described("出处说明", "Attribution", "Who says it, where nobody is named", None)
    role_title: str | None = described("职务", "Title", "Title that goes with an affiliation, as printed", None)
    assertion: Assertion = described("断言", "Assertion", "How firmly the source says it", "asserted", facet=True)
    method: str = described(
        "方法",
        "Method",
        "`curated`, or the rule or importer that read it",
        "curated",
        pattern=r"^(curated|(rule|import|llm):[\w.-]+@[\w.-]+)$",
    )
    reviewed_by: str | None = described("审阅人", "Reviewed by", "Who read the span", None)
    reviewed_at: Timestamp | None = described("审阅时间", "Reviewed at", "When the span was read", None)
    hand_normalized: str | None = described(
        "人工归一", "Normalised by hand", "Why the grammar does not give these bounds", None
    )
    note: str | None = described("说明", "Note", "What a user must know of this statement", None)

    @model_validator(mode="after")
    def _one_value(self) -> Self:
        problem = value_problem(self)
        if problem:
            raise ValueError(problem)
        return self


class StatementRecord(StatementBase):
    """A statement as it stands in its seed file, with its evidence."""

    attributed_to: list[Id] = described("谁说的", "Attributed to", "Who says it, nearest first", [])
    participants: list[Participant] = described("参与者", "Participants", "Further parties of the fact", [])
    evidence: list[EvidenceBase] = described("证据", "Evidence", "Where it is read", [])


class DerivedStatement(StatementRecord):
    """What only the built database knows of a statement."""

    rank: Rank | None = described(
        "级别", "Rank", "Preferred, normal or deprecated among statements on the same thing", None, facet=True
    )
    rank_reason: str | None = described("级别理由", "Rank reason", "Why it has this rank", None)
    issues: str | None = described("疑点", "Issues", "What makes the value doubtful, as a JSON list of issue ids", None)
    first_release: str | None = described("首次发布", "First release", "Release in which it first stood", None)
    last_release: str | None = described("最后发布", "Last release", "Last release in which it stood", None)


# Which fields a value of each type may fill.
VALUE_FIELDS: dict[str, frozenset[str]] = {
    "quantity": frozenset({"low", "high", "unit", "comparator"}),
    "boolean": frozenset({"boolean"}),
    "date": frozenset({"date"}),
    "text": frozenset({"text", "text_en"}),
    "term": frozenset({"term"}),
    "entity": frozenset({"object_id"}),
}
_ALL_VALUE_FIELDS: tuple[str, ...] = tuple(sorted(frozenset().union(*VALUE_FIELDS.values())))
_NEEDED = {"boolean": "boolean", "text": "text", "term": "term", "entity": "object_id"}
_FOREIGN_FIELDS = {kind: tuple(f for f in _ALL_VALUE_FIELDS if f not in own) for kind, own in VALUE_FIELDS.items()}


def value_problem(statement: StatementBase) -> str | None:
    """Say what is wrong with a statement's value, or None."""
    values = statement.__dict__
    kind = statement.value_type
    for name in _FOREIGN_FIELDS[kind]:
        if values[name] is not None:
            return f"{name} is {values[name]!r}, but a {kind} has no {name}; remove it or choose another property"
    if statement.value_status in {"not_stated", "not_disclosed", "not_applicable"}:
        return _missing_value_problem(statement)
    if kind == "quantity":
        if statement.value_status == "unit_not_stated" and statement.unit is not None:
            return f"unit is {statement.unit!r}, but value_status 'unit_not_stated' leaves none; remove one of them"
        return quantity_problem(statement.low, statement.high, statement.comparator)
    needed = _NEEDED.get(kind)
    if needed and values[needed] is None:
        return f"a {kind} needs {needed}; give it, or a value_status such as not_stated"
    return None


def _missing_value_problem(statement: StatementBase) -> str | None:
    for name in _ALL_VALUE_FIELDS:
        if getattr(statement, name) is not None:
            return (
                f"{name} is {getattr(statement, name)!r}, but value_status {statement.value_status!r} leaves no value"
            )
    return None


def quantity_problem(low: float | None, high: float | None, comparator: str | None) -> str | None:
    """Say why bounds and comparator do not go together, or None."""
    if low is None and high is None:
        return "a quantity needs low or high; give one, or a value_status such as not_stated"
    if comparator is None:
        return "a quantity needs a comparator"
    if low is not None and high is not None and low > high:
        return f"low {low!r} is above high {high!r}; swap them"
    if comparator in {"gt", "ge"} and (low is None or high is not None):
        return f"comparator {comparator!r} wants low and an open high, not {low!r} and {high!r}"
    if comparator in {"lt", "le"} and (high is None or low is not None):
        return f"comparator {comparator!r} wants high and an open low, not {low!r} and {high!r}"
    if comparator in {"eq", "approx"} and low != high:
        return f"comparator {comparator!r} wants equal bounds, not {low!r} and {high!r}"
    if comparator in {"order_of_magnitude", "range", "sizes"} and (low is None or high is None):
        return f"comparator {comparator!r} wants both bounds, not {low!r} and {high!r}"
    return None


class RedirectRecord(Record):
    """An entity id that now stands for another; taking the line out undoes it."""

    old_id: Id = described("旧编号", "Old id", "Id that was used before")
    new_id: Id = described("新编号", "New id", "Id that stands for it now", reference="entities.id")
    reason: Name = described("理由", "Reason", "Why: renamed, merged …")
    decided_by: str | None = described("决定人", "Decided by", "Who decided", None)
    decided_at: Timestamp | None = described("决定时间", "Decided at", "When", None)


class MatchRecord(Record):
    """A judgement that two entities of two sources are one, or are not; taking the line out undoes it."""

    left_id: Id = described("左", "Left", "Entity of the later source", reference="entities.id")
    right_id: Id = described("右", "Right", "Entity that it may be", reference="entities.id")
    same: bool | None = described("同一", "Same", "Whether they are one; empty where nobody has judged", None)
    score: int = described("得分", "Score", "How alike they are, from 0 to 100", 0, ge=0, le=100)
    reason: Name = described("理由", "Reason", "What speaks for or against it")
    decided_by: Name = described("决定人", "Decided by", "Who judged: a person or a rule")
    decided_at: Timestamp = described("决定时间", "Decided at", "When")

    @property
    def id(self) -> str:
        """Return what tells the pair from others."""
        return f"{self.left_id}={self.right_id}"


class OverrideRecord(Record):
    """An editor's word over a computed rank or a doubted figure."""

    statement_id: Id = described("陈述", "Statement", "Statement that it is about", reference="statements.id")
    rank: Rank = described("级别", "Rank", "Rank that it gets")
    sort_value: float | None = described("排序值", "Sort value", "Number to sort by instead of an emptied one", None)
    reason: Name = described("理由", "Reason", "Why")
    decided_by: Name = described("决定人", "Decided by", "Who decided")
    decided_at: Timestamp = described("决定时间", "Decided at", "When")


# A blank beside a character that is not Latin; the blank is looked for first.
_OUTER_BLANK = re.compile(r" (?:(?<=[^\x00-\x7f] )|(?=[^\x00-\x7f]))")


def squeeze(text: str) -> str:
    """Return the text without layout blanks: none between Chinese characters, one between Latin words."""
    if text.isalnum():
        return text
    text = " ".join(text.split())
    return _OUTER_BLANK.sub("", text) if " " in text else text


class BoundCheck(Record):
    """A bound that a plausible value keeps."""

    id: Id = described("编号", "Check", "Stable id of the check")
    property_id: Id = described("属性", "Property", "Property whose values it bounds", reference="properties.id")
    unit: UnitId | None = described("单位", "Unit", "Unit of the bound; empty: any", None)
    low: float | None = described("下限", "Low", "Lowest plausible value", None)
    high: float | None = described("上限", "High", "Highest plausible value", None)
    until: Isodate | None = described("适用至", "Until", "Holds for sources published up to this year", None)
    severity: str = described(
        "程度", "Severity", "error empties the sort value; warning only tells", "error", pattern="^(error|warning)$"
    )
    reason: Name = described("理由", "Reason", "Where the bound comes from")


class StructureCheck(Record):
    """A check that compares statements, by the name of its rule."""

    id: Id = described("编号", "Check", "Stable id of the check, also the name of its rule")
    severity: str = described("程度", "Severity", "error or warning", "warning", pattern="^(error|warning)$")
    reason: Name = described("理由", "Reason", "Why this is doubtful")


class GuardRecord(Record):
    """A volume guard: how many rows a table may have."""

    table_name: Name = described("表", "Table", "Table that it counts")
    at_least: int | None = described("至少", "At least", "Fewest rows", None, ge=0)
    at_most: int | None = described("至多", "At most", "Most rows", None, ge=0)
