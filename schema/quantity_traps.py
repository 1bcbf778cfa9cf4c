"""Which figures of running text are quantities, and which are names, idioms, codes and other traps."""

from __future__ import annotations

import re
from typing import Final

from schema.figures import GAP, MORE
from schema.quantity_read import QuantityReader, Reading
from schema.units import Form

_TIME_AFTER: Final = re.compile(
    rf"{GAP}(?:之?[前后後]|以?[来來]|周年|間|间|的?历史|级|新高|新低|之久|行动|计划|规划|攻坚|高点|低点|期间|如一日|闪电调研|最[大高低好差强]|不间断|不停|全天候|左右之?[前后]|ago|later)"
)
_TIME_BEFORE: Final = re.compile(
    r"(?:[这這首头頭后後]|时隔|時隔|黄金|黃金|(?<![满届滿屆])前|此[后後]|之[后後]|最近|过去|未来|今[后後]|过去的|過去|過去的|未來|接下[来來]|随[后後]) ?$"
)
_FALL: Final = re.compile(
    r"(?:下降|下滑|下跌|降低|降幅|[减減]少了?|缩减|跌幅|回落|暴跌|重挫|急挫|下挫|低了|减产|減產|砍单|骤减|驟減|缩水|亏损扩大|萎缩|跌去|跌落|(?<!涨)跌(?!停|破|穿|宕)|直降|骤降|锐减|大降|收窄|降价|大跌|减幅|下调|压缩|削减|缩短|缩小|少了|降了|便宜了?|(?:[直狂猛骤]掉|掉了))[^，。；,;\n0-9涨增升提]{0,10}$|(?:损失|回调|回撤)[了约近超逾]*[ *]{0,3}$|(?:[年季月][减減]|衰退|节省|节约|[比较][^，。；,;\n]{1,16}[低少])[了约近超逾]*[ *]{0,3}$|(?<![升下投空])降[约约超近逾达]?[ *]{0,3}$"
)
_MEAN: Final = re.compile(r"(?:平均|人均|户均|单均)[^，。；\n\d]{0,10}$")
# 跌至 gives a level, 跌 a change.
_LEVEL_BEFORE: Final = re.compile(
    r"(?:(?:至|[降减跌]到|降低到|减少到|缩短到)(?:原来|原先|此前|之前|峰值|最初|[^，。；\n\d]{1,6})的|至|[降减跌落滑退]到|降低到|减少到|缩短到|到了)(?:仅剩|只剩|仅有|仅为|仅|只有|不足|不到)?$"
)
# What is measured is a fall, whatever it came to: 跌幅收窄至10%.
_SIZE_OF_FALL: Final = re.compile(r"(?:跌|降|减)幅[^，。；,;\n0-9]{0,10}$")
# 以每年75%的速度下降
_FALLING: Final = re.compile(
    r" ?的?(?:年均?)?(?:速度|速率|幅度|比例|比率)(?:持续|不断|逐年|快速|[ ])*(?:下降|下跌|下滑|降低|缩减|萎缩|减少|递减|衰减)|[ *]{0,3}的(?:跌幅|降幅|跌势|减幅)|[ *]{0,3}的(?:价格|成本|收入|营收|销量|股价|市值|出货量|利润)(?:下跌|下降|下滑|降低|缩减|减少|节约|节省)"
)
# Metrics that have no unit: power and water usage effectiveness.
RATIO_METRIC: Final = re.compile(r"(?:[PW]UE|电能利用效率|电能使用效率)(?![a-zA-Z])[^，。；\n\d]{0,10}$")
# 25,000 H100 GPUs: a product's name between figure and noun.
_LATIN_NOUN: Final = re.compile(r" (?:[A-Z][A-Za-z]* )?[A-Z]+[0-9][A-Za-z0-9\-]* (?=[A-Za-z])")
_COMPUTE: Final = re.compile(r"算力|FP\d|智算|计算|petaflop|PFLOPS")
_VIDEO_LINES: Final = frozenset({"480", "720", "1080", "1440", "2160", "4320", "540", "360"})
_THOUSANDS_CONTEXT: Final = re.compile(r"(?i)token|上下文|context|窗口|序列|长度|長度|字|词")
_MODEL_CONTEXT: Final = re.compile(r"(?i)参数|參數|模型|版本|param|规模|model|版")
_TRILLION_CONTEXT: Final = re.compile(r"(?i)token|标识符|参数|參數|数据|語料|语料|param|data|模型")
_TO_BUSINESS: Final = re.compile(
    r" ?(?:端|业务|市场|企业|客户|领域|赛道|服务|侧|产品|公司|商业|行业|2C|to|、2C|和2C|与2C|及2C|/2C|的|[，。])"
)
# 2B among other sizes: 2B、7B.
_SIZE_BESIDE: Final = re.compile(r"\d[Bb] ?[，、,/和与及~\-] ? $|^[^ ]* [，、,/和与及~\-] ?\d+(?:\.\d+)?[Bb]")
# 一半 that a verb of measure governs is a figure; of 一半是海水 it is not.
_HALF_OF: Final = re.compile(
    r"(?:占|达|降|减|增|少|多|有|到|至|近|约|超过?|仅|只|剩|为|下来|全球将近|将近|[下降]降|降低|缩短|缩小|砍掉?|省下?|高出?|低)[了至到 ]?$"
)
# 占总投入的一半: across what it is a half of.
_HALF_OF_WHOLE: Final = re.compile(r"占(?:据|到|了)?[^，。；\n]{1,24}的$")
# 一半的市场; of 另一半的 and 一半的一半 it is none.
_HALF_OF_NOUN: Final = re.compile(r"(?<!另)(?<!这)(?<!那)一半[ \n*]{0,3}的(?![\u3400-\u9fff]?一半|话|時|时)")
# 能力的一半，: what it is a half of stands before.
_HALF_OF_THAT: Final = re.compile(
    r"(?<=[\u3400-\u9fffA-Za-z]的)(?<!另外的)(?<!一半的)(?<!剩下的)(?<!我的)一半(?=[，。；,;！!？?）)\n]|$)"
)
_CHINESE_YEAR: Final = re.compile(r"[一二][九〇零][〇零一二三四五六七八九]{2}")
_HALVES: Final = re.compile(
    r"(?<=[，。；,：\n])(?:另)?(?=一半)一半(?!是|像|为|[^，。；\n]{0,6}是)(?=[\u3400-\u9fff]{0,6}(?:给|于|交|缴|留|作|用|到|入|拨|归|付|支|补|抵))"
)
_VERSIONED: Final = re.compile(r"^[A-Za-z][ \u00a0][1-9]-\d+[Bb]$")
# 8x22B names a mixture by its experts.
_EXPERTS: Final = re.compile(r"\d[x×X]$")
# Yunfan – 54B: a dash with blanks joins a name too.
_DASHED: Final = re.compile(r"[A-Za-z]{2}[A-Za-z\d][ \u00a0]?[-–—][ \u00a0]$")
_AFTER_NAME: Final = frozenset("一物象能里科达事众向州圣")
_PLEA: Final = frozenset("别不要注记小莫勿富雄字里")
_IDIOM_UNITS: Final = frozenset("分度大股手回首期节起本门道")
# 10年期国债收益率: a name's own.
_OF_DEBT: Final = re.compile(r"期[^，。；、\n\d]{0,8}?(?:债|收益率|国库券|期限利差|LPR|贷款市场报价)")
_NAME_SUFFIXES: Final = frozenset("-级代号版岁后期度环强")
_DUE: Final = re.compile(r"(?:[应應须須在于於起限]|之日)[^，。；\n]*$")
_FULL_TERM: Final = ("为期", "长达", "满", "期限", "不超", "共")
_POWER_CHARS: Final = "百千万萬亿億兆"
_SCALE_LETTERS: Final = frozenset("BbMkKT")
_LETTER_CONTEXT: Final = 12


