"""Cells of tables: their text without markup, and the parts of a cell that lists."""

import re

from etl.reader.plain import masked

EMPTY = frozenset(
    {
        "",
        "/",
        "-",
        "—",
        "–",
        "－",
        "--",
        "——",
        "N/A",
        "n/a",
        "NA",
        "无",
        "暂无",
        "未知",
        "未公布",
        "未公开",
        "None",
        "?",
        "？",
        "…",
    }
)
YES = frozenset({"是", "有", "√", "✓", "✔", "✅", "☑", "⭕", "yes", "true", "y", "开源", "可商用", "可", "支持"})
NO = frozenset(
    {
        "否",
        "×",
        "✗",
        "✘",
        "❌",
        "✖",
        "❎",
        "☒",
        "no",
        "false",
        "n",
        "闭源",
        "不可商用",
        "不可",
        "不开源",
        "不支持",
        "未开源",
    }
)
_BREAK = re.compile(r"<br[ ]?/?>", re.I)
_SPACES = re.compile(r"\s+")
# Pictures say nothing, but for ticks and crosses.
_LINK = re.compile(
    r"\[([^\]\n]*)\](?:\([^)\n]*\))?|<[^>\n]{1,40}>|[*`_~\uFE0F]|(?![☑☒✅✓✔✖✗✘❌❎])[\U0001F100-\U0001FAFF\u2600-\u27BF]"
)


def unmarked(cell: str) -> str:
    """Return a cell's text with addresses and tags blanked, a line break as a mark that parts."""
    return masked(_BREAK.sub(lambda match: "；" + " " * (len(match[0]) - 1), cell))


def listed_parts(cell: str) -> list[tuple[str, int]]:
    """Split a cell that lists names; each part with its place."""
    found = [(match[0], match.start()) for match in re.finditer(r"[^/、,，;；]+", cell) if match[0].strip()]
    return [(part.strip(), at + len(part) - len(part.lstrip())) for part, at in found]


def parts(cell: str) -> list[tuple[str, int]]:
    """Split a cell that lists: 7B/13B/33B, 4K、32K; each part with its place."""
    return [
        (match[0].strip(), match.start() + len(match[0]) - len(match[0].lstrip()))
        for match in re.finditer(r"(?:[^/、,，;；|和与及]|(?<=[^\d亿万BMKk ])[和与及])+", cell)
        if match[0].strip()
    ]


def cleaned(cell: str) -> str:
    """Return a cell's text without links, marks and pictures."""
    plain = _LINK.sub(lambda match: match[1] or " ", cell)
    return plain if plain.isalnum() else _SPACES.sub(" ", plain).strip()
