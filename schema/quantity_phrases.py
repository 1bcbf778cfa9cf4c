"""Quantities that words tell without a figure of their own form: TB级, 居首位, 经历了三代, 100个问题中答对34个."""

import re
from collections.abc import Iterator

from schema.bounds import Quantity, bounded, look_back
from schema.figures import read_figure
from schema.quantity_lengths import lengths

# The digits of a figure that a ratio or a count of generations is made of.
_COUNT = r"(?:\d{1,4}|[一二两兩三四五六七八九十]{1,3})"
# Each form takes one character of a class, which is scanned for fast, and then looks which one it was.
_PHRASE = re.compile(
    r"[KMGTPEZ居列排占登跃升冲经歷历走演迭更发推](?:"
    # A unit of data with 级 and no figure names an order of magnitude.
    r"(?<=[KMGTPEZ])(?<![0-9A-Za-z一二两三四五六七八九十百千万亿数几].)(?<![0-9一二两三四五六七八九十百千万亿数几] .)(?P<level>B[ \n]?[级級])"
    # 居首位 is the first place; 放在首位 is what matters most.
    r"|(?:(?<=[居列])|(?<=排)名|(?<=占)[据據]|(?<=登)[上顶]|(?<=跃)[升至]|(?<=升)[至到]|(?<=冲)[上至])[^，。；、,;\n]{0,6}?(?P<first>首位|榜首)"
    r"|(?:(?<=经)[历過过]|(?<=历)经|(?<=歷)經|(?<=走)过|(?<=演)进|(?<=迭)代|(?<=更)迭|(?<=发)[展布]|(?<=推)出)[了出到]?[ \n]*"
    rf"(?P<generations>{_COUNT}[ \n]?代)(?![一-鿿]?[人表码碼理价價替言入际際谢謝]))"
)
# So many of so many is a share.
_SHARE = re.compile(
    rf"(?P<of>{_COUNT})[ \n]?[个個道][^，。；,;\n]{{0,6}}?[题題]目?[中里裏][^，。；;\n]{{0,8}}?"
    rf"(?:答对|答對|做对|做對|正确回答|回答正确)了?[ \n]*(?P<right>{_COUNT})[ \n]?[个個道题題]"
)
# 为其1/10: one of so many; 甲：#12: a place in a list of ranks.
_PART = re.compile(
    r"[的为仅约近到至其了超过達达占佔][ *]{0,4}(?P<part>1/[1-9]\d{0,2}|2/[35]|3/[45]|4/5|5/6)(?![\d/.年月日号])"
)
# 报2887.11点: an index stands at so many points; no hour of the day, and no point of a list. A range may fall: 97.692-97.298点.
_POINT_FIGURE = (
    r"(?:[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,3})?|[1-9]\d{2,5}(?:\.\d{1,3})?|[1-9]\d{0,1}\.\d{3}|[1-9]\d{1,2}\.\d{1,2})"
)
_POINTS = re.compile(
    rf"(?<![\d.,/:：])(?:(?P<other>{_POINT_FIGURE})[ ]?[点點]?[ ]?[-–—~～至][ ]?)?(?P<value>{_POINT_FIGURE})[ ]?[点點](?![钟鐘半整击擊赞讚评評\d]|[ ]?[A-Za-z])"
)
# 涨75点: by how much an index or a price moves.
_MOVED_POINTS = re.compile(
    r"(?<=[涨漲跌升降])(?:[了约超近逾至] ?)?(?P<value>[1-9]\d{0,1}(?:\.\d{1,2})?)[ ]?[个個]?[点點](?![钟鐘半整\d]|[ ]?[A-Za-z])"
)
# 1分37秒, 2小时30分钟: one length of time, in the smaller unit.
_LONG = re.compile(
    r"(?<![\d.:：/第])(?P<many>[1-9]\d{0,2})[ ]?(?:(?P<hours>个?小时|個?小時)[ ]?(?P<of_hours>[1-5]?\d)[ ]?(?:分钟|分鐘|分(?![\d之秒]))|(?P<minutes>分钟?|分鐘)[ ]?(?P<of_minutes>[1-5]?\d)[ ]?秒[钟鐘]?|(?P<years>年)零?(?P<of_years>\d|1[01])[ ]?[个個]月)"
)
# 8G内存, 显存为24G: a memory's size with its letter alone.
_MEMORY = re.compile(
    r"(?<![\d.A-Za-z])(?P<size>\d{1,4})[ ]?G(?![A-Za-z\d])(?=[ ]?(?:的)?(?:统一|運行|运行)?(?:内存|显存|運存|运存|闪存|存储空间|记忆体|記憶體|显卡|RAM))"
    r"|(?:内存|显存|记忆体|記憶體)(?:大小|容量)?(?:只有|仅有|仅为|仅|达到?|高达|为|是|有|至少)?[ ]?(?P<of>\d{1,4})[ ]?G(?![A-Za-z\d])"
)
# 评分：7.1/10: so many of ten points.
_MARKED = re.compile(r"(?:评分|得分|打分|分数)[*：: ]{0,6}(?P<mark>\d{1,2}(?:\.\d{1,2})?)/(?:10|100|5)(?![\d.])")
_PLACE = re.compile(r"[：:][ ]?(?P<place>#[1-9]\d{0,2})(?=[ ]*(?:\n|$|[，。；,（(]))")
# 数以千计: some thousands.
_BY_THE = re.compile(r"[数數]以(?P<power>[百千万萬亿億]|[十百千][万萬亿億])[计計]")
_POWERS = {"百": 2, "千": 3, "万": 4, "十亿": 9, "百亿": 10, "千亿": 11, "十万": 5, "百万": 6, "千万": 7, "亿": 8}
_SIMPLIFIED = str.maketrans("萬億", "万亿")
_ANSWERED = re.compile(r"[答做确](?:(?<=[答做])[对對]|(?<=确)回答|(?<=正确))")
_EXPONENTS = {letter: 3 * (place + 1) for place, letter in enumerate("KMGTPEZ")}


