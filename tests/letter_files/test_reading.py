"""A letter's words are read from a file; what is no letter is refused in words."""

import zipfile
from io import BytesIO

import pytest

from forthright.letter_files.reading import MOST_BYTES, FileRefused, words_of_file
from tests.letter_files.files import (
    OLD_WORD,
    a_locked_pdf,
    a_locked_zip,
    a_long_pdf,
    a_lying_zip,
    a_pdf,
    a_word_file,
    an_empty_pdf,
)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("letter.docx", a_word_file("Dear Amira,", "I am sorry."),
                     "Dear Amira,\nI am sorry.\nIn a table", id="Word"),
        pytest.param("letter.pdf", a_pdf("Dear Amira"), "Dear Amira", id="PDF"),
        pytest.param("letter.txt", "Dear Zoë – sorry".encode(), "Dear Zoë – sorry", id="UTF-8"),
        pytest.param("letter.TXT", "Dear Zoë – sorry".encode("cp1252"), "Dear Zoë – sorry",
                     id="Windows text"),
        pytest.param("letter.md", b"# Dear Amira", "# Dear Amira", id="Markdown"),
        pytest.param("letter.txt", "نعتذر لك".encode(), "نعتذر لك", id="right to left"),
        pytest.param("letter.docx", a_word_file("Mae’n ddrwg gen i, Siân Llŷr"),
                     "Mae’n ddrwg gen i, Siân Llŷr\nIn a table", id="Welsh in Word"),
        pytest.param("letter.docx", a_word_file("Sorry 😞", "نعتذر"),
                     "Sorry 😞\nنعتذر\nIn a table", id="emoji and Arabic in Word"),
        pytest.param("letter.txt", "Sorry 😞".encode("utf-16"), "Sorry 😞", id="UTF-16"),
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
        pytest.param("letter.docx", a_lying_zip(), "unpacks|damaged", id="zip bomb that lies"),
        pytest.param("letter.docx", a_locked_zip(), "has a password", id="locked package"),
        pytest.param("letter.docx", a_word_file("Dear")[:-300], "damaged or cut short",
                     id="truncated Word"),
        pytest.param("letter.docx", a_word_file("Dear" * 2000)[:5000], "damaged or cut short",
                     id="half a Word file"),
        pytest.param("letter.docx", b"%PDF-1.7 and so on", "whatever its name says", id="a PDF"),
        pytest.param("letter.txt", a_word_file("Dear"), "a Word document or a PDF",
                     id="Word as .txt"),
        pytest.param("letter.pdf", a_pdf("Dear")[:200], "damaged", id="truncated PDF"),
        pytest.param("letter.pdf", a_long_pdf(500), "more than 40 pages", id="500 pages"),
        pytest.param("letter.txt", b"Dear Amira. " * 20_000, "240,000 letters", id="a book"),
        pytest.param("letter.exe", b"MZ", "Only .docx, .pdf, .txt and .md", id="another kind"),
    ],
)  # fmt: skip
def test_what_is_no_letter_is_refused(name, content, refusal):
    with pytest.raises(FileRefused, match=refusal):
        words_of_file(BytesIO(content), name)


@pytest.mark.parametrize("kind", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_must_be_settled_first(kind):
    kept = BytesIO(a_word_file("Dear Amira"))
    with zipfile.ZipFile(kept) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    made = f'<w:{kind} w:id="1" w:author="A"><w:r><w:t>new</w:t></w:r></w:{kind}></w:p>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"</w:p>", made.encode(), 1)
    changed = BytesIO()
    with zipfile.ZipFile(changed, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)

    with pytest.raises(FileRefused, match="tracked changes"):
        words_of_file(BytesIO(changed.getvalue()), "letter.docx")
