"""A finished file is read whole: also where nobody looks."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.writing import pdf_of
from forthright.rules.letter_blocks.composed import Composed, Paragraph, Run
from tests.letter_files.files import a_pdf, a_word_file

COMMENTS = (
    b'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:comment w:author="Hidden Author"><w:p><w:r><w:t>Hidden com</w:t></w:r><w:r><w:t>ment'
    b"</w:t></w:r></w:p></w:comment></w:comments>"
)


def words_of(content, name):
    return "\n".join(each.words for each in parts_of_file(content, name))


def a_word_file_with_hidden_words():
    document = Document()
    document.add_paragraph("The letter")
    document.sections[0].header.paragraphs[0].text = "Hidden header"
    document.core_properties.title = "Hidden title"
    document.core_properties.last_modified_by = "Hidden editor"
    document.add_table(1, 1).cell(0, 0).text = "In a table"
    kept = BytesIO()
    document.save(kept)
    with zipfile.ZipFile(kept, "a") as package:
        package.writestr("word/comments.xml", COMMENTS)
    return kept.getvalue()


@pytest.mark.parametrize(
    "hidden",
    ["The letter", "Hidden header", "Hidden title", "Hidden editor", "Hidden comment",
     "Hidden Author", "In a table", "letter-of-osei"],
)  # fmt: skip
def test_every_word_of_a_word_file_is_read(hidden):
    assert hidden in words_of(a_word_file_with_hidden_words(), "letter-of-osei.docx")


def test_what_was_struck_out_is_read():
    content = a_word_file("Kept")
    source, kept = zipfile.ZipFile(BytesIO(content)), BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for name in source.namelist():
            said = source.read(name)
            if name == "word/document.xml":
                said = said.replace(b"<w:t>Kept</w:t>", b"<w:delText>Struck</w:delText>")
            package.writestr(name, said)

    assert "Struck" in words_of(kept.getvalue(), "a.docx")


def a_pdf_with_properties():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf("The letter"))))
    writer.add_metadata({"/Author": "Hidden author"})
    writer.add_outline_item(title="Hidden bookmark", page_number=0)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize("hidden", ["The letter", "Hidden author", "Hidden bookmark"])
def test_every_word_of_a_pdf_is_read(hidden):
    assert hidden in words_of(a_pdf_with_properties(), "a.pdf")


def test_a_file_within_a_file_is_refused():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(a_pdf("The letter"))))
    writer.add_attachment("a.txt", b"Osei")
    kept = BytesIO()
    writer.write(kept)

    with pytest.raises(FileRefused, match="Another file"):
        parts_of_file(kept.getvalue(), "a.pdf")
    with pytest.raises(FileRefused, match="Another file"):
        parts_of_file(a_word_file("A", word__embeddings__a_xlsx=b"x"), "a.docx")


def test_a_picture_is_refused():
    with pytest.raises(FileRefused, match="picture"):
        parts_of_file(a_word_file("A", word__media__a_png=b"x"), "a.docx")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from([".docx", ".pdf", ".txt"]))
def test_a_broken_file_is_refused_in_words_or_read(data, ending):
    whole = {".docx": a_word_file("Osei"), ".pdf": PDF, ".txt": b"Osei"}[ending]
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))

    try:
        said = words_of(bytes(content), f"a{ending}")
    except FileRefused as refusal:
        said = str(refusal)

    assert said


PDF = a_pdf("Osei")


def test_what_a_pdf_says_of_itself_names_no_addresses_and_no_hours():
    content = pdf_of(Composed(paragraphs=(Paragraph(runs=(Run(text="Hello"),)),)), title="Letter")

    words = words_of(content, "a.pdf")

    assert "http" not in words
    assert "Letter" in words
