"""Yes-or-no facts: open source as stated, commercial use."""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs

from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import sentence_before
from etl.reader.proposals import Proposal
from etl.reader.roles import NO_THING, listed
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, SubjectFinder, as_subject

METHOD = "rule:flags@2"
# What is kept back: of models that the words follow, or whose code they govern.
_WITHHELD = "未公开|尚未公开|并未公开|没有公开|未公布|没有公布|不愿公布|不愿公开|拒绝公布|拒绝公开"
# Words that tell, and whether they tell yes.
_WORDS: tuple[tuple[str, bool, str], ...] = (
    (
        "open_source",
        True,
        "开源|开放权重|开放源代码|完全开放|open source|open-source|opensource|open-sourcing|open weight|open-weight",
    ),
    ("open_source", True, "Open source|Open-source|Open Source|Open-Source|Open weights|OPEN SOURCE"),
    ("open_source", False, "闭源|closed source|closed-source|Closed-source|Closed source|proprietary|Proprietary"),
    ("open_source", False, _WITHHELD),
    (
        "commercial_use",
        True,
        "商用|商业使用|商业用途|商业化|用于商业|用于商业化|commercial use|Commercial use|Commercial usage is permitted|commercial usage is permitted|supports commercial use|support commercial use|allows commercial use|permits commercial use|commercially|commercial purposes|commercial entities|commercial applications|commercial and research|research and commercial|commercial development",
    ),
    (
        "commercial_use",
        False,
        "non-commercial|Non-commercial|Non-Commercial|noncommercial|非商业用途|非商业性|非商用|非商业使用",
    ),
)
_FLAGS = [(word, property_id, value) for property_id, value, words in _WORDS for word in words.split("|")]
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _, _ in _FLAGS],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    implementation=ahocorasick_rs.Implementation.DFA,
)
_NOT = re.compile(
    r"(?:不(?!仅|只|但|断|同|少|久|过)|没有?|并未|尚未|未(?!来)|非(?!常|凡)|无意|拒绝|禁止|不得|not |isn't |never |non-?)[^，。,、\n]{0,4}$"
)
# Open source as a field, a community or a licence family says nothing of one model.
_NO_CLAIM = re.compile(
    r"最|顶级|顶尖|社区|社群|生态|组织|基金会|协议|许可(?!证?下)|软件|中国|项目平台|框架|社会|路线|之争|战略|策略|趋势|运动|精神|领域|界|大会|与闭源|和闭源|与开源|和开源|及闭源|还是|派|周|日报|数据集|代码|工具|操作系统|芯片|硬件|体系|"
    r"[\u3400-\u9fff]{0,3}?(?:社区|生态|市场|竞争)|大?模型(?:社区|生态|领域|榜|排行|排名|厂商|公司|阵营|的|和|与|能力|平台|之间|在|来|做|去|，|。|、|$)|AI(?:社区|生态|工具)|许可证|licen[cs]e|communit|ecosystem|software|[ -](?:codebases?|code|tools?|projects?|frameworks?|librar(?:y|ies)|datasets?|repositor(?:y|ies)|benchmarks?|packages?)\b"
)
_NO_CLAIM_BEFORE = re.compile(
    r"(?:贴近|接近|超越|超过|媲美|追赶|赶超|领先|击败|最强|最好的?|主流|其他|其它|现有|各类|众多|多个|基于|所有|任何|部分|一些|国外|国内的?|部署|使用|调用|比较好|更多|无论|选择|的(?:其他)?|在|与|和|、|对比|从|拥抱|支持|走|做|靠|坚持)(?:的)?$"
)
_ALLOWED = re.compile(
    r"(?:usage is |use is |免费|可|允许|支持|完全|均可|可以|供|放开|开放|获得?|授权|供|许可|用于|全面|即可|并|及|for |free |allows? |permits? )[^，。,\n]{0,7}$"
)
_FREE = re.compile(r"\b(?:free|licensed|available|permitted|allowed|intended) (?:for|to|under) [^.;\n]{0,80}$")
# Both are named: for commercial and non-commercial use.
_BOTH = re.compile(r"(?:commercial (?:and|or|as well as) |商业(?:用途)?(?:和|与|及|或)|[“\"])$")
_SAYS_SO = re.compile(r"permitted$|^(?:supports?|allows|permits)")
_OF_BUSINESS = re.compile(
    r"(?:落地|前景|进程|路径|模式|能力|探索|变现|运营|版权|版本|价值|公司|团队|部署|密码|化|潜力|阶段|客户|机密|应用)"
)
_FULLY_OPEN = re.compile(r"学术|研究|权重|模型|代码|学者|社区")
# Said of what was spoken of before, where the clause names nothing itself.
_PREDICATE = re.compile(
    r"(?:宣布|将|已|正式|全面|完全|均|都|也|同时|同步|并|继续|选择|彻底|直接|不|未|是|了|，|,|——|、)[ \n*]*(?:会|将|对外|免费|可|可以|即可)?$"
)
_ALONE = re.compile(r"(?:的(?![\u3400-\u9fff])|了|发布|，|,|。|；|;|、|——|且|并|$|\*\*|\.)")
_REACH, _CARD_HEAD = 160, 600
_CHOSE = re.compile(
    r"[ \n]*(?:等)?[^，。；]{0,4}[，,]?(?:则|都|均|也|等)?(?:选择|坚持|走向|决定|转向|宣布)(?:了|将|走)?$"
)
_DESCRIBED = frozenset({"model", "product", "dataset", "technology"})


