"""Names in a text: those known from the base and the gazetteer, leftmost and longest, then unknown ones by their form."""

import re
from collections.abc import Iterable, Iterator

import ahocorasick_rs

from etl.reader.common_words import NOT_NAMES
from etl.reader.english_forms import is_english
from etl.reader.english_words import is_common
from etl.reader.foreign_names import foreign_names, surnames
from etl.reader.forms import BENCHMARK, latin_names, names_by_form
from etl.reader.latin_persons import latin_persons
from etl.reader.list_names import listed_names
from etl.reader.mentions import Mention, Mentions, Name, clean
from etl.reader.person_lists import joined_persons, listed_persons
from etl.reader.public_bodies import body_at_place, public_bodies
from etl.reader.slot_names import short_forms, slot_names
from etl.reader.stated_names import stated_names
from etl.reader.told_names import apposed_firms, numbered_things, repeated_firms, repeated_persons

# What follows a place's name and makes it part of an organization's: 浙江大学, 北京市经信局.
_ORGANIZATION_TAIL = re.compile(
    r"[\u3400-\u9fff]{0,5}?(?:大学|学院|研究院|研究所|实验室|科学院|工程院|公司|集团|银行|证券|基金会|协会|学会|联盟|委员会|委|局|厅|部|办公室|中心|"
    r"出版社|日报|晚报|财经|报社)"
)
# 青山人工智能公司Yunfan, 一家青山公司: the place of a firm, and no part of its name.
_FIRM_OF_PLACE = re.compile(
    r"[\u3400-\u9fffA-Za-z]{0,5}?公司(?=[ ]?[“*`「]{0,2}[A-Z])|(?:[\u3400-\u9fffA-Z]{0,5}?)公司(?=[，。；])"
)
_ONE_OF = re.compile(r"(?:一|这|那|该|多|几|两|三)家[ ]?$")
_FIRM_VERSION = re.compile(r"(?:-[A-Z]{0,2}|[ ][vVrR])\d{1,2}(?:\.\d{1,2})*(?![A-Za-z\d%万亿億萬.-])")
# 青禾系创业公司: where its people come from.
_OF_ORIGIN = re.compile(r"系(?![统列数])")
_MYRIADS, _FIGURES = frozenset("亿万"), frozenset("0123456789 .百千")
_ARM = re.compile(r"战投|风投|创投|产投|战略投资部|产业基金|(?:风险投资|创业投资|创业|风险)基金")
_TAIL = 14
# A known name may only begin that of an association: 青禾信息行业联合会.
_LONGER_BODY = re.compile(
    r"(?:(?!加入|参与|参加|担任|发起|成为|联合(?!会)|牵头|作为|以及)[\u3400-\u9fff](?<![的了和与及或在对为从被把将是由以于到至比并而但也都就])){2,9}?(?:联合会|协会|学会|商会|研究会|促进会)(?![\u3400-\u9fff]?长)"
)
_UNIVERSITY_OF = re.compile(r"(?<=[院局部会署])大学(?!生)")
_OF_GOVERNMENT = frozenset("性间级网部机办工")
_LATIN_ARM = re.compile(
    r"[ ](?:Labs?|Ventures|Capital|Studios?|Institute|Foundation|Academy|Robotics|Fund)(?![A-Za-z\d])"
)
_GENERAL = frozenset({"topic", "technology", "industry"})
_IN_LATIN_NAME = re.compile(r"[A-Za-z]\.[A-Z]{2,4}.{0,3}$|(?<![A-Za-z])[A-Z]{2,4} [A-Z][a-z]$")
_WORD_BEFORE = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{3,12})[ \n]$")
_TITLE = re.compile(r"[《〈]([^《》〈〉\n]{2,90}(?:\n[^《》〈〉\n]{1,60})?)[》〉]")
# A title that holds another: 《关于修改〈某办法〉的决定》.
_HOLDING = re.compile(
    r"《((?:[^《》〈〉\n]{0,90}(?:〈[^《》〈〉\n]{2,90}〉|《[^《》〈〉\n]{2,90}》)){1,3}[^《》〈〉\n]{1,60})》"
)
_NAMED = frozenset({"organization", "model", "product"})
_SHORTEST_CAPITALS, _SHORTEST_SMALL = 4, 6
_VERSIONED = frozenset({"model", "product"})
# What a hyphen joins to a known name before it.
_PREFIX = re.compile(r"(?<![A-Za-z\d-])(?:[A-Z][A-Za-z\d]{1,10}-)+$")
_OWNS_PRODUCTS = frozenset({"organization", "model", "product"})
_PRODUCT_TAIL = re.compile(
    r"[ \n]?(?:输入法|浏览器|学习机|智能眼镜|AI[ \n]?(?:搜索|商店|眼镜|助手|浏览器|手机|输入法|学习机|音箱|PC))(?![\u3400-\u9fff]{0,4}(?:市场|行业|领域|赛道))"
)
_OWN_MODEL = re.compile(r"(?:AI)?大(?:语言)?模型(?!应用|时代|产品|能力|技术|团队|厂商|公司|平台)")
# A product's generation of two digits: iPhone 14 Plus, Windows 11; no count of anything.
_TWO_DIGITS = re.compile(
    r"[ \n]?[1-9]\d(?![\d.,，]?\d|[ \n]?[%％万亿億萬千百个個位年月日号款倍家项次元台岁名条人种小分天周美港欧块期届场部起多余至到～~—-])(?:[ \n]?(?:Pro[ ]?Max|Pro|PRO|Max|Plus|Ultra|mini|Lite|Air)(?![a-z]))?"
)
# The number of a chip or of a program: Yunfan AI PRO 300, Qingwu 950PR, Lanbrowser 146; no count of anything.
_MODEL_NUMBER = re.compile(
    r"(?<!\d)(?:[ ](?:PRO|MAX|HX|Pro|Max|Ultra|Plus|X))*[ ][1-9]\d{2,3}(?:[A-Z]{1,3}\d?)?(?![A-Za-z\d.,，]?\d|[A-Za-z]|[ \n]?[%％万亿億萬千百个個位年月日号款倍家项次元台岁名条人种小分天周美港欧日块期届场部起多余至到～~—张枚颗片套件支座辆字行页级秒米公吨克瓦亩层间步点度卡轮票-]|[ ][a-zA-Z])"
)
# The step of a chip's line: Yunchip X Elite, Yunchip 8 Gen 3.
_CHIP = re.compile(r"[ ]?(?:X[ ]?\d?|[1-9](?:s|\+)?)[ ]?(?:Elite|Plus|Gen[ ]?\d)(?![A-Za-z\d])")
_VERSION_TAIL = re.compile(
    r"(?:(?<=\d)\.\d{1,2}(?![\d%万亿億萬])|[ \n-]?(?:[vVRrMK]?\d{1,3}(?:\.\d{1,2})+(?![\d%万亿億萬])|(?!T4)[vVRMKoOSTUXZ]\d{1,2}(?![\d万亿])|"
    r"(?<![\d.])[1-9](?![\d.%,万亿億萬个個位年月日款倍家项次]|\.\d))(?:o|[A-Z](?![a-z]))?"
    r"|[ \n-]A?\d{1,4}(?:\.\d+)?[BbM](?![A-Za-z])|-\d{4}(?![\d年-])|(?<=\d)(?:Turbo|Pro|Max|Plus|Flash|Lite|Air)(?![A-Za-z])"
    r"|[ \n-](?:Pro|Max|Turbo|Ultra|Mini|Plus|Large|Small|Medium|Flash|Sonnet|Opus|Haiku|Lite|Air|Instruct|Chat|Coder|Code|Base|VL|Vision|"
    r"Preview|Thinking|Omni|Next|Math|Nano|Image|Audio|Reasoner|MoE|XL|mini|turbo|pro|chat|base|instruct|coder|math)(?![a-z]))*"
)

