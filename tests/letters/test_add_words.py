"""A letter's words are read from a file or pasted; what is no letter is refused in words."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from pypdf import PdfWriter
from weasyprint import HTML

from forthright.accounts.models import Role, Unit
from forthright.letters.documents import MOST_BYTES, words_of_file
from forthright.letters.selectors import latest_words
from forthright.letters.services import WordsRefused
from tests import given
from tests.client import as_

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


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("letter.docx", a_word_file("Dear Amira,", "I am sorry."),
                     "Dear Amira,\nI am sorry.\nIn a table", id="Word"),
        pytest.param("letter.pdf", a_pdf("Dear Amira"), "Dear Amira", id="PDF"),
        pytest.param("letter.txt", "Dear Zoë – sorry".encode(), "Dear Zoë – sorry", id="UTF-8"),
        pytest.param("letter.TXT", "Dear Zoë – sorry".encode("cp1252"), "Dear Zoë – sorry",
                     id="Windows text"),
    ],
)  # fmt: skip
def test_words_are_read_from(name, content, words):
    assert words_of_file(BytesIO(content), name).strip() == words


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        pytest.param("letter.doc", OLD_WORD, "old Word document", id="old Word"),
        pytest.param("letter.docx", OLD_WORD, "has a password", id="locked Word"),
        pytest.param("letter.docm", a_word_file("Dear"), "macros", id="macro ending"),
        pytest.param("letter.docx", a_word_file("Dear", word__vbaProject_bin=b"x"), "macros",
                     id="macros within"),
        pytest.param("letter.docx", a_word_file("Dear", word__big_xml=b"0" * 32_000_000), "unpacks",
                     id="zip bomb"),
        pytest.param("letter.docx", b"PK\x03\x04 broken", "not a Word document", id="no zip"),
        pytest.param("letter.pdf", b"%PDF-1.7 broken", "damaged", id="broken PDF"),
        pytest.param("letter.pdf", a_locked_pdf(), "has a password", id="locked PDF"),
        pytest.param("letter.pdf", an_empty_pdf(), "picture of a letter", id="a scan"),
        pytest.param("letter.txt", b"\x00\x01\x02", "not plain text", id="binary as text"),
        pytest.param("letter.txt", b"  \n ", "No words", id="blank"),
        pytest.param("letter.txt", b"", "empty", id="empty"),
        pytest.param("letter.txt", b"x" * (MOST_BYTES + 1), "larger than 10 MB", id="too big"),
        pytest.param("letter.exe", b"MZ", "Only .docx, .pdf and .txt", id="another kind"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused(name, content, refusal):
    with pytest.raises(WordsRefused, match=refusal):
        words_of_file(BytesIO(content), name)


def test_tracked_changes_must_be_settled_first():
    kept = BytesIO(a_word_file("Dear Amira"))
    with zipfile.ZipFile(kept) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    inserted = b'<w:ins w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", inserted, 1)
    changed = BytesIO()
    with zipfile.ZipFile(changed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    with pytest.raises(WordsRefused, match="tracked changes"):
        words_of_file(BytesIO(changed.getvalue()), "letter.docx")


@pytest.mark.django_db
class TestPage:
    """Tests of the page that adds words."""

    def officer(self):
        return given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))

    def test_a_file_is_kept_as_a_version(self):
        duty = given.a_letter_owed()
        file = SimpleUploadedFile("letter.docx", a_word_file("Dear Amira"))

        page = as_(self.officer()).post(f"/letters/{duty.pk}/words/add/", file=file, text="")

        page.see("Version 1 of the letter is kept.", "Dear Amira", "from letter.docx")
        assert latest_words(duty).text == "Dear Amira\nIn a table"

    def test_words_can_be_pasted(self):
        duty = given.a_letter_owed()

        page = as_(self.officer()).open(f"/letters/{duty.pk}/").follow("Add the letter’s words")

        page.press("Keep these words", text="Dear Amira").see("Dear Amira")

    def test_a_refused_file_says_why_beside_the_field(self):
        duty = given.a_letter_owed()
        file = SimpleUploadedFile("letter.exe", b"MZ")

        page = as_(self.officer()).post(f"/letters/{duty.pk}/words/add/", file=file, text="")

        assert page.errors == [
            "Only .docx, .pdf and .txt files can be read. Paste the words instead."
        ]

    def test_neither_and_both_are_refused(self):
        duty = given.a_letter_owed()
        browser = as_(self.officer())

        neither = browser.post(f"/letters/{duty.pk}/words/add/", text="")
        both = browser.post(
            f"/letters/{duty.pk}/words/add/", text="x", file=SimpleUploadedFile("a.txt", b"Dear")
        )

        assert neither.errors == ["Choose the file of the letter, or paste its words"]
        assert both.errors == ["Choose a file or paste words, not both"]

    def test_a_letter_out_of_reach_takes_no_words(self):
        duty = given.a_letter_owed()
        elsewhere = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

        as_(elsewhere).open(f"/letters/{duty.pk}/words/add/", status=404)
