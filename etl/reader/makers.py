"""Makers: who developed a model or product, and what a product runs on."""

import re
from collections.abc import Iterator

from etl.reader.list_items import item_at, named_above
from etl.reader.mentions import Mention
from etl.reader.offices import TITLE
from etl.reader.parties import Parties, Triggers
from etl.reader.proposals import Proposal
from etl.reader.roles import BASIS, acts, is_whole, listed, only_likens, without_kind
from etl.reader.ties import tie

MADE = frozenset({"model", "product"})
_THINGS = frozenset({"model", "product", "dataset"})
_REACH, _NEAR = 160, 30
_DEEDS = "发布 推出 开源 开发 研发 打造 训练 上线 自研 研制 开放 上传 发的 发了 宣布了 公布 升级了 公开了 泄露了 展示了 展出了 带来了 launched released unveiled introduced open-sourced"
_MAKERS = "开发者 开发商 开发方 开发机构 开发公司 研发方 研发机构 研发单位 发布者 发布方 制造商 作者 Developer"
_ITS_WORDS = "其 它的 他们的 该公司 自家 startup's startup’s company's company’s"
_THIS_THING = "该应用 该产品 该模型 该软件 该平台 该大模型 该芯片 该机器人 这款应用 这款产品 这款模型 这款软件"
_TRIGGERS = Triggers(
    {
        **dict.fromkeys(_DEEDS.split(), "making"),
        "由": "by",
        **dict.fromkeys(_MAKERS.split(), "maker"),
        **dict.fromkeys(["还有", "拥有", "还拥有", "旗下有"], "having"),
        **dict.fromkeys(_ITS_WORDS.split(), "its"),
        **dict.fromkeys(_THIS_THING.split(), "this"),
        **dict.fromkeys(["搭载", "接入", "采用", "驱动", "powered"], "powering"),
    }
)
# 来自X的研究者们设计了Y框架; X提出Y方法.
_METHODS = ("框架", "模型", "方法", "算法", "架构", "系统", "范式")
_PUT_FORWARD = re.compile(
    r"[ \n*`]*(?:的)?(?:联合)?(?:研究者们?|研究人员|科研人员|科学家们?|工程师们?|研究团队|科研团队|团队|团隊)?(?:今日|近日|日前|最近|最新|还|也|又|共同|联合|首次|率先)*"
    r"(?:提出|设计|发明|构建)(?:了|出)?(?:一种|一个|一款|一套|全新的?|新的?|新型|名为|叫做|通用的?|[^，。；\n的]{2,10}的)*[ \n*`“「]*"
)
_METHOD = re.compile(r"[ \n*`”」]*(?:[\u3400-\u9fff]{0,6}?)(?:框架|模型|方法|算法|架构|系统|范式|技术)")
_TOGETHER = re.compile(r"[ \n*`]*(?:今日|今天|近日|日前|宣布|正式|也|还|将|已)*(?:联合|携手|联手)[ \n*`]*")
_WHOSE_MAKER = re.compile(r"的?(?:研发|开发|制造|运营|母|所属)(?:公司|商|方|团队|企业|机构)[ \n“「*]*")
_BY = re.compile(
    r"(?P<who>[^，,。；\n]{2,40}?|[^，,。；\n、]{2,24}(?:、[^，,。；\n、]{2,24}){2,20}?)(?:自主|独立|联合|共同|团队|公司|全资|牵头|发起|带队)*(?:研发|开发|推出|发布|打造|训练|出品|提供(?!支持|动力|算力|技术)|研制|自研|构建|创建|建立|发明|设计)"
)
_OF_BODY = re.compile(rf"[ \n]*(?:的)?(?:{TITLE})?[ \n]*")
_TOLD = re.compile(r"[ *`]*[:：][ *`]*")
# What a thing is made with stands before the verb and takes no maker's place: X基于多个大模型推出Y.
_MADE_WITH = re.compile(
    r"(?:基于|采用|使用|依托|利用|通过)[^，。；和与、]{1,24}?(?:大?模型|技术|架构|平台|能力|数据|算法)(?:[^，。；和与、]{0,2})$"
)
# Another actor, or somebody else's thing, stands between.
_OTHERS = re.compile(r"采用|使用|接入|基于|调用|搭载|投资|支持|对比|比|与|和|、|收购|参与|加入|离开|对(?!外|话)")
_DENIED = re.compile(r"(?:未|没有?|并非|否认|拒绝|不(?!仅|但|只|断|久|到))[^，。；]{0,8}$")
_IS = re.compile(
    r"[》」”\"）)*`]*[ \n]?(?:(?:大?模型)?(?:就|正|则|便)?(?:是|出自|来自)|，?由|则?是由|为|作为)[ \n]?(?:(?:日本|美国|中国|法国|英国|德国|韩国|加拿大|印度|以色列|新加坡|瑞士|瑞典|俄罗斯)(?!公司|巨头|企业))?(?:一款|一个|中国公司|国内|[\u3400-\u9fff]{2,8}(?:公司|巨头|企业))?[ \n]?"
)
_MADE_AFTER = re.compile(
    r"(?:[ \n]?(?:针对|为|面向)[^，。；\n]{2,20}?(?=打造|推出|开发|研发))?(?:(?:和|与|、|及)[^，。；、\n]{2,20}?(?=联合|共同))?(?:公司|集团|团队)?[ \n]?(?:于[^，。]{2,12})?(?:最新|自主|联合|共同|正式|旗下)*(?:(?:正在?|在|着手)?(?:研发|开发|打造|训练|研制)|推出|发布|出品|自研|开源|孵化|旗下|之手|的[^，。；、的\n]{0,16}?(?:大?模型|产品|助手|芯片|平台|机器人|应用|框架|工具|开源项目)(?:系列|之一|家族)?(?=[，。；！\n]|$))"
)
_DEVELOPED = re.compile(
    r"(?:自主|联合|共同|独立)?(?:(?:研发|开发|打造|自研|训练|研制|推出|发布|开源|上线)(?:了|出|的|并开源)*|(?:建设|搭建|构建|设计)的)|旗下的?|developed|released|launched|unveiled|introduced|built"
)
_USED = re.compile(r"、|和|与|基于|接入|采用|使用|调用|部署|投资|收购|比|超过|对标|竞争|击败|参与|加入|离开|讯|报道")
_NOUNS = (
    r"(?:AI|人工智能|大型语言|大语言|语言|大|视频生成|推理|多模态|开源|闭源|专有|旗舰|基础|生成式|最新|新一代|深度学习|机器学习|聊天|智能|图像|企业|办公|对话|编程|个人|语音|虚拟|数字|云|原有的?|核心|自研|[ \n])*"
    r"(?:模型|助手|助理|产品|应用|机器人|框架|芯片|平台|工具|系统|服务|软件|浏览器|手机|引擎|大脑)*"
)
_POSSESSIVE = re.compile(
    rf"[ \n]?(?:公司|集团|团队)?[ \n]?(?:旗下的?|之手的|自家的?|自研的?|研发的|开发的|推出的|发布的|打造的|训练的|研制的|的|最新款?的?|原有的|首[个款代批]|第[一二三四五六七八九十]+[代款]|新|全新|新款|新一代|同名|旗舰级?|当家|主力|王牌|明星|通用|专有|闭源|开源|(?:备受欢迎|广受欢迎|强大|知名|著名|热门)的|'s|’s)+[ \n]?{_NOUNS}[ \n]?(?:——?|—|：|:)?[ \n]?[“\"「《*`]*(?:[\u3400-\u9fff]{{2,5}}[ \n]?[（(])?"
)
_WHOSE = re.compile(r"(?:开发|设计|打造|做)?的[ ]?[“\"「]?")
_IS_ONE_OF = re.compile(r"[”\"」]?就?是一[款个种]")
# X的C端产品包括Y和Z: whose the line is, theirs are its members.
_LINE = re.compile(
    r"[ \n]?(?:公司|集团|团队)?(?:旗下|自研|推出|研发|打造|开发|发布)?的?[^，。；：、\n]{0,12}?(?<!竞品)(?<!对手)(?:产品|大?模型|应用|芯片|平台)(?:线|矩阵|家族|系列|阵容)?(?:中|里)?(?:主要|目前|现在|已|还)?"
    r"(?:包括了?|包含|涵盖|有|分别是|分别为|——|：|:)[ \n]*[“\"「《*`]*"
)
# What a firm is told to have done with a thing that only its owner does: 甲对Y进行了升级; or to be known for: 甲凭借Y走红.
_KNOWN_BY = re.compile(
    r"[ \n]*(?:公司|集团|团队|科技)?(?:却|则|也|就|曾|再度|此前)?(?:凭借?|靠着?|依靠)(?:旗下的?|自家的?|其|自研的?)?"
    + _NOUNS
    + r"[“\"「《*`]*"
)
_BECAME_KNOWN = re.compile(
    r"[ \n”」》*`]*(?:大?模型|系列|产品|聊天机器人)?[^，。；\n]{0,16}?(?:走红|爆红|出圈|爆火|火遍|一炮而红|一炮打响|一战成名|一举成名|声名鹊起|崭露头角|闻名|著称|成名|破圈)"
)
_HANDLES = re.compile(
    r"[ \n]*(?:公司|集团|团队|科技)?(?:也|已|还|再次|近日|宣布|计划|将|拟|正|正式)*(?:对|将|把)(?:旗下的?|自家的?|其|自研的?)?"
    + _NOUNS
    + r"[“\"「《*`]*"
)
_AS_OWNERS_DO = re.compile(
    r"[ \n”」》*`]*(?:大?模型|系列|产品|聊天机器人)?(?:进行了?|做了|作了|也|全面|正式|彻底|再次|[ \n])*(?:全面|大幅|重大|重要|一次|新一轮)*(?:开源|升级|降价|更新|改版|下架|商业化|迭代|更名|改名|推向(?:市场|全球|海外)|向(?:公众|全社会|社会|所有用户)开放|接入(?:了)?(?:旗下|自家|其)|免费开放)"
)
# 开发了Y的X, 以Y闻名的X.
_DID = re.compile(
    r"(?:(?:开发|打造|推出|研发|创造|发布|训练|研制)(?:了|出|出了)?(?:[^，。；、的\n]{0,8}?(?:模型|平台|助手|应用|产品|芯片|机器人|工具))?|(?:以|凭借?)(?:其|旗下|自家)?)[ \n*“「《]*$"
)
_WHO_DID = re.compile(
    r"[ \n”」》*`]*(?:大?模型|系列|聊天机器人|产品)?(?:(?:而|所)?(?:闻名|著称|知名|出名|走红|成名|风光|一炮)[^，。；的\n]{0,4})?的(?:[^，。；、的\n]{0,10}?(?:公司|机构|企业|团队|实验室|独角兽))?[ \n*“「《]*"
)
# Its new A.I. chatbot, Yun.
_ENGLISH = r"(?:[ \n][A-Za-z.\d-]{1,16}){0,4}?[ \n](?:chatbot|models?|assistant|app|agent|chip|tool|platform|product|service|family)s?,?[ \n][“\"]?"
_ITS = re.compile(
    rf"{_ENGLISH}|(?:的|旗下的?|自研的?|最新的?|推出的|开发的|首[款个])*(?!的)(?=[^，。；\n]{{0,30}}(?:模型|助手|产品|芯片|平台|机器人|应用|工具|系统)){_NOUNS}[ \n]*[“\"「《*`]*"
)
_ITS_BARE = re.compile(r"(?:的|最新的?|自研的?|旗下的?|设计的?|新一?代?的?|知名|[ \n“])*")
_KIND_BEHIND = re.compile(r"[ \n”]*(?:大?语言)?(?:系列)?(?:大?模型|芯片|产品|平台|助手|机器人|应用)")
_OWN_ENGLISH = re.compile(rf"['’]s{_ENGLISH}")
_APART = re.compile(r"[。；;！？]|\n\s*\n")
_BESIDE = re.compile(r"[，,]")
_ITS_MAKER = re.compile(r"[^（）()\n]{0,8}(?:开发商|开发者|开发方|研发方|母公司)[）)]")
_MAKER_OF = re.compile(
    r"[》」”\"）)*`]*[ \n]?(?:聊天机器人|大?模型)?(?:的|背后的?)?(?:开发者|开发商|开发机构|开发公司|创造者|创造商|制造商|所属公司|研发方|研发公司|缔造者|母公司|东家|(?<=背后的)公司|(?<=背后的)企业)(?:、[^，。；、\n]{2,14}?)?[ \n“「*]*"
)
_IN_BRACKETS = re.compile(r"(?:公司|集团)?[ \n]?(?:旗下)?(?:[）)]|(?:开发|研发|推出|打造|训练|发布|出品|旗下)的)")
_BY_LATIN = re.compile(
    r"[ \n](?:is |was |are )?(?:an? [a-z -]{0,30})?(?:developed |made |built |created |released |trained )?by[ \n]"
)
_ADJOINED = re.compile(r"[ \n]?(?:公司|集团|团队)?[ \n]?[“\"「《*`]*")
_NO_THING = re.compile(
    r"[ \n]*(?:[\u3400-\u9fff]{0,5}大会|峰会|会议|团队|部门|项目|论坛|公司|实验室|系|榜|联合|合作|[A-Z]?轮|CEO|CTO|首席|创始|总裁|高管|股|指数|[（(][A-Z])"
)
_NO_MAKER = re.compile(
    r"(?:大学|学院|研究院|研究所|局|部|委|院|报|社|网|联盟|协会|杂志|》|科学院|银行|议会|事务所|中心|基金|基金会|资本|创投|法院)$"
)
_THIS = re.compile(r"(?:这家|该|作为|这个)[ \n“「*]*$")
_AND = re.compile(r"[”」》*` \n]*(?:、|和|与|及|以及|/|and)[“「《*` \n]*")
_A_NOUN = re.compile(
    r"的|投入|费用|支出|人员|团队|中心|能力|成本|周期|者|商|方(?!面)|部门|体系|平台|工具|进展|工作|实力|任务"
)
# 本次开源的模型有X、Y和Z: what was brought out is then named.
_NAMELY = re.compile(
    r"的[^，。；的\n]{0,8}?(?:模型|产品|应用|芯片|工具|系列)(?:有|包括了?|是|为|分别为|分别是)[：:]?[ \n*“「]*(?=[A-Za-z\u3400-\u9fff])"
)
_THE_FIRM = re.compile(
    r"[ \n*“]*(?:同时|此外|据悉|这得益于|得益于|归功于)?(?:该公司|这家公司|该机构|这家初创公司|这家企业|这家[\u3400-\u9fff]{0,6}巨头|(?P<it>它(?!们|的|是)))"
)
_KIND_OF = re.compile(
    r"(?:了|着)?(?:一款|一个|一种)?[^，。；、\n]{0,18}?(?:模型|工具|产品|助手|平台|机器人|芯片|应用|系统|软件)[ \n]*[“\"「《*`]*"
)
_CALLED_PRODUCT = re.compile(r"(?:首[款个]|新)(?:产品|应用|模型|工具|平台)[ \n“「*]{0,2}$")
_CHIP_BEFORE = re.compile(r"(?:芯片|(?:移动|处理|计算|座舱)平台|GPU|显卡|加速卡|加速器|处理器)[A-Za-z \n“]{0,8}$")
_CHIP = re.compile(r"[ \n]*(?:和[ ]?[A-Z][a-z]{4,}[ ]?)?(?:芯片|平台|GPU|显卡|加速卡|加速器|处理器|系列芯片)")
_POWERING = re.compile(r"[^，。；\n]{0,6}?(?:提供(?:支持|动力|技术支持)|驱动|支持|加持|赋能)的")
_PROPER = re.compile(r"[A-Z][a-z]{4,}")
_AN_OFFICE = re.compile(r"\b(?:Managers?|Officers?|Engineers?|Scientists?|Directors?|Presidents?|Researchers?|Team)$")
_ANNOUNCES = re.compile(
    rf"[ \n*]*(?:公司|集团)?(?:{TITLE}[ \n*]*[^，。；、\n]{{2,5}}?)?[^，。；、\n]{{0,8}}?(?:宣布|确认|透露|预告|官宣)[ \n]?[，,：:]?[ \n“]*(?:旗下的?|其|自家的?|自研的?|最新的?|新一代)*{_NOUNS}[ \n“「《*`]*"
)
_IS_OUT = re.compile(
    r"[ \n”」》*`]*(?:系列|大?模型|产品|参数模型)*[ \n]?(?:已经?|正式|全面|将|即将|今日|今天|今起|同步|同时|也|全球|首次|完全|(?:面向|向|对)(?:全社会|公众|全民|社会|社会公众|全体用户|所有用户|用户|开发者)|于[\d年月日]{2,10})*"
)
# A person makes what firms only bring out: 甲和乙共同开发了Y.
_INVENTS = re.compile(r"(?:开发|研发|设计|研制|训练)(?:了|出)")
_ALONE = re.compile(
    r"[ \n]*(?:[（(][^（）()\n]{1,30}[）)])?[ \n]*(?:等人?)?(?:曾|还|又|也|共同|联合|一起|合作|独立|自己|率先|首先)*[ \n]*"
)
# What may part the name of a brand from what its firm does.
_BRAND_ACTS = re.compile(
    r"[ \n*”」]*(?:团队|官方)?(?:(?:在|于)?(?:去年|今年|前年|昨日|今日|近日|日前|[\d年月日 ]{2,12}[年月日])|也|还|又|则|已经?|正式|宣布|先后|相继|陆续|同步|率先|刚刚|此前|后来)*[ \n]?"
)
_FIRM_AND_HEAD = ("organization", "person")
_HEAD_OF = re.compile(rf"[ \n*]*(?:公司|集团)?(?:的)?[ \n]?{TITLE}[ \n*]*")
_GOES_ON = re.compile(r"(?:以及|还有|包括)(?!但不限)")
_MORE = 2
_STEM = re.compile(r"[A-Za-z]{3,}|[\u3400-\u9fff]{2,}")


