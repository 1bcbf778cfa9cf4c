"""Names in a text: those known from the base and the gazetteer, and unknown ones by their form."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import ahocorasick_rs

CJK = "\u3400-\u9fff"


class Name(NamedTuple):
    """A name that a text may hold, and what it stands for."""

    text: str
    kind: str
    canonical: str
    entity_id: str | None = None


class Mention(NamedTuple):
    """A place where a text names something."""

    start: int
    end: int
    kind: str
    name: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a text, in order, none overlapping."""

    items: list[Mention]
    starts: list[int]

    def within(self, start: int, end: int) -> list[Mention]:
        """List the mentions that lie in a range."""
        first = bisect_left(self.starts, start)
        found = []
        for mention in self.items[first:]:
            if mention.start >= end:
                break
            if mention.end <= end:
                found.append(mention)
        return found


# What follows a name and makes it part of a longer one, which is another thing.
_ORGANIZATION_TAIL = re.compile(
    r"(?:[\u3400-\u9fff]{0,8}?)(?:大学|学院|研究院|研究所|实验室|科学院|工程院|公司|集团|银行|证券|基金会|协会|学会|联盟|委员会|委|局|厅|部|办公室|中心|出版社|日报|晚报|财经|报社|大會|大学)"
)
_LATIN = re.compile(
    r"(?<![A-Za-z0-9_./@-])"
    r"(?:[A-Z][A-Za-z]*\d*(?:[A-Z][A-Za-z0-9]*)*|[a-z]{1,12}[A-Z][A-Za-z0-9]*|[a-z]{1,3}\d(?=[\u3400-\u9fff\s-]))"
    r"(?:[-·.][A-Za-z0-9]+(?:\.\d+)*)*"
    r"(?:[ \n](?:\d{1,2}(?:\.\d{1,2})+(?![\d%])|[1-9](?![\d.%,万亿億萬个位年月日款]|\.\d)|[A-Z][a-z]+(?:-\w+)*|[A-Z]{2,6}(?![a-z])|[vV]\d+(?:\.\d+)*|\d+(?:\.\d+)?[BbMT](?![A-Za-z])|[A-Z]\d+(?:\.\d+)?))*"
)
_SIZE_TAIL = re.compile(r"[ -]?\d+(?:\.\d+)?[BbMT]$")
_VERSIONED = re.compile(r"\d|[ -](?:Pro|Max|Turbo|Ultra|Mini|Plus|Large|Small|Flash|Sonnet|Opus|Haiku|Lite|Instruct|Chat|Coder|VL|Vision|Preview)$", re.I)
_MODEL_WORDS = re.compile(r"[ \n]?(?:大?语言)?(?:大|小|基础|基座|开源|视频|推理|生成|多模态|视觉|基準|旗舰)*(?:模型|model)", re.I)
_NOT_NAMES = frozenset(
    "AI API APP App GPU CPU NPU TPU CEO CTO CFO COO CIO CMO VP IPO GDP IT PC TB GB MB KB USD CNY RMB EUR AGI AIGC LLM LLMs MLLM NLP CV MoE MOE RAG SaaS PaaS IaaS "
    "MaaS SDK URL HTTP HTTPS HTML PDF DOI ISBN ISSN FAQ Q1 Q2 Q3 Q4 H1 H2 ARR MAU DAU ROI KPI VR AR XR MR IoT OCR TTS ASR SFT RLHF RL DPO PPO LoRA "
    "BERT-like SOTA Token Tokens token The This In On At For And But We It They He She A An To Of By From With As Is Are MMLU GSM8K MATH HumanEval C-Eval CMMLU BBH "
    "ARC GPQA AIME LMArena Elo ELO EFLOPS PFLOPS FLOPS FLOPs GWh MWh kWh GW MW WiFi USB HDMI LED OLED 5G 4G 6G B2B B2C ToB ToC C2M MIT BSD CC GPL Apache License "
    "BY NC SA CN US UK EU UN Figure Fig Table Copyright Abstract Keywords Introduction".split()
)
_TITLE = re.compile(r"[《〈]([^《》〈〉\n]{2,90}(?:\n[^《》〈〉\n]{1,60})?)[》〉]")
_STOP = "的了和与與及或在对對为為从從被把将將向是据據由等以于於到至比并並而但也都就又还還这這那该該其此各每某令使让讓称稱说說表示宣布发布發布推出举办成为開源开源联合聯合旗下采用使用基于通过除包括以及其中目前近日日前当前截至随着面对针对关于来自"
_STEM = rf"(?:(?![{_STOP}])[\u3400-\u9fff]){{2,8}}"
_ORGANIZATION = re.compile(
    rf"(?:{_STEM}|[A-Z][A-Za-z]{{1,20}}[ \n]?)(?:股份有限公司|有限责任公司|有限公司|公司|集团|集團|控股|科技|智能|研究院|研究所|实验室|實驗室|大学|大學|学院|科学院|银行|證券|证券|基金会|协会|学会|联盟|委员会|事务所|出版社)"
)
_MODEL = re.compile(rf"(?:[A-Z][A-Za-z0-9.\-]{{1,20}}[ \n]?|{_STEM})(?:大语言模型|大語言模型|大模型|语言模型|多模态模型|基座模型)(?:[ \n]?\d+(?:\.\d+)?)?")
_GENERIC = re.compile(
    r"^(?:.{0,6}?(?:国产|国内|通用|垂直|垂类|行业|基础|基座|开源|闭源|多模态|语言|视觉|视频|生成式?|预训练|自研|各类|多个|一个|首个|超大|千亿|百亿|万亿|主流|专用|下游|人工智能|科学|中文|新型|更多|很多|这些|单一|稠密|世界|推理|端侧|小|大))+(?:大语言模型|大模型|语言模型|模型)$"
)


