"""Yes-or-no facts: open source as stated, commercial use."""

import re
from collections.abc import Iterator

from etl.reader.proposals import Proposal
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import SubjectFinder

METHOD = "rule:flags@1"
_NOT = r"(?:不|未|没有|并未|尚未|暂不|非|不会|不再|并不|无意|拒绝|not |isn't |never )"
_OPEN = re.compile(
    rf"(?P<no>{_NOT}[^，。,\n]{{0,3}}(?:开源|開源|open[- ]sourc\w+)|闭源|閉源|closed[- ]source|proprietary)|(?P<yes>开源|開源|open[- ]?sourc\w+|open[- ]weights?|开放权重|开放源代码)",
    re.I,
)
# Open source as a field, a community or a licence family says nothing of one model.
_NO_CLAIM = re.compile(
    r"^(?:社区|社群|生态|生態|组织|基金会|协议|許可|许可|软件|中国|项目平台|框架|社會|路线|之争|战略|策略|趋势|运动|精神|领域|界|大会|模型(?:社区|生态|领域|榜|排行)|与闭源|和闭源|还是)"
)
_NO_CLAIM_BEFORE = re.compile(
    r"(?:最强|主流|其他|其它|现有|各类|众多|多个|基于|所有|任何|部分|一些|国外|国内的?|部署|使用|调用)(?:的)?$"
)
_COMMERCIAL = re.compile(
    rf"(?P<no>(?:禁止|不得|不允许|不可|{_NOT})[^，。,\n]{{0,4}}(?:商用|商业使用|商业用途|用于商业|commercial use))|(?P<yes>(?:免费|可|允许|支持|完全|均可|可以|供)[^，。,\n]{{0,5}}(?:商用|商业使用|商业用途|商业化使用)|commercial use|commercially)"
)


# Said of what was spoken of before, where the clause names nothing itself.
_PREDICATE = re.compile(
    r"(?:宣布|将|已|正式|全面|完全|均|都|也|同时|同步|并|继续|选择|彻底|直接|不|未|是)(?:会|将|对外|免费)?(?:开源|闭源|商用)|(?:开源|闭源)(?:的|了|发布)?[。，,；;]|可商用|商用|商业|open[- ]source"
)


class FlagReader:
    """Reads yes-or-no facts of one document."""

    def __init__(self, subjects: SubjectFinder, scope: ScopeFinder) -> None:
        self.subjects = subjects
        self.scope = scope
        self.text = subjects.text

    def read(self, ranges: tuple[tuple[int, int], ...]) -> Iterator[Proposal]:
        """Yield a proposal for each claim that something is open source or may be used commercially."""
        for start, end in ranges:
            yield from self._read("open_source", _OPEN, start, end)
            yield from self._read("commercial_use", _COMMERCIAL, start, end)

    def _read(self, property_id: str, pattern: re.Pattern[str], start: int, end: int) -> Iterator[Proposal]:
        for match in pattern.finditer(self.text, start, end):
            value = match["no"] is None
            if property_id == "open_source" and (
                _NO_CLAIM.match(self.text[match.end() : match.end() + 8])
                or _NO_CLAIM_BEFORE.search(self.text, max(0, match.start() - 6), match.start())
            ):
                continue
            subject = self.subjects.described(
                match.start(),
                match.end(),
                carried=_PREDICATE.search(self.text, max(0, match.start() - 6), match.end() + 2) is not None,
            )
            if subject is not None:
                fields = {"boolean": value, "value_status": "reported", **self.scope.fields(match.start())}
                yield Proposal("boolean", property_id, match.start(), match.end(), subject, METHOD, fields)
