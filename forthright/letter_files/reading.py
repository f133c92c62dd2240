"""Reads the words of a letter out of a file, and refuses every file that is not one."""

import logging
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from forthright.letter_files.pdf_objects import settle_numbers
from forthright.letter_files.pdf_page_ends import page_ends_of

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 30 * 1024 * 1024
MOST_PAGES = 40
MOST_LETTERS = 200_000
# No word holds them: a PDF in which they stand was read by other letters than it shows.
NO_WORDS = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
# Where the signs begin that each font draws as it likes; a font of signs has its letters there.
PRIVATE = "\ue000"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Words that were put in, taken out or moved, where nobody has accepted it yet.
TRACKED = tuple(f"{WORD}{each}" for each in ("ins", "del", "moveFrom", "moveTo"))
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
ENDINGS = ".docx, .pdf, .txt and .md"
PASTE = "Paste the words instead."
OLD_OR_LOCKED = (
    "The file is an old Word document or has a password. Open it in Word and save it as .docx "
    "without a password."
)
DAMAGED = f"The Word file is damaged. Save it again in Word. {PASTE}"


class FileRefused(ValueError):
    """The file is not that of a letter; the message says why, and what to do."""


class Words(NamedTuple):
    """The words of a file as they stand there, and where in them each page but the last ends."""

    text: str
    page_ends: tuple[int, ...] = ()

    @property
    def plain(self) -> str:
        """The words with each line ended by one sign alone."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n")


def words_of_file(file: IO[bytes], name: str) -> str:
    """Return the words of a .docx, .pdf, .txt or .md file, each line ended by one sign alone.

    :raises FileRefused: if it is another kind, too big, locked, holds macros or has no text
    """
    return words_as_given(file, name).plain


def words_as_given(file: IO[bytes], name: str) -> Words:
    """Return the words of a .docx, .pdf, .txt or .md file with its own line ends and pages.

    :raises FileRefused: if it is another kind, too big, locked, holds macros or has no text
    """
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise FileRefused("The file is larger than 10 MB, so it is not one letter. " + PASTE)
    if not content:
        raise FileRefused("The file is empty. Choose the file of the letter.")
    if content.startswith(OLD_OFFICE):
        raise FileRefused(OLD_OR_LOCKED)
    readers: dict[str, Callable[[bytes], Words]] = {
        ".docx": _words_of_docx,
        ".pdf": _words_of_pdf,
        ".txt": _words_of_text,
        ".md": _words_of_text,
    }
    ending = PurePath(name).suffix.lower()
    if ending == ".docm":
        raise FileRefused("The file may hold macros. Save it in Word as .docx, without macros.")
    if ending not in readers:
        raise FileRefused(f"Only {ENDINGS} files can be read. " + PASTE)
    words = readers[ending](content)
    _check_is_one_letter(words.plain)
    return words


def _check_is_one_letter(words: str) -> None:
    if not words.strip():
        raise FileRefused("No words were found in the file. " + PASTE)
    if len(words) > MOST_LETTERS:
        raise FileRefused(
            f"The file holds {len(words):,} letters and spaces, so it is not one letter. " + PASTE
        )


def words_of_form(file: IO[bytes], name: str) -> str:
    """Return the words of a police form: as of a letter, a row of a table in Word on one line.

    :raises FileRefused: as for a letter, in words about a form
    """
    try:
        words = words_of_file(file, name)
        if PurePath(name).suffix.lower() != ".docx":
            return words
        file.seek(0)
        return "\n".join(_lines_of_docx(file.read()))
    except FileRefused as refusal:
        said = str(refusal)
        for of_letter in ("one letter", "a letter", "the letter"):
            said = said.replace(of_letter, of_letter.replace("letter", "form"))
        raise FileRefused(said) from refusal


def _lines_of_docx(content: bytes) -> list[str]:
    """Return each paragraph, and the cells of one row of a table parted by tabs."""
    lines: list[str] = []
    before = None
    for paragraph in open_word_file(content).element.body.iter(f"{WORD}p"):
        row = next(paragraph.iterancestors(f"{WORD}tr"), None)
        words = _words_of_paragraph(paragraph)
        if row is not None and row is before:
            lines[-1] += f"\t{words}"
        else:
            lines.append(words)
        before = row
    return lines


def _words_of_text(content: bytes) -> Words:
    if content.startswith((ZIP, b"%PDF")):
        raise FileRefused(
            "The file is a Word document or a PDF, whatever its name says. Give it its own ending."
        )
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is not plain text, whatever its name says. " + PASTE)
    from charset_normalizer import from_bytes

    try:
        return Words(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=["cp1252", "utf_16", "latin_1"]).best()
        if best is None:
            raise FileRefused("The letters of the file cannot be read. " + PASTE) from None
        return Words(str(best))


def _words_of_docx(content: bytes) -> Words:
    body = open_word_file(content).element.body
    return Words("\n".join(_words_of_paragraph(each) for each in body.iter(f"{WORD}p")))


def open_word_file(content: bytes) -> Any:
    """Return the document of a Word file, once it is known to be safe and its words settled.

    :raises FileRefused: if it is not
    """
    check_is_safe_word_file(content)
    from docx import Document

    try:
        document = Document(BytesIO(content))
    except Exception as fault:  # python-docx raises many kinds of error for a broken file
        raise FileRefused(DAMAGED) from fault
    if getattr(document.element, "body", None) is None:
        raise FileRefused(DAMAGED)  # what stands in the place of the document is none
    if next(document.element.body.iter(*TRACKED), None) is not None:
        raise FileRefused(
            "The Word file has tracked changes, so its words are not settled. Accept or reject "
            "them in Word, save it, and choose it again."
        )
    return document


def check_is_safe_word_file(content: bytes) -> None:
    """Refuse what is no Word file, or one that is locked, holds macros or unpacks to too much.

    :raises FileRefused: saying which, and the mend
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            is_locked = any(part.flag_bits & 1 for part in parts)
            stated = sum(part.file_size for part in parts)
            # What a package says of its size may be a lie, so it is unpacked to be measured.
            if stated > MOST_UNPACKED or _unpacks_to_more(package, parts):
                raise FileRefused("The Word file unpacks to far more than a letter. " + PASTE)
    except FileRefused:
        raise
    except Exception:  # zipfile raises many kinds of error for a broken file
        raise FileRefused(_what_no_package_is(content)) from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused("The file holds macros. Save it in Word as .docx, without macros.")
    if is_locked:
        raise FileRefused("The Word file has a password. Save it without one. " + PASTE)
    if "word/document.xml" not in names:
        raise FileRefused("The file is not a Word document, whatever its name says.")


