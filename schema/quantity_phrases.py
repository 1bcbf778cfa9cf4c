"""Quantities that words tell without a figure of their own form: TB级, 居首位, 经历了三代, 100个问题中答对34个."""

import re
from collections.abc import Iterator

from schema.bounds import Quantity
from schema.figures import read_figure

# The digits of a figure that a ratio or a count of generations is made of.
_COUNT = r"(?:\d{1,4}|[一二两兩三四五六七八九十]{1,3})"
_PHRASE = re.compile(
    # A unit of data with 级 and no figure names an order of magnitude.
    r"(?<![0-9A-Za-z一二两三四五六七八九十百千万亿数几])(?<![0-9一二两三四五六七八九十百千万亿数几] )(?P<level>[KMGTPEZ]B[ \n]?[级級])"
    # 居首位 is the first place; 放在首位 is what matters most.
    r"|(?:居|列|排名|占据|占據|登上|登顶|跃升|跃至|升至|升到|冲上|冲至)[^，。；、,;\n]{0,6}?(?P<first>首位|榜首)"
    rf"|(?:经历|经過|经过|历经|歷經|走过|演进|迭代|更迭|发展|推出|发布)[了出到]?[ \n]*(?P<generations>{_COUNT}[ \n]?代)(?![一-鿿]?[人表码碼理价價替言入际際谢謝])"
    # So many of so many is a share.
    rf"|(?P<part>(?P<of>{_COUNT})[ \n]?[个個道][^，。；,;\n]{{0,6}}?[题題]目?[中里裏][^，。；;\n]{{0,8}}?(?:答对|答對|做对|做對|正确回答|回答正确)了?[ \n]*(?P<right>{_COUNT})[ \n]?[个個道题題])"
)
_EXPONENTS = {letter: 3 * (place + 1) for place, letter in enumerate("KMGTPEZ")}


def phrases(text: str) -> Iterator[tuple[int, int, Quantity]]:
    """Find the spans of such words with their quantities, in order of place."""
    for found in _PHRASE.finditer(text):
        kind = found.lastgroup or ""
        if kind == "right":
            kind = "part"
        quantity = _quantity(kind, found)
        if quantity is not None:
            start, end = found.span(kind)
            yield start, end, quantity


def _quantity(kind: str, found: re.Match[str]) -> Quantity | None:
    if kind == "level":
        exponent = _EXPONENTS[found[kind][0]]
        return Quantity(10.0**exponent, 10.0 ** (exponent + 3), "byte", "order_of_magnitude")
    if kind == "first":
        return Quantity(1.0, 1.0, "rank", "eq")
    if kind == "generations":
        count = _count(found[kind])
        return None if count is None or count < 2 else Quantity(count, count, "item", "eq")
    of, right = _count(found["of"]), _count(found["right"])
    if not of or right is None or right > of:
        return None
    share = round(right / of, 6)
    return Quantity(share, share, "fraction", "eq")


def _count(printed: str) -> float | None:
    figure = read_figure(printed, 0)
    return None if figure is None or figure.scale or figure.kind != "exact" else float(figure.low)