# A chip of a Chinese name by its number alone: 云芯888, 云芯8295芯片; no count of anything.
_SERIAL = re.compile(
    r"(?<=[\u3400-\u9fff])[1-9]\d{2,3}[A-Z]?(?=[、，。；（）\n]|(?:移动|处理|芯片|平台|旗舰|[两三]款|和|与|及|的))(?<!20\d\d)"
)
# The better of two chips has a plus behind its number: 云芯9300+.
_PLUS = re.compile(r"(?:(?<=\d)|[ ]?[1-9])\+(?=[\u3400-\u9fff，。、；（\n]|[ ][\u3400-\u9fff])")
# The next generation of a chip is another: Yunchip4 beside Yunchip.
_GENERATION = re.compile(r"(?<=[a-z])\d{1,2}[A-Z]?(?![A-Za-z\d.%])")
# A model's name goes on over hyphens, but for what only likens or tells how: Kimi-K2-0905, FLUX.1-dev; GPT-4-based.
_JOINED_TAIL = re.compile(
    r"(?:-(?!(?:based|style|like|powered|level|class|enabled|native|driven|compatible|ready|generated|assisted)(?![A-Za-z]))"
    r"[A-Za-z0-9]+(?:\.\d+)*)+(?![-\d.]*[%万亿億萬])"
)
# A word of its own may follow a version: Yunfan-5.6 Orchid.
_WORD_TAIL = re.compile(r"[ ]([A-Z][a-z]{2,11})(?![A-Za-z\d.-]|[ ][A-Za-z])")
# A word may go on at once behind a version: Yunfan3.0Orchid.
_GLUED_TAIL = re.compile(r"[A-Z][a-z]{2,}[A-Za-z]*(?![a-z])")
# 讯飞星火大模型V4.0
_MODEL_TAIL = re.compile(r"大?模型(?=[ \n]?[vV]?\d{1,2}\.\d)")
# 混元-lite: a hyphen and small letters go on with a Chinese name too.
_LATIN_TAIL = re.compile(r"-[a-z]{2,}")
# 盘古气象大模型 is another model than 盘古; what only describes makes no other name: 盘古开源大模型.
_FIELD_TAIL = re.compile(
    r"(?!.{0,5}(?:开源|闭源|多模态|通用|对话|语言|生成式|系列|等|新|国产|人工智能|智能|这|该|首个|预训练|基础|基座|旗下|最|千亿|万亿|百亿|自研|大规模|超大|全系))"
    r"(?:[\u3400-\u9fff](?<![的了和与及或在对为从被把将是由以于到至比并而但也都就])){2,6}?大模型"
)


