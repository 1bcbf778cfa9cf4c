"""Licences by their names: which are of open source, which keep what they are for from business."""

import re
from collections.abc import Iterator

from etl.reader.flag_things import Flag

# An approved licence of open source, as texts and model cards print it: Apache-2.0, gpl-3.0, BSD 3-Clause.
_OPEN = (
    r"(?:MIT|Apache(?:[ -]Licen[cs]e)?(?:,?[ ]?(?:Version|v)?[ -]?2(?:\.0)?)?|(?:Modified |New |Simplified )?BSD(?:[ -]\d[ -]Clause)?"
    r"|[AL]?GPL(?:[ -]?v?\d(?:\.\d)?)?|MPL[ -]?2\.0|木兰(?:公共|宽松)?|Mulan ?PSL(?: ?v?2)?)"
)
# One that keeps to non-commercial use.
_UNPAID = r"CC[ -]BY[ -]NC(?:[ -](?:SA|ND))?(?:[ -]\d(?:\.\d)?)?"
_REST = r"(?:[ ]?(?:开源)?(?:Licen[cs]e|许可证?|許可證?|协议|協議|授权|授權)(?:[ ]?v?\d(?:\.\d)?)?)?"
_A_NAME = re.compile(
    r"CC[ -]?(?:BY|0)\b.{0,16}|.{1,24}(?:[ ]Licen[cs]e|许可证|许可协议)(?:[ ]?v?\d(?:\.\d)?)?|专有|Proprietary", re.I
)
_OPEN_ALONE = re.compile(_OPEN + _REST, re.I)
_UNPAID_ALONE = re.compile(_UNPAID + _REST, re.I)
# Given out under a licence that its name tells: 遵循 [Apache-2.0](LICENSE) 协议; MIT alone may be a university.
_UNDER = r"(?:以|采用|使用|基于|遵循|遵从|遵守|依照|依据|按照|(?:协议|许可证?)(?:已经?)?(?:修改|变更|更改|更新|调整)?(?:为|是)|under|under the)[ \n]?(?:宽松的?|the )?[ \n]?[\[`*]{0,3}"

_LINKED = r"[\]`*]{0,3}(?:\([^()\n]{0,200}\))?[ \n]?"

_A_LICENCE = r"(?:开源)?(?:许可证?|协议|授权|[Ll]icen[cs]e|开源)"

_LICENCE = re.compile(
    rf"{_UNDER}(?:(?!MIT){_OPEN}{_LINKED}(?:{_A_LICENCE})?|MIT{_LINKED}{_A_LICENCE})"
    r"[^，。；\n]{0,4}?(?:发布|开源|开放|上线|授权|release|license)?"
)

_UNPAID_LICENCE = re.compile(_UNDER + _UNPAID)

# Whose licence it is, as the words before say.
_OF_CODE = re.compile(r"(?:\bcode\b|代码|源码)[^.。；;\n]*$")

_OF_WHOLE = re.compile(r"(?:[Ww]eights|[Mm]odels?\b|[Cc]heckpoints|权重|模型)[^.。；;\n]*$")

_LEAD_OF_LICENCE = 60

# A line that names its model's licence: 开源协议：Apache-2.0, license: mit.
_LABELLED = re.compile(
    r"(?m)^[ \t>*_`-]*(?P<whose>模型|代码|权重|[Mm]odel |[Cc]ode |[Ww]eights )?(?:开源)?(?:协议|许可证?|授权协议|[Ll]icen[cs]e)[*_`]*[ \t]*[:：][ \t*_`\[]*"
    rf"(?:(?P<open>(?i:{_OPEN}))|(?P<unpaid>(?i:{_UNPAID})))(?![\w.-])"
)

_LICENCE_SIGNS = ("协议", "许可", "授权", "icen", "Apache", "MIT", "BSD", "GPL", "MPL", "CC")

_WHOSE = {"代码": "open_code", "code ": "open_code", "权重": "open_weights", "weights ": "open_weights"}


def is_open(name: str) -> bool:
    """Tell whether a text is the name of a licence of open source and nothing else."""
    return _OPEN_ALONE.fullmatch(name) is not None


def is_licence_name(name: str) -> bool:
    """Tell whether a text names a licence and nothing else: CC BY 4.0, Llama License."""
    return is_open(name) or _A_NAME.fullmatch(name) is not None


def forbids_business(name: str) -> bool:
    """Tell whether a text is the name of a licence that keeps to non-commercial use: CC BY-NC-SA 4.0."""
    return _UNPAID_ALONE.fullmatch(name) is not None


def licensed(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where something is given out under a licence that its name tells."""
    told = text[start:end]
    if not any(word in told for word in _LICENCE_SIGNS):
        return
    for match in _LICENCE.finditer(text, start, end):
        lead = max(start, match.start() - _LEAD_OF_LICENCE)
        of_code = _OF_CODE.search(text, lead, match.start()) and not _OF_WHOLE.search(text, lead, match.start())
        yield Flag(match.start(), match.end(), "open_code" if of_code else "open_source", True)
    for match in _UNPAID_LICENCE.finditer(text, start, end):
        yield Flag(match.start(), match.end(), "commercial_use", False)
    for match in _LABELLED.finditer(text, start, end):
        property_id = "commercial_use" if match["unpaid"] else _WHOSE.get((match["whose"] or "").lower(), "open_source")
        begin = match.start() + len(match[0]) - len(match[0].lstrip(" \t>*_`-"))
        yield Flag(begin, match.end(), property_id, match["unpaid"] is None)
