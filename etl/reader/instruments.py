"""Instruments: what a title must be to name a law, a plan or a notice, and where a text names one."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from etl.line_starts import line_matches
from etl.reader.names import titles

_SUFFIX = (
    r"(?:法|法案|法典|草案|法律|条例|办法|规定|规则|意见|方案|计划|规划|通知|措施|举措|政策|指南|细则|标准|规范|纲要|决定|命令|行政令|倡议|战略|"
    r"准则|原则|条约|白皮书|宣言|公约|公告|指引|要求|清单|框架|声明|协定|章程|行动|目录|体系|守则|要点|备忘录|指导|指令|手册|预案|总则|通则|蓝图|路线图|宪章|规程|议定书|(?:适用法律)?(?:若干)?问题的解释|司法解释|政府工作报告|预算案|十条|条)"
)
_POLICY = re.compile(
    rf"{_SUFFIX}(?:[（(][^）)]{{1,20}}[）)]|(?:19|20)\d\d(?:年版?|版)?)*$|[條例則見劃規則準則法辦決定綱要戰略]{{2}}$|(?:Act|Order|Bill|Plan|Strategy|Regulation|Law)$|^关于|^關於|^最高人民(?:法院|检察院)"
    r"|(?:战略|计划|规划|纲要|法案|条例|框架|倡议|路线图|议程)[：:]"
)
_NOT_POLICY = re.compile(
    r"^(?:.*(?:日报|晚报|时报|周刊|周报|杂志|新闻|财经|(?<!政府工作)报告|研究|论文|小说|电影|纪事|邮报|卫报|经济学人))$"
)
# “国家X计划” is an instrument; “X计划” alone may be a firm's.
_BLANK = re.compile(r" (?![A-Za-z\d])|(?<![A-Za-z\d:,.)]) ")
_PAPER = re.compile(
    r"(?:报告|报|刊|论文|公报|名单|榜单?|年鉴|数据|解读|综述|社论|公开信|(?:采访|专访)录?|讲话|致辞|文章|声明)(?:[（(][^）)]{1,20}[）)])*$|^[A-Za-z][a-z]*$"
)
_QUOTED = re.compile(
    r"[“「](?P<title>[\u3400-\u9fffA-Za-z\d+＋·]{4,36}(?:(?<=法案\d)\.\d版?)?)[”」](?!模型|系统|平台|产品|论坛)"
)
_EDITION = re.compile(r"(?<=法案)\d(?:\.\d)?版?$")
# What only instruments end in, in marks that any name may stand in; what they end in when states have them, and before 草案.
_INSTRUMENTS = (
    *("法案", "条例", "行政令", "行政命令", "基本法", "专法", "预算案", "实施细则", "行动计划", "实施意见", "指导意见"),
    *("暂行办法", "管理办法", "实施办法", "施行办法", "若干措施", "若干规定", "若干意见"),
    *(f"{kind}方案" for kind in ("行动", "实施", "推动", "推进", "工作", "建设", "发展", "改革", "整治", "辅导")),
    *(f"{kind}{form}" for kind in ("发展", "实施", "建设", "中长期", "推动") for form in ("纲要", "规划")),
    *(f"{kind}框架" for kind in ("分类", "治理", "监管", "管理", "标准", "政策")),
    *(f"{number}大建设" for number in "一二三五六七八九十百"),
)
_OF_STATES = ("计划", "战略", "倡议", "方案", "框架", "行动")
_STATES = ("国家", "全国", "联邦", "美国", "欧盟", "欧洲", "日本", "韩国", "英国")
_BEFORE_DRAFT = ("法", "草案", "方案", "办法", "规则")
_DRAFT = ("草案", "修正案", "修正草案", "三读")
# A five-year plan, by the place whose it is: 国家“十四五”规划, 青山市「十五五」规划纲要.
_FIVE_YEARS = re.compile(
    r"(?:国家|全国|全省|全市|本市|本省|我省|我市|[\u3400-\u9fff]{2}(?:省|市|区|县)?)?(?<![和与及在的按照对为入])[“「]十[一二三四五六七]五[”」](?:时期)?(?:[\u3400-\u9fff]{2,12})?规划(?:纲要)?(?![\u3400-\u9fff]{0,2}(?:期|编制))"
)
# A programme of the state or a place: 国家“东数西算”战略, 国家「人工智能+」行动.
_STATE = re.compile(
    r"[“「](?:(?<=(?:国家|全国|全省|全市|省委|市委|央企).)|(?<=(?:国务院|省政府|市政府).)|(?<=中央企业.))"
    r"[\u3400-\u9fffA-Za-z\d+＋×]{2,14}[”」](?:[\u3400-\u9fff]{2,4})?(?:专项行动|行动计划|行动|战略|工程|倡议|计划)"
)
# A notice that a sentence tells to be issued, without marks: 某市政府发布关于加强…的通告.
_TOLD_NOTICE = re.compile(
    r"(?:发布|印发|出台|下发|公布)了?[ \n]?(?P<title>关于[^，。；《》“”\n]{6,60}?的(?:通告|通知|公告|(?:实施|指导)?意见|决定|倡议|若干措施))(?=[，。；\n]|$)"
)
_STATE_FIRMS = "中央企业"
_SHORTEST_STATUTE, _SHORT_STATUTES = 2, frozenset({"刑法", "宪法"})
# A statute that is told to apply, without marks: 根据某某保护法第十条.
_STATUTE = (
    r"(?:(?:保护|管理|安全|促进|诉讼|竞争|垄断|监督|责任|商务|保险|处罚|许可|复议|赔偿|著作权|专利|商标|公司|证券|合同|劳动|广告|标准化|统计|会计|仲裁|拍卖|投标|采购|教育|防治|破产|"
    r"食品|药品|航空|铁路|公路|建筑|规划|土地|森林|电力|能源|气象|测绘|档案|密码|国防|投资|海关|贸易|银行|税收|税|继承|婚姻|物权|进步|普及)法|民法典|民法总则|民法通则|刑法|宪法|条例)"
)
_APPLIED = re.compile(
    rf"(?:(?:根据|依据|依照|按照|违反|适用|参照|触犯|认定为|构成|属于|符合)了?[ \n]?|(?<=[、和与及，。；：\n　 我国]))(?P<title>(?:(?![的了和与及或在等为《，、]|应当|符合|构成|属于|根据|依据|依照|按照|违反|本法|该|有关|相关|国家)[\u3400-\u9fff]){{0,14}}?{_STATUTE})"
    r"(?=第[一二三四五六七八九十百零〇\d]+条|的?(?:有关|相关)?规定|等(?:法律|规定|相关|法规)|和有关法律|和?有关法律)"
)
# Without 第N条, where it is told to be changed or made; and an act that is told to be signed or passed.
_CHANGED = re.compile(
    rf"(?:修订|修改|修正|制定|出台|颁布|实施|施行)了?[ ]?(?P<title>(?:(?![的了和与及或在等《，、])[\u3400-\u9fff]){{2,14}}?{_STATUTE})(?<!条例)(?=[，。；、并和及\n])"
)
_ACT = re.compile(
    r"(?:签署|签署通过|通过|否决|推翻|表决|提出|撤销|废除)了?[ ]?(?P<title>(?![该此这那本其一新])(?:(?![的了项份]|相关|有关|一些|多项)[\u3400-\u9fffA-Z]){3,12}?法案)(?=[，。；、\n])"
)
# What is printed for offices to follow is an instrument whatever it is called, and so is what is called a standard.
_PRINTED = re.compile(r"(?:印发了?|(?:国家|行业|地方|团体|强制性|推荐性)标准)[ ]?(?:《[^《》\n]{2,60}》[、和及])?《$")
_TITLED = re.compile(r"《[^《》\n]{2,90}》")
_APPENDED = re.compile(
    r"(?m)^[ \t\u3000*]*附(?:件\d*)?[：:][ \t\u3000]*(?:1[.、．])?[ ]?(?P<title>[\u3400-\u9fffA-Z\d“”+·（）—\-]{8,60}?(?:办法|规定|意见|方案|计划|规划|举措|措施|指南|细则|规范|目录|清单|标准|的通知|的公告|的通告)(?:（[^（）\n]{2,16}）)?)[ \t\u3000*]*$"
)
# The head of a policy's own text names it without marks: a line of its own that ends as instruments do.
_HEADING = re.compile(
    r"(?m)^[ \t\u3000#*]*(?P<title>(?![—\-、·+])(?:[\u3400-\u9fff\dA-Z“”\"+、·—\-]|[（(][^）)\n]{1,24}[）)]|(?<=[适用用实施解释于])《[^《》\n]{2,40}》|(?<=[》\u3400-\u9fff])\*{2,4}(?=[\u3400-\u9fff])|\n(?=[\u3400-\u9fff])|(?<=[的和与及])\n{2,3}(?=[\u3400-\u9fff])|\n{2,3}(?=的|(?:实施|行动|工作|管理|若干|暂行|试行|专项|发展|创新)*(?:方案|计划|规划|意见|措施|办法|细则|规定|条例|要点|政策)(?:[（(]|[ *]*\n))){4,80}?(?:法|条例|办法|规定|意见|方案|计划|规划|措施|指南|细则|规范|纲要|要点|决定|政策|的解释)(?:[（(][^）)\n]{1,24}[）)]){0,2})[ \t\u3000*]*$"
)
_HEADING_LEAD = re.compile(
    r"[\u3400-\u9fff]{2,24}?(?:(?:政府|办公厅|办公室|委员会|委|局|厅|部|署|院)(?=关于)|(?:发布|印发|出台|公布)(?!会))"
)
# A notice names itself likewise: its authorities, what it is about, and what it is; what it encloses stands in marks.
_NOTICE = re.compile(
    r"(?m)^[ \t\u3000#*]*(?P<title>(?P<who>[\u3400-\u9fff][\u3400-\u9fff、 \u3000]{1,80}?)?(?:关于|(?=(?:印发|转发) ?《))(?P<of>(?:[^\n。；|《》]|《[^《》]{4,120}》){2,100}?)的(?:通知|公告|决定|通告|意见|命令))"
    r"(?:[（(][^）)\n]{1,24}[）)])?[ \t\u3000*]*$"
)
# What a sentence tells to be brought out, without marks: X管理条例正式发布; 某部关于…的通知发布.
_TOLD_WORD = r"(?:(?!发布|印发|出台|公布|解读|根据|依据|按照|新版|最新|首[部个]|[这该本此])[\u3400-\u9fff、“”+])"
_TOLD_TITLE = re.compile(
    rf"(?:^|(?<=[，。：\n#])) ?(?P<title>{_TOLD_WORD}{{4,40}}?(?:条例|管理办法|暂行办法|实施办法|管理规定|若干规定|实施细则)(?:[（(][^）)\n]{{2,10}}[）)])?"
    rf"|{_TOLD_WORD}{{0,24}}关于[\u3400-\u9fff、“”+]{{4,60}}的(?:通知|意见|决定|公告|通告))"
    r"(?=(?:已|将|正式|今日|近日|今天)*(?:发布|公布|印发|出台|施行|实施|生效)(?![\u3400-\u9fff]*(?:会|后|前|以来|情况|方案)))"
)
_SHORTEST_TOLD = 7
# What a notice issues without marks: 关于印发X行动方案的通知.
_ISSUES = re.compile(r"(?:印发|发布|公布|颁布|转发|下达)[ ]?(?P<inner>[^《》，\n]{6,80})")
# What layout puts before a title in its line: 附件1, （此件公开发布）.
_BEFORE_TITLE = re.compile(
    r"(?:[（(](?:此件|受权)[^）)\n]{2,12}[）)]|(?:新华社|中新社|中新网|人民网)[\u3400-\u9fff]{0,6}\d{1,2}月\d{1,2}日[电讯][ ]?|附件[ ]?\d{0,2}[ ：:.、]*)+(?=[\u3400-\u9fff“])"
)
_ENCLOSES = re.compile(r"(?:印发|发布|转发|公布|下达|修订|修改)[^《\n]{0,12}《")
# The authorities may stand in the line above what they say it is about: X办公厅 Y办公厅 / 关于…的意见.
_AUTHORITY_LINE = re.compile(
    r"(?:^|\n)[ \t\u3000#*]*(?P<who>[\u3400-\u9fff][\u3400-\u9fff \u3000、]{2,60}?)[ \u3000*]*\n[\s*]*$"
)
_AUTHORITY = re.compile(r"[\u3400-\u9fff]{2,16}(?:中央|国务院|政府|办公厅|办公室|委员会|委|局|厅|部|署|院)")
_BETWEEN = re.compile(r"[ \u3000、]+")
_ABOVE = 80
# A file's name may hold the day of the version: 某条例(2002-06-29).
_DAY_BEHIND = re.compile(r"[（(](?:19|20)\d\d-\d\d-\d\d[）)]$")
_DATE_LINE = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日\s*")
_STAGE = re.compile(
    r"[\s*]*(?P<stage>[（(](?:征求意见稿|公开征求意见稿|草案|试行|暂行|送审稿|修订稿|修订|(?:19|20)\d\d ?[-–—~～至到] ?(?:19|20)\d\d ?年[^）)\n]{0,6})[）)])"
)
_DRAFTS = frozenset({"征求意见稿", "公开征求意见稿", "草案", "送审稿"})
# What is issued is about the instrument, not the instrument: 《…》实施指南, 《…》的批复.
ABOUT = re.compile(r"的?[\u3400-\u9fff]{0,6}(?:时间线|指南|解读|简析|细则|修正案|报告|说明|问答|批复|复函|决定)")
# What parts titles that are listed: 《…》（试行）、《…》，以及《…》.
LISTED = re.compile(r"[》〉](?:[（(][^（）()\n]{1,40}[）)])?[ \n*]*(?:[、，和与及]|以及){0,2}[ \n*]*[《〈]")
# What stands after these words, the first of a list or a later one, is what a text rests on, not what it is.
_BASIS = re.compile(
    r"(?:根据|依据|依照|按照|落实|贯彻|结合|遵照|执行|符合|违反)[^。；\n]{0,12}"
    r"(?:[《〈][^《》\n]{2,90}[》〉](?:[（(][^（）()\n]{1,30}[）)])?[、和及与，]?){0,4}[《〈]$"
)
_BASIS_REACH = 260
TOP = 600


class Named(NamedTuple):
    """A place where a text names an instrument; the bounds leave the marks out."""

    start: int
    end: int
    title: str


def is_policy(title: str) -> bool:
    """Tell whether a title, blanks removed, is an instrument's."""
    return _POLICY.search(title) is not None and _NOT_POLICY.match(title) is None


