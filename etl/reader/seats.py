"""Seats: where an organization is, as a clause tells it of a place and a name beside: 总部位于甲的X, 甲公司X, X总部设在甲."""

import re
from collections.abc import Iterator
from itertools import pairwise

from etl.reader.mentions import Mention
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal
from etl.reader.ties import tie

_MARKS = r"[ \n*_“”「」《》`]*"
_SEATED = re.compile(
    r"(?:总部(?:均|都)?(?:设立?|位|坐落|落)?(?:于|在)|位于|坐落[于在]|落户(?:于|在)?|扎根(?:于|在)?|来自)[ \n]?$"
)
_FIRM = r"(?:公司|企业|厂商|初创(?:公司|企业)?|创企|供应商|服务商|运营商|制造商|开发商|零售商|集团|银行|机构|实验室|研究所|研究院|巨头|独角兽|基金|风投|工作室|律所|媒体|智库|平台|新秀|新贵)"
# What kind of firm it is may stand between: 韩国无晶圆厂芯片初创企业X.
_OF_KIND = re.compile(rf"(?:的)?(?:著名|知名|老牌|本土|大型|一家)*[\u3400-\u9fffA-Za-z、 ]{{0,16}}?{_FIRM}{_MARKS}")
_OF = re.compile(rf"(?:市|郊外|地区|附近|市中心)?的?(?:[\u3400-\u9fffA-Za-z ]{{0,14}}?{_FIRM})?{_MARKS}")
_PLAIN = re.compile(rf"的{_MARKS}")
_HAS_SEAT = re.compile(
    rf"{_MARKS}(?:公司|集团)?(?:的|将)?(?:全球|亚太|美国|中国|新)?总部(?:也|则|就)?(?:(?:设立?|位|坐落|落)(?:于|在)|在)(?:了)?{_MARKS}"
    rf"|{_MARKS}(?:公司|集团)?(?:也|则|是|已|最初|正式|[ ])*在{_MARKS}(?=[^，。；\n]{{2,12}}(?:注册成立|注册|登记注册))|{_MARKS}(?:位于|坐落[于在]|落户(?:于|在)?){_MARKS}|{_MARKS}(?:宣布|已|将|计划)*(?:把|将)总部(?:从[^，。；\n]{{1,14}}?)?(?:迁|搬)(?:至|到|往){_MARKS}"
)
# Whom a place's bodies of state are of goes without saying, and they sit elsewhere.
_OF_STATE = re.compile(r"(?:部|局|署|厅|委|委员会|政府|法院|检察院|议会|国会|参议院|众议院|军|总统府|央行|联储|使馆)$")
_MOVED_FROM = re.compile(r"(?:从|自|由|向|赴|对|往|在)[ \n]?$")
_EVERYWHERE = frozenset({"全球", "世界", "海外", "国外", "国内", "亚洲", "欧洲", "欧美", "西方"})
_IS_ONE = re.compile(rf"{_MARKS}(?:公司)?(?:是|为|作为)(?:一家|一间|一个)?(?:来自|总部(?:位于|设在|在))?{_MARKS}")
_OF_PLACE = re.compile(rf"(?:的)?(?:著名|知名|老牌|本土|大型|领先的?)*[\u3400-\u9fffA-Za-z ]{{0,12}}?{_FIRM}")
_SEATED_KINDS = frozenset({"place", "organization"})
_REACH, _MOST = 28, 12


class SeatReader:
    """Reads where the organizations of one document are."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the seats that a range tells of a place and an organization side by side."""
        named = [m for m in self.parties.mentions.within(start, end) if m.kind in _SEATED_KINDS]
        for index, (one, other) in enumerate(pairwise(named)):
            behind = self.parties.end(one)
            if not 0 <= other.start - behind <= _REACH:
                continue
            if one.kind == "place" and other.kind == "organization" and self._sits(one, other):
                for body in self.parties.group_after(named[index + 1 : index + 1 + _MOST]):
                    if body.kind == "organization":
                        yield tie("located_in", body, one, place=body)
            elif self._has(one, other, behind) or self._is_from(one, other, behind):
                yield tie("located_in", one, other)

    def _has(self, body: Mention, place: Mention, behind: int) -> bool:
        """Tell whether an organization is said to have its seat at a place behind its name."""
        if body.kind != "organization" or place.kind != "place" or place.name in _EVERYWHERE:
            return False
        return _HAS_SEAT.fullmatch(self.text, behind, place.start) is not None

    def _is_from(self, body: Mention, place: Mention, behind: int) -> bool:
        """Tell whether an organization is said to be a firm of a place: X是一家美国公司."""
        if body.kind != "organization" or place.kind != "place" or place.name in _EVERYWHERE:
            return False
        said = _IS_ONE.fullmatch(self.text, behind, place.start)
        return said is not None and _OF_PLACE.match(self.text, place.end) is not None

    def _sits(self, place: Mention, body: Mention) -> bool:
        """Tell whether an organization behind a place's name is said to be there."""
        if _OF_STATE.search(body.name) or body.name.startswith(place.name) or place.name in _EVERYWHERE:
            return False
        if _SEATED.search(self.text, max(0, place.start - 10), place.start):
            return _OF.fullmatch(self.text, place.end, body.start) is not None
        if _MOVED_FROM.search(self.text, max(0, place.start - 2), place.start):
            return False
        return any(form.fullmatch(self.text, place.end, body.start) for form in (_OF_KIND, _PLAIN))