# What stands in bold from a known name on is one name: **Yunfan Coding Plan**.
_BOLD_TAIL = re.compile(r"(?:[ -](?:[A-Z][A-Za-z]{1,15}|\d{1,2}(?:\.\d{1,2})?)){1,4}(?=\*\*)")
# A thing's name goes on over words of its own where Chinese stands about it: 推出Yunfan Orchard工具, Yunfan for Law.
_OWN_TAIL = re.compile(
    r"(?:[ ](?:for[ ])?[A-Z][a-z]{2,14}(?![A-Za-z.]|-[A-Z])){1,3}(?=[ ]?[`*”」]{0,2}[ ]?[\u3400-\u9fff，。、（；：])"
)
# The arm of a firm that invests, told by what follows its name: 青山龙湖领投, 青山龙湖合伙人.
_ARM_TOLD = re.compile(
    r"(?P<arm>(?![的和与及也已将曾正又还联合共同创始首席独家参与董事高级一两三四五六七几多])[\u3400-\u9fff]{2,3}?)(?:的?投委会|(?<!资深)(?<!高级)(?<!管理)(?<!投资)(?<!主管)合伙人|领投|跟投|参投)"
)
_COMMON_ARM = re.compile(
    r"[的了和与等由也都曾均是为在]|资本|公司|集团|基金|创投|投资|联合|机构|本轮|新一|轮|继续|共同|独家|宣布|创始"
)
_WRAPPED = re.compile(r"(?<=[A-Za-z\d.])\n(?=[A-Za-z\d])")
# What stands between marks of code is one name, where it is written as names are: `Yunfan Speech to Text (STT)`.
_CODED = re.compile(
    r"`(?P<name>[A-Z][A-Za-z\d.+]*(?:[ -](?:[A-Z\d][A-Za-z\d.+-]*|to|for|of|and|on)){1,5}(?:[ ]\([A-Z]{2,6}\))?|[\u3400-\u9fff]{2,8}[ ]?[vV]?\d+(?:\.\d+)*(?:[ ][A-Z][a-z]+)?)`"
)
# A listed firm's code by its exchange: 青禾（NASDAQ: QHE）.
_TICKER = re.compile(
    r"[（(](?:(?:美股|港股|A股)?(?:NASDAQ|Nasdaq|NYSE|纳斯达克|纽交所|纽约证券交易所|港交所|HKEX?|SEHK|SSE|SZSE|上交所|深交所|上海证券交易所|深圳证券交易所)(?:代码)?[ ]?[:：]\s*[A-Z0-9.]{1,9}|[A-Z]{1,5}\.(?:O|N|US|HK))[）)]"
)
_UNIVERSITY = re.compile(r"(?:大学|学院|科学院|分校)$")
_SCHOOL = re.compile(r"(?!.*大学)[\u3400-\u9fffA-Z]{2,10}(?:学院|研究院|研究所|研究中心|实验室|中心|学系)")
_OWN_WORDS = re.compile(r"(?![与和及、])[\u3400-\u9fff]{2,8}[与和及]?")
_SCHOOL_REACH = 9
_GIVEN = re.compile(r"(?<![A-Za-z])([A-Z][a-z]{1,12})[ \n](?=$)")


