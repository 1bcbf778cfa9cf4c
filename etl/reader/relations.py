"""Relations: who developed, founded, funds, owns or works with what, whose person somebody is, what a version is of."""

import itertools
import re
from collections.abc import Iterator

import ahocorasick_rs

from etl.reader.clauses import Outline
from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import inside
from etl.reader.persons import PersonReader
from etl.reader.proposals import Proposal
from etl.reader.roles import BASIS, acts, is_whole, listed
from etl.reader.subjects import as_subject

METHOD = "rule:relations@1"
MADE = frozenset({"model", "product"})
_FIELDS = frozenset({"topic", "technology", "industry"})
_THINGS = frozenset({"model", "product", "dataset"})
_REACH = 160

# Words that begin a look around them, and what is looked for there.
_TRIGGERS = {
    **dict.fromkeys(
        [
            "发布",
            "推出",
            "开源",
            "开发",
            "研发",
            "打造",
            "训练",
            "上线",
            "自研",
            "研制",
            "开放",
            "上传",
            "发的",
            "发了",
            "宣布了",
            "launched",
            "released",
            "unveiled",
            "introduced",
            "open-sourced",
        ],
        "making",
    ),
    "由": "by",
    **dict.fromkeys(
        [
            "开发者",
            "开发商",
            "开发方",
            "开发机构",
            "开发公司",
            "研发方",
            "研发机构",
            "研发单位",
            "发布者",
            "发布方",
            "作者",
            "Developer",
        ],
        "maker",
    ),
    **dict.fromkeys(["领投", "跟投", "参投", "投资", "注资", "入股", "战略投资"], "investing"),
    **dict.fromkeys(["提供", "投入", "注入"], "giving"),
    **dict.fromkeys(["收购", "并购", "acquired", "acquires"], "buying"),
    **dict.fromkeys(["搭载", "接入", "采用", "驱动", "powered"], "powering"),
}
_WORDS = list(_TRIGGERS)
_AUTOMATON = ahocorasick_rs.AhoCorasick(_WORDS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)

