"""One composed letter, written as Word file, tagged PDF, large print and plain text."""

import io
import re
import zipfile
from datetime import date
from itertools import groupby

import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from forthright.letter_files.letter_page import (
    BODY_TOP,
    html_of,
)
from forthright.letter_files.word_letter import read_word_letter
from forthright.letter_files.word_skeleton import STYLES
from forthright.letter_files.writing import OUR_WINDOW, docx_of, pdf_of, text_of
from forthright.rules.contact_lock import Way
from forthright.rules.envelopes import ADDRESS_POINTS, POINTS_IN_MM, shown_at, window_for
from forthright.rules.letter_blocks.addressing import addressed
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run
from tests.letter_files.letters import TITLE, a_letter_of
from tests.rules.letter_blocks.cases import AMIRA, NOTE

TODAY = date(2026, 11, 26)
ODD = "Ŵyn & <Siân> “O’Neill” 你好 שלום 👩‍👧"


def of(*texts, kind=ParagraphKind.TEXT):
    return Composed(
        paragraphs=tuple(Paragraph(kind=kind, runs=(Run(text=text),)) for text in texts)
    )


def word_file(composed, **options):
    return Document(io.BytesIO(docx_of(composed, title=TITLE, **options)))


def words_placed(content):
    """Return each piece of text of the first page with its place in millimetres from the top."""
    page = PdfReader(io.BytesIO(content)).pages[0]
    height, found = float(page.mediabox.height), []

    def keep(text, of_page, of_text, *_):
        if text.strip():
            across = of_text[4] * of_page[0] + of_page[4]
            up = of_text[5] * of_page[3] + of_page[5]
            found.append((text.strip(), across / POINTS_IN_MM, (height - up) / POINTS_IN_MM))

    page.extract_text(visitor_text=keep)
    return found


