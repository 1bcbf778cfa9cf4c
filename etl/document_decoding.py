"""Bytes to text: UTF-8, else GB18030 or Big5 by how common the decoded characters are."""

import re

from etl.document_text import DocumentError

_SAMPLE = 60_000  # characters judged: enough to tell, whatever the file's length
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_CHINESE = (("gb18030", "gb18030"), ("big5", "cp950"), ("big5", "big5hkscs"))

# The commonest characters of Simplified and Traditional texts, and their punctuation. A wrong codec scatters over the
# whole repertoire, so that the share of these falls from about a half to a twentieth.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国和到说们为子时要就出会可也你对生能而年得着下自之后过发里行所然家法成"
    "方多经起学进好小部其此心前本实面两从如等三开同理者合点业作力用分高主公地化新工产数机员务重信息关技术"
    "這個國說們為時會對後過發裡學進實兩從開業產數機員務資術與來還經點無動體現間長問當種應樣電話場設計較萬億"
    "，。、；：“”《》（）「」０１２３４５６７８９！？"
)
_HIGH = re.compile(r"[^\x00-\x7f]")
MIN_SHARE = 0.12


def decode(data: bytes, *, name: str) -> tuple[str, str]:
    """Return the text and the extractor's name; a byte-order mark is dropped, newlines stay.

    Raise DocumentError where the bytes are no text in UTF-8, UTF-16 with a mark, GB18030 or Big5.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name), f"{encoding}@1"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_chinese(data, error.start, name)
    if "\0" in text[:4096]:
        raise DocumentError(name, "not text: it has NUL bytes", "give a .txt, .md, .html, .pdf or .docx file")
    return text, "utf-8@1"


def decode_declared(data: bytes, encoding: str) -> str | None:
    """Return the text in the encoding that a page declares, None where it does not hold."""
    try:
        # Pages that declare GB2312 use its successors' characters.
        return data.decode("gb18030" if encoding.lower().startswith("gb") else encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise DocumentError(name, f"byte {error.start} is not {encoding}", "convert the file to UTF-8") from error


def _decode_chinese(data: bytes, at: int, name: str) -> tuple[str, str]:
    best, extractor, share = "", "", MIN_SHARE
    for label, codec in _CHINESE:
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        found = _share_of_common(text)
        if found > share:
            best, extractor, share = text, f"{label}@1", found
    if not extractor:
        value = f"byte {at} ({data[at]:#04x}) is not UTF-8, and the whole is neither GB18030 nor Big5"
        raise DocumentError(name, value, "convert the file to UTF-8")
    return best, extractor


def _share_of_common(text: str) -> float:
    high = _HIGH.findall(text[:_SAMPLE])
    return sum(c in _COMMON for c in high) / len(high) if high else 0.0
