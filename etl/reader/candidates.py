"""What a figure may be about: the candidates that a text offers, and what speaks for each."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from etl.reader.clauses import Outline
from etl.reader.mentions import Mention, Mentions
from etl.reader.noun_runs import Run, runs
from etl.reader.nouns import Told, Topic, is_wordless, owns, topic, words
from etl.reader.subject_words import ADJOINING, COMPARED, MODIFIES, SOFT, adjoins, fits_of, group_of
from etl.reader.weights import read_weights

# In a field's tasks something is measured: what is measured is another.
_WITHIN = re.compile(r"[^，。；、\n]{0,8}?(?:任务|场景|测试|数据集|基准|方面|领域|问题)?(?:中|上|里|方面)")
_FIELDS = frozenset({"topic", "technology", "benchmark", "dataset"})
_SPACES = re.compile(r"\s+")
_AFTER = 40
# A figure in brackets is of what stands before them: 云帆（3亿）.
_TOUCHING = 4
OPENED = re.compile(r"[ \n*”」》]*[（(][ \n*约超近]*")
_SENTENCES_BEFORE = 2
# How far before a figure what stands between it and a name says something.
_BETWEEN = 80
_MARKS_BETWEEN = frozenset("，、：；（）的与和比是在对为")
_MARKS = {mark: f"C{mark}" for mark in _MARKS_BETWEEN}
_COMMAS, _STOPS = [f"n{count}" for count in range(5)], [f"s{count}" for count in range(4)]
_NONE: dict[str, float] = {}
_HEADING_REACH = 8
_HEADING_LENGTH, _BEHIND, _LONG = 40, 24, 12
_LIST_NUMBER = re.compile(
    r"^(?:\d{1,2}[.、．)）]?|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[)）])\s*\**\s*"
)


# Where a candidate stands weighs otherwise by what is measured and by its kind.
_POSITIONS = frozenset(
    [
        "ruled",
        "in_clause",
        "nearest",
        "first",
        "after",
        "modified",
        "noun_in_clause",
        "noun_in_clause_measured",
        "noun_after",
        "headed",
        "in_sentence",
        "noun_clause_before_0",
        "noun_clause_before_0_measured",
        "sentence_before_1_first",
        "sentence_before_1_last",
        "sentence_before_1_strong",
        "main_any",
        "main_model",
        "main_organization",
        "adjacent",
        "compared",
        "soft",
        "owns",
        "policy_main",
        "next_de",
        "next_stop",
        "next_is_",
        "next_deed",
        "next_moves",
        "next_measure",
        "object",
        "before_break",
        "before_de",
        "speaker",
        "opened",
        "behind",
        "outside",
        "clause_near",
        "clause_far",
        "second",
        "nearest_kind",
        "earlier",
        "after_de",
        "part",
    ]
)


_BEFORE = {
    **dict.fromkeys("，,。；;：:、\n！？!?", "break"),
    **dict.fromkeys('“「『《"（(*[`', "mark"),
    "的": "de",
    "": "break",
    **dict.fromkeys("和与及、/", "and"),
}
_JOINT = re.compile("[:|]")
_PARTS = frozenset({"", *"，,。；;：:、！？!?（）()|#"})
_NEXT = re.compile(
    r"[ \n*”」』》\"]{0,3}(?:(?P<de>的)|(?P<stop>[，。；：,;:！？])|(?P<bracket>[（(])|(?P<and_>[、和与及/])|(?P<is_>是|为|达|有|拥有|占|将|已|也|在)"
    r"|(?P<deed>宣布|发布|推出|表示|称|认为|获|完成|投资|收购|计划|上线|开源|实现|提供|采用|使用)"
    r"|(?P<moves>增|涨|跌|升|降|收|减|下|上|同比|环比)|(?P<measure>模型|大模型|参数|估值|市值|股价|营收|收入|用户|月活|日活|成本|价格|融资|销量|指数|公司|集团))"
)
_DEED_BEFORE = re.compile(
    r"(?:投资|收购|推出|发布|采用|使用|购买|接入|支持|开发|训练|入股|持有|租用|部署|打造|成立|加入|离开|看好|投向|注资)了?[ \n]?[“\"「《]?$"
)

# Who only tells the figure: 据X, X数据显示, X估计.
_TELLER_BEFORE = re.compile(r"(?:据|根据|按照|援引)[ \n*“《]{0,3}$")
_TELLS = re.compile(
    r"[ \n*]*(?:\d{1,2}月\d{1,2}日)?[ \n]*(?:讯|电|消息)(?=[ \n，：:（(\d])|"
    r"[ \n*”」》]{0,3}(?:[（(][^（）()\n]{1,20}[）)])?[^，。；,;：\n\d]{0,16}?(?=[数报研统消调分估预认表称指透显测写披介sea])"
    r"(?:数据|报告|研究|统计|报道|消息|调查|调研|分析|估计|估算|预估|预计|预测|认为|表示|称|指出|透露|显示|测算|写道|披露|介绍|said|says|estimate[sd]?|according)"
    r"(?:[^，。；,;\n\d]{0,6}[，,：:]|(?<=预测)|(?<=预计)|(?<=估计)|(?<=认为)|的(?=[ ]?[约超近]?\d))"
)


_OPENS_LINE = re.compile(r"(?:^|\n)[ \t>#*「“-]*$")
_LABELS = re.compile(r"[*」” ]{0,4}(?:[（(][^（）()\n]{1,16}[）)])?[*」” ]{0,4}[：:]")
# Money that only a firm has: a model is no candidate where anything else is.
_FIRMS_ALONE = frozenset(
    {"valuation", "market_value", "funding", "fund_size", "employees", "revenue", "profit", "loss", "margin"}
)
# Of money that firms get, who gives it is no candidate: 由云帆领投, 云帆投了, 云帆收购的.
_GOTTEN = frozenset({"valuation", "funding"})
_GIVES = re.compile(
    r"[ \n*”」》]{0,3}(?:[（(][^（）()\n]{1,20}[）)])?(?:(?:、|和|与|以及)[^，。；\n]{2,24}?)?(?:等[^，。；\n]{0,6}?)?(?:也|再次|已|将|还|共同|联合|刚刚?)*(?:领投|跟投|参投|投资|投了|投(?=[ \d])|押注|注资|出资|认购|收购|入股|加持)"
)
_NO_FIRMS = frozenset({"model", "benchmark", "dataset", "technology", "place"})
# What persons do not have, but for these: revenue, users, parameters.
_NO_PERSONS = frozenset({"model", "firm", "users", "compute"})
_ANYBODYS = frozenset({"market_value", "score", "accuracy"})
# Where something stands before which one who only tells the figure yields.
_SPOKEN_OF = frozenset({"in_clause", "noun_in_clause", "earlier_here"})
# Size that only a model has: who made it is no candidate where the clause names a model.
_MODELS_ALONE = frozenset({"parameters", "parameters_active", "context_length"})
_MADE = frozenset({"model", "product"})
_MAKERS = frozenset({"organization", "person"})


class Subject(NamedTuple):
    """What a statement is about, and where it is named."""

    name: str
    kind: str
    entity_id: str | None
    start: int
    end: int


class Earlier(NamedTuple):
    """The figure told last before, and what it was taken to be about."""

    start: int
    subject: Subject


class Place(NamedTuple):
    """The figure that a subject is wanted for, and the one before it."""

    start: int
    end: int
    property_id: str
    earlier: Earlier | None = None


# What may be meant, and what speaks for it wherever the figure stands.
Offer = tuple[Subject, dict[str, float]]


class Around(NamedTuple):
    """The characters around a subject and a figure: behind (A) and before (B) the subject, before (E) and behind (G) the
    figure, the marks (C) and the numbers of commas (n) and full stops (s) between them where they are near."""

    property_id: str
    after: str
    before: str
    follows: str
    leads: str
    between: str | None

    def named(self) -> tuple[list[str], list[str]]:
        """Return the features that count alone, and those that count by the kind of what is named."""
        behind, last, leads = f"A{self.after}", f"B{self.before[-1:]}", f"E{self.leads}"
        own = [behind, behind[:2], last]
        by_kind = [behind, f"B{self.before}", last, f"G{self.follows}", f"G{self.follows[:1]}", self.property_id]
        if self.between is not None:
            by_kind.append(leads)
            own += [leads, _COMMAS[min(self.between.count("，"), 4)], _STOPS[min(self.between.count("。"), 3)]]
            own += [_MARKS[mark] for mark in _MARKS_BETWEEN.intersection(self.between)]
        return own, by_kind


class Candidate(NamedTuple):
    """Something that a figure may be about: what the text says for or against it, its fit, place and how often it is named.

    `around` are the characters around it and the figure, which `letters` tells by its kind and alone.
    """

    subject: Subject
    said: dict[str, float]
    fit: str
    adjacent: bool
    beside: str
    distance: float
    named: float
    group: str
    kind: str
    is_policy_text: bool
    around: Around

    @property
    def letters(self) -> list[str]:
        """Return the names of the characters around, by the kind of what is named and alone."""
        own, by_kind = self.around.named()
        return [*own, *(f"{self.kind}|{name}" for name in by_kind)]

    @property
    def features(self) -> dict[str, float]:
        """Return the names of what speaks for or against it, each with its strength."""
        beside = {self.beside: 1.0} | ({"adjacent": 1.0} if self.adjacent else {})
        fit = {self.fit: 1.0} if self.fit else {}
        return self.said | fit | beside | {"distance": self.distance, "count": self.named}


@dataclass(frozen=True, slots=True)
class Document:
    """What candidates are weighed by beyond their sentence; `news_of` are the policies told to be brought out, in
    order; `counts` is how often a name stands, as it weighs.

    What is found once for several figures is kept: topics by range, mentions and what surrounds them by bounds,
    and by sentence what is told before it.
    """

    outline: Outline
    mentions: Mentions
    mains: dict[str, Subject]
    policy: Subject | None
    is_policy_text: bool
    news_of: list[Subject]
    counts: Mapping[str, float]
    topics: dict[tuple[int, int], Topic | None] = field(default_factory=dict)
    named: dict[tuple[int, int], tuple[Subject, dict[str, float]]] = field(default_factory=dict)
    told: dict[int, list[Offer]] = field(default_factory=dict)
    nouns: dict[tuple[int, int], list[Run]] = field(default_factory=dict)
    worded: dict[int, list[Told]] = field(default_factory=dict)

    def runs(self, start: int, end: int) -> list[Run]:
        """Return the runs of nouns of a range."""
        place = (start, end)
        if place not in self.nouns:
            self.nouns[place] = runs(self.outline.text, self.words(start, end))
        return self.nouns[place]

    def words(self, start: int, end: int) -> list[Told]:
        """Return the words of a range: of the words of its clause those that stand in it, where none goes beyond."""
        clause = self.outline.clause(start)
        if start != clause[0] or end > clause[1]:
            return list(words(self.outline.text, self.mentions, start, end))
        whole = self.worded.get(start)
        if whole is None:
            whole = self.worded[start] = list(words(self.outline.text, self.mentions, *clause))
        index = bisect_right(whole, end, key=itemgetter(1))
        if index < len(whole) and whole[index][0] < end:
            return list(words(self.outline.text, self.mentions, start, end))
        return whole[:index]

    def policy_at(self, at: int) -> Subject | None:
        """Return the policy that a place speaks of: the one that its line told to be brought out, else the main one."""
        index = bisect_left(self.news_of, at, key=lambda policy: policy.start)
        if index and self.outline.text.find("\n", self.news_of[index - 1].start, at) < 0:
            return self.news_of[index - 1]
        return self.policy

    def topic(self, start: int, end: int) -> Topic | None:
        """Return what a range speaks of."""
        place = (start, end)
        if place not in self.topics:
            text = self.outline.text
            self.topics[place] = None if is_wordless(text, start, end) else topic(text, self.words(start, end))
        return self.topics[place]


def as_subject(mention: Mention) -> Subject:
    """Return a mention as a subject."""
    return Subject(mention.name, mention.kind, mention.entity_id, mention.start, mention.end)


def bare(text: str, found: Topic) -> Subject:
    """Return a noun phrase as a subject."""
    return Subject(_SPACES.sub(" ", text[found.start : found.end]), "topic", None, found.start, found.end)


def candidates(
    document: Document, place: Place, ruled: Subject | None, likely: Iterable[tuple[Subject, str]] = ()
) -> list[Candidate]:
    """List what a figure may be about, each once by name, the nearest place of it; `ruled` is what the rules choose, and
    `likely` what single rules say, by their names."""
    policy = document.policy_at(place.start)
    said_by = [_said_by(subject, rule) for subject, rule in likely]
    found = _merged(policy, (*said_by, *_offered(document, place, ruled)))
    for subject, said in _told(document, document.outline.sentence(place.start)[0]):
        known = found.get(subject.name)
        found[subject.name] = (subject, said) if known is None else (known[0], known[1] | said)
    if policy is not None and document.policy is not None and policy.name != document.policy.name:
        # A line that tells of another policy speaks of it, and not of the main one.
        _, said = found.pop(document.policy.name, (document.policy, {}))
        found[policy.name] = policy, said | found.get(policy.name, (policy, {}))[1]
    group, fits = group_of(place.property_id), fits_of(place.property_id)
    other = "not_preferred" if fits else ""
    clause, _ = document.outline.clause(place.start)
    offered = []
    for subject, said in found.values():
        adjacent, distance = _nearness(document.outline.text, place, subject)
        fit, named = fits.get(subject.kind, other), document.counts.get(subject.name, 0.0)
        kind = "bare" if "bare" in said and subject.kind == "topic" else subject.kind
        beside = _beside(document.outline.text, place, clause, subject)
        around = _around(document.outline.text, place, subject)
        offered.append(
            Candidate(
                subject, said, fit, adjacent, beside, distance, named, group, kind, document.is_policy_text, around
            )
        )
    if place.property_id in _MODELS_ALONE and place.earlier is not None:
        newer = _named_since(document, place.earlier.start, place.start)
        offered = [candidate for candidate in offered if candidate.subject.name in newer] or offered
    if place.property_id in _MODELS_ALONE and any(
        c.kind in _MADE and ("in_clause" in c.said or "modified" in c.said) for c in offered
    ):
        return [candidate for candidate in offered if candidate.kind not in _MAKERS]
    if place.property_id in _MODELS_ALONE and any(c.kind in _MADE for c in offered):
        # A size is a model's before it is that of a noun which only stands nearer.
        offered = [candidate for candidate in offered if candidate.kind != "bare"]
    if group in _NO_PERSONS and place.property_id not in _ANYBODYS:
        offered = [candidate for candidate in offered if candidate.kind != "person"] or offered
    if place.property_id in _GOTTEN:
        text = document.outline.text
        offered = [c for c in offered if "in_clause" not in c.said or not _GIVES.match(text, c.subject.end)] or offered
    if place.property_id in _FIRMS_ALONE:
        return [candidate for candidate in offered if candidate.subject.kind not in _NO_FIRMS] or offered
    return offered


def _named_since(document: Document, earlier: int, start: int) -> set[str]:
    """Return the models named in the figure's sentence since the figure before: 甲有7B参数；到了乙，参数达70B. What is only
    compared is none."""
    begin, _ = document.outline.sentence(start)
    named = document.mentions.within(max(begin, earlier), start)
    made = [m for m in named if m.kind in _MADE]
    return {m.name for m in made if not {"compared", "soft"} & _named(document, m, "")[1].keys()}


def _said_by(subject: Subject, rule: str) -> Offer:
    return subject, {f"said_{rule}": 1.0, **({"bare": 1.0} if subject.kind == "topic" else {})}


def _merged(policy: Subject | None, offers: Iterable[Offer]) -> dict[str, Offer]:
    """Return each subject once by name, as it is offered first, with all that speaks for it; the main policy by its own."""
    found: dict[str, Offer] = {}
    for offer in offers:
        if policy is not None and offer[0].kind == "policy" and offer[0].name.endswith(policy.name):
            offer = policy, offer[1]
        name = offer[0].name
        known = found.get(name)
        found[name] = offer if known is None else (known[0], known[1] | offer[1])
    return found


def _told(document: Document, begin: int) -> list[Offer]:
    """List what is told before a sentence and by the document as a whole, found once for all its figures."""
    if begin not in document.told:
        offers = [*_headed(document, begin), *_before(document, begin), *_main(document)]
        document.told[begin] = list(_merged(document.policy, offers).values())
    return document.told[begin]


def _offered(document: Document, place: Place, ruled: Subject | None) -> Iterator[Offer]:
    """Yield what the figure's own sentence offers."""
    outline, mentions = document.outline, document.mentions
    clause = outline.clause(place.start)
    begin, _ = outline.sentence(place.start)
    if ruled is not None:
        yield ruled, {"ruled": 1.0}
    if place.earlier is not None and place.earlier.start < place.start:
        here = {"earlier_here": 1.0} if begin <= place.earlier.start else {}
        yield place.earlier.subject, {"earlier": 1.0} | here
    inside = mentions.within(clause[0], place.start)
    kinds: set[str] = set()
    for index, mention in enumerate(reversed(inside)):
        yield _ordered(_named(document, mention, "in_clause"), index, len(inside), kinds)
    for mention in mentions.within(place.end, min(clause[1], place.end + _AFTER))[:2]:
        offer = _named(document, mention, "after")
        if MODIFIES.fullmatch(outline.text, place.end, mention.start):
            offer[1]["modified"] = 1.0
        yield offer
    yield from _noun(document, clause, place.start, "noun_in_clause")
    yield from _noun_after(document, clause, place)
    earlier = mentions.within(begin, clause[0])
    for index, mention in enumerate(reversed(earlier[-6:])):
        yield _ordered(_named(document, mention, "in_sentence"), index, len(earlier), kinds)
    for number, (start, end) in enumerate(outline.clauses_before(place.start)[:3]):
        yield from _noun(document, (start, end), end, f"noun_clause_before_{number}")
    beside = document.runs(*clause)
    yield from _runs(document, [run for run in beside if run.end <= place.start][-4:], "here")
    for number, (start, end) in enumerate(outline.clauses_before(place.start)[:2]):
        yield from _runs(document, document.runs(start, end)[:3], f"before_{number}")
    behind = [run for run in beside if place.end <= run.start and run.end <= place.end + _BEHIND]
    yield from _runs(document, behind[:2], "behind")


