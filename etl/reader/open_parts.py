"""Weights and code that are told to be open by themselves, whatever the whole is."""

import re
from collections.abc import Iterator

from etl.reader.flag_things import Flag
from etl.reader.flag_words import denied

_GIVEN_OUT = re.compile(
    r"(?:公开|开放|放出)(?!发行|征求|信|课|数据|资料)(?:了|其|旗下)*[^，。；：\n]{0,60}?(?:权重|源代码|计算机代码|模型代码|网络架构)"
)

# Words of one sentence, a version's full stop passed: weights of are available.
_ON = r"(?:[^.;\n]|\.(?=\d))"

_GIVEN = r"(?:available|released|open-?sourced?|licensed|distributed|published|provided|hosted|accessible|open)"

_AND_SO = r"(?:(?:is|are|been|were|,|now|also|all|both|publicly|openly|freely|fully|not|\*\*|—|-)[ ]?)*"

# Weights or code by themselves: open weights, released the weights, 权重已公开.
_WEIGHTS = re.compile(
    r"\b[Oo]pen(?:ly)?[ -](?:available[ -])?[Ww]eight(?:s|ed)?\b"
    r"|\b(?:[Rr]eleas(?:e|ed|ing)|open-?sourc(?:e|ed|ing)|publish(?:ed)?) [^.;\n]{0,60}?\b(?:weights|checkpoints)\b"
    rf"|\b(?:[Ww]eights|[Cc]heckpoints)\*{{0,2}} {_ON}{{0,60}}?\b(?:is|are|been|were) {_AND_SO}{_GIVEN}\b|\b[Mm]odel weights {_AND_SO}(?:available|released)\b"
    rf"|\b[Dd]ownload (?:the |full |model |\[)*weights\b|\bopenly releas(?:e|ing) (?:these|the|our|all) [Mm]odels?\b|\b[Rr]elease [A-Z]{_ON}{{0,100}}? to the public\b"
    r"|\bmodels? (?:is|are) (?:publicly |openly |freely )?available (?:for download )?(?:on|via|at|from|through) (?:the )?\[?(?:Hugging ?Face|ModelScope)"
    r"|(?:开源|公开|开放|发布)(?!协议)[^，。；：\n]{0,24}?(?:权重|检查点)|(?:权重|检查点)[^，。；：\n]{0,14}?(?:开源|公(?:开|之于众)|开放|已?发布)|权重[^，。；：\n]{0,6}?(?:依照|遵循|采用|遵从)[^，。；：\n]{0,30}?(?:协议|许可|[Ll]icen[cs]e)"
)

_CODE = re.compile(
    r"\b(?:[Rr]eleas(?:e|ed|ing)|open-?sourc(?:e|ed|ing)|publish(?:ed)?) [^.;\n]{0,40}?\bcode\b"
    rf"|\b[Cc]ode {_ON}{{0,40}}?\b(?:is|are|been) {_AND_SO}{_GIVEN}\b|\b[Tt]his repo(?:sitory)? (?:contains|provides|includes) {_ON}{{0,40}}?\bcode\b"
    r"|(?:开源|公开|开放|发布)(?!协议)[^，。；：\n]{0,16}?(?:代码|源码)(?![ ]?(?:模型|助手|编辑器|生成|补全|[Aa]gent|智能体|平台|工具))|(?:代码|源码)[^，。；：\n]{0,16}?(?:开源|公开|开放|已?发布)|代码[^，。；：\n]{0,8}?(?:依照|遵循|采用|遵从)[^，。；：\n]{0,40}?(?:协议|许可|[Ll]icen[cs]e)"
)

_KEPT = re.compile(r"\bnot\b|n't|未|不(?!断|仅|只|但)|will\b|将|是否|应该|能否")

# Only meant or possible; or said of others that one is held against.
_MAYBE = re.compile(
    r"\b(?:may|might|will|could|would|plan(?:ning|s)? to|intends? to|among|other|best|any|leading|existing|most) (?:\w+ )?$"
)

# What each form needs is looked for first: most texts have none of it.
_PARTS = (
    ("open_weights", _WEIGHTS, ("权重", "检查点", "eight", "heckpoint")),
    ("open_code", _CODE, ("代码", "源码", "code", "Code")),
)


def given_out(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where weights or code are made public: 公开了X的权重与架构."""
    for match in _GIVEN_OUT.finditer(text, start, end):
        if not denied(text, match.start()):
            yield Flag(match.start(), match.end(), "open_source", True)


def parts_told(text: str, start: int, end: int) -> Iterator[Flag]:
    """Yield the places where weights or code are said to be open, whatever the whole is."""
    told = text[start:end]
    for property_id, form, words in _PARTS:
        for match in form.finditer(text, start, end) if any(word in told for word in words) else ():
            lead = max(0, match.start() - 24)
            said = not denied(text, match.start()) and not _KEPT.search(match[0])
            if said and not _MAYBE.search(text, lead, match.start()):
                yield Flag(match.start(), match.end(), property_id, True)
