"""Heads of tables: what a column's header says that its cells hold."""

import re
from dataclasses import dataclass

SUBJECT_HEADER = re.compile(
    r"模型名|模型|名称|产品|版本|公司|企业|机构|平台|系列|项目|地区|省|城市|国家|model|name|system|product|company|version",
    re.I,
)
NOT_SUBJECT_HEADER = re.compile(
    r"类型|类别|层级|分类|领域|参数|大小|尺寸|规模|数量|特点|链接|地址|协议|協議|许可|許可|授权|授權|开源|商用|时间|日期|主体|开发|研发|size|type|license|date|link|url|pages?|tokens?",
    re.I,
)
ORDINAL_HEADER = re.compile(r"序号|编号|排名|名次|rank|^no\.?$|^#$|^id$", re.I)
DEVELOPER_HEADER = re.compile(
    r"主体|开发(?:者|商|方|机构|单位)|研发|公司|企业|机构|单位|厂商|发布(?:者|方|商|单位)|作者|出品|提供(?:者|商|方)|团队|organi[sz]ation|developer|company|provider|vendor|author|creator|publisher|developed by",
    re.I,
)
# 机构类型 tells of what kind makers are, and names none.
KIND_HEADER = re.compile(
    r"(?:类型|类别|性质|属性|国别|所在地|地区|地址|规模|简介|数量|人数|背景|官网|type|size|country|url|links?)$", re.I
)
BASIS_HEADER = re.compile(
    r"(?:based[ ]on|(?:base|foundation|parent|backbone)[ -]?models?|backbone|(?:基座|底座|基础|底层|基底)(?:大?模型)?|基于(?:何种|哪个)?(?:大?模型)?)",
    re.I,
)
MODEL_HEADER = re.compile(r"模型|models?\b", re.I)
# Under a firm's row such a column lists what it made.
MADE_HEADER = re.compile(
    r"(?:核心|主要|代表|代表性|旗舰|自研|最新|主力|旗下)*(?:大?模型|产品)(?:名称|系列|产品)?(?:[（(].*)?|(?:main |key |flagship )?models?",
    re.I,
)
OPEN_HEADER = re.compile(r"是否开源|开源(?:情况|状态)?$|open[- ]?source", re.I)
COMMERCIAL_HEADER = re.compile(r"商用|商业|commercial", re.I)
LICENCE_HEADER = re.compile(r"授权|授權|许可|許可|协议|協議|商用|商业|开源|licen[cs]e|commercial|open[- ]?source", re.I)
# Such a column tells what a thing is used for or held against, not what it is.
USE_HEADER = re.compile(r"场景|用途|适用|适合|缺点|不足|竞品|对手|对标|use cases?|competitors?", re.I)
DATE_HEADER = re.compile(r"(?:发布|上线|推出|开源|更新)?(?:时间|日期)|年份|release|date|year|published", re.I)
# What such a column holds is no value: a price's unit, a place on the web, a rank.
NOT_VALUE_HEADER = re.compile(
    r"单位|计费|计价|unit|链接|地址|排名|序号|编号|协议|link|url|license|rank|no\.?$|^#$|^id$", re.I
)
REMARK_HEADER = re.compile(r"备注|说明|特点|描述|语言|亮点|评估|notes?$|remarks?$|description", re.I)
COLUMN_PROPERTIES: tuple[tuple[re.Pattern[str], str, tuple[str, ...]], ...] = (
    (re.compile(r"激活|active", re.I), "parameters_active", ("parameter",)),
    (re.compile(r"参数|模型(?:大小|规模|尺寸)|^尺寸$|param|size$", re.I), "parameters", ("parameter",)),
    (
        re.compile(r"训练(?:token|数据|语料)|数据(?:规模|量)|token数|语料|training (?:data|tokens)|corpus", re.I),
        "training_data",
        (),
    ),
    (re.compile(r"上下文|最大长度|窗口|长度|context|length", re.I), "context_length", ("token",)),
    (re.compile(r"价格|单价|定价|费用|price|cost|\$|元/|input|output|输入|输出", re.I), "price", ()),
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a header says that its cells hold: the first of these that fits a cell; `figures` are of what, in which units."""

    is_licence: bool
    is_date: bool
    is_basis: bool
    is_kind: bool
    is_maker: bool
    is_name: bool
    is_no_value: bool
    is_remark: bool
    figures: tuple[str, tuple[str, ...]] | None


def head_of(name: str) -> Head:
    """Read a header."""
    is_maker = DEVELOPER_HEADER.search(name) is not None
    figures = next(((property_id, units) for form, property_id, units in COLUMN_PROPERTIES if form.search(name)), None)
    is_name = figures is None and SUBJECT_HEADER.search(name) is not None
    return Head(
        is_licence=LICENCE_HEADER.search(name) is not None,
        is_date=DATE_HEADER.search(name) is not None,
        is_basis=BASIS_HEADER.fullmatch(name) is not None,
        is_kind=is_maker and KIND_HEADER.search(name) is not None,
        is_maker=is_maker,
        is_name=is_name and NOT_SUBJECT_HEADER.search(name) is None,
        is_no_value=NOT_VALUE_HEADER.search(name) is not None,
        is_remark=REMARK_HEADER.search(name) is not None,
        figures=figures,
    )