def _main(document: Document) -> Iterator[Offer]:
    for kind, subject in document.mains.items():
        if kind in {"model", "organization", "product", "person", ""}:
            yield subject, {f"main_{kind or 'any'}": 1.0}
    if document.policy is not None:
        yield document.policy, {"policy_main": 1.0}


def _named(document: Document, mention: Mention, where: str) -> Offer:
    place = (mention.start, mention.end)
    if place not in document.named:
        document.named[place] = as_subject(mention), _surroundings(document.outline.text, mention)
    subject, features = document.named[place]
    return subject, {where: 1.0} | features


def _surroundings(text: str, mention: Mention) -> dict[str, float]:
    start, end = mention.start, mention.end
    before = text[start - 1 : start]
    # No word that governs a name stands before it over a mark that parts.
    leads = before not in _PARTS
    features = {}
    if leads and COMPARED.search(text, max(0, start - 8), start):
        features["compared"] = 1.0
    if leads and SOFT.search(text, max(0, start - 4), start):
        features["soft"] = 1.0
        if mention.kind in _FIELDS and _WITHIN.match(text, end):
            features["compared"] = 1.0
    if owns(text, mention):
        features["owns"] = 1.0
    features[f"before_{_BEFORE.get(before, 'other')}"] = 1.0
    if (leads and _TELLER_BEFORE.search(text, max(0, start - 6), start)) or _TELLS.match(text, end):
        features["speaker"] = 1.0
    if _OPENS_LINE.search(text, max(0, start - 8), start) and _LABELS.match(text, end):
        # Who speaks: **青禾：** 我们….
        features["speaker"] = features["label"] = 1.0
    after = _NEXT.match(text, end)
    features[f"next_{after.lastgroup if after else 'other'}"] = 1.0
    if leads and _DEED_BEFORE.search(text, max(0, start - 5), start):
        features["object"] = 1.0
    return features