def is_made(text: str, mention: Mention) -> bool:
    """Tell whether a name is of what firms make: a model, a product, a chip by its number."""
    if mention.kind in MADE:
        return True
    if mention.kind == "organization":
        # A firm's name may be its product's: 首款产品X.
        return _CALLED_PRODUCT.search(text, max(0, mention.start - 6), mention.start) is not None
    if mention.kind != "technology":
        return False
    printed = text[mention.start : mention.end]
    numbered = any(char.isdigit() for char in mention.name) or _PROPER.fullmatch(printed) is not None
    near = _CHIP.match(text, mention.end) or _CHIP_BEFORE.search(text, max(0, mention.start - 14), mention.start)
    return numbered and near is not None


class MakerReader:
    """Reads who made what."""

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.text = parties.text
        self.outline = parties.outline

    def read(self, start: int, end: int) -> Iterator[Proposal]:
        """Yield the makers, and what products run on, that the verbs of a range tell."""
        yield from _TRIGGERS.read_by(self, start, end)

    def beside(self, one: Mention, other: Mention) -> Iterator[Proposal]:
        """Yield the maker that two names side by side tell: X的Y, Y是X推出的, Y（X）."""
        if one.kind == "organization" and is_made(self.text, other) and self._makes(one, other):
            lead = self._joined(one)
            for thing in self._of_one_stem(other):
                yield tie("developer", thing, one)
                if lead is not None:
                    yield tie("developer", thing, lead)
        elif one.kind == "organization" and is_made(self.text, other) and self._owns(one, other):
            for thing in self._of_a_line(one, other):
                yield tie("developer", thing, one)
        elif one.kind == "person" and other.kind == "product" and self._is_persons(one, other):
            yield tie("developer", other, one)
        elif one.kind in MADE and other.kind == "organization" and self._is_made_by(one, other):
            yield tie("developer", one, other)

    def _is_persons(self, maker: Mention, thing: Mention) -> bool:
        """Tell whether a thing that is said to be one of a kind is a person's: 甲的“云之书”是一款应用."""
        whose = _WHOSE.fullmatch(self.text, maker.end, thing.start) is not None
        return whose and _IS_ONE_OF.match(self.text, thing.end) is not None

    def _joined(self, maker: Mention) -> Mention | None:
        """Return the firm that makes a thing together with another named behind it: X联合Y推出Z."""
        before = self.parties.mentions.within(max(0, maker.start - _NEAR), maker.start)[-1:]
        if not before or before[0].kind != "organization":
            return None
        return before[0] if _TOGETHER.fullmatch(self.text, self.parties.end(before[0]), maker.start) else None

    def _owns(self, maker: Mention, thing: Mention) -> bool:
        """Tell whether a firm does with a thing what only its owner does, or is known for it, or has it in its line."""
        end = self.parties.end(maker)
        if thing.start - end > _NEAR or not is_whole(self.text, thing):
            return False
        if _LINE.fullmatch(self.text, end, thing.start):
            return True
        if not acts(self.text, maker):
            return False
        if _HANDLES.fullmatch(self.text, end, thing.start):
            return _AS_OWNERS_DO.match(self.text, thing.end) is not None
        known = _KNOWN_BY.fullmatch(self.text, end, thing.start) is not None
        return known and _BECAME_KNOWN.match(self.text, thing.end) is not None

    def _of_a_line(self, maker: Mention, first: Mention) -> list[Mention]:
        """Return the things of a firm's line: all that are listed, unless another firm is named among them."""
        if not _LINE.fullmatch(self.text, self.parties.end(maker), first.start):
            return [first]
        _, end = self.outline.sentence(first.start)
        named = self.parties.mentions.within(first.start, min(end, first.start + _REACH))
        return listed(self.text, [m for m in named if is_made(self.text, m)])

    def _of_one_stem(self, thing: Mention) -> list[Mention]:
        """Return a thing and those listed with it that share the stem of its name: X的Y-3和Y-4."""
        found = [thing]
        stem = _STEM.match(thing.name)
        for mention in self.parties.mentions.within(thing.end, thing.end + 60):
            same = stem is not None and mention.name.startswith(stem[0]) and mention.kind in MADE
            if not same or not _AND.fullmatch(self.text, self.parties.end(found[-1]), mention.start):
                break
            found.append(mention)
        return found

    def _is_made_by(self, thing: Mention, maker: Mention) -> bool:
        between = self.text[thing.end : maker.start]
        did = len(between) < _NEAR and "的" in between and _WHO_DID.fullmatch(between)
        if did and _DID.search(self.text, max(0, thing.start - 12), thing.start):
            return True
        if len(between) < 40 and (_MAKER_OF.fullmatch(between) or _BY_LATIN.fullmatch(between)):
            return True
        if between.strip(" *") in {"（", "("} and _IN_BRACKETS.match(self.text, maker.end):
            return True
        return (
            len(between) < 12
            and _IS.fullmatch(between) is not None
            and _MADE_AFTER.match(self.text, maker.end) is not None
        )

    def _makes(self, maker: Mention, thing: Mention) -> bool:
        between = self.text[maker.end : thing.start]
        if (
            len(between) > 40
            or _APART.search(between)
            or not is_whole(self.text, thing)
            or only_likens(self.text, thing)
            or _AN_OFFICE.search(thing.name)
        ):
            return False
        if _PUT_FORWARD.fullmatch(between):
            is_method = self.text.endswith(_METHODS, thing.start, thing.end)
            return is_method or thing.kind == "model" or _METHOD.match(self.text, thing.end) is not None
        if _BESIDE.search(between) and self.text[max(0, maker.start - 1) : maker.start] in {"与", "和", "同", "被"}:
            return False
        if between.strip() in {"（", "("}:
            if _ITS_MAKER.match(self.text, thing.end):
                return True
            # A Latin name in brackets is the firm's other name or its stock code.
            return self.text[thing.end : thing.end + 1] in {"）", ")"} and not (
                thing.kind == "product" and thing.name.isascii()
            )
        if _POSSESSIVE.fullmatch(between) or _OWN_ENGLISH.fullmatch(between):
            return True
        if _ADJOINED.fullmatch(between):
            return thing.kind in {"model", "technology"} or self._is_product_of(maker, thing)
        # The verb stands in the thing's own clause: 发布的信息，X … makes no X.
        verb = _DEVELOPED.search(re.split(r"[，,]", between)[-1])
        return (
            verb is not None and not _USED.search(between) and BASIS.search(between) is None and acts(self.text, maker)
        )

    def _is_product_of(self, maker: Mention, thing: Mention) -> bool:
        """Tell whether a product's name behind a firm's is of its product, and of no meeting, team or second name."""
        if thing.entity_id is not None and maker.entity_id is not None:
            return True
        named = thing.name.isascii() and len(thing.name) > 2 and not _NO_THING.match(self.text, thing.end)
        return named and _NO_MAKER.search(maker.name) is None and not maker.name.isascii()

    def _by(self, start: int, end: int) -> Iterator[Proposal]:
        """What a thing is made by: 由X研发."""
        match = _BY.match(self.text, end)
        if match is None:
            return
        who = self.parties.mentions.within(match.start("who"), match.end("who"))
        makers = [m for m in who if m.kind == "organization" or self._is_team(m)] or [
            m for m in who if m.kind in {"organization", "person"} and acts(self.text, m)
        ]
        # 由某大学的研究员甲构建: the person, not where he or she works.
        named = [m for m in who if m.kind == "person"]
        if len(makers) == 1 and named and _OF_BODY.fullmatch(self.text, self.parties.end(makers[0]), named[0].start):
            makers = named[:1]
        item = item_at(self.text, start)
        above = named_above(self.text, self.parties.mentions, item) if item is not None and item.start == start else []
        for thing in above or self._made_by(start, match.end()):
            for maker in makers:
                yield tie("developer", thing, maker)

    def _is_team(self, mention: Mention) -> bool:
        """Tell whether a thing's name stands for the team that makes it: 由X团队研发."""
        return mention.kind == "product" and self.text.startswith("团队", mention.end)

    def _maker(self, start: int, end: int) -> Iterator[Proposal]:
        """The maker that an item of a list tells of what the item above it names: 开发者：X; 这家Y开发商."""
        item = item_at(self.text, start)
        said = _TOLD.match(self.text, end)
        if said is None or item is None or self.text[item.start : start].strip(" *`"):
            yield from self._this_maker(start)
            return
        makers = [m for m in self.parties.mentions.within(said.end(), item.end) if m.kind == "organization"]
        if makers and makers[0].start == said.end():
            for thing in named_above(self.text, self.parties.mentions, item):
                for maker in listed(self.text, makers):
                    yield tie("developer", thing, maker)

    def _this_maker(self, start: int) -> Iterator[Proposal]:
        """The firm spoken of that is called the maker of a thing: 这家Y开发商."""
        things = [m for m in self.parties.mentions.within(max(0, start - 40), start) if m.kind in MADE]
        if not things or self.text[things[-1].end : start].strip(" \n的*”」"):
            return
        if not _THIS.search(self.text, max(0, things[-1].start - 6), things[-1].start):
            return
        maker = self.parties.firm_spoken_of(things[-1].start, last=True)
        if maker is not None:
            yield tie("developer", things[-1], maker)

    def _this(self, start: int, end: int) -> Iterator[Proposal]:
        """The maker of what the text speaks of: 该应用研发公司X."""
        maker = _WHOSE_MAKER.match(self.text, end)
        firms = self.parties.firms(maker.end(), maker.end() + 1 + _NEAR, loose=False) if maker else []
        if not maker or not firms or firms[0].start != maker.end():
            return
        _, finish = self.outline.clause(start)
        begin, _ = self.outline.sentence(start)
        after = [m for m in self.parties.mentions.within(firms[0].end, finish) if m.kind in MADE]
        before = [m for m in self.parties.mentions.within(max(0, begin - _REACH), start) if m.kind in MADE]
        for thing in after[:1] or before[-1:]:
            yield tie("developer", thing, firms[0])

    def _its(self, start: int, end: int) -> Iterator[Proposal]:
        """The firm spoken of whose model or product is named: 其大模型Y, 该公司的芯片Y."""
        _, finish = self.outline.clause(start)
        things = [m for m in self.parties.mentions.within(end, min(finish, end + 40)) if is_made(self.text, m)]
        if not things or not is_whole(self.text, things[0]):
            return
        told = _ITS.fullmatch(self.text, end, things[0].start) is not None
        if not told and not self._is_its(end, things):
            return
        maker = self.parties.firm_spoken_of(start, last=self.text.startswith("该公司", start))
        if maker is not None:
            for thing in self._of_one_stem(things[0]) if told else listed(self.text, things):
                yield tie("developer", thing, maker)

    def _is_its(self, end: int, things: list[Mention]) -> bool:
        """Tell whether things are named at once, and what they are behind them: 其X和Y芯片."""
        last = listed(self.text, things)[-1]
        return (
            _ITS_BARE.fullmatch(self.text, end, things[0].start) is not None
            and _KIND_BEHIND.match(self.text, last.end) is not None
        )

    def _made_by(self, start: int, end: int) -> list[Mention]:
        begin, finish = self.outline.sentence(start)
        after = [m for m in self.parties.mentions.within(end, min(finish, end + 30)) if m.kind in _THINGS]
        if self.text[end : end + 1] == "的" and after:
            return after[:1]
        before = [m for m in self.parties.mentions.within(max(begin, start - _REACH), start) if m.kind in _THINGS]
        clause = [m for m in before if m.start >= self.outline.clause(start)[0]]
        return clause[-1:] or before[:1] or after[:1]

    def _making(self, start: int, end: int) -> Iterator[Proposal]:
        """What an organization is told to release, open or train in one clause is its own."""
        begin, finish = self.outline.clause(start)
        begin, finish = max(begin, start - _REACH), min(self._whole_list(finish), end + _REACH)
        maker = self._maker_before(begin, start)
        yield from self._announced(start, end)
        if maker is None and (not _A_NOUN.match(self.text, end) or _NAMELY.match(self.text, end)):
            maker = self._maker_spoken_of(begin, start)
            if not any(is_made(self.text, m) for m in self.parties.mentions.within(end, min(finish, end + _NEAR))):
                finish = min(finish, end + _NEAR)
        if maker is None or _DENIED.search(self.text, max(begin, start - 12), start):
            return
        things = [
            m
            for m in self.parties.mentions.within(end, finish)
            if is_made(self.text, m)
            and is_whole(self.text, m)
            and not BASIS.search(self.text, max(0, m.start - 10), m.start)
            and not self._powers(end, m)
        ]
        makers = self._makers_with(maker, begin)
        for thing in listed(self.text, without_kind(self.text, things)):
            if thing.start - end <= 48 and not (maker.end < begin and self._is_anothers(thing)):
                yield from (tie("developer", thing, one) for one in makers)

    def _whole_list(self, finish: int) -> int:
        """Return where the clauses that go on with a list end: X，以及聊天软件Y."""
        for _ in range(_MORE):
            if self.text[finish - 1 : finish] not in {"，", ","} or not _GOES_ON.match(self.text, finish):
                break
            _, finish = self.outline.clause(finish)
        return finish

    def _announced(self, start: int, end: int) -> Iterator[Proposal]:
        """X宣布，Y正式上线: what a firm announces to be released is its own."""
        begin, _ = self.outline.sentence(start)
        named = self.parties.mentions.within(max(begin, start - _NEAR - 20), start)
        things = [m for m in named if is_made(self.text, m)]
        if not things or not _IS_OUT.fullmatch(self.text, things[-1].end, start) or _A_NOUN.match(self.text, end):
            return
        makers = [m for m in named if m.kind == "organization" and m.end <= things[-1].start]
        if makers and _ANNOUNCES.fullmatch(self.text, self.parties.end(makers[-1]), things[-1].start):
            yield tie("developer", things[-1], makers[-1])

    def _maker_before(self, begin: int, start: int) -> Mention | None:
        """Return the organization of a clause that acts before its verb."""
        makers = [
            m for m in self.parties.mentions.within(begin, start) if m.kind == "organization" and acts(self.text, m)
        ]
        makers = makers or self._headed(begin, start) or self._inventors(begin, start) or self._brands(begin, start)
        if not makers:
            return None
        made_with = _MADE_WITH.search(self.text, makers[-1].end, start)
        until = made_with.start() if made_with else start
        return None if _OTHERS.search(self.text, makers[-1].end, until) else makers[-1]

    def _inventors(self, begin: int, start: int) -> list[Mention]:
        """Return the person who is told to make a thing, where no firm is named beside: 甲和乙共同开发了Y."""
        if not _INVENTS.match(self.text, start):
            return []
        persons = [m for m in self.parties.mentions.within(begin, start) if m.kind == "person" and acts(self.text, m)]
        return persons[-1:] if persons and _ALONE.fullmatch(self.text, persons[-1].end, start) else []

    def _brands(self, begin: int, start: int) -> list[Mention]:
        """Return the product whose name stands for its firm, where it opens a clause and acts: 青禾信去年也推出了Y."""
        named = self.parties.mentions.within(begin, start)[:1]
        if not named or named[0].kind != "product" or self.text[begin : named[0].start].strip(" \n*>#-•“"):
            return []
        return named if _BRAND_ACTS.fullmatch(self.text, named[0].end, start) else []

    def _headed(self, begin: int, start: int) -> list[Mention]:
        """Return the firm for which its officer acts: X董事长甲在大会上推出Y."""
        named = [m for m in self.parties.mentions.within(begin, start) if m.kind in _FIRM_AND_HEAD]
        if tuple(m.kind for m in named) != _FIRM_AND_HEAD:
            return []
        headed = _HEAD_OF.fullmatch(self.text, self.parties.end(named[0]), named[1].start)
        return named[:1] if headed and not self.text[begin : named[0].start].strip(" \n*>#-“") else []

    def _makers_with(self, maker: Mention, begin: int) -> list[Mention]:
        """Return a clause's maker and those listed before it: X和Y发布."""
        if maker.start < begin:
            return [maker]
        if maker.kind == "person":
            return self.parties.group_before(self.parties.persons(begin, maker.end, loose=False))
        firms = [m for m in self.parties.firms(begin, maker.end) if m.entity_id is None or m.kind == "organization"]
        return self.parties.group_before(firms) if firms and firms[-1] == maker else [maker]

    def _powers(self, stop: int, thing: Mention) -> bool:
        """Tell whether a thing only powers what is named behind it: 由X的Y提供支持的Z."""
        return (
            _POWERING.match(self.text, thing.end) is not None
            and self.text.rfind("由", max(stop, thing.start - 24), thing.start) >= 0
        )

    def _maker_spoken_of(self, begin: int, start: int) -> Mention | None:
        """Return whom the text speaks of where a clause names no maker, or calls it 该公司."""
        if self.parties.firms(begin, start, loose=False):
            return None
        officer = self._officers_firm(begin)
        if officer is not None and self.parties.leads(begin, start):
            return officer
        pronoun = _THE_FIRM.match(self.text, begin, start)
        if pronoun and not _OTHERS.search(self.text, pronoun.end(), start):
            return self.parties.firm_spoken_of(begin, last=pronoun["it"] is None)
        if not self.parties.leads(begin, start):
            return None
        return self.parties.firm_spoken_of(begin) or self.parties.main_firm

    def _officers_firm(self, at: int) -> Mention | None:
        """Return the firm for which its head speaks, where a sentence opens with both: X创始人甲在大会上…，宣布…."""
        begin, _ = self.outline.sentence(at)
        named = self.parties.mentions.within(begin, min(at, begin + _NEAR))
        if len(named) < len(_FIRM_AND_HEAD) or tuple(m.kind for m in named[:2]) != _FIRM_AND_HEAD:
            return None
        opens = not self.text[begin : named[0].start].strip(" \n*>#-“")
        headed = _HEAD_OF.fullmatch(self.text, self.parties.end(named[0]), named[1].start)
        others = [m for m in self.parties.firms(named[1].end, at, loose=False) if m.name != named[0].name]
        return named[0] if opens and headed and not others else None

    def _having(self, start: int, end: int) -> Iterator[Proposal]:
        """What kind of thing a firm has, and its name: X还有图像工具Y."""
        begin, finish = self.outline.clause(start)
        things = [m for m in self.parties.mentions.within(end, min(finish, end + _NEAR)) if is_made(self.text, m)]
        if not things or not _KIND_OF.fullmatch(self.text, end, things[0].start):
            return
        begin = max(begin, start - _REACH)
        maker = self._maker_before(begin, start) or self._maker_spoken_of(begin, start)
        if maker is not None and not self.parties.firms(end, things[0].start, loose=False):
            yield tie("developer", things[0], maker)

    def _is_anothers(self, thing: Mention) -> bool:
        """Tell whether the brackets behind a thing name its maker: Y（X）."""
        tail = self.text[thing.end : thing.end + 1] in {"（", "("}
        return tail and bool(self.parties.firms(thing.end, thing.end + 12, loose=False))

    def _powering(self, start: int, end: int) -> Iterator[Proposal]:
        """A product that runs on a model: X搭载Y, X接入了Y."""
        begin, finish = self.outline.clause(start)
        after = [m for m in self.parties.mentions.within(end, min(finish, end + 16)) if m.kind == "model"]
        before = [m for m in self.parties.mentions.within(max(begin, start - 30), start) if m.kind in MADE]
        if before and after and self.text[start:end] != "驱动" and before[-1].name != after[0].name:
            yield tie("powers", after[0], before[-1])