class NameFinder:
    """Finds the names of a text in one pass."""

    def __init__(self, names: Iterable[Name]) -> None:
        by_text: dict[str, Name] = {}
        for name in names:
            if len(name.text) > 1:
                if BENCHMARK.search(name.text):
                    name = name._replace(kind="benchmark")
                by_text.setdefault(name.text, name)
        for name in _other_cases(by_text):
            by_text.setdefault(name.text, name)
        self._bodies = {name.text: name for name in by_text.values() if name.kind == "organization"}
        self._names = [(name, name.text[0].isascii(), name.kind) for name in by_text.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(by_text), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

    def find(self, text: str) -> Mentions:
        """Find every name of a text; where two overlap, the known one stands."""
        taken = bytearray(len(text) + 1)
        apart, formed = names_by_form(text)
        for code in _TICKER.finditer(text):
            taken[code.start() : code.end()] = b"\1" * (code.end() - code.start())
        known = list(_arms(text, _whole(_outside(text, apart, self._known(text)))))
        known = _told_longer(text, known)
        if "`" in text:
            known = _with_coded(text, known)
        found = _free(_whole_people(text, known), taken) if "·" in text else []
        found += _free(known, taken)
        found += _free(slot_names(text), taken)
        found += _free(public_bodies(text), taken)
        found += _free(stated_names(text), taken)
        found += _free([*apart, *formed, *apposed_firms(text), *numbered_things(text)], taken)
        found += _free(latin_names(text, taken), taken)
        found += _free([*repeated_persons(text), *repeated_firms(text)], taken)
        found += _free(listed_names(text, sorted(found)), taken)
        found += _free(listed_persons(text, found), taken)
        found += _free(_again(text, found, short_forms(text, known)), taken)
        found = _without_schools(text, sorted(found))
        found = joined_persons(text, list(latin_persons(text, found)))
        return Mentions(found, [mention.start for mention in found], self._bodies)

    def _known(self, text: str) -> Iterator[Mention]:
        # A line may break within a name: GitHub | Copilot.
        for index, start, end in self._automaton.find_matches_as_indexes(_WRAPPED.sub(" ", text)):
            name, is_latin, kind = self._names[index]
            if is_latin and not _stands_alone(text, start, end):
                continue
            stop = end
            if is_latin and kind in _VERSIONED and text[start - 1 : start] == "-":
                # Another thing than the known one: Orchid-Yunfan-13B beside Yunfan.
                joined = _PREFIX.search(text, max(0, start - _TAIL), start)
                if joined is not None:
                    stop = _with_version(text, end)
                    yield Mention(joined.start(), stop, kind, clean(text[joined.start() : stop]), None)
                    continue
            if kind == "product" and not is_latin and _OWN_MODEL.match(text, end):
                # 夸克大模型 is the model behind 夸克.
                stop = text.index("型", end) + 1
                yield Mention(start, stop, "model", clean(text[start:stop]), None)
                continue
            thing = _PRODUCT_TAIL.match(text, end) if kind in _OWNS_PRODUCTS else None
            if thing:
                # 豆包输入法 is another thing than 豆包.
                yield Mention(start, thing.end(), "product", clean(text[start : thing.end()]), None)
                continue
            if text[start] in _MYRIADS and start and text[start - 1] in _FIGURES:
                continue  # 750 亿欧元 names no firm.
            if kind == "place":
                if text.startswith("政府", end) and text[end + 2 : end + 3] not in _OF_GOVERNMENT:
                    # Of a state or place it acts as a body: 青山政府.
                    yield Mention(start, end + 2, "organization", clean(text[start : end + 2]), None)
                    continue
                stop = body_at_place(text, end) or end
                if stop > end:
                    # 青山市教育局: a department of the place's; 驻青山使馆, an embassy there.
                    start -= text.startswith("驻", start - 1) if text[stop - 1] == "馆" else 0
                    yield Mention(start, stop, "organization", clean(text[start:stop]), None)
                    continue
                of_firm = _FIRM_OF_PLACE.match(text, end)
                if of_firm and text.startswith("公司", end) and not text[of_firm.end() : of_firm.end() + 1].isascii():
                    of_firm = _ONE_OF.search(text, max(0, start - 3), start)
                if (_ORGANIZATION_TAIL.match(text, end) and not of_firm) or text[end : end + 1] == "场":
                    continue
            elif kind in _GENERAL:
                if is_latin and (_is_in_firm(text, start, end) or _is_in_name(text, start)):
                    continue
                number = None
                if is_latin and kind == "technology":
                    number = _GENERATION.match(text, end) or _MODEL_NUMBER.match(text, end) or _CHIP.match(text, end)
                elif kind == "technology":
                    number = _CHIP.match(text, end) or _PLUS.match(text, end) or _SERIAL.match(text, end)
                stop = number.end() if number else end
            elif kind == "organization":
                if _OF_ORIGIN.match(text, end):
                    continue
                versioned = _FIRM_VERSION.match(text, end) if is_latin else None
                if versioned:
                    # A firm's name with a version is its model's: Yunfan-V3.
                    stop = _with_version(text, versioned.end())
                    yield Mention(start, stop, "model", clean(text[start:stop]), None)
                    continue
                arm = _ARM.match(text, end) or (_LATIN_ARM.match(text, end) if is_latin else None)
                if arm:
                    # 某某战投 invests, and is another body than its parent.
                    stop = arm.end()
                if not is_latin and _UNIVERSITY_OF.match(text, end):
                    # 某科学院大学 is another body than 某科学院.
                    stop = end + 2
                longer = _LONGER_BODY.match(text, end) if not is_latin and "会" in text[end : end + _TAIL] else None
                stop = longer.end() if longer else stop
                if text[end : end + 1] == "门":
                    # 教育部门 is any department, not the ministry.
                    continue
            elif kind in _VERSIONED:
                two = _TWO_DIGITS.match(text, end) if is_latin and kind == "product" else None
                number = _MODEL_NUMBER.match(text, end) if is_latin and two is None else None
                stop = two.end() if two else number.end() if number else _with_version(text, end)
                bold = _BOLD_TAIL.match(text, stop) if text.startswith("**", max(0, start - 2)) else None
                stop = bold.end() if bold else stop
                own = _with_own_words(text, end, stop)
                if own > stop:
                    # What goes on with words of its own is a thing made of the known one: Yunfan Orchard.
                    kind, stop = "product" if not text.startswith(("模型", " 模型", "大模型"), own) else kind, own
            elif kind == "person":
                start = _with_given_name(text, start)
            is_whole = stop == end or kind in _VERSIONED
            entity_id = name.entity_id if is_whole else None
            yield Mention(start, stop, kind, clean(text[start:stop]) if stop > end else name.canonical, entity_id)


def _whole(known: Iterable[Mention]) -> list[Mention]:
    """Leave out the known names that a longer one, carried back over what a hyphen joins to it, holds: Orchid | -Yunfan-13B."""
    found: list[Mention] = []
    for mention in known:
        while found and mention.start < found[-1].end and mention.start <= found[-1].start:
            found.pop()
        found.append(mention)
    return found


def _with_coded(text: str, known: list[Mention]) -> list[Mention]:
    """Return the known names with those that marks of code set apart, which hold a known one and more, in its place."""
    places = {(mention.start, mention.end) for mention in known}
    kinds = {mention.start: mention.kind for mention in known}
    coded = []
    for match in _CODED.finditer(text):
        start, end = match.span("name")
        others = [at for at in kinds if start < at < end]
        of_firm = kinds.get(start) == "organization" and bool(others)
        if (start, end) in places or of_firm or match["name"] in NOT_NAMES:
            continue
        name = clean(match["name"])
        kind = "model" if kinds.get(start) == "model" and name[-1].isdigit() else "product"
        coded.append(Mention(start, end, kind, name, None))
    inside = {at for mention in coded for at in range(mention.start, mention.end)}
    return sorted(
        [*coded, *(mention for mention in known if mention.start not in inside)], key=lambda m: (m.start, m.end)
    )


def _other_cases(names: dict[str, Name]) -> list[Name]:
    """Return known Latin names as they are also printed, in capitals or small letters: DEEPSEEK, deepseek; no common words."""
    found = []
    for name in names.values():
        text = name.text
        if not (text.isascii() and text.isalpha() and name.kind in _NAMED) or text.isupper() or is_common(text.lower()):
            continue
        if len(text) >= _SHORTEST_CAPITALS and text.upper() not in NOT_NAMES:
            found.append(name._replace(text=text.upper()))
        if len(text) >= _SHORTEST_SMALL:
            found.append(name._replace(text=text.lower()))
    return found


def _whole_people(text: str, known: list[Mention]) -> Iterator[Mention]:
    """Yield the foreign names of a text, as the known ones where they are known; a known name inside one is none."""
    places = {(mention.start, mention.end): mention for mention in known}
    for person in foreign_names(text):
        beside = (m for m in known if m.start < person.end and person.start < m.end)
        if not any(m.start < person.start or person.end < m.end for m in beside):
            yield places.get((person.start, person.end), person)


def _outside(text: str, apart: list[Mention], known: Iterable[Mention]) -> Iterator[Mention]:
    """Leave out a field's name inside a longer name that is set apart (“My AI”), and any inside a firm's full name."""
    ends = {at: (mention.start, mention.end) for mention in apart for at in range(mention.start, mention.end)}
    for mention in known:
        span = ends.get(mention.start)
        legal = span is not None and mention.end <= span[1] and text.startswith(("有限公司", "责任公司"), span[1] - 4)
        if span is None or span == (mention.start, mention.end) or not (mention.kind in _GENERAL or legal):
            yield mention


def _told_longer(text: str, known: list[Mention]) -> list[Mention]:
    """Take a firm's short name for the longer one that the text has, where the short one's own firm is named nowhere else
    and has another name: 青微 is 青微电脑, and not 青威半导体, where only the former is printed."""
    printed = {text[m.start : m.end]: m for m in known if m.kind == "organization" and m.entity_id is not None}
    longer: dict[str, Mention] = {}
    for short, one in printed.items():
        if short.isascii() or one.name.startswith(short):
            continue
        others = [m for name, m in printed.items() if name.startswith(short) and m.entity_id != one.entity_id]
        again = any(m.entity_id == one.entity_id and name != short for name, m in printed.items())
        if others and not again:
            longer[short] = others[0]
    if not longer:
        return known
    return [
        m._replace(name=found.name, entity_id=found.entity_id)
        if (found := longer.get(text[m.start : m.end])) is not None
        else m
        for m in known
    ]


def _free(mentions: Iterable[Mention], taken: bytearray) -> list[Mention]:
    """Keep the mentions that overlap no earlier one, and mark their places."""
    found = []
    for mention in mentions:
        if taken.find(1, mention.start, mention.end) < 0:
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            found.append(mention)
    return found


def _without_schools(text: str, found: list[Mention]) -> list[Mention]:
    """Leave out what only ends the name of a university's school, whose own words stand before it: 青山大学信息与 | 政策学院."""
    kept: list[Mention] = []
    for mention in found:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.kind == mention.kind == "organization"
            and mention.entity_id is None
            and mention.start - last.end <= _SCHOOL_REACH
            and _SCHOOL.fullmatch(mention.name)
            and _UNIVERSITY.search(last.name)
            and _OWN_WORDS.fullmatch(text, last.end, mention.start)
        ):
            continue
        kept.append(mention)
    return kept


