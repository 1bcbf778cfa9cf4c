"""Quantities that words tell without a figure of their own form: TB级, 居首位, 经历了三代, 100个问题中答对34个."""

import re
from collections.abc import Iterator

from schema.bounds import Quantity
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
_PART = re.compile(r"[的为仅约近到至其][ ]?(?P<part>1/[1-9]\d{0,2})(?![\d/.年月日号])")
_PLACE = re.compile(r"[：:][ ]?(?P<place>#[1-9]\d{0,2})(?=[ ]*(?:\n|$|[，。；,;（(]))")
_ANSWERED = re.compile(r"[答做确](?:(?<=[答做])[对對]|(?<=确)回答|(?<=正确))")
_EXPONENTS = {letter: 3 * (place + 1) for place, letter in enumerate("KMGTPEZ")}


def phrases(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """Find the spans of such words with their quantities, in order of place."""
    found = [*_worded(text), *lengths(text)]
    if _ANSWERED.search(text):
        found += _shares(text)
    if "1/" in text:
        found += _parts(text)
    if "#" in text:
        found += _places(text)
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
        part = 1 / int(found["part"][2:])
        yield *found.span("part"), Quantity(part, part, "ratio", "eq")


def _places(text: str) -> Iterator[tuple[int, int, Quantity]]:
    for found in _PLACE.finditer(text):
        place = float(found["place"][1:])
        yield *found.span("place"), Quantity(place, place, "rank", "eq")


def _count(printed: str) -> float | None:
    figure = read_figure(printed, 0)
    return None if figure is None or figure.scale or figure.kind != "exact" else float(figure.low)
