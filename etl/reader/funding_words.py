"""Words that tell of money put into a firm, and what each of them tells."""

from etl.reader.parties import Triggers

_ROUNDS = (
    "领投 跟投 参投 参与投资 参加了投资 参与了投资 参与本轮 参与了本轮 加入本轮 联合领投 共同领投 独家投资 追加投资 加码投资 继续投资 "
    "投资机构参与 投资方参与 机构参与 资本参与 基金参与 领衔入场 领衔投资 领衔参与 轮融资中投入 轮融资中投资 轮融资中出资 轮融资中注资"
)
# 投资人工智能 invests and is no 投资人 (investor), which would be found before it.
_INVESTING = "投资 投资的 输血 注资 入股 战略投资 押注 追投 加注 战略入股 投给 投了 投资人工"
_GIVING = "提供 投入 注入"
_BEING = "投资者 投资人 投资方 出资方 资方 出资人 出资者 参与者 参投者 股东 大股东 金主 投资机构 风投公司 风险投资公司 支持者 领投方 跟投方 参投方 参投机构 领投机构 跟投机构 新股东 老股东 战投方 基石投资者 背后"
_RECEIVING = "获 获得 得到 拿到 获取 拿下 接受 接受了 吸引 吸引了"
_RAISING = "筹集 筹得 募集 募得 融得"
_PICKING = "投出 投中 投过"
_NO_DEEDS = (
    "投资公司 投资额 投资基金 投资规模 投资部 投资银行 投资总监 投资经理 投资界 投资圈 投资组合 投资回报 投资计划 投资意向 "
    "投资热 投资机会 投资领域 投资建议 投资策略 投资价值 投资生涯 投资银 投资并购 投资项目 投资合伙人 投资伙伴 投资业务 投资家 获利 "
    "获奖 获批 获悉 获胜 获评 获取了 获准 获客 获益 获知 获选 "
)
TRIGGERS = Triggers(
    {
        **dict.fromkeys(
            _ROUNDS.split(),
            "round",
        ),
        **dict.fromkeys(_INVESTING.split(), "investing"),
        **dict.fromkeys(_GIVING.split(), "giving"),
        **dict.fromkeys(
            [
                *_BEING.split(),
                "investors include",
                "investors including",
            ],
            "being",
        ),
        **dict.fromkeys([*_RECEIVING.split(), "backed by", "led by", "funding from"], "receiving"),
        **dict.fromkeys(_RAISING.split(), "raising"),
        **dict.fromkeys(_PICKING.split(), "picking"),
        "来自": "coming",
        **dict.fromkeys(("支持的", "押注的", "注资的", "入股的", "加持的", "持股的"), "backing"),
        "参与的": "taking",
        **dict.fromkeys(("引入", "引入了", "引进了", "迎来"), "bringing"),
        **dict.fromkeys(("参与", "参与了", "参加了"), "joining"),
        **dict.fromkeys(
            _NO_DEEDS.split(),
            "",
        ),
    }
)
