"""Documents that mean harm, made anew each time: bombs, traps and strings; and what the fuzzer starts from."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator

from tests.bench_reader import HOSTILE, invented_texts
from tests.invented import TEXT

_WORD = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_WORD}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
        'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_WORD}/package/2006/relationships"><Relationship Id="r1" '
        f'Type="{_WORD}/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    ),
}
_BODY = f'<w:document xmlns:w="{_WORD}/wordprocessingml/2006/main"><w:body>%s</w:body></w:document>'


def word_file(xml: str, doctype: str = "") -> bytes:
    """Return a .docx file whose body is the given XML."""
    return packed_word(f"{doctype}{_BODY % xml}".encode())


def packed_word(document: bytes) -> bytes:
    """Return a .docx file whose main part is the given bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        archive.writestr("word/document.xml", document)
    return packed.getvalue()


def paragraph(text: str) -> str:
    """Return a paragraph of a .docx file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def portable_file(streams: list[bytes], filters: str = "/FlateDecode", count: int | None = None) -> bytes:
    """Return a PDF of one page a stream, which stands in it as it is; `count` is the pages it says it has."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(streams)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(streams) if count is None else count}/Kids[{kids}]>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, stream in enumerate(streams):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>".encode(),
            f"<</Length {len(stream)}/Filter[{filters}]>>stream\n".encode() + stream + b"\nendstream",
        ]
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + content + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    body += b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(body),
    )  # fmt: skip
    return bytes(body)


def shown(line: str) -> bytes:
    """Return the deflated content of a page that shows one line."""
    return zlib.compress(f"BT /F1 12 Tf 50 800 Td ({line}) Tj ET".encode())


# What the fuzzer starts from


def starts(target: str) -> Iterator[bytes]:
    """Yield what a target is fuzzed from: whole texts of our own invention, and the shortest of each form."""
    yield from _STARTS.get(target, _texts)()


def _texts() -> Iterator[bytes]:
    yield TEXT.encode()
    for text in invented_texts(3):
        yield text.encode()
        yield from (line.encode() for line in text.split("\n\n")[1:4])
    for piece in HOSTILE.values():
        yield (piece * 20).encode()
    for line in TEXT.splitlines():
        yield line.encode()


def _pages() -> Iterator[bytes]:
    rows = "".join(f"<tr><td>模型{n}</td><td>{n}亿</td></tr>" for n in range(4))
    story = "".join(f"<p>{line}</p>" for line in TEXT.splitlines() if line)
    yield (
        '<!doctype html><html><head><meta charset="utf-8"><meta property="og:title" content="题"><title>题</title>'
        f"</head><body><article><h1>题</h1>{story}<table>{rows}</table></article></body></html>"
    ).encode()


def _word_files() -> Iterator[bytes]:
    cell = f"<w:tc>{paragraph('7亿')}</w:tc>"
    table = f"<w:tbl><w:tr>{cell * 2}</w:tr></w:tbl>"
    yield (_BODY % (paragraph(TEXT[:60]) + table)).encode()


def _portable_files() -> Iterator[bytes]:
    yield portable_file([shown("GPT-3 has 175B parameters and 300 billion tokens.")])
    yield portable_file([b"BT /F1 12 Tf 50 800 Td (GPT-3 has 175B parameters.) Tj ET"], filters="")


def _seeds() -> Iterator[bytes]:
    yield b'id: "a"\naliases:\n  - {alias: "b", language: "en"}\nlist: [1, 2.5, true, null, -3e5]\n'
    yield b"a: &a [x]\nb: *a\n"
    yield b"<<: {a: 1}\n? [a]\n: !!python/object:os.system x\n"


def _sheets() -> Iterator[bytes]:
    yield "key,decision,reason,low\nabc,accept,,1\n'=a,reject,\"a\nb\",'-x\n".encode("utf-8-sig")


def _imports() -> Iterator[bytes]:
    from tests.importing import YUNFAN, epoch_csv

    yield b"\0" + epoch_csv([YUNFAN])
    yield "\1| 公司 | 大模型 | 省市 | 类别 | 说明 |\n|---|---|---|---|---|\n| 甲 | [乙](http://a.b) | 北京 | 通用 | 7B |\n".encode()
    yield b'\2name = "A"\nrelease_date = "2024-05"\nopen_weights = true\n[limit]\ncontext = 8192\n[cost]\ninput = 1.5\n'


_STARTS: dict[str, Callable[[], Iterator[bytes]]] = {
    "pages": _pages,
    "word_files": _word_files,
    "portable_files": _portable_files,
    "seeds": _seeds,
    "sheets": _sheets,
    "imports": _imports,
}
