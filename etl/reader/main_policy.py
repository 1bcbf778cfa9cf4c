"""The policy that a document is, or is about."""

import re

from etl.reader.policies import Policy
from etl.reader.subjects import Subject

# A policy named this early is what the document is about.
_HEAD = 300
# What stands after these words, the first of a list or a later one, is what a text rests on, not what it is.
_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|落实|贯彻|结合|遵照|执行|符合|违反)[^。；\n]{0,12}"
    r"(?:[《〈][^《》\n]{2,90}[》〉](?:[（(][^（）()\n]{1,30}[）)])?[、和及与，]?){0,4}[《〈]$"
)
_KIND = r"(?:条例|办法|规定|法(?!院|律|人)|措施|意见|方案|细则|政策|指南|(?:行动|工作)?计划|(?:行动|工作|实施)方案|规划|通知|决定|公告|准则)"
_ITSELF = re.compile(rf"本{_KIND}")
_MADE = re.compile(rf"(?:制定|制订|现将)(?P<itself>本{_KIND})")
_SELF_NAMED = 2
_ARTICLE = re.compile(r"(?m)^[ \t\u3000*#]*第[一二三四五六七八九十百]+条")
_ARTICLES = 3
_REACH = 260


def main_policy(text: str, policies: list[Policy]) -> Subject | None:
    """Return the policy that a document is, or is about: its title's, else the one it names most."""
    own = [p for p in policies if not _BASIS.search(text, max(0, p.start - _REACH), p.start)]
    if own and own[0].start < _HEAD:
        return _subject(own[0])
    itself = _untitled(text)
    if itself is not None:
        titled = next((p for p in own if p.title.endswith(itself.name[1:])), None)
        return _subject(titled) if titled else itself
    policies = own or policies
    return _subject(max(policies, key=lambda p: (text.count(p.title), -p.start))) if policies else None


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
    return policy.start < _HEAD or policy.name.startswith("本") or len(_ARTICLE.findall(text)) >= _ARTICLES
