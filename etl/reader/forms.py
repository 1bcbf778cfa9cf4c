"""Names known by their form alone: X大模型, XX公司, Latin names with versions, persons by title or by what they say."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs
import rjieba

from etl.reader.common_words import NOT_NAMES
from etl.reader.english_forms import english_kind, has_given_name, is_english, is_person_form, only_begins
from etl.reader.english_words import is_common
from etl.reader.foreign_names import name_tagged, surname_told
from etl.reader.mentions import Mention, clean
from schema.alternatives import begun

# Characters that end a name when one looks back from its suffix: particles, conjunctions, verbs that take names.
_STOP = frozenset("的了和与及或在对为从被把将向是据由等以于跟到至比并而但也都就又还这那该其此各每某令使让称说表给")
_STOP_WORDS = "宣布 发布 推出 举办 成为 开源 联合 旗下 采用 使用 基于 通过 包括 以及 其中 目前 近日 日前 当前 截至 随着 面对 针对 关于 来自 投资 收购 加入 成立 创办 创立 委托 购买 拿下 投入 担任 出任 离开 进入 告诉 公司 企业 厂商 巨头 机构 智库 接受 表示 认为 预测 预计 估计 指出 透露 支持 鼓励 再获 获得 又获 喜获 建设 训练 打造 研发 开发 会见 会晤 访问 起诉 约谈"
_STOPPED = re.compile(f".*{begun(_STOP_WORDS.split())}(?:{_STOP_WORDS.replace(' ', '|')})")
_LATIN_BEFORE = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z\d.-]{1,20}[ ]){0,2}[A-Za-z][A-Za-z0-9.-]{1,20}[ \n]?$")
_ORGANIZATION_SUFFIXES = (
    "联储 股份有限公司 有限责任公司 有限公司 公司 集团 控股 科技 智能 研究院 研究所 实验室 大学 学院 科学院 银行 证券 基金会 协会 学会 联盟 委员会 "
    "事务所 出版社 资本 创投"
)
_MODEL_SUFFIXES = "大语言模型 大模型 语言模型 多模态模型 基座模型"
_MODEL_SUFFIX_WORDS = frozenset(_MODEL_SUFFIXES.split())
# AI may begin the name of such a body, and of a firm only describes: AI全球研究院.
_ARTIFICIAL = re.compile(r"(?<![A-Za-z])AI$")
_INSTITUTES = frozenset({"研究院", "研究所", "实验室", "学院"})
_ORGANIZATION_REACH, _MODEL_REACH = 16, 8
_GENERIC_MODEL = re.compile(
    r".{0,6}?(?:国产|国内|通用|垂直|垂类|行业|基础|基座|开源|闭源|多模态|语言|视觉|视频|生成式?|预训练|自研|各类|多个|一个|首个|超大|千亿|百亿|"
    r"万亿|主流|专用|下游|人工智能|科学|中文|新型|更多|很多|这些|单一|稠密|世界|推理|端侧|认知|领域|金融|医疗|教育|工业|政务|小|大)+"
)
_VAGUE_FIRM = re.compile(
    r".{0,2}有限公司|(?:任何|所有|每家|一切|整个)(?:公司|集团|大学|银行)|.{0,6}?(?:(?:初创|创业|私募股权|私募|生物技术|信息技术|金融科技|商业|法律|医疗|教育|金融|安全|能源|生物|自动驾驶|数据|网络|上市|母|子|分|科技|互联网|芯片|大|小|新|家|独角兽|人工智能|云计算|软件|外国|中国|美国|国内|该|这家|各大|机器人|模型|算法|汽车|保险|"
    r"投资|咨询|研究|媒体|游戏|电商|搜索|社交|电子商务|所属|控股|开发|软件|制造|设计|运营|风投|创投|相关|同类|头部)公司|(?:人工|商业|群体|具身|通用|机器|空间|端侧|边缘|类人|超级|感知|认知|决策|云端|新一代|步入|降低|提升|增强|实现|赋能|通过|"
    r"走向|迈向|迎来|拥抱|生成式)智能|(?:法律|农业|医疗|教育|生物|信息|数字|金融|前沿|高|黑|新|硬|核心|军事|航天|气候|清洁|绿色|先进|现代|未来|关键|大型|小型|中小|知名|头部|领先|老牌|传统)科技|"
    r"(?:社会|风险|产业|人力|民间|民营|国有|金融|外国|境外|耐心|长期|热|各路|市场|国际|海外|国内|全球|中国|美国|硅谷|大|外|政府|美元|私人|私募|社会|股权|文化|工商|知名|头部)资本|高校学院|(?:国家|省级|市级|重点|联合|国家级|创新)实验室)"
    r"|(?:[一几两多某各每]?家|任何|所有|该|这|知名|国际|大型|顶级|美国|中国|当地|全球|[四五六]大){0,3}(?:律师|会计师|会计)事务所"
)
# A name set apart before what it is: “云帆”大模型, “云帆”教育大模型.
_QUOTED_BEFORE = re.compile(
    r"[“「『]([^“”「」『』，。、；：！？\n（(]{2,12})[”」』](?:(?![的与和等])[\u3400-\u9fff]){0,6}$"
)
_CLOSES = frozenset("”」』")
# A word that is a name by itself: a person's, a brand's.
_NAMES_TAGGED = frozenset({"nr", "nrt", "nrfg", "nz"})
# A name that is introduced by what it is, and set apart by marks: 大模型“紫东太初”, 创业公司 **光年之外**.
_INTRODUCERS = {
    "model": "大模型 大语言模型 语言模型 模型 系列模型",
    "organization": "公司 企业 独角兽 厂商 机构 集团 工作室",
    "product": "产品 应用 助手 平台 App APP app 机器人 工具 软件 系统 眼镜 芯片 浏览器 助理 测试集 框架 处理器 显卡 搜索引擎 操作系统 网站 游戏 社区 车型",
    "person": "创始人 CEO CTO 董事长 总裁 教授 博士",
}
_INTRODUCING = frozenset(' \n“「『《"*')
_INTRODUCED = re.compile(
    r"[ \n]?(?:[“「『《\"]|\*\*[ \n]?)([^”」』》\"*，。、；：！？\n（(]{2,24}?)(?:[”」』》\"]|[ \n]?\*\*)"
)
_TITLES = (
    "创始人 创办人 CEO CTO CFO COO 董事长 总裁 总经理 院长 所长 局长 司长 厅长 处长 署长 市长 省长 县长 区长 州长 大使 总干事 检察长 主任 教授 研究员 院士 首席执行官 首席科学家 首席技术官 首席战略官 首席运营官 首席财务官 首席产品官 首席营销官 首席信息官 首席数据官 首席安全官 首席增长官 首席商务官 首席法务官 首席创新官 首席分析师 首席投资官 首席合规官 首席隐私官 首席信息安全官 首席人力资源官 首席人才官 首席传播官 首席体验官 首席创意官 首席业务官 首席客户官 首席风险官 首席策略师 首席市场官 首席研究员 首席经济学家 首席工程师 首席架构师 首席设计师 首席顾问 负责人 合伙人 校长 部长 秘书长 "
    "理事长 分析师 架构师 工程师 VP 科学家 高管 总编辑 主编 领导人 设计师 开发者 核心人物 联创 总监 博士 先生 女士 "
    "董事 执行董事 独立董事 非执行董事 主席 行长 会长 社长 议员 经济学家 主持人 专家 学者 发言人 书记 总书记 委员 总统 总理 首相 国务卿 律师 主管 顾问 掌门人 执行长 技术长 财务长 营运长"
)
_FOUNDED = "成立于 创立于 创办于 创建于"
_CALLING = "名为 名叫 叫做 取名 取名为 命名为 被称为 代号 代号为"
_BRINGING_OUT = "自研 自研了 自主研发 研发了 打造了 推出 推出了 发布 发布了 上线 上线了 开源 开源了"
_ACTING = "被任命 被聘 被选 被提名 履新 就任 升任 接任 当选 转任 获任 获聘 接替 执掌 创立 创办 离职 离开 辞去 辞职 卸任 加入 加盟 入职 曾任 现任 担任 出任 供职于 就职于 任职于 毕业于"
_TELLING = "表示 认为 指出 坦言 透露 强调 介绍说 告诉 解释 分析称 预测"
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹"
    "薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍"
    "涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师"
    "鹿冀荆逄钮荀隗谌漆檀冼邰矫雒奚阙郦"
    "和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝井蔺"
    "赖湛禹狄贝谈茅昝裘嵇滑芮羿储汲糜巴牧宓郗班伊厉戎祖束韶郜蓟薄宿鄂胥闻莘贡扶堵宰雍璩濮寿浦阎慕茹习宦暨匡阚鞠巢蒯竺逯桓晁訾仝谯"
)
_TITLED_LATIN = re.compile(
    r"[ \n*]*(?:(?:分别)?[是为]|包括|[：:])?[ \n*]*([A-Z][a-z]+(?: [A-Z]\.)?(?:[ \n][A-Z][a-z]+(?:-[A-Z][a-z]+)?){1,2})(?![A-Za-z-])"
)
# A first name alone, of whom an office and what is said make a person: CEO Orla 说.
_TELLING_LATIN = re.compile(
    r"[ \n]+([A-Z][a-z]{2,12})(?=[ \n]*(?:说|表示|认为|指出|透露|坦言|强调|告诉|回忆|解释|分享|提到))"
)
_LETTER = re.compile(r"[A-Za-z]")
_TITLED = re.compile(
    r"(?:之一)?(?:兼[A-Z\u3400-\u9fff]{2,8}?)?[ \n*]*(?:——|[：:])?[ \n*]*([\u3400-\u9fff]{2,3}?)(?=[ \n*]*(?:表示|认为|发现|开发|称|说|指出|透露|坦言|强调|介绍|在|是|对|，|、|。|\*|（|\(|的|等|和|与|于|自(?=[\d去今前])|博士|教授|先生|女士|院士|去年|今年|近日|近期|汇报|率领|带领|带着|日前|此前|随后|也|却|曾|将|已|宣布|最新|离[开职]|创[立办建]|辞|卸任|加[入盟]|都|均|出任|离任|告诉|接受|看来|来看|眼中|出席|担任|发文|分管|负责|领导|主管|主导|主持|带队|牵头|接任|执掌|回应|致辞|发表|评价|呼吁|联合|共同|会见|访问|参观|前往|现身|获得|被|还|又|则|接受|成立|组建|发起|主持|签署|领投|跟投|参投|投资|率|首次|正式|公开|对外|向|从|为|让|[\d：:；])|[ *]*(?:\n\s*\n|$))"
)
_TOLD_BY = re.compile(r"(?:^|.*[，。；：、\n“”（ 员长官授裁人士])([\u3400-\u9fff]{2,3})(?:博士|教授|院士)?$", re.S)
_OPENING = re.compile(r"(?:^|.*[，。；：\n“”（ ])([\u3400-\u9fff]{2,6})$", re.S)
# 甲是X的合伙人: whom the clause that opens with a name says to be something.
_CALLED = re.compile(
    r"(?:^|.*[，。；：\n“”（ ])([\u3400-\u9fff]{2,3})(?:现在?|目前|曾|也|还)?(?:是|系)[^，。；：\n和与及、]{1,20}$",
    re.S,
)
_LATIN_BEHIND = re.compile(r"[ \n]?([A-Z][A-Za-z]{2,})")
# What is counted is no name: 原有基础上扩展两家 | 公司, 千亿级市值 | 公司.
_COUNT_WITHIN = re.compile(
    r"[一二两三四五六七八九十几数多\d](?:家|个(?!推)|位(?!堂)|所|支|名|国)(?!乐)|[十百千万\d]亿级?|[两三四五六七八九十\d]年|第[一二三四五六七八九十]"
)
_COUNTED_FIRM = re.compile(r"[一这那某几两多]?家|[这那][个一]|某")
_NO_NAMES = re.compile(r"[一二两三四五六七八九十]小[龙虎强]|[A-Z]?轮|[\d.,]+[ ]?(?:[BMKTbmk]|[万亿]|GB|TB|%)?")
# A person says so: 总裁甲透露, 总裁甲在接受采访时表示.
_SAYS = re.compile(
    r"[ \n*]*(?:(?:在|向|对)[^，。；\n]{1,20}?)?(?:也|还|则)?(?:透露|坦言|表示|认为|指出|强调|告诉|接受[^，。；\n]{0,10}?采访)"
)
_SHORT = 2
# What may still stand around a name within its marks.
_OUTER = " \n\t`*"
_HONORIFICS = frozenset({"博士", "教授", "院士", "先生", "女士"})
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,3}")
_COMMON_BODY = re.compile(r"公司|企业|团队|机构|组织|单位|学校|本院|中心$|^[该其它这那本此两]")
# 和 is a surname too; before a title or another's name it only joins.
_AND_OTHERS = re.compile(
    r"和(?:教授|院士|博士|主任|总裁|专家|学者|投资|合伙)|曾(?:先后|多次|经|任|是|与|被|获|担|于|在)"
)
_NO_PERSON = re.compile(
    r"[他她它我们是的了这那你]|^(?:毕业|毕竟|高级|任何|明年|明天|连续|包括|常常|成功|时任|余下|和其)"
)
_ACTED = re.compile(
    r"(?:^|.*(?:[，。；：\n“”（ 的]|任命|聘请|委任))([\u3400-\u9fff]{2,3}?)(?:博士|教授|院士|先生|女士|等人)?(?:(?:于|在|从|曾|已|也|又|便|正式|共同|联合|宣布|去年|今年|当年|随后|[\d年月日底初中])+)?$",
    re.S,
)

_LATIN = re.compile(
    r"[A-Za-z](?<![A-Za-z0-9_./@-][A-Za-z])"
    r"(?:(?<=[A-Z])[A-Za-zÀ-ɏ]*\d*(?:[A-Z][A-Za-z0-9]*)*|(?<=[a-z])(?:[a-z]{0,11}[A-Z][A-Za-z0-9]*|[a-z]{0,2}\d(?=[\u3400-\u9fff\s-])))"
    r"(?:[-·.][A-Za-z0-9]+(?:\.\d+(?:[BbMT](?![A-Za-z]))?)*)*"
    r"(?:[ \n](?:& [A-Z][a-z]+|[1-9]\d{3}(?<=[A-Z]{2}.\d{4})(?:Ti|SUPER|[A-Z]{1,2})?(?![\w.,%]|[ \n]?(?:[万亿億萬%‰至到~～-]|[个位年月日款元人名家台张片条次倍天块种项场颗枚座套部辆小时分秒米公吨余多左右以])|[ \n][a-z])|[1-9]\d{2,3}(?!(?:[KMGTPE]?[Bb]|[kMG]?W|[KMBTPEVAHXW]|MP|FPS|TOPS|[KMG]?Hz|PX)(?![A-Za-z]))[A-Z]{1,3}(?![\w.,%])|\d{1,2}(?:\.\d{1,2})+(?![\d%元]|[ ]?(?:[万亿億萬]|[美欧港日]元))|[1-9](?![\d.%,万亿億萬个位年月日款]|[BbMT](?![A-Za-z])|\.\d)|[A-Z][a-zÀ-ɏ]+(?:[A-Z][a-z]+)*(?:-[A-Za-z0-9]+)*|[A-Z]{1,3}\.\d{1,2}(?![\d.%])|(?!C[EFIMOPST]O(?![A-Za-z\d]))[A-Z]{2,6}(?![a-z])|"
    r"[vV]\d+(?:\.\d+)*|\d+(?:\.\d+)?[BbMT](?![A-Za-z])|[A-Z]\d+(?:\.\d+)?))*"
)
# The name behind a repository's owner: quinn/Orchard-150B.
_AFTER_SLASH = re.compile(
    r"/(?<=[A-Za-z\d]/)(?P<name>[A-Z][A-Za-z]{2,20}(?:-[A-Za-z0-9]+(?:\.\d+[BbMT]?)?){1,4})(?![/\w])"
)
# What is set apart behind 名为 is a name, unless it is a sentence, a title or a date's; behind 推出 a thing's, unless it goes on so.
_NO_NAME = re.compile(r"[的了是在和与]|报告|论文|文章|书|邮件|视频|会议|大会|^[A-Z]?轮$")
_NO_THING = re.compile(
    r"[^，。；\n]{0,6}?(?:活动|政策|报告|论文|倡议|奖|大会|论坛|榜|功能|战略|理念|概念|白皮书|文章|课程)"
)
# A name in Chinese letters alone that is brought out is short; what is longer is a slogan or a title.
_SHORT_THING = 8
_CALLED_KIND = re.compile(
    r"[ \n]?的?[^，。；、的\n]{0,8}?(?:(?P<model>模型)|(?P<firm>公司|初创|企业|机构|实验室|团队|组织|基金|工作室)|(?P<thing>产品|应用|助手|平台|机器人|工具|软件|芯片|系统|服务))"
)
# 一家名为云帆的生物技术公司: with no marks, where its kind follows.
_PLAINLY_CALLED = re.compile(
    r"([\u3400-\u9fffA-Za-z]{2,6}?)(?=的[^，。；、的\n]{0,10}?(?:公司|企业|初创|机构|平台|模型|工具|应用|系统|机器人|产品|软件))"
)
_KINDS = {"model": "model", "firm": "organization", "thing": "product"}
_CALLING_WORDS = frozenset(_CALLING.split())
_LOWER = re.compile(
    r"(?:开源|发布|推出|上线|开源项目|开源框架|项目)了?[ \n`*“「]{0,3}(?P<name>[a-z][a-z\d_]{1,20}(?:-[a-z\d.]{1,12}){1,3}|[a-z][a-z\d_]{3,20})(?![A-Za-z\d./@])"
    r"(?=[ \n`*”」]{0,3}(?:系列[\u3400-\u9fff]{0,4}?)?(?P<kind>项目|框架|模型|工具|库|系统|引擎|平台|套件|数据集|集合|插件|脚本|推理|训练))"
)
# Set apart by marks it needs no word for its kind: 推出 **nano-yun**.
_LOWER_MARKED = re.compile(
    r"(?:推出|发布|开源|上线|开放)了?[ ]?(?:`|\*\*)[ ]?(?P<name>[a-z][a-z\d_.-]{3,30})(?<![.-])[ ]?(?:`|\*\*)"
)
_BLANK = re.compile(r"([ \n])")
_VERSIONED = re.compile(
    r"\d|[ -](?:Pro|Max|Turbo|Ultra|Mini|Plus|Large|Small|Flash|Sonnet|Opus|Haiku|Lite|Instruct|Chat|Coder|VL|Vision|Preview)$",
    re.IGNORECASE,
)
_MODEL_WORDS = re.compile(
    r"[ \n]?(?:大?语言)?(?:大|小|基础|基座|开源|视频|推理|生成|多模态|视觉|基准|旗舰)*(?:模型|model)", re.IGNORECASE
)
_FIRM_WORDS = re.compile(
    r"[ \n”」*]*(?:公司|集团|(?:刚刚|今天|今日|近日|日前|最近|正式|也|又|[ \n])*宣布|(?:正式|今日|今天|近日|已)*(?:任命|聘请|聘任|收购|并购|起诉)|的?(?:投资者|投资方|投资人)|获得?了?[^，。；\n]{0,14}(?:融资|投资)|估值|融资|营收|市值|股价|获投|裁员|总部|(?:独家|联合|共同)*(?:领投|跟投|参投|入股)|的?投资方|(?:成立|创立|创办|创建)于|获得?[^，。]{0,6}投资|(?:也|都|均)?参与了?(?:本|此|该|这)一?轮"
    r"|(?:正式|已经?|也|近日|刚刚|宣布|[ \n])*(?:完成|拿下)了?[^，。；\n]{0,20}?融资"
    r"|(?:前|现任|时任|副)?[ \n]?(?:CEO|CTO|CFO|COO)|(?:的)?(?:前|现任|时任|副|联合|共同)?(?:创始人|首席|总裁|董事长|总经理|高管)|[ \n]?(?:针对|面向)[^，。；\n]{2,16}(?:打造|推出|开发|研发)的|Inc|Corp|Labs)"
)
# Who opens a clause and brings out something else is a firm: Orchid 发布 Yunfan 2.0, Orchid正式推出其首款…
_LEADS = re.compile(r"(?:^|[\n。；！？>#\-·•、日|\[])[ \n*“「\[`]*$")
_BRINGS_OUT = re.compile(
    r"[`*”」 \n]*(?:最近|近日|日前|今日|今天|昨日|昨天|刚刚|正式|又|再度|已|于[\d年月日 ]{2,12}|[ \n])*(?:发布|推出|上线|开源|开放)了?(?=[ \n`*“「]*(?:其|全新|最新|首[个款]|新一代|一[款个项]|[A-Z][A-Za-z]*[A-Za-z\d]))"
)
_FIRM_BEFORE = re.compile(
    r"(?:公司|企业|厂商|提供商|供应商|开发商|制造商|服务商|运营商|零售商|律所|银行|创企|巨头|集团|机构|独角兽|实验室|团队|领投方|投资方|股东|(?:创立|创办|创建|成立)的)[ \n]?[“\"「*]*$"
)
_FIRM_NAME = re.compile(
    r"[ \n](?:Capital|Ventures?|Partners|Investments?|Holdings?|Technologies|Securities|Foundation|University|Institute|Robotics|Semiconductor|Electronics|Motors)$"
)
# What only persons do or are, behind a Latin name of two words.
_PERSON_WORDS = re.compile(
    r"[ \n*]*(?:博士|教授|先生|女士|院士|本人(?!工)|毕业于|入职|离职|出任|担任|曾任|现任|曾在[^，。；\n]{2,16}(?:工作|任职|担任)|加入了|的(?:妻子|丈夫|导师|学生|推特)"
    r"|(?:是|曾是)[^，。；\n]{0,44}?(?:科学家|研究员|工程师|教授|博士|创始人|学者|律师|记者|分析师))"
)
# 某团队的 Ada Quinn 在节目中解释: who is somebody's and speaks.
_OF_BEFORE = re.compile(r"的[ \n]")
_SPEAKS = re.compile(r"[ \n]?(?:在[^，。；\n]{0,12}?)?(?:中|里|上|时)?(?:解释|说|表示|认为|指出|透露|介绍)")
# Ursula von der Leyen, Ludwig van Beethoven: a small word before the surname.
_PARTICLED = re.compile(
    r"(?<![A-Za-z])[A-Z][a-z]+[ \n](?:van|von|de|del|della|di|da|dos|bin|al|la|le)(?:[ \n](?:der|den|la|las|los))?[ \n][A-Z][a-z]+(?:-[A-Z][a-z]+)?(?![A-Za-z])"
)
# A step of a scale, or a part of a document, is no name: Level-2, Table 3.
_NUMBERED = re.compile(
    r"(?:Level|Stage|Phase|Tier|Step|Round|Day|Week|Table|Figure|Fig|Part|Chapter|Section|Top|Type|Class|Layer|Season|Episode|Vol|No)[- .]?\d+",
    re.IGNORECASE,
)
_THING_BEFORE = re.compile(r"(?:平台|产品|工具|助手|软件|应用|服务|机器人|系统|模型)[ \n]?[“\"「]?$")
BENCHMARK = re.compile(
    r"bench|[a-z]eval|[-_ ]eval|^eval|mmlu|gsm8?k|gpqa|aime|arena|glue|mbpp|^bbh|gaokao|[a-z]QA$|rating|^MATH|hellaswag|winogrande|leaderboard|gauntlet|^boolq|^piqa|^ARC[-_ ]|-shot|^IFEval|^OSWorld|^BrowseComp",
    re.IGNORECASE,
)

_ANCHORS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(_TELLING.split(), ("person", "told")),
    **dict.fromkeys(_TITLES.split(), ("person", "titled")),
    **dict.fromkeys(_ACTING.split(), ("person", "acted")),
    **dict.fromkeys(_FOUNDED.split(), ("organization", "founded")),
    **dict.fromkeys(_CALLING.split(), ("product", "called")),
    **dict.fromkeys(_BRINGING_OUT.split(), ("product", "called")),
    **{
        word: (kind, "introduced") for kind, words in _INTRODUCERS.items() if kind != "person" for word in words.split()
    },
    **dict.fromkeys(_ORGANIZATION_SUFFIXES.split(), ("organization", "suffix")),
    **dict.fromkeys(_MODEL_SUFFIXES.split(), ("model", "suffix")),
}
_WORDS = list(_ANCHORS)
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    _WORDS, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest, implementation=ahocorasick_rs.Implementation.DFA
)


def names_by_form(text: str) -> tuple[list[Mention], list[Mention]]:
    """Return the names that words of a text introduce: those set apart by marks, then the others."""
    apart: list[Mention] = []
    others: list[Mention] = []
    for index, start, end in _AUTOMATON.find_matches_as_indexes(text):
        kind, role = _ANCHORS[_WORDS[index]]
        if role in _BEFORE_MARKS:
            introduced = _INTRODUCED.match(text, end) if text[end : end + 1] in _INTRODUCING else None
            if introduced:
                if not _NO_NAMES.fullmatch(introduced[1].strip()):
                    apart.append(_trimmed(text, *introduced.span(1), kind))
                continue
        found = _BY_ROLE[role](text, start, end, kind)
        if found is not None and not _NO_NAMES.fullmatch(found.name):
            sure = role == "suffix" and (
                text.startswith(("有限公司", "责任公司"), found.end - 4) or _is_own_name(found, start)
            )
            (apart if role == "called" or sure else others).append(found)
    return apart, others


def _trimmed(text: str, start: int, end: int, kind: str) -> Mention:
    name = text[start:end]
    start += len(name) - len(name.lstrip(_OUTER))
    name = name.strip(_OUTER)
    return Mention(start, start + len(name), kind, clean(name), None)


def _is_own_name(found: Mention, suffix: int) -> bool:
    """Tell whether a model is surely named, and not only described: “云帆”大模型; 孟子大模型, whose own word is a name."""
    if found.kind != "model":
        return False
    if found.end <= suffix:
        return True
    words = rjieba.tag(found.name)
    own = words[0][0]
    return words[0][1] in _NAMES_TAGGED and found.name[len(own) :] in _MODEL_SUFFIX_WORDS


def _suffixed(text: str, start: int, end: int, kind: str) -> Mention | None:
    """Look back from a suffix to where its name begins."""
    if kind == "model" and start:
        quoted = (
            _QUOTED_BEFORE.search(text, max(0, start - 22), start)
            if not _CLOSES.isdisjoint(text[max(0, start - 7) : start])
            else None
        )
        if quoted is not None and quoted[1] not in NOT_NAMES and not _GENERIC_MODEL.fullmatch(quoted[1]):
            return _trimmed(text, *quoted.span(1), kind)
    begin = _back(text, start, _ORGANIZATION_REACH if kind == "organization" else _MODEL_REACH)
    if start - begin < 2 or text[begin:start].strip() in NOT_NAMES:
        return None
    if begin and text[begin - 1].isdigit() and text[begin] in "年月日":
        begin += 1
    if _COUNTED_FIRM.match(text, begin, start) or _COUNT_WITHIN.search(text, begin, start):
        return None
    behind = _LATIN_BEHIND.match(text, end) if text[start:end] == "公司" and text[begin] >= "\u3400" else None
    if behind is not None and behind[1] not in NOT_NAMES:
        return None  # 半导体公司Xinghe: what kind of firm it is
    if text[start:end] == "公司" and text[begin - 1 : begin] == "的" and "一家" in text[max(0, begin - 30) : begin]:
        return None  # 一家名为X的听觉公司
    if text[start:end] in _INSTITUTES and _ARTIFICIAL.search(text, max(0, begin - 3), begin):
        begin -= 2
    name = text[begin:end]
    vague = _VAGUE_FIRM.fullmatch(name) if kind == "organization" else _GENERIC_MODEL.fullmatch(text, begin, start)
    return None if vague else Mention(begin, end, kind, clean(name), None)


def _back(text: str, start: int, reach: int) -> int:
    if start and text[start - 1].isascii():
        match = _LATIN_BEFORE.search(text[max(0, start - 24) : start])
        return start - (match.end() - match.start()) if match else start
    at = start
    while at > 0 and start - at < reach and "\u3400" <= text[at - 1] <= "\u9fff" and text[at - 1] not in _STOP:
        at -= 1
    verb = _STOPPED.match(text, at, start)
    return verb.end() if verb else at


def _titled(text: str, start: int, end: int, kind: str) -> Mention | None:
    if _LETTER.match(text, start) and start and _LETTER.match(text, start - 1):
        return None
    latin = _TITLED_LATIN.match(text, end) or _TELLING_LATIN.match(text, end)
    if latin:
        return Mention(latin.start(1), latin.end(1), kind, clean(latin[1]), None)
    match = _TITLED.match(text, end)
    if match is not None and (is_person(match[1]) or _speaks(text, match)):
        return Mention(match.start(1), match.end(1), kind, match[1], None)
    foreign = surname_told(text, end) or name_tagged(text, end)
    if foreign is not None:
        return foreign
    if text[start:end] in _HONORIFICS:
        honoured = _honoured(text, start, kind)
        if honoured is not None:
            return honoured
    return _person_before(text, max(0, start - 28), start, _CALLED, kind) if match is None else None


def _speaks(text: str, titled: re.Match[str]) -> bool:
    """Tell a name that is a noun too, by what it says behind an office: 总裁周围透露."""
    name = titled[1]
    if len(name) != _SHORT or name[0] not in SURNAMES or not _SAYS.match(text, titled.end(1)):
        return False
    words = rjieba.tag(name)
    return len(words) == 1 and words[0][1][0] in "fns"


def _honoured(text: str, start: int, kind: str) -> Mention | None:
    """Take the two or three characters before 博士 or 教授 for a name, if they are one."""
    for size in (3, 2):
        name = text[max(0, start - size) : start]
        if len(name) == size and _CHINESE_NAME.fullmatch(name) and is_person(name):
            return Mention(start - size, start, kind, name, None)
    return None


def is_person(name: str) -> bool:
    """Tell a name from a word that begins with a surname's character: 毕业, 高级, 成立."""
    if name[0] not in SURNAMES or _AND_OTHERS.match(name) or _NO_PERSON.search(name):
        return False
    words = rjieba.tag(name)
    return len(words) > 1 or words[0][1].startswith("nr")


