"""Names of organizations that only their place tells: 加入了青禾游戏, 在青山咨询担任顾问; and a known one's short form."""

import re
from collections.abc import Iterable, Iterator

from etl.reader.mentions import Mention

_TRADE = "咨询|游戏|网络|汽车|电子|传媒|基金|投资公司|医疗|能源|教育|影业|文化|软件|通信|半导体|机器人|动力|生物|医药|金融|保险|律所|互动|娱乐|信息|创投|资本|物流|地产"
_NAME = rf"(?P<name>(?!(?:一|这|该|某|另|多|其|新|了|国|前|他|她|我)[家些个位间支])[\u3400-\u9fff]{{2,7}}?(?:{_TRADE}))(?!行业|领域|产业|市场|公司|企业|赛道)"
# The first character is one of a class, which is scanned for fast.
_SLOT = re.compile(
    rf"[加入供就任效跳在](?:(?:(?:(?<=加)[入盟]|(?<=入)职)了?|(?<=[供就任])职于|(?<=效)力于|(?<=跳)槽到){_NAME}(?=[，。；、\d]|担任|任|并|的|后)"
    rf"|(?<=在){_NAME.replace('name', 'at')}(?=担任|任职|任[^务何]|工作|实习|出任))"
)
_COMMON = re.compile(
    r"^(?:的|和|与|了|在|其|更多|其他|国内|国外|全球|中国|美国|海外|大型|传统|整个)|行业|领域|竞争|战场|互联网|人工智能|大模型"
)
_STEM = re.compile(r"([\u3400-\u9fff]{3,8})(?:创投|资本|科技|集团|控股|证券)")


def slot_names(text: str) -> Iterator[Mention]:
    """Yield the organizations that a person is told to join or serve, by the trade that their names end in."""
    for match in _SLOT.finditer(text):
        group = "name" if match["name"] else "at"
        if not _COMMON.search(match[group]):
            yield Mention(match.start(group), match.end(group), "organization", match[group], None)


def short_forms(text: str, known: Iterable[Mention]) -> dict[str, Mention]:
    """Return the short forms of known organizations that a text names in full: 青禾江 of 青禾江创投."""
    found: dict[str, Mention] = {}
    for mention in known:
        if mention.kind == "organization":
            stem = _STEM.fullmatch(text, mention.start, mention.end)
            if stem:
                found.setdefault(stem[1], mention)
    return found