_OPEN_MODEL = re.compile(
    r"(?:底座|基座|基础|大|语言|对话|多模态|视频|推理)*(?:模型|底座)(?!排|榜|社区|生态|领域|厂商|市场)"
)
_ITS_NOUN = re.compile(
    r"(?:的|AI|[ ]|[\u3400-\u9fff]){0,12}?(?:模型|产品|智能体|助手|框架|底座)(?:系列)?[ \n]?(?:——?|--|：|:|[“「《`*]{1,2})?[ \n]?(?![，。；、\n])"
)
_COPULA = re.compile(
    r"[ \n]*(?:系列|家族|模型)?[ \n]*(?:已经|也|正|便|就)?(?:(?:是|为|作为|成为|属于|系)[^，。；]{0,30}?(?:的|中|最|款|个|一)?)?[^，。；]{0,2}"
)
_LICENCE = re.compile(
    r"(?:以|采用|使用|基于|under|under the)[ \n]?(?:宽松的?|the )?[ \n]?(?:Apache|MIT|BSD|GPL)[ -]?(?:2\.0|v2|3\.0)?[ \n]?(?:许可证?|协议|授权|license|licence|开源)?[^，。；\n]{0,4}?(?:发布|开源|开放|上线|授权|release|license)?"
)


_ENGLISH_MODEL = re.compile(r"(?:,? [\w-]+){0,6}? (?:models?|LLMs?|family|series|suite)\b")
_IS_A = re.compile(
    r"[\]*`_)\"”]*(?: ?\([^()\n]{1,60}\))?(?: series| family| models?)?,? (?:is |are |represents |as )?(?:an?|the|our|one of the)(?: [\w-]+,?){0,6}? "
)
_ROUTE = re.compile(r"的?(?:路线|策略|模式|道路|战略)?(?=[，。；、！\n]|$)")
_SIDE = re.compile(
    r"[ \n*`”\"」』》)）]*(?:系列|大?模型)?(?:依然|仍然?|也|则|一直|始终|继续|都|均)*(?:选择|坚持|走|采取|采用|转向|拥抱|走向)了?(?:的是)?"
)
# What may stand between names and the word that tells of them: X和Y均可商用.
_SAID_OF = re.compile(
    r"[ \n*`”\"」』》)）]*等?[ ]?(?:系列|版本|(?:底层|背后的?|基础|底座)?大?模型|[两三四五几]款|全系列)*[ ]?(?:目前|现在|也|都|均|全部|已经?|皆|同样|同时|正式|宣布)*"
    r"(?:依然|仍然?|一直|始终|继续|选择了?|坚持|走了?|采取了?|采用了?|转向了?)*(?:是|为)?(?:完全|全面|免费|可供|可以?|允许|支持|不可以?|不能|不得|禁止|不|并?未|尚未|用于)*"
)
_ITEM_LEAD = re.compile(
    r"(?:[ *`]*(?:完全|免费)?(?:开源|闭源)[ *`]*[，,、；;且并和]?)?[ *`]*(?:是|为|目前|已经?|完全|全面|免费|均|都|可以?|允许|支持|不可以?|不能|不得|禁止|不|并?未|尚未)*"
)
# A name that no list of names has, by its size: yunfan-7B.
_SIZED_NAME = re.compile(
    r"(?<![A-Za-z\d./\\_-])[A-Za-z][A-Za-z\d.]*(?:-[A-Za-z\d.]+)*-\d+(?:\.\d+)?[BbMm](?:-[A-Za-z]+)*(?![A-Za-z\d/])"
)
_GIVEN_OUT = re.compile(
    r"(?:公开|开放|放出)(?!发行|征求|信|课|数据|资料)(?:了|其|旗下)*[^，。；：\n]{0,60}?(?:权重|源代码|计算机代码|模型代码|网络架构)"
)
# Words of one sentence, a version's full stop passed: weights of are available.
_ON = r"(?:[^.;\n]|\.(?=\d))"
_GIVEN = r"(?:available|released|open-?sourced?|licensed|distributed|published|provided|hosted|accessible|open)"
_AND_SO = r"(?:(?:is|are|been|were|,|now|also|all|both|publicly|openly|freely|fully|not|\*\*|—|-)[ ]?)*"
# Weights or code by themselves: open weights, released the weights, 权重已公开.
_WEIGHTS = re.compile(
    r"\b[Oo]pen(?:ly)?[ -](?:available[ -])?[Ww]eight(?:s|ed)?\b"
    r"|\b(?:[Rr]eleas(?:e|ed|ing)|open-?sourc(?:e|ed|ing)|publish(?:ed)?) [^.;\n]{0,60}?\b(?:weights|checkpoints)\b"
    rf"|\b(?:[Ww]eights|[Cc]heckpoints)\*{{0,2}} {_ON}{{0,60}}?\b(?:is|are|been|were) {_AND_SO}{_GIVEN}\b|\b[Mm]odel weights {_AND_SO}(?:available|released)\b"
    rf"|\b[Dd]ownload (?:the |full |model |\[)*weights\b|\bopenly releas(?:e|ing) (?:these|the|our|all) [Mm]odels?\b|\b[Rr]elease [A-Z]{_ON}{{0,100}}? to the public\b"
    r"|\bmodels? (?:is|are) (?:publicly |openly |freely )?available (?:for download )?(?:on|via|at|from|through) (?:the )?\[?(?:Hugging ?Face|ModelScope)"
    r"|(?:开源|公开|开放|发布)(?!协议)[^，。；：\n]{0,24}?(?:权重|检查点)|(?:权重|检查点)[^，。；：\n]{0,14}?(?:开源|公(?:开|之于众)|开放|已?发布)|权重[^，。；：\n]{0,6}?(?:依照|遵循|采用|遵从)[^，。；：\n]{0,30}?(?:协议|许可|[Ll]icen[cs]e)"
)
_CODE = re.compile(
    r"\b(?:[Rr]eleas(?:e|ed|ing)|open-?sourc(?:e|ed|ing)|publish(?:ed)?) [^.;\n]{0,40}?\bcode\b"
    rf"|\b[Cc]ode {_ON}{{0,40}}?\b(?:is|are|been) {_AND_SO}{_GIVEN}\b|\b[Tt]his repo(?:sitory)? (?:contains|provides|includes) {_ON}{{0,40}}?\bcode\b"
    r"|(?:开源|公开|开放|发布)(?!协议)[^，。；：\n]{0,16}?(?:代码|源码)|(?:代码|源码)[^，。；：\n]{0,16}?(?:开源|公开|开放|已?发布)|代码[^，。；：\n]{0,8}?(?:依照|遵循|采用|遵从)[^，。；：\n]{0,40}?(?:协议|许可|[Ll]icen[cs]e)"
)
_KEPT = re.compile(r"\bnot\b|n't|未|不(?!断|仅|只|但)|will\b|将|是否|应该|能否")
# Only meant or possible; or said of others that one is held against.
_MAYBE = re.compile(
    r"\b(?:may|might|will|could|would|plan(?:ning|s)? to|intends? to|among|other|best|any|leading|existing|most) (?:\w+ )?$"
)
# What each form needs is looked for first: most texts have none of it.
_PARTS = (
    ("open_weights", _WEIGHTS, ("权重", "检查点", "eight", "heckpoint")),
    ("open_code", _CODE, ("代码", "源码", "code", "Code")),
)
# 系列均支持开源 says it of the series; 支持开源 alone is an attitude.
_ALL_SUPPORT = re.compile(r"(?:均|都|全部)(?:完全)?支持$")
_TITLED = re.compile(r"[ ]?[：:][ ]?(?:完全|全面|首个)?(?:(?:开源|免费|可)*)")


