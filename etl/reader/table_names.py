"""Names in tables: what a row is about, and who made it, as their cells print it."""

import re
from collections.abc import Iterator

from db.names import fold
from etl.document_cells import Cell
from etl.reader.mentions import Mention, Mentions
from etl.reader.subjects import Subject
from etl.reader.table_cells import EMPTY, NO, YES, cleaned, listed_parts

# A name that goes on from what stands before it in its cell: 青鸟GPT.
_BEGUN = re.compile(r"[\u3400-\u9fffA-Za-z\d]$")
# 心理健康与危机干预实验室 is one body: 与 parts only what ends as a name does.
_ENDS_A_NAME = re.compile(r"(?:大学|学院|公司|实验室|研究院|研究所|科技|智能|集团|中心|团队|[A-Za-z\d.])[ ]?$")
# A name among several: two and more letters, with a version or a size perhaps.
_A_NAME = re.compile(r"(?=[A-Za-z]{2}|[\u3400-\u9fff]{2})[A-Za-z\u3400-\u9fff·\d][\w.·Σα-ω+ -]{1,30}")
_MAKERS = re.compile(r"[,，、;；/]|(?<=[^\s]) ?(?:和|与|及|(?<= )and(?= )|&) ?(?=[^\s])", re.I)
_MOST_MAKERS = 400
_VERSION_REST = re.compile(
    r"(?:[ \-]?(?:[vV]?\d+(?:\.\d+)*[BbMTk]?|Base|Chat|Instruct|Pro|Max|Turbo|Mini|Plus|Flash|Coder|\+|[A-Z]))+"
)


# A Latin name goes on in capitals: YouTube Ads.
_LATIN_REST = re.compile(r"(?:[ ][A-Z][A-Za-z]+)+[*_` ]*")


# A known firm's name with what kind of body it is behind it.
_BODY = re.compile(r"[ ]?(?:研究院|研究所|实验室|团队|公司|集团|大学|学院|科技|Research|Labs?|AI|Inc\.?|Team)")
# dolphin(yunfan): in brackets, or behind the last hyphen, stands what a row's model is made from.
_MADE_FROM = re.compile(r".{2,40}?[ ]?(?:[（(](?P<base>[^（）()]{2,30})[）)]|-(?P<tail>[^-（）() ]{3,30}))")


# A firm's name that a version or a part of a name follows begins its model's: Yunfan-GPT.
_GOES_ON = re.compile(r"-[A-Za-z\d]|[ ]?\d")
# A row of a size is of no model by itself: 7B.
_SIZE = re.compile(r"\d")


class NameReader:
    """Names what the cells of one document's tables name."""

    def __init__(self, text: str, mentions: Mentions) -> None:
        self.text = text
        self.mentions = mentions

    def named(self, cell: Cell) -> list[Subject]:
        """Name all that a cell lists: Yunfan/Yunfan2; sizes behind a stroke are no names."""
        whole = self.subject(cell.start, cell.end, "model")
        parts = [(cleaned(printed), cell.start + at, len(printed)) for printed, at in listed_parts(cell.text)]
        if len(parts) < 2 or not all(_A_NAME.fullmatch(name) for name, *_ in parts):
            return [whole]
        found = [self.subject(at, at + length, "model") for _, at, length in parts]
        return [whole, *found[1:]] if whole.name == found[0].name else found

    def subject(self, start: int, end: int, kind: str) -> Subject:
        """Name what a cell names: its whole text where that is a name with its version, else the name it begins with."""
        inside = self.mentions.within(start, end)
        name = cleaned(self.text[start:end])
        found = self.text.find(name, start, end)
        at = found if found >= 0 else start
        first = inside[:1] if inside and not self._goes_on(start, inside[0]) else []
        for mention in first:
            rest = cleaned(self.text[mention.end : end]).lstrip("] ")
            if not rest:
                return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)
            if (
                not _VERSION_REST.fullmatch(rest)
                and not _LATIN_REST.fullmatch(self.text, mention.end, end)
                and (rest[0] in "/（(,，、" or mention.end - mention.start >= 0.6 * len(name))
            ):
                return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)
        kinds = [m.kind for m in inside if m.kind != "organization" or not _GOES_ON.match(self.text, m.end, end)]
        return Subject(name, kinds[0] if kinds else kind, None, at, at + len(name) if found >= 0 else end)

    def _goes_on(self, start: int, mention: Mention) -> bool:
        """Tell whether a cell's name begins before a name in it: 青鸟GPT, 青鸟3 Max."""
        if _BEGUN.search(self.text, start, mention.start):
            return True
        rest = self.text[mention.start : mention.end]
        return bool(self.text[start : mention.start].strip(" *`[")) and _VERSION_REST.fullmatch(rest) is not None

    def makers(self, cell: Cell) -> Iterator[tuple[str, str | None, int, int]]:
        """Name the firms of a cell: those that are known, and what else is listed."""
        if len(cell.text) > _MOST_MAKERS:
            return
        known = [m for m in self.mentions.within(cell.start, cell.end) if m.kind == "organization"]
        cuts = [m.span() for m in _MAKERS.finditer(cell.text)]
        cuts = [(a, b) for a, b in cuts if not any(m.start < cell.start + b and cell.start + a < m.end for m in known)]
        ends_of_names = {m.end - cell.start for m in known}
        cuts = [
            (a, b)
            for a, b in cuts
            if cell.text[a:b].strip() not in {"和", "与", "及"}
            or a in ends_of_names
            or _ENDS_A_NAME.search(cell.text, max(0, a - 4), a)
        ]
        begins, ends = [0, *(b for _, b in cuts)], [*(a for a, _ in cuts), len(cell.text)]
        for begin, end in zip(begins, ends, strict=True):
            named = [
                m
                for m in known
                if cell.start + begin <= m.start < cell.start + end
                and not cell.text[begin : m.start - cell.start].rstrip().endswith(("和", "与", "及"))
            ]
            printed = cell.text[begin:end]
            body = _BODY.match(self.text, named[0].end) if len(named) == 1 else None
            if body is not None and cleaned(printed).endswith(body[0]):
                named = [named[0]._replace(end=body.end())]
            yield from ((m.name, m.entity_id, m.start, m.end) for m in named)
            if not named and cleaned(printed) not in EMPTY:
                at = cell.start + begin + len(printed) - len(printed.lstrip())
                yield cleaned(printed), None, at, cell.start + begin + len(printed.rstrip())

    def bases(self, cell: Cell, subject: Subject) -> Iterator[Subject]:
        """Name the models of a cell that tells what a row's model is made from."""
        if _SIZE.match(subject.name):
            return
        for printed, at in listed_parts(cell.text):
            if _A_NAME.fullmatch(cleaned(printed)) and cleaned(printed).lower() not in EMPTY | YES | NO:
                yield self.subject(cell.start + at, cell.start + at + len(printed), "model")


def base_in_name(name: str, others: dict[str, Subject]) -> Subject | None:
    """Return the other row's model that a row's name holds as what it is made from: dolphin(yunfan)."""
    match = _MADE_FROM.fullmatch(name)
    if match is None:
        return None
    return others.get(fold(match["base"] or match["tail"]))
