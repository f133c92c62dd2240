"""What stands out in Word comes back: bold, italics, lists; what cannot is said or refused."""

import io

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from forthright.letter_files.letter_page import html_of
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_letter import read_word_letter
from forthright.letter_files.word_looks import looks_left_out
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import OUR_WINDOW, docx_of
from forthright.letters.marked_text import marked_text, places_in, read_marked_text
from forthright.rules.letter_blocks.composed import Composed, Look, Paragraph, ParagraphKind, Run
from forthright.rules.letter_blocks.wording import WordingRefused
from tests.letter_files.letters import HELD

K = ParagraphKind
NOTHING = Composed(paragraphs=())


def saved(document) -> bytes:
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def looks_in(composed):
    return [(run.text, run.look) for paragraph in composed.paragraphs for run in paragraph.runs]


def a_letter(*runs) -> Composed:
    made = tuple(Run(text=text, **Look(*look)._asdict()) for text, *look in runs)
    return Composed(paragraphs=(Paragraph(runs=made),))


MIXED = a_letter(
    ("Plain ",), ("bold", True), (" and ",), ("slanted", False, True), (" ",), ("both", True, True)
)


def test_bold_and_italics_go_out_to_word_and_come_back():
    back = read_word_letter(docx_of(MIXED, title="Letter"), before=MIXED)

    assert looks_in(back) == looks_in(MIXED)


def test_bold_and_italics_go_to_the_page_and_come_back():
    text = marked_text(MIXED)

    assert text == "Plain **bold** and __slanted__ **__both__**"
    assert looks_in(read_marked_text(text, before=MIXED)) == looks_in(MIXED)
    assert places_in(text, MIXED).of(MIXED.plain().index("slanted")) == text.index("slanted")


@pytest.mark.parametrize("words", ["Sign here: ______", "me_and_you@post.example", "a__b", "__"])
def test_low_lines_that_are_no_marks_stay_as_they_are(words):
    composed = read_marked_text(words, before=NOTHING)

    assert looks_in(composed) == [(words, Look())]


def test_italics_are_in_the_letter_that_is_printed():
    assert "<em>slanted</em>" in html_of(MIXED, OUR_WINDOW, title="Letter")
    assert "<strong><em>both</em></strong>" in html_of(MIXED, OUR_WINDOW, title="Letter")


def test_words_that_stand_out_by_a_style_do_too():
    document = Document()
    paragraph = document.add_paragraph("Please ")
    paragraph.add_run("do", style="Emphasis")
    paragraph.add_run(" ")
    paragraph.add_run("ring", style="Strong")

    back = read_word_letter(saved(document), before=NOTHING)

    assert ("do", Look(is_italic=True)) in looks_in(back)
    assert ("ring", Look(is_bold=True)) in looks_in(back)


def listed(document, words, number):
    """Number a paragraph as the list buttons do, without a style for lists."""
    paragraph = document.add_paragraph(words)
    mark = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(mark))


def test_lists_made_with_the_buttons_of_word_or_libreoffice_stay_lists():
    document = Document()
    numbering = document.part.numbering_part.element
    for number, form in ((90, "bullet"), (91, "decimal")):
        numbering.insert(0, parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:lvl w:ilvl="0">'
            f'<w:numFmt w:val="{form}"/></w:lvl></w:abstractNum>'
        ))  # fmt: skip
        numbering.append(parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'
        ))  # fmt: skip
    listed(document, "A point", 90)
    listed(document, "A step", 91)
    document.add_paragraph("Words")

    back = read_word_letter(saved(document), before=NOTHING)

    assert [each.kind for each in back.paragraphs] == [K.BULLET, K.NUMBERED, K.TEXT]


def test_what_a_letter_does_not_hold_is_said_with_the_words_that_had_it():
    document = Document()
    paragraph = document.add_paragraph("Please ")
    paragraph.add_run("ring us").underline = True
    paragraph.add_run(" today").font.highlight_color = WD_COLOR_INDEX.YELLOW

    said = looks_left_out(saved(document))

    assert "Left out: underlining (“ring us”) and highlighting (“today”)" in said
    assert looks_left_out(docx_of(MIXED, title="Letter")) == ""


@pytest.mark.parametrize("mark", ["strike", "double_strike", "hidden"])
def test_words_that_somebody_took_out_by_a_mark_are_not_sent(mark):
    document = Document()
    paragraph = document.add_paragraph("The case ")
    setattr(paragraph.add_run("may go on").font, mark, True)

    with pytest.raises(FileRefused, match="“may go on” is struck through or hidden"):
        read_word_letter(saved(document), before=NOTHING)


def test_italics_in_a_template_are_refused_with_the_place():
    document = Document()
    document.add_paragraph("Dear {{ dear_name }}")
    document.add_paragraph("We are ").add_run("very").italic = True

    with pytest.raises(WordingRefused, match=r"Ours.docx, paragraph 2: wording has no italics"):
        read_word_template(saved(document), name="Ours.docx", blocks=HELD.blocks)
