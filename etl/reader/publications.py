"""Publications: reports and papers by their titles, who brought them out, and when."""

import re
from collections.abc import Iterator
from typing import Any

from etl.reader.instruments import is_policy, spelled
from etl.reader.mentions import Mention
from etl.reader.names import titles
from etl.reader.parties import Parties
from etl.reader.proposals import Proposal, event_on
from etl.reader.roles import acts
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject
from etl.reader.ties import tie

METHOD = "rule:publications@1"
# What the titles of reports end in; what stands behind other titles and tells that they are such.
_REPORT = re.compile(
    r"(?:报告|白皮书|蓝皮书|绿皮书|皮书|展望|研究|图谱|指数|年鉴|手册|论文|综述|榜单|洞察|趋势|简报|Report|Review|Outlook|Index|Survey|Papers?)(?:[（(][^（）()]{1,20}[）)]|(?:19|20)\d\d|20\d\d[-—–]20\d\d年?)*$"
)
_CALLED = re.compile(
    r"[》〉][ \n*]*(?:的)?(?:技术|研究|调查|行业|年度|专题|分析)*(?:报告|方案|论文|白皮书|蓝皮书|研究成果)"
)
_BROUGHT_OUT = re.compile(
    r"(?P<deed>发布|公布|推出|发表|出版|编制|撰写|编写|刊发)了?(?:题为|名为|最新(?:版)?的?|首[份个部]|一[份篇部]|两[份篇部]|[^，。；：《》\n]{0,14}?)[ \n*]*[《〈]$"
)
_CAME_OUT = re.compile(
    r"[》〉](?:报告|白皮书)?[ \n]*(?:近日|日前|今日|今天|正式|在[^，。；\n]{2,20}|[ \n])*(?P<deed>发布|出炉|亮相|公布|出版)"
)
# Listed titles come out together.
_AND = re.compile(r"[》〉](?:[（(][^（）()\n]{1,20}[）)])?[ \n]*(?:、|和|与|及|以及)[ \n]*[《〈]")
_OF_LATE = re.compile(r"(?:近日|日前|最近|近期|今日|今天|昨日|昨天|刚刚|正式|已经?|联合|宣布|共同)")
_REACH, _LEAD = 60, 90


class PublicationReader:
    """Reads the reports and papers of one document."""

    def __init__(self, parties: Parties, scope: ScopeFinder) -> None:
        self.parties = parties
        self.text = parties.text
        self.scope = scope

    def read(self) -> Iterator[Proposal]:
        """Yield when each was published, and by whom."""
        told: tuple[int, int] | None = None
        last = -1
        for start, end, title in titles(self.text):
            name = spelled(title)
            listed = told is not None and last >= 0 and _AND.fullmatch(self.text, last, start) is not None
            last = end
            deed = told if listed else self._deed(start, end)
            told = deed
            if deed is None or is_policy(name) or not self._is_publication(name, end, listed=listed):
                continue
            subject = Subject(name, "publication", None, start, end)
            makers = self._makers(deed[0])
            yield from self._published(subject, deed, makers)
            thing = Mention(start, end, "publication", name, None)
            for maker in makers:
                yield tie("developer", thing, maker, method=METHOD)

    def _is_publication(self, name: str, end: int, *, listed: bool) -> bool:
        return listed or _REPORT.search(name) is not None or _CALLED.match(self.text, end) is not None

    def _deed(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the word stands that brings a title out: 发布了《…》, 《…》正式发布."""
        begin, _ = self.parties.outline.sentence(start)
        before = _BROUGHT_OUT.search(self.text, max(begin, start - _REACH), start)
        found = before or _CAME_OUT.match(self.text, end)
        return found.span("deed") if found else None

    def _makers(self, at: int) -> list[Mention]:
        """Return the organizations that act before a word, those listed together; of its sentence's earlier clause, where its own has none."""
        begin, _ = self.parties.clause(at, _LEAD)
        sentence, _ = self.parties.outline.sentence(at)
        for start in (begin, max(sentence, at - _LEAD)):
            firms = [m for m in self.parties.firms(start, at, loose=False) if acts(self.text, m)]
            if firms:
                return self.parties.group_before(firms)
        return []

    def _published(self, subject: Subject, deed: tuple[int, int], makers: list[Mention]) -> Iterator[Proposal]:
        date = self.scope.event_date(*deed)
        others = [{"role": "actor", "name": m.name, "entity_id": m.entity_id} for m in makers]
        more: dict[str, Any] = {"participants": others} if others else {}
        if date is not None and date.value.date:
            yield event_on("published", subject, (date.start, date.end), date.value, METHOD, more=more)
        elif _OF_LATE.search(self.text, max(0, deed[0] - _LEAD), deed[1] + _LEAD):
            fields = {"value_status": "not_stated", "assertion": "asserted", **more}
            yield Proposal("event", "published", *deed, subject, METHOD, fields)