def _again(text: str, found: list[Mention], short: dict[str, Mention]) -> Iterator[Mention]:
    """Find the other places of the Chinese names that a document itself introduces, and of foreign persons' surnames."""
    kinds = {"organization", "model", "product", "person"}
    names = {
        m.name: m
        for m in found
        if m.entity_id is None and m.kind in kinds and m.name[0] >= "\u3400" and len(m.name) > 1
    }
    names |= {part: mention for part, mention in short.items() if part not in names}
    names |= {part: mention for part, mention in surnames(text, found).items() if part not in names}
    if not names:
        return
    words = list(names)
    # For a handful of words, used once: the form that is built soonest.
    automaton = ahocorasick_rs.AhoCorasick(
        words,
        matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
        implementation=ahocorasick_rs.Implementation.NoncontiguousNFA,
    )
    for index, start, end in automaton.find_matches_as_indexes(text):
        known = names[words[index]]
        yield Mention(start, end, known.kind, known.name, known.entity_id)


def _with_given_name(text: str, start: int) -> int:
    """Carry a person's known Latin surname back over the given name: Ada Quinn."""
    given = _GIVEN.search(text, max(0, start - 16), start)
    return given.start() if given and given[1] not in NOT_NAMES else start


def _is_in_firm(text: str, start: int, end: int) -> bool:
    """Tell whether AI is part of a firm's name: Orchid AI Labs, Orchid AI."""
    if _IN_LATIN_NAME.search(text[max(0, start - 12) : end + 3]):
        return True
    word = _WORD_BEFORE.search(text, max(0, start - 16), start) if text[start:end] == "AI" else None
    return word is not None and word[1] not in NOT_NAMES