def _told(text: str, start: int, _: int, kind: str) -> Mention | None:
    return _person_before(text, max(0, start - 8), start, _TOLD_BY, kind)


def _acted(text: str, start: int, _: int, kind: str) -> Mention | None:
    return _person_before(text, max(0, start - 20), start, _ACTED, kind)


def _founded(text: str, start: int, _: int, kind: str) -> Mention | None:
    """Take what opens a clause and was founded on a date for a body, unless it is a common word."""
    base = max(0, start - 10)
    match = _OPENING.match(text[base:start])
    if match is None or _COMMON_BODY.search(match[1]):
        return None
    words = rjieba.tag(match[1])
    if len(words) == 1 and not words[0][1].startswith(("nr", "nt", "nz", "ns", "x")):
        return None
    return Mention(base + match.start(1), base + match.end(1), kind, match[1], None)


def _person_before(text: str, base: int, start: int, form: re.Pattern[str], kind: str) -> Mention | None:
    match = form.match(text[base:start])
    if match is None or not is_person(match[1]):
        return None
    return Mention(base + match.start(1), base + match.end(1), kind, match[1], None)


def _called(text: str, start: int, end: int, kind: str) -> Mention | None:
    """Take what is set apart behind 名为, or with Latin letters behind a word of bringing out: 推出“新 Bing”."""
    found = _INTRODUCED.match(text, end) if text[end : end + 1] in _INTRODUCING else None
    if found is None and text[start:end] in _CALLING_WORDS:
        plain = _PLAINLY_CALLED.match(text, end)
        told = _CALLED_KIND.match(text, plain.end()) if plain else None
        if plain is None or told is None or _is_plain_word(plain[1]):
            return None
        return _trimmed(text, *plain.span(1), _KINDS[told.lastgroup or "thing"])
    if found is None or _NO_NAME.search(found[1]):
        return None
    lettered = _LETTER.search(found[1]) is not None or len(found[1]) <= _SHORT_THING
    if text[start:end] not in _CALLING_WORDS and not (lettered and not _NO_THING.match(text, found.end())):
        return None
    told = _CALLED_KIND.match(text, found.end())
    return _trimmed(text, *found.span(1), _KINDS[told.lastgroup] if told and told.lastgroup else kind)


