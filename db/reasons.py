"""Why a statement is preferred or doubted, in words that people read."""

import re

from db.labels import WORDS

# What `etl.checks` says of a broken bound.
_BOUND = re.compile(r"(?P<value>\S+) is (?P<side>above|below) the plausible bound (?P<bound>\S+): (?P<reason>.+)")
_SIDES = {"above": "高于", "below": "低于"}
# Why bounds stand where they do, as `seeds/checks.yaml` says it.
_REASONS_ZH = {
    "ten times the largest figure that any source of the base gives a model up to 2025 (1.8e12), set by the editors": (
        "编者所定：各来源对 2025 年以前模型所给最大数字（1.8e12）的十倍"
    ),
    "set by the editors for later years": "编者为其后年份所定",
    "A model has at least one parameter": "模型至少有一个参数",
    "ten times and more what any run up to 2020 is known to have taken, set by the editors": (
        "编者所定：2020 年以前已知训练算力的十倍以上"
    ),
    "ten times and more what any run is estimated at, set by the editors": "编者所定：任何训练算力估计的十倍以上",
    "A training run takes at least one operation": "训练至少要一次运算",
    "No model is reported with more than 1e15 tokens": "未见有模型的词元超过 1e15",
    "No model is reported with more than 1e16 bytes of training data": "未见有模型的训练数据超过 1e16 字节",
    "No model takes more than 1e8 tokens": "没有模型可容纳超过 1e8 个词元",
    "More users than people alive": "用户多于世界人口",
    "A share lies between nothing and the whole": "占比在零与全部之间",
    "An accuracy lies between 0 and 1": "正确率在 0 与 1 之间",
}

# What `etl.structure_checks` says of digits that slipped, and of a product's name.
_SLIP = re.compile(
    r"same digits as (?P<other>.+?) \((?P<id>s\w+)\), (?:in (?P<one>\S+) and in (?P<two>\S+?)|(?P<how>.+?)): .+"
)
_PRODUCT = re.compile(r"(?P<id>\S+) is a product of this name; which model is meant\?: .+")

# What a check's id says of its doubt: the first part that it holds.
_DOUBTS = {
    "beyond": ("高于可信上限", "above what is plausible"),
    "below": ("低于可信下限", "below what is plausible"),
    "out_of_range": ("超出可能的范围", "outside what is possible"),
    "part_above_whole": ("部分大于整体", "a part above its whole"),
    "event_before_founding": ("早于研发主体成立", "before its developer was founded"),
    "unit_slip": ("同样的数字，不同的单位", "same digits, another unit"),
    "note_slip": ("与同一行的附注不符", "belied by the row's own note"),
    "openness_against_licence": ("与许可证不符", "at odds with the licence"),
    "product_for_model": ("说的是产品而非模型", "a product where a model is meant"),
}


def rank_text(rank: str, reason: str, word: str, language: str) -> str:
    """Return a statement's rank, by its word, and why it has it; nothing where its property knows no ranks."""
    if rank == "normal" and reason == "one of several values":
        return ""
    if language != "zh":
        return f"{word}: {reason}"
    head, _, tail = reason.rpartition(" is preferred: ")
    return f"{word}：{f'首选 {head}，' if head else ''}{reason_word(tail, language)}"


def reason_word(reason: str, language: str) -> str:
    """Return a reason of rank in zh or en."""
    return WORDS[reason][0] if language == "zh" and reason in WORDS else reason


def doubt_word(check_id: str, language: str) -> str:
    """Return what a check doubts, in a few words; its id where no words are known."""
    for part, pair in _DOUBTS.items():
        if part in check_id:
            return pair[0 if language == "zh" else 1]
    return check_id


def doubt_message(message: str, language: str) -> str:
    """Return a check's message in zh or en; one of no known form is in English."""
    if language != "zh":
        return message
    if found := _BOUND.fullmatch(message):
        reason = _REASONS_ZH.get(found["reason"], found["reason"])
        return f"{found['value']} {_SIDES[found['side']]}可信界限 {found['bound']}（{reason}）"
    if found := _SLIP.fullmatch(message):
        units = (
            f"单位为 {found['one']} 与 {found['two']}" if found["one"] else found["how"].replace(" against ", " 与 ")
        )
        return f"与 {found['other']}（{found['id']}）数字相同，{units}：其一可能误入了另一单位"
    if found := _PRODUCT.fullmatch(message):
        return f"{found['id']} 是同名的产品；说的是哪个模型？"
    return message