def tags_of(content):
    """Return the names in the structure tree, in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        names = []

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for each in node:
                    walk(each)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    names.append(str(node.S)[1:])
                if "/K" in node:
                    walk(node.K)

        walk(pdf.Root.StructTreeRoot)
        return names


def test_a_word_file_reads_back_as_the_same_paragraphs():
    composed = a_letter_of()

    read = word_file(composed).paragraphs

    assert [each.text for each in read] == [each.text for each in composed.paragraphs]
    assert [each.style.name for each in read] == [STYLES[p.kind] for p in composed.paragraphs]
    bold = [run.text for each in read for run in each.runs if run.bold]
    assert bold == ["18 June 2026"]


@pytest.mark.parametrize("text", [ODD, "“”", "  spaces  kept  ", "a" * 5000, "a\tb\nc"])
def test_any_words_come_back_from_a_word_file(text):
    assert [each.text for each in word_file(of(text)).paragraphs] == [text]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_whatever_a_person_writes_comes_back_from_a_word_file(text):
    kept = "".join(character for character in text if character not in "\ufffe\uffff")

    assert [each.text for each in word_file(of(text)).paragraphs] == [kept]


def test_what_no_file_may_hold_is_left_out_of_a_word_file():
    assert [each.text for each in word_file(of("a\x00b\x0bc")).paragraphs] == ["abc"]


def test_a_word_file_says_its_language_and_nothing_of_the_machine():
    content = docx_of(a_letter_of(), title=TITLE)
    document = Document(io.BytesIO(content))

    known = document.core_properties
    assert (known.title, known.language) == (TITLE, "en-GB")
    assert (known.author, known.last_modified_by, known.comments) == ("", "", "")
    assert known.created.year == 2000
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if "thumb" in name]
    moments = {part.date_time for part in zipfile.ZipFile(io.BytesIO(content)).infolist()}
    assert moments == {(1980, 1, 1, 0, 0, 0)}
    assert content == docx_of(a_letter_of(), title=TITLE)


def test_numbered_lists_of_a_word_file_each_count_from_one():
    steps = of("One", "Two", kind=ParagraphKind.NUMBERED)
    twice = Composed(paragraphs=(*steps.paragraphs, *of("Between").paragraphs, *steps.paragraphs))

    document = word_file(twice)

    numbers = [each._p.pPr.numPr.numId.val for each in document.paragraphs if each.text in
               {"One", "Two"}]  # fmt: skip
    assert [len(list(same)) for _, same in groupby(numbers)] == [2, 2]
    assert numbers[0] != numbers[2]


def test_the_address_of_a_word_file_stands_in_the_window():
    window = window_for(Way.PRINT, TODAY)
    first = word_file(a_letter_of()).paragraphs[0]

    frame = first._p.pPr.find(qn("w:framePr"))

    twips = {key: int(frame.get(qn(f"w:{key}"))) / 1440 * 25.4 for key in ("x", "y", "w", "h")}
    assert twips["x"] == pytest.approx(window.left, abs=0.1)
    assert twips["y"] == pytest.approx(window.first_line(4), abs=0.1)
    assert twips["x"] + twips["w"] == pytest.approx(window.right, abs=0.1)
    assert twips["y"] + twips["h"] == pytest.approx(window.bottom, abs=0.1)


LINES = ("Ms Amira Begum", "Flat 2, Quay House", "4 Mill Lane", "Hill", "Stoke", "Coventry",
         "West Midlands", "CV1 2AB")  # fmt: skip
# Of the size of the type, above and below the line that letters stand on, in Liberation Sans.
RISES, FALLS = 0.74, 0.22


def glyphs_placed(content):
    """Return the upper and lower edge of each piece of text of the first page, and its left."""
    points = ADDRESS_POINTS / POINTS_IN_MM
    return [
        (text, across, down - RISES * points, down + FALLS * points)
        for text, across, down in words_placed(content)
        if down < BODY_TOP
    ]


@pytest.mark.parametrize("is_large_print", [False, True])
@pytest.mark.parametrize("count", range(2, 9))
def test_an_address_lies_in_the_window_with_two_millimetres_of_play(count, is_large_print):
    lines = (*LINES[: count - 1], LINES[-1])
    letter = addressed(a_letter_of(), lines)
    below, above = shown_at(TODAY)

    shown = glyphs_placed(pdf_of(letter, title=TITLE, is_large_print=is_large_print))

    assert [text for text, *_ in shown] == list(lines)
    assert min(left for _, left, *_ in shown) >= below.left + 2
    assert min(top for _, _, top, _ in shown) >= below.top + 2
    assert max(bottom for *_, bottom in shown) <= below.bottom - 2
    if count <= 5:  # wherever the sheet has slid to
        assert min(top for _, _, top, _ in shown) >= above.top + 2
    assert above.bottom + 2 <= BODY_TOP


@pytest.mark.parametrize("count", range(2, 8))
def test_an_address_lies_where_notify_reads_it(count):
    lines = (*LINES[: count - 1], LINES[-1])
    window = window_for(Way.NOTIFY_LETTER, TODAY)

    shown = glyphs_placed(pdf_of(addressed(a_letter_of(), lines), title=TITLE, window=window))

    assert [text for text, *_ in shown] == list(lines)
    assert all(window.left <= left for _, left, *_ in shown)
    assert all(window.top <= top and bottom <= window.bottom for _, _, top, bottom in shown)


def test_a_pdf_is_tagged_titled_and_spoken_in_british_english():
    content = pdf_of(a_letter_of(), title=TITLE)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.docinfo["/Title"]) == TITLE
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
    tags = tags_of(content)
    headings = sum(each.kind is ParagraphKind.HEADING for each in a_letter_of().paragraphs)
    assert tags.count("H1") == headings
    assert tags.count("LI") == 2 + len(NOTE.facts) + 1
    assert tags.count("L") >= 3  # a list that runs on to the next page is tagged on each


def test_a_pdf_is_read_aloud_in_the_order_of_the_letter():
    composed = a_letter_of()

    pages = PdfReader(io.BytesIO(pdf_of(composed, title=TITLE))).pages

    read = " ".join(page.extract_text() for page in pages)
    places = [read.index(part) for part in ("4 Mill Lane", "Dear Ms Begum", "Why we", "Yours")]
    assert places == sorted(places)


def test_the_page_numbers_are_shown_and_not_read_aloud():
    with pikepdf.open(io.BytesIO(pdf_of(a_letter_of(), title=TITLE))) as pdf:
        drawn = [pikepdf.parse_content_stream(page) for page in pdf.pages]

    footers = [
        [operands[1] for operands, _ in page if operands and operands[0] == "/Artifact"]
        for page in drawn
    ]
    assert [len(each) for each in footers] == [1] * len(drawn)
    assert footers[0][0].Subtype == "/Footer"
    assert (
        "Page 1 of"
        in PdfReader(io.BytesIO(pdf_of(a_letter_of(), title=TITLE))).pages[0].extract_text()
    )


def test_words_in_welsh_are_marked_as_welsh():
    reader = AMIRA.model_copy(update={"language": "Welsh"})
    composed = a_letter_of(recipient=reader)

    assert '<p lang="cy">Os hoffech' in html_of(composed, OUR_WINDOW, title=TITLE)
    welsh = next(p for p in word_file(composed).paragraphs if p.text.startswith("Os hoffech"))
    assert {each.get(qn("w:val")) for each in welsh._p.iter(qn("w:lang"))} == {"cy"}
    after = read_word_letter(docx_of(composed, title=TITLE), before=composed)
    assert after == composed


def test_large_print_is_the_same_words_in_eighteen_point():
    composed = a_letter_of()

    def words(content):
        # Marks of lists are drawn last on their page, so they move with where a page ends.
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return re.sub(r"Page \d+ of \d+|•|\b\d\.\s", "", text).split()

    plain = pdf_of(composed, title=TITLE)
    large = pdf_of(composed, title=TITLE, is_large_print=True)
    styles = word_file(composed, is_large_print=True).styles

    assert words(plain) == words(large)
    assert "font: 18.0pt" in html_of(composed, OUR_WINDOW, title=TITLE, points=18.0)
    assert styles["Normal"].font.size.pt == 18


def test_plain_text_has_every_paragraph_and_marks_lists():
    composed = a_letter_of()

    said = text_of(composed)

    assert "so there is no film of the doorway.\n- The shop worker" in said
    assert "1. Is there enough evidence?" in said
    assert "\n2. If there is" in said
    assert all(each.text in said for each in composed.paragraphs)
    assert said.endswith("Crown Prosecution Service, Mercia\n")


def test_words_of_the_record_are_never_markup():
    assert "<Siân>" not in html_of(of(ODD), OUR_WINDOW, title=ODD, points=12)
    assert pdf_of(of("<img src='file:///etc/passwd'>"), title=TITLE).startswith(b"%PDF")


def test_a_letter_kept_as_json_is_the_same_letter():
    composed = a_letter_of()

    assert Composed.model_validate_json(composed.model_dump_json()) == composed