def _is_plain_word(name: str) -> bool:
    """Tell whether a name is one common word of Chinese."""
    found = rjieba.tag(name)
    return len(found) == 1 and not found[0][1].startswith(("nr", "ns", "nt", "nz", "x", "eng"))


def _nothing(text: str, start: int, end: int, kind: str) -> Mention | None:
    return None


_BEFORE_MARKS = frozenset({"introduced", "suffix", "titled"})
_BY_ROLE = {
    "suffix": _suffixed,
    "titled": _titled,
    "told": _told,
    "acted": _acted,
    "founded": _founded,
    "introduced": _nothing,
    "called": _called,
}


_FIRM_CALLED = re.compile(r"(?:公司|初创企业|独角兽|创企|厂商|制造商|开发商|开发者)[ “「*]{0,2}$")
_CHINESE_BEHIND = re.compile(r"[ *”」]{0,2}(?:[\u3400-\u9fff]|[，。、；：（]|$)")


class _Latin(NamedTuple):
    """What a Latin form says of itself: where its name begins, the name, the kind that it is by its form."""

    offset: int
    printed: str
    name: str
    kind: str
    is_plain: bool


def latin_names(text: str, taken: bytearray) -> Iterator[Mention]:
    """Yield the Latin names of a text outside of what is `taken`."""
    for match in _AFTER_SLASH.finditer(text):
        if _VERSIONED.search(match["name"]):
            yield Mention(*match.span("name"), "model", match["name"], None)
    for match in _PARTICLED.finditer(text):
        of_firm = _FIRM_BEFORE.search(text, max(0, match.start() - 8), match.start())
        yield Mention(*match.span(), "organization" if of_firm else "person", clean(match[0]), None)
    found = [*_latin_forms(text, taken), *_lower_names(text)]
    # What one place tells of a name holds for all its places.
    told = {(mention.name, mention.kind) for mention in found}
    for mention in found:
        if (
            not mention.kind
            and is_person_form(mention.name)
            and (
                _PERSON_WORDS.match(text, mention.end)
                or (_OF_BEFORE.match(text, mention.start - 2) and _SPEAKS.match(text, mention.end))
            )
        ):
            mention = mention._replace(kind="person")
        elif not mention.kind:
            firm = (mention.name, "organization") in told and (mention.name, "product") not in told
            mention = mention._replace(kind="organization" if firm else "product")
        yield mention


