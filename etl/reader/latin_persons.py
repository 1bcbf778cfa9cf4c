"""Latin names that a text makes persons: by an office before them, by what they say, and by their parts thereafter."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from etl.reader.common_words import NOT_NAMES
from etl.reader.english_forms import is_person_form
from etl.reader.english_words import is_common
from etl.reader.mentions import Mention

_OFFICE: Final = re.compile(
    r"(?:执行长|首席[\u3400-\u9fff]{1,4}官|科学家|CEO|CTO|COO|CFO|创办人|创始人|创立者|教授|博士|研究员|分析师|主持人|总裁|董事长|总经理|主席|副总|工程师|作者|顾问|记者|合伙人|董事会成员|团队成员|创始成员|校友|主管|负责人|总干事|干事|发言人|秘书长|议员|委员|部长|大使|院长|所长|校长|总监|经理|专员|设计师|经济学家|投资人)[ \n]{0,2}$"
)
_ACTS: Final = re.compile(
    r"[ \n*]*(?:[（(][^（）()\n]{2,40}[）)])?[ \n*]*(?:也|则|还|又|便|就|曾|当时|后来|最后|随后|自己|接着|进一步|特别|多次|甚至|毫不客气地?|直接)*[ \n]*"
    r"(?:说(?!明)|分享|回答|坦言|直言|谈到|谈及|回忆|笑|认为|指出|提到|提出|形容|相信|主张|强调|解释|建议|补充|描述|描绘|举例|透露|表示|写道|预测|预言|观察到|预期|承认|警告|估计|拆解|创办|毕业|任职|出身|本人|走|坐|站"
    r"|的(?:回答|看法|观点|建议|论点|核心论点|说法|观察|职涯|职业生涯|经历|答案|话|比喻|背景|态度|父亲|母亲|演讲|判断|预测))"
)
_HEAD: Final = re.compile(
    r"(?:创办人|创始人|CEO|CTO|COO|CFO|首席[\u3400-\u9fff]{1,4}官|董事长|总裁|总经理|执行长|技术长|合伙人|(?<![\u3400-\u9fff])老板|前老板)[ \n*“]{0,3}$"
)
_GOES_ON: Final = re.compile(
    r"[ \n*”]{0,3}(?:在|也|曾|都|则|还|又|将|已|就|从|对|向|与|和|、|，|（|\(|的(?!模型|产品)|是|本人|于|把|被|表示|说|认为|指出|称|透露|宣布|强调|坦言|分享)"
)
_WORD: Final = re.compile(r"[A-Z][a-z]{2,}")


def latin_persons(text: str, found: Iterable[Mention]) -> Iterator[Mention]:
    """Yield sorted mentions with the unknown Latin names that the text tells as persons, and with their parts, as persons.

    A name of two or three words is a person's where an office stands before it, or where it or a part of it acts as
    persons do; a part is its bearer's where nobody else in the text has it.
    """
    mentions = list(found)
    loose = [m for m in mentions if _is_loose(m)]
    places: dict[str, list[Mention]] = {}
    for mention in loose:
        places.setdefault(mention.name, []).append(mention)
    full = {
        m.name: m for m in mentions if m.kind == "person" and " " in text[m.start : m.end] and text[m.start].isascii()
    }
    for name, named in places.items():
        if " " not in name or not is_person_form(name) or all(map(is_common, name.split())):
            continue
        spoken = [*named, *(m for part in _parts(name) for m in places.get(part, ()))]
        if any(_tells(text, m) for m in spoken):
            full[name] = named[0]._replace(kind="person")
    for name, named in places.items():
        # 创始人 Tarek 在…: one word is a name too, right behind an office and before what persons do.
        if name not in full and _WORD.fullmatch(name) and name not in NOT_NAMES and not is_common(name):
            told = next((m for m in named if _called(text, m)), None)
            if told is not None:
                full[name] = told._replace(kind="person")
    bearers: dict[str, Mention | None] = {}
    for person in full.values():
        for part in _parts(text[person.start : person.end]):
            bearers[part] = None if part in bearers and bearers[part] != person else person
    for mention in mentions:
        known = full.get(mention.name) or bearers.get(mention.name) if _is_loose(mention) else None
        if known is None:
            yield mention
        else:
            yield Mention(mention.start, mention.end, "person", known.name, known.entity_id)


def _is_loose(mention: Mention) -> bool:
    return mention.kind == "product" and mention.entity_id is None and mention.name[0].isascii()


def _parts(name: str) -> set[str]:
    words = name.split()
    ends = {words[0], words[-1]} if len(words) > 1 else set()
    return {word for word in ends if _WORD.fullmatch(word) and word not in NOT_NAMES and not is_common(word)}


def _called(text: str, mention: Mention) -> bool:
    """Tell whether an office of a firm stands right before a word, and what goes on with a person behind it."""
    head = _HEAD.search(text, max(0, mention.start - 10), mention.start)
    return head is not None and _GOES_ON.match(text, mention.end) is not None


def _tells(text: str, mention: Mention) -> bool:
    return (
        _ACTS.match(text, mention.end) is not None
        or _OFFICE.search(text, max(0, mention.start - 10), mention.start) is not None
    )
