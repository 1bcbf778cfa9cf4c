"""What stands around a word that tells an event: who acts, what its clause goes on to, what its sentence defines."""

import re

from etl.reader.clauses import Outline
from etl.reader.deeds import Deed
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import sentence_before
from etl.reader.roles import BASIS, NO_THING, acts, is_whole
from etl.reader.subjects import Subject, as_subject

THINGS = frozenset({"model", "product", "technology", "dataset"})
ACTORS = frozenset({"organization", "person"})
BODIES = frozenset({"organization"})
FIRMS = frozenset({"organization", "product"})
REACH = 160
POSSESSED = re.compile(
    r"[”」*`\"\s]*的(?!正式|第|升级|全新|最新|开源|新版|版|预览|测试|付费|企业|网页|国际|中文|技术路线|大?模型|、)"
)
# Where something runs, which is not what is brought out: 推出iOS应用.
_PLATFORMS = frozenset({"ios", "android", "windows", "mac", "macos", "linux", "iphone应用", "web"})
_RUNS = re.compile(r"[ \n*]*(?:版|端|应用|客户端|平台|系统|用户|上|App|APP|app|及|和|与|、|/|设备|商店)")
_LEADING = frozenset("—–：:")
_AFTER = 44
_AND = re.compile(r"[ \n*“”]*(?:、|，|和|与|及|以及|联合|携手|等|,|and)[ \n*“”]*(?:及|联合)?")
# X是Y于2022年发布的…: what the sentence defines; the word must end what is said of it.
_IS = re.compile(r"[ \n*”」》]*(?:（[^（）\n]{1,30}）|\([^()\n]{1,40}\))?[ \n*]*(?:是|为|系|最早由|由)(?!了|否|何)")
_SOMEWHERE = re.compile(r"[ \n]*(?:在|于|对|向|接受)[^，。；\n]{2,40}")
_IS_OWN = re.compile(r"[^。；！？]{3,80}?")
_SAID_OF = re.compile(r"[ \n]*(?:并?开源)?(?:的|于|$|，|。|；|\n)")


class Surroundings:
    """Looks around the words of one document."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions

    def actors(self, deed: Deed) -> list[Subject]:
        """Return who acts: the organizations or persons that the clause names before the word, listed ones together."""
        begin, _ = self.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in ACTORS and acts(self.text, m)]
        named = [m for m in named if not self.in_title(m)]
        if not named:
            return self._before_place(begin, deed.start)
        group = [named[-1]]
        for mention in reversed(named[:-1]):
            if not _AND.fullmatch(self.text, mention.end, group[0].start):
                break
            group.insert(0, mention)
        return [as_subject(m) for m in group]

    def _before_place(self, begin: int, at: int) -> list[Subject]:
        """Return who is named right before a clause that first tells where: 总裁甲，在某大会上宣布."""
        if self.text[begin - 1 : begin] not in {"，", ","} or not _SOMEWHERE.match(self.text, begin, at):
            return []
        before = [m for m in self.mentions.within(max(0, begin - REACH), begin) if m.kind in ACTORS]
        return [as_subject(before[-1])] if before and before[-1].end == begin - 1 else []

    def in_title(self, mention: Mention) -> bool:
        """Tell whether a name stands in a title's marks, where it does nothing: 《X关于…的意见》."""
        floor = max(0, mention.start - REACH)
        return self.text.rfind("《", floor, mention.start) > self.text.rfind("》", floor, mention.start)

    def clause(self, at: int) -> tuple[int, int]:
        start, end = self.outline.clause(at)
        return max(start, at - REACH), min(end, at + REACH)

    def after(self, deed: Deed, kinds: frozenset[str], reach: int = _AFTER) -> list[Mention]:
        """List the names that the clause goes on to, up to the first that stands too far off."""
        _, end = self.clause(deed.start)
        if self.text[deed.start].isascii():
            # English words are longer, and a list's commas end no clause.
            end, reach = min(self.outline.sentence(deed.start)[1], deed.end + REACH), 2 * reach
        found = [m for m in self.mentions.within(deed.end, end) if m.kind in kinds and self.is_thing(m)]
        if found:
            return found if found[0].start - deed.end <= reach else []
        return self._behind_mark(end, kinds) if end - deed.end <= reach else []

    def _behind_mark(self, end: int, kinds: frozenset[str]) -> list[Mention]:
        """List the names right behind the dash or colon that ends a clause: 发布了重要更新——X和Y."""
        if self.text[end - 1 : end] not in _LEADING:
            return []
        _, stop = self.clause(end)
        found = [m for m in self.mentions.within(end, stop) if m.kind in kinds and self.is_thing(m)]
        return found if found and not self.text[end : found[0].start].strip(" \n*“「—-《") else []

    def is_thing(self, mention: Mention) -> bool:
        if self.text[max(0, mention.start - 1) : mention.start] == "版":
            return False  # 中国版X is another than X.
        if (mention.name.casefold() in _PLATFORMS and _RUNS.match(self.text, mention.end)) or NO_THING.fullmatch(
            mention.name
        ):
            return False
        return not self.is_basis(mention) and is_whole(self.text, mention)

    def is_basis(self, mention: Mention) -> bool:
        return BASIS.search(self.text, max(0, mention.start - 10), mention.start) is not None

    def defined(self, deed: Deed, kinds: frozenset[str]) -> Subject | None:
        """Return what the sentence says that it is: X是Y于2022年发布的…, X由Y创立."""
        begin, _ = self.outline.sentence(deed.start)
        for mention in self.mentions.within(max(begin, deed.start - REACH), deed.start):
            if mention.kind in kinds and _IS.match(self.text, mention.end):
                if self.text[begin : mention.start].strip(" \n*#>-“「《") and self.text[mention.start - 1] not in "，,":
                    return None
                own = _IS_OWN.fullmatch(self.text, mention.end, deed.start)
                return as_subject(mention) if own and _SAID_OF.match(self.text, deed.end) else None
        return None

    def pointed(self, deed: Deed, words: re.Pattern[str], kinds: frozenset[str]) -> list[Subject]:
        """Return what the sentence before spoke of, where this one only points to it: 产品…, 该公司…."""
        begin, _ = self.outline.sentence(deed.start)
        if not words.match(self.text, max(begin, deed.start - REACH)):
            return []
        before = sentence_before(self.outline, deed.start)
        start, end = before if before is not None else (0, 0)
        named = [m for m in self.mentions.within(start, min(end, start + REACH)) if m.kind in kinds]
        return [as_subject(named[0])] if named else []
