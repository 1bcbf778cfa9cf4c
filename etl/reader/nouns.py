"""What a clause speaks of: its first noun phrase, by parts of speech, with known names as single words."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import rjieba

from etl.reader.common_words import NOT_NAMES
from etl.reader.mentions import Mention, Mentions

NOUNS: Final = frozenset(
    {
        "n",
        "nz",
        "nr",
        "ns",
        "nt",
        "nrt",
        "nrfg",
        "vn",
        "an",
        "eng",
        "j",
        "l",
        "i",
        "b",
        "s",
        "ng",
        "nw",
        "g",
        "h",
        "k",
        "mention",
    }
)
CORE: Final = frozenset({"n", "nz", "nr", "ns", "nt", "nrt", "nrfg", "eng", "j", "l", "i", "mention", "ng", "s"})
_SKIPPED: Final = frozenset({"d", "c", "t", "f", "x", "u", "ul", "uz", "ug", "y", "o", "e", "tg", "zg", "z", "ad"})
# Of what is measured, these are no names: a deed, a quality.
_DEEDS: Final = frozenset({"vn", "v"})
_NO_NOUN: Final = frozenset({"vn", "b", "a", "an", "v", "d"})
# A kind of these is measured, not the noun that tells the kind.
_OF_ITS_KIND: Final = re.compile("成本|费用|开支|支出|投入|周期|时长|频率|时间|期限")
# What may still belong to what a preposition governs.
_GOVERNED: Final = (_SKIPPED - {"f", "d"}) | {"uj", "m", "b", "a", "r", "q"}
STRONG: Final = frozenset({"organization", "model", "product", "person", "policy", "dataset", "publication"})
# Words that say what is measured, or that point, but name no subject.
_MEASURE: Final = (
    "规模|数量|总数|总量|总额|数额|金额|身价|参数量?|参数规模|收入|营收|销售额|利润|毛利|利润率|毛利率|成本|费用|开支|支出|投入|投资额?|财富|身家|薪资|工资|薪酬|市值|估值|股价|价格|售价|单价|定价|"
    "提问数|订阅数|粉丝数|点赞数|浏览数|门店数|员工数|会员数|转发数|评论数|收藏数|专利数|论文数|引用数|占比|比例|份额|比重|普及率|渗透率|覆盖率|准确率|正确率|成功率|错误率|亏损率|增速|增幅|涨幅|跌幅|降幅|概率|成交额|成交量|票房|销量|增长率|增长|速度|性能|效率|时间|时长|周期|期限|人数|用户数?|客户数?|月活|日活|同比|环比|下载量|访问量|调用量|申请量|授权量|出货量|消耗量|用电量|耗电量|用水量|排放量|使用量|装机量|播放量|产值|增加值|"
    "损失|贡献|体重|身高|重量|长度|高度|宽度|功率|能耗|数据|报告|情况|方面|水平|能力|结果|目标|亏损|储备|订单|数目|篇数|个数|次数|频率|资产|负债|现金|规格|容量|带宽|延迟|窗口|上下文|精度|得分|分数|排名|名次|"
    "总和|均价|总价|营业额|消费额|流水|融资|轮融资|消息|时候|部分|内容|过程|条件|价值|作用|影响|标准|情形|总计|投融资|年限|单次|月份|份|阶段|期间|方式|方法|问题|测试|基准|金额|指标|端|全端|载重|自由度|算力|效能|记忆体|内存|显存|市盈率|市净率|市销率|GDP|ARR|AUM|DPI|MAU|DAU|GMV|差距|功耗|续航|续航力|账单|意向|认购金|大定|播放|现金股利|股利|目标价|殖利率|现金殖利率|关卡|整数关卡|区间|中位数|纪录|良品率|产能利用率|市占率|市场占有率|国产化率|退订率|报价|原价|最低价|资本开支|减幅|净利|净利润|盈余|覆盖面|调用量|成交金额|融资额|发货量|装机"
)
# What such a word ends in; the last character of some may be left out.
_MEASURE_ENDS: Final = frozenset("\n").union(
    *(word[-1:] if word[-1] != "?" else word[-3:-1] for word in _MEASURE.split("|"))
)
_MEASURES: Final = re.compile(
    r"(?:的|经调整|调整后|总|年|月|日|日均|月均|年均|平均|累计|单|净|年度|全年|当年|季度|整体|合计|营业|市场|活跃|最高|最大|最低|最新|具体|相关|实际|核心|本期|当期|其|自身|基础|预期|月度|每日|资本|训练|推理|运营|研发|注册|付费|机构|核心指标|投[后前]|融资[前后])*"
    rf"(?:{_MEASURE})+$"
)
_POINTING: Final = re.compile(
    r"^(?:其|该|这|那|此|它|他|她|我|你|您|咱|本|某|各|每|两|几|多|大家|自己|人们|公司|用户|企业(?![级家A-Z ]|微信)|业内|媒体|记者|外界|专家|官方|对方|双方|时间|目前|当时|近日|今年|去年|明年|全年|以上|以下|总|总体|整体|一般|分别|同比|环比|平均|"
    r"最高|最低|第|前者|后者|上述|月份|时候|计划|消息|数据(?!中心|库|集|平台|交易|产业|要素|标注|工程)|部分|情况|方面|问题|原因|结果|目标|新闻|文章|图片|来源|作者|编辑|有限公司|[上本下该]?(?:财季|季度|财年)|万|亿|年|月|日|元|美元|个(?!性)|人(?![力工类才形造口机员民文事物])|次|份|金额|价格|功能|版本|模型$|项目$|产品$|服务$|机器人$|研究$|团队$|技术$)"
)
_ENGLISH_LEAD: Final = re.compile(r"(?:(?:of|the|for|in|on|at|with|and|to|a|an|its|their)[ \n]+)+", re.IGNORECASE)
# Words that no English name holds: that dropped to, million or.
_ENGLISH_CLAUSE: Final = re.compile(
    r"\b(?:that|this|these|those|which|to|or|an?|both|across|is|are|was|were|be|has|have|had|will|can|our|their|your|we|they|it|by|per|than|not|as|about|at|from|over|into|million|billion)\b",
    re.IGNORECASE,
)
# The rest of a time before a noun: 全年云帆科技, 2023年云帆科技; and adverbs that the tagger takes for its end.
_TIME_REST: Final = re.compile(r"(?:(?<=[\d全本上去今明当前])[年月周日]|(?<=月)[初末底中])(?=[\u3400-\u9fffA-Z]{2})")
# 10年期美债: the term belongs to the bond's name.
_TERM: Final = re.compile(r"(?:\d{1,2}|[一二两三五七十]{1,3})年$")
_LONGEST_TERM: Final = 4
_ADVERBS: Final = re.compile(
    r"(?<=[\u3400-\u9fffA-Za-z\d]{2})(?:[连均共累约超仅近逾较]|原本|原先|此前|目前|仍然|强力|实际|涨约|跌约|同比|环比|收报|升破|跌破|全线|略[高低]于|(?:涨停|跌停)后|[早尾午]盘|盘[中初前后]|开盘|收盘|震荡|再度|再次|已经|一度|"
    r"大幅|小幅|继续|持续|迅速|快速|昨[日天]|今[日天]|午后|(?<=指数)[开收]|(?<=指)报|(?<=指数)报|(?<=期货)[开收])+$"
)
_ADVERB_ENDS: Final = frozenset("本先前然力连均共累约超仅近逾较比报破线于际后盘中初前荡度次经幅续速日天开收")
_FORESEEN: Final = re.compile(r"(?:预计|预测|预期|有望|料将|或将|将)+$")
_NO_NAME: Final = re.compile(r"[a-z]{1,3}|坊间传言|自带|峰值|单价|小时|座位")
# Even, and whole: 连华东, 整座电站.
_LEAD: Final = re.compile(
    r"(?:就?连(?!接|续|锁|云|带|线)|整[个座套条批家]|全部|今[日天早](?=[\u3400-\u9fffA-Z]{2})|昨[日天晚](?=[\u3400-\u9fffA-Z]{2})|隔夜|早盘|午后|盘[前后中初]|(?:美股|港股|A股)(?=[\u3400-\u9fff]{1,6}(?:指|指数|股)))+"
)
_TELLS: Final = re.compile(r"(?:预测|预计|显示|指出|表示|估计|估算|统计显示|调查结果)$")
_REPORTS: Final = ("数据", "统计", "报告", "研究", "调查", "结果", "财报")
_SAYS: Final = re.compile(r"[ \n]*(?:显示|表明|指出|称|认为|披露)")
_LETTER: Final = re.compile(r"\w")
_LAYOUT: Final = frozenset(
    ["（", "(", "）", ")", "“", "”", '"', "「", "」", "·", "-", "*", "**", "、", "《", "》", "|"]
)
_TRIM: Final = " \n\t\u3000“”\"'‘’「」『』、,，:：*`#>-—（）()[]!|"
PRONOUN: Final = re.compile(
    r"(?P<firm>该公司|这家公司|该企业|该机构|该集团|本公司|这家企业|公司|the company|The company)|(?P<model>该模型|这款模型|该系列模型|该大模型|这一模型|此模型|新模型|模型|the model|The model)"
    r"|(?P<product>该产品|这款产品|该应用|这款应用|该平台|该功能|该系统|该工具)|(?P<any>其(?!中|他|它|实|次|余)|它们?(?!的?是)|他们?|她|前者|后者)"
)
PRONOUN_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "firm": ("organization",),
    "model": ("model", "product"),
    "product": ("product", "model"),
    "any": (),
}


# An organization before these words only says whose person, product or money is meant.
_OWNS: Final = re.compile(
    r"[ \n*]*(?:的)?(?:联合|首席|前|原|现任)*(?:创始人|创办人|CEO|CTO|COO|首席|董事长|总裁|副总裁|总经理|高管|工程师|研究员|研究人员|旗下|领投|投资的|支持的|孵化的)"
)


def owns(text: str, mention: Mention) -> bool:
    """Tell whether a mention only says whose the person or thing after it is."""
    return mention.kind == "organization" and _OWNS.match(text, mention.end) is not None


_EACH: Final = re.compile(r"[ \n]*、[ \n]*")
# The tagger takes these for times: 下一代模型 is no model spoken of before.
_GENERATION: Final = re.compile(r"[上下新初]一?代")
# And these for nouns, which name nothing.
TIMES: Final = frozenset(
    {
        "接下来",
        "未来",
        "今后",
        "眼下",
        "以往",
        "往后",
        "近些年",
        "一切",
        "单日",
        "全周",
        "周内",
        "日内",
        "全天",
        "整数",
        "差不多",
        "手中",
        "手里",
        "例如",
        "比如",
        "譬如",
        "基点",
        "百分点",
        "同期",
        "短时间",
        "短期",
        "长期",
        "总共",
        "一共",
        "首次",
        "盘中",
        "盘后",
        "尾盘",
        "早盘",
        "当日",
        "当天",
        "次日",
        "近期",
        "前后",
        "一半",
        "一倍",
        "上百",
        "数百",
        "数千",
        "历史新高",
        "新高",
    }
)
# A noun whose measure the tagger takes for a deed, or parts from it: 数据中心的 | 支出.
_MEASURE_NEXT: Final = re.compile(rf"[ \n]?(?:的[ \n]?)?(?:总|年|月|日|资本|训练|推理|运营|研发)*(?:{_MEASURE})")


class Word(NamedTuple):
    """A word of a clause: plain bounds, part of speech, and the mention that it is."""

    start: int
    end: int
    tag: str
    mention: Mention | None


class Topic(NamedTuple):
    """What a clause speaks of: a mention, a bare noun phrase, or a pronoun to resolve."""

    start: int
    end: int
    mention: Mention | None
    pronoun: str | None
    measured: bool = False


# A word as `Word` has it, bounds, part of speech and mention, but quicker to make.
Told = tuple[int, int, str, Mention | None]


def words(text: str, mentions: Mentions, start: int, end: int) -> Iterator[Told]:
    """Yield the words of a range, as `Word` has them; each mention is one word."""
    at = start
    for mention in (*mentions.within(start, end), None):
        stop = end if mention is None else mention.start
        for word, tag in rjieba.tag(text[at:stop]) if at < stop else ():
            begin, at = at, at + len(word)
            if tag != "x" or not word.isspace():
                yield begin, at, "m" if word[0].isdigit() else tag, None
        if mention is not None:
            at = mention.end
            yield mention.start, at, "mention", mention


def topic(text: str, told: Iterable[Told]) -> Topic | None:
    """Return what the words of a clause speak of: the first noun phrase that no preposition governs."""
    phrase: list[Word] = []
    governed = False
    for begin, stop, tag, mention in told:
        noun = tag in NOUNS or (tag == "t" and _GENERATION.fullmatch(text, begin, stop) is not None)
        if noun and mention is None and text[begin:stop] in TIMES:
            noun, tag = False, "t"
        if tag == "eng" and text[begin:stop] in NOT_NAMES:
            tag = "vn"
        if governed:
            governed = noun or tag in _GOVERNED
            continue
        if noun or (phrase and (tag == "uj" or tag == "a" or text[begin:stop] in _LAYOUT)):
            phrase.append(Word(begin, stop, tag, mention))
            continue
        if phrase:
            found = settled(text, phrase)
            if found is not None:
                return found
            phrase = []
        if tag == "r":
            match = PRONOUN.match(text, begin)
            if match:
                return Topic(match.start(), match.end(), None, str(match.lastgroup))
        elif tag == "p":
            governed = True
        elif tag == "v":
            # The verb comes first: the clause goes on with what was spoken of.
            return None
    return settled(text, phrase) if phrase else None


def is_wordless(text: str, start: int, end: int) -> bool:
    """Tell whether a range holds no letter, and so no word to speak of."""
    return start >= end or _LETTER.search(text, start, end) is None


def is_pointing(phrase: str) -> bool:
    """Tell whether a phrase opens with what only points or counts, and names nothing: 该公司, 两家."""
    return _POINTING.match(phrase) is not None


def ends_in_measure(text: str, start: int, end: int) -> bool:
    """Tell whether a range ends in what is measured, before its comma: 云帆业务在总额中的占比，."""
    phrase = text[start:end].rstrip(_TRIM)
    return phrase[-1:] in _MEASURE_ENDS and _MEASURES.search(phrase) is not None


def term_start(text: str, start: int) -> int:
    """Return where a noun begins, with the term of a bond that stands before it: 10年期美债."""
    term = _TERM.search(text, max(0, start - _LONGEST_TERM), start) if text[start : start + 1] == "期" else None
    return term.start() if term else start


def without_measure(text: str) -> str:
    """Leave out the words at a noun's end that only say what is measured: 插件应用 of 插件应用月活."""
    measured = _MEASURES.search(text) if text[-1:] in _MEASURE_ENDS else None
    return text[: measured.start()] if measured else text