def _ordered(offer: Offer, index: int, count: int, kinds: set[str]) -> Offer:
    """Add how a name stands among those before the figure; `kinds` holds the kinds that stand nearer."""
    kind = offer[0].kind
    if kind not in kinds:
        kinds.add(kind)
        offer[1]["nearest_kind"] = 1.0
    if index == 0:
        offer[1]["nearest"] = 1.0
    if index == 1:
        offer[1]["second"] = 1.0
    if index == count - 1:
        offer[1]["first"] = 1.0
    return offer


def _noun(document: Document, clause: tuple[int, int], head: int, where: str) -> Iterator[Offer]:
    text = document.outline.text
    found = document.topic(clause[0], head)
    if found is None or found.pronoun is not None:
        return
    subject = as_subject(found.mention) if found.mention is not None else bare(text, found)
    features = {where: 1.0, f"{where}_measured": float(found.measured), "spoken": 1.0}
    if found.mention is None:
        for part in document.mentions.within(found.start, found.end):
            yield as_subject(part), {"part": 1.0}
        features["bare"] = 1.0
        features["bare_length"] = min(found.end - found.start, 12) / 12
        tail = text.rfind("的", found.start, found.end) + 1
        if tail and found.end - tail > 1:
            yield Subject(text[tail : found.end], "topic", None, tail, found.end), {"after_de": 1.0, "bare": 1.0}
    yield subject, features


