"""The text of a Word file, by python-docx: headings and tables as Markdown, in the order of the page."""

import io
import zipfile
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING

from etl.document_text import CanonicalText, DocumentError, broken_as

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph

MAX_UNPACKED = 256_000_000


def read_docx(data: bytes, name: str) -> CanonicalText:
    """Return the paragraphs and tables of a Word file; raise DocumentError where it is none."""
    import docx

    with broken_as(name, "a broken .docx file", "save it again as .docx"):
        _hold_unpacked(data, name)
        document = docx.Document(io.BytesIO(data))
        text = "\n\n".join(_blocks(document))
        hints = _hints(document, text)
    # No dates: when a file was made is not when its text was published.
    return CanonicalText(text, "docx", f"python-docx-{version('python-docx')}@1", hints)


def _hold_unpacked(data: bytes, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = sum(item.file_size for item in archive.infolist())
    if size > MAX_UNPACKED:
        raise DocumentError(name, f"{size!r} bytes unpacked", f"split it: at most {MAX_UNPACKED} bytes")


def _blocks(document: "WordDocument") -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    for block in document.iter_inner_content():
        made = _paragraph(block) if isinstance(block, Paragraph) else _table(block)
        if made.strip():
            yield made


def _paragraph(paragraph: "Paragraph") -> str:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    text = paragraph.text
    if style == "Title":
        return f"# {text}"
    if style.startswith("Heading ") and style[8:].isdecimal():
        return f"{'#' * min(int(style[8:]), 6)} {text}"
    return f"- {text}" if style.startswith("List") and text else text


def _table(table: "WordTable") -> str:
    rows = _rows(table)
    width = max(map(len, rows), default=0)
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return "\n".join([*lines[:1], "|" + "---|" * width, *lines[1:]]) if lines else ""


def _rows(table: "WordTable") -> list[list[str]]:
    """Return the cells' texts; a merged cell once, where it begins, and blank where it goes on."""
    seen: set[object] = set()
    rows = []
    for row in table.rows:
        texts = []
        for cell in row.cells:
            texts.append("" if cell._tc in seen else " ".join(cell.text.split()).replace("|", "\\|"))
            seen.add(cell._tc)
        rows.append(texts)
    return rows


def _hints(document: "WordDocument", text: str) -> tuple[tuple[str, str], ...]:
    title = (document.core_properties.title or "").strip()
    return (("title", title),) if len(title) >= 4 and title in text[:2000] else ()