def spelled(title: str) -> str:
    """Return a title as its marks hold it, without the blanks that only layout or Chinese typing put in."""
    return _BLANK.sub("", re.sub(r"\s+", " ", title))


def rests_on(text: str, at: int) -> bool:
    """Tell whether the title at a position is only one that the text rests on: 根据《…》《…》."""
    return _BASIS.search(text, max(0, at - _BASIS_REACH), at) is not None


def is_paper(title: str) -> bool:
    """Tell whether a title is a report's, a paper's or a speech's, whoever brings it out."""
    return _PAPER.search(title) is not None or _NOT_POLICY.match(title) is not None


def named_instruments(text: str) -> list[Named]:
    """List the places where a text names instruments by title, in order."""
    found = (_plain(Named(start, end, spelled(title))) for start, end, title in titles(text))
    marked = [
        place._replace(title=place.title + _draft(text, place.end))
        for place in found
        if is_policy(place.title) or _is_printed(text, place)
    ]
    return sorted([*marked, *_otherwise_marked(text)])


def _is_printed(text: str, place: Named) -> bool:
    """Tell whether the words before a title make it an instrument: 印发《…》, 国家标准《…》."""
    return not is_paper(place.title) and _PRINTED.search(text, max(0, place.start - 80), place.start) is not None


