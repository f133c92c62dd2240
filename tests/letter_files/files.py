"""Files of letters made for tests: good ones, locked ones, broken ones."""

import zipfile
from io import BytesIO

from docx import Document
from pypdf import PdfWriter
from weasyprint import HTML

OLD_WORD = b"\xd0\xcf\x11\xe0 and so on"


def a_word_file(*paragraphs: str, **parts: bytes) -> bytes:
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.add_table(1, 1).cell(0, 0).text = "In a table"
    kept = BytesIO()
    document.save(kept)
    if parts:
        with zipfile.ZipFile(kept, "a", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                package.writestr(name.replace("__", "/").replace("_", "."), content)
    return kept.getvalue()


def inside(made: bytes, part: str, content: bytes) -> bytes:
    """Return a package with other bytes in the place of one of its parts."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(made)) as old, zipfile.ZipFile(kept, "w") as new:
        for each in old.namelist():
            new.writestr(each, content if each == part else old.read(each))
    return kept.getvalue()


def a_pdf(words: str) -> bytes:
    return HTML(string=f"<p>{words}</p>").write_pdf()


def a_locked_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def an_empty_pdf() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def a_long_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def a_lying_zip() -> bytes:
    """Return a Word file whose big part says that it is small."""
    bomb = a_word_file("Dear", word__big_xml=b"0" * 32_000_000)
    big, small = (32_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return bomb.replace(big, small)


def a_locked_zip() -> bytes:
    """Return a Word file whose parts are marked as having a password."""
    kept = bytearray(a_word_file("Dear"))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = kept.find(mark)
        while place >= 0:
            kept[place + offset] |= 1
            place = kept.find(mark, place + 1)
    return bytes(kept)