def _unpacks_to_more(package: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    size = 0
    for part in parts:
        if part.flag_bits & 1:
            continue
        with package.open(part) as opened:
            while piece := opened.read(1024 * 1024):
                size += len(piece)
                if size > MOST_UNPACKED:
                    return True
    return False


def _what_no_package_is(content: bytes) -> str:
    if content.startswith(OLD_OFFICE):
        return OLD_OR_LOCKED
    if content.startswith(ZIP):
        return "The Word file is damaged or cut short: it is not a Word document any more. " + PASTE
    return "The file is not a Word document, whatever its name says."


def _words_of_paragraph(paragraph: Any) -> str:
    """Return a paragraph's own words: those in boxes within it are paragraphs themselves."""
    pieces = []
    for node in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br", f"{WORD}sym"):
        if _owner_of(node) is not paragraph:
            continue
        if node.tag == f"{WORD}sym":
            letter = letter_of_sign(node)
            # What a font of signs has in its place is a tick or a telephone, and no letter.
            pieces.append(" " if letter >= PRIVATE else letter)
        else:
            pieces.append(node.text or "" if node.tag == f"{WORD}t" else " ")
    return "".join(pieces)


def letter_of_sign(node: Any) -> str:
    """Return the letter that Word keeps as a sign of a font, or a blank where there is none."""
    try:
        letter = chr(int(node.get(f"{WORD}char", ""), 16))
    except (OverflowError, ValueError):
        return " "
    return " " if unicodedata.category(letter) in {"Cc", "Cs"} else letter


def _owner_of(node: Any) -> Any:
    """Return the paragraph a piece stands in, or None for a copy kept for old programs."""
    owner = None
    for above in node.iterancestors(f"{WORD}p", FALLBACK):
        if above.tag == FALLBACK:
            return None
        owner = above if owner is None else owner
    return owner


def _words_of_pdf(content: bytes) -> Words:
    with open_pdf(content, most_pages=MOST_PAGES) as reader:
        pages = [each.extract_text() for each in reader.pages]
    words = "\n".join(pages)
    if not words.strip():
        raise FileRefused(
            "The PDF is a picture of a letter: it holds no words that can be read. " + PASTE
        )
    if NO_WORDS.search(words):
        raise FileRefused(
            "The PDF does not say which letters it shows, so its words cannot be read. " + PASTE
        )
    return Words(words, page_ends_of(pages))


@contextmanager
def open_pdf(content: bytes, *, most_pages: int) -> "Iterator[PdfReader]":
    """Open a PDF to be read, and refuse in words whatever goes wrong while it is.

    :raises FileRefused: if it is locked, damaged or longer than a letter may be
    """
    from pypdf import PdfReader

    # Its warnings of a broken file would stand above our own words, which say what to do.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise FileRefused("The PDF has a password. Save it without one. " + PASTE)
        if len(reader.pages) > most_pages:
            raise FileRefused(f"The PDF has more than {most_pages} pages, so it is not one letter.")
        settle_numbers(reader)
        yield reader
    except FileRefused:
        raise
    except Exception as fault:  # pypdf raises many kinds of error for a broken file
        raise FileRefused("The PDF is damaged and cannot be read. " + PASTE) from fault