class NameFinder:
    """Finds names, leftmost and longest, in one pass over a text."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_text: dict[str, Name] = {}
        for name in names:
            if len(name.text) > 1:
                by_text.setdefault(name.text, name)
        self._names = list(by_text.values())
        self._automaton = ahocorasick_rs.AhoCorasick(
            [name.text for name in self._names], matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )

    def find(self, text: str) -> Mentions:
        """Find every name of a text; where two overlap, the known and the longer one stands."""
        taken = bytearray(len(text) + 1)
        for match in _URL.finditer(text):
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
        known = [mention for mention in self._known(text) if not any(taken[mention.start : mention.end])]
        for mention in known:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
        found = known
        for mention in self._unknown(text):
            if not any(taken[mention.start : mention.end]):
                taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
                found.append(mention)
        found.sort()
        return Mentions(found, [mention.start for mention in found])

    def _known(self, text: str) -> Iterator[Mention]:
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            name = self._names[index]
            if name.text[0].isascii() and not _stands_alone(text, start, end):
                continue
            if name.text[-1] >= "\u3400" and name.kind in {"place", "organization"} and name.kind == "place":
                tail = _ORGANIZATION_TAIL.match(text, end)
                if tail and tail.end() - end <= 6:
                    continue
            end = _with_version(text, name, end)
            yield Mention(start, end, name.kind, _clean(text[start:end]) if text[start:end] != name.text else name.canonical, name.entity_id)

    def _unknown(self, text: str) -> Iterator[Mention]:
        for match in _MODEL.finditer(text):
            if not _GENERIC.match(match[0]):
                yield Mention(match.start(), match.end(), "model", _clean(match[0]), None)
        for match in _ORGANIZATION.finditer(text):
            yield Mention(match.start(), match.end(), "organization", _clean(match[0]), None)
        yield from _latin(text)
        for match in _PERSON.finditer(text):
            group = "titled" if match["titled"] else "telling"
            yield Mention(match.start(group), match.end(group), "person", match[group], None)


_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_GIVEN = f"[{_SURNAMES}][\\u3400-\\u9fff]{{1,2}}"
_PERSON = re.compile(
    rf"(?:创始人|创办人|CEO|CTO|CFO|COO|董事长|总裁|总经理|院长|所长|主任|教授|研究员|院士|首席[\u3400-\u9fff]{{2,4}}官|首席执行官|负责人|合伙人|校长|部长|秘书长|理事长|分析师|科学家|博士|先生|女士)(?:兼[A-Z\u3400-\u9fff]{{2,8}}?)?[ \n*]*(?P<titled>{_GIVEN})(?=[ \n*]*(?:表示|认为|称|说|指出|透露|坦言|强调|介绍|在|是|对|，|、|。|\*|（|\(|的|等|和|与))"
    rf"|(?<=[，。；：、\n“”（ 员长官授裁])(?P<telling>{_GIVEN})(?=(?:博士|教授|院士)?(?:表示|认为|指出|坦言|透露|强调|介绍说|告诉|解释|分析称|预测|宣布))"
)


def _latin(text: str) -> Iterator[Mention]:
    for match in _LATIN.finditer(text):
        printed = match[0]
        start, end = match.span()
        while printed.split(" ")[0].split("\n")[0] in _NOT_NAMES:
            cut = re.search(r"[ \n]", printed)
            if cut is None:
                printed = ""
                break
            start += cut.end()
            printed = printed[cut.end() :]
        words = re.split(r"[ \n]", printed)
        while words and words[-1] in _NOT_NAMES:
            words.pop()
        printed = printed[: sum(map(len, words)) + max(len(words) - 1, 0)]
        if len(printed) < 2:
            continue
        yield Mention(start, start + len(printed), _latin_kind(text, printed, start + len(printed)), _clean(printed), None)


def _latin_kind(text: str, printed: str, end: int) -> str:
    if _MODEL_WORDS.match(text, end) or _VERSIONED.search(printed):
        return "model"
    return "organization" if re.match(r"[ \n]?(?:公司|集团|宣布|CEO|Inc|Corp)", text[end : end + 8]) else "product"


def _with_version(text: str, name: Name, end: int) -> int:
    """Carry a model's known name on over its version: GPT-4 Turbo, Llama 3.1, 文心一言 4.0."""
    if name.kind not in {"model", "product"}:
        return end
    tail = _VERSION_TAIL.match(text, end)
    return tail.end() if tail else end