def _runs(document: Document, found: list[Run], where: str) -> Iterator[Offer]:
    """Offer the runs of nouns of a clause, by their order and by what stands around them."""
    text = document.outline.text
    for number, run in enumerate(found if where != "here" else reversed(found)):
        length = min(run.end - run.start, _LONG)
        name = _SPACES.sub(" ", text[run.start : run.end])
        yield (
            Subject(name, "topic", None, run.start, run.end),
            _run_features(where, number, run.before, run.after, length, run.cut),
        )


@lru_cache(maxsize=4096)
def _run_features(where: str, number: int, before: str, after: str, length: int, cut: bool) -> dict[str, float]:
    features = {
        f"run_{where}": 1.0,
        f"run_{where}_{number}": 1.0,
        f"run_{where}_after_{after}": 1.0,
        f"run_{where}_lead_{before}": 1.0,
        "bare": 1.0,
        "bare_length": length / _LONG,
    }
    return features | {f"run_{where}_cut": 1.0} if cut else features


def _noun_after(document: Document, clause: tuple[int, int], place: Place) -> Iterator[Offer]:
    """What a count counts: 8家大模型, 16万演员."""
    text = document.outline.text
    found = document.topic(place.end, min(clause[1], place.end + 16))
    if found is None or found.pronoun is not None or found.start - place.end > 2:
        return
    if found.measured and group_of(place.property_id) != "count":
        # 2,500亿元的累积资本支出: what follows only says what is measured.
        return
    subject = as_subject(found.mention) if found.mention is not None else bare(text, found)
    yield subject, {"noun_after": 1.0, **({} if found.mention else {"bare": 1.0})}