def _lower_names(text: str) -> Iterator[Mention]:
    """Yield the names without a capital that are told to be brought out, by what they are called: 开源了nanoyun项目."""
    for match in _LOWER.finditer(text):
        word = match["name"]
        if word not in NOT_NAMES and not is_common(word):
            yield Mention(*match.span("name"), "model" if match["kind"] == "模型" else "product", word, None)
    for match in _LOWER_MARKED.finditer(text) if "`" in text or "**" in text else ():
        word = match["name"]
        if word not in NOT_NAMES and not is_common(word):
            yield Mention(*match.span("name"), "product", word, None)


def _latin_forms(text: str, taken: bytearray) -> Iterator[Mention]:
    """Yield the Latin names of a text, of no kind where neither form nor words beside it tell one."""
    known: dict[str, _Latin | None] = {}
    for match in _LATIN.finditer(text):
        begin, rest = match.start(), taken[match.start()]
        if rest:
            # A known firm's name before that of its model: Yunfan ORCHID 6.5.
            begin = taken.find(0, begin) + 1
            behind = _LATIN.match(text, begin) if begin < match.end() and text[begin - 1] in " \n" else None
            if behind is None:
                continue
            match = behind
        form = match[0]
        if form not in known:
            known[form] = _latin_name(form)
        found = known[form]
        if found is None or (rest and not found.kind and not is_person_form(found.name)):
            continue
        start = begin + found.offset
        end = start + len(found.printed)
        if found.is_plain and is_english(text, start, end):
            if only_begins(text, start, found.printed):
                if _FIRM_CALLED.search(text, max(0, start - 6), start) and _CHINESE_BEHIND.match(text, end):
                    # 机器人公司Orchard: one plain word may be a firm's name.
                    yield Mention(start, end, "organization", found.name, None)
                continue
            kind = english_kind(text, start, end, found.printed) or _latin_kind(text, start, end)
        else:
            kind = found.kind or _latin_kind(text, start, end)
            kind = "person" if not kind and has_given_name(found.printed) else kind
        yield Mention(start, end, kind, found.name, None)