_KEPT_BACK = frozenset(_WITHHELD.split("|"))
_OBJECT = re.compile(r"(?:了)?[ \n*“「]*(?:其|自家的?|旗下的?)?[ \n*“「]*")
_ITS_CODE = re.compile(r"[ \n*”」]*(?:等?[^，。；\n]{0,8}?模型)?的[^，。；、\n]{0,6}?(?:代码|权重)")
_KEPT_AT_ALL = re.compile(r"(?:其|模型|全部|任何|完整)*的?(?:源?代码|权重|模型权重)?[ \n*”]*(?:[，。；！,;.]|$)")
# X和某公司的Y都未公开: whose the next one is may stand between.
_OWNED_AND = re.compile(r"[ \n*”」》]*(?:大?模型)?(?:、|和|与|及|以及)[^，。；、\n]{0,12}?的?[ \n*“「《]*")


def _is_described(mention: Mention) -> bool:
    return mention.kind in _DESCRIBED and not NO_THING.fullmatch(mention.name)


class Flag(NamedTuple):
    """A word that tells a yes-or-no fact."""

    start: int
    end: int
    property_id: str
    value: bool


def flags(text: str, start: int, end: int, mentions: Mentions) -> Iterator[Flag]:
    """Yield the claims of a range that something is open source or may be used commercially."""
    for index, at, stop in _AUTOMATON.find_matches_as_indexes(text[start:end]):
        word, property_id, value = _FLAGS[index]
        found = Flag(at + start, stop + start, property_id, value)
        if word in _KEPT_BACK:
            if withheld(text, found, mentions):
                yield found
        elif property_id == "open_source":
            if (
                _is_open(text, found, word)
                or _apposed(text, found, mentions)
                or ((value or word == "闭源") and _is_said_of_model(text, found, mentions))
                or _takes_side(text, found, mentions)
            ):
                yield found._replace(value=value and not _NOT.search(text, max(0, found.start - 8), found.start))
        elif not value:
            if not _BOTH.search(text, max(0, found.start - 16), found.start) and text[found.end : found.end + 1] != "-":
                yield found
        elif word.startswith("用于") or not _OF_BUSINESS.match(text, found.end):
            yield from _commercial(text, found)


