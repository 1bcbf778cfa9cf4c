"""Chinese lists' words for places and industries, and what they are in ours."""

from etl.importing.rows import Thing

PROVINCES = {
    "北京": "CN-BJ", "天津": "CN-TJ", "河北": "CN-HE", "山西": "CN-SX", "内蒙古": "CN-NM", "辽宁": "CN-LN",
    "吉林": "CN-JL", "黑龙江": "CN-HL", "上海": "CN-SH", "江苏": "CN-JS", "浙江": "CN-ZJ", "安徽": "CN-AH",
    "福建": "CN-FJ", "江西": "CN-JX", "山东": "CN-SD", "河南": "CN-HA", "湖北": "CN-HB", "湖南": "CN-HN",
    "广东": "CN-GD", "广西": "CN-GX", "海南": "CN-HI", "重庆": "CN-CQ", "四川": "CN-SC", "贵州": "CN-GZ",
    "云南": "CN-YN", "西藏": "CN-XZ", "陕西": "CN-SN", "甘肃": "CN-GS", "青海": "CN-QH", "宁夏": "CN-NX",
    "新疆": "CN-XJ",
}  # fmt: skip
# They have a country's code and a province's: which one is meant, the list does not say.
_TWO_CODES = ("香港", "澳门", "台湾")

INDUSTRIES = {
    "医学": "healthcare", "医疗": "healthcare", "金融": "finance", "教育": "education", "司法": "justice",
    "法律": "justice", "工业": "manufacturing", "工业制造": "manufacturing", "政务": "government_affairs",
    "农业": "agriculture", "媒体": "media", "客服": "customer_service", "游戏": "games", "交通运输": "transport",
    "电商": "e_commerce", "智能家居": "smart_home", "汽车": "automotive", "科研": "scientific_research",
    "科学": "scientific_research", "电力": "energy", "矿业": "mining", "公共服务": "public_services",
    "城市治理": "digital_governance",
}  # fmt: skip


def place(printed: str) -> Thing:
    """Return the place of a string of province and city, such as 浙江杭州: the city, in its province."""
    province = next((name for name in (*PROVINCES, *_TWO_CODES) if printed.startswith(name)), None)
    if province is None:
        return Thing(printed, "place", "place", extra=(("level", "city"),))
    code = PROVINCES.get(province)
    extra = (("level", "province"), *((("iso_3166", code),) if code else ()))
    whole = Thing(province, "place", "place", key=code or "", extra=extra)
    rest = printed.removeprefix(province).removeprefix("省").removeprefix("市").strip()
    if not rest:
        return whole
    return Thing(rest, "place", "place", key=f"{province}{rest}", extra=(("level", "city"),), parent=whole)