_VERSION_TAIL = re.compile(
    r"(?:[ \n-]?(?:[vVRrMK]?\d{1,3}(?:\.\d{1,2})+(?![\d%万亿億萬])|[vVRMKoO]\d{1,2}(?![\d万亿])|(?<![\d.])[1-9](?![\d.%,万亿億萬个個位年月日款倍家项次]|\.\d))(?:o|[A-Z](?![a-z]))?"
    r"|[ -]\d{1,4}(?:\.\d+)?[BbM](?![A-Za-z])"
    r"|[ -](?:Pro|Max|Turbo|Ultra|Mini|Plus|Large|Small|Medium|Flash|Sonnet|Opus|Haiku|Lite|Air|Instruct|Chat|Coder|Code|Base|VL|Vision|Preview|Thinking|Omni|Next|Math|Nano|Image|Audio|Reasoner|mini|turbo|pro|chat|base|instruct|coder|math)(?![a-z]))*"
)
_URL = re.compile(r"(?:https?://|www\.)[\w./?=&%#:~+@!,-]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|cn|org|net|io|ai|edu|gov)(?:/[\w./?=&%#-]*)?|!\[[^\]\n]*\]\([^)\n]*\)|\]\([^)\n]*\)")


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and (after.isalpha() or after == "_"))


def _clean(printed: str) -> str:
    printed = re.sub(r"\s+", " ", printed).strip()
    return re.sub(rf"(?<=[{CJK}]) (?=[{CJK}])", "", printed)


def titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, title) of every 《…》; the bounds leave the marks out."""
    for match in _TITLE.finditer(text):
        yield match.start(1), match.end(1), _clean(match[1])
