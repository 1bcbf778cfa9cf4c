"""Whom an event befalls: the thing released, the body founded, the firm funded or bought, the person gone."""

import re

from etl.reader.bodies import BODY, Bodies
from etl.reader.clauses import Outline
from etl.reader.deeds import Deed
from etl.reader.forms import is_person
from etl.reader.mentions import Mention, Mentions
from etl.reader.nearby import clauses_before
from etl.reader.releases import Releases
from etl.reader.roles import listed
from etl.reader.subjects import Subject, as_subject
from etl.reader.surroundings import ACTORS, BODIES, FIRMS, REACH, THINGS, Surroundings

_GATHERING = r"(?:“[^”\n]{2,16}”)?[^，。、；：！？\n*#|（）()“”]{0,30}?(?:大会|峰会|论坛|博览会|交易会|研讨会|发布会|交流会|座谈会|展览会|年会|开发者日|开放日|听证会|签约仪式|启动仪式|揭牌仪式|开工仪式|[\u3400-\u9fff]会议|宣讲会|推介会|挑战赛|大赛|展会)|(?:[A-Z][A-Za-z&']*[ ]){1,5}(?:Conference|Summit|Forum|Expo|Symposium|Workshop|Week|Day|Keynote)(?![A-Za-z])"
_GATHERING_AFTER = re.compile(
    rf"(?:了|的|[“「*\s]|一场|一次|首次|第[一二三四五六七八九十\d]+届(?=[ *“「])|首届(?=[^，。]{{0,3}}会))*(?P<name>{_GATHERING})"
)
_AT = re.compile(
    r"(?:在|于)[ \n]?(?:[^，。；、\n]{0,12}?(?:举办|举行|召开)的)?(?:(?:首次|本届|此次|这次|该|刚刚|一场|[ \n])*[“「]?)(?!本|此|该|这|一)(?P<name>[^，。、；：！？\n*#|（）()“”「」]{1,30}?(?:大会|峰会|论坛|发布会|博览会|年会|听证会|开发者日|研讨会))[”」]?上$"
)
_SHORTEST = 4
_GATHERING_BEFORE = re.compile(
    rf"(?:^|[，。；：！？\n#*]|日|月|年|在|将|，|悉|获悉|的)(?P<name>{_GATHERING})[”」*\s）)]*(?:于|在|将|正式|即将|如期|今天|今日|近日)?[^，。；\n]{{0,16}}$"
)
# 甲银行发表研究报告指: who reports needs no date.
_REPORT = re.compile(r"了?(?:一份|最新)?(?:研究|调研|行业|分析)?(?:报告|研报)(?:指|称|认为|表示|显示|，)")
_WORK = re.compile(r"论文|报告|文章|研究|成果|期刊|Nature|Science")
_OPENS = re.compile(
    r"[ \n*#>“]*(?P<name>[\u4e00-\u9fff]{2,3}?)[ \n]*(?:于|在|被|已|将|正式|近期|近日|日前|随后|从|由|[ \n\d年月日初底])*$"
)
_SERVED = re.compile(
    r"[ \n*#>“]*(?P<name>[\u4e00-\u9fff]{2,3}?)[ \n]*(?:于|在|[ \n\d年月日初底])*(?:加入|进入|出任|担任|就任|升任|毕业|入职)"
)
_NAMED_TO = re.compile(r"了?(?P<name>[\u4e00-\u9fff]{2,3})(?:为|担任|出任|接任)")
_ALONG = re.compile(r"(?:[与和同跟随]|接替|接棒|接过|取代|代替|替代)[ \n]?$")
# Said of much else too: told of a person only where a date is told with it.
_UNSURE = frozenset({"离开", "退出", "告别", "出走", "执掌", "接掌", "出掌", "接棒", "被裁"})
# An office that was held, not one that was taken up.
_HELD = re.compile(r"(?:曾|一直|先后|期间|至今|历任|以来|[到至])[^，。；\n]{0,12}$")
# 主席由甲担任: who it is by takes it up.
_BY_WHOM = re.compile(r"(?:将|改|已|开始)由|由(?=[^，。；\n]{2,40}$)")
_TAKEN = re.compile(r"[把将][^，。；把将]{0,12}$")
_AGAINST = re.compile(r"(?:对|被|将|把|向)[ \n*“]*$")
_TEAM = re.compile(
    r"了?(?:其|旗下的?|负责[^，。；\n]{2,30}的|[ \n*“「])*(?P<name>[^，。、；：！？“”「」*（）()\n了的]{2,16}?(?:团队|部门|小组|事业部|实验室))"
)
_TEAM_BEFORE = re.compile(
    r"(?P<name>[^，。、；：！？“”「」*（）()\n的将已被]{2,14}(?:团队|部门|小组|事业部|实验室))[ \n]*(?:已经?|正式|被|将|宣布|于[\d年月日底]+)*$"
)
# Between 任命 and the person stands who that is, and no other deed: 任命前X高管甲为….
_DEED_BETWEEN = re.compile(r"[，为]|担任|接替|以")
_OFFICE, _RIGHT_BEHIND = 30, 3
_ONLY_GOES_ON = re.compile(
    r"[ \n*]*(?:并且?|还|也|又|首次|正式|同时|随后|随即|公司|该公司|再次|对外|公开|同步|率先|将|已经?|[ \n])*"
)
_POSSESSED_THING = re.compile(r"的(?:模型|功能|产品|应用|服务|系统|芯片|技术)")
_SINCE = re.compile(r"[^，。；\n]{0,14}?(?:以来|以后|之后|后)，[ \n]?")
_HIRED = 40
_DESCRIBED = re.compile(r"的[^，。；：、\n的了]{0,24}")