_BY = re.compile(
    r"(?P<who>[^，,。；\n]{2,40}?)(?:自主|独立|联合|共同|团队|公司|全资|牵头|发起|带队)*(?P<deed>研发|开发|推出|发布|打造|训练|出品|提供|创建|创立|创办|成立|设立|研制|自研)"
)
_TOLD = re.compile(r"[ *`]*[:：][ *`]*")
_FOUNDING = frozenset({"创立", "创办", "创建", "成立", "设立"})
# Another actor, or somebody else's thing, stands between.
_OTHERS = re.compile(r"采用|使用|接入|基于|调用|搭载|投资|支持|对比|比|与|和|、|收购|参与|加入|离开|对(?!外|话)")
_NOT_DONE = re.compile(r"(?:未|没有?|不|将|拟|计划|准备|打算|即将|预计|可能|有意|洽谈|考虑|正在)[^，。；]{0,8}$")
_IS = re.compile(r"[》」”\"）)*`]*[ \n]?(?:是|，?由|则?是由|为)[ \n]?(?:一款|一个|中国公司|国内)?[ \n]?")
_MADE_AFTER = re.compile(
    r"(?:公司|集团|团队)?[ \n]?(?:于[^，。]{2,12})?(?:最新|自主|联合|正式|旗下)*(?:推出|发布|研发|开发|打造|训练|出品|自研|开源|旗下)"
)
_DEVELOPED = re.compile(
    r"(?:自主|联合|共同|独立)?(?:研发|开发|打造|自研|训练|研制|推出|发布|开源|上线)(?:了|出|的|并开源)*|旗下的?|developed|released|launched|unveiled|introduced|built"
)
_USED = re.compile(r"、|和|与|基于|接入|采用|使用|调用|部署|投资|收购|比|超过|对标|竞争|击败|参与|加入|离开|讯|报道")
_POSSESSIVE = re.compile(
    r"[ \n]?(?:公司|集团|团队)?[ \n]?(?:旗下的?|自研的?|研发的|开发的|推出的|发布的|打造的|的|最新的?|首个|新|旗舰|专有|闭源|开源|(?:备受欢迎|广受欢迎|强大|知名|著名|热门)的|'s|’s)+[ \n]?(?:AI|人工智能|大型语言|大语言|语言|大|视频生成|推理|多模态|开源|闭源|专有|旗舰|基础|生成式|最新|新一代|深度学习|聊天)*(?:模型|助手|产品|应用|机器人|框架|芯片|平台|工具|系统|服务)*[ \n]?[“\"「《*`]*"
)
_APART = re.compile(r"[。；;！？]|\n\s*\n")
_BESIDE = re.compile(r"[，,]")
_ITS_MAKER = re.compile(r"[^（）()\n]{0,8}(?:开发商|开发者|开发方|研发方|母公司)[）)]")
_MAKER_OF = re.compile(r"[》」”\"）)*`]*[ \n]?的(?:开发者|开发商|开发公司|所属公司|研发方|母公司)[ \n“「*]*")
_OWNED = re.compile(
    r"[ \n]?(?:公司|集团)?(?:旗下|麾下)的?[ \n“「*]*(?:AI|人工智能)?(?:公司|子公司|实验室|部门)?[ \n“「*]*"
)
_ADJOINED = re.compile(r"[ \n]?(?:公司|集团|团队)?[ \n]?[“\"「《*`]*")
_JOINTLY = re.compile(
    r"[ \n*]*(?:公司|集团|团队|科技|大学)?[ \n*]*(?:已|正式|近日|宣布|此前|日前)*(?:与|和|同|携手|联手|联合)[ \n*]*"
)
_COOPERATE = re.compile(
    r"[^，。；\n]{0,10}?(?:达成|建立|签署|签订|展开|开展|宣布|深化|启动)?[^，。；\n]{0,10}?(?:合作|战略协议|合作协议|伙伴关系)"
)
_HANDS = re.compile(r"携手|联手|联合")
_SUM = r"(?:[\d.,一二三四五六七八九十百千数超约近逾 \n]*(?:亿|万)?(?:美元|人民币|元|欧元|港元)?(?:[A-Z]轮)?)"
_INTO = re.compile(rf"(?:了|入股)?{_SUM}(?:于|给|了)?[ \n*“「]*(?:初创公司|创业公司|公司|企业)?[ \n*“「]*")
_BOUGHT = re.compile(r"[^，。；\n]{0,6}被[ \n“「*]*(?:芯片|科技|互联网)?(?:巨头|公司|厂商)?[ \n“「*]*")
_NOT_INVESTING = re.compile(r"者|人|方|机构|额|公司|基金|规模|部|银行|总监|经理|界|圈|组合|的|回报|计划|意向|热")
_GIVEN = re.compile(r"(?:给|向|对|为)[ \n*]*$")
_MONEY = re.compile(rf"了?{_SUM}多?(?:亿|万)?(?:美元|元|欧元)?(?:的)?(?:资金|投资|融资)")
_LED = re.compile(r"[ \n*]*(?:等|公司|集团|资本|两家|联合|共同)*[ \n*]*")
_AND = re.compile(r"[ \n*“”]*(?:、|和|与|及|以及|联合|,|and)[ \n*“”]*")
_VERSION = re.compile(
    r"[ \n-]?[vV]?\d{1,3}(?:\.\d{1,2}){0,2}[oO]?(?:[ -](?:Pro|Max|Turbo|Ultra|Mini|Plus|Flash|Lite|mini|turbo))?|[ -](?:Pro|Max|Turbo|Ultra|Mini|Plus|Flash|Lite|mini|turbo)"
)


