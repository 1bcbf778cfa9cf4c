"""What a check found as one page that stands alone: no scripts, nothing fetched, fit to print and to mail."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import quote

from db.labels import Labels
from etl.checking.lines import SHOWN, explains_rank, printed_of, told
from etl.checking.page_style import COLOURS, STYLE
from etl.checking.verdicts import VERDICTS, Against, Checked, Report, Verdict
from etl.checking.words import SIGNS, meaning, pick, reasons_text, summary, verdict_word

# What would steer a page or turn the order of its characters.
_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_GRAVEST: tuple[Verdict, ...] = ("conflicts", "outdated", "unclear", "new", "agrees")
_NOTE = (
    "本页含文章全文，是你自己的副本；本库不存文章。转发前请留意文章的版权。",
    "This page holds the article's text: your own copy, which the base does not keep. Mind its rights before you pass it on.",
)
_RULE = (
    "判定是机器把文中的陈述与本库比较的结果；本库所载是各来源的说法，不是真相本身。",
    "The verdicts come from holding the article's statements against the base by machine; the base holds what sources say.",
)


def safe(text: str) -> str:
    """Return text that is only text in a page, whatever it holds."""
    return escape(_STEERING.sub("\ufffd", text), quote=True)


def page(report: Report, labels: Labels, base: str, site: str | None = None) -> str:
    """Return the report as HTML; `base` names what it was held against, `site` is where evidence pages are."""
    language = labels.language
    title = report.title or Path(report.name).name
    heading = pick(("文章核对", "Article checked"), language)
    meta = " · ".join(filter(None, (Path(report.name).name, report.date, base)))
    marks = {number: numbers[0] for *_, numbers in _clusters(report.items) for number in numbers}
    return "".join(
        (
            f'<!DOCTYPE html>\n<html lang="{"zh-Hans" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n',
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n",
            f"<title>{safe(heading)}: {safe(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            f'<p class="kind">{safe(heading)}</p>\n<h1>{safe(title)}</h1>\n<p class="meta">{safe(meta)}</p>\n',
            f'<p class="note">{safe(pick(_NOTE, language))}</p>\n',
            f"<h2>{pick(('概要', 'Summary'), language)}</h2>\n<p>{safe(summary(report.items, report.counts(), language))}</p>\n",
            _legend(report, language),
            f'<h2>{pick(("文章", "The article"), language)}</h2>\n<div class="text">{"".join(_marked(report))}</div>\n',
            f"<h2>{pick(('逐条', 'Statement by statement'), language)}</h2>\n",
            *(_item(number, marks[number], report.items[number - 1], labels, site) for number in sorted(marks)),
            f'<p class="meta">{safe(pick(_RULE, language))}</p>\n</body>\n</html>\n',
        )
    )


def _legend(report: Report, language: str) -> str:
    counts = report.counts()
    rows = "".join(
        f'<tr><td>{_badge(verdict, language)}</td><td class="count">{counts[verdict]}</td>'
        f"<td>{safe(meaning(verdict, language))}{_links(report, verdict)}</td></tr>\n"
        for verdict in VERDICTS
    )
    return f'<table class="legend">\n{rows}</table>\n'


def _links(report: Report, verdict: Verdict) -> str:
    """Return links to the statements that ask for a look."""
    if verdict not in {"conflicts", "outdated", "unclear"}:
        return ""
    numbers = (n for n, item in enumerate(report.items, 1) if item.verdict == verdict)
    links = ", ".join(f'<a href="#n{number}">{number}</a>' for number in numbers)
    return f" ({links})" if links else ""


def _style(verdict: Verdict) -> str:
    """Return a colour for clients that drop style sheets: dark on pale, with a line of its own kind."""
    ground, line, kind = COLOURS[verdict]
    return f"background-color:{ground};color:#111;border-bottom:2px {kind} {line}"


def _badge(verdict: Verdict, language: str) -> str:
    return (
        f'<span class="badge" style="{_style(verdict)}">{SIGNS[verdict]} {safe(verdict_word(verdict, language))}</span>'
    )


def _marked(report: Report) -> Iterator[str]:
    """Yield the text in full, each figure marked and led to its note; what overlaps is one mark."""
    at = 0
    for start, end, numbers in _clusters(report.items):
        yield _broken(report.text[at:start])
        verdicts = {report.items[number - 1].verdict for number in numbers}
        gravest = next(verdict for verdict in _GRAVEST if verdict in verdicts)
        yield f'<mark id="m{numbers[0]}" class="{gravest}" style="{_style(gravest)}">{_broken(report.text[start:end])}</mark>'
        links = (f'<a href="#n{n}">{SIGNS[report.items[n - 1].verdict]}{n}</a>' for n in numbers)
        # The word joiner keeps the number on the figure's line.
        yield f"&#8288;<sup>{' '.join(links)}</sup>"
        at = end
    yield _broken(report.text[at:])


def _clusters(items: list[Checked]) -> Iterator[tuple[int, int, list[int]]]:
    """Yield (start, end, numbers) of the spans, those that overlap as one."""
    found: list[tuple[int, int, list[int]]] = []
    for number, item in enumerate(items, 1):
        start, end = item.row["start_char"], item.row["end_char"]
        if found and start < found[-1][1]:
            first, last, numbers = found[-1]
            found[-1] = (first, max(last, end), [*numbers, number])
        else:
            found.append((start, end, [number]))
    yield from found


def _broken(text: str) -> str:
    """Return text with its line breaks, which mail clients would else drop."""
    return safe(text.replace("\r\n", "\n").replace("\r", "\n")).replace("\n", "<br>\n")


def _item(number: int, mark: int, item: Checked, labels: Labels, site: str | None) -> str:
    language = labels.language
    back = f'<a class="number" href="#m{mark}">{number}</a>'
    subject = item.entity.label if item.entity else item.row["subject_name"]
    line = pick((f"第 {item.line} 行", f"line {item.line}"), language)
    said = f"{safe(subject)} · {safe(labels.property(item.row['property_id']))} · <strong>{safe(printed_of(item))}</strong>"
    parts = [
        f'<div class="item" id="n{number}">\n<p>{back} {_badge(item.verdict, language)} {said} <span class="meta">{line}</span></p>\n',
        f'<p class="why">{safe(reasons_text(item.held, language))}</p>\n',
        _evidence(item, labels, site),
    ]
    parts += [
        f'<p class="doubt">⚠ {safe(pick(("存疑：", "Doubtful: "), language) + doubt)}</p>\n' for doubt in item.doubts
    ]
    return "".join((*parts, "</div>\n"))


def _evidence(item: Checked, labels: Labels, site: str | None) -> str:
    if not item.held.against:
        return ""
    language = labels.language
    rows = [f"<li>{_base_says(one, labels, site)}</li>\n" for one in item.held.against[:SHOWN]]
    more = len(item.held.against) - SHOWN
    if more > 0:
        rows.append(f"<li>{safe(pick((f'另有 {more} 条', f'and {more} more'), language))}</li>\n")
    return f'<p class="base">{pick(("本库", "The base"), language)}</p>\n<ul>\n{"".join(rows)}</ul>\n'


def _base_says(one: Against, labels: Labels, site: str | None) -> str:
    words = told(one, labels)
    source = one.claim.source_title or words.source
    shown = safe(words.statement_id)
    if site:
        shown = f'<a href="{safe(site.rstrip("/"))}/-/evidence/{quote(words.statement_id)}">{shown}</a>'
    rank = f" · {safe(words.rank)}" if explains_rank(one) and words.rank else ""
    when = f" · {safe(words.when)}" if words.when else ""
    return f"{words.sign} <strong>{safe(words.value)}</strong> · {safe(str(source))}{when} · <code>{shown}</code>{rank}"