def settled(text: str, phrase: list[Word]) -> Topic | None:
    """Return the head of a noun phrase: its last name, or the phrase without what only measures."""
    while phrase and phrase[-1].tag in {"uj", "x", "a"}:
        phrase = phrase[:-1]
    if not phrase or CORE.isdisjoint([word.tag for word in phrase]):
        return None
    start, end = phrase[0].start, phrase[-1].end
    match = PRONOUN.match(text, start, end)
    stripped = _MEASURES.search(text[start:end]) if text[end - 1] in _MEASURE_ENDS else None
    if stripped and not _is_one_word(phrase, start + stripped.start(), stripped[0]):
        end = start + stripped.start()
        if end > start and text[end - 1] == "人" and text[end] == "均":
            end -= 1  # 全国居民人均收入: of the residents
    kind = _OF_ITS_KIND.match(text, end) if len(phrase) == 1 and phrase[0].mention is None and not stripped else None
    end = kind.end() if kind is not None else end
    measured = stripped is not None or kind is not None or _MEASURE_NEXT.match(text, end) is not None
    inside = [word.mention for word in phrase if word.mention is not None and word.end <= end]
    strong = [m for m in inside if m.kind in STRONG]
    if strong:
        head = strong[-1]
        return Topic(head.start, head.end, head, None)
    if match:
        return Topic(match.start(), match.end(), None, str(match.lastgroup))
    if len(inside) > 1 and _EACH.fullmatch(text, inside[0].end, inside[1].start):
        # 青山、云岭的规模: of each.
        return Topic(inside[0].start, inside[0].end, inside[0], None, measured)
    if inside and inside[0].start == start and text[inside[0].end : inside[0].end + 2].strip().startswith("的"):
        # 生成式 AI 的产业: what is spoken of is named first.
        return Topic(inside[0].start, inside[0].end, inside[0], None, measured)
    return _bare(text, start, end, inside, measured)


