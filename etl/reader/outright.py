"""What the words right at a figure say outright that it is of, before anything has to be weighed."""

import re
from collections.abc import Iterator
from typing import Final

import rjieba

from etl.reader.candidates import OPENED, Document, Earlier, Subject, as_subject, bare
from etl.reader.instruments import is_policy
from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mention, clean
from etl.reader.movers import is_instrument, mover, moves_again, moves_to
from etl.reader.nouns import CORE, NOUNS, STRONG, Topic, ends_in_measure, without_measure, words
from etl.reader.subject_words import OF_POLICY

NAMED: Final = frozenset({"model", "product", "dataset"})
_SIZED: Final = frozenset({"model", "product"})
_MOVING: Final = frozenset({"share", "growth", "score"})
_NAME_REACH: Final = 24
_CLOSED: Final = re.compile(r"[^，。；（）()\n]{0,8}[）)]")
_IN_BRACKETS: Final = re.compile(r"[（(][^（）()]{1,120}[）)]")
_BRACKETS: Final = frozenset("（(")
_HAVING: Final = frozenset("有含备")
_LISTS: Final = re.compile(r"(?m)^[ \t]*(?:[-*+•·]|\d{1,2}[.、)）])[ \t]?[^\n：:]{2,14}[：:]")
_TOUCHING, _NEAR = 6, 8
_OPENS: Final = re.compile(r"[ ]?[（(][ ]?")
_CLOSES: Final = re.compile(r"[ ]?[）)]")
_LABEL: Final = re.compile(r"[*`]*[^，。；：:\n\d]{2,12}[*`]*[：:]")
_BOLD_LABEL: Final = re.compile(
    r"[-*•> \t\d.、]*\*{0,2}(?![^：:\n]{0,12}[A-Z]{2})[\u3400-\u9fffA-Za-z ]{2,12}\*{0,2}[ ]?[：:]"
)
_LINE_LABEL: Final = re.compile(
    r"[-*•> \t\d.、]*\*{0,2}(?P<label>(?![^：:\n]{0,12}(?:时间|日期|来源|链接|作者|编辑|注|备注|总结|摘要|结论))[\u3400-\u9fffA-Za-z][\u3400-\u9fffA-Za-z ]{1,13}?)(?:[（(][^（）()\n]{1,16}[）)])?\*{0,2}[ ]?[：:]\*{0,2}"
)
_LABEL_REACH: Final = 24
_FIELDS: Final = frozenset({"topic", "technology", "industry"})
_HEAD_NOUN: Final = re.compile(
    r"(?:核心|相关|基础|创新|应用|软件|硬件|安全|服务|智能|专用)*(?:产业|行业|市场|基础设施|基建|企业|公司|人才|芯片|岗位|专利|支出|资金|交易|用户|终端|中心|模型|系统|机器人|生成|工具|初创企业|独角兽)+(?!链|化|级|界|端)"
)
# A clause that opens with these is of them, whatever was told before.
_WHOLE: Final = re.compile(
    r"[ \n]*(?:(?:目前|当前|截至目前|如今|在?20\d\d年[年底末]*)[，,]?)?(?P<whole>全国|我国|全省|全市|全文|本文)(?!性|人大|政协|统一|推广|试点|首)"
)
_WHOLE_OPENED: Final = re.compile(r"(?P<whole>全国|全球|全省|全市)[（(][约超近]*$")
# What is measured outright of the noun before it; 能力, 水平 and their like may be a name's own last word.
_OUTRIGHT: Final = re.compile(
    r"[ \n]?(?:的[ \n]?)?(?:核心|相关|总|年|月|日|资本|训练|推理|运营|研发|平均|累计|整体|销售|市场)*(?:规模|数量|总数|总量|金额|参数|收入|营收|销售额|利润|毛利|成本|费用|开支|支出|投入|投资|市值|估值|价格|售价|占比|比例|份额|比重|普及率|渗透率|覆盖率|准确率|增速|增幅|交易量|成交|销量|增长|人数|用户|客户|下载量|访问量|调用量|出货量|产值|增加值|能耗|半衰期|用电量|耗电量|用水量|排放量|(?:能源)?使用量)"
)
_RELATED: Final = re.compile("相关|有关|关于|针对")
_ATTRIBUTE_REACH: Final = 12
_HAS: Final = re.compile(
    r"(?:拥有|坐拥|估值|市值|总值|价值|年收入|仅含|含有)[ \n]?(?:约|超过?|近|达到?|高达|为)?[ \n*]*$"
)
_KIND_OF_THING: Final = re.compile(
    r"[ ]?(?:的)?[\u3400-\u9fff]{0,4}?(?:开源项目|项目|模型|独角兽|初创公司|平台|框架|助手)[ “「《`*]*"
)
# Who only tells by its title: 《云帆日报》报道, 《云帆报告》显示.
_SOURCE: Final = re.compile(
    r"[^，。；\n]{0,8}?(?:报道|消息|显示|表示|指出|称|透露|援引|记者|统计|数据|认为|估计|预测|预计|披露|刊登|发文|提出|要求|明确|规定|采访|算了)|(?:的)?(?:记者|主编|作者|编辑|报道)"
)
_PLAIN_TITLE: Final = re.compile(r"(?![\s\S]*(?:日报|晚报|时报|周刊|杂志|邮报|卫报|深网|新闻|财经))[^《》\n]{2,40}")
_TITLE_LENGTH, _CLAUSES = 60, 2
_HOLDS: Final = re.compile(
    r"[ \n*”]*(?:则|也|还|共|总共|一共|分别|均|都|只|仅)*(?:拥有|共有|有|包含|含有|配备|设有)了?[ \n]?(?:约|超过?|近|多达)?[ \n*]*"
)
# X是…的模型: what the figure behind 是 is of.
_SUCH: Final = re.compile(
    r"(?:个|的)?[^，。；：、\n的]{0,6}?(?:参数|令牌|token|tokens|员工|用户)?(?:量|规模)?的[^，。；：\n]{0,14}?(?:模型|系统|产品|平台|公司|企业|巨头|芯片|独角兽|城市|项目|机器人|应用|工具)[ *”」]*(?=[，。；\n（]|$)"
)
_IS_SUCH: Final = re.compile(
    r"[ \n*”」》]*(?:[（(][^（）()\n]{1,30}[）)])?(?:系列)?(?:大?模型)?(?:便|也|则|就)?(?:是|为|作为|系|成为)(?:由|一[款个家种套座]|目前|国内|全球|首|其|该|世界|[\u3400-\u9fff]{1,8}?(?:推出|发布|开发|研发)|[^，。；\n]{0,4}最)"
)
_HAS_ITSELF: Final = re.compile(r"[ \n*”」》]*(?:的|则|也)?(?:拥有|具有|有|达|为|是)")
_SUCH_REACH: Final = 70
_ASKS: Final = re.compile(r"(?:针对|面向|访谈了?|调查了?|采访了?|调研了?|询问了?|邀请了?)[ ]?[约超近]?[ ]?$")
_WE: Final = re.compile(r"[ \n“「]*我们(?:的|已|有|在|将|会|目前|现在|今年|去年|每|平均|[ \n])")
_CLOSING: Final = re.compile(r"[，。！？,]?[”」][，,]?[ \n]*")
_QUOTATION: Final = 200
_OF_NAME: Final = re.compile(r"[^，。；：、！？\n（）()\d]{0,8}?的[ \n\[*“\"「《`]{0,4}")
_GETS: Final = re.compile(r"(?:也|已|将|还|又|均|都)?(?:获得?|拿到|得到|收到|领取)(?!批)")
_TO: Final = re.compile(r"(?:向|给|对|给予|授予|补贴|资助)[^，。；\n]{0,4}$")
_PART_OF: Final = re.compile(
    r"(?:(?<=\d[%％])[）)]|(?<=半)[（(]\d[^（）()]{0,8}[）)])?[ \n*]{0,3}(?:以上|左右|以下)?[ \n*]{0,3}的[ \n*]{0,3}"
)
_PEOPLE: Final = re.compile(
    r"(?:受访|美国|中国|国内|全球)?(?:人们?(?![\u3400-\u9fff]?[工力类才形造口群机员民文事物])|受访者|组织(?![机结架])|领导者|机构|家庭|高管|管理者|开发人员|程序员|教师|医生|患者|商家|网民|成人|投资者|求职者|毕业生|企业(?![级家链化])|公司(?![级治])|员工|消费者|开发者|家长|学生|青少年|成年人)"
)
_OF_PEOPLE: Final = re.compile(
    r"(?:人|人们|受访者|组织|领导者|机构|家庭|高管|管理者|人员|程序员|教师|医生|患者|商家|网民|投资者|求职者|毕业生|企业|公司|员工|消费者|开发者|家长|学生|青少年|用户|工程师|客户|厂商|银行|学校|者)$"
)
# What leads from a measure to its figure: 大约在, 就达到.
_UP_TO: Final = re.compile(
    r"(?:[ \n*]|就|也|还|已经?|大约|大概|约|在|为|是|达到?|高达|超过?|仅|只|需要?|要|至少|不到|近|将近|接近|突破|增至|降至|升至|从|由|最高|平均|目前|现在|往往|通常|普遍|一般)*$"
)
_KIND_OF_COST: Final = re.compile(
    r"(?:训练|推理|运营|研发|人力|人工|算力|营销|获客|硬件|部署|使用|生产|制造|采购|维护|能源|电力)(?:成本|费用|开支|支出|投入)$"
)
_SHOWN: Final = re.compile("票房|上映|影片|电影|片酬|收视|豆瓣|册|印数")
_OF_WORDS: Final = frozenset({"的", "总", "平均", "核心"})
_SHORTEST: Final = 2
_MEASURE: Final = 6
_SUFFIXES: Final = frozenset({"k", "ng"})
_LEADS_ON: Final = re.compile(
    r"[ \n*]*(?:而|且|但|并且|此外|同时|其中|另有|仅有?|有|还有|约|近|超过?|也)*[，,]?[ \n*]*"
)
_OPENED_SHARE: Final = re.compile(r"[ ]?[（(][约超近]*$")
_SHARE: Final = re.compile("[%％]|成|一半")
_NO_DEEDS: Final = frozenset({"是", "为", "以上", "左右", "来自", "有"})
_WORD: Final = 12
_SERIES_REACH: Final = 60
# Nothing but a time, and how sure the figure is: 到2025年大约, 预计今年将达.
_TIME_ALONE: Final = re.compile(
    r"[ \n]*(?:而|且|预计|预期|到了?|至|在)?[ \n]*(?:(?:20\d\d|去|今|明|前|后|当|次|同)[ ]?年[ \n]*)(?:上半年|下半年|全年|年?[初中底末]|第?[一二三四1-4]季度|\d{1,2}[ ]?月)?(?:前后|之前|以前)?[ \n]*"
    r"(?:则|就|还|再|已|又|将|会|可|预计|预估|估计|有望|大约|大概|约|近|超过?|达到?|为|是|至|增|升|降|涨|跌|长|了|不到|接近|突破|仅)*[ \n*]*"
)