def _headed(document: Document, begin: int) -> Iterator[Offer]:
    """What the nearest heading above names: a short line of its own."""
    text = document.outline.text
    for at, end in document.outline.sentences_before(begin, _HEADING_REACH):
        line = text[at:end].strip(" \n\t\u3000*#")
        if not 1 < len(line) <= _HEADING_LENGTH or line[-1] in "。！？；：，.:,":
            continue
        named = document.mentions.within(at, end)
        if named:
            yield as_subject(named[0]), {"headed": 1.0}
            return
        plain = _LIST_NUMBER.sub("", line)
        if 2 <= len(plain) <= 16:
            start = text.index(plain, at)
            yield Subject(plain, "topic", None, start, start + len(plain)), {"headed": 1.0, "bare": 1.0}
            return


def _before(document: Document, begin: int) -> Iterator[Offer]:
    for number, sentence in enumerate(document.outline.sentences_before(begin, _SENTENCES_BEFORE), start=1):
        named = document.mentions.within(*sentence)
        for position, mention in (("first", named[:1]), ("last", named[-1:])):
            for one in mention:
                yield _named(document, one, f"sentence_before_{number}_{position}")
        strong = [m for m in named if m.kind in {"organization", "model", "product", "person"}]
        for one in strong[:1]:
            yield as_subject(one), {f"sentence_before_{number}_strong": 1.0}


