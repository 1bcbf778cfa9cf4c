"""Offices: the words for what somebody is in an organization, and the titles that they make."""

import re

from etl.reader.mentions import clean

OFFICE = (
    r"(?:创始人|创办人|创始合伙人|创始成员|合伙人|(?<![A-Za-z])(?:CEO|CTO|CFO|COO|CIO|CMO|CPO|CSO)(?![A-Za-z])|首席[\u3400-\u9fff]{1,8}?(?:官|家|员|师)|董事长|理事长|董事会成员|董事(?!会)|总裁|总经理|总监|经理|院长|所长|"
    r"主任|主席|校长|部长|局长|厅长|司长|处长|秘书长|书记|总书记|负责人|发言人|科学家|研究员|研究者|研究人员|工程师|分析师|教授|讲师|院士|博士生|顾问|总编辑|主编|主管|领导人|设计师|总统|"
    r"总理|首相|国务卿|议员|专员|掌门人|领导者|老板|员工|团队成员|核心成员|早期成员|理事(?![会长])|参事(?!室)|投资人|实习生|(?<![A-Za-z])VP(?![A-Za-z])|高管|产品官|架构师|"
    r"执行长|技术长|财务长|营运长|专家|委员(?!会)|[会组]成员|"
    r"founder|president|chairman|director|chief [a-z]+ officer|researcher|scientist|spokesperson)"
)
PREFIX = r"(?:联合|共同|前|原|时任|现任|首席|副|常务|执行|高级|资深|全球|中国区|大中华区|亚太区|大模型|人工智能|AI|技术|产品|研发|算法|战略|党组|兼|co-|former |vice )"
JOIN = r"(?:[、，,及和兼暨与/& \n]|以及|兼任|[ \n]and[ \n])"
# The words of a title tell what it is of; a verb or a particle among them shows that they are none.
_WORD = r"(?:(?!解雇|任命|(?<![长特])聘|挖走|局面|告诉|投资|宣布|表示|采访|批评|起诉|收购|成立|发布|推出|包括|以及|董事会(?!成员|主席|副主席|秘书)|其[^他]|该公司)[^\W\d_a-zA-Z和了被把将是有让使从给称说向]|[（(][\u3400-\u9fffA-Z]{1,8}[）)]|(?<![A-Za-z])(?:BG|BU|AI|IT|PC|HR|PR|IoT|AR|VR|XR|GPU|TV)(?![A-Za-z])[ ]?)"
ONE = rf"(?:(?:{PREFIX}[ \n]?)*(?![和与及以]){_WORD}{{0,10}}?(?:[ ](?:AI[ ])?)?{OFFICE}(?:之一)?)"
TITLE = rf"(?:{ONE}(?:{JOIN}{{1,2}}{ONE}){{0,3}})"
# A title without a word of its own, so that no unknown firm's name stands in it.
BARE = rf"(?:(?:{PREFIX}[ \n]?)*{OFFICE}(?:{JOIN}{{1,2}}(?:{PREFIX}[ \n]?)*[\u3400-\u9fff]{{0,6}}?{OFFICE}){{0,3}})"
# An office of a firm, which a text that speaks of one firm need not name.
_OF_FIRMS = re.compile(
    r"创始|执行长|CEO|CTO|CFO|COO|CPO|首席(?!经济|分析|代表|记者)|董事|总裁|总经理|founder|chief", re.I
)
FOUNDER = re.compile(r"创始人|创办人|创始成员|创始合伙人|创始及|founder", re.I)
_COUNTED = re.compile(r"[两二三四五六七八九十几多数]\s?[位名个](?:联合)?创始人")
_WHOSE = re.compile(r"^(?:该公司|公司|集团|其|[两二三四五六七八九十几多数][位名个])(?:的)?")
_PLURAL = re.compile(
    r"创始人|领导者|创办人|[两二三四五六七八九十几多数]\s?[位名个]|董事|成员|分析师|策略师|(?<!首席)(?:经济学家|科学家)|研究员|研究者|研究人员|工程师|教授|合伙人|高管|员工"
)


def is_of_a_firm(title: str) -> bool:
    """Tell whether a title is an officer's or founder's of a firm, and no scholar's or official's."""
    return _OF_FIRMS.search(title) is not None


def is_of_several(title: str) -> bool:
    """Tell whether a title may be of all those listed after it: 联合创始人甲和乙."""
    return _PLURAL.search(title) is not None


def is_counted(title: str) -> bool:
    """Tell whether a title counts its founders, and so holds for each that the list goes on with."""
    return _COUNTED.match(title) is not None


def trimmed(title: str) -> str:
    """Return a title without layout and without what only joins it."""
    return _WHOSE.sub("", clean(title).strip(" 、，,及和兼暨与/*的"))