class Outright:
    """Finds what the figures of one document are said outright to be of."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outline = document.outline
        self.text = document.outline.text
        self.mentions = document.mentions
        # Most texts have none of these, which one look tells.
        self.has_lists = _LISTS.search(self.text) is not None
        self.has_we = "我们" in self.text
        self.has_works = "《" in self.text

    def of(self, start: int, end: int, property_id: str, earlier: Earlier | None) -> Subject | None:
        """Return what the value at start:end is said to be of, `earlier` being the figure before it; None where nothing says."""
        return (
            self._named_by(start, end)
            or self._bracketed(start, end)
            or self._moves(start, end, property_id, named=True)
            or self._moves_again(start, earlier)
            or (self._part_of_people(start, end) if property_id == "share" else None)
            or self._is_such(start, end)
            or self._benched(start)
            or self._captioned(start, end)
            or self._of_item(start, property_id)
            or (self._work(start, property_id, earlier) if self._is_shown(start) else None)
            or self._has(start)
            or self._asked(start, end)
            or self._ours(start, property_id)
            or self._qualifies(end)
            or (self._given(start) if property_id == "subsidy" else None)
            or self._stands(start, property_id, earlier)
        )

    def likely(self, start: int, end: int, property_id: str, earlier: Earlier | None) -> Iterator[tuple[Subject, str]]:
        """Yield what the value at start:end is often of, each with the rule that says so: the weights judge."""
        moved = self._moves(start, end, property_id)
        if moved is not None:
            yield moved, "moves"
        label = self._label_of(start)
        if label is not None:
            yield label, "label"
        work = self._work(start, property_id, earlier)
        if work is not None:
            yield work, "work"
        had = self._had_by(start, end)
        if had is not None:
            yield had, "has"
        labelled = self._labelled(start)
        if labelled is not None:
            yield labelled, "labelled"
        if property_id not in OF_POLICY:
            told = self._told_of(start, end, property_id, earlier)
            if told is not None:
                yield told, "told_of"
            yield from self._told(start, end, property_id, earlier)

    def _moves(self, start: int, end: int, property_id: str, *, named: bool = False) -> Subject | None:
        """Return what rises or falls by the figure, a name only where `named`."""
        changed = property_id == "change"
        if not changed and property_id not in _MOVING:
            return None
        moved = mover(self.text, self.mentions, start, end, changed=changed)
        if moved is None or (named and moved.kind not in STRONG and not is_instrument(moved.name)):
            return None
        return moved

    def _moves_again(self, start: int, earlier: Earlier | None) -> Subject | None:
        """Return what moved before in the sentence, where the figure's clause tells only how far: 青禾指数涨2%，报3000点."""
        if earlier is None or earlier.start < self.outline.sentence(start)[0]:
            return None
        told = is_instrument(earlier.subject.name) or earlier.subject.kind in STRONG
        again = moves_again(self.text, self.outline.clause(start)[0], start)
        return earlier.subject if told and (again or moves_to(self.text, earlier.start, start)) else None

    def _is_such(self, start: int, end: int) -> Subject | None:
        """Return what is said to be a thing that has the figure: 云帆是由青梧训练、拥有700亿参数的模型."""
        if not _SUCH.match(self.text, end):
            return None
        begin, _ = self.outline.sentence(start)
        named = [m for m in self.mentions.within(max(begin, start - _SUCH_REACH), start) if m.kind in STRONG]
        said = [m for m in named if _IS_SUCH.match(self.text, m.end)]
        if not said or any(_HAS_ITSELF.match(self.text, m.end) for m in named if m.start > said[-1].start):
            return None
        return as_subject(said[-1])

    def _named_by(self, start: int, end: int) -> Subject | None:
        """Return the thing whose own name holds the value: 千问 7B has 7B parameters."""
        for mention in self.mentions.within(max(0, start - _NAME_REACH), end + _NAME_REACH):
            if mention.start < start and end <= mention.end and mention.kind in _SIZED:
                return as_subject(mention)
        return None

    def _bracketed(self, start: int, end: int) -> Subject | None:
        """Return the name before the bracket that the figure fills: 云帆（15亿美元）、星河（4亿美元）."""
        named = self.mentions.within(max(0, start - 2 * _NAME_REACH), start)[-1:]
        if not named or named[0].kind not in STRONG or not OPENED.fullmatch(self.text, named[0].end, start):
            whole = _WHOLE_OPENED.search(self.text, max(0, start - _NAME_REACH), start)
            if whole is None or not _CLOSED.match(self.text, end):
                return None
            return Subject(whole["whole"], "topic", None, *whole.span("whole"))
        return as_subject(named[0]) if _CLOSED.match(self.text, end) else None

    def _benched(self, start: int) -> Subject | None:
        """Return whose score leads the bracket behind a benchmark: 云帆表现出色。在青梧测试（70%，星河的63%）上."""
        if not _BRACKETS.intersection(self.text[max(0, start - _TOUCHING) : start]):
            return None
        before = self.mentions.within(max(0, start - 2 * _NAME_REACH), start)[-1:]
        if not before or before[0].kind != "benchmark" or not OPENED.fullmatch(self.text, before[0].end, start):
            return None
        begin, _ = self.outline.sentence(start)
        plain = _IN_BRACKETS.sub(lambda found: " " * len(found[0]), self.text[begin:start])
        named = [m for m in self.mentions.within(begin, start) if plain[m.start - begin : m.end - begin].strip()]
        named = [m for m in named if m.kind in _SIZED]
        if not named and begin:
            earlier, end = self.outline.sentence(begin - 1)
            named = [m for m in self.mentions.within(earlier, end) if m.kind in _SIZED]
        return as_subject(named[0]) if named else None

    def _captioned(self, start: int, end: int) -> Subject | None:
        """Return the thing that alone fills the bracket behind the figure: 2.8秒（云帆3.5）和5.4秒（云帆4）."""
        if not _BRACKETS.intersection(self.text[end : end + 2]):
            return None
        opens = _OPENS.match(self.text, end)
        named = self.mentions.within(opens.end(), opens.end() + _NAME_REACH)[:1] if opens else []
        if opens is None or not named or named[0].kind not in NAMED or named[0].start != opens.end():
            return None
        return as_subject(named[0]) if _CLOSES.match(self.text, named[0].end) else None

    def _of_item(self, start: int, property_id: str) -> Subject | None:
        """Return what the item or heading above names, where the figure's own item has but a label: - 上下文：128K."""
        if property_id in OF_POLICY or not self.has_lists:
            return None
        item = item_at(self.text, start)
        label = _LABEL.match(self.text, item.start, start) if item is not None and not item.is_heading else None
        if item is None or label is None or any(m.kind in STRONG for m in self.mentions.within(item.start, start)):
            return None
        above = named_above(self.text, self.mentions, item)
        return as_subject(above[0]) if len(above) == 1 else None

    def _labelled(self, start: int) -> Subject | None:
        """Return what the text is about, where the figure's line has but a label of its own: **训练数据**：共13T."""
        line = self.text.rfind("\n", 0, start) + 1
        label = _BOLD_LABEL.match(self.text, line, start)
        main = self.document.mains.get("")
        if label is None or main is None or any(m.kind in STRONG for m in self.mentions.within(line, start)):
            return None
        return main

    def _label_of(self, start: int) -> Subject | None:
        """Return the label of the figure's line, where it tells a thing and no measure: - 数据分析：从29%增长到51%."""
        line = self.text.rfind("\n", 0, start) + 1
        label = _LINE_LABEL.match(self.text, line, start)
        if label is None or start - label.end() > _LABEL_REACH:
            return None
        begin, end = label.span("label")
        name = self.text[begin:end]
        if without_measure(name) != name or any(m.kind in STRONG for m in self.mentions.within(label.end(), start)):
            return None
        named = [m for m in self.mentions.within(begin, end) if m.start == begin and m.end == end]
        return as_subject(named[0]) if named else Subject(clean(name), "topic", None, begin, end)

    def whole(self, subject: Subject) -> Subject:
        """Take a field's name with the noun that it qualifies: 人工智能 | 核心产业 is an industry, 算力 | 基础设施 a thing."""
        if subject.kind not in _FIELDS:
            return subject
        beside = next(iter(self.mentions.within(subject.end, subject.end + _NAME_REACH)), None)
        if beside is not None and beside.kind in NAMED and beside.start - subject.end <= 1:
            # What it is comes before its name: 神经网络 | HOVER.
            return as_subject(beside)
        gap = self.text[subject.end : subject.end + 1] == " "
        rest = _HEAD_NOUN.match(self.text, subject.end + gap)
        if rest is None or rest.end() == subject.end + gap:
            return subject
        name = clean(self.text[subject.start : rest.end()])
        return Subject(name, subject.kind, None, subject.start, rest.end())

    def _work(self, start: int, property_id: str, earlier: Earlier | None) -> Subject | None:
        """Return the film, book or report that a clause, or one before, names by title: 《云帆》成本2亿美元，全球票房3亿."""
        if not self.has_works or self.document.is_policy_text or property_id in OF_POLICY:
            return None
        begin, _ = self.outline.clause(start)
        if "》" in self.text[begin:start]:
            return self._titled(begin, start)
        if any(m.kind in STRONG for m in self.mentions.within(begin, start)):
            return None
        sentence, _ = self.outline.sentence(start)
        if earlier is not None and earlier.subject.kind == "publication" and sentence <= earlier.start:
            return earlier.subject
        for clause in self.outline.clauses_before(start)[:_CLAUSES]:
            if "》" in self.text[clause[0] : clause[1]]:
                return self._titled(*clause)
        return None

    def _titled(self, begin: int, end: int) -> Subject | None:
        """Return the work that the last title of a range names, where no other name follows and it only tells nothing."""
        close = self.text.rfind("》", begin, end)
        opening = self.text.rfind("《", max(begin, close - _TITLE_LENGTH), close)
        if opening < 0 or _SOURCE.match(self.text, close + 1):
            return None
        title = self.text[opening + 1 : close]
        if is_policy(title) or not _PLAIN_TITLE.fullmatch(title):
            return None
        if any(m.kind in STRONG for m in self.mentions.within(close, end)):
            return None
        return Subject(title, "publication", None, opening + 1, close)

    def _has(self, start: int) -> Subject | None:
        """Return the thing that is said right before the figure to have so many: 而星河有8个专家."""
        if not _HAVING.intersection(self.text[max(0, start - _NEAR) : start]):
            return None
        named = self.mentions.within(max(0, start - _NAME_REACH), start)[-1:]
        if not named or named[0].kind not in _SIZED or not _HOLDS.fullmatch(self.text, named[0].end, start):
            return None
        return as_subject(named[0])

    def _asked(self, start: int, end: int) -> Subject | None:
        """Return the people whom a survey asked: 针对791位开发者的调查."""
        if self.text[end - 1] not in "位名人" or not _ASKS.search(self.text, max(0, start - _ATTRIBUTE_REACH), start):
            return None
        return self._noun_at(end, min(self.outline.clause(start)[1], end + _NAME_REACH))

    def _ours(self, start: int, property_id: str) -> Subject | None:
        """Return the firm of whom a quotation is that tells of 我们: “我们的下载量已达5亿次，”云帆副总裁说."""
        if not self.has_we:
            return None
        begin, _ = self.outline.clause(start)
        if property_id in OF_POLICY or not _WE.match(self.text, begin, start):
            return None
        closing = _CLOSING.search(self.text, start, start + _QUOTATION)
        opening = max(self.text.rfind(mark, max(0, start - _QUOTATION), start) for mark in "“「")
        if closing is None or opening < 0 or any(mark in self.text[start : closing.start()] for mark in "“「"):
            return None
        named = self.mentions.within(closing.end(), closing.end() + _NAME_REACH)[:1]
        if named and named[0].kind == "organization" and named[0].start == closing.end():
            return as_subject(named[0])
        return None

    def _noun_at(self, start: int, stop: int) -> Subject | None:
        """Return the noun phrase that begins at a position; None where a pronoun or another word does."""
        found = self.document.topic(start, stop)
        if found is None or found.pronoun is not None or found.start != start:
            return None
        return as_subject(found.mention) if found.mention is not None else bare(self.text, found)

    def _had_by(self, start: int, end: int) -> Subject | None:
        """Return the name whose attribute the figure is: 拥有1500万用户的云帆, 估值10亿美元的云帆."""
        if _HAS.search(self.text, max(0, start - _ATTRIBUTE_REACH), start) is None:
            return None
        of = _OF_NAME.match(self.text, end)
        beside = self.mentions.within(of.end(), of.end() + 2 * _NAME_REACH)[:1] if of else []
        return as_subject(beside[0]) if of and beside and beside[0].start == of.end() else None

    def _qualifies(self, end: int) -> Subject | None:
        """Return the name behind the kind of thing that a figure describes: 三万Star项目云帆, 130亿参数模型云帆."""
        kind = _KIND_OF_THING.match(self.text, end)
        beside = self.mentions.within(kind.end(), kind.end() + 2 * _NAME_REACH)[:1] if kind else []
        if kind is None or not beside or beside[0].start != kind.end() or beside[0].kind not in STRONG:
            return None
        return as_subject(beside[0])

    def _given(self, start: int) -> Subject | None:
        """Return the firm that is told to get what a policy grants: 云帆获2亿元补贴, 向云帆提供2亿元补贴."""
        begin, _ = self.outline.clause(start)
        for mention in reversed(self.mentions.within(begin, start)):
            if mention.kind == "organization" and (
                _GETS.match(self.text, mention.end) or _TO.search(self.text, max(0, mention.start - 6), mention.start)
            ):
                return as_subject(mention)
        return None

    def _told_of(self, start: int, end: int, property_id: str, earlier: Earlier | None) -> Subject | None:
        """Return what the figure's clause says outright that it is of, where it names no firm, model or person: the country
        or the text that opens it, the noun before a share's bracket, whom shares in turn are of."""
        clause = self.outline.clause(start)
        if self._is_named(clause[0], start):
            return None
        of_share = (
            (self._told_on(clause, start, end, earlier) or self._in_brackets(clause, start, end))
            if property_id == "share"
            else None
        )
        return of_share or self._whole_of(clause, start)

    def _is_shown(self, start: int) -> bool:
        """Tell whether a sentence speaks of what films, shows and books take in: 《云帆》全球票房3亿."""
        return self.has_works and _SHOWN.search(self.text, *self.outline.sentence(start)) is not None

    def _stands(self, start: int, property_id: str, earlier: Earlier | None) -> Subject | None:
        """Return what a policy text tells how it stands, where its sentence goes on with it."""
        clause = self.outline.clause(start)
        if not self.document.is_policy_text or property_id in OF_POLICY or self._is_named(clause[0], start):
            return None
        return self._goes_on(clause, start, earlier) if self.document.topic(clause[0], start) is None else None

    def _is_named(self, begin: int, end: int) -> bool:
        return any(mention.kind in STRONG for mention in self.mentions.within(begin, end))

    def _told(self, start: int, end: int, property_id: str, earlier: Earlier | None) -> Iterator[tuple[Subject, str]]:
        """Yield what the figure's own clause says that it is of, where it names no firm, model or person."""
        clause = self.outline.clause(start)
        if self._is_named(clause[0], start):
            return
        if property_id == "share":
            part = self._part(end, clause)
            if part is not None:
                yield part, "part"
        found = self.document.topic(clause[0], start)
        if found is None:
            for told, rule in (
                (self._attributed(clause, start, end), "attributed"),
                (self._goes_on(clause, start, earlier), "goes_on"),
                (self._measured_here(clause, start), "measured_here"),
                (self._measured_before(start), "measured_before"),
            ):
                if told is not None:
                    yield told, rule
        elif (
            found.pronoun is None
            and found.measured
            and _OUTRIGHT.match(self.text, found.end)
            and not _RELATED.search(self.text, clause[0], found.start)
        ):
            yield self._measured_thing(found), "measured"

    def _measured_thing(self, found: Topic) -> Subject:
        """Return what a measured noun phrase is of: 数据中心 of 数据中心的能源使用量."""
        if found.mention is not None:
            return self.whole(as_subject(found.mention))
        of = self.text.find("的", found.start + 2, found.end)
        return bare(self.text, found if of < 0 else found._replace(end=of))

    def _attributed(self, clause: tuple[int, int], start: int, end: int) -> Subject | None:
        """Return the noun that a figure with its measure describes, where nothing stands before: 年消费额超过100万美元的客户."""
        of = _PART_OF.match(self.text, end)
        lead = _UP_TO.sub("", self.text[clause[0] : start]).strip(" \n*，且而")
        if of is None or not 0 < len(lead) <= _MEASURE or without_measure(lead):
            return None
        return self._noun_at(of.end(), min(clause[1], of.end() + _NAME_REACH))

    def _measured_here(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return what stands right before the measure, whatever verb opens the clause: 搭建一个云帆集群的成本约为3亿元."""
        lead = _UP_TO.sub("", self.text[clause[0] : start])
        stop = clause[0] + len(without_measure(lead))
        if stop == clause[0] + len(lead) or not _OUTRIGHT.match(self.text, stop):
            return None
        return self._last_noun(clause[0], stop) or self._cost(clause, start)

    def _cost(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the kind of cost that stands right before the figure with no noun of its own: 投入的训练成本从300美元."""
        lead = _UP_TO.sub("", self.text[clause[0] : start])
        kind = _KIND_OF_COST.search(lead)
        if kind is None or self._last_noun(clause[0], clause[0] + len(without_measure(lead))) is not None:
            return None
        return Subject(kind[0], "topic", None, clause[0] + kind.start(), clause[0] + kind.end())

    def _last_noun(self, begin: int, stop: int) -> Subject | None:
        """Return the noun phrase that a range ends in."""
        found = list(words(self.text, self.mentions, begin, stop))
        while found and self.text[found[-1][0] : found[-1][1]] in _OF_WORDS:
            found.pop()
        phrase: list[tuple[int, int, str, Mention | None]] = []
        while found and (found[-1][2] in NOUNS or (phrase and found[-1][2] == "a")):
            phrase.insert(0, found.pop())
        if phrase and found and phrase[0][2] in _SUFFIXES and found[-1][2].startswith("v"):
            phrase.insert(0, found.pop())  # 生成 | 性 | AI
        named = [mention for *_, mention in phrase if mention is not None]
        if named and named[-1].kind in STRONG:
            return as_subject(named[-1])
        if not phrase or phrase[-1][1] - phrase[0][0] < _SHORTEST or CORE.isdisjoint([tag for _, _, tag, _ in phrase]):
            return None
        return bare(self.text, Topic(phrase[0][0], phrase[-1][1], None, None))

    def _measured_before(self, start: int) -> Subject | None:
        """Return what the clause before measures, where this one goes on with its figure: 云帆业务在总额中的占比，将从2%升到10%."""
        before = self.outline.clauses_before(start)[:1]
        if not before or not ends_in_measure(self.text, *before[0]):
            return None
        found = self.document.topic(*before[0])
        return None if found is None or found.pronoun is not None else self._measured_thing(found)

    def _whole_of(self, clause: tuple[int, int], start: int) -> Subject | None:
        """Return the country or the text where a clause opens with it: 全国在用机架超过, 全文约2000字."""
        opens = _WHOLE.match(self.text, clause[0], start)
        return Subject(opens["whole"], "topic", None, *opens.span("whole")) if opens else None

    def _goes_on(self, clause: tuple[int, int], start: int, earlier: Earlier | None) -> Subject | None:
        """Return the subject of the figure before, where this one is parted from it by a time alone, or by what stands
        in a policy text: 2023年10亿元，2024年约30亿元; 占全国的比重超过五分之一，达22.6%."""
        if earlier is None or not 0 < start - earlier.start <= _SERIES_REACH:
            return None
        if _TIME_ALONE.fullmatch(self.text, clause[0], start):
            return earlier.subject
        told = self.document.is_policy_text and earlier.subject.kind != "policy"
        return earlier.subject if told and self.outline.sentence(start)[0] <= earlier.start else None

    def _told_on(self, clause: tuple[int, int], start: int, end: int, earlier: Earlier | None) -> Subject | None:
        """Return whose share opens a clause, where a verb follows it at once: 63%的人同意，59%使用云帆."""
        if not _LEADS_ON.fullmatch(self.text, clause[0], start):
            return None
        tagged = [word for word in rjieba.tag(self.text[end : end + _WORD]) if word[1] != "d"]
        following = tagged[0] if tagged else ("", "")
        if following[1] != "v" or following[0] in _NO_DEEDS:
            return None
        if earlier is not None and 0 < start - earlier.start <= _SERIES_REACH and self._is_share(earlier.start):
            return earlier.subject
        before = self.outline.clauses_before(start)[:1]
        found = self.document.topic(*before[0]) if before else None
        if found is None or found.pronoun is not None:
            return None
        return as_subject(found.mention) if found.mention is not None else bare(self.text, found)

    def _is_share(self, start: int) -> bool:
        return _SHARE.search(self.text, start, start + _WORD) is not None

    def _in_brackets(self, clause: tuple[int, int], start: int, end: int) -> Subject | None:
        """Return the noun phrase before the bracket that a share fills: 混合云设施（44%）."""
        opens = _OPENED_SHARE.search(self.text, clause[0], start)
        if opens is None or not _CLOSED.match(self.text, end):
            return None
        return self._last_noun(clause[0], opens.start())

    def _part_of_people(self, start: int, end: int) -> Subject | None:
        """Return the people or firms that a share is told to be of: 60%的企业, 32%的青年用户."""
        clause = self.outline.clause(start)
        part = None if self._is_named(clause[0], start) else self._part(end, clause)
        return part if part is not None and _OF_PEOPLE.search(part.name) else None

    def _part(self, end: int, clause: tuple[int, int]) -> Subject | None:
        """Return whom a share is a share of, where the share stands before it: 78%的工程师, 5%的企业模型."""
        of = _PART_OF.match(self.text, end)
        if of is None:
            return None
        people = _PEOPLE.match(self.text, of.end())
        if people is not None:
            return Subject(people[0], "topic", None, *people.span())
        return self._noun_at(of.end(), min(clause[1], of.end() + _NAME_REACH))
