"""Yes-or-no facts: open source as stated, commercial use."""

import itertools
import re
from collections.abc import Iterable, Iterator

from etl.reader.flag_things import (
    DESCRIBED,
    OBJECT,
    REACH,
    SAID_OF,
    Flag,
    apposed,
    beside,
    called,
    came_open,
    counted,
    described_in_english,
    headlined,
    introduced,
    is_described,
    open_thing,
    own_text,
    own_way,
    spoken_of,
    such_as,
    withheld,
)
from etl.reader.flag_words import KEPT_BACK, flags
from etl.reader.licences import licensed
from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mention
from etl.reader.nearby import sentence_before
from etl.reader.open_parts import given_out, parts_told
from etl.reader.proposals import Proposal
from etl.reader.roles import listed, listed_before, without_kind
from etl.reader.scope import ScopeFinder
from etl.reader.section_things import SectionThings
from etl.reader.subjects import Subject, SubjectFinder, as_subject

METHOD = "rule:flags@3"
_CARD_HEAD, _NEAR = 600, 16

# Said of what was spoken of before, where the clause names nothing itself.
_PREDICATE = re.compile(
    r"(?:(?:面向|向|对)(?:全球|全社会|公众|社会|所有人|开发者|业界|学界)|(?:在|通过|于)[ *]*(?:GitHub|Github|Hugging[ ]?Face|HuggingFace|ModelScope|Gitee|魔搭)(?:[ *]*(?:社区|平台|上|、|和|与|及|GitHub|Github|Hugging[ ]?Face|HuggingFace|ModelScope|[ ]))*|宣布|将|已|正式|全面|完全|均|都|也|同时|同步|并|全|继续|选择|彻底|直接|没有?|不|未|现已|(?<![但可还而于])是|了|，|,|——|、)[ \n*]*(?:会|将|对外|免费|可|可以|即可)?$"
)

_ALONE = re.compile(r"(?:的(?![\u3400-\u9fff])|了|发布|，|,|。|；|;|、|——|且|并|$|\*\*|\.)")

_CHOSE = re.compile(
    r"[ \n]*(?:等)?[^，。；]{0,6}[，,]?(?:则|都|均|也|等)?(?:选择|坚持|坚守|走向|决定|转向|宣布|采取|采用)(?:了|将|走)?[^，。；、]{0,4}$"
    r"|[^，。；\n]{0,6}[，,]?以(?!利用|便|推|促|支|借|期)[^，。；\n]{0,10}$"
)

_ITEM_LEAD = re.compile(
    r"(?:[ *`]*(?:完全|免费)?(?:开源|闭源)[ *`]*[，,、；;且并和]?)?[ *`]*(?:是|为|目前|已经?|完全|全面|免费|均|都|可以?|允许|支持|不可以?|不能|不得|禁止|不|并?未|尚未)*"
)

# A name that no list of names has, by its size: yunfan-7B.
_SIZED_NAME = re.compile(
    r"(?<![A-Za-z\d./\\_-])[A-Za-z][A-Za-z\d.]*(?:-[A-Za-z\d.]+)*-\d+(?:\.\d+)?[BbMm](?:-[A-Za-z]+)*(?![A-Za-z\d/])"
)

_ARE = re.compile(r"[\s*`\]\"”),]*(?:is|are|was|were|(?:has|have) been)(?: (?:now|also|both|all|fully))* ")
_TITLED = re.compile(r"[ ]?[：:][ ]?(?:完全|全面|首个)?(?:(?:开源|免费|可)*)")

_IS = re.compile(r"[ *`]*(?:是|为|作为|系|属于)[ *`]*")

_OF_FAMILY = re.compile(r"[ *`]*(?:系列|家族)(?:模型)?(?:中|里)?的?[^，。；\n]{0,8}")

# What speaks of the model that a section or card is of.
_OURS = re.compile(r"(?:我们|本次|此次|本项目|本仓库|该项目)(?:还|也|将|已|正式|同时|目前|现)*(?:对外)?$")

_ITS_PRONOUN = re.compile(r"[ \n>*]*(?:该|本|此)(?:系列|款)?大?模型|[ \n>*]*(?:其|它)(?![他余们中])")

_LICENCE_BEFORE = re.compile(r"(?:协议|许可证?|[Ll]icen[cs]e)[^，。\n]{0,4}$")

