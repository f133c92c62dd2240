"""A PDF whose fonts do not say which letters they show is read right, or refused with a mend."""

import io
import re

import pikepdf
import pytest
from weasyprint import HTML

from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused, words_of_file
from forthright.letter_files.writing import pdf_of
from forthright.rules.letter_blocks.composed import Composed, Paragraph, Run
from tests.letter_files.files import a_pdf

WORDS = "We wrote to Amira Holis, 17 Foundry Street, on 14 January 2026."
# No machine has fonts for all of these: Chinese, Gurmukhi, Arabic, wedges, a sign of no table.
MISSING = ["陳大文", "ਜਸਲੀਨ", "﷽", "𒍅", "\U0001fbff"]
NO_MAP = b"/CIDInit /ProcSet findresource begin begincmap endcmap end"


def page_of(content):
    return next(each.words for each in parts_of_file(content, "a.pdf") if each.where == "page 1")


def with_font(change, words=WORDS):
    """Return a PDF of which a font was changed."""
    with pikepdf.open(io.BytesIO(a_pdf(words))) as letter:
        for font in letter.pages[0].Resources.Font.values():
            change(letter, font)
        kept = io.BytesIO()
        letter.save(kept)
    return kept.getvalue()


def with_map(edit):
    """Return a PDF whose font says otherwise which letters it shows."""

    def change(letter, font):
        font.ToUnicode = letter.make_stream(edit(font.ToUnicode.read_bytes()))

    return with_font(change)


def said_as(letter, code):
    """Return a change of a map that says another thing of one letter."""
    return lambda held: re.sub(rb"<%04x>" % ord(letter), b"<%s>" % code, held)


def with_simple_font(drawn, **said):
    """Return a PDF drawn with a font of one byte a letter that lies in the file."""
    letter = pikepdf.new()
    letter.add_blank_page()
    about = pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, Flags=said.pop("flags", 4),
                               FontFile2=letter.make_stream(b"font", Length1=4))  # fmt: skip
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.TrueType,
                              BaseFont=pikepdf.Name("/ABCDEF+Arial"), FontDescriptor=about,
                              **said)  # fmt: skip
    page = letter.pages[0]
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=letter.make_indirect(font)))
    page.Contents = letter.make_stream(b"BT /F1 12 Tf 50 700 Td " + drawn + b" Tj ET")
    kept = io.BytesIO()
    letter.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("sign", MISSING)
def test_a_letter_is_read_whole_though_a_sign_is_in_no_font(sign):
    letter = Composed(paragraphs=(Paragraph(runs=(Run(text=f"{WORDS} {sign} Yours"),)),))

    for content in (a_pdf(f"{WORDS} {sign} Yours"), pdf_of(letter, title="A letter")):
        said = " ".join(page_of(content).split())
        assert said.startswith(f"{WORDS} {sign[0]}")
        assert "Yours" in said
        assert WORDS in " ".join(words_of_file(io.BytesIO(content), "a.pdf").split())


@pytest.mark.parametrize("sign", ["Zoë Łukasz", "ọ́ṣẹ̀", "محمد", "✓ ☐", "❤️", "½ “quoted” ffi", "a­b"])
def test_marks_ligatures_and_other_scripts_are_no_fault_of_a_font(sign):
    assert WORDS in " ".join(page_of(a_pdf(f"{WORDS} {sign}")).split())


@pytest.mark.parametrize(
    "content",
    [
        # Nothing said, of any letter or of one; an empty word; nobody's own letters; a control.
        with_map(lambda _: NO_MAP),
        with_map(lambda held: re.sub(rb"<....> <0048>\n", b"", held)),
        with_map(said_as("H", b"")),
        with_map(said_as("H", b"e048")),
        with_map(lambda held: re.sub(rb"> <00(..)>", rb"> <e0\1>", held)),
        with_map(said_as("H", b"0001")),
        with_map(said_as("H", b"fffd")),
        # Numbers of letters that are read otherwise than as two bytes each.
        with_font(lambda letter, font: font.__setitem__("/Encoding", letter.make_stream(
            b"1 begincodespacerange\n<00> <ff>\nendcodespacerange", Type=pikepdf.Name.CMap))),
        with_font(lambda _, font: font.__setitem__("/Encoding", pikepdf.Name("/90ms-RKSJ-H"))),
        # A font of its own letters, which says nothing of them or only names of its own.
        with_simple_font(b"(!\"##$)"),
        with_simple_font(b"(ABC)", Encoding=pikepdf.Dictionary(Differences=pikepdf.Array(
            [65, pikepdf.Name("/g17"), pikepdf.Name("/g18"), pikepdf.Name("/g19")]))),
    ],
)  # fmt: skip
def test_letters_of_which_their_font_does_not_say_which_they_are_are_refused(content):
    with pytest.raises(FileRefused, match=r"^Page 1 shows letters .* as Word \(\.docx\)"):
        parts_of_file(content, "a.pdf")


@pytest.mark.parametrize(
    "content",
    [
        with_simple_font(b"(Holis)", Encoding=pikepdf.Name.WinAnsiEncoding),
        with_simple_font(b"(Holis)", flags=32),
        with_simple_font(b"(ABCDE)", Encoding=pikepdf.Dictionary(Differences=pikepdf.Array(
            [65, *map(pikepdf.Name, ("/H", "/o", "/l", "/i", "/s"))]))),
    ],
)  # fmt: skip
def test_letters_of_one_byte_are_read_by_what_their_font_says(content):
    assert page_of(content).strip() == "Holis"


def test_a_bullet_that_its_font_draws_as_it_likes_stands_alone():
    said = page_of(HTML(string=f"<p> Hello<p> {WORDS}<p>  ").write_pdf())

    assert WORDS in said


def test_words_in_what_fills_a_shape_are_refused():
    filling = b"BT /F1 12 Tf (Holis) Tj ET"
    with pikepdf.open(io.BytesIO(with_simple_font(b"(Hello)", flags=32))) as letter:
        page = letter.pages[0]
        held = letter.make_stream(filling, Type=pikepdf.Name.Pattern, PatternType=1, PaintType=1,
                                  TilingType=1, BBox=[0, 0, 50, 20], XStep=50, YStep=20,
                                  Resources=page.Resources)  # fmt: skip
        page.Resources.Pattern = pikepdf.Dictionary(P1=held)
        kept = io.BytesIO()
        letter.save(kept)

    with pytest.raises(FileRefused, match="Page 1 shows letters"):
        parts_of_file(kept.getvalue(), "a.pdf")


def test_a_letter_is_not_made_of_letters_that_a_pdf_does_not_tell():
    with pytest.raises(FileRefused, match=r"which letters it shows.* Paste the words instead\.$"):
        words_of_file(io.BytesIO(with_map(lambda _: NO_MAP)), "a.pdf")


@pytest.mark.parametrize("sign", ["\x01", "\x85", "\ufdd0", "\ud83d"])
def test_signs_to_a_machine_are_not_printed(sign):
    letter = Composed(paragraphs=(Paragraph(runs=(Run(text=f"Hello{sign} {WORDS}"),)),))

    assert page_of(pdf_of(letter, title="A letter")).startswith("Hello We")
