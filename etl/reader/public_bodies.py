"""Public bodies by their form: a place or none, and a department of government: 青山市人社局, 青山警方, 驻青山大使馆."""

import re
from collections.abc import Iterator

from etl.reader.mentions import Mention

_OF = (
    "人社|人力资源和社会保障|卫健|卫生健康|教育|公安|交通运输|交通|财政|民政|司法|审计|统计|文旅|文化和旅游|商务|科技|科学技术|工信|经信|经济和信息化|工业和信息化|住建|住房和城乡建设|水利|农业农村|"
    "自然资源|生态环境|市场监管|市场监督管理|市监|药监|药品监督管理|医保|医疗保障|税务|气象|应急管理|应急|发展改革|发展和改革|发改|城管|城市管理|林草|林业|体育|广电|国资|金融监管|金融|网信|大数据|数据|通信管理|邮政管理|"
    "消防|消防救援|知识产权|版权|能源|外事|退役军人|退役军人事务|国家安全|政务服务|投资促进|地方金融监督管理|公共卫生|规划和自然资源|出版|电影|档案|证监|银保监"
)
_DEPARTMENT = (
    rf"(?:{_OF})(?:监督管理|管理)?(?:局|厅|委员会|委(?!员|托)|总队|支队|大队|分局|系统)"
    r"|(?:人民)?政府(?:办公厅|办公室)?(?![和与]|部门|采购|工作报告|网|补贴|机构|性|债)|人民检察院|检察院|中级人民法院|高级人民法院|人民法院|"
    r"(?:省|市|区|县)委(?:组织部|宣传部|统战部|办公厅|办公室)?(?!员|会|书记处)|交警(?:支队|大队|总队)?|警方|公安(?!部|机关|人员|民警|厅|局|分局)|军方|国防军|央行|海关总署|(?:大使|领事)馆|使馆|气象台|管委会|国会|议会|总统府|"
    r"(?:财政|外交|国防|司法|商务|能源|教育|卫生|内政|贸易|劳工|农业|交通|工业|科技|信息|数字)部(?![门分长队署])|消费者协会|人民医院|日报社"
)
_WITH_PLACE = re.compile(
    rf"(?:(?:[\u3400-\u9fff](?<![的了和与及或在对为从被把将由以于到至比并而但也都就是说称据]))){{0,8}}?(?:{_DEPARTMENT})(?![\u3400-\u9fff]?(?:人士|人员|工作))"
)
# A district or town that no list of places holds, before a department: 青山区教育局. Its last character is scanned for.
_ALONE = re.compile(rf"[省市区县州旗盟镇](?:{_DEPARTMENT})(?![\u3400-\u9fff]?(?:人士|人员|工作))")
_PLACE = re.compile(
    r"(?:(?![的了和与及或在对为从被把将由以于到至比并而但也都就是说称据该本全各某报经后直届第次])[\u3400-\u9fff]){2,4}$"
)
_PLACE_REACH = 4
_UNITS = frozenset("省市区县州")
_PARTY = re.compile(r"委(?!员|托|派|任|培)(?:组织部|宣传部|统战部|办公厅|办公室|政法委|网信办)?")
_ABROAD = re.compile(r"(?:中国)?驻[\u3400-\u9fff]{2,8}?(?:大使馆|总领事馆|领事馆|使馆)")
_COMMON = re.compile(r"(?:城市|地区|社区|园区|省市|区县|市县|各地|当地|外地|全国|中国)$")


def body_at_place(text: str, end: int) -> int | None:
    """Return where the name of a department ends that goes on from a place's name."""
    if text[end - 1] in _UNITS:
        party = _PARTY.match(text, end)
        if party:
            return party.end()
    match = _WITH_PLACE.match(text, end)
    return match.end() if match else None


def public_bodies(text: str) -> Iterator[Mention]:
    """Yield the departments of places that no list holds, and the embassies."""
    for match in _ALONE.finditer(text):
        place = _PLACE.search(text, max(0, match.start() - _PLACE_REACH), match.start())
        if place is not None and not _COMMON.search(text[place.start() : match.start() + 1]):
            start, end = place.start(), match.end()
            yield Mention(start, end, "organization", text[start:end], None)
    for match in _ABROAD.finditer(text) if "驻" in text else ():
        yield Mention(match.start(), match.end(), "organization", match[0], None)
