"""Authorities: what the names of those who issue instruments end in, and who of them acts before a word."""

import re

from etl.reader.clauses import Outline
from etl.reader.mentions import Mentions

AUTHORITY = (
    r"(?:国务院|中央(?<=[党共]中央)|政府|(?<=[阁统])府|国会|内阁|办公厅|办公室|委员会|管委会|常委会|(?<!事业)(?<!俱乐)部|委|局|厅|(?<![公上])司|(?<![签部])署|网信办|科技办|指挥部|领导小组|工作组|防控组|联席会议|议会|理事会|法院|院|办"
    r"|(?<=[产业劳总财外法环交农科防国][业务动政外务境通林学卫土])省)"
)
_NAMED = re.compile(
    rf"{AUTHORITY}(?=[\s一二三四五六七八九十\d近日前今于在正式已就又还也将曾计划首次共同联合对外最新官网宣上表了，,]*$)"
)
_BESIDE = re.compile(
    r"(?:政府|当局|[两二三四五六七八九十\d]+部门|近日|日前|正式|已|就|又|还|也|将|曾|首次|最近|此前|于|在|[\d年月日初底中旬 \n]|，|公司(?!.))*"
)
_FIRM = re.compile(r".*(?:公司|集团|大学|学院|研究院|研究所|实验室|科学院|事业部|医院|智库)$")
_REACH = 40


def authority_acts(outline: Outline, mentions: Mentions, verb: int) -> bool:
    """Tell whether a government, a body of one or a country does what the word at a position tells."""
    start = max(outline.clause(verb)[0], verb - _REACH)
    if not outline.text[start:verb].strip(" \n\u3000*") or _BESIDE.fullmatch(outline.text, start, verb):
        earlier = max(outline.sentence(verb)[0], outline.clause(max(0, start - 1))[0], start - _REACH)
        start = min(start, earlier)
    acting = [m for m in mentions.within(start, verb) if m.kind in {"organization", "place", "person"}]
    is_state = bool(acting) and (acting[-1].kind == "place" or acting[-1].name.endswith("政府"))
    if is_state and _BESIDE.fullmatch(outline.text, acting[-1].end, verb):
        return True
    found = _NAMED.search(outline.text, start, verb)
    if found is None:
        return False
    firm = [m for m in acting if m.start < found.end() <= m.end]
    return not any(_FIRM.match(m.name) for m in firm)
