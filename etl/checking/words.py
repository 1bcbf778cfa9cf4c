"""Verdicts and reasons in words, zh and en."""

from typing import Any

from etl.checking.verdicts import Checked, Held, Reason, Verdict

SIGNS: dict[Verdict, str] = {"agrees": "✓", "conflicts": "✗", "outdated": "↻", "new": "+", "unclear": "?"}
"""A sign beside each colour: a verdict is never told by colour alone."""
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "agrees": ("相符", "agrees"),
    "conflicts": ("冲突", "conflicts"),
    "outdated": ("过时", "outdated"),
    "new": ("新", "new"),
    "unclear": ("不明", "unclear"),
}
_MEANINGS: dict[Verdict, tuple[str, str]] = {
    "agrees": ("本库有来源说法相同", "a source of the base says the same"),
    "conflicts": ("与本库所知不能同真", "cannot be right together with what the base holds"),
    "outdated": ("与较早的说法相同，本库另有更晚的", "agrees with an earlier statement; the base knows a later one"),
    "new": ("本库没有可比的陈述", "the base holds nothing to compare it with"),
    "unclear": ("无法判定，请人工核对", "cannot be told; look at it yourself"),
}
REASONS: dict[str, tuple[str, str]] = {
    "agree": ("{count} 个独立来源说法相同", "{count} independent {sources} the same"),
    "others_differ": ("另有 {count} 条说法不同", "{count} other {statements}"),
    "some_agree": ("但有 {count} 个来源与文章相同", "though {count} {sources} what the article says"),
    "base_doubts": ("本库对此值存疑", "the base itself doubts this value"),
    "base_doubted": (
        "本库的值存疑或其来源已更正，不足以否定文章",
        "the base's own value is doubted, and blames nobody",
    ),
    "factor": ("相差 {distance} 倍", "a factor of {distance} apart"),
    "amount": ("相差 {distance}", "{distance} apart"),
    "days": ("相差 {distance} 天", "{distance} days apart"),
    "yes_against_no": ("一是一否", "yes against no"),
    "another": ("本库说的是另一个", "the base names another"),
    "slip": (
        "数字相同，差 10 的 {exponent} 次方：可能是单位之误",
        "the same digits, 10^{exponent} apart: a slip of the unit?",
    ),
    "article_newer": ("本库所知为 {when}，文章更晚", "the base's is of {when}, the article is later"),
    "denies": ("文章否认本库所载", "the article denies what the base says"),
    "denied": ("文章否认的是另一个值", "the article denies another value"),
    "later_known": ("本库知道更晚的值（{when}）", "a later value is known ({when})"),
    "nothing_known": ("本库对此没有记载", "the base holds nothing of it"),
    "not_stated": ("本库的来源都没有给出", "the base's sources do not state it"),
    "subject_unknown": ("本库没有这个主体", "the base does not know the subject"),
    "subject_ambiguous": ("主体可能是：{names}", "the subject may be {names}"),
    "subject_unresolved": ("看不出说的是谁", "whom it is about cannot be told"),
    "object_unknown": ("本库不认识所说的对象", "the base does not know whom it names"),
    "other_unit": ("单位不可比", "the units cannot be compared"),
    "other_firmness": ("一是事实，一是计划或预测", "a fact on one side, a plan or forecast on the other"),
    "other_rate": ("按不同的时间计", "counted by another stretch of time"),
    "other_scope": ("本库所知是另一范围", "what the base knows is of another scope"),
    "other_time": ("本库所知属另一时间（{when}）", "what the base knows is of another time ({when})"),
    "article_undated": (
        "文章没说是何时的值，本库的为 {when}",
        "the article does not say of when; the base's is of {when}",
    ),
    "base_undated": ("本库的值没有注明时间（来源 {when}）", "the base's value is undated (source of {when})"),
    "scope_untold": ("无法确定两者说的是同一范围", "whether both are of one scope cannot be told"),
    "bounds_far": ("可以同真，但相差 {distance} 倍", "both can be right, yet they lie a factor of {distance} apart"),
    "undated_event": ("本库知道此事，不知何时", "the base knows that it happened, not when"),
    "date_unsure": ("日期是否属于此事不能确定", "whether the date is the event's cannot be told"),
    "another_event": ("本库知道的是其他日期的同类事件", "the base knows such events of other days"),
    "another_relation": ("本库知道的是其他对象，可以并存", "the base knows others; both can be right"),
}


def pick(pair: tuple[str, str], language: str) -> str:
    """Return the Chinese or the English one of two words."""
    return pair[0 if language == "zh" else 1]


def verdict_word(verdict: Verdict, language: str) -> str:
    """Return what a verdict is called."""
    return pick(_VERDICTS[verdict], language)


def meaning(verdict: Verdict, language: str) -> str:
    """Return what a verdict means, for a legend."""
    return pick(_MEANINGS[verdict], language)


def reason_text(reason: Reason, language: str) -> str:
    """Return a reason in words."""
    values: dict[str, Any] = {name: _told(value) for name, value in reason.values.items()}
    count = reason.values.get("count")
    values |= {
        "sources": "source says" if count == 1 else "sources say",
        "statements": "statement differs" if count == 1 else "statements differ",
    }
    return pick(REASONS[reason.code], language).format(**values)


def reasons_text(held: Held, language: str) -> str:
    """Return all reasons of a verdict as one line."""
    return ("；" if language == "zh" else "; ").join(reason_text(reason, language) for reason in held.reasons)


def _told(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return str(value)


def summary(items: list[Checked], counts: dict[Verdict, int], language: str) -> str:
    """Return how many statements got which verdict, as one line."""
    told = [f"{verdict_word(verdict, language)} {count}" for verdict, count in counts.items()]
    if language == "zh":
        return f"共 {len(items)} 条陈述：" + "，".join(told)
    told = [f"{count} {verdict_word(verdict, language)}" for verdict, count in counts.items()]
    return f"{len(items)} {'statement' if len(items) == 1 else 'statements'}: " + ", ".join(told)
