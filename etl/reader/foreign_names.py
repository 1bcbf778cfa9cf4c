"""Foreign persons' names in Chinese characters: 格蕾·奎恩, and the surname by which a text goes on to call them."""

import re
from collections.abc import Iterable, Iterator

import rjieba

from etl.reader.mentions import Mention

# The characters that foreign names are written in, by the usual tables of transliteration.
_SOUNDS = (
    "阿爱埃艾安奥巴班鲍贝本比彼别波伯布查达戴丹道德登迪蒂丁杜多厄恩尔法菲费芬佛弗福盖高戈格葛根古哈海汉赫亨胡华怀惠霍基吉季加贾杰金卡凯坎康考科克肯库拉莱兰朗劳勒雷里利列林琳刘卢鲁路伦罗"
    "洛马玛麦曼梅门蒙米明莫姆穆纳奈内尼努诺欧帕派潘佩彭皮平珀普齐奇钱乔切琼丘让热日荣瑞若萨塞桑沙莎珊尚舍申圣施史斯司松苏索塔泰坦唐汤陶特提廷图托瓦万旺威韦维魏温文沃乌伍西希夏香肖"
    "谢辛休雪雅亚扬杨耶叶伊因英尤于约泽扎詹兹宗祖佐士逊顿娜丽莉妮露珍克莎黛珂柯凡赛朱胥白度玉茜薇芙碧娣妲芳"
    "山桑茨策昌楚冈贡圭豪黑洪侯喀夸奎昆赖黎良廖柳隆吕迈芒毛美孟密缪摩墨默宁纽农庞培浦恰琴仁茹瑟森绍舒孙滕梯通迪依宜茵尹延姚曾占章卓德"
    "富立罕什拜宾哥瓜简姜津宽魁腊龙敏廉涅钦儒盛朔腾锡翁宰湛哲治尊昂邦柴湾扈"
    "约翰东纪尧撒保南代夫可得理捷弥蕾婕缇裘邓铎勃柏博思莲聂冯范芭朵梵琪娅姬珠迦伽荷贞蒲"
)
# A last character that begins the next word instead: 格蕾·奎恩加入, 本周, 可能.
_RUNS_ON = re.compile(
    r"加(?=[入盟上薪息码快强大])|提(?=[出到供交])|德(?=国)|本(?=[周月人年次季身轮])|可(?=[能以是谓见])|夫(?=[人妇])|因(?=[为此])|尤(?=其)|特(?=[别意地])|得(?=[到知以出])|"
    r"理(?=[由解论想])|达(?=[成到])|通(?=过|常)|因(?=而)|基(?=[于本金])|多(?=[次年位名])|博(?=士)|柏(?=林)|马(?=上)|普(?=遍)|日(?=前)|明(?=确)|平(?=[均时])|尚(?=未)|南(?=[部方京非亚美洲加卡])|代(?=[表码替理价])|保(?=[持护证障险])|东(?=[部方南北京亚西])|让|于|曾|若|立(?=[即场刻法志])|什(?=么)|治(?=理)|腾(?=讯)|盛(?=赞)|敏(?=[锐感])"
)
_FOREIGN = re.compile(
    rf"(?:大卫|何塞|[{_SOUNDS}]{{1,6}})(?:\*\*[{_SOUNDS}]{{1,6}})?[·・•‧][{_SOUNDS}李陈王张黄吴周赵徐崔朴]{{1,8}}(?:[·・•‧-][{_SOUNDS}]{{1,8}}){{0,3}}"
)
# The end of a title before a name, and what is a foundation and no person.
_TITLE_END = re.compile(r"[博女院爵硕人骑]士|[经总助代管]理|主席|[德法美英泰]国|巴西|印度|日本")
_FIRM_BEFORE = re.compile(r"(?:公司|机构|集团|银行|企业|巨头|律所|基金|厂商)(?=.?$)")
_FOUNDATION = re.compile(r"基金(?:会|$)")
_DOT = re.compile("[・•‧]")
_PARTS = re.compile("[·-]")
_SURNAME = 3
# 专家格雷默指出: a surname alone, between a title and what its bearer says.
_TOLD = re.compile(
    rf"[ \n]?(?P<name>[{_SOUNDS}]{{3,5}}?)(?=[也还都则]?(?:表示|指出|认为|称(?!为)|说|告诉|透露|强调|评价|坦言|警告|写道|呼吁))"
)