class RelationReader:
    """Reads the relations of one document."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.persons = PersonReader(outline, mentions)

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield each relation once."""
        seen: set[tuple[str, str, str]] = set()
        for proposal in self._all(ranges):
            mark = (proposal.property_id, proposal.subject.name, proposal.fields["object_name"])
            if mark not in seen and proposal.subject.name != proposal.fields["object_name"]:
                seen.add(mark)
                yield proposal

    def _all(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        starts = [start for start, _ in ranges]
        items = [m for m in self.mentions.items if inside(m.start, ranges, starts)]
        for one, other in itertools.pairwise([m for m in items if m.kind not in _FIELDS]):
            yield from self._side_by_side(one, other)
        yield from self.persons.read(items)
        for start, end in ranges:
            for index, at, stop in _AUTOMATON.find_matches_as_indexes(self.text[start:end]):
                find = getattr(self, "_" + _TRIGGERS[_WORDS[index]])
                yield from find(at + start, stop + start)
        yield from self._versions(items)

    def _side_by_side(self, one: Mention, other: Mention) -> Iterator[Proposal]:
        if one.kind != "organization" and other.kind != "organization":
            return
        if one.kind == "person" and _OWNED.fullmatch(self.text, one.end, other.start):
            yield self._relation("owner", other, one)
        if one.kind == "organization" and other.kind in MADE and self._makes(one, other):
            yield self._relation("developer", other, one)
        elif one.kind in MADE and other.kind == "organization" and self._is_made_by(one, other):
            yield self._relation("developer", one, other)
        elif one.kind == other.kind and _OWNED.fullmatch(self.text, one.end, other.start):
            yield self._relation("owner", other, one)
        elif one.kind == other.kind and self._works_with(one, other):
            yield self._relation("partner", one, other)

    def _is_made_by(self, thing: Mention, maker: Mention) -> bool:
        between = self.text[thing.end : maker.start]
        if _MAKER_OF.fullmatch(between):
            return True
        return (
            len(between) < 12
            and _IS.fullmatch(between) is not None
            and _MADE_AFTER.match(self.text, maker.end) is not None
        )

    def _makes(self, maker: Mention, thing: Mention) -> bool:
        between = self.text[maker.end : thing.start]
        if len(between) > 40 or _APART.search(between) or not is_whole(self.text, thing):
            return False
        if _BESIDE.search(between) and self.text[max(0, maker.start - 1) : maker.start] in {"与", "和", "同", "被"}:
            return False
        if between.strip() in {"（", "("}:
            if _ITS_MAKER.match(self.text, thing.end):
                return True
            # A Latin name in brackets is the firm's other name or its stock code.
            return self.text[thing.end : thing.end + 1] in {"）", ")"} and not (
                thing.kind == "product" and thing.name.isascii()
            )
        if _POSSESSIVE.fullmatch(between):
            return True
        if _ADJOINED.fullmatch(between):
            return thing.kind == "model" or (thing.entity_id is not None and maker.entity_id is not None)
        # The verb stands in the thing's own clause: 发布的信息，X … makes no X.
        verb = _DEVELOPED.search(re.split(r"[，,]", between)[-1])
        return (
            verb is not None and not _USED.search(between) and BASIS.search(between) is None and acts(self.text, maker)
        )

    def _works_with(self, one: Mention, other: Mention) -> bool:
        between = self.text[one.end : other.start]
        if len(between) > 12 or not _JOINTLY.fullmatch(between):
            return False
        if self.text[max(0, one.start - 2) : one.start].strip(" *\n")[-1:] in {"与", "和", "同"}:
            return False
        return _HANDS.search(between) is not None or _COOPERATE.match(self.text, other.end) is not None

    def _by(self, start: int, end: int) -> Iterator[Proposal]:
        """What a thing is made, or a body founded, by: 由X研发, 由Y创立."""
        match = _BY.match(self.text, end)
        if match is None:
            return
        founding = match["deed"] in _FOUNDING
        who = self.mentions.within(match.start("who"), match.end("who"))
        makers = [m for m in who if m.kind == ("person" if founding else "organization")] or [
            m for m in who if m.kind in {"organization", "person"} and acts(self.text, m)
        ]
        wanted = {"organization"} if founding else _THINGS
        item = None if founding else item_at(self.text, start)
        above = named_above(self.text, self.mentions, item) if item is not None and item.start == start else []
        for thing in above or self._made_by(start, match.end(), wanted):
            for maker in makers:
                yield self._relation("founded_by" if founding else "developer", thing, maker)

    def _maker(self, start: int, end: int) -> Iterator[Proposal]:
        """The maker that an item of a list tells of what the item above it names: 开发者：X."""
        said = _TOLD.match(self.text, end)
        item = item_at(self.text, start)
        if said is None or item is None or self.text[item.start : start].strip(" *`"):
            return
        makers = [m for m in self.mentions.within(said.end(), item.end) if m.kind == "organization"]
        if makers and makers[0].start == said.end():
            for thing in named_above(self.text, self.mentions, item):
                for maker in listed(self.text, makers):
                    yield self._relation("developer", thing, maker)

    def _made_by(self, start: int, end: int, wanted: set[str] | frozenset[str]) -> list[Mention]:
        begin, finish = self.outline.sentence(start)
        after = [m for m in self.mentions.within(end, min(finish, end + 30)) if m.kind in wanted]
        if self.text[end : end + 1] == "的" and after:
            return after[:1]
        before = [m for m in self.mentions.within(max(begin, start - _REACH), start) if m.kind in wanted]
        clause = [m for m in before if m.start >= self.outline.clause(start)[0]]
        return clause[-1:] or before[:1] or after[:1]

    def _making(self, start: int, end: int) -> Iterator[Proposal]:
        """What an organization is told to release, open or train in one clause is its own."""
        begin, finish = self.outline.clause(start)
        begin, finish = max(begin, start - _REACH), min(finish, end + _REACH)
        makers = [m for m in self.mentions.within(begin, start) if m.kind == "organization" and acts(self.text, m)]
        if not makers or _OTHERS.search(self.text, makers[-1].end, start):
            return
        things = [
            m
            for m in self.mentions.within(end, finish)
            if m.kind in MADE and is_whole(self.text, m) and not BASIS.search(self.text, max(0, m.start - 10), m.start)
        ]
        for thing in listed(self.text, things):
            if thing.start - end <= 48:
                yield self._relation("developer", thing, makers[-1])

    def _investing(self, start: int, end: int) -> Iterator[Proposal]:
        """Who put money into whom: X领投, X投资了Y, X给Y投资."""
        if _NOT_INVESTING.match(self.text, end):
            return
        begin, finish = self.outline.clause(start)
        before = [
            m for m in self.mentions.within(max(begin, start - _REACH), start) if m.kind in {"organization", "person"}
        ]
        if not before:
            return
        if self.text[start:end] in {"领投", "跟投", "参投"}:
            yield from self._led(start, before)
            return
        after = [m for m in self.mentions.within(end, min(finish, end + 30)) if m.kind == "organization"]
        if after and _INTO.fullmatch(self.text, end, after[0].start) and start - before[-1].end < 16:
            for investor in _group(self.text, before):
                yield self._relation("investor", after[0], investor, start)
        elif len(before) > 1 and _GIVEN.search(self.text, max(0, before[-1].start - 3), before[-1].start):
            yield self._relation("investor", before[-1], before[-2], start)

    def _giving(self, start: int, end: int) -> Iterator[Proposal]:
        """Who gives money to whom: X为Y提供10亿美元的资金."""
        begin, _ = self.outline.clause(start)
        if not _MONEY.match(self.text, end):
            return
        before = [m for m in self.mentions.within(max(begin, start - _REACH), start) if m.kind == "organization"]
        if (
            len(before) > 1
            and start - before[-1].end < 4
            and _GIVEN.search(self.text, max(0, before[-1].start - 3), before[-1].start)
        ):
            yield self._relation("investor", before[-1], before[-2], start)

    def _led(self, start: int, before: list[Mention]) -> Iterator[Proposal]:
        """The investors of a round: who is told before 领投, of the firm that the sentence speaks of."""
        if not _LED.fullmatch(self.text, before[-1].end, start):
            return
        investors = _group(self.text, before)
        begin, _ = self.outline.sentence(start)
        at = investors[0].start
        firms = [m for m in self.mentions.within(max(begin, at - _REACH), at) if m.kind == "organization"]
        if not firms and begin:
            earlier, _ = self.outline.sentence(begin - 1)
            firms = [m for m in self.mentions.within(max(earlier, begin - _REACH), begin) if m.kind == "organization"]
        for investor in investors if firms else []:
            yield self._relation("investor", firms[0], investor, start)

    def _buying(self, start: int, end: int) -> Iterator[Proposal]:
        begin, finish = self.outline.clause(start)
        before = [m for m in self.mentions.within(max(begin, start - 60), start) if m.kind == "organization"]
        after = [m for m in self.mentions.within(end, min(finish, end + 30)) if m.kind in {"organization", "product"}]
        if len(before) > 1 and _BOUGHT.fullmatch(self.text, before[-2].end, before[-1].start):
            yield self._relation("owner", before[-2], before[-1], start)
            return
        if before and after and not _USED.search(self.text, before[-1].end, start):
            yield self._relation("owner", after[0], before[-1], start)

    def _powering(self, start: int, end: int) -> Iterator[Proposal]:
        """A product that runs on a model: X搭载Y, X接入了Y."""
        begin, finish = self.outline.clause(start)
        after = [m for m in self.mentions.within(end, min(finish, end + 16)) if m.kind == "model"]
        before = [m for m in self.mentions.within(max(begin, start - 30), start) if m.kind in MADE]
        if before and after and self.text[start:end] != "驱动" and before[-1].name != after[0].name:
            fields = {
                "object_id": before[-1].entity_id,
                "object_name": before[-1].name,
                "object_type": before[-1].kind,
                "assertion": "asserted",
            }
            place = before[-1]
            yield Proposal("relation", "powers", place.start, place.end, as_subject(after[0]), METHOD, fields)

    def _versions(self, items: list[Mention]) -> Iterator[Proposal]:
        """What is by its name a version of what the text names too: X 2.0 of X."""
        first: dict[str, Mention] = {}
        for mention in items:
            if mention.kind in MADE and self.text[mention.end : mention.end + 1] not in {"月", "日", "年"}:
                first.setdefault(mention.name, mention)
        for name, mention in first.items():
            for size in range(1, 11):
                family = first.get(name[:-size].rstrip(" -\n"))
                if family is not None and _VERSION.fullmatch(name, len(family.name)):
                    fields = {
                        "object_id": family.entity_id,
                        "object_name": family.name,
                        "object_type": family.kind,
                        "assertion": "asserted",
                    }
                    subject = as_subject(mention)
                    yield Proposal("relation", "version_of", mention.start, mention.end, subject, METHOD, fields)
                    break

    def _relation(self, property_id: str, thing: Mention, maker: Mention, at: int | None = None) -> Proposal:
        """Make a proposal; `at` is the word that tells it, where what stands before it may say that it is not done."""
        planned = at is not None and _NOT_DONE.search(self.text, max(0, at - 12), at) is not None
        fields = {
            "object_id": maker.entity_id,
            "object_name": maker.name,
            "object_type": maker.kind,
            "assertion": "planned" if planned else "asserted",
        }
        return Proposal("relation", property_id, maker.start, maker.end, as_subject(thing), METHOD, fields)


def _group(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return the last name and those that are listed before it."""
    group = [mentions[-1]]
    for mention in reversed(mentions[:-1]):
        if not _AND.fullmatch(text, mention.end, group[0].start):
            break
        group.insert(0, mention)
    return group