def _latin_name(form: str) -> _Latin | None:
    words = _BLANK.split(form)
    begin, finish = 0, len(words)
    while begin < finish and words[begin] in NOT_NAMES and not _begins_name(words[begin:]):
        begin += 2
    firm = _ends_in_ai(words[begin:])
    while finish > begin and words[finish - 1] in NOT_NAMES and not firm:
        finish -= 2
    printed = "".join(words[begin:finish])
    if len(printed) < 2 or not printed[0].isalpha() or _NUMBERED.fullmatch(printed):
        return None
    is_firm = _FIRM_NAME.search(printed) is not None
    versioned = _VERSIONED.search(printed) is not None and not is_firm
    kind = "benchmark" if BENCHMARK.search(printed) else "model" if versioned else "organization" if is_firm else ""
    is_plain = not kind and (printed[1:].islower() or " " in printed or "\n" in printed)
    return _Latin(sum(map(len, words[:begin])), printed, clean(printed), kind, is_plain)


def _ends_in_ai(words: list[str]) -> bool:
    """Tell whether AI ends the name of a firm: Orchid AI."""
    word = words[0] if len(words) == 3 and words[2] == "AI" else ""
    return (word[1:].islower() and len(word) > 3) or (word.isupper() and len(word) > 2 and word not in NOT_NAMES)


def _begins_name(words: list[str]) -> bool:
    """Tell AI that two or more plain words follow, as in the name of a firm or fund, or one and a version, from AI that
    only describes."""
    if words[0] != "AI" or len(words) < 5:
        return False
    if len(words) == 5 and words[4][0].isdigit():
        return words[2].isalpha() and is_common(words[2].lower())
    return all(word[:1].isupper() and word.isalpha() for word in words[2::2])


def _latin_kind(text: str, start: int, end: int) -> str:
    """Return the kind of a Latin name that the words beside it tell, nothing where they tell none."""
    if _MODEL_WORDS.match(text, end):
        return "model"
    if text.endswith("AI", start, end) and text[end - 3] in " \n":
        return "product" if _THING_BEFORE.search(text, max(0, start - 8), start) else "organization"
    if _FIRM_NAME.search(text, start, end) or _FIRM_WORDS.match(text, end):
        return "organization"
    before = max(0, start - 8)
    if _BRINGS_OUT.match(text, end) and _LEADS.search(text, before, start):
        return "organization"
    if _FIRM_BEFORE.search(text, before, start):
        return "organization"
    return "product" if _THING_BEFORE.search(text, before, start) else ""