_LABEL = re.compile(r"[^，。；\n]{0,8}?(?:协议|许可证?|[Ll]icen[cs]e)[*_`]*[ \t]*[:：]")
_LICENCE_SAID = re.compile(r"协议|许可|授权|[Ll]icen[cs]e|Apache|MIT|BSD|GPL")

_FULLY = re.compile(r"完全开放")

_LEAD = re.compile(r"[ \n>*`•-]*(?:\d{1,2}[.、)）])?[ ]*(?:提供|拥有|有|其|且|并)?[ ]*")

# 开源版“X” is another that is only likened to X.
_LIKE = re.compile(r"开源版的?[“「]")
_OPEN_VERSION = re.compile(r"版本?")

# 六个模型也已开源，包括A、B; 开源了两个模型的权重：A.
_NAMELY = re.compile(
    r"(?!地址|链接|网址|协议|许可|仓库|项目|平台|社区)[^，。；：:\n]{0,16}?(?:[：:]|——?|，?(?:其中)?(?:分别)?(?:包括|包含|即)了?)[ \n*“「《`]*|(?: (?:[\w-]+ ){0,3}?(?:models?|LLMs?|projects?))?,? (?:including|such as|namely):? [*`\[]*"
)

# 开源了拥有130亿参数的模型“X”: what the object is called stands before its name.
_ITS_KIND = re.compile(
    r"(?:发布|推出|上线)?(?:了[^，。；：\n]{0,40}?|[^，。；：、的\n]{2,16}?)(?:模型|系列|数据集|框架|工具包?|项目|插件|应用|平台|套件|引擎|程序)[ ]?[*“「《`\"]*"
)


_OPEN_WORD = re.compile(r"(?<![不非未否无])开源(?=[^|\n]{0,20}?(?:模型|项目|框架|工具|平台|数据集))")
_LIKENS = re.compile("超越|超过|优于|击败|媲美|对标|追平|不如|落后|赶上|比肩|领先")
_ITS_SIZES = re.compile(r"[ ]*(?:\d{1,4}(?:\.\d)?[BbMm][ ]?(?:和|与|、|及|/|,|，)?[ ]?)+(?:的|参数|规模|[ ])*")
_MODEL_ENDS = re.compile(r"[ ]?(?:大|语言|大语言|对话|基座|基础|[ ])*模型[ ]*(?=[|，。；\n])")
# 开源社区, 开源周; 标签: 工具, 开源; 因为它们没有开源; AI模型是开源的.
_OF_MOVEMENT = re.compile(
    r"(?:社区|社群|生态|精神|文化|运动|周(?!期)|之夏|中国|基金会|大会|峰会|贡献|力量|故事|协作|战略|治理)(?![\u3400-\u9fff]{0,3}(?:模型|平台|工具))"
)
_UNTOLD = re.compile(
    r"(?:标签|Tags?|关键词|分类)[*]{0,2}[ ]?[:：][^\n]*$|它们(?:都|也|并|均)?(?:没有?|不|未)?$|(?<![A-Za-z])AI[ ]?模型是$"
)
_TAGS = 40
# What follows in the next clause is another thing: …开源，提供X部署; 开源并推出X.
_GOES_BEYOND = re.compile(r"(?:的)?[ *`]*(?:[，。；,;]|并(?!开放)|且)")
_CELL_ALONE = re.compile(r"[ *`\]]*(?:\([^()\n]*\))?[ ]*\|")
_CELL_REST = re.compile(r"[^|\n]*")
_ITS_THING = re.compile(
    r"[ \n]?[\u3400-\u9fff]{0,4}?(?:大?模型|系统|工具|框架|软件|平台|引擎|库|算法|产品|应用|包|插件|脚本|程序|项目|数据集|编辑器)"
)
# What is done with open things is told of them, and not of whoever does it: 推进开源编程能力, 将开源AI模型打包到X; what is fit for sale may be a picture.
_DONE_WITH = re.compile(r"(?:将|把|利用|推进|推动|促进|支持|拥抱|借助|运行|依托|扶持|助力)[ ]?$")
_NOTHING_OPEN = re.compile(
    r"(?:的|级)?(?:[\u3400-\u9fff]{0,4}?)(?:图片?|素材|音乐|字体|照片|视频|内容|画面|能力|社区|生态|精神|文化|运动|周|中国)(?![\u3400-\u9fff]{0,3}(?:模型|平台|工具))"
)