def _is_one_word(phrase: list[Word], stop: int, measure: str) -> bool:
    """Tell whether what a measure is taken from is no noun of its own, so that both are one: 换机周期, 人员成本."""
    left = [word for word in phrase if word.end <= stop]
    if all(word.mention is None for word in phrase):
        # 固定资产投资, 社会消费品零售总额: the rest is cut within a word, or tells a deed.
        if stop > phrase[0].start and (not left or left[-1].end != stop):
            return True
        if len(left) > 1 and left[-1].tag in _DEEDS:
            return True
    if len(left) != 1 or left[0].mention is not None:
        return False
    return left[0].tag in _NO_NOUN or (left[0].end == stop and _OF_ITS_KIND.fullmatch(measure) is not None)


def _bare(text: str, start: int, end: int, inside: list[Mention], measured: bool) -> Topic | None:
    name = text[start:end]
    start += len(name) - len(name.lstrip(_TRIM))
    lead = _ENGLISH_LEAD.match(name)
    if lead:
        start, name = start + lead.end(), name[lead.end() :]
    lead = _LEAD.match(name)
    if lead:
        start, name = start + lead.end(), name[lead.end() :]
    rest = _TIME_REST.match(text, start)
    if rest:
        start, name = rest.end(), name[rest.end() - rest.start() :]
    at = term_start(text, start)
    start, name = at, text[at:start] + name
    name = _FORESEEN.sub("", name.strip(_TRIM))
    name = (_ADVERBS.sub("", name) if name[-1:] in _ADVERB_ENDS else name).rstrip("的总" + _TRIM)
    if not 2 <= len(name) <= 24 or _POINTING.match(name) or name in NOT_NAMES or _NO_NAME.fullmatch(name):
        return None
    if name[0].isascii() and _ENGLISH_CLAUSE.search(name):
        return None
    if _TELLS.search(name) or (name.endswith(_REPORTS) and _SAYS.match(text, start + len(name))):
        return None  # Who only tells the figure: 青禾机构预测, 青禾数据显示.
    whole = next((m for m in inside if m.start == start and m.end == start + len(name)), None)
    return Topic(start, start + len(name), whole, None, measured)