class Happenings:
    """Finds the subjects of events."""

    def __init__(self, outline: Outline, mentions: Mentions) -> None:
        self.outline = outline
        self.text = outline.text
        self.mentions = mentions
        self.around = Surroundings(outline, mentions)
        self.releases = Releases(self.around)
        self.bodies = Bodies(self.around)

    def subjects(self, deed: Deed, actors: list[Subject], *, dated: bool) -> list[Subject]:
        """Return what an event befell; nothing where the text does not say it plainly."""
        find = {
            "thing": self.releases.things,
            "strict": self.releases.touching,
            "given": self.releases.given,
            "access": self.releases.things,
            "body": self.bodies.founded,
            "begun": self.bodies.begun,
            "bought": self.bodies.bought,
            "merged": self.bodies.merged,
            "funded": self.bodies.funded,
            "invested": self.bodies.invested,
            "round": self.bodies.won,
            "award": self._awarded,
            "person": self._person,
            "serving": self._serving,
            "joined": self._joined,
            "back": self._back,
            "becoming": self._serving,
            "interview": self._interviewed,
            "dismissed": self._dismissed,
            "hired": self._hired,
            "set_up": self.bodies.set_up,
            "joint": self.bodies.partners,
            "paper": self._published,
            "request": self._requested,
            "partners": self.bodies.partners,
            "signing": self.bodies.partners,
            "staff": self._employer,
            "sued": self._sued,
            "dissolved": self._dissolved,
            "hands": self.bodies.hand_in_hand,
            "renamed": self._renamed,
            "gathering": self._gathering,
            "at": self._at_gathering,
            "listed": self.bodies.on_market,
            "lands": self.bodies.landing,
            "filing": self.bodies.for_market,
            "actor": self._actor,
            "said": self._actor,
            "named": self.releases.shown,
        }[deed.role]
        return find(deed, actors, dated)

    def actors(self, deed: Deed) -> list[Subject]:
        """Return who acts: the organizations or persons that the clause names before the word, listed ones together."""
        return self.around.actors(deed)

    def _person(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self.around.clause(deed.start)
        if self.text.startswith("的", deed.end):
            # 去年离职的首席科学家甲: whom the clause describes stands behind it.
            told = self.around.after(deed, frozenset({"person"}), _OFFICE)
            whose = told and _DESCRIBED.fullmatch(self.text, deed.end, told[0].start)
            return [as_subject(told[0])] if whose and dated else []
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person" and not self._goes_along(m)]
        sure = self.text[deed.start : deed.end] not in _UNSURE or bool(self.around.after(deed, BODIES, _RIGHT_BEHIND))
        if named:
            return [as_subject(named[-1])] if dated or sure else []
        then = self._then(deed) if dated else []
        if then:
            return then
        unknown = self._unknown(deed) if dated else []
        if unknown:
            return unknown
        for start, end in clauses_before(self.outline, deed.start, 2) if dated else ():
            named = [m for m in self.mentions.within(start, end) if m.kind == "person" and self.text[m.end] != "的"]
            if named:
                return [as_subject(named[-1])]
        return []

    def _then(self, deed: Deed) -> list[Subject]:
        """Return the person whom the next clause opens with, where this one only tells since when: 自2022年离开微软以来，甲…."""
        since = _SINCE.match(self.text, deed.end)
        named = self.mentions.beginning([(since.end(), since.end() + 1)]) if since else []
        return [as_subject(m) for m in named if m.kind == "person"]

    def _serving(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who takes up an office on a date: 9月起甲担任X的CEO."""
        begin, _ = self.around.clause(deed.start)
        held = _HELD.search(self.text, max(begin, deed.start - 24), deed.start)
        by = _BY_WHOM.search(self.text, begin, deed.start)
        return self._person(deed, actors, dated) if (dated or by) and not held else []

    def _unknown(self, deed: Deed) -> list[Subject]:
        """Return the person whose name opens the clause, though nothing else in the text makes it known."""
        begin, _ = self.around.clause(deed.start)
        found = _OPENS.match(self.text[begin : deed.start])
        for start, end in clauses_before(self.outline, deed.start, 3) if found is None else ():
            begin, found = start, found or _SERVED.match(self.text[start:end])
        if found is None or not is_person(found["name"]):
            return []
        return [Subject(found["name"], "person", None, begin + found.start("name"), begin + found.end("name"))]

    def _goes_along(self, mention: Mention) -> bool:
        """Tell whether another is the subject: 他与X同一天离职, after his talk with X."""
        begin, _ = self.outline.clause(mention.start)
        return _ALONG.search(self.text, max(begin, mention.start - 3), mention.start) is not None

    def _joined(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who joins a body that is named after the word."""
        joins = [m for m in self.around.after(deed, BODIES, 10) if not _POSSESSED_THING.match(self.text, m.end)]
        body = BODY.match(self.text, deed.end)
        if not joins and body is None:
            return []
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in ACTORS]
        if named:
            return [as_subject(next((m for m in named if m.kind == "person"), named[0]))]
        return self._person(deed, actors, dated) if dated else []

    def _interviewed(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who gives an interview, or speaks in one, where a person does: 甲接受了X的专访."""
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person"]
        return [as_subject(named[-1])] if named else []

    def _back(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the person who comes back, to a body that is named behind the word or to where he was before."""
        found = self._joined(deed, actors, dated)
        if found:
            return found
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person"]
        return [as_subject(m) for m in named[:1]] if len({m.name for m in named}) == 1 else []

    def _dismissed(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the person whom a board or firm puts out: 解雇了X, 把X踢出."""
        after = self.around.after(deed, frozenset({"person"}), _OFFICE)
        if after and not _DEED_BETWEEN.search(self.text, deed.end, after[0].start):
            return [as_subject(after[0])]
        if deed.event == "appointed":
            named_to = _NAMED_TO.match(self.text, deed.end)
            known = named_to is not None and is_person(named_to["name"])
            return [Subject(named_to["name"], "person", None, *named_to.span("name"))] if named_to and known else []
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind == "person"]
        taken = [m for m in named if _TAKEN.search(self.text, max(begin, m.start - 14), m.start)]
        return [as_subject(taken[-1])] if taken else []

    def _awarded(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who won a prize: all that are listed, 与 before the later ones or not; a thing where no other is named."""
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in ACTORS]
        first = next((m for m in named if not self._goes_along(m)), None)
        if first is not None:
            return [as_subject(m) for m in listed(self.text, [m for m in named if m.start >= first.start])]
        things = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS]
        if things:
            return [as_subject(m) for m in things[-1:]] if dated or deed.told else []
        return self._before_clause(deed, ACTORS)

    def _before_clause(self, deed: Deed, kinds: frozenset[str]) -> list[Subject]:
        """Return whom the sentence's nearest clause before speaks of: 甲是科学家，于2001年与乙获得了…."""
        for start, end in clauses_before(self.outline, deed.start):
            named = [m for m in self.mentions.within(start, end) if m.kind in kinds]
            if named:
                return [as_subject(named[0])]
        return []

    def _hired(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the person whom a firm takes on: 聘请了X, 挖来X."""
        after = self.around.after(deed, frozenset({"person"}), _HIRED)
        told = dated or deed.told
        return [as_subject(m) for m in listed(self.text, after)] if after and told else []

    def _renamed(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS | BODIES]
        for mention in named:
            if self.text[max(0, mention.start - 1) : mention.start] == "将":
                return [as_subject(mention)]
        return [as_subject(named[0])] if named else self.releases.carried(deed)

    def _gathering(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        begin, _ = self.around.clause(deed.start)
        found = _GATHERING_AFTER.match(self.text, deed.end)
        if found is None:
            lead = self.text[max(begin, deed.start - 60) : deed.start]
            found = _GATHERING_BEFORE.search(lead)
            if found is None:
                return []
            start = max(begin, deed.start - 60) + found.start("name")
        else:
            start = found.start("name")
        name = found["name"].strip()
        if len(name) < _SHORTEST:
            return []
        return [Subject(name, "gathering", None, start, start + len(found["name"]))]

    def _at_gathering(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the gathering at which something befell on a date: 5月3日，甲在云帆大会上发布…."""
        begin, _ = self.around.clause(deed.start)
        found = _AT.search(self.text, max(begin, deed.start - 40), deed.end) if dated else None
        if found is None or len(found["name"]) < _SHORTEST:
            return []
        return [Subject(found["name"], "gathering", None, *found.span("name"))]

    def _published(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return what was published, where it is work: the thing whose results they are, else who wrote it."""
        begin, end = self.around.clause(deed.start)
        if not dated:
            return actors[:1] if _REPORT.match(self.text, deed.end) else []
        if not _WORK.search(self.text, begin, min(end, deed.end + 40)):
            return []
        things = [
            m for m in self.mentions.within(begin, deed.start) if m.kind in THINGS and not self.around.in_title(m)
        ]
        before = [m for m in self.mentions.within(begin, deed.start) if m.kind in ACTORS]
        return [as_subject(m) for m in things[-1:]] or actors[:1] or [as_subject(m) for m in before[:1]]

    def _requested(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who files an application with an authority: 向X提交了…申请."""
        if not dated:
            return []
        begin, _ = self.around.clause(deed.start)
        to = self.text.rfind("向", begin, deed.start)
        asking = [m for m in self.mentions.within(begin, to) if m.kind in ACTORS | FIRMS] if to >= 0 else []
        return [as_subject(m) for m in asking[:1]] or (actors[:1] if to < 0 else [])

    def _sued(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who is sued, where a body is named after the word or before it as such: X起诉Y, X对Y提起诉讼."""
        after = self.around.after(deed, BODIES, 10)
        begin, _ = self.around.clause(deed.start)
        named = [m for m in self.mentions.within(begin, deed.start) if m.kind in ACTORS]
        against = [m for m in named if _AGAINST.search(self.text, max(begin, m.start - 3), m.start)]
        named_by = actors or self.text[deed.start - 1] == "》"
        sued = (listed(self.text, after) if named_by else []) or against[-1:]
        return [as_subject(m) for m in sued] or (actors[:1] if dated else [])

    def _dissolved(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the body that is dissolved: named after the word, else right before it."""
        body = BODY.match(self.text, deed.end) or _TEAM.match(self.text, deed.end)
        if body is not None:
            return [Subject(re.sub(r"\s+", " ", body["name"]), "organization", None, *body.span("name"))]
        begin, _ = self.around.clause(deed.start)
        team = _TEAM_BEFORE.search(self.text, max(begin, deed.start - 24), deed.start)
        if team is None:
            return []
        return [Subject(team["name"], "organization", None, *team.span("name"))]

    def _actor(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return who acts: whom the clause names, else whom the one before does, where this only goes on."""
        if actors:
            return actors[:1]
        begin, _ = self.around.clause(deed.start)
        going = _ONLY_GOES_ON.fullmatch(self.text, begin, deed.start)
        return self._before_clause(deed, ACTORS) if going and dated else []

    def _employer(self, deed: Deed, actors: list[Subject], dated: bool) -> list[Subject]:
        """Return the body that lays people off: the one that acts, else the one that the sentence names last before."""
        bodies = [actor for actor in actors if actor.kind in BODIES]
        if bodies or not dated:
            return bodies[:1] or actors[:1]
        begin, _ = self.outline.sentence(deed.start)
        named = [m for m in self.mentions.within(max(begin, deed.start - REACH), deed.start) if m.kind in BODIES]
        return [as_subject(m) for m in named[-1:]]
