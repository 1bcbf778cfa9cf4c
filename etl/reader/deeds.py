"""Words that tell an event, where they are told as having happened or as planned."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs

# Event, what its subject is, and the words that tell it. A "strict" word is too common to count unless
# it touches the thing it is told of: 5月份出现的X, 谷歌发的X.
_GATHERINGS = ("大会", "峰会", "论坛", "发布会", "博览会", "年会", "听证会", "开发者日", "研讨会")
_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "released",
        "thing",
        "发布 推出 上线 亮相 问世 首发 上架 开售 发售 面世 面市 诞生 登场 上传 launched launches launch released releases "
        "unveiled unveils introduced introduces debuted debuts release releasing launching unveiling introducing "
        "揭晓 出炉 横空出世 首秀 上新 推向市场 推向全球 开启预售 开启预订 开放预订 开放体验 走进公众视野 走进大众视野 进入公众视野 进入大众视野 "
        "came_out went_live goes_live 播出 开播 首播 终于来了 正式来了",
    ),
    ("released", "strict", "出现 发的 发了"),
    ("announced", "thing", "曝光 预告"),
    (
        "open_sourced",
        "thing",
        "公之于众 开放源代码 开放源码 开放权重 开源 open-sourced open-sources open-source opensourced open-sourcing",
    ),
    (
        "opened",
        "thing",
        "开放注册 开放测试 开放下载 开放使用 开放服务 开放申请 全面开放 正式开放 免费开放 对外开放 社会开放 公众开放 用户开放 全民开放",
    ),
    ("opened", "access", "开放 开放给"),
    ("in_testing", "thing", "内测 公测 邀测 对外测试 灰度测试 封闭测试 公开测试 封测"),
    ("upgraded", "thing", "升级 更新至 更新到 迭代至 迭代到 扩展至 扩展到 更新了 upgraded"),
    ("filed", "thing", "备案 获批 获准上线 过审"),
    ("price_changed", "thing", "降价 涨价 价格上调 价格下调 下调价格 上调价格 调价 提价 下调了价格 上调了价格"),
    (
        "development_started",
        "thing",
        "启动研发 开始研发 着手研发 启动开发 开始开发 着手开发 启动训练 开始训练 开启训练 立项",
    ),
    ("production_started", "thing", "投产 量产 批量生产 商业化生产 投入生产 投入使用 投入运营 投入应用 投用 投运"),
    (
        "acquired",
        "bought",
        "收购 并购 买下 吞并 兼并 收入囊中 收归旗下 收至麾下 纳入麾下 揽入怀中 acquired acquires acquiring",
    ),
    ("acquired", "merged", "并入 归入"),
    ("funded", "funded", "融资 筹集 募集 募资 获投 投资 raised raises"),
    ("funded", "invested", "领投 跟投 参投 注资 入股 增资 追投 注入 注入了 投了"),
    (
        "funded",
        "round",
        "获得 荣获 获颁 夺得 摘得 完成 拿到 拿下 斩获 收获 敲定 揽获 官宣 secured secures closed closes landed completed completes 收到 接受了",
    ),
    ("awarded", "award", "入选 荣膺 获评 被评为 荣登 被授予"),
    (
        "founded",
        "body",
        "成立 创立 创办 创办于 创建 设立 组建 开张 开学 开馆 开园 开业 揭牌 founded established co-founded",
    ),
    (
        "founded",
        "begun",
        "正式挂牌 挂牌成立 挂牌运行 完成注册 完成工商注册 注册成立 脱胎于 孵化于 起步于 诞生于 创始于 始建于 始创于",
    ),
    ("founded", "set_up", "建立 设置 搭建"),
    ("published", "paper", "发表 刊发 刊登 刊载"),
    ("filed", "request", "提交 递交"),
    (
        "ipo_filed",
        "filing",
        "提交IPO 递交IPO 递交招股书 提交招股书 递交招股说明书 递交上市申请 提交上市申请 递表 交表 申请上市 启动上市 启动IPO 上市辅导 IPO辅导 "
        "启动首次公开募股 进行首次公开募股 通过聆讯 通过港交所聆讯 filed_for_an_IPO files_for_an_IPO",
    ),
    ("listed", "listed", "上市"),
    ("listed", "lands", "登陆 登录 挂牌 敲钟"),
    (
        "appointed",
        "person",
        "接任 出任 调任 调任为 就任 上任 履新 升任 晋升为 晋升至 被任命为 当选 转任 接棒 接掌 执掌 出掌 获任 走马上任 was_appointed was_named",
    ),
    ("appointed", "serving", "担任 兼任"),
    ("appointed", "becoming", "成为 成为了"),
    ("joined", "hired", "聘请 聘用 招揽 招募 挖来 挖走 招入"),
    ("joined", "back", "回归 重返 重回"),
    ("joined", "joined", "加入 加盟 入职 跳槽到 跳槽至 跳槽 转投 投奔 joined joins rejoined"),
    (
        "departed",
        "person",
        "离职 离开 辞去 辞职 卸任 退出 被解雇 遭解雇 被免职 被罢免 被开除 被踢出 被驱逐 被赶走 被扫地出门 遭罢免 离任 出走 请辞 辞任 去职 退任 告别 被裁 不再担任 "
        "departed resigned fired stepped_down steps_down stepping_down ousted",
    ),
    ("departed", "dismissed", "解雇 罢免 开除 踢出"),
    ("appointed", "dismissed", "任命 聘任"),
    (
        "partnered",
        "partners",
        "达成合作 达成战略合作 达成合作伙伴关系 建立合作伙伴关系 建立战略合作伙伴关系 建立战略伙伴关系 达成战略伙伴关系 建立伙伴关系 建立合作 签署合作 签署战略合作 建立战略合作 签署协议 签订协议 签署合同 签约 结盟 partnered",
    ),
    ("partnered", "signing", "签署 签订 签下 签 达成 敲定了"),
    ("partnered", "joint", "合作"),
    ("partnered", "hands", "携手 联手 牵手 teamed_up_with partnering_with"),
    ("renamed", "renamed", "更名 改名 改称 更名为 改名为 renamed rebranded"),
    ("held", "gathering", "召开 举办 举行 主办 承办 开幕 启幕 闭幕 落幕 揭幕 拉开帷幕"),
    ("held", "at", " ".join(f"{kind}{mark}上" for kind in _GATHERINGS for mark in ("", "”", "」"))),
    (
        "released",
        "named",
        "宣布了 公布了 介绍了 带来了 带来 祭出了 祭出 向大家介绍 隆重介绍 端出了 拿出了 搬出 搬出了 抛出了 甩出了 掏出了 展示了 展出了 揭开了 放出了新",
    ),
    ("laid_off", "staff", "裁员 大裁员 裁减 裁撤员工 裁掉 裁去 laid_off lays_off"),
    ("sued", "sued", "起诉 控告 状告 提起诉讼 提起了诉讼 告上法庭 sued sues"),
    ("dissolved", "dissolved", "解散 裁撤 disbanded disbands dissolved"),
    ("purchased", "actor", "购置了 购置 采购了 购买了 购入了 购入 订购了"),
    ("open_sourced", "given", "公开 公开了 放出 放出了"),
    (
        "announced",
        "said",
        "提出 承诺 回应 表示 确认 承认 证实 提议 警告 透露 坦言 发文 发帖 声称 宣称 放言 喊话 呼吁 强调 指出 直言 表态",
    ),
    ("interviewed", "interview", "接受 接受了"),
    ("announced", "actor", "宣布 公布 披露 官宣 announced announces"),
)
_VERBS = [(word.replace("_", " "), event, role) for event, role, words in _WORDS for word in words.split()]
_AUTOMATON = ahocorasick_rs.AhoCorasick(
    [word for word, _, _ in _VERBS],
    matchkind=ahocorasick_rs.MatchKind.LeftmostLongest,
    implementation=ahocorasick_rs.Implementation.DFA,
)
# What follows these words and makes them a noun: 开源社区, 备案制度, 融资额 …
_NOUN_TAIL = re.compile(
    r"会(?!员)|者|方(?!便)|式(?!推)|日(?=[，。、的])|性|率|商(?!业)|稿|人(?!工)|期|额|费|价|社区|生态|协议|平台|制度|义务|手续|编号|信息|号|系统|"
    r"地(?=[:：点区])|时间(?=[^，。；\n]{0,3}(?:不|未|待|尚|仍|表))|渠道|环境|案|项目|机构|基金|银行|公司|规模|轮次|总监|经理|意向|计划|传闻|能力|成本|方案|策略|战略|路线|战线"
)
# What is won is a prize, and no round of money.
_AWARD = re.compile(r"了?[^，。；\n]{0,32}?(?:奖(?![学励金品券池]|项目)|冠军|金牌|称号)(?![者得])")
# The page's own day: 发布时间: 2024-03-15.
_LABEL = re.compile(r"(?:时间|日期|于)?[ ]?[:：][ ]?\d{4}[-年./]")
_EVENT_TAILS = {
    "open_sourced": re.compile(
        r"[\u3400-\u9fff]{0,3}(?:社区|生态)|版的?[“「]|(?:的|版本|数据|代码|许可|软件|项目|工具|框架|基础|和|与|、|免费|内容|操作|技术|体系|领域|组织|派|界)|-?source"
        r"|[\u3400-\u9fff（(AI)）]{0,10}?(?:大?模型|大?语言模型)(?![”」])"
    ),
    "upgraded": re.compile(r"版|改造|的"),
    "filed": re.compile(r"的?(?:工作|情况|管理|要求|材料|申请|和|、|后|表|内容|事项|清单|服务|程序(?!.{0,4}完成))"),
    "funded": re.compile(
        r"(?:的|和|、|界|圈|者|事件|消息|需求|服务|租赁|担保|支持|市场|活动|逻辑|回报|热|策略|资金|组合)"
    ),
    "founded": re.compile(
        r"(?:(?<!年成立)(?<!月成立)(?<!日成立)以来|之初|条件|的(?:独特|条件)|(?:仅仅?|不足|不到|刚满?|至今|才|近|约|已|已有)*[一二两三四五六七八九十半数\d.]+(?:个?多?月|余?年|多年))"
    ),
    "held": re.compile(r"地"),
    "listed": re.compile(r"(?:后|前|之后|时间|的|和|、|企业|辅导|许可|准备|以来|主体)"),
    "production_started": re.compile(r"版|车|机|能力|线|规模"),
    "in_testing": re.compile(r"(?:版|阶段|用户|资格|名额|链接|码|排队|的)"),
}
# These words are common: they tell an event only where this stands before, or that behind.
_ONLY_AFTER = {
    "joint": re.compile(r"(?:[与和跟同]|始于|以来)[^，。；]{1,32}$"),
    "access": re.compile(
        r"(?:面向|向)[^，。；]{1,14}$|(?<!将)(?:将|把)[^，。；]{2,30}$|(?:免费|限时免费|已|已经|现已)$"
    ),
}
_ONLY_BEFORE = {
    "access": re.compile(r"(?!的|式|性|源|平台|生态|合作|创新|态度|数据|接口|市场|日)"),
    "joint": re.compile(r"(?!伙伴|方|社|关系|协议|项目|模式|框架|的)"),
    "given": re.compile(
        r"(?!发行|征求|信|课)(?:了|其|旗下)*[^，。；：\n]{0,50}?(?:权重|源代码|计算机代码|模型代码|训练代码|网络架构|检查点)"
    ),
    "set_up": re.compile(
        r"了?[^，。；\n]{0,24}?(?:[会局院所组署心盟案班室]|制度|基金|团队|事业部)(?![\u3400-\u9fff]{0,2}长)"
    ),
    "back": re.compile(r"(?!到|于|理性|本质|现实|正常|初心|自然|家庭|线下|生活|常态|传统)"),
    "interview": re.compile(r"了?[，,]?[^。；\n]{0,44}?(?:专访|采访|访谈)"),
    "becoming": re.compile(
        r"(?!首|第|唯一|最)[^，。；\n]{0,24}?(?<![A-Za-z])(?:CEO|CTO|CFO|COO|首席[\u3400-\u9fff]{1,6}[官家师]|总裁|董事长|总经理|执行长|院长|校长|部长|主席|总统|总理|首相|董事会成员)(?![A-Za-z\u3400-\u9fff])"
    ),
    "signing": re.compile(r"[了的]?[^，。；\n]{0,40}?(?:意向书|协议|合同|合约|协定|备忘录|订单)"),
    "request": re.compile(r"了?[^，。；\n]{0,24}?申请(?![人者费表])"),
    "paper": re.compile(r"(?!讲话|演讲|声明|评论|意见|看法|观点|致辞)"),
    "round": re.compile(
        r"了?[^，。；\n]{0,28}?(?:轮(?!椅|胎|次|询|番|换)|融资|投资(?!者|人|银|部|价)|注资|启动资金|种子资金|资金支持)|(?: [^.,;\n]{1,40}?)? (?:round|funding|financing|investment|Series)\b"
        r"| (?:around |over |about |nearly |almost |more than |some |another |an additional )?[$€£¥]\d"
    ),
    "lands": re.compile(
        r"(?=[^，。；\n]{0,10}?(?:交易所|交所|纳斯达克|港股|美股|A股|科创板|创业板|主板|新三板|资本市场))|(?<=挂牌)(?:上市|交易)"
    ),
}
# A noun as well as a verb: it tells a deed only behind who does it.
_NOUN_TOO = frozenset({"release"})
_WHO_DOES = re.compile(r"\b(?:[Ww]e|[Ii]|to|and)(?: (?:now|also|publicly|officially|hereby))? $")
# Not done, or only wished, allowed or asked for.
_NEVER = re.compile(
    r"(?:未(?!来)|没有?|不(?!断|仅|只|但|同|久)|无法|无意|拒绝|否认|无需|放弃|取消|推迟|not |n't |never )[^，。；]{0,6}$"
)
_WISHED = re.compile(
    r"(?:何时|要成功|要想|想要|若要|是否|会不会|能不能|能否|可否|就要|(?<!认)可以|即可|均可|还可|能够|应当|应该|必须|需要|须|不得|禁止|(?:鼓励|支持|引导|推动|推进|加快|探索|要求|希望|申请|讨论|寻求|尝试|目标)(?!的)|如果|若(?!干)|一旦|为了|用于|旨在|依法|试图|谈及|谈到|包括|"
    r"(?<![必急所刚])需(?!求)|(?<![认许])可(?![信能靠视])|would |could |can |should |may |to be )[^，。；]{0,14}$"
)
# What is being done is not yet told as done, but for a trial.
_DOING = re.compile(r"正在[^，。；]{0,14}$")
_PLANNED = re.compile(
    r"(?:计划|拟|将(?!其|旗|[“「《*`]|[A-Za-z][^\u3400-\u9fff，。；\n]{1,30}?[ \n]?(?:以|开|免|全|更|升|告|收|纳|并|作|推|向|引|集|嵌|接|正|卖|出))|预计|有望|即将|打算|准备|定于|或将|争取|力争)[^，。；\n]{0,20}$|(?:will|plans? to|expected to|set to)[^,.;\n]{0,24}$"
)
_TOLD = re.compile(
    r"宣布[^，。；]{0,24}$|(?:正式|已经?|宣布|近日|日前|今天|今日|昨天|昨日|最近|近期|刚刚|前不久|此前|首次|首批|率先|同步|终于|重磅|接连|相继|陆续|成功|完成|通过|又|已于|当日|当天|官宣|对外|也|并)[^，。；]{0,10}$"
)
# Before 开源 these make it a verb, whatever follows: 正式开源大模型X.
_OPENING = re.compile(r"(?:宣布|正式|已经?|将|全面|并|同步|率先|首次|于除夕|[日月年])$")
# 进入公测阶段: what is entered is a deed, whatever stands behind.
_ENTERS = re.compile(r"(?:进入|開啟|开启|启动|开始|步入)了?$")
_DONE = re.compile(r"了|完成|出(?![海口售现])")
_MARK = re.compile(r"[。；！？，,;\n]")
_LEAD = 40
# What is told as done by the word alone.
_ALWAYS_TOLD = frozenset({"opened", "awarded"})


class Deed(NamedTuple):
    """A word that tells an event, where it stands, what its subject is, and how firmly it is told."""

    start: int
    end: int
    event: str
    role: str
    planned: bool
    told: bool


def deeds(text: str, ranges: tuple[tuple[int, int], ...]) -> Iterator[Deed]:
    """Yield the words of a text that tell events; what is denied, wished or asked for is left out."""
    for start, end in ranges:
        # Slices would move the places: the scan runs over the whole range at once and is shifted back.
        for index, at, stop in _AUTOMATON.find_matches_as_indexes(text[start:end]):
            found = _deed(text, at + start, stop + start, index)
            if found is not None:
                yield found


def _deed(text: str, start: int, end: int, index: int) -> Deed | None:
    word, event, role = _VERBS[index]
    if word[0].isascii() and text[max(0, start - 1) : start].isalnum():
        return None
    tail = _EVENT_TAILS.get(event)
    lead = _lead(text, start)
    if role != "strict" and (_NOUN_TAIL.match(text, end) or _LABEL.match(text, end)):
        return None
    if (
        tail is not None
        and tail.match(text, end)
        and not _ENTERS.search(lead)
        and not _is_opening(text, end, event, lead)
    ):
        return None
    if word == "公开了" and not _ONLY_BEFORE[role].match(text, end):
        event, role = "announced", "actor"
    if role == "round" and _AWARD.match(text, end):
        event, role = "awarded", "award"
    if role in _ONLY_BEFORE and not _ONLY_BEFORE[role].match(text, end):
        return None
    if role in _ONLY_AFTER and not _ONLY_AFTER[role].search(lead):
        return None
    if _NEVER.search(lead) or (word in _NOUN_TOO and not _WHO_DOES.search(lead)):
        return None
    planned = _PLANNED.search(lead) is not None
    if not planned and (_WISHED.search(lead) or (event != "in_testing" and _DOING.search(lead))):
        return None
    told = (
        _DONE.match(text, end) is not None
        or _TOLD.search(lead) is not None
        or word.isascii()
        or event in _ALWAYS_TOLD
        or _DOING.search(lead) is not None
    )
    return Deed(start, end, event, role, planned, told)


def _is_opening(text: str, end: int, event: str, lead: str) -> bool:
    """Tell 开源 that is a verb whatever follows: 正式开源大模型X, 开源了模型X."""
    return event == "open_sourced" and (text.startswith("了", end) or _OPENING.search(lead) is not None)


def _lead(text: str, start: int) -> str:
    """Return what stands before a word in its clause."""
    return _MARK.split(text[max(0, start - _LEAD) : start])[-1]
