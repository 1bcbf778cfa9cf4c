"""What columns, properties, units and closed lists of words are called, in zh or en."""

import re
from functools import cached_property

from db.connection import Connection

LONGEST_SOURCE = 14

WORDS: dict[str, tuple[str, str]] = {
    # kinds of entity
    "model": ("模型", "model"),
    "organization": ("机构", "organization"),
    "policy": ("政策文件", "policy"),
    "place": ("地点", "place"),
    "person": ("人物", "person"),
    "product": ("产品", "product"),
    "topic": ("主题", "topic"),
    "technology": ("技术", "technology"),
    "industry": ("行业", "industry"),
    "dataset": ("数据集", "dataset"),
    "publication": ("出版物", "publication"),
    "gathering": ("会议", "gathering"),
    "statement": ("陈述", "statement"),
    "source": ("来源", "source"),
    "entity": ("实体", "entity"),
    # comparators
    "eq": ("等于", "exactly"),
    "gt": ("大于", "more than"),
    "ge": ("不少于", "at least"),
    "lt": ("小于", "less than"),
    "le": ("至多", "at most"),
    "approx": ("约", "about"),
    "order_of_magnitude": ("数量级", "of the order"),
    "range": ("区间", "range"),
    "sizes": ("多种规模", "several sizes"),
    # value status
    "reported": ("已报告", "reported"),
    "not_stated": ("未说明", "not stated"),
    "not_disclosed": ("未公开", "not disclosed"),
    "not_applicable": ("不适用", "not applicable"),
    "unit_not_stated": ("未注明单位", "unit not stated"),
    # assertion
    "asserted": ("陈述", "asserted"),
    "estimated": ("估计", "estimated"),
    "planned": ("计划", "planned"),
    "forecast": ("预测", "forecast"),
    "denied": ("否认", "denied"),
    # date basis
    "printed": ("原文所印", "as printed"),
    "document_date": ("据文件日期", "from the document's date"),
    "context": ("据上下文", "from the context"),
    # rank
    "preferred": ("首选", "preferred"),
    "normal": ("一般", "normal"),
    "deprecated": ("不取", "deprecated"),
    # roles of evidence
    "value": ("值", "value"),
    "subject": ("主体", "subject"),
    "attribution": ("出处", "attribution"),
    "scope": ("范围", "scope"),
    # places
    "world": ("全球", "world"),
    "region": ("地区", "region"),
    "country": ("国家", "country"),
    "province": ("省级", "province"),
    "city": ("城市", "city"),
    "district": ("区县", "district"),
    "group": ("组", "group"),
    # types of a source
    "article": ("文章", "article"),
    "paper": ("论文", "paper"),
    "interview": ("访谈", "interview"),
    "newspaper": ("报纸", "newspaper"),
    "policy_text": ("政策文本", "policy text"),
    "filing": ("备案文件", "filing"),
    "model_card": ("模型卡", "model card"),
    "data_set": ("数据集", "data set"),
    "web_page": ("网页", "web page"),
    # severity
    "error": ("错误", "error"),
    "warning": ("提醒", "warning"),
    # headings of pages
    "aliases": ("别名", "Also called"),
    "facts": ("事实", "Facts"),
    "events": ("事件", "Events"),
    "relations": ("关系", "Relations"),
    "claims": ("论述", "What is said of it"),
    "profiles": ("政策概况", "Policy profiles"),
    "instruments": ("政策文件", "Instruments"),
    "statements": ("陈述", "Statements"),
    "results": ("结果", "Results"),
    "evidence": ("证据", "Evidence"),
    "property": ("属性", "Property"),
    "as_printed": ("原文", "As printed"),
    "in_words": ("归一", "Normalised"),
    "what": ("类型", "Kind"),
    "name": ("名称", "Name"),
    "detail": ("内容", "Content"),
    "id": ("编号", "Id"),
    "date": ("日期", "Date"),
    "related_to": ("关联", "Related to"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
    "said_by": ("谁说的", "Said by"),
    "the_source": ("来源自述", "the source itself"),
    "reviewed": ("审阅", "Verified"),
    "not_reviewed": ("未经人审阅", "read by nobody yet"),
    "period": ("时间", "Time"),
    "attributed_to": ("谁说的", "Attributed to"),
    "participants": ("参与者", "Participants"),
    "characters": ("字符", "characters"),
    "place_in_table": ("表格位置", "cell"),
    "sentence": ("句", "sentence"),
    "conflicts": ("冲突", "Conflicts"),
    "bounds": ("界限", "Bounds"),
    "as_read": ("读作", "read as"),
    "file": ("文件", "file"),
    # types of value
    "quantity": ("数量", "quantity"),
    "boolean": ("是非", "yes or no"),
    "text": ("文字", "text"),
    "term": ("术语", "term"),
    # states of a source
    "current": ("有效", "current"),
    "corrected": ("已更正", "corrected"),
    "retracted": ("已撤回", "retracted"),
    # roles of participants
    "speaker": ("发言人", "speaker"),
    "interviewer": ("采访者", "interviewer"),
    "participant": ("参与者", "participant"),
    "publisher": ("发布者", "publisher"),
    "partner": ("合作方", "partner"),
    "representative": ("代表", "representative"),
    "authority": ("主管机关", "authority"),
    "first_mover": ("先行者", "first mover"),
    "member": ("成员", "member"),
    "example": ("例", "example"),
    "entrant": ("后来者", "entrant"),
    # languages
    "zh": ("中文", "Chinese"),
    "zh-Hans": ("简体中文", "Chinese"),
    "en": ("英文", "English"),
    # what a release did to a statement
    "added": ("增加", "added"),
    "changed": ("修改", "changed"),
    "removed": ("删除", "removed"),
    # why one statement is preferred to another, as `etl.rank` says it
    "the only statement": ("唯一的陈述", "the only statement"),
    "one of several values": ("多个取值之一", "one of several values"),
    "an error was found in it": ("查出其中有误", "an error was found in it"),
    "an editor's decision": ("编辑裁定", "an editor's decision"),
    "it states a value": ("它给出了数值", "it states a value"),
    "no error was found in it": ("未查出其错误", "no error was found in it"),
    "its source stands": ("其来源未被撤回或更正", "its source stands"),
    "its source is nearer to the fact": ("其来源更接近事实", "its source is nearer to the fact"),
    "it is newer": ("它更新", "it is newer"),
    "it is more specific": ("它更具体", "it is more specific"),
    "more sources agree with it": ("与它一致的来源更多", "more sources agree with it"),
    "it was read first; nothing else tells them apart": (
        "先读到它；此外无从分别",
        "it was read first; nothing else tells them apart",
    ),
    "its source was retracted": ("其来源已撤回", "its source was retracted"),
    "its source was corrected or retracted": ("其来源已更正或撤回", "its source was corrected or retracted"),
}
"""Words of the closed lists and of page headings that no table labels: zh, en."""


class Labels:
    """Labels of one base in one language, read when first asked for."""

    def __init__(self, connection: Connection, language: str) -> None:
        self.connection = connection
        self.language = language
        self._zh = language == "zh"

    def read(self) -> "Labels":
        """Read all labels but those of sources now, so that any thread can ask for them; return itself."""
        for name in ("_columns", "_terms", "_units", "_properties"):
            getattr(self, name)
        return self

    def word(self, word: str | None) -> str:
        """Return what a word of a closed list is called; the word itself where it is of none."""
        pair = WORDS.get(word or "")
        return (pair[0] if self._zh else pair[1]) if pair else (word or "")

    @cached_property
    def _columns(self) -> dict[tuple[str, str], tuple[str, str]]:
        sql = "select table_name, column_name, label_zh, label_en from columns"
        return {(table, column): (zh, en) for table, column, zh, en in self.connection.execute(sql)}

    def column(self, table: str, column: str) -> str:
        """Return a column's heading; the column's own name where the base does not label it."""
        pair = self._columns.get((table, column))
        return (pair[0] if self._zh else pair[1]) if pair else column

    def both(self, table: str, column: str) -> tuple[str, ...]:
        """Return a column's labels in zh and en."""
        return self._columns.get((table, column), ())

    def _of(self, table: str) -> dict[str, str]:
        label = "label_zh" if self._zh else "label_en"
        return dict(self.connection.execute(f"select id, {label} from {table}").fetchall())

    @cached_property
    def _terms(self) -> dict[str, str]:
        return self._of("terms")

    @cached_property
    def _units(self) -> dict[str, str]:
        return self._of("units")

    @cached_property
    def _properties(self) -> dict[str, str]:
        return self._of("properties")

    @cached_property
    def _sources(self) -> dict[str, str]:
        return {
            source_id: _short(source_id, name)
            for source_id, name in self.connection.execute("select id, file_name from sources")
        }

    def term(self, identifier: str | None) -> str:
        """Return the label of a term, else of a word of a closed list, else the id itself."""
        return self._terms.get(identifier or "") or self.word(identifier)

    def unit(self, identifier: str | None) -> str:
        """Return the label of a unit."""
        return self._units.get(identifier or "") or (identifier or "")

    def property(self, identifier: str | None) -> str:
        """Return the label of a property."""
        return self._properties.get(identifier or "") or (identifier or "")

    def source(self, identifier: str | None) -> str:
        """Return a short name of a source that `damoxing source` finds."""
        return self._sources.get(identifier or "") or (identifier or "")

    def heading(self, word: str) -> str:
        """Return a word as it heads a column or a section."""
        label = self.word(word)
        return label[:1].upper() + label[1:]


def _short(source_id: str, file_name: str | None) -> str:
    number = re.match(r"\d+(?=_)", file_name or "")
    return number[0] if number and len(source_id) > LONGEST_SOURCE else source_id
