"""The text layer of a PDF, by pypdf: it keeps a table's cells in rows, where pdfminer.six scatters them."""

import io
import logging

from etl.document_text import CanonicalText, DocumentError, broken_as

MAX_PAGES = 2000
PAGE_BREAK = "\n\f\n"
_LEAST_CHARACTERS = 20  # a page; below, its text is a stamp or a page number on a scan


def read_pdf(data: bytes, name: str) -> CanonicalText:
    """Return the text of all pages, a form feed between two; raise DocumentError for scans and locked files."""
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every slip that it mends
    with broken_as(name, "a broken PDF", "open and save it again, or give its text"):
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(name, "the PDF needs a password", "save it without one")
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise DocumentError(name, f"{count!r} pages", f"split it: at most {MAX_PAGES} pages")
        pages = [page.extract_text() for page in reader.pages]
        title = (reader.metadata and reader.metadata.title) or ""
    if sum(len(page.strip()) for page in pages) < _LEAST_CHARACTERS * min(count, 5) // 2:
        raise DocumentError(
            name, f"no text layer in its {count} pages", "run OCR on it first (ocrmypdf), or give its text"
        )
    text = PAGE_BREAK.join(pages).encode("utf-8", "replace").decode("utf-8")  # lone surrogates of broken fonts
    return CanonicalText(text, "pdf", f"pypdf-{pypdf.__version__}@1", _hints(title, text))


def _hints(title: str, text: str) -> tuple[tuple[str, str], ...]:
    """Believe the file's title only where the first page prints it: it is often that of a template."""
    title = title.strip()
    return (("title", title),) if len(title) >= 4 and title in text[:2000] else ()
