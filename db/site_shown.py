"""Statements as HTML: printed form, number and doubt, who says it.

Hundreds stand on one page: macros of a template took twice the time.
"""

from collections.abc import Iterable

from datasette.app import Datasette
from markupsafe import Markup, escape

from db.shown import Party, Shown
from db.site_address import evidence_url, row_url
from db.site_language import say
from db.source_view import Step


class Drawn:
    """What a page shows of parties and statements; every part is escaped here."""

    def __init__(self, datasette: Datasette) -> None:
        self._datasette = datasette

    def party(self, party: Party) -> Markup:
        """Return an entity's name as the link to its page."""
        return _markup(f'<a href="{self._row(party.table, party.id)}">{escape(party.label)}</a>')

    def doubts(self, shown: Shown) -> Markup:
        """Return a mark for each doubt."""
        return _markup(
            "".join(f' <abbr class="issue" title="{escape(message)}">⚠</abbr>' for _, message in shown.doubts)
        )

    def figure(self, shown: Shown) -> Markup:
        """Return a value as the link to its evidence, with its number and its doubts."""
        title = say("看证据", "See the evidence")
        told = f'<a class="figure" href="{self._evidence(shown.id)}" title="{title}">{escape(shown.value)}</a>'
        if shown.number:
            told += f' <span class="normal">· {escape(shown.number)}</span>'
        if shown.words:
            words = escape(say(f"（{shown.words}）", f"({shown.words})"))
            told += f' <span class="normal words">{words}</span>'
        return _markup(f"{told}{self.doubts(shown)}")

    def told(self, shown: Shown) -> Markup:
        """Return the entity that a statement leads to, or else its value."""
        if shown.target is None:
            return self.figure(shown)
        return self.party(shown.target) + self.doubts(shown)

    def proofs(self, statements: Iterable[Shown]) -> Markup:
        """Return small links to the evidence of statements."""
        label, title = say("证据", "Evidence"), say("证据：", "Evidence: ")
        return _markup(
            "".join(
                f'<a class="proof" href="{self._evidence(shown.id)}" title="{title}{escape(shown.source_title)}"'
                f' aria-label="{label}">‡</a>'
                for shown in statements
            )
        )

    def said_by(self, shown: Shown) -> Markup:
        """Return who says it, and the source."""
        comma = say("，", ", ")
        told = "".join(f"{self.party(speaker)}{comma}" for speaker in shown.speakers)
        if shown.hearsay:
            told += f"{escape(shown.hearsay)}{comma}"
        title = escape(shown.source_title)
        url = self._row("sources", shown.source_id)
        return _markup(f'{told}<a class="source" href="{url}" title="{title}">{escape(shown.source)}</a>')

    def remarks(self, shown: Shown) -> Markup:
        """Return a line for each doubt and each statement in conflict."""
        colon = say("：", ": ")
        told = [
            f'<p class="remark issue">⚠ {escape(word)}{colon}{escape(message)}</p>' for word, message in shown.doubts
        ]
        for rival in shown.rivals:
            link = f'<a href="{self._evidence(rival.statement_id)}">{escape(rival.printed)}</a>'
            told.append(f'\n<p class="remark issue">≠ {say("与", "in conflict with")} {link}{say("冲突", "")}</p>')
        return _markup("".join(told))

    def rank(self, shown: Shown) -> Markup:
        """Return why a statement is preferred, or that it is not taken."""
        if shown.rank == "preferred" and shown.reason:
            title, label = (
                say("几个来源的值中取此", "Taken among the values of several sources"),
                say("首选：", "preferred: "),
            )
            return _markup(f'<span class="rank preferred" title="{title}">✓ {label}{escape(shown.reason)}</span>')
        if shown.rank == "deprecated":
            reason = f"{say('：', ': ')}{escape(shown.reason)}" if shown.reason else ""
            return _markup(f'<span class="rank deprecated">✗ {say("不取", "not taken")}{reason}</span>')
        return Markup("")

    def walk(self, steps: Iterable[Step]) -> Markup:
        """Return the statements of a source as items of a list, those of one row under its label."""
        position, colon, semicolon = say("字符或列", "Characters or column"), say("：", ": "), say("；", "; ")
        told, row = [], ""
        for step in steps:
            party = self.party(step.subject)
            if step.row_label and step.row_label != row:
                row = step.row_label
                label = party if step.subject.label == row else f"<strong>{escape(row)}</strong>"
                told.append(f'<li class="row-label">{label}</li>')
            subject = "" if step.subject.label == row else f"{party} · "
            shown = step.shown
            scope = f' <span class="scope">{escape(semicolon.join(shown.scope))}</span>' if shown.scope else ""
            speakers = "".join(f' <span class="by">— {self.party(speaker)}</span>' for speaker in shown.speakers)
            told.append(
                f'<li><span class="position" title="{position}">{escape(step.where)}</span>\n'
                f'<span class="say">{subject}<span class="property">{escape(step.property)}</span>{colon}'
                f"{self.figure(shown)}{scope}{speakers}</span></li>"
            )
        return _markup("\n".join(told))

    def _row(self, table: str, identifier: str) -> str:
        return str(escape(row_url(self._datasette, table, identifier)))

    def _evidence(self, statement_id: str) -> str:
        return str(escape(evidence_url(self._datasette, statement_id)))


def _markup(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - its parts are escaped