def _beside(text: str, place: Place, clause: int, subject: Subject) -> str:
    """Return how a subject lies to the figure: behind it, before its bracket, near or far in its clause, or before that."""
    if subject.start >= place.end:
        return "behind"
    gap = place.start - subject.end
    if 0 <= gap <= _TOUCHING and OPENED.fullmatch(text, subject.end, place.start):
        return "opened"
    if subject.start < clause:
        return "outside"
    return "clause_near" if gap <= ADJOINING else "clause_far"


def _nearness(text: str, place: Place, subject: Subject) -> tuple[bool, float]:
    """Return whether the figure follows a subject's name at once, and how far it is, as it weighs."""
    distance = place.start - subject.end
    if distance > ADJOINING:
        return False, math.log1p(distance) / 6
    if distance >= 0:
        return adjoins(text, subject.end, place.start), math.log1p(distance) / 6
    return False, math.log1p(max(0, subject.start - place.end)) / 6


def _around(text: str, place: Place, subject: Subject) -> Around:
    near = 0 <= place.start - subject.end <= _BETWEEN
    return Around(
        place.property_id,
        text[subject.end : subject.end + 2],
        text[max(0, subject.start - 2) : subject.start],
        text[place.end : place.end + 2],
        text[max(0, place.start - 2) : place.start],
        text[subject.end : place.start] if near else None,
    )