def _is_in_name(text: str, start: int) -> bool:
    """Tell whether a word of a field ends a hyphened name: DA-Transformer."""
    return start > 1 and text[start - 1] == "-" and text[start - 2].isascii() and text[start - 2].isalnum()


def _arms(text: str, known: list[Mention]) -> Iterator[Mention]:
    """Carry a firm's name on over that of its arm, wherever the text names one that it says to invest."""
    arms: dict[str, set[str]] = {}
    for mention in known:
        told = _ARM_TOLD.match(text, mention.end) if mention.kind == "organization" else None
        if told is not None and not _COMMON_ARM.search(told["arm"]):
            arms.setdefault(mention.name, set()).add(told["arm"])
    if not arms:
        yield from known
        return
    for mention in known:
        arm = next((a for a in arms.get(mention.name, ()) if text.startswith(a, mention.end)), None)
        if arm is None or mention.kind != "organization":
            yield mention
        else:
            end = mention.end + len(arm)
            yield Mention(mention.start, end, mention.kind, clean(text[mention.start : end]), None)


def _with_version(text: str, end: int) -> int:
    """Carry a model's known name on over its version: GPT-4 Turbo, Llama 3.1, 文心一言 4.0."""
    if not text[end - 1].isascii():
        field = _FIELD_TAIL.match(text, end) or _MODEL_TAIL.match(text, end)
        end = field.end() if field else end
    tail = _VERSION_TAIL.match(text, end)
    end = tail.end() if tail else end
    glued = _GLUED_TAIL.match(text, end) if text[end - 1].isdigit() else None
    end = glued.end() if glued else end
    joined = _JOINED_TAIL.match(text, end) if text[end - 1].isascii() or _LATIN_TAIL.match(text, end) else None
    end = joined.end() if joined else end
    word = _WORD_TAIL.match(text, end) if text[end - 1].isdigit() else None
    named = (
        word is not None
        and word[1] not in NOT_NAMES
        and not is_common(word[1])
        and not is_english(text, end, word.end())
    )
    return word.end() if word is not None and named else end


def _with_own_words(text: str, end: int, stop: int) -> int:
    """Carry a thing's known Latin name on over the words that follow it and are its own; nothing behind a version."""
    tail = _OWN_TAIL.match(text, end) if stop == end and text[end - 1].isascii() else None
    if tail is None or any(word in NOT_NAMES for word in tail[0].split()) or is_english(text, end, tail.end()):
        return stop
    return tail.end()


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before.isascii() and before.isalnum():
        return False
    return not (after.isascii() and (after.isalpha() or after == "_" or (after.isdigit() and text[end - 1].isdigit())))


def titles(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, title) of every 《…》, one that holds another after that one; the bounds leave the marks out."""
    if "《" not in text and "〈" not in text:
        return
    holding = {match.end(): match for match in _HOLDING.finditer(text)}
    ends = sorted(holding)
    at = 0
    for match in _TITLE.finditer(text):
        while at < len(ends) and ends[at] <= match.start():
            yield _bounded(holding[ends[at]])
            at += 1
        yield _bounded(match)
    for end in ends[at:]:
        yield _bounded(holding[end])


def _bounded(match: re.Match[str]) -> tuple[int, int, str]:
    return match.start(1), match.end(1), clean(match[1])