def _plain(place: Named) -> Named:
    """Return a title without the marks of bold print that stand inside its own: 《**…》**."""
    lead = len(place.title) - len(place.title.lstrip("*"))
    tail = len(place.title) - len(place.title.rstrip("*"))
    return Named(place.start + lead, place.end - tail, place.title.strip("*")) if lead or tail else place


def _otherwise_marked(text: str) -> Iterator[Named]:
    """Yield the instruments that stand in quotation marks and end as only instruments do, and those that are appended."""
    for match in _QUOTED.finditer(text):
        if _is_marked(text, match):
            yield Named(*match.span("title"), match["title"])
    for match in _TOLD_NOTICE.finditer(text) if "关于" in text else ():
        yield Named(*match.span("title"), spelled(match["title"]))
    for match in _APPENDED.finditer(text) if "附" in text else ():
        yield Named(*match.span("title"), match["title"].strip())
    for match in _APPLIED.finditer(text) if "规定" in text or "条" in text else ():
        if len(match["title"]) > _SHORTEST_STATUTE or match["title"] in _SHORT_STATUTES:
            yield Named(*match.span("title"), match["title"])
    for pattern in (_CHANGED, _ACT) if "法" in text else ():
        for match in pattern.finditer(text):
            yield Named(*match.span("title"), match["title"])
    if len(text) > TOP:
        yield from told_titles(text, TOP)
    programmes = [*(_FIVE_YEARS.finditer(text) if "五”" in text or "五」" in text else ()), *_STATE.finditer(text)]
    held = [match.span() for match in _TITLED.finditer(text)] if programmes else []
    for match in programmes:
        start, end = match.span()
        if not any(begin < start < stop for begin, stop in held):
            start -= len(_STATE_FIRMS) if text.endswith(_STATE_FIRMS, 0, start) else 0
            yield Named(start, end, text[start:end])


