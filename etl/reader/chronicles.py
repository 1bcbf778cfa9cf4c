"""Items that begin with a name: what they say of its being open, and under a day or month alone, that it came out then."""

import re
from collections.abc import Iterator

from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mentions
from etl.reader.proposals import Proposal, event_on
from etl.reader.scope import ScopeFinder
from etl.reader.subjects import Subject, as_subject
from schema.dates import DateValue

METHOD = "rule:chronicles@1"
# An item that begins with a name, in bold or before a colon: - **甲 X 2**: 更快的模型.
_ITEM = re.compile(
    r"(?m)^[ \t>]*(?:[*•·-]|\d{1,2}[.、)])[ \t]+(?:\*\*(?P<bold>[^*\n]{2,60})\*\*|(?P<plain>[^*\n：:。，,；;]{2,40}))[ \t]*[：:]"
)
# What follows a firm's name in such an item is called so.
_REST = re.compile(r"[ ](?P<name>[A-Z][\w.+-]*(?: [\w.+-]+){0,3})[ ]*$")
_BRACKET = re.compile(r"[(（]")
# What the item goes on to call it: 开源视频生成模型; not what it is compared to: 对标闭源模型.
_CALLED = re.compile(
    r"[ *]*(?:`[^`\n]{1,12}`[ ]?)?(?:首个[^，。；,;\n的]{1,16}的|(?!对标|对齐|超越|超过|媲美|匹敌|击败|优于|接近|挑战|比)[^，。；,;\n]){0,14}?"
    r"(?P<open>开源|開源|闭源|閉源)(?!榜|社区|协议|許可|许可|地位|界|生态|框架)(?:[^，。；,;\n]{0,10}?(?:模型|系列|旗舰|版本|LLM)|(?=[，,。；]))"
    # Who leads the open ones is one of them: 登顶开源榜单, 开源界的新霸主.
    r"|[^。；;\n]{0,40}?(?:(?P<led>开源)(?:界|领域|社区)?的?新?(?:霸主|标杆|王者|之王|领袖|领头羊)|(?:登顶|霸榜|领跑)[^，。；\n]{0,14}?(?P<ranked>开源)[^，。；\n]{0,4}?榜|(?:捍卫|守住)(?P<kept>开源))"
)
# A field of a card: - 是否开源：是.
_FIELD = re.compile(
    r"(?m)^[ \t>]*(?:[*•·-]|\d{1,2}[.、)])[ \t]+\**(?:是否开源|开源(?:情况|状态|与否|类型|性质)|开放(?:类型|情况|状态|性质)|源代码?)\**[ \t]*[：:]\**[ \t]*"
    r"(?:(?P<yes>(?:完全|已|全面)?开源|开放权重|是|✅|✓|✔|Yes|True)|(?P<no>闭源|[未不]开源|非开源|否|专有|私有|❌|✗|No|False))(?![\u3400-\u9fffA-Za-z])"
)
# A month alone in brackets.
_OPENS = re.compile(r"[`*”\"]{0,3}[ ]?[（(][ ]?$")
_CLOSES = re.compile(r"[ ]?(?:年?(?:正式)?(?:发布|推出|上线|问世|开源|亮相)|[Rr]eleased?)?[ ]?[)）]")
_DOTTED = re.compile(
    r"[`*”\"]{0,3}[ ]?[（(](?P<printed>(?P<year>20[12]\d)[./](?P<month>0?[1-9]|1[0-2]))(?:[ ]?(?:发布|推出|上线))?[)）]"
)
_NAME = 60
_THINGS = frozenset({"model", "product"})
# Fewer items are no chronicle.
_FEWEST = 3


def chronicle(text: str, mentions: Mentions, scope: ScopeFinder) -> list[Proposal]:
    """List the releases that a text tells by names under dates alone."""
    found = list(_items(text, mentions, scope))
    return found if len(found) >= _FEWEST else []


def dated_names(text: str, mentions: Mentions, scope: ScopeFinder) -> Iterator[Proposal]:
    """Yield the releases of models whose month stands alone in the bracket behind the name: 云帆-5 (2025.08), 云帆（2025年8月发布）."""
    for date in scope.dates:
        closing = _CLOSES.match(text, date.end) if date.value.date and text[date.start - 1] in "（( " else None
        opens = _OPENS.search(text, max(0, date.start - 6), date.start) if closing else None
        named = mentions.within(max(0, date.start - _NAME), opens.start())[-1:] if opens else []
        if opens and named and named[0].end == opens.start() and named[0].kind == "model":
            yield event_on("released", as_subject(named[0]), (date.start, date.end), date.value, METHOD)
    for month in _DOTTED.finditer(text):
        named = mentions.within(max(0, month.start() - _NAME), month.start())[-1:]
        if named and named[0].end == month.start() and named[0].kind == "model":
            value = DateValue(f"{month['year']}-{int(month['month']):02}", "month", "printed")
            yield event_on("released", as_subject(named[0]), month.span("printed"), value, METHOD)


def openness(text: str, mentions: Mentions) -> Iterator[Proposal]:
    """Yield whether the things that items begin with are open source, where the item calls them so."""
    for item in _ITEM.finditer(text) if "源" in text else ():
        called = _CALLED.match(text, item.end())
        start, end = item.span("bold" if item["bold"] else "plain")
        subject = _named(text, mentions, start, end) if called else None
        if called and subject is not None:
            word = next(name for name, said in called.groupdict().items() if said)
            fields = {"boolean": called[word][0] in "开開", "value_status": "reported", "assertion": "asserted"}
            yield Proposal("boolean", "open_source", *called.span(word), subject, METHOD, fields)


def fields(text: str, mentions: Mentions) -> Iterator[Proposal]:
    """Yield whether a thing is open source, where a field of the list under its name says so: - 是否开源：是."""
    for field in _FIELD.finditer(text) if "源" in text else ():
        word = "yes" if field["yes"] else "no"
        item = item_at(text, field.start(word))
        for thing in named_above(text, mentions, item) if item is not None else ():
            told = {"boolean": word == "yes", "value_status": "reported", "assertion": "asserted"}
            yield Proposal("boolean", "open_source", *field.span(word), as_subject(thing), METHOD, told)


def _items(text: str, mentions: Mentions, scope: ScopeFinder) -> Iterator[Proposal]:
    for item in _ITEM.finditer(text) if scope.has_sections else ():
        start, end = item.span("bold" if item["bold"] else "plain")
        date = scope.section_date(start)
        subject = _named(text, mentions, start, end) if date is not None and date.value.date else None
        if date is not None and subject is not None and not scope.dates_within(start, end):
            yield event_on("released", subject, (date.start, date.end), date.value, METHOD)


def _named(text: str, mentions: Mentions, start: int, end: int) -> Subject | None:
    """Return the one thing that an item's name names outside of brackets, or what follows its maker's name."""
    bracket = _BRACKET.search(text, start, end)
    end = bracket.start() if bracket else end
    named = mentions.within(start, end)
    things = {mention.name: mention for mention in named if mention.kind in _THINGS}
    if things:
        return as_subject(next(iter(things.values()))) if len(things) == 1 else None
    if not named or named[0].kind != "organization":
        return None
    rest = _REST.match(text, named[0].end, end)
    if rest is None and (named[0].start, named[0].end) == (start, end):
        return as_subject(named[0])
    return Subject(rest["name"], "model", None, *rest.span("name")) if rest else None