# 首席执行官朴尚炫（Sanghyun Park）: the form in brackets tells where the name ends.
_SPELLED = re.compile(r"[ \n]?(?P<name>[\u3400-\u9fff]{2,6})[ \n]?[（(][A-Z][a-z]+[ \n-]")
# 布莱恩·科再奇（Brian Krzanich）: a character that few names have belongs to it where its Latin form follows.
_TO_SPELLING = re.compile(r"[\u3400-\u9fff]{1,3}(?=[ \n]?[（(][A-Z][a-zÀ-ɏ]+[ \n-][A-Z])")
# 克里斯汀·内山（Kristin Uchiyama）: two parts in any characters, where the Latin form in brackets has two words.
_ANY_SPELLED = re.compile(
    rf"[{_SOUNDS}]{{0,5}}[\u3400-\u9fff]?(?<=[\u3400-\u9fff])[·・•‧][\u3400-\u9fff]{{1,6}}(?=[ \n]?[（(][A-Z][a-zÀ-ɏ]+[ \n-][A-Z][a-zÀ-ɏ])"
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_NO_NAME = re.compile(r".*[该某们等其][^，]*$")
_GAP, _LONGEST = " \n", 5


def foreign_names(text: str) -> Iterator[Mention]:
    """Yield the names that are written in the characters foreign names are, a dot between their parts."""
    spelled = [match.span() for match in _ANY_SPELLED.finditer(text)]
    inside = {at for start, end in spelled for at in range(start, end)}
    places = [match.span() for match in _FOREIGN.finditer(text) if match.start() not in inside]
    for start, end in sorted([*places, *spelled]):
        if _FOUNDATION.match(text, end - 2, end + 1):
            continue
        if _RUNS_ON.match(text, end - 1) and text[end - 2] not in "·-":
            end -= 1
        whole = _TO_SPELLING.match(text, end)
        end = whole.end() if whole else end
        firm = _FIRM_BEFORE.search(text, max(0, start - 4), start + 1)
        if firm:
            # 咨询公司奥布莱特·斯通: a firm's, as what stands before it tells.
            start = max(start, firm.end())
            yield Mention(start, end, "organization", _DOT.sub("·", text[start:end]).replace("**", ""), None)
            continue
        title = _TITLE_END.search(text, max(0, start - 1), start + 2)
        if title and text[title.end() : title.end() + 1] not in "·・•‧":
            start = title.end()
        yield Mention(start, end, "person", _DOT.sub("·", text[start:end]).replace("**", ""), None)


def surnames(text: str, found: Iterable[Mention]) -> dict[str, Mention]:
    """Return the surnames of the foreign persons that a text names in full; one that two share is nobody's."""
    persons: dict[str, Mention] = {}
    shared: set[str] = set()
    for mention in found:
        if mention.kind != "person":
            continue
        printed = _DOT.sub("·", text[mention.start : mention.end])
        if "·" not in printed:
            continue
        for part in {_PARTS.split(printed)[-1], printed.rpartition("·")[2]}:
            known = persons.setdefault(part, mention)
            if known.name != mention.name:
                shared.add(part)
    return {part: mention for part, mention in persons.items() if part not in shared and _is_surname(part)}


def _is_surname(part: str) -> bool:
    if len(part) >= _SURNAME:
        return True
    words = rjieba.tag(part)
    return len(part) > 1 and len(words) == 1 and words[0][1].startswith("nr")


def surname_told(text: str, at: int) -> Mention | None:
    """Return the foreign surname that stands alone between a title and what its bearer says: 专家格雷默指出."""
    match = _TOLD.match(text, at)
    if match is None:
        return None
    words = rjieba.tag(match["name"])
    plain = len(words) == 1 and not words[0][1].startswith("n")
    return None if plain else Mention(*match.span("name"), "person", match["name"], None)


def name_tagged(text: str, at: int) -> Mention | None:
    """Return the name right behind a title that its Latin form in brackets, or a tagger's sense of names, tells: CEO布林."""
    match = _SPELLED.match(text, at)
    if match is not None:
        return Mention(*match.span("name"), "person", match["name"], None)
    begin = at + (text[at : at + 1] in _GAP)
    name = ""
    for word, tag in rjieba.tag(text[begin : begin + _LONGEST + _SURNAME]):
        if not tag.startswith("nr") or not _HAN.fullmatch(word):
            break
        name += word
    if not 2 <= len(name) <= _LONGEST or _NO_NAME.match(name):
        return None
    return Mention(begin, begin + len(name), "person", name, None)