def _is_marked(text: str, match: re.Match[str]) -> bool:
    title = _EDITION.sub("", match["title"])
    if title.endswith(_INSTRUMENTS) or (title.startswith(_STATES) and title.endswith(_OF_STATES)):
        return True
    return title.endswith(_BEFORE_DRAFT) and text.startswith(_DRAFT, match.end())


def _draft(text: str, end: int) -> str:
    """Return the stage that stands behind the marks: 《…》（征求意见稿）."""
    stage = _STAGE.match(text, end + 1)
    return stage["stage"] if stage and stage["stage"][1:-1] in _DRAFTS else ""


def headings(text: str) -> list[Named]:
    """List the titles that stand without marks in lines of their own at the text's head, in order."""
    found = [*_plans(text), *(place for place, encloses in notices(text) if not encloses)]
    taken = {at for place in found for at in range(place.start, place.end)}
    return sorted([*found, *(place for place in told_titles(text, 0, TOP) if place.start not in taken)])


def told_titles(text: str, start: int = 0, end: int | None = None) -> Iterator[Named]:
    """Yield the titles without marks that a sentence of a stretch tells to be brought out: X管理条例正式发布."""
    for match in _TOLD_TITLE.finditer(text, start, len(text) if end is None else end):
        title = re.sub(r"[\s*]+", "", match["title"])
        if len(title) > _SHORTEST_TOLD and is_policy(title):
            yield Named(*match.span("title"), title)