def combined(candidate: Candidate) -> dict[str, float]:
    """Return a candidate's features with those that stand for two at once: where it stands, by group and by kind."""
    group, kind = candidate.group, candidate.kind
    features = candidate.features
    for name in list(features):
        if name in _POSITIONS:
            features[f"{group}:{name}"] = 1.0
            features[f"{kind}:{name}"] = 1.0
    features |= dict.fromkeys(_standing(group, kind, candidate.is_policy_text), 1.0)
    if candidate.is_policy_text and "policy_main" in features:
        features[f"policy_text_{group}"] = 1.0
    return features | dict.fromkeys(candidate.letters, 1.0)


def _standing(group: str, kind: str, is_policy_text: bool) -> list[str]:
    names = [f"kind_{kind}", f"{group}_{kind}"]
    return [*names, f"policy_text_{kind}"] if is_policy_text else names


class SubjectRanker:
    """Chooses the likeliest candidate by weights that were fitted to hand-read texts."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = dict(weights)
        # Of two things at once (:, |) and of the characters around (capitals) each candidate asks for itself.
        self._single = {name: own for name, own in weights.items() if not (_JOINT.search(name) or name[0].isupper())}
        self._kinds: dict[str, dict[str, float]] = {}
        for name, own in weights.items():
            kind, parted, rest = name.partition("|")
            if parted:
                self._kinds.setdefault(kind, {})[rest] = own
        self._tables: dict[tuple[str, str, bool], tuple[float, dict[str, float]]] = {}

    def best(self, offered: Iterable[Candidate]) -> Subject | None:
        """Return the subject with the greatest weight; None where nothing is offered."""
        best, top, own = None, -math.inf, self.weights
        choice = list(offered)
        # Who only tells a figure yields to what its own clause, or the figure before it in the sentence, speaks of.
        others = [candidate for candidate in choice if "speaker" not in candidate.said]
        if len(others) < len(choice) and any(not _SPOKEN_OF.isdisjoint(other.said) for other in others):
            choice = others
        for candidate in choice:
            total, weights = self._table(candidate.group, candidate.kind, candidate.is_policy_text)
            for name, value in candidate.said.items():
                total += weights.get(name, 0.0) * value
            if candidate.fit:
                total += weights.get(candidate.fit, 0.0)
            total += weights[candidate.beside]
            if candidate.adjacent:
                total += weights["adjacent"]
            alone, by_kind = candidate.around.named()
            for name in alone:
                total += own.get(name, 0.0)
            of_kind = self._kinds.get(candidate.kind, _NONE)
            for name in by_kind:
                total += of_kind.get(name, 0.0)
            total += weights["distance"] * candidate.distance
            total += weights["count"] * candidate.named
            if total > top:
                best, top = candidate.subject, total
        return best

    def _table(self, group: str, kind: str, is_policy_text: bool) -> tuple[float, dict[str, float]]:
        """Return what a candidate of this group and kind weighs at once, and each single feature's summed weight."""
        key = (group, kind, is_policy_text)
        known = self._tables.get(key)
        if known is None:
            own = self.weights
            table = {"distance": 0.0, "count": 0.0} | self._single
            for name in _POSITIONS:
                table[name] = own.get(name, 0.0) + own.get(f"{group}:{name}", 0.0) + own.get(f"{kind}:{name}", 0.0)
            if is_policy_text:
                table["policy_main"] += own.get(f"policy_text_{group}", 0.0)
            known = sum(own.get(name, 0.0) for name in _standing(group, kind, is_policy_text)), table
            self._tables[key] = known
        return known


def load_ranker(path: Path) -> SubjectRanker:
    """Read the weights of a file."""
    return SubjectRanker(read_weights(path.read_text(encoding="utf-8")))
