"""Why a statement is preferred or doubted, in words that people read."""

from db.labels import WORDS

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