def notices(text: str) -> Iterator[tuple[Named, bool]]:
    """Yield the notices that lines at the text's head name, and whether they enclose another instrument."""
    for match in line_matches(_NOTICE, text, 0, TOP):
        encloses = _ENCLOSES.match(match["of"]) is not None
        if not encloses and ("《" in match["of"] or "，" in match["of"]):
            continue
        start, end = match.span("title")
        issued = None if encloses else _ISSUES.fullmatch(match["of"])
        if issued and is_policy(spelled(issued["inner"])):
            begin = match.start("of") + issued.start("inner")
            yield Named(begin, begin + len(issued["inner"]), re.sub(r"[\s*]+", "", issued["inner"])), False
            continue
        lead = None if encloses else _HEADING_LEAD.match(text, start, end)
        start = lead.end() if lead else start
        start = _authorities_above(text, start) if text.startswith(("关于", "印发", "转发"), start) else start
        yield Named(start, end, re.sub(r"[\s*]+", "", text[start:end])), encloses


def _plans(text: str) -> Iterator[Named]:
    """Yield the titles of plans, laws and measures at the text's head, their issuer left out."""
    for match in line_matches(_HEADING, text, 0, TOP):
        start, end = match.span("title")
        # An interpretation is called by its court: 最高人民法院关于…的解释.
        lead = None if "的解释" in match["title"] else _HEADING_LEAD.match(text, start, end)
        start = lead.end() if lead else start
        for before in (_DATE_LINE, _BEFORE_TITLE):
            found = before.match(text, start, end)
            start = found.end() if found else start
        start = _authorities_above(text, start) if text.startswith("关于", start) else start
        title = _DAY_BEHIND.sub("", re.sub(r"[\s*]+", "", text[start:end]))
        # As printed, the whole line is the title: 某厅关于…的规定.
        start = match.start("title") if lead and text.startswith("关于", start) and lead.end() == start else start
        stage = _STAGE.match(text, end)
        if len(title) > 5 and is_policy(title):
            # The stage may stand in a line below: 标识办法 / （征求意见稿）.
            yield Named(start, end, title + stage["stage"] if stage else title)


def _authorities_above(text: str, start: int) -> int:
    """Return where the line of authorities above a title begins; the title's own start where there is none."""
    floor = max(0, start - _ABOVE)
    line = _AUTHORITY_LINE.search(text[floor:start])
    if line and all(_AUTHORITY.fullmatch(part) for part in _BETWEEN.split(line["who"])):
        return floor + line.start("who")
    return start


def is_short(name: str, longer: str) -> bool:
    """Tell whether a title is the short form of another: 《办法》 of 《…暂行办法》."""
    tail = longer.split("（")[0].split("(")[0].replace("暂行" if "暂行" not in name else "（", "")
    return tail.endswith(name) or (len(name) >= 2 and name in longer)