# Nouns that Chinese counts without a classifier: 6部门, 3省.
_NO_CLASSIFIER: Final = frozenset({"department", "country", "province", "city"})


# Nouns that it never counts without one: 360公司 is a name.
_WANTS_CLASSIFIER: Final = frozenset({"公司", "企业", "企業", "集团", "集團", "大模型"})
# The best of a list, not how many: the top 100 apps.
_TOP: Final = re.compile(r"(?<![A-Za-z])(?:[Tt]op|Fortune)[ -]$")
# 八折 is a price; 三折叠 is a shape, and 85折 has two digits of another scale.
_FOLDED: Final = frozenset("叠疊迭射合旧舊算线線页頁扣返桥子磨腾服断损价價中屏回")
_PER: Final = re.compile(r"(?<![A-Za-z])per[ \n]?$")

# A slash makes a rate (元/百万 token), but between sizes it lists: 7B/67B.
_PER_BEFORE: Final = re.compile(r"每 ?隔?$|(?<![0-9][BbMTKk])(?<![BbMTKk] )/ ?$")


class Judge:
    """Judge readings by what stands beside them in one text."""

    def __init__(self, reader: QuantityReader, text: str, bare: bool) -> None:
        self.reader = reader
        self.text = text
        self.bare = bare

    def accept(self, reading: Reading) -> tuple[str, ...] | None:
        """Return the flags of a quantity, or None where the figure is a trap."""
        figure = reading.low
        if float(figure.low) == 0 and reading.unit != "fraction":
            return None
        if reading.start and self.text[reading.start - 1] == "位" and figure.mark == "vague":
            return None  # 中个位数百分比: of one digit
        if reading.start and self.text[reading.start - 1] == "%":
            return None  # an address spelled in bytes: %E5%87%BA
        if not figure.arabic and not self._chinese_number(reading):
            return None
        form = reading.form
        if form is None:
            return self._accept_open(reading)
        half = form.text == "fraction" and self.text.startswith("一半", reading.value_start)
        if (
            half
            and reading.comparator == "eq"
            and not _HALF_OF_THAT.match(self.text, reading.value_start)
            and not _HALF_OF.search(self.text[max(0, reading.start - 6) : reading.start])
            and not self._is_shared(reading)
            and not _HALF_OF_NOUN.match(self.text, reading.value_start)
            and not _HALF_OF_WHOLE.search(self.text[max(0, reading.start - 30) : reading.start])
        ):
            return None
        if form.dimension == "time":
            return self._accept_time(reading, form)
        if form.dimension == "count" or form.classifier:
            return self._accept_count(reading, form)
        return self._accept_measure(reading, form)

    def _is_shared(self, reading: Reading) -> bool:
        """Tell two halves that one sentence gives away: 一半上交，一半留用; of 一半是海水，一半是火焰 they are none."""
        clauses = [m.start() for m in _HALVES.finditer(self.text, max(0, reading.start - 60), reading.end + 60)]
        return len(clauses) > 1 and reading.value_start in clauses

    def _chinese_number(self, reading: Reading) -> bool:
        """Refuse idioms: 万一, 千家万户, 百度, 十分, and powers that nothing beside supports."""
        text, at, figure = self.text, reading.value_start, reading.low
        printed = text[at : figure.end]
        if at and text[at - 1] in "零〇":
            return False
        if text.startswith(("成百上", "成千上"), max(0, at - 3)):
            return False
        if figure.mark in ("fraction", "vague") or figure.kind in ("more", "about"):
            return True
        if reading.form is not None and self._idiom(printed, reading.form.text):
            return False
        if figure.kind == "power":
            return self._supported_power(reading, printed)
        if printed[0] in _POWER_CHARS or printed == "二":  # 万一, 二元; with a unit two is 两
            return False
        return len(printed) == 1 or reading.form is not None or any(char in "十" + _POWER_CHARS for char in printed)

    def _idiom(self, printed: str, unit: str) -> bool:
        """Tell 十分, 百度, 二维, 二十大: words in which the unit is none."""
        if unit in _IDIOM_UNITS:
            return printed[0] in "百千万" or len(printed) > 1 or unit in "分度"
        return unit in ("维", "維") and len(printed) == 1

    def _supported_power(self, reading: Reading, printed: str) -> bool:
        text, end = self.text, reading.low.end
        follower = text[end : end + 1]
        if printed in ("千万", "百万", "万万") and follower in _PLEA:
            return False
        if len(printed) > 1:
            return not any(
                idiom in printed for idiom in ("亿万", "億萬", "万千", "千百", "百千", "千兆", "百兆", "万兆")
            )
        if text[reading.value_end - 1] in "级級别別" or follower in ("级", "級"):
            return printed in "千万萬亿億"
        named = reading.before.word != "" or reading.end > reading.value_end or follower in tuple(MORE)
        if reading.form is None:
            return named and printed in "万萬亿億" and follower not in _AFTER_NAME
        return named or reading.form.text in ("卡", "倍")

    def _accept_open(self, reading: Reading) -> tuple[str, ...] | None:
        """Judge a figure without a unit: scales and letters speak for it, a plain number must be qualified."""
        figure, high = reading.low, reading.high
        if reading.currency or figure.mark in ("fraction", "^", "lost", "vague", "e"):
            return self._flags(reading)
        if high.mark in _SCALE_LETTERS:
            return self._accept_letter(reading, high.mark)
        last = self.text[figure.end - 1]  # an English scale word ends in a letter
        scaled = max(figure.scale, high.scale) >= 4 or (last.isascii() and last.isalpha())
        scaled = scaled or (not figure.arabic and len(figure.low) > 4)
        if scaled or reading.comparator == "order_of_magnitude":
            return self._flags(reading)
        return self._accept_bare(reading) if figure.arabic else None

    def _accept_bare(self, reading: Reading) -> tuple[str, ...] | None:
        """Judge a plain number: a metric before, a product and a noun after, or a bound speak for it."""
        text, number = self.text, float(reading.low.low)
        year = number.is_integer() and 1900 <= number <= 2100 and text[reading.value_end - 1] not in MORE
        ends = self._ends_number(reading.value_end)
        if ends and RATIO_METRIC.search(text[max(0, reading.start - 14) : reading.start]):
            return self._flags(reading)
        noun = _LATIN_NOUN.match(text, reading.value_end)
        if noun and number >= 10 and not year and self.reader.unit_at(text, noun.end()):
            return self._flags(reading)
        if self.bare or (ends and not year and reading.comparator in ("gt", "ge", "lt", "le")):
            return (*self._flags(reading), "bare_number")
        return None

    def _ends_number(self, at: int) -> bool:
        follower = self.text[at : at + 1]
        return not (follower.isascii() and follower.isalnum()) and follower not in _NAME_SUFFIXES

    def _accept_letter(self, reading: Reading, letter: str) -> tuple[str, ...] | None:
        """Judge 7B, 32k, 1.8T: the letter means parameters, thousands or 10^12 by what stands beside."""
        text, end = self.text, reading.value_end
        beside = text[end : end + _LETTER_CONTEXT]
        around = text[max(0, reading.start - _LETTER_CONTEXT) : reading.start] + " " + beside
        if letter in "Bb":
            if _VERSIONED.search(text[max(0, reading.value_start - 2) : end]):
                return None  # Llama 2-70B: a version and a size
            if _DASHED.search(text[max(0, reading.start - 8) : reading.start]):
                return None
            if _EXPERTS.search(text[max(0, reading.value_start - 4) : reading.value_start]):
                return None
            two = text[reading.value_start : end] in ("2B", "2b")
            two = two and not _SIZE_BESIDE.search(around)
            if (two and (_TO_BUSINESS.match(beside) or not _MODEL_CONTEXT.search(around))) or beside[:1] == "轮":
                return None
            return self._flags(reading)
        context = {"M": _MODEL_CONTEXT, "T": _TRILLION_CONTEXT}.get(letter, _THOUSANDS_CONTEXT)
        known = context.search(around) or (letter == "M" and _THOUSANDS_CONTEXT.search(beside))
        return self._flags(reading) if known else None

    def _accept_time(self, reading: Reading, form: Form) -> tuple[str, ...] | None:
        text, figure = self.text, reading.low
        printed = text[reading.value_start : figure.end]
        if form.text == "日" and reading.comparator not in ("le", "range"):
            return None
        if form.text == "年" and (_CHINESE_YEAR.fullmatch(printed) or _OF_DEBT.match(text, reading.end)):
            return None
        if (
            form.text == "季度"
            or (form.text == "s" and len(printed) == 4)
            or (figure.scale and form.text in ("日", "周"))
        ):
            return None
        if printed in ("一", "半") and not self._real_duration(reading, printed):
            return None
        led = reading.low is reading.high and _TIME_BEFORE.search(text[max(0, reading.start - 4) : reading.start])
        flags = self._flags(reading)
        return (*flags, "time_reference") if led or _TIME_AFTER.match(text, reading.end) else flags

    def _real_duration(self, reading: Reading, printed: str) -> bool:
        """Tell 为期一年 and 半年内 from 这一年 and 上半年."""
        text, at = self.text, reading.value_start
        if printed == "半":
            return reading.comparator not in ("eq", "order_of_magnitude") and text[at - 1 : at] not in tuple(
                "上下前后大"
            )
        if (
            reading.comparator == "le" and reading.form is not None and reading.form.text == "年"
        ):  # 一年内募集: within a year
            return _DUE.search(text, max(0, at - 12), at) is not None
        return reading.comparator != "eq" or reading.half or text.endswith(_FULL_TERM, max(0, at - 4), at)

    def _accept_count(self, reading: Reading, form: Form) -> tuple[str, ...] | None:
        """Judge a count: whole, no version after a Latin word, no list number; a noun alone wants a real number."""
        text, figure = self.text, reading.low
        if figure.mark in ("k", "K") and form.unit in ("video", "image", "dataset", "pixel"):
            return None  # 4K is a resolution
        large = max(figure.scale, reading.high.scale) >= 2 or figure.mark in ("B", "M", "T", "k", "K", "grouped")
        if large or figure.mark in ("lost", "^", "e"):
            return self._flags(reading)
        if "." in figure.low and figure.arabic:
            # Only a mean has parts of what is counted: 平均占用226.75个节点.
            mean = _MEAN.search(text, max(0, reading.start - 12), reading.start) is not None
            return self._flags(reading) if mean else None
        number = float(figure.low)
        direct = not form.classifier and reading.unit_at >= 0 and not self._classified(reading)
        before = text[max(0, reading.start - 2) : reading.start]
        if number < 20 and (self._after_latin(before) or self._starts_line(reading.start, figure.end)):
            return None
        if direct and form.text in _WANTS_CLASSIFIER and reading.comparator == "eq":
            return None
        if _TOP.search(self.text[max(0, reading.start - 9) : reading.start]):
            return None
        year = figure.arabic and 1900 <= number <= 2100 and float(reading.high.high) <= 2100
        unclassified = len(form.text) > 1 and number < 10 and form.unit not in _NO_CLASSIFIER
        return None if direct and (year or unclassified) else self._flags(reading)

    def _classified(self, reading: Reading) -> bool:
        """Tell whether a classifier stands between figure and noun."""
        return self.text[reading.high.end : reading.unit_at].strip(" \n*_`余多餘来级") != ""

    def _after_latin(self, before: str) -> bool:
        return len(before) == 2 and before[1] in " \u00a0" and before[0].isascii() and before[0].isalpha()

    def _starts_line(self, start: int, end: int) -> bool:
        """Tell a heading's number: at the start of a line, a blank after it."""
        before = self.text[max(0, start - 3) : start].rstrip(" #*")
        return (not before or before.endswith("\n")) and self.text[end : end + 1] in (" ", "\u00a0", "\u3000")

    def _accept_measure(self, reading: Reading, form: Form) -> tuple[str, ...] | None:
        text, figure = self.text, reading.low
        printed = text[reading.value_start : figure.end]
        if form.text in ("P", "E", "PF", "EF", "TF"):
            start, end = reading.start, reading.value_end
            around = text[max(0, start - 16) : start] + " " + text[end : end + 16]
            return None if printed in _VIDEO_LINES or not _COMPUTE.search(around) else self._flags(reading)
        if form.text == "折" and (
            float(figure.low) >= 10
            or text.startswith("一波", max(0, reading.start - 2))
            or text[reading.value_end : reading.value_end + 1] in _FOLDED
        ):
            return None
        if form.text == "度" and printed == "360" and reading.comparator == "eq":
            return None  # all round
        if form.text == "g" and printed in ("2", "3", "4", "5", "6"):  # mobile networks
            return None
        return None if form.text == "度" and not figure.arabic else self._flags(reading)

    def _flags(self, reading: Reading) -> tuple[str, ...]:
        """Name what the neighbours say of the value."""
        flags = reading.flags
        before = self.text[max(0, reading.start - 16) : reading.start]
        changes = reading.unit in ("fraction", "ratio") or (reading.form and reading.form.dimension == "money")
        printed = before.rstrip()
        level = _LEVEL_BEFORE.search(printed)
        falls = _FALL.search(before) or _FALLING.match(self.text, reading.end)
        if changes and falls and (not level or _SIZE_OF_FALL.search(before)):
            flags = (*flags, "decrease")
        paired = printed.endswith("/") and reading.currency  # $15/$60 are two prices
        led = printed.endswith(("每", "隔", "/")) and not paired and _PER_BEFORE.search(before)
        if led or _PER.search(before):
            flags = (*flags, "per")
        return flags
