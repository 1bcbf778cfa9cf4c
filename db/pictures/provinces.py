"""China's 34 province-level units: codes and names by GB/T 2260 and ISO 3166-2, outlines by Apache ECharts.

The outlines are of echarts 4.9.0 (Apache-2.0), made smaller by `python -m tests.make_provinces`.
"""

from typing import NamedTuple

CELL = 6
"""Kilometres of the grid that the outlines are drawn on."""


class Province(NamedTuple):
    """A province-level unit: codes, names in zh and en, a short English name, and where its name stands on a map.

    A unit too small for its name has it beside, in the sea.
    """

    adcode: str
    iso: str
    zh: str
    en: str
    short: str
    longitude: float
    latitude: float
    align: str = "center"


PROVINCES = tuple(
    Province(*line)
    for line in (
        ("230000", "CN-HL", "黑龙江", "Heilongjiang", "HL", 128.0, 47.2),
        ("150000", "CN-NM", "内蒙古", "Inner Mongolia", "NM", 113.6, 43.4),
        ("220000", "CN-JL", "吉林", "Jilin", "JL", 126.4, 43.5),
        ("650000", "CN-XJ", "新疆", "Xinjiang", "XJ", 85.4, 41.3),
        ("620000", "CN-GS", "甘肃", "Gansu", "GS", 95.8, 40.4),
        ("640000", "CN-NX", "宁夏", "Ningxia", "NX", 106.1, 37.2),
        ("140000", "CN-SX", "山西", "Shanxi", "SX", 112.3, 37.6),
        ("110000", "CN-BJ", "北京", "Beijing", "BJ", 116.4, 40.35),
        ("120000", "CN-TJ", "天津", "Tianjin", "TJ", 118.4, 38.9, "left"),
        ("210000", "CN-LN", "辽宁", "Liaoning", "LN", 122.9, 41.3),
        ("630000", "CN-QH", "青海", "Qinghai", "QH", 96.2, 35.7),
        ("610000", "CN-SN", "陕西", "Shaanxi", "SN", 108.9, 34.9),
        ("410000", "CN-HA", "河南", "Henan", "HA", 113.6, 33.9),
        ("130000", "CN-HE", "河北", "Hebei", "HE", 115.2, 38.2),
        ("370000", "CN-SD", "山东", "Shandong", "SD", 118.2, 36.4),
        ("540000", "CN-XZ", "西藏", "Tibet", "XZ", 88.4, 31.6),
        ("510000", "CN-SC", "四川", "Sichuan", "SC", 102.7, 30.7),
        ("500000", "CN-CQ", "重庆", "Chongqing", "CQ", 107.7, 29.9),
        ("420000", "CN-HB", "湖北", "Hubei", "HB", 112.2, 31.1),
        ("340000", "CN-AH", "安徽", "Anhui", "AH", 117.1, 32.0),
        ("320000", "CN-JS", "江苏", "Jiangsu", "JS", 119.5, 33.2),
        ("310000", "CN-SH", "上海", "Shanghai", "SH", 122.3, 31.3, "left"),
        ("530000", "CN-YN", "云南", "Yunnan", "YN", 101.5, 24.8),
        ("520000", "CN-GZ", "贵州", "Guizhou", "GZ", 106.8, 26.9),
        ("430000", "CN-HN", "湖南", "Hunan", "HN", 111.7, 27.7),
        ("360000", "CN-JX", "江西", "Jiangxi", "JX", 115.7, 27.7),
        ("330000", "CN-ZJ", "浙江", "Zhejiang", "ZJ", 120.1, 29.2),
        ("450000", "CN-GX", "广西", "Guangxi", "GX", 108.6, 23.9),
        ("440000", "CN-GD", "广东", "Guangdong", "GD", 113.6, 23.9),
        ("350000", "CN-FJ", "福建", "Fujian", "FJ", 118.0, 26.1),
        ("710000", "CN-TW", "台湾", "Taiwan", "TW", 121.0, 23.7),
        ("460000", "CN-HI", "海南", "Hainan", "HI", 109.8, 19.2),
        ("820000", "CN-MO", "澳门", "Macao", "MO", 113.4, 20.9),
        ("810000", "CN-HK", "香港", "Hong Kong", "HK", 114.6, 22.0, "left"),
    )
)
_SPECIAL = {"TW": "CN-TW", "HK": "CN-HK", "MO": "CN-MO"}
_BY_CODE = {province.iso: province for province in PROVINCES} | {province.adcode: province for province in PROVINCES}
_BY_NAME = {province.zh: province for province in PROVINCES}


def province_of(adcode: str | None, iso: str | None, level: str | None, name: str | None) -> Province | None:
    """Return the province-level unit that a place is, by its codes, else by its Chinese name."""
    found = _BY_CODE.get(adcode or "") or _BY_CODE.get(_SPECIAL.get(iso or "", iso or ""))
    return found or (_BY_NAME.get(name or "") if level == "province" else None)