def withheld(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the models that words of keeping back tell of: X和Y都未公开, 不愿公布X的代码."""
    after = [m for m in mentions.within(flag.end, flag.end + _REACH) if _is_described(m)]
    if after and _OBJECT.fullmatch(text, flag.end, after[0].start):
        group = listed(text, after)
        return group if _ITS_CODE.match(text, group[-1].end) else []
    if not _KEPT_AT_ALL.match(text, flag.end):
        return []
    before = [m for m in mentions.within(max(0, flag.start - _REACH), flag.start) if _is_described(m)]
    if not before or not _SAID_OF.fullmatch(text, before[-1].end, flag.start):
        return []
    if before[-1].kind != "model" and "模型" not in text[before[-1].end : flag.start]:
        return []
    group = before[-1:]
    for mention in reversed(before[:-1]):
        if not _OWNED_AND.fullmatch(text, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return group


def _is_open(text: str, flag: Flag, word: str) -> bool:
    if word == "完全开放":
        return _FULLY_OPEN.search(text, max(0, flag.start - 10), flag.start) is not None
    if _NO_CLAIM.match(text, flag.end, flag.end + 24):
        return False
    before = max(0, flag.start - 7)
    if _ALL_SUPPORT.search(text, before, flag.start):
        return True
    return _NOT.search(text, before, flag.start) is not None or not _NO_CLAIM_BEFORE.search(text, before, flag.start)


def _apposed(text: str, flag: Flag, mentions: Mentions) -> list[Mention]:
    """Return the names that the word's own noun leads to: 闭源大模型X, 两款开源模型——X和Y."""
    noun = _ITS_NOUN.match(text, flag.end)
    if noun is None:
        return []
    named = [m for m in mentions.within(noun.end(), noun.end() + _REACH) if _is_described(m)]
    return listed(text, named) if named and named[0].start == noun.end() else []


def _is_said_of_model(text: str, flag: Flag, mentions: Mentions) -> bool:
    """Tell 开源模型 that is said of a named model: Gemma 4 开源模型, X 是…的开源模型之一, X 系列中的开源模型."""
    if text[flag.start].isascii():
        return _described_in_english(text, flag, mentions) is not None
    if not _OPEN_MODEL.match(text, flag.end):
        return False
    named = [m for m in mentions.within(max(0, flag.start - 60), flag.start) if _is_described(m)]
    if not named:
        return False
    between = text[named[-1].end : flag.start]
    return _COPULA.fullmatch(between) is not None


def _described_in_english(text: str, flag: Flag, mentions: Mentions) -> Mention | None:
    """Return the model that an English sentence says to be an open-source one: X is a new open-source video model."""
    named = [m for m in mentions.within(max(0, flag.start - 120), flag.start) if _is_described(m)]
    noun = _ENGLISH_MODEL.match(text, flag.end) if named else None
    return named[-1] if noun and _IS_A.fullmatch(text, named[-1].end, flag.start) else None


def _takes_side(text: str, flag: Flag, mentions: Mentions) -> bool:
    """Tell 开源 that a named model is said to choose or keep to: X选择开源路线, X坚持开源."""
    if not _ROUTE.match(text, flag.end):
        return False
    named = [m for m in mentions.within(max(0, flag.start - 40), flag.start) if _is_described(m)]
    return bool(named) and _SIDE.fullmatch(text, named[-1].end, flag.start) is not None


def _licensed(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where something is given out under a licence that is one of open source."""
    for match in _LICENCE.finditer(text, start, end):
        yield Flag(match.start(), match.end(), "open_source", True)


def _given_out(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where weights or code are made public: 公开了X的权重与架构."""
    for match in _GIVEN_OUT.finditer(text, start, end):
        if not _NOT.search(text, max(0, match.start() - 8), match.start()):
            yield Flag(match.start(), match.end(), "open_source", True)


def _parts(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where weights or code are said to be open, whatever the whole is."""
    told = text[start:end]
    for property_id, form, words in _PARTS:
        for match in form.finditer(text, start, end) if any(word in told for word in words) else ():
            lead = max(0, match.start() - 24)
            said = not _NOT.search(text, max(0, match.start() - 8), match.start()) and not _KEPT.search(match[0])
            if said and not _MAYBE.search(text, lead, match.start()):
                yield Flag(match.start(), match.end(), property_id, True)


def _commercial(text: str, flag: Flag) -> Iterator[Flag]:
    lead = max(0, flag.start - 9)
    if _NOT.search(text, lead, flag.start):
        yield flag._replace(value=False)
    elif (
        _SAYS_SO.search(text[flag.start : flag.end])
        or _ALLOWED.search(text, lead, flag.start)
        or _FREE.search(text, max(0, flag.start - 100), flag.start)
    ):
        yield flag


class FlagReader:
    """Reads yes-or-no facts of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder) -> None:
        self.subjects = subjects
        self.outline = subjects.outline
        self.mentions = subjects.mentions
        self.scope = scope
        self.text = subjects.text

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield a proposal for each claim that something is open source or may be used commercially."""
        seen: set[tuple[str, str, bool]] = set()
        for start, end in ranges:
            told = (
                flags(self.text, start, end, self.mentions),
                _licensed(self.text, start, end),
                _given_out(self.text, start, end),
                _parts(self.text, start, end),
            )
            for flag in itertools.chain(*told):
                for subject in self._subjects(flag):
                    mark = (flag.property_id, subject.name, flag.value)
                    if mark not in seen:
                        seen.add(mark)
                        yield self._proposal(flag, subject)

    def _proposal(self, flag: Flag, subject: Subject) -> Proposal:
        fields = {"boolean": flag.value, "value_status": "reported", **self.scope.fields(flag.start)}
        return Proposal("boolean", flag.property_id, flag.start, flag.end, subject, METHOD, fields)

    def _subjects(self, flag: Flag) -> list[Subject]:
        """Return what is so described: the list that the word stands before or after, else the nearest name."""
        kept = withheld(self.text, flag, self.mentions) if self.text[flag.start : flag.end] in _KEPT_BACK else []
        if kept:
            return [as_subject(m) for m in kept]
        inside = [m for m in self.mentions.within(flag.start, flag.end) if _is_described(m)]
        if inside:
            return [as_subject(m) for m in listed(self.text, inside)]
        start, end = self.outline.clause(flag.start)
        if self.text[flag.start].isascii():
            end = self.outline.sentence(flag.start)[1]
        start, end = max(start, flag.start - _REACH), min(end, flag.end + _REACH)
        after = [m for m in self.mentions.within(flag.end, end) if _is_described(m)]
        if len(after) > 1 and after[0].start - flag.end < 16:
            group = listed(self.text, after)
            if len(group) > 1:
                return [as_subject(m) for m in group]
        told = _apposed(self.text, flag, self.mentions) or self._told_of(flag)
        if told:
            return [as_subject(m) for m in told]
        choosing = self._choosing(flag)
        if choosing:
            return [as_subject(m) for m in choosing]
        if self.text[flag.start].isascii() and flag.property_id == "open_source":
            described = _described_in_english(self.text, flag, self.mentions)
            if described is not None:
                return [as_subject(described)]
        card = self._of_card(flag)
        if card is not None:
            return [card]
        carried = self._is_carried(flag)
        found = self.subjects.described(flag.start, flag.end, carried=carried)
        if found is None and carried:
            found = self._told_before(flag)
        return [found] if found is not None else []

    def _told_of(self, flag: Flag) -> list[Mention]:
        """Return the names that the word follows at once, or those of the item above where its own item has none."""
        item = item_at(self.text, flag.start)
        if item is not None and item.start <= flag.start and _ITEM_LEAD.fullmatch(self.text, item.start, flag.start):
            return named_above(self.text, self.mentions, item)
        begin, _ = self.outline.sentence(flag.start)
        begin = max(begin, flag.start - _REACH)
        named = [m for m in self.mentions.within(begin, flag.start) if _is_described(m)]
        sized = [
            Mention(m.start(), m.end(), "model", m[0], None)
            for m in _SIZED_NAME.finditer(self.text, begin, flag.start)
            if not any(n.start < m.end() and m.start() < n.end for n in named)
        ]
        named = sorted([*named, *sized], key=lambda m: m.start)
        if not named:
            return []
        group = [named[-1]]
        if sized and named[-1] is sized[-1] and _TITLED.fullmatch(self.text, named[-1].end, flag.start):
            return group
        if not _SAID_OF.fullmatch(self.text, named[-1].end, flag.start):
            return []
        for mention in reversed(named[:-1]):
            if len(listed(self.text, [mention, group[0]])) < 2:
                break
            group.insert(0, mention)
        return group

    def _told_before(self, flag: Flag) -> Subject | None:
        """Return the model of the sentence before, where the word's own names none."""
        begin, end = sentence_before(self.outline, flag.start) or (0, 0)
        named = [m for m in self.mentions.within(max(begin, end - _REACH), end) if _is_described(m)]
        return as_subject(named[0]) if named else None

    def _of_card(self, flag: Flag) -> Subject | None:
        """Return the model that a card is of, where its sentence about weights, code or use names none."""
        head = self.subjects.mains.get("model") or self.subjects.mains.get("product")
        if head is None or head.start >= _CARD_HEAD or flag.property_id == "open_source":
            return None
        if flag.property_id == "commercial_use" and not self.text[flag.start].isascii():
            return None
        begin, end = self.outline.sentence(flag.start)
        named = [m for m in self.mentions.within(begin, min(end, flag.end + _REACH)) if _is_described(m)]
        return None if named else head

    def _is_carried(self, flag: Flag) -> bool:
        if flag.property_id == "commercial_use":
            return True
        before = _PREDICATE.search(self.text, max(0, flag.start - 8), flag.start) is not None
        return before and _ALONE.match(self.text, flag.end) is not None

    def _choosing(self, flag: Flag) -> list[Mention]:
        """Return the firms that are told to choose: A、B和C等，选择了开源."""
        begin, _ = self.outline.sentence(flag.start)
        begin = max(begin, flag.start - _REACH)
        named = [m for m in self.mentions.within(begin, flag.start) if m.kind in _DESCRIBED | {"organization"}]
        if not named or not _CHOSE.fullmatch(self.text, named[-1].end, flag.start):
            return []
        group = [named[-1]]
        for mention in reversed(named[:-1]):
            if len(listed(self.text, [mention, group[0]])) < 2:
                break
            group.insert(0, mention)
        return group