def phrases(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """Find the spans of such words with their quantities, in order of place."""
    found = [*_worded(text), *lengths(text)]
    if _ANSWERED.search(text):
        found += _shares(text)
    if "/" in text:
        found += _parts(text)
    if "点" in text or "點" in text:
        found += _points(text)
    if "秒" in text or "小时" in text or "小時" in text or "个月" in text or "個月" in text:
        found += _long(text)
    if "/10" in text or "/5" in text:
        found += _marks(text)
    if "#" in text:
        found += _places(text)
    if "存" in text or "憶體" in text or "忆体" in text:
        found += _memories(text)
    if "数以" in text or "數以" in text:
        found += _by_the(text)
    yield from sorted(found, key=lambda phrase: phrase[0])


def _worded(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _PHRASE.finditer(text):
        kind = str(found.lastgroup)
        if kind == "level":
            exponent = _EXPONENTS[found[0][0]]
            quantity = Quantity(10.0**exponent, 10.0 ** (exponent + 3), "byte", "order_of_magnitude")
            yield found.start(), found.end(), quantity
        elif kind == "first":
            yield *found.span(kind), Quantity(1.0, 1.0, "rank", "eq")
        elif (count := _count(found[kind])) is not None and count >= 2:
            yield *found.span(kind), Quantity(count, count, "item", "eq")


def _shares(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _SHARE.finditer(text):
        of, right = _count(found["of"]), _count(found["right"])
        if of and right is not None and right <= of:
            share = round(right / of, 6)
            yield found.start(), found.end(), Quantity(share, share, "fraction", "eq")


def _parts(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _PART.finditer(text):
        part = int(found["part"][0]) / int(found["part"][2:])
        yield *found.span("part"), Quantity(part, part, "ratio", "eq")


def _points(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _POINTS.finditer(text):
        value = float(found["value"].replace(",", ""))
        other = float((found["other"] or found["value"]).replace(",", ""))
        comparator = "range" if other != value else look_back(text, found.start()).comparator or "eq"
        yield found.start(), found.end(), bounded(min(value, other), max(value, other), "point", comparator)
    for found in _MOVED_POINTS.finditer(text):
        value = float(found["value"])
        yield *found.span(), bounded(value, value, "point", "eq")


def _long(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _LONG.finditer(text):
        for whole, part, size, unit in _LENGTHS:
            if found[whole]:
                length = float(found["many"]) * size + float(found[part])
                yield (
                    found.start(),
                    found.end(),
                    bounded(length, length, unit, look_back(text, found.start()).comparator or "eq"),
                )


_LENGTHS = (
    ("hours", "of_hours", 60, "minute"),
    ("minutes", "of_minutes", 60, "second"),
    ("years", "of_years", 12, "month"),
)


def _marks(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _MARKED.finditer(text):
        mark = float(found["mark"])
        yield found.start("mark"), found.end(), Quantity(mark, mark, "point", "eq")


def _memories(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _MEMORY.finditer(text):
        start, end = found.span(str(found.lastgroup))
        size = float(text[start:end]) * 1e9
        yield start, text.index("G", end) + 1, Quantity(size, size, "byte", "eq")


def _places(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _PLACE.finditer(text):
        place = float(found["place"][1:])
        yield *found.span("place"), Quantity(place, place, "rank", "eq")


def _by_the(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _BY_THE.finditer(text):
        exponent = _POWERS[found["power"].translate(_SIMPLIFIED)]
        quantity = Quantity(10.0**exponent, 10.0 ** (exponent + 1), None, "order_of_magnitude")
        yield found.start(), found.end(), quantity


def _count(printed: str) -> float | None:
    figure = read_figure(printed, 0)
    return None if figure is None or figure.scale or figure.kind != "exact" else float(figure.low)
