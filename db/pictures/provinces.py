"""China's 34 province-level units as tiles, each a square at its usual place.

No shapes of the provinces are shipped: those of Natural Earth do not follow the official list, and none was found
that is complete, officially reviewed and licensed for redistribution. Codes and names: GB/T 2260 and ISO 3166-2.
"""

from typing import NamedTuple


class Province(NamedTuple):
    """A province-level unit: adcode, ISO 3166-2 code, names in zh and en, short English name, column and row."""

    adcode: str
    iso: str
    zh: str
    en: str
    short: str
    column: int
    row: int


PROVINCES = tuple(
    Province(*line)
    for line in (
        ("230000", "CN-HL", "黑龙江", "Heilongjiang", "HL", 8, 0),
        ("150000", "CN-NM", "内蒙古", "Inner Mongolia", "NM", 5, 1),
        ("220000", "CN-JL", "吉林", "Jilin", "JL", 8, 1),
        ("650000", "CN-XJ", "新疆", "Xinjiang", "XJ", 1, 2),
        ("620000", "CN-GS", "甘肃", "Gansu", "GS", 3, 2),
        ("640000", "CN-NX", "宁夏", "Ningxia", "NX", 4, 2),
        ("140000", "CN-SX", "山西", "Shanxi", "SX", 5, 2),
        ("110000", "CN-BJ", "北京", "Beijing", "BJ", 6, 2),
        ("120000", "CN-TJ", "天津", "Tianjin", "TJ", 7, 2),
        ("210000", "CN-LN", "辽宁", "Liaoning", "LN", 8, 2),
        ("630000", "CN-QH", "青海", "Qinghai", "QH", 2, 3),
        ("610000", "CN-SN", "陕西", "Shaanxi", "SN", 4, 3),
        ("410000", "CN-HA", "河南", "Henan", "HA", 5, 3),
        ("130000", "CN-HE", "河北", "Hebei", "HE", 6, 3),
        ("370000", "CN-SD", "山东", "Shandong", "SD", 7, 3),
        ("540000", "CN-XZ", "西藏", "Tibet", "XZ", 2, 4),
        ("510000", "CN-SC", "四川", "Sichuan", "SC", 3, 4),
        ("500000", "CN-CQ", "重庆", "Chongqing", "CQ", 4, 4),
        ("420000", "CN-HB", "湖北", "Hubei", "HB", 5, 4),
        ("340000", "CN-AH", "安徽", "Anhui", "AH", 6, 4),
        ("320000", "CN-JS", "江苏", "Jiangsu", "JS", 7, 4),
        ("310000", "CN-SH", "上海", "Shanghai", "SH", 8, 4),
        ("530000", "CN-YN", "云南", "Yunnan", "YN", 3, 5),
        ("520000", "CN-GZ", "贵州", "Guizhou", "GZ", 4, 5),
        ("430000", "CN-HN", "湖南", "Hunan", "HN", 5, 5),
        ("360000", "CN-JX", "江西", "Jiangxi", "JX", 6, 5),
        ("330000", "CN-ZJ", "浙江", "Zhejiang", "ZJ", 7, 5),
        ("450000", "CN-GX", "广西", "Guangxi", "GX", 4, 6),
        ("440000", "CN-GD", "广东", "Guangdong", "GD", 5, 6),
        ("350000", "CN-FJ", "福建", "Fujian", "FJ", 6, 6),
        ("710000", "CN-TW", "台湾", "Taiwan", "TW", 7, 6),
        ("460000", "CN-HI", "海南", "Hainan", "HI", 4, 7),
        ("820000", "CN-MO", "澳门", "Macao", "MO", 5, 7),
        ("810000", "CN-HK", "香港", "Hong Kong", "HK", 6, 7),
    )
)
_SPECIAL = {"TW": "CN-TW", "HK": "CN-HK", "MO": "CN-MO"}
_BY_CODE = {province.iso: province for province in PROVINCES} | {province.adcode: province for province in PROVINCES}
_BY_NAME = {province.zh: province for province in PROVINCES}


def province_of(adcode: str | None, iso: str | None, level: str | None, name: str | None) -> Province | None:
    """Return the province-level unit that a place is, by its codes, else by its Chinese name."""
    found = _BY_CODE.get(adcode or "") or _BY_CODE.get(_SPECIAL.get(iso or "", iso or ""))
    return found or (_BY_NAME.get(name or "") if level == "province" else None)
