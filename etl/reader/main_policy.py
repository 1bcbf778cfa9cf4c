"""The policy that a document is, or is about."""

import re

from etl.reader.instruments import rests_on
from etl.reader.policies import Policy
from etl.reader.subjects import Subject

# A policy named this early is what the document is about.
_HEAD = 300
# A policy that a text of this length names once, and late, is not what it is about.
_LONG = 1500
_KIND = r"(?:条例|办法|规定|法(?!院|律|人)|措施|意见|方案|细则|政策|指南|(?:行动|工作)?计划|(?:行动|工作|实施)方案|规划|通知|决定|公告|准则|解释)"
_ITSELF = re.compile(rf"本{_KIND}")
_MADE = re.compile(rf"(?:制定|制订|现将)(?P<itself>本{_KIND})")
_SELF_NAMED = 2
_ARTICLE = re.compile(r"(?m)^[ \t\u3000*#]*第[一二三四五六七八九十百]+条")
_ARTICLES = 3
_NEWS_ITEM = re.compile(r"(?m)^[ \t\u3000*#>-]*(?:\d{1,2}[、.．)）]|[-•·])[ \t*]*\S")
_ITEMS = 6
_CITED = re.compile(
    r"[》〉](?:[（(][^（）()\n]{1,40}[）)])?[ \n*]?(?:首次|就|中|还|也|明确)*(?:提出|提到|指出|要求|强调|显示|写道|明确|部署)"
)
_TOLD = re.compile(r"印发|发布|出台|公布|通过|签署|制定|颁布|推出|下发|联合|解读|实施|审议|同意")


def main_policy(text: str, policies: list[Policy]) -> Subject | None:
    """Return the policy that a document is, or is about: its title's, else the one it names most; none of a digest's."""
    found = _main_policy(text, policies)
    return None if found is not None and not is_own_text(text) and _is_one_of_many(text, found) else found


def _main_policy(text: str, policies: list[Policy]) -> Subject | None:
    policies = [p for p in policies if not _is_only_cited(text, p)]
    own = [p for p in policies if not rests_on(text, p.start)]
    heads = [p for p in own if p.start < _HEAD]
    if heads:
        # A programme in quotation marks yields to an instrument with a title.
        return _subject(next((p for p in heads if text[p.start - 1 : p.start] not in {"“", "「"}), heads[0]))
    itself = _untitled(text)
    if itself is not None:
        titled = next((p for p in own if p.title.endswith(itself.name[1:])), None)
        return _subject(titled) if titled else itself
    best = max(own or policies, key=lambda p: (text.count(p.title), -p.start), default=None)
    if best is None or (len(text) > _LONG and text.count(best.title) == 1):
        return None
    return _subject(best)


def _untitled(text: str) -> Subject | None:
    """Return the word by which a part of an instrument names itself that does not print its title: 本条例."""
    itself = _ITSELF.findall(text)
    made = _MADE.search(text)
    if made is None and len(itself) < _SELF_NAMED:
        return None
    word = made["itself"] if made else max(set(itself), key=itself.count)
    at = text.index(word)
    return Subject(word, "policy", None, at, at + len(word))


def _subject(policy: Policy) -> Subject:
    return Subject(policy.title, "policy", None, policy.start, policy.end)


def is_policy_text(text: str, policy: Subject) -> bool:
    """Tell whether a document is a policy's own text, or a report on it and nothing else."""
    if policy.name.startswith("本") or len(_ARTICLE.findall(text)) >= _ARTICLES:
        return True
    return policy.start < _HEAD


def _is_one_of_many(text: str, policy: Subject) -> bool:
    """Tell whether a policy is only one item of a digest, which names it in no other."""
    if len(_NEWS_ITEM.findall(text)) < _ITEMS:
        return False
    begin, end = text.rfind("\n", 0, policy.start) + 1, text.find("\n", policy.end)
    named_elsewhere = policy.name in text[:begin] or (end >= 0 and policy.name in text[end:])
    return begin > 0 and not named_elsewhere and _NEWS_ITEM.match(text, begin) is not None


def is_own_text(text: str) -> bool:
    """Tell whether a document is an instrument's own text, and no report: it calls itself so."""
    return _ITSELF.search(text) is not None or len(_ARTICLE.findall(text)) >= _ARTICLES


def _is_only_cited(text: str, policy: Policy) -> bool:
    """Tell whether a text in marks names a policy just once and only tells what it said: 2024年《…》提出…."""
    if text[policy.start - 1 : policy.start] not in {"《", "〈"} or text.count(policy.title, policy.end):
        return False
    line = text.rfind("\n", 0, policy.start) + 1
    return _CITED.match(text, policy.end) is not None and _TOLD.search(text, line, policy.start) is None