class FlagReader:
    """Reads yes-or-no facts of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder) -> None:
        self.subjects = subjects
        self.outline = subjects.outline
        self.mentions = subjects.mentions
        self.scope = scope
        self.text = subjects.text
        self.sections = SectionThings(self.text, self.mentions)

    def read(self, ranges: tuple[tuple[int, int], ...], tables: Iterable[tuple[int, int]] = ()) -> Iterator[Proposal]:
        """Yield a proposal for each claim that something is open source or may be used commercially; of `tables`, those of
        their remarks."""
        seen: set[tuple[str, str, bool]] = set()
        for flag, named in itertools.chain(self._told(ranges), self._remarked(tables)):
            for subject in named:
                mark = (flag.property_id, subject.name, flag.value)
                if mark not in seen:
                    seen.add(mark)
                    yield self._proposal(flag, subject)

    def _told(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[tuple[Flag, list[Subject]]]:
        for start, end in ranges:
            told = (
                flags(self.text, start, end, self.mentions),
                licensed(self.text, start, end),
                given_out(self.text, start, end),
                parts_told(self.text, start, end),
            )
            for flag in itertools.chain(*told):
                if not _LIKE.match(self.text, flag.start):
                    yield flag, self._subjects(flag)

    def _remarked(self, tables: Iterable[tuple[int, int]]) -> Iterator[tuple[Flag, list[Subject]]]:
        """Yield what a cell's remark says of the names that it leads to: | 有APP，开源模型X |."""
        for start, end in tables:
            for match in _OPEN_WORD.finditer(self.text, start, end):
                flag = Flag(*match.span(), "open_source", True)
                cell = _CELL_REST.match(self.text, flag.end)
                named = apposed(self.text, flag, self.mentions) or self._object(flag)
                named = [m for m in named if cell is not None and m.start < cell.end()]
                yield flag, [as_subject(m) for m in named or self._of_row(flag)]

    def _of_row(self, flag: Flag) -> list[Mention]:
        """Return the model that alone fills a cell before that of the remark: | 云帆 | 北京 | 6B和34B开源模型 |."""
        begin = self.text.rfind("\n", 0, flag.start) + 1
        cell = self.text.rfind("|", begin, flag.start) + 1
        if not _ITS_SIZES.fullmatch(self.text, cell, flag.start) or not _MODEL_ENDS.match(self.text, flag.end):
            return []
        named = [m for m in self.mentions.within(begin, cell) if m.kind == "model" and is_described(m)]
        alone = [m for m in named if _CELL_ALONE.match(self.text, m.end)]
        return alone if len(alone) == 1 == len(named) else []

    def _proposal(self, flag: Flag, subject: Subject) -> Proposal:
        fields = {"boolean": flag.value, "value_status": "reported", **self.scope.fields(flag.start)}
        return Proposal("boolean", flag.property_id, flag.start, flag.end, subject, METHOD, fields)

    def _subjects(self, flag: Flag) -> list[Subject]:
        """Return what is so described: what the word's own place tells, else the nearest name; nothing of a movement, a tag
        or what nobody names."""
        if _OF_MOVEMENT.match(self.text, flag.end) or _UNTOLD.search(self.text, max(0, flag.start - _TAGS), flag.start):
            return []
        named = (
            self._within(flag)
            or own_text(self.text, flag)
            or headlined(self.text, flag, self.mentions)
            or beside(self.text, flag, self.mentions)
            or self._object(flag)
            or self._member(flag)
            or apposed(self.text, flag, self.mentions)
            or own_way(self.text, flag, self.mentions)
            or called(self.text, flag, self.mentions)
            or came_open(self.text, flag, self.mentions)
            or open_thing(self.text, flag, self.mentions)
            or self._told_of(flag)
            or self._among(flag)
            or self._choosing(flag)
            or counted(self.text, flag, self.mentions)
            or such_as(self.text, flag, self.mentions)
            or spoken_of(self.text, flag, self.mentions)
        )
        if named:
            return [as_subject(m) for m in named]
        unknown = introduced(self.text, flag)
        if unknown is not None:
            return [as_subject(unknown)]
        if self.text[flag.start].isascii() and flag.property_id == "open_source":
            described = described_in_english(self.text, flag, self.mentions)
            if described is not None:
                return [as_subject(described)]
        headed = self._of_section(flag) or self._of_card(flag)
        if headed is not None:
            return [headed]
        begin, _ = self.outline.sentence(flag.start)
        if _ITS_PRONOUN.match(self.text, begin, flag.start) and not any(
            is_described(m) for m in self.mentions.within(begin, flag.start)
        ):
            told = self.sections.told_above(begin)
            if told is not None:
                return [told]
        if _DONE_WITH.search(self.text, max(0, flag.start - 4), flag.start) or _NOTHING_OPEN.match(self.text, flag.end):
            return []
        carried = self._is_carried(flag)
        found = self.subjects.described(flag.start, flag.end, is_described, carried=carried)
        if found is not None and found.start > flag.end and self._is_beyond(flag, found):
            found = None
        if found is None and carried:
            found = self._told_before(flag)
        return [found] if found is not None and (found.kind not in DESCRIBED or is_described(found)) else []

    def _is_beyond(self, flag: Flag, found: Subject) -> bool:
        """Tell whether a name behind the word is another thing: that of the next clause, or one that open things outdo."""
        beyond = _GOES_BEYOND.match(self.text, flag.end) is not None
        return beyond or _LIKENS.search(self.text, flag.end, found.start) is not None

    def _within(self, flag: Flag) -> list[Mention]:
        """Return the names that the words themselves hold, or keep back."""
        kept = withheld(self.text, flag, self.mentions) if self.text[flag.start : flag.end] in KEPT_BACK else []
        return kept or listed(self.text, [m for m in self.mentions.within(flag.start, flag.end) if is_described(m)])

    def _object(self, flag: Flag) -> list[Mention]:
        """Return the names that the word governs, or the list that it stands before."""
        after = self._after(flag)
        if not after:
            return []
        is_english = self.text[flag.start].isascii()
        if not is_english and any(f.fullmatch(self.text, flag.end, after[0].start) for f in (OBJECT, _ITS_KIND)):
            # A list goes on over its commas, beyond the clause.
            beside = self.mentions.within(after[0].start, flag.end + 2 * REACH)
            return listed(self.text, [m for m in beside if is_described(m)])
        between = self.text[flag.end : after[0].start]
        group = listed(self.text, after) if len(between) < _NEAR and not _LIKENS.search(between) else []
        return group if len(group) > 1 else []

    def _after(self, flag: Flag) -> list[Mention]:
        end = (
            self.outline.sentence(flag.start)[1]
            if self.text[flag.start].isascii()
            else self.outline.clause(flag.start)[1]
        )
        after = [m for m in self.mentions.within(flag.end, min(end, flag.end + REACH)) if is_described(m)]
        # A field with its kind of thing only describes: X是Y的开源语音识别模型.
        return without_kind(
            self.text, [m for m in after if m.kind != "technology" or not _ITS_THING.match(self.text, m.end)]
        )

    def _among(self, flag: Flag) -> list[Mention]:
        """Return the names that are told behind the word to be those that it counts."""
        namely = _NAMELY.match(self.text, flag.end)
        if namely is None:
            return []
        after = [m for m in self.mentions.within(namely.end(), namely.end() + REACH) if is_described(m)]
        return listed(self.text, after) if after and after[0].start == namely.end() else []

    def _of_section(self, flag: Flag) -> Subject | None:
        """Return what the section is of, where its clause names nothing, and the words go on with what was told."""
        begin, end = self.outline.clause(flag.start)
        if any(is_described(m) for m in self.mentions.within(begin, end)) or not self._goes_on(flag, begin):
            return None
        item = item_at(self.text, flag.start)
        above = named_above(self.text, self.mentions, item) if item is not None else []
        # What has a licence by its own line is a thing, though no list has its name.
        labelled = _LABEL.match(self.text, flag.start) is not None
        head = as_subject(above[0]) if len(above) == 1 else self.sections.above(flag.start, any_word=labelled)
        if head is None or _ITS_PRONOUN.match(self.text, begin, flag.start):
            return head
        begin, _ = self.outline.sentence(flag.start)
        return None if any(is_described(m) for m in self.mentions.within(begin, flag.start)) else head

    def _goes_on(self, flag: Flag, begin: int) -> bool:
        """Tell whether words speak of what was told: an item, a licence, a version that is open, what one may do."""
        if flag.property_id != "open_source" or self._is_carried(flag):
            return True
        lead = self.text[begin : flag.start]
        return (
            _LICENCE_BEFORE.search(lead) is not None
            or _LICENCE_SAID.search(self.text, flag.start, flag.end) is not None
            or _FULLY.match(self.text, flag.start) is not None
            or (_LEAD.fullmatch(lead) is not None and _OPEN_VERSION.match(self.text, flag.end) is not None)
        )

    def _member(self, flag: Flag) -> list[Mention]:
        """Return the model that is told to be the open one of its family: X 是 Y 系列中的开源模型."""
        begin, _ = self.outline.sentence(flag.start)
        named = [m for m in self.mentions.within(max(begin, flag.start - REACH), flag.start) if is_described(m)][-2:]
        if len(named) < 2 or not _OF_FAMILY.fullmatch(self.text, named[1].end, flag.start):
            return []
        return named[:1] if _IS.fullmatch(self.text, named[0].end, named[1].start) else []

    def _told_of(self, flag: Flag) -> list[Mention]:
        """Return the names that the word follows at once, or those of the item above where its own item has none."""
        item = item_at(self.text, flag.start)
        if item is not None and item.start <= flag.start and _ITEM_LEAD.fullmatch(self.text, item.start, flag.start):
            return named_above(self.text, self.mentions, item)
        begin, _ = self.outline.sentence(flag.start)
        begin = max(begin, flag.start - REACH)
        named = [m for m in self.mentions.within(begin, flag.start) if is_described(m)]
        sized = [
            Mention(m.start(), m.end(), "model", m[0], None)
            for m in _SIZED_NAME.finditer(self.text, begin, flag.start)
            if not any(n.start < m.end() and m.start() < n.end for n in named)
        ]
        named = sorted([*named, *sized], key=lambda m: m.start)
        if not named:
            return []
        if sized and named[-1] is sized[-1] and _TITLED.fullmatch(self.text, named[-1].end, flag.start):
            return named[-1:]
        said = any(form.fullmatch(self.text, named[-1].end, flag.start) for form in (SAID_OF, _ARE))
        return listed_before(self.text, named) if said else []

    def _told_before(self, flag: Flag) -> Subject | None:
        """Return the model of the sentence before, where the word's own names none."""
        begin, end = sentence_before(self.outline, flag.start) or (0, 0)
        named = [m for m in self.mentions.within(max(begin, end - REACH), end) if is_described(m)]
        return as_subject(named[0]) if named else None

    def _of_card(self, flag: Flag) -> Subject | None:
        """Return the model that a card is of, where its words about weights, code, licence or use name none."""
        head = self.subjects.mains.get("model") or self.subjects.mains.get("product")
        if head is None or head.start >= _CARD_HEAD:
            return None
        begin, end = self.outline.sentence(flag.start)
        if _OURS.search(self.text, max(begin, flag.start - _NEAR), flag.start):
            begin, end = self.outline.clause(flag.start)
        elif (flag.property_id == "open_source" and not _LICENCE_SAID.search(self.text, flag.start, flag.end)) or (
            flag.property_id == "commercial_use" and not self.text[flag.start].isascii()
        ):
            return None
        named = [m for m in self.mentions.within(begin, min(end, flag.end + REACH)) if is_described(m)]
        return None if named else head

    def _is_carried(self, flag: Flag) -> bool:
        if flag.property_id == "commercial_use":
            return True
        before = _PREDICATE.search(self.text, max(0, flag.start - 40), flag.start) is not None
        return before and _ALONE.match(self.text, flag.end) is not None

    def _choosing(self, flag: Flag) -> list[Mention]:
        """Return the firms that are told to choose: A、B和C等，选择了开源."""
        begin, _ = self.outline.sentence(flag.start)
        begin = max(begin, flag.start - REACH)
        named = [m for m in self.mentions.within(begin, flag.start) if m.kind in DESCRIBED | {"organization"}]
        if not named or not _CHOSE.fullmatch(self.text, named[-1].end, flag.start):
            return []
        return listed_before(self.text, named)
